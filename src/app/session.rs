//! `FormSession`: the signals of one filling. One thing changes, the answers; all else is derived from them.

use forms::{Answers, DataPath, Form, Journey, Outcome, Problem};
use leptos::prelude::*;
use serde_json::Value;

/// Tells a form's outcome for its answers, today.
pub(crate) type Evaluator = fn(&Form, &Answers) -> Outcome;

/// Handle to one filling of a form; copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct FormSession {
    form: StoredValue<Form>,
    answers: RwSignal<Answers>,
    outcome: Memo<Outcome>,
}

impl FormSession {
    /// Starts filling `form` from `answers` (its defaults, or a draft).
    pub(crate) fn new(form: Form, answers: Answers, evaluate: Evaluator) -> Self {
        let form = StoredValue::new(form);
        let answers = RwSignal::new(answers);
        // Answers change, so does the outcome: comparing two of them would cost as much as using them.
        let outcome =
            Memo::new_with_compare(move |_| form.with_value(|form| answers.with(|it| evaluate(form, it))), |_, _| true);
        Self { form, answers, outcome }
    }

    /// Looks at the form.
    pub(crate) fn with_form<T>(self, look: impl FnOnce(&Form) -> T) -> T {
        self.form.with_value(look)
    }

    /// Looks at the answers, and again whenever one changes.
    pub(crate) fn with_answers<T>(self, look: impl FnOnce(&Answers) -> T) -> T {
        self.answers.with(look)
    }

    /// The answer at `path`; changes only when that answer does.
    pub(crate) fn value(self, path: DataPath) -> Signal<Option<Value>> {
        Memo::new(move |_| self.answers.with(|it| it.get(&path).cloned())).into()
    }

    /// The answer at `path` as a text; blank where there is none.
    pub(crate) fn text(self, path: DataPath) -> Signal<String> {
        Memo::new(move |_| self.answers.with(|it| it.get(&path).map(text_of).unwrap_or_default())).into()
    }

    /// What is wrong with the answer at `path`; changes only when that does.
    pub(crate) fn problem(self, path: DataPath) -> Signal<Option<Problem>> {
        Memo::new(move |_| self.outcome.with(|it| it.problem(&path).cloned())).into()
    }

    /// Is the component at `path` shown? `full_path` as the outcome names hidden components.
    pub(crate) fn visible(self, path: DataPath) -> Signal<bool> {
        Memo::new(move |_| self.outcome.with(|it| it.is_visible(&path))).into()
    }

    /// Number of rows of the list at `path`.
    pub(crate) fn rows(self, path: DataPath) -> Signal<usize> {
        Memo::new(move |_| self.answers.with(|it| it.rows(&path))).into()
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
        self.answers.update(|it| {
            let _ = it.set(path, value);
        });
    }

    /// Takes an answer back.
    pub(crate) fn clear(self, path: &DataPath) {
        self.answers.update(|it| {
            it.remove(path);
        });
    }

    /// Adds a row to the list at `path`.
    pub(crate) fn add_row(self, path: &DataPath) {
        self.answers.update(|it| {
            let _ = it.add_row(path);
        });
    }

    /// Takes a row out of the list at `path`.
    pub(crate) fn remove_row(self, path: &DataPath, row: usize) {
        self.answers.update(|it| {
            it.remove_row(path, row);
        });
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
    use super::FormSession;
    use forms::{CivilDate, DataPath, Environment, Form, NoPatterns, evaluate, initial_answers};
    use leptos::prelude::*;
    use serde_json::json;

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
        let session = FormSession::new(form, answers, |form, answers| {
            let today = CivilDate::new(2026, 11, 22).expect("a day");
            evaluate(form, answers, &Environment { today, patterns: &NoPatterns })
        });
        let (visible, problem) = (session.visible(path("mail")), session.problem(path("mail")));
        assert!(!visible.get_untracked() && problem.get_untracked().is_none(), "hidden is never a problem");
        session.answer(&path("contact"), json!("mail"));
        assert!(visible.get_untracked() && problem.get_untracked().is_some());
        session.answer(&path("mail"), json!("an@cantho.vn"));
        assert!(problem.get_untracked().is_none());
        assert_eq!(session.text(path("mail")).get_untracked(), "an@cantho.vn");
    }
}
