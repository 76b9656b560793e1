//! The queue of each centre, which really moves: people wait, are called, served, or do not turn up.
//!
//! The people who are not users of the sandbox are made up, the same ones each day for a centre. A step serves everywhere
//! once: who is served goes, who is called is served (or skipped, if not there), and a free counter calls the next: those
//! with priority first, then by number.

use crate::Shared;
use crate::clock;
use crate::places::{self, COUNTER_LETTERS};
use crate::refusal::Refusal;
use contract::ticket::{Queue, QueueCounter, TicketState};
use rusqlite::{OptionalExtension, Transaction, params};
use std::time::Duration;

/// Minutes one person takes before anybody was served today.
const USUAL_SECONDS: u64 = 360;

/// Persons whose time makes the moving average.
const AVERAGED: u32 = 10;

/// Fewer people than this waiting at a counter, and somebody new comes in.
const QUIET: u32 = 2;

/// Every n-th made-up person does not turn up.
const NO_SHOW_EVERY: u32 = 7;

/// The stored name of a state.
#[must_use]
pub(crate) fn state_name(state: TicketState) -> &'static str {
    match state {
        TicketState::Waiting => "waiting",
        TicketState::Called => "called",
        TicketState::Serving => "serving",
        TicketState::Served => "served",
        TicketState::Skipped => "skipped",
        TicketState::Cancelled => "cancelled",
        TicketState::Expired => "expired",
    }
}

/// The state with this stored name.
#[must_use]
pub(crate) fn state_named(name: &str) -> TicketState {
    match name {
        "waiting" => TicketState::Waiting,
        "called" => TicketState::Called,
        "serving" => TicketState::Serving,
        "served" => TicketState::Served,
        "skipped" => TicketState::Skipped,
        "cancelled" => TicketState::Cancelled,
        _ => TicketState::Expired,
    }
}

/// A number as it is called: `A-015`.
#[must_use]
pub(crate) fn called(counter: &str, number: u32) -> String {
    format!("{counter}-{number:03}")
}

/// Moves every queue that somebody watches or waits in, for as long as the sandbox runs.
pub(crate) async fn run(sandbox: Shared) {
    let pause = Duration::from_millis(sandbox.config.queue_interval_ms.max(10));
    loop {
        tokio::time::sleep(pause).await;
        if let Err(refusal) = step_all(&sandbox) {
            tracing::error!(?refusal, "the queues did not move");
        }
    }
}

/// Moves every queue that was opened today by one step.
pub(crate) fn step_all(sandbox: &Shared) -> Result<(), Refusal> {
    let day = today(sandbox);
    let centres: Vec<String> = sandbox.store.change(|database| {
        let mut statement = database.prepare_cached("SELECT DISTINCT centre FROM tickets WHERE day = ?1")?;
        let rows = statement.query_map([&day], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })?;
    for centre in centres {
        step(sandbox, &centre)?;
    }
    Ok(())
}

/// Moves one queue by one step and tells whoever watches it.
pub(crate) fn step(sandbox: &Shared, centre: &str) -> Result<(), Refusal> {
    let (day, now) = (today(sandbox), sandbox.clock.now());
    sandbox.store.change(|database| {
        open(database, centre, &day, now)?;
        COUNTER_LETTERS.iter().try_for_each(|counter| Desk { database, centre, counter, day: &day, now }.step())
    })?;
    sandbox.moved(centre);
    Ok(())
}

/// How the queue of a centre stands.
pub(crate) fn look(sandbox: &Shared, centre: &str) -> Result<Queue, Refusal> {
    let (day, now) = (today(sandbox), sandbox.clock.now());
    let counters = sandbox.store.change(|database| {
        open(database, centre, &day, now)?;
        COUNTER_LETTERS
            .iter()
            .map(|counter| {
                let desk = Desk { database, centre, counter, day: &day, now };
                Ok(QueueCounter {
                    counter: (*counter).to_owned(),
                    serving: desk.busy_with()?.map(|it| called(counter, it)),
                    waiting: desk.waiting()?.into_iter().map(|it| called(counter, it)).collect(),
                })
            })
            .collect::<Result<Vec<_>, Refusal>>()
    })?;
    Ok(Queue { centre: centre.to_owned(), at: now, counters })
}

/// People waiting at each counter of a centre.
pub(crate) fn waiting(sandbox: &Shared, centre: &str) -> Result<Vec<(String, u32)>, Refusal> {
    let queue = look(sandbox, centre)?;
    Ok(queue.counters.into_iter().map(|it| (it.counter, u32::try_from(it.waiting.len()).unwrap_or(u32::MAX))).collect())
}

/// Where and when somebody waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counter<'a> {
    /// Centre.
    pub(crate) centre: &'a str,
    /// Letter.
    pub(crate) letter: &'a str,
    /// Day in Vietnam, `yyyy-mm-dd`.
    pub(crate) day: &'a str,
    /// Now, seconds since 1970 UTC.
    pub(crate) now: u64,
}

impl<'a> Counter<'a> {
    fn desk(self, database: &'a Transaction<'a>) -> Desk<'a> {
        Desk { database, centre: self.centre, counter: self.letter, day: self.day, now: self.now }
    }
}

/// Who is ahead of a waiting number, and how many seconds that takes.
pub(crate) fn ahead(database: &Transaction<'_>, counter: Counter<'_>, number: u32) -> Result<(u32, u64), Refusal> {
    let desk = counter.desk(database);
    let place = desk.waiting()?.iter().position(|it| *it == number).unwrap_or_default();
    let ahead = u32::try_from(place).unwrap_or(u32::MAX);
    let busy = u64::from(desk.busy_with()?.is_some());
    Ok((ahead, (u64::from(ahead) + busy) * desk.seconds_each()?))
}

/// Puts somebody at the end of a counter's queue; the number is the next of the day.
pub(crate) fn join(database: &Transaction<'_>, counter: Counter<'_>, newcomer: &Newcomer<'_>) -> Result<u32, Refusal> {
    open(database, counter.centre, counter.day, counter.now)?;
    counter.desk(database).enter(newcomer)
}

/// Somebody who takes a number.
#[derive(Debug)]
pub(crate) struct Newcomer<'a> {
    /// Ticket id.
    pub(crate) id: &'a str,
    /// Is served first.
    pub(crate) priority: bool,
    /// Procedure; empty for made-up people.
    pub(crate) procedure: &'a str,
    /// Whose ticket it is; none for made-up people.
    pub(crate) person: Option<&'a str>,
    /// Will not turn up when called.
    pub(crate) no_show: bool,
}

fn today(sandbox: &Shared) -> String {
    clock::day_in_vietnam(sandbox.clock.now()).iso()
}

/// The first look at a queue on a day: yesterday's tickets expire, and the made-up people of the day come in.
fn open(database: &Transaction<'_>, centre: &str, day: &str, now: u64) -> Result<(), Refusal> {
    let opened: Option<i64> = database
        .query_row("SELECT 1 FROM tickets WHERE centre = ?1 AND day = ?2 LIMIT 1", params![centre, day], |row| {
            row.get(0)
        })
        .optional()?;
    if opened.is_some() {
        return Ok(());
    }
    database.execute(
        "UPDATE tickets SET state = 'expired', changed_at = ?3
         WHERE centre = ?1 AND day < ?2 AND state IN ('waiting', 'called', 'serving', 'skipped')",
        params![centre, day, now],
    )?;
    for (counter, turn) in COUNTER_LETTERS.iter().zip(0_u32..) {
        let seed = centre.bytes().fold(turn * 7 + 3, |sum, byte| (sum * 31 + u32::from(byte)) % 1_000);
        let people = if counter == &places::COUNTER_LETTERS[0] { 3 + seed % 4 } else { 1 + seed % 3 };
        let desk = Desk { database, centre, counter, day, now };
        for _ in 0..people {
            desk.stranger()?;
        }
    }
    Ok(())
}

/// One counter of one centre on one day.
struct Desk<'a> {
    database: &'a Transaction<'a>,
    centre: &'a str,
    counter: &'a str,
    day: &'a str,
    now: u64,
}

impl Desk<'_> {
    fn step(&self) -> Result<(), Refusal> {
        match self.at_the_desk()? {
            Some((number, TicketState::Serving, since, _)) => {
                self.set(number, TicketState::Served)?;
                self.database.execute(
                    "INSERT INTO service_times (centre, counter, at, seconds) VALUES (?1, ?2, ?3, ?4)",
                    params![self.centre, self.counter, self.now, self.now.saturating_sub(since).max(1)],
                )?;
            }
            Some((number, _, _, true)) => self.set(number, TicketState::Skipped)?,
            Some((number, _, _, false)) => return self.set(number, TicketState::Serving),
            None => {}
        }
        if let Some(next) = self.waiting()?.first() {
            self.set(*next, TicketState::Called)?;
        }
        if self.waiting()?.len() < QUIET as usize {
            self.stranger()?;
        }
        Ok(())
    }

    /// The number called or served, since when, and whether its person is not there.
    fn at_the_desk(&self) -> Result<Option<(u32, TicketState, u64, bool)>, Refusal> {
        let row = self.database.query_row(
            "SELECT number, state, changed_at, no_show FROM tickets
             WHERE centre = ?1 AND counter = ?2 AND day = ?3 AND state IN ('called', 'serving') ORDER BY number LIMIT 1",
            params![self.centre, self.counter, self.day],
            |row| Ok((row.get(0)?, state_named(row.get_ref(1)?.as_str()?), row.get(2)?, row.get(3)?)),
        );
        Ok(row.optional()?)
    }

    fn busy_with(&self) -> Result<Option<u32>, Refusal> {
        Ok(self.at_the_desk()?.map(|(number, ..)| number))
    }

    /// Numbers waiting, the next first.
    fn waiting(&self) -> Result<Vec<u32>, Refusal> {
        let mut statement = self.database.prepare_cached(
            "SELECT number FROM tickets WHERE centre = ?1 AND counter = ?2 AND day = ?3 AND state = 'waiting'
             ORDER BY priority DESC, number",
        )?;
        let rows = statement.query_map(params![self.centre, self.counter, self.day], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn set(&self, number: u32, state: TicketState) -> Result<(), Refusal> {
        self.database.execute(
            "UPDATE tickets SET state = ?5, changed_at = ?6
             WHERE centre = ?1 AND counter = ?2 AND day = ?3 AND number = ?4",
            params![self.centre, self.counter, self.day, number, state_name(state), self.now],
        )?;
        Ok(())
    }

    /// Seconds one person takes: the moving average of those served last.
    fn seconds_each(&self) -> Result<u64, Refusal> {
        let average: Option<f64> = self.database.query_row(
            "SELECT avg(seconds) FROM (SELECT seconds FROM service_times
             WHERE centre = ?1 AND counter = ?2 ORDER BY at DESC LIMIT ?3)",
            params![self.centre, self.counter, AVERAGED],
            |row| row.get(0),
        )?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "seconds within a day, at least one"
        )]
        Ok(average.map_or(USUAL_SECONDS, |it| it.clamp(1.0, 86_400.0) as u64))
    }

    /// Somebody made up comes in.
    fn stranger(&self) -> Result<(), Refusal> {
        let count: u32 = self.database.query_row(
            "SELECT count(*) FROM tickets WHERE centre = ?1 AND counter = ?2 AND day = ?3",
            params![self.centre, self.counter, self.day],
            |row| row.get(0),
        )?;
        let id = crate::chance::id();
        let no_show = (count + 1).is_multiple_of(NO_SHOW_EVERY);
        self.enter(&Newcomer { id: &id, priority: false, procedure: "", person: None, no_show })?;
        Ok(())
    }

    /// Somebody takes the next number.
    fn enter(&self, newcomer: &Newcomer<'_>) -> Result<u32, Refusal> {
        let number: u32 = self.database.query_row(
            "SELECT coalesce(max(number), 0) + 1 FROM tickets WHERE centre = ?1 AND counter = ?2 AND day = ?3",
            params![self.centre, self.counter, self.day],
            |row| row.get(0),
        )?;
        self.database.execute(
            "INSERT INTO tickets (id, centre, counter, day, number, state, priority, procedure, person, no_show, changed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 'waiting', ?6, ?7, ?8, ?9, ?10)",
            params![
                newcomer.id,
                self.centre,
                self.counter,
                self.day,
                number,
                newcomer.priority,
                newcomer.procedure,
                newcomer.person,
                newcomer.no_show,
                self.now,
            ],
        )?;
        Ok(number)
    }
}
