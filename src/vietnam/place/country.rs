//! The provinces of both eras, and which of them know a name.

use crate::place::address::Line;
use crate::place::{MAX_BYTES, PlacesError, comparable};

/// Every province, and the names of all their units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Country {
    /// What the texts of the provinces are asked for with.
    pub version: String,
    /// Provinces and cities in force, by code.
    pub provinces: Vec<Province>,
    /// Folded names of units of every time, in order, and a bit for each province that has one of this name.
    names: Vec<(String, u64)>,
}

/// A province or a city of that rank, in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Province {
    /// Present code.
    pub code: String,
    /// Name with the word before it: `thành phố Cần Thơ`.
    pub full_name: String,
    /// The provinces it was made of.
    pub former: Vec<FormerProvince>,
    folded: String,
}

/// A province until 30 June 2025.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerProvince {
    /// Former code; another province may have it now.
    pub code: String,
    /// Name with the word before it.
    pub full_name: String,
    pub(super) folded: String,
}

/// A province named at the end of an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'country> {
    /// Where the name, with the word before it, begins in the line.
    pub(super) start: usize,
    /// Its code in the former list.
    pub(super) former: Option<&'country str>,
    /// The province in force: of this name.
    pub(super) present: Option<&'country str>,
    /// The province in force that it belongs to.
    pub(super) now: &'country str,
    /// `tỉnh` stands before it, so it is no city of a province.
    pub(super) surely: bool,
}

/// What people write for a province, and its folded name.
const SHORT_NAMES: [(&str, &str); 8] = [
    ("hcm", "ho chi minh"),
    ("tphcm", "ho chi minh"),
    ("sai gon", "ho chi minh"),
    ("hn", "ha noi"),
    ("thua thien hue", "hue"),
    ("vung tau", "ba ria vung tau"),
    ("dac lac", "dak lak"),
    ("dac nong", "dak nong"),
];

impl Country {
    /// Reads the compact text of the country, as [`super::published::country_text`] writes it.
    ///
    /// Line 1 is the version. Then a line for each province (`92thành phố Cần Thơ|92thành phố Cần Thơ|93tỉnh Hậu Giang`: the one
    /// in force, then those it was made of), a blank line, and the names in order, each after the letters it shares with
    /// the one before (`ban binh>A`: the first letter counts them from `a`, the signs at the end are provinces, the first is `>`).
    pub fn parse(text: &str) -> Result<Self, PlacesError> {
        if text.len() > MAX_BYTES {
            return Err(PlacesError::TooLong);
        }
        let mut country = Self::default();
        let mut in_names = false;
        let mut name = String::new();
        for (at, line) in text.lines().enumerate() {
            let shape = PlacesError::Shape(at + 1);
            if at == 0 {
                line.clone_into(&mut country.version);
            } else if line.is_empty() {
                in_names = true;
            } else if in_names {
                let shared = usize::from(line.bytes().next().ok_or(shape)?.checked_sub(b'a').ok_or(shape)?);
                let rest = line.get(1..).ok_or(shape)?;
                let signs = rest.find(|it: char| !(it.is_ascii_lowercase() || it.is_ascii_digit() || it == ' '));
                let (own, signs) = rest.split_at(signs.ok_or(shape)?);
                name.truncate(name.char_indices().nth(shared).map_or(name.len(), |(at, _)| at));
                name.push_str(own);
                let mut provinces = 0_u64;
                for sign in signs.bytes() {
                    let province = sign.checked_sub(b'>').ok_or(shape)?;
                    if usize::from(province) >= country.provinces.len() || province > 63 {
                        return Err(PlacesError::Missing(at + 1));
                    }
                    provinces |= 1 << province;
                }
                country.names.push((name.clone(), provinces));
            } else {
                country.provinces.push(Province::read(line).ok_or(shape)?);
            }
        }
        Ok(country)
    }

    /// The province in force with this code.
    #[must_use]
    pub fn province(&self, code: &str) -> Option<&Province> {
        self.provinces.iter().find(|province| province.code == code)
    }

    /// The former province with this former code.
    #[must_use]
    pub fn former_province(&self, code: &str) -> Option<&FormerProvince> {
        self.provinces.iter().flat_map(|province| &province.former).find(|former| former.code == code)
    }

    /// The provinces in force, by code, whose texts an address of either era is to be read with: that of the province it names,
    /// or else those that have units of the names it ends with; none where it names nothing known.
    #[must_use]
    pub fn look_in(&self, address: &str) -> Vec<&str> {
        let line = Line::new(address);
        if let Some(named) = self.named_at_the_end(&line) {
            return vec![named.now];
        }
        let (mut end, mut found) = (line.end(), u64::MAX);
        // The district and the ward: both must be of the province.
        for _ in 0..2 {
            let Some((start, provinces)) = self.longest_name_at_the_end(&line, end) else { break };
            if found & provinces == 0 {
                break;
            }
            found &= provinces;
            end = line.before_words(start);
        }
        if found == u64::MAX {
            return Vec::new();
        }
        let known = self.provinces.iter().enumerate().filter(|(at, _)| found >> at & 1 == 1);
        known.map(|(_, province)| province.code.as_str()).collect()
    }

    /// The longest name of a unit that ends at `end`: where it begins, and its provinces.
    fn longest_name_at_the_end(&self, line: &Line, end: usize) -> Option<(usize, u64)> {
        line.starts(end).find_map(|start| {
            let name = line.text(start, end)?;
            let at = self.names.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
            Some((start, self.names.get(at)?.1))
        })
    }

    /// The province whose name the line ends with, the longest where several fit.
    pub(super) fn named_at_the_end(&self, line: &Line) -> Option<Named<'_>> {
        let end = line.end();
        line.starts(end).find_map(|start| {
            let written = line.text(start, end)?;
            let name = SHORT_NAMES.iter().find(|(short, _)| *short == written).map_or(written, |(_, name)| name);
            let mut named = None;
            for province in &self.provinces {
                let former = province.former.iter().find(|former| former.folded == name);
                let present = (province.folded == name).then_some(province.code.as_str());
                if former.is_some() || present.is_some() {
                    let (start, surely) = line.province_word_before(start);
                    let former = former.map(|former| former.code.as_str());
                    named = Some(Named { start, former, present, now: &province.code, surely });
                }
            }
            named
        })
    }
}

impl Province {
    pub(super) fn read(line: &str) -> Option<Self> {
        let mut parts = line.split('|').map(|part| {
            let (code, full_name) = part.split_at_checked(2)?;
            Some((code.to_owned(), full_name.to_owned(), bare(full_name)))
        });
        let (code, full_name, folded) = parts.next()??;
        let former = parts
            .map(|part| part.map(|(code, full_name, folded)| FormerProvince { code, full_name, folded }))
            .collect::<Option<_>>()?;
        Some(Self { code, full_name, former, folded })
    }
}

/// The folded name of a province without the word before it.
fn bare(full_name: &str) -> String {
    let whole = comparable(full_name);
    ["tinh ", "thanh pho "].iter().find_map(|word| whole.strip_prefix(word)).unwrap_or(&whole).to_owned()
}
