//! What a file is, by its content alone.
//!
//! A table of the first bytes names it; that it really is what it begins like is confirmed elsewhere, by reading it
//! whole ([`crate::inspect`]). Names and declared types play no part here.

use contract::document::FileKind;

use crate::bytes::{contains_ignoring_case, find, head, slice, tail, u32_be, u32_le};
use crate::limits::{MARKUP_WITHIN, PDF_HEADER_WITHIN};
use crate::{ole, zip};

/// What the bytes are. Total: bytes of no known kind are [`FileKind::Unknown`], also no bytes at all.
#[must_use]
pub fn kind_of(bytes: &[u8]) -> FileKind {
    kind_of_beginning(bytes)
        .or_else(|| (begins_with_pdf_line(bytes) || is_pdf_without_header(bytes)).then_some(FileKind::Pdf))
        .or_else(|| kind_of_text(bytes))
        .unwrap_or(FileKind::Unknown)
}

/// Where the header of a PDF starts, if it has one where readers look for it.
pub(crate) fn pdf_header(bytes: &[u8]) -> Option<usize> {
    let within = head(bytes, PDF_HEADER_WITHIN + 8);
    let mut from = 0;
    while let Some(step) = find(within.get(from..)?, b"%PDF-") {
        let at = from + step;
        // The version follows: `1.4`, `2.0`. Prose that merely speaks of "%PDF-" is no header.
        if let [major, b'.', minor] = slice(within, at + 5, 3)?
            && major.is_ascii_digit()
            && minor.is_ascii_digit()
        {
            return Some(at);
        }
        from = at + 5;
    }
    None
}

/// Does the header of a PDF begin a line? Something stands before it, and a text may speak of it within a line.
fn begins_with_pdf_line(bytes: &[u8]) -> bool {
    let before = pdf_header(bytes).and_then(|start| bytes.get(..start)).unwrap_or_default();
    matches!(before.last(), Some(b'\n' | b'\r' | b' ' | 0 | 0xBF))
}

/// Is it a PDF but for its header? Readers open one that begins with an object and ends as a PDF does.
fn is_pdf_without_header(bytes: &[u8]) -> bool {
    let beginning = head(bytes, PDF_HEADER_WITHIN);
    let begins = find(beginning, b" 0 obj").is_some()
        && matches!(bytes.first(), Some(b'%' | b'0'..=b'9' | b' ' | b'\n' | b'\r'));
    let end = tail(bytes, PDF_HEADER_WITHIN);
    begins && find(end, b"startxref").is_some() && find(end, b"%%EOF").is_some()
}

/// The kind that the very first bytes announce.
fn kind_of_beginning(bytes: &[u8]) -> Option<FileKind> {
    let kind = match bytes {
        [0xFF, 0xD8, 0xFF, ..] => FileKind::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => FileKind::Png,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => FileKind::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => FileKind::Webp,
        [b'B', b'M', ..] if is_bitmap(bytes) => FileKind::Bmp,
        [b'I', b'I', b'*' | b'+', 0, ..] | [b'M', b'M', 0, b'*' | b'+', ..] => FileKind::Tiff,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => return kind_of_brands(bytes),
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf_header(bytes).map(|_| FileKind::Pdf)?,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip::kind_inside(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => match ole::contents(bytes) {
            Some(contents) => contents.kind.unwrap_or(FileKind::Unknown),
            // Cut before its list: most of them are letters.
            None => FileKind::Doc,
        },
        _ if is_program(bytes) => FileKind::Executable,
        _ => return None,
    };
    Some(kind)
}

/// Is it a bitmap, and not a text that begins with "BM"?
fn is_bitmap(bytes: &[u8]) -> bool {
    matches!(u32_le(bytes, 14), Some(12 | 40 | 52 | 56 | 64 | 108 | 124))
}

/// HEIC or AVIF, by the brands of an ISO media file; other brands are films.
///
/// Source: ISO/IEC 23008-12 (HEIF) annex B and AV1 Image File Format 1.1, section 6.
fn kind_of_brands(bytes: &[u8]) -> Option<FileKind> {
    let length = usize::try_from(u32_be(bytes, 0)?).ok()?.clamp(16, 512);
    let brands = head(bytes, length).get(8..)?;
    let mut kind = None;
    // Major brand, minor version, then the compatible brands.
    for (index, brand) in brands.chunks_exact(4).enumerate() {
        match brand {
            b"avif" | b"avis" => return Some(FileKind::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" | b"mif1" | b"msf1"
                if index != 1 =>
            {
                kind = Some(FileKind::Heic);
            }
            _ => {}
        }
    }
    kind
}

/// Is it a program: ELF, PE, Mach-O, Java, WebAssembly, Dalvik, a Windows link, or a script that names its interpreter?
fn is_program(bytes: &[u8]) -> bool {
    match bytes {
        [0x7F, b'E', b'L', b'F', ..]
        | [0xFE, 0xED, 0xFA, 0xCE | 0xCF, ..]
        | [0xCE | 0xCF, 0xFA, 0xED, 0xFE, ..]
        | [0xCA, 0xFE, 0xBA, 0xBE, ..]
        | [0, b'a', b's', b'm', ..]
        | [b'd', b'e', b'x', b'\n', b'0', ..]
        | [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, ..] => true,
        [b'#', b'!', rest @ ..] => {
            let line = head(rest, 64).split(|byte| *byte == b'\n').next().unwrap_or_default();
            line.trim_ascii_start().starts_with(b"/")
        }
        [b'M', b'Z', ..] => {
            // A text may begin with "MZ"; the header of a program holds zeros.
            head(bytes, 64).contains(&0)
        }
        _ => head(bytes, 16).trim_ascii_start().to_ascii_lowercase().starts_with(b"@echo off"),
    }
}

/// HTML, SVG or plain text, if the bytes are text.
fn kind_of_text(bytes: &[u8]) -> Option<FileKind> {
    if bytes.is_empty() {
        return None;
    }
    let marked = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    if marked || is_wide_text(bytes) {
        let letters: Vec<u8> = head(bytes, 2 * MARKUP_WITHIN).iter().copied().filter(|byte| *byte != 0).collect();
        let letters = letters.get(if marked { 2 } else { 0 }..).unwrap_or_default();
        return Some(markup(letters).unwrap_or(FileKind::Text));
    }
    let body = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(kind) = markup(head(body, MARKUP_WITHIN)) {
        return Some(kind);
    }
    is_text(body).then_some(FileKind::Text)
}

/// Is it text of two bytes a letter, without a mark that says so? Every other byte of ASCII is 0.
fn is_wide_text(bytes: &[u8]) -> bool {
    let beginning = head(bytes, 512);
    let (first, second): (Vec<u8>, Vec<u8>) = beginning.chunks_exact(2).map(|pair| (pair[0], pair[1])).unzip();
    let text = |letters: &[u8], zeros: &[u8]| {
        letters.len() >= 4 && zeros.iter().all(|byte| *byte == 0) && !letters.contains(&0) && is_text(letters)
    };
    text(&first, &second) || text(&second, &first)
}

/// Is it text: no control character but those of a text? The letters may be of any old encoding. The last byte may be
/// the end mark of DOS.
///
/// Source: WHATWG MIME Sniffing, "binary data byte".
fn is_text(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_suffix(&[0x1A]).unwrap_or(bytes);
    !bytes.iter().any(|byte| matches!(byte, 0..=8 | 11 | 14..=26 | 28..=31))
}

/// The tags that make a browser take a text for HTML, in small letters.
///
/// Source: WHATWG MIME Sniffing, section 7.1.
const HTML_TAGS: [&[u8]; 20] = [
    b"!doctype html",
    b"html",
    b"head",
    b"script",
    b"iframe",
    b"h1",
    b"div",
    b"font",
    b"table",
    b"a",
    b"style",
    b"title",
    b"b",
    b"body",
    b"br",
    b"p",
    b"meta",
    b"link",
    b"object",
    b"embed",
];

/// HTML or SVG, by its first tag; what XML puts before it (declaration, comments, document type) is passed over.
fn markup(text: &[u8]) -> Option<FileKind> {
    let mut rest = text.trim_ascii_start();
    let xml = rest.starts_with(b"<?xml");
    // Each turn passes one declaration or comment.
    for _ in 0..32 {
        let inside = rest.strip_prefix(b"<")?;
        if let Some(comment) = inside.strip_prefix(b"!--") {
            match find(comment, b"-->") {
                Some(end) => rest = comment.get(end + 3..)?.trim_ascii_start(),
                None => return (!xml).then_some(FileKind::Html),
            }
            continue;
        }
        let ends_tag = |byte: Option<&u8>| matches!(byte, None | Some(b' ' | b'>' | b'/' | b'\t' | b'\n' | b'\r'));
        let begins = |tag: &[u8]| {
            slice(inside, 0, tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag))
                && ends_tag(inside.get(tag.len()))
        };
        if HTML_TAGS.iter().any(|tag| begins(tag)) {
            return Some(FileKind::Html);
        }
        if begins(b"svg") || inside.starts_with(b"svg:svg") {
            return Some(FileKind::Svg);
        }
        let passed_over = inside.starts_with(b"?") || begins(b"!doctype svg") || begins(b"!doctype");
        if !passed_over {
            return None;
        }
        if inside.starts_with(b"?php") {
            return Some(FileKind::Executable);
        }
        // A document type may hold declarations of its own, in brackets.
        let end = find(inside, b">")?;
        let end = match find(inside.get(..end)?, b"[") {
            Some(bracket) => bracket + find(inside.get(bracket..)?, b"]")?,
            None => end,
        };
        let after = inside.get(end..)?;
        rest = after.get(find(after, b">")? + 1..)?.trim_ascii_start();
    }
    None
}

/// Can the text run something when a browser opens it?
pub(crate) fn has_script(text: &[u8]) -> bool {
    const SIGNS: [&[u8]; 8] =
        [b"<script", b"javascript:", b"onload=", b"onerror=", b"onclick=", b"<iframe", b"<embed", b"<object"];
    SIGNS.iter().any(|sign| contains_ignoring_case(text, sign))
}
