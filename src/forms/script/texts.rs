//! Methods of texts. Positions count UTF-16 units.

use super::RunFault;
use super::names::{Function, Method};
use super::patterns;
use super::run::Run;
use super::tree::Expression;
use super::value::{Js, Ran, Text, given};
use crate::javascript::{is_blank, trim, utf16_length};
use vietnam::case;

/// The part of a text from one position up to another.
pub(super) fn part(text: &str, from: usize, to: usize) -> String {
    if text.is_ascii() {
        let to = to.min(text.len());
        return text.get(from..to).unwrap_or("").to_owned();
    }
    let units: Vec<u16> = text.encode_utf16().take(to).skip(from).collect();
    String::from_utf16_lossy(&units)
}

/// A whole number, as positions and counts are read; beyond a thousand million it makes no difference.
pub(super) fn whole<'a>(run: &mut Run<'a>, value: Option<&Js<'a>>, default: i64) -> Ran<i64> {
    let number = match value {
        None | Some(Js::Undefined) => return Ok(default),
        Some(Js::Number(number)) => *number,
        Some(text @ Js::Text(_)) => run.number_of(text)?,
        Some(Js::Null) => 0.0,
        Some(Js::Boolean(yes)) => f64::from(u8::from(*yes)),
        Some(Js::Time(it)) => run.times.get(it.at).copied().unwrap_or(f64::NAN),
        Some(Js::Json(_) | Js::List(_) | Js::Object(_) | Js::Pattern(_)) => return Err(RunFault::Unsupported),
    };
    // Cut off on purpose, as JavaScript does; clamped before.
    #[allow(clippy::cast_possible_truncation)]
    let whole = if number.is_nan() { 0 } else { number.clamp(-1e9, 1e9) as i64 };
    Ok(whole)
}

/// Start and end of `slice(start, end)` in something of this length.
pub(super) fn range<'a>(run: &mut Run<'a>, length: usize, arguments: &[Js<'a>]) -> Ran<(usize, usize)> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let from = whole(run, arguments.first(), 0)?;
    let to = whole(run, arguments.get(1), length)?;
    let at = |position: i64| if position < 0 { (length + position).max(0) } else { position.min(length) };
    let (from, to) = (at(from), at(to));
    Ok((index(from), index(to.max(from))))
}

/// A position that is not negative.
fn index(position: i64) -> usize {
    usize::try_from(position.max(0)).unwrap_or(0)
}

/// `text.at(position)`, from the end if it is negative.
fn letter_at<'a>(run: &mut Run<'a>, text: &str, position: &Js<'a>) -> Ran<Js<'a>> {
    let length = i64::try_from(crate::javascript::utf16_length(text)).unwrap_or(0);
    let at = whole(run, Some(position), 0)?;
    let at = usize::try_from(if at < 0 { at + length } else { at });
    let letter = at.map_or_else(|_| String::new(), |at| part(text, at, at.saturating_add(1)));
    if letter.is_empty() { Ok(Js::Undefined) } else { run.made(&letter) }
}

/// Calls a method of a text.
pub(super) fn call<'a>(run: &mut Run<'a>, held: &Text<'a>, method: Method, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    let takes_pattern = match method {
        Method::Match | Method::Search => true,
        Method::Replace | Method::ReplaceAll | Method::Split => match arguments.first() {
            Some(Expression::Pattern(_) | Expression::Call(Function::NewPattern, _)) => true,
            // What a name means is known now only.
            Some(Expression::Variable(place)) => run.is_pattern(*place),
            _ => false,
        },
        _ => false,
    };
    if takes_pattern {
        run.pay(1 + held.as_str().len() / 4)?;
        return patterns::of_text(run, held.as_str(), method, arguments);
    }
    if arguments.iter().any(|argument| matches!(argument, Expression::Callback(_) | Expression::Known(_))) {
        let replaces = matches!(method, Method::Replace | Method::ReplaceAll);
        return Err(if replaces { RunFault::Unsupported } else { RunFault::NotAFunction });
    }
    let arguments = run.values(arguments)?;
    let text = held.as_str();
    run.pay(1 + text.len() / 16)?;
    let first = given(&arguments, 0);
    match method {
        Method::Includes | Method::IndexOf | Method::StartsWith | Method::EndsWith | Method::LastIndexOf => {
            find(run, text, method, &first, arguments.get(1))
        }
        Method::Lower => run.made(&case::lower(text)),
        Method::Upper => run.made(&case::upper(text)),
        Method::Trim => run.made(trim(text)),
        Method::TrimStart => run.made(text.trim_start_matches(is_blank)),
        Method::TrimEnd => run.made(text.trim_end_matches(is_blank)),
        Method::ToText | Method::ValueOf => Ok(Js::Text(*held)),
        Method::Slice => {
            let (from, to) = range(run, utf16_length(text), &arguments)?;
            run.made(&part(text, from, to))
        }
        Method::Substring => {
            let length = i64::try_from(utf16_length(text)).unwrap_or(i64::MAX);
            let from = whole(run, Some(&first), 0)?.clamp(0, length);
            let to = whole(run, arguments.get(1), length)?.clamp(0, length);
            run.made(&part(text, index(from.min(to)), index(from.max(to))))
        }
        Method::Substr => {
            let length = i64::try_from(utf16_length(text)).unwrap_or(i64::MAX);
            let from = whole(run, Some(&first), 0)?;
            let from = if from < 0 { (length + from).max(0) } else { from.min(length) };
            let count = whole(run, arguments.get(1), length)?.max(0);
            run.made(&part(text, index(from), index(from + count)))
        }
        Method::At => letter_at(run, text, &first),
        Method::CharAt => {
            let at = whole(run, Some(&first), 0)?;
            let at = usize::try_from(at).unwrap_or(usize::MAX - 1);
            run.made(&part(text, at, at.saturating_add(1)))
        }
        Method::CharCodeAt => {
            let at = usize::try_from(whole(run, Some(&first), 0)?);
            let unit = at.ok().and_then(|at| text.encode_utf16().nth(at));
            Ok(Js::Number(unit.map_or(f64::NAN, f64::from)))
        }
        Method::Split => split(run, text, &first, arguments.get(1)),
        Method::Replace | Method::ReplaceAll => {
            let pattern = run.text_of(&first)?;
            let with = run.text_of(arguments.get(1).unwrap_or(&Js::Undefined))?;
            replace(run, text, pattern.as_str(), with.as_str(), method == Method::ReplaceAll)
        }
        Method::Concat => {
            let mut all = String::new();
            run.append(&mut all, text)?;
            for argument in &arguments {
                let more = run.text_of(argument)?;
                run.append(&mut all, more.as_str())?;
            }
            run.made(&all)
        }
        Method::PadStart | Method::PadEnd => {
            let wanted = index(whole(run, Some(&first), 0)?);
            let fill = match arguments.get(1) {
                None | Some(Js::Undefined) => Text(" "),
                Some(fill) => run.text_of(fill)?,
            };
            pad(run, text, wanted, fill.as_str(), method == Method::PadStart)
        }
        Method::Repeat => {
            let times = whole(run, Some(&first), 0)?;
            if times < 0 {
                return Err(RunFault::OutOfRange);
            }
            let mut all = String::new();
            for _ in 0..times {
                run.append(&mut all, text)?;
            }
            run.made(&all)
        }
        _ => Err(RunFault::NotAFunction),
    }
}

fn find<'a>(run: &mut Run<'a>, text: &str, method: Method, needle: &Js<'a>, from: Option<&Js<'a>>) -> Ran<Js<'a>> {
    let needle = run.text_of(needle)?;
    let needle = needle.as_str();
    run.pay(needle.len() / 16)?;
    let from = match (method, from) {
        (_, None | Some(Js::Undefined)) => 0,
        (Method::EndsWith | Method::LastIndexOf, Some(_)) => return Err(RunFault::Unsupported),
        (_, from) => index(whole(run, from, 0)?),
    };
    let later;
    let rest = if from == 0 {
        text
    } else {
        later = part(text, from, usize::MAX);
        &later
    };
    let from = from.min(utf16_length(text));
    let position = |at: Option<usize>| match at {
        Some(at) => Js::count(from + utf16_length(&rest[..at])),
        None => Js::Number(-1.0),
    };
    Ok(match method {
        Method::Includes => Js::Boolean(rest.contains(needle)),
        Method::StartsWith => Js::Boolean(rest.starts_with(needle)),
        Method::EndsWith => Js::Boolean(rest.ends_with(needle)),
        Method::LastIndexOf => position(rest.rfind(needle)),
        _ => position(rest.find(needle)),
    })
}

fn split<'a>(run: &mut Run<'a>, text: &str, between: &Js<'a>, limit: Option<&Js<'a>>) -> Ran<Js<'a>> {
    let most = whole(run, limit, i64::MAX)?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    if most == 0 {
        return run.new_list(parts);
    }
    if matches!(between, Js::Undefined) {
        let whole = run.made(text)?;
        return run.new_list(vec![whole]);
    }
    let between = run.text_of(between)?;
    if between.as_str().is_empty() {
        run.pay(utf16_length(text))?;
        let units: Vec<u16> = text.encode_utf16().collect();
        for unit in units.iter().take(most) {
            let unit = run.made(&String::from_utf16_lossy(&[*unit]))?;
            parts.push(unit);
        }
    } else {
        for piece in text.split(between.as_str()).take(most) {
            let piece = run.made(piece)?;
            parts.push(piece);
        }
    }
    run.new_list(parts)
}

fn replace<'a>(run: &mut Run<'a>, text: &str, pattern: &str, with: &str, all: bool) -> Ran<Js<'a>> {
    let mut made = String::new();
    let mut done = 0;
    for (at, found) in text.match_indices(pattern).take(if all { usize::MAX } else { 1 }) {
        run.append(&mut made, &text[done..at])?;
        // `$&` and its like name parts of the text.
        let mut rest = with;
        while let Some((before, after)) = rest.split_once('$') {
            run.append(&mut made, before)?;
            let (part, skipped) = match after.as_bytes().first() {
                Some(b'$') => ("$", 1),
                Some(b'&') => (found, 1),
                Some(b'`') => (&text[..at], 1),
                Some(b'\'') => (&text[at + found.len()..], 1),
                _ => ("$", 0),
            };
            run.append(&mut made, part)?;
            rest = &after[skipped..];
        }
        run.append(&mut made, rest)?;
        done = at + found.len();
    }
    run.append(&mut made, &text[done..])?;
    run.made(&made)
}

fn pad<'a>(run: &mut Run<'a>, text: &str, wanted: usize, fill: &str, before: bool) -> Ran<Js<'a>> {
    let missing = wanted.saturating_sub(utf16_length(text));
    let mut padding = String::new();
    let unit = utf16_length(fill);
    if missing > 0 && unit > 0 {
        for _ in 0..missing / unit {
            run.append(&mut padding, fill)?;
        }
        run.append(&mut padding, &part(fill, 0, missing % unit))?;
    }
    let mut all = String::new();
    let (one, two) = if before { (padding.as_str(), text) } else { (text, padding.as_str()) };
    run.append(&mut all, one)?;
    run.append(&mut all, two)?;
    run.made(&all)
}
