//! A signature: drawn, or written by typing the name, and kept as a PNG.

use crate::browser::draw::draw;
use crate::browser::field::{described_by_hint, faulty};
use crate::browser::{drawing, typing};
use crate::components::{Icon, icon};
use crate::fields::Field;
use crate::words::errand;
use leptos::html::Canvas;
use leptos::prelude::*;
use serde_json::Value;

/// The field.
#[inline(never)]
pub(super) fn signature(field: Field) -> AnyView {
    let (session, path, id) = (field.session, field.path.clone(), field.id.clone());
    let canvas = NodeRef::<Canvas>::new();
    let value = session.text(path.clone());
    let kept = Memo::new(move |_| value.with(|it| it.starts_with("data:image/png;base64,").then(|| it.clone())));
    // The last place of the stroke that is being drawn.
    let at: StoredValue<Option<drawing::Spot>> = StoredValue::new(None);
    let keep = {
        let path = path.clone();
        move || {
            if let Some(address) = canvas.get_untracked().and_then(|it| drawing::address(&it)) {
                session.answer(&path, Value::String(address));
            }
        }
    };
    let down = move |event: leptos::ev::PointerEvent| {
        if let Some(canvas) = canvas.get_untracked() {
            event.prevent_default();
            drawing::hold(&canvas, &event);
            let spot = drawing::spot(&canvas, &event);
            drawing::stroke(&canvas, spot, spot);
            at.set_value(Some(spot));
        }
    };
    let along = move |event: leptos::ev::PointerEvent| {
        if let (Some(canvas), Some(last)) = (canvas.get_untracked(), at.get_value()) {
            let spot = drawing::spot(&canvas, &event);
            drawing::stroke(&canvas, last, spot);
            at.set_value(Some(spot));
        }
    };
    let up = {
        let keep = keep.clone();
        move |_: leptos::ev::PointerEvent| {
            if at.get_value().is_some() {
                at.set_value(None);
                keep();
            }
        }
    };
    let erase = move |_| {
        if let Some(canvas) = canvas.get_untracked() {
            drawing::clear(&canvas);
        }
        session.clear(&path);
    };
    let write = move |text: String| {
        if let Some(canvas) = canvas.get_untracked() {
            drawing::write(&canvas, &text);
            keep();
        }
    };
    let name_id = [id.as_str(), "-name"].concat();
    let hint = field.hint().unwrap_or_else(|| errand().signature_hint().to_owned());
    let input = view! {
        <fieldset class="field" use:faulty=field.fault(false)>
            {field.label().written(draw("legend", &[("class", "field__label")]))}
            <p class="field__hint" id=format!("{id}-hint") lang=field.language()>{hint}</p>
            // One who signed before sees it: the strokes of then are not drawn anew.
            {move || kept.get().map(|address| view! {
                <p class="signature__kept">
                    <img class="signature__picture" src=address alt=errand().signature_given() />
                </p>
            })}
            <canvas
                node_ref=canvas
                id=id.clone()
                class="signature__pad"
                tabindex="-1"
                width=drawing::WIDTH.to_string()
                height=drawing::HEIGHT.to_string()
                role="img"
                aria-label=errand().signature_pad()
                aria-describedby=described_by_hint(&id, true)
                on:pointerdown=down
                on:pointermove=along
                on:pointerup=up.clone()
                on:pointercancel=up
            ></canvas>
            <button type="button" class="link-button" on:click=erase>{icon(Icon::Remove)}{errand().signature_erase()}</button>
            <label class="field__label" for=name_id.clone()>{errand().signature_type()}</label>
            <input
                id=name_id
                class="input"
                type="text"
                autocomplete="off"
                on:change=move |event| typing::left(&event, |text| {
                    if !text.trim().is_empty() {
                        write(text);
                    }
                })
            />
        </fieldset>
    };
    field.with_notes(input.into_any())
}
