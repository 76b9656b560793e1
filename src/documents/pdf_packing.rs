//! What a packed stream of a PDF unpacks to, measured without unpacking it.
//!
//! Only texts (hexadecimal, base 85) are unpacked, as they hardly grow.
//!
//! Source: ISO 32000-1, 7.4 (filters), table 6 (their names) and table 94 (their short names).

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use crate::bytes::find;

/// A way of packing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Packing {
    Hexadecimal,
    Base85,
    RunLength,
    Lzw,
    Flate,
    /// One of those for pictures, which the reader does not unpack.
    Picture,
}

/// How many times as large as packed anything becomes at most: what LZW makes of nothing but zeros, generously.
const MOST_GROWTH: u64 = 1_400;

/// What `packed`, packed as `dictionary` says, unpacks to; a little over `most` where it is more. `as_zlib` is what it
/// unpacks to if it is a zlib stream, whatever is said of it.
///
/// What cannot be measured (a packing inside another, other than texts; a dictionary that names packings twice) is
/// taken for the most it can be.
pub(crate) fn unpacked_size(dictionary: &[u8], packed: &[u8], as_zlib: u64, most: u64) -> u64 {
    let Some(packings) = packings(dictionary) else { return grown(packed.len() as u64, 2).max(as_zlib) };
    if packings.contains(&Packing::Picture) {
        return as_zlib;
    }
    let (mut text, mut rest) = (None, packings.as_slice());
    while let [first @ (Packing::Hexadecimal | Packing::Base85), others @ ..] = rest {
        let from = text.as_deref().unwrap_or(packed);
        let unpacked = if *first == Packing::Base85 { base85(from, most) } else { hexadecimal(from) };
        (text, rest) = (Some(unpacked), others);
    }
    let data = text.as_deref().unwrap_or(packed);
    let size = match rest.first() {
        Some(Packing::RunLength) => run_length_size(data),
        Some(Packing::Lzw) => lzw_size(data, find(dictionary, b"/EarlyChange").is_none()),
        Some(Packing::Flate) if text.is_none() && as_zlib > 0 => as_zlib,
        // The reader takes data without a header, too.
        Some(Packing::Flate) => zlib_size(data, most).0.max(inflated_size(DataFormat::Raw, data, most).0),
        _ => data.len() as u64,
    };
    grown(size, rest.len().saturating_sub(1)).max(as_zlib)
}

fn grown(size: u64, times: usize) -> u64 {
    (0..times).fold(size, |size, _| size.saturating_mul(MOST_GROWTH))
}

/// The packings that a dictionary names, in the order in which they are undone; nothing if it is not clear.
fn packings(dictionary: &[u8]) -> Option<Vec<Packing>> {
    let mut packings = Vec::new();
    let (mut keys, mut in_value) = (0, false);
    for name in names(dictionary) {
        let packing = match name.as_slice() {
            b"Filter" | b"F" => {
                keys += 1;
                in_value = true;
                continue;
            }
            b"ASCIIHexDecode" | b"AHx" => Packing::Hexadecimal,
            b"ASCII85Decode" | b"A85" => Packing::Base85,
            b"RunLengthDecode" | b"RL" => Packing::RunLength,
            b"LZWDecode" | b"LZW" => Packing::Lzw,
            b"FlateDecode" | b"Fl" => Packing::Flate,
            b"DCTDecode" | b"DCT" | b"JPXDecode" | b"JBIG2Decode" | b"CCITTFaxDecode" | b"CCF" => Packing::Picture,
            // It does not change the size.
            b"Crypt" => continue,
            _ => {
                in_value = false;
                continue;
            }
        };
        if !in_value {
            return None;
        }
        packings.push(packing);
    }
    (keys <= 1 && packings.len() <= 8).then_some(packings)
}

/// The names in a dictionary; a letter may be spelled with `#` and two digits.
fn names(dictionary: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    dictionary.split(|byte| *byte == b'/').skip(1).map(|part| {
        let mut name = Vec::new();
        let mut rest = part;
        while let [first, after @ ..] = rest {
            rest = after;
            match (first, after) {
                (b'#', [high, low, later @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    name.extend(pair(&[*high, *low]));
                    rest = later;
                }
                (byte, _) if byte.is_ascii_alphanumeric() => name.push(*byte),
                _ => break,
            }
        }
        name
    })
}

fn hexadecimal(data: &[u8]) -> Vec<u8> {
    let end = data.iter().position(|byte| *byte == b'>').unwrap_or(data.len());
    let digits: Vec<u8> = data.iter().take(end).copied().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).filter_map(pair).collect()
}

/// The byte that one or two digits stand for.
fn pair(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Stops a little over `most`: one letter stands for four zeros.
fn base85(data: &[u8], most: u64) -> Vec<u8> {
    let mut unpacked = Vec::with_capacity(data.len() / 5 * 4);
    let (mut group, mut length) = (0_u32, 0_usize);
    for byte in data {
        match byte {
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                length += 1;
            }
            b'z' if (unpacked.len() as u64) <= most => unpacked.extend([0; 4]),
            b'~' | b'z' => break,
            _ => {}
        }
        if length == 5 {
            unpacked.extend(group.to_be_bytes());
            (group, length) = (0, 0);
        }
    }
    for _ in length..5 {
        group = group.wrapping_mul(85).wrapping_add(84);
    }
    unpacked.extend(group.to_be_bytes().iter().take(length.saturating_sub(1)));
    unpacked
}

fn run_length_size(data: &[u8]) -> u64 {
    let (mut size, mut at) = (0, 0);
    while let Some(length) = data.get(at).filter(|length| **length != 128) {
        let repeated = *length > 128;
        size += if repeated { 257 - u64::from(*length) } else { u64::from(*length) + 1 };
        at += if repeated { 2 } else { usize::from(*length) + 2 };
    }
    size
}

/// What LZW data unpack to: how long the word behind each code is, without the words. `early` says that codes become
/// longer one code before they must.
fn lzw_size(data: &[u8], early: bool) -> u64 {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const MOST_WORDS: usize = 4096;
    let mut lengths = vec![1_u64; 258];
    let (mut size, mut previous) = (0, None);
    let (mut bits, mut held) = (0_u32, 0_u32);
    let mut bytes = data.iter();
    loop {
        let width = match lengths.len() + usize::from(early) {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        while held < width {
            let Some(byte) = bytes.next() else { return size };
            bits = bits << 8 | u32::from(*byte);
            held += 8;
        }
        held -= width;
        let code = (bits >> held) as usize & ((1 << width) - 1);
        match code {
            CLEAR => {
                lengths.truncate(258);
                previous = None;
            }
            END => return size,
            _ => {
                if let Some(previous) = previous
                    && lengths.len() < MOST_WORDS
                {
                    lengths.push(previous + 1);
                }
                let Some(length) = lengths.get(code) else { return size };
                size += length;
                previous = Some(*length);
            }
        }
    }
}

/// What a zlib stream at the beginning of `data` unpacks to, and how much of `data` it takes; nothing for other data.
pub(crate) fn zlib_size(data: &[u8], most: u64) -> (u64, usize) {
    match data {
        [method, check, ..] if method & 15 == 8 && (u32::from(*method) << 8 | u32::from(*check)) % 31 == 0 => {
            inflated_size(DataFormat::Zlib, data, most)
        }
        _ => (0, 0),
    }
}

fn inflated_size(format: DataFormat, data: &[u8], most: u64) -> (u64, usize) {
    let mut state = InflateState::new_boxed(format);
    let mut window = vec![0; 64 * 1024];
    let (mut unpacked, mut read) = (0_u64, 0);
    while unpacked <= most {
        let result = inflate(&mut state, data.get(read..).unwrap_or_default(), &mut window, MZFlush::None);
        read += result.bytes_consumed;
        unpacked += result.bytes_written as u64;
        let goes_on = matches!(result.status, Ok(MZStatus::Ok)) && result.bytes_consumed + result.bytes_written > 0;
        if !goes_on {
            break;
        }
    }
    (unpacked, read)
}
