//! Who is signed in. The page never sees an access token.

use crate::person::Person;
use serde::{Deserialize, Serialize};

/// `GET /api/v1/session`; 204 where nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Full name.
    pub name: String,
    /// Masked id, as `092•••••0999`.
    pub masked_id: String,
    /// Role.
    pub role: Role,
    /// When it ends, seconds since 1970 UTC.
    pub expires_at: u64,
    /// Must be sent back in the `X-CSRF-Token` header of each changing call.
    pub csrf_token: String,
    /// What the person agreed to hand over, for prefilling; none for a volunteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<Person>,
}

/// Who somebody is to the backend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Role {
    /// A citizen.
    Citizen,
    /// A business.
    Business,
    /// A volunteer who helps others; prefills nothing.
    Volunteer,
}
