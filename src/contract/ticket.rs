//! Tickets of the queue (số thứ tự) and what their QR code says.

use serde::{Deserialize, Serialize};

/// Body of `POST /api/v1/tickets`; repeated with the same `Idempotency-Key` it answers the same ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketRequest {
    /// Code of the centre.
    pub centre: String,
    /// Code of the procedure.
    pub procedure: String,
    /// Dossier it belongs to, if one was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<String>,
    /// A reason to be served first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
}

/// Who is served first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Priority {
    /// Elderly.
    Elderly,
    /// Disabled.
    Disabled,
    /// Pregnant.
    Pregnant,
    /// With a small child.
    SmallChild,
}

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// Id, 128 random bits as base64url.
    pub id: String,
    /// Number as called, as `A-015`.
    pub number: String,
    /// Code of the centre.
    pub centre: String,
    /// Its name.
    pub centre_name: String,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre_address: Option<String>,
    /// Counter, as `A`.
    pub counter: String,
    /// Procedure it is for.
    pub procedure: String,
    /// Where it stands.
    pub state: TicketState,
    /// People ahead.
    pub ahead: u32,
    /// Minutes to wait, estimated.
    pub expected_minutes: u32,
    /// Day it is valid, `yyyy-mm-dd` in Vietnam.
    pub day: String,
    /// The compact ES256 JWS of [`TicketClaims`], for the QR code.
    pub signed: String,
}

/// States of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TicketState {
    /// Waiting.
    Waiting,
    /// Called.
    Called,
    /// Being served.
    Serving,
    /// Served.
    Served,
    /// Called and not there; may rejoin.
    Skipped,
    /// Given back.
    Cancelled,
    /// Its day is over.
    Expired,
}

/// What a ticket's QR code says; nothing personal. Keys are short: the JSON has at most 99 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketClaims {
    /// Ticket id.
    #[serde(rename = "jti")]
    pub id: String,
    /// Centre it is for.
    #[serde(rename = "aud")]
    pub centre: String,
    /// Number.
    #[serde(rename = "n")]
    pub number: String,
    /// End of validity, seconds since 1970 UTC.
    #[serde(rename = "exp")]
    pub expires_at: u64,
}

/// One event of `GET /api/v1/centres/{code}/queue` (`text/event-stream`, event `queue`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// Code of the centre.
    pub centre: String,
    /// When, seconds since 1970 UTC.
    pub at: u64,
    /// Its counters.
    pub counters: Vec<QueueCounter>,
}

/// One counter of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueCounter {
    /// Counter, as `A`.
    pub counter: String,
    /// Number being served.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serving: Option<String>,
    /// Numbers waiting, next first.
    pub waiting: Vec<String>,
}
