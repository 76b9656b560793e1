//! Any file, as it comes; the first byte says what it is called.

use contract::document::{PaperFormat, Requirement};

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let Some((first, file)) = bytes.split_first() else { return };
    let names = ["", "a.jpg", "a.pdf", "a.png", "a.docx", "a.heic", "a.svg", "a"];
    let name = names.get(usize::from(first % 8)).copied().unwrap_or_default();
    let paper = [None, Some(PaperFormat::A4), Some(PaperFormat::Id1Card)][usize::from(first / 8 % 3)];
    let requirement = Requirement { accepts: Vec::new(), max_bytes: 1 << 30, min_short_side: 0, paper };
    let report = documents::inspect(file, &requirement, name, "");
    assert_eq!(report.bytes, file.len() as u64);
}
