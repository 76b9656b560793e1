//! What expressions are made of: literals, variables, calls.

use super::super::lexer::{Found, Token};
use super::super::names::{
    Function, ISO_8601, Method, ends_chain, global, is_inherited, is_library, is_of_form, is_of_node, is_of_old_lodash,
    is_reserved, of_library, of_renderer,
};
use super::super::patterns::Pattern;
use super::super::tree::{Access, Expression, Member, Operator, Place};
use super::super::{FaultCause, Read, RunFault};
use super::scopes::Bound;
use super::{COMPONENT, DATA, INPUT, Parsed, Parser, ROW};
use std::sync::Arc;

impl<'s> Parser<'s> {
    pub(super) fn primary(&mut self) -> Parsed<Expression> {
        let start = self.found.start;
        match std::mem::replace(&mut self.found.token, Token::End) {
            Token::Number(number) => {
                self.advance()?;
                Ok(Expression::Number(number))
            }
            Token::Text(text) => {
                self.advance()?;
                Ok(Expression::Text(text.into()))
            }
            Token::Name("function") => {
                // Called where it stands.
                self.found.token = Token::Name("function");
                let number = self.callbacks.len();
                self.callbacks.push(None);
                self.function(number)?;
                if !self.is("(") {
                    return Err(self.fault(start, start + "function".len(), FaultCause::Unsupported));
                }
                Ok(Expression::CallOwn(number, self.arguments(false)?))
            }
            Token::Name(name) => {
                self.found.token = Token::Name(name);
                self.name(name)
            }
            Token::Sign("/" | "/=") => {
                let (source, flags) = self.lexer.pattern(start).map_err(|failed| self.failed(&failed))?;
                let pattern = Pattern::parse(source, flags);
                let pattern = pattern.ok_or_else(|| self.fault(start, self.lexer.at, FaultCause::Unsupported))?;
                self.advance()?;
                Ok(Expression::Pattern(Arc::new(pattern)))
            }
            Token::Sign("(") => {
                self.advance()?;
                if self.starts_function() {
                    // A function that is called where it stands.
                    let place = self.found.start;
                    let number = self.callbacks.len();
                    self.callbacks.push(None);
                    self.function(number)?;
                    // `(function () { … }())` is the same.
                    let called_inside = self.is("(");
                    if !called_inside {
                        self.expect(")")?;
                    }
                    if !self.is("(") {
                        return Err(self.fault(place, place, FaultCause::Unsupported));
                    }
                    let call = Expression::CallOwn(number, self.arguments(false)?);
                    if called_inside {
                        self.expect(")")?;
                    }
                    return Ok(call);
                }
                let inside = self.sequence()?;
                self.expect(")")?;
                Ok(inside)
            }
            Token::Sign("[") => {
                self.advance()?;
                let mut items = Vec::new();
                while !self.is("]") {
                    items.push(if self.is(",") { Expression::Undefined } else { self.item()? });
                    if !self.take(",")? && !self.is("]") {
                        return self.unexpected();
                    }
                }
                self.advance()?;
                Ok(Expression::List(items))
            }
            Token::Sign("{") => self.object(),
            Token::Sign("`") => self.template(start),
            Token::Sign(sign) => {
                self.found.token = Token::Sign(sign);
                self.unexpected()
            }
            Token::End => self.unexpected(),
        }
    }

    /// An item, or all items of what comes after `...`.
    pub(super) fn item(&mut self) -> Parsed<Expression> {
        if self.take("...")? {
            self.spreads = self.is_name("new");
            return Ok(Expression::Spread(Box::new(self.expression()?)));
        }
        self.expression()
    }

    pub(super) fn object(&mut self) -> Parsed<Expression> {
        self.advance()?;
        let mut fields: Vec<(Box<str>, Expression)> = Vec::new();
        while !self.is("}") {
            if self.is("...") {
                fields.push(("".into(), self.item()?));
                if !self.take(",")? && !self.is("}") {
                    return self.unexpected();
                }
                continue;
            }
            let key: Box<str> = match &self.found.token {
                Token::Name(name) => (*name).into(),
                Token::Text(text) => text.as_str().into(),
                Token::Number(number) => crate::javascript::number_to_text(*number).into(),
                Token::Sign("[") => {
                    // `[key]: value` is what comes of the pair.
                    self.advance()?;
                    let key = self.expression()?;
                    self.expect("]")?;
                    self.expect(":")?;
                    let pair = Expression::List(vec![key, self.field()?]);
                    let made = Expression::Call(Function::FromEntries, vec![Expression::List(vec![pair])]);
                    fields.push(("".into(), Expression::Spread(Box::new(made))));
                    if !self.take(",")? && !self.is("}") {
                        return self.unexpected();
                    }
                    continue;
                }
                Token::Sign(_) | Token::End => return self.unexpected(),
            };
            if is_inherited(&key) {
                return Err(self.here(FaultCause::UnknownMember));
            }
            let value = if matches!(self.found.token, Token::Name(_)) && !self.next_is(":") {
                let gets = matches!(&*key, "get" | "set") && !self.next_is(",") && !self.next_is("}");
                if gets || self.next_is("(") {
                    return Err(self.here(FaultCause::Unsupported));
                }
                self.field()?
            } else {
                self.advance()?;
                self.expect(":")?;
                self.field()?
            };
            fields.push((key, value));
            if !self.take(",")? && !self.is("}") {
                return self.unexpected();
            }
        }
        self.advance()?;
        Ok(Expression::Object(fields))
    }

    /// The value of a field, which may be a function.
    fn field(&mut self) -> Parsed<Expression> {
        if self.starts_function() {
            let number = self.callbacks.len();
            self.callbacks.push(None);
            self.function(number)?;
            return Ok(Expression::Function);
        }
        if let Token::Name(name) = self.found.token
            && (self.next_is(",") || self.next_is("}"))
            && matches!(self.lookup(name), Some((Bound::Function(_), _)))
        {
            self.advance()?;
            return Ok(Expression::Function);
        }
        self.expression()
    }

    /// A template: its backtick was read, nothing after it.
    pub(super) fn template(&mut self, start: usize) -> Parsed<Expression> {
        let mut parts = Vec::new();
        loop {
            let (text, more) = match self.lexer.template_part(start) {
                Ok(part) => part,
                Err(failed) => return Err(self.failed(&failed)),
            };
            if !text.is_empty() {
                parts.push((Operator::Concatenate, Expression::Text(text.into())));
            }
            if !more {
                break;
            }
            self.advance()?;
            parts.push((Operator::Concatenate, self.expression()?));
            if !self.is("}") {
                return self.unexpected();
            }
        }
        self.advance()?;
        Ok(Expression::Chain(Box::new(Expression::Text("".into())), parts))
    }

    /// What begins with a name: a variable, a constant, a call.
    pub(super) fn name(&mut self, name: &'s str) -> Parsed<Expression> {
        match self.lookup(name) {
            Some((Bound::Variable(place), _)) => {
                self.advance()?;
                return Ok(Expression::Variable(place));
            }
            Some((Bound::Function(number), _)) => {
                if !self.next_is("(") {
                    return Err(self.here(FaultCause::Unsupported));
                }
                self.advance()?;
                return Ok(Expression::CallOwn(number, self.arguments(false)?));
            }
            None => {}
        }
        let constant = match name {
            "true" => Expression::Boolean(true),
            "false" => Expression::Boolean(false),
            "null" => Expression::Null,
            "undefined" => Expression::Undefined,
            "NaN" => Expression::Number(f64::NAN),
            "Infinity" => Expression::Number(f64::INFINITY),
            "new" => return self.new_object(),
            "submission" => return self.submission(),
            "this" if self.as_core() => self.context(),
            // What a service knows is not in it.
            "config" if self.as_core() => Expression::Object(Vec::new()),
            _ if is_reserved(name) => return self.unexpected(),
            _ if is_library(name) && self.next_is(".") => return self.library(name),
            "moment" if self.next_is(".") => return self.library(name),
            "Array" if self.next_is("(") => {
                self.advance()?;
                return self.new_list();
            }
            "_" if self.next_is("(") => {
                self.advance()?;
                return self.chain(false);
            }
            "form" if self.as_core() && self.next_is(".") => return self.form(),
            _ => {
                if let Some(found) = of_renderer(name) {
                    return self.of_renderer(found);
                }
                return match global(name) {
                    Some(function) if self.next_is("(") => {
                        self.advance()?;
                        self.call(function)
                    }
                    Some(_) => Err(self.here(FaultCause::Unsupported)),
                    None if !self.as_core() || is_of_node(name) => Err(self.here(FaultCause::UnknownName)),
                    // Too late for what is worked out by now.
                    None if name == "setTimeout" && self.next_is("(") => {
                        self.advance()?;
                        self.call(Function::Log)
                    }
                    None => self.of_renderer(Expression::Fault(RunFault::NotDefined)),
                };
            }
        };
        self.advance()?;
        Ok(constant)
    }

    pub(super) fn call(&mut self, function: Function) -> Parsed<Expression> {
        let before = self.reads.len();
        let arguments = self.arguments(true)?;
        // A path given as text is read as members are.
        if let (
            Function::Get | Function::Has,
            [Expression::Variable(Place { global: true, at: at @ (DATA | ROW), .. }), Expression::Text(path), ..],
        ) = (function, arguments.as_slice())
        {
            let read = if *at == ROW { Read::Row } else { Read::Data };
            // The bare variable was noted as a read of everything.
            if self.reads.get(before) == Some(&read(String::new())) {
                self.reads.remove(before);
            }
            self.add_read(read(path.to_string()));
        }
        Ok(Expression::Call(function, arguments))
    }

    pub(super) fn library(&mut self, library: &'s str) -> Parsed<Expression> {
        self.advance()?;
        self.advance()?;
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        let constant = match (library, name) {
            ("Math", "PI") => Some(std::f64::consts::PI),
            ("Number", "EPSILON") => Some(f64::EPSILON),
            ("Number", "MAX_SAFE_INTEGER") => Some(9_007_199_254_740_991.0),
            _ => None,
        };
        if let Some(constant) = constant {
            self.advance()?;
            return Ok(Expression::Number(constant));
        }
        if (library, name) == ("moment", "ISO_8601") {
            self.advance()?;
            return Ok(Expression::Text(ISO_8601.into()));
        }
        if (library, name) == ("_", "chain") && self.next_is("(") {
            self.advance()?;
            return self.chain(true);
        }
        if library == "_" && self.as_core() && is_of_old_lodash(name) {
            return self.of_renderer(Expression::Fault(RunFault::NotAFunction));
        }
        let random = library == "Math" && name == "random" && self.as_core();
        match of_library(library, name).or(random.then_some(Function::Random)) {
            Some(function @ (Function::Most | Function::Least)) if self.next_is(".") => self.applied(function),
            Some(function) if self.next_is("(") => {
                self.advance()?;
                let set = matches!(self.next(), Some(Found { token: Token::Name("new"), .. }));
                self.spreads = set && function == Function::From;
                self.call(function)
            }
            _ => Err(self.here(FaultCause::UnknownMember)),
        }
    }

    /// `Math.max.apply(null, list)`: what is in the list are the arguments, and nobody asks for the first one.
    fn applied(&mut self, function: Function) -> Parsed<Expression> {
        self.advance()?;
        self.advance()?;
        if !matches!(self.found.token, Token::Name("apply")) || !self.next_is("(") {
            return Err(self.here(FaultCause::UnknownMember));
        }
        self.advance()?;
        self.expect("(")?;
        if matches!(self.found.token, Token::Name("Math" | "this")) && self.next_is(",") {
            self.advance()?;
        } else {
            self.item()?;
        }
        self.expect(",")?;
        let list = self.item()?;
        self.expect(")")?;
        Ok(Expression::Call(function, vec![Expression::Spread(Box::new(list))]))
    }

    /// `_(list).map(…).sum()`, `_.chain(list).map(…).value()`: each function is called with what came of the one before.
    fn chain(&mut self, explicit: bool) -> Parsed<Expression> {
        let mut first = self.arguments(false)?.into_iter();
        let mut made = first.next().unwrap_or(Expression::Undefined);
        while self.is(".") {
            self.advance()?;
            let Token::Name(name) = self.found.token else {
                return self.unexpected();
            };
            if !self.next_is("(") {
                break;
            }
            let function = of_library("_", name);
            if function.is_none() && name != "value" {
                return Err(self.here(FaultCause::UnknownMember));
            }
            self.advance()?;
            let more = self.arguments(true)?;
            let Some(function) = function else { return Ok(made) };
            made = Expression::Call(function, std::iter::once(made).chain(more).collect());
            if !explicit && ends_chain(function) {
                return Ok(made);
            }
        }
        // What is wrapped is no list, and is kept by nobody.
        Err(self.here(FaultCause::Unsupported))
    }

    pub(super) fn new_object(&mut self) -> Parsed<Expression> {
        self.advance()?;
        self.spreads &= self.is_name("Set");
        let function = match self.found.token {
            Token::Name("Date") => Function::NewDate,
            Token::Name("RegExp") => Function::NewPattern,
            Token::Name("Set") => return self.set(),
            Token::Name("Intl") => return self.number_format(),
            Token::Name("Array") => {
                self.advance()?;
                return self.new_list();
            }
            Token::Name("Object") => {
                let start = self.found.start;
                self.advance()?;
                let items = if self.is("(") { self.arguments(false)? } else { Vec::new() };
                let none = items.is_empty();
                let fault = || self.fault(start, start + "Object".len(), FaultCause::Unsupported);
                return if none { Ok(Expression::Object(Vec::new())) } else { Err(fault()) };
            }
            Token::Name(name @ ("Error" | "TypeError" | "RangeError")) => {
                let name = Expression::Text(name.into());
                self.advance()?;
                let message = self.arguments(false)?.into_iter().next().unwrap_or_else(|| Expression::Text("".into()));
                return Ok(Expression::Object(vec![("message".into(), message), ("name".into(), name)]));
            }
            _ => return Err(self.here(FaultCause::Unsupported)),
        };
        self.advance()?;
        if self.is("(") { self.call(function) } else { Ok(Expression::Call(function, Vec::new())) }
    }

    /// What is given to `Array`: items, or how often there is nothing.
    fn new_list(&mut self) -> Parsed<Expression> {
        let items = if self.is("(") { self.arguments(false)? } else { Vec::new() };
        if items.len() != 1 {
            return Ok(Expression::List(items));
        }
        // JavaScript passes over what was never there, and `undefined` it does not.
        let asked = self.next();
        if self.is(".") && !matches!(asked, Some(Found { token: Token::Name("fill" | "join" | "length"), .. })) {
            return Err(self.here(FaultCause::Unsupported));
        }
        Ok(Expression::Call(Function::NewList, items))
    }

    /// `new Intl.NumberFormat(…).format(number)`, which is as good as `number.toLocaleString(…)`.
    fn number_format(&mut self) -> Parsed<Expression> {
        let start = self.found.start;
        let mut arguments = Vec::new();
        for name in ["NumberFormat", "format"] {
            if name == "NumberFormat" {
                self.advance()?;
            }
            if !self.is(".") || !matches!(self.next(), Some(Found { token: Token::Name(next), .. }) if next == name) {
                return Err(self.fault(start, start + "Intl".len(), FaultCause::Unsupported));
            }
            self.advance()?;
            self.advance()?;
            arguments.push(if self.is("(") { self.arguments(false)? } else { Vec::new() });
        }
        let number = Expression::Call(Function::Number, arguments.pop().unwrap_or_default());
        let member = Member::Method(Method::ToLocale, arguments.pop().unwrap_or_default());
        Ok(Expression::Access(Box::new(number), vec![Access { optional: false, member }]))
    }

    /// `new Set(…)` that is spread, counted or looked into at once: kept, it would be no list.
    pub(super) fn set(&mut self) -> Parsed<Expression> {
        let spread = std::mem::take(&mut self.spreads);
        let start = self.found.start;
        self.advance()?;
        let set = Expression::Call(Function::SetOf, self.arguments(false)?);
        let member = match self.next() {
            Some(Found { token: Token::Name("size"), .. }) if self.is(".") => {
                self.advance()?;
                self.advance()?;
                Member::Key("length".into())
            }
            Some(Found { token: Token::Name("has"), .. }) if self.is(".") => {
                self.advance()?;
                self.advance()?;
                Member::Method(Method::Includes, self.arguments(false)?)
            }
            _ if spread => return Ok(set),
            _ => return Err(self.fault(start, start + 3, FaultCause::Unsupported)),
        };
        Ok(Expression::Access(Box::new(set), vec![Access { optional: false, member }]))
    }

    /// `submission.data` is `data`; a submission has nothing else here.
    pub(super) fn submission(&mut self) -> Parsed<Expression> {
        let data = Expression::Variable(Place { global: true, at: DATA, strict: false });
        self.advance()?;
        if self.is(".") && matches!(self.next(), Some(Found { token: Token::Name("data"), .. })) {
            self.advance()?;
            self.advance()?;
            return Ok(data);
        }
        self.add_read(Read::Data(String::new()));
        Ok(Expression::Object(vec![("data".into(), data)]))
    }

    /// `this` is what the names of a script are taken from (`execute` in `utils/Evaluator.js`).
    fn context(&mut self) -> Expression {
        self.add_read(Read::Data(String::new()));
        let names = [("data", DATA), ("row", ROW), ("component", COMPONENT), ("value", INPUT)];
        let field =
            |(name, at): (&str, usize)| (name.into(), Expression::Variable(Place { global: true, at, strict: false }));
        Expression::Object(names.map(field).into())
    }

    /// `form` is the definition: whatever a service adds to it is not there.
    fn form(&mut self) -> Parsed<Expression> {
        self.advance()?;
        self.advance()?;
        match self.found.token {
            Token::Name(name) if !is_of_form(name) => self.of_renderer(Expression::Undefined),
            _ => Err(self.here(FaultCause::UnknownMember)),
        }
    }

    /// Something of the renderer, with all that is asked of it: nothing is there, so nothing of it is looked at.
    pub(super) fn of_renderer(&mut self, mut found: Expression) -> Parsed<Expression> {
        self.advance()?;
        // `?.` of what is there but undefined ends the whole.
        let mut decided = matches!(found, Expression::Fault(_));
        loop {
            let optional = self.is("?.");
            if optional || self.is(".") {
                self.advance()?;
                if !optional || matches!(self.found.token, Token::Name(_)) {
                    let Token::Name(_) = self.found.token else {
                        return self.unexpected();
                    };
                    self.advance()?;
                } else if !self.is("[") && !self.is("(") {
                    return self.unexpected();
                }
            } else if self.is("[") {
                self.advance()?;
                self.expression()?;
                self.expect("]")?;
            } else if self.is("(") {
                self.arguments(true)?;
            } else {
                return Ok(found);
            }
            match found {
                Expression::Undefined if !decided && !optional => found = Expression::Fault(RunFault::MemberOfNothing),
                Expression::Fault(_) => found = Expression::Fault(RunFault::MemberOfNothing),
                _ => {}
            }
            decided = true;
        }
    }
}
