//! What is odd in a definition, for the people who write forms.
//!
//! [`Form::parse`] refuses what cannot be used at all; these findings are about definitions that can: a field that nobody will ever see,
//! a condition on a key that does not exist, a pattern that can hang a phone. A finding is a reason to look, not always a mistake.

mod cycles;
mod names;
mod patterns;
mod reach;
mod sites;
mod texts;

use crate::component::Form;
use crate::definition::unwrapped;
use crate::environment::Environment;
use serde_json::Value;
use sites::Sites;

/// The most findings told about one definition.
const MAX_FINDINGS: usize = 500;

/// One odd thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where in the definition, as in `components[0].components[2].conditional`; blank for the whole.
    pub path: String,
    /// What is odd.
    pub finding: LintFinding,
}

/// What can be odd. The printed form begins with the stable name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LintFinding {
    /// No answers ever show this component or step.
    #[error("neverShown")]
    NeverShown,
    /// A required field that is always hidden: it is never asked for.
    #[error("requiredButHidden")]
    RequiredButHidden,
    /// A step without anything in it.
    #[error("emptyStep")]
    EmptyStep,
    /// Something that no component is called.
    #[error("unknownReference {0}")]
    UnknownReference(String),
    /// Compared with a value that is none of the options.
    #[error("impossibleValue {0}")]
    ImpossibleValue(String),
    /// A condition on an answer of a later step, by its key.
    #[error("laterStep {0}")]
    LaterStep(String),
    /// Components that depend on each other in a circle, by their keys.
    #[error("cycle {}", .0.join(" "))]
    Cycle(Vec<String>),
    /// A condition on a key that several components in different places have: the first is meant.
    #[error("repeatedKey {0}")]
    RepeatedKey(String),
    /// Another component before it keeps its answer in the same place.
    #[error("duplicateKey")]
    DuplicateKey,
    /// A field that is shown without a label.
    #[error("missingLabel")]
    MissingLabel,
    /// A choice without options.
    #[error("noOptions")]
    NoOptions,
    /// Two options with the same value.
    #[error("repeatedOption {0}")]
    RepeatedOption(String),
    /// Limits that no answer keeps, such as a minimum above the maximum; by the lower one's name.
    #[error("impossibleLimits {0}")]
    ImpossibleLimits(String),
    /// A pattern that can take exponentially long.
    #[error("slowPattern")]
    SlowPattern,
    /// Markup that is not shown, by its tag.
    #[error("droppedMarkup {0}")]
    DroppedMarkup(String),
    /// A text without its translation, in a definition that has translations; by the text's name.
    #[error("missingTranslation {0}")]
    MissingTranslation(String),
}

/// How much an oddity matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LintSeverity {
    /// Somebody who fills the form in is stopped, misled or never asked: almost always a mistake.
    Mistake,
    /// It works, and may be meant so.
    Remark,
}

impl LintFinding {
    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> LintSeverity {
        match self {
            Self::NeverShown
            | Self::RequiredButHidden
            | Self::UnknownReference(_)
            | Self::ImpossibleValue(_)
            | Self::Cycle(_)
            | Self::DuplicateKey
            | Self::MissingLabel
            | Self::NoOptions
            | Self::RepeatedOption(_)
            | Self::ImpossibleLimits(_) => LintSeverity::Mistake,
            Self::EmptyStep
            | Self::LaterStep(_)
            | Self::RepeatedKey(_)
            | Self::SlowPattern
            | Self::DroppedMarkup(_)
            | Self::MissingTranslation(_) => LintSeverity::Remark,
        }
    }
}

/// Looks a definition over: everything odd in it (the first 500), in document order.
///
/// A definition that cannot be read is looked over as far as that goes. `environment` is for trying conditions out.
#[must_use]
pub fn lint(definition: &Value, environment: &Environment<'_>) -> Vec<Finding> {
    let definition = unwrapped(definition);
    let form = Form::parse(definition, environment.patterns).ok();
    let sites = Sites::of(definition);
    let mut findings = Vec::new();
    texts::look(definition, &sites, &mut findings);
    names::look(&sites, form.as_ref(), &mut findings);
    cycles::look(&sites, &mut findings);
    if let Some(form) = form {
        reach::look(form, &sites, environment, &mut findings);
    }
    findings.sort_by_cached_key(|finding| (sites.order(&finding.path), finding.path.clone()));
    findings.truncate(MAX_FINDINGS);
    findings
}
