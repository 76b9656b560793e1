//! Signing in and out.

use crate::client::{Client, config};
use axum::body::Body;
use axum::http::Method;
use sandbox::config::Config;

const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

#[tokio::test]
async fn nobody_is_signed_in_at_first() {
    let mut client = Client::new();
    client.get("/api/v1/session").await.is(204);
    client.get("/api/v1/dossiers").await.is_problem(401, "signed-out");
    client.all_keep_the_contract();
}

#[tokio::test]
async fn the_page_says_that_it_is_not_vneid_and_has_nothing_inline() {
    let mut client = Client::new();
    let page = client.get("/auth/login?return=%2Fho-so%3Fa%3D1").await;
    let text = String::from_utf8(page.is(200).body.to_vec()).expect("a page of text");
    assert!(text.contains("Trang đăng nhập giả lập thay cho VNeID"));
    assert!(text.contains("value=\"/ho-so?a=1\""));
    assert!(!text.contains("<script") && !text.contains("style="));
    for (path, media_type) in [("/auth/login.css", "text/css; charset=utf-8"), ("/auth/login.svg", "image/svg+xml")] {
        assert!(text.contains(path));
        assert_eq!(client.get(path).await.is(200).header("content-type"), media_type);
    }
}

#[tokio::test]
async fn signing_in_sets_a_cookie_no_script_can_read_and_goes_back() {
    let mut client = Client::new();
    let answer = client.ask(Method::POST, "/auth/login", &FORM, "subject=lan-anh&return=%2Fho-so").await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/ho-so"));
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=900"),
        "{cookie}"
    );
    let session = client.get("/api/v1/session").await.is(200).json();
    assert_eq!(session["role"], "citizen");
    assert_eq!(session["maskedId"], "092•••••1234");
    assert_eq!(session["person"]["fullName"], "Nguyễn Thị Lan Anh");
    client.all_keep_the_contract();
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let mut client = Client::with(Config { secure_cookies: true, ..config() });
    let answer = client.ask(Method::POST, "/auth/login", &FORM, "subject=hung&return=%2F").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-mot-cua-session=") && cookie.contains("; Secure"), "{cookie}");
    client.get("/api/v1/session").await.is(200);
}

#[tokio::test]
async fn a_volunteer_prefills_nothing() {
    let mut client = Client::new();
    let session = client.sign_in("minh-khoa").await;
    assert_eq!(session["role"], "volunteer");
    assert!(session["person"].is_null());
    assert_eq!(client.another().sign_in("gao-mau").await["role"], "business");
}

#[tokio::test]
async fn signing_in_never_leads_to_another_origin() {
    let mut client = Client::new();
    for back in ["%2F%2Fevil.vn", "https%3A%2F%2Fevil.vn", "%2F%5Cevil.vn", "", "%2Fa%0D%0Ab"] {
        client.get(&format!("/auth/login?return={back}")).await.is_problem(400, "malformed");
        let form = format!("subject=lan-anh&return={back}");
        client.ask(Method::POST, "/auth/login", &FORM, form).await.is_problem(400, "malformed");
    }
    let cross = [FORM[0], ("sec-fetch-site", "cross-site")];
    client.ask(Method::POST, "/auth/login", &cross, "subject=lan-anh&return=%2F").await.is_problem(403, "forbidden");
    client.ask(Method::POST, "/auth/login", &FORM, "subject=nobody&return=%2F").await.is_problem(404, "not-found");
}

#[tokio::test]
async fn a_session_ends_after_its_time() {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    client.post("/test/clock", &[], &serde_json::json!({ "advanceSeconds": 899 })).await.is(204);
    client.get("/api/v1/session").await.is(200);
    client.post("/test/clock", &[], &serde_json::json!({ "advanceSeconds": 2 })).await.is(204);
    client.get("/api/v1/session").await.is(204);
}

#[tokio::test]
async fn signing_out_needs_the_token_and_leaves_the_drafts_alone() {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    let wrong = client.ask(Method::POST, "/auth/logout", &[("x-csrf-token", "wrong")], Body::empty()).await;
    wrong.is_problem(403, "forbidden");
    let answer = client.ask(Method::POST, "/auth/logout", &[], Body::empty()).await;
    assert_eq!(answer.is(204).header("clear-site-data"), "\"cache\"");
    client.get("/api/v1/session").await.is(204);
}
