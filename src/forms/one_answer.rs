//! An answer on which nothing else depends: what follows from it is put right in place, without a walk over the whole form.
//!
//! Most keys on a long form are such. Whether something depends on an answer is looked up once, where it is first asked for.

use crate::answers::{Answers, get, put};
use crate::component::{Component, Form, Kind, Step};
use crate::conditions::{Condition, Reference, Test};
use crate::environment::Environment;
use crate::evaluate::Outcome;
use crate::logic::{Action, Formula, Logic};
use crate::normalize::{Normalized, normalize};
use crate::path::DataPath;
use crate::references::{Around, Entry, collect, join, within, without_rows};
use crate::rules::{Problem, check};
use crate::script::Script;
use serde_json::Value;
use std::cell::Cell;

/// Puts the outcome right for `answers`, of which the one at `path` alone is another than it was evaluated with by
/// [`evaluate_with_rows`](crate::evaluate_with_rows). Done where nothing can follow from it but what would be submitted there, and
/// other problems in place of as many; else false, and the outcome is as it was.
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
    if form.without_dependants.get_or_init(|| without_dependants(&form.steps)).binary_search(&component.number).is_err()
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

/// The numbers of the components on whose answer nothing else depends, sorted.
fn without_dependants(steps: &[Step]) -> Vec<usize> {
    let mut entries = Vec::new();
    for step in steps {
        for component in &step.components {
            collect(component, &Around::default(), &mut entries);
        }
    }
    let mut readers = Readers { known: vec![false; entries.len()], entries };
    readers.shared();
    for step in steps {
        readers.asked_by(step.condition.as_ref(), &step.logic, "");
        for component in &step.components {
            readers.component(component, "", false);
        }
    }
    let entries = readers.entries.iter().zip(&readers.known);
    let mut numbers: Vec<usize> =
        entries.filter(|(entry, known)| !**known && !entry.layout).map(|(entry, _)| entry.number).collect();
    numbers.sort_unstable();
    numbers
}

struct Readers {
    entries: Vec<Entry>,
    /// For each entry, may something else depend on it?
    known: Vec<bool>,
}

impl Readers {
    /// Two components that keep their answer in the same place depend on each other.
    fn shared(&mut self) {
        let mut paths: Vec<(&str, usize)> = self.entries.iter().enumerate().map(|(at, it)| (&*it.path, at)).collect();
        paths.sort_unstable();
        for pair in paths.windows(2) {
            if pair[0].0 == pair[1].0 {
                self.known[pair[0].1] = true;
                self.known[pair[1].1] = true;
            }
        }
    }

    /// What lies at the path, without rows, in it or around it; a blank one is everything.
    fn read(&mut self, path: &str) {
        for (entry, known) in self.entries.iter().zip(&mut self.known) {
            *known |= path.is_empty() || within(&entry.path, path) || within(path, &entry.path);
        }
    }

    fn component(&mut self, component: &Component, around: &str, of_other: bool) {
        // What is inside a kind that Form.io does not have belongs to an answer that is taken as it is.
        let of_other = of_other || component.judged_as.is_some();
        let path = join(around, &component.key);
        if of_other && component.holds_data {
            self.read(&path);
        }
        self.asked_by(component.condition.as_ref(), &component.logic, around);
        for formula in component.calculation.iter().chain(&component.computed_default) {
            self.formula(formula, around);
        }
        if let Some(script) = &component.rules.custom {
            self.script(script, around);
        }
        if let Some(rule) = &component.rules.json {
            self.rule(rule, around);
        }
        let inside = if component.holds_data { &path } else { around };
        if let Kind::EditGrid { row_check: Some(script), .. } = &component.kind {
            self.script(script, inside);
        }
        let fields = component.map_address.iter().flat_map(|address| &address.fields);
        for child in component.kind.children().chain(fields) {
            self.component(child, inside, of_other);
        }
    }

    fn asked_by(&mut self, condition: Option<&Condition>, logic: &[Logic], around: &str) {
        for test in condition.iter().flat_map(|it| &it.tests).chain(logic.iter().map(|it| &it.trigger)) {
            match test {
                Test::Script(script) => self.script(script, around),
                Test::Json(rule) => self.rule(rule, around),
                Test::Clauses { clauses, .. } => {
                    for clause in clauses {
                        self.reference(&clause.reference);
                    }
                }
                Test::When { reference, .. } => self.reference(reference),
            }
        }
        for action in logic.iter().flat_map(|it| &it.actions) {
            match action {
                Action::Switch(..) => {}
                Action::Text(_, text) => {
                    // Any answer may stand in it.
                    if text.contains("{{") {
                        self.read("");
                    }
                }
                Action::Value(formula) => self.formula(formula, around),
                // What is set may be a rule that asks about any answer.
                Action::Setting(..) | Action::TextSetting(..) | Action::Merge(_) => self.read(""),
            }
        }
    }

    fn reference(&mut self, reference: &Reference) {
        self.read(&without_rows(&reference.text));
        let meant = reference.target.as_ref().map(|it| it.number);
        let meant = self.entries.iter().find(|it| Some(it.number) == meant && !it.layout).map(|it| it.path.clone());
        if let Some(path) = meant {
            self.read(&path);
        }
    }

    fn formula(&mut self, formula: &Formula, around: &str) {
        match formula {
            Formula::Script(script) => self.script(script, around),
            Formula::Json(rule) => self.rule(rule, around),
        }
    }

    fn script(&mut self, script: &Script, around: &str) {
        for read in script.reads() {
            self.read_from(read.in_row, &read.path, around);
        }
    }

    fn rule(&mut self, rule: &Value, around: &str) {
        let mut variables = Vec::new();
        if !crate::json_logic::variables(rule, &mut variables) {
            self.read("");
        }
        for variable in variables {
            match variable.split_once('.') {
                Some(("data", path)) => self.read_from(false, path, around),
                Some(("row", path)) => self.read_from(true, path, around),
                Some(_) => {}
                None => self.read(""),
            }
        }
    }

    fn read_from(&mut self, in_row: bool, path: &str, around: &str) {
        let path = without_rows(path);
        match (in_row, path.is_empty()) {
            (false, _) => self.read(&path),
            (true, true) => self.read(around),
            (true, false) => self.read(&join(around, &path)),
        }
    }
}
