//! Text of a definition, drawn as nodes: no HTML of a definition ever reaches the page.

use forms::{Block, Inline, RichText};
use leptos::prelude::*;

/// Draws a text.
pub(super) fn view(text: &RichText, language: Option<&'static str>) -> AnyView {
    let blocks = text.blocks.iter().map(block).collect::<Vec<_>>();
    view! { <div class="prose" lang=language>{blocks}</div> }.into_any()
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Paragraph(line) => view! { <p>{inlines(line)}</p> }.into_any(),
        // The page has the `h1` and a step no sections of its own: headings of a text start at `h2`.
        Block::Heading(2, line) => view! { <h2>{inlines(line)}</h2> }.into_any(),
        Block::Heading(_, line) => view! { <h3>{inlines(line)}</h3> }.into_any(),
        Block::List { numbered, items } => {
            let rows = items.iter().map(|it| view! { <li>{inlines(it)}</li> }).collect::<Vec<_>>();
            if *numbered { view! { <ol>{rows}</ol> }.into_any() } else { view! { <ul>{rows}</ul> }.into_any() }
        }
    }
}

fn inlines(line: &[Inline]) -> AnyView {
    line.iter().map(inline).collect::<Vec<_>>().into_any()
}

fn inline(piece: &Inline) -> AnyView {
    match piece {
        Inline::Text(text) => text.clone().into_any(),
        Inline::Break => view! { <br /> }.into_any(),
        Inline::Strong(line) => view! { <strong>{inlines(line)}</strong> }.into_any(),
        Inline::Emphasis(line) => view! { <em>{inlines(line)}</em> }.into_any(),
        Inline::Underline(line) => view! { <u>{inlines(line)}</u> }.into_any(),
        Inline::Link(link, line) => {
            view! { <a href=link.as_str().to_owned() target="_blank" rel="noopener noreferrer">{inlines(line)}</a> }
                .into_any()
        }
    }
}
