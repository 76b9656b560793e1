//! The syntax of ECMAScript patterns: from the text of one to its tree.
//!
//! Source: ECMA-262, 22.2.1 and annex B.1.2, without the flag `u`. What is written against the rules is left to the engine.

use std::collections::BinaryHeap;
use vietnam::case;

/// The deepest groups.
const MAX_DEPTH: usize = 30;

/// Inclusive ranges of UTF-16 units, which is what a pattern without the flag `u` sees.
pub(crate) type Ranges = Vec<(u16, u16)>;

const DIGITS: [(u16, u16); 1] = [(0x30, 0x39)];
const WORD: [(u16, u16); 4] = [(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
const SPACES: [(u16, u16); 10] = [
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];
const LINE_ENDS: [(u16, u16); 3] = [(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];

pub(crate) enum Node {
    Unit(Ranges),
    Place(Place),
    Each(Vec<Node>),
    Either(Vec<Node>),
    Repeat {
        body: Box<Node>,
        least: u32,
        most: Option<u32>,
        lazy: bool,
    },
    /// A group that is kept, by its number from 1.
    Group(usize, Box<Node>),
    /// What must come next, or must not; or before, if it looks behind.
    Look {
        negative: bool,
        behind: bool,
        body: Box<Node>,
    },
    /// What a group took, by its number; 0 for one that is named.
    Back(usize),
}

/// A pattern that was read.
pub(crate) struct Syntax {
    pub(crate) tree: Node,
    /// How many groups are kept.
    pub(crate) groups: usize,
    /// Has one of them a name?
    pub(crate) is_named: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Start,
    End,
    /// At the edge of a word, or not.
    Edge(bool),
}

pub(crate) struct Parser {
    units: Vec<u16>,
    at: usize,
    depth: usize,
    groups: usize,
    /// The names of groups.
    names: Vec<Vec<u16>>,
    /// The names that are asked about (`\k<name>`).
    asked: Vec<Vec<u16>>,
    /// Are capital and small letters the same (`i`)?
    folds: bool,
    /// Does a dot take the end of a line (`s`)?
    dot_takes_all: bool,
}

impl Parser {
    /// Reads a pattern. `None` for what is not known here.
    pub(crate) fn parse(pattern: &str, folds: bool, dot_takes_all: bool) -> Option<Syntax> {
        let units = pattern.encode_utf16().collect();
        let (names, asked) = (Vec::new(), Vec::new());
        let mut parser = Self { units, at: 0, depth: 0, groups: 0, names, asked, folds, dot_takes_all };
        let tree = parser.either()?;
        let whole = parser.at == parser.units.len() && parser.asked.iter().all(|name| parser.names.contains(name));
        whole.then_some(Syntax { tree, groups: parser.groups, is_named: !parser.names.is_empty() })
    }

    /// The next unit, where it is ASCII: all syntax is.
    fn peek(&self) -> Option<char> {
        let unit = *self.units.get(self.at)?;
        u8::try_from(unit).ok().filter(u8::is_ascii).map(char::from)
    }

    fn next(&mut self) -> Option<u16> {
        let unit = *self.units.get(self.at)?;
        self.at += 1;
        Some(unit)
    }

    fn takes(&mut self, letter: char) -> bool {
        let here = self.peek() == Some(letter);
        self.at += usize::from(here);
        here
    }

    fn either(&mut self) -> Option<Node> {
        let mut ways = vec![self.each()?];
        while self.takes('|') {
            ways.push(self.each()?);
        }
        Some(Node::Either(ways))
    }

    fn each(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        while self.at < self.units.len() && !matches!(self.peek(), Some('|' | ')')) {
            let letter = self.peek();
            let unit = self.next()?;
            let part = match letter {
                Some('^') => Node::Place(Place::Start),
                Some('$') => Node::Place(Place::End),
                Some('.') => Node::Unit(if self.dot_takes_all { all_but(&[]) } else { all_but(&LINE_ENDS) }),
                Some('[') => Node::Unit(self.class()?),
                Some('(') => self.group()?,
                Some('\\') => self.escape()?,
                // A quantifier of nothing, or a brace that may be one: the engine knows.
                Some('*' | '+' | '?' | '{') => return None,
                _ => Node::Unit(self.folded(vec![(unit, unit)])),
            };
            let before = self.at;
            let (least, most) = self.times()?;
            if self.at == before {
                parts.push(part);
                continue;
            }
            if matches!(part, Node::Place(_) | Node::Look { .. }) {
                return None;
            }
            let lazy = self.takes('?');
            parts.push(Node::Repeat { body: Box::new(part), least, most, lazy });
        }
        Some(Node::Each(parts))
    }

    fn group(&mut self) -> Option<Node> {
        let (mut number, mut looks) = (None, None);
        let asks = self.takes('?');
        let pointed = asks && self.takes('<');
        if asks && self.takes('=') {
            looks = Some(false);
        } else if asks && self.takes('!') {
            looks = Some(true);
        } else if pointed || !asks {
            if pointed {
                let name = self.name().filter(|name| !self.names.contains(name))?;
                self.names.push(name);
            }
            self.groups += 1;
            number = Some(self.groups);
        } else if !self.takes(':') {
            return None;
        }
        self.depth += 1;
        let inside = if self.depth > MAX_DEPTH { None } else { self.either() }?;
        self.depth -= 1;
        self.takes(')').then(|| match (number, looks) {
            (Some(number), _) => Node::Group(number, Box::new(inside)),
            (None, Some(negative)) => Node::Look { negative, behind: pointed, body: Box::new(inside) },
            (None, None) => inside,
        })
    }

    /// The name of a group, up to its `>`.
    fn name(&mut self) -> Option<Vec<u16>> {
        let mut name = Vec::new();
        while !self.takes('>') {
            let letter = self.peek();
            let unit = self.next()?;
            let fits = letter.is_none_or(|it| {
                it.is_ascii_alphabetic() || matches!(it, '_' | '$') || !name.is_empty() && it.is_ascii_digit()
            });
            if !fits {
                return None;
            }
            name.push(unit);
        }
        Some(name).filter(|it| !it.is_empty())
    }

    /// How often what stands before is taken: once, where nothing is said.
    fn times(&mut self) -> Option<(u32, Option<u32>)> {
        let found = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.at += 1;
                let least = self.number()?;
                let most = match (self.takes(','), self.peek()) {
                    (true, Some('}')) => None,
                    (true, _) => Some(self.number()?),
                    (false, _) => Some(least),
                };
                return (self.takes('}') && most.is_none_or(|it| it >= least)).then_some((least, most));
            }
            _ => return Some((1, Some(1))),
        };
        self.at += 1;
        Some(found)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|it| it.to_digit(10)) {
            number = Some(number.unwrap_or(0_u32).checked_mul(10)?.checked_add(digit)?);
            self.at += 1;
        }
        number
    }

    fn escape(&mut self) -> Option<Node> {
        Some(match self.peek() {
            Some('b') => self.place(Place::Edge(true)),
            Some('B') => self.place(Place::Edge(false)),
            Some('1'..='9') => Node::Back(self.number()? as usize),
            Some('k') => {
                self.at += 1;
                if !self.takes('<') {
                    return None;
                }
                let name = self.name()?;
                self.asked.push(name);
                Node::Back(0)
            }
            _ => {
                let ranges = self.escaped()?;
                Node::Unit(self.folded(ranges))
            }
        })
    }

    fn place(&mut self, place: Place) -> Node {
        self.at += 1;
        Node::Place(place)
    }

    /// What comes after a backslash.
    fn escaped(&mut self) -> Option<Ranges> {
        let letter = self.peek();
        let unit = self.next()?;
        let unit = match letter {
            Some('d') => return Some(DIGITS.to_vec()),
            Some('D') => return Some(all_but(&DIGITS)),
            Some('w') => return Some(WORD.to_vec()),
            Some('W') => return Some(all_but(&WORD)),
            Some('s') => return Some(SPACES.to_vec()),
            Some('S') => return Some(all_but(&SPACES)),
            Some('n') => 0x0a,
            Some('r') => 0x0d,
            Some('t') => 0x09,
            Some('f') => 0x0c,
            Some('v') => 0x0b,
            Some('x') => self.hexadecimal(2)?,
            Some('u') => self.hexadecimal(4)?,
            Some('c' | 'k' | '0'..='9') => return None,
            _ => unit,
        };
        Some(vec![(unit, unit)])
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u16> {
        let mut code = 0;
        for _ in 0..digits {
            code = code * 16 + self.peek()?.to_digit(16)?;
            self.at += 1;
        }
        u16::try_from(code).ok()
    }

    fn class(&mut self) -> Option<Ranges> {
        let negated = self.takes('^');
        let mut ranges = Ranges::new();
        while !self.takes(']') {
            let first = self.class_atom()?;
            if self.peek() == Some('-') && self.units.get(self.at + 1).is_some_and(|it| *it != u16::from(b']')) {
                self.at += 1;
                let last = self.class_atom()?;
                match (first.as_slice(), last.as_slice()) {
                    (&[(low, only)], &[(high, end)]) if low == only && high == end => {
                        if low > high {
                            return None;
                        }
                        ranges.push((low, high));
                    }
                    // A range between sets is three things of its own.
                    _ => {
                        ranges.extend(first);
                        ranges.push((0x2d, 0x2d));
                        ranges.extend(last);
                    }
                }
            } else {
                ranges.extend(first);
            }
        }
        let ranges = self.folded(ranges);
        Some(if negated { all_but(&ranges) } else { ranges })
    }

    /// With the other letters that count as the same.
    fn folded(&self, mut ranges: Ranges) -> Ranges {
        if self.folds {
            for at in 0..ranges.len() {
                let (low, high) = ranges[at];
                let letters = || (low..=high).filter_map(|unit| char::from_u32(unit.into()));
                // All of them at once, each in a line: of a line, neither capital nor small letter depends on others.
                let lines: String = letters().filter(|it| *it != '\n').flat_map(|it| [it, '\n']).collect();
                let (upper, lower) = (case::upper(&lines), case::lower(&lines));
                let folded = upper.split('\n').zip(lower.split('\n'));
                for (letter, (upper, lower)) in letters().filter(|it| *it != '\n').zip(folded) {
                    let (mut upper, mut lower) = (upper.chars(), lower.chars());
                    for other in [upper.next().filter(|_| upper.next().is_none()), lower.next()].into_iter().flatten() {
                        if let Ok(unit) = u16::try_from(u32::from(other))
                            && other != letter
                            && (letter.is_ascii() || !other.is_ascii())
                        {
                            ranges.push((unit, unit));
                        }
                    }
                }
            }
        }
        ranges
    }

    fn class_atom(&mut self) -> Option<Ranges> {
        if !self.takes('\\') {
            let unit = self.next()?;
            return Some(vec![(unit, unit)]);
        }
        if self.takes('b') { Some(vec![(0x08, 0x08)]) } else { self.escaped() }
    }
}

/// Every unit outside the ranges.
fn all_but(ranges: &[(u16, u16)]) -> Ranges {
    // A heap is a tenth of the code of a sort.
    let sorted = BinaryHeap::from(ranges.to_vec()).into_sorted_vec();
    let mut rest = Ranges::new();
    // In 32 bits there is a number after the last unit.
    let mut from = 0_u32;
    for (low, high) in sorted {
        if let (Ok(first), Some(last)) = (u16::try_from(from), low.checked_sub(1))
            && first <= last
        {
            rest.push((first, last));
        }
        from = from.max(u32::from(high) + 1);
    }
    rest.extend(u16::try_from(from).ok().map(|first| (first, u16::MAX)));
    rest
}

pub(crate) fn holds(ranges: &[(u16, u16)], unit: u16) -> bool {
    ranges.iter().any(|(low, high)| (*low..=*high).contains(&unit))
}

/// `lines`: is the start and end of a line one (`m`)?
pub(crate) fn is_at(place: Place, lines: bool, text: &[u16], at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|it| holds(&WORD, *it));
    match place {
        Place::Start => at == 0 || lines && holds(&LINE_ENDS, text[at - 1]),
        Place::End => at == text.len() || lines && holds(&LINE_ENDS, text[at]),
        Place::Edge(wanted) => (word(at.checked_sub(1)) != word(Some(at))) == wanted,
    }
}
