//! Kinds that Form.io does not have, as governments add them to their forms: which of ours each is drawn as.
//!
//! `@formio/core` judges a kind that it does not know by the common rules only (`getModelType` in `utils/formUtil/index.js`): so does
//! [`crate::evaluate`], whatever it is drawn as. A kind is read where its name or its settings say what it is; all others are refused.
//!
//! Source: the components of the forms services of British Columbia, Norway, the Netherlands, Queensland and San Francisco.

use crate::javascript::truthy;
use serde_json::{Map, Value};

/// Kinds whose name does not say what they are, in small letters. Where a kind has a widget of several parts its answer is typed.
const NAMED: [(&str, &str); 11] = [
    (
        "textfield",
        " password fnrfield fnr orgnr bankaccount iban bsn postcode licenseplate year monthpicker firstname surname \
         nationalidentitynumber accountnumber postalcode simplepostalcode zip zipcode ssn ein blocklot simplecity bcaddress \
         simplebcaddress simpleaddressadvanced addressnl navaddress addressvalidity identity sender \
         attachment vedlegg location ",
    ),
    ("number", " simplenumber simplenumberadvanced rating slider "),
    ("checkbox", " toggle switch "),
    ("content", " softrequirederrors pagetitle "),
    ("datetime", " date "),
    ("day", " simpleday simpledayadvanced "),
    ("time", " simpletime simpletimeadvanced "),
    ("url", " simpleurl simpleurladvanced "),
    ("tags", " simpletagsadvanced "),
    ("file", " simplefile "),
    (
        "select",
        " orgbook landvelger valutavelger countryselect currencyselect country state simplecountry simpleprovince resource ",
    ),
];

/// Parts of names that say what a kind is; the first counts.
const WORDS: [(&str, &str); 31] = [
    ("textfield", "textfield"),
    ("textinput", "textfield"),
    ("textarea", "textarea"),
    ("checkboxes", "selectboxes"),
    ("selectboxes", "selectboxes"),
    ("familymembers", "selectboxes"),
    ("checkbox", "checkbox"),
    ("radio", "radio"),
    ("phone", "phoneNumber"),
    ("email", "email"),
    ("cosign", "email"),
    ("select", "select"),
    ("dropdown", "select"),
    ("currency", "currency"),
    ("datetime", "datetime"),
    ("datepicker", "datetime"),
    ("signature", "signature"),
    ("survey", "survey"),
    ("upload", "file"),
    ("captcha", "button"),
    ("button", "button"),
    ("alert", "content"),
    ("heading", "content"),
    ("header", "content"),
    ("paragraph", "content"),
    ("content", "content"),
    ("htmlelement", "htmlelement"),
    ("tabs", "tabs"),
    ("panel", "fieldset"),
    ("fieldset", "fieldset"),
    ("section", "fieldset"),
];

/// Parts of names of kinds that nothing of ours is like, whatever else the name says: they nest answers in ways of their own.
const UNLIKE: [&str; 6] = ["tree", "grid", "map", "range", "wizard", "matrix"];

/// What a kind of another name is read as.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    /// The kind of Form.io that it is drawn as.
    pub(crate) drawn_as: &'static str,
    /// Does it hold an answer?
    pub(crate) holds_data: bool,
}

/// Reads a kind that Form.io does not have; `None` where neither name nor settings say what it is.
pub(crate) fn reading(type_name: &str, object: &Map<String, Value>) -> Option<Reading> {
    let name = type_name.to_ascii_lowercase();
    if name.is_empty() || UNLIKE.iter().any(|it| name.contains(it)) {
        return None;
    }
    let list = |key: &str| object.get(key).and_then(Value::as_array);
    let words = WORDS.iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| *kind);
    let input = object.get("input");
    // `getModelType`: what says `input: false`, or has components and does not say otherwise, holds no data.
    if input == Some(&Value::Bool(false)) || truthy(object.get("components")) && !truthy(input) {
        let drawn_as = if list("columns").is_some() {
            "columns"
        } else if list("rows").is_some() {
            "table"
        } else if list("components").is_none() {
            if words == Some("htmlelement") { "htmlelement" } else { "content" }
        } else if words == Some("tabs") {
            "tabs"
        } else {
            "fieldset"
        };
        return Some(Reading { drawn_as, holds_data: false });
    }
    if list("columns").is_some() || list("rows").is_some() {
        return None;
    }
    let spaced = [" ", &name, " "].concat();
    let named = NAMED.iter().find(|(_, names)| names.contains(&spaced)).map(|(kind, _)| *kind);
    if list("components").is_some_and(|it| !it.is_empty()) && !name.contains("address") {
        return Some(Reading { drawn_as: "container", holds_data: true });
    }
    named
        .or(words.filter(|it| !matches!(*it, "tabs" | "fieldset")))
        .or_else(|| by_settings(object))
        .map(|drawn_as| Reading { drawn_as, holds_data: true })
}

/// What a kind of Form.io leaves in the settings of a kind that was made from it.
fn by_settings(object: &Map<String, Value>) -> Option<&'static str> {
    let written = |list: Option<&Value>| list.and_then(Value::as_array).is_some_and(|it| !it.is_empty());
    match object.get("inputType").and_then(Value::as_str) {
        Some("radio") => Some("radio"),
        Some("checkbox") => Some(if written(object.get("values")) { "selectboxes" } else { "checkbox" }),
        Some("email") => Some("email"),
        Some("url") => Some("url"),
        Some("tel") => Some("phoneNumber"),
        Some("text" | "password" | "number") => Some("textfield"),
        _ if written(object.get("values")) => Some("radio"),
        _ if written(object.get("data").and_then(|it| it.get("values"))) => Some("select"),
        _ => None,
    }
}
