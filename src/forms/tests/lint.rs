//! What the lint finds, as data; and that it finds nothing in our own definitions.

use forms::{CivilDate, Environment, Form, NativePatterns, lint};
use proptest::prelude::*;
use serde_json::{Value, json};

fn findings(definition: &Value) -> Value {
    let patterns = NativePatterns::new();
    let today = CivilDate::new(2026, 11, 25).expect("a day");
    let found = lint(definition, &Environment { today, patterns: &patterns });
    found.iter().map(|it| json!([it.path, it.finding.to_string()])).collect()
}

#[test]
fn each_oddity_is_told_with_its_place() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("lint_cases.json")).expect("the cases are JSON");
    let mut wrong = Vec::new();
    for case in &cases {
        let definition = &case["definition"];
        let read = Form::parse(definition, &NativePatterns::new());
        if let (Err(errors), None) = (read, case.get("unread")) {
            wrong.push(format!("{}: cannot be read, {errors:?}", case["description"]));
        }
        let found = findings(definition);
        if found != case["findings"] {
            wrong.push(format!("{}\n  expected {}\n  found    {found}", case["description"], case["findings"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases are wrong:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn nothing_is_odd_in_our_own_definitions() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/sandbox/data/forms");
    let mut looked = 0;
    for entry in std::fs::read_dir(folder).expect("the definitions are there") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read_to_string(&path).expect("a definition is text");
            let definition: Value = serde_json::from_str(&text).expect("a definition is JSON");
            assert_eq!(findings(&definition), json!([]), "{}", path.display());
            looked += 1;
        }
    }
    assert!(looked >= 5, "only {looked} definitions");
}

/// JSON that looks like parts of definitions.
fn parts() -> impl Strategy<Value = Value> {
    let word = || {
        prop::sample::select(vec![
            "a", "b", "a.b", "data.a", "row.b", "c", "", "true", "panel", "radio", "datagrid", "x",
        ])
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (-5_i64..50).prop_map(Value::from),
        word().prop_map(Value::from),
        prop::sample::select(vec!["(a+)+", "value = data.a", "show = row.b", "<script>x</script><b", "[", "(?<"])
            .prop_map(Value::from),
    ];
    let name = prop::sample::select(vec![
        "components",
        "type",
        "key",
        "label",
        "conditional",
        "when",
        "eq",
        "show",
        "json",
        "conditions",
        "component",
        "operator",
        "value",
        "values",
        "validate",
        "required",
        "pattern",
        "hidden",
        "properties",
        "en",
        "logic",
        "trigger",
        "simple",
        "calculateValue",
        "customConditional",
        "display",
        "columns",
        "rows",
        "data",
        "and",
        "==",
        "var",
        "html",
        "min",
        "max",
    ]);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((name.clone(), inner), 0..8).prop_map(|fields| Value::Object(
                fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
            )),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_json_makes_it_panic(definition in parts()) {
        findings(&definition);
        findings(&json!({ "display": "wizard", "components": [definition] }));
    }
}
