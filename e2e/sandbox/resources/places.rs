//! Places and centres.

use crate::Shared;
use crate::queue;
use crate::refusal::Refusal;
use crate::reply;
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/v1/places", get(places))
        .route("/api/v1/places/country", get(country))
        .route("/api/v1/places/{version}/{province}", get(province))
        .route("/api/v1/centres/{code}", get(centre))
}

#[derive(Deserialize)]
struct PlacesQuery {
    province: Option<String>,
}

async fn places(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    query: Result<Query<PlacesQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let province = query.map_err(|_| Refusal::Malformed)?.0.province;
    let is_code = |it: &str| it.len() == 2 && it.bytes().all(|byte| byte.is_ascii_digit());
    if province.as_deref().is_some_and(|it| !is_code(it)) {
        return Err(Refusal::Malformed);
    }
    let answer = sandbox.data.places.answer(province.as_deref()).ok_or(Refusal::NotFound)?;
    Ok(reply::tagged(&headers, reply::print(&answer)?, "no-cache"))
}

async fn country(State(sandbox): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    let country = &sandbox.data.places.country;
    let packed = country.packed.get_as(reply::TEXT, || Ok(country.text.clone().into_bytes())).await?;
    Ok(packed.answer(&headers))
}

async fn province(
    State(sandbox): State<Shared>,
    headers: HeaderMap,
    Path((version, code)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let places = &sandbox.data.places;
    // A text of another version is not kept: the page asks for the country anew and learns the version of today.
    let province = places.compact(&code).filter(|_| version == places.version).ok_or(Refusal::NotFound)?;
    let packed = province.packed.get_as(reply::LASTING_TEXT, || Ok(province.text.clone().into_bytes())).await?;
    Ok(packed.answer(&headers))
}

async fn centre(State(sandbox): State<Shared>, Path(code): Path<String>) -> Result<Response, Refusal> {
    let facts = sandbox.data.places.centre(&code).ok_or(Refusal::NotFound)?;
    let waiting = queue::waiting(&sandbox, &code)?;
    let answer = facts.answer(|counter| waiting.iter().find(|(it, _)| it == counter).map_or(0, |(_, count)| *count));
    reply::fresh(StatusCode::OK, &answer)
}
