//! Texts in Shift JIS, which Japanese phones and shops write into codes without saying so.
//!
//! Source: JIS X 0208:1997 with its annex 1 (rows and cells as two bytes), JIS X 0201 (half-width katakana as one). Of the
//! bytes below 128 backslash and tilde are what they are in ASCII.

/// The characters of JIS X 0208, a line for each row; a blank stands for a cell without one.
const ROWS: &str = include_str!("jis_x_0208.txt");

/// What a text's bytes are in Shift JIS.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Japanese {
    pub(crate) text: String,
    /// Most characters beyond ASCII in a row.
    pub(crate) longest_word: usize,
    /// Is there one whose second byte is none of ASCII?
    pub(crate) apart: bool,
}

/// Reads all bytes; nothing if one of them belongs to no character, or to a control character that no text has.
pub(crate) fn read(bytes: &[u8]) -> Option<Japanese> {
    let rows: Vec<&str> = ROWS.lines().collect();
    let mut japanese = Japanese { text: String::new(), longest_word: 0, apart: false };
    let mut word = 0;
    let mut bytes = bytes.iter();
    while let Some(first) = bytes.next() {
        let character = match first {
            0x09..=0x0D | 0x1C..=0x7E => {
                word = 0;
                japanese.text.push(char::from(*first));
                continue;
            }
            0xA1..=0xDF => char::from_u32(0xFF61 - 0xA1 + u32::from(*first))?,
            0x81..=0x9F | 0xE0..=0xEA => {
                let second = *bytes.next()?;
                japanese.apart |= !second.is_ascii();
                double(&rows, *first, second)?
            }
            _ => return None,
        };
        word += 1;
        japanese.longest_word = japanese.longest_word.max(word);
        japanese.text.push(character);
    }
    Some(japanese)
}

/// The character of two bytes. The first one stands for two rows; which, the second one says.
fn double(rows: &[&str], first: u8, second: u8) -> Option<char> {
    let pair = if first < 0xA0 { first - 0x81 } else { first - 0xC1 };
    let (row, cell) = match second {
        0x40..=0x7E => (0, second - 0x40),
        0x80..=0x9E => (0, second - 0x41),
        0x9F..=0xFC => (1, second - 0x9F),
        _ => return None,
    };
    let row = rows.get(2 * usize::from(pair) + row)?;
    row.chars().nth(usize::from(cell)).filter(|it| *it != ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Option<&str>) {
        assert_eq!(read(bytes).map(|it| it.text).as_deref(), expected, "{bytes:x?}");
    }

    #[test]
    fn every_byte_belongs_to_a_character() {
        // The example of ISO/IEC 18004, annex on kanji mode.
        check(b"\x93\x5F\xE4\xAA", Some("点茗"));
        check(b"\x82\xA0\x83\x41\xB1", Some("あアｱ"));
        // The ends of the second byte's ranges, and of the rows.
        check(b"\x81\x40\x81\x7E\x81\x80\x81\x9E\x81\x9F\x81\xFC", Some("\u{3000}×÷◇◆◯"));
        check(b"\x88\x9F\x9F\xFC\xE0\x40\xEA\xA4", Some("亜滌漾熙"));
        check(b"MECARD:N:\x8E\x52\x93\x63;\\~\r\n", Some("MECARD:N:山田;\\~\r\n"));
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        for bytes in [
            &b"\x93"[..],
            b"\x93\x3F",
            b"\x93\x7F",
            b"\x93\xFD",
            b"\x80",
            b"\xA0",
            b"\xF0\x40",
            b"\xEB\x40",
            // Cells without a character, and rows.
            b"\x81\xAD",
            b"\x87\x40",
            b"\xEA\xA5",
            b"a\0b",
            b"\x7F",
        ] {
            check(bytes, None);
        }
    }

    #[test]
    fn the_table_has_the_characters_of_the_standard() {
        let characters = || ROWS.lines().flat_map(str::chars).filter(|it| *it != ' ');
        assert_eq!(characters().count(), 6_879);
        let different: std::collections::BTreeSet<char> = characters().collect();
        assert_eq!(different.len(), 6_879);
        assert!(ROWS.lines().all(|row| row.chars().count() <= 94) && ROWS.lines().count() == 84);
    }
}
