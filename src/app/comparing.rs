//! What only the page can find in a file, because it knows the other files and the answers: the same file twice, the same
//! side of a card twice, a card that says something else than the form.
//!
//! Nothing of it is stored: it changes with the files and the answers, and is gone once they agree.

use crate::filling::{self, Filling, submitter};
use crate::words::{errand, put};
use contract::document::{Finding, FindingCode, PaperFormat, Severity};
use contract::person::Person;
use contract::procedure::Paper;
use contract::stored::{StoredDraft, StoredFile};
use forms::{Answers, Form, Format, Kind, PersonDetail};
use leptos::prelude::*;
use vietnam::card_qr::{CardQr, CardSide};
use vietnam::citizen_id::CitizenId;
use vietnam::date::DateOrYear;
use vietnam::name::FullName;

/// One thing that was found by comparing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Compared {
    /// The file was given before.
    SameFile,
    /// The side of the card that was given before; the one that is missing, if the card tells.
    SameSide(Option<CardSide>),
    /// The card's code and an answer differ.
    QrDiffers(Difference),
}

/// Where a card and the answers differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    datum: Datum,
    /// As the card has it.
    card: String,
    /// As it was answered.
    answer: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Datum {
    Number,
    Name,
    BirthDate,
}

impl Compared {
    /// The finding, which is sent with the file where it was overridden.
    pub(crate) fn finding(&self) -> Finding {
        let code = match self {
            Self::SameFile => FindingCode::SameFile,
            Self::SameSide(_) => FindingCode::SameSide,
            Self::QrDiffers(_) => FindingCode::QrDiffers,
        };
        Finding { code, severity: Severity::Warns }
    }

    /// What is the matter, and what to do.
    pub(crate) fn sentence(&self) -> String {
        let words = errand();
        match self {
            Self::SameFile => words.finding_same_file().to_owned(),
            Self::SameSide(None) => words.finding_same_side().to_owned(),
            Self::SameSide(Some(CardSide::Front)) => put(words.finding_same_side_take(), &[words.card_front()]),
            Self::SameSide(Some(CardSide::Back)) => put(words.finding_same_side_take(), &[words.card_back()]),
            Self::QrDiffers(it) => {
                let sentence = match it.datum {
                    Datum::Number => words.finding_qr_number(),
                    Datum::Name => words.finding_qr_name(),
                    Datum::BirthDate => words.finding_qr_birth(),
                };
                put(sentence, &[&it.card, &it.answer])
            }
        }
    }
}

/// What is found in a file of the filling by comparing; changes with the files and the answers.
pub(crate) fn compared(filling: Filling, file: &str) -> Vec<Compared> {
    let asked = filling.uploads_asked();
    filling.draft.with(|draft| {
        let Some(place) = draft.files.iter().position(|it| it.id == file) else { return Vec::new() };
        let (before, file) = (&draft.files[..place], &draft.files[place]);
        let paper = asked.iter().find(|it| it.key == file.requirement);
        let mut found = beside(before, file, paper);
        let cards = cards(file);
        if !cards.is_empty() {
            let known = filling.session.with_form(|form| filling.session.with_answers(|it| Known::of(draft, form, it)));
            found.extend(cards.iter().find_map(|it| known.difference(it)).map(Compared::QrDiffers));
        }
        found
    })
}

/// What is found in a file beside those that were given before it.
fn beside(before: &[StoredFile], file: &StoredFile, paper: Option<&Paper>) -> Vec<Compared> {
    let mut found = Vec::new();
    if before.iter().any(|it| it.source() == file.source()) {
        found.push(Compared::SameFile);
    } else if paper.is_some_and(asks_for_both_sides) {
        // The code is on one side only: seen twice, that side was given twice.
        let earlier = before.iter().filter(|it| it.requirement == file.requirement).flat_map(cards);
        let all: Vec<CardQr> = earlier.chain(cards(file)).collect();
        let again = all.iter().enumerate().find(|(place, card)| all[..*place].iter().any(|it| it.id == card.id));
        if let Some((_, card)) = again {
            found.push(Compared::SameSide(card.code_side().map(|it| match it {
                CardSide::Front => CardSide::Back,
                CardSide::Back => CardSide::Front,
            })));
        }
    }
    found
}

/// A card has two sides: where one is asked for and there is room, both are.
fn asks_for_both_sides(paper: &Paper) -> bool {
    paper.format == Some(PaperFormat::Id1Card) && paper.max_files > 1
}

/// The identity cards whose code is in a file, or in the pictures it was joined from.
pub(crate) fn cards(file: &StoredFile) -> Vec<CardQr> {
    let texts = file.pages.iter().chain([file]).flat_map(|it| &it.report.qr);
    texts.filter_map(|it| CardQr::parse(it).ok()).collect()
}

/// What the answers say of the persons of a matter.
#[derive(Debug, Default)]
struct Known {
    /// The owner, then the submitter.
    persons: [KnownPerson; 2],
    /// The numbers of everybody else who is named.
    others: Vec<CitizenId>,
}

#[derive(Debug, Default)]
struct KnownPerson {
    id: Option<CitizenId>,
    name: Option<FullName>,
    born: Option<DateOrYear>,
}

impl KnownPerson {
    fn of(person: &Person) -> Self {
        Self {
            id: person.citizen_id.as_deref().and_then(|it| CitizenId::parse(it).ok()),
            name: FullName::parse(&person.full_name).ok(),
            born: person.birth_date.as_deref().and_then(|it| DateOrYear::parse(it).ok()),
        }
    }
}

impl Known {
    fn of(draft: &StoredDraft, form: &Form, answers: &Answers) -> Self {
        let owner = draft.owner.as_ref().map(KnownPerson::of).unwrap_or_default();
        let mut known = Self { persons: [owner, KnownPerson::of(&submitter(draft).person)], others: Vec::new() };
        for step in &form.steps {
            filling::collect(&step.components, None, &mut |path, component| {
                let Some(text) = answers.get(&path).and_then(|it| it.as_str()) else { return };
                match component.properties.prefill {
                    Some(prefill) => {
                        let person = &mut known.persons[usize::from(prefill.person == forms::Person::Submitter)];
                        // What the form says now counts more than what filled it.
                        match prefill.detail {
                            PersonDetail::FullName => person.name = FullName::parse(text).ok().or(person.name.take()),
                            PersonDetail::CitizenId => person.id = CitizenId::parse(text).ok().or(person.id.take()),
                            PersonDetail::BirthDate => person.born = birth_date(text, &component.kind).or(person.born),
                            _ => {}
                        }
                    }
                    None if component.properties.format == Some(Format::CitizenId) => {
                        known.others.extend(CitizenId::parse(text).ok());
                    }
                    None => {}
                }
            });
        }
        known
    }

    /// The first datum of a card that is answered otherwise.
    fn difference(&self, card: &CardQr) -> Option<Difference> {
        let by_number = self.persons.iter().find(|it| it.id.as_ref() == Some(&card.id));
        if by_number.is_none() && self.others.contains(&card.id) {
            return None;
        }
        let same_name = |it: &&KnownPerson| it.name.as_ref().is_some_and(|it| it.same_letters(&card.name));
        let named = |it: &&KnownPerson| it.id.is_some() || it.name.is_some();
        let person =
            by_number.or_else(|| self.persons.iter().find(same_name)).or_else(|| self.persons.iter().find(named))?;
        if let Some(id) = person.id.as_ref().filter(|it| **it != card.id) {
            return Some(Difference { datum: Datum::Number, card: card.id.shown(), answer: id.shown() });
        }
        if let Some(name) = person.name.as_ref().filter(|it| !it.same_letters(&card.name)) {
            let (card, answer) = (card.name.as_str().to_owned(), name.as_str().to_owned());
            return Some(Difference { datum: Datum::Name, card, answer });
        }
        let born = person.born.filter(|it| !same_birth(*it, card.born))?;
        Some(Difference { datum: Datum::BirthDate, card: card.born.to_string(), answer: born.to_string() })
    }
}

/// A year alone agrees with every day of it.
fn same_birth(one: DateOrYear, other: DateOrYear) -> bool {
    match (one, other) {
        (DateOrYear::Date(one), DateOrYear::Date(other)) => one == other,
        (one, other) => one.year() == other.year(),
    }
}

/// A birth date as a component of this kind holds it.
fn birth_date(text: &str, kind: &Kind) -> Option<DateOrYear> {
    // A moment begins with its day.
    let text = text.split('T').next().unwrap_or(text);
    let parts: Vec<&str> = text.split('/').collect();
    match (parts.as_slice(), kind) {
        ([_, _, year], _) if parts.contains(&"00") => DateOrYear::parse(year).ok(),
        ([month, day, year], Kind::Day { day_first: false, .. }) => {
            DateOrYear::parse(&[*day, *month, *year].join("/")).ok()
        }
        _ => DateOrYear::parse(text).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Compared, Known, KnownPerson, beside};
    use contract::person::Person;
    use contract::procedure::Paper;
    use contract::stored::StoredFile;
    use serde_json::json;
    use vietnam::card_qr::CardQr;
    use vietnam::citizen_id::CitizenId;

    const OLD_CARD: &str = "092190001234||NGUYỄN THỊ LAN ANH|15031990|Nữ|Cần Thơ|03042021";
    const NEW_CARD: &str = "092190001234||Nguyễn Thị Lan Anh|15031990|Nữ|Cần Thơ|02072024||A|B|";
    const OTHER_CARD: &str = "092087000999||Trần Văn B|01021987|Nam|Cần Thơ|03042021";

    fn file(requirement: &str, content: &str, codes: &[&str]) -> StoredFile {
        serde_json::from_value(json!({
            "id": "x", "requirement": requirement, "name": "a.jpg", "sha256": content,
            "report": { "kind": "image/jpeg", "bytes": 1, "findings": [], "qr": codes },
        }))
        .expect("a file as it is stored")
    }

    fn paper(format: &str) -> Paper {
        serde_json::from_value(json!({ "key": "card", "name": "Thẻ", "how": "upload", "format": format }))
            .expect("a paper")
    }

    #[track_caller]
    fn check_files(before: &[StoredFile], last: &StoredFile, format: &str, expected: &[&str]) {
        let found = beside(before, last, Some(&paper(format)));
        let sentences: Vec<String> = found.iter().map(Compared::sentence).collect();
        assert_eq!(sentences.len(), expected.len(), "{sentences:?}");
        for (sentence, part) in sentences.iter().zip(expected) {
            assert!(sentence.contains(part), "{sentence}");
        }
    }

    #[test]
    fn a_file_that_was_given_before_is_told_for_whichever_paper() {
        let given = [file("card", "a", &[])];
        check_files(&given, &file("other", "a", &[]), "a4", &["đã được chọn"]);
        check_files(&given, &file("card", "b", &[]), "a4", &[]);
        check_files(&[], &given[0], "a4", &[]);
    }

    #[test]
    fn the_side_with_the_code_given_twice_lacks_the_other_one() {
        let old = |content| file("card", content, &[OLD_CARD]);
        let new = |content| file("card", content, &[NEW_CARD]);
        let blank = |content| file("card", content, &[]);
        check_files(&[old("a")], &old("b"), "id1Card", &["mặt sau"]);
        check_files(&[new("a")], &new("b"), "id1Card", &["mặt trước"]);
        check_files(&[old("a")], &blank("b"), "id1Card", &[]);
        check_files(&[blank("a")], &old("b"), "id1Card", &[]);
        // Two persons' cards, another paper, the same file: not two of one side.
        check_files(&[old("a")], &file("card", "b", &[OTHER_CARD]), "id1Card", &[]);
        check_files(&[file("other", "a", &[OLD_CARD])], &old("b"), "id1Card", &[]);
        check_files(&[old("a")], &old("b"), "a4", &[]);
        check_files(&[old("a")], &old("a"), "id1Card", &["đã được chọn"]);
        // Joined into one PDF they are still the same side.
        let joined = StoredFile { pages: vec![old("a"), old("b")], ..blank("c") };
        check_files(&[], &joined, "id1Card", &["mặt sau"]);
        // A code that is no card's says nothing.
        let link = |content| file("card", content, &["https://example.vn"]);
        check_files(&[link("a")], &link("b"), "id1Card", &[]);
    }

    fn person(name: &str, id: &str, born: &str) -> KnownPerson {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        KnownPerson::of(&Person {
            full_name: name.into(),
            citizen_id: some(id),
            birth_date: some(born),
            ..Person::default()
        })
    }

    #[track_caller]
    fn check_card(owner: KnownPerson, filer: KnownPerson, others: &[&str], expected: Option<[&str; 2]>) {
        let others = others.iter().map(|it| CitizenId::parse(it).expect("a number")).collect();
        let known = Known { persons: [owner, filer], others };
        let found = known.difference(&CardQr::parse(OLD_CARD).expect("a card"));
        assert_eq!(found.as_ref().map(|it| [it.card.as_str(), it.answer.as_str()]), expected);
    }

    #[test]
    fn a_card_that_agrees_with_somebody_of_the_matter_is_silent() {
        let nobody = || person("", "", "");
        let lan_anh = || person("Nguyễn Thị Lan Anh", "092190001234", "1990-03-15");
        check_card(lan_anh(), nobody(), &[], None);
        check_card(nobody(), lan_anh(), &[], None);
        check_card(person("Bé Na", "", ""), lan_anh(), &[], None);
        // Capitals, the place of a tone, a year alone: the same person.
        check_card(person("nguyễn thị lan anh", "092190001234", "1990"), nobody(), &[], None);
        // Somebody else the form names by number, and a matter that names nobody.
        check_card(person("Trần Văn B", "092087000999", ""), nobody(), &["092190001234"], None);
        check_card(nobody(), nobody(), &[], None);
    }

    #[test]
    fn the_first_datum_that_differs_is_named_on_both_sides() {
        let nobody = || person("", "", "");
        let other = || person("Trần Văn B", "092087000999", "");
        check_card(other(), nobody(), &[], Some(["092 190 001 234", "092 087 000 999"]));
        check_card(
            person("Nguyễn Thị Lan Anh", "092190001243", ""),
            other(),
            &[],
            Some(["092 190 001 234", "092 190 001 243"]),
        );
        check_card(
            person("Nguyễn Thị Lan", "092190001234", ""),
            nobody(),
            &[],
            Some(["NGUYỄN THỊ LAN ANH", "Nguyễn Thị Lan"]),
        );
        check_card(
            person("Nguyễn Thị Lan Anh", "092190001234", "1990-05-13"),
            nobody(),
            &[],
            Some(["15/03/1990", "13/05/1990"]),
        );
        check_card(person("Nguyễn Thị Lan Anh", "", "1991"), nobody(), &[], Some(["15/03/1990", "1991"]));
    }
}
