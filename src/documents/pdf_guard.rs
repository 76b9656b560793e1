//! Refuses a PDF that would cost its reader gigabytes or minutes, before the reader sees it.
//!
//! The reader unpacks a stream whole when the file says that objects lie in it, however large it becomes, and when the
//! table of objects is wrong it looks for objects everywhere, once for every beginning it meets. Both are cheap for every
//! real file; the guard measures that they are, in one pass, with a window of 64 KiB.
//!
//! Known gaps: in a file encrypted without a password the packed streams cannot be measured; of a stream whose
//! dictionary keeps the name of its packing in another object only zlib is measured; and brackets hidden between
//! the words of streams inside texts are not counted. The page replaces a worker that takes long, and a server gives
//! each inspection its limits.

use crate::bytes::{find, find_last, head, slice};
use crate::limits::{
    DEEPEST_PDF_NESTING, MOST_PDF_DICTIONARIES, MOST_PDF_STRAYS, MOST_UNPACKED_BYTES, MOST_UNPACKED_PDF_BYTES,
};
use crate::pdf_packing;

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
    if !keeps_objects_in_streams(bytes) {
        return true;
    }
    let encrypted = find(bytes, b"/Encrypt").is_some();
    let (mut all, mut no_picture, mut measured) = (0_u64, 0_u64, 0_usize);
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
        let (as_zlib, read) = pdf_packing::zlib_size(data, MOST_UNPACKED_PDF_BYTES);
        let unpacked = if encrypted {
            as_zlib
        } else {
            let packed = packed(dictionary, data);
            measured += packed.len();
            pdf_packing::unpacked_size(dictionary, packed, as_zlib, MOST_UNPACKED_PDF_BYTES)
        };
        // Streams do not lie in each other, or they would be measured again and again.
        if measured > bytes.len().saturating_mul(2) {
            return false;
        }
        at += line_end + read;
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

/// The bytes of a stream at the beginning of `data`: to the word that ends it, or as many as `dictionary` says.
fn packed<'a>(dictionary: &[u8], data: &'a [u8]) -> &'a [u8] {
    let said = find(dictionary, b"/Length").and_then(|at| {
        let digits = dictionary.get(at + b"/Length".len()..)?.trim_ascii_start();
        let digits = digits.get(..digits.iter().take_while(|byte| byte.is_ascii_digit()).count())?;
        std::str::from_utf8(digits).ok()?.parse::<usize>().ok()
    });
    let end = find(data, b"endstream").unwrap_or(data.len());
    head(data, end.max(said.unwrap_or_default()))
}

/// Can the file say that objects lie in streams? Its table is then itself a stream, with three widths (`/W [1 2 1]`; a
/// font's widths are more, or in brackets of their own), or the reader, looking for objects, meets a `/Type /ObjStm`.
fn keeps_objects_in_streams(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'/') {
        rest = rest.get(at + 1..).unwrap_or_default();
        let after = |name: &[u8]| after_name(rest, name);
        if after(b"ObjStm").is_some() || after(b"W").is_some_and(begins_with_three_numbers) {
            return true;
        }
    }
    false
}

/// What follows `name` at the beginning of `bytes`; its letters may be spelled with `#` and two digits.
fn after_name<'a>(bytes: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let mut rest = bytes;
    for letter in name {
        rest = match rest {
            [first, rest @ ..] if first == letter => rest,
            [b'#', high, low, rest @ ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                (digit(high)? * 16 + digit(low)? == u32::from(*letter)).then_some(rest)?
            }
            _ => return None,
        };
    }
    (!rest.first().is_some_and(u8::is_ascii_alphanumeric)).then_some(rest)
}

/// Is it a list of three numbers? Where a comment stands in it: it may be.
fn begins_with_three_numbers(bytes: &[u8]) -> bool {
    let blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0 || *byte == 0x0B;
    let mut rest = bytes;
    let mut next = || {
        while rest.first().is_some_and(blank) {
            rest = rest.get(1..).unwrap_or_default();
        }
        let end = rest.iter().position(|byte| !byte.is_ascii_digit() && !b"+-.".contains(byte)).unwrap_or(rest.len());
        let first = rest.first().copied().unwrap_or_default();
        rest = rest.get(end.max(1)..).unwrap_or_default();
        (first, end > 0)
    };
    match next() {
        (b'%', _) => return true,
        (b'[', _) => {}
        _ => return false,
    }
    for _ in 0..3 {
        match next() {
            (b'%', _) => return true,
            (_, true) => {}
            _ => return false,
        }
    }
    !next().1
}
