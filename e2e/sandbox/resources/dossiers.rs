//! Dossiers: filing once, following, looking up.

use crate::Shared;
use crate::accounts::Account;
use crate::check::{self, Faults};
use crate::clock;
use crate::data::Found;
use crate::places::{CITY_CENTRE, CentreFacts};
use crate::refusal::Refusal;
use crate::replay::{Claim, Once, Running};
use crate::reply;
use crate::resources::session::{Changing, SignedIn};
use crate::shelf;
use crate::signing::Purpose;
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use contract::dossier::{
    Dossier, DossierPage, DossierRequest, DossierSummary, LookupRequest, Receipt, Status, TimelineEntry,
};
use contract::procedure::{AuthorityRule, Filing, Procedure, applies};
use forms::Environment;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vietnam::dossier_code::DossierCode;

/// Identification code of Cần Thơ, from configuration of the city; after the merger its list was not found published.
const CITY_IDENTIFIER: &str = "H13";

/// Failed look-ups per code and hour.
const TRIES: u64 = 5;
const HOUR: u64 = 3_600;

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/v1/dossiers", get(list).post(submit))
        .route("/api/v1/dossiers/lookups", post(look_up))
        .route("/api/v1/dossiers/{code}", get(one))
}

async fn submit(
    State(sandbox): State<Shared>,
    Changing(signed_in): Changing,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let (asked, bytes): (DossierRequest, _) = reply::read_json(&headers, body).await?;
    let once = Once::read(signed_in.account.key.to_owned(), "dossiers", &headers, &bytes)?;
    let running = match once.claim(&sandbox)? {
        Claim::Answered(response) => return Ok(response),
        Claim::New(running) => running,
    };
    let slow = sandbox.faults.work_delay(&headers);
    // On its own: once begun it ends, whether or not the client still listens.
    let work = tokio::spawn(async move {
        if let Some(delay) = slow {
            tokio::time::sleep(delay).await;
        }
        let working = tokio::task::spawn_blocking(move || file(&sandbox, running, signed_in.account, &asked, &bytes));
        working.await.map_err(|_| Refusal::Internal)?
    });
    work.await.map_err(|_| Refusal::Internal)?
}

/// Checks everything, then files the dossier and keeps its answer in one transaction.
fn file(
    sandbox: &Shared,
    running: Running,
    account: &'static Account,
    asked: &DossierRequest,
    body: &[u8],
) -> Result<Response, Refusal> {
    let procedure = match sandbox.data.procedure(&asked.procedure) {
        Some(Found::Procedure(procedure)) if procedure.code == asked.procedure => procedure,
        _ => return Err(Refusal::invalid("procedure", "unknown")),
    };
    let Some(current) = &procedure.form else { return Err(Refusal::invalid("procedure", "online")) };
    if current.id != asked.form.id || asked.form.version > current.version {
        return Err(Refusal::invalid("form", "unknown"));
    }
    // A withdrawn version is no longer served: a draft of it must be moved to the newer one.
    let form = sandbox.data.form(&asked.form.id, asked.form.version).ok_or(Refusal::Gone)?;
    let now = sandbox.clock.now();
    let mut faults = Faults::default();
    check::request(&mut faults, &sandbox.data, &procedure, account, asked);
    let environment = Environment { today: clock::day_in_vietnam(now), patterns: &sandbox.data.patterns };
    faults.answers(check::answers(&form.form, &asked.answers, &environment));
    for (index, file) in asked.files.iter().enumerate() {
        let uploaded = sandbox.store.change(|database| shelf::read(database, account.key, &file.upload, now))?;
        check::file(&mut faults, &procedure, index, file, uploaded.as_ref());
    }
    faults.verdict()?;
    let offices = offices(sandbox, &procedure, asked).ok_or(Refusal::Internal)?;
    let key = running.once().key().to_owned();
    running.settle(|database| {
        let receipt = receipt(sandbox, database, &procedure, asked, offices, now)?;
        let row =
            NewDossier { receipt: &receipt, subject: account.key, key: &key, last_digits: last_digits(asked), body };
        row.insert(database)?;
        for file in &asked.files {
            shelf::keep(database, account.key, &file.upload)?;
        }
        let location = format!("{}api/v1/dossiers/{}", sandbox.config.base_path, receipt.code);
        Ok((location, reply::print(&receipt)?))
    })
}

/// Where a dossier is filed and who decides.
struct Offices {
    /// The deciding agency's number in dossier codes.
    unit: String,
    deciding: String,
    filing: String,
}

/// The three places but for the third: `None` where the centre is unknown.
fn offices(sandbox: &Shared, procedure: &Procedure, asked: &DossierRequest) -> Option<Offices> {
    let places = &sandbox.data.places;
    let agency = deciding(sandbox, procedure, &asked.answers);
    let Filing::NamedAgency { name } = &procedure.filing else {
        let filing = places.centre(&asked.filing)?;
        let agency = agency.unwrap_or(filing);
        return Some(Offices {
            unit: agency.unit.clone(),
            deciding: agency.committee.clone(),
            filing: filing.name.clone(),
        });
    };
    // Of the agencies named the police is the one with a seat in each ward.
    let (unit, deciding) = match agency.filter(|_| name.starts_with("Công an")) {
        Some(ward) => (&ward.unit, &ward.police),
        None => (&places.centre(CITY_CENTRE)?.unit, name),
    };
    Some(Offices { unit: unit.clone(), deciding: deciding.clone(), filing: deciding.clone() })
}

/// The agency that decides, where the answers fix it: the ward of the residence, or of the place the matter is about.
fn deciding<'a>(sandbox: &'a Shared, procedure: &Procedure, answers: &Value) -> Option<&'a CentreFacts> {
    let wards = wards(sandbox, answers);
    let of = |word: &str| wards.iter().find(|(path, _)| path.to_lowercase().contains(word)).map(|(_, code)| code);
    let any = || wards.first().map(|(_, code)| code);
    let code = match procedure.authority.as_ref()?.rule {
        AuthorityRule::Residence => of("residence").or_else(any),
        AuthorityRule::Registration => of("registered").or_else(any),
        AuthorityRule::Event => of("place").or_else(any),
        AuthorityRule::Land => of("land").or_else(|| of("parcel")).or_else(any),
        AuthorityRule::Any | AuthorityRule::Named => None,
    }?;
    sandbox.data.places.centre(code)
}

/// Wards of the city that are named in the answers, each with its path, in order.
fn wards(sandbox: &Shared, answers: &Value) -> Vec<(String, String)> {
    fn walk(value: &Value, path: &str, sandbox: &Shared, found: &mut Vec<(String, String)>) {
        match value {
            Value::Object(map) => {
                let code = map.get("ward").and_then(|it| it.get("code")).and_then(Value::as_str);
                if let Some(code) = code.filter(|it| sandbox.data.places.is_ward_of_the_city(it)) {
                    found.push((path.to_owned(), code.to_owned()));
                }
                for (key, inner) in map {
                    walk(inner, &format!("{path}.{key}"), sandbox, found);
                }
            }
            Value::Array(list) => list.iter().for_each(|inner| walk(inner, path, sandbox, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    walk(answers, "", sandbox, &mut found);
    found
}

/// Last four digits that open a look-up: the owner's, or the submitter's where the owner has no number yet.
fn last_digits(asked: &DossierRequest) -> &str {
    let number = asked.owner.citizen_id.as_deref().or(asked.submitter.person.citizen_id.as_deref()).unwrap_or_default();
    number.len().checked_sub(4).and_then(|from| number.get(from..)).unwrap_or_default()
}

/// What the signed part of a receipt says.
#[derive(Serialize)]
struct ReceiptClaims<'a> {
    jti: &'a str,
    iat: u64,
    procedure: &'a str,
    /// SHA-256 of each file.
    files: Vec<&'a str>,
}

fn receipt(
    sandbox: &Shared,
    database: &Transaction<'_>,
    procedure: &Procedure,
    asked: &DossierRequest,
    offices: Offices,
    now: u64,
) -> Result<Receipt, Refusal> {
    let code = next_code(database, &offices.unit, now)?;
    let claims = ReceiptClaims {
        jti: &code,
        iat: now,
        procedure: &procedure.code,
        files: asked.files.iter().map(|it| it.sha256.as_str()).collect(),
    };
    let signed = sandbox.keys.sign(Purpose::Receipt, &claims);
    Ok(Receipt {
        code,
        procedure: procedure.code.clone(),
        title: procedure.title.vi.clone(),
        received_at: now,
        expected_on: procedure.time_limit.and_then(|limit| clock::expected_on(now, limit)),
        deciding: offices.deciding,
        filing: offices.filing,
        collecting: asked.collecting.clone(),
        files: asked.files.clone(),
        visit: procedure.visit.iter().any(|it| applies(&it.when, &asked.case_answers)),
        signed,
    })
}

/// The next code of the agency's day: `H13.31-251122-0001`.
fn next_code(database: &Transaction<'_>, unit: &str, now: u64) -> Result<String, Refusal> {
    let day = clock::day_in_vietnam(now);
    let day = format!("{:02}{:02}{:02}", day.year() % 100, day.month(), day.day());
    let serial: u32 = database.query_row(
        "INSERT INTO serials (unit, day, last) VALUES (?1, ?2, 1)
         ON CONFLICT (unit, day) DO UPDATE SET last = last + 1 RETURNING last",
        params![unit, day],
        |row| row.get(0),
    )?;
    Ok(format!("{CITY_IDENTIFIER}.{unit}-{day}-{serial:04}"))
}

struct NewDossier<'a> {
    receipt: &'a Receipt,
    subject: &'a str,
    key: &'a str,
    last_digits: &'a str,
    body: &'a [u8],
}

impl NewDossier<'_> {
    fn insert(&self, database: &Transaction<'_>) -> Result<(), Refusal> {
        let receipt = self.receipt;
        database.execute(
            "INSERT INTO dossiers (code, subject, key, procedure, title, status, updated_at, expected_on, deciding,
               collecting, last_digits, files, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            params![
                receipt.code,
                self.subject,
                self.key,
                receipt.procedure,
                receipt.title,
                Status::NewlyRegistered.number(),
                receipt.received_at,
                receipt.expected_on,
                receipt.deciding,
                text(&receipt.collecting)?,
                self.last_digits,
                text(&receipt.files)?,
                self.body,
            ],
        )?;
        enter(database, &receipt.code, Status::NewlyRegistered, receipt.received_at, None)
    }
}

fn text(value: &impl Serialize) -> Result<String, Refusal> {
    serde_json::to_string(value).map_err(|_| Refusal::Internal)
}

/// Adds an entry to a timeline.
fn enter(database: &Transaction<'_>, code: &str, status: Status, at: u64, note: Option<&str>) -> Result<(), Refusal> {
    database.execute(
        "INSERT INTO timeline (code, status, at, note) VALUES (?1, ?2, ?3, ?4)",
        params![code, status.number(), at, note],
    )?;
    Ok(())
}

#[derive(Deserialize)]
struct ListQuery {
    cursor: Option<i64>,
    limit: Option<u32>,
}

async fn list(
    State(sandbox): State<Shared>,
    signed_in: SignedIn,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let query = query.map_err(|_| Refusal::Malformed)?.0;
    let limit = query.limit.unwrap_or(20);
    if !(1..=50).contains(&limit) || query.cursor.is_some_and(|it| it < 0) {
        return Err(Refusal::Malformed);
    }
    let before = query.cursor.unwrap_or(i64::MAX);
    let mut rows: Vec<(i64, DossierSummary)> = sandbox.store.change(|database| {
        let mut statement = database.prepare_cached(
            "SELECT code, procedure, title, status, updated_at, number FROM dossiers
             WHERE subject = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3",
        )?;
        let rows = statement
            .query_map(params![signed_in.account.key, before, limit + 1], |row| Ok((row.get(5)?, summary(row)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| more).map(|(number, _)| number.to_string());
    let page = DossierPage { items: rows.into_iter().map(|(_, it)| it).collect(), next };
    reply::fresh(StatusCode::OK, &page)
}

/// The first five columns of a query for dossiers.
fn summary(row: &Row<'_>) -> rusqlite::Result<DossierSummary> {
    Ok(DossierSummary {
        code: row.get(0)?,
        procedure: row.get(1)?,
        title: row.get(2)?,
        status: Status::from_number(row.get(3)?),
        updated_at: row.get(4)?,
    })
}

async fn one(
    State(sandbox): State<Shared>,
    signed_in: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    let code = DossierCode::parse(&code).map_err(|_| Refusal::NotFound)?;
    let found = sandbox.store.change(|database| read(database, code.as_str()))?;
    let found = found.filter(|it| it.subject == signed_in.account.key).ok_or(Refusal::NotFound)?;
    reply::fresh(StatusCode::OK, &found.dossier)
}

/// A dossier with what only the server needs.
struct Kept {
    dossier: Dossier,
    subject: String,
    last_digits: String,
}

fn read(database: &Transaction<'_>, code: &str) -> Result<Option<Kept>, Refusal> {
    let kept = database
        .query_row(
            "SELECT code, procedure, title, status, updated_at, expected_on, deciding, collecting, files, subject,
               last_digits FROM dossiers WHERE code = ?1",
            [code],
            |row| {
                let dossier = Dossier {
                    summary: summary(row)?,
                    deciding: row.get(6)?,
                    collecting: Some(json(row, 7)?),
                    expected_on: row.get(5)?,
                    timeline: Vec::new(),
                    files: json(row, 8)?,
                };
                Ok(Kept { dossier, subject: row.get(9)?, last_digits: row.get(10)? })
            },
        )
        .optional()?;
    let Some(mut kept) = kept else { return Ok(None) };
    let mut statement =
        database.prepare_cached("SELECT status, at, note FROM timeline WHERE code = ?1 ORDER BY number")?;
    let timeline = statement.query_map([code], |row| {
        Ok(TimelineEntry { status: Status::from_number(row.get(0)?), at: row.get(1)?, note: row.get(2)? })
    })?;
    kept.dossier.timeline = timeline.collect::<Result<_, _>>()?;
    Ok(Some(kept))
}

/// A column that holds JSON.
fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str()?;
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}

async fn look_up(State(sandbox): State<Shared>, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    let (asked, _): (LookupRequest, _) = reply::read_json(&headers, body).await?;
    // What reads as no code is an unknown one.
    let code = DossierCode::parse(&asked.code).map_err(|_| Refusal::NotFound)?;
    let are_digits = asked.last_digits.len() == 4 && asked.last_digits.bytes().all(|it| it.is_ascii_digit());
    if !are_digits {
        return Err(Refusal::Malformed);
    }
    let now = sandbox.clock.now();
    // The outer result is the transaction's: a wrong guess is counted, so it must be kept.
    let found = sandbox.store.change(|database| {
        let since = now.saturating_sub(HOUR);
        database.execute("DELETE FROM lookups WHERE at <= ?1", [since])?;
        let (count, first): (u64, Option<u64>) =
            database.query_row("SELECT count(*), min(at) FROM lookups WHERE code = ?1", [code.key()], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if count >= TRIES {
            return Err(Refusal::TooMany((first.unwrap_or(now) + HOUR).saturating_sub(now)));
        }
        let found = read(database, code.as_str())?
            .filter(|it| !it.last_digits.is_empty() && it.last_digits == asked.last_digits);
        if found.is_none() {
            database.execute("INSERT INTO lookups (code, at) VALUES (?1, ?2)", params![code.key(), now])?;
        }
        Ok(found)
    })?;
    let mut dossier = found.ok_or(Refusal::NotFound)?.dossier;
    dossier.collecting = None;
    dossier.files = Vec::new();
    reply::fresh(StatusCode::OK, &dossier)
}

/// What an officer may do next (the moves in force between the ten national statuses).
#[must_use]
pub(crate) fn may_move(from: Status, to: Status) -> bool {
    let allowed: &[u16] = match from.number() {
        1 => &[2, 3, 7],
        2 => &[4, 5, 6, 7],
        4 => &[5, 6, 7, 8, 9],
        5 => &[4, 7, 8],
        6 => &[4, 8],
        9 => &[10],
        _ => &[],
    };
    allowed.contains(&to.number())
}

/// Moves a dossier, as an officer does: an allowed move, and words where the citizen has to act.
pub(crate) fn move_to(sandbox: &Shared, code: &str, to: Status, note: Option<&str>) -> Result<Dossier, Refusal> {
    let code = DossierCode::parse(code).map_err(|_| Refusal::NotFound)?;
    let now = sandbox.clock.now();
    sandbox.store.change(|database| {
        let kept = read(database, code.as_str())?.ok_or(Refusal::NotFound)?;
        if !may_move(kept.dossier.summary.status, to) {
            return Err(Refusal::Conflict(None));
        }
        let needs_words = matches!(to, Status::SupplementAsked | Status::PaymentAsked);
        if needs_words && note.is_none_or(|it| it.trim().is_empty()) {
            return Err(Refusal::invalid("note", "required"));
        }
        database.execute(
            "UPDATE dossiers SET status = ?2, updated_at = ?3 WHERE code = ?1",
            params![code.as_str(), to.number(), now],
        )?;
        enter(database, code.as_str(), to, now, note)?;
        Ok(read(database, code.as_str())?.ok_or(Refusal::Internal)?.dossier)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_moves_in_force_are_allowed() {
        let allowed: Vec<(u16, u16)> = Status::ALL
            .iter()
            .flat_map(|from| Status::ALL.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| may_move(*from, *to))
            .map(|(from, to)| (from.number(), to.number()))
            .collect();
        let expected = [
            (1, 2),
            (1, 3),
            (1, 7),
            (2, 4),
            (2, 5),
            (2, 6),
            (2, 7),
            (4, 5),
            (4, 6),
            (4, 7),
            (4, 8),
            (4, 9),
            (5, 4),
            (5, 7),
            (5, 8),
            (6, 4),
            (6, 8),
            (9, 10),
        ];
        assert_eq!(allowed, expected);
    }
}
