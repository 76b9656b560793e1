//! Writes a baseline JPEG: brightness in full, the two colour differences at half the size, nothing but pixels in it.
//!
//! Our own, because the encoder crates bring several times the code for progressive scans, optimised tables and vector
//! units, and one licence more; what is written here is read back in the tests by our own walk and, in the corpus, by
//! two other decoders.
//!
//! Source: ITU-T T.81 (1992): quantisation and Huffman tables annex K, markers annex B; JFIF 1.02 for the colours.

use crate::jpeg_planes::ZIGZAG;
use crate::raster::Raster;

/// Quantisation of brightness at quality 50. Source: T.81 table K.1.
const BRIGHTNESS: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
];
/// Quantisation of the colour differences at quality 50. Source: T.81 table K.2.
const COLOUR: [u8; 64] = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99,
];
/// How many codes there are of each length, and the values they stand for.
type Lengths = (&'static [u8; 16], &'static [u8]);

/// Source: T.81 tables K.3 to K.6.
const DC_BRIGHTNESS: Lengths =
    (&[0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
const DC_COLOUR: Lengths = (&[0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
const AC_BRIGHTNESS: Lengths = (
    &[0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D],
    &[
        0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
        0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72,
        0x82, 0x09, 0x0A, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x34, 0x35, 0x36, 0x37,
        0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
        0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0x83,
        0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0xA2, 0xA3,
        0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xC2, 0xC3,
        0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA, 0xE1, 0xE2,
        0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF1, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA,
    ],
);
const AC_COLOUR: Lengths = (
    &[0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
    &[
        0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
        0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0, 0x15, 0x62, 0x72, 0xD1,
        0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1, 0x17, 0x18, 0x19, 0x1A, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x35, 0x36,
        0x37, 0x38, 0x39, 0x3A, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
        0x59, 0x5A, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A,
        0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A,
        0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xB2, 0xB3, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA,
        0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xD9, 0xDA,
        0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEA, 0xF2, 0xF3, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA,
    ],
);

/// Writes the picture at a quality of 1 to 100; nothing if a side is 0 or above 65,535.
pub(crate) fn write(picture: &Raster, quality: u32) -> Option<Vec<u8>> {
    let (width, height) = (u16::try_from(picture.width).ok()?, u16::try_from(picture.height).ok()?);
    if width == 0 || height == 0 {
        return None;
    }
    let quantisation = [scaled(&BRIGHTNESS, quality), scaled(&COLOUR, quality)];
    let mut out = vec![0xFF, 0xD8];
    segment(&mut out, 0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for (place, table) in (0_u8..).zip(&quantisation) {
        let mut content = vec![place];
        content.extend(ZIGZAG.iter().filter_map(|it| table.get(usize::from(*it))));
        segment(&mut out, 0xDB, &content);
    }
    let ([high, low], [wide, narrow]) = (height.to_be_bytes(), width.to_be_bytes());
    segment(&mut out, 0xC0, &[8, high, low, wide, narrow, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
    let tables = [(0x00, DC_BRIGHTNESS), (0x10, AC_BRIGHTNESS), (0x01, DC_COLOUR), (0x11, AC_COLOUR)];
    for (class_and_place, (counts, values)) in tables {
        let mut content = vec![class_and_place];
        content.extend_from_slice(counts);
        content.extend_from_slice(values);
        segment(&mut out, 0xC4, &content);
    }
    segment(&mut out, 0xDA, &[3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
    scan(&mut out, picture, &quantisation);
    out.extend_from_slice(&[0xFF, 0xD9]);
    Some(out)
}

fn segment(out: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).unwrap_or(u16::MAX);
    out.extend_from_slice(&[0xFF, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(content);
}

/// A table at another quality, as the IJG's library scales it.
fn scaled(table: &[u8; 64], quality: u32) -> [u8; 64] {
    let quality = quality.clamp(1, 100);
    let share = if quality < 50 { 5_000 / quality } else { 200 - 2 * quality };
    table.map(|it| u8::try_from(((u32::from(it) * share + 50) / 100).clamp(1, 255)).unwrap_or(u8::MAX))
}

/// Code and length by value.
fn codes((counts, values): Lengths) -> [(u16, u8); 256] {
    let mut codes = [(0, 0); 256];
    let mut values = values.iter();
    let mut code = 0_u16;
    for (length, count) in (1_u8..).zip(counts) {
        for value in values.by_ref().take(usize::from(*count)) {
            if let Some(it) = codes.get_mut(usize::from(*value)) {
                *it = (code, length);
            }
            code = code.wrapping_add(1);
        }
        code = code.wrapping_shl(1);
    }
    codes
}

struct Bits<'a> {
    out: &'a mut Vec<u8>,
    buffer: u32,
    count: u32,
}

impl Bits<'_> {
    /// The lowest `length` bits of `bits`, at most 16.
    fn put(&mut self, bits: u32, length: u32) {
        self.buffer = self.buffer << length | bits & ((1 << length) - 1);
        self.count += length;
        while self.count >= 8 {
            self.count -= 8;
            let byte = u8::try_from(self.buffer >> self.count & 0xFF).unwrap_or_default();
            self.out.push(byte);
            if byte == 0xFF {
                self.out.push(0);
            }
        }
    }

    fn code(&mut self, codes: &[(u16, u8); 256], value: usize) {
        let (code, length) = codes.get(value).copied().unwrap_or_default();
        self.put(u32::from(code), u32::from(length));
    }

    /// A number in as few bits as it needs (T.81 F.1.2.1), after its code.
    fn number(&mut self, codes: &[(u16, u8); 256], zeros: u32, value: i32) {
        let length = 32 - value.unsigned_abs().leading_zeros();
        self.code(codes, (zeros << 4 | length) as usize);
        let bits = if value < 0 { value - 1 } else { value };
        self.put(bits.cast_unsigned(), length);
    }
}

fn scan(out: &mut Vec<u8>, picture: &Raster, quantisation: &[[u8; 64]; 2]) {
    let dc = [codes(DC_BRIGHTNESS), codes(DC_COLOUR)];
    let ac = [codes(AC_BRIGHTNESS), codes(AC_COLOUR)];
    let cosines = cosines();
    let basis: [[f32; 8]; 8] = std::array::from_fn(|frequency| cosines.map(|sample| sample[frequency]));
    let mut bits = Bits { out, buffer: 0, count: 0 };
    let mut levels = [0; 3];
    let mut emit = |samples: &[f32; 64], component: usize, bits: &mut Bits| {
        let table = component.min(1);
        let (Some(quantisation), Some(dc), Some(ac)) = (quantisation.get(table), dc.get(table), ac.get(table)) else {
            return;
        };
        let values = transformed(samples, &basis, quantisation);
        if let Some(level) = levels.get_mut(component) {
            bits.number(dc, 0, values[0] - *level);
            *level = values[0];
        }
        let mut zeros = 0;
        for value in values.iter().skip(1) {
            if *value == 0 {
                zeros += 1;
                continue;
            }
            while zeros > 15 {
                bits.code(ac, 0xF0);
                zeros -= 16;
            }
            bits.number(ac, zeros, *value);
            zeros = 0;
        }
        if zeros > 0 {
            bits.code(ac, 0);
        }
    };
    for top in (0..picture.height).step_by(16) {
        for left in (0..picture.width).step_by(16) {
            let mut brightness = [[0.0_f32; 64]; 4];
            let (mut blue, mut red) = ([0.0_f32; 64], [0.0_f32; 64]);
            for y in 0..16_u32 {
                for x in 0..16_u32 {
                    let [r, g, b] = picture.at(left + x, top + y).map(f32::from);
                    let level = 0.299 * r + 0.587 * g + 0.114 * b;
                    let block = (y / 8 * 2 + x / 8) as usize;
                    if let Some(it) = brightness.get_mut(block).and_then(|it| it.get_mut((y % 8 * 8 + x % 8) as usize))
                    {
                        *it = level - 128.0;
                    }
                    let half = (y / 2 * 8 + x / 2) as usize;
                    if let (Some(blue), Some(red)) = (blue.get_mut(half), red.get_mut(half)) {
                        *blue += 0.25 * 0.564_334 * (b - level);
                        *red += 0.25 * 0.713_267 * (r - level);
                    }
                }
            }
            for block in &brightness {
                emit(block, 0, &mut bits);
            }
            emit(&blue, 1, &mut bits);
            emit(&red, 2, &mut bits);
        }
    }
    // The last byte is filled with ones.
    bits.put(0x7F, 7);
}

/// A block's coefficients, quantised, in zigzag order.
fn transformed(samples: &[f32; 64], basis: &[[f32; 8]; 8], quantisation: &[u8; 64]) -> [i32; 64] {
    let mut rows = [0.0_f32; 64];
    for (out, samples) in rows.chunks_exact_mut(8).zip(samples.chunks_exact(8)) {
        for (it, basis) in out.iter_mut().zip(basis) {
            *it = samples.iter().zip(basis).map(|(sample, basis)| sample * basis).sum();
        }
    }
    let mut values = [0; 64];
    for (value, place) in values.iter_mut().zip(ZIGZAG) {
        let (vertical, horizontal) = (usize::from(place / 8), usize::from(place % 8));
        let Some(basis) = basis.get(vertical) else { continue };
        let sum: f32 = rows.iter().skip(horizontal).step_by(8).zip(basis).map(|(row, basis)| row * basis).sum();
        let step = f32::from(quantisation.get(usize::from(place)).copied().unwrap_or(1));
        // At most 1,024 in size, for 8-bit samples.
        #[expect(clippy::cast_possible_truncation)]
        let rounded = (sum / step).round() as i32;
        *value = rounded;
    }
    values
}

/// The cosine transform of eight points: `[sample][frequency]`. Source: T.81 A.3.3.
fn cosines() -> [[f32; 8]; 8] {
    let mut basis = [[0.0; 8]; 8];
    for (sample, row) in (0_u8..).zip(&mut basis) {
        for (frequency, value) in (0_u8..).zip(row) {
            let angle = f32::from(2 * sample + 1) * f32::from(frequency) * std::f32::consts::PI;
            let weight = if frequency == 0 { std::f32::consts::FRAC_1_SQRT_2 } else { 1.0 };
            *value = 0.5 * weight * (angle / 16.0).cos();
        }
    }
    basis
}
