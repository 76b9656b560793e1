//! Idempotency keys: the same request gets the first answer, byte for byte.
//!
//! A key belongs to one person and one operation. Refusals are not kept: the same bytes are simply judged again.

use crate::Shared;
use crate::chance;
use crate::refusal::Refusal;
use crate::reply;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use rusqlite::{OptionalExtension, Transaction, params};

/// Answers are replayed this long: a phone may stay off for weeks.
const KEPT_SECONDS: u64 = 180 * 86_400;

/// Whose request it is, and which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Once {
    subject: String,
    operation: &'static str,
    key: String,
    body_sha256: String,
}

/// What is known of a request.
pub(crate) enum Claim {
    /// It is new and now marked as running; the mark goes when this is dropped without an answer.
    New(Running),
    /// It was answered before.
    Answered(Response),
}

/// The mark of a running request.
pub(crate) struct Running {
    sandbox: Shared,
    once: Once,
    settled: bool,
}

/// Hash of the body, whether it was answered, address and body of the answer.
type Row = (String, bool, Option<String>, Option<Vec<u8>>);

impl Once {
    /// Reads the `Idempotency-Key` header: a UUID.
    pub(crate) fn read(
        subject: String,
        operation: &'static str,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<Self, Refusal> {
        let key = headers.get("idempotency-key").and_then(|it| it.to_str().ok()).ok_or(Refusal::Malformed)?;
        if !is_uuid(key) {
            return Err(Refusal::Malformed);
        }
        Ok(Self { subject, operation, key: key.to_owned(), body_sha256: chance::sha256_hex(body) })
    }

    /// The key.
    #[must_use]
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Marks the request as running, or says what became of it.
    pub(crate) fn claim(self, sandbox: &Shared) -> Result<Claim, Refusal> {
        let now = sandbox.clock.now();
        let found = sandbox.store.change(|database| {
            database.execute("DELETE FROM replays WHERE done = 1 AND at <= ?1", [now.saturating_sub(KEPT_SECONDS)])?;
            let found: Option<Row> = database
                .query_row(
                    "SELECT body_sha256, done, location, answer FROM replays
                     WHERE subject = ?1 AND operation = ?2 AND key = ?3",
                    params![self.subject, self.operation, self.key],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
                )
                .optional()?;
            if found.is_none() {
                database.execute(
                    "INSERT INTO replays (subject, operation, key, body_sha256, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![self.subject, self.operation, self.key, self.body_sha256, now],
                )?;
            }
            Ok(found)
        })?;
        match found {
            None => Ok(Claim::New(Running { sandbox: sandbox.clone(), once: self, settled: false })),
            Some((hash, ..)) if hash != self.body_sha256 => Err(Refusal::KeyReused),
            Some((_, false, ..)) => Err(Refusal::StillRunning),
            Some((_, true, location, answer)) => {
                let mut response = created(&location.unwrap_or_default(), answer.unwrap_or_default())?;
                response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
                Ok(Claim::Answered(response))
            }
        }
    }
}

impl Running {
    /// The request.
    #[must_use]
    pub(crate) fn once(&self) -> &Once {
        &self.once
    }

    /// Does the work and keeps its answer, in one transaction: both happen, or neither.
    pub(crate) fn settle(
        mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<(String, Vec<u8>), Refusal>,
    ) -> Result<Response, Refusal> {
        let once = self.once.clone();
        let (location, answer) = self.sandbox.store.change(|database| {
            let (location, answer) = work(database)?;
            database.execute(
                "UPDATE replays SET done = 1, location = ?4, answer = ?5
                 WHERE subject = ?1 AND operation = ?2 AND key = ?3",
                params![once.subject, once.operation, once.key, location, answer],
            )?;
            Ok((location, answer))
        })?;
        self.settled = true;
        created(&location, answer)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.settled {
            return;
        }
        let once = &self.once;
        let freed = self.sandbox.store.change(|database| {
            database.execute(
                "DELETE FROM replays WHERE subject = ?1 AND operation = ?2 AND key = ?3 AND done = 0",
                params![once.subject, once.operation, once.key],
            )?;
            Ok(())
        });
        if let Err(refusal) = freed {
            tracing::error!(?refusal, "a key stays marked as running until the next start");
        }
    }
}

fn created(location: &str, answer: Vec<u8>) -> Result<Response, Refusal> {
    let mut response = reply::fresh_bytes(StatusCode::CREATED, answer);
    let location = HeaderValue::from_str(location).map_err(|_| Refusal::Internal)?;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

#[cfg(test)]
mod tests {
    use super::is_uuid;

    #[test]
    fn a_key_is_a_uuid_in_small_letters() {
        assert!(is_uuid("7c9e6679-7425-40de-944b-e07fc1f90ae7"));
        for text in ["", "7c9e6679742540de944be07fc1f90ae7", "7C9E6679-7425-40DE-944B-E07FC1F90AE7", "é"] {
            assert!(!is_uuid(text), "{text}");
        }
    }
}
