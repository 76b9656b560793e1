//! Pictures that are named and walked to their end, but not decoded: GIF, BMP, TIFF, WebP, HEIC and AVIF.
//!
//! Every length written in the file is followed; one that leads past the end of the bytes says that the end is missing.

use crate::bytes::{slice, u16_be, u16_le, u32_be, u32_le};
use crate::limits::{MOST_BOXES, MOST_TIFF_DIRECTORIES, MOST_TIFF_STRIPS, is_flood};

/// What the walk saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Structure {
    /// Width and height as stored.
    pub(crate) size: Option<(u32, u32)>,
    /// Is it turned by a quarter when shown?
    pub(crate) on_its_side: bool,
    /// Where it ends by its own account.
    pub(crate) end: usize,
    /// How the walk ended.
    pub(crate) outcome: Outcome,
}

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything it speaks of is there, and a picture among it.
    Whole,
    /// Something it speaks of lies past the end of the bytes.
    Truncated,
    /// It begins like its kind and goes on like nothing, or holds no picture.
    Damaged,
    /// More pixels than any program of ours would decode.
    Flood,
}

impl Structure {
    fn of(size: Option<(u32, u32)>, end: usize, outcome: Outcome) -> Self {
        let flooded = size.is_some_and(|(width, height)| is_flood(width, height));
        let empty = size.is_none_or(|(width, height)| width == 0 || height == 0);
        let outcome = match outcome {
            Outcome::Whole if flooded => Outcome::Flood,
            Outcome::Whole if empty => Outcome::Damaged,
            other => other,
        };
        Self { size: size.filter(|_| !empty), on_its_side: false, end, outcome }
    }
}

/// Walks a GIF. Source: `GIF89a` (1990), sections 17 to 27.
pub(crate) fn gif(bytes: &[u8]) -> Structure {
    let size = u16_le(bytes, 6).zip(u16_le(bytes, 8)).map(|(width, height)| (u32::from(width), u32::from(height)));
    // A screen of no size is that of the first picture.
    let mut size = size.filter(|(width, height)| *width > 0 && *height > 0);
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let Some(flags) = bytes.get(10) else { return Structure::of(size, bytes.len(), Outcome::Truncated) };
    let mut at = 13 + table(*flags);
    let mut pictures = 0_u32;
    loop {
        match bytes.get(at) {
            Some(0x21) => match after_parts(bytes, at + 2) {
                Some(next) => at = next,
                None => break,
            },
            Some(0x2C) => {
                let Some(header) = slice(bytes, at + 1, 9) else { break };
                let pixels = |place: usize| u16_le(header, place).map(u32::from).unwrap_or_default();
                size = size.or(Some((pixels(4), pixels(6))));
                let flags = header.get(8).copied().unwrap_or_default();
                match after_parts(bytes, at + 11 + table(flags)) {
                    Some(next) => at = next,
                    None => break,
                }
                pictures += 1;
            }
            Some(0x3B) => {
                let outcome = if pictures == 0 { Outcome::Damaged } else { Outcome::Whole };
                return Structure::of(size, at + 1, outcome);
            }
            Some(0) => at += 1,
            // What is shown is there; programs leave the end mark out, or write notes in its place.
            _ if pictures > 0 => return Structure::of(size, at.min(bytes.len()), Outcome::Whole),
            Some(_) => return Structure::of(size, bytes.len(), Outcome::Damaged),
            None => break,
        }
    }
    Structure::of(size, bytes.len(), Outcome::Truncated)
}

/// Where a chain of parts (a length, then as many bytes; 0 ends it) is over.
fn after_parts(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// Walks a BMP. Source: `BITMAPFILEHEADER` and `BITMAPINFOHEADER` of the Windows SDK.
pub(crate) fn bmp(bytes: &[u8]) -> Structure {
    let header = u32_le(bytes, 14).unwrap_or_default();
    let start = u32_le(bytes, 10).unwrap_or_default() as usize;
    let numbers = if header == 12 {
        // The oldest header has sides of 16 bits.
        u16_le(bytes, 18)
            .zip(u16_le(bytes, 20))
            .zip(u16_le(bytes, 24))
            .map(|((width, height), bits)| (u32::from(width), u32::from(height), u64::from(bits), 0))
    } else {
        u32_le(bytes, 18).zip(u32_le(bytes, 22)).zip(u16_le(bytes, 28).zip(u32_le(bytes, 30))).map(
            // A height below zero says that the rows stand from the top.
            |((width, height), (bits, packing))| (width, height.cast_signed().unsigned_abs(), u64::from(bits), packing),
        )
    };
    let Some((width, height, bits, packing)) = numbers else {
        return Structure::of(None, bytes.len(), Outcome::Truncated);
    };
    let size = Some((width, height));
    if !matches!(bits, 0 | 1 | 2 | 4 | 8 | 16 | 24 | 32 | 64) || width > i32::MAX as u32 {
        return Structure::of(size, bytes.len(), Outcome::Damaged);
    }
    // 0 and 3 (and 6) are not packed: every row is there in full, to a multiple of four bytes.
    let data = match packing {
        0 | 3 | 6 => (u64::from(width) * bits).div_ceil(32).saturating_mul(4).saturating_mul(u64::from(height)),
        _ => u64::from(u32_le(bytes, 34).unwrap_or_default()),
    };
    let end = usize::try_from(data).unwrap_or(usize::MAX).saturating_add(start);
    let flooded = Structure::of(size, bytes.len(), Outcome::Whole);
    if flooded.outcome != Outcome::Whole {
        return flooded;
    }
    let outcome = if end > bytes.len() { Outcome::Truncated } else { Outcome::Whole };
    Structure::of(size, end.min(bytes.len()), outcome)
}

/// Walks a TIFF, small or big. Source: TIFF 6.0 (1992), section 2; `BigTIFF` as libtiff reads it.
pub(crate) fn tiff(bytes: &[u8]) -> Structure {
    let reader = Tiff {
        bytes,
        big_endian: bytes.first() == Some(&b'M'),
        long: matches!(bytes, [_, _, 0, 43, ..] | [_, _, 43, 0, ..]),
    };
    let mut next = if reader.long { reader.number(8, 8) } else { reader.number(4, 4) };
    let (mut size, mut seen) = (None, 0_usize);
    while let Some(place) = next.filter(|place| *place != 0) {
        if seen == MOST_TIFF_DIRECTORIES {
            break;
        }
        seen += 1;
        let Some(directory) = reader.directory(place) else {
            return Structure::of(
                size,
                bytes.len(),
                if seen == 1 && place < 8 { Outcome::Damaged } else { Outcome::Truncated },
            );
        };
        if directory.cut {
            return Structure::of(size.or(directory.size), bytes.len(), Outcome::Truncated);
        }
        size = size.or(directory.size);
        next = Some(directory.next);
    }
    Structure::of(size, bytes.len(), Outcome::Whole)
}

/// A TIFF with its order of bytes and its width of places.
struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
    long: bool,
}

/// What one directory of a TIFF says.
struct TiffDirectory {
    size: Option<(u32, u32)>,
    /// Does it speak of data past the end?
    cut: bool,
    next: u64,
}

impl Tiff<'_> {
    /// The number of `width` bytes at `at`.
    fn number(&self, at: usize, width: usize) -> Option<u64> {
        let part = slice(self.bytes, at, width)?;
        let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
        Some(if self.big_endian { part.iter().fold(0, add) } else { part.iter().rev().fold(0, add) })
    }

    /// The `index`th value of the entry at `at`, and how many there are.
    fn value(&self, at: usize, index: usize) -> Option<(u64, usize)> {
        let word = if self.long { 8 } else { 4 };
        let width = match self.number(at + 2, 2)? {
            1 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 13 => 4,
            16..=18 => 8,
            _ => return None,
        };
        let count = usize::try_from(self.number(at + 4, word)?).ok()?;
        let inside = at + 4 + word;
        let from = if count.checked_mul(width)? <= word {
            inside
        } else {
            usize::try_from(self.number(inside, word)?).ok()?
        };
        Some((self.number(from.checked_add(index.checked_mul(width)?)?, width)?, count))
    }

    fn directory(&self, place: u64) -> Option<TiffDirectory> {
        let place = usize::try_from(place).ok()?;
        let (head, entry, word) = if self.long { (8, 20, 8) } else { (2, 12, 4) };
        let entries = usize::try_from(self.number(place, head)?).ok()?.min(4096);
        let first = place.checked_add(head)?;
        let end = first.checked_add(entries.checked_mul(entry)?)?;
        let (mut width, mut height, mut places, mut lengths) = (None, None, None, None);
        for index in 0..entries {
            let at = first + index * entry;
            let value = || self.value(at, 0).and_then(|(value, _)| u32::try_from(value).ok());
            match self.number(at, 2)? {
                256 => width = value(),
                257 => height = value(),
                // Strips, or tiles: where they are and how long.
                273 | 324 => places = Some(at),
                279 | 325 => lengths = Some(at),
                _ => {}
            }
        }
        let cut = places.zip(lengths).is_some_and(|(places, lengths)| self.strips_are_cut(places, lengths));
        Some(TiffDirectory { size: width.zip(height), cut, next: self.number(end, word)? })
    }

    fn strips_are_cut(&self, places: usize, lengths: usize) -> bool {
        let Some((_, count)) = self.value(places, 0) else { return true };
        // The last ones are those that a cut takes.
        let from = count.saturating_sub(MOST_TIFF_STRIPS);
        (from..count).any(|index| match (self.value(places, index), self.value(lengths, index)) {
            (Some((place, _)), Some((length, _))) => place.saturating_add(length) > self.bytes.len() as u64,
            _ => true,
        })
    }
}

/// Walks a WebP. Source: WebP Container Specification.
pub(crate) fn webp(bytes: &[u8]) -> Structure {
    let length = u32_le(bytes, 4).unwrap_or_default() as usize;
    let end = length.saturating_add(8);
    let (mut size, mut pictures) = (None, 0_u32);
    let mut at = 12;
    while at + 8 <= end.min(bytes.len()) {
        let name = slice(bytes, at, 4).unwrap_or_default();
        let length = u32_le(bytes, at + 4).unwrap_or_default() as usize;
        let content = bytes.get(at + 8..).unwrap_or_default();
        let sides = |at: usize| u32_le(content, at).zip(u32_le(content, at + 3));
        match name {
            // Each less one, in 24 bits.
            b"VP8X" => size = sides(4).map(|(width, height)| ((width & 0xFF_FFFF) + 1, (height & 0xFF_FFFF) + 1)),
            b"VP8L" => {
                pictures += 1;
                size = size.or(u32_le(content, 1).map(|bits| ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)));
            }
            b"VP8 " => {
                pictures += 1;
                let pixels = |at| u16_le(content, at).map(|side| u32::from(side & 0x3FFF));
                size = size.or(pixels(6).zip(pixels(8)));
            }
            b"ANMF" => pictures += 1,
            _ => {}
        }
        // Odd lengths are filled up to even ones.
        let Some(next) = at.checked_add(8).and_then(|at| at.checked_add(length)) else { break };
        if next > bytes.len() {
            return Structure::of(size, bytes.len(), Outcome::Truncated);
        }
        at = next.saturating_add(length % 2);
    }
    let outcome = match pictures {
        _ if end > bytes.len().saturating_add(1) => Outcome::Truncated,
        0 => Outcome::Damaged,
        _ => Outcome::Whole,
    };
    Structure::of(size, end.min(bytes.len()), outcome)
}

/// Walks the boxes of a HEIC or AVIF. Source: ISO/IEC 14496-12, 4.2 (boxes); ISO/IEC 23008-12 (items and properties).
pub(crate) fn media(bytes: &[u8]) -> Structure {
    let mut walk = Media::default();
    let mut at = 0;
    let mut boxes = 0;
    while at < bytes.len() && boxes < MOST_BOXES {
        boxes += 1;
        // What is shorter than a header at the very end is padding.
        let Some(found) = next_box(bytes, at) else {
            let cut = bytes.len() - at < 8 || u32_be(bytes, at).is_some_and(|length| length >= 8);
            let outcome = if cut || !walk.found { Outcome::Truncated } else { Outcome::Whole };
            return Structure::of(walk.size, at, outcome);
        };
        if found.end > bytes.len() {
            return Structure::of(walk.size, bytes.len(), Outcome::Truncated);
        }
        let content = bytes.get(found.content..found.end).unwrap_or_default();
        match found.name {
            b"meta" if !walk.found => walk.meta(content.get(4..).unwrap_or_default()),
            // A sequence keeps its pictures as a film does.
            b"moov" => walk.film = true,
            _ => {}
        }
        at = found.end;
    }
    let outcome = if walk.needs > bytes.len() as u64 {
        Outcome::Truncated
    } else if walk.found || walk.film {
        Outcome::Whole
    } else {
        Outcome::Damaged
    };
    let mut structure = Structure::of(walk.size, at.min(bytes.len()), outcome);
    if walk.film && structure.outcome == Outcome::Damaged {
        // A film's size is written elsewhere.
        structure.outcome = Outcome::Whole;
    }
    structure.on_its_side = walk.on_its_side;
    structure
}

/// One box: its name, and where its content begins and ends.
struct MediaBox<'a> {
    name: &'a [u8],
    content: usize,
    end: usize,
}

/// The box at `at`; nothing if that is no box. A length of 1 is followed by the true one, 0 reaches to the end.
fn next_box(bytes: &[u8], at: usize) -> Option<MediaBox<'_>> {
    let name = slice(bytes, at + 4, 4)?;
    let (length, header) = match u32_be(bytes, at)? {
        0 => ((bytes.len() - at) as u64, 8),
        1 => (u64::from(u32_be(bytes, at + 8)?) << 32 | u64::from(u32_be(bytes, at + 12)?), 16),
        short => (u64::from(short), 8),
    };
    let end = usize::try_from(length).unwrap_or(usize::MAX).saturating_add(at);
    (length >= header).then_some(MediaBox { name, content: at + usize::try_from(header).ok()?, end })
}

/// What the boxes of a HEIC or AVIF say.
#[derive(Default)]
struct Media {
    /// A picture is listed.
    found: bool,
    film: bool,
    size: Option<(u32, u32)>,
    on_its_side: bool,
    /// How many bytes the file must have for its pictures.
    needs: u64,
}

impl Media {
    /// Reads the box that lists the pictures.
    fn meta(&mut self, bytes: &[u8]) {
        let (mut primary, mut properties, mut belongs) = (None, &[][..], &[][..]);
        for found in boxes_in(bytes) {
            match found.0 {
                b"pitm" => {
                    let wide = found.1.first().copied().unwrap_or_default() > 0;
                    primary = if wide { u32_be(found.1, 4) } else { u16_be(found.1, 4).map(u32::from) };
                }
                b"iloc" => {
                    // What breaks off says nothing more.
                    let _ = self.places(found.1);
                }
                b"iprp" => {
                    for inner in boxes_in(found.1) {
                        match inner.0 {
                            b"ipco" => properties = inner.1,
                            b"ipma" if belongs.is_empty() => belongs = inner.1,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        self.found = primary.is_some();
        let Some(mine) = primary.and_then(|primary| properties_of(belongs, primary)) else { return };
        let all: Vec<_> = boxes_in(properties).collect();
        for index in mine {
            let Some((name, content)) = index.checked_sub(1).and_then(|index| all.get(index)) else { continue };
            match *name {
                b"ispe" => self.size = self.size.or(u32_be(content, 4).zip(u32_be(content, 8))),
                // What is shown of it: numbers over numbers, width first.
                b"clap" => {
                    let part = |at| u32_be(content, at)?.checked_div(u32_be(content, at + 4)?);
                    self.size = part(0).zip(part(8)).or(self.size);
                }
                b"irot" => self.on_its_side = content.first().is_some_and(|turn| turn & 1 == 1),
                _ => {}
            }
        }
    }

    /// Reads where the pictures' data are, for how long the file must be.
    fn places(&mut self, bytes: &[u8]) -> Option<()> {
        let version = *bytes.first()?;
        let widths = [bytes.get(4)? >> 4, bytes.get(4)? & 15, bytes.get(5)? >> 4, bytes.get(5)? & 15].map(usize::from);
        let [offset_width, length_width, base_width, index_width] = widths;
        let mut at = 6;
        let mut number = |width: usize| -> Option<u64> {
            let part = slice(bytes, at, width)?;
            at += width;
            Some(part.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
        };
        let id_width = if version < 2 { 2 } else { 4 };
        let items = number(id_width)?;
        for _ in 0..items.min(MOST_BOXES as u64) {
            number(id_width)?;
            let in_file = version == 0 || number(2)? % 16 == 0;
            number(2)?;
            let base = number(base_width)?;
            for _ in 0..number(2)?.min(MOST_BOXES as u64) {
                if version > 0 {
                    number(index_width)?;
                }
                let (offset, length) = (number(offset_width)?, number(length_width)?);
                if in_file {
                    self.needs = self.needs.max(base.saturating_add(offset).saturating_add(length));
                }
            }
        }
        Some(())
    }
}

/// The boxes inside a box, as name and content; stops at one that is broken.
fn boxes_in(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let found = next_box(bytes, at)?;
        let content = bytes.get(found.content..found.end)?;
        at = found.end;
        Some((found.name, content))
    })
    .take(MOST_BOXES)
}

/// The numbers, from 1, of the properties that belong to an item.
fn properties_of(bytes: &[u8], item: u32) -> Option<Vec<usize>> {
    let (version, wide) = (*bytes.first()?, bytes.get(3)? & 1 == 1);
    let mut at = 8;
    for _ in 0..u32_be(bytes, 4)?.min(u32::try_from(MOST_BOXES).unwrap_or(u32::MAX)) {
        let id = if version < 1 { u32::from(u16_be(bytes, at)?) } else { u32_be(bytes, at)? };
        at += if version < 1 { 2 } else { 4 };
        let count = usize::from(*bytes.get(at)?);
        let width = if wide { 2 } else { 1 };
        let list = slice(bytes, at + 1, count * width)?;
        if id == item {
            // The highest bit says whether the property must be understood.
            return Some(if wide {
                (0..count).filter_map(|index| u16_be(list, 2 * index)).map(|it| usize::from(it & 0x7FFF)).collect()
            } else {
                list.iter().map(|it| usize::from(it & 0x7F)).collect()
            });
        }
        at += 1 + count * width;
    }
    None
}
