//! The documents worker: a message in, [`documents::inspect`], a message out.
//!
//! It is a second wasm, fetched when papers are asked for, so that the page links no decoder and a file that takes long
//! or kills its reader stops nobody. Messages are those of [`contract::document`]: the page posts
//! `{ask: "<WorkerAsked as JSON>", files: [ArrayBuffer]}`, the worker answers [`WorkerSays`] as a JSON text.
//! It can be asked once it has said [`WorkerSays::Ready`]; what is posted earlier is lost.
//!
//! Anything else that is posted is passed over in silence: the page gives every question ten seconds and then replaces
//! the worker, so an answer to nobody's question would only confuse.

use contract::document::{ComposeAsked, InspectionAsked, LookAsked, RepairAsked, WorkerAsked, WorkerSays};
use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, JsError};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The build that page and worker must share; `make build` sets it, `trunk serve` by hand does not.
const BUILD: &str = match option_env!("MOT_CUA_BUILD") {
    Some(build) => build,
    None => "dev",
};

fn main() -> Result<(), JsError> {
    let scope = js_sys::global()
        .dyn_into::<DedicatedWorkerGlobalScope>()
        .map_err(|_| JsError::new("the documents worker runs in a worker only"))?;

    let dying = scope.clone();
    std::panic::set_hook(Box::new(move |_| say(&dying, &WorkerSays::Died)));

    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(answer) = answer(&event.data()) {
            say(&answering, &answer);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();

    say(&scope, &WorkerSays::Ready { build: BUILD.to_owned() });
    Ok(())
}

/// Answers a message that is a question; nothing for any other.
fn answer(message: &JsValue) -> Option<WorkerSays> {
    let part = |name: &str| Reflect::get(message, &JsValue::from_str(name)).ok();
    let asked: WorkerAsked = serde_json::from_str(&part("ask")?.as_string()?).ok()?;
    let files: Array = part("files")?.dyn_into().ok()?;
    match asked {
        WorkerAsked::Inspect(asked) => Some(inspect(asked, &files.get(0).dyn_into().ok()?)),
        WorkerAsked::Look(LookAsked { number, .. })
        | WorkerAsked::Repair(RepairAsked { number, .. })
        | WorkerAsked::Compose(ComposeAsked { number, .. }) => Some(WorkerSays::Refused { number }),
    }
}

fn inspect(asked: InspectionAsked, buffer: &ArrayBuffer) -> WorkerSays {
    let bytes = Uint8Array::new(buffer);
    let size = u64::from(bytes.length());
    let InspectionAsked { number, requirement, name, declared_type } = asked;
    let report = if size > requirement.max_bytes {
        // Too large for the paper may be too large for this memory: only its beginning is copied.
        let beginning = bytes.subarray(0, documents::limits::BEGINNING).to_vec();
        documents::refuse_by_size(&beginning, size, &requirement, &name, &declared_type)
    } else {
        documents::inspect(&bytes.to_vec(), &requirement, &name, &declared_type)
    };
    WorkerSays::Inspected { number, report }
}

/// Posts to the page. A worker that cannot post is alone, and there is nobody to tell.
fn say(scope: &DedicatedWorkerGlobalScope, what: &WorkerSays) {
    if let Ok(text) = serde_json::to_string(what) {
        let _ = scope.post_message(&JsValue::from_str(&text));
    }
}
