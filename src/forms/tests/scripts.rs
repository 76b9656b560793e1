//! Scripts of definitions as data: what they answer is what JavaScript answers (`e2e/oracle/scripts.mjs` checks the same table), and
//! what lies outside the language is refused with its place.

use forms::{Answer, CivilDate, Role, RunFault, Scope, Script};
use serde_json::{Value, json};

fn role(name: &str) -> Role {
    match name {
        "show" => Role::Show,
        "valid" => Role::Valid,
        "result" => Role::Result,
        _ => Role::Value,
    }
}

fn today() -> CivilDate {
    CivilDate::new(2026, 11, 25).expect("a day")
}

/// What a script answers, in the words of the table.
fn answer(role: Role, source: &str, scope: &Value) -> Value {
    let script = match Script::parse(source, role) {
        Ok(script) => script,
        Err(fault) => return json!(fault.to_string()),
    };
    let scope = Scope {
        data: &scope["data"],
        row: &scope["row"],
        value: scope.get("value"),
        input: scope.get("input"),
        row_index: scope["rowIndex"].as_u64().and_then(|row| usize::try_from(row).ok()),
        today: today(),
    };
    match script.run(&scope) {
        Err(RunFault::MemberOfNothing | RunFault::NotAFunction | RunFault::NotDefined | RunFault::OutOfRange) => {
            json!("throws")
        }
        Err(fault) => json!(fault.to_string()),
        Ok(Answer::Undefined) => json!("undefined"),
        Ok(Answer::NotFinite(number)) if number.is_nan() => json!("NaN"),
        Ok(Answer::NotFinite(number)) => json!(if number > 0.0 { "Infinity" } else { "-Infinity" }),
        Ok(Answer::Value(value)) => json!({ "value": value }),
    }
}

/// Equal but for how a number is written: 1 and 1.0, and 1e21.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, value)| other.get(key).is_some_and(|it| same(value, it)))
        }
        (one, other) => one == other,
    }
}

#[test]
fn scripts_answer_as_javascript_does() {
    let groups: Vec<Value> = serde_json::from_str(include_str!("script_cases.json")).expect("the table is JSON");
    let (mut run, mut wrong) = (0, Vec::new());
    for group in &groups {
        let role = role(group["role"].as_str().expect("a role"));
        for case in group["cases"].as_array().expect("cases") {
            let (source, expected) = (case[0].as_str().expect("a script"), &case[1]);
            let answer = answer(role, source, &group["scope"]);
            run += 1;
            if !same(&answer, expected) {
                wrong.push(format!("{}: {source}\n  expected {expected}, got {answer}", group["description"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} scripts answer differently:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run >= 700, "only {run} scripts ran");
}
