//! What time it is in Vietnam, and when an answer can be expected.

use contract::procedure::{TimeLimit, TimeUnit};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use vietnam::date::{Date, WorkingCalendar};

/// Vietnam is 7 hours ahead of UTC all year.
const OFFSET_SECONDS: u64 = 7 * 3600;
const DAY_SECONDS: u64 = 86_400;
/// What comes in after 15:00 counts as received on the next working day (hộ tịch, liên thông).
const LATE_FROM_SECOND: u64 = 15 * 3600;

/// The system's clock, which the test controls may set ahead.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead_seconds: AtomicI64,
}

impl Clock {
    /// Seconds since 1970 UTC.
    #[must_use]
    pub(crate) fn now(&self) -> u64 {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
        system.saturating_add_signed(self.ahead_seconds.load(Ordering::Relaxed))
    }

    /// Sets the clock further ahead.
    pub(crate) fn advance(&self, seconds: i64) {
        self.ahead_seconds.fetch_add(seconds, Ordering::Relaxed);
    }
}

/// The calendar day in Vietnam.
///
/// # Panics
/// Never for times before the year 9999.
#[must_use]
pub(crate) fn day_in_vietnam(seconds: u64) -> Date {
    let days = i32::try_from((seconds + OFFSET_SECONDS) / DAY_SECONDS).unwrap_or(0);
    Date::from_days_since_1970(days).expect("a time of day that the system's clock can tell")
}

/// When that day ends in Vietnam, seconds since 1970 UTC.
#[must_use]
pub(crate) fn end_of_day_in_vietnam(seconds: u64) -> u64 {
    ((seconds + OFFSET_SECONDS) / DAY_SECONDS + 1) * DAY_SECONDS - OFFSET_SECONDS
}

/// The day by which an answer can be expected, `yyyy-mm-dd`; `None` where the limit is none that counts in days.
///
/// Counting starts on the day of receipt, or on the next working day where it came in at 15:00 or later or when offices
/// are closed. Working days skip weekends and the holidays with a fixed date; Tết and make-up days are announced each
/// year and are not known here, so the day is only expected ("dự kiến").
#[must_use]
pub(crate) fn expected_on(received_at: u64, limit: TimeLimit) -> Option<String> {
    let today = day_in_vietnam(received_at);
    let calendar = holidays_around(today);
    let late = (received_at + OFFSET_SECONDS) % DAY_SECONDS >= LATE_FROM_SECOND;
    let start = if late || !today.is_working_day(&calendar) { today.plus_working_days(1, &calendar)? } else { today };
    let day = match limit.unit {
        TimeUnit::Minute | TimeUnit::Hour => start.plus_days(i32::from(limit.value) / (24 * 60))?,
        TimeUnit::WorkingHour => start.plus_working_days(limit.value.div_ceil(8).saturating_sub(1), &calendar)?,
        TimeUnit::Day => start.plus_days(limit.value.into())?,
        TimeUnit::WorkingDay => start.plus_working_days(limit.value, &calendar)?,
        TimeUnit::Week => start.plus_days(i32::from(limit.value) * 7)?,
        TimeUnit::Month => start.plus_days(i32::from(limit.value) * 30)?,
        TimeUnit::Year => start.plus_days(i32::from(limit.value) * 365)?,
    };
    Some(day.iso())
}

/// 1 January, 30 April, 1 May, 2 September of this year and the next (Bộ luật Lao động 2019, Art. 112).
fn holidays_around(day: Date) -> WorkingCalendar {
    let year = u32::from(day.year());
    let holidays = [year, year + 1]
        .into_iter()
        .flat_map(|year| [(1, 1), (4, 30), (5, 1), (9, 2)].map(|(month, day)| Date::new(year, month, day)))
        .flatten()
        .collect();
    WorkingCalendar { holidays, make_up_days: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `utc` as `yyyy-mm-dd` and an hour of Vietnam.
    #[track_caller]
    fn check(received: (u32, u32, u32, u64), value: u16, unit: TimeUnit, expected: &str) {
        let (year, month, day, hour) = received;
        let date = Date::new(year, month, day).expect("a day");
        let midnight = u64::try_from(date.days_since_1970()).expect("after 1970") * DAY_SECONDS - OFFSET_SECONDS;
        let limit = TimeLimit { value, unit };
        assert_eq!(expected_on(midnight + hour * 3600, limit).as_deref(), Some(expected));
    }

    #[test]
    fn working_days_skip_weekends_and_start_the_next_day_after_15_00() {
        // 20 November 2026 is a Friday.
        check((2026, 11, 20, 9), 3, TimeUnit::WorkingDay, "2026-11-25");
        check((2026, 11, 20, 15), 3, TimeUnit::WorkingDay, "2026-11-26");
        check((2026, 11, 21, 9), 3, TimeUnit::WorkingDay, "2026-11-26");
        check((2026, 11, 20, 9), 0, TimeUnit::WorkingDay, "2026-11-20");
        check((2026, 11, 20, 16), 0, TimeUnit::WorkingDay, "2026-11-23");
        check((2026, 12, 31, 9), 1, TimeUnit::WorkingDay, "2027-01-04");
    }

    #[test]
    fn calendar_days_are_counted_as_they_are() {
        check((2026, 11, 20, 9), 10, TimeUnit::Day, "2026-11-30");
        check((2026, 11, 20, 9), 1, TimeUnit::Month, "2026-12-20");
        check((2026, 11, 20, 9), 8, TimeUnit::WorkingHour, "2026-11-20");
    }

    #[test]
    fn a_day_of_vietnam_begins_at_17_00_utc() {
        assert_eq!(day_in_vietnam(16 * 3600).iso(), "1970-01-01");
        assert_eq!(day_in_vietnam(17 * 3600).iso(), "1970-01-02");
        assert_eq!(end_of_day_in_vietnam(0), 17 * 3600);
    }
}
