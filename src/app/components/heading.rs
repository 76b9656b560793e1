//! The heading of a page: it names the document and takes the focus after moving there.

use crate::app::App;
use crate::browser::page;
use crate::words::essential;
use leptos::prelude::*;

/// Id of the heading of each page.
const ID: &str = "page-title";

/// The one `h1` of a page.
pub(crate) fn heading(text: impl Into<String>) -> AnyView {
    let text = text.into();
    page_heading(text.clone(), text.into_any())
}

/// The one `h1` of a page where it shows more than its name, as a marked language.
pub(crate) fn page_heading(title: String, shown: AnyView) -> AnyView {
    let app = App::here();
    page::set_title(&format!("{title} – {} {}", essential().product(), essential().city()));
    // The effect runs once the heading is in the document.
    Effect::new(move |_| app.arrived(ID));
    view! { <h1 id=ID class="page-title" tabindex="-1">{shown}</h1> }.into_any()
}
