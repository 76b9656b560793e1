//! Syllables of Vietnamese: which are possible, and how their letters and tone are written.

use crate::{case, nfc};

/// A word taken apart: its letters without tone, which of them are capitals, its tone.
///
/// Letters are ASCII: small ones as they are, `A E O` for â ê ô, `W P U` for ă ơ ư, `D` for đ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letters {
    pub(crate) bytes: Vec<u8>,
    pub(crate) capitals: Vec<bool>,
    /// 0 none, then huyền, sắc, hỏi, ngã, nặng.
    pub(crate) tone: u8,
}

/// The twelve vowels in the order of `nfc`.
const VOWEL_LETTERS: &[u8; 12] = b"aWAeEioOPuUy";

/// What a syllable begins with, the longer first.
const ONSETS: [&str; 27] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "th", "tr", "ch", "qu", "b", "c", "d", "D", "g", "h", "k", "l", "m",
    "n", "r", "s", "t", "v", "x", "",
];

/// What a syllable ends with: vowels and the consonants after them.
///
/// Source: the orthography taught in schools (Quyết định 240/QĐ of 1984); the list is that of the common dictionaries.
const RIMES: &str = " a ac ach ai am an ang anh ao ap at au ay Wc Wm Wn Wng Wp Wt Ac Am An Ang Ap At Au Ay \
e ec em en eng eo ep et E Ech Em En Enh Ep Et Eu i ia ich iEc iEm iEn iEng iEp iEt iEu im in inh ip it iu \
o oa oac oach oai oam oan oang oanh oao oat oay oWc oWm oWn oWng oWt oc oe oen oeo oet oi om on ong op ot \
O Oc Oi Om On Ong Op Ot P Pi Pm Pn Pp Pt u ua uAn uAng uAt uAy uE uEch uEnh uP uc ui um un ung uOc uOi uOm uOn uOng \
uOt up ut uy uya uyEn uyEt uych uynh uyt uyu U Ua Uc Ui Um Ung UPc UPi UPm UPn UPng UPp UPt UPu Ut Uu \
y yEm yEn yEng yEt yEu ynh ych yt ";

/// Is a letter of [`Letters`] a vowel?
pub(crate) fn is_vowel(letter: u8) -> bool {
    VOWEL_LETTERS.contains(&letter)
}

impl Letters {
    /// Takes a word apart; `None` where a character is no letter of Vietnamese or there are two tones.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let mut taken = Self::default();
        for character in nfc::compose(word).chars() {
            taken.push(character)?;
        }
        Some(taken)
    }

    /// Adds a letter with its marks.
    pub(crate) fn push(&mut self, character: char) -> Option<()> {
        let small = case::small(character);
        let letter = if let Some((row, tone)) = nfc::vowel_of(small) {
            if tone != 0 && self.tone != 0 {
                return None;
            }
            self.tone |= tone;
            *VOWEL_LETTERS.get(row)?
        } else if matches!(small, 'đ' | 'ð') {
            b'D'
        } else if small.is_ascii_lowercase() {
            u8::try_from(small).ok()?
        } else {
            return None;
        };
        self.bytes.push(letter);
        self.capitals.push(small != character);
        Some(())
    }

    /// The rime, where the letters are a possible syllable; without marks in the whole word, marks may be missing.
    pub(crate) fn rime(&self) -> Option<&str> {
        let text = std::str::from_utf8(&self.bytes).ok()?;
        let bare = self.tone == 0 && !text.bytes().any(|letter| letter.is_ascii_uppercase());
        ONSETS.iter().find_map(|onset| {
            let rime = text.strip_prefix(onset)?;
            (agree(onset, rime) && is_rime(rime, bare) && tone_fits(rime, self.tone, bare)).then_some(rime)
        })
    }

    /// The word, with its tone where the older school puts it (`hòa`, `thúy`), as most keyboards do.
    pub(crate) fn spell(&self) -> Option<String> {
        let rime = self.rime()?;
        let start = self.bytes.len() - rime.len();
        let vowels: Vec<usize> = (start..self.bytes.len()).filter(|at| is_vowel(self.bytes[*at])).collect();
        let shaped = vowels.iter().rev().find(|at| self.bytes[**at].is_ascii_uppercase());
        let coda = self.bytes.last().is_some_and(|last| !is_vowel(*last));
        let bearer = match (shaped, vowels.as_slice()) {
            (Some(at), _) | (None, [at] | [_, at, _]) => *at,
            (None, [first, second]) => *if coda { second } else { first },
            (None, _) => return None,
        };
        let mut word = String::with_capacity(self.bytes.len() * 2);
        for (at, (letter, capital)) in self.bytes.iter().zip(&self.capitals).enumerate() {
            let small = match VOWEL_LETTERS.iter().position(|it| it == letter) {
                Some(row) => nfc::vowel(row, if at == bearer { self.tone } else { 0 })?,
                None if *letter == b'D' => 'đ',
                None => char::from(*letter),
            };
            if *capital {
                word.push(case::capital(small));
            } else {
                word.push(small);
            }
        }
        Some(word)
    }
}

/// Could `word` be a syllable of Vietnamese, with all its marks or with none?
pub(crate) fn is_syllable(word: &str) -> bool {
    Letters::of(word).is_some_and(|letters| letters.rime().is_some())
}

/// Do the beginning and the rime go together: `c g ng` before dark vowels, `k gh ngh` before clear ones, y where it stands?
fn agree(onset: &str, rime: &str) -> bool {
    let clear = rime.starts_with(['i', 'e', 'E', 'y']);
    let fits = match onset {
        "c" | "ng" => !clear,
        "g" => !clear || rime.starts_with('i'),
        "k" | "gh" | "ngh" => clear,
        "qu" => !rime.starts_with(['u', 'U', 'o', 'i']),
        _ => true,
    };
    let y = match rime {
        "y" => matches!(onset, "" | "h" | "k" | "l" | "m" | "s" | "t" | "th" | "v" | "qu"),
        "ynh" | "ych" | "yt" => onset == "qu",
        _ => !rime.starts_with('y') || matches!(onset, "" | "qu"),
    };
    fits && y && !rime.is_empty()
}

/// Is it one of the rimes, or, where the whole word is `bare`, one without its marks?
fn is_rime(rime: &str, bare: bool) -> bool {
    if !bare {
        let mut places = RIMES.match_indices(rime);
        return places.any(|(at, _)| {
            RIMES.as_bytes().get(at.wrapping_sub(1)) == Some(&b' ')
                && RIMES.as_bytes().get(at + rime.len()) == Some(&b' ')
        });
    }
    RIMES.split(' ').any(|known| {
        known.len() == rime.len() && known.bytes().zip(rime.bytes()).all(|(known, letter)| plain(known) == letter)
    })
}

/// A letter of [`Letters`] without its shape.
pub(crate) fn plain(letter: u8) -> u8 {
    match letter {
        b'W' => b'a',
        b'P' => b'o',
        other => other.to_ascii_lowercase(),
    }
}

/// A rime that stops short (c, ch, p, t) has sắc or nặng.
fn tone_fits(rime: &str, tone: u8, bare: bool) -> bool {
    let stops = rime.ends_with(['c', 'p', 't']) || rime.ends_with("ch");
    !stops || bare || matches!(tone, 2 | 5)
}
