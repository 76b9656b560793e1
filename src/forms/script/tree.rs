//! What a script is made of.
//!
//! Chains of operators, members and branches are lists, so the tree is never deeper than the text is nested.

use super::RunFault;
use super::names::{Function, Method};
use super::patterns::Pattern;
use std::sync::Arc;

/// A whole script.
#[derive(Debug, Default)]
pub(super) struct Program {
    pub(super) body: Vec<Statement>,
    pub(super) callbacks: Vec<Callback>,
    /// Does it write to anything but variables?
    pub(super) writes: bool,
    /// How many places there are for local and global variables.
    pub(super) locals: usize,
    pub(super) globals: usize,
}

/// A function of the script. It cannot outlive its call, so its variables have fixed places.
#[derive(Debug)]
pub(super) struct Callback {
    pub(super) parameters: Vec<Place>,
    /// Does the last parameter take all arguments that are left?
    pub(super) rest: bool,
    pub(super) body: Vec<Statement>,
    /// The places of its local variables: from the first up to, not including, the last.
    pub(super) places: (usize, usize),
}

/// Where a variable is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) global: bool,
    pub(super) at: usize,
    /// Is it a fault to read it before it has a value? Otherwise it is `undefined`.
    pub(super) strict: bool,
}

#[derive(Debug)]
pub(super) enum Statement {
    Expression(Expression),
    /// The first branch whose condition holds, else the last.
    If(Vec<(Expression, Vec<Statement>)>, Vec<Statement>),
    Return(Option<Expression>),
    /// A declaration without a value.
    Declare(Place),
    /// What is compared, each case with the first statement it runs (`None` for `default`), all statements.
    Switch(Expression, Vec<(Option<Expression>, usize)>, Vec<Statement>),
    Throw(Expression),
    /// Ends a `switch` or a loop.
    Break,
    /// Goes on with the next turn of a loop.
    Continue,
    /// Does a turn come first (`do`), what must hold for another turn, what is done after each, the turn.
    Loop(bool, Option<Expression>, Vec<Expression>, Vec<Statement>),
    /// The place of each item, or with `true` of each key, what is gone through, the turn.
    Each(Place, bool, Expression, Vec<Statement>),
    /// What is tried, the place of what was thrown, what then, what in any case.
    Try(Vec<Statement>, Option<(Option<Place>, Vec<Statement>)>, Vec<Statement>),
}

#[derive(Debug)]
pub(super) enum Expression {
    Undefined,
    Null,
    Boolean(bool),
    Number(f64),
    Text(Box<str>),
    Variable(Place),
    List(Vec<Expression>),
    Object(Vec<(Box<str>, Expression)>),
    /// Operators of one precedence, from left to right.
    Chain(Box<Expression>, Vec<(Operator, Expression)>),
    Unary(Unary, Box<Expression>),
    /// `a ? b : c ? d : e`.
    Choose(Vec<(Expression, Expression)>, Box<Expression>),
    Access(Box<Expression>, Vec<Access>),
    Assign(Place, Option<Operator>, Box<Expression>),
    /// Object, key, operator, value.
    AssignMember(Box<(Expression, Expression)>, Option<Operator>, Box<Expression>),
    /// `delete object.key`.
    Delete(Box<(Expression, Expression)>),
    /// `name++` and the like: the place, what is added, does the old value count?
    Step(Place, f64, bool),
    Call(Function, Vec<Expression>),
    CallOwn(usize, Vec<Expression>),
    /// A function of the script; only as an argument.
    Callback(usize),
    /// A function that is kept and, as no variable holds one, never called.
    Function,
    /// A known function; only as an argument.
    Known(Function),
    Pattern(Arc<Pattern>),
    /// `...list`, among items, arguments and fields.
    Spread(Box<Expression>),
    /// What throws when JavaScript comes to it: something of the renderer of Form.io, which is not there.
    Fault(RunFault),
}

#[derive(Debug)]
pub(super) struct Access {
    /// `?.`: the whole chain is `undefined` if there is nothing before it.
    pub(super) optional: bool,
    pub(super) member: Member,
}

#[derive(Debug)]
pub(super) enum Member {
    Key(Box<str>),
    Index(Expression),
    Method(Method, Vec<Expression>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Otherwise,
    StrictlyEqual,
    StrictlyUnequal,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    BitOr,
    BitXor,
    BitAnd,
    ShiftLeft,
    ShiftRight,
    ShiftRightZero,
    /// What is left is worked out, and what is right counts.
    Comma,
    /// The parts of a template.
    Concatenate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unary {
    Not,
    Minus,
    Plus,
    BitNot,
    Void,
    TypeOf,
}
