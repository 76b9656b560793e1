//! The table of samples and what is found in them: kind, size or pages, then the findings, the worst first.
//! `!` blocks, `?` warns.
#![allow(clippy::unwrap_used)]

mod make;

use contract::document::{FileKind, PdfForm, PdfSignature, Report, Requirement, Severity};
use make::{
    CATALOGUE, PAGES, base85, brands, cut, exif, join, jpeg_resized, jpeg_with_segment, lzw, lzw_and_zeros, old_office,
    packed_page, pdf, pdf_that, pdf_with_packed, pdf_with_packed_page, plain_pdf, png, png_header, sample, scan_start,
    signed_pdf, zip, zlib,
};

/// JPEG, PNG and PDF up to 10 MB, as most papers ask.
fn most_papers() -> Requirement {
    Requirement {
        accepts: vec!["image/jpeg".into(), "image/png".into(), "application/pdf".into()],
        max_bytes: 10_000_000,
        min_short_side: 0,
        paper: None,
    }
}

/// `image/jpeg 93x75 truncated!`
fn printed(report: &Report) -> String {
    let mut words = vec![report.kind.media_type().to_owned()];
    words.extend(report.width.zip(report.height).map(|(width, height)| format!("{width}x{height}")));
    words.extend(report.pages.map(|pages| format!("{pages}p")));
    for finding in &report.findings {
        let code = serde_json::to_value(finding.code).unwrap();
        let mark = if finding.severity == Severity::Blocks { '!' } else { '?' };
        words.push(format!("{}{mark}", code.as_str().unwrap()));
    }
    words.join(" ")
}

#[track_caller]
fn check_as(name: &str, declared_type: &str, bytes: &[u8], expected: &str) {
    let report = documents::inspect(bytes, &most_papers(), name, declared_type);
    assert_eq!(printed(&report), expected, "{name}");
    assert_eq!(report.bytes, bytes.len() as u64);
    assert_eq!(report.blocked(), expected.contains('!'));
}

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    check_as("", "", bytes, expected);
}

#[test]
fn every_way_to_write_a_jpeg_is_read_to_its_end() {
    for name in [
        "sequential-444.jpg",
        "sequential-420.jpg",
        "sequential-420-restart.jpg",
        "sequential-grey.jpg",
        "progressive-422.jpg",
        "progressive-420-restart.jpg",
        "progressive-cmyk.jpg",
    ] {
        check_as(name, "image/jpeg", &sample(name), "image/jpeg 93x75");
    }
}

#[test]
fn a_cut_jpeg_is_truncated_wherever_it_is_cut() {
    for name in ["sequential-444.jpg", "sequential-420-restart.jpg", "progressive-422.jpg", "progressive-cmyk.jpg"] {
        let whole = sample(name);
        let first_scan = whole.windows(2).position(|two| two == [0xFF, 0xDA]).unwrap();
        for end in first_scan..whole.len() - 1 {
            check_as(name, "", &whole[..end], "image/jpeg 93x75 truncated!");
        }
        // Within the headers the size may not have been reached.
        for end in 3..first_scan {
            let report = documents::inspect(&whole[..end], &most_papers(), "", "");
            assert!(printed(&report).ends_with(" truncated!"), "{name} cut at {end}: {}", printed(&report));
        }
    }
}

#[test]
fn an_end_marker_does_not_make_a_cut_jpeg_whole() {
    for name in ["sequential-444.jpg", "sequential-420.jpg", "sequential-420-restart.jpg", "sequential-grey.jpg"] {
        let whole = sample(name);
        let data = scan_start(&whole);
        for tenth in 1..9 {
            let end = data + (whole.len() - data) * tenth / 10;
            let report = documents::inspect(&join(&[&whole[..end], &[0xFF, 0xD9]]), &most_papers(), "", "");
            assert!(report.blocked(), "{name} cut at {end}: {}", printed(&report));
        }
    }
}

#[test]
fn a_jpeg_filled_up_with_zeros_is_not_whole() {
    let whole = sample("sequential-444.jpg");
    let middle = whole.len() / 2;
    let filled = join(&[&whole[..middle], &vec![0; whole.len() - middle - 2], &[0xFF, 0xD9]]);
    assert!(documents::inspect(&filled, &most_papers(), "", "").blocked());
}

#[test]
fn a_jpeg_stands_as_its_camera_held_it() {
    let whole = sample("sequential-420.jpg");
    for orientation in 1..=8 {
        for big_endian in [false, true] {
            let turned = jpeg_with_segment(&whole, 0xE1, &exif(orientation, big_endian));
            check(&turned, if orientation < 5 { "image/jpeg 93x75" } else { "image/jpeg 75x93" });
        }
    }
}

#[test]
fn what_else_can_be_wrong_with_a_jpeg() {
    let whole = sample("sequential-420.jpg");
    let data = scan_start(&whole);
    let lossless = {
        let mut bytes = whole.clone();
        let at = bytes.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
        bytes[at + 1] = 0xC3;
        bytes
    };
    check(&lossless, "image/jpeg damaged!");
    check(&jpeg_resized(whole.clone(), 93, 300), "image/jpeg 93x300 truncated!");
    check(&jpeg_resized(whole.clone(), 93, 8), "image/jpeg 93x8 damaged!");
    check(&jpeg_resized(whole.clone(), 0, 75), "image/jpeg damaged!");
    check(&jpeg_resized(whole.clone(), 12_001, 2), "image/jpeg 12001x2 pixelFlood!");
    check(&jpeg_resized(whole.clone(), 65_500, 65_500), "image/jpeg 65500x65500 pixelFlood!");
    check(&jpeg_resized(whole.clone(), 11_000, 11_000), "image/jpeg 11000x11000 pixelFlood!");
    let restarts = sample("sequential-420-restart.jpg");
    let mut out_of_turn = restarts.clone();
    let first = out_of_turn.windows(2).position(|two| two == [0xFF, 0xD0]).unwrap();
    out_of_turn[first + 1] = 0xD5;
    check(&out_of_turn, "image/jpeg 93x75 damaged!");
    check(&whole[..data.min(3)], "image/jpeg truncated!");
}

#[test]
fn a_scan_that_holds_more_than_its_picture_warns() {
    let whole = sample("sequential-444.jpg");
    let end = whole.len() - 2;
    let little = join(&[&whole[..end], &[0x55; 400], &whole[end..]]);
    check(&little, "image/jpeg 93x75");
    let more = join(&[&whole[..end], &[0x55; 1_150], &whole[end..]]);
    check(&more, "image/jpeg 93x75 damaged?");
}

#[test]
fn what_phones_append_to_a_jpeg_passes_and_another_file_does_not() {
    let picture = sample("sequential-420.jpg");
    let with = |trailer: &[u8]| join(&[&picture, trailer]);
    let film = join(&[&brands(&["mp42", "isom"]), &[0; 64]]);
    for harmless in [&picture[..], &film, &[0; 4096], b"SEFH\x6B\0\0\0SEFT", b"\r\n"] {
        check(&with(harmless), "image/jpeg 93x75");
    }
    let archive = zip(&[("a.txt", "a")], 0);
    for other in [
        &archive[..],
        &plain_pdf(),
        b"<html><body>",
        b"\x7FELF\x02\x01\x01\0",
        b"Rar!\x1A\x07\x01\0",
        b"#!/bin/sh\n",
        b"   <?php echo 1;",
    ] {
        check(&with(other), "image/jpeg 93x75 polyglot!");
    }
    check(&jpeg_with_segment(&picture, 0xFE, b"<script>alert(1)</script>"), "image/jpeg 93x75 polyglot!");
    check(&jpeg_with_segment(&picture, 0xFE, b"%PDF-1.4 1 0 obj"), "image/jpeg 93x75 polyglot!");
    check(&jpeg_with_segment(&picture, 0xFE, b"taken in <Cai Rang>"), "image/jpeg 93x75");
}

#[test]
fn a_png_is_read_to_its_end() {
    let whole = png(40, 30);
    check_as("a.png", "image/png", &whole, "image/png 40x30");
    for end in 33..whole.len() {
        check(&whole[..end], "image/png 40x30 truncated!");
    }
    let mut broken = whole.clone();
    let data = broken.windows(4).position(|four| four == b"IDAT").unwrap();
    broken[data + 20] ^= 0x10;
    check(&broken, "image/png 40x30 damaged!");
    check(&png_header(12_001, 1), "image/png 12001x1 pixelFlood!");
    check(&png_header(11_000, 11_000), "image/png 11000x11000 pixelFlood!");
    check(&png_header(400, 300), "image/png 400x300 damaged!");
    check(&join(&[&whole, &zip(&[("a", "a")], 0)]), "image/png 40x30 polyglot!");
}

#[test]
fn a_pdf_opens_and_counts_its_pages() {
    check_as("a.pdf", "application/pdf", &plain_pdf(), "application/pdf 1p");
    let three =
        pdf(&[CATALOGUE, "<< /Type /Pages /Kids [3 0 R 4 0 R 5 0 R] /Count 3 >>", make::PAGE, make::PAGE, make::PAGE]);
    check(&three, "application/pdf 3p");
    check(&pdf_with_packed_page(0), "application/pdf 1p");
    check(&join(&[b"\r\n\r\n", &plain_pdf()]), "application/pdf 1p");
    check(&join(&[&plain_pdf(), &[0; 300]]), "application/pdf 1p");
}

#[test]
fn a_pdf_under_a_password_is_told_and_one_only_protected_opens() {
    for name in ["password-rc4.pdf", "password-aes128.pdf", "password-aes256.pdf"] {
        check_as(name, "", &sample(name), "application/pdf passwordNeeded!");
    }
    for name in ["owner-only-rc4.pdf", "owner-only-aes256.pdf"] {
        check_as(name, "", &sample(name), "application/pdf 1p");
    }
}

#[test]
fn a_cut_pdf_is_truncated_and_a_broken_one_damaged() {
    let whole = plain_pdf();
    let table = whole.windows(9).rposition(|nine| nine == b"startxref").unwrap();
    for end in (20..table + 9).chain([table + 11]) {
        check(&whole[..end], "application/pdf truncated!");
    }
    // A change was being written when it was cut.
    check(&join(&[&whole, b"6 0 obj\n<< /A"]), "application/pdf truncated!");
    check(&pdf(&[CATALOGUE, "<< /Type /Pages /Kids [] /Count 0 >>"]), "application/pdf 0p damaged!");
    check(&pdf(&["<< /Type /Catalog >>", PAGES]), "application/pdf damaged!");
    check(b"%PDF-1.7\nnothing of a PDF\nstartxref\n0\n%%EOF\n", "application/pdf damaged!");
    let text = String::from_utf8_lossy(&whole).replace("%PDF-1.7\n", "%PDF-1.7\n<< /Linearized 1 /L 99999 >>\n");
    check(text.as_bytes(), "application/pdf truncated!");
}

#[test]
fn a_pdf_that_does_more_than_show_pages_is_refused() {
    let expected = "application/pdf 1p activeContent!";
    check(&pdf_that("/OpenAction << /S /JavaScript /JS (app.alert) >>", ""), expected);
    check(&pdf_that("/OpenAction << /S /Java#53cript /J#53 (app.alert) >>", ""), expected);
    check(&pdf_that("/Names << /EmbeddedFiles << /Names [(a) 9 0 R] >> >>", ""), expected);
    check(&pdf_that("", "/Annots [ << /Subtype /Link /A << /S /Launch /F (a.exe) >> >> ]"), expected);
    check(&pdf_that("", "/AA << /O << /S /JavaScript /JS (x) >> >>"), expected);
    check(&pdf_that("", "/Annots [ << /Subtype /FileAttachment /FS << /EF << /F 9 0 R >> >> >> ]"), expected);
    check(&pdf_that("", "/Annots [ << /Subtype /Link /A << /S /URI /URI (https://a) >> >> ]"), "application/pdf 1p");
}

#[test]
fn a_pdf_that_is_something_else_too_is_refused() {
    let archive = zip(&[("a.txt", "a")], 0);
    check(&join(&[&plain_pdf(), &archive]), "application/pdf 1p polyglot!");
    let page = String::from_utf8_lossy(&plain_pdf()).replacen('\n', "\n%<script>alert(1)</script>\n", 1);
    check(page.as_bytes(), "application/pdf 1p polyglot!");
    check(&join(&[b"<html><body>\n", &plain_pdf()]), "application/pdf 1p polyglot!");
    check(&join(&[b"#!/bin/sh\n", &plain_pdf()]), "application/x-executable kindNotAccepted! polyglot!");
}

#[test]
fn a_pdf_that_would_take_gigabytes_or_minutes_is_not_opened() {
    check(&pdf_with_packed_page(70 * 1024 * 1024), "application/pdf damaged!");
    let page = packed_page(70 * 1024 * 1024);
    let twice = zlib(&zlib(&page));
    let bombs = [
        ("/FlateDecode", miniz_oxide::deflate::compress_to_vec(&page, 1)),
        ("/LZWDecode", lzw_and_zeros(&packed_page(0), 60_000)),
        ("/LZ#57Decode", lzw_and_zeros(&packed_page(0), 60_000)),
        ("/RunLengthDecode", join(&[&[60], &packed_page(2), &[129, 0].repeat(600_000)])),
        ("[/A85 /Fl]", base85(&zlib(&page))),
        ("[/Fl /Fl]", twice.clone()),
        ("/Fl /F [/Fl /Fl]", twice),
    ];
    for (filter, packed) in &bombs {
        let bomb = pdf_with_packed(filter, packed);
        check(&bomb, "application/pdf damaged!");
        // Without its table the objects are looked for, and those in the stream, too.
        let at = bomb.windows(9).rposition(|nine| nine == b"5 0 obj\n<").unwrap();
        let tail = b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
        check(&join(&[&bomb[..at], tail]), "application/pdf damaged!");
    }
    let end = b"\nstartxref\n0\n%%EOF\n";
    for brackets in ["1 0 obj <<\n", "1 0 obj << /A (endobj)\n", "<< /Type ", "1 0 obj [ \n", "1 0 obj [ [ ( "] {
        check(&join(&[b"%PDF-1.4\n", &brackets.repeat(200_000).into_bytes(), end]), "application/pdf damaged!");
    }
    let pages = PAGES.replace("3 0 R", &"<<>> ".repeat(400_000));
    check(&pdf(&[CATALOGUE, &pages]), "application/pdf damaged!");
}

#[test]
fn a_pdf_of_old_packings_opens_whatever_stands_in_it_by_chance() {
    // Widths of a font, and a name that looks like one spelled in digits; a scan of 40 kB in text.
    let scan = String::from_utf8(base85(&vec![7; 32_000])).unwrap();
    for filter in ["/LZWDecode", "/RunLengthDecode", "[/ASCII85Decode /DCTDecode]", "[/A85 /LZW]", "/ASCIIHexDecode"] {
        let scan = format!("<< /Filter {filter} /Length {} >>\nstream\n{scan}\nendstream", scan.len());
        let font = "<< /Type /Font /W [0 [600 500] 7 [250]] /A /#xyz >>";
        check(&pdf(&[CATALOGUE, PAGES, make::PAGE, &scan, font]), "application/pdf 1p");
    }
}

#[test]
fn a_page_in_a_stream_is_found_however_it_is_packed() {
    let page = packed_page(1_000);
    let one = "application/pdf 1p";
    check(&pdf_with_packed("/FlateDecode", &zlib(&page)), one);
    check(&pdf_with_packed("/Fl#61teDecode", &zlib(&page)), one);
    check(&pdf_with_packed("/LZWDecode", &lzw(&page)), one);
    check(&pdf_with_packed("[/ASCII85Decode /LZWDecode]", &base85(&lzw(&page))), one);
    check(&pdf_with_packed("[ /A85 /Fl ]", &base85(&zlib(&page))), one);
    check(&pdf_with_packed("/ASCII85Decode", &base85(&page)), one);
}

#[test]
fn a_pdf_whose_trailer_leads_to_no_pages_is_damaged() {
    let told = |from: &str, to: &str, expected: &str| {
        let whole = String::from_utf8_lossy(&plain_pdf()).into_owned();
        assert!(whole.contains(from));
        let report = documents::inspect(whole.replace(from, to).as_bytes(), &most_papers(), "", "");
        assert!(printed(&report).ends_with(expected), "{to}: {}", printed(&report));
    };
    told("/Root 1 0 R", "/Root 9 0 R", "damaged!");
    told("/Root 1 0 R", "/Roof 1 0 R", "damaged!");
    told("/Count 1", "/Count 0", "damaged!");
    told("/Pages 2 0 R", "/Pages 3 0 R", "damaged!");
    // Other numbers than the true one are common.
    told("/Count 1", "/Count 7", "application/pdf 1p");
}

#[test]
fn the_content_names_the_kind() {
    let office = |name| zip(&[("[Content_Types].xml", "<Types/>"), (name, "<x/>")], 0);
    let open_document = zip(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<x/>")], 0);
    let cases: &[(&[u8], &str)] = &[
        (b"RIFF\x08\0\0\0WEBPVP8 ", "image/webp"),
        (b"GIF89a\x01\0\x01\0\0\0\0;", "image/gif"),
        (b"BM\x3A\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01\0\0\0", "image/bmp"),
        (b"II*\0\x08\0\0\0", "image/tiff"),
        (b"MM\0*\0\0\0\x08", "image/tiff"),
        (&brands(&["heic", "mif1", "heic"]), "image/heic"),
        (&brands(&["mif1", "mif1", "heic"]), "image/heic"),
        (&brands(&["mif1", "avif", "mif1"]), "image/avif"),
        (&brands(&["avif"]), "image/avif"),
        (&brands(&["isom", "mp41"]), "application/octet-stream"),
        (&office("word/document.xml"), FileKind::Docx.media_type()),
        (&office("xl/workbook.xml"), FileKind::Xlsx.media_type()),
        (&open_document, FileKind::Odt.media_type()),
        (&zip(&[("anything", "")], 0), "application/zip"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", "application/msword"),
        (b"a\0b\0c\0d\0\r\0\n\0", "text/plain"),
        (b"{\"a\": [1, 2]}", "text/plain"),
        (b"<?xml version='1.0'?><!-- > --><!DOCTYPE svg [<!ENTITY a '>'>]><svg/>", "image/svg+xml"),
        (b"<!DOCTYPE html><p>a", "text/html"),
        (b"\xEF\xBB\xBF \n<HTML lang=vi>", "text/html"),
        (b"<!-- a --><div>b</div>", "text/html"),
        (b"<?xml version=\"1.0\"?><!DOCTYPE svg><svg xmlns=\"a\"/>", "image/svg+xml"),
        (b"<svg/>", "image/svg+xml"),
        (b"<?xml version=\"1.0\"?><note/>", "text/plain"),
        ("Kính gửi Ủy ban nhân dân phường".as_bytes(), "text/plain"),
        (b"\xFF\xFEa\0b\0", "text/plain"),
        (b"B\xC6ng k\xEA khai", "text/plain"),
        (b"BM is no bitmap, MZ no program", "text/plain"),
        (b"%PDF- is what a PDF begins with", "text/plain"),
        (b"header=\"%PDF-1.4\"", "text/plain"),
        (b"\x7FELF\x02\x01", "application/x-executable"),
        (b"MZ\x90\0\x03\0\0\0", "application/x-executable"),
        (b"\xCF\xFA\xED\xFE\x07\0", "application/x-executable"),
        (b"\xCA\xFE\xBA\xBE\0\0\0\x34", "application/x-executable"),
        (b"#!/usr/bin/env python3\n", "application/x-executable"),
        (b"@echo off\r\ndel a", "application/x-executable"),
        (b"\0\x01\x02\x03", "application/octet-stream"),
        (b"\x1F\x8B\x08\0", "application/octet-stream"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(documents::kind_of(bytes).media_type(), *expected, "{}", String::from_utf8_lossy(bytes));
    }
}

/// Each of the kinds that are walked and not decoded, and how far its end may be cut without being missed: to a byte that
/// only fills up, or a mark that programs leave out.
const WALKED: [(&str, &str, usize); 10] = [
    ("plain.gif", "image/gif 40x30", 1),
    ("animated.gif", "image/gif 40x30", 1),
    ("plain.bmp", "image/bmp 40x30", 0),
    ("lossy.webp", "image/webp 40x30", 1),
    ("lossless.webp", "image/webp 40x30", 1),
    ("animated.webp", "image/webp 40x30", 1),
    ("two-pages.tiff", "image/tiff 40x30", 16),
    ("big.tiff", "image/tiff 40x30", 16),
    ("plain.heic", "image/heic 64x48", 0),
    ("plain.avif", "image/avif 64x48", 0),
];

#[test]
fn a_picture_that_is_only_named_is_walked_to_its_end() {
    for (name, expected, slack) in WALKED {
        let whole = sample(name);
        check_as(name, "", &whole, &format!("{expected} kindNotAccepted!"));
        for end in 40..whole.len() - slack {
            let report = documents::inspect(&whole[..end], &most_papers(), name, "");
            let printed = printed(&report);
            // A TIFF may keep its data behind its list or before it, and the list of a first page is a whole one.
            let told = printed.contains("truncated!") || printed.contains("damaged!");
            assert!(told || name.starts_with("animated"), "{name} cut at {end} of {}: {printed}", whole.len());
        }
        for other in [&zip(&[("a.txt", "a")], 0)[..], b"<html><script>1</script>"] {
            let both = documents::inspect(&join(&[&whole, other]), &most_papers(), name, "");
            // What follows the boxes must be a box; where a TIFF ends, nothing in it says.
            let told = both.blocked() && printed(&both).contains("polyglot!")
                || printed(&both).contains("truncated!")
                || name.ends_with("tiff") && !other.starts_with(b"PK");
            assert!(told, "{name}: {}", printed(&both));
        }
    }
}

#[test]
fn an_office_file_is_named_by_its_main_part_and_its_password_and_macros_are_told() {
    let types =
        |part: &str| format!("<Types><Override PartName=\"/a.xml\" ContentType=\"application/{part}\"/></Types>");
    let office = |part: &str, other: &str| zip(&[("[Content_Types].xml", &types(part)), (other, "x")], 0);
    let word = "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let sheet = "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let slides = "vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
    let cases: &[(Vec<u8>, FileKind, &str)] = &[
        (office(word, "word/other.xml"), FileKind::Docx, ""),
        (office(sheet, "a.xml"), FileKind::Xlsx, ""),
        (office(slides, "a.xml"), FileKind::Pptx, ""),
        (
            office("vnd.ms-word.document.macroEnabled.main+xml", "word/vbaProject.bin"),
            FileKind::Docx,
            " activeContent!",
        ),
        (zip(&[("mimetype", FileKind::Ods.media_type()), ("content.xml", "x")], 0), FileKind::Ods, ""),
        (
            zip(&[("mimetype", FileKind::Odt.media_type()), ("META-INF/manifest.xml", "<m:encryption-data/>")], 0),
            FileKind::Odt,
            " passwordNeeded!",
        ),
        (old_office("WordDocument", &[0xEC, 0xA5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]), FileKind::Doc, ""),
        (old_office("WordDocument", &[0xEC, 0xA5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), FileKind::Doc, " passwordNeeded!"),
        (old_office("Workbook", &[9, 8, 2, 0, 0, 0, 0x2F, 0, 2, 0]), FileKind::Xls, " passwordNeeded!"),
        (old_office("Workbook", &[9, 8, 2, 0, 0, 0, 0x0A, 0, 0, 0]), FileKind::Xls, ""),
        (old_office("PowerPoint Document", &[]), FileKind::Ppt, ""),
        (old_office("EncryptedPackage", &[]), FileKind::Doc, " passwordNeeded!"),
        (old_office("VBA", &[]), FileKind::Unknown, ""),
    ];
    for (bytes, kind, findings) in cases {
        check(bytes, &format!("{} kindNotAccepted!{findings}", kind.media_type()));
    }
}

#[test]
fn a_zip_whose_directory_does_not_fit_its_entries_is_damaged() {
    let whole = zip(&[("a.txt", "a"), ("b.txt", "b")], 0);
    check(&whole, "application/zip kindNotAccepted!");
    check(&whole[..whole.len() - 30], "application/zip kindNotAccepted! truncated!");
    let mut moved = whole.clone();
    let second = moved.windows(4).rposition(|four| four == b"PK\x03\x04").unwrap();
    moved[second] = b'X';
    check(&moved, "application/zip kindNotAccepted! damaged!");
}

#[test]
fn a_pdf_says_what_it_is() {
    let facts = |bytes: &[u8]| documents::inspect(bytes, &most_papers(), "", "").pdf.unwrap();
    let plain = facts(&plain_pdf());
    assert_eq!((plain.version, plain.page_size, plain.pages_alike), ((1, 7), (595, 842), true));
    assert_eq!((plain.form, plain.signature, plain.protected), (PdfForm::None, PdfSignature::None, false));
    assert!(facts(&sample("owner-only-rc4.pdf")).protected);
    assert!(facts(&pdf_that("/OpenAction << /S /Launch >>", "")).launches);
    assert!(facts(&pdf_that("/OpenAction << /S /JavaScript /JS (a) >>", "")).scripts);
    assert_eq!(facts(&pdf_that("/AcroForm << /Fields [ << /FT /Tx >> ] >>", "")).form, PdfForm::Fields);
    assert_eq!(facts(&pdf_that("/AcroForm << /Fields [] >>", "")).form, PdfForm::None);
    assert_eq!(facts(&pdf_that("", "/Rotate 90")).page_size, (842, 595));
    let different = pdf(&[
        CATALOGUE,
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>",
        make::PAGE,
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] >>",
    ]);
    assert!(!facts(&different).pages_alike);
    check(&pdf_that("/AcroForm << /Fields [] /XFA (a) >>", ""), "application/pdf 1p xfaForm?");
    check(
        &pdf_that("/Names << /EmbeddedFiles << /Names [] >> /JavaScript << /Names [] >> >>", ""),
        "application/pdf 1p",
    );
}

#[test]
fn a_signature_covers_the_file_or_a_part_of_it() {
    let signed = signed_pdf();
    let signature = |bytes: &[u8]| documents::inspect(bytes, &most_papers(), "", "").pdf.unwrap().signature;
    check(&signed, "application/pdf 1p");
    assert_eq!(signature(&signed), PdfSignature::CoversFile);
    assert_eq!(signature(&join(&[&signed, b"\n"])), PdfSignature::CoversFile);
    let added = join(&[&signed, b"\n9 0 obj\n<< >>\nendobj\nstartxref\n0\n%%EOF\n"]);
    check(&added, "application/pdf 1p changedAfterSigning?");
    assert_eq!(signature(&added), PdfSignature::CoversPart);
    // A range that leaves out more than the signature's value covers nothing that can be relied on.
    let text = String::from_utf8_lossy(&signed).replace("[0 ", "[1 ");
    assert_eq!(signature(text.as_bytes()), PdfSignature::CoversPart);
}

#[test]
fn a_pdf_without_its_first_line_or_last_number_is_read_all_the_same() {
    let whole = String::from_utf8_lossy(&plain_pdf()).into_owned();
    check(whole.replacen("%PDF-1.7", "%", 1).as_bytes(), "application/pdf 1p");
    check(whole.replace("startxref", "startxrfe").as_bytes(), "application/pdf 1p");
}

#[test]
fn a_name_that_promises_another_kind_warns_and_the_content_counts() {
    check_as("don.jpg", "image/jpeg", &plain_pdf(), "application/pdf 1p nameMismatch?");
    check_as("don.JPG", "", &plain_pdf(), "application/pdf 1p nameMismatch?");
    check_as("don", "image/jpeg", &plain_pdf(), "application/pdf 1p nameMismatch?");
    check_as("don.PDF", "application/octet-stream", &plain_pdf(), "application/pdf 1p");
    check_as("IMG.jpg", "image/jpeg", &brands(&["heic"]), "image/heic kindNotAccepted! damaged! nameMismatch?");
    check_as("IMG_1.JPEG", "image/pjpeg", &sample("sequential-grey.jpg"), "image/jpeg 93x75");
    check_as("a.b.c", "foo/bar; charset=utf-8", &sample("sequential-grey.jpg"), "image/jpeg 93x75");
    check_as(
        "anh.jpg",
        "image/jpeg",
        b"<!doctype html><script>1</script>",
        "text/html kindNotAccepted! activeContent! nameMismatch?",
    );
}

#[test]
fn an_empty_file_is_empty_and_nothing_else() {
    check_as("rong.jpg", "image/jpeg", b"", "application/octet-stream empty!");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let cut_picture = cut(&sample("sequential-444.jpg"), 50);
    let requirement = Requirement { max_bytes: cut_picture.len() as u64 - 1, ..most_papers() };
    let report = documents::inspect(&cut_picture, &requirement, "a.jpg", "");
    assert_eq!(printed(&report), "image/jpeg tooLarge!");
    let by_size = documents::refuse_by_size(&cut_picture, report.bytes, &requirement, "a.jpg", "");
    assert_eq!(by_size, report);
    let exactly = Requirement { max_bytes: cut_picture.len() as u64, ..most_papers() };
    assert_eq!(printed(&documents::inspect(&cut_picture, &exactly, "a.jpg", "")), "image/jpeg 93x75 truncated!");
}

#[test]
fn a_paper_says_which_kinds_and_how_many_pixels_it_wants() {
    let check = |accepts: &[&str], min_short_side, bytes: &[u8], expected: &str| {
        let accepts = accepts.iter().map(ToString::to_string).collect();
        let requirement = Requirement { accepts, max_bytes: 1_000_000, min_short_side, paper: None };
        assert_eq!(printed(&documents::inspect(bytes, &requirement, "", "")), expected);
    };
    let picture = sample("sequential-420.jpg");
    let webp = &sample("lossy.webp");
    check(&[], 0, &picture, "image/jpeg 93x75");
    check(&[], 0, &plain_pdf(), "application/pdf 1p");
    check(&[], 0, webp, "image/webp 40x30 kindNotAccepted!");
    check(&["image/*"], 0, webp, "image/webp 40x30");
    check(&["image/*"], 0, &cut(webp, 5), "image/webp 40x30 truncated!");
    let heic = sample("plain.heic");
    check(&["image/heic"], 0, &heic, "image/heic 64x48");
    check(&["image/heic"], 0, &cut(&heic, 5), "image/heic 64x48 truncated!");
    check(&["image/*"], 0, &plain_pdf(), "application/pdf 1p kindNotAccepted!");
    check(&["application/pdf"], 0, &picture, "image/jpeg 93x75 kindNotAccepted!");
    check(&["image/jpg"], 75, &picture, "image/jpeg 93x75");
    check(&["IMAGE/JPEG"], 76, &picture, "image/jpeg 93x75 tooSmall!");
    // Lying on its side it is as small as before.
    check(&[], 76, &jpeg_with_segment(&picture, 0xE1, &exif(6, true)), "image/jpeg 75x93 tooSmall!");
    let docx = FileKind::Docx.media_type();
    let office = |flags| zip(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")], flags);
    check(&[docx], 0, &office(0), docx);
    check(&[docx], 0, &office(1), &format!("{docx} passwordNeeded!"));
    check(&[docx], 0, &cut(&office(0), 40), &format!("{docx} truncated!"));
    let macros = zip(&[("word/document.xml", "<x/>"), ("word/vbaProject.bin", "x")], 0);
    check(&[docx], 0, &macros, &format!("{docx} activeContent!"));
}

#[test]
fn the_report_of_a_file_is_the_same_every_time() {
    let bytes = join(&[&plain_pdf(), &zip(&[("a.txt", "a")], 0)]);
    let report = documents::inspect(&bytes, &most_papers(), "a.jpg", "image/png");
    assert_eq!(documents::inspect(&bytes, &most_papers(), "a.jpg", "image/png"), report);
    assert_eq!(printed(&report), "application/pdf 1p polyglot! nameMismatch?");
}
