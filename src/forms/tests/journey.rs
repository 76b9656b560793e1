//! The way through the steps, and the only way to a submission.

use forms::{
    Answers, CivilDate, DataPath, Environment, Form, Journey, NoPatterns, Submission, evaluate, initial_answers,
};
use serde_json::{Value, json};

fn form() -> Form {
    let definition = json!({ "display": "wizard", "components": [
        { "type": "panel", "key": "who", "title": "Người yêu cầu", "components": [
            { "type": "textfield", "key": "name", "label": "Họ tên", "validate": { "required": true } },
            { "type": "radio", "key": "married", "label": "Kết hôn", "values": [{ "label": "Có", "value": "yes" }, { "label": "Chưa", "value": "no" }], "defaultValue": "no" } ] },
        { "type": "panel", "key": "spouse", "title": "Vợ hoặc chồng", "conditional": { "show": true, "when": "married", "eq": "yes" }, "components": [
            { "type": "container", "key": "partner", "components": [{ "type": "textfield", "key": "name", "label": "Họ tên người kia", "validate": { "required": true } }] } ] },
        { "type": "panel", "key": "children", "title": "Con", "components": [
            { "type": "datagrid", "key": "kids", "components": [
                { "type": "fieldset", "key": "kid", "components": [{ "type": "textfield", "key": "name", "label": "Tên con", "validate": { "required": true } }] } ] } ] }
    ] });
    Form::parse(&definition, &NoPatterns).expect("a good definition")
}

fn environment() -> Environment<'static> {
    Environment { today: CivilDate::new(2026, 11, 22).expect("a day"), patterns: &NoPatterns }
}

fn journey(answers: Value) -> Journey {
    let form = form();
    let answers = Answers::parse(answers).expect("answers");
    Journey::new(&form, &evaluate(&form, &answers, &environment()))
}

fn keys(journey: &Journey) -> Vec<&str> {
    journey.steps().iter().map(|step| step.key.as_str()).collect()
}

#[test]
fn steps_that_do_not_apply_are_passed_over() {
    let single = journey(json!({ "married": "no" }));
    assert_eq!(keys(&single), ["who", "children"]);
    assert_eq!(single.next("who").map(|step| step.key.as_str()), Some("children"));
    assert_eq!(single.previous("children").map(|step| step.key.as_str()), Some("who"));
    assert_eq!(single.next("children"), None);
    assert_eq!(single.previous("who"), None);
    assert_eq!(single.progress("children"), Some((2, 2)));
    assert_eq!(single.step("spouse"), None);
    assert_eq!(keys(&journey(json!({ "married": "yes" }))), ["who", "spouse", "children"]);
}

#[test]
fn each_step_knows_its_problems_also_those_in_rows() {
    let journey = journey(json!({ "married": "yes", "kids": [{ "name": "An" }, {}] }));
    let paths = |key: &str| journey.problems(key).iter().map(|problem| problem.path.to_string()).collect::<Vec<_>>();
    assert_eq!(paths("who"), ["name"]);
    assert_eq!(paths("spouse"), ["partner.name"]);
    assert_eq!(paths("children"), ["kids[1].name"]);
    assert_eq!(journey.first_with_problem().map(|step| step.key.as_str()), Some("who"));
}

#[test]
fn no_step_is_visited_before_those_before_it_are_right() {
    let blank = journey(json!({}));
    assert!(blank.may_visit("who"));
    assert!(!blank.may_visit("children"));
    assert_eq!(blank.guard("children").map(|step| step.key.as_str()), Some("who"));
    let named = journey(json!({ "name": "Lan" }));
    assert_eq!(named.guard("children").map(|step| step.key.as_str()), Some("children"));
    assert_eq!(named.guard("spouse").map(|step| step.key.as_str()), Some("children"), "a step that does not apply");
    assert!(!named.may_visit("nowhere"));
}

#[test]
fn components_are_found_by_path() {
    let form = form();
    let path = |text: &str| DataPath::parse(text).expect("a path");
    for (place, label) in [("kids[3].name", "Tên con"), ("partner.name", "Họ tên người kia"), ("name", "Họ tên")]
    {
        assert_eq!(form.component_at(&path(place)).map(|it| it.label.as_str()), Some(label));
    }
    assert_eq!(form.component_at(&path("kids.kid")).map(|component| component.kind.name()), Some("fieldset"));
    assert!(form.component_at(&path("kids.nothing")).is_none());
    assert_eq!(form.step_of(&path("kids[0].name")), Some(2));
    assert_eq!(form.components().count(), 7);
    assert_eq!(initial_answers(&form).data(), &json!({ "married": "no" }));
}

#[test]
fn a_definition_can_be_asked_which_steps_look_back_too_late() {
    assert!(form().steps_asked_ahead().is_empty());
    let definition = json!({ "display": "wizard", "components": [
        { "type": "panel", "key": "first", "components": [{ "type": "textfield", "key": "a", "conditional": { "show": true, "when": "b", "eq": "x" } }] },
        { "type": "panel", "key": "second", "components": [{ "type": "textfield", "key": "b" }] } ] });
    assert_eq!(Form::parse(&definition, &NoPatterns).expect("a definition").steps_asked_ahead(), ["second"]);
}

#[test]
fn only_answers_without_a_problem_become_a_submission() {
    let form = form();
    let submit =
        |answers: Value| Submission::try_new(&form, &Answers::parse(answers).expect("answers"), &environment());
    let problems = submit(json!({ "married": "yes" })).expect_err("refused");
    assert_eq!(
        problems.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(),
        ["name", "partner.name", "kids[0].name"]
    );
    let sent = submit(
        json!({ "name": "Lan", "married": "no", "partner": { "name": "giữ lại, không gửi" }, "kids": [], "stray": 1 }),
    );
    assert_eq!(Value::Object(sent.expect("sent").into_data()), json!({ "name": "Lan", "married": "no", "kids": [] }));
}

#[test]
fn visibility_is_known_for_fields_rows_and_groups() {
    let definition = json!({ "components": [
        { "type": "textfield", "key": "show" },
        { "type": "fieldset", "key": "group", "conditional": { "show": true, "when": "show", "eq": "yes" }, "components": [{ "type": "textfield", "key": "inner" }] },
        { "type": "datagrid", "key": "rows", "components": [
            { "type": "textfield", "key": "kind" },
            { "type": "fieldset", "key": "more", "conditional": { "show": true, "when": "rows.kind", "eq": "a" }, "components": [{ "type": "textfield", "key": "text" }] } ] },
        { "type": "textfield", "key": "secret", "hidden": true } ] });
    let form = Form::parse(&definition, &NoPatterns).expect("a definition");
    let answers = Answers::parse(json!({ "rows": [{ "kind": "a" }, { "kind": "b" }] })).expect("answers");
    let outcome = evaluate(&form, &answers, &environment());
    let visible = |text: &str| outcome.is_visible(&DataPath::parse(text).expect("a path"));
    assert!(visible("show") && visible("rows") && visible("rows[0].more") && visible("rows[0].text"));
    assert!(
        !visible("group")
            && !visible("inner")
            && !visible("rows[1].more")
            && !visible("rows[1].text")
            && !visible("secret")
    );
    assert_eq!(outcome.hidden, ["group", "rows.more"]);
}

#[test]
fn problems_stand_in_document_order_and_required_first() {
    let definition = json!({ "components": [
        { "type": "textfield", "key": "a", "validate": { "required": true, "minLength": 3, "pattern": "[0-9]+" } },
        { "type": "container", "key": "box", "validate": { "required": true }, "components": [{ "type": "day", "key": "b", "dayFirst": true, "fields": { "year": { "required": true } }, "validate": { "required": true } }] },
        { "type": "email", "key": "c", "validate": { "required": true } } ] });
    let patterns = forms::NativePatterns::new();
    let form = Form::parse(&definition, &patterns).expect("a definition");
    let environment = Environment { patterns: &patterns, ..environment() };
    let outcome = evaluate(&form, &Answers::parse(json!({ "a": "x" })).expect("answers"), &environment);
    let told: Vec<String> = outcome.problems.iter().map(|it| format!("{} {}", it.path, it.rule.name())).collect();
    assert_eq!(told, ["a minLength", "a pattern", "box required", "box.b required", "box.b day", "c required"]);
    let path = DataPath::parse("box.b").expect("a path");
    assert_eq!(outcome.problem(&path).map(|it| it.rule), Some(forms::Rule::Required));
    assert_eq!(outcome.problem(&DataPath::parse("box.x").expect("a path")), None);
}
