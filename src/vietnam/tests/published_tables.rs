//! The tables published beside the sandbox and the rules in code say the same.

use serde_json::Value;

use vietnam::citizen_id::{CitizenId, Sex};
use vietnam::phone::{Phone, PhoneKind};
use vietnam::tax_code::TaxCode;

fn tables() -> Value {
    serde_json::from_str(include_str!("../../../e2e/sandbox/data/codes.json")).expect("the tables are JSON")
}

#[test]
fn the_prefixes_of_birth_registration_are_the_published_ones() {
    let tables = tables();
    let published = tables["citizenIdProvince"].as_object().expect("prefixes by number");
    for prefix in 0..1000 {
        let prefix = format!("{prefix:03}");
        let id = CitizenId::parse(&format!("{prefix}200000001")).expect("twelve digits");
        assert_eq!(id.known_prefix(), published.contains_key(&prefix), "{prefix}");
    }
}

#[test]
fn the_digit_of_sex_and_century_is_the_published_one() {
    let tables = tables();
    for (digit, meaning) in tables["citizenIdGenderCentury"].as_object().expect("meanings by digit") {
        let id = CitizenId::parse(&format!("092{digit}00000001")).expect("twelve digits");
        let sex = if meaning[0] == "nam" { Sex::Male } else { Sex::Female };
        assert_eq!((id.sex(), Some(u64::from(id.century()))), (sex, meaning[1].as_u64()), "{digit}");
    }
}

#[test]
fn every_published_mobile_prefix_is_a_mobile_number() {
    let tables = tables();
    let operators = tables["mobilePrefixes"].as_object().expect("prefixes by operator");
    let prefixes: Vec<&str> =
        operators.values().filter_map(Value::as_array).flatten().filter_map(Value::as_str).collect();
    assert!(prefixes.len() > 30);
    for prefix in prefixes {
        let phone = Phone::parse(&format!("{prefix}1234567"));
        assert_eq!(phone.map(|phone| phone.kind()), Ok(PhoneKind::Mobile), "{prefix}");
    }
}

#[test]
fn the_published_tax_codes_are_judged_as_published() {
    let tables = tables();
    let codes = |key: &str| -> Vec<String> {
        tables["mst"][key].as_array().expect("a list").iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    assert!(codes("valid").iter().all(|code| TaxCode::parse(code).is_ok()));
    assert!(codes("invalid").iter().all(|code| TaxCode::parse(code).is_err()));
}
