//! The documents worker: a message in, a function of `documents`, a message out.
//!
//! It is a second wasm, fetched when papers are asked for, so that the page links no decoder and a file that takes long
//! or kills its reader stops nobody. Messages are those of [`contract::document`]: the page posts
//! `{ask: "<WorkerAsked as JSON>", files: [ArrayBuffer, …]}`, the worker answers [`WorkerSays`] as a JSON text, or as
//! `{say: "<the text>", bytes: ArrayBuffer}` where it made something.
//! It can be asked once it has said [`WorkerSays::Ready`]; what is posted earlier is lost.
//!
//! JPEG and PNG are decoded here, in one pass and as small as is needed; other pictures by the browser ([`decoding`]).
//!
//! Anything else that is posted is passed over in silence: the page gives every question ten seconds and then replaces
//! the worker, so an answer to nobody's question would only confuse.

mod decoding;

use contract::document::{
    ComposeAsked, FileKind, InspectionAsked, LookAsked, RepairAsked, Report, WorkerAsked, WorkerSays,
};
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, JsError};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, ImageBitmap, MessageEvent};

/// The build that page and worker must share; `make build` sets it, `trunk serve` by hand does not.
const BUILD: &str = match option_env!("MOT_CUA_BUILD") {
    Some(build) => build,
    None => "dev",
};

/// Long side, in pixels, of what the browser decodes to be judged: the size at which everything is measured.
const JUDGED_SIDE: f64 = 1_600.0;
/// Most pixels of what the browser decodes to be repaired: 64 MB.
const REPAIRED_PIXELS: f64 = 16_000_000.0;

fn main() -> Result<(), JsError> {
    let scope = js_sys::global()
        .dyn_into::<DedicatedWorkerGlobalScope>()
        .map_err(|_| JsError::new("the documents worker runs in a worker only"))?;

    let dying = scope.clone();
    std::panic::set_hook(Box::new(move |_| say(&dying, &WorkerSays::Died, None)));

    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let scope = answering.clone();
        spawn_local(async move {
            if let Some((answer, bytes)) = answer(&scope, &event.data()).await {
                say(&scope, &answer, bytes);
            }
        });
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();

    say(&scope, &WorkerSays::Ready { build: BUILD.to_owned() }, None);
    Ok(())
}

/// An answer, and the bytes that come with it.
type Answer = (WorkerSays, Option<Vec<u8>>);

/// Answers a message that is a question; nothing for any other.
async fn answer(scope: &DedicatedWorkerGlobalScope, message: &JsValue) -> Option<Answer> {
    let part = |name: &str| Reflect::get(message, &JsValue::from_str(name)).ok();
    let asked: WorkerAsked = serde_json::from_str(&part("ask")?.as_string()?).ok()?;
    let files = || -> Option<Vec<ArrayBuffer>> {
        let files: Array = part("files")?.dyn_into().ok()?;
        files.iter().map(|file| file.dyn_into().ok()).collect()
    };
    Some(match asked {
        WorkerAsked::Inspect(asked) => {
            let number = asked.number;
            let report = inspect(scope, asked, files()?.first()?).await;
            (WorkerSays::Inspected { number, report }, None)
        }
        WorkerAsked::Look(LookAsked { number, requirement }) => {
            let frame: ImageBitmap = part("frame")?.dyn_into().ok()?;
            let frame = decoding::pixels_of(&frame, |width, height| JUDGED_SIDE / width.max(height));
            match frame.map(|frame| documents::look(&frame, &requirement)) {
                Some(report) => (WorkerSays::Inspected { number, report }, None),
                None => (WorkerSays::Refused { number }, None),
            }
        }
        WorkerAsked::Repair(RepairAsked { number, repair }) => {
            let bytes = Uint8Array::new(files()?.first()?).to_vec();
            let decoded = if decodes_in_browser(documents::kind_of(&bytes)) {
                let scale = |width: f64, height: f64| (REPAIRED_PIXELS / (width * height)).sqrt();
                decoding::decoded(scope, &bytes, scale).await
            } else {
                None
            };
            match documents::repair(&bytes, &repair, decoded.as_ref()) {
                Some((jpeg, repaired)) => (WorkerSays::Repaired { number, repaired }, Some(jpeg)),
                None => (WorkerSays::Refused { number }, None),
            }
        }
        WorkerAsked::Compose(ComposeAsked { number, paper }) => {
            let pictures: Vec<Vec<u8>> = files()?.iter().map(|file| Uint8Array::new(file).to_vec()).collect();
            let pictures: Vec<&[u8]> = pictures.iter().map(Vec::as_slice).collect();
            match documents::compose(&pictures, paper) {
                Some(pdf) => (WorkerSays::Composed { number }, Some(pdf)),
                None => (WorkerSays::Refused { number }, None),
            }
        }
    })
}

async fn inspect(scope: &DedicatedWorkerGlobalScope, asked: InspectionAsked, buffer: &ArrayBuffer) -> Report {
    let bytes = Uint8Array::new(buffer);
    let size = u64::from(bytes.length());
    let InspectionAsked { number, requirement, name, declared_type } = asked;
    if size > requirement.max_bytes {
        // Too large for the paper may be too large for this memory: only its beginning is copied.
        let beginning = bytes.subarray(0, documents::limits::BEGINNING).to_vec();
        return documents::refuse_by_size(&beginning, size, &requirement, &name, &declared_type);
    }
    let bytes = bytes.to_vec();
    let mut seen = |report| say(scope, &WorkerSays::Seen { number, report }, None);
    let report = documents::inspect_with(&bytes, &requirement, &name, &declared_type, None, &mut seen);
    if report.blocked() || !decodes_in_browser(report.kind) {
        return report;
    }
    match decoding::decoded(scope, &bytes, |width, height| JUDGED_SIDE / width.max(height)).await {
        Some(decoded) => {
            documents::inspect_with(&bytes, &requirement, &name, &declared_type, Some(&decoded), &mut seen)
        }
        None => report,
    }
}

/// Pictures that we name but do not decode.
fn decodes_in_browser(kind: FileKind) -> bool {
    matches!(kind, FileKind::Webp | FileKind::Gif | FileKind::Bmp | FileKind::Tiff | FileKind::Heic | FileKind::Avif)
}

/// Posts to the page. A worker that cannot post is alone, and there is nobody to tell.
fn say(scope: &DedicatedWorkerGlobalScope, what: &WorkerSays, bytes: Option<Vec<u8>>) {
    let Ok(text) = serde_json::to_string(what) else { return };
    let text = JsValue::from_str(&text);
    let Some(bytes) = bytes else {
        let _ = scope.post_message(&text);
        return;
    };
    // Handed over, not copied once more.
    let buffer = Uint8Array::from(bytes.as_slice()).buffer();
    let message = Object::new();
    let _ = Reflect::set(&message, &JsValue::from_str("say"), &text);
    let _ = Reflect::set(&message, &JsValue::from_str("bytes"), &buffer);
    let _ = scope.post_message_with_transfer(&message, &Array::of1(&buffer));
}
