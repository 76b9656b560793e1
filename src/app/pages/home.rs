//! Home: search first, then what was begun, life events, groups.

use crate::app::App;
use crate::browser::drafts::{self, Begun};
use crate::components::{Icon, Load, failure_view, heading, icon};
use crate::pages::list::group_name;
use crate::pages::search::search_box;
use crate::route::{Place, Route};
use crate::words::{Language, essential, full, put, words};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The home page.
pub(crate) fn page() -> AnyView {
    let app = App::here();
    let words = essential();
    let query = RwSignal::new(String::new());
    view! {
        <section class="hero">
            {heading(words.home_title())}
            <p class="lead">{words.home_lead()}</p>
            {search_box(query, true)}
        </section>
        {begun(app)}
        {move || app.commune.with(|loaded| match loaded {
            Load::Loading => ().into_any(),
            Load::Failed(failure) => failure_view(failure, Some(Callback::new(move |()| app.load_commune()))),
            Load::Ready(index) => browse(app, index),
        })}
        <section class="block">
            <a class="tile tile--wide" href=app.href(&Route::LookUp)>
                {icon(Icon::Clock)}
                <span class="tile__text">
                    <span class="tile__title">{words.lookup_title()}</span>
                    <span class="tile__hint">{words.lookup_lead()}</span>
                </span>
            </a>
        </section>
    }
    .into_any()
}

/// "Continue where you left off": the drafts of this device, the latest first.
fn begun(app: App) -> AnyView {
    let found: RwSignal<Vec<Begun>> = RwSignal::new(Vec::new());
    spawn_local(async move {
        if let Ok(list) = drafts::begun().await {
            found.try_set(list);
        }
    });
    (move || {
        let drafts = found.get();
        if drafts.is_empty() {
            return ().into_any();
        }
        let rows = drafts
            .into_iter()
            .map(|draft| {
                let href = app.href(&resume(draft.id, &draft.place));
                view! {
                    <li>
                        <a class="tile tile--wide" href=href>
                            {icon(Icon::Change)}
                            <span class="tile__text">
                                <span class="tile__title" lang="vi">{draft.title}</span>
                                <span class="tile__hint">
                                    {put(full().draft_changed(), &[&crate::words::date_time(draft.changed_at / 1_000)])}
                                </span>
                            </span>
                            <span class="tile__go">{essential().continue_button()}{icon(Icon::Next)}</span>
                        </a>
                    </li>
                }
            })
            .collect::<Vec<_>>();
        view! {
            <section class="block">
                <h2>{essential().continue_title()}</h2>
                <ul class="tiles tiles--one" role="list">{rows}</ul>
            </section>
        }
        .into_any()
    })
    .into_any()
}

/// Where a draft is taken up again.
pub(crate) fn resume(draft: String, place: &str) -> Route {
    Route::Filling { draft, place: Place::parse(place).unwrap_or(Place::Who) }
}

fn browse(app: App, index: &catalogue::Index) -> AnyView {
    let english = words().language == Language::En;
    let events = index
        .life_events()
        .iter()
        .map(|event| {
            let name = if english { event.en.clone() } else { event.vi.clone() };
            view! {
                <li>
                    <a class="tile" href=app.href(&Route::LifeEvent { key: event.key.clone() })>
                        {icon(picture(&event.key))}
                        <span class="tile__title">{name}</span>
                    </a>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let groups = index
        .groups()
        .iter()
        .map(|group| {
            view! { <li><a class="chip" href=app.href(&Route::Group { key: group.key.clone() })>{group_name(group)}</a></li> }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="block">
            <h2>{essential().life_events_title()}</h2>
            <ul class="tiles" role="list">{events}</ul>
        </section>
        <section class="block">
            <h2>{essential().groups_title()}</h2>
            <ul class="chips" role="list">{groups}</ul>
        </section>
    }
    .into_any()
}

/// The picture of a life event; an unknown one gets a sheet of paper.
fn picture(key: &str) -> Icon {
    match key {
        "birth" => Icon::Child,
        "marriage" => Icon::Rings,
        "death" => Icon::Candle,
        "moving" => Icon::Place,
        "land" | "building" => Icon::House,
        "business" => Icon::Shop,
        "old-age" | "hardship" => Icon::Support,
        "personal-papers" => Icon::Person,
        _ => Icon::Paper,
    }
}
