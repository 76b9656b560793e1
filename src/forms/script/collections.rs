//! Functions of lodash that order, gather and cut collections, and a few of numbers and letters.

use super::RunFault;
use super::lists::{Each, flat, sign, sorted};
use super::lodash::{each, sum};
use super::names::Function;
use super::run::Run;
use super::texts::whole;
use super::tree::Expression;
use super::value::{Js, Ran, Text, given};
use vietnam::case;

/// Calls a function that takes no function.
pub(super) fn apply<'a>(run: &mut Run<'a>, function: Function, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let first = given(arguments, 0);
    let second = given(arguments, 1);
    match function {
        Function::FlattenDeep => {
            let items = run.items_of(&first)?;
            let flat = flat(run, items, 40)?;
            run.new_list(flat)
        }
        Function::ZipObject => {
            let (keys, values) = (run.items_of(&first)?, run.items_of(&second)?);
            let mut object = Vec::new();
            for (at, key) in keys.iter().enumerate() {
                let key = run.text_of(key)?;
                object.retain(|(known, _): &(Text<'a>, Js<'a>)| known.as_str() != key.as_str());
                run.pay(1 + object.len() / 4)?;
                object.push((key, values.get(at).copied().unwrap_or(Js::Undefined)));
            }
            run.new_object(object)
        }
        Function::Chunk => {
            let size = usize::try_from(whole(run, arguments.get(1), 1)?).unwrap_or(0);
            let items = if size == 0 { Vec::new() } else { run.items_of(&first)? };
            let mut chunks = Vec::new();
            for chunk in items.chunks(size.max(1)) {
                chunks.push(run.new_list(chunk.to_vec())?);
            }
            run.new_list(chunks)
        }
        Function::Take
        | Function::TakeRight
        | Function::Drop
        | Function::DropRight
        | Function::Tail
        | Function::Initial => {
            let mut items = run.items_of(&first)?;
            let count = if matches!(function, Function::Tail | Function::Initial) { None } else { arguments.get(1) };
            let count = usize::try_from(whole(run, count, 1)?).unwrap_or(0).min(items.len());
            let rest = items.len() - count;
            match function {
                Function::Take => items.truncate(count),
                Function::TakeRight => drop(items.drain(..rest)),
                Function::Drop | Function::Tail => drop(items.drain(..count)),
                _ => items.truncate(rest),
            }
            run.new_list(items)
        }
        Function::Nth => {
            let items = run.items_of(&first)?;
            let (at, length) = (whole(run, arguments.get(1), 0)?, i64::try_from(items.len()).unwrap_or(i64::MAX));
            let at = usize::try_from(if at < 0 { at + length } else { at }).ok();
            Ok(at.and_then(|at| items.get(at)).copied().unwrap_or(Js::Undefined))
        }
        Function::UpperFirst
        | Function::LowerFirst
        | Function::Capitalize
        | Function::StartCase
        | Function::CamelCase
        | Function::KebabCase
        | Function::SnakeCase
        | Function::UpperCase
        | Function::LowerCase => {
            let text = if first.is_nothing() { Text("") } else { run.text_of(&first)? };
            run.pay(1 + text.as_str().len() / 4)?;
            let made = in_case(function, text.as_str())?;
            run.made(&made)
        }
        _ => of_numbers(run, function, arguments),
    }
}

fn of_numbers<'a>(run: &mut Run<'a>, function: Function, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let first = given(arguments, 0);
    let second = given(arguments, 1);
    match function {
        Function::Plus | Function::Minus | Function::TimesTwo | Function::Divided => {
            // One that is not there counts for the other.
            let (one, two) = match (&first, &second) {
                (Js::Undefined, Js::Undefined) => {
                    return Ok(Js::Number(f64::from(u8::from(matches!(
                        function,
                        Function::TimesTwo | Function::Divided
                    )))));
                }
                (one, Js::Undefined) => return Ok(*one),
                (Js::Undefined, two) => return Ok(*two),
                (one, two)
                    if matches!((one, two), (Js::Text(_), _) | (_, Js::Text(_))) && function == Function::Plus =>
                {
                    return run.add(one, two);
                }
                (one, two) => (run.number_of(one)?, run.number_of(two)?),
            };
            Ok(Js::Number(match function {
                Function::Plus => one + two,
                Function::Minus => one - two,
                Function::TimesTwo => one * two,
                _ => one / two,
            }))
        }
        Function::Clamp => {
            let number = run.number_of(&first)?;
            let (low, high) = match arguments {
                [_, high] => (f64::NEG_INFINITY, run.number_of(high)?),
                [_, low, high, ..] => (run.number_of(low)?, run.number_of(high)?),
                _ => return Ok(Js::Number(number)),
            };
            let (low, high) = (if low.is_nan() { 0.0 } else { low }, if high.is_nan() { 0.0 } else { high });
            let below = if number > high { high } else { number };
            Ok(Js::Number(if below < low { low } else { below }))
        }
        Function::InRange => {
            let number = run.number_of(&first)?;
            let (from, to) = match arguments.get(2) {
                None | Some(Js::Undefined) => (0.0, run.number_of(&second)?),
                Some(to) => (run.number_of(&second)?, run.number_of(to)?),
            };
            Ok(Js::Boolean(number >= from.min(to) && number < from.max(to)))
        }
        _ => Err(RunFault::NotAFunction),
    }
}

/// `_.sortBy(items, each…)`, `_.orderBy(items, each, directions)`: by the first, and where that is the same, by the next.
pub(super) fn ordered<'a>(
    run: &mut Run<'a>,
    items: &[Js<'a>],
    function: Function,
    arguments: &'a [Expression],
) -> Ran<Js<'a>> {
    let mut by = Vec::new();
    let given = if function == Function::OrderBy { arguments.get(..1).unwrap_or_default() } else { arguments };
    for argument in given {
        match argument {
            Expression::List(list) => {
                for item in list {
                    by.push(each(run, Some(item))?);
                }
            }
            argument => by.push(each(run, Some(argument))?),
        }
    }
    let mut falls = vec![false; by.len()];
    if let (Function::OrderBy, Some(directions)) = (function, arguments.get(1)) {
        let directions = run.value(directions)?;
        let directions = run.items(&directions)?.unwrap_or_else(|| vec![directions]);
        for (falls, direction) in falls.iter_mut().zip(&directions) {
            *falls = matches!(direction, Js::Text(Text("desc")));
        }
    }
    if by.is_empty() {
        (by, falls) = (vec![Each::Itself], vec![false]);
    }
    let mut keys = Vec::new();
    for item in items {
        for each in &by {
            keys.push(each.call(run, &[*item])?);
        }
    }
    let order = (0..items.len()).map(Js::count).collect();
    let width = by.len();
    let place = |at: &Js<'a>| match at {
        // A position of a list.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Js::Number(at) => *at as usize,
        _ => 0,
    };
    // What has no order comes last: null, `undefined`, `NaN`.
    let rank = |key: &Js<'a>| match key {
        Js::Null => 1,
        Js::Undefined => 2,
        Js::Number(number) if number.is_nan() => 3,
        _ => 0,
    };
    let order = sorted(run, order, &mut |run, one, two| {
        let (one, two) = (place(one) * width, place(two) * width);
        for (at, falls) in falls.iter().enumerate() {
            let (one, two) = (keys[one + at], keys[two + at]);
            let order = match (rank(&one), rank(&two)) {
                (0, 0) if run.less(&one, &two)? == Some(true) => -1.0,
                (0, 0) if run.less(&two, &one)? == Some(true) => 1.0,
                (one, two) => sign(one.cmp(&two)),
            };
            if order != 0.0 {
                return Ok(if *falls { -order } else { order });
            }
        }
        Ok(0.0)
    })?;
    let made = order.iter().filter_map(|at| items.get(place(at))).copied().collect();
    run.new_list(made)
}

/// Does the function gather what it gives from what is found for each item?
pub(super) fn gathers(function: Function) -> bool {
    use Function::{CountBy, FindLast, FlatMap, GroupBy, KeyBy, MapKeys, MapValues, MeanBy, Partition};
    matches!(function, MeanBy | GroupBy | KeyBy | CountBy | MapValues | MapKeys | FlatMap | Partition | FindLast)
}

/// What is gathered from items by what was found for each.
pub(super) fn gathered<'a>(
    run: &mut Run<'a>,
    function: Function,
    items: &[Js<'a>],
    keys: &[Js<'a>],
    found: Vec<Js<'a>>,
) -> Ran<Js<'a>> {
    match function {
        Function::FlatMap => {
            let made = flat(run, found, 1)?;
            return run.new_list(made);
        }
        Function::MeanBy => {
            let found = run.new_list(found)?;
            let total = sum(run, &found)?;
            let (total, Js::Number(count)) = (run.number_of(&total)?, Js::count(items.len())) else {
                return Err(RunFault::Unsupported);
            };
            return Ok(Js::Number(total / count));
        }
        Function::FindLast => {
            let last = found.iter().rposition(Js::is_truthy).and_then(|at| items.get(at));
            return Ok(last.copied().unwrap_or(Js::Undefined));
        }
        Function::Partition => {
            let mut halves = Vec::new();
            for wanted in [true, false] {
                let half = items.iter().zip(&found).filter(|(_, found)| found.is_truthy() == wanted);
                halves.push(run.new_list(half.map(|(item, _)| *item).collect())?);
            }
            return run.new_list(halves);
        }
        _ => {}
    }
    let mut groups: Vec<(Text<'a>, Vec<Js<'a>>)> = Vec::new();
    for (at, (item, found)) in items.iter().zip(&found).enumerate() {
        let own = keys.get(at).copied().unwrap_or_else(|| Js::count(at));
        let (key, kept) = if function == Function::MapValues { (own, *found) } else { (*found, *item) };
        let key = run.text_of(&key)?;
        run.pay(1 + groups.len() / 4)?;
        match groups.iter_mut().find(|(known, _)| known.as_str() == key.as_str()) {
            Some((_, group)) => group.push(kept),
            None => groups.push((key, vec![kept])),
        }
    }
    let mut object = Vec::new();
    for (key, group) in groups {
        let value = match function {
            Function::GroupBy => run.new_list(group)?,
            Function::CountBy => Js::count(group.len()),
            _ => group.last().copied().unwrap_or(Js::Undefined),
        };
        object.push((key, value));
    }
    run.new_object(object)
}

/// `_.startCase(text)` and the like.
fn in_case(function: Function, text: &str) -> Ran<String> {
    let first = |text: &str, upper: bool| {
        let mut letters = text.chars();
        let first = letters.next().map(String::from).unwrap_or_default();
        [if upper { case::upper(&first) } else { case::lower(&first) }.as_str(), letters.as_str()].concat()
    };
    let (each, between): (fn(&str) -> String, _) = match function {
        Function::UpperFirst => return Ok(first(text, true)),
        Function::LowerFirst => return Ok(first(text, false)),
        Function::Capitalize => return Ok(first(&case::lower(text), true)),
        Function::StartCase => (str::to_owned, " "),
        Function::UpperCase => (case::upper, " "),
        Function::CamelCase => (case::lower, ""),
        Function::KebabCase => (case::lower, "-"),
        Function::SnakeCase => (case::lower, "_"),
        _ => (case::lower, " "),
    };
    // Marks would be taken from letters.
    if !text.is_ascii() {
        return Err(RunFault::Unsupported);
    }
    let words = words(text);
    let words = words.iter().enumerate().map(|(at, word)| match function {
        Function::StartCase => first(word, true),
        Function::CamelCase => first(&each(word), at > 0),
        _ => each(word),
    });
    Ok(words.collect::<Vec<_>>().join(between))
}

/// The words of a text of ASCII: runs of digits, of capitals, of small letters with the capital before them.
fn words(text: &str) -> Vec<String> {
    let kind = |letter: char| match letter {
        'A'..='Z' => 1,
        'a'..='z' => 2,
        '0'..='9' => 3,
        _ => 0,
    };
    let mut words: Vec<String> = Vec::new();
    let mut last = 0;
    for letter in text.chars().filter(|it| *it != '\'') {
        let now = kind(letter);
        match (last, now) {
            (_, 0) => {}
            // The last of several capitals begins the word.
            (1, 2) => {
                if let Some(word) = words.last_mut() {
                    let capital = word.pop();
                    if word.is_empty() {
                        words.pop();
                    }
                    words.push(capital.into_iter().chain([letter]).collect());
                }
            }
            (last, now) if last == now => {
                if let Some(word) = words.last_mut() {
                    word.push(letter);
                }
            }
            _ => words.push(letter.to_string()),
        }
        last = now;
    }
    words
}
