//! What every page shares: where one is, in which language, who is signed in, the catalogue.

use crate::browser::failure::Failure;
use crate::browser::{api, embed, page};
use crate::components::Load;
use crate::route::Route;
use crate::words::{self, Language};
use catalogue::Index;
use contract::place::{Places, Province};
use contract::session::Session;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Code of the city this app is for.
pub(crate) const CAN_THO: &str = "92";

/// Who is signed in, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SignedIn {
    /// Not asked yet, or the question failed.
    Unknown,
    /// Nobody.
    No,
    /// Somebody.
    Yes(Box<Session>),
}

impl SignedIn {
    /// The session, if there is one.
    pub(crate) fn session(&self) -> Option<&Session> {
        match self {
            Self::Yes(session) => Some(session),
            Self::Unknown | Self::No => None,
        }
    }
}

/// Handle to what every page shares; copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct App {
    /// Where one is.
    pub(crate) route: RwSignal<Route>,
    /// The language in use; its sentences are loaded.
    pub(crate) language: RwSignal<Language>,
    /// Who is signed in.
    pub(crate) signed_in: RwSignal<SignedIn>,
    /// Is there a network?
    pub(crate) online: RwSignal<bool>,
    /// What the live region says.
    pub(crate) announcement: RwSignal<String>,
    /// The commune tier of the catalogue.
    pub(crate) commune: RwSignal<Load<Arc<Index>>>,
    /// The whole catalogue; loaded when a search needs it.
    pub(crate) whole: RwSignal<Option<Load<Arc<Index>>>>,
    /// Shown inside another site.
    pub(crate) embedded: bool,
    /// Provinces, and the wards and centres of the city; none until a page asks for them.
    places: RwSignal<Places>,
    places_asked: StoredValue<bool>,
    /// What has to be put away before the errand goes on in another window; set by the second wasm.
    pub(crate) before_leaving: StoredValue<Option<Callback<()>>>,
    /// Set by moving, cleared when the new page's heading has taken the focus.
    moved: StoredValue<bool>,
    /// Owner of what outlives a page.
    owner: StoredValue<Owner>,
}

impl App {
    /// Makes the shared state, asking nothing of the backend; called once, by [`App::start`] or by a page that stands alone.
    pub(crate) fn alone() -> Self {
        let (address, embedded) = here();
        let app = Self {
            route: RwSignal::new(Route::parse(&address)),
            language: RwSignal::new(Language::Vi),
            signed_in: RwSignal::new(SignedIn::Unknown),
            online: RwSignal::new(page::is_online()),
            announcement: RwSignal::new(String::new()),
            commune: RwSignal::new(Load::Loading),
            whole: RwSignal::new(None),
            embedded,
            places: RwSignal::new(Places::default()),
            places_asked: StoredValue::new(false),
            before_leaving: StoredValue::new(None),
            moved: StoredValue::new(false),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
        };
        provide_context(app);
        app
    }

    /// Makes the shared state and asks the backend for what every page needs; called once.
    pub(crate) fn start() -> Self {
        let app = Self::alone();
        app.load_commune();
        app.ask_session();
        let embedded = app.embedded;
        if embedded && let Some(told) = embed::follow_height() {
            page::keep(told);
        }
        // The page that embeds this one says in which language; elsewhere the device remembers.
        let language = if embedded { page::query("lang") } else { page::preference("language") };
        if let Some(language) = language.as_deref().and_then(Language::parse) {
            app.choose_language(language);
        }
        page::keep(page::on_move(move || {
            let (address, _) = here();
            app.moved.set_value(true);
            app.route.set(Route::parse(&address));
        }));
        page::keep(page::on_network(move |online| {
            app.online.set(online);
            if online && matches!(app.commune.get_untracked(), Load::Failed(_)) {
                app.load_commune();
            }
        }));
        app
    }

    /// The state of the page this is called in.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Runs `make` so that the signals it makes outlive the page.
    pub(crate) fn outliving<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(make)
    }

    /// The address of a page.
    pub(crate) fn href(self, route: &Route) -> String {
        let embed = if self.embedded { "embed/" } else { "" };
        format!("{}{embed}{}", api::base_path(), route.href())
    }

    /// Moves to a page.
    pub(crate) fn go(self, route: Route) {
        page::push(&self.href(&route));
        self.moved.set_value(true);
        self.route.set(route);
    }

    /// Moves to a page in place of this one.
    pub(crate) fn replace(self, route: Route) {
        page::replace(&self.href(&route));
        self.moved.set_value(true);
        self.route.set(route);
    }

    /// Changes the address without moving: what is typed in the search belongs to the page.
    pub(crate) fn rename(self, route: &Route) {
        page::replace(&self.href(route));
    }

    /// Moves to an address of ours, as a link names it.
    pub(crate) fn follow(self, address: &str) {
        let route = Route::parse(below_base(address).0);
        self.go(route);
    }

    /// The heading with this id is in the document: it takes the focus if one has moved here.
    pub(crate) fn arrived(self, heading: &str) {
        if self.moved.get_value() {
            self.moved.set_value(false);
            page::scroll_to_top();
            page::focus_quietly(heading);
        }
    }

    /// Has the live region say something, once.
    pub(crate) fn announce(self, text: impl Into<String>) {
        self.announcement.set(text.into());
    }

    /// Changes the language; its sentences come first.
    pub(crate) fn choose_language(self, language: Language) {
        if language == Language::Vi {
            words::speak(words::vietnamese());
            self.speak(language);
            return;
        }
        spawn_local(async move {
            let sentences = api::words(language.tag()).await.ok().and_then(|text| words::read(language, &text));
            match sentences {
                Some(sentences) => {
                    words::speak(sentences);
                    self.speak(language);
                }
                None => self.announce(words::full().language_failed()),
            }
        });
    }

    fn speak(self, language: Language) {
        self.language.set(language);
        page::set_preference("language", language.tag());
        page::set_language(language.tag());
    }

    /// Loads the commune tier.
    pub(crate) fn load_commune(self) {
        self.commune.set(Load::Loading);
        spawn_local(async move {
            let loaded = api::catalogue(api::Tier::Commune).await;
            self.commune.set(loaded.map_or_else(Load::Failed, |it| Load::Ready(Arc::new(Index::build(it)))));
        });
    }

    /// Loads the whole catalogue, once; again after a failure.
    pub(crate) fn load_whole(self) {
        if matches!(self.whole.get_untracked(), Some(Load::Loading | Load::Ready(_))) {
            return;
        }
        self.whole.set(Some(Load::Loading));
        spawn_local(async move {
            let loaded = api::catalogue(api::Tier::Full).await;
            self.whole.set(Some(loaded.map_or_else(Load::Failed, |it| Load::Ready(Arc::new(Index::build(it))))));
        });
    }

    /// Provinces, and the wards and centres of the city; blank until they have come.
    pub(crate) fn places(self) -> Signal<Places> {
        if !self.places_asked.get_value() {
            self.places_asked.set_value(true);
            spawn_local(async move {
                match api::places(CAN_THO).await {
                    Ok(places) => self.places.set(places),
                    // Asked again by the next page that needs them.
                    Err(_) => self.places_asked.set_value(false),
                }
            });
        }
        self.places.into()
    }

    /// The provinces; blank until they have come.
    pub(crate) fn provinces(self) -> Signal<Vec<Province>> {
        let places = self.places();
        Signal::derive(move || places.with(|it| it.provinces.clone()))
    }

    /// Asks who is signed in.
    pub(crate) fn ask_session(self) {
        spawn_local(async move {
            self.hear_session().await;
        });
    }

    /// Asks who is signed in and waits for the answer.
    pub(crate) async fn hear_session(self) {
        match api::session().await {
            Ok(Some(session)) => self.signed_in.set(SignedIn::Yes(Box::new(session))),
            Ok(None) | Err(Failure::SignedOut) => self.signed_in.set(SignedIn::No),
            Err(_) => {}
        }
    }

    /// The session has ended.
    pub(crate) fn signed_out(self) {
        self.signed_in.set(SignedIn::No);
    }
}

/// The address below the base path, and whether it is the embedded one.
fn here() -> (String, bool) {
    let address = page::address();
    let (address, embedded) = below_base(&address);
    (address.to_owned(), embedded)
}

fn below_base(address: &str) -> (&str, bool) {
    let base = api::base_path();
    let address = address.strip_prefix(base.as_str()).unwrap_or(address).trim_start_matches('/');
    match address.strip_prefix("embed/") {
        Some(rest) => (rest, true),
        None if address == "embed" => ("", true),
        None => (address, false),
    }
}
