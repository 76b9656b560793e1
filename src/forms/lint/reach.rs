//! What no answers ever show, found by trying: the options of closed lists, and for open questions the values the conditions name.
//!
//! The conditions are run as they are run for a citizen. Only conditions that such trying decides are judged: comparisons with values
//! that are written down. Sums, lengths and scripts that read answers are left alone.

use super::names::kinds;
use super::sites::{Sites, nests};
use super::{Finding, LintFinding};
use crate::answers::{Answers, put};
use crate::component::{Component, Form, Kind, SelectSource};
use crate::environment::Environment;
use crate::evaluate::evaluate_with_rows;
use crate::javascript::{number_to_text, text_to_number, to_json_number, to_text};
use crate::path::DataPath;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The most combinations of answers tried for one group of questions.
const MAX_TRIES: usize = 2_000;

/// The most combinations tried for a whole definition.
const MAX_ALL_TRIES: usize = 20_000;

pub(super) fn look(mut form: Form, sites: &Sites<'_>, environment: &Environment<'_>, findings: &mut Vec<Finding>) {
    // Hidden on purpose is no finding: only conditions count here.
    for step in &mut form.steps {
        step.hidden = false;
        step.components.iter_mut().for_each(show);
    }
    if form.fields != sites.all.len() {
        return;
    }
    let kinds = kinds(&form);
    let places = places(&form);
    let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    for number in 0..sites.all.len() {
        if let Some(questions) = questions(sites, number) {
            match groups.iter_mut().find(|(known, _)| *known == questions) {
                Some((_, members)) => members.push(number),
                None => groups.push((questions, vec![number])),
            }
        }
    }
    let mut never = vec![false; sites.all.len()];
    let mut tries = 0;
    for (questions, mut members) in groups {
        let domains: Vec<Vec<Value>> = questions.iter().map(|question| domain(sites, &kinds, *question)).collect();
        let combinations = domains.iter().try_fold(1_usize, |all, domain| all.checked_mul(domain.len()));
        let Some(combinations) = combinations.filter(|count| *count <= MAX_TRIES && tries + count <= MAX_ALL_TRIES)
        else {
            continue;
        };
        for combination in 0..combinations {
            tries += 1;
            let Ok(answers) = Answers::parse(answers(sites, &questions, &domains, combination)) else {
                break;
            };
            let outcome = evaluate_with_rows(&form, &answers, environment);
            members.retain(|member| match &places[*member] {
                Place::Step(step) => !outcome.is_step_visible(*step),
                Place::Component(path) => !outcome.is_visible(path),
                Place::Unknown => false,
            });
            if members.is_empty() {
                break;
            }
        }
        for member in members {
            never[member] = true;
        }
    }
    for (number, site) in sites.all.iter().enumerate() {
        let around = std::iter::successors(site.parent, |parent| sites.all[*parent].parent);
        let inside_never = around.clone().any(|parent| never[parent]);
        if never[number] && !inside_never {
            findings.push(Finding { path: site.path.clone(), finding: LintFinding::NeverShown });
        }
        let hidden = |number: usize| {
            sites.all[number].object.get("hidden") == Some(&Value::Bool(true)) && !is_revealed(sites, number)
        };
        let required = site.object.get("validate").and_then(|it| it.get("required")) == Some(&Value::Bool(true));
        let unseen = never[number] || inside_never || hidden(number) || { around }.any(hidden);
        let checked_anyway = site.object.get("validateWhenHidden") == Some(&Value::Bool(true));
        if required && unseen && !checked_anyway && !inside_never {
            let path = [&site.path, ".validate.required"].concat();
            findings.push(Finding { path, finding: LintFinding::RequiredButHidden });
        }
    }
}

/// Takes `hidden` from a component and all those inside it.
fn show(component: &mut Component) {
    component.hidden = false;
    if let Some(source) = component.source.as_mut().map(Arc::make_mut).and_then(Value::as_object_mut) {
        source.remove("hidden");
    }
    component.kind.children_mut().for_each(show);
}

/// Can logic show what is hidden on purpose?
fn is_revealed(sites: &Sites<'_>, number: usize) -> bool {
    sites.all[number].object.get("logic").and_then(Value::as_array).is_some_and(|logic| !logic.is_empty())
}

/// Where a component is found in an outcome.
#[derive(Clone)]
enum Place {
    Unknown,
    Step(usize),
    Component(DataPath),
}

/// The places of all components by number; in lists those of the first row.
fn places(form: &Form) -> Vec<Place> {
    fn walk(component: &Component, around: Option<&DataPath>, places: &mut [Place]) {
        let path = DataPath::of(around, &component.key);
        if let Some(place) = places.get_mut(component.number) {
            *place = Place::Component(path.clone());
        }
        let row;
        let inside = if component.kind.is_list() {
            row = path.row(0);
            Some(&row)
        } else if component.kind.is_layout() {
            around
        } else {
            Some(&path)
        };
        for child in component.kind.children() {
            walk(child, inside, places);
        }
    }
    let mut places = vec![Place::Unknown; form.fields];
    for (number, step) in form.steps.iter().enumerate() {
        if step.panel
            && let Some(place) = places.get_mut(step.number)
        {
            *place = Place::Step(number);
        }
        for component in &step.components {
            walk(component, None, &mut places);
        }
    }
    places
}

/// The questions that decide whether a component is shown; `None` if it has no condition, or trying cannot decide.
fn questions(sites: &Sites<'_>, number: usize) -> Option<Vec<usize>> {
    let mut questions = Vec::new();
    let mut open = vec![number];
    let mut seen = vec![false; sites.all.len()];
    let mut conditional = false;
    while let Some(at) = open.pop() {
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        let site = &sites.all[at];
        conditional |= has_condition(sites, at);
        if !is_decided(sites, at) {
            return None;
        }
        // A question that is hidden has no answer: what shows it counts, too.
        open.extend(site.parent);
        let reads = sites.reads(at);
        let read =
            reads.iter().filter(|read| read.why == super::sites::Why::Condition).map(|read| sites.at(&read.place));
        // What nothing is called stays undefined.
        for target in read.chain(sites.simple(at).iter().map(|simple| sites.named(simple.name))).flatten() {
            if !questions.contains(&target) {
                questions.push(target);
            }
            open.push(target);
        }
    }
    questions.sort_unstable();
    conditional.then_some(questions)
}

fn has_condition(sites: &Sites<'_>, number: usize) -> bool {
    let object = sites.all[number].object;
    !sites.simple(number).is_empty()
        || object.get("conditional").and_then(|it| it.get("json")).is_some_and(Value::is_object)
        || object.get("customConditional").and_then(Value::as_str).is_some_and(|code| !code.trim().is_empty())
}

/// Do the conditions of this component only compare answers with written values, and is its answer the citizen's?
fn is_decided(sites: &Sites<'_>, number: usize) -> bool {
    let object = sites.all[number].object;
    let written = |name: &str| object.get(name).is_some_and(|it| !matches!(it, Value::Null) && it != "");
    let logic = object.get("logic").and_then(Value::as_array).is_some_and(|logic| !logic.is_empty());
    let rule = object.get("conditional").and_then(|it| it.get("json")).filter(|it| it.is_object());
    let script = object.get("customConditional").and_then(Value::as_str).unwrap_or_default();
    !logic
        && !written("calculateValue")
        && rule.is_none_or(|rule| compares(rule, 0))
        && (script.trim().is_empty()
            || sites.reads(number).iter().all(|read| !read.path.ends_with(".customConditional")))
}

/// Is the rule made of comparisons of one answer with a written value?
fn compares(rule: &Value, depth: usize) -> bool {
    let Some((name, values)) = rule.as_object().and_then(|it| it.iter().next()).filter(|_| depth < 20) else {
        return !rule.is_object();
    };
    let values = values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice);
    let plain = |value: &Value| match value.as_object() {
        None => true,
        Some(object) => object.len() == 1 && object.get("var").is_some_and(Value::is_string),
    };
    match name.as_str() {
        "var" => true,
        "and" | "or" | "!" | "!!" | "if" => values.iter().all(|value| compares(value, depth + 1)),
        "==" | "===" | "!=" | "!==" | "<" | "<=" | ">" | ">=" | "in" => {
            values.iter().all(plain) && values.iter().filter(|value| value.is_object()).count() <= 1
        }
        _ => false,
    }
}

/// The values tried for a question.
fn domain(sites: &Sites<'_>, kinds: &[Option<&Kind>], number: usize) -> Vec<Value> {
    let multiple = sites.all[number].object.get("multiple") == Some(&Value::Bool(true));
    let mut values = vec![Value::Null];
    match kinds.get(number).copied().flatten() {
        Some(Kind::Checkbox) => values.extend([json!(true), json!(false)]),
        Some(Kind::Radio { options, .. } | Kind::Select { source: SelectSource::Values(options), .. })
            if !options.is_empty() =>
        {
            values.extend(options.iter().map(|option| option.value.clone()));
            if multiple {
                let all: Vec<Value> = options.iter().map(|option| option.value.clone()).collect();
                values = values.into_iter().map(|value| if value.is_null() { value } else { json!([value]) }).collect();
                values.push(Value::Array(all));
            }
        }
        Some(Kind::SelectBoxes { options }) => {
            let boxes = |chosen: &dyn Fn(usize) -> bool| {
                let mut object = Map::new();
                for (at, option) in options.iter().enumerate() {
                    object.insert(to_text(Some(&option.value)), Value::Bool(chosen(at)));
                }
                Value::Object(object)
            };
            values.push(boxes(&|_| true));
            values.push(boxes(&|_| false));
            values.extend((0..options.len()).map(|only| boxes(&|at| at == only)));
        }
        Some(Kind::DataGrid { .. } | Kind::EditGrid { .. } | Kind::Container { .. }) => {
            values.extend([json!([{}]), json!([{}, {}, {}])]);
        }
        kind => {
            let numeric = matches!(kind, Some(Kind::Number { .. } | Kind::Currency { .. }));
            let mut written = written_values(sites, number);
            written.push(json!(if numeric { "7" } else { "khác" }));
            for value in written {
                around(&value, numeric, &mut values);
            }
        }
    }
    values
}

/// A written value and its neighbours.
fn around(value: &Value, numeric: bool, values: &mut Vec<Value>) {
    let mut add = |value: Value| {
        if !values.contains(&value) {
            values.push(value);
        }
    };
    let number = match value {
        Value::Number(it) => it.as_f64(),
        Value::String(text) if !text.trim().is_empty() => Some(text_to_number(text)).filter(|it| !it.is_nan()),
        _ => None,
    };
    match number {
        Some(number) => {
            for near in [number - 1.0, number, number + 1.0] {
                add(if numeric { to_json_number(near) } else { Value::String(number_to_text(near)) });
            }
        }
        None if numeric => {}
        None => {
            add(value.clone());
            if let Some(text) = value.as_str() {
                // Longer, and later in the calendar and in order.
                add(Value::String([text, "z"].concat()));
                add(json!("1900-01-01"));
                add(json!("2100-01-01"));
            }
        }
    }
}

/// The values any condition compares this question with.
fn written_values(sites: &Sites<'_>, question: usize) -> Vec<Value> {
    let mut written = Vec::new();
    for (number, site) in sites.all.iter().enumerate() {
        for simple in sites.simple(number).iter().filter(|simple| sites.named(simple.name) == Some(question)) {
            written.extend(simple.value.cloned());
        }
        let reads = sites.reads(number);
        if reads.iter().any(|read| sites.at(&read.place) == Some(question))
            && let Some(rule) = site.object.get("conditional").and_then(|it| it.get("json"))
        {
            literals(rule, &mut written, 0);
        }
    }
    written.truncate(40);
    written
}

fn literals(rule: &Value, found: &mut Vec<Value>, depth: usize) {
    if depth > 40 {
        return;
    }
    match rule {
        Value::Array(list) => list.iter().for_each(|item| literals(item, found, depth + 1)),
        Value::Object(object) => {
            for (_, values) in object.iter().filter(|(name, _)| *name != "var") {
                literals(values, found, depth + 1);
            }
        }
        literal => found.push(literal.clone()),
    }
}

/// One combination of answers; lists have a row.
fn answers(sites: &Sites<'_>, questions: &[usize], domains: &[Vec<Value>], combination: usize) -> Value {
    let mut data = Value::Object(Map::new());
    for site in &sites.all {
        if matches!(site.type_name, "datagrid" | "editgrid") {
            put(&mut data, &with_rows(sites, &site.data_path), json!([{}]));
        }
    }
    let mut rest = combination;
    for (question, domain) in questions.iter().zip(domains) {
        let value = &domain[rest % domain.len()];
        rest /= domain.len();
        let site = &sites.all[*question];
        if !value.is_null() && !site.layout {
            if nests(site.type_name) && site.type_name == "container" {
                continue;
            }
            put(&mut data, &with_rows(sites, &site.data_path), value.clone());
        }
    }
    data
}

/// A place with the first row of every list on the way.
fn with_rows(sites: &Sites<'_>, place: &str) -> String {
    let mut path = String::new();
    let mut plain = String::new();
    for key in place.split('.') {
        if !plain.is_empty() {
            plain.push('.');
            path.push('.');
        }
        plain.push_str(key);
        path.push_str(key);
        let list = sites.all.iter().any(|site| {
            site.data_path == plain && plain.len() < place.len() && matches!(site.type_name, "datagrid" | "editgrid")
        });
        if list {
            path.push_str("[0]");
        }
    }
    path
}
