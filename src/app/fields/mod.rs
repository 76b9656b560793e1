//! One view per field kind. A view takes a parsed component and asks the session.

mod address;
mod advice;
mod choice;
mod day;
mod edit_grid;
mod grid;
mod old_address;
mod pick;
mod rich_text;
mod rows;
mod signature;
mod table;
mod tags;
mod text;

use crate::browser::draw::{Drawn, draw};
use crate::browser::field::{Fault, hinted};
use crate::components::Label;
use crate::filling::{Filling, detail};
use crate::session::FormSession;
use crate::words::{errand, put};
use forms::{Component, DataPath, Form, Format, Kind, Limit, Problem, Rule, SelectSource, Step, number_to_text};
use leptos::prelude::*;

/// Id of the input of the field at `path`; an error link leads there.
pub(crate) fn id_of(path: &DataPath) -> String {
    let mut id = String::from("f-");
    for letter in path.as_str().chars() {
        id.push(if letter.is_alphanumeric() || letter == '_' { letter } else { '-' });
    }
    id
}

/// The title of a step.
pub(crate) fn step_title(step: &Step) -> String {
    step.title.clone()
}

/// Where a form stands: in a filling, or alone. Copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    /// The form and its answers.
    pub(crate) session: FormSession,
    /// `vi` where the definition is Vietnamese and the page is not.
    pub(crate) language: Option<&'static str>,
    /// The filling it is part of.
    pub(crate) filling: Option<Filling>,
}

impl Setting {
    /// The form of a filling.
    pub(crate) fn of(filling: Filling) -> Self {
        let language = filling.texts.with_value(|it| it.language);
        Self { session: filling.session, language, filling: Some(filling) }
    }
}

/// What a field needs to be shown.
#[derive(Clone)]
struct Field {
    setting: Setting,
    session: FormSession,
    component: Component,
    path: DataPath,
    id: String,
    /// What is wrong, as a sentence; only after "continue".
    error: Signal<Option<String>>,
    tried: Signal<bool>,
}

impl Field {
    fn label(&self) -> Label {
        let told = self.component.required || self.component.kind.name() == "checkbox";
        let note = (!told).then(|| errand().optional());
        Label { text: self.component.label.clone(), language: self.language(), note }
    }

    /// `vi` where the definition is Vietnamese and the page is not.
    fn language(&self) -> Option<&'static str> {
        self.setting.language
    }

    /// Where it tells what is wrong with it.
    fn fault(&self, hinted: bool) -> Fault {
        Fault { id: self.id.clone(), hinted, error: self.error }
    }

    fn hint(&self) -> Option<String> {
        hint_of(&self.component)
    }

    /// `input`, and below it how to fill it in, what to do when one is not sure, why it is asked, whose data filled it.
    fn with_notes(&self, input: AnyView) -> AnyView {
        let properties = &self.component.properties;
        let tooltip = (!self.component.tooltip.trim().is_empty()).then(|| self.component.tooltip.clone());
        let more = [
            (errand().help(), properties.help.clone().or(tooltip)),
            (errand().not_sure(), properties.not_sure.clone()),
            (errand().why_asked(), properties.why.clone()),
        ]
        .into_iter()
        .filter_map(|(asked, text)| {
            let language = self.language();
            text.map(|text| {
                view! { <details class="more more--small"><summary>{asked}</summary><p lang=language>{text}</p></details> }
            })
        })
        .collect::<Vec<_>>();
        let prefilled = self.prefilled();
        // Most fields have none: a long form is spared the marks of what is not there.
        if more.is_empty() && prefilled.is_none() {
            return input;
        }
        view! { {input}{more}{prefilled} }.into_any()
    }

    fn prefilled(&self) -> Option<AnyView> {
        let prefill = self.component.properties.prefill?;
        let (filling, kind) = (self.setting.filling?, self.component.kind.clone());
        let value = self.session.value(self.path.clone());
        Some(
            (move || {
                let known = filling.draft.with(|draft| {
                    let submitter = draft.submitter.as_ref().map(|it| &it.person);
                    let person = match prefill.person {
                        forms::Person::Owner => draft.owner.as_ref(),
                        forms::Person::Submitter => submitter,
                    };
                    person.and_then(|it| detail(it, prefill.detail, &kind))
                });
                (known.is_some() && known == value.get()).then(|| {
                    let words = match prefill.person {
                        forms::Person::Owner => errand().prefilled_owner(),
                        forms::Person::Submitter => errand().prefilled_submitter(),
                    };
                    view! { <p class="field__source">{words}</p> }
                })
            })
            .into_any(),
        )
    }
}

/// How to fill in a component.
fn hint_of(component: &Component) -> Option<String> {
    let text = component.description.trim();
    let example = component.properties.example.as_ref().filter(|it| !text.contains(it.as_str()));
    let example = example.map(|it| put(errand().example(), &[it]));
    match (text.is_empty(), example) {
        (true, example) => example,
        (false, None) => Some(text.to_owned()),
        (false, Some(example)) => Some([text, " ", example.as_str()].concat()),
    }
}

/// The fields of one step.
pub(crate) fn step(setting: Setting, step: usize, tried: Signal<bool>) -> AnyView {
    setting.session.with_form(|form| group(setting, in_step(form, step), None, tried))
}

/// What the definition remarks on where its questions come from, in one place below them.
pub(crate) fn remarks(setting: Setting, step: usize) -> Option<AnyView> {
    let lines: Vec<String> = setting.session.with_form(|form| {
        let components = form.steps.get(step).into_iter().flat_map(forms::Step::every_component);
        components
            .filter_map(|it| it.properties.mark.as_ref().map(|mark| [it.label.as_str(), ": ", mark].concat()))
            .collect()
    });
    (!lines.is_empty()).then(|| {
        let lines = lines.into_iter().map(|it| view! { <li>{it}</li> }).collect::<Vec<_>>();
        view! { <details class="more"><summary>{errand().remarks()}</summary><ul lang="vi">{lines}</ul></details> }
            .into_any()
    })
}

/// To fill them in by itself one day, a browser reads the whole form that a field is part of at each key, and one form after the
/// other when a field comes or goes: so fields stand in parts of so many, each a form.
const PART_FIELDS: usize = 30;

/// Above so many all parts are one form: Chromium gives one up that has more than 200 fields (`kMaxExtractableFields`), and dozens
/// of forms would make a key wait. Not every component is a field, so some more.
const MANY_FIELDS: usize = 250;

/// The fields of one step, in forms that nothing is sent from.
pub(crate) fn forms(setting: Setting, step: usize, tried: Signal<bool>) -> Vec<AnyView> {
    let form = |inside| draw("form", &[("novalidate", "novalidate"), ("autocomplete", "off")]).around(inside);
    setting.session.with_form(|it| {
        let components = in_step(it, step);
        let parts = divided(components, PART_FIELDS).into_iter().map(|part| {
            let size = part.iter().map(fields_in).sum();
            draw("div", &[("class", "part")]).high_as(size).around(vec![group(setting, part, None, tried)])
        });
        if components.iter().map(fields_in).sum::<usize>() > MANY_FIELDS {
            vec![form(parts.collect())]
        } else {
            parts.map(|it| form(vec![it])).collect()
        }
    })
}

/// The components of a step, none where there is no such step.
fn in_step(form: &Form, step: usize) -> &[Component] {
    form.steps.get(step).map_or(&[], |it| &it.components)
}

/// Components in parts of at most so many, those inside counted, or of one that has more.
fn divided(components: &[Component], most: usize) -> Vec<&[Component]> {
    let mut parts = Vec::new();
    let (mut begin, mut held) = (0, 0);
    for (at, it) in components.iter().enumerate() {
        let fields = fields_in(it);
        if held > 0 && held + fields > most {
            parts.push(&components[begin..at]);
            (begin, held) = (at, 0);
        }
        held += fields;
    }
    if begin < components.len() {
        parts.push(&components[begin..]);
    }
    parts
}

/// A component and those in it.
fn fields_in(component: &Component) -> usize {
    1 + component.kind.children().map(fields_in).sum::<usize>()
}

/// Components below each other.
fn group(setting: Setting, components: &[Component], parent: Option<&DataPath>, tried: Signal<bool>) -> AnyView {
    components.iter().map(|it| component(setting, it, parent, tried)).collect::<Vec<_>>().into_any()
}

/// One component, shown while its conditions hold. What was typed stays while it is hidden.
fn component(setting: Setting, component: &Component, parent: Option<&DataPath>, tried: Signal<bool>) -> AnyView {
    if matches!(component.kind, Kind::Hidden | Kind::Button) {
        return ().into_any();
    }
    let session = setting.session;
    let path = DataPath::of(parent, &component.key);
    if !component.may_change() {
        return if component.hidden { ().into_any() } else { shown(setting, component, path, parent, tried) };
    }
    let (component, parent) = (component.clone(), parent.cloned());
    let visible = session.visible(path.clone());
    // What logic changes makes the field anew.
    let effects = session.effects(path.clone());
    (move || {
        if !visible.get() {
            return ().into_any();
        }
        let changed = effects.with(|it| it.as_ref().map(|it| it.applied(&component)));
        shown(setting, changed.as_ref().unwrap_or(&component), path.clone(), parent.as_ref(), tried)
    })
    .into_any()
}

fn shown(
    setting: Setting,
    component: &Component,
    path: DataPath,
    parent: Option<&DataPath>,
    tried: Signal<bool>,
) -> AnyView {
    let session = setting.session;
    let inside = Inside { setting, parent, tried };
    let field = |path: DataPath| {
        let problem = session.problem(path.clone());
        let error = Signal::derive(move || {
            tried.get().then(|| problem.get()).flatten().map(|problem| sentence(session, &problem))
        });
        Field { setting, session, id: id_of(&path), path, error, tried, component: component.clone() }
    };
    match &component.kind {
        Kind::Fieldset { components } | Kind::Well { components } => titled_group(component, components, inside),
        Kind::Container { components } => titled_group(component, components, Inside { parent: Some(&path), ..inside }),
        Kind::Columns { columns } => table::columns(columns, inside),
        Kind::Table { header, cells } => table::table(header, cells, inside),
        Kind::Tabs { tabs } => table::tabs(tabs, inside),
        Kind::Content { text } => rich_text::view(text, setting.language, session, parent),
        Kind::TextField { .. }
        | Kind::Number { .. }
        | Kind::Currency { .. }
        | Kind::Time { .. }
        | Kind::Email
        | Kind::Url
        | Kind::PhoneNumber => text::line(field(path)),
        Kind::TextArea { .. } => text::area(field(path)),
        Kind::Checkbox => choice::checkbox(field(path)),
        Kind::SelectBoxes { .. } => choice::boxes(field(path)),
        Kind::Radio { .. } => choice::radio(field(path)),
        Kind::Select { .. } => choice::select(field(path)),
        Kind::Day { .. } => day::day(field(path)),
        Kind::DateTime { .. } => day::moment(field(path)),
        Kind::Survey { .. } => choice::survey(field(path)),
        Kind::Tags { .. } => tags::tags(field(path)),
        Kind::Signature => signature::signature(field(path)),
        Kind::DataGrid { .. } => grid::grid(field(path)),
        Kind::EditGrid { .. } => edit_grid::edit_grid(field(path)),
        Kind::Address => address::address(field(path)),
        Kind::File { .. } => text::file_place(field(path)),
        Kind::Hidden | Kind::Button => ().into_any(),
    }
}

/// Where the components inside another stand.
#[derive(Clone, Copy)]
struct Inside<'a> {
    setting: Setting,
    /// The path of the row or container around.
    parent: Option<&'a DataPath>,
    tried: Signal<bool>,
}

impl Inside<'_> {
    fn group(self, components: &[Component]) -> AnyView {
        group(self.setting, components, self.parent, self.tried)
    }
}

#[inline(never)]
fn titled_group(group: &Component, components: &[Component], inside: Inside<'_>) -> AnyView {
    let size = components.iter().map(fields_in).sum();
    titled(&group.label, hint_of(group).as_deref(), inside.setting.language)
        .high_as(size)
        .around(vec![inside.group(components)])
}

/// A group with its title and what is said below it, where there are any.
fn titled(title: &str, hint: Option<&str>, language: Option<&str>) -> Drawn {
    let group = draw("fieldset", &[("class", "group")]);
    let group = match title.trim() {
        "" => group,
        title => group.and(draw("legend", &[]).may("lang", language).text(title)),
    };
    hinted(group, None, hint, language)
}

/// What is wrong, as a sentence that says what to do.
pub(crate) fn sentence(session: FormSession, problem: &Problem) -> String {
    session.with_form(|form| match form.component_at(&problem.path) {
        Some(component) => {
            // What logic changed is what one sees.
            let changed = session.changed(&problem.path, component);
            sentence_about(changed.as_ref().unwrap_or(component), problem)
        }
        None => put(errand().problem_other(), &[problem.path.as_str()]),
    })
}

fn sentence_about(component: &Component, problem: &Problem) -> String {
    if let Some(own) = component.messages.for_rule(problem.rule).or(problem.message.as_deref()) {
        return own.to_owned();
    }
    let label = component.label.trim().trim_end_matches([':', '*']).to_owned();
    let limit = match problem.limit {
        Limit::Number(number) => number_text(number),
        Limit::Date(moment) => {
            let patterns = crate::browser::patterns::BrowserPatterns;
            let today = crate::filling::environment(&patterns).today;
            moment.day(today).map(|it| it.to_string()).unwrap_or_default()
        }
        Limit::None | Limit::Format(_) | Limit::Part(_) => String::new(),
    };
    let words = errand();
    let template = match (problem.rule, problem.limit) {
        (Rule::Required, _) => match &component.kind {
            Kind::Radio { .. } | Kind::Select { .. } | Kind::SelectBoxes { .. } | Kind::Checkbox => {
                words.problem_choose()
            }
            Kind::Address => words.problem_address(),
            _ => words.problem_required(),
        },
        (Rule::ArrayNonempty, _) => words.problem_required(),
        (Rule::MinLength, _) => words.problem_too_short(),
        (Rule::MaxLength, _) => words.problem_too_long(),
        (Rule::MinWords, _) => words.problem_few_words(),
        (Rule::MaxWords, _) => words.problem_many_words(),
        (Rule::MinDate, _) => words.problem_date_min(),
        (Rule::MaxDate, _) => words.problem_date_max(),
        (Rule::MinSelectedCount, _) => words.problem_count_min(),
        (Rule::MaxSelectedCount, _) => words.problem_count_max(),
        (Rule::Min | Rule::MinYear, _) => words.problem_min(),
        (Rule::Max | Rule::MaxYear, _) => words.problem_max(),
        (Rule::Email, _) => words.problem_email(),
        (Rule::Number, _) => words.problem_number(),
        (Rule::Day | Rule::Date, _) => words.problem_date(),
        (Rule::OnlyAvailableItems, _) => words.problem_option(),
        (Rule::Format, Limit::Format(Format::CitizenId)) => words.problem_citizen_id(),
        (Rule::Format, Limit::Format(Format::Phone)) => words.problem_phone(),
        (Rule::Format, Limit::Format(Format::FullName)) => words.problem_name(),
        (Rule::Format, Limit::Format(Format::TaxCode)) => words.problem_tax_code(),
        (Rule::Pattern | Rule::Mask | Rule::Time | Rule::Url, _) => words.problem_pattern(),
        (Rule::Format | Rule::Array | Rule::Nonarray | Rule::Json | Rule::Custom, _) => words.problem_other(),
    };
    put(template, &[&label, &limit])
}

/// A number as it is written here: `1.500,5`.
fn number_text(number: f64) -> String {
    let text = number_to_text(number);
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    match whole.parse::<u64>() {
        Ok(whole) if part.is_empty() => vietnam::money::grouped(whole),
        Ok(whole) => format!("{},{part}", vietnam::money::grouped(whole)),
        Err(_) => text.replace('.', ","),
    }
}

/// Where the options of a select at the backend come from, by the answers there are now.
fn backend_list(field: &Field) -> Option<String> {
    match &field.component.kind {
        Kind::Select { source: SelectSource::Backend { address, .. }, .. } => {
            Some(field.session.with_answers(|it| address.fill(it.data(), it.data())).unwrap_or_default())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{divided, fields_in, in_step};
    use forms::{Component, Form, NoPatterns};
    use serde_json::{Value, json};

    fn form(components: &[Value]) -> Form {
        Form::parse(&json!({ "components": components }), &NoPatterns).expect("a form of this test")
    }

    fn keys<'a>(components: impl IntoIterator<Item = &'a Component>) -> Vec<&'a str> {
        components.into_iter().map(|it| it.key.as_str()).collect()
    }

    /// A field with so many in a group around it; alone where there are none.
    fn field(at: usize, inside: usize) -> Value {
        let inside: Vec<Value> =
            (0..inside).map(|it| json!({ "type": "textfield", "key": format!("f{at}_{it}") })).collect();
        let type_name = if inside.is_empty() { "textfield" } else { "fieldset" };
        json!({ "type": type_name, "key": format!("f{at}"), "components": inside })
    }

    #[test]
    fn a_step_of_many_fields_has_them_all() {
        let form = form(&(0..1_000).map(|at| field(at, 0)).collect::<Vec<_>>());
        assert_eq!(in_step(&form, 0).len(), 1_000);
        assert_eq!(keys(in_step(&form, 0)), keys(&form.steps[0].components));
        assert!(in_step(&form, 1).is_empty());
    }

    #[test]
    fn the_parts_of_a_step_hold_no_more_than_they_may_and_together_all_fields() {
        for sizes in [vec![0; 1_000], vec![5; 60], vec![0, 3, 38, 39, 40, 41, 200, 0, 0], (0..90).collect(), vec![]] {
            let written: Vec<Value> = sizes.iter().enumerate().map(|(at, inside)| field(at, *inside)).collect();
            let form = form(&written);
            for most in [1, 7, 40, usize::MAX] {
                let parts = divided(in_step(&form, 0), most);
                assert_eq!(
                    keys(parts.iter().copied().flatten()),
                    keys(&form.steps[0].components),
                    "{sizes:?} by {most}"
                );
                for part in &parts {
                    let held: usize = part.iter().map(fields_in).sum();
                    assert!(held <= most || part.len() == 1, "{sizes:?} by {most}: {held}");
                }
            }
        }
    }
}
