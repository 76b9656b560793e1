//! What a person types, with an input method or without: nothing is rewritten under the caret, nothing half-composed
//! is taken as final, and leaving a field gives NFC.

use crate::browser::draw::Drawn;
use crate::browser::page::normalise_nfc;
use leptos::html::Input;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlTextAreaElement};

/// An input or a text area.
enum TextBox {
    Line(HtmlInputElement),
    Area(HtmlTextAreaElement),
}

impl TextBox {
    fn of(element: impl JsCast) -> Option<Self> {
        match element.dyn_into() {
            Ok(line) => Some(Self::Line(line)),
            Err(other) => other.dyn_into().ok().map(Self::Area),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Line(line) => line.value(),
            Self::Area(area) => area.value(),
        }
    }

    /// Shows `text`, except where that would move a caret.
    fn show(&self, text: &str) {
        let element: &Element = match self {
            Self::Line(line) => line,
            Self::Area(area) => area,
        };
        if self.text() != text && !has_caret(element) {
            self.set(text);
        }
    }

    fn set(&self, text: &str) {
        match self {
            Self::Line(line) => line.set_value(text),
            Self::Area(area) => area.set_value(text),
        }
    }
}

/// The text of the input or text area an event came from.
fn text_of(event: &Event) -> Option<String> {
    TextBox::of(event.target()?).map(|it| it.text())
}

/// The text that is in an input or text area.
pub(crate) fn text_in(field: &Element) -> String {
    TextBox::of(field.clone()).map(|it| it.text()).unwrap_or_default()
}

/// What an input or text area shows, and who takes what is typed into it.
#[derive(Clone)]
pub(crate) struct Text {
    /// What it shows, except while it has the caret.
    pub(crate) value: Signal<String>,
    /// Takes what is typed, never half-composed; in NFC once the field is left.
    pub(crate) take: Callback<String>,
}

/// Shows and takes the text of an input or text area: one listener for all three events, one effect.
pub(crate) fn with_text(input: Drawn, Text { value, take }: Text) -> Drawn {
    let act = move |event: Event| match event.type_().as_str() {
        "input" => typed(&event, |text| take.run(text)),
        "compositionend" => composed(&event, |text| take.run(text)),
        _ => left(&event, |text| take.run(text)),
    };
    let mut input = input.on("input compositionend change", act);
    let place = input.place();
    let drawn = value.get_untracked();
    let input = if drawn.is_empty() { input } else { input.filled(&drawn) };
    Effect::new(move |again: Option<()>| {
        let text = value.get();
        // What was just drawn shows it.
        if (again.is_some() || text != drawn)
            && let Some(text_box) = place.element().cloned().and_then(TextBox::of)
        {
            text_box.show(&text);
        }
    });
    input
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
pub(crate) fn composed(event: &Event, take: impl FnOnce(String)) {
    if let Some(text) = text_of(event) {
        take(text);
    }
}

/// Takes the NFC form of the text once the person has left the field, and shows it.
pub(crate) fn left(event: &Event, take: impl FnOnce(String)) {
    let Some(text_box) = event.target().and_then(TextBox::of) else { return };
    let text = text_box.text();
    let composed = normalise_nfc(&text);
    if composed != text {
        text_box.set(&composed);
    }
    take(composed);
}

/// Shows `value` in an input, except while the input has the caret.
pub(crate) fn mirror(node: NodeRef<Input>, value: Signal<String>) {
    Effect::new(move |_| {
        let text = value.get();
        if let Some(input) = node.get() {
            TextBox::Line(input).show(&text);
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
