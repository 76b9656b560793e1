//! From the coefficients of a JPEG to its samples, at an eighth, a quarter, half or all of its size.
//!
//! A block's lowest `n × n` coefficients through an inverse cosine transform of `n` points are the block at `n` eighths
//! of its size: what is not wanted is never computed. A sequential picture is drawn block by block and costs its samples
//! only; a progressive one keeps the coefficients wanted until its last scan.
//!
//! Source: ITU-T T.81 (1992), annex A.1 for how components lie over each other. Colours: JFIF 1.02 (ITU-R BT.601, full range), Adobe's technical note 5116 for inks.

use crate::jpeg_transform::draw;
use crate::pixels::{Chroma, Pixels};
use crate::raster::{Grey, Raster, joined};

/// Where the coefficient at each place of the zigzag stands: row × 8 + column. Source: T.81 figure A.6.
pub(crate) const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// What Adobe's marker says about three or four colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colours {
    /// There is no such marker.
    Unsaid,
    /// Red, green and blue, or four inks.
    Plain,
    /// Brightness and two differences, or these and black.
    Split,
}

/// As a coefficient is kept. A crafted file may leave the range; any value will do.
#[expect(clippy::cast_possible_truncation)]
fn clamped(value: i32) -> i16 {
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

/// Where a coefficient that is not wanted is put: behind all others.
pub(crate) const NOWHERE: u8 = 1 << 7;

/// The coefficients that are wanted of one block of a progressive picture; the others are dropped where they are set.
pub(crate) struct Block<'a> {
    places: &'a [u8; 64],
    values: &'a mut [i16],
}

impl Block<'_> {
    /// Sets the coefficient at a place of the zigzag, before quantisation is undone.
    pub(crate) fn set(&mut self, position: u32, value: i32) {
        // The place of a coefficient that is not wanted lies behind the end of the values.
        let place = self.places.get(position as usize).copied().unwrap_or(NOWHERE);
        if let Some(it) = self.values.get_mut(usize::from(place)) {
            *it = clamped(value);
        }
    }

    /// The coefficient at a place of the zigzag; 0 if it is not wanted.
    pub(crate) fn get(&self, position: u32) -> i32 {
        let place = self.places.get(position as usize).copied().unwrap_or(NOWHERE);
        self.values.get(usize::from(place)).copied().map_or(0, i32::from)
    }
}

/// How a component lies over the picture, and how much of it is wanted.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    /// Its samples across and down, relative to those of the other components.
    pub(crate) sampling: (u32, u32),
    /// Blocks across and down.
    pub(crate) blocks: (u32, u32),
    /// Rows and columns that become of a block: 1, 2, 4 or 8.
    pub(crate) detail: u32,
}

impl Grid {
    /// Samples across and down that are drawn, relative to those of the other components.
    fn density(self) -> (u32, u32) {
        (self.sampling.0 * self.detail, self.sampling.1 * self.detail)
    }
}

/// The samples of one component.
pub(crate) struct Plane {
    grid: Grid,
    samples: Vec<u8>,
    /// Of the zigzag's places, the place among the wanted coefficients: row × detail + column, or [`NOWHERE`].
    places: [u8; 64],
    /// Behind this place of the zigzag nothing is wanted.
    last: usize,
    /// By place of the zigzag.
    quantisation: [f32; 64],
    /// Of the block that is being read, by [`Plane::places`], quantisation undone; as long as a place can say.
    block: [f32; 256],
    /// All wanted coefficients of a progressive picture, block after block.
    coefficients: Vec<i16>,
}

/// The samples of a picture in the making.
pub(crate) struct Planes {
    size: (u32, u32),
    components: Vec<Plane>,
    colours: Colours,
}

impl Planes {
    /// Room for a picture of these components.
    pub(crate) fn new(size: (u32, u32), progressive: bool, grids: impl Iterator<Item = Grid>) -> Self {
        let components = grids.map(|grid| Plane::new(grid, progressive)).collect();
        Self { size, components, colours: Colours::Unsaid }
    }

    /// One of the components, if it is drawn.
    pub(crate) fn component(&mut self, index: usize) -> Option<&mut Plane> {
        self.components.get_mut(index)
    }

    /// Draws what is left to draw.
    pub(crate) fn finish(mut self, colours: Colours) -> Self {
        self.colours = colours;
        self.components.iter_mut().for_each(Plane::finish);
        self
    }

    /// The first component alone, as stored (not yet upright): brightness in nearly every picture.
    pub(crate) fn into_brightness(self) -> Grey {
        let (size, most) = (self.size, self.most(|grid| grid.sampling));
        self.components.into_iter().next().map_or(Grey::EMPTY, |plane| plane.into_grey(size, most))
    }

    /// The picture as it is judged, upright.
    pub(crate) fn into_pixels(self, orientation: u16) -> Pixels {
        let first_is_finest = self.components.first().is_some_and(|it| it.grid.density() == self.most(Grid::density));
        let apart = matches!(self.components.len(), 1 | 3) && self.colours != Colours::Plain;
        if !apart || !first_is_finest {
            return Pixels::of(self.into_raster().upright(orientation));
        }
        let (size, most) = (self.size, self.most(|grid| grid.sampling));
        let mut greys = self.components.into_iter().map(|plane| plane.into_grey(size, most).upright(orientation));
        let brightness = greys.next().unwrap_or(Grey::EMPTY);
        let chroma = greys.next().zip(greys.next()).map_or(Chroma::None, |(blue, red)| Chroma::Apart { blue, red });
        Pixels { brightness, chroma }
    }

    /// The most across and the most down that any component has of something.
    fn most(&self, of: fn(Grid) -> (u32, u32)) -> (u32, u32) {
        let all = self.components.iter().map(|it| of(it.grid));
        all.fold((1, 1), |most, it| (most.0.max(it.0), most.1.max(it.1)))
    }

    /// The picture in red, green and blue, as stored (not yet upright).
    pub(crate) fn into_raster(self) -> Raster {
        let (across, down) = self.most(Grid::density);
        let (width, height) = scaled(self.size, (across, down), self.most(|grid| grid.sampling));
        let mut rgb = vec![0; 3 * (width * height) as usize];
        // A row of each component, as wide as the picture.
        let mut rows = [const { Vec::new() }; 4];
        for (y, out) in (0..height).zip(rgb.chunks_exact_mut(3 * width as usize)) {
            for (row, plane) in rows.iter_mut().zip(&self.components) {
                let density = plane.grid.density();
                widened(row, plane.row(y * density.1 / down), density.0, across);
            }
            let [first, second, third, fourth] = rows.each_ref().map(|row| row.iter().copied());
            let out = out.as_chunks_mut().0.iter_mut().zip(first);
            let two = second.zip(third);
            match (self.components.len(), self.colours) {
                (0..=2, _) => out.for_each(|(out, first)| *out = [first; 3]),
                (3, Colours::Plain) => {
                    out.zip(two).for_each(|((out, first), (second, third))| *out = [first, second, third]);
                }
                (3, _) => out.zip(two).for_each(|((out, first), (second, third))| *out = joined(first, second, third)),
                // Adobe stores inks turned over: 255 is no ink.
                (_, colours) => {
                    for (((out, first), (second, third)), black) in out.zip(two).zip(fourth) {
                        let inks = match colours {
                            Colours::Split => joined(first, second, third).map(|ink| 255 - ink),
                            Colours::Plain | Colours::Unsaid => [first, second, third],
                        };
                        *out = inks.map(|ink| shaded(ink, black));
                    }
                }
            }
        }
        Raster { width, height, rgb }
    }
}

impl Plane {
    fn new(grid: Grid, progressive: bool) -> Self {
        let detail = grid.detail;
        let wanted = (detail * detail) as usize;
        let samples = (grid.blocks.0 * grid.blocks.1) as usize * wanted;
        let mut places = [NOWHERE; 64];
        let mut last = 0;
        for (index, (place, natural)) in places.iter_mut().zip(ZIGZAG).enumerate() {
            let (row, column) = (u32::from(natural / 8), u32::from(natural % 8));
            if row < detail && column < detail {
                *place = u8::try_from(row * detail + column).unwrap_or(NOWHERE);
                last = index;
            }
        }
        Self {
            grid,
            samples: vec![0; samples],
            places,
            last,
            quantisation: [1.0; 64],
            block: [0.0; 256],
            coefficients: if progressive { vec![0; samples] } else { Vec::new() },
        }
    }

    /// Takes a table of quantisation, in zigzag order.
    pub(crate) fn quantise(&mut self, table: &[u16; 64]) {
        self.quantisation = table.map(f32::from);
    }

    /// The block of a progressive picture whose coefficients are read next.
    pub(crate) fn begin(&mut self, (row, column): (u32, u32)) -> Block<'_> {
        let wanted = (self.grid.detail * self.grid.detail) as usize;
        let index = (row * self.grid.blocks.0 + column) as usize;
        let values = self.coefficients.get_mut(index * wanted..(index + 1) * wanted);
        Block { places: &self.places, values: values.unwrap_or_default() }
    }

    /// Behind this place of the zigzag no coefficient is wanted.
    pub(crate) fn last(&self) -> usize {
        self.last
    }

    /// Sets the first coefficient of the block that is being read.
    pub(crate) fn set_first(&mut self, level: i32) {
        self.block[0] = f32::from(clamped(level)) * self.quantisation[0];
    }

    /// Sets the coefficient at a place of the zigzag of the block that is being read, a number of at most 16 bits; tells
    /// where it went. Nothing if there is no such place.
    #[expect(clippy::inline_always, reason = "the loop around it is where a picture's time goes")]
    #[expect(clippy::cast_precision_loss, reason = "16 bits fit")]
    #[inline(always)]
    pub(crate) fn set(&mut self, position: usize, number: i32) -> Option<u8> {
        let place = *self.places.get(position)?;
        self.block[usize::from(place)] = number as f32 * self.quantisation[position % 64];
        Some(place)
    }

    /// Draws the block that was read, at a row and a column; `level` if it has no other coefficient than the first.
    pub(crate) fn draw(&mut self, (row, column): (u32, u32), level: bool) {
        let detail = self.grid.detail;
        let width = (self.grid.blocks.0 * detail) as usize;
        let at = (row * detail) as usize * width + (column * detail) as usize;
        let samples = self.samples.get_mut(at..).unwrap_or_default();
        match detail {
            1 => draw::<1>(&mut self.block, level, samples, width),
            2 => draw::<2>(&mut self.block, level, samples, width),
            4 => draw::<4>(&mut self.block, level, samples, width),
            _ => draw::<8>(&mut self.block, level, samples, width),
        }
    }

    /// Draws all blocks of a progressive picture.
    fn finish(&mut self) {
        let coefficients = std::mem::take(&mut self.coefficients);
        let mut scales = [0.0; 256];
        for (place, scale) in self.places.iter().zip(self.quantisation) {
            scales[usize::from(*place)] = scale;
        }
        let wanted = (self.grid.detail * self.grid.detail) as usize;
        for (index, values) in (0..).zip(coefficients.chunks_exact(wanted)) {
            for (to, (value, scale)) in self.block.iter_mut().zip(values.iter().zip(scales)) {
                *to = f32::from(*value) * scale;
            }
            let level = values.iter().skip(1).all(|value| *value == 0);
            self.draw((index / self.grid.blocks.0, index % self.grid.blocks.0), level);
        }
    }

    /// One row of samples.
    fn row(&self, y: u32) -> &[u8] {
        let (across, y) = ((self.grid.blocks.0 * self.grid.detail) as usize, y as usize);
        self.samples.get(y * across..(y + 1) * across).unwrap_or_default()
    }

    /// Its samples without those that fill up the last blocks: of a picture of this size whose finest component has a
    /// sampling of `most`.
    fn into_grey(self, size: (u32, u32), most: (u32, u32)) -> Grey {
        let (width, height) = scaled(size, self.grid.density(), most);
        let (width, height) = (width as usize, height as usize);
        let across = (self.grid.blocks.0 * self.grid.detail) as usize;
        let mut levels = self.samples;
        if across != width {
            // The rows move together.
            for row in 1..height.min(levels.len() / across.max(1)) {
                levels.copy_within(row * across..row * across + width.min(across), row * width);
            }
        }
        levels.truncate(width * height);
        Grey { width, height, levels }
    }
}

/// Pixels across and down of a component that is drawn with this density, of a picture of this size whose finest
/// component has a sampling of `most`.
fn scaled(size: (u32, u32), density: (u32, u32), most: (u32, u32)) -> (u32, u32) {
    ((size.0 * density.0).div_ceil(8 * most.0), (size.1 * density.1).div_ceil(8 * most.1))
}

/// Fills `row` with the samples `stored`, of which there are `own` where there are `most` pixels.
fn widened(row: &mut Vec<u8>, stored: &[u8], own: u32, most: u32) {
    let (own, most) = (own as usize, most as usize);
    row.resize(stored.len() * most / own, 0);
    if most == own {
        row.copy_from_slice(stored);
    } else if most == 2 * own {
        row.as_chunks_mut().0.iter_mut().zip(stored).for_each(|(two, it)| *two = [*it; 2]);
    } else {
        for (x, it) in row.iter_mut().enumerate() {
            *it = stored.get(x * own / most).copied().unwrap_or_default();
        }
    }
}

/// A colour without ink under black.
fn shaded(colour: u8, black: u8) -> u8 {
    u8::try_from(u32::from(colour) * u32::from(black) / 255).unwrap_or(u8::MAX)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::cast_possible_truncation)]
mod tests {
    use crate::jpeg::{self, Outcome};
    use crate::jpeg_writer;
    use crate::raster::{Raster, Wanted};

    /// Soft fields of all colours.
    fn picture(width: u32, height: u32) -> Raster {
        let wave = |at: u32, length: u32| (f64::from(at) * 6.3 / f64::from(length)).sin() * 110.0 + 128.0;
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        #[expect(clippy::cast_sign_loss)]
        let rgb = places.flat_map(|(x, y)| [wave(x, width), wave(y, height), wave(x + y, 240)].map(|it| it as u8));
        Raster { width, height, rgb: rgb.collect() }
    }

    /// The largest and the mean difference of two pictures.
    fn apart(one: &[u8], other: &[u8]) -> (u8, f64) {
        assert_eq!(one.len(), other.len());
        let apart: Vec<u8> = one.iter().zip(other).map(|(one, other)| one.abs_diff(*other)).collect();
        let sum: u32 = apart.iter().map(|it| u32::from(*it)).sum();
        (apart.iter().copied().max().unwrap_or_default(), f64::from(sum) / f64::from(u32::try_from(one.len()).unwrap()))
    }

    #[test]
    fn what_a_picture_is_judged_by_is_what_it_shows() {
        for (size, all, colours) in [((203, 151), 400, 100), ((400, 304), 160, 48), ((806, 602), 400, 96)] {
            let file = jpeg_writer::write(&picture(size.0, size.1), 92).unwrap();
            let decoded = |wanted| {
                let (walk, planes) = jpeg::decode(&file, wanted);
                assert_eq!(walk.outcome, Outcome::Whole);
                planes.unwrap()
            };
            for orientation in [1, 6] {
                let same = Wanted::LongSide { all, colours: all };
                let shown = decoded(same).into_raster().upright(orientation);
                let pixels = decoded(Wanted::LongSide { all, colours }).into_pixels(orientation);
                assert_eq!(pixels.brightness.size(), (shown.width, shown.height), "{size:?} {orientation}");
                let (most, mean) = apart(&pixels.brightness.levels, &shown.grey().levels);
                assert!(most < 24 && mean < 1.5, "{size:?} {orientation}: brightness is {most} and {mean} apart");
                let (seen, shown) = (pixels.coloured(&pixels.brightness, colours), shown.shrunk(colours));
                assert_eq!((seen.width, seen.height), (shown.width, shown.height), "{size:?} {orientation}");
                let (most, mean) = apart(&seen.rgb, &shown.rgb);
                // Part of a pixel of what is coarse fills up the edge.
                assert!(most < 40 && mean < 4.0, "{size:?} {orientation}: colours are {most} and {mean} apart");
            }
        }
    }
}
