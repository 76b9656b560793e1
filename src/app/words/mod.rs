//! Every sentence a person reads, per language.
//!
//! Three closed sets: [`Essential`] (home, what to bring, ticket, status, errors), [`Full`] (the first pages) and [`Errand`]. Each wasm
//! carries the Vietnamese of the sentences it says; another language is a file of all of them in the same order, loaded when it is
//! chosen. A missing sentence does not compile: each language fills the same structs.

#[cfg(test)]
mod en;
mod of;
pub(crate) mod tools;
mod vi;

pub(crate) use of::{date_time, money, size, time_left, time_limit};
pub(crate) use vi::{Errand, Essential, Full};

use std::cell::Cell;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
    /// Khmer; not offered until a speaker has read it.
    #[expect(dead_code, reason = "its place is prepared and off")]
    Km,
}

impl Language {
    /// Those that can be chosen.
    pub(crate) const OFFERED: [Self; 2] = [Self::Vi, Self::En];

    /// BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Km => "km",
        }
    }

    /// Its name in itself.
    pub(crate) fn own_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::Km => "ភាសាខ្មែរ",
        }
    }

    /// The offered language with this tag.
    pub(crate) fn parse(tag: &str) -> Option<Self> {
        Self::OFFERED.into_iter().find(|it| it.tag() == tag)
    }
}

/// The sentences of one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sentences {
    /// Which language.
    pub(crate) language: Language,
    /// All of them in order; none for Vietnamese, which is linked in.
    lines: Option<&'static [&'static str]>,
}

/// Always there.
const VIETNAMESE: Sentences = Sentences { language: Language::Vi, lines: None };

thread_local! {
    static CURRENT: Cell<Sentences> = const { Cell::new(VIETNAMESE) };
}

/// The sentences in use. The whole page is drawn anew when the language changes, so no signal is needed.
pub(crate) fn words() -> Sentences {
    CURRENT.get()
}

/// The sentence at this place, in the language in use.
#[inline(never)]
fn said(place: usize, vietnamese: &'static &'static str) -> &'static str {
    CURRENT.get().lines.and_then(|it| it.get(place)).unwrap_or(vietnamese)
}

/// All other sentences of the first pages.
pub(crate) fn full() -> Full {
    Full
}

/// The sentences of the errand.
pub(crate) fn errand() -> Errand {
    Errand
}

/// The essential sentences.
pub(crate) fn essential() -> Essential {
    Essential
}

/// Makes `sentences` those in use.
pub(crate) fn speak(sentences: Sentences) {
    CURRENT.set(sentences);
}

/// Vietnamese, always there.
pub(crate) fn vietnamese() -> Sentences {
    VIETNAMESE
}

/// Reads a language's file: a line with the fingerprint, then a line for each sentence. The sentences live as long as the page, so
/// they are leaked on purpose.
///
/// Returns none where the file is of another build.
pub(crate) fn read(language: Language, text: &str) -> Option<Sentences> {
    let text: &'static str = text.to_owned().leak();
    let (own, sentences) = text.split_once('\n')?;
    if own.parse() != Ok(FINGERPRINT) {
        return None;
    }
    let lines = sentences.lines().collect::<Vec<_>>();
    (lines.len() == Errand::END).then(|| Sentences { language, lines: Some(lines.leak()) })
}

/// FNV-1a over the names of all sentences: tells a file of another build.
const FINGERPRINT: u32 = hashed(Errand::KEYS, hashed(Full::KEYS, hashed(Essential::KEYS, 0x811c_9dc5)));

const fn hashed(names: &[&str], mut hash: u32) -> u32 {
    let mut name = 0;
    while name < names.len() {
        let letters = names[name].as_bytes();
        let mut at = 0;
        while at <= letters.len() {
            let byte = if at < letters.len() { letters[at] } else { b' ' };
            hash = (hash ^ byte as u32).wrapping_mul(0x0100_0193);
            at += 1;
        }
        name += 1;
    }
    hash
}

/// Puts `values` in the places `{0}`, `{1}` … of a sentence.
pub(crate) fn put(sentence: &str, values: &[&str]) -> String {
    let mut text = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        match after.split_once('}') {
            Some((number, after)) => {
                text.push_str(number.parse().ok().and_then(|index: usize| values.get(index)).copied().unwrap_or(""));
                rest = after;
            }
            None => rest = after,
        }
    }
    text.push_str(rest);
    text
}

/// Chooses a text in the language in use; Vietnamese where there is no other. The flag says that it is Vietnamese
/// although the page is not, so that it can be marked `lang="vi"`.
pub(crate) fn localised(text: &contract::procedure::Localised) -> String {
    match (words().language, &text.en) {
        (Language::En, Some(en)) => en.clone(),
        _ => text.vi.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::vi::{ErrandTexts, EssentialTexts, FullTexts};
    use super::{Errand, Essential, FINGERPRINT, Full, Language, VIETNAMESE, en, put, read, speak};

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/words/en.txt");

    fn listed(essential: &EssentialTexts, full: &FullTexts, errand: &ErrandTexts) -> Vec<&'static str> {
        [essential.list(), full.list(), errand.list()].concat()
    }

    fn vietnamese() -> Vec<&'static str> {
        listed(&EssentialTexts::VIETNAMESE, &FullTexts::VIETNAMESE, &ErrandTexts::VIETNAMESE)
    }

    fn english() -> Vec<&'static str> {
        listed(&en::ESSENTIAL, &en::FULL, &en::ERRAND)
    }

    fn written(sentences: &[&str]) -> String {
        let mut text = format!("{FINGERPRINT}\n");
        for sentence in sentences {
            assert!(!sentence.contains('\n'), "a sentence is one line: {sentence}");
            text.push_str(sentence);
            text.push('\n');
        }
        text
    }

    fn said() -> Vec<&'static str> {
        [EssentialTexts::said(), FullTexts::said(), ErrandTexts::said()].concat()
    }

    #[test]
    fn the_english_file_is_the_english_sentences() {
        let expected = written(&english());
        if std::env::var_os("UPDATE_WORDS").is_some() {
            std::fs::write(FILE, &expected).expect("the file can be written");
        }
        let found = std::fs::read_to_string(FILE).expect("the file can be read");
        assert!(found == expected, "run UPDATE_WORDS=1 cargo test -p app words");
        assert_eq!(said(), vietnamese());
        speak(read(Language::En, &found).expect("the file is of this build"));
        assert_eq!(said(), english());
        speak(VIETNAMESE);
        assert_eq!(said(), vietnamese());
    }

    #[test]
    fn a_file_of_another_build_is_refused() {
        let whole = written(&vietnamese());
        let other = whole.replacen(&FINGERPRINT.to_string(), "1", 1);
        let short = whole.trim_end().rsplit_once('\n').map_or("", |it| it.0);
        let long = format!("{whole}một câu thừa\n");
        assert!(read(Language::En, &whole).is_some());
        for text in ["", "{}", "<html>", &other, short, &long] {
            assert!(read(Language::En, text).is_none(), "{text}");
        }
    }

    #[test]
    fn each_sentence_has_the_same_places_in_every_language() {
        let places = |text: &str| {
            let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|it| it.split('}').next()).collect();
            found.sort_unstable();
            found.dedup();
            found.join(",")
        };
        let keys = Essential::KEYS.iter().chain(Full::KEYS).chain(Errand::KEYS);
        for ((key, vi), en) in keys.zip(vietnamese()).zip(english()) {
            assert_eq!(places(vi), places(en), "{key}");
            assert!(!vi.trim().is_empty() && !en.trim().is_empty(), "{key} is blank");
        }
    }

    #[test]
    fn values_go_to_their_places() {
        assert_eq!(put("Còn {0} người, khoảng {1} phút", &["3", "15"]), "Còn 3 người, khoảng 15 phút");
        assert_eq!(put("{1}{0}{9}", &["a", "b"]), "ba");
        assert_eq!(put("{", &[]), "");
        assert_eq!(put("không có chỗ", &["x"]), "không có chỗ");
    }
}
