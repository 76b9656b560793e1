//! Tickets, and the live queue as server-sent events.

use crate::Shared;
use crate::chance;
use crate::clock;
use crate::data::Found;
use crate::places::{self, CentreFacts};
use crate::queue::{self, Counter, Newcomer};
use crate::refusal::Refusal;
use crate::replay::{Claim, Once};
use crate::reply;
use crate::resources::session::{SignedIn, cookie};
use crate::signing::Purpose;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use contract::procedure::Procedure;
use contract::ticket::{Ticket, TicketClaims, TicketRequest, TicketState};
use futures_util::stream;
use rusqlite::{OptionalExtension, Transaction, params};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use vietnam::dossier_code::DossierCode;

/// Cookie that tells one device from another; nothing else is in it.
const DEVICE: &str = "mot-cua-device";

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/v1/tickets", post(take))
        .route("/api/v1/tickets/{id}", get(one).delete(give_back))
        .route("/api/v1/centres/{code}/queue", get(watch))
}

async fn take(State(sandbox): State<Shared>, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    let (asked, bytes): (TicketRequest, _) = reply::read_json(&headers, body).await?;
    let (person, new_device) = person(&sandbox, &headers)?;
    let once = Once::read(person.clone(), "tickets", &headers, &bytes)?;
    let answered = match once.claim(&sandbox)? {
        Claim::Answered(response) => Ok(response),
        Claim::New(running) => {
            let centre = sandbox.data.places.centre(&asked.centre).ok_or(Refusal::NotFound)?;
            let procedure = match sandbox.data.procedure(&asked.procedure) {
                Some(Found::Procedure(procedure)) => procedure,
                Some(Found::Replaced(_)) | None => return Err(Refusal::invalid("procedure", "unknown")),
            };
            if asked.dossier.as_ref().is_some_and(|it| DossierCode::parse(it).is_err()) {
                return Err(Refusal::invalid("dossier", "unknown"));
            }
            let taken = running.settle(|database| issue(&sandbox, database, &asked, centre, &procedure, &person));
            sandbox.moved(&centre.code);
            taken
        }
    };
    let mut response = answered?;
    if let Some(device) = new_device {
        let secure = if sandbox.config.secure_cookies { "; Secure" } else { "" };
        let cookie = format!("{DEVICE}={device}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}");
        let cookie = HeaderValue::from_str(&cookie).map_err(|_| Refusal::Internal)?;
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Whose ticket it is: the signed-in person's, or the device's, which gets a name if it has none.
fn person(sandbox: &Shared, headers: &HeaderMap) -> Result<(String, Option<String>), Refusal> {
    if let Some(signed_in) = SignedIn::of(sandbox, headers)? {
        return Ok((format!("account {}", signed_in.account.key), None));
    }
    let known = cookie(headers, DEVICE).filter(|it| it.len() == 22 && it.is_ascii());
    let named = |device: &str| format!("device {device}");
    if let Some(device) = known {
        return Ok((named(&device), None));
    }
    let device = chance::id();
    Ok((named(&device), Some(device)))
}

fn issue(
    sandbox: &Shared,
    database: &Transaction<'_>,
    asked: &TicketRequest,
    centre: &CentreFacts,
    procedure: &Procedure,
    person: &str,
) -> Result<(String, Vec<u8>), Refusal> {
    let now = sandbox.clock.now();
    let day = clock::day_in_vietnam(now).iso();
    let live: Option<String> = database
        .query_row(
            "SELECT id FROM tickets WHERE centre = ?1 AND day = ?2 AND person = ?3
             AND state IN ('waiting', 'called', 'serving', 'skipped')",
            params![centre.code, day, person],
            |row| row.get(0),
        )
        .optional()?;
    if live.is_some() {
        return Err(Refusal::Conflict(live));
    }
    let id = chance::id();
    let counter = Counter { centre: &centre.code, letter: places::counter_for(&procedure.field), day: &day, now };
    let newcomer = Newcomer {
        id: &id,
        priority: asked.priority.is_some(),
        procedure: &procedure.code,
        person: Some(person),
        no_show: false,
    };
    queue::join(database, counter, &newcomer)?;
    let ticket = read(sandbox, database, &id)?.ok_or(Refusal::Internal)?;
    let location = format!("{}api/v1/tickets/{id}", sandbox.config.base_path);
    Ok((location, reply::print(&ticket)?))
}

fn read(sandbox: &Shared, database: &Transaction<'_>, id: &str) -> Result<Option<Ticket>, Refusal> {
    let row: Option<(String, String, String, u32, String, String)> = database
        .query_row(
            "SELECT centre, counter, day, number, state, procedure FROM tickets WHERE id = ?1 AND person IS NOT NULL",
            [id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)),
        )
        .optional()?;
    let Some((centre, letter, day, number, state, procedure)) = row else { return Ok(None) };
    let facts = sandbox.data.places.centre(&centre).ok_or(Refusal::NotFound)?;
    let now = sandbox.clock.now();
    let over = day < clock::day_in_vietnam(now).iso();
    let state = match queue::state_named(&state) {
        TicketState::Waiting | TicketState::Called | TicketState::Serving | TicketState::Skipped if over => {
            TicketState::Expired
        }
        state => state,
    };
    let (ahead, seconds) = match state {
        TicketState::Waiting => {
            queue::ahead(database, Counter { centre: &centre, letter: &letter, day: &day, now }, number)?
        }
        TicketState::Called
        | TicketState::Serving
        | TicketState::Served
        | TicketState::Skipped
        | TicketState::Cancelled
        | TicketState::Expired => (0, 0),
    };
    let called = queue::called(&letter, number);
    let expires_at = end_of(&day).unwrap_or(now);
    let claims = TicketClaims { id: id.to_owned(), centre: centre.clone(), number: called.clone(), expires_at };
    Ok(Some(Ticket {
        id: id.to_owned(),
        number: called,
        centre,
        centre_name: facts.name.clone(),
        centre_address: facts.address.clone(),
        counter: letter,
        procedure,
        state,
        ahead,
        expected_minutes: u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX),
        day,
        signed: sandbox.keys.sign(Purpose::Ticket, &claims),
    }))
}

/// When a day of Vietnam ends.
fn end_of(day: &str) -> Option<u64> {
    let days = vietnam::date::Date::parse(day).ok()?.days_since_1970();
    let noon_utc = u64::try_from(days).ok()? * 86_400 + 5 * 3_600;
    Some(clock::end_of_day_in_vietnam(noon_utc))
}

async fn one(State(sandbox): State<Shared>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let ticket = sandbox.store.change(|database| read(&sandbox, database, &id))?.ok_or(Refusal::NotFound)?;
    reply::fresh(StatusCode::OK, &ticket)
}

async fn give_back(State(sandbox): State<Shared>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let centre = sandbox.store.change(|database| {
        let ticket = read(&sandbox, database, &id)?.ok_or(Refusal::NotFound)?;
        match ticket.state {
            TicketState::Waiting | TicketState::Called | TicketState::Skipped => {
                database.execute(
                    "UPDATE tickets SET state = 'cancelled', changed_at = ?2 WHERE id = ?1",
                    params![id, sandbox.clock.now()],
                )?;
            }
            TicketState::Cancelled => {}
            TicketState::Serving | TicketState::Served | TicketState::Expired => {
                return Err(Refusal::Conflict(None));
            }
        }
        Ok(ticket.centre)
    })?;
    sandbox.moved(&centre);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// One watcher of a queue.
struct Watcher {
    sandbox: Shared,
    centre: String,
    moves: broadcast::Receiver<String>,
    first: bool,
}

async fn watch(State(sandbox): State<Shared>, Path(code): Path<String>) -> Result<Response, Refusal> {
    sandbox.data.places.centre(&code).ok_or(Refusal::NotFound)?;
    let moves = sandbox.moves.subscribe();
    let watcher = Watcher { sandbox, centre: code, moves, first: true };
    let events = stream::unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok::<Event, Infallible>(event), watcher))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

impl Watcher {
    /// The queue at once, then whenever it moved; none where the sandbox ends.
    async fn next(&mut self) -> Option<Event> {
        if !std::mem::take(&mut self.first) {
            self.moved().await?;
        }
        let queue = queue::look(&self.sandbox, &self.centre).ok()?;
        let id = queue.at.to_string();
        let data = serde_json::to_string(&queue).ok()?;
        Some(Event::default().event("queue").id(id).data(data))
    }

    async fn moved(&mut self) -> Option<()> {
        loop {
            tokio::select! {
                () = self.sandbox.ending() => return None,
                moved = self.moves.recv() => match moved {
                    Ok(centre) if centre == self.centre => return Some(()),
                    // Some moves were missed: the queue is looked at anyway.
                    Err(RecvError::Lagged(_)) => return Some(()),
                    Ok(_) => {}
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }
}
