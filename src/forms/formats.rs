//! The formats of `properties.format`: how things are written in Vietnam.

use crate::component::Format;
use vietnam::citizen_id::CitizenId;
use vietnam::date::{Date, DateOrYear};
use vietnam::household::{HouseholdBook, HouseholdBusiness};
use vietnam::insurance::{HealthInsurance, SocialInsurance};
use vietnam::land::LandNumber;
use vietnam::money::Amount;
use vietnam::name::FullName;
use vietnam::old_id::OldId;
use vietnam::passport::Passport;
use vietnam::phone::Phone;
use vietnam::tax_code::TaxCode;

/// Is `text` written in this format? Two digits of a year are read as a year that is past, seen from `today`.
pub(crate) fn fits(format: Format, text: &str, today: Date) -> bool {
    match format {
        Format::CitizenId => CitizenId::parse(text).is_ok(),
        Format::OldId => OldId::parse(text).is_ok(),
        Format::Passport => Passport::parse(text).is_ok(),
        Format::Phone => Phone::parse(text).is_ok(),
        Format::FullName => FullName::parse(text).is_ok(),
        Format::TaxCode => TaxCode::parse(text).is_ok(),
        Format::SocialInsurance => SocialInsurance::parse(text).is_ok(),
        Format::HealthInsurance => HealthInsurance::parse(text).is_ok(),
        Format::HouseholdBusiness => HouseholdBusiness::parse(text).is_ok(),
        Format::HouseholdBook => HouseholdBook::parse(text).is_ok(),
        Format::LandNumber => LandNumber::parse(text).is_ok(),
        Format::Money => Amount::parse(text).is_ok(),
        Format::Date => DateOrYear::parse_past(text, today).is_ok(),
        Format::Place => true,
    }
}
