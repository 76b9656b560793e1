//! What comes over the network: loading, failed with a way out, or there.

use crate::browser::draw::draw;
use crate::browser::failure::Failure;
use crate::components::{Icon, heading, icon};
use crate::words::{essential, full, put};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::sync::Arc;

/// A value that has to come first.
#[derive(Clone, Debug)]
pub(crate) enum Load<T> {
    /// On its way.
    Loading,
    /// It did not come.
    Failed(Failure),
    /// It is there.
    Ready(T),
}

/// Fetches a value and shows it; shows why it did not come and a way to try again.
pub(crate) fn fetched<T, Fetch, Coming, Show>(fetch: Fetch, show: Show) -> AnyView
where
    T: Clone + Send + Sync + 'static,
    Fetch: Fn() -> Coming + Send + Sync + 'static,
    Coming: Future<Output = Result<T, Failure>> + 'static,
    Show: Fn(T) -> AnyView + Send + Sync + 'static,
{
    let state = RwSignal::new(Load::Loading);
    let fetch: Arc<dyn Fn() + Send + Sync> = Arc::new(move || {
        state.set(Load::Loading);
        let coming = fetch();
        spawn_local(async move {
            let outcome = coming.await;
            // The page may be gone by now: then nobody waits for this.
            state.try_set(outcome.map_or_else(Load::Failed, Load::Ready));
        });
    });
    fetch();
    let again = Callback::new(move |()| fetch());
    (move || match state.get() {
        Load::Loading => loading(),
        Load::Failed(failure) => failure_page(&failure, again),
        Load::Ready(value) => show(value),
    })
    .into_any()
}

/// A quiet sign that something is on its way. It is drawn without a view: a view makes what never changes out of HTML, in a
/// document of its own, which costs a cheap phone more than the sign itself.
pub(crate) fn loading() -> AnyView {
    let bar = |class| draw("div", &[("class", class), ("aria-hidden", "true")]);
    draw("div", &[("class", "loading"), ("role", "status")])
        .and(draw("span", &[("class", "loading__text")]).text(full().loading()))
        .and(bar("skeleton__title"))
        .and(bar("skeleton__row"))
        .and(bar("skeleton__row"))
        .into_any()
}

/// A whole page that says what is in the way.
fn failure_page(failure: &Failure, again: Callback<()>) -> AnyView {
    view! {
        {heading(essential().failure_title())}
        {failure_view(failure, Some(again))}
    }
    .into_any()
}

/// What is in the way, what to do, and a code to read out.
pub(crate) fn failure_view(failure: &Failure, again: Option<Callback<()>>) -> AnyView {
    let code = put(essential().failure_code(), &[&failure.code()]);
    view! {
        <div class="notice notice--error" role="alert">
            {icon(Icon::Attention)}
            <div class="notice__body">
                <p>{sentence_of(failure)}</p>
                <p class="quiet">{code}</p>
                {again.map(|again| view! {
                    <button type="button" class="button button--quiet" on:click=move |_| again.run(())>
                        {essential().try_again()}
                    </button>
                })}
            </div>
        </div>
    }
    .into_any()
}

/// The sentence for a failure.
pub(crate) fn sentence_of(failure: &Failure) -> &'static str {
    let words = essential();
    match failure {
        Failure::Offline => words.failure_offline(),
        Failure::TimedOut | Failure::Cancelled | Failure::Altered => words.failure_slow(),
        Failure::NotOurs => words.failure_not_ours(),
        Failure::SignedOut => words.failure_signed_out(),
        Failure::Refused(details) if details.status == 404 || details.status == 410 => words.failure_not_found(),
        Failure::Refused(_) => words.failure_refused(),
        Failure::StillRunning { .. } | Failure::TooMany { .. } => words.failure_busy(),
        Failure::Server { .. } => words.failure_server(),
        Failure::TooLarge { .. } => words.failure_too_large(),
        Failure::OtherBuild => words.failure_other_build(),
        Failure::Unreadable => words.failure_unreadable(),
        Failure::StorageFull => words.failure_storage_full(),
        Failure::StorageClosed | Failure::StorageUnavailable => words.failure_storage(),
    }
}
