//! Reads the catalogue as it is published: our own JSON, or the national list with our titles and everyday words.
//!
//! Used where the catalogue is made or tried (the server, the example); the page never links it.

use std::collections::BTreeMap;

use contract::catalogue::{Catalogue, CatalogueRow, Group, LifeEvent};
use contract::procedure::{FeeKind, Level, TimeLimit, TimeUnit};
use serde::Deserialize;
use vietnam::procedure_code::ProcedureCode;

/// Why a text is no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Not JSON, or not of a known shape.
    #[error("not a catalogue: {0}")]
    Json(#[from] serde_json::Error),
}

/// The national list of procedures as the data folder has it; other members are left aside.
#[derive(Debug, Deserialize)]
pub struct NationalList {
    /// The procedures.
    pub procedures: Vec<NationalProcedure>,
}

/// One procedure of the national list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NationalProcedure {
    /// National code, perhaps with a suffix.
    pub code: String,
    /// Official name.
    pub name: String,
    /// Name of its field (lĩnh vực).
    #[serde(default)]
    pub field: String,
    /// Who serves it.
    #[serde(default)]
    pub level: Vec<Level>,
    /// One of those most often asked for.
    #[serde(default)]
    pub core: bool,
    /// Is it in a commune's published list?
    #[serde(default)]
    pub commune_list: bool,
    /// What is due.
    #[serde(default)]
    fee: Option<NationalFee>,
    /// How long it takes, where a unit is known.
    #[serde(default)]
    time_limit: Option<NationalTimeLimit>,
}

#[derive(Debug, Deserialize)]
struct NationalFee {
    kind: FeeKind,
}

#[derive(Debug, Deserialize)]
struct NationalTimeLimit {
    #[serde(default)]
    value: Option<f64>,
    unit: Option<String>,
}

/// A title in plain words.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Title {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// What we add to the national list; each part may be empty.
#[derive(Clone, Debug, Default)]
pub struct Additions {
    /// Plain titles by code.
    pub titles: BTreeMap<String, Title>,
    /// Everyday phrases and the codes they mean, best first.
    pub everyday: Vec<(String, Vec<String>)>,
    /// Groups in the order they are shown.
    pub groups: Vec<NamedGroup>,
    /// Life events in the order they are shown.
    pub life_events: Vec<LifeEvent>,
    /// Replaced codes and what replaced them.
    pub replaced: BTreeMap<String, String>,
    /// Codes whose form can be filled in here.
    pub online: Vec<String>,
}

/// A group that names its fields.
#[derive(Clone, Debug, Deserialize)]
pub struct NamedGroup {
    /// Stable key.
    pub key: String,
    /// Vietnamese name.
    pub vi: String,
    /// English name.
    pub en: String,
    /// Names of its fields.
    pub fields: Vec<String>,
}

/// Which rows a catalogue carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// Those of a commune's list and the core ones: what the first screen searches.
    Commune,
    /// All but internal ones.
    Full,
}

impl Additions {
    /// Reads the files written by hand.
    ///
    /// # Errors
    /// [`CatalogueError::Json`] when one of them is not of its shape.
    pub fn parse(
        titles: &str,
        everyday: &str,
        groups: &str,
        life_events: &str,
        replaced: &str,
    ) -> Result<Self, CatalogueError> {
        let everyday: BTreeMap<String, Vec<String>> = serde_json::from_str(everyday)?;
        Ok(Self {
            titles: serde_json::from_str(titles)?,
            everyday: everyday.into_iter().collect(),
            groups: serde_json::from_str(groups)?,
            life_events: serde_json::from_str(life_events)?,
            replaced: serde_json::from_str(replaced)?,
            online: Vec::new(),
        })
    }
}

/// Reads a catalogue in either shape: ours as it is, the national list with `additions` as the full tier.
///
/// # Errors
/// [`CatalogueError::Json`] when it is neither.
pub fn read(json: &str, additions: &Additions) -> Result<Catalogue, CatalogueError> {
    #[derive(Deserialize)]
    struct Shape {
        procedures: Option<serde::de::IgnoredAny>,
    }
    let shape: Shape = serde_json::from_str(json)?;
    if shape.procedures.is_some() {
        return Ok(compose(&serde_json::from_str(json)?, additions, Tier::Full));
    }
    Ok(serde_json::from_str(json)?)
}

/// Makes the catalogue of a tier from the national list and what we add.
///
/// Rows come in the order of their codes; internal (5., 6.) and replaced codes are left out, suffixes dropped. The commune
/// tier has only the everyday phrases that lead first to one of its rows.
#[must_use]
pub fn compose(list: &NationalList, additions: &Additions, tier: Tier) -> Catalogue {
    let mut chosen: BTreeMap<String, &NationalProcedure> = BTreeMap::new();
    for procedure in &list.procedures {
        let Ok(code) = ProcedureCode::parse(&procedure.code) else { continue };
        let replaces = additions.replaced.values().any(|new| new == code.as_str());
        let in_tier = tier == Tier::Full || procedure.core || procedure.commune_list || replaces;
        if in_tier && !code.is_internal() && !additions.replaced.contains_key(code.as_str()) {
            chosen.entry(code.as_str().to_owned()).or_insert(procedure);
        }
    }
    let mut names: Vec<&str> = chosen.values().map(|procedure| procedure.field.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let position = |field: &str| names.binary_search(&field).ok().and_then(|at| u16::try_from(at).ok());
    let has = |code: &String| chosen.contains_key(code);
    let rows = chosen
        .iter()
        .map(|(code, procedure)| {
            let title = additions.titles.get(code);
            CatalogueRow {
                code: code.clone(),
                name: procedure.name.clone(),
                title: title.map(|title| title.vi.clone()),
                title_en: title.map(|title| title.en.clone()),
                field: position(&procedure.field).unwrap_or_default(),
                level: procedure.level.clone(),
                core: procedure.core,
                online: additions.online.contains(code),
                fee: procedure.fee.as_ref().map_or(FeeKind::Unknown, |fee| fee.kind),
                time_limit: procedure.time_limit.as_ref().and_then(read_time_limit),
            }
        })
        .collect();
    let everyday = additions
        .everyday
        .iter()
        .filter(|(_, codes)| codes.first().is_some_and(has))
        .map(|(phrase, codes)| (phrase.clone(), codes.iter().filter(|code| has(code)).cloned().collect()))
        .collect();
    let groups = additions
        .groups
        .iter()
        .map(|group| Group {
            key: group.key.clone(),
            vi: group.vi.clone(),
            en: group.en.clone(),
            fields: group.fields.iter().filter_map(|field| position(field)).collect(),
        })
        .collect();
    let replaced =
        additions.replaced.iter().filter(|(_, new)| has(new)).map(|(old, new)| (old.clone(), new.clone())).collect();
    let life_events = additions
        .life_events
        .iter()
        .map(|event| LifeEvent {
            codes: event.codes.iter().filter(|code| has(code)).cloned().collect(),
            ..event.clone()
        })
        .collect();
    Catalogue {
        fields: names.iter().map(|name| (*name).to_owned()).collect(),
        rows,
        replaced,
        everyday,
        groups,
        life_events,
    }
}

/// A limit that is a whole number of a known unit.
fn read_time_limit(limit: &NationalTimeLimit) -> Option<TimeLimit> {
    let unit = match limit.unit.as_deref()? {
        "phut" => TimeUnit::Minute,
        "gio" => TimeUnit::Hour,
        "gio_lam_viec" => TimeUnit::WorkingHour,
        "ngay" => TimeUnit::Day,
        "ngay_lam_viec" => TimeUnit::WorkingDay,
        "tuan" => TimeUnit::Week,
        "thang" => TimeUnit::Month,
        "nam" => TimeUnit::Year,
        _ => return None,
    };
    let value = limit.value.filter(|value| value.fract() == 0.0 && (1.0..=65_535.0).contains(value))?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of 1 to 65535, just checked"
    )]
    Some(TimeLimit { value: value as u16, unit })
}
