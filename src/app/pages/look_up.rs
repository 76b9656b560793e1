//! Look-up without login: the code and the last four digits of the owner's id.

use crate::app::App;
use crate::browser::failure::Failure;
use crate::browser::{api, page};
use crate::components::{
    ErrorLink, Icon, TextInput, Tone, error_summary, failure_view, heading, icon, notice, text_input,
};
use crate::pages::{back_link, dossier};
use crate::route::Route;
use crate::words::{errand, essential, full, put};
use contract::dossier::{Dossier, LookupRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;
use vietnam::dossier_code::DossierCode;

/// What the look-up answered.
#[derive(Clone)]
enum Answer {
    Nothing,
    Asking,
    Found(Box<Dossier>),
    None,
    Failed(Failure),
}

/// The page. The code may come in the fragment, from the QR code of a receipt.
pub(crate) fn page() -> AnyView {
    let app = App::here();
    let address = page::address();
    let given = address.split_once('#').map(|it| it.1).filter(|it| DossierCode::parse(it).is_ok()).unwrap_or_default();
    let code = RwSignal::new(given.to_owned());
    let digits = RwSignal::new(String::new());
    let tried = RwSignal::new(0_u32);
    let answer = RwSignal::new(Answer::Nothing);
    let four = move || digits.with(|it| it.trim().len() == 4 && it.trim().bytes().all(|it| it.is_ascii_digit()));
    let links = Signal::derive(move || {
        let mut links = Vec::new();
        if code.with(|it| DossierCode::parse(it).is_err()) {
            links.push(ErrorLink {
                target: "code".into(),
                text: put(errand().problem_pattern(), &[errand().lookup_code()]),
            });
        }
        if !four() {
            links.push(ErrorLink {
                target: "digits".into(),
                text: put(errand().problem_pattern(), &[errand().lookup_digits()]),
            });
        }
        links
    });
    let error_for = move |target: &'static str| {
        Signal::derive(move || {
            (tried.get() > 0)
                .then(|| links.with(|it| it.iter().find(|it| it.target == target).map(|it| it.text.clone())))
                .flatten()
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !links.with(Vec::is_empty) {
            tried.update(|it| *it += 1);
            return;
        }
        let Ok(parsed) = code.with(|it| DossierCode::parse(it)) else { return };
        let request = LookupRequest { code: parsed.to_string(), last_digits: digits.with(|it| it.trim().to_owned()) };
        answer.set(Answer::Asking);
        spawn_local(async move {
            let outcome = match api::look_up(&request).await {
                Ok(dossier) => Answer::Found(Box::new(dossier)),
                Err(Failure::Refused(details)) if details.status == 404 => Answer::None,
                Err(failure) => Answer::Failed(failure),
            };
            answer.try_set(outcome);
        });
    };
    let outcome = move || match answer.get() {
        Answer::Asking => view! { <p>{full().loading()}</p> }.into_any(),
        Answer::None => dossier::none(),
        Answer::Failed(Failure::TooMany { retry_after }) => {
            let minutes = retry_after.unwrap_or(3_600).div_ceil(60).to_string();
            notice(Tone::Warning, put(errand().lookup_too_many(), &[&minutes]))
        }
        Answer::Failed(failure) => failure_view(&failure, None),
        Answer::Nothing | Answer::Found(_) => ().into_any(),
    };
    (move || {
        if let Answer::Found(found) = answer.get() {
            return view! {
                {back_link(app.href(&Route::Home), essential().home())}
                {dossier::show(&found)}
            }
            .into_any();
        }
        view! {
            {back_link(app.href(&Route::Home), essential().home())}
            {heading(essential().lookup_title())}
            <p class="lead">{essential().lookup_lead()}</p>
            <form on:submit=submit novalidate="novalidate" autocomplete="off">
                {error_summary(links, tried.into())}
                {text_input(TextInput {
                    id: "code".into(),
                    label: errand().lookup_code().into(),
                    hint: Some(errand().lookup_code_hint().into()),
                    value: code.into(),
                    error: error_for("code"),
                    kind: "text",
                    keyboard: "text",
                    required: true,
                    narrow: false,
                    on_input: Callback::new(move |text| code.set(text)),
                })}
                {text_input(TextInput {
                    id: "digits".into(),
                    label: errand().lookup_digits().into(),
                    hint: None,
                    value: digits.into(),
                    error: error_for("digits"),
                    kind: "text",
                    keyboard: "numeric",
                    required: true,
                    narrow: true,
                    on_input: Callback::new(move |text| digits.set(text)),
                })}
                <div aria-live="polite">{outcome}</div>
                <button type="submit" class="button button--large">{errand().lookup_button()}{icon(Icon::Next)}</button>
            </form>
        }
        .into_any()
    })
    .into_any()
}
