//! Numbers of households: the business a household runs, and the old book of residence.

use crate::case;
use crate::digits::only_digits;
use crate::tax_code::{TaxCode, TaxCodeError};

/// The number of a household business (hộ kinh doanh): its tax code, or the number on a certificate of before July 2023:
/// two digits of the province, a letter of the district, 8, six digits.
///
/// Source: Nghị định 01/2021/NĐ-CP Art. 83 (the old number); Thông tư 02/2023/TT-BKHĐT and Nghị định 168/2025/NĐ-CP (the
/// number is the tax code; since July 2025 that may be the owner's identity number).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum HouseholdBusiness {
    /// The tax code: 10, 12 or 13 digits.
    TaxCode(TaxCode),
    /// The number of an old certificate without separators: `92A8001234`.
    Certificate(String),
}

/// Why a text is not the number of a household business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HouseholdBusinessError {
    /// Digits only, but no tax code.
    #[error("no tax code: {0}")]
    TaxCode(TaxCodeError),
    /// A letter, but not as on an old certificate.
    #[error("an old certificate has two digits, a letter, 8 and six digits")]
    Certificate,
}

impl HouseholdBusiness {
    /// Reads a number, ignoring blanks, dots and dashes; small letters become capitals.
    pub fn parse(text: &str) -> Result<Self, HouseholdBusinessError> {
        let tax_code = TaxCode::parse(text);
        match tax_code {
            Ok(code) => return Ok(Self::TaxCode(code)),
            Err(TaxCodeError::NotADigit(found)) if found.is_alphabetic() => {}
            Err(error) => return Err(HouseholdBusinessError::TaxCode(error)),
        }
        let number: Vec<char> = text
            .trim()
            .chars()
            .filter(|it| !matches!(it, ' ' | '\u{a0}' | '.' | '-' | '\u{2010}'..='\u{2014}'))
            .collect();
        match number.as_slice() {
            [one, two, district, '8', serial @ ..]
                if serial.len() == 6
                    && [one, two].into_iter().chain(serial).all(char::is_ascii_digit)
                    && serial.iter().any(|digit| *digit != '0')
                    && (district.is_ascii_alphabetic() || matches!(district, 'đ' | 'Đ')) =>
            {
                Ok(Self::Certificate(number.iter().map(|it| case::capital(*it)).collect()))
            }
            _ => Err(HouseholdBusinessError::Certificate),
        }
    }

    /// The form to store and to show.
    #[must_use]
    pub fn stored(&self) -> String {
        match self {
            Self::TaxCode(code) => code.to_string(),
            Self::Certificate(number) => number.clone(),
        }
    }
}

/// The number of an old book of residence (sổ hộ khẩu): 6 to 12 digits; most have nine.
///
/// Books have no force since January 2023, no form may ask for one; the number stands on old papers. The count of digits is
/// general knowledge, no decree was read, hence the wide bounds.
///
/// Source: Luật Cư trú 2020 Art. 38 on the end of the books.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HouseholdBook(String);

/// Why a text is not the number of a book of residence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HouseholdBookError {
    /// Nothing was written.
    #[error("no digits")]
    Empty,
    /// A character that is neither a digit nor a separator.
    #[error("the number of a book has digits only, found {0:?}")]
    NotADigit(char),
    /// Fewer than 6 or more than 12 digits.
    #[error("the number of a book has 6 to 12 digits, found {0}")]
    Length(usize),
}

impl HouseholdBook {
    /// Reads a number, ignoring blanks, dots and dashes between its digits.
    pub fn parse(text: &str) -> Result<Self, HouseholdBookError> {
        let digits = only_digits(text).map_err(HouseholdBookError::NotADigit)?;
        match digits.len() {
            0 => Err(HouseholdBookError::Empty),
            6..=12 => Ok(Self(digits)),
            length => Err(HouseholdBookError::Length(length)),
        }
    }

    /// The form to store and to show: digits.
    #[must_use]
    pub fn stored(&self) -> &str {
        &self.0
    }
}
