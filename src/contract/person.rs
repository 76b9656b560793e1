//! Three persons of a dossier, never mixed up.

use serde::{Deserialize, Serialize};

/// A person, with where each datum came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Full name.
    pub full_name: String,
    /// Twelve-digit citizen id (số định danh); a foreigner or a newborn may have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citizen_id: Option<String>,
    /// `yyyy-mm-dd`, `yyyy-mm` or `yyyy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// Phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where this came from.
    #[serde(default)]
    pub source: PersonSource,
}

/// Where a person's data came from; scanned or typed data is never "verified".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PersonSource {
    /// Typed.
    #[default]
    Typed,
    /// Read from a card's QR code.
    Card,
    /// Told by the session.
    Session,
}

/// Who files (người nộp), and by what right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Submitter {
    /// The person.
    #[serde(flatten)]
    pub person: Person,
    /// What they are to the owner.
    pub relation: Relation,
}

/// What the submitter is to the owner (chủ hồ sơ).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Relation {
    /// The owner.
    #[default]
    Owner,
    /// Father or mother of the owner.
    Parent,
    /// Other close kin: no certified authorisation is needed in civil-status matters.
    Kin,
    /// Authorised in writing.
    Authorised,
}
