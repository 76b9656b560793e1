//! What the sandbox serves: catalogue, procedures, forms and places, read once at the start.

use crate::national::{NationalData, NationalRecord};
use crate::places::PlaceData;
use catalogue::published::{self, Additions, CatalogueError, NationalList, compose};
use contract::catalogue::Catalogue;
use contract::procedure::{Localised, Procedure};
use forms::{DefinitionError, Form, NativePatterns};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vietnam::procedure_code::ProcedureCode;

/// Everything that is read.
#[derive(Debug)]
pub struct Data {
    /// Places and centres.
    pub(crate) places: PlaceData,
    /// How the patterns of forms are matched.
    pub(crate) patterns: NativePatterns,
    commune: Catalogue,
    full: Catalogue,
    complete: BTreeMap<String, Procedure>,
    records: BTreeMap<String, NationalRecord>,
    titles: BTreeMap<String, Localised>,
    replaced: BTreeMap<String, String>,
    forms: BTreeMap<(String, u32), FormFile>,
}

/// One version of a form.
#[derive(Debug)]
pub(crate) struct FormFile {
    /// The definition as it is served.
    pub(crate) body: Vec<u8>,
    /// The same, parsed: what answers are checked against.
    pub(crate) form: Form,
}

/// What asking for a procedure leads to.
#[derive(Debug)]
pub(crate) enum Found {
    /// The procedure.
    Procedure(Box<Procedure>),
    /// It was replaced by the one with this code.
    Replaced(String),
}

/// Which part of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Tier {
    /// What a commune's centre serves.
    Commune,
    /// Every public procedure.
    Full,
}

/// Why the data cannot be read: the sandbox does not start.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// A file is missing or cannot be read.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file has another shape.
    #[error("{path}: {error}")]
    Shape {
        /// Which.
        path: PathBuf,
        /// Where.
        error: serde_json::Error,
    },
    /// One of the files written by hand has another shape.
    #[error("catalogue: {0}")]
    Catalogue(#[from] CatalogueError),
    /// A form definition cannot be used.
    #[error("{path}: {errors:?}")]
    Definition {
        /// Which.
        path: PathBuf,
        /// Everything that is wrong with it.
        errors: Vec<DefinitionError>,
    },
}

impl Data {
    /// Reads the folder. Procedures and forms are those that are there; everything else must be.
    ///
    /// # Errors
    /// [`DataError`] names the file.
    pub fn read(folder: &Path) -> Result<Self, DataError> {
        let list_path = folder.join("catalogue/procedures.json");
        let list = text(&list_path)?;
        let shape = |error| DataError::Shape { path: list_path.clone(), error };
        let national: NationalData = serde_json::from_str(&list).map_err(shape)?;
        let list: NationalList = serde_json::from_str(&list).map_err(shape)?;
        let additions = Additions::parse(
            &text(&folder.join("catalogue/titles.json"))?,
            &text(&folder.join("catalogue/synonyms.json"))?,
            &text(&folder.join("catalogue/groups.json"))?,
            &text(&folder.join("catalogue/life-events.json"))?,
            &text(&folder.join("catalogue/replaced.json"))?,
        )?;
        let city = bytes(&folder.join("places/cantho-wards.json"))?;
        let country_path = folder.join("places/vietnam-places.json");
        let country = bytes(&country_path)?;
        let places =
            PlaceData::read(&city, &country).map_err(|error| DataError::Shape { path: country_path, error })?;
        let complete: BTreeMap<String, Procedure> = json_files(&folder.join("procedures"))?
            .into_iter()
            .map(|path| parse::<Procedure>(&path).map(|it| (it.code.clone(), it)))
            .collect::<Result<_, _>>()?;
        let patterns = NativePatterns::new();
        let forms = read_forms(&folder.join("forms"), &patterns)?;
        let records: BTreeMap<String, NationalRecord> = national
            .procedures
            .into_iter()
            .filter(|it| ProcedureCode::parse(&it.code).is_ok_and(|code| !code.is_internal()))
            .filter(|it| !additions.replaced.contains_key(&it.code))
            .map(|it| (it.code.clone(), it))
            .collect();
        let mut data = Self {
            places,
            patterns,
            commune: Catalogue::default(),
            full: Catalogue::default(),
            complete,
            records,
            titles: additions.titles.iter().map(|(code, it)| (code.clone(), localised(it))).collect(),
            replaced: additions.replaced.clone(),
            forms,
        };
        data.full = data.agree(compose(&list, &additions, published::Tier::Full));
        data.commune = data.agree(compose(&list, &additions, published::Tier::Commune));
        Ok(data)
    }

    /// The catalogue of a tier.
    #[must_use]
    pub(crate) fn tier(&self, tier: Tier) -> &Catalogue {
        match tier {
            Tier::Commune => &self.commune,
            Tier::Full => &self.full,
        }
    }

    /// The procedure a code means, suffix or not; none for internal and unknown ones.
    #[must_use]
    pub(crate) fn procedure(&self, code: &str) -> Option<Found> {
        let code = ProcedureCode::parse(code).ok()?;
        let code = code.as_str();
        if let Some(new) = self.replaced.get(code) {
            return Some(Found::Replaced(new.clone()));
        }
        if let Some(procedure) = self.complete.get(code) {
            return Some(Found::Procedure(Box::new(procedure.clone())));
        }
        self.records.get(code).map(|it| Found::Procedure(Box::new(it.procedure(self.titles.get(code)))))
    }

    /// A form at a version.
    #[must_use]
    pub(crate) fn form(&self, id: &str, version: u32) -> Option<&FormFile> {
        self.forms.get(&(id.to_owned(), version))
    }

    /// What the row of a procedure tells must be what its page tells.
    fn agree(&self, mut catalogue: Catalogue) -> Catalogue {
        for row in &mut catalogue.rows {
            if let Some(whole) = self.complete.get(&row.code) {
                row.title = Some(whole.title.vi.clone());
                row.title_en.clone_from(&whole.title.en);
                row.level.clone_from(&whole.level);
                row.online = whole.form.is_some();
                row.fee = whole.fee.kind;
                row.time_limit = whole.time_limit;
            } else if let Some(record) = self.records.get(&row.code) {
                row.fee = record.fee_kind();
                row.time_limit = record.limit();
            }
        }
        catalogue
    }
}

/// `<id>.v<version>.json` in `folder`; other names are not forms.
fn read_forms(folder: &Path, patterns: &NativePatterns) -> Result<BTreeMap<(String, u32), FormFile>, DataError> {
    let mut forms = BTreeMap::new();
    for path in json_files(folder)? {
        let name = path.file_name().and_then(|it| it.to_str()).and_then(|it| it.strip_suffix(".json"));
        let Some((id, version)) = name.and_then(|it| it.rsplit_once(".v")) else { continue };
        let Ok(version) = version.parse::<u32>() else { continue };
        // Read and printed again: a file that is no JSON stops the start, and blanks cost no bytes.
        let definition: serde_json::Value = parse(&path)?;
        let body = serde_json::to_vec(&definition).map_err(|error| DataError::Shape { path: path.clone(), error })?;
        let form = Form::parse(&definition, patterns)
            .map_err(|errors| DataError::Definition { path: path.clone(), errors })?;
        forms.insert((id.to_owned(), version), FormFile { body, form });
    }
    Ok(forms)
}

/// JSON files of a folder, by name; none where there is no folder yet.
fn json_files(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(DataError::File { path: folder.to_owned(), error }),
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    paths.sort();
    Ok(paths)
}

fn bytes(path: &Path) -> Result<Vec<u8>, DataError> {
    std::fs::read(path).map_err(|error| DataError::File { path: path.to_owned(), error })
}

fn parse<T: DeserializeOwned>(path: &Path) -> Result<T, DataError> {
    serde_json::from_slice(&bytes(path)?).map_err(|error| DataError::Shape { path: path.to_owned(), error })
}

fn text(path: &Path) -> Result<String, DataError> {
    std::fs::read_to_string(path).map_err(|error| DataError::File { path: path.to_owned(), error })
}

fn localised(title: &published::Title) -> Localised {
    Localised { vi: title.vi.clone(), en: (!title.en.is_empty()).then(|| title.en.clone()) }
}
