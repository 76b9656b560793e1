//! ECMAScript patterns in pure Rust.

use crate::environment::{PatternFault, Patterns};
use crate::linear::LinearPattern;
use regress::Regex;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The most compiled patterns kept.
const MAX_KEPT: usize = 512;

/// The deepest a pattern may be nested, and the most ways it may offer: `regress` reads both on the stack. The browsers' engines refuse
/// what is too large for them, too.
const MAX_OPEN: usize = 50;
const MAX_WAYS: usize = 2_000;

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
            None if !is_shallow(pattern) => Err(PatternFault),
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

/// Is it neither nested too deep nor of too many ways? What stands in a class (`[(|]`) or is escaped does not count.
fn is_shallow(pattern: &str) -> bool {
    let (mut open, mut ways) = (0_usize, 0);
    let (mut escaped, mut among) = (false, false);
    for byte in pattern.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b']' => among = false,
            _ if among => {}
            b'[' => among = true,
            b'(' => open += 1,
            b')' => open = open.saturating_sub(1),
            b'|' => ways += 1,
            _ => {}
        }
        if open > MAX_OPEN || ways > MAX_WAYS {
            return false;
        }
    }
    true
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

#[cfg(test)]
mod tests {
    use super::NativePatterns;
    use crate::environment::Patterns;

    #[track_caller]
    fn check(pattern: &str, expected: Option<bool>) {
        assert_eq!(NativePatterns::new().is_match(pattern, "(((a").ok(), expected, "{pattern:.40}");
    }

    #[test]
    fn what_is_too_deep_for_the_stack_is_no_pattern() {
        for piece in ["(", "(?:", "(?=", "(?<!", "(?:a|", "(?:(?=", "a|"] {
            check(&piece.repeat(100_000), None);
            let closed = [piece.repeat(10_000).as_str(), "a", &")".repeat(10_000)].concat();
            check(&closed, None);
        }
        check(&["(?=".repeat(45), "a".into(), ")".repeat(45)].concat(), Some(true));
        check(&["a|".repeat(2_000), "b".into()].concat(), Some(true));
        check(&["[(|]".repeat(3), "a".into()].concat(), Some(true));
        check(&"\\(".repeat(3_000), Some(false));
        check(&["[".into(), "(|".repeat(3_000), "]a".into()].concat(), Some(true));
    }
}
