//! What follows the start of a JPEG.

use contract::document::Requirement;

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let requirement = Requirement { accepts: Vec::new(), max_bytes: 1 << 30, min_short_side: 0, paper: None };
    let file = [b"\xFF\xD8\xFF", bytes].concat();
    let _ = documents::inspect(&file, &requirement, "", "");
}
