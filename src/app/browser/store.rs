//! The store of the device: one `IndexedDB` database, keys in one store and sealed records in the other.
//!
//! "Stored" is said when the transaction is complete, not when its request succeeded. Browsers close connections under
//! memory pressure (iOS does it often): then the database is opened again and the work done once more. No name and no
//! key of a record holds anything personal.

use super::failure::Failure;
use super::page;
use super::promise::{self, Latch, Missed};
use js_sys::{Array, Function, Promise, Uint8Array};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CryptoKey, IdbDatabase, IdbKeyRange, IdbOpenDbRequest, IdbRequest, IdbTransaction};

const DATABASE: &str = "mot-cua";
const KEYS: &str = "keys";
const SEALED: &str = "sealed";
/// No browser takes longer than this over a transaction of ours, unless it lost it.
const LIMIT_MS: u32 = 10_000;

thread_local! {
    static CONNECTION: RefCell<Option<IdbDatabase>> = const { RefCell::new(None) };
}

/// A sealed record as it rests.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// Kind of the record.
    pub kind: String,
    /// Id of the record.
    pub id: String,
    /// Version of the record's shape.
    pub version: u8,
    /// Revision of the record.
    pub revision: u32,
    pub(super) nonce: Uint8Array,
    pub(super) ciphertext: Uint8Array,
}

/// How sure a change must be before it counts as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Survives the end of the browser.
    Relaxed,
    /// On the disk: keys, what is being sent, receipts.
    Strict,
}

/// Puts a record in its place, over an older one.
pub(super) async fn put(record: &Sealed, durability: Durability) -> Result<(), Failure> {
    let place = JsValue::from_str(&place(&record.kind, &record.id));
    let value = promise::object(&[
        ("kind", &record.kind.as_str().into()),
        ("id", &record.id.as_str().into()),
        ("version", &record.version.into()),
        ("revision", &record.revision.into()),
        ("nonce", &record.nonce),
        ("ciphertext", &record.ciphertext),
    ]);
    run(SEALED, Some(durability), &|transaction| {
        transaction.object_store(SEALED)?.put_with_key(&value, &place).map(Some)
    })
    .await?;
    Ok(())
}

/// A record, if there is one.
pub(super) async fn get(kind: &str, id: &str) -> Result<Option<Sealed>, Failure> {
    let place = JsValue::from_str(&place(kind, id));
    let value = run(SEALED, None, &|transaction| transaction.object_store(SEALED)?.get(&place).map(Some)).await?;
    if value.is_undefined() { Ok(None) } else { read(&value).map(Some).ok_or(Failure::Unreadable) }
}

/// All records of a kind; of one that cannot be read, its id where at least that can.
pub(super) async fn all(kind: &str) -> Result<Vec<Result<Sealed, String>>, Failure> {
    let range = below(kind)?;
    let values =
        run(SEALED, None, &|transaction| transaction.object_store(SEALED)?.get_all_with_key(&range).map(Some)).await?;
    let id = |value: &JsValue| promise::property(value, "id").and_then(|id| id.as_string()).unwrap_or_default();
    Ok(Array::from(&values).iter().map(|value| read(&value).ok_or_else(|| id(&value))).collect())
}

/// Takes these records away, and those below these folders (`file/` + a draft's id), all or none.
pub(super) async fn delete(records: &[(&str, &str)], folders: &[String]) -> Result<(), Failure> {
    let ranges = folders.iter().map(|folder| below(folder)).collect::<Result<Vec<_>, _>>()?;
    run(SEALED, Some(Durability::Strict), &|transaction| {
        let store = transaction.object_store(SEALED)?;
        for (kind, id) in records {
            store.delete(&JsValue::from_str(&place(kind, id)))?;
        }
        for range in &ranges {
            store.delete(range)?;
        }
        Ok(None)
    })
    .await?;
    Ok(())
}

/// How many bytes the browser still gives us, where that is too little to keep so many more; none where there is room, or
/// where the browser does not tell.
///
/// Source: Storage Standard, `navigator.storage.estimate()`; browsers round what they tell.
pub async fn short_of_room(bytes: u64) -> Option<u64> {
    let storage = promise::property(&web_sys::window()?.navigator(), "storage")?;
    let asked = promise::method(&storage, "estimate")?.call0(&storage).ok()?.dyn_into::<Promise>().ok()?;
    let estimate = promise::settled(Ok(asked)).await.ok()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float saturates")]
    let number = |name: &str| promise::property(&estimate, name)?.as_f64().map(|it| it as u64);
    missing_room(number("quota")?, number("usage")?, bytes)
}

/// Kept free beside files, for answers, receipts and tickets.
const KEPT_FREE: u64 = 2_000_000;

/// The room for files, where it is less than `bytes`.
fn missing_room(quota: u64, usage: u64, bytes: u64) -> Option<u64> {
    let room = quota.saturating_sub(usage).saturating_sub(KEPT_FREE);
    (room < bytes).then_some(room)
}

/// A key, if there is one.
#[cfg_attr(feature = "unsealed", expect(dead_code, reason = "a build that seals nothing has no key"))]
pub(super) async fn key(name: &str) -> Result<Option<CryptoKey>, Failure> {
    let place = JsValue::from_str(name);
    let value = run(KEYS, None, &|transaction| transaction.object_store(KEYS)?.get(&place).map(Some)).await?;
    Ok(value.dyn_into::<CryptoKey>().ok())
}

/// Stores a key unless there is one already.
#[cfg_attr(feature = "unsealed", expect(dead_code, reason = "a build that seals nothing has no key"))]
pub(super) async fn add_key(name: &str, key: &CryptoKey) -> Result<(), Failure> {
    let place = JsValue::from_str(name);
    let outcome = attempt(KEYS, Some(Durability::Strict), &|transaction| {
        transaction.object_store(KEYS)?.add_with_key(key, &place).map(Some)
    })
    .await;
    match outcome {
        Ok(_) => Ok(()),
        Err(error) if promise::error_name(&error) == "ConstraintError" => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}

/// What a transaction asks of its store.
type Work<'a> = &'a dyn Fn(&IdbTransaction) -> Result<Option<IdbRequest>, JsValue>;

/// Does the work in one transaction and waits until it is complete; once more when the browser lost the connection.
/// Work without a durability only reads.
async fn run(store: &str, durability: Option<Durability>, work: Work<'_>) -> Result<JsValue, Failure> {
    let first = match attempt(store, durability, work).await {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if failure(&first) != Failure::StorageClosed {
        return Err(failure(&first));
    }
    forget();
    attempt(store, durability, work).await.map_err(|error| {
        forget();
        failure(&error)
    })
}

async fn attempt(store: &str, durability: Option<Durability>, work: Work<'_>) -> Result<JsValue, JsValue> {
    let database = connection().await?;
    let transaction = begin(&database, store, durability)?;
    let complete = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    let request = match work(&transaction) {
        Ok(request) => request,
        Err(error) => {
            let _ = transaction.abort();
            let _ = promise::settled(Ok(complete)).await;
            return Err(error);
        }
    };
    match promise::within(&complete, LIMIT_MS).await {
        Ok(_) => request.map_or(Ok(JsValue::UNDEFINED), |request| request.result()),
        Err(Missed::Late) => Err(JsValue::NULL),
        // What was refused is an event; the transaction knows why.
        Err(Missed::Refused) => Err(transaction.error().map_or(JsValue::NULL, JsValue::from)),
    }
}

/// Begins a transaction; `durability` is still called unstable by web-sys, so the method is called by name.
fn begin(database: &IdbDatabase, store: &str, durability: Option<Durability>) -> Result<IdbTransaction, JsValue> {
    let mode = if durability.is_some() { "readwrite" } else { "readonly" };
    let options = match durability {
        Some(Durability::Strict) => promise::object(&[("durability", &"strict".into())]),
        Some(Durability::Relaxed) | None => promise::object(&[]),
    };
    let transaction: Function = promise::method(database, "transaction").ok_or(JsValue::NULL)?;
    transaction.call3(database, &store.into(), &mode.into(), &options).map(JsCast::unchecked_into)
}

/// A page that is put aside (the back/forward cache) in the middle of making the database keeps every later page from
/// opening it. So a page that opens it asks for one lock, which only one holds at a time, and does not wait for it: a
/// browser ends the page it put aside when another page asks for what that one holds.
struct Staying(Rc<Latch>);

impl Staying {
    fn begin() -> Self {
        let held = Rc::new(Latch::new());
        let locks = page::window().and_then(|window| promise::property(&window.navigator(), "locks"));
        if let Some((request, locks)) = locks.and_then(|locks| Some((promise::method(&locks, "request")?, locks))) {
            let holding = held.clone();
            let hold = Closure::once_into_js(move || JsValue::from(holding.promise().clone()));
            let asked = request.call2(&locks, &"mot-cua opening".into(), hold.unchecked_ref::<Function>());
            spawn_local(async move {
                // A browser that refuses locks has nothing to hold.
                let _ = promise::settled(asked.and_then(JsCast::dyn_into)).await;
            });
        }
        Self(held)
    }
}

impl Drop for Staying {
    fn drop(&mut self) {
        self.0.open();
    }
}

async fn connection() -> Result<IdbDatabase, JsValue> {
    if let Some(database) = CONNECTION.with_borrow(Clone::clone) {
        return Ok(database);
    }
    let factory = web_sys::window().map(|window| window.indexed_db()).transpose()?.flatten();
    let unavailable = || JsValue::from(js_sys::Error::new("no IndexedDB"));
    let factory = factory.ok_or_else(unavailable)?;
    let staying = Staying::begin();
    let request = factory.open_with_u32(DATABASE, 1)?;
    let upgraded = request.clone();
    let upgrade = Closure::once_into_js(move || make_stores(&upgraded));
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref::<Function>()));
    let opened = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onblocked(Some(&reject));
    });
    let outcome = promise::within(&opened, LIMIT_MS).await;
    drop(staying);
    match outcome {
        Ok(_) => {}
        Err(Missed::Late) => return Err(JsValue::NULL),
        Err(Missed::Refused) => return Err(request.error().ok().flatten().map_or(JsValue::NULL, JsValue::from)),
    }
    let database = request.result()?.dyn_into::<IdbDatabase>()?;
    let forgetting = Closure::<dyn Fn()>::new(forget).into_js_value();
    database.set_onclose(Some(forgetting.unchecked_ref::<Function>()));
    database.set_onversionchange(Some(forgetting.unchecked_ref::<Function>()));
    CONNECTION.set(Some(database.clone()));
    Ok(database)
}

fn make_stores(request: &IdbOpenDbRequest) {
    if let Some(database) = request.result().ok().and_then(|result| result.dyn_into::<IdbDatabase>().ok()) {
        // Should a store be refused, the first transaction says so.
        let _ = database.create_object_store(KEYS);
        let _ = database.create_object_store(SEALED);
    }
}

/// Lets go of the connection; the next work opens another.
fn forget() {
    if let Some(database) = CONNECTION.take() {
        database.close();
    }
}

/// Where a record lies: its kind and its id.
fn place(kind: &str, id: &str) -> String {
    [kind, id].join("/")
}

/// Everything below a folder: `0` is the character after `/`.
fn below(folder: &str) -> Result<IdbKeyRange, Failure> {
    let bound = |end: &str| JsValue::from_str(&[folder, end].concat());
    IdbKeyRange::bound(&bound("/"), &bound("0")).map_err(|error| failure(&error))
}

fn read(value: &JsValue) -> Option<Sealed> {
    let text = |name: &str| promise::property(value, name)?.as_string();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float saturates")]
    let number = |name: &str| Some(promise::property(value, name)?.as_f64()? as u32);
    let bytes = |name: &str| promise::property(value, name)?.dyn_into::<Uint8Array>().ok();
    Some(Sealed {
        kind: text("kind")?,
        id: text("id")?,
        version: u8::try_from(number("version")?).ok()?,
        revision: number("revision")?,
        nonce: bytes("nonce")?,
        ciphertext: bytes("ciphertext")?,
    })
}

fn failure(error: &JsValue) -> Failure {
    failure_named(&promise::error_name(error))
}

/// What the browser's word for an error of the store means.
///
/// Source: Indexed Database API 3.0, section 3 (exceptions). Safari answers `UnknownError` once it lost its server.
fn failure_named(name: &str) -> Failure {
    match name {
        "QuotaExceededError" => Failure::StorageFull,
        "" | "InvalidStateError" | "UnknownError" | "AbortError" | "TransactionInactiveError" | "TimeoutError" => {
            Failure::StorageClosed
        }
        _ => Failure::StorageUnavailable,
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, failure_named, missing_room};

    #[test]
    fn a_file_is_kept_only_where_room_is_left_for_the_rest() {
        assert_eq!(missing_room(10_000_000, 3_000_000, 5_000_000), None);
        assert_eq!(missing_room(10_000_000, 3_000_001, 5_000_000), Some(4_999_999));
        assert_eq!(missing_room(1_000_000, 0, 1), Some(0));
        assert_eq!(missing_room(5, 9, 1), Some(0));
        assert_eq!(missing_room(u64::MAX, 0, 50_000_000), None);
    }

    #[test]
    fn a_lost_connection_is_told_from_a_full_and_from_a_missing_storage() {
        for (name, failure) in [
            ("QuotaExceededError", Failure::StorageFull),
            ("InvalidStateError", Failure::StorageClosed),
            ("UnknownError", Failure::StorageClosed),
            ("", Failure::StorageClosed),
            ("SecurityError", Failure::StorageUnavailable),
            ("DataCloneError", Failure::StorageUnavailable),
            ("Error", Failure::StorageUnavailable),
        ] {
            assert_eq!(failure_named(name), failure, "{name}");
        }
    }
}
