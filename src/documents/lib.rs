//! Looks into a file before it leaves the phone, and again when it reaches the server.
//!
//! One question: [`inspect`] asks what a file is by its content, whether it is whole, and whether the paper accepts it.
//! **Architecture invariant:** no clock, no file, no network, no sentence for a citizen; no panic, bounded memory and
//! bounded steps on any bytes. This is the only crate with decoders; the page never links it, its worker does.

mod bytes;
mod compose;
mod exif;
mod jpeg;
mod jpeg_bits;
mod jpeg_planes;
mod jpeg_transform;
mod jpeg_writer;
mod kind;
mod lanes;
pub mod limits;
mod name;
mod ole;
mod pdf;
mod pdf_guard;
mod pdf_packing;
mod picture;
mod pixels;
mod png_file;
mod polyglot;
pub mod qr;
mod qr_corners;
mod qr_threshold;
mod raster;
mod repair;
mod shift_jis;
mod shrinking;
mod strip;
mod structure;
mod zip;

use contract::document::{
    Corners, FileKind, Finding, FindingCode, PaperFormat, PdfFacts, PdfForm, PdfSignature, Report, Requirement, Score,
    Severity,
};
use jpeg_planes::Planes;
use pixels::Pixels;
use raster::{Grey, Wanted};

pub use compose::compose;
pub use kind::kind_of;
pub use raster::Decoded;
pub use repair::repair;

/// What the file is and what is wrong with it, the worst first.
///
/// The content counts; `name` and `declared_type` (a media type, may be empty) are only compared with it. A file that
/// is empty or larger than the paper allows is named by its first bytes and not read further.
#[must_use]
pub fn inspect(bytes: &[u8], requirement: &Requirement, name: &str, declared_type: &str) -> Report {
    look_into(bytes, requirement, name, declared_type, None, true, &mut |_| {})
}

/// As [`inspect`], for somebody who waits, and with the pixels that a browser decoded for a picture of a kind that we
/// only name: codes too small to be read in the pixels that everything else is judged by are looked for on a card only.
///
/// `seen` is told what is found in a picture before codes are looked for: the same report, without the codes.
#[must_use]
pub fn inspect_with(
    bytes: &[u8],
    requirement: &Requirement,
    name: &str,
    declared_type: &str,
    decoded: Option<&Decoded>,
    seen: &mut dyn FnMut(Report),
) -> Report {
    let closely = requirement.paper == Some(PaperFormat::Id1Card);
    look_into(bytes, requirement, name, declared_type, decoded, closely, seen)
}

fn look_into(
    bytes: &[u8],
    requirement: &Requirement,
    name: &str,
    declared_type: &str,
    decoded: Option<&Decoded>,
    closely: bool,
    seen: &mut dyn FnMut(Report),
) -> Report {
    let size = bytes.len() as u64;
    if size > requirement.max_bytes {
        return refuse_by_size(bytes, size, requirement, name, declared_type);
    }
    let mut inspection = Inspection::begin(kind_of(bytes), size, requirement, name, declared_type);
    if bytes.is_empty() {
        inspection.findings.clear();
        inspection.find(FindingCode::Empty);
        return inspection.report();
    }
    let pixels = inspection.read(bytes);
    let blocked = inspection.findings.iter().any(|finding| finding.severity == Severity::Blocks);
    if !blocked && let Some(pixels) = pixels.or_else(|| inspection.take(decoded?)) {
        inspection.judge_pixels(&pixels);
        seen(inspection.clone().report());
        inspection.read_codes(&pixels.brightness, qr::read);
        if closely {
            inspection.look_closely(bytes, &pixels.brightness);
        }
    }
    inspection.judge_size();
    inspection.report()
}

/// What is seen in a camera's frame, before a picture is taken: the findings judged from pixels, corners and scores. It
/// has no kind and no bytes.
#[must_use]
pub fn look(frame: &Decoded, requirement: &Requirement) -> Report {
    let unknown = Requirement { accepts: vec![FileKind::Unknown.media_type().to_owned()], ..requirement.clone() };
    let mut inspection = Inspection::begin(FileKind::Unknown, 0, &unknown, "", "");
    if let Some(pixels) = inspection.take(frame) {
        inspection.judge_pixels(&pixels);
        inspection.read_codes(&pixels.brightness, qr::read_frame);
    }
    inspection.report()
}

/// The report on a file of `size` bytes that is larger than the paper allows, from its first [`limits::BEGINNING`]
/// bytes alone.
///
/// For a caller that does not want to hold a file only to refuse it; [`inspect`] answers the same.
#[must_use]
pub fn refuse_by_size(
    beginning: &[u8],
    size: u64,
    requirement: &Requirement,
    name: &str,
    declared_type: &str,
) -> Report {
    let beginning = bytes::head(beginning, limits::BEGINNING as usize);
    let mut inspection = Inspection::begin(kind_of(beginning), size, requirement, name, declared_type);
    inspection.find(FindingCode::TooLarge);
    inspection.report()
}

/// Does a finding of this code stop the file?
///
/// What the file is and whether it is whole is certain, and stops it. A wrong name stops nothing, and what is judged
/// from pixels can be wrong, so it only warns.
#[must_use]
pub fn severity_of(code: FindingCode) -> Severity {
    match code {
        FindingCode::Empty
        | FindingCode::TooLarge
        | FindingCode::KindNotAccepted
        | FindingCode::Truncated
        | FindingCode::Damaged
        | FindingCode::PasswordNeeded
        | FindingCode::ActiveContent
        | FindingCode::Polyglot
        | FindingCode::PixelFlood
        | FindingCode::TooSmall
        | FindingCode::LowResolution => Severity::Blocks,
        FindingCode::NameMismatch
        | FindingCode::Blurred
        | FindingCode::TooDark
        | FindingCode::TooBright
        | FindingCode::Glare
        | FindingCode::LowContrast
        | FindingCode::CutOff
        | FindingCode::Skewed
        | FindingCode::Screenshot
        | FindingCode::XfaForm
        | FindingCode::ChangedAfterSigning
        | FindingCode::SameSide
        | FindingCode::SameFile
        | FindingCode::QrDiffers
        | FindingCode::NotChecked => Severity::Warns,
    }
}

/// Is the kind among the media types accepted? An empty list accepts what we read whole: JPEG, PNG and PDF.
fn is_accepted(kind: FileKind, accepts: &[String]) -> bool {
    if accepts.is_empty() {
        return matches!(kind, FileKind::Jpeg | FileKind::Png | FileKind::Pdf);
    }
    accepts.iter().any(|accepted| {
        let accepted = accepted.trim();
        match accepted.split_once("/*") {
            Some((family, "")) => kind.media_type().split('/').next() == Some(family),
            _ => {
                accepted.eq_ignore_ascii_case(kind.media_type()) || (accepted == "image/jpg" && kind == FileKind::Jpeg)
            }
        }
    })
}

/// A report in the making.
#[derive(Clone)]
struct Inspection<'a> {
    requirement: &'a Requirement,
    kind: FileKind,
    bytes: u64,
    pages: Option<u32>,
    size: Option<(u32, u32)>,
    findings: Vec<Finding>,
    corners: Option<Corners>,
    scores: Vec<Score>,
    qr: Vec<String>,
    pdf: Option<PdfFacts>,
}

impl<'a> Inspection<'a> {
    /// What kind, name and declared type alone tell of a file of so many `bytes`.
    fn begin(kind: FileKind, bytes: u64, requirement: &'a Requirement, name: &str, declared_type: &str) -> Self {
        let mut inspection = Self {
            requirement,
            kind,
            bytes,
            pages: None,
            size: None,
            findings: Vec::new(),
            corners: None,
            scores: Vec::new(),
            qr: Vec::new(),
            pdf: None,
        };
        if !is_accepted(kind, &requirement.accepts) {
            inspection.find(FindingCode::KindNotAccepted);
        }
        if !name::agrees(kind, name, declared_type) {
            inspection.find(FindingCode::NameMismatch);
        }
        inspection
    }

    fn find(&mut self, code: FindingCode) {
        self.find_as(code, severity_of(code));
    }

    fn find_as(&mut self, code: FindingCode, severity: Severity) {
        if self.findings.iter().all(|finding| finding.code != code) {
            self.findings.push(Finding { code, severity });
        }
    }

    fn report(mut self) -> Report {
        self.findings.sort_by_key(|finding| (finding.severity, finding.code));
        Report {
            kind: self.kind,
            bytes: self.bytes,
            pages: self.pages,
            width: self.size.map(|(width, _)| width),
            height: self.size.map(|(_, height)| height),
            findings: self.findings,
            corners: self.corners,
            scores: self.scores,
            qr: self.qr,
            pdf: self.pdf,
        }
    }

    fn judge_size(&mut self) {
        if let Some((width, height)) = self.size
            && width.min(height) < self.requirement.min_short_side
        {
            self.find(FindingCode::TooSmall);
        }
    }

    /// The pixels of a picture that a browser decoded.
    fn take(&mut self, decoded: &Decoded) -> Option<Pixels> {
        self.size = Some(decoded.full_size);
        Pixels::of_decoded(decoded)
    }

    /// Judges a picture from its size and its pixels.
    fn judge_pixels(&mut self, pixels: &Pixels) {
        let full = self.size.unwrap_or(pixels.brightness.size());
        let seen = picture::look(pixels, full, self.requirement.paper);
        for code in seen.findings {
            self.find(code);
        }
        self.corners = seen.corners;
        self.scores = seen.scores;
        self.judge_size();
    }

    /// Reads the codes in a picture.
    fn read_codes(&mut self, brightness: &Grey, read: fn(qr::Luma<'_>) -> Vec<String>) {
        self.qr = brightness.luma().map(read).unwrap_or_default();
    }

    /// Looks for codes in all pixels of a JPEG or PNG, if none was read in what was `judged` of it.
    fn look_closely(&mut self, bytes: &[u8], judged: &Grey) {
        let long_side = |(width, height): (u32, u32)| width.max(height);
        let (judged, full) = (long_side(judged.size()), self.size.map_or(0, long_side));
        let read_twice = bytes.len() <= limits::MOST_BYTES_READ_TWICE;
        if !self.qr.is_empty() || full < judged + judged / 4 || !read_twice {
            return;
        }
        let wanted = Wanted::Brightness(limits::MOST_QR_PIXELS);
        let brightness = match self.kind {
            FileKind::Jpeg => jpeg::decode(bytes, wanted).1.map(Planes::into_brightness),
            FileKind::Png => png_file::read(bytes, wanted).1.map(|picture| picture.grey()),
            _ => None,
        };
        if let Some(brightness) = brightness {
            self.read_codes(&brightness, qr::read_closely);
        }
    }

    /// Reads the file whole where we can read its kind; the pixels of a picture, upright and as many as are measured.
    fn read(&mut self, bytes: &[u8]) -> Option<Pixels> {
        let wanted = Wanted::LongSide { all: picture::WORKING_SIDE, colours: picture::COLOUR_SIDE };
        let mut pixels = None;
        let mut end = bytes.len();
        match self.kind {
            FileKind::Jpeg => {
                let (walk, planes) = jpeg::decode(bytes, wanted);
                pixels = planes.map(|planes| planes.into_pixels(walk.orientation));
                end = walk.end;
                self.size = walk.size.map(|size| exif::upright(size, walk.orientation));
                if walk.markup_in_comment {
                    self.find(FindingCode::Polyglot);
                }
                match walk.outcome {
                    jpeg::Outcome::Whole => {}
                    // Programs show it, with a stripe or not: the citizen looks and decides.
                    jpeg::Outcome::LeftOver => self.find_as(FindingCode::Damaged, Severity::Warns),
                    jpeg::Outcome::Truncated => self.find(FindingCode::Truncated),
                    jpeg::Outcome::Damaged => self.find(FindingCode::Damaged),
                    jpeg::Outcome::Flood => self.find(FindingCode::PixelFlood),
                }
            }
            FileKind::Png => {
                let (read, raster) = png_file::read(bytes, wanted);
                end = read.end;
                pixels = raster.map(|raster| Pixels::of(raster.upright(read.orientation)));
                self.size = read.size.map(|size| exif::upright(size, read.orientation));
                match read.outcome {
                    png_file::Outcome::Whole => {}
                    png_file::Outcome::Truncated => self.find(FindingCode::Truncated),
                    png_file::Outcome::Damaged => self.find(FindingCode::Damaged),
                    png_file::Outcome::Flood => self.find(FindingCode::PixelFlood),
                }
            }
            FileKind::Pdf => {
                let read = pdf::read(bytes);
                self.pages = read.pages;
                self.pdf = read.facts;
                if let Some(facts) = read.facts {
                    self.judge(facts);
                }
                match read.outcome {
                    pdf::Outcome::Whole => {}
                    pdf::Outcome::Truncated => self.find(FindingCode::Truncated),
                    pdf::Outcome::Damaged => self.find(FindingCode::Damaged),
                    pdf::Outcome::PasswordNeeded => self.find(FindingCode::PasswordNeeded),
                }
            }
            FileKind::Docx | FileKind::Xlsx | FileKind::Pptx | FileKind::Odt | FileKind::Ods | FileKind::Zip => {
                self.read_zip(bytes);
            }
            FileKind::Doc | FileKind::Xls | FileKind::Ppt => self.read_ole(bytes),
            FileKind::Html | FileKind::Svg => {
                if kind::has_script(bytes) {
                    self.find(FindingCode::ActiveContent);
                }
            }
            FileKind::Webp => end = self.walk(structure::webp(bytes)),
            FileKind::Gif => end = self.walk(structure::gif(bytes)),
            FileKind::Bmp => end = self.walk(structure::bmp(bytes)),
            FileKind::Tiff => end = self.walk(structure::tiff(bytes)),
            FileKind::Heic | FileKind::Avif => end = self.walk(structure::media(bytes)),
            FileKind::Text | FileKind::Executable | FileKind::Unknown => {}
        }
        if polyglot::is_polyglot(bytes, self.kind, end) {
            self.find(FindingCode::Polyglot);
        }
        pixels
    }

    /// What a PDF that opens does beyond showing pages.
    fn judge(&mut self, facts: PdfFacts) {
        if facts.scripts || facts.launches || facts.carries_files {
            self.find(FindingCode::ActiveContent);
        }
        if facts.form == PdfForm::Xfa {
            self.find(FindingCode::XfaForm);
        }
        if facts.signature == PdfSignature::CoversPart {
            self.find(FindingCode::ChangedAfterSigning);
        }
    }

    /// What the walk of a picture that is not decoded saw; where it ends.
    fn walk(&mut self, seen: structure::Structure) -> usize {
        self.size = seen.size.map(|size| exif::upright(size, if seen.on_its_side { 6 } else { 1 }));
        match seen.outcome {
            structure::Outcome::Whole => {}
            structure::Outcome::Truncated => self.find(FindingCode::Truncated),
            structure::Outcome::Damaged => self.find(FindingCode::Damaged),
            structure::Outcome::Flood => self.find(FindingCode::PixelFlood),
        }
        seen.end
    }

    fn read_ole(&mut self, bytes: &[u8]) {
        let Some(contents) = ole::contents(bytes) else {
            self.find(FindingCode::Truncated);
            return;
        };
        if contents.sealed {
            self.find(FindingCode::PasswordNeeded);
        }
        if contents.macros {
            self.find(FindingCode::ActiveContent);
        }
    }

    fn read_zip(&mut self, bytes: &[u8]) {
        let Some(directory) = zip::directory(bytes) else {
            self.find(FindingCode::Truncated);
            return;
        };
        match directory.outcome() {
            zip::Outcome::Whole => {}
            zip::Outcome::Damaged => self.find(FindingCode::Damaged),
        }
        for entry in directory.entries() {
            if entry.sealed {
                self.find(FindingCode::PasswordNeeded);
            }
            // Macros: in Microsoft's files one part, in open documents a folder of libraries.
            let library = entry.name.strip_prefix(b"Basic/").is_some_and(|inside| inside.contains(&b'/'));
            if entry.name.ends_with(b"vbaProject.bin") || library && entry.name.ends_with(b".xml") {
                self.find(FindingCode::ActiveContent);
            }
        }
        let sealed = matches!(self.kind, FileKind::Odt | FileKind::Ods)
            && directory
                .content(b"META-INF/manifest.xml")
                .is_some_and(|manifest| bytes::find(&manifest, b":encryption-data").is_some());
        if sealed {
            self.find(FindingCode::PasswordNeeded);
        }
    }
}
