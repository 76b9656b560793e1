//! Every rule a dossier must keep, checked again by the server: nothing the page says is believed.

use crate::accounts::Account;
use crate::data::Data;
use crate::refusal::Refusal;
use crate::shelf::Uploaded;
use contract::document::Requirement;
use contract::dossier::{AT_THE_AGENCY, DossierRequest, FileReference};
use contract::person::{Person, PersonSource, Relation};
use contract::problem::AnswerProblem;
use contract::procedure::{CaseAnswers, CollectingMethod, Filing, Paper, PaperRole, Procedure, applies};
use contract::session::Role;
use std::collections::BTreeMap;
use vietnam::citizen_id::CitizenId;
use vietnam::date::DateOrYear;
use vietnam::name::FullName;
use vietnam::nfc;

/// What was found wrong so far.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    problems: Vec<AnswerProblem>,
    papers: Vec<String>,
}

impl Faults {
    fn problem(&mut self, path: impl Into<String>, rule: &str) {
        self.problems.push(AnswerProblem { path: path.into(), rule: rule.to_owned() });
    }

    fn paper(&mut self, key: &str) {
        if !self.papers.iter().any(|it| it == key) {
            self.papers.push(key.to_owned());
        }
    }

    /// Adds what `forms` found.
    pub(crate) fn answers(&mut self, problems: Vec<AnswerProblem>) {
        self.problems.extend(problems);
    }

    /// Nothing wrong, or everything at once.
    pub(crate) fn verdict(self) -> Result<(), Refusal> {
        if self.problems.is_empty() && self.papers.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Invalid { problems: self.problems, papers: self.papers })
        }
    }
}

/// Checks everything but the answers and the content of the files.
pub(crate) fn request(
    faults: &mut Faults,
    data: &Data,
    procedure: &Procedure,
    account: &Account,
    asked: &DossierRequest,
) {
    if !asked.declared {
        faults.problem("declared", "required");
    }
    let known = match procedure.filing {
        Filing::AnyCentre | Filing::OnlineOnly => data.places.centre(&asked.filing).is_some(),
        Filing::NamedAgency { .. } => asked.filing == AT_THE_AGENCY,
        Filing::CounterOnly | Filing::NotKnown => {
            faults.problem("procedure", "online");
            true
        }
    };
    if !known {
        faults.problem("filing", "unknown");
    }
    case(faults, procedure, &asked.case_answers);
    collecting(faults, data, procedure, asked);
    persons(faults, account, asked);
    papers(faults, procedure, asked);
}

/// Every question that is asked has one of its answers, and there are no others.
fn case(faults: &mut Faults, procedure: &Procedure, answers: &CaseAnswers) {
    for question in procedure.questions.iter().filter(|it| applies(&it.when, answers)) {
        match answers.get(&question.key) {
            None => faults.problem(format!("case.{}", question.key), "required"),
            Some(answer) if question.options.iter().any(|it| it.value == *answer) => {}
            Some(_) => faults.problem(format!("case.{}", question.key), "onlyAvailableItems"),
        }
    }
    for key in answers.keys() {
        if procedure.questions.iter().all(|it| it.key != *key) {
            faults.problem(format!("case.{key}"), "unknown");
        }
    }
}

fn collecting(faults: &mut Faults, data: &Data, procedure: &Procedure, asked: &DossierRequest) {
    let collecting = &asked.collecting;
    if !procedure.collecting.is_empty() && !procedure.collecting.contains(&collecting.method) {
        faults.problem("collecting.method", "onlyAvailableItems");
    }
    match collecting.method {
        CollectingMethod::Electronic => {}
        CollectingMethod::Post => {
            if collecting.address.as_ref().is_none_or(|it| it.trim().is_empty()) {
                faults.problem("collecting.address", "required");
            }
        }
        CollectingMethod::Centre => match &collecting.centre {
            None => faults.problem("collecting.centre", "required"),
            Some(code) if data.places.centre(code).is_some() => {}
            Some(_) => faults.problem("collecting.centre", "unknown"),
        },
    }
}

/// Who is who: names and numbers read, and what claims to come from the session does.
fn persons(faults: &mut Faults, account: &Account, asked: &DossierRequest) {
    person(faults, "owner", account, &asked.owner);
    person(faults, "submitter", account, &asked.submitter.person);
    match asked.submitter.relation {
        Relation::Owner => {
            let (owner, submitter) = (&asked.owner, &asked.submitter.person);
            if !same(&owner.full_name, &submitter.full_name)
                || differ(owner.citizen_id.as_ref(), submitter.citizen_id.as_ref())
            {
                faults.problem("submitter.relation", "owner");
            }
        }
        Relation::Parent | Relation::Kin | Relation::Authorised => {}
    }
    match (&asked.assistant, account.role) {
        (None, Role::Volunteer) => faults.problem("assistant", "required"),
        (None, Role::Citizen | Role::Business) => {}
        (Some(assistant), role) => {
            if FullName::parse(&assistant.full_name).is_err() {
                faults.problem("assistant.fullName", "full-name");
            }
            let is_session = assistant.source == PersonSource::Session;
            let matches = role == Role::Volunteer && same(&assistant.full_name, account.name);
            if (is_session && !matches) || (role == Role::Volunteer && !is_session) {
                faults.problem("assistant.source", "session");
            }
        }
    }
}

fn person(faults: &mut Faults, who: &str, account: &Account, person: &Person) {
    if FullName::parse(&person.full_name).is_err() {
        faults.problem(format!("{who}.fullName"), "full-name");
    }
    if person.citizen_id.as_ref().is_some_and(|it| CitizenId::parse(it).is_err()) {
        faults.problem(format!("{who}.citizenId"), "citizen-id");
    }
    if person.birth_date.as_ref().is_some_and(|it| !is_birth_date(it)) {
        faults.problem(format!("{who}.birthDate"), "date");
    }
    if person.source == PersonSource::Session && !is_the_session(account, person) {
        faults.problem(format!("{who}.source"), "session");
    }
}

/// A whole date, a month of a year, or a year.
fn is_birth_date(text: &str) -> bool {
    let with_day = match text.len() {
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    DateOrYear::parse(&with_day).is_ok()
}

/// What the session hands over is what was sent; a volunteer's and a business's hand over nobody.
fn is_the_session(account: &Account, person: &Person) -> bool {
    account.person().is_some_and(|known| {
        same(&known.full_name, &person.full_name)
            && !differ(known.citizen_id.as_ref(), person.citizen_id.as_ref())
            && !differ(known.birth_date.as_ref(), person.birth_date.as_ref())
    })
}

fn same(one: &str, other: &str) -> bool {
    nfc::compose(one.trim()) == nfc::compose(other.trim())
}

/// Both are there and not the same.
fn differ(one: Option<&String>, other: Option<&String>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Every paper the case asks for is there, and no other.
fn papers(faults: &mut Faults, procedure: &Procedure, asked: &DossierRequest) {
    let wanted: Vec<&Paper> = procedure
        .papers
        .iter()
        .filter(|it| it.how == PaperRole::Upload && applies(&it.when, &asked.case_answers))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, file) in asked.files.iter().enumerate() {
        *counts.entry(file.requirement.as_str()).or_default() += 1;
        if wanted.iter().all(|it| it.key != file.requirement) {
            faults.problem(format!("files[{index}].requirement"), "unknown");
            faults.paper(&file.requirement);
        }
    }
    for paper in wanted {
        let count = counts.get(paper.key.as_str()).copied().unwrap_or_default();
        if (count == 0 && !paper.optional) || count > usize::from(paper.max_files) {
            faults.paper(&paper.key);
        }
    }
}

/// Looks into one file: it is the one that was announced, whole, and nothing in it blocks.
pub(crate) fn file(
    faults: &mut Faults,
    procedure: &Procedure,
    index: usize,
    asked: &FileReference,
    uploaded: Option<&Uploaded>,
) {
    let Some(uploaded) = uploaded else {
        faults.problem(format!("files[{index}].upload"), "unknown");
        faults.paper(&asked.requirement);
        return;
    };
    let Some(paper) = procedure.papers.iter().find(|it| it.key == asked.requirement) else { return };
    let before = faults.problems.len();
    if uploaded.requirement != asked.requirement {
        faults.problem(format!("files[{index}].requirement"), "differs");
    }
    if uploaded.sha256 != asked.sha256 {
        faults.problem(format!("files[{index}].sha256"), "differs");
    }
    if uploaded.bytes.len() as u64 != asked.bytes {
        faults.problem(format!("files[{index}].bytes"), "differs");
    }
    let requirement = Requirement {
        accepts: paper.accepts.clone(),
        max_bytes: paper.max_bytes,
        min_short_side: 0,
        paper: paper.format,
    };
    let report = documents::inspect(&uploaded.bytes, &requirement, &uploaded.filename, &asked.media_type);
    if report.kind.media_type() != asked.media_type {
        faults.problem(format!("files[{index}].mediaType"), "differs");
    }
    if report.blocked() {
        faults.problem(format!("files[{index}]"), "findings");
    }
    if faults.problems.len() > before {
        faults.paper(&asked.requirement);
    }
}

/// Checks the answers with `forms`, against the definition at the version they were given to.
#[must_use]
pub(crate) fn answers(
    form: &forms::Form,
    answers: &serde_json::Value,
    environment: &forms::Environment<'_>,
) -> Vec<AnswerProblem> {
    let one = |path: &str, rule: &str| vec![AnswerProblem { path: path.to_owned(), rule: rule.to_owned() }];
    let Ok(read) = forms::Answers::parse(answers.clone()) else { return one("answers", "object") };
    match forms::Submission::try_new(form, &read, environment) {
        Ok(submission) if serde_json::Value::Object(submission.data().clone()) == *answers => Vec::new(),
        // What is hidden or unknown was sent along: a page of ours never does that.
        Ok(_) => one("answers", "hidden"),
        Err(problems) => problems
            .iter()
            .map(|it| AnswerProblem { path: it.path.as_str().to_owned(), rule: it.rule.name().to_owned() })
            .collect(),
    }
}
