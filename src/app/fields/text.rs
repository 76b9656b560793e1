//! Text, numbers and money: inputs whose value is what was typed.

use crate::app::App;
use crate::browser::draw::draw;
use crate::browser::field::{described_by_hint, hinted, with_fault};
use crate::browser::typing::{Text, with_text};
use crate::components::{TextInput, text_input};
use crate::fields::{Field, advice};
use crate::route::Place;
use crate::words::errand;
use forms::{Format, Kind};
use leptos::prelude::*;
use serde_json::{Number, Value};

/// One line.
#[inline(never)]
pub(super) fn line(field: Field) -> AnyView {
    let (kind, keyboard) = typed_as(&field.component.kind, field.component.properties.format);
    let narrow = keyboard != "text" && keyboard != "email";
    let (session, path, numeric) = (field.session, field.path.clone(), keyboard == "decimal");
    let write = move |text: String| {
        if text.is_empty() {
            session.clear(&path);
        } else {
            let value = if numeric { number_of(&text) } else { Value::String(text) };
            session.answer(&path, value);
        }
    };
    let time_hint = matches!(field.component.kind, Kind::Time { .. }).then(|| errand().time_hint().to_owned());
    let input = text_input(TextInput {
        id: field.id.clone(),
        label: field.label(),
        hint: field.hint().or(time_hint),
        value: shown_text(&field, numeric),
        error: field.error,
        kind,
        keyboard,
        required: field.component.required,
        narrow,
        on_input: Callback::new(write),
    });
    let input = advice::with_advice(&field, input);
    field.with_notes(input)
}

/// The type of the input of a line, and the keyboard for it.
fn typed_as(kind: &Kind, format: Option<Format>) -> (&'static str, &'static str) {
    match (kind, format) {
        (Kind::TextField { secret: true, .. }, _) => ("password", "text"),
        (Kind::Email, _) => ("email", "email"),
        (Kind::Url, _) => ("url", "url"),
        (Kind::PhoneNumber, _) | (_, Some(Format::Phone)) => ("tel", "tel"),
        (Kind::Number { .. } | Kind::Currency { .. }, _) => ("text", "decimal"),
        (_, Some(Format::CitizenId | Format::TaxCode)) => ("text", "numeric"),
        _ => ("text", "text"),
    }
}

/// The text of an input; a number with a comma, as it is written here.
fn shown_text(field: &Field, numeric: bool) -> Signal<String> {
    let text = field.session.text(field.path.clone());
    if numeric { Signal::derive(move || text.with(|it| it.replace('.', ","))) } else { text }
}

/// Reads a number as it is written here (`1.500,5`); what is not one stays text, for the rules to name.
fn number_of(text: &str) -> Value {
    let plain: String = text.trim().chars().filter(|it| !matches!(it, '.' | ' ' | '\u{a0}')).collect();
    let plain = plain.replace(',', ".");
    if let Ok(whole) = plain.parse::<i64>() {
        return Value::from(whole);
    }
    forms::decimal_number(&plain)
        .and_then(Number::from_f64)
        .map_or_else(|| Value::String(text.to_owned()), Value::Number)
}

/// Several lines.
#[inline(never)]
pub(super) fn area(field: Field) -> AnyView {
    let rows = match field.component.kind {
        Kind::TextArea { rows } => rows.unwrap_or(3).clamp(2, 12),
        _ => 3,
    };
    let value = field.session.text(field.path.clone());
    let (session, path) = (field.session, field.path.clone());
    let write = Callback::new(move |text: String| {
        if text.is_empty() {
            session.clear(&path);
        } else {
            session.answer(&path, Value::String(text));
        }
    });
    let hint = field.hint();
    let group = draw("div", &[("class", "field")]);
    let group = with_fault(group, field.fault(hint.is_some()));
    let input = draw("textarea", &[("class", "input input--area")])
        .id(&field.id)
        .with("rows", &rows.to_string())
        .may("aria-required", field.component.required.then_some("true"))
        .may("aria-describedby", described_by_hint(&field.id, hint.is_some()).as_deref());
    let input = with_text(input, Text { value, take: write });
    let group = group.and(field.label().written(draw("label", &[("class", "field__label")]).with("for", &field.id)));
    let group = hinted(group, Some(&field.id), hint.as_deref(), field.language());
    field.with_notes(group.and(input).into_any())
}

/// A file component leads to the page of papers, where files are checked before they are sent.
#[inline(never)]
pub(super) fn file_place(field: Field) -> AnyView {
    let papers = field.setting.filling.map(|filling| {
        let href = App::here().href(&filling.route(Place::Papers));
        view! { <p><a href=href>{errand().papers_title()}</a></p> }
    });
    view! {
        <div class="field" id=field.id.clone() tabindex="-1">
            {field.label().written(draw("p", &[("class", "field__label")]))}
            {papers}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{number_of, typed_as};
    use forms::{Form, NoPatterns};
    use serde_json::{Value, json};

    #[track_caller]
    fn check(component: &Value, expected: (&str, &str)) {
        let form = Form::parse(&json!({ "components": [component] }), &NoPatterns).expect("a form of this test");
        let read = &form.steps[0].components[0];
        assert_eq!(typed_as(&read.kind, read.properties.format), expected, "{component}");
    }

    #[test]
    fn a_line_has_the_keyboard_of_what_is_typed_and_a_password_is_not_shown() {
        for (type_name, expected) in [
            ("textfield", ("text", "text")),
            ("bsn", ("text", "text")),
            ("password", ("password", "text")),
            ("email", ("email", "email")),
            ("simpleemail", ("email", "email")),
            ("url", ("url", "url")),
            ("phoneNumber", ("tel", "tel")),
            ("number", ("text", "decimal")),
            ("currency", ("text", "decimal")),
        ] {
            check(&json!({ "type": type_name, "key": "a" }), expected);
        }
        let id = json!({ "type": "textfield", "key": "a", "properties": { "format": "citizen-id" } });
        check(&id, ("text", "numeric"));
        check(&json!({ "type": "textfield", "key": "a", "inputType": "password" }), ("password", "text"));
    }

    #[test]
    fn a_number_is_read_as_it_is_written_here() {
        assert_eq!(number_of("20.000"), json!(20000));
        assert_eq!(number_of(" 1.500,5 "), json!(1500.5));
        assert_eq!(number_of("-3"), json!(-3));
        assert_eq!(number_of("ba"), json!("ba"));
        assert_eq!(number_of("1,2,3"), json!("1,2,3"));
        assert_eq!(number_of(",5"), json!(0.5));
        assert_eq!(number_of("Infinity"), json!("Infinity"));
        assert_eq!(number_of("1e999"), json!("1e999"));
    }
}
