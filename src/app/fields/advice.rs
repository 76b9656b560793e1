//! What is said beside a field once it is left: an offer to write it otherwise, how it was understood, what does not agree.
//! Nothing here blocks, and nothing is changed unless the person asks for it.

use crate::browser::clock;
use crate::components::{Icon, Tone, icon, notice};
use crate::fields::Field;
use crate::words::{errand, put};
use forms::{DataPath, Format};
use leptos::prelude::*;
use serde_json::Value;
use vietnam::citizen_id::{CitizenId, CitizenIdWarning, Sex};
use vietnam::date::{Date, DateOrYear};
use vietnam::keyboard;
use vietnam::money::Amount;
use vietnam::name::FullName;

/// One thing worth saying.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Advice {
    /// It may have been meant so.
    Offer(String),
    /// It was understood so.
    Echo(String),
    /// An identity number and what stands beside it differ, or it is unusual.
    Ask(CitizenIdWarning),
}

/// What an identity number is compared with.
#[derive(Clone, Copy, Debug, Default)]
struct Beside {
    sex: Option<Sex>,
    born: Option<DateOrYear>,
}

/// Draws `input` with the advice below it.
pub(super) fn with_advice(field: &Field, input: AnyView) -> AnyView {
    let Some(format) = field.component.properties.format else { return input };
    let (session, path) = (field.session, field.path.clone());
    let value = session.text(path.clone());
    let settled = RwSignal::new(value.get_untracked());
    let (sex, born) = (neighbour(&path, "Sex"), neighbour(&path, "BirthDate"));
    let beside = move || {
        let text = |path: &Option<DataPath>| {
            path.as_ref()
                .and_then(|path| session.value(path.clone()).get())
                .and_then(|it| it.as_str().map(str::to_owned))
        };
        Beside {
            sex: text(&sex).and_then(|it| match it.as_str() {
                "male" => Some(Sex::Male),
                "female" => Some(Sex::Female),
                _ => None,
            }),
            born: text(&born).and_then(|it| written_date(&it)),
        }
    };
    let said = Memo::new(move |_| {
        let text = value.get();
        let beside = if format == Format::CitizenId { beside() } else { Beside::default() };
        if settled.with(|it| *it == text) { advise(format, &text, today(), beside) } else { Vec::new() }
    });
    let lines = move || {
        let path = path.clone();
        said.get()
            .into_iter()
            .map(|advice| match advice {
                Advice::Offer(text) => {
                    let (path, offered) = (path.clone(), text.clone());
                    let take = move |_| {
                        settled.set(offered.clone());
                        session.answer(&path, Value::String(offered.clone()));
                    };
                    view! {
                        <button type="button" class="link-button" on:click=take>
                            {icon(Icon::Change)}{put(errand().offer_use, &[&text])}
                        </button>
                    }
                    .into_any()
                }
                Advice::Echo(text) => view! { <p class="field__source">{put(errand().echo, &[&text])}</p> }.into_any(),
                Advice::Ask(warning) => notice(Tone::Warning, sentence(warning)),
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div on:focusout=move |_| settled.set(value.get_untracked())>{input}</div>
        <div class="advice" aria-live="polite">{lines}</div>
    }
    .into_any()
}

/// Today in Vietnam.
fn today() -> Option<Date> {
    i32::try_from(clock::now_s().saturating_add(7 * 3_600) / 86_400).ok().and_then(Date::from_days_since_1970)
}

/// What there is to say of a text. Pure.
fn advise(format: Format, text: &str, today: Option<Date>, beside: Beside) -> Vec<Advice> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let mut said = Vec::new();
    match format.name() {
        "full-name" => {
            let marked = keyboard::offer_name(text);
            let base = marked.clone().unwrap_or_else(|| text.to_owned());
            let titled = FullName::parse(&base).ok().and_then(|it| it.title_case()).map(|it| it.as_str().to_owned());
            said.extend(titled.or(marked).map(Advice::Offer));
        }
        "place" => said.extend(keyboard::offer_place(text).map(Advice::Offer)),
        "citizen-id" => {
            if let Ok(id) = CitizenId::parse(text) {
                said.extend(id.warnings(beside.sex, beside.born).into_iter().map(Advice::Ask));
            }
        }
        "money" => said.extend(Amount::parse(text).ok().map(|it| Advice::Echo(it.shown()))),
        "date" | "past-date" => {
            let read = today.and_then(|today| match format.name() {
                "date" => Date::parse_near(text, today).ok(),
                _ => Date::parse_past(text, today).ok(),
            });
            said.extend(read.map(|it| Advice::Echo(it.in_words())));
        }
        "birth-date" => {
            let read = today.and_then(|today| DateOrYear::parse_past(text, today).ok());
            said.extend(read.map(|it| Advice::Echo(it.in_words())));
        }
        _ => {}
    }
    said
}

/// The field of the same person beside an identity number: `citizenId` stands beside `sex`, `motherCitizenId` beside
/// `motherSex`.
fn neighbour(path: &DataPath, what: &str) -> Option<DataPath> {
    let text = path.as_str();
    let whole = if let Some(person) = text.strip_suffix("CitizenId") {
        [person, what].concat()
    } else {
        let around = text.strip_suffix("citizenId")?;
        let mut letters = what.chars();
        let first = letters.next()?.to_ascii_lowercase();
        let mut whole = String::from(around);
        whole.push(first);
        whole.extend(letters);
        whole
    };
    DataPath::parse(&whole).ok()
}

/// A date as a `day` keeps it (`DD/MM/YYYY`, unknown parts zeros) or as a text has it.
fn written_date(text: &str) -> Option<DateOrYear> {
    let year_alone = text.strip_prefix("00/00/").unwrap_or(text);
    DateOrYear::parse(year_alone).ok()
}

fn sentence(warning: CitizenIdWarning) -> String {
    let of = |sex: Sex| match sex {
        Sex::Male => errand().male,
        Sex::Female => errand().female,
    };
    match warning {
        CitizenIdWarning::UnknownPrefix(prefix) => {
            let digits = prefix.to_string();
            let padded = ["000".get(digits.len()..).unwrap_or_default(), digits.as_str()].concat();
            put(errand().id_prefix, &[&padded])
        }
        CitizenIdWarning::SexDiffers { number, .. } => put(errand().id_sex, &[of(number)]),
        CitizenIdWarning::BirthYearDiffers { number, written } => {
            put(errand().id_year, &[&number.to_string(), &written.to_string()])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Advice, Beside, advise, neighbour, written_date};
    use forms::{DataPath, Format};
    use vietnam::citizen_id::{CitizenIdWarning, Sex};
    use vietnam::date::Date;

    #[track_caller]
    fn check(format: Format, text: &str, beside: Beside, expected: &[Advice]) {
        let today = Date::new(2026, 11, 25).ok();
        assert_eq!(advise(format, text, today, beside), expected, "{text}");
    }

    #[test]
    fn a_name_is_offered_with_capitals_and_marks_and_never_where_it_is_well_written() {
        let nothing = Beside::default();
        check(Format::FullName, "nguyễn văn an", nothing, &[Advice::Offer("Nguyễn Văn An".into())]);
        check(Format::FullName, "Nguyễn Văn An", nothing, &[]);
        check(Format::FullName, "Y Bhăm Niê", nothing, &[]);
        check(Format::FullName, "John Smith", nothing, &[]);
        check(Format::FullName, "", nothing, &[]);
    }

    #[test]
    fn an_identity_number_is_compared_with_what_stands_beside_it() {
        let beside = Beside { sex: Some(Sex::Male), born: written_date("12/03/1998") };
        check(
            Format::CitizenId,
            "092190001234",
            beside,
            &[
                Advice::Ask(CitizenIdWarning::SexDiffers { number: Sex::Female, written: Sex::Male }),
                Advice::Ask(CitizenIdWarning::BirthYearDiffers { number: 1990, written: 1998 }),
            ],
        );
        let agrees = Beside { sex: Some(Sex::Female), born: written_date("00/00/1990") };
        check(Format::CitizenId, "092190001234", agrees, &[]);
        check(Format::CitizenId, "0921", agrees, &[]);
    }

    #[test]
    fn the_neighbour_of_a_number_is_of_the_same_person() {
        let of = |path: &str, what: &str| {
            neighbour(&DataPath::parse(path).expect("a path"), what).map(|it| it.as_str().to_owned())
        };
        assert_eq!(of("citizenId", "BirthDate").as_deref(), Some("birthDate"));
        assert_eq!(of("wife.citizenId", "Sex").as_deref(), Some("wife.sex"));
        assert_eq!(of("rows[2].motherCitizenId", "BirthDate").as_deref(), Some("rows[2].motherBirthDate"));
        assert_eq!(of("taxCode", "Sex"), None);
    }
}
