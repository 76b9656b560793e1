//! The world's failures: what went wrong outside the page, and whether to try again.

use contract::problem::{ProblemDetails, ProblemType};

/// What the world refused. No sentence: `words` has one for each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// No network, or the server cannot be reached.
    #[error("offline")]
    Offline,
    /// The answer did not come in time.
    #[error("timed out")]
    TimedOut,
    /// An answer that is not the backend's: another content type, no contract header, another shape, half a JSON.
    #[error("not ours")]
    NotOurs,
    /// Nobody is signed in, or the session has ended.
    #[error("signed out")]
    SignedOut,
    /// The backend refuses, and says why.
    #[error("refused")]
    Refused(Box<ProblemDetails>),
    /// The same request is still running.
    #[error("still running")]
    StillRunning {
        /// Seconds the backend asks to wait.
        retry_after: Option<u32>,
    },
    /// Too many requests.
    #[error("too many")]
    TooMany {
        /// Seconds the backend asks to wait.
        retry_after: Option<u32>,
    },
    /// The backend, or something before it, failed.
    #[error("server")]
    Server {
        /// HTTP status.
        status: u16,
        /// The backend's code for this event, to read out on the phone.
        instance: Option<String>,
        /// Seconds the backend asks to wait.
        retry_after: Option<u32>,
    },
    /// More bytes than this page takes: a form definition above 4 MB, a file above 50 MB.
    #[error("too large")]
    TooLarge {
        /// How many bytes are taken at most.
        most_bytes: u32,
    },
    /// What the server keeps is not what was sent.
    #[error("altered")]
    Altered,
    /// Page and worker are of two builds: save and load the page again.
    #[error("other build")]
    OtherBuild,
    /// The storage of the device is full.
    #[error("storage full")]
    StorageFull,
    /// The browser closed the storage, and once more after it was reopened.
    #[error("storage closed")]
    StorageClosed,
    /// The browser gives no storage: a private window, an old browser, a page without https.
    #[error("storage unavailable")]
    StorageUnavailable,
    /// What rests on the device cannot be opened: the key is gone, or the record was altered.
    #[error("unreadable")]
    Unreadable,
    /// Given up by the person.
    #[error("cancelled")]
    Cancelled,
}

/// How to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// With growing pauses, or at once when the network comes back.
    Soon,
    /// Not before so many seconds.
    NotBefore {
        /// Seconds.
        seconds: u32,
    },
}

impl Failure {
    /// May the same request be sent again by itself, and when? None: only after the person did something.
    #[must_use]
    pub fn retryable(&self) -> Option<Retry> {
        match self {
            Self::Offline | Self::TimedOut | Self::NotOurs | Self::StorageClosed => Some(Retry::Soon),
            Self::StillRunning { retry_after } | Self::TooMany { retry_after } | Self::Server { retry_after, .. } => {
                Some(retry_after.map_or(Retry::Soon, |seconds| Retry::NotBefore { seconds }))
            }
            Self::SignedOut
            | Self::Refused(_)
            | Self::TooLarge { .. }
            | Self::Altered
            | Self::OtherBuild
            | Self::StorageFull
            | Self::StorageUnavailable
            | Self::Unreadable
            | Self::Cancelled => None,
        }
    }

    /// Is it the last word on a frozen submission? Only then may the draft thaw and take a new idempotency key.
    ///
    /// A reused key and a request still running are not: the first dossier exists or may yet.
    #[must_use]
    pub fn definitive(&self) -> bool {
        match self {
            Self::Refused(problem) => match problem.kind {
                ProblemType::Malformed
                | ProblemType::Forbidden
                | ProblemType::NotFound
                | ProblemType::NotAcceptable
                | ProblemType::Gone
                | ProblemType::Precondition
                | ProblemType::TooLarge
                | ProblemType::Invalid => true,
                ProblemType::SignedOut
                | ProblemType::StillRunning
                | ProblemType::Conflict
                | ProblemType::KeyReused
                | ProblemType::TooMany
                | ProblemType::Altered
                | ProblemType::Internal
                | ProblemType::Unavailable => false,
            },
            Self::Offline
            | Self::TimedOut
            | Self::NotOurs
            | Self::SignedOut
            | Self::StillRunning { .. }
            | Self::TooMany { .. }
            | Self::Server { .. }
            | Self::TooLarge { .. }
            | Self::Altered
            | Self::OtherBuild
            | Self::StorageFull
            | Self::StorageClosed
            | Self::StorageUnavailable
            | Self::Unreadable
            | Self::Cancelled => false,
        }
    }

    /// A short code to read out on the phone: the backend's own where it gave one.
    #[must_use]
    pub fn code(&self) -> String {
        let word = match self {
            Self::Refused(problem) => return named(problem.instance.as_ref(), problem.status),
            Self::Server { status, instance, .. } => return named(instance.as_ref(), *status),
            Self::Offline => "MC-N1",
            Self::TimedOut => "MC-N2",
            Self::NotOurs => "MC-N3",
            Self::SignedOut => "MC-401",
            Self::StillRunning { .. } => "MC-409",
            Self::TooMany { .. } => "MC-429",
            Self::TooLarge { .. } => "MC-413",
            Self::Altered => "MC-U1",
            Self::OtherBuild => "MC-B1",
            Self::StorageFull => "MC-S1",
            Self::StorageClosed => "MC-S2",
            Self::StorageUnavailable => "MC-S3",
            Self::Unreadable => "MC-S4",
            Self::Cancelled => "MC-C1",
        };
        word.to_owned()
    }
}

/// The backend's code for an event, or one from its status.
fn named(instance: Option<&String>, status: u16) -> String {
    instance.cloned().unwrap_or_else(|| ["MC-", &status.to_string()].concat())
}

/// A refusal of which only kind and status are known.
pub(super) fn refused(kind: ProblemType, status: u16) -> Failure {
    Failure::Refused(Box::new(ProblemDetails {
        kind,
        status,
        title: String::new(),
        instance: None,
        existing: None,
        problems: Vec::new(),
        papers: Vec::new(),
    }))
}

#[cfg(test)]
mod tests {
    use super::{Failure, Retry, refused};
    use contract::problem::ProblemType;

    #[test]
    fn a_wait_asked_for_by_the_backend_is_kept() {
        let failure = Failure::TooMany { retry_after: Some(7) };
        assert_eq!(failure.retryable(), Some(Retry::NotBefore { seconds: 7 }));
        assert_eq!(Failure::Offline.retryable(), Some(Retry::Soon));
    }

    #[test]
    fn only_a_last_word_thaws_a_submission() {
        assert!(refused(ProblemType::Invalid, 422).definitive());
        assert!(refused(ProblemType::Forbidden, 403).definitive());
        assert!(refused(ProblemType::Gone, 410).definitive());
        assert!(!refused(ProblemType::KeyReused, 422).definitive());
        assert!(!Failure::SignedOut.definitive());
        assert!(!Failure::Offline.definitive());
    }

    #[test]
    fn the_code_is_the_backends_where_it_gave_one() {
        let named = Failure::Server { status: 500, instance: Some("MC-3F7K".to_owned()), retry_after: None };
        assert_eq!(named.code(), "MC-3F7K");
        assert_eq!(refused(ProblemType::Invalid, 422).code(), "MC-422");
    }
}
