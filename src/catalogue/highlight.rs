//! Which words of a text answer a query.

use crate::spelling::{one_slip, sound};
use vietnam::fold;

/// The parts of `text` (first byte, first byte after) that `query` found, in order, so that they can be shown.
///
/// A word counts when it is the typed word without marks, begins with the half-typed last word, sounds like it, is one
/// slip away, or is it once Telex or VNI keys are undone.
#[must_use]
pub fn highlights(query: &str, text: &str) -> Vec<(usize, usize)> {
    let mut asked: Vec<String> = Vec::new();
    fold::for_each_word(query, &mut |_, _, word| {
        asked.push(word.to_owned());
        asked.extend(fold::telex_leftover(word));
        asked.extend(fold::vni_leftover(word));
    });
    let half = if query.ends_with(char::is_whitespace) { None } else { asked.last().cloned() };
    let mut found = Vec::new();
    fold::for_each_word(text, &mut |start, end, word| {
        let heard = sound(word);
        let answers = asked.iter().any(|other| {
            other == word
                || (heard != 0 && heard == sound(other))
                || (other.len() >= 4 && word.len() >= 4 && one_slip(other, word))
        });
        if answers || half.as_ref().is_some_and(|half| word.starts_with(half.as_str())) {
            found.push((start, end));
        }
    });
    found
}
