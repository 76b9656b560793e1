//! Evaluating: what is hidden, what is wrong, and what would be submitted.
//!
//! One walk over the definition and the data does what `processSync` of `@formio/core` 2.8.3 does with its default processors:
//! default, condition, normalise, clear, then the components inside, then filter and check. Where a condition asks about a later
//! component, the walk is repeated until nothing changes: Form.io's own renderer does so too, `processSync` does not.

use crate::answers::{Answers, get, put, remove};
use crate::component::{Component, Form, Kind, Step};
use crate::conditions::{Asker, Condition};
use crate::environment::Environment;
use crate::javascript::truthy;
use crate::normalize::{Normalized, normalize};
use crate::path::DataPath;
use crate::rules::{Problem, check};
use serde_json::{Map, Value};
use std::cmp::Ordering;

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
    /// The position of the first problem by its path.
    first_problems: Map<String, Value>,
    /// How many problems there are up to the end of each step.
    pub(crate) problems_by_step: Vec<usize>,
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

    /// The first thing wrong at `path`.
    #[must_use]
    pub fn problem(&self, path: &DataPath) -> Option<&Problem> {
        self.problem_numbered(self.first_problems.get(path.as_str())?)
    }

    /// Calls `tell` with each path at which this outcome differs from the one `before`, and in what: what is shown can be put right
    /// there and nowhere else.
    pub fn differences(&self, before: &Self, mut tell: impl FnMut(&str, Difference)) {
        differing(&before.invisible, &self.invisible, |_, _| true, &mut |path| tell(path, Difference::Visibility));
        let same = |old: &Value, new: &Value| before.problem_numbered(old) == self.problem_numbered(new);
        differing(&before.first_problems, &self.first_problems, same, &mut |path| tell(path, Difference::Problem));
    }

    fn problem_numbered(&self, position: &Value) -> Option<&Problem> {
        self.problems.get(usize::try_from(position.as_u64()?).ok()?)
    }
}

/// In what two outcomes differ at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// On screen in one, not in the other.
    Visibility,
    /// The first problem is another, or there is one in only one of them.
    Problem,
}

/// Calls `tell` with each key that only one of two maps has, or whose values are not the same. Both keep their keys sorted.
fn differing(
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    same: impl Fn(&Value, &Value) -> bool,
    tell: &mut dyn FnMut(&str),
) {
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some((left, _)), Some((right, _))) => left.cmp(right),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => return,
        };
        let left = if order.is_le() { old.next() } else { None };
        let right = if order.is_ge() { new.next() } else { None };
        match (left, right) {
            (Some((_, left)), Some((_, right))) if same(left, right) => {}
            (Some((path, _)), _) | (None, Some((path, _))) => tell(path),
            (None, None) => return,
        }
    }
}

/// Derives the outcome. Pure and total: any form and any answers give one, and neither is changed.
#[must_use]
pub fn evaluate(form: &Form, answers: &Answers, environment: &Environment<'_>) -> Outcome {
    let mut walk = Walk::new(environment, answers.data().clone());
    walk.form(form);
    if form.looks_ahead {
        walk = settle(form, answers, environment, walk);
    }
    walk.finish(form)
}

/// Walks again and again, each time without what the last walk cleared, until a walk clears the same.
fn settle<'a>(form: &Form, answers: &Answers, environment: &'a Environment<'a>, first: Walk<'a>) -> Walk<'a> {
    // Everything with its default, nothing hidden: what a later component holds when an earlier one asks.
    let mut preparing = Walk::new(environment, answers.data().clone());
    preparing.preparing = true;
    preparing.form(form);
    let prepared = preparing.data;
    let mut last = first;
    let mut ever_hidden = Map::new();
    for round in 0..MAX_WALKS {
        let mut walk = Walk::new(environment, prepared.clone());
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
        walk.form(form);
        if let Some(forced) = walk.forced.take() {
            ever_hidden = forced;
        }
        let settled = round > 0 && walk.cleared == last.cleared && walk.conditions_false == last.conditions_false;
        last = walk;
        if settled {
            break;
        }
    }
    last
}

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
    /// Places that stay hidden whatever their condition says.
    forced: Option<Map<String, Value>>,
    /// Only defaults.
    preparing: bool,
    /// Must what is cleared and hidden be remembered for another walk?
    looks_ahead: bool,
}

/// What a component inherits.
#[derive(Clone, Copy)]
struct Around<'p> {
    /// The path of the row or container, blank at the top.
    path: &'p str,
    /// Hidden by a condition, its own or one further out.
    by_condition: bool,
    /// Hidden by `hidden: true`, its own or one further out.
    on_purpose: bool,
}

impl<'a> Walk<'a> {
    fn new(environment: &'a Environment<'a>, data: Value) -> Self {
        Self {
            environment,
            data,
            filtered: Value::Object(Map::new()),
            problems: Vec::new(),
            problems_by_step: Vec::new(),
            hidden: Map::new(),
            hidden_in_rows: Map::new(),
            looks_ahead: false,
            invisible: Map::new(),
            invisible_steps: Vec::new(),
            rows: Vec::new(),
            cleared: Vec::new(),
            conditions_false: Vec::new(),
            put_aside: Map::new(),
            forced: None,
            preparing: false,
        }
    }

    fn finish(mut self, form: &Form) -> Outcome {
        for (name, hides) in self.hidden_in_rows {
            if hides == Value::Bool(true) {
                self.hidden.insert(name, Value::Null);
            }
        }
        // A map keeps its keys sorted; all the sets here are of the one type that JSON needs anyway.
        let hidden = self.hidden.into_iter().map(|(name, _)| name).collect();
        self.invisible_steps.resize(form.steps.len(), false);
        let data = match self.filtered {
            Value::Object(data) => data,
            _ => Map::new(),
        };
        let mut first_problems = Map::new();
        for (position, problem) in self.problems.iter().enumerate() {
            if !first_problems.contains_key(problem.path.as_str()) {
                first_problems.insert(problem.path.to_string(), Value::from(position));
            }
        }
        Outcome {
            problems: self.problems,
            hidden,
            data,
            invisible: self.invisible,
            invisible_steps: self.invisible_steps,
            first_problems,
            problems_by_step: self.problems_by_step,
        }
    }

    fn form(&mut self, form: &Form) {
        self.looks_ahead = form.looks_ahead;
        for step in &form.steps {
            self.step(step);
        }
    }

    fn step(&mut self, step: &Step) {
        let by_condition =
            step.panel && self.condition(step.condition.as_ref(), &step.key, "", "", || step.key.clone());
        self.invisible_steps.push(by_condition || step.hidden);
        let around = Around { path: "", by_condition, on_purpose: step.hidden };
        for component in &step.components {
            self.component(component, around);
        }
        self.problems_by_step.push(self.problems.len());
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
        let asker = Asker { data: &self.data, around, own, rows: &self.rows };
        let mut hides = condition.hides(&asker);
        if let Some(forced) = &mut self.forced {
            if hides {
                forced.insert(place.to_owned(), Value::Null);
            } else {
                hides = forced.contains_key(place);
            }
        }
        if hides && self.looks_ahead {
            self.conditions_false.push(place.to_owned());
        }
        if !self.rows.is_empty() && own.is_empty() {
            // A layout component has one name for all rows.
            self.hidden_in_rows.insert(name(), Value::Bool(hides));
        } else if hides {
            self.hidden.insert(name(), Value::Null);
        }
        hides
    }

    fn component(&mut self, component: &Component, around: Around<'_>) {
        let path = join(around.path, &component.key);
        if component.holds_data {
            self.field(component, around, &path);
        } else {
            self.layout(component, around, &path);
        }
    }

    fn layout(&mut self, component: &Component, around: Around<'_>, path: &str) {
        let name = || match component.kind {
            // Text has no path of its own in Form.io: at the top its key alone names it.
            Kind::Content { .. } => path.to_owned(),
            _ => component.full_path.clone(),
        };
        let own = self.condition(component.condition.as_ref(), path, around.path, "", name);
        let inside = Around {
            path: around.path,
            by_condition: around.by_condition || own,
            on_purpose: around.on_purpose || component.hidden,
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

    fn field(&mut self, component: &Component, around: Around<'_>, path: &str) {
        if let Some(value) = self.put_aside.remove(path) {
            put(&mut self.data, path, value);
        }
        // Form.io leaves it to the client to fill in a default number: it is set, but not submitted.
        let number = matches!(component.kind, Kind::Number { .. } | Kind::Currency { .. });
        let mut left_to_client = false;
        if let Some(default) = component.default()
            && !(number && self.preparing)
            && get(&self.data, path).is_none()
        {
            put(&mut self.data, path, default);
            left_to_client = number;
        }
        let own = self.condition(component.condition.as_ref(), path, around.path, path, || path.to_owned());
        let inside = Around {
            path,
            by_condition: around.by_condition || own,
            on_purpose: around.on_purpose || component.hidden,
        };
        self.note_visibility(path, inside);
        let clears = inside.by_condition && component.clear_on_hide && !self.preparing;
        let value = get(&self.data, path);
        // `filter`: answered at all?
        let mut included = value.is_some() && !left_to_client;
        match if self.preparing { Normalized::Same } else { normalize(component, value) } {
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
        }
        let mut place = self.problems.len();
        let nests = match &component.kind {
            Kind::Container { components } => {
                for child in components {
                    self.component(child, inside);
                }
                true
            }
            Kind::DataGrid { components, .. } | Kind::EditGrid { components, .. } => {
                self.rows(component.number, components, inside);
                true
            }
            _ => false,
        };
        if self.preparing {
            return;
        }
        if nests && included {
            self.keep_nest(component, path);
        }
        let value = get(&self.data, path);
        let hidden = inside.by_condition || inside.on_purpose;
        if component.checked && (!hidden || component.checked_when_hidden) {
            // A number that is left out counts as none.
            let value = value.filter(|_| included || !matches!(component.kind, Kind::Number { .. }));
            let problems = &mut self.problems;
            check(component, value, self.environment, &mut |rule, limit| {
                // Before those of the components inside.
                problems.insert(place, Problem { path: DataPath::from_text(path), rule, limit });
                place += 1;
            });
        }
        match value.filter(|_| included) {
            Some(value) if !nests => put(&mut self.filtered, path, value.clone()),
            None if matches!(component.kind, Kind::Number { .. }) => put(&mut self.data, path, Value::Null),
            _ => {}
        }
    }

    /// The rows of a list. A list that is not there at all has, for Form.io, one row that is not there.
    ///
    /// Source: `utils/formUtil/eachComponentData.js`.
    fn rows(&mut self, number: usize, components: &[Component], grid: Around<'_>) {
        let rows: Vec<usize> = match get(&self.data, grid.path) {
            None => vec![0],
            Some(Value::Array(list)) => (0..list.len()).filter(|row| truthy(list.get(*row))).collect(),
            Some(_) => Vec::new(),
        };
        for row in rows {
            let path = format!("{}[{row}]", grid.path);
            self.rows.push((number, row));
            for child in components {
                self.component(child, Around { path: &path, ..grid });
            }
            self.rows.pop();
        }
    }

    /// Keeps a container or list for the submission: what was kept inside, or an empty one.
    ///
    /// Source: `filterPostProcessSync` in `process/filter/index.js`.
    fn keep_nest(&mut self, component: &Component, path: &str) {
        if get(&self.data, path).is_none() {
            return;
        }
        match get(&self.filtered, path) {
            Some(kept) => {
                let kept = kept.clone();
                put(&mut self.data, path, kept);
            }
            None if component.kind.is_list() => {
                put(&mut self.filtered, path, Value::Array(Vec::new()));
            }
            None => put(&mut self.filtered, path, Value::Object(Map::new())),
        }
    }
}

fn join(around: &str, key: &str) -> String {
    if around.is_empty() {
        return key.to_owned();
    }
    let mut path = String::with_capacity(around.len() + key.len() + 1);
    path.push_str(around);
    path.push('.');
    path.push_str(key);
    path
}
