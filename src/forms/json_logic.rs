//! `JSONLogic` as json-logic-js 2.0 runs it: rules as data, no code.
//!
//! Written here because the crates bring more than they are needed for: `jsonlogic-rs` 0.5 pulls in a regex engine and clap,
//! `datalogic-rs` dates and an arena; the whole language is these operations over JSON. The official suite runs over it
//! (`tests/json_logic.rs`).

use crate::javascript::{
    number, number_to_text, parse_float, text_not_finite, text_to_number, to_json_number, utf16_length,
    value_parse_float,
};
use crate::script::{self, Answer};
use serde_json::Value;
use std::borrow::Cow;

/// The deepest rule that is run.
const MAX_DEPTH: usize = 64;

/// The most steps one rule may take, so that no definition can hold a phone up.
const MAX_STEPS: usize = 100_000;

/// The operations of the language; `log` is left out, it writes to a console.
const OPERATIONS: &[&str] = &[
    "var",
    "missing",
    "missing_some",
    "if",
    "?:",
    "==",
    "===",
    "!=",
    "!==",
    "!",
    "!!",
    "or",
    "and",
    ">",
    ">=",
    "<",
    "<=",
    "max",
    "min",
    "+",
    "-",
    "*",
    "/",
    "%",
    "map",
    "reduce",
    "filter",
    "all",
    "none",
    "some",
    "merge",
    "in",
    "cat",
    "substr",
];

/// Why a rule cannot be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// An operation that `JSONLogic` does not have.
    #[error("unknown operation")]
    UnknownOperation,
    /// Nested deeper than 64.
    #[error("nested too deep")]
    TooDeep,
    /// A function of lodash, which cannot be told before scripts can be read ([`crate::set_scripts_here`]).
    #[error("not here yet")]
    NotHere,
}

/// A value while a rule runs: JSON, and what JavaScript has beside it.
#[derive(Clone, Debug)]
pub(crate) enum Js<'a> {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    List(Cow<'a, [Value]>),
    /// A list that holds what JSON cannot.
    Items(Vec<Js<'a>>),
    Object(&'a Value),
    /// An object made while running: the data of a condition, or of a `reduce`.
    Fields(Vec<(&'static str, Js<'a>)>),
}

/// Checks a rule without running it: known operations only, not too deep.
pub fn check(rule: &Value) -> Result<(), RuleFault> {
    check_at(rule, 0)
}

fn check_at(rule: &Value, depth: usize) -> Result<(), RuleFault> {
    if depth > MAX_DEPTH {
        return Err(RuleFault::TooDeep);
    }
    match rule {
        Value::Array(list) => list.iter().try_for_each(|item| check_at(item, depth + 1)),
        Value::Object(_) => match operation(rule) {
            None => Ok(()),
            Some((name, values)) => {
                if !OPERATIONS.contains(&name) && !is_lodash(name)? {
                    return Err(RuleFault::UnknownOperation);
                }
                check_at(values, depth + 1)
            }
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

/// Runs a rule over data. Total: an unknown operation gives `null`, so check the rule first.
#[must_use]
pub fn apply(rule: &Value, data: &Value) -> Value {
    Run { steps: 0 }.apply(rule, &Js::from(data), 0).into_json()
}

/// As [`apply`], over data made while running.
pub(crate) fn apply_to<'a>(rule: &'a Value, data: &Js<'a>) -> Js<'a> {
    Run { steps: 0 }.apply(rule, data, 0)
}

/// The paths a rule reads with plain `var` and `missing`, outside `map` and the like; `false` if it also reads others.
pub(crate) fn variables(rule: &Value, found: &mut Vec<String>) -> bool {
    match rule {
        Value::Array(list) => {
            let mut all = true;
            for item in list {
                all &= variables(item, found);
            }
            all
        }
        Value::Object(_) => match operation(rule) {
            None => true,
            Some(("var", values)) => match first(values) {
                Value::String(path) => {
                    found.push(path.clone());
                    // What stands in for it.
                    values.get(1).is_none_or(|values| variables(values, found))
                }
                _ => false,
            },
            Some(("missing", values)) => match values {
                Value::Array(list) if list.iter().all(Value::is_string) => {
                    found.extend(list.iter().filter_map(Value::as_str).map(str::to_owned));
                    true
                }
                Value::String(path) => {
                    found.push(path.clone());
                    true
                }
                _ => false,
            },
            Some(("missing_some", _)) => false,
            // The second operand reads the rows of the first; the third is what `reduce` begins with.
            Some(("map" | "filter" | "all" | "none" | "some" | "reduce", values)) => {
                variables(first(values), found) & values.get(2).is_none_or(|values| variables(values, found))
            }
            Some((_, values)) => variables(values, found),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

fn first(values: &Value) -> &Value {
    match values {
        Value::Array(list) => list.first().unwrap_or(&Value::Null),
        other => other,
    }
}

/// An object with exactly one key is an operation.
fn operation(rule: &Value) -> Option<(&str, &Value)> {
    let object = rule.as_object().filter(|object| object.len() == 1)?;
    object.iter().next().map(|(name, values)| (name.as_str(), values))
}

struct Run {
    steps: usize,
}

impl Run {
    fn apply<'a>(&mut self, rule: &'a Value, data: &Js<'a>, depth: usize) -> Js<'a> {
        self.steps += 1;
        if depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return Js::Null;
        }
        if let Value::Array(list) = rule {
            return Js::Items(list.iter().map(|item| self.apply(item, data, depth + 1)).collect());
        }
        let Some((name, values)) = operation(rule) else {
            return Js::from(rule);
        };
        let values: &'a [Value] = match values {
            Value::Array(list) => list,
            one => std::slice::from_ref(one),
        };
        match name {
            "if" | "?:" => return self.choose(values, data, depth),
            "and" | "or" => {
                let mut current = Js::Undefined;
                for value in values {
                    current = self.apply(value, data, depth + 1);
                    if current.is_true() == (name == "or") {
                        break;
                    }
                }
                return current;
            }
            "map" | "filter" | "all" | "none" | "some" | "reduce" => return self.over_list(name, values, data, depth),
            _ => {}
        }
        let arguments: Vec<Js<'a>> = values.iter().map(|value| self.apply(value, data, depth + 1)).collect();
        if let Some(function) = name.strip_prefix('_') {
            // Each may take as many steps as a script.
            self.steps = self.steps.saturating_add(200 + arguments.iter().map(Js::length).sum::<usize>());
            return if self.steps > MAX_STEPS { Js::Null } else { lodash(function, arguments) };
        }
        operate(name, arguments, data)
    }

    fn choose<'a>(&mut self, values: &'a [Value], data: &Js<'a>, depth: usize) -> Js<'a> {
        let mut pairs = values.chunks_exact(2);
        for pair in pairs.by_ref() {
            if self.apply(&pair[0], data, depth + 1).is_true() {
                return self.apply(&pair[1], data, depth + 1);
            }
        }
        pairs.remainder().first().map_or(Js::Null, |otherwise| self.apply(otherwise, data, depth + 1))
    }

    fn over_list<'a>(&mut self, name: &str, values: &'a [Value], data: &Js<'a>, depth: usize) -> Js<'a> {
        let list = values.first().map_or(Js::Undefined, |list| self.apply(list, data, depth + 1)).into_items();
        let logic = values.get(1).unwrap_or(&Value::Null);
        if name == "reduce" {
            let initial = values.get(2).map_or(Js::Null, |initial| self.apply(initial, data, depth + 1));
            return list.unwrap_or_default().into_iter().fold(initial, |accumulator, current| {
                let scope = Js::Fields(vec![("current", current), ("accumulator", accumulator)]);
                self.apply(logic, &scope, depth + 1)
            });
        }
        let list = list.unwrap_or_default();
        match name {
            "map" => Js::Items(list.iter().map(|item| self.apply(logic, item, depth + 1)).collect()),
            "filter" => {
                Js::Items(list.into_iter().filter(|item| self.apply(logic, item, depth + 1).is_true()).collect())
            }
            "all" => Js::Bool(!list.is_empty() && list.iter().all(|item| self.apply(logic, item, depth + 1).is_true())),
            "some" => Js::Bool(list.iter().any(|item| self.apply(logic, item, depth + 1).is_true())),
            _ => Js::Bool(!list.iter().any(|item| self.apply(logic, item, depth + 1).is_true())),
        }
    }
}

/// Is it one of the functions of lodash that Form.io adds (`_sum`)? Source: `utils/jsonlogic/operators.js`.
fn is_lodash(name: &str) -> Result<bool, RuleFault> {
    name.strip_prefix('_').map_or(Ok(false), |it| script::knows_lodash(it).ok_or(RuleFault::NotHere))
}

/// A function of lodash over what JSON can say of its arguments; what throws there gives `null`.
fn lodash<'a>(name: &str, arguments: Vec<Js<'a>>) -> Js<'a> {
    fn own<'a>(value: Value) -> Js<'a> {
        match value {
            Value::Null => Js::Null,
            Value::Bool(yes) => Js::Bool(yes),
            Value::Number(it) => Js::Number(number(&it)),
            Value::String(text) => Js::Text(text.into()),
            Value::Array(list) => Js::Items(list.into_iter().map(own).collect()),
            // Rules work with what is in objects, not with those they make.
            Value::Object(_) => Js::Undefined,
        }
    }
    match script::lodash(name, &arguments.into_iter().map(Js::into_json).collect()) {
        Ok(Answer::Value(value)) => own(value),
        Ok(Answer::NotFinite(number)) => Js::Number(number),
        Ok(Answer::NoDate) => Js::Number(f64::NAN),
        Ok(Answer::Undefined) => Js::Undefined,
        Err(_) => Js::Null,
    }
}

fn operate<'a>(name: &str, arguments: Vec<Js<'a>>, data: &Js<'a>) -> Js<'a> {
    const NONE: Js<'static> = Js::Undefined;
    let one = arguments.first().unwrap_or(&NONE);
    let two = arguments.get(1).unwrap_or(&NONE);
    match name {
        "var" => data.variable(one, two),
        "missing" => {
            let keys = match one.clone().into_items() {
                Some(list) => list,
                None => arguments,
            };
            Js::Items(missing(keys, data))
        }
        "missing_some" => {
            let options = two.clone().into_items().unwrap_or_default();
            let wanted = options.len();
            let missing = missing(options, data);
            // Lists are short: the count is exact as a float.
            #[allow(clippy::cast_precision_loss)]
            let present = (wanted - missing.len()) as f64;
            if present >= one.to_number() { Js::Items(Vec::new()) } else { Js::Items(missing) }
        }
        "==" => Js::Bool(loosely_equal(one, two)),
        "!=" => Js::Bool(!loosely_equal(one, two)),
        "===" => Js::Bool(strictly_equal(one, two)),
        "!==" => Js::Bool(!strictly_equal(one, two)),
        ">" => Js::Bool(less(two, one) == Some(true)),
        ">=" => Js::Bool(less(one, two) == Some(false)),
        "<" | "<=" => {
            let holds = |one: &Js<'a>, two: &Js<'a>| {
                if name == "<" { less(one, two) == Some(true) } else { less(two, one) == Some(false) }
            };
            let third = arguments.get(2).is_none_or(|three| matches!(three, Js::Undefined) || holds(two, three));
            Js::Bool(holds(one, two) && third)
        }
        "!!" => Js::Bool(one.is_true()),
        "!" => Js::Bool(!one.is_true()),
        "%" => Js::Number(one.to_number() % two.to_number()),
        "/" => Js::Number(one.to_number() / two.to_number()),
        "-" if matches!(two, Js::Undefined) => Js::Number(-one.to_number()),
        "-" => Js::Number(one.to_number() - two.to_number()),
        "+" => Js::Number(arguments.iter().map(Js::parse_float).fold(0.0, |sum, it| sum + it)),
        // `reduce` without a start gives a single factor back as it is.
        "*" => match arguments.as_slice() {
            [] => Js::Undefined,
            [only] => only.clone(),
            many => Js::Number(many.iter().map(Js::parse_float).product()),
        },
        "min" | "max" => extreme(name == "min", &arguments),
        "merge" => {
            let mut all = Vec::new();
            for argument in arguments {
                match argument.clone().into_items() {
                    Some(list) => all.extend(list),
                    None => all.push(argument),
                }
            }
            Js::Items(all)
        }
        "in" => Js::Bool(is_in(one, two)),
        "cat" => {
            let mut text = String::new();
            for argument in &arguments {
                if !matches!(argument, Js::Null | Js::Undefined) {
                    text.push_str(&argument.to_text());
                }
            }
            Js::Text(text.into())
        }
        "substr" => Js::Text(part_of(&one.to_text(), two, arguments.get(2)).into()),
        _ => Js::Null,
    }
}

fn extreme<'a>(smallest: bool, arguments: &[Js<'a>]) -> Js<'a> {
    let mut best = if smallest { f64::INFINITY } else { f64::NEG_INFINITY };
    for argument in arguments {
        let number = argument.to_number();
        if number.is_nan() {
            return Js::Number(f64::NAN);
        }
        best = if smallest { best.min(number) } else { best.max(number) };
    }
    Js::Number(best)
}

/// `indexOf` of a text or a list.
fn is_in(needle: &Js<'_>, haystack: &Js<'_>) -> bool {
    match haystack {
        Js::Text(text) => !text.is_empty() && text.contains(&*needle.to_text()),
        Js::List(list) => list.iter().any(|item| strictly_equal(&Js::from(item), needle)),
        Js::Items(list) => list.iter().any(|item| strictly_equal(item, needle)),
        _ => false,
    }
}

/// `substr` with a negative length counted from the end, as PHP has it.
fn part_of(text: &str, start: &Js<'_>, length: Option<&Js<'_>>) -> String {
    // Positions count UTF-16 units; what cannot be told apart from a whole number of units is dropped.
    #[allow(clippy::cast_possible_truncation)]
    let whole = |value: &Js<'_>| {
        let number = value.to_number();
        if number.is_nan() { 0 } else { number.clamp(-1e9, 1e9) as i64 }
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    let total = i64::try_from(units.len()).unwrap_or(i64::MAX);
    let start = whole(start);
    let from = if start < 0 { (total + start).max(0) } else { start.min(total) };
    let to = match length {
        None | Some(Js::Undefined) => total,
        Some(length) => match whole(length) {
            negative if negative < 0 => total + negative,
            positive => from + positive,
        },
    };
    let to = to.clamp(from, total);
    match (usize::try_from(from), usize::try_from(to)) {
        (Ok(from), Ok(to)) => String::from_utf16_lossy(units.get(from..to).unwrap_or_default()),
        _ => String::new(),
    }
}

fn missing<'a>(keys: Vec<Js<'a>>, data: &Js<'a>) -> Vec<Js<'a>> {
    keys.into_iter()
        .filter(|key| match data.variable(key, &Js::Undefined) {
            Js::Null | Js::Undefined => true,
            Js::Text(text) => text.is_empty(),
            _ => false,
        })
        .collect()
}

impl<'a> From<&'a Value> for Js<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(yes) => Self::Bool(*yes),
            Value::Number(it) => Self::Number(number(it)),
            Value::String(text) => match text_not_finite(text) {
                Some(number) => Self::Number(number),
                None => Self::Text(text.as_str().into()),
            },
            Value::Array(list) => Self::List(list.as_slice().into()),
            Value::Object(_) => Self::Object(value),
        }
    }
}

impl<'a> Js<'a> {
    /// A value that may be missing.
    pub(crate) fn maybe(value: Option<&'a Value>) -> Self {
        value.map_or(Self::Undefined, Self::from)
    }

    /// `jsonLogic.truthy`: as JavaScript, but an empty list is false.
    fn is_true(&self) -> bool {
        match self {
            Self::List(list) => !list.is_empty(),
            Self::Items(list) => !list.is_empty(),
            other => other.is_truthy(),
        }
    }

    /// `!!value`.
    pub(crate) fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(yes) => *yes,
            Self::Number(it) => *it != 0.0 && !it.is_nan(),
            Self::Text(text) => !text.is_empty(),
            Self::List(_) | Self::Items(_) | Self::Object(_) | Self::Fields(_) => true,
        }
    }

    /// Null or undefined?
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// How many items it has.
    fn length(&self) -> usize {
        match self {
            Self::List(list) => list.len(),
            Self::Items(list) => list.len(),
            _ => 1,
        }
    }

    fn into_items(self) -> Option<Vec<Self>> {
        match self {
            Self::Items(list) => Some(list),
            Self::List(Cow::Borrowed(list)) => Some(list.iter().map(Self::from).collect()),
            _ => None,
        }
    }

    fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::Undefined => "undefined".into(),
            Self::Null => "null".into(),
            Self::Bool(yes) => (if *yes { "true" } else { "false" }).into(),
            Self::Number(it) => number_to_text(*it).into(),
            Self::Text(text) => Cow::Borrowed(text),
            Self::List(list) => crate::javascript::join(list).into(),
            Self::Items(list) => {
                let mut text = String::new();
                for (at, item) in list.iter().enumerate() {
                    if at > 0 {
                        text.push(',');
                    }
                    if !item.is_nothing() {
                        text.push_str(&item.to_text());
                    }
                }
                text.into()
            }
            Self::Object(_) | Self::Fields(_) => "[object Object]".into(),
        }
    }

    fn to_number(&self) -> f64 {
        match self {
            Self::Undefined | Self::Object(_) | Self::Fields(_) => f64::NAN,
            Self::Null => 0.0,
            Self::Bool(yes) => f64::from(u8::from(*yes)),
            Self::Number(it) => *it,
            Self::Text(text) => text_to_number(text),
            Self::List(_) | Self::Items(_) => text_to_number(&self.to_text()),
        }
    }

    fn parse_float(&self) -> f64 {
        match self {
            Self::Number(it) => *it,
            Self::Object(value) => value_parse_float(value),
            other => parse_float(&other.to_text()),
        }
    }

    fn variable(&self, path: &Js<'a>, default: &Js<'a>) -> Js<'a> {
        let not_found = || if matches!(default, Js::Undefined) { Js::Null } else { default.clone() };
        if path.is_nothing() || matches!(path, Js::Text(text) if text.is_empty()) {
            return self.clone();
        }
        let path = path.to_text();
        let mut place = self.clone();
        for key in path.split('.') {
            if place.is_nothing() {
                return not_found();
            }
            place = place.field(key);
            if matches!(place, Js::Undefined) {
                return not_found();
            }
        }
        place
    }

    fn field(&self, key: &str) -> Self {
        // Lengths of real lists and texts are exact as floats.
        #[allow(clippy::cast_precision_loss)]
        match self {
            Self::Object(value) => Self::maybe(value.get(key)),
            Self::Fields(fields) => {
                fields.iter().find(|(name, _)| *name == key).map_or(Self::Undefined, |(_, value)| value.clone())
            }
            Self::List(list) if key == "length" => Self::Number(list.len() as f64),
            Self::List(Cow::Borrowed(list)) => Self::maybe(key.parse::<usize>().ok().and_then(|at| list.get(at))),
            Self::Items(list) if key == "length" => Self::Number(list.len() as f64),
            Self::Items(list) => {
                key.parse::<usize>().ok().and_then(|at| list.get(at)).cloned().unwrap_or(Self::Undefined)
            }
            Self::Text(text) if key == "length" => Self::Number(utf16_length(text) as f64),
            _ => Self::Undefined,
        }
    }

    pub(crate) fn into_json(self) -> Value {
        match self {
            Self::Undefined | Self::Null => Value::Null,
            Self::Bool(yes) => Value::Bool(yes),
            Self::Number(it) => to_json_number(it),
            Self::Text(text) => Value::String(text.into_owned()),
            Self::List(list) => Value::Array(list.into_owned()),
            Self::Items(list) => Value::Array(list.into_iter().map(Self::into_json).collect()),
            Self::Object(value) => value.clone(),
            Self::Fields(fields) => {
                // One by one: collecting a map would bring a sort of its own to the page.
                let mut object = serde_json::Map::new();
                for (name, value) in fields {
                    object.insert(name.to_owned(), value.into_json());
                }
                Value::Object(object)
            }
        }
    }
}

/// `a === b`; lists and objects are never the same one.
fn strictly_equal(one: &Js<'_>, two: &Js<'_>) -> bool {
    match (one, two) {
        (Js::Undefined, Js::Undefined) | (Js::Null, Js::Null) => true,
        (Js::Bool(one), Js::Bool(two)) => one == two,
        (Js::Number(one), Js::Number(two)) => crate::javascript::same_number(*one, *two),
        (Js::Text(one), Js::Text(two)) => one == two,
        (Js::Object(one), Js::Object(two)) => std::ptr::eq(*one, *two),
        _ => false,
    }
}

/// `a == b`.
fn loosely_equal(one: &Js<'_>, two: &Js<'_>) -> bool {
    let is_list_or_object =
        |value: &Js<'_>| matches!(value, Js::List(_) | Js::Items(_) | Js::Object(_) | Js::Fields(_));
    if one.is_nothing() || two.is_nothing() {
        return one.is_nothing() && two.is_nothing();
    }
    match (one, two) {
        (Js::Bool(_), Js::Bool(_)) | (Js::Number(_), Js::Number(_)) | (Js::Text(_), Js::Text(_)) => {
            strictly_equal(one, two)
        }
        _ if is_list_or_object(one) && is_list_or_object(two) => strictly_equal(one, two),
        (Js::Text(text), other) | (other, Js::Text(text)) if is_list_or_object(other) => *text == other.to_text(),
        _ => crate::javascript::same_number(one.to_number(), two.to_number()),
    }
}

/// `a < b`; `None` where a side is not a number.
fn less(one: &Js<'_>, two: &Js<'_>) -> Option<bool> {
    let as_text =
        |value: &Js<'_>| matches!(value, Js::Text(_) | Js::List(_) | Js::Items(_) | Js::Object(_) | Js::Fields(_));
    if as_text(one) && as_text(two) {
        return Some(one.to_text().encode_utf16().lt(two.to_text().encode_utf16()));
    }
    one.to_number().partial_cmp(&two.to_number()).map(|order| order == std::cmp::Ordering::Less)
}

/// `a < b` for plain JSON values.
pub(crate) fn json_less(one: &Value, two: &Value) -> Option<bool> {
    less(&Js::from(one), &Js::from(two))
}
