//! Patterns that can take exponentially long: some text can be matched in two ways inside a repetition.
//!
//! The pattern becomes an automaton of its characters (Glushkov 1961); a repetition is slow if a loop can be walked in two ways over
//! the same text ("exponential degree of ambiguity", Weber and Seidl 1991). What is not understood is not reported.

use crate::pattern_syntax as syntax;

/// The longest pattern that is looked at, in characters.
const MAX_PATTERN: usize = 2_000;

/// The most characters and classes in one repetition.
const MAX_POSITIONS: usize = 64;

/// Repetitions up to here are written out; longer ones count as endless.
const MAX_COPIES: u32 = 6;

type Set = syntax::Ranges;

#[derive(Clone, Debug)]
enum Node {
    Empty,
    Set(Set),
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Optional(Box<Node>),
    /// One or more.
    Repeat(Box<Node>),
    /// Looks around: takes no text.
    Look(Box<Node>),
}

/// Can the pattern take exponentially long on some text?
pub(super) fn is_slow(pattern: &str) -> bool {
    if pattern.chars().count() > MAX_PATTERN {
        return false;
    }
    syntax::Parser::parse(pattern, false, false).is_some_and(|it| has_slow_loop(&outline(it.tree)))
}

/// What is looked at of a pattern.
fn outline(node: syntax::Node) -> Node {
    match node {
        syntax::Node::Unit(set) => Node::Set(set),
        syntax::Node::Place(_) | syntax::Node::Back(_) => Node::Empty,
        syntax::Node::Each(parts) => Node::Sequence(parts.into_iter().map(outline).collect()),
        syntax::Node::Either(ways) => Node::Choice(ways.into_iter().map(outline).collect()),
        syntax::Node::Repeat { body, least, most, .. } => repeated(outline(*body), least, most),
        syntax::Node::Group(_, body) => outline(*body),
        syntax::Node::Look { body, .. } => Node::Look(Box::new(outline(*body))),
    }
}

/// How many characters and classes there are, so far as it matters.
fn positions(node: &Node) -> usize {
    let all = |parts: &[Node]| parts.iter().fold(0, |sum, part| MAX_POSITIONS.min(sum + positions(part)));
    match node {
        Node::Empty => 0,
        Node::Set(_) => 1,
        Node::Sequence(parts) | Node::Choice(parts) => 1 + all(parts),
        Node::Optional(inside) | Node::Repeat(inside) | Node::Look(inside) => positions(inside),
    }
}

fn repeated(part: Node, least: u32, most: Option<u32>) -> Node {
    // Copies of copies would be without end: what is as large as an automaton may be is looked at once.
    if most.is_some_and(|most| most <= MAX_COPIES || most == least) && positions(&part) >= MAX_POSITIONS {
        return part;
    }
    if most == Some(least) && least > MAX_COPIES {
        // The same length each time, however long: not a loop that could be walked in two ways.
        return Node::Sequence(vec![part.clone(), part]);
    }
    match most.filter(|most| *most <= MAX_COPIES) {
        Some(0) => Node::Empty,
        Some(most) => {
            let mut tail = Node::Empty;
            for _ in least.min(most)..most {
                tail = Node::Optional(Box::new(Node::Sequence(vec![part.clone(), tail])));
            }
            let mut all: Vec<Node> = (0..least).map(|_| part.clone()).collect();
            all.push(tail);
            Node::Sequence(all)
        }
        None if least == 0 => Node::Optional(Box::new(Node::Repeat(Box::new(part)))),
        None => Node::Repeat(Box::new(part)),
    }
}

/// Looks at the outermost repetitions.
fn has_slow_loop(node: &Node) -> bool {
    match node {
        Node::Empty | Node::Set(_) => false,
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter().any(has_slow_loop),
        Node::Optional(inside) | Node::Look(inside) => has_slow_loop(inside),
        Node::Repeat(_) => {
            let mut automaton = Automaton::default();
            automaton.build(node).is_some() && automaton.is_ambiguous() || looks_inside(node)
        }
    }
}

/// Is something that looks around slow itself?
fn looks_inside(node: &Node) -> bool {
    match node {
        Node::Empty | Node::Set(_) => false,
        Node::Sequence(parts) | Node::Choice(parts) => parts.iter().any(looks_inside),
        Node::Optional(inside) | Node::Repeat(inside) => looks_inside(inside),
        Node::Look(inside) => has_slow_loop(inside),
    }
}

/// Which character may follow which.
#[derive(Default)]
struct Automaton {
    sets: Vec<Set>,
    /// In how many ways, up to two, a position follows another.
    follow: Vec<Vec<(usize, u8)>>,
}

/// The ends of a part: positions and in how many ways they are reached; in how many ways it is empty.
struct Ends {
    first: Vec<(usize, u8)>,
    last: Vec<(usize, u8)>,
    empty: u8,
}

fn add(list: &mut Vec<(usize, u8)>, position: usize, ways: u8) {
    match list.iter_mut().find(|(known, _)| *known == position) {
        Some((_, known)) => *known = (*known + ways).min(2),
        None if ways > 0 => list.push((position, ways.min(2))),
        None => {}
    }
}

fn add_all(list: &mut Vec<(usize, u8)>, more: &[(usize, u8)], ways: u8) {
    for (position, its) in more {
        add(list, *position, its * ways);
    }
}

impl Automaton {
    fn connect(&mut self, last: &[(usize, u8)], first: &[(usize, u8)]) {
        for (from, ways) in last {
            add_all(&mut self.follow[*from], first, *ways);
        }
    }

    /// Adds a part; `None` if it becomes too large.
    fn build(&mut self, node: &Node) -> Option<Ends> {
        Some(match node {
            Node::Empty | Node::Look(_) => Ends { first: Vec::new(), last: Vec::new(), empty: 1 },
            Node::Set(set) => {
                let position = self.sets.len();
                if position >= MAX_POSITIONS {
                    return None;
                }
                self.sets.push(set.clone());
                self.follow.push(Vec::new());
                Ends { first: vec![(position, 1)], last: vec![(position, 1)], empty: 0 }
            }
            Node::Sequence(parts) => {
                let mut all = Ends { first: Vec::new(), last: Vec::new(), empty: 1 };
                for part in parts {
                    let part = self.build(part)?;
                    self.connect(&all.last, &part.first);
                    add_all(&mut all.first, &part.first, all.empty);
                    let mut last = part.last;
                    add_all(&mut last, &all.last, part.empty);
                    all.last = last;
                    all.empty = (all.empty * part.empty).min(2);
                }
                all
            }
            Node::Choice(branches) => {
                let mut all = Ends { first: Vec::new(), last: Vec::new(), empty: 0 };
                for branch in branches {
                    let branch = self.build(branch)?;
                    add_all(&mut all.first, &branch.first, 1);
                    add_all(&mut all.last, &branch.last, 1);
                    all.empty = (all.empty + branch.empty).min(2);
                }
                all
            }
            Node::Optional(inside) => {
                let ends = self.build(inside)?;
                // Matching nothing inside and matching nothing at all are the same to an engine.
                Ends { empty: 1, ..ends }
            }
            Node::Repeat(inside) => {
                let ends = self.build(inside)?;
                self.connect(&ends.last, &ends.first);
                Ends { empty: ends.empty.min(1), ..ends }
            }
        })
    }

    /// Is there a loop that can be walked in two ways over the same text?
    fn is_ambiguous(&self) -> bool {
        let size = self.sets.len();
        let overlaps: Vec<Vec<bool>> = self
            .sets
            .iter()
            .map(|one| {
                let touches = |other: &Set| one.iter().any(|a| other.iter().any(|b| a.0 <= b.1 && b.0 <= a.1));
                self.sets.iter().map(touches).collect()
            })
            .collect();
        // Two walks at once: a pair of positions follows a pair if one character fits both.
        let mut forward: Vec<Vec<usize>> = vec![Vec::new(); size * size];
        let mut back: Vec<Vec<usize>> = vec![Vec::new(); size * size];
        for one in 0..size {
            for two in 0..size {
                for (next_one, _) in &self.follow[one] {
                    for (next_two, _) in &self.follow[two] {
                        if overlaps[*next_one][*next_two] {
                            forward[one * size + two].push(next_one * size + next_two);
                            back[next_one * size + next_two].push(one * size + two);
                        }
                    }
                }
            }
        }
        (0..size).any(|position| {
            let start = position * size + position;
            let (after, before) = (reached(&forward, start), reached(&back, start));
            let parts_and_meets =
                (0..size * size).any(|pair| pair / size != pair % size && after[pair] && before[pair]);
            let twice = |from: usize| {
                let ways = self.follow[from].iter();
                ways.into_iter().any(|(to, ways)| *ways > 1 && before[to * size + to])
            };
            parts_and_meets || (0..size).any(|from| after[from * size + from] && twice(from))
        })
    }
}

/// What can be reached from a pair, itself included.
fn reached(edges: &[Vec<usize>], start: usize) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut open = vec![start];
    seen[start] = true;
    while let Some(pair) = open.pop() {
        for next in &edges[pair] {
            if !std::mem::replace(&mut seen[*next], true) {
                open.push(*next);
            }
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::is_slow;

    #[track_caller]
    fn check(slow: bool, patterns: &[&str]) {
        for pattern in patterns {
            assert_eq!(is_slow(pattern), slow, "{pattern}");
        }
    }

    #[test]
    fn a_repetition_that_matches_a_text_in_two_ways_is_slow() {
        check(
            true,
            &[
                "(a+)+",
                "(a*)*",
                "(a+)*b",
                "(a|a)*",
                "(a|ab|b)*",
                "(\\w+\\s?)*",
                "([a-z]+)*\\d",
                "^(\\d+)+$",
                "(.*)*",
                "(.*,)*",
                "(x+x+)+y",
                "([A-Za-zÀ-ỹ]+ ?)+",
                "(\\w|\\d)+",
                "((a{1,3})b?)*",
                "(?:[a-zA-Z0-9]+\\.?)+@",
                "(?=(a+)+$)x",
                "(a{2,}|a)*",
                "(\\w{1,50}-?){1,20}",
                "(a|[a-c])+?",
                "(\\S+\\s*)+",
                "(?<word>a+)+$",
                "^(?<họ>\\w+\\s?)*$",
                "(?<a>a+)+\\k<a>",
                "(?<=(a+)+)b",
                "(?<!x)(a|a)*",
                "(?<!(\\d+)*)x",
                "(?<=@)(?<host>[a-z]+\\.?)+$",
            ],
        );
    }

    #[test]
    fn copies_of_copies_come_to_an_end() {
        check(false, &[&["(".repeat(20).as_str(), "a", &"){6}".repeat(20)].concat()]);
    }

    #[test]
    fn a_repetition_that_matches_a_text_in_one_way_is_not() {
        check(
            false,
            &[
                "",
                "a*",
                "(a|b)*",
                "(ab|ac)*",
                "\\d{1,3}(\\.\\d{3})*",
                "[A-Z][a-z]*( [A-Z][a-z]*)*",
                "[a-zA-Z0-9._%+-]+@[a-zA-Z0-9.-]+\\.[a-zA-Z]{2,}",
                "(\\+84|0)\\d{9}",
                "(\\d{3})*",
                "(\\d{3}-)*\\d+",
                "\\d+\\d+",
                "(a?b)*",
                "([a-z]+,)*",
                "(\\s[a-z]+)*",
                "\\d{9}|\\d{12}",
                "(0[1-9]|[12]\\d|3[01])/(0[1-9]|1[0-2])/\\d{4}",
                "([^,]*,)*",
                "(?:(?!--).)*",
                "\\p{L}+( \\p{N}+)?",
                "[\\w-]+",
                "a{2}b{3,}",
                "(?<day>\\d{2})/(?<month>\\d{2})/(?<year>\\d{4})",
                "(?<=@)[a-z]+",
                "(?<![a-z])\\d+",
                "(?<a>a)(?<a>b+)+",
                "(?<1>a+)+",
                "(?<a>a+)+\\k",
                "(unclosed",
                "[a-",
            ],
        );
    }
}
