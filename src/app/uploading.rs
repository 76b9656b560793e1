//! The files of a filling on their way to the server: at most two at once, those of a signed-in person at once, the
//! others when somebody signs in to file.

use crate::app::App;
use crate::browser::failure::Failure;
use crate::browser::uploads::{Upload, UploadNews, UploadOrder, UploadState};
use crate::browser::{clock, drafts};
use crate::filling::Filling;
use contract::stored::StoredFile;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Files on their way at the same time.
const AT_ONCE: usize = 2;

thread_local! {
    /// The uploads under way, by the id of the file. They outlive pages, and are no signals: nothing is drawn from them.
    static UNDER_WAY: RefCell<BTreeMap<String, Upload>> = const { RefCell::new(BTreeMap::new()) };
}

/// Starts what waits, as many as may go at once.
pub(crate) fn start_all(app: App, filling: Filling) {
    let waiting: Vec<StoredFile> = filling.draft.with_untracked(|draft| {
        let sent_already = |it: &&StoredFile| !it.uploaded;
        draft.files.iter().filter(sent_already).cloned().collect()
    });
    for file in waiting {
        let room = UNDER_WAY.with_borrow(|it| it.len() < AT_ONCE && !it.contains_key(&file.id));
        if room {
            start(app, filling, file);
        }
    }
}

fn start(app: App, filling: Filling, file: StoredFile) {
    let Some(csrf) = app.signed_in.with_untracked(|it| it.session().map(|session| session.csrf_token.clone())) else {
        return;
    };
    spawn_local(async move {
        let draft = filling.id();
        let id = file.id.clone();
        let bytes = match drafts::load_file(&draft, &id).await {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return fail(filling, &id, Failure::Unreadable),
            Err(failure) => return fail(filling, &id, failure),
        };
        let gone = !filling.draft.with_untracked(|it| it.files.iter().any(|other| other.id == id));
        if gone || UNDER_WAY.with_borrow(|it| it.contains_key(&id)) {
            return;
        }
        let order = UploadOrder {
            bytes,
            sha256: file.sha256.clone(),
            requirement: file.requirement.clone(),
            name: file.name.clone(),
            address: file.upload.clone(),
            csrf: Some(csrf),
        };
        let hear = {
            let id = id.clone();
            move |news: UploadNews| heard(app, filling, &id, news)
        };
        let upload = Upload::start(order, hear);
        UNDER_WAY.with_borrow_mut(|it| it.insert(id, upload));
    });
}

fn heard(app: App, filling: Filling, id: &str, news: UploadNews) {
    let done = news.state == UploadState::Done;
    let known = filling.draft.with_untracked(|draft| {
        draft.files.iter().find(|it| it.id == id).is_some_and(|it| it.upload == news.address && it.uploaded == done)
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
    if ended {
        // The upload itself is what calls this: it is let go once it has returned.
        let id = id.to_owned();
        spawn_local(async move {
            UNDER_WAY.with_borrow_mut(|it| it.remove(&id));
            if done {
                start_all(app, filling);
            }
        });
    }
}

fn fail(filling: Filling, id: &str, failure: Failure) {
    let news = UploadNews { state: UploadState::Failed(failure), sent: 0, total: 0, address: None };
    filling.uploads.update(|it| {
        it.insert(id.to_owned(), news);
    });
}

/// Stops sending a file until [`resume`].
pub(crate) fn pause(id: &str) {
    if let Some(upload) = UNDER_WAY.with_borrow(|it| it.get(id).cloned()) {
        upload.pause();
    }
}

/// Goes on sending a file.
pub(crate) fn resume(app: App, filling: Filling, id: &str) {
    match UNDER_WAY.with_borrow(|it| it.get(id).cloned()) {
        Some(upload) => upload.resume(),
        None => start_all(app, filling),
    }
}

/// Forgets a file that was taken out of the draft.
pub(crate) fn forget(filling: Filling, id: &str) {
    if let Some(upload) = UNDER_WAY.with_borrow_mut(|it| it.remove(id)) {
        upload.cancel();
    }
    filling.uploads.update(|it| {
        it.remove(id);
    });
}

/// Sends all files and waits until the server has them.
///
/// # Errors
/// The failure of the first file that cannot be sent by itself.
pub(crate) async fn send_all(app: App, filling: Filling) -> Result<(), Failure> {
    filling.uploads.update(|it| it.retain(|_, news| !matches!(news.state, UploadState::Failed(_))));
    loop {
        let open = filling.draft.with_untracked(|it| it.files.iter().any(|file| !file.uploaded));
        if !open {
            return Ok(());
        }
        let failed = filling.uploads.with_untracked(|it| {
            it.values().find_map(|news| match &news.state {
                UploadState::Failed(failure) => Some(failure.clone()),
                UploadState::Sending | UploadState::Waiting { .. } | UploadState::Paused | UploadState::Done => None,
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

/// Bytes the server has and bytes of all files; changes as they are sent.
pub(crate) fn progress(filling: Filling) -> (u64, u64) {
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
