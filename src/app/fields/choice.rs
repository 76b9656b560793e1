//! Fields answered by choosing: checkbox, boxes, radio, select.

use crate::browser::api;
use crate::browser::field::{checks, described_by_hint, faulty, selects};
use crate::components::{ChoiceOption, Choices, choices};
use crate::fields::{Field, backend_list, id_of, pick};
use crate::session::text_of;
use crate::words::errand;
use forms::{Choice, Kind, SelectSource};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Map, Value};

/// One box.
pub(super) fn checkbox(field: Field) -> AnyView {
    let value = field.session.value(field.path.clone());
    let (session, path) = (field.session, field.path.clone());
    let hint = field.hint();
    let id = field.id.clone();
    let fault = field.fault(hint.is_some());
    // Its hint stands inside its label, and is read as what describes it, not as its name.
    let named = hint.as_ref().map(|_| format!("{id}-label"));
    let input = view! {
        <div class="field" use:faulty=fault>
            <label class="choice" for=id.clone()>
                <input
                    type="checkbox"
                    id=id.clone()
                    class="choice__button"
                    prop:checked=move || value.get() == Some(Value::Bool(true))
                    aria-required=field.component.required.then_some("true")
                    aria-labelledby=named.clone()
                    aria-describedby=described_by_hint(&id, hint.is_some())
                    on:change=move |event| session.answer(&path, Value::Bool(event_target_checked(&event)))
                />
                <span class="choice__label">
                    <span id=named>{field.label()}</span>
                    {hint.clone().map(|it| view! { <span class="choice__hint" id=format!("{id}-hint") lang=field.language()>{it}</span> })}
                </span>
            </label>
        </div>
    };
    field.with_notes(input.into_any())
}

/// Several boxes, answered as `{option: true, …}`.
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
    let buttons = field
        .component
        .kind
        .options()
        .iter()
        .enumerate()
        .map(|(index, option)| {
            let key = text_of(&option.value);
            let button_id = if index == 0 { id.clone() } else { format!("{id}-{index}") };
            view! {
                <label class="choice" for=button_id.clone()>
                    <input type="checkbox" id=button_id.clone() value=key class="choice__button" />
                    <span class="choice__label" lang=field.language()>{option.label.clone()}</span>
                </label>
            }
        })
        .collect::<Vec<_>>();
    let input = view! {
        <fieldset
            class="field"
            aria-describedby=described_by_hint(&id, hint.is_some())
            use:faulty=field.fault(hint.is_some())
        >
            <legend class="field__label">{field.label()}</legend>
            {hint.clone().map(|it| view! { <p class="field__hint" id=format!("{id}-hint") lang=field.language()>{it}</p> })}
            <div class="choices" use:checks=checked on:change=change>{buttons}</div>
        </fieldset>
    };
    field.with_notes(input.into_any())
}

/// One of a few.
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
                legend: view! { <span lang=field.language()>{question.label}</span> }.into_any(),
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
                <legend class="field__label">{field.label()}</legend>
                {field.hint().map(|it| view! { <p class="field__hint" lang=field.language()>{it}</p> })}
                {groups}
            </fieldset>
        }
        .into_any(),
    )
}

/// One of a list, in the browser's own control. Where a list of the backend does not come, the answer is typed.
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
    let hint = field.hint();
    let id = field.id.clone();
    let rows = options
        .iter()
        .enumerate()
        .map(|(index, option)| {
            view! { <option value=index.to_string() lang=field.language()>{option.label.clone()}</option> }
        })
        .collect::<Vec<_>>();
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
    let blank = (!multiple).then(|| view! { <option value="">{errand().choose_one}</option> });
    let input = view! {
        <div class="field" use:faulty=field.fault(hint.is_some())>
            <label class="field__label" for=id.clone()>{field.label()}</label>
            {hint.clone().map(|it| view! { <p class="field__hint" id=format!("{id}-hint") lang=field.language()>{it}</p> })}
            <select
                aria-describedby=described_by_hint(&id, hint.is_some())
                id=id
                class="input input--select"
                prop:multiple=multiple
                aria-required=field.component.required.then_some("true")
                use:selects=selected
                on:change=change
            >
                {blank}
                {rows}
            </select>
        </div>
    };
    field.with_notes(input.into_any())
}
