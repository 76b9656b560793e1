//! References: which component a condition names, found once when the definition is read.
//!
//! Source: `getComponentFromPath` in `utils/formUtil/index.js`: by data path, else by full path with layout keys, else by path without
//! rows, else the first component with that key.

use crate::component::{Component, Kind, Step};
use crate::conditions::{Emptiness, Target, Test};
use crate::json_logic;
use crate::logic::{Action, Formula};
use crate::path::{Segment, segments};
use crate::script::Script;

/// A component where conditions look for it.
pub(crate) struct Entry {
    pub(crate) number: usize,
    key: String,
    /// Data path without rows; for layout components the path of what is around.
    pub(crate) path: String,
    full_path: String,
    lists: Vec<(usize, String)>,
    within_list: String,
    pub(crate) layout: bool,
    select_boxes: bool,
    day_first: Option<bool>,
    emptiness: Emptiness,
}

#[derive(Clone, Default)]
pub(crate) struct Around {
    path: String,
    lists: Vec<(usize, String)>,
    within_list: String,
}

/// Finds what every condition names. Returns whether any condition looks ahead.
pub(crate) fn resolve(steps: &mut [Step]) -> bool {
    let mut entries = Vec::new();
    for step in &*steps {
        if step.panel {
            entries.push(Entry {
                number: step.number,
                key: step.key.clone(),
                path: String::new(),
                full_path: step.key.clone(),
                lists: Vec::new(),
                within_list: String::new(),
                layout: true,
                select_boxes: false,
                day_first: None,
                emptiness: Emptiness::Plain,
            });
        }
        for component in &step.components {
            collect(component, &Around::default(), &mut entries);
        }
    }
    let mut looks_ahead = false;
    for step in steps {
        for test in step.condition.iter_mut().flat_map(|it| &mut it.tests) {
            looks_ahead |= resolve_test(test, step.number, "", &entries);
        }
        for logic in &mut step.logic {
            looks_ahead |= resolve_test(&mut logic.trigger, step.number, "", &entries);
        }
        for component in &mut step.components {
            looks_ahead |= resolve_component(component, "", &entries);
        }
    }
    looks_ahead
}

pub(crate) fn join(around: &str, key: &str) -> String {
    if around.is_empty() { key.to_owned() } else { [around, ".", key].concat() }
}

pub(crate) fn collect(component: &Component, around: &Around, entries: &mut Vec<Entry>) {
    let layout = !component.holds_data;
    let own = if layout {
        around.clone()
    } else {
        Around {
            path: join(&around.path, &component.key),
            lists: around.lists.clone(),
            within_list: join(&around.within_list, &component.key),
        }
    };
    entries.push(Entry {
        number: component.number,
        key: component.box_key.as_ref().unwrap_or(&component.key).clone(),
        path: own.path.clone(),
        full_path: component.full_path.clone(),
        lists: own.lists.clone(),
        within_list: own.within_list.clone(),
        layout,
        select_boxes: matches!(component.judged(), Kind::SelectBoxes { .. }),
        day_first: match component.judged() {
            Kind::Day { day_first, .. } => Some(*day_first),
            _ => None,
        },
        emptiness: emptiness(component),
    });
    let mut inside = own;
    if component.kind.is_list() {
        let within_list = std::mem::take(&mut inside.within_list);
        inside.lists.push((component.number, within_list));
    }
    let fields = component.map_address.iter().flat_map(|address| &address.fields);
    for child in component.written_children().chain(fields) {
        collect(child, &inside, entries);
    }
}

fn emptiness(component: &Component) -> Emptiness {
    match component.judged() {
        Kind::Hidden if component.holds_data && component.written_children().next().is_some() => {
            Emptiness::Object(fields_inside(component))
        }
        Kind::Checkbox => Emptiness::Checkbox,
        Kind::Radio { .. } if component.box_key.is_some() => Emptiness::Checkbox,
        Kind::Address => Emptiness::Address,
        Kind::TextField { .. } | Kind::PhoneNumber => Emptiness::Trimmed,
        Kind::TextArea { .. } => Emptiness::TrimmedArea,
        Kind::Day { .. } | Kind::DateTime { .. } | Kind::Time { .. } => Emptiness::Blank,
        Kind::SelectBoxes { .. } => Emptiness::SelectBoxes,
        Kind::Number { .. } => Emptiness::Number,
        Kind::Container { .. } => Emptiness::Object(fields_inside(component)),
        Kind::DataGrid { .. } | Kind::EditGrid { .. } => Emptiness::List(fields_inside(component)),
        Kind::Fieldset { .. }
        | Kind::Well { .. }
        | Kind::Table { .. }
        | Kind::Tabs { .. }
        | Kind::Columns { .. }
        | Kind::Content { .. }
        | Kind::Currency { .. }
        | Kind::Radio { .. }
        | Kind::Select { .. }
        | Kind::Email
        | Kind::Url
        | Kind::Tags { .. }
        | Kind::Survey { .. }
        | Kind::Signature
        | Kind::File { .. }
        | Kind::Hidden
        | Kind::Button => Emptiness::Plain,
    }
}

fn fields_inside(component: &Component) -> Vec<(String, Emptiness)> {
    let mut fields = Vec::new();
    for child in component.kind.children() {
        if child.kind.is_layout() && !child.holds_data {
            fields.extend(fields_inside(child));
        } else {
            fields.push((child.key.clone(), emptiness(child)));
        }
    }
    fields
}

fn resolve_component(component: &mut Component, around: &str, entries: &[Entry]) -> bool {
    let number = component.number;
    let mut looks_ahead = false;
    let condition = component.condition.iter_mut().flat_map(|it| &mut it.tests);
    for test in condition.chain(component.logic.iter_mut().map(|logic| &mut logic.trigger)) {
        looks_ahead |= resolve_test(test, number, around, entries);
    }
    let values = component.logic.iter().flat_map(|logic| &logic.actions).filter_map(|action| match action {
        Action::Value(formula) => Some(formula),
        Action::Switch(..) | Action::Text(..) | Action::Setting(..) | Action::TextSetting(..) | Action::Merge(_) => {
            None
        }
    });
    for formula in component.calculation.iter().chain(&component.computed_default).chain(values) {
        looks_ahead |= match formula {
            Formula::Script(script) => script_reads_ahead(script, number, around, entries),
            Formula::Json(rule) => rule_reads_ahead(rule, number, around, entries),
        };
    }
    let inside = if component.kind.is_layout() { around.to_owned() } else { join(around, &component.key) };
    let fields = component.map_address.iter_mut().flat_map(|address| &mut address.fields);
    for child in component.kind.children_mut().chain(fields) {
        looks_ahead |= resolve_component(child, &inside, entries);
    }
    looks_ahead
}

fn resolve_test(test: &mut Test, number: usize, around: &str, entries: &[Entry]) -> bool {
    match test {
        Test::Json(rule) => return rule_reads_ahead(rule, number, around, entries),
        Test::Script(script) => return script_reads_ahead(script, number, around, entries),
        Test::Clauses { .. } | Test::When { .. } => {}
    }
    let mut looks_ahead = false;
    for reference in test.references_mut() {
        reference.target = find(&reference.text, entries);
        looks_ahead |= reference.target.as_ref().is_some_and(|target| !target.layout && target.number >= number);
    }
    looks_ahead
}

fn rule_reads_ahead(rule: &serde_json::Value, number: usize, around: &str, entries: &[Entry]) -> bool {
    let mut variables = Vec::new();
    let all = json_logic::variables(rule, &mut variables);
    !all || variables.iter().any(|variable| match variable.split_once('.') {
        Some(("data", path)) => reads_ahead(&without_rows(path), number, entries),
        Some(("row", path)) => reads_ahead(&join(around, &without_rows(path)), number, entries),
        None => variable == "data" || variable == "row" || variable.is_empty(),
        Some(_) => false,
    })
}

fn script_reads_ahead(script: &Script, number: usize, around: &str, entries: &[Entry]) -> bool {
    script.reads().any(|read| {
        let path = without_rows(&read.path);
        let path = match (read.in_row, path.is_empty()) {
            (false, _) => path,
            (true, true) => around.to_owned(),
            (true, false) => join(around, &path),
        };
        path.is_empty() || reads_ahead(&path, number, entries)
    })
}

/// Is the path `outer`, or inside it? Both without rows.
pub(crate) fn within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Does the path, without rows, touch a component that is not before this one?
fn reads_ahead(path: &str, number: usize, entries: &[Entry]) -> bool {
    entries.iter().any(|entry| {
        !entry.layout && entry.number >= number && within(&entry.path, path)
            || !entry.layout && entry.number == number && within(path, &entry.path)
    })
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

fn find(text: &str, entries: &[Entry]) -> Option<Target> {
    if text.contains('[') {
        // Without data Form.io knows the first row only.
        let first_rows_only = segments(text).all(|segment| !matches!(segment, Segment::Row(row) if row > 0));
        let plain = without_rows(text);
        let entry = entries.iter().find(|entry| !entry.layout && entry.path == plain && !entry.lists.is_empty())?;
        return first_rows_only.then(|| target(entry, None, false));
    }
    let at_top = |entry: &&Entry| !entry.layout && entry.lists.is_empty();
    if let Some(entry) = entries.iter().rfind(|entry| at_top(entry) && entry.path == text) {
        return Some(target(entry, None, false));
    }
    if let Some((boxes, option)) = text.rsplit_once('.')
        && let Some(entry) = entries.iter().find(|entry| at_top(entry) && entry.select_boxes && entry.path == boxes)
    {
        return Some(target(entry, Some(option), false));
    }
    if let Some(entry) = entries.iter().find(|entry| entry.full_path == text) {
        return Some(target(entry, None, false));
    }
    if let Some(entry) = entries.iter().find(|entry| !entry.layout && entry.path == text) {
        return Some(target(entry, None, false));
    }
    entries.iter().find(|entry| entry.key == text).map(|entry| target(entry, None, true))
}

fn target(entry: &Entry, option: Option<&str>, by_key: bool) -> Target {
    Target {
        number: entry.number,
        lists: entry.lists.clone(),
        path: entry.within_list.clone(),
        option: option.map(str::to_owned),
        by_key,
        layout: entry.layout,
        select_boxes: entry.select_boxes,
        day_first: entry.day_first,
        emptiness: entry.emptiness.clone(),
    }
}
