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

/// `text`, ASCII, with a blank after each group of the given lengths; the last group is what is left.
pub(crate) fn in_groups(text: &str, lengths: &[usize]) -> String {
    let mut shown = String::with_capacity(text.len() + lengths.len());
    let mut rest = text;
    for length in lengths {
        let (group, after) = rest.split_at_checked(*length).unwrap_or((rest, ""));
        shown.push_str(group);
        shown.push(' ');
        rest = after;
    }
    shown.push_str(rest);
    shown
}
