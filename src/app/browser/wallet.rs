//! The papers of filed dossiers that rest on the device for the next one, sealed like drafts: a record each, and its bytes.

use super::drafts::{self, Kept};
use super::failure::Failure;
use super::files::FileBytes;
use super::store::{self, Durability};
use super::vault::Kind;
use contract::stored::StoredPaper;

/// Keeps a paper with its bytes.
///
/// # Errors
/// The failures of the store.
pub async fn keep(paper: &StoredPaper, bytes: &FileBytes) -> Result<(), Failure> {
    drafts::save_file(&paper.id, &paper.file.id, bytes).await?;
    drafts::write(Kind::Paper, &paper.id, paper.v, 1, paper, Durability::Relaxed).await
}

/// All papers, whoever filed them; broken ones, too.
///
/// # Errors
/// The failures of the store.
pub async fn all() -> Result<Vec<Kept<StoredPaper>>, Failure> {
    let agrees = |id: &str, _: &store::Sealed, it: &StoredPaper| it.v == drafts::VERSION && it.id == id;
    drafts::read_all(Kind::Paper, agrees).await
}

/// The bytes of a paper; none where they are gone.
///
/// # Errors
/// [`Failure::Unreadable`] when they cannot be opened; the failures of the store.
pub async fn load(paper: &StoredPaper) -> Result<Option<FileBytes>, Failure> {
    drafts::load_file(&paper.id, &paper.file.id).await
}

/// Takes papers off the device with their bytes, all or none.
///
/// # Errors
/// The failures of the store.
pub async fn delete(ids: &[String]) -> Result<(), Failure> {
    let records: Vec<(&str, &str)> = ids.iter().map(|it| (Kind::Paper.name(), it.as_str())).collect();
    let folders: Vec<String> = ids.iter().map(|it| drafts::file_folder(it)).collect();
    store::delete(&records, &folders).await
}
