//! Patterns that can take exponentially long: some text can be matched in two ways inside a repetition.
//!
//! The pattern becomes an automaton of its characters (Glushkov 1961); a repetition is slow if a loop can be walked in two ways over
//! the same text ("exponential degree of ambiguity", Weber and Seidl 1991). What is not understood is not reported.

/// The longest pattern that is looked at, in characters.
const MAX_PATTERN: usize = 2_000;

/// The deepest nesting of groups.
const MAX_DEPTH: usize = 40;

/// The most characters and classes in one repetition.
const MAX_POSITIONS: usize = 64;

/// Repetitions up to here are written out; longer ones count as endless.
const MAX_COPIES: u32 = 6;

type Set = Vec<(u32, u32)>;

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
    let letters: Vec<char> = pattern.chars().collect();
    if letters.len() > MAX_PATTERN {
        return false;
    }
    let mut reader = Reader { letters: &letters, at: 0 };
    match reader.choice(0) {
        Some(node) if reader.at == letters.len() => has_slow_loop(&node),
        _ => false,
    }
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = wanted.chars().enumerate().all(|(at, letter)| self.letters.get(self.at + at) == Some(&letter));
        if found {
            self.at += wanted.chars().count();
        }
        found
    }

    fn choice(&mut self, depth: usize) -> Option<Node> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut branches = vec![self.sequence(depth)?];
        while self.take("|") {
            branches.push(self.sequence(depth)?);
        }
        Some(if branches.len() == 1 { branches.swap_remove(0) } else { Node::Choice(branches) })
    }

    fn sequence(&mut self, depth: usize) -> Option<Node> {
        let mut parts = Vec::new();
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let part = self.atom(depth)?;
            parts.push(self.quantified(part));
        }
        Some(Node::Sequence(parts))
    }

    fn atom(&mut self, depth: usize) -> Option<Node> {
        let letter = self.peek()?;
        self.at += 1;
        Some(match letter {
            '^' | '$' => Node::Empty,
            '.' => Node::Set(vec![(0, 9), (11, 12), (14, 0x10_ffff)]),
            '[' => Node::Set(self.class()?),
            '(' => {
                let looks = ["?=", "?!", "?<=", "?<!"].into_iter().any(|sign| self.take(sign));
                if !looks && !self.take("?:") && self.take("?<") {
                    while self.peek()? != '>' {
                        self.at += 1;
                    }
                    self.at += 1;
                }
                let inside = self.choice(depth + 1)?;
                if !self.take(")") {
                    return None;
                }
                if looks { Node::Look(Box::new(inside)) } else { inside }
            }
            '\\' => match self.escape()? {
                Some(set) => Node::Set(set),
                None => Node::Empty,
            },
            '*' | '+' | '?' => return None,
            other => Node::Set(vec![(other.into(), other.into())]),
        })
    }

    /// The set of an escape; `Some(None)` for one that takes no character, or one that is not known when it is read.
    #[allow(clippy::option_option)] // Three answers: wrong, takes no text, takes one of these.
    fn escape(&mut self) -> Option<Option<Set>> {
        let letter = self.peek()?;
        self.at += 1;
        let single = |code: u32| Some(Some(vec![(code, code)]));
        match letter {
            'b' | 'B' | '1'..='9' => Some(None),
            'k' => {
                while self.peek()? != '>' {
                    self.at += 1;
                }
                self.at += 1;
                Some(None)
            }
            'd' => Some(Some(digits())),
            'D' => Some(Some(inverted(digits()))),
            'w' => Some(Some(word())),
            'W' => Some(Some(inverted(word()))),
            's' => Some(Some(blanks())),
            'S' => Some(Some(inverted(blanks()))),
            'p' | 'P' if self.peek() == Some('{') => {
                while self.peek()? != '}' {
                    self.at += 1;
                }
                self.at += 1;
                Some(Some(vec![(0, 0x10_ffff)]))
            }
            'n' => single(10),
            'r' => single(13),
            't' => single(9),
            'v' => single(11),
            'f' => single(12),
            '0' => single(0),
            'x' => self.code(2).and_then(single),
            'u' => self.code(4).and_then(single),
            other => single(other.into()),
        }
    }

    fn code(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.letters.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        u32::from_str_radix(&text, 16).ok()
    }

    fn class(&mut self) -> Option<Set> {
        let negated = self.take("^");
        let mut set = Set::new();
        while !self.take("]") {
            let mut part = self.class_part()?;
            if self.peek() == Some('-')
                && self.letters.get(self.at + 1).is_some_and(|next| *next != ']')
                && let [(from, same)] = part[..]
                && from == same
            {
                self.at += 1;
                let end = self.class_part()?;
                match end[..] {
                    [(to, last)] if to == last => part = vec![(from, to)],
                    _ => part.extend(end),
                }
            }
            set.extend(part);
        }
        Some(if negated { inverted(set) } else { set })
    }

    fn class_part(&mut self) -> Option<Set> {
        let letter = self.peek()?;
        self.at += 1;
        if letter != '\\' {
            return Some(vec![(letter.into(), letter.into())]);
        }
        if self.take("b") {
            return Some(vec![(8, 8)]);
        }
        self.escape()?
    }

    fn quantified(&mut self, part: Node) -> Node {
        let (least, most) = match self.peek() {
            Some(sign @ ('*' | '+' | '?')) => {
                self.at += 1;
                (u32::from(sign == '+'), (sign == '?').then_some(1))
            }
            Some('{') => match self.counts() {
                Some(counts) => counts,
                None => return part,
            },
            _ => return part,
        };
        self.take("?");
        repeated(part, least, most)
    }

    /// The counts of `{2,5}`, which are taken; braces without counts are text.
    fn counts(&mut self) -> Option<(u32, Option<u32>)> {
        let end = self.letters[self.at..].iter().position(|letter| *letter == '}')?;
        let inside: String = self.letters[self.at + 1..self.at + end].iter().collect();
        let counts = match inside.split_once(',') {
            None => {
                let count = inside.parse().ok()?;
                (count, Some(count))
            }
            Some((least, "")) => (least.parse().ok()?, None),
            Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
        };
        self.at += end + 1;
        Some(counts)
    }
}

fn repeated(part: Node, least: u32, most: Option<u32>) -> Node {
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

fn digits() -> Set {
    vec![(48, 57)]
}

fn word() -> Set {
    vec![(48, 57), (65, 90), (95, 95), (97, 122)]
}

fn blanks() -> Set {
    vec![
        (9, 13),
        (32, 32),
        (160, 160),
        (0x1680, 0x1680),
        (0x2000, 0x200a),
        (0x2028, 0x2029),
        (0x202f, 0x202f),
        (0x205f, 0x205f),
        (0x3000, 0x3000),
        (0xfeff, 0xfeff),
    ]
}

fn inverted(mut set: Set) -> Set {
    set.sort_unstable();
    let mut rest = Set::new();
    let mut next = 0;
    for (from, to) in set {
        if from > next {
            rest.push((next, from - 1));
        }
        next = next.max(to + 1);
    }
    if next <= 0x10_ffff {
        rest.push((next, 0x10_ffff));
    }
    rest
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
            ],
        );
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
                "(unclosed",
                "[a-",
            ],
        );
    }
}
