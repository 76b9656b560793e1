//! One procedure: case questions first, then exactly the papers it needs, how long, how much, where, who decides.

use crate::app::App;
use crate::browser::{api, page};
use crate::components::{
    ChoiceOption, Choices, ErrorLink, Icon, Label, Tone, choices, error_summary, fetched, icon, notice, notice_with,
    page_heading,
};
use crate::pages::back_link;
use crate::route::Route;
use crate::words::{Language, essential, full, localised, money, put, size, time_limit, words};
use contract::procedure::{
    CaseAnswers, CollectingMethod, Fee, FeeKind, Filing, Localised, Paper, PaperRole, Procedure, applies,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The page of the procedure with this code, with or without suffix.
pub(crate) fn page(code: String) -> AnyView {
    let asked = code.clone();
    fetched(
        move || {
            let code = code.clone();
            // Shared, not copied: the page asks for it in several places.
            async move { api::procedure(&code).await.map(Arc::new) }
        },
        move |procedure| show(&asked, procedure),
    )
}

fn show(asked: &str, procedure: Arc<Procedure>) -> AnyView {
    let app = App::here();
    let replaced = vietnam::procedure_code::national(asked).is_some_and(|it| it != procedure.code);
    let title = localised(&procedure.title);
    let official = (title != procedure.name).then(|| procedure.name.clone());
    let answers = RwSignal::new(CaseAnswers::new());
    let asks = !procedure.questions.is_empty();
    // With no question the papers are shown at once.
    let answered = RwSignal::new(!asks);
    let kept = StoredValue::new(procedure.clone());
    let body = move || {
        if answered.get() {
            kept.with_value(|procedure| needs(app, procedure, &answers.get_untracked(), asks.then_some(answered)))
        } else {
            kept.with_value(|procedure| questions(procedure, answers, answered))
        }
    };
    view! {
        {back_link(app.href(&Route::Home), essential().home())}
        {replaced.then(|| notice(Tone::Info, full().replaced_by()))}
        {page_heading(title.clone(), view! { <span lang=vi_unless(&procedure.title)>{title.clone()}</span> }.into_any())}
        {official.map(|it| view! { <p class="official" lang="vi">{it}</p> })}
        {body}
        {facts(&procedure)}
    }
    .into_any()
}

/// `lang="vi"` for a text that has no translation into the language of the page.
fn vi_unless(text: &Localised) -> Option<&'static str> {
    (words().language != Language::Vi && text.en.is_none()).then_some("vi")
}

/// Two to four plain questions, on one screen.
fn questions(procedure: &Procedure, answers: RwSignal<CaseAnswers>, answered: RwSignal<bool>) -> AnyView {
    let tried = RwSignal::new(0_u32);
    let asked = StoredValue::new(procedure.questions.clone());
    // Those that apply to the answers so far and have none.
    let open = Signal::derive(move || {
        asked.with_value(|questions| {
            answers.with(|given| {
                questions
                    .iter()
                    .filter(|it| applies(&it.when, given) && !given.contains_key(&it.key))
                    .map(|it| ErrorLink { target: format!("case-{}", it.key), text: localised(&it.text) })
                    .collect::<Vec<_>>()
            })
        })
    });
    let groups = procedure
        .questions
        .iter()
        .cloned()
        .map(|question| {
            let key = question.key.clone();
            let chosen = {
                let key = key.clone();
                Signal::derive(move || answers.with(|it| it.get(&key).cloned().unwrap_or_default()))
            };
            let missing = {
                let key = key.clone();
                Signal::derive(move || {
                    (tried.get() > 0 && answers.with(|it| !it.contains_key(&key)))
                        .then(|| full().case_needed().to_owned())
                })
            };
            let when = question.when.clone();
            move || {
                if !answers.with(|it| applies(&when, it)) {
                    return ().into_any();
                }
                let key = key.clone();
                choices(Choices {
                    id: format!("case-{key}"),
                    legend: Label { language: vi_unless(&question.text), ..localised(&question.text).into() },
                    hint: question.hint.as_ref().map(localised),
                    options: question
                        .options
                        .iter()
                        .map(|it| ChoiceOption::new(it.value.clone(), localised(&it.label)))
                        .collect(),
                    chosen,
                    error: missing,
                    required: true,
                    on_choose: Callback::new(move |value: String| {
                        answers.update(|it| {
                            it.insert(key.clone(), value);
                            // An answer to a question that no longer applies is taken back.
                            asked.with_value(|questions| {
                                for question in questions {
                                    if !applies(&question.when, it) {
                                        it.remove(&question.key);
                                    }
                                }
                            });
                        });
                    }),
                })
            }
        })
        .collect::<Vec<_>>();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if open.with(Vec::is_empty) {
            answered.set(true);
            page::focus_soon("needs".into());
        } else {
            tried.update(|it| *it += 1);
        }
    };
    view! {
        <form class="case" on:submit=submit novalidate="novalidate" autocomplete="off">
            <h2>{full().case_title()}</h2>
            {error_summary(open, tried.into())}
            {groups}
            <button type="submit" class="button">{full().case_continue()}{icon(Icon::Next)}</button>
        </form>
    }
    .into_any()
}

/// What has to be prepared in this case, and the one next step.
fn needs(app: App, procedure: &Procedure, case: &CaseAnswers, change: Option<RwSignal<bool>>) -> AnyView {
    let of = |role: PaperRole| -> Vec<&Paper> {
        procedure.papers.iter().filter(|it| it.how == role && applies(&it.when, case)).collect()
    };
    let (uploads, shown, forms) = (of(PaperRole::Upload), of(PaperRole::Show), of(PaperRole::OurForm));
    let nothing = procedure.complete && uploads.is_empty();
    let section = |picture: Icon, title: &'static str, papers: &[&Paper]| {
        (!papers.is_empty()).then(|| {
            let rows = papers.iter().map(|it| paper(it)).collect::<Vec<_>>();
            view! {
                <div class="need">
                    <h3>{icon(picture)}{title}</h3>
                    <ul class="papers" role="list">{rows}</ul>
                </div>
            }
        })
    };
    let visits: Vec<_> = procedure.visit.iter().filter(|it| applies(&it.when, case)).collect();
    let visit_view = procedure.complete.then(|| {
        if visits.is_empty() && procedure.form.is_some() {
            notice(Tone::Success, full().visit_none())
        } else {
            let lines = visits
                .iter()
                .map(|it| {
                    view! {
                        <li>
                            <span lang=vi_unless(&it.reason)>{localised(&it.reason)}</span>
                            " "
                            <strong lang=vi_unless(&it.who)>{localised(&it.who)}</strong>
                        </li>
                    }
                })
                .collect::<Vec<_>>();
            notice_with(
                Tone::Info,
                view! { <p><strong>{full().visit_needed()}</strong></p><ul>{lines}</ul> }.into_any(),
            )
        }
    });
    let largest = uploads.iter().map(|it| it.max_bytes).max();
    view! {
        <section class="block" aria-labelledby="needs">
            <h2 id="needs" tabindex="-1">{full().need_title()}</h2>
            {(!procedure.complete && !procedure.papers.is_empty()).then(|| notice(Tone::Warning, full().need_varies()))}
            {procedure.papers.is_empty().then(|| notice(Tone::Info, full().no_full_data()))}
            {section(Icon::Camera, full().need_upload(), &uploads)}
            {largest.map(|bytes| view! { <p class="quiet">{put(full().need_limit(), &[&size(bytes)])}</p> })}
            {nothing.then(|| view! { <p>{icon(Icon::Done)}" "{full().need_nothing()}</p> })}
            {section(Icon::Office, full().need_show(), &shown)}
            {(!forms.is_empty() && procedure.form.is_some()).then(|| view! {
                <p class="need__form">{icon(Icon::Change)}{full().need_form()}</p>
            })}
            {visit_view}
            {change.map(|answered| view! {
                <p>
                    <button type="button" class="link-button" on:click=move |_| answered.set(false)>
                        {full().case_change()}
                    </button>
                </p>
            })}
            {next_step(app, procedure, case.clone())}
            {procedure.complete.then(|| view! { <p class="quiet">{full().need_rule()}</p> })}
        </section>
    }
    .into_any()
}

fn paper(paper: &Paper) -> AnyView {
    let plain = paper.title.as_ref();
    let title = plain.map_or_else(|| paper.name.clone(), localised);
    let official = (title != paper.name).then(|| paper.name.clone());
    let mut counts = Vec::new();
    if paper.originals > 0 {
        counts.push(put(full().need_originals(), &[&paper.originals.to_string()]));
    }
    if paper.copies > 0 {
        counts.push(put(full().need_copies(), &[&paper.copies.to_string()]));
    }
    if paper.optional {
        counts.push(full().need_optional().to_owned());
    }
    view! {
        <li class="paper">
            <span class="paper__title" lang=plain.map_or(Some("vi"), vi_unless)>{title}</span>
            <span class="paper__counts">{counts.join(" · ")}</span>
            {paper.note.as_ref().map(|it| view! { <span class="paper__note" lang=vi_unless(it)>{localised(it)}</span> })}
            {official.map(|it| view! {
                <details class="more"><summary>{full().official_name()}</summary><p lang="vi">{it}</p></details>
            })}
        </li>
    }
    .into_any()
}

/// The one next step: fill in, take a number, or where else to go.
fn next_step(app: App, procedure: &Procedure, case: CaseAnswers) -> AnyView {
    if procedure.form.is_some() {
        let case = case.into_iter().collect();
        let start = app.href(&Route::NewFilling { procedure: procedure.code.clone(), case });
        view! {
            <p><a class="button button--large" href=start>{full().start()}{icon(Icon::Next)}</a></p>
            <p class="quiet">{icon(Icon::Lock)}" "{full().start_note()}</p>
        }
        .into_any()
    } else if procedure.complete && matches!(procedure.filing, Filing::CounterOnly) {
        let href = app.href(&Route::TakeTicket { procedure: procedure.code.clone(), dossier: None });
        view! { <p><a class="button button--large" href=href>{icon(Icon::Ticket)}{full().take_number()}</a></p> }
            .into_any()
    } else {
        let text = match &procedure.filing {
            Filing::AnyCentre | Filing::OnlineOnly | Filing::CounterOnly => full().not_online_text(),
            Filing::NamedAgency { .. } | Filing::NotKnown => full().not_online_agency(),
        };
        notice_with(
            Tone::Info,
            view! {
                <p><strong>{full().not_online_title()}</strong></p>
                <p>{text}</p>
            }
            .into_any(),
        )
    }
}

/// How long, how much, where, who; and where it is written.
fn facts(procedure: &Procedure) -> AnyView {
    let how_long = procedure.time_limit.map_or_else(|| full().how_long_unknown().to_owned(), time_limit);
    let time_note = procedure.time_note.as_ref().map(localised);
    let filing = match &procedure.filing {
        Filing::AnyCentre if procedure.form.is_some() => full().filing_any().to_owned(),
        Filing::AnyCentre => full().filing_any_centre().to_owned(),
        Filing::NamedAgency { name } => name.clone(),
        Filing::OnlineOnly => full().filing_online().to_owned(),
        Filing::CounterOnly => full().filing_counter().to_owned(),
        Filing::NotKnown => full().filing_ask().to_owned(),
    };
    let collecting = procedure.collecting.iter().map(|it| collecting_method(*it)).collect::<Vec<_>>().join(" · ");
    let rows = [
        Some((Icon::Clock, full().how_long(), view! { <p>{how_long}</p>{time_note.map(|it| view! { <p class="quiet">{it}</p> })} }.into_any())),
        Some((Icon::Money, full().how_much(), fee(&procedure.fee))),
        Some((Icon::Place, full().where_to_file(), view! { <p>{filing}</p> }.into_any())),
        procedure.authority.as_ref().map(|it| {
            let view = view! { <p lang=vi_unless(&it.text)>{localised(&it.text)}</p> }.into_any();
            (Icon::Office, full().who_decides(), view)
        }),
        (!collecting.is_empty()).then(|| (Icon::Folder, full().where_to_collect(), view! { <p>{collecting}</p> }.into_any())),
        (!procedure.results.is_empty())
            .then(|| (Icon::Paper, full().result(), view! { <p lang="vi">{procedure.results.join("; ")}</p> }.into_any())),
    ]
    .into_iter()
    .flatten()
    .map(|(picture, name, value)| {
        view! { <div class="fact"><dt class="fact__name">{icon(picture)}{name}</dt><dd class="fact__value">{value}</dd></div> }
    })
    .collect::<Vec<_>>();
    let steps = (!procedure.steps.is_empty()).then(|| {
        let lines =
            procedure.steps.iter().map(|it| view! { <li lang=vi_unless(it)>{localised(it)}</li> }).collect::<Vec<_>>();
        view! { <details class="more"><summary>{full().steps_title()}</summary><ol>{lines}</ol></details> }
    });
    let template = match &procedure.template {
        Some(template) => {
            view! { <span lang="vi">{put(full().template_read(), &[&template.name, &template.issued_by])}</span> }
                .into_any()
        }
        None => full().template_unchecked().into_any(),
    };
    view! {
        <section class="block" aria-labelledby="facts">
            <h2 id="facts">{full().facts_title()}</h2>
            <dl class="facts">{rows}</dl>
            {steps}
            <details class="more">
                <summary>{full().legal_title()}</summary>
                <p lang="vi">{procedure.legal_basis.join(", ")}</p>
                <p>{full().procedure_code()}": "{procedure.code.clone()}</p>
                {procedure.form.is_some().then(|| view! { <p>{full().template_title()}": "{template}</p> })}
                {procedure.portal_url.clone().map(|it| view! {
                    <p><a href=it rel="noopener noreferrer" target="_blank">{full().portal_link()}{icon(Icon::Leave)}</a></p>
                })}
            </details>
        </section>
    }
    .into_any()
}

/// How the result is collected, in words.
pub(crate) fn collecting_method(method: CollectingMethod) -> &'static str {
    match method {
        CollectingMethod::Electronic => full().collect_electronic(),
        CollectingMethod::Post => full().collect_post(),
        CollectingMethod::Centre => full().collect_centre(),
    }
}

/// A fee: free only where it is.
fn fee(fee: &Fee) -> AnyView {
    let sentence = match fee.kind {
        FeeKind::Free => full().fee_free().to_owned(),
        FeeKind::Local | FeeKind::Conditional => full().fee_maybe().to_owned(),
        FeeKind::Unknown => full().fee_unknown().to_owned(),
        FeeKind::Amounts => fee
            .amounts
            .iter()
            .map(|it| match &it.per {
                Some(per) => format!("{} {}", money(it.dong), localised(per)),
                None => money(it.dong),
            })
            .collect::<Vec<_>>()
            .join("; "),
    };
    let exempt = (!fee.exemptions.is_empty()).then(|| {
        let lines =
            fee.exemptions.iter().map(|it| view! { <li lang=vi_unless(it)>{localised(it)}</li> }).collect::<Vec<_>>();
        view! { <p>{full().fee_exempt()}</p><ul>{lines}</ul> }
    });
    let note = fee.note.as_ref().map(|it| view! { <p class="quiet" lang=vi_unless(it)>{localised(it)}</p> });
    view! { <p>{sentence}</p>{exempt}{note} }.into_any()
}
