//! The procedures of a group of fields or of a life event.

use crate::app::App;
use crate::browser::draw::{Drawn, draw};
use crate::components::{Icon, Load, failure_view, heading, icon, loading};
use crate::pages::{back_link, not_found};
use crate::route::Route;
use crate::words::{Language, essential, full, put, words};
use catalogue::Index;
use contract::catalogue::{CatalogueRow, Group};
use contract::procedure::Level;
use leptos::prelude::*;
use std::sync::Arc;

/// The procedures of a group, those of the wards first.
pub(crate) fn group(key: String) -> AnyView {
    let app = App::here();
    app.load_whole();
    with_index(move |app, index| {
        let Some(group) = index.groups().iter().find(|it| it.key == key) else { return not_found() };
        // Gathered rank by rank: a sort would weigh 5 kB for a list this short.
        let rows: Vec<&CatalogueRow> = (0..=RANKS)
            .flat_map(|rank| index.rows().iter().filter(move |it| rank_of(it) == rank))
            .filter(|it| group.fields.contains(&it.field))
            .collect();
        list(app, index, group_name(group), &rows)
    })
}

/// The last rank of [`rank_of`].
const RANKS: u8 = 15;

/// Where a procedure stands in its group: those that can be done here first, then what people ask for most, then by who
/// serves it.
fn rank_of(row: &CatalogueRow) -> u8 {
    let level = match row.level.iter().min() {
        Some(Level::Commune) => 0,
        Some(Level::Province) => 1,
        Some(Level::Ministry) => 2,
        Some(Level::District | Level::Other) | None => 3,
    };
    level + if row.core { 0 } else { 4 } + if row.online { 0 } else { 8 }
}

/// The procedures of a life event.
pub(crate) fn life_event(key: String) -> AnyView {
    with_index(move |app, index| {
        let Some(event) = index.life_events().iter().find(|it| it.key == key) else { return not_found() };
        let rows: Vec<&CatalogueRow> = event.codes.iter().filter_map(|code| index.row(code)).collect();
        let name = if words().language == Language::En { event.en.clone() } else { event.vi.clone() };
        list(app, index, name, &rows)
    })
}

/// Shows something of the catalogue: the whole of it where it is there, else the commune tier.
fn with_index(show: impl Fn(App, &Arc<Index>) -> AnyView + Send + Sync + 'static) -> AnyView {
    let app = App::here();
    (move || match (app.whole.get(), app.commune.get()) {
        (Some(Load::Ready(index)), _) | (_, Load::Ready(index)) => show(app, &index),
        (_, Load::Loading) => loading(),
        (_, Load::Failed(failure)) => view! {
            {heading(essential().failure_title())}
            {failure_view(&failure, Some(Callback::new(move |()| app.load_commune())))}
        }
        .into_any(),
    })
    .into_any()
}

fn list(app: App, index: &Arc<Index>, name: String, rows: &[&CatalogueRow]) -> AnyView {
    let count = put(full().group_count(), &[&rows.len().to_string()]);
    let empty = rows.is_empty().then(|| view! { <p>{full().list_empty()}</p> });
    view! {
        {back_link(app.href(&Route::Home), essential().home())}
        {heading(name)}
        <p class="quiet">{count}</p>
        {empty}
        {rows_of(app, index, rows.iter().copied())}
    }
    .into_any()
}

/// Procedures below each other.
pub(crate) fn rows_of<'a>(app: App, index: &Index, rows: impl Iterator<Item = &'a CatalogueRow>) -> Drawn {
    draw("ul", &[("class", "rows"), ("role", "list")]).and_all(rows.map(|it| row(app, index, it)))
}

/// The name of a group in the language in use.
pub(crate) fn group_name(group: &Group) -> String {
    if words().language == Language::En { group.en.clone() } else { group.vi.clone() }
}

/// One procedure in a list: plain title, official name, where it is served.
fn row(app: App, index: &Index, row: &CatalogueRow) -> Drawn {
    let href = app.href(&Route::Procedure { code: row.code.clone() });
    let english = words().language == Language::En;
    let translated = english.then(|| row.title_en.clone()).flatten();
    let language = if translated.is_some() { None } else { Some("vi") };
    let title = translated.or_else(|| row.title.clone()).unwrap_or_else(|| row.name.clone());
    let official = (title != row.name).then_some(&row.name);
    let level = match row.level.iter().min() {
        Some(Level::Commune) => Some(full().level_commune()),
        Some(Level::Province) => Some(full().level_province()),
        Some(Level::Ministry) => Some(full().level_ministry()),
        Some(Level::District | Level::Other) | None => None,
    };
    let facts = draw("span", &[("class", "row__facts")])
        .and_all(row.online.then(|| draw("span", &[("class", "badge badge--good")]).text(full().online_here())))
        .and(draw("span", &[("lang", "vi")]).text(index.field(row)))
        .and_all(level.map(|it| draw("span", &[]).text(it)));
    let link = draw("a", &[("class", "row__link")])
        .with("href", &href)
        .and(draw("span", &[("class", "row__title")]).may("lang", language).text(&title))
        .and_all(official.map(|it| draw("span", &[("class", "row__official"), ("lang", "vi")]).text(it)))
        .and(facts);
    draw("li", &[("class", "row")]).and(link).and(icon(Icon::Next))
}
