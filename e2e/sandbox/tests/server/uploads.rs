//! tus 1.0.0 with creation, checksum, expiration and termination.

use crate::client::{Client, KEY, PNG, metadata, sha256};
use axum::body::{Body, Bytes};
use axum::http::Method;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::stream;
use sha1::Sha1;
use sha2::{Digest, Sha256};

const DAY: i64 = 86_400;

async fn begin(client: &mut Client, bytes: &[u8]) -> String {
    client.sign_in("lan-anh").await;
    client.create_upload("authorisation", "anh.png", bytes).await.is(201).header("location").to_owned()
}

#[tokio::test]
async fn the_server_says_what_it_can_do() {
    let mut client = Client::new();
    let answer = client.ask(Method::OPTIONS, "/api/v1/uploads", &[], Body::empty()).await;
    assert_eq!(answer.is(204).header("tus-extension"), "creation,checksum,expiration,termination");
    assert_eq!(answer.header("tus-checksum-algorithm"), "sha256,sha1");
    assert_eq!(answer.header("tus-version"), "1.0.0");
    assert!(answer.header("tus-max-size").parse::<u64>().is_ok_and(|it| it >= 6_000_000));
    client.all_keep_the_contract();
}

#[tokio::test]
async fn a_file_goes_up_in_pieces_and_is_hashed_at_the_end() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let mut at = 0;
    for piece in PNG.chunks(50) {
        let answer = client.append(&address, at, piece.to_vec()).await;
        at += piece.len();
        assert_eq!(answer.is(204).header("upload-offset"), at.to_string());
        assert_eq!(answer.header("upload-sha256"), if at == PNG.len() { sha256(PNG) } else { String::new() });
        let state = client.offset(&address).await;
        assert_eq!(state.is(200).header("upload-offset"), at.to_string());
        assert_eq!(state.header("upload-length"), PNG.len().to_string());
        assert_eq!(state.header("upload-sha256"), if at == PNG.len() { sha256(PNG) } else { String::new() });
    }
    client.all_keep_the_contract();
}

#[tokio::test]
async fn tests_may_see_what_arrived() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let path = address.replace("/api/v1/", "/test/");
    client.append(&address, 0, PNG[..50].to_vec()).await.is(204);
    assert_eq!(client.get(&path).await.is(200).body, PNG[..50]);
    client.append(&address, 50, PNG[50..].to_vec()).await.is(204);
    assert_eq!(client.get(&path).await.is(200).body, *PNG);
    client.get("/test/uploads/none").await.is_problem(404, "not-found");
}

#[tokio::test]
async fn what_arrived_before_a_cut_is_kept() {
    let mut client = Client::new();
    let file: Vec<u8> = (0..200_000_u32).map(|it| it.to_le_bytes()[1]).collect();
    let address = begin(&mut client, &file).await;
    let frames = vec![
        Ok(Bytes::copy_from_slice(&file[..70_000])),
        Ok(Bytes::copy_from_slice(&file[70_000..70_123])),
        Err("cut"),
    ];
    let frames = frames.into_iter().map(|it| it.map_err(std::io::Error::other));
    client.append(&address, 0, Body::from_stream(stream::iter(frames))).await.is(400);
    assert_eq!(client.offset(&address).await.header("upload-offset"), "70123");
    client.append(&address, 70_123, file[70_123..].to_vec()).await.is(204);
    assert_eq!(client.offset(&address).await.header("upload-sha256"), sha256(&file));
}

#[tokio::test]
async fn a_wrong_offset_is_a_conflict_and_changes_nothing() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    client.append(&address, 0, PNG[..10].to_vec()).await.is(204);
    for offset in [0, 9, 11] {
        client.append(&address, offset, PNG[10..20].to_vec()).await.is_problem(409, "conflict");
    }
    assert_eq!(client.offset(&address).await.header("upload-offset"), "10");
    client.all_keep_the_contract();
}

#[tokio::test]
async fn more_bytes_than_announced_are_refused_and_change_nothing() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let too_many = [PNG, b"!"].concat();
    client.append(&address, 0, too_many).await.is_problem(413, "too-large");
    assert_eq!(client.offset(&address).await.header("upload-offset"), "0");
}

#[tokio::test]
async fn every_request_states_the_version() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    client.ask(Method::HEAD, &address, &[], Body::empty()).await.is(412);
    let headers = [("upload-offset", "0"), ("content-type", "application/offset+octet-stream")];
    client.ask(Method::PATCH, &address, &headers, PNG.to_vec()).await.is_problem(412, "precondition");
    let headers = [("tus-resumable", "0.2.2"), ("upload-length", "5")];
    client.ask(Method::POST, "/api/v1/uploads", &headers, Body::empty()).await.is_problem(412, "precondition");
}

#[tokio::test]
async fn only_the_tus_media_type_is_taken() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let headers = [("tus-resumable", "1.0.0"), ("upload-offset", "0"), ("content-type", "image/png")];
    client.ask(Method::PATCH, &address, &headers, PNG.to_vec()).await.is_problem(415, "not-acceptable");
}

#[tokio::test]
async fn a_creation_without_length_or_metadata_is_malformed_and_a_large_one_refused() {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    let good = metadata("authorisation", "anh.png", PNG);
    for (length, metadata, status, kind) in [
        ("", good.as_str(), 400, "malformed"),
        ("0", &good, 400, "malformed"),
        ("-5", &good, 400, "malformed"),
        ("99999999999999999999", &good, 400, "malformed"),
        ("200000000", &good, 413, "too-large"),
        ("5", "", 400, "malformed"),
        ("5", "requirement !!!", 400, "malformed"),
        ("5", "requirement YQ==,filename YQ==", 400, "malformed"),
    ] {
        let headers = [("tus-resumable", "1.0.0"), ("upload-length", length), ("upload-metadata", metadata)];
        client.ask(Method::POST, "/api/v1/uploads", &headers, Body::empty()).await.is_problem(status, kind);
    }
}

#[tokio::test]
async fn an_upload_is_its_owners_and_lives_longer_than_a_session() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let mut other = client.another();
    other.offset(&address).await.is(401);
    other.sign_in("hung").await;
    other.offset(&address).await.is(404);
    other.append(&address, 0, PNG.to_vec()).await.is_problem(404, "not-found");
    let mut again = client.another();
    again.sign_in("lan-anh").await;
    again.append(&address, 0, PNG.to_vec()).await.is(204);
}

#[tokio::test]
async fn a_change_without_the_token_is_forbidden() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let headers = [
        ("tus-resumable", "1.0.0"),
        ("upload-offset", "0"),
        ("content-type", "application/offset+octet-stream"),
        ("x-csrf-token", ""),
    ];
    client.ask(Method::PATCH, &address, &headers, PNG.to_vec()).await.is_problem(403, "forbidden");
}

fn checksum(bytes: &[u8]) -> String {
    format!("sha256 {}", STANDARD.encode(Sha256::digest(bytes)))
}

#[tokio::test]
async fn a_chunk_that_is_not_what_its_checksum_says_is_thrown_away() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let (first, rest) = PNG.split_at(50);
    client.append_checked(&address, 0, &checksum(first), rest[..50].to_vec()).await.is_problem(460, "altered");
    assert_eq!(client.offset(&address).await.header("upload-offset"), "0");
    client.append_checked(&address, 0, &checksum(first), first.to_vec()).await.is(204);
    let sha1 = format!("sha1 {}", STANDARD.encode(Sha1::digest(rest)));
    client.append_checked(&address, 50, &sha1.replace(' ', "  "), rest.to_vec()).await.is(204);
    assert_eq!(client.offset(&address).await.header("upload-sha256"), sha256(PNG));
}

#[tokio::test]
async fn a_checksum_that_cannot_be_read_is_malformed_and_changes_nothing() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let good = checksum(PNG);
    for broken in ["", "sha256", "md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256 !!!!", "sha256 YWJj", &good.to_uppercase()] {
        client.append_checked(&address, 0, broken, PNG.to_vec()).await.is_problem(400, "malformed");
    }
    assert_eq!(client.offset(&address).await.header("upload-offset"), "0");
}

#[tokio::test]
async fn a_cut_chunk_with_a_checksum_counts_for_nothing() {
    let mut client = Client::new();
    let file: Vec<u8> = (0..200_000_u32).map(|it| it.to_le_bytes()[1]).collect();
    let address = begin(&mut client, &file).await;
    let frames = vec![Ok(Bytes::copy_from_slice(&file[..150_000])), Err(std::io::Error::other("cut"))];
    client.append_checked(&address, 0, &checksum(&file), Body::from_stream(stream::iter(frames))).await.is(400);
    assert_eq!(client.offset(&address).await.header("upload-offset"), "0");
    client.append_checked(&address, 0, &checksum(&file), file.clone()).await.is(204);
    assert_eq!(client.offset(&address).await.header("upload-sha256"), sha256(&file));
}

#[tokio::test]
async fn a_terminated_upload_is_gone() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    client.append(&address, 0, PNG[..40].to_vec()).await.is(204);
    let mut other = client.another();
    other.sign_in("hung").await;
    other.terminate(&address).await.is_problem(404, "not-found");
    client.terminate(&address).await.is(204);
    client.offset(&address).await.is(404);
    client.append(&address, 40, PNG[40..].to_vec()).await.is_problem(404, "not-found");
    client.terminate(&address).await.is_problem(404, "not-found");
    assert_eq!(stored(&mut client).await, 0);
    client.all_keep_the_contract();
}

#[tokio::test]
async fn an_upload_that_no_dossier_names_expires_a_week_after_its_last_byte() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    let first = client.append(&address, 0, PNG[..40].to_vec()).await.is(204).header("upload-expires").to_owned();
    client.sandbox.advance_clock(6 * DAY);
    client.sign_in("lan-anh").await;
    let second = client.append(&address, 40, PNG[40..80].to_vec()).await.is(204).header("upload-expires").to_owned();
    assert_ne!(first, second);
    client.sandbox.advance_clock(6 * DAY);
    client.sign_in("lan-anh").await;
    assert_eq!(client.offset(&address).await.is(200).header("upload-expires"), second);
    client.sandbox.advance_clock(DAY);
    client.sign_in("lan-anh").await;
    client.offset(&address).await.is(410);
    client.append(&address, 80, PNG[80..].to_vec()).await.is_problem(410, "gone");
    client.terminate(&address).await.is_problem(410, "gone");
    // The next upload sweeps; the address is remembered for a month.
    begin(&mut client, b"another").await;
    assert_eq!(stored(&mut client).await, 0);
    client.offset(&address).await.is(410);
    client.sandbox.advance_clock(31 * DAY);
    client.sign_in("lan-anh").await;
    begin(&mut client, b"a third").await;
    client.offset(&address).await.is(404);
    client.all_keep_the_contract();
}

#[tokio::test]
async fn what_a_dossier_names_neither_expires_nor_can_be_taken_away() {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    let paper = client.upload("authorisation", "uy-quyen.png", "image/png", PNG).await;
    let address = format!("/api/v1/uploads/{}", paper["upload"].as_str().expect("an id"));
    client.post("/api/v1/dossiers", &[("idempotency-key", KEY)], &crate::dossiers::with_paper(&paper)).await.is(201);
    client.terminate(&address).await.is_problem(409, "conflict");
    client.sandbox.advance_clock(400 * DAY);
    client.sign_in("lan-anh").await;
    begin(&mut client, b"another").await;
    let kept = client.offset(&address).await;
    assert_eq!(kept.is(200).header("upload-sha256"), sha256(PNG));
    assert_eq!(kept.header("upload-expires"), "");
}

#[tokio::test]
async fn the_same_content_is_neither_sent_nor_stored_twice() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    // Not whole yet: nothing to share.
    client.append(&address, 0, PNG[..40].to_vec()).await.is(204);
    let twin = begin(&mut client, PNG).await;
    assert_eq!(client.offset(&twin).await.header("upload-offset"), "0");
    client.append(&address, 40, PNG[40..].to_vec()).await.is(204);
    // Under way at the same time: sent twice, stored once.
    client.append(&twin, 0, PNG.to_vec()).await.is(204);
    assert_eq!(stored(&mut client).await, PNG.len() as u64);
    // Whole already: begins complete.
    let again = client.create_upload("oldPaper", "khac.png", PNG).await;
    assert_eq!(again.is(201).header("upload-offset"), PNG.len().to_string());
    assert_eq!(again.header("upload-sha256"), sha256(PNG));
    // The content lives as long as the last that has it.
    let again = again.header("location").to_owned();
    client.terminate(&address).await.is(204);
    client.terminate(&twin).await.is(204);
    assert_eq!(client.offset(&again).await.header("upload-sha256"), sha256(PNG));
    assert_eq!(stored(&mut client).await, PNG.len() as u64);
    client.terminate(&again).await.is(204);
    assert_eq!(stored(&mut client).await, 0);
}

#[tokio::test]
async fn nobody_learns_what_somebody_else_has_sent() {
    let mut client = Client::new();
    let address = begin(&mut client, PNG).await;
    client.append(&address, 0, PNG.to_vec()).await.is(204);
    let mut other = client.another();
    other.sign_in("hung").await;
    let theirs = other.create_upload("authorisation", "anh.png", PNG).await;
    assert_eq!(theirs.is(201).header("upload-offset"), "0");
    assert_eq!(theirs.header("upload-sha256"), "");
}

/// Bytes the server has stored for all uploads.
async fn stored(client: &mut Client) -> u64 {
    client.get("/test/history").await.is(200).json()["storedBytes"].as_u64().expect("a number")
}
