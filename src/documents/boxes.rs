//! Kinds that are boxes with their lengths written on them: without decoding, a box that reaches past the end of the
//! file says that the end is missing.

use crate::bytes::{slice, u32_be, u32_le};

/// Is the end of an ISO media file (HEIC, AVIF) missing?
///
/// Source: ISO/IEC 14496-12, 4.2: a length of 1 is followed by the true one in 64 bits, 0 reaches to the end.
pub(crate) fn media_is_cut(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        let Some(length) = u32_be(bytes, at) else { return true };
        let length = match length {
            0 => return false,
            1 => match slice(bytes, at, 16).and_then(|header| header.get(8..)?.try_into().ok()) {
                Some(long) => u64::from_be_bytes(long),
                None => return true,
            },
            short => u64::from(short),
        };
        // A box is at least its own header; what is shorter is no box, and not for us to judge.
        if length < 8 {
            return false;
        }
        let Some(next) = usize::try_from(length).ok().and_then(|length| at.checked_add(length)) else { return true };
        at = next;
    }
    at > bytes.len()
}

/// Is the end of a WebP missing?
///
/// Source: WebP Container Specification, "WebP File Header": the length counts what follows it.
pub(crate) fn webp_is_cut(bytes: &[u8]) -> bool {
    let length = u32_le(bytes, 4).map_or(u64::MAX, u64::from);
    length.saturating_add(8) > bytes.len() as u64
}
