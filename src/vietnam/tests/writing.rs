//! Names, money, dates, codes and letters as they are written in Vietnam.

use vietnam::date::{Date, DateError, DateOrYear, Weekday, WorkingCalendar};
use vietnam::dossier_code::{DossierCode, DossierCodeError};
use vietnam::fold::{fold, marks, telex_leftover, vni_leftover, words};
use vietnam::money::{dong, grouped, parse_dong};
use vietnam::name::{FullName, FullNameError};
use vietnam::nfc::compose;
use vietnam::procedure_code::{ProcedureCode, ProcedureCodeError, ProcedureCodeKind};

#[test]
fn a_name_may_be_of_any_people_and_length() {
    for name in [
        "Nguyễn Văn A",
        "Sơn",
        "Y",
        "Kim Thị Ngọc Bích Hồng Sương Mai Trâm",
        "H'Hen Niê",
        "Thạch Sô Phi",
        "O’Connor-Smith Jr.",
        "ថាច់ សុភី",
        "Đàng Năng Thọ ꨌꩌ",
        "Müller José Łukasz",
        "山田 太郎",
        "محمد علي",
    ] {
        assert_eq!(FullName::parse(name).map(|name| name.to_string()), Ok(name.to_owned()));
    }
}

#[test]
fn a_name_is_tidied_but_its_letters_are_kept() {
    let read = |text: &str| FullName::parse(text).map(|name| name.to_string());
    assert_eq!(read("  trần   THỊ\tbé  ").as_deref(), Ok("trần THỊ bé"));
    assert_eq!(read("Nguye\u{302}\u{303}n Va\u{306}n Ho\u{300}a").as_deref(), Ok("Nguyễn Văn Hòa"));
    assert_eq!(FullName::parse("Nguyễn Thị Hoà").map(|name| name.given().to_owned()).as_deref(), Ok("Hoà"));
    let (card, form) = (FullName::parse("NGUYỄN THỊ HÒA"), FullName::parse("Nguyễn Thị Hoà"));
    assert!(matches!((card, form), (Ok(card), Ok(form)) if card.same_letters(&form)));
}

#[test]
fn what_is_no_name_says_why() {
    let cases = [
        ("", FullNameError::Empty),
        (" . - ' ", FullNameError::Empty),
        ("Nguyễn Văn 2", FullNameError::Digit('2')),
        ("Lê @ Minh", FullNameError::Symbol('@')),
        ("a<script>", FullNameError::Symbol('<')),
        ("Lê 😀", FullNameError::Symbol('😀')),
    ];
    for (text, error) in cases {
        assert_eq!(FullName::parse(text), Err(error), "{text:?}");
    }
    assert_eq!(FullName::parse(&"a".repeat(201)), Err(FullNameError::TooLong(201)));
}

#[test]
fn money_is_grouped_by_dots() {
    for (amount, text) in [
        (0, "0 đồng"),
        (999, "999 đồng"),
        (8_000, "8.000 đồng"),
        (20_000, "20.000 đồng"),
        (1_234_567, "1.234.567 đồng"),
        (u64::MAX, "18.446.744.073.709.551.615 đồng"),
    ] {
        assert_eq!(dong(amount), text);
        assert_eq!(parse_dong(text), Some(amount));
        assert_eq!(parse_dong(&grouped(amount)), Some(amount));
    }
    assert_eq!(parse_dong("20 000 đ"), Some(20_000));
    assert_eq!(parse_dong("20000 VND"), Some(20_000));
    for text in ["", "đồng", "-5", "1,5", "mười nghìn", "99999999999999999999"] {
        assert_eq!(parse_dong(text), None, "{text:?}");
    }
}

#[track_caller]
fn check_date(text: &str, expected: Result<&str, DateError>) {
    assert_eq!(Date::parse(text).map(Date::iso), expected.map(str::to_owned), "{text:?}");
}

#[test]
fn dates_are_read_day_first() {
    for text in [
        "01/07/2025",
        "1/7/2025",
        "1.7.2025",
        "01-07-2025",
        "1 / 7 / 2025",
        "01072025",
        "2025-07-01",
        "ngày 1 tháng 7 năm 2025",
        "1 tháng 7, 2025",
    ] {
        check_date(text, Ok("2025-07-01"));
    }
    check_date("29/02/2024", Ok("2024-02-29"));
    check_date("29/02/2000", Ok("2000-02-29"));
    check_date("29/02/2023", Err(DateError::Day(29)));
    check_date("29/02/1900", Err(DateError::Day(29)));
    check_date("31/04/2025", Err(DateError::Day(31)));
    check_date("00/04/2025", Err(DateError::Day(0)));
    check_date("07/25/2025", Err(DateError::Swapped));
    check_date("25/13/2025", Err(DateError::Month(13)));
    check_date("1/7/85", Err(DateError::ShortYear));
    check_date("1/7/0000", Err(DateError::Form));
    check_date("1/7", Err(DateError::Form));
    check_date("1/7/2025 8:00", Err(DateError::Form));
    check_date("hôm nay", Err(DateError::Form));
    check_date("", Err(DateError::Empty));
}

#[test]
fn a_year_of_two_digits_is_the_latest_past_one() {
    let today = Date::parse("22/11/2026").expect("a date");
    let read = |text| Date::parse_past(text, today).map(|date| date.to_string());
    assert_eq!(read("1/7/85").as_deref(), Ok("01/07/1985"));
    assert_eq!(read("1/7/25").as_deref(), Ok("01/07/2025"));
    assert_eq!(read("22/11/26").as_deref(), Ok("22/11/2026"));
    assert_eq!(read("23/11/26").as_deref(), Ok("23/11/1926"));
    assert_eq!(read("1/7/1985").as_deref(), Ok("01/07/1985"));
    assert_eq!(read("31/2/85"), Err(DateError::Day(31)));
}

#[test]
fn a_birth_may_be_a_year_alone() {
    let read = |text| DateOrYear::parse(text).map(|born| born.to_string());
    assert_eq!(read("1952").as_deref(), Ok("1952"));
    assert_eq!(read("năm 1952").as_deref(), Ok("1952"));
    assert_eq!(read("2/9/1952").as_deref(), Ok("02/09/1952"));
    assert_eq!(read("0000"), Err(DateError::Form));
    assert_eq!(read("195"), Err(DateError::Form));
    assert_eq!(read("x1952"), Err(DateError::Form));
}

#[test]
fn ages_differences_and_weekdays_follow_the_calendar() {
    let date = |text| Date::parse(text).expect(text);
    assert_eq!(date("01/07/2025").weekday(), Weekday::Tuesday);
    assert_eq!(date("22/11/2026").weekday(), Weekday::Sunday);
    assert_eq!(date("01/01/1970").weekday(), Weekday::Thursday);
    assert_eq!(date("30/04/1975").weekday(), Weekday::Wednesday);
    assert_eq!(date("01/01/2025").days_until(date("01/01/2026")), 365);
    assert_eq!(date("01/03/2024").days_until(date("28/02/2024")), -2);
    assert_eq!(date("29/02/2004").age_on(date("28/02/2022")), 17);
    assert_eq!(date("29/02/2004").age_on(date("01/03/2022")), 18);
    assert_eq!(date("05/05/2030").age_on(date("01/01/2026")), 0);
    assert_eq!(date("31/12/2025").plus_days(1), Some(date("01/01/2026")));
    assert_eq!(date("31/12/9999").plus_days(1), None);
    assert_eq!(date("01/01/0001").plus_days(-1), None);
    assert_eq!(date("01/01/2025").plus_days(i32::MAX), None);
}

#[test]
fn working_days_skip_weekends_and_holidays_and_keep_make_up_days() {
    let date = |text| Date::parse(text).expect(text);
    let plain = WorkingCalendar::default();
    // Friday 20 November 2026.
    assert_eq!(date("20/11/2026").plus_working_days(0, &plain), Some(date("20/11/2026")));
    assert_eq!(date("20/11/2026").plus_working_days(1, &plain), Some(date("23/11/2026")));
    assert_eq!(date("20/11/2026").plus_working_days(5, &plain), Some(date("27/11/2026")));
    assert_eq!(date("21/11/2026").plus_working_days(1, &plain), Some(date("23/11/2026")));
    let calendar = WorkingCalendar {
        holidays: vec![date("23/11/2026"), date("24/11/2026")],
        make_up_days: vec![date("28/11/2026")],
    };
    assert_eq!(date("20/11/2026").plus_working_days(1, &calendar), Some(date("25/11/2026")));
    assert_eq!(date("20/11/2026").plus_working_days(4, &calendar), Some(date("28/11/2026")));
    assert_eq!(date("30/12/9999").plus_working_days(9, &plain), None);
}

#[track_caller]
fn check_dossier_code(text: &str, expected: Result<&str, DossierCodeError>) {
    assert_eq!(DossierCode::parse(text).map(|code| code.to_string()), expected.map(str::to_owned), "{text:?}");
}

#[test]
fn a_dossier_code_is_read_from_paper() {
    check_dossier_code("H13.14-250714-0001", Ok("H13.14-250714-0001"));
    check_dossier_code(" h13.14-250714-0001 ", Ok("H13.14-250714-0001"));
    check_dossier_code("H13.14–250714—0001", Ok("H13.14-250714-0001"));
    check_dossier_code("H13 14 250714 0001", Ok("H13.14-250714-0001"));
    check_dossier_code("H1314-250714-0001", Ok("H13.14-250714-0001"));
    check_dossier_code("HI3.14-25O714-OOO1", Ok("H13.14-250714-0001"));
    check_dossier_code("H13-250714-0001", Ok("H13-250714-0001"));
    check_dossier_code("H13.14.25.001-250714-0001", Ok("H13.14.25.001-250714-0001"));
    check_dossier_code("G09.20-20260609-0092637", Ok("G09.20-20260609-0092637"));
    check_dossier_code("000.00.05.H13-250714-0001", Ok("000.00.05.H13-250714-0001"));
    check_dossier_code("0000005H13-250714-0001", Ok("000.00.05.H13-250714-0001"));
    let code = DossierCode::parse("G09.20-20260609-0092637").expect("a code");
    assert_eq!(code.received().to_string(), "09/06/2026");
    assert_eq!(code.key(), "G0920202606090092637");
}

#[test]
fn what_is_no_dossier_code_says_why() {
    check_dossier_code("", Err(DossierCodeError::Empty));
    check_dossier_code("---", Err(DossierCodeError::Empty));
    check_dossier_code("0001", Err(DossierCodeError::Parts));
    check_dossier_code("250714-0001", Err(DossierCodeError::Parts));
    check_dossier_code("13.14-250714-0001", Err(DossierCodeError::Unit));
    check_dossier_code("H1-250714-0001", Err(DossierCodeError::Unit));
    check_dossier_code("H13.1.2.3.4-250714-0001", Err(DossierCodeError::Unit));
    check_dossier_code("HH13-250714-0001", Err(DossierCodeError::Unit));
    check_dossier_code("H13.14-251314-0001", Err(DossierCodeError::Day));
    check_dossier_code("H13.14-25071-0001", Err(DossierCodeError::Day));
    check_dossier_code("H13.14-250714-001", Err(DossierCodeError::Serial));
    check_dossier_code("H13.14-250714-ABCD", Err(DossierCodeError::Serial));
}

#[test]
fn a_procedure_code_loses_its_suffix() {
    let read = |text| ProcedureCode::parse(text).map(|code| (code.as_str().to_owned(), code.kind()));
    let birth = Ok(("1.001193".to_owned(), ProcedureCodeKind::Public));
    for text in ["1.001193", "1.001193.000.00.00.H56", "1.001193.H19", " 1.001193 ", "1001193", "1 001193", "1,001193"]
    {
        assert_eq!(read(text), birth, "{text}");
    }
    assert_eq!(read("5.000123"), Ok(("5.000123".to_owned(), ProcedureCodeKind::Internal)));
    assert_eq!(read("6.000123"), Ok(("6.000123".to_owned(), ProcedureCodeKind::Internal)));
    assert_eq!(read(""), Err(ProcedureCodeError::Empty));
    for text in ["1.00119", "1.0011933", "khai sinh", "a.001193", "1.001193.đất", "..", "1"] {
        assert_eq!(read(text), Err(ProcedureCodeError::Form), "{text}");
    }
}

#[test]
fn folding_forgets_marks_capitals_and_tone_placement() {
    for (text, folded) in [
        ("Giấy khai sinh", "giay khai sinh"),
        ("ĐẤT ĐAI – Môi trường", "dat dai moi truong"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("Thuỷ", "thuy"),
        ("Thủy", "thuy"),
        ("  quyền/sử dụng,đất ", "quyen su dung dat"),
        ("giâ\u{301}y", "giay"),
        ("gia\u{302}\u{301}y", "giay"),
        ("u\u{31b}\u{323}", "u"),
        ("Ðất", "dat"),
        ("Łódź Ñandú", "lodz nandu"),
        ("", ""),
        ("…!?", ""),
        ("ថាច់ A", "ថាច់ a"),
        ("CT01 (2025)", "ct01 2025"),
    ] {
        assert_eq!(fold(text), folded, "{text:?}");
    }
}

#[test]
fn every_vietnamese_letter_folds_alike_composed_and_decomposed() {
    let letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";
    for letter in letters.chars().chain(letters.to_uppercase().chars()) {
        let folded = fold(&letter.to_string());
        assert_eq!(folded.len(), 1, "{letter}");
        assert!(folded.bytes().all(|byte| b"aeiouyd".contains(&byte)), "{letter}");
    }
    // Each base with each shape and tone, in both orders of marks, composes to one letter that folds to the base.
    let shapes =
        [('a', "\u{302}"), ('a', "\u{306}"), ('e', "\u{302}"), ('o', "\u{302}"), ('o', "\u{31b}"), ('u', "\u{31b}")];
    for (base, shape) in shapes {
        for tone in ["\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"] {
            let (first, second) = (format!("{base}{shape}{tone}"), format!("{base}{tone}{shape}"));
            assert_eq!(compose(&first).chars().count(), 1, "{first}");
            assert_eq!(compose(&first), compose(&second));
            assert_eq!(compose(&first.to_uppercase()), compose(&first).to_uppercase());
            assert_eq!(fold(&first), base.to_string());
            assert_eq!(fold(&compose(&first)), base.to_string());
        }
    }
    assert_eq!(compose("Tiê\u{301}ng Viê\u{323}t"), "Tiếng Việt");
    assert_eq!(compose("x\u{301}"), "x\u{301}");
}

#[test]
fn words_know_their_place_in_the_text() {
    let text = "Đăng ký lại (khai tử)";
    let found: Vec<(&str, String)> =
        words(text).into_iter().map(|word| (&text[word.start..word.end], word.folded)).collect();
    let expected = [("Đăng", "dang"), ("ký", "ky"), ("lại", "lai"), ("khai", "khai"), ("tử", "tu")];
    assert_eq!(found, expected.map(|(written, folded)| (written, folded.to_owned())));
}

#[test]
fn telex_keys_left_in_a_word_are_undone() {
    for (typed, meant) in [
        ("giaays khai sinh", "giay khai sinh"),
        ("giayas khai sinh", "giay khai sinh"),
        ("giaasy", "giay"),
        ("ddaats ddai", "dat dai"),
        ("datd dai", "dat dai"),
        ("hooj khaaur", "ho khau"),
        ("keets hoon", "ket hon"),
        ("keest honoo", "ket hon"),
        ("dduwowngf", "duong"),
        ("duongwf", "duong"),
        ("nhwngx", "nhung"),
        ("xacs nhaanj tinhf trangj hoon nhaan", "xac nhan tinh trang hon nhan"),
        ("chuwngs thuwcj", "chung thuc"),
        ("quyeenf suwr dungj", "quyen su dung"),
        ("ddawng kys", "dang ky"),
    ] {
        assert_eq!(telex_leftover(typed).as_deref(), Some(meant), "{typed}");
    }
    for typed in ["giay khai sinh", "dat dai", "sinh", "so do", "xa", "1.001193", "", "ct01"] {
        assert_eq!(telex_leftover(typed), None, "{typed}");
    }
}

#[test]
fn vni_digits_left_in_a_word_are_undone() {
    for (typed, meant) in [
        ("giay61 khai sinh", "giay khai sinh"),
        ("d9a6t1 d9ai", "dat dai"),
        ("ho65 kha63u", "ho khau"),
        ("nu7o7c1", "nuoc"),
    ] {
        assert_eq!(vni_leftover(typed).as_deref(), Some(meant), "{typed}");
    }
    for typed in ["giay khai sinh", "2025", "1 001193", "h56", ""] {
        assert_eq!(vni_leftover(typed), None, "{typed}");
    }
}

#[test]
fn marks_tell_words_of_the_same_letters_apart() {
    for (one, other) in [
        ("hoà", "hòa"),
        ("THUỶ", "thủy"),
        ("giấy", "gia\u{302}\u{301}y"),
        ("giấy", "giâ\u{301}y"),
        ("Đất", "đất"),
        ("quyền", "quyê\u{300}n"),
    ] {
        assert_eq!(marks(one), marks(other), "{one} {other}");
        assert_ne!(marks(one), 0);
    }
    let same_letters = ["tu", "tú", "tù", "tủ", "tũ", "tụ", "tư", "tứ", "từ", "tử", "tữ", "tự"];
    for one in same_letters {
        for other in same_letters {
            assert_eq!(marks(one) == marks(other), one == other, "{one} {other}");
        }
    }
    assert_ne!(marks("thuê"), marks("thuế"));
    assert_ne!(marks("doi"), marks("đoi"));
    assert_eq!(marks("sinh"), 0);
}
