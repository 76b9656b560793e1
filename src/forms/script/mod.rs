//! The JavaScript of definitions, run without `eval`: a small part of the language, read once, bounded when it runs.
//!
//! Form.io gives scripts to conditions (`show = …`), checks (`valid = …`), calculated values and defaults (`value = …`) and triggers
//! (`result = …`). [`Script::parse`] takes the part of the language that such scripts use and refuses the rest with its place;
//! [`Script::run`] never takes more than a fixed number of steps, loops included, and never panics. What JavaScript makes of values is
//! mirrored case by case (`tests/script_cases.json`, checked in Node by `e2e/oracle/scripts.mjs`).
//!
//! Known to differ, because data is JSON and the clock stays outside:
//! - now is noon of today in Vietnam, and Vietnam is seven hours ahead of UTC in every year;
//! - `Object.keys`, `_.map` and the like see the keys of an answer in the order of the alphabet;
//! - half of a surrogate pair, as `'😀'[0]` gives, is U+FFFD;
//! - a number written with more than 15 digits, and what `Math.pow` gives, may differ in the last bit;
//! - `Math.random()` is 0.5, and read only where a definition is compared ([`Script::parse_to_compare`]);
//! - `instance` and `options` are `undefined` and `utils` is not there, as for `@formio/core` without a screen.

mod collections;
mod durations;
mod formats;
mod functions;
mod lexer;
mod lists;
mod lodash;
mod moments;
mod names;
mod parser;
mod patterns;
mod places;
mod run;
mod texts;
mod time;
mod tree;
mod value;

use crate::dates::CivilDate;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// The longest script that is read, in bytes.
pub const MAX_SCRIPT_BYTES: usize = 60_000;

thread_local! {
    /// May anything of this module's own modules be called?
    static HERE: Cell<bool> = const { Cell::new(true) };
}

/// Says whether what reads and runs scripts is here. A page may fetch it apart from the rest, only where a definition has scripts: until
/// it has come each script is refused ([`FaultCause::NotHere`]), and a form that has any is not read ([`crate::DefinitionFault::ScriptsNotHere`]).
pub fn set_scripts_here(here: bool) {
    HERE.set(here);
}

pub(crate) fn are_here() -> bool {
    HERE.get()
}

/// What a script is for: it names the variable that carries the answer, and what that holds at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `customConditional`: `show`, true at first.
    Show,
    /// `validate.custom`: `valid`, true at first.
    Valid,
    /// `calculateValue`, `customDefaultValue` and the value of a logic action: `value`, at first as in the scope.
    Value,
    /// The trigger of a logic: `result`, true at first.
    Result,
    /// What a logic changes about a component: `schema`, `undefined` at first.
    Schema,
}

/// A script that was read: known to be within the language, ready to run.
#[derive(Debug)]
pub struct Script {
    role: Role,
    program: tree::Program,
    reads: Vec<Read>,
    /// The text of a check with places for answers, `{{ … }}`: what it says is known only with them.
    template: Option<Box<str>>,
    /// The component it belongs to, where it asks about it (`component`).
    component: Option<Arc<Value>>,
    /// Was it read to be compared? Its text is then read so with its answers, too.
    as_core: bool,
}

/// A place a script reads. A path is keys joined by dots, as far as they are known; blank for all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// Counted from the top of the data.
    Data(String),
    /// Counted from the row.
    Row(String),
    /// The answer of the component itself (`value`, `input`).
    Own,
}

/// What a script sees.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    /// All answers.
    pub data: &'a Value,
    /// The answers around the component: its row, its container, or all.
    pub row: &'a Value,
    /// `value`: for [`Role::Value`] the answer's first value; `None` is `undefined`.
    pub value: Option<&'a Value>,
    /// `input`: the answer as it stands.
    pub input: Option<&'a Value>,
    /// `rowIndex`: the number of the row, from 0. Without it a check reads `undefined`, and any other script throws.
    pub row_index: Option<usize>,
    /// Today in Vietnam.
    pub today: CivilDate,
    /// Where what the script writes to is put, where it may.
    pub written: Option<Written<'a>>,
}

/// Where a script writes, as `@formio/core` lets it.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The path of [`Scope::row`] in the data; blank at the top.
    pub row: &'a str,
    /// What it wrote.
    pub into: &'a Writings,
}

/// What scripts wrote.
#[derive(Debug, Default)]
pub struct Writings {
    /// All answers, once they are others.
    pub answers: RefCell<Option<Value>>,
    /// The settings of the component, once they are others.
    pub component: RefCell<Option<Value>>,
}

/// What a script answered.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// `undefined`.
    Undefined,
    /// `NaN` or an infinity: numbers that JSON has not.
    NotFinite(f64),
    /// A date that is none: something to JavaScript, `null` in JSON.
    NoDate,
    /// Anything else, `null` included; dates as ISO 8601 in UTC, as JSON has them.
    Value(Value),
}

/// Why a script is not read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("column {column}, \"{token}\": {cause}")]
pub struct ScriptFault {
    /// Where the token starts, counted in UTF-16 units from 1, as JavaScript counts; lines do not start over.
    pub column: usize,
    /// The text that is refused; blank at the end of the script.
    pub token: String,
    /// What is wrong with it.
    pub cause: FaultCause,
}

/// What is wrong with a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultCause {
    /// Longer than [`MAX_SCRIPT_BYTES`].
    #[error("the script is too long")]
    TooLong,
    /// Nested too deep, or too many variables.
    #[error("nested too deep")]
    TooDeep,
    /// A character that starts nothing.
    #[error("not part of the language")]
    Character,
    /// A text, template or comment without its end.
    #[error("has no end")]
    Unterminated,
    /// Something else should stand here.
    #[error("not expected here")]
    Unexpected,
    /// JavaScript that is outside the language: classes, `this`, labels, `async` and the like.
    #[error("not supported")]
    Unsupported,
    /// A variable or function that is neither declared nor known.
    #[error("unknown name")]
    UnknownName,
    /// A method or member that is not known.
    #[error("unknown member")]
    UnknownMember,
    /// Not a place that a script may write to.
    #[error("cannot be assigned")]
    NotAssignable,
    /// What reads scripts has not come yet: [`set_scripts_here`].
    #[error("not here yet")]
    NotHere,
}

/// Why a script stopped. Where JavaScript throws, Form.io takes the answer `null`: the component is shown, the answer is valid,
/// nothing is calculated, the logic is not triggered (`Evaluator.evaluate` in `@formio/core`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunFault {
    /// A member of `undefined` or `null` was read.
    #[error("a member of nothing was read")]
    MemberOfNothing,
    /// A method was called that its object does not have.
    #[error("not a function")]
    NotAFunction,
    /// A variable was read before it had a value.
    #[error("a variable has no value yet")]
    NotDefined,
    /// The script threw something.
    #[error("thrown")]
    Thrown,
    /// An argument is outside what the function takes.
    #[error("an argument is out of range")]
    OutOfRange,
    /// Possible in JavaScript, not here: answers are written, or a date format is not known.
    #[error("not supported")]
    Unsupported,
    /// Too many steps, or too much made.
    #[error("the script takes too long")]
    TooLong,
    /// Calls or lists are nested too deep.
    #[error("nested too deep")]
    TooDeep,
}

/// What a place for an answer, `{{ … }}`, reads, of which the first that holds something counts: `data.a || row.b`.
pub(crate) fn reads_of_place(place: &str) -> impl Iterator<Item = Read> {
    place.split("||").filter_map(|part| {
        let path = part.trim().replace("?.", ".");
        let (root, rest) = path.split_at(path.find(['.', '[']).unwrap_or(path.len()));
        let rest = rest.trim_start_matches('.').to_owned();
        match root {
            "data" => Some(Read::Data(rest)),
            "row" => Some(Read::Row(rest)),
            "input" | "value" => Some(Read::Own),
            _ => None,
        }
    })
}

/// Is there a function of lodash with this name? `None` if it cannot be told yet.
pub(crate) fn knows_lodash(name: &str) -> Option<bool> {
    are_here().then(|| names::of_library("_", name).is_some())
}

/// Calls a function of lodash; `arguments` is the list of them, of which the first eight count.
pub(crate) fn lodash(name: &str, arguments: &Value) -> Result<Answer, RunFault> {
    if !are_here() {
        return Err(RunFault::Unsupported);
    }
    let count = arguments.as_array().map_or(0, |list| list.len().min(8));
    let mut source = ["value = _.", name, "("].concat();
    for at in 0..count {
        source.push_str("data[");
        source.push_str(&at.to_string());
        source.push_str("],");
    }
    source.push(')');
    let (program, _) = parser::parse(&source, Role::Value, false).map_err(|_| RunFault::NotAFunction)?;
    // No function asked for here tells the time.
    let today = CivilDate::new(2000, 1, 1).map_err(|_| RunFault::OutOfRange)?;
    let scope =
        Scope { data: arguments, row: &Value::Null, value: None, input: None, row_index: None, today, written: None };
    run::run(&program, Role::Value, None, &scope)
}

impl Script {
    /// Reads a script.
    pub fn parse(source: &str, role: Role) -> Result<Self, ScriptFault> {
        Self::read(source, role, false)
    }

    /// As [`Script::parse`], and takes what `@formio/core` takes, too: a name or method that nobody knows throws when the script comes to
    /// it, what is no JavaScript throws at once, and answers are written to ([`Written`]). Not in a browser: no page compares.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn parse_to_compare(source: &str, role: Role) -> Result<Self, ScriptFault> {
        match Self::read(source, role, true) {
            Err(ScriptFault {
                cause: FaultCause::Unexpected | FaultCause::Unterminated | FaultCause::Character,
                ..
            }) => Ok(Self::that_stops(role)),
            read => read,
        }
    }

    /// A script that stops at once, as one does that JavaScript cannot read.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn that_stops(role: Role) -> Self {
        let fault = tree::Statement::Expression(tree::Expression::Fault(RunFault::Thrown));
        let program =
            tree::Program { body: vec![fault], globals: parser::GLOBALS.len() + 1, ..tree::Program::default() };
        Self { role, program, reads: Vec::new(), template: None, component: None, as_core: true }
    }

    fn read(source: &str, role: Role, as_core: bool) -> Result<Self, ScriptFault> {
        if !are_here() {
            return Err(ScriptFault { column: 1, token: String::new(), cause: FaultCause::NotHere });
        }
        if role == Role::Valid
            && let Some(places) = places::of(source)
        {
            let (reads, template) = (places?, Some(source.into()));
            return Ok(Self { role, program: tree::Program::default(), reads, template, component: None, as_core });
        }
        let (program, reads) = parser::parse(source, role, as_core)?;
        Ok(Self { role, program, reads, template: None, component: None, as_core })
    }

    /// The same, for the component that `component` means.
    #[must_use]
    pub fn of_component(self, component: Arc<Value>) -> Self {
        Self { component: Some(component), ..self }
    }

    /// May it ask about its component, as the definition has it?
    pub(crate) fn knows_component(&self) -> bool {
        self.component.is_some()
    }

    /// What the script is for.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The places the script reads; a `.length` at the end is left out.
    pub fn reads(&self) -> impl Iterator<Item = &Read> {
        self.reads.iter()
    }

    /// Runs the script.
    pub fn run(&self, scope: &Scope<'_>) -> Result<Answer, RunFault> {
        if let Some(template) = &self.template {
            let source = places::fill(template, scope, self.component.as_deref());
            // What cannot be read is no JavaScript, or outside the language: either way it answers nothing.
            let (program, _) = parser::parse(&source, self.role, self.as_core).map_err(|_| RunFault::Unsupported)?;
            return run::run(&program, self.role, self.component.as_deref(), scope);
        }
        run::run(&self.program, self.role, self.component.as_deref(), scope)
    }
}
