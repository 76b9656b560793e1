//! One router per resource of the contract.

pub(crate) mod catalogue;
pub(crate) mod dossiers;
pub(crate) mod keys;
pub(crate) mod places;
pub(crate) mod reports;
pub(crate) mod session;
pub(crate) mod test_controls;
pub(crate) mod tickets;
pub(crate) mod uploads;
