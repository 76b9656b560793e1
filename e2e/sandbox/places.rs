//! Places of the country and the centres of the city, read from the data.

use crate::chance;
use crate::reply::PackedOnce;
use contract::place::{Centre, CentreSummary, Counter, FormerWard, Places, Province, Ward};
use serde::Deserialize;
use std::collections::BTreeMap;
use vietnam::place::published::PlaceList;

/// Code of Cần Thơ in the two-tier system.
pub(crate) const CITY: &str = "92";

/// Code of the city's own centre.
pub(crate) const CITY_CENTRE: &str = "city";

/// All places.
#[derive(Debug)]
pub(crate) struct PlaceData {
    provinces: Vec<Province>,
    wards: BTreeMap<String, Vec<Ward>>,
    centres: BTreeMap<String, CentreFacts>,
    /// The compact text of the country.
    pub(crate) country: CompactText,
    /// The compact texts of the provinces, by code.
    compact: BTreeMap<String, CompactText>,
    /// What the texts of the provinces are asked for with: it changes when one of them does.
    pub(crate) version: String,
}

/// A compact text, and its answer once it was asked for.
#[derive(Debug)]
pub(crate) struct CompactText {
    /// The text.
    pub(crate) text: String,
    /// The answer.
    pub(crate) packed: PackedOnce,
}

/// What is known of a centre; hours, phone and counters are sample data.
#[derive(Clone, Debug)]
pub(crate) struct CentreFacts {
    /// Code.
    pub(crate) code: String,
    /// Name.
    pub(crate) name: String,
    /// Address.
    pub(crate) address: Option<String>,
    /// Number in dossier codes: `00` for the city's centre, else the ward's place in the list of codes.
    pub(crate) unit: String,
    /// Who decides there, in words.
    pub(crate) committee: String,
    /// The police there, which decides on residence.
    pub(crate) police: String,
}

#[derive(Debug, Deserialize)]
struct CityFile {
    wards: Vec<CityWard>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CityWard {
    code: String,
    name: String,
    seat: Option<String>,
    merged_from: Vec<CityFormer>,
}

#[derive(Debug, Deserialize)]
struct CityFormer {
    name: String,
    district: String,
    province: String,
    extent: String,
}

#[derive(Debug, Deserialize)]
struct CountryFile {
    provinces: Vec<CountryProvince>,
    /// Code, name, type, code of the province.
    wards: Vec<(String, String, String, String)>,
    /// Code (an island district without communes has none), name, type, district, code of the district, code of the
    /// former province, what it became.
    former: Vec<CountryFormer>,
}

/// A former unit as it is written there.
type CountryFormer = (Option<String>, String, String, String, String, String, Vec<(String, String)>);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CountryProvince {
    code: String,
    name: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    former_provinces: Vec<CountryProvince>,
}

/// The counters every centre has: sample data.
const COUNTERS: [(&str, &str); 4] = [
    ("A", "Hộ tịch, chứng thực"),
    ("B", "Đất đai, xây dựng, môi trường"),
    ("C", "Người có công, bảo trợ xã hội, lao động"),
    ("D", "Các lĩnh vực khác"),
];

/// Letters of the counters of every centre.
pub(crate) const COUNTER_LETTERS: [&str; 4] = ["A", "B", "C", "D"];

impl PlaceData {
    /// Reads `cantho-wards.json` and `vietnam-places.json`.
    pub(crate) fn read(city: &[u8], country: &[u8]) -> Result<Self, serde_json::Error> {
        let city: CityFile = serde_json::from_slice(city)?;
        let list: PlaceList = serde_json::from_slice(country)?;
        let country: CountryFile = serde_json::from_slice(country)?;
        let provinces =
            country.provinces.iter().map(|it| Province { code: it.code.clone(), name: it.full_name() }).collect();
        let mut wards = country_wards(&country);
        let mut in_city: Vec<CityWard> = city.wards;
        in_city.sort_by(|one, other| one.code.cmp(&other.code));
        let centres = centres(&in_city);
        wards.insert(CITY.to_owned(), in_city.into_iter().map(CityWard::ward).collect());
        let texts: BTreeMap<String, String> =
            list.provinces.iter().filter_map(|it| Some((it.code.clone(), list.province_text(&it.code)?))).collect();
        let version = chance::sha256_hex(texts.values().map(String::as_str).collect::<String>().as_bytes());
        let version = version.get(..16).unwrap_or_default().to_owned();
        let country = CompactText::new(list.country_text(&version));
        let compact = texts.into_iter().map(|(code, text)| (code, CompactText::new(text))).collect();
        Ok(Self { provinces, wards, centres, country, compact, version })
    }

    /// The answer of `GET /api/v1/places`; `None` for a province that is not.
    #[must_use]
    pub(crate) fn answer(&self, province: Option<&str>) -> Option<Places> {
        let wards = match province {
            None => Vec::new(),
            Some(code) => self.wards.get(code)?.clone(),
        };
        let centres =
            self.centres.values().map(|it| CentreSummary { code: it.code.clone(), name: it.name.clone() }).collect();
        Some(Places { provinces: self.provinces.clone(), wards, centres, version: self.version.clone() })
    }

    /// The compact text of a province in force.
    #[must_use]
    pub(crate) fn compact(&self, code: &str) -> Option<&CompactText> {
        self.compact.get(code)
    }

    /// One centre.
    #[must_use]
    pub(crate) fn centre(&self, code: &str) -> Option<&CentreFacts> {
        self.centres.get(code)
    }

    /// Is this the code of a ward of the city?
    #[must_use]
    pub(crate) fn is_ward_of_the_city(&self, code: &str) -> bool {
        code != CITY_CENTRE && self.centres.contains_key(code)
    }
}

impl CompactText {
    fn new(text: String) -> Self {
        Self { text, packed: PackedOnce::default() }
    }
}

impl CentreFacts {
    /// The answer of `GET /api/v1/centres/{code}`, with `waiting` people at each counter.
    #[must_use]
    pub(crate) fn answer(&self, waiting: impl Fn(&str) -> u32) -> Centre {
        let counters: Vec<Counter> = COUNTERS
            .iter()
            .map(|(code, service)| Counter {
                code: (*code).to_owned(),
                service: (*service).to_owned(),
                waiting: waiting(code),
            })
            .collect();
        let number: u32 = self.code.bytes().fold(0, |sum, byte| (sum * 31 + u32::from(byte)) % 10_000);
        Centre {
            code: self.code.clone(),
            name: self.name.clone(),
            address: self.address.clone(),
            sample: true,
            hours: "Thứ Hai đến thứ Sáu: 7 giờ đến 11 giờ, 13 giờ đến 17 giờ".to_owned(),
            phone: Some(format!("0292 000 {number:04}")),
            waiting: counters.iter().map(|it| it.waiting).sum(),
            counters,
        }
    }
}

/// The counter that serves a field: sample data.
#[must_use]
pub(crate) fn counter_for(field: &str) -> &'static str {
    let field = field.to_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| field.contains(word));
    if any(&["hộ tịch", "chứng thực", "công chứng", "liên thông", "con nuôi"]) {
        "A"
    } else if any(&["đất", "xây dựng", "môi trường", "nhà ở", "quy hoạch"]) {
        "B"
    } else if any(&["người có công", "bảo trợ", "lao động", "việc làm", "trẻ em", "bảo hiểm"]) {
        "C"
    } else {
        "D"
    }
}

impl CityWard {
    fn ward(self) -> Ward {
        let former = self
            .merged_from
            .into_iter()
            .map(|it| FormerWard {
                name: it.name,
                district: it.district,
                province: it.province,
                divided: it.extent != "whole",
            })
            .collect();
        Ward { code: self.code, name: self.name, province: CITY.to_owned(), former }
    }
}

impl CountryProvince {
    fn full_name(&self) -> String {
        full_name(&self.kind, &self.name)
    }
}

fn full_name(kind: &str, name: &str) -> String {
    let mut letters = kind.chars();
    let first: String = letters.next().map(char::to_uppercase).into_iter().flatten().collect();
    format!("{first}{} {name}", letters.as_str())
}

/// The name inside a sentence: `Phường Cái Khế` as `phường Cái Khế`.
fn inside_a_sentence(name: &str) -> String {
    let mut letters = name.chars();
    let first: String = letters.next().map(char::to_lowercase).into_iter().flatten().collect();
    format!("{first}{}", letters.as_str())
}

fn country_wards(country: &CountryFile) -> BTreeMap<String, Vec<Ward>> {
    let former_provinces: BTreeMap<&str, String> = country
        .provinces
        .iter()
        .flat_map(|it| &it.former_provinces)
        .map(|it| (it.code.as_str(), it.full_name()))
        .collect();
    let mut former: BTreeMap<&str, Vec<FormerWard>> = BTreeMap::new();
    for (_, name, kind, district, _, province, became) in &country.former {
        for (new, extent) in became {
            former.entry(new.as_str()).or_default().push(FormerWard {
                name: full_name(kind, name),
                district: district.clone(),
                province: former_provinces.get(province.as_str()).cloned().unwrap_or_default(),
                divided: extent != "whole",
            });
        }
    }
    let mut wards: BTreeMap<String, Vec<Ward>> =
        country.provinces.iter().map(|it| (it.code.clone(), Vec::new())).collect();
    for (code, name, kind, province) in &country.wards {
        wards.entry(province.clone()).or_default().push(Ward {
            code: code.clone(),
            name: full_name(kind, name),
            province: province.clone(),
            former: former.remove(code.as_str()).unwrap_or_default(),
        });
    }
    wards
}

fn centres(wards: &[CityWard]) -> BTreeMap<String, CentreFacts> {
    let mut centres: BTreeMap<String, CentreFacts> = wards
        .iter()
        .zip(1..)
        .map(|(ward, place): (_, u32)| {
            let name = inside_a_sentence(&ward.name);
            let facts = CentreFacts {
                code: ward.code.clone(),
                name: format!("Trung tâm Phục vụ hành chính công {name}"),
                address: ward.seat.as_ref().map(|seat| format!("{seat}, thành phố Cần Thơ")),
                unit: format!("{place:02}"),
                committee: format!("Ủy ban nhân dân {name}"),
                police: format!("Công an {name}"),
            };
            (ward.code.clone(), facts)
        })
        .collect();
    let city = CentreFacts {
        code: CITY_CENTRE.to_owned(),
        name: "Trung tâm Phục vụ hành chính công thành phố Cần Thơ".to_owned(),
        address: Some("109 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ".to_owned()),
        unit: "00".to_owned(),
        committee: "Ủy ban nhân dân thành phố Cần Thơ".to_owned(),
        police: "Công an thành phố Cần Thơ".to_owned(),
    };
    centres.insert(city.code.clone(), city);
    centres
}
