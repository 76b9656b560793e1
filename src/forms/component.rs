//! The parts of a form after parsing: closed, typed, nothing left to check.

use crate::answers::{MAX_ROWS, get};
use crate::conditions::Condition;
use crate::dates::Moment;
use crate::definition::DefinitionError;
use crate::logic::{Formula, Logic};
use crate::path::DataPath;
use crate::rich_text::RichText;
use crate::script::Script;
use crate::template::Template;
use serde_json::Value;
use std::sync::{Arc, OnceLock};

/// A form that was parsed whole: every kind is known, every condition readable, every pattern compiles.
///
/// It holds the text of patterns, not compiled ones, so it can be cloned and sent anywhere.
#[derive(Clone, Debug)]
pub struct Form {
    /// The title of the definition, blank when it has none.
    pub title: String,
    /// Shown as steps or as one page.
    pub display: FormDisplay,
    /// In order; exactly one for [`FormDisplay::Form`].
    pub steps: Vec<Step>,
    /// The official template that the definition follows (`properties.template`), if it names one.
    pub template: Option<PaperTemplate>,
    /// The sentence one puts one's name to (`properties.declaration`); blank if there is none.
    pub declaration: String,
    /// Must conditions be worked out more than once, because one asks about a later component?
    pub(crate) looks_ahead: bool,
    /// See [`Form::outside`].
    pub(crate) outside: Vec<DefinitionError>,
    pub(crate) fields: usize,
    /// For each component by its number, does nothing else depend on its answer? Looked up when first asked for.
    pub(crate) without_dependants: OnceLock<Vec<bool>>,
}

/// The official template that a definition follows, as the definition tells (`properties.template`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperTemplate {
    /// Its heading (`name`).
    pub heading: String,
    /// Its number, and the rule it comes from.
    pub number: String,
    /// Where its text was read.
    pub source: String,
    /// The day it was read, `YYYY-MM-DD`; blank if it never was, and then nothing may be printed as official.
    pub read_on: String,
    /// What could not be read or compared.
    pub note: String,
}

/// How a definition asks to be shown (`display`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormDisplay {
    /// One page.
    Form,
    /// One step at a time.
    Wizard,
}

/// One screen of a form: a top-level panel of a wizard, or the whole of a form on one page.
#[derive(Clone, Debug)]
pub struct Step {
    /// The key of the panel; of the first component for components outside a panel; blank for a form on one page.
    pub key: String,
    /// The title of the panel, or of the form on one page.
    pub title: String,
    /// When the step applies; `None` is always.
    pub condition: Option<Condition>,
    /// What changes it (`logic`), in order.
    pub(crate) logic: Vec<Logic>,
    /// `hidden: true`: never shown, nothing in it is checked, its data is kept.
    pub hidden: bool,
    /// In order.
    pub components: Vec<Component>,
    /// How many minutes it takes (`properties.minutes`), if the definition says.
    pub minutes: Option<u32>,
    /// Is there a panel in the definition behind this step?
    pub(crate) panel: bool,
    /// Number in document order, of the panel or else of the first component.
    pub(crate) number: usize,
}

/// One component of a definition.
#[allow(clippy::struct_excessive_bools)] // Each is a switch of the definition of its own.
#[derive(Clone, Debug)]
pub struct Component {
    /// Where its answer lies within its row, container or the top; unique there. May hold dots, which nest.
    pub key: String,
    /// The label, or the title of a panel, or the legend of a fieldset.
    pub label: String,
    /// Help shown with the field; blank if none.
    pub description: String,
    /// Help shown on demand; blank if none.
    pub tooltip: String,
    /// An example inside the empty field; blank if none.
    pub placeholder: String,
    /// What it is.
    pub kind: Kind,
    /// `validate.required`.
    pub required: bool,
    /// Holds a list of answers (`multiple`): select, file, and any text.
    pub multiple: bool,
    /// What the `properties` map of Form.io says for us.
    pub properties: Properties,
    /// `hidden: true`: data that is never shown or checked, but submitted.
    pub hidden: bool,
    /// Shown but not to be changed.
    pub disabled: bool,
    /// The label is for screen readers only (`hideLabel`).
    pub hide_label: bool,
    /// When its problems are told.
    pub validate_on: ValidateOn,
    /// `defaultValue`, where it is anything but null, false, 0 or blank.
    pub default_value: Option<Value>,
    /// What the default is worked out with (`customDefaultValue`).
    pub(crate) computed_default: Option<Formula>,
    /// What the answer is worked out with (`calculateValue`).
    pub(crate) calculation: Option<Formula>,
    /// May an answer be given in place of the one worked out (`allowCalculateOverride`)?
    pub calculation_may_be_overridden: bool,
    /// What changes it (`logic`), in order.
    pub(crate) logic: Vec<Logic>,
    /// The component as the definition has it, without those inside, where logic may change more of it than [`Effects`] names.
    pub(crate) source: Option<Arc<Value>>,
    /// When it is shown; `None` is always.
    pub condition: Option<Condition>,
    /// Is the answer left out of the submission while a condition hides it? Yes unless the definition says otherwise.
    pub clear_on_hide: bool,
    /// Does the definition itself say `clearOnHide: true`? Values that logic sets go by that.
    pub(crate) says_clear_on_hide: bool,
    /// The rules beyond `required`.
    pub rules: Rules,
    /// Sentences of the definition's author that replace ours.
    pub messages: Messages,
    /// Path with the keys of layout components and without rows, as Form.io names components that hold no data.
    pub(crate) full_path: String,
    /// False for layout, and for kinds without a type of their own that say `input: false` (`getModelType`).
    pub(crate) holds_data: bool,
    /// What a kind is judged as that Form.io does not have (`kinds.rs`); `None` where that is [`Component::kind`], as which it is drawn.
    pub(crate) judged_as: Option<&'static Kind>,
    /// Are the components inside ours, for a screen, and none of the definition (`kinds.rs`)?
    pub(crate) has_parts: bool,
    /// A form in a form: its answer is an object whose `data` has the answers of its components. For comparing only.
    pub(crate) nested_form: bool,
    /// Has a kind that Form.io does not have its components inside its answer as a container has (`tree: true`)?
    pub(crate) tree: bool,
    /// `input: false`, `persistent: false`: nothing is checked.
    pub(crate) checked: bool,
    /// Checked even while hidden (`validateWhenHidden`).
    pub(crate) checked_when_hidden: bool,
    /// The key of a box that shares its answer with others of its name (`inputType: radio`); [`Component::key`] is that name, and what
    /// the box is worth is the answer. It is drawn as a radio of one, and judged as the checkbox that it is.
    pub(crate) box_key: Option<String>,
    /// What an address of Form.io has beside ours; `None` for any other component, and for an address of ours.
    pub(crate) map_address: Option<Box<MapAddress>>,
    /// Number of the component in document order, from 0.
    pub(crate) number: usize,
}

/// An address as Form.io has it: found by a search in a map service (`provider`), or typed into fields of its own (`components`), which
/// their conditions show while one types by hand. There is no such search here; answers are judged as `@formio/core` judges them.
#[derive(Clone, Debug)]
pub(crate) struct MapAddress {
    /// The fields for typing by hand.
    pub(crate) fields: Vec<Component>,
    /// Is the answer kept with the way it was given (`enableManualMode`)?
    pub(crate) keeps_mode: bool,
}

/// What a component is. One variant for each kind of Form.io that we know; there are no others.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A group with a legend (`fieldset`, and `panel` where it is not a step).
    Fieldset {
        /// In order.
        components: Vec<Component>,
    },
    /// A group set apart by a frame, without a legend (`well`).
    Well {
        /// In order.
        components: Vec<Component>,
    },
    /// Groups beside each other.
    Columns {
        /// From start to end.
        columns: Vec<Group>,
    },
    /// Groups in a table.
    Table {
        /// The headings of the columns, as many as there are columns; blank ones where the definition has none.
        header: Vec<String>,
        /// The cells, row by row, each row with as many as there are columns.
        cells: Vec<Group>,
    },
    /// Groups of which one is shown at a time.
    Tabs {
        /// In order.
        tabs: Vec<Group>,
    },
    /// Text to read (`content`, `htmlelement`).
    Content {
        /// The text.
        text: RichText,
    },
    /// A line of text.
    TextField {
        /// Blanks around and between words are put right before checking (`truncateMultipleSpaces`).
        truncate_spaces: bool,
        /// What is typed is not shown (`password`).
        secret: bool,
    },
    /// Several lines of text.
    TextArea {
        /// Lines to show, if the definition says.
        rows: Option<u32>,
    },
    /// A number.
    Number {
        /// Digits after the decimal sign; `None` if the definition does not say.
        decimals: Option<u32>,
    },
    /// An amount of money.
    Currency {
        /// ISO 4217; `VND` if the definition does not say.
        currency: String,
    },
    /// Yes or no.
    Checkbox,
    /// Any number of options, answered as `{option: true, …}`.
    SelectBoxes {
        /// In order.
        options: Vec<Choice>,
    },
    /// One of a few options, all shown.
    Radio {
        /// In order.
        options: Vec<Choice>,
        /// Beside each other rather than below each other.
        inline: bool,
        /// What the answer becomes.
        data_type: DataType,
    },
    /// One (or, with `multiple`, several) of a list.
    Select {
        /// Where the list is.
        source: SelectSource,
        /// May one type to search in it?
        searchable: bool,
        /// What the answer becomes. `Auto` turns `"31117"` into a number: codes want `String`.
        data_type: DataType,
    },
    /// A day as text: `DD/MM/YYYY` with `day_first`, else `MM/DD/YYYY`; unknown parts are `00` or `0000`.
    Day {
        /// The order of the text.
        day_first: bool,
        /// The day part.
        day: DayPart,
        /// The month part.
        month: DayPart,
        /// The year part.
        year: DayPart,
    },
    /// A date, or a date and time, in ISO 8601.
    DateTime {
        /// What is asked for, and how it is kept.
        kept: DateKept,
    },
    /// A time of day, kept as text such as `14:30:00`.
    Time {
        /// How it is typed (`format`), in the letters of moment.js; `HH:mm` if the definition does not say.
        format: String,
        /// How it is kept (`dataFormat`); `HH:mm:ss` if the definition does not say.
        data_format: String,
    },
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A telephone number.
    PhoneNumber,
    /// Short texts, any number of them.
    Tags {
        /// What stands between them where they are kept as one text (`delimeter`, as Form.io spells it).
        delimiter: String,
        /// Kept as a list (`storeas: array`) rather than as one text.
        as_list: bool,
        /// The most there may be, if the definition says.
        most: Option<u32>,
    },
    /// The same question about several things, answered as `{thing: value, …}`.
    Survey {
        /// The things asked about, in order.
        questions: Vec<Choice>,
        /// The answers to choose from, in order.
        values: Vec<Choice>,
    },
    /// A signature, kept as the `data:` address of a PNG.
    Signature,
    /// Files, answered as a list of `{name, size, type, sha256, …}`.
    File {
        /// The kinds taken (`filePattern`), as the definition writes them; blank for any.
        accept: String,
        /// The most bytes of one file, if the definition says.
        max_bytes: Option<u64>,
    },
    /// Data that is never shown.
    Hidden,
    /// A button, or a check for robots: never shown, the page has its own. What was pressed is carried along with the data.
    Button,
    /// An object of answers.
    Container {
        /// In order.
        components: Vec<Component>,
    },
    /// A list of rows, each an object of answers.
    DataGrid {
        /// The components of each row, in order.
        components: Vec<Component>,
        /// The label of the button that adds a row; blank if the definition does not say.
        add_label: String,
        /// How many rows there are, and may be.
        rows: RowLimits,
    },
    /// A list of rows as [`Kind::DataGrid`], where one row at a time is opened, written and kept.
    EditGrid {
        /// The components of each row, in order.
        components: Vec<Component>,
        /// The label of the button that adds a row; blank if the definition does not say.
        add_label: String,
        /// How many rows there are, and may be.
        rows: RowLimits,
        /// The rule of a whole row (`validate.row`), asked by [`crate::evaluate_with_rows`].
        row_check: Option<Arc<Script>>,
        /// May a row be kept while something in it is wrong (`rowDrafts`)? It is then wrong until the step is left.
        keeps_drafts: bool,
    },
    /// A place of the two-tier system, answered as
    /// `{"province": {"code", "name"}, "ward": {"code", "name"}, "street", "former"?}`.
    ///
    /// Codes and names are text; `street` is house number, street, hamlet; `former` is the address of three levels as an old paper
    /// has it, if there is one. Ours: Form.io has the name `address` for a search in a map service.
    Address,
}

/// One column of [`Kind::Columns`], one cell of [`Kind::Table`], one tab of [`Kind::Tabs`].
#[derive(Clone, Debug)]
pub struct Group {
    /// What a tab is called; blank for columns and cells.
    pub label: String,
    /// Twelfths of the width, for columns.
    pub width: u8,
    /// In order.
    pub components: Vec<Component>,
}

/// How many rows a list has: never more than [`crate::MAX_ROWS`], which is all that answers keep. Form.io keeps to it on screen and does
/// not check it: neither does [`crate::evaluate`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowLimits {
    /// The rows a fresh list has on screen, where nothing is kept yet.
    pub initial: u32,
    /// The fewest (`validate.minLength`).
    pub least: u32,
    /// The most (`validate.maxLength`).
    pub most: Option<u32>,
    /// Rows are neither added nor removed (`disableAddingRemovingRows`).
    pub fixed: bool,
}

impl RowLimits {
    /// May a row be added where there are `count`?
    #[must_use]
    pub fn may_grow(self, count: usize) -> bool {
        !self.fixed && count < self.most.map_or(MAX_ROWS, |most| MAX_ROWS.min(most as usize))
    }

    /// May a row be removed where there are `count`?
    #[must_use]
    pub fn may_shrink(self, count: usize) -> bool {
        !self.fixed && count > self.least as usize
    }
}

/// When the problems of a field are told (`validateOn`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ValidateOn {
    /// While it is answered.
    #[default]
    Change,
    /// When it is left.
    Blur,
    /// When the step is left.
    Submit,
}

/// One option of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is kept when it is chosen.
    pub value: Value,
    /// What is shown.
    pub label: String,
}

/// Where the options of a select are.
#[derive(Clone, Debug, PartialEq)]
pub enum SelectSource {
    /// In the definition.
    Values(Vec<Choice>),
    /// At the backend.
    Backend {
        /// `data.resource`, such as `wards`, or a path of our own server (`data.url`), then `?` and the `filter`, such as
        /// `province={{data.home.province.code}}`: [`Template::fill`] it with the answers, and ask again when it changes.
        address: Template,
        /// The field of an item that is kept (`valueProperty`); blank for the whole item.
        value: String,
        /// The field of an item that is shown, from `template`; blank if the definition does not say.
        label: String,
    },
    /// On another server, which a page under our policy cannot ask: the answer is typed.
    Elsewhere,
}

/// What the answer of a radio or select becomes (`dataType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataType {
    /// A number or yes/no where it looks like one.
    Auto,
    /// A number.
    Number,
    /// Text.
    String,
    /// True or false.
    Boolean,
    /// As it is.
    Object,
}

/// How the answer of a [`Kind::DateTime`] is kept, in ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKept {
    /// A day alone, `2026-11-26`: of kinds that Form.io does not have.
    Day,
    /// A day as the midnight with which it begins, `2026-11-26T00:00:00+07:00`.
    Midnight,
    /// A day and a time, both asked for (`enableTime`).
    Time,
}

/// One part of a [`Kind::Day`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayPart {
    /// Must it be given?
    pub required: bool,
    /// Is it left out?
    pub hide: bool,
}

/// What `properties` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Properties {
    /// How the text must be written.
    pub format: Option<Format>,
    /// Whose known data fills it.
    pub prefill: Option<Prefill>,
    /// The key of the paper a file component is for.
    pub document: Option<String>,
    /// Why this is asked.
    pub why: Option<String>,
    /// More help, shown on demand.
    pub help: Option<String>,
    /// An example of an answer.
    pub example: Option<String>,
    /// What to do, or to answer, when one is not sure.
    pub not_sure: Option<String>,
    /// The answers about the same person that an identity number is compared with.
    pub beside: Beside,
    /// The number of the field on the template the definition follows, as in `5` or `12a`.
    pub number: Option<String>,
    /// A remark about where the field comes from (`mark`), such as that it was not compared with the template.
    pub mark: Option<String>,
}

/// Where the sex and the birth date of the person with a citizen identity number stand (`properties.besideSex`,
/// `properties.besideBirthDate`): places of the definition without rows, as `conditional.when` names them, in the row of the number.
/// What differs is asked about, never refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// The sex, `male` or `female`.
    pub sex: Option<DataPath>,
    /// The birth date, or the year alone.
    pub birth_date: Option<DataPath>,
}

/// How a text is written, beyond its pattern (`properties.format`). A new one is a variant, a line in [`Format::ALL`], a name, and a
/// line in `formats.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The number of a citizen identity card.
    CitizenId,
    /// The number of an old identity card, nine digits.
    OldId,
    /// The number of a passport.
    Passport,
    /// A telephone number of Vietnam.
    Phone,
    /// A person's name.
    FullName,
    /// A tax code.
    TaxCode,
    /// A social insurance number.
    SocialInsurance,
    /// The number of a health insurance card.
    HealthInsurance,
    /// The registration number of a household business.
    HouseholdBusiness,
    /// The number of a household book.
    HouseholdBook,
    /// The number of a land parcel or of its map sheet.
    LandNumber,
    /// An amount of money, dots allowed.
    Money,
    /// A day or a year, typed in any of the usual ways.
    Date,
    /// The name of a place, any text; what was typed without an input method is offered with its marks.
    Place,
}

impl Format {
    /// Every format, in no particular order.
    pub const ALL: [Self; 14] = [
        Self::CitizenId,
        Self::OldId,
        Self::Passport,
        Self::Phone,
        Self::FullName,
        Self::TaxCode,
        Self::SocialInsurance,
        Self::HealthInsurance,
        Self::HouseholdBusiness,
        Self::HouseholdBook,
        Self::LandNumber,
        Self::Money,
        Self::Date,
        Self::Place,
    ];

    /// The name in definitions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CitizenId => "citizen-id",
            Self::OldId => "old-id",
            Self::Passport => "passport",
            Self::Phone => "phone",
            Self::FullName => "full-name",
            Self::TaxCode => "tax-code",
            Self::SocialInsurance => "social-insurance",
            Self::HealthInsurance => "health-insurance",
            Self::HouseholdBusiness => "household-business",
            Self::HouseholdBook => "household-book",
            Self::LandNumber => "land-number",
            Self::Money => "money",
            Self::Date => "date",
            Self::Place => "place",
        }
    }
}

/// What a field may be filled with beforehand (`properties.prefill`), as in `owner.birthDate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefill {
    /// Whose.
    pub person: Person,
    /// What.
    pub detail: PersonDetail,
}

/// The person a prefill speaks of. Never the volunteer who helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    /// Whom the dossier is for (chủ hồ sơ).
    Owner,
    /// Who hands it in (người nộp).
    Submitter,
}

/// What is known of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonDetail {
    /// Name.
    FullName,
    /// Number of the citizen identity card.
    CitizenId,
    /// Day, or year only.
    BirthDate,
    /// Sex as on the card.
    Sex,
    /// Telephone.
    Phone,
    /// E-mail.
    Email,
    /// Place of residence.
    Address,
    /// One of the 54 peoples.
    Ethnicity,
    /// Country.
    Nationality,
}

impl Prefill {
    /// Reads `owner.birthDate` and the like.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (person, detail) = text.split_once('.')?;
        let person = match person {
            "owner" => Person::Owner,
            "submitter" => Person::Submitter,
            _ => return None,
        };
        let detail = match detail {
            "fullName" => PersonDetail::FullName,
            "citizenId" => PersonDetail::CitizenId,
            "birthDate" => PersonDetail::BirthDate,
            "sex" => PersonDetail::Sex,
            "phone" => PersonDetail::Phone,
            "email" => PersonDetail::Email,
            "address" => PersonDetail::Address,
            "ethnicity" => PersonDetail::Ethnicity,
            "nationality" => PersonDetail::Nationality,
            _ => return None,
        };
        Some(Self { person, detail })
    }
}

/// The answers that `onlyAvailableItems` takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Available {
    #[default]
    Any,
    Options,
    /// The builder leaves a blank option behind, which nobody is shown.
    OptionsAndBlank,
}

/// The limits of a component (`validate`, and the date limits Form.io keeps elsewhere).
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// A rule of the definition in `JSONLogic` (`validate.json`).
    pub(crate) json: Option<Value>,
    /// A rule of the definition in its script (`validate.custom`).
    pub(crate) custom: Option<Arc<Script>>,
    /// Fewest characters, in UTF-16 units as Form.io counts.
    pub min_length: Option<f64>,
    /// Most characters, in UTF-16 units.
    pub max_length: Option<f64>,
    /// Fewest words.
    pub min_words: Option<f64>,
    /// Most words.
    pub max_words: Option<f64>,
    /// Smallest number.
    pub min: Option<f64>,
    /// Largest number.
    pub max: Option<f64>,
    /// An ECMAScript pattern that must match from start to end, as the definition writes it.
    pub pattern: Option<String>,
    /// `^pattern$`, which is what is searched for.
    pub(crate) anchored_pattern: Option<String>,
    /// How it must be written (`inputMask`): 9 a digit, a a small letter (in a text any letter), A a letter, * either. A hint while
    /// typing and a check after it: nothing typed is rewritten. Blank if there is none.
    pub mask: String,
    /// Masks to choose from, each with its name (`allowMultipleMasks`, `inputMasks`): the answer is `{value, maskName}`. Read for
    /// comparing only, as nothing on screen lets one choose.
    pub(crate) masks: Vec<(String, String)>,
    /// A mask that is no text has no places, and only what is blank fits it; texts of a text field are not asked. For comparing only.
    pub(crate) mask_is_blank: bool,
    /// Are the masks checked (`skipMaskValidation`)?
    pub(crate) checks_mask: bool,
    /// Must the answer be one of the options (`onlyAvailableItems`)?
    pub available: Available,
    /// Fewest boxes, once any is ticked.
    pub min_selected: Option<f64>,
    /// Most boxes.
    pub max_selected: Option<f64>,
    /// Earliest date.
    pub min_date: Option<Moment>,
    /// Latest date.
    pub max_date: Option<Moment>,
    /// Earliest year of a day.
    pub min_year: Option<f64>,
    /// Latest year of a day.
    pub max_year: Option<f64>,
}

/// Sentences of the definition's author.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Messages {
    /// For any rule (`validate.customMessage`).
    pub any: Option<String>,
    /// By the name of the rule (`errors`, `validate.patternMessage`); the first of a name counts.
    pub by_rule: Vec<(String, String)>,
}

impl Messages {
    /// The author's sentence for a rule, if there is one.
    #[must_use]
    pub fn for_rule(&self, rule: crate::rules::Rule) -> Option<&str> {
        let own = self.by_rule.iter().find(|(name, _)| name == rule.name()).map(|(_, message)| message);
        own.or(self.any.as_ref()).map(String::as_str)
    }
}

impl Rules {
    /// [`Rules::masks`]; no page has any.
    pub(crate) fn masks(&self) -> &[(String, String)] {
        if cfg!(target_arch = "wasm32") { &[] } else { &self.masks }
    }
}

impl Kind {
    /// The name of the kind in definitions.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Fieldset { .. } => "fieldset",
            Self::Well { .. } => "well",
            Self::Columns { .. } => "columns",
            Self::Table { .. } => "table",
            Self::Tabs { .. } => "tabs",
            Self::Content { .. } => "content",
            Self::TextField { .. } => "textfield",
            Self::TextArea { .. } => "textarea",
            Self::Number { .. } => "number",
            Self::Currency { .. } => "currency",
            Self::Checkbox => "checkbox",
            Self::SelectBoxes { .. } => "selectboxes",
            Self::Radio { .. } => "radio",
            Self::Select { .. } => "select",
            Self::Day { .. } => "day",
            Self::DateTime { .. } => "datetime",
            Self::Time { .. } => "time",
            Self::Email => "email",
            Self::Url => "url",
            Self::PhoneNumber => "phoneNumber",
            Self::Tags { .. } => "tags",
            Self::Survey { .. } => "survey",
            Self::Signature => "signature",
            Self::File { .. } => "file",
            Self::Hidden => "hidden",
            Self::Button => "button",
            Self::Container { .. } => "container",
            Self::DataGrid { .. } => "datagrid",
            Self::EditGrid { .. } => "editgrid",
            Self::Address => "address",
        }
    }

    /// Does it hold no data of its own (groups, and text to read)?
    #[must_use]
    pub fn is_layout(&self) -> bool {
        matches!(
            self,
            Self::Fieldset { .. }
                | Self::Well { .. }
                | Self::Columns { .. }
                | Self::Table { .. }
                | Self::Tabs { .. }
                | Self::Content { .. }
        )
    }

    /// Is it a list of rows (datagrid, editgrid)?
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self, Self::DataGrid { .. } | Self::EditGrid { .. })
    }

    /// The components directly inside, in order.
    pub fn children(&self) -> impl Iterator<Item = &Component> {
        let (own, groups): (&[Component], &[Group]) = match self {
            Self::Fieldset { components }
            | Self::Well { components }
            | Self::Container { components }
            | Self::DataGrid { components, .. }
            | Self::EditGrid { components, .. } => (components, &[]),
            Self::Columns { columns: groups } | Self::Table { cells: groups, .. } | Self::Tabs { tabs: groups } => {
                (&[], groups)
            }
            _ => (&[], &[]),
        };
        own.iter().chain(groups.iter().flat_map(|group| &group.components))
    }

    /// As [`Kind::children`], to change.
    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Component> {
        let (own, groups): (&mut [Component], &mut [Group]) = match self {
            Self::Fieldset { components }
            | Self::Well { components }
            | Self::Container { components }
            | Self::DataGrid { components, .. }
            | Self::EditGrid { components, .. } => (components, &mut []),
            Self::Columns { columns: groups } | Self::Table { cells: groups, .. } | Self::Tabs { tabs: groups } => {
                (&mut [], groups)
            }
            _ => (&mut [], &mut []),
        };
        own.iter_mut().chain(groups.iter_mut().flat_map(|group| &mut group.components))
    }

    /// The options written in the definition, in order; none for other kinds and for lists at the backend.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::SelectBoxes { options }
            | Self::Radio { options, .. }
            | Self::Select { source: SelectSource::Values(options), .. } => options,
            _ => &[],
        }
    }
}

impl Step {
    /// Every component of the step in document order, with those inside others.
    pub fn every_component(&self) -> impl Iterator<Item = &Component> {
        let mut all = Vec::new();
        collect(self.components.iter(), &mut all);
        all.into_iter()
    }
}

impl Form {
    /// What of the definition could not be read, and stops where `@formio/core` goes on: what depends on it may differ. Nothing where
    /// [`Form::parse`] read it.
    #[must_use]
    pub fn outside(&self) -> &[DefinitionError] {
        &self.outside
    }

    /// Finds the component whose answer lies at `path`, in any row; a layout component by the key beside its neighbours'.
    #[must_use]
    pub fn component_at(&self, path: &DataPath) -> Option<&Component> {
        let wanted = path.without_rows();
        self.steps.iter().find_map(|step| find(step.components.iter(), &wanted))
    }

    /// The position in [`Form::steps`] of the step that holds the component at `path`.
    #[must_use]
    pub fn step_of(&self, path: &DataPath) -> Option<usize> {
        let wanted = path.without_rows();
        self.steps.iter().position(|step| find(step.components.iter(), &wanted).is_some())
    }

    /// Every component in document order, with those inside others.
    pub fn components(&self) -> impl Iterator<Item = &Component> {
        let mut all = Vec::with_capacity(self.fields);
        for step in &self.steps {
            collect(step.components.iter(), &mut all);
        }
        all.into_iter()
    }
}

fn collect<'a>(components: impl Iterator<Item = &'a Component>, all: &mut Vec<&'a Component>) {
    for component in components {
        all.push(component);
        collect_children(component, all);
    }
}

fn collect_children<'a>(component: &'a Component, all: &mut Vec<&'a Component>) {
    for child in component.kind.children() {
        all.push(child);
        collect_children(child, all);
    }
}

fn find<'a>(components: impl Iterator<Item = &'a Component>, wanted: &str) -> Option<&'a Component> {
    for component in components {
        if component.key == wanted {
            return Some(component);
        }
        let inside = match &component.kind {
            kind if kind.is_layout() => find_inside(component, wanted),
            _ => wanted
                .strip_prefix(component.key.as_str())
                .and_then(|rest| rest.strip_prefix('.'))
                .and_then(|rest| find_inside(component, rest)),
        };
        if inside.is_some() {
            return inside;
        }
    }
    None
}

fn find_inside<'a>(component: &'a Component, wanted: &str) -> Option<&'a Component> {
    for child in component.kind.children() {
        if let Some(found) = find(std::iter::once(child), wanted) {
            return Some(found);
        }
    }
    None
}

/// The answers a fresh form starts with: every `defaultValue` outside lists, as Form.io would set it.
#[must_use]
pub fn initial_answers(form: &Form) -> crate::answers::Answers {
    let mut answers = crate::answers::Answers::new();
    for step in &form.steps {
        for component in &step.components {
            set_defaults(component, None, &mut answers);
        }
    }
    answers
}

fn set_defaults(component: &Component, parent: Option<&DataPath>, answers: &mut crate::answers::Answers) {
    let path = DataPath::of(parent, &component.key);
    let inside = if component.kind.is_layout() { parent.cloned() } else { Some(path.clone()) };
    if let Some(value) = component.default()
        && get(answers.data(), path.as_str()).is_none()
    {
        // A default of a shape that does not fit where it belongs is left out: the form starts without it.
        let _ = answers.set(&path, value);
    }
    if component.kind.is_list() {
        return;
    }
    for child in component.kind.children() {
        set_defaults(child, inside.as_ref(), answers);
    }
}

impl Component {
    /// Can answers show it, hide it or make it another? If not it stays as the definition has it.
    #[must_use]
    pub fn may_change(&self) -> bool {
        self.condition.is_some() || !self.logic.is_empty()
    }

    /// The components of the definition directly inside, in order.
    pub(crate) fn written_children(&self) -> impl Iterator<Item = &Component> {
        self.kind.children().filter(|_| !self.has_parts)
    }

    /// The kind by whose rules it is judged.
    pub(crate) fn judged(&self) -> &Kind {
        self.judged_as.unwrap_or(&self.kind)
    }

    /// The default as an answer: a list where several are kept.
    pub(crate) fn default(&self) -> Option<Value> {
        let value = self.default_value.clone()?;
        Some(if self.multiple && !value.is_array() { Value::Array(vec![value]) } else { value })
    }
}
