//! ECMAScript patterns in pure Rust.

use crate::environment::{PatternFault, Patterns};
use crate::linear::LinearPattern;
use regress::Regex;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The most compiled patterns kept.
const MAX_KEPT: usize = 512;

/// Patterns matched by the `regress` engine, compiled once each; those it would hang on are matched in linear time.
#[derive(Debug, Default)]
pub struct NativePatterns {
    compiled: Mutex<BTreeMap<String, Result<Compiled, PatternFault>>>,
}

#[derive(Debug)]
enum Compiled {
    Engine(Regex),
    Linear(LinearPattern),
}

impl Compiled {
    fn new(pattern: &str) -> Result<Self, PatternFault> {
        match LinearPattern::parse(pattern) {
            Some(linear) => Ok(Self::Linear(linear)),
            None => Regex::new(pattern).map(Self::Engine).map_err(|_| PatternFault),
        }
    }

    fn is_match(&self, text: &str) -> bool {
        match self {
            Self::Engine(regex) => regex.find(text).is_some(),
            Self::Linear(linear) => linear.is_match(text),
        }
    }
}

impl NativePatterns {
    /// No pattern compiled yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl Patterns for NativePatterns {
    fn is_match(&self, pattern: &str, text: &str) -> Result<bool, PatternFault> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = compiled.get(pattern) {
            return known.as_ref().map(|it| it.is_match(text)).map_err(|fault| *fault);
        }
        let made = Compiled::new(pattern);
        let answer = made.as_ref().map(|it| it.is_match(text)).map_err(|fault| *fault);
        if compiled.len() >= MAX_KEPT {
            compiled.clear();
        }
        compiled.insert(pattern.to_owned(), made);
        answer
    }
}
