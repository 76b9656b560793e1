//! How things are written in Vietnam: identity numbers, card codes, names, telephones, tax codes, dossier and
//! procedure codes, dates, money, letters without marks, and places before and after July 2025.
//!
//! Pure: no clock, no random source, no file, no network. Every `parse` is total: any text ends in a value or in an
//! error that says which rule broke, never in a panic. Nothing here speaks to a citizen; the app has the words.
//!
//! The formats of form fields (`properties.format`):
//!
//! | format | read by | stored | shown | beside it |
//! | --- | --- | --- | --- | --- |
//! | `citizen-id` | [`citizen_id::CitizenId::parse`] | 12 digits | `087 084 000 999` | [`citizen_id::CitizenId::warnings`] against sex and birth |
//! | `old-id` | [`old_id::OldId::parse`] | 9 digits | `361 234 567` | |
//! | `passport` | [`passport::Passport::parse`] | `C1234567` | the same | [`passport::Passport::looks_vietnamese`] |
//! | `phone` | [`phone::Phone::parse`] | `+84912345678` | `0912 345 678` | [`phone::Phone::kind`] |
//! | `tax-code` | [`tax_code::TaxCode::parse`] | digits | `0314409058-002` | [`tax_code::TaxCode::kind`] |
//! | `household-business` | [`household::HouseholdBusiness::parse`] | `92A8001234` or a tax code | the same | |
//! | `household-book` | [`household::HouseholdBook::parse`] | digits | the same | |
//! | `social-insurance` | [`insurance::SocialInsurance::parse`] | 10 or 12 digits | the same | |
//! | `health-insurance` | [`insurance::HealthInsurance::parse`] | `DN4920123456789` or digits | `DN 4 92 0123456789` | |
//! | `full-name` | [`name::FullName::parse`] | as written, NFC | the same | offers: [`name::FullName::title_case`], [`keyboard::offer_name`] on the text |
//! | `date` | [`date::Date::parse_near`] with today | `2025-07-01` | `01/07/2025` | echo: [`date::Date::in_words`] |
//! | `past-date` | [`date::Date::parse_past`] with today | `2025-07-01` | `01/07/2025` | echo |
//! | `birth-date` | [`date::DateOrYear::parse_past`] with today | `2025-07-01` or `1952` | `01/07/2025` or `1952` | echo: [`date::DateOrYear::in_words`] |
//! | `money` | [`money::Amount::parse`] | digits | `20.000 đồng` | |
//! | `land-parcel`, `land-sheet` | [`land::LandNumber::parse`] | `12`, `cũ 5`, `12 (cũ 5)` | the same | |
//! | `place` (free text of a place) | any text | as written | the same | offer: [`keyboard::offer_place`] |

pub mod card_qr;
pub mod case;
pub mod citizen_id;
pub mod date;
mod digits;
pub mod dossier_code;
pub mod fold;
pub mod household;
pub mod insurance;
pub mod keyboard;
pub mod land;
pub mod money;
pub mod name;
pub mod nfc;
pub mod old_id;
pub mod passport;
pub mod phone;
pub mod place;
pub mod procedure_code;
mod syllable;
pub mod tax_code;
