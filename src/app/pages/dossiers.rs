//! Dossiers, drafts, receipts and tickets of this person.

use crate::app::{App, SignedIn};
use crate::browser::drafts::{self, Kept};
use crate::browser::failure::Failure;
use crate::browser::{api, page};
use crate::components::{Icon, Tone, failure_view, fetched, heading, icon, notice};
use crate::filling::OpenFilling;
use crate::pages::dossier::status_name;
use crate::pages::home::resume;
use crate::pages::kept_papers;
use crate::route::Route;
use crate::uploading;
use crate::words::{date_time, errand, full, put};
use contract::dossier::DossierSummary;
use contract::stored::StoredDraft;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
pub(crate) fn page() -> AnyView {
    let app = App::here();
    let version = RwSignal::new(0_u32);
    view! {
        {heading(errand().my_title())}
        <section class="block" aria-labelledby="my-drafts">
            <h2 id="my-drafts" tabindex="-1">{errand().my_drafts()}</h2>
            {move || {
                version.track();
                fetched(drafts::list, move |list| drafts_list(app, list, version))
            }}
        </section>
        <section class="block">
            <h2>{errand().my_filed()}</h2>
            {move || match app.signed_in.get() {
                SignedIn::Yes(_) => filed(app),
                SignedIn::No | SignedIn::Unknown => view! {
                    <p>{errand().my_sign_in()}</p>
                    <p>
                        <a class="button" href=app.href(&Route::SignIn { back: Route::MyDossiers.href(), expired: false })>
                            {full().sign_in()}
                        </a>
                    </p>
                }
                .into_any(),
            }}
        </section>
        {kept_papers::section(app)}
        {kept_here(app)}
    }
    .into_any()
}

fn drafts_list(app: App, list: Vec<Kept<StoredDraft>>, version: RwSignal<u32>) -> AnyView {
    if list.is_empty() {
        return view! { <p class="quiet">{errand().my_drafts_none()}</p> }.into_any();
    }
    let rows = list
        .into_iter()
        .map(|kept| match kept {
            Kept::Whole(draft) => draft_row(app, draft, version),
            Kept::Broken { id } => broken_row(id, version),
        })
        .collect::<Vec<_>>();
    view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
}

fn draft_row(app: App, draft: StoredDraft, version: RwSignal<u32>) -> AnyView {
    let open = OpenFilling::here();
    let asking = RwSignal::new(false);
    let href = app.href(&resume(draft.id.clone(), &draft.place));
    let changed = put(full().draft_changed(), &[&date_time(draft.changed_at / 1_000)]);
    let (id, title) = (draft.id.clone(), draft.title.clone());
    let uploads: Vec<String> = draft.files.iter().filter_map(|it| it.upload.clone()).collect();
    let controls = move || {
        if !asking.get() {
            let name = [errand().draft_delete(), ": ", &title].concat();
            return view! {
                <button type="button" class="link-button" aria-label=name on:click=move |_| asking.set(true)>
                    {icon(Icon::Remove)}{errand().draft_delete()}
                </button>
            }
            .into_any();
        }
        let yes_id = ["delete-", &id].concat();
        let (id, uploads) = (id.clone(), uploads.clone());
        let delete = move |_| remove(app, open, id.clone(), uploads.clone(), version);
        let focus_id = yes_id.clone();
        Effect::new(move |_| {
            page::focus(&focus_id);
        });
        view! {
            <div role="group">
                <p>{put(errand().draft_delete_ask(), &[&title])}</p>
                <p class="actions">
                    <button type="button" class="button" id=yes_id on:click=delete>{errand().draft_delete_yes()}</button>
                    <button type="button" class="button button--quiet" on:click=move |_| asking.set(false)>
                        {errand().draft_delete_no()}
                    </button>
                </p>
            </div>
        }
        .into_any()
    };
    view! {
        <li class="row row--stacked">
            <a class="row__link" href=href>
                <span class="row__title" lang="vi">{draft.title}</span>
                <span class="row__facts">{changed}</span>
            </a>
            {controls}
        </li>
    }
    .into_any()
}

/// A draft that cannot be opened is shown, and can be taken away; it is never dropped silently.
fn broken_row(id: String, version: RwSignal<u32>) -> AnyView {
    let (app, open) = (App::here(), OpenFilling::here());
    view! {
        <li class="row row--stacked">
            {notice(Tone::Warning, errand().draft_broken())}
            <button type="button" class="link-button" on:click=move |_| remove(app, open, id.clone(), Vec::new(), version)>
                {icon(Icon::Remove)}{errand().draft_delete()}
            </button>
        </li>
    }
    .into_any()
}

fn remove(app: App, open: OpenFilling, id: String, uploads: Vec<String>, version: RwSignal<u32>) {
    spawn_local(async move {
        open.discard(&id).await;
        match drafts::delete(&id).await {
            Ok(()) => {
                version.try_update(|it| *it += 1);
                page::focus("my-drafts");
                uploading::take_away(app, uploads).await;
            }
            Err(failure) => app.announce(crate::components::sentence_of(&failure)),
        }
    });
}

/// The dossiers of the account, page by page.
fn filed(app: App) -> AnyView {
    let items: RwSignal<Vec<DossierSummary>> = RwSignal::new(Vec::new());
    let next: RwSignal<Option<String>> = RwSignal::new(None);
    let failed: RwSignal<Option<Failure>> = RwSignal::new(None);
    let asked = RwSignal::new(false);
    let more = Callback::new(move |cursor: Option<String>| {
        failed.set(None);
        spawn_local(async move {
            match api::dossiers(cursor.as_deref()).await {
                Ok(page) => {
                    items.try_update(|it| it.extend(page.items));
                    next.try_set(page.next);
                }
                Err(Failure::SignedOut) => app.signed_out(),
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
            asked.try_set(true);
        });
    });
    more.run(None);
    let rows = move || {
        let list = items.get();
        if list.is_empty() {
            return if asked.get() && failed.with(Option::is_none) {
                view! { <p class="quiet">{errand().my_filed_none()}</p> }.into_any()
            } else {
                ().into_any()
            };
        }
        let rows = list.into_iter().map(|it| dossier_row(app, it)).collect::<Vec<_>>();
        view! { <ul class="rows" role="list">{rows}</ul> }.into_any()
    };
    let again = Callback::new(move |()| more.run(next.get_untracked()));
    view! {
        {rows}
        {move || failed.get().map(|it| failure_view(&it, Some(again)))}
        {move || next.get().map(|cursor| view! {
            <p>
                <button type="button" class="button button--quiet" on:click=move |_| more.run(Some(cursor.clone()))>
                    {errand().my_more()}
                </button>
            </p>
        })}
    }
    .into_any()
}

fn dossier_row(app: App, row: DossierSummary) -> AnyView {
    view! {
        <li class="row">
            <a class="row__link" href=app.href(&Route::Dossier { code: row.code.clone() })>
                <span class="row__title" lang="vi">{row.title}</span>
                <span class="row__facts">
                    <span class="badge">{status_name(row.status)}</span>
                    <span>{row.code.clone()}</span>
                    <span>{put(errand().dossier_updated(), &[&date_time(row.updated_at)])}</span>
                </span>
            </a>
            {icon(Icon::Next)}
        </li>
    }
    .into_any()
}

/// Receipts and tickets of this device.
fn kept_here(app: App) -> AnyView {
    // Code and title of each receipt; id and place of each ticket.
    type Rows = Vec<(String, String)>;
    let found: RwSignal<(Rows, Rows)> = RwSignal::new((Rows::new(), Rows::new()));
    spawn_local(async move {
        let receipts = drafts::receipts().await.unwrap_or_default().into_iter().filter_map(|it| match it {
            Kept::Whole(stored) => Some((stored.receipt.code, stored.receipt.title)),
            Kept::Broken { .. } => None,
        });
        let tickets = drafts::tickets().await.unwrap_or_default().into_iter().filter_map(|it| match it {
            Kept::Whole(stored) => {
                let place = [stored.ticket.number.as_str(), " – ", &stored.ticket.centre_name].concat();
                Some((stored.ticket.id, place))
            }
            Kept::Broken { .. } => None,
        });
        found.try_set((receipts.collect(), tickets.collect()));
    });
    (move || {
        let (receipts, tickets) = found.get();
        let section = |title: &'static str, rows: Vec<(String, String, String)>| {
            (!rows.is_empty()).then(|| {
                let rows = rows
                    .into_iter()
                    .map(|(href, title, fact)| {
                        view! {
                            <li class="row">
                                <a class="row__link" href=href>
                                    <span class="row__title" lang="vi">{title}</span>
                                    <span class="row__facts">{fact}</span>
                                </a>
                                {icon(Icon::Next)}
                            </li>
                        }
                    })
                    .collect::<Vec<_>>();
                view! { <section class="block"><h2>{title}</h2><ul class="rows" role="list">{rows}</ul></section> }
            })
        };
        let receipts = receipts
            .into_iter()
            .map(|(code, title)| (app.href(&Route::Receipt { code: code.clone() }), title, code))
            .collect();
        let tickets =
            tickets.into_iter().map(|(id, place)| (app.href(&Route::Ticket { id }), place, String::new())).collect();
        view! { {section(errand().my_tickets(), tickets)}{section(errand().my_receipts(), receipts)} }.into_any()
    })
    .into_any()
}
