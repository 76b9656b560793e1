//! Makes the samples: the smallest files of each kind that are right, and the pieces to spoil them with.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::cast_possible_truncation, clippy::write_with_newline)]

use std::io::Write;
use std::path::Path;

/// A file of `tests/samples`.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A picture of `width` × `height` with something in it.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    let pixels: Vec<u8> = (0..width * height).map(|place| (place * 31 % 251) as u8).collect();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A PNG that has only a header, for sizes that no test can hold.
pub(crate) fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    for chunk in [header, b"IDAT".to_vec(), b"IEND".to_vec()] {
        bytes.extend((chunk.len() as u32 - 4).to_be_bytes());
        bytes.extend(&chunk);
        bytes.extend([0; 4]);
    }
    bytes
}

/// The JPEG with another width and height in its header.
pub(crate) fn jpeg_resized(mut jpeg: Vec<u8>, width: u16, height: u16) -> Vec<u8> {
    let at = jpeg.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    jpeg[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

/// The JPEG with a segment put in after its start.
pub(crate) fn jpeg_with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend([0xFF, marker]);
    bytes.extend((content.len() as u16 + 2).to_be_bytes());
    bytes.extend(content);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// EXIF that says only how the picture stands.
pub(crate) fn exif(orientation: u16, big_endian: bool) -> Vec<u8> {
    let short = |value: u16| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let long = |value: u32| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let mut bytes = b"Exif\0\0".to_vec();
    bytes.extend(if big_endian { b"MM" } else { b"II" });
    bytes.extend(short(42));
    bytes.extend(long(8));
    bytes.extend(short(1));
    bytes.extend(short(0x0112));
    bytes.extend(short(3));
    bytes.extend(long(1));
    bytes.extend(short(orientation));
    bytes.extend(short(0));
    bytes.extend(long(0));
    bytes
}

/// Where the data of the last scan begin.
pub(crate) fn scan_start(jpeg: &[u8]) -> usize {
    jpeg.windows(2).rposition(|two| two == [0xFF, 0xDA]).unwrap() + 14
}

pub(crate) const CATALOGUE: &str = "<< /Type /Catalog /Pages 2 0 R >>";
pub(crate) const PAGES: &str = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>";
pub(crate) const PAGE: &str = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";

/// A PDF of the objects 1, 2, 3 …, the first its catalogue, with the table that belongs to it.
pub(crate) fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        write!(bytes, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let table = bytes.len();
    write!(bytes, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for place in places {
        write!(bytes, "{place:010} 00000 n \n").unwrap();
    }
    write!(bytes, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).unwrap();
    bytes
}

/// A PDF of one page and nothing else.
pub(crate) fn plain_pdf() -> Vec<u8> {
    pdf(&[CATALOGUE, PAGES, PAGE])
}

/// A PDF of one page whose catalogue or page says more.
pub(crate) fn pdf_that(in_catalogue: &str, in_page: &str) -> Vec<u8> {
    pdf(&[
        &CATALOGUE.replace(" >>", &format!(" {in_catalogue} >>")),
        PAGES,
        &PAGE.replace(" >>", &format!(" {in_page} >>")),
    ])
}

/// A PDF whose page lies in an object stream that unpacks to the page and `padding` blanks.
pub(crate) fn pdf_with_packed_page(padding: usize) -> Vec<u8> {
    pdf_with_packed("/FlateDecode", &zlib(&packed_page(padding)))
}

/// `bytes` as Flate writes them.
pub(crate) fn zlib(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 9)
}

/// What the object stream of [`pdf_with_packed`] holds: a page, and `padding` blanks.
pub(crate) fn packed_page(padding: usize) -> Vec<u8> {
    let mut content = format!("3 0 {PAGE}").into_bytes();
    content.resize(content.len() + padding, b' ');
    content
}

/// `bytes` as LZW writes them: each a code of its own, with a new table before the codes become longer.
pub(crate) fn lzw(bytes: &[u8]) -> Vec<u8> {
    lzw_and_zeros(bytes, 0)
}

/// `bytes` as LZW, and then `words` words, each a zero longer than the one before it.
pub(crate) fn lzw_and_zeros(bytes: &[u8], words: u16) -> Vec<u8> {
    let literal = bytes.chunks(200).flat_map(|part| [256].into_iter().chain(part.iter().map(|byte| u16::from(*byte))));
    let zeros = (0..words).flat_map(|word| match word % 3_800 {
        0 => vec![256, 0],
        later => vec![257 + later],
    });
    lzw_codes(literal.chain(zeros))
}

fn lzw_codes(codes: impl Iterator<Item = u16>) -> Vec<u8> {
    let (mut packed, mut bits, mut held, mut table) = (Vec::new(), 0_u32, 0, 258);
    for code in codes.chain([257]) {
        let width = match table {
            2047.. => 12,
            1023.. => 11,
            511.. => 10,
            _ => 9,
        };
        bits = bits << width | u32::from(code);
        held += width;
        while held >= 8 {
            held -= 8;
            packed.push((bits >> held) as u8);
        }
        // The first code after a new table adds no word.
        table = if code == 256 { 257 } else { table + 1 };
    }
    packed.push((bits << (8 - held)) as u8);
    packed
}

/// `bytes` as base 85 writes them, zeros in short.
pub(crate) fn base85(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for four in bytes.chunks(4) {
        let number = four.iter().chain([0; 4].iter()).take(4).fold(0, |number, byte| number << 8 | u32::from(*byte));
        if number == 0 && four.len() == 4 {
            text.push(b'z');
            continue;
        }
        let digits = (0..5).rev().map(|place| b'!' + (number / 85_u32.pow(place) % 85) as u8);
        text.extend(digits.take(four.len() + 1));
    }
    text.extend(b"~>");
    text
}

/// A PDF whose page lies in an object stream, `packed` as `filter` says.
pub(crate) fn pdf_with_packed(filter: &str, packed: &[u8]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in [(1, CATALOGUE), (2, PAGES)] {
        places.push(bytes.len());
        write!(bytes, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let stream_place = bytes.len();
    write!(bytes, "4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter {filter} /Length {} >>\nstream\n", packed.len())
        .unwrap();
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\n");
    let table_place = bytes.len();
    let entry = |kind: u8, place: usize| {
        let mut row = vec![kind];
        row.extend((place as u32).to_be_bytes());
        row.push(0);
        row
    };
    let rows = [
        entry(0, 0),
        entry(1, places[0]),
        entry(1, places[1]),
        entry(2, 4),
        entry(1, stream_place),
        entry(1, table_place),
    ]
    .concat();
    write!(bytes, "5 0 obj\n<< /Type /XRef /W [1 4 1] /Size 6 /Root 1 0 R /Length {} >>\nstream\n", rows.len())
        .unwrap();
    bytes.extend(rows);
    write!(bytes, "\nendstream\nendobj\nstartxref\n{table_place}\n%%EOF\n").unwrap();
    bytes
}

/// A ZIP of unpacked files. `flags` are those of every entry; 1 says that it is sealed.
pub(crate) fn zip(files: &[(&str, &str)], flags: u16) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let place = bytes.len() as u32;
        let common = |out: &mut Vec<u8>| {
            out.extend(20_u16.to_le_bytes());
            out.extend(flags.to_le_bytes());
            // Method, time, date, checksum.
            out.extend([0; 10]);
            out.extend((content.len() as u32).to_le_bytes());
            out.extend((content.len() as u32).to_le_bytes());
            out.extend((name.len() as u16).to_le_bytes());
            out.extend([0; 2]);
        };
        bytes.extend(b"PK\x03\x04");
        common(&mut bytes);
        bytes.extend(name.as_bytes());
        bytes.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        common(&mut directory);
        directory.extend([0; 10]);
        directory.extend(place.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let place = bytes.len() as u32;
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend((files.len() as u16).to_le_bytes());
    bytes.extend((files.len() as u16).to_le_bytes());
    bytes.extend((directory.len() as u32).to_le_bytes());
    bytes.extend(place.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// An ISO media file that has only its brands.
pub(crate) fn brands(brands: &[&str]) -> Vec<u8> {
    let mut bytes = (16 + 4 * (brands.len() as u32 - 1)).to_be_bytes().to_vec();
    bytes.extend(b"ftyp");
    bytes.extend(brands[0].as_bytes());
    bytes.extend([0; 4]);
    for brand in &brands[1..] {
        bytes.extend(brand.as_bytes());
    }
    bytes
}

/// The pieces one after the other.
pub(crate) fn join(pieces: &[&[u8]]) -> Vec<u8> {
    pieces.concat()
}

/// All but the last `share` percent.
pub(crate) fn cut(bytes: &[u8], share: usize) -> Vec<u8> {
    bytes[..bytes.len() * (100 - share) / 100].to_vec()
}

/// A PDF with a signature whose range covers all but its value.
pub(crate) fn signed_pdf() -> Vec<u8> {
    let value = "0".repeat(64);
    let with = |range: &str| {
        pdf(&[
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [4 0 R] >> >>",
            PAGES,
            PAGE,
            "<< /FT /Sig /T (a) /V 5 0 R >>",
            &format!("<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange {range} /Contents <{value}> >>"),
        ])
    };
    // The range is as long as its place-holder, so nothing moves.
    let draft = with("[0 00000 00000 00000]");
    let start = draft.windows(value.len()).position(|part| part == value.as_bytes()).unwrap() - 1;
    let end = start + value.len() + 2;
    with(&format!("[0 {start:05} {end:05} {:05}]", draft.len() - end))
}

/// An office file from before 2007 with one stream of this name, which begins so.
pub(crate) fn old_office(name: &str, beginning: &[u8]) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[30] = 9;
    // The list stands in sector 1, the table in sector 0, the stream in sector 2.
    header[48] = 1;
    header[68..72].fill(0xFF);
    header[80..].fill(0xFF);
    let mut table = vec![0xFF_u8; 512];
    for sector in 0..3 {
        table[4 * sector..4 * sector + 4].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    }
    let mut list = vec![0_u8; 512];
    for (place, name) in ["Root Entry", name].iter().enumerate() {
        let entry = &mut list[128 * place..128 * (place + 1)];
        for (at, letter) in name.bytes().enumerate() {
            entry[2 * at] = letter;
        }
        entry[64] = (2 * name.len() + 2) as u8;
        entry[116] = 2;
    }
    let mut stream = beginning.to_vec();
    stream.resize(512, 0);
    [header, table, list, stream].concat()
}
