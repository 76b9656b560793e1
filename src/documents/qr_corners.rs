//! Finds what looks like the corners of QR codes: black squares in white and black rings, whose rows read 1:1:3:1:1.
//!
//! Each third row is read run by run, a word of pixels at once; `rxing` then looks whether it is such a square in every
//! direction. The widths that are let through are those of zxing-cpp's reader, which `rxing` follows, too.
//!
//! Source: ISO/IEC 18004:2015, 6.3.3 and annex on the reference decoding.

use rxing::Point;
use rxing::common::BitMatrix;
use rxing::common::cpp_essentials::{ConcentricPattern, LocateConcentricPattern};

use crate::limits::MOST_QR_CORNERS;

/// The smallest square in the middle is three pixels high.
const ROWS: usize = 3;

/// The corners seen, from the top.
#[expect(clippy::cast_precision_loss)]
pub(crate) fn corners(bits: &BitMatrix) -> Vec<ConcentricPattern> {
    let mut found: Vec<ConcentricPattern> = Vec::new();
    let mut runs = Vec::new();
    for y in (2..bits.height()).step_by(ROWS) {
        read_runs(bits.getRow(y).getBitArray(), bits.width(), &mut runs);
        // The place of a black run, and where it begins.
        let (mut at, mut x) = (1, u32::from(runs.first().copied().unwrap_or_default()));
        while let Some([first, second, third, fourth, fifth, _]) = runs.get(at..at + 6) {
            let five = [*first, *second, *third, *fourth, *fifth];
            let before = if at == 1 { f32::MAX } else { f32::from(runs.get(at - 1).copied().unwrap_or_default()) };
            if !is_corner(five, before) {
                x += u32::from(*first) + u32::from(*second);
                at += 2;
                continue;
            }
            let centre = x as f32 + f32::from(*first) + f32::from(*second) + f32::from(*third) / 2.0;
            let centre = Point { x: centre, y: y as f32 + 0.5 };
            if !found.iter().any(|old| Point::distance(centre, old.p) < old.size as f32 / 2.0) {
                // Very skewed codes are up to three times as wide one way as the other.
                let range = 3 * five.map(i32::from).iter().sum::<i32>();
                found.extend(LocateConcentricPattern::<true, 5, 7>(bits, &[1, 1, 3, 1, 1], centre, range));
                if found.len() == MOST_QR_CORNERS {
                    return found;
                }
            }
            x += [*first, *second, *third, *fourth].map(u32::from).iter().sum::<u32>();
            at += 4;
        }
    }
    found
}

/// Lengths of the runs of a row, white and black in turn; the first and the last are white and may be empty.
fn read_runs(words: &[usize], width: u32, runs: &mut Vec<u16>) {
    runs.clear();
    // Sides of a picture are bounded far below.
    let mut push = |length: u32| runs.push(u16::try_from(length).unwrap_or(u16::MAX));
    let (mut begun, mut before, mut black) = (0, 0, false);
    for (word, first) in words.iter().zip((0..).step_by(usize::BITS as usize)) {
        // Where a pixel differs from the one before.
        let mut changes = word ^ (word << 1 | before);
        before = word >> (usize::BITS - 1);
        while changes != 0 {
            let place = first + changes.trailing_zeros();
            changes &= changes - 1;
            if place >= width {
                break;
            }
            push(place - begun);
            (begun, black) = (place, !black);
        }
    }
    push(width - begun);
    if black {
        push(0);
    }
}

/// Do five runs, from a black one on, stand to each other as 1:1:3:1:1? There are so many white pixels before them.
fn is_corner(runs: [u16; 5], before: f32) -> bool {
    let [ring, gap, square, far_gap, far_ring] = runs;
    if square < 3 || square < 2 * ring.max(far_ring) || square < gap.max(far_gap) {
        return false;
    }
    let [ring, gap, square, far_gap, far_ring] = runs.map(f32::from);
    // A module's width in black and in white: print spreads, or light does.
    let (black, white) = ((ring + square + far_ring) / 5.0, f32::midpoint(gap, far_gap));
    let (black_off, white_off) = (black * 0.75 + 0.5, white / 3.0 + 0.5);
    black.max(white) <= 4.0 * black.min(white)
        && before >= 0.1 * white
        && [ring, far_ring].iter().all(|it| (it - black).abs() <= black_off)
        && [gap, far_gap].iter().all(|it| (it - white).abs() <= white_off)
        && (square - 3.0 * black).abs() <= black_off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(row: &str, expected: &[u16]) {
        let mut words = vec![0_usize; row.len().div_ceil(usize::BITS as usize)];
        for (index, _) in row.match_indices('#') {
            words[index / usize::BITS as usize] |= 1 << (index % usize::BITS as usize);
        }
        let mut runs = Vec::new();
        read_runs(&words, u32::try_from(row.len()).unwrap_or_default(), &mut runs);
        assert_eq!(runs, expected, "{row}");
    }

    #[test]
    fn a_row_is_read_run_by_run() {
        check("", &[0]);
        check("....", &[4]);
        check("..##.", &[2, 2, 1]);
        check("##..#", &[0, 2, 2, 1, 0]);
        check(&"#".repeat(130), &[0, 130, 0]);
        check(&[&".".repeat(63), "##", &".".repeat(63)].concat(), &[63, 2, 63]);
        check(&("#".repeat(64) + &".".repeat(64)), &[0, 64, 64]);
        check(&(".".repeat(64) + &"#".repeat(64)), &[64, 64, 0]);
    }

    #[test]
    fn five_runs_are_a_corner_when_the_middle_one_is_three_times_as_wide() {
        for (runs, before, expected) in [
            ([1, 1, 3, 1, 1], 1.0, true),
            ([10, 10, 30, 10, 10], 5.0, true),
            // Spread by print.
            ([13, 7, 33, 7, 13], 5.0, true),
            ([10, 10, 30, 10, 10], 0.5, false),
            ([10, 10, 10, 10, 10], 5.0, false),
            ([10, 10, 30, 10, 20], 5.0, false),
            ([10, 10, 90, 10, 10], 5.0, false),
            ([1, 1, 2, 1, 1], 5.0, false),
            ([0, 0, 3, 0, 0], 5.0, false),
        ] {
            assert_eq!(is_corner(runs, before), expected, "{runs:?} {before}");
        }
    }
}
