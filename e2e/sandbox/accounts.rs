//! The people of the sandbox: nobody real.

use contract::person::{Person, PersonSource};
use contract::session::Role;

/// Somebody who can sign in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Account {
    /// Key in forms and in the database.
    pub(crate) key: &'static str,
    /// Full name.
    pub(crate) name: &'static str,
    /// Citizen id, or the tax code of a business.
    pub(crate) number: &'static str,
    /// `yyyy-mm-dd` or `yyyy`; none for a business.
    pub(crate) birth_date: Option<&'static str>,
    /// Phone.
    pub(crate) phone: &'static str,
    /// Role.
    pub(crate) role: Role,
}

/// Everybody. The ids follow the rule of the 12 digits: where the birth was registered, century and sex, year.
pub(crate) const ACCOUNTS: [Account; 6] = [
    Account {
        key: "lan-anh",
        name: "Nguyễn Thị Lan Anh",
        number: "092190001234",
        birth_date: Some("1990-05-17"),
        phone: "0912345678",
        role: Role::Citizen,
    },
    Account {
        key: "hung",
        name: "Trần Văn Hùng",
        number: "092085004321",
        birth_date: Some("1985-11-02"),
        phone: "0987654321",
        role: Role::Citizen,
    },
    Account {
        key: "so-phia",
        name: "Thạch Thị Sô Phia",
        number: "094303000777",
        birth_date: Some("2003-04-14"),
        phone: "0977000777",
        role: Role::Citizen,
    },
    Account {
        key: "nam",
        name: "Lê Văn Năm",
        number: "093050000155",
        birth_date: Some("1950"),
        phone: "0939000155",
        role: Role::Citizen,
    },
    Account {
        key: "gao-mau",
        name: "Công ty TNHH Gạo Mẫu Sông Hậu",
        number: "1899999999",
        birth_date: None,
        phone: "0292000000",
        role: Role::Business,
    },
    Account {
        key: "minh-khoa",
        name: "Phạm Minh Khoa",
        number: "092204006006",
        birth_date: Some("2004-09-30"),
        phone: "0904006006",
        role: Role::Volunteer,
    },
];

impl Account {
    /// The account with this key.
    #[must_use]
    pub(crate) fn find(key: &str) -> Option<&'static Self> {
        ACCOUNTS.iter().find(|it| it.key == key)
    }

    /// The number with its middle covered.
    #[must_use]
    pub(crate) fn masked_number(&self) -> String {
        let count = self.number.chars().count();
        let shown = |index: usize| index < 3 || index + 4 >= count;
        self.number.chars().enumerate().map(|(index, digit)| if shown(index) { digit } else { '•' }).collect()
    }

    /// What is handed over for prefilling: nothing of a volunteer, who fills in for others, nor of a business.
    #[must_use]
    pub(crate) fn person(&self) -> Option<Person> {
        match self.role {
            Role::Citizen => Some(Person {
                full_name: self.name.to_owned(),
                citizen_id: Some(self.number.to_owned()),
                birth_date: self.birth_date.map(str::to_owned),
                phone: Some(self.phone.to_owned()),
                email: None,
                source: PersonSource::Session,
            }),
            Role::Business | Role::Volunteer => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vietnam::citizen_id::CitizenId;
    use vietnam::date::DateOrYear;
    use vietnam::tax_code::TaxCode;

    #[test]
    fn every_citizen_has_an_id_that_agrees_with_the_birth_year() {
        for account in ACCOUNTS.iter().filter(|it| it.role != Role::Business) {
            let id = CitizenId::parse(account.number).expect("twelve digits");
            let born = DateOrYear::parse(account.birth_date.expect("people are born")).expect("a date or a year");
            assert_eq!(id.birth_year(), born.year(), "{}", account.name);
            assert!(id.known_prefix(), "{}", account.name);
        }
    }

    #[test]
    fn a_business_has_a_tax_code_whose_check_digit_is_right() {
        for account in ACCOUNTS.iter().filter(|it| it.role == Role::Business) {
            TaxCode::parse(account.number).expect("a tax code");
        }
    }

    #[test]
    fn only_three_and_four_digits_of_a_number_are_shown() {
        assert_eq!(ACCOUNTS[0].masked_number(), "092•••••1234");
    }
}
