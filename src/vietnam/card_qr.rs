//! The two-dimensional code on an identity card.

use crate::citizen_id::{CitizenId, Sex};
use crate::date::{Date, DateOrYear, Year};
use crate::fold::fold;
use crate::name::FullName;

/// What the code on a citizen's card says. It is a copy to fill a form from, never a proof.
///
/// Fields are parted by `|`: number, old number (may be blank), full name, birth date `ddmmyyyy`, sex, permanent address,
/// day of issue `ddmmyyyy`. The card of 2024 adds fields after these; up to eleven are accepted and the later ones are
/// not read. The address is often of three levels, from before July 2025.
///
/// Source: Thông tư 06/2021/TT-BCA (card of 2021, code on the front); Thông tư 16/2024/TT-BCA (card of 2024, code on the
/// back); the order of fields as many public readers find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardQr {
    /// The 12-digit number.
    pub id: CitizenId,
    /// The nine-digit number of the card before, if the code carries it.
    pub former_id: Option<String>,
    /// Full name.
    pub name: FullName,
    /// Birth date; elders' cards may have the year alone.
    pub born: DateOrYear,
    /// Sex, if the field reads.
    pub sex: Option<Sex>,
    /// Permanent address as on the card.
    pub address: String,
    /// Day of issue, if the field reads.
    pub issued: Option<Date>,
}

/// A side of an identity card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardSide {
    /// With the photograph.
    Front,
    /// The other one.
    Back,
}

/// Why a code is not that of an identity card; the person types instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardQrError {
    /// Fewer than six fields or more than eleven: another kind of code.
    #[error("an identity card has 6 to 11 fields, found {0}")]
    Fields(usize),
    /// The first field is no identity number.
    #[error("the first field is no identity number")]
    Id,
    /// The third field is no name.
    #[error("the third field is no name")]
    Name,
    /// The fourth field is no birth date.
    #[error("the fourth field is no birth date")]
    Born,
}

impl CardQr {
    /// Reads the text of a code.
    pub fn parse(text: &str) -> Result<Self, CardQrError> {
        let fields: Vec<&str> = text.trim().split('|').map(str::trim).collect();
        if !(6..=11).contains(&fields.len()) {
            return Err(CardQrError::Fields(fields.len()));
        }
        let field = |index: usize| fields.get(index).copied().unwrap_or_default();
        let id = CitizenId::parse(field(0)).map_err(|_| CardQrError::Id)?;
        let name = FullName::parse(field(2)).map_err(|_| CardQrError::Name)?;
        let born = read_birth(field(3)).ok_or(CardQrError::Born)?;
        let sex = match fold(field(4)).as_str() {
            "nam" => Some(Sex::Male),
            "nu" => Some(Sex::Female),
            _ => None,
        };
        let former = field(1);
        Ok(Self {
            id,
            former_id: (former.len() == 9 && former.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| former.to_owned()),
            name,
            born,
            sex,
            address: crate::nfc::compose(field(5)),
            issued: Date::parse(field(6)).ok(),
        })
    }

    /// The side that carries the code; none where the day of issue does not read.
    ///
    /// Source: Thông tư 06/2021/TT-BCA (front); Thông tư 16/2024/TT-BCA, in force since 1 July 2024 (back).
    #[must_use]
    pub fn code_side(&self) -> Option<CardSide> {
        let issued = self.issued?;
        Some(if issued.iso().as_str() < "2024-07-01" { CardSide::Front } else { CardSide::Back })
    }

    /// The birthday on which the card has to be changed; none where it never has to, or where birth or issue are not
    /// known to the day.
    ///
    /// A card issued in the two years before such a birthday is good until the next one.
    ///
    /// Source: Luật Căn cước 2023 Art. 21; Luật Căn cước công dân 2014 Art. 21 (the same from 25 years on).
    #[must_use]
    pub fn good_until(&self) -> Option<Date> {
        let DateOrYear::Date(born) = self.born else { return None };
        let issued = self.issued?;
        let birthday = |age: u16| {
            let (year, month, day) = (u32::from(born.year()) + u32::from(age), born.month().into(), born.day().into());
            // Born on 29 February: 1 March where there is none.
            Date::new(year, month, day).or_else(|_| Date::new(year, 3, 1)).ok()
        };
        [14, 25, 40, 60].into_iter().find_map(|age| {
            let two_years_before = birthday(age - 2)?;
            if issued.days_until(two_years_before) > 0 { birthday(age) } else { None }
        })
    }
}

/// `ddmmyyyy`, or a year where day and month are zeros or missing.
fn read_birth(text: &str) -> Option<DateOrYear> {
    if let Ok(read) = DateOrYear::parse(text) {
        return Some(read);
    }
    let year = text.strip_prefix("0000")?;
    if year.len() != 4 {
        return None;
    }
    year.parse().ok().and_then(Year::new).map(DateOrYear::Year)
}
