//! What a ZIP holds, read from its directory; nothing is unpacked.
//!
//! Source: PKWARE APPNOTE 6.3.10 (end record 4.3.16, directory 4.3.12, local header 4.3.7).

use contract::document::FileKind;

use crate::bytes::{find, find_last, head, slice, tail, u16_le, u32_le};
use crate::limits::{MOST_ZIP_ENTRIES, ZIP_END_WITHIN};

/// The directory of a ZIP.
pub(crate) struct Directory<'a> {
    bytes: &'a [u8],
    entries: usize,
}

/// One line of the directory.
pub(crate) struct Entry<'a> {
    /// Path inside the ZIP.
    pub(crate) name: &'a [u8],
    /// Is a password asked for?
    pub(crate) sealed: bool,
}

/// The directory, if the bytes end as a ZIP ends: an end record whose directory stands right before it.
pub(crate) fn directory(bytes: &[u8]) -> Option<Directory<'_>> {
    let end_zone = tail(bytes, ZIP_END_WITHIN);
    let end = bytes.len() - end_zone.len() + find_last(end_zone, b"PK\x05\x06")?;
    let size = usize::try_from(u32_le(bytes, end + 12)?).ok()?;
    let entries = usize::from(u16_le(bytes, end + 10)?);
    let start = end.checked_sub(size)?;
    let directory = bytes.get(start..end)?;
    (entries == 0 || directory.starts_with(b"PK\x01\x02")).then_some(Directory { bytes: directory, entries })
}

impl<'a> Directory<'a> {
    /// Does it list anything?
    pub(crate) fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// Its lines, at most [`MOST_ZIP_ENTRIES`]; stops at the first that is broken.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'a>> {
        let mut rest = self.bytes;
        std::iter::from_fn(move || {
            if !rest.starts_with(b"PK\x01\x02") {
                return None;
            }
            let flags = u16_le(rest, 8)?;
            let name_length = usize::from(u16_le(rest, 28)?);
            let extra_length = usize::from(u16_le(rest, 30)?);
            let comment_length = usize::from(u16_le(rest, 32)?);
            let name = slice(rest, 46, name_length)?;
            rest = rest.get(46 + name_length + extra_length + comment_length..)?;
            Some(Entry { name, sealed: flags & 1 == 1 })
        })
        .take(MOST_ZIP_ENTRIES)
    }
}

/// Which of the kinds that are ZIPs underneath; plain ZIP when none.
pub(crate) fn kind_inside(bytes: &[u8]) -> FileKind {
    // The open document format stores its type first, unpacked.
    let first_name = u16_le(bytes, 26).and_then(|length| slice(bytes, 30, usize::from(length)));
    if first_name == Some(b"mimetype") {
        let start = 38 + usize::from(u16_le(bytes, 28).unwrap_or_default());
        let odt = bytes.get(start..).is_some_and(|content| content.starts_with(FileKind::Odt.media_type().as_bytes()));
        return if odt { FileKind::Odt } else { FileKind::Zip };
    }
    if let Some(directory) = directory(bytes) {
        for entry in directory.entries() {
            match entry.name {
                b"word/document.xml" => return FileKind::Docx,
                b"xl/workbook.xml" => return FileKind::Xlsx,
                _ => {}
            }
        }
        return FileKind::Zip;
    }
    // Cut off: the names of the first local headers are all there is.
    let beginning = head(bytes, 64 * 1024);
    if find(beginning, b"[Content_Types].xml").is_some() {
        if find(beginning, b"word/").is_some() {
            return FileKind::Docx;
        }
        if find(beginning, b"xl/").is_some() {
            return FileKind::Xlsx;
        }
    }
    FileKind::Zip
}
