//! The documents worker: a file is looked at beside the page, within ten seconds, whatever it holds.
//!
//! The worker says first that it is ready, with its build id; what is sent before is lost. One question at a time. A
//! worker that takes too long or dies is replaced, and the file counts as not checked.

use super::camera::Frame;
use super::failure::Failure;
use super::files::FileBytes;
use super::page::{self, Listening};
use super::promise::{self, Latch};
use contract::document::{
    ComposeAsked, FileKind, Finding, FindingCode, InspectionAsked, LookAsked, PaperFormat, Repair, RepairAsked,
    Repaired, Report, Requirement, Severity, WorkerAsked, WorkerSays,
};
use contract::json;
use js_sys::{Array, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// The worker's file, below the path under which the app runs.
pub const WORKER_FILE: &str = "worker.js";
/// The build id of the page; the worker must state the same.
pub const BUILD: &str = match option_env!("MOT_CUA_BUILD") {
    Some(build) => build,
    None => "dev",
};

/// A look at a file takes at most this.
const LOOK_MS: u32 = 10_000;
/// Fetching the worker on a slow network takes at most this.
const START_MS: u32 = 60_000;

/// Looks at files; copy it freely. The worker starts with the first question, or with [`Inspector::warm_up`].
#[derive(Clone)]
pub struct Inspector(Rc<Office>);

struct Office {
    address: String,
    worker: RefCell<Option<Rc<Clerk>>>,
    turn: RefCell<Option<Rc<Latch>>>,
    last: Cell<u32>,
}

impl Default for Inspector {
    fn default() -> Self {
        Self::new(&[&page::base_path(), WORKER_FILE].concat())
    }
}

impl Inspector {
    /// An inspector whose worker is at this address.
    #[must_use]
    pub fn new(address: &str) -> Self {
        Self(Rc::new(Office {
            address: address.to_owned(),
            worker: RefCell::new(None),
            turn: RefCell::new(None),
            last: Cell::new(0),
        }))
    }

    /// Starts the worker in the background, so that the first file does not wait for it.
    pub fn warm_up(&self) {
        let _ = self.0.clerk();
    }

    /// What is found in a file. `name` and `declared_type` are what the device says of it. `seen` is told earlier what is
    /// certain already, to be shown and nothing else: the file counts as looked at with the answer.
    ///
    /// # Errors
    /// [`Failure::Offline`] when the worker cannot be fetched; [`Failure::OtherBuild`] when page and worker are of two
    /// builds. A file that is too hard comes back as a report that says "not checked".
    pub async fn ask(
        &self,
        bytes: &FileBytes,
        requirement: &Requirement,
        name: &str,
        declared_type: &str,
        seen: impl Fn(&Report) + 'static,
    ) -> Result<Report, Failure> {
        let question = |number| {
            WorkerAsked::Inspect(InspectionAsked {
                number,
                requirement: requirement.clone(),
                name: name.to_owned(),
                declared_type: declared_type.to_owned(),
            })
        };
        Ok(match self.put_and_hear(question, &[("files", &files(&[bytes]))], Some(Box::new(seen))).await? {
            Some(Heard { says: WorkerSays::Inspected { report, .. }, .. }) => report,
            _ => not_checked(bytes.size(), &bytes.raw().subarray(0, 5).to_vec()),
        })
    }

    /// What is found in what the camera sees now; none where nobody could look.
    pub async fn look(&self, frame: &Frame, requirement: &Requirement) -> Option<Report> {
        let question = |number| WorkerAsked::Look(LookAsked { number, requirement: requirement.clone() });
        match self.put(question, &[("frame", frame.raw())]).await {
            Ok(Some(Heard { says: WorkerSays::Inspected { report, .. }, .. })) => Some(report),
            _ => None,
        }
    }

    /// Makes a picture ready to be sent; none where it could not be done and the file stays as it was.
    ///
    /// # Errors
    /// As [`Inspector::ask`].
    pub async fn repair(&self, bytes: &FileBytes, repair: Repair) -> Result<Option<(FileBytes, Repaired)>, Failure> {
        let question = |number| WorkerAsked::Repair(RepairAsked { number, repair });
        Ok(match self.put(question, &[("files", &files(&[bytes]))]).await? {
            Some(Heard { says: WorkerSays::Repaired { repaired, .. }, made: Some(made) }) => Some((made, repaired)),
            _ => None,
        })
    }

    /// Makes one PDF of several repaired pictures; none where it could not be done.
    ///
    /// # Errors
    /// As [`Inspector::ask`].
    pub async fn compose(
        &self,
        pages: &[&FileBytes],
        paper: Option<PaperFormat>,
    ) -> Result<Option<FileBytes>, Failure> {
        let question = |number| WorkerAsked::Compose(ComposeAsked { number, paper });
        Ok(match self.put(question, &[("files", &files(pages))]).await? {
            Some(Heard { says: WorkerSays::Composed { .. }, made }) => made,
            _ => None,
        })
    }

    async fn put(
        &self,
        question: impl FnOnce(u32) -> WorkerAsked,
        beside: &[(&str, &JsValue)],
    ) -> Result<Option<Heard>, Failure> {
        self.put_and_hear(question, beside, None).await
    }

    /// Puts one question and waits for its answer; none when the worker died over it or took too long.
    async fn put_and_hear(
        &self,
        question: impl FnOnce(u32) -> WorkerAsked,
        beside: &[(&str, &JsValue)],
        seen: Option<Seen>,
    ) -> Result<Option<Heard>, Failure> {
        let office = &self.0;
        loop {
            let others = office.turn.borrow().clone();
            let Some(others) = others else { break };
            let _ = promise::settled(Ok(others.promise().clone())).await;
        }
        let turn = Turn::take(office);
        let clerk = office.clerk().ok_or(Failure::Offline)?;
        let _ = promise::within(clerk.ready.promise(), START_MS).await;
        match clerk.state.get() {
            State::Ready => {}
            State::OtherBuild => {
                office.dismiss();
                return Err(Failure::OtherBuild);
            }
            State::Starting | State::Dead => {
                office.dismiss();
                return Err(Failure::Offline);
            }
        }
        let number = office.last.get().wrapping_add(1);
        office.last.set(number);
        *clerk.seen.borrow_mut() = seen;
        let heard = clerk.answer(number, &question(number), beside).await;
        clerk.seen.take();
        if heard.is_none() {
            // Too slow, or dead: the next file finds a new worker.
            office.dismiss();
            let _ = office.clerk();
        }
        drop(turn);
        Ok(heard)
    }
}

/// The buffers of files, as a message carries them.
fn files(list: &[&FileBytes]) -> JsValue {
    list.iter().map(|it| it.raw().buffer()).collect::<Array>().into()
}

/// Is told what is certain before the answer.
type Seen = Box<dyn Fn(&Report)>;

/// An answer, with the bytes that came with it.
struct Heard {
    says: WorkerSays,
    made: Option<FileBytes>,
}

/// The right to ask; the next one waits until it is dropped.
struct Turn<'a> {
    office: &'a Office,
    over: Rc<Latch>,
}

impl<'a> Turn<'a> {
    fn take(office: &'a Office) -> Self {
        let over = Rc::new(Latch::new());
        *office.turn.borrow_mut() = Some(over.clone());
        Self { office, over }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.office.turn.take();
        self.over.open();
    }
}

impl Office {
    /// The worker, started if there is none; none where the browser refuses one.
    fn clerk(&self) -> Option<Rc<Clerk>> {
        let present = self.worker.borrow().clone();
        if let Some(clerk) = present {
            if clerk.state.get() != State::Dead {
                return Some(clerk);
            }
            self.dismiss();
        }
        let clerk = Clerk::start(&self.address)?;
        *self.worker.borrow_mut() = Some(clerk.clone());
        Some(clerk)
    }

    fn dismiss(&self) {
        let clerk = self.worker.take();
        if let Some(clerk) = clerk {
            clerk.worker.terminate();
            clerk.listening.take();
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Starting,
    Ready,
    OtherBuild,
    Dead,
}

/// A running worker.
struct Clerk {
    worker: Worker,
    state: Cell<State>,
    ready: Latch,
    expected: Cell<u32>,
    answered: RefCell<Rc<Latch>>,
    heard: RefCell<Option<Heard>>,
    seen: RefCell<Option<Seen>>,
    listening: RefCell<Vec<Listening>>,
}

impl Clerk {
    fn start(address: &str) -> Option<Rc<Self>> {
        let clerk = Rc::new(Self {
            worker: Worker::new(address).ok()?,
            state: Cell::new(State::Starting),
            ready: Latch::new(),
            expected: Cell::new(0),
            answered: RefCell::new(Rc::new(Latch::new())),
            heard: RefCell::new(None),
            seen: RefCell::new(None),
            listening: RefCell::new(Vec::new()),
        });
        let (hears, sees) = (Rc::downgrade(&clerk), Rc::downgrade(&clerk));
        let message = page::listen(
            &clerk.worker,
            "message",
            Box::new(move |event| {
                let Some(message) = event.dyn_ref::<MessageEvent>().map(MessageEvent::data) else { return };
                let text = message.as_string().or_else(|| promise::property(&message, "say")?.as_string());
                let says = text.and_then(|text| json::read::<WorkerSays>(text.as_bytes()));
                let made = promise::property(&message, "bytes").map(|it| FileBytes::of(Uint8Array::new(&it)));
                if let (Some(clerk), Some(says)) = (hears.upgrade(), says) {
                    clerk.hear(says, made);
                }
            }),
        );
        let error = page::listen(
            &clerk.worker,
            "error",
            Box::new(move |event| {
                // Told to the person as "not checked"; the console stays for what nobody expects.
                event.prevent_default();
                if let Some(clerk) = sees.upgrade() {
                    clerk.hear(WorkerSays::Died, None);
                }
            }),
        );
        clerk.listening.borrow_mut().extend(message.into_iter().chain(error));
        Some(clerk)
    }

    fn hear(&self, says: WorkerSays, made: Option<FileBytes>) {
        match says {
            WorkerSays::Ready { build } => {
                self.state.set(if build == BUILD { State::Ready } else { State::OtherBuild });
                self.ready.open();
            }
            WorkerSays::Seen { number, report } => {
                if number == self.expected.get()
                    && let Some(seen) = &*self.seen.borrow()
                {
                    seen(&report);
                }
            }
            WorkerSays::Inspected { number, .. }
            | WorkerSays::Repaired { number, .. }
            | WorkerSays::Composed { number }
            | WorkerSays::Refused { number } => {
                if number == self.expected.get() {
                    *self.heard.borrow_mut() = Some(Heard { says, made });
                    self.answered.borrow().open();
                }
            }
            WorkerSays::Died => {
                self.state.set(State::Dead);
                self.ready.open();
                self.answered.borrow().open();
            }
        }
    }

    /// Asks, and waits for the answer; none when it died or took too long.
    async fn answer(&self, number: u32, asked: &WorkerAsked, beside: &[(&str, &JsValue)]) -> Option<Heard> {
        let question = JsValue::from_str(&serde_json::to_string(asked).ok()?);
        let answered = Rc::new(Latch::new());
        *self.answered.borrow_mut() = answered.clone();
        self.heard.take();
        self.expected.set(number);
        let message = promise::object(beside);
        Reflect::set(&message, &"ask".into(), &question).ok()?;
        self.worker.post_message(&message).ok()?;
        let _ = promise::within(answered.promise(), LOOK_MS).await;
        self.heard.take()
    }
}

/// The report on a file nobody could look at. A PDF may be sent after a warning: the server looks at it in any case. A
/// picture may not, for it would go as it is, with the place it was taken at.
fn not_checked(bytes: u32, beginning: &[u8]) -> Report {
    let is_pdf = beginning == b"%PDF-";
    let severity = if is_pdf { Severity::Warns } else { Severity::Blocks };
    Report {
        kind: if is_pdf { FileKind::Pdf } else { FileKind::Unknown },
        bytes: u64::from(bytes),
        pages: None,
        width: None,
        height: None,
        findings: vec![Finding { code: FindingCode::NotChecked, severity }],
        corners: None,
        scores: Vec::new(),
        qr: Vec::new(),
        pdf: None,
    }
}

#[cfg(test)]
mod tests {
    use super::{FileKind, not_checked};

    #[test]
    fn a_pdf_that_was_not_checked_may_be_sent_after_a_warning_and_a_picture_may_not() {
        let pdf = not_checked(7, b"%PDF-");
        assert_eq!((pdf.kind, pdf.blocked(), pdf.findings.len()), (FileKind::Pdf, false, 1));
        for beginning in [&b"\xff\xd8\xff\xe0\x00"[..], b"\x89PNG\r", b"%PDF", b""] {
            let report = not_checked(7, beginning);
            assert_eq!((report.kind, report.blocked(), report.findings.len()), (FileKind::Unknown, true, 1));
        }
    }
}
