//! Shrinks levels to more than a third of their size, quickly.
//!
//! Several bytes lie in one number, each with as much room as its weighted sum needs: the worker's wasm has no vectors.
//! Weights are 256ths, and each of the two steps rounds to a byte: a level may be off by one.

/// Levels of a size at another: each new one is the mean of those that it covers. Nothing where one would cover more
/// than four.
pub(crate) fn shrunk(
    levels: &[u8],
    (from_width, from_height): (u32, u32),
    (width, height): (u32, u32),
) -> Option<Vec<u8>> {
    let (columns, rows) = (spans(from_width, width)?, spans(from_height, height)?);
    let across = from_width as usize;
    let mut out = Vec::with_capacity(width as usize * height as usize);
    // A row of the new height and the old width, filled up to whole numbers and to where the last span reads.
    let mut row = vec![0; across.next_multiple_of(8) + 8];
    for span in rows {
        let line = |index: usize| {
            let place = (span.from + index).min(from_height as usize - 1);
            levels.get(place * across..(place + 1) * across).unwrap_or_default()
        };
        // Most rows come from two, and the others of a new row weigh nothing.
        let [first, second, third, fourth] = span.weights.map(u64::from);
        if third == 0 && fourth == 0 {
            mix(&mut row, [line(0), line(1)], [first, second]);
        } else {
            mix(&mut row, [line(0), line(1), line(2), line(3)], [first, second, third, fourth]);
        }
        out.extend(columns.iter().map(|span| {
            let four = row.get(span.from..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_le_bytes(*four));
            span.mean(four)
        }));
    }
    Some(out)
}

/// The weighted sums of rows.
fn mix<const N: usize>(out: &mut [u8], rows: [&[u8]; N], weights: [u64; N]) {
    const EVEN: u64 = 0x00FF_00FF_00FF_00FF;
    const HALF: u64 = 0x0080_0080_0080_0080;
    let eights = rows.map(<[u8]>::as_chunks::<8>);
    let weighted = |eight: [u64; N]| {
        let (mut even, mut odd) = (HALF, HALF);
        for (it, weight) in eight.iter().zip(weights) {
            even += (it & EVEN) * weight;
            odd += (it >> 8 & EVEN) * weight;
        }
        (even >> 8 & EVEN | odd & !EVEN).to_le_bytes()
    };
    let (whole, rest) = out.split_at_mut(8 * eights[0].0.len());
    for (index, out) in whole.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        *out = weighted(eights.map(|(chunks, _)| chunks.get(index).map_or(0, |eight| u64::from_le_bytes(*eight))));
    }
    let last = eights.map(|(_, last)| {
        let mut eight = [0; 8];
        eight.iter_mut().zip(last).for_each(|(it, level)| *it = *level);
        u64::from_le_bytes(eight)
    });
    if let Some(out) = rest.first_chunk_mut() {
        *out = weighted(last);
    }
}

/// The at most four old places that one new place covers.
struct Span {
    from: usize,
    /// How much each counts, in 256ths; together one.
    weights: [u16; 4],
    /// The weights turned round, each in 16 bits.
    turned: u64,
}

impl Span {
    /// The weighted mean of four levels, the first one lowest.
    fn mean(&self, four: u32) -> u8 {
        let mut spread = u64::from(four);
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF;
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF;
        // The highest 16 bits of the product are the sum of each level by its weight; no sum below them is larger.
        ((spread.wrapping_mul(self.turned).wrapping_add(1 << 55)) >> 56) as u8
    }
}

/// The spans of a side; nothing if one has more than four places.
fn spans(old: u32, new: u32) -> Option<Vec<Span>> {
    let (old, new) = (u64::from(old), u64::from(new));
    if old == 0 || new == 0 {
        return None;
    }
    let span = |place: u64| {
        // An old place is `new` units long, a new one `old`.
        let (from, to) = (old * place, old * (place + 1));
        let first = from / new;
        let mut weights = [0; 4];
        let mut before = 0;
        for (index, old_place) in (first..to.div_ceil(new)).enumerate() {
            // Rounded where they add up, so that their sum is exact.
            let until = ((to.min(new * (old_place + 1)) - from) * 256 + old / 2) / old;
            *weights.get_mut(index)? = u16::try_from(until - before).ok()?;
            before = until;
        }
        let turned = weights.iter().fold(0, |all, weight| all << 16 | u64::from(*weight));
        Some(Span { from: usize::try_from(first).ok()?, weights, turned })
    };
    (0..new).map(span).collect()
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation)]
mod tests {
    use super::*;

    #[test]
    fn each_new_level_is_the_mean_of_those_it_covers() {
        for (from, to) in
            [((20, 15), (16, 12)), ((13, 7), (8, 5)), ((9, 9), (9, 9)), ((5, 3), (8, 8)), ((24, 3), (8, 1))]
        {
            let mut random = 7_u32;
            let levels: Vec<u8> = (0..from.0 * from.1)
                .map(|_| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    // Mostly the ends of the range: there sums would run over first.
                    if random >> 30 == 0 { (random >> 16) as u8 } else { ((random >> 29 & 1) * 255) as u8 }
                })
                .collect();
            let shrunk = shrunk(&levels, from, to).unwrap_or_default();
            assert_eq!(shrunk.len(), (to.0 * to.1) as usize);
            for (index, level) in (0_u32..).zip(shrunk) {
                let (x, y) = (index % to.0, index / to.0);
                let covered = |place: u32, old: u32, new: u32, at: u32| {
                    let (from, to) = ((old * place).max(new * at), (old * (place + 1)).min(new * (at + 1)));
                    f64::from(to.saturating_sub(from)) / f64::from(old)
                };
                let mut mean = 0.0;
                for (at, level) in (0_u32..).zip(&levels) {
                    let share = covered(x, from.0, to.0, at % from.0) * covered(y, from.1, to.1, at / from.0);
                    mean += share * f64::from(*level);
                }
                assert!((mean - f64::from(level)).abs() < 2.5, "{from:?} {to:?} {x} {y}: {mean} {level}");
            }
        }
    }

    #[test]
    fn what_covers_more_than_four_is_left_to_others() {
        assert_eq!(shrunk(&[0; 40], (40, 1), (8, 1)), None);
        assert_eq!(shrunk(&[], (0, 0), (8, 1)), None);
    }
}
