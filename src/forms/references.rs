//! References: which component a condition names, found once when the definition is read.
//!
//! Source: `getComponentFromPath` in `utils/formUtil/index.js`: by data path, else by full path with layout keys, else by path without
//! rows, else the first component with that key.

use crate::component::{Component, Kind, Step};
use crate::conditions::{Condition, Emptiness, Target, Test};
use crate::json_logic;
use crate::path::{Segment, segments};

/// A component where conditions look for it.
struct Entry {
    number: usize,
    key: String,
    /// Data path without rows; for layout components the path of what is around.
    path: String,
    full_path: String,
    lists: Vec<(usize, String)>,
    within_list: String,
    layout: bool,
    select_boxes: bool,
    day_first: Option<bool>,
    emptiness: Emptiness,
}

#[derive(Clone, Default)]
struct Around {
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
        if let Some(condition) = &mut step.condition {
            looks_ahead |= resolve_condition(condition, step.number, "", &entries);
        }
        for component in &mut step.components {
            looks_ahead |= resolve_component(component, "", &entries);
        }
    }
    looks_ahead
}

fn join(around: &str, key: &str) -> String {
    if around.is_empty() { key.to_owned() } else { format!("{around}.{key}") }
}

fn collect(component: &Component, around: &Around, entries: &mut Vec<Entry>) {
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
        key: component.key.clone(),
        path: own.path.clone(),
        full_path: component.full_path.clone(),
        lists: own.lists.clone(),
        within_list: own.within_list.clone(),
        layout,
        select_boxes: matches!(component.kind, Kind::SelectBoxes { .. }),
        day_first: match component.kind {
            Kind::Day { day_first, .. } => Some(day_first),
            _ => None,
        },
        emptiness: emptiness(component),
    });
    let mut inside = own;
    if component.kind.is_list() {
        let within_list = std::mem::take(&mut inside.within_list);
        inside.lists.push((component.number, within_list));
    }
    for child in component.kind.children() {
        collect(child, &inside, entries);
    }
}

fn emptiness(component: &Component) -> Emptiness {
    match &component.kind {
        Kind::Checkbox => Emptiness::Checkbox,
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
        if child.kind.is_layout() {
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
    if let Some(condition) = &mut component.condition {
        looks_ahead |= resolve_condition(condition, number, around, entries);
    }
    let inside = if component.kind.is_layout() { around.to_owned() } else { join(around, &component.key) };
    for child in component.kind.children_mut() {
        looks_ahead |= resolve_component(child, &inside, entries);
    }
    looks_ahead
}

fn resolve_condition(condition: &mut Condition, number: usize, around: &str, entries: &[Entry]) -> bool {
    if let Test::Json(rule) = &condition.test {
        let mut variables = Vec::new();
        let all = json_logic::variables(rule, &mut variables);
        return !all || variables.iter().any(|variable| reads_ahead(variable, number, around, entries));
    }
    let mut looks_ahead = false;
    for reference in condition.references_mut() {
        reference.target = find(&reference.text, entries);
        looks_ahead |= reference.target.as_ref().is_some_and(|target| !target.layout && target.number >= number);
    }
    looks_ahead
}

/// Does `data.…` or `row.…` touch a component that is not before this one?
fn reads_ahead(variable: &str, number: usize, around: &str, entries: &[Entry]) -> bool {
    let path = match variable.split_once('.') {
        Some(("data", path)) => without_rows(path),
        Some(("row", path)) => join(around, &without_rows(path)),
        None if variable == "data" || variable == "row" || variable.is_empty() => return true,
        _ => return false,
    };
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    entries.iter().any(|entry| {
        !entry.layout && entry.number >= number && (within(&entry.path, &path) || entry.path == path)
            || !entry.layout && entry.number == number && within(&path, &entry.path)
    })
}

fn without_rows(path: &str) -> String {
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
