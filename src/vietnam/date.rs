//! Days of the calendar as people in Vietnam write them.

use serde::{Deserialize, Serialize};

use crate::digits::number;

/// A day of the Gregorian calendar, year 1 to 9999; no time, no time zone.
///
/// Printed `dd/mm/yyyy`; stored and exchanged `yyyy-mm-dd` (see [`Date::iso`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A year, 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(u16);

impl Year {
    /// The year, if it is 1 to 9999.
    #[must_use]
    pub fn new(year: u16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self(year))
    }

    /// The number of the year.
    #[must_use]
    pub fn get(self) -> u16 {
        self.0
    }
}

/// A date, or a year alone where that is all a person's papers say.
///
/// Source: Luật Hộ tịch 2014 and Thông tư 04/2020/TT-BTP: elders' papers may state the birth year only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrYear {
    /// Day, month and year.
    Date(Date),
    /// The year alone.
    Year(Year),
}

/// Why a text is not a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Nothing was written.
    #[error("no date")]
    Empty,
    /// Not day, month and year in one of the known orders.
    #[error("a date is written dd/mm/yyyy")]
    Form,
    /// The year has two digits; which century is meant is not known here.
    #[error("the year has four digits")]
    ShortYear,
    /// No such month.
    #[error("there is no month {0}")]
    Month(u32),
    /// Day and month are swapped, as in 07/25/2025.
    #[error("day and month look swapped")]
    Swapped,
    /// The month has no such day in that year.
    #[error("that month has no day {0}")]
    Day(u32),
}

/// Day of the week; the week starts on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weekday {
    /// Thứ hai.
    Monday,
    /// Thứ ba.
    Tuesday,
    /// Thứ tư.
    Wednesday,
    /// Thứ năm.
    Thursday,
    /// Thứ sáu.
    Friday,
    /// Thứ bảy.
    Saturday,
    /// Chủ nhật.
    Sunday,
}

/// Days on which offices differ from the plain week: published per year, so they come in from outside.
///
/// Source: Bộ luật Lao động 2019 Art. 112 and the yearly notices on Tết and make-up days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingCalendar {
    /// Weekdays on which offices are closed.
    pub holidays: Vec<Date>,
    /// Saturdays and Sundays on which offices work instead of a swapped day.
    pub make_up_days: Vec<Date>,
}

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: u32, month: u32, day: u32) -> Result<Self, DateError> {
        let year = u16::try_from(year).ok().and_then(Year::new).ok_or(DateError::Form)?.get();
        if !(1..=12).contains(&month) {
            return Err(if (1..=12).contains(&day) && month <= 31 {
                DateError::Swapped
            } else {
                DateError::Month(month)
            });
        }
        let month = u8::try_from(month).map_err(|_| DateError::Month(month))?;
        match u8::try_from(day) {
            Ok(small) if (1..=days_in_month(year, month)).contains(&small) => Ok(Self { year, month, day: small }),
            _ => Err(DateError::Day(day)),
        }
    }

    /// Reads `dd/mm/yyyy` (also with dots, dashes or blanks, also `1/7/2025`), `ddmmyyyy`, `yyyy-mm-dd`,
    /// `ngày 1 tháng 7 năm 2025` and `1 tháng 7 1985`.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let (first, second, third) = split(text)?;
        if first.len() == 4 {
            return Self::new(value(first)?, value(second)?, value(third)?);
        }
        match third.len() {
            4 => Self::new(value(third)?, value(second)?, value(first)?),
            2 => Err(DateError::ShortYear),
            _ => Err(DateError::Form),
        }
    }

    /// Reads like [`Date::parse`] and takes a year of two digits for the latest such year not after `today`: `1/7/85`,
    /// `010785`. For births, issues, marriages: what has been.
    pub fn parse_past(text: &str, today: Self) -> Result<Self, DateError> {
        Self::parse_until(text, today)
    }

    /// Reads like [`Date::parse`] and takes a year of two digits for the latest such year not after twenty years from
    /// `today`: in 2026, `1/7/46` is 2046 and `1/7/47` is 1947. For what may be to come, as the end of a passport.
    pub fn parse_near(text: &str, today: Self) -> Result<Self, DateError> {
        let last = Self::new(u32::from(today.year).saturating_add(20).min(9999), 12, 31);
        Self::parse_until(text, last.unwrap_or(today))
    }

    fn parse_until(text: &str, last: Self) -> Result<Self, DateError> {
        let read = Self::parse(text);
        if read != Err(DateError::ShortYear) {
            return read;
        }
        let (first, second, third) = split(text)?;
        let (day, month, short) = (value(first)?, value(second)?, value(third)?);
        let century = u32::from(last.year) / 100 * 100;
        match Self::new(century + short, month, day) {
            Ok(date) if date <= last => Ok(date),
            _ if century >= 100 => Self::new(century - 100 + short, month, day),
            other => other,
        }
    }

    /// The date in words, to echo what was read: `ngày 1 tháng 7 năm 2025`.
    #[must_use]
    pub fn in_words(self) -> String {
        let (day, month, year) = (self.day.to_string(), self.month.to_string(), self.year.to_string());
        ["ngày ", &day, " tháng ", &month, " năm ", &year].concat()
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The stored form: `yyyy-mm-dd`.
    #[must_use]
    pub fn iso(self) -> String {
        let mut text = String::with_capacity(10);
        push_padded(&mut text, self.year, 4);
        text.push('-');
        push_padded(&mut text, self.month.into(), 2);
        text.push('-');
        push_padded(&mut text, self.day.into(), 2);
        text
    }

    /// Days since 1 January 1970; negative before.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", the rule only.
    #[must_use]
    pub fn days_since_1970(self) -> i32 {
        let (month, day) = (i32::from(self.month), i32::from(self.day));
        let year = i32::from(self.year) - i32::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day that many days after 1 January 1970; `None` outside the years 1 to 9999.
    #[must_use]
    pub fn from_days_since_1970(days: i32) -> Option<Self> {
        let days = days.checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = era * 400 + year_of_era + i32::from(month <= 2);
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        Self::new(u32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?).ok()
    }

    /// The day `days` later, or earlier when negative; `None` outside the years 1 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        Self::from_days_since_1970(self.days_since_1970().checked_add(days)?)
    }

    /// Days from `self` to `later`; negative when `later` is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i32 {
        later.days_since_1970() - self.days_since_1970()
    }

    /// Whole years lived on `on`: one more on each birthday, 29 February counting on 1 March; 0 before birth.
    #[must_use]
    pub fn age_on(self, on: Self) -> u16 {
        let birthday_to_come = (on.month, on.day) < (self.month, self.day);
        on.year.saturating_sub(self.year).saturating_sub(u16::from(birthday_to_come))
    }

    /// Day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1 January 1970 was a Thursday.
        match (self.days_since_1970() + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// Do offices work on this day? Monday to Friday but for holidays, and on make-up days.
    #[must_use]
    pub fn is_working_day(self, calendar: &WorkingCalendar) -> bool {
        match self.weekday() {
            Weekday::Saturday | Weekday::Sunday => calendar.make_up_days.contains(&self),
            _ => !calendar.holidays.contains(&self),
        }
    }

    /// The day on which `days` working days have passed after `self`; counting starts on the next working day.
    ///
    /// With 0 days it is the day itself. `None` beyond the year 9999, or when the calendar closes offices for good.
    #[must_use]
    pub fn plus_working_days(self, days: u16, calendar: &WorkingCalendar) -> Option<Self> {
        let mut day = self;
        let mut left = days;
        // Every week has a working day unless the list says otherwise: bound the walk by the list.
        let mut steps = usize::from(days) * 7 + calendar.holidays.len() * 2 + 14;
        while left > 0 {
            steps = steps.checked_sub(1)?;
            day = day.plus_days(1)?;
            if day.is_working_day(calendar) {
                left -= 1;
            }
        }
        Some(day)
    }
}

impl DateOrYear {
    /// Reads a date as [`Date::parse`] does, or a year alone: `1952`, `năm 1952`.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let mut runs = text.split(|character: char| !character.is_ascii_digit()).filter(|run| !run.is_empty());
        match (runs.next(), runs.next()) {
            (Some(run), None) if run.len() == 4 => {
                only_date_words(text)?;
                let year = u16::try_from(value(run)?).ok().and_then(Year::new).ok_or(DateError::Form)?;
                Ok(Self::Year(year))
            }
            _ => Date::parse(text).map(Self::Date),
        }
    }

    /// Reads like [`DateOrYear::parse`]; a year of two digits after day and month is the latest not after `today`.
    pub fn parse_past(text: &str, today: Date) -> Result<Self, DateError> {
        match Self::parse(text) {
            Err(DateError::ShortYear) => Date::parse_past(text, today).map(Self::Date),
            read => read,
        }
    }

    /// The year, which both forms have.
    #[must_use]
    pub fn year(self) -> u16 {
        match self {
            Self::Date(date) => date.year,
            Self::Year(year) => year.0,
        }
    }

    /// The stored form: `yyyy-mm-dd`, or `yyyy`.
    #[must_use]
    pub fn iso(self) -> String {
        match self {
            Self::Date(date) => date.iso(),
            Self::Year(_) => self.to_string(),
        }
    }

    /// What was read, in words: `ngày 1 tháng 7 năm 2025`, `năm 1952`.
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::Date(date) => date.in_words(),
            Self::Year(year) => ["năm ", &year.0.to_string()].concat(),
        }
    }
}

/// The three runs of digits of a date in the order written, or the error that says what is missing.
fn split(text: &str) -> Result<(&str, &str, &str), DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    only_date_words(text)?;
    if matches!(text.len(), 6 | 8) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let (day, rest) = text.split_at(2);
        let (month, year) = rest.split_at(2);
        return Ok((day, month, year));
    }
    let mut runs = text.split(|character: char| !character.is_ascii_digit()).filter(|run| !run.is_empty());
    match (runs.next(), runs.next(), runs.next(), runs.next()) {
        (Some(first), Some(second), Some(third), None)
            if matches!(first.len(), 1 | 2 | 4) && second.len() <= 2 && third.len() <= 4 =>
        {
            Ok((first, second, third))
        }
        _ => Err(DateError::Form),
    }
}

/// Between the digits of a date there may be separators and the words ngày, tháng, năm; nothing else.
fn only_date_words(text: &str) -> Result<(), DateError> {
    let separator =
        |character: char| character.is_ascii_digit() || matches!(character, '/' | '.' | '-' | ',' | ' ' | '\u{a0}');
    let known = text
        .split(separator)
        .filter(|word| !word.is_empty())
        .all(|word| matches!(crate::fold::fold(word).as_str(), "ngay" | "thang" | "nam"));
    if known { Ok(()) } else { Err(DateError::Form) }
}

fn value(digits: &str) -> Result<u32, DateError> {
    number(digits).ok_or(DateError::Form)
}

/// `number` in decimal with zeros in front up to `width` digits.
fn push_padded(text: &mut String, number: u16, width: usize) {
    let digits = number.to_string();
    for _ in digits.len()..width {
        text.push('0');
    }
    text.push_str(&digits);
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::with_capacity(10);
        push_padded(&mut text, self.day.into(), 2);
        text.push('/');
        push_padded(&mut text, self.month.into(), 2);
        text.push('/');
        push_padded(&mut text, self.year, 4);
        formatter.write_str(&text)
    }
}

impl std::fmt::Display for DateOrYear {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(date) => date.fmt(formatter),
            Self::Year(year) => {
                let mut text = String::with_capacity(4);
                push_padded(&mut text, year.0, 4);
                formatter.write_str(&text)
            }
        }
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        Self::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.iso()
    }
}
