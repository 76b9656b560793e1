//! Answers: JSON that may be cached by its tag, and JSON that must not be kept.

use crate::chance;
use crate::refusal::Refusal;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Write;
use std::sync::Arc;

/// Largest JSON body that is read.
pub(crate) const MAX_JSON_BYTES: usize = 1_000_000;

/// Bodies up to this size are compressed as far as it goes.
const SMALL: usize = 200_000;

/// What an answer is and how long it holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Served {
    media_type: &'static str,
    cache_control: &'static str,
}

/// JSON that is asked for anew by its tag.
const JSON: Served = Served { media_type: "application/json", cache_control: "no-cache" };

/// Text that is asked for anew by its tag.
pub(crate) const TEXT: Served = Served { media_type: "text/plain; charset=utf-8", cache_control: "no-cache" };

/// Text that never changes at its address.
pub(crate) const LASTING_TEXT: Served =
    Served { media_type: "text/plain; charset=utf-8", cache_control: "public, max-age=31536000, immutable" };

/// An answer in each encoding, each with its own strong tag.
#[derive(Debug)]
pub(crate) struct Packed {
    served: Served,
    plain: Coded,
    brotli: Coded,
    gzip: Coded,
}

#[derive(Debug)]
struct Coded {
    encoding: Option<&'static str>,
    etag: HeaderValue,
    body: Bytes,
}

impl Packed {
    /// Compresses `body`: done once, served often.
    pub(crate) fn new(served: Served, body: Vec<u8>) -> Result<Self, Refusal> {
        let name = chance::sha256_hex(&body);
        let name = &name[..32];
        let brotli = brotli(&body).map_err(|_| Refusal::Internal)?;
        let gzip = gzip(&body).map_err(|_| Refusal::Internal)?;
        let coded = |encoding: Option<&'static str>, suffix: &str, body: Vec<u8>| Coded {
            encoding,
            etag: tag(&format!("{name}{suffix}")),
            body: body.into(),
        };
        Ok(Self {
            served,
            plain: coded(None, "", body),
            brotli: coded(Some("br"), "-br", brotli),
            gzip: coded(Some("gzip"), "-gz", gzip),
        })
    }

    /// The answer this client can read, or 304 where it has it.
    #[must_use]
    pub(crate) fn answer(&self, asked: &HeaderMap) -> Response {
        let coded = if accepts(asked, "br") {
            &self.brotli
        } else if accepts(asked, "gzip") {
            &self.gzip
        } else {
            &self.plain
        };
        let mut response = if matches(asked, &coded.etag) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = (StatusCode::OK, Body::from(coded.body.clone())).into_response();
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.served.media_type));
            if let Some(encoding) = coded.encoding {
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
            }
            response
        };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, coded.etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(self.served.cache_control));
        response
    }
}

/// JSON with a strong tag, or 304 where the client has it.
#[must_use]
pub(crate) fn tagged(asked: &HeaderMap, body: impl Into<Bytes>, cache_control: &'static str) -> Response {
    let body = body.into();
    let etag = tag(&chance::sha256_hex(&body)[..32]);
    let mut response =
        if matches(asked, &etag) { StatusCode::NOT_MODIFIED.into_response() } else { json(StatusCode::OK, body) };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    response
}

/// JSON that must not be kept: personal, or true for a moment only.
pub(crate) fn fresh(status: StatusCode, value: &impl Serialize) -> Result<Response, Refusal> {
    Ok(fresh_bytes(status, print(value)?))
}

/// Printed JSON that must not be kept.
#[must_use]
pub(crate) fn fresh_bytes(status: StatusCode, body: impl Into<Bytes>) -> Response {
    let mut response = json(status, body);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// `value` as JSON.
pub(crate) fn print(value: &impl Serialize) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec(value).map_err(|_| Refusal::Internal)
}

/// Reads a JSON body: 415 for another media type, 413 beyond [`MAX_JSON_BYTES`], 400 for another shape.
pub(crate) async fn read_json<T: DeserializeOwned>(headers: &HeaderMap, body: Body) -> Result<(T, Bytes), Refusal> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Refusal::MediaType);
    }
    let bytes = read(body, MAX_JSON_BYTES).await?;
    let value = serde_json::from_slice(&bytes).map_err(|error| {
        tracing::debug!(line = error.line(), column = error.column(), "a body that does not read");
        Refusal::Malformed
    })?;
    Ok((value, bytes))
}

/// Reads a body of at most `limit` bytes.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let length = http_body::Body::size_hint(&body).lower();
    if usize::try_from(length).is_ok_and(|it| it > limit) {
        return Err(Refusal::TooLarge);
    }
    // One byte more than allowed is asked for, so that "too large" is told from "broken off".
    match axum::body::to_bytes(body, limit).await {
        Ok(bytes) => Ok(bytes),
        Err(error) if is_too_long(&error) => Err(Refusal::TooLarge),
        Err(_) => Err(Refusal::Malformed),
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    error.to_string().contains("length limit exceeded")
}

fn json(status: StatusCode, body: impl Into<Bytes>) -> Response {
    let mut response = (status, Body::from(body.into())).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A strong tag.
pub(crate) fn tag(name: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{name}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// Does the client name this tag in `If-None-Match`?
pub(crate) fn matches(asked: &HeaderMap, etag: &HeaderValue) -> bool {
    let tags = asked.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok()).unwrap_or_default();
    tags.split(',')
        .map(str::trim)
        .any(|it| it == "*" || it.strip_prefix("W/").unwrap_or(it).as_bytes() == etag.as_bytes())
}

/// Does the client take this content encoding?
#[must_use]
pub(crate) fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let list = asked.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok()).unwrap_or_default();
    list.split(',').any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let named = parts.next().is_some_and(|it| it.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|it| matches!(it.replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        named && !refused
    })
}

fn brotli(body: &[u8]) -> std::io::Result<Vec<u8>> {
    // The last step of quality costs ten times the time: it is worth it where the first page waits for the bytes.
    let quality = if body.len() <= SMALL { 11 } else { 9 };
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &body[..], &mut packed, &parameters)?;
    Ok(packed)
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body)?;
    encoder.finish()
}

/// An answer that is made once, by a thread that may take its time.
#[derive(Debug, Default)]
pub(crate) struct PackedOnce {
    made: tokio::sync::OnceCell<Arc<Packed>>,
}

impl PackedOnce {
    /// The answer, JSON; `body` is asked for the first time only.
    pub(crate) async fn get(&self, body: impl FnOnce() -> Result<Vec<u8>, Refusal>) -> Result<Arc<Packed>, Refusal> {
        self.get_as(JSON, body).await
    }

    /// The answer; `body` is asked for the first time only.
    pub(crate) async fn get_as(
        &self,
        served: Served,
        body: impl FnOnce() -> Result<Vec<u8>, Refusal>,
    ) -> Result<Arc<Packed>, Refusal> {
        let made = self
            .made
            .get_or_try_init(|| async {
                let body = body()?;
                let packing = tokio::task::spawn_blocking(move || Packed::new(served, body));
                packing.await.map_err(|_| Refusal::Internal)?.map(Arc::new)
            })
            .await?;
        Ok(Arc::clone(made))
    }
}
