//! A definition as text, looked over for oddities.

use forms::{CivilDate, Environment, NativePatterns, lint};
use serde_json::Value;

/// Runs one input.
pub(crate) fn run(bytes: &[u8]) {
    let Ok(definition) = serde_json::from_slice::<Value>(bytes) else { return };
    let patterns = NativePatterns::new();
    let today = CivilDate::new(2026, 11, 25).expect("a day");
    let _ = lint(&definition, &Environment { today, patterns: &patterns });
}
