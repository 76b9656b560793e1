//! Several pictures as one PDF: each JPEG goes in as it is, on a page of A4.
//!
//! Our own few objects: what is written is always the same five kinds, and the reader of this crate reads it back in the
//! tests.
//!
//! Source: ISO 32000-1:2008: file structure 7.5, page objects 7.7.3, the filter of JPEG 7.4.8.

use std::fmt::Write;

use contract::document::PaperFormat;

use crate::bytes::u16_be;
use crate::jpeg;
use crate::picture::millimetres;

/// Points on a millimetre.
const POINTS: f32 = 72.0 / 25.4;
/// A4 in points, as printers round it.
const A4: (f32, f32) = (595.0, 842.0);

/// One PDF of these pictures, in their order; nothing without pictures, or if one is not a JPEG as
/// [`repair`](crate::repair) makes them: whole, without metadata, grey or in colour.
///
/// Cards are laid two on a page, in their true size, as a photocopy has them. Anything else fills a page, upright or on
/// its side as the picture is.
#[must_use]
pub fn compose(pictures: &[&[u8]], paper: Option<PaperFormat>) -> Option<Vec<u8>> {
    let pictures: Vec<Picture> = pictures.iter().map(|bytes| Picture::parse(bytes)).collect::<Option<_>>()?;
    if pictures.is_empty() {
        return None;
    }
    let per_page = if paper == Some(PaperFormat::Id1Card) { 2 } else { 1 };
    let mut pdf = Pdf { bytes: b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec(), places: Vec::new() };
    // Objects 1 and 2 are the catalogue and the list of pages; then each page, its content and its pictures.
    let mut kids = Vec::new();
    let mut next = 3;
    for group in pictures.chunks(per_page) {
        kids.push(next);
        next += 2 + group.len();
    }
    pdf.object(b"<< /Type /Catalog /Pages 2 0 R >>");
    let list = kids.iter().map(|kid| format!("{kid} 0 R")).collect::<Vec<_>>().join(" ");
    pdf.object(format!("<< /Type /Pages /Count {} /Kids [{list}] >>", kids.len()).as_bytes());
    for (group, page) in pictures.chunks(per_page).zip(kids) {
        let lying = per_page == 1 && group.iter().any(|it| it.width > it.height);
        let (width, height) = if lying { (A4.1, A4.0) } else { A4 };
        let mut content = String::new();
        let mut names = String::new();
        for (index, picture) in group.iter().enumerate() {
            let (across, down, left, bottom) =
                if per_page == 2 { card_place(picture, index) } else { filling(picture, width, height) };
            let _ = writeln!(content, "q {across:.2} 0 0 {down:.2} {left:.2} {bottom:.2} cm /P{index} Do Q");
            let _ = write!(names, " /P{index} {} 0 R", page + 2 + index);
        }
        pdf.object(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {} 0 R \
                 /Resources << /XObject <<{names} >> >> >>",
                page + 1
            )
            .as_bytes(),
        );
        pdf.stream("", content.as_bytes());
        for picture in group {
            let colours = if picture.components == 1 { "DeviceGray" } else { "DeviceRGB" };
            let entries = format!(
                "/Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /{colours} /BitsPerComponent 8 \
                 /Filter /DCTDecode ",
                picture.width, picture.height
            );
            pdf.stream(&entries, picture.bytes);
        }
    }
    Some(pdf.finish())
}

/// A JPEG that may go in.
struct Picture<'a> {
    bytes: &'a [u8],
    width: u32,
    height: u32,
    components: u8,
}

impl<'a> Picture<'a> {
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let walk = bytes.starts_with(&[0xFF, 0xD8]).then(|| jpeg::walk(bytes))?;
        if walk.outcome != jpeg::Outcome::Whole || walk.end != bytes.len() {
            return None;
        }
        let (width, height) = walk.size?;
        let mut at = 2;
        loop {
            let (marker, length) = (u16_be(bytes, at)?, usize::from(u16_be(bytes, at + 2)?));
            match marker {
                0xFFC0..=0xFFC2 => {
                    let components = *bytes.get(at + 9)?;
                    return matches!(components, 1 | 3).then_some(Self { bytes, width, height, components });
                }
                // Metadata and comments: this is not what a repair made.
                0xFFE1..=0xFFEF | 0xFFFE => return None,
                _ => at += 2 + length,
            }
        }
    }
}

/// Width, height, left and bottom of a picture that fills its page.
#[expect(clippy::cast_precision_loss)]
fn filling(picture: &Picture, width: f32, height: f32) -> (f32, f32, f32, f32) {
    let scale = (width / picture.width as f32).min(height / picture.height as f32);
    let (across, down) = (picture.width as f32 * scale, picture.height as f32 * scale);
    (across, down, (width - across) / 2.0, (height - down) / 2.0)
}

/// The first card in the upper half of the page, the second in the lower one, each as large as the card is.
#[expect(clippy::cast_precision_loss)]
fn card_place(picture: &Picture, index: usize) -> (f32, f32, f32, f32) {
    let (long, _) = millimetres(PaperFormat::Id1Card);
    let (wide, high) = (picture.width as f32, picture.height as f32);
    let scale = long * POINTS / wide.max(high);
    let (across, down) = (wide * scale, high * scale);
    let middle = A4.1 * if index == 0 { 0.68 } else { 0.32 };
    (across, down, (A4.0 - across) / 2.0, middle - down / 2.0)
}

/// A file in the making.
struct Pdf {
    bytes: Vec<u8>,
    /// Where each object begins.
    places: Vec<usize>,
}

impl Pdf {
    fn object(&mut self, content: &[u8]) {
        self.places.push(self.bytes.len());
        self.bytes.extend_from_slice(format!("{} 0 obj\n", self.places.len()).as_bytes());
        self.bytes.extend_from_slice(content);
        self.bytes.extend_from_slice(b"\nendobj\n");
    }

    fn stream(&mut self, entries: &str, content: &[u8]) {
        let mut object = format!("<< {entries}/Length {} >>\nstream\n", content.len()).into_bytes();
        object.extend_from_slice(content);
        object.extend_from_slice(b"\nendstream");
        self.object(&object);
    }

    fn finish(mut self) -> Vec<u8> {
        let start = self.bytes.len();
        let count = self.places.len() + 1;
        let mut table = format!("xref\n0 {count}\n0000000000 65535 f \n");
        for place in &self.places {
            let _ = writeln!(table, "{place:010} 00000 n ");
        }
        let _ = write!(table, "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        self.bytes.extend_from_slice(table.as_bytes());
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use contract::document::{FileKind, PaperFormat, Requirement};

    use super::compose;
    use crate::jpeg_writer;
    use crate::raster::Raster;

    fn picture(width: u32, height: u32) -> Vec<u8> {
        let raster = Raster { width, height, rgb: vec![200; 3 * (width * height) as usize] };
        jpeg_writer::write(&raster, 85).unwrap_or_default()
    }

    #[track_caller]
    fn check(pictures: &[&[u8]], paper: Option<PaperFormat>, pages: u32) {
        let pdf = compose(pictures, paper).unwrap_or_default();
        let requirement = Requirement { accepts: Vec::new(), max_bytes: 1 << 30, min_short_side: 0, paper: None };
        let report = crate::inspect(&pdf, &requirement, "giay-to.pdf", "application/pdf");
        assert_eq!((report.kind, report.pages, report.findings.len()), (FileKind::Pdf, Some(pages), 0));
        for picture in pictures {
            assert!(crate::bytes::find(&pdf, picture).is_some(), "each picture goes in byte for byte");
        }
    }

    #[test]
    fn each_picture_fills_a_page_and_cards_share_one() {
        let (upright, lying) = (picture(30, 40), picture(40, 30));
        check(&[&upright], None, 1);
        check(&[&upright, &lying, &upright], Some(PaperFormat::A4), 3);
        check(&[&lying, &lying], Some(PaperFormat::Id1Card), 1);
        check(&[&lying, &lying, &lying], Some(PaperFormat::Id1Card), 2);
    }

    #[test]
    fn only_whole_pictures_without_metadata_go_in() {
        let whole = picture(30, 40);
        assert_eq!(compose(&[], None), None);
        assert_eq!(compose(&[&whole[..whole.len() - 9]], None), None);
        assert_eq!(compose(&[b"%PDF-1.4"], None), None);
        let with_place = [&whole[..2], &[0xFF, 0xE1, 0, 8], b"Exif\0\0", &whole[2..]].concat();
        assert_eq!(compose(&[&whole, &with_place], None), None);
    }
}
