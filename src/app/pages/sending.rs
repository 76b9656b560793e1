//! How far the files are: a line for each, and one for all with pause and time left.

use crate::app::App;
use crate::browser::failure::Failure;
use crate::browser::uploads::UploadState;
use crate::components::{Icon, icon, sentence_of};
use crate::filling::Filling;
use crate::uploading::{self, Progress};
use crate::words::{errand, essential, put, size, time_left};
use contract::stored::StoredFile;
use leptos::prelude::*;

/// Where one file is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    /// Nobody is signed in: it rests sealed on the device.
    Sealed,
    /// Others are sent first.
    Queued,
    /// It is being sent.
    Sending,
    /// The network failed; it goes on by itself.
    Retrying,
    /// The person paused.
    Paused,
    /// The server has it.
    Done,
    /// It waits for the person.
    Failed(Failure),
}

fn line(uploaded: bool, signed_in: bool, paused: bool, state: Option<&UploadState>) -> Line {
    match state {
        _ if uploaded => Line::Done,
        Some(UploadState::Failed(failure)) if *failure != Failure::SignedOut => Line::Failed(failure.clone()),
        _ if !signed_in => Line::Sealed,
        _ if paused => Line::Paused,
        Some(UploadState::Sending) => Line::Sending,
        Some(UploadState::Waiting { .. }) => Line::Retrying,
        Some(UploadState::Done | UploadState::Failed(_)) | None => Line::Queued,
    }
}

/// Where one file is, in words; `aria-live` is off, or each chunk would be read out.
pub(crate) fn of_file(app: App, filling: Filling, file: &StoredFile) -> AnyView {
    let (id, bytes) = (file.id.clone(), file.report.bytes);
    let now = Memo::new(move |_| {
        let uploaded = filling.draft.with(|it| it.files.iter().any(|file| file.id == id && file.uploaded));
        let signed_in = app.signed_in.with(|it| it.session().is_some());
        let paused = filling.uploads_paused.get();
        filling.uploads.with(|it| {
            let news = it.get(&id);
            (line(uploaded, signed_in, paused, news.map(|it| &it.state)), news.map_or(0, |it| it.sent))
        })
    });
    let text_and_button = move || {
        let (line, sent) = now.get();
        let (total, far) = (size(bytes), size(u64::from(sent)));
        let bar = matches!(line, Line::Sending | Line::Retrying | Line::Paused);
        let failed = matches!(line, Line::Failed(_));
        let text = match line {
            Line::Sealed => errand().upload_sealed().to_owned(),
            Line::Queued => errand().upload_queued().to_owned(),
            Line::Sending => put(errand().upload_progress(), &[&far, &total]),
            Line::Retrying => put(errand().upload_retrying(), &[&far, &total]),
            Line::Paused => put(errand().upload_paused(), &[&far, &total]),
            Line::Done => put(errand().upload_done(), &[&total]),
            Line::Failed(failure) => put(errand().upload_failed(), &[sentence_of(&failure)]),
        };
        view! {
            <p class="file__sending">{text.clone()}</p>
            {bar.then(|| view! {
                <progress class="progress__bar" max=bytes.to_string() value=sent.to_string() aria-label=text></progress>
            })}
            {failed.then(|| view! {
                <button type="button" class="link-button" on:click=move |_| uploading::go_on(app, filling)>
                    {essential().try_again()}
                </button>
            })}
        }
        .into_any()
    };
    view! { <div aria-live="off">{text_and_button}</div> }.into_any()
}

/// How far all files are, with pause; nothing where none is to be sent now.
pub(crate) fn of_all(app: App, filling: Filling) -> AnyView {
    let open = Memo::new(move |_| {
        let progress = uploading::all(filling);
        progress.files_sent < progress.files && app.signed_in.with(|it| it.session().is_some())
    });
    let body = move || {
        if !open.get() {
            return ().into_any();
        }
        let bar = move || {
            let progress = uploading::all(filling);
            let text = summary(progress, filling.uploads_paused.get());
            view! {
                <p class="progress__text">{text.clone()}</p>
                <progress
                    class="progress__bar"
                    max=progress.total.to_string()
                    value=progress.sent.to_string()
                    aria-label=text
                ></progress>
            }
        };
        let paused = move || filling.uploads_paused.get();
        let act = move |_| {
            if filling.uploads_paused.get_untracked() {
                uploading::go_on(app, filling);
            } else {
                uploading::pause(filling);
            }
        };
        view! {
            <div class="progress">
                {bar}
                <button type="button" class="link-button" on:click=act>
                    {move || icon(if paused() { Icon::Next } else { Icon::Pause })}
                    {move || if paused() { errand().upload_resume() } else { errand().upload_pause() }}
                </button>
            </div>
        }
        .into_any()
    };
    body.into_any()
}

/// Files and bytes sent, and the time left where it can be told.
fn summary(progress: Progress, paused: bool) -> String {
    let sent = put(
        errand().upload_all(),
        &[&progress.files_sent.to_string(), &progress.files.to_string(), &size(progress.sent), &size(progress.total)],
    );
    match progress.seconds_left {
        Some(seconds) if !paused => [&sent, ". ", &time_left(seconds)].concat(),
        Some(_) | None => sent,
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, Line, UploadState, line};

    #[test]
    fn a_file_is_in_one_place_at_a_time() {
        let waiting = UploadState::Waiting { milliseconds: 1, failure: Failure::Offline };
        let failed = UploadState::Failed(Failure::Unreadable);
        let signed_out = UploadState::Failed(Failure::SignedOut);
        for (uploaded, signed_in, paused, state, expected) in [
            (false, false, false, None, Line::Sealed),
            (false, true, false, None, Line::Queued),
            (false, true, true, None, Line::Paused),
            (false, true, false, Some(&UploadState::Sending), Line::Sending),
            (false, true, true, Some(&UploadState::Sending), Line::Paused),
            (false, true, false, Some(&waiting), Line::Retrying),
            (true, true, true, Some(&UploadState::Done), Line::Done),
            (true, false, false, None, Line::Done),
            (false, true, true, Some(&failed), Line::Failed(Failure::Unreadable)),
            (false, false, false, Some(&signed_out), Line::Sealed),
            (false, true, false, Some(&signed_out), Line::Queued),
        ] {
            assert_eq!(line(uploaded, signed_in, paused, state), expected, "{state:?}");
        }
    }
}
