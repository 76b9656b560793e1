//! Reading numbers and words out of bytes, never past their end.

/// Big-endian 16-bit number at `at`.
pub(crate) fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    let end = at.checked_add(2)?;
    Some(u16::from_be_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// Big-endian 32-bit number at `at`.
pub(crate) fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(4)?;
    Some(u32::from_be_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// Little-endian 16-bit number at `at`.
pub(crate) fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    let end = at.checked_add(2)?;
    Some(u16::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// Little-endian 32-bit number at `at`.
pub(crate) fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(4)?;
    Some(u32::from_le_bytes(bytes.get(at..end)?.try_into().ok()?))
}

/// `length` bytes at `at`.
pub(crate) fn slice(bytes: &[u8], at: usize, length: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(length)?)
}

/// The first `length` bytes, or all of them.
pub(crate) fn head(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

/// The last `length` bytes, or all of them.
pub(crate) fn tail(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(bytes.len().saturating_sub(length)..).unwrap_or(bytes)
}

/// Where `word` first stands.
pub(crate) fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut at = 0;
    while let Some(step) = bytes.get(at..)?.iter().position(|byte| *byte == first) {
        at += step;
        if bytes.get(at..)?.starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Where `word` last stands.
pub(crate) fn find_last(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let mut before = bytes;
    while let Some(at) = before.iter().rposition(|byte| *byte == first) {
        if bytes.get(at..)?.starts_with(word) {
            return Some(at);
        }
        before = before.get(..at)?;
    }
    None
}

/// Does `word` (in small letters) stand anywhere, in small or capital letters?
pub(crate) fn contains_ignoring_case(bytes: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte.to_ascii_lowercase() == *first) {
        if slice(rest, at, word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word)) {
            return true;
        }
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    false
}
