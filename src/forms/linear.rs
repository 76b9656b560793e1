//! Patterns that backtrack badly, matched in time linear in the text.
//!
//! `(a+)+$` makes every backtracking engine, the browser's `RegExp` too, try twice as long for each further letter: one such pattern in a
//! definition and the page stands still under somebody's fingers, and `.*.*.*x` takes a thousand million tries for a thousand letters. A
//! pattern with a repetition or a choice inside a repetition, or with many repetitions, is matched here instead, by following all ways at
//! once (Thompson, 1968). What this does not know (looking ahead or behind, back references) stays with the engine.

use crate::pattern_syntax::{Node, Parser, Place, Ranges, holds, is_at};

/// The most states of one pattern.
const MAX_STATES: usize = 4_000;

/// The most repetitions with an end that is far or none, and the most parts that may be there or not, which the engine is left with.
const MAX_ENDLESS: u32 = 2;
const MAX_OPTIONAL: u32 = 8;

/// From so many more times on an end is far.
const FEW: u32 = 4;

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
        let tree = Parser::parse(pattern, false, false)?.tree;
        let (endless, optional) = repetitions(&tree);
        if !repeats_badly(&tree) && endless <= MAX_ENDLESS && optional <= MAX_OPTIONAL {
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
                    State::Place(place, next) if is_at(*place, false, &text, at) => reached.push(*next),
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
            Node::Group(_, body) => self.add(body, next),
            Node::Look { .. } | Node::Back(_) => None,
            Node::Repeat { body, least, most, .. } => {
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

/// Is there a repetition with a repetition or a choice inside?
fn repeats_badly(node: &Node) -> bool {
    match node {
        Node::Unit(_) | Node::Place(_) | Node::Back(_) => false,
        Node::Group(_, body) | Node::Look { body, .. } => repeats_badly(body),
        Node::Each(parts) | Node::Either(parts) => parts.iter().any(repeats_badly),
        Node::Repeat { body, most, .. } => (!matches!(most, Some(0 | 1)) && has_ways(body)) || repeats_badly(body),
    }
}

/// How many repetitions have an end that is far or none, and how many parts may be there or not.
fn repetitions(node: &Node) -> (u32, u32) {
    match node {
        Node::Unit(_) | Node::Place(_) | Node::Back(_) => (0, 0),
        Node::Group(_, body) | Node::Look { body, .. } => repetitions(body),
        Node::Each(parts) | Node::Either(parts) => {
            parts.iter().map(repetitions).fold((0, 0), |all, it| (all.0 + it.0, all.1 + it.1))
        }
        Node::Repeat { body, least, most, .. } => {
            let (endless, optional) = repetitions(body);
            match most.map(|most| most - least) {
                Some(more @ 0..FEW) => (endless, optional + more),
                _ => (endless + 1, optional),
            }
        }
    }
}

/// Can it be gone through in more than one way?
fn has_ways(node: &Node) -> bool {
    match node {
        Node::Unit(_) | Node::Place(_) | Node::Back(_) | Node::Look { .. } => false,
        Node::Group(_, body) => has_ways(body),
        Node::Each(parts) => parts.iter().any(has_ways),
        Node::Either(parts) => parts.len() > 1 || parts.iter().any(has_ways),
        Node::Repeat { body, least, most, .. } => *most != Some(*least) || has_ways(body),
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
            ("^a*a*a*b$", "aaaaab"),
            ("^.*.*.*=.*$", "xx=yy=z"),
            ("^a?a?a?a?a?a?a?a?a?aaaaa$", "aaaaaaaa"),
            ("^[\\w.+-]+@[\\w-]+\\.[a-z]+$", "le.an+1@can-tho.vn"),
            ("^(a?)*$", "aab"),
            ("^(a{0}b*)+$", "bba"),
            ("^(?<word>[a-z]+ ?)+$", "xin chao 1"),
            ("^(?<ngày>\\d|(?<x_1>ab?)+)+$", "1ab2x"),
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
            "(?<=a)(b+)+$",
            "(?<!a)(b+)+$",
            "^(?<w>a+)+\\k<w>$",
            "^(?<w>a+)+\\k<v>$",
            "^(a+)+\\k$",
            "^(?<w>a+)+(?<w>b)$",
            "^(?<1a>a+)+$",
            "^(?<>a+)+$",
            "^(?<a",
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
