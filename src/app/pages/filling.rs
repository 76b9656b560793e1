//! What surrounds each page of a filling: opening the draft, progress, the state of saving, one "continue".

use crate::app::App;
use crate::browser::api;
use crate::browser::drafts::SaveState;
use crate::components::{Icon, Tone, fetched, heading, icon, loading, notice, sentence_of};
use crate::filling::{self, Filling, OpenFilling, Opened};
use crate::pages::back_link;
use crate::route::{Place, Route};
use crate::ward_search;
use crate::words::{errand, essential, full, put};
use contract::procedure::CaseAnswers;
use forms::{Form, Kind, Step};
use leptos::prelude::*;

/// Opens the draft and shows one of its pages.
pub(crate) fn page(draft: String, show: impl Fn(Filling) -> AnyView + Send + Sync + 'static) -> AnyView {
    let app = App::here();
    let open = OpenFilling::here();
    if let Some(filling) = open.of(&draft) {
        return show(filling);
    }
    fetched(
        move || filling::open(app, open, draft.clone()),
        move |opened| match opened {
            Opened::Here(filling) => {
                if filling.session.with_form(asks_for_address) {
                    ward_search::expect(app);
                }
                show(filling)
            }
            Opened::Gone => ended(app, errand().my_title(), errand().draft_gone()),
            Opened::Elsewhere => ended(app, errand().my_title(), errand().draft_elsewhere()),
            Opened::Definition => ended(app, errand().definition_failed_title(), errand().definition_failed_text()),
        },
    )
}

fn asks_for_address(form: &Form) -> bool {
    form.steps.iter().flat_map(Step::every_component).any(|it| matches!(it.kind, Kind::Address))
}

/// Begins a filling of a procedure in this case, and leads to its first page.
pub(crate) fn begin(code: String, case: CaseAnswers) -> AnyView {
    let app = App::here();
    let open = OpenFilling::here();
    fetched(
        move || {
            let (code, case) = (code.clone(), case.clone());
            async move {
                let procedure = api::procedure(&code).await?;
                let known = procedure.form.is_some();
                if let Some(form) = procedure.form {
                    let draft = filling::new_draft(procedure.code, procedure.title.vi, form, case);
                    filling::begin(app, open, draft).await;
                }
                Ok(known)
            }
        },
        move |known| {
            if known { loading() } else { ended(app, full().not_online_title(), full().not_online_text()) }
        },
    )
}

fn ended(app: App, title: &'static str, text: &'static str) -> AnyView {
    view! {
        {heading(title)}
        {notice(Tone::Warning, text)}
        <p class="actions">
            <button type="button" class="button" on:click=|_| crate::browser::page::reload()>{essential().try_again()}</button>
            <a class="button button--quiet" href=app.href(&Route::Home)>{essential().home()}</a>
        </p>
    }
    .into_any()
}

/// The frame of a page of a filling: the way back, which step this is, its heading, its body, whether it is saved.
pub(crate) fn frame(filling: Filling, place: Place, title: impl Into<String>, body: AnyView) -> AnyView {
    let app = App::here();
    filling.at(place);
    let (number, count) = filling.progress(place);
    let mut step = put(errand().step_of(), &[&number.to_string(), &count.to_string()]);
    if let Some(minutes) = minutes_left(filling, place) {
        step = [step.as_str(), ", ", &put(errand().minutes_left(), &[&minutes.to_string()])].concat();
    }
    let back = match filling.before(place) {
        Some(before) => app.href(&filling.route(before)),
        None => app.href(&Route::Procedure { code: filling.draft.with_untracked(|it| it.procedure.clone()) }),
    };
    let matter = filling.draft.with_untracked(|it| it.title.clone());
    view! {
        {back_link(back, essential().back())}
        <p class="matter" lang="vi">{matter}</p>
        <div class="progress">
            <progress class="progress__bar" max=count.to_string() value=number.to_string() aria-label=step.clone()></progress>
            <p class="progress__text">{step.clone()}</p>
        </div>
        {heading(title)}
        {body}
        {saved_line(filling)}
    }
    .into_any()
}

/// How many minutes the steps from here on take, as the definition tells them; none where it does not, and after them.
fn minutes_left(filling: Filling, place: Place) -> Option<u32> {
    let from = match place {
        Place::Who => 0,
        Place::Step(index) => index,
        Place::Papers | Place::Check | Place::Submit | Place::Declaration => return None,
    };
    let journey = untrack(|| filling.session.journey());
    let left: u32 = filling.session.with_form(|form| {
        let minutes = |position: usize| form.steps.get(position).and_then(|it| it.minutes).unwrap_or(0);
        journey.steps().iter().skip(from).map(|it| minutes(it.position)).sum()
    });
    (left > 0).then_some(left)
}

/// Says whether it is saved: what is seen follows each change, what is heard only a change of the answer to "is it
/// saved?", not each key.
fn saved_line(filling: Filling) -> AnyView {
    let heard = Memo::new(move |before: Option<&Option<SavedLine>>| match filling.saved.get() {
        Some(SaveState::Saved) => Some(SavedLine::Saved),
        Some(SaveState::NotSaved(failure)) => Some(SavedLine::NotSaved(sentence_of(&failure))),
        None | Some(SaveState::Saving) => before.copied().flatten(),
    });
    let seen = move || match filling.saved.get() {
        None => ().into_any(),
        Some(SaveState::Saving) => view! { <span>{errand().saving()}</span> }.into_any(),
        Some(SaveState::Saved) => {
            view! { <span class="saved__yes">{icon(Icon::Lock)}{errand().saved()}</span> }.into_any()
        }
        Some(SaveState::NotSaved(failure)) => {
            let text = put(errand().not_saved(), &[sentence_of(&failure)]);
            view! { <span class="saved__no">{icon(Icon::Attention)}{text}</span> }.into_any()
        }
    };
    view! {
        <p class="saved" aria-hidden="true">{seen}</p>
        <p class="visually-hidden" role="status" aria-live="polite">
            {move || heard.get().map(|it| match it {
                // A whole sentence, for a voice.
                SavedLine::Saved => [errand().saved(), "."].concat(),
                SavedLine::NotSaved(why) => put(errand().not_saved(), &[why]),
            })}
        </p>
    }
    .into_any()
}

/// What is heard of saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SavedLine {
    Saved,
    NotSaved(&'static str),
}

/// The one button that leads on.
pub(crate) fn continue_button() -> AnyView {
    view! { <button type="submit" class="button button--large">{errand().continue_()}{icon(Icon::Next)}</button> }
        .into_any()
}
