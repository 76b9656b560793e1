//! The published list of the whole country, and the compact texts made of it: one for the country, one for each province.
//!
//! Only whoever serves the texts needs this: it is no part of the page.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::place::{Kind, comparable};

/// The units of both eras as published; unknown members are left aside.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlaceList {
    /// Provinces in force.
    pub provinces: Vec<PublishedProvince>,
    /// Wards in force: code, name, kind, code of the province.
    pub wards: Vec<(String, String, Kind, String)>,
    /// Units until 30 June 2025: code (none of the five island districts), name, kind, district, code of the district, code of
    /// the former province, and the codes in force of what it became.
    pub former: Vec<PublishedFormer>,
    /// Former code of a divided unit, and the present units that got land of it but no people.
    pub land_only: BTreeMap<String, Vec<String>>,
    /// Former code and the other spelling of its name in the resolutions.
    pub aliases: BTreeMap<String, String>,
    /// Changes since July 2025: code, field, before, after, date, decision.
    pub changes: Vec<(String, String, String, String, String, String)>,
    /// Units as called from 2017 to January 2025: code, name, kind, district, code of the former province, former code of the
    /// unit of June 2025 that held it, how, when last seen.
    pub earlier: Vec<PublishedEarlier>,
}

/// A row of `former`.
pub type PublishedFormer = (Option<String>, String, Kind, String, Option<String>, String, Vec<(String, Extent)>);

/// A row of `earlier`.
pub type PublishedEarlier = (String, String, Kind, String, String, String, PublishedHow, String);

/// A province as published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishedProvince {
    /// Code, in the list it stands in.
    pub code: String,
    /// Name without the word before it.
    pub name: String,
    /// The word before it: `tỉnh` or `thành phố`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The provinces it was made of.
    #[serde(default)]
    pub former_provinces: Vec<PublishedProvince>,
}

/// How much of a former unit went to a present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part.
    Part,
    /// What was left after the parts.
    Remainder,
}

/// How an earlier unit became one of June 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PublishedHow {
    /// Merged into it.
    Merged,
    /// Renamed.
    Renamed,
    /// Moved to another district.
    Moved,
    /// Spelt otherwise.
    Spelling,
}

impl PlaceList {
    /// The compact text of a province in force, which [`super::ProvincePlaces::parse`] reads; `None` for a code that is not.
    #[must_use]
    pub fn province_text(&self, code: &str) -> Option<String> {
        let province = self.provinces.iter().find(|province| province.code == code)?;
        let mut lines = vec![province.line()];
        let mut wards: Vec<_> = self.wards.iter().filter(|ward| ward.3 == code).collect();
        wards.sort_by(|one, other| one.0.cmp(&other.0));
        let changed: BTreeSet<&str> =
            self.changes.iter().filter(|it| it.1 == "type" && it.2 == "xã").map(|it| it.0.as_str()).collect();
        let mut last = 0;
        for (code, name, kind, _) in &wards {
            let number = number(code);
            let letter = if changed.contains(code.as_str()) { 'P' } else { kind.letter() };
            lines.push(format!("{}{letter}{name}", number - last));
            last = number;
        }
        lines.push(String::new());
        let former = self.former_of(province);
        let ward_at: BTreeMap<&str, i64> = wards.iter().map(|ward| ward.0.as_str()).zip(0..).collect();
        let (mut district, mut last, mut last_ward) = (None, 0, 0);
        for (code, name, kind, of, _, old_province, became) in &former {
            if district != Some((of, old_province)) {
                district = Some((of, old_province));
                lines.push(format!("={old_province}{of}"));
            }
            let land = code.as_ref().and_then(|code| self.land_only.get(code));
            let mut pieces = became.clone();
            pieces.sort_by_key(|(_, extent)| *extent);
            let own =
                matches!(pieces.as_slice(), [(one, _)] if wards.iter().any(|ward| ward.0 == *one && ward.1 == *name));
            let pieces: Vec<String> = pieces
                .iter()
                .map(|(ward, _)| {
                    let at = ward_at.get(ward.as_str()).copied().unwrap_or(-1);
                    let difference = at - last_ward;
                    last_ward = at;
                    let mark = if land.is_some_and(|land| land.contains(ward)) { "!" } else { "" };
                    if difference == 0 { mark.to_owned() } else { format!("{difference}{mark}") }
                })
                .collect();
            let difference = code.as_ref().map(|code| {
                let difference = number(code) - last;
                last += difference;
                difference.to_string()
            });
            let alias = code.as_ref().and_then(|code| self.aliases.get(code)).map(|alias| format!("~{alias}"));
            lines.push(format!(
                "{}{}{}{}:{}",
                difference.unwrap_or_default(),
                kind.letter(),
                if own { "" } else { name },
                alias.unwrap_or_default(),
                pieces.join(",")
            ));
        }
        lines.push(String::new());
        let held: BTreeMap<&str, i64> =
            former.iter().zip(0..).filter_map(|(it, at)| Some((it.0.as_deref()?, at))).collect();
        let mut earlier: Vec<_> = self
            .earlier
            .iter()
            .filter(|it| province.was(&it.4))
            .filter_map(|it| Some((it, *held.get(it.5.as_str())?)))
            .collect();
        earlier.sort_by(|(one, at), (other, other_at)| (&one.4, &one.3, at).cmp(&(&other.4, &other.3, other_at)));
        let (mut district, mut last) = (None, 0);
        for ((_, name, kind, of, old_province, _, how, _), at) in earlier {
            if district != Some((of, old_province)) {
                district = Some((of, old_province));
                lines.push(format!("={old_province}{of}"));
            }
            let how = match how {
                PublishedHow::Merged => "",
                PublishedHow::Renamed => ":r",
                PublishedHow::Moved => ":m",
                PublishedHow::Spelling => ":s",
            };
            lines.push(format!("{}{}{name}{how}", at - last, kind.letter()));
            last = at;
        }
        lines.push(String::new());
        Some(lines.join("\n"))
    }

    /// The compact text of the country, which [`super::Country::parse`] reads. `version` names the state of the list.
    #[must_use]
    pub fn country_text(&self, version: &str) -> String {
        let mut text = version.to_owned();
        let mut names: BTreeMap<String, u64> = BTreeMap::new();
        for (at, province) in self.provinces.iter().enumerate() {
            text.push('\n');
            text.push_str(&province.line());
            let former = self.former_of(province);
            let of_former = former.iter().flat_map(|it| {
                let alias = it.0.as_ref().and_then(|code| self.aliases.get(code));
                [Some(comparable(&it.1)), alias.map(|it| comparable(it)), Some(district_name(&it.3))]
            });
            let of_earlier = self
                .earlier
                .iter()
                .filter(|it| province.was(&it.4))
                .flat_map(|it| [Some(comparable(&it.1)), Some(district_name(&it.3))]);
            let present = self.wards.iter().filter(|it| it.3 == province.code).map(|it| Some(comparable(&it.1)));
            for name in of_former.chain(of_earlier).chain(present).flatten() {
                *names.entry(name).or_default() |= 1 << at;
            }
        }
        text.push('\n');
        let mut last = "";
        for (name, provinces) in &names {
            let shared = last.bytes().zip(name.bytes()).take_while(|(one, other)| one == other).count().min(25);
            text.push('\n');
            text.push(char::from(b'a' + u8::try_from(shared).unwrap_or(0)));
            text.push_str(&name[shared..]);
            for at in (0..34_u8).filter(|at| provinces >> at & 1 == 1) {
                text.push(char::from(b'>' + at));
            }
            last = name;
        }
        text.push('\n');
        text
    }

    /// The units that became this province's, by former province and district.
    fn former_of(&self, province: &PublishedProvince) -> Vec<&PublishedFormer> {
        let mut former: Vec<_> = self.former.iter().filter(|it| province.was(&it.5)).collect();
        former.sort_by(|one, other| (&one.5, &one.4, &one.0).cmp(&(&other.5, &other.4, &other.0)));
        former
    }
}

impl PublishedProvince {
    /// Was it made of the province with this former code?
    fn was(&self, former: &str) -> bool {
        self.former_provinces.iter().any(|it| it.code == former)
    }

    /// Codes and names of it and those it was made of.
    fn line(&self) -> String {
        let whole = |it: &Self| [it.code.as_str(), &it.kind, " ", &it.name].concat();
        std::iter::once(self).chain(&self.former_provinces).map(whole).collect::<Vec<_>>().join("|")
    }
}

/// The folded name of a district without the word before it.
fn district_name(full_name: &str) -> String {
    let whole = comparable(full_name);
    let bare = super::DISTRICT_WORDS.iter().find_map(|(word, _)| whole.strip_prefix(word)?.strip_prefix(' '));
    bare.unwrap_or(&whole).to_owned()
}

fn number(code: &str) -> i64 {
    code.parse().unwrap_or(0)
}
