//! One ticket: number, counter, people ahead, what to bring, who must come; readable without a network.

use crate::app::App;
use crate::browser::api::{self, QueueLine, QueueNews};
use crate::browser::drafts::{self, Kept};
use crate::browser::failure::Failure;
use crate::browser::{clock, page};
use crate::components::{Icon, Tone, failure_view, fetched, heading, icon, notice, qr_code};
use crate::pages::receipt::iso_day;
use crate::route::Route;
use crate::words::{date_time, errand, essential, put};
use contract::stored::StoredTicket;
use contract::ticket::{Ticket, TicketState};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page of the ticket with this id: from the device first, then as the server has it.
pub(crate) fn page(id: String) -> AnyView {
    fetched(
        move || {
            let id = id.clone();
            async move { find(&id).await }
        },
        show,
    )
}

async fn find(id: &str) -> Result<StoredTicket, Failure> {
    let kept = drafts::tickets().await.unwrap_or_default().into_iter().find_map(|it| match it {
        Kept::Whole(stored) if stored.ticket.id == id => Some(stored),
        Kept::Whole(_) | Kept::Broken { .. } => None,
    });
    if let Some(stored) = kept {
        Ok(stored)
    } else {
        let ticket = api::ticket(id).await?;
        Ok(StoredTicket { v: drafts::VERSION, ticket, bring: vec![errand().ticket_bring_id().into()], who: Vec::new() })
    }
}

fn show(stored: StoredTicket) -> AnyView {
    let StoredTicket { ticket, bring, who, .. } = stored.clone();
    let state = RwSignal::new(ticket.clone());
    let seen = RwSignal::new(None::<u64>);
    let failed: RwSignal<Option<Failure>> = RwSignal::new(None);
    let asking = RwSignal::new(false);
    let line: StoredValue<Option<QueueLine>, LocalStorage> = StoredValue::new_local(None);
    let refresh = {
        let (id, stored) = (ticket.id.clone(), stored.clone());
        Callback::new(move |()| {
            let (id, mut stored) = (id.clone(), stored.clone());
            spawn_local(async move {
                match api::ticket(&id).await {
                    Ok(fresh) => {
                        state.try_set(fresh.clone());
                        seen.try_set(Some(clock::now_s()));
                        stored.ticket = fresh;
                        let _ = drafts::save_ticket(&stored).await;
                    }
                    Err(_) => {
                        seen.try_set(None);
                    }
                }
            });
        })
    };
    refresh.run(());
    line.set_value(api::queue(&ticket.centre, move |news| match news {
        QueueNews::Now(_) => {
            refresh.try_run(());
        }
        QueueNews::Cut | QueueNews::Closed => {
            seen.try_set(None);
        }
    }));
    on_cleanup(move || {
        line.try_update_value(Option::take);
    });
    let address = [page::origin().as_str(), &api::base_path(), "so/", &ticket.id, "#", &ticket.signed].concat();
    let bring = bring.into_iter().map(|it| view! { <li>{it}</li> }).collect::<Vec<_>>();
    let comes = (!who.is_empty()).then(|| {
        let lines = who.into_iter().map(|it| view! { <li>{it}</li> }).collect::<Vec<_>>();
        view! { <h2>{essential().who_comes_title()}</h2><ul>{lines}</ul> }
    });
    let now = move || standing(&state.get());
    let freshness = move || match seen.get() {
        Some(at) => view! { <p class="quiet">{put(errand().ticket_live(), &[&date_time(at)])}</p> }.into_any(),
        None => view! { <p class="quiet">{errand().ticket_stale()}</p> }.into_any(),
    };
    view! {
        <div class="ticket">
            <p class="ticket__centre">{ticket.centre_name.clone()}</p>
            {ticket.centre_address.clone().map(|it| view! { <p class="quiet">{it}</p> })}
            {heading(essential().ticket_title())}
            <p class="ticket__number">{ticket.number.clone()}</p>
            <p class="ticket__counter">{put(essential().ticket_counter(), &[&ticket.counter])}</p>
            <div class="ticket__now" role="status" aria-live="polite">{now}</div>
            {freshness}
            <div class="qr-card">{qr_code(&address, put(essential().ticket_qr(), &[&ticket.number]))}</div>
            <p>{essential().ticket_show()}</p>
            <p class="quiet">{put(errand().ticket_day(), &[&iso_day(&ticket.day)])}</p>
        </div>
        <section class="block">
            <h2>{essential().bring_title()}</h2>
            <ul>{bring}</ul>
            {comes}
        </section>
        <div class="no-print">
            {move || failed.get().map(|it| failure_view(&it, None))}
            {move || giving_back(state, asking, failed)}
            <p>
                <button type="button" class="button button--quiet" on:click=|_| page::print()>
                    {icon(Icon::Print)}{errand().receipt_print()}
                </button>
            </p>
        </div>
    }
    .into_any()
}

/// Where the ticket stands, in a sentence that says what to do.
fn standing(ticket: &Ticket) -> AnyView {
    let words = essential();
    match ticket.state {
        TicketState::Waiting => {
            let ahead = if ticket.ahead == 0 {
                words.ticket_next().to_owned()
            } else {
                put(words.ticket_ahead(), &[&ticket.ahead.to_string()])
            };
            let wait = put(words.ticket_wait(), &[&ticket.expected_minutes.to_string()]);
            view! { <p class="ticket__ahead">{ahead}</p><p>{wait}</p> }.into_any()
        }
        TicketState::Called => notice(Tone::Success, put(words.ticket_called(), &[&ticket.counter])),
        TicketState::Serving => notice(Tone::Success, put(words.ticket_serving(), &[&ticket.counter])),
        TicketState::Served => notice(Tone::Success, words.ticket_served()),
        TicketState::Skipped => notice(Tone::Warning, put(words.ticket_skipped(), &[&ticket.counter])),
        TicketState::Cancelled => notice(Tone::Info, words.ticket_cancelled()),
        TicketState::Expired => notice(Tone::Warning, words.ticket_expired()),
    }
}

/// Giving the number back, asked once more.
fn giving_back(state: RwSignal<Ticket>, asking: RwSignal<bool>, failed: RwSignal<Option<Failure>>) -> AnyView {
    let app = App::here();
    let ticket = state.get();
    if !matches!(ticket.state, TicketState::Waiting | TicketState::Skipped) {
        let again = app.href(&Route::TakeTicket { procedure: ticket.procedure.clone(), dossier: None });
        return match ticket.state {
            TicketState::Expired | TicketState::Cancelled => {
                view! { <p><a class="button" href=again>{errand().take_title()}</a></p> }.into_any()
            }
            _ => ().into_any(),
        };
    }
    if !asking.get() {
        return view! {
            <p>
                <button
                    type="button"
                    class="link-button"
                    id="give-back"
                    on:click=move |_| {
                        asking.set(true);
                        page::focus_soon("give-back-yes".into());
                    }
                >
                    {errand().ticket_give_back()}
                </button>
            </p>
        }
        .into_any();
    }
    let id = ticket.id.clone();
    let yes = move |_| {
        let id = id.clone();
        spawn_local(async move {
            let csrf = app.signed_in.with_untracked(|it| it.session().map(|session| session.csrf_token.clone()));
            match api::cancel_ticket(&id, csrf.as_deref()).await {
                Ok(()) => {
                    state.try_update(|it| it.state = TicketState::Cancelled);
                    asking.try_set(false);
                    let _ = drafts::delete_ticket(&id).await;
                }
                Err(failure) => {
                    failed.try_set(Some(failure));
                }
            }
        });
    };
    view! {
        <div class="card" role="group" aria-labelledby="give-back-ask">
            <p id="give-back-ask">{put(errand().ticket_give_back_ask(), &[&ticket.number])}</p>
            <p class="actions">
                <button type="button" class="button" id="give-back-yes" on:click=yes>{errand().ticket_give_back_yes()}</button>
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=move |_| {
                        asking.set(false);
                        page::focus_soon("give-back".into());
                    }
                >
                    {errand().ticket_give_back_no()}
                </button>
            </p>
        </div>
    }
    .into_any()
}
