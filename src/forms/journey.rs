//! Journey: the way through the steps, derived from form and outcome each time, never stored.

use crate::component::{Component, Form, Step};
use crate::evaluate::Outcome;
use crate::rules::Problem;

/// The steps that apply, in order, each with what is wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Journey {
    steps: Vec<JourneyStep>,
}

/// One step that applies.
#[derive(Clone, Debug, PartialEq)]
pub struct JourneyStep {
    /// The key of the step.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its position in [`Form::steps`].
    pub position: usize,
    /// What is wrong in it, in document order.
    pub problems: Vec<Problem>,
}

impl Journey {
    /// Derives the journey.
    #[must_use]
    pub fn new(form: &Form, outcome: &Outcome) -> Self {
        let mut steps = Vec::with_capacity(form.steps.len());
        let mut before = 0;
        for (position, step) in form.steps.iter().enumerate() {
            let until = outcome.problems_by_step.get(position).copied().unwrap_or(before);
            if outcome.is_step_visible(position) {
                steps.push(JourneyStep {
                    key: step.key.clone(),
                    title: step.title.clone(),
                    position,
                    problems: outcome.problems.get(before..until).unwrap_or_default().to_vec(),
                });
            }
            before = until;
        }
        Self { steps }
    }

    /// The steps, in order.
    #[must_use]
    pub fn steps(&self) -> &[JourneyStep] {
        &self.steps
    }

    /// The step with this key, if it applies.
    #[must_use]
    pub fn step(&self, key: &str) -> Option<&JourneyStep> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The first step.
    #[must_use]
    pub fn first(&self) -> Option<&JourneyStep> {
        self.steps.first()
    }

    /// The step after the one with this key; `None` after the last, where the answers are checked.
    #[must_use]
    pub fn next(&self, key: &str) -> Option<&JourneyStep> {
        self.place(key).and_then(|place| self.steps.get(place + 1))
    }

    /// The step before the one with this key.
    #[must_use]
    pub fn previous(&self, key: &str) -> Option<&JourneyStep> {
        self.place(key)?.checked_sub(1).and_then(|place| self.steps.get(place))
    }

    /// What is wrong in the step with this key.
    #[must_use]
    pub fn problems(&self, key: &str) -> &[Problem] {
        self.step(key).map_or(&[], |step| &step.problems)
    }

    /// The first step with a problem; `None` when the answers may be checked and submitted.
    #[must_use]
    pub fn first_with_problem(&self) -> Option<&JourneyStep> {
        self.steps.iter().find(|step| !step.problems.is_empty())
    }

    /// How far the step with this key is: its number from 1, and how many there are now.
    #[must_use]
    pub fn progress(&self, key: &str) -> Option<(usize, usize)> {
        self.place(key).map(|place| (place + 1, self.steps.len()))
    }

    /// May one be at the step with this key? Only if nothing is wrong in any step before it: an address or a draft that reaches
    /// further leads to [`Journey::first_with_problem`] instead.
    #[must_use]
    pub fn may_visit(&self, key: &str) -> bool {
        self.place(key).is_some_and(|place| self.steps[..place].iter().all(|step| step.problems.is_empty()))
    }

    /// The step to be at when asked for the one with this key: that one, or the first before it with a problem, or the first.
    #[must_use]
    pub fn guard(&self, key: &str) -> Option<&JourneyStep> {
        if self.may_visit(key) { self.step(key) } else { self.first_with_problem().or_else(|| self.first()) }
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.key == key)
    }
}

impl Form {
    /// Keys of the steps that a condition in an earlier step, or of an earlier step, asks about: their answers change what was
    /// already passed, so a definition should not have any.
    #[must_use]
    pub fn steps_asked_ahead(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for (position, step) in self.steps.iter().enumerate() {
            let mut components: Vec<&Component> = step.components.iter().collect();
            let mut conditions: Vec<_> = step.condition.iter().collect();
            while let Some(component) = components.pop() {
                conditions.extend(&component.condition);
                components.extend(component.kind.children());
            }
            for reference in conditions.iter().flat_map(|condition| condition.references()) {
                let Some(target) = &reference.target else {
                    continue;
                };
                let asked = |step: &&Step| target.all().any(|it| step.holds(it.number));
                let later = self.steps.iter().skip(position + 1).find(asked);
                if let Some(step) = later
                    && !found.contains(&step.key.as_str())
                {
                    found.push(step.key.as_str());
                }
            }
        }
        found
    }
}

impl Step {
    fn holds(&self, number: usize) -> bool {
        let mut components: Vec<&Component> = self.components.iter().collect();
        while let Some(component) = components.pop() {
            if component.number == number {
                return true;
            }
            components.extend(component.kind.children());
        }
        false
    }
}
