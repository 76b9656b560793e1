//! Wards of a province for a picker: loaded with the units they came from, found by a few letters.

use crate::app::{App, CAN_THO};
use crate::browser::api;
use crate::components::PlaceOption;
use crate::words::{errand, put};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use std::sync::Arc;
use vietnam::place::ProvincePlaces;
use vietnam::place::search::{FoundBy, search};

thread_local! {
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// The places of a province.
#[derive(Clone)]
pub(crate) enum Wards {
    /// Asked for.
    Coming,
    /// As they came.
    Here(Arc<ProvincePlaces>),
    /// They did not come: names are typed.
    Absent,
}

impl Wards {
    /// The places, once they have come.
    pub(crate) fn here(&self) -> Option<&ProvincePlaces> {
        match self {
            Self::Here(places) => Some(places),
            Self::Coming | Self::Absent => None,
        }
    }
}

/// The places of the province with this present code, loaded anew when it changes.
pub(crate) fn places_of(app: App, province: Memo<String>) -> RwSignal<Wards> {
    let known = app.places();
    let loaded = RwSignal::new(Wards::Coming);
    Effect::new(move |_| {
        let code = province.get();
        loaded.set(Wards::Coming);
        let version = known.with_untracked(|it| it.version.clone());
        spawn_local(async move {
            let places = load(version, &code).await.map_or(Wards::Absent, |it| Wards::Here(Arc::new(it)));
            if province.try_get_untracked() == Some(code) {
                loaded.try_set(places);
            }
        });
    });
    loaded
}

/// The wards of the city and the old names of the country will be asked for: they come while the person reads, and are then
/// there without a network.
pub(crate) fn expect(app: App) {
    if EXPECTED.replace(true) {
        return;
    }
    let version = app.places().with_untracked(|it| it.version.clone());
    spawn_local(async move {
        let _ = load(version, CAN_THO).await;
        let _ = api::country_text().await;
    });
}

/// `version` may be blank or of yesterday: then it is asked for.
async fn load(version: String, province: &str) -> Option<ProvincePlaces> {
    let known = if version.is_empty() { None } else { api::province_text(&version, province).await.ok() };
    let text = match known {
        Some(text) => text,
        None => api::province_text(&api::places(province).await.ok()?.version, province).await.ok()?,
    };
    ProvincePlaces::parse(&text).ok()
}

/// The wards that fit what was typed, best first, with the former unit that one was found by.
pub(crate) fn options(places: &ProvincePlaces, text: &str) -> Vec<PlaceOption> {
    let option = |found: vietnam::place::search::Found<'_>| {
        let ward = places.wards.get(found.ward)?;
        let (old, divided) = match found.by {
            FoundBy::Name => (None, false),
            FoundBy::Former { former, divided } => {
                (places.former.get(former).map(|it| (it.full_name(), places.district_of(it))), divided)
            }
            FoundBy::Earlier(at) => {
                (places.earlier.get(at).map(|it| (it.full_name(), places.earlier_district_of(it))), false)
            }
        };
        let old = old.map(|(name, district)| [name.as_str(), ", ", district].concat());
        let mut note = old.as_ref().map(|it| put(errand().address_former(), &[it]));
        if divided {
            note = Some([note.unwrap_or_default().as_str(), " ", errand().address_divided()].concat());
        }
        Some(PlaceOption { code: ward.key().code, name: ward.full_name(), note, former: old })
    };
    search(&[places], text, 8).into_iter().filter_map(option).collect()
}
