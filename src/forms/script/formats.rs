//! Formats of moment.js: moments are written and read by them.

use super::RunFault;
use super::run::Run;
use super::time::{Clock, HOURS_AHEAD, padded};
use super::value::{Js, Ran};
use crate::dates::days_in_month;
use crate::javascript::number_to_text;

/// The longest format, and the longest text that is read by one, bytes: each is gone through once for each of its pieces.
const MAX_BYTES: usize = 1_000;

/// A piece of a format: a sign of its language, or text.
enum Piece<'f> {
    Sign(&'f str),
    Text(&'f str),
}

/// The first piece of a format and the rest. A letter that means something but is not read here is a fault.
fn piece(format: &str) -> Ran<Option<(Piece<'_>, &str)>> {
    let Some(first) = format.chars().next() else {
        return Ok(None);
    };
    if first == '['
        && let Some(end) = format.find(']')
    {
        return Ok(Some((Piece::Text(&format[1..end]), &format[end + 1..])));
    }
    let run = format.len() - format.trim_start_matches(first).len();
    let length = match (first, run) {
        ('L', 1) if format.starts_with("LTS") => 3,
        ('L', 1) if format.starts_with("LT") => 2,
        ('D', 1) if format.starts_with("Do") => 2,
        ('M' | 'd' | 'Q' | 'w' | 'W', _) if format[run..].starts_with('o') => return Err(RunFault::Unsupported),
        ('Y', 1 | 4)
        | ('M' | 'd', 3 | 4)
        | ('d' | 'Q' | 'E' | 'x' | 'X', 1)
        | ('S', 1..=3)
        | ('Z', 1 | 2)
        | ('L' | 'l', 1..=4) => run,
        ('Y' | 'M' | 'D' | 'H' | 'h' | 'm' | 's', 1 | 2) if first != 'Y' || run == 2 => run,
        ('A' | 'a', _) => 1,
        (letter, _) if "YMDHhmsLlSZdeEQwWyNgGkxXz".contains(letter) => {
            return Err(RunFault::Unsupported);
        }
        _ => {
            let length = first.len_utf8();
            return Ok(Some((Piece::Text(&format[..length]), &format[length..])));
        }
    };
    Ok(Some((Piece::Sign(&format[..length]), &format[length..])))
}

/// `moment.format(…)`, on the clocks of UTC or of Vietnam.
pub(super) fn format<'a>(run: &mut Run<'a>, clock: Option<Clock>, utc: bool, format: Option<&Js<'a>>) -> Ran<Js<'a>> {
    let Some(clock) = clock else {
        return run.made("Invalid date");
    };
    let format = match format {
        None | Some(Js::Undefined) => None,
        Some(format) => Some(run.text_of(format)?),
    };
    let plain = if utc { "YYYY-MM-DD[T]HH:mm:ss[Z]" } else { "YYYY-MM-DD[T]HH:mm:ssZ" };
    let format = format.as_ref().map_or(plain, |format| format.as_str());
    let mut text = String::new();
    write(run, clock, utc, format, &mut text)?;
    run.made(&text)
}

/// Writes a moment by a format.
pub(super) fn write(run: &mut Run<'_>, clock: Clock, utc: bool, format: &str, text: &mut String) -> Ran<()> {
    if format.len() > MAX_BYTES {
        return Err(RunFault::TooLong);
    }
    let when = clock.milliseconds() + if utc { HOURS_AHEAD } else { 0.0 };
    let mut rest = format;
    while let Some((piece, after)) = piece(rest)? {
        rest = after;
        let twelve = (clock.hours() + 11) % 12 + 1;
        let printed = match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Sign("YYYY" | "Y") => padded(clock.year, 4),
            Piece::Sign("YY") => padded(clock.year.rem_euclid(100), 2),
            Piece::Sign("MMMM") => clock.month_name().to_owned(),
            Piece::Sign("MMM") => clock.month_name()[..3].to_owned(),
            Piece::Sign("dddd") => clock.weekday_name().to_owned(),
            Piece::Sign("ddd") => clock.weekday_name()[..3].to_owned(),
            Piece::Sign("d") => clock.weekday.to_string(),
            Piece::Sign("E") => ((clock.weekday + 6) % 7 + 1).to_string(),
            Piece::Sign("Q") => ((clock.month + 2) / 3).to_string(),
            Piece::Sign("Z") => String::from(if utc { "+00:00" } else { "+07:00" }),
            Piece::Sign("ZZ") => String::from(if utc { "+0000" } else { "+0700" }),
            Piece::Sign("x") => number_to_text(when),
            Piece::Sign("X") => number_to_text((when / 1_000.0).floor()),
            Piece::Sign("Do") => {
                let ending = match (clock.day / 10, clock.day % 10) {
                    (1, _) => "th",
                    (_, 1) => "st",
                    (_, 2) => "nd",
                    (_, 3) => "rd",
                    _ => "th",
                };
                [&clock.day.to_string(), ending].concat()
            }
            Piece::Sign(sign) if sign.starts_with('S') => {
                padded(clock.since_midnight % 1_000, 3)[..sign.len()].to_owned()
            }
            Piece::Sign(sign) if sign.starts_with(['L', 'l']) => {
                write(run, clock, utc, long(sign), text)?;
                continue;
            }
            Piece::Sign("A") => String::from(if clock.hours() < 12 { "AM" } else { "PM" }),
            Piece::Sign("a") => String::from(if clock.hours() < 12 { "am" } else { "pm" }),
            Piece::Sign(sign) => {
                let number = match sign.as_bytes() {
                    [b'M', ..] => clock.month,
                    [b'D', ..] => clock.day,
                    [b'H', ..] => clock.hours(),
                    [b'h', ..] => twelve,
                    [b'm', ..] => clock.minutes(),
                    _ => clock.seconds(),
                };
                padded(number, sign.len())
            }
        };
        run.append(text, &printed)?;
    }
    Ok(())
}

/// The long formats of moment.js, as it has them unless it is set to another language.
fn long(sign: &str) -> &'static str {
    match sign {
        "LT" => "h:mm A",
        "LTS" => "h:mm:ss A",
        "L" => "MM/DD/YYYY",
        "LL" => "MMMM D, YYYY",
        "LLL" => "MMMM D, YYYY h:mm A",
        "LLLL" => "dddd, MMMM D, YYYY h:mm A",
        "l" => "M/D/YYYY",
        "ll" => "MMM D, YYYY",
        "lll" => "MMM D, YYYY h:mm A",
        _ => "ddd, MMM D, YYYY h:mm A",
    }
}

/// A format with its long signs written out.
fn written_out(format: &str) -> Ran<String> {
    let mut whole = String::new();
    let mut rest = format;
    while let Some((piece, after)) = piece(rest)? {
        match piece {
            Piece::Sign(sign) if sign.starts_with(['L', 'l']) => whole.push_str(long(sign)),
            _ => whole.push_str(&rest[..rest.len() - after.len()]),
        }
        rest = after;
    }
    Ok(whole)
}

/// Reads a text by a format; NaN where moment.js says it is invalid. How badly the format fits is told beside: what is left of the text,
/// and ten for each sign that found nothing.
pub(super) fn parse_format(text: &str, format: &str, strict: bool, now: f64) -> Ran<(f64, usize)> {
    const NONE: (f64, usize) = (f64::NAN, usize::MAX);
    if format.len().max(text.len()) > MAX_BYTES {
        return Err(RunFault::TooLong);
    }
    let format = written_out(format)?;
    let (mut left, mut rest) = (text, format.as_str());
    let mut misfit = text.chars().count();
    let mut parts: [Option<i64>; 7] = [None; 7];
    let mut afternoon = None;
    let mut zone = None;
    while let Some((piece, after)) = piece(rest)? {
        rest = after;
        let sign = match piece {
            Piece::Sign(sign) => sign,
            Piece::Text(text) => {
                match left.find(text) {
                    // Not strict, signs between are skipped over.
                    Some(at) if at == 0 || !strict => {
                        left = &left[at + text.len()..];
                        misfit = misfit.saturating_sub(text.chars().count());
                    }
                    None if !strict => {}
                    _ => return Ok(NONE),
                }
                continue;
            }
        };
        let Some((start, length)) = found(left, sign, strict)? else {
            if strict {
                return Ok(NONE);
            }
            misfit = misfit.saturating_add(10);
            continue;
        };
        if strict && start > 0 {
            return Ok(NONE);
        }
        let read = &left[start..start + length];
        left = &left[start + length..];
        misfit = misfit.saturating_sub(length);
        let number = || read.trim_end_matches(|it: char| !it.is_ascii_digit()).parse().unwrap_or(0);
        let (place, number) = match sign.as_bytes() {
            [b'A' | b'a'] => {
                afternoon = Some(read.starts_with(['p', 'P']));
                continue;
            }
            [b'Z', ..] => {
                zone = Some(minutes_east(read));
                continue;
            }
            b"YYYY" | b"Y" => (0, number()),
            b"YY" => (0, number() + if number() > 68 { 1_900 } else { 2_000 }),
            [b'M', b'M', b'M', ..] => (1, month_named(read, sign.len(), strict)),
            [b'M', ..] => (1, number()),
            [b'D', ..] => (2, number()),
            [b'H' | b'h', ..] => (3, number()),
            [b'm', ..] => (4, number()),
            [b's', ..] => (5, number()),
            // A fraction of a second.
            _ => (6, number() * [0, 100, 10, 1][read.len().min(3)]),
        };
        parts[place] = Some(number);
    }
    if parts.iter().all(Option::is_none) || (strict && !left.is_empty()) {
        return Ok((f64::NAN, misfit));
    }
    parts[3] = match (parts[3], afternoon) {
        (Some(hours), Some(true)) if hours < 12 => Some(hours + 12),
        (Some(12), Some(false)) => Some(0),
        (hours, _) => hours,
    };
    let read = from_read(parts, now);
    Ok((zone.map_or(read, |east: i64| read + HOURS_AHEAD - super::time::float(east * 60_000)), misfit))
}

/// Where in the text what a sign means begins, and its length.
fn found(text: &str, sign: &str, strict: bool) -> Ran<Option<(usize, usize)>> {
    let most = match sign.as_bytes() {
        b"YYYY" | b"Y" => 4,
        [b'S', ..] => 3,
        b"YY" | b"M" | b"MM" | b"D" | b"DD" | b"Do" | [b'H' | b'h' | b'm' | b's', ..] => 2,
        [b'M', ..] => {
            // Any word; whether it is a month is asked later.
            let of_word = |it: char| it.is_alphabetic() || it == '\'';
            let Some(start) = text.find(of_word) else { return Ok(None) };
            let word = &text[start..];
            return Ok(Some((start, word.len() - word.trim_start_matches(of_word).len())));
        }
        [b'A' | b'a'] => {
            let start = if strict { 0 } else { text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(0) };
            let half = text[start..].get(..2).map(str::to_ascii_lowercase);
            return Ok(half.filter(|half| matches!(half.as_str(), "am" | "pm")).map(|_| (start, 2)));
        }
        [b'Z', ..] => {
            let Some(start) = text.find(['Z', 'z', '+', '-']) else { return Ok(None) };
            let signs =
                text[start..].bytes().skip(1).take(5).take_while(|it| it.is_ascii_digit() || *it == b':').count();
            return Ok(Some((start, if text[start..].starts_with(['Z', 'z']) { 1 } else { 1 + signs })));
        }
        _ => return Err(RunFault::Unsupported),
    };
    let Some(start) = text.find(|letter: char| letter.is_ascii_digit()) else { return Ok(None) };
    let digits = text[start..].bytes().take(most).take_while(u8::is_ascii_digit).count();
    let ending = if sign == "Do" { 2 } else { 0 };
    let least = if strict && ending == 0 { sign.len() } else { 1 };
    let whole = digits >= least && text[start..].is_char_boundary((digits + ending).min(text.len() - start));
    Ok(whole.then(|| (start, (digits + ending).min(text.len() - start))))
}

/// The number of a month by its name, from 1; 0 where it is none. Strictly, by the short or the whole name alone.
fn month_named(name: &str, letters: usize, strict: bool) -> i64 {
    let Some(place) = super::time::place_named(name, true) else { return 0 };
    let clock = Clock { year: 2_000, month: place + 1, day: 1, weekday: 0, since_midnight: 0 };
    let whole = if letters == 3 { &clock.month_name()[..3] } else { clock.month_name() };
    if strict && !name.eq_ignore_ascii_case(whole) { 0 } else { place + 1 }
}

/// `Z`, `+07:00`, `+0700`, `-05`: minutes ahead of UTC.
fn minutes_east(zone: &str) -> i64 {
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize| digits.get(from..from + 2).and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
    let minutes = part(0) * 60 + part(2);
    if zone.starts_with('-') { -minutes } else { minutes }
}

/// The point in time of what was read; what stands before it in a date is today's, what stands after is the first.
fn from_read(parts: [Option<i64>; 7], now: f64) -> f64 {
    let Some(today) = Clock::at(now) else {
        return f64::NAN;
    };
    let [year, month, day, hours, minutes, seconds, rest] = parts;
    let (first_year, first_month, first_day) = match (year, month, day) {
        (None, None, None) => (today.year, today.month, today.day),
        (None, None, Some(_)) => (today.year, today.month, 1),
        _ => (today.year, 1, 1),
    };
    let (year, month, day) = (year.unwrap_or(first_year), month.unwrap_or(first_month), day.unwrap_or(first_day));
    let (hours, minutes, seconds) = (hours.unwrap_or(0), minutes.unwrap_or(0), seconds.unwrap_or(0));
    let exists = (1..=12).contains(&month)
        && day >= 1
        && day <= days_in_month(year, month)
        && minutes < 60
        && seconds < 60
        && (hours < 24 || (hours == 24 && minutes == 0 && seconds == 0));
    if !exists {
        return f64::NAN;
    }
    let since_midnight = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + rest.unwrap_or(0);
    Clock { year, month, day, weekday: 0, since_midnight }.milliseconds()
}
