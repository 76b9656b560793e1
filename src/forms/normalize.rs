//! Normalising: what an answer becomes before it is checked and submitted.
//!
//! Source: `process/normalize/index.js` of `@formio/core` 2.8.3.

use crate::component::{Component, DataType, Kind};
use crate::javascript::{
    as_not_finite, join_with, not_finite, number_to_text, text_to_number, to_json_number, to_number, to_text, trim,
    truncate_spaces, truthy, value_parse_float,
};
use serde_json::{Map, Value};
use vietnam::case;

/// What normalising does to an answer.
pub(crate) enum Normalized {
    /// It stays; nothing there counts as leaving out.
    Same,
    /// It is replaced.
    Changed(Value),
    /// It is left out of the submission, though the working copy keeps it.
    LeftOut,
}

pub(crate) fn normalize(component: &Component, required: bool, value: Option<&Value>) -> Normalized {
    if component.multiple && !required && !value.is_some_and(Value::is_array) {
        return Normalized::Changed(match value {
            Some(Value::Object(value)) if !component.rules.masks().is_empty() => Value::Array(vec![named(value)]),
            Some(value) if truthy(Some(value)) => Value::Array(vec![value.clone()]),
            _ => Value::Array(Vec::new()),
        });
    }
    let normalized = match component.judged() {
        Kind::TextField { .. } | Kind::PhoneNumber if !component.rules.masks().is_empty() => {
            with_mask(component, value)
        }
        Kind::Number { .. } => normalize_number(component, value),
        Kind::Email => match value {
            Some(Value::String(text)) => changed_text(text, case::lower(trim(text))),
            _ => Normalized::Same,
        },
        Kind::Radio { data_type, .. } if component.box_key.is_none() => normalize_radio(value, *data_type),
        Kind::Select { data_type, .. } => normalize_select(component, value, *data_type),
        Kind::SelectBoxes { .. } => normalize_boxes(value),
        Kind::TextField { truncate_spaces: true, .. } => match value {
            Some(Value::String(text)) => changed_text(text, truncate_spaces(text)),
            _ => Normalized::Same,
        },
        Kind::Time { format, data_format } => match value {
            Some(Value::String(text)) => match crate::times::rewrite(text, format, data_format) {
                Some(kept) => changed_text(text, kept),
                None => Normalized::Same,
            },
            _ => Normalized::Same,
        },
        Kind::Tags { delimiter, as_list, .. } => match value {
            Some(Value::Array(list)) if !as_list => Normalized::Changed(Value::String(join_with(list, delimiter))),
            Some(Value::String(text)) if *as_list => Normalized::Changed(Value::Array(
                text.split(delimiter.as_str()).filter(|tag| !tag.is_empty()).map(Value::from).collect(),
            )),
            _ => Normalized::Same,
        },
        Kind::Day { day_first, day, month, year } => match value {
            Some(Value::String(text)) if !text.is_empty() && !is_whole_day(text) => {
                let default = component.default_value.as_ref().and_then(Value::as_str).unwrap_or_default();
                changed_text(text, normalize_day(text, default, *day_first, [!day.hide, !month.hide, !year.hide]))
            }
            _ => Normalized::Same,
        },
        // `normalizeAddressComponentValue`.
        Kind::Address if component.map_address.as_ref().is_some_and(|it| it.keeps_mode) => match value {
            Some(value) if truthy(Some(value)) && !truthy(value.get("mode")) => {
                let mut kept = Map::new();
                kept.insert("mode".to_owned(), Value::from("autocomplete"));
                kept.insert("address".to_owned(), value.clone());
                Normalized::Changed(Value::Object(kept))
            }
            _ => Normalized::Same,
        },
        _ => Normalized::Same,
    };
    match normalized {
        Normalized::Same if value.is_none_or(Value::is_null) => Normalized::LeftOut,
        other => other,
    }
}

/// An answer that has the name of its mask: a blank one has nothing else.
fn named(answer: &Map<String, Value>) -> Value {
    let mut kept = answer.clone();
    if !truthy(answer.get("value")) {
        kept.remove("value");
    }
    Value::Object(kept)
}

/// An answer with the name of its mask: the first one where none was chosen.
///
/// Source: `normalizeTextFieldComponentValue`, `normalizeMaskValue`.
fn with_mask(component: &Component, value: Option<&Value>) -> Normalized {
    let one = |value: Option<&Value>| {
        if let Some(Value::Object(object)) = value {
            return named(object);
        }
        if let Some(list @ Value::Array(_)) = value {
            return list.clone();
        }
        let mut kept = Map::new();
        let text = match (component.judged(), value) {
            (Kind::TextField { truncate_spaces: true, .. }, Some(Value::String(text))) => {
                Some(Value::String(truncate_spaces(text)))
            }
            _ => value.cloned(),
        };
        kept.extend(text.map(|text| ("value".to_owned(), text)));
        kept.extend(
            component.rules.masks().first().map(|(name, _)| ("maskName".to_owned(), Value::from(name.as_str()))),
        );
        Value::Object(kept)
    };
    Normalized::Changed(match value {
        Some(Value::Array(list)) => Value::Array(list.iter().map(|item| one(Some(item))).collect()),
        value => one(value),
    })
}

fn changed_text(old: &str, new: String) -> Normalized {
    if old == new { Normalized::Same } else { Normalized::Changed(Value::String(new)) }
}

fn normalize_number(component: &Component, value: Option<&Value>) -> Normalized {
    let one = |value: &Value| {
        let number = to_number(value);
        (!value_parse_float(value).is_nan() && number.is_finite()).then_some(number)
    };
    match value {
        Some(Value::Number(_)) => Normalized::Same,
        Some(Value::Array(list)) if component.multiple => Normalized::Changed(Value::Array(
            list.iter().map(|item| one(item).map_or(Value::Null, to_json_number)).collect(),
        )),
        Some(value) => one(value).map_or(Normalized::LeftOut, |number| Normalized::Changed(to_json_number(number))),
        None => Normalized::LeftOut,
    }
}

/// What `@formio/core` makes of a radio without an answer, or with one that is no number where one is wanted. On screen the one stays
/// unanswered and the other becomes null.
pub(crate) fn unanswered_radio(component: &Component, value: Option<&Value>) -> Option<Value> {
    let Kind::Radio { data_type, .. } = component.judged() else { return None };
    if component.box_key.is_some() {
        return None;
    }
    if *data_type == DataType::Number {
        let number = value.map_or(f64::NAN, to_number);
        return Some(if number.is_finite() { to_json_number(number) } else { not_finite(number) });
    }
    if value.is_some_and(|value| !value.is_null() && value != "" && as_not_finite(value).is_none()) {
        return None;
    }
    match (data_type, value) {
        (DataType::Boolean, _) => Some(Value::Bool(truthy(value))),
        (DataType::String, value) if value.is_none_or(|value| value != "") => Some(Value::String(to_text(value))),
        _ => None,
    }
}

/// An unanswered radio stays unanswered, whatever the type: Form.io would make it `NaN`, "undefined" or `false`, which counts as an
/// answer.
fn normalize_radio(value: Option<&Value>, data_type: DataType) -> Normalized {
    let Some(value) = value.filter(|value| !value.is_null() && *value != "") else {
        return Normalized::Same;
    };
    match data_type {
        DataType::Number => Normalized::Changed(to_json_number(to_number(value))),
        DataType::String => Normalized::Changed(Value::String(match value {
            Value::Array(_) | Value::Object(_) => value.to_string(),
            plain => to_text(Some(plain)),
        })),
        DataType::Boolean => Normalized::Changed(Value::Bool(truthy(Some(value)) && to_text(Some(value)) != "false")),
        DataType::Auto | DataType::Object => match value {
            Value::String(text) => match plain_number(text) {
                Some(number) => Normalized::Changed(to_json_number(number)),
                None if text == "true" => Normalized::Changed(Value::Bool(true)),
                None if text == "false" => Normalized::Changed(Value::Bool(false)),
                None => Normalized::Same,
            },
            Value::Array(list) => match (list.len(), plain_number(&to_text(Some(value)))) {
                (1, Some(number)) => Normalized::Changed(to_json_number(number)),
                _ => Normalized::Same,
            },
            _ => Normalized::Same,
        },
    }
}

/// The number a text is, if writing that number gives the text again.
fn plain_number(text: &str) -> Option<f64> {
    let number = text_to_number(text);
    (number.is_finite() && number_to_text(number) == text).then_some(number)
}

fn normalize_select(component: &Component, value: Option<&Value>, data_type: DataType) -> Normalized {
    match value {
        Some(Value::Array(list)) if component.multiple => {
            Normalized::Changed(Value::Array(list.iter().map(|item| normalize_choice(item, data_type)).collect()))
        }
        None | Some(Value::Null) => Normalized::LeftOut,
        Some(value) => match normalize_choice(value, data_type) {
            same if same == *value => Normalized::Same,
            changed => Normalized::Changed(changed),
        },
    }
}

fn normalize_choice(value: &Value, data_type: DataType) -> Value {
    let as_number = |value: &Value| match value {
        Value::String(text) => plain_number(text).map(to_json_number),
        Value::Bool(_) | Value::Object(_) | Value::Null => None,
        other => Some(other.clone()),
    };
    let as_boolean = |value: &Value| match value {
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
        _ => None,
    };
    match (data_type, value) {
        (_, Value::Null) => Value::Null,
        (DataType::Object, value) => value.clone(),
        (DataType::Auto, Value::Array(_) | Value::Object(_)) => value.clone(),
        (_, Value::Object(object)) if object.is_empty() => value.clone(),
        (_, Value::Array(list)) if list.is_empty() => value.clone(),
        (DataType::Number, value) => match value {
            Value::Array(list) => {
                plain_number(&crate::javascript::join(list)).map_or_else(|| value.clone(), to_json_number)
            }
            value => as_number(value).unwrap_or_else(|| value.clone()),
        },
        (DataType::String, value) => Value::String(to_text(Some(value))),
        (DataType::Boolean, value) => as_boolean(value).unwrap_or_else(|| value.clone()),
        (DataType::Auto, value) => {
            let text = Value::String(to_text(Some(value)));
            as_number(&text).or_else(|| as_boolean(&text)).unwrap_or(text)
        }
    }
}

fn normalize_boxes(value: Option<&Value>) -> Normalized {
    let mut ticked = Map::new();
    match value {
        Some(Value::Object(_)) => return Normalized::Same,
        Some(Value::Array(list)) => {
            for item in list {
                ticked.insert(to_text(Some(item)), Value::Bool(true));
            }
        }
        Some(Value::String(text)) if !text.is_empty() => {
            ticked.insert(text.clone(), Value::Bool(true));
        }
        _ => {}
    }
    Normalized::Changed(Value::Object(ticked))
}

/// Two digits, two digits, four digits.
fn is_whole_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 2 || at == 5 { *byte == b'/' } else { byte.is_ascii_digit() })
}

fn normalize_day(text: &str, default: &str, day_first: bool, show: [bool; 3]) -> String {
    let [show_day, show_month, show_year] = show;
    let defaults: Vec<&str> = if default.is_empty() { Vec::new() } else { default.split('/').collect() };
    let mut at = if day_first { [Some(0), Some(1), Some(2)] } else { [Some(1), Some(0), Some(2)] };
    if !defaults.is_empty() && defaults.len() != 3 {
        if !show_day {
            at = [None, at[1].map(|at: usize| at.saturating_sub(1)), at[2].map(|at| at - 1)];
        }
        if !show_month {
            at = [at[0].map(|at| at.saturating_sub(1)), None, at[2].map(|at| at - 1)];
        }
        if !show_year {
            at[2] = None;
        }
    }
    let default_of = |part: usize| {
        if defaults.is_empty() { Some("") } else { at[part].map_or(Some(""), |at| defaults.get(at).copied()) }
    };
    let mut given = text.split('/');
    let mut parts: Vec<&str> = Vec::new();
    let order: [usize; 3] = if day_first { [0, 1, 2] } else { [1, 0, 2] };
    for part in order {
        let shown = [show_day, show_month, show_year][part];
        let next = if shown { given.next() } else { default_of(part) };
        match next {
            Some("") => {}
            // A part that is not there at all leaves its place.
            next => parts.push(next.unwrap_or_default()),
        }
    }
    parts.join("/")
}
