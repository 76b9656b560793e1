//! A definition and answers, `{"form": …, "answers": …}`: evaluating them twice gives the same, as `@formio/core` does and on screen.

use forms::{Answers, CivilDate, Environment, Form, NativePatterns, evaluate, evaluate_with_rows};
use serde_json::Value;

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let Ok(case) = serde_json::from_slice::<Value>(bytes) else { return };
    let patterns = NativePatterns::new();
    let (Ok(form), Ok(answers)) =
        (Form::parse_to_compare(&case["form"], &patterns), Answers::parse(case["answers"].clone()))
    else {
        return;
    };
    let today = CivilDate::new(2026, 11, 25).expect("a day");
    let environment = Environment { today, patterns: &patterns };
    for evaluate in [evaluate, evaluate_with_rows] {
        let outcome = evaluate(&form, &answers, &environment);
        assert_eq!(outcome.data, evaluate(&form, &answers, &environment).data);
    }
}
