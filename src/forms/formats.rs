//! The formats of `properties.format`: how things are written in Vietnam.

use crate::component::Format;
use vietnam::citizen_id::CitizenId;
use vietnam::name::FullName;
use vietnam::phone::Phone;
use vietnam::tax_code::TaxCode;

/// Is `text` written in this format?
pub(crate) fn fits(format: Format, text: &str) -> bool {
    match format {
        Format::CitizenId => CitizenId::parse(text).is_ok(),
        Format::Phone => Phone::parse(text).is_ok(),
        Format::FullName => FullName::parse(text).is_ok(),
        Format::TaxCode => TaxCode::parse(text).is_ok(),
    }
}
