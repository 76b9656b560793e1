//! The receipt: the code, what was received, whether one has to come, the one next step.

use crate::app::App;
use crate::browser::drafts::{self, Kept};
use crate::browser::{api, page};
use crate::components::{Icon, Tone, fetched, heading, icon, notice, qr_code};
use crate::pages::procedure::collecting_method;
use crate::route::Route;
use crate::words::{date_time, errand, essential, full, put, size};
use contract::stored::StoredReceipt;
use leptos::prelude::*;

/// The receipt of the dossier with this code, as this device keeps it.
pub(crate) fn page(code: String) -> AnyView {
    fetched(
        move || {
            let code = code.clone();
            async move {
                let kept = drafts::receipts().await?;
                Ok(kept.into_iter().find_map(|it| match it {
                    Kept::Whole(stored) if stored.receipt.code == code => Some(stored),
                    Kept::Whole(_) | Kept::Broken { .. } => None,
                }))
            }
        },
        |stored| match stored {
            Some(stored) => show(stored),
            None => gone(),
        },
    )
}

fn gone() -> AnyView {
    let app = App::here();
    view! {
        {heading(errand().my_receipts())}
        {notice(Tone::Info, errand().receipt_gone())}
        <p><a class="button" href=app.href(&Route::LookUp)>{essential().lookup_title()}</a></p>
    }
    .into_any()
}

fn show(stored: StoredReceipt) -> AnyView {
    let StoredReceipt { receipt, papers, .. } = stored;
    let app = App::here();
    let files = receipt
        .files
        .iter()
        .map(|it| {
            let title = papers.iter().find(|(key, _)| *key == it.requirement).map_or(&it.requirement, |it| &it.1);
            view! { <li>{title.clone()}" ("{size(it.bytes)}")"</li> }
        })
        .collect::<Vec<_>>();
    let row = |name: &'static str, value: AnyView| {
        view! { <div class="fact"><dt class="fact__name">{name}</dt><dd class="fact__value">{value}</dd></div> }
            .into_any()
    };
    let track = app.href(&Route::Dossier { code: receipt.code.clone() });
    let ticket = receipt.visit.then(|| {
        app.href(&Route::TakeTicket { procedure: receipt.procedure.clone(), dossier: Some(receipt.code.clone()) })
    });
    let address = [page::origin().as_str(), &api::base_path(), "tra-cuu#", &receipt.code].concat();
    let expected = receipt.expected_on.as_deref().map(iso_day);
    view! {
        <div class="receipt">
            <div class="receipt__head">
                {icon(Icon::Done)}
                {heading(errand().receipt_title())}
                <p lang="vi">{receipt.title.clone()}</p>
                <p class="receipt__label">{errand().receipt_code()}</p>
                <p class="receipt__code">{receipt.code.clone()}</p>
            </div>
            {match ticket {
                Some(href) => view! {
                    {notice(Tone::Info, errand().receipt_visit())}
                    <p><a class="button button--large" href=href>{icon(Icon::Ticket)}{full().take_number()}</a></p>
                    <p><a href=track>{errand().receipt_track()}</a></p>
                }
                .into_any(),
                None => view! {
                    {notice(Tone::Success, errand().receipt_no_visit())}
                    <p><a class="button button--large" href=track>{errand().receipt_track()}{icon(Icon::Next)}</a></p>
                }
                .into_any(),
            }}
            <dl class="facts">
                {row(errand().receipt_received(), date_time(receipt.received_at).into_any())}
                {expected.map(|it| row(errand().receipt_expected(), it.into_any()))}
                {row(errand().receipt_deciding(), view! { <span lang="vi">{receipt.deciding.clone()}</span> }.into_any())}
                {row(errand().submit_filing(), view! { <span lang="vi">{receipt.filing.clone()}</span> }.into_any())}
                {row(errand().receipt_collecting(), collecting_method(receipt.collecting.method).into_any())}
                {row(
                    errand().receipt_files(),
                    if files.is_empty() { errand().receipt_no_files().into_any() } else { view! { <ul>{files}</ul> }.into_any() },
                )}
            </dl>
            <div class="qr-card">{qr_code(&address, put(errand().receipt_qr(), &[&receipt.code]))}</div>
            <p class="quiet">{icon(Icon::Lock)}" "{errand().receipt_kept()}</p>
            <p class="no-print">
                <button type="button" class="button button--quiet" on:click=|_| page::print()>
                    {icon(Icon::Print)}{errand().receipt_print()}
                </button>
            </p>
        </div>
    }
    .into_any()
}

/// `yyyy-mm-dd` as `dd/mm/yyyy`; any other text as it is.
pub(crate) fn iso_day(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => [day, "/", month, "/", year].concat(),
        _ => text.to_owned(),
    }
}
