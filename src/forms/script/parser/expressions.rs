//! Operators, members and arguments.

use super::super::lexer::{Found, Token};
use super::super::names::{Function, Method, global, is_inherited, is_method, method};
use super::super::tree::{Access, Expression, Member, Operator, Place, Unary};
use super::super::{FaultCause, Read, RunFault};
use super::scopes::Bound;
use super::{COMPONENT, DATA, INPUT, Parsed, Parser, ROW, VALUE};

impl Parser<'_> {
    /// One expression; commas are not part of it.
    pub(super) fn expression(&mut self) -> Parsed<Expression> {
        self.deeper()?;
        let expression = self.assignment()?;
        self.depth -= 1;
        Ok(expression)
    }

    /// Expressions with commas between: the last one counts.
    pub(super) fn sequence(&mut self) -> Parsed<Expression> {
        let first = self.expression()?;
        let mut rest = Vec::new();
        while self.take(",")? {
            rest.push((Operator::Comma, self.expression()?));
        }
        Ok(if rest.is_empty() { first } else { Expression::Chain(Box::new(first), rest) })
    }

    pub(super) fn assignment(&mut self) -> Parsed<Expression> {
        // One that is called where it stands may be: see `primary`.
        if !self.is_name("function") && self.starts_function() {
            return Err(self.here(FaultCause::Unsupported));
        }
        if let (Token::Name(_), Some(Found { token: Token::Sign(sign), .. })) = (&self.found.token, self.next())
            && assigns(sign)
        {
            let operator = operator_of(sign);
            let place = self.target()?;
            self.advance()?;
            self.advance()?;
            let value = self.expression()?;
            return Ok(match operator {
                // What decides by itself whether the value counts is no operator of an assignment.
                Some(operator @ (Operator::Or | Operator::And | Operator::Otherwise)) => {
                    let chosen = Expression::Chain(Box::new(Expression::Variable(place)), vec![(operator, value)]);
                    Expression::Assign(place, None, Box::new(chosen))
                }
                operator => Expression::Assign(place, operator, Box::new(value)),
            });
        }
        let start = self.found.start;
        let left = self.choice()?;
        let Token::Sign(sign) = self.found.token else {
            return Ok(left);
        };
        if !assigns(sign) {
            return Ok(left);
        }
        let operator = operator_of(sign);
        if matches!(left, Expression::Fault(_)) {
            self.advance()?;
            self.expression()?;
            return Ok(left);
        }
        if !self.as_core() && is_own_setting(&left) {
            self.advance()?;
            return self.expression();
        }
        let (object, key) = self.member_target(left, start)?;
        self.advance()?;
        let value = self.expression()?;
        Ok(Expression::AssignMember(Box::new((object, key)), operator, Box::new(value)))
    }

    /// The object and key of `object.key = …`; answers are not written to, but as `@formio/core` lets them.
    pub(super) fn member_target(&mut self, left: Expression, start: usize) -> Parsed<(Expression, Expression)> {
        let Expression::Access(object, mut members) = left else {
            let cause = if self.as_core() { FaultCause::Unexpected } else { FaultCause::NotAssignable };
            return Err(self.fault(start, self.found.start, cause));
        };
        self.writes = true;
        let answers = matches!(*object, Expression::Variable(place) if place.global && (place.at < VALUE || place.at == COMPONENT) && !self.as_core());
        let key = match members.pop() {
            Some(Access { optional: false, member: Member::Key(key) }) => Expression::Text(key),
            Some(Access { optional: false, member: Member::Index(key) }) => key,
            _ => return Err(self.fault(start, self.found.start, FaultCause::NotAssignable)),
        };
        if answers || members.iter().any(|access| access.optional) {
            return Err(self.fault(start, self.found.start, FaultCause::NotAssignable));
        }
        let object = if members.is_empty() { *object } else { Expression::Access(object, members) };
        Ok((object, key))
    }

    pub(super) fn choice(&mut self) -> Parsed<Expression> {
        let mut last = self.binary(0)?;
        let mut branches = Vec::new();
        while self.take("?")? {
            let then = self.expression()?;
            self.expect(":")?;
            branches.push((last, then));
            // `a ? b : c = d` assigns in the last branch.
            if matches!(self.next(), Some(Found { token: Token::Sign(sign), .. }) if assigns(sign)) {
                last = self.assignment()?;
                break;
            }
            last = self.binary(0)?;
        }
        if branches.is_empty() { Ok(last) } else { Ok(Expression::Choose(branches, Box::new(last))) }
    }

    pub(super) fn binary(&mut self, level: u8) -> Parsed<Expression> {
        let mut left = self.unary()?;
        loop {
            if self.is_name("instanceof") && level <= IN {
                self.advance()?;
                left = Expression::Call(self.kind_of_object()?, vec![left]);
                continue;
            }
            let Some((first, its_level)) = operator(&self.found.token).filter(|(_, its)| *its >= level) else {
                return Ok(left);
            };
            let mut rest = Vec::new();
            while let Some((operator, same)) = operator(&self.found.token)
                && same == its_level
            {
                // JavaScript wants brackets where these two meet.
                if (first == Operator::Otherwise) != (operator == Operator::Otherwise) {
                    return self.unexpected();
                }
                self.advance()?;
                rest.push((operator, self.binary(its_level + 1)?));
            }
            left = Expression::Chain(Box::new(left), rest);
        }
    }

    /// What `instanceof` asks about.
    fn kind_of_object(&mut self) -> Parsed<Function> {
        let function = match self.found.token {
            Token::Name("Date") => Function::IsDate,
            Token::Name("Array") => Function::IsArray,
            Token::Name("Object") => Function::IsObject,
            _ => return Err(self.here(FaultCause::Unsupported)),
        };
        self.advance()?;
        Ok(function)
    }

    pub(super) fn unary(&mut self) -> Parsed<Expression> {
        let unary = match self.found.token {
            Token::Sign("!") => Unary::Not,
            Token::Sign("-") => Unary::Minus,
            Token::Sign("+") => Unary::Plus,
            Token::Sign("~") => Unary::BitNot,
            Token::Name("typeof") => Unary::TypeOf,
            Token::Name("void") => Unary::Void,
            Token::Name("delete") => {
                self.advance()?;
                let start = self.found.start;
                let left = self.postfix()?;
                let target = self.member_target(left, start)?;
                return Ok(Expression::Delete(Box::new(target)));
            }
            Token::Sign(sign @ ("++" | "--")) => {
                self.advance()?;
                let place = self.target()?;
                self.advance()?;
                return Ok(Expression::Step(place, if sign == "++" { 1.0 } else { -1.0 }, false));
            }
            _ => {
                let base = self.postfix()?;
                if !self.take("**")? {
                    return Ok(base);
                }
                self.deeper()?;
                let exponent = self.unary()?;
                self.depth -= 1;
                return Ok(Expression::Call(Function::Power, vec![base, exponent]));
            }
        };
        self.deeper()?;
        self.advance()?;
        let operand = self.unary()?;
        self.depth -= 1;
        Ok(Expression::Unary(unary, Box::new(operand)))
    }

    pub(super) fn postfix(&mut self) -> Parsed<Expression> {
        if let (Token::Name(_), Some(Found { token: Token::Sign(sign @ ("++" | "--")), after_line: false, .. })) =
            (&self.found.token, self.next())
        {
            let place = self.target()?;
            self.advance()?;
            self.advance()?;
            return Ok(Expression::Step(place, if sign == "++" { 1.0 } else { -1.0 }, true));
        }
        let base = self.primary()?;
        let mut members = Vec::new();
        loop {
            let optional = self.is("?.");
            if optional || self.is(".") {
                self.advance()?;
                if optional && self.is("[") {
                    self.index(true, &mut members)?;
                    continue;
                }
                if optional && self.is("(") {
                    return Err(self.here(FaultCause::Unsupported));
                }
                members.push(Access { optional, member: self.member()? });
            } else if self.is("[") {
                self.index(false, &mut members)?;
            } else {
                break;
            }
        }
        if self.is("(") {
            if !members.is_empty() || !matches!(base, Expression::Variable(_)) {
                return Err(self.here(FaultCause::Unsupported));
            }
            // No variable holds a function: what is called comes from the renderer of Form.io, and calling it throws.
            self.arguments(true)?;
            return Ok(Expression::Fault(RunFault::NotAFunction));
        }
        self.note_read(&base, &members);
        if let Token::Sign(sign @ ("++" | "--")) = self.found.token
            && !self.found.after_line
        {
            let (object, key) = self.member_target(Expression::Access(Box::new(base), members), self.found.start)?;
            self.advance()?;
            let (step, back) = if sign == "++" { (-1.0, 1.0) } else { (1.0, -1.0) };
            // Counted on by taking away: a text counts as a number.
            let step = Box::new(Expression::Number(step));
            let changed = Expression::AssignMember(Box::new((object, key)), Some(Operator::Subtract), step);
            let before = vec![(Operator::Subtract, Expression::Number(back))];
            return Ok(Expression::Chain(Box::new(changed), before));
        }
        if members.is_empty() { Ok(base) } else { Ok(Expression::Access(Box::new(base), members)) }
    }

    pub(super) fn index(&mut self, optional: bool, members: &mut Vec<Access>) -> Parsed<()> {
        self.advance()?;
        let start = self.found.start;
        let key = self.expression()?;
        if let Expression::Text(text) = &key
            && is_inherited(text)
        {
            return Err(self.fault(start, self.found.start, FaultCause::UnknownMember));
        }
        self.expect("]")?;
        let member = match key {
            Expression::Text(key) => Member::Key(key),
            key => Member::Index(key),
        };
        members.push(Access { optional, member });
        Ok(())
    }

    pub(super) fn member(&mut self) -> Parsed<Member> {
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        if self.next_is("(") {
            let method = match method(name) {
                Some(method) => method,
                None if self.as_core() && !is_inherited(name) && !is_method(name) => Method::Nobody,
                None => return Err(self.here(FaultCause::UnknownMember)),
            };
            self.writes |= matches!(
                method,
                Method::Push
                    | Method::Pop
                    | Method::Shift
                    | Method::Unshift
                    | Method::Splice
                    | Method::Sort
                    | Method::Reverse
                    | Method::Fill
            );
            self.advance()?;
            return Ok(Member::Method(method, self.arguments(true)?));
        }
        if is_inherited(name) {
            return Err(self.here(FaultCause::UnknownMember));
        }
        self.advance()?;
        Ok(Member::Key(name.into()))
    }

    pub(super) fn note_read(&mut self, base: &Expression, members: &[Access]) {
        let Expression::Variable(Place { global: true, at, .. }) = *base else {
            return;
        };
        let read = match at {
            DATA => Read::Data,
            ROW => Read::Row,
            VALUE | INPUT => return self.add_read(Read::Own),
            _ => return,
        };
        let keys = members.iter().map_while(|access| match &access.member {
            Member::Key(key) => Some(&**key),
            _ => None,
        });
        let mut path: Vec<&str> = keys.collect();
        if path.last() == Some(&"length") {
            path.pop();
        }
        self.add_read(read(path.join(".")));
    }

    pub(super) fn add_read(&mut self, read: Read) {
        if !self.reads.contains(&read) {
            self.reads.push(read);
        }
    }

    pub(super) fn arguments(&mut self, functions: bool) -> Parsed<Vec<Expression>> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        while !self.is(")") {
            arguments.push(if functions && !self.is("...") { self.argument()? } else { self.item()? });
            if !self.take(",")? && !self.is(")") {
                return self.unexpected();
            }
        }
        self.advance()?;
        Ok(arguments)
    }

    /// An argument, which may be a function.
    pub(super) fn argument(&mut self) -> Parsed<Expression> {
        if self.starts_function() {
            let number = self.callbacks.len();
            self.callbacks.push(None);
            self.function(number)?;
            return Ok(Expression::Callback(number));
        }
        if let Token::Name(name) = self.found.token
            && (self.next_is(",") || self.next_is(")"))
        {
            match self.lookup(name) {
                Some((Bound::Function(number), _)) => {
                    self.advance()?;
                    return Ok(Expression::Callback(number));
                }
                None => {
                    if let Some(function) = global(name) {
                        self.advance()?;
                        return Ok(Expression::Known(function));
                    }
                }
                Some((Bound::Variable(_), _)) => {}
            }
        }
        self.expression()
    }
}

/// Is it a setting of the component itself, and one that decides nothing about answers? What is written there is for the screen.
fn is_own_setting(left: &Expression) -> bool {
    let Expression::Access(object, members) = left else {
        return false;
    };
    let Some(Access { optional: false, member: Member::Key(setting) }) = members.first() else {
        return false;
    };
    matches!(**object, Expression::Variable(Place { global: true, at: COMPONENT, .. }))
        && matches!(
            &**setting,
            "label"
                | "title"
                | "legend"
                | "description"
                | "tooltip"
                | "placeholder"
                | "content"
                | "html"
                | "disabled"
                | "prefix"
                | "suffix"
                | "customClass"
                | "values"
                | "data"
                | "widget"
                | "style"
                | "errors"
                | "errorLabel"
        )
}

/// Does the sign assign?
fn assigns(sign: &str) -> bool {
    sign == "=" || operator_of(sign).is_some()
}

/// The operator of `+=` and the like.
fn operator_of(sign: &str) -> Option<Operator> {
    Some(match sign {
        "+=" => Operator::Add,
        "-=" => Operator::Subtract,
        "*=" => Operator::Multiply,
        "/=" => Operator::Divide,
        "%=" => Operator::Remainder,
        "&=" => Operator::BitAnd,
        "|=" => Operator::BitOr,
        "^=" => Operator::BitXor,
        "<<=" => Operator::ShiftLeft,
        ">>=" => Operator::ShiftRight,
        ">>>=" => Operator::ShiftRightZero,
        "||=" => Operator::Or,
        "&&=" => Operator::And,
        "??=" => Operator::Otherwise,
        _ => return None,
    })
}

/// How strongly `in` and `instanceof` bind.
const IN: u8 = 6;

/// The operator of a token, and how strongly it binds.
fn operator(token: &Token<'_>) -> Option<(Operator, u8)> {
    let sign = match token {
        Token::Sign(sign) => *sign,
        Token::Name("in") => return Some((Operator::In, IN)),
        _ => return None,
    };
    Some(match sign {
        "||" => (Operator::Or, 0),
        "??" => (Operator::Otherwise, 0),
        "&&" => (Operator::And, 1),
        "|" => (Operator::BitOr, 2),
        "^" => (Operator::BitXor, 3),
        "&" => (Operator::BitAnd, 4),
        "===" => (Operator::StrictlyEqual, 5),
        "!==" => (Operator::StrictlyUnequal, 5),
        "==" => (Operator::Equal, 5),
        "!=" => (Operator::Unequal, 5),
        "<" => (Operator::Less, 6),
        "<=" => (Operator::LessOrEqual, 6),
        ">" => (Operator::Greater, 6),
        ">=" => (Operator::GreaterOrEqual, 6),
        "<<" => (Operator::ShiftLeft, 7),
        ">>" => (Operator::ShiftRight, 7),
        ">>>" => (Operator::ShiftRightZero, 7),
        "+" => (Operator::Add, 8),
        "-" => (Operator::Subtract, 8),
        "*" => (Operator::Multiply, 9),
        "/" => (Operator::Divide, 9),
        "%" => (Operator::Remainder, 9),
        _ => return None,
    })
}
