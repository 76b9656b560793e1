//! What a field asks, in its label or its legend.

use crate::browser::draw::{Drawn, draw};

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// The question.
    pub(crate) text: String,
    /// Its language, where that is not the page's.
    pub(crate) language: Option<&'static str>,
    /// What is said behind it, in brackets.
    pub(crate) note: Option<&'static str>,
}

impl<T: Into<String>> From<T> for Label {
    fn from(text: T) -> Self {
        Self { text: text.into(), language: None, note: None }
    }
}

impl Label {
    /// Written into `place`.
    pub(crate) fn written(&self, place: Drawn) -> Drawn {
        let place = match self.language {
            Some(language) => place.and(draw("span", &[("lang", language)]).text(&self.text)),
            None => place.text(&self.text),
        };
        match self.note {
            Some(note) => place.and(draw("span", &[("class", "field__optional")]).text(&[" (", note, ")"].concat())),
            None => place,
        }
    }
}
