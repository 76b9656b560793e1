//! Patterns of form definitions, by the browser's own `RegExp`.

use forms::{LinearPattern, PatternFault, Patterns};
use js_sys::{Array, Function, Reflect};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static COMPILED: RefCell<BTreeMap<String, Rc<Compiled>>> = const { RefCell::new(BTreeMap::new()) };
}

enum Compiled {
    /// The engine's own object.
    Engine(JsValue),
    /// One that the engine would hang on.
    Linear(LinearPattern),
    /// No pattern.
    Broken,
}

/// Matches by the browser's `RegExp`; each pattern is compiled once.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserPatterns;

impl Patterns for BrowserPatterns {
    /// Asks the engine alone: how it is to be matched is decided once there is a text.
    fn is_pattern(&self, pattern: &str) -> bool {
        engine(pattern).is_some()
    }

    fn is_match(&self, pattern: &str, text: &str) -> Result<bool, PatternFault> {
        let known = COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned());
        let compiled = known.unwrap_or_else(|| {
            let made = Rc::new(compile(pattern));
            COMPILED.with_borrow_mut(|compiled| compiled.insert(pattern.to_owned(), made.clone()));
            made
        });
        match &*compiled {
            Compiled::Engine(engine) => test(engine, text).ok_or(PatternFault),
            Compiled::Linear(linear) => Ok(linear.is_match(text)),
            Compiled::Broken => Err(PatternFault),
        }
    }
}

fn test(engine: &JsValue, text: &str) -> Option<bool> {
    let test = super::promise::method(engine, "test")?;
    test.call1(engine, &JsValue::from_str(text)).ok()?.as_bool()
}

fn compile(pattern: &str) -> Compiled {
    match LinearPattern::parse(pattern) {
        Some(linear) => Compiled::Linear(linear),
        None => engine(pattern).map_or(Compiled::Broken, Compiled::Engine),
    }
}

/// Calls the constructor by reflection: the typed one of js-sys does not catch what it throws.
fn engine(pattern: &str) -> Option<JsValue> {
    let constructor = Reflect::get(&js_sys::global(), &"RegExp".into()).ok()?.dyn_into::<Function>().ok()?;
    Reflect::construct(&constructor, &Array::of1(&JsValue::from_str(pattern))).ok()
}
