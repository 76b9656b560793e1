//! Numbers of social insurance and of health insurance cards.

use crate::digits::{in_groups, only_digits};

/// A social insurance number (mã số bảo hiểm xã hội): 10 digits, or since August 2025 the person's 12-digit identity number.
///
/// There is no published check digit.
///
/// Source: Quyết định 595/QĐ-BHXH (2017) Art. 2 on the number of 10 digits; the notice of Bảo hiểm xã hội Việt Nam that the
/// identity number takes its place from 1 August 2025, as the press had it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SocialInsurance(String);

/// Why a text is not a social insurance number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SocialInsuranceError {
    /// Nothing was written.
    #[error("no digits")]
    Empty,
    /// A character that is neither a digit nor a separator.
    #[error("a social insurance number has digits only, found {0:?}")]
    NotADigit(char),
    /// The 15 characters of a health insurance card: its last ten are the number.
    #[error("this is a health insurance card; its last ten digits are the number")]
    HealthCard,
    /// Another count of digits than 10 or 12.
    #[error("a social insurance number has 10 digits, found {0}")]
    Length(usize),
}

impl SocialInsurance {
    /// Reads a number, ignoring blanks, dots and dashes between its digits.
    pub fn parse(text: &str) -> Result<Self, SocialInsuranceError> {
        let digits = only_digits(text).map_err(|found| {
            if matches!(HealthInsurance::parse(text), Ok(HealthInsurance { letters: true, .. })) {
                SocialInsuranceError::HealthCard
            } else {
                SocialInsuranceError::NotADigit(found)
            }
        })?;
        match digits.len() {
            0 => Err(SocialInsuranceError::Empty),
            10 | 12 => Ok(Self(digits)),
            length => Err(SocialInsuranceError::Length(length)),
        }
    }

    /// The form to store and to show, as the book prints it: the digits without separators.
    #[must_use]
    pub fn stored(&self) -> &str {
        &self.0
    }
}

/// The number of a health insurance card: 15 characters (two letters for the group, a digit 1 to 5 for the benefit, two
/// digits for the province, the ten of social insurance), or those ten digits alone, as cards have it since April 2021, or
/// the 12-digit identity number.
///
/// The letters of the groups change with each decision, so any two are taken.
///
/// Source: Quyết định 1351/QĐ-BHXH (2015) Art. 2 and 3 on the 15 characters; Quyết định 1666/QĐ-BHXH (2020) on the card that
/// prints the ten digits. Not verified against the texts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HealthInsurance {
    number: String,
    letters: bool,
}

/// Why a text is not the number of a health insurance card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HealthInsuranceError {
    /// Nothing was written.
    #[error("no number")]
    Empty,
    /// A character that does not belong there: after two letters there are digits only.
    #[error("a card has two letters and 13 digits, or 10 digits; found {0:?}")]
    Symbol(char),
    /// The digit after the letters is not 1 to 5.
    #[error("the digit after the letters is 1 to 5, found {0:?}")]
    Benefit(char),
    /// Another count of characters than 15, 10 or 12.
    #[error("a card has 15 characters or 10 digits, found {0}")]
    Length(usize),
}

impl HealthInsurance {
    /// Reads a number, ignoring blanks, dots and dashes; small letters become capitals.
    pub fn parse(text: &str) -> Result<Self, HealthInsuranceError> {
        let mut group = String::with_capacity(15);
        let mut rest = text.trim();
        while let Some(letter) = rest.chars().next().filter(char::is_ascii_alphabetic)
            && group.len() < 2
        {
            group.push(letter.to_ascii_uppercase());
            rest = rest[1..].trim_start();
        }
        let letters = !group.is_empty();
        let digits = only_digits(rest).map_err(HealthInsuranceError::Symbol)?;
        let number = group + &digits;
        match (letters, number.len()) {
            (_, 0) => Err(HealthInsuranceError::Empty),
            (true, 15) if number.as_bytes()[1].is_ascii_digit() => {
                Err(HealthInsuranceError::Symbol(char::from(number.as_bytes()[1])))
            }
            (true, 15) => match number.as_bytes()[2] {
                b'1'..=b'5' => Ok(Self { number, letters }),
                other => Err(HealthInsuranceError::Benefit(char::from(other))),
            },
            (false, 10 | 12) => Ok(Self { number, letters }),
            (_, length) => Err(HealthInsuranceError::Length(length)),
        }
    }

    /// The stored form: no separators, `DN4920123456789`.
    #[must_use]
    pub fn stored(&self) -> &str {
        &self.number
    }

    /// The form to show, as the card groups it: `DN 4 92 0123456789`, or the digits.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.letters { in_groups(&self.number, &[2, 1, 2]) } else { self.number.clone() }
    }

    /// The social insurance number, which every form of the number holds.
    #[must_use]
    pub fn social_insurance(&self) -> Option<SocialInsurance> {
        SocialInsurance::parse(if self.letters { self.number.get(5..)? } else { &self.number }).ok()
    }
}

/// The last three digits only, so that no log holds a whole number.
impl std::fmt::Debug for SocialInsurance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("•••••••")?;
        formatter.write_str(self.0.get(self.0.len().saturating_sub(3)..).unwrap_or_default())
    }
}

/// The last three digits only, so that no log holds a whole number.
impl std::fmt::Debug for HealthInsurance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("•••••••")?;
        formatter.write_str(self.number.get(self.number.len().saturating_sub(3)..).unwrap_or_default())
    }
}
