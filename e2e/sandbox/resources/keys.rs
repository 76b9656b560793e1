//! The keys that sign tickets and receipts.

use crate::Shared;
use crate::refusal::Refusal;
use crate::reply;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/.well-known/jwks.json", get(keys))
}

async fn keys(State(sandbox): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    Ok(reply::tagged(&headers, reply::print(&sandbox.keys.public())?, "public, max-age=3600"))
}
