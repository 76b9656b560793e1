//! The nine-digit number of the old identity card (chứng minh nhân dân).

use crate::digits::only_digits;

/// The number of an old identity card: exactly nine digits, no check digit.
///
/// The cards ended on 31 December 2024; the number still stands on old papers, where it is asked for as "số cũ".
///
/// Source: Nghị định 05/1999/NĐ-CP and Thông tư 04/1999/TT-BCA (C13) on the card and its number; Luật Căn cước 2023
/// Art. 46 on its end.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OldId(String);

/// Why a text is not the number of an old card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OldIdError {
    /// Nothing was written.
    #[error("no digits")]
    Empty,
    /// A character that is neither a digit nor a separator.
    #[error("an old card number has digits only, found {0:?}")]
    NotADigit(char),
    /// Twelve digits: the identity number of today.
    #[error("twelve digits are an identity number")]
    TwelveDigits,
    /// Another count of digits than 9.
    #[error("an old card number has 9 digits, found {0}")]
    Length(usize),
}

impl OldId {
    /// Reads a number, ignoring blanks, dots and dashes between its digits.
    pub fn parse(text: &str) -> Result<Self, OldIdError> {
        let digits = only_digits(text).map_err(OldIdError::NotADigit)?;
        match digits.len() {
            0 => Err(OldIdError::Empty),
            9 => Ok(Self(digits)),
            12 => Err(OldIdError::TwelveDigits),
            length => Err(OldIdError::Length(length)),
        }
    }

    /// The stored form: nine digits.
    #[must_use]
    pub fn stored(&self) -> &str {
        &self.0
    }

    /// The form to show: `361 234 567`.
    #[must_use]
    pub fn shown(&self) -> String {
        crate::digits::in_groups(&self.0, &[3, 3])
    }
}

/// The last three digits only, so that no log holds a whole number.
impl std::fmt::Debug for OldId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("••••••")?;
        formatter.write_str(self.0.get(6..).unwrap_or_default())
    }
}
