//! One step of the form on one screen.

use crate::app::App;
use crate::components::{ErrorLink, error_summary};
use crate::fields::{self, Setting};
use crate::filling::Filling;
use crate::pages::filling::{continue_button, frame};
use crate::route::Place;
use leptos::prelude::*;

/// The page of the step at `index` among those that apply.
pub(crate) fn page(filling: Filling, index: usize) -> AnyView {
    let app = App::here();
    let session = filling.session;
    // An address may name a step that no longer applies: the last one that does is shown.
    let journey = untrack(|| session.journey());
    let Some(step) = journey.steps().get(index).or_else(|| journey.steps().last()).map(|it| it.position) else {
        app.replace(filling.route(filling.after(Place::Who)));
        return ().into_any();
    };
    let index = index.min(journey.steps().len().saturating_sub(1));
    let place = Place::Step(index);
    let tried = RwSignal::new(0_u32);
    let links = Signal::derive(move || {
        session.journey().steps().iter().find(|it| it.position == step).map_or_else(Vec::new, |step| {
            let problems = step.problems.iter();
            problems
                .map(|it| ErrorLink { target: fields::id_of(&it.path), text: fields::sentence(session, it) })
                .collect()
        })
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if links.with(Vec::is_empty) {
            app.go(filling.route(filling.after(place)));
        } else {
            tried.update(|it| *it += 1);
        }
    };
    let title = session.with_form(|form| form.steps.get(step).map(fields::step_title).unwrap_or_default());
    let body = view! {
        <form on:submit=submit novalidate="novalidate" autocomplete="off">
            {error_summary(links, tried.into())}
            {fields::step(Setting::of(filling), step, Signal::derive(move || tried.get() > 0))}
            {continue_button()}
            {fields::remarks(Setting::of(filling), step)}
        </form>
    }
    .into_any();
    frame(filling, place, title, body)
}
