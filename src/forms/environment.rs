//! What evaluating needs from outside.

use crate::dates::CivilDate;

/// ECMAScript regular expressions: the browser's own `RegExp` in the page, a pure-Rust engine natively.
///
/// Form.io searches for `^pattern$` without flags (`validateRegexPattern.js`); the anchors are added here, so `pattern` comes whole.
pub trait Patterns {
    /// Does `new RegExp(pattern)` not throw?
    fn is_pattern(&self, pattern: &str) -> bool {
        self.is_match(pattern, "").is_ok()
    }

    /// Does `new RegExp(pattern).test(text)` hold?
    fn is_match(&self, pattern: &str, text: &str) -> Result<bool, PatternFault>;
}

/// The text is not an ECMAScript pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an ECMAScript pattern")]
pub struct PatternFault;

/// Knows no patterns at all: every one is a fault. For definitions that use none.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPatterns;

impl Patterns for NoPatterns {
    fn is_match(&self, _pattern: &str, _text: &str) -> Result<bool, PatternFault> {
        Err(PatternFault)
    }
}

/// What evaluating needs beside the form and the answers.
#[derive(Clone, Copy)]
pub struct Environment<'a> {
    /// Today in Cần Thơ.
    pub today: CivilDate,
    /// How patterns are matched.
    pub patterns: &'a dyn Patterns,
}
