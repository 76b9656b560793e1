//! One answer out of a few, as large radio buttons.

use super::Label;
use crate::browser::draw::{Drawn, draw};
use crate::browser::field::{Fault, described_by_hint, hinted, with_checks, with_fault};
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
    pub(crate) legend: Label,
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
    let needed = if required { "true" } else { "false" };
    let field = draw("fieldset", &[("class", "field"), ("role", "radiogroup"), ("aria-required", needed)])
        .may("aria-describedby", described_by_hint(&id, hint.is_some()).as_deref());
    let field = with_fault(field, Fault { id: id.clone(), hinted: hint.is_some(), error });
    let buttons =
        draw("div", &[("class", "choices")]).on("change", move |event| on_choose.run(event_target_value(&event)));
    let values: Vec<String> = options.iter().map(|it| it.value.clone()).collect();
    let checked = move || chosen.with(|it| values.iter().map(|value| value == it).collect::<Vec<_>>());
    let buttons = with_checks(buttons, Signal::derive(checked));
    let buttons = buttons.and_all(options.iter().enumerate().map(|(index, option)| {
        let name = draw("span", &[("class", "choice__label")]).text(&option.label);
        let name = match &option.hint {
            Some(hint) => name.and(draw("span", &[("class", "choice__hint")]).text(hint)),
            None => name,
        };
        choice(
            draw("input", &[("class", "choice__button"), ("type", "radio")]).with("name", &id),
            &id,
            index,
            &option.value,
            name,
        )
    }));
    let field = field.and(legend.written(draw("legend", &[("class", "field__label")])));
    hinted(field, Some(&id), hint.as_deref(), None).and(buttons).into_any()
}

/// One button of a group, the whole of it to be pressed. The first one has the id of the group.
pub(crate) fn choice(button: Drawn, id: &str, index: usize, value: &str, name: Drawn) -> Drawn {
    let own = if index == 0 { id.to_owned() } else { [id, "-", &index.to_string()].concat() };
    let button = button.id(&own).with("value", value);
    draw("label", &[("class", "choice")]).with("for", &own).and(button).and(name)
}
