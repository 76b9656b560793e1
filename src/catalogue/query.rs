//! A query as words, each with the words of the catalogue it may mean.

use crate::spelling::{is_filler, letters, one_slip, sound, unabbreviated};
use crate::vocabulary::Vocabulary;
use vietnam::fold;

/// Most words of a query that count; a longer one is cut.
const MOST_WORDS: usize = 24;

/// Certainty in percent that a typed word means a word of the catalogue.
pub(crate) type Certainty = u8;

/// One word of a query.
#[derive(Clone, Debug)]
pub(crate) struct QueryWord {
    /// Small letters without marks.
    pub(crate) folded: String,
    /// Marks as typed, 0 for none.
    pub(crate) marks: u16,
    /// Says nothing about the errand ("tôi muốn").
    pub(crate) filler: bool,
    /// May go on: the caret stands behind it.
    pub(crate) open: bool,
}

/// The words of `text`, abbreviations written out, words run together parted and words torn apart joined.
pub(crate) fn read(text: &str, vocabulary: &Vocabulary) -> Vec<QueryWord> {
    let mut words: Vec<QueryWord> = Vec::new();
    fold::for_each_word(text, &mut |start, end, folded| {
        let marks = text.get(start..end).map_or(0, fold::marks);
        let filler = is_filler(folded, marks);
        words.push(QueryWord { folded: folded.to_owned(), marks, filler, open: false });
    });
    words.truncate(MOST_WORDS);
    if let Some(last) = words.last_mut() {
        last.open = !text.ends_with(char::is_whitespace);
    }
    join_torn(&mut words, vocabulary);
    let mut read = Vec::with_capacity(words.len() + 4);
    for word in words {
        if let Some(long) = unabbreviated(&word.folded) {
            read.extend(long.split(' ').map(plain));
            if vocabulary.find(&word.folded).is_some() {
                read.push(word);
            }
        } else if let Some(parts) = part_joined(&word, vocabulary) {
            read.extend(parts.into_iter().map(plain));
            if let Some(last) = read.last_mut() {
                last.open = word.open;
            }
        } else {
            read.push(word);
        }
    }
    read.truncate(MOST_WORDS);
    read
}

fn plain(folded: &str) -> QueryWord {
    QueryWord { folded: folded.to_owned(), marks: 0, filler: is_filler(folded, 0), open: false }
}

/// Is the word in the vocabulary, as typed or once the keys of an input method are undone?
fn known(word: &str, vocabulary: &Vocabulary) -> bool {
    let meant = |other: Option<String>| other.is_some_and(|other| vocabulary.find(&other).is_some());
    vocabulary.find(word).is_some() || meant(fold::telex_leftover(word)) || meant(fold::vni_leftover(word))
}

/// Puts words torn by a blank together: `kh ai` to `khai`, when a piece is unknown and the whole is known.
fn join_torn(words: &mut Vec<QueryWord>, vocabulary: &Vocabulary) {
    let mut at = 0;
    while at + 1 < words.len() {
        let [first, second] = &words[at..at + 2] else { break };
        let torn = !known(&first.folded, vocabulary) || !known(&second.folded, vocabulary);
        let mut whole = String::with_capacity(first.folded.len() + second.folded.len());
        whole.push_str(&first.folded);
        whole.push_str(&second.folded);
        if torn && !second.open && vocabulary.find(&whole).is_some()
            || torn && first.folded.len() == 1 && vocabulary.find(&whole).is_some()
        {
            let open = second.open;
            words[at] = QueryWord { folded: whole, marks: 0, filler: false, open };
            words.remove(at + 1);
        } else {
            at += 1;
        }
    }
}

/// Parts words run together, `khaisinh` to `khai sinh`, when the whole is unknown and no slip explains it.
fn part_joined<'word>(word: &'word QueryWord, vocabulary: &Vocabulary) -> Option<Vec<&'word str>> {
    let text = word.folded.as_str();
    if !(5..=40).contains(&text.len()) || !text.is_ascii() || known(text, vocabulary) {
        return None;
    }
    let slip = (0..vocabulary.len()).any(|id| {
        let other = vocabulary.word(id);
        one_slip(text, other) || (word.open && other.starts_with(text))
    });
    if slip {
        return None;
    }
    // best[end] is the fewest parts that end there and where the last of them starts.
    let mut best: Vec<Option<(u8, usize)>> = vec![None; text.len() + 1];
    best[0] = Some((0, 0));
    for end in 2..=text.len() {
        for start in end.saturating_sub(7)..end - 1 {
            let Some((parts, _)) = best[start] else { continue };
            let piece = text.get(start..end)?;
            let half = word.open && end == text.len();
            let fits = vocabulary.find(piece).is_some()
                || half && (0..vocabulary.len()).any(|id| vocabulary.word(id).starts_with(piece));
            if fits && best[end].is_none_or(|(fewest, _)| parts + 1 < fewest) {
                best[end] = Some((parts + 1, start));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = text.len();
    while end > 0 {
        let (_, start) = best[end]?;
        parts.push(text.get(start..end)?);
        end = start;
    }
    parts.reverse();
    (parts.len() > 1).then_some(parts)
}

/// How certainly `word` means each word of the vocabulary: calls `found` for all that it may mean.
pub(crate) fn meanings(word: &QueryWord, vocabulary: &Vocabulary, found: &mut dyn FnMut(usize, Certainty)) {
    let text = word.folded.as_str();
    let exact = vocabulary.find(text);
    if let Some(id) = exact {
        found(usize::from(id), 100);
    }
    let mut undone = Vec::with_capacity(2);
    for other in [fold::telex_leftover(text), fold::vni_leftover(text)].into_iter().flatten() {
        if let Some(id) = vocabulary.find(&other) {
            found(usize::from(id), if exact.is_some() { 55 } else { 95 });
        }
        undone.push(other);
    }
    let heard = sound(text);
    let bits = letters(text);
    let long = text.len();
    for (id, (other_bits, other_sound)) in vocabulary.letters().iter().zip(vocabulary.sounds()).enumerate() {
        if heard != 0 && heard == *other_sound {
            found(id, if exact.is_some() { 60 } else { 75 });
        }
        let missing = (bits & !other_bits).count_ones();
        if missing == 0 && long > 0 && (word.open || exact.is_none() && long >= 2) {
            let other = vocabulary.word(id);
            if other.len() > long && other.starts_with(text) {
                let letters_to_come = u8::try_from(other.len() - long).unwrap_or(u8::MAX).min(5);
                found(id, if word.open { 90 - 3 * letters_to_come } else { 75 - 5 * letters_to_come });
                continue;
            }
        }
        if long >= 3 && (bits ^ other_bits).count_ones() <= 2 {
            let other = vocabulary.word(id);
            if one_slip(text, other) {
                let same_start = text.as_bytes().first() == other.as_bytes().first();
                let certainty = match long {
                    3 if !same_start => continue,
                    3 => 50,
                    4 if !same_start => 50,
                    4 => 65,
                    _ => 72,
                };
                found(id, if exact.is_some() { certainty * 3 / 5 } else { certainty });
            }
        }
    }
    // The half of a word typed in Telex or VNI, while it is typed.
    if word.open {
        for half in undone {
            for id in 0..vocabulary.len() {
                let other = vocabulary.word(id);
                if other.len() > half.len() && other.starts_with(half.as_str()) {
                    found(id, 70);
                }
            }
        }
    }
}
