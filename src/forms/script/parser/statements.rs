//! Statements and the functions of a script.

use super::super::FaultCause;
use super::super::lexer::{Found, Token};
use super::super::names::{Function, Method, is_inherited, is_reserved};
use super::super::tree::{Access, Callback, Expression, Member, Operator, Place, Statement};
use super::scopes::{Binds, Bound, Frame};
use super::{Ahead, Parsed, Parser};

impl<'s> Parser<'s> {
    pub(super) fn statement(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
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
            Token::Name("switch") => self.switch(into)?,
            Token::Name("try") => self.attempt(into)?,
            Token::Name("break") if self.breaks > 0 => self.jump(Statement::Break, into)?,
            Token::Name("continue") if self.loops > 0 => self.jump(Statement::Continue, into)?,
            Token::Name("while") => {
                self.advance()?;
                self.expect("(")?;
                let condition = self.expression()?;
                self.expect(")")?;
                let body = self.turn()?;
                into.push(Statement::Loop(false, Some(condition), Vec::new(), body));
            }
            Token::Name("do") => {
                self.advance()?;
                let body = self.turn()?;
                if !self.is_name("while") {
                    return self.unexpected();
                }
                self.advance()?;
                self.expect("(")?;
                let condition = self.expression()?;
                self.expect(")")?;
                self.take(";")?;
                into.push(Statement::Loop(true, Some(condition), Vec::new(), body));
            }
            Token::Name("throw") => {
                self.advance()?;
                let thrown = self.expression()?;
                into.push(Statement::Throw(thrown));
                self.end_of_statement()?;
            }
            Token::Name("for") => {
                self.frames.push(Frame { function: false, bindings: Vec::new() });
                self.each(into)?;
                self.frames.pop();
            }
            Token::Name("function") => {
                self.advance()?;
                self.named_function()?;
            }
            Token::Name(word) if self.next_is(":") && !is_reserved(word) => {
                self.advance()?;
                return Err(self.here(FaultCause::Unsupported));
            }
            _ => {
                let expression = self.sequence()?;
                into.push(Statement::Expression(expression));
                self.end_of_statement()?;
            }
        }
        self.depth -= 1;
        Ok(())
    }

    pub(super) fn end_of_statement(&mut self) -> Parsed<()> {
        if self.take(";")? || self.is("}") || self.found.token == Token::End || self.found.after_line {
            return Ok(());
        }
        self.unexpected()
    }

    /// What stands between braces.
    pub(super) fn block(&mut self, of_function: bool) -> Parsed<Vec<Statement>> {
        self.expect("{")?;
        if !of_function {
            self.frames.push(Frame { function: false, bindings: Vec::new() });
        }
        self.look_ahead();
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

    pub(super) fn declarations(&mut self, binds: Binds, into: &mut Vec<Statement>) -> Parsed<()> {
        self.advance()?;
        loop {
            if self.is("[") || self.is("{") {
                self.parts(binds, into)?;
            } else if self.next_is("=") {
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
                self.advance()?;
                if binds == Binds::Const {
                    return self.unexpected();
                }
                into.push(Statement::Declare(place));
            }
            if !self.take(",")? {
                break;
            }
        }
        self.end_of_statement()
    }

    /// `const [a, , b] = …` or `const { a, b: c } = …`: the whole is kept under no name, then each name gets its part.
    fn parts(&mut self, binds: Binds, into: &mut Vec<Statement>) -> Parsed<()> {
        let list = self.is("[");
        let whole = self.new_place(binds)?;
        let parts = self.parts_of(binds)?;
        self.expect("=")?;
        let before = self.reads.len();
        let mut value = self.expression()?;
        if list {
            value = copied(value);
        } else if matches!(value, Expression::Variable(_))
            && parts.iter().all(|part| matches!(part.taken, Taken::Member(_)))
        {
            self.reads.truncate(before);
            for part in &parts {
                if let Taken::Member(Member::Key(key)) = &part.taken {
                    let member = Access { optional: false, member: Member::Key(key.clone()) };
                    self.note_read(&value, &[member]);
                }
            }
        }
        into.push(Statement::Expression(Expression::Assign(whole, None, Box::new(value))));
        assign_parts(whole, parts, into);
        Ok(())
    }

    /// The names that a list or object is taken apart into, each with its part.
    fn parts_of(&mut self, binds: Binds) -> Parsed<Vec<Part>> {
        let list = self.is("[");
        let end = if list { "]" } else { "}" };
        self.advance()?;
        let (mut parts, mut at) = (Vec::<Part>::new(), 0.0);
        while !self.is(end) {
            if self.take("...")? {
                let place = self.declare(binds)?;
                self.advance()?;
                let taken = if list {
                    Taken::Member(Member::Method(Method::Slice, vec![Expression::Number(at)]))
                } else {
                    let keys = parts.iter().filter_map(|part| match &part.taken {
                        Taken::Member(Member::Key(key)) => Some(Expression::Text(key.clone())),
                        _ => None,
                    });
                    Taken::Rest(keys.collect())
                };
                parts.push(Part { place, taken, otherwise: None, inside: None });
                break;
            }
            if !list || !self.is(",") {
                let member = if list { Member::Index(Expression::Number(at)) } else { self.part_key()? };
                let (place, inside) = if self.is("[") || self.is("{") {
                    let (place, list) = (self.new_place(binds)?, self.is("["));
                    (place, Some((list, self.parts_of(binds)?)))
                } else {
                    let place = self.declare(binds)?;
                    self.advance()?;
                    (place, None)
                };
                let otherwise = if self.take("=")? { Some(self.expression()?) } else { None };
                parts.push(Part { place, taken: Taken::Member(member), otherwise, inside });
            }
            at += 1.0;
            if !self.take(",")? && !self.is(end) {
                return self.unexpected();
            }
        }
        self.expect(end)?;
        Ok(parts)
    }

    /// The key of a part; what is looked at afterwards is the name it gets.
    fn part_key(&mut self) -> Parsed<Member> {
        let Token::Name(key) = self.found.token else {
            return self.unexpected();
        };
        if is_inherited(key) {
            return Err(self.here(FaultCause::UnknownMember));
        }
        if self.next_is(":") {
            self.advance()?;
            self.advance()?;
        }
        Ok(Member::Key(key.into()))
    }

    /// `const name = (…) => …`
    pub(super) fn function_variable(&mut self, binds: Binds) -> Parsed<()> {
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

    pub(super) fn named_function(&mut self) -> Parsed<()> {
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        let known = self.frames.last_mut().and_then(|frame| frame.bindings.iter_mut().find(|it| it.0 == name));
        let number = match known {
            // Known since the beginning of what is around; a second one of the name is not read.
            Some((_, Bound::Function(number), binds @ Binds::Ahead)) => {
                *binds = Binds::Let;
                *number
            }
            None if !is_reserved(name) => {
                let number = self.callbacks.len();
                self.callbacks.push(None);
                self.bind(name, Bound::Function(number), Binds::Let);
                number
            }
            _ => return Err(self.here(FaultCause::NotAssignable)),
        };
        self.advance()?;
        self.function_after_name(number)
    }

    /// Makes the functions known that are written further on in the block: they may be called before.
    pub(super) fn look_ahead(&mut self) {
        if !self.source.contains("function") {
            return;
        }
        let mut ahead = self.lexer;
        let (mut before, mut found) = (Token::Sign(";"), self.found.clone());
        let mut depth = 0_usize;
        loop {
            let begins =
                matches!(before, Token::Sign(";" | "{" | "}")) || found.after_line && !matches!(before, Token::Sign(_));
            let next = ahead.next();
            match (&found.token, &next) {
                (Token::Name("function"), Ok(Found { token: Token::Name(name), .. }))
                    if begins && depth == 0 && !is_reserved(name) =>
                {
                    let name = *name;
                    if self.frames.last().is_some_and(|frame| frame.bindings.iter().all(|it| it.0 != name)) {
                        self.bind(name, Bound::Function(self.callbacks.len()), Binds::Ahead);
                        self.callbacks.push(None);
                    }
                }
                (Token::Sign("{" | "(" | "["), _) => depth += 1,
                (Token::Sign("}" | ")" | "]"), _) if depth == 0 => return,
                (Token::Sign("}" | ")" | "]"), _) => depth -= 1,
                (Token::End, _) => return,
                _ => {}
            }
            let Ok(next) = next else { return };
            before = std::mem::replace(&mut found, next).token;
        }
    }

    pub(super) fn branches(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
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

    fn switch(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
        self.advance()?;
        self.expect("(")?;
        let compared = self.expression()?;
        self.expect(")")?;
        self.expect("{")?;
        self.frames.push(Frame { function: false, bindings: Vec::new() });
        self.breaks += 1;
        let (mut cases, mut body) = (Vec::new(), Vec::new());
        while !self.is("}") {
            if self.is_name("case") {
                self.advance()?;
                cases.push((Some(self.expression()?), body.len()));
                self.expect(":")?;
            } else if self.is_name("default") && cases.iter().all(|(case, _)| case.is_some()) {
                self.advance()?;
                cases.push((None, body.len()));
                self.expect(":")?;
            } else if cases.is_empty() || self.found.token == Token::End {
                return self.unexpected();
            } else {
                self.statement(&mut body)?;
            }
        }
        self.breaks -= 1;
        self.frames.pop();
        self.advance()?;
        into.push(Statement::Switch(compared, cases, body));
        Ok(())
    }

    fn jump(&mut self, jump: Statement, into: &mut Vec<Statement>) -> Parsed<()> {
        self.advance()?;
        into.push(jump);
        self.end_of_statement()
    }

    /// What a loop does at each turn.
    fn turn(&mut self) -> Parsed<Vec<Statement>> {
        self.breaks += 1;
        self.loops += 1;
        let mut body = Vec::new();
        self.statement(&mut body)?;
        self.breaks -= 1;
        self.loops -= 1;
        Ok(body)
    }

    /// `for (…; …; …)`, `for (… of …)`, `for (… in …)`.
    fn each(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
        self.advance()?;
        self.expect("(")?;
        let binds = match self.found.token {
            Token::Name("var") => Some(Binds::Var),
            Token::Name("let") => Some(Binds::Let),
            Token::Name("const") => Some(Binds::Const),
            _ => None,
        };
        let goes_through = |token: &Token<'_>| matches!(token, Token::Name("of" | "in"));
        let taken_apart = self.next_is("[") || self.next_is("{");
        let named = match binds {
            Some(_) => goes_through(&self.after_next().token),
            None => self.next().is_some_and(|next| goes_through(&next.token)),
        };
        if named || binds.is_some() && taken_apart {
            let (mut parts, mut turn) = (Vec::new(), Vec::new());
            let place = match binds {
                None => self.target()?,
                Some(binds) => {
                    self.advance()?;
                    if taken_apart {
                        let list = self.is("[");
                        let whole = self.new_place(binds)?;
                        parts = self.parts_of(binds)?;
                        if list {
                            let value = Box::new(copied(Expression::Variable(whole)));
                            turn.push(Statement::Expression(Expression::Assign(whole, None, value)));
                        }
                        whole
                    } else {
                        self.declare(binds)?
                    }
                }
            };
            if !taken_apart {
                self.advance()?;
            }
            let keys = self.is_name("in");
            if !keys && !self.is_name("of") {
                return self.unexpected();
            }
            self.advance()?;
            let through = self.expression()?;
            self.expect(")")?;
            assign_parts(place, parts, &mut turn);
            turn.append(&mut self.turn()?);
            into.push(Statement::Each(place, keys, through, turn));
            return Ok(());
        }
        if let Some(binds) = binds {
            self.declarations(binds, into)?;
        } else {
            let first = self.expressions(";")?;
            into.extend(first.into_iter().map(Statement::Expression));
            self.expect(";")?;
        }
        let condition = if self.is(";") { None } else { Some(self.expression()?) };
        self.expect(";")?;
        let after = self.expressions(")")?;
        self.expect(")")?;
        let turn = self.turn()?;
        into.push(Statement::Loop(false, condition, after, turn));
        Ok(())
    }

    /// Expressions with commas between, up to a sign; there may be none.
    fn expressions(&mut self, end: &str) -> Parsed<Vec<Expression>> {
        let mut all = Vec::new();
        while !self.is(end) {
            all.push(self.expression()?);
            if !self.take(",")? {
                break;
            }
        }
        Ok(all)
    }

    fn attempt(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
        self.advance()?;
        let body = self.block(false)?;
        let mut catch = None;
        if self.is_name("catch") {
            self.advance()?;
            self.frames.push(Frame { function: false, bindings: Vec::new() });
            let mut place = None;
            if self.take("(")? {
                place = Some(self.declare(Binds::Parameter)?);
                self.advance()?;
                self.expect(")")?;
            }
            catch = Some((place, self.block(false)?));
            self.frames.pop();
        }
        let mut finally = Vec::new();
        if self.is_name("finally") {
            self.advance()?;
            finally = self.block(false)?;
        } else if catch.is_none() {
            return self.unexpected();
        }
        into.push(Statement::Try(body, catch, finally));
        Ok(())
    }

    pub(super) fn returns(&mut self, into: &mut Vec<Statement>) -> Parsed<()> {
        self.advance()?;
        let ends = self.is(";") || self.is("}") || self.found.token == Token::End || self.found.after_line;
        let value = if ends { None } else { Some(self.expression()?) };
        into.push(Statement::Return(value));
        self.end_of_statement()
    }

    /// Looks ahead from the token after the next.
    pub(super) fn after_next(&self) -> Ahead<'s> {
        let mut ahead = Ahead { lexer: self.lexer, token: Token::End };
        ahead.advance();
        ahead.advance();
        ahead
    }

    pub(super) fn starts_function(&self) -> bool {
        let ahead = Ahead { lexer: self.lexer, token: self.found.token.clone() };
        ahead.is_function()
    }

    /// A function without a name, the token that is looked at.
    pub(super) fn function(&mut self, number: usize) -> Parsed<()> {
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
        let around = (std::mem::take(&mut self.breaks), std::mem::take(&mut self.loops));
        let (mut parameters, mut body) = (Vec::new(), Vec::new());
        let mut rest = false;
        if self.is("(") {
            rest = self.parameters(&mut parameters, &mut body)?;
        } else {
            parameters.push(self.declare(Binds::Parameter)?);
            self.advance()?;
        }
        self.expect("=>")?;
        if self.is("{") {
            body.append(&mut self.block(true)?);
        } else {
            body.push(Statement::Return(Some(self.expression()?)));
        }
        (self.breaks, self.loops) = around;
        self.end_of_function(number, first, (parameters, rest), body);
        Ok(())
    }

    pub(super) fn function_after_name(&mut self, number: usize) -> Parsed<()> {
        self.deeper()?;
        let first = self.locals;
        self.frames.push(Frame { function: true, bindings: Vec::new() });
        let around = (std::mem::take(&mut self.breaks), std::mem::take(&mut self.loops));
        let (mut parameters, mut body) = (Vec::new(), Vec::new());
        let rest = self.parameters(&mut parameters, &mut body)?;
        body.append(&mut self.block(true)?);
        (self.breaks, self.loops) = around;
        self.end_of_function(number, first, (parameters, rest), body);
        Ok(())
    }

    pub(super) fn end_of_function(
        &mut self,
        number: usize,
        first: usize,
        (parameters, rest): (Vec<Place>, bool),
        body: Vec<Statement>,
    ) {
        self.frames.pop();
        self.depth -= 1;
        self.callbacks[number] = Some(Callback { parameters, rest, body, places: (first, self.locals) });
    }

    /// The parameters; what takes them apart and gives them their defaults comes first in the body.
    ///
    /// Does the last one take all arguments that are left?
    pub(super) fn parameters(&mut self, parameters: &mut Vec<Place>, body: &mut Vec<Statement>) -> Parsed<bool> {
        self.expect("(")?;
        while !self.is(")") {
            if self.take("...")? {
                parameters.push(self.declare(Binds::Parameter)?);
                self.advance()?;
                self.expect(")")?;
                return Ok(true);
            }
            let list = self.is("[");
            let mut parts = Vec::new();
            let place = if list || self.is("{") {
                let whole = self.new_place(Binds::Parameter)?;
                parts = self.parts_of(Binds::Parameter)?;
                whole
            } else {
                let place = self.declare(Binds::Parameter)?;
                self.advance()?;
                place
            };
            parameters.push(place);
            if self.take("=")? {
                body.push(or_default(place, self.expression()?));
            }
            if list {
                let value = Box::new(copied(Expression::Variable(place)));
                body.push(Statement::Expression(Expression::Assign(place, None, value)));
            }
            assign_parts(place, parts, body);
            if !self.take(",")? && !self.is(")") {
                return self.unexpected();
            }
        }
        self.advance()?;
        Ok(false)
    }
}

/// A copy of a list: what is no list or text cannot be taken apart as one.
fn copied(list: Expression) -> Expression {
    Expression::List(vec![Expression::Spread(Box::new(list))])
}

/// A name, what part of the whole it gets, what where there is none, and the names that the part is taken apart into (of a list?).
struct Part {
    place: Place,
    taken: Taken,
    otherwise: Option<Expression>,
    inside: Option<(bool, Vec<Part>)>,
}

enum Taken {
    Member(Member),
    /// All but the fields with these keys.
    Rest(Vec<Expression>),
}

fn assign_parts(whole: Place, parts: Vec<Part>, into: &mut Vec<Statement>) {
    for Part { place, taken, otherwise, inside } in parts {
        let whole = Expression::Variable(whole);
        let value = match taken {
            Taken::Member(member) => Expression::Access(Box::new(whole), vec![Access { optional: false, member }]),
            Taken::Rest(keys) => Expression::Call(Function::Omit, std::iter::once(whole).chain(keys).collect()),
        };
        into.push(Statement::Expression(Expression::Assign(place, None, Box::new(value))));
        into.extend(otherwise.map(|otherwise| or_default(place, otherwise)));
        if let Some((list, inside)) = inside {
            if list {
                let value = Box::new(copied(Expression::Variable(place)));
                into.push(Statement::Expression(Expression::Assign(place, None, value)));
            }
            assign_parts(place, inside, into);
        }
    }
}

/// Gives the variable its default where it is `undefined`.
fn or_default(place: Place, otherwise: Expression) -> Statement {
    let missing = vec![(Operator::StrictlyEqual, Expression::Undefined)];
    let missing = Expression::Chain(Box::new(Expression::Variable(place)), missing);
    let value = Expression::Choose(vec![(missing, otherwise)], Box::new(Expression::Variable(place)));
    Statement::Expression(Expression::Assign(place, None, Box::new(value)))
}
