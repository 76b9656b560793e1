//! Makes a picture black and white, each place by the light around it.

use rxing::common::{BitArray, BitMatrix};

use crate::lanes::{every, larger, smaller, which_not_below};
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
        for top in (0..picture.height()).step_by(BLOCK) {
            let rows: Vec<&[u8]> = picture.rows().skip(top).take(BLOCK).collect();
            light.cells.extend((0..picture.width()).step_by(BLOCK).map(|left| Seen::of(&rows, left)));
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
        let mut wanted: Vec<u64> = Vec::new();
        for (y, row) in self.picture.rows().enumerate() {
            if y % BLOCK == 0 {
                let limits = limits.line(y / side);
                let of = |left: usize| limits.get(left / side).copied().unwrap_or_default();
                wanted.clear();
                wanted.extend((0..width).step_by(BLOCK).map(|left| every(of(left))));
            }
            let (eights, last) = row.as_chunks::<BLOCK>();
            let mut filled = [0; BLOCK];
            filled.iter_mut().zip(last).for_each(|(it, level)| *it = *level);
            let words = wanted.chunks(BITS / BLOCK);
            let mut eights = eights.iter().chain(std::iter::once(&filled));
            for (at, limits) in (0..).step_by(BITS).zip(words) {
                let mut word = 0;
                for (shift, (limits, levels)) in (0..).step_by(BLOCK).zip(limits.iter().zip(eights.by_ref())) {
                    let black = which_not_below(*limits, u64::from_le_bytes(*levels));
                    word |= usize::from(if inverted { !black } else { black }) << shift;
                }
                // What fills up the last word is no picture.
                let rest = width - at;
                line.setBulk(at, if rest < BITS { word & ((1 << rest) - 1) } else { word });
            }
            bits.setRow(u32::try_from(y).ok()?, &line);
        }
        Some(bits)
    }
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

    /// What lies in the block of these rows, at most eight, that begins here.
    fn of(rows: &[&[u8]], left: usize) -> Self {
        const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
        let parts = || rows.iter().filter_map(|row| row.get(left..));
        let whole = |part: &&[u8]| part.first_chunk::<BLOCK>().is_some();
        if !parts().all(|part| whole(&part)) {
            let levels = || parts().flat_map(|part| part.iter().take(BLOCK));
            return Self {
                low: levels().copied().min().unwrap_or(u8::MAX),
                high: levels().copied().max().unwrap_or_default(),
                sum: levels().copied().map(u32::from).sum(),
                count: u32::try_from(levels().count()).unwrap_or_default(),
            };
        }
        let (mut low, mut high, mut sums, mut count) = (u64::MAX, 0, 0, 0);
        for eight in parts().filter_map(<[u8]>::first_chunk).map(|eight| u64::from_le_bytes(*eight)) {
            (low, high) = (smaller(low, eight), larger(high, eight));
            sums += (eight & EVEN) + (eight >> 8 & EVEN);
            count += 8;
        }
        let sums = [sums, sums >> 16, sums >> 32, sums >> 48];
        Self {
            low: low.to_le_bytes().into_iter().min().unwrap_or(u8::MAX),
            high: high.to_le_bytes().into_iter().max().unwrap_or_default(),
            sum: sums.into_iter().map(|sum| (sum & 0xFFFF) as u32).sum(),
            count,
        }
    }

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
