//! Why a request is refused: one variant per problem, each with its status.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::problem::{AnswerProblem, ProblemDetails, ProblemType};

/// A refused request; answered as RFC 9457 problem details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// 400.
    Malformed,
    /// 401.
    SignedOut,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 405; the router adds `Allow`.
    Method,
    /// 415.
    MediaType,
    /// 409 with `Retry-After`.
    StillRunning,
    /// 409; the id of what is in the way, where there is one.
    Conflict(Option<String>),
    /// 410.
    Gone,
    /// 412.
    Precondition,
    /// 413.
    TooLarge,
    /// 422.
    KeyReused,
    /// 422 with what broke which rule.
    Invalid {
        /// Answers.
        problems: Vec<AnswerProblem>,
        /// Keys of papers.
        papers: Vec<String>,
    },
    /// 429; seconds to wait.
    TooMany(u64),
    /// 460 of tus: the body is not what its checksum says.
    Altered,
    /// 500.
    Internal,
    /// 503; seconds to wait.
    Unavailable(u64),
}

impl Refusal {
    /// One rule of one place broken.
    #[must_use]
    pub(crate) fn invalid(path: &str, rule: &str) -> Self {
        Self::Invalid {
            problems: vec![AnswerProblem { path: path.to_owned(), rule: rule.to_owned() }],
            papers: Vec::new(),
        }
    }

    fn kind(&self) -> (ProblemType, StatusCode, &'static str) {
        match self {
            Self::Malformed => (ProblemType::Malformed, StatusCode::BAD_REQUEST, "malformed"),
            Self::SignedOut => (ProblemType::SignedOut, StatusCode::UNAUTHORIZED, "signed-out"),
            Self::Forbidden => (ProblemType::Forbidden, StatusCode::FORBIDDEN, "forbidden"),
            Self::NotFound => (ProblemType::NotFound, StatusCode::NOT_FOUND, "not-found"),
            Self::Method => (ProblemType::NotAcceptable, StatusCode::METHOD_NOT_ALLOWED, "not-acceptable"),
            Self::MediaType => (ProblemType::NotAcceptable, StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-acceptable"),
            Self::StillRunning => (ProblemType::StillRunning, StatusCode::CONFLICT, "still-running"),
            Self::Conflict(_) => (ProblemType::Conflict, StatusCode::CONFLICT, "conflict"),
            Self::Gone => (ProblemType::Gone, StatusCode::GONE, "gone"),
            Self::Precondition => (ProblemType::Precondition, StatusCode::PRECONDITION_FAILED, "precondition"),
            Self::TooLarge => (ProblemType::TooLarge, StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::KeyReused => (ProblemType::KeyReused, StatusCode::UNPROCESSABLE_ENTITY, "key-reused"),
            Self::Invalid { .. } => (ProblemType::Invalid, StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Self::TooMany(_) => (ProblemType::TooMany, StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Self::Altered => {
                let status = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
                (ProblemType::Altered, status, "altered")
            }
            Self::Internal => (ProblemType::Internal, StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            Self::Unavailable(_) => (ProblemType::Unavailable, StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        }
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "the database refused");
        Self::Internal
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (kind, status, title) = self.kind();
        let instance = crate::chance::phone_code();
        if status.is_server_error() {
            tracing::error!(instance, title, "refused");
        } else {
            tracing::debug!(instance, title, "refused");
        }
        let wait = match &self {
            Self::StillRunning => Some(1),
            Self::TooMany(seconds) | Self::Unavailable(seconds) => Some((*seconds).max(1)),
            _ => None,
        };
        let (existing, problems, papers) = match self {
            Self::Conflict(existing) => (existing, Vec::new(), Vec::new()),
            Self::Invalid { problems, papers } => (None, problems, papers),
            _ => (None, Vec::new(), Vec::new()),
        };
        let details = ProblemDetails {
            kind,
            status: status.as_u16(),
            title: title.to_owned(),
            instance: Some(instance),
            existing,
            problems,
            papers,
        };
        let body = serde_json::to_vec(&details).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = wait {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
