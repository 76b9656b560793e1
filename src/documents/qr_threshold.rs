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

impl Threshold {
    /// Side of a block, a multiple of [`BLOCK`].
    fn side(self) -> usize {
        match self {
            Self::Mean | Self::Middle | Self::Faint => BLOCK,
            Self::Wide => 4 * BLOCK,
        }
    }

    /// Blocks whose brightest and darkest pixel are nearer than this are of one colour; which, their neighbours say.
    fn flat(self) -> u8 {
        match self {
            Self::Mean | Self::Middle | Self::Wide => 24,
            Self::Faint => 8,
        }
    }
}

/// The picture in black and white; black is set, or white where the code is `inverted`.
pub(crate) fn black_and_white(picture: Luma<'_>, threshold: Threshold, inverted: bool) -> Option<BitMatrix> {
    const BITS: usize = usize::BITS as usize;
    let blocks = Blocks::of(picture, threshold);
    let (width, height) = (u32::try_from(picture.width()).ok()?, u32::try_from(picture.height()).ok()?);
    let mut bits = BitMatrix::new(width, height).ok()?;
    let mut line = vec![0_usize; picture.width().div_ceil(BITS)];
    let mut packed = BitArray::with_size(picture.width());
    for (y, row) in (0..height).zip(picture.rows()) {
        let limits = blocks.line(y as usize);
        line.fill(0);
        for (index, part) in row.chunks(BLOCK).enumerate() {
            let limit = limits.get(index * BLOCK / blocks.side).copied().unwrap_or_default();
            let black = part.iter().rev().fold(0, |mask, level| mask << 1 | usize::from(*level <= limit));
            let white = part.iter().rev().fold(0, |mask, level| mask << 1 | usize::from(*level > limit));
            if let Some(word) = line.get_mut(index * BLOCK / BITS) {
                *word |= if inverted { white } else { black } << (index * BLOCK % BITS);
            }
        }
        for (index, word) in line.iter().enumerate() {
            packed.setBulk(index * BITS, *word);
        }
        bits.setRow(y, &packed);
    }
    Some(bits)
}

/// The limit between black and white of each block.
struct Blocks {
    side: usize,
    across: usize,
    limits: Vec<u8>,
}

impl Blocks {
    fn of(picture: Luma<'_>, threshold: Threshold) -> Self {
        let side = threshold.side();
        let across = picture.width().div_ceil(side);
        let down = picture.height().div_ceil(side);
        let mut own: Vec<u8> = Vec::with_capacity(across * down);
        let mut rows = picture.rows();
        for _ in 0..down {
            let mut seen = vec![Seen::NOTHING; across];
            for row in rows.by_ref().take(side) {
                for (block, part) in seen.iter_mut().zip(row.chunks(side)) {
                    block.add(part);
                }
            }
            let above = own.len().checked_sub(across);
            for (index, block) in seen.iter().enumerate() {
                let neighbours = above.zip(index.checked_sub(1)).and_then(|(above, before)| {
                    let level = |place: usize| own.get(place).copied().map(u16::from);
                    Some((level(above + index)? + 2 * level(own.len() - 1)? + level(above + before)?) / 4)
                });
                own.push(block.limit(threshold, neighbours));
            }
        }
        Self { side, across, limits: smoothed(&own, across, down) }
    }

    /// The limits of the blocks that a row of pixels crosses.
    fn line(&self, y: usize) -> &[u8] {
        let from = y / self.side * self.across;
        self.limits.get(from..from + self.across).unwrap_or_default()
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

    fn add(&mut self, levels: &[u8]) {
        for level in levels {
            self.low = self.low.min(*level);
            self.high = self.high.max(*level);
            self.sum += u32::from(*level);
        }
        self.count += u32::try_from(levels.len()).unwrap_or_default();
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
    for y in 0..down {
        let rows = span(y, down);
        for x in 0..across {
            let columns = span(x, across);
            let (mut sum, mut count) = (0_u32, 0_u32);
            for row in rows.clone() {
                for limit in limits.get(row * across + columns.start..row * across + columns.end).unwrap_or_default() {
                    sum += u32::from(*limit);
                    count += 1;
                }
            }
            smooth.push(u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
        }
    }
    smooth
}
