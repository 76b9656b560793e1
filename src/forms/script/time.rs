//! Points in time as JavaScript counts them, in Vietnam: milliseconds since 1970 as a float, NaN for an invalid date.

use crate::date_text::parse_date;
use crate::dates::{days_in_month, midnight};

/// A day, in milliseconds.
pub(super) const DAY: f64 = 86_400_000.0;

/// Vietnam is seven hours ahead of UTC.
const EAST: i64 = 7 * 3_600_000;

/// The same, as points in time are counted.
pub(super) const HOURS_AHEAD: f64 = 25_200_000.0;

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn name(names: &[&'static str], at: i64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| names.get(at).copied()).unwrap_or("")
}

/// The place of the month or weekday that a text begins with the name of, from 0; three letters are enough, or two of a weekday.
pub(super) fn place_named(text: &str, month: bool) -> Option<i64> {
    let (names, letters): (&[&str], usize) = if month { (&MONTHS, 3) } else { (&WEEKDAYS, 2) };
    let begins = |name: &&str| text.get(..letters).is_some_and(|start| start.eq_ignore_ascii_case(&name[..letters]));
    names.iter().position(begins).and_then(|at| i64::try_from(at).ok())
}

/// A point in time on the clocks of Vietnam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) year: i64,
    /// From 1.
    pub(super) month: i64,
    pub(super) day: i64,
    /// From 0, Sunday.
    pub(super) weekday: i64,
    /// Milliseconds since midnight.
    pub(super) since_midnight: i64,
}

impl Clock {
    /// The clock at a point in time; `None` for an invalid date.
    pub(super) fn at(milliseconds: f64) -> Option<Self> {
        Self::shifted(milliseconds, EAST)
    }

    pub(super) fn shifted(milliseconds: f64, east: i64) -> Option<Self> {
        const DAY: i64 = 86_400_000;
        if milliseconds.is_nan() {
            return None;
        }
        // Clipped to the range of JavaScript's dates, which is far below 2^53.
        #[allow(clippy::cast_possible_truncation)]
        let local = milliseconds as i64 + east;
        let days = local.div_euclid(DAY);
        // Days since 1 March of the year 0, in eras of 400 years.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Some(Self { year, month, day, weekday: (days + 4).rem_euclid(7), since_midnight: local.rem_euclid(DAY) })
    }

    /// The point in time; days and months beyond their range run on.
    pub(super) fn milliseconds(self) -> f64 {
        float(midnight(self.year, self.month, self.day).saturating_add(self.since_midnight))
    }

    pub(super) fn month_name(self) -> &'static str {
        name(&MONTHS, self.month - 1)
    }

    pub(super) fn weekday_name(self) -> &'static str {
        name(&WEEKDAYS, self.weekday)
    }

    pub(super) fn hours(self) -> i64 {
        self.since_midnight / 3_600_000
    }

    pub(super) fn minutes(self) -> i64 {
        self.since_midnight / 60_000 % 60
    }

    pub(super) fn seconds(self) -> i64 {
        self.since_midnight / 1_000 % 60
    }

    /// So many months later, on the last day of the month where it is shorter.
    pub(super) fn plus_months(self, months: i64) -> Self {
        let all = self.year * 12 + self.month - 1 + months;
        let (year, month) = (all.div_euclid(12), all.rem_euclid(12) + 1);
        Self { year, month, day: self.day.min(days_in_month(year, month)), ..self }
    }
}

/// Counts of milliseconds and of calendars are exact.
#[allow(clippy::cast_precision_loss)]
pub(super) fn float(number: i64) -> f64 {
    number as f64
}

/// Whole milliseconds within the range of dates, else NaN.
pub(super) fn clip(milliseconds: f64) -> f64 {
    // A negative zero becomes a plain one.
    if milliseconds.abs() <= 8.64e15 { milliseconds.trunc() + 0.0 } else { f64::NAN }
}

/// `new Date(year, month, day, hours, minutes, seconds, milliseconds)`, the month from 0.
pub(super) fn from_parts(parts: [f64; 7]) -> f64 {
    if parts.iter().any(|part| part.is_nan() || part.abs() > 1e8) {
        return f64::NAN;
    }
    // Within 10^8: exact.
    #[allow(clippy::cast_possible_truncation)]
    let [year, month, day, hours, minutes, seconds, rest] = parts.map(|part| part as i64);
    float(midnight(year, month + 1, day) + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + rest)
}

/// `new Date(text)`.
pub(super) fn parse_script_date(text: &str) -> f64 {
    parse_date(text).map_or(f64::NAN, float)
}

/// A number with at least so many digits.
pub(super) fn padded(number: i64, digits: usize) -> String {
    let plain = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    (plain.len()..digits).for_each(|_| text.push('0'));
    text.push_str(&plain);
    text
}

/// `String(date)`, or that of a moment, which may be one of UTC.
pub(super) fn print(milliseconds: f64, moment: bool, utc: bool) -> String {
    let Some(clock) = Clock::shifted(milliseconds, if utc { 0 } else { EAST }) else {
        return if moment { "Invalid date" } else { "Invalid Date" }.to_owned();
    };
    [
        &clock.weekday_name()[..3],
        " ",
        &clock.month_name()[..3],
        " ",
        &padded(clock.day, 2),
        " ",
        &padded(clock.year, 4),
        " ",
        &padded(clock.hours(), 2),
        ":",
        &padded(clock.minutes(), 2),
        ":",
        &padded(clock.seconds(), 2),
        if utc { " GMT+0000" } else { " GMT+0700" },
        if moment { "" } else { " (Indochina Time)" },
    ]
    .concat()
}

/// `date.toUTCString()`.
pub(super) fn print_utc(milliseconds: f64) -> String {
    let Some(clock) = Clock::shifted(milliseconds, 0) else {
        return "Invalid Date".to_owned();
    };
    let clocks = [clock.hours(), clock.minutes(), clock.seconds()].map(|it| padded(it, 2));
    [
        &clock.weekday_name()[..3],
        ", ",
        &padded(clock.day, 2),
        " ",
        &clock.month_name()[..3],
        " ",
        &padded(clock.year, 4),
        " ",
        &clocks.join(":"),
        " GMT",
    ]
    .concat()
}

/// `date.toISOString()`; `None` for an invalid date.
pub(super) fn print_iso(milliseconds: f64) -> Option<String> {
    let clock = Clock::shifted(milliseconds, 0)?;
    let year = match clock.year {
        year @ 0..=9_999 => padded(year, 4),
        year if year < 0 => padded(year, 6),
        year => ["+", &padded(year, 6)].concat(),
    };
    Some(
        [
            &year,
            "-",
            &padded(clock.month, 2),
            "-",
            &padded(clock.day, 2),
            "T",
            &padded(clock.hours(), 2),
            ":",
            &padded(clock.minutes(), 2),
            ":",
            &padded(clock.seconds(), 2),
            ".",
            &padded(clock.since_midnight % 1_000, 3),
            "Z",
        ]
        .concat(),
    )
}
