//! The values of a running script.

use super::RunFault;
use serde_json::Value;
use std::cell::OnceCell;

/// A value. Lists, objects and dates made by the script are kept by the run, so that two names can mean the same one; texts are, too, so
/// that a value is nothing that must be freed: there are hundreds of places where a script may end.
#[derive(Clone, Copy, Debug)]
pub(super) enum Js<'a> {
    Undefined,
    Null,
    Boolean(bool),
    Number(f64),
    Text(Text<'a>),
    /// A list or object of the answers.
    Json(&'a Value),
    List(usize),
    Object(usize),
    Time(Time),
    Pattern(usize),
}

/// A `Date`, or a moment of moment.js.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    pub(super) at: usize,
    pub(super) moment: bool,
}

/// A text of the answers or the script, or one that was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'a>(pub(super) &'a str);

impl<'a> Text<'a> {
    pub(super) fn as_str(self) -> &'a str {
        self.0
    }
}

/// The texts that a script made, one behind the other: each stays in its place until the run ends.
#[derive(Debug, Default)]
pub(super) struct Texts(pub(super) Next);

/// The place of the next text.
pub(super) type Next = OnceCell<Box<Made>>;

/// A text that was made.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) text: Box<str>,
    pub(super) next: Next,
}

impl Drop for Texts {
    /// One after the other: each within the one before would be too deep.
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut made) = next {
            next = made.next.take();
        }
    }
}

impl<'a> Js<'a> {
    pub(super) fn text(text: &'a str) -> Self {
        Self::Text(Text(text))
    }

    /// A length or position; those of real texts and lists are exact.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn count(count: usize) -> Self {
        Self::Number(count as f64)
    }

    /// A value of the answers.
    pub(super) fn from_json(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(yes) => Self::Boolean(*yes),
            Value::Number(number) => Self::Number(crate::javascript::number(number)),
            Value::String(text) => match crate::javascript::text_not_finite(text) {
                Some(number) => Self::Number(number),
                None => Self::text(text),
            },
            Value::Array(_) | Value::Object(_) => Self::Json(value),
        }
    }

    pub(super) fn maybe(value: Option<&'a Value>) -> Self {
        value.map_or(Self::Undefined, Self::from_json)
    }

    /// `!!value`.
    pub(super) fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Boolean(yes) => *yes,
            Self::Number(number) => *number != 0.0 && !number.is_nan(),
            Self::Text(text) => !text.as_str().is_empty(),
            Self::Json(_) | Self::List(_) | Self::Object(_) | Self::Time(_) | Self::Pattern(_) => true,
        }
    }

    /// `undefined` or `null`?
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// A list, object or date: what is compared by being the same one.
    pub(super) fn is_object(&self) -> bool {
        matches!(self, Self::Json(_) | Self::List(_) | Self::Object(_) | Self::Time(_) | Self::Pattern(_))
    }

    /// `typeof value`.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Boolean(_) => "boolean",
            Self::Number(_) => "number",
            Self::Text(_) => "string",
            _ => "object",
        }
    }
}

/// `a === b`.
pub(super) fn strictly_equal(one: &Js<'_>, other: &Js<'_>) -> bool {
    match (one, other) {
        (Js::Undefined, Js::Undefined) | (Js::Null, Js::Null) => true,
        (Js::Boolean(one), Js::Boolean(other)) => one == other,
        (Js::Number(one), Js::Number(other)) => crate::javascript::same_number(*one, *other),
        (Js::Text(one), Js::Text(other)) => one.as_str() == other.as_str(),
        (Js::Json(one), Js::Json(other)) => std::ptr::eq(*one, *other),
        (Js::List(one), Js::List(other))
        | (Js::Object(one), Js::Object(other))
        | (Js::Pattern(one), Js::Pattern(other)) => one == other,
        (Js::Time(one), Js::Time(other)) => one == other,
        _ => false,
    }
}

/// As `===`, but `NaN` is `NaN`: what `includes` compares with.
pub(super) fn same_value_zero(one: &Js<'_>, other: &Js<'_>) -> bool {
    matches!((one, other), (Js::Number(one), Js::Number(other)) if one.is_nan() && other.is_nan())
        || strictly_equal(one, other)
}

/// What running gives.
pub(super) type Ran<T> = Result<T, RunFault>;

/// The argument at a place; `undefined` where there is none.
pub(super) fn given<'a>(arguments: &[Js<'a>], at: usize) -> Js<'a> {
    arguments.get(at).copied().unwrap_or(Js::Undefined)
}
