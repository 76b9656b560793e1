//! An address as old papers have it, of three levels, and the ward it is in now. Where more than one ward is possible the
//! person is asked; nothing is chosen for them.

use crate::browser::api;
use crate::browser::typing;
use crate::components::{Icon, icon};
use crate::words::{errand, put};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use vietnam::place::address::{Now, Unit, Which, read};
use vietnam::place::{Country, ProvincePlaces};

/// The present address that an old one became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Converted {
    /// Code and full name of the province.
    pub(super) province: (String, String),
    /// Code and full name of the ward.
    pub(super) ward: (String, String),
    /// House, street, hamlet.
    pub(super) street: String,
    /// The old address as typed.
    pub(super) old: String,
}

/// What is known of the provinces an address may be in, and the address.
struct Known {
    provinces: Vec<ProvincePlaces>,
    typed: String,
    street: String,
}

/// A unit of one of the provinces known.
type Pick = (usize, Which);

/// Where the question stands.
#[derive(Clone, Default)]
enum State {
    #[default]
    Blank,
    Looking,
    /// The lists did not come.
    Failed,
    Nothing,
    /// Which of these units?
    Units(Arc<Known>, &'static str, Vec<Pick>),
    /// In which of these wards of this province is it now?
    Wards(Arc<Known>, usize, Vec<usize>),
}

/// Draws the question below the fields of an address. `id` is that of the address.
pub(super) fn old_address(id: &str, take: Callback<Converted>) -> AnyView {
    let typed = RwSignal::new(String::new());
    let state = RwSignal::new(State::Blank);
    let id = [id, "-old"].concat();
    let look = move |_| {
        let text = typed.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        state.set(State::Looking);
        spawn_local(async move {
            let next = match known(text).await {
                Some((known, country)) => begin(Arc::new(known), &country),
                None => State::Failed,
            };
            state.try_set(next);
        });
    };
    let body = move || {
        let take_ward = move |known: Arc<Known>, province: usize, ward: usize| {
            if let Some(converted) = converted(&known, province, ward) {
                state.set(State::Blank);
                typed.set(String::new());
                take.run(converted);
            }
        };
        match state.get() {
            State::Blank => ().into_any(),
            State::Looking => view! { <p class="field__hint">{errand().places_coming()}</p> }.into_any(),
            State::Failed => view! { <p class="field__hint">{errand().old_failed()}</p> }.into_any(),
            State::Nothing => view! { <p class="field__hint">{errand().old_nothing()}</p> }.into_any(),
            State::Units(known, asked, units) => {
                let rows = units
                    .into_iter()
                    .filter_map(|pick| {
                        let (name, note) = described(&known, pick)?;
                        let known = known.clone();
                        Some(option(name, note, move || state.set(answer(&known, pick))))
                    })
                    .collect::<Vec<_>>();
                view! { <p class="field__label">{asked}</p><ul class="options" role="list">{rows}</ul> }.into_any()
            }
            State::Wards(known, province, wards) => {
                let asked = if wards.len() == 1 { errand().old_found() } else { errand().old_street() };
                let rows = wards
                    .into_iter()
                    .filter_map(|ward| {
                        let place = known.provinces.get(province)?;
                        let name = place.wards.get(ward)?.full_name();
                        let around = put(errand().old_now(), &[&known.typed, &name, &place.province.full_name]);
                        let known = known.clone();
                        Some(option(name, around, move || take_ward(known.clone(), province, ward)))
                    })
                    .collect::<Vec<_>>();
                view! { <p class="field__label">{asked}</p><ul class="options" role="list">{rows}</ul> }.into_any()
            }
        }
    };
    view! {
        <details class="more">
            <summary>{errand().old_title()}</summary>
            <div class="field">
                <label class="field__label" for=id.clone()>{errand().old_label()}</label>
                <p class="field__hint" id=format!("{id}-hint")>{errand().old_hint()}</p>
                <input
                    id=id.clone()
                    class="input"
                    type="text"
                    autocomplete="off"
                    aria-describedby=format!("{id}-hint")
                    on:input=move |event| typing::typed(&event, |text| typed.set(text))
                    on:compositionend=move |event| typing::composed(&event, |text| typed.set(text))
                />
                <p class="actions">
                    <button type="button" class="button button--quiet" on:click=look>
                        {icon(Icon::Search)}{errand().old_look()}
                    </button>
                </p>
                <div aria-live="polite">{body}</div>
            </div>
        </details>
    }
    .into_any()
}

fn option(name: String, note: String, choose: impl Fn() + 'static) -> AnyView {
    view! {
        <li>
            <button type="button" class="option" on:click=move |_| choose()>
                <span class="option__name" lang="vi">{name}</span>
                <span class="option__note" lang="vi">{note}</span>
            </button>
        </li>
    }
    .into_any()
}

/// Fetches what the address has to be read with.
async fn known(typed: String) -> Option<(Known, Country)> {
    let country = Country::parse(&api::country_text().await.ok()?).ok()?;
    let mut provinces = Vec::new();
    for code in country.look_in(&typed) {
        let text = api::province_text(&country.version, code).await.ok()?;
        provinces.push(ProvincePlaces::parse(&text).ok()?);
    }
    Some((Known { provinces, typed, street: String::new() }, country))
}

/// Reads the address, and asks what it leaves open.
fn begin(known: Arc<Known>, country: &Country) -> State {
    let places: Vec<&ProvincePlaces> = known.provinces.iter().collect();
    let reading = read(&known.typed, country, &places);
    let picks = |units: &[Unit<'_>]| units.iter().filter_map(|it| pick(&known, *it)).collect::<Vec<_>>();
    let units = match &reading.now {
        Now::AskDistrict(units) => Some((errand().old_district(), picks(units))),
        Now::Confirm(units) => Some((errand().old_confirm(), picks(units))),
        Now::Several(units) => Some((errand().old_several(), picks(units))),
        Now::One { .. } | Now::AskStreet { .. } | Now::Nothing => None,
    };
    let settled = settled(&known, &reading.now);
    let street = reading.street.clone();
    drop(reading);
    drop(places);
    let known = Arc::new(match Arc::try_unwrap(known) {
        Ok(known) => Known { street, ..known },
        Err(_) => return State::Failed,
    });
    match (units, settled) {
        (Some((asked, units)), _) => State::Units(known, asked, units),
        (None, Some((province, wards))) => State::Wards(known, province, wards),
        (None, None) => State::Nothing,
    }
}

/// What follows once the unit is known.
fn answer(known: &Arc<Known>, (province, which): Pick) -> State {
    let Some(place) = known.provinces.get(province) else { return State::Nothing };
    match settled(known, &Unit { province: place, which }.now()) {
        Some((province, wards)) => State::Wards(known.clone(), province, wards),
        None => State::Nothing,
    }
}

/// The ward, or the wards that the street decides between.
fn settled(known: &Known, now: &Now<'_>) -> Option<(usize, Vec<usize>)> {
    match now {
        Now::One { ward, by } => Some((pick(known, *by)?.0, vec![*ward])),
        Now::AskStreet { by, wards } => Some((pick(known, *by)?.0, wards.clone())),
        Now::AskDistrict(_) | Now::Confirm(_) | Now::Several(_) | Now::Nothing => None,
    }
}

fn pick(known: &Known, unit: Unit<'_>) -> Option<Pick> {
    let province = known.provinces.iter().position(|it| std::ptr::eq(it, unit.province))?;
    Some((province, unit.which))
}

/// The name of a unit, and where it was.
fn described(known: &Known, (province, which): Pick) -> Option<(String, String)> {
    let place = known.provinces.get(province)?;
    let unit = Unit { province: place, which };
    let around = unit.district().unwrap_or(&place.province.full_name).to_owned();
    Some((unit.full_name(), around))
}

fn converted(known: &Known, province: usize, ward: usize) -> Option<Converted> {
    let place = known.provinces.get(province)?;
    let ward = place.wards.get(ward)?;
    Some(Converted {
        province: (place.province.code.clone(), place.province.full_name.clone()),
        ward: (ward.key().code, ward.full_name()),
        street: known.street.clone(),
        old: known.typed.clone(),
    })
}
