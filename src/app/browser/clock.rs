//! The clock of the device, and the calendar of Vietnam (UTC+7 all year, since 1975).

use super::promise;
use js_sys::Promise;
use wasm_bindgen::JsValue;

/// Milliseconds since 1970 UTC, by the clock of the device.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a clock before 1970 or after 9999 reads 0"
)]
pub fn now_ms() -> u64 {
    let now = js_sys::Date::now();
    if (0.0..253_402_300_800_000.0).contains(&now) { now as u64 } else { 0 }
}

/// Seconds since 1970 UTC, by the clock of the device.
#[must_use]
pub fn now_s() -> u64 {
    now_ms() / 1000
}

/// Leaves the time it is among the browser's own measurements, under this name (User Timing).
pub(crate) fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|it| it.performance()) {
        let _ = performance.mark(name);
    }
}

/// Does `work` and leaves how long it took among the browser's own measurements, under this name (User Timing).
pub(crate) fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let performance = web_sys::window().and_then(|it| it.performance());
    if let Some(performance) = &performance {
        let _ = performance.mark(name);
    }
    let made = work();
    if let Some(performance) = performance {
        let _ = performance.measure_with_start_mark(name, name);
        performance.clear_marks_with_mark_name(name);
    }
    made
}

/// Today in Vietnam: year, month from 1, day from 1.
#[must_use]
pub fn today() -> (i32, u8, u8) {
    day_in_vietnam(now_s())
}

/// The day in Vietnam at a time in seconds since 1970 UTC: year, month from 1, day from 1.
#[must_use]
pub fn day_in_vietnam(seconds: u64) -> (i32, u8, u8) {
    let (year, month, day, _, _) = time_in_vietnam(seconds);
    (year, month, day)
}

/// The time in Vietnam at a time in seconds since 1970 UTC: year, month from 1, day from 1, hour, minute.
///
/// Source: the proleptic Gregorian calendar counted in eras of 400 years from 1 March 0000 (146,097 days each).
#[must_use]
pub fn time_in_vietnam(seconds: u64) -> (i32, u8, u8, u8, u8) {
    let local = seconds.min(253_402_300_799) + 7 * 3600;
    let days = local / 86_400 + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let small = |number: u64| u8::try_from(number).unwrap_or(0);
    (i32::try_from(year).unwrap_or(0), small(month), small(day), small(local % 86_400 / 3600), small(local % 3600 / 60))
}

/// Waits so many milliseconds; a hidden page may wait longer.
pub async fn sleep(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        if promise::later(&resolve, milliseconds, &JsValue::UNDEFINED).is_none() {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = promise::settled(Ok(promise)).await;
}

#[cfg(test)]
mod tests {
    use super::time_in_vietnam;

    #[test]
    fn the_day_begins_in_vietnam_seven_hours_before_it_does_in_utc() {
        assert_eq!(time_in_vietnam(0), (1970, 1, 1, 7, 0));
        assert_eq!(time_in_vietnam(951_782_399), (2000, 2, 29, 6, 59));
        assert_eq!(time_in_vietnam(1_709_139_600), (2024, 2, 29, 0, 0));
        assert_eq!(time_in_vietnam(1_709_139_599), (2024, 2, 28, 23, 59));
        assert_eq!(time_in_vietnam(1_767_200_399), (2025, 12, 31, 23, 59));
        assert_eq!(time_in_vietnam(1_767_200_400), (2026, 1, 1, 0, 0));
    }

    #[test]
    fn no_clock_is_too_wrong_to_be_read() {
        assert_eq!(time_in_vietnam(u64::MAX).0, 10_000);
    }
}
