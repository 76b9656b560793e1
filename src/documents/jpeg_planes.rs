//! From the coefficients of a JPEG to its samples, at an eighth, a quarter, half or all of its size.
//!
//! A block's lowest `n × n` coefficients through an inverse cosine transform of `n` points are the block at `n` eighths
//! of its size: what is not wanted is never computed. A sequential picture is drawn block by block and costs its samples
//! only; a progressive one keeps the coefficients wanted until its last scan.
//!
//! Source: ITU-T T.81 (1992), annex A.3.3; the reduced transform is that of every JPEG library's "scaled decoding".
//! Colours: JFIF 1.02 (ITU-R BT.601, full range), Adobe's technical note 5116 for inks.

use std::array::from_fn;
use std::ops::{Add, Mul, Sub};

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

/// As a coefficient is kept. A crafted file may leave the range; any value will do.
#[expect(clippy::cast_possible_truncation)]
pub(crate) fn clamped(value: i32) -> i16 {
    value.clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16
}

/// The coefficients that are wanted of one block of a progressive picture; the others are dropped where they are set.
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
            *it = clamped(value);
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
    /// By row × 8 + column.
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
        Self { size, detail, places, components, colours: Colours::Unsaid }
    }

    /// Takes a component's table of quantisation, in zigzag order.
    pub(crate) fn quantise(&mut self, component: usize, table: &[u16; 64]) {
        if let Some(plane) = self.components.get_mut(component) {
            for (place, value) in ZIGZAG.iter().zip(table) {
                if let Some(it) = plane.quantisation.get_mut(usize::from(*place)) {
                    *it = f32::from(*value);
                }
            }
        }
    }

    /// The block of a progressive picture whose coefficients are read next.
    pub(crate) fn begin(&mut self, component: usize, index: usize) -> Block<'_> {
        let wanted = (self.detail * self.detail) as usize;
        let plane = self.components.get_mut(component);
        let values = plane.and_then(|it| it.coefficients.get_mut(index * wanted..(index + 1) * wanted));
        Block { places: &self.places, values: values.unwrap_or_default() }
    }

    /// Draws the block at a row and a column of a sequential picture: its coefficients by row × 8 + column.
    pub(crate) fn draw(&mut self, component: usize, place: (u32, u32), block: &[i16; 64]) {
        if let Some(plane) = self.components.get_mut(component) {
            plane.draw(self.detail, place, block);
        }
    }

    /// Draws what is left to draw.
    pub(crate) fn finish(mut self, colours: Colours) -> Self {
        self.colours = colours;
        let detail = self.detail as usize;
        for plane in &mut self.components {
            let coefficients = std::mem::take(&mut plane.coefficients);
            for (index, values) in (0..).zip(coefficients.chunks_exact(detail * detail)) {
                let mut block = [0; 64];
                for (to, from) in block.chunks_exact_mut(8).zip(values.chunks_exact(detail)) {
                    for (to, from) in to.iter_mut().zip(from) {
                        *to = *from;
                    }
                }
                plane.draw(self.detail, (index / plane.stride, index % plane.stride), &block);
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
        let mut rgb = vec![0; 3 * (width * height) as usize];
        // A row of each component, as wide as the picture.
        let mut rows = [const { Vec::new() }; 4];
        for (y, out) in (0..height).zip(rgb.chunks_exact_mut(3 * width as usize)) {
            for (row, plane) in rows.iter_mut().zip(&self.components) {
                let stored = plane.row(y * plane.vertical / most_vertical, self.detail);
                widened(row, stored, plane.horizontal, most_horizontal);
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
    /// One row of samples.
    fn row(&self, y: u32, detail: u32) -> &[u8] {
        let (across, y) = ((self.stride * detail) as usize, y as usize);
        self.samples.get(y * across..(y + 1) * across).unwrap_or_default()
    }

    /// Draws the block at a row and a column.
    fn draw(&mut self, detail: u32, (row, column): (u32, u32), block: &[i16; 64]) {
        let width = (self.stride * detail) as usize;
        let at = (row * detail) as usize * width + (column * detail) as usize;
        let samples = self.samples.get_mut(at..).unwrap_or_default();
        match detail {
            1 => draw::<1>(block, &self.quantisation, samples, width),
            2 => draw::<2>(block, &self.quantisation, samples, width),
            4 => draw::<4>(block, &self.quantisation, samples, width),
            _ => draw::<8>(block, &self.quantisation, samples, width),
        }
    }
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

/// Draws one block at `N` eighths of its size into samples whose rows are `width` apart.
fn draw<const N: usize>(block: &[i16; 64], quantisation: &[f32; 64], samples: &mut [u8], width: usize) {
    let mut put = |row: usize, drawn: [u8; N]| {
        if let Some(out) = samples.get_mut(row * width..).and_then(<[u8]>::first_chunk_mut::<N>) {
            *out = drawn;
        }
    };
    let mut others = 0;
    // By column, then row. Nothing is filled first: in the worker's wasm that would be a call for each block.
    let mut values: [Samples<N>; N] = from_fn(|column| {
        Samples(from_fn(|row| {
            let at = (8 * row + column) % 64;
            others |= if at == 0 { 0 } else { block[at] };
            f32::from(block[at]) * quantisation[at]
        }))
    });
    if others == 0 {
        let level = byte(values[0].0[0] * 0.125);
        (0..N).for_each(|row| put(row, [level; N]));
        return;
    }
    transform(&mut values);
    let mut turned: [Samples<N>; N] = from_fn(|row| Samples(from_fn(|column| values[column].0[row])));
    transform(&mut turned);
    for (row, samples) in turned.iter().enumerate() {
        put(row, from_fn(|column| byte(samples.0[column])));
    }
}

/// A sample is stored with 128 more, and saturates. One that only a crafted file has, beyond four millions, becomes any.
#[expect(clippy::cast_sign_loss)]
fn byte(sample: f32) -> u8 {
    // Beside a number this large there is no room for a fraction: it is rounded, and stands in the lowest bits. Halves
    // are frequent, and rounded up.
    const LARGE: f32 = 12_582_912.0;
    let rounded = (sample + 128.001 + LARGE).to_bits().cast_signed().wrapping_sub(LARGE.to_bits().cast_signed());
    rounded.clamp(0, 255) as u8
}

/// As many numbers side by side, for all of which the same is done.
#[derive(Clone, Copy)]
struct Samples<const N: usize>([f32; N]);

impl<const N: usize> Add for Samples<N> {
    type Output = Self;
    fn add(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(it, other)| *it += other);
        self
    }
}

impl<const N: usize> Sub for Samples<N> {
    type Output = Self;
    fn sub(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(it, other)| *it -= other);
        self
    }
}

impl<const N: usize> Mul<f32> for Samples<N> {
    type Output = Self;
    fn mul(mut self, factor: f32) -> Self {
        self.0.iter_mut().for_each(|it| *it *= factor);
        self
    }
}

/// The inverse cosine transform of one, two, four or eight frequencies (T.81 A.3.3). Its even ones are those of half as
/// many points, whose second half is the first one mirrored.
#[inline]
fn transform<const N: usize>(values: &mut [Samples<N>; N]) {
    match values.as_mut_slice() {
        [a] => *a = *a * C4,
        [a, b] => (*a, *b) = two(*a, *b),
        [a, b, c, d] => (*a, *b, *c, *d) = four(*a, *b, *c, *d),
        [v0, v1, v2, v3, v4, v5, v6, v7] => {
            let (e0, e1, e2, e3) = four(*v0, *v2, *v4, *v6);
            let o0 = *v1 * C1 + *v3 * C3 + *v5 * C5 + *v7 * C7;
            let o1 = *v1 * C3 - *v3 * C7 - *v5 * C1 - *v7 * C5;
            let o2 = *v1 * C5 - *v3 * C1 + *v5 * C7 + *v7 * C3;
            let o3 = *v1 * C7 - *v3 * C5 + *v5 * C3 - *v7 * C1;
            (*v0, *v1, *v2, *v3) = (e0 + o0, e1 + o1, e2 + o2, e3 + o3);
            (*v4, *v5, *v6, *v7) = (e3 - o3, e2 - o2, e1 - o1, e0 - o0);
        }
        _ => {}
    }
}

/// Half the cosine of so many sixteenths of half a turn.
const C1: f32 = 0.490_392_64;
const C2: f32 = 0.461_939_77;
const C3: f32 = 0.415_734_8;
const C4: f32 = 0.353_553_4;
const C5: f32 = 0.277_785_1;
const C6: f32 = 0.191_341_71;
const C7: f32 = 0.097_545_16;

fn two<const N: usize>(a: Samples<N>, b: Samples<N>) -> (Samples<N>, Samples<N>) {
    ((a + b) * C4, (a - b) * C4)
}

type Four<const N: usize> = (Samples<N>, Samples<N>, Samples<N>, Samples<N>);

fn four<const N: usize>(a: Samples<N>, b: Samples<N>, c: Samples<N>, d: Samples<N>) -> Four<N> {
    let (e0, e1) = two(a, c);
    let (o0, o1) = (b * C2 + d * C6, b * C6 - d * C2);
    (e0 + o0, e1 + o1, e1 - o1, e0 - o0)
}
