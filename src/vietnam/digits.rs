//! Digits as people type them between blanks and dots.

/// The digits of `text` when everything else in it is a blank, a dot or a dash; otherwise the first other character.
pub(crate) fn only_digits(text: &str) -> Result<String, char> {
    let mut digits = String::new();
    for character in text.trim().chars() {
        match character {
            '0'..='9' => digits.push(character),
            ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '\u{2010}'..='\u{2014}' => {}
            other => return Err(other),
        }
    }
    Ok(digits)
}

/// The number a run of ASCII digits stands for; `None` when there is another character or it does not fit.
pub(crate) fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}
