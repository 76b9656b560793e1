//! The inverse cosine transform of one block of a JPEG, at an eighth, a quarter, half or all of its size.
//!
//! Source: ITU-T T.81 (1992), annex A.3.3; the reduced transform is that of every JPEG library's "scaled decoding".

use std::array::from_fn;
use std::mem::take;
use std::ops::{Add, Mul, Sub};

/// Draws one block at `N` eighths of its size into samples whose rows are `width` apart, and leaves it empty.
///
/// It holds its lowest coefficients, row × `N` + column; where it is `level`, only the first of them is not zero.
pub(crate) fn draw<const N: usize>(block: &mut [f32; 256], level: bool, samples: &mut [u8], width: usize) {
    let mut put = |row: usize, drawn: [u8; N]| {
        if let Some(out) = samples.get_mut(row * width..).and_then(<[u8]>::first_chunk_mut::<N>) {
            *out = drawn;
        }
    };
    if level {
        let level = byte(take(&mut block[0]) * 0.125);
        (0..N).for_each(|row| put(row, [level; N]));
        return;
    }
    // By column, then row. Nothing is filled at once: in the worker's wasm that would be a call for each block.
    let mut values: [Samples<N>; N] =
        from_fn(|column| Samples(from_fn(|row| take(&mut block[(N * row + column) % 64]))));
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
