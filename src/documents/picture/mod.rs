//! What can be told from pixels alone: sharpness, light, the paper's edges, and whether it was a screen.
//!
//! Everything is measured at one working size, so that a score means the same for a cheap phone and a good one. The
//! thresholds were tuned on one half of the corpus in `e2e/corpus` and are reported on the other by `make test`.

mod closing;
mod focus;
mod light;
mod paper;
mod screen;

use contract::document::{Corners, FindingCode, PaperFormat, Point, Score, ScoreName};

use crate::pixels::Pixels;

/// Long side of the picture in which everything is measured.
pub(crate) const WORKING_SIDE: u32 = 1_600;

/// Most pixels on the long side of a picture in which colours are looked at.
pub(crate) const COLOUR_SIDE: u32 = 480;

/// A picture with less on its long side is a thumbnail: nothing but its size is judged.
const LEAST_SIDE: u32 = 160;

/// Blurred above this spread of the sharper quarter of strokes, in pixels of the working size.
///
/// Sharp photographs of phones have 0.4 to 0.6, soft ones of the corpus up to 1.0, blurred ones from 1.15.
const MOST_SPREAD: f32 = 1.1;
/// Moved where the weakest direction has less than this share of the strongest, and strokes are not quite sharp: a ruled
/// page has little in one direction, too, but is sharp in the other.
const LEAST_BALANCE: f32 = 0.4;
const SPREAD_WHEN_MOVED: f32 = 0.64;
/// Too dark where paper is below this level.
const DARKEST_PAPER: f32 = 92.0;
/// Too bright where the ink of white paper is above this level.
const BRIGHTEST_INK: f32 = 130.0;
/// Hardly legible where ink and paper are less apart.
const LEAST_CONTRAST: f32 = 38.0;
/// Glare over more than this share of the paper hides something.
const MOST_GLARE: f32 = 0.006;
/// Turned further than this many degrees.
const MOST_SKEW: f32 = 9.0;
/// Four edges count as found from here.
const CERTAIN: f32 = 0.66;
/// Flat as a screen from this share.
const SCREEN_FLATNESS: f32 = 0.12;
/// Floors: A4 at 100 dpi, a card at 200 dpi.
const A4_FLOOR: f32 = 100.0 / 25.4;
const CARD_FLOOR: f32 = 200.0 / 25.4;

/// What was seen.
pub(crate) struct Seen {
    pub(crate) findings: Vec<FindingCode>,
    pub(crate) corners: Option<Corners>,
    pub(crate) scores: Vec<Score>,
}

/// Looks at an upright picture, which may be smaller than the `full` size of the file.
#[expect(clippy::cast_precision_loss)]
pub(crate) fn look(pixels: &Pixels, full: (u32, u32), format: Option<PaperFormat>) -> Seen {
    let mut seen = Seen { findings: Vec::new(), corners: None, scores: Vec::new() };
    let long_side = pixels.brightness.long_side();
    if long_side < LEAST_SIDE {
        seen.judge_density(None, full, format);
        return seen;
    }
    if screen::is_screen(full.0, full.1) && screen::may_be_flat(&pixels.brightness, SCREEN_FLATNESS) {
        let flatness = screen::flatness(&pixels.coloured(&pixels.brightness, long_side));
        seen.score(ScoreName::Flatness, flatness);
        if flatness > SCREEN_FLATNESS {
            seen.findings.push(FindingCode::Screenshot);
            return seen;
        }
    }
    let grey = pixels.brightness.shrunk(WORKING_SIDE);
    let (width, height) = (grey.width.max(1) as f32, grey.height.max(1) as f32);
    let half = (grey.long_side() >= 2 * COLOUR_SIDE).then(|| grey.halved());
    let coloured = |long_side| pixels.coloured(half.as_ref().unwrap_or(&grey), long_side);

    let paper = paper::find(&coloured(paper::LONG_SIDE));
    let found = paper.as_ref().filter(|it| it.certainty >= CERTAIN);
    let whole = found.filter(|it| it.sides_cut == 0);
    if let Some(paper) = &paper {
        seen.score(ScoreName::CornersCertainty, paper.certainty);
        seen.score(ScoreName::SidesCut, paper.sides_cut as f32);
    }
    let on_paper = |x: f32, y: f32| found.is_none_or(|paper| paper.holds(x, y));
    let counts = |x: usize, y: usize| on_paper(x as f32 / width, y as f32 / height);

    let mut blurred = false;
    if let Some(focus) = focus::measure(&grey, counts) {
        seen.score(ScoreName::Sharpness, 1.0 / focus.spread.max(0.01));
        blurred = focus.spread > MOST_SPREAD || (focus.balance < LEAST_BALANCE && focus.spread > SPREAD_WHEN_MOVED);
    }
    if blurred {
        seen.findings.push(FindingCode::Blurred);
    }

    if let Some(levels) = light::levels(&grey, counts) {
        seen.score(ScoreName::PaperLevel, levels.paper);
        let too_dark = levels.paper < DARKEST_PAPER;
        if too_dark {
            seen.findings.push(FindingCode::TooDark);
        }
        if let Some((ink, ground)) = levels.ink {
            seen.score(ScoreName::InkLevel, ink);
            seen.score(ScoreName::Contrast, ground - ink);
            if levels.paper > 250.0 && ink > BRIGHTEST_INK {
                seen.findings.push(FindingCode::TooBright);
            } else if ground - ink < LEAST_CONTRAST && !blurred && !too_dark {
                seen.findings.push(FindingCode::LowContrast);
            }
        }
        let glare = light::glare(&coloured(COLOUR_SIDE), levels.paper, on_paper);
        seen.score(ScoreName::Glare, glare);
        if glare > MOST_GLARE {
            seen.findings.push(FindingCode::Glare);
        }
    }

    if let Some(paper) = found {
        if paper.sides_cut > 0 {
            seen.findings.push(FindingCode::CutOff);
        }
        let skew = skew(&paper.corners, (width, height));
        seen.score(ScoreName::SkewDegrees, skew);
        if skew > MOST_SKEW {
            seen.findings.push(FindingCode::Skewed);
        }
    }
    if let Some(paper) = whole {
        seen.corners = Some(paper.corners.map(|(x, y)| place(x, y, full)));
    }
    // Of a paper that is cut off nobody knows how large it is.
    if found.is_none() || whole.is_some() {
        seen.judge_density(whole, full, format);
    }
    seen
}

impl Seen {
    fn score(&mut self, name: ScoreName, value: f32) {
        self.scores.push(Score { name, value });
    }

    fn judge_density(&mut self, paper: Option<&paper::Paper>, full: (u32, u32), format: Option<PaperFormat>) {
        if let Some((density, format)) = density(paper, full, format).zip(format) {
            self.score(ScoreName::PixelsPerMillimetre, density);
            if density < floor(format) {
                self.findings.push(FindingCode::LowResolution);
            }
        }
    }
}

/// Long and short side in millimetres.
pub(crate) fn millimetres(format: PaperFormat) -> (f32, f32) {
    match format {
        PaperFormat::A4 => (297.0, 210.0),
        PaperFormat::Id1Card => (85.6, 53.98),
    }
}

/// Pixels on a millimetre: where the corners were found and have the proportions of the format, along the shorter of
/// its sides; else, where the whole picture is too small to hold the format densely enough, of the whole picture.
#[expect(clippy::cast_precision_loss)]
fn density(paper: Option<&paper::Paper>, full: (u32, u32), format: Option<PaperFormat>) -> Option<f32> {
    let format = format?;
    let (long, short) = millimetres(format);
    let (width, height) = (full.0 as f32, full.1 as f32);
    if let Some(paper) = paper {
        let side = |from: usize| {
            let ((x1, y1), (x2, y2)) = (paper.corners[from], paper.corners[(from + 1) % 4]);
            ((x2 - x1) * width).hypot((y2 - y1) * height)
        };
        let (one, other) = (f32::midpoint(side(0), side(2)), f32::midpoint(side(1), side(3)));
        let (longer, shorter) = (one.max(other), one.min(other));
        let proportion = longer / shorter.max(1.0);
        if (proportion / (long / short) - 1.0).abs() < 0.2 {
            return Some((longer / long).min(shorter / short));
        }
        return None;
    }
    // The paper cannot be larger than the picture: one far below the floor is too small wherever the paper lies in it.
    let most = (width.max(height) / long).min(width.min(height) / short);
    (most < 0.8 * floor(format)).then_some(most)
}

/// Fewest pixels on a millimetre.
fn floor(format: PaperFormat) -> f32 {
    match format {
        PaperFormat::A4 => A4_FLOOR,
        PaperFormat::Id1Card => CARD_FLOOR,
    }
}

/// How far the sides are from upright and level, in degrees: the mean of the four.
fn skew(corners: &[(f32, f32); 4], (width, height): (f32, f32)) -> f32 {
    let mut sum = 0.0;
    for side in 0..4 {
        let ((x1, y1), (x2, y2)) = (corners[side], corners[(side + 1) % 4]);
        let angle = ((y2 - y1) * height).atan2((x2 - x1) * width).to_degrees();
        let off = angle - (angle / 90.0).round() * 90.0;
        sum += off.abs();
    }
    sum / 4.0
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn place(x: f32, y: f32, full: (u32, u32)) -> Point {
    let inside = |share: f32, side: u32| (share.clamp(0.0, 1.0) * side as f32) as u32;
    Point { x: inside(x, full.0).min(full.0), y: inside(y, full.1).min(full.1) }
}
