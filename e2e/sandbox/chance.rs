//! Random ids and hashes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 128 random bits as base64url, 22 characters.
#[must_use]
pub(crate) fn id() -> String {
    let mut bytes = [0_u8; 16];
    fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A code to read out on the phone, as `MC-3F7K`; letters that look like digits are not used.
#[must_use]
pub(crate) fn phone_code() -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut bytes = [0_u8; 4];
    fill(&mut bytes);
    let mut code = String::from("MC-");
    code.extend(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])));
    code
}

/// Fills `bytes` from the system's random source.
///
/// # Panics
/// Where the system has no random source: nothing safe can be done then.
pub(crate) fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system has a random source");
}

/// Lower-case hex SHA-256.
#[must_use]
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hex.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
