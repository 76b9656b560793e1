//! One province: wards in force, the units they came from, and names of the years before.

use crate::place::{Era, Kind, MAX_BYTES, Name, PlaceKey, PlacesError, Province, comparable};

/// The places of one province in force. Units are meant by their position in these lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProvincePlaces {
    /// The province, and those it was made of.
    pub province: Province,
    /// Wards, communes and special zones in force, by code.
    pub wards: Vec<Ward>,
    /// Districts until June 2025, and districts of earlier years.
    pub(super) districts: Vec<District>,
    /// Units until 30 June 2025, by district.
    pub former: Vec<FormerWard>,
    /// Units as they were called at some time from 2017 to January 2025.
    pub earlier: Vec<Earlier>,
}

/// A ward, commune or special zone in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ward {
    number: u32,
    /// Name without the word before it.
    pub name: String,
    /// What kind it is.
    pub kind: Kind,
    /// It was a commune until a decision of 2026 made it a ward; papers of 2025 say `xã`.
    pub was_commune: bool,
    pub(super) folded: Name,
}

/// A district.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct District {
    /// Code of its province, in the former list.
    pub(super) province: String,
    /// Full name: `Quận Ninh Kiều`.
    pub(super) name: String,
    /// Folded, without the word before the name.
    pub(super) folded: String,
    /// The folded word before the name, in full: `quan`.
    pub(super) word: &'static str,
    /// Folded: full name, then the province.
    pub(super) around: Name,
}

/// A unit until 30 June 2025.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerWard {
    number: Option<u32>,
    /// Name without the word before it.
    pub name: String,
    /// What kind it was.
    pub kind: Kind,
    pub(super) district: usize,
    /// What it became: parts first, what was left of it last. Never blank.
    pub pieces: Vec<Piece>,
    pub(super) folded: Name,
    /// The other spelling of its name in the resolutions.
    pub(super) alias: Option<Name>,
}

/// A part of a former unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The ward it went to.
    pub ward: usize,
    /// Land only: no home of the unit is there.
    pub land_only: bool,
}

/// What became of a former unit, for a home in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// All homes are in this ward now: it went there whole, or the other parts had no people.
    One(usize),
    /// Divided between these: the street decides, so ask.
    Divided(Vec<usize>),
}

/// How a unit was called before: of lower certainty, to be suggested and confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Name without the word before it.
    pub name: String,
    /// What kind it was.
    pub kind: Kind,
    pub(super) district: usize,
    /// The unit of June 2025 that held it.
    pub former: usize,
    /// How it came there.
    pub how: How,
    pub(super) folded: Name,
}

/// How a unit of earlier years became one of June 2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Merged into it.
    Merged,
    /// The same unit, renamed, often by a merger.
    Renamed,
    /// The same unit, in another district.
    Moved,
    /// The same unit, spelt otherwise.
    Spelling,
}

impl Ward {
    /// The key under which to store it.
    #[must_use]
    pub fn key(&self) -> PlaceKey {
        PlaceKey::new(Era::Present, self.number)
    }

    /// Word and name: `Xã Hỏa Lựu`. Always show both: a ward and a commune may share a name.
    #[must_use]
    pub fn full_name(&self) -> String {
        self.kind.full_name(&self.name)
    }
}

impl FormerWard {
    /// The key under which to store it; none for the five island districts.
    #[must_use]
    pub fn key(&self) -> Option<PlaceKey> {
        self.number.map(|number| PlaceKey::new(Era::Former, number))
    }

    /// Word and name: `Thị trấn Long Phú`.
    #[must_use]
    pub fn full_name(&self) -> String {
        self.kind.full_name(&self.name)
    }

    /// What became of it, for a home in it.
    #[must_use]
    pub fn fate(&self) -> Fate {
        let homes: Vec<usize> = self.pieces.iter().filter(|piece| !piece.land_only).map(|piece| piece.ward).collect();
        match homes.as_slice() {
            [one] => Fate::One(*one),
            [] => Fate::Divided(self.pieces.iter().map(|piece| piece.ward).collect()),
            _ => Fate::Divided(homes),
        }
    }
}

impl Earlier {
    /// Word and name.
    #[must_use]
    pub fn full_name(&self) -> String {
        self.kind.full_name(&self.name)
    }
}

impl ProvincePlaces {
    /// Reads the compact text of a province, as [`super::published::province_text`] writes it.
    ///
    /// Line 1 is the province and those it was made of, as in [`super::Country::parse`]. Then come three lists, each ended by a blank line: wards (`15pNinh Kiều`: code as
    /// the difference to the line before, letter of the kind, name; `P` is a ward that was a commune until 2026), former units
    /// (`3xHòa Tiến~Hoả Tiến:2,-1!`: code, kind, name, other spelling, wards as differences to the ward before, `!` for land
    /// only; a blank name is that of its ward, a blank ward the one before), and earlier units (`2pAn Cư:r`: former unit as the
    /// difference to the line before, kind, name, how: m moved, r renamed, s spelling, nothing merged). A line `=92Quận Ninh
    /// Kiều` names the district of the units after it and its former province.
    pub fn parse(text: &str) -> Result<Self, PlacesError> {
        if text.len() > MAX_BYTES {
            return Err(PlacesError::TooLong);
        }
        let mut places = Self::default();
        let (mut list, mut number, mut ward) = (0_u8, 0_i64, 0_i64);
        for (at, line) in text.lines().enumerate() {
            let shape = PlacesError::Shape(at + 1);
            if at == 0 {
                places.province = Province::read(line).ok_or(shape)?;
            } else if line.is_empty() {
                (list, number) = (list + 1, 0);
            } else if let Some(district) = line.strip_prefix('=') {
                let district = District::read(district, &places.province).ok_or(shape)?;
                places.districts.push(district);
            } else {
                let (difference, rest) = line.split_at(line.find(|it: char| it.is_alphabetic()).ok_or(shape)?);
                let unnumbered = difference.is_empty();
                number = number.checked_add(difference_of(difference).ok_or(shape)?).ok_or(shape)?;
                let letter = rest.chars().next().ok_or(shape)?;
                let kind =
                    Kind::ALL.into_iter().find(|kind| kind.letter() == letter.to_ascii_lowercase()).ok_or(shape)?;
                let rest = rest.get(1..).unwrap_or_default();
                let positive = u32::try_from(number).map_err(|_| shape)?;
                let district = places.districts.len().wrapping_sub(1);
                let missing = PlacesError::Missing(at + 1);
                match list {
                    0 => places.wards.push(Ward {
                        number: positive,
                        name: rest.to_owned(),
                        kind,
                        was_commune: letter == 'P',
                        folded: Name::new(comparable(rest)),
                    }),
                    1 if !places.districts.is_empty() => {
                        let (name, became) = rest.split_once(':').ok_or(shape)?;
                        let mut pieces = Vec::with_capacity(1);
                        for piece in became.split(',') {
                            let whole = piece.trim_end_matches('!');
                            ward = ward.checked_add(difference_of(whole).ok_or(shape)?).ok_or(shape)?;
                            let index = usize::try_from(ward).map_err(|_| missing)?;
                            places.wards.get(index).ok_or(missing)?;
                            pieces.push(Piece { ward: index, land_only: whole.len() < piece.len() });
                        }
                        let (name, alias) =
                            name.split_once('~').map_or((name, None), |(name, other)| (name, Some(other)));
                        let name = match (name, pieces.first()) {
                            ("", Some(piece)) => places.wards.get(piece.ward).ok_or(missing)?.name.clone(),
                            _ => name.to_owned(),
                        };
                        places.former.push(FormerWard {
                            number: (!unnumbered).then_some(positive),
                            folded: Name::new(comparable(&name)),
                            name,
                            kind,
                            district,
                            pieces,
                            alias: alias.map(|it| Name::new(comparable(it))),
                        });
                    }
                    2 if !places.districts.is_empty() => {
                        let former = usize::try_from(number).map_err(|_| missing)?;
                        places.former.get(former).ok_or(missing)?;
                        let (name, how) = match rest.split_once(':') {
                            None => (rest, How::Merged),
                            Some((name, "r")) => (name, How::Renamed),
                            Some((name, "m")) => (name, How::Moved),
                            Some((name, "s")) => (name, How::Spelling),
                            Some(_) => return Err(shape),
                        };
                        let folded = Name::new(comparable(name));
                        places.earlier.push(Earlier { name: name.to_owned(), kind, district, former, how, folded });
                    }
                    _ => return Err(shape),
                }
            }
        }
        Ok(places)
    }

    /// The ward in force with this present code.
    #[must_use]
    pub fn ward_of_code(&self, code: &str) -> Option<usize> {
        let number: u32 = code.parse().ok()?;
        self.wards.iter().position(|ward| ward.number == number)
    }

    /// Full name of the district of a former unit: `Thành phố Vị Thanh`.
    #[must_use]
    pub fn district_of(&self, former: &FormerWard) -> &str {
        self.districts.get(former.district).map_or("", |district| &district.name)
    }

    /// Full name of the district of an earlier unit.
    #[must_use]
    pub fn earlier_district_of(&self, earlier: &Earlier) -> &str {
        self.districts.get(earlier.district).map_or("", |district| &district.name)
    }

    /// Code of the province of a former unit, in the former list.
    #[must_use]
    pub fn former_province_of(&self, former: &FormerWard) -> &str {
        self.districts.get(former.district).map_or("", |district| &district.province)
    }
}

impl District {
    /// `92Quận Ninh Kiều`.
    fn read(text: &str, of: &Province) -> Option<Self> {
        let (province, name) = text.split_at_checked(2)?;
        let whole = comparable(name);
        let words = super::DISTRICT_WORDS;
        let (word, rest) = words
            .iter()
            .find_map(|(word, _)| Some((*word, whole.strip_prefix(word)?.strip_prefix(' ')?)))
            .unwrap_or(("", &whole));
        let former = of.former.iter().find(|former| former.code == province)?;
        let around = Name::new([&whole, " ", former.folded.as_str()].concat());
        Some(Self { province: province.to_owned(), name: name.to_owned(), folded: rest.to_owned(), word, around })
    }
}

/// A difference of up to nine digits; blank is 0.
fn difference_of(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    if text.len() > 10 {
        return None;
    }
    text.parse().ok()
}
