//! Uploads: tus 1.0.0 with creation, checksum, expiration and termination.
//!
//! Source: <https://tus.io/protocols/resumable-upload>. What arrived before a connection broke is kept, unless a checksum
//! came with it: then the whole chunk counts, or nothing. An upload belongs to whoever began it, over sessions.

use crate::Shared;
use crate::clock;
use crate::refusal::Refusal;
use crate::resources::session::{Changing, SignedIn};
use crate::shelf::{self, Announced, UploadState};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{options, patch};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// Largest file that can be uploaded; a paper may allow less.
pub(crate) const MAX_BYTES: u64 = 20_000_000;

/// Bytes that are written at once.
const WRITTEN_AT_ONCE: usize = 64 * 1024;

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/v1/uploads", options(describe).post(create))
        .route("/api/v1/uploads/{id}", patch(append).head(offset).delete(terminate))
}

async fn describe() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        ("tus-version", "1.0.0"),
        ("tus-extension", "creation,checksum,expiration,termination"),
        ("tus-checksum-algorithm", "sha256,sha1"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.insert(HeaderName::from_static("tus-max-size"), HeaderValue::from(MAX_BYTES));
    resumable(response)
}

/// Every request but OPTIONS says which version it speaks.
fn check_version(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.get(RESUMABLE).is_some_and(|it| it == "1.0.0") { Ok(()) } else { Err(Refusal::Precondition) }
}

fn number(headers: &HeaderMap, name: HeaderName) -> Result<u64, Refusal> {
    let text = headers.get(name).and_then(|it| it.to_str().ok()).ok_or(Refusal::Malformed)?;
    let plain = !text.is_empty() && text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().map_err(|_| Refusal::Malformed) } else { Err(Refusal::Malformed) }
}

/// One value of `Upload-Metadata`: `key base64,key base64`.
fn metadata(headers: &HeaderMap, key: &str) -> Result<String, Refusal> {
    let all = headers.get(METADATA).and_then(|it| it.to_str().ok()).ok_or(Refusal::Malformed)?;
    let value = all
        .split(',')
        .filter_map(|pair| pair.trim().split_once(' '))
        .find_map(|(name, value)| (name == key).then_some(value))
        .ok_or(Refusal::Malformed)?;
    let bytes = STANDARD.decode(value).map_err(|_| Refusal::Malformed)?;
    String::from_utf8(bytes).map_err(|_| Refusal::Malformed)
}

/// What `Upload-Checksum` says of a body: `algorithm base64`. SHA-1 is the one every tus server must know.
enum Checksum {
    Sha256(Vec<u8>),
    Sha1(Vec<u8>),
}

impl Checksum {
    fn read(headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        let Some(value) = headers.get(CHECKSUM) else { return Ok(None) };
        let (algorithm, hash) =
            value.to_str().ok().and_then(|it| it.trim().split_once(' ')).ok_or(Refusal::Malformed)?;
        let hash = STANDARD.decode(hash.trim()).map_err(|_| Refusal::Malformed)?;
        match (algorithm, hash.len()) {
            ("sha256", 32) => Ok(Some(Self::Sha256(hash))),
            ("sha1", 20) => Ok(Some(Self::Sha1(hash))),
            _ => Err(Refusal::Malformed),
        }
    }

    fn is_of(&self, body: &[u8]) -> bool {
        match self {
            Self::Sha256(hash) => Sha256::digest(body).as_slice() == hash.as_slice(),
            Self::Sha1(hash) => Sha1::digest(body).as_slice() == hash.as_slice(),
        }
    }
}

async fn create(
    State(sandbox): State<Shared>,
    Changing(signed_in): Changing,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&headers)?;
    let length = number(&headers, LENGTH)?;
    if length == 0 {
        return Err(Refusal::Malformed);
    }
    if length > MAX_BYTES {
        return Err(Refusal::TooLarge);
    }
    let announced = Announced {
        length,
        requirement: metadata(&headers, "requirement")?,
        filename: metadata(&headers, "filename")?,
        sha256: metadata(&headers, "sha256")?,
    };
    let is_hash =
        announced.sha256.len() == 64 && announced.sha256.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    let is_key = !announced.requirement.is_empty() && announced.requirement.len() <= 80;
    if !is_key || announced.filename.len() > 1_000 || !is_hash {
        return Err(Refusal::Malformed);
    }
    let (subject, now) = (signed_in.account.key, sandbox.clock.now());
    let (id, state) = sandbox.store.change(|database| shelf::begin(database, subject, &announced, now))?;
    let location = HeaderValue::from_str(&format!("{}api/v1/uploads/{id}", sandbox.config.base_path))
        .map_err(|_| Refusal::Internal)?;
    let mut response = standing(StatusCode::CREATED, &state)?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

async fn offset(
    State(sandbox): State<Shared>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&headers)?;
    let now = sandbox.clock.now();
    let state = sandbox.store.change(|database| shelf::state(database, signed_in.account.key, &id, now))?;
    let mut response = standing(StatusCode::OK, &state)?;
    let answer = response.headers_mut();
    answer.insert(LENGTH, HeaderValue::from(state.length));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn terminate(
    State(sandbox): State<Shared>,
    Changing(signed_in): Changing,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&headers)?;
    let now = sandbox.clock.now();
    sandbox.store.change(|database| shelf::terminate(database, signed_in.account.key, &id, now))?;
    Ok(resumable(StatusCode::NO_CONTENT.into_response()))
}

async fn append(
    State(sandbox): State<Shared>,
    Changing(signed_in): Changing,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    check_version(&headers)?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|it| it != "application/offset+octet-stream") {
        return Err(Refusal::MediaType);
    }
    let start = number(&headers, OFFSET)?;
    let checksum = Checksum::read(&headers)?;
    let (subject, now) = (signed_in.account.key, sandbox.clock.now());
    let found = sandbox.store.change(|database| shelf::state(database, subject, &id, now))?;
    if found.received != start {
        return Err(Refusal::Conflict(None));
    }
    if http_body::Body::size_hint(&body).lower() > found.length - start {
        return Err(Refusal::TooLarge);
    }
    let length = found.length;
    let mut appender = Appender { sandbox: &sandbox, subject, id: &id, state: found, at: start, waiting: Vec::new() };
    let outcome = match &checksum {
        Some(checksum) => appender.take_whole(body, length, checksum).await,
        None => appender.take(body, length).await,
    };
    outcome.and_then(|()| appender.write())?;
    standing(StatusCode::NO_CONTENT, &appender.state)
}

/// An answer that says how the upload stands.
fn standing(status: StatusCode, state: &UploadState) -> Result<Response, Refusal> {
    let mut response = status.into_response();
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(state.received));
    if let Some(sha256) = &state.sha256 {
        let sha256 = HeaderValue::from_str(sha256).map_err(|_| Refusal::Internal)?;
        headers.insert(HeaderName::from_static("upload-sha256"), sha256);
    }
    if let Some(moment) = state.expires_at {
        let date = HeaderValue::from_str(&clock::http_date(moment)).map_err(|_| Refusal::Internal)?;
        headers.insert(HeaderName::from_static("upload-expires"), date);
    }
    Ok(resumable(response))
}

fn resumable(mut response: Response) -> Response {
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static("1.0.0"));
    response
}

/// Bytes on their way into the database; what is left is written when it is dropped, whatever ended the request.
struct Appender<'a> {
    sandbox: &'a Shared,
    subject: &'a str,
    id: &'a str,
    state: UploadState,
    at: u64,
    waiting: Vec<u8>,
}

impl Appender<'_> {
    /// Takes bytes as they come; what came before a cut stays.
    async fn take(&mut self, body: Body, length: u64) -> Result<(), Refusal> {
        let mut frames = body.into_data_stream();
        while let Some(frame) = frames.next().await {
            // A broken connection ends here; the appender keeps what came before it.
            let frame = frame.map_err(|_| Refusal::Malformed)?;
            if frame.len() as u64 > length - self.at - self.waiting.len() as u64 {
                return Err(Refusal::TooLarge);
            }
            self.waiting.extend_from_slice(&frame);
            if self.waiting.len() >= WRITTEN_AT_ONCE {
                self.write()?;
            }
        }
        Ok(())
    }

    /// Takes all of the body, or nothing.
    async fn take_whole(&mut self, body: Body, length: u64, checksum: &Checksum) -> Result<(), Refusal> {
        let mut whole = Vec::new();
        let mut frames = body.into_data_stream();
        while let Some(frame) = frames.next().await {
            let frame = frame.map_err(|_| Refusal::Malformed)?;
            if frame.len() as u64 > length - self.at - whole.len() as u64 {
                return Err(Refusal::TooLarge);
            }
            whole.extend_from_slice(&frame);
        }
        if !checksum.is_of(&whole) {
            return Err(Refusal::Altered);
        }
        self.waiting = whole;
        Ok(())
    }

    /// Writes what waits, unless somebody else wrote at this offset meanwhile.
    fn write(&mut self) -> Result<(), Refusal> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let now = self.sandbox.clock.now();
        self.state = self
            .sandbox
            .store
            .change(|database| shelf::append(database, self.subject, self.id, self.at, &waiting, now))?;
        self.at = self.state.received;
        Ok(())
    }
}

impl Drop for Appender<'_> {
    fn drop(&mut self) {
        if let Err(refusal) = self.write() {
            tracing::debug!(?refusal, "the rest of a broken upload was not kept");
        }
    }
}
