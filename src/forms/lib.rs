//! Forms: from a Form.io definition to a submission, without a screen.
//!
//! `Form::parse` reads a definition or says everything that is wrong with it. `evaluate` tells, for a form and its answers, what is
//! hidden, what is wrong, and what would be submitted. `Journey` derives the way through the steps. `Submission::try_new` is the only
//! way to something that may be sent. Pure: no clock, no random source, no file, no network; today comes in with the [`Environment`].
//!
//! The reference for behaviour is `@formio/core` 2.8.3 (MIT): its files and rules are named where they are mirrored, and where we
//! differ on purpose a case in `tests/specs` says why.

mod answers;
mod component;
mod conditions;
mod date_text;
mod dates;
mod definition;
mod display;
mod environment;
mod evaluate;
mod formats;
mod javascript;
mod journey;
pub mod json_logic;
mod kinds;
mod linear;
mod lint;
mod logic;
mod masks;
#[cfg(feature = "native-patterns")]
mod native_patterns;
mod normalize;
mod one_answer;
mod path;
mod pattern_syntax;
mod reads;
mod references;
mod rich_text;
mod rules;
mod script;
mod settings;
mod submission;
mod template;
mod times;

pub use answers::{Answers, AnswersError, MAX_ROWS};
pub use component::{
    Beside, Choice, Component, DataType, DateKept, DayPart, Form, FormDisplay, Format, Group, Kind, Messages,
    PaperTemplate, Person, PersonDetail, Prefill, Properties, RowLimits, Rules, SelectSource, Step, ValidateOn,
    initial_answers,
};
pub use conditions::Condition;
pub use dates::{CivilDate, Moment};
pub use definition::{DefinitionError, DefinitionFault, MAX_DEFINITION_BYTES};
pub use display::{Display, display};
pub use environment::{Environment, NoPatterns, PatternFault, Patterns};
#[cfg(not(target_arch = "wasm32"))]
pub use evaluate::evaluate;
pub use evaluate::{Difference, Outcome, evaluate_with_rows};
pub use javascript::{decimal_number, number_to_text};
pub use journey::{Journey, JourneyStep};
pub use linear::LinearPattern;
pub use lint::{Finding, LintFinding, LintSeverity, lint};
pub use logic::{Effects, TextProperty};
#[cfg(feature = "native-patterns")]
pub use native_patterns::NativePatterns;
pub use one_answer::put_right;
pub use path::{DataPath, DataPathError, Segment};
pub use rich_text::{AnswerPlace, Block, Inline, Link, RichText};
pub use rules::{DayPartName, Limit, Problem, Rule};
pub use script::{
    Answer, FaultCause, MAX_SCRIPT_BYTES, Read, Role, RunFault, Scope, Script, ScriptFault, Writings, Written,
    set_scripts_here,
};
pub use submission::Submission;
pub use template::Template;
