//! One file per address.

mod centres;
pub(crate) mod check;
mod declaration;
mod dossier;
mod dossiers;
mod filling;
mod home;
mod kept_papers;
mod list;
mod look_up;
pub(crate) mod papers;
mod preview;
mod procedure;
mod receipt;
mod search;
mod sending;
mod sign_in;
mod step;
mod submit;
mod take_ticket;
mod ticket;
mod who;

pub(crate) use preview::page as preview;

use crate::app::App;
use crate::browser::entry;
use crate::components::{heading, loading};
use crate::route::{Place, Route};
use crate::words::essential;
use leptos::prelude::*;

/// What the first wasm draws: finding and understanding. All else is drawn by the second, which takes over.
pub(crate) fn front(route: Route) -> AnyView {
    match route {
        Route::Home => home::page(),
        Route::Search { query } => search::page(query),
        Route::Group { key } => list::group(key),
        Route::LifeEvent { key } => list::life_event(key),
        Route::Procedure { code } => {
            entry::expect_errand();
            procedure::page(code)
        }
        Route::NotFound => not_found(),
        Route::NewFilling { .. }
        | Route::Filling { .. }
        | Route::Receipt { .. }
        | Route::TakeTicket { .. }
        | Route::Ticket { .. }
        | Route::MyDossiers
        | Route::Dossier { .. }
        | Route::LookUp
        | Route::SignIn { .. } => {
            entry::hand_over();
            loading()
        }
    }
}

/// Every page, as the second wasm draws them.
pub(crate) fn all(route: Route) -> AnyView {
    match route {
        Route::NewFilling { procedure, case } => filling::begin(procedure, case.into_iter().collect()),
        Route::Filling { draft, place } => filling::page(draft, move |filling| match place {
            Place::Who => who::page(filling),
            Place::Step(index) => step::page(filling, index),
            Place::Papers => papers::page(filling),
            Place::Check => check::page(filling),
            Place::Submit => submit::page(filling),
            Place::Declaration => declaration::page(filling),
        }),
        Route::Receipt { code } => receipt::page(code),
        Route::TakeTicket { procedure, dossier } => take_ticket::page(procedure, dossier),
        Route::Ticket { id } => ticket::page(id),
        Route::MyDossiers => dossiers::page(),
        Route::Dossier { code } => dossier::page(code),
        Route::LookUp => look_up::page(),
        Route::SignIn { back, expired } => sign_in::page(back, expired),
        Route::Home
        | Route::Search { .. }
        | Route::Group { .. }
        | Route::LifeEvent { .. }
        | Route::Procedure { .. }
        | Route::NotFound => front(route),
    }
}

/// A page that is not there, and the way to one that is.
fn not_found() -> AnyView {
    let app = App::here();
    view! {
        {heading(essential().not_found_title())}
        <p>{essential().not_found_text()}</p>
        <p><a class="button" href=app.href(&Route::Home)>{essential().home()}</a></p>
    }
    .into_any()
}

/// A link back, above the heading.
fn back_link(href: String, text: &'static str) -> AnyView {
    view! {
        <a class="back" href=href>
            {crate::components::icon(crate::components::Icon::Back)}
            {text}
        </a>
    }
    .into_any()
}
