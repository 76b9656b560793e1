//! Regular expressions of scripts: matched by trying and going back, every step counted.
//!
//! The matcher is our own, not the browser's: a script tells where a pattern matches and what its groups took, and an engine cannot be
//! told to stop. Looking behind, named groups and the flags `u`, `v`, `y` and `d` are outside the language.

use super::RunFault;
use super::lists::Each;
use super::names::Method;
use super::run::Run;
use super::texts::whole;
use super::tree::Expression;
use super::value::{Js, Ran, Text};
use crate::pattern_syntax::{Node, Parser, Place, Ranges, Syntax, holds, is_at};
use std::sync::Arc;

/// The most operations of one pattern.
const MAX_OPERATIONS: usize = 2_000;

/// Nothing was taken.
const NONE: usize = usize::MAX;

/// A pattern, ready to be matched.
#[derive(Debug)]
pub(super) struct Pattern {
    /// `/source/flags`.
    pub(super) written: Box<str>,
    operations: Vec<Operation>,
    groups: usize,
    /// Two for each group and the whole, then one for each loop.
    places: usize,
    global: bool,
    lines: bool,
}

#[derive(Debug)]
enum Operation {
    Unit(Ranges),
    Place(Place),
    /// Goes on at the first, later at the second.
    Split(usize, usize),
    Jump(usize),
    /// Keeps where it is.
    Save(usize),
    /// Forgets what groups took, from the first place up to the last.
    Forget(usize, usize),
    /// Goes on only beyond the place that was kept: a loop around nothing ends.
    Progress(usize),
    Back(usize),
    Look {
        negative: bool,
        end: usize,
    },
    Done,
}

/// How to go back.
enum Way {
    Try(usize, usize),
    Restore(usize, usize),
}

impl Pattern {
    /// Reads a pattern; `None` for one outside the language.
    pub(super) fn parse(source: &str, flags: &str) -> Option<Self> {
        let has = |flag: char| flags.matches(flag).count() == 1;
        if flags.chars().any(|flag| !"gims".contains(flag) || !has(flag)) || source.is_empty() {
            return None;
        }
        let Syntax { tree, groups, is_named: false } = Parser::parse(source, has('i'), has('s'))? else { return None };
        let mut pattern = Self {
            written: ["/", source, "/", flags].concat().into(),
            operations: Vec::new(),
            groups,
            places: 2 * groups + 2,
            global: has('g'),
            lines: has('m'),
        };
        pattern.add(&tree)?;
        pattern.push(Operation::Done)?;
        Some(pattern)
    }

    fn push(&mut self, operation: Operation) -> Option<usize> {
        self.operations.push(operation);
        (self.operations.len() <= MAX_OPERATIONS).then(|| self.operations.len() - 1)
    }

    fn add(&mut self, node: &Node) -> Option<()> {
        match node {
            Node::Unit(ranges) => self.push(Operation::Unit(ranges.clone())).map(drop),
            Node::Place(place) => self.push(Operation::Place(*place)).map(drop),
            Node::Back(group) if *group > self.groups => None,
            Node::Back(group) => self.push(Operation::Back(*group)).map(drop),
            Node::Each(parts) => parts.iter().try_for_each(|part| self.add(part)),
            Node::Group(number, body) => {
                self.push(Operation::Save(2 * number))?;
                self.add(body)?;
                self.push(Operation::Save(2 * number + 1)).map(drop)
            }
            Node::Look { behind: true, .. } => None,
            Node::Look { negative, body, .. } => {
                let at = self.push(Operation::Done)?;
                self.add(body)?;
                let end = self.push(Operation::Done)? + 1;
                self.operations[at] = Operation::Look { negative: *negative, end };
                Some(())
            }
            Node::Either(ways) => {
                let (last, before) = ways.split_last()?;
                let mut ends = Vec::new();
                for way in before {
                    let split = self.push(Operation::Done)?;
                    self.add(way)?;
                    ends.push(self.push(Operation::Done)?);
                    self.operations[split] = Operation::Split(split + 1, self.operations.len());
                }
                self.add(last)?;
                for end in ends {
                    self.operations[end] = Operation::Jump(self.operations.len());
                }
                Some(())
            }
            Node::Repeat { body, least, most, lazy } => {
                for _ in 0..*least {
                    self.once(body)?;
                }
                let mut splits = Vec::new();
                for _ in 0..most.map_or(1, |most| most - least) {
                    splits.push(self.push(Operation::Done)?);
                    let kept = self.places;
                    self.places += 1;
                    self.push(Operation::Save(kept))?;
                    self.once(body)?;
                    self.push(Operation::Progress(kept))?;
                }
                if most.is_none() {
                    self.push(Operation::Jump(*splits.first()?))?;
                }
                let end = self.operations.len();
                for at in splits {
                    self.operations[at] =
                        if *lazy { Operation::Split(end, at + 1) } else { Operation::Split(at + 1, end) };
                }
                Some(())
            }
        }
    }

    /// The body of a repetition, its groups forgotten first.
    fn once(&mut self, body: &Node) -> Option<()> {
        let mut inside = (NONE, 0);
        groups(body, &mut inside);
        if inside.0 != NONE {
            self.push(Operation::Forget(2 * inside.0, 2 * inside.1 + 2))?;
        }
        self.add(body)
    }

    /// Matches from an operation on, at a place of the text; where it ends.
    fn go(
        &self,
        mut operation: usize,
        mut at: usize,
        text: &[u16],
        places: &mut [usize],
        steps: &mut usize,
    ) -> Ran<Option<usize>> {
        let mut ways: Vec<Way> = Vec::new();
        loop {
            *steps = steps.checked_sub(1).ok_or(RunFault::TooLong)?;
            let mut keep = |place: usize, value: usize, ways: &mut Vec<Way>| {
                ways.push(Way::Restore(place, places[place]));
                places[place] = value;
            };
            let goes_on = match &self.operations[operation] {
                Operation::Done => return Ok(Some(at)),
                Operation::Unit(ranges) => {
                    let fits = text.get(at).is_some_and(|unit| holds(ranges, *unit));
                    at += usize::from(fits);
                    fits
                }
                Operation::Place(place) => is_at(*place, self.lines, text, at),
                Operation::Split(first, second) => {
                    ways.push(Way::Try(*second, at));
                    operation = *first;
                    continue;
                }
                Operation::Jump(to) => {
                    operation = *to;
                    continue;
                }
                Operation::Save(place) => {
                    keep(*place, at, &mut ways);
                    true
                }
                Operation::Forget(from, to) => {
                    (*from..*to).for_each(|place| keep(place, NONE, &mut ways));
                    true
                }
                Operation::Progress(place) => places[*place] != at,
                Operation::Back(group) => {
                    let taken = text.get(places[2 * group]..places[2 * group + 1]).unwrap_or_default();
                    *steps = steps.checked_sub(taken.len()).ok_or(RunFault::TooLong)?;
                    let fits = text[at..].starts_with(taken);
                    at += if fits { taken.len() } else { 0 };
                    fits
                }
                Operation::Look { negative, end } => {
                    let before = places.to_vec();
                    let found = self.go(operation + 1, at, text, places, steps)?.is_some();
                    for (place, old) in before.into_iter().enumerate() {
                        match (found && !negative, places[place] == old) {
                            (_, true) => {}
                            (true, false) => ways.push(Way::Restore(place, old)),
                            (false, false) => places[place] = old,
                        }
                    }
                    operation = end - 1;
                    found != *negative
                }
            };
            operation += 1;
            if goes_on {
                continue;
            }
            loop {
                match ways.pop() {
                    None => return Ok(None),
                    Some(Way::Restore(place, value)) => places[place] = value,
                    Some(Way::Try(later, place)) => {
                        (operation, at) = (later, place);
                        break;
                    }
                }
            }
        }
    }

    /// The first match that begins at `from` or, unless `only_there`, later: where the whole and the groups begin and end.
    fn find(&self, run: &mut Run<'_>, text: &[u16], from: usize, only_there: bool) -> Ran<Option<Vec<usize>>> {
        let mut steps = run.steps_left();
        let all = steps;
        let mut found = Ok(None);
        for start in from..=text.len() {
            let mut places = vec![NONE; self.places];
            match self.go(0, start, text, &mut places, &mut steps) {
                Ok(None) if !only_there => {}
                Ok(Some(end)) => {
                    (places[0], places[1]) = (start, end);
                    places.truncate(2 * self.groups + 2);
                    found = Ok(Some(places));
                    break;
                }
                other => {
                    found = other.map(|_| None);
                    break;
                }
            }
        }
        run.pay(all - steps)?;
        found
    }
}

/// The numbers of the groups inside.
fn groups(node: &Node, inside: &mut (usize, usize)) {
    match node {
        Node::Unit(_) | Node::Place(_) | Node::Back(_) => {}
        Node::Each(parts) | Node::Either(parts) => parts.iter().for_each(|part| groups(part, inside)),
        Node::Repeat { body, .. } | Node::Look { body, .. } => groups(body, inside),
        Node::Group(number, body) => {
            *inside = (inside.0.min(*number), inside.1.max(*number));
            groups(body, inside);
        }
    }
}

/// What a match took, as texts: the whole, then each group.
fn taken<'a>(run: &mut Run<'a>, text: &[u16], found: &[usize]) -> Ran<Vec<Js<'a>>> {
    let mut parts = Vec::new();
    for place in found.chunks_exact(2) {
        parts.push(match text.get(place[0]..place[1]) {
            Some(part) if place[0] != NONE => run.made(&String::from_utf16_lossy(part))?,
            _ => Js::Undefined,
        });
    }
    Ok(parts)
}

/// Calls a method of a pattern.
pub(super) fn call<'a>(run: &mut Run<'a>, number: usize, method: Method, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    let arguments = run.values(arguments)?;
    let (pattern, from) = run.patterns[number].clone();
    if method == Method::ToText {
        return run.made(&pattern.written);
    }
    if !matches!(method, Method::Test | Method::Exec) {
        return Err(RunFault::NotAFunction);
    }
    let text = run.text_of(arguments.first().unwrap_or(&Js::Undefined))?;
    let text: Vec<u16> = text.as_str().encode_utf16().collect();
    let found = pattern.find(run, &text, if pattern.global { from } else { 0 }, false)?;
    run.patterns[number].1 = found.as_ref().filter(|_| pattern.global).map_or(0, |found| found[1]);
    match (method, found) {
        (Method::Test, found) => Ok(Js::Boolean(found.is_some())),
        (_, None) => Ok(Js::Null),
        (_, Some(found)) => {
            let parts = taken(run, &text, &found)?;
            run.new_list(parts)
        }
    }
}

/// Calls a method of a text that takes a pattern; one that was given as text is read as one.
pub(super) fn of_text<'a>(run: &mut Run<'a>, text: &str, method: Method, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    let first = match arguments.first() {
        Some(first) => run.value(first)?,
        None => Js::Undefined,
    };
    let pattern = match &first {
        Js::Pattern(number) => run.patterns[*number].0.clone(),
        other => Arc::new(Pattern::parse(run.text_of(other)?.as_str(), "").ok_or(RunFault::Unsupported)?),
    };
    let units: Vec<u16> = text.encode_utf16().collect();
    match method {
        Method::Match if !pattern.global => match pattern.find(run, &units, 0, false)? {
            None => Ok(Js::Null),
            Some(found) => {
                let parts = taken(run, &units, &found)?;
                run.new_list(parts)
            }
        },
        Method::Match => {
            let mut all = Vec::new();
            for found in every(run, &pattern, &units)? {
                all.extend(taken(run, &units, &found[..2])?);
            }
            if all.is_empty() { Ok(Js::Null) } else { run.new_list(all) }
        }
        Method::Search => {
            let found = pattern.find(run, &units, 0, false)?;
            Ok(found.map_or(Js::Number(-1.0), |found| Js::count(found[0])))
        }
        Method::Split => {
            let most = match arguments.get(1) {
                Some(most) => Some(run.value(most)?),
                None => None,
            };
            let most = usize::try_from(whole(run, most.as_ref(), i64::MAX)?).unwrap_or(usize::MAX);
            split(run, &pattern, &units, most)
        }
        _ => {
            if method == Method::ReplaceAll && !pattern.global {
                return Err(RunFault::NotAFunction);
            }
            let with = match arguments.get(1) {
                Some(Expression::Callback(number)) => Err(Each::Own(*number)),
                Some(Expression::Known(function)) => Err(Each::Known(*function)),
                Some(with) => {
                    let with = run.value(with)?;
                    Ok(run.text_of(&with)?)
                }
                None => Ok(Text("undefined")),
            };
            replace(run, &pattern, text, &units, &with)
        }
    }
}

/// Every match, or the first.
fn every(run: &mut Run<'_>, pattern: &Pattern, text: &[u16]) -> Ran<Vec<Vec<usize>>> {
    let mut all = Vec::new();
    let mut from = 0;
    while from <= text.len()
        && let Some(found) = pattern.find(run, text, from, false)?
    {
        run.pay(found.len())?;
        from = found[1] + usize::from(found[0] == found[1]);
        all.push(found);
        if !pattern.global {
            break;
        }
    }
    Ok(all)
}

fn split<'a>(run: &mut Run<'a>, pattern: &Pattern, text: &[u16], most: usize) -> Ran<Js<'a>> {
    let mut parts = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < text.len() || text.is_empty() {
        run.pay(1)?;
        let found = pattern.find(run, text, at, true)?.filter(|found| text.is_empty() || found[1] != start);
        if text.is_empty() {
            if found.is_some() {
                return run.new_list(parts);
            }
            break;
        }
        let Some(found) = found else {
            at += 1;
            continue;
        };
        parts.push(run.made(&String::from_utf16_lossy(&text[start..at]))?);
        parts.extend(taken(run, text, &found[2..])?);
        start = found[1].min(text.len());
        at = start;
    }
    parts.push(run.made(&String::from_utf16_lossy(&text[start..]))?);
    parts.truncate(most);
    run.new_list(parts)
}

fn replace<'a>(
    run: &mut Run<'a>,
    pattern: &Pattern,
    whole: &str,
    text: &[u16],
    with: &Result<Text<'a>, Each<'a>>,
) -> Ran<Js<'a>> {
    let mut made = String::new();
    let mut done = 0;
    let part = |from: usize, to: usize| String::from_utf16_lossy(text.get(from..to).unwrap_or_default());
    for found in every(run, pattern, text)? {
        run.append(&mut made, &part(done, found[0]))?;
        done = found[1];
        match with {
            Err(each) => {
                let mut arguments = taken(run, text, &found)?;
                arguments.push(Js::count(found[0]));
                arguments.push(run.made(whole)?);
                let answer = each.call(run, &arguments)?;
                let answer = run.text_of(&answer)?;
                run.append(&mut made, answer.as_str())?;
            }
            Ok(with) => {
                // `$&`, `$1` and their like name parts of the text.
                let mut rest = with.as_str();
                while let Some((before, after)) = rest.split_once('$') {
                    run.append(&mut made, before)?;
                    let digits = after.bytes().take(2).take_while(u8::is_ascii_digit).count();
                    let group = |digits: usize| {
                        let number = after[..digits].parse::<usize>().ok()?;
                        (digits > 0 && number > 0 && number <= pattern.groups).then_some((2 * number, digits))
                    };
                    let (inserted, skipped) =
                        match (after.as_bytes().first(), group(digits).or_else(|| group(digits.min(1)))) {
                            (_, Some((place, digits))) => (part(found[place], found[place + 1]), digits),
                            (Some(b'$'), _) => ("$".to_owned(), 1),
                            (Some(b'&'), _) => (part(found[0], found[1]), 1),
                            (Some(b'`'), _) => (part(0, found[0]), 1),
                            (Some(b'\''), _) => (part(found[1], text.len()), 1),
                            _ => ("$".to_owned(), 0),
                        };
                    run.append(&mut made, &inserted)?;
                    rest = &after[skipped..];
                }
                run.append(&mut made, rest)?;
            }
        }
    }
    run.append(&mut made, &part(done, text.len()))?;
    run.made(&made)
}
