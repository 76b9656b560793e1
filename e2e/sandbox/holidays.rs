//! On which days offices are closed: a table per year, and what is known without one.
//!
//! Source: Bộ luật Lao động 2019 (45/2019/QH14), Art. 111.3 and 112; Nghị quyết 28/2026/QH16 (Ngày Văn hóa Việt Nam,
//! 24 November, from 1 July 2026). The days of each year for officials: Thông báo 6150/TB-BLĐTBXH (2025), Thông báo
//! 9441/TB-BNV (2026), as Python's `holidays` 0.109 and public calendars have them. First day of the lunar year and the
//! tenth of its third month: 29/01 and 07/04/2025, 17/02 and 26/04/2026, 06/02 and 16/04/2027 (`lunardate` says the
//! same). No notice for 2027 was read: its five days of Tết and the second day of Quốc khánh are only expected. Nor was
//! the outcome of the proposal to close on 23/11/2026 too.

use vietnam::date::{Date, Weekday, WorkingCalendar};

/// A month and a day.
type MonthDay = (u32, u32);

/// One year as announced: weekdays without work, and Saturdays worked instead.
struct Announced {
    year: u32,
    closed: &'static [MonthDay],
    worked: &'static [MonthDay],
}

const ANNOUNCED: [Announced; 3] = [
    Announced {
        year: 2025,
        closed: &[(1, 1), (1, 27), (1, 28), (1, 29), (1, 30), (1, 31), (4, 7), (4, 30), (5, 1), (5, 2), (9, 1), (9, 2)],
        worked: &[(4, 26)],
    },
    Announced {
        year: 2026,
        closed: &[
            (1, 1),
            (2, 16),
            (2, 17),
            (2, 18),
            (2, 19),
            (2, 20),
            (4, 27),
            (4, 30),
            (5, 1),
            (8, 31),
            (9, 1),
            (9, 2),
            (11, 24),
        ],
        worked: &[(8, 22)],
    },
    Announced {
        year: 2027,
        closed: &[(1, 1), (2, 4), (2, 5), (2, 8), (2, 9), (2, 10), (4, 16), (4, 30), (5, 3), (9, 2), (9, 3), (11, 24)],
        worked: &[],
    },
];

/// Holidays with the same date every year.
const FIXED: [MonthDay; 5] = [(1, 1), (4, 30), (5, 1), (9, 2), (11, 24)];

/// The calendar of the year of `day` and of the next one.
#[must_use]
pub(crate) fn calendar_around(day: Date) -> WorkingCalendar {
    let mut calendar = WorkingCalendar::default();
    for year in [u32::from(day.year()), u32::from(day.year()) + 1] {
        if let Some(announced) = ANNOUNCED.iter().find(|it| it.year == year) {
            calendar.holidays.extend(days(year, announced.closed));
            calendar.make_up_days.extend(days(year, announced.worked));
        } else {
            let fixed: Vec<Date> = days(year, &FIXED).collect();
            // One that falls on a weekend is made up for on the next working day (Art. 111.3).
            for holiday in fixed {
                let is_weekend = matches!(holiday.weekday(), Weekday::Saturday | Weekday::Sunday);
                let moved = if is_weekend { holiday.plus_working_days(1, &calendar) } else { Some(holiday) };
                calendar.holidays.extend(moved);
            }
        }
    }
    calendar
}

fn days(year: u32, list: &[MonthDay]) -> impl Iterator<Item = Date> {
    list.iter().filter_map(move |&(month, day)| Date::new(year, month, day).ok())
}
