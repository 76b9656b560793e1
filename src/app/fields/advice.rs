//! What is said beside a field once it is left: an offer to write it otherwise, how it was understood, what does not agree.
//! Nothing here blocks, and nothing is changed unless the person asks for it.

use crate::browser::clock;
use crate::components::{Icon, Tone, icon, notice};
use crate::fields::Field;
use crate::words::{errand, put};
use forms::{DataPath, Format};
use leptos::prelude::*;
use serde_json::Value;
use std::time::Duration;
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

/// A field is left as soon as a button is pressed: what is said then must not move the button away before it is let go.
const AFTER_LEAVING: Duration = Duration::from_millis(250);

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
    // The answers it is compared with, in its own row.
    let named = &field.component.properties.beside;
    let text = |named: &Option<DataPath>| named.as_ref().map(|named| session.text(path.beside(named)));
    let (sex, born) = (text(&named.sex), text(&named.birth_date));
    let beside = Signal::derive(move || Beside {
        sex: sex.and_then(|it| it.with(|it| written_sex(it))),
        born: born.and_then(|it| it.with(|it| written_date(it))),
    });
    let take = Callback::new(move |text: String| session.answer(&path, Value::String(text)));
    advised(format, value, beside, take, input)
}

/// The same for a text that is part of an answer and names a place; `take` writes it.
pub(super) fn of_place(value: Signal<String>, take: Callback<String>, input: AnyView) -> AnyView {
    advised(Format::Place, value, Signal::derive(Beside::default), take, input)
}

fn advised(
    format: Format,
    value: Signal<String>,
    beside: Signal<Beside>,
    take: Callback<String>,
    input: AnyView,
) -> AnyView {
    let settled = RwSignal::new(value.get_untracked());
    let said = Memo::new(move |_| {
        let text = value.get();
        let left = settled.with(|it| *it == text);
        let mut said = advise(format, &text, today(), beside.get());
        // How it is understood is said while it is typed; the rest would be in the way.
        said.retain(|it| left || matches!(it, Advice::Echo(_)));
        said
    });
    let leave = move |_| {
        let text = value.get_untracked();
        set_timeout(
            move || {
                settled.try_set(text);
            },
            AFTER_LEAVING,
        );
    };
    let lines = move || {
        said.get()
            .into_iter()
            .map(|advice| match advice {
                Advice::Offer(text) => {
                    let offered = text.clone();
                    let take = move |_| {
                        settled.set(offered.clone());
                        take.run(offered.clone());
                    };
                    view! {
                        <button type="button" class="link-button" on:click=take>
                            {icon(Icon::Change)}{put(errand().offer_use(), &[&text])}
                        </button>
                    }
                    .into_any()
                }
                Advice::Echo(text) => {
                    view! { <p class="field__source">{put(errand().echo(), &[&text])}</p> }.into_any()
                }
                Advice::Ask(warning) => notice(Tone::Warning, sentence(warning)),
            })
            .collect::<Vec<_>>()
    };
    view! {
        <div on:focusout=leave>{input}</div>
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
    match format {
        Format::FullName => {
            let marked = keyboard::offer_name(text);
            let base = marked.clone().unwrap_or_else(|| text.to_owned());
            let titled = FullName::parse(&base).ok().and_then(|it| it.title_case()).map(|it| it.as_str().to_owned());
            said.extend(titled.or(marked).map(Advice::Offer));
        }
        Format::Place => said.extend(keyboard::offer_place(text).map(Advice::Offer)),
        Format::CitizenId => {
            if let Ok(id) = CitizenId::parse(text) {
                said.extend(id.warnings(beside.sex, beside.born).into_iter().map(Advice::Ask));
            }
        }
        Format::Money => said.extend(Amount::parse(text).ok().map(|it| Advice::Echo(it.shown()))),
        Format::Date => {
            let read = today.and_then(|today| DateOrYear::parse_past(text, today).ok());
            said.extend(read.map(|it| Advice::Echo(it.in_words())));
        }
        // There is nothing to say of a number that is well written.
        Format::OldId
        | Format::Passport
        | Format::Phone
        | Format::TaxCode
        | Format::SocialInsurance
        | Format::HealthInsurance
        | Format::HouseholdBusiness
        | Format::HouseholdBook
        | Format::LandNumber => {}
    }
    said
}

/// The sex as definitions keep it.
fn written_sex(text: &str) -> Option<Sex> {
    match text {
        "male" => Some(Sex::Male),
        "female" => Some(Sex::Female),
        _ => None,
    }
}

/// A date as a `day` keeps it (`DD/MM/YYYY`, unknown parts zeros) or as a text has it.
fn written_date(text: &str) -> Option<DateOrYear> {
    let year_alone = text.strip_prefix("00/00/").unwrap_or(text);
    DateOrYear::parse(year_alone).ok()
}

fn sentence(warning: CitizenIdWarning) -> String {
    let of = |sex: Sex| match sex {
        Sex::Male => errand().male(),
        Sex::Female => errand().female(),
    };
    match warning {
        CitizenIdWarning::UnknownPrefix(prefix) => {
            let digits = prefix.to_string();
            let padded = ["000".get(digits.len()..).unwrap_or_default(), digits.as_str()].concat();
            put(errand().id_prefix(), &[&padded])
        }
        CitizenIdWarning::SexDiffers { number, .. } => put(errand().id_sex(), &[of(number)]),
        CitizenIdWarning::BirthYearDiffers { number, written } => {
            put(errand().id_year(), &[&number.to_string(), &written.to_string()])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Advice, Beside, advise, written_date};
    use forms::Format;
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
    fn an_amount_and_a_date_are_said_as_they_were_understood() {
        let nothing = Beside::default();
        check(Format::Money, "50000000", nothing, &[Advice::Echo("50.000.000 đồng".into())]);
        check(Format::Date, "1/7/25", nothing, &[Advice::Echo("ngày 1 tháng 7 năm 2025".into())]);
        check(Format::Date, "1/7", nothing, &[]);
    }

    #[test]
    fn a_place_is_offered_with_the_marks_its_keys_make() {
        check(
            Format::Place,
            "aaps 3, xax Hoar Tieens",
            Beside::default(),
            &[Advice::Offer("ấp 3, xã Hỏa Tiến".into())],
        );
        check(Format::Place, "ấp 3, xã Hỏa Tiến", Beside::default(), &[]);
    }
}
