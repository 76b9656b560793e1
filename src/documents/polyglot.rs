//! Files that are two kinds at once: what one program shows as a picture, another opens as a page or unpacks.

use contract::document::FileKind;

use crate::bytes::{contains_ignoring_case, find, head};
use crate::kind::{kind_of, pdf_header};
use crate::limits::HTML_WITHIN;
use crate::zip;

/// Is it also something else? `end` is where the file ends by its own account; what follows is a trailer.
pub(crate) fn is_polyglot(bytes: &[u8], kind: FileKind, end: usize) -> bool {
    let trailer = bytes.get(end..).unwrap_or_default();
    match kind {
        FileKind::Pdf => holds_page(bytes) || holds_zip(bytes) || begins_as_another(bytes),
        FileKind::Jpeg | FileKind::Png | FileKind::Gif | FileKind::Webp | FileKind::Bmp | FileKind::Tiff => {
            pdf_header(bytes).is_some() || holds_zip(bytes) || trailer_is_another(trailer)
        }
        FileKind::Html | FileKind::Svg | FileKind::Executable => pdf_header(bytes).is_some(),
        // A ZIP may hold a PDF unpacked near its beginning, an office file likewise; a text may speak of one.
        FileKind::Docx
        | FileKind::Xlsx
        | FileKind::Pptx
        | FileKind::Odt
        | FileKind::Ods
        | FileKind::Zip
        | FileKind::Doc
        | FileKind::Xls
        | FileKind::Ppt
        | FileKind::Heic
        | FileKind::Avif
        | FileKind::Text
        | FileKind::Unknown => false,
    }
}

/// Would a browser that looks for HTML find it in the beginning?
fn holds_page(bytes: &[u8]) -> bool {
    const TAGS: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<script", b"<iframe", b"<?php"];
    let beginning = head(bytes, HTML_WITHIN);
    TAGS.iter().any(|tag| contains_ignoring_case(beginning, tag))
}

/// Would a program that unpacks find a directory at the end?
fn holds_zip(bytes: &[u8]) -> bool {
    zip::directory(bytes).is_some_and(|directory| !directory.is_empty())
}

/// Does a PDF whose header comes late begin as a file of its own?
fn begins_as_another(bytes: &[u8]) -> bool {
    let Some(start) = pdf_header(bytes) else { return false };
    start > 0 && !matches!(kind_of(head(bytes, start)), FileKind::Unknown | FileKind::Text)
}

/// Is what follows a picture a file of its own?
///
/// Phones append a second picture (depth, HDR), a short film (motion photo) and their own notes; zeros pad. These pass.
fn trailer_is_another(trailer: &[u8]) -> bool {
    const CODE: [&[u8]; 4] = [b"<script", b"<html", b"<?php", b"<svg "];
    let content = trailer.iter().position(|byte| *byte != 0 && !byte.is_ascii_whitespace());
    let content = content.and_then(|start| trailer.get(start..)).unwrap_or_default();
    let begins = match kind_of(content) {
        FileKind::Pdf
        | FileKind::Doc
        | FileKind::Xls
        | FileKind::Ppt
        | FileKind::Docx
        | FileKind::Xlsx
        | FileKind::Pptx
        | FileKind::Odt
        | FileKind::Ods
        | FileKind::Zip
        | FileKind::Html
        | FileKind::Svg
        | FileKind::Executable => true,
        FileKind::Jpeg
        | FileKind::Png
        | FileKind::Webp
        | FileKind::Gif
        | FileKind::Bmp
        | FileKind::Tiff
        | FileKind::Heic
        | FileKind::Avif
        | FileKind::Text
        | FileKind::Unknown => false,
    };
    let archive = content.starts_with(b"Rar!\x1A\x07") || content.starts_with(b"7z\xBC\xAF\x27\x1C");
    begins
        || archive
        || find(content, b"%PDF-1.").is_some()
        || CODE.iter().any(|code| contains_ignoring_case(content, code))
}
