//! Text of a definition to read, without any HTML left: closed blocks and inlines.

use crate::path::DataPath;

/// Text in blocks. Only a few tags are known; everything else is text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText {
    /// In order.
    pub blocks: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading of level 2 to 5.
    Heading(u8, Vec<Inline>),
    /// A list of items.
    List {
        /// Numbered rather than dotted.
        numbered: bool,
        /// In order.
        items: Vec<Vec<Inline>>,
    },
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// The line ends here.
    Break,
    /// Strong.
    Strong(Vec<Inline>),
    /// Emphasised.
    Emphasis(Vec<Inline>),
    /// Underlined.
    Underline(Vec<Inline>),
    /// A link.
    Link(Link, Vec<Inline>),
    /// An answer, shown as text: `{{ data.name }}`. What formio.js works out there beyond paths is left out.
    Answer {
        /// Where it lies; the first that is not blank is shown (`{{ data.a || row.b }}`).
        places: Vec<AnswerPlace>,
        /// What is shown where all are blank (`{{ data.a || '-' }}`).
        otherwise: String,
    },
}

/// Where an answer lies that a text shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerPlace {
    /// Counted from the row or container around, not from the top of the data?
    pub in_row: bool,
    /// From there.
    pub path: DataPath,
}

/// Reads what stands between `{{` and `}}`.
fn answer(inside: &str) -> Inline {
    let (mut places, mut otherwise) = (Vec::new(), String::new());
    for part in inside.split("||").map(str::trim) {
        let path = part.replace("?.", ".");
        match path.split_once('.') {
            Some((root @ ("data" | "row"), path))
                if !path.contains(|it: char| it.is_whitespace() || "()'\"?".contains(it)) =>
            {
                places.extend(DataPath::parse(path).ok().map(|path| AnswerPlace { in_row: root == "row", path }));
            }
            _ => {
                let text = ['\'', '"'].iter().find_map(|quote| part.strip_prefix(*quote)?.strip_suffix(*quote));
                if let Some(text) = text.filter(|text| otherwise.is_empty() && !text.contains(['\'', '"'])) {
                    text.clone_into(&mut otherwise);
                }
            }
        }
    }
    Inline::Answer { places, otherwise }
}

/// Where a link leads: `https:`, `mailto:` or `tel:`, nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// Reads an address; `None` for any other scheme and for addresses with blanks or control characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let known = ["https://", "mailto:", "tel:"].iter().any(|scheme| {
            text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                && text.len() > scheme.len()
        });
        (known && !text.chars().any(|it| it.is_whitespace() || it.is_control())).then(|| Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The most tags open at once; further ones are read as if they were not there.
const MAX_OPEN: usize = 16;

/// The most tags that are named to the people who write a definition.
const MAX_NAMED: usize = 20;

#[derive(Clone, Debug, PartialEq)]
enum Tag {
    Strong,
    Emphasis,
    Underline,
    Link(Option<Link>),
}

impl RichText {
    /// Reads the HTML of a definition. Never fails: a tag that is not known is left out, its text stays.
    #[must_use]
    pub fn parse(html: &str) -> Self {
        let mut reader = Reader::default();
        let mut rest = html;
        while !rest.is_empty() {
            let Some(at) = rest.find('<') else {
                reader.text(rest);
                break;
            };
            reader.text(&rest[..at]);
            rest = &rest[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let is_tag = rest[1..].starts_with(|it: char| it.is_ascii_alphabetic() || it == '/' || it == '!');
            let Some(end) = tag_end(rest).filter(|_| is_tag) else {
                reader.text("<");
                rest = &rest[1..];
                continue;
            };
            let (name, closing) = tag_name(&rest[1..end]);
            reader.tag(&name, closing, &rest[1..end]);
            rest = &rest[end + 1..];
            if !closing && (name == "script" || name == "style") {
                // Their inside is no text for people.
                rest = after_closing(rest, &name);
            }
        }
        reader.end_block();
        reader.end_list();
        Self { blocks: reader.blocks }
    }

    /// The text alone, blocks on lines of their own.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut text = String::new();
        for block in &self.blocks {
            if !text.is_empty() {
                text.push('\n');
            }
            match block {
                Block::Paragraph(inlines) | Block::Heading(_, inlines) => plain_inlines(inlines, &mut text),
                Block::List { items, .. } => {
                    for (at, item) in items.iter().enumerate() {
                        if at > 0 {
                            text.push('\n');
                        }
                        plain_inlines(item, &mut text);
                    }
                }
            }
        }
        text
    }
}

/// The tags of a text that [`RichText`] leaves out, the first twenty, each once, in order; for the people who write definitions.
pub(crate) fn dropped_tags(html: &str) -> Vec<String> {
    const KEPT: &[&str] = &[
        "p", "br", "strong", "b", "em", "i", "u", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "a", "div",
        "span",
    ];
    let mut dropped: Vec<String> = Vec::new();
    let mut rest = html;
    while dropped.len() < MAX_NAMED
        && let Some(at) = rest.find('<')
    {
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|it: char| it.is_ascii_alphabetic() || it == '/');
        let Some(end) = tag_end(rest).filter(|_| is_tag) else {
            rest = &rest[1..];
            continue;
        };
        let (name, closing) = tag_name(&rest[1..end]);
        let unsafe_link = name == "a" && !closing && href(&rest[1..end]).and_then(|href| Link::parse(&href)).is_none();
        if (unsafe_link || !KEPT.contains(&name.as_str())) && !dropped.contains(&name) {
            dropped.push(name);
        }
        rest = &rest[end + 1..];
    }
    dropped
}

fn plain_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(piece) => text.push_str(piece),
            Inline::Break => text.push('\n'),
            Inline::Answer { .. } => {}
            Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Underline(inside) | Inline::Link(_, inside) => {
                plain_inlines(inside, text);
            }
        }
    }
}

/// What follows `</name`, whatever its case; nothing if it is never closed.
fn after_closing<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at..];
        if rest.get(2..2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return rest;
        }
        rest = &rest[2..];
    }
    ""
}

/// The `>` that ends the tag at the start of `text`, minding quotes. A second `<` before it, and the first was text: so reading takes
/// no longer than the text is.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (_, b'<') if at > 0 => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

fn tag_name(inside: &str) -> (String, bool) {
    let (closing, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let end = inside.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(inside.len());
    (inside[..end].to_ascii_lowercase(), closing)
}

/// The value of `href` in the inside of a tag.
fn href(inside: &str) -> Option<String> {
    let lower = inside.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower[from..].find("href")?;
        from = at + 4;
        let before = lower[..at].chars().next_back();
        if !before.is_some_and(|it| it.is_whitespace() || it == '"' || it == '\'') {
            continue;
        }
        let rest = inside[from..].trim_start();
        let Some(rest) = rest.strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        let value = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => rest[1..].split(quote).next().unwrap_or_default(),
            _ => rest.split(char::is_whitespace).next().unwrap_or_default(),
        };
        return Some(unescape(value).trim().to_owned());
    }
}

/// Reads the character references of HTML that definitions use.
fn unescape(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        result.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().skip(1).take(11).position(|byte| byte == b';');
        let reference = end.map(|end| &rest[1..=end]);
        let character = reference.and_then(|name| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => {
                let digits = name.strip_prefix('#')?;
                let number = match digits.strip_prefix(['x', 'X']) {
                    Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                    None => digits.parse().ok()?,
                };
                char::from_u32(number).filter(|it| !it.is_control())
            }
        });
        if let (Some(character), Some(name)) = (character, reference) {
            result.push(character);
            rest = &rest[name.len() + 2..];
        } else {
            result.push('&');
            rest = &rest[1..];
        }
    }
    result.push_str(rest);
    result
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    heading: Option<u8>,
    list: Option<(bool, Vec<Vec<Inline>>)>,
    /// The inlines of each open tag, outermost first; the first are the block's own.
    open: Vec<(Option<Tag>, Vec<Inline>)>,
}

impl Reader {
    fn push(&mut self, inline: Inline) {
        match self.open.last_mut() {
            Some((_, inlines)) => inlines.push(inline),
            None => self.open.push((None, vec![inline])),
        }
    }

    fn text(&mut self, text: &str) {
        let mut folded = String::with_capacity(text.len());
        for character in unescape(text).chars() {
            // A non-breaking blank stays.
            if character.is_ascii_whitespace() {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            } else {
                folded.push(character);
            }
        }
        let at_start = self.open.iter().all(|(_, inlines)| inlines.is_empty());
        let mut text = if at_start { folded.trim_start_matches(' ') } else { &folded };
        while let Some((before, after)) = text.split_once("{{") {
            let Some((inside, after)) = after.split_once("}}") else { break };
            if !before.is_empty() {
                self.push(Inline::Text(before.to_owned()));
            }
            self.push(answer(inside));
            text = after;
        }
        if !text.is_empty() {
            self.push(Inline::Text(text.to_owned()));
        }
    }

    fn tag(&mut self, name: &str, closing: bool, inside: &str) {
        match name {
            "br" => self.push(Inline::Break),
            "p" | "div" | "li" => self.end_block(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_block();
                let level = name.as_bytes().get(1).map_or(2, |digit| digit - b'0').clamp(2, 5);
                self.heading = (!closing).then_some(level);
            }
            "ul" | "ol" => {
                self.end_block();
                self.end_list();
                if !closing {
                    self.list = Some((name == "ol", Vec::new()));
                }
            }
            "strong" | "b" => self.inline(Tag::Strong, closing),
            "em" | "i" => self.inline(Tag::Emphasis, closing),
            "u" => self.inline(Tag::Underline, closing),
            "a" => self.inline(Tag::Link(href(inside).as_deref().and_then(Link::parse)), closing),
            _ => {}
        }
    }

    fn inline(&mut self, tag: Tag, closing: bool) {
        if !closing {
            if self.open.is_empty() {
                self.open.push((None, Vec::new()));
            }
            if self.open.len() < MAX_OPEN {
                self.open.push((Some(tag), Vec::new()));
            }
            return;
        }
        let same = |open: &Option<Tag>| {
            matches!((open, &tag), (Some(Tag::Link(_)), Tag::Link(_))) || open.as_ref() == Some(&tag)
        };
        if let Some(at) = self.open.iter().rposition(|(open, _)| same(open)) {
            while self.open.len() > at {
                self.close_one();
            }
        }
    }

    fn close_one(&mut self) {
        let Some((Some(tag), inlines)) = self.open.pop() else {
            return;
        };
        if inlines.is_empty() {
            return;
        }
        match tag {
            Tag::Strong => self.push(Inline::Strong(inlines)),
            Tag::Emphasis => self.push(Inline::Emphasis(inlines)),
            Tag::Underline => self.push(Inline::Underline(inlines)),
            Tag::Link(Some(link)) => self.push(Inline::Link(link, inlines)),
            Tag::Link(None) => inlines.into_iter().for_each(|inline| self.push(inline)),
        }
    }

    fn end_block(&mut self) {
        while self.open.last().is_some_and(|(tag, _)| tag.is_some()) {
            self.close_one();
        }
        let Some((_, mut inlines)) = self.open.pop() else {
            return;
        };
        if let Some(Inline::Text(text)) = inlines.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
        }
        inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
        if inlines.is_empty() {
            return;
        }
        match (&mut self.list, self.heading.take()) {
            (Some((_, items)), _) => items.push(inlines),
            (None, Some(level)) => self.blocks.push(Block::Heading(level, inlines)),
            (None, None) => self.blocks.push(Block::Paragraph(inlines)),
        }
    }

    fn end_list(&mut self) {
        if let Some((numbered, items)) = self.list.take()
            && !items.is_empty()
        {
            self.blocks.push(Block::List { numbered, items });
        }
    }
}
