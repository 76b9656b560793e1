//! A QR code drawn as one path: dark on white in every theme, quiet zone of four modules.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode, Version};
use std::fmt::Write as _;

/// Draws `text`, named `label` for those who do not see it. Nothing is drawn where the text does not fit version 12 at
/// level M (287 bytes): such a code would not be read from a small screen.
pub(crate) fn qr_code(text: &str, label: String) -> AnyView {
    let Some((size, path)) = modules(text) else { return ().into_any() };
    let view_box = format!("-4 -4 {0} {0}", size + 8);
    view! {
        <svg class="qr" viewBox=view_box role="img" aria-label=label shape-rendering="crispEdges">
            <path class="qr__paper" d=format!("M-4-4h{0}v{0}h-{0}z", size + 8)></path>
            <path class="qr__ink" d=path></path>
        </svg>
    }
    .into_any()
}

/// Side in modules and the path of the dark ones, runs in a row joined.
fn modules(text: &str) -> Option<(usize, String)> {
    let smallest = (1..=12)
        .find_map(|version| QrCode::with_version(text.as_bytes(), Version::Normal(version), EcLevel::M).ok())?;
    let size = smallest.width();
    let colors = smallest.to_colors();
    let mut path = String::new();
    for (y, row) in colors.chunks(size).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a `String` cannot fail.
                let _ = write!(path, "M{x} {y}h{0}v1h-{0}z", run.len());
            }
            x += run.len();
        }
    }
    Some((size, path))
}

#[cfg(test)]
mod tests {
    use super::modules;

    #[test]
    fn a_ticket_address_fits_and_a_longer_text_is_not_drawn() {
        let (size, path) = modules(&"x".repeat(287)).expect("287 bytes fit version 12 at level M");
        assert_eq!(size, 65);
        assert!(path.starts_with("M0 0h7v1h-7z"), "the finder pattern comes first");
        assert_eq!(modules(&"x".repeat(288)), None);
    }
}
