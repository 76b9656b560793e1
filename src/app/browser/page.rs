//! The page as the browser shows it: title, language, focus, address, network, preferences.

use super::promise::{self, property};
use js_sys::{Function, JsString};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, DomStringMap, Element, Event, EventTarget, FocusOptions, HtmlElement, HtmlInputElement,
    HtmlTextAreaElement, ScrollIntoViewOptions, ScrollLogicalPosition, VisibilityState, Window,
};

/// Events listened to until this is dropped.
#[must_use = "dropping it ends the listening"]
pub struct Listening {
    target: EventTarget,
    names: &'static str,
    act: Closure<dyn Fn(Event)>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        for name in self.names.split(' ') {
            let _ =
                self.target.remove_event_listener_with_callback(name, self.act.as_ref().unchecked_ref::<Function>());
        }
    }
}

/// Listens to the events of these names, with blanks between, until the answer is dropped.
pub(super) fn listen(target: &EventTarget, names: &'static str, act: Box<dyn Fn(Event)>) -> Option<Listening> {
    let act = Closure::wrap(act);
    for name in names.split(' ') {
        target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref::<Function>()).ok()?;
    }
    Some(Listening { target: target.clone(), names, act })
}

/// Listens to an event of the window until the answer is dropped.
#[must_use = "dropping it ends the listening"]
pub fn on_window(name: &'static str, act: impl Fn(Event) + 'static) -> Option<Listening> {
    let window = window()?;
    listen(&window, name, Box::new(act))
}

/// Listens to an event of the document until the answer is dropped.
#[must_use = "dropping it ends the listening"]
pub fn on_document(name: &'static str, act: impl Fn(Event) + 'static) -> Option<Listening> {
    let document = document()?;
    listen(&document, name, Box::new(act))
}

/// Calls with "is there a network?" each time that changes, until the answer is dropped.
#[must_use = "dropping it ends the listening"]
pub fn on_network(act: impl Fn(bool) + 'static) -> Vec<Listening> {
    let act = Rc::new(act);
    let (off, on) = (act.clone(), act);
    [on_window("online", move |_| on(true)), on_window("offline", move |_| off(false))].into_iter().flatten().collect()
}

/// Calls each time the person goes back or forward, until the answer is dropped; [`address`] is the new one.
#[must_use = "dropping it ends the listening"]
pub fn on_move(act: impl Fn() + 'static) -> Option<Listening> {
    on_window("popstate", move |_| act())
}

/// Listens until another wasm takes over the page.
pub fn keep<T: 'static>(listening: T) {
    super::entry::keep(Box::new(listening));
}

/// Calls each time the page is about to be hidden, frozen or left, until the answer is dropped. Work begun then may not
/// finish.
#[must_use = "dropping it ends the listening"]
pub fn on_leaving(act: impl Fn() + 'static) -> Vec<Listening> {
    let act = Rc::new(act);
    let (hidden, left, frozen) = (act.clone(), act.clone(), act);
    [
        on_document("visibilitychange", move |_| {
            if !visible() {
                hidden();
            }
        }),
        on_window("pagehide", move |_| left()),
        on_document("freeze", move |_| frozen()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Says which language the page is in, as `vi`.
pub fn set_language(tag: &str) {
    if let Some(root) = root() {
        root.set_lang(tag);
    }
}

/// A `data-` attribute of the root element, as set by the boot script; the name in camel case.
#[must_use]
pub fn root_data(name: &str) -> Option<String> {
    dataset()?.get(name)
}

/// Sets a `data-` attribute of the root element; the name in camel case.
pub fn set_root_data(name: &str, value: &str) {
    if let Some(dataset) = dataset() {
        let _ = dataset.set(name, value);
    }
}

/// Takes a `data-` attribute of the root element away; the name in camel case.
pub fn remove_root_data(name: &str) {
    if let Some(dataset) = dataset() {
        dataset.delete(name);
    }
}

/// Moves the focus to the element with this id, its label scrolled into view first; true when it is there.
///
/// An element that takes no focus by itself (a heading, a summary of errors) is given `tabindex="-1"`.
#[expect(clippy::must_use_candidate, reason = "most who ask know that it is there")]
pub fn focus(id: &str) -> bool {
    let Some(document) = document() else {
        return false;
    };
    let Some(element) = html_element(id) else {
        return false;
    };
    let mut selector = String::from("label[for=\"");
    selector.push_str(&id.replace('\\', "\\\\").replace('"', "\\\""));
    selector.push_str("\"]");
    let label = document.query_selector(&selector).ok().flatten();
    let scrolling = ScrollIntoViewOptions::new();
    scrolling.set_block(ScrollLogicalPosition::Start);
    label.as_ref().unwrap_or(&element).scroll_into_view_with_scroll_into_view_options(&scrolling);
    focus_quietly(id)
}

/// The same without scrolling: for the heading of a page one has just come to.
#[expect(clippy::must_use_candidate, reason = "most who ask know that it is there")]
pub fn focus_quietly(id: &str) -> bool {
    let Some(element) = html_element(id) else {
        return false;
    };
    let focusing = FocusOptions::new();
    focusing.set_prevent_scroll(true);
    let _ = element.focus_with_options(&focusing);
    let active = document().and_then(|document| document.active_element());
    if active.as_ref() != Some(element.as_ref()) {
        let _ = element.set_attribute("tabindex", "-1");
        let _ = element.focus_with_options(&focusing);
    }
    true
}

/// Moves the focus as [`focus`] does, once what was just asked for has been drawn.
pub fn focus_soon(id: String) {
    leptos::prelude::request_animation_frame(move || {
        focus(&id);
    });
}

/// The same as [`focus_quietly`], once what changes now is drawn.
pub fn focus_quietly_soon(id: String) {
    leptos::prelude::request_animation_frame(move || {
        focus_quietly(&id);
    });
}

/// Scrolls as far as is needed to see the element with this id, once what changes now is drawn.
pub fn show_soon(id: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        let Some(element) = html_element(id) else { return };
        let scrolling = ScrollIntoViewOptions::new();
        scrolling.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&scrolling);
    });
}

/// Where the caret is, or the focus.
pub(super) struct Caret {
    /// Id of the element that has it.
    id: String,
    /// The first and the last place of what is marked, where the element is a text.
    marked: Option<(u32, u32)>,
}

/// The caret, if it is within `element` and can be found again.
pub(super) fn caret_within(element: &Element) -> Option<Caret> {
    let active = document()?.active_element().filter(|it| element.contains(Some(it)) && !it.id().is_empty())?;
    let place = |name| property(&active, name)?.as_f64();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are counts of letters")]
    let marked = place("selectionStart").zip(place("selectionEnd")).map(|(first, last)| (first as u32, last as u32));
    Some(Caret { id: active.id(), marked })
}

impl Caret {
    /// Puts it into the element that has the same id now.
    pub(super) fn put_back(self) {
        focus_quietly(&self.id);
        let element = document().and_then(|it| it.get_element_by_id(&self.id));
        let (Some(element), Some((first, last))) = (element, self.marked) else { return };
        if let Some(line) = element.dyn_ref::<HtmlInputElement>() {
            let _ = line.set_selection_range(first, last);
        } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
            let _ = area.set_selection_range(first, last);
        }
    }
}

/// Scrolls to the top, at once.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Path, query and fragment of the address, as `/motcua/search?q=khai+sinh#top`; `/` where there is none.
#[must_use]
pub fn address() -> String {
    let Some(location) = window().map(|window| window.location()) else {
        return "/".to_owned();
    };
    let mut address = location.pathname().unwrap_or_else(|_| "/".to_owned());
    address.push_str(&location.search().unwrap_or_default());
    address.push_str(&location.hash().unwrap_or_default());
    address
}

/// A value of the query of the address, without percent-encoding undone; none where it is not there.
#[must_use]
pub fn query(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    search.trim_start_matches('?').split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}

/// The origin of the page, as `https://motcua.cantho.gov.vn`.
#[must_use]
pub fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The path under which the app runs, with `/` at both ends: the boot script reads it off its own address.
#[must_use]
pub fn base_path() -> String {
    let mut base = root_data("base").unwrap_or_default();
    if !base.starts_with('/') || base.starts_with("//") {
        base.insert(0, '/');
        base = base.replace("//", "/");
    }
    if !base.ends_with('/') {
        base.push('/');
    }
    base
}

/// Goes to an address of this app, with an entry in the history; no request is made.
pub fn push(address: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Replaces the address of this page; no request is made.
pub fn replace(address: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Goes one entry back.
pub fn back() {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.back();
    }
}

/// Leaves for an address by a full load: sign-in.
pub fn leave_for(address: &str) {
    if let Some(window) = window() {
        let _ = window.location().assign(address);
    }
}

/// Loads the page again.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}

/// Opens an address as a page of its own; false when the browser refused.
#[must_use = "a browser may refuse"]
pub fn open_page(address: &str) -> bool {
    window().is_some_and(|window| matches!(window.open_with_url_and_target(address, "_blank"), Ok(Some(_))))
}

/// Prints the page.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// Does the browser believe there is a network? "Yes" may be wrong, "no" is not.
#[must_use]
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Is the page on the screen?
#[must_use]
pub fn visible() -> bool {
    document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Does the page run inside another page?
#[must_use]
pub fn framed() -> bool {
    window().is_some_and(|window| {
        let parent = property(&window, "parent");
        parent.is_some_and(|parent| !js_sys::Object::is(&parent, &window))
    })
}

/// Asks the browser not to evict what the page stores; true when it promised.
pub async fn persist() -> bool {
    let Some(window) = window() else {
        return false;
    };
    let storage = window.navigator().storage();
    if promise::method(&storage, "persist").is_none() {
        return false;
    }
    promise::settled(storage.persist()).await.is_ok_and(|granted| granted.is_truthy())
}

/// The text in Unicode normal form C, as the browser does it.
#[must_use]
pub fn normalise_nfc(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    String::from(JsString::from(text).normalize("NFC"))
}

/// What the browser calls itself.
#[must_use]
pub fn user_agent() -> String {
    window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default()
}

/// The languages the person prefers, best first, as `vi-VN`.
#[must_use]
pub fn preferred_language() -> Option<String> {
    window()?.navigator().language()
}

/// An app that shows pages in a window of its own, where drafts and downloads get lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostApp {
    /// Zalo.
    Zalo,
    /// Facebook.
    Facebook,
    /// Messenger.
    Messenger,
    /// Instagram.
    Instagram,
    /// `TikTok`.
    TikTok,
    /// LINE.
    Line,
    /// Another app's window on Android.
    Android,
}

/// The app the page is shown in, if it is not a browser.
#[must_use]
pub fn host_app() -> Option<HostApp> {
    host_app_named(&user_agent())
}

/// The app that calls itself so, if it is not a browser.
#[must_use]
pub fn host_app_named(user_agent: &str) -> Option<HostApp> {
    [
        ("Zalo", HostApp::Zalo),
        ("Instagram", HostApp::Instagram),
        ("Orca-Android", HostApp::Messenger),
        ("MessengerForiOS", HostApp::Messenger),
        ("FBAN", HostApp::Facebook),
        ("FBAV", HostApp::Facebook),
        ("FB_IAB", HostApp::Facebook),
        ("musical_ly", HostApp::TikTok),
        ("BytedanceWebview", HostApp::TikTok),
        (" Line/", HostApp::Line),
        ("; wv)", HostApp::Android),
    ]
    .into_iter()
    .find_map(|(mark, app)| user_agent.contains(mark).then_some(app))
}

/// Is the page shown by another app instead of a browser?
#[must_use]
pub fn in_app_browser() -> bool {
    host_app().is_some()
}

/// Is the page dark: as the person chose, else as the device is?
#[must_use]
pub fn theme_is_dark() -> bool {
    match root_data("theme").as_deref() {
        Some("dark") => true,
        Some("light") => false,
        Some(_) | None => window()
            .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten())
            .is_some_and(|query| query.matches()),
    }
}

/// Shows the page in a theme, `light` or `dark`, also the next time.
pub fn set_theme(theme: &str) {
    set_root_data("theme", theme);
    set_preference("theme", theme);
}

/// What the device remembers besides drafts, nothing personal: `language` or `theme`. None also where it may remember
/// nothing.
#[must_use]
pub fn preference(name: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(&preference_key(name)).ok()?
}

/// Remembers, where the device may.
pub fn set_preference(name: &str, value: &str) {
    if let Some(storage) = window().and_then(|window| window.local_storage().ok().flatten()) {
        let _ = storage.set_item(&preference_key(name), value);
    }
}

/// The key the boot script reads too.
fn preference_key(name: &str) -> String {
    ["mot-cua ", name].concat()
}

pub(super) fn window() -> Option<Window> {
    web_sys::window()
}

pub(super) fn document() -> Option<Document> {
    window()?.document()
}

fn html_element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into::<HtmlElement>().ok()
}

fn root() -> Option<HtmlElement> {
    document()?.document_element()?.dyn_into::<HtmlElement>().ok()
}

fn dataset() -> Option<DomStringMap> {
    Some(root()?.dataset())
}

#[cfg(test)]
mod tests {
    use super::{HostApp, host_app_named};

    #[test]
    fn apps_that_show_pages_in_their_own_window_are_told_from_browsers() {
        let zalo = "Mozilla/5.0 (Linux; Android 13; SM-A045F; wv) AppleWebKit/537.36 Version/4.0 Chrome/120 Mobile Safari/537.36 Zalo android/23110501";
        let chrome = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36";
        let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1";
        let facebook = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/440.0]";
        assert_eq!(host_app_named(zalo), Some(HostApp::Zalo));
        assert_eq!(host_app_named(facebook), Some(HostApp::Facebook));
        assert_eq!(host_app_named(chrome), None);
        assert_eq!(host_app_named(safari), None);
    }
}
