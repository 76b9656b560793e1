//! One procedure in full: what it needs, costs and takes, where to file, who decides.

use crate::document::PaperFormat;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text in Vietnamese and, where someone translated it, in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localised {
    /// Vietnamese.
    pub vi: String,
    /// English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// `GET /api/v1/procedures/{code}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Procedure {
    /// National code without suffix.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Short plain title.
    pub title: Localised,
    /// Field (lĩnh vực).
    pub field: String,
    /// Who serves it.
    pub level: Vec<Level>,
    /// Is this description complete, or only what the national data says ("tùy trường hợp")?
    #[serde(default)]
    pub complete: bool,
    /// Who may ask, as the national data names them.
    #[serde(default)]
    pub audience: Vec<String>,
    /// Questions that tell the case, in order; empty where the papers are one list.
    #[serde(default)]
    pub questions: Vec<CaseQuestion>,
    /// The papers.
    #[serde(default)]
    pub papers: Vec<Paper>,
    /// What happens, in order.
    #[serde(default)]
    pub steps: Vec<Localised>,
    /// Ways to file; each with its own fee and time where they differ.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// The fee.
    #[serde(default)]
    pub fee: Fee,
    /// Time limit, only where its unit is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<TimeLimit>,
    /// What the limit depends on, in words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_note: Option<Localised>,
    /// Numbers of the legal texts.
    #[serde(default)]
    pub legal_basis: Vec<String>,
    /// The form that is filled here; none where it is not online here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormReference>,
    /// Who decides (cơ quan giải quyết).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
    /// Where one files (nơi nộp).
    pub filing: Filing,
    /// Why somebody must come; empty means nobody has to.
    #[serde(default)]
    pub visit: Vec<Visit>,
    /// How the result can be collected (nơi nhận kết quả).
    #[serde(default)]
    pub collecting: Vec<CollectingMethod>,
    /// Other systems that act on the same dossier.
    #[serde(default)]
    pub interlinked: Vec<String>,
    /// What one gets.
    #[serde(default)]
    pub results: Vec<String>,
    /// The template its form follows and where it was read; none is shown as "chưa đối chiếu mẫu".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Template>,
    /// Page of the national portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal_url: Option<String>,
    /// How far the source can be trusted.
    #[serde(default)]
    pub trust: Trust,
}

/// Which tier of government serves a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Ward or commune (xã).
    #[serde(rename = "xa")]
    Commune,
    /// City or province (tỉnh).
    #[serde(rename = "tinh")]
    Province,
    /// Ministry (bộ).
    #[serde(rename = "bo")]
    Ministry,
    /// A district, of records older than July 2025 (huyện).
    #[serde(rename = "huyen")]
    District,
    /// Another body (khác).
    #[serde(rename = "khac")]
    Other,
}

/// How far a record's source can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trust {
    /// Portal data whose code was checked.
    A,
    /// A ministry's export or a commune's handbook.
    B,
    /// Code and name only, or older than the merger.
    #[default]
    C,
}

/// The form of a procedure, at one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormReference {
    /// Stable id of the form.
    pub id: String,
    /// Version, from 1.
    pub version: u32,
}

/// The official template a definition follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Name of the template, as printed on it.
    pub name: String,
    /// The text that issued it.
    pub issued_by: String,
    /// Where it was read.
    pub read_in: String,
}

/// Which cases something applies to: question key to accepted answers; all keys must agree. Empty means always.
pub type CaseCondition = BTreeMap<String, Vec<String>>;

/// A citizen's answers to the case questions: question key to value.
pub type CaseAnswers = BTreeMap<String, String>;

/// Does `condition` hold for `answers`? A question that was not answered does not agree.
#[must_use]
pub fn applies(condition: &CaseCondition, answers: &CaseAnswers) -> bool {
    condition.iter().all(|(key, accepted)| answers.get(key).is_some_and(|answer| accepted.contains(answer)))
}

/// A plain question whose answer selects papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseQuestion {
    /// Stable key.
    pub key: String,
    /// The question.
    pub text: Localised,
    /// A hint below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Localised>,
    /// At least two options.
    pub options: Vec<CaseOption>,
    /// Asked only in these cases.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub when: CaseCondition,
}

/// One answer to a case question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseOption {
    /// Stable value.
    pub value: String,
    /// What the citizen reads.
    pub label: Localised,
}

/// A paper (giấy tờ) of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    /// Stable key; files are sent under it.
    pub key: String,
    /// Official name.
    pub name: String,
    /// Plain name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Localised>,
    /// What is done with it.
    pub how: PaperRole,
    /// In which cases it is asked for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub when: CaseCondition,
    /// Number of originals.
    #[serde(default = "one")]
    pub originals: u8,
    /// Number of copies.
    #[serde(default)]
    pub copies: u8,
    /// May be left out.
    #[serde(default)]
    pub optional: bool,
    /// Accepted media types, as `image/jpeg`.
    #[serde(default)]
    pub accepts: Vec<String>,
    /// Largest size of one file, in bytes.
    #[serde(default = "default_max_bytes")]
    pub max_bytes: u64,
    /// Largest number of files.
    #[serde(default = "default_max_files")]
    pub max_files: u8,
    /// The format of the sheet or card, where it has one: it says how many pixels a picture needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<PaperFormat>,
    /// Months for which it is good from the day of its issue, where the law says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_months: Option<u16>,
    /// A plain remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Localised>,
}

fn one() -> u8 {
    1
}

fn default_max_bytes() -> u64 {
    6_000_000
}

fn default_max_files() -> u8 {
    10
}

/// What is done with a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PaperRole {
    /// Sent as a file.
    Upload,
    /// Shown at the counter (xuất trình), never uploaded.
    Show,
    /// The declaration: our form is it.
    OurForm,
}

/// A way to file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Channel {
    /// Which.
    pub kind: ChannelKind,
    /// Its fee.
    #[serde(default)]
    pub fee: Fee,
    /// Its time limit, only where the unit is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<TimeLimit>,
}

/// Ways to file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ChannelKind {
    /// Online.
    Online,
    /// By public post.
    Post,
    /// At a counter.
    Counter,
}

/// A fee and who is exempt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Fee {
    /// What kind of fee.
    pub kind: FeeKind,
    /// Amounts, only where `kind` is `amounts`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub amounts: Vec<Amount>,
    /// Who does not pay.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<Localised>,
    /// What to know about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<Localised>,
}

/// What kind of fee is due. Only `Free` may be shown as free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FeeKind {
    /// No fee.
    Free,
    /// Amounts are known.
    Amounts,
    /// Set by the city's council: there may be a fee.
    Local,
    /// Depends on the case: there may be a fee.
    Conditional,
    /// Not said.
    #[default]
    Unknown,
}

/// One amount of a fee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// In đồng.
    pub dong: u64,
    /// For what, as "mỗi bản".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<Localised>,
}

/// A time limit with its unit. 0 working days is "within the day" (trong ngày): the day of receipt, or the next working
/// day for what comes in at 15:00 or later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeLimit {
    /// How many.
    pub value: u16,
    /// Of what.
    pub unit: TimeUnit,
}

/// Units of time limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeUnit {
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Working hours.
    WorkingHour,
    /// Calendar days.
    Day,
    /// Working days (ngày làm việc).
    WorkingDay,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// Who decides; fixed by the matter, never by where one files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// By what it is fixed.
    pub rule: AuthorityRule,
    /// In words.
    pub text: Localised,
}

/// What fixes the deciding agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AuthorityRule {
    /// Residence of the owner or of a party.
    Residence,
    /// Where the event was registered before.
    Registration,
    /// Where the event happened.
    Event,
    /// Where the plot of land lies.
    Land,
    /// Any body of that kind decides.
    Any,
    /// One named agency.
    Named,
}

/// Where one files. On the wire `{"kind": "namedAgency", "name": …}`; the name only there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FilingWire", into = "FilingWire")]
pub enum Filing {
    /// At any centre of the city (phi địa giới).
    AnyCentre,
    /// At this agency.
    NamedAgency {
        /// Its name.
        name: String,
    },
    /// Only online.
    OnlineOnly,
    /// Only at a counter, any centre: no dossier is made here, one takes a ticket.
    CounterOnly,
    /// Not known here.
    NotKnown,
}

/// [`Filing`] as it is written: a tagged enum of serde would buffer its content, at 10 kB of the page's wasm.
#[derive(Serialize, Deserialize)]
struct FilingWire {
    kind: FilingKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum FilingKind {
    AnyCentre,
    NamedAgency,
    OnlineOnly,
    CounterOnly,
    NotKnown,
}

impl TryFrom<FilingWire> for Filing {
    type Error = &'static str;

    fn try_from(wire: FilingWire) -> Result<Self, Self::Error> {
        Ok(match (wire.kind, wire.name) {
            (FilingKind::AnyCentre, _) => Self::AnyCentre,
            (FilingKind::NamedAgency, Some(name)) => Self::NamedAgency { name },
            (FilingKind::NamedAgency, None) => return Err("a named agency without a name"),
            (FilingKind::OnlineOnly, _) => Self::OnlineOnly,
            (FilingKind::CounterOnly, _) => Self::CounterOnly,
            (FilingKind::NotKnown, _) => Self::NotKnown,
        })
    }
}

impl From<Filing> for FilingWire {
    fn from(filing: Filing) -> Self {
        let (kind, name) = match filing {
            Filing::AnyCentre => (FilingKind::AnyCentre, None),
            Filing::NamedAgency { name } => (FilingKind::NamedAgency, Some(name)),
            Filing::OnlineOnly => (FilingKind::OnlineOnly, None),
            Filing::CounterOnly => (FilingKind::CounterOnly, None),
            Filing::NotKnown => (FilingKind::NotKnown, None),
        };
        Self { kind, name }
    }
}

/// A reason to come in person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// In which cases.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub when: CaseCondition,
    /// Why.
    pub reason: Localised,
    /// Who must come.
    pub who: Localised,
}

/// How a result can be collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CollectingMethod {
    /// As an electronic paper.
    Electronic,
    /// By public post.
    Post,
    /// At a centre.
    Centre,
}
