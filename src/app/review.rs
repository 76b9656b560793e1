//! The answers as they are read: by the citizen who checks them, in the card of a row, on paper.

use crate::session::FormSession;
use crate::words::{errand, money, put};
use forms::{Component, DataPath, Display, Kind, display, number_to_text};
use leptos::prelude::*;

/// What was asked, and what was answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// The number of the field on the template, if the definition names it.
    pub(crate) number: Option<String>,
    /// What was asked.
    pub(crate) label: String,
    /// What was answered.
    pub(crate) answer: Answered,
}

/// An answer as it is read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Answered {
    /// In words; lines are lines.
    Text(String),
    /// A signature, as the `data:` address of a PNG.
    Picture(String),
}

impl Line {
    /// A line of words.
    pub(crate) fn text(label: impl Into<String>, answer: impl Into<String>) -> Self {
        Self { number: None, label: label.into(), answer: Answered::Text(answer.into()) }
    }
}

/// The lines of the components that are on screen, those inside others too.
pub(crate) fn lines(session: FormSession, components: &[Component], parent: Option<&DataPath>) -> Vec<Line> {
    let mut found = Vec::new();
    collect(session, components, parent, &mut found);
    found
}

fn collect(session: FormSession, components: &[Component], parent: Option<&DataPath>, lines: &mut Vec<Line>) {
    for component in components {
        let path = DataPath::of(parent, &component.key);
        if !session.with_outcome(|it| it.is_visible(&path)) {
            continue;
        }
        match &component.kind {
            Kind::Fieldset { components } | Kind::Well { components } => collect(session, components, parent, lines),
            Kind::Columns { columns: groups } | Kind::Table { cells: groups, .. } | Kind::Tabs { tabs: groups } => {
                for group in groups {
                    collect(session, &group.components, parent, lines);
                }
            }
            Kind::Container { components } => collect(session, components, Some(&path), lines),
            Kind::DataGrid { components, .. } | Kind::EditGrid { components, .. } => {
                for row in 0..session.with_answers(|it| it.rows(&path)) {
                    collect(session, components, Some(&path.row(row)), lines);
                }
            }
            Kind::Content { .. } | Kind::Hidden | Kind::Button | Kind::File { .. } => {}
            _ => {
                let worked_out = session.with_outcome(|it| it.calculated(&path).cloned());
                let given = || session.with_answers(|it| it.get(&path).cloned());
                let value = worked_out.or_else(given).unwrap_or_default();
                // What logic changed is what was asked.
                let changed = session.changed(&path, component);
                let component = changed.as_ref().unwrap_or(component);
                lines.push(Line {
                    number: component.properties.number.clone(),
                    label: component.label.clone(),
                    answer: answered(&display(component, &value)),
                });
            }
        }
    }
}

/// An answer as it is read.
fn answered(display: &Display) -> Answered {
    Answered::Text(match display {
        Display::Signature(picture) => return Answered::Picture(picture.clone()),
        Display::Blank | Display::Group => errand().check_blank().to_owned(),
        Display::Text(text) | Display::DateTime(text) => text.clone(),
        Display::Texts(list) | Display::Choices(list) | Display::Files(list) => list.join("\n"),
        Display::Date { day, month, year } => format!("{day:02}/{month:02}/{year}"),
        Display::MonthAndYear { month, year } => format!("{month:02}/{year}"),
        Display::YearOnly(year) => year.to_string(),
        Display::Number(number) => number_to_text(*number).replace('.', ","),
        Display::Money(amount, currency) if currency == "VND" && *amount >= 0.0 => {
            // Amounts are far below 2^53: nothing is cut off that was written.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            money(*amount as u64)
        }
        Display::Money(amount, currency) => [&number_to_text(*amount).replace('.', ","), " ", currency].concat(),
        Display::Yes => errand().yes().to_owned(),
        Display::No => errand().no().to_owned(),
        Display::Address { street, ward, province, former } => {
            let present = [street, ward, province].into_iter().filter(|it| !it.is_empty()).cloned().collect::<Vec<_>>();
            let mut text = present.join(", ");
            if let Some(former) = former {
                text.push('\n');
                text.push_str(&put(errand().address_former(), &[former]));
            }
            if text.is_empty() { errand().check_blank().to_owned() } else { text }
        }
        Display::Rows(count) => count.to_string(),
        Display::Pairs(pairs) => {
            pairs.iter().map(|(asked, chosen)| [asked, ": ", chosen].concat()).collect::<Vec<_>>().join("\n")
        }
    })
}

/// Draws lines as a list of questions and answers.
pub(crate) fn answer_list(lines: Vec<Line>) -> AnyView {
    let rows = lines
        .into_iter()
        .map(|Line { number, label, answer }| {
            let answer = match answer {
                Answered::Text(text) => text.into_any(),
                Answered::Picture(address) => {
                    view! { <img class="signature__picture" src=address alt=errand().signature_given() /> }.into_any()
                }
            };
            view! {
                <div class="answer">
                    <dt class="answer__label" lang="vi">{number.map(|it| [it.as_str(), ". "].concat())}{label}</dt>
                    <dd class="answer__value">{answer}</dd>
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! { <dl class="answers">{rows}</dl> }.into_any()
}
