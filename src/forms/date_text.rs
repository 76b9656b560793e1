//! The moment a text names for JavaScript: ISO 8601, and what engines have always read beside it, such as `5/1/2024`, `1 May 2024 10:00`
//! and even `Option 12`.
//!
//! The standard leaves the rest to engines; this is what V8 makes of a text, which is what `@formio/core` runs on.

use crate::dates::{MINUTES_EAST, midnight};
use crate::javascript::is_blank;

/// Milliseconds since 1970, a time without a zone being one of Vietnam; `None` where JavaScript says "Invalid Date".
pub(crate) fn parse_date(text: &str) -> Option<i64> {
    let mut reader = Reader { tokens: tokens(text), at: 0 };
    let mut read = Read::default();
    match reader.iso(&mut read) {
        Iso::Whole => {}
        Iso::No => return None,
        Iso::Rest => reader.others(&mut read)?,
    }
    read.moment()
}

/// The moment a text names for dayjs, which takes what begins with a year apart itself, and runs months and days that are too large on
/// into the next: `2024-13-01` is in 2025.
pub(crate) fn parse_with_dayjs(text: &str) -> Option<i64> {
    if text.ends_with(['Z', 'z']) {
        return parse_date(text);
    }
    by_parts(text).or_else(|| parse_date(text))
}

/// Source: `REGEX_PARSE` in `constant.js` of dayjs.
fn by_parts(text: &str) -> Option<i64> {
    let mut rest = text;
    let mut digits = |most: usize, before: &dyn Fn(char) -> bool, many: bool| {
        let length = rest.find(|it| !before(it)).unwrap_or(rest.len());
        rest = &rest[if many { length } else { length.min(1) }..];
        let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, after) = rest.split_at(length);
        rest = after;
        digits
    };
    let year = digits(4, &|_| false, false);
    let between = |it: char| matches!(it, '-' | '/');
    let (month, day) = (digits(2, &between, false), digits(2, &between, false));
    let hours = digits(2, &|it| matches!(it, 'T' | 't') || is_blank(it), true);
    let (minutes, seconds) = (digits(2, &|it| it == ':', false), digits(2, &|it| it == ':', false));
    let fraction = digits(usize::MAX, &|it| matches!(it, '.' | ':'), false);
    if year.len() < 4 || !rest.is_empty() {
        return None;
    }
    let number = |digits: &str, otherwise: i64| digits.parse().unwrap_or(otherwise);
    let months = number(year, 0) * 12 + number(month, 1) - 1;
    let since_midnight = ((number(hours, 0) * 60 + number(minutes, 0)) * 60 + number(seconds, 0)) * 1_000;
    let milliseconds = number(&fraction[..fraction.len().min(3)], 0);
    let midnight = midnight(months.div_euclid(12), months.rem_euclid(12) + 1, number(day, 1));
    Some(midnight + since_midnight + milliseconds)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// A number of up to nine digits, and how many there are.
    Number(i64, usize),
    Sign(char),
    Word(Word),
    Blank,
    /// Anything else, and what stands in brackets.
    Other,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Month(i64),
    /// Hours that come to those up to 12.
    Half(i64),
    /// Hours ahead of UTC.
    Zone(i64),
    Z,
    T,
    Unknown,
}

fn word(text: &str) -> Word {
    const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";
    let mut letters: String = text.chars().take(3).collect();
    letters.make_ascii_lowercase();
    if let Some(at) = MONTHS.find(&letters).filter(|at| at % 3 == 0 && letters.len() == 3) {
        return Word::Month(i64::try_from(at / 3).unwrap_or(0) + 1);
    }
    if text.chars().count() > 3 {
        return Word::Unknown;
    }
    match letters.as_str() {
        "am" => Word::Half(0),
        "pm" => Word::Half(12),
        "ut" | "utc" | "gmt" => Word::Zone(0),
        "edt" => Word::Zone(-4),
        "est" | "cdt" => Word::Zone(-5),
        "cst" | "mdt" => Word::Zone(-6),
        "mst" | "pdt" => Word::Zone(-7),
        "pst" => Word::Zone(-8),
        "z" => Word::Z,
        "t" => Word::T,
        _ => Word::Unknown,
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_letter = |it: char| it >= 'A' && !is_blank(it);
        let length = |is: &dyn Fn(char) -> bool| rest.find(|it| !is(it)).unwrap_or(rest.len());
        let (token, length) = match first {
            '0'..='9' => {
                let length = length(&|it| it.is_ascii_digit());
                let digits = rest[..length].trim_start_matches('0');
                let number = digits[..digits.len().min(9)].parse().unwrap_or(0);
                (Token::Number(number, length), length)
            }
            ':' | '-' | '+' | '.' | ')' => (Token::Sign(first), 1),
            _ if is_letter(first) => {
                let length = length(&is_letter);
                (Token::Word(word(&rest[..length])), length)
            }
            _ if is_blank(first) => (Token::Blank, length(&is_blank)),
            '(' => (Token::Other, in_brackets(rest)),
            _ => (Token::Other, first.len_utf8()),
        };
        tokens.push(token);
        rest = &rest[length..];
    }
    tokens
}

/// How long is what stands in brackets, which may stand in each other?
fn in_brackets(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 1 => return at + 1,
            ')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// What was read so far.
#[derive(Default)]
struct Read {
    /// Up to three numbers, whichever they are.
    day: Vec<i64>,
    month: Option<i64>,
    iso: bool,
    /// Hours, minutes, seconds, milliseconds.
    time: Vec<i64>,
    half: Option<i64>,
    zone: Zone,
}

#[derive(Default)]
struct Zone {
    sign: i64,
    hours: Option<i64>,
    minutes: Option<i64>,
}

impl Read {
    /// Is the number the next part of a time?
    fn expects(&self, number: i64) -> bool {
        match self.time.len() {
            1 | 2 => (0..60).contains(&number),
            3 => (0..1_000).contains(&number),
            _ => false,
        }
    }

    fn end_time(&mut self, number: i64) {
        self.time.push(number);
        self.time.resize(4, 0);
    }

    fn set_zone(&mut self, hours: i64) {
        self.zone = Zone { sign: if hours < 0 { -1 } else { 1 }, hours: Some(hours.abs()), minutes: Some(0) };
    }

    fn moment(mut self) -> Option<i64> {
        let is_day = |number: i64| (1..=31).contains(&number);
        self.day.first()?;
        self.day.resize(3, 1);
        let [one, two, three] = self.day[..] else { return None };
        let (year, month, day) = match self.month {
            None if self.iso || !is_day(one) => (one, two, three),
            None => (three, one, two),
            Some(month) if is_day(one) => (two, month, one),
            Some(month) => (one, month, two),
        };
        let year = match year {
            0..=49 if !self.iso => year + 2_000,
            50..=99 if !self.iso => year + 1_900,
            year => year,
        };
        if year.abs() > 300_000 || !(1..=12).contains(&month) || !is_day(day) {
            return None;
        }
        self.time.resize(4, 0);
        let [mut hours, minutes, seconds, milliseconds] = self.time[..] else { return None };
        if let Some(half) = self.half {
            if hours > 12 {
                return None;
            }
            hours = hours % 12 + half;
        }
        let is_time = hours < 24 && minutes < 60 && seconds < 60 && milliseconds < 1_000;
        if !is_time && (hours, minutes, seconds, milliseconds) != (24, 0, 0, 0) {
            return None;
        }
        let east = match self.zone.sign {
            0 => MINUTES_EAST,
            sign => sign * (self.zone.hours.unwrap_or(0) * 60 + self.zone.minutes.unwrap_or(0)),
        };
        let since_midnight = ((hours * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds;
        let at = midnight(year, month, day) + since_midnight + (MINUTES_EAST - east) * 60_000;
        (at.abs() <= 8_640_000_000_000_000).then_some(at)
    }
}

/// How far a text is ISO 8601.
enum Iso {
    Whole,
    /// It goes on otherwise: what was read counts.
    Rest,
    No,
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Token {
        self.tokens.get(self.at).copied().unwrap_or(Token::End)
    }

    fn next(&mut self) -> Token {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn skip(&mut self, sign: char) -> bool {
        let is = self.peek() == Token::Sign(sign);
        self.at += usize::from(is);
        is
    }

    /// A number of exactly so many digits up to `most`.
    fn fixed(&mut self, digits: usize, least: i64, most: i64) -> Option<i64> {
        match self.peek() {
            Token::Number(number, length) if length == digits && (least..=most).contains(&number) => {
                self.at += 1;
                Some(number)
            }
            _ => None,
        }
    }

    fn iso(&mut self, read: &mut Read) -> Iso {
        match (self.peek(), self.tokens.get(1)) {
            (Token::Sign(sign @ ('+' | '-')), Some(Token::Number(year, 6))) => {
                self.at = 2;
                // There is no year -000000: it is left out.
                if sign == '-' && *year == 0 {
                    return Iso::Rest;
                }
                read.day.push(if sign == '-' { -year } else { *year });
            }
            (Token::Number(year, 4), _) => {
                self.at = 1;
                read.day.push(year);
            }
            _ => return Iso::Rest,
        }
        for most in [12, 31] {
            if !self.skip('-') {
                break;
            }
            match self.fixed(2, 1, most) {
                Some(part) => read.day.push(part),
                None => return Iso::Rest,
            }
        }
        match self.peek() {
            Token::End => {}
            Token::Word(Word::T) => {
                self.at += 1;
                if self.iso_time(read).is_none() || self.peek() != Token::End {
                    return Iso::No;
                }
            }
            _ => return Iso::Rest,
        }
        // A day alone is one of UTC.
        if read.time.is_empty() {
            read.set_zone(0);
        }
        read.iso = true;
        Iso::Whole
    }

    fn iso_time(&mut self, read: &mut Read) -> Option<()> {
        read.time.push(self.fixed(2, 0, 24)?);
        let most = if read.time == [24] { 0 } else { 59 };
        if !self.skip(':') {
            return None;
        }
        read.time.push(self.fixed(2, 0, most)?);
        if self.skip(':') {
            read.time.push(self.fixed(2, 0, most)?);
            if self.skip('.') {
                let fraction = self.next();
                if most == 0 && !matches!(fraction, Token::Number(0, _)) {
                    return None;
                }
                read.time.push(milliseconds(fraction)?);
            }
        }
        match self.peek() {
            Token::Word(Word::Z) => {
                self.at += 1;
                read.set_zone(0);
            }
            Token::Sign(sign @ ('+' | '-')) => {
                self.at += 1;
                let (hours, minutes) = if let Some(both) = self.fixed(4, 0, 2_359) {
                    (both / 100, both % 100)
                } else {
                    let hours = self.fixed(2, 0, 23)?;
                    if !self.skip(':') {
                        return None;
                    }
                    (hours, self.fixed(2, 0, 59)?)
                };
                if minutes > 59 {
                    return None;
                }
                read.zone = Zone { sign: if sign == '+' { 1 } else { -1 }, hours: Some(hours), minutes: Some(minutes) };
            }
            _ => {}
        }
        Some(())
    }

    /// Numbers and words in whatever order.
    fn others(&mut self, read: &mut Read) -> Option<()> {
        let mut any_number = !read.day.is_empty();
        loop {
            match self.next() {
                Token::End => return Some(()),
                Token::Number(number, _) => {
                    any_number = true;
                    self.number(number, read)?;
                }
                Token::Word(Word::Half(hours)) if !read.time.is_empty() => read.half = Some(hours),
                Token::Word(Word::Month(month)) => {
                    read.month = Some(month);
                    self.skip('-');
                }
                Token::Word(Word::Zone(hours)) if any_number => read.set_zone(hours),
                Token::Word(Word::Z) if any_number => read.set_zone(0),
                // Words come before numbers, and not directly.
                Token::Word(_) if any_number || matches!(self.peek(), Token::Number(..)) => return None,
                Token::Sign(sign @ ('+' | '-'))
                    if !read.time.is_empty() || (read.zone.hours, read.zone.minutes) == (Some(0), Some(0)) =>
                {
                    any_number = true;
                    self.zone(sign, read)?;
                }
                Token::Sign('+' | '-' | ')') if any_number => return None,
                Token::Word(_) | Token::Sign(_) | Token::Blank | Token::Other => {}
            }
        }
    }

    fn number(&mut self, number: i64, read: &mut Read) -> Option<()> {
        if self.skip(':') {
            if self.skip(':') {
                if !read.time.is_empty() {
                    return None;
                }
                read.time.extend([number, 0]);
            } else {
                if read.time.len() == 4 {
                    return None;
                }
                read.time.push(number);
                self.skip('.');
            }
            return Some(());
        }
        if self.skip('.') && read.expects(number) {
            read.time.push(number);
            let rest = milliseconds(self.next())?;
            read.end_time(rest);
            return Some(());
        }
        if read.zone.hours.is_some() && read.zone.minutes.is_none() && (0..60).contains(&number) {
            read.zone.minutes = Some(number);
        } else if read.expects(number) {
            read.end_time(number);
            let ends = matches!(self.peek(), Token::End | Token::Blank | Token::Word(Word::Z) | Token::Sign('+' | '-'));
            return ends.then_some(());
        } else {
            if read.day.len() == 3 {
                return None;
            }
            read.day.push(number);
            self.skip('-');
        }
        Some(())
    }

    /// What follows the sign of a zone; there may be nothing.
    fn zone(&mut self, sign: char, read: &mut Read) -> Option<()> {
        let (mut number, mut length) = (0, 0);
        if let Token::Number(given, digits) = self.peek() {
            self.at += 1;
            (number, length) = (given, digits);
        }
        let (hours, minutes) = match length {
            _ if self.peek() == Token::Sign(':') => (number, None),
            1 | 2 => (number, Some(0)),
            3 | 4 => (number / 100, Some(number % 100)),
            _ => return None,
        };
        read.zone = Zone { sign: if sign == '+' { 1 } else { -1 }, hours: Some(hours), minutes };
        Some(())
    }
}

/// The first three digits after the point.
fn milliseconds(token: Token) -> Option<i64> {
    let Token::Number(number, length) = token else { return None };
    let digits = u32::try_from(length.min(9)).unwrap_or(9);
    Some(if digits <= 3 { number * 10_i64.pow(3 - digits) } else { number / 10_i64.pow(digits - 3) })
}
