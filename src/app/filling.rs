//! One filling from "start" to the receipt: the draft, its form, its files, and the way through its pages.

use crate::app::App;
use crate::browser::drafts::{self, Claim, SaveState, Saver};
use crate::browser::failure::Failure;
use crate::browser::patterns::BrowserPatterns;
use crate::browser::uploads::UploadNews;
use crate::browser::{api, clock, entry, random};
use crate::route::{Place, Route};
use crate::session::{Evaluator, FormSession};
use crate::translation;
use crate::words::{Language, words};
use contract::person::{Person, Relation, Submitter};
use contract::procedure::{CaseAnswers, FormReference, Paper, PaperRole, Procedure, applies};
use contract::stored::{StoredDraft, StoredFile};
use forms::{
    Answers, CivilDate, Component, DataPath, DateKept, DefinitionError, DefinitionFault, Environment, Form, Kind,
    PersonDetail, evaluate_with_rows, initial_answers, put_right,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use std::collections::BTreeMap;

/// Handle to the filling that is open; copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Filling {
    /// The draft without its answers, which [`FormSession`] holds.
    pub(crate) draft: RwSignal<StoredDraft>,
    /// The procedure.
    pub(crate) procedure: StoredValue<Procedure>,
    /// The form being filled.
    pub(crate) session: FormSession,
    /// Texts of the definition beside its fields.
    pub(crate) texts: StoredValue<FormTexts>,
    /// Is it saved?
    pub(crate) saved: RwSignal<Option<SaveState>>,
    /// How far each file is, by its id.
    pub(crate) uploads: RwSignal<BTreeMap<String, UploadNews>>,
    /// Has the person paused the sending?
    pub(crate) uploads_paused: RwSignal<bool>,
    saver: StoredValue<Saver, LocalStorage>,
    claim: StoredValue<Option<Claim>, LocalStorage>,
}

/// Texts of a definition beside its fields.
#[derive(Clone, Debug)]
pub(crate) struct FormTexts {
    /// The language the form was opened in.
    spoken: Language,
    /// `vi` where the definition is Vietnamese and the page is not.
    pub(crate) language: Option<&'static str>,
    /// What the person declares before submitting, in the words of the declaration.
    pub(crate) declaration: Option<String>,
}

/// What came of opening a draft.
#[derive(Clone)]
pub(crate) enum Opened {
    /// It is open.
    Here(Filling),
    /// The device has no such draft.
    Gone,
    /// Another tab writes to it.
    Elsewhere,
    /// Its form cannot be read: our mistake, not the citizen's.
    Definition,
}

/// A new draft, not saved yet.
pub(crate) fn new_draft(procedure: String, title: String, form: FormReference, case: CaseAnswers) -> StoredDraft {
    // The question who files, where a procedure asks it, is the same as here.
    let relation = case.get("filer").and_then(|it| read_relation(it));
    StoredDraft {
        v: drafts::VERSION,
        id: random::random_id(),
        revision: 0,
        procedure,
        title,
        form: Some(form),
        case_answers: case,
        place: Place::Who.segment(),
        owner: None,
        submitter: relation.map(|relation| Submitter { person: Person::default(), relation }),
        answers: Value::Null,
        files: Vec::new(),
        collecting: None,
        filing: None,
        changed_at: clock::now_ms(),
        keep_papers: false,
        frozen: None,
    }
}

/// The relation with this name on the wire.
pub(crate) fn read_relation(name: &str) -> Option<Relation> {
    match name {
        "owner" => Some(Relation::Owner),
        "parent" => Some(Relation::Parent),
        "kin" => Some(Relation::Kin),
        "authorised" => Some(Relation::Authorised),
        _ => None,
    }
}

/// The filling that is open, and the draft that was just begun.
#[derive(Clone, Copy)]
pub(crate) struct OpenFilling {
    /// The filling that is open.
    filling: RwSignal<Option<Filling>>,
    /// A draft that was just begun: it is opened from here even where the device could not keep it.
    fresh: StoredValue<Option<StoredDraft>>,
}

/// Makes room for the filling that will be open; called once.
pub(crate) fn provide() {
    provide_context(OpenFilling { filling: RwSignal::new(None), fresh: StoredValue::new(None) });
}

/// Lets go of the filling before it goes on in another window; called once the shared state is there.
fn put_away_before_leaving(app: App, open: OpenFilling) {
    app.before_leaving.set_value(Some(Callback::new(move |()| {
        spawn_local(async move {
            if open.filling.with_untracked(Option::is_some) {
                open.close().await;
                app.go(Route::Home);
            }
        });
    })));
}

impl OpenFilling {
    /// The one of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// The filling of this draft, if it is open in the language of the page.
    pub(crate) fn of(self, draft: &str) -> Option<Filling> {
        self.filling.get_untracked().filter(|it| it.id() == draft && it.speaks(words().language))
    }

    /// Saves and closes the filling that is open, whichever it is.
    pub(crate) async fn close(self) {
        if let Some(filling) = self.filling.get_untracked() {
            let _ = filling.save_now().await;
            filling.close().await;
            self.filling.set(None);
        }
    }

    /// Forgets the filling that was open: it was sent or deleted.
    pub(crate) async fn discard(self, draft: &str) {
        if let Some(filling) = self.filling.get_untracked().filter(|it| it.id() == draft) {
            filling.close().await;
            self.filling.set(None);
        }
    }
}

/// Begins a filling: its draft is saved, and its first page follows.
pub(crate) async fn begin(app: App, open: OpenFilling, draft: StoredDraft) {
    // Where nothing can be kept the filling still works; the first page says that it is not saved.
    let _ = drafts::save(&draft).await;
    let route = Route::Filling { draft: draft.id.clone(), place: Place::Who };
    open.fresh.set_value(Some(draft));
    app.replace(route);
    crate::browser::page::persist().await;
}

/// Opens the draft with this id, with its procedure and the version of the form it was begun with.
pub(crate) async fn open(app: App, open: OpenFilling, id: String) -> Result<Opened, Failure> {
    open.close().await;
    let fresh = open.fresh.try_update_value(Option::take).flatten().filter(|it| it.id == id);
    let stored = match fresh {
        Some(draft) => draft,
        None => match drafts::load(&id).await? {
            Some(draft) => draft,
            None => return Ok(Opened::Gone),
        },
    };
    let Some(claim) = drafts::claim(&id).await else { return Ok(Opened::Elsewhere) };
    let Some(reference) = stored.form.clone() else { return Ok(Opened::Definition) };
    let procedure = api::procedure(&stored.procedure).await?;
    let mut definition = api::form(&reference.id, reference.version).await?;
    let language = words().language;
    let translated = language == Language::En && translation::to_english(&mut definition);
    let texts = FormTexts {
        spoken: language,
        language: (language != Language::Vi && !translated).then_some("vi"),
        declaration: definition.pointer("/properties/declaration").and_then(Value::as_str).map(str::to_owned),
    };
    let mut form = Form::parse(&definition, &BrowserPatterns);
    if let Err(errors) = &form
        && needs_scripts(errors)
    {
        entry::fetch_scripts().await?;
        form = Form::parse(&definition, &BrowserPatterns);
    }
    let Ok(form) = form else { return Ok(Opened::Definition) };
    let answers = match Answers::parse(stored.answers.clone()) {
        Ok(answers) => answers,
        Err(_) => initial_answers(&form),
    };
    let filling = app
        .outliving(|| Filling::new(app, stored, procedure, FormSession::new(form, answers, &EVALUATE), texts, claim));
    open.filling.set(Some(filling));
    put_away_before_leaving(app, open);
    Ok(Opened::Here(filling))
}

/// Was a form not read only because what reads its scripts has not been fetched yet?
pub(crate) fn needs_scripts(errors: &[DefinitionError]) -> bool {
    errors.first().is_some_and(|it| it.error == DefinitionFault::ScriptsNotHere)
}

/// The outcome of a form today, with the browser's own patterns.
pub(crate) static EVALUATE: Evaluator = Evaluator {
    whole: |form, answers| evaluate_with_rows(form, answers, &environment(&BrowserPatterns)),
    one: |form, answers, path, outcome| put_right(form, answers, &environment(&BrowserPatterns), path, outcome),
};

/// What evaluating needs from the browser.
pub(crate) fn environment(patterns: &BrowserPatterns) -> Environment<'_> {
    let today = i32::try_from(clock::now_s().saturating_add(7 * 3_600) / 86_400)
        .ok()
        .and_then(CivilDate::from_days_since_1970)
        .expect("a clock below the year 9999 tells a day");
    Environment { today, patterns }
}

impl Filling {
    fn new(
        app: App,
        mut stored: StoredDraft,
        procedure: Procedure,
        session: FormSession,
        texts: FormTexts,
        claim: Claim,
    ) -> Self {
        let saved = RwSignal::new(None);
        let saver = Saver::new(stored.revision, move |state| {
            saved.try_set(Some(state));
        });
        stored.answers = Value::Null;
        let filling = Self {
            draft: RwSignal::new(stored),
            procedure: StoredValue::new(procedure),
            session,
            texts: StoredValue::new(texts),
            saved,
            uploads: RwSignal::new(BTreeMap::new()),
            uploads_paused: RwSignal::new(false),
            saver: StoredValue::new_local(saver),
            claim: StoredValue::new_local(Some(claim)),
        };
        // Mirrors outward: each change of the draft or of an answer is saved.
        Effect::new(move |before: Option<()>| {
            let snapshot = filling.snapshot();
            if before.is_some() {
                filling.saved.set(Some(SaveState::Saving));
                filling.saver.with_value(|saver| saver.changed(snapshot));
            }
        });
        // Once signed in, the files that wait are sent.
        Effect::new(move |_| {
            if app.signed_in.with(|it| it.session().is_some()) {
                crate::uploading::go_on(app, filling);
            }
        });
        filling
    }

    /// Was the form opened in this language?
    fn speaks(self, language: Language) -> bool {
        self.texts.with_value(|it| it.spoken == language)
    }

    /// The id of the draft.
    pub(crate) fn id(self) -> String {
        self.draft.with_untracked(|it| it.id.clone())
    }

    /// The draft with its answers, as it is stored.
    fn snapshot(self) -> StoredDraft {
        let mut draft = self.draft.get();
        draft.answers = self.session.with_answers(|it| it.data().clone());
        draft.changed_at = clock::now_ms();
        draft
    }

    /// Saves at once and waits for it.
    pub(crate) async fn save_now(self) -> Result<(), Failure> {
        let snapshot = untrack(|| self.snapshot());
        let Some(saver) = self.saver.try_with_value(Saver::clone) else { return Ok(()) };
        saver.changed(snapshot);
        saver.flush().await
    }

    /// Stops saving and lets other tabs have the draft.
    pub(crate) async fn close(self) {
        crate::uploading::stop(self);
        if let Some(saver) = self.saver.try_with_value(Saver::clone) {
            saver.stop().await;
        }
        self.claim.try_set_value(None);
    }

    /// Remembers where the person is.
    pub(crate) fn at(self, place: Place) {
        let segment = place.segment();
        if self.draft.with_untracked(|it| it.place != segment) {
            self.draft.update(|it| it.place = segment);
        }
    }

    /// The papers that are sent as files in this case.
    pub(crate) fn uploads_asked(self) -> Vec<Paper> {
        let case = self.draft.with_untracked(|it| it.case_answers.clone());
        self.procedure.with_value(|procedure| {
            procedure
                .papers
                .iter()
                .filter(|it| it.how == PaperRole::Upload && applies(&it.when, &case))
                .cloned()
                .collect()
        })
    }

    /// The papers that must be there and have no file yet; changes with the files.
    pub(crate) fn papers_missing(self) -> Vec<Paper> {
        let asked = self.uploads_asked();
        self.draft.with(|draft| {
            asked
                .into_iter()
                .filter(|paper| !paper.optional && !draft.files.iter().any(|file| file.requirement == paper.key))
                .collect()
        })
    }

    /// The files of a paper; changes with them.
    pub(crate) fn files_of(self, requirement: &str) -> Vec<StoredFile> {
        self.draft.with(|it| it.files.iter().filter(|file| file.requirement == requirement).cloned().collect())
    }

    /// All pages of this filling, in order.
    pub(crate) fn places(self) -> Vec<Place> {
        let steps = self.session.journey().steps().len();
        let papers = (!self.uploads_asked().is_empty()).then_some(Place::Papers);
        std::iter::once(Place::Who)
            .chain((0..steps).map(Place::Step))
            .chain(papers)
            .chain([Place::Check, Place::Submit])
            .collect()
    }

    /// Which page of how many this is, from 1.
    pub(crate) fn progress(self, place: Place) -> (usize, usize) {
        let places = untrack(|| self.places());
        (places.iter().position(|it| *it == place).map_or(1, |it| it + 1), places.len())
    }

    /// The page after `place`.
    pub(crate) fn after(self, place: Place) -> Place {
        let places = untrack(|| self.places());
        let next = places.iter().position(|it| *it == place).map_or(0, |it| it + 1);
        places.get(next).copied().unwrap_or(Place::Check)
    }

    /// The page before `place`; none before the first.
    pub(crate) fn before(self, place: Place) -> Option<Place> {
        let places = untrack(|| self.places());
        let index = places.iter().position(|it| *it == place)?;
        places.get(index.checked_sub(1)?).copied()
    }

    /// The address of one of its pages.
    pub(crate) fn route(self, place: Place) -> Route {
        Route::Filling { draft: self.id(), place }
    }

    /// Fills what is blank with what is known of the owner and the submitter. Nothing typed is replaced.
    pub(crate) fn prefill(self) {
        let (owner, submitter) =
            self.draft.with_untracked(|it| (it.owner.clone(), it.submitter.clone().map(|it| it.person)));
        let known: Vec<(DataPath, Value)> = self.session.with_form(|form| {
            let mut known = Vec::new();
            for step in &form.steps {
                collect(&step.components, None, &mut |path, component| {
                    let Some(prefill) = component.properties.prefill else { return };
                    let person = match prefill.person {
                        forms::Person::Owner => owner.as_ref(),
                        forms::Person::Submitter => submitter.as_ref(),
                    };
                    if let Some(value) = person.and_then(|it| detail(it, prefill.detail, &component.kind)) {
                        known.push((path, value));
                    }
                });
            }
            known
        });
        for (path, value) in known {
            let blank = untrack(|| {
                self.session.with_answers(|it| it.get(&path).is_none_or(|it| it.as_str().is_some_and(str::is_empty)))
            });
            if blank {
                self.session.answer(&path, value);
            }
        }
    }
}

/// Calls `meet` with each component that holds an answer outside lists, and where the answer lies.
pub(crate) fn collect(components: &[Component], parent: Option<&DataPath>, meet: &mut dyn FnMut(DataPath, &Component)) {
    for component in components {
        let path = DataPath::of(parent, &component.key);
        match &component.kind {
            Kind::Fieldset { components } | Kind::Well { components } => collect(components, parent, meet),
            Kind::Columns { columns: groups } | Kind::Table { cells: groups, .. } | Kind::Tabs { tabs: groups } => {
                for group in groups {
                    collect(&group.components, parent, meet);
                }
            }
            Kind::Container { components } => collect(components, Some(&path), meet),
            Kind::DataGrid { .. } | Kind::EditGrid { .. } | Kind::Content { .. } | Kind::Button => {}
            _ => meet(path, component),
        }
    }
}

/// What is known of a person, as the answer of a component of this kind.
pub(crate) fn detail(person: &Person, detail: PersonDetail, kind: &Kind) -> Option<Value> {
    let text = match detail {
        PersonDetail::FullName => Some(person.full_name.clone()),
        PersonDetail::CitizenId => person.citizen_id.clone(),
        PersonDetail::Phone => person.phone.clone(),
        PersonDetail::Email => person.email.clone(),
        PersonDetail::BirthDate => {
            let mut parts = person.birth_date.as_deref()?.split('-');
            let year = parts.next()?;
            let (month, day) = (parts.next().unwrap_or("00"), parts.next().unwrap_or("00"));
            Some(match kind {
                Kind::Day { day_first: false, .. } => format!("{month}/{day}/{year}"),
                Kind::DateTime { kept: DateKept::Day } if day != "00" => format!("{year}-{month}-{day}"),
                Kind::DateTime { .. } if day != "00" => format!("{year}-{month}-{day}T00:00:00+07:00"),
                Kind::DateTime { .. } => return None,
                _ => format!("{day}/{month}/{year}"),
            })
        }
        PersonDetail::Sex | PersonDetail::Address | PersonDetail::Ethnicity | PersonDetail::Nationality => None,
    };
    text.filter(|it| !it.is_empty()).map(Value::String)
}

/// The submitter of a draft as a person, blank where nothing was written yet.
pub(crate) fn submitter(draft: &StoredDraft) -> Submitter {
    draft.submitter.clone().unwrap_or_else(|| Submitter { person: Person::default(), relation: Relation::default() })
}
