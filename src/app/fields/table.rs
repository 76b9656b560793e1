//! Groups of fields laid out by the definition: columns, a table, tabs. On a narrow screen everything stands below each
//! other; tabs always do: a problem in a tab out of sight is one that nobody finds.

use crate::browser::draw::draw;
use crate::fields::{Inside, titled};
use forms::Group;
use leptos::prelude::*;

/// Groups beside each other.
#[inline(never)]
pub(super) fn columns(columns: &[Group], inside: Inside<'_>) -> AnyView {
    draw("div", &[("class", "columns")]).around(columns.iter().map(|it| column("", it, inside)).collect())
}

/// Rows of cells, with the heading of each column where the cell stands alone.
#[inline(never)]
pub(super) fn table(header: &[String], cells: &[Group], inside: Inside<'_>) -> AnyView {
    let row = |row: &[Group]| {
        let cells = row.iter().zip(header).map(|(cell, heading)| column(heading, cell, inside));
        draw("div", &[("class", "columns table__row")]).around(cells.collect())
    };
    draw("div", &[("class", "table")]).around(cells.chunks(header.len().max(1)).map(row).collect())
}

/// A group under its heading, where there are both.
fn column(heading: &str, column: &Group, inside: Inside<'_>) -> AnyView {
    let drawn = draw("div", &[("class", "columns__column")]);
    let drawn = if heading.trim().is_empty() || column.components.is_empty() {
        drawn
    } else {
        drawn.and(draw("p", &[("class", "table__heading")]).may("lang", inside.setting.language).text(heading))
    };
    drawn.around(vec![inside.group(&column.components)])
}

/// Each tab as a group under its name.
#[inline(never)]
pub(super) fn tabs(tabs: &[Group], inside: Inside<'_>) -> AnyView {
    let tab =
        |tab: &Group| titled(&tab.label, None, inside.setting.language).around(vec![inside.group(&tab.components)]);
    tabs.iter().map(tab).collect::<Vec<_>>().into_any()
}
