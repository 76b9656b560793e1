//! Finding a ward by a few letters of its present or former name, without marks.

use crate::place::{Fate, Name, ProvincePlaces, WARD_WORDS, comparable, initials};

/// A ward in force that fits what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'places> {
    /// Its province.
    pub province: &'places ProvincePlaces,
    /// Its position in the province.
    pub ward: usize,
    /// By which name it was found.
    pub by: FoundBy,
}

/// By which name a ward was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// Its own.
    Name,
    /// That of a unit until June 2025, at this position; show its district.
    Former {
        /// Which.
        former: usize,
        /// The unit was divided: the street decides.
        divided: bool,
    },
    /// That of a unit of 2017 to 2025, at this position: show it, and let the person confirm.
    Earlier(usize),
}

/// The wards that fit, best first, at most `limit`: the whole name, then names that begin so, then names with words that
/// begin so; among equals the ward's own name before a former one, and earlier names last. A blank text, or a kind alone,
/// fits none.
///
/// Marks, capitals, tone placement and the words before a name (`phường`, `P.`, `TT.` …) do not matter. Words may also fit
/// the district or former province (`tan long phung hiep`), but one must fit the name itself.
#[must_use]
pub fn search<'places>(provinces: &[&'places ProvincePlaces], text: &str, limit: usize) -> Vec<Found<'places>> {
    let Some(asked) = Asked::new(text) else { return Vec::new() };
    let mut found: Vec<(u8, Found<'places>)> = Vec::new();
    for province in provinces {
        asked.search(province, &mut found);
    }
    // Stable: within a rank in the order of provinces and wards.
    found.sort_by_key(|(rank, found)| (*rank, found.province.province.code.as_str(), found.ward));
    found.truncate(limit);
    found.into_iter().map(|(_, found)| found).collect()
}

/// What was typed: the words as they stand, and without the kind in front.
struct Asked {
    whole: Words,
    bare: Option<Words>,
}

/// Words to find.
struct Words {
    text: String,
    initials: u32,
}

impl Asked {
    fn new(text: &str) -> Option<Self> {
        let whole = comparable(text);
        if whole.is_empty()
            || WARD_WORDS.iter().any(|(word, _)| *word == whole || word.split(' ').next() == Some(&whole))
        {
            return None;
        }
        let kinds = WARD_WORDS.iter().map(|(word, _)| *word).chain(["huyen", "quan"]);
        let bare = kinds.filter_map(|word| whole.strip_prefix(word)?.strip_prefix(' ')).min_by_key(|rest| rest.len());
        Some(Self { bare: bare.map(|bare| Words::new(bare.to_owned())), whole: Words::new(whole) })
    }

    fn search<'places>(&self, province: &'places ProvincePlaces, found: &mut Vec<(u8, Found<'places>)>) {
        let nothing = Name::default();
        let own: Vec<Option<u8>> = province.wards.iter().map(|ward| self.rank(&ward.folded, &nothing)).collect();
        for (ward, rank) in own.iter().enumerate() {
            found.extend(rank.map(|rank| (rank, Found { province, ward, by: FoundBy::Name })));
        }
        for (former, unit) in province.former.iter().enumerate() {
            let around = province.districts.get(unit.district).map_or(&nothing, |district| &district.around);
            let other = unit.alias.as_ref().and_then(|alias| self.rank(alias, around));
            let Some(rank) = self.rank(&unit.folded, around).into_iter().chain(other).min() else { continue };
            let (wards, divided) = match unit.fate() {
                Fate::One(ward) => (vec![ward], false),
                Fate::Divided(wards) => (wards, true),
            };
            for ward in wards {
                // A unit that kept its name is shown once, under its present name.
                let kept = own.get(ward).is_some_and(Option::is_some)
                    && province.wards.get(ward).is_some_and(|it| it.folded == unit.folded);
                if !kept {
                    found.push((rank + 1, Found { province, ward, by: FoundBy::Former { former, divided } }));
                }
            }
        }
        for (at, earlier) in province.earlier.iter().enumerate() {
            let around = province.districts.get(earlier.district).map_or(&nothing, |district| &district.around);
            let Some(rank) = self.rank(&earlier.folded, around) else { continue };
            let pieces = province.former.get(earlier.former).map_or(&[][..], |unit| &unit.pieces);
            for ward in pieces.iter().filter(|piece| !piece.land_only).map(|piece| piece.ward) {
                found.push((rank + 6, Found { province, ward, by: FoundBy::Earlier(at) }));
            }
        }
    }

    fn rank(&self, name: &Name, around: &Name) -> Option<u8> {
        let bare = self.bare.as_ref().and_then(|bare| bare.rank(name, around));
        self.whole.rank(name, around).into_iter().chain(bare).min()
    }
}

impl Words {
    fn new(text: String) -> Self {
        Self { initials: initials(&text), text }
    }

    /// 0 the whole name, 2 from its start, 4 somewhere; `None` where a word fits nothing.
    fn rank(&self, name: &Name, around: &Name) -> Option<u8> {
        // Nearly all names are put aside here.
        if self.initials & !(name.initials | around.initials) != 0 || self.initials & name.initials == 0 {
            return None;
        }
        if name.text == self.text {
            return Some(0);
        }
        let mut own = false;
        for word in self.text.split(' ') {
            if name.has(word) {
                own = true;
            } else if !around.has(word) {
                return None;
            }
        }
        if !own {
            return None;
        }
        let from_start = name.text.split(' ').zip(self.text.split(' ')).all(|(word, asked)| word.starts_with(asked));
        Some(if from_start { 2 } else { 4 })
    }
}
