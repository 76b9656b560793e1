//! Labels, options, limits, patterns, markup, translations: what each component says by itself.

use super::patterns::is_slow;
use super::sites::{Site, Sites};
use super::{Finding, LintFinding};
use crate::javascript::{parse_float, to_text, truthy};
use crate::rich_text::dropped_tags;
use serde_json::Value;

pub(super) fn look(definition: &Value, sites: &Sites<'_>, findings: &mut Vec<Finding>) {
    let translated = sites.all.iter().any(|site| english(site).is_some());
    if translated
        && definition.get("title").is_some_and(|it| truthy(Some(it)))
        && definition.get("properties").and_then(|it| it.get("en")).is_none()
    {
        let finding = LintFinding::MissingTranslation("title".to_owned());
        findings.push(Finding { path: String::new(), finding });
    }
    for site in &sites.all {
        let mut tell = |name: &str, finding: LintFinding| {
            let path = if name.is_empty() { site.path.clone() } else { [&site.path, ".", name].concat() };
            findings.push(Finding { path, finding });
        };
        let step = site.parent.is_none() && sites.wizard && site.type_name == "panel";
        let inside = site.object.get("components").and_then(Value::as_array);
        if step && inside.is_none_or(Vec::is_empty) {
            tell("", LintFinding::EmptyStep);
        }
        if needs_label(site) && label(site).is_empty() {
            tell("", LintFinding::MissingLabel);
        }
        options(site, &mut tell);
        limits(site, &mut tell);
        if let Some(pattern) = site.object.get("validate").and_then(|it| it.get("pattern")).and_then(Value::as_str)
            && is_slow(pattern)
        {
            tell("validate.pattern", LintFinding::SlowPattern);
        }
        for name in ["label", "title", "legend", "description", "tooltip", "html", "content"] {
            let rich = matches!(name, "html" | "content");
            if rich != matches!(site.type_name, "content" | "htmlelement") {
                continue;
            }
            for tag in dropped_tags(&text(site, name)) {
                tell(name, LintFinding::DroppedMarkup(tag));
            }
        }
        if translated {
            translations(site, &mut tell);
        }
    }
}

fn text(site: &Site<'_>, name: &str) -> String {
    site.object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn label(site: &Site<'_>) -> String {
    let names: &[&str] = match site.type_name {
        "panel" => &["title", "label"],
        "fieldset" => &["legend", "label"],
        _ => &["label"],
    };
    names.iter().map(|name| text(site, name)).find(|label| !label.trim().is_empty()).unwrap_or_default()
}

fn needs_label(site: &Site<'_>) -> bool {
    let unseen = matches!(
        site.type_name,
        "content" | "htmlelement" | "fieldset" | "columns" | "well" | "table" | "tabs" | "hidden" | "container"
    );
    !unseen && !flag(site, "hidden")
}

fn flag(site: &Site<'_>, name: &str) -> bool {
    truthy(site.object.get(name))
}

/// The options a choice has in the definition; `None` for lists from elsewhere.
fn listed<'a>(site: &Site<'a>) -> Option<(&'static str, &'a [Value])> {
    let values = match site.type_name {
        "radio" | "selectboxes" => ("values", site.object.get("values")),
        "select" => {
            let source = text(site, "dataSrc");
            if !source.is_empty() && source != "values" {
                return None;
            }
            ("data.values", site.object.get("data").and_then(|it| it.get("values")))
        }
        _ => return None,
    };
    Some((values.0, values.1.and_then(Value::as_array).map_or(&[], Vec::as_slice)))
}

fn options(site: &Site<'_>, tell: &mut impl FnMut(&str, LintFinding)) {
    let Some((name, options)) = listed(site) else {
        return;
    };
    let value = |option: &Value| to_text(option.get("value"));
    // The builder leaves one blank option behind.
    let real = options.iter().filter(|option| truthy(option.get("label")) || truthy(option.get("value")));
    let values: Vec<String> = real.map(value).collect();
    if values.is_empty() {
        tell(name, LintFinding::NoOptions);
    }
    for (at, value) in values.iter().enumerate() {
        if values[..at].contains(value) {
            tell(name, LintFinding::RepeatedOption(value.clone()));
        }
    }
}

fn limits(site: &Site<'_>, tell: &mut impl FnMut(&str, LintFinding)) {
    let validate = site.object.get("validate");
    let limit = |name: &str| {
        let written = validate.and_then(|it| it.get(name)).filter(|it| truthy(Some(it)) || **it == 0)?;
        Some(parse_float(&to_text(Some(written)))).filter(|it| !it.is_nan())
    };
    for (low, high) in
        [("min", "max"), ("minLength", "maxLength"), ("minWords", "maxWords"), ("minSelectedCount", "maxSelectedCount")]
    {
        // A length limit of nought is none.
        let high = limit(high).filter(|high| low == "min" || *high > 0.0);
        if let (Some(least), Some(most)) = (limit(low), high)
            && least > most
        {
            tell(&["validate.", low].concat(), LintFinding::ImpossibleLimits(low.to_owned()));
        }
    }
    if let (Some((_, options)), Some(least)) = (listed(site), limit("minSelectedCount"))
        && site.type_name == "selectboxes"
        && u32::try_from(options.len()).is_ok_and(|options| least > f64::from(options))
    {
        tell("validate.minSelectedCount", LintFinding::ImpossibleLimits("minSelectedCount".to_owned()));
    }
}

fn english<'a>(site: &Site<'a>) -> Option<&'a Value> {
    site.object.get("properties").and_then(|it| it.get("en")).filter(|it| it.is_object())
}

/// Source: `properties.en` as `app` reads it: label, description, html, why, and the options' labels by value.
fn translations(site: &Site<'_>, tell: &mut impl FnMut(&str, LintFinding)) {
    let has = |name: &str| english(site).and_then(|it| it.get(name)).is_some_and(|it| truthy(Some(it)));
    let mut need = |written: bool, name: &str| {
        if written && !has(name) {
            tell("properties.en", LintFinding::MissingTranslation(name.to_owned()));
        }
    };
    if flag(site, "hidden") || site.type_name == "hidden" {
        return;
    }
    match site.type_name {
        "content" => need(!text(site, "html").is_empty(), "html"),
        "htmlelement" | "columns" | "table" | "tabs" | "well" => {}
        _ => need(!label(site).is_empty() && !flag(site, "hideLabel"), "label"),
    }
    need(!text(site, "description").is_empty(), "description");
    let values = english(site).and_then(|it| it.get("values"));
    let options = listed(site).map_or(&[][..], |(_, options)| options);
    // Labels that are their own values are names; a list of names needs no translation, nor do numbers.
    let is_name = |option: &&Value| to_text(option.get("value")) == to_text(option.get("label"));
    if options.iter().filter(is_name).count() * 2 > options.len() {
        return;
    }
    for option in options {
        let value = to_text(option.get("value"));
        let number = to_text(option.get("label")).chars().all(|letter| !letter.is_alphabetic());
        if !number && !is_name(&option) && values.and_then(|it| it.get(&value)).is_none() {
            tell("properties.en.values", LintFinding::MissingTranslation(value));
        }
    }
}
