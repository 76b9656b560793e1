//! Prints how long one `evaluate` takes, natively: `cargo run --release -p forms --example speed`.
#![allow(clippy::print_stdout)]

use forms::{Answers, CivilDate, Environment, Form, NativePatterns, evaluate};
use serde_json::{Map, Value, json};
use std::time::Instant;

fn main() {
    let patterns = NativePatterns::new();
    let today = CivilDate::new(2026, 11, 22).expect("a day");
    let environment = Environment { today, patterns: &patterns };
    let cases = [
        ("120 fields", fields(120), flat(120)),
        ("1,000 fields", fields(1_000), flat(1_000)),
        ("200 rows of 20 fields", grid(20), rows(200, 20)),
    ];
    for (name, definition, answers) in cases {
        let form = Form::parse(&definition, &patterns).expect("a good definition");
        let answers = Answers::parse(answers).expect("an object");
        let runs = 200;
        let mut problems = 0;
        let start = Instant::now();
        for _ in 0..runs {
            problems += evaluate(&form, &answers, &environment).problems.len();
        }
        println!("{name}: {} µs each, {} problems", start.elapsed().as_micros() / runs, problems as u128 / runs);
    }
}

/// Every fifth field has a condition on the one before, every seventh a pattern.
fn field(at: usize, prefix: &str) -> Value {
    let mut field = json!({ "type": "textfield", "key": format!("field{at}"), "label": "Trường", "validate": { "required": true, "maxLength": 40 } });
    if at > 0 && at.is_multiple_of(5) {
        field["conditional"] = json!({ "show": true, "when": format!("{prefix}field{}", at - 1), "eq": "có" });
    }
    if at.is_multiple_of(7) {
        field["validate"]["pattern"] = json!("[A-Za-zÀ-ỹ ]+");
    }
    field
}

fn fields(count: usize) -> Value {
    json!({ "components": (0..count).map(|at| field(at, "")).collect::<Vec<_>>() })
}

fn flat(count: usize) -> Value {
    let data: Map<String, Value> =
        (0..count).map(|at| (format!("field{at}"), json!(if at.is_multiple_of(3) { "có" } else { "" }))).collect();
    Value::Object(data)
}

fn grid(count: usize) -> Value {
    json!({ "components": [{ "type": "datagrid", "key": "rows", "components": (0..count).map(|at| field(at, "rows.")).collect::<Vec<_>>() }] })
}

fn rows(count: usize, fields: usize) -> Value {
    json!({ "rows": vec![flat(fields); count] })
}
