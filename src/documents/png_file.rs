//! Reads a PNG to its end, row by row: every chunk's checksum, every row's filter, and the end chunk.
//!
//! Source: W3C PNG (third edition): chunks 5.3, errors 13.2.

use std::io::{Cursor, ErrorKind};

use crate::bytes::{slice, u32_be};
use crate::exif;
use crate::limits::{MOST_INTERLACED_BYTES, MOST_PIXELS, MOST_UNPACKED_BYTES, is_flood};
use crate::raster::{Raster, Wanted, on_white};

/// What the reading saw.
pub(crate) struct Read {
    /// Width and height as stored, if the header is whole.
    pub(crate) size: Option<(u32, u32)>,
    /// Orientation of EXIF, 1 to 8.
    pub(crate) orientation: u16,
    /// Where the picture ends: after its end chunk, or the end of the bytes.
    pub(crate) end: usize,
    /// How it ended.
    pub(crate) outcome: Outcome,
}

/// How a reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Every row was there, then the end chunk.
    Whole,
    /// The data end before the picture does.
    Truncated,
    /// Not a PNG that can be read.
    Damaged,
    /// More pixels than we read.
    Flood,
}

/// Reads `bytes`, which begin with the signature, and makes the pixels that are wanted, as stored; there are none where
/// the picture is not whole.
pub(crate) fn read(bytes: &[u8], wanted: Wanted) -> (Read, Option<Raster>) {
    let chunks = walk_chunks(bytes);
    let mut gathering = chunks.size.and_then(|size| Gathering::new(size, wanted.divisor(size.0, size.1)?));
    let outcome = if chunks.flooded {
        Outcome::Flood
    } else if !chunks.ended {
        Outcome::Truncated
    } else if chunks.size.is_none() {
        Outcome::Damaged
    } else {
        decode(bytes, gathering.as_mut())
    };
    let raster = gathering.filter(|_| outcome == Outcome::Whole).and_then(Gathering::finish);
    (Read { size: chunks.size, orientation: chunks.orientation, end: chunks.end, outcome }, raster)
}

/// What the chunks say without unpacking them.
struct Chunks {
    size: Option<(u32, u32)>,
    orientation: u16,
    end: usize,
    ended: bool,
    flooded: bool,
}

fn walk_chunks(bytes: &[u8]) -> Chunks {
    let mut seen = Chunks { size: None, orientation: 1, end: bytes.len(), ended: false, flooded: false };
    let mut at = 8;
    while let (Some(length), Some(name)) = (u32_be(bytes, at), slice(bytes, at + 4, 4)) {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let Some(content) = slice(bytes, at + 8, length) else { break };
        // Length, name and checksum are four bytes each.
        let Some(next) = at.checked_add(length).and_then(|end| end.checked_add(12)) else { break };
        if next > bytes.len() {
            break;
        }
        at = next;
        match name {
            b"IHDR" => {
                if let (Some(width), Some(height)) = (u32_be(content, 0), u32_be(content, 4))
                    && width > 0
                    && height > 0
                {
                    seen.size = Some((width, height));
                    let pixels = u64::from(width) * u64::from(height);
                    let samples = match content.get(9) {
                        Some(2) => 3,
                        Some(4) => 2,
                        Some(6) => 4,
                        _ => 1,
                    };
                    let bits = samples * u64::from(content.get(8).copied().unwrap_or(8));
                    seen.flooded = is_flood(width, height) || pixels.saturating_mul(bits) / 8 > MOST_UNPACKED_BYTES;
                }
            }
            b"eXIf" => seen.orientation = exif::orientation(content).unwrap_or(1),
            b"IEND" => {
                seen.end = at;
                seen.ended = true;
                return seen;
            }
            _ => {}
        }
    }
    seen
}

fn decode(bytes: &[u8], gathering: Option<&mut Gathering>) -> Outcome {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    // Texts and colour profiles are packed too, and of no use here.
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(match gathering {
        Some(_) => png::Transformations::normalize_to_color8(),
        None => png::Transformations::IDENTITY,
    });
    let rows = decoder.read_info().and_then(|mut reader| {
        match gathering {
            None => while reader.next_row()?.is_some() {},
            Some(gathering) if reader.info().interlaced => {
                // Only what fits is made a picture of; the rest is read to its end all the same.
                let size = reader.output_buffer_size().filter(|size| *size <= MOST_INTERLACED_BYTES);
                if let Some(size) = size {
                    let mut pixels = vec![0; size];
                    let shape = reader.next_frame(&mut pixels)?;
                    for row in pixels.chunks_exact(shape.line_size.max(1)) {
                        gathering.add(row, shape.color_type.samples());
                    }
                } else {
                    while reader.next_row()?.is_some() {}
                }
            }
            Some(gathering) => {
                let samples = reader.output_color_type().0.samples();
                while let Some(row) = reader.next_row()? {
                    gathering.add(row.data(), samples);
                }
            }
        }
        reader.finish()
    });
    match rows {
        Ok(()) => Outcome::Whole,
        Err(png::DecodingError::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => Outcome::Truncated,
        Err(png::DecodingError::LimitsExceeded) => Outcome::Flood,
        Err(_) => Outcome::Damaged,
    }
}

/// A picture whose rows come one after the other and are shrunk at once, so that it is never whole in memory.
struct Gathering {
    divisor: u32,
    width: u32,
    height: u32,
    /// Sums of the rows that are still coming together.
    sums: Vec<u32>,
    rows: u32,
    rgb: Vec<u8>,
}

impl Gathering {
    fn new((width, height): (u32, u32), divisor: u32) -> Option<Self> {
        let (width, height) = ((width / divisor).max(1), (height / divisor).max(1));
        (u64::from(width) * u64::from(height) <= MOST_PIXELS).then(|| Self {
            divisor,
            width,
            height,
            sums: vec![0; 3 * width as usize],
            rows: 0,
            rgb: Vec::new(),
        })
    }

    /// Adds a row of pixels of one (grey), two (grey, opacity), three or four samples of a byte.
    fn add(&mut self, row: &[u8], samples: usize) {
        let divisor = self.divisor as usize;
        for (pixels, sums) in row.chunks(samples.max(1) * divisor).zip(self.sums.chunks_exact_mut(3)) {
            for pixel in pixels.chunks_exact(samples.max(1)) {
                let colour = match pixel {
                    [grey] => [*grey; 3],
                    [grey, opacity] => on_white([*grey, *grey, *grey, *opacity]),
                    [red, green, blue] => [*red, *green, *blue],
                    [red, green, blue, opacity] => on_white([*red, *green, *blue, *opacity]),
                    _ => [u8::MAX; 3],
                };
                for (sum, it) in sums.iter_mut().zip(colour) {
                    *sum += u32::from(it);
                }
            }
        }
        self.rows += 1;
        if self.rows == self.divisor {
            // A picture narrower than the divisor is one pixel wide, of fewer.
            let across = self.divisor.min(u32::try_from(row.len() / samples.max(1)).unwrap_or(1)).max(1);
            let area = across * self.rows;
            let bytes = self.sums.iter().map(|sum| u8::try_from((sum + area / 2) / area).unwrap_or(u8::MAX));
            if self.rgb.len() < 3 * self.width as usize * self.height as usize {
                self.rgb.extend(bytes);
            }
            self.sums.fill(0);
            self.rows = 0;
        }
    }

    fn finish(self) -> Option<Raster> {
        let whole = self.rgb.len() == 3 * self.width as usize * self.height as usize;
        whole.then_some(Raster { width: self.width, height: self.height, rgb: self.rgb })
    }
}
