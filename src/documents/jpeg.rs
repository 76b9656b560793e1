//! Walks a JPEG from its first byte to its last, reads every Huffman code of every block, and makes pixels on the way
//! where they are wanted, as many as are wanted.
//!
//! The decoders tried accept some cut files (they fill the rest with grey), and a phone's picture of twelve megapixels
//! would cost them tens of megabytes. The walk needs no memory for a sequential picture and one bit per coefficient for
//! a progressive one, and it knows exactly whether the last block was there. Pixels come out of the same pass at an
//! eighth, a quarter, half or all of the size ([`Planes`]).
//!
//! Source: ITU-T T.81 (1992): markers annex B, sequential decoding annex F.2, progressive decoding annex G.

use crate::bytes::{contains_ignoring_case, slice, u16_be};
use crate::exif;
use crate::jpeg_planes::{Block, Colours, Planes};
use crate::limits::{self, MOST_BLOCK_VISITS, MOST_SCAN_PADDING, MOST_SCANS};
use crate::raster::Wanted;

/// What the walk saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Walk {
    /// Width and height as stored, if the frame's header was reached.
    pub(crate) size: Option<(u32, u32)>,
    /// Orientation of EXIF, 1 to 8; 1 when nothing is said.
    pub(crate) orientation: u16,
    /// Where the picture ends: after its end marker, or the end of the bytes.
    pub(crate) end: usize,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// A comment holds markup or code, as files do that are a picture and a page at once.
    pub(crate) markup_in_comment: bool,
}

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Every block of every component was there, then the end marker.
    Whole,
    /// As [`Outcome::Whole`], but a scan holds more than its blocks need: some of it was overwritten.
    LeftOver,
    /// The data end before the picture does.
    Truncated,
    /// A code or a header that cannot be.
    Damaged,
    /// More pixels, scans or blocks than we read.
    Flood,
}

/// Why the walk stopped early.
type Stopped = Outcome;

/// Walks `bytes`, which begin with the start marker.
pub(crate) fn walk(bytes: &[u8]) -> Walk {
    decode(bytes, Wanted::Nothing).0
}

/// Walks `bytes` and makes the pixels that are wanted; there are none where the picture is not whole.
pub(crate) fn decode(bytes: &[u8], wanted: Wanted) -> (Walk, Option<Planes>) {
    let mut walker = Walker::new(bytes, wanted);
    let outcome = match walker.run() {
        Ok(()) if walker.left_over > bytes.len() / 10 + MOST_SCAN_PADDING => Outcome::Damaged,
        Ok(()) if walker.left_over > MOST_SCAN_PADDING => Outcome::LeftOver,
        Ok(()) => Outcome::Whole,
        Err(stopped) => stopped,
    };
    let walk = Walk {
        size: walker.frame.as_ref().map(|frame| (frame.width, frame.height)),
        orientation: walker.orientation,
        end: walker.at.min(bytes.len()),
        outcome,
        markup_in_comment: walker.markup_in_comment,
    };
    let whole = matches!(outcome, Outcome::Whole | Outcome::LeftOver);
    let planes = walker.planes.take().filter(|_| whole);
    (walk, planes.map(|planes| planes.finish(walker.colours)))
}

/// One component of the frame: its sampling and its grid of blocks.
struct Component {
    id: u8,
    horizontal: u32,
    vertical: u32,
    /// Blocks that hold picture, across and down: what a scan of this component alone visits.
    columns: u32,
    rows: u32,
    /// Blocks in a row of the grid, whole units included.
    stride: u32,
    /// Was its first coefficient read?
    begun: bool,
    /// Its table of quantisation.
    quantisation: usize,
    /// The first coefficient of its last block, of which the next one holds the difference.
    level: i32,
    /// Per block, one bit per coefficient that is not zero; only for a progressive picture.
    nonzero: Vec<u64>,
}

/// What the frame's header says.
struct Frame {
    width: u32,
    height: u32,
    progressive: bool,
    units_across: u32,
    units_down: u32,
    components: Vec<Component>,
}

/// A component's part in a scan: its place in the frame and its tables.
#[derive(Clone, Copy)]
struct Part {
    component: usize,
    dc_table: usize,
    ac_table: usize,
}

/// What the scan's header says.
struct Scan {
    parts: Vec<Part>,
    first: u32,
    last: u32,
    /// High bit position: not zero in a scan that refines.
    high: u8,
    /// Low bit position: how far the coefficients read are below their value.
    low: u8,
}

struct Walker<'a> {
    bytes: &'a [u8],
    at: usize,
    frame: Option<Frame>,
    dc_tables: [Option<Huffman>; 4],
    ac_tables: [Option<Huffman>; 4],
    restart_interval: u32,
    scans: u32,
    visits: u64,
    left_over: usize,
    orientation: u16,
    markup_in_comment: bool,
    wanted: Wanted,
    quantisation: [[u16; 64]; 4],
    colours: Colours,
    planes: Option<Planes>,
}

impl<'a> Walker<'a> {
    fn new(bytes: &'a [u8], wanted: Wanted) -> Self {
        Self {
            bytes,
            at: 2,
            frame: None,
            dc_tables: [const { None }; 4],
            ac_tables: [const { None }; 4],
            restart_interval: 0,
            scans: 0,
            visits: 0,
            left_over: 0,
            orientation: 1,
            markup_in_comment: false,
            wanted,
            quantisation: [[1; 64]; 4],
            colours: Colours::Unsaid,
            planes: None,
        }
    }

    fn run(&mut self) -> Result<(), Stopped> {
        loop {
            let marker = self.next_marker().ok_or(Outcome::Truncated)?;
            match marker {
                // End of image.
                0xD9 => return self.check_whole(),
                // Markers that stand alone.
                0x01 | 0xD0..=0xD8 => {}
                _ => {
                    let length = usize::from(u16_be(self.bytes, self.at).ok_or(Outcome::Truncated)?);
                    let inside = length.checked_sub(2).ok_or(Outcome::Damaged)?;
                    let Some(segment) = slice(self.bytes, self.at + 2, inside) else {
                        self.at = self.bytes.len();
                        return Err(Outcome::Truncated);
                    };
                    self.at += length;
                    self.segment(marker, segment)?;
                }
            }
        }
    }

    /// Finds the next marker and stops behind it. Bytes before it that belong to nothing are passed over.
    fn next_marker(&mut self) -> Option<u8> {
        let rest = self.bytes.get(self.at..)?;
        let mut seen_ff = false;
        for (index, byte) in rest.iter().enumerate() {
            match (seen_ff, *byte) {
                (_, 0xFF) => seen_ff = true,
                (true, marker) if marker != 0 => {
                    self.at += index + 1;
                    return Some(marker);
                }
                _ => seen_ff = false,
            }
        }
        self.at = self.bytes.len();
        None
    }

    /// The end marker was met: was everything there that the frame promised?
    fn check_whole(&self) -> Result<(), Stopped> {
        let frame = self.frame.as_ref().ok_or(Outcome::Damaged)?;
        if self.scans == 0 || frame.components.iter().any(|component| !component.begun) {
            return Err(Outcome::Truncated);
        }
        Ok(())
    }

    fn segment(&mut self, marker: u8, segment: &[u8]) -> Result<(), Stopped> {
        match marker {
            0xC0..=0xC2 => self.frame_header(segment, marker == 0xC2),
            0xC4 => self.huffman_tables(segment),
            0xDB => {
                self.quantisation_tables(segment);
                Ok(())
            }
            0xEE => {
                if let Some([_, _, _, _, _, _, transform, ..]) = segment.strip_prefix(b"Adobe") {
                    self.colours = if *transform == 0 { Colours::Plain } else { Colours::Split };
                }
                Ok(())
            }
            // Lossless, hierarchical and arithmetic frames: no browser and no office program shows them.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => Err(Outcome::Damaged),
            0xDA => self.scan(segment),
            0xDD => {
                self.restart_interval = u32::from(u16_be(segment, 0).ok_or(Outcome::Damaged)?);
                Ok(())
            }
            0xE1 => {
                // The first one that says something counts; later ones belong to previews.
                if self.orientation == 1
                    && let Some(tiff) = segment.strip_prefix(b"Exif\0\0")
                {
                    self.orientation = exif::orientation(tiff).unwrap_or(1);
                }
                Ok(())
            }
            0xFE => {
                const CODE: [&[u8]; 5] = [b"<script", b"<html", b"<?php", b"<svg", b"<iframe"];
                self.markup_in_comment |= CODE.iter().any(|code| contains_ignoring_case(segment, code));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn frame_header(&mut self, segment: &[u8], progressive: bool) -> Result<(), Stopped> {
        let [precision, high, low, wide, narrow, count, specifications @ ..] = segment else {
            return Err(Outcome::Damaged);
        };
        let height = u32::from(u16::from_be_bytes([*high, *low]));
        let width = u32::from(u16::from_be_bytes([*wide, *narrow]));
        let count = usize::from(*count);
        let fits = (1..=4).contains(&count) && specifications.len() >= 3 * count;
        if self.frame.is_some() || *precision != 8 || width == 0 || height == 0 || !fits {
            return Err(Outcome::Damaged);
        }
        let specifications = specifications.chunks_exact(3).take(count);
        let (mut most_horizontal, mut most_vertical) = (1, 1);
        for specification in specifications.clone() {
            let sampling = specification.get(1).copied().unwrap_or_default();
            let (horizontal, vertical) = (u32::from(sampling >> 4), u32::from(sampling & 15));
            if !(1..=4).contains(&horizontal) || !(1..=4).contains(&vertical) {
                return Err(Outcome::Damaged);
            }
            most_horizontal = most_horizontal.max(horizontal);
            most_vertical = most_vertical.max(vertical);
        }
        let units_across = width.div_ceil(8 * most_horizontal);
        let units_down = height.div_ceil(8 * most_vertical);
        let flooded = limits::is_flood(width, height);
        let mut components = Vec::with_capacity(count);
        for specification in specifications {
            let id = specification.first().copied().unwrap_or_default();
            let sampling = specification.get(1).copied().unwrap_or_default();
            let quantisation = usize::from(specification.get(2).copied().unwrap_or_default() & 3);
            let (horizontal, vertical) = (u32::from(sampling >> 4), u32::from(sampling & 15));
            let stride = units_across * horizontal;
            let blocks = stride * units_down * vertical;
            components.push(Component {
                id,
                horizontal,
                vertical,
                columns: (width * horizontal).div_ceil(8 * most_horizontal),
                rows: (height * vertical).div_ceil(8 * most_vertical),
                stride,
                begun: false,
                quantisation,
                level: 0,
                nonzero: if progressive && !flooded { vec![0; blocks as usize] } else { Vec::new() },
            });
        }
        if let Some(detail) = self.wanted.eighths(width, height).filter(|_| !flooded) {
            let drawn = if matches!(self.wanted, Wanted::Brightness(_)) { 1 } else { components.len() };
            let grids = components.iter().map(|it| (it.horizontal, it.vertical, it.stride, units_down * it.vertical));
            let grids = grids.take(drawn);
            self.planes = Some(Planes::new((width, height), detail, progressive, grids));
        }
        self.frame = Some(Frame { width, height, progressive, units_across, units_down, components });
        if flooded { Err(Outcome::Flood) } else { Ok(()) }
    }

    /// Tables of quantisation (T.81 B.2.4.1). One that is cut off leaves the old one: only pixels suffer.
    fn quantisation_tables(&mut self, segment: &[u8]) {
        let mut rest = segment;
        while let [precision_and_place, after @ ..] = rest {
            let wide = usize::from(*precision_and_place >> 4 != 0);
            let (Some(table), Some(values)) =
                (self.quantisation.get_mut(usize::from(precision_and_place & 15)), after.get(..64 << wide))
            else {
                return;
            };
            for (index, place) in table.iter_mut().enumerate() {
                *place = match wide {
                    0 => u16::from(values.get(index).copied().unwrap_or(1)),
                    _ => u16_be(values, 2 * index).unwrap_or(1),
                };
            }
            rest = after.get(64 << wide..).unwrap_or_default();
        }
    }

    fn huffman_tables(&mut self, segment: &[u8]) -> Result<(), Stopped> {
        let mut rest = segment;
        while let [class_and_place, after @ ..] = rest {
            let counts = after.get(..16).ok_or(Outcome::Damaged)?;
            let values_length = counts.iter().map(|count| usize::from(*count)).sum::<usize>();
            let values = slice(after, 16, values_length).ok_or(Outcome::Damaged)?;
            let table = Huffman::new(counts, values).ok_or(Outcome::Damaged)?;
            let tables = if class_and_place >> 4 == 0 { &mut self.dc_tables } else { &mut self.ac_tables };
            let place = tables.get_mut(usize::from(class_and_place & 15)).ok_or(Outcome::Damaged)?;
            *place = Some(table);
            rest = after.get(16 + values_length..).unwrap_or_default();
        }
        Ok(())
    }

    /// Reads a scan's header and then all its data.
    fn scan(&mut self, segment: &[u8]) -> Result<(), Stopped> {
        self.scans += 1;
        if self.scans > MOST_SCANS {
            return Err(Outcome::Flood);
        }
        let mut frame = self.frame.take().ok_or(Outcome::Damaged)?;
        let mut planes = self.planes.take();
        let read = scan_header(segment, &frame).and_then(|scan| self.scan_data(&mut frame, &scan, planes.as_mut()));
        self.frame = Some(frame);
        self.planes = planes;
        read
    }

    fn scan_data(&mut self, frame: &mut Frame, scan: &Scan, mut planes: Option<&mut Planes>) -> Result<(), Stopped> {
        for part in &scan.parts {
            if let Some(component) = frame.components.get_mut(part.component) {
                component.level = 0;
                if let (Some(planes), Some(table)) =
                    (planes.as_deref_mut(), self.quantisation.get(component.quantisation))
                {
                    planes.quantise(part.component, table);
                }
            }
        }
        // A scan of one component visits its blocks; one of several visits whole units.
        let alone = match scan.parts.as_slice() {
            [part] => frame.components.get(part.component).map(|component| (component.columns, component.rows)),
            _ => None,
        };
        let (across, down) = alone.unwrap_or((frame.units_across, frame.units_down));
        let units = across * down;
        let blocks_per_unit: u32 = if alone.is_some() {
            1
        } else {
            scan.parts
                .iter()
                .filter_map(|part| frame.components.get(part.component))
                .map(|component| component.horizontal * component.vertical)
                .sum()
        };
        self.visits += u64::from(units) * u64::from(blocks_per_unit);
        if self.visits > MOST_BLOCK_VISITS {
            return Err(Outcome::Flood);
        }
        let mut bits = Bits::new(self.bytes, self.at);
        let mut run = 0;
        let mut restarts = 0;
        let mut until_restart = self.restart_interval;
        for unit in 0..units {
            if self.restart_interval != 0 {
                if until_restart == 0 {
                    self.left_over += bits.restart(restarts)?;
                    restarts = (restarts + 1) % 8;
                    run = 0;
                    for part in &scan.parts {
                        if let Some(component) = frame.components.get_mut(part.component) {
                            component.level = 0;
                        }
                    }
                    until_restart = self.restart_interval;
                }
                until_restart -= 1;
            }
            let (row, column) = (unit / across, unit % across);
            for part in &scan.parts {
                let Some(component) = frame.components.get_mut(part.component) else {
                    return Err(Outcome::Damaged);
                };
                let (high, wide) = if alone.is_some() { (1, 1) } else { (component.vertical, component.horizontal) };
                for block in 0..high * wide {
                    let block_row = row * high + block / wide;
                    let block_column = column * wide + block % wide;
                    let index = (block_row * component.stride + block_column) as usize;
                    let mut pixels = planes.as_deref_mut().map(|planes| planes.begin(part.component, index));
                    let (level, nonzero) = (&mut component.level, component.nonzero.get_mut(index));
                    self.block(&mut bits, frame.progressive, scan, *part, nonzero, &mut run, level, pixels.as_mut())?;
                    if !frame.progressive
                        && let Some(planes) = planes.as_deref_mut()
                    {
                        planes.draw(part.component, block_row, block_column);
                    }
                }
            }
        }
        for part in &scan.parts {
            if let Some(component) = frame.components.get_mut(part.component) {
                component.begun |= scan.first == 0;
            }
        }
        self.left_over += bits.left_over();
        self.at = bits.stopped_at();
        Ok(())
    }

    #[expect(clippy::too_many_arguments)]
    fn block(
        &self,
        bits: &mut Bits,
        progressive: bool,
        scan: &Scan,
        part: Part,
        nonzero: Option<&mut u64>,
        run: &mut u32,
        level: &mut i32,
        mut pixels: Option<&mut Block>,
    ) -> Result<(), Stopped> {
        let dc_table = || self.dc_tables.get(part.dc_table).and_then(Option::as_ref).ok_or(Outcome::Damaged);
        let ac_table = || self.ac_tables.get(part.ac_table).and_then(Option::as_ref).ok_or(Outcome::Damaged);
        if !progressive {
            *level = level.wrapping_add(first_coefficient(bits, dc_table()?)?);
            if let Some(pixels) = pixels.as_deref_mut() {
                pixels.set(0, *level);
            }
            return other_coefficients(bits, ac_table()?, pixels);
        }
        match (scan.first, scan.high) {
            (0, 0) => {
                *level = level.wrapping_add(first_coefficient(bits, dc_table()?)?);
                if let Some(pixels) = pixels {
                    pixels.set(0, *level << scan.low);
                }
                Ok(())
            }
            (0, _) => {
                if bits.take(1)? == 1
                    && let Some(pixels) = pixels
                {
                    pixels.set(0, pixels.get(0) | 1 << scan.low);
                }
                Ok(())
            }
            (_, 0) => begin_band(bits, ac_table()?, scan, nonzero.ok_or(Outcome::Damaged)?, run, pixels),
            (_, _) => refine_band(bits, ac_table()?, scan, nonzero.ok_or(Outcome::Damaged)?, run, pixels),
        }
    }
}

/// Reads a scan's header against its frame.
fn scan_header(segment: &[u8], frame: &Frame) -> Result<Scan, Stopped> {
    let (count, rest) = segment.split_first().ok_or(Outcome::Damaged)?;
    let count = usize::from(*count);
    let selectors = rest.get(..2 * count).ok_or(Outcome::Damaged)?;
    let [first, last, approximation, ..] = rest.get(2 * count..).unwrap_or_default() else {
        return Err(Outcome::Damaged);
    };
    let mut parts = Vec::with_capacity(4);
    for selector in selectors.chunks_exact(2) {
        let [id, tables] = selector else { return Err(Outcome::Damaged) };
        let component = frame.components.iter().position(|component| component.id == *id).ok_or(Outcome::Damaged)?;
        parts.push(Part { component, dc_table: usize::from(tables >> 4), ac_table: usize::from(tables & 15) });
    }
    let (first, last) = if frame.progressive { (u32::from(*first), u32::from(*last)) } else { (0, 63) };
    // A progressive scan holds first coefficients, of any components, or a band of one component.
    let band_fits = !frame.progressive || if first == 0 { last == 0 } else { count == 1 && first <= last && last < 64 };
    if !(1..=4).contains(&count) || !band_fits {
        return Err(Outcome::Damaged);
    }
    let (high, low) = if frame.progressive { (approximation >> 4, approximation & 15) } else { (0, 0) };
    // T.81 B.2.3: at most 13.
    if low > 13 { Err(Outcome::Damaged) } else { Ok(Scan { parts, first, last, high, low }) }
}

/// The number that `length` bits stand for (T.81 F.2.2.1, EXTEND).
fn extend(bits: u32, length: u32) -> i32 {
    let value = bits.cast_signed();
    if length > 0 && bits < 1 << (length - 1) { value - (1 << length) + 1 } else { value }
}

/// Reads the first coefficient of a block: its length, then its bits (T.81 F.2.2.1).
fn first_coefficient(bits: &mut Bits, table: &Huffman) -> Result<i32, Stopped> {
    let length = u32::from(bits.decode(table)?);
    if length > 15 { Err(Outcome::Damaged) } else { Ok(extend(bits.take(length)?, length)) }
}

/// Reads the other 63 coefficients of a sequential block (T.81 F.2.2.2).
fn other_coefficients(bits: &mut Bits, table: &Huffman, mut pixels: Option<&mut Block>) -> Result<(), Stopped> {
    let mut position = 1;
    while position < 64 {
        let code = bits.decode(table)?;
        let (zeros, length) = (u32::from(code >> 4), u32::from(code & 15));
        match (zeros, length) {
            (15, 0) => position += 16,
            (_, 0) => return Ok(()),
            _ => {
                position += zeros;
                if position > 63 {
                    return Err(Outcome::Damaged);
                }
                match pixels.as_deref_mut() {
                    Some(pixels) => pixels.set(position, extend(bits.take(length)?, length)),
                    None => bits.skip(length)?,
                }
                position += 1;
            }
        }
    }
    Ok(())
}

/// Reads a block's band for the first time (T.81 G.1.2.2); `run` counts the empty blocks still to come.
fn begin_band(
    bits: &mut Bits,
    table: &Huffman,
    scan: &Scan,
    nonzero: &mut u64,
    run: &mut u32,
    mut pixels: Option<&mut Block>,
) -> Result<(), Stopped> {
    if *run > 0 {
        *run -= 1;
        return Ok(());
    }
    let mut position = scan.first;
    while position <= scan.last {
        let code = bits.decode(table)?;
        let (zeros, length) = (u32::from(code >> 4), u32::from(code & 15));
        match (zeros, length) {
            (15, 0) => position += 16,
            (_, 0) => {
                *run = (1 << zeros) - 1 + bits.take(zeros)?;
                return Ok(());
            }
            _ => {
                position += zeros;
                if position > 63 {
                    return Err(Outcome::Damaged);
                }
                let value = extend(bits.take(length)?, length);
                if let Some(pixels) = pixels.as_deref_mut() {
                    pixels.set(position, value << scan.low);
                }
                *nonzero |= 1 << position;
                position += 1;
            }
        }
    }
    Ok(())
}

/// Reads one more bit of a block's band (T.81 G.1.2.3): each coefficient that is not zero has a correction bit.
fn refine_band(
    bits: &mut Bits,
    table: &Huffman,
    scan: &Scan,
    nonzero: &mut u64,
    run: &mut u32,
    mut pixels: Option<&mut Block>,
) -> Result<(), Stopped> {
    let mut position = scan.first;
    if *run == 0 {
        while position <= scan.last {
            let code = bits.decode(table)?;
            let (mut zeros, length) = (u32::from(code >> 4), u32::from(code & 15));
            let mut begun = 0;
            match (zeros, length) {
                (15, 0) => {}
                (_, 0) => {
                    *run = (1 << zeros) + bits.take(zeros)?;
                    break;
                }
                (_, 1) => begun = if bits.take(1)? == 1 { 1 } else { -1 },
                _ => return Err(Outcome::Damaged),
            }
            while position <= scan.last {
                if *nonzero >> position & 1 == 1 {
                    correct(bits, scan, position, pixels.as_deref_mut())?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                position += 1;
            }
            if length == 1 && position <= scan.last {
                *nonzero |= 1 << position;
                if let Some(pixels) = pixels.as_deref_mut() {
                    pixels.set(position, begun << scan.low);
                }
            }
            position += 1;
        }
    }
    if *run > 0 {
        // The rest of the band: only corrections.
        while position <= scan.last {
            if *nonzero >> position & 1 == 1 {
                correct(bits, scan, position, pixels.as_deref_mut())?;
            }
            position += 1;
        }
        *run -= 1;
    }
    Ok(())
}

/// Reads one more bit of a coefficient that is not zero.
fn correct(bits: &mut Bits, scan: &Scan, position: u32, pixels: Option<&mut Block>) -> Result<(), Stopped> {
    if bits.take(1)? == 1
        && let Some(pixels) = pixels
    {
        let value = pixels.get(position);
        pixels.set(position, value + (value.signum() << scan.low));
    }
    Ok(())
}

/// Bits of a Huffman code that one look-up resolves; most codes are shorter.
const QUICK_BITS: u32 = 9;

/// A Huffman table (T.81 annex C).
struct Huffman {
    /// By the next nine bits: length of the code and its value; length 0 if the code is longer.
    quick: Box<[(u8, u8); 1 << QUICK_BITS]>,
    /// Per length, the first code that is longer, aligned to 16 bits.
    ends: [u32; 17],
    /// Per length, what is added to a code to find its value.
    shifts: [i32; 17],
    values: Vec<u8>,
}

impl Huffman {
    /// Nothing when the lengths describe no code.
    fn new(counts: &[u8], values: &[u8]) -> Option<Self> {
        let mut table = Self {
            quick: Box::new([(0, 0); 1 << QUICK_BITS]),
            ends: [0; 17],
            shifts: [0; 17],
            values: values.to_vec(),
        };
        let mut code: u32 = 0;
        let mut index: i32 = 0;
        for (length, count) in (1_u32..).zip(counts) {
            let count = u32::from(*count);
            let place = length as usize;
            *table.shifts.get_mut(place)? = index - i32::try_from(code).ok()?;
            for _ in 0..count {
                if length <= QUICK_BITS {
                    let value = *values.get(usize::try_from(index).ok()?)?;
                    let from = (code << (QUICK_BITS - length)) as usize;
                    let to = ((code + 1) << (QUICK_BITS - length)) as usize;
                    table.quick.get_mut(from..to)?.fill((u8::try_from(length).ok()?, value));
                }
                code += 1;
                index += 1;
            }
            if code > 1 << length {
                return None;
            }
            *table.ends.get_mut(place)? = code << (16 - length);
            code <<= 1;
        }
        Some(table)
    }
}

/// The bits of a scan: stuffing taken out, stopping before the next marker.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The next bits, the first one highest.
    buffer: u64,
    /// How many of them are real.
    count: u32,
    /// A marker or the end of the bytes was met.
    stopped: bool,
}

impl<'a> Bits<'a> {
    fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, buffer: 0, count: 0, stopped: false }
    }

    fn fill(&mut self) {
        while self.count <= 48 && !self.stopped {
            match self.bytes.get(self.at) {
                None => self.stopped = true,
                Some(0xFF) => match self.bytes.get(self.at + 1) {
                    Some(0) => self.push(0xFF, 2),
                    // Fill bytes may stand before a marker.
                    Some(0xFF) => self.at += 1,
                    _ => self.stopped = true,
                },
                Some(byte) => self.push(*byte, 1),
            }
        }
    }

    fn push(&mut self, byte: u8, step: usize) {
        self.buffer |= u64::from(byte) << (56 - self.count);
        self.count += 8;
        self.at += step;
    }

    fn skip(&mut self, count: u32) -> Result<(), Stopped> {
        if self.count < count {
            self.fill();
            if self.count < count {
                return Err(self.why_short());
            }
        }
        self.buffer <<= count;
        self.count -= count;
        Ok(())
    }

    /// At most 16 bits, as a number.
    fn take(&mut self, count: u32) -> Result<u32, Stopped> {
        self.fill();
        // The shift leaves at most 16 bits.
        #[expect(clippy::cast_possible_truncation)]
        let value = if count == 0 { 0 } else { (self.buffer >> (64 - count)) as u32 };
        self.skip(count)?;
        Ok(value)
    }

    fn decode(&mut self, table: &Huffman) -> Result<u8, Stopped> {
        if self.count < 16 {
            self.fill();
        }
        // The shift leaves 16 bits.
        let next = (self.buffer >> 48) as u32;
        let (length, value) = table.quick.get((next >> (16 - QUICK_BITS)) as usize).copied().unwrap_or_default();
        if length > 0 {
            self.skip(u32::from(length))?;
            return Ok(value);
        }
        for length in QUICK_BITS + 1..=16 {
            let place = length as usize;
            if next < table.ends.get(place).copied().unwrap_or_default() {
                self.skip(length)?;
                let code = i32::try_from(next >> (16 - length)).unwrap_or_default();
                let index = code + table.shifts.get(place).copied().unwrap_or_default();
                let value = usize::try_from(index).ok().and_then(|index| table.values.get(index));
                return value.copied().ok_or(Outcome::Damaged);
            }
        }
        // No such code; at the end of the data that only means that the rest is missing.
        Err(if self.count < 16 { self.why_short() } else { Outcome::Damaged })
    }

    /// A restart marker inside a scan that still wants data is damage; anything else that stops it is a missing end.
    fn why_short(&self) -> Stopped {
        match self.bytes.get(self.at + 1) {
            Some(0xD0..=0xD7) => Outcome::Damaged,
            _ => Outcome::Truncated,
        }
    }

    /// Passes the restart marker that must stand here, the `number`th of eight; the number of bytes left over before it.
    fn restart(&mut self, number: u8) -> Result<usize, Stopped> {
        let left_over = self.left_over();
        match self.bytes.get(self.at + 1) {
            Some(marker) if *marker == 0xD0 + number => {
                *self = Self::new(self.bytes, self.at + 2);
                Ok(left_over)
            }
            // Out of turn: the stretch before it is missing or another was put here.
            Some(0xD0..=0xD7) => Err(Outcome::Damaged),
            _ => Err(Outcome::Truncated),
        }
    }

    /// Goes on to the next marker; the number of whole bytes passed over.
    fn left_over(&mut self) -> usize {
        let mut passed = self.count as usize / 8;
        loop {
            self.buffer = 0;
            self.count = 0;
            self.fill();
            if self.count == 0 {
                return passed;
            }
            passed += self.count as usize / 8;
        }
    }

    /// Where the marker stands that ended the data.
    fn stopped_at(&self) -> usize {
        self.at
    }
}
