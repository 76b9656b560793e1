//! Methods of lists, objects, numbers and truth values.

use super::names::{Function, Method};
use super::run::Run;
use super::texts::{range, whole};
use super::tree::Expression;
use super::value::{Js, Ran, Text, same_value_zero, strictly_equal};
use super::{RunFault, functions, lodash};
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
            Self::Itself => Ok(item.clone()),
        }
    }
}

/// Calls a method of what is neither text nor date.
pub(super) fn call<'a>(run: &mut Run<'a>, value: &Js<'a>, method: Method, arguments: &'a [Expression]) -> Ran<Js<'a>> {
    match (value, method) {
        (Js::Number(number), Method::ToFixed) => {
            let arguments = run.values(arguments)?;
            let digits = whole(run, arguments.first(), 0)?;
            return to_fixed(run, *number, digits);
        }
        (Js::Number(_), Method::ToText) if !arguments.is_empty() => return Err(RunFault::Unsupported),
        (Js::Number(_) | Js::Boolean(_) | Js::Json(_) | Js::List(_) | Js::Object(_), Method::ToText) => {
            return run.text_of(value).map(Js::Text);
        }
        (_, Method::ValueOf) => return Ok(value.clone()),
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
        | Method::ForEach => {
            let items = run.items(value)?.unwrap_or_default();
            let each = Each::of_method(arguments)?;
            over(run, value, &items, &[], method, &each)
        }
        Method::Reduce => {
            let items = run.items(value)?.unwrap_or_default();
            let each = Each::of_method(arguments)?;
            let first = match arguments.get(1) {
                Some(first) => Some(run.value(first)?),
                None => None,
            };
            reduce(run, value, items, &each, first)
        }
        _ => {
            let arguments = run.values(arguments)?;
            plain(run, value, method, &arguments)
        }
    }
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
        let key = keys.get(at).cloned().unwrap_or_else(|| Js::count(at));
        let answer = each.call(run, &[item.clone(), key, list.clone()])?;
        match method {
            Method::Map => made.push(answer),
            Method::Filter if answer.is_truthy() => made.push(item.clone()),
            Method::Some if answer.is_truthy() => return Ok(Js::Boolean(true)),
            Method::Every if !answer.is_truthy() => return Ok(Js::Boolean(false)),
            Method::Find if answer.is_truthy() => return Ok(item.clone()),
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

/// `reduce`; a list without items needs a first value.
pub(super) fn reduce<'a>(
    run: &mut Run<'a>,
    list: &Js<'a>,
    items: Vec<Js<'a>>,
    each: &Each<'a>,
    first: Option<Js<'a>>,
) -> Ran<Js<'a>> {
    let mut items = items.into_iter().enumerate();
    let mut total = match first {
        Some(first) => first,
        None => items.next().ok_or(RunFault::NotAFunction)?.1,
    };
    for (at, item) in items {
        total = each.call(run, &[total, item, Js::count(at), list.clone()])?;
    }
    Ok(total)
}

fn plain<'a>(run: &mut Run<'a>, list: &Js<'a>, method: Method, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
    let first = arguments.first().cloned().unwrap_or(Js::Undefined);
    if method == Method::Join {
        let between = if matches!(first, Js::Undefined) { Text::Given(",") } else { run.text_of(&first)? };
        let text = run.join(list, between.as_str())?;
        return run.made(&text);
    }
    if method == Method::Push {
        let Js::List(at) = list else {
            return Err(RunFault::Unsupported);
        };
        run.pay(2 * arguments.len())?;
        run.lists[*at].extend(arguments.iter().cloned());
        return Ok(Js::count(run.lists[*at].len()));
    }
    let items = run.items(list)?.unwrap_or_default();
    let at = |found: Option<usize>| found.map_or(Js::Number(-1.0), Js::count);
    match method {
        Method::Includes | Method::IndexOf | Method::LastIndexOf if arguments.len() > 1 => Err(RunFault::Unsupported),
        Method::Includes => Ok(Js::Boolean(items.iter().any(|item| same_value_zero(item, &first)))),
        Method::IndexOf => Ok(at(items.iter().position(|item| strictly_equal(item, &first)))),
        Method::LastIndexOf => Ok(at(items.iter().rposition(|item| strictly_equal(item, &first)))),
        Method::Slice => {
            let (from, to) = range(run, items.len(), arguments)?;
            run.new_list(items.get(from..to).unwrap_or_default().to_vec())
        }
        Method::Concat => {
            let mut all = items;
            for argument in arguments {
                match run.items(argument)? {
                    Some(more) => all.extend(more),
                    None => all.push(argument.clone()),
                }
            }
            run.new_list(all)
        }
        Method::Reverse => {
            let Js::List(at) = list else {
                return Err(RunFault::Unsupported);
            };
            run.lists[*at].reverse();
            Ok(list.clone())
        }
        _ => Err(RunFault::NotAFunction),
    }
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
