//! What every answer carries: the strict policy and the other security headers of a public service.

use crate::Shared;
use crate::config::Config;
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;

/// A request may take this long; an upload on a slow line longer.
const PATIENCE: Duration = Duration::from_mins(1);
const PATIENCE_FOR_UPLOADS: Duration = Duration::from_mins(10);

/// The content security policy: nothing but our own origin, no inline script or style, no eval.
#[must_use]
pub(crate) fn policy(config: &Config) -> String {
    let ancestors =
        if config.frame_ancestors.is_empty() { "'none'".to_owned() } else { config.frame_ancestors.join(" ") };
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; \
         connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; media-src 'self' blob:; \
         form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors {ancestors}; \
         require-trusted-types-for 'script'; trusted-types default; report-uri {}csp-reports",
        config.base_path
    )
}

/// The policy of a file that is part of a page: nobody opens it by itself.
#[must_use]
pub(crate) fn part_policy(config: &Config) -> String {
    let ancestors =
        if config.frame_ancestors.is_empty() { "'none'".to_owned() } else { config.frame_ancestors.join(" ") };
    format!("default-src 'none'; frame-ancestors {ancestors}")
}

/// Runs the request with a limit of time and adds the headers.
pub(crate) async fn guard(State(sandbox): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_backend = ["/api/", "/auth/", "/.well-known/"].iter().any(|it| path.starts_with(it));
    let patience = if path.starts_with("/api/v1/uploads/") { PATIENCE_FOR_UPLOADS } else { PATIENCE };
    let mut response = match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::Unavailable(5).into_response(),
    };
    let headers = response.headers_mut();
    // A file with a hash in its name is no document and no worker: opened by itself it may do nothing at all. The rest of what
    // documents are told would be a kilobyte with each.
    let is_part =
        headers.get(header::CACHE_CONTROL).is_some_and(|it| it.as_bytes().ends_with(b"immutable")) && !is_backend;
    let mut set = |name: &'static str, value: HeaderValue| {
        headers.insert(HeaderName::from_static(name), value);
    };
    set("content-security-policy", if is_part { sandbox.part_policy.clone() } else { sandbox.policy.clone() });
    set("strict-transport-security", HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    set("x-content-type-options", HeaderValue::from_static("nosniff"));
    set("referrer-policy", HeaderValue::from_static("no-referrer"));
    if !is_part {
        set(
            "permissions-policy",
            HeaderValue::from_static(
                "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), \
                 accelerometer=(), gyroscope=(), magnetometer=(), midi=(), display-capture=(), browsing-topics=()",
            ),
        );
        set("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
        if sandbox.config.frame_ancestors.is_empty() {
            set("x-frame-options", HeaderValue::from_static("DENY"));
        }
    }
    if is_backend {
        set(contract::CONTRACT_HEADER, HeaderValue::from_static(contract::CONTRACT_VERSION));
    }
    headers.entry("cross-origin-resource-policy").or_insert_with(|| HeaderValue::from_static("same-origin"));
    if is_backend && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}
