//! Names that mean nothing, or too much: references, options, keys, steps.

use super::sites::{Site, Sites, Why, nests};
use super::{Finding, LintFinding};
use crate::component::{Form, Kind, SelectSource};
use crate::javascript::to_text;
use serde_json::{Map, Value};

pub(super) fn look(sites: &Sites<'_>, form: Option<&Form>, findings: &mut Vec<Finding>) {
    let kinds = form.map(kinds).filter(|kinds| kinds.len() == sites.all.len());
    let mut taken = Map::new();
    for (number, site) in sites.all.iter().enumerate() {
        if !site.layout && !site.key.is_empty() && taken.insert(site.data_path.clone(), Value::Null).is_some() {
            findings.push(Finding { path: [&site.path, ".key"].concat(), finding: LintFinding::DuplicateKey });
        }
        let later = |read: usize| sites.wizard && sites.all[read].step > site.step;
        for simple in sites.simple(number) {
            let (path, name, value) = (simple.path.clone(), simple.name, simple.equal);
            match sites.named(name) {
                None => findings.push(Finding { path, finding: LintFinding::UnknownReference(name.to_owned()) }),
                Some(read) => {
                    if later(read) {
                        let finding = LintFinding::LaterStep(name.to_owned());
                        findings.push(Finding { path: path.clone(), finding });
                    }
                    if is_ambiguous(sites, name) {
                        let finding = LintFinding::RepeatedKey(name.to_owned());
                        findings.push(Finding { path: path.clone(), finding });
                    }
                    let kind = kinds.as_ref().and_then(|kinds| kinds[read]);
                    // A name with an option behind it, `boxes.a`, is compared with true and false.
                    let whole =
                        sites.all[read].key == name || sites.all[read].data_path == super::sites::without_rows(name);
                    if let (Some(value), Some(kind), true) = (value, kind, whole)
                        && !is_possible(kind, value)
                    {
                        let finding = LintFinding::ImpossibleValue(to_text(Some(value)));
                        findings.push(Finding { path, finding });
                    }
                }
            }
        }
        for name in ["besideSex", "besideBirthDate"] {
            let named = site.object.get("properties").and_then(|it| it.get(name)).and_then(Value::as_str);
            // A list or a container is no answer.
            let answers = |place: &str| sites.at(place).is_some_and(|at| !nests(sites.all[at].type_name));
            if let Some(place) = named.filter(|place| !place.is_empty() && !answers(place)) {
                let path = [&site.path, ".properties.", name].concat();
                findings.push(Finding { path, finding: LintFinding::UnknownReference(place.to_owned()) });
            }
        }
        for read in sites.reads(number) {
            if !sites.holds(&read.place) {
                findings.push(Finding {
                    path: read.path.clone(),
                    finding: LintFinding::UnknownReference(read.place.clone()),
                });
            } else if read.why == Why::Condition && sites.at(&read.place).is_some_and(later) {
                findings.push(Finding { path: read.path.clone(), finding: LintFinding::LaterStep(read.place.clone()) });
            }
        }
    }
}

/// Is the name the key of several components, and the place of none? Form.io then takes the first.
fn is_ambiguous(sites: &Sites<'_>, name: &str) -> bool {
    let holds = |site: &&Site<'_>| !site.layout && site.key == name;
    sites.all.iter().all(|site| site.layout || site.data_path != name) && sites.all.iter().filter(holds).count() > 1
}

/// The kinds of all components by number; a step's own panel has none.
pub(super) fn kinds(form: &Form) -> Vec<Option<&Kind>> {
    let mut kinds = vec![None; form.fields];
    for component in form.components() {
        // The parts of a widget have the number of the widget.
        if let Some(place @ None) = kinds.get_mut(component.number) {
            *place = Some(&component.kind);
        }
    }
    kinds
}

/// Can an answer of this kind be this value, as text?
fn is_possible(kind: &Kind, value: &Value) -> bool {
    let text = to_text(Some(value));
    if text.is_empty() || value.is_null() {
        return true;
    }
    match kind {
        Kind::Radio { options, .. } | Kind::Select { source: SelectSource::Values(options), .. } => {
            options.is_empty() || options.iter().any(|option| to_text(Some(&option.value)) == text)
        }
        Kind::SelectBoxes { options } => {
            value.is_object() || options.is_empty() || options.iter().any(|option| to_text(Some(&option.value)) == text)
        }
        Kind::Checkbox => matches!(text.as_str(), "true" | "false"),
        _ => true,
    }
}
