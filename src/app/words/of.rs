//! Numbers, dates and limits in words.

use super::{errand, full, put};
use contract::procedure::{TimeLimit, TimeUnit};

/// An amount of đồng: `20.000 đồng`.
pub(crate) fn money(dong: u64) -> String {
    vietnam::money::dong(dong)
}

/// A size in bytes, as `1,2 MB`.
pub(crate) fn size(bytes: u64) -> String {
    if bytes < 1_000 {
        format!("{bytes} B")
    } else if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1_000))
    } else {
        let tenths = bytes.div_ceil(100_000);
        format!("{},{} MB", tenths / 10, tenths % 10)
    }
}

/// Day and time in Vietnam: `14:05, 22/11/2026`.
pub(crate) fn date_time(seconds: u64) -> String {
    let (year, month, day, hour, minute) = parts(seconds);
    format!("{hour:02}:{minute:02}, {day:02}/{month:02}/{year}")
}

/// Year, month, day, hour and minute at UTC+7.
///
/// Source: the civil-from-days algorithm of Howard Hinnant, "chrono-compatible low-level date algorithms".
fn parts(seconds: u64) -> (u64, u64, u64, u64, u64) {
    // Beyond the year 9999 nothing of ours can be; clamping keeps the arithmetic inside its type.
    let local = seconds.min(253_402_300_799) + 7 * 3_600;
    let days = local / 86_400 + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day, local / 3_600 % 24, local / 60 % 60)
}

/// A time limit: `3 ngày làm việc`, `Trong ngày`.
pub(crate) fn time_limit(limit: TimeLimit) -> String {
    if limit.value == 0 {
        return full().unit_same_day().to_owned();
    }
    let unit = match limit.unit {
        TimeUnit::Minute => full().unit_minute(),
        TimeUnit::Hour => full().unit_hour(),
        TimeUnit::WorkingHour => full().unit_working_hour(),
        TimeUnit::Day => full().unit_day(),
        TimeUnit::WorkingDay => full().unit_working_day(),
        TimeUnit::Week => full().unit_week(),
        TimeUnit::Month => full().unit_month(),
        TimeUnit::Year => full().unit_year(),
    };
    put(unit, &[&limit.value.to_string()])
}

/// How long something will still take, told no finer than is known: `Còn khoảng 3 phút`.
pub(crate) fn time_left(seconds: u32) -> String {
    match seconds {
        0..60 => errand().left_seconds().to_owned(),
        60..5_400 => put(errand().left_minutes(), &[&seconds.div_ceil(60).to_string()]),
        _ => put(errand().left_hours(), &[&seconds.div_ceil(3_600).to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::{date_time, size, time_left};

    #[test]
    fn what_is_left_is_told_in_minutes_then_in_hours() {
        assert_eq!(time_left(0), "Còn chưa đầy 1 phút");
        assert_eq!(time_left(59), "Còn chưa đầy 1 phút");
        assert_eq!(time_left(60), "Còn khoảng 1 phút");
        assert_eq!(time_left(61), "Còn khoảng 2 phút");
        assert_eq!(time_left(5_399), "Còn khoảng 90 phút");
        assert_eq!(time_left(5_400), "Còn khoảng 2 giờ");
        assert_eq!(time_left(u32::MAX), "Còn khoảng 1193047 giờ");
    }

    #[test]
    fn a_moment_is_told_in_vietnamese_time() {
        assert_eq!(date_time(0), "07:00, 01/01/1970");
        assert_eq!(date_time(1_751_302_800), "00:00, 01/07/2025");
        assert_eq!(date_time(1_709_164_800), "07:00, 29/02/2024");
        assert_eq!(date_time(u64::MAX), "06:59, 01/01/10000");
    }

    #[test]
    fn a_size_is_rounded_up() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(1_001), "2 kB");
        assert_eq!(size(6_000_000), "6,0 MB");
        assert_eq!(size(1_210_000), "1,3 MB");
    }
}
