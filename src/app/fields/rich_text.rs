//! Text of a definition, drawn as nodes: no HTML of a definition ever reaches the page.

use crate::session::FormSession;
use forms::{Block, DataPath, Inline, RichText};
use leptos::prelude::*;

/// Where the answers of a text lie: of what form, in what row or container.
#[derive(Clone, Copy)]
struct Around<'a> {
    session: FormSession,
    row: Option<&'a DataPath>,
}

/// Draws a text.
#[inline(never)]
pub(super) fn view(
    text: &RichText,
    language: Option<&'static str>,
    session: FormSession,
    row: Option<&DataPath>,
) -> AnyView {
    let around = Around { session, row };
    let blocks = text.blocks.iter().map(|it| block(it, around)).collect::<Vec<_>>();
    view! { <div class="prose" lang=language>{blocks}</div> }.into_any()
}

fn block(block: &Block, around: Around<'_>) -> AnyView {
    match block {
        Block::Paragraph(line) => view! { <p>{inlines(line, around)}</p> }.into_any(),
        // The page has the `h1` and a step no sections of its own: headings of a text start at `h2`.
        Block::Heading(2, line) => view! { <h2>{inlines(line, around)}</h2> }.into_any(),
        Block::Heading(_, line) => view! { <h3>{inlines(line, around)}</h3> }.into_any(),
        Block::List { numbered, items } => {
            let rows = items.iter().map(|it| view! { <li>{inlines(it, around)}</li> }).collect::<Vec<_>>();
            if *numbered { view! { <ol>{rows}</ol> }.into_any() } else { view! { <ul>{rows}</ul> }.into_any() }
        }
    }
}

fn inlines(line: &[Inline], around: Around<'_>) -> AnyView {
    line.iter().map(|it| inline(it, around)).collect::<Vec<_>>().into_any()
}

fn inline(piece: &Inline, around: Around<'_>) -> AnyView {
    match piece {
        Inline::Text(text) => text.clone().into_any(),
        Inline::Break => view! { <br /> }.into_any(),
        Inline::Strong(line) => view! { <strong>{inlines(line, around)}</strong> }.into_any(),
        Inline::Emphasis(line) => view! { <em>{inlines(line, around)}</em> }.into_any(),
        Inline::Underline(line) => view! { <u>{inlines(line, around)}</u> }.into_any(),
        Inline::Answer { places, otherwise } => {
            let answers = places.iter().map(|it| {
                let row = around.row.filter(|_| it.in_row);
                around.session.text(DataPath::of(row, it.path.as_str()))
            });
            let (answers, otherwise) = (answers.collect::<Vec<_>>(), otherwise.clone());
            // As text: no answer becomes a tag.
            let shown = move || answers.iter().map(|it| it.get()).find(|it| !it.is_empty());
            (move || shown().unwrap_or_else(|| otherwise.clone())).into_any()
        }
        Inline::Link(link, line) => {
            view! { <a href=link.as_str().to_owned() target="_blank" rel="noopener noreferrer">{inlines(line, around)}</a> }
                .into_any()
        }
    }
}
