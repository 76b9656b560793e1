//! One line of text with its label, hint and error. The value is never rewritten while it has the caret.
//!
//! The browser's own memory of forms is off: it rests readable on the device, and everything personal at rest is sealed.
//! What is known is filled in by us, from the draft and the session.

use super::Label;
use crate::browser::draw::draw;
use crate::browser::field::{Fault, described_by_hint, hinted, with_fault};
use crate::browser::typing::{Text, with_text};
use leptos::prelude::*;

/// A line of text.
pub(crate) struct TextInput {
    /// Id of the input.
    pub(crate) id: String,
    /// Its label.
    pub(crate) label: Label,
    /// A line below the label.
    pub(crate) hint: Option<String>,
    /// The value; shown where the input does not have the caret.
    pub(crate) value: Signal<String>,
    /// What is wrong, as a sentence.
    pub(crate) error: Signal<Option<String>>,
    /// `text`, `tel`, `email`, `url`, `password`.
    pub(crate) kind: &'static str,
    /// `text`, `numeric`, `decimal`, `tel`, `email`.
    pub(crate) keyboard: &'static str,
    /// Must be answered.
    pub(crate) required: bool,
    /// A narrow input, for numbers of a known length.
    pub(crate) narrow: bool,
    /// Called with what was typed, never in the middle of a composition, and with the NFC form on leaving.
    pub(crate) on_input: Callback<String>,
}

/// Draws a line of text.
pub(crate) fn text_input(line: TextInput) -> AnyView {
    let TextInput { id, label, hint, value, error, kind, keyboard, required, narrow, on_input } = line;
    let field = draw("div", &[("class", "field")]);
    let field = with_fault(field, Fault { id: id.clone(), hinted: hint.is_some(), error });
    let class = if narrow { "input input--narrow" } else { "input" };
    let input = draw("input", &[("class", class), ("type", kind), ("inputmode", keyboard), ("autocomplete", "off")])
        .id(&id)
        .may("aria-required", required.then_some("true"))
        .may("aria-describedby", described_by_hint(&id, hint.is_some()).as_deref());
    let input = with_text(input, Text { value, take: on_input });
    let field = field.and(label.written(draw("label", &[("class", "field__label")]).with("for", &id)));
    hinted(field, Some(&id), hint.as_deref(), None).and(input).into_any()
}
