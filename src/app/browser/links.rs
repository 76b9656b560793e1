//! Links to our own pages move without loading the document anew.

use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, MouseEvent};

/// The address of our own page (path and query) that a click asks for; none where the click is the browser's: another
/// origin or base path, a new tab, a download, a modified click, a place on the same page.
pub(crate) fn own_page(event: &MouseEvent, base: &str) -> Option<String> {
    if event.default_prevented()
        || event.button() != 0
        || event.meta_key()
        || event.ctrl_key()
        || event.shift_key()
        || event.alt_key()
    {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let anchor = target.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    if !anchor.target().is_empty() || anchor.has_attribute("download") {
        return None;
    }
    let written = anchor.get_attribute("href")?;
    if written.starts_with('#') {
        return None;
    }
    let origin = web_sys::window()?.location().origin().ok()?;
    let address = anchor.href();
    let path = address.strip_prefix(&origin)?;
    if ["auth/", "api/", "tools/"].iter().any(|server| path.strip_prefix(base).is_some_and(|it| it.starts_with(server)))
    {
        return None;
    }
    path.starts_with(base).then(|| path.to_owned())
}
