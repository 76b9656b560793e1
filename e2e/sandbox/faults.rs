//! Faults on demand, per client: what networks and servers do to people.
//!
//! Only with `--test-controls`. A client is told by the header or the cookie `test-client`; without one it is the client "".

use crate::Shared;
use crate::resources::session::{self, cookie};
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The faults of one client; each is used up as it strikes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Faults {
    /// Every answer comes this many milliseconds later.
    pub(crate) delay_ms: u64,
    /// Filing takes this many milliseconds longer on the server.
    pub(crate) work_delay_ms: u64,
    /// The connection breaks after so many bytes of the request's body have arrived.
    pub(crate) cut_after_bytes: Option<Cut>,
    /// The work is done, the answer is lost: the connection closes without one.
    pub(crate) lose_reply_of: Option<Strike>,
    /// The answer is this status, and nothing is done.
    pub(crate) status_for_next: Option<StatusStrike>,
    /// The session ends before the next request.
    pub(crate) expire_session: bool,
    /// The answer is a captive portal's: 200 and HTML, not ours.
    pub(crate) html_for_next: Option<Strike>,
    /// The work is done, the answer breaks off in its middle.
    pub(crate) half_json_for_next: Option<Strike>,
}

/// Which requests a fault strikes, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Strike {
    /// Method; any if empty.
    pub(crate) method: String,
    /// How the path begins, without the base path.
    pub(crate) path: String,
    /// How many times.
    pub(crate) count: u32,
}

/// A broken connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Cut {
    /// After so many bytes of the body.
    pub(crate) bytes: usize,
    /// Which requests.
    #[serde(flatten)]
    pub(crate) strike: Strike,
}

/// A status instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusStrike {
    /// Which.
    pub(crate) status: u16,
    /// Seconds of `Retry-After`, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after: Option<u64>,
    /// Which requests.
    #[serde(flatten)]
    pub(crate) strike: Strike,
}

impl Default for Strike {
    fn default() -> Self {
        Self { method: String::new(), path: "/api/".to_owned(), count: 1 }
    }
}

impl Strike {
    fn hits(&self, method: &Method, path: &str) -> bool {
        self.count > 0 && (self.method.is_empty() || self.method == method.as_str()) && path.starts_with(&self.path)
    }
}

/// Everybody's faults.
#[derive(Debug, Default)]
pub(crate) struct FaultBook {
    clients: Mutex<BTreeMap<String, Faults>>,
}

/// What strikes one request.
#[derive(Debug, Default)]
struct Struck {
    delay: Duration,
    expire_session: bool,
    fault: Option<Fault>,
}

/// One fault.
#[derive(Clone, Copy, Debug)]
enum Fault {
    Status(u16, Option<u64>),
    Html,
    Cut(usize),
    LostReply,
    HalfReply,
}

impl FaultBook {
    /// Sets the faults of a client; none clears them.
    pub(crate) fn set(&self, client: &str, faults: Faults) {
        self.lock().insert(client.to_owned(), faults);
    }

    /// What is left of the faults of a client.
    #[must_use]
    pub(crate) fn of(&self, client: &str) -> Faults {
        self.lock().get(client).cloned().unwrap_or_default()
    }

    /// How much longer filing takes for this client.
    #[must_use]
    pub(crate) fn work_delay(&self, headers: &HeaderMap) -> Option<Duration> {
        let delay = self.lock().get(&client(headers))?.work_delay_ms;
        (delay > 0).then(|| Duration::from_millis(delay))
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Faults>> {
        self.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn strike(&self, client: &str, method: &Method, path: &str) -> Struck {
        let mut clients = self.lock();
        let Some(faults) = clients.get_mut(client) else { return Struck::default() };
        let hit = |strike: Option<&mut Strike>| {
            let hit = strike.filter(|it| it.hits(method, path));
            hit.map(|it| it.count -= 1).is_some()
        };
        let fault = if let Some(it) = faults.status_for_next.as_mut().filter(|it| it.strike.hits(method, path)) {
            it.strike.count -= 1;
            Some(Fault::Status(it.status, it.retry_after))
        } else if hit(faults.html_for_next.as_mut()) {
            Some(Fault::Html)
        } else if let Some(it) = faults.cut_after_bytes.as_mut().filter(|it| it.strike.hits(method, path)) {
            it.strike.count -= 1;
            Some(Fault::Cut(it.bytes))
        } else if hit(faults.lose_reply_of.as_mut()) {
            Some(Fault::LostReply)
        } else if hit(faults.half_json_for_next.as_mut()) {
            Some(Fault::HalfReply)
        } else {
            None
        };
        let delay = Duration::from_millis(faults.delay_ms);
        Struck { delay, expire_session: std::mem::take(&mut faults.expire_session), fault }
    }
}

/// The client of a request.
#[must_use]
pub(crate) fn client(headers: &HeaderMap) -> String {
    let header = headers.get("test-client").and_then(|it| it.to_str().ok()).map(str::to_owned);
    header.or_else(|| cookie(headers, "test-client")).unwrap_or_default()
}

/// Strikes the request, or lets it pass.
pub(crate) async fn strike(State(sandbox): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/test/") {
        return next.run(request).await;
    }
    let struck = sandbox.faults.strike(&client(request.headers()), request.method(), path);
    if !struck.delay.is_zero() {
        tokio::time::sleep(struck.delay).await;
    }
    if struck.expire_session && session::forget(&sandbox, request.headers()).is_err() {
        tracing::error!("a session could not be ended");
    }
    match struck.fault {
        None => next.run(request).await,
        Some(Fault::Status(status, retry_after)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response = status.into_response();
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
        Some(Fault::Html) => {
            let page = "<!doctype html><title>Wi-Fi</title><h1>Chào mừng đến với Wi-Fi miễn phí</h1>";
            ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
        }
        Some(Fault::Cut(bytes)) => {
            next.run(request.map(|body| cut(body, bytes))).await;
            broken()
        }
        Some(Fault::LostReply) => {
            next.run(request).await;
            broken()
        }
        Some(Fault::HalfReply) => half(next.run(request).await).await,
    }
}

/// The first `left` bytes of a body, then a broken connection.
fn cut(body: Body, left: usize) -> Body {
    Body::from_stream(stream::unfold(Some((body.into_data_stream(), left)), |state| async move {
        let (mut frames, left) = state?;
        let frame = frames.next().await;
        match frame {
            Some(Ok(frame)) if frame.len() <= left => {
                let left = left - frame.len();
                Some((Ok(frame), Some((frames, left))))
            }
            Some(Ok(frame)) if left > 0 => Some((Ok(frame.slice(..left)), Some((frames, 0)))),
            Some(Ok(_)) => Some((Err(std::io::Error::other("cut")), None)),
            Some(Err(error)) => Some((Err(std::io::Error::other(error)), None)),
            None => None,
        }
    }))
}

/// An answer that never comes: its body breaks before anything was written, so the connection closes.
fn broken() -> Response {
    let nothing = stream::iter([Err::<Bytes, _>(std::io::Error::other("the reply is lost"))]);
    Response::new(Body::from_stream(nothing))
}

/// An answer whose body ends in its middle, as if it were whole.
async fn half(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let whole = axum::body::to_bytes(body, 10_000_000).await.unwrap_or_default();
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(whole.slice(..whole.len() / 2)))
}
