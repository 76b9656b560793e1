//! The contract as a check: each request and each answer against openapi.yaml. What breaks it is kept and logged.

use crate::Shared;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;
use jsonschema::{Draft, Validator};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Bodies larger than this are not read by the check.
const MAX_BODY: usize = 8_000_000;

/// Kept at most.
const KEPT: usize = 1_000;

/// The contract.
pub(crate) struct ContractCheck {
    operations: Vec<Operation>,
    violations: Mutex<Vec<Violation>>,
}

/// One thing that breaks the contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    /// `request` or `response`.
    pub side: &'static str,
    /// Method and path as asked for, without the query.
    pub operation: String,
    /// Status of the answer.
    pub status: u16,
    /// What is wrong; never a value, which may be personal.
    pub what: String,
}

/// Why a contract cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// It is not YAML.
    #[error("the contract is not YAML: {0}")]
    Yaml(#[from] serde_yaml_ng::Error),
    /// A schema in it is none.
    #[error("the contract has a schema that does not compile: {0}")]
    Schema(String),
}

struct Operation {
    method: String,
    segments: Vec<Segment>,
    later: bool,
    parameters: Vec<Parameter>,
    body: Option<BodyRule>,
    responses: BTreeMap<String, ResponseRule>,
}

enum Segment {
    Literal(String),
    Named(String),
}

struct Parameter {
    name: String,
    place: String,
    required: bool,
    schema: Validator,
}

struct BodyRule {
    required: bool,
    by_type: BTreeMap<String, Option<Validator>>,
}

struct ResponseRule {
    headers: Vec<(String, bool, Validator)>,
    by_type: BTreeMap<String, Option<Validator>>,
}

impl ContractCheck {
    /// Reads the contract and compiles its schemas.
    pub(crate) fn read(path: &Path) -> Result<Self, ContractError> {
        let text = std::fs::read_to_string(path).map_err(|error| ContractError::File(path.to_owned(), error))?;
        let document: Value = serde_yaml_ng::from_str(&text)?;
        let reader = Reader { document: &document };
        let mut operations = Vec::new();
        for (path, item) in entries(&document["paths"]) {
            for (method, operation) in entries(item) {
                if matches!(method.as_str(), "get" | "post" | "patch" | "put" | "delete" | "head" | "options") {
                    operations.push(reader.operation(path, method, item, operation)?);
                }
            }
        }
        Ok(Self { operations, violations: Mutex::default() })
    }

    /// What broke the contract so far.
    #[must_use]
    pub(crate) fn violations(&self) -> Vec<Violation> {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Forgets it.
    pub(crate) fn forget(&self) {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn find(&self, method: &str, path: &str) -> Option<(&Operation, BTreeMap<String, String>)> {
        let named = |it: &Operation| it.segments.iter().filter(|it| matches!(it, Segment::Named(_))).count();
        let fits = self.operations.iter().filter(|it| it.method == method);
        let fits = fits.filter_map(|it| Some((it, it.matches(path)?)));
        // The one with the most literal segments means the path: `lookups` is no code.
        fits.min_by_key(|(it, _)| named(it))
    }

    fn keep(&self, violation: Violation) {
        tracing::error!(
            side = violation.side,
            operation = violation.operation,
            what = violation.what,
            "against the contract"
        );
        let mut violations = self.violations.lock().unwrap_or_else(PoisonError::into_inner);
        if violations.len() < KEPT {
            violations.push(violation);
        }
    }
}

/// Compares the request and its answer with the contract.
pub(crate) async fn check(State(sandbox): State<Shared>, request: Request, next: Next) -> Response {
    let Some(contract) = &sandbox.contract else { return next.run(request).await };
    let path = request.uri().path().to_owned();
    if !["/api/", "/auth/", "/.well-known/"].iter().any(|it| path.starts_with(it)) || path.starts_with("/auth/login.") {
        return next.run(request).await;
    }
    let method = request.method().as_str().to_owned();
    let Some((operation, named)) = contract.find(&method, &path).filter(|(it, _)| !it.later) else {
        let response = next.run(request).await;
        // The router answers HEAD wherever it answers GET.
        if response.status().is_success() && method != "HEAD" {
            let what = "no such operation in the contract".to_owned();
            let operation = format!("{method} {path}");
            contract.keep(Violation { side: "response", operation, status: response.status().as_u16(), what });
        }
        return response;
    };
    let (parts, body) = request.into_parts();
    let mut broken = operation.check_parameters(&parts, &named);
    let (body, bytes) = if operation.reads_json() { buffer(body).await } else { (body, None) };
    broken.extend(operation.check_body(&parts.headers, bytes.as_ref()));
    let response = next.run(Request::from_parts(parts, body)).await;
    let status = response.status().as_u16();
    let (response, answer_broken) = operation.check_response(response).await;
    let sides =
        broken.into_iter().map(|it| ("request", it)).chain(answer_broken.into_iter().map(|it| ("response", it)));
    for (side, what) in sides {
        contract.keep(Violation { side, operation: format!("{method} {path}"), status, what });
    }
    response
}

/// The body twice: to check and to pass on. A body that breaks off is passed on broken.
async fn buffer(body: Body) -> (Body, Option<Bytes>) {
    match axum::body::to_bytes(body, MAX_BODY).await {
        Ok(bytes) => (Body::from(bytes.clone()), Some(bytes)),
        Err(error) => {
            let broken = futures_util::stream::iter([Err::<Bytes, _>(error)]);
            (Body::from_stream(broken), None)
        }
    }
}

impl Operation {
    fn matches(&self, path: &str) -> Option<BTreeMap<String, String>> {
        let given: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        if given.len() != self.segments.len() {
            return None;
        }
        let mut named = BTreeMap::new();
        for (segment, given) in self.segments.iter().zip(given) {
            match segment {
                Segment::Literal(text) if text == given => {}
                Segment::Literal(_) => return None,
                Segment::Named(name) => {
                    named.insert(name.clone(), given.to_owned());
                }
            }
        }
        Some(named)
    }

    fn reads_json(&self) -> bool {
        self.body.as_ref().is_some_and(|it| it.by_type.contains_key("application/json"))
    }

    fn check_parameters(&self, parts: &Parts, named: &BTreeMap<String, String>) -> Vec<String> {
        let query = query(parts.uri.query().unwrap_or_default());
        let mut broken = Vec::new();
        for parameter in &self.parameters {
            let given = match parameter.place.as_str() {
                "path" => named.get(&parameter.name).cloned(),
                "query" => query.get(&parameter.name).cloned(),
                "header" => {
                    parts.headers.get(&parameter.name).map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
                }
                _ => continue,
            };
            match given {
                None if parameter.required => broken.push(format!("{} is missing", parameter.name)),
                None => {}
                Some(text) if fits(&parameter.schema, &text) => {}
                Some(_) => broken.push(format!("{} breaks its schema", parameter.name)),
            }
        }
        broken
    }

    fn check_body(&self, headers: &HeaderMap, bytes: Option<&Bytes>) -> Vec<String> {
        let Some(rule) = &self.body else { return Vec::new() };
        let Some(media_type) = essence(headers) else {
            return if rule.required { vec!["no media type".to_owned()] } else { Vec::new() };
        };
        match (rule.by_type.get(&media_type), bytes) {
            (None, _) => vec!["a media type that is not in the contract".to_owned()],
            (Some(Some(schema)), Some(bytes)) if media_type == "application/json" => problems(schema, bytes),
            (Some(_), _) => Vec::new(),
        }
    }

    async fn check_response(&self, response: Response) -> (Response, Vec<String>) {
        let status = response.status().as_str().to_owned();
        let Some(rule) = self.responses.get(&status).or_else(|| self.responses.get("default")) else {
            return (response, vec!["a status that is not in the contract".to_owned()]);
        };
        let mut broken = Vec::new();
        for (name, required, schema) in &rule.headers {
            match response.headers().get(name) {
                None if *required => broken.push(format!("header {name} is missing")),
                None => {}
                Some(value) if fits(schema, &String::from_utf8_lossy(value.as_bytes())) => {}
                Some(_) => broken.push(format!("header {name} breaks its schema")),
            }
        }
        let Some(media_type) = essence(response.headers()) else {
            if !rule.by_type.is_empty() && self.method != "HEAD" {
                broken.push("no media type".to_owned());
            }
            return (response, broken);
        };
        let is_json = media_type == "application/json" || media_type.ends_with("+json");
        let is_text = media_type == "text/plain";
        let coded = response.headers().contains_key(header::CONTENT_ENCODING);
        match rule.by_type.get(&media_type) {
            None => broken.push(format!("media type {media_type} is not in the contract")),
            Some(Some(schema)) if (is_json || is_text) && !coded && self.method != "HEAD" => {
                let (parts, body) = response.into_parts();
                let (body, bytes) = buffer(body).await;
                if let Some(bytes) = bytes {
                    broken.extend(if is_json { problems(schema, &bytes) } else { text_problems(schema, &bytes) });
                }
                return (Response::from_parts(parts, body), broken);
            }
            Some(_) => {}
        }
        (response, broken)
    }
}

/// Where and by which rule a JSON text breaks a schema; never the value.
fn problems(schema: &Validator, bytes: &[u8]) -> Vec<String> {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return vec!["no JSON".to_owned()] };
    let errors = schema.iter_errors(&value).take(5);
    errors.map(|it| format!("{} breaks {}", it.instance_path, it.schema_path)).collect()
}

/// By which rule a text breaks a schema.
fn text_problems(schema: &Validator, bytes: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return vec!["no UTF-8".to_owned()] };
    let value = Value::from(text);
    schema.iter_errors(&value).take(5).map(|it| format!("the text breaks {}", it.schema_path)).collect()
}

/// A parameter is text; a schema may want a number.
fn fits(schema: &Validator, text: &str) -> bool {
    let number = text.parse::<i64>().ok().map(Value::from);
    schema.is_valid(&Value::from(text)) || number.is_some_and(|it| schema.is_valid(&it))
}

fn essence(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

fn query(text: &str) -> BTreeMap<String, String> {
    let address = format!("/?{text}").parse::<axum::http::Uri>().unwrap_or_default();
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&address);
    pairs.map(|it| it.0.into_iter().collect()).unwrap_or_default()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Reads the document, following its references.
struct Reader<'a> {
    document: &'a Value,
}

impl<'a> Reader<'a> {
    fn follow(&self, value: &'a Value) -> &'a Value {
        let target =
            value["$ref"].as_str().and_then(|it| it.strip_prefix('#')).and_then(|it| self.document.pointer(it));
        target.unwrap_or(value)
    }

    fn operation(
        &self,
        path: &str,
        method: &str,
        item: &'a Value,
        operation: &'a Value,
    ) -> Result<Operation, ContractError> {
        let segments = path.trim_start_matches('/').split('/').map(|segment| {
            match segment.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
                Some(name) => Segment::Named(name.to_owned()),
                None => Segment::Literal(segment.to_owned()),
            }
        });
        let list = |value: &'a Value| value.as_array().into_iter().flatten();
        let parameters = list(&item["parameters"]).chain(list(&operation["parameters"]));
        let body = match self.follow(&operation["requestBody"]) {
            Value::Null => None,
            body => Some(BodyRule { required: body["required"] == true, by_type: self.by_type(body)? }),
        };
        let responses = entries(&operation["responses"])
            .map(|(status, response)| Ok((status.clone(), self.response(self.follow(response))?)))
            .collect::<Result<_, ContractError>>()?;
        Ok(Operation {
            method: method.to_ascii_uppercase(),
            segments: segments.collect(),
            later: operation["x-status"] == "later",
            parameters: parameters.map(|it| self.parameter(self.follow(it))).collect::<Result<_, _>>()?,
            body,
            responses,
        })
    }

    fn parameter(&self, parameter: &'a Value) -> Result<Parameter, ContractError> {
        let text = |key: &str| parameter[key].as_str().unwrap_or_default().to_owned();
        let required = parameter["required"] == true;
        Ok(Parameter { name: text("name"), place: text("in"), required, schema: self.schema(&parameter["schema"])? })
    }

    fn response(&self, response: &'a Value) -> Result<ResponseRule, ContractError> {
        let headers = entries(&response["headers"])
            .map(|(name, header)| {
                let header = self.follow(header);
                Ok((name.clone(), header["required"] == true, self.schema(&header["schema"])?))
            })
            .collect::<Result<_, ContractError>>()?;
        Ok(ResponseRule { headers, by_type: self.by_type(response)? })
    }

    fn by_type(&self, value: &'a Value) -> Result<BTreeMap<String, Option<Validator>>, ContractError> {
        entries(&value["content"])
            .map(|(media_type, content)| {
                let is_json = media_type == "application/json" || media_type.ends_with("+json");
                let schema = if is_json { Some(self.schema(&content["schema"])?) } else { None };
                Ok((media_type.clone(), schema))
            })
            .collect()
    }

    /// A schema with the components it refers to beside it, so that its references lead somewhere.
    fn schema(&self, schema: &Value) -> Result<Validator, ContractError> {
        let mut schemas = Map::new();
        self.collect(schema, &mut schemas);
        let whole = serde_json::json!({ "allOf": [schema], "components": { "schemas": schemas } });
        let options = jsonschema::options().with_draft(Draft::Draft202012);
        options.build(&whole).map_err(|error| ContractError::Schema(error.to_string()))
    }

    /// Adds every component that `value` leads to.
    fn collect(&self, value: &Value, found: &mut Map<String, Value>) {
        match value {
            Value::Object(map) => {
                let name =
                    map.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix("#/components/schemas/"));
                if let Some(name) = name.filter(|it| !found.contains_key(*it)) {
                    let component = &self.document["components"]["schemas"][name];
                    found.insert(name.to_owned(), component.clone());
                    self.collect(component, found);
                }
                map.values().for_each(|inner| self.collect(inner, found));
            }
            Value::Array(list) => list.iter().for_each(|inner| self.collect(inner, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
