//! The names of kinds: those of Form.io, and those that governments add, with what each is drawn as.
//!
//! `@formio/core` judges a kind that it does not know by the common rules only (`getModelType` in `utils/formUtil/index.js`): so does
//! [`crate::evaluate`], whatever it is drawn as. A kind is drawn where its name or its settings say what it is and what its answer looks
//! like; one whose answer would be another than in its own service is not.
//!
//! Source: the components of the forms services of British Columbia (`bcgov/common-hosted-form-service`), Norway
//! (`navikt/skjemabygging-formio`), the Netherlands (`open-formulieren/types`), Queensland and San Francisco.

use crate::component::Kind;
use crate::javascript::truthy;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// The kinds of Form.io that hold no data.
const LAYOUT: [&str; 8] = ["fieldset", "panel", "columns", "well", "table", "tabs", "content", "htmlelement"];

/// The kinds of Form.io that do, so far as we have them.
const FIELDS: [&str; 26] = [
    "textfield",
    "textarea",
    "number",
    "currency",
    "checkbox",
    "selectboxes",
    "radio",
    "select",
    "day",
    "datetime",
    "time",
    "email",
    "url",
    "phoneNumber",
    "tags",
    "survey",
    "signature",
    "file",
    "hidden",
    "button",
    "recaptcha",
    "captcha",
    "container",
    "datagrid",
    "editgrid",
    "address",
];

/// Lists of rows that are drawn in a way of their own: for comparing only.
const LISTS: [&str; 2] = ["datatable", "dynamicWizard"];

/// Is it a list of rows that nobody draws here?
pub(crate) fn is_list_alone(type_name: &str) -> bool {
    LISTS.contains(&type_name)
}

/// Kinds whose name does not say what they are, in small letters.
const NAMED: [(&str, &[&str]); 8] = [
    (
        "textfield",
        &[
            "password",
            "fnrfield",
            "fnr",
            "orgnr",
            "bankaccount",
            "iban",
            "bsn",
            "postcode",
            "licenseplate",
            "year",
            "firstname",
            "surname",
            "nationalidentitynumber",
            "accountnumber",
            "postalcode",
            "simplepostalcode",
            "zip",
            "zipcode",
            "ssn",
            "ein",
        ],
    ),
    ("number", &["simplenumber", "simplenumberadvanced", "rating", "slider"]),
    ("checkbox", &["toggle", "switch"]),
    ("content", &["softrequirederrors", "pagetitle"]),
    ("day", &["simpleday", "simpledayadvanced"]),
    ("time", &["simpletime", "simpletimeadvanced"]),
    ("file", &["simplefile"]),
    ("select", &["orgbook", "country", "state", "simplecountry", "simpleprovince"]),
];

/// Parts of names that say what a kind is; the first counts.
const WORDS: [(&str, &str); 31] = [
    ("textfield", "textfield"),
    ("textinput", "textfield"),
    ("textarea", "textarea"),
    ("checkboxes", "selectboxes"),
    ("selectboxes", "selectboxes"),
    ("checkbox", "checkbox"),
    ("radio", "radio"),
    ("phone", "phoneNumber"),
    ("email", "email"),
    ("cosign", "email"),
    ("simpleurl", "url"),
    ("simpletags", "tags"),
    ("select", "select"),
    ("dropdown", "select"),
    ("currency", "currency"),
    ("datetime", "datetime"),
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

/// Parts of names of kinds that nothing of ours is like, whatever else the name says.
const UNLIKE: [&str; 6] = ["tree", "grid", "map", "range", "wizard", "matrix"];

/// Kinds that are known, in small letters, and whose answer comes from a service: a place or a record that is found there, or an
/// option with its name.
const ELSEWHERE: [&str; 8] = [
    "location",
    "resource",
    "landvelger",
    "valutavelger",
    "countryselect",
    "currencyselect",
    "npfamilymembers",
    "monthpicker",
];

/// A Dutch address. Source: `AddressData` in `src/formio/components/addressNL.ts` of `open-formulieren/types`.
const ADDRESS_NL: &str = r#"[{"type":"textfield","key":"postcode","label":"Postcode","validate":{"required":true}},
{"type":"textfield","key":"houseNumber","label":"Huisnummer","validate":{"required":true}},
{"type":"textfield","key":"houseLetter","label":"Huisletter"},
{"type":"textfield","key":"houseNumberAddition","label":"Toevoeging"},
{"type":"textfield","key":"streetName","label":"Straat"},{"type":"textfield","key":"city","label":"Plaats"}]"#;

/// A Norwegian address. Source, here and for the next: `components/core/address/Address.tsx` of `navikt/skjemabygging-formio`.
const NAV_STREET: &str = r#"[{"type":"textfield","key":"co","label":"C/O"},
{"type":"textfield","key":"adresse","label":"Vegadresse","validate":{"required":true}},
{"type":"textfield","key":"postnummer","label":"Postnummer","validate":{"required":true}},
{"type":"textfield","key":"bySted","label":"Poststed","validate":{"required":true}}]"#;

const NAV_BOX: &str = r#"[{"type":"textfield","key":"co","label":"C/O"},
{"type":"textfield","key":"postboks","label":"Postboks","validate":{"required":true}},
{"type":"textfield","key":"postnummer","label":"Postnummer","validate":{"required":true}},
{"type":"textfield","key":"bySted","label":"Poststed","validate":{"required":true}}]"#;

/// From when and until when. Source: `components/extensions/address-validitity/AddressValidity.tsx` there.
const NAV_VALIDITY: &str = r#"[{"type":"date","key":"gyldigFraOgMed","label":"Fra","validate":{"required":true}},
{"type":"date","key":"gyldigTilOgMed","label":"Til"}]"#;

/// Who one is, by number or else by birth. Source: `components/extensions/identity/Identity.tsx` there.
const NAV_IDENTITY: &str = r#"[{"type":"radio","key":"harDuFodselsnummer","label":"Norsk fødselsnummer eller d-nummer",
"values":[{"value":"ja","label":"Ja"},{"value":"nei","label":"Nei"}],"validate":{"required":true}},
{"type":"textfield","key":"identitetsnummer","label":"Nummer","customConditional":"show = _.get(row, 'harDuFodselsnummer') === 'ja'",
"validate":{"required":true}},
{"type":"date","key":"fodselsdato","label":"Fødselsdato","customConditional":"show = _.get(row, 'harDuFodselsnummer') === 'nei'",
"validate":{"required":true}}]"#;

/// Who sends it. Source: `components/extensions/sender/Sender.tsx` there.
const NAV_PERSON: &str = r#"[{"type":"textfield","key":"person.nationalIdentityNumber","label":"Fødselsnummer eller d-nummer",
"validate":{"required":true}},{"type":"textfield","key":"person.firstName","label":"Fornavn","validate":{"required":true}},
{"type":"textfield","key":"person.surname","label":"Etternavn","validate":{"required":true}}]"#;

const NAV_ORGANISATION: &str = r#"[{"type":"textfield","key":"organization.number","label":"Organisasjonsnummer",
"validate":{"required":true}},{"type":"textfield","key":"organization.name","label":"Navn","validate":{"required":true}}]"#;

/// What a kind is drawn as.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Drawn<'a> {
    /// The kind of Form.io of this name.
    As(&'a str),
    /// A day that is kept as `YYYY-MM-DD`.
    Date,
    /// A select that keeps the whole option, `{label, value}`.
    WholeOption,
    /// A container with these components, as a definition would have them.
    Parts(&'static str),
    /// Nothing: the kind is known, and its answer is none that can be given here.
    NotHere,
    /// Nothing: neither name nor settings say what it is.
    Unknown,
}

/// What a kind is read as.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) drawn: Drawn<'a>,
    /// Does it hold an answer?
    pub(crate) holds_data: bool,
    /// Is it a kind of Form.io?
    pub(crate) standard: bool,
}

/// Reads a kind.
pub(crate) fn reading<'a>(type_name: &'a str, object: &Object) -> Reading<'a> {
    let layout = LAYOUT.contains(&type_name);
    if layout || FIELDS.contains(&type_name) {
        return Reading { drawn: Drawn::As(type_name), holds_data: !layout, standard: true };
    }
    // A form in a form is not drawn either.
    if is_list_alone(type_name) || type_name == "form" {
        return Reading { drawn: Drawn::Unknown, holds_data: true, standard: true };
    }
    let name = type_name.to_ascii_lowercase();
    let list = |key: &str| object.get(key).and_then(Value::as_array);
    let words = WORDS.iter().find(|(word, _)| name.contains(word)).map(|(_, kind)| *kind);
    let input = object.get("input");
    // `getModelType`: what says `input: false`, or has components and does not say otherwise, holds no data.
    let holds_data = type_name == "password"
        || input != Some(&Value::Bool(false)) && (!truthy(object.get("components")) || truthy(input));
    let grouped = list("columns").is_some() || list("rows").is_some();
    let drawn = if holds_data && grouped || name.is_empty() || UNLIKE.iter().any(|it| name.contains(it)) {
        Drawn::Unknown
    } else if holds_data {
        field(&name, words, object)
    } else if list("columns").is_some() {
        Drawn::As("columns")
    } else if grouped {
        Drawn::As("table")
    } else if list("components").is_none() {
        Drawn::As(if words == Some("htmlelement") { "htmlelement" } else { "content" })
    } else {
        Drawn::As(if words == Some("tabs") { "tabs" } else { "fieldset" })
    };
    Reading { drawn, holds_data, standard: false }
}

/// What a kind of another name is drawn as that holds an answer.
fn field(name: &str, words: Option<&'static str>, object: &Object) -> Drawn<'static> {
    let says = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
    match name {
        "date" => return Drawn::Date,
        "navselect" => return Drawn::WholeOption,
        "addressnl" => return Drawn::Parts(ADDRESS_NL),
        "identity" => return Drawn::Parts(NAV_IDENTITY),
        "addressvalidity" => return Drawn::Parts(NAV_VALIDITY),
        "sender" if says("senderRole") == "organization" => return Drawn::Parts(NAV_ORGANISATION),
        "sender" => return Drawn::Parts(NAV_PERSON),
        "navaddress" => {
            // Where the register fills it in, the person is asked for nothing, or for the sort of address first.
            return match says("addressType") {
                _ if truthy(object.get("prefillKey")) => Drawn::NotHere,
                "NORWEGIAN_ADDRESS" => Drawn::Parts(NAV_STREET),
                "POST_OFFICE_BOX" => Drawn::Parts(NAV_BOX),
                _ => Drawn::NotHere,
            };
        }
        // A file like those of Form.io, or the question how a paper is sent.
        "attachment" | "vedlegg" => {
            let stored =
                ["storage", "filePattern", "fileMaxSize", "fileTypes"].iter().any(|it| truthy(object.get(*it)));
            return if stored { Drawn::As("file") } else { Drawn::NotHere };
        }
        // The second signer signs in, where this is named.
        "cosign" if truthy(object.get("authPlugin")) => return Drawn::NotHere,
        _ => {}
    }
    // An address that is searched for is kept as the map service has it.
    if ELSEWHERE.contains(&name) || name.contains("address") && words != Some("email") {
        return Drawn::NotHere;
    }
    if object.get("components").and_then(Value::as_array).is_some_and(|it| !it.is_empty()) {
        return Drawn::As("container");
    }
    if name.contains("datepicker") {
        return Drawn::Date;
    }
    let named = NAMED.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind);
    named
        .or(words.filter(|it| !matches!(*it, "tabs" | "fieldset")))
        .or_else(|| by_settings(object))
        .map_or(Drawn::Unknown, Drawn::As)
}

/// What a kind of Form.io leaves in the settings of a kind that was made from it.
fn by_settings(object: &Object) -> Option<&'static str> {
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

/// Has Form.io no type for what this kind holds (`any`)?
pub(crate) fn is_untyped(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::TextArea { .. }
            | Kind::SelectBoxes { .. }
            | Kind::Select { .. }
            | Kind::Tags { .. }
            | Kind::Survey { .. }
            | Kind::Hidden
            | Kind::Button
            | Kind::File { .. }
    )
}
