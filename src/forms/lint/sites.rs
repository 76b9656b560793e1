//! The components of a definition, where they stand and what they read.

use crate::json_logic;
use crate::kinds::{self, Drawn};
use crate::script::{self, Role, Script};
use serde_json::{Map, Value};

/// The deepest nesting that is looked at; deeper definitions are refused.
const MAX_NESTING: usize = 24;

/// The most components that are looked at.
const MAX_SITES: usize = 5_000;

/// A component in the definition.
pub(super) struct Site<'a> {
    /// Where it stands, as `DefinitionError` tells it.
    pub(super) path: String,
    pub(super) object: &'a Map<String, Value>,
    pub(super) type_name: &'a str,
    pub(super) key: &'a str,
    /// The step it belongs to.
    pub(super) step: usize,
    pub(super) parent: Option<usize>,
    /// Its place in the data without rows; of a layout component the place around.
    pub(super) data_path: String,
    /// The place of the data around it, which scripts call `row`.
    pub(super) row_path: String,
    pub(super) layout: bool,
}

/// All components in document order: the position is the component's number in a form that was read.
pub(super) struct Sites<'a> {
    pub(super) all: Vec<Site<'a>>,
    pub(super) wizard: bool,
    reads: Vec<Vec<Read>>,
    simple: Vec<Vec<Simple<'a>>>,
}

/// A simple condition.
pub(super) struct Simple<'a> {
    /// Where it stands in the definition.
    pub(super) path: String,
    /// What it names.
    pub(super) name: &'a str,
    /// The value it must equal, or must not.
    pub(super) equal: Option<&'a Value>,
    /// The value it is compared with in any way.
    pub(super) value: Option<&'a Value>,
}

/// A place in the data that a site reads.
pub(super) struct Read {
    /// Where the reading stands in the definition.
    pub(super) path: String,
    /// The place in the data, without rows; blank for all of it.
    pub(super) place: String,
    pub(super) why: Why,
}

/// What an answer is read for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// Whether it is shown.
    Condition,
    /// What its value is.
    Value,
    /// Whether it is right.
    Check,
}

impl<'a> Sites<'a> {
    pub(super) fn of(definition: &'a Value) -> Self {
        let wizard = definition.get("display").and_then(Value::as_str) == Some("wizard");
        let mut sites = Self { all: Vec::new(), wizard, reads: Vec::new(), simple: Vec::new() };
        let mut step = 0;
        let mut between = false;
        for (at, value) in definition.get("components").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let panel = wizard && value.get("type").and_then(Value::as_str) == Some("panel");
            if at > 0 && wizard && (panel || !between) {
                step += 1;
            }
            between = !panel;
            sites.add(value, ["components[", &at.to_string(), "]"].concat(), step, None, "", 0);
        }
        sites.reads = sites.all.iter().map(reads).collect();
        sites.simple = sites.all.iter().map(simple).collect();
        sites
    }

    /// What a component reads of the data.
    pub(super) fn reads(&self, number: usize) -> &[Read] {
        self.reads.get(number).map_or(&[], Vec::as_slice)
    }

    /// The simple conditions of a component.
    pub(super) fn simple(&self, number: usize) -> &[Simple<'a>] {
        self.simple.get(number).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, value: &'a Value, path: String, step: usize, parent: Option<usize>, around: &str, depth: usize) {
        let Some(object) = value.as_object() else {
            return;
        };
        if depth > MAX_NESTING || self.all.len() >= MAX_SITES {
            return;
        }
        let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
        let (written, key) = (text("type"), text("key"));
        let reading = kinds::reading(written, object);
        let layout = !reading.holds_data;
        let type_name = match reading.drawn {
            Drawn::As(name) => name,
            Drawn::WholeOption => "select",
            Drawn::Date | Drawn::Parts(_) | Drawn::NotHere | Drawn::Unknown => written,
        };
        let own = match (layout || key.is_empty(), around) {
            (true, around) => around.to_owned(),
            (false, "") => key.to_owned(),
            (false, around) => [around, ".", key].concat(),
        };
        let number = self.all.len();
        self.all.push(Site {
            path: path.clone(),
            object,
            type_name,
            key,
            step,
            parent,
            data_path: own.clone(),
            row_path: around.to_owned(),
            layout,
        });
        let nests = nests(type_name) || type_name == "address";
        let inner = if nests || layout { own } else { return };
        let mut groups: Vec<(String, &'a Value)> = Vec::new();
        match type_name {
            "columns" => groups.extend(numbered(object.get("columns"), &[&path, ".columns"].concat())),
            "tabs" => groups.extend(numbered(object.get("components"), &[&path, ".components"].concat())),
            "table" => {
                for (row_path, row) in numbered(object.get("rows"), &[&path, ".rows"].concat()) {
                    groups.extend(numbered(Some(row), &row_path));
                }
            }
            _ => groups.push((path, value)),
        }
        for (group_path, group) in groups {
            for (path, child) in numbered(group.get("components"), &[&group_path, ".components"].concat()) {
                self.add(child, path, step, Some(number), &inner, depth + 1);
            }
        }
    }

    /// The component whose answer, or part of it, lies at a place; `None` if there is none.
    pub(super) fn at(&self, place: &str) -> Option<usize> {
        let mut best: Option<usize> = None;
        for (number, site) in self.all.iter().enumerate() {
            let within = !site.layout
                && !site.data_path.is_empty()
                && place
                    .strip_prefix(site.data_path.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            if within && best.is_none_or(|best| self.all[best].data_path.len() < site.data_path.len()) {
                best = Some(number);
            }
        }
        // Inside of a container or list there is nothing but its components.
        best.filter(|best| self.all[*best].data_path == place || !nests(self.all[*best].type_name))
    }

    /// Is anything kept at or below a place?
    pub(super) fn holds(&self, place: &str) -> bool {
        place.is_empty() || self.at(place).is_some()
    }

    /// A component as conditions name it: by place, by key.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        let name = without_rows(name);
        self.at(&name).or_else(|| self.all.iter().position(|site| site.key == name)).or_else(|| {
            self.all.iter().position(|site| !site.key.is_empty() && name.ends_with(&[".", site.key].concat()))
        })
    }

    /// Where a path stands among the others.
    pub(super) fn order(&self, path: &str) -> usize {
        let within = |site: &Site<'_>| {
            path.strip_prefix(site.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.all.iter().rposition(within).map_or(0, |number| number + 1)
    }
}

fn numbered<'a>(list: Option<&'a Value>, path: &str) -> Vec<(String, &'a Value)> {
    let list = list.and_then(Value::as_array).into_iter().flatten().enumerate();
    list.map(|(at, value)| ([path, "[", &at.to_string(), "]"].concat(), value)).collect()
}

/// Does the kind hold other answers?
pub(super) fn nests(type_name: &str) -> bool {
    matches!(type_name, "container" | "datagrid" | "editgrid")
}

fn clauses<'a>(conditional: &'a Value, path: &str, found: &mut Vec<Simple<'a>>) {
    let text = |value: &'a Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    if let Some(list) = conditional.get("conditions").and_then(Value::as_array) {
        for (at, clause) in list.iter().enumerate() {
            let compares = matches!(text(clause, "operator"), "isEqual" | "isNotEqual");
            let value = clause.get("value");
            let path = [path, ".conditions[", &at.to_string(), "]"].concat();
            found.push(Simple { path, name: text(clause, "component"), equal: value.filter(|_| compares), value });
        }
    } else {
        let value = conditional.get("eq");
        found.push(Simple { path: path.to_owned(), name: text(conditional, "when"), equal: value, value });
    }
    found.retain(|simple| !simple.name.is_empty());
}

/// A place without the numbers of rows.
pub(super) fn without_rows(place: &str) -> String {
    let mut plain = String::new();
    for piece in place.split(['.', '[', ']']) {
        if !piece.is_empty() && !piece.bytes().all(|byte| byte.is_ascii_digit()) {
            if !plain.is_empty() {
                plain.push('.');
            }
            plain.push_str(piece);
        }
    }
    plain
}

fn in_row(row: &str, place: &str) -> String {
    match (row, place) {
        ("", place) => place.to_owned(),
        (row, "") => row.to_owned(),
        (row, place) => [row, ".", place].concat(),
    }
}

/// The places a rule reads.
fn of_rule(rule: &Value, row: &str) -> Vec<String> {
    let mut variables = Vec::new();
    json_logic::variables(rule, &mut variables);
    let places = variables.iter().filter_map(|variable| match variable.split_once('.') {
        Some(("data", place)) => Some(without_rows(place)),
        Some(("row", place)) => Some(in_row(row, &without_rows(place))),
        _ => None,
    });
    places.collect()
}

/// The places a script reads; none of one that is not read itself.
fn of_script(code: &str, role: Role, row: &str) -> Vec<String> {
    if code.trim().is_empty() {
        return Vec::new();
    }
    let Ok(script) = Script::parse(code, role) else {
        return Vec::new();
    };
    let places = script.reads().filter_map(|read| match read {
        script::Read::Data(path) => Some(without_rows(path)),
        script::Read::Row(path) => Some(in_row(row, &without_rows(path))),
        script::Read::Own => None,
    });
    places.collect()
}

/// What a component reads.
fn reads(site: &Site<'_>) -> Vec<Read> {
    let mut reads = Vec::new();
    let mut add = |path: &str, places: Vec<String>, why: Why| {
        reads.extend(places.into_iter().map(|place| Read { path: [&site.path, ".", path].concat(), place, why }));
    };
    let object = site.object;
    if let Some(rule) = object.get("conditional").and_then(|it| it.get("json")) {
        add("conditional.json", of_rule(rule, &site.row_path), Why::Condition);
    }
    let text = |holder: Option<&Value>| holder.and_then(Value::as_str).unwrap_or_default().to_owned();
    let script = |code: &str, role: Role| of_script(code, role, &site.row_path);
    add("customConditional", script(&text(object.get("customConditional")), Role::Show), Why::Condition);
    for name in ["calculateValue", "customDefaultValue"] {
        let why = if name == "calculateValue" { Why::Value } else { Why::Check };
        match object.get(name) {
            Some(Value::String(code)) => add(name, script(code, Role::Value), why),
            Some(rule) => add(name, of_rule(rule, &site.row_path), why),
            None => {}
        }
    }
    if let Some(validate) = object.get("validate") {
        add("validate.custom", script(&text(validate.get("custom")), Role::Valid), Why::Check);
        if let Some(rule) = validate.get("json") {
            add("validate.json", of_rule(rule, &site.row_path), Why::Check);
        }
    }
    for (at, logic) in object.get("logic").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let at = at.to_string();
        let trigger = logic.get("trigger");
        let named = ["logic[", &at, "].trigger"].concat();
        let code = text(trigger.and_then(|it| it.get("javascript")));
        add(&named, script(&code, Role::Result), Why::Condition);
        if let Some(rule) = trigger.and_then(|it| it.get("json")) {
            add(&named, of_rule(rule, &site.row_path), Why::Condition);
        }
        for (number, action) in logic.get("actions").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let named = ["logic[", &at, "].actions[", &number.to_string(), "].value"].concat();
            add(&named, script(&text(action.get("value")), Role::Value), Why::Value);
        }
    }
    reads
}

/// The simple conditions of a component and of its logic.
fn simple<'a>(site: &Site<'a>) -> Vec<Simple<'a>> {
    let mut found = Vec::new();
    if let Some(conditional) = site.object.get("conditional") {
        clauses(conditional, &[&site.path, ".conditional"].concat(), &mut found);
    }
    for (at, logic) in site.object.get("logic").and_then(Value::as_array).into_iter().flatten().enumerate() {
        if let Some(simple) = logic.get("trigger").and_then(|it| it.get("simple")) {
            clauses(simple, &[&site.path, ".logic[", &at.to_string(), "].trigger.simple"].concat(), &mut found);
        }
    }
    found
}
