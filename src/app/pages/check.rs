//! Check your answers, before submitting: grouped by step, with a way back to each.

use crate::app::App;
use crate::browser::patterns::BrowserPatterns;
use crate::components::{ErrorLink, Icon, Tone, error_summary, icon, notice};
use crate::fields;
use crate::filling::{Filling, environment, submitter};
use crate::pages::filling::{continue_button, frame};
use crate::pages::papers::title_of;
use crate::pages::who::relation_label;
use crate::review::{self, Line, answer_list};
use crate::route::Place;
use crate::words::{errand, essential, localised, put, size};
use contract::person::{Person, Relation};
use contract::procedure::applies;
use leptos::prelude::*;

/// The page.
pub(crate) fn page(filling: Filling) -> AnyView {
    let app = App::here();
    let session = filling.session;
    let journey = untrack(|| session.journey());
    let mut groups: Vec<AnyView> = Vec::new();
    let mut links: Vec<ErrorLink> = Vec::new();
    groups.push(group(app, filling, errand().check_case(), None, case_lines(filling)));
    groups.push(group(app, filling, errand().check_who(), Some(Place::Who), who_lines(filling)));
    let unsaid = filling.draft.with_untracked(|it| it.owner.is_none() || it.submitter.is_none());
    if unsaid {
        links.push(ErrorLink {
            target: "group-who".into(),
            text: put(errand().problem_required(), &[errand().check_who()]),
        });
    }
    for (index, step) in journey.steps().iter().enumerate() {
        let place = Place::Step(index);
        for problem in &step.problems {
            let text = fields::sentence(session, problem);
            links.push(ErrorLink { target: group_id(Some(place)), text });
        }
        let lines = session.with_form(|form| {
            form.steps
                .get(step.position)
                .map(|step| untrack(|| review::lines(session, &step.components, None)))
                .unwrap_or_default()
        });
        groups.push(group(app, filling, &step.title, Some(place), lines));
    }
    let asked = filling.uploads_asked();
    if !asked.is_empty() {
        for paper in untrack(|| filling.papers_missing()) {
            let text = put(errand().papers_missing(), &[&title_of(&paper)]);
            links.push(ErrorLink { target: group_id(Some(Place::Papers)), text });
        }
        let lines = asked
            .iter()
            .map(|paper| {
                let files = untrack(|| filling.files_of(&paper.key));
                let names =
                    files.iter().map(|it| format!("{} ({})", it.name, size(it.report.bytes))).collect::<Vec<_>>();
                let answer = if names.is_empty() { errand().check_blank().to_owned() } else { names.join("\n") };
                Line::text(title_of(paper), answer)
            })
            .collect();
        groups.push(group(app, filling, errand().check_papers(), Some(Place::Papers), lines));
    }
    let tried = RwSignal::new(0_u32);
    let open = !links.is_empty();
    let links = Signal::stored(links);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if open {
            tried.update(|it| *it += 1);
        } else {
            app.go(filling.route(Place::Submit));
        }
    };
    let body = view! {
        <form on:submit=submit novalidate="novalidate" autocomplete="off">
            {error_summary(links, tried.into())}
            {open.then(|| notice(Tone::Warning, errand().check_problems()))}
            {groups}
            {continue_button()}
            <p><a class="link-button" href=app.href(&filling.route(Place::Declaration))>{icon(Icon::Print)}{errand().sheet_page()}</a></p>
        </form>
    }
    .into_any();
    frame(filling, Place::Check, errand().check_title(), body)
}

/// Can it be submitted? The forms' own word on the answers, and the papers.
pub(crate) fn ready(filling: Filling) -> Option<forms::Submission> {
    if !untrack(|| filling.papers_missing()).is_empty() {
        return None;
    }
    let patterns = BrowserPatterns;
    untrack(|| {
        filling.session.with_form(|form| {
            filling
                .session
                .with_answers(|answers| forms::Submission::try_new(form, answers, &environment(&patterns)).ok())
        })
    })
}

fn group_id(place: Option<Place>) -> String {
    match place {
        Some(Place::Who) => "group-who".into(),
        Some(place) => ["group-", &place.segment()].concat(),
        None => "group-case".into(),
    }
}

fn group(app: App, filling: Filling, title: &str, place: Option<Place>, lines: Vec<Line>) -> AnyView {
    let title = title.to_owned();
    let id = group_id(place);
    let change = place.map(|place| {
        let (href, name) =
            (app.href(&filling.route(place)), put(errand().check_change_of(), &[&vietnam::case::lower(&title)]));
        view! { <a class="card__change" href=href aria-label=name>{icon(Icon::Change)}{errand().check_change()}</a> }
    });
    view! {
        <section class="card" id=id tabindex="-1">
            <div class="card__head"><h2 class="card__title">{title}</h2>{change}</div>
            {answer_list(lines)}
        </section>
    }
    .into_any()
}

fn case_lines(filling: Filling) -> Vec<Line> {
    let case = filling.draft.with_untracked(|it| it.case_answers.clone());
    filling.procedure.with_value(|procedure| {
        procedure
            .questions
            .iter()
            .filter(|it| applies(&it.when, &case))
            .filter_map(|question| {
                let answer = case.get(&question.key)?;
                let option = question.options.iter().find(|it| it.value == *answer)?;
                Some(Line::text(localised(&question.text), localised(&option.label)))
            })
            .collect()
    })
}

fn who_lines(filling: Filling) -> Vec<Line> {
    filling.draft.with_untracked(|draft| {
        let filer = submitter(draft);
        let mut lines = vec![Line::text(errand().who_for_whom(), relation_label(filer.relation))];
        let mut person = |title: &str, person: &Person| {
            let parts = [Some(person.full_name.clone()), person.citizen_id.clone(), person.phone.clone()];
            let answer = parts.into_iter().flatten().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n");
            lines.push(Line::text(title, answer));
        };
        if filer.relation != Relation::Owner
            && let Some(owner) = &draft.owner
        {
            person(errand().who_owner_title(), owner);
        }
        person(errand().who_submitter_title(), &filer.person);
        lines
    })
}

/// The way back to the check page, for those who come to submit too early.
pub(crate) fn not_ready(app: App, filling: Filling) -> AnyView {
    view! {
        {notice(Tone::Warning, errand().check_problems())}
        <p><a class="button" href=app.href(&filling.route(Place::Check))>{essential().back()}</a></p>
    }
    .into_any()
}
