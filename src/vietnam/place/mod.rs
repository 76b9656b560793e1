//! Provinces, wards and communes in force since July 2025, and the units of three levels before.
//!
//! [`ProvincePlaces`] holds one province: its wards, the units that became them, and names of 2017 to 2025. [`Country`]
//! holds the provinces of both eras and says which of them know a name. Both are read from the compact texts that
//! [`published`] makes of the published list; [`search`] finds a ward by a few letters, [`address`] reads an address of an
//! old paper.
//!
//! A code without its era names nothing: 1,823 units in force carry the code of a former one with another name. Here a unit
//! is meant by its place in its province, and its key is a [`PlaceKey`].
//!
//! Source: Quyết định 19/2025/QĐ-TTg (codes); the 34 resolutions 1654 to 1687/NQ-UBTVQH15 of 16 June 2025 (what became of
//! which unit); Nghị quyết 202/2025/QH15 (provinces); Nghị quyết 30/2026/QH16 and 237/NQ-UBTVQH16 (changes of April 2026).

pub mod address;
mod country;
mod province;
pub mod published;
pub mod search;

pub use country::{Country, FormerProvince, Province};
pub use province::{Earlier, Fate, FormerWard, How, Piece, ProvincePlaces, Ward};

use serde::{Deserialize, Serialize};

/// Which list a code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Era {
    /// Until 30 June 2025: province, district, ward.
    Former,
    /// Since 1 July 2025: province, ward.
    Present,
}

/// The one key of a unit: its era and its code in that era.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceKey {
    /// The list the code is of.
    pub era: Era,
    /// The code in that list: five digits.
    pub code: String,
}

impl PlaceKey {
    fn new(era: Era, number: u32) -> Self {
        let digits = number.to_string();
        let mut code = String::with_capacity(5);
        for _ in digits.len()..5 {
            code.push('0');
        }
        code.push_str(&digits);
        Self { era, code }
    }
}

/// What kind of unit it is, in the words of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Phường, of a town.
    #[serde(rename = "phường")]
    Ward,
    /// Xã, in the country.
    #[serde(rename = "xã")]
    Commune,
    /// Thị trấn, until June 2025.
    #[serde(rename = "thị trấn")]
    Township,
    /// Đặc khu, an island since July 2025.
    #[serde(rename = "đặc khu")]
    SpecialZone,
    /// Huyện without communes (five islands), until June 2025.
    #[serde(rename = "huyện", alias = "huyện đảo", alias = "thành phố")]
    IslandDistrict,
}

impl Kind {
    /// Every kind.
    const ALL: [Self; 5] = [Self::Ward, Self::Commune, Self::Township, Self::SpecialZone, Self::IslandDistrict];

    /// The word that stands before the name, in small letters.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ward => "phường",
            Self::Commune => "xã",
            Self::Township => "thị trấn",
            Self::SpecialZone => "đặc khu",
            Self::IslandDistrict => "huyện",
        }
    }

    /// The word with a capital, as a full name begins.
    #[must_use]
    pub fn capital_word(self) -> &'static str {
        match self {
            Self::Ward => "Phường",
            Self::Commune => "Xã",
            Self::Township => "Thị trấn",
            Self::SpecialZone => "Đặc khu",
            Self::IslandDistrict => "Huyện",
        }
    }

    /// Its letter in the compact texts.
    fn letter(self) -> char {
        match self {
            Self::Ward => 'p',
            Self::Commune => 'x',
            Self::Township => 't',
            Self::SpecialZone => 'd',
            Self::IslandDistrict => 'h',
        }
    }

    /// Word and name: `Xã Hỏa Lựu`.
    fn full_name(self, name: &str) -> String {
        [self.capital_word(), " ", name].concat()
    }
}

/// Why a compact text cannot be used; the number of the line, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlacesError {
    /// The text is longer than any province or the country.
    #[error("too long")]
    TooLong,
    /// A line of another shape.
    #[error("line {0} has another shape")]
    Shape(usize),
    /// A line speaks of a unit that is not there.
    #[error("line {0} speaks of a unit that is not there")]
    Missing(usize),
}

/// Longest compact text that is read, in bytes; the largest of today has 90,000.
const MAX_BYTES: usize = 1_000_000;

/// A folded name, to compare many of them with what is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Name {
    text: String,
    /// A bit for each letter that a word of it begins with.
    initials: u32,
}

impl Name {
    fn new(text: String) -> Self {
        Self { initials: initials(&text), text }
    }

    /// Does a word of it begin so?
    fn has(&self, beginning: &str) -> bool {
        let text = self.text.as_bytes();
        let mut from = 0;
        while let Some(rest) = text.get(from..) {
            if rest.starts_with(beginning.as_bytes()) {
                return true;
            }
            match rest.iter().position(|byte| *byte == b' ') {
                Some(blank) => from += blank + 1,
                None => return false,
            }
        }
        false
    }
}

/// A bit for each letter that a word of a folded text begins with; digits share one, all else another.
fn initials(text: &str) -> u32 {
    text.split(' ').filter_map(|word| word.bytes().next()).fold(0, |bits, first| {
        bits | 1
            << match first {
                b'a'..=b'z' => first - b'a',
                b'0'..=b'9' => 26,
                _ => 27,
            }
    })
}

/// A name as it is compared: folded, numbers without zeros in front (`Phường 05` is `5`).
fn comparable(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    crate::fold::for_each_word(name, &mut |_, _, word| {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(without_zeros(word));
    });
    text
}

/// A folded word; without the zeros in front where it is a number.
fn without_zeros(word: &str) -> &str {
    let bare = word.trim_start_matches('0');
    if bare.is_empty() || !word.bytes().all(|byte| byte.is_ascii_digit()) { word } else { bare }
}

/// Words before the name of a ward or commune, folded, and what they say.
const WARD_WORDS: [(&str, Kind); 9] = [
    ("phuong", Kind::Ward),
    ("p", Kind::Ward),
    ("f", Kind::Ward),
    ("xa", Kind::Commune),
    ("x", Kind::Commune),
    ("thi tran", Kind::Township),
    ("tt", Kind::Township),
    ("dac khu", Kind::SpecialZone),
    ("dk", Kind::SpecialZone),
];

/// Words before the name of a district, folded: in full, and the same shortened.
const DISTRICT_WORDS: [(&str, &str); 5] =
    [("quan", "q"), ("huyen dao", "huyen dao"), ("huyen", "h"), ("thi xa", "tx"), ("thanh pho", "tp")];
