//! References: which component a condition names, found once when the definition is read.
//!
//! Source: `getComponentFromPath` in `utils/formUtil/index.js`: by data path, else by full path with layout keys, else by path without
//! rows, else the first component with that key.

use crate::component::{Component, Kind, Step};
use crate::conditions::{Condition, Emptiness, Target, Test};
use crate::logic::Logic;
use crate::path::{Segment, segments};
use crate::reads::{self, Asked, When, join, within, without_rows};

/// So many components of one key are looked at, one after the other, where a condition names the bare key: each condition keeps them.
const MAX_MEANT: usize = 16;

/// A component where conditions look for it.
pub(crate) struct Entry {
    pub(crate) number: usize,
    key: String,
    /// Data path without rows; for layout components the path of what is around.
    pub(crate) path: String,
    full_path: String,
    /// Where it is in a form in a form.
    local: Option<Local>,
    lists: Vec<(usize, String)>,
    within_list: String,
    pub(crate) layout: bool,
    /// Is it part of an answer that is taken as it is, that of a kind that Form.io does not have?
    pub(crate) of_other: bool,
    select_boxes: bool,
    day_first: Option<bool>,
    emptiness: Emptiness,
}

/// Where a component is in a form in a form. For comparing only.
#[derive(Clone)]
struct Local {
    /// With the `data` of every form around.
    data_path: String,
    /// From the form around.
    path: String,
    /// The full path of the form around.
    form: String,
    /// How many lists there are around that form.
    lists: usize,
}

#[derive(Clone, Default)]
pub(crate) struct Around {
    path: String,
    local: Option<Local>,
    lists: Vec<(usize, String)>,
    within_list: String,
    of_other: bool,
}

/// Finds what every condition names. Returns whether anything is asked about that is worked out later.
pub(crate) fn resolve(steps: &mut [Step]) -> bool {
    let mut entries = Vec::new();
    for step in &*steps {
        if step.panel {
            entries.push(Entry {
                number: step.number,
                key: step.key.clone(),
                path: String::new(),
                full_path: step.key.clone(),
                local: None,
                lists: Vec::new(),
                within_list: String::new(),
                layout: true,
                of_other: false,
                select_boxes: false,
                day_first: None,
                emptiness: Emptiness::Plain,
            });
        }
        for component in &step.components {
            collect(component, &Around::default(), &mut entries);
        }
    }
    for step in &mut *steps {
        resolve_tests(step.condition.as_mut(), &mut step.logic, &entries, &entries);
        for component in &mut step.components {
            resolve_component(component, &entries, &entries);
        }
    }
    let mut looks_ahead = false;
    reads::of_steps(steps, &mut |number, when, asked| {
        let first = number + usize::from(when == When::After);
        looks_ahead |= match asked {
            Asked::All => true,
            Asked::Named(reference) => {
                let mut meant = reference.target.iter().flat_map(Target::all);
                meant.any(|it| !it.layout && it.number >= first)
            }
            Asked::Place(path) => entries.iter().any(|entry| entry.number >= first && entry.meets(&path)),
        };
    });
    looks_ahead
}

impl Local {
    fn with(&self, key: &str) -> Self {
        Self { data_path: join(&self.data_path, key), path: join(&self.path, key), ..self.clone() }
    }
}

impl Entry {
    fn data_path(&self) -> &str {
        self.local.as_ref().map_or(&self.path, |it| &it.data_path)
    }

    /// Is its answer in the place, or around it?
    pub(crate) fn meets(&self, path: &str) -> bool {
        !self.layout && (within(&self.path, path) || within(path, &self.path))
    }
}

pub(crate) fn collect(component: &Component, around: &Around, entries: &mut Vec<Entry>) {
    let layout = !component.holds_data;
    let own = if layout {
        around.clone()
    } else {
        Around {
            path: join(&around.path, &component.key),
            local: around.local.as_ref().map(|it| it.with(&component.key)),
            lists: around.lists.clone(),
            within_list: join(&around.within_list, &component.key),
            of_other: around.of_other || component.judged_as.is_some(),
        }
    };
    entries.push(Entry {
        number: component.number,
        key: component.box_key.as_ref().unwrap_or(&component.key).clone(),
        path: own.path.clone(),
        full_path: component.full_path.clone(),
        local: own.local.clone(),
        lists: own.lists.clone(),
        within_list: own.within_list.clone(),
        layout,
        of_other: own.of_other,
        select_boxes: matches!(component.judged(), Kind::SelectBoxes { .. }),
        day_first: match component.judged() {
            Kind::Day { day_first, .. } => Some(*day_first),
            _ => None,
        },
        emptiness: emptiness(component),
    });
    let mut inside = own;
    if cfg!(not(target_arch = "wasm32")) && component.nested_form {
        inside.within_list = join(&inside.within_list, "data");
        let data_path = inside.local.as_ref().map_or(&inside.path, |it| &it.data_path);
        inside.local = Some(Local {
            data_path: join(data_path, "data"),
            path: String::new(),
            form: component.full_path.clone(),
            lists: inside.lists.len(),
        });
    }
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
            let inside = fields_inside(child).into_iter();
            fields.extend(inside.map(|(key, it)| (if component.nested_form { join("data", &key) } else { key }, it)));
        } else {
            let key = if component.nested_form { join("data", &child.key) } else { child.key.clone() };
            fields.push((key, emptiness(child)));
        }
    }
    fields
}

/// `local` are the components of the form around, which lists of conditions are asked of (`checkSimpleConditional`).
fn resolve_component(component: &mut Component, entries: &[Entry], local: &[Entry]) {
    resolve_tests(component.condition.as_mut(), &mut component.logic, entries, local);
    let mut inside = Vec::new();
    if cfg!(not(target_arch = "wasm32")) && component.nested_form {
        for child in component.written_children() {
            collect(child, &Around::default(), &mut inside);
        }
        for entry in &mut inside {
            let form = component.full_path.len() + 1;
            entry.full_path = entry.full_path.get(form..).unwrap_or_default().to_owned();
        }
    }
    let local = if component.nested_form { &inside } else { local };
    let fields = component.map_address.iter_mut().flat_map(|address| &mut address.fields);
    for child in component.kind.children_mut().chain(fields) {
        resolve_component(child, entries, local);
    }
}

fn resolve_tests(condition: Option<&mut Condition>, logic: &mut [Logic], entries: &[Entry], local: &[Entry]) {
    let tests = condition.into_iter().flat_map(|it| &mut it.tests);
    for test in tests.chain(logic.iter_mut().map(|it| &mut it.trigger)) {
        let entries = if matches!(test, Test::Clauses { .. }) { local } else { entries };
        for reference in test.references_mut() {
            reference.target = find(&reference.text, entries);
        }
    }
}

fn find(text: &str, entries: &[Entry]) -> Option<Target> {
    if text.contains('[') {
        // Without data Form.io knows the first row only.
        let first_rows_only = segments(text).all(|segment| !matches!(segment, Segment::Row(row) if row > 0));
        let plain = without_rows(text);
        let entry =
            entries.iter().find(|entry| !entry.layout && entry.data_path() == plain && !entry.lists.is_empty())?;
        return first_rows_only.then(|| target(entry, None, false));
    }
    let at_top = |entry: &&Entry| !entry.layout && entry.lists.is_empty();
    let at_its_path = |entry: &&Entry, path: &str| at_top(entry) && entry.data_path() == path;
    if let Some(entry) = entries.iter().rfind(|entry| at_its_path(entry, text)) {
        return Some(target(entry, None, false));
    }
    let boxes = text.rsplit_once('.');
    if let Some((boxes, option)) = boxes
        && let Some(entry) = entries.iter().find(|entry| entry.select_boxes && at_its_path(entry, boxes))
    {
        return Some(target(entry, Some(option), false));
    }
    if cfg!(not(target_arch = "wasm32")) {
        let at_its_local_path = |entry: &&Entry, path: &str| {
            !entry.layout && entry.local.as_ref().is_some_and(|it| it.path == path && it.lists == entry.lists.len())
        };
        if let Some(entry) = entries.iter().rfind(|entry| at_its_local_path(entry, text)) {
            return Some(target(entry, None, false));
        }
        if let Some((boxes, option)) = boxes
            && let Some(entry) = entries.iter().rfind(|entry| entry.select_boxes && at_its_local_path(entry, boxes))
        {
            return Some(target(entry, Some(option), false));
        }
    }
    if let Some(entry) = entries.iter().find(|entry| entry.full_path == text) {
        return Some(target(entry, None, false));
    }
    if let Some(entry) = entries.iter().find(|entry| !entry.layout && entry.path == text) {
        return Some(target(entry, None, false));
    }
    if cfg!(not(target_arch = "wasm32")) {
        let full = |entry: &Entry, form: &str| {
            entry.full_path.strip_prefix(form).and_then(|it| it.strip_prefix('.')) == Some(text)
        };
        let by_local = |full_path: bool| {
            entries.iter().find(|entry| {
                let local = entry.local.as_ref();
                local.is_some_and(|it| if full_path { full(entry, &it.form) } else { !entry.layout && it.path == text })
            })
        };
        if let Some(entry) = by_local(true).or_else(|| by_local(false)) {
            return Some(target(entry, None, false));
        }
    }
    // Those after one that is always there are never meant.
    let named: Vec<&Entry> = entries.iter().filter(|entry| entry.key == text).collect();
    let last = named.iter().position(|entry| entry.layout || entry.lists.is_empty()).map_or(named.len(), |at| at + 1);
    named[..last.min(MAX_MEANT)].iter().rev().fold(None, |otherwise: Option<Target>, entry| {
        Some(Target { otherwise: otherwise.map(Box::new), ..target(entry, None, true) })
    })
}

fn target(entry: &Entry, option: Option<&str>, by_key: bool) -> Target {
    Target {
        number: entry.number,
        lists: entry.lists.clone(),
        path: entry.within_list.clone(),
        option: option.map(str::to_owned),
        by_key,
        otherwise: None,
        layout: entry.layout,
        select_boxes: entry.select_boxes,
        day_first: entry.day_first,
        emptiness: entry.emptiness.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::MAX_MEANT;
    use crate::conditions::Condition;
    use crate::{Form, NoPatterns};
    use serde_json::{Value, json};

    /// A condition in each of 300 lists names a key that each of them has.
    #[test]
    fn a_bare_key_in_many_lists_is_not_kept_as_often_as_it_stands_there() {
        let field = json!({ "type": "textfield", "key": "x", "label": "x", "conditional": { "show": true, "when": "x", "eq": "1" } });
        let lists: Vec<Value> = (0..300)
            .map(|at| json!({ "type": "datagrid", "key": format!("g{at}"), "label": "g", "components": [field] }))
            .collect();
        let form = Form::parse(&json!({ "components": lists }), &NoPatterns).expect("it is read");
        let conditions = form.components().filter_map(|it| it.condition.as_ref());
        let meant = conditions.flat_map(Condition::references).filter_map(|it| it.target.as_ref());
        let counts: Vec<usize> = meant.map(|it| it.all().count()).collect();
        assert_eq!(counts, [MAX_MEANT; 300]);
    }
}
