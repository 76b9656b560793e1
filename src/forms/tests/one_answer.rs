//! An answer on which nothing depends is put right in place, and then the outcome is that of evaluating anew.

use forms::{
    Answers, CivilDate, DataPath, Environment, Form, NativePatterns, evaluate_with_rows, initial_answers, put_right,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Text fields wherever a field may stand.
const TEXTS: [&str; 7] = ["a", "b", "c.a", "g[0].a", "g[1].a", "e[0].a", "e[0].c.b"];

/// The fields of [`TEXTS`], two of them with rules, and what is beside them.
fn definition(beside: Vec<Value>) -> Value {
    let text = |key: &str| json!({ "type": "textfield", "key": key });
    let mut components = vec![
        json!({ "type": "textfield", "key": "a", "validate": { "required": true, "minLength": 3, "pattern": "[a-z]+" } }),
        json!({ "type": "fieldset", "key": "set", "components": [{ "type": "email", "key": "b" }] }),
        json!({ "type": "container", "key": "c", "components": [text("a")] }),
        json!({ "type": "datagrid", "key": "g", "components": [
            { "type": "textarea", "key": "a", "validate": { "required": true } }, { "type": "number", "key": "n" }] }),
        json!({ "type": "editgrid", "key": "e", "components": [text("a"), { "type": "container", "key": "c", "components": [text("b")] }] }),
    ];
    components.extend(beside);
    json!({ "components": components })
}

/// Something that asks about other answers, each in another way.
fn asking() -> impl Strategy<Value = Value> {
    let place = proptest::sample::select(vec!["a", "b", "c.a", "c", "g.a", "g", "e.a", "e.c.b", "e.c", "set", "zz"]);
    (0..12_usize, place, proptest::sample::select(vec!["x", "xy", "abc", ""])).prop_map(|(kind, place, text)| {
        let last = place.rsplit('.').next().unwrap_or(place);
        let mut field = json!({ "type": "textfield", "key": format!("asks{kind}{last}") });
        let script = place.replace("g.", "g[0].").replace("e.", "e[0].");
        match kind {
            0 => field["conditional"] = json!({ "show": true, "when": place, "eq": text }),
            1 => {
                field["conditional"] = json!({ "show": false, "conjunction": "all", "conditions": [
                    { "component": place, "operator": "isEqual", "value": text }, { "component": "b", "operator": "isNotEmpty" }] });
            }
            2 => field["customConditional"] = json!(format!("show = _.get(data, '{script}') === '{text}'")),
            3 => field["conditional"] = json!({ "json": { "===": [{ "var": format!("data.{place}") }, text] } }),
            4 => field["calculateValue"] = json!(format!("value = data.{last} + '{text}'")),
            5 => field["customDefaultValue"] = json!(format!("value = data.{last}")),
            6 => field["validate"] = json!({ "custom": format!("valid = data.{last} === input ? true : 'no'") }),
            7 => {
                field["logic"] = json!([{ "trigger": { "type": "simple", "simple": { "show": true, "when": place, "eq": text } },
                    "actions": [{ "type": "property", "property": { "value": "hidden", "type": "boolean" }, "state": true }] }]);
            }
            8 => {
                field["logic"] = json!([{ "trigger": { "type": "javascript", "javascript": "result = true" },
                    "actions": [{ "type": "property", "property": { "value": "label", "type": "string" }, "text": format!("{{{{ data.{last} }}}}") }] }]);
            }
            9 => {
                field = json!({ "type": "editgrid", "key": "r", "validate": { "row": format!("valid = row.a === data.{last} ? true : 'no'") },
                    "components": [{ "type": "textfield", "key": "a" }] });
            }
            // Another field that keeps its answer in the same place.
            10 => field = json!({ "type": "textfield", "key": last, "validate": { "maxLength": 2 } }),
            _ => field = json!({ "type": "simpletextfield", "key": last }),
        }
        field
    })
}

fn environment(patterns: &NativePatterns) -> Environment<'_> {
    Environment { today: CivilDate::new(2026, 11, 22).expect("a day"), patterns }
}

/// Changes one answer. Was the outcome put right? Then it is that of evaluating anew; else it is as it was.
fn change(definition: &Value, given: &Value, path: &str, to: Value) -> Option<bool> {
    let patterns = NativePatterns::new();
    let environment = environment(&patterns);
    let form = Form::parse(definition, &patterns).ok()?;
    let mut answers = initial_answers(&form);
    for (path, answer) in given.as_object().expect("answers by path") {
        answers.set(&DataPath::parse(path).expect("a path"), answer.clone()).ok()?;
    }
    let before = evaluate_with_rows(&form, &answers, &environment);
    let path = DataPath::parse(path).expect("a path");
    answers.set(&path, to).ok()?;
    let mut outcome = before.clone();
    let done = put_right(&form, &answers, &environment, &path, &mut outcome);
    let expected = if done { evaluate_with_rows(&form, &answers, &environment) } else { before };
    assert_eq!(outcome, expected, "{path} in {definition}");
    Some(done)
}

fn some_text() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["", " ", "x", "xy", "xyz", "abc", "ABC", "a@b.vn", "A@B.vn ", "Lê Thị An"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn what_is_put_right_is_what_evaluating_anew_gives(
        beside in proptest::collection::vec(asking(), 0..3),
        texts in proptest::collection::vec(some_text(), TEXTS.len()),
        at in 0..TEXTS.len(),
        to in some_text(),
    ) {
        let given: Value = TEXTS.iter().zip(texts).map(|(path, text)| ((*path).to_owned(), json!(text))).collect::<serde_json::Map<_, _>>().into();
        change(&definition(beside), &given, TEXTS[at], json!(to));
    }
}

#[track_caller]
fn check(beside: Value, path: &str, to: &str, put_right: bool) {
    let given = json!({ "a": "abc", "b": "a@b.vn", "c.a": "x", "g[0].a": "x", "g[1].a": "x", "e[0].a": "x", "e[0].c.b": "x", "z": "x" });
    let Value::Array(beside) = beside else { panic!("a list of components") };
    assert_eq!(change(&definition(beside), &given, path, json!(to)), Some(put_right), "{path} = {to}");
}

#[test]
fn an_answer_that_nobody_asks_about_is_put_right_wherever_it_lies() {
    for path in TEXTS {
        check(json!([]), path, if path == "b" { "C@D.vn" } else { "abcd" }, true);
    }
    // What others ask about others changes nothing.
    let other = json!([{ "type": "textfield", "key": "z", "conditional": { "show": true, "when": "b", "eq": "x" } }]);
    check(other, "a", "abcd", true);
}

#[test]
fn all_is_evaluated_anew_where_something_may_follow() {
    let when = |when: &str| json!([{ "type": "textfield", "key": "z", "conditional": { "show": true, "when": when, "eq": "x" } }]);
    check(when("a"), "a", "abcd", false);
    check(when("g.a"), "g[1].a", "abcd", false);
    check(when("c"), "c.a", "abcd", false);
    check(
        json!([{ "type": "textfield", "key": "z", "customConditional": "show = data.g.length > 1" }]),
        "g[0].a",
        "y",
        false,
    );
    check(
        json!([{ "type": "textfield", "key": "z", "customConditional": "show = _.some(data, function (it) { return it })" }]),
        "a",
        "abcd",
        false,
    );
    // A field whose condition is about its own answer.
    for own in ["input", "value", "data.z"] {
        let condition = format!("show = {own} !== 'no'");
        check(json!([{ "type": "textfield", "key": "z", "customConditional": condition }]), "z", "no", false);
    }
    // What is filled in may be the name of an answer.
    check(
        json!([{ "type": "textfield", "key": "w", "defaultValue": "data.b" },
            { "type": "number", "key": "y", "validate": { "custom": "valid = {{ data.w }} === 'no' ? 'No' : true" } }]),
        "b",
        "c@d.vn",
        false,
    );
    let json = |rule: Value| json!([{ "type": "textfield", "key": "y", "conditional": { "json": rule } }]);
    check(json(json!({ "var": ["data.zz", { "var": "data.a" }] })), "a", "abcd", false);
    check(json(json!({ "reduce": [[1], { "var": "accumulator" }, { "var": "data.a" }] })), "a", "abcd", false);
    check(json(json!({ "reduce": [[1], { "var": "accumulator" }, { "var": "data.b" }] })), "a", "abcd", true);
    // More problems or fewer than before.
    check(json!([]), "a", "ab", false);
    check(json!([]), "a", "", false);
    // Hidden with what is around it.
    let hidden = json!([{ "type": "fieldset", "key": "f", "hidden": true, "components": [{ "type": "textfield", "key": "h" }] }]);
    check(hidden, "h", "x", false);
}

#[test]
fn one_problem_takes_the_place_of_another() {
    let given = json!({ "a": "", "b": "no" });
    assert_eq!(change(&definition(vec![]), &given, "a", json!("ab")), Some(true), "required, then too short");
    assert_eq!(change(&definition(vec![]), &given, "b", json!("still no")), Some(true), "the same problem");
    let answers = Answers::parse(json!({})).expect("answers");
    let patterns = NativePatterns::new();
    let form = Form::parse(&definition(vec![]), &patterns).expect("a form");
    let mut outcome = evaluate_with_rows(&form, &answers, &environment(&patterns));
    let nowhere = DataPath::parse("zz").expect("a path");
    assert!(!put_right(&form, &answers, &environment(&patterns), &nowhere, &mut outcome));
}

#[test]
fn all_is_evaluated_anew_on_another_day() {
    let definition = json!({ "components": [{ "type": "textfield", "key": "a" },
        { "type": "day", "key": "d", "dayFirst": true, "maxDate": "moment()" }] });
    let patterns = NativePatterns::new();
    let form = Form::parse(&definition, &patterns).expect("a form");
    let mut answers = Answers::parse(json!({ "a": "x", "d": "23/11/2026" })).expect("answers");
    let mut outcome = evaluate_with_rows(&form, &answers, &environment(&patterns));
    let a = DataPath::parse("a").expect("a path");
    answers.set(&a, json!("y")).expect("kept");
    let tomorrow = Environment { today: CivilDate::new(2026, 11, 23).expect("a day"), patterns: &patterns };
    assert!(!put_right(&form, &answers, &tomorrow, &a, &mut outcome));
    assert!(put_right(&form, &answers, &environment(&patterns), &a, &mut outcome));
}
