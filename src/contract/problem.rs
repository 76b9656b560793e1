//! Errors of the backend: RFC 9457 problem details with a closed list of types.

use serde::{Deserialize, Serialize};

/// An error answer, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemDetails {
    /// Which.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// HTTP status.
    pub status: u16,
    /// Short title, for logs; not shown.
    pub title: String,
    /// A code to read out on the phone, as `MC-3F7K`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Id of what is in the way: the live ticket of the same person and centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<String>,
    /// Answers that were refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<AnswerProblem>,
    /// Papers that were refused or are missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<String>,
}

/// One refused answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerProblem {
    /// Data path, as `children[0].name`.
    pub path: String,
    /// Form.io's rule name.
    pub rule: String,
}

/// The closed list of problem types; on the wire a URI reference below `/problems/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemType {
    /// 400: the request cannot be read.
    #[serde(rename = "/problems/malformed")]
    Malformed,
    /// 401: nobody is signed in, or the session has ended.
    #[serde(rename = "/problems/signed-out")]
    SignedOut,
    /// 403: not this person's.
    #[serde(rename = "/problems/forbidden")]
    Forbidden,
    /// 404.
    #[serde(rename = "/problems/not-found")]
    NotFound,
    /// 405 or 406 or 415.
    #[serde(rename = "/problems/not-acceptable")]
    NotAcceptable,
    /// 409: the same request is still running.
    #[serde(rename = "/problems/still-running")]
    StillRunning,
    /// 409: an upload's offset does not match, or a live ticket exists.
    #[serde(rename = "/problems/conflict")]
    Conflict,
    /// 410: withdrawn or expired; also a form version no longer accepted.
    #[serde(rename = "/problems/gone")]
    Gone,
    /// 412: a needed header is missing or does not match.
    #[serde(rename = "/problems/precondition")]
    Precondition,
    /// 413.
    #[serde(rename = "/problems/too-large")]
    TooLarge,
    /// 422: the same idempotency key came with another body.
    #[serde(rename = "/problems/key-reused")]
    KeyReused,
    /// 422: answers or papers break a rule.
    #[serde(rename = "/problems/invalid")]
    Invalid,
    /// 429.
    #[serde(rename = "/problems/too-many")]
    TooMany,
    /// 460: a chunk of an upload is not what its checksum says.
    #[serde(rename = "/problems/altered")]
    Altered,
    /// 500.
    #[serde(rename = "/problems/internal")]
    Internal,
    /// 503.
    #[serde(rename = "/problems/unavailable")]
    Unavailable,
}
