//! Dates as `@formio/core` compares them: moments on one time line, times without a zone taken as those of Vietnam.

use crate::javascript::parse_int;
use vietnam::date::Date;

/// A day of the calendar.
pub type CivilDate = Date;

/// Vietnam is seven hours ahead of UTC, all year.
pub(crate) const MINUTES_EAST: i64 = 7 * 60;

const MILLISECONDS_A_MINUTE: i64 = 60_000;
const MILLISECONDS_A_DAY: i64 = 24 * 60 * MILLISECONDS_A_MINUTE;

/// A limit of a date: fixed, or counted from today.
///
/// Definitions write limits as ISO 8601 or as `moment()`, which may be followed by `.add(n, 'days')` or `.subtract(n, 'years')`;
/// that much of the language is read here, nothing is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Milliseconds since 1970 in UTC.
    At(i64),
    /// So many months, then so many days, from today.
    FromToday {
        /// Months later, or earlier if negative.
        months: i32,
        /// Days later, or earlier if negative.
        days: i32,
    },
    /// So many months from today, from there the first day of the month or year, then so many months and days.
    FromStart {
        /// Months later, or earlier if negative, before the start is taken.
        before: i32,
        /// How many months begin there together: 1, or 12 for a year.
        of: i32,
        /// Months later, or earlier if negative.
        months: i32,
        /// Days later, or earlier if negative.
        days: i32,
    },
}

impl Moment {
    /// Reads a limit as definitions write it; `None` if it is neither a date nor `moment()` with sums.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if matches!(text.trim_end_matches(';'), "new Date()" | "moment(new Date())") {
            return from_today("");
        }
        if let Some(sums) = text.strip_prefix("moment()") {
            return from_today(sums.trim().trim_end_matches(';'));
        }
        // A day that is written: `moment('2020-01-01')`.
        if let Some(written) = text.strip_prefix("moment(").and_then(|it| it.trim_end_matches(';').strip_suffix(')')) {
            let day = ['\'', '"'].into_iter().find_map(|quote| written.trim().strip_prefix(quote)?.strip_suffix(quote));
            return day.and_then(parse_strict).map(Self::At);
        }
        parse_instant(text).map(Self::At)
    }

    /// The moment, given today: for limits counted from today the start of that day in Vietnam.
    pub(crate) fn resolve(self, today: Date) -> i64 {
        match self {
            Self::At(at) => at,
            Self::FromToday { months, days } => {
                let month = i64::from(today.year()) * 12 + i64::from(today.month()) - 1 + i64::from(months);
                let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
                let day = i64::from(today.day()).min(days_in_month(year, month));
                midnight(year, month, day) + i64::from(days) * MILLISECONDS_A_DAY
            }
            Self::FromStart { before, of, months, days } => {
                let month = i64::from(today.year()) * 12 + i64::from(today.month()) - 1 + i64::from(before);
                let month = month - month.rem_euclid(i64::from(of.max(1))) + i64::from(months);
                midnight(month.div_euclid(12), month.rem_euclid(12) + 1, 1) + i64::from(days) * MILLISECONDS_A_DAY
            }
        }
    }

    /// The day of the limit in Vietnam, for telling people.
    #[must_use]
    pub fn day(self, today: CivilDate) -> Option<CivilDate> {
        let local = self.resolve(today) + MINUTES_EAST * MILLISECONDS_A_MINUTE;
        Date::from_days_since_1970(i32::try_from(local.div_euclid(MILLISECONDS_A_DAY)).ok()?)
    }
}

/// Reads `.add(n, 'unit')`, `.subtract(n, 'unit')`, `.startOf('day')` and `.endOf('day')`, any number of them, one `.startOf` or `.endOf` of
/// a month or year among them where only months come before it, and `.format(…)` at the end.
fn from_today(mut sums: &str) -> Option<Moment> {
    let (mut total_months, mut total_days) = (0_i32, 0_i32);
    let mut start: Option<(i32, i32)> = None;
    while !sums.is_empty() {
        // A limit counted from today is a day, not a time of it.
        let parts = [".startOf('day')", ".startOf(\"day\")", ".endOf('day')", ".endOf(\"day\")"];
        if let Some(rest) = parts.into_iter().find_map(|part| sums.strip_prefix(part)) {
            sums = rest.trim();
            continue;
        }
        let edges = [
            (".startOf('month')", 1, false),
            (".startOf('year')", 12, false),
            (".endOf('month')", 1, true),
            (".endOf('year')", 12, true),
        ];
        let quoted = sums.replacen('"', "'", 2);
        if let Some((edge, of, end)) = edges.into_iter().find(|(edge, ..)| quoted.starts_with(edge)) {
            if start.is_some() || total_days != 0 {
                return None;
            }
            start = Some((total_months, of));
            (total_months, total_days) = if end { (of, -1) } else { (0, 0) };
            sums = sums[edge.len()..].trim();
            continue;
        }
        // How it is written matters to nobody.
        if let Some(format) = sums.strip_prefix(".format(") {
            return format.trim_end().ends_with(')').then(|| counted(start, total_months, total_days));
        }
        let (sign, rest) = if let Some(rest) = sums.strip_prefix(".add(") {
            (1, rest)
        } else {
            (-1, sums.strip_prefix(".subtract(")?)
        };
        let (inside, rest) = rest.split_once(')')?;
        let (count, unit) = inside.split_once(',')?;
        let count = count.trim().trim_matches(['\'', '"']).parse::<i32>().ok()?.checked_mul(sign)?;
        if count.unsigned_abs() > 200_000 {
            return None;
        }
        let unit = unit.trim().trim_matches(['\'', '"']);
        match unit {
            "day" | "days" | "d" => total_days = total_days.checked_add(count)?,
            "week" | "weeks" | "w" => total_days = total_days.checked_add(count.checked_mul(7)?)?,
            "month" | "months" | "M" => total_months = total_months.checked_add(count)?,
            "year" | "years" | "y" => total_months = total_months.checked_add(count.checked_mul(12)?)?,
            _ => return None,
        }
        sums = rest.trim();
    }
    Some(counted(start, total_months, total_days))
}

fn counted(start: Option<(i32, i32)>, months: i32, days: i32) -> Moment {
    match start {
        None => Moment::FromToday { months, days },
        Some((before, of)) => Moment::FromStart { before, of, months, days },
    }
}

/// The start of the day of `instant` in Vietnam.
pub(crate) fn start_of_day(instant: i64) -> i64 {
    let offset = MINUTES_EAST * MILLISECONDS_A_MINUTE;
    (instant + offset).div_euclid(MILLISECONDS_A_DAY) * MILLISECONDS_A_DAY - offset
}

/// The last millisecond of the day of `instant` in Vietnam.
pub(crate) fn end_of_day(instant: i64) -> i64 {
    start_of_day(instant) + MILLISECONDS_A_DAY - 1
}

/// Midnight in Vietnam at the start of a day; days beyond the month run into the next, as JavaScript counts.
pub(crate) fn midnight(year: i64, month: i64, day: i64) -> i64 {
    let days = days_from_1970(year, month, day).saturating_mul(MILLISECONDS_A_DAY);
    days.saturating_sub(MINUTES_EAST * MILLISECONDS_A_MINUTE)
}

/// Days from 1970-01-01 (Gregorian, also before its time).
fn days_from_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = (year + (month - 1).div_euclid(12), (month - 1).rem_euclid(12) + 1);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// How many days a month has.
pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The moment a text names in ISO 8601 (date, or date and time, with or without zone), in milliseconds since 1970.
fn parse_instant(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, time) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let (year, month, day) = parse_iso_date(date)?;
    let midnight = midnight(year, month, day);
    if time.is_empty() {
        // "2024-05-01T" is no date.
        return (date.len() == text.len()).then_some(midnight);
    }
    let (clock, zone) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let zone_minutes = parse_zone(zone.trim())?;
    let mut parts = clock.trim().split(':');
    let hours = small(parts.next()?, 2, 24)?;
    let minutes = small(parts.next()?, 2, 59)?;
    let (seconds, milliseconds) = match parts.next() {
        None => (0, 0),
        Some(seconds) => match seconds.split_once('.') {
            None => (small(seconds, 2, 59)?, 0),
            Some((seconds, fraction)) => {
                let digits = fraction.get(..fraction.len().min(3))?;
                let scale = [1_i64, 100, 10, 1].get(digits.len())?;
                (small(seconds, 2, 59)?, small(digits, 3, 999)? * scale)
            }
        },
    };
    if parts.next().is_some() || (hours == 24 && (minutes > 0 || seconds > 0 || milliseconds > 0)) {
        return None;
    }
    let since_midnight = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds;
    Some(midnight + since_midnight + (MINUTES_EAST - zone_minutes) * MILLISECONDS_A_MINUTE)
}

/// The moment a text names for moment.js, which knows no 30 February, and leaves what is not ISO 8601 to JavaScript.
pub(crate) fn parse_strict(text: &str) -> Option<i64> {
    let date = text.trim().split(['T', 't', ' ']).next()?;
    if !date.bytes().enumerate().all(|(at, byte)| if at == 4 { byte == b'-' } else { at > 4 || byte.is_ascii_digit() })
    {
        return crate::date_text::parse_date(text);
    }
    let (year, month, day) = parse_iso_date(date)?;
    if day > days_in_month(year, month) { None } else { parse_instant(text) }
}

/// The moment a text names in ISO 8601 alone.
pub(crate) fn parse_strict_iso(text: &str) -> Option<i64> {
    let date = text.trim().split(['T', 't', ' ']).next()?;
    date.split('-').skip(1).all(|part| part.len() == 2).then(|| parse_iso_date(date))??;
    parse_strict(text)
}

fn parse_zone(zone: &str) -> Option<i64> {
    if zone.is_empty() {
        return Some(MINUTES_EAST);
    }
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, digits) =
        if let Some(digits) = zone.strip_prefix('+') { (1, digits) } else { (-1, zone.strip_prefix('-')?) };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    Some(sign * (small(hours, 2, 23)? * 60 + small(minutes, 2, 59)?))
}

fn parse_iso_date(date: &str) -> Option<(i64, i64, i64)> {
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let month = month.map_or(Some(1), |month| small(month, 2, 12))?;
    let day = day.map_or(Some(1), |day| small(day, 2, 31))?;
    (month > 0 && day > 0).then_some((small(year, 4, 9_999)?, month, day))
}

/// A number of at most `digits` digits up to `most`.
fn small(text: &str, digits: usize, most: i64) -> Option<i64> {
    if text.is_empty() || text.len() > digits || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|number| *number <= most)
}

/// The parts of a day answer in the order day, month, year; NaN for what is no number, 0 for a part left out.
///
/// Source: `validateDay.js` and `validateRequiredDay.js`.
pub(crate) fn day_parts(text: &str, day_first: bool, hidden: [bool; 3]) -> [f64; 3] {
    let values: Vec<f64> = text.split('/').map(parse_int).collect();
    let value = |at: usize| values.get(at).copied().unwrap_or(f64::NAN);
    let (mut day_at, mut month_at, mut year_at) = if day_first { (0, 1, 2_usize) } else { (1, 0, 2) };
    let mut parts = [value(day_at), value(month_at), value(year_at)];
    if values.len() != 3 {
        let [hide_day, hide_month, hide_year] = hidden;
        if hide_day {
            month_at = usize::saturating_sub(month_at, 1);
            year_at = year_at.saturating_sub(1);
            parts = [0.0, value(month_at), value(year_at)];
        }
        if hide_month {
            day_at = usize::saturating_sub(day_at, 1);
            year_at = year_at.saturating_sub(1);
            parts = [if hide_day && parts[0] == 0.0 { 0.0 } else { value(day_at) }, 0.0, value(year_at)];
        }
        if hide_year {
            let day = if hide_day && parts[0] == 0.0 { 0.0 } else { value(day_at) };
            let month = if hide_month && parts[1] == 0.0 { 0.0 } else { value(month_at) };
            parts = [day, month, 0.0];
        }
    }
    parts
}

/// The start of a day written with two digits, two digits and four; days beyond the month run on, as dayjs reads them.
pub(crate) fn whole_day(text: &str, day_first: bool) -> Option<i64> {
    let mut parts = text.split('/');
    let (first, second, year) = (parts.next()?, parts.next()?, parts.next()?);
    if first.len() != 2 || second.len() != 2 || year.len() != 4 {
        return None;
    }
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    let (day, month, year): (u8, u8, u16) = (day.parse().ok()?, month.parse().ok()?, year.parse().ok()?);
    (day > 0 && month > 0 && year > 0).then(|| midnight(year.into(), month.into(), day.into()))
}
