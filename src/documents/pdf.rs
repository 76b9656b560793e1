//! Opens a PDF: are its pages there, is its end there, does it ask for a password, does it do more than show pages?
//!
//! Source: ISO 32000-1 (PDF 1.7): file structure 7.5, encryption 7.6, actions 12.6, embedded files 7.11.4,
//! linearised files annex F.

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::bytes::{find, find_last, head, slice};
use crate::limits::{DEEPEST_PDF_VALUE, MOST_PDF_VALUES};
use crate::pdf_guard;

/// What the reading saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Read {
    /// Number of pages, if it opens.
    pub(crate) pages: Option<u32>,
    /// How it opens.
    pub(crate) outcome: Outcome,
    /// JavaScript, a launch action or an embedded file.
    pub(crate) active: bool,
}

/// How a PDF opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It opens and has pages.
    Whole,
    /// Its end is missing.
    Truncated,
    /// It does not open, has no page, or would take more memory or time than we give.
    Damaged,
    /// It opens only with a password.
    PasswordNeeded,
}

/// Reads `bytes`, which hold the header of a PDF.
///
/// A file without its end is not opened: it is refused all the same, and looking for what is left of it takes longest.
pub(crate) fn read(bytes: &[u8]) -> Read {
    let nothing = |outcome| Read { pages: None, outcome, active: false };
    if !has_its_end(bytes) {
        return nothing(Outcome::Truncated);
    }
    if !pdf_guard::is_bounded(bytes) {
        return nothing(Outcome::Damaged);
    }
    // The parser is not ours. On the server, where a panic unwinds, one that panics has met a damaged file.
    std::panic::catch_unwind(|| open(bytes)).unwrap_or_else(|_| nothing(Outcome::Damaged))
}

fn open(bytes: &[u8]) -> Read {
    match Pdf::new(bytes.to_vec()) {
        Ok(pdf) => {
            let pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
            let outcome = if pages == 0 { Outcome::Damaged } else { Outcome::Whole };
            Read { pages: Some(pages), outcome, active: Search::default().finds_action(&pdf) }
        }
        Err(LoadPdfError::Decryption(error)) => {
            let outcome = match error {
                DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm => Outcome::PasswordNeeded,
                DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption => Outcome::Damaged,
            };
            Read { pages: None, outcome, active: false }
        }
        Err(LoadPdfError::Invalid) => Read { pages: None, outcome: Outcome::Damaged, active: false },
    }
}

/// Is the end there? A PDF ends with `startxref`, the place of its table, and `%%EOF`; no object follows.
fn has_its_end(bytes: &[u8]) -> bool {
    if linearised_length(bytes).is_some_and(|length| length > bytes.len()) {
        return false;
    }
    let Some(start) = find_last(bytes, b"startxref") else { return false };
    let after = bytes.get(start + b"startxref".len()..).unwrap_or_default();
    if find(after, b"%%EOF").is_none() {
        // Some programs leave the last line out; then the number before it must be whole.
        let digits = after.trim_ascii();
        let place = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<usize>().ok());
        let table = place.and_then(|place| bytes.get(place..)).unwrap_or_default().trim_ascii_start();
        if !(table.starts_with(b"xref") || table.first().is_some_and(u8::is_ascii_digit)) {
            return false;
        }
    }
    // An object after the end is the beginning of a change whose own end is missing.
    find(after, b" obj").is_none()
}

/// The length that a linearised PDF says it has, in its first dictionary.
fn linearised_length(bytes: &[u8]) -> Option<usize> {
    let beginning = head(bytes, 2048);
    let dictionary = beginning.get(find(beginning, b"/Linearized")?..)?;
    let dictionary = dictionary.get(..find(dictionary, b">>")?)?;
    let mut rest = dictionary;
    while let Some(at) = find(rest, b"/L") {
        rest = rest.get(at + 2..)?;
        // `/L 12345`, not `/Linearized` or `/Length`.
        let digits = rest.trim_ascii_start();
        if digits.len() < rest.len() || digits.first().is_some_and(u8::is_ascii_digit) {
            let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let digits = std::str::from_utf8(slice(digits, 0, length)?).ok()?;
            return digits.parse().ok();
        }
    }
    None
}

/// A search for what acts, with a budget of values so that no file makes it long.
#[derive(Default)]
struct Search {
    seen: u32,
}

impl Search {
    fn finds_action(mut self, pdf: &Pdf) -> bool {
        pdf.objects().into_iter().any(|object| self.in_object(&object, 0))
    }

    fn in_object(&mut self, object: &Object<'_>, depth: u32) -> bool {
        self.seen += 1;
        if self.seen > MOST_PDF_VALUES || depth > DEEPEST_PDF_VALUE {
            return false;
        }
        match object {
            Object::Dict(dict) => self.in_dict(dict, depth),
            Object::Stream(stream) => self.in_dict(stream.dict(), depth),
            Object::Array(array) => self.in_array(array, depth),
            Object::Null(_) | Object::Boolean(_) | Object::Number(_) | Object::String(_) | Object::Name(_) => false,
        }
    }

    fn in_array(&mut self, array: &Array<'_>, depth: u32) -> bool {
        // References are followed as objects of their own.
        array.raw_iter().any(|value| match value {
            MaybeRef::Ref(_) => false,
            MaybeRef::NotRef(object) => self.in_object(&object, depth + 1),
        })
    }

    fn in_dict(&mut self, dict: &Dict<'_>, depth: u32) -> bool {
        if acts(dict) {
            return true;
        }
        dict.entries().any(|(_, value)| match value {
            MaybeRef::Ref(_) => false,
            MaybeRef::NotRef(object) => self.in_object(&object, depth + 1),
        })
    }
}

/// Is the dictionary itself an action that runs something, or does it carry a file?
fn acts(dict: &Dict<'_>) -> bool {
    const KEYS: [&[u8]; 4] = [b"JS", b"JavaScript", b"EF", b"EmbeddedFiles"];
    if KEYS.iter().any(|key| dict.contains_key(key)) {
        return true;
    }
    let name = |key: &[u8]| dict.get::<Name<'_>>(key);
    let action = name(b"S").is_some_and(|name| matches!(name.as_ref(), b"JavaScript" | b"Launch"));
    action || name(b"Type").is_some_and(|name| name.as_ref() == b"EmbeddedFile")
}
