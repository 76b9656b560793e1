//! Uploads as they rest: a row an upload, and contents, which the uploads of one person share where they are the same.
//!
//! What no dossier names expires; the row is remembered a while longer, so that its address answers "gone" and not "not
//! found".

use crate::chance;
use crate::refusal::Refusal;
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

/// Seconds an upload that no dossier names is kept since its last byte.
const KEPT_SECONDS: u64 = 7 * 86_400;

/// Seconds an upload that expired is remembered.
const REMEMBERED_SECONDS: u64 = 30 * 86_400;

/// Uploads one person may have at a time, so that a broken client cannot fill the disk.
const MAX_UPLOADS: u32 = 2_000;

/// How an upload stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UploadState {
    /// Bytes of the whole file.
    pub(crate) length: u64,
    /// Bytes that are here.
    pub(crate) received: u64,
    /// Lower-case hex SHA-256 of all that is here, once it is whole.
    pub(crate) sha256: Option<String>,
    /// When it expires, seconds since 1970 UTC; never once a dossier names it.
    pub(crate) expires_at: Option<u64>,
}

/// What a file says of itself before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Announced {
    /// Bytes of the whole file.
    pub(crate) length: u64,
    /// Key of the paper.
    pub(crate) requirement: String,
    /// Name on the citizen's device.
    pub(crate) filename: String,
    /// Lower-case hex SHA-256 of the whole file.
    pub(crate) sha256: String,
}

/// A complete upload, as a dossier needs it.
#[derive(Debug)]
pub(crate) struct Uploaded {
    /// Key of the paper it was announced for.
    pub(crate) requirement: String,
    /// Name on the citizen's device.
    pub(crate) filename: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Lower-case hex SHA-256 of its bytes.
    pub(crate) sha256: String,
}

/// How an upload of `subject` stands; gone once it has expired.
pub(crate) fn state(database: &Transaction<'_>, subject: &str, id: &str, now: u64) -> Result<UploadState, Refusal> {
    let row: Option<UploadState> = database
        .query_row(
            "SELECT length, received, sha256, expires_at FROM uploads WHERE id = ?1 AND subject = ?2",
            params![id, subject],
            |row| {
                Ok(UploadState {
                    length: row.get(0)?,
                    received: row.get(1)?,
                    sha256: row.get(2)?,
                    expires_at: row.get(3)?,
                })
            },
        )
        .optional()?;
    let state = row.ok_or(Refusal::NotFound)?;
    if state.expires_at.is_some_and(|it| it <= now) { Err(Refusal::Gone) } else { Ok(state) }
}

/// Begins an upload. Content that the same person has sent whole before makes it complete at once; nobody else's does.
pub(crate) fn begin(
    database: &Transaction<'_>,
    subject: &str,
    announced: &Announced,
    now: u64,
) -> Result<(String, UploadState), Refusal> {
    sweep(database, now)?;
    let count: u32 = database.query_row(
        "SELECT count(*) FROM uploads WHERE subject = ?1 AND content IS NOT NULL",
        [subject],
        |row| row.get(0),
    )?;
    if count >= MAX_UPLOADS {
        return Err(Refusal::TooMany(3_600));
    }
    let id = chance::id();
    let same = same_content(database, subject, &announced.sha256, announced.length)?;
    let state = UploadState {
        length: announced.length,
        received: if same.is_some() { announced.length } else { 0 },
        sha256: same.is_some().then(|| announced.sha256.clone()),
        expires_at: Some(now + KEPT_SECONDS),
    };
    database.execute(
        "INSERT INTO uploads
           (id, subject, length, received, requirement, filename, declared_sha256, sha256, created_at, content, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            id,
            subject,
            state.length,
            state.received,
            announced.requirement,
            announced.filename,
            announced.sha256,
            state.sha256,
            now,
            same.as_ref().unwrap_or(&id),
            state.expires_at,
        ],
    )?;
    Ok((id, state))
}

/// Adds bytes at `at`, unless somebody else wrote there meanwhile; answers how the upload stands then.
pub(crate) fn append(
    database: &Transaction<'_>,
    subject: &str,
    id: &str,
    at: u64,
    added: &[u8],
    now: u64,
) -> Result<UploadState, Refusal> {
    let mut state = state(database, subject, id, now)?;
    let end = at + added.len() as u64;
    if state.received != at || end > state.length {
        return Err(Refusal::Conflict(None));
    }
    if added.is_empty() {
        return Ok(state);
    }
    database.execute("INSERT INTO chunks (upload, start, bytes) VALUES (?1, ?2, ?3)", params![id, at, added])?;
    state.received = end;
    // Only a complete upload is named by a dossier: this one is not.
    state.expires_at = Some(now + KEPT_SECONDS);
    if end == state.length {
        let sha256 = chance::hex(&Sha256::digest(bytes(database, id)?));
        if let Some(same) = same_content(database, subject, &sha256, state.length)? {
            // Both were under way at once: one of the two contents is enough.
            database.execute("UPDATE uploads SET content = ?2 WHERE id = ?1", params![id, same])?;
            database.execute("DELETE FROM chunks WHERE upload = ?1", [id])?;
        }
        state.sha256 = Some(sha256);
    }
    database.execute(
        "UPDATE uploads SET received = ?2, sha256 = ?3, expires_at = ?4 WHERE id = ?1",
        params![id, state.received, state.sha256, state.expires_at],
    )?;
    Ok(state)
}

/// Takes an upload away, with its content where no other upload has the same; one that a dossier names stays.
pub(crate) fn terminate(database: &Transaction<'_>, subject: &str, id: &str, now: u64) -> Result<(), Refusal> {
    if state(database, subject, id, now)?.expires_at.is_none() {
        return Err(Refusal::Conflict(None));
    }
    release(database, id)?;
    database.execute("DELETE FROM uploads WHERE id = ?1", [id])?;
    Ok(())
}

/// Reads a complete upload; none where there is no such, or it is not complete.
pub(crate) fn read(database: &Transaction<'_>, subject: &str, id: &str, now: u64) -> Result<Option<Uploaded>, Refusal> {
    let row: Option<(String, String, String, String)> = database
        .query_row(
            "SELECT requirement, filename, sha256, content FROM uploads
             WHERE id = ?1 AND subject = ?2 AND sha256 IS NOT NULL AND content IS NOT NULL
               AND (expires_at IS NULL OR expires_at > ?3)",
            params![id, subject, now],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()?;
    let Some((requirement, filename, sha256, content)) = row else { return Ok(None) };
    Ok(Some(Uploaded { requirement, filename, bytes: bytes(database, &content)?, sha256 }))
}

/// The bytes that are here of an upload, whoever sent it; none where there is no such, or its content is gone.
pub(crate) fn received(database: &Transaction<'_>, id: &str) -> Result<Option<Vec<u8>>, Refusal> {
    let content: Option<Option<String>> =
        database.query_row("SELECT content FROM uploads WHERE id = ?1", [id], |row| row.get(0)).optional()?;
    content.flatten().map(|it| bytes(database, &it)).transpose()
}

/// Keeps an upload for as long as the dossier that names it.
pub(crate) fn keep(database: &Transaction<'_>, subject: &str, id: &str) -> Result<(), Refusal> {
    let kept = database.execute(
        "UPDATE uploads SET expires_at = NULL WHERE id = ?1 AND subject = ?2 AND sha256 IS NOT NULL AND content IS NOT NULL",
        params![id, subject],
    )?;
    // It was read a moment ago: somebody took it away meanwhile.
    if kept == 1 { Ok(()) } else { Err(Refusal::Conflict(None)) }
}

/// Throws away what has expired.
fn sweep(database: &Transaction<'_>, now: u64) -> Result<(), Refusal> {
    let mut statement =
        database.prepare_cached("SELECT id FROM uploads WHERE content IS NOT NULL AND expires_at <= ?1")?;
    let expired = statement.query_map([now], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    for id in expired {
        release(database, &id)?;
    }
    database.execute("DELETE FROM uploads WHERE expires_at <= ?1", [now.saturating_sub(REMEMBERED_SECONDS)])?;
    Ok(())
}

/// Lets go of the content of an upload; the last to do so deletes it.
fn release(database: &Transaction<'_>, id: &str) -> Result<(), Refusal> {
    let content: Option<String> =
        database.query_row("SELECT content FROM uploads WHERE id = ?1", [id], |row| row.get(0))?;
    database.execute("UPDATE uploads SET content = NULL WHERE id = ?1", [id])?;
    database.execute(
        "DELETE FROM chunks WHERE upload = ?1 AND NOT EXISTS (SELECT 1 FROM uploads WHERE content = ?1)",
        [content],
    )?;
    Ok(())
}

/// Content of this hash that this person has sent whole.
fn same_content(
    database: &Transaction<'_>,
    subject: &str,
    sha256: &str,
    length: u64,
) -> Result<Option<String>, Refusal> {
    let content = database
        .query_row(
            "SELECT content FROM uploads
             WHERE subject = ?1 AND sha256 = ?2 AND length = ?3 AND content IS NOT NULL LIMIT 1",
            params![subject, sha256, length],
            |row| row.get(0),
        )
        .optional()?;
    Ok(content)
}

fn bytes(database: &Transaction<'_>, content: &str) -> Result<Vec<u8>, Refusal> {
    let mut chunks = database.prepare_cached("SELECT bytes FROM chunks WHERE upload = ?1 ORDER BY start")?;
    let mut rows = chunks.query([content])?;
    let mut whole = Vec::new();
    while let Some(row) = rows.next()? {
        whole.extend_from_slice(row.get_ref(0)?.as_blob().map_err(|_| Refusal::Internal)?);
    }
    Ok(whole)
}
