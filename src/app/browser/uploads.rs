//! Uploads that go on where they stopped: a client of tus 1.0.0 (core and creation).
//!
//! Source: tus resumable upload protocol 1.0.0 (2016-03-25), tus.io/protocols/resumable-upload. The server's offset is
//! the only truth: after a cut, a pause or a reload it is asked for, and sending goes on from there. Network faults are
//! tried again without end, with growing pauses, until the person cancels.

use super::api::{self, Answer, Ask, Stop};
use super::failure::{self, Failure, Retry};
use super::files::FileBytes;
use super::promise::{self, Latch};
use super::{clock, random, retry};
use contract::problem::ProblemType;
use gloo_net::http::Method;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A file to be sent.
#[derive(Clone, Debug)]
pub struct UploadOrder {
    /// Its bytes.
    pub bytes: FileBytes,
    /// Their SHA-256 in lower-case hex, compared with the server's at the end.
    pub sha256: String,
    /// Key of the paper.
    pub requirement: String,
    /// Name as the device has it.
    pub name: String,
    /// Where its upload is, if one was created before: [`UploadNews::address`].
    pub address: Option<String>,
    /// The session's token, if somebody is signed in.
    pub csrf: Option<String>,
}

/// How an upload goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// It is being sent.
    Sending,
    /// Something failed; it is tried again by itself.
    Waiting {
        /// After so many milliseconds, or as soon as the network is back.
        milliseconds: u32,
        /// What failed.
        failure: Failure,
    },
    /// Paused by the person.
    Paused,
    /// The server has all of it, and it is the same.
    Done,
    /// It ended without success; [`Failure::Cancelled`] when the person cancelled.
    Failed(Failure),
}

/// News of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadNews {
    /// How it goes.
    pub state: UploadState,
    /// Bytes the server has.
    pub sent: u32,
    /// Bytes of the file.
    pub total: u32,
    /// Where the upload is, to be kept with the draft; none before it is created and after it was taken away.
    pub address: Option<String>,
}

/// An upload under way. Dropping the last copy stops it without a word; the server keeps what it has.
#[derive(Clone)]
pub struct Upload(Rc<Handle>);

struct Handle(Rc<Transfer>);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.turn(Mode::Dropped);
    }
}

impl Upload {
    /// Starts to send, or goes on.
    pub fn start(order: UploadOrder, report: impl Fn(UploadNews) + 'static) -> Self {
        let transfer = Rc::new(Transfer {
            address: RefCell::new(order.address.as_deref().and_then(upload_id).map(address_of)),
            order,
            mode: Cell::new(Mode::Going),
            sent: Cell::new(0),
            chunk: Cell::new(FIRST_CHUNK),
            stop: RefCell::new(Stop::default()),
            rest: RefCell::new(None),
            report: Box::new(report),
        });
        wasm_bindgen_futures::spawn_local(transfer.clone().run());
        Self(Rc::new(Handle(transfer)))
    }

    /// Stops sending until [`Self::resume`].
    pub fn pause(&self) {
        if self.0.0.mode.get() == Mode::Going {
            self.0.0.turn(Mode::Paused);
        }
    }

    /// Goes on, also at once instead of waiting for the next attempt.
    pub fn resume(&self) {
        let transfer = &self.0.0;
        match transfer.mode.get() {
            Mode::Paused => transfer.mode.set(Mode::Going),
            Mode::Going => {}
            Mode::Cancelled | Mode::Dropped => return,
        }
        transfer.wake();
    }

    /// Gives the upload up.
    pub fn cancel(&self) {
        self.0.0.turn(Mode::Cancelled);
    }
}

/// The id of an upload, which a dossier names: the last segment of its address.
#[must_use]
pub fn upload_id(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?.trim_end_matches('/');
    let id = path.rsplit('/').next()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (!id.is_empty() && id.len() <= 128 && id.bytes().all(plain)).then_some(id)
}

/// Least, first and largest chunk in bytes.
const LEAST_CHUNK: u32 = 64 * 1024;
const FIRST_CHUNK: u32 = 256 * 1024;
const LARGEST_CHUNK: u32 = 1024 * 1024;
/// A chunk should take so long: short enough to lose little, long enough to spend little on round trips.
const CHUNK_MS: u64 = 2000;
/// The smallest chunk passes in this time at 1.1 kB/s.
const CHUNK_LIMIT_MS: u32 = 60_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Going,
    Paused,
    Cancelled,
    Dropped,
}

struct Transfer {
    order: UploadOrder,
    address: RefCell<Option<String>>,
    mode: Cell<Mode>,
    sent: Cell<u32>,
    chunk: Cell<u32>,
    stop: RefCell<Stop>,
    rest: RefCell<Option<Rc<Latch>>>,
    report: Box<dyn Fn(UploadNews)>,
}

/// Why sending stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Break {
    /// The server does not know the upload any more.
    Anew,
    /// A failure, perhaps to be tried again.
    Failed(Failure),
}

impl Transfer {
    fn turn(&self, mode: Mode) {
        self.mode.set(mode);
        let stop = self.stop.borrow().clone();
        stop.stop();
        self.wake();
    }

    fn wake(&self) {
        let rest = self.rest.borrow_mut().take();
        if let Some(rest) = rest {
            rest.open();
        }
    }

    fn tell(&self, state: UploadState) {
        if self.mode.get() != Mode::Dropped {
            let address = self.address.borrow().clone();
            (self.report)(UploadNews { state, sent: self.sent.get(), total: self.order.bytes.size(), address });
        }
    }

    async fn run(self: Rc<Self>) {
        let mut attempt = 0;
        loop {
            match self.mode.get() {
                Mode::Going => {}
                Mode::Paused => {
                    self.tell(UploadState::Paused);
                    let rest = Rc::new(Latch::new());
                    *self.rest.borrow_mut() = Some(rest.clone());
                    let _ = promise::settled(Ok(rest.promise().clone())).await;
                    continue;
                }
                Mode::Cancelled => {
                    self.forget();
                    self.tell(UploadState::Failed(Failure::Cancelled));
                    return;
                }
                Mode::Dropped => return,
            }
            self.tell(UploadState::Sending);
            let before = self.sent.get();
            let broken = match self.transfer().await {
                Ok(()) => return self.tell(UploadState::Done),
                Err(broken) => broken,
            };
            if self.sent.get() > before {
                attempt = 0;
            }
            let (failure, hint) = match broken {
                Break::Failed(Failure::Cancelled) => continue,
                Break::Anew => {
                    self.forget();
                    (Failure::NotOurs, Retry::Soon)
                }
                Break::Failed(failure) => match failure.retryable() {
                    Some(hint) => (failure, hint),
                    None => return self.tell(UploadState::Failed(failure)),
                },
            };
            self.chunk.set(smaller_chunk(self.chunk.get()));
            let milliseconds = retry::delay_ms(attempt, random::fraction(), hint);
            attempt = attempt.saturating_add(1);
            if self.mode.get() == Mode::Going {
                self.tell(UploadState::Waiting { milliseconds, failure });
                let nap = retry::Nap::new();
                *self.rest.borrow_mut() = Some(nap.alarm());
                nap.sleep(milliseconds, hint == Retry::Soon).await;
                self.rest.take();
            }
        }
    }

    /// Sends all the server does not have, and compares.
    async fn transfer(&self) -> Result<(), Break> {
        let known = self.address.borrow().clone();
        let address = match known {
            Some(address) => {
                let answer = self.send(Method::HEAD, &address, Vec::new(), None).await?;
                self.sent.set(after(&facts(&answer), self.order.bytes.size(), &answer)?);
                address
            }
            None => self.create().await?,
        };
        self.tell(UploadState::Sending);
        let total = self.order.bytes.size();
        while self.sent.get() < total {
            let from = self.sent.get();
            let to = total.min(from.saturating_add(self.chunk.get()));
            let headers = vec![
                ("Upload-Offset", from.to_string()),
                ("Content-Type", "application/offset+octet-stream".to_owned()),
            ];
            let begun = clock::now_ms();
            let body = self.order.bytes.raw().subarray(from, to);
            let answer = self.send(Method::PATCH, &address, headers, Some(body.into())).await?;
            let now = after(&facts(&answer), total, &answer)?;
            if now <= from {
                return Err(Break::Failed(Failure::StillRunning { retry_after: None }));
            }
            self.sent.set(now);
            self.chunk.set(next_chunk(self.chunk.get(), to - from, clock::now_ms().saturating_sub(begun)));
            self.tell(UploadState::Sending);
        }
        let answer = self.send(Method::HEAD, &address, Vec::new(), None).await?;
        let offset = after(&facts(&answer), total, &answer)?;
        if offset < total {
            self.sent.set(offset);
            return Err(Break::Failed(Failure::StillRunning { retry_after: None }));
        }
        match answer.header("upload-sha256") {
            Some(theirs) if !theirs.trim().eq_ignore_ascii_case(&self.order.sha256) => {
                self.forget();
                Err(Break::Failed(Failure::Altered))
            }
            Some(_) | None => Ok(()),
        }
    }

    async fn create(&self) -> Result<String, Break> {
        let headers = vec![
            ("Upload-Length", self.order.bytes.size().to_string()),
            (
                "Upload-Metadata",
                metadata(&[
                    ("requirement", &self.order.requirement),
                    ("filename", &self.order.name),
                    ("sha256", &self.order.sha256),
                ]),
            ),
        ];
        let answer = self.send(Method::POST, &address_of(""), headers, None).await?;
        let facts = facts(&answer);
        if !(200..=299).contains(&facts.status) {
            return Err(refusal(&facts, &answer));
        }
        let location = answer.header("location").unwrap_or_default();
        let address = upload_id(&location).map(address_of).ok_or(Break::Failed(Failure::NotOurs))?;
        self.sent.set(0);
        *self.address.borrow_mut() = Some(address.clone());
        Ok(address)
    }

    /// Forgets the upload. The server offers no termination; what nobody's dossier names expires there by itself.
    fn forget(&self) {
        self.address.take();
        self.sent.set(0);
    }

    fn ask(&self, method: Method, address: &str) -> Ask {
        let mut ask = Ask::personal(method, &[]).csrf(self.order.csrf.as_deref());
        address.clone_into(&mut ask.address);
        ask.headers.push(("Tus-Resumable", "1.0.0".to_owned()));
        ask
    }

    async fn send(
        &self,
        method: Method,
        address: &str,
        headers: Vec<(&'static str, String)>,
        body: Option<wasm_bindgen::JsValue>,
    ) -> Result<Answer, Break> {
        let mut ask = self.ask(method, address);
        ask.headers.extend(headers);
        if body.is_some() {
            ask.limit_ms = CHUNK_LIMIT_MS;
        }
        ask.body = body;
        *self.stop.borrow_mut() = ask.stop.clone();
        if self.mode.get() != Mode::Going {
            return Err(Break::Failed(Failure::Cancelled));
        }
        api::send(ask).await.map_err(Break::Failed)
    }
}

/// What an answer says of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Facts {
    status: u16,
    /// It comes from a tus server, not from a captive portal.
    tus: bool,
    offset: Option<u32>,
}

fn facts(answer: &Answer) -> Facts {
    let ours = answer.header("tus-resumable").is_some() || answer.header(contract::CONTRACT_HEADER).is_some();
    let offset = answer.header("upload-offset").and_then(|offset| offset.trim().parse().ok());
    Facts { status: answer.status, tus: ours, offset }
}

/// The server's offset after an answer to HEAD or PATCH, or why there is none.
fn after(facts: &Facts, total: u32, answer: &Answer) -> Result<u32, Break> {
    match offset_told(facts, total) {
        Some(told) => told,
        None => Err(refusal(facts, answer)),
    }
}

/// What a status of HEAD or PATCH means by itself; none where the body of the answer has to tell.
///
/// | answer | meaning |
/// | --- | --- |
/// | 2xx from a tus server, offset within the file | go on from there |
/// | 2xx otherwise | not ours: a captive portal |
/// | 404, 410 from a tus server | the upload is gone: anew |
/// | 409, 423 from a tus server | another offset, or a request of ours still runs there: ask later |
/// | 460 (checksum extension) | altered |
fn offset_told(facts: &Facts, total: u32) -> Option<Result<u32, Break>> {
    let told = match (facts.status, facts.tus) {
        (200..=299, true) => match facts.offset {
            Some(offset) if offset <= total => Ok(offset),
            Some(_) => Err(Break::Anew),
            None => Err(Break::Failed(Failure::NotOurs)),
        },
        (200..=299, false) => Err(Break::Failed(Failure::NotOurs)),
        (404 | 410, true) => Err(Break::Anew),
        (409 | 423, true) => Err(Break::Failed(Failure::StillRunning { retry_after: None })),
        (460, true) => Err(Break::Failed(Failure::Altered)),
        _ => return None,
    };
    Some(told)
}

/// What any other answer means: as of the rest of the backend; a refusal without problem details is one all the same.
fn refusal(facts: &Facts, answer: &Answer) -> Break {
    let failure = match answer.judge() {
        Ok(()) => Failure::NotOurs,
        Err(failure) => failure,
    };
    Break::Failed(if failure == Failure::NotOurs && facts.tus { bare_refusal(facts.status) } else { failure })
}

fn bare_refusal(status: u16) -> Failure {
    let kind = match status {
        403 => ProblemType::Forbidden,
        412 => ProblemType::Precondition,
        413 => ProblemType::TooLarge,
        415 => ProblemType::NotAcceptable,
        400..=499 => ProblemType::Malformed,
        _ => return Failure::NotOurs,
    };
    failure::refused(kind, status)
}

/// The size of the next chunk, from how long the last one took: about two seconds' worth, at most twice as much as
/// before, in steps of 64 KiB.
fn next_chunk(before: u32, bytes: u32, milliseconds: u64) -> u32 {
    let wanted = u64::from(bytes) * CHUNK_MS / milliseconds.max(1);
    let wanted = wanted.min(u64::from(before) * 2).min(u64::from(LARGEST_CHUNK));
    let wanted = u32::try_from(wanted).unwrap_or(LARGEST_CHUNK);
    (wanted / LEAST_CHUNK * LEAST_CHUNK).max(LEAST_CHUNK)
}

/// The size of the next chunk after a failure.
fn smaller_chunk(before: u32) -> u32 {
    (before / 2 / LEAST_CHUNK * LEAST_CHUNK).max(LEAST_CHUNK)
}

/// Where an upload is: only its id is taken from what the server said, so that no answer leads to another place.
fn address_of(id: &str) -> String {
    let mut address = api::base_path();
    address.push_str("api/v1/uploads");
    if !id.is_empty() {
        address.push('/');
        address.push_str(id);
    }
    address
}

/// `Upload-Metadata`: keys and base64 values, with commas between.
fn metadata(pairs: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (key, value) in pairs {
        if !text.is_empty() {
            text.push(',');
        }
        text.push_str(key);
        text.push(' ');
        text.push_str(&random::base64(value.as_bytes()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Break, Facts, Failure, bare_refusal, metadata, next_chunk, offset_told, smaller_chunk, upload_id};

    const KIB: u32 = 1024;

    #[track_caller]
    fn check(status: u16, tus: bool, offset: Option<u32>, expected: impl Into<Option<Result<u32, Break>>>) {
        assert_eq!(offset_told(&Facts { status, tus, offset }, 100), expected.into());
    }

    #[test]
    fn the_servers_offset_is_the_only_truth() {
        check(200, true, Some(0), Some(Ok(0)));
        check(204, true, Some(64), Some(Ok(64)));
        check(204, true, Some(100), Some(Ok(100)));
        check(204, true, Some(101), Some(Err(Break::Anew)));
        check(204, true, None, Some(Err(Break::Failed(Failure::NotOurs))));
    }

    #[test]
    fn a_captive_portal_is_no_tus_server() {
        check(200, false, None, Some(Err(Break::Failed(Failure::NotOurs))));
        check(200, false, Some(100), Some(Err(Break::Failed(Failure::NotOurs))));
        check(404, false, None, None);
    }

    #[test]
    fn an_upload_that_is_gone_starts_anew_and_a_busy_one_is_asked_later() {
        check(404, true, None, Some(Err(Break::Anew)));
        check(410, true, None, Some(Err(Break::Anew)));
        check(409, true, None, Some(Err(Break::Failed(Failure::StillRunning { retry_after: None }))));
        check(423, true, None, Some(Err(Break::Failed(Failure::StillRunning { retry_after: None }))));
        check(401, true, None, None);
        check(503, true, None, None);
    }

    #[test]
    fn a_refusal_is_not_tried_again() {
        for status in [400, 403, 412, 413, 415] {
            assert_eq!(bare_refusal(status).retryable(), None, "{status}");
        }
    }

    #[test]
    fn a_chunk_takes_about_two_seconds() {
        for (before, bytes, milliseconds, expected) in [
            (256 * KIB, 256 * KIB, 5000, 64 * KIB),
            (256 * KIB, 256 * KIB, 2000, 256 * KIB),
            (256 * KIB, 256 * KIB, 100, 512 * KIB),
            (1024 * KIB, 1024 * KIB, 1, 1024 * KIB),
            (64 * KIB, 64 * KIB, 60_000, 64 * KIB),
            (64 * KIB, 1, 0, 64 * KIB),
            (512 * KIB, 512 * KIB, 2800, 320 * KIB),
        ] {
            assert_eq!(next_chunk(before, bytes, milliseconds), expected, "{bytes} in {milliseconds} ms");
        }
        assert_eq!(smaller_chunk(1024 * KIB), 512 * KIB);
        assert_eq!(smaller_chunk(64 * KIB), 64 * KIB);
    }

    #[test]
    fn only_a_plain_last_segment_is_an_upload() {
        for (address, id) in [
            ("https://a.vn/api/v1/uploads/Zm9v-_9", Some("Zm9v-_9")),
            ("/motcua/api/v1/uploads/abc/", Some("abc")),
            ("abc?x=1", Some("abc")),
            ("/api/v1/uploads/..%2f", None),
            ("", None),
            ("/", None),
        ] {
            assert_eq!(upload_id(address), id, "{address}");
        }
    }

    #[test]
    fn metadata_is_base64() {
        assert_eq!(metadata(&[("requirement", "photo"), ("sha256", "00")]), "requirement cGhvdG8=,sha256 MDA=");
    }
}
