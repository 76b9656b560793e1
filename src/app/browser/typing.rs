//! What a person types, with an input method or without: nothing is rewritten under the caret, nothing half-composed
//! is taken as final, and leaving a field gives NFC.

use crate::browser::page::normalise_nfc;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

/// The text of the input or text area an event came from.
fn text_of(event: &Event) -> Option<String> {
    let target = event.target()?;
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => Some(input.value()),
        Err(other) => other.dyn_into::<HtmlTextAreaElement>().ok().map(|it| it.value()),
    }
}

/// Takes what was typed, except in the middle of a composition: [`composed`] takes it at its end.
pub(crate) fn typed(event: &Event, take: impl FnOnce(String)) {
    let composing = event.dyn_ref::<web_sys::InputEvent>().is_some_and(web_sys::InputEvent::is_composing);
    if !composing && let Some(text) = text_of(event) {
        take(text);
    }
}

/// Takes what is typed, compositions in progress included: for a search, which shows results and rewrites nothing.
pub(crate) fn typed_or_composing(event: &Event, take: impl FnOnce(String)) {
    if let Some(text) = text_of(event) {
        take(text);
    }
}

/// Takes what was composed. Browsers end a composition after their last `input` event.
pub(crate) fn composed(event: &web_sys::CompositionEvent, take: impl FnOnce(String)) {
    if let Some(text) = text_of(event) {
        take(text);
    }
}

/// Takes the NFC form of the text once the person has left the field, and shows it.
pub(crate) fn left(event: &Event, take: impl FnOnce(String)) {
    let Some(text) = text_of(event) else { return };
    let composed = normalise_nfc(&text);
    if composed != text
        && let Some(target) = event.target()
    {
        match target.dyn_into::<HtmlInputElement>() {
            Ok(input) => input.set_value(&composed),
            Err(other) => {
                if let Ok(area) = other.dyn_into::<HtmlTextAreaElement>() {
                    area.set_value(&composed);
                }
            }
        }
    }
    take(composed);
}

/// Shows `value` in an input, except while the input has the caret.
pub(crate) fn mirror(node: NodeRef<Input>, value: Signal<String>) {
    Effect::new(move |_| {
        let text = value.get();
        if let Some(input) = node.get()
            && input.value() != text
            && !has_caret(&input)
        {
            input.set_value(&text);
        }
    });
}

/// The same for a text area.
pub(crate) fn mirror_area(node: NodeRef<leptos::html::Textarea>, value: Signal<String>) {
    Effect::new(move |_| {
        let text = value.get();
        if let Some(area) = node.get()
            && area.value() != text
            && !has_caret(&area)
        {
            area.set_value(&text);
        }
    });
}

fn has_caret(element: &web_sys::Element) -> bool {
    with_caret().is_some_and(|active| &active == element)
}

/// Is the caret in the input with this id?
pub(crate) fn has_caret_in(id: &str) -> bool {
    with_caret().is_some_and(|active| active.id() == id)
}

fn with_caret() -> Option<web_sys::Element> {
    web_sys::window()?.document()?.active_element()
}

/// The values chosen in a list, in its order; blank ones are no choice.
pub(crate) fn chosen(event: &Event) -> Vec<String> {
    let Some(list) = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlSelectElement>().ok()) else {
        return Vec::new();
    };
    let options = list.selected_options();
    (0..options.length())
        .filter_map(|index| options.item(index)?.dyn_into::<web_sys::HtmlOptionElement>().ok())
        .map(|it| it.value())
        .filter(|it| !it.is_empty())
        .collect()
}
