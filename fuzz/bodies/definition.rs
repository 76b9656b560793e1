//! A definition as text: read, or everything wrong with it told.

use forms::{Form, NativePatterns};
use serde_json::Value;

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let Ok(definition) = serde_json::from_slice::<Value>(bytes) else { return };
    let shown = Form::parse(&definition, &NativePatterns::new());
    let compared = Form::parse_to_compare(&definition, &NativePatterns::new());
    assert!(shown.is_err() || compared.is_ok(), "what can be shown can be compared");
}
