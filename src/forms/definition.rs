//! Reading a Form.io definition: everything wrong with it at once, each with its path.

use crate::answers::{MAX_ROWS, is_shallower_than};
use crate::component::{
    Available, Beside, Choice, Component, DataType, DateKept, DayPart, Form, FormDisplay, Format, Group, Kind,
    MapAddress, PaperTemplate, Prefill, Properties, RowLimits, Rules, SelectSource, Step, ValidateOn,
};
use crate::conditions::{Clause, Condition, Operator, Reference, Test};
use crate::dates::{CivilDate, Moment};
use crate::environment::{PatternFault, Patterns};
use crate::javascript::{is_blank, number, parse_float, parse_int, same_number, to_number, to_text, truthy};
use crate::json_logic::{self, RuleFault};
use crate::kinds::{self, Drawn, Reading};
use crate::logic::{Action, Formula, Logic, Switch, TextProperty};
use crate::path::DataPath;
#[cfg(not(target_arch = "wasm32"))]
use crate::path::{Segment, segments};
use crate::references;
use crate::rich_text::RichText;
use crate::script::{self, Answer, FaultCause, Role, Scope, Script, ScriptFault};
use crate::settings::{
    data_type, element, first_text, flag, full_path, is_checked, max_bytes, messages, nth, plain, row_limits,
    shared_name, shown_field, text, text_or, under, whole,
};
use crate::template::Template;
use serde_json::{Map, Value};
use std::sync::{Arc, OnceLock};

/// The longest definition read from text, in bytes.
pub const MAX_DEFINITION_BYTES: usize = 4_000_000;

/// The most components of one definition, and the most that a fresh form has on screen: those in a list count once for each row that it
/// begins with. Each costs a key's work, wherever it comes from.
const MAX_COMPONENTS: usize = 5_000;

/// The deepest nesting of components.
const MAX_NESTING: usize = 24;

/// The deepest nesting of JSON in a definition.
const MAX_DEPTH: usize = 120;

/// The most things told about one definition.
const MAX_ERRORS: usize = 200;

/// One thing wrong with a definition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {error}")]
pub struct DefinitionError {
    /// Where in the definition, as in `components[0].columns[1].components[2].conditional`; blank for the whole.
    pub path: String,
    /// What is wrong.
    pub error: DefinitionFault,
    /// For [`DefinitionFault::JavaScript`], where in the script and why.
    pub script: Option<Box<ScriptFault>>,
}

/// What can be wrong with a definition. The printed form is the stable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum DefinitionFault {
    /// The text is not JSON.
    #[error("notJson")]
    NotJson,
    /// Longer than 4,000,000 bytes.
    #[error("tooLarge")]
    TooLarge,
    /// Nested too deep.
    #[error("tooDeep")]
    TooDeep,
    /// More than 5,000 components.
    #[error("tooManyComponents")]
    TooManyComponents,
    /// A list begins with more than 500 rows, or with so many that the fresh form has more than 5,000 components on screen.
    #[error("tooManyRows")]
    TooManyRows,
    /// No object with a list of components.
    #[error("notAForm")]
    NotAForm,
    /// A component is not an object.
    #[error("notAComponent")]
    NotAComponent,
    /// `display` is none of `form`, `wizard` and `pdf`: fields laid over a PDF are shown one below the other.
    #[error("unknownDisplay")]
    UnknownDisplay,
    /// A kind whose name and settings do not say what it is.
    #[error("unknownKind")]
    UnknownKind,
    /// A kind that is known and cannot be filled in here: its answer has parts, or comes from a service that we do not ask (an address that
    /// is searched for, files that are sent there). A line of text in its place would be a wrong answer.
    #[error("kindNotHere")]
    KindNotHere,
    /// A component with data has no key.
    #[error("missingKey")]
    MissingKey,
    /// A key is not letters (any but ASCII counts as one), digits, `_`, `-`, `:` and `.`, or begins with a sign, or a part of it is a number.
    #[error("invalidKey")]
    InvalidKey,
    /// Two steps have the same key.
    #[error("duplicateKey")]
    DuplicateKey,
    /// JavaScript outside the part of it that is understood here.
    #[error("javaScript")]
    JavaScript,
    /// A script, while what reads scripts has not come yet ([`crate::set_scripts_here`]): once it has, the definition can be read.
    #[error("scriptsNotHere")]
    ScriptsNotHere,
    /// A `logic` whose trigger or action is not supported.
    #[error("unsupportedLogic")]
    UnsupportedLogic,
    /// A condition that cannot be read.
    #[error("invalidCondition")]
    InvalidCondition,
    /// A simple condition with an operator Form.io does not have.
    #[error("unknownOperator")]
    UnknownOperator,
    /// `JSONLogic` with an operation that it does not have.
    #[error("unknownOperation")]
    UnknownOperation,
    /// `JSONLogic` that reads something other than `data`, `row`, `value` or `input`.
    #[error("unsupportedVariable")]
    UnsupportedVariable,
    /// A pattern that is not an ECMAScript regular expression.
    #[error("invalidPattern")]
    InvalidPattern,
    /// A rule whose limit is not a number.
    #[error("invalidLimit")]
    InvalidLimit,
    /// A date limit that is neither a date nor `moment()` with sums.
    #[error("invalidDate")]
    InvalidDate,
    /// Masks to choose from: nothing on screen lets one choose.
    #[error("unsupportedMask")]
    UnsupportedMask,
    /// A select whose list is neither in the definition nor at the backend.
    #[error("unsupportedDataSource")]
    UnsupportedDataSource,
    /// Options that are not a list of `{label, value}`.
    #[error("invalidOptions")]
    InvalidOptions,
    /// A setting of the wrong type.
    #[error("invalidSetting")]
    InvalidSetting,
    /// A `properties.format` that is not known.
    #[error("unknownFormat")]
    UnknownFormat,
    /// A `properties.prefill` that is not known.
    #[error("unknownPrefill")]
    UnknownPrefill,
}

impl Form {
    /// Reads a definition: an object with `components`, or one that has such an object in it, as services export it.
    ///
    /// # Errors
    /// Everything wrong with it (the first 200), in document order.
    pub fn parse(definition: &Value, patterns: &dyn Patterns) -> Result<Self, Vec<DefinitionError>> {
        Self::read(definition, patterns, true)
    }

    /// As [`Form::parse`], and takes what `@formio/core` takes though nobody can be shown it, for comparing with it outside a browser: kinds, settings that mean
    /// nothing, masks to choose from, keys of almost any characters, scripts that are no JavaScript or ask for names of another page.
    ///
    /// # Errors
    /// [`DefinitionFault::InvalidKey`] with more than 200 bytes or a row from 500 on, and what is too deep, too large, or no form. What else cannot be done here stops and is told by
    /// [`Form::outside`]: scripts outside the language, rules that ask for more than answers, logic that sets a key or type.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn parse_to_compare(definition: &Value, patterns: &dyn Patterns) -> Result<Self, Vec<DefinitionError>> {
        Self::read(definition, patterns, false)
    }

    fn read(definition: &Value, patterns: &dyn Patterns, is_shown: bool) -> Result<Self, Vec<DefinitionError>> {
        let fault = |error| Err(vec![DefinitionError { path: String::new(), error, script: None }]);
        if !is_shallower_than(definition, MAX_DEPTH) {
            return fault(DefinitionFault::TooDeep);
        }
        let definition = unwrapped(definition);
        let Some((definition, list)) =
            definition.as_object().and_then(|it| it.get("components").and_then(Value::as_array).map(|list| (it, list)))
        else {
            return fault(DefinitionFault::NotAForm);
        };
        let mut reader = Reader {
            patterns,
            is_shown,
            errors: Vec::new(),
            outside: Vec::new(),
            count: 0,
            parts: 0,
            on_screen: 0,
            rows: 1,
            own: None,
        };
        let display = match definition.get("display") {
            None | Some(Value::Null) => FormDisplay::Form,
            Some(Value::String(display)) if matches!(display.as_str(), "" | "form" | "pdf") => FormDisplay::Form,
            Some(Value::String(display)) if display == "wizard" => FormDisplay::Wizard,
            Some(_) => {
                reader.advise_in("display", "", DefinitionFault::UnknownDisplay);
                FormDisplay::Form
            }
        };
        let title = text(definition, "title");
        let mut steps = match display {
            FormDisplay::Form => vec![Step {
                key: String::new(),
                title: title.clone(),
                condition: None,
                logic: Vec::new(),
                hidden: false,
                components: reader.components(list, "components", "", 0),
                minutes: None,
                panel: false,
                number: 0,
            }],
            FormDisplay::Wizard => reader.steps(list),
        };
        if !reader.errors.is_empty() {
            return Err(reader.errors);
        }
        let looks_ahead = references::resolve(&mut steps);
        let written = definition.get("properties").and_then(Value::as_object);
        let template = written.and_then(|it| it.get("template")).and_then(Value::as_object).map(|it| PaperTemplate {
            heading: text(it, "name"),
            number: text(it, "number"),
            source: text(it, "source"),
            read_on: text(it, "readOn"),
            note: text(it, "note"),
        });
        let declaration = written.map_or_else(String::new, |it| text(it, "declaration"));
        Ok(Self {
            title,
            display,
            steps,
            template,
            declaration,
            looks_ahead,
            outside: reader.outside,
            fields: reader.count,
            without_dependants: OnceLock::new(),
        })
    }

    /// Reads a definition from JSON text of at most 4,000,000 bytes.
    ///
    /// # Errors
    /// As [`Form::parse`], and when the text is too long or not JSON.
    pub fn parse_text(text: &str, patterns: &dyn Patterns) -> Result<Self, Vec<DefinitionError>> {
        let fault = |error| vec![DefinitionError { path: String::new(), error, script: None }];
        if text.len() > MAX_DEFINITION_BYTES {
            return Err(fault(DefinitionFault::TooLarge));
        }
        let definition: Value = serde_json::from_str(text).map_err(|_| fault(DefinitionFault::NotJson))?;
        Self::parse(&definition, patterns)
    }
}

/// What `@formio/core` takes a kind for that it does not know (`any`).
static ANYTHING: Kind = Kind::Hidden;

/// What it takes a kind for that it knows to be text and has no rules for (`string`).
static TEXT: Kind = Kind::Signature;

/// The definition itself, of what services export: a version of a form (`schema`, `configuration`), what a page asks for (`form`), the
/// first of several (`forms`). What is least deep counts.
pub(crate) fn unwrapped(exported: &Value) -> &Value {
    let mut level = vec![exported];
    for _ in 0..6 {
        if let Some(found) = level.iter().find(|it| it.get("components").is_some_and(Value::is_array)) {
            return found;
        }
        let mut inside = Vec::new();
        for value in level {
            match value {
                Value::Object(object) => inside.extend(object.values()),
                Value::Array(list) => inside.extend(list),
                _ => {}
            }
        }
        // Nothing that services export has more before its definition.
        inside.truncate(10_000);
        level = inside;
    }
    exported
}

struct Reader<'a> {
    patterns: &'a dyn Patterns,
    /// See [`Reader::is_shown`].
    is_shown: bool,
    errors: Vec<DefinitionError>,
    /// See [`Form::outside`].
    outside: Vec<DefinitionError>,
    count: usize,
    /// The components that are ours ([`Drawn::Parts`]); those of the definition alone are numbered.
    parts: usize,
    /// The components that the fresh form has on screen.
    on_screen: usize,
    /// How many rows of the lists around the fresh form has on screen.
    rows: usize,
    /// The component whose scripts are read, if one of them asks about it.
    own: Option<Arc<Value>>,
}

type Object = Map<String, Value>;

impl Reader<'_> {
    /// Is the form for somebody to fill in? In a browser every form is.
    fn is_shown(&self) -> bool {
        cfg!(target_arch = "wasm32") || self.is_shown
    }

    /// Tells what is wrong for whoever writes the definition, and changes nothing for `@formio/core`, which leaves it aside.
    #[cold]
    fn advise_in(&mut self, path: &str, name: &str, error: DefinitionFault) {
        match name {
            _ if !self.is_shown() => {}
            "" => self.tell(path, error),
            name => self.tell_in(path, name, error),
        }
    }

    /// Tells what cannot be done here, though `@formio/core` does it: no form is filled in without, and compared it may be.
    #[cold]
    fn tell_outside(&mut self, path: &str, name: &str, error: DefinitionFault, script: Option<Box<ScriptFault>>) {
        let told = if self.is_shown() { &mut self.errors } else { &mut self.outside };
        if told.len() < MAX_ERRORS {
            told.push(DefinitionError { path: under(path, name), error, script });
        }
    }

    #[cold]
    fn tell_in(&mut self, path: &str, name: &str, error: DefinitionFault) {
        self.tell(&under(path, name), error);
    }

    #[cold]
    fn tell(&mut self, path: &str, error: DefinitionFault) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(DefinitionError { path: path.to_owned(), error, script: None });
        }
    }

    /// The first thing to know of a definition, however much else is wrong with it.
    #[cold]
    fn tell_scripts_not_here(&mut self, path: &str, name: &str) {
        let error = DefinitionFault::ScriptsNotHere;
        if self.errors.first().is_none_or(|it| it.error != error) {
            self.errors.insert(0, DefinitionError { path: under(path, name), error, script: None });
        }
    }

    /// Reads a script; tells where and why it cannot be read.
    fn script(&mut self, source: &str, role: Role, path: &str, name: &str) -> Option<Arc<Script>> {
        #[cfg(target_arch = "wasm32")]
        let read = Script::parse(source, role);
        #[cfg(not(target_arch = "wasm32"))]
        let read = if self.is_shown() { Script::parse } else { Script::parse_to_compare }(source, role);
        match read {
            Ok(script) => Some(Arc::new(match &self.own {
                Some(own) => script.of_component(own.clone()),
                None => script,
            })),
            Err(ScriptFault { cause: FaultCause::NotHere, .. }) => {
                self.tell_scripts_not_here(path, name);
                None
            }
            Err(fault) => {
                self.tell_outside(path, name, DefinitionFault::JavaScript, Some(Box::new(fault)));
                #[cfg(not(target_arch = "wasm32"))]
                if !self.is_shown {
                    return Some(Arc::new(Script::that_stops(role)));
                }
                None
            }
        }
    }

    /// Reads what works a value out: a script, or `JSONLogic`. What is neither does nothing in Form.io.
    fn formula(&mut self, written: Option<&Value>, path: &str, name: &str) -> Option<Formula> {
        match written {
            Some(Value::String(source)) if !source.trim().is_empty() => {
                self.script(source, Role::Value, path, name).map(Formula::Script)
            }
            Some(rule @ (Value::Object(_) | Value::Array(_))) => {
                self.rule(rule, path, name);
                Some(Formula::Json(rule.clone()))
            }
            _ => None,
        }
    }

    /// Tells what is wrong with a rule in `JSONLogic`.
    fn rule(&mut self, rule: &Value, path: &str, name: &str) {
        match json_logic::check(rule) {
            Ok(()) => {}
            Err(RuleFault::UnknownOperation) => self.advise_in(path, name, DefinitionFault::UnknownOperation),
            Err(RuleFault::TooDeep) => self.tell_in(path, name, DefinitionFault::TooDeep),
            Err(RuleFault::NotHere) => self.tell_scripts_not_here(path, name),
        }
        let mut variables = Vec::new();
        json_logic::variables(rule, &mut variables);
        if variables.iter().any(|it| is_foreign(it, self.is_shown())) {
            self.tell_outside(path, name, DefinitionFault::UnsupportedVariable, None);
        }
    }

    /// Top-level panels are steps; what stands between them makes steps of its own.
    fn steps(&mut self, list: &[Value]) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for (at, value) in list.iter().enumerate() {
            let path = nth("components", at);
            if let Some(panel) = value.as_object().filter(|it| text(it, "type") == "panel") {
                self.own = own(panel, value);
                let step = self.panel(panel, &path);
                if steps.iter().any(|known| known.key == step.key) {
                    self.advise_in(&path, "key", DefinitionFault::DuplicateKey);
                }
                steps.push(step);
            } else if let Some(component) = self.component(value, &path, "", 0) {
                match steps.last_mut() {
                    Some(step) if !step.panel => step.components.push(component),
                    _ => steps.push(Step {
                        key: component.key.clone(),
                        title: String::new(),
                        condition: None,
                        logic: Vec::new(),
                        hidden: false,
                        minutes: None,
                        panel: false,
                        number: component.number,
                        components: vec![component],
                    }),
                }
            }
        }
        steps
    }

    fn panel(&mut self, panel: &Object, path: &str) -> Step {
        let number = self.count;
        self.count += 1;
        let key = text(panel, "key");
        if key.is_empty() {
            self.advise_in(path, "", DefinitionFault::MissingKey);
        }
        let condition = self.condition(panel, path);
        let logic = self.logic(panel, path);
        self.own = None;
        Step {
            title: first_text(panel, &["title", "label"]),
            condition,
            logic,
            hidden: flag(panel, "hidden"),
            components: self.inside(panel, path, &key, 0),
            minutes: panel.get("properties").and_then(Value::as_object).and_then(|it| whole(it, "minutes")),
            panel: true,
            number,
            key,
        }
    }

    fn inside(&mut self, parent: &Object, path: &str, full_path: &str, depth: usize) -> Vec<Component> {
        let path = under(path, "components");
        match parent.get("components") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => self.components(list, &path, full_path, depth),
            Some(_) => {
                self.advise_in(&path, "", DefinitionFault::InvalidSetting);
                Vec::new()
            }
        }
    }

    fn components(&mut self, list: &[Value], path: &str, around: &str, depth: usize) -> Vec<Component> {
        let mut components = Vec::with_capacity(list.len());
        for (at, value) in list.iter().enumerate() {
            components.extend(self.component(value, &nth(path, at), around, depth));
        }
        components
    }

    /// Reads one component; `None` if it is refused.
    fn component(&mut self, value: &Value, path: &str, around: &str, depth: usize) -> Option<Component> {
        let Some(object) = value.as_object() else {
            self.advise_in(path, "", DefinitionFault::NotAComponent);
            return None;
        };
        let number = self.count;
        self.count += 1;
        self.on_screen = self.on_screen.saturating_add(self.rows);
        if self.count + self.parts > MAX_COMPONENTS {
            if !self.errors.iter().any(|it| it.error == DefinitionFault::TooManyComponents) {
                self.tell(path, DefinitionFault::TooManyComponents);
            }
            return None;
        }
        if depth > MAX_NESTING {
            self.tell(path, DefinitionFault::TooDeep);
            return None;
        }
        let (mut type_name, mut written_key) = (text(object, "type"), text(object, "key"));
        if !self.is_shown() {
            // What is no text is the name of no kind, and a key as it is written.
            if object.get("type").is_some_and(|it| !it.is_string() && truthy(Some(it))) {
                type_name.push('?');
            }
            if let Some(key @ (Value::Number(_) | Value::Bool(true))) = object.get("key").filter(|it| truthy(Some(it)))
            {
                written_key = to_text(Some(key));
            }
        }
        let mut box_key = None;
        if type_name == "checkbox"
            && let Some(name) = shared_name(object)
        {
            box_key = Some(std::mem::replace(&mut written_key, name));
        }
        let full_path = full_path(around, &written_key);
        let reading = kinds::reading(&type_name, object);
        let holds_data = reading.holds_data;
        // What has no type has no place of its own in the data (`componentPath`).
        if type_name.is_empty() && !self.is_shown() {
            written_key.clear();
        }
        let key = self.key(written_key, &type_name, holds_data, number, path);
        let kind = self.drawn(reading, object, path, &full_path, depth)?;
        let judged_as = (!reading.standard).then_some(if type_name == "password" { &TEXT } else { &ANYTHING });
        let map_address = matches!(kind, Kind::Address).then(|| self.map_address(object, path, &full_path, depth));
        let map_address = map_address.flatten().map(Box::new);
        self.own = own(object, value);
        let condition = self.condition(object, path);
        let validate = object.get("validate").and_then(Value::as_object);
        let component = Component {
            key,
            label: match &kind {
                Kind::Fieldset { .. } if type_name == "panel" => first_text(object, &["title", "label"]),
                Kind::Fieldset { .. } => first_text(object, &["legend", "label"]),
                _ => plain(object, "label"),
            },
            description: plain(object, "description"),
            tooltip: plain(object, "tooltip"),
            placeholder: text(object, "placeholder"),
            required: validate.is_some_and(|it| flag(it, "required")),
            multiple: flag(object, "multiple")
                && (judged_as.is_some()
                    || !self.is_shown()
                    || !matches!(kind, Kind::SelectBoxes { .. } | Kind::Container { .. }) && !kind.is_list()),
            properties: self.properties(object, path),
            hidden: flag(object, "hidden"),
            disabled: flag(object, "disabled"),
            hide_label: flag(object, "hideLabel"),
            validate_on: match text(object, "validateOn").as_str() {
                "blur" => ValidateOn::Blur,
                "submit" => ValidateOn::Submit,
                _ => ValidateOn::Change,
            },
            computed_default: self.formula(object.get("customDefaultValue"), path, "customDefaultValue"),
            calculation: self.formula(object.get("calculateValue"), path, "calculateValue"),
            calculation_may_be_overridden: flag(object, "allowCalculateOverride"),
            source: changeable(object),
            logic: self.logic(object, path),
            default_value: object.get("defaultValue").filter(|value| truthy(Some(value))).cloned(),
            condition,
            clear_on_hide: object.get("clearOnHide").is_none_or(|value| truthy(Some(value))),
            says_clear_on_hide: flag(object, "clearOnHide"),
            rules: self.rules(object, validate, judged_as.unwrap_or(&kind), path),
            messages: messages(object, validate, self.is_shown()),
            full_path,
            holds_data: holds_data && !(kinds::is_untyped(&kind) && object.get("input") == Some(&Value::Bool(false))),
            judged_as,
            has_parts: matches!(reading.drawn, Drawn::Parts(_)),
            nested_form: type_name == "form",
            tree: judged_as.is_some() && flag(object, "tree"),
            checked: is_checked(object),
            checked_when_hidden: flag(object, "validateWhenHidden"),
            box_key,
            map_address,
            number,
            kind,
        };
        self.own = None;
        Some(component)
    }

    /// What an address has beside ours. Source: the `Address` component of formio.js.
    fn map_address(&mut self, object: &Object, path: &str, full_path: &str, depth: usize) -> Option<MapAddress> {
        // `map` is how older definitions have it. Compared, every address is one of Form.io.
        let of_form_io = ["provider", "components", "map"].iter().any(|name| object.contains_key(*name));
        if self.is_shown() && !of_form_io {
            return None;
        }
        let fields = self.inside(object, path, full_path, depth + 1);
        Some(MapAddress { fields, keeps_mode: flag(object, "enableManualMode") && !flag(object, "multiple") })
    }

    fn key(&mut self, key: String, type_name: &str, holds_data: bool, number: usize, path: &str) -> String {
        if key.is_empty() {
            if holds_data && type_name != "button" {
                self.advise_in(path, "", DefinitionFault::MissingKey);
            }
            #[cfg(not(target_arch = "wasm32"))]
            if holds_data && !self.is_shown {
                return key;
            }
            // A layout component needs no key in Form.io; on screen it needs some name.
            return [type_name, "-", &number.to_string()].concat();
        }
        #[cfg(not(target_arch = "wasm32"))]
        if !self.is_shown {
            // Any path of lodash, as long as it makes no long list.
            if key.len() > 200 || segments(&key).any(|it| matches!(it, Segment::Row(row) if row >= MAX_ROWS)) {
                self.tell_in(path, "key", DefinitionFault::InvalidKey);
            }
            return key;
        }
        let letter = |it: char| it.is_ascii_alphanumeric() || it == '_' || !it.is_ascii() && !is_blank(it);
        let well_written = key.starts_with(letter)
            && key.chars().all(|it| matches!(it, '-' | '.' | ':') || letter(it))
            // A number would be the row of a list.
            && key.split('.').all(|part| part.bytes().any(|it| !it.is_ascii_digit()))
            && key.len() <= 200;
        if !well_written {
            self.tell_in(path, "key", DefinitionFault::InvalidKey);
        }
        key
    }

    /// Reads `logic`: what changes a component while a trigger holds.
    ///
    /// Source: `utils/logic.js`. Triggers by events and properties without a meaning here do nothing, as in Form.io without a screen.
    fn logic(&mut self, object: &Object, path: &str) -> Vec<Logic> {
        let mut all = Vec::new();
        let list = object.get("logic").and_then(Value::as_array);
        for (at, written) in list.into_iter().flatten().enumerate() {
            let path = nth(&under(path, "logic"), at);
            let Some(written) = written.as_object() else {
                self.advise_in(&path, "", DefinitionFault::UnsupportedLogic);
                continue;
            };
            let trigger = written.get("trigger").and_then(Value::as_object);
            let trigger = trigger.and_then(|trigger| self.trigger(trigger, &under(&path, "trigger")));
            let mut actions = Vec::new();
            for (at, action) in written.get("actions").and_then(Value::as_array).into_iter().flatten().enumerate() {
                let path = nth(&under(&path, "actions"), at);
                match action.as_object() {
                    Some(action) => actions.extend(self.action(action, &path)),
                    None => self.advise_in(&path, "", DefinitionFault::UnsupportedLogic),
                }
            }
            if let Some(trigger) = trigger
                && !actions.is_empty()
            {
                all.push(Logic { trigger, actions });
            }
        }
        all
    }

    fn trigger(&mut self, trigger: &Object, path: &str) -> Option<Test> {
        match text(trigger, "type").as_str() {
            "simple" => {
                let simple = trigger.get("simple").and_then(Value::as_object)?;
                let path = under(path, "simple");
                // The other way round than for a condition: `when` counts where both are written.
                if truthy(simple.get("when")) { Some(self.when(simple, &path)) } else { self.clauses(simple, &path) }
            }
            "javascript" => {
                let source = text(trigger, "javascript");
                if source.trim().is_empty() {
                    return None;
                }
                self.script(&source, Role::Result, path, "javascript").map(Test::Script)
            }
            "json" => self.json(trigger.get("json"), path, "json"),
            "event" | "" => None,
            _ => {
                self.advise_in(path, "type", DefinitionFault::UnsupportedLogic);
                None
            }
        }
    }

    fn action(&mut self, action: &Object, path: &str) -> Option<Action> {
        match text(action, "type").as_str() {
            "property" => self.property_action(action, path),
            "value" => self.formula(action.get("value"), path, "value").map(Action::Value),
            // Its answer is set, too: `setCustomAction` in `utils/logic.js`.
            "customAction" => self.formula(action.get("customAction"), path, "customAction").map(Action::Value),
            "mergeComponentSchema" => {
                let source = text(action, "schemaDefinition");
                self.script(&source, Role::Schema, path, "schemaDefinition").map(Action::Merge)
            }
            "" => None,
            _ => {
                self.advise_in(path, "type", DefinitionFault::UnsupportedLogic);
                None
            }
        }
    }

    fn property_action(&mut self, action: &Object, path: &str) -> Option<Action> {
        let property = action.get("property").and_then(Value::as_object)?;
        let name = text(property, "value");
        let decides = decides(&name);
        // Another kind, or another place for the answer.
        if matches!(name.as_str(), "key" | "type") {
            self.tell_outside(path, "property", DefinitionFault::UnsupportedLogic, None);
            return None;
        }
        match text(property, "type").as_str() {
            "boolean" => {
                let state = match action.get("state")? {
                    Value::Bool(state) => *state,
                    state => to_text(Some(state)) == "true",
                };
                let switch = match name.as_str() {
                    "hidden" => Switch::Hidden,
                    "validate.required" => Switch::Required,
                    "disabled" => Switch::Disabled,
                    _ => return decides.then(|| Action::Setting(name.into(), state)),
                };
                Some(Action::Switch(switch, state))
            }
            "string" => {
                let from = text_or(property, "component", "text");
                let written = text(action, &from);
                let property = match name.as_str() {
                    "label" | "title" | "legend" => TextProperty::Label,
                    "description" => TextProperty::Description,
                    "tooltip" => TextProperty::Tooltip,
                    "placeholder" => TextProperty::Placeholder,
                    "content" | "html" => TextProperty::Content,
                    _ => {
                        // What it sets may be a script, which is read once it is set.
                        if decides && !script::are_here() {
                            self.tell_scripts_not_here(path, &from);
                        }
                        return decides.then(|| Action::TextSetting(name.into(), written));
                    }
                };
                Some(Action::Text(property, written))
            }
            _ => None,
        }
    }

    /// What a component is drawn as; `None`, and told, if it is refused.
    fn drawn(
        &mut self,
        reading: Reading<'_>,
        object: &Object,
        path: &str,
        full_path: &str,
        depth: usize,
    ) -> Option<Kind> {
        let kind = match reading.drawn {
            #[cfg(not(target_arch = "wasm32"))]
            Drawn::As("fieldset" | "panel" | "well" | "columns" | "table" | "tabs") if !self.is_shown => {
                Some(self.layout(object, path, full_path, depth))
            }
            Drawn::As(name) => self.kind(name, object, path, full_path, depth),
            Drawn::Date => Some(Kind::DateTime { kept: DateKept::Day }),
            Drawn::WholeOption => self.whole_options(object, path),
            Drawn::Parts(parts) => Some(self.parts(parts, object, path, full_path, depth)),
            Drawn::NotHere | Drawn::Unknown => None,
        };
        match kind {
            // The list stands in a program that we do not have.
            Some(Kind::Select { source: SelectSource::Values(options), searchable, data_type })
                if options.is_empty() && !reading.standard =>
            {
                Some(Kind::Select { source: SelectSource::Elsewhere, searchable, data_type })
            }
            Some(kind) => Some(kind),
            None if (!self.is_shown() || is_never_shown(object)) && kinds::is_list_alone(&text(object, "type")) => {
                Some(self.list("datagrid", object, path, full_path, depth))
            }
            // Nobody sees it anyway, or nobody asks to.
            None if !self.is_shown() || is_never_shown(object) => {
                let inside = object.get("components").and_then(Value::as_array).is_some_and(|it| !it.is_empty());
                let inside = inside || text(object, "type") == "form";
                Some(match (reading.holds_data, inside) {
                    #[cfg(not(target_arch = "wasm32"))]
                    (true, _) if ["columns", "rows"].iter().any(|it| object.get(*it).is_some_and(Value::is_array)) => {
                        self.layout(object, path, full_path, depth)
                    }
                    (false, _) => Kind::Fieldset { components: self.inside(object, path, full_path, depth + 1) },
                    (true, true) => Kind::Container { components: self.inside(object, path, full_path, depth + 1) },
                    (true, false) => Kind::Hidden,
                })
            }
            None => {
                let known = matches!(reading.drawn, Drawn::NotHere | Drawn::WholeOption);
                let fault = if known { DefinitionFault::KindNotHere } else { DefinitionFault::UnknownKind };
                self.tell_in(path, "type", fault);
                None
            }
        }
    }

    /// Layout of any name: what it has inside tells what it is. Source: `componentInfo` in `utils/formUtil/index.js`.
    #[cfg(not(target_arch = "wasm32"))]
    fn layout(&mut self, object: &Object, path: &str, full_path: &str, depth: usize) -> Kind {
        let has = |name: &str| object.get(name).is_some_and(Value::is_array);
        if has("columns") {
            Kind::Columns { columns: self.columns(object, path, full_path, depth + 1) }
        } else if has("rows") {
            self.table(object, path, full_path, depth + 1)
        } else {
            Kind::Fieldset { components: self.inside(object, path, full_path, depth + 1) }
        }
    }

    /// The components of a kind that has none in the definition: answered on screen, and not asked about by [`crate::evaluate`].
    fn parts(&mut self, parts: &str, object: &Object, path: &str, full_path: &str, depth: usize) -> Kind {
        let list: Vec<Value> = serde_json::from_str(parts).unwrap_or_default();
        let count = self.count;
        let mut components = self.components(&list, path, full_path, depth + 1);
        self.parts += self.count - count;
        self.count = count;
        let required = object.get("validate").and_then(Value::as_object).is_some_and(|it| flag(it, "required"));
        for part in &mut components {
            part.required &= required;
            part.number = count.saturating_sub(1);
        }
        Kind::Container { components }
    }

    /// A select that keeps the option with its label; `None` where its list is elsewhere.
    fn whole_options(&mut self, object: &Object, path: &str) -> Option<Kind> {
        let SelectSource::Values(mut options) = self.source(object, path) else { return None };
        if options.is_empty() {
            return None;
        }
        for option in &mut options {
            let mut whole = Map::new();
            whole.insert("label".to_owned(), Value::String(option.label.clone()));
            whole.insert("value".to_owned(), option.value.take());
            option.value = Value::Object(whole);
        }
        let source = SelectSource::Values(options);
        Some(Kind::Select { source, searchable: true, data_type: DataType::Object })
    }

    /// Reads the kind of Form.io with this name.
    fn kind(&mut self, type_name: &str, object: &Object, path: &str, full_path: &str, depth: usize) -> Option<Kind> {
        Some(match type_name {
            "fieldset" | "panel" => Kind::Fieldset { components: self.inside(object, path, full_path, depth + 1) },
            "columns" => Kind::Columns { columns: self.columns(object, path, full_path, depth + 1) },
            "well" => Kind::Well { components: self.inside(object, path, full_path, depth + 1) },
            "table" => self.table(object, path, full_path, depth + 1),
            "tabs" => Kind::Tabs { tabs: self.tabs(object, path, full_path, depth + 1) },
            "content" => {
                let html = text(object, "html");
                // Text of another name has it where an `htmlelement` has it.
                let html = if html.is_empty() { element(object) } else { html };
                Kind::Content { text: RichText::parse(&html) }
            }
            "htmlelement" => Kind::Content { text: RichText::parse(&element(object)) },
            "textfield" => Kind::TextField {
                truncate_spaces: flag(object, "truncateMultipleSpaces"),
                secret: text(object, "type") == "password" || text(object, "inputType") == "password",
            },
            "textarea" => Kind::TextArea { rows: whole(object, "rows") },
            "number" => Kind::Number { decimals: whole(object, "decimalLimit") },
            "currency" => {
                let currency = text(object, "currency");
                Kind::Currency { currency: if currency.is_empty() { "VND".to_owned() } else { currency } }
            }
            "checkbox" if shared_name(object).is_some() => {
                let value = object.get("value").cloned().unwrap_or_default();
                let option = Choice { value, label: plain(object, "label") };
                Kind::Radio { options: vec![option], inline: false, data_type: DataType::Object }
            }
            "checkbox" => Kind::Checkbox,
            "selectboxes" => Kind::SelectBoxes { options: self.options(object.get("values"), path, "values") },
            "radio" => Kind::Radio {
                options: self.options(object.get("values"), path, "values"),
                inline: flag(object, "inline"),
                data_type: data_type(object),
            },
            "select" => Kind::Select {
                source: self.source(object, path),
                searchable: object.get("searchEnabled").is_none_or(|value| truthy(Some(value))),
                data_type: data_type(object),
            },
            "day" => {
                let fields = object.get("fields").and_then(Value::as_object);
                let part = |name: &str| {
                    let part = fields.and_then(|fields| fields.get(name)).and_then(Value::as_object);
                    part.map_or_else(DayPart::default, |it| DayPart {
                        required: flag(it, "required"),
                        hide: flag(it, "hide"),
                    })
                };
                Kind::Day {
                    day_first: flag(object, "dayFirst"),
                    day: part("day"),
                    month: part("month"),
                    year: part("year"),
                }
            }
            "datetime" => {
                let widget = object.get("widget").and_then(Value::as_object);
                let with_time = widget.and_then(|it| it.get("enableTime")).or_else(|| object.get("enableTime"));
                Kind::DateTime { kept: if truthy(with_time) { DateKept::Time } else { DateKept::Midnight } }
            }
            "time" => Kind::Time {
                format: text_or(object, "format", "HH:mm"),
                data_format: text_or(object, "dataFormat", "HH:mm:ss"),
            },
            "email" => Kind::Email,
            "url" => Kind::Url,
            "phoneNumber" => Kind::PhoneNumber,
            "tags" => Kind::Tags {
                delimiter: text_or(object, "delimeter", ","),
                as_list: text(object, "storeas") == "array",
                most: whole(object, "maxTags").filter(|most| *most > 0),
            },
            "survey" => Kind::Survey {
                questions: self.options(object.get("questions"), path, "questions"),
                values: self.options(object.get("values"), path, "values"),
            },
            "signature" => Kind::Signature,
            "file" => {
                Kind::File { accept: text(object, "filePattern"), max_bytes: max_bytes(&text(object, "fileMaxSize")) }
            }
            "hidden" => Kind::Hidden,
            "button" | "recaptcha" | "captcha" => Kind::Button,
            "container" => Kind::Container { components: self.inside(object, path, full_path, depth + 1) },
            "datagrid" | "editgrid" => self.list(type_name, object, path, full_path, depth),
            "address" => Kind::Address,
            _ => return None,
        })
    }

    fn list(&mut self, type_name: &str, object: &Object, path: &str, full_path: &str, depth: usize) -> Kind {
        let add_label = text(object, "addAnother");
        if type_name == "datagrid" {
            let rows = row_limits(object, flag(object, "initEmpty"));
            return Kind::DataGrid { components: self.row(rows, object, path, full_path, depth), add_label, rows };
        }
        let rows = row_limits(object, !flag(object, "openWhenEmpty"));
        let components = self.row(rows, object, path, full_path, depth);
        let validate = object.get("validate").and_then(Value::as_object);
        let rule = validate.map_or_else(String::new, |it| text(it, "row"));
        let row_check = match rule.trim() {
            "" => None,
            _ => self.script(&rule, Role::Valid, path, "validate.row"),
        };
        Kind::EditGrid { components, add_label, rows, row_check, keeps_drafts: flag(object, "rowDrafts") }
    }

    /// The components of each row of a list.
    fn row(&mut self, limits: RowLimits, object: &Object, path: &str, full_path: &str, depth: usize) -> Vec<Component> {
        let rows = self.rows;
        self.rows = rows.saturating_mul(limits.initial.max(1) as usize);
        let components = self.inside(object, path, full_path, depth + 1);
        self.rows = rows;
        // Of a screen that is too full the list that is one too many is told, not those around and after it.
        let told = || self.errors.iter().any(|it| it.error == DefinitionFault::TooManyRows);
        if limits.initial as usize > MAX_ROWS || self.on_screen > MAX_COMPONENTS && !told() {
            self.tell(path, DefinitionFault::TooManyRows);
        }
        components
    }

    fn columns(&mut self, object: &Object, path: &str, full_path: &str, depth: usize) -> Vec<Group> {
        let path = under(path, "columns");
        let Some(list) = object.get("columns").and_then(Value::as_array) else {
            self.advise_in(&path, "", DefinitionFault::InvalidSetting);
            return Vec::new();
        };
        let mut columns = Vec::with_capacity(list.len());
        for (at, column) in list.iter().enumerate() {
            columns.extend(self.group(column, &nth(&path, at), full_path, depth));
        }
        columns
    }

    fn group(&mut self, group: &Value, path: &str, full_path: &str, depth: usize) -> Option<Group> {
        let Some(group) = group.as_object() else {
            self.advise_in(path, "", DefinitionFault::InvalidSetting);
            return None;
        };
        Some(Group {
            label: first_text(group, &["label", "title"]),
            width: whole(group, "width").and_then(|it| u8::try_from(it).ok()).unwrap_or(6).clamp(1, 12),
            components: self.inside(group, path, full_path, depth),
        })
    }

    /// Tabs stand in the full path with a key of their own, as `eachComponent` of Form.io takes them for components.
    fn tabs(&mut self, object: &Object, path: &str, full_path: &str, depth: usize) -> Vec<Group> {
        let path = under(path, "components");
        let Some(list) = object.get("components").and_then(Value::as_array) else {
            self.advise_in(&path, "", DefinitionFault::InvalidSetting);
            return Vec::new();
        };
        let mut tabs = Vec::with_capacity(list.len());
        for (at, tab) in list.iter().enumerate() {
            let key = tab.get("key").and_then(Value::as_str).unwrap_or_default();
            let inner = if key.is_empty() { full_path.to_owned() } else { under(full_path, key) };
            tabs.extend(self.group(tab, &nth(&path, at), &inner, depth));
        }
        tabs
    }

    fn table(&mut self, object: &Object, path: &str, full_path: &str, depth: usize) -> Kind {
        let path = under(path, "rows");
        let mut rows: Vec<Vec<Group>> = Vec::new();
        let mut columns = 0;
        match object.get("rows") {
            Some(Value::Array(list)) => {
                for (at, row) in list.iter().enumerate() {
                    let mut cells = Vec::new();
                    for (column, cell) in row.as_array().into_iter().flatten().enumerate() {
                        cells.extend(self.group(cell, &nth(&nth(&path, at), column), full_path, depth));
                    }
                    columns = columns.max(cells.len());
                    rows.push(cells);
                }
            }
            _ => self.advise_in(&path, "", DefinitionFault::InvalidSetting),
        }
        let mut cells = Vec::new();
        for mut row in rows {
            row.resize_with(columns, || Group { label: String::new(), width: 1, components: Vec::new() });
            cells.append(&mut row);
        }
        let written = object.get("header").and_then(Value::as_array);
        let heading = |at: usize| written.and_then(|it| it.get(at)).and_then(Value::as_str).unwrap_or_default();
        Kind::Table { header: (0..columns).map(|at| heading(at).to_owned()).collect(), cells }
    }

    fn options(&mut self, values: Option<&Value>, path: &str, name: &str) -> Vec<Choice> {
        let list = match values {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.advise_in(path, name, DefinitionFault::InvalidOptions);
                return Vec::new();
            }
        };
        let mut options = Vec::with_capacity(list.len());
        for (at, option) in list.iter().enumerate() {
            let Some(object) = option.as_object() else {
                self.advise_in(&nth(&under(path, name), at), "", DefinitionFault::InvalidOptions);
                continue;
            };
            let value = object.get("value").cloned().unwrap_or(Value::Null);
            let label = match object.get("label") {
                Some(Value::String(label)) => label.clone(),
                Some(Value::Number(label)) => label.to_string(),
                _ => to_text(Some(&value)),
            };
            // The builder leaves one blank option behind.
            if !(label.is_empty() && value == "") {
                options.push(Choice { value, label });
            }
        }
        options
    }

    fn source(&mut self, object: &Object, path: &str) -> SelectSource {
        let data = object.get("data").and_then(Value::as_object);
        let at = |name: &str| data.and_then(|it| it.get(name));
        match text(object, "dataSrc").as_str() {
            "" | "values" => SelectSource::Values(self.options(at("values"), path, "data.values")),
            "json" => self.items(object, at("json")),
            "resource" => {
                let resource = at("resource").and_then(Value::as_str).unwrap_or_default();
                self.backend(object, resource, "data.resource", path)
            }
            "url" => {
                let url = at("url").and_then(Value::as_str).unwrap_or_default();
                // Lists come from our own server only.
                if !url.starts_with('/') || url.starts_with("//") || url.contains('\\') {
                    return SelectSource::Elsewhere;
                }
                self.backend(object, url, "data.url", path)
            }
            "custom" => {
                let source = at("custom").and_then(Value::as_str).unwrap_or_default();
                if !source.trim().is_empty() && !script::are_here() {
                    self.tell_scripts_not_here(path, "data.custom");
                }
                match written_list(source) {
                    Some(list) => self.items(object, Some(&list)),
                    None => SelectSource::Elsewhere,
                }
            }
            "indexeddb" => SelectSource::Elsewhere,
            _ => {
                if self.is_shown() {
                    self.tell_in(path, "dataSrc", DefinitionFault::UnsupportedDataSource);
                }
                SelectSource::Elsewhere
            }
        }
    }

    fn backend(&mut self, object: &Object, resource: &str, name: &str, path: &str) -> SelectSource {
        let filter = text(object, "filter");
        let address = match filter.as_str() {
            "" => Template::parse(resource),
            filter => {
                let between = if resource.contains('?') { "&" } else { "?" };
                Template::parse(&[resource, between, filter].concat())
            }
        };
        let address = address.unwrap_or_else(|| {
            self.advise_in(path, name, DefinitionFault::UnsupportedDataSource);
            Template::default()
        });
        let value = text(object, "valueProperty");
        SelectSource::Backend { address, value, label: shown_field(object) }
    }

    /// A list of `dataSrc: json`: JSON, or the text of it. Where there is none, the renderer is given one, and the answer is typed here.
    fn items(&self, object: &Object, written: Option<&Value>) -> SelectSource {
        let read = written.and_then(Value::as_str).map(|text| serde_json::from_str::<Value>(text).unwrap_or_default());
        let Some(list) = read.as_ref().or(written).and_then(Value::as_array) else {
            return SelectSource::Elsewhere;
        };
        let (value, label) = (text(object, "valueProperty"), shown_field(object));
        let field = |item: &Value, name: &str| match name {
            "" => Some(item.clone()),
            name => crate::answers::get(item, name).cloned(),
        };
        // The renderer takes a path, where `mapDynamicValues` takes a name: nothing that was chosen is an item there.
        let by_name = !self.is_shown() && value.contains(['.', '[']);
        let mut options = Vec::with_capacity(list.len());
        for item in list {
            let shown = match field(item, &label) {
                Some(Value::Object(it)) => first_text(&it, &["label", "name", "title"]),
                Some(shown) => to_text(Some(&shown)),
                None => String::new(),
            };
            let value = if by_name { item.get(&value).cloned() } else { field(item, &value) };
            options.push(Choice { value: value.unwrap_or_default(), label: shown });
        }
        SelectSource::Values(options)
    }

    fn properties(&mut self, object: &Object, path: &str) -> Properties {
        let mut properties = Properties::default();
        let Some(written) = object.get("properties").and_then(Value::as_object) else {
            return properties;
        };
        let some = |name: &str| written.get(name).and_then(Value::as_str).filter(|it| !it.is_empty());
        if let Some(name) = some("format") {
            properties.format = Format::ALL.into_iter().find(|format| format.name() == name);
            if properties.format.is_none() && self.is_shown() {
                self.tell_in(path, "properties.format", DefinitionFault::UnknownFormat);
            }
        }
        if let Some(name) = some("prefill") {
            properties.prefill = Prefill::parse(name);
            if properties.prefill.is_none() && self.is_shown() {
                self.tell_in(path, "properties.prefill", DefinitionFault::UnknownPrefill);
            }
        }
        let mut place = |name: &str| {
            let read = some(name).map(DataPath::parse);
            if let Some(Err(_)) = read {
                self.advise_in(path, &["properties.", name].concat(), DefinitionFault::InvalidSetting);
            }
            read.and_then(Result::ok)
        };
        properties.beside = Beside { sex: place("besideSex"), birth_date: place("besideBirthDate") };
        let own = |name: &str| some(name).map(str::to_owned);
        properties.document = own("document");
        properties.why = own("why");
        properties.help = own("help");
        properties.example = own("example");
        properties.not_sure = own("notSure");
        properties.mark = own("mark");
        properties.number = match written.get("number") {
            Some(Value::Number(number)) => Some(number.to_string()),
            _ => own("number"),
        };
        properties
    }

    fn rules(&mut self, object: &Object, validate: Option<&Object>, kind: &Kind, path: &str) -> Rules {
        let mut rules = Rules::default();
        let masks = object.get("inputMasks").and_then(Value::as_array).filter(|_| flag(object, "allowMultipleMasks"));
        for mask in masks.into_iter().flatten().filter_map(Value::as_object) {
            rules.masks.push((text(mask, "label"), text(mask, "mask")));
        }
        rules.checks_mask =
            !matches!(kind, Kind::Time { .. }) && !validate.is_some_and(|it| flag(it, "skipMaskValidation"));
        if !rules.masks.is_empty() {
            self.advise_in(path, "allowMultipleMasks", DefinitionFault::UnsupportedMask);
        } else if rules.checks_mask {
            rules.mask = text(object, "inputMask");
            let written = object.get("inputMask").filter(|it| !self.is_shown() && truthy(Some(it)));
            rules.mask_is_blank = written.is_some_and(|it| match it {
                Value::String(_) => false,
                Value::Array(places) => places.is_empty(),
                _ => true,
            });
        }
        if let Some(validate) = validate {
            let compares = !self.is_shown();
            let mut limit = |name: &str, read: fn(&str) -> f64| match validate.get(name) {
                Some(Value::Null | Value::Bool(false)) if compares && matches!(name, "min" | "max") => Some(0.0),
                None | Some(Value::Null | Value::Bool(false)) => None,
                Some(Value::Number(it)) => Some(number(it)),
                Some(Value::String(it)) => Some(read(it)).filter(|it| !it.is_nan()),
                // It counts as a number, which nobody meant.
                Some(Value::Bool(true)) if compares => Some(1.0),
                Some(it) if compares => Some(to_number(it)),
                Some(_) => {
                    self.advise_in(&under(path, "validate"), name, DefinitionFault::InvalidLimit);
                    None
                }
            };
            rules.min = limit("min", parse_float);
            rules.max = limit("max", parse_float);
            // 0 is no limit; a blank list is one, of 0.
            let mut some = |name: &str, read: fn(&str) -> f64| {
                limit(name, read).filter(|it| *it != 0.0 || validate.get(name).is_some_and(Value::is_array))
            };
            rules.min_length = some("minLength", parse_int);
            rules.max_length = some("maxLength", parse_int);
            rules.min_words = some("minWords", parse_int);
            rules.max_words = some("maxWords", parse_int);
            rules.min_selected = some("minSelectedCount", parse_float);
            rules.max_selected = some("maxSelectedCount", parse_float);
            rules.available = available(object, validate);
            if let Some(rule @ (Value::Object(_) | Value::Array(_))) = validate.get("json") {
                self.rule(rule, path, "validate.json");
                rules.json = Some(rule.clone());
            }
            let custom = text(validate, "custom");
            if !custom.trim().is_empty() {
                rules.custom = self.script(&custom, Role::Valid, path, "validate.custom");
            }
            match validate.get("pattern") {
                Some(Value::String(pattern)) if !pattern.is_empty() => {
                    let anchored = ["^", pattern, "$"].concat();
                    if self.patterns.is_pattern(&anchored) {
                        rules.pattern = Some(pattern.clone());
                        rules.anchored_pattern = Some(anchored);
                    } else {
                        // A rule that throws tells nothing.
                        self.advise_in(path, "validate.pattern", DefinitionFault::InvalidPattern);
                    }
                }
                written if truthy(written) => {
                    self.advise_in(path, "validate.pattern", DefinitionFault::InvalidPattern);
                    rules.anchored_pattern = Some(["^", &to_text(written), "$"].concat());
                    rules.pattern = Some(to_text(written));
                }
                _ => {}
            }
        }
        match kind {
            Kind::Day { .. } => {
                rules.min_date = self.moment(object, "minDate", path);
                rules.max_date = self.moment(object, "maxDate", path);
                rules.min_year = self.year(object, "minYear", path).0;
                let (own, of_fields) = self.year(object, "maxYear", path);
                rules.max_year = own.or(of_fields);
            }
            Kind::DateTime { .. } => {
                if let Some(widget) = object.get("widget").and_then(Value::as_object) {
                    let path = under(path, "widget");
                    rules.min_date = self.moment(widget, "minDate", &path);
                    rules.max_date = self.moment(widget, "maxDate", &path);
                }
            }
            _ => {}
        }
        rules
    }

    /// A limit of the years of a day: its own and that of its part for the year. Where both are there and differ, core throws and neither
    /// counts; one that is no number lets no year pass.
    ///
    /// Source: `process/validation/rules/validateMaximumYear.js` and `validateMinimumYear.js`.
    fn year(&mut self, object: &Object, name: &str, path: &str) -> (Option<f64>, Option<f64>) {
        let part = object.get("fields").and_then(|it| it.get("year")).and_then(|it| it.get(name));
        let [own, part] = [object.get(name), part].map(|it| it.filter(|it| truthy(Some(it))));
        let same = |one: &Value, other: &Value| match (one.as_f64(), other.as_f64()) {
            (Some(one), Some(other)) => same_number(one, other),
            _ => one == other && !one.is_object() && !one.is_array(),
        };
        if let (Some(own), Some(part)) = (own, part)
            && !same(own, part)
        {
            return (None, None);
        }
        let limits = (own.map(to_number), part.map(to_number));
        if limits.0.or(limits.1).is_some_and(f64::is_nan) {
            self.advise_in(path, name, DefinitionFault::InvalidDate);
        }
        limits
    }

    fn moment(&mut self, object: &Object, name: &str, path: &str) -> Option<Moment> {
        let written = match object.get(name) {
            None | Some(Value::Null) => return None,
            Some(Value::String(written)) if written.trim().is_empty() => return None,
            // Only `moment` is known where Form.io reads it (`getDateSetting`): a limit that asks for an answer is none.
            Some(Value::String(written)) if ["data.", "row.", "instance."].iter().any(|it| written.contains(it)) => {
                return None;
            }
            Some(Value::String(written)) => Moment::parse(written),
            Some(Value::Number(written)) => written.as_i64().map(Moment::At),
            Some(_) => None,
        };
        if written.is_none() {
            self.advise_in(path, name, DefinitionFault::InvalidDate);
        }
        written
    }

    /// Source: `isConditionallyHidden`: a script and a simple condition may each hide a component.
    fn condition(&mut self, object: &Object, path: &str) -> Option<Condition> {
        let mut tests = Vec::new();
        let source = text(object, "customConditional");
        if !source.trim().is_empty() {
            tests.extend(self.script(&source, Role::Show, path, "customConditional").map(Test::Script));
        }
        tests.extend(self.simple_condition(object, path));
        if tests.is_empty() { None } else { Some(Condition { tests }) }
    }

    /// Source: `isSimpleConditionallyHidden`: where a component has several forms of condition, the last of JSON, `when` and
    /// `conditions` counts.
    fn simple_condition(&mut self, object: &Object, path: &str) -> Option<Test> {
        let path = under(path, "conditional");
        let conditional = match object.get("conditional") {
            None => return None,
            Some(Value::Object(conditional)) => conditional,
            Some(other) => {
                if truthy(Some(other)) {
                    self.advise_in(&path, "", DefinitionFault::InvalidCondition);
                }
                return None;
            }
        };
        if truthy(conditional.get("conjunction")) && truthy(conditional.get("conditions")) {
            return self.clauses(conditional, &path);
        }
        if truthy(conditional.get("when")) {
            return Some(self.when(conditional, &path));
        }
        self.json(conditional.get("json"), &path, "json")
    }

    fn when(&mut self, conditional: &Object, path: &str) -> Test {
        let when = conditional.get("when");
        if !when.is_some_and(Value::is_string) {
            self.advise_in(path, "when", DefinitionFault::InvalidCondition);
        }
        Test::When {
            reference: Reference { text: to_text(when), target: None },
            eq: to_text(conditional.get("eq")),
            show: to_text(conditional.get("show")),
        }
    }

    fn json(&mut self, written: Option<&Value>, path: &str, name: &str) -> Option<Test> {
        match written {
            Some(rule @ (Value::Object(_) | Value::Array(_))) => {
                self.rule(rule, path, name);
                Some(Test::Json(rule.clone()))
            }
            // Form.io takes objects only: `isJSONConditional` in `utils/conditions.js`.
            Some(Value::String(_)) => None,
            other => {
                if truthy(other) {
                    self.advise_in(path, name, DefinitionFault::InvalidCondition);
                }
                None
            }
        }
    }

    fn clauses(&mut self, conditional: &Object, path: &str) -> Option<Test> {
        let Some(list) = conditional.get("conditions").and_then(Value::as_array) else {
            self.advise_in(path, "conditions", DefinitionFault::InvalidCondition);
            return None;
        };
        if list.is_empty() {
            return None;
        }
        let mut clauses = Vec::with_capacity(list.len());
        for (at, clause) in list.iter().enumerate() {
            let path = nth(&under(path, "conditions"), at);
            let Some(clause) = clause.as_object() else {
                self.advise_in(&path, "", DefinitionFault::InvalidCondition);
                continue;
            };
            let component = text(clause, "component");
            if component.is_empty() {
                continue;
            }
            let Some(operator) = Operator::parse(&text(clause, "operator")) else {
                self.advise_in(&path, "operator", DefinitionFault::UnknownOperator);
                continue;
            };
            let reference = Reference { text: component, target: None };
            clauses.push(Clause { reference, operator, compared: clause.get("value").cloned() });
        }
        let show = match conditional.get("show") {
            None => true,
            Some(Value::String(show)) => {
                serde_json::from_str::<Value>(show).map_or(!show.is_empty(), |show| truthy(Some(&show)))
            }
            show => truthy(show),
        };
        let any = conditional.get("conjunction").and_then(Value::as_str) == Some("any");
        Some(Test::Clauses { clauses, any, show })
    }
}

/// Names that Form.io gives `JSONLogic` beside the data, and that are not given here.
///
/// What it gives without a screen is empty for some: nothing is found in them.
fn is_foreign(variable: &str, on_screen: bool) -> bool {
    let root = variable.split('.').next().unwrap_or_default();
    let given = ["form", "submission", "component", "scope", "path", "paths", "t"];
    given.contains(&root) || on_screen && ["instance", "config", "options"].contains(&root)
}

/// Does a setting decide whether an answer is right, or kept?
fn decides(setting: &str) -> bool {
    setting.starts_with("validate.")
        || matches!(setting, "multiple" | "clearOnHide" | "input" | "persistent" | "validateWhenHidden")
}

/// The component without those inside it, where its logic may change more than the few things that [`crate::Effects`] names.
fn changeable(object: &Object) -> Option<Arc<Value>> {
    let actions = object.get("logic")?.as_array()?.iter().filter_map(|it| it.get("actions")?.as_array()).flatten();
    let mut changes = actions.filter(|action| {
        action.get("type").and_then(Value::as_str) == Some("mergeComponentSchema")
            || action.get("property").and_then(|it| it.get("value")?.as_str()).is_some_and(decides)
    });
    changes.next()?;
    let mut source = object.clone();
    for inside in ["components", "columns", "rows", "logic", "conditional", "customConditional"] {
        source.remove(inside);
    }
    Some(Arc::new(Value::Object(source)))
}

impl Component {
    /// The component with other settings, those inside it and its logic as they are.
    pub(crate) fn remade(&self, settings: &Value, is_shown: bool) -> Option<Self> {
        let patterns = &AnyPattern;
        let mut reader = Reader {
            patterns,
            is_shown,
            errors: Vec::new(),
            outside: Vec::new(),
            count: self.number,
            parts: 0,
            on_screen: 0,
            rows: 1,
            own: None,
        };
        let read = reader.component(settings, "", "", 0)?;
        let nests = self.kind.children().next().is_some();
        Some(Self {
            key: self.key.clone(),
            full_path: self.full_path.clone(),
            kind: if nests { self.kind.clone() } else { read.kind },
            logic: self.logic.clone(),
            source: self.source.clone(),
            condition: self.condition.clone(),
            computed_default: self.computed_default.clone(),
            calculation: self.calculation.clone(),
            map_address: self.map_address.clone(),
            box_key: self.box_key.clone(),
            ..read
        })
    }
}

/// Takes every pattern for one: whether it is, is found out where it is asked.
struct AnyPattern;

impl Patterns for AnyPattern {
    fn is_match(&self, _: &str, _: &str) -> Result<bool, PatternFault> {
        Ok(true)
    }
}

/// Is it hidden whatever is answered?
fn is_never_shown(object: &Object) -> bool {
    flag(object, "hidden") && object.get("logic").and_then(Value::as_array).is_none_or(Vec::is_empty)
}

/// The component, if a script of it asks about it.
fn own(object: &Object, value: &Value) -> Option<Arc<Value>> {
    fn asks(value: &Value) -> bool {
        match value {
            Value::String(text) => text.contains("component"),
            Value::Array(list) => list.iter().any(asks),
            Value::Object(object) => object.values().any(asks),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
    let scripts = ["customConditional", "calculateValue", "customDefaultValue", "validate", "logic"];
    scripts.iter().any(|name| object.get(*name).is_some_and(asks)).then(|| Arc::new(value.clone()))
}

/// Boxes and round buttons with a list of elsewhere, or none, are never looked up.
///
/// Source: `validateAvailableItemsSync`.
fn available(object: &Object, validate: &Object) -> Available {
    let options = object.get("values").and_then(Value::as_array);
    let listed = matches!(text(object, "type").as_str(), "radio" | "selectboxes");
    if !flag(validate, "onlyAvailableItems") || listed && (options.is_none() || text(object, "dataSrc") == "url") {
        return Available::Any;
    }
    let mut values = options.into_iter().flatten().filter_map(|it| it.get("value"));
    if values.any(|value| value == "") { Available::OptionsAndBlank } else { Available::Options }
}

/// The list that the script of a select gives (`data.custom`), where the list is written in it whole: neither answers nor the day decide
/// what is in it. Source: `validateAvailableItems.js`.
fn written_list(source: &str) -> Option<Value> {
    let script = Script::parse(&["var values;", source, "\n;value = values"].concat(), Role::Value).ok()?;
    let run = |year| {
        let (today, nothing) = (CivilDate::new(year, 1, 1).ok()?, Value::Null);
        let scope =
            Scope { data: &nothing, row: &nothing, value: None, input: None, row_index: None, today, written: None };
        match script.run(&scope) {
            Ok(Answer::Value(list @ Value::Array(_))) => Some(list),
            _ => None,
        }
    };
    let list = run(2000)?;
    (run(2001).as_ref() == Some(&list)).then_some(list)
}
