//! Codes of dossiers, as printed on receipts.

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::digits::number;

/// The code of a dossier: unit, day received, serial of the day, joined by hyphens.
///
/// The unit is a letter with two digits and up to three groups of one to three digits (`H13.14`, from the top down), or
/// the older form from the bottom up (`000.00.05.H13`). The day is `yymmdd` or `yyyymmdd`, the serial 4 to 7 digits.
/// Examples: `H13.14-250714-0001`, `G09.20-20260609-0092637`, `000.00.05.H13-250714-0001`.
///
/// Source: Thông tư 01/2018/TT-VPCP Art. 19; Quyết định 20/2020/QĐ-TTg for the unit codes; codes seen in 2026.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DossierCode {
    text: String,
    received: Date,
}

/// Why a text is not a dossier code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DossierCodeError {
    /// Nothing was written.
    #[error("no code")]
    Empty,
    /// Not three parts: unit, day, serial.
    #[error("a dossier code has a unit, a day and a serial")]
    Parts,
    /// The unit is not a letter with digits.
    #[error("the unit of the code does not read")]
    Unit,
    /// The middle is not a day of the calendar.
    #[error("the day of the code does not read")]
    Day,
    /// The end is not 4 to 7 digits.
    #[error("the serial of the code does not read")]
    Serial,
}

impl DossierCode {
    /// Reads a code copied from paper: small letters, blanks or other dashes for `-` and `.`, missing dots in the unit,
    /// and the letters O, I and L for the digits 0 and 1 pass.
    pub fn parse(text: &str) -> Result<Self, DossierCodeError> {
        let parts: Vec<String> = text
            .split(|character: char| !character.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_ascii_uppercase)
            .collect();
        let (serial, before) = parts.split_last().ok_or(DossierCodeError::Empty)?;
        let (day, unit) = before.split_last().ok_or(DossierCodeError::Parts)?;
        if unit.is_empty() {
            return Err(DossierCodeError::Parts);
        }
        let unit = read_unit(unit).ok_or(DossierCodeError::Unit)?;
        let (day, received) = read_day(&as_digits(day)).ok_or(DossierCodeError::Day)?;
        let serial = as_digits(serial);
        if !(4..=7).contains(&serial.len()) || number(&serial).is_none() {
            return Err(DossierCodeError::Serial);
        }
        let mut code = unit;
        code.push('-');
        code.push_str(&day);
        code.push('-');
        code.push_str(&serial);
        Ok(Self { text: code, received })
    }

    /// The code as printed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The day on which the dossier was received.
    #[must_use]
    pub fn received(&self) -> Date {
        self.received
    }

    /// Letters and digits only, so that two spellings of one code compare equal even where dots were lost.
    #[must_use]
    pub fn key(&self) -> String {
        self.text.chars().filter(char::is_ascii_alphanumeric).collect()
    }
}

/// Digits, with the letters that look like them read as digits.
fn as_digits(part: &str) -> String {
    part.chars()
        .map(|character| match character {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

/// The unit with its dots put back, or `None`.
fn read_unit(parts: &[String]) -> Option<String> {
    let joined: String = parts.concat();
    let at = joined.find(|character: char| character.is_ascii_alphabetic() && !matches!(character, 'O' | 'I' | 'L'))?;
    let letter = joined.get(at..=at)?;
    let before = as_digits(joined.get(..at)?);
    let after = as_digits(joined.get(at + 1..)?);
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(&before) || !digits(&after) || after.len() < 2 {
        return None;
    }
    let mut unit = String::with_capacity(16);
    if before.is_empty() {
        unit.push_str(letter);
        unit.push_str(after.get(..2)?);
        let kept = groups_as_written(parts).unwrap_or_else(|| regroup(after.get(2..).unwrap_or_default()));
        if kept.len() > 3 || kept.iter().any(|group| !(1..=3).contains(&group.len())) {
            return None;
        }
        for group in kept {
            unit.push('.');
            unit.push_str(&group);
        }
    } else {
        // The older form: three, two and two digits, then the province.
        if before.len() != 7 || after.len() != 2 {
            return None;
        }
        for (start, end) in [(0, 3), (3, 5), (5, 7)] {
            unit.push_str(before.get(start..end)?);
            unit.push('.');
        }
        unit.push_str(letter);
        unit.push_str(&after);
    }
    Some(unit)
}

/// The groups after the letter and its two digits, where the person wrote the separators.
fn groups_as_written(parts: &[String]) -> Option<Vec<String>> {
    let (first, groups) = parts.split_first()?;
    (first.len() == 3).then(|| groups.iter().map(|group| as_digits(group)).collect())
}

/// Groups of two, the last of one to three, for digits whose dots were lost.
fn regroup(digits: &str) -> Vec<String> {
    let mut groups = Vec::new();
    let mut rest = digits;
    while !rest.is_empty() {
        let length = if rest.len() <= 3 { rest.len() } else { 2 };
        let Some((group, after)) = rest.split_at_checked(length) else { break };
        groups.push(group.to_owned());
        rest = after;
    }
    groups
}

/// The day as written and as a date.
fn read_day(digits: &str) -> Option<(String, Date)> {
    let (year, rest) = match digits.len() {
        6 => (2000 + number(digits.get(..2)?)?, digits.get(2..)?),
        8 => (number(digits.get(..4)?)?, digits.get(4..)?),
        _ => return None,
    };
    let date = Date::new(year, number(rest.get(..2)?)?, number(rest.get(2..)?)?).ok()?;
    Some((digits.to_owned(), date))
}

impl std::fmt::Display for DossierCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl TryFrom<String> for DossierCode {
    type Error = DossierCodeError;

    fn try_from(text: String) -> Result<Self, DossierCodeError> {
        Self::parse(&text)
    }
}

impl From<DossierCode> for String {
    fn from(code: DossierCode) -> Self {
        code.text
    }
}
