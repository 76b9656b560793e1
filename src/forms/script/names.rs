//! The functions and methods scripts may call.

use super::RunFault;
use super::tree::Expression;

/// A known function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    ParseInt,
    ParseFloat,
    Number,
    Text,
    Boolean,
    IsNaN,
    IsFinite,
    NumberIsNaN,
    NumberIsFinite,
    NumberIsInteger,
    IsArray,
    Keys,
    Values,
    Entries,
    Assign,
    FromEntries,
    From,
    Stringify,
    /// As `Keys` and `Values`, but nothing has none.
    AnyKeys,
    AnyValues,
    Abs,
    Ceil,
    Floor,
    Round,
    Trunc,
    Sign,
    Sqrt,
    Power,
    Least,
    Most,
    NewDate,
    NewPattern,
    /// `new Set(…)`, as the list of what is in it: only where nothing else is asked of it.
    SetOf,
    /// `moment.duration(…).asYears()` and its like, the unit as the last argument.
    DurationIn,
    DateParse,
    DateNow,
    Moment,
    /// `t(…)`: the text itself, as `@formio/core` has it.
    Translate,
    /// `console.log(…)`, left behind by whoever wrote the script: nothing.
    Log,
    Get,
    Has,
    Some,
    Every,
    Filter,
    Map,
    Find,
    ForEach,
    Reduce,
    Sum,
    SumBy,
    IsEmpty,
    Includes,
    IsNil,
    IsEqual,
    IsText,
    IsNumber,
    IsUndefined,
    IsNull,
    Size,
    RoundTo,
    First,
    Last,
    Uniq,
    Compact,
    Reject,
    UniqBy,
    SortBy,
    MinBy,
    MaxBy,
    Copy,
    Flatten,
    Difference,
    Intersection,
    Union,
    IsObject,
    IsBoolean,
    ToNumber,
    ToText,
    Trim,
    ToUpper,
    ToLower,
    LeastOf,
    MostOf,
    Mean,
    IndexOf,
    Join,
    DefaultTo,
    Concat,
    Pick,
    Omit,
}

/// A method of a text, list, number, date or moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Includes,
    IndexOf,
    LastIndexOf,
    Lower,
    Upper,
    Trim,
    TrimStart,
    TrimEnd,
    Some,
    Every,
    Filter,
    Map,
    Find,
    FindIndex,
    ForEach,
    Reduce,
    Join,
    Split,
    StartsWith,
    EndsWith,
    Slice,
    Substring,
    Substr,
    Replace,
    ReplaceAll,
    Match,
    Search,
    Test,
    Exec,
    CharAt,
    PadStart,
    PadEnd,
    Repeat,
    Concat,
    Push,
    Reverse,
    ToText,
    ToFixed,
    ValueOf,
    HasOwnProperty,
    Sort,
    Flat,
    FlatMap,
    At,
    Pop,
    Shift,
    Unshift,
    CharCodeAt,
    ToLocale,
    FullYear,
    UtcFullYear,
    UtcMonth,
    UtcDate,
    Seconds,
    ToDateText,
    ToLocaleDate,
    Second,
    DaysInMonth,
    ZeroMonth,
    DayOfMonth,
    DayOfWeek,
    Hours,
    Minutes,
    GetTime,
    SetFullYear,
    SetMonth,
    SetDate,
    SetHours,
    ToIso,
    Diff,
    IsBefore,
    IsAfter,
    IsSame,
    IsSameOrBefore,
    IsSameOrAfter,
    IsBetween,
    IsValid,
    Add,
    Subtract,
    StartOf,
    EndOf,
    Year,
    Month,
    Date,
    Day,
    IsoWeekday,
    Hour,
    Minute,
    Unix,
    Format,
    ToDate,
    Clone,
}

const GLOBAL: &[(&str, Function)] = &[
    ("parseInt", Function::ParseInt),
    ("parseFloat", Function::ParseFloat),
    ("Number", Function::Number),
    ("String", Function::Text),
    ("Boolean", Function::Boolean),
    ("isNaN", Function::IsNaN),
    ("isFinite", Function::IsFinite),
    ("moment", Function::Moment),
    ("t", Function::Translate),
    ("RegExp", Function::NewPattern),
];

const NUMBER: &[(&str, Function)] = &[
    ("parseInt", Function::ParseInt),
    ("parseFloat", Function::ParseFloat),
    ("isNaN", Function::NumberIsNaN),
    ("isFinite", Function::NumberIsFinite),
    ("isInteger", Function::NumberIsInteger),
];

const MATH: &[(&str, Function)] = &[
    ("abs", Function::Abs),
    ("ceil", Function::Ceil),
    ("floor", Function::Floor),
    ("round", Function::Round),
    ("trunc", Function::Trunc),
    ("sign", Function::Sign),
    ("sqrt", Function::Sqrt),
    ("pow", Function::Power),
    ("min", Function::Least),
    ("max", Function::Most),
];

const LODASH: &[(&str, Function)] = &[
    ("get", Function::Get),
    ("has", Function::Has),
    ("some", Function::Some),
    ("every", Function::Every),
    ("filter", Function::Filter),
    ("map", Function::Map),
    ("find", Function::Find),
    ("each", Function::ForEach),
    ("forEach", Function::ForEach),
    ("reduce", Function::Reduce),
    ("sum", Function::Sum),
    ("sumBy", Function::SumBy),
    ("isEmpty", Function::IsEmpty),
    ("includes", Function::Includes),
    ("isNil", Function::IsNil),
    ("isEqual", Function::IsEqual),
    ("isString", Function::IsText),
    ("isNumber", Function::IsNumber),
    ("isArray", Function::IsArray),
    ("isUndefined", Function::IsUndefined),
    ("isNull", Function::IsNull),
    ("isNaN", Function::NumberIsNaN),
    ("size", Function::Size),
    ("round", Function::RoundTo),
    ("keys", Function::AnyKeys),
    ("values", Function::AnyValues),
    ("first", Function::First),
    ("head", Function::First),
    ("last", Function::Last),
    ("uniq", Function::Uniq),
    ("compact", Function::Compact),
    ("reject", Function::Reject),
    ("uniqBy", Function::UniqBy),
    ("sortBy", Function::SortBy),
    ("minBy", Function::MinBy),
    ("maxBy", Function::MaxBy),
    ("clone", Function::Copy),
    ("cloneDeep", Function::Copy),
    ("flatten", Function::Flatten),
    ("difference", Function::Difference),
    ("without", Function::Difference),
    ("intersection", Function::Intersection),
    ("union", Function::Union),
    ("isObject", Function::IsObject),
    ("isBoolean", Function::IsBoolean),
    ("isInteger", Function::NumberIsInteger),
    ("isFinite", Function::NumberIsFinite),
    ("toNumber", Function::ToNumber),
    ("toString", Function::ToText),
    ("trim", Function::Trim),
    ("toUpper", Function::ToUpper),
    ("toLower", Function::ToLower),
    ("min", Function::LeastOf),
    ("max", Function::MostOf),
    ("mean", Function::Mean),
    ("indexOf", Function::IndexOf),
    ("join", Function::Join),
    ("defaultTo", Function::DefaultTo),
    ("concat", Function::Concat),
    ("pick", Function::Pick),
    ("omit", Function::Omit),
];

const METHODS: &[(&str, Method)] = &[
    ("includes", Method::Includes),
    ("indexOf", Method::IndexOf),
    ("lastIndexOf", Method::LastIndexOf),
    ("toLowerCase", Method::Lower),
    ("toUpperCase", Method::Upper),
    ("trim", Method::Trim),
    ("trimStart", Method::TrimStart),
    ("trimEnd", Method::TrimEnd),
    ("some", Method::Some),
    ("every", Method::Every),
    ("filter", Method::Filter),
    ("map", Method::Map),
    ("find", Method::Find),
    ("findIndex", Method::FindIndex),
    ("forEach", Method::ForEach),
    ("reduce", Method::Reduce),
    ("join", Method::Join),
    ("split", Method::Split),
    ("startsWith", Method::StartsWith),
    ("endsWith", Method::EndsWith),
    ("slice", Method::Slice),
    ("substring", Method::Substring),
    ("substr", Method::Substr),
    ("replace", Method::Replace),
    ("replaceAll", Method::ReplaceAll),
    ("match", Method::Match),
    ("search", Method::Search),
    ("test", Method::Test),
    ("exec", Method::Exec),
    ("charAt", Method::CharAt),
    ("padStart", Method::PadStart),
    ("padEnd", Method::PadEnd),
    ("repeat", Method::Repeat),
    ("concat", Method::Concat),
    ("push", Method::Push),
    ("reverse", Method::Reverse),
    ("toString", Method::ToText),
    ("toFixed", Method::ToFixed),
    ("valueOf", Method::ValueOf),
    ("hasOwnProperty", Method::HasOwnProperty),
    ("sort", Method::Sort),
    ("flat", Method::Flat),
    ("flatMap", Method::FlatMap),
    ("at", Method::At),
    ("pop", Method::Pop),
    ("shift", Method::Shift),
    ("unshift", Method::Unshift),
    ("charCodeAt", Method::CharCodeAt),
    ("toLocaleString", Method::ToLocale),
    ("toLocaleUpperCase", Method::Upper),
    ("toLocaleLowerCase", Method::Lower),
    ("getUTCFullYear", Method::UtcFullYear),
    ("getUTCMonth", Method::UtcMonth),
    ("getUTCDate", Method::UtcDate),
    ("getSeconds", Method::Seconds),
    ("toDateString", Method::ToDateText),
    ("toLocaleDateString", Method::ToLocaleDate),
    ("second", Method::Second),
    ("seconds", Method::Second),
    ("daysInMonth", Method::DaysInMonth),
    ("getFullYear", Method::FullYear),
    ("getMonth", Method::ZeroMonth),
    ("getDate", Method::DayOfMonth),
    ("getDay", Method::DayOfWeek),
    ("getHours", Method::Hours),
    ("getMinutes", Method::Minutes),
    ("getTime", Method::GetTime),
    ("setFullYear", Method::SetFullYear),
    ("setMonth", Method::SetMonth),
    ("setDate", Method::SetDate),
    ("setHours", Method::SetHours),
    ("toISOString", Method::ToIso),
    ("diff", Method::Diff),
    ("isBefore", Method::IsBefore),
    ("isAfter", Method::IsAfter),
    ("isSame", Method::IsSame),
    ("isSameOrBefore", Method::IsSameOrBefore),
    ("isSameOrAfter", Method::IsSameOrAfter),
    ("isBetween", Method::IsBetween),
    ("isValid", Method::IsValid),
    ("add", Method::Add),
    ("subtract", Method::Subtract),
    ("startOf", Method::StartOf),
    ("endOf", Method::EndOf),
    ("year", Method::Year),
    ("years", Method::Year),
    ("month", Method::Month),
    ("months", Method::Month),
    ("date", Method::Date),
    ("day", Method::Day),
    ("days", Method::Day),
    ("isoWeekday", Method::IsoWeekday),
    ("hour", Method::Hour),
    ("hours", Method::Hour),
    ("minute", Method::Minute),
    ("minutes", Method::Minute),
    ("unix", Method::Unix),
    ("format", Method::Format),
    ("toDate", Method::ToDate),
    ("clone", Method::Clone),
];

fn among<T: Copy>(table: &[(&str, T)], name: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == name).map(|(_, it)| *it)
}

/// A function that stands alone, as in `parseInt(…)`.
pub(super) fn global(name: &str) -> Option<Function> {
    among(GLOBAL, name)
}

/// Is this an object of functions, as `Math` is?
pub(super) fn is_library(name: &str) -> bool {
    matches!(name, "Math" | "Number" | "Array" | "Object" | "Date" | "JSON" | "_" | "console")
}

/// A function of a library, as in `Math.round(…)`.
pub(super) fn of_library(library: &str, name: &str) -> Option<Function> {
    match (library, name) {
        ("Math", _) => among(MATH, name),
        ("Number", _) => among(NUMBER, name),
        ("_", _) => among(LODASH, name),
        ("Array", "isArray") => Some(Function::IsArray),
        ("Object", "keys") => Some(Function::Keys),
        ("Object", "values") => Some(Function::Values),
        ("Object", "entries") => Some(Function::Entries),
        ("Object", "assign") => Some(Function::Assign),
        ("Object", "fromEntries") => Some(Function::FromEntries),
        ("Array", "from") => Some(Function::From),
        ("JSON", "stringify") => Some(Function::Stringify),
        ("Date", "now") => Some(Function::DateNow),
        ("Date", "parse") => Some(Function::DateParse),
        ("console", "log" | "info" | "warn" | "error" | "debug") => Some(Function::Log),
        _ => None,
    }
}

/// The unit of `asYears` and its like.
pub(super) fn unit_of_duration(name: &str) -> Option<&'static str> {
    among(
        &[
            ("asYears", "years"),
            ("asMonths", "months"),
            ("asWeeks", "weeks"),
            ("asDays", "days"),
            ("asHours", "hours"),
            ("asMinutes", "minutes"),
            ("asSeconds", "seconds"),
            ("asMilliseconds", "ms"),
        ],
        name,
    )
}

/// A method by its name.
pub(super) fn method(name: &str) -> Option<Method> {
    among(METHODS, name)
}

/// What every object of JavaScript has: reading it without calling it is never about an answer.
pub(super) fn is_inherited(name: &str) -> bool {
    matches!(
        name,
        "constructor"
            | "prototype"
            | "__proto__"
            | "__defineGetter__"
            | "__defineSetter__"
            | "__lookupGetter__"
            | "__lookupSetter__"
            | "hasOwnProperty"
            | "isPrototypeOf"
            | "propertyIsEnumerable"
            | "toLocaleString"
            | "toString"
            | "valueOf"
    )
}

/// What the renderer of Form.io gives scripts and `@formio/core` does not: reading a member of it throws.
///
/// `instance` and `options` are there and `undefined` (`normalizeContext` in `utils/formUtil/index.js`), the others are not there at all.
pub(super) fn of_renderer(name: &str) -> Option<Expression> {
    match name {
        "instance" | "options" => Some(Expression::Undefined),
        "utils" | "util" | "user" | "token" | "Formio" | "FormioUtils" => Some(Expression::Fault(RunFault::NotDefined)),
        _ => None,
    }
}

/// Words with a meaning of their own that the language here does not have, and words nothing may be called.
pub(super) fn is_reserved(name: &str) -> bool {
    matches!(
        name,
        "arguments"
            | "async"
            | "await"
            | "break"
            | "case"
            | "catch"
            | "class"
            | "const"
            | "continue"
            | "debugger"
            | "default"
            | "delete"
            | "do"
            | "else"
            | "enum"
            | "eval"
            | "export"
            | "extends"
            | "false"
            | "finally"
            | "for"
            | "function"
            | "globalThis"
            | "if"
            | "import"
            | "in"
            | "instanceof"
            | "let"
            | "new"
            | "null"
            | "return"
            | "static"
            | "super"
            | "switch"
            | "this"
            | "throw"
            | "true"
            | "try"
            | "typeof"
            | "undefined"
            | "NaN"
            | "Infinity"
            | "var"
            | "void"
            | "while"
            | "with"
            | "yield"
    )
}
