//! Makes a picture ready to be sent: upright, cut to its paper, no larger than reading needs, and nothing in it but
//! pixels.

use contract::document::{Corners, FileKind, PaperFormat, Repair, Repaired, Turn};

use crate::picture::millimetres;
use crate::raster::{Decoded, Raster, Wanted};
use crate::{jpeg, jpeg_writer, kind_of, png_file, strip};

/// Most pixels that are unpacked of a picture: enough to cut a quarter of it out and still fill the budget, and 48 MB.
const MOST_UNPACKED: u64 = 16_000_000;

/// Quality of the JPEG written: at 85 the smallest print of a form shows no ringing, and an A4 page at 200 dpi has about
/// 0.7 MB.
const QUALITY: u32 = 85;

/// The picture repaired, as JPEG, and the sizes before and after; nothing for a file that is not a picture we or the
/// browser (`decoded`) read whole.
#[must_use]
pub fn repair(bytes: &[u8], repair: &Repair, decoded: Option<&Decoded>) -> Option<(Vec<u8>, Repaired)> {
    let (raster, full) = match kind_of(bytes) {
        FileKind::Jpeg => {
            if let Some(kept) = as_it_is(bytes, repair) {
                return Some(kept);
            }
            let (walk, planes) = jpeg::decode(bytes, Wanted::Pixels(MOST_UNPACKED));
            (planes?.into_raster().upright(walk.orientation), crate::exif::upright(walk.size?, walk.orientation))
        }
        FileKind::Png => {
            let (read, raster) = png_file::read(bytes, Wanted::Pixels(MOST_UNPACKED));
            (raster?.upright(read.orientation), crate::exif::upright(read.size?, read.orientation))
        }
        _ => (Raster::of_decoded(decoded?)?, decoded?.full_size),
    };
    let budget = budget(repair);
    let cut = if let Some(corners) = &repair.corners {
        cut_out(&raster, corners, full, repair.paper, budget)?
    } else {
        let (width, height) = within(f64::from(raster.width), f64::from(raster.height), budget);
        raster.resampled(width.min(raster.width), height.min(raster.height))
    };
    let turned = cut.upright(match repair.turn {
        Turn::None => 1,
        Turn::Right => 6,
        Turn::Half => 3,
        Turn::Left => 8,
    });
    let written = jpeg_writer::write(&turned, QUALITY)?;
    let (width_before, height_before) = full;
    Some((written, Repaired { width_before, height_before, width: turned.width, height: turned.height }))
}

/// A JPEG whose pixels may stay: writing it anew would only lose sharpness, and often make it larger.
fn as_it_is(bytes: &[u8], repair: &Repair) -> Option<(Vec<u8>, Repaired)> {
    if repair.corners.is_some() || repair.turn != Turn::None {
        return None;
    }
    let walk = jpeg::walk(bytes);
    let (width, height) = walk.size?;
    let small = u64::from(width) * u64::from(height) <= u64::from(budget(repair));
    if walk.outcome != jpeg::Outcome::Whole || walk.orientation > 1 || !small {
        return None;
    }
    Some((strip::stripped(bytes)?, Repaired { width_before: width, height_before: height, width, height }))
}

/// Most pixels of what is written.
fn budget(repair: &Repair) -> u32 {
    match repair.most_pixels {
        0 => Repair::MOST_PIXELS,
        pixels => pixels,
    }
}

/// Width and height of these proportions, no larger, with no more pixels than the budget.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn within(width: f64, height: f64, budget: u32) -> (u32, u32) {
    let shrink = (f64::from(budget) / (width * height).max(1.0)).sqrt().min(1.0);
    // `as` saturates; sides of a JPEG are at most 65,535.
    let side = |side: f64| ((side * shrink) as u32).clamp(1, 65_535);
    (side(width), side(height))
}

/// The paper between four corners, as seen from straight above.
#[expect(clippy::cast_precision_loss)]
fn cut_out(
    raster: &Raster,
    corners: &Corners,
    full: (u32, u32),
    paper: Option<PaperFormat>,
    budget: u32,
) -> Option<Raster> {
    let (right, down) =
        (f64::from(raster.width) / f64::from(full.0.max(1)), f64::from(raster.height) / f64::from(full.1.max(1)));
    let corners = corners.map(|point| (f64::from(point.x.min(full.0)) * right, f64::from(point.y.min(full.1)) * down));
    let length = |from: usize, to: usize| match (corners.get(from), corners.get(to)) {
        (Some((x1, y1)), Some((x2, y2))) => (x2 - x1).hypot(y2 - y1),
        _ => 0.0,
    };
    let (mut width, mut height) = (length(0, 1).max(length(3, 2)), length(0, 3).max(length(1, 2)));
    if width < 8.0 || height < 8.0 {
        return None;
    }
    if let Some(paper) = paper {
        let (long, short) = millimetres(paper);
        let proportion = f64::from(long / short);
        // The longer side keeps its pixels.
        if width > height {
            height = width / proportion;
        } else {
            width = height / proportion;
        }
    }
    let (out_width, out_height) = within(width, height, budget);
    let map = Projection::onto(&corners)?;
    // A pixel of the result covers this many of the picture, across: their mean is taken where it is more than one.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let samples = ((width / f64::from(out_width)).round() as u32).clamp(1, 4);
    let mut rgb = Vec::with_capacity(3 * out_width as usize * out_height as usize);
    for y in 0..out_height {
        for x in 0..out_width {
            let mut sums = [0.0_f32; 3];
            for part in 0..samples * samples {
                let (part_x, part_y) = (part % samples, part / samples);
                let share = |at: u32, part: u32, side: u32| {
                    (f64::from(at) + (f64::from(part) + 0.5) / f64::from(samples)) / f64::from(side)
                };
                let (from_x, from_y) = map.of(share(x, part_x, out_width), share(y, part_y, out_height));
                for (sum, it) in sums.iter_mut().zip(between(raster, from_x - 0.5, from_y - 0.5)) {
                    *sum += it;
                }
            }
            let all = (samples * samples) as f32;
            // The mean of bytes is a byte.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            rgb.extend(sums.map(|sum| (sum / all + 0.5) as u8));
        }
    }
    Some(Raster { width: out_width, height: out_height, rgb })
}

/// The colour between four pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn between(raster: &Raster, x: f64, y: f64) -> [f32; 3] {
    let (x, y) = (x.max(0.0), y.max(0.0));
    let (left, top) = (x as u32, y as u32);
    let (across, down) = ((x - f64::from(left)) as f32, (y - f64::from(top)) as f32);
    let corners =
        [raster.at(left, top), raster.at(left + 1, top), raster.at(left, top + 1), raster.at(left + 1, top + 1)];
    let weights = [(1.0 - across) * (1.0 - down), across * (1.0 - down), (1.0 - across) * down, across * down];
    let mut out = [0.0; 3];
    for (corner, weight) in corners.iter().zip(weights) {
        for (sum, it) in out.iter_mut().zip(corner) {
            *sum += weight * f32::from(*it);
        }
    }
    out
}

/// From the unit square to a quadrangle.
///
/// Source: P. Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), section 2.2.3.
struct Projection {
    x: (f64, f64, f64),
    y: (f64, f64, f64),
    w: (f64, f64),
}

impl Projection {
    fn onto(corners: &[(f64, f64); 4]) -> Option<Self> {
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = *corners;
        let (dx1, dx2, dx3) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
        let (dy1, dy2, dy3) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
        let determinant = dx1 * dy2 - dx2 * dy1;
        if determinant.abs() < 1.0 {
            return None;
        }
        let g = (dx3 * dy2 - dx2 * dy3) / determinant;
        let h = (dx1 * dy3 - dx3 * dy1) / determinant;
        Some(Self {
            x: (x1 - x0 + g * x1, x3 - x0 + h * x3, x0),
            y: (y1 - y0 + g * y1, y3 - y0 + h * y3, y0),
            w: (g, h),
        })
    }

    fn of(&self, u: f64, v: f64) -> (f64, f64) {
        let row = |(a, b, c): (f64, f64, f64)| a * u + b * v + c;
        let depth = self.w.0 * u + self.w.1 * v + 1.0;
        let depth = if depth.abs() < 1e-6 { 1e-6 } else { depth };
        (row(self.x) / depth, row(self.y) / depth)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use contract::document::Point;

    use super::*;

    /// Four fields: red, green / blue, white; `width` and `height` of each.
    fn fields(width: u32, height: u32) -> Raster {
        let colours = [[200, 30, 30], [30, 180, 30], [30, 30, 200], [240, 240, 240]];
        let mut rgb = Vec::new();
        for y in 0..2 * height {
            for x in 0..2 * width {
                rgb.extend_from_slice(&colours[(y / height * 2 + x / width) as usize]);
            }
        }
        Raster { width: 2 * width, height: 2 * height, rgb }
    }

    /// The letters of the fields at the middle of each quarter, row by row.
    fn seen(jpeg: &[u8]) -> String {
        let (walk, planes) = jpeg::decode(jpeg, Wanted::Pixels(1 << 30));
        assert_eq!(walk.outcome, jpeg::Outcome::Whole);
        let raster = planes.unwrap().into_raster();
        let at = |x: u32, y: u32| {
            let [red, green, blue] = raster.at(raster.width * x / 4, raster.height * y / 4);
            match (red > 128, green > 128, blue > 128) {
                (true, false, false) => 'r',
                (false, true, false) => 'g',
                (false, false, true) => 'b',
                (true, true, true) => 'w',
                _ => '?',
            }
        };
        [at(1, 1), at(3, 1), at(1, 3), at(3, 3)].iter().collect()
    }

    /// The stored picture that a camera held so makes of an upright one.
    fn held(upright: &Raster, orientation: u16) -> Raster {
        // Turning back is turning by the orientation that undoes it.
        upright.clone().upright(match orientation {
            6 => 8,
            8 => 6,
            other => other,
        })
    }

    fn with_metadata(jpeg: &[u8], orientation: u16) -> Vec<u8> {
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02".to_vec();
        exif.extend_from_slice(&[0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, u8::try_from(orientation).unwrap(), 0, 0]);
        exif.extend_from_slice(&[0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 38]);
        exif.extend_from_slice(b"\0\0\0\0GPSLatitude 10.0341");
        let mut out = jpeg[..2].to_vec();
        for (marker, content) in [
            (0xE1, exif.as_slice()),
            (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
            (0xED, b"Photoshop 3.0\0 8BIM IPTC"),
            (0xFE, b"a comment"),
        ] {
            out.extend_from_slice(&[0xFF, marker, 0, u8::try_from(content.len() + 2).unwrap()]);
            out.extend_from_slice(content);
        }
        out.extend_from_slice(&jpeg[2..]);
        out
    }

    #[test]
    fn a_picture_stands_upright_however_the_camera_was_held_and_keeps_nothing_but_pixels() {
        for orientation in 1..=8 {
            let stored = jpeg_writer::write(&held(&fields(40, 24), orientation), 90).unwrap();
            let (out, sizes) = repair(&with_metadata(&stored, orientation), &Repair::default(), None).unwrap();
            assert_eq!(seen(&out), "rgbw", "orientation {orientation}");
            assert_eq!((sizes.width, sizes.height), (80, 48), "orientation {orientation}");
            assert_eq!((sizes.width_before, sizes.height_before), (80, 48));
            for word in [&b"Exif"[..], b"GPS", b"xmpmeta", b"ns.adobe", b"Photoshop", b"8BIM", b"comment"] {
                assert_eq!(crate::bytes::find(&out, word), None, "orientation {orientation}");
            }
        }
    }

    #[test]
    fn an_upright_picture_of_a_good_size_loses_its_metadata_and_not_one_pixel() {
        let stored = jpeg_writer::write(&fields(40, 24), 30).unwrap();
        let mut whole = with_metadata(&stored, 1);
        whole.extend_from_slice(b"\xFF\xD8 a second picture with GPS");
        let (out, sizes) = repair(&whole, &Repair::default(), None).unwrap();
        assert_eq!(out, stored);
        assert_eq!((sizes.width_before, sizes.width, sizes.height), (80, 80, 48));
        // A profile of colours stays; a thumbnail beside JFIF's does not.
        let mut with_profile = stored[..2].to_vec();
        with_profile.extend_from_slice(b"\xFF\xFF\xE2\0\x12ICC_PROFILE\0\x01\x01cm\xFF\xE0\0\x0AJFXX\0\x10ab");
        with_profile.extend_from_slice(&stored[2..]);
        let (out, _) = repair(&with_profile, &Repair::default(), None).unwrap();
        assert!(crate::bytes::find(&out, b"ICC_PROFILE").is_some() && crate::bytes::find(&out, b"JFXX").is_none());
        assert_eq!(seen(&out), "rgbw");
    }

    #[test]
    fn the_citizen_turns_it_by_quarters() {
        let stored = jpeg_writer::write(&fields(40, 24), 90).unwrap();
        for (turn, expected, size) in [
            (Turn::None, "rgbw", (80, 48)),
            (Turn::Right, "brwg", (48, 80)),
            (Turn::Half, "wbgr", (80, 48)),
            (Turn::Left, "gwrb", (48, 80)),
        ] {
            let (out, sizes) = repair(&stored, &Repair { turn, ..Repair::default() }, None).unwrap();
            assert_eq!((seen(&out).as_str(), (sizes.width, sizes.height)), (expected, size));
        }
    }

    #[test]
    fn the_paper_is_cut_out_and_made_rectangular() {
        // A field of four colours on black, leaning: each row is moved right by a quarter of its height.
        let inner = fields(60, 60);
        let mut rgb = Vec::new();
        for y in 0..200_u32 {
            for x in 0..240_u32 {
                let (column, row) = (x.wrapping_sub(30 + y / 4), y.wrapping_sub(40));
                let inside = column < 120 && row < 120;
                rgb.extend_from_slice(&if inside { inner.at(column, row) } else { [0; 3] });
            }
        }
        let picture = jpeg_writer::write(&Raster { width: 240, height: 200, rgb }, 95).unwrap();
        let corners = [(40, 40), (160, 40), (190, 160), (70, 160)].map(|(x, y)| Point { x, y });
        let cut = Repair { corners: Some(corners), ..Repair::default() };
        let (out, sizes) = repair(&picture, &cut, None).unwrap();
        assert_eq!(seen(&out), "rgbw");
        assert_eq!((sizes.width, sizes.height), (120, 123));
        let (_, sizes) = repair(&picture, &Repair { paper: Some(PaperFormat::A4), ..cut }, None).unwrap();
        assert_eq!((sizes.width, sizes.height), (87, 123), "as wide as A4 is to its height");
        let flat = [(40, 40), (160, 40), (160, 40), (40, 40)].map(|(x, y)| Point { x, y });
        assert_eq!(repair(&picture, &Repair { corners: Some(flat), ..Repair::default() }, None), None);
    }

    #[test]
    fn a_large_picture_is_shrunk_to_its_budget_and_a_small_one_keeps_its_pixels() {
        let stored = jpeg_writer::write(&fields(300, 200), 90).unwrap();
        let (out, sizes) = repair(&stored, &Repair { most_pixels: 60_000, ..Repair::default() }, None).unwrap();
        assert_eq!((sizes.width, sizes.height), (300, 200));
        assert_eq!(seen(&out), "rgbw");
        let (_, sizes) = repair(&stored, &Repair::default(), None).unwrap();
        assert_eq!((sizes.width, sizes.height), (600, 400));
    }

    #[test]
    fn what_a_browser_decoded_is_repaired_and_what_nobody_decoded_is_not() {
        let rgba = fields(8, 8).rgb.chunks_exact(3).flat_map(|it| [it[0], it[1], it[2], 255]).collect();
        let decoded = Decoded { width: 16, height: 16, rgba, full_size: (1600, 1600) };
        let (out, sizes) = repair(b"RIFF\0\0\0\0WEBPVP8 ", &Repair::default(), Some(&decoded)).unwrap();
        assert_eq!((seen(&out).as_str(), sizes.width, sizes.width_before), ("rgbw", 16, 1600));
        for bytes in [&b""[..], b"%PDF-1.7", b"RIFF\0\0\0\0WEBPVP8 ", &[0xFF, 0xD8, 0xFF, 0xE0]] {
            assert_eq!(repair(bytes, &Repair::default(), None), None);
        }
    }
}
