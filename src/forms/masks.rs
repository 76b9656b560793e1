//! Input masks: how a text must be written, character by character.

/// The most steps one match may take, so that no mask can hold a phone up.
const MAX_STEPS: usize = 20_000;

/// Does a text fit a mask of a text field?
///
/// `9` is a digit, `a` a letter, `A` a capital, `*` either, `&` a capital or digit, `#` a hexadecimal digit with capitals; what is in
/// brackets may be missing as a whole, `{2,4}` repeats what is before it, a backslash takes the next character as it is.
///
/// Source: `Inputmask.isValid` of inputmask 5, used by `validateMask.js`; alternatives (`|`) are not read here.
pub(crate) fn fits(text: &str, mask: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mask: Vec<char> = mask.chars().collect();
    fits_from(&text, &mask, &mut 0)
}

fn fits_from(text: &[char], mask: &[char], steps: &mut usize) -> bool {
    *steps += 1;
    if *steps > MAX_STEPS {
        return false;
    }
    let Some((&first, rest)) = mask.split_first() else {
        return text.is_empty();
    };
    if first == '['
        && let Some(end) = closing(rest)
    {
        let after = &rest[end + 1..];
        return fits_from(text, &[&rest[..end], after].concat(), steps) || fits_from(text, after, steps);
    }
    let (wanted, escaped, rest) = match (first, rest.split_first()) {
        ('\\', Some((&next, rest))) => (next, true, rest),
        _ => (first, false, rest),
    };
    let (least, most, rest) = times(rest);
    for count in 0..=most.min(text.len()) {
        if count >= least && fits_from(&text[count..], rest, steps) {
            return true;
        }
        if !text.get(count).is_some_and(|it| is(*it, wanted, escaped)) {
            return false;
        }
    }
    false
}

/// Where the bracket that is open closes.
fn closing(mask: &[char]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in mask.iter().enumerate() {
        match character {
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// How often, as `{2}`, `{2,4}`, `{*}` or `{+}` says, and what comes after; once if nothing says.
fn times(mask: &[char]) -> (usize, usize, &[char]) {
    let written =
        mask.strip_prefix(&['{']).and_then(|rest| rest.iter().position(|it| *it == '}').map(|end| (rest, end)));
    let Some((rest, end)) = written else {
        return (1, 1, mask);
    };
    let inside: String = rest[..end].iter().collect();
    let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
    let number = |text: &str, otherwise: usize| text.parse().unwrap_or(otherwise);
    let least = number(least, usize::from(least == "+"));
    (least, number(most, usize::MAX), &rest[end + 1..])
}

fn is(character: char, wanted: char, escaped: bool) -> bool {
    let digit = |it: char| it.is_ascii_digit() || ('\u{ff10}'..='\u{ff19}').contains(&it);
    let letter = |it: char| {
        it.is_ascii_alphabetic()
            || ('\u{410}'..='\u{44f}').contains(&it)
            || ('\u{c0}'..='\u{ff}').contains(&it)
            || matches!(it, '\u{401}' | '\u{451}' | '\u{b5}')
    };
    match (wanted, escaped) {
        ('9', false) => digit(character),
        ('a', false) => letter(character),
        ('*', false) => digit(character) || letter(character),
        ('A', false) => letter(character) && !character.is_lowercase(),
        ('&', false) => digit(character) || letter(character) && !character.is_lowercase(),
        ('#', false) => character.is_ascii_hexdigit() && !character.is_ascii_lowercase(),
        (wanted, _) => character == wanted,
    }
}

/// Does an answer of another kind fit its mask? `9` is a digit, `A` a letter, `a` a small letter, `*` either.
///
/// Source: `matchInputMask` in `validateMask.js`, where letters at the end may be missing: `RegExp.test` reads what is not there as
/// "undefined".
pub(crate) fn fits_plainly(text: &str, mask: &str) -> bool {
    let mut characters = text.chars();
    let fits = mask.chars().all(|wanted| match (wanted, characters.next()) {
        ('9', Some(character)) => character.is_ascii_digit(),
        ('A', Some(character)) => character.is_ascii_alphabetic(),
        ('a', Some(character)) => character.is_ascii_lowercase(),
        ('*', Some(character)) => character.is_ascii_alphanumeric(),
        (other, Some(character)) => other == character,
        ('A' | 'a' | '*', None) => true,
        (_, None) => false,
    });
    fits && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[track_caller]
    fn check(mask: &str, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(fits(text, mask), "{text} in {mask}");
        }
        for text in bad {
            assert!(!fits(text, mask), "{text} not in {mask}");
        }
    }

    /// What `Inputmask.isValid` says of each.
    #[test]
    fn a_text_fits_its_mask_from_start_to_end() {
        check("999", &["123"], &["12", "1234", "12a", "_23", "  1"]);
        check("***", &["abc", "aB1", "é12", "а12"], &["12", "a_1", "ă12"]);
        check("aA9", &["aB1", "AB1"], &["ab1", "Ab1", "1b1"]);
        check("(999) 999-9999", &["(123) 456-7890"], &["123", "1234567890", "(123)456-7890", "(123) 456-789_"]);
        check("99/99/9999", &["01/02/2000"], &["1/2/2000", "01022000"]);
        check("99[99]", &["12", "1234"], &["123", "12345"]);
        check("99999-[9999]", &["12345-", "12345-1234"], &["12345", "12345-12"]);
        check("9{3}", &["123"], &["12"]);
        check("9{1,3}", &["1", "12", "123"], &["1234", ""]);
        check("9{*}", &["1", ""], &["a"]);
        check("9{+}", &["1"], &[""]);
        check("A9A 9A9", &["V8V 1A1"], &["v8v 1a1", "V8V1A1"]);
        check("\\9999", &["9123", "9999"], &["123"]);
        check("&&", &["AB", "12"], &["ab"]);
        check("###", &["123", "ABC"], &["###", "abc"]);
        check("0000", &["0000"], &["1234"]);
    }

    #[test]
    fn no_mask_takes_long() {
        let mask = "[9]".repeat(200);
        fits(&"9".repeat(100), &mask);
        fits(&"a".repeat(100), &"a{*}".repeat(100));
    }
}
