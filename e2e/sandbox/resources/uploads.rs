//! Uploads: tus 1.0.0, core and creation.
//!
//! Source: <https://tus.io/protocols/resumable-upload>. What arrived before a connection broke is kept; the next PATCH goes
//! on at the server's offset. An upload belongs to whoever began it, over sessions.

use crate::Shared;
use crate::chance;
use crate::refusal::Refusal;
use crate::resources::session::{Changing, SignedIn};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{options, patch};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

/// Largest file that can be uploaded; a paper may allow less.
pub(crate) const MAX_BYTES: u64 = 20_000_000;

/// Uploads one person may have, so that a broken client cannot fill the disk.
const MAX_UPLOADS: u32 = 2_000;

/// Bytes that are written at once.
const WRITTEN_AT_ONCE: usize = 64 * 1024;

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/v1/uploads", options(describe).post(create))
        .route("/api/v1/uploads/{id}", patch(append).head(offset))
}

/// A complete upload, as a dossier needs it.
#[derive(Debug)]
pub(crate) struct Uploaded {
    /// Key of the paper it was announced for.
    pub(crate) requirement: String,
    /// Name on the citizen's device.
    pub(crate) filename: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Lower-case hex SHA-256 of its bytes.
    pub sha256: String,
}

/// Reads a complete upload of `subject`; none where there is no such, or it is not complete.
pub(crate) fn read(database: &Transaction<'_>, subject: &str, id: &str) -> Result<Option<Uploaded>, Refusal> {
    let row: Option<(String, String, String)> = database
        .query_row(
            "SELECT requirement, filename, sha256 FROM uploads WHERE id = ?1 AND subject = ?2 AND sha256 IS NOT NULL",
            params![id, subject],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((requirement, filename, sha256)) = row else { return Ok(None) };
    Ok(Some(Uploaded { requirement, filename, bytes: bytes(database, id)?, sha256 }))
}

fn bytes(database: &Transaction<'_>, id: &str) -> Result<Vec<u8>, Refusal> {
    let mut chunks = database.prepare_cached("SELECT bytes FROM chunks WHERE upload = ?1 ORDER BY start")?;
    let mut rows = chunks.query([id])?;
    let mut whole = Vec::new();
    while let Some(row) = rows.next()? {
        whole.extend_from_slice(row.get_ref(0)?.as_blob().map_err(|_| Refusal::Internal)?);
    }
    Ok(whole)
}

async fn describe() -> Response {
    let max = HeaderValue::from(MAX_BYTES);
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(RESUMABLE, HeaderValue::from_static("1.0.0"));
    headers.insert(HeaderName::from_static("tus-version"), HeaderValue::from_static("1.0.0"));
    headers.insert(HeaderName::from_static("tus-extension"), HeaderValue::from_static("creation"));
    headers.insert(HeaderName::from_static("tus-max-size"), max);
    response
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
    let requirement = metadata(&headers, "requirement")?;
    let filename = metadata(&headers, "filename")?;
    let sha256 = metadata(&headers, "sha256")?;
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
    if requirement.is_empty() || requirement.len() > 80 || filename.len() > 1_000 || !is_hash {
        return Err(Refusal::Malformed);
    }
    let id = chance::id();
    let (subject, now) = (signed_in.account.key, sandbox.clock.now());
    sandbox.store.change(|database| {
        let count: u32 =
            database.query_row("SELECT count(*) FROM uploads WHERE subject = ?1", [subject], |row| row.get(0))?;
        if count >= MAX_UPLOADS {
            return Err(Refusal::TooMany(3_600));
        }
        database.execute(
            "INSERT INTO uploads (id, subject, length, requirement, filename, declared_sha256, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id, subject, length, requirement, filename, sha256, now],
        )?;
        Ok(())
    })?;
    let location = HeaderValue::from_str(&format!("{}api/v1/uploads/{id}", sandbox.config.base_path))
        .map_err(|_| Refusal::Internal)?;
    let mut response = StatusCode::CREATED.into_response();
    response.headers_mut().insert(header::LOCATION, location);
    Ok(resumable(response))
}

async fn offset(
    State(sandbox): State<Shared>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_version(&headers)?;
    let state = sandbox.store.change(|database| state(database, signed_in.account.key, &id))?;
    let mut response = StatusCode::OK.into_response();
    let answer = response.headers_mut();
    answer.insert(OFFSET, HeaderValue::from(state.received));
    answer.insert(LENGTH, HeaderValue::from(state.length));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(sha256) = state.sha256 {
        let sha256 = HeaderValue::from_str(&sha256).map_err(|_| Refusal::Internal)?;
        answer.insert(HeaderName::from_static("upload-sha256"), sha256);
    }
    Ok(resumable(response))
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
    let subject = signed_in.account.key;
    let found = sandbox.store.change(|database| state(database, subject, &id))?;
    if found.received != start {
        return Err(Refusal::Conflict(None));
    }
    if http_body::Body::size_hint(&body).lower() > found.length - start {
        return Err(Refusal::TooLarge);
    }
    let mut appender = Appender { sandbox: &sandbox, subject, id: &id, at: start, waiting: Vec::new() };
    let mut frames = body.into_data_stream();
    while let Some(frame) = frames.next().await {
        // A broken connection ends here; the appender keeps what came before it.
        let frame = frame.map_err(|_| Refusal::Malformed)?;
        let room = found.length - appender.end();
        if frame.len() as u64 > room {
            return Err(Refusal::TooLarge);
        }
        appender.waiting.extend_from_slice(&frame);
        if appender.waiting.len() >= WRITTEN_AT_ONCE {
            appender.write()?;
        }
    }
    appender.write()?;
    let received = appender.at;
    drop(appender);
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().insert(OFFSET, HeaderValue::from(received));
    Ok(resumable(response))
}

fn resumable(mut response: Response) -> Response {
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static("1.0.0"));
    response
}

struct UploadState {
    length: u64,
    received: u64,
    sha256: Option<String>,
}

fn state(database: &Transaction<'_>, subject: &str, id: &str) -> Result<UploadState, Refusal> {
    let row = database
        .query_row(
            "SELECT length, received, sha256 FROM uploads WHERE id = ?1 AND subject = ?2",
            params![id, subject],
            |row| Ok(UploadState { length: row.get(0)?, received: row.get(1)?, sha256: row.get(2)? }),
        )
        .optional()?;
    row.ok_or(Refusal::NotFound)
}

/// Bytes on their way into the database; what is left is written when it is dropped, whatever ended the request.
struct Appender<'a> {
    sandbox: &'a Shared,
    subject: &'a str,
    id: &'a str,
    at: u64,
    waiting: Vec<u8>,
}

impl Appender<'_> {
    fn end(&self) -> u64 {
        self.at + self.waiting.len() as u64
    }

    /// Writes what waits, unless somebody else wrote at this offset meanwhile.
    fn write(&mut self) -> Result<(), Refusal> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let (at, end) = (self.at, self.at + waiting.len() as u64);
        self.sandbox.store.change(|database| {
            let found = state(database, self.subject, self.id)?;
            if found.received != at || end > found.length {
                return Err(Refusal::Conflict(None));
            }
            database.execute(
                "INSERT INTO chunks (upload, start, bytes) VALUES (?1, ?2, ?3)",
                params![self.id, at, waiting],
            )?;
            database.execute("UPDATE uploads SET received = ?2 WHERE id = ?1", params![self.id, end])?;
            if end == found.length {
                let sha256 = chance::hex(&Sha256::digest(bytes(database, self.id)?));
                database.execute("UPDATE uploads SET sha256 = ?2 WHERE id = ?1", params![self.id, sha256])?;
            }
            Ok(())
        })?;
        self.at = end;
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
