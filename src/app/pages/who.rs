//! Who this is for: the owner and the submitter, never mixed up.

use crate::app::App;
use crate::components::{
    ChoiceOption, Choices, ErrorLink, TextInput, Tone, choices, error_summary, notice, text_input,
};
use crate::filling::{Filling, read_relation, submitter};
use crate::pages::filling::{continue_button, frame};
use crate::route::Place;
use crate::words::{errand, full, put};
use contract::person::{Person, PersonSource, Relation, Submitter};
use contract::session::Role;
use leptos::prelude::*;
use vietnam::citizen_id::CitizenId;
use vietnam::name::FullName;
use vietnam::phone::Phone;

/// What is asked of a person here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    Name,
    Id,
    Phone,
}

/// Which of the two persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Owner,
    Submitter,
}

/// Something missing or wrong here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wrong {
    who: Who,
    detail: Detail,
    blank: bool,
}

/// The page.
pub(crate) fn page(filling: Filling) -> AnyView {
    let app = App::here();
    // The case question asked it already.
    let told =
        filling.draft.with_untracked(|it| it.case_answers.get("filer").is_some_and(|it| read_relation(it).is_some()));
    let from_session = take_session(app, filling);
    let tried = RwSignal::new(0_u32);
    // Memos: the fields are drawn anew only when these change, not with each key. A page that is drawn anew under a
    // finger loses the tap.
    let relation = Memo::new(move |_| filling.draft.with(|it| submitter(it).relation));
    let chosen = Signal::derive(move || {
        if filling.draft.with(|it| it.submitter.is_some()) {
            relation_key(relation.get()).to_owned()
        } else {
            String::new()
        }
    });
    let wrongs = Signal::derive(move || filling.draft.with(|it| wrongs(&submitter(it), it.owner.as_ref())));
    let unanswered = Memo::new(move |_| filling.draft.with(|it| it.submitter.is_none()));
    let links = Signal::derive(move || {
        if unanswered.get() {
            return vec![ErrorLink { target: "relation".into(), text: full().case_needed().into() }];
        }
        wrongs.with(|list| {
            list.iter().map(|it| ErrorLink { target: id_of(it.who, it.detail).into(), text: sentence(*it) }).collect()
        })
    });
    let error_of = move |who: Who, detail: Detail| {
        Signal::derive(move || {
            (tried.get() > 0)
                .then(|| wrongs.with(|list| list.iter().find(|it| it.who == who && it.detail == detail).copied()))
                .flatten()
                .map(sentence)
        })
    };
    let fields = move |who: Who| {
        [Detail::Name, Detail::Id, Detail::Phone]
            .into_iter()
            // The agency calls the one who files.
            .filter(|detail| who == Who::Submitter || *detail != Detail::Phone)
            .map(|detail| field(filling, who, detail, error_of(who, detail)))
            .collect::<Vec<_>>()
    };
    let persons = move || {
        if unanswered.get() {
            return ().into_any();
        }
        let mine = relation.get() == Relation::Owner;
        let own_title = if mine { errand().who_me_title() } else { errand().who_submitter_title() };
        view! {
            {(!mine).then(|| view! { <fieldset class="group"><legend>{errand().who_owner_title()}</legend>{fields(Who::Owner)}</fieldset> })}
            <fieldset class="group">
                <legend>{own_title}</legend>
                {from_session.then(|| notice(Tone::Info, errand().who_from_session()))}
                {fields(Who::Submitter)}
            </fieldset>
        }
        .into_any()
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if links.with(Vec::is_empty) {
            filling.draft.update(|draft| {
                let filer = submitter(draft);
                if filer.relation == Relation::Owner {
                    draft.owner = Some(filer.person);
                }
            });
            filling.prefill();
            app.go(filling.route(filling.after(Place::Who)));
        } else {
            tried.update(|it| *it += 1);
        }
    };
    let body = view! {
        <form on:submit=submit novalidate="novalidate" autocomplete="off">
            {error_summary(links, tried.into())}
            {(!told).then(|| choices(Choices {
                id: "relation".into(),
                legend: errand().who_for_whom().into(),
                hint: None,
                options: [Relation::Owner, Relation::Parent, Relation::Kin, Relation::Authorised]
                    .into_iter()
                    .map(|it| ChoiceOption::new(relation_key(it), relation_label(it)))
                    .collect(),
                chosen,
                error: Signal::derive(move || {
                    (tried.get() > 0 && unanswered.get()).then(|| full().case_needed().to_owned())
                }),
                required: true,
                on_choose: Callback::new(move |value: String| choose(filling, &value)),
            }))}
            {persons}
            {continue_button()}
        </form>
    }
    .into_any();
    frame(filling, Place::Who, errand().who_title(), body)
}

/// A citizen who is signed in is the submitter; a volunteer's or a business's session fills nothing.
fn take_session(app: App, filling: Filling) -> bool {
    let person = app.signed_in.with_untracked(|it| {
        it.session().filter(|session| session.role == Role::Citizen).and_then(|session| session.person.clone())
    });
    let Some(mut person) = person else { return false };
    person.source = PersonSource::Session;
    let blank =
        filling.draft.with_untracked(|it| it.submitter.as_ref().is_none_or(|it| it.person.full_name.is_empty()));
    if blank {
        filling.draft.update(|it| {
            let relation = submitter(it).relation;
            it.submitter = Some(Submitter { person, relation });
        });
    }
    filling.draft.with_untracked(|it| submitter(it).person.source == PersonSource::Session)
}

fn choose(filling: Filling, value: &str) {
    let relation = read_relation(value).unwrap_or_default();
    filling.draft.update(|draft| {
        let mut filer = submitter(draft);
        // The owner of "my own" matter is a copy of the submitter: of somebody else's matter it must be asked.
        if filer.relation == Relation::Owner && relation != Relation::Owner {
            draft.owner = None;
        }
        filer.relation = relation;
        draft.submitter = Some(filer);
    });
}

fn relation_key(relation: Relation) -> &'static str {
    match relation {
        Relation::Owner => "owner",
        Relation::Parent => "parent",
        Relation::Kin => "kin",
        Relation::Authorised => "authorised",
    }
}

/// The words for a relation.
pub(crate) fn relation_label(relation: Relation) -> &'static str {
    match relation {
        Relation::Owner => errand().who_me(),
        Relation::Parent => errand().who_child(),
        Relation::Kin => errand().who_kin(),
        Relation::Authorised => errand().who_authorised(),
    }
}

fn id_of(who: Who, detail: Detail) -> &'static str {
    match (who, detail) {
        (Who::Owner, Detail::Name) => "owner-name",
        (Who::Owner, Detail::Id) => "owner-id",
        (Who::Owner, Detail::Phone) => "owner-phone",
        (Who::Submitter, Detail::Name) => "submitter-name",
        (Who::Submitter, Detail::Id) => "submitter-id",
        (Who::Submitter, Detail::Phone) => "submitter-phone",
    }
}

fn label_of(detail: Detail) -> &'static str {
    match detail {
        Detail::Name => errand().who_name(),
        Detail::Id => errand().who_id(),
        Detail::Phone => errand().who_phone(),
    }
}

fn sentence(wrong: Wrong) -> String {
    let template = match (wrong.blank, wrong.detail) {
        (true, _) => errand().problem_required(),
        (false, Detail::Name) => errand().problem_name(),
        (false, Detail::Id) => errand().problem_citizen_id(),
        (false, Detail::Phone) => errand().problem_phone(),
    };
    put(template, &[label_of(wrong.detail)])
}

/// What is missing or wrong: the submitter's name, id and phone are needed, of another owner the name.
fn wrongs(filer: &Submitter, owner: Option<&Person>) -> Vec<Wrong> {
    let mut found = Vec::new();
    let nobody = Person::default();
    if filer.relation != Relation::Owner {
        judge(Who::Owner, owner.unwrap_or(&nobody), &mut found);
    }
    judge(Who::Submitter, &filer.person, &mut found);
    found
}

fn judge(who: Who, person: &Person, found: &mut Vec<Wrong>) {
    let needed = |detail| who == Who::Submitter || detail == Detail::Name;
    for (detail, text) in [
        (Detail::Name, Some(&person.full_name)),
        (Detail::Id, person.citizen_id.as_ref()),
        (Detail::Phone, person.phone.as_ref()),
    ] {
        let text = text.map(|it| it.trim()).unwrap_or_default();
        if text.is_empty() {
            if needed(detail) {
                found.push(Wrong { who, detail, blank: true });
            }
            continue;
        }
        let good = match detail {
            Detail::Name => FullName::parse(text).is_ok(),
            Detail::Id => CitizenId::parse(text).is_ok(),
            Detail::Phone => Phone::parse(text).is_ok(),
        };
        if !good {
            found.push(Wrong { who, detail, blank: false });
        }
    }
}

fn field(filling: Filling, who: Who, detail: Detail, error: Signal<Option<String>>) -> AnyView {
    let value = Signal::derive(move || {
        filling.draft.with(|draft| {
            let filer = submitter(draft);
            let nobody = Person::default();
            let person = match who {
                Who::Owner => draft.owner.as_ref().unwrap_or(&nobody),
                Who::Submitter => &filer.person,
            };
            match detail {
                Detail::Name => person.full_name.clone(),
                Detail::Id => person.citizen_id.clone().unwrap_or_default(),
                Detail::Phone => person.phone.clone().unwrap_or_default(),
            }
        })
    });
    let write = move |text: String| {
        filling.draft.update(|draft| {
            let mut filer = submitter(draft);
            let mut owner = draft.owner.clone().unwrap_or_default();
            let person = match who {
                Who::Owner => &mut owner,
                Who::Submitter => &mut filer.person,
            };
            let before = person.clone();
            let optional = (!text.is_empty()).then(|| text.clone());
            match detail {
                Detail::Name => person.full_name.clone_from(&text),
                Detail::Id => person.citizen_id = optional,
                Detail::Phone => person.phone = optional,
            }
            // What was told by the session and changed by hand is typed.
            if *person != before {
                person.source = PersonSource::Typed;
            }
            match who {
                Who::Owner => draft.owner = Some(owner),
                Who::Submitter => draft.submitter = Some(filer),
            }
        });
    };
    let (kind, keyboard) = match detail {
        Detail::Name => ("text", "text"),
        Detail::Id => ("text", "numeric"),
        Detail::Phone => ("tel", "tel"),
    };
    let required = who == Who::Submitter || detail == Detail::Name;
    let hint = match (detail, required) {
        (Detail::Name, _) => errand().who_name_hint(),
        (Detail::Id, true) => "",
        (Detail::Id, false) => errand().who_id_hint(),
        (Detail::Phone, _) => errand().who_phone_hint(),
    };
    text_input(TextInput {
        id: id_of(who, detail).into(),
        label: label_of(detail).into(),
        hint: (!hint.is_empty()).then(|| hint.to_owned()),
        value,
        error,
        kind,
        keyboard,
        required,
        narrow: detail != Detail::Name,
        on_input: Callback::new(write),
    })
}

#[cfg(test)]
mod tests {
    use super::{Detail, Who, wrongs};
    use contract::person::{Person, Relation, Submitter};

    fn person(name: &str, id: &str, phone: &str) -> Person {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Person { full_name: name.into(), citizen_id: some(id), phone: some(phone), ..Person::default() }
    }

    #[track_caller]
    fn check(relation: Relation, filer: Person, owner: Option<Person>, expected: &[(Who, Detail, bool)]) {
        let found = wrongs(&Submitter { person: filer, relation }, owner.as_ref());
        let found: Vec<_> = found.into_iter().map(|it| (it.who, it.detail, it.blank)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_submitter_gives_name_id_and_phone() {
        let blank = Person::default();
        let all = [Detail::Name, Detail::Id, Detail::Phone].map(|it| (Who::Submitter, it, true));
        check(Relation::Owner, blank, None, &all);
        check(Relation::Owner, person("Y Bhăm Niê", "087084000999", "0912 345 678"), None, &[]);
        check(Relation::Owner, person("An", "87084000999", "0912345678"), None, &[(Who::Submitter, Detail::Id, false)]);
        check(Relation::Owner, person("An", "087084000999", "12"), None, &[(Who::Submitter, Detail::Phone, false)]);
    }

    #[test]
    fn another_owner_needs_a_name_only_a_newborn_has_no_number() {
        let filer = person("Nguyễn Văn An", "087084000999", "0912345678");
        check(Relation::Parent, filer.clone(), None, &[(Who::Owner, Detail::Name, true)]);
        check(Relation::Parent, filer.clone(), Some(person("Bé Na", "", "")), &[]);
        check(Relation::Kin, filer, Some(person("Bé Na", "1", "")), &[(Who::Owner, Detail::Id, false)]);
    }
}
