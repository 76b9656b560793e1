//! What was found in a file, as sentences that say what to do.

use crate::comparing::{Compared, compared};
use crate::filling::Filling;
use crate::words::{errand, put, size};
use contract::document::{FileKind, Finding, FindingCode, Report, Severity};
use contract::stored::StoredFile;
use leptos::prelude::untrack;

/// Must the citizen look and say that it is sent all the same? What is judged from pixels can be wrong, and often is right.
pub(crate) fn asks_for_a_word(finding: Finding) -> bool {
    finding.severity == Severity::Warns
        && match finding.code {
            FindingCode::Blurred
            | FindingCode::TooDark
            | FindingCode::TooBright
            | FindingCode::Glare
            | FindingCode::LowContrast
            | FindingCode::CutOff
            | FindingCode::Skewed
            | FindingCode::Screenshot
            | FindingCode::SameSide
            | FindingCode::SameFile
            | FindingCode::QrDiffers => true,
            FindingCode::Empty
            | FindingCode::TooLarge
            | FindingCode::KindNotAccepted
            | FindingCode::NameMismatch
            | FindingCode::Truncated
            | FindingCode::Damaged
            | FindingCode::PasswordNeeded
            | FindingCode::ActiveContent
            | FindingCode::Polyglot
            | FindingCode::PixelFlood
            | FindingCode::TooSmall
            | FindingCode::LowResolution
            | FindingCode::XfaForm
            | FindingCode::ChangedAfterSigning
            | FindingCode::NotChecked => false,
        }
}

/// What a citizen must look at before a file is sent, in the file and beside the others; changes with files and answers.
pub(crate) fn to_look_at(filling: Filling, file: &StoredFile) -> Vec<Finding> {
    let own = file.report.findings.iter().copied().filter(|it| asks_for_a_word(*it));
    own.chain(compared(filling, &file.id).iter().map(Compared::finding)).collect()
}

/// The stable names of the warnings that the citizen overrode.
pub(crate) fn overridden(filling: Filling, file: &StoredFile) -> Vec<String> {
    if !file.overridden {
        return Vec::new();
    }
    let name = |it: &Finding| serde_json::to_value(it.code).ok()?.as_str().map(str::to_owned);
    untrack(|| to_look_at(filling, file)).iter().filter_map(name).collect()
}

/// What a finding says, and what to do.
pub(crate) fn sentence(finding: Finding, report: &Report, max_bytes: u64) -> String {
    let words = errand();
    let plain = match finding.code {
        FindingCode::TooLarge => return put(words.finding_too_large(), &[&size(report.bytes), &size(max_bytes)]),
        FindingCode::NameMismatch => return put(words.finding_name(), &[kind_name(report.kind)]),
        FindingCode::KindNotAccepted if report.kind == FileKind::Heic => words.finding_heic(),
        FindingCode::KindNotAccepted => words.finding_kind(),
        FindingCode::Empty => words.finding_empty(),
        FindingCode::Truncated => words.finding_truncated(),
        FindingCode::Damaged => words.finding_damaged(),
        FindingCode::PasswordNeeded => words.finding_password(),
        FindingCode::ActiveContent => words.finding_active(),
        FindingCode::Polyglot => words.finding_polyglot(),
        FindingCode::PixelFlood => words.finding_flood(),
        FindingCode::TooSmall => words.finding_small(),
        FindingCode::Blurred => words.finding_blurred(),
        FindingCode::TooDark => words.finding_dark(),
        FindingCode::TooBright => words.finding_bright(),
        FindingCode::Glare => words.finding_glare(),
        FindingCode::LowResolution => words.finding_far(),
        FindingCode::LowContrast => words.finding_faint(),
        FindingCode::CutOff => words.finding_cut(),
        FindingCode::Skewed => words.finding_skewed(),
        FindingCode::Screenshot => words.finding_screenshot(),
        FindingCode::XfaForm => words.finding_xfa(),
        FindingCode::ChangedAfterSigning => words.finding_changed(),
        FindingCode::SameSide => words.finding_same_side(),
        FindingCode::SameFile => words.finding_same_file(),
        FindingCode::QrDiffers => words.finding_qr_differs(),
        FindingCode::NotChecked => words.finding_not_checked(),
    };
    plain.to_owned()
}

/// The everyday name of a kind of file.
fn kind_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Jpeg => "JPG",
        FileKind::Png => "PNG",
        FileKind::Webp => "WebP",
        FileKind::Gif => "GIF",
        FileKind::Bmp => "BMP",
        FileKind::Tiff => "TIFF",
        FileKind::Heic => "HEIC",
        FileKind::Avif => "AVIF",
        FileKind::Pdf => "PDF",
        FileKind::Docx | FileKind::Doc => "Word",
        FileKind::Xlsx | FileKind::Xls => "Excel",
        FileKind::Pptx | FileKind::Ppt => "PowerPoint",
        FileKind::Ods => "ODS",
        FileKind::Odt => "ODT",
        FileKind::Zip => "ZIP",
        FileKind::Html => "HTML",
        FileKind::Svg => "SVG",
        FileKind::Text => "TXT",
        FileKind::Executable => "EXE",
        FileKind::Unknown => "?",
    }
}
