//! SHA-256, by the browser.

use super::failure::Failure;
use super::promise;
use js_sys::Uint8Array;

/// The SHA-256 of these bytes in lower-case hex.
///
/// # Errors
/// [`Failure::StorageUnavailable`] on a page without https, where browsers give no cryptography.
pub async fn sha256_hex(bytes: &[u8]) -> Result<String, Failure> {
    sha256_of(&Uint8Array::new_from_slice(bytes)).await
}

/// The same of bytes that stay outside the memory of the page's program.
pub(super) async fn sha256_of(bytes: &Uint8Array) -> Result<String, Failure> {
    sha256_raw(bytes).await.map(|digest| hex(&digest))
}

/// The 32 bytes of the SHA-256 themselves.
pub(super) async fn sha256_raw(bytes: &Uint8Array) -> Result<Vec<u8>, Failure> {
    let subtle = super::vault::subtle()?;
    let digest = promise::settled(subtle.digest_with_str_and_js_u8_array("SHA-256", bytes))
        .await
        .map_err(|_| Failure::StorageUnavailable)?;
    Ok(Uint8Array::new(&digest).to_vec())
}

pub(super) fn push_hex(text: &mut String, byte: u8) {
    for digit in [byte >> 4, byte & 15] {
        text.push(char::from(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }));
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        push_hex(&mut text, *byte);
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn hex_is_lower_case_with_two_digits_a_byte() {
        assert_eq!(super::hex(&[0, 9, 10, 0xaf, 0xff]), "00090aafff");
    }
}
