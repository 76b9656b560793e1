//! What changes in a field after it is drawn: what is wrong with it, what is chosen in it.
//!
//! A long form has hundreds of these and most never change, so each is one effect that writes to the document when there
//! is something to write, not one for every attribute.

use super::draw::{Drawn, Place, draw};
use leptos::prelude::*;
use std::iter::repeat;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlOptionElement};

/// What is wrong with a field, and where that is told.
#[derive(Clone)]
pub(crate) struct Fault {
    /// Id of the field's control; the line with the error is `<id>-error`, its hint `<id>-hint`.
    pub(crate) id: String,
    /// Has it a hint?
    pub(crate) hinted: bool,
    /// What is wrong, as a sentence.
    pub(crate) error: Signal<Option<String>>,
}

impl Fault {
    /// The ids that describe the control.
    fn described_by(&self, wrong: bool) -> String {
        let mut ids = if self.hinted { hint_id(&self.id) } else { String::new() };
        if wrong {
            if self.hinted {
                ids.push(' ');
            }
            ids.push_str(&error_id(&self.id));
        }
        ids
    }
}

/// The id of the hint of a control; `None` where it has none, for the attribute that a field is drawn with.
pub(crate) fn described_by_hint(id: &str, hinted: bool) -> Option<String> {
    hinted.then(|| hint_id(id))
}

/// With the line below the label that says how to fill it in; `described` is the id of the control that it describes.
pub(crate) fn hinted(field: Drawn, described: Option<&str>, hint: Option<&str>, language: Option<&str>) -> Drawn {
    match hint {
        Some(hint) => {
            let id = described.map(hint_id);
            let line = draw("p", &[("class", "field__hint")]).may("id", id.as_deref()).may("lang", language);
            field.and(line.text(hint))
        }
        None => field,
    }
}

/// The id of the line that says how to fill in a control.
pub(crate) fn hint_id(id: &str) -> String {
    [id, "-hint"].concat()
}

fn error_id(id: &str) -> String {
    [id, "-error"].concat()
}

/// Tells in `field` what is wrong: a line below its label and hint, named by its control, which is marked as invalid.
/// A group (`fieldset`) is described as a whole; of what is in it only the boxes of a day are marked.
pub(crate) fn with_fault(mut field: Drawn, fault: Fault) -> Drawn {
    keep_told(field.place(), fault, None);
    field
}

/// [`with_fault`] for a view, as its directive: `use:faulty=…`.
pub(crate) fn faulty(field: Element, fault: Fault) {
    // Drawn for the first time it has no children yet. Drawn anew over an older one it may still tell what was wrong.
    let told = field.has_child_nodes().then(String::new);
    keep_told(field.into(), fault, told);
}

fn keep_told(field: Place, fault: Fault, first: Option<String>) {
    Effect::new(move |told: Option<Option<String>>| {
        let error = fault.error.get();
        let told = told.unwrap_or_else(|| first.clone());
        let Some(field) = field.element() else { return told };
        if error != told {
            tell(field, &fault, error.as_deref());
        }
        error
    });
}

fn tell(field: &Element, fault: &Fault, error: Option<&str>) {
    let _ = field.class_list().toggle_with_force("field--error", error.is_some());
    let line = field.query_selector(":scope > .field__error").ok().flatten();
    match (line, error) {
        (Some(line), Some(error)) => line.set_text_content(Some(error)),
        (Some(line), None) => line.remove(),
        (None, Some(error)) => {
            if let Some(line) = error_line(&fault.id, error) {
                let above = |selector| field.query_selector(selector).ok().flatten();
                let above = above(":scope > .field__hint").or_else(|| above(":scope > .field__label, :scope > legend"));
                let _ = match above {
                    Some(above) => above.after_with_node_1(&line),
                    None => field.prepend_with_node_1(&line),
                };
            }
        }
        (None, None) => {}
    }
    let is_group = field.tag_name() == "FIELDSET";
    let inside = if is_group { ":scope > .day .input" } else { ".input, .choice__button" };
    let controls = field.query_selector_all(inside).ok();
    let controls = controls.iter().flat_map(|list| (0..list.length()).filter_map(|index| list.get(index)));
    let mut controls: Vec<Element> = controls.filter_map(|it| it.dyn_into().ok()).collect();
    if field.get_attribute("role").as_deref() == Some("radiogroup") {
        controls.push(field.clone());
    }
    for control in &controls {
        write(control, "aria-invalid", if error.is_some() { "true" } else { "" });
    }
    if let Some(described) = if is_group { Some(field) } else { controls.first() } {
        write(described, "aria-describedby", &fault.described_by(error.is_some()));
    }
}

fn error_line(id: &str, error: &str) -> Option<Element> {
    let line = web_sys::window()?.document()?.create_element("p").ok()?;
    line.set_class_name("field__error");
    line.set_id(&error_id(id));
    line.set_text_content(Some(error));
    Some(line)
}

/// Sets an attribute; a blank one is taken away.
fn write(element: &Element, name: &str, value: &str) {
    let _ = if value.is_empty() { element.remove_attribute(name) } else { element.set_attribute(name, value) };
}

/// Keeps the buttons in `group` as `checked` has them, in their order.
pub(crate) fn with_checks(mut group: Drawn, checked: Signal<Vec<bool>>) -> Drawn {
    let place = group.place();
    Effect::new(move |before: Option<Vec<bool>>| {
        let now = checked.get();
        // Nothing is checked in what was just drawn.
        if before.map_or_else(|| now.contains(&true), |before| before != now) {
            each::<HtmlInputElement>(&place, "input", &now, HtmlInputElement::set_checked);
        }
        now
    });
    group
}

/// Puts options into a list and keeps them as `chosen` has them, in their order. A list that takes one answer falls back to its
/// first option where nothing is chosen.
pub(crate) fn with_options(mut list: Drawn, options: Vec<Drawn>, chosen: Signal<Vec<bool>>) -> Drawn {
    let place = list.place();
    let drawn = chosen.get_untracked();
    let options = options.into_iter().zip(drawn.clone().into_iter().chain(repeat(false)));
    let list = list.and_all(options.map(|(option, chosen)| if chosen { option.chosen() } else { option }));
    Effect::new(move |before: Option<Vec<bool>>| {
        let now = chosen.get();
        if *before.as_ref().unwrap_or(&drawn) != now {
            each::<HtmlOptionElement>(&place, "option", &now, |option, chosen| {
                if option.selected() != chosen {
                    option.set_selected(chosen);
                }
            });
        }
        now
    });
    list
}

/// Does something to each of these elements inside, by what is said of it.
fn each<T: JsCast>(place: &Place, selector: &str, said: &[bool], act: fn(&T, bool)) {
    let Some(all) = place.element().and_then(|it| it.query_selector_all(selector).ok()) else { return };
    for (index, said) in (0..).zip(said) {
        if let Some(one) = all.get(index).and_then(|it| it.dyn_into::<T>().ok()) {
            act(&one, *said);
        }
    }
}
