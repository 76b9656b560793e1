//! A place of the two-tier system: province, ward by a few letters of its present or former name, street.

use crate::app::{App, CAN_THO};
use crate::browser::draw::{Drawn, draw};
use crate::browser::field::with_options;
use crate::browser::{page, typing};
use crate::components::{PlaceOption, PlacePicker, TextInput, place_picker, text_input};
use crate::fields::old_address::{Converted, old_address};
use crate::fields::{Field, advice};
use crate::ward_search::{self, Wards};
use crate::words::{errand, put};
use contract::place::Province;
use leptos::prelude::*;
use serde_json::{Value, json};

/// The field.
#[inline(never)]
pub(super) fn address(field: Field) -> AnyView {
    let app = App::here();
    let value = field.session.value(field.path.clone());
    let part = move |key: &'static str| {
        Signal::derive(move || value.with(|it| it.as_ref().and_then(|it| it.get(key)).cloned().unwrap_or(Value::Null)))
    };
    let (province, ward, street, former) = (part("province"), part("ward"), part("street"), part("former"));
    let (session, path) = (field.session, field.path.clone());
    let write = Callback::new(move |(key, part): (&'static str, Value)| {
        let mut map = match value.get_untracked() {
            Some(Value::Object(map)) => map,
            _ => serde_json::Map::new(),
        };
        if part.is_null() || part == "" {
            map.remove(key);
        } else {
            map.insert(key.to_owned(), part);
        }
        if map.is_empty() {
            session.clear(&path);
        } else {
            session.answer(&path, Value::Object(map));
        }
    });
    let provinces = app.provinces();
    let name_of_province = move |code: &str| {
        provinces.with_untracked(|list| list.iter().find(|it| it.code == code).map(|it| it.name.clone()))
    };
    let chosen_province =
        Memo::new(move |_| province.with(|it| it.get("code").and_then(Value::as_str).unwrap_or(CAN_THO).to_owned()));
    let wards = ward_search::places_of(app, chosen_province);
    let id = field.id.clone();
    let choose_province = move |event: leptos::ev::Event| {
        if let Some(code) = typing::chosen(&event).pop() {
            let name = name_of_province(&code).unwrap_or_default();
            write.run(("province", json!({ "code": code, "name": name })));
            write.run(("ward", Value::Null));
            write.run(("former", Value::Null));
        }
    };
    let province_id = [&id, "-province"].concat();
    let list_id = province_id.clone();
    let province_list = move || {
        let mut list = provinces.get();
        if list.is_empty() {
            list.push(Province { code: CAN_THO.into(), name: "Thành phố Cần Thơ".into() });
        }
        let like = [("class", "input input--select")];
        let control = draw("select", &like).id(&list_id).on("change", choose_province);
        let option = |it: &Province| draw("option", &[("lang", "vi")]).with("value", &it.code).text(&it.name);
        let options: Vec<Drawn> = list.iter().map(option).collect();
        let chosen = move || chosen_province.with(|mine| list.iter().map(|it| it.code == *mine).collect());
        with_options(control, options, Signal::derive(chosen))
    };
    let find = Callback::new(move |text: String| {
        wards.with(|wards| wards.here().map(|places| ward_search::options(places, &text)))
    });
    // The province of a ward is the one that is shown, whether it was chosen or not.
    let write_province = move || {
        let code = chosen_province.get_untracked();
        let name = name_of_province(&code).unwrap_or_else(|| "Thành phố Cần Thơ".into());
        write.run(("province", json!({ "code": code, "name": name })));
    };
    let choose_ward = Callback::new(move |place: PlaceOption| {
        write_province();
        write.run(("ward", json!({ "code": place.code, "name": place.name })));
        write.run(("former", place.former.map_or(Value::Null, Value::String)));
    });
    let take_old = Callback::new(move |converted: Converted| {
        let part = |(code, name): (String, String)| json!({ "code": code, "name": name });
        // As the list of provinces has it, however the old address was read.
        let (code, read) = converted.province;
        let name = name_of_province(&code).unwrap_or(read);
        write.run(("province", part((code, name))));
        write.run(("ward", part(converted.ward)));
        write.run(("former", Value::String(converted.old)));
        if street.with_untracked(|it| it.as_str().is_none_or(str::is_empty)) {
            write.run(("street", Value::String(converted.street)));
        }
    });
    let old_id = field.id.clone();
    let name_of = |part: Value| part.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let chosen = Signal::derive(move || {
        let name = ward.with(|it| name_of(it.clone()));
        (!name.is_empty()).then(|| PlaceOption {
            code: String::new(),
            name: match former.with(|it| it.as_str().map(|it| put(errand().address_former(), &[it]))) {
                Some(old) => [name.as_str(), " (", old.as_str(), ")"].concat(),
                None => name,
            },
            note: None,
            former: None,
        })
    });
    let ward_id = field.id.clone();
    // What is missing is told where it is missing: the ward first, then the street.
    let told = field.error;
    let has_ward = move || chosen.with(Option::is_some);
    let error = Signal::derive(move || told.get().filter(|_| !has_ward()));
    let street_error = Signal::derive(move || told.get().filter(|_| has_ward()));
    // Where the list did not come the name is typed; the street stays below either way. A memo: the box is not drawn anew
    // when the list comes while somebody is typing in it.
    let listed = Memo::new(move |_| wards.with(|it| !matches!(it, Wards::Absent)));
    let typed = RwSignal::new(String::new());
    let write_ward = Callback::new(move |name: String| {
        let part = if name.trim().is_empty() { Value::Null } else { json!({ "code": "", "name": name }) };
        write_province();
        write.run(("ward", part));
    });
    let ward_view = move || {
        if listed.get() {
            place_picker(PlacePicker {
                id: ward_id.clone(),
                label: errand().address_ward().into_any(),
                hint: errand().address_ward_hint(),
                chosen,
                none: errand().address_none(),
                error,
                typed,
                find,
                on_choose: choose_ward,
            })
        } else {
            // What was typed while the list was coming is the name, and the caret stays.
            let name = typed.try_update_untracked(std::mem::take).unwrap_or_default();
            if !name.trim().is_empty() {
                write_ward.run(name);
            }
            if typing::has_caret_in(&ward_id) {
                page::focus_quietly_soon(ward_id.clone());
            }
            text_input(TextInput {
                id: ward_id.clone(),
                label: errand().address_ward().into(),
                hint: Some(errand().address_ward_typed().into()),
                value: Signal::derive(move || ward.with(|it| name_of(it.clone()))),
                error,
                kind: "text",
                keyboard: "text",
                required: false,
                narrow: false,
                on_input: write_ward,
            })
        }
    };
    let street_text = Signal::derive(move || street.with(|it| it.as_str().unwrap_or_default().to_owned()));
    let write_street = Callback::new(move |text: String| write.run(("street", Value::String(text))));
    let street_view = text_input(TextInput {
        id: format!("{id}-street"),
        label: errand().address_street().into(),
        hint: None,
        value: street_text,
        error: street_error,
        kind: "text",
        keyboard: "text",
        required: false,
        narrow: false,
        on_input: write_street,
    });
    let street_view = advice::of_place(street_text, write_street, street_view);
    field.with_notes(
        view! {
            <fieldset class="group address">
                {field.label().written(draw("legend", &[]))}
                {field.hint().map(|it| view! { <p class="field__hint" lang=field.language()>{it}</p> })}
                <div class="field">
                    <label class="field__label" for=province_id>{errand().address_province()}</label>
                    {province_list}
                </div>
                {ward_view}
                {street_view}
                {old_address(&old_id, take_old)}
            </fieldset>
        }
        .into_any(),
    )
}
