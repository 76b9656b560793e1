//! Filing once, following, looking up.

use crate::client::{Answer, Client, KEY, OTHER_KEY, PNG, sha256};
use crate::tickets::verified;
use serde_json::{Value, json};

const CODE: &str = "1.004873";

fn answers() -> Value {
    let text = include_str!("../../data/forms/answers/marital-status-certificate.valid.json");
    serde_json::from_str(text).expect("answers")
}

/// A dossier that is right in everything, with no paper to upload.
pub(crate) fn whole() -> Value {
    json!({
        "procedure": CODE, "form": { "id": "marital-status-certificate", "version": 1 },
        "case": { "filer": "owner", "issuedBefore": "no", "severalHomes": "no" },
        "answers": answers(),
        "owner": { "fullName": "Nguyễn Thị Lan Anh", "citizenId": "092190001234", "birthDate": "1990-05-17", "source": "session" },
        "submitter": { "fullName": "Nguyễn Thị Lan Anh", "citizenId": "092190001234", "source": "session", "relation": "owner" },
        "files": [], "filing": "city", "collecting": { "method": "electronic" }, "declared": true,
    })
}

/// `whole` with one place changed.
fn with(pointer: &str, value: Value) -> Value {
    let mut body = whole();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    body.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object").insert(key.to_owned(), value);
    body
}

pub(crate) async fn file(client: &mut Client, key: &str, body: &Value) -> Answer {
    client.post("/api/v1/dossiers", &[("idempotency-key", key)], body).await
}

async fn signed_in() -> Client {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    client
}

async fn dossiers(client: &mut Client) -> usize {
    client.get("/test/history").await.json()["dossiers"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_right_dossier_gets_a_code_and_a_signed_receipt() {
    let mut client = signed_in().await;
    let answer = file(&mut client, KEY, &whole()).await;
    let receipt = answer.is(201).json();
    let code = receipt["code"].as_str().expect("a code");
    let parts: Vec<&str> = code.split('-').collect();
    assert!(parts[0].starts_with("H13.") && parts[1].len() == 6 && parts[2] == "0001", "{code}");
    assert_eq!(receipt["deciding"], "Ủy ban nhân dân phường Ninh Kiều", "the ward of the residence decides");
    assert_eq!(receipt["filing"], "Trung tâm Phục vụ hành chính công thành phố Cần Thơ");
    assert_eq!(receipt["visit"], false);
    assert!(receipt["expectedOn"].as_str().is_some_and(|it| it.len() == 10));
    let keys = client.get("/.well-known/jwks.json").await.json();
    let (header, claims) = verified(receipt["signed"].as_str().expect("signed"), &keys);
    assert!(header["kid"].as_str().is_some_and(|it| it.starts_with('r')));
    assert_eq!(serde_json::from_slice::<Value>(&claims).expect("claims")["jti"], receipt["code"]);
    assert_eq!(answer.header("cache-control"), "no-store");
    client.all_keep_the_contract();
}

#[tokio::test]
async fn serial_numbers_count_per_agency_and_day() {
    let mut client = signed_in().await;
    let first = file(&mut client, KEY, &whole()).await.is(201).json();
    let second = file(&mut client, OTHER_KEY, &whole()).await.is(201).json();
    assert!(first["code"].as_str().is_some_and(|it| it.ends_with("-0001")));
    assert!(second["code"].as_str().is_some_and(|it| it.ends_with("-0002")));
}

#[tokio::test]
async fn the_same_request_gets_the_first_answer_byte_for_byte() {
    let mut client = signed_in().await;
    let first = file(&mut client, KEY, &whole()).await;
    client.post("/test/clock", &[], &json!({ "advanceSeconds": 179 * 86_400 })).await.is(204);
    client.sign_in("lan-anh").await;
    let again = file(&mut client, KEY, &whole()).await;
    assert_eq!(first.is(201).body, again.is(201).body);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(dossiers(&mut client).await, 1);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let mut client = signed_in().await;
    file(&mut client, KEY, &whole()).await.is(201);
    let other = with("/collecting", json!({ "method": "post", "address": "12 Trần Văn Hoài" }));
    file(&mut client, KEY, &other).await.is_problem(422, "key-reused");
    assert_eq!(dossiers(&mut client).await, 1);
}

#[tokio::test]
async fn a_key_belongs_to_one_person() {
    let mut client = signed_in().await;
    let first = file(&mut client, KEY, &whole()).await.is(201).json();
    let mut other = client.another();
    other.sign_in("hung").await;
    let mut body = whole();
    let person = json!({ "fullName": "Trần Văn Hùng", "citizenId": "092085004321", "source": "session" });
    body["owner"] = person.clone();
    body["submitter"] = person;
    body["submitter"]["relation"] = json!("owner");
    let second = file(&mut other, KEY, &body).await.is(201).json();
    assert_ne!(first["code"], second["code"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_request_while_the_first_still_runs_is_told_to_wait() {
    let mut client = signed_in().await;
    client.post("/test/faults", &[], &json!({ "workDelayMs": 1500 })).await.is(204);
    let mut twin = client.twin();
    let first = tokio::spawn(async move { file(&mut twin, KEY, &whole()).await });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let second = file(&mut client, KEY, &whole()).await;
    second.is_problem(409, "still-running");
    assert!(second.header("retry-after").parse::<u64>().is_ok_and(|it| it >= 1));
    let first = first.await.expect("the first ends");
    assert_eq!(first.is(201).body, file(&mut client, KEY, &whole()).await.is(201).body);
    assert_eq!(dossiers(&mut client).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_hangs_up_still_has_filed() {
    let mut client = signed_in().await;
    client.post("/test/faults", &[], &json!({ "workDelayMs": 400 })).await.is(204);
    let mut twin = client.twin();
    let first = tokio::spawn(async move { file(&mut twin, KEY, &whole()).await });
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    first.abort();
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    assert_eq!(file(&mut client, KEY, &whole()).await.is(201).header("idempotency-replayed"), "true");
    assert_eq!(dossiers(&mut client).await, 1);
}

#[tokio::test]
async fn a_refused_request_may_be_mended_with_the_same_key_only_if_it_is_the_same_request() {
    let mut client = signed_in().await;
    let wrong = with("/declared", json!(false));
    file(&mut client, KEY, &wrong).await.is_problem(422, "invalid");
    file(&mut client, KEY, &wrong).await.is_problem(422, "invalid");
    file(&mut client, KEY, &whole()).await.is(201);
}

#[tokio::test]
async fn without_a_key_a_session_or_the_token_nothing_is_filed() {
    let mut client = signed_in().await;
    client.post("/api/v1/dossiers", &[], &whole()).await.is_problem(400, "malformed");
    file(&mut client, "1", &whole()).await.is_problem(400, "malformed");
    let headers = [("idempotency-key", KEY), ("x-csrf-token", "wrong")];
    client.post("/api/v1/dossiers", &headers, &whole()).await.is_problem(403, "forbidden");
    file(&mut client.another(), KEY, &whole()).await.is_problem(401, "signed-out");
    let text = [("content-type", "text/plain"), ("idempotency-key", KEY)];
    let as_text = client.ask(axum::http::Method::POST, "/api/v1/dossiers", &text, whole().to_string()).await;
    as_text.is_problem(415, "not-acceptable");
    assert_eq!(dossiers(&mut client).await, 0);
}

#[tokio::test]
async fn every_rule_that_is_broken_is_named() {
    let mut client = signed_in().await;
    for (pointer, value, path, rule) in [
        ("/procedure", json!("1.999999"), "procedure", "unknown"),
        ("/procedure", json!("1.010041"), "procedure", "online"),
        ("/procedure", json!("2.000815"), "procedure", "online"),
        ("/form/version", json!(2), "form", "unknown"),
        ("/form/id", json!("birth-registration"), "form", "unknown"),
        ("/case/filer", json!("nobody"), "case.filer", "onlyAvailableItems"),
        ("/case", json!({ "filer": "owner", "issuedBefore": "no" }), "case.severalHomes", "required"),
        ("/case/other", json!("yes"), "case.other", "unknown"),
        ("/answers/fullName", json!(""), "fullName", "required"),
        ("/answers/neverAsked", json!("x"), "answers", "hidden"),
        ("/answers", json!([]), "answers", "object"),
        ("/owner/fullName", json!("12345"), "owner.fullName", "full-name"),
        ("/owner/citizenId", json!("12"), "owner.citizenId", "citizen-id"),
        ("/owner/birthDate", json!("1990-13-41"), "owner.birthDate", "date"),
        ("/owner/fullName", json!("Nguyễn Văn Khác"), "owner.source", "session"),
        ("/submitter/citizenId", json!("092085004321"), "submitter.source", "session"),
        ("/assistant", json!({ "fullName": "Phạm Minh Khoa", "source": "session" }), "assistant.source", "session"),
        ("/filing", json!("99999"), "filing", "unknown"),
        ("/collecting", json!({ "method": "post" }), "collecting.address", "required"),
        ("/collecting", json!({ "method": "centre", "centre": "00000" }), "collecting.centre", "unknown"),
        ("/declared", json!(false), "declared", "required"),
    ] {
        let problem = file(&mut client, KEY, &with(pointer, value)).await.is_problem(422, "invalid");
        let expected = json!({ "path": path, "rule": rule });
        assert!(problem["problems"].as_array().is_some_and(|it| it.contains(&expected)), "{pointer}: {problem}");
    }
    assert_eq!(dossiers(&mut client).await, 0);
}

#[tokio::test]
async fn a_form_version_that_is_no_longer_served_is_gone() {
    let mut client = signed_in().await;
    file(&mut client, KEY, &with("/form/version", json!(0))).await.is_problem(410, "gone");
}

#[tokio::test]
async fn a_paper_the_case_asks_for_must_be_there_and_no_other() {
    let mut client = signed_in().await;
    let authorised = with("/case/filer", json!("authorised"));
    let problem = file(&mut client, KEY, &authorised).await.is_problem(422, "invalid");
    assert_eq!(problem["papers"], json!(["authorisation"]));

    let paper = client.upload("authorisation", "uy-quyen.png", "image/png", PNG).await;
    let unasked = with("/files", json!([paper]));
    let problem = file(&mut client, KEY, &unasked).await.is_problem(422, "invalid");
    assert_eq!(problem["papers"], json!(["authorisation"]));

    let shown = client.upload("identity", "cccd.png", "image/png", PNG).await;
    file(&mut client, KEY, &with("/files", json!([shown]))).await.is_problem(422, "invalid");

    let mut right = authorised;
    right["files"] = json!([paper]);
    let receipt = file(&mut client, KEY, &right).await.is(201).json();
    assert_eq!(receipt["files"], right["files"]);
    client.all_keep_the_contract();
}

/// A good dossier of somebody who is authorised by this paper.
pub(crate) fn with_paper(paper: &Value) -> Value {
    let mut body = with("/case/filer", json!("authorised"));
    body["files"] = json!([paper]);
    body
}

#[tokio::test]
async fn a_file_is_looked_at_again() {
    let mut client = signed_in().await;
    let mut body = with("/case/filer", json!("authorised"));
    let good = client.upload("authorisation", "a.png", "image/png", PNG).await;
    let page = client.upload("authorisation", "a.png", "image/png", b"<html><script>alert(1)</script></html>").await;
    let cut = client.upload("authorisation", "a.png", "image/png", &PNG[..PNG.len() - 20]).await;
    let other = client.upload("oldPaper", "a.png", "image/png", PNG).await;
    let changed = |key: &str, value: Value| {
        let mut file = good.clone();
        file[key] = value;
        file
    };
    let renamed = {
        let mut file = other.clone();
        file["requirement"] = json!("authorisation");
        file
    };
    for (file_sent, path, rule) in [
        (page, "files[0]", "findings"),
        (cut, "files[0]", "findings"),
        (renamed, "files[0].requirement", "differs"),
        (changed("sha256", json!(sha256(b"another"))), "files[0].sha256", "differs"),
        (changed("bytes", json!(7)), "files[0].bytes", "differs"),
        (changed("mediaType", json!("application/pdf")), "files[0].mediaType", "differs"),
        (changed("upload", json!("AAAAAAAAAAAAAAAAAAAAAA")), "files[0].upload", "unknown"),
    ] {
        body["files"] = json!([file_sent]);
        let problem = file(&mut client, KEY, &body).await.is_problem(422, "invalid");
        let expected = json!({ "path": path, "rule": rule });
        assert!(problem["problems"].as_array().is_some_and(|it| it.contains(&expected)), "{path}: {problem}");
        assert_eq!(problem["papers"], json!(["authorisation"]));
    }
}

#[tokio::test]
async fn somebody_elses_upload_and_one_that_is_not_complete_are_unknown() {
    let mut client = signed_in().await;
    let mut other = client.another();
    other.sign_in("hung").await;
    let theirs = other.upload("authorisation", "a.png", "image/png", PNG).await;
    let begun = client.create_upload("authorisation", "a.png", PNG).await;
    let id = begun.header("location").rsplit('/').next().unwrap_or_default().to_owned();
    let mut incomplete = theirs.clone();
    incomplete["upload"] = json!(id);
    for paper in [theirs, incomplete] {
        let mut body = with("/case/filer", json!("authorised"));
        body["files"] = json!([paper]);
        let problem = file(&mut client, KEY, &body).await.is_problem(422, "invalid");
        assert_eq!(problem["problems"], json!([{ "path": "files[0].upload", "rule": "unknown" }]));
    }
}

#[tokio::test]
async fn a_volunteer_files_as_the_assistant_and_never_as_a_party() {
    let mut client = Client::new();
    client.sign_in("minh-khoa").await;
    let mut body = whole();
    for who in ["owner", "submitter"] {
        body[who]["source"] = json!("typed");
    }
    let problem = file(&mut client, KEY, &body).await.is_problem(422, "invalid");
    assert_eq!(problem["problems"], json!([{ "path": "assistant", "rule": "required" }]));
    body["assistant"] = json!({ "fullName": "Phạm Minh Khoa", "source": "session" });
    body["owner"]["source"] = json!("session");
    let problem = file(&mut client, KEY, &body).await.is_problem(422, "invalid");
    assert_eq!(problem["problems"], json!([{ "path": "owner.source", "rule": "session" }]));
    body["owner"]["source"] = json!("card");
    file(&mut client, KEY, &body).await.is(201);
}

#[tokio::test]
async fn a_person_sees_their_own_dossiers_page_by_page() {
    let mut client = signed_in().await;
    let mut filed = Vec::new();
    for number in 0..5 {
        let key = format!("7c9e6679-7425-40de-944b-e07fc1f90a{number:02}");
        filed.insert(0, file(&mut client, &key, &whole()).await.is(201).json()["code"].clone());
    }
    let mut seen = Vec::new();
    let mut path = "/api/v1/dossiers?limit=2".to_owned();
    let mut pages = 0;
    loop {
        let page = client.get(&path).await.is(200).json();
        seen.extend(page["items"].as_array().expect("items").iter().map(|it| it["code"].clone()));
        pages += 1;
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/dossiers?limit=2&cursor={next}"),
            None => break,
        }
    }
    assert_eq!((seen, pages), (filed, 3));
    client.get("/api/v1/dossiers?limit=0").await.is_problem(400, "malformed");
    client.get("/api/v1/dossiers?cursor=x").await.is_problem(400, "malformed");
    let mut other = client.another();
    other.sign_in("hung").await;
    assert_eq!(other.get("/api/v1/dossiers").await.json()["items"], json!([]));
}

#[tokio::test]
async fn a_dossier_is_read_by_who_filed_it_only() {
    let mut client = signed_in().await;
    let code = file(&mut client, KEY, &whole()).await.is(201).json()["code"].clone();
    let path = format!("/api/v1/dossiers/{}", code.as_str().expect("a code"));
    let answer = client.get(&path).await;
    assert_eq!(answer.is(200).header("cache-control"), "no-store");
    assert_eq!(answer.json()["timeline"].as_array().map(Vec::len), Some(1));
    let mut other = client.another();
    other.sign_in("hung").await;
    other.get(&path).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn the_officer_moves_a_dossier_to_its_end_by_allowed_moves_only() {
    let mut client = signed_in().await;
    let code = file(&mut client, KEY, &whole()).await.is(201).json()["code"].clone();
    let path = format!("/test/dossiers/{}/status", code.as_str().expect("a code"));
    client.post(&path, &[], &json!({ "status": 9 })).await.is_problem(409, "conflict");
    client.post(&path, &[], &json!({ "status": 2 })).await.is(200);
    client.post(&path, &[], &json!({ "status": 5 })).await.is_problem(422, "invalid");
    for (status, note) in [(5, Some("Ảnh mờ, xin chụp lại trước ngày 30/11.")), (4, None), (9, None), (10, None)]
    {
        client.post(&path, &[], &json!({ "status": status, "note": note })).await.is(200);
    }
    let dossier = client.get(&format!("/api/v1/dossiers/{}", code.as_str().expect("a code"))).await.json();
    let statuses: Vec<u64> =
        dossier["timeline"].as_array().expect("entries").iter().filter_map(|it| it["status"].as_u64()).collect();
    assert_eq!(statuses, [1, 2, 5, 4, 9, 10]);
    assert_eq!(dossier["status"], 10);
    client.answers_keep_the_contract();
}

#[tokio::test]
async fn a_look_up_needs_the_last_digits_and_tells_nothing_personal() {
    let mut client = signed_in().await;
    let code = file(&mut client, KEY, &whole()).await.is(201).json()["code"].clone();
    let mut anybody = client.another();
    let found = anybody.post("/api/v1/dossiers/lookups", &[], &json!({ "code": code, "lastDigits": "1234" })).await;
    let dossier = found.is(200).json();
    assert_eq!((&dossier["code"], &dossier["status"]), (&code, &json!(1)));
    assert!(dossier["collecting"].is_null() && dossier["files"].is_null());
    assert!(!String::from_utf8_lossy(&found.body).contains("Lan Anh"));
    client.all_keep_the_contract();
}

#[tokio::test]
async fn wrong_and_unknown_get_one_answer_and_five_tries_an_hour() {
    let mut client = signed_in().await;
    let code = file(&mut client, KEY, &whole()).await.is(201).json()["code"].clone();
    let unknown = json!("H13.01-200101-0001");
    let mut bodies = Vec::new();
    for code in [&code, &unknown] {
        for digits in ["0000", "0001", "0002", "0003", "0004"] {
            let answer =
                client.post("/api/v1/dossiers/lookups", &[], &json!({ "code": code, "lastDigits": digits })).await;
            let mut problem = answer.is_problem(404, "not-found");
            problem.as_object_mut().and_then(|it| it.remove("instance"));
            bodies.push(problem);
        }
        let blocked =
            client.post("/api/v1/dossiers/lookups", &[], &json!({ "code": code, "lastDigits": "1234" })).await;
        blocked.is_problem(429, "too-many");
        assert!(blocked.header("retry-after").parse::<u64>().is_ok_and(|it| (1..=3600).contains(&it)));
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
    client.post("/test/clock", &[], &json!({ "advanceSeconds": 3601 })).await.is(204);
    client.post("/api/v1/dossiers/lookups", &[], &json!({ "code": code, "lastDigits": "1234" })).await.is(200);
}
