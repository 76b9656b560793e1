//! Dossiers (hồ sơ): what is sent, the receipt, and what becomes of them.

use crate::person::{Person, PersonSource, Submitter};
use crate::procedure::{CaseAnswers, CollectingMethod, FormReference};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// [`DossierRequest::filing`] of a procedure that is filed with the agency it names, and with no centre.
pub const AT_THE_AGENCY: &str = "agency";

/// Body of `POST /api/v1/dossiers`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DossierRequest {
    /// Code of the procedure.
    pub procedure: String,
    /// Form and version the answers were given to.
    pub form: FormReference,
    /// Answers to the case questions.
    #[serde(rename = "case")]
    pub case_answers: CaseAnswers,
    /// What `forms::Submission` holds.
    pub answers: serde_json::Value,
    /// Whose matter it is (chủ hồ sơ).
    pub owner: Person,
    /// Who files (người nộp).
    pub submitter: Submitter,
    /// A volunteer who helped, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assistant: Option<Assistant>,
    /// Files by requirement key.
    pub files: Vec<FileReference>,
    /// Where it is filed: code of a centre, or [`AT_THE_AGENCY`].
    pub filing: String,
    /// How the result is collected.
    pub collecting: Collecting,
    /// The declaration was read and agreed to.
    pub declared: bool,
}

/// A volunteer who helped to fill in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assistant {
    /// Full name.
    pub full_name: String,
    /// Where the name came from.
    pub source: PersonSource,
}

/// A file of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileReference {
    /// Key of the paper.
    pub requirement: String,
    /// Lower-case hex SHA-256 of the whole file.
    pub sha256: String,
    /// Id of the upload (last segment of its address).
    pub upload: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Media type by content.
    pub media_type: String,
    /// Warnings the citizen overrode, by their stable names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overridden: Vec<String>,
}

/// How the result is collected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collecting {
    /// Method.
    pub method: CollectingMethod,
    /// Code of the centre, where it is collected at one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub centre: Option<String>,
    /// Postal address, where it comes by post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// Answer to a dossier: what was received, by whom it is decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// Dossier code, as `H13.31-251122-0001`.
    pub code: String,
    /// Code of the procedure.
    pub procedure: String,
    /// Plain title of the procedure.
    pub title: String,
    /// When it was received, seconds since 1970 UTC.
    pub received_at: u64,
    /// Date by which an answer is expected, `yyyy-mm-dd`; none where the limit is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_on: Option<String>,
    /// Who decides (cơ quan giải quyết).
    pub deciding: String,
    /// Where it was filed.
    pub filing: String,
    /// How the result is collected.
    pub collecting: Collecting,
    /// Each file as the server has it.
    pub files: Vec<FileReference>,
    /// Does somebody have to come?
    pub visit: bool,
    /// The receipt signed, a compact ES256 JWS.
    pub signed: String,
}

/// A row of `GET /api/v1/dossiers`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DossierSummary {
    /// Dossier code.
    pub code: String,
    /// Code of the procedure.
    pub procedure: String,
    /// Plain title of the procedure.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// Last change, seconds since 1970 UTC.
    pub updated_at: u64,
}

/// A page of dossiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DossierPage {
    /// The dossiers, newest first.
    pub items: Vec<DossierSummary>,
    /// Cursor of the next page; none on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One dossier with its timeline; from a look-up without login the personal parts are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Dossier {
    /// The row of the list.
    #[serde(flatten)]
    pub summary: DossierSummary,
    /// Who decides.
    pub deciding: String,
    /// How the result is collected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collecting: Option<Collecting>,
    /// Date by which an answer is expected, `yyyy-mm-dd`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_on: Option<String>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Files; empty in a look-up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileReference>,
}

/// One entry of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// The status reached.
    pub status: Status,
    /// When, seconds since 1970 UTC.
    pub at: u64,
    /// The officer's words: what, where, by when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Body of `POST /api/v1/dossiers/lookups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LookupRequest {
    /// Dossier code.
    pub code: String,
    /// Last four digits of the owner's id.
    pub last_digits: String,
}

/// The ten national dossier statuses, on the wire a number. A number that is not known stays a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 1, mới đăng ký.
    NewlyRegistered,
    /// 2, được tiếp nhận.
    Received,
    /// 3, không được tiếp nhận.
    NotReceived,
    /// 4, đang xử lý.
    InProcess,
    /// 5, yêu cầu bổ sung giấy tờ.
    SupplementAsked,
    /// 6, yêu cầu thực hiện nghĩa vụ tài chính.
    PaymentAsked,
    /// 7, công dân yêu cầu rút hồ sơ.
    WithdrawalAsked,
    /// 8, dừng xử lý.
    Stopped,
    /// 9, đã xử lý xong.
    Done,
    /// 10, đã trả kết quả.
    ResultReturned,
    /// Another number: shown as being updated.
    Unknown(u16),
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The agency's.
    Agency,
    /// The citizen's.
    Citizen,
    /// Nobody's: it is done.
    Finished,
    /// Nobody's: it was stopped.
    Ended,
    /// Not known.
    Unknown,
}

impl Status {
    /// The ten, in their order.
    pub const ALL: [Self; 10] = [
        Self::NewlyRegistered,
        Self::Received,
        Self::NotReceived,
        Self::InProcess,
        Self::SupplementAsked,
        Self::PaymentAsked,
        Self::WithdrawalAsked,
        Self::Stopped,
        Self::Done,
        Self::ResultReturned,
    ];

    /// The status with this number.
    #[must_use]
    pub fn from_number(number: u16) -> Self {
        usize::from(number)
            .checked_sub(1)
            .and_then(|index| Self::ALL.get(index))
            .copied()
            .unwrap_or(Self::Unknown(number))
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u16 {
        match self {
            Self::NewlyRegistered => 1,
            Self::Received => 2,
            Self::NotReceived => 3,
            Self::InProcess => 4,
            Self::SupplementAsked => 5,
            Self::PaymentAsked => 6,
            Self::WithdrawalAsked => 7,
            Self::Stopped => 8,
            Self::Done => 9,
            Self::ResultReturned => 10,
            Self::Unknown(number) => number,
        }
    }

    /// Whose turn it is in this status.
    #[must_use]
    pub fn turn(self) -> Turn {
        match self {
            Self::NewlyRegistered | Self::Received | Self::InProcess => Turn::Agency,
            Self::SupplementAsked | Self::PaymentAsked => Turn::Citizen,
            Self::Done | Self::ResultReturned => Turn::Finished,
            Self::NotReceived | Self::WithdrawalAsked | Self::Stopped => Turn::Ended,
            Self::Unknown(_) => Turn::Unknown,
        }
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.number())
    }
}

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u16::deserialize(deserializer).map(Self::from_number)
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn every_number_reads_back_as_itself() {
        for number in 0..=u16::MAX {
            assert_eq!(Status::from_number(number).number(), number);
        }
    }
}
