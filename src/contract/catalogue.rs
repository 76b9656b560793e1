//! The catalogue: every procedure in short form, in two tiers.

use crate::procedure::{FeeKind, Level, TimeLimit};
use serde::{Deserialize, Serialize};

/// One answer of `GET /api/v1/catalogue?tier=commune|full`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Catalogue {
    /// Names of the fields (lĩnh vực); rows name them by position.
    pub fields: Vec<String>,
    /// The procedures, in the order of their codes.
    pub rows: Vec<CatalogueRow>,
    /// Replaced codes and what replaced them: `[old, new]`.
    pub replaced: Vec<(String, String)>,
    /// Everyday words and the codes they mean, best first.
    pub everyday: Vec<(String, Vec<String>)>,
    /// Groups of fields, as a citizen would look for them.
    pub groups: Vec<Group>,
    /// Life events and their procedures.
    pub life_events: Vec<LifeEvent>,
}

/// One procedure (thủ tục hành chính) in short form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CatalogueRow {
    /// National code without suffix, as `1.001193`.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Short plain title, where one was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The same in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_en: Option<String>,
    /// Position in [`Catalogue::fields`].
    pub field: u16,
    /// Who serves it: commune, province, ministry.
    pub level: Vec<Level>,
    /// One of those that people most often ask a commune centre for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub core: bool,
    /// Its form can be filled in here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub online: bool,
    /// What kind of fee is due.
    #[serde(default)]
    pub fee: FeeKind,
    /// Time limit, only where its unit is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_limit: Option<TimeLimit>,
}

/// A group of fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// Stable key, used in addresses of pages.
    pub key: String,
    /// Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
    /// Positions in [`Catalogue::fields`].
    pub fields: Vec<u16>,
}

/// A life event (sự kiện trong đời) and the procedures it calls for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifeEvent {
    /// Stable key, used in addresses of pages.
    pub key: String,
    /// Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
    /// Codes, the likeliest first.
    pub codes: Vec<String>,
}
