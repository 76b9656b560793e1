//! The built page: files of `dist`, precompressed where there is a sibling, and a page for every page address.

use crate::Shared;
use crate::chance;
use crate::refusal::Refusal;
use crate::reply;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::path::{Path, PathBuf};

/// Addresses below these are the backend's own: an unknown one is a problem, never a page.
const BACKEND: [&str; 5] = ["/api/", "/auth/", "/.well-known/", "/test/", "/csp-reports"];

/// Files that always keep their name: they are asked for anew each time.
const NEVER_HASHED: [&str; 6] = ["index.html", "front.html", "embed.js", "sw.js", "boot.js", "manifest.webmanifest"];

/// The page of every address, and the one that names its wasm itself, for those that the first wasm draws.
const PAGES: [&str; 2] = ["index.html", "front.html"];

/// The cache asks each time whether what it has is still true.
const ASKED_ANEW: &str = "no-cache";

/// Everything that no other route answers.
pub(crate) async fn serve(State(sandbox): State<Shared>, request: Request) -> Result<Response, Refusal> {
    let path = request.uri().path();
    if BACKEND.iter().any(|it| path.starts_with(it)) {
        return Err(Refusal::NotFound);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Refusal::Method);
    }
    let headers = request.headers();
    if let Some(tool) = path.strip_prefix("/tools/") {
        return tools(&sandbox, tool, headers);
    }
    if let Some(name) = plain_name(path).filter(|it| !PAGES.iter().any(|page| it == Path::new(page)))
        && let Some(response) = file(&sandbox.config.dist, &name, headers)
    {
        return Ok(response);
    }
    let accept = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if accept.contains("text/html") || path == "/index.html" {
        let [other, front] = PAGES;
        Ok(page(&sandbox, &sandbox.config.dist, if is_front(path) { front } else { other }, headers))
    } else {
        Err(Refusal::NotFound)
    }
}

/// The tools for people who write forms: `preview` is a page, all else a file.
fn tools(sandbox: &Shared, name: &str, headers: &HeaderMap) -> Result<Response, Refusal> {
    let folder = &sandbox.config.tools;
    if name == "preview" {
        return Ok(page(sandbox, folder, "preview.html", headers));
    }
    plain_name(&["/", name].concat()).and_then(|it| file(folder, &it, headers)).ok_or(Refusal::NotFound)
}

/// `/a/b.js` as `a/b.js`: only plain names, so that nothing outside `dist` can be meant.
fn plain_name(path: &str) -> Option<PathBuf> {
    let name = path.strip_prefix('/')?;
    let plain = !name.is_empty()
        && name.split('/').all(|segment| {
            !segment.is_empty()
                && !segment.starts_with('.')
                && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        });
    plain.then(|| PathBuf::from(name))
}

/// A page, with what its head preloads in a header, too: a browser asks for that before it has read the page.
fn page(sandbox: &Shared, folder: &Path, name: &str, headers: &HeaderMap) -> Response {
    let base = sandbox.config.base_path.as_str();
    let Ok(built) = std::fs::read_to_string(folder.join(name)) else {
        let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        let text = "The page is not built yet: its folder (--dist, --tools) has no such file.\n";
        return (StatusCode::NOT_FOUND, headers, text).into_response();
    };
    let (html, whole) = if base != "/" && built.contains("data-base=\"/\"") {
        // Built for `/`, served below another path: the page says where it lives.
        let moved = built
            .replace("data-base=\"/\"", &format!("data-base=\"{base}\""))
            .replace("href=\"/", &format!("href=\"{base}"))
            .replace("src=\"/", &format!("src=\"{base}"));
        let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, ASKED_ANEW)];
        let response = (headers, moved.clone()).into_response();
        (moved, Some(response))
    } else {
        (built, file(folder, Path::new(name), headers))
    };
    let mut response = whole.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response());
    if let Some(links) = preloads(&html) {
        response.headers_mut().insert(header::LINK, links);
    }
    response
}

/// The `Link` of what the head of a page preloads (RFC 8288); none where it preloads nothing.
fn preloads(html: &str) -> Option<HeaderValue> {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split_once('"').map(|it| it.0.to_owned())
    };
    let tags = html.split("<link").skip(1).filter_map(|it| it.split_once('>')).map(|it| it.0);
    let links: Vec<String> = tags
        .filter_map(|tag| {
            let (relation, address) = (attribute(tag, "rel")?, attribute(tag, "href")?);
            let kind = match relation.as_str() {
                "preload" => format!("; as={}", attribute(tag, "as")?),
                "modulepreload" => String::new(),
                _ => return None,
            };
            Some(format!("<{address}>; rel={relation}{kind}; crossorigin=anonymous"))
        })
        .collect();
    if links.is_empty() { None } else { HeaderValue::from_str(&links.join(", ")).ok() }
}

/// Does the first wasm draw the page at this path, in a frame of another page, too? As `public/boot.js` tells it.
fn is_front(path: &str) -> bool {
    let mut segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    if segments.first() == Some(&"embed") {
        segments.remove(0);
    }
    matches!(segments.as_slice(), [] | ["" | "tim"] | ["nhom" | "viec" | "thu-tuc", _])
}

/// One file of `dist`, in the smallest form the client takes.
fn file(dist: &Path, name: &Path, headers: &HeaderMap) -> Option<Response> {
    let whole = dist.join(name);
    let mut found = None;
    for (encoding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        if reply::accepts(headers, encoding) {
            let mut sibling = whole.clone().into_os_string();
            sibling.push(suffix);
            if let Ok(body) = std::fs::read(PathBuf::from(sibling)) {
                found = Some((Some(encoding), body));
                break;
            }
        }
    }
    let (encoding, body) = match found {
        Some(found) => found,
        None => (None, std::fs::read(&whole).ok()?),
    };
    let file_name = name.file_name()?.to_str()?;
    let cache_control = cache_control(file_name);
    // What is asked for anew each time costs no bytes again while it is the same; each encoding has its own tag.
    let etag = (cache_control == ASKED_ANEW).then(|| reply::tag(&chance::sha256_hex(&body)[..32]));
    let mut response = match &etag {
        Some(etag) if reply::matches(headers, etag) => StatusCode::NOT_MODIFIED.into_response(),
        Some(_) | None => Body::from(body).into_response(),
    };
    let answer = response.headers_mut();
    if let Some(etag) = etag {
        answer.insert(header::ETAG, etag);
    }
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(file_name)));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    answer.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if let Some(encoding) = encoding {
        // Harmless on a 304, which has no body.
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    if file_name == "embed.js" {
        // The one file that pages of other origins load.
        answer.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
    Some(response)
}

/// A name with a hash of the content in it never changes; everything else is asked for anew, the worker's files too:
/// page and worker must be of one build.
fn cache_control(name: &str) -> &'static str {
    let is_worker = name.starts_with("worker") || name.starts_with("documents-worker");
    if !is_worker && !NEVER_HASHED.contains(&name) && is_hashed(name) {
        "public, max-age=31536000, immutable"
    } else {
        ASKED_ANEW
    }
}

/// Does the name hold a run of at least 8 hex digits between separators, as `app-0123456789abcdef_bg.wasm`?
fn is_hashed(name: &str) -> bool {
    name.split(['-', '_', '.']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_lead_to_files() {
        for path in ["/../Cargo.toml", "/a/../../b", "/%2e%2e/x", "/.git/config", "//etc/passwd", "/a\\b", "/"] {
            assert_eq!(plain_name(path), None, "{path}");
        }
        assert_eq!(plain_name("/icons/icon.svg"), Some(PathBuf::from("icons/icon.svg")));
    }

    #[test]
    fn the_page_says_early_what_it_preloads() {
        let html = concat!(
            r#"<html data-base="/"><link rel="icon" href="/icons/icon.svg" type="image/svg+xml">"#,
            r#"<link rel="preload" as="fetch" crossorigin="anonymous" href="/app-1_bg.wasm">"#,
            r#"<link rel="modulepreload" crossorigin="anonymous" href="/app-1.js"><script src="/boot.js"></script>"#,
        );
        let links = "</app-1_bg.wasm>; rel=preload; as=fetch; crossorigin=anonymous, \
                     </app-1.js>; rel=modulepreload; crossorigin=anonymous";
        assert_eq!(preloads(html), Some(HeaderValue::from_static(links)));
        for none in [
            "",
            "<link",
            "<link rel=\"preload\">",
            "<link rel=\"preload\" href=\"/a\">",
            "<link rel=\"icon\" href=\"/a\">",
        ] {
            assert_eq!(preloads(none), None, "{none}");
        }
    }

    #[test]
    fn the_first_wasm_draws_the_pages_that_find_and_explain() {
        for path in ["/", "/tim", "/tim/", "/nhom/ho-tich", "/viec/sinh-con", "/thu-tuc/1.001193", "/embed", "/embed/"]
        {
            assert!(is_front(path), "{path}");
        }
        for path in ["/embed/thu-tuc/1.001193", "/embed/tim"] {
            assert!(is_front(path), "{path}");
        }
        // The page tells it by itself, where a server does not: whoever changes one changes both.
        let boot = include_str!("../../public/boot.js");
        assert!(boot.contains(r"/^(tim|(nhom|viec|thu-tuc)\/[^/]+)?\/?$/.test(path)"), "boot.js has another rule");
        for path in ["/ho-so", "/lam/abc/buoc-1", "/thu-tuc", "/thu-tuc/1.001193/giay-to", "/timx", "/embed/ho-so"] {
            assert!(!is_front(path), "{path}");
        }
    }

    #[test]
    fn hashed_files_are_kept_and_the_others_asked_for_anew() {
        for name in ["app-0123456789abcdef_bg.wasm", "style-9f8e7d6c5b4a3210.css"] {
            assert!(cache_control(name).contains("immutable"), "{name}");
        }
        for name in [
            "index.html",
            "front.html",
            "embed.js",
            "sw.js",
            "worker.js",
            "worker_bg.wasm",
            "worker-0123456789abcdef.js",
            "icon.svg",
        ] {
            assert_eq!(cache_control(name), "no-cache", "{name}");
        }
    }
}
