//! A list of rows, each with its own fields.

use crate::browser::draw::draw;
use crate::browser::page;
use crate::fields::rows::Rows;
use crate::fields::{Field, fields_in, group, id_of};
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
    let size: usize = components.iter().map(fields_in).sum();
    let drawn = {
        let rows = rows.clone();
        move || {
            let row = |row| {
                let here = field.path.row(row);
                let inside = group(field.setting, &components, Some(&here), field.tried);
                draw("fieldset", &[("class", "group row-group"), ("tabindex", "-1")])
                    .id(&id_of(&here))
                    .high_as(size)
                    .and(draw("legend", &[]).may("lang", field.language()).text(&rows.title(row)))
                    .around([Some(inside), rows.remove(row, || {})].into_iter().flatten().collect())
            };
            (0..rows.count.get()).map(row).collect::<Vec<_>>()
        }
    };
    rows.frame(add_label, drawn.into_any(), || true, move |row| page::focus_soon(id_of(&path.row(row))))
}
