//! A script: the first byte says what it is for and whether it is read to be compared, the rest is its text.

use forms::{CivilDate, Role, Scope, Script, Writings, Written};
use serde_json::json;

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else { return };
    let Ok(source) = std::str::from_utf8(rest) else { return };
    let role = match (first % 4, first & 8) {
        (0, 0) => Role::Show,
        (1, 0) => Role::Valid,
        (2, 0) => Role::Value,
        (_, 0) => Role::Result,
        _ => Role::Schema,
    };
    let compared = first & 4 != 0;
    let read = if compared { Script::parse_to_compare } else { Script::parse };
    let Ok(script) = read(source, role) else { return };
    let script = script.of_component(json!({ "key": "me", "values": [{ "value": 1 }] }).into());
    let data =
        json!({ "a": 1, "b": "hai", "list": [{ "x": 1 }, { "x": "2" }], "day": "25/11/2008", "o": { "p": null } });
    let row = json!({ "a": true, "day": "2008-11-25" });
    let written = Writings::default();
    let input = json!("x");
    let today = CivilDate::new(2026, 11, 25).expect("a day");
    let scope = Scope {
        data: &data,
        row: &row,
        value: Some(&input),
        input: Some(&input),
        row_index: Some(0),
        today,
        written: compared.then_some(Written { row: "list[1]", into: &written }),
    };
    let _ = script.run(&scope);
}
