//! Uploads that go on where they stopped: a client of tus 1.0.0 (core, creation; checksum and termination where offered).
//!
//! Source: tus resumable upload protocol 1.0.0 (2016-03-25), tus.io/protocols/resumable-upload. The server's offset is
//! the only truth: after a cut, a pause or a reload it is asked for, and sending goes on from there. Network faults are
//! tried again without end, with growing pauses, until the person cancels. At the end the server's hash of the whole is
//! compared with ours; a server that tells none is compared when the dossier, which names the hash, is filed.

use super::api::{self, Answer, Ask, Stop};
use super::failure::{self, Failure, Retry};
use super::files::FileBytes;
use super::pace::{LEAST_CHUNK, next_chunk, smaller_chunk};
use super::promise::Latch;
use super::{clock, digest, random, retry};
use contract::problem::ProblemType;
use gloo_net::http::Method;
use js_sys::Uint8Array;
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
    /// Bytes the server had when it was last heard of; shown until it is asked.
    pub sent: u32,
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
    /// The server has all of it, and it is the same.
    Done,
    /// It ended without success.
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

/// An upload under way. Dropping it stops it without a word; the server keeps what it has.
pub struct Upload(Rc<Transfer>);

impl Drop for Upload {
    fn drop(&mut self) {
        self.0.stopped.set(true);
        let stop = self.0.stop.borrow().clone();
        stop.stop();
        let rest = self.0.rest.borrow_mut().take();
        if let Some(rest) = rest {
            rest.open();
        }
    }
}

impl Upload {
    /// Starts to send, or goes on.
    pub fn start(order: UploadOrder, report: impl Fn(UploadNews) + 'static) -> Self {
        let transfer = Rc::new(Transfer {
            address: RefCell::new(order.address.as_deref().and_then(upload_id).map(address_of)),
            sent: Cell::new(order.sent),
            order,
            stopped: Cell::new(false),
            stop: RefCell::new(Stop::default()),
            rest: RefCell::new(None),
            report: Box::new(report),
        });
        wasm_bindgen_futures::spawn_local(transfer.clone().run());
        Self(transfer)
    }
}

/// Takes an upload away at the server. Tried once: what nobody's dossier names expires there by itself.
pub async fn terminate(address: &str, csrf: Option<&str>) {
    if let Some(id) = upload_id(address)
        && OFFER.get().is_none_or(|it| it.termination)
    {
        let _ = api::send(ask(Method::DELETE, &address_of(id), csrf)).await;
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

/// The smallest chunk passes in this time at 1.1 kB/s.
const CHUNK_LIMIT_MS: u32 = 60_000;
/// So often may a file arrive altered before it is given up.
const MOST_ALTERED: u32 = 5;

thread_local! {
    /// What the server can do besides; none until it was asked.
    static OFFER: Cell<Option<Offer>> = const { Cell::new(None) };
    /// The next chunk: all files share one link.
    static CHUNK: Cell<u32> = const { Cell::new(LEAST_CHUNK) };
}

/// Extensions of a server that this client uses beside creation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Offer {
    checksum: bool,
    termination: bool,
}

/// What `Tus-Extension` and `Tus-Checksum-Algorithm` offer.
fn offered(extensions: &str, algorithms: &str) -> Offer {
    let has = |list: &str, name: &str| list.split(',').any(|it| it.trim() == name);
    Offer {
        checksum: has(extensions, "checksum") && has(algorithms, "sha256"),
        termination: has(extensions, "termination"),
    }
}

struct Transfer {
    order: UploadOrder,
    address: RefCell<Option<String>>,
    stopped: Cell<bool>,
    sent: Cell<u32>,
    stop: RefCell<Stop>,
    rest: RefCell<Option<Rc<Latch>>>,
    report: Box<dyn Fn(UploadNews)>,
}

/// Why sending stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Break {
    /// The server does not know the upload any more.
    Anew,
    /// What arrived is not what was sent: a chunk, or the whole.
    Altered,
    /// A failure, perhaps to be tried again.
    Failed(Failure),
}

impl Transfer {
    fn tell(&self, state: UploadState) {
        if !self.stopped.get() {
            let address = self.address.borrow().clone();
            (self.report)(UploadNews { state, sent: self.sent.get(), total: self.order.bytes.size(), address });
        }
    }

    async fn run(self: Rc<Self>) {
        let (mut attempt, mut altered) = (0, 0);
        while !self.stopped.get() {
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
                Break::Anew => {
                    self.forget();
                    (Failure::NotOurs, Retry::Soon)
                }
                Break::Altered if altered < MOST_ALTERED => {
                    altered += 1;
                    (Failure::Altered, Retry::Soon)
                }
                Break::Altered => return self.tell(UploadState::Failed(Failure::Altered)),
                Break::Failed(failure) => match failure.retryable() {
                    Some(hint) => (failure, hint),
                    None => return self.tell(UploadState::Failed(failure)),
                },
            };
            CHUNK.set(smaller_chunk(CHUNK.get()));
            let milliseconds = retry::delay_ms(attempt, random::fraction(), hint);
            attempt = attempt.saturating_add(1);
            if !self.stopped.get() {
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
        let offer = self.offer().await?;
        let known = self.address.borrow().clone();
        let (address, mut answer) = match known {
            Some(address) => {
                let answer = self.send(Method::HEAD, &address, Vec::new(), None).await?;
                (address, answer)
            }
            None => self.create().await?,
        };
        let total = self.order.bytes.size();
        let mut from = told(&answer, total)?;
        loop {
            self.sent.set(from);
            if from == total {
                return self.compare(&address, &answer).await;
            }
            self.tell(UploadState::Sending);
            let chunk = CHUNK.get();
            let to = total.min(from.saturating_add(chunk));
            let body = self.order.bytes.raw().subarray(from, to);
            let begun = clock::now_ms();
            answer = self.append(&address, from, body, offer.checksum).await?;
            let now = told(&answer, total)?;
            if now <= from {
                return Err(Break::Failed(Failure::StillRunning { retry_after: None }));
            }
            CHUNK.set(next_chunk(chunk, to - from, clock::now_ms().saturating_sub(begun)));
            from = now;
        }
    }

    /// What the server can do besides; asked once.
    async fn offer(&self) -> Result<Offer, Break> {
        if let Some(offer) = OFFER.get() {
            return Ok(offer);
        }
        let answer = self.send(Method::OPTIONS, &address_of(""), Vec::new(), None).await?;
        let facts = facts(&answer);
        let list = |name| answer.header(name).unwrap_or_default();
        let offer = match facts.status {
            200..=299 if facts.tus => offered(&list("tus-extension"), &list("tus-checksum-algorithm")),
            // It does not say what it can do.
            400 | 401 | 403..=405 | 501 => Offer::default(),
            _ => return Err(refusal(&facts, &answer)),
        };
        OFFER.set(Some(offer));
        Ok(offer)
    }

    async fn create(&self) -> Result<(String, Answer), Break> {
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
        *self.address.borrow_mut() = Some(address.clone());
        Ok((address, answer))
    }

    async fn append(&self, address: &str, from: u32, body: Uint8Array, checked: bool) -> Result<Answer, Break> {
        let mut headers =
            vec![("Upload-Offset", from.to_string()), ("Content-Type", "application/offset+octet-stream".to_owned())];
        if checked {
            let hash = digest::sha256_raw(&body).await.map_err(Break::Failed)?;
            headers.push(("Upload-Checksum", ["sha256 ", &random::base64(&hash)].concat()));
        }
        self.send(Method::PATCH, address, headers, Some(body.into())).await
    }

    /// Compares the server's hash of the whole with ours; the last answer tells it, or else HEAD.
    async fn compare(&self, address: &str, last: &Answer) -> Result<(), Break> {
        let mut theirs = last.header("upload-sha256");
        if theirs.is_none() {
            let answer = self.send(Method::HEAD, address, Vec::new(), None).await?;
            let total = self.order.bytes.size();
            let at = told(&answer, total)?;
            if at < total {
                self.sent.set(at);
                return Err(Break::Failed(Failure::StillRunning { retry_after: None }));
            }
            theirs = answer.header("upload-sha256");
        }
        if theirs.is_some_and(|it| !it.trim().eq_ignore_ascii_case(&self.order.sha256)) {
            self.forget();
            terminate(address, self.order.csrf.as_deref()).await;
            return Err(Break::Altered);
        }
        Ok(())
    }

    /// Forgets the upload: it begins anew.
    fn forget(&self) {
        self.address.take();
        self.sent.set(0);
    }

    async fn send(
        &self,
        method: Method,
        address: &str,
        headers: Vec<(&'static str, String)>,
        body: Option<wasm_bindgen::JsValue>,
    ) -> Result<Answer, Break> {
        let mut ask = ask(method, address, self.order.csrf.as_deref());
        ask.headers.extend(headers);
        if body.is_some() {
            ask.limit_ms = CHUNK_LIMIT_MS;
        }
        ask.body = body;
        *self.stop.borrow_mut() = ask.stop.clone();
        if self.stopped.get() {
            return Err(Break::Failed(Failure::Cancelled));
        }
        api::send(ask).await.map_err(Break::Failed)
    }
}

fn ask(method: Method, address: &str, csrf: Option<&str>) -> Ask {
    let mut ask = Ask::personal(method, &[]).csrf(csrf);
    address.clone_into(&mut ask.address);
    ask.headers.push(("Tus-Resumable", "1.0.0".to_owned()));
    ask
}

/// What an answer says of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Facts {
    status: u16,
    /// It comes from a tus server, not from a captive portal.
    tus: bool,
    offset: Option<u32>,
    /// Seconds it asks to wait.
    retry_after: Option<u32>,
}

fn facts(answer: &Answer) -> Facts {
    // The answer to OPTIONS says only which versions the server speaks.
    let ours =
        ["tus-resumable", "tus-version", contract::CONTRACT_HEADER].iter().any(|name| answer.header(name).is_some());
    let offset = answer.header("upload-offset").and_then(|offset| offset.trim().parse().ok());
    Facts { status: answer.status, tus: ours, offset, retry_after: answer.retry_after() }
}

/// The server's offset after an answer to POST, HEAD or PATCH, or why there is none.
fn told(answer: &Answer, total: u32) -> Result<u32, Break> {
    let facts = facts(answer);
    match offset_told(&facts, total) {
        Some(told) => told,
        None => Err(refusal(&facts, answer)),
    }
}

/// What a status means by itself; none where the body of the answer has to tell.
///
/// | answer | meaning |
/// | --- | --- |
/// | 201 from a tus server, without an offset | created, nothing is there |
/// | 2xx from a tus server, offset within the file | go on from there |
/// | 2xx otherwise | not ours: a captive portal |
/// | 404, 410 from a tus server | the upload is gone: anew |
/// | 409, 423 from a tus server | another offset, or a request of ours still runs there: ask later |
/// | 460 (checksum extension) | altered on its way: that chunk again |
fn offset_told(facts: &Facts, total: u32) -> Option<Result<u32, Break>> {
    let told = match (facts.status, facts.tus) {
        (200..=299, true) => match facts.offset {
            Some(offset) if offset <= total => Ok(offset),
            Some(_) => Err(Break::Anew),
            None if facts.status == 201 => Ok(0),
            None => Err(Break::Failed(Failure::NotOurs)),
        },
        (200..=299, false) => Err(Break::Failed(Failure::NotOurs)),
        (404 | 410, true) => Err(Break::Anew),
        (409 | 423, true) => Err(Break::Failed(Failure::StillRunning { retry_after: facts.retry_after })),
        (460, true) => Err(Break::Altered),
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
    use super::{Break, Facts, Failure, Offer, bare_refusal, metadata, offered, offset_told, upload_id};

    #[track_caller]
    fn check(status: u16, tus: bool, offset: Option<u32>, expected: impl Into<Option<Result<u32, Break>>>) {
        assert_eq!(offset_told(&Facts { status, tus, offset, retry_after: Some(7) }, 100), expected.into());
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
        check(409, true, None, Some(Err(Break::Failed(Failure::StillRunning { retry_after: Some(7) }))));
        check(423, true, None, Some(Err(Break::Failed(Failure::StillRunning { retry_after: Some(7) }))));
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
    fn an_upload_just_created_is_empty_unless_the_server_has_the_content() {
        check(201, true, None, Some(Ok(0)));
        check(201, true, Some(100), Some(Ok(100)));
        check(201, false, None, Some(Err(Break::Failed(Failure::NotOurs))));
    }

    #[test]
    fn a_chunk_that_arrived_altered_is_told_from_a_refusal() {
        check(460, true, None, Some(Err(Break::Altered)));
        check(460, false, None, None);
    }

    #[test]
    fn extensions_are_used_only_where_they_are_offered() {
        for (extensions, algorithms, checksum, termination) in [
            ("creation,checksum,expiration,termination", "sha256,sha1", true, true),
            ("creation, checksum", "sha1, sha256", true, false),
            ("creation,checksum", "sha1,md5", false, false),
            ("checksum-trailer,termination", "sha256", false, true),
            ("", "", false, false),
        ] {
            assert_eq!(offered(extensions, algorithms), Offer { checksum, termination }, "{extensions}");
        }
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
