//! What ECMAScript makes of JSON values: definitions and `@formio/core` count on these conversions.

use serde_json::{Map, Number, Value};

/// Is the character a blank to `String.prototype.trim`?
pub(crate) fn is_blank(character: char) -> bool {
    (character.is_whitespace() && character != '\u{85}') || character == '\u{feff}'
}

/// `text.trim()`.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The words of `text.trim().split(/\s+/)`; a blank text has one, the blank one.
pub(crate) fn count_words(text: &str) -> usize {
    text.split(is_blank).filter(|word| !word.is_empty()).count().max(1)
}

/// `text.trim().replace(/\s{2,}/g, ' ')`.
pub(crate) fn truncate_spaces(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut blanks = 0_usize;
    let mut blank = ' ';
    for character in trim(text).chars() {
        if is_blank(character) {
            blanks += 1;
            blank = character;
            continue;
        }
        match blanks {
            0 => {}
            1 => result.push(blank),
            _ => result.push(' '),
        }
        blanks = 0;
        result.push(character);
    }
    result
}

/// `String(number)`: as JavaScript writes a number. The page writes its own so, too: the standard library's printer would be a second one.
#[must_use]
pub fn number_to_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    // The shortest digits come from the printer that JSON needs anyway; it writes `1.0`, `1e-7` and `1.5e21`.
    let printed = to_json_number(number).to_string();
    let (digits, exponent) = printed.split_once('e').unwrap_or((&printed, ""));
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let exponent: i32 = exponent.parse().unwrap_or(0);
    // Where the decimal sign stands, counted from the start of all digits.
    let mut all: String = [whole, fraction].concat();
    let mut point = i32::try_from(whole.len()).unwrap_or(0) + exponent;
    let zeros = all.len() - all.trim_start_matches('0').len();
    all.drain(..zeros);
    point -= i32::try_from(zeros).unwrap_or(0);
    all.truncate(all.trim_end_matches('0').len().max(1));
    let length = i32::try_from(all.len()).unwrap_or(0);
    let mut text = sign.to_owned();
    if (1..=21).contains(&point) {
        let at = usize::try_from(point.min(length)).unwrap_or(0);
        text.push_str(&all[..at]);
        (length..point).for_each(|_| text.push('0'));
        if length > point {
            text.push('.');
            text.push_str(&all[at..]);
        }
    } else if (-5..=0).contains(&point) {
        text.push_str("0.");
        (point..0).for_each(|_| text.push('0'));
        text.push_str(&all);
    } else {
        text.push_str(&all[..1]);
        if length > 1 {
            text.push('.');
            text.push_str(&all[1..]);
        }
        text.push('e');
        text.push(if point > 0 { '+' } else { '-' });
        text.push_str(&(point - 1).unsigned_abs().to_string());
    }
    text
}

/// The number of a JSON number.
pub(crate) fn number(number: &Number) -> f64 {
    number.as_f64().unwrap_or(f64::NAN)
}

/// A JSON number, a whole one where it is whole; what JSON cannot say is `null`.
pub(crate) fn to_json_number(number: f64) -> Value {
    /// Whole numbers up to here are exact in both forms.
    const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < LARGEST_EXACT {
        // Exact: the value is whole and below 2^53.
        #[allow(clippy::cast_possible_truncation)]
        let whole = number as i64;
        return Value::Number(whole.into());
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// What stands in the working data for a number that JSON has not (`NaN`, infinities): no answer begins with this character, which is
/// none.
const NOT_FINITE: char = '\u{fdd0}';

/// What stands for a number that JSON has not.
pub(crate) fn not_finite(number: f64) -> Value {
    let mut text = String::from(NOT_FINITE);
    text.push_str(&number_to_text(number));
    Value::String(text)
}

/// The number that JSON has not, if the value stands for one.
pub(crate) fn as_not_finite(value: &Value) -> Option<f64> {
    value.as_str().and_then(text_not_finite)
}

/// As [`as_not_finite`].
pub(crate) fn text_not_finite(text: &str) -> Option<f64> {
    match text.strip_prefix(NOT_FINITE)? {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// `String(value)`; `undefined` for no value.
pub(crate) fn to_text(value: Option<&Value>) -> String {
    match value {
        None => "undefined".to_owned(),
        Some(Value::Null) => "null".to_owned(),
        Some(Value::Bool(true)) => "true".to_owned(),
        Some(Value::Bool(false)) => "false".to_owned(),
        Some(Value::Number(it)) => number_to_text(number(it)),
        Some(Value::String(text)) => text_not_finite(text).map_or_else(|| text.clone(), number_to_text),
        Some(Value::Array(list)) => join(list),
        Some(Value::Object(_)) => "[object Object]".to_owned(),
    }
}

/// `list.join()`: blanks for null.
pub(crate) fn join(list: &[Value]) -> String {
    join_with(list, ",")
}

/// `list.join(between)`.
pub(crate) fn join_with(list: &[Value], between: &str) -> String {
    let mut text = String::new();
    for (at, item) in list.iter().enumerate() {
        if at > 0 {
            text.push_str(between);
        }
        if !item.is_null() {
            text.push_str(&to_text(Some(item)));
        }
    }
    text
}

/// `Number(text)`.
pub(crate) fn text_to_number(text: &str) -> f64 {
    let text = trim(text);
    if text.is_empty() {
        return 0.0;
    }
    for (prefix, base) in [("0x", 16), ("0X", 16), ("0b", 2), ("0B", 2), ("0o", 8), ("0O", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let mut total = 0.0;
            if digits.is_empty() {
                return f64::NAN;
            }
            for digit in digits.chars() {
                match digit.to_digit(base) {
                    Some(digit) => total = total * f64::from(base) + f64::from(digit),
                    None => return f64::NAN,
                }
            }
            return total;
        }
    }
    if decimal_prefix(text).len() == text.len() { parse_float(text) } else { f64::NAN }
}

/// `parseFloat(text)`.
pub(crate) fn parse_float(text: &str) -> f64 {
    match decimal_prefix(text.trim_start_matches(is_blank)) {
        "" => f64::NAN,
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        prefix => decimal(prefix),
    }
}

/// A number as people and JSON write it, such as `-1.5` or `2e3`; nothing else counts as one.
///
/// Exact for up to 15 digits and powers of ten up to 22, as JSON's own reader is.
#[must_use]
pub fn decimal_number(text: &str) -> Option<f64> {
    let whole = text.bytes().any(|it| it.is_ascii_digit()) && decimal_prefix(text).len() == text.len();
    whole.then(|| decimal(text)).filter(|it| it.is_finite())
}

/// The value of a decimal number, exact for up to 15 digits and powers of ten up to 22, as JSON's own reader is; the exact reader of
/// the standard library would bring ten kilobytes of tables to the page.
fn decimal(text: &str) -> f64 {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, ""));
    let mut power: i32 = exponent.parse().unwrap_or(if exponent.is_empty() {
        0
    } else if exponent.starts_with('-') {
        -1_000
    } else {
        1_000
    });
    let mut number = 0_u64;
    let mut fraction = false;
    for byte in digits.bytes() {
        match byte {
            b'.' => fraction = true,
            b'0'..=b'9' if number < 100_000_000_000_000_000 => {
                number = number * 10 + u64::from(byte - b'0');
                power = power.saturating_sub(i32::from(fraction));
            }
            // Digits beyond the seventeenth only move the sign.
            b'0'..=b'9' => power = power.saturating_add(i32::from(!fraction)),
            _ => {}
        }
    }
    // Seventeen digits are as many as a float tells apart.
    #[allow(clippy::cast_precision_loss)]
    let mut value = number as f64;
    let mut left = power.unsigned_abs().min(400);
    while left > 0 && value != 0.0 {
        let step = left.min(22);
        let scale = (0..step).fold(1.0, |scale, _| scale * 10.0);
        value = if power < 0 { value / scale } else { value * scale };
        left -= step;
    }
    if text.starts_with('-') { -value } else { value }
}

/// The longest beginning of `text` that is a decimal number or `Infinity`.
fn decimal_prefix(text: &str) -> &str {
    let bytes = text.as_bytes();
    let sign = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    if text[sign..].starts_with("Infinity") {
        return &text[..sign + "Infinity".len()];
    }
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if bytes.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        if whole + fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return "";
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = bytes.get(end + 1 + sign..).map_or(0, |_| digits(end + 1 + sign));
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    &text[..end]
}

/// `parseInt(text, 10)`.
pub(crate) fn parse_int(text: &str) -> f64 {
    let text = text.trim_start_matches(is_blank);
    let sign = usize::from(text.starts_with(['+', '-']));
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return f64::NAN;
    }
    decimal(&text[..sign + digits])
}

/// `Number(value)`.
pub(crate) fn to_number(value: &Value) -> f64 {
    match value {
        Value::Null => 0.0,
        Value::Bool(yes) => f64::from(u8::from(*yes)),
        Value::Number(it) => number(it),
        Value::String(text) => text_not_finite(text).unwrap_or_else(|| text_to_number(text)),
        Value::Array(list) => text_to_number(&join(list)),
        Value::Object(_) => f64::NAN,
    }
}

/// `parseFloat(value)`.
pub(crate) fn value_parse_float(value: &Value) -> f64 {
    match value {
        Value::Number(it) => number(it),
        Value::String(text) => parse_float(text),
        Value::Array(list) => parse_float(&join(list)),
        Value::Null | Value::Bool(_) | Value::Object(_) => f64::NAN,
    }
}

/// `!!value`.
pub(crate) fn truthy(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(yes)) => *yes,
        Some(Value::Number(it)) => number(it) != 0.0,
        Some(Value::String(text)) => !text.is_empty() && !text_not_finite(text).is_some_and(f64::is_nan),
        Some(Value::Array(_) | Value::Object(_)) => true,
    }
}

/// lodash `isEqual`: the same through and through; 1 and 1.0 are the same number.
pub(crate) fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => same_number(number(one), number(other)),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => same_fields(one, other),
        (one, other) => one == other,
    }
}

fn same_fields(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    one.len() == other.len()
        && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| is_equal(value, other)))
}

/// `one === other` for numbers.
#[allow(clippy::float_cmp)] // JavaScript compares exactly.
pub(crate) fn same_number(one: f64, other: f64) -> bool {
    one == other
}

/// `text.length`: UTF-16 units.
pub(crate) fn utf16_length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

#[cfg(test)]
mod tests {
    use super::{number_to_text, parse_float, text_to_number, truncate_spaces};

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (5.0, "5"),
            (-7.5, "-7.5"),
            (0.1, "0.1"),
            (1234.5678, "1234.5678"),
            (1e5, "100000"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (1e-6, "0.000001"),
            (1.25e-6, "0.00000125"),
            (1e-7, "1e-7"),
            (1.5e-9, "1.5e-9"),
            (123_456_789_012_345_680_000.0, "123456789012345680000"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ] {
            assert_eq!(number_to_text(number), text);
        }
    }

    #[test]
    fn numbers_are_read_as_javascript_reads_them() {
        for (text, whole, beginning) in [
            ("12", 12.0, 12.0),
            (" 12.50 ", 12.5, 12.5),
            ("-.5", -0.5, -0.5),
            ("5.", 5.0, 5.0),
            ("1e3", 1_000.0, 1_000.0),
            ("1e-2x", f64::NAN, 0.01),
            ("12abc", f64::NAN, 12.0),
            ("0x10", 16.0, 0.0),
            ("", 0.0, f64::NAN),
            ("abc", f64::NAN, f64::NAN),
            ("1,5", f64::NAN, 1.0),
            ("Infinity", f64::INFINITY, f64::INFINITY),
            ("1e999", f64::INFINITY, f64::INFINITY),
            ("1e99999999999", f64::INFINITY, f64::INFINITY),
            ("1e-99999999999", 0.0, 0.0),
            ("0.000001", 1e-6, 1e-6),
            ("123456789.125", 123_456_789.125, 123_456_789.125),
        ] {
            let same = |one: f64, other: f64| one.to_bits() == other.to_bits() || (one.is_nan() && other.is_nan());
            assert!(same(text_to_number(text), whole), "{text}: {}", text_to_number(text));
            assert!(same(parse_float(text), beginning), "{text}: {}", parse_float(text));
        }
    }

    #[test]
    fn blanks_are_put_right() {
        assert_eq!(truncate_spaces("  a   b\t\tc d "), "a b c d");
    }
}
