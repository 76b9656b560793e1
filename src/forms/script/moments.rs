//! Methods of `Date` and of moment.js.

use super::RunFault;
use super::names::{Function, Method};
use super::run::Run;
use super::time::{Clock, DAY, float, from_parts, padded, print, print_iso};
use super::tree::Expression;
use super::value::{Js, Ran, Text, Time, given};
use crate::dates::{days_in_month, parse_strict};
use crate::javascript::number_to_text;

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
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
    fn parse(name: &str) -> Option<Self> {
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
    fn milliseconds(self) -> f64 {
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
    use Function::{Duration, Earliest, FromUnix, IsMoment, Latest, Moment};
    matches!(function, Moment | Duration | Latest | Earliest | FromUnix | IsMoment)
}

/// Calls such a function.
pub(super) fn apply<'a>(run: &mut Run<'a>, function: Function, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let first = given(arguments, 0);
    match function {
        Function::Duration => duration(run, arguments),
        Function::Latest | Function::Earliest => extreme(run, function == Function::Latest, arguments),
        Function::FromUnix => {
            let seconds = run.number_of(&first)?;
            run.new_time(seconds * 1_000.0, true)
        }
        Function::IsMoment => Ok(Js::Boolean(matches!(first, Js::Time(it) if it.moment))),
        _ => new(run, arguments),
    }
}

/// `moment(…)`.
fn new<'a>(run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let milliseconds = match arguments {
        [] | [Js::Undefined] => run.now,
        [value] => of_value(run, value)?,
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
        [Js::Text(text), Js::Text(format), strict @ ..] => {
            let strict = match strict {
                [] => false,
                [Js::Boolean(strict)] => *strict,
                _ => return Err(RunFault::Unsupported),
            };
            run.pay(1 + (text.as_str().len() + format.as_str().len()) / 4)?;
            parse_format(text.as_str(), format.as_str(), strict, run.now)?
        }
        [Js::Undefined | Js::Null, ..] => f64::NAN,
        [time @ Js::Time(_), ..] => of_value(run, time)?,
        _ => return Err(RunFault::Unsupported),
    };
    run.new_time(milliseconds, true)
}

/// How moment.js turns days into months and back (`bubble`).
const DAYS_A_MONTH: f64 = 146_097.0 / 4_800.0;

/// `moment.duration(count, unit)`: an object with its length, in months or else in milliseconds.
fn duration<'a>(run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let count = match arguments.first() {
        None | Some(Js::Undefined | Js::Null) => 0.0,
        Some(number @ Js::Number(_)) => run.number_of(number)?,
        _ => return Err(RunFault::Unsupported),
    };
    let (months, rest) = match unit(run, arguments.get(1))?.unwrap_or(Unit::Millisecond) {
        Unit::Year => (count * 12.0, 0.0),
        Unit::Quarter => (count * 3.0, 0.0),
        Unit::Month => (count, 0.0),
        unit => (0.0, count * unit.milliseconds()),
    };
    run.new_object(vec![(Text("_months"), Js::Number(months)), (Text("_milliseconds"), Js::Number(rest))])
}

/// Calls a method of a duration; `None` if the object is none.
pub(super) fn of_duration<'a>(run: &mut Run<'a>, object: usize, method: Method) -> Option<Js<'a>> {
    let [(Text("_months"), Js::Number(months)), (Text("_milliseconds"), Js::Number(rest))] =
        run.objects.get(object)?[..]
    else {
        return None;
    };
    let days = (months * DAYS_A_MONTH).round() * DAY + rest;
    let all_months = months + rest / DAY / DAYS_A_MONTH;
    let whole_days = (rest / DAY).trunc();
    let more_months = (whole_days / DAYS_A_MONTH).trunc();
    let of_months = more_months * DAYS_A_MONTH;
    let of_months = if of_months < 0.0 { of_months.floor() } else { of_months.ceil() };
    let part = |milliseconds: f64, count: f64| (rest / milliseconds).trunc() % count;
    Some(Js::Number(match method {
        Method::AsYears => all_months / 12.0,
        Method::AsMonths => all_months,
        Method::AsWeeks => days / DAY / 7.0,
        Method::AsDays => days / DAY,
        Method::AsHours => days / 3_600_000.0,
        Method::AsMinutes => days / 60_000.0,
        Method::AsSeconds => days / 1_000.0,
        Method::AsMilliseconds => days,
        Method::Year => ((months + more_months) / 12.0).trunc(),
        Method::Month => (months + more_months) % 12.0,
        Method::Day => whole_days - of_months,
        Method::Hour => part(3_600_000.0, 24.0),
        Method::Minute => part(60_000.0, 60.0),
        Method::Second => part(1_000.0, 60.0),
        _ => return None,
    }))
}

/// What moment.js makes of a value without a format.
fn of_value<'a>(run: &mut Run<'a>, value: &Js<'a>) -> Ran<f64> {
    Ok(match value {
        Js::Undefined => run.now,
        Js::Null | Js::Boolean(_) => f64::NAN,
        Js::Number(number) => *number,
        Js::Time(it) => run.times[it.at],
        Js::Text(text) => parse_strict(text.as_str()).map_or(f64::NAN, float),
        // Year, month from 0, day and so on.
        Js::List(_) => {
            let mut parts = [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
            let given = run.items_of(value)?;
            for (part, given) in parts.iter_mut().zip(&given) {
                *part = run.number_of(given)?;
            }
            let at = from_parts(parts);
            // What runs over is no date.
            let same = Clock::at(at).is_some_and(|it| [it.year, it.month - 1, it.day].map(float)[..] == parts[..3]);
            if given.is_empty() {
                run.now
            } else if same {
                at
            } else {
                f64::NAN
            }
        }
        Js::Json(_) | Js::Object(_) | Js::Pattern(_) => return Err(RunFault::Unsupported),
    })
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
        Method::ToText => return run.made(&print(at, it.moment)),
        Method::ToIso => {
            return match print_iso(at) {
                Some(text) => run.made(&text),
                None if it.moment => Ok(Js::Null),
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
        Method::ToDateText => match clock {
            Some(_) => run.made(&print(at, false)[..15]),
            None => run.made("Invalid Date"),
        },
        Method::ToLocale | Method::ToLocaleTime => {
            let Some(clock) = clock else { return run.made("Invalid Date") };
            if !arguments.is_empty() {
                return Err(RunFault::Unsupported);
            }
            let mut text = String::new();
            write(run, clock, if method == Method::ToLocale { "M/D/YYYY, h:mm:ss A" } else { "h:mm:ss A" }, &mut text)?;
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
            write(run, clock, format, &mut text)?;
            run.made(&text)
        }
        Method::SetFullYear | Method::SetMonth | Method::SetDate | Method::SetHours => {
            let mut parts = match (clock, method) {
                (Some(clock), _) => [
                    float(clock.year),
                    float(clock.month - 1),
                    float(clock.day),
                    float(clock.hours()),
                    float(clock.minutes()),
                    float(clock.seconds()),
                    float(clock.since_midnight % 1_000),
                ],
                (None, Method::SetFullYear) => [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0],
                (None, _) => return Ok(Js::Number(f64::NAN)),
            };
            let first = match method {
                Method::SetFullYear => 0,
                Method::SetMonth => 1,
                Method::SetDate => 2,
                _ => 3,
            };
            if arguments.is_empty() {
                parts[first] = f64::NAN;
            }
            for (part, argument) in parts[first..].iter_mut().zip(arguments) {
                *part = run.number_of(argument)?;
            }
            let milliseconds = super::time::clip(from_parts(parts));
            run.times[it.at] = milliseconds;
            Ok(Js::Number(milliseconds))
        }
        _ => Err(RunFault::NotAFunction),
    }
}

/// How a language writes days: as it does of itself, in two digits, and in words. Source: CLDR, as Node has it.
fn date_format<'a>(run: &mut Run<'a>, language: &str, options: Option<&Js<'a>>) -> Ran<&'static str> {
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
        None | Some(Js::Undefined) => return Ok(plain),
        Some(Js::Object(at)) => run.objects[*at].clone(),
        Some(_) => return Err(RunFault::Unsupported),
    };
    let mut asked = [Text(""); 3];
    for (key, value) in &options {
        let part = ["year", "month", "day"].iter().position(|part| *part == key.as_str());
        asked[part.ok_or(RunFault::Unsupported)?] = run.text_of(value)?;
    }
    match asked.map(Text::as_str) {
        ["numeric", "2-digit", "2-digit"] => Ok(padded),
        ["numeric", "numeric", "numeric"] => Ok(plain),
        ["numeric", "long", "numeric"] if !words.is_empty() => Ok(words),
        _ => Err(RunFault::Unsupported),
    }
}

fn in_utc<'a>(at: f64, read: fn(Clock) -> i64) -> Js<'a> {
    Js::Number(Clock::shifted(at, 0).map_or(f64::NAN, |clock| float(read(clock))))
}

fn of_moment<'a>(run: &mut Run<'a>, it: Time, at: f64, method: Method, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let clock = Clock::at(at);
    let method = match (method, arguments.first()) {
        (Method::Get | Method::Set, Some(name @ Js::Text(_))) => {
            let name = run.text_of(name)?;
            let part = part_named(name.as_str()).ok_or(RunFault::Unsupported)?;
            let rest = if method == Method::Set { arguments.get(1..).unwrap_or_default() } else { &[] };
            return of_moment(run, it, at, part, rest);
        }
        (Method::Get | Method::Set, _) => return Err(RunFault::Unsupported),
        (method, _) => method,
    };
    if let [part, ..] = arguments
        && let Some(moved) = set(run, at, clock, method, part)?
    {
        run.times[it.at] = moved;
        return Ok(Js::Time(it));
    }
    let part = |read: fn(Clock) -> i64| Ok(Js::Number(clock.map_or(f64::NAN, |clock| float(read(clock)))));
    match method {
        Method::Second => part(Clock::seconds),
        Method::Millisecond => part(|clock| clock.since_midnight % 1_000),
        Method::Quarter => part(|clock| (clock.month + 2) / 3),
        Method::DayOfYear => part(day_of_year),
        Method::Week => part(|clock| week(clock, false)),
        Method::IsoWeek => part(|clock| week(clock, true)),
        Method::Local => Ok(Js::Time(it)),
        Method::DaysInMonth => part(|clock| days_in_month(clock.year, clock.month)),
        Method::Year => part(|clock| clock.year),
        Method::Month => part(|clock| clock.month - 1),
        Method::Date => part(|clock| clock.day),
        Method::Day => part(|clock| clock.weekday),
        Method::IsoWeekday => part(|clock| (clock.weekday + 6) % 7 + 1),
        Method::Hour => part(Clock::hours),
        Method::Minute => part(Clock::minutes),
        Method::Unix => Ok(Js::Number((at / 1_000.0).floor())),
        Method::IsValid => Ok(Js::Boolean(clock.is_some())),
        Method::ToDate => run.new_time(at, false),
        Method::Clone => run.new_time(at, true),
        Method::Format => format(run, clock, arguments.first()),
        Method::Diff => {
            let other = of_value(run, arguments.first().unwrap_or(&Js::Undefined))?;
            let unit = unit(run, arguments.get(1))?.unwrap_or(Unit::Millisecond);
            let exact = arguments.get(2).is_some_and(Js::is_truthy);
            let difference = diff(at, other, unit);
            // `-0` is `0`.
            Ok(Js::Number(if exact { difference } else { difference.trunc() + 0.0 }))
        }
        Method::IsBefore | Method::IsAfter | Method::IsSame | Method::IsSameOrBefore | Method::IsSameOrAfter => {
            let other = of_value(run, arguments.first().unwrap_or(&Js::Undefined))?;
            let unit = unit(run, arguments.get(1))?.unwrap_or(Unit::Millisecond);
            Ok(Js::Boolean(compare(at, other, unit, method)))
        }
        Method::IsBetween => {
            let [one, two, rest @ ..] = arguments else {
                return Err(RunFault::Unsupported);
            };
            let unit = unit(run, rest.first())?.unwrap_or(Unit::Millisecond);
            let (one, two) = (of_value(run, one)?, of_value(run, two)?);
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
            run.times[it.at] = super::time::clip(add(at, count * sign, unit)?);
            Ok(Js::Time(it))
        }
        Method::StartOf | Method::EndOf => {
            let unit = unit(run, arguments.first())?.ok_or(RunFault::Unsupported)?;
            let moved = if method == Method::StartOf { start_of(at, unit) } else { end_of(at, unit) };
            run.times[it.at] = moved;
            Ok(Js::Time(it))
        }
        _ => Err(RunFault::NotAFunction),
    }
}

/// `moment.add({ days: 3, months: 1 })`, `moment.add(duration)`: months first.
fn moved<'a>(run: &mut Run<'a>, it: Time, parts: &[(Text<'a>, Js<'a>)], back: bool) -> Ran<Js<'a>> {
    for of_months in [true, false] {
        for (name, count) in parts {
            let unit = match name.as_str() {
                "_months" => Unit::Month,
                "_milliseconds" => Unit::Millisecond,
                name => Unit::parse(name).ok_or(RunFault::Unsupported)?,
            };
            let count = run.number_of(count)?;
            if of_months == matches!(unit, Unit::Year | Unit::Quarter | Unit::Month) {
                let at = add(run.times[it.at], if back { -count } else { count }, unit)?;
                run.times[it.at] = super::time::clip(at);
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
        // The name of a month or day would be read.
        let named = matches!(method, Method::Month | Method::Day | Method::IsoWeekday) && matches!(part, Js::Text(_));
        return if named { Err(RunFault::Unsupported) } else { Ok(Some(at)) };
    }
    let by = number.trunc() - float(is);
    if length > 0.0 {
        return Ok(Some(super::time::clip(at + by * length)));
    }
    add(at, by, if method == Method::Year { Unit::Year } else { Unit::Month }).map(Some)
}

/// The unit an argument names; `None` without one.
fn unit<'a>(run: &mut Run<'a>, argument: Option<&Js<'a>>) -> Ran<Option<Unit>> {
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

/// A piece of a format: a sign of its language, or text.
enum Piece<'f> {
    Sign(&'f str),
    Text(&'f str),
}

/// The first piece of a format and the rest. A letter that means something but is not read here is a fault.
fn piece(format: &str) -> Ran<Option<(Piece<'_>, &str)>> {
    let Some(first) = format.chars().next() else {
        return Ok(None);
    };
    if first == '['
        && let Some(end) = format.find(']')
    {
        return Ok(Some((Piece::Text(&format[1..end]), &format[end + 1..])));
    }
    let run = format.len() - format.trim_start_matches(first).len();
    let length = match (first, run) {
        ('Y', 4) => 4,
        ('L', 1) if format.starts_with("LTS") => 3,
        ('L', 1) if format.starts_with("LT") => 2,
        ('D', 1) if format.starts_with("Do") => 2,
        ('M' | 'd' | 'Q' | 'w' | 'W', _) if format[run..].starts_with('o') => return Err(RunFault::Unsupported),
        ('M' | 'd', 3 | 4) | ('d' | 'Q' | 'E' | 'x' | 'X', 1) | ('S', 1..=3) | ('Z', 1 | 2) | ('L' | 'l', 1..=4) => run,
        ('Y' | 'M' | 'D' | 'H' | 'h' | 'm' | 's', 1 | 2) if first != 'Y' || run == 2 => run,
        ('A' | 'a', _) => 1,
        (letter, _) if "YMDHhmsLlSZdeEQwWyNgGkxXz".contains(letter) => {
            return Err(RunFault::Unsupported);
        }
        _ => {
            let length = first.len_utf8();
            return Ok(Some((Piece::Text(&format[..length]), &format[length..])));
        }
    };
    Ok(Some((Piece::Sign(&format[..length]), &format[length..])))
}

fn format<'a>(run: &mut Run<'a>, clock: Option<Clock>, format: Option<&Js<'a>>) -> Ran<Js<'a>> {
    let Some(clock) = clock else {
        return run.made("Invalid date");
    };
    let format = match format {
        None | Some(Js::Undefined) => None,
        Some(format) => Some(run.text_of(format)?),
    };
    let format = format.as_ref().map_or("YYYY-MM-DD[T]HH:mm:ssZ", |format| format.as_str());
    let mut text = String::new();
    write(run, clock, format, &mut text)?;
    run.made(&text)
}

/// Writes a moment by a format.
fn write(run: &mut Run<'_>, clock: Clock, format: &str, text: &mut String) -> Ran<()> {
    let mut rest = format;
    while let Some((piece, after)) = piece(rest)? {
        rest = after;
        let twelve = (clock.hours() + 11) % 12 + 1;
        let printed = match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Sign("YYYY") => padded(clock.year, 4),
            Piece::Sign("YY") => padded(clock.year.rem_euclid(100), 2),
            Piece::Sign("MMMM") => clock.month_name().to_owned(),
            Piece::Sign("MMM") => clock.month_name()[..3].to_owned(),
            Piece::Sign("dddd") => clock.weekday_name().to_owned(),
            Piece::Sign("ddd") => clock.weekday_name()[..3].to_owned(),
            Piece::Sign("d") => clock.weekday.to_string(),
            Piece::Sign("E") => ((clock.weekday + 6) % 7 + 1).to_string(),
            Piece::Sign("Q") => ((clock.month + 2) / 3).to_string(),
            Piece::Sign("Z") => "+07:00".to_owned(),
            Piece::Sign("ZZ") => "+0700".to_owned(),
            Piece::Sign("x") => number_to_text(clock.milliseconds()),
            Piece::Sign("X") => number_to_text((clock.milliseconds() / 1_000.0).floor()),
            Piece::Sign("Do") => {
                let ending = match (clock.day / 10, clock.day % 10) {
                    (1, _) => "th",
                    (_, 1) => "st",
                    (_, 2) => "nd",
                    (_, 3) => "rd",
                    _ => "th",
                };
                [&clock.day.to_string(), ending].concat()
            }
            Piece::Sign(sign) if sign.starts_with('S') => {
                padded(clock.since_midnight % 1_000, 3)[..sign.len()].to_owned()
            }
            Piece::Sign(sign) if sign.starts_with(['L', 'l']) => {
                write(run, clock, long(sign), text)?;
                continue;
            }
            Piece::Sign("A") => String::from(if clock.hours() < 12 { "AM" } else { "PM" }),
            Piece::Sign("a") => String::from(if clock.hours() < 12 { "am" } else { "pm" }),
            Piece::Sign(sign) => {
                let number = match sign.as_bytes() {
                    [b'M', ..] => clock.month,
                    [b'D', ..] => clock.day,
                    [b'H', ..] => clock.hours(),
                    [b'h', ..] => twelve,
                    [b'm', ..] => clock.minutes(),
                    _ => clock.seconds(),
                };
                padded(number, sign.len())
            }
        };
        run.append(text, &printed)?;
    }
    Ok(())
}

/// The long formats of moment.js, as it has them unless it is set to another language.
fn long(sign: &str) -> &'static str {
    match sign {
        "LT" => "h:mm A",
        "LTS" => "h:mm:ss A",
        "L" => "MM/DD/YYYY",
        "LL" => "MMMM D, YYYY",
        "LLL" => "MMMM D, YYYY h:mm A",
        "LLLL" => "dddd, MMMM D, YYYY h:mm A",
        "l" => "M/D/YYYY",
        "ll" => "MMM D, YYYY",
        "lll" => "MMM D, YYYY h:mm A",
        _ => "ddd, MMM D, YYYY h:mm A",
    }
}

/// Reads a text by a format; NaN where moment.js says it is invalid.
fn parse_format(text: &str, format: &str, strict: bool, now: f64) -> Ran<f64> {
    let (mut left, mut rest) = (text, format);
    let mut parts: [Option<i64>; 6] = [None; 6];
    let mut afternoon = None;
    while let Some((piece, after)) = piece(rest)? {
        rest = after;
        let sign = match piece {
            Piece::Sign(sign) => sign,
            Piece::Text(text) => {
                match left.find(text) {
                    Some(0) => left = &left[text.len()..],
                    // Not strict, signs between are skipped over.
                    Some(at) if !strict => left = &left[at + text.len()..],
                    None if !strict => {}
                    _ => return Ok(f64::NAN),
                }
                continue;
            }
        };
        if matches!(sign, "A" | "a") {
            let start = if strict { 0 } else { left.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(0) };
            let half = left[start..].get(..2).map(str::to_ascii_lowercase);
            afternoon = half.as_deref().filter(|half| matches!(*half, "am" | "pm")).map(|half| half == "pm");
            if afternoon.is_some() {
                left = &left[start + 2..];
            } else if strict {
                return Ok(f64::NAN);
            }
            continue;
        }
        let (place, most) = match sign.as_bytes() {
            b"YYYY" => (0, 4),
            b"YY" => (0, 2),
            b"M" | b"MM" => (1, 2),
            b"D" | b"DD" => (2, 2),
            [b'H' | b'h', ..] => (3, 2),
            [b'm', ..] => (4, 2),
            [b's', ..] => (5, 2),
            _ => return Err(RunFault::Unsupported),
        };
        let Some(start) = left.find(|letter: char| letter.is_ascii_digit()) else {
            if strict {
                return Ok(f64::NAN);
            }
            continue;
        };
        let digits = left[start..].bytes().take(most).take_while(u8::is_ascii_digit).count();
        let least = if strict { sign.len() } else { 1 };
        if (strict && start > 0) || digits < least {
            return Ok(f64::NAN);
        }
        let number: i64 = left[start..start + digits].parse().unwrap_or(0);
        left = &left[start + digits..];
        parts[place] = Some(match place {
            0 if digits == 2 && number > 68 => number + 1_900,
            0 if digits == 2 => number + 2_000,
            _ => number,
        });
    }
    if parts.iter().all(Option::is_none) || (strict && !left.is_empty()) {
        return Ok(f64::NAN);
    }
    parts[3] = match (parts[3], afternoon) {
        (Some(hours), Some(true)) if hours < 12 => Some(hours + 12),
        (Some(12), Some(false)) => Some(0),
        (hours, _) => hours,
    };
    Ok(from_read(parts, now))
}

/// The point in time of what was read; what stands before it in a date is today's, what stands after is the first.
fn from_read(parts: [Option<i64>; 6], now: f64) -> f64 {
    let Some(today) = Clock::at(now) else {
        return f64::NAN;
    };
    let [year, month, day, hours, minutes, seconds] = parts;
    let (first_year, first_month, first_day) = match (year, month, day) {
        (None, None, None) => (today.year, today.month, today.day),
        (None, None, Some(_)) => (today.year, today.month, 1),
        _ => (today.year, 1, 1),
    };
    let (year, month, day) = (year.unwrap_or(first_year), month.unwrap_or(first_month), day.unwrap_or(first_day));
    let (hours, minutes, seconds) = (hours.unwrap_or(0), minutes.unwrap_or(0), seconds.unwrap_or(0));
    let exists = (1..=12).contains(&month)
        && day >= 1
        && day <= days_in_month(year, month)
        && minutes < 60
        && seconds < 60
        && (hours < 24 || (hours == 24 && minutes == 0 && seconds == 0));
    if !exists {
        return f64::NAN;
    }
    let since_midnight = ((hours * 60 + minutes) * 60 + seconds) * 1_000;
    Clock { year, month, day, weekday: 0, since_midnight }.milliseconds()
}
