//! Choosing a centre and taking a number.

use crate::app::App;
use crate::browser::failure::Failure;
use crate::browser::{api, drafts, random};
use crate::components::{
    ChoiceOption, Choices, ErrorLink, Icon, PlaceOption, choices, error_summary, failure_view, fetched, heading, icon,
    sentence_of,
};
use crate::pages::back_link;
use crate::pages::centres::{centre_name, centre_picker};
use crate::pages::papers::title_of;
use crate::route::Route;
use crate::words::{errand, essential, localised, put};
use contract::problem::ProblemType;
use contract::procedure::{PaperRole, Procedure};
use contract::stored::StoredTicket;
use contract::ticket::{Priority, TicketRequest};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The page.
pub(crate) fn page(code: String, dossier: Option<String>) -> AnyView {
    fetched(
        move || {
            let code = code.clone();
            async move { api::procedure(&code).await }
        },
        move |procedure| show(procedure, dossier.clone()),
    )
}

fn show(procedure: Procedure, dossier: Option<String>) -> AnyView {
    let app = App::here();
    let centre: RwSignal<Option<PlaceOption>> = RwSignal::new(None);
    let priority = RwSignal::new("none".to_owned());
    let tried = RwSignal::new(0_u32);
    let failed: RwSignal<Option<Failure>> = RwSignal::new(None);
    let busy = RwSignal::new(false);
    // One key for this page: pressing twice, or again after a lost answer, takes one number.
    let key = random::uuid_v4();
    let kept = StoredValue::new(procedure.clone());
    let links = Signal::derive(move || {
        if centre.with(Option::is_none) {
            vec![ErrorLink { target: "centre".into(), text: errand().take_choose_centre().into() }]
        } else {
            Vec::new()
        }
    });
    let error = Signal::derive(move || {
        (tried.get() > 0 && centre.with(Option::is_none)).then(|| errand().take_choose_centre().to_owned())
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(place) = centre.get_untracked() else {
            tried.update(|it| *it += 1);
            return;
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let request = TicketRequest {
            centre: place.code,
            procedure: kept.with_value(|it| it.code.clone()),
            dossier: dossier.clone(),
            priority: priority.with_untracked(|it| read_priority(it)),
        };
        // Another centre or another reason is another question: it needs a key of its own.
        let key = key_for(&key, &request);
        spawn_local(async move {
            let csrf = app.signed_in.with_untracked(|it| it.session().map(|session| session.csrf_token.clone()));
            match api::take_ticket(&request, &key, csrf.as_deref()).await {
                Ok(ticket) => {
                    let id = ticket.id.clone();
                    let stored = kept.try_with_value(to_bring).map(|(bring, who)| StoredTicket {
                        v: drafts::VERSION,
                        ticket,
                        bring,
                        who,
                    });
                    if let Some(stored) = stored {
                        // The ticket is at the server too: where the device keeps nothing it is fetched.
                        let _ = drafts::save_ticket(&stored).await;
                    }
                    app.replace(Route::Ticket { id });
                }
                Err(Failure::Refused(details))
                    if details.kind == ProblemType::Conflict && details.existing.is_some() =>
                {
                    app.replace(Route::Ticket { id: details.existing.unwrap_or_default() });
                }
                Err(failure) => {
                    busy.try_set(false);
                    failed.try_set(Some(failure));
                }
            }
        });
    };
    let details = move || {
        centre.get().map(|place| {
            fetched(
                move || {
                    let code = place.code.clone();
                    async move { api::centre(&code).await }
                },
                |centre| {
                    let sample =
                        centre.sample.then(|| view! { <span class="badge">{essential().sample_data()}</span> });
                    view! {
                        <div class="card">
                            <h2 class="card__title">{centre.name.clone()}" "{sample}</h2>
                            {centre.address.map(|it| view! { <p>{put(errand().take_address(), &[&it])}</p> })}
                            <p>{put(errand().take_hours(), &[&centre.hours])}</p>
                            {centre.phone.map(|it| view! { <p>{put(errand().take_phone(), &[&it])}</p> })}
                            <p><strong>{put(errand().take_waiting(), &[&centre.waiting.to_string()])}</strong></p>
                        </div>
                    }
                    .into_any()
                },
            )
        })
    };
    view! {
        {back_link(app.href(&Route::Procedure { code: procedure.code.clone() }), essential().back())}
        <p class="matter">{localised(&procedure.title)}</p>
        {heading(errand().take_title())}
        <form on:submit=submit novalidate="novalidate" autocomplete="off">
            {error_summary(links, tried.into())}
            {centre_picker(app, ("centre", errand().take_centre()), centre.into(), error, Callback::new(move |place: PlaceOption| {
                centre.set(Some(centre_name(app, &place.code)));
            }))}
            {details}
            {choices(Choices {
                id: "priority".into(),
                legend: errand().take_priority().into(),
                hint: None,
                options: vec![
                    ChoiceOption::new("none", errand().take_priority_none()),
                    ChoiceOption::new("elderly", errand().take_priority_elderly()),
                    ChoiceOption::new("disabled", errand().take_priority_disabled()),
                    ChoiceOption::new("pregnant", errand().take_priority_pregnant()),
                    ChoiceOption::new("smallChild", errand().take_priority_small_child()),
                ],
                chosen: priority.into(),
                error: Signal::derive(|| None),
                required: false,
                on_choose: Callback::new(move |value| priority.set(value)),
            })}
            <div aria-live="polite">{move || failed.get().map(|it| {
                app.announce(sentence_of(&it));
                failure_view(&it, None)
            })}</div>
            <button type="submit" class="button button--large" aria-disabled=move || busy.get().to_string()>
                {icon(Icon::Ticket)}{errand().take_button()}
            </button>
        </form>
    }
    .into_any()
}

fn read_priority(value: &str) -> Option<Priority> {
    match value {
        "elderly" => Some(Priority::Elderly),
        "disabled" => Some(Priority::Disabled),
        "pregnant" => Some(Priority::Pregnant),
        "smallChild" => Some(Priority::SmallChild),
        _ => None,
    }
}

/// The page's key with a mark of what is asked, still shaped as a UUID: its last digits are a sum over the question.
fn key_for(key: &str, request: &TicketRequest) -> String {
    let asked = format!("{} {:?}", request.centre, request.priority);
    let sum = asked.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let start = key.get(..key.len().saturating_sub(8)).unwrap_or_default();
    format!("{start}{sum:08x}")
}

/// What to bring and who comes, in plain words, for a ticket that is read without a network.
fn to_bring(procedure: &Procedure) -> (Vec<String>, Vec<String>) {
    let mut bring: Vec<String> = procedure.papers.iter().filter(|it| it.how == PaperRole::Show).map(title_of).collect();
    if bring.is_empty() {
        bring.push(errand().ticket_bring_id().to_owned());
    }
    (bring, procedure.visit.iter().map(|it| localised(&it.who)).collect())
}

#[cfg(test)]
mod tests {
    use super::key_for;
    use contract::ticket::TicketRequest;

    #[test]
    fn the_same_question_has_the_same_key_and_another_centre_another() {
        let key = "0e4a5a1e-7d5b-4a1c-9a53-111122223333";
        let ask = |centre: &str| TicketRequest {
            centre: centre.into(),
            procedure: "2.000815".into(),
            dossier: None,
            priority: None,
        };
        let (one, other) = (key_for(key, &ask("31120")), key_for(key, &ask("31338")));
        assert_eq!(one, key_for(key, &ask("31120")));
        assert_ne!(one, other);
        assert_eq!(one.len(), 36);
        assert!(one.starts_with("0e4a5a1e-7d5b-4a1c-9a53-1111"));
    }
}
