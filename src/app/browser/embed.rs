//! Messages between this page and the page that embeds it: height, route, done. Nothing else, nothing personal.

use super::page::{self, Listening};
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, ResizeObserver, UrlSearchParams};

/// What may be said. On the wire `{"type":"mot-cua","version":1,"kind":"height","height":640}`,
/// `{…,"kind":"route","route":"thu-tuc/1.004873"}` and `{…,"kind":"done"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The page is so many CSS pixels high.
    Height(u32),
    /// The page shows this route: a path of the app without query and fragment.
    Route(String),
    /// The errand is done.
    Done,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(rename = "type")]
    mark: String,
    version: u8,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    route: Option<String>,
}

/// Says how high the page is.
pub fn height(pixels: u32) {
    tell(Message::Height(pixels));
}

/// Says which page is shown, from its address: query and fragment stay here.
pub fn route(address: &str) {
    tell(Message::Route(path_of(address).to_owned()));
}

/// Says that the errand is done.
pub fn done() {
    tell(Message::Done);
}

/// Says the height of the page now and each time it changes, until the answer is dropped. None outside another page.
#[must_use = "dropping it ends the telling"]
pub fn follow_height() -> Option<HeightTold> {
    embedder()?;
    let body = page::document()?.body()?;
    let seen = body.clone();
    let act = Closure::<dyn Fn()>::new(move || {
        let pixels = seen.scroll_height();
        height(u32::try_from(pixels).unwrap_or(0));
    });
    let observer = ResizeObserver::new(act.as_ref().unchecked_ref()).ok()?;
    observer.observe(&body);
    Some(HeightTold { observer, _act: act })
}

/// The height is told while this lives.
pub struct HeightTold {
    observer: ResizeObserver,
    _act: Closure<dyn Fn()>,
}

impl Drop for HeightTold {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// The origin of the page that embeds this one: as the boot script left it in `data-embedder`, else as the frame's first
/// address names it (`host`).
///
/// Who may embed is decided by the server (`frame-ancestors`). A wrong name here only sends messages nowhere.
#[must_use]
pub fn embedder() -> Option<String> {
    if !page::framed() {
        return None;
    }
    let origin = page::root_data("embedder").or_else(|| {
        let search = page::window()?.location().search().ok()?;
        let host = UrlSearchParams::new_with_str(&search).ok()?.get("host")?;
        // Later addresses do not name it any more.
        page::set_root_data("embedder", &host);
        Some(host)
    });
    origin.filter(|origin| exact_origin(origin))
}

/// Says it to the page that embeds this one; nothing where there is none or it is not allowed.
pub fn tell(message: Message) {
    let (Some(origin), Some(text)) = (embedder(), print(message)) else {
        return;
    };
    let parent = page::window().and_then(|window| window.parent().ok().flatten());
    if let (Some(parent), Ok(value)) = (parent, js_sys::JSON::parse(&text)) {
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

fn print(message: Message) -> Option<String> {
    let (kind, height, route) = match message {
        Message::Height(pixels) => ("height", Some(pixels), None),
        Message::Route(path) => ("route", None, Some(path)),
        Message::Done => ("done", None, None),
    };
    let wire = Wire { mark: MARK.to_owned(), version: 1, kind: kind.to_owned(), height, route };
    serde_json::to_string(&wire).ok()
}

fn parse(text: &str) -> Option<Message> {
    if text.len() > 2000 {
        return None;
    }
    let wire: Wire = contract::json::read(text.as_bytes())?;
    match (wire.mark == MARK && wire.version == 1, wire.kind.as_str(), wire.height, wire.route) {
        (true, "height", Some(pixels), None) => Some(Message::Height(pixels)),
        (true, "route", None, Some(path)) => Some(Message::Route(path)),
        (true, "done", None, None) => Some(Message::Done),
        _ => None,
    }
}

const MARK: &str = "mot-cua";

/// The path of an address without query and fragment.
fn path_of(address: &str) -> &str {
    address.split(['?', '#']).next().unwrap_or_default()
}

/// Is this an origin, and no pattern or path?
fn exact_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'))
    })
}

#[cfg(test)]
mod tests {
    use super::{Message, exact_origin, parse, path_of, print};

    #[test]
    fn each_message_reads_back_as_itself() {
        for message in [Message::Height(640), Message::Route("thu-tuc/1.004873".to_owned()), Message::Done] {
            assert_eq!(print(message.clone()).as_deref().and_then(parse), Some(message));
        }
    }

    #[test]
    fn a_message_of_another_shape_is_none() {
        for text in [
            "",
            "null",
            "[]",
            r#"{"type":"mot-cua","version":1}"#,
            r#"{"type":"mot-cua","version":2,"kind":"done"}"#,
            r#"{"type":"other","version":1,"kind":"done"}"#,
            r#"{"type":"mot-cua","version":1,"kind":"done","more":1}"#,
            r#"{"type":"mot-cua","version":1,"kind":"done","height":1}"#,
            r#"{"type":"mot-cua","version":1,"kind":"height","height":-1}"#,
            r#"{"type":"mot-cua","version":1,"kind":"height","height":"1"}"#,
            r#"{"type":"mot-cua","version":1,"kind":"answers"}"#,
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        let long = format!(r#"{{"type":"mot-cua","version":1,"kind":"route","route":"{}"}}"#, "a".repeat(2000));
        assert_eq!(parse(&long), None);
    }

    #[test]
    fn query_and_fragment_of_an_address_are_not_told() {
        assert_eq!(path_of("/embed/tra-cuu?code=H13#ticket"), "/embed/tra-cuu");
    }

    #[test]
    fn only_an_exact_origin_is_spoken_to() {
        for origin in ["https://cantho.gov.vn", "http://127.0.0.1:8081", "https://[::1]:8443"] {
            assert!(exact_origin(origin), "{origin}");
        }
        for origin in ["", "*", "null", "https://", "https://*.gov.vn", "https://a.vn/", "cantho.gov.vn", "ftp://a.vn"]
        {
            assert!(!exact_origin(origin), "{origin}");
        }
    }
}
