//! Places for answers in the text of a check, `valid = input === '{{ data.mail }}'`: filled in before the check is read.
//!
//! Source: `interpolateString` in `utils/Evaluator.js` of `@formio/core`. What is filled in is read as part of the script, by the same
//! reader within the same bounds; nothing else happens to it.

use super::{FaultCause, MAX_SCRIPT_BYTES, Read, Scope, ScriptFault, reads_of_place};
use crate::answers::get;
use crate::javascript::{to_text, truthy, utf16_length};
use serde_json::Value;

/// The pieces of a text: what stands before a place, and what is in it.
fn pieces(source: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(source);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let (mut from, mut end) = (0, 0);
        while let Some(inside) = text[from..].find("{{").map(|at| from + at + 2) {
            if end < inside {
                let Some(at) = text[inside..].find("}}") else { break };
                end = inside + at;
            }
            // A place ends on its line.
            match text[inside..end].find(['\n', '\r', '\u{2028}', '\u{2029}']) {
                None => {
                    rest = Some(&text[end + 2..]);
                    return Some((&text[..inside - 2], Some(text[inside..end].trim())));
                }
                Some(line) => from = inside + line,
            }
        }
        Some((text, None))
    })
}

/// What the places of a text read; `None` if it has none.
pub(super) fn of(source: &str) -> Option<Result<Vec<Read>, ScriptFault>> {
    if source.len() > MAX_SCRIPT_BYTES {
        return None;
    }
    let mut reads = Vec::new();
    let (mut any, mut at) = (false, 0);
    for (before, place) in pieces(source) {
        let Some(place) = place else { break };
        at += utf16_length(before);
        any = true;
        // A function of the scope would be called.
        if place.contains('(') {
            let token = place.chars().take(40).collect();
            return Some(Err(ScriptFault { column: at + 1, token, cause: FaultCause::Unsupported }));
        }
        at += 4 + utf16_length(place);
        reads.extend(reads_of_place(place));
    }
    // What is filled in may itself be the name of an answer.
    reads.push(Read::Data(String::new()));
    any.then_some(Ok(reads))
}

/// The text with the answers in it.
pub(super) fn fill(source: &str, scope: &Scope<'_>, component: Option<&Value>) -> String {
    let mut filled = String::new();
    for (before, place) in pieces(source) {
        filled.push_str(before);
        let Some(place) = place else { break };
        let mut found = None;
        for part in place.split("||") {
            let path = part.trim().replace("?.", ".");
            let (root, rest) = path.find(['.', '[']).map_or((path.as_str(), ""), |at| path.split_at(at));
            let value = match root {
                "data" => Some(scope.data),
                "row" => Some(scope.row),
                "input" => scope.input,
                "value" => scope.value,
                "component" => component,
                _ => None,
            };
            let rest = rest.trim_start_matches('.');
            found = if rest.is_empty() { value } else { value.and_then(|value| get(value, rest)) };
            if truthy(found) {
                break;
            }
        }
        filled.push_str(&to_text(found));
        if filled.len() > MAX_SCRIPT_BYTES {
            break;
        }
    }
    filled
}
