//! The files of a filling on their way to the server: at most two at once, those of a signed-in person at once, the
//! others when somebody signs in to file.

use crate::app::App;
use crate::browser::awake::Awake;
use crate::browser::failure::Failure;
use crate::browser::pace::Speed;
use crate::browser::uploads::{self, Upload, UploadNews, UploadOrder, UploadState};
use crate::browser::{clock, drafts};
use crate::filling::Filling;
use contract::problem::ProblemDetails;
use contract::stored::StoredFile;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Files on their way at the same time.
const AT_ONCE: usize = 2;

/// What is under way. It outlives pages, and is no signal: nothing is drawn from it.
#[derive(Default)]
struct Underway {
    /// By the id of the file; none while its bytes are being read.
    files: BTreeMap<String, Option<Upload>>,
    speed: Speed,
    awake: Option<Awake>,
}

thread_local! {
    static UNDER_WAY: RefCell<Underway> = RefCell::default();
}

/// Starts what waits, as many as may go at once.
pub(crate) fn start_all(app: App, filling: Filling) {
    let Some(csrf) = csrf(app).filter(|_| !filling.uploads_paused.get_untracked()) else { return };
    let next: Vec<StoredFile> = filling.draft.with_untracked(|draft| {
        filling.uploads.with_untracked(|news| {
            UNDER_WAY.with_borrow(|it| {
                let under_way = |id: &str| it.files.contains_key(id);
                let failed = |id: &str| matches!(news.get(id).map(|it| &it.state), Some(UploadState::Failed(_)));
                next_to_start(&draft.files, under_way, failed).into_iter().cloned().collect()
            })
        })
    });
    for file in next {
        start(app, filling, file, csrf.clone());
    }
}

/// The files to start now, in the order they were added. One whose content is on its way already waits: once that has
/// arrived, the server has it.
fn next_to_start(
    files: &[StoredFile],
    under_way: impl Fn(&str) -> bool,
    failed: impl Fn(&str) -> bool,
) -> Vec<&StoredFile> {
    let mut busy: Vec<&StoredFile> = files.iter().filter(|it| under_way(&it.id)).collect();
    let mut next = Vec::new();
    for file in files {
        let waits = !file.uploaded && !under_way(&file.id) && !failed(&file.id);
        if waits && busy.len() < AT_ONCE && !busy.iter().any(|it| it.sha256 == file.sha256) {
            busy.push(file);
            next.push(file);
        }
    }
    next
}

fn start(app: App, filling: Filling, file: StoredFile, csrf: String) {
    let id = file.id.clone();
    UNDER_WAY.with_borrow_mut(|it| it.files.insert(id.clone(), None));
    spawn_local(async move {
        let read = drafts::load_file(&filling.id(), &id).await;
        // Taken out of the draft, or paused, meanwhile.
        if !UNDER_WAY.with_borrow(|it| matches!(it.files.get(&id), Some(None))) {
            return;
        }
        let bytes = match read {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return fail(app, filling, &id, Failure::Unreadable),
            Err(failure) => return fail(app, filling, &id, failure),
        };
        let order = UploadOrder {
            bytes,
            sha256: file.sha256,
            requirement: file.requirement,
            name: file.name,
            address: file.upload,
            sent: filling.uploads.with_untracked(|it| it.get(&id).map_or(0, |it| it.sent)),
            csrf: Some(csrf),
        };
        let hear = {
            let id = id.clone();
            move |news: UploadNews| heard(app, filling, &id, news)
        };
        let upload = Upload::start(order, hear);
        UNDER_WAY.with_borrow_mut(|it| it.files.insert(id, Some(upload)));
    });
}

fn fail(app: App, filling: Filling, id: &str, failure: Failure) {
    let address =
        filling.draft.with_untracked(|it| it.files.iter().find(|it| it.id == id).and_then(|it| it.upload.clone()));
    heard(app, filling, id, UploadNews { state: UploadState::Failed(failure), sent: 0, total: 0, address });
}

fn heard(app: App, filling: Filling, id: &str, news: UploadNews) {
    let done = news.state == UploadState::Done;
    let known = filling.draft.with_untracked(|draft| {
        draft.files.iter().find(|it| it.id == id).is_none_or(|it| it.upload == news.address && it.uploaded == done)
    });
    if !known {
        filling.draft.update(|draft| {
            if let Some(file) = draft.files.iter_mut().find(|it| it.id == id) {
                file.upload.clone_from(&news.address);
                file.uploaded = done;
            }
        });
    }
    let ended = matches!(news.state, UploadState::Done | UploadState::Failed(_));
    if matches!(&news.state, UploadState::Failed(Failure::SignedOut)) {
        app.signed_out();
    }
    filling.uploads.update(|it| {
        it.insert(id.to_owned(), news);
    });
    let (sent, _) = untrack(|| progress(filling));
    UNDER_WAY.with_borrow_mut(|it| it.speed.note(clock::now_ms(), sent));
    stay_awake(filling);
    if ended {
        // The upload itself is what calls this: it is let go once it has returned.
        let id = id.to_owned();
        spawn_local(async move {
            let upload = UNDER_WAY.with_borrow_mut(|it| it.files.remove(&id));
            drop(upload);
            start_all(app, filling);
        });
    }
}

/// Keeps the screen on as long as a file is being sent.
fn stay_awake(filling: Filling) {
    let sending = !filling.uploads_paused.get_untracked()
        && filling.uploads.with_untracked(|it| it.values().any(|news| news.state == UploadState::Sending));
    UNDER_WAY.with_borrow_mut(|it| {
        if sending != it.awake.is_some() {
            it.awake = sending.then(Awake::new);
        }
    });
}

fn csrf(app: App) -> Option<String> {
    app.signed_in.with_untracked(|it| it.session().map(|session| session.csrf_token.clone()))
}

/// Stops sending until [`go_on`].
pub(crate) fn pause(filling: Filling) {
    filling.uploads_paused.set(true);
    stop(filling);
}

/// Goes on sending, also what had failed.
pub(crate) fn go_on(app: App, filling: Filling) {
    filling.uploads_paused.set(false);
    filling.uploads.update(|it| it.retain(|_, news| !matches!(news.state, UploadState::Failed(_))));
    start_all(app, filling);
}

/// Stops sending the files of this filling; the server keeps what it has.
pub(crate) fn stop(filling: Filling) {
    let stopped: Vec<Option<Upload>> = filling.draft.with_untracked(|draft| {
        UNDER_WAY.with_borrow_mut(|it| {
            it.speed = Speed::default();
            it.awake = None;
            draft.files.iter().filter_map(|file| it.files.remove(&file.id)).collect()
        })
    });
    drop(stopped);
}

/// Forgets a file that was taken out of the draft, here and at the server.
pub(crate) fn forget(app: App, filling: Filling, file: &StoredFile) {
    let upload = UNDER_WAY.with_borrow_mut(|it| it.files.remove(&file.id));
    drop(upload);
    let news = filling.uploads.try_update(|it| it.remove(&file.id)).flatten();
    let address = last_heard_at(file, news);
    stay_awake(filling);
    spawn_local(async move {
        take_away(app, address.into_iter().collect()).await;
        start_all(app, filling);
    });
}

/// Where a file's upload is. What was heard last is newer than the file in hand: its upload may have begun while the file
/// was being replaced.
fn last_heard_at(file: &StoredFile, news: Option<UploadNews>) -> Option<String> {
    news.and_then(|it| it.address).or_else(|| file.upload.clone())
}

/// Takes uploads of files that are no longer on the device away at the server. What cannot be reached expires there.
pub(crate) async fn take_away(app: App, addresses: Vec<String>) {
    let Some(csrf) = csrf(app) else { return };
    for address in addresses {
        uploads::terminate(&address, Some(&csrf)).await;
    }
}

/// Sends all files and waits until the server has them.
///
/// # Errors
/// The failure of the first file that cannot be sent by itself.
pub(crate) async fn send_all(app: App, filling: Filling) -> Result<(), Failure> {
    go_on(app, filling);
    loop {
        let open = filling.draft.with_untracked(|it| it.files.iter().any(|file| !file.uploaded));
        if !open {
            return Ok(());
        }
        let failed = filling.uploads.with_untracked(|it| {
            it.values().find_map(|news| match &news.state {
                UploadState::Failed(failure) => Some(failure.clone()),
                UploadState::Sending | UploadState::Waiting { .. } | UploadState::Done => None,
            })
        });
        if let Some(failure) = failed {
            return Err(failure);
        }
        if app.signed_in.with_untracked(|it| it.session().is_none()) {
            return Err(Failure::SignedOut);
        }
        start_all(app, filling);
        clock::sleep(200).await;
    }
}

/// Forgets the uploads that the server says it does not have, so that they are sent again; true where there is one.
pub(crate) fn forget_lost(filling: Filling, refused: &ProblemDetails) -> bool {
    let mut lost = false;
    filling.draft.update(|draft| {
        for (index, file) in draft.files.iter_mut().enumerate() {
            let path = ["files[", &index.to_string(), "].upload"].concat();
            if refused.problems.iter().any(|it| it.path == path) {
                file.uploaded = false;
                file.upload = None;
                lost = true;
            }
        }
    });
    lost
}

/// How far all files are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Files the server has.
    pub(crate) files_sent: usize,
    /// Files in all.
    pub(crate) files: usize,
    /// Bytes the server has.
    pub(crate) sent: u64,
    /// Bytes in all.
    pub(crate) total: u64,
    /// Seconds the rest will take; none while that cannot be told.
    pub(crate) seconds_left: Option<u32>,
}

/// How far all files are; changes as they are sent.
pub(crate) fn all(filling: Filling) -> Progress {
    let (sent, total) = progress(filling);
    let (files_sent, files) =
        filling.draft.with(|it| (it.files.iter().filter(|file| file.uploaded).count(), it.files.len()));
    let seconds_left = UNDER_WAY.with_borrow(|it| it.speed.seconds_left(total.saturating_sub(sent)));
    Progress { files_sent, files, sent, total, seconds_left }
}

/// Bytes the server has and bytes of all files; changes as they are sent.
fn progress(filling: Filling) -> (u64, u64) {
    filling.draft.with(|draft| {
        filling.uploads.with(|uploads| {
            draft.files.iter().fold((0, 0), |(sent, total), file| {
                let bytes = file.report.bytes;
                let here = if file.uploaded { bytes } else { uploads.get(&file.id).map_or(0, |it| u64::from(it.sent)) };
                (sent + here, total + bytes)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{last_heard_at, next_to_start};
    use crate::browser::uploads::{UploadNews, UploadState};
    use contract::stored::StoredFile;
    use serde_json::json;

    /// A file for each letter: its id and its content; in capitals where the server has it.
    fn files(letters: &str) -> Vec<StoredFile> {
        let file = |(index, letter): (usize, char)| {
            json!({
                "id": index.to_string(), "requirement": "paper", "name": "a.jpg",
                "sha256": letter.to_ascii_lowercase(), "uploaded": letter.is_ascii_uppercase(),
                "report": { "kind": "image/jpeg", "bytes": 1, "findings": [] },
            })
        };
        let files: Vec<_> = letters.chars().enumerate().map(file).collect();
        serde_json::from_value(files.into()).expect("files as they are stored")
    }

    #[track_caller]
    fn check(letters: &str, under_way: &[&str], failed: &[&str], expected: &[&str]) {
        let files = files(letters);
        let next = next_to_start(&files, |id| under_way.contains(&id), |id| failed.contains(&id));
        assert_eq!(next.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn at_most_two_files_are_under_way_in_the_order_they_were_added() {
        check("abcd", &[], &[], &["0", "1"]);
        check("abcd", &["0"], &[], &["1"]);
        check("abcd", &["0", "2"], &[], &[]);
        check("AbcD", &[], &[], &["1", "2"]);
        check("", &[], &[], &[]);
    }

    #[test]
    fn one_that_failed_waits_for_the_person_and_holds_nobody_up() {
        check("abc", &[], &["0"], &["1", "2"]);
        check("abc", &["1"], &["0", "2"], &[]);
    }

    #[test]
    fn the_same_content_is_not_under_way_twice() {
        check("aab", &[], &[], &["0", "2"]);
        check("aab", &["0"], &[], &["2"]);
        check("Aab", &[], &[], &["1", "2"]);
    }
    #[test]
    fn a_file_replaced_while_its_upload_began_is_taken_away_where_it_began() {
        let mut file = files("a").remove(0);
        let heard = |address: Option<&str>| {
            Some(UploadNews { state: UploadState::Sending, sent: 0, total: 1, address: address.map(str::to_owned) })
        };
        assert_eq!(last_heard_at(&file, None), None);
        assert_eq!(last_heard_at(&file, heard(None)), None);
        assert_eq!(last_heard_at(&file, heard(Some("/uploads/1"))).as_deref(), Some("/uploads/1"));
        file.upload = Some("/uploads/0".to_owned());
        assert_eq!(last_heard_at(&file, None).as_deref(), Some("/uploads/0"));
        assert_eq!(last_heard_at(&file, heard(None)).as_deref(), Some("/uploads/0"));
        assert_eq!(last_heard_at(&file, heard(Some("/uploads/1"))).as_deref(), Some("/uploads/1"));
    }
}
