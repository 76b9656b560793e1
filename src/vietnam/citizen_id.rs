//! The 12-digit identity number (số định danh cá nhân).

use serde::{Deserialize, Serialize};

use crate::date::{Date, DateOrYear};
use crate::digits::{in_groups, only_digits};

/// A personal identity number: exactly 12 digits, kept for life.
///
/// Layout: 3 digits for the province where the birth was registered, or for a country; 1 digit for century and sex;
/// 2 digits of the birth year; 6 random digits. There is no check digit. The prefix says nothing about where the
/// person lives now, and it did not change with the mergers of 2025.
///
/// Source: Nghị định 137/2015/NĐ-CP Art. 13; Thông tư 07/2016/TT-BCA Art. 7 and Appendix 1; Luật Căn cước 2023 Art. 12.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CitizenId([u8; 12]);

/// Why a text is not an identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CitizenIdError {
    /// Nothing was written.
    #[error("no digits")]
    Empty,
    /// A character that is neither a digit nor a separator.
    #[error("an identity number has digits only, found {0:?}")]
    NotADigit(char),
    /// Nine digits: the number of the old card (chứng minh nhân dân), no longer an identity number.
    #[error("nine digits are an old card number")]
    OldNineDigits,
    /// Another count of digits than 12.
    #[error("an identity number has 12 digits, found {0}")]
    Length(usize),
}

/// The sex the fourth digit states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Even fourth digit.
    Male,
    /// Odd fourth digit.
    Female,
}

/// A thing worth asking about an identity number. It never blocks: people are born abroad, and papers have mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitizenIdWarning {
    /// The first three digits, given here as a number, are no province of birth registration; they may be a country.
    UnknownPrefix(u16),
    /// The number says another sex than the person wrote.
    SexDiffers {
        /// What the fourth digit says.
        number: Sex,
        /// What the person wrote.
        written: Sex,
    },
    /// The number says another birth year than the person wrote.
    BirthYearDiffers {
        /// What digits four to six say.
        number: u16,
        /// What the person wrote.
        written: u16,
    },
}

/// The 63 prefixes of birth registration.
///
/// Source: Thông tư 07/2016/TT-BCA, Appendix 1.
const KNOWN_PREFIXES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
];

impl CitizenId {
    /// Reads a number, ignoring blanks, dots and dashes between its digits.
    pub fn parse(text: &str) -> Result<Self, CitizenIdError> {
        let digits = only_digits(text).map_err(CitizenIdError::NotADigit)?;
        match digits.len() {
            0 => Err(CitizenIdError::Empty),
            9 => Err(CitizenIdError::OldNineDigits),
            length => digits.as_bytes().try_into().map(Self).map_err(|_| CitizenIdError::Length(length)),
        }
    }

    /// The 12 digits without separators.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The first three digits as a number: 92 for "092", Cần Thơ.
    #[must_use]
    pub fn province_prefix(&self) -> u16 {
        u16::from(self.digit(0)) * 100 + u16::from(self.digit(1)) * 10 + u16::from(self.digit(2))
    }

    /// Is the prefix one of the 63 provinces of birth registration? Others may be countries.
    #[must_use]
    pub fn known_prefix(&self) -> bool {
        KNOWN_PREFIXES.iter().any(|known| u16::from(*known) == self.province_prefix())
    }

    /// The sex the fourth digit states: even male, odd female.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.digit(3).is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// First year of the century the fourth digit states: 1900, 2000, 2100, 2200 or 2300.
    #[must_use]
    pub fn century(&self) -> u16 {
        1900 + u16::from(self.digit(3) / 2) * 100
    }

    /// The last two digits of the birth year, as written in the number.
    #[must_use]
    pub fn birth_year_two_digits(&self) -> u8 {
        self.digit(4) * 10 + self.digit(5)
    }

    /// The birth year with its century.
    #[must_use]
    pub fn birth_year(&self) -> u16 {
        self.century() + u16::from(self.birth_year_two_digits())
    }

    /// The last four digits, with which a dossier is looked up.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.as_str().get(8..).unwrap_or_default()
    }

    /// The form to show where nobody else looks: `087 084 000 999`.
    #[must_use]
    pub fn shown(&self) -> String {
        in_groups(self.as_str(), &[3, 3, 3])
    }

    /// The number for a screen others can see: first three and last three digits, six dots between.
    #[must_use]
    pub fn masked(&self) -> String {
        let text = self.as_str();
        let mut masked = String::with_capacity(24);
        masked.push_str(text.get(..3).unwrap_or_default());
        masked.push_str("••••••");
        masked.push_str(text.get(9..).unwrap_or_default());
        masked
    }

    /// What does not fit between the number and what the person wrote elsewhere; blank fields are not compared.
    #[must_use]
    pub fn warnings(&self, sex: Option<Sex>, born: Option<DateOrYear>) -> Vec<CitizenIdWarning> {
        let mut warnings = Vec::new();
        if !self.known_prefix() {
            warnings.push(CitizenIdWarning::UnknownPrefix(self.province_prefix()));
        }
        if let Some(written) = sex.filter(|written| *written != self.sex()) {
            warnings.push(CitizenIdWarning::SexDiffers { number: self.sex(), written });
        }
        let year = born.map(|born| match born {
            DateOrYear::Date(date) => Date::year(date),
            DateOrYear::Year(year) => year.get(),
        });
        if let Some(written) = year.filter(|written| *written != self.birth_year()) {
            warnings.push(CitizenIdWarning::BirthYearDiffers { number: self.birth_year(), written });
        }
        warnings
    }

    /// The digit at `index` (0 to 11) as a value 0 to 9.
    fn digit(&self, index: usize) -> u8 {
        self.0[index] - b'0'
    }
}

impl std::fmt::Display for CitizenId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Masked, so that no log holds a whole number.
impl std::fmt::Debug for CitizenId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.masked())
    }
}

impl TryFrom<String> for CitizenId {
    type Error = CitizenIdError;

    fn try_from(text: String) -> Result<Self, CitizenIdError> {
        Self::parse(&text)
    }
}

impl From<CitizenId> for String {
    fn from(id: CitizenId) -> Self {
        id.as_str().to_owned()
    }
}
