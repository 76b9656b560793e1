//! Evaluating: what is hidden, what is wrong, and what would be submitted.
//!
//! One walk over the definition and the data does what `processSync` of `@formio/core` 2.8.3 does with its default processors:
//! default, condition, normalise, clear, then the components inside, then filter and check. [`evaluate`] is that walk, slips included;
//! [`evaluate_with_rows`] is what a screen wants: where a condition asks about a later component, the walk is repeated until nothing
//! changes, as Form.io's own renderer does too.

use crate::answers::{Answers, get, put, remove};
use crate::component::{Component, Form, Kind, Step};
use crate::conditions::{Asker, Condition, Item};
use crate::dates::CivilDate;
use crate::environment::Environment;
use crate::javascript::{as_not_finite, is_equal, not_finite, to_text, trim, truthy};
use crate::logic::{Action, Effects, Logic, Switch, Worked, interpolate};
use crate::normalize::{Normalized, normalize, unanswered_radio};
use crate::path::DataPath;
use crate::rules::{Limit, Problem, Rule, check, check_kind, check_multiple, check_own_rules, refusal};
use crate::script::{Answer, Writings};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::cmp::Ordering;
use std::sync::Arc;

/// The most walks before what was ever hidden stays hidden, so that conditions that chase each other come to an end. Conditions that do
/// not, settle in as many walks as the longest chain of them has links.
const FREE_WALKS: usize = 24;

/// The most walks at all.
const MAX_WALKS: usize = 48;

/// What follows from a form and its answers; nothing here can be changed, it is derived again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// What is wrong, in document order; `required` comes first where a field has several.
    pub problems: Vec<Problem>,
    /// The components whose own condition is false, sorted: not those inside them, and not `hidden: true`.
    ///
    /// Named as Form.io names them: fields by their data path; steps, fieldsets and columns by the keys around them, without rows
    /// (of a list's rows the last one tells).
    pub hidden: Vec<String>,
    /// What would be submitted: the answers of known components that are not hidden, normalised.
    pub data: Map<String, Value>,
    /// The keys are the paths of everything not on screen.
    invisible: Map<String, Value>,
    /// For each step, is it not on screen?
    invisible_steps: Vec<bool>,
    /// The positions of the first problem of each path, in the order of the paths.
    first_problems: Vec<usize>,
    /// What was worked out, by path.
    calculated: Map<String, Value>,
    /// What logic changed, by path, in document order.
    effects: Vec<(String, Effects)>,
    /// How many problems there are up to the end of each step.
    pub(crate) problems_by_step: Vec<usize>,
    /// The day that was today.
    pub(crate) today: Option<CivilDate>,
}

impl Outcome {
    /// Is the component at `path` on screen? No if it, or anything around it, is hidden by a condition or by `hidden: true`.
    #[must_use]
    pub fn is_visible(&self, path: &DataPath) -> bool {
        !self.invisible.contains_key(path.as_str())
    }

    /// Does the step with this position in [`Form::steps`] apply?
    #[must_use]
    pub fn is_step_visible(&self, step: usize) -> bool {
        self.invisible_steps.get(step) == Some(&false)
    }

    /// The answer that was worked out for `path` (`calculateValue`, or the value of a `logic`): to be shown in place of the one given.
    #[must_use]
    pub fn calculated(&self, path: &DataPath) -> Option<&Value> {
        self.calculated.get(path.as_str())
    }

    /// What logic changed about the component at `path`, if anything.
    #[must_use]
    pub fn effects(&self, path: &DataPath) -> Option<&Effects> {
        self.effects.iter().find(|(changed, _)| changed == path.as_str()).map(|(_, effects)| effects)
    }

    /// The first thing wrong at `path`.
    #[must_use]
    pub fn problem(&self, path: &DataPath) -> Option<&Problem> {
        let found = self.first_problems.binary_search_by(|at| self.problems[*at].path.cmp(path)).ok()?;
        self.problems.get(self.first_problems[found])
    }

    /// Calls `tell` with each path at which this outcome differs from the one `before`, and in what: what is shown can be put right
    /// there and nowhere else.
    pub fn differences(&self, before: &Self, mut tell: impl FnMut(&str, Difference)) {
        let (old, new) = (before.invisible.iter(), self.invisible.iter());
        differing(old, new, &mut |path| tell(path, Difference::Visibility));
        differing(before.told_first(), self.told_first(), &mut |path| tell(path, Difference::Problem));
        let (old, new) = (before.calculated.iter(), self.calculated.iter());
        differing(old, new, &mut |path| tell(path, Difference::Calculated));
        for (one, other) in [(self, before), (before, self)] {
            for (path, effects) in &one.effects {
                let there = other.effects.iter().find(|(changed, _)| changed == path);
                // What is in both tells once.
                if there.is_none_or(|(_, it)| it != effects && std::ptr::eq(one, self)) {
                    tell(path, Difference::Effects);
                }
            }
        }
    }

    /// The first problem of each path, in the order of the paths.
    fn told_first(&self) -> impl Iterator<Item = (&str, &Problem)> {
        self.first_problems.iter().map(|at| (self.problems[*at].path.as_str(), &self.problems[*at]))
    }
}

/// In what two outcomes differ at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// On screen in one, not in the other.
    Visibility,
    /// The first problem is another, or there is one in only one of them.
    Problem,
    /// What was worked out is another, or something was in only one of them ([`Outcome::calculated`]).
    Calculated,
    /// Logic changed the component otherwise ([`Outcome::effects`]).
    Effects,
}

/// Calls `tell` with each key that only one of the two has, or whose values are not equal. Both have their keys in order.
fn differing<K: AsRef<str>, V: PartialEq>(
    mut old: impl Iterator<Item = (K, V)>,
    mut new: impl Iterator<Item = (K, V)>,
    tell: &mut dyn FnMut(&str),
) {
    let (mut left, mut right) = (old.next(), new.next());
    loop {
        let order = match (&left, &right) {
            (Some((left, _)), Some((right, _))) => left.as_ref().cmp(right.as_ref()),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        let was = if order.is_le() { std::mem::replace(&mut left, old.next()) } else { None };
        let is = if order.is_ge() { std::mem::replace(&mut right, new.next()) } else { None };
        match (was, is) {
            (Some((_, was)), Some((_, is))) if was == is => {}
            (Some((path, _)), _) | (None, Some((path, _))) => tell(path.as_ref()),
            (None, None) => return,
        }
    }
}

/// Derives the outcome as `@formio/core` does, in one walk. Pure and total: any form and any answers give one, and neither is changed.
///
/// For comparing with it, not in a browser. What a person fills in and sends goes by [`evaluate_with_rows`].
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn evaluate(form: &Form, answers: &Answers, environment: &Environment<'_>) -> Outcome {
    walked(form, answers, environment, false)
}

/// Derives the outcome as a screen wants it: what was evaluated evaluates to itself.
///
/// | | [`evaluate`], as `@formio/core` | here |
/// |---|---|---|
/// | a condition or calculation asks about a later component | it sees what was given | the walk is repeated until nothing changes |
/// | what logic set in a row | stays for the rows after it | each row is asked by itself |
/// | rules of whole rows (`validate.row`) | are not asked | are told at the row (`EditGrid` of formio.js) |
/// | scripts that are not checks | do not know `rowIndex` | do |
/// | a radio with `dataType` that is not answered | becomes "undefined", `false`, 0 or `NaN` | stays so |
/// | a list that is missing in a row of another | has the row of that number | has row 0 |
/// | `when` names an answer in a list of a list | of the last outer row with such an inner row | of its own rows |
/// | a calculation that may be overridden | overrules what was given | leaves it |
/// | a kind that Form.io does not have | is judged by the common rules | must also be written as what it is drawn as: a number, a date, an e-mail address |
/// | a widget of several parts | is one answer | its parts are fields, asked for each |
/// | a script writes to answers | it does | it stops there |
/// | a calculated `NaN` | is `NaN` for whoever reads it | is null |
/// | a list in a list where several answers are wanted | is told even where the field is hidden | is not |
#[must_use]
pub fn evaluate_with_rows(form: &Form, answers: &Answers, environment: &Environment<'_>) -> Outcome {
    walked(form, answers, environment, true)
}

fn walked(form: &Form, answers: &Answers, environment: &Environment<'_>, on_screen: bool) -> Outcome {
    let mut walk = Walk::new(environment, answers.data().clone(), on_screen);
    walk.form(form);
    if form.looks_ahead && on_screen {
        walk = settle(form, answers, environment, walk);
    }
    walk.finish(form)
}

/// Walks again and again, each time without what the last walk cleared, until a walk clears the same.
fn settle<'a>(form: &Form, answers: &Answers, environment: &'a Environment<'a>, first: Walk<'a>) -> Walk<'a> {
    // Everything with its default, nothing hidden: what a later component holds when an earlier one asks.
    let mut preparing = Walk::new(environment, answers.data().clone(), true);
    preparing.preparing = true;
    preparing.form(form);
    let prepared = preparing.data;
    let mut last = first;
    let mut ever_hidden = Map::new();
    for round in 0..MAX_WALKS {
        let mut walk = Walk::new(environment, prepared.clone(), true);
        for path in &last.cleared {
            if let Some(value) = remove(&mut walk.data, path) {
                walk.put_aside.insert(path.clone(), value);
            }
        }
        if round >= FREE_WALKS {
            for place in &last.conditions_false {
                ever_hidden.insert(place.clone(), Value::Null);
            }
            walk.forced = Some(std::mem::take(&mut ever_hidden));
        }
        for (path, value) in &last.calculated {
            // The answer given comes back in place when the walk comes to it.
            let given = get(&walk.data, path).cloned().map(|value| Value::Array(vec![value]));
            walk.carried.insert(path.clone(), given.unwrap_or_default());
            put(&mut walk.data, path, value.clone());
        }
        walk.form(form);
        if let Some(forced) = walk.forced.take() {
            ever_hidden = forced;
        }
        let settled = round > 0
            && walk.cleared == last.cleared
            && walk.conditions_false == last.conditions_false
            && walk.calculated == last.calculated;
        last = walk;
        if settled {
            break;
        }
    }
    last
}

#[allow(clippy::struct_excessive_bools)] // Each is a switch of its own.
struct Walk<'a> {
    environment: &'a Environment<'a>,
    /// The working copy: defaults set, normalised, hidden answers taken out.
    data: Value,
    /// What would be submitted.
    filtered: Value,
    problems: Vec<Problem>,
    problems_by_step: Vec<usize>,
    /// Components whose own condition is false, by Form.io's name.
    hidden: Map<String, Value>,
    /// Layout components in rows: was the condition false in the last row?
    hidden_in_rows: Map<String, Value>,
    invisible: Map<String, Value>,
    invisible_steps: Vec<bool>,
    /// The rows around, outermost first: number of the list, row.
    rows: Vec<(usize, usize)>,
    /// The paths that were cleared, in order.
    cleared: Vec<String>,
    /// The places whose own condition was false, in order.
    conditions_false: Vec<String>,
    /// Answers the last walk cleared: back in place when the walk comes to them.
    put_aside: Map<String, Value>,
    /// What the last walk worked out stands in the data; here is what was given: a list of one, or null for nothing.
    carried: Map<String, Value>,
    /// What was worked out.
    calculated: Map<String, Value>,
    effects: Vec<(String, Effects)>,
    /// Places that stay hidden whatever their condition says.
    forced: Option<Map<String, Value>>,
    /// Only defaults.
    preparing: bool,
    /// See [`Walk::on_screen`].
    on_screen: bool,
    /// The path of the data of the form in a form that the walk is in.
    local: String,
    /// The same as lists of conditions ask it: blank where there was none when the walk came to the form.
    local_root: String,
    /// Is the outermost list around not there?
    list_missing: bool,
    /// What scripts wrote to.
    written: Writings,
    /// What logic set about a component, by its number: it stays.
    set_by_logic: Vec<(usize, Effects)>,
    /// Was anything worked out that JSON has no number for?
    no_number: bool,
    /// Was the row or container around missing when the walk came to the component? Form.io looks it up once, before a default or what
    /// is worked out may have made it.
    row_missing: bool,
    /// Inside an answer that is taken as it is?
    as_given: bool,
    /// Must what is cleared and hidden be remembered for another walk?
    looks_ahead: bool,
}

/// A path where there is never anything.
const NOWHERE: &str = "?";

/// What a component inherits.
#[allow(clippy::struct_excessive_bools)] // Each is a switch of its own.
#[derive(Clone, Copy)]
struct Around<'p> {
    /// The path of the row or container, blank at the top.
    path: &'p str,
    /// Hidden by a condition, its own or one further out.
    by_condition: bool,
    /// Hidden by `hidden: true`, its own or one further out.
    on_purpose: bool,
    /// Directly within a row of a list?
    in_list: bool,
    /// Was the row or container there when the walk came to it?
    there: bool,
}

/// A component where logic is asked about it.
#[derive(Clone, Copy)]
struct Place<'p> {
    /// Tells places apart; the path of the answer if there is one.
    path: &'p str,
    /// The path of the row or container around.
    around: &'p str,
    /// The path of the answer, blank for layout.
    own: &'p str,
    /// Number of the component.
    number: usize,
    /// `hidden: true`.
    hidden: bool,
    /// The definition says `clearOnHide: true`.
    clears: bool,
    /// The component as the definition has it, where logic may change more than a few things.
    source: Option<&'p Arc<Value>>,
}

impl<'a> Walk<'a> {
    fn new(environment: &'a Environment<'a>, data: Value, on_screen: bool) -> Self {
        Self {
            environment,
            data,
            filtered: Value::Object(Map::new()),
            problems: Vec::new(),
            problems_by_step: Vec::new(),
            hidden: Map::new(),
            hidden_in_rows: Map::new(),
            as_given: false,
            looks_ahead: false,
            row_missing: false,
            invisible: Map::new(),
            invisible_steps: Vec::new(),
            rows: Vec::new(),
            cleared: Vec::new(),
            conditions_false: Vec::new(),
            put_aside: Map::new(),
            carried: Map::new(),
            calculated: Map::new(),
            effects: Vec::new(),
            forced: None,
            preparing: false,
            on_screen,
            local: String::new(),
            local_root: String::new(),
            list_missing: false,
            written: Writings::default(),
            set_by_logic: Vec::new(),
            no_number: false,
        }
    }

    /// As a screen wants it, rather than as `@formio/core` does? No page compares, so none pays for it.
    fn on_screen(&self) -> bool {
        cfg!(target_arch = "wasm32") || self.on_screen
    }

    fn finish(mut self, form: &Form) -> Outcome {
        for (name, hides) in std::mem::take(&mut self.hidden_in_rows) {
            if hides == Value::Bool(true) {
                self.hidden.insert(name, Value::Null);
            }
        }
        #[cfg(not(target_arch = "wasm32"))]
        self.tell_nameless();
        // A map keeps its keys sorted; all the sets here are of the one type that JSON needs anyway.
        let hidden = self.hidden.into_iter().map(|(name, _)| name).collect();
        self.invisible_steps.resize(form.steps.len(), false);
        if self.no_number {
            without_not_finite(&mut self.filtered);
        }
        let data = match self.filtered {
            Value::Object(data) => data,
            _ => Map::new(),
        };
        let mut places: Vec<(&str, usize)> =
            self.problems.iter().enumerate().map(|(at, it)| (it.path.as_str(), at)).collect();
        places.sort_unstable();
        places.dedup_by_key(|(path, _)| *path);
        let first_problems = places.into_iter().map(|(_, at)| at).collect();
        Outcome {
            problems: self.problems,
            hidden,
            data,
            invisible: self.invisible,
            invisible_steps: self.invisible_steps,
            first_problems,
            calculated: self.calculated,
            effects: self.effects,
            problems_by_step: self.problems_by_step,
            today: Some(self.environment.today),
        }
    }

    /// Form.io tells the place without a name by nothing at all.
    #[cfg(not(target_arch = "wasm32"))]
    fn tell_nameless(&mut self) {
        if self.hidden.remove(NAMELESS).is_some() {
            self.hidden.insert(String::new(), Value::Null);
        }
        for problem in self.problems.iter_mut().filter(|it| it.path.as_str() == NAMELESS) {
            problem.path = DataPath::from_text("");
        }
    }

    fn form(&mut self, form: &Form) {
        self.looks_ahead = form.looks_ahead;
        for step in &form.steps {
            self.step(step);
        }
    }

    fn step(&mut self, step: &Step) {
        let name = || step.key.clone();
        let mut by_condition = step.panel && self.condition(step.condition.as_ref(), &step.key, "", "", name);
        let place = Place {
            path: &step.key,
            around: "",
            own: "",
            number: step.number,
            hidden: step.hidden,
            clears: false,
            source: None,
        };
        let on_purpose = self.logic(&step.logic, place, &mut by_condition, &mut false, &name).unwrap_or(step.hidden);
        self.invisible_steps.push(by_condition || on_purpose);
        let around = Around { path: "", by_condition, on_purpose, in_list: false, there: true };
        for component in &step.components {
            self.component(component, around);
        }
        self.problems_by_step.push(self.problems.len());
    }

    fn asker<'s>(&'s self, around: &'s str, own: &'s str) -> Asker<'s> {
        let around = if self.row_missing && !around.is_empty() { NOWHERE } else { around };
        Asker {
            data: &self.data,
            around,
            own,
            rows: &self.rows,
            on_screen: self.on_screen(),
            today: self.environment.today,
            written: (!self.on_screen()).then_some(&self.written),
            // Layout right in a form knows none of its answers (`getComponentLocalData`).
            local: if own.is_empty() && !self.local.is_empty() && around == self.local { NOWHERE } else { &self.local },
            local_root: &self.local_root,
            item: Item::Own,
        }
    }

    /// Takes over what a script wrote to the answers.
    fn take_written(&mut self) {
        let Some(new) = self.written.answers.take() else {
            return;
        };
        // A list or container that is kept already is the one in the data (`filterPostProcessSync`), until another takes its place.
        if let (Value::Object(filtered), Value::Object(old), Value::Object(new)) =
            (&mut self.filtered, &self.data, &new)
        {
            for (key, kept) in filtered {
                let now =
                    new.get(key).filter(|now| now.is_array() && kept.is_array() || now.is_object() && kept.is_object());
                if let Some(now) = now
                    && old.get(key) == Some(kept)
                {
                    *kept = now.clone();
                }
            }
        }
        self.data = new;
    }

    /// Does what logic says while its triggers hold; returns `hidden` if it was changed. `own` is whether the component's own condition
    /// hides it: hiding and showing by logic count as that.
    ///
    /// Source: `applyActions` in `utils/logic.js`. There what is set stays for the rows after; on screen each row is asked by itself.
    fn logic(
        &mut self,
        logic: &[Logic],
        place: Place<'_>,
        own: &mut bool,
        not_finite: &mut bool,
        name: &dyn Fn() -> String,
    ) -> Option<bool> {
        if logic.is_empty() || self.preparing {
            return None;
        }
        let known = self.set_by_logic.iter().position(|(number, _)| *number == place.number);
        let mut effects = known.map(|at| self.set_by_logic.swap_remove(at).1).unwrap_or_default();
        for logic in logic {
            let triggered = logic.trigger.holds(&self.asker(place.around, place.own)) == Some(true);
            self.take_written();
            if !triggered {
                continue;
            }
            for action in &logic.actions {
                match action {
                    Action::Switch(Switch::Required, state) => effects.required = Some(*state),
                    Action::Switch(Switch::Disabled, state) => effects.disabled = Some(*state),
                    Action::Switch(Switch::Hidden, state) => {
                        if effects.hidden.unwrap_or(place.hidden) != *state {
                            effects.hidden = Some(*state);
                            *own = *state;
                            self.note_condition(place.path, place.own, *state, name());
                        }
                    }
                    Action::Text(property, text) => {
                        let text = interpolate(text, &self.asker(place.around, place.own));
                        effects.texts.push((*property, text));
                    }
                    // What is not there is false already.
                    Action::Setting(name, state) => change(&mut effects, place, |source| {
                        if to_text(get(source, name).or(Some(&Value::Bool(false))))
                            != to_text(Some(&Value::Bool(*state)))
                        {
                            put(source, name, Value::Bool(*state));
                        }
                    }),
                    Action::TextSetting(name, text) => {
                        let text = interpolate(text, &self.asker(place.around, place.own));
                        change(&mut effects, place, |source| put(source, name, Value::String(text)));
                    }
                    Action::Merge(script) => {
                        let asker = self.asker(place.around, place.own);
                        let merged = script.run(&asker.scope(asker.own()));
                        self.take_written();
                        if let (Ok(Answer::Value(Value::Object(merged))), Some(source)) = (merged, place.source) {
                            let mut changed = effects.changed.as_deref().unwrap_or(source).clone();
                            if merged.contains_key("validate") && !script.knows_component() {
                                effects.required = None;
                            }
                            if let Some(changed) = changed.as_object_mut() {
                                changed.extend(merged);
                            }
                            effects.hidden = changed.get("hidden").map(|it| truthy(Some(it))).or(effects.hidden);
                            effects.changed = Some(Arc::new(changed));
                        }
                    }
                    Action::Value(_) if place.own.is_empty() || place.clears && *own => {}
                    Action::Value(formula) => {
                        let asker = self.asker(place.around, place.own);
                        let worked = formula.work(&asker, asker.own());
                        self.take_written();
                        *not_finite = matches!(worked, Worked::NotFinite(_));
                        let new = match worked {
                            Worked::Nothing => Some(Value::Null),
                            Worked::NotFinite(number) => Some(self.not_finite(number)),
                            Worked::Undefined => None,
                            Worked::Value(value) => Some(value),
                        };
                        self.work_out(place.own, new);
                    }
                }
            }
        }
        let hidden = effects.hidden;
        if !self.on_screen() && !self.rows.is_empty() {
            self.set_by_logic.push((place.number, Effects { texts: Vec::new(), ..effects.clone() }));
        }
        if !effects.is_none() {
            self.effects.push((place.path.to_owned(), effects));
        }
        hidden
    }

    /// What stands in the data for a number that JSON has not.
    fn not_finite(&mut self, number: f64) -> Value {
        self.no_number |= !self.on_screen();
        if self.on_screen() { Value::Null } else { not_finite(number) }
    }

    /// Sets an answer that was worked out; `None` takes it away.
    fn work_out(&mut self, path: &str, value: Option<Value>) {
        match value {
            Some(value) => {
                if !get(&self.data, path).is_some_and(|old| is_equal(old, &value)) {
                    put(&mut self.data, path, value.clone());
                }
                self.calculated.insert(path.to_owned(), value);
            }
            None => {
                remove(&mut self.data, path);
            }
        }
    }

    /// Is the condition false here? `place` tells places apart, `name` is Form.io's name of the component.
    fn condition(
        &mut self,
        condition: Option<&Condition>,
        place: &str,
        around: &str,
        own: &str,
        name: impl FnOnce() -> String,
    ) -> bool {
        let Some(condition) = condition else {
            return false;
        };
        if self.preparing {
            return false;
        }
        let mut hides = condition.hides(&self.asker(around, own));
        self.take_written();
        if let Some(forced) = &mut self.forced {
            if hides {
                forced.insert(place.to_owned(), Value::Null);
            } else {
                hides = forced.contains_key(place);
            }
        }
        self.note_condition(place, own, hides, name());
        hides
    }

    fn note_condition(&mut self, place: &str, own: &str, hides: bool, name: String) {
        if hides && self.looks_ahead {
            self.conditions_false.push(place.to_owned());
        }
        if !self.rows.is_empty() && own.is_empty() && (self.on_screen() || !name.contains('[')) {
            // A layout component has one name for all rows.
            self.hidden_in_rows.insert(name, Value::Bool(hides));
        } else if hides {
            self.hidden.insert(name, Value::Null);
        } else {
            self.hidden.remove(&name);
        }
    }

    fn component(&mut self, component: &Component, around: Around<'_>) {
        let path = join(around.path, &component.key);
        // Off the screen a script may have written over all of it.
        let there = around.path.is_empty() || around.there && self.on_screen();
        self.row_missing = !there && get(&self.data, around.path).is_none();
        if component.holds_data {
            self.field(component, around, &path);
        } else {
            self.layout(component, around, &path);
        }
    }

    fn layout(&mut self, component: &Component, around: Around<'_>, path: &str) {
        let on_screen = self.on_screen();
        let name = || match component.kind {
            _ if component.judged_as.is_some() => component.full_path.clone(),
            // Text has no path of its own in Form.io: it is named as the row or container around, and at the top by its key alone.
            Kind::Content { .. } if on_screen || around.path.is_empty() => path.to_owned(),
            Kind::Content { .. } => around.path.to_owned(),
            _ => component.full_path.clone(),
        };
        let mut own = self.condition(component.condition.as_ref(), path, around.path, "", name);
        let (number, hidden) = (component.number, component.hidden);
        let source = component.source.as_ref();
        let place = Place { path, around: around.path, own: "", number, hidden, clears: false, source };
        let hidden = self.logic(&component.logic, place, &mut own, &mut false, &name).unwrap_or(component.hidden);
        // A layout component that logic hid stays hidden in the rows after, as it has one name for all.
        if !on_screen && component.condition.is_none() && !component.logic.is_empty() {
            own = own || self.hidden_in_rows.get(&name()) == Some(&Value::Bool(true));
        }
        let inside = Around {
            path: around.path,
            by_condition: around.by_condition || own,
            on_purpose: around.on_purpose || hidden,
            in_list: false,
            there: around.there,
        };
        self.note_visibility(path, inside);
        for child in component.kind.children() {
            self.component(child, inside);
        }
    }

    fn note_visibility(&mut self, path: &str, inside: Around<'_>) {
        if inside.by_condition || inside.on_purpose {
            self.invisible.insert(path.to_owned(), Value::Null);
        }
    }

    #[allow(clippy::too_many_lines)] // The steps of one component, in the order Form.io takes them.
    fn field(&mut self, component: &Component, around: Around<'_>, path: &str) {
        let on_screen = self.on_screen();
        if let Some(value) = self.put_aside.remove(path) {
            put(&mut self.data, path, value);
        }
        self.written.component.take();
        match self.carried.remove(path) {
            Some(Value::Array(mut given)) => put(&mut self.data, path, given.pop().unwrap_or_default()),
            Some(_) => drop(remove(&mut self.data, path)),
            None => {}
        }
        // Form.io leaves it to the client to fill in a default number: it is set, but not submitted.
        let number = matches!(component.judged(), Kind::Number { .. } | Kind::Currency { .. });
        let mut left_to_client = false;
        // An answer that JSON has no number for: there for the rules, null in the data.
        let mut not_finite = false;
        if !(number && self.preparing)
            && get(&self.data, path).is_none()
            && let Some(default) = self.default(component, around.path, path)
        {
            self.take_written();
            let default = match default {
                Worked::Value(default) => default,
                Worked::NotFinite(number) => {
                    not_finite = true;
                    self.not_finite(number)
                }
                Worked::Nothing | Worked::Undefined => Value::Null,
            };
            put(&mut self.data, path, default);
            left_to_client = number;
        }
        let worked = self.calculation(component, around, path);
        self.take_written();
        if let Some(worked) = worked {
            left_to_client = false;
            not_finite = matches!(worked, Worked::NotFinite(_));
            let new = match worked {
                Worked::Value(value) => Some(value),
                Worked::NotFinite(number) => Some(self.not_finite(number)),
                Worked::Nothing | Worked::Undefined => None,
            };
            self.work_out(path, new);
        }
        let name = || path.to_owned();
        let mut own = self.condition(component.condition.as_ref(), path, around.path, path, name);
        let place = Place {
            path,
            around: around.path,
            own: path,
            number: component.number,
            hidden: component.hidden,
            clears: component.says_clear_on_hide,
            source: component.source.as_ref(),
        };
        let known = self.effects.len();
        let hidden = self.logic(&component.logic, place, &mut own, &mut not_finite, &name).unwrap_or(component.hidden);
        // What a script set about its own component.
        let by_script = self.written.component.take();
        let hidden = by_script.as_ref().map_or(hidden, |it| truthy(it.get("hidden")));
        // What logic set is no default any more.
        left_to_client &= !self.calculated.contains_key(path);
        let effects = self.effects.get(known).map(|(_, effects)| effects);
        let remade = effects.and_then(|effects| effects.remade(component, on_screen));
        let remade = remade.or_else(|| component.remade(by_script.as_ref()?, on_screen));
        let component = remade.as_ref().unwrap_or(component);
        let required = effects.and_then(|effects| effects.required).unwrap_or(component.required);
        // On screen its parts are.
        let required = required && !(on_screen && component.has_parts);
        let inside = Around {
            path,
            by_condition: around.by_condition || own,
            on_purpose: around.on_purpose || hidden,
            in_list: false,
            there: false,
        };
        self.note_visibility(path, inside);
        let clears = inside.by_condition && component.clear_on_hide && !self.preparing;
        if !on_screen && let Some(answered) = unanswered_radio(component, get(&self.data, path)) {
            not_finite = as_not_finite(&answered).is_some();
            self.no_number |= not_finite;
            put(&mut self.data, path, answered);
            left_to_client = false;
        }
        let value = get(&self.data, path);
        // `filter`: answered at all?
        // What is no number is never the same as before: it counts as put right (`normalizeProcessSync`).
        let mut included = value.is_some() && (!left_to_client || not_finite && !on_screen);
        let normalized = match (self.preparing, not_finite) {
            (true, _) => Normalized::Same,
            (false, true) if !component.multiple || required => normalize_not_finite(component, &mut not_finite),
            (false, _) => normalize(component, required, value),
        };
        match normalized {
            Normalized::Same => {}
            // What is cleared at once need not be put right first.
            Normalized::Changed(_) if clears && value.is_some() => {}
            Normalized::Changed(value) => {
                put(&mut self.data, path, value);
                included = true;
            }
            Normalized::LeftOut => included = false,
        }
        if clears && remove(&mut self.data, path).is_some() {
            if self.looks_ahead {
                self.cleared.push(path.to_owned());
            }
            included = false;
            not_finite = false;
        }
        let start = self.problems.len();
        let mut place = start;
        let mut items = Vec::new();
        let row_missing = self.row_missing;
        let nests = match component.judged() {
            Kind::Container { components } if component.nested_form => {
                self.nested_form(component, components, inside);
                true
            }
            Kind::Container { components } => {
                for child in components {
                    self.component(child, inside);
                }
                true
            }
            Kind::DataGrid { components, .. } | Kind::EditGrid { components, .. } => {
                self.rows(component, components, inside);
                true
            }
            _ => {
                if component.judged_as.is_none() || component.tree {
                    self.inside(component, inside);
                }
                false
            }
        };
        if self.preparing {
            self.inside_other(component, inside, false);
            return;
        }
        // Text inside, which answers nothing, tells the filter of Form.io that nothing is answered where it has its path.
        let as_nest = (nests || component.tree) && !component.nested_form;
        if as_nest && !on_screen && included && !component.kind.is_list() && holds_text(&component.kind) {
            included = false;
        } else if nests && included {
            self.keep_nest(component, path);
        }
        let value = get(&self.data, path);
        // So does the condition of that text.
        let as_text = !on_screen && as_nest && component.condition.is_none() && self.hidden.contains_key(path);
        let hidden = inside.by_condition || inside.on_purpose || as_text;
        if component.checked && (!hidden || component.checked_when_hidden) {
            // A number that is left out counts as none.
            let value = value.filter(|_| included || !matches!(component.judged(), Kind::Number { .. }));
            let problems = &mut self.problems;
            let item = Cell::new(0);
            let mut found = |rule, limit, message| {
                // Before those of the components inside.
                problems.insert(place, Problem { path: DataPath::from_text(path), rule, limit, message });
                items.push(item.get());
                place += 1;
            };
            if not_finite && required && component.multiple {
                found(Rule::Array, Limit::None, None);
            }
            let plain = if not_finite { Some(&Value::Null) } else { value };
            check(component, required && !not_finite, plain, self.environment, &item, &mut |rule, limit| {
                found(rule, limit, None);
            });
            if on_screen && component.judged_as.is_some() && !component.multiple {
                let typed = plain.and_then(Value::as_str).map(|it| Value::from(trim(it)));
                check_kind(
                    component,
                    &component.kind,
                    typed.as_ref().or(plain),
                    self.environment,
                    &mut |rule, limit| {
                        found(rule, limit, None);
                    },
                );
            }
            let asker = Asker {
                data: &self.data,
                around: if row_missing { NOWHERE } else { around.path },
                own: path,
                rows: &self.rows,
                on_screen,
                today: self.environment.today,
                written: (!on_screen).then_some(&self.written),
                local: &self.local,
                local_root: &self.local_root,
                item: Item::Own,
            };
            // A number that is left out is null by now.
            let left_out = matches!(component.judged(), Kind::Number { .. }).then_some(&Value::Null);
            check_own_rules(component, value.or(left_out), &asker, &item, &mut |rule: Rule, message| {
                found(rule, Limit::None, message);
            });
            // No sentence is told twice (`error/FieldError.js`): the author's one for all rules leaves the first of them.
            if component.messages.any.is_some() && place > start + 1 {
                // A part of a day is asked for after its years.
                let turn = |it: &Problem| if matches!(it.limit, Limit::Part(_)) { Rule::Required } else { it.rule };
                // All rules of one item of a list, then those of the next, at last those of the whole.
                let found = self.problems.drain(start..place).zip(items);
                let first = found.min_by_key(|(it, item)| (*item, turn(it))).map(|(first, _)| first);
                self.problems.splice(start..start, first);
            }
        } else if !on_screen {
            // These rules look at the whole list, and are asked without asking whether the component is checked (`validateProcessSync`).
            let problems = &mut self.problems;
            if component.multiple && value.and_then(Value::as_array).is_some_and(|list| !list.is_empty()) {
                check_multiple(component, component.required, value, &mut |rule, limit| {
                    let path = DataPath::from_text(path);
                    problems.insert(place, Problem { path, rule, limit, message: None });
                    place += 1;
                });
            }
        }
        match value.filter(|_| included) {
            Some(value) if !nests => put(&mut self.filtered, path, value.clone()),
            None if matches!(component.judged(), Kind::Number { .. }) => put(&mut self.data, path, Value::Null),
            _ => {}
        }
        self.inside_other(component, inside, included);
    }

    /// What is in a form in a form, where it is looked into.
    ///
    /// Source: `shouldProcessComponent` in `utils/formUtil/index.js`.
    fn nested_form(&mut self, component: &Component, components: &[Component], form: Around<'_>) {
        let value = get(&self.data, form.path);
        let field = |name: &str| value.and_then(|value| value.get(name));
        let referred = truthy(field("_id"))
            && field("form").is_none()
            && field("data").and_then(Value::as_object).is_none_or(Map::is_empty);
        let hidden =
            component.clear_on_hide && !component.checked_when_hidden && (form.by_condition || form.on_purpose);
        if referred || hidden || !truthy(value) && !self.rows.is_empty() && !self.list_missing {
            return;
        }
        let path = join(form.path, "data");
        let root = if truthy(get(&self.data, &path)) { path.clone() } else { String::new() };
        let around = std::mem::replace(&mut self.local, path.clone());
        let root = std::mem::replace(&mut self.local_root, root);
        for child in components {
            self.component(child, Around { path: &path, ..form });
        }
        self.local = around;
        self.local_root = root;
    }

    /// The fields of a map search, and what is inside a kind that Form.io does not have. Is there anything?
    fn inside(&mut self, component: &Component, around: Around<'_>) -> bool {
        let fields = component.map_address.iter().flat_map(|address| &address.fields);
        let asked = component.judged_as.is_some() && (self.on_screen() || !component.has_parts);
        let mut fields = fields.chain(component.kind.children().filter(|_| asked)).peekable();
        if fields.peek().is_none() {
            return false;
        }
        // What is set in a list by a name is not there for JSON.
        let list = get(&self.data, around.path).filter(|it| it.is_array() && component.judged_as.is_some()).cloned();
        for field in fields {
            self.component(field, around);
        }
        if let Some(list) = list {
            put(&mut self.data, around.path, list);
        }
        true
    }

    /// What is inside a kind that Form.io does not have: it comes after the kind, belongs to an answer that is taken as it is, and for
    /// `@formio/core` nothing around hides it (`resetComponentScope`).
    fn inside_other(&mut self, component: &Component, inside: Around<'_>, included: bool) {
        if component.judged_as.is_none() || component.tree {
            return;
        }
        let around =
            if self.on_screen() { inside } else { Around { by_condition: false, on_purpose: false, ..inside } };
        let given_around = self.as_given;
        self.as_given |= included;
        let any = self.inside(component, around);
        self.as_given = given_around;
        let is_plain = |kept: &Value| !kept.is_object() && !kept.is_array();
        if any
            && included
            && !get(&self.filtered, inside.path).is_some_and(is_plain)
            && let Some(value) = get(&self.data, inside.path).cloned()
        {
            put(&mut self.filtered, inside.path, value);
        }
    }

    /// The default of a component without an answer, worked out or as the definition has it.
    fn default(&self, component: &Component, around: &str, path: &str) -> Option<Worked> {
        // Where there is nothing around yet, Form.io sets the one default and then the other.
        let overruled = || {
            let no_row = !around.is_empty() && !get(&self.data, around).is_some_and(Value::is_object);
            no_row && component.default_value.is_some()
        };
        if let Some(formula) = component.computed_default.as_ref().filter(|_| !overruled()) {
            let worked = match formula.work(&self.asker(around, path), Some(&Value::Null)) {
                Worked::Value(value) => Some(value),
                Worked::NotFinite(number) if !component.multiple => return Some(Worked::NotFinite(number)),
                Worked::Nothing | Worked::Undefined | Worked::NotFinite(_) => None,
            };
            if component.multiple && !worked.as_ref().is_some_and(Value::is_array) {
                let items = worked.filter(|value| truthy(Some(value)));
                return Some(Worked::Value(Value::Array(items.into_iter().collect())));
            }
            if let Some(worked) = worked {
                return Some(Worked::Value(worked));
            }
        }
        component.default().map(Worked::Value)
    }

    /// Works the answer out, if the definition says so and it applies. In a row Form.io works out only what has an answer already.
    ///
    /// Source: `process/calculation/index.js`. Where an answer may be given instead, one that was given stays on screen: there that is left
    /// to the renderer.
    fn calculation(&self, component: &Component, around: Around<'_>, path: &str) -> Option<Worked> {
        let formula = component.calculation.as_ref().filter(|_| !self.preparing)?;
        let asker = self.asker(around.path, path);
        let value = asker.own();
        let given = value.is_some_and(|value| !value.is_null() && value != "");
        let stays = given && component.calculation_may_be_overridden && self.on_screen();
        if value.is_none() && around.in_list || stays {
            return None;
        }
        Some(formula.work(&asker, Some(asker.value_or_null()))).filter(|worked| *worked != Worked::Nothing)
    }

    /// The rows of a list. A list that is not there at all has, for Form.io, one row that is not there.
    ///
    /// Source: `utils/formUtil/eachComponentData.js`.
    fn rows(&mut self, list: &Component, components: &[Component], grid: Around<'_>) {
        let there = get(&self.data, grid.path).is_some();
        let rows: Vec<usize> = match get(&self.data, grid.path) {
            // In a row it has the number of the row; on screen its first row is row 0, but where the list is hidden.
            None => {
                vec![self.rows.last().filter(|_| grid.by_condition || !self.on_screen()).map_or(0, |(_, row)| *row)]
            }
            Some(Value::Array(list)) => (0..list.len()).filter(|row| truthy(list.get(*row))).collect(),
            Some(_) => Vec::new(),
        };
        if self.rows.is_empty() {
            self.list_missing = !there;
        }
        for row in rows {
            let path = [grid.path, "[", &row.to_string(), "]"].concat();
            self.rows.push((list.number, row));
            for child in components {
                self.component(child, Around { path: &path, in_list: true, there, ..grid });
            }
            let hidden = grid.by_condition || grid.on_purpose;
            if self.on_screen() && !self.preparing && list.checked && !hidden {
                self.row_rule(list, &path);
            }
            self.rows.pop();
        }
    }

    /// The rule of a whole row.
    fn row_rule(&mut self, list: &Component, path: &str) {
        let Kind::EditGrid { row_check: Some(script), .. } = &list.kind else { return };
        // A list that is not there has one row that is not there.
        let Some(row) = get(&self.data, path) else { return };
        let asker = Asker {
            data: &self.data,
            around: path,
            own: path,
            rows: &self.rows,
            on_screen: true,
            today: self.environment.today,
            written: None,
            local: &self.local,
            local_root: &self.local_root,
            item: Item::Own,
        };
        if let Err(message) = refusal(script, &asker.scope(Some(row))) {
            let path = DataPath::from_text(path);
            self.problems.push(Problem { path, rule: Rule::Custom, limit: Limit::None, message });
        }
    }

    /// Keeps a container or list for the submission: what was kept inside, or an empty one.
    ///
    /// Source: `filterPostProcessSync` in `process/filter/index.js`.
    fn keep_nest(&mut self, component: &Component, path: &str) {
        if self.as_given || get(&self.data, path).is_none() {
            return;
        }
        if component.nested_form && get(&self.data, path).is_some_and(Value::is_array) {
            // A list keeps no `data`.
            let kept = get(&self.data, path).cloned().unwrap_or_default();
            put(&mut self.filtered, path, kept);
            return;
        }
        if component.nested_form {
            let data = join(path, "data");
            let kept = get(&self.filtered, &data).cloned().unwrap_or_else(|| Value::Object(Map::new()));
            put(&mut self.data, &data, kept);
            if let Some(kept) = get(&self.data, path).cloned() {
                put(&mut self.filtered, path, kept);
            }
            return;
        }
        match get(&self.filtered, path) {
            // What was left out inside is gone from the data, too. A long list is mostly kept whole.
            Some(kept) if get(&self.data, path) != Some(kept) => {
                let kept = kept.clone();
                put(&mut self.data, path, kept);
            }
            Some(_) => {}
            None if component.kind.is_list() => {
                put(&mut self.filtered, path, Value::Array(Vec::new()));
            }
            None => put(&mut self.filtered, path, Value::Object(Map::new())),
        }
    }
}

/// Is there text in it that has the path of the container for `@formio/core`?
fn holds_text(kind: &Kind) -> bool {
    let holds = |it: &Component| matches!(it.kind, Kind::Content { .. }) || holds_text(&it.kind);
    kind.children().filter(|it| !it.holds_data).any(holds)
}

/// Changes a setting of the component.
fn change(effects: &mut Effects, place: Place<'_>, how: impl FnOnce(&mut Value)) {
    if let Some(source) = place.source {
        let mut changed = effects.changed.as_deref().unwrap_or(source).clone();
        how(&mut changed);
        effects.changed = Some(Arc::new(changed));
    }
}

/// Puts null for every number that JSON has not.
fn without_not_finite(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(without_not_finite),
        Value::Object(object) => object.values_mut().for_each(without_not_finite),
        _ if as_not_finite(value).is_some() => *value = Value::Null,
        _ => {}
    }
}

/// What an answer becomes that JSON has no number for (`NaN`).
fn normalize_not_finite(component: &Component, not_finite: &mut bool) -> Normalized {
    match component.judged() {
        Kind::Number { .. } => {
            *not_finite = false;
            Normalized::LeftOut
        }
        Kind::SelectBoxes { .. } => {
            *not_finite = false;
            Normalized::Changed(Value::Object(Map::new()))
        }
        Kind::Select { .. } => {
            *not_finite = false;
            Normalized::Changed(Value::from("NaN"))
        }
        _ => Normalized::Same,
    }
}

/// The place at the top of the data whose name is blank, as lodash writes it: of a component without a key.
#[cfg(not(target_arch = "wasm32"))]
const NAMELESS: &str = "[]";

fn join(around: &str, key: &str) -> String {
    #[cfg(not(target_arch = "wasm32"))]
    match (around, key) {
        ("" | NAMELESS, "") => return NAMELESS.to_owned(),
        (NAMELESS, key) => return key.to_owned(),
        (around, "") => return around.to_owned(),
        _ => {}
    }
    if around.is_empty() {
        return key.to_owned();
    }
    let mut path = String::with_capacity(around.len() + key.len() + 1);
    path.push_str(around);
    path.push('.');
    path.push_str(key);
    path
}
