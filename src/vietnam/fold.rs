//! Text without what people leave out when they type: marks, đ, capitals, punctuation.

/// `text` in small letters without Vietnamese and other Latin marks, đ as d, one blank between words, none around.
///
/// Composed and decomposed input give the same, and so do both placements of a tone (`hoà`, `hòa`). Anything that is
/// neither letter, digit nor mark becomes a blank. Letters of other scripts stay as they are, capitals included.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for_each_word(text, &mut |_, _, word| {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    });
    folded
}

/// One word of a text: where it stands and how it folds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte of the word in the text.
    pub start: usize,
    /// First byte after the word.
    pub end: usize,
    /// The word in small letters without marks.
    pub folded: String,
}

/// The words of `text` in order, each with its place, so that a match can be shown in the text as written.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for_each_word(text, &mut |start, end, word| words.push(Word { start, end, folded: word.to_owned() }));
    words
}

/// Shows each word of `text` in order to `visit`: first byte, first byte after it, folded letters. Allocates once.
pub fn for_each_word(text: &str, visit: &mut dyn FnMut(usize, usize, &str)) {
    let mut folded = String::with_capacity(16);
    let (mut start, mut end) = (0, 0);
    for (at, character) in text.char_indices() {
        if let Some(letter) = fold_letter(character) {
            if folded.is_empty() {
                start = at;
            }
            match letter {
                Folded::Latin(letter) => folded.push(char::from(letter)),
                Folded::Other => folded.push(character),
                Folded::Mark => {}
            }
            end = at + character.len_utf8();
        } else if !folded.is_empty() {
            visit(start, end, &folded);
            folded.clear();
        }
    }
    if !folded.is_empty() {
        visit(start, end, &folded);
    }
}

/// The marks of a word as a number, 0 for none: two spellings of a syllable with the same letters have the same number
/// exactly when they carry the same shapes (ă â ê ô ơ ư đ) and the same tone, wherever the tone stands.
#[must_use]
pub fn marks(word: &str) -> u16 {
    let (mut shapes, mut tone) = (0_u16, 0_u16);
    for character in word.chars() {
        let mark = u16::from(letter_marks(character));
        if mark & 7 != 0 {
            tone = mark & 7;
        }
        if mark >> 3 != 0 {
            shapes = shapes.wrapping_mul(5).wrapping_add(mark >> 3);
        }
    }
    (shapes << 3) | tone
}

/// Shape (1 circumflex, 2 breve, 3 horn, 4 the bar of đ) times eight plus tone (1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng).
fn letter_marks(character: char) -> u8 {
    /// U+1EA0 to U+1EF9: pairs of a capital and a small letter.
    const ADDITIONAL: [u8; 45] = [
        5, 3, 10, 9, 11, 12, 13, 18, 17, 19, 20, 21, // a
        5, 3, 4, 10, 9, 11, 12, 13, // e
        3, 5, // i
        5, 3, 10, 9, 11, 12, 13, 26, 25, 27, 28, 29, // o
        5, 3, 26, 25, 27, 28, 29, // u
        1, 5, 3, 4, // y
    ];
    let code = u32::from(character);
    match code {
        0x1EA0..=0x1EF9 => {
            usize::try_from((code - 0x1EA0) / 2).ok().and_then(|at| ADDITIONAL.get(at)).copied().unwrap_or(0)
        }
        0xC0 | 0xC8 | 0xCC | 0xD2 | 0xD9 | 0xE0 | 0xE8 | 0xEC | 0xF2 | 0xF9 | 0x300 => 1,
        0xC1 | 0xC9 | 0xCD | 0xD3 | 0xDA | 0xDD | 0xE1 | 0xE9 | 0xED | 0xF3 | 0xFA | 0xFD | 0x301 => 2,
        0x309 => 3,
        0xC3 | 0xD5 | 0xE3 | 0xF5 | 0x128 | 0x129 | 0x168 | 0x169 | 0x303 => 4,
        0x323 => 5,
        0xC2 | 0xCA | 0xD4 | 0xE2 | 0xEA | 0xF4 | 0x302 => 8,
        0x102 | 0x103 | 0x306 => 16,
        0x1A0 | 0x1A1 | 0x1AF | 0x1B0 | 0x31B => 24,
        0xD0 | 0xF0 | 0x110 | 0x111 => 32,
        _ => 0,
    }
}

/// What folding makes of a character that belongs to a word.
enum Folded {
    /// An ASCII small letter or digit.
    Latin(u8),
    /// A letter or digit of another script.
    Other,
    /// A mark on the letter before; it goes.
    Mark,
}

/// The folded form of a character, or `None` when it separates words.
fn fold_letter(character: char) -> Option<Folded> {
    /// Base letters of U+0100 to U+017F in order.
    const LATIN_EXTENDED_A: &[u8; 128] = b"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllll\
lnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    let code = u32::from(character);
    let latin = match code {
        0x30..=0x39 | 0x61..=0x7A => u8::try_from(code).ok()?,
        0x41..=0x5A => u8::try_from(code + 32).ok()?,
        0x00..=0xBF => return matches!(code, 0xAA | 0xB5 | 0xBA).then_some(Folded::Other),
        0xD0 | 0xF0 => b'd', // eth, which some keyboards give for đ
        0xC0..=0xC6 | 0xE0..=0xE6 | 0x1EA0..=0x1EB7 => b'a',
        0xC7 | 0xE7 => b'c',
        0xC8..=0xCB | 0xE8..=0xEB | 0x1EB8..=0x1EC7 => b'e',
        0xCC..=0xCF | 0xEC..=0xEF | 0x1EC8..=0x1ECB => b'i',
        0xD1 | 0xF1 => b'n',
        0xD2..=0xD6 | 0xD8 | 0xF2..=0xF6 | 0xF8 | 0x1A0 | 0x1A1 | 0x1ECC..=0x1EE3 => b'o',
        0xD9..=0xDC | 0xF9..=0xFC | 0x1AF | 0x1B0 | 0x1EE4..=0x1EF1 => b'u',
        0xDD | 0xFD | 0xFF | 0x1EF2..=0x1EF9 => b'y',
        0xDF => b's',
        0x100..=0x17F => *LATIN_EXTENDED_A.get(usize::try_from(code).ok()?.checked_sub(0x100)?)?,
        0x0300..=0x036F => return Some(Folded::Mark),
        _ => return is_of_a_word(code).then_some(Folded::Other),
    };
    Some(Folded::Latin(latin))
}

/// Does a character beyond Latin belong to a word? All but the blocks of punctuation, symbols and pictures: told by block,
/// because the tables of all letters would weigh more than the page's whole search.
fn is_of_a_word(code: u32) -> bool {
    !matches!(code,
        0x02B0..=0x02FF | 0x0375 | 0x037E | 0x0387 | 0x055A..=0x055F | 0x060C | 0x061B | 0x061F | 0x066A..=0x066D | 0x06D4
        | 0x0964 | 0x0965 | 0x0E2F | 0x0E3F | 0x0E5A | 0x0E5B | 0x104A..=0x104F | 0x1680 | 0x17D4..=0x17DB
        | 0x2000..=0x2BFF | 0x2E00..=0x2E7F | 0x3000..=0x3004 | 0x3008..=0x3020 | 0x3030 | 0x30FB
        | 0xAA5C..=0xAA5F | 0xD7FC..=0xF8FF | 0xFD3E | 0xFD3F | 0xFE00..=0xFE1F | 0xFE30..=0xFE6F | 0xFEFF
        | 0xFF00..=0xFF0F | 0xFF1A..=0xFF20 | 0xFF3B..=0xFF40 | 0xFF5B..=0xFF65 | 0xFFE0..=0xFFFF
        | 0x1F000..=0x1FAFF | 0xE0000..)
}

/// What a folded text would be if the Telex keys left in it had made their marks: `giaays khai sinh` to
/// `giay khai sinh`; `None` when there is nothing to undo. Words without a vowel and a key stay.
///
/// Telex writes `aa ee oo` for â ê ô, `aw ow uw` or `w` for ă ơ ư, `dd` for đ, and a tone as s, f, r, x or j anywhere after
/// the vowel. It is a guess: `test` becomes `tet`, so try it beside the text as typed, never instead.
///
/// Source: TCVN 5712 keyboards as `UniKey` documents them.
#[must_use]
pub fn telex_leftover(folded: &str) -> Option<String> {
    undo(folded, telex_word)
}

/// The same for the digits that VNI leaves: `giay61 khai sinh` to `giay khai sinh`, `d9a6t1` to `dat`.
///
/// VNI writes 1 to 5 for tones, 6 for the circumflex, 7 for the horn, 8 for the breve, 9 for đ; 0 takes a mark away.
#[must_use]
pub fn vni_leftover(folded: &str) -> Option<String> {
    undo(folded, vni_word)
}

/// Applies `word` to each word of a folded text; `None` when no word changes.
fn undo(folded: &str, word: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut undone = String::with_capacity(folded.len());
    let mut changed = false;
    for part in folded.split(' ') {
        if !undone.is_empty() {
            undone.push(' ');
        }
        match word(part) {
            Some(other) => {
                changed = true;
                undone.push_str(&other);
            }
            None => undone.push_str(part),
        }
    }
    changed.then_some(undone)
}

fn telex_word(word: &str) -> Option<String> {
    if word.len() < 2 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let mut plain = String::with_capacity(word.len());
    let mut vowels = false;
    for letter in word.bytes() {
        let last = plain.bytes().next_back();
        match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' => {
                // A circumflex key typed again at once, or after the rest of the syllable (`giayas`).
                let again = matches!(letter, b'a' | b'e' | b'o') && plain.bytes().any(|seen| seen == letter);
                if !(again || last == Some(letter)) {
                    plain.push(char::from(letter));
                }
                vowels = true;
            }
            b'w' if !vowels => {
                plain.push('u');
                vowels = true;
            }
            b'w' | b's' | b'f' | b'r' | b'x' | b'j' if vowels => {}
            b'd' if !plain.is_empty() && (vowels || last == Some(b'd')) => {
                if !plain.starts_with('d') {
                    plain.push('d');
                }
            }
            _ => plain.push(char::from(letter)),
        }
    }
    (vowels && plain != word).then_some(plain)
}

fn vni_word(word: &str) -> Option<String> {
    let first = word.bytes().next()?;
    if !first.is_ascii_lowercase() || !word.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let plain: String = word.chars().filter(|character| !character.is_ascii_digit()).collect();
    plain.bytes().any(|byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')).then_some(plain)
}
