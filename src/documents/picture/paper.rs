//! Where the paper lies in a picture: four straight edges, found without knowing its colour or that of the desk.
//!
//! Print is closed away first (a maximum, then a minimum), slopes vote for the lines they lie on together with the side
//! that is brighter (Hough's transform with gradient directions, Ballard 1981), and of the quadrangles that four lines
//! make the one counts whose sides are best covered by such slopes. The picture's own border may stand for a side that
//! is outside.

use super::closing::closed;
use crate::raster::Raster;

/// Most pixels on the long side of a picture in which edges are looked for.
pub(crate) const LONG_SIDE: u32 = 400;
/// Angles of a line, over a full turn.
const ANGLES: u8 = 180;
/// Pixels between two neighbouring lines of one angle.
const STEP: f32 = 2.0;
/// Least slope of an edge, in levels per pixel.
const LEAST_SLOPE: f32 = 2.2;
/// How much a strong edge may count more than a faint one.
const MOST_SLOPE: f32 = 20.0;
/// Most lines that are combined.
const MOST_LINES: usize = 30;

/// The paper found.
#[derive(Clone, Debug)]
pub(crate) struct Paper {
    /// Its corners as shares of width and height, clockwise from the top left; they may lie outside.
    pub(crate) corners: [(f32, f32); 4],
    /// How surely, 0 to 1.
    pub(crate) certainty: f32,
    /// How many sides lie outside the picture.
    pub(crate) sides_cut: u32,
}

impl Paper {
    /// Is a place, in shares of width and height, inside?
    pub(crate) fn holds(&self, x: f32, y: f32) -> bool {
        (0..4).all(|side| {
            let ((x1, y1), (x2, y2)) = (self.corners[side], self.corners[(side + 1) % 4]);
            (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) >= 0.0
        })
    }
}

/// A line: the points p with `n · p = rho`, where `n` points to the brighter side.
#[derive(Clone, Copy, Debug)]
struct Line {
    normal: (f32, f32),
    rho: f32,
}

impl Line {
    fn crossing(self, other: Self) -> Option<(f32, f32)> {
        let ((a, b), (c, d)) = (self.normal, other.normal);
        let determinant = a * d - b * c;
        (determinant.abs() > 0.3)
            .then(|| ((self.rho * d - other.rho * b) / determinant, (a * other.rho - c * self.rho) / determinant))
    }

    fn turned_over(self) -> Self {
        Self { normal: (-self.normal.0, -self.normal.1), rho: -self.rho }
    }
}

/// How much of a line lies in the picture and is covered by slopes that agree with it, as sums along it: whatever part of
/// it is a side, two of them tell how much of that is.
struct Cover {
    line: Line,
    /// How far the sums reach from the place nearest to the picture's corner, in pixels, either way.
    reach: f32,
    /// For each pixel along the line, how many before it lie in the picture, and how many of these are covered.
    sums: Vec<(u16, u16)>,
}

impl Cover {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn of(line: Line, slopes: &Slopes) -> Self {
        let (width, height) = (slopes.width as f32, slopes.height as f32);
        let reach = width.hypot(height).ceil();
        let (nx, ny) = line.normal;
        let (mut seen, mut covered) = (0, 0);
        let mut sums = vec![(0, 0)];
        for step in 0..2 * reach as u16 {
            let along = f32::from(step) - reach;
            let (x, y) = (line.rho * nx - along * ny, line.rho * ny + along * nx);
            if x >= 1.0 && y >= 1.0 && x <= width - 2.0 && y <= height - 2.0 {
                seen += 1;
                covered += u16::from([0.0, 1.0, -1.0, 2.0, -2.0].iter().any(|off| {
                    let (right, down) = slopes.at(x + off * nx, y + off * ny);
                    let agreement = right * nx + down * ny;
                    agreement > 0.0 && agreement * agreement > 0.85 * 0.85 * (right * right + down * down)
                }));
            }
            sums.push((seen, covered));
        }
        Self { line, reach, sums }
    }

    /// Share of the part between two places that is covered; nothing if less than a third of it lies in the picture.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn between(&self, from: (f32, f32), to: (f32, f32)) -> Option<f32> {
        let (nx, ny) = self.line.normal;
        let along = |(x, y): (f32, f32)| y * nx - x * ny;
        let (first, last) = (along(from).min(along(to)), along(from).max(along(to)));
        // `as` saturates; behind the last sum there is nothing to see.
        let before = |place: f32| self.sums[((place + self.reach) as usize).min(self.sums.len() - 1)];
        let ((seen, covered), (all_seen, all_covered)) = (before(first), before(last));
        let (seen, covered) = (f32::from(all_seen - seen), f32::from(all_covered - covered));
        (3.0 * seen > last - first && seen > 15.0).then(|| covered / seen)
    }
}

/// A line that may be a side of the paper, looking into it.
#[derive(Clone, Copy)]
struct Side<'a> {
    line: Line,
    /// Nothing for one of the picture's borders.
    cover: Option<&'a Cover>,
}

/// Four lines that could be a paper.
struct Candidate {
    corners: [(f32, f32); 4],
    score: f32,
    sides_cut: u32,
}

/// Slopes of the closed picture.
struct Slopes {
    width: usize,
    height: usize,
    /// To the right and down, in levels per pixel; zero where it is no edge.
    vectors: Vec<(f32, f32)>,
    edges: Vec<Edge>,
}

/// A place with at least [`LEAST_SLOPE`].
struct Edge {
    x: f32,
    y: f32,
    right: f32,
    down: f32,
    slope: f32,
}

impl Slopes {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        if x < 0.0 || y < 0.0 {
            return (0.0, 0.0);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let (x, y) = ((x + 0.5) as usize, (y + 0.5) as usize);
        if x >= self.width || y >= self.height {
            return (0.0, 0.0);
        }
        self.vectors.get(y * self.width + x).copied().unwrap_or_default()
    }
}

/// Finds the paper in an upright picture of at most [`LONG_SIDE`].
pub(crate) fn find(picture: &Raster) -> Option<Paper> {
    if picture.width < 64 || picture.height < 64 {
        return None;
    }
    let closed = closed(picture);
    let slopes = slopes(&closed);
    let covered: Vec<(Line, Cover)> = lines(&slopes).into_iter().map(|line| (line, Cover::of(line, &slopes))).collect();
    let borders = borders(&slopes);
    let mut best: Option<Candidate> = None;
    for dark_desk in [true, false] {
        // On a bright desk slopes point out of the paper.
        let turned =
            covered.iter().map(|(line, cover)| (if dark_desk { *line } else { line.turned_over() }, Some(cover)));
        let sides = turned.chain(borders.map(|border| (border, None))).map(|(line, cover)| Side { line, cover });
        let sides: Vec<Side<'_>> = sides.collect();
        for sides in quadrangles(&sides, &slopes) {
            let Some(candidate) = judge(&sides, &slopes, &closed) else { continue };
            if best.as_ref().is_none_or(|best| candidate.score > best.score) {
                best = Some(candidate);
            }
        }
    }
    let Candidate { corners, score, sides_cut } = best?;
    #[expect(clippy::cast_precision_loss)]
    let (width, height) = (slopes.width as f32, slopes.height as f32);
    let corners = from_top_left(corners.map(|(x, y)| ((x + 0.5) / width, (y + 0.5) / height)));
    Some(Paper { corners, certainty: score.min(1.0), sides_cut })
}

/// Slopes (Sobel's, so smoothed over three pixels), of the colour in which they are steepest.
#[expect(clippy::cast_precision_loss)]
fn slopes(picture: &Raster) -> Slopes {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let mut vectors = vec![(0.0_f32, 0.0_f32); width * height];
    let mut edges = Vec::new();
    let across = 3 * width;
    // In eighths, as they are summed up.
    let least = (8.0 * LEAST_SLOPE).powi(2);
    for y in 1..height.saturating_sub(1) {
        let row = |y: usize| picture.rgb.get(y * across..(y + 1) * across).unwrap_or_default();
        // Of each of the three rows, the three colours of three pixels.
        let nines = |y: usize| row(y).windows(9).step_by(3);
        for (x, ((above, here), below)) in (1..).zip(nines(y - 1).zip(nines(y)).zip(nines(y + 1))) {
            let mut steepest = (0, 0);
            let mut most = 0;
            for colour in 0..3 {
                let level = |nine: &[u8], pixel: usize| nine.get(3 * pixel + colour).copied().map_or(0, i32::from);
                let right = level(above, 2) + 2 * level(here, 2) + level(below, 2)
                    - level(above, 0)
                    - 2 * level(here, 0)
                    - level(below, 0);
                let down = level(below, 0) + 2 * level(below, 1) + level(below, 2)
                    - level(above, 0)
                    - 2 * level(above, 1)
                    - level(above, 2);
                let square = right * right + down * down;
                if square > most {
                    most = square;
                    steepest = (right, down);
                }
            }
            if (most as f32) < least {
                continue;
            }
            let (right, down) = (steepest.0 as f32 / 8.0, steepest.1 as f32 / 8.0);
            if let Some(it) = vectors.get_mut(y * width + x) {
                *it = (right, down);
            }
            edges.push(Edge { x: x as f32, y: y as f32, right, down, slope: (most as f32).sqrt() / 8.0 });
        }
    }
    Slopes { width, height, vectors, edges }
}

/// The lines on which most slopes lie, the best first.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn lines(slopes: &Slopes) -> Vec<Line> {
    let diagonal = (slopes.width as f32).hypot(slopes.height as f32);
    let offsets = (2.0 * diagonal / STEP) as usize + 2;
    let mut votes = vec![0.0_f32; usize::from(ANGLES) * offsets];
    let directions: Vec<(f32, f32)> = (0..ANGLES)
        .map(|index| {
            let angle = f32::from(index) * 2.0 * std::f32::consts::PI / f32::from(ANGLES);
            (angle.cos(), angle.sin())
        })
        .collect();
    for Edge { x, y, right, down, slope } in &slopes.edges {
        let turn = down.atan2(*right) / (2.0 * std::f32::consts::PI) * f32::from(ANGLES);
        let nearest = turn.round() as i32;
        for angle in nearest - 2..=nearest + 2 {
            let angle = angle.rem_euclid(i32::from(ANGLES)) as usize;
            let Some((cosine, sine)) = directions.get(angle) else { continue };
            let rho = (x * cosine + y * sine + diagonal) / STEP;
            if let Some(it) = votes.get_mut(angle * offsets + rho.round() as usize) {
                *it += slope.min(MOST_SLOPE).sqrt();
            }
        }
    }
    let least = 0.12 * slopes.width.min(slopes.height) as f32 * LEAST_SLOPE.sqrt();
    let mut order: Vec<(f32, usize)> = votes.iter().copied().zip(0..).filter(|(votes, _)| *votes >= least).collect();
    order.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for (_, cell) in order {
        let (angle, offset) = (cell / offsets, cell % offsets);
        let near = kept.iter().any(|(other_angle, other_offset)| {
            let apart = angle.abs_diff(*other_angle);
            apart.min(usize::from(ANGLES) - apart) <= 3 && offset.abs_diff(*other_offset) <= 3
        });
        if !near {
            kept.push((angle, offset));
            if kept.len() == MOST_LINES {
                break;
            }
        }
    }
    kept.iter()
        .filter_map(|(angle, offset)| {
            let line = Line { normal: *directions.get(*angle)?, rho: *offset as f32 * STEP - diagonal };
            Some(fitted(line, slopes))
        })
        .collect()
}

/// The line through the slopes that lie on it and agree with it, by least squares.
fn fitted(line: Line, slopes: &Slopes) -> Line {
    let mut line = line;
    for _ in 0..2 {
        let (nx, ny) = line.normal;
        let (mut total, mut sx, mut sy, mut sxx, mut sxy, mut syy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for Edge { x, y, right, down, slope } in &slopes.edges {
            if (x * nx + y * ny - line.rho).abs() > 2.5 || right * nx + down * ny < 0.9 * slope {
                continue;
            }
            let weight = slope.min(MOST_SLOPE);
            total += weight;
            sx += weight * x;
            sy += weight * y;
            sxx += weight * x * x;
            sxy += weight * x * y;
            syy += weight * y * y;
        }
        if total <= 0.0 {
            return line;
        }
        let (mx, my) = (sx / total, sy / total);
        let (cxx, cxy, cyy) = (sxx / total - mx * mx, sxy / total - mx * my, syy / total - my * my);
        // The direction of least spread is the normal.
        let along = 0.5 * (2.0 * cxy).atan2(cxx - cyy);
        let mut normal = (-along.sin(), along.cos());
        if normal.0 * nx + normal.1 * ny < 0.0 {
            normal = (-normal.0, -normal.1);
        }
        if normal.0 * nx + normal.1 * ny < 0.98 {
            return line;
        }
        line = Line { normal, rho: normal.0 * mx + normal.1 * my };
    }
    line
}

/// The picture's borders, looking inwards.
#[expect(clippy::cast_precision_loss)]
fn borders(slopes: &Slopes) -> [Line; 4] {
    let (right, bottom) = (slopes.width as f32 - 1.0, slopes.height as f32 - 1.0);
    [((1.0, 0.0), 0.0), ((0.0, 1.0), 0.0), ((-1.0, 0.0), -right), ((0.0, -1.0), -bottom)]
        .map(|(normal, rho)| Line { normal, rho })
}

/// Four lines each that could be the sides of a paper: two that face each other and two across.
#[expect(clippy::cast_precision_loss)]
fn quadrangles<'a>(sides: &[Side<'a>], slopes: &Slopes) -> Vec<[Side<'a>; 4]> {
    let short = slopes.width.min(slopes.height) as f32;
    let dot = |one: &Side<'_>, other: &Side<'_>| {
        one.line.normal.0 * other.line.normal.0 + one.line.normal.1 * other.line.normal.1
    };
    let mut pairs: Vec<(Side<'a>, Side<'a>)> = Vec::new();
    for (index, one) in sides.iter().enumerate() {
        for other in sides.iter().skip(index + 1) {
            // Facing each other within 25 degrees, and not too near.
            if dot(one, other) < -0.9 && -(one.line.rho + other.line.rho) > 0.2 * short {
                pairs.push((*one, *other));
            }
        }
    }
    let mut found = Vec::new();
    for (index, (top, bottom)) in pairs.iter().enumerate() {
        for (left, right) in pairs.iter().skip(index + 1) {
            let borders = [top, bottom, left, right].iter().filter(|it| it.cover.is_none()).count();
            // Across within 25 degrees.
            if borders <= 2 && dot(top, left).abs() < 0.42 && dot(top, right).abs() < 0.42 {
                found.push([*top, *left, *bottom, *right]);
            }
        }
    }
    found
}

/// Corners, score and number of sides cut of a quadrangle that could be a paper.
#[expect(clippy::cast_precision_loss)]
fn judge(sides: &[Side<'_>; 4], slopes: &Slopes, picture: &Raster) -> Option<Candidate> {
    let (width, height) = (slopes.width as f32, slopes.height as f32);
    let mut corners = [(0.0, 0.0); 4];
    for (index, corner) in corners.iter_mut().enumerate() {
        let (x, y) = sides[(index + 3) % 4].line.crossing(sides[index].line)?;
        if x < -0.35 * width || x > 1.35 * width || y < -0.35 * height || y > 1.35 * height {
            return None;
        }
        *corner = (x, y);
    }
    let area = area(&corners);
    if area.abs() < 0.1 * width * height || !convex(&corners) {
        return None;
    }
    let inside = std::cell::LazyCell::new(|| median_colour(&corners, picture));
    let (mut sum, mut lengths, mut cut) = (0.0, 0.0, 0_u32);
    // Those that are told at once come first.
    for border in [false, true] {
        for (index, side) in sides.iter().enumerate().filter(|(_, it)| it.cover.is_none() == border) {
            // Side `index` runs from corner `index` to the next.
            let (from, to) = (corners[index], corners[(index + 1) % 4]);
            let length = (to.0 - from.0).hypot(to.1 - from.1);
            let support = match side.cover {
                Some(cover) => cover.between(from, to),
                None => at_border(from, to, side.line, *inside, picture),
            }?;
            if support < 0.4 {
                return None;
            }
            cut += u32::from(border);
            sum += support * length;
            lengths += length;
        }
    }
    let outside = corners
        .iter()
        .filter(|(x, y)| *x < -0.012 * width || *y < -0.012 * height || *x > 1.012 * width || *y > 1.012 * height);
    let outside = u32::try_from(outside.count()).unwrap_or(4);
    if cut == 0 && outside > 0 {
        cut = outside.div_ceil(2);
    }
    let support = sum / lengths.max(1.0);
    if support < 0.62 {
        return None;
    }
    let share = (area.abs() / (width * height)).min(1.0);
    let score = support * (0.75 + 0.25 * share.sqrt()) - 0.06 * cut as f32;
    Some(Candidate { corners, score, sides_cut: cut })
}

fn area(corners: &[(f32, f32); 4]) -> f32 {
    (0..4).map(|it| corners[it].0 * corners[(it + 1) % 4].1 - corners[(it + 1) % 4].0 * corners[it].1).sum::<f32>()
        / 2.0
}

fn convex(corners: &[(f32, f32); 4]) -> bool {
    let turns: Vec<bool> = (0..4)
        .map(|it| {
            let (a, b, c) = (corners[it], corners[(it + 1) % 4], corners[(it + 2) % 4]);
            (b.0 - a.0) * (c.1 - b.1) - (b.1 - a.1) * (c.0 - b.0) > 0.0
        })
        .collect();
    turns.iter().all(|it| *it) || turns.iter().all(|it| !*it)
}

/// Share of a border on which the picture looks like the paper, as surely as a border can be a side.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn at_border(from: (f32, f32), to: (f32, f32), side: Line, paper: [u8; 3], picture: &Raster) -> Option<f32> {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let count = (length / 3.0) as usize;
    let (nx, ny) = side.normal;
    let mut like = 0;
    let mut seen = 0;
    for index in 1..count {
        let share = index as f32 / count as f32;
        let (x, y) = (from.0 + share * (to.0 - from.0) + 3.0 * nx, from.1 + share * (to.1 - from.1) + 3.0 * ny);
        if x < 0.0 || y < 0.0 || x >= picture.width as f32 || y >= picture.height as f32 {
            continue;
        }
        seen += 1;
        let colour = picture.at(x as u32, y as u32);
        let apart = colour.iter().zip(paper).map(|(one, other)| one.abs_diff(other)).max().unwrap_or_default();
        like += u32::from(apart < 36);
    }
    let share = like as f32 / f32::from(u16::try_from(seen.max(1)).unwrap_or(u16::MAX));
    (seen > 5 && share > 0.6).then_some(0.8 * share)
}

/// The colour in the middle of all colours inside.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn median_colour(corners: &[(f32, f32); 4], picture: &Raster) -> [u8; 3] {
    let mut colours: [Vec<u8>; 3] = [const { Vec::new() }; 3];
    for row in 1..8 {
        for column in 1..8 {
            let (across, down) = (column as f32 / 8.0, row as f32 / 8.0);
            let mix = |at: fn(&(f32, f32)) -> f32| {
                let [a, b, c, d] = corners.each_ref().map(at);
                (a * (1.0 - across) + b * across) * (1.0 - down) + (d * (1.0 - across) + c * across) * down
            };
            let (x, y) = (mix(|it| it.0), mix(|it| it.1));
            if x >= 0.0 && y >= 0.0 && x < picture.width as f32 && y < picture.height as f32 {
                for (all, it) in colours.iter_mut().zip(picture.at(x as u32, y as u32)) {
                    all.push(it);
                }
            }
        }
    }
    colours.map(|mut all| {
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or_default()
    })
}

/// The corners clockwise, the one nearest the top left first.
fn from_top_left(corners: [(f32, f32); 4]) -> [(f32, f32); 4] {
    let mut corners = corners;
    if area(&corners) < 0.0 {
        corners.reverse();
    }
    let first = (0..4)
        .min_by(|one, other| (corners[*one].0 + corners[*one].1).total_cmp(&(corners[*other].0 + corners[*other].1)))
        .unwrap_or_default();
    corners.rotate_left(first);
    corners
}
