//! Numbers of passports, of Vietnam and of other countries.

/// A passport number: 5 to 9 capital letters and digits, at least one of them a digit.
///
/// Vietnamese ones are a letter and 7 digits, since 2023 with a chip a letter and 8 digits; which letters are in use was
/// not found published, so none is refused, and a foreign number may look the same.
///
/// Source: ICAO Doc 9303 part 4 (a document number of up to nine characters A to Z and 0 to 9); Thông tư 73/2021/TT-BCA for
/// the Vietnamese passport; the two Vietnamese shapes are general knowledge, not verified in a decree.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Passport(String);

/// Why a text is not a passport number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PassportError {
    /// Nothing was written.
    #[error("no passport number")]
    Empty,
    /// A character that is neither a letter A to Z nor a digit.
    #[error("a passport number has letters without marks and digits, found {0:?}")]
    Symbol(char),
    /// Fewer than 5 or more than 9 characters.
    #[error("a passport number has 5 to 9 characters, found {0}")]
    Length(usize),
    /// Letters only.
    #[error("a passport number has digits")]
    NoDigit,
    /// Twelve digits: an identity number.
    #[error("twelve digits are an identity number")]
    IdentityNumber,
}

impl Passport {
    /// Reads a number, ignoring blanks, dots and dashes; small letters become capitals.
    pub fn parse(text: &str) -> Result<Self, PassportError> {
        let mut number = String::with_capacity(9);
        for character in text.trim().chars() {
            match character {
                '0'..='9' | 'A'..='Z' => number.push(character),
                'a'..='z' => number.push(character.to_ascii_uppercase()),
                ' ' | '\u{a0}' | '.' | '-' | '\u{2010}'..='\u{2014}' => {}
                other => return Err(PassportError::Symbol(other)),
            }
        }
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        match number.len() {
            0 => Err(PassportError::Empty),
            12 if digits == 12 => Err(PassportError::IdentityNumber),
            5..=9 if digits == 0 => Err(PassportError::NoDigit),
            5..=9 => Ok(Self(number)),
            length => Err(PassportError::Length(length)),
        }
    }

    /// Does it look like a Vietnamese one: a letter, then 7 or 8 digits?
    #[must_use]
    pub fn looks_vietnamese(&self) -> bool {
        let mut bytes = self.0.bytes();
        bytes.next().is_some_and(|first| first.is_ascii_uppercase())
            && matches!(self.0.len(), 8 | 9)
            && bytes.all(|byte| byte.is_ascii_digit())
    }

    /// The form to store and to show, as the passport prints it: `C1234567`.
    #[must_use]
    pub fn stored(&self) -> &str {
        &self.0
    }
}

/// The last three characters only, so that no log holds a whole number.
impl std::fmt::Debug for Passport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("••••••")?;
        formatter.write_str(self.0.get(self.0.len().saturating_sub(3)..).unwrap_or_default())
    }
}
