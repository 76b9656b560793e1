//! One answer out of a few, as large radio buttons.

use crate::browser::field::{Fault, checks, described_by_hint, faulty};
use leptos::prelude::*;

/// One option.
#[derive(Clone, Debug)]
pub(crate) struct ChoiceOption {
    /// Its value.
    pub(crate) value: String,
    /// What is read.
    pub(crate) label: String,
    /// A line below it.
    pub(crate) hint: Option<String>,
}

impl ChoiceOption {
    /// An option without a hint.
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }
}

/// A group of radio buttons.
pub(crate) struct Choices {
    /// Id of the group; the first button has it, so that an error link leads there.
    pub(crate) id: String,
    /// The question.
    pub(crate) legend: AnyView,
    /// A line below the question.
    pub(crate) hint: Option<String>,
    /// The options.
    pub(crate) options: Vec<ChoiceOption>,
    /// The value chosen; blank for none.
    pub(crate) chosen: Signal<String>,
    /// What is wrong, as a sentence.
    pub(crate) error: Signal<Option<String>>,
    /// Must be answered.
    pub(crate) required: bool,
    /// Called with the value chosen.
    pub(crate) on_choose: Callback<String>,
}

/// Draws a group of radio buttons.
pub(crate) fn choices(group: Choices) -> AnyView {
    let Choices { id, legend, hint, options, chosen, error, required, on_choose } = group;
    let described = described_by_hint(&id, hint.is_some());
    let fault = Fault { id: id.clone(), hinted: hint.is_some(), error };
    let values: Vec<String> = options.iter().map(|it| it.value.clone()).collect();
    let checked = Signal::derive(move || chosen.with(|it| values.iter().map(|value| value == it).collect::<Vec<_>>()));
    let buttons = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let ChoiceOption { value, label, hint } = option;
            let button_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            view! {
                <label class="choice" for=button_id.clone()>
                    <input
                        type="radio"
                        id=button_id.clone()
                        name=id.clone()
                        value=value
                        class="choice__button"
                    />
                    <span class="choice__label">{label}{hint.map(|it| view! { <span class="choice__hint">{it}</span> })}</span>
                </label>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    view! {
        <fieldset
            class="field"
            role="radiogroup"
            aria-required=required.to_string()
            aria-describedby=described.clone()
            use:faulty=fault
        >
            <legend class="field__label">{legend}</legend>
            {hint.map(|it| view! { <p class="field__hint" id=described.clone()>{it}</p> })}
            <div class="choices" use:checks=checked on:change=move |event| on_choose.run(event_target_value(&event))>
                {buttons}
            </div>
        </fieldset>
    }
    .into_any()
}
