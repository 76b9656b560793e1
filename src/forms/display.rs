//! How an answer is shown on "check your answers".

use crate::component::{Choice, Component, DateKept, Kind};
use crate::dates::day_parts;
use crate::javascript::{is_equal, to_text, trim, truthy, value_parse_float};
use serde_json::Value;

/// An answer to show. No sentence: the page has the words.
#[derive(Clone, Debug, PartialEq)]
pub enum Display {
    /// Nothing was answered.
    Blank,
    /// Text as it was typed.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
    /// The labels of what was chosen.
    Choices(Vec<String>),
    /// A day, as text of the calendar: day, month and year.
    Date {
        /// 1 to 31.
        day: u8,
        /// 1 to 12.
        month: u8,
        /// Year.
        year: u16,
    },
    /// A month of a year.
    MonthAndYear {
        /// 1 to 12.
        month: u8,
        /// Year.
        year: u16,
    },
    /// A year, where day and month are not known.
    YearOnly(u16),
    /// A date with a time, in ISO 8601 as it is kept.
    DateTime(String),
    /// A number.
    Number(f64),
    /// An amount and its currency (ISO 4217).
    Money(f64, String),
    /// What was asked about, and what was chosen for it.
    Pairs(Vec<(String, String)>),
    /// A signature, as the `data:` address of a PNG.
    Signature(String),
    /// The names of files.
    Files(Vec<String>),
    /// Ticked.
    Yes,
    /// Not ticked.
    No,
    /// A place.
    Address {
        /// House number, street, hamlet.
        street: String,
        /// Ward or commune.
        ward: String,
        /// Province or city.
        province: String,
        /// The address as an old paper has it.
        former: Option<String>,
    },
    /// So many rows, shown on their own.
    Rows(usize),
    /// Shown by the components inside.
    Group,
}

/// How a signature begins.
const PNG: &str = "data:image/png;base64,";

/// What is shown for an answer that is not.
const HIDDEN: &str = "••••••••";

/// What to show for an answer of this component.
#[must_use]
pub fn display(component: &Component, value: &Value) -> Display {
    match &component.kind {
        Kind::Checkbox => return if truthy(Some(value)) { Display::Yes } else { Display::No },
        kind if kind.is_layout() => return Display::Group,
        Kind::Container { .. } => return Display::Group,
        Kind::DataGrid { .. } | Kind::EditGrid { .. } => return Display::Rows(value.as_array().map_or(0, Vec::len)),
        _ => {}
    }
    if value.is_null() || value == "" {
        return Display::Blank;
    }
    match &component.kind {
        Kind::SelectBoxes { options } => {
            let ticked = options
                .iter()
                .filter(|option| option.value.as_str().is_some_and(|key| truthy(value.get(key))))
                .map(|option| option.label.clone())
                .collect();
            choices(ticked)
        }
        Kind::Radio { .. } | Kind::Select { .. } => choices(match value {
            Value::Array(list) => list.iter().map(|item| choice_label(component, item)).collect(),
            one => vec![choice_label(component, one)],
        }),
        Kind::Day { day_first, day, month, year } => value
            .as_str()
            .map_or(Display::Blank, |text| day_display(text, *day_first, [day.hide, month.hide, year.hide])),
        Kind::DateTime { kept } => date_display(value, *kept == DateKept::Time),
        Kind::TextField { secret: true, .. } => Display::Text(HIDDEN.to_owned()),
        Kind::Number { .. } => match value_parse_float(value) {
            amount if amount.is_nan() => Display::Text(to_text(Some(value))),
            amount => Display::Number(amount),
        },
        Kind::Currency { currency } => match value_parse_float(value) {
            amount if amount.is_nan() => Display::Text(to_text(Some(value))),
            amount => Display::Money(amount, currency.clone()),
        },
        Kind::File { .. } => {
            let name = |file: &Value| {
                let named = file.get("originalName").or_else(|| file.get("name")).and_then(Value::as_str);
                named.unwrap_or_default().to_owned()
            };
            match value {
                Value::Array(files) if files.is_empty() => Display::Blank,
                Value::Array(files) => Display::Files(files.iter().map(name).collect()),
                one => Display::Files(vec![name(one)]),
            }
        }
        Kind::Tags { delimiter, .. } => match value {
            Value::String(text) => Display::Texts(text.split(delimiter.as_str()).map(str::to_owned).collect()),
            other => text_display(other),
        },
        Kind::Survey { questions, values } => survey_display(questions, values, value),
        Kind::Signature => match value {
            Value::String(address) if address.starts_with(PNG) => Display::Signature(address.clone()),
            _ => Display::Blank,
        },
        Kind::Address => address_display(value),
        _ => text_display(value),
    }
}

fn text_display(value: &Value) -> Display {
    match value {
        Value::Array(list) if list.is_empty() => Display::Blank,
        Value::Array(list) => Display::Texts(list.iter().map(|item| to_text(Some(item))).collect()),
        Value::Object(_) => Display::Blank,
        Value::String(text) if trim(text).is_empty() => Display::Blank,
        plain => Display::Text(to_text(Some(plain))),
    }
}

fn survey_display(questions: &[Choice], values: &[Choice], value: &Value) -> Display {
    let mut pairs = Vec::new();
    for question in questions {
        let Some(chosen) = value.get(to_text(Some(&question.value))).filter(|it| truthy(Some(it))) else {
            continue;
        };
        let label = values.iter().find(|it| is_equal(&it.value, chosen)).map(|it| it.label.clone());
        pairs.push((question.label.clone(), label.unwrap_or_else(|| to_text(Some(chosen)))));
    }
    if pairs.is_empty() { Display::Blank } else { Display::Pairs(pairs) }
}

fn choices(labels: Vec<String>) -> Display {
    if labels.is_empty() { Display::Blank } else { Display::Choices(labels) }
}

/// The label of a chosen value: from the options, from the value itself (`{label, value}` or `{name}`), or the value as text.
fn choice_label(component: &Component, value: &Value) -> String {
    let same = |option: &Value| {
        is_equal(option, value) || (!value.is_object() && to_text(Some(option)) == to_text(Some(value)))
    };
    if let Some(option) = component.kind.options().iter().find(|option| same(&option.value)) {
        return option.label.clone();
    }
    let named = value.get("label").or_else(|| value.get("name")).and_then(Value::as_str);
    named.map_or_else(|| to_text(Some(value)), str::to_owned)
}

fn day_display(text: &str, day_first: bool, hidden: [bool; 3]) -> Display {
    let [day, month, year] = day_parts(text, day_first, hidden);
    // Compared with the range before it is cut.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = |part: f64, most: f64| (part >= 0.0 && part <= most).then_some(part as u16);
    match (whole(day, 31.0), whole(month, 12.0), whole(year, 9_999.0)) {
        (Some(0), Some(0), Some(year)) if year > 0 => Display::YearOnly(year),
        (Some(0), Some(month), Some(year)) if year > 0 => {
            u8::try_from(month).map_or(Display::Blank, |month| Display::MonthAndYear { month, year })
        }
        (Some(day), Some(month), Some(year)) if day > 0 && month > 0 && year > 0 => {
            match (u8::try_from(day), u8::try_from(month)) {
                (Ok(day), Ok(month)) => Display::Date { day, month, year },
                _ => Display::Text(text.to_owned()),
            }
        }
        (Some(0), Some(0), Some(0)) => Display::Blank,
        _ => Display::Text(text.to_owned()),
    }
}

fn date_display(value: &Value, with_time: bool) -> Display {
    let Some(text) = value.as_str() else {
        return text_display(value);
    };
    if with_time {
        return Display::DateTime(text.to_owned());
    }
    let date = text.get(..10).unwrap_or(text);
    let mut parts = date.split('-');
    let numbers = (
        parts.next().and_then(|it| it.parse().ok()),
        parts.next().and_then(|it| it.parse().ok()),
        parts.next().and_then(|it| it.parse().ok()),
    );
    match numbers {
        (Some(year), Some(month), Some(day)) => Display::Date { day, month, year },
        _ => Display::Text(text.to_owned()),
    }
}

fn address_display(value: &Value) -> Display {
    let name = |field: &str| {
        value.get(field).and_then(|place| place.get("name")).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let text = |field: &str| value.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (street, ward, province) = (text("street"), name("ward"), name("province"));
    let former = value.get("former").and_then(Value::as_str).filter(|it| !it.is_empty()).map(str::to_owned);
    if street.is_empty() && ward.is_empty() && province.is_empty() && former.is_none() {
        return Display::Blank;
    }
    Display::Address { street, ward, province, former }
}
