//! How far a file may go before it is refused unread: sizes, pixels, steps. Each limit says where it comes from.

/// Longest side of a picture, in pixels.
///
/// Twice what an A4 page at 600 dpi has (4,961 × 7,016), and more than a 50-megapixel phone makes (8,160 × 6,120).
pub const LONGEST_SIDE: u32 = 12_000;

/// Largest number of pixels in a picture: 64 Mi, which at four bytes each are the 256 MiB that a cheap phone's tab
/// still gets.
pub const MOST_PIXELS: u64 = 64 * 1024 * 1024;

/// Is a picture of this size one that is not decoded?
pub(crate) fn is_flood(width: u32, height: u32) -> bool {
    width > LONGEST_SIDE || height > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS
}

/// Most bytes that the rows of a PNG may unpack to (16 bits per sample count double).
pub const MOST_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;

/// Most scans in one JPEG. `cjpeg` writes 10 for a progressive picture; a crafted file writes thousands over an empty
/// picture to burn time ("Two Issues with the JPEG Standard", libjpeg-turbo, 2015).
pub const MOST_SCANS: u32 = 100;

/// Most blocks of 8 × 8 samples visited over all scans of one JPEG: ten scans of a 64-mebipixel picture without
/// subsampling are 31 million.
pub const MOST_BLOCK_VISITS: u64 = 64_000_000;

/// How far into a file the header of a PDF may start.
///
/// Source: Adobe's note 13 to PDF 1.7, appendix H.3: the header is looked for in the first 1,024 bytes.
pub const PDF_HEADER_WITHIN: usize = 1024;

/// How far into a file a browser looks for HTML.
///
/// Source: WHATWG MIME Sniffing, "resource header" of 1,445 bytes.
pub const HTML_WITHIN: usize = 1445;

/// How far from the end of a file a ZIP's end record may start: its 22 bytes and the longest comment.
///
/// Source: PKWARE APPNOTE 6.3.10, section 4.3.16.
pub const ZIP_END_WITHIN: usize = 22 + 65_535;

/// Most entries of a ZIP's directory that are read to tell what it holds.
pub const MOST_ZIP_ENTRIES: usize = 4_096;

/// Most values looked at in a PDF for active content.
pub const MOST_PDF_VALUES: u32 = 2_000_000;

/// How deep lists and dictionaries of a PDF are followed for active content; an action inside an annotation lies five
/// deep.
pub const DEEPEST_PDF_VALUE: u32 = 24;

/// Bytes that a scan of a JPEG may leave unread before the next marker without being called damaged: some cameras pad.
pub const MOST_SCAN_PADDING: usize = 512;

/// How much of a file that is too large is looked at to name its kind.
pub const BEGINNING: u32 = 64 * 1024;

/// Most bytes that all streams of a PDF may unpack to, if it may keep objects in them: twenty colour scans of A4 at
/// 300 dpi.
pub const MOST_UNPACKED_PDF_BYTES: u64 = 512 * 1024 * 1024;

/// How many brackets of a PDF stand open at once in a real file, generously.
pub const DEEPEST_PDF_NESTING: u32 = 64;

/// How many dictionaries and objects may begin deeper than [`DEEPEST_PDF_NESTING`]: in packed data the two letters `<<`
/// occur by chance once in 65,536 bytes, in a file of 100 MB 1,600 times.
pub const MOST_PDF_STRAYS: u32 = 2_000;

/// Most dictionaries in a PDF; a file of 8 MB that is nothing but small objects has 200,000.
pub const MOST_PDF_DICTIONARIES: u32 = 300_000;

/// Most bytes of an interlaced PNG of which pixels are made: its rows do not come in order, so it must be whole in
/// memory. An A4 page at 300 dpi in colour is 26 MB.
pub const MOST_INTERLACED_BYTES: usize = 64 * 1024 * 1024;

/// Most pixels that a search for QR codes looks at, over all its looks: three looks at all of a picture of twelve
/// megapixels and four at its half.
pub const QR_PIXELS_READ: usize = 45_000_000;

/// Most pixels at which a code is looked for that was not found in the smaller picture that everything else is judged by:
/// those of a phone of 12 megapixels, and some more.
pub const MOST_QR_PIXELS: u64 = 16_000_000;

/// Largest file whose picture is decoded a second time to look for codes: a phone of 12 megapixels makes 2 to 6 MB, one of
/// 50 up to 25, which take a second each time.
pub const MOST_BYTES_READ_TWICE: usize = 8 * 1024 * 1024;

/// Most corners of QR codes that one look keeps.
pub const MOST_QR_CORNERS: usize = 256;

/// Most sets of three corners that one look tries to read.
pub const MOST_QR_TRIES: u32 = 400;

/// Most QR codes told of one picture.
pub const MOST_QR_CODES: usize = 64;

/// Most boxes of a HEIC or AVIF, and most entries of one list in them, that are read.
pub const MOST_BOXES: usize = 4_096;

/// Most directories (pages) of a TIFF that are walked.
pub const MOST_TIFF_DIRECTORIES: usize = 1_000;

/// Most strips or tiles of one page of a TIFF whose places are compared with the end of the file.
pub const MOST_TIFF_STRIPS: usize = 65_536;

/// Most sectors that are followed in one chain of an old office file.
pub const MOST_OLE_SECTORS: usize = 4_096;

/// Most bytes that a list inside an office file may unpack to; real ones have a few kilobytes.
pub const MOST_UNPACKED_LIST: usize = 1024 * 1024;

/// How far into a text its first tag is looked for, past declarations and comments; a licence of three pages stands
/// before some drawings.
pub const MARKUP_WITHIN: usize = 16 * 1024;
