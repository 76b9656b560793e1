//! Eight bytes side by side in one number, for all of which the same is done: the worker's wasm has no vectors, so that
//! every phone runs it.

/// In every byte.
pub(crate) const fn every(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The larger of each two bytes.
pub(crate) fn larger(one: u64, other: u64) -> u64 {
    other ^ (one ^ other) & not_below(one, other)
}

/// The smaller of each two bytes.
pub(crate) fn smaller(one: u64, other: u64) -> u64 {
    one ^ (one ^ other) & not_below(one, other)
}

/// All bits of each byte of `one` that is not below that of `other`.
pub(crate) fn not_below(one: u64, other: u64) -> u64 {
    (answers(one, other) >> 7) * 0xFF
}

/// The highest bit of each byte of `one` that is not below that of `other`.
fn answers(one: u64, other: u64) -> u64 {
    const TOP: u64 = every(0x80);
    let lower_bits = (one | TOP) - (other & !TOP);
    ((one & !other) | (!(one ^ other) & lower_bits)) & TOP
}

/// Which of the eight bytes of `one` are not below those of `other`, the lowest one's answer in the lowest bit.
pub(crate) fn which_not_below(one: u64, other: u64) -> u8 {
    // Moves the eight answers beside each other.
    ((answers(one, other) >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_compared_each_with_its_own() {
        for one in 0..=255_u8 {
            for other in [0, 1, one.wrapping_sub(1), one, one.wrapping_add(1), 127, 128, 254, 255] {
                let (a, b) = ([one, 255, other, 0, one, 128, other, 127], [other, 0, one, 255, other, 127, one, 128]);
                let (a, b) = (u64::from_le_bytes(a), u64::from_le_bytes(b));
                let each = |pick: fn(u8, u8) -> u8| {
                    let pairs = a.to_le_bytes().into_iter().zip(b.to_le_bytes());
                    pairs.map(|(a, b)| pick(a, b)).collect::<Vec<u8>>()
                };
                assert_eq!(larger(a, b).to_le_bytes().to_vec(), each(u8::max), "{one} {other}");
                assert_eq!(smaller(a, b).to_le_bytes().to_vec(), each(u8::min), "{one} {other}");
                let bits = (0..8).map(|bit| which_not_below(a, b) >> bit & 1 == 1).collect::<Vec<bool>>();
                let pairs = a.to_le_bytes().into_iter().zip(b.to_le_bytes());
                assert_eq!(bits, pairs.map(|(a, b)| a >= b).collect::<Vec<bool>>(), "{one} {other}");
            }
        }
    }
}
