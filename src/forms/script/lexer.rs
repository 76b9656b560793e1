//! Words and signs of a script.

use super::FaultCause;
use crate::javascript::{is_blank, text_to_number};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'s> {
    Name(&'s str),
    Number(f64),
    Text(String),
    Sign(&'static str),
    End,
}

/// Longest first; those outside the language are here too, so that they are refused whole.
const SIGNS: &[&str] = &[
    ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=", "&&",
    "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**", "{", "}", "(", ")",
    "[", "]", ";", ",", "<", ">", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "?", ":", "=", ".", "`", "#", "@",
];

/// Reads tokens one by one; copy it to look ahead.
#[derive(Clone, Copy)]
pub(super) struct Lexer<'s> {
    source: &'s str,
    /// Where the next token, or the blanks before it, start.
    pub(super) at: usize,
}

/// A token and where it stands.
#[derive(Clone)]
pub(super) struct Found<'s> {
    pub(super) token: Token<'s>,
    pub(super) start: usize,
    /// Does it start a new line?
    pub(super) after_line: bool,
}

/// Where reading failed, up to where, and why.
pub(super) struct Failed {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) cause: FaultCause,
}

impl<'s> Lexer<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    fn rest(&self) -> &'s str {
        self.source.get(self.at..).unwrap_or("")
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Result<Found<'s>, Failed> {
        let after_line = self.skip_blanks()?;
        let start = self.at;
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return Ok(Found { token: Token::End, start, after_line });
        };
        let token = if starts_name(first) {
            let length = rest.find(|letter| !continues_name(letter)).unwrap_or(rest.len());
            self.at += length;
            Token::Name(&rest[..length])
        } else if first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|next: char| next.is_ascii_digit()))
        {
            self.number(rest)?
        } else if first == '"' || first == '\'' {
            self.at += 1;
            Token::Text(self.text(first, start)?.0)
        } else {
            let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) else {
                return Err(Failed { start, end: start + first.len_utf8(), cause: FaultCause::Character });
            };
            // `a ?.5 : b` is a choice.
            let sign =
                if *sign == "?." && rest[2..].starts_with(|next: char| next.is_ascii_digit()) { "?" } else { *sign };
            self.at += sign.len();
            Token::Sign(sign)
        };
        Ok(Found { token, start, after_line })
    }

    /// Skips blanks and comments; was there the end of a line?
    fn skip_blanks(&mut self) -> Result<bool, Failed> {
        let mut line = false;
        loop {
            let rest = self.rest();
            let blanks = rest.trim_start_matches(is_blank);
            let skipped = &rest[..rest.len() - blanks.len()];
            line |= skipped.contains(ends_line);
            self.at += skipped.len();
            if blanks.starts_with("//") {
                self.at += blanks.find(ends_line).unwrap_or(blanks.len());
            } else if let Some(comment) = blanks.strip_prefix("/*") {
                let Some(end) = comment.find("*/") else {
                    return Err(Failed { start: self.at, end: self.at + 2, cause: FaultCause::Unterminated });
                };
                line |= comment[..end].contains(ends_line);
                self.at += end + 4;
            } else {
                return Ok(line);
            }
        }
    }

    fn number(&mut self, rest: &'s str) -> Result<Token<'s>, Failed> {
        let bytes = rest.as_bytes();
        let digits =
            |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut length = digits(0);
        if length == 1 && matches!(bytes.get(1), Some(b'x' | b'X' | b'b' | b'B' | b'o' | b'O')) {
            length = 2 + bytes[2..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        } else {
            if bytes.get(length) == Some(&b'.') {
                length += 1 + digits(length + 1);
            }
            if matches!(bytes.get(length), Some(b'e' | b'E')) {
                length += 1 + usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
                length += digits(length);
            }
        }
        let text = &rest[..length];
        let number = text_to_number(text);
        // `010` is octal or not, depending on who reads it.
        let octal = text.len() > 1 && text.starts_with('0') && bytes[1].is_ascii_digit();
        let after = &rest[length..];
        if number.is_nan() || octal || after.starts_with(continues_name) {
            // `1_000` and `10n` are numbers to JavaScript.
            let known = octal || after.starts_with(['_', 'n']);
            let cause = if known { FaultCause::Unsupported } else { FaultCause::Character };
            return Err(Failed { start: self.at, end: self.at + length, cause });
        }
        self.at += length;
        Ok(Token::Number(number))
    }

    /// A pattern, its slash at `start`: what is between the slashes, and the flags.
    pub(super) fn pattern(&mut self, start: usize) -> Result<(&'s str, &'s str), Failed> {
        self.at = start + 1;
        let rest = self.rest();
        let (mut class, mut escaped) = (false, false);
        for (at, letter) in rest.char_indices() {
            match letter {
                _ if ends_line(letter) => break,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => class = true,
                ']' => class = false,
                '/' if !class => {
                    let flags = &rest[at + 1..];
                    let flags = &flags[..flags.find(|flag| !continues_name(flag)).unwrap_or(flags.len())];
                    self.at += at + 1 + flags.len();
                    return Ok((&rest[..at], flags));
                }
                _ => {}
            }
        }
        Err(Failed { start, end: start + 1, cause: FaultCause::Unterminated })
    }

    /// The part of a template up to its end or the next `${`; true if an expression follows.
    pub(super) fn template_part(&mut self, start: usize) -> Result<(String, bool), Failed> {
        self.text('`', start)
    }

    /// A text after its quote, up to and with the closing one.
    fn text(&mut self, quote: char, start: usize) -> Result<(String, bool), Failed> {
        let mut text = String::new();
        let unterminated = Failed { start, end: start + 1, cause: FaultCause::Unterminated };
        loop {
            let rest = self.rest();
            let Some(letter) = rest.chars().next() else {
                return Err(unterminated);
            };
            self.at += letter.len_utf8();
            if letter == quote {
                return Ok((text, false));
            }
            match letter {
                '$' if quote == '`' && rest.starts_with("${") => {
                    self.at += 1;
                    return Ok((text, true));
                }
                '\n' | '\r' if quote != '`' => return Err(unterminated),
                '\r' => {
                    // A template has one kind of line end.
                    self.at += usize::from(rest.starts_with("\r\n"));
                    text.push('\n');
                }
                '\\' => self.escape(&mut text)?,
                other => text.push(other),
            }
        }
    }

    fn escape(&mut self, text: &mut String) -> Result<(), Failed> {
        let start = self.at - 1;
        let rest = self.rest();
        let Some(letter) = rest.chars().next() else {
            return Ok(());
        };
        self.at += letter.len_utf8();
        let wrong = |end: usize| Failed { start, end, cause: FaultCause::Character };
        match letter {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            '\n' | '\u{2028}' | '\u{2029}' => {}
            '\r' => self.at += usize::from(rest.starts_with("\r\n")),
            '0' if !rest[1..].starts_with(|next: char| next.is_ascii_digit()) => text.push('\0'),
            '0'..='9' => return Err(wrong(self.at)),
            'x' | 'u' => {
                self.at -= 1;
                let unit = self.code().ok_or_else(|| wrong(start + 2))?;
                let mut code = unit;
                // Two escapes make one character outside the first plane.
                if (0xd800..0xdc00).contains(&unit) && self.rest().starts_with("\\u") {
                    let before = self.at;
                    self.at += 1;
                    match self.code() {
                        Some(low) if (0xdc00..0xe000).contains(&low) => {
                            code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                        }
                        _ => self.at = before,
                    }
                }
                text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            other => text.push(other),
        }
        Ok(())
    }

    /// The number after `x` or `u`.
    fn code(&mut self) -> Option<u32> {
        let rest = self.rest();
        let (digits, skipped) = if rest.starts_with("u{") {
            let end = rest.find('}')?;
            (&rest[2..end], end + 1)
        } else {
            let length = if rest.starts_with('x') { 3 } else { 5 };
            (rest.get(1..length)?, length)
        };
        if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        self.at += skipped;
        u32::from_str_radix(digits, 16).ok().filter(|code| *code <= 0x10_ffff)
    }
}

fn ends_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

fn starts_name(letter: char) -> bool {
    letter.is_alphabetic() || letter == '_' || letter == '$'
}

fn continues_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}
