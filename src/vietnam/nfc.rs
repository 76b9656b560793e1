//! Composed Vietnamese letters (NFC).

use crate::case;

/// The twelve vowels of Vietnamese, each with no tone, huyền, sắc, hỏi, ngã and nặng.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'á', 'ả', 'ã', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẳ', 'ẵ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẩ', 'ẫ', 'ậ'],
    ['e', 'è', 'é', 'ẻ', 'ẽ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ể', 'ễ', 'ệ'],
    ['i', 'ì', 'í', 'ỉ', 'ĩ', 'ị'],
    ['o', 'ò', 'ó', 'ỏ', 'õ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ổ', 'ỗ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ở', 'ỡ', 'ợ'],
    ['u', 'ù', 'ú', 'ủ', 'ũ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ử', 'ữ', 'ự'],
    ['y', 'ỳ', 'ý', 'ỷ', 'ỹ', 'ỵ'],
];

/// The place of a Vietnamese vowel among the twelve (a ă â e ê i o ô ơ u ư y), and its tone (0 none, then huyền, sắc, hỏi,
/// ngã, nặng); `None` for every other character. Small letters only.
pub(crate) fn vowel_of(letter: char) -> Option<(usize, u8)> {
    VOWELS.iter().enumerate().find_map(|(row, tones)| {
        let tone = tones.iter().position(|it| *it == letter)?;
        Some((row, u8::try_from(tone).ok()?))
    })
}

/// The small letter of that place among the twelve vowels with that tone.
pub(crate) fn vowel(row: usize, tone: u8) -> Option<char> {
    VOWELS.get(row)?.get(usize::from(tone)).copied()
}

/// `text` with every Vietnamese letter as one character, however its marks were ordered.
///
/// For Vietnamese text it gives NFC, and it also heals a tone that was typed before the circumflex, breve or horn.
/// Marks on other letters stay as they are. The browser's own `String.normalize("NFC")` does the rest where there is a
/// browser; this serves where there is none.
///
/// Source: Unicode Standard Annex 15, restricted to the letters of TCVN 6909:2001.
#[must_use]
pub fn compose(text: &str) -> String {
    let mut composed = String::with_capacity(text.len());
    for character in text.chars() {
        let joined = composed.chars().next_back().and_then(|last| join(last, character));
        if let Some(joined) = joined {
            composed.pop();
            composed.push(joined);
        } else {
            composed.push(character);
        }
    }
    composed
}

/// `letter` with one more mark, if that is a Vietnamese letter.
fn join(letter: char, mark: char) -> Option<char> {
    let tone = match mark {
        '\u{300}' => 1,
        '\u{301}' => 2,
        '\u{309}' => 3,
        '\u{303}' => 4,
        '\u{323}' => 5,
        '\u{302}' | '\u{306}' | '\u{31b}' => 0,
        _ => return None,
    };
    let upper = letter.is_uppercase();
    let small = if upper { case::small(letter) } else { letter };
    let (row, column) = vowel_of(small)?;
    let column = usize::from(column);
    let (row, column) = match mark {
        '\u{302}' => (
            match row {
                0 => 2,
                3 => 4,
                6 => 7,
                _ => return None,
            },
            column,
        ),
        '\u{306}' if row == 0 => (1, column),
        '\u{31b}' => (
            match row {
                6 => 8,
                9 => 10,
                _ => return None,
            },
            column,
        ),
        '\u{306}' => return None,
        _ if column == 0 => (row, tone),
        _ => return None,
    };
    let joined = VOWELS[row][column];
    Some(if upper { case::capital(joined) } else { joined })
}
