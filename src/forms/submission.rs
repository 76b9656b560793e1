//! Submission: what may be sent.

use crate::answers::Answers;
use crate::component::Form;
use crate::environment::Environment;
use crate::evaluate::evaluate_with_rows;
use crate::rules::Problem;
use serde_json::{Map, Value};

/// Answers that were checked whole against their form and have no problem: the only thing that may be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    data: Map<String, Value>,
}

impl Submission {
    /// Checks the answers; what is hidden is left out, as [`evaluate_with_rows`] says.
    ///
    /// # Errors
    /// Everything wrong, in document order.
    pub fn try_new(form: &Form, answers: &Answers, environment: &Environment<'_>) -> Result<Self, Vec<Problem>> {
        let outcome = evaluate_with_rows(form, answers, environment);
        if outcome.problems.is_empty() { Ok(Self { data: outcome.data }) } else { Err(outcome.problems) }
    }

    /// The data to send.
    #[must_use]
    pub fn data(&self) -> &Map<String, Value> {
        &self.data
    }

    /// The data to send, taken out.
    #[must_use]
    pub fn into_data(self) -> Map<String, Value> {
        self.data
    }
}
