//! The built page, the policy and the other headers.

use crate::client::{Client, config};
use sandbox::config::Config;
use serde_json::json;
use std::path::PathBuf;

/// A folder that looks like a built page; removed in the end.
struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("mot-cua-dist-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("icons")).expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("a file");
        let page =
            "<!doctype html><html lang=\"vi\" data-base=\"/\"><script src=\"/boot-0123456789abcdef.js\"></script>";
        write("index.html", page);
        write("index.html.br", "packed page");
        let early = "<link rel=\"preload\" as=\"fetch\" crossorigin=\"anonymous\" href=\"/app-0123456789abcdef_bg.wasm\"><script";
        write("front.html", &page.replace("<script", early));
        write("app-0123456789abcdef_bg.wasm", "plain wasm");
        write("app-0123456789abcdef_bg.wasm.br", "packed wasm");
        write("worker.js", "worker");
        write("embed.js", "embed");
        write("icons/icon.svg", "<svg/>");
        Self(folder)
    }

    fn client(&self, change: impl FnOnce(Config) -> Config) -> Client {
        Client::with(change(Config { dist: self.0.clone(), ..config() }))
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        // What cannot be removed stays in the folder of temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const PAGE: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[tokio::test]
async fn every_answer_carries_the_strict_policy_and_the_other_headers() {
    let dist = Dist::new("headers");
    let mut client = dist.client(|it| it);
    for path in ["/", "/ho-so", "/embed.js", "/api/v1/session", "/api/v1/places", "/auth/login?return=/", "/no-such.js"]
    {
        let answer = client.get_with(path, &[PAGE]).await;
        let policy = answer.header("content-security-policy");
        for directive in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval';",
            "style-src 'self';",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types default",
            "report-uri /csp-reports",
        ] {
            assert!(policy.contains(directive), "{path}: {directive} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("strict-transport-security").starts_with("max-age="));
        assert!(answer.header("permissions-policy").starts_with("camera=(self)"));
        let resource_policy = if path == "/embed.js" { "cross-origin" } else { "same-origin" };
        assert_eq!(answer.header("cross-origin-resource-policy"), resource_policy, "{path}");
        let is_backend = path.starts_with("/api/") || path.starts_with("/auth/");
        assert_eq!(answer.header("mot-cua-contract"), if is_backend { "1" } else { "" }, "{path}");
    }
}

#[tokio::test]
async fn a_file_that_is_part_of_a_page_may_do_nothing_by_itself() {
    let dist = Dist::new("parts");
    let mut client = dist.client(|it| it);
    let answer = client.get_with("/app-0123456789abcdef_bg.wasm", &[("accept", "*/*")]).await;
    assert_eq!(answer.is(200).header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(answer.header("strict-transport-security").starts_with("max-age="));
}

#[tokio::test]
async fn only_the_origins_of_the_configuration_may_frame_the_page() {
    let dist = Dist::new("frame");
    let mut client = dist.client(|it| Config { frame_ancestors: vec!["https://cantho.gov.vn".to_owned()], ..it });
    let answer = client.get_with("/embed/thu-tuc/1.004873", &[PAGE]).await;
    assert!(answer.is(200).header("content-security-policy").contains("frame-ancestors https://cantho.gov.vn;"));
    assert_eq!(answer.header("x-frame-options"), "");
}

#[tokio::test]
async fn every_address_of_a_page_is_the_page_and_other_files_are_not_found() {
    let dist = Dist::new("page");
    let mut client = dist.client(|it| it);
    for path in ["/", "/thu-tuc/1.004873", "/embed/thu-tuc/1.004873", "/ho-so/H13.31-251122-0001", "/%E1%BB%9F"] {
        let answer = client.get_with(path, &[PAGE]).await;
        assert!(answer.is(200).header("content-type").starts_with("text/html"), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
    client.get_with("/no-such.js", &[("accept", "*/*")]).await.is_problem(404, "not-found");
    client.get_with("/api/v1/nothing", &[PAGE]).await.is_problem(404, "not-found");
    client.get_with("/../Cargo.toml", &[("accept", "*/*")]).await.is_problem(404, "not-found");
}

#[tokio::test]
async fn files_come_packed_hashed_ones_are_kept_and_the_others_asked_for_anew() {
    let dist = Dist::new("files");
    let mut client = dist.client(|it| it);
    let wasm = client.get_with("/app-0123456789abcdef_bg.wasm", &[("accept-encoding", "gzip, deflate, br")]).await;
    assert_eq!((wasm.header("content-type"), wasm.header("content-encoding")), ("application/wasm", "br"));
    assert_eq!(&wasm.body[..], b"packed wasm");
    assert!(wasm.header("cache-control").contains("immutable"));
    let plain = client.get("/app-0123456789abcdef_bg.wasm").await;
    assert_eq!((&plain.body[..], plain.header("content-encoding")), (&b"plain wasm"[..], ""));
    for path in ["/worker.js", "/embed.js", "/icons/icon.svg"] {
        let first = client.get(path).await;
        assert_eq!(first.is(200).header("cache-control"), "no-cache", "{path}");
        let again = client.get_with(path, &[("if-none-match", first.header("etag"))]).await;
        assert!(again.is(304).body.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn everything_works_below_a_base_path() {
    let dist = Dist::new("base");
    let mut client = dist.client(|it| Config { base_path: "/motcua/".to_owned(), ..it });
    let page = client.get_with("/thu-tuc/1.004873", &[PAGE]).await;
    let text = String::from_utf8_lossy(&page.is(200).body).into_owned();
    assert!(text.contains("data-base=\"/motcua/\"") && text.contains("src=\"/motcua/boot-"), "{text}");
    assert!(page.header("content-security-policy").contains("report-uri /motcua/csp-reports"));
    assert_eq!(
        page.header("link"),
        "</motcua/app-0123456789abcdef_bg.wasm>; rel=preload; as=fetch; crossorigin=anonymous"
    );
    let other = client.get_with("/ho-so", &[PAGE]).await;
    assert_eq!(other.is(200).header("link"), "");
    assert_eq!(client.get("/index.html").await.is(200).body, other.body);
    client.get("/embed.js").await.is(200);
    client.get("/api/v1/places").await.is(200);
    let moved = client.get("/api/v1/procedures/2.000986").await;
    assert_eq!(moved.header("location"), "/motcua/api/v1/procedures/3.000722");
    client.sign_in("lan-anh").await;
    let created = client.create_upload("authorisation", "a.png", b"12345").await;
    assert!(created.is(201).header("location").starts_with("/motcua/api/v1/uploads/"));
    let outside =
        axum::http::Request::builder().uri("/api/v1/places").body(axum::body::Body::empty()).expect("a request");
    client.send(outside).await.is(404);
    client.all_keep_the_contract();
}

#[tokio::test]
async fn another_method_is_told_what_is_allowed() {
    let mut client = Client::new();
    let answer = client.ask(axum::http::Method::PUT, "/api/v1/places", &[], axum::body::Body::empty()).await;
    answer.is_problem(405, "not-acceptable");
    assert!(answer.header("allow").contains("GET"));
}

#[tokio::test]
async fn reports_of_the_policy_are_kept() {
    let mut client = Client::new();
    let report = json!({ "csp-report": { "violated-directive": "script-src" } });
    let headers = [("content-type", "application/csp-report")];
    client.ask(axum::http::Method::POST, "/csp-reports", &headers, report.to_string()).await.is(204);
    assert_eq!(client.get("/test/csp-reports").await.json(), json!([report]));
    client.ask(axum::http::Method::POST, "/csp-reports", &headers, "no json").await.is_problem(400, "malformed");
}

#[tokio::test]
async fn the_controls_of_tests_are_there_only_on_demand() {
    let mut client = Client::with(Config { test_controls: false, ..config() });
    for path in ["/test/history", "/test/faults", "/test/csp-reports", "/test/contract-violations", "/test/uploads/x"] {
        client.get(path).await.is_problem(404, "not-found");
    }
}
