//! An answer on which nothing else depends: what follows from it is put right in place, without a walk over the whole form.
//!
//! Most keys on a long form are such. Whether something depends on an answer is looked up once, where it is first asked for.

use crate::answers::{Answers, get, put};
use crate::component::{Component, Form, Kind, Step};
use crate::conditions::Target;
use crate::environment::Environment;
use crate::evaluate::Outcome;
use crate::normalize::{Normalized, normalize};
use crate::path::DataPath;
use crate::reads::{self, Asked, without_rows};
use crate::references::{Around, Entry, collect};
use crate::rules::{Problem, check};
use serde_json::Value;
use std::cell::Cell;

/// Puts the outcome right for `answers`, of which the one at `path` alone is another than it was evaluated with by
/// [`evaluate_with_rows`](crate::evaluate_with_rows). Done where nothing can follow from it but what would be submitted there, and
/// other problems in place of as many; else, and on another day, false, and the outcome is as it was.
pub fn put_right(
    form: &Form,
    answers: &Answers,
    environment: &Environment<'_>,
    path: &DataPath,
    outcome: &mut Outcome,
) -> bool {
    attempt(form, answers, environment, path, outcome).is_some()
}

fn attempt(
    form: &Form,
    answers: &Answers,
    environment: &Environment<'_>,
    path: &DataPath,
    outcome: &mut Outcome,
) -> Option<()> {
    let component = form.component_at(path).filter(|it| stands_alone(it))?;
    let given = answers.get(path).filter(|it| it.is_string())?;
    if form.without_dependants.get_or_init(|| without_dependants(&form.steps)).get(component.number) != Some(&true)
        || outcome.today != Some(environment.today)
        || !outcome.is_visible(path)
        || outcome.calculated(path).is_some()
    {
        return None;
    }
    let value = match normalize(component, component.required, Some(given)) {
        Normalized::Same => given.clone(),
        Normalized::Changed(value) => value,
        Normalized::LeftOut => return None,
    };
    let mut problems = Vec::new();
    check(component, component.required, Some(&value), environment, &Cell::new(0), &mut |rule, limit| {
        problems.push(Problem { path: path.clone(), rule, limit, message: None });
    });
    let first = outcome.problems.iter().position(|it| it.path == *path);
    let there = first.map_or(0, |first| outcome.problems[first..].iter().take_while(|it| it.path == *path).count());
    if there != problems.len() {
        return None;
    }
    let mut data = Value::Object(std::mem::take(&mut outcome.data));
    let submitted = get(&data, path.as_str()).is_some();
    if submitted {
        put(&mut data, path.as_str(), value);
    }
    if let Value::Object(data) = data {
        outcome.data = data;
    }
    if !submitted {
        return None;
    }
    if let Some(first) = first {
        outcome.problems.splice(first..first + there, problems);
    }
    Some(())
}

/// Is the component a plain text that is judged by its own value alone?
fn stands_alone(component: &Component) -> bool {
    let plain = matches!(
        component.kind,
        Kind::TextField { .. } | Kind::TextArea { .. } | Kind::Email | Kind::Url | Kind::PhoneNumber
    );
    plain
        && component.checked
        && component.holds_data
        && !component.multiple
        && component.judged_as.is_none()
        && component.box_key.is_none()
        && component.calculation.is_none()
        && component.logic.is_empty()
        && component.rules.custom.is_none()
        && component.rules.json.is_none()
        && component.messages.any.is_none()
}

/// For each component by its number, does nothing else depend on its answer?
fn without_dependants(steps: &[Step]) -> Vec<bool> {
    let mut entries = Vec::new();
    for step in steps {
        for component in &step.components {
            collect(component, &Around::default(), &mut entries);
        }
    }
    let mut known: Vec<bool> = entries.iter().map(|entry| entry.layout || entry.of_other).collect();
    // Two components that keep their answer in the same place depend on each other.
    let mut paths: Vec<(&str, usize)> = entries.iter().enumerate().map(|(at, it)| (&*it.path, at)).collect();
    paths.sort_unstable();
    for pair in paths.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        known[pair[0].1] = true;
        known[pair[1].1] = true;
    }
    reads::of_steps(steps, &mut |_, _, asked| {
        let mut read = |is_read: &dyn Fn(&Entry) -> bool| {
            for (entry, known) in entries.iter().zip(&mut known) {
                *known |= is_read(entry);
            }
        };
        match asked {
            Asked::All => read(&|_| true),
            Asked::Place(path) => read(&|entry| entry.meets(&path)),
            Asked::Named(reference) => {
                let path = without_rows(&reference.text);
                let numbers: Vec<_> = reference.target.iter().flat_map(Target::all).map(|it| it.number).collect();
                let meant: Vec<_> = entries.iter().filter(|entry| numbers.contains(&entry.number)).collect();
                read(&|entry| entry.meets(&path) || meant.iter().any(|meant| entry.meets(&meant.path)));
            }
        }
    });
    let mut alone = vec![false; entries.iter().map(|it| it.number + 1).max().unwrap_or(0)];
    for (entry, known) in entries.iter().zip(known) {
        alone[entry.number] |= !known;
    }
    alone
}
