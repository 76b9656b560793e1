//! Durations of moment.js: an object with its length, in months and in milliseconds.

use super::RunFault;
use super::moments::{Unit, unit};
use super::names::Method;
use super::run::Run;
use super::time::DAY;
use super::value::{Js, Ran, Text};
use crate::javascript::text_to_number;
use serde_json::Value;

/// How moment.js turns days into months and back (`bubble`).
const DAYS_A_MONTH: f64 = 146_097.0 / 4_800.0;

/// `moment.duration(count, unit)`, `moment.duration('08:30')`, `moment.duration({ hours: 8, minutes: 30 })`.
pub(super) fn new<'a>(run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let (months, rest) = match arguments.first() {
        None | Some(Js::Undefined | Js::Null) => (0.0, 0.0),
        Some(parts @ (Js::Object(_) | Js::Json(Value::Object(_)))) => {
            let mut whole = (0.0, 0.0);
            let mut fields = Vec::new();
            run.copy_fields(parts, &mut fields)?;
            for (name, count) in fields {
                let (months, rest) = match name.as_str() {
                    "_months" => (run.number_of(&count)?, 0.0),
                    "_milliseconds" => (0.0, run.number_of(&count)?),
                    name => length(run.number_of(&count)?, Unit::parse(name).ok_or(RunFault::Unsupported)?),
                };
                whole = (whole.0 + months, whole.1 + rest);
            }
            whole
        }
        Some(given @ Js::Text(text)) => match of_clock(run.text_of(given)?.as_str()) {
            Some(milliseconds) => (0.0, milliseconds),
            None if text.as_str().trim_start_matches(['-', '+']).starts_with(['P', 'p']) => {
                return Err(RunFault::Unsupported);
            }
            None => {
                let number = text_to_number(text.as_str());
                let unit = unit(run, arguments.get(1))?.unwrap_or(Unit::Millisecond);
                if number.is_nan() { (0.0, 0.0) } else { length(number, unit) }
            }
        },
        Some(Js::Number(number)) => length(*number, unit(run, arguments.get(1))?.unwrap_or(Unit::Millisecond)),
        Some(_) => return Err(RunFault::Unsupported),
    };
    run.new_object(vec![(Text("_months"), Js::Number(months)), (Text("_milliseconds"), Js::Number(rest))])
}

/// So many of a unit, in months and milliseconds.
fn length(count: f64, unit: Unit) -> (f64, f64) {
    match unit {
        Unit::Year => (count * 12.0, 0.0),
        Unit::Quarter => (count * 3.0, 0.0),
        Unit::Month => (count, 0.0),
        unit => (0.0, count * unit.milliseconds()),
    }
}

/// `[-][days.]hours:minutes[:seconds[.fraction]]`, in milliseconds.
fn of_clock(text: &str) -> Option<f64> {
    let (sign, plain) = match text.strip_prefix('-') {
        Some(plain) => (-1.0, plain),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let (before, mut after) = plain.split_once(':')?;
    let (days, hours) = before.split_once(['.', ' ']).unwrap_or(("", before));
    let number = |digits: &str| digits.bytes().all(|it| it.is_ascii_digit()).then(|| text_to_number(digits));
    let wanted = |digits: &str| if digits.is_empty() { None } else { number(digits) };
    let mut seconds = 0.0;
    let mut thousandths = 0.0;
    if let Some((minutes, rest)) = after.split_once(':') {
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
        number(fraction)?;
        thousandths = (text_to_number(&["0.", fraction, "0"].concat()) * 1_000.0).round();
        seconds = wanted(whole)?;
        after = minutes;
    }
    let minutes = (number(days)? * 24.0 + wanted(hours)?) * 60.0 + wanted(after)?;
    Some(sign * ((minutes * 60.0 + seconds) * 1_000.0 + thousandths))
}

/// A length in each unit, as `as…` of a duration has it.
struct Lengths {
    months: f64,
    rest: f64,
}

impl Lengths {
    fn milliseconds(&self) -> f64 {
        (self.months * DAYS_A_MONTH).round() * DAY + self.rest
    }

    fn months(&self) -> f64 {
        self.months + self.rest / DAY / DAYS_A_MONTH
    }
}

/// The months and milliseconds of a duration; `None` of another object.
fn parts(run: &Run<'_>, object: usize) -> Option<(f64, f64)> {
    match run.objects.get(object)?[..] {
        [(Text("_months"), Js::Number(months)), (Text("_milliseconds"), Js::Number(rest))] => Some((months, rest)),
        _ => None,
    }
}

pub(super) fn is_one(run: &Run<'_>, object: usize) -> bool {
    parts(run, object).is_some()
}

/// Calls a method of a duration.
pub(super) fn call<'a>(run: &mut Run<'a>, object: usize, method: Method, given: &[Js<'a>]) -> Ran<Js<'a>> {
    let (months, rest) = parts(run, object).unwrap_or_default();
    let length = Lengths { months, rest };
    let whole_days = (rest / DAY).trunc();
    let more_months = (whole_days / DAYS_A_MONTH).trunc();
    let of_months = more_months * DAYS_A_MONTH;
    let of_months = if of_months < 0.0 { of_months.floor() } else { of_months.ceil() };
    let part = |milliseconds: f64, count: f64| (rest / milliseconds).trunc() % count;
    let method = match (method, given) {
        (Method::Humanize, _) => {
            let suffix = given.first().is_some_and(Js::is_truthy);
            return run.made(&in_words(months, rest, suffix));
        }
        // `duration.get('hours')`.
        (Method::Get, [name]) => match unit(run, Some(name))? {
            Some(Unit::Year) => Method::Year,
            Some(Unit::Month) => Method::Month,
            Some(Unit::Day) => Method::Day,
            Some(Unit::Hour) => Method::Hour,
            Some(Unit::Minute) => Method::Minute,
            Some(Unit::Second) => Method::Second,
            _ => return Err(RunFault::Unsupported),
        },
        (method, []) => method,
        _ => return Err(RunFault::Unsupported),
    };
    Ok(Js::Number(match method {
        Method::AsYears => length.months() / 12.0,
        Method::AsMonths => length.months(),
        Method::AsWeeks => length.milliseconds() / DAY / 7.0,
        Method::AsDays => length.milliseconds() / DAY,
        Method::AsHours => length.milliseconds() / 3_600_000.0,
        Method::AsMinutes => length.milliseconds() / 60_000.0,
        Method::AsSeconds => length.milliseconds() / 1_000.0,
        Method::AsMilliseconds | Method::ValueOf => length.milliseconds(),
        Method::Year => ((months + more_months) / 12.0).trunc(),
        Method::Month => (months + more_months) % 12.0,
        Method::Day => whole_days - of_months,
        Method::Hour => part(3_600_000.0, 24.0),
        Method::Minute => part(60_000.0, 60.0),
        Method::Second => part(1_000.0, 60.0),
        Method::Millisecond => rest.trunc() % 1_000.0,
        _ => return Err(RunFault::Unsupported),
    }))
}

/// About how long it is: "3 days", and with a suffix "in 3 days" or "3 days ago".
pub(super) fn in_words(months: f64, rest: f64, suffix: bool) -> String {
    let length = Lengths { months: months.abs(), rest: rest.abs() };
    let milliseconds = length.milliseconds();
    let rounded = |unit: f64| super::functions::round(milliseconds / unit);
    let (seconds, minutes, hours) = (rounded(1_000.0), rounded(60_000.0), rounded(3_600_000.0));
    let (days, all_months) = (rounded(DAY), super::functions::round(length.months()));
    let years = super::functions::round(length.months() / 12.0);
    let many = |count: f64, unit: &str| [&crate::javascript::number_to_text(count), " ", unit].concat();
    let words = match () {
        () if seconds <= 44.0 => "a few seconds".to_owned(),
        () if minutes <= 1.0 => "a minute".to_owned(),
        () if minutes < 45.0 => many(minutes, "minutes"),
        () if hours <= 1.0 => "an hour".to_owned(),
        () if hours < 22.0 => many(hours, "hours"),
        () if days <= 1.0 => "a day".to_owned(),
        () if days < 26.0 => many(days, "days"),
        () if all_months <= 1.0 => "a month".to_owned(),
        () if all_months < 11.0 => many(all_months, "months"),
        () if years <= 1.0 => "a year".to_owned(),
        () => many(years, "years"),
    };
    match (suffix, months + rest) {
        (false, _) => words,
        (true, sum) if sum > 0.0 => ["in ", &words].concat(),
        _ => [&words, " ago"].concat(),
    }
}
