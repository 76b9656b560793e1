//! Looks a definition over: `lint [--all | --text] DEFINITION.json`.
//!
//! Prints what makes it unusable, `[{"path", "error"}]` (with column and token of a script), and ends with 1 if anything does. `--all` adds what is odd, as
//! `{"path", "finding"}`; `--text` prints all of it in lines for people.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use forms::{CivilDate, DefinitionError, Environment, Form, NativePatterns, lint};
use serde_json::{Value, json};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// Vietnam is seven hours ahead of UTC.
const EAST_SECONDS: u64 = 7 * 3_600;

fn main() -> ExitCode {
    let (mut all, mut text, mut path) = (false, false, None);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--all" => all = true,
            "--text" => text = true,
            _ if path.is_none() && !argument.starts_with("--") => path = Some(argument),
            _ => return usage(),
        }
    }
    let Some(path) = path else {
        return usage();
    };
    let definition = match std::fs::read_to_string(&path) {
        Ok(definition) => definition,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let patterns = NativePatterns::new();
    let errors = Form::parse_text(&definition, &patterns).err().unwrap_or_default();
    let findings = match (all || text, today(), serde_json::from_str(&definition)) {
        (true, Some(today), Ok(definition)) => lint(&definition, &Environment { today, patterns: &patterns }),
        _ => Vec::new(),
    };
    if text {
        for error in &errors {
            let script = error.script.as_ref().map_or_else(String::new, |script| format!(" ({script})"));
            println!("error   {}: {}{script}", place(&error.path), error.error);
        }
        for finding in &findings {
            println!("finding {}: {}", place(&finding.path), finding.finding);
        }
        println!("{} errors, {} findings", errors.len(), findings.len());
    } else {
        let errors = errors.iter().map(as_json);
        let findings = findings.iter().map(|it| json!({ "path": it.path, "finding": it.finding.to_string() }));
        println!("{}", errors.chain(findings).collect::<Value>());
    }
    if errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// `{"path", "error"}`, and for a script `"column"`, `"token"` and `"cause"`.
fn as_json(error: &DefinitionError) -> Value {
    let mut printed = json!({ "path": error.path, "error": error.error.to_string() });
    if let Some(script) = &error.script {
        printed["column"] = json!(script.column);
        printed["token"] = json!(script.token);
        printed["cause"] = json!(script.cause.to_string());
    }
    printed
}

fn usage() -> ExitCode {
    eprintln!("usage: lint [--all | --text] DEFINITION.json");
    ExitCode::from(2)
}

fn place(path: &str) -> &str {
    if path.is_empty() { "(the whole)" } else { path }
}

/// Today in Vietnam.
fn today() -> Option<CivilDate> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs() + EAST_SECONDS;
    CivilDate::from_days_since_1970(i32::try_from(seconds / 86_400).ok()?)
}
