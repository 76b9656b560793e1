//! From the text of a script to its tree; what is outside the language is refused here.

use super::lexer::{Failed, Found, Lexer, Token};
use super::names::{Function, global, is_inherited, is_library, is_reserved, method, of_library};
use super::tree::{Access, Callback, Expression, Member, Operator, Place, Program, Statement, Unary};
use super::{FaultCause, MAX_SCRIPT_BYTES, Read, Role, ScriptFault};

/// The deepest nesting of statements and expressions.
const MAX_DEPTH: usize = 48;

/// The most variables of a script.
const MAX_VARIABLES: usize = 500;

/// The longest token told in a fault, in characters.
const MAX_TOKEN: usize = 40;

/// The variables every script has, at these places.
pub(super) const GLOBALS: &[&str] = &["data", "row", "value", "input", "rowIndex"];

/// Where `data`, `row`, `value` and `rowIndex` are among the global variables; the answer's own variable follows them all.
const DATA: usize = 0;
const ROW: usize = 1;
const VALUE: usize = 2;
const ROW_INDEX: usize = 4;
const ANSWER: usize = 5;

/// Where the variable with the answer is.
pub(super) fn answer_place(role: Role) -> usize {
    if role == Role::Value { VALUE } else { ANSWER }
}

/// Reads a script.
pub(super) fn parse(source: &str, role: Role) -> Result<(Program, Vec<Read>), ScriptFault> {
    let mut parser = Parser {
        source,
        lexer: Lexer::new(source),
        found: Found { token: Token::End, start: 0, after_line: false },
        frames: vec![Frame { function: true, bindings: Vec::new() }],
        locals: 0,
        globals: ANSWER + 1,
        callbacks: Vec::new(),
        depth: 0,
        reads: Vec::new(),
    };
    if source.len() > MAX_SCRIPT_BYTES {
        return Err(parser.fault(0, 0, FaultCause::TooLong));
    }
    for (at, name) in GLOBALS.iter().enumerate() {
        parser.bind(name, Bound::Variable(Place { global: true, at, strict: false }), Binds::Parameter);
    }
    let answer = match role {
        Role::Show => "show",
        Role::Valid => "valid",
        Role::Value => "value",
        Role::Result => "result",
    };
    if role != Role::Value {
        parser.bind(answer, Bound::Variable(Place { global: true, at: ANSWER, strict: false }), Binds::Parameter);
    }
    // Form.io fills `{{ … }}` in before it runs a check.
    if let (Role::Valid, Some(at)) = (role, source.find("{{")) {
        return Err(parser.fault(at, at + 2, FaultCause::Unsupported));
    }
    parser.advance()?;
    let mut body = Vec::new();
    while parser.found.token != Token::End {
        parser.statement(&mut body)?;
    }
    let callbacks = parser.callbacks.into_iter().flatten().collect();
    Ok((Program { body, callbacks, locals: parser.locals, globals: parser.globals }, parser.reads))
}

struct Parser<'s> {
    source: &'s str,
    lexer: Lexer<'s>,
    /// The token that is looked at; the lexer stands behind it.
    found: Found<'s>,
    frames: Vec<Frame<'s>>,
    locals: usize,
    globals: usize,
    /// `None` while its body is read.
    callbacks: Vec<Option<Callback>>,
    depth: usize,
    reads: Vec<Read>,
}

/// The names of a block or function.
struct Frame<'s> {
    function: bool,
    bindings: Vec<(&'s str, Bound, Binds)>,
}

#[derive(Clone, Copy)]
enum Bound {
    Variable(Place),
    Function(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Binds {
    Parameter,
    Var,
    Let,
    Const,
    Implicit,
}

type Parsed<T> = Result<T, ScriptFault>;

impl<'s> Parser<'s> {
    fn fault(&self, start: usize, end: usize, cause: FaultCause) -> ScriptFault {
        let before = self.source.get(..start).unwrap_or("");
        let token = self.source.get(start..end.max(start)).unwrap_or("");
        ScriptFault {
            column: crate::javascript::utf16_length(before) + 1,
            token: token.chars().take(MAX_TOKEN).collect(),
            cause,
        }
    }

    /// A fault of the token that is looked at.
    fn here(&self, cause: FaultCause) -> ScriptFault {
        self.fault(self.found.start, self.lexer.at, cause)
    }

    fn unexpected<T>(&self) -> Parsed<T> {
        let reserved = matches!(self.found.token, Token::Name(name) if is_reserved(name));
        Err(self.here(if reserved { FaultCause::Unsupported } else { FaultCause::Unexpected }))
    }

    fn failed(&self, failed: &Failed) -> ScriptFault {
        self.fault(failed.start, failed.end, failed.cause)
    }

    fn advance(&mut self) -> Parsed<()> {
        match self.lexer.next() {
            Ok(found) => {
                self.found = found;
                Ok(())
            }
            Err(failed) => Err(self.failed(&failed)),
        }
    }

    /// The token after the one that is looked at.
    fn next(&self) -> Option<Found<'s>> {
        let mut ahead = self.lexer;
        ahead.next().ok()
    }

    fn next_is(&self, sign: &str) -> bool {
        self.next().is_some_and(|next| matches!(next.token, Token::Sign(it) if it == sign))
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.found.token, Token::Sign(it) if it == sign)
    }

    fn is_name(&self, word: &str) -> bool {
        matches!(self.found.token, Token::Name(it) if it == word)
    }

    fn take(&mut self, sign: &str) -> Parsed<bool> {
        let is = self.is(sign);
        if is {
            self.advance()?;
        }
        Ok(is)
    }

    fn expect(&mut self, sign: &str) -> Parsed<()> {
        if self.take(sign)? { Ok(()) } else { self.unexpected() }
    }

    fn deeper(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(self.here(FaultCause::TooDeep)) } else { Ok(()) }
    }

    // Names.

    fn bind(&mut self, name: &'s str, bound: Bound, binds: Binds) {
        let at = match binds {
            Binds::Implicit => 0,
            Binds::Var => self.frames.iter().rposition(|frame| frame.function).unwrap_or(0),
            Binds::Parameter | Binds::Let | Binds::Const => self.frames.len() - 1,
        };
        self.frames[at].bindings.push((name, bound, binds));
    }

    fn lookup(&self, name: &str) -> Option<(Bound, Binds)> {
        let all = self.frames.iter().rev().flat_map(|frame| frame.bindings.iter().rev());
        all.into_iter().find(|(known, _, _)| *known == name).map(|(_, bound, binds)| (*bound, *binds))
    }

    fn new_place(&mut self, binds: Binds) -> Parsed<Place> {
        if self.locals + self.globals > MAX_VARIABLES {
            return Err(self.here(FaultCause::TooDeep));
        }
        let global = binds == Binds::Implicit;
        let counter = if global { &mut self.globals } else { &mut self.locals };
        *counter += 1;
        Ok(Place { global, at: *counter - 1, strict: !matches!(binds, Binds::Parameter | Binds::Var) })
    }

    /// A new name, the token that is looked at.
    fn declare(&mut self, binds: Binds) -> Parsed<Place> {
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        if is_reserved(name) {
            return self.unexpected();
        }
        let frame = match binds {
            Binds::Var => self.frames.iter().rev().find(|frame| frame.function),
            _ => self.frames.last(),
        };
        let known = frame.and_then(|frame| frame.bindings.iter().find(|(known, _, _)| *known == name)).copied();
        if let Some((_, bound, before)) = known {
            return match (bound, before) {
                (Bound::Variable(place), Binds::Parameter | Binds::Var | Binds::Implicit) if binds == Binds::Var => {
                    if place.global && place.at < VALUE {
                        return Err(self.here(FaultCause::NotAssignable));
                    }
                    Ok(place)
                }
                _ => Err(self.here(FaultCause::NotAssignable)),
            };
        }
        let place = self.new_place(binds)?;
        self.bind(name, Bound::Variable(place), binds);
        Ok(place)
    }

    /// Where the name that is looked at is assigned to; a name nobody declared is one of the whole script.
    fn target(&mut self) -> Parsed<Place> {
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        match self.lookup(name) {
            Some((Bound::Variable(place), binds)) => {
                if binds == Binds::Const || (place.global && place.at < VALUE) {
                    return Err(self.here(FaultCause::NotAssignable));
                }
                Ok(place)
            }
            Some((Bound::Function(_), _)) => Err(self.here(FaultCause::NotAssignable)),
            None if is_reserved(name) => self.unexpected(),
            None if is_library(name) || global(name).is_some() => Err(self.here(FaultCause::NotAssignable)),
            None => {
                let place = self.new_place(Binds::Implicit)?;
                self.bind(name, Bound::Variable(place), Binds::Implicit);
                Ok(place)
            }
        }
    }

    // Statements.

    fn statement(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
        self.deeper()?;
        match self.found.token {
            Token::Sign(";") => self.advance()?,
            Token::Sign("{") => {
                let mut block = self.block(false)?;
                into.append(&mut block);
            }
            Token::Name("var") => self.declarations(Binds::Var, into)?,
            Token::Name("let") => self.declarations(Binds::Let, into)?,
            Token::Name("const") => self.declarations(Binds::Const, into)?,
            Token::Name("if") => self.branches(into)?,
            Token::Name("return") => self.returns(into)?,
            Token::Name("function") => {
                self.advance()?;
                self.named_function()?;
            }
            Token::Name(word) if self.next_is(":") && !is_reserved(word) => {
                self.advance()?;
                return self.unexpected();
            }
            _ => {
                let expression = self.expression()?;
                into.push(Statement::Expression(expression));
                self.end_of_statement()?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn end_of_statement(&mut self) -> Parsed<()> {
        if self.take(";")? || self.is("}") || self.found.token == Token::End || self.found.after_line {
            return Ok(());
        }
        self.unexpected()
    }

    /// What stands between braces.
    fn block(&mut self, of_function: bool) -> Parsed<Vec<Statement>> {
        self.expect("{")?;
        if !of_function {
            self.frames.push(Frame { function: false, bindings: Vec::new() });
        }
        let mut body = Vec::new();
        while !self.is("}") {
            if self.found.token == Token::End {
                return self.unexpected();
            }
            self.statement(&mut body)?;
        }
        if !of_function {
            self.frames.pop();
        }
        self.advance()?;
        Ok(body)
    }

    fn declarations(&mut self, binds: Binds, into: &mut Vec<Statement>) -> Parsed<()> {
        self.advance()?;
        loop {
            if self.next_is("=") {
                if self.after_next().is_function() {
                    self.function_variable(binds)?;
                } else {
                    // The name is known after its value: `let x = x` reads the one around.
                    let place = self.declare(binds)?;
                    self.advance()?;
                    self.advance()?;
                    let value = self.expression()?;
                    into.push(Statement::Expression(Expression::Assign(place, None, Box::new(value))));
                }
            } else {
                let place = self.declare(binds)?;
                if binds == Binds::Const {
                    return self.unexpected();
                }
                self.advance()?;
                into.push(Statement::Declare(place));
            }
            if !self.take(",")? {
                break;
            }
        }
        self.end_of_statement()
    }

    /// `const name = (…) => …`
    fn function_variable(&mut self, binds: Binds) -> Parsed<()> {
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        if is_reserved(name) || self.frames.last().is_some_and(|frame| frame.bindings.iter().any(|it| it.0 == name)) {
            return Err(self.here(FaultCause::NotAssignable));
        }
        let number = self.callbacks.len();
        self.callbacks.push(None);
        self.bind(name, Bound::Function(number), binds);
        self.advance()?;
        self.advance()?;
        self.function(number)
    }

    fn named_function(&mut self) -> Parsed<()> {
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        if is_reserved(name) || self.frames.last().is_some_and(|frame| frame.bindings.iter().any(|it| it.0 == name)) {
            return Err(self.here(FaultCause::NotAssignable));
        }
        let number = self.callbacks.len();
        self.callbacks.push(None);
        self.bind(name, Bound::Function(number), Binds::Let);
        self.advance()?;
        self.function_after_name(number)
    }

    fn branches(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
        let mut branches = Vec::new();
        let mut otherwise = Vec::new();
        loop {
            self.advance()?;
            self.expect("(")?;
            let condition = self.expression()?;
            self.expect(")")?;
            let mut body = Vec::new();
            self.statement(&mut body)?;
            branches.push((condition, body));
            if !self.is_name("else") {
                break;
            }
            self.advance()?;
            if !self.is_name("if") {
                self.statement(&mut otherwise)?;
                break;
            }
        }
        into.push(Statement::If(branches, otherwise));
        Ok(())
    }

    fn returns(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
        self.advance()?;
        let ends = self.is(";") || self.is("}") || self.found.token == Token::End || self.found.after_line;
        let value = if ends { None } else { Some(self.expression()?) };
        into.push(Statement::Return(value));
        self.end_of_statement()
    }

    // Functions.

    /// Looks ahead from the token after the next.
    fn after_next(&self) -> Ahead<'s> {
        let mut ahead = Ahead { lexer: self.lexer, token: Token::End };
        ahead.advance();
        ahead.advance();
        ahead
    }

    fn starts_function(&self) -> bool {
        let ahead = Ahead { lexer: self.lexer, token: self.found.token.clone() };
        ahead.is_function()
    }

    /// A function without a name, the token that is looked at.
    fn function(&mut self, number: usize) -> Parsed<()> {
        if self.is_name("function") {
            self.advance()?;
            if matches!(self.found.token, Token::Name(_)) {
                self.advance()?;
            }
            return self.function_after_name(number);
        }
        self.deeper()?;
        let first = self.locals;
        self.frames.push(Frame { function: true, bindings: Vec::new() });
        let mut parameters = Vec::new();
        if self.is("(") {
            self.parameters(&mut parameters)?;
        } else {
            parameters.push(self.declare(Binds::Parameter)?);
            self.advance()?;
        }
        self.expect("=>")?;
        let body = if self.is("{") { self.block(true)? } else { vec![Statement::Return(Some(self.expression()?))] };
        self.end_of_function(number, first, parameters, body);
        Ok(())
    }

    fn function_after_name(&mut self, number: usize) -> Parsed<()> {
        self.deeper()?;
        let first = self.locals;
        self.frames.push(Frame { function: true, bindings: Vec::new() });
        let mut parameters = Vec::new();
        self.parameters(&mut parameters)?;
        let body = self.block(true)?;
        self.end_of_function(number, first, parameters, body);
        Ok(())
    }

    fn end_of_function(&mut self, number: usize, first: usize, parameters: Vec<Place>, body: Vec<Statement>) {
        self.frames.pop();
        self.depth -= 1;
        self.callbacks[number] = Some(Callback { parameters, body, places: (first, self.locals) });
    }

    fn parameters(&mut self, parameters: &mut Vec<Place>) -> Parsed<()> {
        self.expect("(")?;
        while !self.is(")") {
            parameters.push(self.declare(Binds::Parameter)?);
            self.advance()?;
            if !self.take(",")? && !self.is(")") {
                return self.unexpected();
            }
        }
        self.advance()
    }

    // Expressions.

    /// One expression; commas are not part of it.
    fn expression(&mut self) -> Parsed<Expression> {
        self.deeper()?;
        let expression = self.assignment()?;
        self.depth -= 1;
        Ok(expression)
    }

    fn assignment(&mut self) -> Parsed<Expression> {
        if self.starts_function() {
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
            return Ok(Expression::Assign(place, operator, Box::new(value)));
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
        let (object, key) = self.member_target(left, start)?;
        self.advance()?;
        let value = self.expression()?;
        Ok(Expression::AssignMember(Box::new((object, key)), operator, Box::new(value)))
    }

    /// The object and key of `object.key = …`; answers are not written to.
    fn member_target(&self, left: Expression, start: usize) -> Parsed<(Expression, Expression)> {
        let refused = || Err(self.fault(start, self.found.start, FaultCause::NotAssignable));
        let Expression::Access(object, mut members) = left else {
            return refused();
        };
        let answers = matches!(*object, Expression::Variable(place) if place.global && place.at < VALUE);
        let key = match members.pop() {
            Some(Access { optional: false, member: Member::Key(key) }) => Expression::Text(key),
            Some(Access { optional: false, member: Member::Index(key) }) => key,
            _ => return refused(),
        };
        if answers || members.iter().any(|access| access.optional) {
            return refused();
        }
        let object = if members.is_empty() { *object } else { Expression::Access(object, members) };
        Ok((object, key))
    }

    fn choice(&mut self) -> Parsed<Expression> {
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

    fn binary(&mut self, level: u8) -> Parsed<Expression> {
        let mut left = self.unary()?;
        while let Some((first, its_level)) = operator(&self.found.token)
            && its_level >= level
        {
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
        Ok(left)
    }

    fn unary(&mut self) -> Parsed<Expression> {
        let unary = match self.found.token {
            Token::Sign("!") => Unary::Not,
            Token::Sign("-") => Unary::Minus,
            Token::Sign("+") => Unary::Plus,
            Token::Name("typeof") => Unary::TypeOf,
            Token::Sign(sign @ ("++" | "--")) => {
                self.advance()?;
                let place = self.target()?;
                self.advance()?;
                return Ok(Expression::Step(place, if sign == "++" { 1.0 } else { -1.0 }, false));
            }
            _ => return self.postfix(),
        };
        self.deeper()?;
        self.advance()?;
        let operand = self.unary()?;
        self.depth -= 1;
        Ok(Expression::Unary(unary, Box::new(operand)))
    }

    fn postfix(&mut self) -> Parsed<Expression> {
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
                members.push(Access { optional, member: self.member()? });
            } else if self.is("[") {
                self.index(false, &mut members)?;
            } else {
                break;
            }
        }
        if self.is("(") {
            return Err(self.here(FaultCause::Unsupported));
        }
        self.note_read(&base, &members);
        if members.is_empty() { Ok(base) } else { Ok(Expression::Access(Box::new(base), members)) }
    }

    fn index(&mut self, optional: bool, members: &mut Vec<Access>) -> Parsed<()> {
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

    fn member(&mut self) -> Parsed<Member> {
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        if self.next_is("(") {
            let Some(method) = method(name) else {
                return Err(self.here(FaultCause::UnknownMember));
            };
            self.advance()?;
            return Ok(Member::Method(method, self.arguments(true)?));
        }
        if is_inherited(name) {
            return Err(self.here(FaultCause::UnknownMember));
        }
        self.advance()?;
        Ok(Member::Key(name.into()))
    }

    fn note_read(&mut self, base: &Expression, members: &[Access]) {
        let Expression::Variable(Place { global: true, at: at @ (DATA | ROW), .. }) = *base else {
            return;
        };
        let keys = members.iter().map_while(|access| match &access.member {
            Member::Key(key) => Some(&**key),
            _ => None,
        });
        let mut path: Vec<&str> = keys.collect();
        if path.last() == Some(&"length") {
            path.pop();
        }
        self.add_read(at == ROW, path.join("."));
    }

    fn add_read(&mut self, in_row: bool, path: String) {
        let read = Read { in_row, path };
        if !self.reads.contains(&read) {
            self.reads.push(read);
        }
    }

    fn arguments(&mut self, functions: bool) -> Parsed<Vec<Expression>> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        while !self.is(")") {
            arguments.push(if functions { self.argument()? } else { self.expression()? });
            if !self.take(",")? && !self.is(")") {
                return self.unexpected();
            }
        }
        self.advance()?;
        Ok(arguments)
    }

    /// An argument, which may be a function.
    fn argument(&mut self) -> Parsed<Expression> {
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

    fn primary(&mut self) -> Parsed<Expression> {
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
            Token::Name(name) => {
                self.found.token = Token::Name(name);
                self.name(name)
            }
            Token::Sign("(") => {
                self.advance()?;
                let inside = self.expression()?;
                self.expect(")")?;
                Ok(inside)
            }
            Token::Sign("[") => {
                self.advance()?;
                let mut items = Vec::new();
                while !self.is("]") {
                    items.push(self.expression()?);
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

    fn object(&mut self) -> Parsed<Expression> {
        self.advance()?;
        let mut fields: Vec<(Box<str>, Expression)> = Vec::new();
        while !self.is("}") {
            let key: Box<str> = match &self.found.token {
                Token::Name(name) => (*name).into(),
                Token::Text(text) => text.as_str().into(),
                Token::Number(number) => crate::javascript::number_to_text(*number).into(),
                Token::Sign(_) | Token::End => return self.unexpected(),
            };
            if is_inherited(&key) {
                return Err(self.here(FaultCause::UnknownMember));
            }
            let value = if matches!(self.found.token, Token::Name(_)) && !self.next_is(":") {
                self.expression()?
            } else {
                self.advance()?;
                self.expect(":")?;
                self.expression()?
            };
            fields.push((key, value));
            if !self.take(",")? && !self.is("}") {
                return self.unexpected();
            }
        }
        self.advance()?;
        Ok(Expression::Object(fields))
    }

    /// A template: its backtick was read, nothing after it.
    fn template(&mut self, start: usize) -> Parsed<Expression> {
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
    fn name(&mut self, name: &'s str) -> Parsed<Expression> {
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
            "instance" => return self.instance(),
            _ if is_reserved(name) => return self.unexpected(),
            _ if is_library(name) && self.next_is(".") => return self.library(name),
            _ => {
                return match global(name) {
                    Some(function) if self.next_is("(") => {
                        self.advance()?;
                        self.call(function)
                    }
                    Some(_) => Err(self.here(FaultCause::Unsupported)),
                    None => Err(self.here(FaultCause::UnknownName)),
                };
            }
        };
        self.advance()?;
        Ok(constant)
    }

    fn call(&mut self, function: Function) -> Parsed<Expression> {
        let before = self.reads.len();
        let arguments = self.arguments(true)?;
        // A path given as text is read as members are.
        if let (
            Function::Get | Function::Has,
            [Expression::Variable(Place { global: true, at: at @ (DATA | ROW), .. }), Expression::Text(path), ..],
        ) = (function, arguments.as_slice())
        {
            let (in_row, path) = (*at == ROW, path.to_string());
            // The bare variable was noted as a read of everything.
            if self.reads.get(before).is_some_and(|read| read.path.is_empty() && read.in_row == in_row) {
                self.reads.remove(before);
            }
            self.add_read(in_row, path);
        }
        Ok(Expression::Call(function, arguments))
    }

    fn library(&mut self, library: &'s str) -> Parsed<Expression> {
        self.advance()?;
        self.advance()?;
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        if library == "Math" && name == "PI" {
            self.advance()?;
            return Ok(Expression::Number(std::f64::consts::PI));
        }
        match of_library(library, name) {
            Some(function) if self.next_is("(") => {
                self.advance()?;
                self.call(function)
            }
            _ => Err(self.here(FaultCause::UnknownMember)),
        }
    }

    fn new_object(&mut self) -> Parsed<Expression> {
        self.advance()?;
        if !self.is_name("Date") {
            return Err(self.here(FaultCause::Unsupported));
        }
        self.advance()?;
        if self.is("(") { self.call(Function::NewDate) } else { Ok(Expression::Call(Function::NewDate, Vec::new())) }
    }

    /// `submission.data` is `data`.
    fn submission(&mut self) -> Parsed<Expression> {
        if !self.next_is(".") {
            return Err(self.here(FaultCause::UnknownName));
        }
        self.advance()?;
        self.advance()?;
        if !self.is_name("data") {
            return Err(self.here(FaultCause::UnknownMember));
        }
        self.advance()?;
        Ok(Expression::Variable(Place { global: true, at: DATA, strict: false }))
    }

    /// `instance` is undefined without a screen; only its row is known, and that it may be missing.
    fn instance(&mut self) -> Parsed<Expression> {
        let next = self.next();
        match next.map(|next| next.token) {
            Some(Token::Sign("," | ")" | "?.")) => {
                self.advance()?;
                Ok(Expression::Undefined)
            }
            Some(Token::Sign(".")) => {
                self.advance()?;
                self.advance()?;
                if !self.is_name("rowIndex") {
                    return Err(self.here(FaultCause::UnknownMember));
                }
                self.advance()?;
                Ok(Expression::Variable(Place { global: true, at: ROW_INDEX, strict: false }))
            }
            _ => Err(self.here(FaultCause::UnknownName)),
        }
    }
}

/// Looks ahead of the parser.
struct Ahead<'s> {
    lexer: Lexer<'s>,
    token: Token<'s>,
}

impl Ahead<'_> {
    fn advance(&mut self) {
        // What cannot be read is told when the parser comes to it.
        self.token = self.lexer.next().map_or(Token::End, |found| found.token);
    }

    /// Does a function start here: `function`, `name =>` or `(a, b) =>`?
    fn is_function(&self) -> bool {
        let mut lexer = self.lexer;
        let mut next = || lexer.next().map_or(Token::End, |found| found.token);
        match self.token {
            Token::Name("function") => true,
            Token::Name(_) => next() == Token::Sign("=>"),
            Token::Sign("(") => loop {
                match next() {
                    Token::Name(_) | Token::Sign(",") => {}
                    Token::Sign(")") => return next() == Token::Sign("=>"),
                    _ => return false,
                }
            },
            _ => false,
        }
    }
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
        _ => return None,
    })
}

/// The operator of a token, and how strongly it binds.
fn operator(token: &Token<'_>) -> Option<(Operator, u8)> {
    let sign = match token {
        Token::Sign(sign) => *sign,
        Token::Name("in") => return Some((Operator::In, 3)),
        _ => return None,
    };
    Some(match sign {
        "||" => (Operator::Or, 0),
        "??" => (Operator::Otherwise, 0),
        "&&" => (Operator::And, 1),
        "===" => (Operator::StrictlyEqual, 2),
        "!==" => (Operator::StrictlyUnequal, 2),
        "==" => (Operator::Equal, 2),
        "!=" => (Operator::Unequal, 2),
        "<" => (Operator::Less, 3),
        "<=" => (Operator::LessOrEqual, 3),
        ">" => (Operator::Greater, 3),
        ">=" => (Operator::GreaterOrEqual, 3),
        "+" => (Operator::Add, 4),
        "-" => (Operator::Subtract, 4),
        "*" => (Operator::Multiply, 5),
        "/" => (Operator::Divide, 5),
        "%" => (Operator::Remainder, 5),
        _ => return None,
    })
}
