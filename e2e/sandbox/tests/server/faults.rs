//! Faults on demand, over a real connection where the connection is what breaks.

use crate::client::{Client, KEY, PNG, metadata};
use axum::http::Method;
use sandbox::app;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Serves the client's sandbox on a port of its own.
async fn served(client: &Client) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = app(&client.sandbox);
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Sends bytes and answers everything that comes back until the connection closes.
async fn exchange(address: std::net::SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    // The server may have closed before everything was written.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_status_strikes_as_often_as_it_was_asked_to_and_where() {
    let mut client = Client::new();
    let fault = json!({ "statusForNext": { "status": 503, "retryAfter": 2, "count": 2, "path": "/api/v1/places" } });
    client.post("/test/faults", &[], &fault).await.is(204);
    client.get("/api/v1/centres/city").await.is(200);
    for _ in 0..2 {
        assert_eq!(client.get("/api/v1/places").await.is(503).header("retry-after"), "2");
    }
    client.get("/api/v1/places").await.is(200);
}

#[tokio::test]
async fn faults_strike_one_client_and_no_other() {
    let mut client = Client::new();
    let fault = json!({ "client": "a", "statusForNext": { "status": 500, "count": 1 } });
    client.post("/test/faults", &[], &fault).await.is(204);
    client.get_with("/api/v1/places", &[("test-client", "b")]).await.is(200);
    client.get("/api/v1/places").await.is(200);
    client.get_with("/api/v1/places", &[("cookie", "x=1; test-client=a")]).await.is(500);
}

#[tokio::test]
async fn a_session_expires_on_demand() {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    client.post("/test/faults", &[], &json!({ "expireSession": true })).await.is(204);
    client.get("/api/v1/session").await.is(204);
    client.sign_in("lan-anh").await;
    client.get("/api/v1/session").await.is(200);
}

#[tokio::test]
async fn a_captive_portal_and_half_an_answer_are_not_ours() {
    let mut client = Client::new();
    client.post("/test/faults", &[], &json!({ "htmlForNext": {}, "halfJsonForNext": {} })).await.is(204);
    let portal = client.get("/api/v1/places").await;
    assert_eq!((portal.status.as_u16(), portal.header("mot-cua-contract")), (200, ""));
    assert!(portal.header("content-type").starts_with("text/html"));
    let half = client.get("/api/v1/places").await;
    assert_eq!(half.status.as_u16(), 200);
    assert!(serde_json::from_slice::<serde_json::Value>(&half.body).is_err());
    client.get("/api/v1/places").await.is(200).json();
}

#[tokio::test]
async fn a_delay_delays() {
    let mut client = Client::new();
    client.post("/test/faults", &[], &json!({ "delayMs": 200 })).await.is(204);
    let start = std::time::Instant::now();
    client.get("/api/v1/places").await.is(200);
    assert!(start.elapsed().as_millis() >= 200);
    client.ask(Method::DELETE, "/test/faults", &[], axum::body::Body::empty()).await.is(204);
}

#[tokio::test]
async fn a_lost_reply_is_work_done_and_no_byte_of_an_answer() {
    let mut client = Client::new();
    let address = served(&client).await;
    let lose = json!({ "loseReplyOf": { "method": "POST", "path": "/api/v1/tickets" } });
    client.post("/test/faults", &[], &lose).await.is(204);
    let body = json!({ "centre": "city", "procedure": "2.000815" }).to_string();
    let device = "AAAAAAAAAAAAAAAAAAAAAA";
    let request = format!(
        "POST /api/v1/tickets HTTP/1.1\r\nhost: a\r\ncookie: mot-cua-device={device}\r\nidempotency-key: {KEY}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    assert_eq!(exchange(address, request.as_bytes()).await, "");
    assert_eq!(client.get("/test/history").await.json()["tickets"].as_array().map(Vec::len), Some(1));
    let again = exchange(address, request.as_bytes()).await;
    assert!(again.starts_with("HTTP/1.1 201") && again.contains("idempotency-replayed: true"), "{again}");
    assert_eq!(client.get("/test/history").await.json()["tickets"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_upload_that_is_cut_goes_on_where_it_stopped() {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    let upload = client.create_upload("authorisation", "a.png", PNG).await.is(201).header("location").to_owned();
    client.post("/test/faults", &[], &json!({ "cutAfterBytes": { "bytes": 33, "method": "PATCH" } })).await.is(204);
    let cut = client.append(&upload, 0, PNG.to_vec()).await;
    assert!(cut.body.is_empty());
    assert_eq!(client.offset(&upload).await.header("upload-offset"), "33");
    client.append(&upload, 33, PNG[33..].to_vec()).await.is(204);
    assert_eq!(client.offset(&upload).await.header("upload-sha256"), crate::client::sha256(PNG));
}

#[tokio::test]
async fn no_request_however_odd_makes_the_server_panic() {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    let deep = "[".repeat(5_000);
    let long = "x".repeat(1_200_000);
    let bodies = ["", "null", "[]", "{}", "\u{0}", &deep, "{\"code\":1e999,\"lastDigits\":null}", "\"\\ud800\"", &long];
    let headers = [("content-type", "application/json"), ("idempotency-key", KEY)];
    for path in ["/api/v1/dossiers", "/api/v1/dossiers/lookups", "/api/v1/tickets", "/test/faults", "/csp-reports"] {
        for body in bodies {
            let answer = client.ask(Method::POST, path, &headers, body.to_owned()).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        }
    }
    for path in
        ["/api/v1/places?province=%F0%9F%98%80", "/api/v1/dossiers/%00", "/api/v1/dossiers/%F0%9F%98%80-1-1", "/%"]
    {
        assert!(!client.get(path).await.status.is_server_error(), "{path}");
    }
    let odd = metadata("\u{0}", "😀", b"");
    let headers = [("tus-resumable", "1.0.0"), ("upload-length", "5"), ("upload-metadata", odd.as_str())];
    client.ask(Method::POST, "/api/v1/uploads", &headers, axum::body::Body::empty()).await.is(201);
}

#[tokio::test]
async fn what_breaks_the_contract_is_listed() {
    let mut client = Client::new();
    client.post("/api/v1/tickets", &[("idempotency-key", "1")], &json!({ "centre": 7 })).await.is(400);
    let listed = client.get("/test/contract-violations").await.json();
    let what: Vec<&str> = listed.as_array().expect("a list").iter().filter_map(|it| it["what"].as_str()).collect();
    assert!(what.iter().any(|it| it.starts_with("Idempotency-Key")), "{what:?}");
    assert!(what.iter().any(|it| it.starts_with("/centre breaks")), "{what:?}");
    assert!(listed.as_array().is_some_and(|it| it.iter().all(|violation| violation["side"] == "request")));
    client.ask(Method::DELETE, "/test/contract-violations", &[], axum::body::Body::empty()).await.is(204);
    client.all_keep_the_contract();
}
