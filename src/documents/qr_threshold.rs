//! Makes a picture black and white, each place by the light around it.

use rxing::common::{BitArray, BitMatrix};

use crate::qr::Luma;

/// What counts as black at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Threshold {
    /// Darker than the mean of the surroundings.
    Mean,
    /// Darker than the middle between the darkest and the brightest of the surroundings: for blurred pictures.
    Middle,
    /// As [`Threshold::Mean`], with surroundings four times as wide: for codes of large modules.
    Wide,
    /// As [`Threshold::Mean`], and small differences count: for grey print and pale light.
    Faint,
}

/// Side of a block, in pixels. The surroundings of a pixel are the 5 × 5 blocks around its own.
const BLOCK: usize = 8;
/// Blocks that are one across and down, for [`Threshold::Wide`].
const WIDE: usize = 4;

impl Threshold {
    /// Blocks whose brightest and darkest pixel are nearer than this are of one colour; which, their neighbours say.
    fn flat(self) -> u8 {
        match self {
            Self::Mean | Self::Middle | Self::Wide => 24,
            Self::Faint => 8,
        }
    }
}

/// A picture whose light was measured once, to be made black and white in several ways.
pub(crate) struct Measured<'a> {
    pub(crate) picture: Luma<'a>,
    light: Grid<Seen>,
}

impl<'a> Measured<'a> {
    pub(crate) fn new(picture: Luma<'a>) -> Self {
        let across = picture.width().div_ceil(BLOCK);
        let mut light = Grid { across, cells: Vec::with_capacity(across * picture.height().div_ceil(BLOCK)) };
        let mut columns = Columns::new(picture.width());
        let mut rows = picture.rows().peekable();
        while rows.peek().is_some() {
            columns.clear();
            rows.by_ref().take(BLOCK).for_each(|row| columns.add(row));
            columns.blocks_into(&mut light.cells);
        }
        Self { picture, light }
    }

    /// The picture in black and white; black is set, or white where the code is `inverted`.
    pub(crate) fn black_and_white(&self, threshold: Threshold, inverted: bool) -> Option<BitMatrix> {
        const BITS: usize = usize::BITS as usize;
        let (limits, side) = match threshold {
            Threshold::Mean | Threshold::Middle | Threshold::Faint => (self.light.limits(threshold), BLOCK),
            Threshold::Wide => (self.light.joined().limits(threshold), WIDE * BLOCK),
        };
        let (width, height) = (self.picture.width(), self.picture.height());
        let mut bits = BitMatrix::new(u32::try_from(width).ok()?, u32::try_from(height).ok()?).ok()?;
        let mut line = BitArray::with_size(width);
        for (y, row) in self.picture.rows().enumerate() {
            let limits = limits.line(y / side);
            for (at, part) in (0..).step_by(BITS).zip(row.chunks(BITS)) {
                let eights = (at..).step_by(BLOCK).zip(part.chunks(BLOCK)).map(|(at, levels)| {
                    let black = darker(levels, limits.get(at / side).copied().unwrap_or_default());
                    let all = u8::MAX >> (BLOCK - levels.len());
                    usize::from(if inverted { all & !black } else { all & black }) << (at % BITS)
                });
                line.setBulk(at, eights.sum());
            }
            bits.setRow(u32::try_from(y).ok()?, &line);
        }
        Some(bits)
    }
}

/// Which of up to eight levels are not above a limit; the first one's answer is the lowest bit.
fn darker(levels: &[u8], limit: u8) -> u8 {
    let mut eight = [0; BLOCK];
    match <[u8; BLOCK]>::try_from(levels) {
        Ok(levels) => eight = levels,
        Err(_) => eight.iter_mut().zip(levels).for_each(|(it, level)| *it = *level),
    }
    // All eight at once, one in each byte of a number: the highest bit of each says whether it is.
    let every = |byte: u8| u64::from_ne_bytes([byte; BLOCK]);
    let (levels, limits, top) = (u64::from_le_bytes(eight), every(limit), every(0x80));
    let lower_bits = (limits | top) - (levels & !top);
    let answers = (lower_bits & !(levels ^ limits) | limits & !levels) & top;
    // Moves the eight answers beside each other.
    (((answers >> 7).wrapping_mul(0x0102_0408_1020_4080)) >> 56) as u8
}

/// One value for each block, row after row.
struct Grid<T> {
    across: usize,
    cells: Vec<T>,
}

impl<T> Grid<T> {
    fn line(&self, row: usize) -> &[T] {
        self.cells.get(row * self.across..(row + 1) * self.across).unwrap_or_default()
    }
}

impl Grid<Seen> {
    /// The limit between black and white of each block.
    fn limits(&self, threshold: Threshold) -> Grid<u8> {
        let mut own: Vec<u8> = Vec::with_capacity(self.cells.len());
        for line in self.cells.chunks(self.across.max(1)) {
            let above = own.len().checked_sub(self.across);
            for (index, block) in line.iter().enumerate() {
                let neighbours = above.zip(index.checked_sub(1)).and_then(|(above, before)| {
                    let level = |place: usize| own.get(place).copied().map(u16::from);
                    Some((level(above + index)? + 2 * level(own.len() - 1)? + level(above + before)?) / 4)
                });
                own.push(block.limit(threshold, neighbours));
            }
        }
        let down = own.len() / self.across.max(1);
        Grid { across: self.across, cells: smoothed(&own, self.across, down) }
    }

    /// Of [`WIDE`] × [`WIDE`] blocks one.
    fn joined(&self) -> Self {
        let mut cells = Vec::new();
        for lines in self.cells.chunks(WIDE * self.across.max(1)) {
            for left in (0..self.across).step_by(WIDE) {
                let parts = lines.chunks(self.across).flat_map(|line| line.iter().skip(left).take(WIDE));
                cells.push(parts.fold(Seen::NOTHING, Seen::with));
            }
        }
        Self { across: self.across.div_ceil(WIDE), cells }
    }
}

/// What was seen of each column of a row of blocks.
struct Columns {
    low: Vec<u8>,
    high: Vec<u8>,
    sums: Vec<u16>,
    rows: u32,
}

impl Columns {
    fn new(width: usize) -> Self {
        Self { low: vec![0; width], high: vec![0; width], sums: vec![0; width], rows: 0 }
    }

    fn clear(&mut self) {
        self.low.fill(u8::MAX);
        self.high.fill(0);
        self.sums.fill(0);
        self.rows = 0;
    }

    fn add(&mut self, row: &[u8]) {
        self.low.iter_mut().zip(row).for_each(|(low, level)| *low = (*low).min(*level));
        self.high.iter_mut().zip(row).for_each(|(high, level)| *high = (*high).max(*level));
        self.sums.iter_mut().zip(row).for_each(|(sum, level)| *sum += u16::from(*level));
        self.rows += 1;
    }

    fn blocks_into(&self, cells: &mut Vec<Seen>) {
        let columns = self.low.chunks(BLOCK).zip(self.high.chunks(BLOCK)).zip(self.sums.chunks(BLOCK));
        cells.extend(columns.map(|((low, high), sums)| Seen {
            low: low.iter().copied().min().unwrap_or(u8::MAX),
            high: high.iter().copied().max().unwrap_or_default(),
            sum: sums.iter().copied().map(u32::from).sum(),
            count: self.rows * u32::try_from(sums.len()).unwrap_or_default(),
        }));
    }
}

/// What was seen of one block.
#[derive(Clone, Copy)]
struct Seen {
    low: u8,
    high: u8,
    sum: u32,
    count: u32,
}

impl Seen {
    const NOTHING: Self = Self { low: u8::MAX, high: 0, sum: 0, count: 0 };

    fn with(self, other: &Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            sum: self.sum + other.sum,
            count: self.count + other.count,
        }
    }

    /// Up to which level a pixel of the block is black; `neighbours` is what those above and before it say.
    fn limit(self, threshold: Threshold, neighbours: Option<u16>) -> u8 {
        if self.high.saturating_sub(self.low) > threshold.flat() {
            return match threshold {
                Threshold::Mean | Threshold::Wide | Threshold::Faint => {
                    u8::try_from(self.sum / self.count.max(1)).unwrap_or(u8::MAX)
                }
                Threshold::Middle => self.low / 2 + self.high / 2,
            };
        }
        // White, unless it is darker than what its neighbours call black.
        match neighbours {
            Some(limit) if u16::from(self.low) < limit => u8::try_from(limit).unwrap_or(u8::MAX),
            // Among pale print the half would drag down what is black beside it.
            _ if threshold == Threshold::Faint => self.low.saturating_sub(threshold.flat()),
            _ => self.low / 2,
        }
    }
}

/// Each limit becomes the mean of the 5 × 5 around it; at the edge, of the nearest whole 5 × 5.
fn smoothed(limits: &[u8], across: usize, down: usize) -> Vec<u8> {
    let mut smooth = Vec::with_capacity(limits.len());
    let span = |centre: usize, end: usize| {
        let from = centre.saturating_sub(2).min(end.saturating_sub(5));
        from..(from + 5).min(end)
    };
    let mut sums = vec![0_u32; across];
    for y in 0..down {
        let rows = span(y, down);
        sums.fill(0);
        for row in rows.clone() {
            let line = limits.get(row * across..(row + 1) * across).unwrap_or_default();
            sums.iter_mut().zip(line).for_each(|(sum, limit)| *sum += u32::from(*limit));
        }
        for x in 0..across {
            let columns = span(x, across);
            let count = u32::try_from(columns.len() * rows.len()).unwrap_or(u32::MAX);
            let sum: u32 = sums.get(columns).unwrap_or_default().iter().sum();
            smooth.push(u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
        }
    }
    smooth
}
