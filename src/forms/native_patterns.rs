//! ECMAScript patterns in pure Rust.

use crate::environment::{PatternFault, Patterns};
use regress::Regex;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The most compiled patterns kept.
const MAX_KEPT: usize = 512;

/// Patterns matched by the `regress` engine, compiled once each.
#[derive(Debug, Default)]
pub struct NativePatterns {
    compiled: Mutex<BTreeMap<String, Result<Regex, PatternFault>>>,
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
            return known.as_ref().map(|regex| regex.find(text).is_some()).map_err(|fault| *fault);
        }
        let regex = Regex::new(pattern).map_err(|_| PatternFault);
        let answer = regex.as_ref().map(|regex| regex.find(text).is_some()).map_err(|fault| *fault);
        if compiled.len() >= MAX_KEPT {
            compiled.clear();
        }
        compiled.insert(pattern.to_owned(), regex);
        answer
    }
}
