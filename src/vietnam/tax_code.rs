//! Tax codes (mã số thuế).

use serde::{Deserialize, Serialize};

use crate::citizen_id::CitizenId;
use crate::digits::{number, only_digits};

/// A tax code: 10 digits with a check digit, 13 digits for a branch, or a person's 12-digit identity number.
///
/// Check digit: weights 31, 29, 23, 19, 17, 13, 7, 5, 3 on the first nine digits; check = 10 − (sum mod 11), and a
/// result of 10 is no code. A branch is 001 to 999 after the ten digits, with or without a hyphen.
///
/// Source: Thông tư 105/2020/TT-BTC Art. 5; Thông tư 86/2024/TT-BTC (from 1 July 2025 a person's identity number serves as
/// the tax code); the check rule as verified against the published examples 0100233488 and 0314409058-002.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxCode {
    digits: String,
    kind: TaxCodeKind,
}

/// Whose code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaxCodeKind {
    /// Ten digits: an organisation, or a person before July 2025.
    Whole,
    /// Thirteen digits: a branch or dependent unit.
    Branch,
    /// Twelve digits: a person or household, by identity number.
    Personal,
}

/// Why a text is not a tax code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeError {
    /// Nothing was written.
    #[error("no digits")]
    Empty,
    /// A character that is neither a digit nor a separator.
    #[error("a tax code has digits only, found {0:?}")]
    NotADigit(char),
    /// Another count of digits than 10, 12 or 13.
    #[error("a tax code has 10, 12 or 13 digits, found {0}")]
    Length(usize),
    /// The tenth digit does not fit the nine before it: a slip in typing.
    #[error("the check digit does not fit")]
    CheckDigit,
    /// The branch number is 000.
    #[error("a branch is numbered 001 to 999")]
    Branch,
}

impl TaxCode {
    /// Reads a code, ignoring blanks, dots and dashes.
    pub fn parse(text: &str) -> Result<Self, TaxCodeError> {
        let digits = only_digits(text).map_err(TaxCodeError::NotADigit)?;
        let kind = match digits.len() {
            0 => return Err(TaxCodeError::Empty),
            10 => TaxCodeKind::Whole,
            12 => TaxCodeKind::Personal,
            13 => TaxCodeKind::Branch,
            length => return Err(TaxCodeError::Length(length)),
        };
        if kind != TaxCodeKind::Personal && !check_digit_fits(digits.as_bytes()) {
            return Err(TaxCodeError::CheckDigit);
        }
        if kind == TaxCodeKind::Branch && digits.get(10..).and_then(number) == Some(0) {
            return Err(TaxCodeError::Branch);
        }
        Ok(Self { digits, kind })
    }

    /// Whose code it is.
    #[must_use]
    pub fn kind(&self) -> TaxCodeKind {
        self.kind
    }

    /// The digits without separators.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }

    /// The identity number, where that serves as the code.
    #[must_use]
    pub fn citizen_id(&self) -> Option<CitizenId> {
        CitizenId::parse(&self.digits).ok()
    }
}

/// Does the tenth digit follow from the first nine? `digits` are at least ten ASCII digits.
fn check_digit_fits(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let sum: u32 = WEIGHTS.iter().zip(digits).map(|(weight, digit)| weight * u32::from(digit.wrapping_sub(b'0'))).sum();
    digits.get(9).is_some_and(|digit| u32::from(digit.wrapping_sub(b'0')) == 10 - sum % 11)
}

impl std::fmt::Display for TaxCode {
    /// A branch is written `0314409058-002`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.kind, self.digits.split_at_checked(10)) {
            (TaxCodeKind::Branch, Some((whole, branch))) => {
                formatter.write_str(whole)?;
                formatter.write_str("-")?;
                formatter.write_str(branch)
            }
            _ => formatter.write_str(&self.digits),
        }
    }
}

impl TryFrom<String> for TaxCode {
    type Error = TaxCodeError;

    fn try_from(text: String) -> Result<Self, TaxCodeError> {
        Self::parse(&text)
    }
}

impl From<TaxCode> for String {
    fn from(code: TaxCode) -> Self {
        code.digits
    }
}
