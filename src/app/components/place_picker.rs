//! Choosing one of many places by typing a few letters: a text box that filters a list of radio buttons.

use crate::browser::field::{Fault, described_by_hint, faulty};
use crate::browser::typing;
use crate::words::errand;
use leptos::prelude::*;

/// One place that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceOption {
    /// Its code.
    pub(crate) code: String,
    /// Its name.
    pub(crate) name: String,
    /// What else to know, as its former name.
    pub(crate) note: Option<String>,
    /// The former unit that it was found by, with its district.
    pub(crate) former: Option<String>,
}

/// A choice of places.
pub(crate) struct PlacePicker {
    /// Id of the text box.
    pub(crate) id: String,
    /// Its label.
    pub(crate) label: AnyView,
    /// A line below the label.
    pub(crate) hint: &'static str,
    /// What is chosen, as a sentence; none yet.
    pub(crate) chosen: Signal<Option<PlaceOption>>,
    /// Told when a text finds nothing.
    pub(crate) none: &'static str,
    /// What is wrong, as a sentence.
    pub(crate) error: Signal<Option<String>>,
    /// What stands in the text box.
    pub(crate) typed: RwSignal<String>,
    /// Finds places for what is typed; none while the list is still coming.
    pub(crate) find: Callback<String, Option<Vec<PlaceOption>>>,
    /// Called with the place chosen.
    pub(crate) on_choose: Callback<PlaceOption>,
}

/// Draws a choice of places.
pub(crate) fn place_picker(picker: PlacePicker) -> AnyView {
    let PlacePicker { id, label, hint, chosen, none, error, typed, find, on_choose } = picker;
    let node = NodeRef::<leptos::html::Input>::new();
    // After a choice the box is blank again: the choice is shown below it.
    typing::mirror(node, typed.into());
    let group = format!("{id}-list");
    let fault = Fault { id: id.clone(), hinted: true, error };
    let options = move || {
        let text = typed.get();
        if text.trim().is_empty() {
            return ().into_any();
        }
        let Some(found) = find.run(text) else {
            return view! { <p class="field__hint" role="status">{errand().places_coming()}</p> }.into_any();
        };
        if found.is_empty() {
            return view! { <p class="field__hint" role="status">{none}</p> }.into_any();
        }
        let rows = found
            .into_iter()
            .enumerate()
            .map(|(index, place)| {
                let PlaceOption { name, note, .. } = place.clone();
                view! {
                    <li>
                        <button
                            type="button"
                            class="option"
                            id=format!("{group}-{index}")
                            on:click=move |_| {
                                on_choose.run(place.clone());
                                typed.set(String::new());
                                if let Some(input) = node.get_untracked() {
                                    input.set_value("");
                                }
                            }
                        >
                            <span class="option__name" lang="vi">{name}</span>
                            {note.map(|it| view! { <span class="option__note" lang="vi">{it}</span> })}
                        </button>
                    </li>
                }
            })
            .collect::<Vec<_>>();
        view! { <ul class="options" role="list">{rows}</ul> }.into_any()
    };
    let take = move |text: String| typed.set(text);
    view! {
        <div class="field" use:faulty=fault>
            <label class="field__label" for=id.clone()>{label}</label>
            <p class="field__hint" id=format!("{id}-hint")>{hint}</p>
            <p class="chosen" role="status">
                {move || chosen.get().map(|place| view! {
                    <span class="chosen__place" lang="vi">
                        {crate::components::icon(crate::components::Icon::Done)}
                        {place.name}
                    </span>
                })}
            </p>
            <input
                node_ref=node
                id=id.clone()
                class="input"
                type="text"
                autocomplete="off"
                aria-describedby=described_by_hint(&id, true)
                on:input=move |event| typing::typed_or_composing(&event, take)
                on:compositionend=move |event| typing::composed(&event, take)
            />
            {options}
        </div>
    }
    .into_any()
}
