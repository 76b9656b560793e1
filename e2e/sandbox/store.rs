//! The database: one `SQLite` connection behind a lock, and its tables.

use crate::refusal::Refusal;
use rusqlite::{Connection, Transaction};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS signing_keys (purpose TEXT PRIMARY KEY, kid TEXT NOT NULL, secret BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
  token_hash TEXT PRIMARY KEY, subject TEXT NOT NULL, csrf TEXT NOT NULL, expires_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS uploads (
  id TEXT PRIMARY KEY, subject TEXT NOT NULL, length INTEGER NOT NULL, received INTEGER NOT NULL DEFAULT 0,
  requirement TEXT NOT NULL, filename TEXT NOT NULL, declared_sha256 TEXT NOT NULL, sha256 TEXT,
  created_at INTEGER NOT NULL, content TEXT, expires_at INTEGER);
CREATE TABLE IF NOT EXISTS chunks (
  upload TEXT NOT NULL, start INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (upload, start)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS replays (
  subject TEXT NOT NULL, operation TEXT NOT NULL, key TEXT NOT NULL, body_sha256 TEXT NOT NULL,
  done INTEGER NOT NULL DEFAULT 0, location TEXT, answer BLOB, at INTEGER NOT NULL,
  PRIMARY KEY (subject, operation, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS serials (unit TEXT NOT NULL, day TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (unit, day));
CREATE TABLE IF NOT EXISTS dossiers (
  number INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, key TEXT NOT NULL,
  procedure TEXT NOT NULL, title TEXT NOT NULL, status INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  expected_on TEXT, deciding TEXT NOT NULL, collecting TEXT NOT NULL, last_digits TEXT NOT NULL,
  files TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS dossiers_of ON dossiers (subject, number);
CREATE TABLE IF NOT EXISTS timeline (
  number INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL, status INTEGER NOT NULL, at INTEGER NOT NULL, note TEXT);
CREATE INDEX IF NOT EXISTS timeline_of ON timeline (code, number);
CREATE TABLE IF NOT EXISTS lookups (code TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS lookups_of ON lookups (code, at);
CREATE TABLE IF NOT EXISTS tickets (
  id TEXT PRIMARY KEY, centre TEXT NOT NULL, counter TEXT NOT NULL, day TEXT NOT NULL, number INTEGER NOT NULL,
  state TEXT NOT NULL, priority INTEGER NOT NULL, procedure TEXT NOT NULL, person TEXT, no_show INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER NOT NULL, UNIQUE (centre, counter, day, number));
CREATE TABLE IF NOT EXISTS service_times (centre TEXT NOT NULL, counter TEXT NOT NULL, at INTEGER NOT NULL, seconds INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS csp_reports (at INTEGER NOT NULL, report TEXT NOT NULL);
";

/// The database.
pub(crate) struct Store {
    connection: Mutex<Connection>,
}

impl Store {
    /// Opens `file`, or a database in memory. Requests that were running when the last server died are forgotten:
    /// what they did was either committed with its answer or not at all.
    pub(crate) fn open(file: Option<&Path>) -> rusqlite::Result<Self> {
        let connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;")?;
        connection.execute_batch(TABLES)?;
        share_contents(&connection)?;
        connection.execute("DELETE FROM replays WHERE done = 0", [])?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Runs `work` in one transaction: all of it happens, or nothing.
    pub(crate) fn change<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, Refusal>) -> Result<T, Refusal> {
        // A panic inside `work` rolled its transaction back, so the connection is fit for use.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction()?;
        let done = work(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }
}

/// A file of a version that kept the bytes of each upload under its own id, for ever: they stay so.
fn share_contents(connection: &Connection) -> rusqlite::Result<()> {
    let known: bool = connection.query_row(
        "SELECT count(*) FROM pragma_table_info('uploads') WHERE name = 'content'",
        [],
        |row| row.get(0),
    )?;
    if !known {
        connection.execute_batch(
            "ALTER TABLE uploads ADD COLUMN content TEXT; ALTER TABLE uploads ADD COLUMN expires_at INTEGER;
             UPDATE uploads SET content = id;",
        )?;
    }
    connection.execute_batch("CREATE INDEX IF NOT EXISTS uploads_by_content ON uploads (content);")
}
