//! A list of rows, each with its own fields.

use crate::browser::page;
use crate::components::{Icon, error_line, icon};
use crate::fields::{Field, group, id_of};
use crate::words::{errand, put};
use forms::Kind;
use leptos::prelude::*;

/// Rows drawn of a fresh list, however many a definition asks for: each costs a key's work. More can be added.
const MOST_AT_FIRST: u32 = 50;

/// The field.
pub(super) fn grid(field: Field) -> AnyView {
    let Kind::DataGrid { components, add_label, rows: limits } = field.component.kind.clone() else {
        return ().into_any();
    };
    let (session, path, id) = (field.session, field.path.clone(), field.id.clone());
    let label = field.component.label.clone();
    let count = session.rows(path.clone());
    let changes = !limits.fixed && !field.component.disabled;
    // The rows a fresh list has on screen.
    if count.get_untracked() == 0 {
        (0..limits.initial.min(MOST_AT_FIRST)).for_each(|_| session.add_row(&path));
    }
    let rows = {
        let (field, path, label, id) = (field.clone(), path.clone(), label.clone(), id.clone());
        move || {
            (0..count.get())
                .map(|row| {
                    let inside = group(field.setting, components.clone(), Some(&path.row(row)), field.tried);
                    let (path, id) = (path.clone(), id.clone());
                    let number = (row + 1).to_string();
                    let remove = move |_| {
                        session.remove_row(&path, row);
                        page::focus_soon(id.clone());
                    };
                    let remove = (changes && count.get() > limits.least as usize).then(|| {
                        view! {
                            <button type="button" class="link-button" on:click=remove>
                                {icon(Icon::Remove)}{put(errand().remove_row, &[&number])}
                            </button>
                        }
                    });
                    view! {
                        <fieldset class="group row-group">
                            <legend lang=field.language()>{put(errand().row, &[&label, &number])}</legend>
                            {inside}
                            {remove}
                        </fieldset>
                    }
                })
                .collect::<Vec<_>>()
        }
    };
    let add_text =
        if add_label.trim().is_empty() { put(errand().add_row, &[&label.to_lowercase()]) } else { add_label };
    let add = move |_| {
        let row = count.get_untracked();
        session.add_row(&path);
        page::focus_soon(id_of(&path.row(row)));
    };
    let (error, add_id) = (field.error, id.clone());
    let may_add = move || changes && limits.most.is_none_or(|most| count.get() < most as usize);
    view! {
        <fieldset class="field grid" class=("field--error", move || error.with(Option::is_some))>
            <legend class="field__label">{field.label()}</legend>
            {field.hint().map(|it| view! { <p class="field__hint" lang=field.language()>{it}</p> })}
            {error_line(id, error)}
            {rows}
            {move || may_add().then(|| {
                let add = add.clone();
                view! {
                    <button type="button" id=add_id.clone() class="button button--quiet" on:click=add>
                        {icon(Icon::Add)}{add_text.clone()}
                    </button>
                }
            })}
        </fieldset>
        {field.notes()}
    }
    .into_any()
}
