//! Short texts, any number of them: each is added, shown, and can be taken away again.

use crate::browser::draw::draw;
use crate::browser::field::{described_by_hint, faulty};
use crate::browser::{page, typing};
use crate::components::{Icon, icon};
use crate::fields::Field;
use crate::words::{errand, put};
use forms::Kind;
use leptos::prelude::*;
use serde_json::Value;

/// The field.
#[inline(never)]
pub(super) fn tags(field: Field) -> AnyView {
    let Kind::Tags { delimiter, as_list, most } = field.component.kind.clone() else { return ().into_any() };
    let (session, path, id) = (field.session, field.path.clone(), field.id.clone());
    let value = session.value(path.clone());
    let kept = {
        let delimiter = delimiter.clone();
        Memo::new(move |_| value.with(|it| it.as_ref().map(|it| read(it, &delimiter)).unwrap_or_default()))
    };
    let write = Callback::new(move |list: Vec<String>| {
        if list.is_empty() {
            session.clear(&path);
        } else if as_list {
            session.answer(&path, Value::Array(list.into_iter().map(Value::String).collect()));
        } else {
            session.answer(&path, Value::String(list.join(&delimiter)));
        }
    });
    let typed = RwSignal::new(String::new());
    let node = NodeRef::<leptos::html::Input>::new();
    let add = move || {
        let text = typed.get_untracked().trim().to_owned();
        let mut list = kept.get_untracked();
        if !text.is_empty() && !list.contains(&text) {
            list.push(text);
            write.run(list);
        }
        typed.set(String::new());
        if let Some(input) = node.get_untracked() {
            input.set_value("");
        }
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        // In a composition the key ends a word, not the entry.
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            add();
        }
    };
    let chips = {
        let id = id.clone();
        move || {
            kept.get()
                .into_iter()
                .enumerate()
                .map(|(index, text)| {
                    let id = id.clone();
                    let remove = move |_| {
                        let mut list = kept.get_untracked();
                        if index < list.len() {
                            list.remove(index);
                        }
                        write.run(list);
                        page::focus_soon(id.clone());
                    };
                    let name = put(errand().tag_remove(), &[&text]);
                    view! {
                        <li class="chip">
                            {text}
                            <button type="button" class="chip__remove" aria-label=name on:click=remove>{icon(Icon::Close)}</button>
                        </li>
                    }
                })
                .collect::<Vec<_>>()
        }
    };
    let full = move || most.is_some_and(|most| kept.with(|it| it.len() >= most as usize));
    let hint = field.hint().or_else(|| Some(errand().tag_hint().to_owned()));
    field.with_notes(
        view! {
            <div class="field" use:faulty=field.fault(true)>
                {field.label().written(draw("label", &[("class", "field__label")]).with("for", &id))}
                {hint.map(|it| view! { <p class="field__hint" id=format!("{id}-hint") lang=field.language()>{it}</p> })}
                <ul class="chips" role="list">{chips}</ul>
                <div class="adding">
                    <input
                        node_ref=node
                        id=id.clone()
                        class="input"
                        type="text"
                        autocomplete="off"
                        disabled=full
                        aria-required=field.component.required.then_some("true")
                        aria-describedby=described_by_hint(&id, true)
                        on:keydown=press
                        on:input=move |event| typing::typed(&event, |text| typed.set(text))
                        on:compositionend=move |event| typing::composed(&event, |text| typed.set(text))
                    />
                    <button type="button" class="button button--quiet" disabled=full on:click=move |_| add()>
                        {icon(Icon::Add)}{errand().tag_add()}
                    </button>
                </div>
            </div>
        }
        .into_any(),
    )
}

/// The texts of an answer, kept as a list or as one text.
fn read(answer: &Value, delimiter: &str) -> Vec<String> {
    match answer {
        Value::Array(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Value::String(text) if delimiter.is_empty() => vec![text.clone()],
        Value::String(text) => {
            text.split(delimiter).map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde_json::json;

    #[test]
    fn texts_are_read_from_a_list_or_from_one_text() {
        assert_eq!(read(&json!(["a", "b"]), ","), ["a", "b"]);
        assert_eq!(read(&json!("a, b,,c"), ","), ["a", "b", "c"]);
        assert_eq!(read(&json!("a b"), ""), ["a b"]);
        assert!(read(&json!(3), ",").is_empty());
    }
}
