//! Fields answered by choosing: checkbox, boxes, radio, select.

use crate::browser::api;
use crate::browser::draw::draw;
use crate::browser::field::{described_by_hint, faulty, hint_id, hinted, with_checks, with_fault, with_options};
use crate::components::{ChoiceOption, Choices, Label, choice, choices};
use crate::fields::{Field, backend_list, id_of, pick};
use crate::session::text_of;
use crate::words::errand;
use forms::{Choice, Kind, SelectSource};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};

/// One box.
#[inline(never)]
pub(super) fn checkbox(field: Field) -> AnyView {
    let value = field.session.value(field.path.clone());
    let (session, path) = (field.session, field.path.clone());
    let (hint, id) = (field.hint(), &field.id);
    let group = draw("div", &[("class", "field")]);
    let group = with_fault(group, field.fault(hint.is_some()));
    // Its hint stands inside its label, and is read as what describes it, not as its name.
    let named = hint.as_ref().map(|_| format!("{id}-label"));
    let button = draw("input", &[("class", "choice__button"), ("type", "checkbox")])
        .id(id)
        .may("aria-required", field.component.required.then_some("true"))
        .may("aria-labelledby", named.as_deref())
        .may("aria-describedby", described_by_hint(id, hint.is_some()).as_deref());
    let label = draw("label", &[("class", "choice")])
        .with("for", id)
        .on("change", move |event| session.answer(&path, Value::Bool(event_target_checked(&event))));
    let label = with_checks(label, Signal::derive(move || vec![value.get() == Some(Value::Bool(true))]));
    let name = draw("span", &[("class", "choice__label")])
        .and(field.label().written(draw("span", &[]).may("id", named.as_deref())));
    let name = match &hint {
        Some(hint) => name
            .and(draw("span", &[("class", "choice__hint")]).id(&hint_id(id)).may("lang", field.language()).text(hint)),
        None => name,
    };
    field.with_notes(group.and(label.and(button).and(name)).into_any())
}

/// Several boxes, answered as `{option: true, …}`.
#[inline(never)]
pub(super) fn boxes(field: Field) -> AnyView {
    let value = field.session.value(field.path.clone());
    let (session, path) = (field.session, field.path.clone());
    let hint = field.hint();
    let id = field.id.clone();
    let keys: Vec<String> = field.component.kind.options().iter().map(|it| text_of(&it.value)).collect();
    let checked = Signal::derive(move || {
        value.with(|it| {
            let chosen = |key: &String| it.as_ref()?.get(key)?.as_bool();
            keys.iter().map(|key| chosen(key).unwrap_or(false)).collect::<Vec<_>>()
        })
    });
    let change = move |event: leptos::ev::Event| {
        let mut map = match value.get_untracked() {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        };
        map.insert(event_target_value(&event), Value::Bool(event_target_checked(&event)));
        session.answer(&path, Value::Object(map));
    };
    let group = draw("fieldset", &[("class", "field")])
        .may("aria-describedby", described_by_hint(&id, hint.is_some()).as_deref());
    let group = with_fault(group, field.fault(hint.is_some()));
    let buttons = draw("div", &[("class", "choices")]).on("change", change);
    let buttons = with_checks(buttons, checked);
    let buttons = buttons.and_all(field.component.kind.options().iter().enumerate().map(|(index, option)| {
        let name = draw("span", &[("class", "choice__label")]).may("lang", field.language()).text(&option.label);
        choice(
            draw("input", &[("class", "choice__button"), ("type", "checkbox")]),
            &id,
            index,
            &text_of(&option.value),
            name,
        )
    }));
    let group = group.and(field.label().written(draw("legend", &[("class", "field__label")])));
    let group = hinted(group, Some(&id), hint.as_deref(), field.language());
    field.with_notes(group.and(buttons).into_any())
}

/// One of a few.
#[inline(never)]
pub(super) fn radio(field: Field) -> AnyView {
    let options: Vec<Choice> = field.component.kind.options().to_vec();
    let (session, path) = (field.session, field.path.clone());
    let shown = options.iter().map(|it| ChoiceOption::new(text_of(&it.value), it.label.clone())).collect();
    let group = choices(Choices {
        id: field.id.clone(),
        legend: field.label(),
        hint: field.hint(),
        options: shown,
        chosen: session.text(path.clone()),
        error: field.error,
        required: field.component.required,
        on_choose: Callback::new(move |chosen: String| {
            if let Some(option) = options.iter().find(|it| text_of(&it.value) == chosen) {
                session.answer(&path, option.value.clone());
            }
        }),
    });
    field.with_notes(group)
}

/// The same question about several things: one group of choices for each.
#[inline(never)]
pub(super) fn survey(field: Field) -> AnyView {
    let Kind::Survey { questions, values } = field.component.kind.clone() else { return ().into_any() };
    let session = field.session;
    let groups = questions
        .into_iter()
        .map(|question| {
            let path = field.path.child(&text_of(&question.value));
            let (options, at) = (values.clone(), path.clone());
            choices(Choices {
                id: id_of(&path),
                legend: Label { language: field.language(), ..question.label.into() },
                hint: None,
                options: values.iter().map(|it| ChoiceOption::new(text_of(&it.value), it.label.clone())).collect(),
                chosen: session.text(path),
                error: Signal::stored(None),
                required: field.component.required,
                on_choose: Callback::new(move |chosen: String| {
                    if let Some(option) = options.iter().find(|it| text_of(&it.value) == chosen) {
                        session.answer(&at, option.value.clone());
                    }
                }),
            })
        })
        .collect::<Vec<_>>();
    field.with_notes(
        view! {
            <fieldset class="field group" id=field.id.clone() tabindex="-1" use:faulty=field.fault(false)>
                {field.label().written(draw("legend", &[("class", "field__label")]))}
                {field.hint().map(|it| view! { <p class="field__hint" lang=field.language()>{it}</p> })}
                {groups}
            </fieldset>
        }
        .into_any(),
    )
}

/// One of a list, in the browser's own control. Where a list of the backend does not come, the answer is typed.
#[inline(never)]
pub(super) fn select(field: Field) -> AnyView {
    let listed = RwSignal::new(Some(field.component.kind.options().to_vec()));
    if matches!(field.component.kind, Kind::Select { source: SelectSource::Elsewhere, .. }) {
        listed.set(None);
    }
    if let Some(resource) = backend_list(&field) {
        listed.set(Some(Vec::new()));
        let province = resource.rsplit('=').next().unwrap_or_default().to_owned();
        spawn_local(async move {
            let options = api::places(&province).await.map(|places| {
                let choice = |name: String| Choice { value: Value::String(name.clone()), label: name };
                places.wards.into_iter().map(|it| choice(it.name)).collect::<Vec<_>>()
            });
            listed.try_set(options.ok());
        });
    }
    let searchable = matches!(field.component.kind, Kind::Select { searchable: true, .. });
    (move || match listed.get() {
        Some(options) if options.len() > pick::LONG && searchable => pick::pick(&field, options),
        Some(options) => native_select(&field, options),
        None => super::text::line(field.clone()),
    })
    .into_any()
}

fn native_select(field: &Field, options: Vec<Choice>) -> AnyView {
    let multiple = field.component.multiple;
    let value = field.session.value(field.path.clone());
    let (session, path) = (field.session, field.path.clone());
    let (hint, id) = (field.hint(), &field.id);
    let labels: Vec<String> = options.iter().map(|it| it.label.clone()).collect();
    let values: Vec<Value> = options.iter().map(|it| it.value.clone()).collect();
    let selected = Signal::derive(move || {
        value.with(|it| {
            let held = |mine: &Value| match it {
                Some(Value::Array(list)) => list.contains(mine),
                Some(one) => one == mine || text_of(one) == text_of(mine),
                None => false,
            };
            // The blank option stands first.
            let blank = (!multiple).then(|| it.is_none());
            blank.into_iter().chain(values.iter().map(held)).collect::<Vec<_>>()
        })
    });
    let change = move |event: leptos::ev::Event| {
        let chosen: Vec<Value> = crate::browser::typing::chosen(&event)
            .into_iter()
            .filter_map(|it| it.parse::<usize>().ok())
            .filter_map(|index| options.get(index).map(|it| it.value.clone()))
            .collect();
        match (multiple, chosen.into_iter().collect::<Vec<_>>()) {
            (true, list) => session.answer(&path, Value::Array(list)),
            (false, mut list) => match list.pop() {
                Some(one) => session.answer(&path, one),
                None => session.clear(&path),
            },
        }
    };
    let group = draw("div", &[("class", "field")]);
    let group = with_fault(group, field.fault(hint.is_some()));
    let list = draw("select", &[("class", "input input--select")])
        .id(id)
        .may("multiple", multiple.then_some(""))
        .may("aria-required", field.component.required.then_some("true"))
        .may("aria-describedby", described_by_hint(id, hint.is_some()).as_deref())
        .on("change", change);
    let blank = (!multiple).then(|| draw("option", &[("value", "")]).text(errand().choose_one()));
    let named = labels.iter().enumerate().map(|(index, label)| {
        draw("option", &[]).with("value", &index.to_string()).may("lang", field.language()).text(label)
    });
    let list = with_options(list, blank.into_iter().chain(named).collect(), selected);
    let group = group.and(field.label().written(draw("label", &[("class", "field__label")]).with("for", id)));
    field.with_notes(hinted(group, Some(id), hint.as_deref(), field.language()).and(list).into_any())
}
