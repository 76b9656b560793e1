//! Identity numbers, telephones, tax codes and card codes as people write them.

use vietnam::card_qr::{CardQr, CardQrError, CardSide};
use vietnam::citizen_id::{CitizenId, CitizenIdError, CitizenIdWarning, Sex};
use vietnam::date::DateOrYear;
use vietnam::phone::{Phone, PhoneError, PhoneKind};
use vietnam::tax_code::{TaxCode, TaxCodeError, TaxCodeKind};

#[track_caller]
fn check_id(text: &str, expected: Result<&str, CitizenIdError>) {
    assert_eq!(CitizenId::parse(text).map(|id| id.to_string()), expected.map(str::to_owned), "{text:?}");
}

#[test]
fn an_identity_number_has_twelve_digits() {
    check_id("087084000999", Ok("087084000999"));
    check_id(" 087 084 000 999 ", Ok("087084000999"));
    check_id("087.084.000.999", Ok("087084000999"));
    check_id("087\u{a0}084-000-999", Ok("087084000999"));
    check_id("", Err(CitizenIdError::Empty));
    check_id("   ", Err(CitizenIdError::Empty));
    check_id("361234567", Err(CitizenIdError::OldNineDigits));
    check_id("08708400099", Err(CitizenIdError::Length(11)));
    check_id("0870840009991", Err(CitizenIdError::Length(13)));
    check_id("08708400099O", Err(CitizenIdError::NotADigit('O')));
    check_id("٠٨٧٠٨٤٠٠٠٩٩٩", Err(CitizenIdError::NotADigit('٠')));
}

#[test]
fn the_number_states_province_century_sex_and_year() {
    let cases = [
        ("087084000999", 87, true, Sex::Male, 1984),
        ("092185000001", 92, true, Sex::Female, 1985),
        ("001200000001", 1, true, Sex::Male, 2000),
        ("094307000001", 94, true, Sex::Female, 2007),
        ("096999000001", 96, true, Sex::Female, 2399),
        ("000199000001", 0, false, Sex::Female, 1999),
        ("097199000001", 97, false, Sex::Female, 1999),
        ("840285000001", 840, false, Sex::Male, 2085),
    ];
    for (text, prefix, known, sex, year) in cases {
        let id = CitizenId::parse(text).expect(text);
        assert_eq!(
            (id.province_prefix(), id.known_prefix(), id.sex(), id.birth_year()),
            (prefix, known, sex, year),
            "{text}"
        );
    }
}

#[test]
fn exactly_the_63_published_prefixes_are_known() {
    let known = (0..1000)
        .filter(|prefix| CitizenId::parse(&format!("{prefix:03}200000001")).is_ok_and(|id| id.known_prefix()))
        .count();
    assert_eq!(known, 63);
}

#[test]
fn what_does_not_fit_is_a_warning_and_never_blocks() {
    let id = CitizenId::parse("087084000999").expect("a number");
    let born = |text| DateOrYear::parse(text).ok();
    assert_eq!(id.warnings(Some(Sex::Male), born("02/09/1984")), []);
    assert_eq!(id.warnings(None, None), []);
    assert_eq!(id.warnings(None, born("1984")), []);
    assert_eq!(
        id.warnings(Some(Sex::Female), born("1985")),
        [
            CitizenIdWarning::SexDiffers { number: Sex::Male, written: Sex::Female },
            CitizenIdWarning::BirthYearDiffers { number: 1984, written: 1985 },
        ]
    );
    let abroad = CitizenId::parse("170284000999").expect("a number");
    assert_eq!(abroad.warnings(None, None), [CitizenIdWarning::UnknownPrefix(170)]);
}

#[test]
fn a_number_is_masked_on_screen_and_in_logs() {
    let id = CitizenId::parse("087084000999").expect("a number");
    assert_eq!(id.masked(), "087••••••999");
    assert_eq!(format!("{id:?}"), "087••••••999");
    assert_eq!(id.last_four(), "0999");
    assert_eq!(serde_json::to_string(&id).expect("a string"), "\"087084000999\"");
    assert!(serde_json::from_str::<CitizenId>("\"0870\"").is_err());
}

#[track_caller]
fn check_phone(text: &str, expected: Result<(&str, &str), PhoneError>) {
    let read = Phone::parse(text).map(|phone| (phone.stored(), phone.shown()));
    assert_eq!(read, expected.map(|(stored, shown)| (stored.to_owned(), shown.to_owned())), "{text:?}");
}

#[test]
fn telephones_are_read_as_people_write_them() {
    let mobile = Ok(("+84912345678", "0912 345 678"));
    for text in [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "+84912345678",
        "+84 912 345 678",
        "84912345678",
        "+84 (0) 912 345 678",
        "0084912345678",
        " 0912 345 678 ",
    ] {
        check_phone(text, mobile);
    }
    check_phone("0292 3 821 234", Ok(("+842923821234", "0292 382 1234")));
    check_phone("(0292) 3821234", Ok(("+842923821234", "0292 382 1234")));
    check_phone("(024) 3825 1234", Ok(("+842438251234", "024 3825 1234")));
    check_phone("0841234567", Ok(("+84841234567", "0841 234 567")));
}

#[test]
fn what_is_no_number_says_why() {
    check_phone("", Err(PhoneError::Empty));
    check_phone("abc", Err(PhoneError::NotADigit('a')));
    check_phone("+1 202 555 0100", Err(PhoneError::Foreign));
    check_phone("00 1 202 555 0100", Err(PhoneError::Foreign));
    check_phone("912345678", Err(PhoneError::LeadingZero));
    check_phone("01234567890", Err(PhoneError::OldMobile));
    check_phone("091234567", Err(PhoneError::Length(9)));
    check_phone("09123456789", Err(PhoneError::Length(11)));
    check_phone("0612345678", Err(PhoneError::UnknownPrefix));
    check_phone("0", Err(PhoneError::Length(1)));
}

#[test]
fn every_published_mobile_prefix_is_accepted() {
    for prefix in
        "032 033 034 035 036 037 038 039 086 096 097 098 081 082 083 084 085 088 091 094 070 076 077 078 079 089 \
                   090 093 052 056 058 092 059 099 055 087"
            .split(' ')
    {
        let phone = Phone::parse(&format!("{prefix}1234567")).expect(prefix);
        assert_eq!(phone.kind(), PhoneKind::Mobile, "{prefix}");
    }
}

#[track_caller]
fn check_tax_code(text: &str, expected: Result<(&str, TaxCodeKind), TaxCodeError>) {
    let read = TaxCode::parse(text).map(|code| (code.to_string(), code.kind()));
    assert_eq!(read, expected.map(|(text, kind)| (text.to_owned(), kind)), "{text:?}");
}

#[test]
fn a_tax_code_carries_its_check() {
    check_tax_code("0100233488", Ok(("0100233488", TaxCodeKind::Whole)));
    check_tax_code("0314409058-002", Ok(("0314409058-002", TaxCodeKind::Branch)));
    check_tax_code("0314409058 002", Ok(("0314409058-002", TaxCodeKind::Branch)));
    check_tax_code("087084000999", Ok(("087084000999", TaxCodeKind::Personal)));
    check_tax_code("0100233480", Err(TaxCodeError::CheckDigit));
    check_tax_code("0314409058-000", Err(TaxCodeError::Branch));
    check_tax_code("010023348", Err(TaxCodeError::Length(9)));
    check_tax_code("", Err(TaxCodeError::Empty));
    check_tax_code("01002334a8", Err(TaxCodeError::NotADigit('a')));
}

#[test]
fn one_wrong_digit_is_always_noticed() {
    let good = "0100233488";
    for at in 0..10 {
        for digit in '0'..='9' {
            let mut wrong: Vec<char> = good.chars().collect();
            if wrong[at] != digit {
                wrong[at] = digit;
                let wrong: String = wrong.into_iter().collect();
                assert_eq!(TaxCode::parse(&wrong), Err(TaxCodeError::CheckDigit), "{wrong}");
            }
        }
    }
}

#[test]
fn the_code_of_a_card_fills_a_form() {
    let card = CardQr::parse(
        "092185000001|361234567|Thạch Thị Sa Rây|05011985|Nữ|Ấp Đại Ân, Long Phú, Long Phú, Sóc Trăng|10052021",
    )
    .expect("a card");
    assert_eq!(card.id.to_string(), "092185000001");
    assert_eq!(card.former_id.as_deref(), Some("361234567"));
    assert_eq!(card.name.as_str(), "Thạch Thị Sa Rây");
    assert_eq!(card.born.to_string(), "05/01/1985");
    assert_eq!(card.sex, Some(Sex::Female));
    assert_eq!(card.address, "Ấp Đại Ân, Long Phú, Long Phú, Sóc Trăng");
    assert_eq!(card.issued.map(|date| date.to_string()).as_deref(), Some("10/05/2021"));
}

#[test]
fn a_card_may_lack_the_old_number_have_a_year_only_and_more_fields() {
    let card = CardQr::parse("092052000001||Danh Út|00001952|Nam|Cần Thơ|01072024||Danh A|Thị B|").expect("a card");
    assert_eq!(card.former_id, None);
    assert_eq!(card.born.to_string(), "1952");
    assert!(CardQr::parse("092052000001||Danh Út|1952|Nam|Cần Thơ").is_ok());
}

#[test]
fn the_day_of_issue_tells_the_side_of_the_code_and_how_long_the_card_is_good() {
    #[track_caller]
    fn check(born: &str, issued: &str, side: Option<CardSide>, good_until: Option<&str>) {
        let text = ["092052000001||Danh Út|", born, "|Nam|Cần Thơ|", issued].concat();
        let card = CardQr::parse(&text).expect("a card");
        assert_eq!(card.code_side(), side, "{text}");
        assert_eq!(card.good_until().map(vietnam::date::Date::iso).as_deref(), good_until, "{text}");
    }
    check("15031990", "30062024", Some(CardSide::Front), Some("2030-03-15"));
    check("15031990", "01072024", Some(CardSide::Back), Some("2030-03-15"));
    // In the two years before a birthday that counts it is good until the next one.
    check("15031990", "14032013", Some(CardSide::Front), Some("2015-03-15"));
    check("15031990", "15032013", Some(CardSide::Front), Some("2030-03-15"));
    check("15032012", "02072024", Some(CardSide::Back), Some("2037-03-15"));
    check("15031965", "15032023", Some(CardSide::Front), None);
    check("29022000", "01032022", Some(CardSide::Front), Some("2025-03-01"));
    check("1952", "01072024", Some(CardSide::Back), None);
    check("15031990", "", None, None);
}

#[test]
fn another_code_is_refused() {
    let errors = [
        ("https://example.vn/a?b=c", CardQrError::Fields(1)),
        ("DN4921234567|48c3b2|01/01/1990|1|4e|92-001|01/01/2025|-|31/12/2025|x|y|z", CardQrError::Fields(12)),
        ("12345|1|A|01011990|Nam|x|y", CardQrError::Id),
        ("092185000001||123|01011990|Nam|x|y", CardQrError::Name),
        ("092185000001||Lê A|31021990|Nam|x|y", CardQrError::Born),
    ];
    for (text, error) in errors {
        assert_eq!(CardQr::parse(text), Err(error), "{text}");
    }
}
