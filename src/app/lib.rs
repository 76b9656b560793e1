//! The page: Một Cửa as a citizen meets it.
//!
//! `route` names every page, `pages` draws them, `session` holds one filling of a form, `filling` the draft around it,
//! `submission` the way from "submit" to the receipt. Only `browser` names web-sys or gloo, only `words` has sentences.

// A view takes its props by value, as a component does, and its markup is one expression however long.
#![allow(clippy::needless_pass_by_value, clippy::too_many_lines)]
// Handles are copied freely, as signals are: a larger one is still a handle.
#![allow(clippy::large_types_passed_by_value)]
// `link` and `line`, `saver` and `saved`: words of the field, not slips.
#![allow(clippy::similar_names)]

pub mod browser;

mod adding;
mod app;
mod comparing;
mod components;
mod fields;
mod filling;
mod findings;
mod oddities;
mod pages;
mod review;
mod route;
mod session;
mod submission;
mod translation;
mod uploading;
mod wallet;
mod ward_search;
mod words;

/// Starts the wasm for people who write forms: a definition beside the form that it makes. No citizen's page leads to it.
pub fn start_preview() {
    browser::recovery::watch_for_panics();
    browser::entry::leave_scripts();
    browser::entry::mount("app", pages::preview);
}

/// Starts the worker that looks through a definition for those people.
pub fn start_lint() {
    browser::linter::answer(oddities::look);
}

/// Starts the first wasm in place of the skeleton: finding and understanding.
pub fn start_front() {
    browser::recovery::watch_for_panics();
    browser::entry::mount("app", || components::shell(pages::front));
}

/// Starts the second wasm: every page. It takes over from the first, or starts alone on one of its own pages.
pub fn start_errand() {
    browser::recovery::watch_for_panics();
    browser::entry::leave_scripts();
    browser::entry::mount("app", || {
        filling::provide();
        components::shell(pages::all)
    });
}
