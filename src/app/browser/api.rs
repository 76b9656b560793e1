//! The backend: `e2e/contract/openapi.yaml`, one function a resource.
//!
//! An answer counts only if its content type, its contract header and its shape are the backend's: captive portals
//! answer 200. What is personal is asked with `no-store`; catalogue, procedures, forms and places may come from the
//! browser's cache.

use super::failure::Failure;
use super::page::{self, Listening};
use super::promise::{self, Missed};
use contract::catalogue::Catalogue;
use contract::dossier::{Dossier, DossierPage, LookupRequest, Receipt};
use contract::json;
use contract::place::{Centre, Places};
use contract::problem::{ProblemDetails, ProblemType};
use contract::procedure::Procedure;
use contract::session::Session;
use contract::stored::FrozenSubmission;
use contract::ticket::{Queue, Ticket, TicketRequest};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AbortController, EventSource, Headers, MessageEvent, RequestCache};

/// Largest form definition taken, in bytes: as large as `forms` reads.
#[expect(clippy::cast_possible_truncation, reason = "4,000,000")]
pub const MOST_FORM_BYTES: u32 = forms::MAX_DEFINITION_BYTES as u32;
/// Largest answer taken, in bytes.
const MOST_BYTES: u32 = 8_000_000;
/// A submission runs checks on the other side.
const SUBMIT_LIMIT_MS: u32 = 30_000;
const LIMIT_MS: u32 = 15_000;

/// Which rows of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// What a commune's centre serves; small, for the first keystroke.
    Commune,
    /// All.
    Full,
}

/// The path under which the app runs, with `/` at both ends.
#[must_use]
pub fn base_path() -> String {
    page::base_path()
}

/// The procedures in short form.
///
/// # Errors
/// See [`Failure`].
pub async fn catalogue(tier: Tier) -> Result<Catalogue, Failure> {
    let tier = match tier {
        Tier::Commune => "commune",
        Tier::Full => "full",
    };
    read(Ask::public(&["catalogue?tier=", tier])).await
}

/// One procedure in full.
///
/// # Errors
/// See [`Failure`].
pub async fn procedure(code: &str) -> Result<Procedure, Failure> {
    read(Ask::public(&["procedures/", &segment(code)])).await
}

/// One version of a form's definition, as Form.io JSON.
///
/// # Errors
/// [`Failure::TooLarge`] above [`MOST_FORM_BYTES`]; see [`Failure`].
pub async fn form(id: &str, version: u32) -> Result<serde_json::Value, Failure> {
    let mut ask = Ask::public(&["forms/", &segment(id), "/versions/", &version.to_string()]);
    ask.most_bytes = MOST_FORM_BYTES;
    read(ask).await
}

/// The sentences of a language that is not linked in, a line each: a file of the app, not of the backend.
///
/// # Errors
/// See [`Failure`].
pub async fn words(tag: &str) -> Result<String, Failure> {
    let mut ask = Ask::public(&[]);
    ask.address = [&base_path(), "words/", &segment(tag), ".txt"].concat();
    read_text(ask).await
}

/// The compact text of a province's wards and former units, for `vietnam::place`; `version` is that of [`places`].
///
/// # Errors
/// See [`Failure`].
pub async fn province_text(version: &str, province: &str) -> Result<String, Failure> {
    read_text(Ask::public(&["places/", &segment(version), "/", &segment(province)])).await
}

/// The compact text of the country's provinces and the names in them, for `vietnam::place`.
///
/// # Errors
/// See [`Failure`].
pub async fn country_text() -> Result<String, Failure> {
    read_text(Ask::public(&["places/country"])).await
}

/// An answer that is plain text.
async fn read_text(ask: Ask) -> Result<String, Failure> {
    let answer = send(ask).await?;
    let content_type = answer.header("content-type").unwrap_or_default();
    if answer.status != 200 || !content_type.starts_with("text/plain") {
        return Err(Failure::NotOurs);
    }
    String::from_utf8(answer.body).map_err(|_| Failure::NotOurs)
}

/// A JSON file of our own server, as text: `path` below the base path, plain names only.
///
/// # Errors
/// [`Failure::NotOurs`] for a path that is none of ours; see [`Failure`].
pub async fn json_file(path: &str) -> Result<String, Failure> {
    let plain = |name: &str| {
        !name.is_empty()
            && !name.starts_with('.')
            && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
    };
    if !path.split('/').all(plain) {
        return Err(Failure::NotOurs);
    }
    let mut ask = Ask::public(&[]);
    ask.address = [&base_path(), path].concat();
    ask.most_bytes = MOST_FORM_BYTES;
    let answer = send(ask).await?;
    if answer.status != 200 || !answer.header("content-type").unwrap_or_default().starts_with(JSON) {
        return Err(Failure::NotOurs);
    }
    String::from_utf8(answer.body).map_err(|_| Failure::NotOurs)
}

/// The text that public/preview.js asked for while the wasm came; none where it did not come, which asking again explains.
pub async fn asked_early() -> Option<String> {
    let asked = promise::property(&js_sys::global(), "asked")?.dyn_into().ok()?;
    promise::settled(Ok(asked)).await.ok()?.as_string()
}

/// Provinces, wards with their former units, and centres.
///
/// # Errors
/// See [`Failure`].
pub async fn places(province: &str) -> Result<Places, Failure> {
    read(Ask::public(&["places?province=", &segment(province)])).await
}

/// One centre with its counters and the people waiting now.
///
/// # Errors
/// See [`Failure`].
pub async fn centre(code: &str) -> Result<Centre, Failure> {
    read(Ask::personal(Method::GET, &["centres/", &segment(code)])).await
}

/// Who is signed in; none where nobody is.
///
/// # Errors
/// See [`Failure`].
pub async fn session() -> Result<Option<Session>, Failure> {
    match send_judged(Ask::personal(Method::GET, &["session"])).await {
        // Nobody is signed in: no content.
        Ok(answer) if answer.body.is_empty() => Ok(None),
        Ok(answer) => json::read(&answer.body).map(Some).ok_or(Failure::NotOurs),
        Err(Failure::SignedOut) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The address of the sign-in page, which comes back to `address` (path, query and fragment of this app).
#[must_use]
pub fn sign_in_address(address: &str) -> String {
    [&base_path(), "auth/login?return=", &segment(address)].concat()
}

/// Signs out.
///
/// # Errors
/// See [`Failure`].
pub async fn sign_out(csrf: &str) -> Result<(), Failure> {
    let mut ask = Ask::personal(Method::POST, &[]);
    ask.address = [&base_path(), "auth/logout"].concat();
    send_judged(ask.csrf(Some(csrf))).await.map(|_| ())
}

/// A page of my dossiers, newest first; `cursor` is [`DossierPage::next`] of the page before.
///
/// # Errors
/// See [`Failure`].
pub async fn dossiers(cursor: Option<&str>) -> Result<DossierPage, Failure> {
    match cursor {
        Some(cursor) => read(Ask::personal(Method::GET, &["dossiers?cursor=", &segment(cursor)])).await,
        None => read(Ask::personal(Method::GET, &["dossiers"])).await,
    }
}

/// One of my dossiers.
///
/// # Errors
/// See [`Failure`].
pub async fn dossier(code: &str) -> Result<Dossier, Failure> {
    read(Ask::personal(Method::GET, &["dossiers/", &segment(code)])).await
}

/// A dossier by its code and the last digits of its owner's id, without signing in.
///
/// # Errors
/// [`Failure::Refused`] with one answer for wrong and unknown; see [`Failure`].
pub async fn look_up(request: &LookupRequest) -> Result<Dossier, Failure> {
    read(Ask::personal(Method::POST, &["dossiers/lookups"]).json(request)?).await
}

/// Sends a frozen submission, byte for byte; the same key answers the same receipt.
///
/// # Errors
/// [`Failure::definitive`] says whether the draft may thaw; see [`Failure`].
pub async fn submit(frozen: &FrozenSubmission, csrf: &str) -> Result<Receipt, Failure> {
    let mut ask = Ask::personal(Method::POST, &["dossiers"]).key(&frozen.key).csrf(Some(csrf));
    ask.limit_ms = SUBMIT_LIMIT_MS;
    ask.headers.push(("Content-Type", JSON.to_owned()));
    ask.body = Some(JsValue::from_str(&frozen.body));
    read(ask).await
}

/// Takes a number; the same key answers the same ticket.
///
/// # Errors
/// See [`Failure`].
pub async fn take_ticket(request: &TicketRequest, key: &str, csrf: Option<&str>) -> Result<Ticket, Failure> {
    read(Ask::personal(Method::POST, &["tickets"]).key(key).csrf(csrf).json(request)?).await
}

/// A ticket as it stands now.
///
/// # Errors
/// See [`Failure`].
pub async fn ticket(id: &str) -> Result<Ticket, Failure> {
    read(Ask::personal(Method::GET, &["tickets/", &segment(id)])).await
}

/// Gives a number back.
///
/// # Errors
/// See [`Failure`].
pub async fn cancel_ticket(id: &str, csrf: Option<&str>) -> Result<(), Failure> {
    send_judged(Ask::personal(Method::DELETE, &["tickets/", &segment(id)]).csrf(csrf)).await.map(|_| ())
}

/// News of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueueNews {
    /// How it stands.
    Now(Queue),
    /// The line is cut; the browser calls again by itself.
    Cut,
    /// The line is cut for good.
    Closed,
}

/// A line to a queue; dropping it closes the line.
#[must_use = "dropping it closes the line"]
pub struct QueueLine {
    source: EventSource,
    _listening: Vec<Listening>,
}

impl Drop for QueueLine {
    fn drop(&mut self) {
        self.source.close();
    }
}

/// Follows the queue of a centre until the answer is dropped; none where the browser refuses.
#[must_use = "dropping it closes the line"]
pub fn queue(centre: &str, act: impl Fn(QueueNews) + 'static) -> Option<QueueLine> {
    let address = [&base_path(), "api/v1/centres/", &segment(centre), "/queue"].concat();
    let source = EventSource::new(&address).ok()?;
    let act = Rc::new(act);
    let told = act.clone();
    let news = page::listen(
        &source,
        "queue",
        Box::new(move |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|message| message.data().as_string());
            if let Some(queue) = text.and_then(|text| json::read(text.as_bytes())) {
                told(QueueNews::Now(queue));
            }
        }),
    );
    let state = source.clone();
    let cut = page::listen(
        &source,
        "error",
        Box::new(move |_| {
            let closed = state.ready_state() == EventSource::CLOSED;
            act(if closed { QueueNews::Closed } else { QueueNews::Cut });
        }),
    );
    Some(QueueLine { source, _listening: [news, cut].into_iter().flatten().collect() })
}

const JSON: &str = "application/json";

/// Ends a request from outside.
#[derive(Clone, Default)]
pub(super) struct Stop(Rc<Stopping>);

#[derive(Default)]
struct Stopping {
    controller: std::cell::RefCell<Option<AbortController>>,
    stopped: Cell<bool>,
}

impl Stop {
    /// Ends it.
    pub(super) fn stop(&self) {
        self.0.stopped.set(true);
        let controller = self.0.controller.borrow().clone();
        if let Some(controller) = controller {
            controller.abort();
        }
    }
}

/// One request.
pub(super) struct Ask {
    pub(super) method: Method,
    pub(super) address: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<JsValue>,
    pub(super) personal: bool,
    pub(super) limit_ms: u32,
    pub(super) most_bytes: u32,
    pub(super) stop: Stop,
}

impl Ask {
    fn public(path: &[&str]) -> Self {
        let mut ask = Self::personal(Method::GET, path);
        ask.personal = false;
        ask
    }

    /// A request whose answer no cache keeps; `path` below `/api/v1/`.
    pub(super) fn personal(method: Method, path: &[&str]) -> Self {
        let mut address = base_path();
        address.push_str("api/v1/");
        for part in path {
            address.push_str(part);
        }
        Self {
            method,
            address,
            headers: Vec::new(),
            body: None,
            personal: true,
            limit_ms: LIMIT_MS,
            most_bytes: MOST_BYTES,
            stop: Stop::default(),
        }
    }

    pub(super) fn csrf(mut self, token: Option<&str>) -> Self {
        self.headers.extend(token.map(|token| ("X-CSRF-Token", token.to_owned())));
        self
    }

    fn key(mut self, key: &str) -> Self {
        self.headers.push(("Idempotency-Key", key.to_owned()));
        self
    }

    fn json<T: Serialize>(mut self, body: &T) -> Result<Self, Failure> {
        // Our own shapes have string keys only: writing them cannot fail.
        let text = serde_json::to_string(body).map_err(|_| Failure::NotOurs)?;
        self.headers.push(("Content-Type", JSON.to_owned()));
        self.body = Some(JsValue::from_str(&text));
        Ok(self)
    }
}

/// One answer, whatever it says.
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Headers,
    body: Vec<u8>,
}

impl Answer {
    /// A header; none where it is missing.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok().flatten()
    }

    /// Seconds the server asks to wait.
    pub(super) fn retry_after(&self) -> Option<u32> {
        let text = self.header("retry-after")?;
        let now = js_sys::Date::now();
        seconds_to_wait(&text, js_sys::Date::parse(&text), now)
    }

    /// Is it an answer of the backend, and a good one?
    pub(super) fn judge(&self) -> Result<(), Failure> {
        let ours = self.headers.has(contract::CONTRACT_HEADER).unwrap_or(false);
        let content_type = self.header("content-type").unwrap_or_default();
        judge(self.status, ours, &content_type, self.retry_after(), &self.body)
    }
}

/// Sends a request and reads its answer, within its limits of time and size.
pub(super) async fn send(ask: Ask) -> Result<Answer, Failure> {
    let window = page::window().ok_or(Failure::Offline)?;
    let controller = AbortController::new().map_err(|_| Failure::Offline)?;
    *ask.stop.0.controller.borrow_mut() = Some(controller.clone());
    if ask.stop.0.stopped.get() {
        return Err(Failure::Cancelled);
    }
    let missed = |missed: Missed| match missed {
        _ if ask.stop.0.stopped.get() => Failure::Cancelled,
        Missed::Late => {
            controller.abort();
            Failure::TimedOut
        }
        Missed::Refused => Failure::Offline,
    };
    let mut builder = RequestBuilder::new(&ask.address)
        .method(ask.method)
        .cache(if ask.personal { RequestCache::NoStore } else { RequestCache::Default })
        .abort_signal(Some(&controller.signal()))
        .header("Accept", "application/json, application/problem+json");
    for (name, value) in &ask.headers {
        builder = builder.header(name, value);
    }
    let request = match &ask.body {
        Some(body) => builder.body(body),
        None => builder.build(),
    };
    let request = web_sys::Request::from(request.map_err(|_| Failure::Offline)?);
    // Not `gloo`'s own `send`: it panics when what was thrown is no `Error`, as extensions and old workers do.
    let response = promise::within(&window.fetch_with_request(&request), ask.limit_ms).await.map_err(missed)?;
    let response = response.dyn_into::<web_sys::Response>().map_err(|_| Failure::NotOurs)?;
    let headers = response.headers();
    let too_large = || {
        controller.abort();
        Failure::TooLarge { most_bytes: ask.most_bytes }
    };
    let announced = headers.get("content-length").ok().flatten().and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > u64::from(ask.most_bytes)) {
        return Err(too_large());
    }
    let body = response.array_buffer().map_err(|_| Failure::NotOurs)?;
    let body = Uint8Array::new(&promise::within(&body, ask.limit_ms).await.map_err(missed)?);
    if body.length() > ask.most_bytes {
        return Err(too_large());
    }
    Ok(Answer { status: response.status(), headers, body: body.to_vec() })
}

async fn send_judged(ask: Ask) -> Result<Answer, Failure> {
    let answer = send(ask).await?;
    answer.judge()?;
    Ok(answer)
}

async fn read<T: DeserializeOwned>(ask: Ask) -> Result<T, Failure> {
    let answer = send_judged(ask).await?;
    json::read(&answer.body).ok_or(Failure::NotOurs)
}

/// Is this an answer of the backend, and a good one?
///
/// | status | who answered | judgement |
/// | --- | --- | --- |
/// | 2xx | ours, JSON or empty | good |
/// | 5xx | anyone: gateways answer for a backend that is down | server |
/// | 408 | anyone | timed out |
/// | 401 | ours | signed out |
/// | 409 still running, 425 | ours | still running |
/// | 429 | anyone | too many |
/// | other | ours, problem details | refused |
/// | any | not ours | not ours |
fn judge(status: u16, ours: bool, content_type: &str, retry_after: Option<u32>, body: &[u8]) -> Result<(), Failure> {
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let problem =
        (ours && media_type == "application/problem+json").then(|| json::read::<ProblemDetails>(body)).flatten();
    match status {
        200..=299 if ours && (media_type == JSON || body.is_empty()) => Ok(()),
        401 if ours => Err(Failure::SignedOut),
        408 => Err(Failure::TimedOut),
        425 if ours => Err(Failure::StillRunning { retry_after }),
        429 => Err(Failure::TooMany { retry_after }),
        500.. => Err(Failure::Server { status, instance: problem.and_then(|problem| problem.instance), retry_after }),
        _ => Err(match problem {
            Some(problem) if problem.kind == ProblemType::StillRunning => Failure::StillRunning { retry_after },
            Some(problem) => Failure::Refused(Box::new(problem)),
            None => Failure::NotOurs,
        }),
    }
}

/// Reads `Retry-After`: a number of seconds, or a date (given here as the browser reads it, NaN for none).
fn seconds_to_wait(text: &str, date_ms: f64, now_ms: f64) -> Option<u32> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(seconds);
    }
    let wait = ((date_ms - now_ms) / 1000.0).ceil();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float saturates")]
    let seconds = wait.max(0.0) as u32;
    (!wait.is_nan()).then_some(seconds)
}

/// A part of an address, percent-encoded.
pub(super) fn segment(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

#[cfg(test)]
mod tests {
    use super::{Failure, ProblemType, judge, seconds_to_wait};

    const PROBLEM: &[u8] = br#"{"type":"/problems/invalid","status":422,"title":"no","instance":"MC-3F7K"}"#;

    #[track_caller]
    fn check(status: u16, ours: bool, content_type: &str, body: &[u8], expected: Result<(), Failure>) {
        let judged = judge(status, ours, content_type, Some(9), body);
        match (judged, expected) {
            (Ok(()), Ok(())) => {}
            (judged, expected) => assert_eq!(judged.err(), expected.err()),
        }
    }

    #[test]
    fn only_the_backends_own_json_is_good() {
        check(200, true, "application/json", b"{}", Ok(()));
        check(201, true, "application/json; charset=utf-8", b"{}", Ok(()));
        check(204, true, "", b"", Ok(()));
        check(200, true, "text/html", b"<!doctype html>", Err(Failure::NotOurs));
        check(200, false, "application/json", b"{}", Err(Failure::NotOurs));
        check(204, false, "", b"", Err(Failure::NotOurs));
        check(
            511,
            false,
            "text/html",
            b"<p>",
            Err(Failure::Server { status: 511, instance: None, retry_after: Some(9) }),
        );
    }

    #[test]
    fn a_refusal_is_the_backends_only_with_its_problem_details() {
        assert!(matches!(
            judge(422, true, "application/problem+json", None, PROBLEM),
            Err(Failure::Refused(problem)) if problem.kind == ProblemType::Invalid
        ));
        check(422, false, "application/problem+json", PROBLEM, Err(Failure::NotOurs));
        check(404, true, "text/html", b"<p>", Err(Failure::NotOurs));
        check(404, true, "application/problem+json", b"{\"type\":", Err(Failure::NotOurs));
        check(403, false, "text/html", b"<p>", Err(Failure::NotOurs));
    }

    #[test]
    fn what_may_be_sent_again_is_told_from_what_may_not() {
        let running = br#"{"type":"/problems/still-running","status":409,"title":"wait"}"#;
        check(409, true, "application/problem+json", running, Err(Failure::StillRunning { retry_after: Some(9) }));
        check(401, true, "application/problem+json", b"", Err(Failure::SignedOut));
        check(401, false, "text/html", b"", Err(Failure::NotOurs));
        check(408, false, "", b"", Err(Failure::TimedOut));
        check(429, false, "", b"", Err(Failure::TooMany { retry_after: Some(9) }));
        let named = Failure::Server { status: 503, instance: Some("MC-3F7K".to_owned()), retry_after: Some(9) };
        check(503, true, "application/problem+json", PROBLEM, Err(named));
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(seconds_to_wait(" 120 ", f64::NAN, 0.0), Some(120));
        assert_eq!(seconds_to_wait("Fri, 31 Dec 1999 23:59:59 GMT", 5500.0, 2000.0), Some(4));
        assert_eq!(seconds_to_wait("Fri, 31 Dec 1999 23:59:59 GMT", 0.0, 2000.0), Some(0));
        assert_eq!(seconds_to_wait("soon", f64::NAN, 0.0), None);
    }
}
