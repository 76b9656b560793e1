//! Conditions: when a component is shown.

use crate::answers::get;
use crate::dates::{parse_strict, whole_day};
use crate::javascript::{is_equal, join, number, text_not_finite, to_text, trim, truthy};
use crate::json_logic::{Js, apply_to, json_less};
use crate::script::{Answer, Scope, Script, Writings, Written};
use serde_json::Value;
use std::sync::Arc;
use vietnam::date::Date;

/// When a component is shown: a script, and beside it `JSONLogic` or one of the two simple forms of Form.io. Each may hide it.
///
/// Source: `utils/conditions.js` of `@formio/core` 2.8.3.
#[derive(Clone, Debug)]
pub struct Condition {
    pub(crate) tests: Vec<Test>,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// `customConditional`, or the trigger of a logic.
    Script(Arc<Script>),
    /// `conditional.json`: shown when the rule gives something true, or nothing at all.
    Json(Value),
    /// `conditional.conditions`: some or all of them.
    Clauses { clauses: Vec<Clause>, any: bool, show: bool },
    /// `conditional.when` and `eq`.
    When { reference: Reference, eq: String, show: String },
}

#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) reference: Reference,
    pub(crate) operator: Operator,
    pub(crate) compared: Option<Value>,
}

/// A component named in a condition, and how to find its answer.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) text: String,
    pub(crate) target: Option<Target>,
}

#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// Number of the component in document order.
    pub(crate) number: usize,
    /// The lists around it, outermost first: number of the list, and its path from the list before.
    pub(crate) lists: Vec<(usize, String)>,
    /// Its path within the innermost list.
    pub(crate) path: String,
    /// The option of a `selectboxes` that is meant.
    pub(crate) option: Option<String>,
    /// Found by its bare key: Form.io then takes the first row, whoever asks.
    pub(crate) by_key: bool,
    /// The next component with that key, which is meant where the list around this one has no row.
    pub(crate) otherwise: Option<Box<Target>>,
    /// It holds no data.
    pub(crate) layout: bool,
    pub(crate) select_boxes: bool,
    /// For a day: is the day before the month?
    pub(crate) day_first: Option<bool>,
    pub(crate) emptiness: Emptiness,
}

/// What counts as empty for a kind (`isComponentDataEmpty`).
#[derive(Clone, Debug)]
pub(crate) enum Emptiness {
    Plain,
    Checkbox,
    Address,
    /// Kinds whose empty value is a blank text: textfield and phone are trimmed, and a list of them as text.
    Trimmed,
    /// As [`Emptiness::Trimmed`], but a list is not made text.
    TrimmedArea,
    Blank,
    SelectBoxes,
    /// A list of one number that is none is not empty: normalising made it `undefined`, which is not null.
    Number,
    Object(Vec<(String, Emptiness)>),
    List(Vec<(String, Emptiness)>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    IsEqual,
    IsNotEqual,
    IsEmpty,
    IsNotEmpty,
    Includes,
    NotIncludes,
    StartsWith,
    EndsWith,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
    DateGreaterThan,
    DateGreaterThanOrEqual,
    DateLessThan,
    DateLessThanOrEqual,
    IsDateEqual,
    IsNotDateEqual,
    /// None was chosen: Form.io takes the condition for true (`checkSimpleConditional`).
    Nothing,
}

impl Operator {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "isEqual" => Self::IsEqual,
            "isNotEqual" => Self::IsNotEqual,
            "isEmpty" => Self::IsEmpty,
            "isNotEmpty" => Self::IsNotEmpty,
            "includes" => Self::Includes,
            "notIncludes" => Self::NotIncludes,
            "startsWith" => Self::StartsWith,
            "endsWith" => Self::EndsWith,
            "greaterThan" => Self::GreaterThan,
            "greaterThanOrEqual" => Self::GreaterThanOrEqual,
            "lessThan" => Self::LessThan,
            "lessThanOrEqual" => Self::LessThanOrEqual,
            "dateGreaterThan" => Self::DateGreaterThan,
            "dateGreaterThanOrEqual" => Self::DateGreaterThanOrEqual,
            "dateLessThan" => Self::DateLessThan,
            "dateLessThanOrEqual" => Self::DateLessThanOrEqual,
            "isDateEqual" => Self::IsDateEqual,
            "isNotDateEqual" => Self::IsNotDateEqual,
            "" => Self::Nothing,
            _ => return None,
        })
    }
}

/// What stands for the answer of a component.
#[derive(Clone, Copy)]
pub(crate) enum Item<'a> {
    /// Nothing: the answer itself.
    Own,
    /// One item of a list of answers, which may be `undefined`.
    Is(Option<&'a Value>),
}

/// Where a condition is asked from.
pub(crate) struct Asker<'a> {
    /// The data so far, as the walk has it.
    pub(crate) data: &'a Value,
    /// The path of the row or container around, blank at the top.
    pub(crate) around: &'a str,
    /// The path of the component's own answer; blank if it has none.
    pub(crate) own: &'a str,
    /// The rows around, outermost first: number of the list, row.
    pub(crate) rows: &'a [(usize, usize)],
    /// As a screen wants it, rather than as `@formio/core` does?
    pub(crate) on_screen: bool,
    pub(crate) today: Date,
    /// The path of the data of the form around, for a form in a form; blank for the whole.
    pub(crate) local: &'a str,
    /// What lists of conditions ask in a form in a form: the answers that were there when the walk came to it.
    pub(crate) local_root: &'a str,
    /// Where answers are put that a script writes to, where it may.
    pub(crate) written: Option<&'a Writings>,
    /// Stands for the answer of the component, for one item of a list of answers.
    pub(crate) item: Item<'a>,
}

impl<'a> Asker<'a> {
    /// The same with another answer of the component.
    pub(crate) fn with_input(&self, input: Option<&'a Value>) -> Self {
        Self { item: Item::Is(input), ..*self }
    }

    /// The answer of the component as it stands.
    pub(crate) fn own(&self) -> Option<&'a Value> {
        if let Item::Is(item) = self.item {
            return item;
        }
        if self.own.is_empty() { None } else { get(self.data, self.own) }
    }

    /// The row or container around.
    pub(crate) fn row(&self) -> &'a Value {
        if self.around.is_empty() { self.data } else { get(self.data, self.around).unwrap_or(&NULL) }
    }

    /// What is called `data`: the answers of the form, or of the form in a form.
    fn local_data(&self) -> &'a Value {
        if self.local.is_empty() { self.data } else { get(self.data, self.local).unwrap_or(&NULL) }
    }

    /// The same, where a list of conditions asks.
    fn for_clauses(&self) -> Self {
        let data =
            if self.local_root.is_empty() { self.data } else { get(self.data, self.local_root).unwrap_or(&NULL) };
        Self { data, ..*self }
    }

    /// What a script sees; `value` as given.
    pub(crate) fn scope(&self, value: Option<&'a Value>) -> Scope<'a> {
        // A check knows its row everywhere.
        let knows_row = self.on_screen || matches!(self.item, Item::Is(_));
        Scope {
            data: self.local_data(),
            row: self.row(),
            value,
            input: self.own(),
            row_index: self.rows.last().filter(|_| knows_row).map(|(_, row)| *row),
            today: self.today,
            written: self.written.filter(|_| self.local.is_empty()).map(|into| Written { row: self.around, into }),
        }
    }

    /// What `JSONLogic` sees; `value` as given.
    pub(crate) fn fields(&self, value: Option<&'a Value>) -> Js<'a> {
        Js::Fields(vec![
            ("data", Js::from(self.local_data())),
            ("row", Js::from(self.row())),
            ("value", Js::maybe(value)),
            ("input", Js::maybe(self.own())),
        ])
    }
}

static NULL: Value = Value::Null;

impl Condition {
    /// Is the component hidden, as far as this condition goes?
    pub(crate) fn hides(&self, asker: &Asker<'_>) -> bool {
        self.tests.iter().any(|test| test.holds(asker) == Some(false))
    }

    /// The components this condition names.
    pub(crate) fn references(&self) -> impl Iterator<Item = &Reference> {
        self.tests.iter().flat_map(Test::references)
    }
}

impl Test {
    /// Does it hold? `None` where it says nothing, as `null` does in Form.io.
    pub(crate) fn holds(&self, asker: &Asker<'_>) -> Option<bool> {
        match self {
            Self::Script(script) => match script.run(&asker.scope(asker.own())) {
                Err(_) | Ok(Answer::Value(Value::Null)) => None,
                Ok(Answer::Undefined) => Some(false),
                Ok(Answer::NotFinite(number)) => Some(!number.is_nan()),
                Ok(Answer::NoDate) => Some(true),
                Ok(Answer::Value(value)) => Some(truthy(Some(&value))),
            },
            Self::Json(rule) => {
                let shown = apply_to(rule, &asker.fields(asker.own()));
                if shown.is_nothing() { None } else { Some(shown.is_truthy()) }
            }
            Self::Clauses { clauses, any, show } => {
                let mut holds = clauses.iter().map(|clause| clause.holds(asker));
                let result = if *any { holds.any(|it| it) } else { holds.all(|it| it) };
                Some(result == *show)
            }
            Self::When { reference, eq, show } => {
                let value = reference.find(asker, false);
                if let Some(inner) = value.and_then(|value| own_field(value, eq)) {
                    return Some(to_text(Some(inner)) == *show);
                }
                if let Some(Value::Array(list)) = value
                    && list.iter().any(|item| to_text(Some(item)) == *eq)
                {
                    return Some(show == "true");
                }
                Some((to_text(value) == *eq) == (show == "true"))
            }
        }
    }

    /// The components it names.
    pub(crate) fn references_mut(&mut self) -> Vec<&mut Reference> {
        match self {
            Self::Script(_) | Self::Json(_) => Vec::new(),
            Self::Clauses { clauses, .. } => clauses.iter_mut().map(|clause| &mut clause.reference).collect(),
            Self::When { reference, .. } => vec![reference],
        }
    }

    /// As [`Test::references_mut`], to read.
    fn references(&self) -> Vec<&Reference> {
        match self {
            Self::Script(_) | Self::Json(_) => Vec::new(),
            Self::Clauses { clauses, .. } => clauses.iter().map(|clause| &clause.reference).collect(),
            Self::When { reference, .. } => vec![reference],
        }
    }
}

/// lodash `has` for an object or list.
fn own_field<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    match value {
        Value::Object(object) => object.get(path).or_else(|| if path.is_empty() { None } else { get(value, path) }),
        Value::Array(_) if !path.is_empty() => get(value, path),
        _ => None,
    }
}

/// An answer that was come to, which may be `undefined`.
struct Found<'a>(Option<&'a Value>);

impl Target {
    /// This one, and those that may be meant in its place.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |it| it.otherwise.as_deref())
    }

    /// Goes through the rows of lists in lists: the first row, or the last one with the number that is wanted, whatever the rows around.
    ///
    /// Source: `componentMatches` in `utils/formUtil/index.js`, which compares the number of the innermost row alone.
    fn search<'a>(
        &self,
        place: &'a Value,
        lists: &[(usize, String)],
        row: Option<usize>,
        wanted: Option<usize>,
        found: &mut Option<Found<'a>>,
    ) {
        let Some(((_, path), inner)) = lists.split_first() else {
            if found.is_none() || row.is_some() && row == wanted {
                let value = get(place, &self.path);
                *found = Some(Found(match &self.option {
                    Some(option) => value.and_then(|value| value.get(option)),
                    None => value,
                }));
            }
            return;
        };
        match get(place, path) {
            Some(Value::Array(rows)) => {
                for (at, inside) in rows.iter().enumerate().filter(|(_, row)| truthy(Some(row))) {
                    self.search(inside, inner, Some(at), wanted, found);
                }
            }
            // A list that is not there has one row, of the number around, and nothing in it.
            None if found.is_none() || row.is_some() && row == wanted => *found = Some(Found(None)),
            _ => {}
        }
    }
}

impl Reference {
    /// The answer it names; `None` is JavaScript's `undefined`.
    fn find<'a>(&self, asker: &Asker<'a>, must_exist: bool) -> Option<&'a Value> {
        let Some(target) = &self.target else {
            return if must_exist { Some(&NULL) } else { get(asker.data, &self.text) };
        };
        if target.by_key {
            for target in target.all() {
                if target.layout {
                    return Some(&NULL);
                }
                let mut found = None;
                target.search(asker.data, &target.lists, None, None, &mut found);
                if let Some(found) = found {
                    return found.0;
                }
            }
            return get(asker.data, &self.text);
        }
        if target.layout {
            return Some(&NULL);
        }
        if self.text.contains('[') {
            return get(asker.data, &self.text);
        }
        if !asker.on_screen && target.lists.len() > 1 {
            let wanted = asker.rows.last().map(|(_, row)| *row);
            let mut found = None;
            target.search(asker.data, &target.lists, None, wanted, &mut found);
            return found.and_then(|found| found.0);
        }
        let mut place = asker.data;
        let innermost = target.lists.len();
        for (level, (number, path)) in target.lists.iter().enumerate() {
            let Value::Array(list) = get(place, path)? else {
                return get(asker.data, &self.text);
            };
            let own = if asker.on_screen {
                asker.rows.iter().find(|(list, _)| list == number).map(|(_, row)| *row).or_else(|| {
                    // Form.io goes by the number of the row alone, even from the row of another list.
                    if level + 1 == innermost { asker.rows.last().map(|(_, row)| *row) } else { None }
                })
            } else {
                asker.rows.last().map(|(_, row)| *row)
            };
            let counts = |row: &usize| list.get(*row).is_some_and(|row| truthy(Some(row)));
            let Some(row) = own.filter(counts).or_else(|| (0..list.len()).find(counts)) else {
                return get(asker.data, &self.text);
            };
            place = &list[row];
        }
        let value = get(place, &target.path);
        match &target.option {
            Some(option) => value.and_then(|value| value.get(option)),
            None => value,
        }
    }
}

impl Clause {
    fn holds(&self, asker: &Asker<'_>) -> bool {
        if self.operator == Operator::Nothing {
            return true;
        }
        let value = if cfg!(target_arch = "wasm32") {
            self.reference.find(asker, true)
        } else {
            self.reference.find(&asker.for_clauses(), true)
        };
        if matches!(self.operator, Operator::IsEmpty | Operator::IsNotEmpty) {
            let value = value.filter(|value| !value.is_null()).or_else(|| get(asker.data, &self.reference.text));
            let empty =
                self.reference.target.as_ref().map_or(&Emptiness::Plain, |target| &target.emptiness).holds(value);
            return empty == (self.operator == Operator::IsEmpty);
        }
        match value {
            Some(Value::Array(list)) => list.iter().any(|item| self.holds_for(Some(item), asker.on_screen)),
            value => self.holds_for(value, asker.on_screen),
        }
    }

    fn holds_for(&self, value: Option<&Value>, on_screen: bool) -> bool {
        let compared = self.compared.as_ref();
        let day_first = self.reference.target.as_ref().and_then(|target| target.day_first).filter(|_| on_screen);
        match self.operator {
            Operator::IsEqual => self.equals(value),
            Operator::IsNotEqual => !self.equals(value),
            Operator::Includes => includes(value, compared),
            Operator::NotIncludes => !includes(value, compared),
            Operator::StartsWith => lodash_text(value).starts_with(&to_text(compared)),
            Operator::EndsWith => lodash_text(value).ends_with(&to_text(compared)),
            Operator::GreaterThan => number_less(compared, value, true),
            Operator::GreaterThanOrEqual => number_less(compared, value, true) || same_numbers(value, compared),
            Operator::LessThan => number_less(compared, value, false),
            Operator::LessThanOrEqual => number_less(compared, value, false) || same_numbers(value, compared),
            Operator::DateGreaterThan => dates(day_first, value, compared).is_some_and(|(date, limit)| date > limit),
            Operator::DateGreaterThanOrEqual => {
                dates(day_first, value, compared).is_some_and(|(date, limit)| date >= limit)
            }
            Operator::DateLessThan => dates(day_first, value, compared).is_some_and(|(date, limit)| date < limit),
            Operator::DateLessThanOrEqual => {
                dates(day_first, value, compared).is_some_and(|(date, limit)| date <= limit)
            }
            Operator::IsDateEqual => dates(day_first, value, compared).is_some_and(|(date, limit)| date == limit),
            Operator::IsNotDateEqual => dates(day_first, value, compared).is_none_or(|(date, limit)| date != limit),
            // Answered before the rows of a list are looked at.
            Operator::IsEmpty | Operator::IsNotEmpty | Operator::Nothing => false,
        }
    }

    /// Source: `utils/operators/IsEqualTo.js`.
    fn equals(&self, value: Option<&Value>) -> bool {
        let compared = self.compared.as_ref();
        if let Some(value) = value
            && self.reference.target.as_ref().is_some_and(|target| target.select_boxes)
            && (value.is_object() || value.is_array())
        {
            return truthy(get(value, &to_text(compared)));
        }
        let answered = truthy(value) || value == Some(&Value::Bool(false));
        if let (true, Some(value), Some(Value::String(text))) = (answered, value, compared)
            && !text.is_empty()
            && !value.is_string()
            && let Ok(parsed) = serde_json::from_str::<Value>(text)
        {
            return is_equal(value, &parsed);
        }
        match (value, compared) {
            (None, None) => true,
            (Some(value), Some(compared)) => is_equal(value, compared),
            _ => false,
        }
    }
}

/// lodash `toString`: blank for nothing.
fn lodash_text(value: Option<&Value>) -> String {
    if value.is_none_or(Value::is_null) { String::new() } else { to_text(value) }
}

/// lodash `includes`.
fn includes(value: Option<&Value>, compared: Option<&Value>) -> bool {
    let same = |item: &Value| {
        compared.is_some_and(|compared| !compared.is_object() && !compared.is_array() && is_equal(item, compared))
    };
    match value {
        Some(Value::String(text)) => text_not_finite(text).is_none() && text.contains(&to_text(compared)),
        Some(Value::Array(list)) => list.iter().any(same),
        Some(Value::Object(object)) => object.values().any(same),
        _ => false,
    }
}

/// `isNumber(value) && value > limit`, or `<` if not `greater`.
fn number_less(limit: Option<&Value>, value: Option<&Value>, greater: bool) -> bool {
    match (value, limit) {
        (Some(value @ Value::Number(_)), Some(limit)) => {
            (if greater { json_less(limit, value) } else { json_less(value, limit) }) == Some(true)
        }
        _ => false,
    }
}

fn same_numbers(value: Option<&Value>, limit: Option<&Value>) -> bool {
    match (value, limit) {
        (Some(Value::Number(value)), Some(Value::Number(limit))) => {
            crate::javascript::same_number(number(value), number(limit))
        }
        _ => false,
    }
}

/// Source: `utils/operators/DateGreaterThan.js`, which reads a day answer in the order of its component only where there is a renderer.
fn dates(day_first: Option<bool>, value: Option<&Value>, limit: Option<&Value>) -> Option<(i64, i64)> {
    let date = |value: Option<&Value>| match value? {
        Value::String(text) => match day_first {
            Some(day_first) if text.contains('/') => whole_day(text, day_first),
            _ => parse_strict(text),
        },
        // Milliseconds since 1970; their fraction does not count.
        #[allow(clippy::cast_possible_truncation)]
        Value::Number(it) if truthy(value) => Some(number(it) as i64),
        _ => None,
    };
    Some((date(value)?, date(limit)?))
}

impl Emptiness {
    /// Source: `isComponentDataEmpty` in `utils/formUtil/index.js`.
    fn holds(&self, value: Option<&Value>) -> bool {
        let nothing = match value {
            None | Some(Value::Null) => true,
            Some(Value::String(text)) => text.is_empty(),
            Some(Value::Array(list)) => match list.as_slice() {
                [] => true,
                [only] => match self {
                    Self::Trimmed | Self::TrimmedArea | Self::Blank => only.as_str() == Some(""),
                    Self::List(_) => only.as_array().is_some_and(Vec::is_empty),
                    Self::Number => false,
                    _ => only.is_null(),
                },
                _ => false,
            },
            Some(_) => false,
        };
        if nothing {
            return true;
        }
        match (self, value) {
            // A box by its own path has no boxes inside.
            (Self::Checkbox, Some(Value::Bool(false)))
            | (Self::SelectBoxes, Some(Value::Bool(_) | Value::Number(_)))
            // What is no list has no rows.
            | (Self::List(_), Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_))) => true,
            (Self::Trimmed | Self::TrimmedArea, Some(Value::String(text))) => trim(text).is_empty(),
            (Self::Trimmed, Some(Value::Array(list))) => trim(&join(list)).is_empty(),
            (Self::SelectBoxes | Self::Address, Some(Value::Object(object))) => {
                // What a search in a map service found stands under these two, and is not asked for.
                let asked = |key: &str| matches!(self, Self::SelectBoxes) || !matches!(key, "mode" | "address");
                !object.iter().any(|(key, it)| asked(key) && truthy(Some(it)))
            }
            (Self::Object(inside), Some(value)) => fields_are_empty(inside, value),
            (Self::List(inside), Some(Value::Array(rows))) => rows.iter().all(|row| fields_are_empty(inside, row)),
            _ => false,
        }
    }
}

fn fields_are_empty(inside: &[(String, Emptiness)], value: &Value) -> bool {
    inside.iter().all(|(path, emptiness)| emptiness.holds(get(value, path)))
}
