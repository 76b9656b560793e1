//! One or several of a long list, found by typing a few letters without marks. Only what is found is drawn, so that a list
//! of thousands costs no more than a short one; the list itself is reached by keyboard and by voice as any other.

use crate::browser::draw::draw;
use crate::browser::field::{described_by_hint, faulty};
use crate::browser::{page, typing};
use crate::components::{Icon, icon};
use crate::fields::Field;
use crate::session::text_of;
use crate::words::{errand, put};
use forms::Choice;
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;
use vietnam::fold::fold;

/// A list longer than this is searched.
pub(super) const LONG: usize = 30;
/// What is drawn at most; more letters find the rest.
const SHOWN: usize = 30;

/// An option with its folded label.
struct Row {
    choice: Choice,
    folded: String,
}

/// The field.
pub(super) fn pick(field: &Field, options: Vec<Choice>) -> AnyView {
    let multiple = field.component.multiple;
    let (session, path, id) = (field.session, field.path.clone(), field.id.clone());
    let value = session.value(path.clone());
    let rows: Arc<Vec<Row>> =
        Arc::new(options.into_iter().map(|choice| Row { folded: fold(&choice.label), choice }).collect());
    let chosen = {
        let rows = rows.clone();
        move || {
            let held = |value: &Value| {
                rows.iter()
                    .find(|it| it.choice.value == *value || text_of(&it.choice.value) == text_of(value))
                    .map(|it| it.choice.clone())
            };
            value.with(|value| match value {
                Some(Value::Array(list)) => list.iter().filter_map(held).collect::<Vec<_>>(),
                Some(one) => held(one).into_iter().collect(),
                None => Vec::new(),
            })
        }
    };
    let typed = RwSignal::new(String::new());
    let node = NodeRef::<leptos::html::Input>::new();
    let take = move |text: String| typed.set(text);
    let choose = {
        let (path, id) = (path.clone(), id.clone());
        Callback::new(move |choice: Choice| {
            if multiple {
                let mut list = match value.get_untracked() {
                    Some(Value::Array(list)) => list,
                    _ => Vec::new(),
                };
                if !list.contains(&choice.value) {
                    list.push(choice.value);
                }
                session.answer(&path, Value::Array(list));
            } else {
                session.answer(&path, choice.value);
            }
            typed.set(String::new());
            if let Some(input) = node.get_untracked() {
                input.set_value("");
            }
            page::focus(&id);
        })
    };
    let found = {
        let rows = rows.clone();
        move || {
            let text = typed.get();
            let asked = fold(&text);
            if asked.is_empty() {
                return ().into_any();
            }
            let fits = |row: &&Row| asked.split(' ').all(|word| row.folded.split(' ').any(|it| it.starts_with(word)));
            // What begins with the letters comes first; the order of the list otherwise.
            let (first, rest): (Vec<&Row>, Vec<&Row>) =
                rows.iter().filter(fits).partition(|row| row.folded.starts_with(&asked));
            let all = first.len() + rest.len();
            if all == 0 {
                return view! { <p class="field__hint" role="status">{errand().pick_none()}</p> }.into_any();
            }
            let more = all.saturating_sub(SHOWN);
            let lines = first
                .into_iter()
                .chain(rest)
                .take(SHOWN)
                .map(|row| {
                    let choice = row.choice.clone();
                    let label = choice.label.clone();
                    view! {
                        <li><button type="button" class="option" on:click=move |_| choose.run(choice.clone())>{label}</button></li>
                    }
                })
                .collect::<Vec<_>>();
            let rest = (more > 0).then(
                || view! { <p class="field__hint" role="status">{put(errand().pick_more(), &[&more.to_string()])}</p> },
            );
            view! { <ul class="options" role="list">{lines}</ul>{rest} }.into_any()
        }
    };
    let chips = {
        let (path, id) = (path.clone(), id.clone());
        move || {
            chosen()
                .into_iter()
                .map(|choice| {
                    let (path, id) = (path.clone(), id.clone());
                    let name = put(errand().tag_remove(), &[&choice.label]);
                    let label = choice.label;
                    let remove = move |_| {
                        match value.get_untracked() {
                            Some(Value::Array(mut list)) => {
                                list.retain(|it| *it != choice.value);
                                session.answer(&path, Value::Array(list));
                            }
                            _ => session.clear(&path),
                        }
                        page::focus(&id);
                    };
                    view! {
                        <li class="chip">
                            {label}
                            <button type="button" class="chip__remove" aria-label=name on:click=remove>{icon(Icon::Close)}</button>
                        </li>
                    }
                })
                .collect::<Vec<_>>()
        }
    };
    let hint = field.hint().unwrap_or_else(|| put(errand().pick_hint(), &[&rows.len().to_string()]));
    field.with_notes(
        view! {
            <div class="field" use:faulty=field.fault(true)>
                {field.label().written(draw("label", &[("class", "field__label")]).with("for", &id))}
                <p class="field__hint" id=format!("{id}-hint") lang=field.language()>{hint}</p>
                <ul class="chips" role="list">{chips}</ul>
                <input
                    node_ref=node
                    id=id.clone()
                    class="input"
                    type="text"
                    autocomplete="off"
                    aria-required=field.component.required.then_some("true")
                    aria-describedby=described_by_hint(&id, true)
                    on:input=move |event| typing::typed_or_composing(&event, take)
                    on:compositionend=move |event| typing::composed(&event, take)
                />
                {found}
            </div>
        }
        .into_any(),
    )
}
