//! Provinces, wards and communes in force since July 2025, and the units of three levels before.
//!
//! Source: Quyết định 19/2025/QĐ-TTg (codes); the 34 resolutions 1654 to 1687/NQ-UBTVQH15 of 16 June 2025 (what became of
//! which unit); Nghị quyết 202/2025/QH15 (provinces).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fold::fold;

/// Which list a code belongs to. New units reuse codes of old units with other names, so a code without its era
/// names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Era {
    /// Until 30 June 2025: province, district, ward.
    Former,
    /// Since 1 July 2025: province, ward.
    Present,
}

/// The one key of a unit: its era and its code in that era.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PlaceKey {
    /// The list the code is of.
    pub era: Era,
    /// The code in that list.
    pub code: String,
}

/// What kind of unit it is, in the words of the law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Phường, of a town.
    #[serde(rename = "phường")]
    Ward,
    /// Xã, in the country.
    #[serde(rename = "xã")]
    Commune,
    /// Thị trấn, until June 2025.
    #[serde(rename = "thị trấn")]
    Township,
    /// Đặc khu, an island since July 2025.
    #[serde(rename = "đặc khu")]
    SpecialZone,
    /// Huyện without communes (five islands), until June 2025.
    #[serde(rename = "huyện", alias = "huyện đảo", alias = "thành phố")]
    IslandDistrict,
}

impl Kind {
    /// The word that stands before the name, in small letters.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ward => "phường",
            Self::Commune => "xã",
            Self::Township => "thị trấn",
            Self::SpecialZone => "đặc khu",
            Self::IslandDistrict => "huyện",
        }
    }

    /// The word with a capital, as a full name begins.
    #[must_use]
    pub fn capital_word(self) -> &'static str {
        match self {
            Self::Ward => "Phường",
            Self::Commune => "Xã",
            Self::Township => "Thị trấn",
            Self::SpecialZone => "Đặc khu",
            Self::IslandDistrict => "Huyện",
        }
    }
}

/// A province or a city of that rank, in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Province {
    /// Present code.
    pub code: String,
    /// Name without the word before it.
    pub name: String,
    /// The word before it: `tỉnh` or `thành phố`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The provinces it was made of.
    #[serde(default)]
    pub former_provinces: Vec<FormerProvince>,
}

/// A province until 30 June 2025.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerProvince {
    /// Former code; other provinces have it now.
    pub code: String,
    /// Name without the word before it.
    pub name: String,
}

/// A ward, commune or special zone in force. In the published list a row is `[code, name, kind, province]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ward {
    /// Present code.
    pub code: String,
    /// Name without the word before it.
    pub name: String,
    /// What kind it is.
    pub kind: Kind,
    /// Present code of its province.
    pub province: String,
}

impl Ward {
    /// The key under which to store it.
    #[must_use]
    pub fn key(&self) -> PlaceKey {
        PlaceKey { era: Era::Present, code: self.code.clone() }
    }

    /// Word and name: `Xã Hỏa Lựu`. Always show both: a ward and a commune may share a name.
    #[must_use]
    pub fn full_name(&self) -> String {
        full_name(self.kind, &self.name)
    }
}

/// A unit until 30 June 2025. In the published list a row is
/// `[code, name, kind, district, district code, province, [[present code, extent], …]]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerWard {
    /// Former code; none for the five island districts.
    pub code: Option<String>,
    /// Name without the word before it.
    pub name: String,
    /// What kind it was.
    pub kind: Kind,
    /// Full name of its district; with it namesakes are told apart.
    pub district: String,
    /// Former code of the district.
    pub district_code: Option<String>,
    /// Former code of the province.
    pub province: String,
    /// What it became.
    pub became: Vec<Piece>,
}

impl FormerWard {
    /// The key under which to store it, where it had a code.
    #[must_use]
    pub fn key(&self) -> Option<PlaceKey> {
        self.code.clone().map(|code| PlaceKey { era: Era::Former, code })
    }

    /// Word and name: `Thị trấn Long Phú`.
    #[must_use]
    pub fn full_name(&self) -> String {
        full_name(self.kind, &self.name)
    }
}

/// A part of a former unit and where it went. In the published list `[present code, extent]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Present code of the unit it went to.
    pub ward: String,
    /// How much of the former unit it is.
    pub extent: Extent,
}

/// How much of a former unit went to a present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part.
    Part,
    /// What was left after the parts.
    Remainder,
}

/// The units of both eras as published; unknown members are left aside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlaceList {
    /// Provinces in force.
    pub provinces: Vec<Province>,
    /// Wards in force.
    pub wards: Vec<Ward>,
    /// Units until 30 June 2025.
    pub former: Vec<FormerWard>,
    /// Former code of a divided unit, and the present units that got land of it but no people.
    pub land_only: BTreeMap<String, Vec<String>>,
    /// Former code and the other spelling of its name in the resolutions.
    pub aliases: BTreeMap<String, String>,
}

/// The units of both eras, to search and to look up what became of a former one.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    list: PlaceList,
    /// Folded: name, then province with its former names.
    wards: Vec<(String, String)>,
    /// Folded: name (and other spelling), then district and former province.
    former: Vec<(String, String)>,
}

/// A unit that a search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'list> {
    /// In force.
    Present(&'list Ward),
    /// Of before; show its district in brackets, then what it became.
    Former(&'list FormerWard),
}

/// What became of a former unit, for a home address in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate<'list> {
    /// All homes are in this unit now: it went there whole, or the other parts had no people.
    One(&'list Ward),
    /// Divided between these: the street decides, so ask.
    Divided(Vec<&'list Ward>),
    /// Not in the list.
    Unknown,
}

/// What a former name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup<'list> {
    /// No former unit has this name there.
    None,
    /// Exactly this one.
    One(&'list FormerWard),
    /// Several of this name: the district decides, so ask.
    Namesakes(Vec<&'list FormerWard>),
}

/// An address as written, read against both eras.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadAddress<'list> {
    /// Ends in a unit in force and its province.
    Present {
        /// House, street, hamlet: what stands before the unit.
        street: String,
        /// The unit.
        ward: &'list Ward,
    },
    /// Ends in three former levels; keep it beside what it became.
    Former {
        /// House, street, hamlet: what stands before the unit.
        street: String,
        /// The former unit.
        former: &'list FormerWard,
        /// What became of it.
        fate: Fate<'list>,
    },
    /// The person has to choose.
    Unclear,
}

impl Gazetteer {
    /// Prepares a list for searching.
    #[must_use]
    pub fn new(list: PlaceList) -> Self {
        let mut provinces: BTreeMap<&str, String> = BTreeMap::new();
        let mut former_provinces: BTreeMap<&str, String> = BTreeMap::new();
        for province in &list.provinces {
            let mut names = fold(&province.name);
            for former in &province.former_provinces {
                names.push(' ');
                names.push_str(&fold(&former.name));
                former_provinces.insert(&former.code, fold(&former.name));
            }
            provinces.insert(&province.code, names);
        }
        let wards = list
            .wards
            .iter()
            .map(|ward| (fold(&ward.name), provinces.get(ward.province.as_str()).cloned().unwrap_or_default()))
            .collect();
        let former = list
            .former
            .iter()
            .map(|ward| {
                let mut around = fold(&ward.district);
                around.push(' ');
                around.push_str(former_provinces.get(ward.province.as_str()).map_or("", String::as_str));
                (fold(&ward.name), around)
            })
            .collect();
        Self { list, wards, former }
    }

    /// The list it was made of.
    #[must_use]
    pub fn list(&self) -> &PlaceList {
        &self.list
    }

    /// The unit in force with this code.
    #[must_use]
    pub fn ward(&self, code: &str) -> Option<&Ward> {
        self.list.wards.iter().find(|ward| ward.code == code)
    }

    /// The province in force with this code.
    #[must_use]
    pub fn province(&self, code: &str) -> Option<&Province> {
        self.list.provinces.iter().find(|province| province.code == code)
    }

    /// The wards in force of a province, in the order of the list.
    pub fn wards_of<'list>(&'list self, province: &'list str) -> impl Iterator<Item = &'list Ward> {
        self.list.wards.iter().filter(move |ward| ward.province == province)
    }

    /// Units of both eras whose name begins with the words typed, those of `home` (a present province code) first.
    ///
    /// Marks, capitals, tone placement and the words before a name (`phường`, `xã`, `P.`, `TT.` …) do not matter; words that
    /// follow may name district or province (`long phú sóc trăng`). Within equals, units in force come first.
    #[must_use]
    pub fn search(&self, text: &str, home: &str, limit: usize) -> Vec<Found<'_>> {
        let folded = fold(text);
        let asked = [folded.as_str(), without_kind(&folded)];
        let mut found: Vec<((u8, u8), Found<'_>)> = Vec::new();
        for (ward, (name, around)) in self.list.wards.iter().zip(&self.wards) {
            if let Some(rank) = rank(&asked, name, around) {
                found.push(((nearness(rank, ward.province == home), 0), Found::Present(ward)));
            }
        }
        for (former, (name, around)) in self.list.former.iter().zip(&self.former) {
            let other = former.code.as_ref().and_then(|code| self.list.aliases.get(code)).map(|alias| fold(alias));
            let best =
                [Some(name), other.as_ref()].into_iter().flatten().filter_map(|name| rank(&asked, name, around)).min();
            if let Some(rank) = best {
                found.push(((nearness(rank, self.went_to(former, home)), 1), Found::Former(former)));
            }
        }
        found.sort_by_key(|(rank, _)| *rank);
        found.truncate(limit);
        found.into_iter().map(|(_, found)| found).collect()
    }

    /// The former unit of this name, in this district and province where they are given (with or without `huyện`,
    /// `tỉnh` …).
    #[must_use]
    pub fn former(&self, name: &str, district: Option<&str>, province: Option<&str>) -> Lookup<'_> {
        let bare = |text: &str| without_kind(&fold(text)).to_owned();
        let (whole, stripped) = (fold(name), bare(name));
        let kind = kind_of(&whole);
        let district = district.map(bare);
        let province = province.map(bare);
        let mut same: Vec<&FormerWard> = Vec::new();
        for (former, (folded, _)) in self.list.former.iter().zip(&self.former) {
            let alias = former.code.as_ref().and_then(|code| self.list.aliases.get(code)).map(|alias| fold(alias));
            let named = [Some(folded), alias.as_ref()].into_iter().flatten().any(|it| *it == whole || *it == stripped);
            let in_district =
                district.as_ref().is_none_or(|it| bare(&former.district) == *it || fold(&former.district) == *it);
            let in_province = province.as_ref().is_none_or(|it| self.former_province_is(&former.province, it));
            if named && in_district && in_province {
                same.push(former);
            }
        }
        // The word before the name tells a township from the commune beside it.
        if let Some(kind) = kind
            && same.iter().any(|former| former.kind == kind)
        {
            same.retain(|former| former.kind == kind);
        }
        match same.as_slice() {
            [] => Lookup::None,
            [one] => Lookup::One(one),
            _ => Lookup::Namesakes(same),
        }
    }

    /// What became of a former unit, for homes in it.
    #[must_use]
    pub fn fate(&self, former: &FormerWard) -> Fate<'_> {
        let empty = former.code.as_ref().and_then(|code| self.list.land_only.get(code));
        let peopled = former.became.iter().filter(|piece| empty.is_none_or(|empty| !empty.contains(&piece.ward)));
        let wards: Vec<&Ward> = peopled.filter_map(|piece| self.ward(&piece.ward)).collect();
        match wards.as_slice() {
            [] => Fate::Unknown,
            [one] => Fate::One(one),
            _ => Fate::Divided(wards),
        }
    }

    /// Reads an address whose levels are parted by commas: `…, ward, province` of today or `…, ward, district, province` of
    /// before. It never chooses between namesakes.
    #[must_use]
    pub fn read_address(&self, text: &str) -> ReadAddress<'_> {
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        if let [street @ .., ward, district, province] = parts.as_slice()
            && let Lookup::One(former) = self.former(ward, Some(district), Some(province))
        {
            return ReadAddress::Former { street: street.join(", "), former, fate: self.fate(former) };
        }
        if let [street @ .., ward, province] = parts.as_slice() {
            let (whole, stripped) = (fold(ward), without_kind(&fold(ward)).to_owned());
            let province = without_kind(&fold(province)).to_owned();
            let kind = kind_of(&whole);
            let mut same = self.list.wards.iter().zip(&self.wards).filter(|(ward, (name, _))| {
                (*name == whole || *name == stripped)
                    && kind.is_none_or(|kind| kind == ward.kind)
                    && self.province(&ward.province).is_some_and(|it| fold(&it.name) == province)
            });
            if let (Some((ward, _)), None) = (same.next(), same.next()) {
                return ReadAddress::Present { street: street.join(", "), ward };
            }
        }
        ReadAddress::Unclear
    }

    fn former_province_is(&self, code: &str, folded_name: &str) -> bool {
        self.list
            .provinces
            .iter()
            .flat_map(|province| &province.former_provinces)
            .any(|former| former.code == code && fold(&former.name) == folded_name)
    }

    fn went_to(&self, former: &FormerWard, province: &str) -> bool {
        former.became.iter().any(|piece| self.ward(&piece.ward).is_some_and(|ward| ward.province == province))
    }
}

fn full_name(kind: Kind, name: &str) -> String {
    let mut text = String::from(kind.capital_word());
    text.push(' ');
    text.push_str(name);
    text
}

/// Order between how well a name fits and whether it lies in the person's own province: a good match at home comes before
/// the same name elsewhere, a poor one after it.
fn nearness(rank: u8, at_home: bool) -> u8 {
    match (rank, at_home) {
        (0, true) => 0,
        (1, true) => 1,
        (0, false) => 2,
        (_, true) => 3,
        (1, false) => 4,
        (_, false) => 5,
    }
}

/// 0 the name, 1 the name begins so, 2 the name and what is around it have all the words; `None` does not match.
fn rank(asked: &[&str], name: &str, around: &str) -> Option<u8> {
    let one = |text: &str| {
        if text.is_empty() {
            return None;
        }
        if name == text {
            return Some(0);
        }
        if name.starts_with(text) {
            return Some(1);
        }
        let first = text.split(' ').next()?;
        let begins = |place: &str, word: &str| place.split(' ').any(|it| it.starts_with(word));
        let all = text.split(' ').all(|word| begins(name, word) || begins(around, word));
        (begins(name, first) && all).then_some(2)
    };
    asked.iter().filter_map(|text| one(text)).min()
}

/// A folded name without the word before it: `phuong`, `p`, `xa`, `thi tran`, `tt`, `quan`, `huyen`, `thi xa`, `tp`, `tinh` …
fn without_kind(folded: &str) -> &str {
    const WORDS: [&str; 20] = [
        "phuong ",
        "xa ",
        "thi tran ",
        "thi xa ",
        "thanh pho ",
        "dac khu ",
        "quan ",
        "huyen ",
        "tinh ",
        "khu ",
        "p ",
        "x ",
        "tt ",
        "tx ",
        "tp ",
        "q ",
        "h ",
        "t ",
        "f ",
        "dk ",
    ];
    WORDS.iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(folded)
}

/// The kind a folded name states before the name.
fn kind_of(folded: &str) -> Option<Kind> {
    let begins = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
    if begins(&["phuong ", "p "]) {
        Some(Kind::Ward)
    } else if begins(&["xa ", "x "]) {
        Some(Kind::Commune)
    } else if begins(&["thi tran ", "tt "]) {
        Some(Kind::Township)
    } else if begins(&["dac khu "]) {
        Some(Kind::SpecialZone)
    } else {
        None
    }
}
