//! Patterns of form definitions, by the browser's own `RegExp`.

use forms::{PatternFault, Patterns};
use js_sys::{Array, Function, Reflect};
use std::cell::RefCell;
use std::collections::BTreeMap;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// Patterns as compiled; none for a text that is no pattern.
    static COMPILED: RefCell<BTreeMap<String, Option<JsValue>>> = const { RefCell::new(BTreeMap::new()) };
}

/// Matches by the browser's `RegExp`; each pattern is compiled once.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserPatterns;

impl Patterns for BrowserPatterns {
    fn is_match(&self, pattern: &str, text: &str) -> Result<bool, PatternFault> {
        matches(pattern, text).ok_or(PatternFault)
    }
}

fn matches(pattern: &str, text: &str) -> Option<bool> {
    let known = COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned());
    let compiled = known.unwrap_or_else(|| {
        let made = compile(pattern);
        COMPILED.with_borrow_mut(|compiled| compiled.insert(pattern.to_owned(), made.clone()));
        made
    })?;
    let matching = super::promise::method(&compiled, "test")?;
    matching.call1(&compiled, &JsValue::from_str(text)).ok()?.as_bool()
}

/// Calls the constructor by reflection: the typed one of js-sys does not catch what it throws.
fn compile(pattern: &str) -> Option<JsValue> {
    let constructor = Reflect::get(&js_sys::global(), &"RegExp".into()).ok()?.dyn_into::<Function>().ok()?;
    Reflect::construct(&constructor, &Array::of1(&JsValue::from_str(pattern))).ok()
}
