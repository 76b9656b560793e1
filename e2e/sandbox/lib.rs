//! The sandbox: a real server that stands for the one-stop backend of Cần Thơ.
//!
//! It serves the built page and the contract of `e2e/contract/openapi.yaml`, checks every dossier again with `forms` and
//! every file with `documents`, and keeps everything in one `SQLite` file. [`app`] needs no port, so tests ask it directly.

mod accounts;
mod chance;
mod check;
mod clock;
pub mod config;
mod contract_check;
mod data;
mod faults;
mod guard;
mod holidays;
mod national;
mod places;
mod queue;
mod refusal;
mod replay;
mod reply;
mod resources;
mod shelf;
mod signing;
mod site;
mod store;

pub use contract_check::Violation;
pub use data::{Data, DataError};

use crate::config::Config;
use crate::contract_check::ContractCheck;
use crate::faults::FaultBook;
use crate::refusal::Refusal;
use crate::reply::PackedOnce;
use crate::signing::Keys;
use crate::store::Store;
use axum::Router;
use axum::extract::Request;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Uri};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use tokio::sync::{broadcast, watch};
use tower::ServiceExt;

/// What every handler shares.
pub type Shared = Arc<Sandbox>;

/// One running sandbox.
pub struct Sandbox {
    config: Config,
    clock: clock::Clock,
    store: Store,
    keys: Keys,
    data: Arc<Data>,
    faults: FaultBook,
    contract: Option<ContractCheck>,
    policy: HeaderValue,
    part_policy: HeaderValue,
    commune: PackedOnce,
    full: PackedOnce,
    moves: broadcast::Sender<String>,
    end: watch::Sender<bool>,
}

/// Why a sandbox does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database does not open.
    #[error("the database does not open: {0}")]
    Database(#[from] rusqlite::Error),
    /// The signing keys cannot be read or made.
    #[error("the signing keys cannot be read")]
    Keys,
    /// The data cannot be read.
    #[error("the data cannot be read: {0}")]
    Data(#[from] DataError),
    /// The contract cannot be read.
    #[error("the contract cannot be read: {0}")]
    Contract(#[from] contract_check::ContractError),
    /// The origins that may frame the page do not fit a header.
    #[error("the policy does not fit a header")]
    Policy,
    /// The port cannot be had, or a folder not be made.
    #[error("{0}")]
    System(#[from] std::io::Error),
}

impl Sandbox {
    /// Reads data, database, keys and contract.
    pub fn start(config: Config) -> Result<Shared, StartError> {
        let data = Arc::new(Data::read(&config.data)?);
        Self::start_with(config, data)
    }

    /// Reads database, keys and contract; the data, which never changes, may serve several sandboxes.
    pub fn start_with(config: Config, data: Arc<Data>) -> Result<Shared, StartError> {
        if let Some(folder) = config.database.as_deref().and_then(std::path::Path::parent) {
            std::fs::create_dir_all(folder)?;
        }
        let store = Store::open(config.database.as_deref())?;
        let keys = Keys::open(&store).map_err(|_| StartError::Keys)?;
        let contract = config.contract.as_deref().map(ContractCheck::read).transpose()?;
        let policy = HeaderValue::from_str(&guard::policy(&config)).map_err(|_| StartError::Policy)?;
        let part_policy = HeaderValue::from_str(&guard::part_policy(&config)).map_err(|_| StartError::Policy)?;
        Ok(Arc::new(Self {
            config,
            clock: clock::Clock::default(),
            store,
            keys,
            data,
            faults: FaultBook::default(),
            contract,
            policy,
            part_policy,
            commune: PackedOnce::default(),
            full: PackedOnce::default(),
            moves: broadcast::Sender::new(256),
            end: watch::Sender::new(false),
        }))
    }

    /// Ends what would never end by itself: the live queues.
    pub fn end(&self) {
        self.end.send_replace(true);
    }

    /// Sets the sandbox's clock ahead: what tests do that wait for a session or a day to end.
    pub fn advance_clock(&self, seconds: i64) {
        self.clock.advance(seconds);
    }

    /// What broke the contract so far; empty where no contract is checked.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        self.contract.as_ref().map(ContractCheck::violations).unwrap_or_default()
    }

    /// Tells whoever watches the queue of a centre that it moved.
    fn moved(&self, centre: &str) {
        // Nobody watches: nobody is told.
        let _ = self.moves.send(centre.to_owned());
    }

    /// Resolves when the sandbox ends.
    async fn ending(&self) {
        let mut end = self.end.subscribe();
        // An error means that the sandbox is gone, which is its end too.
        let _ = end.wait_for(|it| *it).await;
    }
}

/// Everything the sandbox answers, below its base path.
pub fn app(sandbox: &Shared) -> Router {
    let mut routes = Router::new()
        .merge(resources::catalogue::routes())
        .merge(resources::places::routes())
        .merge(resources::session::routes())
        .merge(resources::uploads::routes())
        .merge(resources::dossiers::routes())
        .merge(resources::tickets::routes())
        .merge(resources::keys::routes())
        .merge(resources::reports::routes());
    if sandbox.config.test_controls {
        routes = routes.merge(resources::test_controls::routes());
    }
    let mut routes = routes
        .fallback(site::serve)
        .method_not_allowed_fallback(|| async { Refusal::Method })
        .layer(map_response(problem_for_every_error))
        .layer(from_fn_with_state(sandbox.clone(), guard::guard))
        // Outside the guard: the headers it adds are in the contract too.
        .layer(from_fn_with_state(sandbox.clone(), contract_check::check));
    if sandbox.config.test_controls {
        routes = routes.layer(from_fn_with_state(sandbox.clone(), faults::strike));
    }
    below(&sandbox.config.base_path, routes.with_state(sandbox.clone()))
}

/// Compresses both tiers of the catalogue before somebody asks for them.
pub async fn warm_up(sandbox: Shared) {
    for (once, tier) in [(&sandbox.commune, data::Tier::Commune), (&sandbox.full, data::Tier::Full)] {
        if let Err(refusal) = once.get(|| reply::print(sandbox.data.tier(tier))).await {
            tracing::error!(?refusal, "the catalogue could not be compressed");
        }
    }
}

/// Moves the queues until the sandbox ends; without an interval they stand.
pub async fn run_queues(sandbox: Shared) {
    if sandbox.config.queue_interval_ms > 0 {
        queue::run(sandbox).await;
    }
}

/// An error the router made itself, as of a path that is no UTF-8, is a problem too.
async fn problem_for_every_error(response: Response) -> Response {
    let status = response.status();
    let is_text = response
        .headers()
        .get(axum::http::header::CONTENT_TYPE)
        .is_some_and(|it| it.as_bytes().starts_with(b"text/plain"));
    if status == axum::http::StatusCode::BAD_REQUEST && is_text { Refusal::Malformed.into_response() } else { response }
}

/// `routes` as if they were at the root, asked for below `base`.
fn below(base: &str, routes: Router) -> Router {
    if base == "/" {
        return routes;
    }
    let base = base.to_owned();
    Router::new().fallback(move |mut request: Request| {
        let (base, routes) = (base.clone(), routes.clone());
        async move {
            let asked = request.uri().path_and_query().map_or("/", PathAndQuery::as_str).to_owned();
            if asked == base.trim_end_matches('/') {
                return Redirect::permanent(&base).into_response();
            }
            let inner = asked.strip_prefix(&base).and_then(|it| format!("/{it}").parse::<Uri>().ok());
            let Some(inner) = inner else { return Refusal::NotFound.into_response() };
            *request.uri_mut() = inner;
            match routes.oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
    })
}
