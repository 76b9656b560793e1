//! Prints the outcome of many cases, one on each line: `evaluate_many CASES.jsonl`. A line `{"form"}` is the definition of the lines
//! `{"answers"}` after it; a line may have both. What of a definition cannot be read and stops is printed beside (`outside`).
#![allow(clippy::print_stdout, clippy::print_stderr)]

use forms::{Answers, CivilDate, Environment, Form, NativePatterns, evaluate};
use serde_json::{Value, json};
use std::io::Write as _;
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
    let mut form = Err(json!({ "errors": ["no form"] }));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap_or_default();
        if let Some(definition) = case.get("form") {
            form = Form::parse_to_compare(definition, &patterns).map_err(|errors| {
                let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
                json!({ "errors": errors })
            });
        }
        if let Some(answers) = case.get("answers")
            && writeln!(out, "{}", outcome(&form, answers, &environment)).is_err()
        {
            return ExitCode::FAILURE;
        }
    }
    if out.flush().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn outcome(form: &Result<Form, Value>, answers: &Value, environment: &Environment<'_>) -> Value {
    let form = match form {
        Ok(form) => form,
        Err(errors) => return errors.clone(),
    };
    let Ok(answers) = Answers::parse(answers.clone()) else {
        return json!({ "errors": ["not answers"] });
    };
    let outcome = evaluate(form, &answers, environment);
    let problems: Vec<Value> = outcome
        .problems
        .iter()
        .map(|problem| json!({ "path": problem.path.as_str(), "rule": problem.rule.name() }))
        .collect();
    let mut printed = json!({ "problems": problems, "hidden": outcome.hidden, "data": outcome.data });
    if !form.outside().is_empty() {
        printed["outside"] = form.outside().iter().map(|it| Value::from(it.to_string())).collect();
    }
    printed
}
