//! Office files from before 2007, and newer ones under a password: a small file system in a file.
//!
//! Source: MS-CFB (compound file), MS-DOC 2.5.2 (`fEncrypted`), MS-XLS 2.4.117 (`FilePass`).

use contract::document::FileKind;

use crate::bytes::{slice, u16_le, u32_le};
use crate::limits::MOST_OLE_SECTORS;

/// What is in one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    /// Word, Excel or `PowerPoint`; an installer is a program; nothing for other things.
    pub(crate) kind: Option<FileKind>,
    /// A password is asked for.
    pub(crate) sealed: bool,
    /// Macros.
    pub(crate) macros: bool,
}

/// The list of what is in it; nothing if that list is not there.
pub(crate) fn contents(bytes: &[u8]) -> Option<Contents> {
    let sectors = Sectors::of(bytes)?;
    let mut contents = Contents::default();
    let mut sector = u32_le(bytes, 48)?;
    for turn in 0.. {
        if sector >= FREE || turn == MOST_OLE_SECTORS {
            break;
        }
        let list = sectors.sector(sector)?;
        for entry in list.chunks_exact(128) {
            contents.add(entry, &sectors);
        }
        sector = sectors.after(sector)?;
    }
    Some(contents)
}

/// From here on a sector number is a mark: free, the end, or one of the tables'.
const FREE: u32 = 0xFFFF_FFFA;

impl Contents {
    /// Adds what one entry of the list says.
    fn add(&mut self, entry: &[u8], sectors: &Sectors<'_>) {
        let length = usize::from(u16_le(entry, 64).unwrap_or_default()).saturating_sub(2).min(62);
        let name: Vec<u8> = entry.get(..length).unwrap_or_default().iter().copied().filter(|byte| *byte != 0).collect();
        let start = || sectors.sector(u32_le(entry, 116)?);
        match name.as_slice() {
            b"WordDocument" => {
                self.kind = Some(FileKind::Doc);
                self.sealed |= start().and_then(|start| u16_le(start, 10)).is_some_and(|flags| flags & 0x0100 != 0);
            }
            b"Workbook" | b"Book" => {
                self.kind = self.kind.or(Some(FileKind::Xls));
                self.sealed |= start().is_some_and(has_password_record);
            }
            b"PowerPoint Document" => self.kind = Some(FileKind::Ppt),
            b"EncryptedPackage" => {
                self.kind = self.kind.or(Some(FileKind::Doc));
                self.sealed = true;
            }
            b"EncryptedSummary" => self.sealed = true,
            b"VBA" | b"_VBA_PROJECT" | b"_VBA_PROJECT_CUR" | b"Macros" => self.macros = true,
            // The class of Windows' installers, on the root.
            b"Root Entry" if slice(entry, 80, 4) == Some(&[0x84, 0x10, 0x0C, 0]) => {
                self.kind = Some(FileKind::Executable);
            }
            _ => {}
        }
    }
}

/// Is there a record that asks for a password among the first of a workbook?
fn has_password_record(workbook: &[u8]) -> bool {
    let mut at = 0;
    for _ in 0..8 {
        let (Some(kind), Some(length)) = (u16_le(workbook, at), u16_le(workbook, at + 2)) else { return false };
        if kind == 0x2F {
            return true;
        }
        at += 4 + usize::from(length);
    }
    false
}

/// The sectors of the file and the table of what follows what.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl<'a> Sectors<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_le(bytes, 30)?;
        matches!(shift, 7..=12).then(|| Self { bytes, size: 1 << shift })
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let at = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.size)?;
        // Some programs leave the last sector short.
        let end = at.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(at..end)
    }

    /// The sector that follows `number` in its chain.
    fn after(&self, number: u32) -> Option<u32> {
        let per_sector = self.size / 4;
        let (table, place) = (number as usize / per_sector, number as usize % per_sector);
        // The header lists the first 109 sectors of the table; the lists that follow it, chained, the rest.
        let holder = if table < 109 {
            u32_le(self.bytes, 76 + 4 * table)?
        } else {
            let mut rest = table - 109;
            let mut list = u32_le(self.bytes, 68)?;
            for _ in 0..MOST_OLE_SECTORS {
                if rest < per_sector - 1 {
                    break;
                }
                rest -= per_sector - 1;
                list = u32_le(self.sector(list)?, 4 * (per_sector - 1))?;
            }
            u32_le(self.sector(list)?, 4 * rest)?
        };
        u32_le(self.sector(holder)?, 4 * place)
    }
}
