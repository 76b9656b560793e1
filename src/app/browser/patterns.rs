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
    /// The engine's own object; how it is matched is decided once there is a text.
    Asked(JsValue),
    /// The engine's own object, with which it does not hang.
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
    /// Asks the engine alone.
    fn is_pattern(&self, pattern: &str) -> bool {
        let known = known(pattern);
        let asked = known.unwrap_or_else(|| keep(pattern, engine(pattern).map_or(Compiled::Broken, Compiled::Asked)));
        !matches!(*asked, Compiled::Broken)
    }

    fn is_match(&self, pattern: &str, text: &str) -> Result<bool, PatternFault> {
        let known = known(pattern);
        let decided = known.filter(|it| !matches!(**it, Compiled::Asked(_)));
        match &*decided.unwrap_or_else(|| keep(pattern, compile(pattern))) {
            Compiled::Engine(engine) | Compiled::Asked(engine) => test(engine, text).ok_or(PatternFault),
            Compiled::Linear(linear) => Ok(linear.is_match(text)),
            Compiled::Broken => Err(PatternFault),
        }
    }
}

fn known(pattern: &str) -> Option<Rc<Compiled>> {
    COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned())
}

fn keep(pattern: &str, made: Compiled) -> Rc<Compiled> {
    let made = Rc::new(made);
    COMPILED.with_borrow_mut(|compiled| compiled.insert(pattern.to_owned(), made.clone()));
    made
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
