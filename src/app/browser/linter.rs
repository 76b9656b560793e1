//! The worker in which a definition is looked through, for `/tools/preview`: its side and the page's.
//!
//! The worker says first that it is ready, with a blank text; what is sent before is lost. Then it is sent one definition,
//! and answers with one text.

use super::page::{self, Listening};
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, Worker};

/// A worker that looks through one definition; it ends when this is dropped.
pub(crate) struct Linter {
    worker: Rc<Worker>,
    _listening: Vec<Listening>,
}

impl Linter {
    /// Starts a worker and sends it the text. Tells its answer, or none if it ended before; a browser that starts no worker
    /// gives none.
    pub(crate) fn ask(text: String, tell: impl Fn(Option<String>) + 'static) -> Option<Self> {
        let address = [page::base_path(), page::root_data("lint")?, ".js".to_owned()].concat();
        let worker = Rc::new(Worker::new(&address).ok()?);
        let tell = Rc::new(tell);
        let (asked, told) = (worker.clone(), tell.clone());
        let hear = move |event: web_sys::Event| {
            let said = event.dyn_ref::<MessageEvent>().and_then(|it| it.data().as_string());
            match said {
                Some(said) if said.is_empty() => {
                    if asked.post_message(&JsValue::from_str(&text)).is_err() {
                        told(None);
                    }
                }
                said => told(said),
            }
        };
        let end = move |event: web_sys::Event| {
            // Told to the person; the console stays for what nobody expects.
            event.prevent_default();
            tell(None);
        };
        let listening =
            [page::listen(&worker, "message", Box::new(hear)), page::listen(&worker, "error", Box::new(end))];
        Some(Self { worker, _listening: listening.into_iter().flatten().collect() })
    }
}

impl Drop for Linter {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// In the worker: answers each text with what `look` says of it.
pub(crate) fn answer(look: fn(&str) -> String) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            let _ = answering.post_message(&JsValue::from_str(&look(&text)));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();
    let _ = scope.post_message(&JsValue::from_str(""));
}
