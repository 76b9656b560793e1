//! Reports of the content security policy: kept, so that tests can see that there are none.

use crate::Shared;
use crate::refusal::Refusal;
use crate::reply;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use rusqlite::params;

/// Kept at most; the oldest go first.
const KEPT: u32 = 1_000;

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/csp-reports", post(report))
}

async fn report(State(sandbox): State<Shared>, body: Body) -> Result<StatusCode, Refusal> {
    let bytes = reply::read(body, 64_000).await?;
    let report: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| Refusal::Malformed)?;
    let now = sandbox.clock.now();
    sandbox.store.change(|database| {
        database.execute("INSERT INTO csp_reports (at, report) VALUES (?1, ?2)", params![now, report.to_string()])?;
        database.execute(
            "DELETE FROM csp_reports WHERE rowid <= (SELECT max(rowid) FROM csp_reports) - ?1",
            params![KEPT],
        )?;
        Ok(())
    })?;
    tracing::warn!("a page broke its content security policy; see /test/csp-reports");
    Ok(StatusCode::NO_CONTENT)
}
