//! Days: three short boxes, no mask; a year alone where the definition allows it. And a day with its time.

use crate::browser::draw::draw;
use crate::browser::field::{described_by_hint, hinted, with_fault};
use crate::browser::typing::{Text, with_text};
use crate::fields::Field;
use crate::words::errand;
use forms::{DateKept, Kind};
use leptos::prelude::*;
use serde_json::Value;

/// Day, month, year as typed, and the time where one is asked for.
type Parts = [String; 4];

/// A `day`: the answer is `DD/MM/YYYY` or `MM/DD/YYYY`; what was left blank is zeros.
#[inline(never)]
pub(super) fn day(field: Field) -> AnyView {
    let Kind::Day { day_first, day, month, .. } = field.component.kind.clone() else { return ().into_any() };
    let year_alone = !day.required && !month.required;
    let hint = field.hint().unwrap_or_else(|| {
        if year_alone { errand().day_hint_year().to_owned() } else { errand().day_hint().to_owned() }
    });
    boxes(&field, hint, false, move |text| read_day(text, day_first), move |parts| write_day(parts, day_first))
}

/// A `datetime`: the answer is ISO 8601, where it is a moment at UTC+7.
#[inline(never)]
pub(super) fn moment(field: Field) -> AnyView {
    let Kind::DateTime { kept } = field.component.kind else { return ().into_any() };
    let hint = field.hint().unwrap_or_else(|| errand().day_hint().to_owned());
    boxes(&field, hint, kept == DateKept::Time, read_moment, move |parts| write_moment(parts, kept))
}

fn boxes(
    field: &Field,
    hint: String,
    with_time: bool,
    read: impl Fn(&str) -> Parts + Send + Sync + 'static,
    write: impl Fn(&Parts) -> String + Send + Sync + 'static,
) -> AnyView {
    let (session, path) = (field.session, field.path.clone());
    let stored = session.text(field.path.clone());
    let parts = RwSignal::new(read(&stored.get_untracked()));
    let write = std::sync::Arc::new(write);
    let id = field.id.clone();
    let names = [errand().day(), errand().month(), errand().year(), errand().time()];
    let count = if with_time { 4 } else { 3 };
    let inputs = (0..count).map(|index| {
        let box_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
        let (write, path) = (write.clone(), path.clone());
        let take = Callback::new(move |text: String| {
            parts.update(|it| text.trim().clone_into(&mut it[index]));
            let answer = parts.with_untracked(|it| write(it));
            if answer.is_empty() {
                session.clear(&path);
            } else {
                session.answer(&path, Value::String(answer));
            }
        });
        let value = Signal::derive(move || parts.with(|it| it[index].clone()));
        let (class, keyboard, most) = match index {
            2 => ("input day__year", "numeric", "4"),
            3 => ("input day__time", "text", "5"),
            _ => ("input day__part", "numeric", "2"),
        };
        let like =
            [("class", class), ("type", "text"), ("inputmode", keyboard), ("autocomplete", "off"), ("maxlength", most)];
        let input = draw("input", &like).id(&box_id);
        let input = with_text(input, Text { value, take });
        draw("div", &[("class", "day__box")])
            .and(draw("label", &[("class", "day__label")]).with("for", &box_id).text(names[index]))
            .and(input)
    });
    let group =
        draw("fieldset", &[("class", "field")]).may("aria-describedby", described_by_hint(&id, true).as_deref());
    let group = with_fault(group, field.fault(true));
    let group = group.and(field.label().written(draw("legend", &[("class", "field__label")])));
    let group = hinted(group, Some(&id), Some(&hint), None);
    field.with_notes(group.and(draw("div", &[("class", "day")]).and_all(inputs)).into_any())
}

/// What is zeros was left blank.
fn known(part: &str) -> String {
    if part.chars().all(|it| it == '0') { String::new() } else { part.to_owned() }
}

fn read_day(text: &str, day_first: bool) -> Parts {
    let mut parts = text.split('/');
    let (first, second, year) =
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let (day, month) = if day_first { (first, second) } else { (second, first) };
    [known(day), known(month), known(year), String::new()]
}

fn write_day([day, month, year, _]: &Parts, day_first: bool) -> String {
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return String::new();
    }
    let (day, month) = (format!("{day:0>2}"), format!("{month:0>2}"));
    let (first, second) = if day_first { (day, month) } else { (month, day) };
    format!("{first}/{second}/{year:0>4}")
}

fn read_moment(text: &str) -> Parts {
    // An answer that is not a date yet rests as it was typed, in our own order.
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    if !date.contains('-') {
        let mut parts = text.split('/').map(str::to_owned);
        return std::array::from_fn(|_| parts.next().unwrap_or_default());
    }
    let mut parts = date.split('-');
    let (year, month, day) =
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    [day.into(), month.into(), year.into(), time.get(..5).unwrap_or_default().into()]
}

fn write_moment([day, month, year, time]: &Parts, kept: DateKept) -> String {
    if [day, month, year, time].into_iter().all(String::is_empty) {
        return String::new();
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let date = number(day)
        .zip(number(month))
        .zip(number(year))
        .and_then(|((day, month), year)| vietnam::date::Date::new(year, month, day).ok());
    let time = match kept {
        DateKept::Time => read_time(time),
        DateKept::Midnight | DateKept::Day => Some("00:00".to_owned()),
    };
    match date.zip(time) {
        Some((date, _)) if kept == DateKept::Day => date.iso(),
        Some((date, time)) => format!("{}T{time}:00+07:00", date.iso()),
        None => [day.as_str(), month, year].join("/"),
    }
}

/// `7:05`, `07h05`, `7.05` as `07:05`.
fn read_time(text: &str) -> Option<String> {
    let (hour, minute) = text.split_once([':', 'h', '.', 'g']).unwrap_or((text, "0"));
    let hour: u8 = hour.trim().parse().ok().filter(|it| *it < 24)?;
    let minute: u8 = if minute.trim().is_empty() { 0 } else { minute.trim().parse().ok().filter(|it| *it < 60)? };
    Some(format!("{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::{read_day, read_moment, write_day, write_moment};
    use forms::DateKept;

    fn parts(day: &str, month: &str, year: &str, time: &str) -> super::Parts {
        [day, month, year, time].map(str::to_owned)
    }

    #[test]
    fn a_day_reads_back_as_it_was_written() {
        for (typed, day_first, answer) in [
            (parts("25", "12", "1990", ""), true, "25/12/1990"),
            (parts("25", "12", "1990", ""), false, "12/25/1990"),
            (parts("", "", "1950", ""), true, "00/00/1950"),
            (parts("", "", "", ""), true, ""),
        ] {
            assert_eq!(write_day(&typed, day_first), answer);
            assert_eq!(read_day(answer, day_first), typed);
        }
        assert_eq!(write_day(&parts("1", "7", "1985", ""), true), "01/07/1985");
    }

    #[test]
    fn a_moment_is_iso_at_utc_plus_seven_and_what_is_not_one_is_kept_as_typed() {
        let full = parts("22", "11", "2026", "07:05");
        assert_eq!(write_moment(&full, DateKept::Time), "2026-11-22T07:05:00+07:00");
        assert_eq!(read_moment("2026-11-22T07:05:00+07:00"), full);
        assert_eq!(write_moment(&parts("2", "1", "2026", "7h5"), DateKept::Time), "2026-01-02T07:05:00+07:00");
        assert_eq!(write_moment(&parts("31", "2", "2026", ""), DateKept::Midnight), "31/2/2026");
        assert_eq!(read_moment("31/2/2026"), parts("31", "2", "2026", ""));
        assert_eq!(read_moment("31//"), parts("31", "", "", ""));
        let day = parts("2", "1", "2026", "");
        assert_eq!(write_moment(&day, DateKept::Midnight), "2026-01-02T00:00:00+07:00");
        assert_eq!(write_moment(&day, DateKept::Day), "2026-01-02");
        assert_eq!(write_moment(&parts("31", "2", "2026", ""), DateKept::Day), "31/2/2026");
        assert_eq!(read_moment("2026-01-02"), parts("02", "01", "2026", ""));
        assert_eq!(write_moment(&parts("", "", "", ""), DateKept::Time), "");
    }
}
