//! Sign-in, and the end of a session: the work is kept, the way back is known.

use crate::app::App;
use crate::browser::api;
use crate::components::{Icon, Tone, heading, icon, notice};
use crate::pages::back_link;
use crate::route::Route;
use crate::words::{errand, essential};
use leptos::prelude::*;

/// The page.
pub(crate) fn page(back: String, expired: bool) -> AnyView {
    let app = App::here();
    let route = Route::parse(&back);
    let home = [api::base_path(), route.href()].concat();
    let address = api::sign_in_address(&home);
    let title = if expired { errand().sign_in_expired() } else { errand().sign_in_title() };
    // Inside another site the sign-in page opens as a page of its own.
    let target = app.embedded.then_some("_blank");
    view! {
        {back_link(app.href(&route), essential().back())}
        {heading(title)}
        {expired.then(|| notice(Tone::Success, errand().sign_in_kept()))}
        <p class="lead">{errand().sign_in_text()}</p>
        <p><a class="button button--large" href=address target=target rel="noopener">{icon(Icon::Person)}{errand().sign_in_button()}</a></p>
    }
    .into_any()
}
