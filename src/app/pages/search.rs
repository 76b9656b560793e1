//! Results as one types.

use crate::app::App;
use crate::browser::{clock, page, typing};
use crate::components::{Icon, Load, failure_view, heading, icon, loading};
use crate::pages::list::rows_of;
use crate::route::Route;
use crate::words::{essential, full, put};
use catalogue::Index;
use leptos::prelude::*;
use std::sync::Arc;

/// Most results shown at once.
const SHOWN: usize = 20;

/// The page of results.
pub(crate) fn page(query: String) -> AnyView {
    let app = App::here();
    app.load_whole();
    let query = RwSignal::new(query);
    let results = move || {
        let text = query.get();
        if text.trim().is_empty() {
            return view! { <p class="quiet">{full().search_start()}</p> }.into_any();
        }
        let whole = app.whole.get();
        if let Some(Load::Ready(index)) = &whole {
            return found(app, index, &text, ().into_any());
        }
        match app.commune.get() {
            Load::Loading => loading(),
            Load::Failed(failure) => failure_view(
                &failure,
                Some(Callback::new(move |()| {
                    app.load_commune();
                    app.load_whole();
                })),
            ),
            Load::Ready(index) => {
                let rest = if matches!(whole, Some(Load::Failed(_))) {
                    full().search_partial()
                } else {
                    full().search_loading_rest()
                };
                found(app, &index, &text, view! { <p class="quiet">{rest}</p> }.into_any())
            }
        }
    };
    view! {
        {heading(full().search_title())}
        {search_box(query, false)}
        <div class="results">{results}</div>
    }
    .into_any()
}

fn found(app: App, index: &Arc<Index>, text: &str, rest: AnyView) -> AnyView {
    let hits = clock::timed("search", || index.search(text, SHOWN));
    if hits.is_empty() {
        return view! {
            <div role="status">
                <h2>{full().search_none_title()}</h2>
                <p>{full().search_none_text()}</p>
            </div>
            {rest}
            <p><a href=app.href(&Route::Home)>{essential().groups_title()}</a></p>
        }
        .into_any();
    }
    let count = put(full().search_count(), &[&hits.len().to_string()]);
    let rows = rows_of(app, index, hits.iter().filter_map(|hit| index.row(&hit.code)));
    view! {
        <p class="quiet" role="status">{count}</p>
        {rows}
        {rest}
    }
    .into_any()
}

/// The search box. On the home page the first letter leads to the page of results, where the same box has the caret.
pub(crate) fn search_box(query: RwSignal<String>, leads_away: bool) -> AnyView {
    let app = App::here();
    let words = essential();
    let node = NodeRef::<leptos::html::Input>::new();
    typing::mirror(node, query.into());
    let take = move |text: String| {
        app.load_whole();
        if text == query.get_untracked() {
            return;
        }
        query.set(text.clone());
        if !leads_away {
            app.rename(&Route::Search { query: text });
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if leads_away {
            app.go(Route::Search { query: query.get_untracked() });
        } else {
            page::focus("content");
        }
    };
    view! {
        <form class="search" role="search" on:submit=submit>
            <label class="search__label" for="search">{words.search_label()}</label>
            <div class="search__box">
                {icon(Icon::Search)}
                <input
                    node_ref=node
                    id="search"
                    class="search__input"
                    type="search"
                    name="q"
                    autocomplete="off"
                    enterkeyhint="search"
                    placeholder=words.search_example()
                    on:focus=move |_| app.load_whole()
                    on:input=move |event| typing::typed_or_composing(&event, take)
                    on:compositionend=move |event| typing::composed(&event, take)
                />
                <button type="submit" class="button search__button">{words.search_button()}</button>
            </div>
            {leads_away.then(|| quick_results(app, query))}
        </form>
    }
    .into_any()
}

/// The five best while typing on the home page, below the box.
fn quick_results(app: App, query: RwSignal<String>) -> AnyView {
    (move || {
        let text = query.get();
        if text.trim().is_empty() {
            return ().into_any();
        }
        let ((Some(Load::Ready(index)), _) | (_, Load::Ready(index))) = (app.whole.get(), app.commune.get()) else {
            return loading();
        };
        let hits = index.search(&text, 5);
        let count = put(full().search_count(), &[&hits.len().to_string()]);
        let rows = rows_of(app, &index, hits.iter().filter_map(|hit| index.row(&hit.code)));
        let all = app.href(&Route::Search { query: text });
        view! {
            <div class="search__quick">
                <p class="visually-hidden" role="status">{count}</p>
                {rows}
                <p><a href=all>{full().search_title()}</a></p>
            </div>
        }
        .into_any()
    })
    .into_any()
}
