//! Times of day as dayjs reads and writes them strictly: a text fits a format when writing what was read gives the text again.
//!
//! Source: the `customParseFormat` plugin of dayjs, used by `validateTime.js` and `process/normalize/index.js`.

/// A time of day.
#[derive(Clone, Copy)]
struct Clock {
    hours: u8,
    minutes: u8,
    seconds: u8,
}

/// Is `text` a time written in `format`?
pub(crate) fn is_time(text: &str, format: &str) -> bool {
    read(text, format).is_some()
}

/// A time written in one format, written in another; `None` if it is not.
pub(crate) fn rewrite(text: &str, from: &str, to: &str) -> Option<String> {
    read(text, from).map(|clock| write(clock, to))
}

fn read(text: &str, format: &str) -> Option<Clock> {
    let (mut hours, mut minutes, mut seconds, mut afternoon) = (0, 0, 0, None);
    let mut rest = text;
    for token in tokens(format) {
        let (width, most, place) = match token {
            "HH" => (2, 23, &mut hours),
            "H" => (0, 23, &mut hours),
            "hh" => (2, 12, &mut hours),
            "h" => (0, 12, &mut hours),
            "mm" => (2, 59, &mut minutes),
            "m" => (0, 59, &mut minutes),
            "ss" => (2, 59, &mut seconds),
            "s" => (0, 59, &mut seconds),
            "A" | "a" => {
                let (am, pm) = if token == "A" { ("AM", "PM") } else { ("am", "pm") };
                afternoon = Some(rest.starts_with(pm));
                rest = rest.strip_prefix(am).or_else(|| rest.strip_prefix(pm))?;
                continue;
            }
            literal => {
                rest = rest.strip_prefix(literal)?;
                continue;
            }
        };
        let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
        let number: u8 = rest[..digits].parse().ok().filter(|number| *number <= most)?;
        // Written again it must be the same: two digits where the format says so, no zero before one digit where it does not.
        if if width == 2 { digits != 2 } else { (number < 10) != (digits == 1) } || (most == 12 && number == 0) {
            return None;
        }
        *place = number;
        rest = &rest[digits..];
    }
    let hours = match afternoon {
        Some(true) if hours < 12 => hours + 12,
        Some(false) if hours == 12 => 0,
        _ => hours,
    };
    rest.is_empty().then_some(Clock { hours, minutes, seconds })
}

fn write(clock: Clock, format: &str) -> String {
    let mut text = String::new();
    let twelve = if clock.hours.is_multiple_of(12) { 12 } else { clock.hours % 12 };
    for token in tokens(format) {
        let number = match token {
            "HH" | "H" => clock.hours,
            "hh" | "h" => twelve,
            "mm" | "m" => clock.minutes,
            "ss" | "s" => clock.seconds,
            "A" | "a" => {
                text.push_str(match (token, clock.hours < 12) {
                    ("A", true) => "AM",
                    ("A", false) => "PM",
                    (_, true) => "am",
                    (_, false) => "pm",
                });
                continue;
            }
            literal => {
                text.push_str(literal);
                continue;
            }
        };
        if token.len() == 2 && number < 10 {
            text.push('0');
        }
        text.push_str(&number.to_string());
    }
    text
}

/// The parts of a format: one or two of the letters H, h, m, s; A or a; anything else as it stands.
fn tokens(format: &str) -> impl Iterator<Item = &str> {
    let mut rest = format;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let width = match first {
            'H' | 'h' | 'm' | 's' if rest[1..].starts_with(first) => 2,
            other => other.len_utf8(),
        };
        let (token, after) = rest.split_at(width);
        rest = after;
        Some(token)
    })
}

#[cfg(test)]
mod tests {
    use super::{is_time, rewrite};

    #[track_caller]
    fn check(text: &str, format: &str, expected: bool) {
        assert_eq!(is_time(text, format), expected, "{text} in {format}");
    }

    #[test]
    fn a_time_is_written_as_its_format_says() {
        check("14:30:00", "HH:mm:ss", true);
        check("14:30", "HH:mm:ss", false);
        check("24:00:00", "HH:mm:ss", false);
        check("9:05:00", "HH:mm:ss", false);
        check("9:05", "H:mm", true);
        check("09:05", "H:mm", false);
        check("12:60", "HH:mm", false);
        check("02:30 PM", "hh:mm A", true);
        check("02:30 pm", "hh:mm A", false);
        check("13:30 PM", "hh:mm A", false);
        check("00:30", "hh:mm", false);
        check("14:30:00 ", "HH:mm:ss", false);
        check("", "HH:mm", false);
    }

    #[test]
    fn a_time_typed_in_one_format_is_kept_in_another() {
        assert_eq!(rewrite("14:30", "HH:mm", "HH:mm:ss").as_deref(), Some("14:30:00"));
        assert_eq!(rewrite("12:05 am", "hh:mm a", "HH:mm:ss").as_deref(), Some("00:05:00"));
        assert_eq!(rewrite("12:05 PM", "hh:mm A", "H.m").as_deref(), Some("12.5"));
        assert_eq!(rewrite("02:05 PM", "hh:mm A", "hh:mm A").as_deref(), Some("02:05 PM"));
        assert_eq!(rewrite("14h30", "HH:mm", "HH:mm:ss"), None);
    }
}
