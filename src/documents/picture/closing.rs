//! Takes print away from a picture, so that only what is larger has edges: a maximum over a square, then a minimum.
//!
//! Eight bytes of a number are compared at once: the worker's wasm has no vectors.

use crate::lanes::{larger, smaller};
use crate::raster::Raster;

/// How far the square reaches to each side, in pixels: strokes thinner than twice that go.
const RADIUS: usize = 3;

/// The picture without its thin dark strokes, in each colour.
pub(super) fn closed(picture: &Raster) -> Raster {
    let dilated = over_square(picture, larger);
    over_square(&dilated, smaller)
}

/// For each byte the one that is picked of the same colour's in the square around it.
fn over_square(picture: &Raster, pick: impl Fn(u64, u64) -> u64) -> Raster {
    let (across, height) = (3 * picture.width as usize, picture.height as usize);
    // The outermost pixels stand for those outside.
    let line = across + 2 * 3 * RADIUS;
    let mut wide = Vec::with_capacity(line * (height + 2 * RADIUS));
    for y in 0..height + 2 * RADIUS {
        let y = y.saturating_sub(RADIUS).min(height.saturating_sub(1));
        let row = picture.rgb.get(y * across..(y + 1) * across).unwrap_or_default();
        let (first, last) = (row.first_chunk::<3>().unwrap_or(&[0; 3]), row.last_chunk::<3>().unwrap_or(&[0; 3]));
        wide.extend((0..RADIUS).flat_map(|_| first));
        wide.extend_from_slice(row);
        wide.extend((0..RADIUS).flat_map(|_| last));
    }
    // Of two neighbours, of two pairs of them, of two fours that share one: of seven, from each byte on.
    for step in [3, line] {
        for far in [1, 2, RADIUS] {
            with_later(&mut wide, far * step, &pick);
        }
    }
    let mut rgb = Vec::with_capacity(picture.rgb.len());
    for row in wide.chunks_exact(line).take(height) {
        rgb.extend_from_slice(row.get(..across).unwrap_or_default());
    }
    Raster { rgb, ..*picture }
}

/// Each byte becomes the one that is picked of itself and the one so far behind it; the last ones stay.
fn with_later(bytes: &mut [u8], far: usize, pick: impl Fn(u64, u64) -> u64) {
    let eight =
        |bytes: &[u8], at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk).map(|eight| u64::from_le_bytes(*eight));
    let mut at = 0;
    while let (Some(one), Some(other)) = (eight(bytes, at), eight(bytes, at + far)) {
        if let Some(out) = bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
            *out = pick(one, other).to_le_bytes();
        }
        at += 8;
    }
    for at in at..bytes.len().saturating_sub(far) {
        let [one, other] = [at, at + far].map(|at| u64::from(bytes.get(at).copied().unwrap_or_default()));
        if let (Some(out), [picked, ..]) = (bytes.get_mut(at), pick(one, other).to_le_bytes()) {
            *out = picked;
        }
    }
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)]
mod tests {
    use super::*;

    #[test]
    fn what_is_thinner_than_the_square_goes_and_what_is_wider_stays() {
        for (width, height) in [(20, 20), (23, 9), (1, 1), (7, 30)] {
            let mut random = 1_u32;
            let rgb = (0..3 * width * height).map(|_| {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (random >> 24) as u8
            });
            let picture = Raster { width, height, rgb: rgb.collect() };
            let over = |picture: &Raster, pick: fn(u8, u8) -> u8| {
                let mut out = picture.clone();
                for (index, level) in out.rgb.iter_mut().enumerate() {
                    let (pixel, colour) = (index / 3, index % 3);
                    let (x, y) = ((pixel % width as usize) as i32, (pixel / width as usize) as i32);
                    for (dx, dy) in (-3..=3).flat_map(|dy| (-3..=3).map(move |dx| (dx, dy))) {
                        let (x, y) = (x + dx, y + dy);
                        if x >= 0 && y >= 0 && x < width as i32 && y < height as i32 {
                            *level = pick(*level, picture.rgb[3 * (y as usize * width as usize + x as usize) + colour]);
                        }
                    }
                }
                out
            };
            assert_eq!(closed(&picture), over(&over(&picture, u8::max), u8::min), "{width} x {height}");
        }
    }
}
