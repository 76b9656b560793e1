//! What is odd in a definition, in sentences for the people who write forms.
//!
//! It is looked for in a worker, with a wasm of its own: a definition that takes long keeps nobody from filling in its form, and
//! the wasm that draws the form is fetched without it.

use crate::browser::patterns::BrowserPatterns;
use crate::filling::environment;
use crate::words::{put, tools};
use forms::{Finding, LintFinding, LintSeverity, MAX_DEFINITION_BYTES, lint};
use serde::{Deserialize, Serialize};

/// One odd thing, as the worker tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Oddity {
    /// Probably a mistake, rather than something to know?
    pub(crate) mistake: bool,
    /// Where in the definition; blank for the whole.
    pub(crate) place: String,
    /// What is odd.
    pub(crate) sentence: String,
}

/// The worker's answer to the text of a definition: what is odd in it, mistakes first, as a JSON list; null where it is too
/// long or no JSON.
pub(crate) fn look(text: &str) -> String {
    serde_json::to_string(&found(text)).unwrap_or_default()
}

fn found(text: &str) -> Option<Vec<Oddity>> {
    if text.len() > MAX_DEFINITION_BYTES {
        return None;
    }
    let definition = serde_json::from_str(text).ok()?;
    let mut found = lint(&definition, &environment(&BrowserPatterns));
    found.sort_by_key(|it| it.finding.severity());
    let told = |Finding { path, finding }| Oddity {
        mistake: match finding.severity() {
            LintSeverity::Mistake => true,
            LintSeverity::Remark => false,
        },
        place: path,
        sentence: sentence(&finding),
    };
    Some(found.into_iter().map(told).collect())
}

/// What is odd, as a sentence.
fn sentence(finding: &LintFinding) -> String {
    match finding {
        LintFinding::NeverShown => tools::NEVER_SHOWN.to_owned(),
        LintFinding::RequiredButHidden => tools::REQUIRED_BUT_HIDDEN.to_owned(),
        LintFinding::EmptyStep => tools::EMPTY_STEP.to_owned(),
        LintFinding::UnknownReference(name) => put(tools::UNKNOWN_REFERENCE, &[name]),
        LintFinding::ImpossibleValue(value) => put(tools::IMPOSSIBLE_VALUE, &[value]),
        LintFinding::LaterStep(key) => put(tools::LATER_STEP, &[key]),
        LintFinding::Cycle(keys) => put(tools::CYCLE, &[&keys.join(" → ")]),
        LintFinding::RepeatedKey(key) => put(tools::REPEATED_KEY, &[key]),
        LintFinding::DuplicateKey => tools::DUPLICATE_KEY.to_owned(),
        LintFinding::MissingLabel => tools::MISSING_LABEL.to_owned(),
        LintFinding::NoOptions => tools::NO_OPTIONS.to_owned(),
        LintFinding::RepeatedOption(value) => put(tools::REPEATED_OPTION, &[value]),
        LintFinding::ImpossibleLimits(name) => put(tools::IMPOSSIBLE_LIMITS, &[name]),
        LintFinding::SlowPattern => tools::SLOW_PATTERN.to_owned(),
        LintFinding::DroppedMarkup(tag) => put(tools::DROPPED_MARKUP, &[tag]),
        LintFinding::MissingTranslation(name) => put(tools::MISSING_TRANSLATION, &[name]),
    }
}
