//! Patterns that backtrack badly, matched in time linear in the text.
//!
//! `(a+)+$` makes every backtracking engine, the browser's `RegExp` too, try twice as long for each further letter: one such pattern in a
//! definition and the page stands still under somebody's fingers. A pattern with a repetition or a choice inside a repetition is matched
//! here instead, by following all ways at once (Thompson, 1968). What this does not know (looking ahead or behind, back references)
//! stays with the engine. Source of the syntax: ECMA-262, 22.2.1 and annex B.1.2, without flags.

/// The most states of one pattern.
const MAX_STATES: usize = 4_000;

/// The deepest groups.
const MAX_DEPTH: usize = 30;

/// Inclusive ranges of UTF-16 units, which is what a pattern without the flag `u` sees.
type Ranges = Vec<(u16, u16)>;

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

/// A pattern on which backtracking engines may hang, ready to be matched.
#[derive(Clone, Debug)]
pub struct LinearPattern {
    /// Each names those after it; the first is the end.
    states: Vec<State>,
    start: usize,
}

impl LinearPattern {
    /// Reads a pattern. `None` for one that the engine may have: it does not backtrack badly, is not a pattern, or is more than can be
    /// followed here.
    #[must_use]
    pub fn parse(pattern: &str) -> Option<Self> {
        let mut parser = Parser { units: pattern.encode_utf16().collect(), at: 0, depth: 0 };
        let tree = parser.either()?;
        if parser.at < parser.units.len() || !repeats_badly(&tree) {
            return None;
        }
        let mut program = Self { states: vec![State::Done], start: 0 };
        program.start = program.add(&tree, 0)?;
        Some(program)
    }

    /// Does `new RegExp(pattern).test(text)` hold?
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let text: Vec<u16> = text.encode_utf16().collect();
        let mut seen = vec![0; self.states.len()];
        let mut waiting: Vec<usize> = Vec::new();
        for at in 0..=text.len() {
            // A match may begin anywhere.
            let mut reached = std::mem::take(&mut waiting);
            reached.push(self.start);
            while let Some(state) = reached.pop() {
                if std::mem::replace(&mut seen[state], at + 1) == at + 1 {
                    continue;
                }
                match &self.states[state] {
                    State::Done => return true,
                    State::Both(one, other) => reached.extend([*one, *other]),
                    State::Place(place, next) if is_at(*place, &text, at) => reached.push(*next),
                    State::Unit(ranges, next) if text.get(at).is_some_and(|it| holds(ranges, *it)) => {
                        waiting.push(*next);
                    }
                    State::Place(..) | State::Unit(..) => {}
                }
            }
        }
        false
    }

    fn push(&mut self, state: State) -> Option<usize> {
        if self.states.len() >= MAX_STATES {
            return None;
        }
        self.states.push(state);
        Some(self.states.len() - 1)
    }

    /// Adds what goes through `node` and on to `next`; where it begins.
    fn add(&mut self, node: &Node, next: usize) -> Option<usize> {
        match node {
            Node::Unit(ranges) => self.push(State::Unit(ranges.clone(), next)),
            Node::Place(place) => self.push(State::Place(*place, next)),
            Node::Each(parts) => parts.iter().rev().try_fold(next, |next, part| self.add(part, next)),
            Node::Either(ways) => {
                let mut ways = ways.iter().rev();
                let last = self.add(ways.next()?, next)?;
                ways.try_fold(last, |other, way| {
                    let way = self.add(way, next)?;
                    self.push(State::Both(way, other))
                })
            }
            Node::Repeat { body, least, most } => {
                let mut entry = next;
                match most {
                    None => {
                        let again = self.push(State::Both(next, next))?;
                        let inside = self.add(body, again)?;
                        self.states[again] = State::Both(inside, next);
                        entry = again;
                    }
                    Some(most) => {
                        for _ in *least..*most {
                            let inside = self.add(body, entry)?;
                            entry = self.push(State::Both(inside, next))?;
                        }
                    }
                }
                for _ in 0..*least {
                    let before = self.states.len();
                    entry = self.add(body, entry)?;
                    if self.states.len() == before {
                        // A body without states may be repeated for ever: once is as good.
                        break;
                    }
                }
                Some(entry)
            }
        }
    }
}

#[derive(Clone, Debug)]
enum State {
    Unit(Ranges, usize),
    Place(Place, usize),
    Both(usize, usize),
    Done,
}

enum Node {
    Unit(Ranges),
    Place(Place),
    Each(Vec<Node>),
    Either(Vec<Node>),
    Repeat { body: Box<Node>, least: u32, most: Option<u32> },
}

#[derive(Clone, Copy, Debug)]
enum Place {
    Start,
    End,
    /// At the edge of a word, or not.
    Edge(bool),
}

/// Is there a repetition with a repetition or a choice inside?
fn repeats_badly(node: &Node) -> bool {
    match node {
        Node::Unit(_) | Node::Place(_) => false,
        Node::Each(parts) | Node::Either(parts) => parts.iter().any(repeats_badly),
        Node::Repeat { body, most, .. } => (!matches!(most, Some(0 | 1)) && has_ways(body)) || repeats_badly(body),
    }
}

/// Can it be gone through in more than one way?
fn has_ways(node: &Node) -> bool {
    match node {
        Node::Unit(_) | Node::Place(_) => false,
        Node::Each(parts) => parts.iter().any(has_ways),
        Node::Either(parts) => parts.len() > 1 || parts.iter().any(has_ways),
        Node::Repeat { body, least, most } => *most != Some(*least) || has_ways(body),
    }
}

struct Parser {
    units: Vec<u16>,
    at: usize,
    depth: usize,
}

impl Parser {
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
                Some('.') => Node::Unit(all_but(&LINE_ENDS)),
                Some('[') => Node::Unit(self.class()?),
                Some('(') => self.group()?,
                Some('\\') => self.escape()?,
                // A quantifier of nothing, or a brace that may be one: the engine knows.
                Some('*' | '+' | '?' | '{') => return None,
                _ => Node::Unit(vec![(unit, unit)]),
            };
            let before = self.at;
            let (least, most) = self.times()?;
            if self.at == before {
                parts.push(part);
                continue;
            }
            if matches!(part, Node::Place(_)) {
                return None;
            }
            // Eager or not: what matches is the same.
            self.takes('?');
            parts.push(Node::Repeat { body: Box::new(part), least, most });
        }
        Some(Node::Each(parts))
    }

    fn group(&mut self) -> Option<Node> {
        if self.takes('?') && !self.takes(':') {
            return None;
        }
        self.depth += 1;
        let inside = if self.depth > MAX_DEPTH { None } else { self.either() }?;
        self.depth -= 1;
        self.takes(')').then_some(inside)
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
            _ => Node::Unit(self.escaped()?),
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
                // A range between sets is three things of its own; rare enough to leave to the engine.
                let (&[(low, only)], &[(high, end)]) = (first.as_slice(), last.as_slice()) else { return None };
                if low != only || high != end || low > high {
                    return None;
                }
                ranges.push((low, high));
            } else {
                ranges.extend(first);
            }
        }
        Some(if negated { all_but(&ranges) } else { ranges })
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
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable();
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

fn holds(ranges: &[(u16, u16)], unit: u16) -> bool {
    ranges.iter().any(|(low, high)| (*low..=*high).contains(&unit))
}

fn is_at(place: Place, text: &[u16], at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|it| holds(&WORD, *it));
    match place {
        Place::Start => at == 0,
        Place::End => at == text.len(),
        Place::Edge(wanted) => (word(at.checked_sub(1)) != word(Some(at))) == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::LinearPattern;

    /// As the engine says, for every beginning of the text.
    #[track_caller]
    fn check(pattern: &str, text: &str) {
        let engine = regress::Regex::new(pattern).expect("a pattern of this test");
        let linear = LinearPattern::parse(pattern).expect("one that backtracks badly");
        for (end, _) in text.char_indices().chain([(text.len(), ' ')]) {
            let text = &text[..end];
            assert_eq!(linear.is_match(text), engine.find(text).is_some(), "{pattern} in {text:?}");
        }
    }

    #[test]
    fn it_says_what_the_engine_says() {
        for (pattern, text) in [
            ("^(a+)+$", "aaab"),
            ("^([A-Za-z]+ ?)+$", "Le Thi Hong 1"),
            ("^(\\w+\\s?)*$", "so 12 duong 3_2 !"),
            ("(?:x|xx|\\d{2,3}?)+y", "axx12345yx"),
            ("^(?:[^\\s@,]+|\"[^\"]*\")+@(?:[\\w-]+\\.)+[a-z]{2,}$", "le.an@can-tho.gov.vn "),
            ("^(([\\-.]|[^a-z\\d]|\\u00e0)*)\\b$", "-.A\u{e0} a"),
            ("^((?:ab?){2,3}|)+$", "ababaabab"),
            ("(\\bx|\\By{0,2}z)*$", "x yyz xz"),
            ("^([\\s\\S]*,)*a}$", "a,b,a}"),
            ("^([^\\d]+|\u{1f600})+$", "a\u{1f600}b1"),
            ("^(.|\\x41+)+$", "AB\nA"),
            ("(|a)+", "ba"),
            ("^(a?)*$", "aab"),
            ("^(a{0}b*)+$", "bba"),
        ] {
            check(pattern, text);
        }
    }

    #[test]
    fn a_long_text_takes_no_longer_than_its_length_asks() {
        let text = "a".repeat(20_000) + "!";
        for pattern in ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^([a-z]+)*$", "^(.*a){12}$", "^((a*)*)*$"] {
            assert!(!LinearPattern::parse(pattern).expect("a bad one").is_match(&text), "{pattern}");
        }
    }

    #[test]
    fn what_does_not_backtrack_badly_or_is_not_known_stays_with_the_engine() {
        for pattern in [
            "^[0-9]{12}$",
            "^(ab)+$",
            "a|b",
            "^(?=.*a)(b+)+$",
            "^(a+)+\\1$",
            "((((",
            "^(a+){9999}$",
            "*a",
            "(a+)+)",
            "^(a+)+{1}",
            "^(a+)+b{2,1}",
            "^*(a+)+",
        ] {
            assert!(LinearPattern::parse(pattern).is_none(), "{pattern}");
        }
    }
}
