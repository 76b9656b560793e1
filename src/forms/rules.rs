//! Rules: what may be wrong with an answer.

use crate::component::{Available, Component, DateKept, DayPart, Format, Kind, SelectSource};
use crate::conditions::Asker;
use crate::date_text::{parse_date, parse_with_dayjs};
use crate::dates::{Moment, day_parts, days_in_month, end_of_day, start_of_day, whole_day};
use crate::environment::Environment;
use crate::formats;
use crate::javascript::{
    count_words, is_blank, is_equal, number, parse_float, to_number, to_text, trim, truncate_spaces, truthy,
    utf16_length, value_parse_float,
};
use crate::json_logic::{Js, apply_to};
use crate::kinds::is_untyped;
use crate::masks;
use crate::path::DataPath;
use crate::script::{Answer, Scope, Script};
use crate::times;
use serde_json::Value;
use std::borrow::Cow;
use std::cell::Cell;

/// One thing wrong with an answer: which, by which rule, and the limit it broke.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where the answer lies; for a list of answers the list, not the item.
    pub path: DataPath,
    /// The rule that was broken.
    pub rule: Rule,
    /// The limit, where the rule has one.
    pub limit: Limit,
    /// What a rule of the definition itself answered ([`Rule::Custom`], [`Rule::Json`]), where it answered with a sentence.
    pub message: Option<String>,
}

/// A rule, in the order in which Form.io asks them (`process/validation/rules/clientRules.js`). The names are its own too (`ruleName`
/// of its errors), but for `format`, which is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Not a date.
    Date,
    /// Not a day, or a part of it is missing.
    Day,
    /// Not an e-mail address.
    Email,
    /// A rule of the definition in `JSONLogic` (`validate.json`) does not hold.
    Json,
    /// Does not fit the input mask.
    Mask,
    /// Too late.
    MaxDate,
    /// Too long.
    MaxLength,
    /// Too many boxes ticked.
    MaxSelectedCount,
    /// Too large.
    Max,
    /// Too many words.
    MaxWords,
    /// A year too late.
    MaxYear,
    /// Too early.
    MinDate,
    /// Too short.
    MinLength,
    /// Too few boxes ticked.
    MinSelectedCount,
    /// Too small.
    Min,
    /// Too few words.
    MinWords,
    /// A year too early.
    MinYear,
    /// Several answers are wanted and this is one.
    Array,
    /// Several answers are wanted and there is none.
    ArrayNonempty,
    /// One answer is wanted and this is a list.
    Nonarray,
    /// Does not fit the pattern.
    Pattern,
    /// Nothing was answered.
    Required,
    /// Not a time of day.
    Time,
    /// Not a web address.
    Url,
    /// Not a number.
    Number,
    /// A rule of the definition in its script (`validate.custom`) does not hold.
    Custom,
    /// Not one of the options.
    OnlyAvailableItems,
    /// Not written as `properties.format` asks.
    Format,
}

impl Rule {
    /// The stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Array => "array",
            Self::ArrayNonempty => "array_nonempty",
            Self::Nonarray => "nonarray",
            Self::MinLength => "minLength",
            Self::MaxLength => "maxLength",
            Self::MinWords => "minWords",
            Self::MaxWords => "maxWords",
            Self::Min => "min",
            Self::Max => "max",
            Self::Number => "number",
            Self::Pattern => "pattern",
            Self::Mask => "mask",
            Self::Email => "email",
            Self::Day => "day",
            Self::Time => "time",
            Self::Url => "url",
            Self::Date => "date",
            Self::MinDate => "minDate",
            Self::MaxDate => "maxDate",
            Self::MinYear => "minYear",
            Self::MaxYear => "maxYear",
            Self::OnlyAvailableItems => "onlyAvailableItems",
            Self::MinSelectedCount => "minSelectedCount",
            Self::MaxSelectedCount => "maxSelectedCount",
            Self::Format => "format",
            Self::Json => "json",
            Self::Custom => "custom",
        }
    }
}

/// The limit a rule has, for telling people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// None.
    None,
    /// Characters, words, boxes, an amount, or a year.
    Number(f64),
    /// A date.
    Date(Moment),
    /// A way of writing.
    Format(Format),
    /// The part of a day that is missing.
    Part(DayPartName),
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPartName {
    /// Day of the month.
    Day,
    /// Month.
    Month,
    /// Year.
    Year,
}

/// Tells everything wrong with the answer of one shown component, `required` first; `at` is the item of a list that is told about, the
/// largest number for the whole.
pub(crate) fn check(
    component: &Component,
    required: bool,
    value: Option<&Value>,
    environment: &Environment<'_>,
    at: &Cell<usize>,
    found: &mut dyn FnMut(Rule, Limit),
) {
    if let (true, Some(whole @ Value::Array(list))) = (component.multiple, value)
        && !list.is_empty()
    {
        // Each item, by the rules that look at the whole before they look at an item; the same rule tells once.
        let mut told = Vec::new();
        let mut once = |rule: Rule, limit: Limit| {
            if !told.contains(&rule) {
                told.push(rule);
                found(rule, limit);
            }
        };
        let first_is_number = !value_parse_float(whole).is_nan();
        for (number, item) in list.iter().enumerate() {
            at.set(number);
            check_one(component, required, Some(item), environment, Some(first_is_number), &mut once);
        }
        at.set(usize::MAX);
        check_multiple(component, required, value, found);
        return;
    }
    check_one(component, required, value, environment, None, found);
    check_multiple(component, required, value, found);
}

/// Tells what the rules of the definition itself say (`validate.custom`, `validate.json`), with their sentence where they have one.
///
/// Source: `validateCustom.js`, `validateJson.js`.
pub(crate) fn check_own_rules(
    component: &Component,
    value: Option<&Value>,
    asker: &Asker<'_>,
    at: &Cell<usize>,
    found: &mut dyn FnMut(Rule, Option<String>),
) {
    if component.rules.custom.is_none() && component.rules.json.is_none() {
        return;
    }
    let items = match value {
        Some(Value::Array(list)) if component.multiple && !list.is_empty() => Some(list),
        _ => None,
    };
    // Each rule tells once, and no sentence is told twice.
    let mut told: Vec<(Rule, Option<String>)> = Vec::new();
    let mut tell = |rule: Rule, message: Option<String>| {
        let known = told.iter().any(|(known, said)| *known == rule || message.is_some() && *said == message);
        if !known {
            told.push((rule, message.clone()));
            found(rule, message);
        }
    };
    let mut one = |value: Option<&Value>, index: Option<usize>| {
        at.set(index.unwrap_or(0));
        if let Some(rule) = &component.rules.json {
            let scope = asker.with_input(value);
            let first = value.filter(|value| truthy(Some(value))).unwrap_or(&Value::Null);
            match apply_to(rule, &scope.fields(Some(first))) {
                Js::Null | Js::Bool(true) => {}
                Js::Text(text) => tell(Rule::Json, Some(text.into_owned()).filter(|text| !text.is_empty())),
                _ => tell(Rule::Json, None),
            }
        }
        if let Some(script) = &component.rules.custom {
            let scope = asker.with_input(value);
            let mut scope = scope.scope(value);
            scope.row_index = index.or(scope.row_index);
            if let Err(message) = refusal(script, &scope) {
                tell(Rule::Custom, message);
            }
        }
    };
    match items {
        Some(list) => list.iter().enumerate().for_each(|(index, item)| one(Some(item), Some(index))),
        None => one(value, None),
    }
}

/// Runs a rule; where it refuses, the error is its sentence, if it has one.
pub(crate) fn refusal(script: &Script, scope: &Scope<'_>) -> Result<(), Option<String>> {
    match script.run(scope) {
        Err(_) | Ok(Answer::Undefined | Answer::Value(Value::Null | Value::Bool(true))) => Ok(()),
        Ok(Answer::Value(Value::String(text))) => Err(Some(text).filter(|text| !text.is_empty())),
        Ok(_) => Err(None),
    }
}

/// `item_of`: for an item of a list, does the list begin with a number? Form.io decides by the whole list which rules apply.
fn check_one(
    component: &Component,
    required: bool,
    value: Option<&Value>,
    environment: &Environment<'_>,
    item_of: Option<bool>,
    found: &mut dyn FnMut(Rule, Limit),
) {
    let value = match (component.judged(), value) {
        (Kind::TextField { truncate_spaces: true, .. }, Some(Value::String(text))) => {
            Some(Cow::Owned(Value::String(truncate_spaces(text))))
        }
        (_, value) => value.map(Cow::Borrowed),
    };
    let value = value.as_deref();
    let single = item_of.is_none();
    if required && !has_value(component, value) {
        found(Rule::Required, Limit::None);
    }
    check_kind(component, component.judged(), value, environment, found);
    if let (true, Some(Value::Object(value))) = (component.rules.checks_mask, value) {
        let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
        let (text, name) = (text("value"), text("maskName"));
        let mask = component.rules.masks().iter().find(|(known, _)| known == name).map_or("", |(_, mask)| mask);
        if !text.is_empty() && !name.is_empty() && !mask.is_empty() && !masks::fits_plainly(text, mask) {
            found(Rule::Mask, Limit::None);
        }
    }
    let is_long = match value {
        Some(Value::String(text)) => !text.is_empty() && !matches!(component.judged(), Kind::TextField { .. }),
        Some(Value::Array(list)) => !list.is_empty(),
        _ => false,
    };
    if cfg!(not(target_arch = "wasm32")) && component.rules.mask_is_blank && is_long {
        found(Rule::Mask, Limit::None);
    }
    let mask = component.rules.mask.as_str();
    if !mask.is_empty() && truthy(value) {
        let fits = match (component.judged(), value.and_then(Value::as_str)) {
            (Kind::TextField { .. }, Some(text)) => masks::fits(text, mask),
            (_, Some(text)) => masks::fits_plainly(text, mask),
            // Form.io takes the items of a list for characters, and anything else for a text without any.
            (_, None) => match value {
                Some(Value::Array(items)) => {
                    masks::fits_plainly(&items.iter().map(first_character).collect::<String>(), mask)
                }
                _ => masks::fits_plainly("", mask),
            },
        };
        if !fits {
            found(Rule::Mask, Limit::None);
        }
    }
    if let Some(Value::String(text)) = value {
        check_text(component, text, environment, single, found);
    }
    check_limits(component, value, item_of, found);
    if let Some(value) = value
        && component.rules.available != Available::Any
        && !is_available(component, value)
    {
        found(Rule::OnlyAvailableItems, Limit::None);
    }
}

fn check_text(
    component: &Component,
    text: &str,
    environment: &Environment<'_>,
    single: bool,
    found: &mut dyn FnMut(Rule, Limit),
) {
    let rules = &component.rules;
    // Lengths are far below 2^53.
    #[allow(clippy::cast_precision_loss)]
    if !text.is_empty() {
        if let Some(least) = rules.min_length
            && (utf16_length(text) as f64) < least
        {
            found(Rule::MinLength, Limit::Number(least));
        }
        if let Some(most) = rules.max_length
            && single
            && utf16_length(text) as f64 > most
        {
            found(Rule::MaxLength, Limit::Number(most));
        }
        if let Some(least) = rules.min_words
            && single
            && (count_words(text) as f64) < least
        {
            found(Rule::MinWords, Limit::Number(least));
        }
        if let Some(pattern) = &rules.anchored_pattern
            && single
            && environment.patterns.is_match(pattern, text) != Ok(true)
        {
            found(Rule::Pattern, Limit::None);
        }
    }
    #[allow(clippy::cast_precision_loss)]
    if let Some(most) = rules.max_words
        && count_words(text) as f64 > most
    {
        found(Rule::MaxWords, Limit::Number(most));
    }
    if let Some(format) = component.properties.format
        && !trim(text).is_empty()
        && !formats::fits(format, trim(text), environment.today)
    {
        found(Rule::Format, Limit::Format(format));
    }
}

fn check_limits(
    component: &Component,
    value: Option<&Value>,
    item_of: Option<bool>,
    found: &mut dyn FnMut(Rule, Limit),
) {
    let rules = &component.rules;
    let Some(value) = value.filter(|value| !value.is_null()) else {
        return;
    };
    let amount = || match value {
        Value::String(text) => parse_float(text),
        other => to_number(other),
    };
    if let Some(least) = rules.min
        && item_of.unwrap_or(true)
        && !value_parse_float(value).is_nan()
        && (amount() < least || is_no_limit(least) && !amount().is_nan())
    {
        found(Rule::Min, Limit::Number(least));
    }
    if let Some(most) = rules.max
        && (amount() > most || is_no_limit(most) && !amount().is_nan())
    {
        found(Rule::Max, Limit::Number(most));
    }
    if let Value::Object(boxes) = value
        && boxes.values().all(Value::is_boolean)
    {
        let ticked = boxes.values().filter(|value| truthy(Some(value))).count();
        // Boxes are few.
        #[allow(clippy::cast_precision_loss)]
        let count = ticked as f64;
        if let Some(least) = rules.min_selected
            && ticked > 0
            && count < least
        {
            found(Rule::MinSelectedCount, Limit::Number(least));
        }
        if let Some(most) = rules.max_selected
            && ticked > 0
            && count > most
        {
            found(Rule::MaxSelectedCount, Limit::Number(most));
        }
    }
}

/// A limit that is no number, which nothing keeps to. For comparing only.
fn is_no_limit(limit: f64) -> bool {
    cfg!(not(target_arch = "wasm32")) && limit.is_nan()
}

/// Is it written as answers of this kind are?
pub(crate) fn check_kind(
    component: &Component,
    kind: &Kind,
    value: Option<&Value>,
    environment: &Environment<'_>,
    found: &mut dyn FnMut(Rule, Limit),
) {
    match kind {
        Kind::Email => {
            if let Some(Value::String(text)) = value
                && !text.is_empty()
                && !is_email(text)
            {
                found(Rule::Email, Limit::None);
            }
        }
        Kind::Day { day_first, day, month, year } => {
            check_day(component, value, *day_first, [*day, *month, *year], environment, found);
        }
        Kind::Number { .. } => {
            if truthy(value) && !none_of_several(component, value) && !value.is_some_and(Value::is_number) {
                found(Rule::Number, Limit::None);
            }
        }
        Kind::Time { data_format, .. } => {
            let blank = value.and_then(Value::as_array).is_some_and(|list| list.is_empty() || *list == [""]);
            if truthy(value) && !blank && !times::is_time(&to_text(value), data_format) {
                found(Rule::Time, Limit::None);
            }
        }
        Kind::Url => {
            if truthy(value) && !none_of_several(component, value) && !value.and_then(Value::as_str).is_some_and(is_url)
            {
                found(Rule::Url, Limit::None);
            }
        }
        Kind::DateTime { kept } => check_date(component, value, *kept == DateKept::Time, environment, found),
        Kind::Fieldset { .. }
        | Kind::Well { .. }
        | Kind::Columns { .. }
        | Kind::Table { .. }
        | Kind::Tabs { .. }
        | Kind::Content { .. }
        | Kind::PhoneNumber
        | Kind::Tags { .. }
        | Kind::Survey { .. }
        | Kind::Signature
        | Kind::Button
        | Kind::EditGrid { .. }
        | Kind::TextField { .. }
        | Kind::TextArea { .. }
        | Kind::Currency { .. }
        | Kind::Checkbox
        | Kind::SelectBoxes { .. }
        | Kind::Radio { .. }
        | Kind::Select { .. }
        | Kind::File { .. }
        | Kind::Hidden
        | Kind::Container { .. }
        | Kind::DataGrid { .. }
        | Kind::Address => {}
    }
}

/// Source: `validateDay.js`, `validateRequiredDay.js`, `validateMinimumDay.js`, `validateMaximumDay.js`, `validateMinimumYear.js`,
/// `validateMaximumYear.js`.
fn check_day(
    component: &Component,
    value: Option<&Value>,
    day_first: bool,
    parts: [DayPart; 3],
    environment: &Environment<'_>,
    found: &mut dyn FnMut(Rule, Limit),
) {
    const NAMES: [DayPartName; 3] = [DayPartName::Day, DayPartName::Month, DayPartName::Year];
    let asked = parts.iter().zip(NAMES).find(|(part, _)| part.required).map(|(_, name)| name);
    let text = match value {
        Some(Value::String(text)) if !text.is_empty() => text,
        value => {
            if truthy(value) {
                found(Rule::Day, Limit::None);
            } else if let Some(part) = asked {
                found(Rule::Day, Limit::Part(part));
            }
            return;
        }
    };
    let [day, month, year] = day_parts(text, day_first, parts.map(|part| part.hide));
    if is_day(day, month, year) {
        let missing = [day, month, year].into_iter().zip(parts).zip(NAMES);
        for ((number, part), name) in missing {
            if part.required && (number == 0.0 || number.is_nan()) {
                found(Rule::Day, Limit::Part(name));
                break;
            }
        }
    } else {
        found(Rule::Day, Limit::None);
    }
    check_day_limits(component, text, day_first, environment, found);
}

fn check_day_limits(
    component: &Component,
    text: &str,
    day_first: bool,
    environment: &Environment<'_>,
    found: &mut dyn FnMut(Rule, Limit),
) {
    let rules = &component.rules;
    if (rules.min_date.is_some() || rules.max_date.is_some()) && !is_partial(text, day_first) {
        // What is not a whole day is neither after nor before a limit.
        let date = whole_day(text, day_first);
        if let Some(least) = rules.min_date
            && date.is_none_or(|date| date < start_of_day(least.resolve(environment.today)))
        {
            found(Rule::MinDate, Limit::Date(least));
        }
        if let Some(most) = rules.max_date
            && date.is_none_or(|date| date > start_of_day(most.resolve(environment.today)))
        {
            found(Rule::MaxDate, Limit::Date(most));
        }
    }
    let at_end = text
        .len()
        .checked_sub(4)
        .and_then(|at| text.get(at..))
        .filter(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
    let Some(year) = at_end.and_then(|year| year.parse::<u16>().ok().map(f64::from)) else {
        return;
    };
    // A limit that is no number lets no year pass.
    if let Some(least) = rules.min_year
        && (year < least || least.is_nan())
    {
        found(Rule::MinYear, Limit::Number(least));
    }
    if let Some(most) = rules.max_year
        && (year > most || most.is_nan())
    {
        found(Rule::MaxYear, Limit::Number(most));
    }
}

/// Is a part left open? Source: `isPartialDay` in `utils/date.js`.
fn is_partial(text: &str, day_first: bool) -> bool {
    let mut parts = text.split('/');
    let (first, second, year) = (parts.next(), parts.next(), parts.next());
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    day == Some("00") || month == Some("00") || year == Some("0000")
}

fn is_day(day: f64, month: f64, year: f64) -> bool {
    if [day, month, year].iter().any(|part| part.is_nan())
        || day < 0.0
        || !(0.0..=12.0).contains(&month)
        || !(0.0..=9_999.0).contains(&year)
    {
        return false;
    }
    // Both were just bounded.
    #[allow(clippy::cast_possible_truncation)]
    let days = days_in_month(year as i64, month as i64);
    #[allow(clippy::cast_precision_loss)]
    let days = days as f64;
    day <= days
}

/// Source: `validateDate.js`, `validateMinimumDate.js`, `validateMaximumDate.js`.
fn check_date(
    component: &Component,
    value: Option<&Value>,
    with_time: bool,
    environment: &Environment<'_>,
    found: &mut dyn FnMut(Rule, Limit),
) {
    if !truthy(value) || none_of_several(component, value) {
        return;
    }
    let Some(text) = value.and_then(Value::as_str) else {
        found(Rule::Date, Limit::None);
        return;
    };
    if parse_date(text).is_none() {
        found(Rule::Date, Limit::None);
    }
    // What is no moment at all is neither after nor before a limit.
    let instant = parse_with_dayjs(text);
    if let Some(limit) = component.rules.min_date {
        let least = limit.resolve(environment.today);
        let least = if with_time { least } else { start_of_day(least) };
        if instant.is_none_or(|instant| instant < least) {
            found(Rule::MinDate, Limit::Date(limit));
        }
    }
    if let Some(limit) = component.rules.max_date {
        let most = limit.resolve(environment.today);
        let whole_day = !with_time || matches!(limit, Moment::FromToday { .. } | Moment::FromStart { .. });
        let most = if whole_day { end_of_day(most) } else { most };
        if instant.is_none_or(|instant| instant > most) {
            found(Rule::MaxDate, Limit::Date(limit));
        }
    }
}

fn first_character(item: &Value) -> char {
    to_text(Some(item)).chars().find(char::is_ascii_alphanumeric).unwrap_or(' ')
}

/// Several answers are wanted, and there is none.
fn none_of_several(component: &Component, value: Option<&Value>) -> bool {
    component.multiple && value.and_then(Value::as_array).is_some_and(Vec::is_empty)
}

/// Source: `validateMultiple.js`.
pub(crate) fn check_multiple(
    component: &Component,
    required: bool,
    value: Option<&Value>,
    found: &mut dyn FnMut(Rule, Limit),
) {
    let eligible = match component.judged() {
        Kind::Hidden | Kind::Address => component.multiple,
        Kind::TextArea { .. } | Kind::Select { .. } => false,
        _ => true,
    };
    if !eligible {
        return;
    }
    if !component.multiple {
        if matches!(component.judged(), Kind::TextField { .. }) && value.is_some_and(Value::is_array) {
            found(Rule::Nonarray, Limit::None);
        }
        return;
    }
    match value {
        Some(Value::Array(list)) if list.is_empty() => {
            if required {
                found(Rule::ArrayNonempty, Limit::None);
            }
        }
        Some(Value::Array(list)) => {
            let kind = component.judged();
            if list.first().is_some_and(Value::is_array) && !is_untyped(kind) && !kind.is_list() {
                found(Rule::Nonarray, Limit::None);
            }
        }
        None | Some(Value::Null) => {
            if required {
                found(Rule::Array, Limit::None);
            }
        }
        Some(_) => found(Rule::Array, Limit::None),
    }
}

/// Has the component an answer?
///
/// | kind | no answer is |
/// |---|---|
/// | any | nothing, blanks, an empty list or object, a list or object of such |
/// | checkbox, selectboxes | also `false` |
/// | day | also `00/00/0000` |
/// | datagrid, editgrid, other kinds with `tree` | no row with anything in it: blanks are something there, `false` is nothing |
/// | address | ours: province, ward or street missing; Form.io's own as an object: nothing in it |
///
/// Source: `componentHasValue` in `utils/utils.js`.
pub(crate) fn has_value(component: &Component, value: Option<&Value>) -> bool {
    let Some(value) = value else {
        return false;
    };
    match component.judged() {
        Kind::Address if component.map_address.is_some() => match value {
            Value::Object(address) => match (address.get("mode"), address.get("address")) {
                (mode, Some(Value::Object(found))) if truthy(mode) => {
                    !found.is_empty() && found.iter().all(|(key, it)| key == "address2" || truthy(Some(it)))
                }
                _ => !address.is_empty(),
            },
            Value::Array(list) => rows_have_anything(list),
            other => is_present(other, true),
        },
        Kind::Address if !component.multiple => {
            // A name without a code was typed, where the list did not come.
            let named = |field: &str| {
                let place = value.get(field);
                ["code", "name"]
                    .into_iter()
                    .any(|part| place.and_then(|place| place.get(part)).is_some_and(|part| is_present(part, true)))
            };
            named("province") && named("ward") && value.get("street").is_some_and(|street| is_present(street, true))
        }
        Kind::Day { .. } if value == "00/00/0000" => false,
        Kind::Checkbox | Kind::SelectBoxes { .. } => is_present(value, false),
        Kind::Radio { .. } if component.box_key.is_some() => is_present(value, false),
        kind if component.tree || component.nested_form || kind.is_list() => match value {
            Value::Array(rows) => rows_have_anything(rows),
            Value::Object(row) => !row.is_empty(),
            other => is_present(other, true),
        },
        // The name of a mask alone is no answer.
        _ if !component.rules.masks().is_empty() && value.is_object() => {
            value.get("value").is_some_and(|it| is_present(it, true))
        }
        _ => is_present(value, true),
    }
}

/// `doesArrayDataHaveValue` in `utils/utils.js`.
fn rows_have_anything(rows: &[Value]) -> bool {
    // Rows left out of the submission are null here and holes in JavaScript, which `every` skips.
    if rows.iter().all(|row| row.is_object() || row.is_null()) {
        rows.iter().filter_map(Value::as_object).any(|row| row.values().any(has_anything))
    } else {
        rows.iter().any(has_anything)
    }
}

/// `hasValue` in `utils/utils.js`.
fn has_anything(value: &Value) -> bool {
    match value {
        Value::Object(object) => !object.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Number(it) => !number(it).is_nan(),
        other => truthy(Some(other)),
    }
}

/// `valueIsPresent` in `utils/utils.js`.
fn is_present(value: &Value, false_counts: bool) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(yes) => *yes || false_counts,
        Value::Number(_) => true,
        Value::String(text) => !trim(text).is_empty(),
        Value::Array(list) => list.iter().any(|item| is_present(item, false_counts)),
        Value::Object(object) => object.values().any(|item| is_present(item, false_counts)),
    }
}

/// Source: `validateAvailableItemsSync`. lodash `isEmpty` is true for numbers and true/false: they are never looked up.
fn is_available(component: &Component, value: &Value) -> bool {
    let empty = match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
    };
    if empty {
        return true;
    }
    match component.judged() {
        Kind::Radio { .. } if component.box_key.is_some() => true,
        Kind::Radio { options, .. } => match value {
            Value::Array(_) | Value::Object(_) => false,
            value => options.iter().any(|option| is_equal(&option.value, value)),
        },
        Kind::Select { source: SelectSource::Values(options), .. } => {
            options.iter().any(|option| is_equal(&option.value, value))
        }
        Kind::SelectBoxes { options } => match value {
            Value::Object(boxes) => boxes.keys().all(|key| {
                key.is_empty() && component.rules.available == Available::OptionsAndBlank
                    || options.iter().any(|option| option.value == key.as_str())
            }),
            Value::Array(_) => false,
            _ => true,
        },
        _ => true,
    }
}

/// The e-mail addresses `validateEmail.js` takes.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let quoted = local
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .is_some_and(|inside| !inside.is_empty() && !inside.contains(['\n', '\r', '\u{2028}', '\u{2029}']));
    let atom = |part: &str| {
        !part.is_empty()
            && !part.chars().any(|character| {
                "<>()[]\\.,;:@\"".contains(character)
                    || (character.is_whitespace() && character != '\u{85}')
                    || character == '\u{feff}'
            })
    };
    if !quoted && !local.split('.').all(atom) {
        return false;
    }
    if let Some(numbers) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let mut count = 0;
        let fit = numbers.split('.').all(|part| {
            count += 1;
            (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        });
        return fit && count == 4;
    }
    let Some((names, last)) = domain.rsplit_once('.') else {
        return false;
    };
    last.len() >= 2
        && last.bytes().all(|byte| byte.is_ascii_alphabetic())
        && names
            .split('.')
            .all(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

/// The web addresses `validateUrl.js` takes: with a scheme or without, no blanks, and an end of letters unless there is a scheme.
fn is_url(text: &str) -> bool {
    if is_email(text) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let scheme = ["http://", "https://", "ftp://"].into_iter().find(|scheme| lower.starts_with(scheme));
    let after_scheme = scheme.map_or(if lower.starts_with("//") { 2 } else { 0 }, str::len);
    // The host begins at the start, after the scheme, or after any @ with something and no blank before it.
    let mut starts = vec![(after_scheme, scheme.is_some())];
    if after_scheme > 0 {
        starts.push((0, false));
    }
    for (at, character) in lower.char_indices() {
        if is_blank(character) {
            break;
        }
        if character == '@' && at > 0 {
            starts.push((at + 1, scheme.is_some() && at > after_scheme));
        }
    }
    starts.into_iter().any(|(start, scheme)| is_host_and_rest(&lower[start..], scheme))
}

/// A host, then maybe a port, then maybe a path. Without a scheme the host must end in letters.
fn is_host_and_rest(text: &str, scheme: bool) -> bool {
    let (host, rest) = text.split_at(text.find([':', '/', '?', '#']).unwrap_or(text.len()));
    let rest = match rest.strip_prefix(':') {
        None => rest,
        Some(port) => {
            let digits = port.bytes().take_while(u8::is_ascii_digit).count();
            if !(2..=5).contains(&digits) {
                return false;
            }
            &port[digits..]
        }
    };
    if !(rest.is_empty() || rest.starts_with(['/', '?', '#'])) || rest.contains(is_blank) {
        return false;
    }
    let letter = |it: char| it.is_ascii_lowercase() || it >= '\u{a1}';
    let label = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|it| letter(it) || it.is_ascii_digit() || it == '-')
    };
    let named = host.split('.').all(label);
    let ends_in_letters =
        host.rsplit_once('.').is_some_and(|(_, last)| last.chars().count() >= 2 && last.chars().all(letter));
    named && (ends_in_letters || scheme) || is_public_ip(host)
}

/// An IPv4 address that is not private.
fn is_public_ip(host: &str) -> bool {
    let mut parts = [0_u16; 4];
    let mut count = 0;
    for part in host.split('.') {
        let written = (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        // A zero before only in the middle, and only one.
        let zero = part.starts_with('0') && (count == 0 || count == 3 || part.len() == 3);
        let Some(number) = part.parse().ok().filter(|_| written && !zero) else {
            return false;
        };
        match parts.get_mut(count) {
            Some(place) => *place = number,
            None => return false,
        }
        count += 1;
    }
    let [first, second, third, last] = parts;
    let private = matches!(first, 10 | 127)
        || (first, second) == (169, 254)
        || (first, second) == (192, 168)
        || (first == 172 && (16..=31).contains(&second));
    count == 4 && first <= 223 && second <= 255 && third <= 255 && last <= 254 && !private
}
