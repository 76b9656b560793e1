//! Telephone numbers of Vietnam.

use serde::{Deserialize, Serialize};

use crate::digits::only_digits;

/// A Vietnamese telephone number, mobile (9 digits after the 0) or fixed (10 digits after the 0, the first a 2).
///
/// Numbers move between operators, so the prefix names no operator here.
///
/// Source: numbering plan, Thông tư 22/2014/TT-BTTTT with the changes of 2017 (fixed lines to 02…) and 2018 (mobile
/// numbers of eleven digits to ten); mobile ranges and area codes as in Google's libphonenumber 9.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone {
    /// Digits after the leading 0: 9 of a mobile, 10 of a fixed line.
    national: String,
}

/// Which kind of line a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneKind {
    /// Reached by text message too.
    Mobile,
    /// A fixed line.
    Landline,
}

/// Why a text is not a Vietnamese telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was written.
    #[error("no digits")]
    Empty,
    /// A character that does not belong into a number.
    #[error("a telephone number has digits only, found {0:?}")]
    NotADigit(char),
    /// A country code other than 84.
    #[error("a number of another country")]
    Foreign,
    /// The national number does not begin with 0.
    #[error("a number begins with 0 or +84")]
    LeadingZero,
    /// Eleven digits beginning with 01: a mobile number from before 2018.
    #[error("a mobile number from before 2018")]
    OldMobile,
    /// Another count of digits than such a number has; the count includes the leading 0.
    #[error("a number has 10 digits, a fixed line 11, found {0}")]
    Length(usize),
    /// A beginning that no operator and no province uses.
    #[error("no operator or province uses this beginning")]
    UnknownPrefix,
}

impl Phone {
    /// Reads a number as people write it: `0912 345 678`, `0912.345.678`, `+84 912345678`, `84912345678`, `(0292) 3…`.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let text = text.trim();
        let (international, rest) = match text.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let plain: String = rest.chars().filter(|character| !matches!(character, '(' | ')' | '/')).collect();
        let digits = only_digits(&plain).map_err(PhoneError::NotADigit)?;
        if digits.is_empty() {
            return Err(PhoneError::Empty);
        }
        let national = if international {
            digits.strip_prefix("84").ok_or(PhoneError::Foreign)?
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.strip_prefix("84").ok_or(PhoneError::Foreign)?
        } else if let Some(rest) = digits.strip_prefix('0') {
            return Self::from_national(rest);
        } else if let Some(rest) = digits.strip_prefix("84").filter(|rest| rest.len() >= 9) {
            rest
        } else {
            return Err(PhoneError::LeadingZero);
        };
        // Some write +84 (0) 912 345 678.
        Self::from_national(national.strip_prefix('0').unwrap_or(national))
    }

    fn from_national(national: &str) -> Result<Self, PhoneError> {
        let bytes = national.as_bytes();
        let length = bytes.len() + 1;
        match bytes.first() {
            Some(b'2') if length == 11 => {
                if !is_area(bytes[1], bytes[2]) {
                    return Err(PhoneError::UnknownPrefix);
                }
            }
            Some(b'1') if length == 11 => return Err(PhoneError::OldMobile),
            Some(_) if length == 10 => {
                if !is_mobile_range(bytes[0], bytes[1]) {
                    return Err(PhoneError::UnknownPrefix);
                }
            }
            _ => return Err(PhoneError::Length(length)),
        }
        Ok(Self { national: national.to_owned() })
    }

    /// Mobile or fixed line.
    #[must_use]
    pub fn kind(&self) -> PhoneKind {
        if self.national.len() == 9 { PhoneKind::Mobile } else { PhoneKind::Landline }
    }

    /// The stored form: `+84912345678`.
    #[must_use]
    pub fn stored(&self) -> String {
        let mut text = String::with_capacity(13);
        text.push_str("+84");
        text.push_str(&self.national);
        text
    }

    /// The form to show: `0912 345 678`; fixed lines `0292 382 1234`, Hà Nội and Hồ Chí Minh city `024 3825 1234`.
    #[must_use]
    pub fn shown(&self) -> String {
        let (area, middle) = match self.kind() {
            PhoneKind::Landline if self.national.starts_with("24") || self.national.starts_with("28") => (2, 6),
            PhoneKind::Mobile | PhoneKind::Landline => (3, 6),
        };
        let mut text = String::with_capacity(14);
        text.push('0');
        for (index, digit) in self.national.chars().enumerate() {
            if index == area || index == middle {
                text.push(' ');
            }
            text.push(digit);
        }
        text
    }

    /// The number for a screen others can see: the last three digits after dots.
    #[must_use]
    pub fn masked(&self) -> String {
        let mut text = String::from("•••• ••• ");
        text.push_str(self.national.get(self.national.len().saturating_sub(3)..).unwrap_or_default());
        text
    }
}

/// Do mobile numbers begin with these two digits after the 0?
fn is_mobile_range(first: u8, second: u8) -> bool {
    match first {
        b'3' | b'9' => true,
        b'5' => matches!(second, b'1' | b'2' | b'5' | b'6' | b'8' | b'9'),
        b'7' => matches!(second, b'0' | b'6'..=b'9'),
        b'8' => second != b'0',
        _ => false,
    }
}

/// Do fixed lines begin with 02 and these two digits? The area codes in force since 2017; of Hà Nội (4) and Hồ Chí Minh city
/// (8) the second is the first of the line.
fn is_area(first: u8, second: u8) -> bool {
    match first {
        b'0' => second >= b'3',
        b'1' => !matches!(second, b'7'),
        b'2' => !matches!(second, b'3' | b'4'),
        b'3' | b'8' => second >= b'2',
        b'4' => matches!(second, b'2'..=b'8'),
        b'5' => !matches!(second, b'0' | b'3'),
        b'6' => matches!(second, b'0'..=b'3' | b'9'),
        b'7' => second <= b'7',
        b'9' => matches!(second, b'0'..=b'4' | b'6' | b'7' | b'9'),
        _ => false,
    }
}

impl std::fmt::Display for Phone {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.shown())
    }
}

/// Masked, so that no log holds a whole number.
impl std::fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.masked())
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::parse(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.stored()
    }
}
