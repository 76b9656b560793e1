//! From the coefficients of a JPEG to its samples, at an eighth, a quarter, half or all of its size.
//!
//! A block's lowest `n × n` coefficients through an inverse cosine transform of `n` points are the block at `n` eighths
//! of its size: what is not wanted is never computed. A sequential picture is drawn block by block and costs its samples
//! only; a progressive one keeps the coefficients wanted until its last scan.
//!
//! Source: ITU-T T.81 (1992), annex A.3.3; the reduced transform is that of every JPEG library's "scaled decoding".
//! Colours: JFIF 1.02 (ITU-R BT.601, full range), Adobe's technical note 5116 for inks.

use crate::raster::{Grey, Raster};

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

/// The coefficients of one block that are wanted; the others are dropped where they are set.
pub(crate) struct Block<'a> {
    places: &'a [u8; 64],
    values: &'a mut [i16],
}

impl Block<'_> {
    /// Sets the coefficient at a place of the zigzag, before quantisation is undone.
    pub(crate) fn set(&mut self, position: u32, value: i32) {
        // The place of a coefficient that is not wanted lies behind the end of the values.
        let place = self.places.get(position as usize).copied().unwrap_or(u8::MAX);
        if let Some(it) = self.values.get_mut(usize::from(place)) {
            // A crafted file may leave the range; any value will do.
            #[expect(clippy::cast_possible_truncation)]
            let clamped = value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
            *it = clamped;
        }
    }

    /// The coefficient at a place of the zigzag; 0 if it is not wanted.
    pub(crate) fn get(&self, position: u32) -> i32 {
        let place = self.places.get(position as usize).copied().unwrap_or(u8::MAX);
        self.values.get(usize::from(place)).copied().map_or(0, i32::from)
    }
}

/// The samples of one component.
struct Plane {
    horizontal: u32,
    vertical: u32,
    /// Blocks in a row.
    stride: u32,
    samples: Vec<u8>,
    /// By row and column of the wanted coefficients.
    quantisation: [f32; 64],
    /// All wanted coefficients of a progressive picture, block after block.
    coefficients: Vec<i16>,
}

/// The samples of a picture in the making.
pub(crate) struct Planes {
    size: (u32, u32),
    /// Rows and columns of a block: 1, 2, 4 or 8.
    detail: u32,
    /// Of the zigzag's places, the place among the wanted coefficients.
    places: [u8; 64],
    /// The cosine transform: `basis[sample][frequency]`.
    basis: [[f32; 8]; 8],
    /// The block being read, of a sequential picture.
    scratch: [i16; 64],
    components: Vec<Plane>,
    colours: Colours,
}

impl Planes {
    /// Room for a picture; `grids` names each component's sampling and its blocks across and down.
    pub(crate) fn new(
        size: (u32, u32),
        detail: u32,
        progressive: bool,
        grids: impl Iterator<Item = (u32, u32, u32, u32)>,
    ) -> Self {
        let detail = detail.clamp(1, 8);
        let wanted = (detail * detail) as usize;
        let mut places = [u8::MAX; 64];
        for (place, natural) in places.iter_mut().zip(ZIGZAG) {
            let (row, column) = (u32::from(natural / 8), u32::from(natural % 8));
            if row < detail && column < detail {
                *place = u8::try_from(row * detail + column).unwrap_or(u8::MAX);
            }
        }
        let components = grids
            .map(|(horizontal, vertical, stride, rows)| {
                let blocks = (stride * rows) as usize;
                Plane {
                    horizontal,
                    vertical,
                    stride,
                    samples: vec![0; blocks * wanted],
                    quantisation: [1.0; 64],
                    coefficients: if progressive { vec![0; blocks * wanted] } else { Vec::new() },
                }
            })
            .collect();
        Self { size, detail, places, basis: cosines(detail), scratch: [0; 64], components, colours: Colours::Unsaid }
    }

    /// Takes a component's table of quantisation, in zigzag order.
    pub(crate) fn quantise(&mut self, component: usize, table: &[u16; 64]) {
        if let Some(plane) = self.components.get_mut(component) {
            for (place, value) in self.places.iter().zip(table) {
                if let Some(it) = plane.quantisation.get_mut(usize::from(*place)) {
                    *it = f32::from(*value);
                }
            }
        }
    }

    /// The block whose coefficients are read next.
    pub(crate) fn begin(&mut self, component: usize, index: usize) -> Block<'_> {
        let wanted = (self.detail * self.detail) as usize;
        let kept = self.components.get_mut(component).filter(|plane| !plane.coefficients.is_empty());
        let values = if let Some(plane) = kept {
            plane.coefficients.get_mut(index * wanted..(index + 1) * wanted).unwrap_or_default()
        } else {
            let scratch = self.scratch.get_mut(..wanted).unwrap_or_default();
            scratch.fill(0);
            scratch
        };
        Block { places: &self.places, values }
    }

    /// Draws the block that was read last, of a sequential picture.
    pub(crate) fn draw(&mut self, component: usize, row: u32, column: u32) {
        if let Some(plane) = self.components.get_mut(component) {
            let detail = self.detail as usize;
            let width = plane.stride as usize * detail;
            let at = row as usize * detail * width + column as usize * detail;
            let (values, quantisation) = (&self.scratch, &plane.quantisation);
            draw(values, quantisation, &self.basis, detail, plane.samples.get_mut(at..).unwrap_or_default(), width);
        }
    }

    /// Draws what is left to draw.
    pub(crate) fn finish(mut self, colours: Colours) -> Self {
        self.colours = colours;
        let detail = self.detail as usize;
        for plane in &mut self.components {
            let coefficients = std::mem::take(&mut plane.coefficients);
            let across = plane.stride as usize;
            let width = across * detail;
            for (index, values) in coefficients.chunks_exact(detail * detail).enumerate() {
                let at = index / across * detail * width + index % across * detail;
                let samples = plane.samples.get_mut(at..).unwrap_or_default();
                draw(values, &plane.quantisation, &self.basis, detail, samples, width);
            }
        }
        self
    }

    /// The first component alone, as stored (not yet upright): brightness in nearly every picture.
    pub(crate) fn into_brightness(mut self) -> Grey {
        let (full_width, full_height) = self.size;
        let side = |side: u32| (side * self.detail).div_ceil(8) as usize;
        let (width, height) = (side(full_width), side(full_height));
        let Some(plane) = self.components.drain(..).next() else {
            return Grey { width: 0, height: 0, levels: Vec::new() };
        };
        let across = (plane.stride * self.detail) as usize;
        let mut levels = plane.samples;
        // The rows move together, and what fills up the last blocks is dropped. Where brightness is the coarser one, there
        // are fewer samples than that.
        for row in 1..height.min(levels.len() / across.max(1)) {
            levels.copy_within(row * across..row * across + width.min(across), row * width.min(across));
        }
        levels.truncate(width * height);
        Grey { width, height, levels }
    }

    /// The picture in red, green and blue, as stored (not yet upright).
    pub(crate) fn into_raster(self) -> Raster {
        let (full_width, full_height) = self.size;
        let width = (full_width * self.detail).div_ceil(8);
        let height = (full_height * self.detail).div_ceil(8);
        let most_horizontal = self.components.iter().map(|it| it.horizontal).max().unwrap_or(1);
        let most_vertical = self.components.iter().map(|it| it.vertical).max().unwrap_or(1);
        let mut rgb = Vec::with_capacity(3 * (width * height) as usize);
        let row_of = |component: usize, y: u32| -> (&[u8], u32) {
            let Some(plane) = self.components.get(component) else { return (&[], 1) };
            let across = (plane.stride * self.detail) as usize;
            let row = (y * plane.vertical / most_vertical) as usize;
            (plane.samples.get(row * across..(row + 1) * across).unwrap_or_default(), plane.horizontal)
        };
        for y in 0..height {
            let rows = [row_of(0, y), row_of(1, y), row_of(2, y), row_of(3, y)];
            let sample = |component: usize, x: u32| -> u8 {
                let Some((row, horizontal)) = rows.get(component) else { return 0 };
                let x = if *horizontal == most_horizontal { x } else { x * horizontal / most_horizontal };
                row.get(x as usize).copied().unwrap_or_default()
            };
            for x in 0..width {
                let first = sample(0, x);
                rgb.extend_from_slice(&match (self.components.len(), self.colours) {
                    (0..=2, _) => [first; 3],
                    (3, Colours::Plain) => [first, sample(1, x), sample(2, x)],
                    (3, _) => joined(first, sample(1, x), sample(2, x)),
                    // Adobe stores inks turned over: 255 is no ink.
                    (_, Colours::Split) => {
                        joined(first, sample(1, x), sample(2, x)).map(|ink| shaded(255 - ink, sample(3, x)))
                    }
                    (_, _) => [first, sample(1, x), sample(2, x)].map(|ink| shaded(ink, sample(3, x))),
                });
            }
        }
        Raster { width, height, rgb }
    }
}

/// The cosine transform of up to eight points: `[sample][frequency]`. Source: T.81 A.3.3.
pub(crate) fn cosines(points: u32) -> [[f32; 8]; 8] {
    let mut basis = [[0.0; 8]; 8];
    for (sample, row) in (0_u8..).zip(&mut basis) {
        for (frequency, value) in (0_u8..).zip(row) {
            let angle = f32::from(2 * sample + 1) * f32::from(frequency) * std::f32::consts::PI;
            let weight = if frequency == 0 { std::f32::consts::FRAC_1_SQRT_2 } else { 1.0 };
            #[expect(clippy::cast_precision_loss)]
            let cosine = (angle / (2.0 * points as f32)).cos();
            *value = 0.5 * weight * cosine;
        }
    }
    basis
}

/// Brightness and two differences as red, green and blue.
fn joined(brightness: u8, blue: u8, red: u8) -> [u8; 3] {
    // In 65,536ths, rounded.
    let brightness = (i32::from(brightness) << 16) + (1 << 15);
    let (blue, red) = (i32::from(blue) - 128, i32::from(red) - 128);
    let byte = |value: i32| u8::try_from((value >> 16).clamp(0, 255)).unwrap_or_default();
    [
        byte(brightness + 91_881 * red),
        byte(brightness - 22_554 * blue - 46_802 * red),
        byte(brightness + 116_130 * blue),
    ]
}

/// A colour without ink under black.
fn shaded(colour: u8, black: u8) -> u8 {
    u8::try_from(u32::from(colour) * u32::from(black) / 255).unwrap_or(u8::MAX)
}

/// One block: undoes quantisation and the cosine transform into `samples`, whose rows are `width` apart.
fn draw(
    values: &[i16],
    quantisation: &[f32; 64],
    basis: &[[f32; 8]; 8],
    detail: usize,
    samples: &mut [u8],
    width: usize,
) {
    // Columns first: most coefficients are zero and cost nothing.
    let mut columns = [[0.0_f32; 8]; 8];
    let mut used = 1;
    let mut flat = true;
    for (index, value) in values.iter().take(detail * detail).enumerate() {
        if *value == 0 {
            continue;
        }
        let (vertical, horizontal) = (index / detail, index % detail);
        flat &= index == 0;
        used = used.max(horizontal + 1);
        let value = f32::from(*value) * quantisation.get(index).copied().unwrap_or(1.0);
        for (row, basis) in columns.iter_mut().zip(basis).take(detail) {
            if let (Some(it), Some(basis)) = (row.get_mut(horizontal), basis.get(vertical)) {
                *it += value * basis;
            }
        }
    }
    for (row, out) in columns.iter().zip(samples.chunks_mut(width)).take(detail) {
        let byte = |basis: &[f32; 8]| {
            let sum: f32 = row.iter().zip(basis).take(used).map(|(value, basis)| value * basis).sum();
            // `as` saturates, which is what a sample out of range becomes.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let byte = (sum + 128.5) as u8;
            byte
        };
        let out = out.get_mut(..detail).unwrap_or_default();
        if flat {
            out.fill(byte(&basis[0]));
        } else {
            for (it, basis) in out.iter_mut().zip(basis) {
                *it = byte(basis);
            }
        }
    }
}
