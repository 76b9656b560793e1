//! The behaviour of forms as data: every `specs/*.json` is run, each case against its outcome.
//!
//! The outcomes are those of `@formio/core` 2.8.3, written by `e2e/oracle/write_specs.mjs` and checked by `e2e/oracle/specs.mjs`; where
//! a case has `differs`, the outcome is what a screen has and the text says why.

use forms::{Answers, CivilDate, Environment, Form, NativePatterns, evaluate, evaluate_with_rows};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn every_spec_holds() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/specs");
    let (mut run, mut wrong) = (0, Vec::new());
    for entry in std::fs::read_dir(folder).expect("the specs are there") {
        let path = entry.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("a spec is text");
        let specs: Vec<Value> = serde_json::from_str(&text).expect("a spec is JSON");
        for spec in &specs {
            run += run_spec(spec, &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{} of {run} cases are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run >= 3_000, "only {run} cases ran");
}

fn run_spec(spec: &Value, wrong: &mut Vec<String>) -> usize {
    let patterns = NativePatterns::new();
    let today = CivilDate::new(2026, 11, 22).expect("a day");
    let environment = Environment { today, patterns: &patterns };
    // What differs is about screens.
    let read = |differs: bool| if differs { Form::parse } else { Form::parse_to_compare }(&spec["form"], &patterns);
    assert!(spec["source"].is_string() || spec["differs"].is_string(), "{} names no source", spec["description"]);
    let cases = spec["cases"].as_array().expect("a spec has cases");
    for case in cases {
        let answers = Answers::parse(case["answers"].clone()).expect("answers are an object");
        let before = answers.clone();
        let differs = case["differs"].is_string();
        let form = match read(differs) {
            Ok(form) => form,
            Err(errors) => {
                wrong.push(format!("{}: {errors:?}", spec["description"]));
                continue;
            }
        };
        let evaluate = if differs { evaluate_with_rows } else { evaluate };
        let outcome = evaluate(&form, &answers, &environment);
        assert_eq!(answers, before, "evaluating never changes the answers");
        let problems: BTreeSet<(String, String)> =
            outcome.problems.iter().map(|problem| (problem.path.to_string(), problem.rule.name().to_owned())).collect();
        let expected: BTreeSet<(String, String)> = case["outcome"]["problems"]
            .as_array()
            .expect("problems are a list")
            .iter()
            .map(|problem| (text(&problem["path"]), text(&problem["rule"])))
            .collect();
        let hidden: Value = outcome.hidden.iter().cloned().collect();
        let data = Value::Object(outcome.data);
        if problems != expected || hidden != case["outcome"]["hidden"] || !same(&data, &case["outcome"]["data"]) {
            wrong.push(format!(
                "{} / {}\n  answers {}\n  expected {}\n  problems {problems:?} hidden {hidden} data {data}",
                spec["description"], case["description"], case["answers"], case["outcome"]
            ));
        }
    }
    cases.len()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The same data; 3 and 3.0 are one number.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        (one, other) => one == other,
    }
}
