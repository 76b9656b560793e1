//! A file on its way into the draft: looked at, made ready, kept sealed. And what can be done to it there: turned, cut to
//! the edges of the paper, joined with others into one PDF, and all of that taken back.
//!
//! What was picked is kept as it was until the dossier is filed; what is sent is made from it.

use crate::browser::failure::Failure;
use crate::browser::files::{self, FileBytes, PickedFile};
use crate::browser::inspector::Inspector;
use crate::browser::{clock, drafts, random, store, wallet};
use crate::components::sentence_of;
use crate::filling::Filling;
use crate::findings::{asks_for_a_word, sentence};
use crate::words::{errand, put, size};
use contract::document::{FileKind, Repair, Report, Requirement, Severity, Turn};
use contract::procedure::Paper;
use contract::stored::{OriginalPicture, StoredFile, StoredPaper};
use leptos::prelude::*;

thread_local! {
    static INSPECTOR: Inspector = Inspector::default();
}

/// The one who looks at files, for the whole page.
pub(crate) fn inspector() -> Inspector {
    INSPECTOR.with(Clone::clone)
}

/// Fewest pixels on the short side of a picture: an identity card, the smallest paper asked for, has 425 at 200 dpi.
const LEAST_SHORT_SIDE: u32 = 400;

/// What a paper asks of its files.
pub(crate) fn requirement_of(paper: &Paper) -> Requirement {
    Requirement {
        accepts: paper.accepts.clone(),
        max_bytes: paper.max_bytes,
        min_short_side: LEAST_SHORT_SIDE,
        paper: paper.format,
    }
}

/// Looks at a picked file and keeps what may be sent. `seen` is told what to look at, before everything is known.
///
/// # Errors
/// Sentences that say what is wrong and what to do; nothing was kept.
pub(crate) async fn add(
    filling: Filling,
    paper: &Paper,
    file: &PickedFile,
    seen: impl Fn(Vec<String>) + 'static,
) -> Result<(), Vec<String>> {
    if full(filling, paper) {
        return Err(too_many(paper));
    }
    // Said before it is read: reading hundreds of megabytes may cost the page its life.
    if file.size() > u64::from(files::MOST_BYTES) {
        return Err(vec![put(errand().finding_too_large(), &[&size(file.size()), &size(paper.max_bytes)])]);
    }
    if let Some(room) = store::short_of_room(file.size()).await {
        return Err(vec![put(errand().papers_no_room(), &[&size(file.size()), &size(room)])]);
    }
    let bytes = file.read().await.map_err(told)?;
    // A photograph is made smaller before its size counts.
    let requirement = Requirement { max_bytes: u64::from(files::MOST_BYTES), ..requirement_of(paper) };
    let max_bytes = paper.max_bytes;
    let seen = move |report: &Report| {
        let to_look_at = report.findings.iter().filter(|it| asks_for_a_word(**it));
        seen(to_look_at.map(|it| sentence(*it, report, max_bytes)).collect());
    };
    let report =
        inspector().ask(&bytes, &requirement, &file.name(), &file.declared_type(), seen).await.map_err(told)?;
    if report.blocked() {
        return Err(blocking(&report, paper.max_bytes));
    }
    // What follows is long enough on a cheap phone without what led here: the page may draw and be touched in between.
    clock::sleep(0).await;
    let stored = if is_picture(&report) {
        make_ready(filling, paper, &file.name(), &bytes, report).await?
    } else {
        keep_as_picked(filling, paper, &file.name(), &bytes, report).await?
    };
    clock::sleep(0).await;
    filling.draft.update(|it| it.files.push(stored));
    clock::sleep(0).await;
    // A file that is on the device and in no draft would be lost: the draft is not left to its pause.
    filling.save_now().await.map_err(told)
}

/// Gives a paper that is kept on the device once more; it is looked at again, for what is asked of it here.
///
/// # Errors
/// Sentences that say what is wrong and what to do; nothing was kept.
pub(crate) async fn reuse(filling: Filling, paper: &Paper, kept: &StoredPaper) -> Result<(), Vec<String>> {
    if full(filling, paper) {
        return Err(too_many(paper));
    }
    let Some(bytes) = wallet::load(kept).await.map_err(told)? else {
        return Err(vec![errand().wallet_gone().to_owned()]);
    };
    let file = &kept.file;
    let kind = file.report.kind.media_type();
    let report = inspector().ask(&bytes, &requirement_of(paper), &file.name, kind, |_| {}).await.map_err(told)?;
    if report.blocked() {
        return Err(blocking(&report, paper.max_bytes));
    }
    // What the first look found in the pictures it was made from, such as the code of a card, is still true.
    let report = if report.qr.is_empty() { Report { qr: file.report.qr.clone(), ..report } } else { report };
    let stored = keep_as_picked(filling, paper, &file.name, &bytes, report).await?;
    filling.draft.update(|it| it.files.push(stored));
    filling.save_now().await.map_err(told)
}

fn full(filling: Filling, paper: &Paper) -> bool {
    let given = filling.draft.with_untracked(|it| it.files.iter().filter(|it| it.requirement == paper.key).count());
    given >= usize::from(paper.max_files)
}

fn too_many(paper: &Paper) -> Vec<String> {
    vec![put(errand().papers_too_many(), &[&paper.max_files.to_string()])]
}

fn is_picture(report: &Report) -> bool {
    matches!(report.kind, FileKind::Jpeg | FileKind::Png)
}

fn told(failure: Failure) -> Vec<String> {
    vec![sentence_of(&failure).to_owned()]
}

fn blocking(report: &Report, max_bytes: u64) -> Vec<String> {
    let blocking = report.findings.iter().filter(|it| it.severity == Severity::Blocks);
    blocking.map(|it| sentence(*it, report, max_bytes)).collect()
}

fn too_large(bytes: u64, paper: &Paper) -> Result<(), Vec<String>> {
    if bytes > paper.max_bytes {
        return Err(vec![put(errand().finding_too_large(), &[&size(bytes), &size(paper.max_bytes)])]);
    }
    Ok(())
}

async fn keep_as_picked(
    filling: Filling,
    paper: &Paper,
    name: &str,
    bytes: &FileBytes,
    report: Report,
) -> Result<StoredFile, Vec<String>> {
    too_large(report.bytes, paper)?;
    let sha256 = bytes.sha256().await.map_err(told)?;
    let stored = fresh_file(paper, name, sha256, report, None);
    drafts::save_file(&filling.id(), &stored.id, bytes).await.map_err(told)?;
    Ok(stored)
}

/// Keeps a picture as it was picked, and beside it the one that is sent: upright, without what a camera writes about the
/// place and the device, and no larger than reading needs.
async fn make_ready(
    filling: Filling,
    paper: &Paper,
    name: &str,
    bytes: &FileBytes,
    report: Report,
) -> Result<StoredFile, Vec<String>> {
    let sha256 = bytes.sha256().await.map_err(told)?;
    let original = OriginalPicture {
        id: random::random_id(),
        sha256,
        bytes: report.bytes,
        corners: report.corners,
        cut: false,
        turn: Turn::None,
    };
    drafts::save_file(&filling.id(), &original.id, bytes).await.map_err(told)?;
    let mut stored = fresh_file(paper, name, String::new(), report, Some(original));
    if let Err(sentences) = remake(filling, paper, &mut stored, bytes).await {
        // Nothing is kept of a picture that is refused.
        delete(&filling.id(), &stored).await;
        return Err(sentences);
    }
    Ok(stored)
}

/// A file of this paper that was just added.
fn fresh_file(
    paper: &Paper,
    name: &str,
    sha256: String,
    report: Report,
    original: Option<OriginalPicture>,
) -> StoredFile {
    StoredFile {
        id: random::random_id(),
        requirement: paper.key.clone(),
        name: name.to_owned(),
        sha256,
        report,
        overridden: false,
        upload: None,
        uploaded: false,
        original,
        pages: Vec::new(),
    }
}

/// Makes what is sent from what was picked, as the citizen wants it turned and cut, under a new id.
async fn remake(
    filling: Filling,
    paper: &Paper,
    stored: &mut StoredFile,
    picked: &FileBytes,
) -> Result<(), Vec<String>> {
    let Some(original) = stored.original.clone() else { return Ok(()) };
    let repair = Repair {
        turn: original.turn,
        corners: original.corners.filter(|_| original.cut),
        paper: paper.format,
        most_pixels: 0,
    };
    let made = inspector().repair(picked, repair).await.map_err(told)?;
    // A worker that could not do it leaves the question open: the picture would go with its place in it.
    let Some((bytes, repaired)) = made else { return Err(vec![errand().finding_not_ready().to_owned()]) };
    too_large(u64::from(bytes.size()), paper)?;
    stored.id = random::random_id();
    stored.sha256 = bytes.sha256().await.map_err(told)?;
    stored.report.kind = FileKind::Jpeg;
    stored.report.bytes = u64::from(bytes.size());
    stored.report.width = Some(repaired.width);
    stored.report.height = Some(repaired.height);
    (stored.upload, stored.uploaded) = (None, false);
    drafts::save_file(&filling.id(), &stored.id, &bytes).await.map_err(told)
}

/// What a citizen may want of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// A quarter turn to the right.
    TurnRight,
    /// Cut to the edges of the paper, or not any more.
    Cut(bool),
}

/// Does to a picture what is wished, from what was picked; the old one when it is replaced.
///
/// # Errors
/// Sentences; the picture stayed as it was.
pub(crate) async fn change(
    filling: Filling,
    paper: &Paper,
    id: &str,
    wish: Wish,
) -> Result<Option<StoredFile>, Vec<String>> {
    let find = || filling.draft.with_untracked(|it| it.files.iter().find(|it| it.id == id).cloned());
    let Some(old) = find() else { return Ok(None) };
    let mut new = old.clone();
    let Some(original) = &mut new.original else { return Ok(None) };
    match wish {
        Wish::TurnRight => original.turn = turned_right(original.turn),
        Wish::Cut(cut) => original.cut = cut,
    }
    let picked = drafts::load_file(&filling.id(), &original.id).await.map_err(told)?;
    let Some(picked) = picked else { return Err(vec![errand().finding_not_ready().to_owned()]) };
    remake(filling, paper, &mut new, &picked).await?;
    let new_id = new.id.clone();
    filling.draft.update(|draft| {
        if let Some(file) = draft.files.iter_mut().find(|it| it.id == id) {
            *file = new;
        }
    });
    filling.save_now().await.map_err(told)?;
    if new_id != old.id {
        let _ = drafts::delete_file(&filling.id(), &old.id).await;
    }
    Ok(Some(old))
}

fn turned_right(turn: Turn) -> Turn {
    match turn {
        Turn::None => Turn::Right,
        Turn::Right => Turn::Half,
        Turn::Half => Turn::Left,
        Turn::Left => Turn::None,
    }
}

/// Joins the pictures of a paper into one PDF, a page each; they are kept beside it, so that it can be taken apart.
///
/// # Errors
/// Sentences; the pictures stayed as they were.
pub(crate) async fn join(filling: Filling, paper: &Paper) -> Result<Vec<StoredFile>, Vec<String>> {
    let draft = filling.id();
    let pictures: Vec<StoredFile> =
        filling.files_of(&paper.key).into_iter().filter(|it| it.original.is_some()).collect();
    let mut pages = Vec::new();
    for picture in &pictures {
        pages.extend(drafts::load_file(&draft, &picture.id).await.map_err(told)?);
    }
    let made = inspector().compose(&pages.iter().collect::<Vec<_>>(), paper.format).await.map_err(told)?;
    let Some(bytes) = made.filter(|_| pages.len() == pictures.len()) else {
        return Err(vec![errand().finding_not_ready().to_owned()]);
    };
    too_large(u64::from(bytes.size()), paper)?;
    let requirement = Requirement { accepts: vec![FileKind::Pdf.media_type().to_owned()], ..requirement_of(paper) };
    let name = [paper.key.as_str(), ".pdf"].concat();
    let report = inspector().ask(&bytes, &requirement, &name, "application/pdf", |_| {}).await.map_err(told)?;
    if report.blocked() {
        return Err(blocking(&report, paper.max_bytes));
    }
    let mut joined = keep_as_picked(filling, paper, &name, &bytes, report).await?;
    joined.pages.clone_from(&pictures);
    filling.draft.update(|draft| {
        draft.files.retain(|it| pictures.iter().all(|picture| picture.id != it.id));
        draft.files.push(joined);
    });
    filling.save_now().await.map_err(told)?;
    Ok(pictures)
}

/// Takes a joined PDF apart again; the file that is gone.
pub(crate) async fn take_apart(filling: Filling, id: &str) -> Option<StoredFile> {
    let gone = filling.draft.try_update(|draft| {
        let place = draft.files.iter().position(|it| it.id == id && !it.pages.is_empty())?;
        let joined = draft.files.remove(place);
        let pages = joined.pages.iter().map(|it| StoredFile { upload: None, uploaded: false, ..it.clone() });
        draft.files.splice(place..place, pages);
        Some(joined)
    })??;
    let _ = filling.save_now().await;
    let _ = drafts::delete_file(&filling.id(), &gone.id).await;
    Some(gone)
}

/// Takes the bytes of a file, and all it was made from, off the device.
pub(crate) async fn delete(draft: &str, file: &StoredFile) {
    for one in file.pages.iter().chain([file]) {
        let _ = drafts::delete_file(draft, &one.id).await;
        if let Some(original) = &one.original {
            let _ = drafts::delete_file(draft, &original.id).await;
        }
    }
}
