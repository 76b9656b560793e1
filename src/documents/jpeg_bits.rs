//! The entropy-coded bits of a JPEG's scan and the codes in them.
//!
//! Nearly all the time of reading a photograph goes by here. One look at the next ten bits mostly tells a code and the
//! number behind it, and bits are fetched four bytes at once where no marker can be among them.
//!
//! Source: ITU-T T.81 (1992): codes annex C, numbers annex F.2.2.1, stuffed bytes and markers annex B.1.1.5.

use crate::jpeg::{Outcome, Stopped};

/// The code for sixteen coefficients that are zero (T.81 F.1.2.2.1, ZRL).
pub(crate) const ZEROS: u8 = 0xF0;

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

/// Bits of which one look-up tells how many whole codes, and the numbers behind them, can be passed.
const SKIP_BITS: u32 = 12;

/// Codes, and the numbers behind them, that are passed at once: their bits in the lowest four bits, then in seven the
/// coefficients that they stand for, and in the highest whether the last code ends its block.
#[derive(Clone, Copy)]
pub(crate) struct Skip(u16);

impl Skip {
    /// As many coefficients as no block has.
    const NONE: Self = Self(127 << 4);

    /// Coefficients passed, those that are zero included.
    pub(crate) fn coefficients(self) -> usize {
        usize::from(self.0 >> 4 & 127)
    }

    /// Is the block over?
    pub(crate) fn ends(self) -> bool {
        self.0 >> 15 == 1
    }
}

/// A Huffman table (T.81 annex C).
pub(crate) struct Huffman {
    quick: Box<[Quick; 1 << QUICK_BITS]>,
    /// Nothing until it is wanted.
    skips: Vec<Skip>,
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
            skips: Vec::new(),
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

    /// The code that 16 bits begin with, one of more than ten bits, and its length.
    #[cold]
    #[inline(never)]
    fn long_code(&self, next: u32) -> Option<(u8, u32)> {
        for length in QUICK_BITS + 1..=16 {
            let place = length as usize;
            if next < self.ends.get(place).copied().unwrap_or_default() {
                let code = i32::try_from(next >> (16 - length)).ok()?;
                let index = code + self.shifts.get(place).copied().unwrap_or_default();
                let value = usize::try_from(index).ok().and_then(|index| self.values.get(index));
                return value.map(|value| (*value, length));
            }
        }
        None
    }

    /// Makes the look-up of what can be passed at once, once.
    pub(crate) fn make_skips(&mut self) {
        if self.skips.is_empty() {
            self.skips = (0..1 << SKIP_BITS).map(|bits| self.skip_of(bits)).collect();
        }
    }

    /// What can be passed where the next [`SKIP_BITS`] are these.
    fn skip_of(&self, bits: u32) -> Skip {
        let (mut taken, mut coefficients, mut ends) = (0_u16, 0_u16, false);
        while !ends {
            let rest = (bits << taken) & ((1 << SKIP_BITS) - 1);
            let quick = self.quick[(rest >> (SKIP_BITS - QUICK_BITS)) as usize];
            let (length, code) = (u16::from(quick.lengths & 15), quick.code);
            let whole = taken + length + u16::from(code & 15);
            if length == 0 || u32::from(whole) > SKIP_BITS {
                break;
            }
            taken = whole;
            match code {
                ZEROS => coefficients += 16,
                _ if code % 16 == 0 => ends = true,
                _ => coefficients += u16::from(code >> 4) + 1,
            }
        }
        // No block has more than 63.
        if taken == 0 || coefficients > 63 {
            return Skip::NONE;
        }
        Skip(taken | coefficients << 4 | u16::from(ends) << 15)
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
/// in registers: nothing that is not inlined is handed its address.
#[derive(Clone, Copy)]
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    /// Behind the bytes that are counted.
    at: usize,
    /// The next bits, the first one highest; behind those that are counted all are zero.
    buffer: u64,
    /// How many there are.
    count: u32,
    /// A marker or the end of the bytes was met.
    stopped: bool,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, buffer: 0, count: 0, stopped: false }
    }

    /// Fetches at least 32 bits, if there are as many.
    #[expect(clippy::inline_always, reason = "a loop around it keeps the bits in registers")]
    #[inline(always)]
    fn fill(&mut self) {
        if self.count >= 32 {
            return;
        }
        let next = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk::<4>);
        let next = next.map_or(u32::MAX, |next| u32::from_be_bytes(*next));
        // Is any byte 0xFF? Then the carry of its lowest bit is lost (Bit Twiddling Hacks, "zero byte", turned over).
        let lowest = 0x0101_0101;
        if next & !next.wrapping_add(lowest) & (lowest << 7) == 0 {
            self.buffer |= u64::from(next) << (32 - self.count);
            self.count += 32;
            self.at += 4;
        } else {
            let Filled { at, buffer, count, stopped } =
                filled_slowly(self.bytes, self.at, self.buffer, self.count, self.stopped);
            (self.at, self.buffer, self.count, self.stopped) = (at, buffer, count, stopped);
        }
    }

    /// Passes bits of which there were enough or no more to fetch.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn pass(&mut self, count: u32) -> Result<(), Stopped> {
        if self.count < count {
            return Err(why_short(self.bytes, self.at));
        }
        self.buffer <<= count;
        self.count -= count;
        Ok(())
    }

    /// Passes at most 16 bits and tells their number, without fetching more.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    fn pass_number(&mut self, count: u32) -> Result<u32, Stopped> {
        // The shift leaves at most 16 bits.
        #[expect(clippy::cast_possible_truncation)]
        let value = if count == 0 { 0 } else { (self.buffer >> (64 - count)) as u32 };
        self.pass(count)?;
        Ok(value)
    }

    /// At most 16 bits, as a number.
    pub(crate) fn take(&mut self, count: u32) -> Result<u32, Stopped> {
        self.fill();
        self.pass_number(count)
    }

    /// A code, and the number behind it, which has as many bits as the code's lower half says (0 for none).
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    pub(crate) fn coefficient(&mut self, table: &Huffman) -> Result<(u8, i32), Stopped> {
        // Neither has more than 16 bits.
        self.fill();
        // The shift leaves ten bits.
        let quick = table.quick[(self.buffer >> (64 - QUICK_BITS)) as usize];
        if quick.number != 0 {
            self.pass(u32::from(quick.lengths >> 4))?;
            return Ok((quick.code, i32::from(quick.number)));
        }
        let (code, length) = match u32::from(quick.lengths & 15) {
            // The shift leaves 16 bits.
            0 => match table.long_code((self.buffer >> 48) as u32) {
                Some(found) => found,
                // No such code; at the end of the data that only means that the rest is missing.
                None if self.count < 16 => return Err(why_short(self.bytes, self.at)),
                None => return Err(Outcome::Damaged),
            },
            length => (quick.code, length),
        };
        self.pass(length)?;
        let length = u32::from(code & 15);
        Ok((code, if length == 0 { 0 } else { extend(self.pass_number(length)?, length) }))
    }

    /// Passes the codes that lie in the next twelve bits, and the numbers behind them; nothing if none does, or if that
    /// would be more than `most` coefficients.
    #[expect(clippy::inline_always, reason = "as above")]
    #[inline(always)]
    pub(crate) fn skip_some(&mut self, table: &Huffman, most: usize) -> Result<Option<Skip>, Stopped> {
        self.fill();
        // The shift leaves twelve bits.
        let place = (self.buffer >> (64 - SKIP_BITS)) as usize;
        let skip = table.skips.get(place).copied().unwrap_or(Skip::NONE);
        if skip.coefficients() > most {
            return Ok(None);
        }
        self.pass(u32::from(skip.0 & 15))?;
        Ok(Some(skip))
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

/// What a slow filling of [`Bits`] came to.
struct Filled {
    at: usize,
    buffer: u64,
    count: u32,
    stopped: bool,
}

/// Fetches byte by byte, among markers or near the end.
#[cold]
#[inline(never)]
fn filled_slowly(bytes: &[u8], at: usize, buffer: u64, count: u32, stopped: bool) -> Filled {
    let mut filled = Filled { at, buffer, count, stopped };
    while filled.count <= 56 && !filled.stopped {
        let (byte, step) = match bytes.get(filled.at) {
            Some(0xFF) => match bytes.get(filled.at + 1) {
                Some(0) => (0xFF, 2),
                // Fill bytes may stand before a marker.
                Some(0xFF) => {
                    filled.at += 1;
                    continue;
                }
                _ => {
                    filled.stopped = true;
                    continue;
                }
            },
            Some(byte) => (*byte, 1),
            None => {
                filled.stopped = true;
                continue;
            }
        };
        filled.buffer |= u64::from(byte) << (56 - filled.count);
        filled.count += 8;
        filled.at += step;
    }
    filled
}

/// A restart marker inside a scan that still wants data is damage; anything else that stops it is a missing end.
#[cold]
#[inline(never)]
fn why_short(bytes: &[u8], at: usize) -> Stopped {
    match bytes.get(at + 1) {
        Some(0xD0..=0xD7) => Outcome::Damaged,
        _ => Outcome::Truncated,
    }
}
