//! A boxed message beside the flow of a page.

use crate::components::{Icon, icon};
use leptos::prelude::*;

/// How a notice speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// To know.
    Info,
    /// Done.
    Success,
    /// To look at.
    Warning,
    /// In the way.
    Error,
}

/// A message of one sentence.
pub(crate) fn notice(tone: Tone, text: impl Into<String>) -> AnyView {
    let text = text.into();
    notice_with(tone, view! { <p>{text}</p> }.into_any())
}

/// A message with more than a sentence in it.
pub(crate) fn notice_with(tone: Tone, body: AnyView) -> AnyView {
    let (class, picture) = match tone {
        Tone::Info => ("notice", Icon::Attention),
        Tone::Success => ("notice notice--success", Icon::Done),
        Tone::Warning => ("notice notice--warning", Icon::Attention),
        Tone::Error => ("notice notice--error", Icon::Attention),
    };
    view! { <div class=class>{icon(picture)}<div class="notice__body">{body}</div></div> }.into_any()
}
