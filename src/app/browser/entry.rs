//! Two wasm in one page: the first finds and explains, the second does the errand. Trunk cannot split one wasm, so the
//! second is a build of its own; the loader that both start from (made by the build) listens to the events named here.
//! What reads and runs scripts is a part that the build takes out (scripts/split-wasm.mjs): few forms have any.

use super::failure::Failure;
use super::page::{self, Listening};
use super::promise::{self, Missed};
use leptos::IntoView;
use leptos::mount::UnmountHandle;
use std::any::Any;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{CustomEvent, HtmlElement};

/// Asks the loader to fetch the second wasm soon.
const EXPECT: &str = "mot-cua-expect-errand";
/// Asks the loader to start the second wasm now.
const HAND_OVER: &str = "mot-cua-start-errand";

/// How long a part is waited for, milliseconds.
const PART_MS: u32 = 60_000;

thread_local! {
    /// What is drawn, and what is listened to; dropped when another wasm takes over.
    static MOUNTED: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// Keeps something until another wasm takes over.
pub(super) fn keep(thing: Box<dyn Any>) {
    MOUNTED.with_borrow_mut(|it| it.push(thing));
}

/// Draws `view` in the element with this id, in place of what is there.
pub fn mount<V: IntoView + 'static>(id: &str, view: impl FnOnce() -> V + 'static) {
    let place =
        page::document().and_then(|it| it.get_element_by_id(id)).and_then(|it| it.dyn_into::<HtmlElement>().ok());
    if let Some(place) = place {
        place.set_text_content(None);
        let drawn: UnmountHandle<_> = leptos::mount::mount_to(place, view);
        keep(Box::new(drawn));
    }
}

/// The second wasm will be needed soon: it is fetched while the person reads.
pub fn expect_errand() {
    tell(EXPECT);
}

/// The second wasm takes over at this address: what this one drew and listened to goes once the other is there.
pub fn hand_over() {
    let listening: Option<Listening> = page::on_window("mot-cua-errand-started", |_| {
        // The list is dropped outside the borrow: dropping a view may keep or drop other things.
        let gone = MOUNTED.take();
        drop(gone);
    });
    std::mem::forget(listening);
    tell(HAND_OVER);
}

/// Scripts are not read before [`fetch_scripts`], where the build took out what reads them.
pub fn leave_scripts() {
    forms::set_scripts_here(page::root_data("scripts").is_none());
}

/// Fetches what reads and runs scripts.
///
/// # Errors
/// [`Failure::Offline`], [`Failure::TimedOut`]; [`Failure::OtherBuild`] where the server no longer has the files of this page.
pub async fn fetch_scripts() -> Result<(), Failure> {
    let global = js_sys::global();
    let asked = promise::method(&global, "fetchScripts").and_then(|it| it.call0(&global).ok()?.dyn_into().ok());
    let came = promise::within(&asked.ok_or(Failure::OtherBuild)?, PART_MS).await;
    match came.map(|it| it.as_bool()) {
        Ok(Some(true)) => {
            forms::set_scripts_here(true);
            Ok(())
        }
        Ok(_) => Err(Failure::OtherBuild),
        Err(Missed::Late) => Err(Failure::TimedOut),
        Err(Missed::Refused) => Err(Failure::Offline),
    }
}

fn tell(name: &str) {
    if let (Some(window), Ok(event)) = (page::window(), CustomEvent::new(name)) {
        let _ = window.dispatch_event(&event);
    }
}
