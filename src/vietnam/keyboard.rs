//! Telex and VNI keys left in a text that was typed without an input method: `Nguyeexn Vawn An`, `Nguye6n4`.
//!
//! A guess to offer, never to apply. Names of other peoples are full of such keys (`Hans`, `Rex`, `Lee`), so an offer is made
//! only where a whole name becomes syllables of Vietnamese and at least one word of it can hardly be anything else.
//!
//! Source: the Telex and VNI tables as `UniKey` documents them.

use crate::syllable::{Letters, is_syllable, is_vowel, plain};

/// What a name would be if the keys left in it had made their marks; `None` where there is nothing to offer.
#[must_use]
pub fn offer_name(text: &str) -> Option<String> {
    offer(text, true)
}

/// The same for a place (`aaps 3, xax Hoar Tieens`), where words of other kinds, numbers and signs may stand between.
#[must_use]
pub fn offer_place(text: &str) -> Option<String> {
    offer(text, false)
}

/// How sure one can be that a word holds keys.
#[derive(Clone, Copy)]
enum Sign {
    /// It may be a foreign name as well: `Hans`.
    Weak,
    /// It can hardly be anything else: `Nguyeexn`.
    Strong,
}

fn offer(text: &str, name: bool) -> Option<String> {
    let mut offered = String::with_capacity(text.len() + 8);
    let (mut weak, mut strong) = (0_usize, 0_usize);
    let mut words = 0_usize;
    for part in text.split_inclusive(|character: char| !character.is_alphanumeric() && !is_mark(character)) {
        let word = part.trim_end_matches(|character: char| !character.is_alphanumeric() && !is_mark(character));
        let after = part.get(word.len()..).unwrap_or_default();
        if word.is_empty() || is_syllable(word) {
            offered.push_str(word);
        } else if let Some((read, sign)) = word_of(word, words > 0, name) {
            match sign {
                Sign::Weak => weak += 1,
                Sign::Strong => strong += 1,
            }
            offered.push_str(&read);
        } else if name {
            return None;
        } else {
            offered.push_str(word);
        }
        words += usize::from(!word.is_empty());
        offered.push_str(after);
    }
    (strong > 0 || weak > 2).then_some(offered)
}

/// A combining mark, which belongs to the word.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// A word with its keys made marks, if that is a syllable of Vietnamese. `follows`: it is not the first word.
fn word_of(word: &str, follows: bool, name: bool) -> Option<(String, Sign)> {
    if word.len() > 24 {
        return None;
    }
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        let (letters, shapes) = vni(word)?;
        // In a place "khu1" is a quarter and its number.
        return (name || shapes).then_some((letters.spell()?, Sign::Strong));
    }
    let typed = telex(word)?;
    let rime = typed.letters.rime()?.len();
    let read = typed.letters.spell()?;
    let middle = follows && matches!(read.as_str(), "Văn" | "Thị" | "văn" | "thị" | "VĂN" | "THỊ");
    let rare_key = matches!(typed.tone_key, b'f' | b'j' | b'x');
    let clear = typed.shape && (rare_key || typed.tone_key != 0 && rime > 1)
        || typed.horns
        || rime > 1 && matches!(typed.tone_key, b'f' | b'j')
        || typed.tone_last && typed.letters.bytes.ends_with(b"nh");
    // "Hasan", "Tanja": a vowel that comes back later makes a circumflex of too many foreign names.
    let strong = middle || typed.bar || clear && !typed.late;
    Some((read, if strong { Sign::Strong } else { Sign::Weak }))
}

/// What Telex keys made of a word.
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own.
struct Typed {
    letters: Letters,
    /// The key of the tone, 0 for none.
    tone_key: u8,
    /// `dd` at the start.
    bar: bool,
    /// A circumflex typed at once after its vowel, or a breve or horn.
    shape: bool,
    /// ươ.
    horns: bool,
    /// A circumflex typed later than its vowel.
    late: bool,
    /// The key of the tone is the last of the word.
    tone_last: bool,
}

/// Reads the Telex keys of a word of letters; `None` where there are none or they make no sense.
fn telex(word: &str) -> Option<Typed> {
    let mut typed = Typed {
        letters: Letters::default(),
        tone_key: 0,
        bar: false,
        shape: false,
        horns: false,
        late: false,
        tone_last: false,
    };
    let mut keys = false;
    for character in crate::nfc::compose(word).chars() {
        let key = u8::try_from(character).map_or(0, |it| it.to_ascii_lowercase());
        let letters = &mut typed.letters;
        let vowels = letters.bytes.iter().any(|letter| is_vowel(*letter));
        let tone = match key {
            b'f' => 1,
            b's' => 2,
            b'r' => 3,
            b'x' => 4,
            b'j' => 5,
            _ => 0,
        };
        typed.tone_last = tone != 0;
        if tone != 0 && vowels {
            if letters.tone != 0 {
                return None;
            }
            letters.tone = tone;
            typed.tone_key = key;
        } else if key == b'w' && vowels {
            typed.horns |= bend(letters)?;
            typed.shape = true;
        } else if key == b'w' && !letters.bytes.is_empty() {
            letters.bytes.push(b'U');
            letters.capitals.push(character.is_uppercase());
        } else if matches!(key, b'a' | b'e' | b'o')
            && let Some(at) = letters.bytes.iter().rposition(|letter| *letter == key)
        {
            letters.bytes[at] = key.to_ascii_uppercase();
            let at_once = at + 1 == letters.bytes.len() && typed.tone_key == 0;
            typed.shape |= at_once;
            typed.late |= !at_once;
        } else if key == b'd' && letters.bytes.first() == Some(&b'd') {
            letters.bytes[0] = b'D';
            typed.bar = letters.bytes.len() == 1;
        } else {
            letters.push(character)?;
            continue;
        }
        keys = true;
    }
    keys.then_some(typed)
}

/// Gives the last vowels their horn or breve: ươ, ưa, oă, ă, ơ, ư; tells whether it made ươ.
fn bend(letters: &mut Letters) -> Option<bool> {
    let letters = &mut letters.bytes;
    let last = letters.iter().rposition(|letter| matches!(letter, b'a' | b'o' | b'u'))?;
    let before = last.checked_sub(1).map(|at| (at, letters[at]));
    let after_q = last >= 2 && letters[last - 2] == b'q';
    match (before, letters[last]) {
        (Some((at, b'u' | b'U')), b'o') if !after_q => {
            letters[at] = b'U';
            letters[last] = b'P';
            return Some(true);
        }
        (Some((at, b'u')), b'a' | b'u') if !after_q => letters[at] = b'U',
        (_, b'a') => letters[last] = b'W',
        (_, b'o') => letters[last] = b'P',
        _ => letters[last] = b'U',
    }
    Some(false)
}

/// Reads the VNI digits of a word, and tells whether one of them makes a shape; `None` where they make no sense.
fn vni(word: &str) -> Option<(Letters, bool)> {
    let mut letters = Letters::default();
    let mut shapes = false;
    for character in crate::nfc::compose(word).chars() {
        match character {
            '1'..='5' if letters.tone == 0 && letters.bytes.iter().any(|it| is_vowel(*it)) => {
                // 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng.
                letters.tone = match character {
                    '1' => 2,
                    '2' => 1,
                    '3' => 3,
                    '4' => 4,
                    _ => 5,
                };
                continue;
            }
            '6' => {
                let at = letters.bytes.iter().rposition(|it| matches!(it, b'a' | b'e' | b'o'))?;
                letters.bytes[at] = letters.bytes[at].to_ascii_uppercase();
            }
            '7' => {
                let at = letters.bytes.iter().rposition(|it| matches!(plain(*it), b'o' | b'u'))?;
                if matches!(letters.bytes[at], b'a' | b'o' | b'u') {
                    bend(&mut letters)?;
                }
            }
            '8' => {
                let at = letters.bytes.iter().rposition(|it| *it == b'a')?;
                letters.bytes[at] = b'W';
            }
            '9' if letters.bytes.first() == Some(&b'd') => letters.bytes[0] = b'D',
            other => {
                letters.push(other)?;
                continue;
            }
        }
        shapes = true;
    }
    Some((letters, shapes))
}
