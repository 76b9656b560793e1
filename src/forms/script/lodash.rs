//! The functions of lodash that definitions use.

use super::functions::{keys_or_values, round};
use super::lists::{Each, flat, over as over_list, reduce};
use super::names::{Function, Method};
use super::run::Run;
use super::texts::whole;
use super::tree::Expression;
use super::value::{Js, Ran, Text, given, same_value_zero};
use super::{RunFault, collections};
use crate::javascript::{number_to_text, text_to_number};
use crate::path::{Segment, segments};
use serde_json::Value;
use vietnam::case;

/// Does the function go over a collection?
pub(super) fn of_collection(function: Function) -> Option<Method> {
    Some(match function {
        Function::Some => Method::Some,
        Function::Every => Method::Every,
        Function::Filter => Method::Filter,
        Function::Find => Method::Find,
        Function::ForEach => Method::ForEach,
        Function::Reduce => Method::Reduce,
        Function::Map
        | Function::SumBy
        | Function::Reject
        | Function::UniqBy
        | Function::UniqWith
        | Function::SortBy
        | Function::MinBy
        | Function::MaxBy
        | Function::PickBy
        | Function::OmitBy
        | Function::FindIndex
        | Function::GroupBy
        | Function::KeyBy
        | Function::CountBy
        | Function::MapValues
        | Function::MapKeys
        | Function::FlatMap
        | Function::MeanBy
        | Function::Partition
        | Function::OrderBy
        | Function::FindLast
        | Function::Times => Method::Map,
        _ => return None,
    })
}

/// Goes over a list, or over the values of an object; nothing has no items.
pub(super) fn over<'a>(run: &mut Run<'a>, function: Function, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    let collection = match arguments.first() {
        Some(collection) => run.value(collection)?,
        None => Js::Undefined,
    };
    let (mut items, mut keys) = (Vec::new(), Vec::new());
    match &collection {
        Js::Json(Value::Object(_)) | Js::Object(_) => {
            let values = keys_or_values(run, &collection, false)?;
            items = run.items_of(&values)?;
            let names = keys_or_values(run, &collection, true)?;
            keys = run.items_of(&names)?;
        }
        Js::Text(text) if !text.as_str().is_empty() => return Err(RunFault::Unsupported),
        Js::Number(_) if function == Function::Times => {
            let count = usize::try_from(whole(run, Some(&collection), 0)?).unwrap_or(0);
            run.pay(count)?;
            items = (0..count).map(Js::count).collect();
        }
        list => items = run.items(list)?.unwrap_or(items),
    }
    if matches!(function, Function::SortBy | Function::OrderBy) {
        return collections::ordered(run, &items, function, arguments.get(1..).unwrap_or_default());
    }
    let each = each(run, arguments.get(1))?;
    match function {
        Function::Reduce => {
            let first = match arguments.get(2) {
                Some(first) => Some(run.value(first)?),
                None if items.is_empty() => return Ok(Js::Undefined),
                None => None,
            };
            reduce(run, &collection, items.into_iter().enumerate().collect(), &each, first)
        }
        Function::UniqWith => {
            let mut made: Vec<Js<'a>> = Vec::new();
            for item in items.into_iter().filter(|_| keys.is_empty()) {
                let mut known = false;
                for kept in &made {
                    known = known
                        || match &each {
                            Each::Own(_) | Each::Known(_) => each.call(run, &[item, *kept])?.is_truthy(),
                            Each::Path(_) | Each::Like(_) | Each::Equals(..) | Each::Itself => {
                                same_value_zero(&item, kept)
                            }
                        };
                }
                run.pay(1 + made.len() / 4)?;
                if !known {
                    made.push(item);
                }
            }
            run.new_list(made)
        }
        Function::ForEach => {
            for (at, item) in items.iter().enumerate() {
                let key = keys.get(at).copied().unwrap_or_else(|| Js::count(at));
                let answer = each.call(run, &[*item, key, collection])?;
                // `false` ends the walk.
                if matches!(answer, Js::Boolean(false)) {
                    break;
                }
            }
            Ok(collection)
        }
        _ => {
            let method = of_collection(function).unwrap_or(Method::Map);
            let made = over_list(run, &collection, &items, &keys, method, &each)?;
            let keys = match function {
                Function::SumBy => return sum(run, &made),
                Function::FindIndex => {
                    let found = run.items_of(&made)?.iter().position(Js::is_truthy);
                    return Ok(found.map_or(Js::Number(-1.0), Js::count));
                }
                Function::PickBy | Function::OmitBy => {
                    let found = run.items_of(&made)?;
                    let mut object = Vec::new();
                    for (at, item) in items.iter().enumerate() {
                        let wanted = found.get(at).is_some_and(Js::is_truthy) == (function == Function::PickBy);
                        let key = keys.get(at).copied().unwrap_or_else(|| Js::count(at));
                        let key = run.text_of(&key)?;
                        object.extend(wanted.then_some((key, *item)));
                    }
                    return run.new_object(object);
                }
                Function::Reject | Function::UniqBy | Function::MinBy | Function::MaxBy => run.items_of(&made)?,
                _ if collections::gathers(function) => {
                    let found = run.items_of(&made)?;
                    return collections::gathered(run, function, &items, &keys, found);
                }
                _ => return Ok(made),
            };
            by_keys(run, function, items, keys)
        }
    }
}

/// What comes of items by what was found for each.
fn by_keys<'a>(run: &mut Run<'a>, function: Function, items: Vec<Js<'a>>, keys: Vec<Js<'a>>) -> Ran<Js<'a>> {
    if matches!(function, Function::MinBy | Function::MaxBy) {
        let best = extreme(run, &keys, function == Function::MinBy)?;
        return Ok(best.and_then(|at| items.get(at)).copied().unwrap_or(Js::Undefined));
    }
    let mut made = Vec::new();
    let mut known: Vec<Js<'a>> = Vec::new();
    for (item, key) in items.into_iter().zip(keys) {
        run.pay(1 + known.len() / 4)?;
        if function == Function::Reject && !key.is_truthy() {
            made.push(item);
        } else if function == Function::UniqBy && !known.iter().any(|it| same_value_zero(it, &key)) {
            known.push(key);
            made.push(item);
        }
    }
    run.new_list(made)
}

/// Calls the method of a text or list.
pub(super) fn through<'a>(run: &mut Run<'a>, method: Method, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    let held = arguments.first().map_or(Ok(Js::Undefined), |held| run.value(held))?;
    let rest = arguments.get(1..).unwrap_or_default();
    if method == Method::Slice {
        return if held.is_nothing() { run.new_list(Vec::new()) } else { super::lists::call(run, &held, method, rest) };
    }
    let text = if held.is_nothing() { Text("") } else { run.text_of(&held)? };
    super::texts::call(run, &text, method, rest)
}

/// Where the smallest or largest is; what has no order is passed over.
fn extreme<'a>(run: &mut Run<'a>, keys: &[Js<'a>], least: bool) -> Ran<Option<usize>> {
    let mut best: Option<usize> = None;
    for (at, key) in keys.iter().enumerate() {
        if key.is_nothing() || matches!(key, Js::Number(number) if number.is_nan()) {
            continue;
        }
        let better = match best.and_then(|best| keys.get(best)) {
            None => true,
            Some(best) if least => run.less(key, best)? == Some(true),
            Some(best) => run.less(best, key)? == Some(true),
        };
        if better {
            best = Some(at);
        }
    }
    Ok(best)
}

/// What is called for each item: a function, a path, or fields to have.
pub(super) fn each<'a>(run: &mut Run<'a>, argument: Option<&'a Expression>) -> Ran<Each<'a>> {
    Ok(match argument {
        None => Each::Itself,
        Some(Expression::Callback(number)) => Each::Own(*number),
        Some(Expression::Known(function)) => Each::Known(*function),
        Some(other) => match run.value(other)? {
            Js::Undefined | Js::Null => Each::Itself,
            Js::Object(at) => Each::Like(at),
            Js::List(at) if run.lists[at].len() == 2 => {
                let (path, wanted) = (run.lists[at][0], run.lists[at][1]);
                Each::Equals(run.text_of(&path)?, wanted)
            }
            path @ (Js::Text(_) | Js::Number(_)) => Each::Path(run.text_of(&path)?),
            _ => return Err(RunFault::Unsupported),
        },
    })
}

/// Calls a function that takes no function.
pub(super) fn apply<'a>(run: &mut Run<'a>, function: Function, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let first = given(arguments, 0);
    let second = given(arguments, 1);
    let is = |yes: bool| Ok(Js::Boolean(yes));
    match function {
        Function::Get => {
            let path = path_text(run, &second)?;
            let found = get(run, &first, &path)?;
            Ok(found.or_else(|| arguments.get(2).copied()).unwrap_or(Js::Undefined))
        }
        Function::Has => {
            let path = path_text(run, &second)?;
            is(has(run, &first, &path)?)
        }
        Function::AnyKeys | Function::AnyValues if first.is_nothing() => run.new_list(Vec::new()),
        Function::AnyKeys | Function::AnyValues => keys_or_values(run, &first, function == Function::AnyKeys),
        Function::Sum => sum(run, &first),
        Function::IsEmpty => is(match &first {
            Js::Time(it) => !it.moment,
            other => size(run, other)? == 0,
        }),
        Function::Size => Ok(Js::count(size(run, &first)?)),
        Function::Includes => match &first {
            Js::Text(text) => {
                let needle = run.text_of(&second)?;
                run.pay((text.as_str().len() + needle.as_str().len()) / 16)?;
                is(text.as_str().contains(needle.as_str()))
            }
            Js::Json(Value::Object(_)) | Js::Object(_) => {
                let values = keys_or_values(run, &first, false)?;
                let items = run.items_of(&values)?;
                is(items.iter().any(|item| same_value_zero(item, &second)))
            }
            list => is(run.items_of(list)?.iter().any(|item| same_value_zero(item, &second))),
        },
        Function::IsObject => is(first.is_object()),
        Function::IsBoolean => is(matches!(first, Js::Boolean(_))),
        Function::ToNumber => Ok(Js::Number(run.number_of(&first)?)),
        Function::IsNil => is(first.is_nothing()),
        Function::IsEqual => is(equal(run, &first, &second, 0)?),
        Function::IsText => is(matches!(first, Js::Text(_))),
        Function::IsNumber => is(matches!(first, Js::Number(_))),
        Function::IsUndefined => is(matches!(first, Js::Undefined)),
        Function::IsNull => is(matches!(first, Js::Null)),
        Function::RoundTo | Function::CeilTo | Function::FloorTo => {
            let number = run.number_of(&first)?;
            let digits = whole(run, arguments.get(1), 0)?.min(292);
            let rounded = match function {
                Function::CeilTo => f64::ceil,
                Function::FloorTo => f64::floor,
                _ => round,
            };
            Ok(Js::Number(if digits == 0 || !number.is_finite() {
                rounded(number)
            } else {
                shifted(rounded(shifted(number, digits)), -digits)
            }))
        }
        Function::IsPlainObject => is(matches!(first, Js::Object(_) | Js::Json(Value::Object(_)))),
        Function::IsDate => is(matches!(&first, Js::Time(it) if !it.moment)),
        Function::Itself => Ok(first),
        Function::First | Function::Last => {
            let items = run.items_of(&first)?;
            let item = if function == Function::First { items.first() } else { items.last() };
            Ok(item.copied().unwrap_or(Js::Undefined))
        }
        _ => of_lists(run, function, arguments, first, &second),
    }
}

/// Functions that make lists, objects and texts of others.
fn of_lists<'a>(
    run: &mut Run<'a>,
    function: Function,
    arguments: &[Js<'a>],
    first: Js<'a>,
    second: &Js<'a>,
) -> Ran<Js<'a>> {
    match function {
        Function::Copy => Ok(match &first {
            Js::List(_) => {
                let items = run.items_of(&first)?;
                run.new_list(items)?
            }
            Js::Object(at) => {
                let object = run.objects[*at].clone();
                run.new_object(object)?
            }
            Js::Time(it) => run.new_time(run.times[it.at], it.moment)?,
            _ => first,
        }),
        Function::Flatten => {
            let items = run.items_of(&first)?;
            let flat = flat(run, items, 1)?;
            run.new_list(flat)
        }
        Function::Difference | Function::Intersection | Function::Union | Function::Concat => {
            together(run, function, first, arguments.get(1..).unwrap_or_default())
        }
        Function::ToText | Function::Trim | Function::ToUpper | Function::ToLower if first.is_nothing() => {
            Ok(Js::text(""))
        }
        Function::ToText | Function::Trim | Function::ToUpper | Function::ToLower => {
            let text = run.text_of(&first)?;
            match function {
                Function::ToText => Ok(Js::Text(text)),
                Function::Trim => run.made(crate::javascript::trim(text.as_str())),
                Function::ToUpper => run.made(&case::upper(text.as_str())),
                _ => run.made(&case::lower(text.as_str())),
            }
        }
        Function::LeastOf | Function::MostOf => {
            let items = run.items_of(&first)?;
            let best = extreme(run, &items, function == Function::LeastOf)?;
            Ok(best.and_then(|at| items.get(at)).copied().unwrap_or(Js::Undefined))
        }
        Function::Mean => {
            let count = size(run, &first)?;
            let total = sum(run, &first)?;
            let (total, Js::Number(count)) = (run.number_of(&total)?, Js::count(count)) else {
                return Err(RunFault::Unsupported);
            };
            Ok(Js::Number(total / count))
        }
        Function::IndexOf => {
            let items = run.items_of(&first)?;
            let at = items.iter().position(|item| same_value_zero(item, second));
            Ok(at.map_or(Js::Number(-1.0), Js::count))
        }
        Function::Join => {
            let between = if matches!(second, Js::Undefined) { Text(",") } else { run.text_of(second)? };
            let text = if run.items(&first)?.is_some() { run.join(&first, between.as_str())? } else { String::new() };
            run.made(&text)
        }
        Function::DefaultTo => {
            let nothing = first.is_nothing() || matches!(first, Js::Number(number) if number.is_nan());
            Ok(if nothing { *second } else { first })
        }
        Function::Pick | Function::Omit => {
            let mut object = Vec::new();
            run.copy_fields(&first, &mut object)?;
            let keys = flat(run, arguments[1.min(arguments.len())..].to_vec(), 1)?;
            let mut names = Vec::new();
            for key in &keys {
                names.push(run.text_of(key)?);
            }
            run.pay(1 + object.len() * names.len() / 4)?;
            if names.iter().any(|name| name.as_str().contains(['.', '['])) {
                return Err(RunFault::Unsupported);
            }
            let is_named = |key: &Text<'a>| names.iter().any(|name| name.as_str() == key.as_str());
            object.retain(|(key, _)| is_named(key) == (function == Function::Pick));
            run.new_object(object)
        }
        Function::Range => numbers(run, arguments),
        Function::AnyEntries if first.is_nothing() => run.new_list(Vec::new()),
        Function::AnyEntries => super::functions::apply(run, Function::Entries, arguments),
        Function::CastArray if arguments.is_empty() => run.new_list(Vec::new()),
        Function::CastArray if matches!(first, Js::List(_) | Js::Json(Value::Array(_))) => Ok(first),
        Function::CastArray => run.new_list(vec![first]),
        Function::Uniq => {
            let items = run.items_of(&first)?;
            once(run, items)
        }
        Function::Compact => {
            let items = run.items_of(&first)?;
            run.new_list(items.into_iter().filter(Js::is_truthy).collect())
        }
        _ => collections::apply(run, function, arguments),
    }
}

/// `_.range(from, to, step)`.
fn numbers<'a>(run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let number = |run: &mut Run<'a>, at: usize| arguments.get(at).map(|it| run.number_of(it)).transpose();
    let (from, to) = match (number(run, 0)?.unwrap_or(0.0), number(run, 1)?) {
        (from, Some(to)) => (from, to),
        (to, None) => (0.0, to),
    };
    let step = number(run, 2)?.unwrap_or(if from < to { 1.0 } else { -1.0 });
    let mut left = ((to - from) / step).ceil();
    if step == 0.0 || left.is_nan() {
        return Err(RunFault::Unsupported);
    }
    let (mut items, mut at) = (Vec::new(), from);
    while left > 0.0 {
        run.pay(1)?;
        items.push(Js::Number(at));
        at += step;
        left -= 1.0;
    }
    run.new_list(items)
}

/// The items of a set: each of them once.
pub(super) fn set_of<'a>(run: &mut Run<'a>, given: &Js<'a>) -> Ran<Js<'a>> {
    let items = if given.is_nothing() { Vec::new() } else { run.spread(given)? };
    once(run, items)
}

fn once<'a>(run: &mut Run<'a>, items: Vec<Js<'a>>) -> Ran<Js<'a>> {
    let mut kept: Vec<Js<'a>> = Vec::new();
    for item in items {
        run.pay(1 + kept.len() / 4)?;
        if !kept.iter().any(|known| same_value_zero(known, &item)) {
            kept.push(item);
        }
    }
    run.new_list(kept)
}

/// What several lists have together, or the first without the others.
fn together<'a>(run: &mut Run<'a>, function: Function, first: Js<'a>, rest: &[Js<'a>]) -> Ran<Js<'a>> {
    let mut kept = run.items_of(&first)?;
    if function == Function::Concat && run.items(&first)?.is_none() && !first.is_nothing() {
        kept = vec![first];
    }
    for more in rest {
        let more = run.items(more)?.unwrap_or_else(|| vec![*more]);
        run.pay(1 + kept.len() * more.len() / 4)?;
        let among = |item: &Js<'a>| more.iter().any(|other| same_value_zero(other, item));
        match function {
            Function::Difference => kept.retain(|item| !among(item)),
            Function::Intersection => kept.retain(among),
            _ => kept.extend(more),
        }
    }
    if matches!(function, Function::Union | Function::Intersection) {
        return once(run, kept);
    }
    run.new_list(kept)
}

/// The number with its decimal sign moved, by way of its digits as lodash does.
fn shifted(number: f64, digits: i64) -> f64 {
    let text = number_to_text(number);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent = exponent.trim_start_matches('+').parse::<i64>().unwrap_or(0) + digits;
    text_to_number(&[mantissa, "e", &exponent.to_string()].concat())
}

/// A path, also one given as a list of keys.
fn path_text<'a>(run: &mut Run<'a>, path: &Js<'a>) -> Ran<String> {
    if matches!(path, Js::List(_)) {
        return run.join(path, ".");
    }
    Ok(run.text_of(path)?.as_str().to_owned())
}

/// `_.get(value, path)`; `None` for `undefined`.
pub(super) fn get<'a>(run: &mut Run<'a>, value: &Js<'a>, path: &str) -> Ran<Option<Js<'a>>> {
    if value.is_nothing() {
        return Ok(None);
    }
    run.look_through(path)?;
    let mut found = *value;
    if run.has(value, path)? {
        found = run.member(value, path)?;
    } else {
        for segment in segments(path) {
            run.pay(1)?;
            if found.is_nothing() {
                return Ok(None);
            }
            found = match segment {
                Segment::Key(key) => run.member(&found, key)?,
                Segment::Row(row) => run.member(&found, &row.to_string())?,
            };
        }
    }
    Ok(if matches!(found, Js::Undefined) { None } else { Some(found) })
}

fn has<'a>(run: &mut Run<'a>, value: &Js<'a>, path: &str) -> Ran<bool> {
    if value.is_nothing() {
        return Ok(false);
    }
    run.look_through(path)?;
    if run.has(value, path)? {
        return Ok(true);
    }
    let mut found = *value;
    let mut any = false;
    for segment in segments(path) {
        let key = match segment {
            Segment::Key(key) => key.to_owned(),
            Segment::Row(row) => row.to_string(),
        };
        if found.is_nothing() || !run.has(&found, &key)? {
            return Ok(false);
        }
        found = run.member(&found, &key)?;
        any = true;
    }
    Ok(any)
}

pub(super) fn sum<'a>(run: &mut Run<'a>, list: &Js<'a>) -> Ran<Js<'a>> {
    let mut total = Js::Undefined;
    let items = run.items_of(list)?;
    if items.is_empty() {
        return Ok(Js::Number(0.0));
    }
    for item in items {
        total = match (&total, &item) {
            (_, Js::Undefined) => total,
            (Js::Undefined, _) => item,
            _ => run.add(&total, &item)?,
        };
    }
    Ok(total)
}

fn size(run: &mut Run<'_>, value: &Js<'_>) -> Ran<usize> {
    Ok(match value {
        Js::Text(text) => {
            run.look_through(text.as_str())?;
            text.as_str().chars().count()
        }
        Js::Json(Value::Array(list)) => list.len(),
        Js::Json(Value::Object(object)) => object.len(),
        Js::List(at) => run.lists[*at].len(),
        Js::Object(at) => run.objects[*at].len(),
        _ => 0,
    })
}

/// `_.matches(fields)(item)`, for fields that are no objects themselves.
pub(super) fn is_like<'a>(run: &mut Run<'a>, item: &Js<'a>, fields: usize) -> Ran<bool> {
    for (key, wanted) in run.objects[fields].clone() {
        run.pay(1)?;
        if wanted.is_object() {
            return Err(RunFault::Unsupported);
        }
        if item.is_nothing() {
            return Ok(false);
        }
        let has = !matches!(wanted, Js::Undefined) || run.has(item, key.as_str())?;
        let value = run.member(item, key.as_str())?;
        if !has || !same_value_zero(&value, &wanted) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// `_.isEqual(one, other)`.
pub(super) fn equal<'a>(run: &mut Run<'a>, one: &Js<'a>, other: &Js<'a>, depth: usize) -> Ran<bool> {
    run.pay(1)?;
    if depth > 40 {
        return Err(RunFault::TooDeep);
    }
    if let (Js::Time(one), Js::Time(other)) = (one, other) {
        if one.moment || other.moment {
            return Err(RunFault::Unsupported);
        }
        return Ok(same_value_zero(&Js::Number(run.times[one.at]), &Js::Number(run.times[other.at])));
    }
    if let (Some(one), Some(other)) = (run.items(one)?, run.items(other)?) {
        if one.len() != other.len() {
            return Ok(false);
        }
        for (one, other) in one.iter().zip(&other) {
            if !equal(run, one, other, depth + 1)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let is_map = |value: &Js<'a>| matches!(value, Js::Object(_) | Js::Json(Value::Object(_)));
    if !is_map(one) || !is_map(other) {
        return Ok(same_value_zero(one, other));
    }
    if size(run, one)? != size(run, other)? {
        return Ok(false);
    }
    let keys = keys_or_values(run, one, true)?;
    for key in run.items_of(&keys)? {
        let key = run.text_of(&key)?;
        if !run.has(other, key.as_str())? {
            return Ok(false);
        }
        let (one, other) = (run.member(one, key.as_str())?, run.member(other, key.as_str())?);
        if !equal(run, &one, &other, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(true)
}
