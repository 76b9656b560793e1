//! Data paths: where an answer lies, written as Form.io writes it.

use std::fmt;

/// The longest path read from outside, in bytes.
const MAX_PATH_BYTES: usize = 1_000;

/// Where an answer lies in the data: keys joined by dots, rows in brackets, as in `children[0].name`.
///
/// The text is the identity: two paths are the same when they print the same. Layout components (fieldset, columns, content) have no
/// data; on screen they are named by the path their key would have beside their neighbours'.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataPath(Box<str>);

/// One step of a [`DataPath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// A key of an object.
    Key(&'a str),
    /// A row of a list, from 0.
    Row(usize),
}

/// Why a text is not a data path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataPathError {
    /// Nothing is written.
    #[error("the path is empty")]
    Empty,
    /// Longer than 1,000 bytes.
    #[error("the path is too long")]
    TooLong,
    /// A key is missing, as in `a..b` or `.a`.
    #[error("a key is missing")]
    MissingKey,
    /// A row is not a number in brackets.
    #[error("a row is not a number in brackets")]
    Row,
}

impl DataPath {
    /// Reads a path such as `children[0].name`.
    pub fn parse(text: &str) -> Result<Self, DataPathError> {
        if text.is_empty() {
            return Err(DataPathError::Empty);
        }
        if text.len() > MAX_PATH_BYTES {
            return Err(DataPathError::TooLong);
        }
        for part in text.split('.') {
            let (key, mut rows) = match part.find('[') {
                Some(at) => part.split_at(at),
                None => (part, ""),
            };
            if key.is_empty() {
                return Err(DataPathError::MissingKey);
            }
            if key.contains(']') {
                return Err(DataPathError::Row);
            }
            while !rows.is_empty() {
                let (row, rest) =
                    rows.strip_prefix('[').and_then(|rest| rest.split_once(']')).ok_or(DataPathError::Row)?;
                let well_written =
                    row.bytes().all(|byte| byte.is_ascii_digit()) && (row == "0" || !row.starts_with('0'));
                if !well_written || row.parse::<usize>().is_err() {
                    return Err(DataPathError::Row);
                }
                rows = rest;
            }
        }
        Ok(Self(text.into()))
    }

    /// The path of a key of the definition at the top of the data; the text is taken as it is.
    pub(crate) fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    /// The path of `key` inside this object.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('.');
        text.push_str(key);
        Self(text.into())
    }

    /// The path of a component with `key` inside `parent`, or at the top when there is none.
    #[must_use]
    pub fn of(parent: Option<&Self>, key: &str) -> Self {
        parent.map_or_else(|| Self::from_text(key), |parent| parent.child(key))
    }

    /// The path of row `row` of this list.
    #[must_use]
    pub fn row(&self, row: usize) -> Self {
        Self([&*self.0, "[", &row.to_string(), "]"].concat().into())
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The steps from the top of the data.
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        segments(&self.0)
    }

    /// The same path without row numbers: `children[0].name` is `children.name`.
    #[must_use]
    pub fn without_rows(&self) -> String {
        let mut text = String::with_capacity(self.0.len());
        for segment in self.segments() {
            if let Segment::Key(key) = segment {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
        }
        text
    }

    /// The place that `named` means from here: written without rows, as conditions name places, it is in the same rows as this one.
    /// From `members[2].citizenId` the place `members.birthDate` is `members[2].birthDate`.
    #[must_use]
    pub fn beside(&self, named: &Self) -> Self {
        let mut text = String::with_capacity(self.0.len() + named.0.len());
        let mut own = self.segments().peekable();
        let mut together = true;
        for segment in named.segments() {
            together &= own.next() == Some(segment);
            match segment {
                Segment::Key(key) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(key);
                }
                Segment::Row(row) => text.push_str(&["[", &row.to_string(), "]"].concat()),
            }
            while let (true, Some(Segment::Row(row))) = (together, own.peek().copied()) {
                text.push_str(&["[", &row.to_string(), "]"].concat());
                own.next();
            }
        }
        Self(text.into())
    }

    /// Is this path `other`, or inside it?
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }
}

impl fmt::Display for DataPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The steps of a path's text. A bracket that holds no number counts as a key, as lodash has it.
pub(crate) fn segments(text: &str) -> Segments<'_> {
    Segments { rest: text }
}

/// See [`segments`].
pub(crate) struct Segments<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        // By bytes and by hand: a walk over thousands of cells would spend most of its time on searches for letters.
        let (text, bytes) = (self.rest, self.rest.as_bytes());
        let mut end = 0;
        let segment = if *bytes.first()? == b'[' {
            while end < bytes.len() && bytes[end] != b']' {
                end += 1;
            }
            let inner = &text[1..end];
            end = bytes.len().min(end + 1);
            row(inner).map_or(Segment::Key(without_quotes(inner)), Segment::Row)
        } else {
            while end < bytes.len() && bytes[end] != b'.' && bytes[end] != b'[' {
                end += 1;
            }
            Segment::Key(&text[..end])
        };
        if bytes.get(end) == Some(&b'.') {
            end += 1;
            if cfg!(not(target_arch = "wasm32")) && end == bytes.len() {
                // After a dot at the end comes a blank key.
                self.rest = "[]";
                return Some(segment);
            }
        }
        self.rest = &text[end..];
        Some(segment)
    }
}

/// What stands in quotes in a bracket. Keys of a definition that is shown have no brackets.
fn without_quotes(text: &str) -> &str {
    let quoted = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    if cfg!(target_arch = "wasm32") { text } else { quoted('\'').or_else(|| quoted('"')).unwrap_or(text) }
}

/// The number of a row; none where the text is no number.
fn row(text: &str) -> Option<usize> {
    let digit = |number: usize, byte: u8| {
        number.checked_mul(10)?.checked_add(usize::from(byte.is_ascii_digit().then(|| byte - b'0')?))
    };
    if text.is_empty() { None } else { text.bytes().try_fold(0, digit) }
}
