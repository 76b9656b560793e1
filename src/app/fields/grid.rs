//! A list of rows, each with its own fields.

use crate::browser::page;
use crate::fields::rows::Rows;
use crate::fields::{Field, group, id_of};
use forms::Kind;
use leptos::prelude::*;

/// The field.
#[inline(never)]
pub(super) fn grid(field: Field) -> AnyView {
    let Kind::DataGrid { components, add_label, rows: limits } = field.component.kind.clone() else {
        return ().into_any();
    };
    let rows = Rows::new(&field, limits);
    let path = field.path.clone();
    let drawn = {
        let rows = rows.clone();
        move || {
            (0..rows.count.get())
                .map(|row| {
                    let here = field.path.row(row);
                    let inside = group(field.setting, components.clone(), Some(&here), field.tried);
                    view! {
                        <fieldset class="group row-group" id=id_of(&here) tabindex="-1">
                            <legend lang=field.language()>{rows.title(row)}</legend>
                            {inside}
                            {rows.remove(row, || {})}
                        </fieldset>
                    }
                })
                .collect::<Vec<_>>()
        }
    };
    rows.frame(add_label, drawn.into_any(), || true, move |row| page::focus_soon(id_of(&path.row(row))))
}
