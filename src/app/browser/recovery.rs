//! After a panic the page is dead: a plain script shows the recovery screen.

use std::panic::PanicHookInfo;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// The event the boot script waits for; its detail says where the panic was, as `src/app/session.rs:12`.
pub const PANIC_EVENT: &str = "mot-cua-panic";

/// From now on a panic is told to the console and to the boot script, without any personal datum.
pub fn watch_for_panics() {
    std::panic::set_hook(Box::new(tell));
}

/// Tells where the panic was, and its text only when it was written in the source: a text made at run time may quote
/// what a person typed.
fn tell(panic: &PanicHookInfo<'_>) {
    let place = panic
        .location()
        .map_or_else(String::new, |location| [location.file(), ":", &location.line().to_string()].concat());
    let text = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(text withheld)");
    web_sys::console::error_1(&JsValue::from_str(&["panic at ", &place, ": ", text].concat()));
    let detail = CustomEventInit::new();
    detail.set_detail(&JsValue::from_str(&place));
    if let (Some(window), Ok(event)) = (web_sys::window(), CustomEvent::new_with_event_init_dict(PANIC_EVENT, &detail))
    {
        let _ = window.dispatch_event(&event);
    }
}
