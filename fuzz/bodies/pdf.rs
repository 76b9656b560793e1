//! What follows the header of a PDF. Its end is put where it belongs, so that it is read and not only missed.

use contract::document::Requirement;

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let requirement = Requirement { accepts: Vec::new(), max_bytes: 1 << 30, min_short_side: 0, paper: None };
    let file = [b"%PDF-1.7\n", bytes, b"\nstartxref\n9\n%%EOF\n"].concat();
    let _ = documents::inspect(&file, &requirement, "", "");
}
