//! Signing in and out: a page that stands for `VNeID`, and the session it leads to.

use crate::Shared;
use crate::accounts::{ACCOUNTS, Account};
use crate::chance;
use crate::refusal::Refusal;
use crate::reply;
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use contract::session::{Role, Session};
use rusqlite::{OptionalExtension, params};
use serde::Deserialize;

/// The routes.
pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/api/v1/session", get(session))
        .route("/auth/login", get(login_page).post(login))
        .route("/auth/login.css", get(login_style))
        .route("/auth/login.svg", get(login_icon))
        .route("/auth/logout", post(logout))
}

/// Somebody who is signed in.
#[derive(Debug)]
pub(crate) struct SignedIn {
    /// Who.
    pub(crate) account: &'static Account,
    /// Must come back in `X-CSRF-Token`.
    pub(crate) csrf: String,
    /// When it ends.
    pub(crate) expires_at: u64,
    token_hash: String,
}

/// Somebody who is signed in and whose page really asks for a change: the CSRF token came back.
#[derive(Debug)]
pub(crate) struct Changing(pub SignedIn);

impl SignedIn {
    /// The session of a request, if it has one that is still good.
    pub(crate) fn of(sandbox: &Shared, headers: &HeaderMap) -> Result<Option<Self>, Refusal> {
        let Some(token) = cookie(headers, cookie_name(sandbox)) else { return Ok(None) };
        let token_hash = chance::sha256_hex(token.as_bytes());
        let now = sandbox.clock.now();
        let row: Option<(String, String, u64)> = sandbox.store.change(|database| {
            Ok(database
                .query_row(
                    "SELECT subject, csrf, expires_at FROM sessions WHERE token_hash = ?1 AND expires_at > ?2",
                    params![token_hash, now],
                    |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
                )
                .optional()?)
        })?;
        Ok(row.and_then(|(subject, csrf, expires_at)| {
            Some(Self { account: Account::find(&subject)?, csrf, expires_at, token_hash })
        }))
    }

    fn check_csrf(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let sent = headers.get("x-csrf-token").map(HeaderValue::as_bytes).unwrap_or_default();
        if sent == self.csrf.as_bytes() { Ok(()) } else { Err(Refusal::Forbidden) }
    }
}

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, sandbox: &Shared) -> Result<Self, Refusal> {
        Self::of(sandbox, &parts.headers)?.ok_or(Refusal::SignedOut)
    }
}

impl FromRequestParts<Shared> for Changing {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, sandbox: &Shared) -> Result<Self, Refusal> {
        let signed_in = SignedIn::of(sandbox, &parts.headers)?.ok_or(Refusal::SignedOut)?;
        signed_in.check_csrf(&parts.headers)?;
        Ok(Self(signed_in))
    }
}

/// The value of a cookie.
#[must_use]
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// Forgets the session of a request: what the fault "session expired" does.
pub(crate) fn forget(sandbox: &Shared, headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(token) = cookie(headers, cookie_name(sandbox)) else { return Ok(()) };
    sandbox.store.change(|database| {
        database.execute("DELETE FROM sessions WHERE token_hash = ?1", [chance::sha256_hex(token.as_bytes())])?;
        Ok(())
    })
}

fn cookie_name(sandbox: &Shared) -> &'static str {
    if sandbox.config.secure_cookies { "__Host-mot-cua-session" } else { "mot-cua-session" }
}

fn set_cookie(sandbox: &Shared, value: &str, seconds: u64) -> Result<HeaderValue, Refusal> {
    let secure = if sandbox.config.secure_cookies { "; Secure" } else { "" };
    let name = cookie_name(sandbox);
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"))
        .map_err(|_| Refusal::Internal)
}

/// Nobody signed in is an answer, not an error: a browser would log a 401 in everybody's console.
async fn session(State(sandbox): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    let Some(signed_in) = SignedIn::of(&sandbox, &headers)? else {
        return Ok((StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, "no-store")]).into_response());
    };
    let account = signed_in.account;
    let session = Session {
        name: account.name.to_owned(),
        masked_id: account.masked_number(),
        role: account.role,
        expires_at: signed_in.expires_at,
        csrf_token: signed_in.csrf,
        person: account.person(),
    };
    reply::fresh(StatusCode::OK, &session)
}

#[derive(Deserialize)]
struct LoginQuery {
    #[serde(rename = "return")]
    back: String,
}

#[derive(Deserialize)]
struct LoginForm {
    subject: String,
    #[serde(rename = "return")]
    back: String,
}

async fn login_page(
    State(sandbox): State<Shared>,
    query: Result<Query<LoginQuery>, QueryRejection>,
) -> Result<Response, Refusal> {
    let back = query.map_err(|_| Refusal::Malformed)?.0.back;
    if !is_path_of_this_origin(&back) {
        return Err(Refusal::Malformed);
    }
    let page = page(&sandbox.config.base_path, &back);
    Ok(([(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")], page)
        .into_response())
}

async fn login_style() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("../login.css")).into_response()
}

async fn login_icon() -> Response {
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("../login.svg")).into_response()
}

async fn login(State(sandbox): State<Shared>, headers: HeaderMap, body: Body) -> Result<Response, Refusal> {
    // Another site's form must not sign anybody in.
    let site = headers.get("sec-fetch-site").and_then(|it| it.to_str().ok()).unwrap_or("same-origin");
    if !matches!(site, "same-origin" | "none") {
        return Err(Refusal::Forbidden);
    }
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if !media_type.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
        return Err(Refusal::MediaType);
    }
    let bytes = reply::read(body, 10_000).await?;
    let form = parse_form(&bytes)?;
    if !is_path_of_this_origin(&form.back) {
        return Err(Refusal::Malformed);
    }
    let account = Account::find(&form.subject).ok_or(Refusal::NotFound)?;
    let (token, csrf) = (chance::id(), chance::id());
    let now = sandbox.clock.now();
    let seconds = sandbox.config.session_seconds;
    sandbox.store.change(|database| {
        database.execute("DELETE FROM sessions WHERE expires_at <= ?1", [now])?;
        database.execute(
            "INSERT INTO sessions (token_hash, subject, csrf, expires_at) VALUES (?1, ?2, ?3, ?4)",
            params![chance::sha256_hex(token.as_bytes()), account.key, csrf, now.saturating_add(seconds)],
        )?;
        Ok(())
    })?;
    let location = HeaderValue::from_str(&form.back).map_err(|_| Refusal::Malformed)?;
    let cookie = set_cookie(&sandbox, &token, seconds)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, location), (header::SET_COOKIE, cookie)]).into_response())
}

async fn logout(State(sandbox): State<Shared>, headers: HeaderMap) -> Result<Response, Refusal> {
    if let Some(signed_in) = SignedIn::of(&sandbox, &headers)? {
        signed_in.check_csrf(&headers)?;
        sandbox.store.change(|database| {
            database.execute("DELETE FROM sessions WHERE token_hash = ?1", [signed_in.token_hash])?;
            Ok(())
        })?;
    }
    // Only the HTTP cache: the drafts of the device are not the session's.
    let cleared = HeaderValue::from_static("\"cache\"");
    let name = header::HeaderName::from_static("clear-site-data");
    let cookie = set_cookie(&sandbox, "", 0)?;
    Ok((StatusCode::NO_CONTENT, [(name, cleared), (header::SET_COOKIE, cookie)]).into_response())
}

fn parse_form(bytes: &[u8]) -> Result<LoginForm, Refusal> {
    let query = std::str::from_utf8(bytes).map_err(|_| Refusal::Malformed)?;
    let address: axum::http::Uri =
        axum::http::Uri::builder().path_and_query(format!("/?{query}")).build().map_err(|_| Refusal::Malformed)?;
    Query::try_from_uri(&address).map(|Query(form)| form).map_err(|_| Refusal::Malformed)
}

/// A path of this origin: one slash, no backslash (browsers read it as a slash), nothing invisible, plain ASCII.
fn is_path_of_this_origin(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next() == Some(b'/')
        && bytes.next().is_none_or(|second| second != b'/')
        && path.len() <= 2_000
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

fn page(base: &str, back: &str) -> String {
    let people: String = ACCOUNTS.iter().map(choice).collect();
    let back = escape(back);
    format!(
        r#"<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trang đăng nhập giả lập thay cho VNeID</title>
<link rel="icon" href="{base}auth/login.svg" type="image/svg+xml">
<link rel="stylesheet" href="{base}auth/login.css">
</head>
<body>
<main>
<h1>Trang đăng nhập giả lập thay cho VNeID</h1>
<p>Đây không phải VNeID. Trang này chỉ dùng để thử; mọi người dưới đây đều không có thật. Chọn một người để đăng nhập.</p>
<form method="post" action="{base}auth/login">
<input type="hidden" name="return" value="{back}">
<ul>
{people}</ul>
</form>
<p><a href="{back}">Quay lại, không đăng nhập</a></p>
</main>
</body>
</html>
"#
    )
}

fn choice(account: &Account) -> String {
    let role = match account.role {
        Role::Citizen => "Công dân",
        Role::Business => "Doanh nghiệp",
        Role::Volunteer => "Tình nguyện viên",
    };
    format!(
        "<li><button name=\"subject\" value=\"{}\"><span>{}</span> <small>{role}, số {}</small></button></li>\n",
        account.key,
        escape(account.name),
        account.masked_number(),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::is_path_of_this_origin;

    #[test]
    fn signing_in_leads_back_to_this_origin_only() {
        for path in ["/", "/ho-so", "/motcua/thu-tuc/1.004873?buoc=2#a"] {
            assert!(is_path_of_this_origin(path), "{path}");
        }
        for path in ["", "//evil.vn", "/\\evil.vn", "https://evil.vn", "javascript:alert(1)", "/a\nb", "/a b", "ho-so"]
        {
            assert!(!is_path_of_this_origin(path), "{path}");
        }
    }
}
