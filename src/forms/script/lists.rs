//! Methods of lists, objects, numbers and truth values.

use super::names::{Function, Method};
use super::run::Run;
use super::texts::{range, whole};
use super::tree::Expression;
use super::value::{Js, Ran, Text, given, same_value_zero, strictly_equal};
use super::{RunFault, durations, functions, lodash};
use serde_json::Value;

/// What is called for each item.
#[derive(Clone)]
pub(super) enum Each<'a> {
    /// A function of the script.
    Own(usize),
    /// A known one, as in `.map(Number)`.
    Known(Function),
    /// lodash: the member of the item with this path.
    Path(Text<'a>),
    /// lodash: does the item have these fields?
    Like(usize),
    /// lodash: is the member of the item with this path equal to this?
    Equals(Text<'a>, Js<'a>),
    /// lodash: the item itself.
    Itself,
}

impl<'a> Each<'a> {
    /// The function at this place of the arguments.
    fn of_method(arguments: &'a [Expression]) -> Ran<Self> {
        match arguments.first() {
            Some(Expression::Callback(number)) => Ok(Self::Own(*number)),
            Some(Expression::Known(function)) => Ok(Self::Known(*function)),
            _ => Err(RunFault::NotAFunction),
        }
    }

    /// Calls it.
    pub(super) fn call(&self, run: &mut Run<'a>, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
        run.pay(1)?;
        let item = arguments.first().unwrap_or(&Js::Undefined);
        match self {
            Self::Own(number) => run.call(*number, arguments),
            Self::Known(function) => functions::apply(run, *function, arguments),
            Self::Path(path) => Ok(lodash::get(run, item, path.as_str())?.unwrap_or(Js::Undefined)),
            Self::Like(fields) => Ok(Js::Boolean(lodash::is_like(run, item, *fields)?)),
            Self::Equals(path, wanted) => {
                let found = lodash::get(run, item, path.as_str())?.unwrap_or(Js::Undefined);
                Ok(Js::Boolean(lodash::equal(run, &found, wanted, 0)?))
            }
            Self::Itself => Ok(*item),
        }
    }
}

/// Calls a method of what is neither text nor date.
pub(super) fn call<'a>(run: &mut Run<'a>, value: &Js<'a>, method: Method, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    if let Js::Object(object) = value
        && durations::is_one(run, *object)
    {
        let arguments = run.values(arguments)?;
        return durations::call(run, *object, method, &arguments);
    }
    match (value, method) {
        (Js::Number(number), Method::ToFixed) => {
            let arguments = run.values(arguments)?;
            let digits = whole(run, arguments.first(), 0)?;
            return to_fixed(run, *number, digits);
        }
        (Js::Number(number), Method::ToLocale) => {
            let arguments = run.values(arguments)?;
            return to_locale(run, *number, &arguments);
        }
        (Js::Number(number), Method::ToText) if !arguments.is_empty() => {
            let arguments = run.values(arguments)?;
            let radix = whole(run, arguments.first(), 10)?;
            return in_radix(run, *number, radix);
        }
        (Js::Number(_) | Js::Boolean(_) | Js::Json(_) | Js::List(_) | Js::Object(_), Method::ToText) => {
            return run.text_of(value).map(Js::Text);
        }
        (_, Method::ValueOf) => return Ok(*value),
        (Js::Json(_) | Js::List(_) | Js::Object(_), Method::HasOwnProperty) => {
            let arguments = run.values(arguments)?;
            let key = run.text_of(arguments.first().unwrap_or(&Js::Undefined))?;
            return Ok(Js::Boolean(run.has(value, key.as_str())?));
        }
        (Js::Json(Value::Array(_)) | Js::List(_), _) => {}
        _ => return Err(RunFault::NotAFunction),
    }
    match method {
        Method::Some
        | Method::Every
        | Method::Filter
        | Method::Map
        | Method::Find
        | Method::FindIndex
        | Method::FlatMap
        | Method::ForEach => {
            let items = run.items_of(value)?;
            let each = Each::of_method(arguments)?;
            over(run, value, &items, &[], method, &each)
        }
        Method::FindLast => {
            let items = run.items_of(value)?;
            let each = Each::of_method(arguments)?;
            for (at, item) in items.iter().enumerate().rev() {
                if each.call(run, &[*item, Js::count(at), *value])?.is_truthy() {
                    return Ok(*item);
                }
            }
            Ok(Js::Undefined)
        }
        Method::Reduce => {
            let items = run.items_of(value)?;
            let each = Each::of_method(arguments)?;
            let first = match arguments.get(1) {
                Some(first) => Some(run.value(first)?),
                None => None,
            };
            let items = items.into_iter().enumerate().filter(|(_, item)| !run.is_hole(value, item)).collect();
            reduce(run, value, items, &each, first)
        }
        Method::Sort => {
            let Js::List(at) = value else {
                return Err(RunFault::Unsupported);
            };
            let each = if arguments.is_empty() { None } else { Some(Each::of_method(arguments)?) };
            let items = run.items_of(value)?;
            run.lists[*at] = sorted(run, items, &mut |run, one, two| {
                if let Some(each) = &each {
                    let order = each.call(run, &[*one, *two])?;
                    return run.number_of(&order);
                }
                let (one, two) = (run.text_of(one)?, run.text_of(two)?);
                Ok(sign(one.as_str().encode_utf16().cmp(two.as_str().encode_utf16())))
            })?;
            Ok(*value)
        }
        _ => {
            let arguments = run.values(arguments)?;
            plain(run, value, method, &arguments)
        }
    }
}

/// The items in order, the first of equals first; `undefined` comes last. `order`: below zero if the one belongs before the other.
///
/// As V8 does for lists of up to 63 items, so that an order that contradicts itself (`a > b ? 1 : -1`) gives the same: what is in order
/// at the beginning stays or is turned round, the rest is put in by halving.
pub(super) fn sorted<'a>(
    run: &mut Run<'a>,
    mut items: Vec<Js<'a>>,
    order: &mut dyn FnMut(&mut Run<'a>, &Js<'a>, &Js<'a>) -> Ran<f64>,
) -> Ran<Vec<Js<'a>>> {
    let all = items.len();
    items.retain(|item| !matches!(item, Js::Undefined));
    let mut done = 1;
    let mut falls = false;
    while done < items.len() {
        let below = order(run, &items[done], &items[done - 1])? < 0.0;
        if done == 1 {
            falls = below;
        }
        if below != falls {
            break;
        }
        done += 1;
    }
    if falls {
        items[..done].reverse();
    }
    for at in done..items.len() {
        let (mut low, mut high) = (0, at);
        while low < high {
            let middle = low + (high - low) / 2;
            if order(run, &items[at], &items[middle])? < 0.0 {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        run.pay(1 + (at - low) / 8)?;
        items[low..=at].rotate_right(1);
    }
    items.resize(all, Js::Undefined);
    Ok(items)
}

/// As JavaScript has it.
pub(super) fn sign(order: std::cmp::Ordering) -> f64 {
    f64::from(order as i8)
}

/// `Array.from(items, each)`.
pub(super) fn from<'a>(run: &mut Run<'a>, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    let value = match arguments.first() {
        Some(value) => run.value(value)?,
        None => Js::Undefined,
    };
    let items = match &value {
        // `{ length: n }` is as good as a list of that length.
        Js::Object(_) => {
            let length = run.member(&value, "length")?;
            let length = usize::try_from(whole(run, Some(&length), 0)?).unwrap_or(0);
            run.pay(length)?;
            vec![Js::Undefined; length]
        }
        _ => run.spread(&value)?,
    };
    if arguments.len() < 2 {
        return run.new_list(items);
    }
    let each = Each::of_method(&arguments[1..])?;
    let mut made = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        made.push(each.call(run, &[item, Js::count(at)])?);
    }
    run.new_list(made)
}

/// How a language writes numbers: between thousands, before decimals, the fewest digits before the first of those, before and behind euros.
type Written = (&'static str, char, usize, &'static str, &'static str);

/// Source: CLDR, as Node has it.
fn written(language: &str) -> Option<Written> {
    Some(match language {
        "en" | "en-US" | "en-CA" | "en-AU" | "en-GB" | "en-IE" | "en-NZ" | "en-SG" => (",", '.', 4, "€", ""),
        "de" | "de-DE" | "da" | "da-DK" | "vi" | "vi-VN" => (".", ',', 4, "", "\u{a0}€"),
        "nl" | "nl-NL" => (".", ',', 4, "€\u{a0}", ""),
        "it" | "it-IT" | "es" | "es-ES" => (".", ',', 5, "", "\u{a0}€"),
        "fr" | "fr-FR" => ("\u{202f}", ',', 4, "", "\u{a0}€"),
        _ => return None,
    })
}

/// `number.toLocaleString()`: at most three digits after the point; an amount of euros, or of the dollars of the country
/// (`style: "currency"`), has two.
fn to_locale<'a>(run: &mut Run<'a>, number: f64, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let language = match arguments.first() {
        None | Some(Js::Undefined) => Text("en-US"),
        Some(language) => run.text_of(language)?,
    };
    let dollars = match language.as_str() {
        "en" | "en-US" => "USD",
        "en-CA" => "CAD",
        "en-AU" => "AUD",
        _ => "",
    };
    let (between, point, grouped, euro, euros) = written(language.as_str()).ok_or(RunFault::Unsupported)?;
    let (mut least, mut most, mut is_amount, mut before, mut behind) = (0, 3, false, "", "");
    if let Some(options) = arguments.get(1) {
        let Js::Object(at) = options else { return Err(RunFault::Unsupported) };
        let options = run.objects[*at].clone();
        for (key, value) in &options {
            let text = run.text_of(value)?;
            match (key.as_str(), text.as_str()) {
                ("style", "currency") => (least, most, is_amount) = (2, 2, true),
                ("currency", "EUR") => (before, behind) = (euro, euros),
                ("currency", currency) if currency == dollars => before = "$",
                ("style", "decimal") | ("minimumFractionDigits" | "maximumFractionDigits", _) => {}
                _ => return Err(RunFault::Unsupported),
            }
        }
        for (key, value) in &options {
            let digits = whole(run, Some(value), 0)?;
            match key.as_str() {
                "minimumFractionDigits" => (least, most) = (digits, most.max(digits)),
                "maximumFractionDigits" => (least, most) = (least.min(digits), digits),
                _ => {}
            }
        }
        match (is_amount, before.is_empty() && behind.is_empty()) {
            (true, true) => return Err(RunFault::NotAFunction),
            (false, _) => (before, behind) = ("", ""),
            (true, false) => {}
        }
    }
    if !number.is_finite() || least > most || number.abs() >= 1e15 || !(0..=20).contains(&most) {
        return Err(RunFault::Unsupported);
    }
    let fixed = to_fixed(run, number, most)?;
    let fixed = run.text_of(&fixed)?;
    let (digits, decimals) = fixed.as_str().split_once('.').unwrap_or((fixed.as_str(), ""));
    let kept = decimals.trim_end_matches('0').len().max(usize::try_from(least).unwrap_or(0));
    let (minus, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    // In Dutch the sign stands before the number itself.
    let mut text = if before.ends_with('\u{a0}') { [before, minus] } else { [minus, before] }.concat();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() >= grouped {
            text.push_str(between);
        }
        text.push(digit);
    }
    if kept > 0 {
        text.push(point);
        text.push_str(&decimals[..kept]);
    }
    text.push_str(behind);
    run.made(&text)
}

/// Methods that call a function for each item; those of a list have no keys but their positions.
pub(super) fn over<'a>(
    run: &mut Run<'a>,
    list: &Js<'a>,
    items: &[Js<'a>],
    keys: &[Js<'a>],
    method: Method,
    each: &Each<'a>,
) -> Ran<Js<'a>> {
    let mut made = Vec::new();
    for (at, item) in items.iter().enumerate() {
        if run.is_hole(list, item) && !matches!(method, Method::Find | Method::FindIndex) {
            if method == Method::Map {
                made.push(*item);
            }
            continue;
        }
        let key = keys.get(at).copied().unwrap_or_else(|| Js::count(at));
        let answer = each.call(run, &[*item, key, *list])?;
        match method {
            Method::Map => made.push(answer),
            Method::FlatMap => match run.items(&answer)? {
                Some(items) => made.extend(items),
                None => made.push(answer),
            },
            Method::Filter if answer.is_truthy() => made.push(*item),
            Method::Some if answer.is_truthy() => return Ok(Js::Boolean(true)),
            Method::Every if !answer.is_truthy() => return Ok(Js::Boolean(false)),
            Method::Find if answer.is_truthy() => return Ok(*item),
            Method::FindIndex if answer.is_truthy() => return Ok(Js::count(at)),
            _ => {}
        }
    }
    match method {
        Method::Some => Ok(Js::Boolean(false)),
        Method::Every => Ok(Js::Boolean(true)),
        Method::FindIndex => Ok(Js::Number(-1.0)),
        Method::Find | Method::ForEach => Ok(Js::Undefined),
        _ => run.new_list(made),
    }
}

/// `reduce`, of items with their numbers; a list without any needs a first value.
pub(super) fn reduce<'a>(
    run: &mut Run<'a>,
    list: &Js<'a>,
    items: Vec<(usize, Js<'a>)>,
    each: &Each<'a>,
    first: Option<Js<'a>>,
) -> Ran<Js<'a>> {
    let mut items = items.into_iter();
    let mut total = match first {
        Some(first) => first,
        None => items.next().ok_or(RunFault::NotAFunction)?.1,
    };
    for (at, item) in items {
        total = each.call(run, &[total, item, Js::count(at), *list])?;
    }
    Ok(total)
}

/// `list.entries()`: each item with its place.
fn entries<'a>(run: &mut Run<'a>, items: Vec<Js<'a>>) -> Ran<Js<'a>> {
    let mut entries = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        entries.push(run.new_list(vec![Js::count(at), item])?);
    }
    run.new_list(entries)
}

fn plain<'a>(run: &mut Run<'a>, list: &Js<'a>, method: Method, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let first = given(arguments, 0);
    if method == Method::Join {
        let between = if matches!(first, Js::Undefined) { Text(",") } else { run.text_of(&first)? };
        let text = run.join(list, between.as_str())?;
        return run.made(&text);
    }
    if method == Method::Push {
        let Js::List(at) = list else {
            return Err(RunFault::Unsupported);
        };
        run.pay(2 * arguments.len())?;
        run.lists[*at].extend(arguments.iter().copied());
        return Ok(Js::count(run.lists[*at].len()));
    }
    if matches!(method, Method::Pop | Method::Shift | Method::Unshift) {
        let Js::List(at) = list else {
            return Err(RunFault::Unsupported);
        };
        run.pay(run.lists[*at].len() + arguments.len())?;
        let items = &mut run.lists[*at];
        return Ok(match method {
            Method::Pop => items.pop().unwrap_or(Js::Undefined),
            Method::Shift if items.is_empty() => Js::Undefined,
            Method::Shift => items.remove(0),
            _ => {
                items.splice(0..0, arguments.iter().copied());
                Js::count(items.len())
            }
        });
    }
    if method == Method::Splice {
        let Js::List(at) = list else {
            return Err(RunFault::Unsupported);
        };
        let length = run.lists[*at].len();
        run.pay(length + arguments.len())?;
        let (from, _) = range(run, length, &arguments[..1.min(arguments.len())])?;
        let count = match arguments.len() {
            0 => 0,
            1 => length,
            _ => usize::try_from(whole(run, arguments.get(1), 0)?.max(0)).unwrap_or(0),
        };
        let to = from.saturating_add(count).min(length);
        let more = arguments.iter().skip(2).copied();
        let taken: Vec<Js<'a>> = run.lists[*at].splice(from..to, more).collect();
        return run.new_list(taken);
    }
    let items = run.items_of(list)?;
    let at = |found: Option<usize>| found.map_or(Js::Number(-1.0), Js::count);
    match method {
        Method::Includes | Method::IndexOf | Method::LastIndexOf if arguments.len() > 1 => Err(RunFault::Unsupported),
        Method::Includes => Ok(Js::Boolean(items.iter().any(|item| same_value_zero(item, &first)))),
        Method::IndexOf => Ok(at(items.iter().position(|item| strictly_equal(item, &first)))),
        Method::LastIndexOf => Ok(at(items.iter().rposition(|item| strictly_equal(item, &first)))),
        Method::Entries => entries(run, items),
        Method::Fill => {
            let Js::List(at) = list else { return Err(RunFault::Unsupported) };
            let (from, to) = range(run, items.len(), arguments.get(1..).unwrap_or_default())?;
            run.lists[*at][from..to].fill(first);
            Ok(*list)
        }
        Method::At => {
            let at = whole(run, Some(&first), 0)?;
            let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let at = usize::try_from(if at < 0 { at + length } else { at });
            Ok(at.ok().and_then(|at| items.get(at)).copied().unwrap_or(Js::Undefined))
        }
        Method::Flat => {
            let depth = whole(run, arguments.first(), 1)?.min(40);
            let flat = flat(run, items, depth)?;
            run.new_list(flat)
        }
        Method::Slice => {
            let (from, to) = range(run, items.len(), arguments)?;
            run.new_list(items.get(from..to).unwrap_or_default().to_vec())
        }
        Method::Concat => {
            let mut all = items;
            for argument in arguments {
                match run.items(argument)? {
                    Some(more) => all.extend(more),
                    None => all.push(*argument),
                }
            }
            run.new_list(all)
        }
        Method::Reverse => {
            let Js::List(at) = list else {
                return Err(RunFault::Unsupported);
            };
            run.lists[*at].reverse();
            Ok(*list)
        }
        _ => Err(RunFault::NotAFunction),
    }
}

/// The items of lists in a list instead of the lists, so deep.
pub(super) fn flat<'a>(run: &mut Run<'a>, items: Vec<Js<'a>>, depth: i64) -> Ran<Vec<Js<'a>>> {
    let mut made = Vec::new();
    for item in items {
        match run.items(&item)? {
            Some(inside) if depth > 0 => made.extend(flat(run, inside, depth - 1)?),
            _ => made.push(item),
        }
    }
    Ok(made)
}

/// `number.toString(radix)` of a whole number.
fn in_radix<'a>(run: &mut Run<'a>, number: f64, radix: i64) -> Ran<Js<'a>> {
    let Some(radix) = u32::try_from(radix).ok().filter(|radix| (2..=36).contains(radix)) else {
        return Err(RunFault::OutOfRange);
    };
    if radix == 10 {
        return run.text_of(&Js::Number(number)).map(Js::Text);
    }
    if number.fract() != 0.0 || number.abs() >= 9e15 {
        return Err(RunFault::Unsupported);
    }
    let (mut left, mut digits) = (number.abs(), Vec::new());
    while left > 0.0 || digits.is_empty() {
        // Below the radix: exact.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        digits.push(char::from_digit((left % f64::from(radix)) as u32, radix).unwrap_or('0'));
        left = (left / f64::from(radix)).floor();
    }
    digits.extend((number < 0.0).then_some('-'));
    run.made(&digits.iter().rev().collect::<String>())
}

/// `number.toFixed(digits)`: the exact value rounded, halves away from zero.
fn to_fixed<'a>(run: &mut Run<'a>, number: f64, digits: i64) -> Ran<Js<'a>> {
    let digits = match usize::try_from(digits) {
        Ok(digits) if digits <= 20 => digits,
        Ok(digits) if digits <= 100 => return Err(RunFault::Unsupported),
        _ => return Err(RunFault::OutOfRange),
    };
    if !number.is_finite() || number.abs() >= 1e21 {
        let text = run.text_of(&Js::Number(number))?;
        return Ok(Js::Text(text));
    }
    // A float is a whole number of 53 bits times a power of two.
    let bits = number.abs().to_bits();
    let exponent = (bits >> 52) as i32;
    let mantissa = u128::from(bits & ((1 << 52) - 1)) | u128::from(exponent > 0) << 52;
    let power = exponent.max(1) - 1_075;
    let shift = power.unsigned_abs();
    let (mut whole, mut fraction, size) = match (power >= 0, shift) {
        (true, _) => (mantissa << shift, 0, 0),
        (false, 1..=120) => (mantissa >> shift, mantissa & ((1 << shift) - 1), shift),
        // Too small to count in twenty digits.
        (false, _) => (0, 0, 0),
    };
    let mut decimals = String::new();
    for _ in 0..digits {
        fraction *= 10;
        decimals.push(char::from(b'0' + ((fraction >> size) & 15) as u8));
        fraction &= (1 << size) - 1;
    }
    if size > 0 && fraction >> (size - 1) == 1 {
        // Rounds up, through all nines.
        let nines = decimals.len() - decimals.trim_end_matches('9').len();
        let kept = decimals.len() - nines;
        if let Some(digit) = decimals[..kept].bytes().next_back() {
            decimals.truncate(kept - 1);
            decimals.push(char::from(digit + 1));
        } else {
            decimals.clear();
            whole += 1;
        }
        while decimals.len() < digits {
            decimals.push('0');
        }
    }
    let mut text = String::from(if number < 0.0 { "-" } else { "" });
    text.push_str(&whole.to_string());
    if digits > 0 {
        text.push('.');
        text.push_str(&decimals);
    }
    run.made(&text)
}
