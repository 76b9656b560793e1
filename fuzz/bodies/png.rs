//! What follows the signature of a PNG. Checksums are made right, so that what is behind them is reached.

use contract::document::Requirement;

/// A chunk is told by a byte for its name and two for its length.
const NAMES: [&[u8; 4]; 8] = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"eXIf", b"tRNS", b"acTL", b"fdAT"];

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let requirement = Requirement { accepts: Vec::new(), max_bytes: 1 << 30, min_short_side: 0, paper: None };
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut rest = bytes;
    while let [name, high, low, after @ ..] = rest {
        let length = (usize::from(*high) << 8 | usize::from(*low)).min(after.len());
        let (content, next) = after.split_at(length);
        let mut chunk = NAMES[usize::from(name % 8)].to_vec();
        chunk.extend(content);
        file.extend(u32::try_from(content.len()).unwrap_or_default().to_be_bytes());
        file.extend(&chunk);
        file.extend(checksum(&chunk).to_be_bytes());
        rest = next;
    }
    let _ = documents::inspect(&file, &requirement, "", "");
}

/// The checksum of a chunk. Source: W3C PNG (third edition), annex D.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 })
    })
}
