//! Paper, ink and lamps: how bright the paper is, how far the ink stands out, and where a lamp is mirrored.

use crate::raster::{Grey, Raster};

/// Side of a tile in pixels of the working size.
const TILE: usize = 40;

/// Levels of the paper and what is written on it, 0 to 255.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Levels {
    /// The bright part of the middle tile.
    pub(crate) paper: f32,
    /// The dark and the bright part of the tiles where the two are furthest apart; none without strokes.
    pub(crate) ink: Option<(f32, f32)>,
}

/// Measures the tiles of which `counts` says that they lie in the paper (from the place of their centre).
pub(crate) fn levels(grey: &Grey, counts: impl Fn(usize, usize) -> bool) -> Option<Levels> {
    #[expect(clippy::cast_precision_loss)]
    let area = (TILE * TILE) as f32;
    let mut papers = Vec::new();
    let mut tiles = Vec::new();
    for top in (0..(grey.height + 1).saturating_sub(TILE)).step_by(TILE) {
        for left in (0..(grey.width + 1).saturating_sub(TILE)).step_by(TILE) {
            if !counts(left + TILE / 2, top + TILE / 2) {
                continue;
            }
            let mut histogram = [0_u32; 256];
            let mut slopes = 0_u32;
            for y in top..top + TILE {
                let row = grey.levels.get(y * grey.width + left..y * grey.width + left + TILE).unwrap_or_default();
                for level in row {
                    histogram[usize::from(*level)] += 1;
                }
                let apart = row.iter().zip(row.iter().skip(2)).map(|(before, after)| before.abs_diff(*after));
                slopes += apart.map(u32::from).sum::<u32>();
            }
            // More than that is beyond all doubt.
            let slopes = u16::try_from(slopes).unwrap_or(u16::MAX);
            let bright = percentile(&histogram, 90);
            papers.push(bright);
            tiles.push((f32::from(slopes) / area, percentile(&histogram, 2), bright));
        }
    }
    let paper = middle(&mut papers)?;
    // The calmest tenth hold noise only; strokes stand out from it.
    tiles.sort_by(|one, other| one.0.total_cmp(&other.0));
    let calm = tiles.get(tiles.len() / 10)?.0;
    let mut strokes: Vec<(f32, f32)> =
        tiles.iter().filter(|it| it.0 > 0.5 + 1.4 * calm).map(|(_, dark, bright)| (*dark, *bright)).collect();
    strokes.sort_by(|one, other| (one.1 - one.0).total_cmp(&(other.1 - other.0)));
    let ink = if strokes.len() < 4 { None } else { strokes.get(strokes.len() * 17 / 20).copied() };
    Some(Levels { paper, ink })
}

fn middle(values: &mut [f32]) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The level that so many hundredths lie below.
fn percentile(histogram: &[u32; 256], hundredths: u32) -> f32 {
    let total: u32 = histogram.iter().sum();
    let mut below = 0;
    for (level, count) in (0_u16..).zip(histogram) {
        below += count;
        if below * 100 >= total * hundredths {
            return f32::from(level);
        }
    }
    255.0
}

/// Share of the paper that lies under a mirrored lamp, in a picture of at most
/// [`COLOUR_SIDE`](super::COLOUR_SIDE).
///
/// Such a spot is white in every colour, brighter than the paper around it, empty, and fades out: that tells it from a
/// white field of a form. `holds` says of a place in shares of width and height whether it is paper.
#[expect(clippy::cast_precision_loss)]
pub(crate) fn glare(picture: &Raster, paper_level: f32, holds: impl Fn(f32, f32) -> bool) -> f32 {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let levels: Vec<u8> = picture.rgb.chunks_exact(3).map(|it| it.iter().copied().min().unwrap_or_default()).collect();
    let white = (250.0_f32).max(paper_level + 6.0);
    if paper_level > 240.0 {
        return 0.0;
    }
    let mut inside = 0_u32;
    let mut kinds: Vec<u8> = Vec::with_capacity(levels.len());
    for (index, level) in levels.iter().enumerate() {
        let (x, y) = ((index % width) as f32 / width as f32, (index / width) as f32 / height as f32);
        let on_paper = holds(x, y);
        inside += u32::from(on_paper);
        kinds.push(u8::from(on_paper && f32::from(*level) >= white));
    }
    let mut under = 0_u32;
    let mut queue = Vec::new();
    for start in 0..kinds.len() {
        if kinds.get(start) != Some(&1) {
            continue;
        }
        queue.clear();
        queue.push(start);
        let mut next = 0;
        if let Some(it) = kinds.get_mut(start) {
            *it = 2;
        }
        let (mut edge, mut soft) = (0_u32, 0_u32);
        while let Some(at) = queue.get(next).copied() {
            next += 1;
            let (x, y) = (at % width, at / width);
            let mut is_edge = None;
            for (dx, dy) in [(1_isize, 0_isize), (-1, 0), (0, 1), (0, -1)] {
                let (Some(nx), Some(ny)) = (x.checked_add_signed(dx), y.checked_add_signed(dy)) else { continue };
                if nx >= width || ny >= height {
                    continue;
                }
                let neighbour = ny * width + nx;
                match kinds.get_mut(neighbour) {
                    Some(kind) if *kind == 1 => {
                        *kind = 2;
                        queue.push(neighbour);
                    }
                    Some(0) => is_edge = Some((dx, dy)),
                    _ => {}
                }
            }
            if let Some((dx, dy)) = is_edge {
                // Three pixels further out: a spot is still brighter than the paper there, a field has ended.
                edge += 1;
                let x = x.saturating_add_signed(3 * dx).min(width - 1);
                let y = y.saturating_add_signed(3 * dy).min(height - 1);
                let level = f32::from(levels.get(y * width + x).copied().unwrap_or_default());
                soft += u32::from(level > paper_level + 0.3 * (white - paper_level));
            }
        }
        let size = u32::try_from(queue.len()).unwrap_or(u32::MAX);
        let compact = edge * edge < 60 * size;
        if f64::from(size) > 0.002 * f64::from(inside) && compact && 2 * soft > edge {
            under += size;
        }
    }
    under as f32 / inside.max(1) as f32
}
