//! Numbers and money as written in Vietnam: `1.234.567,89`, `20.000 đồng`.

use crate::case;

/// A whole number with a dot between groups of three digits: `1.234.567`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// An amount in đồng, the way fees are published: `20.000 đồng`.
#[must_use]
pub fn dong(amount: u64) -> String {
    let mut text = grouped(amount);
    text.push_str(" đồng");
    text
}

/// A whole amount in đồng.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(pub u64);

/// Why a text is not an amount in đồng.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing was written, or a unit alone.
    #[error("no digits")]
    Empty,
    /// A character that does not belong into an amount; a sign is one.
    #[error("an amount has digits and dots, found {0:?}")]
    NotADigit(char),
    /// Dots or commas that do not part groups of three digits, as in 1.5: a slip, or a fraction, which đồng do not have.
    #[error("dots part groups of three digits")]
    Grouping,
    /// More than 18.446.744.073.709.551.615.
    #[error("too large")]
    TooLarge,
}

impl Amount {
    /// Reads an amount as people write it: `20.000`, `20 000 đ`, `20,000`, `20000 VND`, `20.000 đồng`, `20k`,
    /// `20 nghìn`, `1,5 triệu`, `2 tỷ`.
    pub fn parse(text: &str) -> Result<Self, AmountError> {
        let lower = case::lower(text.trim());
        let bare = without_unit(&lower, &["đồng", "dong", "vnđ", "vnd", "đ", "₫", "d"]);
        let thousands = without_unit(bare, &["nghìn", "nghin", "ngàn", "ngan", "k"]);
        let millions = without_unit(bare, &["triệu", "trieu", "tr"]);
        let billions = without_unit(bare, &["tỷ", "tỉ", "ty", "ti"]);
        let (number, zeros) = if thousands.len() < bare.len() {
            (thousands, 3)
        } else if millions.len() < bare.len() {
            (millions, 6)
        } else if billions.len() < bare.len() {
            (billions, 9)
        } else {
            (bare, 0)
        };
        let mut digits = String::with_capacity(number.len());
        // Before a word for thousands a short group is a fraction: "1,5 triệu".
        let (whole, fraction) = match number.rsplit_once(['.', ',']) {
            Some((whole, fraction)) if zeros > 0 && fraction.len() < 3 => (whole, fraction.trim()),
            _ => (number, ""),
        };
        for (index, group) in whole.split(['.', ',', ' ', '\u{a0}']).enumerate() {
            if let Some(other) = group.chars().find(|character| !character.is_ascii_digit()) {
                return Err(AmountError::NotADigit(other));
            }
            let grouped = whole.len() > group.len();
            if grouped && !(group.len() == 3 || index == 0 && matches!(group.len(), 1..=3)) {
                return Err(AmountError::Grouping);
            }
            digits.push_str(group);
        }
        if digits.is_empty() {
            return Err(AmountError::Empty);
        }
        if let Some(other) = fraction.chars().find(|character| !character.is_ascii_digit()) {
            return Err(AmountError::NotADigit(other));
        }
        digits.push_str(fraction);
        for _ in fraction.len()..zeros {
            digits.push('0');
        }
        digits.parse().map(Self).map_err(|_| AmountError::TooLarge)
    }

    /// The stored form: digits alone.
    #[must_use]
    pub fn stored(self) -> String {
        self.0.to_string()
    }

    /// The form to show: `20.000 đồng`.
    #[must_use]
    pub fn shown(self) -> String {
        dong(self.0)
    }
}

/// `text` without the first of `units` that it ends with.
fn without_unit<'text>(text: &'text str, units: &[&str]) -> &'text str {
    units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim_end_matches([' ', '\u{a0}'])
}

/// The whole amount in đồng that a person wrote, as [`Amount::parse`] reads it; `None` for anything else.
#[must_use]
pub fn parse_dong(text: &str) -> Option<u64> {
    Amount::parse(text).ok().map(|amount| amount.0)
}
