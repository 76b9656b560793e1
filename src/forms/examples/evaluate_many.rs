//! Prints the outcome of many cases, one on each line: `evaluate_many CASES.jsonl`, each line `{"form", "answers"}`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use forms::{Answers, CivilDate, Environment, Form, NativePatterns, evaluate};
use serde_json::{Value, json};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(text) = std::env::args().nth(1).and_then(|path| std::fs::read_to_string(path).ok()) else {
        eprintln!("usage: evaluate_many CASES.jsonl");
        return ExitCode::from(2);
    };
    let patterns = NativePatterns::new();
    let Ok(today) = CivilDate::new(2026, 11, 22) else {
        return ExitCode::from(2);
    };
    let environment = Environment { today, patterns: &patterns };
    for line in text.lines() {
        println!("{}", outcome(line, &environment));
    }
    ExitCode::SUCCESS
}

fn outcome(line: &str, environment: &Environment<'_>) -> Value {
    let Ok(case) = serde_json::from_str::<Value>(line) else {
        return json!({ "errors": ["not JSON"] });
    };
    let form = match Form::parse(&case["form"], environment.patterns) {
        Ok(form) => form,
        Err(errors) => {
            let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
            return json!({ "errors": errors });
        }
    };
    let Ok(answers) = Answers::parse(case["answers"].clone()) else {
        return json!({ "errors": ["not answers"] });
    };
    let outcome = evaluate(&form, &answers, environment);
    let problems: Vec<Value> = outcome
        .problems
        .iter()
        .map(|problem| json!({ "path": problem.path.as_str(), "rule": problem.rule.name() }))
        .collect();
    json!({ "problems": problems, "hidden": outcome.hidden, "data": outcome.data })
}
