//! Codes of administrative procedures.

use serde::{Deserialize, Serialize};

use crate::digits::number;

/// The national code of a procedure: one digit, a dot, six digits, as `1.001193`.
///
/// A local list may add a suffix (`1.001193.000.00.00.H56`); it is the same procedure, so the suffix is dropped.
///
/// Source: codes of the national database of procedures (Nghị định 63/2010/NĐ-CP, Thông tư 02/2017/TT-VPCP).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProcedureCode(String);

/// Why a text is not a procedure code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProcedureCodeError {
    /// Nothing was written.
    #[error("no code")]
    Empty,
    /// Not one digit, a dot and six digits, with or without a suffix.
    #[error("a procedure code is written 1.001193")]
    Form,
}

/// Who a code is for, by its first digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcedureCodeKind {
    /// 1, 2 and 3: citizens and businesses.
    Public,
    /// 5 and 6: between offices, not shown to citizens.
    Internal,
    /// A series nobody has published a meaning for.
    Unknown,
}

impl ProcedureCode {
    /// Reads a code in any of its forms: `1.001193`, `1001193`, ` 1.001193.000.00.00.H56 `.
    pub fn parse(text: &str) -> Result<Self, ProcedureCodeError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ProcedureCodeError::Empty);
        }
        let mut parts = text.split(['.', ' ', ',', '-']).filter(|part| !part.is_empty());
        let first = parts.next().ok_or(ProcedureCodeError::Form)?;
        let (series, serial) = match first.len() {
            1 => (first, parts.next().ok_or(ProcedureCodeError::Form)?),
            7 => first.split_at_checked(1).ok_or(ProcedureCodeError::Form)?,
            _ => return Err(ProcedureCodeError::Form),
        };
        let whole = series.len() == 1 && serial.len() == 6 && number(series).is_some() && number(serial).is_some();
        if !whole || !parts.all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
            return Err(ProcedureCodeError::Form);
        }
        let mut code = String::with_capacity(8);
        code.push_str(series);
        code.push('.');
        code.push_str(serial);
        Ok(Self(code))
    }

    /// The code without suffix.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Who the code is for.
    #[must_use]
    pub fn kind(&self) -> ProcedureCodeKind {
        match self.0.bytes().next() {
            Some(b'1'..=b'3') => ProcedureCodeKind::Public,
            Some(b'5' | b'6') => ProcedureCodeKind::Internal,
            _ => ProcedureCodeKind::Unknown,
        }
    }

    /// Is it a procedure between offices, which citizens are not shown?
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.kind() == ProcedureCodeKind::Internal
    }
}

/// The national code in a text, without suffix; `None` when it is no code.
#[must_use]
pub fn national(text: &str) -> Option<String> {
    ProcedureCode::parse(text).ok().map(|code| code.0)
}

impl std::fmt::Display for ProcedureCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for ProcedureCode {
    type Error = ProcedureCodeError;

    fn try_from(text: String) -> Result<Self, ProcedureCodeError> {
        Self::parse(&text)
    }
}

impl From<ProcedureCode> for String {
    fn from(code: ProcedureCode) -> Self {
        code.0
    }
}
