//! The centres of the city, chosen by a few letters.

use crate::app::{App, CAN_THO};
use crate::components::{PlaceOption, PlacePicker, place_picker};
use crate::submission::CITY_CENTRE;
use crate::ward_search::{self, Wards};
use crate::words::errand;
use leptos::prelude::*;

/// The centre with this code, by name; the code itself while the list is not there.
pub(crate) fn centre_name(app: App, code: &str) -> PlaceOption {
    let name = app.places().with(|places| places.centres.iter().find(|it| it.code == code).map(|it| it.name.clone()));
    let name = name.unwrap_or_else(|| errand().submit_centre().to_owned());
    PlaceOption { code: code.to_owned(), name, note: None, former: None }
}

/// A picker of centres: by the name of a ward, present or former. `id` of its text box and its label come first.
pub(crate) fn centre_picker(
    app: App,
    (id, label): (&'static str, &'static str),
    chosen: Signal<Option<PlaceOption>>,
    error: Signal<Option<String>>,
    on_choose: Callback<PlaceOption>,
) -> AnyView {
    let places = app.places();
    let wards = ward_search::places_of(app, Memo::new(|_| CAN_THO.to_owned()));
    let find = Callback::new(move |text: String| {
        let Wards::Here(wards) = wards.get() else { return None };
        places.with(|places| {
            if places.centres.is_empty() {
                return None;
            }
            let mut found: Vec<PlaceOption> = ward_search::options(&wards, &text)
                .into_iter()
                .filter_map(|ward| {
                    let centre = places.centres.iter().find(|it| it.code == ward.code)?;
                    Some(PlaceOption { name: centre.name.clone(), ..ward })
                })
                .collect();
            let city = places.centres.iter().find(|it| it.code == CITY_CENTRE);
            let asked = vietnam::fold::fold(&text);
            if let Some(city) = city.filter(|it| vietnam::fold::fold(&it.name).contains(&asked)) {
                let (code, name) = (city.code.clone(), city.name.clone());
                found.push(PlaceOption { code, name, note: None, former: None });
            }
            Some(found)
        })
    });
    place_picker(PlacePicker {
        id: id.to_owned(),
        label: label.into_any(),
        hint: errand().take_centre_hint(),
        chosen,
        none: errand().address_none(),
        error,
        typed: RwSignal::new(String::new()),
        find,
        on_choose,
    })
}
