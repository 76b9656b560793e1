//! What tests may do: be the officer, break things, look behind. Only with `--test-controls`.
//!
//! | request | what |
//! | --- | --- |
//! | `POST /test/dossiers/{code}/status` `{status, note?}` | the officer moves a dossier: an allowed move, 5 and 6 with words |
//! | `GET`, `POST`, `DELETE /test/faults` | faults of the client of the request (header or cookie `test-client`), or of `client` in the body; see [`Faults`] |
//! | `POST /test/queue/step` `{centre?, count?}` | the queue of a centre, or every queue, moves on |
//! | `POST /test/clock` `{advanceSeconds}` | the server's clock goes ahead |
//! | `GET /test/history` | dossiers with key and body, uploads with offset and hash, bytes stored for them, tickets |
//! | `GET /test/uploads/{id}` | the bytes of an upload, as far as they are here |
//! | `GET`, `DELETE /test/csp-reports` | what browsers reported against the policy |
//! | `GET`, `DELETE /test/contract-violations` | what broke openapi.yaml: side, operation, status, what; never a value |

use crate::Shared;
use crate::faults::{Faults, client};
use crate::queue;
use crate::refusal::Refusal;
use crate::reply;
use crate::resources::dossiers;
use crate::shelf;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use contract::dossier::Status;
use serde::Deserialize;
use serde_json::{Value, json};

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/test/dossiers/{code}/status", post(move_dossier))
        .route("/test/faults", get(show_faults).post(set_faults).delete(clear_faults))
        .route("/test/queue/step", post(step_queue))
        .route("/test/clock", post(set_clock))
        .route("/test/history", get(history))
        .route("/test/uploads/{id}", get(upload))
        .route("/test/csp-reports", get(csp_reports).delete(forget_csp_reports))
        .route("/test/contract-violations", get(violations).delete(forget_violations))
}

#[derive(Deserialize)]
struct Move {
    status: Status,
    note: Option<String>,
}

async fn move_dossier(
    State(sandbox): State<Shared>,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let (asked, _): (Move, _) = reply::read_json(&headers, body).await?;
    let dossier = dossiers::move_to(&sandbox, &code, asked.status, asked.note.as_deref())?;
    reply::fresh(StatusCode::OK, &dossier)
}

async fn show_faults(State(sandbox): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    reply::fresh(StatusCode::OK, &sandbox.faults.of(&client(&headers)))
}

/// Faults of the client of this request, or of `client`, if the body names one.
async fn set_faults(State(sandbox): State<Shared>, headers: HeaderMap, body: Body) -> Result<StatusCode, Refusal> {
    let (mut asked, _): (Value, _) = reply::read_json(&headers, body).await?;
    let named = asked.as_object_mut().and_then(|it| it.remove("client"));
    let whose = named.as_ref().and_then(Value::as_str).map_or_else(|| client(&headers), str::to_owned);
    let faults: Faults = serde_json::from_value(asked).map_err(|_| Refusal::Malformed)?;
    sandbox.faults.set(&whose, faults);
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_faults(State(sandbox): State<Shared>, headers: HeaderMap) -> StatusCode {
    sandbox.faults.set(&client(&headers), Faults::default());
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(default)]
struct Steps {
    centre: Option<String>,
    count: u32,
}

impl Default for Steps {
    fn default() -> Self {
        Self { centre: None, count: 1 }
    }
}

async fn step_queue(State(sandbox): State<Shared>, headers: HeaderMap, body: Body) -> Result<StatusCode, Refusal> {
    let (asked, _): (Steps, _) = reply::read_json(&headers, body).await?;
    for _ in 0..asked.count.min(1_000) {
        match &asked.centre {
            Some(centre) => queue::step(&sandbox, centre)?,
            None => queue::step_all(&sandbox)?,
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClockMove {
    advance_seconds: i64,
}

async fn set_clock(State(sandbox): State<Shared>, headers: HeaderMap, body: Body) -> Result<StatusCode, Refusal> {
    let (asked, _): (ClockMove, _) = reply::read_json(&headers, body).await?;
    sandbox.advance_clock(asked.advance_seconds);
    Ok(StatusCode::NO_CONTENT)
}

/// The bytes that the server has of an upload, whoever sent it.
async fn upload(State(sandbox): State<Shared>, Path(id): Path<String>) -> Result<Vec<u8>, Refusal> {
    sandbox.store.change(|database| shelf::received(database, &id)?.ok_or(Refusal::NotFound))
}

/// What was filed under which key, and what the server has of each upload.
async fn history(State(sandbox): State<Shared>) -> Result<Response, Refusal> {
    let history = sandbox.store.change(|database| {
        let mut statement =
            database.prepare_cached("SELECT code, subject, key, procedure, status, files, body FROM dossiers ORDER BY number")?;
        let dossiers = statement.query_map([], |row| {
            let files: String = row.get(5)?;
            let body: Vec<u8> = row.get(6)?;
            Ok(json!({
                "code": row.get::<_, String>(0)?, "subject": row.get::<_, String>(1)?,
                "idempotencyKey": row.get::<_, String>(2)?, "procedure": row.get::<_, String>(3)?,
                "status": row.get::<_, u16>(4)?,
                "files": serde_json::from_str::<Value>(&files).unwrap_or_default(),
                "bodySha256": crate::chance::sha256_hex(&body),
                "body": serde_json::from_slice::<Value>(&body).unwrap_or_default(),
            }))
        })?;
        let dossiers: Vec<Value> = dossiers.collect::<Result<_, _>>()?;
        let mut statement = database
            .prepare_cached("SELECT id, subject, requirement, length, received, declared_sha256, sha256 FROM uploads ORDER BY created_at, id")?;
        let uploads = statement.query_map([], |row| {
            Ok(json!({
                "id": row.get::<_, String>(0)?, "subject": row.get::<_, String>(1)?,
                "requirement": row.get::<_, String>(2)?, "length": row.get::<_, u64>(3)?,
                "received": row.get::<_, u64>(4)?, "declaredSha256": row.get::<_, String>(5)?,
                "sha256": row.get::<_, Option<String>>(6)?,
            }))
        })?;
        let uploads: Vec<Value> = uploads.collect::<Result<_, _>>()?;
        let stored: u64 =
            database.query_row("SELECT coalesce(sum(length(bytes)), 0) FROM chunks", [], |row| row.get(0))?;
        let mut statement = database
            .prepare_cached("SELECT id, centre, counter, number, state, person IS NOT NULL FROM tickets WHERE person IS NOT NULL ORDER BY changed_at, id")?;
        let tickets = statement.query_map([], |row| {
            let counter: String = row.get(2)?;
            Ok(json!({
                "id": row.get::<_, String>(0)?, "centre": row.get::<_, String>(1)?,
                "number": queue::called(&counter, row.get(3)?), "state": row.get::<_, String>(4)?,
            }))
        })?;
        let tickets: Vec<Value> = tickets.collect::<Result<_, _>>()?;
        Ok(json!({ "dossiers": dossiers, "uploads": uploads, "storedBytes": stored, "tickets": tickets }))
    })?;
    reply::fresh(StatusCode::OK, &history)
}

async fn csp_reports(State(sandbox): State<Shared>) -> Result<Response, Refusal> {
    let reports: Vec<Value> = sandbox.store.change(|database| {
        let mut statement = database.prepare_cached("SELECT report FROM csp_reports ORDER BY rowid")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let texts: Vec<String> = rows.collect::<Result<_, _>>()?;
        Ok(texts.iter().map(|it| serde_json::from_str(it).unwrap_or_default()).collect())
    })?;
    reply::fresh(StatusCode::OK, &reports)
}

async fn forget_csp_reports(State(sandbox): State<Shared>) -> Result<StatusCode, Refusal> {
    sandbox.store.change(|database| Ok(database.execute("DELETE FROM csp_reports", [])?))?;
    Ok(StatusCode::NO_CONTENT)
}

async fn violations(State(sandbox): State<Shared>) -> Result<Response, Refusal> {
    let list = sandbox.contract.as_ref().map(crate::contract_check::ContractCheck::violations).unwrap_or_default();
    reply::fresh(StatusCode::OK, &list)
}

async fn forget_violations(State(sandbox): State<Shared>) -> StatusCode {
    if let Some(contract) = &sandbox.contract {
        contract.forget();
    }
    StatusCode::NO_CONTENT
}
