//! Groups of fields laid out by the definition: columns, a table, tabs. On a narrow screen everything stands below each
//! other; tabs always do: a problem in a tab out of sight is one that nobody finds.

use crate::fields::{Field, group};
use forms::{DataPath, Group};
use leptos::prelude::*;

/// Groups beside each other.
#[inline(never)]
pub(super) fn columns(field: &Field, columns: &[Group], parent: Option<&DataPath>) -> AnyView {
    let columns = columns
        .iter()
        .map(|it| {
            let inside = group(field.setting, it.components.clone(), parent, field.tried);
            view! { <div class="columns__column">{inside}</div> }
        })
        .collect::<Vec<_>>();
    view! { <div class="columns">{columns}</div> }.into_any()
}

/// Rows of cells, with the heading of each column where the cell stands alone.
#[inline(never)]
pub(super) fn table(field: &Field, header: &[String], cells: &[Group], parent: Option<&DataPath>) -> AnyView {
    let width = header.len().max(1);
    let rows = cells
        .chunks(width)
        .map(|row| {
            let cells = row
                .iter()
                .zip(header)
                .map(|(cell, heading)| {
                    let inside = group(field.setting, cell.components.clone(), parent, field.tried);
                    let heading = (!heading.trim().is_empty() && !cell.components.is_empty())
                        .then(|| view! { <p class="table__heading" lang=field.language()>{heading.clone()}</p> });
                    view! { <div class="columns__column">{heading}{inside}</div> }
                })
                .collect::<Vec<_>>();
            view! { <div class="columns table__row">{cells}</div> }
        })
        .collect::<Vec<_>>();
    view! { <div class="table">{rows}</div> }.into_any()
}

/// Each tab as a group under its name.
#[inline(never)]
pub(super) fn tabs(field: &Field, tabs: &[Group], parent: Option<&DataPath>) -> AnyView {
    tabs.iter()
        .map(|tab| {
            let inside = group(field.setting, tab.components.clone(), parent, field.tried);
            let name = (!tab.label.trim().is_empty())
                .then(|| view! { <legend lang=field.language()>{tab.label.clone()}</legend> });
            view! { <fieldset class="group">{name}{inside}</fieldset> }
        })
        .collect::<Vec<_>>()
        .into_any()
}
