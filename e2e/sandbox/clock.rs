//! What time it is in Vietnam, and when an answer can be expected.

use crate::holidays::calendar_around;
use contract::procedure::{TimeLimit, TimeUnit};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use vietnam::date::Date;

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

/// A moment as RFC 9110 section 5.6.7 writes it, as `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// # Panics
/// Never for times before the year 9999.
#[must_use]
pub(crate) fn http_date(seconds: u64) -> String {
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let days = i32::try_from(seconds / DAY_SECONDS).unwrap_or(0);
    let date = Date::from_days_since_1970(days).expect("a time of day that the system's clock can tell");
    // 1 January 1970 was a Thursday.
    let weekday = WEEKDAYS[usize::try_from(days % 7).unwrap_or(0)];
    let month = MONTHS[usize::from(date.month()) - 1];
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{weekday}, {:02} {month} {} {hour:02}:{minute:02}:{second:02} GMT", date.day(), date.year())
}

/// The day by which an answer can be expected, `yyyy-mm-dd`; `None` where the limit is none that counts in days.
///
/// Counting starts on the day of receipt, or on the next working day where it came in at 15:00 or later or when offices
/// are closed. Within the day (0 working days) is that very day. Days off are announced each year, some after the limit
/// began to run, so the day is only expected ("dự kiến").
#[must_use]
pub(crate) fn expected_on(received_at: u64, limit: TimeLimit) -> Option<String> {
    let today = day_in_vietnam(received_at);
    let calendar = calendar_around(today);
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
        check((2026, 11, 27, 9), 3, TimeUnit::WorkingDay, "2026-12-02");
        check((2026, 11, 27, 15), 3, TimeUnit::WorkingDay, "2026-12-03");
        check((2026, 11, 28, 9), 3, TimeUnit::WorkingDay, "2026-12-03");
        check((2026, 12, 31, 9), 1, TimeUnit::WorkingDay, "2027-01-04");
    }

    #[test]
    fn within_the_day_is_the_same_day_before_15_00_and_the_next_working_day_after() {
        check((2026, 11, 27, 9), 0, TimeUnit::WorkingDay, "2026-11-27");
        check((2026, 11, 27, 14), 0, TimeUnit::WorkingDay, "2026-11-27");
        check((2026, 11, 27, 15), 0, TimeUnit::WorkingDay, "2026-11-30");
        check((2026, 11, 28, 9), 0, TimeUnit::WorkingDay, "2026-11-30");
        check((2027, 2, 3, 16), 0, TimeUnit::WorkingDay, "2027-02-11");
    }

    #[test]
    fn working_days_skip_tet_and_the_other_holidays_of_the_year() {
        check((2025, 1, 24, 9), 1, TimeUnit::WorkingDay, "2025-02-03");
        check((2025, 4, 4, 9), 1, TimeUnit::WorkingDay, "2025-04-08");
        check((2025, 4, 29, 9), 1, TimeUnit::WorkingDay, "2025-05-05");
        check((2026, 2, 13, 9), 2, TimeUnit::WorkingDay, "2026-02-24");
        check((2026, 4, 24, 9), 1, TimeUnit::WorkingDay, "2026-04-28");
        check((2026, 11, 23, 9), 1, TimeUnit::WorkingDay, "2026-11-25");
        check((2027, 4, 15, 9), 1, TimeUnit::WorkingDay, "2027-04-19");
        check((2027, 4, 29, 9), 1, TimeUnit::WorkingDay, "2027-05-04");
        check((2026, 12, 25, 9), 30, TimeUnit::WorkingDay, "2027-02-15");
    }

    #[test]
    fn a_saturday_worked_for_a_day_off_counts() {
        check((2026, 8, 21, 9), 1, TimeUnit::WorkingDay, "2026-08-22");
        check((2026, 8, 28, 9), 1, TimeUnit::WorkingDay, "2026-09-03");
    }

    #[test]
    fn beyond_the_table_only_the_holidays_with_a_fixed_date_are_known() {
        check((2027, 12, 31, 9), 1, TimeUnit::WorkingDay, "2028-01-04");
        check((2028, 8, 31, 9), 2, TimeUnit::WorkingDay, "2028-09-05");
        check((2028, 11, 23, 9), 1, TimeUnit::WorkingDay, "2028-11-27");
    }

    #[test]
    fn calendar_days_are_counted_as_they_are() {
        check((2026, 11, 20, 9), 10, TimeUnit::Day, "2026-11-30");
        check((2026, 11, 20, 9), 1, TimeUnit::Month, "2026-12-20");
        check((2026, 11, 20, 9), 8, TimeUnit::WorkingHour, "2026-11-20");
    }

    #[test]
    fn a_moment_is_written_as_in_the_example_of_rfc_9110() {
        assert_eq!(http_date(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    }

    #[test]
    fn a_day_of_vietnam_begins_at_17_00_utc() {
        assert_eq!(day_in_vietnam(16 * 3600).iso(), "1970-01-01");
        assert_eq!(day_in_vietnam(17 * 3600).iso(), "1970-01-02");
        assert_eq!(end_of_day_in_vietnam(0), 17 * 3600);
    }
}
