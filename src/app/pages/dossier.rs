//! One dossier with its timeline.

use crate::app::App;
use crate::browser::api;
use crate::browser::failure::Failure;
use crate::components::{Icon, Tone, fetched, icon, notice, notice_with, page_heading};
use crate::pages::back_link;
use crate::pages::procedure::collecting_method;
use crate::pages::receipt::iso_day;
use crate::route::Route;
use crate::words::{date_time, errand, essential, put};
use contract::dossier::{Dossier, Status, Turn};
use leptos::prelude::*;

/// The page of the dossier with this code; asks to sign in where nobody is.
pub(crate) fn page(code: String) -> AnyView {
    let app = App::here();
    fetched(
        move || {
            let code = code.clone();
            async move {
                match api::dossier(&code).await {
                    Ok(dossier) => Ok(Some(dossier)),
                    Err(Failure::SignedOut) => {
                        app.signed_out();
                        app.replace(Route::SignIn { back: Route::Dossier { code }.href(), expired: false });
                        Ok(None)
                    }
                    Err(failure) => Err(failure),
                }
            }
        },
        move |dossier| match dossier {
            Some(dossier) => view! {
                {back_link(app.href(&Route::MyDossiers), essential().my_dossiers())}
                {show(&dossier)}
            }
            .into_any(),
            None => ().into_any(),
        },
    )
}

/// A dossier, from the list or from a look-up.
pub(crate) fn show(dossier: &Dossier) -> AnyView {
    let summary = &dossier.summary;
    let current = summary.status;
    let (tone, turn) = match current.turn() {
        Turn::Agency => (Tone::Info, essential().turn_agency()),
        Turn::Citizen => (Tone::Warning, essential().turn_citizen()),
        Turn::Finished => (Tone::Success, essential().turn_finished()),
        Turn::Ended => (Tone::Warning, essential().turn_ended()),
        Turn::Unknown => (Tone::Info, essential().turn_unknown()),
    };
    let last_note = dossier.timeline.last().and_then(|it| it.note.clone());
    let last = dossier.timeline.len().saturating_sub(1);
    let entries = dossier
        .timeline
        .iter()
        .enumerate()
        .map(|(index, entry)| {
            let class = if index == last { "timeline__entry timeline__entry--now" } else { "timeline__entry" };
            view! {
                <li class=class aria-current=(index == last).then_some("step")>
                    <p class="timeline__status">{status_name(entry.status)}</p>
                    <p class="timeline__time">{date_time(entry.at)}</p>
                    {entry.note.clone().map(|it| view! { <p class="timeline__note" lang="vi">{it}</p> })}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let expected = dossier.expected_on.as_deref().map(|it| {
        view! { <div class="fact"><dt class="fact__name">{icon(Icon::Clock)}{errand().receipt_expected()}</dt><dd class="fact__value">{iso_day(it)}</dd></div> }
    });
    let collecting = dossier.collecting.as_ref().map(|it| {
        view! { <div class="fact"><dt class="fact__name">{icon(Icon::Folder)}{errand().receipt_collecting()}</dt><dd class="fact__value">{collecting_method(it.method)}</dd></div> }
    });
    let title = put(errand().dossier_title(), &[&summary.code]);
    view! {
        <p class="matter" lang="vi">{summary.title.clone()}</p>
        {page_heading(title.clone(), view! { <span class="code">{title}</span> }.into_any())}
        {notice_with(
            tone,
            view! {
                <p><strong>{status_name(current)}</strong></p>
                <p>{turn}</p>
                {last_note.map(|it| view! { <p>{errand().dossier_note()}": "<span lang="vi">{it}</span></p> })}
            }
            .into_any(),
        )}
        <p class="quiet">{put(errand().dossier_updated(), &[&date_time(summary.updated_at)])}</p>
        <dl class="facts">
            <div class="fact">
                <dt class="fact__name">{icon(Icon::Office)}{errand().receipt_deciding()}</dt>
                <dd class="fact__value" lang="vi">{dossier.deciding.clone()}</dd>
            </div>
            {expected}
            {collecting}
        </dl>
        <section class="block">
            <h2>{errand().dossier_timeline()}</h2>
            <ol class="timeline" role="list">{entries}</ol>
        </section>
    }
    .into_any()
}

/// The national name of a status; one that is not known is being updated.
pub(crate) fn status_name(status: Status) -> &'static str {
    let words = essential();
    match status {
        Status::NewlyRegistered => words.status_newly_registered(),
        Status::Received => words.status_received(),
        Status::NotReceived => words.status_not_received(),
        Status::InProcess => words.status_in_process(),
        Status::SupplementAsked => words.status_supplement_asked(),
        Status::PaymentAsked => words.status_payment_asked(),
        Status::WithdrawalAsked => words.status_withdrawal_asked(),
        Status::Stopped => words.status_stopped(),
        Status::Done => words.status_done(),
        Status::ResultReturned => words.status_result_returned(),
        Status::Unknown(_) => words.status_unknown(),
    }
}

/// A sentence for a dossier that is not there.
pub(crate) fn none() -> AnyView {
    notice(Tone::Warning, errand().lookup_none())
}
