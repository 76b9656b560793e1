//! What holds for every text: parsing never panics, and what was printed parses to the same.

use proptest::prelude::*;

use vietnam::card_qr::{CardQr, CardQrError};
use vietnam::citizen_id::CitizenId;
use vietnam::date::{Date, DateOrYear, WorkingCalendar};
use vietnam::dossier_code::DossierCode;
use vietnam::fold::{fold, for_each_word, marks, telex_leftover, vni_leftover};
use vietnam::household::{HouseholdBook, HouseholdBusiness};
use vietnam::insurance::{HealthInsurance, SocialInsurance};
use vietnam::keyboard::{offer_name, offer_place};
use vietnam::land::LandNumber;
use vietnam::money::{Amount, dong, parse_dong};
use vietnam::name::FullName;
use vietnam::nfc::compose;
use vietnam::old_id::OldId;
use vietnam::passport::Passport;
use vietnam::phone::Phone;
use vietnam::procedure_code::ProcedureCode;
use vietnam::tax_code::TaxCode;

/// Texts near what people type, with the odd stranger.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9 ./|+-]{0,40}",
        "[A-Za-z0-9 .\\-|,]{0,40}",
        "[a-zàáảãạăằđêơưỹ\u{300}\u{301}\u{302}\u{323}\u{31b} ]{0,40}",
    ]
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in text()) {
        let _ = (CitizenId::parse(&text), Phone::parse(&text), TaxCode::parse(&text), FullName::parse(&text));
        let _ = (Date::parse(&text), DateOrYear::parse(&text), CardQr::parse(&text), parse_dong(&text));
        let _ = (DossierCode::parse(&text), ProcedureCode::parse(&text), telex_leftover(&text), vni_leftover(&text));
        let _ = (compose(&text), marks(&text), OldId::parse(&text), Passport::parse(&text), LandNumber::parse(&text));
        let _ = (SocialInsurance::parse(&text), HealthInsurance::parse(&text), Amount::parse(&text));
        let _ = (HouseholdBusiness::parse(&text), HouseholdBook::parse(&text), offer_name(&text), offer_place(&text));
        let _ = FullName::parse(&text).map(|name| name.title_case());
    }

    #[test]
    fn what_was_stored_or_shown_reads_back(text in text()) {
        if let Ok(number) = LandNumber::parse(&text) {
            prop_assert_eq!(LandNumber::parse(&number.stored()), Ok(number));
        }
        if let Ok(number) = HealthInsurance::parse(&text) {
            prop_assert_eq!(HealthInsurance::parse(&number.shown()), Ok(number));
        }
        if let Ok(number) = HouseholdBusiness::parse(&text) {
            prop_assert_eq!(HouseholdBusiness::parse(&number.stored()), Ok(number));
        }
        if let Ok(amount) = Amount::parse(&text) {
            prop_assert_eq!(Amount::parse(&amount.shown()), Ok(amount));
        }
        if let Ok(name) = FullName::parse(&text) && let Some(titled) = name.title_case() {
            prop_assert_eq!(titled.title_case(), None);
            prop_assert_eq!(FullName::parse(titled.as_str()), Ok(titled.clone()));
        }
    }

    #[test]
    fn what_is_offered_is_offered_once_and_is_a_name(text in "[a-zA-Z0-9]{1,8}( [a-zA-Z0-9]{1,8}){0,3}") {
        if let Some(offered) = offer_name(&text) {
            prop_assert_eq!(offer_name(&offered), None);
            prop_assert!(FullName::parse(&offered).is_ok());
        }
    }

    #[test]
    fn folding_is_stable_and_does_not_see_composition(text in text()) {
        let folded = fold(&text);
        prop_assert_eq!(&fold(&folded), &folded);
        prop_assert_eq!(fold(&compose(&text)), folded);
        prop_assert_eq!(compose(&compose(&text)), compose(&text));
    }

    #[test]
    fn words_stand_where_they_say(text in text()) {
        for_each_word(&text, &mut |start, end, folded| {
            assert!(text.get(start..end).is_some_and(|word| fold(word) == folded), "{text:?} {start}..{end} {folded:?}");
        });
    }

    #[test]
    fn every_identity_number_reads_back(digits in "[0-9]{12}") {
        let id = CitizenId::parse(&digits).expect("twelve digits");
        prop_assert_eq!(id.as_str(), digits.as_str());
        prop_assert_eq!(CitizenId::parse(&id.to_string()), Ok(id.clone()));
        prop_assert!(id.warnings(Some(id.sex()), DateOrYear::parse(&id.birth_year().to_string()).ok()).len() <= 1);
        prop_assert_eq!(id.masked().chars().count(), 12);
    }

    #[test]
    fn every_telephone_reads_back(digits in "0[1-9][0-9]{8,9}") {
        if let Ok(phone) = Phone::parse(&digits) {
            prop_assert_eq!(Phone::parse(&phone.stored()), Ok(phone.clone()));
            prop_assert_eq!(Phone::parse(&phone.shown()), Ok(phone));
        }
    }

    #[test]
    fn every_card_reads_back(
        id in "[0-9]{12}",
        old in "([0-9]{9})?",
        name in "[A-ZĐ][a-zàáêơ]{1,6}( [A-ZĐ][a-zàáêơ]{1,6}){0,3}",
        days in -25_000_i32..20_000,
        year_only: bool,
        address in "[A-Za-zàáđ0-9 ,.]{0,60}",
        more in proptest::collection::vec("[A-Za-z ]{0,10}", 0..7),
    ) {
        let born = Date::from_days_since_1970(days).expect("a day");
        let digits = |date: Date| date.to_string().replace('/', "");
        let written = if year_only { format!("0000{}", digits(born).get(4..).expect("a year")) } else { digits(born) };
        // The card of 2021 ends at the day of issue, that of 2024 goes on.
        let mut fields = vec![id.as_str(), &old, &name, &written, "Nữ", &address, "01072024"];
        fields.extend(more.iter().map(String::as_str));
        let text = fields.join("|");
        let card = CardQr::parse(&text);
        if more.len() > 4 {
            prop_assert_eq!(card, Err(CardQrError::Fields(7 + more.len())));
            return Ok(());
        }
        let card = card.expect("a card");
        prop_assert_eq!((card.id.as_str(), card.name.as_str()), (id.as_str(), name.as_str()));
        prop_assert_eq!(card.former_id.unwrap_or_default(), old);
        prop_assert_eq!(card.born.year(), born.year());
        prop_assert_eq!(matches!(card.born, DateOrYear::Year(_)), year_only);
        prop_assert_eq!(card.address.as_str(), address.trim());
    }

    #[test]
    fn every_amount_reads_back(amount: u64) {
        prop_assert_eq!(parse_dong(&dong(amount)), Some(amount));
    }

    #[test]
    fn every_day_reads_back_and_days_follow_each_other(days in -719_162_i32..=2_932_896) {
        let date = Date::from_days_since_1970(days).expect("a day of the years 1 to 9999");
        prop_assert_eq!(date.days_since_1970(), days);
        prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
        prop_assert_eq!(Date::parse(&date.iso()), Ok(date));
        if let Some(next) = date.plus_days(1) {
            prop_assert!(next > date);
            prop_assert_eq!(date.days_until(next), 1);
        }
    }

    #[test]
    fn working_days_fall_on_working_days(days in 0_i32..40_000, count in 0_u16..400, closed in 0_i32..40_000) {
        let date = Date::from_days_since_1970(days).expect("a day");
        let holidays = (0..9).filter_map(|more| Date::from_days_since_1970(closed + more)).collect();
        let calendar = WorkingCalendar { holidays, make_up_days: Vec::new() };
        let end = date.plus_working_days(count, &calendar).expect("far from the end of time");
        prop_assert!(count == 0 || end.is_working_day(&calendar));
        prop_assert!(date.days_until(end) >= i32::from(count));
    }

    #[test]
    fn every_dossier_code_reads_back(text in "[A-Z][0-9]{2}(\\.[0-9]{1,3}){0,3}-(25|2026)(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])-[0-9]{4,7}") {
        if let Ok(code) = DossierCode::parse(&text) {
            prop_assert_eq!(DossierCode::parse(code.as_str()), Ok(code.clone()));
            let spoken = code.as_str().to_lowercase().replace('-', " – ");
            prop_assert_eq!(DossierCode::parse(&spoken), Ok(code));
        }
    }

    #[test]
    fn every_procedure_code_reads_back(code in "[1-9]\\.[0-9]{6}", suffix in "(\\.000\\.00\\.00)?(\\.H[0-9]{2})?") {
        let read = ProcedureCode::parse(&format!("{code}{suffix}"));
        prop_assert_eq!(read.map(|read| read.to_string()), Ok(code));
    }
}
