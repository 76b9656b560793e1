//! The papers of the wallet: offered where one is asked for, and listed to see and remove them.

use crate::adding;
use crate::app::App;
use crate::browser::drafts::Kept;
use crate::browser::{clock, page, wallet as store};
use crate::components::{Icon, Tone, icon, notice, sentence_of};
use crate::filling::Filling;
use crate::route::Route;
use crate::uploading;
use crate::wallet::{self, Validity};
use crate::words::{errand, full, put, size};
use contract::procedure::Paper;
use contract::stored::StoredPaper;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The papers of the citizen who files, once they are signed in; none for anybody else.
pub(crate) fn of_filer(app: App, filling: Filling) -> Signal<Vec<StoredPaper>> {
    let kept: RwSignal<Vec<StoredPaper>> = RwSignal::new(Vec::new());
    let citizen = Memo::new(move |_| wallet::citizen_who_files(app, filling));
    Effect::new(move |_| {
        let citizen = citizen.get();
        kept.set(Vec::new());
        let Some(citizen) = citizen else { return };
        spawn_local(async move {
            let own = wallet::of(&citizen).await;
            kept.try_set(own);
        });
    });
    kept.into()
}

/// "Use again what you have": the papers that may be what is asked for here.
pub(crate) fn offers(
    app: App,
    filling: Filling,
    paper: Paper,
    kept: Signal<Vec<StoredPaper>>,
    failed: RwSignal<Vec<String>>,
) -> AnyView {
    let asked = StoredValue::new(paper);
    let fitting = Memo::new(move |_| {
        let given: Vec<String> =
            asked.with_value(|paper| filling.files_of(&paper.key).iter().map(|it| it.source().to_owned()).collect());
        kept.with(|list| {
            let fits = |it: &&StoredPaper| asked.with_value(|paper| wallet::fits(it, paper));
            list.iter().filter(fits).filter(|it| !given.contains(&it.file.sha256)).cloned().collect::<Vec<_>>()
        })
    });
    let busy = RwSignal::new(false);
    let offer = move |it: StoredPaper| {
        let (lines, past) = told(&it);
        let title = it.title.clone();
        let give = move |_| {
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let (paper, it) = (asked.get_value(), it.clone());
            spawn_local(async move {
                let outcome = adding::reuse(filling, &paper, &it).await;
                failed.try_set(outcome.err().unwrap_or_default());
                busy.try_set(false);
                uploading::start_all(app, filling);
            });
        };
        let button = (!past).then(|| {
            view! {
                <button type="button" class="button button--quiet" on:click=give>
                    {icon(Icon::Paper)}{errand().wallet_use()}<span class="visually-hidden">": "{title}</span>
                </button>
            }
        });
        view! { <li class="kept">{lines}{button}</li> }
    };
    (move || {
        let list = fitting.get();
        if list.is_empty() {
            return ().into_any();
        }
        let rows = list.into_iter().map(offer).collect::<Vec<_>>();
        view! {
            <h3 class="kept__title">{errand().wallet_offer()}</h3>
            <ul class="files" role="list" aria-busy=move || busy.get().then_some("true")>{rows}</ul>
        }
        .into_any()
    })
    .into_any()
}

/// When and for whom a paper was filed and how long it is good; whether that is over.
fn told(kept: &StoredPaper) -> (AnyView, bool) {
    let day = wallet::day_of(kept.kept_at).map(|it| it.to_string()).unwrap_or_default();
    let from = put(errand().wallet_from(), &[&day, &kept.procedure, &kept.owner]);
    let validity = wallet::day_of(clock::now_ms()).map_or(Validity::NotKnown, |today| Validity::of(kept, today));
    let past = validity.is_past();
    let good = validity.sentence().map(|it| {
        if past { notice(Tone::Warning, it) } else { view! { <p class="file__sending">{it}</p> }.into_any() }
    });
    let lines = view! {
        <p class="kept__name">{kept.file.name.clone()}</p>
        <p class="file__sending">{from}" "{size(kept.file.report.bytes)}</p>
        {good}
    };
    (lines.into_any(), past)
}

/// All papers on this device: the citizen's own one by one, of everybody else how many there are.
pub(crate) fn section(app: App) -> AnyView {
    let all: RwSignal<Option<Vec<Kept<StoredPaper>>>> = RwSignal::new(None);
    let load = move || {
        spawn_local(async move {
            if let Ok(list) = store::all().await {
                all.try_set(Some(list));
            }
        });
    };
    load();
    let remove = Callback::new(move |ids: Vec<String>| {
        spawn_local(async move {
            match store::delete(&ids).await {
                Ok(()) => {
                    page::focus("my-papers");
                    load();
                }
                Err(failure) => app.announce(sentence_of(&failure)),
            }
        });
    });
    let rows = move || {
        let citizen = wallet::citizen(app);
        let Some(list) = all.get() else { return ().into_any() };
        if list.is_empty() {
            return view! { <p class="quiet">{errand().wallet_none()}</p> }.into_any();
        }
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for kept in list {
            match kept {
                Kept::Whole(paper) if citizen.as_ref() == Some(&paper.citizen) => own.push(paper),
                Kept::Whole(StoredPaper { id, .. }) | Kept::Broken { id } => others.push(id),
            }
        }
        own.sort_by_key(|it| u64::MAX - it.kept_at);
        let own = own.into_iter().map(|it| own_row(it, remove)).collect::<Vec<_>>();
        let others = (!others.is_empty()).then(|| {
            let text = put(errand().wallet_others(), &[&others.len().to_string()]);
            let sign_in = citizen.is_none().then(|| {
                let route = Route::SignIn { back: Route::MyDossiers.href(), expired: false };
                view! { <a class="button button--quiet" href=app.href(&route)>{full().sign_in()}</a> }
            });
            view! {
                <p>{text}</p>
                <p class="actions">
                    {sign_in}
                    <button type="button" class="link-button" on:click=move |_| remove.run(others.clone())>
                        {icon(Icon::Remove)}{errand().wallet_remove_all()}
                    </button>
                </p>
            }
        });
        view! { <ul class="rows" role="list">{own}</ul>{others} }.into_any()
    };
    view! {
        <section class="block" aria-labelledby="my-papers">
            <h2 id="my-papers" tabindex="-1">{errand().wallet_title()}</h2>
            {rows}
        </section>
    }
    .into_any()
}

fn own_row(kept: StoredPaper, remove: Callback<Vec<String>>) -> AnyView {
    let (lines, _) = told(&kept);
    let id = kept.id.clone();
    let label = [errand().wallet_remove(), ": ", &kept.title, ", ", &kept.file.name].concat();
    view! {
        <li class="row row--stacked">
            <p class="kept__title" lang="vi">{kept.title}</p>
            {lines}
            <button type="button" class="link-button" aria-label=label on:click=move |_| remove.run(vec![id.clone()])>
                {icon(Icon::Remove)}{errand().wallet_remove()}
            </button>
        </li>
    }
    .into_any()
}
