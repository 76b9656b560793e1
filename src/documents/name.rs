//! What a file's name and its declared type promise.

use contract::document::FileKind;

/// Do the name and the declared type agree with what the file is? A name or type that promises nothing agrees.
pub(crate) fn agrees(kind: FileKind, name: &str, declared_type: &str) -> bool {
    let by_name = name.rsplit_once('.').is_none_or(|(_, ending)| ending_agrees(kind, &ending.to_ascii_lowercase()));
    let media_type = declared_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    by_name && type_agrees(kind, &media_type)
}

/// The kinds that an ending promises.
fn ending_agrees(kind: FileKind, ending: &str) -> bool {
    match ending {
        "jpg" | "jpeg" | "jpe" | "jfif" => kind == FileKind::Jpeg,
        "png" => kind == FileKind::Png,
        "webp" => kind == FileKind::Webp,
        "gif" => kind == FileKind::Gif,
        "bmp" | "dib" => kind == FileKind::Bmp,
        "tif" | "tiff" => kind == FileKind::Tiff,
        "heic" | "heif" | "hif" => kind == FileKind::Heic,
        "avif" => kind == FileKind::Avif,
        "pdf" => kind == FileKind::Pdf,
        // One under a password is an old container that does not say which it was.
        "docx" => matches!(kind, FileKind::Docx | FileKind::Doc),
        "xlsx" => matches!(kind, FileKind::Xlsx | FileKind::Doc),
        "odt" => kind == FileKind::Odt,
        "pptx" => kind == FileKind::Pptx,
        "ods" => kind == FileKind::Ods,
        "doc" | "dot" => kind == FileKind::Doc,
        "xls" | "xlt" => kind == FileKind::Xls,
        "ppt" | "pps" => kind == FileKind::Ppt,
        "zip" => is_zip(kind),
        "htm" | "html" | "xhtml" => kind == FileKind::Html,
        "svg" => kind == FileKind::Svg,
        "txt" | "csv" | "md" | "log" => kind == FileKind::Text,
        "exe" | "dll" | "so" | "sh" | "bat" | "com" => kind == FileKind::Executable,
        _ => true,
    }
}

/// The kinds that a declared media type promises. Old and mistaken spellings that devices use count as the right one.
fn type_agrees(kind: FileKind, media_type: &str) -> bool {
    match media_type {
        "image/jpeg" | "image/jpg" | "image/pjpeg" => kind == FileKind::Jpeg,
        "image/png" | "image/x-png" | "image/apng" => kind == FileKind::Png,
        "image/heic" | "image/heif" | "image/heic-sequence" | "image/heif-sequence" => kind == FileKind::Heic,
        "image/bmp" | "image/x-ms-bmp" => kind == FileKind::Bmp,
        "application/pdf" | "application/x-pdf" => kind == FileKind::Pdf,
        "application/msword" => kind == FileKind::Doc,
        // Windows with Excel declares tables of text so.
        "application/vnd.ms-excel" => matches!(kind, FileKind::Xls | FileKind::Text),
        "application/vnd.ms-powerpoint" => kind == FileKind::Ppt,
        "application/zip" | "application/x-zip-compressed" => is_zip(kind),
        "image/webp" => kind == FileKind::Webp,
        "image/gif" => kind == FileKind::Gif,
        "image/tiff" => kind == FileKind::Tiff,
        "image/avif" => kind == FileKind::Avif,
        "image/svg+xml" => kind == FileKind::Svg,
        "text/html" => kind == FileKind::Html,
        "text/plain" => kind == FileKind::Text,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => kind == FileKind::Docx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => kind == FileKind::Xlsx,
        "application/vnd.oasis.opendocument.text" => kind == FileKind::Odt,
        _ => true,
    }
}

/// Is it a ZIP, whatever is in it?
fn is_zip(kind: FileKind) -> bool {
    matches!(kind, FileKind::Zip | FileKind::Docx | FileKind::Xlsx | FileKind::Pptx | FileKind::Odt | FileKind::Ods)
}
