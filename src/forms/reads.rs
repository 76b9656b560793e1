//! What a component asks of the answers: to be shown, for its value, for a check, in a text.
//!
//! Told in one place, for whoever wants to know what may follow from an answer. Where it is not known which answers are asked about,
//! all are.

use crate::component::{Component, Kind, Rules, Step};
use crate::conditions::{Condition, Reference, Test};
use crate::json_logic;
use crate::logic::{Action, Formula, Logic};
use crate::path::{Segment, segments};
use crate::script::{Read, Script};
use serde_json::Value;

/// What is asked about.
pub(crate) enum Asked<'a> {
    /// Any answer.
    All,
    /// What lies at this path, without rows, in it and around it. Never blank.
    Place(String),
    /// The component that a simple condition names.
    Named(&'a Reference),
}

/// When a component asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Before its own answer stands: whether it is shown, what the answer is.
    Before,
    /// Once it stands: whether it is right.
    After,
}

/// Calls `tell` with everything that steps and components ask about, and the number of who asks.
pub(crate) fn of_steps<'a>(steps: &'a [Step], tell: &mut dyn FnMut(usize, When, Asked<'a>)) {
    for step in steps {
        let mut asker = Asker { number: step.number, around: "", own: "", tell };
        asker.condition(step.condition.as_ref());
        asker.logic(&step.logic);
        for component in &step.components {
            of_component(component, "", tell);
        }
    }
}

fn of_component<'a>(component: &'a Component, around: &str, tell: &mut dyn FnMut(usize, When, Asked<'a>)) {
    let path = if component.holds_data { join(around, &component.key) } else { around.to_owned() };
    let own = if component.holds_data { path.as_str() } else { "" };
    let mut asker = Asker { number: component.number, around, own, tell };
    asker.condition(component.condition.as_ref());
    asker.logic(&component.logic);
    // What is worked out from the own answer is part of it.
    asker.own = "";
    for formula in component.calculation.iter().chain(&component.computed_default) {
        asker.formula(formula);
    }
    let Rules { json, custom, .. } = &component.rules;
    if let Some(rule) = json {
        asker.rule(When::After, rule);
    }
    if let Some(script) = custom {
        asker.script(When::After, script);
    }
    if let Kind::EditGrid { row_check: Some(script), .. } = &component.kind {
        asker.around = &path;
        asker.script(When::After, script);
    }
    let fields = component.map_address.iter().flat_map(|address| &address.fields);
    for child in component.kind.children().chain(fields) {
        of_component(child, &path, tell);
    }
}

/// Who asks.
struct Asker<'a, 't> {
    number: usize,
    /// The path of the row or container around, without rows; blank at the top.
    around: &'t str,
    /// The path of the own answer; blank where it is not asked about.
    own: &'t str,
    tell: &'t mut dyn FnMut(usize, When, Asked<'a>),
}

impl<'a> Asker<'a, '_> {
    fn place(&mut self, when: When, path: &str) {
        let path = without_rows(path);
        (self.tell)(self.number, when, if path.is_empty() { Asked::All } else { Asked::Place(path) });
    }

    fn read(&mut self, when: When, read: &Read) {
        match read {
            Read::Data(path) => self.place(when, path),
            Read::Row(path) if path.is_empty() => self.place(when, self.around),
            Read::Row(path) => self.place(when, &join(self.around, path)),
            Read::Own if self.own.is_empty() => {}
            Read::Own => self.place(when, self.own),
        }
    }

    fn condition(&mut self, condition: Option<&'a Condition>) {
        for test in condition.iter().flat_map(|it| &it.tests) {
            self.test(test);
        }
    }

    fn test(&mut self, test: &'a Test) {
        match test {
            Test::Script(script) => self.script(When::Before, script),
            Test::Json(rule) => self.rule(When::Before, rule),
            Test::Clauses { clauses, any: _, show: _ } => {
                for clause in clauses {
                    (self.tell)(self.number, When::Before, Asked::Named(&clause.reference));
                }
            }
            Test::When { reference, eq: _, show: _ } => {
                (self.tell)(self.number, When::Before, Asked::Named(reference));
            }
        }
    }

    fn logic(&mut self, logic: &'a [Logic]) {
        for Logic { trigger, actions } in logic {
            self.test(trigger);
            for action in actions {
                match action {
                    Action::Switch(..) | Action::Setting(..) => {}
                    Action::Text(_, text) => {
                        for place in text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")) {
                            crate::script::reads_of_place(place.0).for_each(|read| self.read(When::Before, &read));
                        }
                    }
                    Action::Value(formula) => self.formula(formula),
                    // What is set may be a rule that asks about any answer.
                    Action::TextSetting(..) | Action::Merge(_) => self.place(When::Before, ""),
                }
            }
        }
    }

    fn formula(&mut self, formula: &Formula) {
        match formula {
            Formula::Script(script) => self.script(When::Before, script),
            Formula::Json(rule) => self.rule(When::Before, rule),
        }
    }

    fn script(&mut self, when: When, script: &Script) {
        script.reads().for_each(|read| self.read(when, read));
    }

    fn rule(&mut self, when: When, rule: &Value) {
        let mut variables = Vec::new();
        if !json_logic::variables(rule, &mut variables) {
            self.place(when, "");
        }
        for variable in variables {
            let (root, path) = variable.split_once('.').unwrap_or((&variable, ""));
            match root {
                "data" => self.read(when, &Read::Data(path.to_owned())),
                "row" => self.read(when, &Read::Row(path.to_owned())),
                "value" | "input" => self.read(when, &Read::Own),
                // All that the rule is given.
                "" => self.place(when, ""),
                _ => {}
            }
        }
    }
}

pub(crate) fn join(around: &str, key: &str) -> String {
    match (around, key) {
        ("", key) => key.to_owned(),
        #[cfg(not(target_arch = "wasm32"))]
        (around, "") => around.to_owned(),
        (around, key) => [around, ".", key].concat(),
    }
}

/// Is the path `outer`, or inside it? Both without rows.
pub(crate) fn within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

pub(crate) fn without_rows(path: &str) -> String {
    let mut result = String::new();
    for segment in segments(path) {
        if let Segment::Key(key) = segment
            && !key.bytes().all(|byte| byte.is_ascii_digit())
        {
            result = join(&result, key);
        }
    }
    result
}
