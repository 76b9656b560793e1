//! Codes drawn on a picture, spoiled as a camera spoils them, are read as they were written or not at all.
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]

use contract::document::{Repair, Report, Requirement};
use documents::Decoded;
use documents::qr::{Luma, read, read_frame};
use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

/// What is on the card of 2021; nobody's.
const CARD: &str = "092000000001|360123456|NGUYỄN THỊ ÁNH TUYẾT|01021990|Nữ|123/45 Đường Nguyễn Văn Cừ, Phường An Khánh, \
                    Quận Ninh Kiều, Cần Thơ|03042021";

/// A grey picture.
#[derive(Clone)]
struct Picture {
    width: usize,
    height: usize,
    levels: Vec<u8>,
}

impl Picture {
    fn read(&self) -> Vec<String> {
        read(self.luma())
    }

    fn luma(&self) -> Luma<'_> {
        Luma::new(self.width as u32, self.height as u32, &self.levels).unwrap()
    }

    fn at(&self, x: f32, y: f32) -> u8 {
        let (x, y) = (x.floor(), y.floor());
        if x < 0.0 || y < 0.0 || x >= self.width as f32 || y >= self.height as f32 {
            return 200;
        }
        self.levels[y as usize * self.width + x as usize]
    }

    fn mapped(&self, change: impl Fn(usize, usize, u8) -> f32) -> Self {
        let level = |place: usize| change(place % self.width, place / self.width, self.levels[place]);
        let levels = (0..self.levels.len()).map(|place| level(place).clamp(0.0, 255.0) as u8).collect();
        Self { levels, ..*self }
    }

    /// Each pixel becomes the mean of a square around it.
    fn blurred(&self, radius: usize) -> Self {
        self.mapped(|x, y, _| {
            let (mut sum, mut count) = (0_u32, 0_u32);
            for row in y.saturating_sub(radius)..(y + radius + 1).min(self.height) {
                for column in x.saturating_sub(radius)..(x + radius + 1).min(self.width) {
                    sum += u32::from(self.levels[row * self.width + column]);
                    count += 1;
                }
            }
            sum as f32 / count as f32
        })
    }

    /// Turned about its middle, and seen from one side: the further down, the smaller.
    fn turned(&self, degrees: f32, tilt: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let middle = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        self.mapped(|x, y, _| {
            let (right, down) = (x as f32 - middle.0, y as f32 - middle.1);
            let nearness = 1.0 + tilt * down / middle.1;
            let (right, down) = (right * nearness, down * nearness);
            f32::from(self.at(middle.0 + cos * right + sin * down, middle.1 - sin * right + cos * down))
        })
    }

    fn noisy(&self, strength: f32) -> Self {
        self.mapped(|x, y, level| {
            let dice = (x as u32).wrapping_mul(73_856_093) ^ (y as u32).wrapping_mul(19_349_663);
            let dice = (dice.wrapping_mul(2_654_435_761) >> 16) as f32 / 65_536.0;
            f32::from(level) + (dice - 0.5) * 2.0 * strength
        })
    }

    /// A lamp on the left, a shadow on the right.
    fn unevenly_lit(&self) -> Self {
        self.mapped(|x, _, level| f32::from(level) * (1.0 - 0.7 * x as f32 / self.width as f32))
    }

    fn pale(&self) -> Self {
        self.mapped(|_, _, level| 150.0 + f32::from(level) * 0.12)
    }

    fn inverted(&self) -> Self {
        self.mapped(|_, _, level| 255.0 - f32::from(level))
    }

    fn beside(&self, other: &Self) -> Self {
        let (width, height) = (self.width + other.width, self.height.max(other.height));
        let mut levels = vec![255; width * height];
        for (part, left) in [(self, 0), (other, self.width)] {
            for y in 0..part.height {
                let row = &part.levels[y * part.width..(y + 1) * part.width];
                levels[y * width + left..][..part.width].copy_from_slice(row);
            }
        }
        Self { width, height, levels }
    }
}

/// The code of a text, `module` pixels to a module, in the middle of a page with room to turn.
fn code(text: &str, level: EcLevel, module: usize) -> Picture {
    drawn(&QrCode::with_error_correction_level(text, level).unwrap(), module)
}

/// The code of bytes, in the modes that take least room: two bytes that Shift JIS has are one character of kanji mode.
fn code_of_bytes(bytes: &[u8]) -> Picture {
    drawn(&QrCode::with_error_correction_level(bytes, EcLevel::M).unwrap(), 4)
}

/// The code of bytes in byte mode alone.
fn code_in_byte_mode(bytes: &[u8]) -> Picture {
    let mut bits = Bits::new(Version::Normal(8));
    bits.push_byte_data(bytes).unwrap();
    bits.push_terminator(EcLevel::M).unwrap();
    drawn(&QrCode::with_bits(bits, EcLevel::M).unwrap(), 4)
}

fn drawn(code: &QrCode, module: usize) -> Picture {
    let (across, colors) = (code.width(), code.to_colors());
    let quiet = 4 + across / 3;
    let side = (across + 2 * quiet) * module;
    let mut picture = Picture { width: side, height: side, levels: vec![255; side * side] };
    for y in 0..across * module {
        for x in 0..across * module {
            if colors[y / module * across + x / module] == Color::Dark {
                picture.levels[(y + quiet * module) * side + x + quiet * module] = 20;
            }
        }
    }
    picture
}

#[track_caller]
fn check(picture: &Picture, expected: &[&str]) {
    let mut texts = picture.read();
    texts.sort();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(texts, expected);
}

#[test]
fn texts_of_every_length_are_read_as_they_were_written() {
    for text in ["1", "092000000001", "MOT CUA 25", "https://motcua.example/bien-nhan#a1", "Đơn đề nghị", CARD] {
        for level in [EcLevel::L, EcLevel::M, EcLevel::H] {
            check(&code(text, level, 4), &[text]);
        }
    }
    for repeated in [10, 30, 60] {
        let text = "Cần Thơ ".repeat(repeated);
        check(&code(&text, EcLevel::L, 3), &[&text]);
    }
}

#[test]
fn texts_in_shift_jis_are_read_in_kanji_mode_and_in_byte_mode() {
    for (bytes, text) in [
        (&b"\x93\x5F\xE4\xAA"[..], "点茗"),
        (
            b"MECARD:N:\x8E\x52\x93\x63;SOUND:\xD4\xCF\xC0\xDE;TEL:0312345678;;",
            "MECARD:N:山田;SOUND:ﾔﾏﾀﾞ;TEL:0312345678;;",
        ),
        (b"\x83\x8F\x83\x93\x83\x5C\x81\x5B\x83\x58 http://example.jp/", "ワンソース http://example.jp/"),
        // One character alone, if its second byte is none of ASCII.
        (b"No. \x82\xA0", "No. あ"),
    ] {
        check(&code_of_bytes(bytes), &[text]);
        check(&code_in_byte_mode(bytes), &[text]);
    }
}

#[test]
fn bytes_that_may_be_one_text_or_another_are_none() {
    check(&code_in_byte_mode(b"Caf\xE9 M\xFCller, 5 \xB0C"), &["Café Müller, 5 °C"]);
    check(&code_in_byte_mode(b"Br\xFCcke \xC4\xD6"), &["Brücke ÄÖ"]);
    // Quotation marks as Microsoft writes them.
    for bytes in [&b"It\x92s"[..], b"\x93Hi\x94", b"a \x96 b"] {
        check(&code_in_byte_mode(bytes), &[]);
    }
    // Half-width katakana or accents or Chinese, and what Shift JIS does not have.
    for bytes in [&b"\xC3\xBD\xC4"[..], b"\xD6\xD0\xCE\xC4", b"\x87\x40\x8E\x52\x93\x63", b"\x8E\x52\x93"] {
        check(&code_in_byte_mode(bytes), &[]);
    }
}

#[test]
fn a_card_is_read_however_it_is_held() {
    let card = code(CARD, EcLevel::M, 4);
    for degrees in [0.0, 7.0, 45.0, 90.0, 133.0, 180.0, 250.0, 315.0] {
        check(&card.turned(degrees, 0.0), &[CARD]);
    }
    for tilt in [-0.15, 0.1, 0.2] {
        check(&card.turned(10.0, tilt), &[CARD]);
    }
}

#[test]
fn a_card_is_read_in_the_light_there_is() {
    let card = code(CARD, EcLevel::M, 5);
    check(&card.unevenly_lit(), &[CARD]);
    check(&card.pale(), &[CARD]);
    check(&card.noisy(60.0), &[CARD]);
    check(&card.blurred(2), &[CARD]);
    check(&card.blurred(1).noisy(25.0).unevenly_lit().turned(12.0, 0.1), &[CARD]);
    check(&card.inverted(), &[CARD]);
}

#[test]
fn all_codes_of_a_picture_are_read_also_white_on_black_beside_black_on_white() {
    let (one, two) = (code("một", EcLevel::M, 4), code("hai", EcLevel::Q, 5));
    check(&one.beside(&two), &["một", "hai"]);
    check(&one.beside(&two.inverted()), &["một", "hai"]);
    check(&one.beside(&one), &["một"]);
}

#[test]
fn what_is_no_code_has_no_text() {
    let blank = Picture { width: 300, height: 200, levels: vec![255; 60_000] };
    check(&blank, &[]);
    check(&blank.noisy(200.0), &[]);
    check(&code(CARD, EcLevel::M, 4).blurred(9), &[]);
    // A thumb over a corner.
    let card = code(CARD, EcLevel::M, 4);
    check(&card.mapped(|x, y, level| if x + y < card.width * 2 / 3 { 120.0 } else { f32::from(level) }), &[]);
}

#[test]
fn a_frame_of_a_camera_is_read_too() {
    let frame = code(CARD, EcLevel::M, 4).noisy(20.0).turned(5.0, 0.05);
    assert_eq!(read_frame(frame.luma()), [CARD]);
    assert_eq!(read_frame(Luma::new(4, 4, &[0; 16]).unwrap()), Vec::<String>::new());
}

#[test]
fn a_small_code_in_a_large_picture_is_read_from_all_its_pixels() {
    // What is judged of a picture of twelve megapixels is its half, in which this code has a pixel and a half to a module.
    let table = Picture { width: 3_600, height: 3_000, levels: vec![170; 3_600 * 3_000] };
    let picture = code(CARD, EcLevel::M, 3).turned(7.0, 0.03).blurred(1).noisy(12.0).beside(&table);
    let (width, height) = (picture.width as u32, picture.height as u32);
    let rgba = picture.levels.iter().flat_map(|level| [*level, *level, *level, 255]).collect();
    let decoded = Decoded { width, height, rgba, full_size: (width, height) };
    let whole = Repair { most_pixels: width * height, ..Repair::default() };
    // Of a kind that is not decoded here: the pixels count.
    let (jpeg, _) = documents::repair(b"RIFF\0\0\0\0WEBPVP8 ", &whole, Some(&decoded)).unwrap();
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header().unwrap().write_image_data(&picture.levels).unwrap();
    let requirement = Requirement { accepts: Vec::new(), max_bytes: u64::MAX, min_short_side: 0, paper: None };
    for bytes in [jpeg, png] {
        let report = documents::inspect(&bytes, &requirement, "", "");
        assert_eq!(report.qr, [CARD], "{:?}", report.kind);
    }
}

#[test]
fn what_is_told_before_codes_are_looked_for_is_the_report_without_them() {
    let picture = code(CARD, EcLevel::M, 4).turned(5.0, 0.02);
    let rgba = picture.levels.iter().flat_map(|level| [*level, *level, *level, 255]).collect();
    let full_size = (picture.width as u32, picture.height as u32);
    let decoded = Decoded { width: full_size.0, height: full_size.1, rgba, full_size };
    let (jpeg, _) = documents::repair(b"RIFF\0\0\0\0WEBPVP8 ", &Repair::default(), Some(&decoded)).unwrap();
    for min_short_side in [0, 9_999] {
        let requirement = Requirement { accepts: Vec::new(), max_bytes: u64::MAX, min_short_side, paper: None };
        let mut told = Vec::new();
        let report = documents::inspect_with(&jpeg, &requirement, "", "", None, &mut |seen| told.push(seen));
        assert_eq!(report.qr, [CARD]);
        assert_eq!(told, [Report { qr: Vec::new(), ..report }]);
    }
    let requirement = Requirement { accepts: Vec::new(), max_bytes: u64::MAX, min_short_side: 0, paper: None };
    for nothing_to_see in [&b"%PDF-1.7"[..], jpeg.split_at(jpeg.len() / 2).0] {
        let _ = documents::inspect_with(nothing_to_see, &requirement, "", "", None, &mut |seen| panic!("{seen:?}"));
    }
}

#[test]
fn a_picture_is_as_large_as_it_says() {
    assert!(Luma::new(0, 0, &[]).is_none());
    assert!(Luma::new(2, 2, &[0; 3]).is_none());
    assert!(Luma::new(1, 12_001, &[0; 12_001]).is_none());
    assert!(Luma::new(2, 2, &[0; 4]).is_some());
}
