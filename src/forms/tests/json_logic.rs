//! The official `JSONLogic` suite (jsonlogic.com/tests.json, MIT, by Jeremy Wadhams): `[rule, data, result]`, texts are headings.

use serde_json::Value;

#[test]
fn the_official_suite_passes() {
    let suite: Vec<Value> = serde_json::from_str(include_str!("json_logic_suite.json")).expect("the suite is JSON");
    let mut run = 0;
    for case in suite.iter().filter_map(Value::as_array) {
        let [rule, data, expected] = case.as_slice() else {
            panic!("a case has three parts: {case:?}");
        };
        assert_eq!(forms::json_logic::check(rule), Ok(()), "{rule}");
        let result = forms::json_logic::apply(rule, data);
        assert!(same(&result, expected), "{rule} over {data}: {result} instead of {expected}");
        run += 1;
    }
    assert_eq!(run, 278, "the whole suite ran");
}

/// The same value; 3 and 3.0 are one number.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (one, other) => one == other,
    }
}
