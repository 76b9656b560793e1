//! Groups of fields laid out by the definition: columns, a table, tabs. On a narrow screen everything stands below each
//! other; tabs always do: a problem in a tab out of sight is one that nobody finds.

use crate::browser::draw::draw;
use crate::fields::{Field, group, titled};
use forms::{DataPath, Group};
use leptos::prelude::*;

/// Groups beside each other.
#[inline(never)]
pub(super) fn columns(field: &Field, columns: &[Group], parent: Option<&DataPath>) -> AnyView {
    draw("div", &[("class", "columns")]).around(columns.iter().map(|it| column(field, "", it, parent)).collect())
}

/// Rows of cells, with the heading of each column where the cell stands alone.
#[inline(never)]
pub(super) fn table(field: &Field, header: &[String], cells: &[Group], parent: Option<&DataPath>) -> AnyView {
    let row = |row: &[Group]| {
        let cells = row.iter().zip(header).map(|(cell, heading)| column(field, heading, cell, parent));
        draw("div", &[("class", "columns table__row")]).around(cells.collect())
    };
    draw("div", &[("class", "table")]).around(cells.chunks(header.len().max(1)).map(row).collect())
}

/// A group under its heading, where there are both.
fn column(field: &Field, heading: &str, column: &Group, parent: Option<&DataPath>) -> AnyView {
    let inside = group(field.setting, column.components.clone(), parent, field.tried);
    let drawn = draw("div", &[("class", "columns__column")]);
    let drawn = if heading.trim().is_empty() || column.components.is_empty() {
        drawn
    } else {
        drawn.and(&draw("p", &[("class", "table__heading")]).may("lang", field.language()).text(heading))
    };
    drawn.around(vec![inside])
}

/// Each tab as a group under its name.
#[inline(never)]
pub(super) fn tabs(field: &Field, tabs: &[Group], parent: Option<&DataPath>) -> AnyView {
    let tab = |tab: &Group| {
        let inside = group(field.setting, tab.components.clone(), parent, field.tried);
        titled(&tab.label, None, field.language()).around(vec![inside])
    };
    tabs.iter().map(tab).collect::<Vec<_>>().into_any()
}
