//! A definition in the language of the page, before it is parsed.
//!
//! A definition carries its English in `properties.en` of each component: `{label, description, why, help, example,
//! notSure, html, values}`, `values` from value to label. What has no translation stays Vietnamese.

use serde_json::{Map, Value};

/// Deeper definitions are refused by `Form::parse`; here they only stay untranslated.
const MOST_DEEP: usize = 60;

/// Puts the English texts of a definition in place of the Vietnamese; true where the definition has any.
pub(crate) fn to_english(definition: &mut Value) -> bool {
    let Some(form) = definition.as_object_mut() else { return false };
    let whole = english_of(form);
    if let Some(title) = whole.get("title").or_else(|| whole.get("label")).cloned() {
        form.insert("title".into(), title);
    }
    if let Some(declaration) = whole.get("declaration").cloned()
        && let Some(properties) = form.get_mut("properties").and_then(Value::as_object_mut)
    {
        properties.insert("declaration".into(), declaration);
    }
    let inside = form.get_mut("components").is_some_and(|it| list(it, 0));
    inside || !whole.is_empty()
}

fn english_of(component: &Map<String, Value>) -> Map<String, Value> {
    component.get("properties").and_then(|it| it.get("en")).and_then(Value::as_object).cloned().unwrap_or_default()
}

fn list(components: &mut Value, depth: usize) -> bool {
    let mut any = false;
    if depth < MOST_DEEP
        && let Some(components) = components.as_array_mut()
    {
        for component in components {
            any |= one(component, depth);
        }
    }
    any
}

fn one(component: &mut Value, depth: usize) -> bool {
    let Some(component) = component.as_object_mut() else { return false };
    let english = english_of(component);
    for (from, to) in [
        ("label", "label"),
        ("label", "title"),
        ("label", "legend"),
        ("description", "description"),
        ("html", "html"),
        ("placeholder", "placeholder"),
        ("why", "tooltip"),
        ("addAnother", "addAnother"),
    ] {
        if let Some(text) = english.get(from)
            && component.contains_key(to)
        {
            component.insert(to.to_owned(), text.clone());
        }
    }
    if let Some(properties) = component.get_mut("properties").and_then(Value::as_object_mut) {
        for advice in ["why", "help", "example", "notSure"] {
            if let Some(text) = english.get(advice)
                && properties.contains_key(advice)
            {
                properties.insert(advice.to_owned(), text.clone());
            }
        }
    }
    if let Some(labels) = english.get("values").and_then(Value::as_object) {
        let own = component.get_mut("values");
        if let Some(options) = own {
            relabel(options, labels);
        }
        if let Some(options) = component.get_mut("data").and_then(|it| it.get_mut("values")) {
            relabel(options, labels);
        }
    }
    let mut any = !english.is_empty();
    if let Some(inside) = component.get_mut("components") {
        any |= list(inside, depth + 1);
    }
    if let Some(columns) = component.get_mut("columns").and_then(Value::as_array_mut) {
        for column in columns {
            if let Some(inside) = column.get_mut("components") {
                any |= list(inside, depth + 1);
            }
        }
    }
    any
}

fn relabel(options: &mut Value, labels: &Map<String, Value>) {
    for option in options.as_array_mut().into_iter().flatten() {
        let label = option.get("value").and_then(Value::as_str).and_then(|it| labels.get(it)).cloned();
        if let (Some(label), Some(option)) = (label, option.as_object_mut()) {
            option.insert("label".into(), label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::to_english;
    use serde_json::json;

    #[test]
    fn each_text_with_a_translation_is_replaced_and_the_rest_stays() {
        let mut definition = json!({
            "properties": { "declaration": "Tôi cam đoan", "en": { "declaration": "I declare" } },
            "components": [{
                "type": "panel", "key": "a", "title": "Bước", "label": "Bước", "properties": { "en": { "label": "Step" } },
                "components": [
                    { "type": "radio", "key": "r", "label": "Hỏi", "values": [
                        { "value": "x", "label": "Có" }, { "value": "y", "label": "Không" } ],
                      "properties": { "why": "Vì", "en": { "label": "Ask", "why": "So", "values": { "x": "Yes" } } } },
                    { "type": "textfield", "key": "t", "label": "Tên", "properties": {
                        "help": "Ghi rõ", "example": "An", "notSure": "Hỏi xã",
                        "en": { "help": "Write it clearly", "notSure": "Ask the commune", "why": "No such" } } },
                ],
            }],
        });
        assert!(to_english(&mut definition));
        assert_eq!(definition.pointer("/properties/declaration"), Some(&json!("I declare")));
        let panel = &definition["components"][0];
        assert_eq!((&panel["title"], &panel["label"]), (&json!("Step"), &json!("Step")));
        let radio = &panel["components"][0];
        assert_eq!(radio["properties"]["why"], "So");
        assert_eq!(radio["values"], json!([{ "value": "x", "label": "Yes" }, { "value": "y", "label": "Không" }]));
        let name = &panel["components"][1];
        assert_eq!((&name["label"], &name["properties"]["example"]), (&json!("Tên"), &json!("An")));
        assert_eq!(name["properties"]["help"], "Write it clearly");
        assert_eq!(name["properties"]["notSure"], "Ask the commune");
        assert_eq!(name["properties"].get("why"), None);
    }

    #[test]
    fn a_definition_without_english_or_of_another_shape_stays_as_it_is() {
        for definition in [json!(null), json!({ "components": 3 }), json!({ "components": [{ "label": "Tên" }, 1] })] {
            let mut changed = definition.clone();
            assert!(!to_english(&mut changed));
            assert_eq!(changed, definition);
        }
    }
}
