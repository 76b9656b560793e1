//! What is asked of a file, and what was found in it: the words of the worker.

use serde::{Deserialize, Serialize};

/// What a paper asks of each of its files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// Accepted media types; empty accepts every kind we can read.
    pub accepts: Vec<String>,
    /// Largest size in bytes.
    pub max_bytes: u64,
    /// Least number of pixels on the short side of a picture; 0 for no floor.
    #[serde(default)]
    pub min_short_side: u32,
    /// The sheet or card asked for, where one format is meant; nothing is judged by its size without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperFormat>,
}

/// The format of a paper, as far as its size says how many pixels it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PaperFormat {
    /// 210 × 297 mm, upright or on its side. Source: ISO 216.
    A4,
    /// 85.6 × 53.98 mm: identity card, driving licence. Source: ISO/IEC 7810, ID-1.
    Id1Card,
}

/// What was found in a file. Nothing here is trusted by the server: it looks again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What the file is, by its content.
    pub kind: FileKind,
    /// Size in bytes.
    pub bytes: u64,
    /// Pages of a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Width of a picture as shown, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height of a picture as shown, in pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// What is wrong with it, the worst first.
    pub findings: Vec<Finding>,
    /// Where the corners of the paper are, if all four were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corners: Option<Corners>,
    /// What was measured in the picture; empty where no pixel was looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<Score>,
    /// The texts of the QR codes in the picture, each once. Not trusted and perhaps personal: the code of an identity
    /// card is its owner's name, number and address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub qr: Vec<String>,
    /// What a PDF says of itself, if it opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pdf: Option<PdfFacts>,
}

/// What a PDF that opens says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
// Five facts, each on its own: none excludes another.
#[allow(clippy::struct_excessive_bools)]
pub struct PdfFacts {
    /// Version, major and minor: 1.7 is `(1, 7)`. The catalogue's where it is newer than the header's.
    pub version: (u8, u8),
    /// Width and height of the first page as shown, in points (1/72 inch), rounded.
    pub page_size: (u32, u32),
    /// Are all pages of that size, upright or on their side, give or take two points?
    pub pages_alike: bool,
    /// Encrypted, though it opens without a password: its owner forbids something, such as copying.
    pub protected: bool,
    /// Made for showing its first page before the rest has come (linearised).
    pub linearised: bool,
    /// Scripts in it.
    pub scripts: bool,
    /// Actions that start a program.
    pub launches: bool,
    /// Files carried in it.
    pub carries_files: bool,
    /// Its form.
    pub form: PdfForm,
    /// Its signature.
    pub signature: PdfSignature,
}

/// The kind of form in a PDF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PdfForm {
    /// None, or one without fields.
    None,
    /// Fields on its pages (`AcroForm`).
    Fields,
    /// XFA: the true form is XML beside the pages, and most programs show only "please wait".
    Xfa,
}

/// The electronic signature in a PDF, by its shape alone: whether it is valid, and whose, is not checked here.
///
/// A signed PDF is never written anew: that breaks its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PdfSignature {
    /// No signature.
    None,
    /// The last one covers the file from its first byte to its last, but for its own value.
    CoversFile,
    /// Something was added after the last one, or its range is broken.
    CoversPart,
}

/// The four corners of a paper in pixels of the upright picture, clockwise, the one nearest its top left first.
///
/// The page may move them before it asks for a repair; corners outside the picture count as on its edge.
pub type Corners = [Point; 4];

/// A place in a picture: pixels from its left and its top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
}

/// One measurement.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Of what.
    pub name: ScoreName,
    /// In the unit that the name states.
    pub value: f32,
}

/// What is measured in a picture. A score says how sure a finding is; the thresholds are in `documents`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ScoreName {
    /// How sharp the sharpest strokes are: 1 for one pixel of spread at the working size, less when blurred.
    Sharpness,
    /// How bright the paper is: 0 black to 255 white.
    PaperLevel,
    /// How dark the ink is: 0 black to 255 white.
    InkLevel,
    /// Paper less ink: 0 to 255.
    Contrast,
    /// Share of the paper under glare: 0 to 1.
    Glare,
    /// How far the paper or its lines are from upright: degrees, 0 to 45.
    SkewDegrees,
    /// Pixels on a millimetre of the paper.
    PixelsPerMillimetre,
    /// How surely four edges of a paper were found: 0 to 1.
    CornersCertainty,
    /// Sides of the paper outside the picture: 0 to 4.
    SidesCut,
    /// Share of the picture that is of its commonest colour, large on screens: 0 to 1.
    Flatness,
}

impl Report {
    /// Is there a finding that blocks?
    #[must_use]
    pub fn blocked(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Blocks)
    }
}

/// One thing that is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which.
    pub code: FindingCode,
    /// May it be sent all the same?
    pub severity: Severity,
}

/// Does a finding stop the file?
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// It cannot be sent.
    Blocks,
    /// It can be sent after reading the warning.
    Warns,
}

/// The closed list of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FindingCode {
    /// No byte in it.
    Empty,
    /// Larger than the paper allows.
    TooLarge,
    /// Of a kind the paper does not accept.
    KindNotAccepted,
    /// Its content is not what its name or declared type says; only told, the content counts.
    NameMismatch,
    /// Its end is missing.
    Truncated,
    /// It cannot be read.
    Damaged,
    /// A password is asked for.
    PasswordNeeded,
    /// JavaScript, launch actions or embedded files in a PDF; scripts in anything else.
    ActiveContent,
    /// Two kinds at once.
    Polyglot,
    /// So many pixels that it was not decoded.
    PixelFlood,
    /// Too few pixels to be read.
    TooSmall,
    /// Too few pixels on a millimetre of the paper: taken from too far away.
    LowResolution,
    /// Blurred.
    Blurred,
    /// Too dark.
    TooDark,
    /// So bright that the writing fades.
    TooBright,
    /// A lamp is mirrored in the paper.
    Glare,
    /// The writing is hardly darker than the paper.
    LowContrast,
    /// An edge of the paper is outside the picture.
    CutOff,
    /// The paper lies at an angle.
    Skewed,
    /// A picture of a screen's content instead of a photograph.
    Screenshot,
    /// A PDF form that most programs show only as "please wait" (XFA).
    XfaForm,
    /// A signed PDF to which something was added after the signature.
    ChangedAfterSigning,
    /// The same side of a card as the one given for its other side. Raised by the page, which knows both files.
    SameSide,
    /// The same file as one given for another paper. Raised by the page, which knows all files.
    SameFile,
    /// The code on the card says something else than the answers. Raised by the page, which knows the answers.
    QrDiffers,
    /// The check took too long or failed; the file itself was not judged.
    NotChecked,
}

/// What a file is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileKind {
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// WebP.
    #[serde(rename = "image/webp")]
    Webp,
    /// GIF.
    #[serde(rename = "image/gif")]
    Gif,
    /// BMP.
    #[serde(rename = "image/bmp")]
    Bmp,
    /// TIFF.
    #[serde(rename = "image/tiff")]
    Tiff,
    /// HEIC or HEIF.
    #[serde(rename = "image/heic")]
    Heic,
    /// AVIF.
    #[serde(rename = "image/avif")]
    Avif,
    /// PDF.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// Word, since 2007.
    #[serde(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    /// Excel, since 2007.
    #[serde(rename = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    Xlsx,
    /// `PowerPoint`, since 2007.
    #[serde(rename = "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    Pptx,
    /// Text of the open document format.
    #[serde(rename = "application/vnd.oasis.opendocument.text")]
    Odt,
    /// Sheet of the open document format.
    #[serde(rename = "application/vnd.oasis.opendocument.spreadsheet")]
    Ods,
    /// Word before 2007; also an office file under a password, of any of the three.
    #[serde(rename = "application/msword")]
    Doc,
    /// Excel before 2007.
    #[serde(rename = "application/vnd.ms-excel")]
    Xls,
    /// `PowerPoint` before 2007.
    #[serde(rename = "application/vnd.ms-powerpoint")]
    Ppt,
    /// ZIP.
    #[serde(rename = "application/zip")]
    Zip,
    /// HTML.
    #[serde(rename = "text/html")]
    Html,
    /// SVG.
    #[serde(rename = "image/svg+xml")]
    Svg,
    /// Plain text.
    #[serde(rename = "text/plain")]
    Text,
    /// A program.
    #[serde(rename = "application/x-executable")]
    Executable,
    /// Nothing we know.
    #[serde(rename = "application/octet-stream")]
    Unknown,
}

impl FileKind {
    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Bmp => "image/bmp",
            Self::Tiff => "image/tiff",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Doc => "application/msword",
            Self::Xls => "application/vnd.ms-excel",
            Self::Ppt => "application/vnd.ms-powerpoint",
            Self::Zip => "application/zip",
            Self::Html => "text/html",
            Self::Svg => "image/svg+xml",
            Self::Text => "text/plain",
            Self::Executable => "application/x-executable",
            Self::Unknown => "application/octet-stream",
        }
    }
}

/// What the page asks of the worker.
///
/// `postMessage({ask: "<this as JSON>", files: [ArrayBuffer, …]})`; pixels and bytes never travel as JSON, and the
/// buffers may be transferred. Each question has a number, which the answer repeats; one question at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "ask")]
pub enum WorkerAsked {
    /// What is this file? One file.
    Inspect(InspectionAsked),
    /// How does what the camera sees now look? Instead of `files` the message carries `frame: ImageBitmap`, which the
    /// worker closes. Answered by [`WorkerSays::Inspected`] without a kind worth reading.
    Look(LookAsked),
    /// Make a picture ready to be sent. One file: a picture.
    Repair(RepairAsked),
    /// Make one PDF of several repaired pictures, in their order. Files: JPEG as [`WorkerAsked::Repair`] makes them.
    Compose(ComposeAsked),
}

/// See [`WorkerAsked::Inspect`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InspectionAsked {
    /// Number of the question; the answer repeats it.
    pub number: u32,
    /// What the paper asks for.
    pub requirement: Requirement,
    /// Name of the file as the citizen's device has it.
    pub name: String,
    /// Media type as the citizen's device declares it; may be empty.
    pub declared_type: String,
}

/// See [`WorkerAsked::Look`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LookAsked {
    /// Number of the question; the answer repeats it.
    pub number: u32,
    /// What the paper asks for; kinds and bytes are not looked at.
    pub requirement: Requirement,
}

/// See [`WorkerAsked::Repair`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RepairAsked {
    /// Number of the question; the answer repeats it.
    pub number: u32,
    /// What is done to it.
    pub repair: Repair,
}

/// How a picture is made ready. In every case it comes out upright, as JPEG, with nothing in it but pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Repair {
    /// Turned by the citizen, after it stands as the camera held it.
    #[serde(default)]
    pub turn: Turn,
    /// Cut to these corners of the upright picture (before `turn`) and made rectangular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corners: Option<Corners>,
    /// The format of the paper, if known: what is cut out takes its proportions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperFormat>,
    /// Most pixels of the result; 0 for [`Repair::MOST_PIXELS`].
    #[serde(default)]
    pub most_pixels: u32,
}

impl Repair {
    /// Most pixels that a repaired picture keeps: an A4 page at 200 dpi (1,654 × 2,339), at which 8-point print is
    /// read without effort.
    pub const MOST_PIXELS: u32 = 1_654 * 2_339;
}

/// Quarter turns, clockwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Turn {
    /// None.
    #[default]
    None,
    /// To the right.
    Right,
    /// Upside down.
    Half,
    /// To the left.
    Left,
}

/// See [`WorkerAsked::Compose`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ComposeAsked {
    /// Number of the question; the answer repeats it.
    pub number: u32,
    /// The format of the paper: cards are laid on A4 in their true size, anything else fills an A4 page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<PaperFormat>,
}

/// What the worker says: a JSON text in `event.data`, or `{say: "<this as JSON>", bytes: ArrayBuffer}` where bytes come
/// with it ([`WorkerSays::Repaired`], [`WorkerSays::Composed`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "say")]
pub enum WorkerSays {
    /// First message: it can be asked now. `build` must equal the page's build id.
    Ready {
        /// Build id.
        build: String,
    },
    /// What is certain of a picture already: the report that follows, without its codes. Only to be shown.
    Seen {
        /// Number of the question.
        number: u32,
        /// What was found so far.
        report: Report,
    },
    /// One answer.
    Inspected {
        /// Number of the question.
        number: u32,
        /// What was found.
        report: Report,
    },
    /// A JPEG comes with it.
    Repaired {
        /// Number of the question.
        number: u32,
        /// What was made.
        repaired: Repaired,
    },
    /// A PDF comes with it.
    Composed {
        /// Number of the question.
        number: u32,
    },
    /// It could not be done: not a picture that can be decoded, or no pages. The file stays as it was.
    Refused {
        /// Number of the question.
        number: u32,
    },
    /// It panicked and is dead.
    Died,
}

/// Sizes before and after a repair; those of the bytes are the page's to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Repaired {
    /// Width before, upright, in pixels.
    pub width_before: u32,
    /// Height before, upright, in pixels.
    pub height_before: u32,
    /// Width after, in pixels.
    pub width: u32,
    /// Height after, in pixels.
    pub height: u32,
}
