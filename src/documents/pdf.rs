//! Opens a PDF: are its pages there, is its end there, does it ask for a password, does it do more than show pages?
//!
//! The parser is `hayro-syntax`. Of those tried on several hundred good and broken files of public test suites it opened
//! every one that other readers open, told every password, and opens what only its owner protected; `lopdf` came close
//! but has a history of crashes by crafted files, and `pdf-rs` one of endless loops. It reads only, and is small enough
//! for a phone. It trusts sizes written in the file, so the guard before it ([`crate::pdf_guard`]) is ours.
//!
//! Source: ISO 32000-1 (PDF 1.7): file structure 7.5, encryption 7.6, actions 12.6, embedded files 7.11.4,
//! signatures 12.8, interactive forms 12.7,
//! linearised files annex F.

use contract::document::{PdfFacts, PdfForm, PdfSignature};
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf, PdfVersion};

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
    /// What it says of itself, if it opens.
    pub(crate) facts: Option<PdfFacts>,
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
    let nothing = |outcome| Read { pages: None, outcome, facts: None };
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
            let outcome = if pages > 0 && lists_pages(&pdf, bytes) { Outcome::Whole } else { Outcome::Damaged };
            Read { pages: Some(pages), outcome, facts: Some(facts(&pdf, bytes)) }
        }
        Err(LoadPdfError::Decryption(error)) => {
            let outcome = match error {
                DecryptionError::PasswordProtected | DecryptionError::UnsupportedAlgorithm => Outcome::PasswordNeeded,
                DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption => Outcome::Damaged,
            };
            Read { pages: None, outcome, facts: None }
        }
        Err(LoadPdfError::Invalid) => Read { pages: None, outcome: Outcome::Damaged, facts: None },
    }
}

fn facts(pdf: &Pdf, bytes: &[u8]) -> PdfFacts {
    let search = Search::through(pdf, bytes);
    let (page_size, pages_alike) = page_sizes(pdf);
    PdfFacts {
        version: version(pdf),
        page_size,
        pages_alike,
        protected: is_encrypted(bytes),
        linearised: linearised_length(bytes) == Some(bytes.len()),
        scripts: search.scripts,
        launches: search.launches,
        carries_files: search.carries_files,
        form: form(pdf),
        signature: search.signature_found(),
    }
}

/// Does the file itself lead to its pages: from a trailer to the catalogue, from there to the list of pages?
///
/// The parser also finds catalogues and pages that nothing leads to; other readers show nothing then.
fn lists_pages(pdf: &Pdf, bytes: &[u8]) -> bool {
    let root = pdf.xref().root_id();
    let list = pdf.xref().get::<Dict<'_>>(root).and_then(|catalogue| catalogue.get::<Dict<'_>>("Pages"));
    last_root(bytes) == Some(root.obj_number)
        && list.is_some_and(|list| list.contains_key("Kids") && list.get::<i32>("Count").is_some_and(|count| count > 0))
}

/// The number of the catalogue that the last trailer names (`/Root 1 0 R`), or the last table that is a stream.
fn last_root(bytes: &[u8]) -> Option<u32> {
    let mut before = bytes;
    while let Some(at) = find_last(before, b"/Root") {
        let after = bytes.get(at + b"/Root".len()..)?.trim_ascii_start();
        let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 {
            return std::str::from_utf8(slice(after, 0, digits)?).ok()?.parse().ok();
        }
        before = before.get(..at)?;
    }
    None
}

/// Is the end there? A PDF ends with `startxref`, the place of its table, and `%%EOF`; no object follows.
fn has_its_end(bytes: &[u8]) -> bool {
    if linearised_length(bytes).is_some_and(|length| length > bytes.len()) {
        return false;
    }
    let end = find_last(bytes, b"%%EOF");
    let start = find_last(bytes, b"startxref").map(|at| at + b"startxref".len());
    let after = |place: usize| bytes.get(place..).unwrap_or_default();
    match (end, start) {
        // Some programs leave the last line out; then the number before it must be whole.
        (end, Some(start)) if end.is_none_or(|end| end < start) => {
            let digits = std::str::from_utf8(after(start).trim_ascii()).unwrap_or_default();
            digits.parse().is_ok_and(|place| is_table(bytes, place))
        }
        // An object after the end is the beginning of a change whose own end is missing.
        (Some(end), _) => find(after(end), b" obj").is_none(),
        (None, _) => false,
    }
}

/// Does a table of objects, or a stream that is one, begin at `place`?
fn is_table(bytes: &[u8], place: usize) -> bool {
    let table = bytes.get(place..).unwrap_or_default().trim_ascii_start();
    table.starts_with(b"xref") || table.first().is_some_and(u8::is_ascii_digit)
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

/// A walk through every value of a PDF, with a budget so that no file makes it long.
struct Search<'a> {
    bytes: &'a [u8],
    seen: u32,
    scripts: bool,
    launches: bool,
    carries_files: bool,
    /// Where the last signature's range ends, and whether the range is a whole one.
    signed: Option<(u64, bool)>,
}

impl<'a> Search<'a> {
    fn through(pdf: &Pdf, bytes: &'a [u8]) -> Self {
        let mut search = Self { bytes, seen: 0, scripts: false, launches: false, carries_files: false, signed: None };
        for object in pdf.objects() {
            search.object(&object, 0);
        }
        search
    }

    fn object(&mut self, object: &Object<'_>, depth: u32) {
        self.seen = self.seen.saturating_add(1);
        if self.seen > MOST_PDF_VALUES || depth > DEEPEST_PDF_VALUE {
            return;
        }
        match object {
            Object::Dict(dict) => self.dict(dict, depth),
            Object::Stream(stream) => self.dict(stream.dict(), depth),
            // References are followed as objects of their own.
            Object::Array(array) => {
                for value in array.raw_iter() {
                    self.value(&value, depth);
                }
            }
            Object::Null(_) | Object::Boolean(_) | Object::Number(_) | Object::String(_) | Object::Name(_) => {}
        }
    }

    fn value(&mut self, value: &MaybeRef<Object<'_>>, depth: u32) {
        match value {
            MaybeRef::Ref(_) => {}
            MaybeRef::NotRef(object) => self.object(object, depth + 1),
        }
    }

    fn dict(&mut self, dict: &Dict<'_>, depth: u32) {
        let is = |key: &[u8], wanted: &[u8]| dict.get::<Name<'_>>(key).is_some_and(|name| name.as_ref() == wanted);
        // A tree of names that has something in it.
        let lists = |key: &[u8]| {
            dict.get::<Dict<'_>>(key).is_some_and(|tree| {
                [&b"Names"[..], b"Kids"]
                    .iter()
                    .any(|key| tree.get::<Array<'_>>(key).is_some_and(|list| list.raw_iter().next().is_some()))
            })
        };
        self.scripts |=
            is(b"S", b"JavaScript") || dict.contains_key("JS") && dict.contains_key("S") || lists(b"JavaScript");
        self.launches |= is(b"S", b"Launch");
        self.carries_files |= dict.get::<Dict<'_>>(b"EF").is_some_and(|files| !files.is_empty())
            || lists(b"EmbeddedFiles")
            || is(b"Type", b"EmbeddedFile");
        if let Some(range) = dict.get::<Array<'_>>(b"ByteRange") {
            self.signature(&range);
        }
        for (_, value) in dict.entries() {
            self.value(&value, depth);
        }
    }

    /// Notes the range of a signature: pairs of a place and a length, with the signature itself left out between them.
    ///
    /// Source: ISO 32000-1, 12.8.1.
    fn signature(&mut self, range: &Array<'_>) {
        let numbers: Vec<u64> =
            range.iter::<Number>().map_while(|number| u64::try_from(number.as_i64()).ok()).take(5).collect();
        let [first, before, second, after] = numbers.as_slice() else {
            self.signed = self.signed.or(Some((0, false)));
            return;
        };
        let at = |place: u64| usize::try_from(place).ok().and_then(|place| self.bytes.get(place)).copied();
        // What is left out is the value, in angle brackets, and nothing else.
        let whole = *first == 0
            && at(*before) == Some(b'<')
            && second.checked_sub(1).and_then(at) == Some(b'>')
            && before < second;
        let end = second.saturating_add(*after);
        if self.signed.is_none_or(|(last, _)| last < end) {
            self.signed = Some((end, whole));
        }
    }

    fn signature_found(&self) -> PdfSignature {
        let Some((end, whole)) = self.signed else { return PdfSignature::None };
        let end = usize::try_from(end).unwrap_or(usize::MAX);
        // Some programs end the file with a line more.
        let covers = whole && self.bytes.get(end..).is_some_and(|rest| rest.trim_ascii().is_empty());
        if covers { PdfSignature::CoversFile } else { PdfSignature::CoversPart }
    }
}

/// The kind of form that the catalogue names.
fn form(pdf: &Pdf) -> PdfForm {
    let catalogue = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let Some(form) = catalogue.and_then(|catalogue| catalogue.get::<Dict<'_>>("AcroForm")) else {
        return PdfForm::None;
    };
    let fields = form.get::<Array<'_>>("Fields").is_some_and(|fields| fields.raw_iter().next().is_some());
    match (form.contains_key("XFA"), fields) {
        (true, _) => PdfForm::Xfa,
        (false, true) => PdfForm::Fields,
        (false, false) => PdfForm::None,
    }
}

/// Size of the first page as shown, and whether the others are like it.
fn page_sizes(pdf: &Pdf) -> ((u32, u32), bool) {
    let mut sizes = pdf.pages().iter().map(|page| {
        let (width, height) = page.render_dimensions();
        // A page is at most 14,400 points long; what is no number becomes 0.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let rounded = |side: f32| side.clamp(0.0, 1_000_000.0).round() as u32;
        (rounded(width), rounded(height))
    });
    let Some(first) = sizes.next() else { return ((0, 0), true) };
    let sorted = |(width, height): (u32, u32)| (width.min(height), width.max(height));
    let (short, long) = sorted(first);
    let alike = sizes.all(|size| {
        let (other_short, other_long) = sorted(size);
        short.abs_diff(other_short) <= 2 && long.abs_diff(other_long) <= 2
    });
    (first, alike)
}

fn version(pdf: &Pdf) -> (u8, u8) {
    match pdf.version() {
        PdfVersion::Pdf10 => (1, 0),
        PdfVersion::Pdf11 => (1, 1),
        PdfVersion::Pdf12 => (1, 2),
        PdfVersion::Pdf13 => (1, 3),
        PdfVersion::Pdf14 => (1, 4),
        PdfVersion::Pdf15 => (1, 5),
        PdfVersion::Pdf16 => (1, 6),
        PdfVersion::Pdf17 => (1, 7),
        PdfVersion::Pdf20 => (2, 0),
    }
}

/// Does the trailer name an encryption?
fn is_encrypted(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = find(rest, b"/Encrypt") {
        rest = rest.get(at + 8..).unwrap_or_default();
        // Not `/EncryptMetadata`.
        if rest.first().is_some_and(|byte| byte.is_ascii_whitespace() || byte.is_ascii_digit() || *byte == b'<') {
            return true;
        }
    }
    false
}
