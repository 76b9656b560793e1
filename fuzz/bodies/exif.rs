//! The EXIF of a JPEG and of a PNG: it says how the picture stands.

use contract::document::Requirement;

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let requirement = Requirement { accepts: Vec::new(), max_bytes: 1 << 30, min_short_side: 0, paper: None };
    let length = u16::try_from(bytes.len() + 8).unwrap_or(u16::MAX).to_be_bytes();
    let frame = b"\xFF\xC0\0\x0B\x08\0\x08\0\x10\x01\x01\x11\0";
    let jpeg = [b"\xFF\xD8\xFF\xE1", &length[..], b"Exif\0\0", bytes, frame, b"\xFF\xD9"].concat();
    let _ = documents::inspect(&jpeg, &requirement, "", "");
}
