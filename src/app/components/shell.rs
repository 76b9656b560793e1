//! What surrounds every page: way to the content, header, live region, state of the network, footer.

use crate::app::{App, SignedIn};
use crate::browser::{api, embed, links, page as browser_page};
use crate::components::{Icon, brand_mark, icon};
use crate::route::Route;
use crate::words::{Language, essential, full, put};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The whole document, drawn anew when the language changes; `page` draws what is at a route.
pub(crate) fn shell(page: fn(Route) -> AnyView) -> AnyView {
    let app = App::start();
    (move || {
        app.language.track();
        frame(app, page)
    })
    .into_any()
}

fn frame(app: App, page: fn(Route) -> AnyView) -> AnyView {
    let words = essential();
    let follow = move |event: leptos::ev::MouseEvent| {
        if let Some(address) = links::own_page(&event, &api::base_path()) {
            event.prevent_default();
            app.follow(&address);
        }
    };
    if app.embedded {
        Effect::new(move |_| {
            app.route.track();
            embed::route(&browser_page::address());
        });
    }
    view! {
        <div class="frame" class=("frame--embedded", app.embedded) on:click=follow>
            <a class="skip" href="#content">{words.skip_to_content()}</a>
            {if app.embedded { embedded_header(app) } else { header(app) }}
            <div class="offline" role="status">
                {move || (!app.online.get()).then(|| view! {
                    <p class="offline__text">{icon(Icon::Offline)}{essential().offline()}</p>
                })}
            </div>
            <p class="visually-hidden" role="status" aria-live="polite">{move || app.announcement.get()}</p>
            <main class="main" id="content" tabindex="-1">
                {in_app_warning()}
                {move || page(app.route.get())}
            </main>
            {(!app.embedded).then(|| footer(app))}
        </div>
    }
    .into_any()
}

fn header(app: App) -> AnyView {
    let words = essential();
    let here = app.href(&Route::Home);
    view! {
        <header class="header">
            <div class="header__inner">
                <a class="brand" href=here>
                    {brand_mark()}
                    <span class="brand__name">{words.product()}<span class="brand__city">{words.city()}</span></span>
                </a>
                <nav class="header__links" aria-label=words.product()>
                    <a class="header__link" href=app.href(&Route::MyDossiers)>{icon(Icon::Folder)}<span>{words.my_dossiers()}</span></a>
                    {languages(app)}
                </nav>
            </div>
        </header>
    }
    .into_any()
}

fn embedded_header(app: App) -> AnyView {
    let full_page = move || format!("{}{}", api::base_path(), app.route.get().href());
    view! {
        <header class="header header--embedded">
            <div class="header__inner">
                <span class="brand__name">{essential().product()}<span class="brand__city">{essential().city()}</span></span>
                <a class="header__link" href=full_page target="_blank" rel="noopener" on:click=move |_| put_away(app)>
                    {icon(Icon::Leave)}<span>{full().opens_full_page()}</span>
                </a>
            </div>
        </header>
    }
    .into_any()
}

/// The errand goes on in its own window: this one saves and lets go of it, once the link has been followed.
fn put_away(app: App) {
    if let Some(put_away) = app.before_leaving.get_value() {
        put_away.run(());
    }
}

fn languages(app: App) -> AnyView {
    Language::OFFERED
        .into_iter()
        .filter(|it| *it != app.language.get_untracked())
        .map(|language| {
            view! {
                <button
                    type="button"
                    class="header__link"
                    lang=language.tag()
                    on:click=move |_| app.choose_language(language)
                >
                    {language.own_name()}
                </button>
            }
        })
        .collect::<Vec<_>>()
        .into_any()
}

fn footer(app: App) -> AnyView {
    let who = move || match app.signed_in.get() {
        SignedIn::Yes(session) => view! {
            <p>{put(full().signed_in_as(), &[&session.name])}</p>
            <p>
                <button type="button" class="link-button" on:click=move |_| sign_out(app)>{full().sign_out()}</button>
            </p>
        }
        .into_any(),
        SignedIn::No | SignedIn::Unknown => {
            let back = app.route.get().href();
            view! { <p><a href=app.href(&Route::SignIn { back, expired: false })>{full().sign_in()}</a></p> }.into_any()
        }
    };
    view! {
        <footer class="footer">
            <div class="footer__inner">
                <nav class="footer__links" aria-label=essential().home()>
                    <a href=app.href(&Route::LookUp)>{essential().lookup_title()}</a>
                    <a href=app.href(&Route::MyDossiers)>{essential().my_dossiers()}</a>
                    {theme_button()}
                </nav>
                <div class="footer__who">{who}</div>
                <p class="footer__note">{essential().companion()}</p>
            </div>
        </footer>
    }
    .into_any()
}

fn theme_button() -> AnyView {
    let dark = RwSignal::new(browser_page::theme_is_dark());
    view! {
        <button
            type="button"
            class="link-button"
            on:click=move |_| {
                dark.update(|it| *it = !*it);
                browser_page::set_theme(if dark.get() { "dark" } else { "light" });
            }
        >
            {move || if dark.get() { full().theme_light() } else { full().theme_dark() }}
        </button>
    }
    .into_any()
}

fn sign_out(app: App) {
    let token = app.signed_in.with_untracked(|it| it.session().map(|session| session.csrf_token.clone()));
    let Some(token) = token else { return };
    spawn_local(async move {
        if api::sign_out(&token).await.is_ok() {
            app.signed_out();
            app.go(Route::Home);
        } else {
            app.announce(essential().failure_slow());
        }
    });
}

/// A page opened inside Zalo or Facebook may lose what it keeps: told before anything is typed.
fn in_app_warning() -> AnyView {
    if browser_page::in_app_browser() {
        super::notice(super::Tone::Warning, full().in_app_browser())
    } else {
        ().into_any()
    }
}
