//! One line of text with its label, hint and error. The value is never rewritten while it has the caret.
//!
//! The browser's own memory of forms is off: it rests readable on the device, and everything personal at rest is sealed.
//! What is known is filled in by us, from the draft and the session.

use crate::browser::typing;
use leptos::prelude::*;

/// A line of text.
pub(crate) struct TextInput {
    /// Id of the input.
    pub(crate) id: String,
    /// Its label.
    pub(crate) label: AnyView,
    /// A line below the label.
    pub(crate) hint: Option<String>,
    /// The value; shown where the input does not have the caret.
    pub(crate) value: Signal<String>,
    /// What is wrong, as a sentence.
    pub(crate) error: Signal<Option<String>>,
    /// `text`, `tel`, `email`.
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
pub(crate) fn text_input(input: TextInput) -> AnyView {
    let TextInput { id, label, hint, value, error, kind, keyboard, required, narrow, on_input } = input;
    let node = NodeRef::<leptos::html::Input>::new();
    typing::mirror(node, value);
    view! {
        <div class="field" class=("field--error", move || error.with(Option::is_some))>
            <label class="field__label" for=id.clone()>{label}</label>
            {hint.clone().map(|it| view! { <p class="field__hint" id=format!("{id}-hint")>{it}</p> })}
            {error_line(id.clone(), error)}
            <input
                node_ref=node
                id=id.clone()
                class="input"
                class=("input--narrow", narrow)
                type=kind
                inputmode=keyboard
                autocomplete="off"
                aria-required=required.then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described_by(id, hint.is_some(), error)
                on:input=move |event| typing::typed(&event, |text| on_input.run(text))
                on:compositionend=move |event| typing::composed(&event, |text| on_input.run(text))
                on:change=move |event| typing::left(&event, |text| on_input.run(text))
            />
        </div>
    }
    .into_any()
}

/// The error of an input, in the one place that makes its id.
pub(crate) fn error_line(id: String, error: Signal<Option<String>>) -> AnyView {
    (move || error.get().map(|it| view! { <p class="field__error" id=format!("{id}-error")>{it}</p> })).into_any()
}

/// The ids of hint and error of an input, for `aria-describedby`.
pub(crate) fn described_by(
    id: String,
    has_hint: bool,
    error: Signal<Option<String>>,
) -> impl Fn() -> Option<String> + Clone + Send + Sync + 'static {
    move || match (has_hint, error.with(Option::is_some)) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}
