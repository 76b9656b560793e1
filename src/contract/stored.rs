//! What rests on the device, always sealed. Each record carries its version, `v`.

use crate::document::{Corners, Report, Turn};
use crate::dossier::{DossierRequest, Receipt};
use crate::person::{Person, Submitter};
use crate::procedure::{CaseAnswers, FormReference};
use crate::ticket::Ticket;
use serde::{Deserialize, Serialize};

/// A filling in progress. Files rest beside it, one sealed record each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredDraft {
    /// Version of this shape: 1.
    pub v: u8,
    /// Random id.
    pub id: String,
    /// Grows by one with each save.
    pub revision: u32,
    /// Code of the procedure.
    pub procedure: String,
    /// Plain title of the procedure, for the list.
    pub title: String,
    /// Form and version it was begun with; none for counter-only procedures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormReference>,
    /// Answers to the case questions.
    #[serde(rename = "case", default)]
    pub case_answers: CaseAnswers,
    /// Where the person is: a segment of the address of the page, as `fill/2`.
    #[serde(default)]
    pub place: String,
    /// Whose matter it is.
    #[serde(default)]
    pub owner: Option<Person>,
    /// Who files.
    #[serde(default)]
    pub submitter: Option<Submitter>,
    /// Answers as typed, a JSON map; read by `forms` against the form.
    #[serde(default)]
    pub answers: serde_json::Value,
    /// Files, in the order they were added.
    #[serde(default)]
    pub files: Vec<StoredFile>,
    /// How the result is to be collected.
    #[serde(default)]
    pub collecting: Option<crate::dossier::Collecting>,
    /// Centre where it is filed.
    #[serde(default)]
    pub filing: Option<String>,
    /// When it was last changed, milliseconds since 1970 UTC.
    pub changed_at: u64,
    /// The citizen wants the papers to stay on the device, to be used again ([`StoredPaper`]).
    #[serde(default)]
    pub keep_papers: bool,
    /// The frozen body, once "submit" was pressed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen: Option<FrozenSubmission>,
}

/// A file of a draft; its bytes are a sealed record of their own under `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredFile {
    /// Random id.
    pub id: String,
    /// Key of the paper.
    pub requirement: String,
    /// Name as the device has it.
    pub name: String,
    /// Lower-case hex SHA-256.
    pub sha256: String,
    /// What was found in it.
    pub report: Report,
    /// The citizen read the warnings and sends it all the same.
    #[serde(default)]
    pub overridden: bool,
    /// Address of its upload, once one was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<String>,
    /// The server has all of it.
    #[serde(default)]
    pub uploaded: bool,
    /// The picture it was made from; none where it is sent as it was picked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<OriginalPicture>,
    /// The pictures that this PDF was joined from, in order; they are not sent by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<StoredFile>,
}

impl StoredFile {
    /// The SHA-256 of the file as it was picked: of the same one, wherever it is given.
    #[must_use]
    pub fn source(&self) -> &str {
        self.original.as_ref().map_or(&self.sha256, |it| &it.sha256)
    }
}

/// A picture as it was picked, kept until the dossier is filed, and what is done to it before it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OriginalPicture {
    /// Id of its sealed bytes.
    pub id: String,
    /// Lower-case hex SHA-256.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Where the corners of the paper are, if they were found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corners: Option<Corners>,
    /// The citizen wants it cut to the paper.
    #[serde(default)]
    pub cut: bool,
    /// How the citizen turned it.
    #[serde(default)]
    pub turn: Turn,
}

/// What was sent, kept until a definitive answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FrozenSubmission {
    /// The idempotency key, a UUID.
    pub key: String,
    /// The exact text of the body: resent byte for byte.
    pub body: String,
}

impl FrozenSubmission {
    /// Freezes a request under a key: canonical JSON (keys of maps sorted, no blanks).
    ///
    /// # Errors
    /// Only if the request cannot be written as JSON.
    pub fn freeze(key: String, request: &DossierRequest) -> Result<Self, serde_json::Error> {
        // `serde_json::Value` keeps maps sorted by key, which makes the text canonical.
        let body = serde_json::to_value(request)?.to_string();
        Ok(Self { key, body })
    }
}

/// A paper of a dossier that was filed, kept on the device for the next one of the same citizen. Its bytes are a sealed
/// record of their own, under its id and its file's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredPaper {
    /// Version of this shape: 1.
    pub v: u8,
    /// Random id.
    pub id: String,
    /// Citizen id of the one who filed it, as their session told it; nobody else is offered it.
    pub citizen: String,
    /// Plain name of the paper.
    pub title: String,
    /// Plain title of the procedure it was filed for.
    pub procedure: String,
    /// Name of the person whose matter that was.
    pub owner: String,
    /// Months for which it is good from the day of its issue, where the law says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_months: Option<u16>,
    /// When it was filed, milliseconds since 1970 UTC; it was issued before that.
    pub kept_at: u64,
    /// The file as it was sent, and what was found in it.
    pub file: StoredFile,
}

/// A receipt kept on the device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredReceipt {
    /// Version of this shape: 1.
    pub v: u8,
    /// The receipt.
    pub receipt: Receipt,
    /// Plain names of the papers, by their keys: the receipt is read without a network.
    #[serde(default)]
    pub papers: Vec<(String, String)>,
}

/// A ticket kept on the device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredTicket {
    /// Version of this shape: 1.
    pub v: u8,
    /// The ticket.
    pub ticket: Ticket,
    /// What to bring, plain names.
    pub bring: Vec<String>,
    /// Who must come.
    pub who: Vec<String>,
}
