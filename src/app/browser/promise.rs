//! Promises of the browser, awaited without a crate of futures.

use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Waits for what a call promised; a call that threw is a promise that was refused.
pub(super) async fn settled(promise: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

/// Why a promise within a time limit gave nothing.
pub(super) enum Missed {
    /// It was not kept in time.
    Late,
    /// It was refused.
    Refused,
}

/// Waits for a promise, at most so many milliseconds.
pub(super) async fn within(promise: &Promise, milliseconds: u32) -> Result<JsValue, Missed> {
    let late = Object::new();
    let mut timer = None;
    let limit = Promise::new(&mut |resolve, _| timer = later(&resolve, milliseconds, &late));
    let race = Promise::race(&Array::of2(promise, &limit));
    let outcome = JsFuture::from(race).await;
    if let (Some(window), Some(timer)) = (web_sys::window(), timer) {
        window.clear_timeout_with_handle(timer);
    }
    match outcome {
        Ok(value) if Object::is(&value, &late) => Err(Missed::Late),
        Ok(value) => Ok(value),
        Err(_) => Err(Missed::Refused),
    }
}

/// Calls a function of the browser later; the number to take it back with.
pub(super) fn later(function: &Function, milliseconds: u32, argument: &JsValue) -> Option<i32> {
    web_sys::window()?
        .set_timeout_with_callback_and_timeout_and_arguments_1(
            function,
            i32::try_from(milliseconds).unwrap_or(i32::MAX),
            argument,
        )
        .ok()
}

/// Something that happens once, awaited by as many as like.
pub(super) struct Latch {
    promise: Promise,
    resolve: RefCell<Option<Function>>,
}

impl Latch {
    /// Not happened yet.
    pub(super) fn new() -> Self {
        let resolve = RefCell::new(None);
        let promise = Promise::new(&mut |function, _| *resolve.borrow_mut() = Some(function));
        Self { promise, resolve }
    }

    /// It happens now; a second time changes nothing.
    pub(super) fn open(&self) {
        let resolve = self.resolve.borrow_mut().take();
        if let Some(resolve) = resolve {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    }

    /// What is awaited.
    pub(super) fn promise(&self) -> &Promise {
        &self.promise
    }
}

/// The `name` of what was thrown, as `QuotaExceededError`; blank where it has none.
pub(super) fn error_name(error: &JsValue) -> String {
    property(error, "name").and_then(|name| name.as_string()).unwrap_or_default()
}

/// A property of an object of the browser; none where it is missing, null or refused.
pub(super) fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    if !object.is_object() && !object.is_function() {
        return None;
    }
    let value = Reflect::get(object, &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A method of an object of the browser that this version of web-sys calls unstable.
pub(super) fn method(object: &JsValue, name: &str) -> Option<Function> {
    property(object, name)?.dyn_into::<Function>().ok()
}

/// An object with these properties.
pub(super) fn object(properties: &[(&str, &JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}
