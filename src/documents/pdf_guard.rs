//! Refuses a PDF that would cost its reader gigabytes or minutes, before the reader sees it.
//!
//! The reader unpacks a stream whole when the file says that objects lie in it, however large it becomes, and when the
//! table of objects is wrong it looks for objects everywhere, once for every beginning it meets. Both are cheap for every
//! real file; the guard measures that they are, in one pass, with a window of 64 KiB.
//!
//! Known gaps: in a file encrypted without a password the packed streams cannot be measured; and brackets hidden between
//! the words of streams inside texts are not counted. The page replaces a worker that takes long, and a server gives
//! each inspection its limits.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use crate::bytes::{find, find_last, slice};
use crate::limits::{
    DEEPEST_PDF_NESTING, MOST_PDF_DICTIONARIES, MOST_PDF_STRAYS, MOST_UNPACKED_BYTES, MOST_UNPACKED_PDF_BYTES,
};

/// Is the file one that is read in bounded memory and time?
pub(crate) fn is_bounded(bytes: &[u8]) -> bool {
    nests_within_bounds(bytes) && unpacks_within_bounds(bytes)
}

/// Counts dictionaries, and those (with objects) that begin inside more open brackets than any real file has.
///
/// Brackets also occur by chance in packed data, so those inside streams are counted apart, anew for each stream, and a
/// few strays are let pass.
fn nests_within_bounds(bytes: &[u8]) -> bool {
    let (mut outside, mut inside, mut in_stream) = (0_u32, 0_u32, false);
    let (mut dictionaries, mut strays) = (0_u32, 0_u32);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let depth = if in_stream { &mut inside } else { &mut outside };
        let follows = |word: &[u8]| slice(bytes, at, word.len()) == Some(word);
        let mut step = 1;
        let mut begins = false;
        match byte {
            b'<' if follows(b"<<") => {
                dictionaries += 1;
                *depth += 1;
                begins = true;
                step = 2;
            }
            b'>' if follows(b">>") => {
                *depth = depth.saturating_sub(1);
                step = 2;
            }
            b'[' => *depth += 1,
            b']' => *depth = depth.saturating_sub(1),
            b'o' if follows(b"obj") => {
                begins = true;
                step = 3;
            }
            b'e' if follows(b"endobj") => step = 6,
            b'e' if follows(b"endstream") => {
                in_stream = false;
                step = 9;
            }
            b's' if follows(b"stream\n") || follows(b"stream\r") => {
                (in_stream, inside) = (true, 0);
                step = 7;
            }
            _ => {}
        }
        let depth = if in_stream { inside } else { outside };
        strays += u32::from(begins && depth > DEEPEST_PDF_NESTING);
        if dictionaries > MOST_PDF_DICTIONARIES || strays > MOST_PDF_STRAYS {
            return false;
        }
        at += step;
    }
    true
}

/// Adds up what the streams unpack to, in a file that may keep objects in them.
fn unpacks_within_bounds(bytes: &[u8]) -> bool {
    // Only a file whose table is itself a stream (its widths are `/W [1 2 1]`) can say that objects lie in streams. A
    // name may also be spelled with `#`.
    let table_in_stream =
        [&b"/W["[..], b"/W [", b"/W\n", b"/W\r", b"/#"].iter().any(|sign| find(bytes, sign).is_some());
    if !table_in_stream {
        return true;
    }
    let encrypted = find(bytes, b"/Encrypt").is_some();
    let (mut all, mut no_picture) = (0_u64, 0_u64);
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| find(rest, b"stream")) {
        let word = at + step;
        at = word + b"stream".len();
        if bytes.get(word.saturating_sub(3)..word) == Some(b"end") {
            continue;
        }
        let line_end = match bytes.get(at..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\r' | b'\n', ..]) => 1,
            _ => continue,
        };
        let Some(data) = bytes.get(at + line_end..) else { continue };
        let before = bytes.get(word.saturating_sub(4096)..word).unwrap_or_default();
        let dictionary = before.get(find_last(before, b" obj").unwrap_or_default()..).unwrap_or_default();
        let packings = count(dictionary, b"Flate") + count(dictionary, b"/Fl ");
        let others = [&b"LZW"[..], b"RunLength", b"ASCII", b"/RL", b"/A85", b"/AHx"]
            .iter()
            .any(|name| find(dictionary, name).is_some());
        let (mut unpacked, read) = unpacked_size(data, MOST_UNPACKED_PDF_BYTES);
        at += line_end + read;
        if packings > 1 || others && !encrypted {
            // Cannot be measured from outside; what LZW and Flate can make of it at most is a thousandfold and more.
            let packed = find(data, b"endstream").unwrap_or(data.len()) as u64;
            unpacked = unpacked.max(packed).saturating_mul(1400);
        }
        all = all.saturating_add(unpacked);
        if find(dictionary, b"/Image").is_none() {
            no_picture = no_picture.saturating_add(unpacked);
        }
        if all > MOST_UNPACKED_PDF_BYTES || no_picture > MOST_UNPACKED_BYTES / 4 {
            return false;
        }
    }
    true
}

/// What a zlib stream at the beginning of `data` unpacks to (it stops a little over `most`), and how much of `data` it
/// takes; nothing for other data.
fn unpacked_size(data: &[u8], most: u64) -> (u64, usize) {
    let [method, check, ..] = data else { return (0, 0) };
    if method & 15 != 8 || (u32::from(*method) << 8 | u32::from(*check)) % 31 != 0 {
        return (0, 0);
    }
    let mut state = InflateState::new_boxed(DataFormat::Zlib);
    let mut window = vec![0; 64 * 1024];
    let (mut unpacked, mut read) = (0_u64, 0);
    while unpacked <= most {
        let result = inflate(&mut state, data.get(read..).unwrap_or_default(), &mut window, MZFlush::None);
        read += result.bytes_consumed;
        unpacked += result.bytes_written as u64;
        let goes_on = matches!(result.status, Ok(MZStatus::Ok)) && result.bytes_consumed + result.bytes_written > 0;
        if !goes_on {
            break;
        }
    }
    (unpacked, read)
}

fn count(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len().max(1)).filter(|window| *window == word).count()
}
