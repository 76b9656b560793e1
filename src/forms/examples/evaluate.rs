//! Prints the outcome of a definition and answers: `evaluate DEFINITION.json ANSWERS.json`.
//!
//! Where the definition is wrong, prints what `lint` prints and ends with 1. What of it cannot be read and stops is printed beside the
//! outcome (`outside`), where there is any.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use forms::{Answers, CivilDate, DefinitionError, Environment, Form, NativePatterns, evaluate};
use serde_json::{Value, json};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(definition), Some(answers)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: evaluate DEFINITION.json ANSWERS.json [YYYY-MM-DD]");
        return ExitCode::from(2);
    };
    let today = arguments.next().unwrap_or_else(|| "2026-11-22".to_owned());
    let Ok(today) = CivilDate::parse(&today) else {
        eprintln!("{today} is not a date");
        return ExitCode::from(2);
    };
    let read = |path: &str| std::fs::read_to_string(path).map_err(|error| eprintln!("{path}: {error}"));
    let (Ok(definition), Ok(answers)) = (read(&definition), read(&answers)) else {
        return ExitCode::from(2);
    };
    let patterns = NativePatterns::new();
    let read = match serde_json::from_str(&definition) {
        Ok(definition) => Form::parse_to_compare(&definition, &patterns),
        Err(_) => Form::parse_text(&definition, &patterns),
    };
    let form = match read {
        Ok(form) => form,
        Err(errors) => {
            println!("{}", errors.iter().map(as_json).collect::<Value>());
            return ExitCode::from(1);
        }
    };
    let answers = match Answers::from_json(&answers) {
        Ok(answers) => answers,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let outcome = evaluate(&form, &answers, &Environment { today, patterns: &patterns });
    let problems: Vec<Value> = outcome
        .problems
        .iter()
        .map(|problem| json!({ "path": problem.path.as_str(), "rule": problem.rule.name() }))
        .collect();
    let mut printed = json!({ "problems": problems, "hidden": outcome.hidden, "data": outcome.data });
    if !form.outside().is_empty() {
        printed["outside"] = form.outside().iter().map(as_json).collect();
    }
    println!("{printed}");
    ExitCode::SUCCESS
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
