//! Capital and small letters of every script.
//!
//! In a page the JavaScript engine has the tables already (ECMAScript `String.prototype.toLowerCase`, the same Unicode mappings as the
//! standard library's); linked in they would weigh 7 kB of each wasm in brotli.

/// `text` in small letters.
#[must_use]
pub fn lower(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    return js_sys::JsString::from(text).to_lower_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    text.to_lowercase()
}

/// `text` in capitals.
#[must_use]
pub fn upper(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    return js_sys::JsString::from(text).to_upper_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    text.to_uppercase()
}

/// The small letter of `letter`, the first where it has several.
#[must_use]
pub fn small(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    lower(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(letter)
}

/// The capital of `letter`, the first where it has several.
#[must_use]
pub fn capital(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_uppercase();
    }
    upper(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::{capital, lower, small, upper};

    #[test]
    fn letters_of_every_script_have_their_other_one() {
        for (one, other) in [('A', 'a'), ('Đ', 'đ'), ('Ự', 'ự'), ('Ơ', 'ơ'), ('Ÿ', 'ÿ'), ('Ж', 'ж'), ('Ω', 'ω')]
        {
            assert_eq!((small(one), small(other)), (other, other));
            assert_eq!((capital(one), capital(other)), (one, one));
        }
        for neither in ['7', 'ក', '阮', ' ', '\0'] {
            assert_eq!((small(neither), capital(neither)), (neither, neither));
        }
        assert_eq!((lower("NGUYỄN THỊ Ý"), upper("nguyễn thị ý")), ("nguyễn thị ý".into(), "NGUYỄN THỊ Ý".into()));
        assert_eq!((lower("ΟΔΟΣ"), upper("straße")), ("οδος".into(), "STRASSE".into()));
    }
}
