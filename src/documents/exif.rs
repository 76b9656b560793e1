//! The orientation that a camera wrote into EXIF; nothing else of EXIF is read.

use crate::bytes::{slice, u16_be, u16_le, u32_be, u32_le};

/// The orientation, 1 to 8, of the first directory of a TIFF header.
///
/// Source: EXIF 2.32 (CIPA DC-008), tag 0x0112.
pub(crate) fn orientation(tiff: &[u8]) -> Option<u16> {
    let big = match slice(tiff, 0, 4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| if big { u16_be(tiff, at) } else { u16_le(tiff, at) };
    let long = |at: usize| if big { u32_be(tiff, at) } else { u32_le(tiff, at) };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(directory)?);
    for entry in 0..entries {
        let at = directory.checked_add(2 + 12 * entry)?;
        if short(at)? == 0x0112 {
            let value = short(at.checked_add(8)?)?;
            return (1..=8).contains(&value).then_some(value);
        }
    }
    None
}

/// Width and height as shown: orientations 5 to 8 stand the picture on its side.
pub(crate) fn upright((width, height): (u32, u32), orientation: u16) -> (u32, u32) {
    if orientation >= 5 { (height, width) } else { (width, height) }
}
