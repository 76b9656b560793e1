//! Names of people.

use serde::{Deserialize, Serialize};

use crate::syllable::is_syllable;
use crate::{case, fold, nfc};

/// A person's full name: letters of any script with their marks, blanks, hyphens, apostrophes and dots, at least one
/// letter; one word or many, capitals as the person writes them.
///
/// Vietnamese letters are composed (NFC), blanks in a row become one. Khmer, Chăm, Hoa and foreign names pass; there
/// is no list of family names and no least count of words.
///
/// Source: Bộ luật Dân sự 2015 Art. 26 (a citizen's name is in Vietnamese or another language of the peoples of
/// Vietnam, without digits or characters that are no letters); Thông tư 04/2020/TT-BTP for names in civil status.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FullName(String);

/// Why a text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FullNameError {
    /// Nothing was written, or blanks only.
    #[error("no letters")]
    Empty,
    /// A digit.
    #[error("a name has no digits, found {0:?}")]
    Digit(char),
    /// Another character that no name has.
    #[error("a name has letters, blanks, hyphens, apostrophes and dots, found {0:?}")]
    Symbol(char),
    /// More than [`FullName::MAX_CHARACTERS`].
    #[error("a name of {0} characters")]
    TooLong(usize),
}

impl FullName {
    /// Longest accepted name, in characters; far above any real one.
    pub const MAX_CHARACTERS: usize = 200;

    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, FullNameError> {
        let mut name = String::with_capacity(text.len());
        let mut letters = false;
        for word in text.split_whitespace() {
            if !name.is_empty() {
                name.push(' ');
            }
            for character in word.chars() {
                if character.is_numeric() {
                    return Err(FullNameError::Digit(character));
                }
                match character {
                    '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2018}' | '\u{2019}' | '`' | '\u{b4}' | '.'
                    | '\u{b7}' => {}
                    _ if character.is_alphabetic() => letters = true,
                    _ if is_mark(character) => {}
                    other => return Err(FullNameError::Symbol(other)),
                }
                name.push(character);
            }
        }
        if !letters {
            return Err(FullNameError::Empty);
        }
        let name = nfc::compose(&name);
        let characters = name.chars().count();
        if characters > Self::MAX_CHARACTERS {
            return Err(FullNameError::TooLong(characters));
        }
        Ok(Self(name))
    }

    /// The name as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The given name, by which Vietnamese lists are sorted: the last word.
    #[must_use]
    pub fn given(&self) -> &str {
        self.0.rsplit(' ').next().unwrap_or(&self.0)
    }

    /// The name with a capital at the start of each word, to offer and never to apply; `None` where the capitals tell nothing.
    ///
    /// They do where every word is in one case (`nguyễn văn an`, `TRẦN THỊ BÉ`), and where a small word stands among
    /// Vietnamese ones (`Nguyễn văn An`); `Ludwig van Beethoven` and `H'Hen Niê` are as their bearers write them.
    #[must_use]
    pub fn title_case(&self) -> Option<Self> {
        let words = || self.0.split(' ');
        let small = |word: &str| !word.chars().any(char::is_uppercase);
        let large = |word: &str| !word.chars().any(char::is_lowercase);
        let begins_small = |word: &str| word.chars().next().is_some_and(char::is_lowercase);
        let told = words().all(small)
            || words().all(large)
            || (words().any(begins_small)
                && words().all(|word| is_syllable(word) && (small(word) || begins_large(word))));
        let titled = titled(&self.0);
        (told && titled != self.0).then_some(Self(titled))
    }

    /// Is it the same name when capitals, marks and tone placement are put aside? For comparing a card with a form.
    #[must_use]
    pub fn same_letters(&self, other: &Self) -> bool {
        fold::fold(&self.0) == fold::fold(&other.0)
    }
}

/// A capital at the start, small letters after it.
fn begins_large(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && !letters.as_str().chars().any(char::is_uppercase)
}

/// `name` with a capital at the start of each word, after a hyphen or dot, and after an apostrophe that follows one
/// letter (`H'Hen`, `O'Connor`); small letters elsewhere.
fn titled(name: &str) -> String {
    let mut titled = String::with_capacity(name.len());
    // Letters since the last place where a capital stands.
    let mut run = 0_usize;
    for character in name.chars() {
        match character {
            ' ' | '-' | '\u{2010}' | '\u{2011}' | '.' | '\u{b7}' => run = 0,
            '\'' | '\u{2019}' | '\u{2018}' if run == 1 => run = 0,
            _ if run == 0 => {
                titled.push_str(&case::upper(character.encode_utf8(&mut [0; 4])));
                run = 1;
                continue;
            }
            _ => run += 1,
        }
        titled.push_str(&case::lower(character.encode_utf8(&mut [0; 4])));
    }
    titled
}

/// Marks and joiners that are no letters by themselves in the scripts people of Vietnam and its visitors write.
///
/// Source: Unicode 16 general categories Mn, Mc and Cf, by block; digits are told apart before.
fn is_mark(character: char) -> bool {
    matches!(u32::from(character),
        0x0300..=0x036F // combining marks of Latin, Greek, Cyrillic
        | 0x0483..=0x0489 | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670
        | 0x093C | 0x094D | 0x09BC | 0x09CD | 0x0A3C | 0x0A4D | 0x0ABC | 0x0ACD | 0x0B3C | 0x0B4D | 0x0BCD
        | 0x0C4D | 0x0CCD | 0x0D4D | 0x0DCA
        | 0x0E47..=0x0E4E | 0x0EC8..=0x0ECE | 0x0F18..=0x0F19 | 0x0F35..=0x0F39 | 0x0F71..=0x0F84
        | 0x102B..=0x103E | 0x17B4..=0x17D3 | 0x17DD // Burmese, Khmer
        | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200B..=0x200D | 0x20D0..=0x20FF
        | 0xA980..=0xA983 | 0xAA29..=0xAA36 | 0xAA43 | 0xAA4C..=0xAA4D // Chăm
        | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F)
}

impl std::fmt::Display for FullName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for FullName {
    type Error = FullNameError;

    fn try_from(text: String) -> Result<Self, FullNameError> {
        Self::parse(&text)
    }
}

impl From<FullName> for String {
    fn from(name: FullName) -> Self {
        name.0
    }
}
