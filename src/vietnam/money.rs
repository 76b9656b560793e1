//! Numbers and money as written in Vietnam: `1.234.567,89`, `20.000 đồng`.

/// A whole number with a dot between groups of three digits: `1.234.567`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// An amount in đồng, the way fees are published: `20.000 đồng`.
#[must_use]
pub fn dong(amount: u64) -> String {
    let mut text = grouped(amount);
    text.push_str(" đồng");
    text
}

/// The whole amount in đồng that a person wrote: `20.000`, `20 000 đ`, `20.000 đồng`, `20000 VND`; `None` for anything else.
#[must_use]
pub fn parse_dong(text: &str) -> Option<u64> {
    let folded = text.trim().to_lowercase();
    let number =
        ["đồng", "vnđ", "vnd", "đ", "₫", "d"].iter().find_map(|unit| folded.strip_suffix(unit)).unwrap_or(&folded);
    let digits: String = number.chars().filter(|character| !matches!(character, ' ' | '\u{a0}' | '.')).collect();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}
