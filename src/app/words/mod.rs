//! Every sentence a person reads, per language.
//!
//! Two closed sets: [`Essential`] (home, what to bring, ticket, status, errors) and [`Full`] (all else). Vietnamese is
//! linked in; another language is a file of the same sentences in the same order, loaded when it is chosen. A missing
//! sentence does not compile: each language fills the same struct.

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

/// All sentences of one language.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Sentences {
    /// Which language.
    pub(crate) language: Language,
    /// Sentences every language has.
    pub(crate) essential: Essential,
    /// All others of the first pages.
    pub(crate) full: Full,
    /// Lines of the sentences of the errand; none for Vietnamese, which is linked in.
    pub(crate) errand: Option<&'static str>,
}

static VI_ERRAND: Errand = vi::ERRAND;

static VI: Sentences = Sentences { language: Language::Vi, essential: vi::ESSENTIAL, full: vi::FULL, errand: None };

thread_local! {
    static CURRENT: Cell<&'static Sentences> = const { Cell::new(&VI) };
    /// Lines of the errand's sentences in the language in use, read where they are first needed; none for Vietnamese.
    static ERRAND_LINES: Cell<Option<&'static str>> = const { Cell::new(None) };
    static ERRAND: Cell<Option<&'static Errand>> = const { Cell::new(None) };
}

/// The sentences in use. The whole page is drawn anew when the language changes, so no signal is needed.
pub(crate) fn words() -> &'static Sentences {
    CURRENT.get()
}

/// All other sentences in use.
pub(crate) fn full() -> &'static Full {
    &words().full
}

/// The sentences of the errand in use.
pub(crate) fn errand() -> &'static Errand {
    if let Some(sentences) = ERRAND.get() {
        return sentences;
    }
    let sentences = match ERRAND_LINES.get() {
        Some(lines) => &*Box::leak(Box::new(Errand::read(&mut lines.lines().collect::<Vec<_>>().into_iter()))),
        None => &VI_ERRAND,
    };
    ERRAND.set(Some(sentences));
    sentences
}

/// The essential sentences in use.
pub(crate) fn essential() -> &'static Essential {
    &words().essential
}

/// Makes `sentences` those in use.
pub(crate) fn speak(sentences: &'static Sentences) {
    CURRENT.set(sentences);
    ERRAND.set(None);
    ERRAND_LINES.set(sentences.errand);
}

/// Vietnamese, always there.
pub(crate) fn vietnamese() -> &'static Sentences {
    &VI
}

/// Reads a language's file: a line with the fingerprint, then a line for each sentence, a blank line
/// before those of the errand. The sentences live as long as
/// the page, so they are leaked on purpose.
///
/// Returns none where the file is of another build.
pub(crate) fn read(language: Language, text: &str) -> Option<&'static Sentences> {
    let text: &'static str = text.to_owned().leak();
    let (own, sentences) = text.split_once('\n')?;
    if own.parse() != Ok(fingerprint()) {
        return None;
    }
    let (first, rest) = sentences.split_once("\n\n")?;
    // Listed first: taking each line off the text, 150 times over, would weigh 8 kB.
    let mut lines = first.lines().collect::<Vec<_>>().into_iter();
    if lines.len() != Essential::KEYS.len() + Full::KEYS.len() || rest.lines().count() != Errand::KEYS.len() {
        return None;
    }
    let (essential, full) = (Essential::read(&mut lines), Full::read(&mut lines));
    Some(Box::leak(Box::new(Sentences { language, essential, full, errand: Some(rest) })))
}

/// FNV-1a over the names of all sentences: tells a file of another build.
fn fingerprint() -> u32 {
    Essential::KEYS
        .iter()
        .chain(Full::KEYS)
        .flat_map(|key| key.bytes().chain([b' ']))
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
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
    use super::{Errand, Essential, Full, Language, Sentences, VI, VI_ERRAND, en, fingerprint, put, read};

    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../public/words/en.txt");

    fn written(sentences: &Sentences, errand: &Errand) -> String {
        let mut text = format!("{}\n", fingerprint());
        for sentence in sentences.essential.list().into_iter().chain(sentences.full.list()) {
            assert!(!sentence.contains('\n'), "a sentence is one line: {sentence}");
            text.push_str(sentence);
            text.push('\n');
        }
        text.push('\n');
        for sentence in errand.list() {
            assert!(!sentence.contains('\n'), "a sentence is one line: {sentence}");
            text.push_str(sentence);
            text.push('\n');
        }
        text
    }

    #[test]
    fn the_english_file_is_the_english_sentences() {
        let english = Sentences { language: Language::En, essential: en::ESSENTIAL, full: en::FULL, errand: None };
        let expected = written(&english, &en::ERRAND);
        if std::env::var_os("UPDATE_WORDS").is_some() {
            std::fs::write(FILE, &expected).expect("the file can be written");
        }
        let found = std::fs::read_to_string(FILE).expect("the file can be read");
        assert!(found == expected, "run UPDATE_WORDS=1 cargo test -p app words");
        let read = read(Language::En, &found).expect("the file is of this build");
        assert_eq!((&read.essential, &read.full), (&english.essential, &english.full));
        assert_eq!(
            Errand::read(&mut read.errand.expect("there are lines").lines().collect::<Vec<_>>().into_iter()),
            en::ERRAND
        );
    }

    #[test]
    fn a_file_of_another_build_is_refused() {
        let whole = written(&VI, &VI_ERRAND);
        let other = whole.replacen(&fingerprint().to_string(), "1", 1);
        let short = whole.trim_end().rsplit_once('\n').map_or("", |it| it.0);
        let long = format!("{whole}một câu thừa\n");
        for text in ["", "{}", "<html>", &other, short, &long] {
            assert_eq!(read(Language::En, text), None);
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
        let vietnamese = VI.essential.list().into_iter().chain(VI.full.list()).chain(VI_ERRAND.list());
        let english = en::ESSENTIAL.list().into_iter().chain(en::FULL.list()).chain(en::ERRAND.list());
        for ((key, vi), en) in keys.zip(vietnamese).zip(english) {
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
