//! Is it a picture of a screen's content?
//!
//! A hint only: the size is one that screens have, and much of it is of exactly one colour, as no camera makes it.

use crate::raster::{Grey, Raster};

/// Widths and heights of phones' and computers' screens, the short side first. Source: the makers' specifications of
/// phones sold in Vietnam since 2015, and `StatCounter` for desktop resolutions.
const SCREENS: [(u32, u32); 44] = [
    (720, 1280),
    (720, 1440),
    (720, 1480),
    (720, 1520),
    (720, 1544),
    (720, 1560),
    (720, 1570),
    (720, 1600),
    (720, 1612),
    (720, 1640),
    (720, 1650),
    (750, 1334),
    (768, 1366),
    (800, 1280),
    (828, 1792),
    (864, 1536),
    (900, 1440),
    (900, 1600),
    (1080, 1920),
    (1080, 2160),
    (1080, 2220),
    (1080, 2246),
    (1080, 2280),
    (1080, 2310),
    (1080, 2340),
    (1080, 2376),
    (1080, 2388),
    (1080, 2400),
    (1080, 2408),
    (1080, 2412),
    (1080, 2460),
    (1125, 2436),
    (1170, 2532),
    (1179, 2556),
    (1206, 2622),
    (1220, 2712),
    (1242, 2208),
    (1242, 2688),
    (1284, 2778),
    (1290, 2796),
    (1320, 2868),
    (1440, 2560),
    (1440, 3200),
    (640, 1136),
];

/// Does a picture of this size come from a screen? Messengers shrink what they send, so the proportions of a phone count
/// too where both sides are shrunk alike.
pub(crate) fn is_screen(width: u32, height: u32) -> bool {
    let (short, long) = (width.min(height), width.max(height));
    SCREENS.iter().any(|(screen_short, screen_long)| {
        let exact = (short, long) == (*screen_short, *screen_long);
        // Phones only, twice as long as wide: no camera, scanner or paper has such proportions.
        let tall = *screen_long * 10 >= *screen_short * 19;
        let alike = u64::from(short) * u64::from(*screen_long);
        let apart = alike.abs_diff(u64::from(long) * u64::from(*screen_short));
        exact || (tall && short >= 360 && apart <= u64::from(*screen_long))
    })
}

/// Can more than this share of a picture be of one colour? Not where no more than that is equally bright.
pub(crate) fn may_be_flat(brightness: &Grey, share: f32) -> bool {
    let mut histogram = [0_u32; 256];
    for level in &brightness.levels {
        histogram[usize::from(*level)] += 1;
    }
    let most = histogram.into_iter().max().unwrap_or_default();
    #[expect(clippy::cast_precision_loss)]
    let most_alike = most as f32 / brightness.levels.len().max(1) as f32;
    // A colour is counted in each seventh pixel only.
    most_alike > share / 2.0
}

/// Share of the picture that is of its commonest colour.
pub(crate) fn flatness(picture: &Raster) -> f32 {
    let mut colours: Vec<u32> = picture
        .rgb
        .chunks_exact(3)
        .step_by(7)
        .map(|it| it.iter().fold(0, |all, byte| all << 8 | u32::from(*byte)))
        .collect();
    colours.sort_unstable();
    let most = colours.chunk_by(|one, other| one == other).map(<[u32]>::len).max().unwrap_or_default();
    #[expect(clippy::cast_precision_loss)]
    let share = most as f32 / colours.len().max(1) as f32;
    share
}
