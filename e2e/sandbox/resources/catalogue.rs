//! Catalogue, procedures and forms.

use crate::Shared;
use crate::data::{Found, Tier};
use crate::refusal::Refusal;
use crate::reply;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/v1/catalogue", get(catalogue))
        .route("/api/v1/procedures/{code}", get(procedure))
        .route("/api/v1/forms/{id}/versions/{version}", get(form))
}

#[derive(Deserialize)]
struct CatalogueQuery {
    tier: Tier,
}

async fn catalogue(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    query: Result<Query<CatalogueQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refusal> {
    let tier = query.map_err(|_| Refusal::Malformed)?.0.tier;
    let once = match tier {
        Tier::Commune => &sandbox.commune,
        Tier::Full => &sandbox.full,
    };
    let packed = once.get(|| reply::print(sandbox.data.tier(tier))).await?;
    Ok(packed.answer(&headers))
}

async fn procedure(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Refusal> {
    match sandbox.data.procedure(&code).ok_or(Refusal::NotFound)? {
        Found::Procedure(procedure) => Ok(reply::tagged(&headers, reply::print(&procedure)?, "no-cache")),
        Found::Replaced(new) => {
            let address = format!("{}api/v1/procedures/{new}", sandbox.config.base_path);
            let address = HeaderValue::from_str(&address).map_err(|_| Refusal::Internal)?;
            Ok((StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, address)]).into_response())
        }
    }
}

async fn form(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    path: Result<Path<(String, u32)>, axum::extract::rejection::PathRejection>,
) -> Result<Response, Refusal> {
    let Path((id, version)) = path.map_err(|_| Refusal::NotFound)?;
    let form = sandbox.data.form(&id, version).ok_or(Refusal::NotFound)?;
    Ok(reply::tagged(&headers, form.body.clone(), "public, max-age=31536000, immutable"))
}
