//! Templates: text with answers in it, as in `province={{data.home.province.code}}`.

use crate::answers::get;
use crate::javascript::to_text;
use serde_json::Value;

/// A text with places for answers, `{{data.…}}` or `{{row.…}}`. Blank where a definition has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// A path in the data.
    Data(String),
    /// A path in the row around.
    Row(String),
}

impl Template {
    /// Reads a template; `None` where a place holds anything but a path in `data` or `row`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("{{") {
            let (inside, after) = after.split_once("}}")?;
            let (root, path) = inside.trim().split_once('.')?;
            if path.is_empty() || !path.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-.[]".contains(&it)) {
                return None;
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            parts.push(match root {
                "data" => Part::Data(path.to_owned()),
                "row" => Part::Row(path.to_owned()),
                _ => return None,
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Some(Self { parts })
    }

    /// Is nothing written?
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.parts.is_empty()
    }

    /// Does it have places for answers?
    #[must_use]
    pub fn asks(&self) -> bool {
        self.parts.iter().any(|part| !matches!(part, Part::Text(_)))
    }

    /// The text with the answers in it, each written so that it cannot end a part of an address (percent-encoded); `None` while an
    /// answer it asks for is blank or not plain. `row` is the row or container around, the data itself at the top.
    #[must_use]
    pub fn fill(&self, data: &Value, row: &Value) -> Option<String> {
        let mut text = String::new();
        for part in &self.parts {
            let (around, path) = match part {
                Part::Text(written) => {
                    text.push_str(written);
                    continue;
                }
                Part::Data(path) => (data, path),
                Part::Row(path) => (row, path),
            };
            let value = get(around, path).filter(|it| !it.is_object() && !it.is_array() && !it.is_null())?;
            let value = to_text(Some(value));
            if value.is_empty() {
                return None;
            }
            for byte in value.bytes() {
                if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                    text.push(char::from(byte));
                } else {
                    text.push('%');
                    for half in [byte >> 4, byte & 15] {
                        text.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
                    }
                }
            }
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::Template;
    use serde_json::json;

    #[track_caller]
    fn check(template: &str, expected: Option<&str>) {
        let data = json!({ "home": { "province": { "code": "92" } }, "rows": [{ "a": "Cần Thơ&x=1" }], "blank": "" });
        let filled = Template::parse(template).and_then(|it| it.fill(&data, &data["rows"][0]));
        assert_eq!(filled.as_deref(), expected, "{template}");
    }

    #[test]
    fn answers_are_put_into_their_places() {
        check("", Some(""));
        check("province=92", Some("province=92"));
        check("province={{data.home.province.code}}", Some("province=92"));
        check("q={{ row.a }}&n=1", Some("q=C%E1%BA%A7n%20Th%C6%A1%26x%3D1&n=1"));
        check("{{data.rows[0].a}}", Some("C%E1%BA%A7n%20Th%C6%A1%26x%3D1"));
    }

    #[test]
    fn without_an_answer_there_is_no_text() {
        check("q={{data.blank}}", None);
        check("q={{data.nowhere}}", None);
        check("q={{data.home}}", None);
    }

    #[test]
    fn what_is_no_path_is_no_template() {
        for text in ["{{data}}", "{{data.a", "{{form.a}}", "{{data.a()}}", "{{data.a || data.b}}"] {
            assert_eq!(Template::parse(text), None, "{text}");
        }
    }
}
