//! Prints what is wrong with a definition, `[{"path", "error"}]`, and ends with 1 if anything is: `lint DEFINITION.json`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use forms::{Form, NativePatterns};
use serde_json::{Value, json};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: lint DEFINITION.json");
        return ExitCode::from(2);
    };
    let definition = match std::fs::read_to_string(&path) {
        Ok(definition) => definition,
        Err(error) => {
            eprintln!("{path}: {error}");
            return ExitCode::from(2);
        }
    };
    let errors = Form::parse_text(&definition, &NativePatterns::new()).err().unwrap_or_default();
    let printed: Value =
        errors.iter().map(|error| json!({ "path": error.path, "error": error.error.to_string() })).collect();
    println!("{printed}");
    if errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
