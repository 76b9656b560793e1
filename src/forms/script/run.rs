//! Running a script: every step is counted, every list and text that is made is paid for in steps.

use super::functions::keys_or_values;
use super::names::Method;
use super::parser::answer_place;
use super::patterns::{self, Pattern};
use super::tree::{Access, Expression, Member, Operator, Place, Program, Statement, Unary};
use super::value::{Js, Made, Next, Ran, Text, Texts, Time, strictly_equal};
use super::{Answer, Role, RunFault, Scope, functions, lists, moments, texts, time};
use crate::dates::midnight;
use crate::javascript::{number, number_to_text, text_to_number, to_json_number};
use crate::path::{Segment, segments};
use serde_json::{Map, Value};
use std::sync::Arc;

/// The most steps a script may take; making something costs steps, too.
const MAX_STEPS: usize = 100_000;

/// The deepest nesting of expressions and calls together, and of lists that are turned into text or JSON.
const MAX_DEPTH: usize = 160;

/// The longest text a script may make, in bytes.
const MAX_TEXT_BYTES: usize = 100_000;

/// Noon, in milliseconds after midnight.
const NOON: i64 = 12 * 3_600_000;

/// Runs a program.
pub(super) fn run(program: &Program, role: Role, component: Option<&Value>, scope: &Scope<'_>) -> Ran<Answer> {
    let today = scope.today;
    let now = midnight(today.year().into(), today.month().into(), today.day().into()) + NOON;
    let mut globals = vec![None; program.globals];
    let given = [
        Some(Js::from_json(scope.data)),
        Some(Js::from_json(scope.row)),
        Some(Js::maybe(scope.value)),
        Some(Js::maybe(scope.input)),
        scope.row_index.map(Js::count),
        Some(Js::maybe(component)),
    ];
    for (place, value) in globals.iter_mut().zip(given) {
        *place = value;
    }
    let answer_at = answer_place(role);
    match role {
        Role::Value => {}
        Role::Schema => globals[answer_at] = Some(Js::Undefined),
        Role::Show | Role::Valid | Role::Result => globals[answer_at] = Some(Js::Boolean(true)),
    }
    let texts = Texts::default();
    // Milliseconds since 1970 of a day people live in are exact.
    #[allow(clippy::cast_precision_loss)]
    let mut run = Run {
        program,
        globals,
        locals: vec![None; program.locals],
        lists: Vec::new(),
        objects: Vec::new(),
        end_of_texts: &texts.0,
        times: Vec::new(),
        in_utc: Vec::new(),
        patterns: Vec::new(),
        now: now as f64,
        steps: 0,
        depth: 0,
        thrown: None,
        has_holes: scope.written.is_some(),
    };
    let written = scope.written.filter(|_| cfg!(not(target_arch = "wasm32")) && program.writes);
    let copy = written.map(|written| run.copy_answers(scope, component, written.row)).transpose()?;
    let ended = run.statements(&program.body);
    if let (Some(written), Some((answers, settings))) = (written, copy) {
        let answers = run.json_of(&answers)?;
        if answers != *scope.data {
            *written.into.answers.borrow_mut() = Some(answers);
        }
        if let (Some(settings), Some(component)) = (settings, component) {
            let settings = run.json_of(&settings)?;
            if settings != *component {
                *written.into.component.borrow_mut() = Some(settings);
            }
        }
    }
    let answer = match ended? {
        Done::Return(returned) => returned,
        Done::All | Done::Break | Done::Continue => run.globals[answer_at].unwrap_or(Js::Undefined),
    };
    Ok(match answer {
        Js::Undefined => Answer::Undefined,
        Js::Number(number) if !number.is_finite() => Answer::NotFinite(number),
        // A date that is none is nothing in JSON, and an answer all the same.
        Js::Time(it) if run.times[it.at].is_nan() => Answer::NoDate,
        other => Answer::Value(run.json_of(&other)?),
    })
}

/// How statements ended.
enum Done<'a> {
    All,
    Break,
    Continue,
    Return(Js<'a>),
}

/// A script while it runs.
pub(super) struct Run<'a> {
    program: &'a Program,
    globals: Vec<Option<Js<'a>>>,
    locals: Vec<Option<Js<'a>>>,
    /// What the script made.
    pub(super) lists: Vec<Vec<Js<'a>>>,
    pub(super) objects: Vec<Vec<(Text<'a>, Js<'a>)>>,
    end_of_texts: &'a Next,
    /// Milliseconds since 1970, or NaN.
    pub(super) times: Vec<f64>,
    /// Beside each of `times`: is it a moment that shows the clocks of UTC?
    pub(super) in_utc: Vec<bool>,
    /// Each with where it matches next (`lastIndex`).
    pub(super) patterns: Vec<(Arc<Pattern>, usize)>,
    pub(super) now: f64,
    steps: usize,
    depth: usize,
    /// What was thrown last and not caught.
    thrown: Option<Js<'a>>,
    /// See [`Run::is_hole`].
    has_holes: bool,
}

impl<'a> Run<'a> {
    // Bounds.

    /// Pays for `steps` steps.
    pub(super) fn pay(&mut self, steps: usize) -> Ran<()> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MAX_STEPS { Err(RunFault::TooLong) } else { Ok(()) }
    }

    /// Pays for going through a text once.
    pub(super) fn look_through(&mut self, text: &str) -> Ran<()> {
        self.pay(text.len() / 64)
    }

    /// Is it a row that was left out of the list? `@formio/core` leaves a hole there, which methods of lists pass over; JSON has null.
    pub(super) fn is_hole(&self, list: &Js<'a>, item: &Js<'a>) -> bool {
        cfg!(not(target_arch = "wasm32"))
            && self.has_holes
            && matches!(item, Js::Null)
            && matches!(list, Js::Json(Value::Array(rows)) if rows.iter().any(Value::is_object))
    }

    pub(super) fn steps_left(&self) -> usize {
        MAX_STEPS - self.steps.min(MAX_STEPS)
    }

    fn deeper(&mut self) -> Ran<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(RunFault::TooDeep) } else { Ok(()) }
    }

    /// Adds to a text that is being made.
    pub(super) fn append(&mut self, text: &mut String, more: &str) -> Ran<()> {
        self.pay(1 + more.len() / 16)?;
        if text.len() + more.len() > MAX_TEXT_BYTES {
            return Err(RunFault::TooLong);
        }
        text.push_str(more);
        Ok(())
    }

    /// Keeps a text that was made and paid for.
    fn keep(&mut self, text: Box<str>) -> Text<'a> {
        let made = self.end_of_texts.get_or_init(|| Box::new(Made { text, next: Next::new() }));
        self.end_of_texts = &made.next;
        Text(&made.text)
    }

    /// A text that was made.
    pub(super) fn made(&mut self, text: &str) -> Ran<Js<'a>> {
        self.pay(1 + text.len() / 16)?;
        if text.len() > MAX_TEXT_BYTES {
            return Err(RunFault::TooLong);
        }
        Ok(Js::Text(self.keep(text.into())))
    }

    pub(super) fn new_list(&mut self, items: Vec<Js<'a>>) -> Ran<Js<'a>> {
        self.pay(2 + items.len())?;
        self.lists.push(items);
        Ok(Js::List(self.lists.len() - 1))
    }

    pub(super) fn new_time(&mut self, milliseconds: f64, moment: bool) -> Ran<Js<'a>> {
        self.pay(2)?;
        self.times.push(time::clip(milliseconds));
        self.in_utc.push(false);
        Ok(Js::Time(Time { at: self.times.len() - 1, moment }))
    }

    // Statements.

    pub(super) fn new_pattern(&mut self, pattern: Arc<Pattern>) -> Ran<Js<'a>> {
        self.pay(2)?;
        self.patterns.push((pattern, 0));
        Ok(Js::Pattern(self.patterns.len() - 1))
    }

    /// Runs statements.
    fn statements(&mut self, statements: &'a [Statement]) -> Ran<Done<'a>> {
        for statement in statements {
            self.pay(1)?;
            match statement {
                Statement::Expression(expression) => {
                    self.value(expression)?;
                }
                Statement::Declare(place) => {
                    let variable = self.variable(*place);
                    // At each turn of a loop what `let` declares is another.
                    if variable.is_none() || place.strict {
                        *variable = Some(Js::Undefined);
                    }
                }
                Statement::Return(None) => return Ok(Done::Return(Js::Undefined)),
                Statement::Return(Some(expression)) => return self.value(expression).map(Done::Return),
                Statement::Throw(thrown) => {
                    self.thrown = Some(self.value(thrown)?);
                    return Err(RunFault::Thrown);
                }
                Statement::Break => return Ok(Done::Break),
                Statement::Continue => return Ok(Done::Continue),
                Statement::Loop(turn_first, condition, after, body) => {
                    let mut goes_on = *turn_first;
                    loop {
                        self.pay(1)?;
                        if let Some(condition) = condition
                            && !std::mem::take(&mut goes_on)
                            && !self.value(condition)?.is_truthy()
                        {
                            break;
                        }
                        match self.statements(body)? {
                            Done::All | Done::Continue => {}
                            Done::Break => break,
                            ended @ Done::Return(_) => return Ok(ended),
                        }
                        for expression in after {
                            self.value(expression)?;
                        }
                    }
                }
                Statement::Each(place, keys, through, body) => {
                    let through = self.value(through)?;
                    let items = match through {
                        Js::Null | Js::Undefined if *keys => Vec::new(),
                        _ if *keys => {
                            let keys = keys_or_values(self, &through, true)?;
                            self.items_of(&keys)?
                        }
                        _ => self.spread(&through)?,
                    };
                    for item in items {
                        self.pay(1)?;
                        *self.variable(*place) = Some(item);
                        match self.statements(body)? {
                            Done::All | Done::Continue => {}
                            Done::Break => break,
                            ended @ Done::Return(_) => return Ok(ended),
                        }
                    }
                }
                Statement::If(branches, otherwise) => {
                    let mut body = otherwise;
                    for (condition, branch) in branches {
                        if self.value(condition)?.is_truthy() {
                            body = branch;
                            break;
                        }
                    }
                    match self.statements(body)? {
                        Done::All => {}
                        ended => return Ok(ended),
                    }
                }
                Statement::Switch(compared, cases, body) => {
                    let compared = self.value(compared)?;
                    let mut first = cases.iter().find(|(case, _)| case.is_none()).map(|(_, first)| *first);
                    for (case, at) in cases {
                        if let Some(case) = case
                            && strictly_equal(&compared, &self.value(case)?)
                        {
                            first = Some(*at);
                            break;
                        }
                    }
                    match self.statements(&body[first.unwrap_or(body.len())..])? {
                        Done::All | Done::Break => {}
                        ended => return Ok(ended),
                    }
                }
                Statement::Try(body, catch, finally) => match self.attempt(body, catch.as_ref(), finally)? {
                    Done::All => {}
                    ended => return Ok(ended),
                },
            }
        }
        Ok(Done::All)
    }

    /// What JavaScript throws is caught; what only ends the script here is not.
    fn attempt(
        &mut self,
        body: &'a [Statement],
        catch: Option<&'a (Option<Place>, Vec<Statement>)>,
        finally: &'a [Statement],
    ) -> Ran<Done<'a>> {
        let depth = self.depth;
        let thrown = |fault: RunFault| !matches!(fault, RunFault::Unsupported | RunFault::TooLong | RunFault::TooDeep);
        let mut ended = self.statements(body);
        if let (Err(fault), Some((place, then))) = (&ended, catch)
            && thrown(*fault)
        {
            self.depth = depth;
            if let Some(place) = place {
                let thrown = match (*fault, self.thrown.take()) {
                    (RunFault::Thrown, Some(thrown)) => thrown,
                    _ => {
                        self.new_object(vec![(Text("message"), Js::text("")), (Text("name"), Js::text("TypeError"))])?
                    }
                };
                *self.variable(*place) = Some(thrown);
            }
            ended = self.statements(then);
        }
        if let Err(fault) = ended
            && !thrown(fault)
        {
            return Err(fault);
        }
        self.depth = depth;
        match self.statements(finally)? {
            Done::All => ended,
            overruled => Ok(overruled),
        }
    }

    fn variable(&mut self, place: Place) -> &mut Option<Js<'a>> {
        if place.global { &mut self.globals[place.at] } else { &mut self.locals[place.at] }
    }

    pub(super) fn is_pattern(&mut self, place: Place) -> bool {
        matches!(self.variable(place), Some(Js::Pattern(_)))
    }

    fn read(&mut self, place: Place) -> Ran<Js<'a>> {
        match self.variable(place) {
            Some(value) => Ok(*value),
            None if place.strict => Err(RunFault::NotDefined),
            None => Ok(Js::Undefined),
        }
    }

    /// Calls a function of the script.
    pub(super) fn call(&mut self, number: usize, arguments: &[Js<'a>]) -> Ran<Js<'a>> {
        let program = self.program;
        let Some(callback) = program.callbacks.get(number) else {
            return Err(RunFault::NotAFunction);
        };
        self.deeper()?;
        let (first, last) = callback.places;
        self.pay(1 + last - first)?;
        // A function that calls itself finds its variables as they were.
        let before: Vec<Option<Js<'a>>> = self.locals[first..last].iter_mut().map(Option::take).collect();
        for (at, place) in callback.parameters.iter().enumerate() {
            let given = if callback.rest && at + 1 == callback.parameters.len() {
                self.new_list(arguments.get(at..).unwrap_or_default().to_vec())?
            } else {
                arguments.get(at).copied().unwrap_or(Js::Undefined)
            };
            *self.variable(*place) = Some(given);
        }
        let ended = self.statements(&callback.body);
        for (at, value) in before.into_iter().enumerate() {
            self.locals[first + at] = value;
        }
        self.depth -= 1;
        Ok(match ended? {
            Done::Return(returned) => returned,
            Done::All | Done::Break | Done::Continue => Js::Undefined,
        })
    }

    // Expressions.

    /// The value of an expression.
    pub(super) fn value(&mut self, expression: &'a Expression) -> Ran<Js<'a>> {
        self.pay(1)?;
        self.deeper()?;
        let value = self.value_of(expression)?;
        self.depth -= 1;
        Ok(value)
    }

    fn value_of(&mut self, expression: &'a Expression) -> Ran<Js<'a>> {
        match expression {
            Expression::Undefined => Ok(Js::Undefined),
            Expression::Null => Ok(Js::Null),
            Expression::Boolean(yes) => Ok(Js::Boolean(*yes)),
            Expression::Number(number) => Ok(Js::Number(*number)),
            Expression::Text(text) => Ok(Js::text(text)),
            Expression::Variable(place) => self.read(*place),
            Expression::List(items) => {
                let items = self.values(items)?;
                self.new_list(items)
            }
            Expression::Object(fields) => self.object(fields),
            Expression::Chain(first, rest) => self.chain(first, rest),
            // To ask of what type it is is all that may be done with a name that is not there.
            Expression::Unary(Unary::TypeOf, operand)
                if matches!(**operand, Expression::Fault(RunFault::NotDefined)) =>
            {
                Ok(Js::text("undefined"))
            }
            Expression::Unary(unary, operand) => {
                let operand = self.value(operand)?;
                Ok(match unary {
                    Unary::Not => Js::Boolean(!operand.is_truthy()),
                    Unary::Minus => Js::Number(-self.number_of(&operand)?),
                    Unary::Plus => Js::Number(self.number_of(&operand)?),
                    Unary::TypeOf => Js::text(operand.type_name()),
                    Unary::Void => Js::Undefined,
                    Unary::BitNot => Js::Number(f64::from(!int32(self.number_of(&operand)?))),
                })
            }
            Expression::Choose(branches, otherwise) => {
                for (condition, then) in branches {
                    if self.value(condition)?.is_truthy() {
                        return self.value(then);
                    }
                }
                self.value(otherwise)
            }
            Expression::Access(base, members) => self.access(base, members),
            Expression::Assign(place, operator, value) => {
                let value = match operator {
                    None => self.value(value)?,
                    Some(operator) => {
                        let before = self.read(*place)?;
                        let value = self.value(value)?;
                        self.operate(*operator, &before, &value)?
                    }
                };
                *self.variable(*place) = Some(value);
                Ok(value)
            }
            Expression::AssignMember(target, operator, value) => self.assign_member(target, *operator, value),
            Expression::Step(place, step, old) => {
                let before = self.read(*place)?;
                let before = self.number_of(&before)?;
                *self.variable(*place) = Some(Js::Number(before + step));
                Ok(Js::Number(if *old { before } else { before + step }))
            }
            Expression::Call(function, arguments) => functions::call(self, *function, arguments),
            Expression::CallOwn(number, arguments) => {
                let arguments = self.values(arguments)?;
                self.call(*number, &arguments)
            }
            Expression::Callback(_) | Expression::Known(_) | Expression::Spread(_) => Err(RunFault::Unsupported),
            Expression::Fault(fault) => Err(*fault),
            Expression::Function => self.new_object(Vec::new()),
            Expression::Delete(target) => self.delete(target),
            Expression::Pattern(pattern) => self.new_pattern(pattern.clone()),
        }
    }

    /// The values of arguments or items.
    pub(super) fn values(&mut self, expressions: &'a [Expression]) -> Ran<Vec<Js<'a>>> {
        let mut values = Vec::with_capacity(expressions.len());
        for expression in expressions {
            // A function as an argument is taken by whoever calls it.
            values.push(match expression {
                Expression::Callback(_) | Expression::Known(_) => Js::Undefined,
                Expression::Spread(inside) => {
                    let inside = self.value(inside)?;
                    let items = self.spread(&inside)?;
                    values.extend(items);
                    continue;
                }
                other => self.value(other)?,
            });
        }
        Ok(values)
    }

    /// The items of what can be gone through: a list, or the letters of a text.
    pub(super) fn spread(&mut self, value: &Js<'a>) -> Ran<Vec<Js<'a>>> {
        if let Js::Text(text) = value {
            let mut letters = Vec::new();
            for letter in text.as_str().chars() {
                letters.push(self.made(letter.encode_utf8(&mut [0; 4]))?);
            }
            return Ok(letters);
        }
        self.items(value)?.ok_or(RunFault::NotAFunction)
    }

    fn object(&mut self, fields: &'a [(Box<str>, Expression)]) -> Ran<Js<'a>> {
        self.pay(2 + fields.len())?;
        let mut object: Vec<(Text<'a>, Js<'a>)> = Vec::with_capacity(fields.len());
        for (key, value) in fields {
            if let Expression::Spread(inside) = value {
                let inside = self.value(inside)?;
                self.copy_fields(&inside, &mut object)?;
                continue;
            }
            let value = self.value(value)?;
            put(&mut object, Text(key), value);
        }
        self.new_object(object)
    }

    pub(super) fn new_object(&mut self, object: Vec<(Text<'a>, Js<'a>)>) -> Ran<Js<'a>> {
        self.pay(2 + object.len())?;
        self.objects.push(object);
        Ok(Js::Object(self.objects.len() - 1))
    }

    /// Gives the script answers of its own to write to, of which the row and the value are parts, and its component's settings.
    fn copy_answers(
        &mut self,
        scope: &Scope<'a>,
        component: Option<&Value>,
        row: &str,
    ) -> Ran<(Js<'a>, Option<Js<'a>>)> {
        let data = self.copy_of(scope.data)?;
        let mut around = data;
        for segment in segments(row) {
            around = match (segment, around) {
                (Segment::Key(key), Js::Object(_)) => self.member(&around, key)?,
                (Segment::Row(row), Js::List(_)) => self.member(&around, &row.to_string())?,
                _ => Js::Undefined,
            };
        }
        self.globals[0] = Some(data);
        if !around.is_nothing() {
            self.globals[1] = Some(around);
        }
        if let Some(value @ (Value::Array(_) | Value::Object(_))) = scope.value {
            self.globals[2] = Some(self.copy_of(value)?);
        }
        let settings = component.map(|component| self.copy_of(component)).transpose()?;
        if settings.is_some() {
            self.globals[5] = settings;
        }
        Ok((data, settings))
    }

    /// A value of its own that is the same as this one.
    pub(super) fn copy_of(&mut self, json: &Value) -> Ran<Js<'a>> {
        Ok(match json {
            Value::Null => Js::Null,
            Value::Bool(it) => Js::Boolean(*it),
            Value::Number(it) => Js::Number(number(it)),
            Value::String(text) => return self.made(text),
            Value::Array(list) => {
                let mut items = Vec::new();
                for item in list {
                    items.push(self.copy_of(item)?);
                }
                return self.new_list(items);
            }
            Value::Object(object) => {
                let mut fields = Vec::new();
                for (key, value) in object {
                    let key = self.keep(key.as_str().into());
                    fields.push((key, self.copy_of(value)?));
                }
                return self.new_object(fields);
            }
        })
    }

    /// Copies what an object, list or text has into another; nothing has nothing.
    pub(super) fn copy_fields(&mut self, from: &Js<'a>, object: &mut Vec<(Text<'a>, Js<'a>)>) -> Ran<()> {
        let fields: Vec<(Text<'a>, Js<'a>)> = match from {
            Js::Json(Value::Object(fields)) => {
                fields.iter().map(|(key, value)| (Text(key), Js::from_json(value))).collect()
            }
            Js::Object(at) => self.objects[*at].clone(),
            Js::Text(_) | Js::List(_) | Js::Json(_) => {
                let items = self.spread(from)?.into_iter().enumerate();
                items.map(|(at, item)| (self.keep(at.to_string().into()), item)).collect()
            }
            _ => return Ok(()),
        };
        for (key, value) in fields {
            self.pay(1 + object.len() / 4)?;
            put(object, key, value);
        }
        Ok(())
    }

    fn assign_member(
        &mut self,
        target: &'a (Expression, Expression),
        operator: Option<Operator>,
        value: &'a Expression,
    ) -> Ran<Js<'a>> {
        let object = self.value(&target.0)?;
        let key = self.value(&target.1)?;
        let key = self.text_of(&key)?;
        if object.is_nothing() {
            return Err(RunFault::MemberOfNothing);
        }
        let value = match operator {
            None => self.value(value)?,
            Some(operator) => {
                let before = self.member(&object, key.as_str())?;
                match (operator, decided(operator, &before)) {
                    (_, Some(true)) => return Ok(before),
                    (_, Some(false)) => self.value(value)?,
                    (operator, None) => {
                        let value = self.value(value)?;
                        self.operate(operator, &before, &value)?
                    }
                }
            }
        };
        self.pay(2)?;
        match object {
            Js::Object(at) => {
                // A search over the keys is paid for.
                self.pay(self.objects[at].len() / 4)?;
                put(&mut self.objects[at], key, value);
            }
            Js::List(at) => {
                let list = &mut self.lists[at];
                match position(key.as_str()) {
                    Some(index) if index < list.len() => list[index] = value,
                    Some(index) if index == list.len() => list.push(value),
                    _ => return Err(RunFault::Unsupported),
                }
            }
            _ => return Err(RunFault::Unsupported),
        }
        Ok(value)
    }

    /// `delete object.key`.
    fn delete(&mut self, target: &'a (Expression, Expression)) -> Ran<Js<'a>> {
        let object = self.value(&target.0)?;
        let key = self.value(&target.1)?;
        let key = self.text_of(&key)?;
        match object {
            Js::Undefined | Js::Null => return Err(RunFault::MemberOfNothing),
            Js::Object(at) => {
                self.pay(1 + self.objects[at].len() / 4)?;
                self.objects[at].retain(|(known, _)| known.as_str() != key.as_str());
            }
            _ if self.has(&object, key.as_str())? => return Err(RunFault::Unsupported),
            _ => {}
        }
        Ok(Js::Boolean(true))
    }

    fn chain(&mut self, first: &'a Expression, rest: &'a [(Operator, Expression)]) -> Ran<Js<'a>> {
        if rest.first().is_some_and(|(operator, _)| *operator == Operator::Concatenate) {
            let mut text = String::new();
            for (_, part) in rest {
                let part = self.value(part)?;
                let part = self.text_of(&part)?;
                self.append(&mut text, part.as_str())?;
            }
            return self.made(&text);
        }
        let mut left = self.value(first)?;
        for (operator, right) in rest {
            left = match decided(*operator, &left) {
                Some(true) => left,
                Some(false) => self.value(right)?,
                None => {
                    let right = self.value(right)?;
                    self.operate(*operator, &left, &right)?
                }
            };
        }
        Ok(left)
    }

    fn operate(&mut self, operator: Operator, one: &Js<'a>, two: &Js<'a>) -> Ran<Js<'a>> {
        self.pay(1)?;
        if let (Js::Text(one), Js::Text(_)) = (one, two) {
            self.look_through(one.as_str())?;
        }
        Ok(match operator {
            Operator::Or | Operator::And | Operator::Otherwise | Operator::Concatenate | Operator::Comma => {
                Js::Undefined
            }
            Operator::StrictlyEqual => Js::Boolean(strictly_equal(one, two)),
            Operator::StrictlyUnequal => Js::Boolean(!strictly_equal(one, two)),
            Operator::Equal => Js::Boolean(self.loosely_equal(one, two)?),
            Operator::Unequal => Js::Boolean(!self.loosely_equal(one, two)?),
            Operator::Less => Js::Boolean(self.less(one, two)? == Some(true)),
            Operator::Greater => Js::Boolean(self.less(two, one)? == Some(true)),
            Operator::LessOrEqual => Js::Boolean(self.less(two, one)? == Some(false)),
            Operator::GreaterOrEqual => Js::Boolean(self.less(one, two)? == Some(false)),
            Operator::In => {
                if !two.is_object() {
                    return Err(RunFault::NotAFunction);
                }
                let key = self.text_of(one)?;
                Js::Boolean(self.has(two, key.as_str())?)
            }
            Operator::Add => return self.add(one, two),
            Operator::Subtract => Js::Number(self.number_of(one)? - self.number_of(two)?),
            Operator::Multiply => Js::Number(self.number_of(one)? * self.number_of(two)?),
            Operator::Divide => Js::Number(self.number_of(one)? / self.number_of(two)?),
            Operator::Remainder => Js::Number(self.number_of(one)? % self.number_of(two)?),
            Operator::BitOr
            | Operator::BitXor
            | Operator::BitAnd
            | Operator::ShiftLeft
            | Operator::ShiftRight
            | Operator::ShiftRightZero => {
                let (one, two) = (int32(self.number_of(one)?), int32(self.number_of(two)?));
                let by = two.cast_unsigned();
                Js::Number(match operator {
                    Operator::BitXor => f64::from(one ^ two),
                    Operator::BitAnd => f64::from(one & two),
                    Operator::ShiftLeft => f64::from(one.wrapping_shl(by)),
                    Operator::ShiftRight => f64::from(one.wrapping_shr(by)),
                    Operator::ShiftRightZero => f64::from(one.cast_unsigned().wrapping_shr(by)),
                    _ => f64::from(one | two),
                })
            }
        })
    }

    /// `a + b`.
    pub(super) fn add(&mut self, one: &Js<'a>, two: &Js<'a>) -> Ran<Js<'a>> {
        let (one, two) = (self.primitive_of(one)?, self.primitive_of(two)?);
        if !matches!(one, Js::Text(_)) && !matches!(two, Js::Text(_)) {
            return Ok(Js::Number(self.number_of(&one)? + self.number_of(&two)?));
        }
        let (one, two) = (self.text_of(&one)?, self.text_of(&two)?);
        let mut text = String::with_capacity((one.as_str().len() + two.as_str().len()).min(MAX_TEXT_BYTES));
        self.append(&mut text, one.as_str())?;
        self.append(&mut text, two.as_str())?;
        self.made(&text)
    }

    // Members.

    fn access(&mut self, base: &'a Expression, members: &'a [Access]) -> Ran<Js<'a>> {
        let mut value = self.value(base)?;
        for access in members {
            self.pay(1)?;
            if value.is_nothing() {
                return if access.optional { Ok(Js::Undefined) } else { Err(RunFault::MemberOfNothing) };
            }
            value = match &access.member {
                Member::Key(key) => self.member(&value, key)?,
                Member::Index(key) => {
                    let key = self.value(key)?;
                    let key = self.text_of(&key)?;
                    self.member(&value, key.as_str())?
                }
                // Whether it is a function that the script made is not known.
                Member::Method(Method::Nobody, _) => {
                    let made = matches!(value, Js::Object(_));
                    return Err(if made { RunFault::Unsupported } else { RunFault::NotAFunction });
                }
                Member::Method(method, arguments) => match &value {
                    Js::Text(text) => texts::call(self, text, *method, arguments)?,
                    Js::Time(it) => moments::call(self, *it, *method, arguments)?,
                    Js::Pattern(number) => patterns::call(self, *number, *method, arguments)?,
                    _ => lists::call(self, &value, *method, arguments)?,
                },
            };
        }
        Ok(value)
    }

    /// `value[key]`.
    pub(super) fn member(&mut self, value: &Js<'a>, key: &str) -> Ran<Js<'a>> {
        Ok(match value {
            Js::Undefined | Js::Null => return Err(RunFault::MemberOfNothing),
            Js::Boolean(_) | Js::Number(_) | Js::Time(_) | Js::Pattern(_) => Js::Undefined,
            Js::Text(text) if key == "length" => {
                self.look_through(text.as_str())?;
                Js::count(crate::javascript::utf16_length(text.as_str()))
            }
            Js::Text(text) => match position(key) {
                Some(at) => {
                    self.pay(text.as_str().len() / 16)?;
                    let unit = texts::part(text.as_str(), at, at.saturating_add(1));
                    if unit.is_empty() { Js::Undefined } else { self.made(&unit)? }
                }
                None => Js::Undefined,
            },
            Js::Json(Value::Array(list)) if key == "length" => Js::count(list.len()),
            Js::Json(Value::Array(list)) => Js::maybe(position(key).and_then(|at| list.get(at))),
            Js::Json(other) => Js::maybe(other.get(key)),
            Js::List(list) if key == "length" => Js::count(self.lists[*list].len()),
            Js::List(list) => position(key).and_then(|at| self.lists[*list].get(at)).copied().unwrap_or(Js::Undefined),
            Js::Object(object) => {
                let found = self.objects[*object].iter().find(|(known, _)| known.as_str() == key);
                found.map_or(Js::Undefined, |(_, value)| *value)
            }
        })
    }

    /// Does the list or object have the key itself?
    pub(super) fn has(&mut self, value: &Js<'a>, key: &str) -> Ran<bool> {
        self.pay(1)?;
        Ok(match value {
            Js::Json(Value::Array(list)) => key == "length" || position(key).is_some_and(|at| at < list.len()),
            Js::Json(other) => other.get(key).is_some(),
            Js::List(list) => key == "length" || position(key).is_some_and(|at| at < self.lists[*list].len()),
            Js::Object(object) => self.objects[*object].iter().any(|(known, _)| known.as_str() == key),
            _ => false,
        })
    }

    /// The items of a list; `None` for what is no list. The copy is paid for.
    pub(super) fn items(&mut self, value: &Js<'a>) -> Ran<Option<Vec<Js<'a>>>> {
        let items: Vec<Js<'a>> = match value {
            Js::Json(Value::Array(list)) => {
                self.pay(list.len())?;
                list.iter().map(Js::from_json).collect()
            }
            Js::List(list) => {
                self.pay(self.lists[*list].len())?;
                self.lists[*list].clone()
            }
            _ => return Ok(None),
        };
        Ok(Some(items))
    }

    /// The items of a list; none for what is no list. The copy is paid for.
    pub(super) fn items_of(&mut self, value: &Js<'a>) -> Ran<Vec<Js<'a>>> {
        Ok(self.items(value)?.unwrap_or_default())
    }

    // Conversions.

    /// As `+` and `==` want it: no list, object or date.
    fn primitive_of(&mut self, value: &Js<'a>) -> Ran<Js<'a>> {
        match value {
            Js::Time(it) if it.moment => Ok(Js::Number(self.times[it.at])),
            Js::Json(_) | Js::List(_) | Js::Object(_) | Js::Time(_) | Js::Pattern(_) => {
                self.text_of(value).map(Js::Text)
            }
            plain => Ok(*plain),
        }
    }

    /// `Number(value)`.
    pub(super) fn number_of(&mut self, value: &Js<'a>) -> Ran<f64> {
        Ok(match value {
            Js::Undefined | Js::Object(_) | Js::Json(Value::Object(_)) | Js::Pattern(_) => f64::NAN,
            Js::Null => 0.0,
            Js::Boolean(yes) => f64::from(u8::from(*yes)),
            Js::Number(number) => *number,
            Js::Text(text) => {
                self.look_through(text.as_str())?;
                text_to_number(text.as_str())
            }
            Js::Time(it) => self.times[it.at],
            Js::Json(_) | Js::List(_) => {
                let text = self.text_of(value)?;
                text_to_number(text.as_str())
            }
        })
    }

    /// `String(value)`.
    pub(super) fn text_of(&mut self, value: &Js<'a>) -> Ran<Text<'a>> {
        Ok(match value {
            Js::Undefined => Text("undefined"),
            Js::Null => Text("null"),
            Js::Boolean(true) => Text("true"),
            Js::Boolean(false) => Text("false"),
            Js::Number(number) => self.keep(number_to_text(*number).into()),
            // Whoever asks goes through it.
            Js::Text(text) => {
                self.look_through(text.as_str())?;
                *text
            }
            Js::Object(_) | Js::Json(Value::Object(_)) => Text("[object Object]"),
            Js::Pattern(number) => {
                let pattern = self.patterns[*number].0.clone();
                self.pay(pattern.written.len() / 16)?;
                self.keep((*pattern.written).into())
            }
            Js::Time(it) => self.keep(time::print(self.times[it.at], it.moment, self.in_utc[it.at]).into()),
            Js::Json(_) | Js::List(_) => {
                let text = self.join(value, ",")?;
                self.keep(text.into())
            }
        })
    }

    /// `list.join(between)`.
    pub(super) fn join(&mut self, list: &Js<'a>, between: &str) -> Ran<String> {
        self.deeper()?;
        let mut text = String::new();
        for (at, item) in self.items_of(list)?.iter().enumerate() {
            if at > 0 {
                self.append(&mut text, between)?;
            }
            if !item.is_nothing() {
                let item = self.text_of(item)?;
                self.append(&mut text, item.as_str())?;
            }
        }
        self.depth -= 1;
        Ok(text)
    }

    /// `a == b`.
    fn loosely_equal(&mut self, one: &Js<'a>, two: &Js<'a>) -> Ran<bool> {
        if one.is_nothing() || two.is_nothing() {
            return Ok(one.is_nothing() && two.is_nothing());
        }
        if one.is_object() && two.is_object() || one.type_name() == two.type_name() {
            return Ok(strictly_equal(one, two));
        }
        let (one, two) = if one.is_object() || two.is_object() {
            // Truth values become numbers first; that changes nothing for the other side.
            (self.primitive_of(one)?, self.primitive_of(two)?)
        } else {
            (*one, *two)
        };
        if let (Js::Text(one), Js::Text(two)) = (&one, &two) {
            return Ok(one.as_str() == two.as_str());
        }
        Ok(crate::javascript::same_number(self.number_of(&one)?, self.number_of(&two)?))
    }

    /// `a < b`; `None` where a side is not a number.
    pub(super) fn less(&mut self, one: &Js<'a>, two: &Js<'a>) -> Ran<Option<bool>> {
        let plain = |run: &mut Self, value: &Js<'a>| match value {
            Js::Time(it) => Ok(Js::Number(run.times[it.at])),
            other => run.primitive_of(other),
        };
        let (one, two) = (plain(self, one)?, plain(self, two)?);
        if let (Js::Text(one), Js::Text(two)) = (&one, &two) {
            return Ok(Some(one.as_str().encode_utf16().lt(two.as_str().encode_utf16())));
        }
        let order = self.number_of(&one)?.partial_cmp(&self.number_of(&two)?);
        Ok(order.map(|order| order == std::cmp::Ordering::Less))
    }

    /// The value as JSON has it; in lists, what JSON has not is null.
    pub(super) fn json_of(&mut self, value: &Js<'a>) -> Ran<Value> {
        self.pay(1)?;
        Ok(match value {
            Js::Undefined | Js::Null => Value::Null,
            Js::Boolean(yes) => Value::Bool(*yes),
            Js::Number(number) => to_json_number(*number),
            Js::Text(text) => {
                self.pay(text.as_str().len() / 16)?;
                Value::String(text.as_str().to_owned())
            }
            Js::Json(json) => {
                self.pay(weight(json))?;
                (*json).clone()
            }
            Js::Time(it) => time::print_iso(self.times[it.at]).map_or(Value::Null, Value::String),
            Js::Pattern(_) => Value::Object(Map::new()),
            Js::List(_) => {
                self.deeper()?;
                let mut list = Vec::new();
                for item in self.items_of(value)? {
                    list.push(self.json_of(&item)?);
                }
                self.depth -= 1;
                Value::Array(list)
            }
            Js::Object(object) => {
                self.deeper()?;
                self.pay(self.objects[*object].len())?;
                let mut map = Map::new();
                for (key, value) in self.objects[*object].clone() {
                    if !matches!(value, Js::Undefined) {
                        map.insert(key.as_str().to_owned(), self.json_of(&value)?);
                    }
                }
                self.depth -= 1;
                Value::Object(map)
            }
        })
    }
}

/// Does what is left of the operator decide, so that what is right is not looked at? `None` where both count.
fn decided(operator: Operator, left: &Js<'_>) -> Option<bool> {
    match operator {
        Operator::Or => Some(left.is_truthy()),
        Operator::And => Some(!left.is_truthy()),
        Operator::Otherwise => Some(!left.is_nothing()),
        Operator::Comma => Some(false),
        _ => None,
    }
}

/// The number as its 32 bits: what bits are worked out with.
fn int32(number: f64) -> i32 {
    if !number.is_finite() {
        return 0;
    }
    // Less than 2^32 in size: exact.
    #[allow(clippy::cast_possible_truncation)]
    let bits = (number.trunc() % 4_294_967_296.0) as i64;
    // The lower half of the bits is what is meant.
    #[allow(clippy::cast_possible_truncation)]
    let low = bits as i32;
    low
}

/// What a copy of the value costs.
fn weight(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
        Value::String(text) => 1 + text.len() / 16,
        Value::Array(list) => 1 + list.iter().map(weight).sum::<usize>(),
        Value::Object(object) => 1 + object.values().map(weight).sum::<usize>() + object.len(),
    }
}

/// Sets a field, in the place it has.
fn put<'a>(object: &mut Vec<(Text<'a>, Js<'a>)>, key: Text<'a>, value: Js<'a>) {
    match object.iter_mut().find(|(known, _)| known.as_str() == key.as_str()) {
        Some((_, place)) => *place = value,
        None => object.push((key, value)),
    }
}

/// The position a key names: digits without a zero before them.
fn position(key: &str) -> Option<usize> {
    let well_written = key == "0" || (!key.starts_with('0') && key.bytes().all(|digit| digit.is_ascii_digit()));
    if well_written { key.parse().ok() } else { None }
}
