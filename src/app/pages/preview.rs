//! `/tools/preview`, for people who write forms: a definition, the live form that it makes, and what is found in it.
//!
//! It is a wasm of its own: no citizen's page links it, and a deployment that leaves the folder of tools out has none.
//! All steps stand below each other, so that the whole form can be seen at once.

use crate::app::App;
use crate::browser::draw::draw;
use crate::browser::failure::Failure;
use crate::browser::patterns::BrowserPatterns;
use crate::browser::typing::text_in;
use crate::browser::{api, clock, page as browser_page};
use crate::components::{ErrorLink, Tone, error_summary, failure_view, heading, loading, notice};
use crate::fields::{self, Setting};
use crate::filling::{EVALUATE, environment};
use crate::session::FormSession;
use crate::words::{put, tools};
use forms::{DefinitionError, Finding, Form, LintFinding, LintSeverity, MAX_DEFINITION_BYTES, initial_answers, lint};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Id of the box for the definition.
const BOX: &str = "definition";

/// To fill them in by itself one day, a browser reads the whole form that a field is part of at each key, and one form after the
/// other when a field comes or goes: neither one form of hundreds of fields nor hundreds of forms answer soon.
const FORM_FIELDS: usize = 40;

/// A definition as a text, or why it did not come.
type Answer = Result<String, Failure>;

/// The page. Its heading stands at once, so that the browser has its letters ready; the rest is drawn in one piece when the
/// definition that `?definition=` names is here (public/preview.js asked for it while the wasm came), or at once when it
/// names none.
pub(crate) fn page() -> AnyView {
    // The parts of a form ask the shared state for places; nothing is asked of the backend before.
    App::alone();
    let asked = RwSignal::new(None::<Option<Answer>>);
    spawn_local(async move {
        let answer = match browser_page::query("definition") {
            Some(path) => Some(api::json_file(&path).await),
            None => None,
        };
        clock::mark("definition");
        asked.try_set(Some(answer));
    });
    view! {
        <div class="frame">
            <main class="main" id="content" tabindex="-1">
                {heading(tools::TITLE)}
                {move || asked.get().map_or_else(loading, bench)}
            </main>
        </div>
    }
    .into_any()
}

/// A box for a definition, and the definition that is there with its form.
fn bench(first: Option<Answer>) -> AnyView {
    let definition = RwSignal::new(first);
    let pasted = draw(
        "textarea",
        &[
            ("class", "input input--area"),
            ("rows", "8"),
            ("spellcheck", "false"),
            ("autocomplete", "off"),
            ("aria-describedby", "definition-hint"),
        ],
    )
    .id(BOX);
    let field = draw("div", &[("class", "field")])
        .and(&draw("label", &[("class", "field__label"), ("for", BOX)]).text(tools::DEFINITION))
        .and(&draw("p", &[("class", "field__hint")]).id("definition-hint").text(tools::LEAD))
        .and(&pasted);
    let pasting = draw("form", &[])
        .and(&field)
        .and(&draw("button", &[("type", "submit"), ("class", "button")]).text(tools::SHOW))
        .on("submit", move |event| {
            event.prevent_default();
            definition.set(Some(Ok(text_in(&pasted))));
        });
    view! {
        {pasting}
        {move || definition.with(|it| it.as_ref().map(|it| match it {
            Ok(text) => beside(text),
            Err(failure) => failure_view(failure, None),
        }))}
    }
    .into_any()
}

/// The live form and the findings.
fn beside(text: &str) -> AnyView {
    let (form, faults) = match Form::parse_text(text, &BrowserPatterns) {
        Ok(form) => (live(form), None),
        Err(errors) => (().into_any(), Some(faults(errors))),
    };
    // The form comes first: what is odd in it is looked for once it is drawn.
    let odd = RwSignal::new(None::<Vec<Finding>>);
    let (text, whole) = (text.to_owned(), faults.is_none());
    request_animation_frame(move || {
        set_timeout(
            move || {
                odd.try_set(found(&text));
            },
            Duration::ZERO,
        );
    });
    view! {
        <section aria-labelledby="findings">
            {draw("h2", &[]).id("findings").text(tools::FINDINGS)}
            {faults}
            {move || odd.with(|it| it.as_deref().map(|it| oddities(it, whole)))}
        </section>
        {form}
    }
    .into_any()
}

/// What keeps a definition from being read, by place and stable name.
fn faults(errors: Vec<DefinitionError>) -> AnyView {
    let lines = errors
        .into_iter()
        .map(|DefinitionError { path, error, .. }| {
            view! { <li><code>{place(path)}</code>": "<code>{error.to_string()}</code></li> }
        })
        .collect::<Vec<_>>();
    view! {
        {notice(Tone::Error, tools::NOT_READ)}
        <ul class="summary__list" aria-label=tools::REFUSED>{lines}</ul>
    }
    .into_any()
}

/// What is odd in a definition, whether it was read or not: mistakes first, each with its place.
fn found(text: &str) -> Option<Vec<Finding>> {
    if text.len() > MAX_DEFINITION_BYTES {
        return None;
    }
    let definition = serde_json::from_str(text).ok()?;
    let mut found = lint(&definition, &environment(&BrowserPatterns));
    found.sort_by_key(|it| it.finding.severity());
    Some(found)
}

/// What was found; where the definition was read, that all of it was.
fn oddities(found: &[Finding], whole: bool) -> AnyView {
    let lines = found
        .iter()
        .map(|Finding { path, finding }| {
            let severity = match finding.severity() {
                LintSeverity::Mistake => tools::MISTAKE,
                LintSeverity::Remark => tools::REMARK,
            };
            view! { <li><strong>{severity}</strong>" "<code>{place(path.clone())}</code>": "{oddity(finding)}</li> }
        })
        .collect::<Vec<_>>();
    let read = whole.then(|| notice(Tone::Success, tools::NO_FINDINGS));
    if lines.is_empty() {
        return view! { {read}<p class="quiet">{tools::NOTHING_ODD}</p> }.into_any();
    }
    view! {
        {read}
        <p>{put(tools::ODD, &[&lines.len().to_string()])}</p>
        <ul class="summary__list" aria-label=tools::ODDITIES>{lines}</ul>
    }
    .into_any()
}

fn place(path: String) -> String {
    if path.is_empty() { tools::WHOLE.to_owned() } else { path }
}

/// What is odd, as a sentence.
fn oddity(finding: &LintFinding) -> String {
    match finding {
        LintFinding::NeverShown => tools::NEVER_SHOWN.to_owned(),
        LintFinding::RequiredButHidden => tools::REQUIRED_BUT_HIDDEN.to_owned(),
        LintFinding::EmptyStep => tools::EMPTY_STEP.to_owned(),
        LintFinding::UnknownReference(name) => put(tools::UNKNOWN_REFERENCE, &[name]),
        LintFinding::ImpossibleValue(value) => put(tools::IMPOSSIBLE_VALUE, &[value]),
        LintFinding::LaterStep(key) => put(tools::LATER_STEP, &[key]),
        LintFinding::Cycle(keys) => put(tools::CYCLE, &[&keys.join(" → ")]),
        LintFinding::RepeatedKey(key) => put(tools::REPEATED_KEY, &[key]),
        LintFinding::DuplicateKey => tools::DUPLICATE_KEY.to_owned(),
        LintFinding::MissingLabel => tools::MISSING_LABEL.to_owned(),
        LintFinding::NoOptions => tools::NO_OPTIONS.to_owned(),
        LintFinding::RepeatedOption(value) => put(tools::REPEATED_OPTION, &[value]),
        LintFinding::ImpossibleLimits(name) => put(tools::IMPOSSIBLE_LIMITS, &[name]),
        LintFinding::SlowPattern => tools::SLOW_PATTERN.to_owned(),
        LintFinding::DroppedMarkup(tag) => put(tools::DROPPED_MARKUP, &[tag]),
        LintFinding::MissingTranslation(name) => put(tools::MISSING_TRANSLATION, &[name]),
    }
}

/// The form as a citizen would fill it, with its checks.
fn live(form: Form) -> AnyView {
    let titles: Vec<String> = form.steps.iter().map(fields::step_title).collect();
    let answers = initial_answers(&form);
    let session = FormSession::new(form, answers, EVALUATE);
    let setting = Setting { session, language: None, filling: None };
    let tried = RwSignal::new(0_u32);
    let links = Signal::derive(move || {
        let journey = session.journey();
        session.with_form(|form| {
            journey
                .steps()
                .iter()
                .flat_map(|step| &step.problems)
                .map(|it| ErrorLink { target: fields::id_of(&it.path), text: fields::sentence(form, it) })
                .collect::<Vec<_>>()
        })
    });
    let check = move || tried.update(|it| *it += 1);
    let wizard = titles.len() > 1;
    let steps = titles
        .into_iter()
        .enumerate()
        .map(|(step, title)| {
            let applies = Memo::new(move |_| session.with_outcome(|it| it.is_step_visible(step)));
            let shown = Signal::derive(move || tried.get() > 0);
            move || {
                applies.get().then(|| {
                    let title = wizard.then(|| {
                        view! { <h3>{put(tools::STEP, &[&(step + 1).to_string(), &title])}</h3> }
                    });
                    let parts = fields::parts(setting, step, shown, FORM_FIELDS)
                        .into_iter()
                        .map(|it| view! { <form novalidate="novalidate">{it}</form> })
                        .collect::<Vec<_>>();
                    view! { {title}{parts} }
                })
            }
        })
        .collect::<Vec<_>>();
    let verdict = move || {
        (tried.get() > 0 && links.with(Vec::is_empty)).then(|| {
            let data = session.with_outcome(|it| serde_json::Value::Object(it.data.clone()).to_string());
            view! {
                {notice(Tone::Success, tools::ALL_GOOD)}
                <details class="more"><summary>{tools::SUBMITTED}</summary><pre><code>{data}</code></pre></details>
            }
        })
    };
    view! {
        <section aria-labelledby="form">
            {draw("h2", &[]).id("form").text(tools::FORM)}
            <div
                on:submit=move |event| {
                    event.prevent_default();
                    check();
                }
            >
                {error_summary(links, tried.into())}
                {steps}
                {draw("button", &[("type", "button"), ("class", "button button--large")]).text(tools::CHECK).on("click", move |_| check())}
                {verdict}
            </div>
        </section>
    }
    .into_any()
}
