//! Functions that stand alone, and those of `Math`, `Number`, `Array`, `Object` and `Date`.

use super::names::Function;
use super::patterns::Pattern;
use super::run::Run;
use super::texts::whole;
use super::tree::Expression;
use super::value::{Js, Ran, Text, Time, given};
use super::{RunFault, lists, lodash, moments, time};
use crate::javascript::{is_blank, parse_float, parse_int, same_number};
use serde_json::Value;
use std::sync::Arc;

/// `JSON.parse`.
fn parsed<'a>(run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    if arguments.len() > 1 {
        return Err(RunFault::Unsupported);
    }
    let text = run.text_of(&given(arguments, 0))?;
    run.pay(1 + text.as_str().len() / 4)?;
    // JavaScript throws a `SyntaxError`.
    let read: Value = serde_json::from_str(text.as_str()).map_err(|_| RunFault::NotAFunction)?;
    run.copy_of(&read)
}

/// Calls a function.
pub(super) fn call<'a>(run: &mut Run<'a>, function: Function, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    if lodash::of_collection(function).is_some() {
        return lodash::over(run, function, arguments);
    }
    if function == Function::From {
        return lists::from(run, arguments);
    }
    if let Function::Through(method) = function {
        return lodash::through(run, method, arguments);
    }
    let arguments = run.values(arguments)?;
    apply(run, function, &arguments)
}

/// Calls a function that takes no function.
pub(super) fn apply<'a>(run: &mut Run<'a>, function: Function, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let first = given(arguments, 0);
    Ok(match function {
        Function::ParseInt => {
            let text = run.text_of(&first)?;
            let radix = whole(run, arguments.get(1), 0)?;
            Js::Number(parse_whole(text.as_str(), radix))
        }
        Function::ParseFloat => {
            let text = run.text_of(&first)?;
            Js::Number(parse_float(text.as_str()))
        }
        Function::Number => Js::Number(if arguments.is_empty() { 0.0 } else { run.number_of(&first)? }),
        Function::Text => Js::Text(if arguments.is_empty() { Text("") } else { run.text_of(&first)? }),
        Function::Boolean => Js::Boolean(first.is_truthy()),
        Function::IsNaN => Js::Boolean(run.number_of(&first)?.is_nan()),
        Function::IsFinite => Js::Boolean(run.number_of(&first)?.is_finite()),
        Function::NumberIsNaN => Js::Boolean(matches!(first, Js::Number(number) if number.is_nan())),
        Function::NumberIsFinite => Js::Boolean(matches!(first, Js::Number(number) if number.is_finite())),
        Function::NumberIsInteger => {
            Js::Boolean(matches!(first, Js::Number(number) if number.is_finite() && number.fract() == 0.0))
        }
        Function::IsArray => Js::Boolean(matches!(first, Js::List(_) | Js::Json(Value::Array(_)))),
        Function::Keys | Function::Values => return keys_or_values(run, &first, function == Function::Keys),
        Function::Entries => {
            let (keys, values) = (keys_or_values(run, &first, true)?, keys_or_values(run, &first, false)?);
            let (keys, values) = (run.items(&keys)?, run.items(&values)?);
            let mut entries = Vec::new();
            for (key, value) in keys.unwrap_or_default().into_iter().zip(values.unwrap_or_default()) {
                entries.push(run.new_list(vec![key, value])?);
            }
            return run.new_list(entries);
        }
        Function::Assign => {
            let Js::Object(at) = first else { return Err(RunFault::Unsupported) };
            let mut object = std::mem::take(&mut run.objects[at]);
            for from in arguments.iter().skip(1) {
                // It may be given to itself.
                let from = if matches!(from, Js::Object(same) if *same == at) { &Js::Undefined } else { from };
                run.copy_fields(from, &mut object)?;
            }
            run.objects[at] = object;
            return Ok(first);
        }
        Function::FromEntries => {
            let mut object = Vec::new();
            for entry in run.spread(&first)? {
                let (key, value) = (run.member(&entry, "0")?, run.member(&entry, "1")?);
                let key = run.text_of(&key)?;
                object.retain(|(known, _): &(Text<'a>, Js<'a>)| known.as_str() != key.as_str());
                run.pay(1 + object.len() / 4)?;
                object.push((key, value));
            }
            return run.new_object(object);
        }
        Function::JsonParse => return parsed(run, arguments),
        Function::Stringify => {
            return stringified(run, &first, &given(arguments, 1), &given(arguments, 2));
        }
        Function::Abs
        | Function::Ceil
        | Function::Floor
        | Function::Round
        | Function::Trunc
        | Function::Sign
        | Function::Sqrt => Js::Number(of_number(function, run.number_of(&first)?)),
        Function::Power => {
            let base = run.number_of(&first)?;
            Js::Number(power(base, run.number_of(&given(arguments, 1))?))
        }
        Function::Least | Function::Most => {
            let least = function == Function::Least;
            let mut best = if least { f64::INFINITY } else { f64::NEG_INFINITY };
            for argument in arguments {
                let number = run.number_of(argument)?;
                best = match () {
                    () if best.is_nan() || number.is_nan() => f64::NAN,
                    () if least => best.min(number),
                    () => best.max(number),
                };
            }
            Js::Number(best)
        }
        Function::NewDate | Function::DateNow | Function::DateParse | Function::DateInUtc => {
            return of_time(run, function, arguments);
        }
        Function::SetOf => return lodash::set_of(run, &first),
        Function::NewPattern => return new_pattern(run, &first, arguments.get(1)),
        Function::Translate => first,
        Function::Log => Js::Undefined,
        Function::NewList | Function::FromCharCode => return made_of_numbers(run, function, arguments),
        Function::Random => Js::Number(0.5),
        _ if moments::knows(function) => return moments::apply(run, function, arguments),
        _ => return lodash::apply(run, function, arguments),
    })
}

/// `Array(length)`, `String.fromCharCode(…)`.
fn made_of_numbers<'a>(run: &mut Run<'a>, function: Function, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    if function == Function::NewList {
        let first = given(arguments, 0);
        let Js::Number(count) = first else { return run.new_list(vec![first]) };
        let length = usize::try_from(whole(run, Some(&first), 0)?).ok().filter(|_| count.fract() == 0.0);
        let length = length.ok_or(RunFault::OutOfRange)?;
        run.pay(length)?;
        return run.new_list(vec![Js::Undefined; length]);
    }
    let mut units = Vec::new();
    for unit in arguments {
        // The lower 16 bits count.
        let unit = whole(run, Some(unit), 0)?.rem_euclid(65_536);
        units.push(u16::try_from(unit).unwrap_or(0));
    }
    run.made(&String::from_utf16_lossy(&units))
}

/// The functions of `Math` that take one number.
fn of_number(function: Function, number: f64) -> f64 {
    match function {
        Function::Abs => number.abs(),
        Function::Ceil => number.ceil(),
        Function::Floor => number.floor(),
        Function::Round => round(number),
        Function::Trunc => number.trunc(),
        Function::Sqrt => number.sqrt(),
        _ if number == 0.0 || number.is_nan() => number,
        _ => number.signum(),
    }
}

fn of_time<'a>(run: &mut Run<'a>, function: Function, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    match function {
        Function::DateNow => Ok(Js::Number(run.now)),
        Function::DateParse => {
            let text = run.text_of(arguments.first().unwrap_or(&Js::Undefined))?;
            Ok(Js::Number(time::parse_script_date(text.as_str())))
        }
        Function::DateInUtc if arguments.is_empty() => Ok(Js::Number(f64::NAN)),
        Function::DateInUtc => Ok(Js::Number(time::clip(of_parts(run, arguments)? + time::HOURS_AHEAD))),
        _ => new_date(run, arguments),
    }
}

/// `JSON.stringify(value, null, blanks)`.
fn stringified<'a>(run: &mut Run<'a>, value: &Js<'a>, replaced: &Js<'a>, blanks: &Js<'a>) -> Ran<Js<'a>> {
    let blanks = match blanks {
        Js::Undefined | Js::Null => 0,
        Js::Number(_) => usize::try_from(whole(run, Some(blanks), 0)?.clamp(0, 10)).unwrap_or(0),
        _ => return Err(RunFault::Unsupported),
    };
    if !replaced.is_nothing() {
        return Err(RunFault::Unsupported);
    }
    let json = run.json_of(value)?;
    if json.is_null() && matches!(value, Js::Undefined) {
        return Ok(Js::Undefined);
    }
    if blanks == 0 {
        return run.made(&json.to_string());
    }
    let mut text = String::new();
    indented(run, &json, blanks, 0, &mut text)?;
    run.made(&text)
}

/// Writes a value on lines of its own.
fn indented(run: &mut Run<'_>, json: &Value, blanks: usize, depth: usize, text: &mut String) -> Ran<()> {
    let parts: Vec<(String, &Value)> = match json {
        Value::Array(items) => items.iter().map(|item| (String::new(), item)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| ([&Value::from(key.as_str()).to_string(), ": "].concat(), value)).collect()
        }
        _ => Vec::new(),
    };
    if parts.is_empty() {
        return run.append(text, &json.to_string());
    }
    run.append(text, if json.is_array() { "[" } else { "{" })?;
    for (at, (key, value)) in parts.iter().enumerate() {
        run.append(text, if at == 0 { "\n" } else { ",\n" })?;
        run.append(text, &" ".repeat(blanks * (depth + 1)))?;
        run.append(text, key)?;
        indented(run, value, blanks, depth + 1, text)?;
    }
    run.append(text, "\n")?;
    run.append(text, &" ".repeat(blanks * depth))?;
    run.append(text, if json.is_array() { "]" } else { "}" })
}

/// `Math.pow`.
fn power(base: f64, exponent: f64) -> f64 {
    // One to the power of no number is no number in JavaScript alone.
    let none = exponent.is_nan() || (exponent.is_infinite() && same_number(base.abs(), 1.0));
    if none { f64::NAN } else { base.powf(exponent) }
}

/// `Math.round`.
pub(super) fn round(number: f64) -> f64 {
    let below = number.floor();
    if number - below >= 0.5 { (below + 1.0).copysign(number) } else { below }
}

/// `parseInt(text, radix)`.
fn parse_whole(text: &str, radix: i64) -> f64 {
    let trimmed = text.trim_start_matches(is_blank);
    let (negative, digits) = match trimmed.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let hexadecimal = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    let (radix, digits) = match (radix, hexadecimal) {
        (0 | 16, Some(digits)) => (16, digits),
        (0 | 10, None) => return parse_int(text),
        (10, Some(_)) => return 0.0_f64.copysign(if negative { -1.0 } else { 1.0 }),
        (radix, _) => (radix, digits),
    };
    let Some(radix) = u32::try_from(radix).ok().filter(|radix| (2..=36).contains(radix)) else {
        return f64::NAN;
    };
    let mut total = 0.0;
    let mut any = false;
    for digit in digits.chars().map_while(|digit| digit.to_digit(radix)) {
        total = total * f64::from(radix) + f64::from(digit);
        any = true;
    }
    match (any, negative) {
        (false, _) => f64::NAN,
        (true, true) => -total,
        (true, false) => total,
    }
}

/// The keys or values of an object or list.
pub(super) fn keys_or_values<'a>(run: &mut Run<'a>, value: &Js<'a>, keys: bool) -> Ran<Js<'a>> {
    if value.is_nothing() {
        return Err(RunFault::MemberOfNothing);
    }
    let mut made = Vec::new();
    match value {
        Js::Json(Value::Object(object)) => {
            run.pay(object.len())?;
            for (key, value) in object {
                made.push(if keys { Js::text(key) } else { Js::from_json(value) });
            }
        }
        Js::Object(at) => {
            run.pay(run.objects[*at].len())?;
            for (key, value) in &run.objects[*at] {
                made.push(if keys { Js::Text(*key) } else { *value });
            }
        }
        Js::Text(_) => return Err(RunFault::Unsupported),
        _ => {
            for (at, item) in run.items_of(value)?.into_iter().enumerate() {
                let item = if keys { Js::Text(run.text_of(&Js::count(at))?) } else { item };
                made.push(item);
            }
        }
    }
    run.new_list(made)
}

/// `new RegExp(…)`.
fn new_pattern<'a>(run: &mut Run<'a>, pattern: &Js<'a>, flags: Option<&Js<'a>>) -> Ran<Js<'a>> {
    if let (Js::Pattern(number), None) = (pattern, flags) {
        let same = run.patterns[*number].0.clone();
        return run.new_pattern(same);
    }
    let source = run.text_of(pattern)?;
    let flags = match flags {
        None | Some(Js::Undefined) => Text(""),
        Some(flags) => run.text_of(flags)?,
    };
    run.pay(source.as_str().len())?;
    let pattern = Pattern::parse(source.as_str(), flags.as_str()).ok_or(RunFault::Unsupported)?;
    run.new_pattern(Arc::new(pattern))
}

/// `new Date(…)`.
fn new_date<'a>(run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let milliseconds = match arguments {
        [] => run.now,
        [Js::Time(Time { at, .. })] => run.times[*at],
        [one] => {
            let text = match one {
                Js::Json(_) | Js::List(_) | Js::Object(_) | Js::Text(_) => Js::Text(run.text_of(one)?),
                other => *other,
            };
            match &text {
                Js::Text(text) => time::parse_script_date(text.as_str()),
                other => run.number_of(other)?,
            }
        }
        many => of_parts(run, many)?,
    };
    run.new_time(milliseconds, false)
}

/// The point in time of a year, a month from 0, a day and so on.
fn of_parts<'a>(run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<f64> {
    let mut parts = [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0];
    for (part, argument) in parts.iter_mut().zip(arguments) {
        *part = run.number_of(argument)?;
    }
    if (0.0..=99.0).contains(&parts[0].trunc()) {
        parts[0] = 1_900.0 + parts[0].trunc();
    }
    Ok(time::from_parts(parts))
}
