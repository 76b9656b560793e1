//! From the text of a script to its tree; what is outside the language is refused here.

mod expressions;
mod primaries;
mod scopes;
mod statements;

use super::lexer::{Failed, Found, Lexer, Token};
use super::names::is_reserved;
use super::tree::{Callback, Place, Program};
use super::{FaultCause, MAX_SCRIPT_BYTES, Read, Role, ScriptFault};
use scopes::{Binds, Bound, Frame};

/// The deepest nesting of statements and expressions.
const MAX_DEPTH: usize = 48;

/// The most variables of a script.
const MAX_VARIABLES: usize = 500;

/// The longest token told in a fault, in characters.
const MAX_TOKEN: usize = 40;

/// The variables every script has, at these places.
pub(super) const GLOBALS: &[&str] = &["data", "row", "value", "input", "rowIndex", "component"];

/// Where they are among the global variables; the answer's own variable follows them all.
const DATA: usize = 0;
const ROW: usize = 1;
const VALUE: usize = 2;
const INPUT: usize = 3;
const COMPONENT: usize = 5;
const ANSWER: usize = 6;

/// Where the variable with the answer is.
pub(super) fn answer_place(role: Role) -> usize {
    if role == Role::Value { VALUE } else { ANSWER }
}

/// Reads a script.
///
/// With `as_core`, names nobody knows are read, too: JavaScript throws only when it comes to them.
pub(super) fn parse(source: &str, role: Role, as_core: bool) -> Result<(Program, Vec<Read>), ScriptFault> {
    let mut parser = Parser {
        source,
        as_core,
        lexer: Lexer::new(source),
        found: Found { token: Token::End, start: 0, after_line: false },
        frames: vec![Frame { function: true, bindings: Vec::new() }],
        locals: 0,
        globals: ANSWER + 1,
        callbacks: Vec::new(),
        depth: 0,
        spreads: false,
        writes: false,
        breaks: 0,
        loops: 0,
        reads: Vec::new(),
    };
    if source.len() > MAX_SCRIPT_BYTES {
        return Err(parser.fault(0, 0, FaultCause::TooLong));
    }
    for (at, name) in GLOBALS.iter().enumerate() {
        // A row has a number only where there is one: elsewhere it is no variable.
        let strict = *name == "rowIndex" && role != Role::Valid;
        parser.bind(name, Bound::Variable(Place { global: true, at, strict }), Binds::Parameter);
    }
    let answer = match role {
        Role::Show => "show",
        Role::Valid => "valid",
        Role::Value => "value",
        Role::Result => "result",
        Role::Schema => "schema",
    };
    if role != Role::Value {
        parser.bind(answer, Bound::Variable(Place { global: true, at: ANSWER, strict: false }), Binds::Parameter);
    }
    parser.advance()?;
    parser.look_ahead();
    let mut body = Vec::new();
    while parser.found.token != Token::End {
        parser.statement(&mut body)?;
    }
    let callbacks = std::mem::take(&mut parser.callbacks).into_iter().collect::<Option<Vec<_>>>();
    // One was taken for a function that is none.
    let callbacks = callbacks.ok_or_else(|| parser.fault(0, 0, FaultCause::Unsupported))?;
    let (writes, locals, globals) = (parser.writes, parser.locals, parser.globals);
    Ok((Program { body, callbacks, writes, locals, globals }, parser.reads))
}

struct Parser<'s> {
    source: &'s str,
    as_core: bool,
    lexer: Lexer<'s>,
    /// The token that is looked at; the lexer stands behind it.
    found: Found<'s>,
    frames: Vec<Frame<'s>>,
    locals: usize,
    globals: usize,
    /// `None` while its body is read.
    callbacks: Vec<Option<Callback>>,
    depth: usize,
    /// Is what comes next gone through at once?
    spreads: bool,
    /// Is anything but a variable written to?
    writes: bool,
    /// How many `switch` and loops are around, within the function, and how many loops.
    breaks: usize,
    loops: usize,
    reads: Vec<Read>,
}

type Parsed<T> = Result<T, ScriptFault>;

impl<'s> Parser<'s> {
    /// Is the script read to be compared? No page does, so none pays for it.
    fn as_core(&self) -> bool {
        cfg!(not(target_arch = "wasm32")) && self.as_core
    }

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
        // A word that goes on with a statement stands where none is.
        let goes_on = ["else", "case", "catch", "finally", "in"];
        let goes_on = |name: &str| self.as_core() && goes_on.contains(&name);
        if self.is("**=") || self.is("`") || self.is("*") {
            return Err(self.here(FaultCause::Unsupported));
        }
        let reserved = matches!(self.found.token, Token::Name(name) if is_reserved(name) && !goes_on(name));
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
            // Parameters may be taken apart, and have plain defaults.
            Token::Sign("(") => loop {
                match next() {
                    Token::Name(_)
                    | Token::Number(_)
                    | Token::Text(_)
                    | Token::Sign("," | "{" | "}" | "[" | "]" | ":" | "=" | "...") => {}
                    Token::Sign(")") => return next() == Token::Sign("=>"),
                    _ => return false,
                }
            },
            _ => false,
        }
    }
}
