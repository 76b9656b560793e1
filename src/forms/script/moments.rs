//! Methods of `Date` and of moment.js.

use super::RunFault;
use super::durations;
use super::formats::{format, parse_format, write};
use super::names::{Function, ISO_8601, Method};
use super::run::Run;
use super::time::{Clock, DAY, HOURS_AHEAD, float, from_parts, print, print_iso, print_utc};
use super::tree::Expression;
use super::value::{Js, Ran, Text, Time, given};
use crate::dates::{days_in_month, parse_strict, parse_strict_iso};
use crate::javascript::parse_int;
use serde_json::Value;

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    Quarter,
    Month,
    Week,
    /// A week that begins on Monday.
    IsoWeek,
    Day,
    Hour,
    Minute,
    Second,
    Millisecond,
}

impl Unit {
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "M" => Self::Month,
            "m" => Self::Minute,
            "Q" => Self::Quarter,
            "W" => Self::IsoWeek,
            other => match other.to_ascii_lowercase().as_str() {
                "year" | "years" | "y" => Self::Year,
                "quarter" | "quarters" => Self::Quarter,
                "month" | "months" => Self::Month,
                "isoweek" | "isoweeks" => Self::IsoWeek,
                "week" | "weeks" | "w" => Self::Week,
                "day" | "days" | "d" => Self::Day,
                "hour" | "hours" | "h" => Self::Hour,
                "minute" | "minutes" => Self::Minute,
                "second" | "seconds" | "s" => Self::Second,
                "millisecond" | "milliseconds" | "ms" => Self::Millisecond,
                _ => return None,
            },
        })
    }

    /// Its length; a year and a month have none, they are counted in months.
    pub(super) fn milliseconds(self) -> f64 {
        match self {
            Self::Year | Self::Quarter | Self::Month | Self::Millisecond => 1.0,
            Self::Week | Self::IsoWeek => 7.0 * DAY,
            Self::Day => DAY,
            Self::Hour => 3_600_000.0,
            Self::Minute => 60_000.0,
            Self::Second => 1_000.0,
        }
    }
}

/// Is it `moment(…)` or a function of moment.js?
pub(super) fn knows(function: Function) -> bool {
    use Function::{Duration, Earliest, FromUnix, IsMoment, Language, Latest, Moment, MomentInUtc};
    matches!(function, Moment | MomentInUtc | Duration | Latest | Earliest | FromUnix | IsMoment | Language)
}

/// Calls such a function.
pub(super) fn apply<'a>(run: &mut Run<'a>, function: Function, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let first = given(arguments, 0);
    match function {
        Function::Duration => durations::new(run, arguments),
        Function::Latest | Function::Earliest => extreme(run, function == Function::Latest, arguments),
        Function::FromUnix => {
            let seconds = run.number_of(&first)?;
            run.new_time(seconds * 1_000.0, true)
        }
        Function::IsMoment => Ok(Js::Boolean(matches!(first, Js::Time(it) if it.moment))),
        Function::Language if is_english(run, &first)? => Ok(Js::text("en")),
        Function::Language => Err(RunFault::Unsupported),
        Function::MomentInUtc => {
            let made = new(run, arguments)?;
            if let Js::Time(it) = made {
                // What has no zone was read as if of Vietnam.
                run.times[it.at] += if says_when(arguments) { 0.0 } else { HOURS_AHEAD };
                run.in_utc[it.at] = true;
            }
            Ok(made)
        }
        _ => new(run, arguments),
    }
}

/// Is a point in time given, rather than what clocks show?
fn says_when(arguments: &[Js<'_>]) -> bool {
    match arguments {
        [Js::Text(text)] => {
            let clocks = text.as_str().split_once(['T', 't', ' ', ':']).map_or("", |(_, clocks)| clocks);
            clocks.contains(['Z', 'z', '+', '-']) || clocks.contains("GMT") || clocks.contains("UTC")
        }
        [Js::List(_) | Js::Object(_) | Js::Json(_)] | [Js::Text(_), ..] => false,
        _ => true,
    }
}

/// Is this nothing, or English? moment.js speaks it unless told otherwise.
fn is_english<'a>(run: &mut Run<'a>, language: &Js<'a>) -> Ran<bool> {
    let name = run.text_of(language)?;
    Ok(matches!(language, Js::Undefined) || matches!(name.as_str(), "en" | "en-us" | "en-US"))
}

/// `moment(…)`.
fn new<'a>(run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    if let [Js::Text(text), _, ..] = arguments {
        run.look_through(text.as_str())?;
    }
    let milliseconds = match arguments {
        [] | [Js::Undefined] => run.now,
        [value] => of_value(run, value)?,
        [Js::Text(text), Js::Text(Text(ISO_8601)), ..] => parse_strict_iso(text.as_str()).map_or(f64::NAN, float),
        // A language may stand between.
        [text @ Js::Text(_), format, language @ Js::Text(_), rest @ ..] if is_english(run, language)? => {
            let without = [&[*text, *format], rest].concat();
            return new(run, &without);
        }
        // Strictly, the first format that fits.
        [text @ Js::Text(_), formats @ Js::List(_), strict @ Js::Boolean(true)] => {
            for format in run.items_of(formats)? {
                let Js::Time(it) = new(run, &[*text, format, *strict])? else { continue };
                if !run.times[it.at].is_nan() {
                    return Ok(Js::Time(it));
                }
            }
            f64::NAN
        }
        // Else the one that leaves the least.
        [Js::Text(text), formats @ (Js::List(_) | Js::Json(Value::Array(_)))] => {
            let mut best = (f64::NAN, usize::MAX);
            for format in run.items_of(formats)? {
                let format = run.text_of(&format)?;
                run.pay(1 + (text.as_str().len() + format.as_str().len()) / 4)?;
                let read = parse_format(text.as_str(), format.as_str(), false, run.now)?;
                let first_valid = best.0.is_nan() && !read.0.is_nan();
                if read.1 < best.1 || first_valid {
                    best = read;
                }
            }
            best.0
        }
        [Js::Text(text), Js::Text(format), strict @ ..] => {
            let strict = match strict {
                [] => false,
                [Js::Boolean(strict)] => *strict,
                _ => return Err(RunFault::Unsupported),
            };
            run.pay(1 + (text.as_str().len() + format.as_str().len()) / 4)?;
            parse_format(text.as_str(), format.as_str(), strict, run.now)?.0
        }
        [Js::Undefined | Js::Null, ..] => f64::NAN,
        [time @ Js::Time(_), ..] => of_value(run, time)?,
        _ => return Err(RunFault::Unsupported),
    };
    let made = run.new_time(milliseconds, true)?;
    // A moment made of one shows the same clocks.
    if let (Js::Time(it), Some(Js::Time(from))) = (made, arguments.first()) {
        run.in_utc[it.at] = run.in_utc[from.at];
    }
    Ok(made)
}

/// What moment.js makes of a value without a format.
fn of_value<'a>(run: &mut Run<'a>, value: &Js<'a>) -> Ran<f64> {
    Ok(match value {
        Js::Undefined => run.now,
        Js::Null | Js::Boolean(_) => f64::NAN,
        Js::Number(number) => *number,
        Js::Time(it) => run.times[it.at],
        Js::Text(_) => parse_strict(run.text_of(value)?.as_str()).map_or(f64::NAN, float),
        // Year, month from 0, day and so on.
        Js::List(_) | Js::Json(Value::Array(_)) => {
            let mut parts = [None; 7];
            for (part, given) in parts.iter_mut().zip(run.items_of(value)?) {
                *part = Some(whole_number(run, &given)?);
            }
            of_parts(parts, run.now)
        }
        // The same by name; what is nothing, blank or zero is itself.
        Js::Object(_) | Js::Json(_) => {
            let mut fields = Vec::new();
            run.copy_fields(value, &mut fields)?;
            let mut parts = [None; 7];
            for (name, given) in fields {
                let place = match part_named(name.as_str()) {
                    Some(Method::Year) => 0,
                    Some(Method::Month) => 1,
                    Some(Method::Date | Method::Day) => 2,
                    Some(Method::Hour) => 3,
                    Some(Method::Minute) => 4,
                    Some(Method::Second) => 5,
                    Some(Method::Millisecond) => 6,
                    _ => continue,
                };
                parts[place] = match given {
                    Js::Undefined | Js::Null => continue,
                    given if !given.is_truthy() => Some(0.0),
                    given => Some(whole_number(run, &given)?),
                };
            }
            of_parts(parts, run.now)
        }
        Js::Pattern(_) => return Err(RunFault::Unsupported),
    })
}

/// `parseInt(value, 10)`.
fn whole_number<'a>(run: &mut Run<'a>, value: &Js<'a>) -> Ran<f64> {
    let text = run.text_of(value)?;
    Ok(parse_int(text.as_str()))
}

/// A year, a month from 0, a day and so on. What is missing in front is today's, what is missing behind is the first; what runs over is
/// no date.
fn of_parts(parts: [Option<f64>; 7], now: f64) -> f64 {
    let Some(today) = Clock::at(now) else { return f64::NAN };
    if parts == [None; 7] {
        return now;
    }
    let given = parts[..3].iter().position(Option::is_some).unwrap_or(3);
    let mut whole = [today.year, today.month - 1, today.day, 0, 0, 0, 0].map(float);
    for (at, part) in parts.into_iter().enumerate().skip(given) {
        whole[at] = part.unwrap_or(if at == 2 { 1.0 } else { 0.0 });
    }
    // 24 hours are the midnight of the next day.
    let ends = whole[3..] == [24.0, 0.0, 0.0, 0.0];
    if ends {
        whole[3] = 0.0;
    }
    let at = from_parts(whole);
    let same = Clock::at(at).is_some_and(|it| {
        let rest = it.since_midnight;
        let clocks = [it.hours(), it.minutes(), it.seconds(), rest % 1_000];
        [it.year, it.month - 1, it.day].map(float)[..] == whole[..3] && clocks.map(float)[..] == whole[3..]
    });
    if same { at + if ends { DAY } else { 0.0 } } else { f64::NAN }
}

/// `moment.max(…)` and `moment.min(…)`, of the moments given or of a list of them.
fn extreme<'a>(run: &mut Run<'a>, latest: bool, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let all = match arguments {
        [list @ Js::List(_)] => run.items_of(list)?,
        all => all.to_vec(),
    };
    let mut best: Option<f64> = None;
    for moment in &all {
        let at = of_value(run, moment)?;
        best = Some(match best {
            Some(best) if best.is_nan() || at.is_nan() => f64::NAN,
            Some(best) if latest => best.max(at),
            Some(best) => best.min(at),
            None => at,
        });
    }
    run.new_time(best.unwrap_or(run.now), true)
}

/// The part of a moment that a name means to `get` and `set`.
fn part_named(name: &str) -> Option<Method> {
    Some(match name {
        "date" | "dates" | "D" => Method::Date,
        "isoWeekday" | "isoWeekdays" | "E" => Method::IsoWeekday,
        "dayOfYear" | "DDD" => Method::DayOfYear,
        "weekday" | "e" => Method::Day,
        _ => match Unit::parse(name)? {
            Unit::Year => Method::Year,
            Unit::Quarter => Method::Quarter,
            Unit::Month => Method::Month,
            Unit::Week => Method::Week,
            Unit::IsoWeek => Method::IsoWeek,
            Unit::Day => Method::Day,
            Unit::Hour => Method::Hour,
            Unit::Minute => Method::Minute,
            Unit::Second => Method::Second,
            Unit::Millisecond => Method::Millisecond,
        },
    })
}

/// The number of the day in its year, from 1.
fn day_of_year(clock: Clock) -> i64 {
    let day = Clock { since_midnight: 0, ..clock }.milliseconds();
    let first = Clock { month: 1, day: 1, since_midnight: 0, ..clock }.milliseconds();
    // Below 367.
    #[allow(clippy::cast_possible_truncation)]
    let days = ((day - first) / DAY) as i64;
    days + 1
}

/// The number of the week: of the one with 1 January in it, where weeks begin on Sunday; of that with 4 January, where on Monday.
fn week(clock: Clock, iso: bool) -> i64 {
    // The day of the week of `clock` that decides which year it belongs to.
    let (place, last) = if iso { ((clock.weekday + 6) % 7, 3) } else { (clock.weekday, 6) };
    let deciding = Clock { day: clock.day + last - place, since_midnight: 0, ..clock }.milliseconds();
    Clock::at(deciding).map_or(0, |it| (day_of_year(it) + 6) / 7)
}

/// Calls a method of a date or moment.
pub(super) fn call<'a>(run: &mut Run<'a>, it: Time, method: Method, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    if arguments.iter().any(|argument| matches!(argument, Expression::Callback(_) | Expression::Known(_))) {
        return Err(RunFault::NotAFunction);
    }
    let arguments = run.values(arguments)?;
    let at = run.times[it.at];
    match method {
        Method::ValueOf => return Ok(Js::Number(at)),
        Method::ToText => return run.made(&print(at, it.moment, run.in_utc[it.at])),
        Method::ToIso | Method::ToJson => {
            return match print_iso(at) {
                Some(text) => run.made(&text),
                None if it.moment || method == Method::ToJson => Ok(Js::Null),
                None => Err(RunFault::OutOfRange),
            };
        }
        _ => {}
    }
    if it.moment { of_moment(run, it, at, method, &arguments) } else { of_date(run, it, at, method, &arguments) }
}

fn of_date<'a>(run: &mut Run<'a>, it: Time, at: f64, method: Method, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let clock = Clock::at(at);
    let part = |read: fn(Clock) -> i64| Ok(Js::Number(clock.map_or(f64::NAN, |clock| float(read(clock)))));
    match method {
        Method::GetTime => Ok(Js::Number(at)),
        Method::FullYear => part(|clock| clock.year),
        Method::ZeroMonth => part(|clock| clock.month - 1),
        Method::DayOfMonth => part(|clock| clock.day),
        Method::DayOfWeek => part(|clock| clock.weekday),
        Method::Hours => part(Clock::hours),
        Method::Minutes => part(Clock::minutes),
        Method::Seconds => part(Clock::seconds),
        // Minutes behind UTC.
        Method::TimezoneOffset => part(|_| -420),
        Method::UtcFullYear => Ok(in_utc(at, |clock| clock.year)),
        Method::UtcMonth => Ok(in_utc(at, |clock| clock.month - 1)),
        Method::UtcDate => Ok(in_utc(at, |clock| clock.day)),
        Method::UtcDay => Ok(in_utc(at, |clock| clock.weekday)),
        Method::UtcHours => Ok(in_utc(at, Clock::hours)),
        Method::UtcMinutes => Ok(in_utc(at, Clock::minutes)),
        Method::UtcSeconds => Ok(in_utc(at, Clock::seconds)),
        Method::Milliseconds => part(|clock| clock.since_midnight % 1_000),
        Method::ToUtcText => run.made(&print_utc(at)),
        Method::SetTime => {
            let moved = run.number_of(&given(arguments, 0))?;
            run.times[it.at] = super::time::clip(moved);
            Ok(Js::Number(run.times[it.at]))
        }
        Method::ToDateText => match clock {
            Some(_) => run.made(&print(at, false, false)[..15]),
            None => run.made("Invalid Date"),
        },
        Method::ToLocale | Method::ToLocaleTime => {
            let Some(clock) = clock else { return run.made("Invalid Date") };
            let format = match (method, arguments) {
                (Method::ToLocale, []) => "M/D/YYYY, h:mm:ss A".to_owned(),
                (Method::ToLocaleTime, [] | [_]) if is_english(run, &given(arguments, 0))? => "h:mm:ss A".to_owned(),
                (Method::ToLocaleTime, [language, options]) if is_english(run, language)? => time_format(run, options)?,
                _ => return Err(RunFault::Unsupported),
            };
            let mut text = String::new();
            write(run, clock, false, &format, &mut text)?;
            run.made(&text)
        }
        Method::ToLocaleDate => {
            let Some(clock) = clock else { return run.made("Invalid Date") };
            let language = match arguments.first() {
                None | Some(Js::Undefined) => Text("en-US"),
                Some(language) => run.text_of(language)?,
            };
            let format = date_format(run, language.as_str(), arguments.get(1))?;
            let mut text = String::new();
            write(run, clock, false, &format, &mut text)?;
            run.made(&text)
        }
        _ => {
            let (first, ahead) = match method {
                Method::SetFullYear => (0, 0.0),
                Method::SetMonth => (1, 0.0),
                Method::SetDate => (2, 0.0),
                Method::SetHours => (3, 0.0),
                Method::SetMinutes => (4, 0.0),
                Method::SetSeconds => (5, 0.0),
                Method::SetMilliseconds => (6, 0.0),
                Method::SetUtcFullYear => (0, HOURS_AHEAD),
                Method::SetUtcMonth => (1, HOURS_AHEAD),
                Method::SetUtcDate => (2, HOURS_AHEAD),
                Method::SetUtcHours => (3, HOURS_AHEAD),
                Method::SetUtcMinutes => (4, HOURS_AHEAD),
                _ => return Err(RunFault::NotAFunction),
            };
            let mut parts = match Clock::at(at - ahead) {
                Some(clock) => parts_of(clock),
                None if first == 0 => [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0],
                None => return Ok(Js::Number(f64::NAN)),
            };
            if arguments.is_empty() {
                parts[first] = f64::NAN;
            }
            for (part, argument) in parts[first..].iter_mut().zip(arguments) {
                *part = run.number_of(argument)?;
            }
            let milliseconds = super::time::clip(from_parts(parts) + ahead);
            run.times[it.at] = milliseconds;
            Ok(Js::Number(milliseconds))
        }
    }
}

/// The year, the month from 0, the day and so on.
fn parts_of(clock: Clock) -> [f64; 7] {
    let rest = clock.since_midnight % 1_000;
    [clock.year, clock.month - 1, clock.day, clock.hours(), clock.minutes(), clock.seconds(), rest].map(float)
}

/// How a language writes days: as it does of itself, in two digits, and in words. Source: CLDR, as Node has it.
fn date_format<'a>(run: &mut Run<'a>, language: &str, options: Option<&Js<'a>>) -> Ran<String> {
    let (plain, padded, words) = match language {
        "en-US" | "en" => ("M/D/YYYY", "MM/DD/YYYY", "MMMM D, YYYY"),
        "en-CA" => ("YYYY-MM-DD", "YYYY-MM-DD", "MMMM D, YYYY"),
        "sv-SE" | "fr-CA" => ("YYYY-MM-DD", "YYYY-MM-DD", ""),
        "en-GB" | "en-AU" => ("DD/MM/YYYY", "DD/MM/YYYY", "D MMMM YYYY"),
        "fr-FR" | "fr" | "it-IT" | "it" | "pt-BR" => ("DD/MM/YYYY", "DD/MM/YYYY", ""),
        "es-ES" | "es" | "vi-VN" | "vi" | "id-ID" => ("D/M/YYYY", "DD/MM/YYYY", ""),
        "de-DE" | "de" | "da-DK" | "nb-NO" => ("D.M.YYYY", "DD.MM.YYYY", ""),
        "nl-NL" | "nl" => ("D-M-YYYY", "DD-MM-YYYY", ""),
        _ => return Err(RunFault::Unsupported),
    };
    let options = match options {
        None | Some(Js::Undefined) => return Ok(plain.to_owned()),
        Some(options) => asked(run, options, ["year", "month", "day", "weekday"])?,
    };
    match options {
        ["numeric", "2-digit", "2-digit", ""] => Ok(padded.to_owned()),
        ["", "", "", ""] | ["numeric", "numeric", "numeric", ""] => Ok(plain.to_owned()),
        ["numeric", "long", "numeric", ""] if !words.is_empty() => Ok(words.to_owned()),
        options if matches!(language, "en-US" | "en") => american(options),
        _ => Err(RunFault::Unsupported),
    }
}

/// The options that ask for parts of a date, by the names of the parts; blank for what is not asked for.
fn asked<'a, const PARTS: usize>(run: &mut Run<'a>, options: &Js<'a>, names: [&str; PARTS]) -> Ran<[&'a str; PARTS]> {
    let Js::Object(at) = options else { return Err(RunFault::Unsupported) };
    let options = run.objects[*at].clone();
    let mut asked = [""; PARTS];
    for (key, value) in &options {
        let part = names.iter().position(|name| *name == key.as_str());
        asked[part.ok_or(RunFault::Unsupported)?] = run.text_of(value)?.as_str();
    }
    Ok(asked)
}

/// A date as the United States write it, of the parts that are asked for.
fn american([year, month, day, weekday]: [&str; 4]) -> Ran<String> {
    let sign = |asked: &str, signs: [&'static str; 4]| {
        let at = ["numeric", "2-digit", "short", "long"].iter().position(|it| *it == asked);
        if asked.is_empty() { Some("") } else { at.map(|at| signs[at]).filter(|sign| !sign.is_empty()) }
    };
    let parts = (
        sign(year, ["YYYY", "YY", "", ""]),
        sign(month, ["M", "MM", "MMM", "MMMM"]),
        sign(day, ["D", "DD", "", ""]),
        sign(weekday, ["", "", "ddd", "dddd"]),
    );
    let (Some(year), Some(month), Some(day), Some(weekday)) = parts else { return Err(RunFault::Unsupported) };
    let join =
        |parts: &[&str], by: &str| parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by);
    Ok(match month.len() {
        3 | 4 if day.is_empty() && weekday.is_empty() => join(&[month, year], " "),
        3 | 4 if !day.is_empty() => join(&[weekday, &join(&[month, day], " "), year], ", "),
        1 | 2 => join(&[weekday, &join(&[month, day, year], "/")], ", "),
        // One part alone.
        0 if [year, day, weekday].iter().filter(|part| !part.is_empty()).count() == 1 => {
            join(&[year, day, weekday], "")
        }
        _ => return Err(RunFault::Unsupported),
    })
}

/// A time as the United States write it, of the parts that are asked for.
fn time_format<'a>(run: &mut Run<'a>, options: &Js<'a>) -> Ran<String> {
    let [hour, minute, second, twelve] = asked(run, options, ["hour", "minute", "second", "hour12"])?;
    let hours = match hour {
        "numeric" => "h",
        "2-digit" => "hh",
        _ => return Err(RunFault::Unsupported),
    };
    let rest = match (minute, second) {
        ("", "") => "",
        ("numeric" | "2-digit", "") => ":mm",
        ("numeric" | "2-digit", "numeric" | "2-digit") => ":mm:ss",
        _ => return Err(RunFault::Unsupported),
    };
    if !matches!(twelve, "" | "true") {
        return Err(RunFault::Unsupported);
    }
    Ok([hours, rest, " A"].concat())
}

fn in_utc<'a>(at: f64, read: fn(Clock) -> i64) -> Js<'a> {
    Js::Number(Clock::shifted(at, 0).map_or(f64::NAN, |clock| float(read(clock))))
}

fn of_moment<'a>(run: &mut Run<'a>, it: Time, at: f64, method: Method, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let utc = run.in_utc[it.at];
    // Where clocks are those of UTC, all is counted seven hours back and put forward again.
    let ahead = if utc { HOURS_AHEAD } else { 0.0 };
    let (when, at) = (at, at - ahead);
    let clock = Clock::at(at);
    let method = match (method, arguments.first()) {
        (Method::Get | Method::Set, Some(name @ Js::Text(_))) => {
            let name = run.text_of(name)?;
            let part = part_named(name.as_str()).ok_or(RunFault::Unsupported)?;
            let rest = if method == Method::Set { arguments.get(1..).unwrap_or_default() } else { &[] };
            return of_moment(run, it, when, part, rest);
        }
        (Method::Set, Some(parts @ (Js::Object(_) | Js::Json(Value::Object(_))))) => {
            return set_parts(run, it, parts);
        }
        (Method::Get | Method::Set, _) => return Err(RunFault::Unsupported),
        (method, _) => method,
    };
    if let [part, ..] = arguments
        && let Some(moved) = set(run, at, clock, method, part)?
    {
        run.times[it.at] = moved + ahead;
        return Ok(Js::Time(it));
    }
    // A day that is none has no number in any of its parts.
    if let Some(read) = clock.or(Clock::at(0.0)).and_then(|it| part(method, it)) {
        return Ok(Js::Number(clock.map_or(f64::NAN, |_| float(read))));
    }
    match method {
        Method::Local | Method::Utc | Method::UtcOffset | Method::IsUtc | Method::Locale => {
            settings(run, it, clock, method, arguments)
        }
        Method::IsDst => Ok(Js::Boolean(false)),
        Method::IsLeapYear => Ok(Js::Boolean(clock.is_some_and(|clock| days_in_month(clock.year, 2) == 29))),
        Method::ToArray => {
            let parts = clock.map_or([f64::NAN; 7], parts_of);
            run.new_list(parts.map(Js::Number).to_vec())
        }
        Method::ToObject => {
            let names = ["years", "months", "date", "hours", "minutes", "seconds", "milliseconds"];
            let parts = clock.map_or([f64::NAN; 7], parts_of);
            run.new_object(names.into_iter().map(Text).zip(parts.map(Js::Number)).collect())
        }
        Method::From | Method::To | Method::FromNow | Method::ToNow => from_another(run, when, method, arguments),
        Method::Unix => Ok(Js::Number((when / 1_000.0).floor())),
        Method::IsValid => Ok(Js::Boolean(clock.is_some())),
        Method::ToDate => run.new_time(when, false),
        Method::Clone => new(run, &[Js::Time(it)]),
        Method::Format => format(run, clock, utc, arguments.first()),
        Method::Diff => {
            let other = of_value(run, arguments.first().unwrap_or(&Js::Undefined))? - ahead;
            let unit = unit(run, arguments.get(1))?.unwrap_or(Unit::Millisecond);
            let exact = arguments.get(2).is_some_and(Js::is_truthy);
            let difference = diff(at, other, unit);
            // `-0` is `0`.
            Ok(Js::Number(if exact { difference } else { difference.trunc() + 0.0 }))
        }
        Method::IsBefore | Method::IsAfter | Method::IsSame | Method::IsSameOrBefore | Method::IsSameOrAfter => {
            let other = of_value(run, arguments.first().unwrap_or(&Js::Undefined))? - ahead;
            let unit = unit(run, arguments.get(1))?.unwrap_or(Unit::Millisecond);
            Ok(Js::Boolean(compare(at, other, unit, method)))
        }
        Method::IsBetween => {
            let [one, two, rest @ ..] = arguments else {
                return Err(RunFault::Unsupported);
            };
            let unit = unit(run, rest.first())?.unwrap_or(Unit::Millisecond);
            let (one, two) = (of_value(run, one)? - ahead, of_value(run, two)? - ahead);
            // `[` and `]` take the ends in.
            let ends = match rest.get(1) {
                None | Some(Js::Undefined) => Text("()"),
                Some(ends) => run.text_of(ends)?,
            };
            let after = if ends.as_str().starts_with('[') { Method::IsSameOrAfter } else { Method::IsAfter };
            let before = if ends.as_str().ends_with(']') { Method::IsSameOrBefore } else { Method::IsBefore };
            Ok(Js::Boolean(compare(at, one, unit, after) && compare(at, two, unit, before)))
        }
        Method::Add | Method::Subtract => {
            if let Some(Js::Object(at)) = arguments.first() {
                let parts = run.objects[*at].clone();
                return moved(run, it, &parts, method == Method::Subtract);
            }
            let count = run.number_of(arguments.first().unwrap_or(&Js::Undefined))?;
            let unit = unit(run, arguments.get(1))?.unwrap_or(Unit::Millisecond);
            let sign = if method == Method::Add { 1.0 } else { -1.0 };
            run.times[it.at] = super::time::clip(add(at, count * sign, unit)? + ahead);
            Ok(Js::Time(it))
        }
        Method::StartOf | Method::EndOf => {
            let unit = unit(run, arguments.first())?.ok_or(RunFault::Unsupported)?;
            let moved = if method == Method::StartOf { start_of(at, unit) } else { end_of(at, unit) };
            run.times[it.at] = moved + ahead;
            Ok(Js::Time(it))
        }
        _ => Err(RunFault::NotAFunction),
    }
}

/// The part of a moment that a method reads; none for a method that reads none.
fn part(method: Method, clock: Clock) -> Option<i64> {
    Some(match method {
        Method::Second => clock.seconds(),
        Method::Millisecond => clock.since_midnight % 1_000,
        Method::Quarter => (clock.month + 2) / 3,
        Method::DayOfYear => day_of_year(clock),
        Method::Week => week(clock, false),
        Method::IsoWeek => week(clock, true),
        Method::DaysInMonth => days_in_month(clock.year, clock.month),
        Method::Year => clock.year,
        Method::Month => clock.month - 1,
        Method::Date => clock.day,
        Method::Day => clock.weekday,
        Method::IsoWeekday => (clock.weekday + 6) % 7 + 1,
        Method::Hour => clock.hours(),
        Method::Minute => clock.minutes(),
        _ => return None,
    })
}

/// Whose clocks a moment shows, and in which language it is written.
fn settings<'a>(
    run: &mut Run<'a>,
    it: Time,
    clock: Option<Clock>,
    method: Method,
    arguments: &[Js<'a>],
) -> Ran<Js<'a>> {
    let utc = run.in_utc[it.at];
    match (method, arguments) {
        (Method::Local | Method::Utc, _) => run.in_utc[it.at] = method == Method::Utc,
        (Method::IsUtc, _) => return Ok(Js::Boolean(utc && clock.is_some())),
        (Method::UtcOffset, []) => {
            let minutes = if utc { 0.0 } else { 420.0 };
            return Ok(Js::Number(if clock.is_some() { minutes } else { f64::NAN }));
        }
        (Method::UtcOffset, [offset, ..]) => {
            let offset = run.text_of(offset)?;
            run.in_utc[it.at] = match offset.as_str() {
                "0" | "+00:00" | "Z" => true,
                "7" | "420" | "+07:00" => false,
                _ => return Err(RunFault::Unsupported),
            };
        }
        (_, []) => return Ok(Js::text("en")),
        (_, [language, ..]) if is_english(run, language)? => {}
        _ => return Err(RunFault::Unsupported),
    }
    Ok(Js::Time(it))
}

/// `moment.from(…)`, `moment.toNow()`: how long from one to the other, in words.
fn from_another<'a>(run: &mut Run<'a>, at: f64, method: Method, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let named = matches!(method, Method::From | Method::To);
    let other = if named { of_value(run, &given(arguments, 0))? } else { run.now };
    if at.is_nan() || other.is_nan() {
        return run.made("Invalid date");
    }
    let (one, two) = if matches!(method, Method::From | Method::FromNow) { (at, other) } else { (other, at) };
    // Whole months, then the rest.
    let months = diff(one, two, Unit::Month).trunc();
    let rest = one - add(two, months, Unit::Month)?;
    let suffix = !given(arguments, usize::from(named)).is_truthy();
    run.made(&durations::in_words(months, rest, suffix))
}

/// `moment.set({ hour: 5, minute: 30 })`: the larger part first.
fn set_parts<'a>(run: &mut Run<'a>, it: Time, parts: &Js<'a>) -> Ran<Js<'a>> {
    const ORDER: [Method; 9] = [
        Method::Year,
        Method::DayOfYear,
        Method::Month,
        Method::Date,
        Method::Day,
        Method::Hour,
        Method::Minute,
        Method::Second,
        Method::Millisecond,
    ];
    let mut fields = Vec::new();
    run.copy_fields(parts, &mut fields)?;
    let mut wanted = Vec::new();
    for (name, part) in fields {
        wanted.push((part_named(name.as_str()).ok_or(RunFault::Unsupported)?, part));
    }
    wanted.sort_by_key(|(method, _)| ORDER.iter().position(|it| it == method));
    for (method, part) in wanted {
        of_moment(run, it, run.times[it.at], method, &[part])?;
    }
    Ok(Js::Time(it))
}

/// `moment.add({ days: 3, months: 1 })`, `moment.add(duration)`: months first.
fn moved<'a>(run: &mut Run<'a>, it: Time, parts: &[(Text<'a>, Js<'a>)], back: bool) -> Ran<Js<'a>> {
    let ahead = if run.in_utc[it.at] { HOURS_AHEAD } else { 0.0 };
    run.pay(parts.len())?;
    for of_months in [true, false] {
        for (name, count) in parts {
            let unit = match name.as_str() {
                "_months" => Unit::Month,
                "_milliseconds" => Unit::Millisecond,
                name => Unit::parse(name).ok_or(RunFault::Unsupported)?,
            };
            let count = run.number_of(count)?;
            if of_months == matches!(unit, Unit::Year | Unit::Quarter | Unit::Month) {
                let at = add(run.times[it.at] - ahead, if back { -count } else { count }, unit)?;
                run.times[it.at] = super::time::clip(at + ahead);
            }
        }
    }
    Ok(Js::Time(it))
}

/// The moment with a part set to a number; `None` for what is no part. What is no number changes nothing.
fn set<'a>(run: &mut Run<'a>, at: f64, clock: Option<Clock>, method: Method, part: &Js<'a>) -> Ran<Option<f64>> {
    // Nothing is set of what is no moment.
    let clock = clock.unwrap_or(Clock { year: 0, month: 0, day: 0, weekday: 0, since_midnight: 0 });
    let (is, length) = match method {
        Method::Year => (clock.year, 0.0),
        Method::Month => (clock.month - 1, 0.0),
        Method::Date => (clock.day, DAY),
        Method::Day => (clock.weekday, DAY),
        Method::IsoWeekday => ((clock.weekday + 6) % 7 + 1, DAY),
        Method::Hour => (clock.hours(), 3_600_000.0),
        Method::Minute => (clock.minutes(), 60_000.0),
        Method::Second => (clock.seconds(), 1_000.0),
        Method::Millisecond => (clock.since_midnight % 1_000, 1.0),
        Method::DayOfYear => (day_of_year(clock), DAY),
        Method::Quarter | Method::Week | Method::IsoWeek => return Err(RunFault::Unsupported),
        _ => return Ok(None),
    };
    if at.is_nan() {
        return Ok(Some(at));
    }
    let number = run.number_of(part)?;
    if number.is_nan() {
        let Js::Text(name) = part else { return Ok(Some(at)) };
        return match (method, super::time::place_named(name.as_str(), method == Method::Month)) {
            (Method::Month, Some(month)) => add(at, float(month - is), Unit::Month).map(Some),
            (Method::Day, Some(day)) => Ok(Some(super::time::clip(at + float(day - is) * DAY))),
            (Method::Day | Method::IsoWeekday, _) => Err(RunFault::Unsupported),
            _ => Ok(Some(at)),
        };
    }
    let by = number.trunc() - float(is);
    if length > 0.0 {
        return Ok(Some(super::time::clip(at + by * length)));
    }
    add(at, by, if method == Method::Year { Unit::Year } else { Unit::Month }).map(Some)
}

/// The unit an argument names; `None` without one.
pub(super) fn unit<'a>(run: &mut Run<'a>, argument: Option<&Js<'a>>) -> Ran<Option<Unit>> {
    match argument {
        None | Some(Js::Undefined | Js::Null) => Ok(None),
        Some(name) => {
            let name = run.text_of(name)?;
            Unit::parse(name.as_str()).map(Some).ok_or(RunFault::Unsupported)
        }
    }
}

fn add(at: f64, count: f64, unit: Unit) -> Ran<f64> {
    if count.is_nan() || count.abs() > 1e9 {
        return Err(RunFault::Unsupported);
    }
    let Some(clock) = Clock::at(at) else {
        return Ok(f64::NAN);
    };
    // Months and days are whole; rounded as moment.js does, below 10^9 and so exact.
    #[allow(clippy::cast_possible_truncation)]
    let rounded = count.abs().round().copysign(count) as i64;
    Ok(match unit {
        Unit::Year => clock.plus_months(rounded * 12).milliseconds(),
        Unit::Quarter => clock.plus_months(rounded * 3).milliseconds(),
        Unit::Month => clock.plus_months(rounded).milliseconds(),
        Unit::IsoWeek => return Err(RunFault::Unsupported),
        Unit::Week => at + float(rounded * 7) * DAY,
        Unit::Day => at + float(rounded) * DAY,
        Unit::Hour | Unit::Minute | Unit::Second | Unit::Millisecond => at + count * unit.milliseconds(),
    })
}

/// `at` minus `other` in units, not rounded.
fn diff(at: f64, other: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Year => months_between(at, other) / 12.0,
        Unit::Quarter => months_between(at, other) / 3.0,
        Unit::Month => months_between(at, other),
        _ => (at - other) / unit.milliseconds(),
    }
}

/// Months from `other` to `at`, part of the last one counted by its own length.
fn months_between(at: f64, other: f64) -> f64 {
    let (Some(one), Some(two)) = (Clock::at(at), Clock::at(other)) else {
        return f64::NAN;
    };
    if one.day < two.day {
        // The end of a month has an anchor that exists.
        return 0.0 - months_between(other, at);
    }
    let whole = (two.year - one.year) * 12 + two.month - one.month;
    let anchor = one.plus_months(whole).milliseconds();
    let part = if other < anchor {
        (other - anchor) / (anchor - one.plus_months(whole - 1).milliseconds())
    } else {
        (other - anchor) / (one.plus_months(whole + 1).milliseconds() - anchor)
    };
    0.0 - (float(whole) + part)
}

fn compare(at: f64, other: f64, unit: Unit, method: Method) -> bool {
    if at.is_nan() || other.is_nan() {
        return false;
    }
    let (start, end) = if unit == Unit::Millisecond { (at, at) } else { (start_of(at, unit), end_of(at, unit)) };
    let same = start <= other && other <= end;
    match method {
        Method::IsBefore => end < other,
        Method::IsAfter => other < start,
        Method::IsSame => same,
        Method::IsSameOrBefore => same || end < other,
        _ => same || other < start,
    }
}

fn start_of(at: f64, unit: Unit) -> f64 {
    let Some(clock) = Clock::at(at) else {
        return f64::NAN;
    };
    let day = Clock { since_midnight: 0, ..clock };
    match unit {
        Unit::Year => Clock { month: 1, day: 1, ..day }.milliseconds(),
        Unit::Quarter => Clock { month: (clock.month - 1) / 3 * 3 + 1, day: 1, ..day }.milliseconds(),
        Unit::Month => Clock { day: 1, ..day }.milliseconds(),
        Unit::IsoWeek => day.milliseconds() - float((clock.weekday + 6) % 7) * DAY,
        // On Sunday, as moment.js has it unless it is set to another language.
        Unit::Week => day.milliseconds() - float(clock.weekday) * DAY,
        Unit::Day => day.milliseconds(),
        Unit::Hour | Unit::Minute | Unit::Second => {
            let length = unit.milliseconds();
            // Vietnam is whole hours ahead.
            (at / length).floor() * length
        }
        Unit::Millisecond => at,
    }
}

fn end_of(at: f64, unit: Unit) -> f64 {
    let start = start_of(at, unit);
    match (unit, Clock::at(start)) {
        (_, None) => f64::NAN,
        (Unit::Year, Some(clock)) => clock.plus_months(12).milliseconds() - 1.0,
        (Unit::Quarter, Some(clock)) => clock.plus_months(3).milliseconds() - 1.0,
        (Unit::Month, Some(clock)) => clock.plus_months(1).milliseconds() - 1.0,
        (Unit::Millisecond, _) => start,
        _ => start + unit.milliseconds() - 1.0,
    }
}
