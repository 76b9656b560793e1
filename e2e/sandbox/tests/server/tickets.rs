//! Tickets, their signature, and the queue.

use crate::client::{Client, KEY, OTHER_KEY};
use axum::body::Body;
use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Verifier;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::{Value, json};

fn asked(centre: &str) -> Value {
    json!({ "centre": centre, "procedure": "2.000815" })
}

async fn take(client: &mut Client, key: &str, body: &Value) -> crate::client::Answer {
    client.post("/api/v1/tickets", &[("idempotency-key", key)], body).await
}

/// Header and claims of a compact JWS, once its signature holds under the key the header names.
pub(crate) fn verified(signed: &str, keys: &Value) -> (Value, Vec<u8>) {
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).expect("base64url");
    let (text, signature) = signed.rsplit_once('.').expect("three parts");
    let (header, claims) = text.split_once('.').expect("three parts");
    let header: Value = serde_json::from_slice(&decode(header)).expect("a header");
    let keys = keys["keys"].as_array().expect("keys");
    let key = keys.iter().find(|it| it["kid"] == header["kid"]).expect("the key is published");
    let point: Vec<u8> = std::iter::once(4)
        .chain(decode(key["x"].as_str().expect("x")))
        .chain(decode(key["y"].as_str().expect("y")))
        .collect();
    let key = VerifyingKey::from_sec1_bytes(&point).expect("a point of the curve");
    let signature = Signature::from_slice(&decode(signature)).expect("a signature");
    key.verify(text.as_bytes(), &signature).expect("the signature holds");
    (header, decode(claims))
}

#[tokio::test]
async fn a_ticket_needs_no_signing_in_and_its_code_fits_a_qr_of_version_12() {
    let mut client = Client::new();
    for centre in ["city", "31338"] {
        let ticket = take(&mut client, KEY, &asked(centre)).await;
        // One key is one request: the second centre needs its own.
        if centre == "31338" {
            ticket.is_problem(422, "key-reused");
            continue;
        }
        let ticket = ticket.is(201).json();
        assert_eq!(ticket["state"], "waiting");
        assert_eq!(ticket["counter"], "A");
        let signed = ticket["signed"].as_str().expect("signed");
        assert!(31 + signed.len() <= 287, "{} bytes with a URL of 31", 31 + signed.len());
        let keys = client.get("/.well-known/jwks.json").await.is(200).json();
        let (header, claims) = verified(signed, &keys);
        assert_eq!(header["alg"], "ES256");
        assert!(header["kid"].as_str().is_some_and(|it| it.starts_with('t')));
        assert!(claims.len() <= 99, "{} bytes of claims", claims.len());
        let claims: Value = serde_json::from_slice(&claims).expect("claims");
        assert_eq!(
            (&claims["jti"], &claims["aud"], &claims["n"]),
            (&ticket["id"], &ticket["centre"], &ticket["number"])
        );
    }
}

#[tokio::test]
async fn the_same_request_gets_the_same_ticket_byte_for_byte() {
    let mut client = Client::new();
    let first = take(&mut client, KEY, &asked("city")).await;
    let again = take(&mut client, KEY, &asked("city")).await;
    assert_eq!((first.is(201).body.clone(), ""), (again.is(201).body.clone(), first.header("idempotency-replayed")));
    assert_eq!(again.header("idempotency-replayed"), "true");
    client.all_keep_the_contract();
}

#[tokio::test]
async fn one_person_has_one_live_ticket_at_a_centre() {
    let mut client = Client::new();
    let first = take(&mut client, KEY, &asked("city")).await.is(201).json();
    let second = take(&mut client, OTHER_KEY, &asked("city")).await.is_problem(409, "conflict");
    assert_eq!(second["existing"], first["id"]);
    take(&mut client.another(), OTHER_KEY, &asked("city")).await.is(201);
    let path = format!("/api/v1/tickets/{}", first["id"].as_str().expect("an id"));
    client.ask(Method::DELETE, &path, &[], Body::empty()).await.is(204);
    client.ask(Method::DELETE, &path, &[], Body::empty()).await.is(204);
    assert_eq!(client.get(&path).await.json()["state"], "cancelled");
    take(&mut client, OTHER_KEY, &asked("city")).await.is(201);
    client.all_keep_the_contract();
}

#[tokio::test]
async fn a_request_without_a_key_or_with_an_unknown_place_or_procedure_is_refused() {
    let mut client = Client::new();
    client.post("/api/v1/tickets", &[], &asked("city")).await.is_problem(400, "malformed");
    take(&mut client, "not-a-uuid", &asked("city")).await.is_problem(400, "malformed");
    take(&mut client, KEY, &asked("99999")).await.is_problem(404, "not-found");
    let unknown = json!({ "centre": "city", "procedure": "1.999999" });
    take(&mut client, KEY, &unknown).await.is_problem(422, "invalid");
    client.get("/api/v1/tickets/AAAAAAAAAAAAAAAAAAAAAA").await.is_problem(404, "not-found");
    take(&mut client, KEY, &asked("city")).await.is(201);
}

#[tokio::test]
async fn a_ticket_waits_is_called_and_served() {
    let mut client = Client::new();
    let ticket = take(&mut client, KEY, &asked("city")).await.is(201).json();
    let path = format!("/api/v1/tickets/{}", ticket["id"].as_str().expect("an id"));
    let mut seen = vec![(ticket["state"].clone(), ticket["ahead"].as_u64().expect("a number"))];
    assert!(seen[0].1 >= 3 && ticket["expectedMinutes"].as_u64().is_some_and(|it| it > 0));
    for _ in 0..100 {
        client.post("/test/queue/step", &[], &json!({ "centre": "city" })).await.is(204);
        let now = client.get(&path).await.is(200).json();
        seen.push((now["state"].clone(), now["ahead"].as_u64().expect("a number")));
        if now["state"] == "served" {
            break;
        }
    }
    assert!(seen.windows(2).all(|it| it[0].1 >= it[1].1), "nobody gets ahead: {seen:?}");
    let mut states: Vec<Value> = seen.into_iter().map(|(state, _)| state).collect();
    states.dedup();
    assert_eq!(states, ["waiting", "called", "serving", "served"]);
    client.ask(Method::DELETE, &path, &[], Body::empty()).await.is_problem(409, "conflict");
    client.all_keep_the_contract();
}

#[tokio::test]
async fn who_has_priority_is_called_first() {
    let mut client = Client::new();
    let plain = take(&mut client, KEY, &asked("city")).await.is(201).json();
    let mut elder = client.another();
    let body = json!({ "centre": "city", "procedure": "2.000815", "priority": "elderly" });
    let first = take(&mut elder, KEY, &body).await.is(201).json();
    assert!(first["number"].as_str() > plain["number"].as_str());
    assert_eq!(first["ahead"], 0);
    let path = format!("/api/v1/tickets/{}", plain["id"].as_str().expect("an id"));
    let now = client.get(&path).await.json();
    assert_eq!(now["ahead"].as_u64(), plain["ahead"].as_u64().map(|it| it + 1));
}

#[tokio::test]
async fn some_people_do_not_turn_up() {
    let mut client = Client::new();
    client.get("/api/v1/centres/city").await.is(200);
    // The seventh at a counter is not there: the eighth is called without the seventh having been served.
    let mut seen = Vec::new();
    for _ in 0..40 {
        client.post("/test/queue/step", &[], &json!({ "centre": "city" })).await.is(204);
        let mut events = client.get_first_event("/api/v1/centres/city/queue").await;
        seen.push(events["counters"][0]["serving"].take());
    }
    let calls = |number: &str| seen.iter().filter(|it| **it == number).count();
    assert_eq!((calls("A-006"), calls("A-007"), calls("A-008")), (2, 1, 2), "{seen:?}");
}

#[tokio::test]
async fn a_ticket_expires_with_its_day() {
    let mut client = Client::new();
    let ticket = take(&mut client, KEY, &asked("city")).await.is(201).json();
    client.post("/test/clock", &[], &json!({ "advanceSeconds": 86_400 })).await.is(204);
    let path = format!("/api/v1/tickets/{}", ticket["id"].as_str().expect("an id"));
    assert_eq!(client.get(&path).await.json()["state"], "expired");
    take(&mut client, OTHER_KEY, &asked("city")).await.is(201);
}

#[tokio::test]
async fn whoever_watches_sees_the_queue_move() {
    let mut client = Client::new();
    let before = client.get_first_event("/api/v1/centres/31338/queue").await;
    assert_eq!(before["centre"], "31338");
    let ticket = take(&mut client, KEY, &asked("31338")).await.is(201).json();
    let after = client.get_first_event("/api/v1/centres/31338/queue").await;
    let waiting = after["counters"][0]["waiting"].as_array().expect("numbers");
    assert_eq!(waiting.last(), Some(&ticket["number"]));
    client.get("/api/v1/centres/99999/queue").await.is_problem(404, "not-found");
}
