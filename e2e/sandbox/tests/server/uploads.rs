//! tus 1.0.0: core and creation.

use crate::client::{Client, PNG, metadata, sha256};
use axum::body::{Body, Bytes};
use axum::http::Method;
use futures_util::stream;

async fn begin(client: &mut Client, bytes: &[u8]) -> String {
    client.sign_in("lan-anh").await;
    client.create_upload("authorisation", "anh.png", bytes).await.is(201).header("location").to_owned()
}

#[tokio::test]
async fn the_server_says_what_it_can_do() {
    let mut client = Client::new();
    let answer = client.ask(Method::OPTIONS, "/api/v1/uploads", &[], Body::empty()).await;
    assert_eq!(answer.is(204).header("tus-extension"), "creation");
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
        let state = client.offset(&address).await;
        assert_eq!(state.is(200).header("upload-offset"), at.to_string());
        assert_eq!(state.header("upload-length"), PNG.len().to_string());
        assert_eq!(state.header("upload-sha256"), if at == PNG.len() { sha256(PNG) } else { String::new() });
    }
    client.all_keep_the_contract();
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
