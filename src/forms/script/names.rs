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
    /// `Array(n)`: so many times nothing.
    NewList,
    FromCharCode,
    Stringify,
    JsonParse,
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
    /// `moment.duration(…)`, as an object with its length.
    Duration,
    /// `moment.max(…)`, `moment.min(…)`, `moment.unix(…)`, `moment.isMoment(…)`.
    Latest,
    Earliest,
    FromUnix,
    IsMoment,
    /// `moment.utc(…)`, `moment.locale(…)`.
    MomentInUtc,
    Language,
    /// Chance is none here: what it decides cannot be compared.
    Random,
    DateParse,
    DateNow,
    /// `Date.UTC(…)`
    DateInUtc,
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
    UniqWith,
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
    PickBy,
    OmitBy,
    FindIndex,
    Range,
    /// The method of a text or list; nothing is as good as an empty one.
    Through(Method),
    GroupBy,
    KeyBy,
    CountBy,
    MapValues,
    MapKeys,
    FlatMap,
    MeanBy,
    Partition,
    OrderBy,
    FindLast,
    Times,
    AnyEntries,
    ZipObject,
    FlattenDeep,
    Chunk,
    Take,
    TakeRight,
    Drop,
    DropRight,
    Tail,
    Initial,
    Nth,
    CastArray,
    Itself,
    IsPlainObject,
    IsDate,
    Clamp,
    InRange,
    CeilTo,
    FloorTo,
    Plus,
    Minus,
    TimesTwo,
    Divided,
    UpperFirst,
    LowerFirst,
    Capitalize,
    StartCase,
    CamelCase,
    KebabCase,
    SnakeCase,
    UpperCase,
    LowerCase,
}

/// A method of a text, list, number, date or moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// One that nothing has.
    Nobody,
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
    Splice,
    CharCodeAt,
    ToLocale,
    FullYear,
    Milliseconds,
    UtcFullYear,
    UtcMonth,
    UtcDate,
    UtcDay,
    UtcHours,
    UtcMinutes,
    UtcSeconds,
    ToUtcText,
    ToJson,
    Seconds,
    ToDateText,
    ToLocaleDate,
    ToLocaleTime,
    AsYears,
    AsMonths,
    AsWeeks,
    AsDays,
    AsHours,
    AsMinutes,
    AsSeconds,
    AsMilliseconds,
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
    SetMinutes,
    SetSeconds,
    SetMilliseconds,
    SetTime,
    SetUtcFullYear,
    SetUtcMonth,
    SetUtcDate,
    SetUtcHours,
    SetUtcMinutes,
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
    Get,
    Set,
    Quarter,
    Week,
    IsoWeek,
    DayOfYear,
    Millisecond,
    Local,
    Utc,
    UtcOffset,
    IsUtc,
    IsDst,
    IsLeapYear,
    ToObject,
    ToArray,
    Locale,
    From,
    FromNow,
    To,
    ToNow,
    Humanize,
    Fill,
    TimezoneOffset,
    FindLast,
    /// Of a list, as the list of what it goes through.
    Entries,
}

/// `moment.ISO_8601`, as a format; nobody writes it so.
pub(super) const ISO_8601: &str = "moment.ISO_8601";

/// Writes each name beside its meaning, and keeps the names as one text.
macro_rules! table {
    ($kind:ident; $($name:ident: $meaning:ident,)*) => {
        (concat!($(stringify!($name), " "),*), &[$($kind::$meaning),*])
    };
}

const GLOBAL: Table<Function> = table! { Function;
    parseInt: ParseInt,
    parseFloat: ParseFloat,
    Number: Number,
    String: Text,
    Boolean: Boolean,
    isNaN: IsNaN,
    isFinite: IsFinite,
    moment: Moment,
    t: Translate,
    RegExp: NewPattern,
};

const NUMBER: Table<Function> = table! { Function;
    parseInt: ParseInt,
    parseFloat: ParseFloat,
    isNaN: NumberIsNaN,
    isFinite: NumberIsFinite,
    isInteger: NumberIsInteger,
};

const MATH: Table<Function> = table! { Function;
    abs: Abs,
    ceil: Ceil,
    floor: Floor,
    round: Round,
    trunc: Trunc,
    sign: Sign,
    sqrt: Sqrt,
    pow: Power,
    min: Least,
    max: Most,
};

const LODASH: Table<Function> = table! { Function;
    get: Get,
    has: Has,
    some: Some,
    every: Every,
    filter: Filter,
    map: Map,
    find: Find,
    each: ForEach,
    forEach: ForEach,
    reduce: Reduce,
    sum: Sum,
    sumBy: SumBy,
    isEmpty: IsEmpty,
    includes: Includes,
    isNil: IsNil,
    isEqual: IsEqual,
    isString: IsText,
    isNumber: IsNumber,
    isArray: IsArray,
    isUndefined: IsUndefined,
    isNull: IsNull,
    isNaN: NumberIsNaN,
    size: Size,
    round: RoundTo,
    keys: AnyKeys,
    values: AnyValues,
    first: First,
    head: First,
    last: Last,
    uniq: Uniq,
    compact: Compact,
    reject: Reject,
    uniqBy: UniqBy,
    uniqWith: UniqWith,
    sortBy: SortBy,
    minBy: MinBy,
    maxBy: MaxBy,
    clone: Copy,
    cloneDeep: Copy,
    flatten: Flatten,
    difference: Difference,
    without: Difference,
    intersection: Intersection,
    union: Union,
    isObject: IsObject,
    isBoolean: IsBoolean,
    isInteger: NumberIsInteger,
    isFinite: NumberIsFinite,
    toNumber: ToNumber,
    toString: ToText,
    trim: Trim,
    toUpper: ToUpper,
    toLower: ToLower,
    min: LeastOf,
    max: MostOf,
    mean: Mean,
    indexOf: IndexOf,
    join: Join,
    defaultTo: DefaultTo,
    concat: Concat,
    pick: Pick,
    omit: Omit,
    pickBy: PickBy,
    omitBy: OmitBy,
    findIndex: FindIndex,
    range: Range,
    assign: Assign,
    extend: Assign,
    parseInt: ParseInt,
    forOwn: ForEach,
    forIn: ForEach,
    result: Get,
    now: DateNow,
    noop: Log,
    toArray: AnyValues,
    fromPairs: FromEntries,
    toPairs: AnyEntries,
    entries: AnyEntries,
    groupBy: GroupBy,
    keyBy: KeyBy,
    countBy: CountBy,
    mapValues: MapValues,
    mapKeys: MapKeys,
    flatMap: FlatMap,
    meanBy: MeanBy,
    partition: Partition,
    orderBy: OrderBy,
    findLast: FindLast,
    times: Times,
    zipObject: ZipObject,
    flattenDeep: FlattenDeep,
    chunk: Chunk,
    take: Take,
    takeRight: TakeRight,
    drop: Drop,
    dropRight: DropRight,
    tail: Tail,
    initial: Initial,
    nth: Nth,
    castArray: CastArray,
    identity: Itself,
    isPlainObject: IsPlainObject,
    isDate: IsDate,
    isObjectLike: IsObject,
    clamp: Clamp,
    inRange: InRange,
    ceil: CeilTo,
    floor: FloorTo,
    add: Plus,
    subtract: Minus,
    multiply: TimesTwo,
    divide: Divided,
    upperFirst: UpperFirst,
    lowerFirst: LowerFirst,
    capitalize: Capitalize,
    startCase: StartCase,
    camelCase: CamelCase,
    kebabCase: KebabCase,
    snakeCase: SnakeCase,
    upperCase: UpperCase,
    lowerCase: LowerCase,
};

const METHODS: Table<Method> = table! { Method;
    includes: Includes,
    indexOf: IndexOf,
    lastIndexOf: LastIndexOf,
    toLowerCase: Lower,
    toUpperCase: Upper,
    trim: Trim,
    trimStart: TrimStart,
    trimEnd: TrimEnd,
    some: Some,
    every: Every,
    filter: Filter,
    map: Map,
    find: Find,
    findIndex: FindIndex,
    forEach: ForEach,
    reduce: Reduce,
    join: Join,
    split: Split,
    startsWith: StartsWith,
    endsWith: EndsWith,
    slice: Slice,
    substring: Substring,
    substr: Substr,
    replace: Replace,
    replaceAll: ReplaceAll,
    match: Match,
    search: Search,
    test: Test,
    exec: Exec,
    charAt: CharAt,
    padStart: PadStart,
    padEnd: PadEnd,
    repeat: Repeat,
    concat: Concat,
    push: Push,
    reverse: Reverse,
    toString: ToText,
    toFixed: ToFixed,
    valueOf: ValueOf,
    hasOwnProperty: HasOwnProperty,
    sort: Sort,
    flat: Flat,
    flatMap: FlatMap,
    at: At,
    pop: Pop,
    shift: Shift,
    unshift: Unshift,
    splice: Splice,
    charCodeAt: CharCodeAt,
    toLocaleString: ToLocale,
    toLocaleUpperCase: Upper,
    toLocaleLowerCase: Lower,
    getUTCFullYear: UtcFullYear,
    getUTCMonth: UtcMonth,
    getUTCDate: UtcDate,
    getUTCDay: UtcDay,
    getUTCHours: UtcHours,
    getUTCMinutes: UtcMinutes,
    getUTCSeconds: UtcSeconds,
    toUTCString: ToUtcText,
    toGMTString: ToUtcText,
    toJSON: ToJson,
    getMilliseconds: Milliseconds,
    getSeconds: Seconds,
    toDateString: ToDateText,
    toLocaleDateString: ToLocaleDate,
    toLocaleTimeString: ToLocaleTime,
    asYears: AsYears,
    asMonths: AsMonths,
    asWeeks: AsWeeks,
    asDays: AsDays,
    asHours: AsHours,
    asMinutes: AsMinutes,
    asSeconds: AsSeconds,
    asMilliseconds: AsMilliseconds,
    second: Second,
    seconds: Second,
    daysInMonth: DaysInMonth,
    getFullYear: FullYear,
    getMonth: ZeroMonth,
    getDate: DayOfMonth,
    getDay: DayOfWeek,
    getHours: Hours,
    getMinutes: Minutes,
    getTime: GetTime,
    setFullYear: SetFullYear,
    setMonth: SetMonth,
    setDate: SetDate,
    setHours: SetHours,
    setMinutes: SetMinutes,
    setSeconds: SetSeconds,
    setMilliseconds: SetMilliseconds,
    setTime: SetTime,
    setUTCFullYear: SetUtcFullYear,
    setUTCMonth: SetUtcMonth,
    setUTCDate: SetUtcDate,
    setUTCHours: SetUtcHours,
    setUTCMinutes: SetUtcMinutes,
    toISOString: ToIso,
    diff: Diff,
    isBefore: IsBefore,
    isAfter: IsAfter,
    isSame: IsSame,
    isSameOrBefore: IsSameOrBefore,
    isSameOrAfter: IsSameOrAfter,
    isBetween: IsBetween,
    isValid: IsValid,
    add: Add,
    subtract: Subtract,
    startOf: StartOf,
    endOf: EndOf,
    year: Year,
    years: Year,
    month: Month,
    months: Month,
    date: Date,
    day: Day,
    days: Day,
    isoWeekday: IsoWeekday,
    hour: Hour,
    hours: Hour,
    minute: Minute,
    minutes: Minute,
    unix: Unix,
    format: Format,
    toDate: ToDate,
    clone: Clone,
    get: Get,
    set: Set,
    quarter: Quarter,
    week: Week,
    weeks: Week,
    isoWeek: IsoWeek,
    isoWeeks: IsoWeek,
    dayOfYear: DayOfYear,
    weekday: Day,
    millisecond: Millisecond,
    milliseconds: Millisecond,
    local: Local,
    utc: Utc,
    utcOffset: UtcOffset,
    isUTC: IsUtc,
    isUtc: IsUtc,
    isDST: IsDst,
    isLeapYear: IsLeapYear,
    toObject: ToObject,
    toArray: ToArray,
    locale: Locale,
    from: From,
    fromNow: FromNow,
    to: To,
    toNow: ToNow,
    humanize: Humanize,
    fill: Fill,
    getTimezoneOffset: TimezoneOffset,
    findLast: FindLast,
    entries: Entries,
};

/// What names stand for. Pairs of a text and a number take three times the bytes, and compress badly.
type Table<T> = (&'static str, &'static [T]);

fn among<T: Copy>((names, meanings): Table<T>, name: &str) -> Option<T> {
    meanings.get(place_among(names, name)?).copied()
}

/// The place of a name among others, with a blank after each.
fn place_among(names: &str, name: &str) -> Option<usize> {
    names.split_terminator(' ').position(|known| known == name)
}

/// A function that stands alone, as in `parseInt(…)`.
pub(super) fn global(name: &str) -> Option<Function> {
    among(GLOBAL, name)
}

/// Is this an object of functions, as `Math` is?
pub(super) fn is_library(name: &str) -> bool {
    matches!(name, "Math" | "Number" | "String" | "Array" | "Object" | "Date" | "JSON" | "_" | "console")
}

/// A function of a library, as in `Math.round(…)`.
pub(super) fn of_library(library: &str, name: &str) -> Option<Function> {
    match (library, name) {
        ("Math", _) => among(MATH, name),
        ("Number", _) => among(NUMBER, name),
        ("_", _) => among(LODASH, name).or_else(|| through(name)),
        ("Array", "isArray") => Some(Function::IsArray),
        ("Object", "keys" | "getOwnPropertyNames") => Some(Function::Keys),
        ("Object", "values") => Some(Function::Values),
        ("Object", "entries") => Some(Function::Entries),
        ("Object", "assign") => Some(Function::Assign),
        ("Object", "fromEntries") => Some(Function::FromEntries),
        ("Array", "from") => Some(Function::From),
        ("String", "fromCharCode") => Some(Function::FromCharCode),
        ("Object", "freeze" | "seal") => Some(Function::Itself),
        ("JSON", "stringify") => Some(Function::Stringify),
        ("JSON", "parse") => Some(Function::JsonParse),
        ("Date", "now") => Some(Function::DateNow),
        ("Date", "parse") => Some(Function::DateParse),
        ("Date", "UTC") => Some(Function::DateInUtc),
        ("moment", "duration") => Some(Function::Duration),
        ("moment", "max") => Some(Function::Latest),
        ("moment", "min") => Some(Function::Earliest),
        ("moment", "unix") => Some(Function::FromUnix),
        ("moment", "utc") => Some(Function::MomentInUtc),
        ("moment", "locale") => Some(Function::Language),
        ("moment", "isMoment") => Some(Function::IsMoment),
        ("moment", "isDate") => Some(Function::IsDate),
        ("console", "log" | "info" | "warn" | "error" | "debug") => Some(Function::Log),
        _ => None,
    }
}

/// What lodash does as a text or list does it itself.
fn through(name: &str) -> Option<Function> {
    const NAMES: &str = "startsWith endsWith padStart padEnd repeat replace split trimStart trimEnd slice ";
    place_among(NAMES, name)?;
    method(name).map(Function::Through)
}

/// Was this a function of lodash before its fourth version? Calling it throws.
pub(super) fn is_of_old_lodash(name: &str) -> bool {
    const NAMES: &str = "contains pluck where findWhere any all include collect inject foldl foldr detect select object pairs indexBy \
        sortByAll sortByOrder padLeft padRight trimLeft trimRight trunc unique methods ";
    place_among(NAMES, name).is_some()
}

/// Does a chain of lodash end with this function, as it gives one value?
pub(super) fn ends_chain(function: Function) -> bool {
    use Function as F;
    matches!(
        function,
        F::Get
            | F::Has
            | F::Some
            | F::Every
            | F::Find
            | F::FindLast
            | F::FindIndex
            | F::Reduce
            | F::Sum
            | F::SumBy
            | F::Mean
            | F::MeanBy
            | F::IsEmpty
            | F::Includes
            | F::IsEqual
            | F::Size
            | F::First
            | F::Last
            | F::MinBy
            | F::MaxBy
            | F::LeastOf
            | F::MostOf
            | F::IndexOf
            | F::Join
            | F::Nth
    )
}

/// A method by its name.
pub(super) fn method(name: &str) -> Option<Method> {
    among(METHODS, name)
}

/// What every object of JavaScript has: reading it without calling it is never about an answer.
pub(super) fn is_inherited(name: &str) -> bool {
    const NAMES: &str = "constructor prototype __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ \
        hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf ";
    place_among(NAMES, name).is_some()
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

/// Has anything in JavaScript or moment.js a method of this name that the language here has not?
pub(super) fn is_method(name: &str) -> bool {
    const NAMES: &str = "codePointAt normalize localeCompare matchAll isWellFormed toWellFormed copyWithin entries keys values \
        reduceRight findLast findLastIndex toSorted toReversed toSpliced with toPrecision toExponential call apply bind \
        then catch finally get set has add delete clear next isPrototypeOf propertyIsEnumerable getYear tz \
        calendar isoWeekYear weekYear weeksInYear quarters localeData lang isLocal max min creationData zone \
        zoneAbbr zoneName parsingFlags inspect anchor big blink bold fixed link small strike sub sup ";
    let of_dates = ["getUTC", "setUTC", "setM", "setS", "setT", "setY", "toTime"];
    of_dates.iter().any(|start| name.starts_with(start)) || place_among(NAMES, name).is_some()
}

/// Is this a name that JavaScript, or `@formio/core`, has and the language here has not?
pub(super) fn is_of_node(name: &str) -> bool {
    const NAMES: &str = "Map Set WeakMap WeakSet Promise Intl Symbol Proxy Reflect BigInt Error TypeError RangeError String Boolean RegExp \
        Function fetch URL URLSearchParams setInterval setImmediate queueMicrotask structuredClone process global Buffer performance \
        crypto encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape atob btoa config scope path paths form \
        submission navigator TextEncoder TextDecoder ";
    is_library(name) || place_among(NAMES, name).is_some()
}

/// Is this a member of a definition itself?
pub(super) fn is_of_form(name: &str) -> bool {
    const NAMES: &str = "components title display name path type tags settings properties _id owner access created modified machineName \
        project controller revisions submissionAccess action module ";
    is_inherited(name) || place_among(NAMES, name).is_some()
}

/// Words with a meaning of their own that the language here does not have, and words nothing may be called.
pub(super) fn is_reserved(name: &str) -> bool {
    const NAMES: &str = "arguments async await break case catch class const continue debugger default delete do else enum eval export \
        extends false finally for function globalThis if import in instanceof let new null return static super switch \
        this throw true try typeof undefined NaN Infinity var void while with yield ";
    place_among(NAMES, name).is_some()
}
