//! What single settings of a component say, and the names of places in a definition.

use crate::component::{DataType, Messages, RowLimits};
use crate::javascript::{to_text, truthy};
use crate::rich_text::RichText;
use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// The path of the keys around, and this one.
pub(crate) fn full_path(around: &str, key: &str) -> String {
    match (around, key) {
        ("", key) => key.to_owned(),
        (around, "") => around.to_owned(),
        (around, key) => under(around, key),
    }
}

/// The path of what has this name in what is at `path`.
pub(crate) fn under(path: &str, name: &str) -> String {
    [path, ".", name].concat()
}

/// The path of an item of the list at `path`.
pub(crate) fn nth(path: &str, at: usize) -> String {
    [path, "[", &at.to_string(), "]"].concat()
}

/// The name that boxes share, which is where their answer is kept: `getComponentKey` in `utils/formUtil/index.js`.
pub(crate) fn shared_name(object: &Object) -> Option<String> {
    Some(text(object, "name")).filter(|name| text(object, "inputType") == "radio" && !name.is_empty())
}

/// Source: `isInputComponent` and `isValueHidden` in `process/validation/index.js`.
pub(crate) fn is_checked(object: &Object) -> bool {
    let kept = flag(object, "protected")
        || object.get("persistent").is_none_or(|value| truthy(Some(value)) && value != "client-only");
    object.get("input").is_none_or(|value| truthy(Some(value))) && kept
}

/// `is_shown`: only texts are sentences. Compared, whatever says something is one.
pub(crate) fn messages(object: &Object, validate: Option<&Object>, is_shown: bool) -> Messages {
    let mut messages = Messages::default();
    let some = |name: &str| {
        let written = validate.and_then(|it| it.get(name)).filter(|it| truthy(Some(it)));
        written.filter(|it| !is_shown || it.is_string()).map(|it| to_text(Some(it)))
    };
    messages.any = some("customMessage");
    if let Some(message) = some("patternMessage") {
        messages.by_rule.push(("pattern".to_owned(), message));
    }
    for (name, message) in object.get("errors").and_then(Value::as_object).into_iter().flatten() {
        if let Some(message) = message.as_str().filter(|it| !it.is_empty()) {
            let rule = match name.as_str() {
                "invalid_email" => "email",
                "invalid_url" => "url",
                "jsonLogic" => "json",
                "invalidDay" => "day",
                "invalidDate" => "date",
                "invalidOption" => "onlyAvailableItems",
                other => other,
            };
            messages.by_rule.push((rule.to_owned(), message.to_owned()));
        }
    }
    messages
}

pub(crate) fn data_type(object: &Object) -> DataType {
    match text(object, "dataType").as_str() {
        "number" => DataType::Number,
        "string" => DataType::String,
        "boolean" => DataType::Boolean,
        "object" => DataType::Object,
        _ => DataType::Auto,
    }
}

/// `5MB`, `500KB`, `1024`.
pub(crate) fn max_bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u64 = text[..digits].parse().ok()?;
    let unit: u64 = match text[digits..].trim().to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(unit)
}

pub(crate) fn row_limits(object: &Object, starts_empty: bool) -> RowLimits {
    let validate = object.get("validate").and_then(Value::as_object);
    let limit = |name: &str| validate.and_then(|it| whole(it, name));
    let most = limit("maxLength").filter(|most| *most > 0);
    let least = limit("minLength").unwrap_or(0).min(most.unwrap_or(u32::MAX));
    let written = object.get("defaultValue").and_then(Value::as_array).map_or(0, Vec::len);
    let written = u32::try_from(written).unwrap_or(0);
    let first = u32::from(!starts_empty);
    RowLimits { initial: least.max(written).max(first), least, most, fixed: flag(object, "disableAddingRemovingRows") }
}

/// The field of an item that its `template` shows: `data.name` of `<span>{{ item.data.name }}</span>`; blank if it shows the item.
pub(crate) fn shown_field(object: &Object) -> String {
    let template = text(object, "template");
    let field = template.split_once("{{").and_then(|(_, rest)| rest.split_once("}}")).map_or("", |(inside, _)| inside);
    field.trim().strip_prefix("item.").unwrap_or_default().to_owned()
}

/// The HTML of an `htmlelement`: its content in its tag.
pub(crate) fn element(object: &Object) -> String {
    let tag = text(object, "tag").to_ascii_lowercase();
    let content = text(object, "content");
    if matches!(tag.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "strong" | "em" | "ul" | "ol" | "li") {
        return ["<", &tag, ">", &content, "</", &tag, ">"].concat();
    }
    content
}

pub(crate) fn text_or(object: &Object, name: &str, otherwise: &str) -> String {
    let text = text(object, name);
    if text.is_empty() { otherwise.to_owned() } else { text }
}

pub(crate) fn text(object: &Object, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The first of these that is written, without HTML.
pub(crate) fn first_text(object: &Object, names: &[&str]) -> String {
    names.iter().map(|name| plain(object, name)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// Text without HTML.
pub(crate) fn plain(object: &Object, name: &str) -> String {
    let text = text(object, name);
    if text.contains(['<', '&']) { RichText::parse(&text).plain() } else { text }
}

pub(crate) fn flag(object: &Object, name: &str) -> bool {
    truthy(object.get(name))
}

pub(crate) fn whole(object: &Object, name: &str) -> Option<u32> {
    match object.get(name)? {
        Value::Number(it) => it.as_u64().and_then(|it| u32::try_from(it).ok()),
        Value::String(it) => it.parse().ok(),
        _ => None,
    }
}
