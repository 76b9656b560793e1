//! What holds for any definition and any answers.

use forms::{
    Answers, CivilDate, DataPath, Difference, Environment, Form, Journey, NativePatterns, Outcome, Submission, display,
    evaluate, evaluate_with_rows, initial_answers, put_right,
};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const KINDS: [&str; 27] = [
    "fieldset",
    "panel",
    "columns",
    "content",
    "textfield",
    "textarea",
    "number",
    "currency",
    "checkbox",
    "selectboxes",
    "radio",
    "select",
    "day",
    "datetime",
    "email",
    "phoneNumber",
    "file",
    "hidden",
    "container",
    "datagrid",
    "address",
    "simpletextfield",
    "radiopanel",
    "alertstripe",
    "password",
    "navSkjemagruppe",
    "survey",
];
const NAMES: [&str; 34] = [
    "components",
    "columns",
    "rows",
    "type",
    "key",
    "label",
    "validate",
    "required",
    "pattern",
    "minLength",
    "min",
    "max",
    "conditional",
    "show",
    "when",
    "eq",
    "json",
    "conditions",
    "conjunction",
    "component",
    "operator",
    "value",
    "values",
    "data",
    "multiple",
    "hidden",
    "clearOnHide",
    "defaultValue",
    "dayFirst",
    "minDate",
    "properties",
    "display",
    "html",
    "a",
];
const TEXTS: [&str; 17] = [
    "a",
    "b",
    "a.b",
    "a[0].b",
    "",
    " ",
    "isEqual",
    "all",
    "any",
    "true",
    "12",
    "01/02/2000",
    "00/00/1990",
    "2024-05-01",
    "(",
    "wizard",
    "Ấ𝄞",
];

/// JSON that looks now and then like a definition.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(TEXTS.to_vec()).prop_map(Value::from),
        proptest::sample::select(KINDS.to_vec()).prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((proptest::sample::select(NAMES.to_vec()), inner), 0..6).prop_map(|pairs| {
                Value::Object(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
            }),
        ]
    })
}

/// A component of a known kind with any settings.
fn component() -> impl Strategy<Value = Value> {
    let settings = proptest::collection::vec((proptest::sample::select(NAMES.to_vec()), any_json()), 0..4);
    (proptest::sample::select(KINDS[..26].to_vec()), proptest::sample::select(vec!["a", "b", "c", "d", "e"]), settings)
        .prop_map(|(kind, key, settings)| {
            let mut component = json!({ "type": kind, "key": key });
            for (name, value) in settings {
                if !matches!(name, "type" | "key") {
                    component[name] = value;
                }
            }
            if kind == "columns" && !component["columns"].is_array() {
                component["columns"] = json!([]);
            }
            if kind == "navSkjemagruppe" {
                component["input"] = json!(true);
                component["components"] = json!([
                    { "type": "textfield", "key": "t", "conditional": { "show": true, "when": "a", "eq": "true" } },
                    { "type": "number", "key": "n", "defaultValue": 3, "validate": { "required": true } },
                    { "type": "container", "key": "c", "components": [{ "type": "datagrid", "key": "g", "components": [{ "type": "email", "key": "e" }] }] } ]);
            }
            component
        })
}

fn environment(patterns: &NativePatterns) -> Environment<'_> {
    Environment { today: CivilDate::new(2026, 11, 22).expect("a day"), patterns }
}

/// Everything there is to call.
fn use_all(definition: &Value, answers: Value) {
    let patterns = NativePatterns::new();
    let environment = environment(&patterns);
    let Ok(form) = Form::parse(definition, &patterns) else {
        return;
    };
    let Ok(answers) = Answers::parse(answers) else {
        return;
    };
    let outcome = evaluate(&form, &answers, &environment);
    let journey = Journey::new(&form, &outcome);
    for step in journey.steps() {
        let _ = (journey.next(&step.key), journey.previous(&step.key), journey.guard(&step.key));
    }
    for component in form.components() {
        let _ = display(component, answers.data().get(&component.key).unwrap_or(&Value::Null));
    }
    // An answer on which nothing depends is put right in place: the outcome is that of evaluating anew.
    let shown = evaluate_with_rows(&form, &answers, &environment);
    for key in ["a", "b", "c", "d", "e", "a.b"] {
        let (mut changed, mut outcome) = (answers.clone(), shown.clone());
        let path = DataPath::parse(key).expect("a path");
        let set = changed.set(&path, json!("x"));
        if set.is_ok() && put_right(&form, &changed, &environment, &path, &mut outcome) {
            assert_eq!(outcome, evaluate_with_rows(&form, &changed, &environment), "{key} in {definition}");
        }
    }
    let _ =
        (form.steps_asked_ahead(), initial_answers(&form), Submission::try_new(&form, &answers, &environment).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_json_makes_anything_panic(definition in any_json(), answers in any_json()) {
        use_all(&definition, answers);
    }

    #[test]
    fn no_component_of_a_known_kind_makes_anything_panic(
        components in proptest::collection::vec(component(), 0..5),
        answers in proptest::collection::vec((proptest::sample::select(vec!["a", "b", "c", "d", "e"]), any_json()), 0..5),
    ) {
        let answers: Map<String, Value> = answers.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        use_all(&json!({ "components": components }), Value::Object(answers));
    }

    #[test]
    fn no_path_makes_answers_panic(text in ".{0,30}", value in any_json(), answers in any_json()) {
        let Ok(mut answers) = Answers::parse(answers) else { return Ok(()) };
        if let Ok(path) = forms::DataPath::parse(&text) {
            prop_assert_eq!(path.to_string(), text);
            let set = answers.set(&path, value.clone());
            prop_assert!(set.is_err() || answers.get(&path) == Some(&value));
            answers.remove(&path);
        }
    }
}

/// A form of text fields, each of which may ask about any other; which ask whom is drawn.
fn asking_form(asks: &[Option<(usize, bool)>]) -> Form {
    let components: Vec<Value> = asks
        .iter()
        .enumerate()
        .map(|(at, ask)| {
            let mut field = json!({ "type": "textfield", "key": format!("f{at}"), "validate": { "required": true, "minLength": 2 } });
            if let Some((asked, show)) = ask {
                field["conditional"] = json!({ "show": show, "when": format!("f{asked}"), "eq": "yes" });
            }
            field
        })
        .collect();
    Form::parse(&json!({ "components": components }), &forms::NoPatterns).expect("a definition")
}

const FIELDS: usize = 16;

fn asks() -> impl Strategy<Value = Vec<Option<(usize, bool)>>> {
    proptest::collection::vec(proptest::option::weighted(0.7, (0..FIELDS, any::<bool>())), FIELDS)
}

fn texts() -> impl Strategy<Value = Vec<Option<&'static str>>> {
    proptest::collection::vec(proptest::option::weighted(0.9, proptest::sample::select(vec!["yes", "no", ""])), FIELDS)
}

fn answers_of(texts: &[Option<&str>]) -> Answers {
    let data = texts.iter().enumerate().filter_map(|(at, text)| text.map(|text| (format!("f{at}"), Value::from(text))));
    Answers::parse(Value::Object(data.collect())).expect("answers")
}

fn outcome_of(form: &Form, answers: &Answers) -> Outcome {
    evaluate_with_rows(form, answers, &environment(&NativePatterns::new()))
}

/// As [`asks`], but nobody is asked in a circle: each asks only whom a drawn order puts before it.
fn asks_without_circle() -> impl Strategy<Value = Vec<Option<(usize, bool)>>> {
    (asks(), Just((0..FIELDS).collect::<Vec<_>>()).prop_shuffle()).prop_map(|(mut asks, order)| {
        for (at, ask) in asks.iter_mut().enumerate() {
            *ask = ask.filter(|(asked, _)| order[*asked] < order[at]);
        }
        asks
    })
}

/// Ways of a field to ask about the answer of a later one.
const ASKING: [&str; 12] = [
    r#"{ "customConditional": "show = !data.later" }"#,
    r#"{ "customConditional": "show = !_.get(data, 'later.a')" }"#,
    r#"{ "conditional": { "show": false, "when": "later", "eq": "a" } }"#,
    r#"{ "conditional": { "json": { "!": { "var": "data.later.a" } } } }"#,
    r#"{ "validate": { "custom": "valid = !_.get(data, 'later.a') ? true : 'no'" } }"#,
    r#"{ "validate": { "custom": "valid = '{{ data.later.a }}' === '' ? true : 'no'" } }"#,
    r#"{ "validate": { "json": { "if": [{ "var": "data.later.a" }, "no", true] } } }"#,
    r#"{ "type": "number", "calculateValue": "value = data.later ? 1 : 2" }"#,
    r#"{ "logic": [{ "trigger": { "type": "javascript", "javascript": "result = !!_.get(data, 'later.a')" },
        "actions": [{ "type": "property", "property": { "value": "validate.required", "type": "boolean" }, "state": true }] }] }"#,
    r#"{ "logic": [{ "trigger": { "type": "javascript", "javascript": "result = true" },
        "actions": [{ "type": "property", "property": { "value": "label", "type": "string" }, "text": "{{ data.later.a }}" }] }] }"#,
    r#"{ "logic": [{ "trigger": { "type": "javascript", "javascript": "result = true" },
        "actions": [{ "type": "mergeComponentSchema", "schemaDefinition": "schema = { label: data.later ? 'A' : 'B' }" }] }] }"#,
    r#"{ "type": "editgrid", "validate": { "row": "valid = data.later ? 'no' : true" }, "components": [] }"#,
];

proptest! {
    #[test]
    fn a_hidden_field_is_never_a_problem_and_never_submitted(asks in asks(), texts in texts()) {
        let (form, answers) = (asking_form(&asks), answers_of(&texts));
        let outcome = outcome_of(&form, &answers);
        for hidden in &outcome.hidden {
            prop_assert!(!outcome.data.contains_key(hidden));
            prop_assert!(outcome.problems.iter().all(|problem| problem.path.as_str() != hidden));
        }
    }

    #[test]
    fn two_outcomes_show_the_same_wherever_no_difference_is_told(asks in asks(), old in texts(), new in texts()) {
        let form = asking_form(&asks);
        let (before, after) = (outcome_of(&form, &answers_of(&old)), outcome_of(&form, &answers_of(&new)));
        let mut told = Vec::new();
        after.differences(&before, |path, difference| told.push((path.to_owned(), difference)));
        for at in 0..asks.len() {
            let path = DataPath::parse(&format!("f{at}")).expect("a path of this test");
            let name = path.to_string();
            let visibility = told.contains(&(name.clone(), Difference::Visibility));
            prop_assert_eq!(visibility, before.is_visible(&path) != after.is_visible(&path));
            let problem = told.contains(&(name, Difference::Problem));
            prop_assert_eq!(problem, before.problem(&path) != after.problem(&path));
        }
    }

    #[test]
    fn conditions_hold_over_what_would_be_submitted(asks in asks_without_circle(), texts in texts()) {
        let outcome = outcome_of(&asking_form(&asks), &answers_of(&texts));
        for (at, ask) in asks.iter().enumerate() {
            let Some((asked, show)) = ask else { continue };
            let holds = outcome.data.get(&format!("f{asked}")).is_some_and(|value| value == "yes");
            prop_assert_eq!(outcome.hidden.contains(&format!("f{at}")), holds != *show);
        }
    }

    #[test]
    fn what_was_evaluated_evaluates_to_itself(asks in asks_without_circle(), texts in texts()) {
        let form = asking_form(&asks);
        let once = outcome_of(&form, &answers_of(&texts));
        let again = outcome_of(&form, &Answers::parse(Value::Object(once.data.clone())).expect("answers"));
        prop_assert_eq!(again, once);
    }

    #[test]
    fn shown_again_a_field_still_has_its_answer(text in "[a-zà-ỹ ]{2,12}") {
        let form = asking_form(&[None, Some((0, true))]);
        let mut answers = answers_of(&[Some("yes"), None]);
        let field = forms::DataPath::parse("f1").expect("a path");
        let switch = forms::DataPath::parse("f0").expect("a path");
        answers.set(&field, Value::from(text.clone())).expect("kept");
        answers.set(&switch, json!("no")).expect("kept");
        prop_assert!(!outcome_of(&form, &answers).data.contains_key("f1"));
        answers.set(&switch, json!("yes")).expect("kept");
        let shown = outcome_of(&form, &answers);
        prop_assert_eq!(shown.data.get("f1"), Some(&Value::from(text)));
    }
}

#[test]
fn what_was_evaluated_evaluates_to_itself_whoever_asks_about_what_comes_later() {
    let later = json!({ "type": "selectboxes", "key": "later", "values": [{ "value": "a", "label": "A" }],
        "conditional": { "show": true, "when": "first", "eq": "x" } });
    for (asking, shown) in ASKING.iter().flat_map(|it| [(it, "x"), (it, "y")]) {
        let mut asks = json!({ "type": "textfield", "key": "asks" });
        let written: Value = serde_json::from_str(asking).expect("JSON");
        asks.as_object_mut().expect("an object").extend(written.as_object().expect("settings").clone());
        let form = json!({ "components": [{ "type": "textfield", "key": "first" }, asks, later] });
        let form = Form::parse(&form, &NativePatterns::new()).expect("a definition");
        let given = json!({ "first": shown, "asks": "x", "later": { "a": true } });
        let once = outcome_of(&form, &Answers::parse(given).expect("answers"));
        let again = outcome_of(&form, &Answers::parse(Value::Object(once.data.clone())).expect("answers"));
        assert_eq!(again, once, "{asking}");
    }
}

#[test]
fn conditions_that_chase_each_other_come_to_an_end() {
    // f0 is shown while f1 is not "yes"; f1 is shown while f0 is "yes".
    let form = asking_form(&[Some((1, false)), Some((0, true))]);
    let outcome = outcome_of(&form, &answers_of(&[Some("yes"), Some("yes")]));
    assert_eq!(outcome.hidden, ["f0", "f1"]);
    assert!(outcome.data.is_empty());
    // A field that asks about itself.
    let form = asking_form(&[Some((0, false))]);
    assert_eq!(outcome_of(&form, &answers_of(&[Some("yes")])).hidden, ["f0"]);
}

#[test]
fn limits_may_be_counted_from_today() {
    let day =
        |limit: &str| json!({ "components": [{ "type": "day", "key": "born", "dayFirst": true, "maxDate": limit }] });
    let patterns = NativePatterns::new();
    let problems = |limit: &str, born: &str| {
        let form = Form::parse(&day(limit), &patterns).expect("a definition");
        let answers = Answers::parse(json!({ "born": born })).expect("answers");
        evaluate(&form, &answers, &environment(&patterns)).problems.len()
    };
    assert_eq!(problems("moment()", "22/11/2026"), 0);
    assert_eq!(problems("moment()", "23/11/2026"), 1);
    assert_eq!(problems("moment().subtract(18, 'years')", "22/11/2008"), 0);
    assert_eq!(problems("moment().subtract(18, 'years')", "23/11/2008"), 1);
    assert_eq!(problems("moment().add(2, 'weeks')", "06/12/2026"), 0);
    assert_eq!(problems("moment().subtract(9, 'months')", "23/02/2026"), 1);
}

#[track_caller]
fn check_logic(components: &Value, answers: Value, data: &Value, hidden: &[&str], problems: &[(&str, &str)]) {
    let patterns = NativePatterns::new();
    let form = Form::parse(&json!({ "components": components }), &patterns).expect("a definition");
    let outcome = evaluate_with_rows(&form, &Answers::parse(answers).expect("answers"), &environment(&patterns));
    let found: Vec<_> = outcome.problems.iter().map(|it| (it.path.as_str(), it.rule.name())).collect();
    assert_eq!(
        (Value::Object(outcome.data), outcome.hidden, found),
        (data.clone(), hidden.iter().map(|it| (*it).to_owned()).collect(), problems.to_vec(),)
    );
}

#[test]
fn what_is_worked_out_follows_what_is_answered() {
    let total = json!([
        { "type": "number", "key": "a" }, { "type": "number", "key": "b" },
        { "type": "number", "key": "total", "calculateValue": "value = (data.a || 0) + (data.b || 0)" },
        { "type": "textfield", "key": "why", "customConditional": "show = data.total > 10", "validate": { "required": true } } ]);
    check_logic(&total, json!({ "a": 1, "b": 2, "why": "x" }), &json!({ "a": 1, "b": 2, "total": 3 }), &["why"], &[]);
    check_logic(
        &total,
        json!({ "a": 9, "b": 2 }),
        &json!({ "a": 9, "b": 2, "total": 11 }),
        &[],
        &[("why", "required")],
    );
}

#[test]
fn what_is_worked_out_may_be_asked_before_it() {
    let ahead = json!([
        { "type": "textfield", "key": "note", "customConditional": "show = data.total > 10" },
        { "type": "number", "key": "a" },
        { "type": "number", "key": "total", "calculateValue": "value = data.a * 2" } ]);
    check_logic(&ahead, json!({ "note": "x", "a": 9 }), &json!({ "note": "x", "a": 9, "total": 18 }), &[], &[]);
    check_logic(&ahead, json!({ "note": "x", "a": 2 }), &json!({ "a": 2, "total": 4 }), &["note"], &[]);
}

#[test]
fn values_that_chase_each_other_come_to_an_end() {
    let chase = json!([
        { "type": "number", "key": "a", "calculateValue": "value = (data.b || 0) + 1" },
        { "type": "number", "key": "b", "calculateValue": "value = (data.a || 0) + 1" } ]);
    let patterns = NativePatterns::new();
    let form = Form::parse(&json!({ "components": chase }), &patterns).expect("a definition");
    let outcome = evaluate(&form, &Answers::new(), &environment(&patterns));
    assert_eq!(outcome.data.len(), 2);
}

#[test]
fn an_answer_given_in_place_of_one_worked_out_stays() {
    let number = |more: Value| {
        let mut component = json!({ "type": "number", "key": "n", "calculateValue": "value = 7" });
        component["allowCalculateOverride"] = more;
        json!([component])
    };
    check_logic(&number(json!(true)), json!({ "n": 5 }), &json!({ "n": 5 }), &[], &[]);
    check_logic(&number(json!(true)), json!({}), &json!({ "n": 7 }), &[], &[]);
    check_logic(&number(json!(false)), json!({ "n": 5 }), &json!({ "n": 7 }), &[], &[]);
}

#[test]
fn logic_changes_each_row_by_itself() {
    let rows = json!([{ "type": "datagrid", "key": "rows", "components": [
        { "type": "textfield", "key": "kind" },
        { "type": "textfield", "key": "name", "logic": [{ "trigger": { "type": "javascript", "javascript": "result = row.kind === 'x'" },
            "actions": [{ "type": "property", "property": { "value": "validate.required", "type": "boolean" }, "state": true }] }] } ] }]);
    check_logic(
        &rows,
        json!({ "rows": [{ "kind": "x", "name": "" }, { "kind": "y", "name": "" }] }),
        &json!({ "rows": [{ "kind": "x", "name": "" }, { "kind": "y", "name": "" }] }),
        &[],
        &[("rows[0].name", "required")],
    );
}

#[test]
fn what_logic_changed_is_told_and_applied() {
    let patterns = NativePatterns::new();
    let form = Form::parse(
        &json!({ "components": [{ "type": "textfield", "key": "a" }, { "type": "textfield", "key": "b", "label": "B", "logic": [
            { "trigger": { "type": "simple", "simple": { "show": true, "when": "a", "eq": "x" } }, "actions": [
                { "type": "property", "property": { "value": "label", "type": "string" }, "text": "Của {{ data.a }}" },
                { "type": "property", "property": { "value": "disabled", "type": "boolean" }, "state": true } ] }] }] }),
        &patterns,
    )
    .expect("a definition");
    let evaluated =
        |answers: Value| evaluate(&form, &Answers::parse(answers).expect("answers"), &environment(&patterns));
    let path = forms::DataPath::parse("b").expect("a path");
    let (before, after) = (evaluated(json!({})), evaluated(json!({ "a": "x" })));
    assert_eq!(before.effects(&path), None);
    let changed = after.effects(&path).expect("changed").applied(form.component_at(&path).expect("b"));
    assert_eq!((changed.label.as_str(), changed.disabled), ("Của x", true));
    let mut told = Vec::new();
    after.differences(&before, |path, difference| told.push((path.to_owned(), difference)));
    assert_eq!(told, [("b".to_owned(), forms::Difference::Effects)]);
}

#[test]
fn a_merged_schema_makes_the_component_anew() {
    let patterns = NativePatterns::new();
    let form = Form::parse(
        &json!({ "components": [{ "type": "textfield", "key": "a" }, { "type": "radio", "key": "b", "label": "B",
            "values": [{ "value": "x", "label": "X" }], "logic": [
            { "trigger": { "type": "simple", "simple": { "show": true, "when": "a", "eq": "x" } }, "actions": [
                { "type": "mergeComponentSchema", "schemaDefinition":
                    "schema = { label: 'C', values: [{ value: 'z', label: data.a }], validate: { required: true, onlyAvailableItems: true } }" } ] }] }] }),
        &patterns,
    )
    .expect("a definition");
    let path = forms::DataPath::parse("b").expect("a path");
    for (answers, rules) in [
        (json!({ "b": "y" }), vec![]),
        (json!({ "a": "x" }), vec!["required"]),
        (json!({ "a": "x", "b": "y" }), vec!["onlyAvailableItems"]),
        (json!({ "a": "x", "b": "z" }), vec![]),
    ] {
        let applies = answers["a"] == "x";
        let outcome = evaluate_with_rows(&form, &Answers::parse(answers).expect("answers"), &environment(&patterns));
        let broken: Vec<&str> = outcome.problems.iter().map(|problem| problem.rule.name()).collect();
        assert_eq!(broken, rules);
        let shown = outcome.effects(&path).map(|it| it.applied(form.component_at(&path).expect("b")));
        let shown = shown.map(|it| (it.label.clone(), it.required, it.kind.options()[0].label.clone()));
        assert_eq!(shown, applies.then(|| ("C".to_owned(), true, "x".to_owned())));
    }
}

#[test]
fn a_row_of_an_editgrid_is_asked_by_its_own_rule() {
    let patterns = NativePatterns::new();
    let form = Form::parse(
        &json!({ "components": [{ "type": "editgrid", "key": "rows", "validate": { "row": "valid = row.a === 'x' ? true : 'Ghi x'" },
            "components": [{ "type": "textfield", "key": "a" }] }] }),
        &patterns,
    )
    .expect("a definition");
    let told = |answers: Value| {
        let answers = Answers::parse(answers).expect("answers");
        // As in `@formio/core`, which the outcome of a form is compared with.
        assert!(evaluate(&form, &answers, &environment(&patterns)).problems.is_empty());
        let outcome = evaluate_with_rows(&form, &answers, &environment(&patterns));
        let sent = forms::Submission::try_new(&form, &answers, &environment(&patterns));
        assert_eq!(sent.err().unwrap_or_default(), outcome.problems, "nothing is sent that breaks the rule of a row");
        let problems = outcome.problems.iter();
        problems.map(|it| (it.path.to_string(), it.message.clone().unwrap_or_default())).collect::<Vec<_>>()
    };
    let second = || vec![("rows[1]".to_owned(), "Ghi x".to_owned())];
    assert_eq!(told(json!({ "rows": [{ "a": "x" }, { "a": "y" }] })), second());
    assert_eq!(told(json!({ "rows": [{ "a": "x" }] })), []);
    assert_eq!(told(json!({})), []);
}

#[test]
fn a_rule_of_the_definition_may_have_its_own_sentence() {
    let patterns = NativePatterns::new();
    let form = Form::parse(
        &json!({ "components": [{ "type": "number", "key": "n", "validate": { "custom": "valid = input > 3 ? true : 'Cần lớn hơn 3'" } }] }),
        &patterns,
    )
    .expect("a definition");
    let outcome = evaluate(&form, &Answers::parse(json!({ "n": 1 })).expect("answers"), &environment(&patterns));
    let problem = &outcome.problems[0];
    assert_eq!((problem.rule.name(), problem.message.as_deref()), ("custom", Some("Cần lớn hơn 3")));
}

#[test]
fn on_screen_a_group_of_another_name_hides_what_is_inside() {
    let definition = json!({ "components": [
        { "type": "textfield", "key": "kind" },
        { "type": "navSkjemagruppe", "key": "group", "input": true, "conditional": { "show": true, "when": "kind", "eq": "x" },
          "components": [{ "type": "textfield", "key": "name", "validate": { "required": true } }] } ] });
    let form = Form::parse(&definition, &forms::NoPatterns).expect("a definition");
    for (answers, problems, data) in [
        (json!({ "kind": "x" }), vec!["group.name"], json!({ "kind": "x" })),
        (json!({ "kind": "y", "group": { "name": "" } }), vec![], json!({ "kind": "y" })),
        (json!({ "kind": "x", "group": { "name": "a" } }), vec![], json!({ "kind": "x", "group": { "name": "a" } })),
    ] {
        let outcome = outcome_of(&form, &Answers::parse(answers).expect("answers"));
        assert_eq!(outcome.problems.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), problems);
        assert_eq!(Value::Object(outcome.data.clone()), data);
        let again = outcome_of(&form, &Answers::parse(data).expect("answers"));
        assert_eq!(again.data, outcome.data);
        // What is drawn as a group is found where it lies.
        assert!(form.component_at(&DataPath::parse("group.name").expect("a path")).is_some());
    }
}

#[test]
fn on_screen_the_parts_of_a_widget_are_asked_for_each() {
    let identity = json!({ "type": "identity", "key": "who", "input": true, "validate": { "required": true } });
    let address = json!({ "type": "addressNL", "key": "home", "input": true });
    let form = Form::parse(&json!({ "components": [identity, address] }), &forms::NoPatterns).expect("a definition");
    for (answers, problems, data) in [
        (json!({}), vec!["who.harDuFodselsnummer required"], json!({})),
        (
            json!({ "who": { "harDuFodselsnummer": "ja" }, "home": { "postcode": "9411" } }),
            vec!["who.identitetsnummer required"],
            json!({ "who": { "harDuFodselsnummer": "ja" }, "home": { "postcode": "9411" } }),
        ),
        (
            json!({ "who": { "harDuFodselsnummer": "nei", "identitetsnummer": "1", "fodselsdato": "31/2/2026" } }),
            vec!["who.fodselsdato date"],
            json!({ "who": { "harDuFodselsnummer": "nei", "fodselsdato": "31/2/2026" } }),
        ),
        (
            json!({ "who": { "harDuFodselsnummer": "nei", "fodselsdato": "2026-02-03" } }),
            vec![],
            json!({ "who": { "harDuFodselsnummer": "nei", "fodselsdato": "2026-02-03" } }),
        ),
    ] {
        let outcome = outcome_of(&form, &Answers::parse(answers.clone()).expect("answers"));
        let told = |it: &forms::Problem| [it.path.as_str(), " ", it.rule.name()].concat();
        assert_eq!(outcome.problems.iter().map(told).collect::<Vec<_>>(), problems, "{answers}");
        assert_eq!(Value::Object(outcome.data.clone()), data, "{answers}");
        assert!(outcome_of(&form, &Answers::parse(data).expect("answers")).data == outcome.data);
        let part = DataPath::parse("home.postcode").expect("a path");
        assert!(form.component_at(&part).is_some_and(|it| it.label == "Postcode"));
    }
    // A part may lie deeper in the answer.
    let sender =
        json!({ "components": [{ "type": "sender", "key": "from", "input": true, "validate": { "required": true } }] });
    let sender = Form::parse(&sender, &forms::NoPatterns).expect("a definition");
    let answers = json!({ "from": { "person": { "firstName": "Lan", "surname": "" } } });
    let outcome = outcome_of(&sender, &Answers::parse(answers.clone()).expect("answers"));
    let paths: Vec<&str> = outcome.problems.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths, ["from.person.nationalIdentityNumber", "from.person.surname"]);
    assert_eq!(Value::Object(outcome.data), answers);
    let part = DataPath::parse("from.person.surname").expect("a path");
    assert!(sender.component_at(&part).is_some_and(|it| it.label == "Etternavn"));
    // As `@formio/core`, which knows of no parts.
    let patterns = NativePatterns::new();
    let nothing = evaluate(&form, &Answers::parse(json!({})).expect("answers"), &environment(&patterns));
    assert_eq!(nothing.problems.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["who"]);
}

#[test]
fn on_screen_a_kind_of_another_name_is_written_as_what_it_is_drawn_as() {
    let kinds =
        ["simpleemail", "simplenumber", "navDatepicker", "simpledayadvanced", "simpletime", "simpleurladvanced"];
    let components: Vec<Value> =
        kinds.iter().map(|it| json!({ "type": it, "key": it, "input": true, "dayFirst": true })).collect();
    let form = Form::parse(&json!({ "components": components }), &forms::NoPatterns).expect("a definition");
    let wrong = |answer: &[Value]| {
        let answers = kinds.iter().zip(answer).map(|(kind, it)| ((*kind).to_owned(), it.clone())).collect();
        let outcome = outcome_of(&form, &Answers::parse(Value::Object(answers)).expect("answers"));
        outcome.problems.iter().map(|it| it.rule.name()).collect::<Vec<_>>()
    };
    let texts = |list: [&str; 6]| list.map(Value::from);
    assert_eq!(
        wrong(&texts(["a@", "x", "31/2/2026", "31/02/2026", "x", "a b"])),
        ["email", "number", "date", "day", "time", "url"]
    );
    let mut right = texts(["a@b.vn ", "", "2026-02-03", "03/02/2026", "14:30:00", "https://cantho.gov.vn"]);
    right[1] = json!(5);
    assert!(wrong(&right).is_empty());
    assert!(wrong(&[]).is_empty());
}
