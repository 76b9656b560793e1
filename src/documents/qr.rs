//! Reads the QR codes of a picture: the code on an identity card, on a receipt, on a stamped paper.
//!
//! `rxing` tells which three corners are a code's and straightens it (of the readers in Rust tried it reads most); what
//! makes a photograph black and white, where corners may be, at which sizes it is looked at and what a text is, is
//! decided here. Nothing is guessed:
//! a code that its own check bytes do not confirm is not read.
//!
//! Source: ISO/IEC 18004:2015.

use rxing::common::cpp_essentials::ConcentricPattern;
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{GenerateFinderPatternSets, SampleQR};

use crate::limits::{MOST_QR_CODES, MOST_QR_TRIES, QR_PIXELS_READ};
use crate::qr_corners::corners;
use crate::qr_threshold::{Measured, Threshold};
use crate::raster::{self, Grey};
use crate::shift_jis;

/// Brightness of each pixel of a picture, row after row: 0 black to 255 white.
#[derive(Clone, Copy, Debug)]
pub struct Luma<'a> {
    width: usize,
    height: usize,
    levels: &'a [u8],
}

impl<'a> Luma<'a> {
    /// Nothing when `levels` is not `width × height` long, a side is 0, or a side is longer than
    /// [`LONGEST_SIDE`](crate::limits::LONGEST_SIDE).
    #[must_use]
    pub fn new(width: u32, height: u32, levels: &'a [u8]) -> Option<Self> {
        let longest = crate::limits::LONGEST_SIDE;
        let (across, down) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
        let fits = (1..=longest).contains(&width) && (1..=longest).contains(&height);
        (fits && levels.len() == across.checked_mul(down)?).then_some(Self { width: across, height: down, levels })
    }

    pub(crate) fn width(self) -> usize {
        self.width
    }

    pub(crate) fn height(self) -> usize {
        self.height
    }

    /// Its rows, from the top.
    pub(crate) fn rows(self) -> std::slice::ChunksExact<'a, u8> {
        self.levels.chunks_exact(self.width)
    }

    /// One row of pixels.
    fn row(self, y: usize) -> &'a [u8] {
        self.levels.get(y * self.width..(y + 1) * self.width).unwrap_or_default()
    }
}

/// The texts of all codes found, each once; those found first stand first.
///
/// Looks at several sizes and in several ways until every corner seen belongs to a code, or the budget of
/// [`limits`](crate::limits) is spent. The picture needs all its pixels: a card on a photographed A4 page has a code of
/// 250 pixels.
#[must_use]
pub fn read(picture: Luma<'_>) -> Vec<String> {
    let mut search = Search { texts: Vec::new(), budget: QR_PIXELS_READ };
    search.everywhere(picture);
    search.texts
}

/// As [`read`], for all pixels of a picture in which nothing was read at half its size: a card on a page that was
/// photographed whole.
#[must_use]
pub fn read_closely(picture: Luma<'_>) -> Vec<String> {
    let mut search = Search { texts: Vec::new(), budget: QR_PIXELS_READ };
    let picture = Measured::new(picture);
    for threshold in [Threshold::Mean, Threshold::Middle] {
        if search.look(&picture, threshold, false) != Look::Unexplained {
            break;
        }
    }
    search.texts
}

/// As [`read`], for one of many frames of a camera: one look at the frame and one at its half, since the next frame
/// comes anyway.
#[must_use]
pub fn read_frame(frame: Luma<'_>) -> Vec<String> {
    let mut search = Search { texts: Vec::new(), budget: QR_PIXELS_READ };
    if search.look(&Measured::new(frame), Threshold::Mean, false) != Look::Explained && search.texts.is_empty() {
        let half = halved(frame);
        search.look_if(measured(&half).as_ref(), Threshold::Middle, false);
    }
    search.texts
}

/// What a look found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// Nothing that looks like the corners of a code.
    Nothing,
    /// Corners that belong to no code read.
    Unexplained,
    /// Every corner seen belongs to a code that was read.
    Explained,
}

/// A search through one picture.
struct Search {
    texts: Vec<String>,
    /// Pixels that may still be looked at.
    budget: usize,
}

impl Search {
    fn everywhere(&mut self, picture: Luma<'_>) {
        let whole = Measured::new(picture);
        let half = halved(picture);
        let half = measured(&half);
        let half = half.as_ref();
        let first = self.look(&whole, Threshold::Mean, false);
        // A code of white on black may stand beside one that was read.
        let small = picture.width * picture.height <= 2_000_000;
        let inverted = if small { Some(&whole) } else { half };
        let white = self.look_if(inverted, Threshold::Mean, true);
        if first == Look::Explained {
            return;
        }
        let second = self.look_if(half, Threshold::Mean, false);
        if second == Look::Explained {
            return;
        }
        let quarter = half.map(|half| halved(half.picture));
        let quarter = quarter.as_ref().and_then(measured);
        let quarter = quarter.as_ref();
        let mut ways = vec![
            (half, Threshold::Faint, false),
            (quarter, Threshold::Mean, false),
            (half, Threshold::Middle, false),
            (quarter, Threshold::Middle, false),
        ];
        let double = (picture.width.max(picture.height) <= 1200).then(|| doubled(picture));
        let double = double.as_ref().and_then(measured);
        let double = double.as_ref();
        if small || [first, white, second].contains(&Look::Unexplained) {
            ways.extend([
                (Some(&whole), Threshold::Middle, false),
                (Some(&whole), Threshold::Faint, false),
                (double, Threshold::Mean, false),
                (double, Threshold::Middle, false),
                (half, Threshold::Wide, false),
                (Some(&whole), Threshold::Wide, false),
            ]);
        }
        for (picture, threshold, inverted) in ways {
            if self.look_if(picture, threshold, inverted) == Look::Explained {
                return;
            }
        }
    }

    fn look_if(&mut self, picture: Option<&Measured<'_>>, threshold: Threshold, inverted: bool) -> Look {
        picture.map_or(Look::Nothing, |picture| self.look(picture, threshold, inverted))
    }

    /// Looks once.
    fn look(&mut self, picture: &Measured<'_>, threshold: Threshold, inverted: bool) -> Look {
        let (width, height) = (picture.picture.width, picture.picture.height);
        // A code of the first version has 21 modules, and each needs a pixel and a half.
        if width.min(height) < 32 || width * height > self.budget {
            return Look::Nothing;
        }
        self.budget -= width * height;
        let Some(bits) = picture.black_and_white(threshold, inverted) else { return Look::Nothing };
        self.look_at(&bits)
    }

    fn look_at(&mut self, bits: &BitMatrix) -> Look {
        let mut corners = corners(bits);
        let seen = corners.len();
        let mut used: Vec<ConcentricPattern> = Vec::new();
        let mut tries = MOST_QR_TRIES;
        for set in GenerateFinderPatternSets(&mut corners) {
            if tries == 0 || self.texts.len() == MOST_QR_CODES {
                break;
            }
            if [set.bl, set.tl, set.tr].iter().any(|corner| used.contains(corner)) {
                continue;
            }
            tries -= 1;
            let Some(text) = SampleQR(bits, &set).ok().and_then(|sampled| text_of(sampled.getBits())) else { continue };
            used.extend([set.bl, set.tl, set.tr]);
            if !self.texts.contains(&text) {
                self.texts.push(text);
            }
        }
        match (seen < 3, seen - used.len() < 3) {
            (true, _) => Look::Nothing,
            (_, true) => Look::Explained,
            _ => Look::Unexplained,
        }
    }
}

/// The text of the modules of one code, if their check bytes agree.
fn text_of(modules: &BitMatrix) -> Option<String> {
    let code = Decode(modules).ok()?;
    code.isValid().then(|| text_of_bytes(code.content().bytes())).flatten()
}

/// The text of the bytes of one code.
///
/// The standard says ISO 8859-1, the world writes UTF-8 (cards too): valid UTF-8 is UTF-8. Other bytes count as
/// ISO 8859-1 when each is a letter or sign there, and else as Shift JIS, which Japanese codes have of old. What may as
/// well be the one as the other, or neither, is not a text that we can tell, and not a wrong one.
fn text_of_bytes(bytes: &[u8]) -> Option<String> {
    if bytes.is_empty() {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let japanese = shift_jis::read(bytes);
    if bytes.iter().all(|byte| !matches!(byte, 0..=8 | 0x0E..=0x1B | 0x7F..=0x9F)) {
        // Three accents in a row are as rare as three half-width katakana are common.
        let ambiguous = japanese.is_some_and(|it| it.longest_word > 2);
        return (!ambiguous).then(|| bytes.iter().map(|byte| char::from(*byte)).collect());
    }
    // Microsoft's quotation marks before a letter look like one character of two bytes.
    japanese.filter(|it| it.apart || it.longest_word > 1).map(|it| it.text)
}

/// Measures a picture of our own; nothing if it has no pixels.
fn measured(picture: &Grey) -> Option<Measured<'_>> {
    picture.luma().map(Measured::new)
}

/// Half as wide and half as high.
fn halved(picture: Luma<'_>) -> Grey {
    raster::halved((picture.width, picture.height), picture.levels)
}

/// Twice as wide and twice as high, with what lies between two pixels drawn between them.
fn doubled(picture: Luma<'_>) -> Grey {
    let (width, height) = (2 * picture.width, 2 * picture.height);
    let mut levels = Vec::with_capacity(width * height);
    for y in 0..height {
        let near = picture.row(y / 2);
        let far_row = if y % 2 == 0 { (y / 2).saturating_sub(1) } else { (y / 2 + 1).min(picture.height - 1) };
        let far = picture.row(far_row);
        let mixed = |x: usize| -> u16 {
            let level = |row: &[u8]| u16::from(row.get(x).copied().unwrap_or_default());
            3 * level(near) + level(far)
        };
        for x in 0..picture.width {
            let here = mixed(x);
            let before = mixed(x.saturating_sub(1));
            let after = mixed((x + 1).min(picture.width - 1));
            levels.push(u8::try_from((3 * here + before + 8) / 16).unwrap_or(u8::MAX));
            levels.push(u8::try_from((3 * here + after + 8) / 16).unwrap_or(u8::MAX));
        }
    }
    Grey { width, height, levels }
}
