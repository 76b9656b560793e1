//! What the person keeps on the device: drafts with their files, receipts, tickets. All of it goes through the vault.

use super::clock;
use super::failure::Failure;
use super::files::FileBytes;
use super::page;
use super::promise::{self, Latch};
use super::store::{self, Durability, Sealed};
use super::vault::{self, Kind, Label};
use contract::stored::{StoredDraft, StoredReceipt, StoredTicket};
use js_sys::{Function, Promise};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

/// The version of the shapes of `contract::stored` that this build writes and reads.
pub const VERSION: u8 = 1;

/// A record that rests on the device: whole, or said to be broken. None is left out.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept<T> {
    /// Opened and read.
    Whole(T),
    /// Not opened, or not read.
    Broken {
        /// Its id, blank where even that is lost.
        id: String,
    },
}

/// Stores a draft; it is on the device when this answers.
///
/// # Errors
/// The failures of the store.
pub async fn save(draft: &StoredDraft) -> Result<(), Failure> {
    let durability = if draft.frozen.is_some() { Durability::Strict } else { Durability::Relaxed };
    write(Kind::Draft, &draft.id, draft.v, draft.revision, draft, durability).await
}

/// The draft with this id; none where there is none.
///
/// # Errors
/// [`Failure::Unreadable`] when it is there and cannot be opened; the failures of the store.
pub async fn load(id: &str) -> Result<Option<StoredDraft>, Failure> {
    match store::get(Kind::Draft.name(), id).await? {
        Some(sealed) => read(Kind::Draft, id, &sealed, draft_agrees).await.map(Some),
        None => Ok(None),
    }
}

/// All drafts, the last changed first; broken ones last.
///
/// # Errors
/// The failures of the store.
pub async fn list() -> Result<Vec<Kept<StoredDraft>>, Failure> {
    let mut drafts = read_all(Kind::Draft, draft_agrees).await?;
    drafts.sort_by_key(|draft| match draft {
        Kept::Whole(draft) => (0, u64::MAX - draft.changed_at),
        Kept::Broken { .. } => (1, 0),
    });
    Ok(drafts)
}

/// What the first page shows of a draft.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Begun {
    /// Its version, as of a whole draft.
    pub v: u8,
    /// Its id.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// Plain title of the procedure.
    pub title: String,
    /// Where the person is, as in a whole draft.
    #[serde(default)]
    pub place: String,
    /// When it was last changed, milliseconds since 1970 UTC.
    pub changed_at: u64,
}

/// The three readable drafts that were changed last, in short, the latest first.
///
/// # Errors
/// The failures of the store.
pub async fn begun() -> Result<Vec<Begun>, Failure> {
    let agrees =
        |id: &str, sealed: &Sealed, it: &Begun| it.v == VERSION && it.id == id && it.revision == sealed.revision;
    let kept = read_all(Kind::Draft, agrees).await?;
    let mut begun: Vec<Begun> = Vec::new();
    for kept in kept {
        if let Kept::Whole(one) = kept {
            let place = begun.iter().position(|it| it.changed_at < one.changed_at).unwrap_or(begun.len());
            begun.insert(place, one);
            begun.truncate(3);
        }
    }
    Ok(begun)
}

/// Takes a draft away with its files.
///
/// # Errors
/// The failures of the store.
pub async fn delete(id: &str) -> Result<(), Failure> {
    store::delete(&[(Kind::Draft.name(), id)], &[file_folder(id)]).await
}

/// Stores the bytes of a file of a draft.
///
/// # Errors
/// The failures of the store.
pub async fn save_file(draft: &str, file: &str, bytes: &FileBytes) -> Result<(), Failure> {
    let label = Label { kind: Kind::File, id: file_id(draft, file), version: VERSION, revision: 1 };
    // Each step copies all bytes, which a cheap phone notices: the page may draw and be touched between them.
    clock::sleep(0).await;
    let sealed = vault::seal_raw(&label, bytes.raw()).await?;
    clock::sleep(0).await;
    store::put(&sealed, Durability::Relaxed).await
}

/// The bytes of a file of a draft; none where there are none.
///
/// # Errors
/// [`Failure::Unreadable`] when they cannot be opened; the failures of the store.
pub async fn load_file(draft: &str, file: &str) -> Result<Option<FileBytes>, Failure> {
    let id = file_id(draft, file);
    let Some(sealed) = store::get(Kind::File.name(), &id).await? else {
        return Ok(None);
    };
    let label = Label { kind: Kind::File, id, version: sealed.version, revision: sealed.revision };
    vault::open_raw(&label, &sealed).await.map(|bytes| Some(FileBytes::of(bytes)))
}

/// Takes the bytes of a file away.
///
/// # Errors
/// The failures of the store.
pub async fn delete_file(draft: &str, file: &str) -> Result<(), Failure> {
    store::delete(&[(Kind::File.name(), &file_id(draft, file))], &[]).await
}

/// Stores a receipt, on the disk: before its draft is taken away.
///
/// # Errors
/// The failures of the store.
pub async fn save_receipt(receipt: &StoredReceipt) -> Result<(), Failure> {
    write(Kind::Receipt, &receipt.receipt.code, receipt.v, 1, receipt, Durability::Strict).await
}

/// All receipts.
///
/// # Errors
/// The failures of the store.
pub async fn receipts() -> Result<Vec<Kept<StoredReceipt>>, Failure> {
    read_all(Kind::Receipt, |id, _, receipt: &StoredReceipt| receipt.v == VERSION && receipt.receipt.code == id).await
}

/// Takes a receipt away.
///
/// # Errors
/// The failures of the store.
pub async fn delete_receipt(code: &str) -> Result<(), Failure> {
    store::delete(&[(Kind::Receipt.name(), code)], &[]).await
}

/// Stores a ticket, on the disk; over an older state of the same ticket.
///
/// # Errors
/// The failures of the store.
pub async fn save_ticket(ticket: &StoredTicket) -> Result<(), Failure> {
    write(Kind::Ticket, &ticket.ticket.id, ticket.v, 1, ticket, Durability::Strict).await
}

/// All tickets.
///
/// # Errors
/// The failures of the store.
pub async fn tickets() -> Result<Vec<Kept<StoredTicket>>, Failure> {
    read_all(Kind::Ticket, |id, _, ticket: &StoredTicket| ticket.v == VERSION && ticket.ticket.id == id).await
}

/// Takes a ticket away.
///
/// # Errors
/// The failures of the store.
pub async fn delete_ticket(id: &str) -> Result<(), Failure> {
    store::delete(&[(Kind::Ticket.name(), id)], &[]).await
}

/// The right to write a draft, held until it is dropped or the tab is closed.
#[must_use = "dropping it lets another tab write"]
pub struct Claim {
    held: Rc<Latch>,
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.held.open();
    }
}

/// Claims the right to write a draft; none when another tab holds it.
///
/// Source: Web Locks API. A browser without it (older than any supported one) grants every claim.
pub async fn claim(draft: &str) -> Option<Claim> {
    let held = Rc::new(Latch::new());
    let claim = || Claim { held: held.clone() };
    let navigator = page::window()?.navigator();
    let Some(locks) = promise::property(&navigator, "locks") else {
        return Some(claim());
    };
    let Some(request) = promise::method(&locks, "request") else {
        return Some(claim());
    };
    let options = promise::object(&[("ifAvailable", &JsValue::TRUE)]);
    let mut settle = None;
    let granted = Promise::new(&mut |resolve, _| settle = Some(resolve));
    let holding = held.clone();
    let answer = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        if let Some(settle) = &settle {
            let _ = settle.call1(&JsValue::UNDEFINED, &JsValue::from_bool(!lock.is_null()));
        }
        if lock.is_null() { JsValue::UNDEFINED } else { holding.promise().into() }
    });
    let name = JsValue::from_str(&["mot-cua draft ", draft].concat());
    let asked = request.call3(&locks, &name, &options, answer.unchecked_ref::<Function>()).ok()?;
    // A browser that refuses locks altogether (an opaque origin) refuses the whole request.
    let outcome = Promise::race(&js_sys::Array::of2(&granted, &asked));
    match promise::settled(Ok(outcome)).await {
        Ok(granted) => granted.is_truthy().then(claim),
        Err(_) => Some(claim()),
    }
}

/// What becomes of a draft while the person writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// It is being stored.
    Saving,
    /// It is on the device.
    Saved,
    /// It is not on the device, or not after two seconds. It will be tried again.
    NotSaved(Failure),
}

/// Saves a draft by itself: 200 ms after a change, at once when the page hides. Revisions grow by one.
///
/// Dropping the last copy saves what is still to be saved, and reports nothing any more.
#[derive(Clone)]
pub struct Saver(Rc<Handle>);

struct Handle {
    saving: Rc<Saving>,
    _leaving: Vec<page::Listening>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.saving.muted.set(true);
        let saving = self.saving.clone();
        spawn_local(async move {
            let _ = saving.run().await;
        });
    }
}

struct Saving {
    pending: RefCell<Option<StoredDraft>>,
    revision: Cell<u32>,
    scheduled: Cell<bool>,
    running: RefCell<Option<Rc<Latch>>>,
    failed: RefCell<Option<Failure>>,
    attempts: Cell<u32>,
    stopped: Cell<bool>,
    muted: Cell<bool>,
    report: Box<dyn Fn(SaveState)>,
}

/// Pause between a change and its saving: the rest of the 300 ms promised is for the saving itself.
const PAUSE_MS: u32 = 200;
/// After this, "not saved" is said.
const PATIENCE_MS: u32 = 2000;

impl Saver {
    /// Saves a draft that is at this revision on the device (0 for a new one), and reports.
    pub fn new(revision: u32, report: impl Fn(SaveState) + 'static) -> Self {
        let saving = Rc::new(Saving {
            pending: RefCell::new(None),
            revision: Cell::new(revision),
            scheduled: Cell::new(false),
            running: RefCell::new(None),
            failed: RefCell::new(None),
            attempts: Cell::new(0),
            stopped: Cell::new(false),
            muted: Cell::new(false),
            report: Box::new(report),
        });
        let leaving = saving.clone();
        let leaving = page::on_leaving(move || {
            let saving = leaving.clone();
            spawn_local(async move {
                let _ = saving.run().await;
            });
        });
        Self(Rc::new(Handle { saving, _leaving: leaving }))
    }

    /// The draft is now this one; it will be stored. Revision and time of change are set here.
    pub fn changed(&self, mut draft: StoredDraft) {
        let saving = &self.0.saving;
        if saving.stopped.get() {
            return;
        }
        draft.changed_at = super::clock::now_ms();
        *saving.pending.borrow_mut() = Some(draft);
        saving.schedule();
    }

    /// Stores what is still to be stored, now; it is on the device when this answers `Ok`.
    ///
    /// # Errors
    /// The failures of the store; the draft stays to be saved.
    pub async fn flush(&self) -> Result<(), Failure> {
        self.0.saving.run().await
    }

    /// The revision that was stored last.
    #[must_use]
    pub fn revision(&self) -> u32 {
        self.0.saving.revision.get()
    }

    /// Stores what is still to be stored, and nothing after that: to be called before the draft is closed or deleted.
    pub async fn stop(&self) {
        let saving = &self.0.saving;
        saving.stopped.set(true);
        let _ = saving.run().await;
        saving.pending.take();
    }
}

impl Saving {
    /// Saves after a pause; changes until then are saved with it.
    fn schedule(self: &Rc<Self>) {
        if self.scheduled.replace(true) {
            return;
        }
        let saving = self.clone();
        spawn_local(async move {
            super::clock::sleep(PAUSE_MS).await;
            saving.scheduled.set(false);
            let _ = saving.run().await;
        });
    }

    /// Saves after a failure, unless a change came first; a change does not wait for this.
    fn try_again(self: &Rc<Self>, pause_ms: u32) {
        let saving = self.clone();
        spawn_local(async move {
            super::clock::sleep(pause_ms).await;
            if saving.failed.borrow().is_some() {
                let _ = saving.run().await;
            }
        });
    }

    /// Saves until nothing is to be saved, or one saving failed.
    async fn run(self: &Rc<Self>) -> Result<(), Failure> {
        loop {
            let under_way = self.running.borrow().clone();
            let Some(under_way) = under_way else { break };
            let _ = promise::settled(Ok(under_way.promise().clone())).await;
            if let Some(failure) = self.failed.borrow().clone() {
                return Err(failure);
            }
        }
        if self.pending.borrow().is_none() {
            return Ok(());
        }
        let running = Rc::new(Latch::new());
        *self.running.borrow_mut() = Some(running.clone());
        self.failed.take();
        let outcome = self.save_pending().await;
        *self.failed.borrow_mut() = outcome.clone().err();
        self.running.take();
        running.open();
        if outcome.is_err() && !self.stopped.get() {
            let attempt = self.attempts.replace(self.attempts.get().saturating_add(1));
            let pause_ms = super::retry::delay_ms(attempt, 1.0, super::failure::Retry::Soon);
            self.try_again(pause_ms);
        }
        outcome
    }

    fn tell(&self, state: SaveState) {
        if !self.muted.get() {
            (self.report)(state);
        }
    }

    async fn save_pending(self: &Rc<Self>) -> Result<(), Failure> {
        loop {
            let next = self.pending.borrow_mut().take();
            let Some(mut draft) = next else { break };
            let revision = self.revision.get().saturating_add(1);
            draft.revision = revision;
            self.tell(SaveState::Saving);
            self.watch(revision);
            if let Err(failure) = save(&draft).await {
                let mut pending = self.pending.borrow_mut();
                if pending.is_none() {
                    *pending = Some(draft);
                }
                drop(pending);
                self.tell(SaveState::NotSaved(failure.clone()));
                return Err(failure);
            }
            self.revision.set(revision);
            self.attempts.set(0);
        }
        self.tell(SaveState::Saved);
        Ok(())
    }

    /// Says "not saved" when this revision is not stored after two seconds.
    fn watch(self: &Rc<Self>, revision: u32) {
        let saving = self.clone();
        spawn_local(async move {
            super::clock::sleep(PATIENCE_MS).await;
            let busy = saving.running.borrow().is_some();
            if busy && saving.revision.get() < revision && saving.failed.borrow().is_none() {
                saving.tell(SaveState::NotSaved(Failure::TimedOut));
            }
        });
    }
}

fn draft_agrees(id: &str, sealed: &Sealed, draft: &StoredDraft) -> bool {
    draft.v == VERSION && draft.id == id && draft.revision == sealed.revision
}

pub(super) fn file_folder(draft: &str) -> String {
    [Kind::File.name(), draft].join("/")
}

fn file_id(draft: &str, file: &str) -> String {
    [draft, file].join("/")
}

pub(super) async fn write<T: Serialize>(
    kind: Kind,
    id: &str,
    version: u8,
    revision: u32,
    record: &T,
    durability: Durability,
) -> Result<(), Failure> {
    // Our own shapes have string keys only: writing them cannot fail.
    let plain = serde_json::to_vec(record).map_err(|_| Failure::Unreadable)?;
    let label = Label { kind, id: id.to_owned(), version, revision };
    let sealed = vault::seal(&label, &plain).await?;
    store::put(&sealed, durability).await
}

/// Opens a record under the id it is asked by, and reads it; what it says of itself must agree with its label.
async fn read<T: DeserializeOwned>(
    kind: Kind,
    id: &str,
    sealed: &Sealed,
    agrees: fn(&str, &Sealed, &T) -> bool,
) -> Result<T, Failure> {
    let label = Label { kind, id: id.to_owned(), version: sealed.version, revision: sealed.revision };
    let plain = vault::open(&label, sealed).await?;
    contract::json::read(&plain).filter(|record| agrees(id, sealed, record)).ok_or(Failure::Unreadable)
}

pub(super) async fn read_all<T: DeserializeOwned>(
    kind: Kind,
    agrees: fn(&str, &Sealed, &T) -> bool,
) -> Result<Vec<Kept<T>>, Failure> {
    let mut kept = Vec::new();
    for sealed in store::all(kind.name()).await? {
        kept.push(match sealed {
            Ok(sealed) => match read(kind, &sealed.id, &sealed, agrees).await {
                Ok(record) => Kept::Whole(record),
                Err(Failure::Unreadable) => Kept::Broken { id: sealed.id },
                Err(failure) => return Err(failure),
            },
            Err(id) => Kept::Broken { id },
        });
    }
    Ok(kept)
}
