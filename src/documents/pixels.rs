//! The pixels that a picture is judged by.
//!
//! Nearly everything is judged by brightness alone, which most files hold apart from their colours: a picture of twelve
//! megapixels is never made of red, green and blue where nobody looks at them.

use crate::raster::{Decoded, Grey, Raster, brightness, joined, on_white, within};

/// An upright picture.
pub(crate) struct Pixels {
    pub(crate) brightness: Grey,
    pub(crate) chroma: Chroma,
}

/// Where the colours of a picture are.
pub(crate) enum Chroma {
    /// It is grey.
    None,
    /// How far each colour is from the brightness, coarser or as fine (JFIF 1.02).
    Apart {
        /// Of blue.
        blue: Grey,
        /// Of red.
        red: Grey,
    },
    /// In pixels of all colours.
    Mixed(Raster),
}

impl Pixels {
    /// Of a picture whose colours are mixed.
    pub(crate) fn of(raster: Raster) -> Self {
        Self { brightness: raster.grey(), chroma: Chroma::Mixed(raster) }
    }

    /// Of what a browser decoded, its differences of colour at half its size; nothing if its bytes do not fit its size.
    pub(crate) fn of_decoded(decoded: &Decoded) -> Option<Self> {
        let (width, height) = (decoded.width as usize, decoded.height as usize);
        let (pixels, rest) = decoded.rgba.as_chunks::<4>();
        if pixels.is_empty() || !rest.is_empty() || pixels.len() != width.checked_mul(height)? {
            return None;
        }
        let (across, down) = (width.div_ceil(2), height.div_ceil(2));
        let (mut blue, mut red) = (Vec::with_capacity(across * down), Vec::with_capacity(across * down));
        for two in pixels.chunks(2 * width) {
            let (upper, lower) = two.split_at(width);
            // The last row may be alone.
            let lower = if lower.is_empty() { upper } else { lower };
            for (upper, lower) in upper.chunks(2).zip(lower.chunks(2)) {
                let [its_blue, its_red] = differences(match (upper, lower) {
                    ([a, b], [c, d]) => mean([*a, *b, *c, *d]),
                    // The last column may be alone.
                    ([a, ..], [c, ..]) => mean([*a, *a, *c, *c]),
                    _ => [0; 3],
                });
                blue.push(its_blue);
                red.push(its_red);
            }
        }
        let levels = pixels.iter().map(|pixel| brightness(on_white(*pixel))).collect();
        let [blue, red] = [blue, red].map(|levels| Grey { width: across, height: down, levels });
        Some(Self { brightness: Grey { width, height, levels }, chroma: Chroma::Apart { blue, red } })
    }

    /// In colour, with at most so many pixels on the long side. `brightness` is that of this picture, or shrunk from it,
    /// and larger than what is wanted.
    pub(crate) fn coloured(&self, brightness: &Grey, long_side: u32) -> Raster {
        let (blue, red) = match &self.chroma {
            Chroma::Mixed(raster) => return raster.shrunk(long_side),
            Chroma::None => (None, None),
            Chroma::Apart { blue, red } => (Some(blue), Some(red)),
        };
        let (width, height) = within(brightness.size(), long_side).unwrap_or(brightness.size());
        let brightness = brightness.resampled((width, height)).levels;
        let rgb = match blue.zip(red) {
            None => brightness.iter().flat_map(|level| [*level; 3]).collect(),
            Some((blue, red)) => {
                let (blue, red) = (blue.resampled((width, height)).levels, red.resampled((width, height)).levels);
                let differences = blue.iter().zip(&red);
                brightness
                    .iter()
                    .zip(differences)
                    .flat_map(|(level, (blue, red))| joined(*level, *blue, *red))
                    .collect()
            }
        };
        Raster { width, height, rgb }
    }
}

/// The mean of four pixels of red, green, blue and opacity, on white.
fn mean(four: [[u8; 4]; 4]) -> [u8; 3] {
    let opaque = |[red, green, blue]: [u8; 3]| u32::from_le_bytes([red, green, blue, u8::MAX]);
    let mut pixels = four.map(u32::from_le_bytes);
    if pixels.iter().fold(u32::MAX, |all, pixel| all & pixel) >> 24 != 0xFF {
        pixels = four.map(|pixel| opaque(on_white(pixel)));
    }
    // Red and blue side by side in one number.
    let both = pixels.iter().map(|pixel| pixel & 0x00FF_00FF).sum::<u32>() + 0x0002_0002;
    let alone = pixels.iter().map(|pixel| pixel >> 8 & 0xFF).sum::<u32>() + 2;
    let ([red, _, blue, _], [green, ..]) = ((both >> 2).to_le_bytes(), (alone >> 2).to_le_bytes());
    [red, green, blue]
}

/// How far blue and red of a colour are from its brightness, 128 for not at all. Source: JFIF 1.02.
#[expect(clippy::cast_sign_loss, reason = "clamped")]
fn differences(colour: [u8; 3]) -> [u8; 2] {
    let [red, _, blue] = colour.map(i32::from);
    let level = i32::from(brightness(colour));
    // In 65,536ths, rounded.
    let away = |it: i32, share: i32| ((((it - level) * share + (1 << 15)) >> 16) + 128).clamp(0, 255) as u8;
    [away(blue, 36_984), away(red, 46_745)]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A picture of 5 by 3 of one colour, as a browser hands it out.
    fn decoded(pixel: [u8; 4]) -> Decoded {
        Decoded { width: 5, height: 3, rgba: pixel.repeat(15), full_size: (5, 3) }
    }

    #[test]
    fn what_a_browser_decoded_keeps_its_colours_and_lies_on_white() {
        for (pixel, expected) in [
            ([200, 30, 30, 255], [200, 30, 30]),
            ([0, 0, 255, 255], [0, 0, 255]),
            ([255, 255, 0, 255], [255, 255, 0]),
            ([90, 90, 90, 255], [90, 90, 90]),
            ([0, 0, 0, 0], [255, 255, 255]),
            ([0, 0, 0, 128], [127, 127, 127]),
        ] {
            let pixels = Pixels::of_decoded(&decoded(pixel)).unwrap();
            let seen = pixels.coloured(&pixels.brightness, 5);
            assert_eq!((seen.width, seen.height), (5, 3));
            for colour in seen.rgb.chunks_exact(3) {
                assert!(
                    colour.iter().zip(expected).all(|(it, wanted)| it.abs_diff(wanted) <= 2),
                    "{colour:?} {expected:?}"
                );
            }
        }
    }

    #[test]
    fn bytes_that_do_not_fit_their_size_are_no_picture() {
        for rgba in [vec![], vec![0; 59], vec![0; 61], vec![0; 64]] {
            assert!(Pixels::of_decoded(&Decoded { rgba, ..decoded([0; 4]) }).is_none());
        }
        assert!(Pixels::of_decoded(&Decoded { width: 0, rgba: vec![], ..decoded([0; 4]) }).is_none());
    }
}
