//! The declaration on paper, A4, for centres that still want one.
//!
//! It bears the national heading and the title of the official template only where the definition names a template that
//! was read; otherwise it is what it is: a list of what was declared.

use crate::app::App;
use crate::browser::page as browser_page;
use crate::components::{Icon, Tone, heading, icon, notice};
use crate::filling::{Filling, submitter};
use crate::pages::back_link;
use crate::review::{self, answer_list};
use crate::route::Place;
use crate::words::{errand, essential, put};
use leptos::prelude::*;

/// The page.
pub(crate) fn page(filling: Filling) -> AnyView {
    let app = App::here();
    let session = filling.session;
    let (template, declaration, title) =
        session.with_form(|form| (form.template.clone(), form.declaration.clone(), form.title.clone()));
    let read = template.filter(|it| !it.read_on.is_empty());
    let head = match &read {
        Some(template) => view! {
            <div class="sheet__nation" lang="vi">
                <p>{NATION}</p>
                <p>{MOTTO}</p>
            </div>
            <h2 class="sheet__title" lang="vi">{template.heading.clone()}</h2>
            <p class="sheet__number" lang="vi">{template.number.clone()}</p>
        }
        .into_any(),
        None => view! {
            <h2 class="sheet__title">{errand().sheet_title()}</h2>
            <p class="sheet__number" lang="vi">{title}</p>
        }
        .into_any(),
    };
    let journey = untrack(|| session.journey());
    let groups = journey
        .steps()
        .iter()
        .map(|step| {
            let lines = session.with_form(|form| {
                form.steps
                    .get(step.position)
                    .map(|step| untrack(|| review::lines(session, &step.components, None)))
                    .unwrap_or_default()
            });
            view! { <section class="sheet__group"><h3 lang="vi">{step.title.clone()}</h3>{answer_list(lines)}</section> }
        })
        .collect::<Vec<_>>();
    let signs = filling.draft.with_untracked(|it| submitter(it).person.full_name);
    let foot = match &read {
        Some(template) => put(errand().sheet_template(), &[&template.number]),
        None => errand().sheet_unchecked().to_owned(),
    };
    view! {
        <div class="no-print">
            {back_link(app.href(&filling.route(Place::Check)), essential().back())}
            {heading(errand().sheet_page())}
            {read.is_none().then(|| notice(Tone::Info, errand().sheet_unchecked()))}
            <p class="actions">
                <button type="button" class="button" on:click=|_| browser_page::print()>{icon(Icon::Print)}{errand().sheet_print()}</button>
            </p>
        </div>
        <article class="sheet">
            {head}
            {groups}
            {(!declaration.is_empty()).then(|| view! { <p class="sheet__oath" lang="vi">{declaration}</p> })}
            <div class="sheet__signs">
                <p>{errand().sheet_signs()}</p>
                <p>{signs}</p>
            </div>
            <p class="sheet__foot">{foot}</p>
        </article>
    }
    .into_any()
}

/// The national heading and its motto; official, so never in another language.
const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
