//! Reads a PNG to its end, row by row: every chunk's checksum, every row's filter, and the end chunk.
//!
//! Source: W3C PNG (third edition): chunks 5.3, errors 13.2.

use std::io::{Cursor, ErrorKind};

use crate::bytes::{slice, u32_be};
use crate::exif;
use crate::limits::{LONGEST_SIDE, MOST_PIXELS, MOST_UNPACKED_BYTES};

/// What the reading saw.
pub(crate) struct Read {
    /// Width and height as stored, if the header is whole.
    pub(crate) size: Option<(u32, u32)>,
    /// Orientation of EXIF, 1 to 8.
    pub(crate) orientation: u16,
    /// Where the picture ends: after its end chunk, or the end of the bytes.
    pub(crate) end: usize,
    /// How it ended.
    pub(crate) outcome: Outcome,
}

/// How a reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Every row was there, then the end chunk.
    Whole,
    /// The data end before the picture does.
    Truncated,
    /// Not a PNG that can be read.
    Damaged,
    /// More pixels than we read.
    Flood,
}

/// Reads `bytes`, which begin with the signature.
pub(crate) fn read(bytes: &[u8]) -> Read {
    let chunks = walk_chunks(bytes);
    let outcome = if chunks.flooded {
        Outcome::Flood
    } else if !chunks.ended {
        Outcome::Truncated
    } else if chunks.size.is_none() {
        Outcome::Damaged
    } else {
        decode(bytes)
    };
    Read { size: chunks.size, orientation: chunks.orientation, end: chunks.end, outcome }
}

/// What the chunks say without unpacking them.
struct Chunks {
    size: Option<(u32, u32)>,
    orientation: u16,
    end: usize,
    ended: bool,
    flooded: bool,
}

fn walk_chunks(bytes: &[u8]) -> Chunks {
    let mut seen = Chunks { size: None, orientation: 1, end: bytes.len(), ended: false, flooded: false };
    let mut at = 8;
    while let (Some(length), Some(name)) = (u32_be(bytes, at), slice(bytes, at + 4, 4)) {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Some(content) = slice(bytes, at + 8, length) else { break };
        // Length, name and checksum are four bytes each.
        let Some(next) = at.checked_add(length).and_then(|end| end.checked_add(12)) else { break };
        if next > bytes.len() {
            break;
        }
        at = next;
        match name {
            b"IHDR" => {
                if let (Some(width), Some(height)) = (u32_be(content, 0), u32_be(content, 4))
                    && width > 0
                    && height > 0
                {
                    seen.size = Some((width, height));
                    let pixels = u64::from(width) * u64::from(height);
                    let samples = match content.get(9) {
                        Some(2) => 3,
                        Some(4) => 2,
                        Some(6) => 4,
                        _ => 1,
                    };
                    let bits = samples * u64::from(content.get(8).copied().unwrap_or(8));
                    seen.flooded = width > LONGEST_SIDE
                        || height > LONGEST_SIDE
                        || pixels > MOST_PIXELS
                        || pixels.saturating_mul(bits) / 8 > MOST_UNPACKED_BYTES;
                }
            }
            b"eXIf" => seen.orientation = exif::orientation(content).unwrap_or(1),
            b"IEND" => {
                seen.end = at;
                seen.ended = true;
                return seen;
            }
            _ => {}
        }
    }
    seen
}

fn decode(bytes: &[u8]) -> Outcome {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    // Texts and colour profiles are packed too, and of no use here.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(png::Transformations::IDENTITY);
    let rows = decoder.read_info().and_then(|mut reader| {
        while reader.next_row()?.is_some() {}
        reader.finish()
    });
    match rows {
        Ok(()) => Outcome::Whole,
        Err(png::DecodingError::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => Outcome::Truncated,
        Err(png::DecodingError::LimitsExceeded) => Outcome::Flood,
        Err(_) => Outcome::Damaged,
    }
}
