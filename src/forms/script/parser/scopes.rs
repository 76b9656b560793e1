//! Names of variables and functions, and where they are kept.

use super::super::FaultCause;
use super::super::lexer::Token;
use super::super::names::{global, is_library, is_reserved};
use super::super::tree::Place;
use super::{MAX_VARIABLES, Parsed, Parser};

/// The names of a block or function.
pub(super) struct Frame<'s> {
    pub(super) function: bool,
    pub(super) bindings: Vec<(&'s str, Bound, Binds)>,
}

#[derive(Clone, Copy)]
pub(super) enum Bound {
    Variable(Place),
    Function(usize),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Binds {
    Parameter,
    Var,
    Let,
    Const,
    Implicit,
    /// A function that is written further on.
    Ahead,
}

impl<'s> Parser<'s> {
    pub(super) fn bind(&mut self, name: &'s str, bound: Bound, binds: Binds) {
        let at = match binds {
            Binds::Implicit => 0,
            Binds::Var => self.frames.iter().rposition(|frame| frame.function).unwrap_or(0),
            Binds::Parameter | Binds::Let | Binds::Const | Binds::Ahead => self.frames.len() - 1,
        };
        self.frames[at].bindings.push((name, bound, binds));
    }

    pub(super) fn lookup(&self, name: &str) -> Option<(Bound, Binds)> {
        let all = self.frames.iter().rev().flat_map(|frame| frame.bindings.iter().rev());
        all.into_iter().find(|(known, _, _)| *known == name).map(|(_, bound, binds)| (*bound, *binds))
    }

    pub(super) fn new_place(&mut self, binds: Binds) -> Parsed<Place> {
        if self.locals + self.globals > MAX_VARIABLES {
            return Err(self.here(FaultCause::TooDeep));
        }
        let global = binds == Binds::Implicit;
        let counter = if global { &mut self.globals } else { &mut self.locals };
        *counter += 1;
        Ok(Place { global, at: *counter - 1, strict: !matches!(binds, Binds::Parameter | Binds::Var) })
    }

    /// A new name, the token that is looked at.
    pub(super) fn declare(&mut self, binds: Binds) -> Parsed<Place> {
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
    pub(super) fn target(&mut self) -> Parsed<Place> {
        let Token::Name(name) = self.found.token else {
            return self.unexpected();
        };
        match self.lookup(name) {
            Some((Bound::Variable(place), binds)) => {
                if binds == Binds::Const {
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
}
