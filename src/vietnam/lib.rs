//! How things are written in Vietnam: identity numbers, card codes, names, telephones, tax codes, dossier and
//! procedure codes, dates, money, letters without marks, and places before and after July 2025.
//!
//! Pure: no clock, no random source, no file, no network. Every `parse` is total: any text ends in a value or in an
//! error that says which rule broke, never in a panic. Nothing here speaks to a citizen; the app has the words.

pub mod card_qr;
pub mod citizen_id;
pub mod date;
mod digits;
pub mod dossier_code;
pub mod fold;
pub mod money;
pub mod name;
pub mod nfc;
pub mod phone;
pub mod place;
pub mod procedure_code;
pub mod tax_code;
