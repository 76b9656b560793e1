//! The entropy-coded bits of a JPEG's scan and the codes in them.
//!
//! Nearly all the time of reading a photograph goes by here. One look at the next ten bits mostly tells a code and the
//! number behind it, and bits are fetched eight bytes at once where no marker can be among them.
//!
//! Source: ITU-T T.81 (1992): codes annex C, numbers annex F.2.2.1, stuffed bytes and markers annex B.1.1.5.

use crate::jpeg::{Outcome, Stopped};

/// Bits that one look-up resolves; most codes and the number behind them are together no longer.
const QUICK_BITS: u32 = 10;

/// What the next bits hold.
#[derive(Clone, Copy, Default)]
struct Quick {
    /// The number behind the code; 0 if it has none or does not fit.
    number: i16,
    code: u8,
    /// Bits of the code in the lower half, 0 if it is longer than a look; of code and number in the upper half.
    lengths: u8,
}

/// A Huffman table (T.81 annex C).
pub(crate) struct Huffman {
    quick: Box<[Quick; 1 << QUICK_BITS]>,
    /// Per length, the first code that is longer, aligned to 16 bits.
    ends: [u32; 17],
    /// Per length, what is added to a code to find its value.
    shifts: [i32; 17],
    values: Vec<u8>,
}

impl Huffman {
    /// Nothing when the lengths describe no code.
    pub(crate) fn new(counts: &[u8], values: &[u8]) -> Option<Self> {
        let mut table = Self {
            quick: Box::new([Quick::default(); 1 << QUICK_BITS]),
            ends: [0; 17],
            shifts: [0; 17],
            values: values.to_vec(),
        };
        let mut code: u32 = 0;
        let mut index: i32 = 0;
        for (length, count) in (1_u32..).zip(counts) {
            let count = u32::from(*count);
            let place = length as usize;
            *table.shifts.get_mut(place)? = index - i32::try_from(code).ok()?;
            for _ in 0..count {
                if length <= QUICK_BITS {
                    let value = *values.get(usize::try_from(index).ok()?)?;
                    let from = code << (QUICK_BITS - length);
                    let to = (code + 1) << (QUICK_BITS - length);
                    let places = table.quick.get_mut(from as usize..to as usize)?;
                    for (it, bits) in places.iter_mut().zip(from..) {
                        *it = Quick::of(value, length, bits);
                    }
                }
                code += 1;
                index += 1;
            }
            if code > 1 << length {
                return None;
            }
            *table.ends.get_mut(place)? = code << (16 - length);
            code <<= 1;
        }
        Some(table)
    }
}

impl Quick {
    /// For a code of `length` bits, which `bits` begin with.
    #[expect(clippy::cast_possible_truncation)]
    fn of(code: u8, length: u32, bits: u32) -> Self {
        let behind = u32::from(code & 15);
        let whole = length + behind;
        let fits = behind > 0 && whole <= QUICK_BITS;
        let number = if fits { extend(bits >> (QUICK_BITS - whole) & ((1 << behind) - 1), behind) } else { 0 };
        // Neither exceeds ten bits.
        Self { number: number as i16, code, lengths: (length | if fits { whole << 4 } else { 0 }) as u8 }
    }
}

/// The number that `length` bits stand for (T.81 F.2.2.1, EXTEND).
fn extend(bits: u32, length: u32) -> i32 {
    let value = bits.cast_signed();
    if length > 0 && bits < 1 << (length - 1) { value - (1 << length) + 1 } else { value }
}

/// The bits of a scan: stuffing taken out, stopping before the next marker. Small and copied, so that a loop can keep it
/// in registers.
#[derive(Clone, Copy)]
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    /// Behind the bytes that are counted.
    at: usize,
    /// The next bits, the first one highest. Behind those that are counted there may be some of the bytes that follow.
    buffer: u64,
    /// How many of them are real.
    count: u32,
    /// A marker or the end of the bytes was met.
    stopped: bool,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, buffer: 0, count: 0, stopped: false }
    }

    /// Fetches at least 48 bits, if there are as many.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn fill(&mut self) {
        let next = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk::<8>);
        let next = next.map_or(u64::MAX, |next| u64::from_be_bytes(*next));
        // Is any byte 0xFF? Then the carry of its lowest bit is lost (Bit Twiddling Hacks, "zero byte", turned over).
        let lowest = 0x0101_0101_0101_0101;
        if next & !next.wrapping_add(lowest) & (lowest << 7) == 0 {
            let bytes = (64 - self.count) / 8;
            self.buffer |= next >> self.count;
            self.count += 8 * bytes;
            self.at += bytes as usize;
        } else {
            *self = self.filled_slowly();
        }
    }

    /// Byte by byte, among markers or near the end.
    #[cold]
    #[inline(never)]
    fn filled_slowly(mut self) -> Self {
        self.buffer &= !(u64::MAX >> self.count);
        while self.count <= 56 && !self.stopped {
            match self.bytes.get(self.at) {
                None => self.stopped = true,
                Some(0xFF) => match self.bytes.get(self.at + 1) {
                    Some(0) => self.push(0xFF, 2),
                    // Fill bytes may stand before a marker.
                    Some(0xFF) => self.at += 1,
                    _ => self.stopped = true,
                },
                Some(byte) => self.push(*byte, 1),
            }
        }
        self
    }

    fn push(&mut self, byte: u8, step: usize) {
        self.buffer |= u64::from(byte) << (56 - self.count);
        self.count += 8;
        self.at += step;
    }

    #[expect(clippy::inline_always, reason = "a loop around it keeps the bits in registers")]
    #[inline(always)]
    fn skip(&mut self, count: u32) -> Result<(), Stopped> {
        if self.count < count {
            self.fill();
            if self.count < count {
                return Err(self.why_short());
            }
        }
        self.buffer <<= count;
        self.count -= count;
        Ok(())
    }

    /// At most 16 bits, as a number.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    pub(crate) fn take(&mut self, count: u32) -> Result<u32, Stopped> {
        if self.count < count {
            self.fill();
        }
        // The shift leaves at most 16 bits.
        #[expect(clippy::cast_possible_truncation)]
        let value = if count == 0 { 0 } else { (self.buffer >> (64 - count)) as u32 };
        self.skip(count)?;
        Ok(value)
    }

    /// A code, and the number behind it, which has as many bits as the code's lower half says (0 for none).
    #[expect(clippy::inline_always, reason = "a loop around it keeps the bits in registers")]
    #[inline(always)]
    pub(crate) fn coefficient(&mut self, table: &Huffman) -> Result<(u8, i32), Stopped> {
        if self.count < 32 {
            self.fill();
        }
        // The shift leaves ten bits.
        let quick = table.quick[(self.buffer >> (64 - QUICK_BITS)) as usize];
        if quick.number != 0 {
            self.skip(u32::from(quick.lengths >> 4))?;
            return Ok((quick.code, i32::from(quick.number)));
        }
        let code = match u32::from(quick.lengths & 15) {
            0 => {
                let (bits, code) = self.long_code(table);
                *self = bits;
                code?
            }
            length => {
                self.skip(length)?;
                quick.code
            }
        };
        let length = u32::from(code & 15);
        Ok((code, if length == 0 { 0 } else { extend(self.take(length)?, length) }))
    }

    /// A code of more than ten bits.
    #[cold]
    #[inline(never)]
    fn long_code(mut self, table: &Huffman) -> (Self, Result<u8, Stopped>) {
        // The shift leaves 16 bits.
        let next = (self.buffer >> 48) as u32;
        for length in QUICK_BITS + 1..=16 {
            let place = length as usize;
            if next < table.ends.get(place).copied().unwrap_or_default() {
                let code = i32::try_from(next >> (16 - length)).unwrap_or_default();
                let index = code + table.shifts.get(place).copied().unwrap_or_default();
                let value = usize::try_from(index).ok().and_then(|index| table.values.get(index));
                let skipped = self.skip(length);
                return (self, skipped.and(value.copied().ok_or(Outcome::Damaged)));
            }
        }
        // No such code; at the end of the data that only means that the rest is missing.
        (self, Err(if self.count < 16 { self.why_short() } else { Outcome::Damaged }))
    }

    /// A restart marker inside a scan that still wants data is damage; anything else that stops it is a missing end.
    #[cold]
    fn why_short(self) -> Stopped {
        match self.bytes.get(self.at + 1) {
            Some(0xD0..=0xD7) => Outcome::Damaged,
            _ => Outcome::Truncated,
        }
    }

    /// Passes the restart marker that must stand here, the `number`th of eight; the number of bytes left over before it.
    pub(crate) fn restart(&mut self, number: u8) -> Result<usize, Stopped> {
        let left_over = self.left_over();
        match self.bytes.get(self.at + 1) {
            Some(marker) if *marker == 0xD0 + number => {
                *self = Self::new(self.bytes, self.at + 2);
                Ok(left_over)
            }
            // Out of turn: the stretch before it is missing or another was put here.
            Some(0xD0..=0xD7) => Err(Outcome::Damaged),
            _ => Err(Outcome::Truncated),
        }
    }

    /// Goes on to the next marker; the number of whole bytes passed over.
    pub(crate) fn left_over(&mut self) -> usize {
        let mut passed = self.count as usize / 8;
        loop {
            self.buffer = 0;
            self.count = 0;
            self.fill();
            if self.count == 0 {
                return passed;
            }
            passed += self.count as usize / 8;
        }
    }

    /// Where the marker stands that ended the data.
    pub(crate) fn stopped_at(&self) -> usize {
        self.at
    }
}
