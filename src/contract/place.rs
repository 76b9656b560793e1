//! Places of the two-tier government, and the former ones.

use serde::{Deserialize, Serialize};

/// `GET /api/v1/places?province=92`: the wards of one province with their former units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Places {
    /// Provinces and cities.
    pub provinces: Vec<Province>,
    /// Wards and communes in force.
    pub wards: Vec<Ward>,
    /// Centres (trung tâm phục vụ hành chính công).
    pub centres: Vec<CentreSummary>,
    /// What the compact texts of the provinces are asked for with, `GET /api/v1/places/{version}/{province}`; `vietnam::place`
    /// reads them.
    pub version: String,
}

/// A province or a city of the first tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Province {
    /// Code of the two-tier system; clashes with codes of the former system.
    pub code: String,
    /// Full name with its type.
    pub name: String,
}

/// A ward or a commune in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ward {
    /// Code of the two-tier system.
    pub code: String,
    /// Full name with its type, as "Phường Cái Khế".
    pub name: String,
    /// Code of its province.
    pub province: String,
    /// Units it came from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerWard>,
}

/// A unit of the former three-tier system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FormerWard {
    /// Full name with its type.
    pub name: String,
    /// Former district.
    pub district: String,
    /// Former province.
    pub province: String,
    /// Only a part of it came here: the street decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub divided: bool,
}

/// A centre in short form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CentreSummary {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// `GET /api/v1/centres/{code}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Centre {
    /// Code: the ward's, or `city` for the city's own centre.
    pub code: String,
    /// Name.
    pub name: String,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Sample data ("dữ liệu mẫu"): hours, phone and counters are not the real ones.
    pub sample: bool,
    /// Opening hours in words.
    pub hours: String,
    /// Phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Counters.
    pub counters: Vec<Counter>,
    /// People waiting now.
    pub waiting: u32,
}

/// A counter of a centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// Letter, as "A".
    pub code: String,
    /// What is served there.
    pub service: String,
    /// People waiting for it.
    pub waiting: u32,
}
