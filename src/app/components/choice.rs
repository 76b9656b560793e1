//! One answer out of a few, as large radio buttons.

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
    let hint_id = hint.as_ref().map(|_| format!("{id}-hint"));
    let error_id = format!("{id}-error");
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let mut ids = hint_id.clone().unwrap_or_default();
            if error.with(Option::is_some) {
                ids.push(' ');
                ids.push_str(&error_id);
            }
            (!ids.is_empty()).then_some(ids)
        }
    };
    let buttons = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let ChoiceOption { value, label, hint } = option;
            let button_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            let checked = {
                let value = value.clone();
                move || chosen.with(|it| *it == value)
            };
            view! {
                <label class="choice" for=button_id.clone()>
                    <input
                        type="radio"
                        id=button_id.clone()
                        name=id.clone()
                        class="choice__button"
                        prop:checked=checked
                        on:change=move |_| on_choose.run(value.clone())
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
            class=("field--error", move || error.with(Option::is_some))
            role="radiogroup"
            aria-required=required.to_string()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=described
        >
            <legend class="field__label">{legend}</legend>
            {hint.map(|it| view! { <p class="field__hint" id=hint_id>{it}</p> })}
            {move || error.get().map(|it| view! { <p class="field__error" id=error_id.clone()>{it}</p> })}
            <div class="choices">{buttons}</div>
        </fieldset>
    }
    .into_any()
}
