//! A client without a port: cookies, the CSRF token, and the contract watched.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use sandbox::config::Config;
use sandbox::{Data, Sandbox, Shared, app};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{SystemTime, UNIX_EPOCH};
use tower::ServiceExt;

/// Read once for all tests.
static DATA: LazyLock<Arc<Data>> =
    LazyLock::new(|| Arc::new(Data::read(&Config::default().data).expect("the data reads")));

/// A picture that is whole: 64 white pixels on each side.
pub(crate) const PNG: &[u8] = include_bytes!("white.png");

/// A key for requests that are sent once.
pub(crate) const KEY: &str = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

/// Another.
pub(crate) const OTHER_KEY: &str = "16fd2706-8baf-433b-82eb-8c7fada847da";

/// The settings of a sandbox for tests: in memory, queues that stand, the contract watched.
pub(crate) fn config() -> Config {
    Config {
        database: None,
        dist: PathBuf::from("no-such-folder"),
        test_controls: true,
        contract: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../contract/openapi.yaml")),
        queue_interval_ms: 0,
        ..Config::default()
    }
}

/// One device of one person.
pub(crate) struct Client {
    pub(crate) sandbox: Shared,
    app: Router,
    base: String,
    cookies: BTreeMap<String, String>,
    csrf: Option<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the answer is JSON")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().expect("a header of text"))
    }

    /// Checks the status and the type of a problem.
    #[track_caller]
    pub(crate) fn is_problem(&self, status: u16, kind: &str) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.header("content-type"), "application/problem+json");
        let details = self.json();
        assert_eq!(details["type"], format!("/problems/{kind}"), "{details}");
        assert_eq!(details["status"], status);
        details
    }

    /// Checks the status.
    #[track_caller]
    pub(crate) fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        self
    }
}

impl Client {
    pub(crate) fn new() -> Self {
        Self::with(config())
    }

    pub(crate) fn with(config: Config) -> Self {
        let base = config.base_path.clone();
        let sandbox = Sandbox::start_with(config, DATA.clone()).expect("the sandbox starts");
        // Ten o'clock in Vietnam, so that no day ends in the middle of a test.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let to_ten = (3 * 3_600 + 86_400 - now % 86_400) % 86_400;
        sandbox.advance_clock(i64::try_from(to_ten).expect("less than a day"));
        Self { app: app(&sandbox), sandbox, base, cookies: BTreeMap::new(), csrf: None }
    }

    /// Another device at the same server.
    pub(crate) fn another(&self) -> Self {
        Self {
            sandbox: self.sandbox.clone(),
            app: app(&self.sandbox),
            base: self.base.clone(),
            cookies: BTreeMap::new(),
            csrf: None,
        }
    }

    /// The same device, for a second request at the same time.
    pub(crate) fn twin(&self) -> Self {
        let mut twin = self.another();
        twin.cookies.clone_from(&self.cookies);
        twin.csrf.clone_from(&self.csrf);
        twin
    }

    pub(crate) async fn send(&mut self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.expect("the router never fails");
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let text = cookie.to_str().expect("a cookie of text");
            let pair = text.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie has a value");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, 20_000_000).await.unwrap_or_default();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn ask(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base.trim_end_matches('/')));
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(csrf) = self.csrf.as_ref().filter(|_| headers.iter().all(|(name, _)| *name != "x-csrf-token")) {
            request = request.header("x-csrf-token", csrf);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).expect("a request")).await
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], Body::empty()).await
    }

    pub(crate) async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(Method::GET, path, headers, Body::empty()).await
    }

    /// The data of the first event of a stream.
    pub(crate) async fn get_first_event(&mut self, path: &str) -> Value {
        let request = Request::builder().uri(path).body(Body::empty()).expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("the router never fails");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        let mut frames = response.into_body().into_data_stream();
        let frame = frames.next().await.expect("an event").expect("an event");
        let text = String::from_utf8(frame.to_vec()).expect("text");
        assert!(text.contains("event: queue"), "{text}");
        let data = text.lines().find_map(|it| it.strip_prefix("data: ")).expect("data");
        serde_json::from_str(data).expect("data is JSON")
    }

    pub(crate) async fn post(&mut self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut all = vec![("content-type", "application/json")];
        all.extend_from_slice(headers);
        self.ask(Method::POST, path, &all, body.to_string()).await
    }

    /// Signs in as one of the people of the sandbox.
    pub(crate) async fn sign_in(&mut self, who: &str) -> Value {
        let form = format!("subject={who}&return=%2F");
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.ask(Method::POST, "/auth/login", &headers, form).await.is(303);
        let session = self.get("/api/v1/session").await.is(200).json();
        self.csrf = session["csrfToken"].as_str().map(str::to_owned);
        session
    }

    /// Uploads a file whole and answers its reference in a dossier.
    pub(crate) async fn upload(&mut self, requirement: &str, name: &str, media_type: &str, bytes: &[u8]) -> Value {
        let created = self.create_upload(requirement, name, bytes).await;
        created.is(201);
        let address = created.header("location").to_owned();
        // What this person sent before is there already.
        if created.header("upload-offset") == "0" {
            self.append(&address, 0, bytes.to_vec()).await.is(204);
        }
        let id = address.rsplit('/').next().unwrap_or_default();
        serde_json::json!({
            "requirement": requirement, "sha256": sha256(bytes), "upload": id, "bytes": bytes.len(),
            "mediaType": media_type,
        })
    }

    pub(crate) async fn create_upload(&mut self, requirement: &str, name: &str, bytes: &[u8]) -> Answer {
        let length = bytes.len().to_string();
        let metadata = metadata(requirement, name, bytes);
        let headers =
            [("tus-resumable", "1.0.0"), ("upload-length", length.as_str()), ("upload-metadata", metadata.as_str())];
        self.ask(Method::POST, "/api/v1/uploads", &headers, Body::empty()).await
    }

    pub(crate) async fn append(&mut self, address: &str, offset: usize, body: impl Into<Body>) -> Answer {
        let offset = offset.to_string();
        let headers = [
            ("tus-resumable", "1.0.0"),
            ("upload-offset", offset.as_str()),
            ("content-type", "application/offset+octet-stream"),
        ];
        self.ask(Method::PATCH, address, &headers, body).await
    }

    /// Appends with a checksum: `sha256 ` or `sha1 ` and the base64 of the hash.
    pub(crate) async fn append_checked(
        &mut self,
        address: &str,
        offset: usize,
        checksum: &str,
        body: impl Into<Body>,
    ) -> Answer {
        let offset = offset.to_string();
        let headers = [
            ("tus-resumable", "1.0.0"),
            ("upload-offset", offset.as_str()),
            ("content-type", "application/offset+octet-stream"),
            ("upload-checksum", checksum),
        ];
        self.ask(Method::PATCH, address, &headers, body).await
    }

    pub(crate) async fn terminate(&mut self, address: &str) -> Answer {
        self.ask(Method::DELETE, address, &[("tus-resumable", "1.0.0")], Body::empty()).await
    }

    pub(crate) async fn offset(&mut self, address: &str) -> Answer {
        self.ask(Method::HEAD, address, &[("tus-resumable", "1.0.0")], Body::empty()).await
    }

    /// No answer so far broke the contract.
    #[track_caller]
    pub(crate) fn answers_keep_the_contract(&self) {
        let broken: Vec<_> = self.sandbox.violations().into_iter().filter(|it| it.side == "response").collect();
        assert_eq!(broken, []);
    }

    /// No request and no answer so far broke the contract.
    #[track_caller]
    pub(crate) fn all_keep_the_contract(&self) {
        assert_eq!(self.sandbox.violations(), []);
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.answers_keep_the_contract();
        }
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

pub(crate) fn metadata(requirement: &str, name: &str, bytes: &[u8]) -> String {
    let encode = |text: &str| STANDARD.encode(text);
    format!("requirement {},filename {},sha256 {}", encode(requirement), encode(name), encode(&sha256(bytes)))
}
