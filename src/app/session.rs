//! `FormSession`: the signals of one filling. One thing changes, the answers; all else is derived from them.
//!
//! A view is told only what changed at its own path: after each answer the new outcome is compared with the one before,
//! which costs less than asking every field whether it changed.

use forms::{Answers, Component, DataPath, Difference, Effects, Form, Journey, Outcome, Problem};
use leptos::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Bound;

/// Tells a form's outcome for its answers, today.
#[derive(Clone, Copy)]
pub(crate) struct Evaluator {
    /// From the start.
    pub(crate) whole: fn(&Form, &Answers) -> Outcome,
    /// After the answer at one path became another: true where the outcome could be put right in place.
    pub(crate) one: fn(&Form, &Answers, &DataPath, &mut Outcome) -> bool,
}

/// Handle to one filling of a form; copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct FormSession {
    form: StoredValue<Form>,
    answers: RwSignal<Answers>,
    outcome: RwSignal<Outcome>,
    evaluate: &'static Evaluator,
    watched: StoredValue<Watched>,
}

/// What views look at.
#[derive(Default)]
struct Watched {
    values: Paths,
    problems: Paths,
    visibility: Paths,
    effects: Paths,
}

/// Paths that are looked at, each with what tells those who look. One that nobody looks at any more stays: there are
/// never more than the form has fields.
#[derive(Default)]
struct Paths(BTreeMap<String, ArcTrigger>);

impl Paths {
    fn watch(&mut self, path: &DataPath) -> ArcTrigger {
        self.0.entry(path.to_string()).or_default().clone()
    }

    /// Adds what tells of `path`.
    fn at(&self, path: &str, told: &mut Vec<ArcTrigger>) {
        told.extend(self.0.get(path).cloned());
    }

    /// Adds what tells of `path`, of what it lies in and of what lies in it.
    fn around(&self, path: &str, told: &mut Vec<ArcTrigger>) {
        let mut outer = path;
        while let Some(end) = outer.rfind(['.', '[']) {
            outer = &outer[..end];
            self.at(outer, told);
        }
        let inner = self
            .0
            .range::<str, _>((Bound::Included(path), Bound::Unbounded))
            .take_while(|(it, _)| it.starts_with(path));
        let rest = |it: &str| it[path.len()..].starts_with(['.', '[']) || it.len() == path.len();
        told.extend(inner.filter(|(it, _)| rest(it)).map(|(_, trigger)| trigger.clone()));
    }
}

impl FormSession {
    /// Starts filling `form` from `answers` (its defaults, or a draft).
    pub(crate) fn new(form: Form, answers: Answers, evaluate: &'static Evaluator) -> Self {
        let outcome = RwSignal::new((evaluate.whole)(&form, &answers));
        Self {
            form: StoredValue::new(form),
            answers: RwSignal::new(answers),
            outcome,
            evaluate,
            watched: StoredValue::new(Watched::default()),
        }
    }

    /// Looks at the form.
    pub(crate) fn with_form<T>(self, look: impl FnOnce(&Form) -> T) -> T {
        self.form.with_value(look)
    }

    /// Looks at the answers, and again whenever one changes.
    pub(crate) fn with_answers<T>(self, look: impl FnOnce(&Answers) -> T) -> T {
        self.answers.with(look)
    }

    /// The answer at `path`; told only when that answer, or something in or around it, changes.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method holds for one lifetime only")]
    pub(crate) fn value(self, path: DataPath) -> Signal<Option<Value>> {
        self.derived(|it| &mut it.values, path, |session, path| session.shown_untracked(path, |it| it.cloned()))
    }

    /// The answer at `path` as a text; blank where there is none.
    pub(crate) fn text(self, path: DataPath) -> Signal<String> {
        self.derived(
            |it| &mut it.values,
            path,
            |session, path| session.shown_untracked(path, |it| it.map(text_of).unwrap_or_default()),
        )
    }

    /// What is shown at `path`: what was worked out, or else what was answered.
    fn shown_untracked<T>(self, path: &DataPath, look: impl FnOnce(Option<&Value>) -> T) -> T {
        self.outcome.with_untracked(|outcome| {
            self.answers.with_untracked(|answers| look(outcome.calculated(path).or_else(|| answers.get(path))))
        })
    }

    /// What logic changed about the component at `path`; told only when that changes.
    pub(crate) fn effects(self, path: DataPath) -> Signal<Option<Effects>> {
        self.derived(
            |it| &mut it.effects,
            path,
            |session, path| session.outcome.with_untracked(|it| it.effects(path).cloned()),
        )
    }

    /// The component at `path` as logic changed it, if it did, now.
    pub(crate) fn changed(self, path: &DataPath, component: &Component) -> Option<Component> {
        self.outcome.with_untracked(|it| it.effects(path).map(|it| it.applied(component)))
    }

    /// What is asked at `path`, as logic changed it, now; none where the form asks nothing there.
    pub(crate) fn label(self, path: &DataPath) -> Option<String> {
        self.with_form(|form| {
            form.component_at(path).map(|it| self.changed(path, it).map_or_else(|| it.label.clone(), |it| it.label))
        })
    }

    /// What is wrong with the answer at `path`; told only when that changes.
    pub(crate) fn problem(self, path: DataPath) -> Signal<Option<Problem>> {
        self.derived(
            |it| &mut it.problems,
            path,
            |session, path| session.outcome.with_untracked(|it| it.problem(path).cloned()),
        )
    }

    /// Is the component at `path` shown? `full_path` as the outcome names hidden components.
    pub(crate) fn visible(self, path: DataPath) -> Signal<bool> {
        self.derived(
            |it| &mut it.visibility,
            path,
            |session, path| session.outcome.with_untracked(|it| it.is_visible(path)),
        )
    }

    /// Number of rows of the list at `path`; changes only when that does, not with each answer in a row.
    pub(crate) fn rows(self, path: DataPath) -> Signal<usize> {
        let rows =
            self.derived(|it| &mut it.values, path, |session, path| session.answers.with_untracked(|it| it.rows(path)));
        Memo::new(move |_| rows.get()).into()
    }

    fn derived<T: Send + Sync + 'static>(
        self,
        paths: fn(&mut Watched) -> &mut Paths,
        path: DataPath,
        look: fn(Self, &DataPath) -> T,
    ) -> Signal<T> {
        let watched = self.watched.try_update_value(|it| paths(it).watch(&path)).unwrap_or_default();
        Signal::derive(move || {
            watched.track();
            look(self, &path)
        })
    }

    /// Looks at the outcome, and again whenever an answer changes.
    pub(crate) fn with_outcome<T>(self, look: impl FnOnce(&Outcome) -> T) -> T {
        self.outcome.with(look)
    }

    /// The way through the steps as it is now.
    pub(crate) fn journey(self) -> Journey {
        self.form.with_value(|form| self.outcome.with(|outcome| Journey::new(form, outcome)))
    }

    /// The single way in: records what the citizen wrote. A place where it does not fit keeps what it had.
    pub(crate) fn answer(self, path: &DataPath, value: Value) {
        if self.answers.with_untracked(|it| it.get(path) == Some(&value)) {
            return;
        }
        let kept = self.answers.try_update_untracked(|it| it.set(path, value).is_ok());
        if kept == Some(true) && !self.put_right(path) {
            self.evaluate_anew(path);
        }
    }

    /// Most answers change nothing elsewhere: true where that was so, and it is told.
    fn put_right(self, path: &DataPath) -> bool {
        let mut told = Vec::new();
        let done = self.outcome.try_update_untracked(|outcome| {
            let before = outcome.problem(path).cloned();
            let done = self.form.with_value(|form| {
                self.answers.with_untracked(|answers| (self.evaluate.one)(form, answers, path, outcome))
            });
            if done && outcome.problem(path) != before.as_ref() {
                self.watched.with_value(|it| it.problems.at(path.as_str(), &mut told));
            }
            done
        });
        if done == Some(true) {
            self.watched.with_value(|it| it.values.around(path.as_str(), &mut told));
            self.outcome.notify();
            self.tell(told);
            return true;
        }
        false
    }

    /// Takes an answer back.
    pub(crate) fn clear(self, path: &DataPath) {
        self.change(path, |it| {
            it.remove(path);
        });
    }

    /// Adds a row to the list at `path`.
    pub(crate) fn add_row(self, path: &DataPath) {
        self.change(path, |it| {
            let _ = it.add_row(path);
        });
    }

    /// Takes a row out of the list at `path`.
    pub(crate) fn remove_row(self, path: &DataPath, row: usize) {
        self.change(path, |it| {
            it.remove_row(path, row);
        });
    }

    /// Changes the answers at `path`, derives the outcome, and then tells who looks at what changed.
    fn change(self, path: &DataPath, make: impl FnOnce(&mut Answers)) {
        self.answers.update_untracked(make);
        self.evaluate_anew(path);
    }

    /// Derives the outcome after the answer at `path` changed, and tells who looks at what changed.
    fn evaluate_anew(self, path: &DataPath) {
        let outcome = self.form.with_value(|form| self.answers.with_untracked(|it| (self.evaluate.whole)(form, it)));
        let mut told = Vec::new();
        self.watched.with_value(|watched| {
            watched.values.around(path.as_str(), &mut told);
            self.outcome.with_untracked(|before| {
                outcome.differences(before, |path, difference| match difference {
                    Difference::Visibility => watched.visibility.at(path, &mut told),
                    Difference::Problem => watched.problems.at(path, &mut told),
                    Difference::Calculated => watched.values.at(path, &mut told),
                    Difference::Effects => watched.effects.at(path, &mut told),
                });
            });
        });
        self.outcome.set(outcome);
        self.tell(told);
    }

    /// Tells those who look at all answers, and these.
    fn tell(self, told: Vec<ArcTrigger>) {
        self.answers.notify();
        for trigger in told {
            trigger.notify();
        }
    }
}

/// An answer as an input shows it.
pub(crate) fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Evaluator, FormSession};
    use forms::{
        Answers, CivilDate, DataPath, Environment, Form, NoPatterns, evaluate_with_rows, initial_answers, put_right,
    };
    use leptos::prelude::*;
    use serde_json::json;

    fn environment() -> Environment<'static> {
        Environment { today: CivilDate::new(2026, 11, 22).expect("a day"), patterns: &NoPatterns }
    }

    static EVALUATE: Evaluator = Evaluator {
        whole: |form, answers| evaluate_with_rows(form, answers, &environment()),
        one: |form, answers, path, outcome| put_right(form, answers, &environment(), path, outcome),
    };

    fn path(text: &str) -> DataPath {
        DataPath::parse(text).expect("a path of this test")
    }

    #[test]
    fn an_answer_changes_what_depends_on_it_and_nothing_else() {
        let owner = Owner::new();
        owner.set();
        let definition = json!({ "components": [
            { "key": "contact", "type": "textfield", "label": "How?" },
            { "key": "mail", "type": "email", "label": "E-mail", "validate": { "required": true },
              "conditional": { "show": true, "when": "contact", "eq": "mail" } },
        ] });
        let form = Form::parse(&definition, &NoPatterns).expect("a form of this test");
        let answers = initial_answers(&form);
        let session = FormSession::new(form, answers, &EVALUATE);
        let (visible, problem) = (session.visible(path("mail")), session.problem(path("mail")));
        assert!(!visible.get_untracked() && problem.get_untracked().is_none(), "hidden is never a problem");
        session.answer(&path("contact"), json!("mail"));
        assert!(visible.get_untracked() && problem.get_untracked().is_some());
        session.answer(&path("mail"), json!("an@cantho.vn"));
        assert!(problem.get_untracked().is_none());
        assert_eq!(session.text(path("mail")).get_untracked(), "an@cantho.vn");
    }

    #[test]
    fn another_problem_of_an_answer_on_which_nothing_depends_is_told() {
        let owner = Owner::new();
        owner.set();
        let definition = json!({ "components": [
            { "key": "name", "type": "textfield", "label": "Name", "validate": { "required": true, "minLength": 3 } },
        ] });
        let form = Form::parse(&definition, &NoPatterns).expect("a form of this test");
        let session = FormSession::new(form, Answers::new(), &EVALUATE);
        let problem = session.problem(path("name"));
        let told = Memo::new(move |_| problem.get().map(|it| it.rule.name()));
        for (text, expected) in
            [("", Some("required")), ("Lê", Some("minLength")), ("Lê An", None), ("An", Some("minLength"))]
        {
            session.answer(&path("name"), json!(text));
            assert_eq!(told.get_untracked(), expected, "{text}");
            assert_eq!(session.with_outcome(|it| it.data.get("name").cloned()), Some(json!(text)));
        }
    }

    /// Which of the watched values are worked out again when the answer at `changed` changes.
    #[track_caller]
    fn check_told(changed: &str, told: &[&str]) {
        let owner = Owner::new();
        owner.set();
        let definition = json!({ "components": [
            { "key": "rows", "type": "datagrid", "components": [{ "key": "name", "type": "textfield" }] },
            { "key": "row", "type": "textfield" },
            { "key": "rowsCount", "type": "textfield" },
        ] });
        let form = Form::parse(&definition, &NoPatterns).expect("a form of this test");
        let answers = Answers::parse(json!({ "rows": [{ "name": "An" }, { "name": "Bình" }] })).expect("answers");
        let session = FormSession::new(form, answers, &EVALUATE);
        let watched = ["row", "rows", "rows[0]", "rows[0].name", "rows[1].name", "rowsCount"].map(|it| {
            let value = session.value(path(it));
            let runs = Memo::new(move |runs: Option<&usize>| {
                value.track();
                runs.map_or(0, |it| it + 1)
            });
            assert_eq!(runs.get_untracked(), 0);
            (it, runs)
        });
        session.answer(&path(changed), json!("Chi"));
        let again: Vec<&str> = watched.iter().filter(|(_, it)| it.get_untracked() > 0).map(|(it, _)| *it).collect();
        assert_eq!(again, told, "when {changed} changes");
    }

    #[test]
    fn only_those_who_look_at_an_answer_or_around_it_are_told() {
        check_told("row", &["row"]);
        check_told("rows[0].name", &["rows", "rows[0]", "rows[0].name"]);
        check_told("rowsCount", &["rowsCount"]);
    }
}
