//! Logic: what a definition works out, and what it changes about a component (`calculateValue`, `customDefaultValue`, `logic`).

use crate::component::{Component, Kind};
use crate::conditions::{Asker, Test};
use crate::javascript::{to_json_number, to_text, truthy};
use crate::json_logic::{Js, apply_to};
use crate::rich_text::RichText;
use crate::script::{Answer, Script};
use serde_json::Value;
use std::sync::Arc;

static NULL: Value = Value::Null;

/// A value to work out: a script, or `JSONLogic`.
#[derive(Clone, Debug)]
pub(crate) enum Formula {
    Script(Arc<Script>),
    Json(Value),
}

/// What a formula gives.
#[derive(Debug, PartialEq)]
pub(crate) enum Worked {
    /// `null`, or it failed: nothing was worked out.
    Nothing,
    /// `undefined`.
    Undefined,
    /// `NaN` or an infinity: an answer in JavaScript, `null` in JSON.
    NotFinite(f64),
    /// Anything else.
    Value(Value),
}

impl Formula {
    /// Works it out. `first` is what `value` holds at first; the answer as it stands is `input`.
    pub(crate) fn work(&self, asker: &Asker<'_>, first: Option<&Value>) -> Worked {
        match self {
            Self::Script(script) => match script.run(&asker.scope(first)) {
                Err(_) | Ok(Answer::Value(Value::Null)) => Worked::Nothing,
                Ok(Answer::Undefined) => Worked::Undefined,
                Ok(Answer::NotFinite(number)) => Worked::NotFinite(number),
                Ok(Answer::NoDate) => Worked::NotFinite(f64::NAN),
                Ok(Answer::Value(value)) => Worked::Value(value),
            },
            Self::Json(rule) => match apply_to(rule, &asker.fields(first)) {
                Js::Null => Worked::Nothing,
                Js::Undefined => Worked::Undefined,
                Js::Number(number) if !number.is_finite() => Worked::NotFinite(number),
                Js::Number(number) => Worked::Value(to_json_number(number)),
                other => Worked::Value(other.into_json()),
            },
        }
    }
}

impl Asker<'_> {
    /// The answer as it stands, or null where it is false, 0, blank or missing: what `value` holds when something is worked out.
    pub(crate) fn value_or_null(&self) -> &Value {
        self.own().filter(|value| truthy(Some(value))).unwrap_or(&NULL)
    }
}

/// Actions that are done while a trigger holds.
#[derive(Clone, Debug)]
pub(crate) struct Logic {
    pub(crate) trigger: Test,
    pub(crate) actions: Vec<Action>,
}

/// One action.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Sets a switch of the component.
    Switch(Switch, bool),
    /// Sets a text of the component, with answers in it.
    Text(TextProperty, String),
    /// Sets the answer.
    Value(Formula),
    /// Sets another switch of the definition, by its name.
    Setting(Box<str>, bool),
    /// Sets another text of the definition, with answers in it.
    TextSetting(Box<str>, String),
    /// Sets what a script says (`mergeComponentSchema`).
    Merge(Arc<Script>),
}

/// A switch of a component that logic may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Switch {
    Hidden,
    Required,
    Disabled,
}

/// A text of a component that logic may set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextProperty {
    /// Label, title or legend.
    Label,
    /// Help shown with the field.
    Description,
    /// Help shown on demand.
    Tooltip,
    /// The example inside the empty field.
    Placeholder,
    /// The text of content, as HTML of the definition: read it with [`crate::RichText::parse`].
    Content,
}

/// What logic has changed about a component for the answers as they are. Nothing where a component has no logic, or none applies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Must be answered, or need not, whatever the definition says.
    pub required: Option<bool>,
    /// Not to be changed, or open to it.
    pub disabled: Option<bool>,
    /// Texts in place of those of the definition; the last one of a property counts.
    pub texts: Vec<(TextProperty, String)>,
    /// The component of the definition with other settings, where logic changed more than the above.
    pub(crate) changed: Option<Arc<Value>>,
    /// Hidden or shown, whatever `hidden` says.
    pub(crate) hidden: Option<bool>,
}

impl Effects {
    /// The component as it is now: what logic changed in place of what the definition says.
    #[must_use]
    pub fn applied(&self, component: &Component) -> Component {
        let mut changed = self.remade(component, true).unwrap_or_else(|| component.clone());
        changed.required = self.required.unwrap_or(changed.required);
        changed.disabled = self.disabled.unwrap_or(changed.disabled);
        for (property, text) in &self.texts {
            let text = text.clone();
            match property {
                TextProperty::Label => changed.label = text,
                TextProperty::Description => changed.description = text,
                TextProperty::Tooltip => changed.tooltip = text,
                TextProperty::Placeholder => changed.placeholder = text,
                TextProperty::Content => {
                    if let Kind::Content { text: shown } = &mut changed.kind {
                        *shown = RichText::parse(&text);
                    }
                }
            }
        }
        changed.hidden = self.hidden.unwrap_or(changed.hidden);
        changed
    }

    /// The component with the settings that logic gave it; `None` where it has those of the definition.
    pub(crate) fn remade(&self, component: &Component, is_shown: bool) -> Option<Component> {
        component.remade(self.changed.as_deref()?, is_shown)
    }

    pub(crate) fn is_none(&self) -> bool {
        self.changed.is_none()
            && self.required.is_none()
            && self.disabled.is_none()
            && self.hidden.is_none()
            && self.texts.is_empty()
    }
}

/// A text with answers in it, `{{ data.name }}` and `{{ row.a || data.b }}`; blank where there is no answer.
///
/// Source: `interpolateString` in `utils/Evaluator.js`; what is not a path is left blank.
pub(crate) fn interpolate(text: &str, asker: &Asker<'_>) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, after)) = after.split_once("}}") else {
            break;
        };
        result.push_str(before);
        let found = inside.split("||").map(|path| {
            let path = path.trim().replace("?.", ".");
            match path.split_once('.') {
                Some(("data", path)) => crate::answers::get(asker.data, path),
                Some(("row", path)) => crate::answers::get(asker.row(), path),
                _ if path == "value" || path == "input" => asker.own(),
                _ => None,
            }
        });
        for value in found {
            if truthy(value) {
                result.push_str(&to_text(value));
                break;
            }
        }
        rest = after;
    }
    result.push_str(rest);
    result
}
