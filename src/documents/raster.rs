//! Pixels in memory, and the three things done to all of them: shrinking, standing upright, going grey.

use std::array::from_fn;

use crate::qr::Luma;

/// Pixels that a browser decoded, for kinds we do not decode ourselves: upright, and maybe smaller than the file's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Width of `rgba` in pixels.
    pub width: u32,
    /// Height of `rgba` in pixels.
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, row after row, as a canvas hands them out.
    pub rgba: Vec<u8>,
    /// Width and height of the whole picture, upright.
    pub full_size: (u32, u32),
}

/// How many pixels of a picture are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// None: only whether it is whole.
    Nothing,
    /// As few as leave so many on the long side; of a JPEG's differences of colour, as few as leave so many.
    LongSide {
        /// Of everything, or of a JPEG's brightness.
        all: u32,
        /// Of a JPEG's differences of colour.
        colours: u32,
    },
    /// As many as are not more than this.
    Pixels(u64),
    /// As many as are not more than this, and of a JPEG their brightness alone.
    Brightness(u64),
}

impl Wanted {
    /// Eighths of the size, of those that a JPEG can be decoded at: 1, 2, 4 or 8.
    pub(crate) fn eighths(self, width: u32, height: u32) -> Option<u32> {
        match self {
            Self::Nothing => None,
            Self::LongSide { all, .. } => Some(eighths_for(width.max(height), all)),
            Self::Pixels(most) | Self::Brightness(most) => {
                let pixels = u64::from(width) * u64::from(height);
                [8, 4, 2]
                    .into_iter()
                    .find(|eighths| pixels * eighths * eighths / 64 <= most)
                    .map_or(Some(1), |it| u32::try_from(it).ok())
            }
        }
    }

    /// Eighths of the size of a JPEG's differences of colour, where they may be fewer.
    pub(crate) fn eighths_of_colours(self, width: u32, height: u32) -> Option<u32> {
        match self {
            Self::LongSide { colours, .. } => Some(eighths_for(width.max(height), colours)),
            Self::Nothing | Self::Pixels(_) | Self::Brightness(_) => None,
        }
    }

    /// How many pixels across and down become one.
    pub(crate) fn divisor(self, width: u32, height: u32) -> Option<u32> {
        match self {
            Self::Nothing => None,
            Self::LongSide { all, .. } => Some((width.max(height) / all.max(1)).max(1)),
            Self::Pixels(most) | Self::Brightness(most) => {
                let pixels = u64::from(width) * u64::from(height);
                (1..=64).find(|divisor| pixels / (u64::from(*divisor) * u64::from(*divisor)) <= most)
            }
        }
    }
}

/// The fewest eighths of a side that leave so many pixels of it, of those that a JPEG can be decoded at.
fn eighths_for(side: u32, least: u32) -> u32 {
    [1, 2, 4].into_iter().find(|eighths| side * eighths / 8 >= least).unwrap_or(8)
}

/// Red, green and blue of each pixel, row after row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Three bytes per pixel, `width × height` of them.
    pub(crate) rgb: Vec<u8>,
}

impl Raster {
    /// What a browser decoded, on white where it is not opaque; nothing if the bytes do not fit the size.
    pub(crate) fn of_decoded(decoded: &Decoded) -> Option<Self> {
        let pixels = usize::try_from(u64::from(decoded.width) * u64::from(decoded.height)).ok()?;
        if pixels == 0 || decoded.rgba.len() != pixels.checked_mul(4)? {
            return None;
        }
        let mut rgb = Vec::with_capacity(3 * pixels);
        for pixel in decoded.rgba.as_chunks().0 {
            rgb.extend_from_slice(&on_white(*pixel));
        }
        Some(Self { width: decoded.width, height: decoded.height, rgb })
    }

    /// The pixel at a place; places outside are the nearest inside.
    pub(crate) fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let (x, y) = (x.min(self.width.saturating_sub(1)), y.min(self.height.saturating_sub(1)));
        let at = 3 * (y as usize * self.width as usize + x as usize);
        match self.rgb.get(at..at + 3) {
            Some([red, green, blue]) => [*red, *green, *blue],
            _ => [0; 3],
        }
    }

    /// Shrunk so that its long side has at most `long_side` pixels: each new pixel is the mean of all that it covers.
    /// One that is smaller already stays as it is.
    pub(crate) fn shrunk(&self, long_side: u32) -> Self {
        match within((self.width, self.height), long_side) {
            Some((width, height)) => self.resampled(width, height),
            None => self.clone(),
        }
    }

    /// Shrunk to exactly this size, which is not larger on any side.
    pub(crate) fn resampled(&self, width: u32, height: u32) -> Self {
        Self { width, height, rgb: resampled::<3>(&self.rgb, (self.width, self.height), (width, height)) }
    }

    /// Turned and mirrored as an orientation of EXIF says, 1 to 8.
    pub(crate) fn upright(self, orientation: u16) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let stored = (self.width, self.height);
        let (width, height) = crate::exif::upright(stored, orientation);
        Self { width, height, rgb: turned::<3>(&self.rgb, stored, orientation) }
    }

    /// Brightness alone (ITU-R BT.601).
    pub(crate) fn grey(&self) -> Grey {
        let levels = self.rgb.as_chunks().0.iter().map(|pixel| brightness(*pixel)).collect();
        Grey { width: self.width as usize, height: self.height as usize, levels }
    }
}

/// Pixels of `N` bytes, stored in this size, as an orientation of EXIF shows them.
fn turned<const N: usize>(samples: &[u8], stored: (u32, u32), orientation: u16) -> Vec<u8> {
    let pixels = samples.as_chunks::<N>().0;
    let (width, height) = crate::exif::upright(stored, orientation);
    let place = |x, y| {
        let (x, y) = stored_place((x, y), stored, orientation);
        y as usize * stored.0 as usize + x as usize
    };
    let mut out = Vec::with_capacity(samples.len());
    for y in 0..height {
        // Along a row that is shown, the places stored are equally far apart.
        let (mut at, step) = (place(0, y), place(1.min(width - 1), y).wrapping_sub(place(0, y)));
        for _ in 0..width {
            out.extend_from_slice(pixels.get(at).unwrap_or(&[0; N]));
            at = at.wrapping_add(step);
        }
    }
    out
}

/// The size at which the long side of `size` has so many pixels; nothing for one that is smaller already.
pub(crate) fn within((width, height): (u32, u32), long_side: u32) -> Option<(u32, u32)> {
    let longest = width.max(height);
    let scaled = |side: u32| {
        let exact = u64::from(side) * u64::from(long_side) / u64::from(longest);
        u32::try_from(exact).unwrap_or(1).max(1)
    };
    (longest > long_side && long_side > 0).then(|| (scaled(width), scaled(height)))
}

/// Pixels of `N` bytes shrunk from one size to another.
fn resampled<const N: usize>(samples: &[u8], from: (u32, u32), to: (u32, u32)) -> Vec<u8> {
    let columns = spans(from.0, to.0);
    let across = N * from.0 as usize;
    let mut out = Vec::with_capacity(N * to.0 as usize * to.1 as usize);
    let mut sums = vec![0_u32; across];
    for row in spans(from.1, to.1) {
        sums.fill(0);
        let lines = samples.chunks_exact(across).skip(row.from);
        for (line, weight) in lines.zip(&row.weights) {
            sums.iter_mut().zip(line).for_each(|(sum, byte)| *sum += weight * u32::from(*byte));
        }
        let pixels = sums.as_chunks::<N>().0;
        for column in &columns {
            let mut pixel = [1_u32 << (2 * WEIGHT_BITS - 1); N];
            for (of, weight) in pixels.iter().skip(column.from).zip(&column.weights) {
                pixel.iter_mut().zip(of).for_each(|(sum, value)| *sum += weight * value);
            }
            // The weights add up to one: these are the means of bytes, rounded.
            out.extend_from_slice(&pixel.map(|sum| (sum >> (2 * WEIGHT_BITS)) as u8));
        }
    }
    out
}

/// Brightness alone, one byte per pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) levels: Vec<u8>,
}

impl Grey {
    /// A picture without pixels.
    pub(crate) const EMPTY: Self = Self { width: 0, height: 0, levels: Vec::new() };

    /// As [`Raster::upright`].
    pub(crate) fn upright(self, orientation: u16) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let stored = self.size();
        let (width, height) = crate::exif::upright(stored, orientation);
        let levels = turned::<1>(&self.levels, stored, orientation);
        Self { width: width as usize, height: height as usize, levels }
    }

    /// The long side, in pixels.
    pub(crate) fn long_side(&self) -> u32 {
        let (width, height) = self.size();
        width.max(height)
    }

    /// As it is looked at for codes; nothing where there are no pixels.
    pub(crate) fn luma(&self) -> Option<Luma<'_>> {
        let (width, height) = self.size();
        Luma::new(width, height, &self.levels)
    }

    /// Width and height.
    pub(crate) fn size(&self) -> (u32, u32) {
        let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
        (side(self.width), side(self.height))
    }

    /// As [`Raster::shrunk`].
    pub(crate) fn shrunk(&self, long_side: u32) -> Self {
        match within(self.size(), long_side) {
            Some(size) => self.resampled(size),
            None => self.clone(),
        }
    }

    /// Each new pixel is the mean of all that it covers.
    pub(crate) fn resampled(&self, (width, height): (u32, u32)) -> Self {
        let levels = crate::shrinking::shrunk(&self.levels, self.size(), (width, height));
        let levels = levels.unwrap_or_else(|| resampled::<1>(&self.levels, self.size(), (width, height)));
        Self { width: width as usize, height: height as usize, levels }
    }

    /// Half as wide and half as high: the mean of four.
    pub(crate) fn halved(&self) -> Self {
        halved((self.width, self.height), &self.levels)
    }
}

/// Levels of this size at half of it: each is the mean of four.
pub(crate) fn halved((width, height): (usize, usize), levels: &[u8]) -> Grey {
    let across = width / 2;
    let mut out = vec![0; across * (height / 2)];
    let rows = out.chunks_exact_mut(across.max(1)).zip(levels.chunks_exact((2 * width).max(1)));
    for (out, (upper, lower)) in rows.map(|(out, two)| (out, two.split_at(width))) {
        let ((uppers, upper), (lowers, lower)) = (upper.as_chunks(), lower.as_chunks());
        let (fours, rest) = out.as_chunks_mut();
        for (out, (upper, lower)) in fours.iter_mut().zip(uppers.iter().zip(lowers)) {
            *out = means(*upper, *lower);
        }
        let last = |of: &[u8]| from_fn(|index| of.get(index).copied().unwrap_or_default());
        rest.iter_mut().zip(means(last(upper), last(lower))).for_each(|(out, mean)| *out = mean);
    }
    Grey { width: across, height: height / 2, levels: out }
}

/// The means of each two by two of eight by two, four in one number: the worker's wasm has no vectors.
fn means(upper: [u8; 8], lower: [u8; 8]) -> [u8; 4] {
    let every = |it: u16| u64::from(it) * 0x0001_0001_0001_0001;
    let pairs = |row: [u8; 8]| {
        let row = u64::from_le_bytes(row);
        (row & every(0xFF)) + (row >> 8 & every(0xFF))
    };
    let [a, _, b, _, c, _, d, _] = ((pairs(upper) + pairs(lower) + every(2)) >> 2).to_le_bytes();
    [a, b, c, d]
}

/// How bright red, green and blue look together. Source: ITU-R BT.601.
pub(crate) fn brightness([red, green, blue]: [u8; 3]) -> u8 {
    let sum = 19_595 * u32::from(red) + 38_470 * u32::from(green) + 7_471 * u32::from(blue) + 32_768;
    u8::try_from(sum >> 16).unwrap_or(u8::MAX)
}

/// Brightness and two differences as red, green and blue. Source: JFIF 1.02.
pub(crate) fn joined(brightness: u8, blue: u8, red: u8) -> [u8; 3] {
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

/// A pixel of red, green, blue and opacity, laid on white.
pub(crate) fn on_white([red, green, blue, opacity]: [u8; 4]) -> [u8; 3] {
    if opacity == u8::MAX {
        return [red, green, blue];
    }
    let opacity = u32::from(opacity);
    [red, green, blue]
        .map(|it| u8::try_from((u32::from(it) * opacity + 255 * (255 - opacity)) / 255).unwrap_or(u8::MAX))
}

/// Where the pixel that is shown at `shown` is stored, in a picture of the `stored` size.
///
/// Source: EXIF 2.32 (CIPA DC-008), tag 0x0112: where row 0 and column 0 are shown.
pub(crate) fn stored_place(shown: (u32, u32), stored: (u32, u32), orientation: u16) -> (u32, u32) {
    let ((x, y), (width, height)) = (shown, stored);
    let from_right = |x: u32| width.saturating_sub(1).saturating_sub(x);
    let from_bottom = |y: u32| height.saturating_sub(1).saturating_sub(y);
    match orientation {
        2 => (from_right(x), y),
        3 => (from_right(x), from_bottom(y)),
        4 => (x, from_bottom(y)),
        5 => (y, x),
        6 => (y, from_bottom(x)),
        7 => (from_right(y), from_bottom(x)),
        8 => (from_right(y), x),
        _ => (x, y),
    }
}

/// Bits behind the point of a weight: as many as leave a byte room for two weights in 32 bits.
const WEIGHT_BITS: u32 = 12;

/// The old pixels that one new pixel covers.
struct Span {
    from: usize,
    /// How much each counts, in 2^-[`WEIGHT_BITS`]; together one.
    weights: Vec<u32>,
}

fn spans(old: u32, new: u32) -> Vec<Span> {
    let (old, new) = (u64::from(old), u64::from(new.max(1)));
    // An old pixel is `new` units long, a new one `old`.
    let weight = |units: u64| u32::try_from((units << WEIGHT_BITS) / old.max(1)).unwrap_or_default();
    let index = |pixel: u64| usize::try_from(pixel).unwrap_or(usize::MAX);
    (0..new)
        .map(|place| {
            let (from, to) = (old * place, old * (place + 1));
            // Rounded where they add up, so that their sum is exact.
            let ends = (from / new..to.div_ceil(new)).map(|pixel| weight((to.min(new * (pixel + 1))) - from));
            let mut before = 0;
            let weights = ends.map(|end| end - std::mem::replace(&mut before, end)).collect();
            Span { from: index(from / new), weights }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32) -> Raster {
        let rgb = (0..width * height).flat_map(|index| [u8::try_from(index % 251).unwrap_or(0); 3]).collect();
        Raster { width, height, rgb }
    }

    #[test]
    fn each_orientation_undoes_how_the_camera_was_held() {
        // The picture is 3 wide and 2 high: a b c / d e f, stored as each orientation stores it.
        let upright = [0_u8, 1, 2, 3, 4, 5];
        let stored: [(u16, u32, u32, [u8; 6]); 8] = [
            (1, 3, 2, [0, 1, 2, 3, 4, 5]),
            (2, 3, 2, [2, 1, 0, 5, 4, 3]),
            (3, 3, 2, [5, 4, 3, 2, 1, 0]),
            (4, 3, 2, [3, 4, 5, 0, 1, 2]),
            (5, 2, 3, [0, 3, 1, 4, 2, 5]),
            (6, 2, 3, [2, 5, 1, 4, 0, 3]),
            (7, 2, 3, [5, 2, 4, 1, 3, 0]),
            (8, 2, 3, [3, 0, 4, 1, 5, 2]),
        ];
        for (orientation, width, height, levels) in stored {
            let raster = Raster { width, height, rgb: levels.iter().flat_map(|it| [*it; 3]).collect() };
            assert_eq!(raster.grey().upright(orientation).levels, upright, "orientation {orientation}, grey");
            let shown = raster.upright(orientation);
            assert_eq!((shown.width, shown.height), (3, 2), "orientation {orientation}");
            assert_eq!(shown.grey().levels, upright, "orientation {orientation}");
        }
    }

    #[test]
    fn shrinking_keeps_the_mean_and_never_grows() {
        let small = picture(90, 60).shrunk(30);
        assert_eq!((small.width, small.height), (30, 20));
        let mean = |raster: &Raster| raster.rgb.iter().map(|it| u64::from(*it)).sum::<u64>() / raster.rgb.len() as u64;
        assert!(mean(&picture(90, 60)).abs_diff(mean(&small)) <= 1);
        assert_eq!(picture(9, 6).shrunk(30), picture(9, 6));
        let thin = picture(400, 1).shrunk(100);
        assert_eq!((thin.width, thin.height), (100, 1));
    }
}
