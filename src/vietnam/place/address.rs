//! Reading an address of either era as people type it, and what became of it.

use crate::fold::{for_each_word, marks, words};
use crate::place::{
    Country, DISTRICT_WORDS, Fate, Kind, ProvincePlaces, WARD_WORDS, Ward, country::Named, without_zeros,
};

/// An address, read: what stands before its units, and what they are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<'places> {
    /// House, street, hamlet: what stands before the ward, as typed. All of the text where nothing was found.
    pub street: String,
    /// What the units are now.
    pub now: Now<'places>,
}

/// What the units of an address are now. Nothing is chosen where more than one is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Now<'places> {
    /// This ward, and the unit that leads to it.
    One {
        /// Position of the ward in the province of `by`.
        ward: usize,
        /// What was written.
        by: Unit<'places>,
    },
    /// Several units have this name: the district decides, so ask. Each goes on with [`Unit::now`].
    AskDistrict(Vec<Unit<'places>>),
    /// The unit was divided between these wards: the street decides, so ask.
    AskStreet {
        /// What was written.
        by: Unit<'places>,
        /// Positions of the wards in the province of `by`.
        wards: Vec<usize>,
    },
    /// Perhaps one of these: a name of years before 2025, or one of another district than written. Suggest, never convert.
    Confirm(Vec<Unit<'places>>),
    /// A unit in force and a former one have this name, or units of several provinces: ask which is meant.
    Several(Vec<Unit<'places>>),
    /// No unit was found.
    Nothing,
}

/// A unit that an address may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'places> {
    /// Its province in force.
    pub province: &'places ProvincePlaces,
    /// Which.
    pub which: Which,
}

/// Which unit of a province: a list and a position in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// A ward in force.
    Present(usize),
    /// A unit until June 2025.
    Former(usize),
    /// A unit of 2017 to 2025.
    Earlier(usize),
}

impl<'places> Unit<'places> {
    /// What this unit is now, once it is known to be the one.
    #[must_use]
    pub fn now(self) -> Now<'places> {
        let former = match self.which {
            Which::Present(ward) => return Now::One { ward, by: self },
            Which::Former(former) => Some(former),
            Which::Earlier(earlier) => self.province.earlier.get(earlier).map(|it| it.former),
        };
        match former.and_then(|former| self.province.former.get(former)).map(super::FormerWard::fate) {
            Some(Fate::One(ward)) => Now::One { ward, by: self },
            Some(Fate::Divided(wards)) => Now::AskStreet { by: self, wards },
            None => Now::Nothing,
        }
    }

    /// Word and name: `Xã Hỏa Tiến`.
    #[must_use]
    pub fn full_name(self) -> String {
        match self.which {
            Which::Present(at) => self.province.wards.get(at).map(Ward::full_name),
            Which::Former(at) => self.province.former.get(at).map(super::FormerWard::full_name),
            Which::Earlier(at) => self.province.earlier.get(at).map(super::Earlier::full_name),
        }
        .unwrap_or_default()
    }

    /// Full name of the district it was in: `Thành phố Vị Thanh`; none in force.
    #[must_use]
    pub fn district(self) -> Option<&'places str> {
        match self.which {
            Which::Present(_) => None,
            Which::Former(at) => self.province.former.get(at).map(|it| self.province.district_of(it)),
            Which::Earlier(at) => self.province.earlier.get(at).map(|it| self.province.earlier_district_of(it)),
        }
    }
}

/// Longest address that is read, in characters; what lies beyond is not looked at.
const MAX_CHARACTERS: usize = 400;

/// An address as folded words with blanks between, where each stands in what was typed, and which begin a part.
pub(super) struct Line {
    text: String,
    words: Vec<Word>,
}

struct Word {
    /// First byte in the line.
    at: usize,
    /// First byte in what was typed.
    typed: usize,
    /// A comma or a line's end stands before it, or nothing.
    begins: bool,
    /// Its marks.
    marks: u16,
}

impl Line {
    pub(super) fn new(typed: &str) -> Self {
        let typed = typed.char_indices().nth(MAX_CHARACTERS).map_or(typed, |(at, _)| &typed[..at]);
        let mut line = Self { text: String::with_capacity(typed.len()), words: Vec::new() };
        let mut last = 0;
        for_each_word(typed, &mut |start, end, word| {
            let between = typed.get(last..start).unwrap_or_default();
            let begins = last == 0 || between.contains([',', ';', '\n', '(', ')']) || between.contains(" - ");
            last = end;
            // "P5", "Q1": the word and the number are written together.
            let (letter, number) = word.split_at_checked(1).unwrap_or((word, ""));
            if matches!(letter, "p" | "q" | "x" | "f")
                && !number.is_empty()
                && number.bytes().all(|it| it.is_ascii_digit())
            {
                line.push(letter, start, begins, 0);
                line.push(number, start + 1, false, 0);
            } else {
                line.push(word, start, begins, typed.get(start..end).map_or(0, marks));
            }
        });
        line
    }

    fn push(&mut self, word: &str, typed: usize, begins: bool, marks: u16) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.words.push(Word { at: self.text.len(), typed, begins, marks });
        self.text.push_str(without_zeros(word));
    }

    /// Where the address ends: before `Việt Nam`.
    pub(super) fn end(&self) -> usize {
        let country = ["viet nam", "vietnam", "vn"].iter().find_map(|name| self.start_of(name, self.text.len()));
        country.map_or(self.text.len(), |start| start.saturating_sub(1))
    }

    pub(super) fn text(&self, start: usize, end: usize) -> Option<&str> {
        self.text.get(start..end)
    }

    /// Where up to eight words before `end` begin, the longest run first.
    pub(super) fn starts(&self, end: usize) -> impl Iterator<Item = usize> {
        let count = self.words.partition_point(|word| word.at < end);
        self.words[count.saturating_sub(8)..count].iter().map(|word| word.at)
    }

    /// Where `name` begins, if the words before `end` are it.
    fn start_of(&self, name: &str, end: usize) -> Option<usize> {
        let start = self.text.get(..end)?.strip_suffix(name)?.len();
        (!name.is_empty() && (start == 0 || self.text.as_bytes()[start - 1] == b' ')).then_some(start)
    }

    /// The end of the words before `start`, without the blank.
    fn end_before(start: usize) -> usize {
        start.saturating_sub(1)
    }

    /// The end of what stands before a name at `start` and before the word for its kind.
    pub(super) fn before_words(&self, start: usize) -> usize {
        let words = WARD_WORDS
            .iter()
            .map(|(word, _)| *word)
            .chain(DISTRICT_WORDS.iter().flat_map(|(full, short)| [*full, *short]));
        Self::end_before(self.word_before(start, words).map_or(start, |(start, _)| start))
    }

    /// The longest of `words` that stands before `start`, and where it begins.
    fn word_before<'words>(
        &self,
        start: usize,
        words: impl Iterator<Item = &'words str>,
    ) -> Option<(usize, &'words str)> {
        let end = start.checked_sub(1)?;
        words.filter_map(|word| Some((self.start_of(word, end)?, word))).min_by_key(|(at, _)| *at)
    }

    /// Where the name of a province with the word before it begins, and whether that word is `tỉnh`.
    pub(super) fn province_word_before(&self, start: usize) -> (usize, bool) {
        match self.word_before(start, ["tinh", "t", "thanh pho", "tp"].into_iter()) {
            Some((at, word)) => (at, word.starts_with("tin")),
            None => (start, false),
        }
    }

    /// Does a part of the address begin there?
    fn begins(&self, start: usize) -> bool {
        self.words.iter().any(|word| word.at == start && word.begins)
    }

    /// What was typed before the word that begins at `start`.
    fn typed_before<'typed>(&self, start: usize, typed: &'typed str) -> &'typed str {
        let at = self.words.iter().find(|word| word.at == start).map_or(0, |word| word.typed);
        typed
            .get(..at)
            .unwrap_or_default()
            .trim_end_matches(|it: char| !it.is_alphanumeric() && !matches!(it, '.' | ')'))
    }

    /// A name before `end`: where it begins with the word for its kind, how well it stands there, and that word's kind.
    /// `island`: it is that of an island district, whose word is that of districts.
    fn name_before(&self, name: &str, end: usize, island: bool) -> Option<Standing<Option<Kind>>> {
        let start = self.start_of(name, end)?;
        let of_districts = DISTRICT_WORDS.iter().flat_map(|(full, short)| [*full, *short]);
        let word = self.word_before(start, WARD_WORDS.iter().map(|(word, _)| *word).chain(of_districts));
        let mut kind = word.and_then(|(_, word)| WARD_WORDS.iter().find(|(it, _)| *it == word)).map(|(_, kind)| *kind);
        if island && word.is_some() && kind.is_none() {
            kind = Some(Kind::IslandDistrict);
        }
        // "quận Ninh Kiều" is no ward Ninh Kiều; "lô H, An Bình" is one.
        let district = word.is_some() && kind.is_none();
        if district && !self.begins(start) {
            return None;
        }
        self.standing(name, start, word.filter(|_| !district).map(|(at, _)| at), kind)
    }

    /// The same for a district; its word in full.
    fn district_before(&self, name: &str, end: usize) -> Option<Standing<Option<&'static str>>> {
        let start = self.start_of(name, end)?;
        let word = self.word_before(start, DISTRICT_WORDS.iter().flat_map(|(full, short)| [*full, *short]));
        let full =
            word.and_then(|(_, word)| DISTRICT_WORDS.iter().find(|(full, short)| *full == word || *short == word));
        self.standing(name, start, word.map(|(at, _)| at), full.map(|(full, _)| *full))
    }

    /// Is `name` written with the very marks of the words before `end`? Told only in an address that has marks.
    fn is_spelt(&self, name: &str, end: usize) -> bool {
        let typed = self.words.iter().rev().skip_while(|word| word.at >= end).map(|word| word.marks);
        let own = words(name).into_iter().rev().map(|word| name.get(word.start..word.end).map_or(0, marks));
        own.zip(typed).all(|(own, typed)| own == typed) && self.words.iter().any(|word| word.marks != 0)
    }

    fn standing<W>(&self, name: &str, start: usize, word: Option<usize>, says: W) -> Option<Standing<W>> {
        // A number is a name only after its word: "30/4" ends in no ward 4.
        if word.is_none() && name.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let begins = word.is_some() || self.begins(start);
        Some(Standing { start: word.unwrap_or(start), fit: (begins, name.len()), says })
    }
}

/// A name found in a line.
struct Standing<W> {
    /// Where it begins, with the word before it.
    start: usize,
    /// A part begins with it or with its word, then its length: the larger, the surer.
    fit: (bool, usize),
    /// What the word before it says.
    says: W,
}

/// Units of one kind of reading, the best fits only.
struct Best<'places> {
    fit: Fit,
    units: Vec<(Unit<'places>, usize)>,
}

/// District: it begins a part, its length, its word fits; then the same of the ward, and whether its marks are the same.
type Fit = (bool, usize, bool, bool, usize, bool, bool);

impl<'places> Best<'places> {
    fn new() -> Self {
        Self { fit: Fit::default(), units: Vec::new() }
    }

    fn take(&mut self, fit: Fit, unit: Unit<'places>, start: usize) {
        if fit > self.fit || self.units.is_empty() {
            self.fit = fit;
            self.units.clear();
        }
        if fit == self.fit && !self.units.iter().any(|(known, _)| *known == unit) {
            self.units.push((unit, start));
        }
    }

    fn list(&self) -> Vec<Unit<'places>> {
        self.units.iter().map(|(unit, _)| *unit).collect()
    }
}

/// Reads an address of today (`…, ward, province`) or of before July 2025 (`…, ward, district, province`), whose levels may
/// be parted by commas or not, with or without marks, with words for the kinds (`P.`, `X.`, `TT.`, `TP.`, `Q.`, `H.` …) or
/// without; level by level from its end. `provinces` are those that [`Country::look_in`] names.
///
/// With a district it is an address of before. Without one it may be of either: a name that both eras know is asked about
/// ([`Now::Several`]), but for one whose homes are all in the ward of that name now.
#[must_use]
pub fn read<'places>(typed: &str, country: &Country, provinces: &[&'places ProvincePlaces]) -> Reading<'places> {
    let line = Line::new(typed);
    let named = country.named_at_the_end(&line);
    let search = Search { line: &line, provinces };
    let end = line.end();
    // "…, thành phố Sóc Trăng" may end in the city of that name, in the province of that name.
    let endings: Vec<(usize, Option<Named<'_>>)> = match named {
        Some(named) if named.surely => vec![(Line::end_before(named.start), Some(named))],
        Some(named) => vec![(Line::end_before(named.start), Some(named)), (end, None)],
        None => vec![(end, None)],
    };
    let found = |best: &Best<'places>, now: Now<'places>| Reading {
        street: line.typed_before(best.units.first().map_or(0, |(_, start)| *start), typed).to_owned(),
        now,
    };
    for (end, named) in &endings {
        let best = search.in_districts(*end, *named, false);
        match best.units.as_slice() {
            [] => {}
            [(one, _)] => return found(&best, one.now()),
            _ => return found(&best, Now::AskDistrict(best.list())),
        }
    }
    let earlier = |(end, named): &(usize, Option<Named<'_>>)| search.in_districts(*end, *named, true);
    if let Some(best) = endings.first().map(earlier).filter(|best| !best.units.is_empty()) {
        return found(&best, Now::Confirm(best.list()));
    }
    for (end, named) in &endings {
        let former = search.former(*end, *named);
        let present = search.present(*end, *named);
        let both = || present.list().into_iter().chain(former.list()).collect::<Vec<_>>();
        let better = if present.fit > former.fit { &present } else { &former };
        match (former.units.as_slice(), present.units.as_slice()) {
            ([], []) => {}
            ([], [(one, _)]) => return found(&present, one.now()),
            ([], _) => return found(&present, Now::Several(present.list())),
            ([(one, _)], []) => return found(&former, one.now()),
            ([(old, _)], [(new, _)]) => {
                let same = matches!((old.now(), new.now()), (Now::One { ward: one, .. }, Now::One { ward: other, .. })
                    if one == other && old.province == new.province);
                return found(better, if same { new.now() } else { Now::Several(both()) });
            }
            ([_], _) => return found(better, Now::Several(both())),
            (_, _) => return found(better, Now::AskDistrict(both())),
        }
    }
    if let Some(best) = endings.get(1).map(earlier).filter(|best| !best.units.is_empty()) {
        return found(&best, Now::Confirm(best.list()));
    }
    for (end, named) in &endings {
        let best = search.perhaps(*end, *named);
        if !best.units.is_empty() {
            return found(&best, Now::Confirm(best.list()));
        }
    }
    Reading { street: typed.trim().to_owned(), now: Now::Nothing }
}

struct Search<'line, 'places> {
    line: &'line Line,
    provinces: &'line [&'places ProvincePlaces],
}

impl<'places> Search<'_, 'places> {
    /// Former (or earlier) units whose district stands before `end`, and whose name stands before that.
    fn in_districts(&self, end: usize, named: Option<Named<'_>>, earlier: bool) -> Best<'places> {
        let mut best = Best::new();
        for province in self.provinces {
            for (at, district) in province.districts.iter().enumerate() {
                let here = named.is_none_or(|it| {
                    it.former == Some(district.province.as_str()) || it.present == Some(province.province.code.as_str())
                });
                let Some(stands) = self.line.district_before(&district.folded, end).filter(|_| here) else { continue };
                let end = Line::end_before(stands.start);
                let word = stands.says == Some(district.word);
                let of_district = (stands.fit.0, stands.fit.1, word);
                self.names(
                    province,
                    end,
                    Some(at),
                    of_district,
                    if earlier { List::Earlier } else { List::Former },
                    &mut best,
                );
            }
        }
        best
    }

    /// Former units whose name stands before `end`.
    fn former(&self, end: usize, named: Option<Named<'_>>) -> Best<'places> {
        let mut best = Best::new();
        for province in self.provinces {
            for (at, district) in province.districts.iter().enumerate() {
                if named.is_none_or(|it| it.former == Some(district.province.as_str())) {
                    self.names(province, end, Some(at), (false, 0, false), List::Former, &mut best);
                }
            }
        }
        best
    }

    /// Wards in force whose name stands before `end`.
    fn present(&self, end: usize, named: Option<Named<'_>>) -> Best<'places> {
        let mut best = Best::new();
        for province in self.provinces {
            if named.is_none_or(|it| it.present == Some(province.province.code.as_str())) {
                self.names(province, end, None, (false, 0, false), List::Present, &mut best);
            }
        }
        best
    }

    /// Units whose name stands before `end`, whatever district or former province was written: a former unit of the province
    /// in force, an earlier one, a ward in force.
    fn perhaps(&self, end: usize, named: Option<Named<'_>>) -> Best<'places> {
        let mut best = Best::new();
        let mut ends = vec![end];
        for province in self.provinces.iter().filter(|it| named.is_none_or(|named| named.now == it.province.code)) {
            for district in &province.districts {
                ends.extend(self.line.district_before(&district.folded, end).map(|it| Line::end_before(it.start)));
            }
            ends.sort_unstable();
            ends.dedup();
            for end in &ends {
                for list in [List::Former, List::Earlier, List::Present] {
                    self.names(province, *end, None, (false, 0, false), list, &mut best);
                }
            }
        }
        best
    }

    fn names(
        &self,
        province: &'places ProvincePlaces,
        end: usize,
        district: Option<usize>,
        (begins, length, word): (bool, usize, bool),
        list: List,
        best: &mut Best<'places>,
    ) {
        let mut take = |name: &str, written: &str, which: Which, fits: &dyn Fn(Kind) -> bool| {
            let island = fits(Kind::IslandDistrict);
            if let Some(stands) = self.line.name_before(name, end, island) {
                let kind = stands.says.is_some_and(fits);
                let spelt = self.line.is_spelt(written, end);
                let fit = (begins, length, word, stands.fit.0, stands.fit.1, kind, spelt);
                best.take(fit, Unit { province, which }, stands.start);
            }
        };
        let here = |of: usize| district.is_none_or(|district| district == of);
        match list {
            List::Present => {
                for (at, ward) in province.wards.iter().enumerate() {
                    let fits = |kind| kind == ward.kind || (ward.was_commune && kind == Kind::Commune);
                    take(&ward.folded.text, &ward.name, Which::Present(at), &fits);
                }
            }
            List::Former => {
                for (at, unit) in province.former.iter().enumerate().filter(|(_, unit)| here(unit.district)) {
                    for name in [Some(&unit.folded), unit.alias.as_ref()].into_iter().flatten() {
                        take(&name.text, &unit.name, Which::Former(at), &|kind| kind == unit.kind);
                    }
                }
            }
            List::Earlier => {
                for (at, unit) in province.earlier.iter().enumerate().filter(|(_, unit)| here(unit.district)) {
                    take(&unit.folded.text, &unit.name, Which::Earlier(at), &|kind| kind == unit.kind);
                }
            }
        }
    }
}

/// Which list of a province.
#[derive(Clone, Copy)]
enum List {
    Present,
    Former,
    Earlier,
}
