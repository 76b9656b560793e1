//! Messages between this page and the page that embeds it: height, route, done. Nothing else, nothing personal.

use super::page::{self, Listening};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::MessageEvent;

/// What may be said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "camelCase", deny_unknown_fields)]
pub enum Message {
    /// The page is so high.
    Height {
        /// CSS pixels.
        pixels: u32,
    },
    /// The page shows this route: a path of the app without query and fragment.
    Route {
        /// Path.
        path: String,
    },
    /// The errand is done.
    Done,
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    version: u8,
    message: Message,
}

/// The origin of the page that embeds this one, where it is one of those allowed: the boot script compares it with the
/// configuration and leaves it in `data-embedder`.
#[must_use]
pub fn embedder() -> Option<String> {
    page::root_data("embedder").filter(|origin| exact_origin(origin))
}

/// Says it to the page that embeds this one; nothing where there is none or it is not allowed.
pub fn tell(message: &Message) {
    let (Some(origin), Some(text)) = (embedder(), print(message)) else {
        return;
    };
    let parent = page::window().and_then(|window| window.parent().ok().flatten());
    if let (true, Some(parent), Ok(value)) = (page::framed(), parent, js_sys::JSON::parse(&text)) {
        let _ = parent.post_message(&value, &origin);
    }
}

/// Calls with each message of the page that embeds this one, until the answer is dropped. A message of another origin,
/// another window or another shape is dropped.
#[must_use = "dropping it ends the listening"]
pub fn on_message(act: impl Fn(Message) + 'static) -> Option<Listening> {
    let origin = embedder()?;
    page::on_window("message", move |event| {
        let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
        let parent = page::window().and_then(|window| window.parent().ok().flatten());
        let from_parent = match (super::promise::property(event, "source"), parent) {
            (Some(source), Some(parent)) => js_sys::Object::is(&source, &parent),
            _ => false,
        };
        if event.origin() != origin || !from_parent {
            return;
        }
        let text = js_sys::JSON::stringify(&event.data()).ok().map(|text| JsValue::from(text).as_string());
        if let Some(message) = text.flatten().and_then(|text| parse(&text)) {
            act(message);
        }
    })
}

fn print(message: &Message) -> Option<String> {
    let envelope = Envelope { kind: KIND.to_owned(), version: 1, message: message.clone() };
    serde_json::to_string(&envelope).ok()
}

fn parse(text: &str) -> Option<Message> {
    if text.len() > 2000 {
        return None;
    }
    let envelope: Envelope = serde_json::from_slice(text.as_bytes()).ok()?;
    (envelope.kind == KIND && envelope.version == 1).then_some(envelope.message)
}

const KIND: &str = "mot-cua";

/// Is this an origin, and no pattern or path?
fn exact_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
    })
}
