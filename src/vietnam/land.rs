//! Numbers of land parcels and of the map sheets they lie on.

use crate::case;
use crate::fold::fold;

/// The number of a parcel (số thửa) or of a map sheet (số tờ bản đồ), in force, former, or both.
///
/// Since the maps were drawn anew the same land may have a former number on the certificate and another in the register;
/// people write `12 (cũ 5)`, `cũ 5, mới 12`. A number is 1 to 99999, with what old maps add: letters before or after, or
/// a second number after a dash or stroke (`DC 12`, `45a`, `123-1`, `05-2023` of a sheet measured for one parcel).
///
/// Source: Thông tư 25/2014/TT-BTNMT and Thông tư 26/2024/TT-BTNMT on cadastral maps (parcels and sheets are numbered from
/// 1); what old certificates add is general knowledge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LandNumber {
    present: Option<String>,
    former: Option<String>,
}

/// Why a text is not the number of a parcel or sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LandNumberError {
    /// Nothing was written.
    #[error("no number")]
    Empty,
    /// Not a number as maps have it.
    #[error("a number of a parcel or sheet has up to five digits")]
    Form,
    /// The number is 0.
    #[error("parcels and sheets are numbered from 1")]
    Zero,
    /// More numbers than one in force and one former: each parcel is written by itself.
    #[error("several numbers")]
    Several,
}

impl LandNumber {
    /// Reads a number, or one in force and a former one, parted by a comma or brackets and told apart by `mới` and `cũ`.
    pub fn parse(text: &str) -> Result<Self, LandNumberError> {
        let mut read = Self { present: None, former: None };
        for part in text.split([',', ';', '(', ')']).map(str::trim).filter(|part| !part.is_empty()) {
            let mut former = false;
            let mut number = String::new();
            for word in part.split([' ', '\u{a0}', ':']).filter(|word| !word.is_empty()) {
                match fold(word).as_str() {
                    "thua" | "to" | "so" | "ban" | "do" | "dat" | "moi" => {}
                    "cu" => former = true,
                    _ => number.push_str(word),
                }
            }
            let place = if former { &mut read.former } else { &mut read.present };
            if place.replace(number_of(&number)?).is_some() {
                return Err(LandNumberError::Several);
            }
        }
        if read.present.is_none() && read.former.is_none() { Err(LandNumberError::Empty) } else { Ok(read) }
    }

    /// The number in force, if it was written.
    #[must_use]
    pub fn present(&self) -> Option<&str> {
        self.present.as_deref()
    }

    /// The former number, if it was written.
    #[must_use]
    pub fn former(&self) -> Option<&str> {
        self.former.as_deref()
    }

    /// The form to store and to show: `12`, `cũ 5` or `12 (cũ 5)`.
    #[must_use]
    pub fn stored(&self) -> String {
        match (&self.present, &self.former) {
            (Some(present), Some(former)) => [present.as_str(), " (cũ ", former, ")"].concat(),
            (None, Some(former)) => ["cũ ", former].concat(),
            (Some(present), None) => present.clone(),
            (None, None) => String::new(),
        }
    }
}

/// A number as maps have it, without zeros in front, letters as capitals: up to three letters, up to five digits, then
/// nothing, one letter, or a dash or stroke and up to five digits.
fn number_of(text: &str) -> Result<String, LandNumberError> {
    let text = case::upper(text);
    let digits_at = text.find(|character: char| character.is_ascii_digit()).ok_or(LandNumberError::Form)?;
    let (letters, rest) = text.split_at(digits_at);
    let (digits, rest) = rest.split_at(rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len()));
    let short = |digits: &str| (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let mut after = rest.chars();
    let fits = match after.next() {
        None => true,
        Some('-' | '/') => short(after.as_str()),
        Some(letter) => letter.is_alphabetic() && after.as_str().is_empty(),
    };
    if !fits || !short(digits) || letters.chars().count() > 3 || !letters.chars().all(char::is_alphabetic) {
        return Err(LandNumberError::Form);
    }
    // "05-2023" is a name, "05" a number.
    let plain = if rest.starts_with(['-', '/']) { digits } else { digits.trim_start_matches('0') };
    if digits.bytes().all(|byte| byte == b'0') {
        return Err(LandNumberError::Zero);
    }
    Ok([letters, plain, rest].concat())
}
