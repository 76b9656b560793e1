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
    /// Blurred.
    Blurred,
    /// Too dark.
    TooDark,
    /// Too bright, or glare.
    TooBright,
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
    /// Text of the open document format.
    #[serde(rename = "application/vnd.oasis.opendocument.text")]
    Odt,
    /// Word before 2007 and its kin.
    #[serde(rename = "application/msword")]
    Doc,
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
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Doc => "application/msword",
            Self::Zip => "application/zip",
            Self::Html => "text/html",
            Self::Svg => "image/svg+xml",
            Self::Text => "text/plain",
            Self::Executable => "application/x-executable",
            Self::Unknown => "application/octet-stream",
        }
    }
}

/// What the page asks of the worker, as JSON; the bytes travel beside it as an `ArrayBuffer`:
/// `postMessage({ask: "<this as JSON>", bytes})`.
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

/// What the worker says, as a JSON text in `event.data`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "say")]
pub enum WorkerSays {
    /// First message: it can be asked now. `build` must equal the page's build id.
    Ready {
        /// Build id.
        build: String,
    },
    /// One answer.
    Inspected {
        /// Number of the question.
        number: u32,
        /// What was found.
        report: Report,
    },
    /// It panicked and is dead.
    Died,
}
