//! Declare and submit: where it is filed, how the result is collected, the declaration, one button.

use crate::app::App;
use crate::browser::failure::Failure;
use crate::browser::field::{Fault, faulty};
use crate::browser::{api, page};
use crate::components::{
    ChoiceOption, Choices, ErrorLink, Icon, PlaceOption, TextInput, Tone, choices, error_summary, failure_view, icon,
    notice, notice_with, text_input,
};
use crate::filling::{Filling, OpenFilling};
use crate::pages::centres::{centre_name, centre_picker};
use crate::pages::check;
use crate::pages::filling::frame;
use crate::pages::procedure::collecting_method;
use crate::pages::sending;
use crate::route::{Place, Route};
use crate::submission::{self, CITY_CENTRE, Stage};
use crate::wallet;
use crate::words::{errand, put};
use contract::dossier::Collecting;
use contract::problem::ProblemType;
use contract::procedure::{CollectingMethod, Filing};
use forms::DataPath;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
pub(crate) fn page(filling: Filling) -> AnyView {
    let app = App::here();
    let frozen = filling.draft.with_untracked(|it| it.frozen.is_some());
    let body =
        if frozen || check::ready(filling).is_some() { form(app, filling) } else { check::not_ready(app, filling) };
    frame(filling, Place::Submit, errand().submit_title(), body)
}

fn form(app: App, filling: Filling) -> AnyView {
    let open = OpenFilling::here();
    let methods = filling.procedure.with_value(|it| {
        if it.collecting.is_empty() { vec![CollectingMethod::Electronic] } else { it.collecting.clone() }
    });
    if filling.draft.with_untracked(|it| it.collecting.is_none())
        && let Some(method) = methods.first().copied()
    {
        filling.draft.update(|it| it.collecting = Some(Collecting { method, centre: None, address: None }));
    }
    let declared = RwSignal::new(filling.draft.with_untracked(|it| it.frozen.is_some()));
    let stage = RwSignal::new(Stage::Idle);
    let signed_in = Memo::new(move |_| app.signed_in.with(|it| it.session().is_some()));
    let tried = RwSignal::new(0_u32);
    let collecting = Signal::derive(move || filling.draft.with(|it| it.collecting.clone()));
    let method = Memo::new(move |_| collecting.with(|it| it.as_ref().map(|it| it.method)));
    let links = Signal::derive(move || {
        let mut links = Vec::new();
        let missing_address = collecting.with(|it| {
            it.as_ref().is_some_and(|it| {
                it.method == CollectingMethod::Post && it.address.as_ref().is_none_or(|it| it.trim().is_empty())
            })
        });
        if missing_address {
            let text = put(errand().problem_required(), &[errand().submit_collect_address()]);
            links.push(ErrorLink { target: "collect-address".into(), text });
        }
        let missing_centre = collecting
            .with(|it| it.as_ref().is_some_and(|it| it.method == CollectingMethod::Centre && it.centre.is_none()));
        if missing_centre {
            links.push(ErrorLink { target: "collect-centre".into(), text: errand().take_choose_centre().into() });
        }
        if !declared.get() {
            links.push(ErrorLink { target: "declare".into(), text: errand().submit_declare_needed().into() });
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
        if stage.with_untracked(Stage::busy) {
            return;
        }
        if !links.with(Vec::is_empty) {
            tried.update(|it| *it += 1);
            return;
        }
        if !signed_in.get_untracked() {
            leave_to_sign_in(app, filling, false);
            return;
        }
        stage.set(Stage::SendingFiles);
        page::show_soon(OUTCOME);
        send(app, open, filling, stage, move || leave_to_sign_in(app, filling, true));
    };
    // A body that was frozen before the page went away is sent again by itself.
    if filling.draft.with_untracked(|it| it.frozen.is_some()) {
        Effect::new(move |begun: Option<bool>| {
            if signed_in.get() && begun != Some(true) && !stage.with_untracked(Stage::busy) {
                stage.set(Stage::Sending);
                send(app, open, filling, stage, || ());
                return true;
            }
            begun.unwrap_or(false)
        });
    }
    let error_of_declaration = error_for("declare");
    let address =
        Signal::derive(move || collecting.with(|it| it.as_ref().and_then(|it| it.address.clone()).unwrap_or_default()));
    let method_view = move || match method.get() {
        Some(CollectingMethod::Post) => text_input(TextInput {
            id: "collect-address".into(),
            label: errand().submit_collect_address().into(),
            hint: None,
            value: address,
            error: error_for("collect-address"),
            kind: "text",
            keyboard: "text",
            required: true,
            narrow: false,
            on_input: Callback::new(move |text: String| {
                change_collecting(filling, |it| it.address = Some(text));
            }),
        }),
        Some(CollectingMethod::Centre) => centre_picker(
            app,
            ("collect-centre", errand().submit_collect_centre()),
            Signal::derive(move || {
                collecting.with(|it| it.as_ref().and_then(|it| it.centre.clone())).map(|it| centre_name(app, &it))
            }),
            error_for("collect-centre"),
            Callback::new(move |place: PlaceOption| change_collecting(filling, |it| it.centre = Some(place.code))),
        ),
        Some(CollectingMethod::Electronic) | None => ().into_any(),
    };
    let filing = Signal::derive(move || {
        let code = filling.draft.with(|it| it.filing.clone()).unwrap_or_else(|| CITY_CENTRE.to_owned());
        Some(centre_name(app, &code))
    });
    let agency = filling.procedure.with_value(|it| match &it.filing {
        Filing::NamedAgency { name } => Some(name.clone()),
        Filing::AnyCentre | Filing::OnlineOnly | Filing::CounterOnly | Filing::NotKnown => None,
    });
    let filed_with = if let Some(name) = agency {
        view! { <p lang="vi">{name}</p> }.into_any()
    } else {
        let picker = centre_picker(
            app,
            ("filing", errand().submit_filing_centre()),
            filing,
            Signal::derive(|| None),
            Callback::new(move |place: PlaceOption| filling.draft.update(|it| it.filing = Some(place.code))),
        );
        view! {
            <p class="field__hint">{errand().submit_filing_hint()}</p>
            {picker}
        }
        .into_any()
    };
    view! {
        <form on:submit=submit novalidate="novalidate" autocomplete="off">
            {error_summary(links, tried.into())}
            <h2>{errand().submit_filing()}</h2>
            {filed_with}
            {choices(Choices {
                id: "collecting".into(),
                legend: errand().submit_collecting().into(),
                hint: None,
                options: methods.iter().map(|it| ChoiceOption::new(method_key(*it), collecting_method(*it))).collect(),
                chosen: Signal::derive(move || method.get().map(method_key).unwrap_or_default().to_owned()),
                error: Signal::derive(|| None),
                required: true,
                on_choose: Callback::new(move |value: String| {
                    if let Some(method) = methods.iter().copied().find(|it| method_key(*it) == value) {
                        change_collecting(filling, |it| *it = Collecting { method, centre: None, address: None });
                    }
                }),
            })}
            {method_view}
            <div class="field" use:faulty=Fault { id: "declare".into(), hinted: false, error: error_of_declaration }>
                <label class="choice" for="declare">
                    <input
                        type="checkbox"
                        id="declare"
                        class="choice__button"
                        aria-required="true"
                        prop:checked=move || declared.get()
                        on:change=move |event| declared.set(event_target_checked(&event))
                    />
                    <span class="choice__label" lang=filling.texts.with_value(|it| it.language)>
                        {filling.texts.with_value(|it| it.declaration.clone()).unwrap_or_else(|| errand().submit_declare().to_owned())}
                    </span>
                </label>
            </div>
            {keep_papers(app, filling)}
            {move || (!signed_in.get()).then(|| notice_with(Tone::Info, view! {
                <p><strong>{errand().submit_sign_in_title()}</strong></p>
                <p>{errand().submit_sign_in_text()}</p>
            }.into_any()))}
            <button
                type="submit"
                class="button button--large"
                aria-disabled=move || stage.with(Stage::busy).to_string()
            >
                {move || if signed_in.get() { errand().submit_button() } else { errand().submit_sign_in_button() }}
                {icon(Icon::Next)}
            </button>
            // What comes and goes while papers arrive: above the button it would move it away under a finger.
            <div id=OUTCOME aria-live="polite">{move || outcome(app, filling, &stage.get())}</div>
            {sending::of_all(app, filling)}
        </form>
    }
    .into_any()
}

/// Where it is told what comes of pressing the button.
const OUTCOME: &str = "outcome";

/// Sends the dossier, to its receipt or to what is in the way.
fn send(app: App, open: OpenFilling, filling: Filling, stage: RwSignal<Stage>, signed_out: impl FnOnce() + 'static) {
    spawn_local(async move {
        match submission::submit(app, open, filling, stage).await {
            Ok(receipt) => app.replace(Route::Receipt { code: receipt.code }),
            Err(Failure::SignedOut) => {
                // Pressed again it asks to sign in.
                stage.try_set(Stage::Idle);
                signed_out();
            }
            Err(failure) => {
                stage.try_set(Stage::Failed(failure));
                page::show_soon(OUTCOME);
            }
        }
    });
}

/// Asks the citizen who is signed in and files whether the papers stay on the device; nobody else is asked.
fn keep_papers(app: App, filling: Filling) -> AnyView {
    let asked = Memo::new(move |_| {
        filling.draft.with(|it| !it.files.is_empty()) && wallet::citizen_who_files(app, filling).is_some()
    });
    (move || {
        asked.get().then(|| {
            view! {
                <div class="field">
                    <label class="choice" for="keep-papers">
                        <input
                            type="checkbox"
                            id="keep-papers"
                            class="choice__button"
                            aria-describedby="keep-papers-hint"
                            prop:checked=filling.draft.with_untracked(|it| it.keep_papers)
                            on:change=move |event| {
                                let keep = event_target_checked(&event);
                                filling.draft.update(|it| it.keep_papers = keep);
                            }
                        />
                        <span class="choice__label">{errand().wallet_keep()}</span>
                    </label>
                    <p class="field__hint" id="keep-papers-hint">{errand().wallet_keep_hint()}</p>
                </div>
            }
        })
    })
    .into_any()
}

fn change_collecting(filling: Filling, change: impl FnOnce(&mut Collecting)) {
    filling.draft.update(|draft| {
        let mut collecting = draft.collecting.clone().unwrap_or(Collecting {
            method: CollectingMethod::Electronic,
            centre: None,
            address: None,
        });
        change(&mut collecting);
        draft.collecting = Some(collecting);
    });
}

fn method_key(method: CollectingMethod) -> &'static str {
    match method {
        CollectingMethod::Electronic => "electronic",
        CollectingMethod::Post => "post",
        CollectingMethod::Centre => "centre",
    }
}

/// Saves, then leaves for the sign-in page, which comes back here.
fn leave_to_sign_in(app: App, filling: Filling, expired: bool) {
    spawn_local(async move {
        let _ = filling.save_now().await;
        let back = filling.route(Place::Submit);
        if expired {
            app.go(Route::SignIn { back: back.href(), expired });
        } else {
            page::leave_for(&api::sign_in_address(&app.href(&back)));
        }
    });
}

/// What happens after the button, or what is in the way.
fn outcome(app: App, filling: Filling, stage: &Stage) -> AnyView {
    match stage {
        Stage::Idle => ().into_any(),
        Stage::SendingFiles => notice(Tone::Info, errand().submit_sending_files()),
        Stage::Sending => notice(Tone::Info, errand().submit_sending()),
        Stage::Waiting => notice(Tone::Warning, errand().submit_waiting()),
        Stage::Failed(Failure::Refused(details)) if details.kind == ProblemType::Invalid => {
            let answers = details.problems.iter().map(|it| {
                let label = DataPath::parse(&it.path).ok().and_then(|path| filling.session.label(&path));
                put(errand().problem_other(), &[&label.unwrap_or_else(|| it.path.clone())])
            });
            let papers = details.papers.iter().map(|key| {
                let papers = filling.uploads_asked();
                let title = papers.iter().find(|it| it.key == *key).map(crate::pages::papers::title_of);
                put(errand().papers_missing(), &[&title.unwrap_or_else(|| key.clone())])
            });
            let lines = answers.chain(papers).map(|it| view! { <li>{it}</li> }).collect::<Vec<_>>();
            let href = app.href(&filling.route(Place::Check));
            notice_with(
                Tone::Error,
                view! {
                    <p>{errand().submit_refused()}</p>
                    <ul>{lines}</ul>
                    <p><a href=href>{errand().check_title()}</a></p>
                }
                .into_any(),
            )
        }
        Stage::Failed(failure) => failure_view(failure, None),
    }
}
