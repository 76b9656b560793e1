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
use crate::jpeg_bits::{Bits, Huffman, ZEROS};
use crate::jpeg_planes::{Block, Colours, Grid, NOWHERE, Plane, Planes};
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
pub(crate) type Stopped = Outcome;

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
            let drawn = if matches!(self.wanted, Wanted::Brightness(_)) { 1 } else { count };
            // What is not brightness and differences from it needs all of its colours.
            let split = count == 3 && self.colours != Colours::Plain;
            let grids = components.iter().take(drawn).enumerate().map(|(index, it)| {
                let coarser = self
                    .wanted
                    .eighths_of_colours(width * it.horizontal / most_horizontal, height * it.vertical / most_vertical);
                Grid {
                    sampling: (it.horizontal, it.vertical),
                    blocks: (it.stride, units_down * it.vertical),
                    detail: coarser.filter(|_| split && index > 0).unwrap_or(detail),
                }
            });
            self.planes = Some(Planes::new((width, height), progressive, grids));
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
                let plane = planes.as_deref_mut().and_then(|planes| planes.component(part.component));
                if let Some((plane, table)) = plane.zip(self.quantisation.get(component.quantisation)) {
                    plane.quantise(table);
                }
            }
            if let Some(table) = self.ac_tables.get_mut(part.ac_table).and_then(Option::as_mut)
                && !frame.progressive
            {
                table.make_skips();
            }
        }
        // A scan of one component visits its blocks; one of several visits whole units.
        let alone = match scan.parts.as_slice() {
            [part] => frame.components.get(part.component).map(|component| (component.columns, component.rows)),
            _ => None,
        };
        let (across, down) = alone.unwrap_or((frame.units_across, frame.units_down));
        let blocks_of = |component: &Component| match alone {
            Some(_) => (1, 1),
            None => (component.horizontal, component.vertical),
        };
        let of_scan = scan.parts.iter().filter_map(|part| frame.components.get(part.component)).map(blocks_of);
        let blocks_per_unit: u32 = of_scan.map(|(wide, high)| wide * high).sum();
        self.visits += u64::from(across * down) * u64::from(blocks_per_unit);
        if self.visits > MOST_BLOCK_VISITS {
            return Err(Outcome::Flood);
        }
        let progressive = frame.progressive;
        let mut bits = Bits::new(self.bytes, self.at);
        let mut run = 0;
        let mut restarts = 0;
        let mut until_restart = self.restart_interval;
        for row in 0..down {
            for column in 0..across {
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
                for part in &scan.parts {
                    let component = frame.components.get_mut(part.component).ok_or(Outcome::Damaged)?;
                    let (wide, high) = blocks_of(component);
                    for block_row in row * high..(row + 1) * high {
                        for block_column in column * wide..(column + 1) * wide {
                            let at = (block_row, block_column);
                            let plane = planes.as_deref_mut().and_then(|planes| planes.component(part.component));
                            if progressive {
                                self.progressive_block(&mut bits, scan, *part, component, at, &mut run, plane)?;
                            } else {
                                self.sequential_block(&mut bits, *part, component, at, plane)?;
                            }
                        }
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

    /// Reads a block and draws it, at a row and a column.
    fn sequential_block(
        &self,
        bits: &mut Bits,
        part: Part,
        component: &mut Component,
        at: (u32, u32),
        plane: Option<&mut Plane>,
    ) -> Result<(), Stopped> {
        component.level = component.level.wrapping_add(first_coefficient(bits, self.dc_table(part)?)?);
        let table = self.ac_table(part)?;
        let Some(plane) = plane else { return pass_coefficients(bits, table, 0) };
        plane.set_first(component.level);
        let level = other_coefficients(bits, table, plane)?;
        plane.draw(at, level);
        Ok(())
    }

    /// Reads what one scan says of a block.
    #[expect(clippy::too_many_arguments)]
    fn progressive_block(
        &self,
        bits: &mut Bits,
        scan: &Scan,
        part: Part,
        component: &mut Component,
        (row, column): (u32, u32),
        run: &mut u32,
        plane: Option<&mut Plane>,
    ) -> Result<(), Stopped> {
        let index = (row * component.stride + column) as usize;
        let mut pixels = plane.map(|plane| plane.begin((row, column)));
        let nonzero = component.nonzero.get_mut(index);
        match (scan.first, scan.high) {
            (0, 0) => {
                component.level = component.level.wrapping_add(first_coefficient(bits, self.dc_table(part)?)?);
                if let Some(mut pixels) = pixels {
                    pixels.set(0, component.level << scan.low);
                }
                Ok(())
            }
            (0, _) => {
                if bits.take(1)? == 1
                    && let Some(mut pixels) = pixels
                {
                    pixels.set(0, pixels.get(0) | 1 << scan.low);
                }
                Ok(())
            }
            (_, 0) => {
                begin_band(bits, self.ac_table(part)?, scan, nonzero.ok_or(Outcome::Damaged)?, run, pixels.as_mut())
            }
            (_, _) => {
                refine_band(bits, self.ac_table(part)?, scan, nonzero.ok_or(Outcome::Damaged)?, run, pixels.as_mut())
            }
        }
    }

    fn dc_table(&self, part: Part) -> Result<&Huffman, Stopped> {
        self.dc_tables.get(part.dc_table).and_then(Option::as_ref).ok_or(Outcome::Damaged)
    }

    fn ac_table(&self, part: Part) -> Result<&Huffman, Stopped> {
        self.ac_tables.get(part.ac_table).and_then(Option::as_ref).ok_or(Outcome::Damaged)
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

/// Reads the first coefficient of a block: its difference from the one before (T.81 F.2.2.1).
fn first_coefficient(bits: &mut Bits, table: &Huffman) -> Result<i32, Stopped> {
    let (length, number) = bits.coefficient(table)?;
    if length > 15 { Err(Outcome::Damaged) } else { Ok(number) }
}

/// Reads the other 63 coefficients of a sequential block (T.81 F.2.2.2) and keeps those that are wanted; is there none
/// of these?
fn other_coefficients(bits: &mut Bits, table: &Huffman, plane: &mut Plane) -> Result<bool, Stopped> {
    let mut here = *bits;
    let (mut position, mut places) = (0, 0);
    while position < plane.last() {
        let (code, number) = here.coefficient(table)?;
        if number != 0 {
            position += usize::from(code >> 4) + 1;
            places |= plane.set(position, number).ok_or(Outcome::Damaged)?;
        } else if code == ZEROS {
            position += 16;
        } else {
            *bits = here;
            return Ok(places % NOWHERE == 0);
        }
    }
    pass_coefficients(&mut here, table, position)?;
    *bits = here;
    Ok(places % NOWHERE == 0)
}

/// Reads the coefficients behind a place of the zigzag to the end of their block, and keeps none.
fn pass_coefficients(bits: &mut Bits, table: &Huffman, behind: usize) -> Result<(), Stopped> {
    let mut here = *bits;
    let mut position = behind;
    while position < 63 {
        // Several at once, as long as the block cannot end among them.
        if let Some(skip) = here.skip_some(table, 62 - position)? {
            position += skip.coefficients();
            if skip.ends() {
                break;
            }
            continue;
        }
        let (code, number) = here.coefficient(table)?;
        if number != 0 {
            position += usize::from(code >> 4) + 1;
            if position > 63 {
                return Err(Outcome::Damaged);
            }
        } else if code == ZEROS {
            position += 16;
        } else {
            break;
        }
    }
    *bits = here;
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
        let (code, value) = bits.coefficient(table)?;
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
            let (code, begun) = bits.coefficient(table)?;
            let (mut zeros, length) = (u32::from(code >> 4), u32::from(code & 15));
            match (zeros, length) {
                (15, 0) | (_, 1) => {}
                (_, 0) => {
                    *run = (1 << zeros) + bits.take(zeros)?;
                    break;
                }
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
