//! Patterns of form definitions, by the browser's own `RegExp`.

use js_sys::{Array, Function, Reflect};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static COMPILED: RefCell<BTreeMap<String, Option<JsValue>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Does the text match the pattern somewhere? None when the pattern is no pattern.
fn matches(pattern: &str, text: &str) -> Option<bool> {
    let compiled = COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned());
    let compiled = compiled.unwrap_or_else(|| {
        let made = compile(pattern);
        COMPILED.with_borrow_mut(|compiled| compiled.insert(pattern.to_owned(), made.clone()));
        made
    })?;
    let test = super::promise::method(&compiled, "test")?;
    test.call1(&compiled, &JsValue::from_str(text)).ok()?.as_bool()
}

/// Calls the constructor by reflection: the typed one of js-sys does not catch what it throws.
fn compile(pattern: &str) -> Option<JsValue> {
    let constructor = Reflect::get(&js_sys::global(), &"RegExp".into()).ok()?.dyn_into::<Function>().ok()?;
    Reflect::construct(&constructor, &Array::of1(&JsValue::from_str(pattern))).ok()
}
