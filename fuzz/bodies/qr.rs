//! The pixels of a picture: the first byte says how wide it is, the second how large a pixel is drawn.

use documents::qr::{Luma, read, read_frame};

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let [width, scale, levels @ ..] = bytes else { return };
    let (width, scale) = (usize::from(*width).max(1), usize::from(*scale % 8) + 1);
    let rows = levels.chunks_exact(width).flat_map(|row| std::iter::repeat_n(row, scale));
    let pixels: Vec<u8> =
        rows.flat_map(|row| row.iter().flat_map(|level| std::iter::repeat_n(*level, scale))).collect();
    let height = pixels.len() / (width * scale);
    let side = |side: usize| u32::try_from(side).unwrap_or_default();
    let Some(picture) = Luma::new(side(width * scale), side(height), &pixels) else { return };
    let texts = read(picture);
    assert!(texts.iter().all(|text| !text.is_empty()));
    let _ = read_frame(picture);
}
