//! How sharp a picture is.
//!
//! For an edge blurred by a Gaussian, the energy of the second derivative over that of the first is 1 ∕ 2σ², whatever its
//! contrast and however little there is of it: the ratio is measured in tiles, in four directions, and σ is what is
//! told. That a fixed size must come first, and that the sharpest tiles with strokes count, is measured in the corpus
//! (`e2e/corpus`); the plain variance of the Laplacian confuses a blank page with a blurred one.

use crate::raster::Grey;

/// Side of a tile in pixels of the working size.
const TILE: usize = 40;

/// Mean squared slope of a tile that holds strokes, above its noise.
const LEAST_ENERGY: f32 = 10.0;

/// Fewest tiles that are judged; with fewer the picture is looked at in half its size, where blur hides less.
const FEWEST_TILES: usize = 6;

/// How a picture's strokes are spread.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Focus {
    /// σ of the sharper quarter of the tiles, in their worst direction, in pixels of the working size.
    pub(crate) spread: f32,
    /// Weakest direction's share of the strongest one's energy, over all tiles: small when moved.
    pub(crate) balance: f32,
}

/// Energies of a tile in one direction.
#[derive(Clone, Copy, Default)]
struct Energy {
    slope: u64,
    bend: u64,
}

/// Right, down, and the two diagonals; with what their sums are divided by to be per pixel of distance.
const SLOPE_SCALES: [f32; 4] = [4.0, 4.0, 8.0, 8.0];
const BEND_SCALES: [f32; 4] = [1.0, 1.0, 4.0, 4.0];

/// Measures the tiles of which `counts` says that they lie in the paper (from the place of their centre).
pub(crate) fn measure(grey: &Grey, counts: impl Fn(usize, usize) -> bool) -> Option<Focus> {
    let mut level = grey.clone();
    let mut scale = 1;
    while level.width >= 2 * TILE && level.height >= 2 * TILE {
        let energies = energies(&level);
        let tiles = judged(&energies, &level, |x, y| counts(x * scale, y * scale));
        if let Some(mut focus) = of_tiles(tiles) {
            #[expect(clippy::cast_precision_loss)]
            let scale = scale as f32;
            focus.spread *= scale;
            return Some(focus);
        }
        level = level.halved();
        scale *= 2;
    }
    None
}

fn energies(grey: &Grey) -> Vec<[Energy; 4]> {
    let across = grey.width / TILE;
    let mut tiles = vec![[Energy::default(); 4]; across * (grey.height / TILE)];
    for y in 1..grey.height.saturating_sub(1) {
        for (column, tile) in tiles.iter_mut().skip(y / TILE * across).take(across).enumerate() {
            let left = column * TILE;
            // The places that belong to the tile, and one on either side.
            let count = TILE.min(grey.width - 2 - left) + 2;
            let row = |y: usize| {
                let from = y * grey.width + left;
                grey.levels.get(from..from + count).unwrap_or_default()
            };
            let sums = squares(row(y - 1), row(y), row(y + 1));
            for (energy, (slope, bend)) in tile.iter_mut().zip(sums) {
                energy.slope += u64::from(slope);
                energy.bend += u64::from(bend);
            }
        }
    }
    tiles
}

/// The sums of the squared slopes and of the squared bends of a tile's row, right, down, and along the two diagonals.
/// Each row begins one place before and ends one behind. Each pixel is fetched once from each row.
fn squares(above: &[u8], here: &[u8], below: &[u8]) -> [(u32, u32); 4] {
    let ([nw, north, above @ ..], [west, middle, here @ ..], [sw, south, below @ ..]) = (above, here, below) else {
        return [(0, 0); 4];
    };
    let [mut nw, mut north, mut west, mut middle, mut sw, mut south] =
        [nw, north, west, middle, sw, south].map(|level| i32::from(*level));
    let (mut right, mut down, mut falling, mut rising) = ((0, 0), (0, 0), (0, 0), (0, 0));
    let add = |(slopes, bends): &mut (i32, i32), from: i32, to: i32, twice: i32| {
        *slopes += (to - from) * (to - from);
        *bends += (from + to - twice) * (from + to - twice);
    };
    for ((ne, east), se) in above.iter().zip(here).zip(below) {
        let (ne, east, se) = (i32::from(*ne), i32::from(*east), i32::from(*se));
        let twice = 2 * middle;
        add(&mut right, west, east, twice);
        add(&mut down, north, south, twice);
        add(&mut falling, nw, se, twice);
        add(&mut rising, ne, sw, twice);
        (nw, north, west, middle, sw, south) = (north, ne, middle, east, south, se);
    }
    [right, down, falling, rising].map(|(slopes, bends)| (slopes.cast_unsigned(), bends.cast_unsigned()))
}

/// Per tile with strokes: σ in its worst direction that has strokes, and the mean squared slopes.
fn judged(energies: &[[Energy; 4]], grey: &Grey, counts: impl Fn(usize, usize) -> bool) -> Vec<(f32, [f32; 4])> {
    #[expect(clippy::cast_precision_loss)]
    let area = (TILE * TILE) as f32;
    #[expect(clippy::cast_precision_loss)]
    let per_pixel = |sum: u64| sum as f32 / area;
    // Noise bends most: the calmest tenth of the tiles hold nothing else. For white noise of variance v the bend has
    // 6 v, the slope (as difference over two) v / 2.
    let mut calm: Vec<f32> =
        energies.iter().map(|tile| tile.iter().map(|it| per_pixel(it.bend)).fold(f32::MAX, f32::min) / 6.0).collect();
    calm.sort_by(f32::total_cmp);
    let noise = calm.get(calm.len() / 10).copied().unwrap_or_default();
    let across = (grey.width / TILE).max(1);
    let mut tiles = Vec::new();
    for (index, tile) in energies.iter().enumerate() {
        if !counts(index % across * TILE + TILE / 2, index / across * TILE + TILE / 2) {
            continue;
        }
        let mut slopes = [0.0_f32; 4];
        let mut spreads = [0.0_f32; 4];
        for (direction, energy) in tile.iter().enumerate() {
            let scales = SLOPE_SCALES.get(direction).zip(BEND_SCALES.get(direction));
            let Some((slope_scale, bend_scale)) = scales else { continue };
            let slope = (per_pixel(energy.slope) / slope_scale - noise * 2.0 / slope_scale).max(0.01);
            let bend = (per_pixel(energy.bend) / bend_scale - noise * 6.0 / bend_scale).max(0.001);
            if let Some(it) = slopes.get_mut(direction) {
                *it = slope;
            }
            if let Some(it) = spreads.get_mut(direction) {
                *it = (slope / (2.0 * bend)).sqrt();
            }
        }
        let strongest = slopes.iter().copied().fold(0.0, f32::max);
        if strongest < LEAST_ENERGY + 4.0 * noise {
            continue;
        }
        let worst = slopes
            .iter()
            .zip(spreads)
            .filter(|(slope, _)| **slope > 0.2 * strongest)
            .map(|(_, spread)| spread)
            .fold(0.0, f32::max);
        tiles.push((worst, slopes));
    }
    tiles
}

fn of_tiles(mut tiles: Vec<(f32, [f32; 4])>) -> Option<Focus> {
    if tiles.len() < FEWEST_TILES {
        return None;
    }
    let mut sums = [0.0_f32; 4];
    for (_, slopes) in &tiles {
        for (sum, slope) in sums.iter_mut().zip(slopes) {
            *sum += slope;
        }
    }
    // The weakest and the strongest of all directions, not of the four only: the roots of the matrix of slopes.
    let [across, down, falling, rising] = sums;
    let (middle, turn) = (f32::midpoint(across, down), (across - down).hypot(falling - rising) / 2.0);
    let balance = (middle - turn).max(0.0) / (middle + turn).max(1.0);
    tiles.sort_by(|one, other| one.0.total_cmp(&other.0));
    let spread = tiles.get(tiles.len() / 4)?.0;
    Some(Focus { spread, balance })
}
