//! No bytes whatever make the inspection panic, and what it says of them holds together.
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

mod make;

use contract::document::{FindingCode, Requirement};
use proptest::prelude::*;

fn requirement() -> Requirement {
    Requirement { accepts: Vec::new(), max_bytes: 10_000_000, min_short_side: 0, paper: None }
}

/// Inspects and checks what is true of every report.
fn inspect(bytes: &[u8]) {
    let report = documents::inspect(bytes, &requirement(), "a.pdf", "image/jpeg");
    assert_eq!(report.bytes, bytes.len() as u64);
    assert_eq!(report.width.is_some(), report.height.is_some());
    assert!(report.findings.is_sorted_by_key(|finding| (finding.severity, finding.code)));
    let mut codes: Vec<FindingCode> = report.findings.iter().map(|finding| finding.code).collect();
    codes.dedup();
    assert_eq!(codes.len(), report.findings.len(), "a finding is told once");
}

/// Small numbers without a source of chance: the same ones in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = [
        "sequential-444.jpg",
        "sequential-420-restart.jpg",
        "sequential-grey.jpg",
        "progressive-422.jpg",
        "progressive-420-restart.jpg",
        "progressive-cmyk.jpg",
        "password-aes256.pdf",
        "owner-only-aes256.pdf",
        "owner-only-rc4.pdf",
    ]
    .iter()
    .map(|name| make::sample(name))
    .collect();
    seeds.extend([
        make::png(40, 30),
        make::plain_pdf(),
        make::pdf_with_packed_page(0),
        make::pdf_that("/OpenAction << /S /JavaScript /JS (app.alert) >>", "/Rotate 90"),
        make::zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")], 0),
        make::brands(&["mif1", "heic", "avif"]),
        b"<?xml version=\"1.0\"?><!-- a --><svg onload=\"a\"><script/></svg>".to_vec(),
    ]);
    seeds.push(make::jpeg_with_segment(&make::sample("sequential-420.jpg"), 0xE1, &make::exif(6, true)));
    seeds
}

/// How often a seed is spoiled. The key of AES-256 takes thousands of rounds of its own, slow without optimisation.
fn rounds(seed: &[u8]) -> usize {
    if is_aes256(seed) { 15 } else { 250 }
}

fn is_aes256(seed: &[u8]) -> bool {
    seed.windows(5).any(|name| name == b"AESV3")
}

#[test]
fn a_spoiled_sample_is_told_about_and_never_panics() {
    // Values that parsers trip over.
    const ODD: [u8; 8] = [0x00, 0xFF, 0x7F, 0x80, 0xD9, 0xDA, b'<', b'9'];
    let mut dice = Dice(2025);
    for seed in seeds() {
        for _ in 0..rounds(&seed) {
            let mut bytes = seed.clone();
            for _ in 0..=dice.below(6) {
                let (at, other) = (dice.below(bytes.len()), dice.below(bytes.len()));
                let (from, to) = (at.min(other), at.max(other));
                match dice.below(7) {
                    0 => bytes.truncate(at),
                    1 => drop(bytes.drain(from..to)),
                    2 => bytes.extend_from_within(from..to),
                    3 => bytes[from..to].fill(ODD[dice.below(8)]),
                    4 => bytes.insert(at, ODD[dice.below(8)]),
                    5 => bytes[at] ^= 1 << dice.below(8),
                    _ => bytes[at] = ODD[dice.below(8)],
                }
                if bytes.is_empty() {
                    break;
                }
            }
            inspect(&bytes);
        }
    }
}

#[test]
fn two_samples_glued_together_never_panic() {
    let mut seeds = seeds();
    seeds.retain(|seed| !is_aes256(seed));
    for first in &seeds {
        for second in &seeds {
            inspect(&[first.as_slice(), second.as_slice()].concat());
        }
    }
}

/// The first bytes of each kind, so that chance gets past the table of kinds.
const BEGINNINGS: [&[u8]; 9] = [
    b"",
    b"\xFF\xD8\xFF\xE0\0\x02",
    b"\xFF\xD8\xFF\xC0\0\x0B\x08\0\x20\0\x20\x01\x01\x11\0\xFF\xC4",
    b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\x08\0\0\0\x08\x08\x06\0\0\0",
    b"%PDF-1.4\n1 0 obj ",
    b"PK\x03\x04",
    b"\0\0\0\x18ftyp",
    b"<?xml ",
    b"II*\0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_after_any_beginning_end_in_a_report(
        beginning in 0..BEGINNINGS.len(),
        rest in proptest::collection::vec(any::<u8>(), 0..2048),
    ) {
        inspect(&[BEGINNINGS[beginning], &rest].concat());
    }

    #[test]
    fn any_name_and_any_type_are_only_compared(name in ".*", declared_type in ".*") {
        let bytes = make::plain_pdf();
        let report = documents::inspect(&bytes, &requirement(), &name, &declared_type);
        prop_assert!(!report.blocked());
    }
}
