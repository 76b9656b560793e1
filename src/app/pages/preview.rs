//! `/tools/preview`, for people who write forms: a definition, the live form that it makes, and what is found in it.
//!
//! It is a wasm of its own: no citizen's page links it, and a deployment that leaves the folder of tools out has none.
//! All steps stand below each other, so that the whole form can be seen at once.

use crate::app::App;
use crate::browser::draw::draw;
use crate::browser::failure::Failure;
use crate::browser::linter::Linter;
use crate::browser::patterns::BrowserPatterns;
use crate::browser::typing::text_in;
use crate::browser::{api, clock, entry, page as browser_page};
use crate::components::{ErrorLink, Tone, error_summary, failure_view, heading, loading, notice};
use crate::fields::{self, Setting};
use crate::filling::{EVALUATE, needs_scripts};
use crate::oddities::Oddity;
use crate::session::FormSession;
use crate::words::{put, tools};
use contract::json;
use forms::{DefinitionError, Form, initial_answers};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Id of the box for the definition.
const BOX: &str = "definition";
/// Id of what the page is for.
const LEAD: &str = "lead";

/// How long the worker may look, seconds. Looking itself is bounded; a worker that is not there after this does not come.
const LOOK_SECONDS: u64 = 60;

/// A definition as a text, or why it did not come.
type Answer = Result<String, Failure>;

/// The page. What it is for stands in its document already (scripts/finish-build.mjs), so it was seen while the wasm came and the
/// browser has its letters ready; the definition that `?definition=` names was asked for meanwhile, too (public/preview.js). The rest
/// is drawn in one piece.
pub(crate) fn page() -> AnyView {
    // The parts of a form ask the shared state for places; nothing is asked of the backend before.
    App::alone();
    let definition = RwSignal::new(None::<Answer>);
    let here = RwSignal::new(false);
    spawn_local(async move {
        if let Some(path) = browser_page::query("definition") {
            let answer = match api::asked_early().await {
                Some(text) => Ok(text),
                None => api::json_file(&path).await,
            };
            definition.try_set(Some(answer));
        }
        clock::mark("definition");
        here.try_set(true);
    });
    view! {
        <div class="frame">
            <main class="main" id="content" tabindex="-1">
                {heading(tools::TITLE)}
                {draw("p", &[("class", "lead")]).id(LEAD).text(tools::LEAD)}
                {move || if here.get() { bench(definition) } else { loading() }}
            </main>
        </div>
    }
    .into_any()
}

/// Does it once what changed is drawn and seen.
fn after_frame(act: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}

/// A box for a definition, and the definition that is there with its form.
fn bench(definition: RwSignal<Option<Answer>>) -> AnyView {
    let mut pasted = draw(
        "textarea",
        &[
            ("class", "input input--area"),
            ("rows", "8"),
            ("spellcheck", "false"),
            ("autocomplete", "off"),
            ("aria-describedby", LEAD),
        ],
    )
    .id(BOX);
    let typed = pasted.place();
    let field = draw("div", &[("class", "field")])
        .and(draw("label", &[("class", "field__label"), ("for", BOX)]).text(tools::DEFINITION))
        .and(pasted);
    let pasting = draw("form", &[])
        .and(field)
        .and(draw("button", &[("type", "submit"), ("class", "button")]).text(tools::SHOW))
        .on("submit", move |event| {
            event.prevent_default();
            if let Some(typed) = typed.element() {
                definition.set(Some(Ok(text_in(typed))));
            }
        });
    let shown = move || {
        definition.with(|it| match it {
            None => ().into_any(),
            Some(Ok(text)) => beside(text, definition),
            Some(Err(failure)) => failure_view(failure, None),
        })
    };
    vec![pasting.into_any(), shown.into_any()].into_any()
}

/// How far one is with looking for what is odd.
enum Odd {
    /// The worker is at it, or on its way.
    Looking,
    /// The worker could not be asked.
    NotLooked,
    /// The text is no definition to look at.
    Nothing,
    Found(Vec<Oddity>),
}

impl Odd {
    /// Reads the worker's answer.
    fn heard(answer: Option<String>) -> Self {
        match answer.and_then(|it| json::read(it.as_bytes())) {
            None => Self::NotLooked,
            Some(None) => Self::Nothing,
            Some(Some(found)) => Self::Found(found),
        }
    }
}

/// The live form and the findings.
fn beside(text: &str, definition: RwSignal<Option<Answer>>) -> AnyView {
    let (form, faults) = match Form::parse_text(text, &BrowserPatterns) {
        Ok(form) => (live(form), None),
        Err(errors) if needs_scripts(&errors) => return waiting_for_scripts(definition),
        Err(errors) => (().into_any(), Some(faults(errors))),
    };
    let whole = faults.is_none();
    let odd = RwSignal::new(None::<Odd>);
    let linter = StoredValue::new_local(None::<Linter>);
    // The form comes first: the worker is fetched, and all of this told, once it is drawn.
    let look = move || {
        // Another definition may have come meanwhile.
        if odd.try_set(Some(Odd::Looking)).is_some() {
            return;
        }
        let text = definition.with_untracked(|it| it.as_ref().and_then(|it| it.as_ref().ok()).cloned());
        let asked = Linter::ask(text.unwrap_or_default(), move |answer| {
            odd.try_set(Some(Odd::heard(answer)));
        });
        if asked.is_none() {
            odd.set(Some(Odd::NotLooked));
        }
        linter.set_value(asked);
        let give_up = move || {
            if odd.try_with_untracked(|it| matches!(it, Some(Odd::Looking))) == Some(true) {
                odd.set(Some(Odd::NotLooked));
                linter.set_value(None);
            }
        };
        set_timeout(give_up, Duration::from_secs(LOOK_SECONDS));
    };
    after_frame(look);
    let oddities = move || odd.with(|it| it.as_ref().map_or_else(|| ().into_any(), |it| oddities(it, whole)));
    let findings = draw("section", &[("class", "block"), ("aria-labelledby", "findings")])
        .and(draw("h2", &[]).id("findings").text(tools::FINDINGS))
        .around(faults.into_iter().chain([oddities.into_any()]).collect());
    vec![findings, form].into_any()
}

/// In place of a form with scripts, until what reads them is here; then it is shown.
fn waiting_for_scripts(definition: RwSignal<Option<Answer>>) -> AnyView {
    let failed = RwSignal::new(None::<Failure>);
    let again = Callback::new(move |()| definition.update(|_| {}));
    spawn_local(async move {
        match entry::fetch_scripts().await {
            Err(failure) => {
                failed.try_set(Some(failure));
            }
            // Unless another definition is there by now.
            Ok(()) if failed.try_get_untracked().is_some() => again.run(()),
            Ok(()) => {}
        }
    });
    (move || failed.with(|it| it.as_ref().map_or_else(loading, |it| failure_view(it, Some(again))))).into_any()
}

/// What keeps a definition from being read, by place and stable name.
fn faults(errors: Vec<DefinitionError>) -> AnyView {
    let lines = errors
        .into_iter()
        .map(|DefinitionError { path, error, .. }| {
            view! { <li><code>{placed(&path)}</code>": "<code>{error.to_string()}</code></li> }
        })
        .collect::<Vec<_>>();
    view! {
        {notice(Tone::Error, tools::NOT_READ)}
        <ul class="summary__list" aria-label=tools::REFUSED>{lines}</ul>
    }
    .into_any()
}

/// What was found; where the definition was read, that all of it was.
fn oddities(odd: &Odd, whole: bool) -> AnyView {
    let read = whole.then(|| notice(Tone::Success, tools::NO_FINDINGS));
    let found = match odd {
        Odd::Looking => return view! { {read}<p class="quiet">{tools::LOOKING}</p> }.into_any(),
        Odd::NotLooked => return view! { {read}{notice(Tone::Warning, tools::NOT_LOOKED)} }.into_any(),
        Odd::Nothing => return ().into_any(),
        Odd::Found(found) if found.is_empty() => {
            return view! { {read}<p class="quiet">{tools::NOTHING_ODD}</p> }.into_any();
        }
        Odd::Found(found) => found,
    };
    let lines = found
        .iter()
        .map(|Oddity { mistake, place, sentence }| {
            let severity = if *mistake { tools::MISTAKE } else { tools::REMARK };
            view! { <li><strong>{severity}</strong>" "<code>{placed(place)}</code>": "{sentence.clone()}</li> }
        })
        .collect::<Vec<_>>();
    view! {
        {read}
        <p>{put(tools::ODD, &[&lines.len().to_string()])}</p>
        <ul class="summary__list" aria-label=tools::ODDITIES>{lines}</ul>
    }
    .into_any()
}

fn placed(path: &str) -> String {
    if path.is_empty() { tools::WHOLE.to_owned() } else { path.to_owned() }
}

/// The form as a citizen would fill it, with its checks.
fn live(form: Form) -> AnyView {
    let titles: Vec<String> = form.steps.iter().map(fields::step_title).collect();
    let answers = initial_answers(&form);
    let session = FormSession::new(form, answers, &EVALUATE);
    let setting = Setting { session, language: None, filling: None };
    let tried = RwSignal::new(0_u32);
    let links = Signal::derive(move || {
        let journey = session.journey();
        let problems = journey.steps().iter().flat_map(|step| &step.problems);
        problems
            .map(|it| ErrorLink { target: fields::id_of(&it.path), text: fields::sentence(session, it) })
            .collect::<Vec<_>>()
    });
    let check = move || tried.update(|it| *it += 1);
    let wizard = titles.len() > 1;
    let steps = titles.into_iter().enumerate().map(|(step, title)| {
        let applies = Memo::new(move |_| session.with_outcome(|it| it.is_step_visible(step)));
        let shown = Signal::derive(move || tried.get() > 0);
        let step = move || {
            if !applies.get() {
                return ().into_any();
            }
            let title =
                wizard.then(|| draw("h3", &[]).text(&put(tools::STEP, &[&(step + 1).to_string(), &title])).into_any());
            title.into_iter().chain(fields::forms(setting, step, shown)).collect::<Vec<_>>().into_any()
        };
        step.into_any()
    });
    let verdict = move || {
        (tried.get() > 0 && links.with(Vec::is_empty)).then(|| {
            let data = session.with_outcome(|it| serde_json::Value::Object(it.data.clone()).to_string());
            view! {
                {notice(Tone::Success, tools::ALL_GOOD)}
                <details class="more"><summary>{tools::SUBMITTED}</summary><pre><code>{data}</code></pre></details>
            }
        })
    };
    let check_button = draw("button", &[("type", "button"), ("class", "button button--large")])
        .text(tools::CHECK)
        .on("click", move |_| check());
    let inside = [error_summary(links, tried.into())]
        .into_iter()
        .chain(steps)
        .chain([check_button.into_any(), verdict.into_any()]);
    let fields = draw("div", &[])
        .on("submit", move |event| {
            event.prevent_default();
            check();
        })
        .around(inside.collect());
    draw("section", &[("class", "block"), ("aria-labelledby", "form")])
        .and(draw("h2", &[]).id("form").text(tools::FORM))
        .around(vec![fields])
}
