//! `measure [FILE…]`: how long `inspect` and `repair` take for a picture, the fastest of five, and the most memory that
//! was in use; without a file, for a page of twelve megapixels that it draws itself.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use contract::document::{Repair, Requirement};
use documents::Decoded;

fn main() {
    let mut pictures: Vec<(String, Vec<u8>)> = Vec::new();
    for path in std::env::args().skip(1) {
        match std::fs::read(&path) {
            Ok(bytes) => pictures.push((path, bytes)),
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
    if pictures.is_empty() {
        pictures.push(("a page of 4000 x 3000".to_owned(), page(4_000, 3_000)));
    }
    let requirement = Requirement { accepts: Vec::new(), max_bytes: u64::MAX, min_short_side: 0, paper: None };
    for (name, bytes) in pictures {
        let inspected = fastest(|| documents::inspect(&bytes, &requirement, "", "").findings.len());
        let after_inspection = peak();
        let repaired = fastest(|| documents::repair(&bytes, &Repair::default(), None).map_or(0, |it| it.0.len()));
        println!(
            "{name}: {} bytes; inspect {inspected:.0} ms, peak {after_inspection} MB; repair {repaired:.0} ms, peak {} MB",
            bytes.len(),
            peak()
        );
    }
}

fn fastest(what: impl Fn() -> usize) -> f64 {
    let mut best = f64::MAX;
    for _ in 0..5 {
        let begun = Instant::now();
        std::hint::black_box(what());
        best = best.min(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    best
}

/// A JPEG of print-like strokes on uneven paper.
fn page(width: u32, height: u32) -> Vec<u8> {
    let mut rgba = Vec::with_capacity(4 * width as usize * height as usize);
    let mut random = 1_u32;
    for y in 0..height {
        for x in 0..width {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = random >> 28;
            let stroke = y / 40 % 2 == 0 && (x / 6).wrapping_mul(2_654_435_761) >> 29 < 3 && x % 400 > 40;
            let level = if stroke { 40 + noise } else { 190 + noise + x * 30 / width };
            let level = u8::try_from(level).unwrap_or(u8::MAX);
            rgba.extend_from_slice(&[level, level, level.saturating_sub(6), 255]);
        }
    }
    let decoded = Decoded { width, height, rgba, full_size: (width, height) };
    let whole = Repair { most_pixels: width * height, ..Repair::default() };
    // Of a kind that is not decoded here: the pixels count.
    documents::repair(b"RIFF\0\0\0\0WEBPVP8 ", &whole, Some(&decoded)).map(|it| it.0).unwrap_or_default()
}

/// The most memory that this process had, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or_default() / 1_024
}
