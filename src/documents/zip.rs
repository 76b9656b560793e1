//! What a ZIP holds, read from its directory; of its contents only the small lists that name a kind are unpacked.
//!
//! Source: PKWARE APPNOTE 6.3.10 (end record 4.3.16, directory 4.3.12, local header 4.3.7).

use contract::document::FileKind;

use crate::bytes::{find, find_last, head, slice, tail, u16_le, u32_le};
use crate::limits::{MOST_UNPACKED_LIST, MOST_ZIP_ENTRIES, ZIP_END_WITHIN};

/// The directory of a ZIP.
pub(crate) struct Directory<'a> {
    file: &'a [u8],
    bytes: &'a [u8],
    entries: usize,
    /// What stands before the ZIP: places are counted from its end.
    before: usize,
}

/// One line of the directory.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    /// Path inside the ZIP.
    pub(crate) name: &'a [u8],
    /// Is a password asked for?
    pub(crate) sealed: bool,
    /// 0 stored, 8 packed; others are not unpacked by us.
    method: u16,
    packed: usize,
    place: usize,
}

/// How a ZIP stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Its directory is there, and every entry where the directory says.
    Whole,
    /// The directory is broken, or speaks of entries that are not there.
    Damaged,
}

/// The directory, if the bytes end as a ZIP ends: an end record whose directory stands right before it.
pub(crate) fn directory(bytes: &[u8]) -> Option<Directory<'_>> {
    let end_zone = tail(bytes, ZIP_END_WITHIN);
    let end = bytes.len() - end_zone.len() + find_last(end_zone, b"PK\x05\x06")?;
    let mut size = usize::try_from(u32_le(bytes, end + 12)?).ok()?;
    let mut place = usize::try_from(u32_le(bytes, end + 16)?).ok()?;
    let mut entries = usize::from(u16_le(bytes, end + 10)?);
    let mut directory_end = end;
    // Numbers too large for the end record stand in a record of 56 bytes before it, found by one of 20.
    let long = end.checked_sub(76).filter(|at| slice(bytes, *at, 4) == Some(b"PK\x06\x06"));
    if let Some(long) = long {
        let number = |at: usize| usize::try_from(u32_le(bytes, long + at)?).ok();
        (entries, size, place, directory_end) = (number(32)?, number(40)?, number(48)?, long);
    }
    let start = directory_end.checked_sub(size)?;
    let directory = bytes.get(start..directory_end)?;
    (entries == 0 || directory.starts_with(b"PK\x01\x02")).then_some(Directory {
        file: bytes,
        bytes: directory,
        entries,
        before: start.saturating_sub(place),
    })
}

impl<'a> Directory<'a> {
    /// Does it list anything?
    pub(crate) fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// Its lines, at most [`MOST_ZIP_ENTRIES`]; stops at the first that is broken.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'a>> + use<'a> {
        let mut rest = self.bytes;
        std::iter::from_fn(move || {
            if !rest.starts_with(b"PK\x01\x02") {
                return None;
            }
            let flags = u16_le(rest, 8)?;
            let entry = Entry {
                name: slice(rest, 46, usize::from(u16_le(rest, 28)?))?,
                sealed: flags & 1 == 1,
                method: u16_le(rest, 10)?,
                packed: usize::try_from(u32_le(rest, 20)?).ok()?,
                place: usize::try_from(u32_le(rest, 42)?).ok()?,
            };
            let lengths = usize::from(u16_le(rest, 30)?) + usize::from(u16_le(rest, 32)?);
            rest = rest.get(46 + entry.name.len() + lengths..)?;
            Some(entry)
        })
        .take(MOST_ZIP_ENTRIES)
    }

    /// Is every entry where the directory says, and are there as many as it says?
    pub(crate) fn outcome(&self) -> Outcome {
        let listed = self.entries().count();
        let there = self.entries().all(|entry| {
            // 32 ones: the place stands in a long record of its own.
            entry.place == 0xFFFF_FFFF || self.data(entry).is_some()
        });
        let counted = listed == self.entries.min(MOST_ZIP_ENTRIES);
        if there && counted { Outcome::Whole } else { Outcome::Damaged }
    }

    /// The packed bytes of an entry, behind its own header.
    fn data(&self, entry: Entry<'_>) -> Option<&'a [u8]> {
        let at = self.before.checked_add(entry.place)?;
        let header = slice(self.file, at, 30)?;
        if !header.starts_with(b"PK\x03\x04") {
            return None;
        }
        let lengths = usize::from(u16_le(header, 26)?) + usize::from(u16_le(header, 28)?);
        let packed = if entry.packed == 0xFFFF_FFFF { 0 } else { entry.packed };
        slice(self.file, at + 30 + lengths, packed)
    }

    /// The content of the entry of this name, unpacked, if it is a small one.
    pub(crate) fn content(&self, name: &[u8]) -> Option<Vec<u8>> {
        let entry = self.entries().find(|entry| entry.name == name)?;
        let data = self.data(entry)?;
        match entry.method {
            0 => (data.len() <= MOST_UNPACKED_LIST).then(|| data.to_vec()),
            8 => miniz_oxide::inflate::decompress_to_vec_with_limit(data, MOST_UNPACKED_LIST).ok(),
            _ => None,
        }
    }
}

/// Which of the kinds that are ZIPs underneath; plain ZIP when none.
pub(crate) fn kind_inside(bytes: &[u8]) -> FileKind {
    // The open document format stores its type first, unpacked.
    let first_name = u16_le(bytes, 26).and_then(|length| slice(bytes, 30, usize::from(length)));
    if first_name == Some(b"mimetype") {
        let start = 38 + usize::from(u16_le(bytes, 28).unwrap_or_default());
        return open_document(bytes.get(start..).unwrap_or_default());
    }
    if let Some(directory) = directory(bytes) {
        return directory
            .content(b"[Content_Types].xml")
            .and_then(|types| office_kind(&types))
            .or_else(|| directory.content(b"mimetype").map(|content| open_document(&content)))
            .or_else(|| directory.entries().find_map(|entry| office_part(entry.name)))
            .unwrap_or(FileKind::Zip);
    }
    // Cut off: the names of the first local headers are all there is.
    let beginning = head(bytes, 64 * 1024);
    if find(beginning, b"[Content_Types].xml").is_some() {
        const FOLDERS: [(&[u8], FileKind); 3] =
            [(b"word/", FileKind::Docx), (b"xl/", FileKind::Xlsx), (b"ppt/", FileKind::Pptx)];
        let folder = FOLDERS.iter().find(|(folder, _)| find(beginning, folder).is_some());
        return folder.map_or(FileKind::Zip, |(_, kind)| *kind);
    }
    FileKind::Zip
}

/// The kind that a `mimetype` names; templates begin like what they are templates of.
fn open_document(content: &[u8]) -> FileKind {
    let kinds = [FileKind::Odt, FileKind::Ods];
    kinds.into_iter().find(|kind| content.starts_with(kind.media_type().as_bytes())).unwrap_or(FileKind::Zip)
}

/// The kind by the main part that the list of types names.
///
/// Source: ECMA-376 part 1, 11.2, 12.2 and 13.2; macros have types of their own (MS-OFFMACRO2).
fn office_kind(types: &[u8]) -> Option<FileKind> {
    const MAIN: [(&[u8], FileKind); 9] = [
        (b"wordprocessingml.document.main+xml", FileKind::Docx),
        (b"wordprocessingml.template.main+xml", FileKind::Docx),
        (b"ms-word.document.macroEnabled.main+xml", FileKind::Docx),
        (b"spreadsheetml.sheet.main+xml", FileKind::Xlsx),
        (b"spreadsheetml.template.main+xml", FileKind::Xlsx),
        (b"ms-excel.sheet.macroEnabled.main+xml", FileKind::Xlsx),
        (b"presentationml.presentation.main+xml", FileKind::Pptx),
        (b"presentationml.slideshow.main+xml", FileKind::Pptx),
        (b"ms-powerpoint.presentation.macroEnabled.main+xml", FileKind::Pptx),
    ];
    MAIN.iter().find(|(name, _)| find(types, name).is_some()).map(|(_, kind)| *kind)
}

/// The kind by the usual name of its main part.
fn office_part(name: &[u8]) -> Option<FileKind> {
    match name {
        b"word/document.xml" => Some(FileKind::Docx),
        b"xl/workbook.xml" | b"xl/workbook.bin" => Some(FileKind::Xlsx),
        b"ppt/presentation.xml" => Some(FileKind::Pptx),
        _ => None,
    }
}
