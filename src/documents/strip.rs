//! Takes out of a JPEG what is not its picture, without touching a pixel.

use crate::bytes::{slice, u16_be};

/// End of image, start of scan.
const EOI: u8 = 0xD9;
const SOS: u8 = 0xDA;

/// A JPEG that was walked whole, with nothing in it but what decoding needs: no EXIF, XMP, IPTC, comment, thumbnail or
/// second picture, and nothing behind its end. Its colour profile stays. Nothing where the structure is not understood.
///
/// Source: ITU-T T.81, annex B.
pub(crate) fn stripped(jpeg: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(jpeg.len());
    out.extend_from_slice(jpeg.strip_prefix(b"\xFF\xD8").map(|_| b"\xFF\xD8")?);
    let mut at = 2;
    loop {
        if *jpeg.get(at)? != 0xFF {
            return None;
        }
        let marker = *jpeg.get(at + 1)?;
        match marker {
            // A marker may be preceded by any number of these.
            0xFF => at += 1,
            EOI => {
                out.extend_from_slice(&[0xFF, EOI]);
                return Some(out);
            }
            0x01 | 0xD0..=0xD8 => return None,
            _ => {
                let length = usize::from(u16_be(jpeg, at + 2)?);
                let content = slice(jpeg, at + 4, length.checked_sub(2)?)?;
                let mut end = at + 2 + length;
                if marker == SOS {
                    end = end_of_scan(jpeg, end)?;
                }
                if is_needed(marker, content) {
                    out.extend_from_slice(jpeg.get(at..end)?);
                }
                at = end;
            }
        }
    }
}

/// Applications' segments are kept only where a decoder reads the colours from them.
fn is_needed(marker: u8, content: &[u8]) -> bool {
    match marker {
        // Fourteen bytes: a longer one carries a thumbnail.
        0xE0 => content.starts_with(b"JFIF\0") && content.len() == 14,
        0xE2 => content.starts_with(b"ICC_PROFILE\0"),
        0xEE => content.starts_with(b"Adobe") && content.len() == 12,
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// Where the marker stands that ends the coded data beginning at `at`.
fn end_of_scan(jpeg: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let next = at + jpeg.get(at..)?.iter().position(|it| *it == 0xFF)?;
        match jpeg.get(next + 1)? {
            0x00 | 0xD0..=0xD7 => at = next + 2,
            0xFF => at = next + 1,
            _ => return Some(next),
        }
    }
}
