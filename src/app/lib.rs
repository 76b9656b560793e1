//! The page: Một Cửa as a citizen meets it.
//!
//! `route` names every page, `pages` draws them, `session` holds one filling of a form, `filling` the draft around it,
//! `submission` the way from "submit" to the receipt. Only `browser` names web-sys or gloo, only `words` has sentences.

pub mod browser;

mod app;
mod components;
mod fields;
mod filling;
mod pages;
mod route;
mod session;
mod submission;
mod translation;
mod uploading;
mod ward_search;
mod words;

/// Mounts the page in place of the skeleton.
pub fn start() {
    browser::recovery::watch_for_panics();
    browser::page::mount("app", components::shell);
}
