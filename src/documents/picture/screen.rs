//! Is it a picture of a screen's content?
//!
//! A hint only: the size is one that screens have, and much of it is perfectly flat, as no camera and no scanner makes
//! it.

use crate::raster::Raster;

/// Widths and heights of phones' and computers' screens, the short side first. Source: the makers' specifications of
/// phones sold in Vietnam since 2015, and StatCounter's list of desktop resolutions.
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

/// Share of neighbours, across and down, that are of one colour, or all but.
pub(crate) fn flatness(picture: &Raster) -> f32 {
    let across = 3 * picture.width as usize;
    let (mut flat, mut all) = (0_u32, 0_u32);
    for row in picture.rgb.chunks_exact(across.max(1)).step_by(2) {
        for pair in row.chunks_exact(6) {
            let (one, other) = pair.split_at(3);
            all += 1;
            flat += u32::from(one.iter().zip(other).all(|(one, other)| one.abs_diff(*other) <= 1));
        }
    }
    #[expect(clippy::cast_precision_loss)]
    let share = flat as f32 / all.max(1) as f32;
    share
}
