//! The error summary: shown only after "Continue", takes the focus once, leads to each field.

use crate::browser::page;
use crate::components::{Icon, icon};
use crate::words::full;
use leptos::prelude::*;

/// Id of the summary.
const ID: &str = "error-summary";

/// One line of the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ErrorLink {
    /// Id of the input it leads to.
    pub(crate) target: String,
    /// The sentence.
    pub(crate) text: String,
}

/// Draws the summary of `errors`; nothing where there is none. It takes the focus whenever `shown` changes.
pub(crate) fn error_summary(errors: Signal<Vec<ErrorLink>>, shown: Signal<u32>) -> AnyView {
    Effect::new(move |_| {
        if shown.get() > 0 {
            page::focus(ID);
        }
    });
    // Drawn anew only when it says something else: otherwise it would lose the focus that it was just given, to another press
    // or to each byte that is sent meanwhile.
    let said = Memo::new(move |_| if shown.get() == 0 { Vec::new() } else { errors.get() });
    (move || {
        let said = said.get();
        if said.is_empty() {
            return ().into_any();
        }
        let lines = said
            .into_iter()
            .map(|ErrorLink { target, text }| {
                let href = format!("#{target}");
                view! {
                    <li>
                        <a
                            href=href
                            on:click=move |event| {
                                event.prevent_default();
                                page::focus(&target);
                            }
                        >
                            {text}
                        </a>
                    </li>
                }
            })
            .collect::<Vec<_>>();
        view! {
            <div class="summary" id=ID tabindex="-1" role="alert" aria-labelledby="error-summary-title">
                <h2 class="summary__title" id="error-summary-title">{icon(Icon::Attention)}{full().summary_title()}</h2>
                <p>{full().summary_lead()}</p>
                <ul class="summary__list">{lines}</ul>
            </div>
        }
        .into_any()
    })
    .into_any()
}
