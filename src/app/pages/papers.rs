//! The papers: picked or photographed, checked on the device, kept sealed, sent in the background once signed in.

use crate::adding::{self, Wish};
use crate::app::App;
use crate::browser::files::{self, PickedFile, Preview};
use crate::browser::{camera, drafts, page};
use crate::comparing::{Compared, compared};
use crate::components::{
    AimingFrame, CameraView, ErrorLink, Icon, Tone, Verdict, camera_view, error_summary, icon, notice,
};
use crate::filling::Filling;
use crate::findings;
use crate::pages::filling::{continue_button, frame};
use crate::pages::{kept_papers, sending};
use crate::route::Place;
use crate::uploading;
use crate::words::{errand, full, localised, put, size};
use contract::document::{FileKind, PaperFormat, Severity};
use contract::procedure::Paper;
use contract::stored::{StoredFile, StoredPaper};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;

/// A file that is being checked or was refused; it is not part of the draft.
#[derive(Clone, Debug, PartialEq)]
struct Candidate {
    number: u32,
    requirement: String,
    name: String,
    state: CandidateState,
}

#[derive(Clone, Debug, PartialEq)]
enum CandidateState {
    /// With what is certain already, to be looked at.
    Checking(Vec<String>),
    Refused(Vec<String>),
}

/// The page.
pub(crate) fn page(filling: Filling) -> AnyView {
    let app = App::here();
    adding::inspector().warm_up();
    let papers = filling.uploads_asked();
    let tried = RwSignal::new(0_u32);
    let links = Signal::derive(move || {
        filling
            .papers_missing()
            .into_iter()
            .map(|it| ErrorLink { target: pick_id(&it.key), text: put(errand().papers_missing(), &[&title_of(&it)]) })
            .chain(unconfirmed(filling))
            .collect::<Vec<_>>()
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if links.with(Vec::is_empty) {
            app.go(filling.route(filling.after(Place::Papers)));
        } else {
            tried.update(|it| *it += 1);
        }
    };
    let signed_in = move || app.signed_in.with(|it| it.session().is_some());
    let wallet = kept_papers::of_filer(app, filling);
    let cards = papers.into_iter().map(|it| card(app, filling, it, tried, wallet)).collect::<Vec<_>>();
    let body = view! {
        <form on:submit=submit novalidate="novalidate" autocomplete="off">
            {error_summary(links, tried.into())}
            <p class="lead">{errand().papers_lead()}</p>
            {move || notice(Tone::Info, if signed_in() { errand().papers_sending() } else { errand().papers_wait_sign_in() })}
            {sending::of_all(app, filling)}
            {cards}
            {continue_button()}
        </form>
    }
    .into_any();
    frame(filling, Place::Papers, errand().papers_title(), body)
}

/// Pictures with a warning that nobody has looked at yet.
fn unconfirmed(filling: Filling) -> Vec<ErrorLink> {
    let files = filling.draft.with(|it| it.files.clone());
    let open = files.into_iter().filter(|it| !it.overridden && !findings::to_look_at(filling, it).is_empty());
    open.map(|it| ErrorLink { target: row_id(&it.id), text: put(errand().papers_look(), &[&it.name]) }).collect()
}

fn row_id(file: &str) -> String {
    ["file-", file].concat()
}

fn pick_id(requirement: &str) -> String {
    ["pick-", requirement].concat()
}

/// The plain name of a paper.
pub(crate) fn title_of(paper: &Paper) -> String {
    paper.title.as_ref().map_or_else(|| paper.name.clone(), localised)
}

fn card(app: App, filling: Filling, paper: Paper, tried: RwSignal<u32>, wallet: Signal<Vec<StoredPaper>>) -> AnyView {
    let candidates: RwSignal<Vec<Candidate>> = RwSignal::new(Vec::new());
    let title = title_of(&paper);
    let key = paper.key.clone();
    let kept = StoredValue::new(paper.clone());
    // What could not be done to a file, as sentences.
    let failed: RwSignal<Vec<String>> = RwSignal::new(Vec::new());
    let (files_key, missing_key) = (key.clone(), key.clone());
    // Without how far they are: a row, whose preview was opened for it, is not drawn anew with every news of its upload.
    let files = Memo::new(move |_| {
        let still = |it| StoredFile { upload: None, uploaded: false, ..it };
        filling.files_of(&files_key).into_iter().map(still).collect::<Vec<_>>()
    });
    let rows = move || {
        let files = files.get();
        if files.is_empty() {
            return ().into_any();
        }
        let rows = files
            .into_iter()
            .map(|it| {
                let id = row_id(&it.id);
                let row = kept.with_value(|paper| file_row(app, filling, paper, it, failed));
                view! { <li class="file" id=id tabindex="-1">{row}</li> }
            })
            .collect::<Vec<_>>();
        view! { <ul class="files" role="list">{rows}</ul> }.into_any()
    };
    let pending = move || candidates.get().into_iter().map(|it| candidate_row(candidates, it)).collect::<Vec<_>>();
    let missing_title = title.clone();
    let is_missing =
        Memo::new(move |_| tried.get() > 0 && filling.papers_missing().iter().any(|it| it.key == missing_key));
    let missing = move || {
        is_missing
            .get()
            .then(|| view! { <p class="field__error">{put(errand().papers_missing(), &[&missing_title])}</p> })
    };
    let accept = paper.accepts.join(",");
    let add = move |event: leptos::ev::Event| {
        let picked = files::picked(&event);
        kept.with_value(|paper| take(app, filling, paper, candidates, picked));
    };
    // The camera in the page; the system's own where there is none.
    let aiming = RwSignal::new(false);
    let has_camera = camera::exists();
    let camera_title = title.clone();
    let camera = move || {
        if !aiming.get() {
            return ().into_any();
        }
        let paper = kept.get_value();
        let frame = match paper.format {
            Some(PaperFormat::Id1Card) => AimingFrame::Card,
            Some(PaperFormat::A4) | None => AimingFrame::Sheet,
        };
        let requirement = adding::requirement_of(&paper);
        let judge = move |seen: camera::Frame| -> Verdict {
            let requirement = requirement.clone();
            Box::pin(async move {
                let report = adding::inspector().look(&seen, &requirement).await?;
                let first = report.findings.first().map(|it| findings::sentence(*it, &report, requirement.max_bytes));
                Some(first.map_or(Ok(()), Err))
            })
        };
        camera_view(CameraView {
            title: camera_title.clone(),
            frame,
            judge: Rc::new(judge),
            on_photo: Callback::new(move |photo: PickedFile| {
                kept.with_value(|paper| take(app, filling, paper, candidates, vec![photo]));
            }),
            on_close: Callback::new({
                let camera_id = ["take-", &paper.key].concat();
                move |()| {
                    aiming.set(false);
                    page::focus_soon(camera_id.clone());
                }
            }),
        })
    };
    let join_key = key.clone();
    let may_join = Memo::new(move |_| {
        filling.draft.with(|it| {
            let pictures = it.files.iter().filter(|it| it.requirement == join_key && it.original.is_some());
            pictures.count() > 1
        }) && kept.with_value(|it| it.accepts.is_empty() || it.accepts.iter().any(|it| it == "application/pdf"))
    });
    let join = move |_| {
        let paper = kept.get_value();
        spawn_local(async move {
            match adding::join(filling, &paper).await {
                Ok(gone) => {
                    for file in &gone {
                        uploading::forget(app, filling, file);
                    }
                    failed.try_set(Vec::new());
                    uploading::start_all(app, filling);
                }
                Err(sentences) => {
                    failed.try_set(sentences);
                }
            }
        });
    };
    // The camera may cost the page its life: what there is must be on the device before it opens.
    let before_camera = move |_: leptos::ev::MouseEvent| {
        spawn_local(async move {
            let _ = filling.save_now().await;
        });
    };
    let limits = put(full().need_limit(), &[&size(paper.max_bytes)]);
    let (camera_id, pick) = (["take-", &key].concat(), pick_id(&key));
    view! {
        <section class="card" aria-labelledby=["paper-", &key].concat()>
            <h2 class="card__title" id=["paper-", &key].concat()>
                {title.clone()}
                {paper.optional.then(|| view! { <span class="field__optional">" ("{errand().optional()}")"</span> })}
            </h2>
            {paper.note.as_ref().map(|it| view! { <p class="quiet">{localised(it)}</p> })}
            <p class="field__hint">{limits}</p>
            {missing}
            <div aria-live="polite">
                {rows}
                {pending}
                {move || failed.get().into_iter().map(|it| notice(Tone::Warning, it)).collect::<Vec<_>>()}
            </div>
            {move || may_join.get().then(|| view! {
                <button type="button" class="link-button" on:click=join>{icon(Icon::Attach)}{errand().papers_join()}</button>
            })}
            {kept_papers::offers(app, filling, paper.clone(), wallet, failed)}
            <div class="card__actions">
                {if has_camera {
                    let open = move |_| {
                        spawn_local(async move {
                            let _ = filling.save_now().await;
                            aiming.try_set(true);
                        });
                    };
                    view! {
                        <button type="button" class="button" id=camera_id on:click=open>
                            {icon(Icon::Camera)}{errand().papers_take()}<span class="visually-hidden">": "{title.clone()}</span>
                        </button>
                    }
                    .into_any()
                } else {
                    view! {
                        <label class="button button--file" for=camera_id.clone() on:click=before_camera>
                            {icon(Icon::Camera)}{errand().papers_take()}<span class="visually-hidden">": "{title.clone()}</span>
                            <input
                                type="file"
                                id=camera_id.clone()
                                class="visually-hidden"
                                accept="image/jpeg,image/png"
                                capture="environment"
                                on:change=add
                            />
                        </label>
                    }
                    .into_any()
                }}
                <label class="button button--quiet button--file" for=pick.clone() on:click=before_camera>
                    {icon(Icon::Attach)}{errand().papers_pick()}<span class="visually-hidden">": "{title.clone()}</span>
                    <input type="file" id=pick.clone() class="visually-hidden" accept=accept multiple on:change=add />
                </label>
            </div>
            {camera}
        </section>
    }
    .into_any()
}

/// Checks what was picked; keeps what may be sent.
fn take(app: App, filling: Filling, paper: &Paper, candidates: RwSignal<Vec<Candidate>>, picked: Vec<PickedFile>) {
    let paper = paper.clone();
    candidates.update(|it| it.retain(|other| matches!(other.state, CandidateState::Checking(_))));
    spawn_local(async move {
        for file in picked {
            let number = candidates.try_update(|list| {
                let number = list.iter().map(|it| it.number).max().unwrap_or(0) + 1;
                list.push(Candidate {
                    number,
                    requirement: paper.key.clone(),
                    name: file.name(),
                    state: CandidateState::Checking(Vec::new()),
                });
                number
            });
            let becomes = move |list: &mut Vec<Candidate>, state| {
                if let Some(it) = list.iter_mut().find(|it| Some(it.number) == number) {
                    it.state = state;
                }
            };
            let seen = move |sentences: Vec<String>| {
                if !sentences.is_empty() {
                    candidates.try_update(|list| becomes(list, CandidateState::Checking(sentences)));
                }
            };
            let outcome = adding::add(filling, &paper, &file, seen).await;
            // The page may be gone; what was kept is in the draft all the same.
            let Some(number) = number else { continue };
            candidates.try_update(|list| match outcome {
                Ok(()) => list.retain(|it| it.number != number),
                Err(sentences) => becomes(list, CandidateState::Refused(sentences)),
            });
            uploading::start_all(app, filling);
        }
    });
}

fn candidate_row(candidates: RwSignal<Vec<Candidate>>, candidate: Candidate) -> AnyView {
    match candidate.state {
        CandidateState::Checking(sentences) => {
            let checking = put(errand().papers_checking(), &[&candidate.name]);
            let lines = sentences.into_iter().map(|it| view! { <p class="file file--checking">{it}</p> });
            view! {
                <p class="file file--checking" role="status">{checking}</p>
                {lines.collect::<Vec<_>>()}
            }
            .into_any()
        }
        CandidateState::Refused(sentences) => {
            let number = candidate.number;
            let lines = sentences.into_iter().map(|it| view! { <p>{it}</p> }).collect::<Vec<_>>();
            view! {
                <div class="notice notice--error" role="alert">
                    {icon(Icon::Attention)}
                    <div class="notice__body">
                        <p><strong>{candidate.name.clone()}</strong></p>
                        {lines}
                        <button
                            type="button"
                            class="link-button"
                            on:click=move |_| candidates.update(|it| it.retain(|other| other.number != number))
                        >
                            {put(errand().papers_remove(), &[&candidate.name])}
                        </button>
                    </div>
                </div>
            }
            .into_any()
        }
    }
}

fn file_row(app: App, filling: Filling, paper: &Paper, file: StoredFile, failed: RwSignal<Vec<String>>) -> AnyView {
    let preview: RwSignal<Option<Preview>, LocalStorage> = RwSignal::new_local(None);
    if matches!(file.report.kind, FileKind::Jpeg | FileKind::Png) {
        let (draft, id, kind) = (filling.id(), file.id.clone(), file.report.kind);
        spawn_local(async move {
            if let Ok(Some(bytes)) = drafts::load_file(&draft, &id).await {
                preview.try_set(bytes.preview(kind.media_type()));
            }
        });
    }
    let name = file.name.clone();
    let picture_name = put(errand().papers_preview(), &[&name]);
    let picture = move || match preview.get() {
        Some(it) => {
            view! { <img class="file__picture" src=it.address().to_owned() alt=picture_name.clone() /> }.into_any()
        }
        None => view! { <span class="file__picture">{icon(Icon::Paper)}</span> }.into_any(),
    };
    let mut facts = vec![size(file.report.bytes)];
    if let Some(pages) = file.report.pages {
        facts.push(put(errand().papers_pages(), &[&pages.to_string()]));
    }
    if let (Some(width), Some(height)) = (file.report.width, file.report.height) {
        facts.push(put(errand().papers_pixels(), &[&width.to_string(), &height.to_string()]));
    }
    let smaller = file.original.as_ref().filter(|it| it.bytes > file.report.bytes).map(|it| {
        view! { <p class="file__sending">{put(errand().papers_smaller(), &[&size(it.bytes), &size(file.report.bytes)])}</p> }
    });
    let warnings = file
        .report
        .findings
        .iter()
        .filter(|it| it.severity == Severity::Warns)
        .map(|it| notice(Tone::Warning, findings::sentence(*it, &file.report, 0)))
        .collect::<Vec<_>>();
    let id = file.id.clone();
    // What other files and answers make of it; they change while this row stands.
    let beside = {
        let id = id.clone();
        Memo::new(move |_| compared(filling, &id))
    };
    let beside_warnings =
        move || beside.get().iter().map(|it| notice(Tone::Warning, Compared::sentence(it))).collect::<Vec<_>>();
    let own_asks = file.report.findings.iter().copied().any(findings::asks_for_a_word);
    let (asks, overridden) = (Memo::new(move |_| own_asks || beside.with(|it| !it.is_empty())), file.overridden);
    // "Good" is not said above a warning.
    let facts = facts.join(" · ");
    let state = move || {
        if asks.get() && !overridden {
            let text = put(errand().papers_to_look_at(), &[&facts]);
            view! { <p class="file__ok file__ok--not-yet">{icon(Icon::Attention)}{text}</p> }
        } else {
            view! { <p class="file__ok">{icon(Icon::Done)}{put(errand().papers_ok(), &[&facts])}</p> }
        }
        .into_any()
    };
    let confirm = {
        let id = id.clone();
        move || {
            if !asks.get() {
                return ().into_any();
            }
            if overridden {
                return view! { <p class="file__ok">{icon(Icon::Done)}{errand().papers_sent_anyway()}</p> }.into_any();
            }
            let id = id.clone();
            let accept = move |_| {
                filling.draft.update(|draft| {
                    if let Some(file) = draft.files.iter_mut().find(|it| it.id == id) {
                        file.overridden = true;
                    }
                });
            };
            view! {
                <button type="button" class="button button--quiet" on:click=accept>{errand().papers_send_anyway()}</button>
            }
            .into_any()
        }
    };
    let busy = RwSignal::new(false);
    let change = {
        let (paper, id) = (paper.clone(), id.clone());
        move |wish: Wish| {
            let (paper, id) = (paper.clone(), id.clone());
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            spawn_local(async move {
                match adding::change(filling, &paper, &id, wish).await {
                    Ok(old) => {
                        if let Some(old) = old {
                            uploading::forget(app, filling, &old);
                        }
                        failed.try_set(Vec::new());
                        uploading::start_all(app, filling);
                    }
                    Err(sentences) => {
                        failed.try_set(sentences);
                    }
                }
                busy.try_set(false);
            });
        }
    };
    let tools = file.original.as_ref().map(|original| {
        let cut = original.corners.is_some().then(|| {
            let (change, cut) = (change.clone(), original.cut);
            let label = if cut { errand().papers_uncut() } else { errand().papers_cut() };
            view! {
                <button type="button" class="link-button" on:click=move |_| change(Wish::Cut(!cut))>
                    {icon(Icon::Paper)}{label}<span class="visually-hidden">": "{name.clone()}</span>
                </button>
            }
        });
        let change = change.clone();
        view! {
            <button type="button" class="link-button" on:click=move |_| change(Wish::TurnRight)>
                {icon(Icon::Turn)}{errand().papers_turn()}<span class="visually-hidden">": "{name.clone()}</span>
            </button>
            {cut}
        }
    });
    let apart = (!file.pages.is_empty()).then(|| {
        let id = id.clone();
        let apart = move |_| {
            let id = id.clone();
            spawn_local(async move {
                if let Some(gone) = adding::take_apart(filling, &id).await {
                    uploading::forget(app, filling, &gone);
                    uploading::start_all(app, filling);
                }
            });
        };
        view! {
            <button type="button" class="link-button" on:click=apart>{icon(Icon::Change)}{errand().papers_apart()}</button>
        }
    });
    let remove = {
        let (id, requirement) = (id.clone(), file.requirement.clone());
        move |_| {
            let id = id.clone();
            let removed = filling.draft.try_update(|it| {
                let place = it.files.iter().position(|other| other.id == id)?;
                Some(it.files.remove(place))
            });
            page::focus(&pick_id(&requirement));
            if let Some(file) = removed.flatten() {
                uploading::forget(app, filling, &file);
                let draft = filling.id();
                spawn_local(async move { adding::delete(&draft, &file).await });
            }
        }
    };
    view! {
        {picture}
        <div class="file__body">
            <p class="file__name">{name.clone()}</p>
            {state}
            {smaller}
        </div>
        <div class="file__more">
            {warnings}
            {beside_warnings}
            {confirm}
            {sending::of_file(app, filling, &file)}
            <div class="file__tools" aria-busy=move || busy.get().then_some("true")>
                {tools}
                {apart}
                <button type="button" class="link-button" on:click=remove>
                    {icon(Icon::Remove)}{put(errand().papers_remove(), &[&name])}
                </button>
            </div>
        </div>
    }
    .into_any()
}
