//! The procedures described whole: what their files say of each other, and that each is filed with its examples.

use crate::client::{Client, KEY, OTHER_KEY, PNG};
use crate::dossiers::{file, whole};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Questions of a case and what was answered.
type Case = &'static [(&'static str, &'static str)];

/// Code, form, and one case of those that are filled in here.
const FILED: [(&str, &str, Case); 11] = [
    ("1.000656", "death-registration", &[("filer", "kin"), ("deathProof", "notice"), ("lastResidence", "known")]),
    ("1.000894", "marriage-registration", &[("residenceData", "right"), ("foreignDivorce", "no")]),
    ("1.001193", "birth-registration", &[("filer", "parent"), ("childCase", "normal"), ("birthProof", "certificate")]),
    ("1.001612", "household-business", &[("subject", "family"), ("filer", "authorised"), ("eid", "no")]),
    (
        "1.004194",
        "temporary-residence",
        &[("registering", "household"), ("dwelling", "rented"), ("homeKnown", "unknown")],
    ),
    ("1.004222", "permanent-residence", &[("dwelling", "family"), ("kinKnown", "unknown")]),
    ("1.004873", "marital-status-certificate", &[("filer", "owner"), ("issuedBefore", "no"), ("severalHomes", "no")]),
    ("1.012789", "land-data-request", &[("wanted", "parcel"), ("exempt", "yes")]),
    ("1.014027", "social-pension", &[("filer", "kin"), ("age", "75")]),
    ("2.000635", "civil-status-copy", &[("filer", "owner"), ("oldPaper", "no")]),
    (
        "2.000806",
        "foreign-marriage-registration",
        &[("parties", "foreigner"), ("service", "no"), ("abroad", "yes"), ("foreignDivorce", "no")],
    ),
];

fn data(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

fn read(path: impl AsRef<Path>) -> Value {
    let path = data(path);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn names(folder: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(data(folder)).expect("the folder is there");
    files
        .map(|it| it.expect("an entry").file_name().into_string().expect("a name of text"))
        .filter_map(|it| it.strip_suffix(".json").map(str::to_owned))
        .collect()
}

fn codes() -> BTreeSet<String> {
    names("procedures")
}

fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    value[key].as_array().map(|it| it.iter().collect()).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What a form, its template and its examples must be, by the id of the form.
fn forms() -> impl Iterator<Item = (&'static str, Value)> {
    FILED.iter().map(|(_, id, _)| (*id, read(format!("forms/{id}.v1.json"))))
}

async fn signed_in() -> Client {
    let mut client = Client::new();
    client.sign_in("lan-anh").await;
    client
}

#[test]
fn there_are_twelve_and_each_but_the_counter_only_one_has_a_form() {
    let filed: BTreeSet<String> = FILED.iter().map(|(code, _, _)| (*code).to_owned()).collect();
    let mut expected = filed.clone();
    expected.insert("2.000815".to_owned());
    assert_eq!(codes(), expected);
    for (code, id, _) in FILED {
        let procedure = read(format!("procedures/{code}.json"));
        assert_eq!(procedure["form"], json!({ "id": id, "version": 1 }), "{code}");
        let form = read(format!("forms/{id}.v1.json"));
        assert_eq!(form["properties"]["procedure"], code);
        // The template that was not read is named by neither.
        assert_eq!(procedure.get("template").is_some(), form["properties"].get("template").is_some(), "{code}");
    }
    let ids: BTreeSet<String> = FILED.iter().map(|(_, id, _)| format!("{id}.v1")).collect();
    assert_eq!(names("forms"), ids);
}

#[test]
fn a_case_names_questions_and_options_that_are_there() {
    for code in codes() {
        let procedure = read(format!("procedures/{code}.json"));
        let mut options: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for question in texts(&procedure, "questions") {
            // A question may depend on those before it only.
            agrees(&code, &options, &question["when"]);
            let values: BTreeSet<&str> = texts(question, "options").iter().map(|it| text(&it["value"])).collect();
            assert!(values.len() >= 2, "{code} {question}");
            options.insert(text(&question["key"]), values);
        }
        assert!(options.len() <= 4, "{code} asks too much");
        for part in texts(&procedure, "papers").into_iter().chain(texts(&procedure, "visit")) {
            agrees(&code, &options, &part["when"]);
        }
    }
}

#[track_caller]
fn agrees(code: &str, options: &BTreeMap<&str, BTreeSet<&str>>, when: &Value) {
    for (key, values) in when.as_object().into_iter().flatten() {
        let known = options.get(key.as_str()).unwrap_or_else(|| panic!("{code} asks no {key}"));
        for value in values.as_array().expect("a list") {
            assert!(known.contains(text(value)), "{code}: {key} has no {value}");
        }
    }
}

#[test]
fn a_paper_is_sent_shown_or_filled_in_and_says_so() {
    for code in codes() {
        let procedure = read(format!("procedures/{code}.json"));
        let papers = texts(&procedure, "papers");
        let keys: BTreeSet<&str> = papers.iter().map(|it| text(&it["key"])).collect();
        assert_eq!(keys.len(), papers.len(), "{code} has a key twice");
        let forms = papers.iter().filter(|it| it["how"] == "ourForm").count();
        assert_eq!(forms, usize::from(procedure.get("form").is_some()), "{code}");
        for paper in papers {
            assert_eq!(paper["how"] == "upload", paper.get("accepts").is_some(), "{code} {}", paper["key"]);
        }
    }
}

/// The format is named where it is certain. ID-1: the card itself (ISO/IEC 7810). A4: what a State agency writes (Nghị định
/// 30/2020/NĐ-CP, phụ lục I, phần I: khổ A4). Of other papers no source read says it.
#[test]
fn the_format_of_a_paper_is_said_where_it_is_certain() {
    let mut said = Vec::new();
    for code in codes() {
        let procedure = read(format!("procedures/{code}.json"));
        for paper in texts(&procedure, "papers") {
            if let Some(format) = paper["format"].as_str() {
                assert_eq!(paper["how"], "upload", "{code}");
                said.push(format!("{code} {} {format}", text(&paper["key"])));
            }
        }
    }
    said.sort();
    assert_eq!(
        said,
        [
            "1.001193 abandonedRecord a4",
            "1.001612 ownerCard id1Card",
            "1.004222 mooring a4",
            "1.004222 religiousHousing a4",
        ]
    );
}

#[test]
fn only_what_is_free_or_has_amounts_says_so() {
    for code in codes() {
        let procedure = read(format!("procedures/{code}.json"));
        for fee in texts(&procedure, "channels").iter().map(|it| &it["fee"]).chain([&procedure["fee"]]) {
            assert_eq!(fee["kind"] == "amounts", fee.get("amounts").is_some(), "{code} {fee}");
        }
    }
}

#[test]
fn within_the_day_is_a_limit_of_no_days() {
    for code in codes() {
        let procedure = read(format!("procedures/{code}.json"));
        let within_the_day = text(&procedure["timeNote"]["vi"]).starts_with("Trong ngày");
        for limit in texts(&procedure, "channels").iter().map(|it| &it["timeLimit"]).chain([&procedure["timeLimit"]]) {
            let zero = limit["value"] == 0;
            assert!(limit.is_null() || zero == within_the_day, "{code} {limit}");
        }
    }
}

#[test]
fn the_police_is_named_and_never_any_centre() {
    for code in codes() {
        let procedure = read(format!("procedures/{code}.json"));
        let police = text(&procedure["authority"]["text"]["vi"]).starts_with("Công an");
        assert_eq!(police, procedure["filing"]["kind"] == "namedAgency", "{code}");
    }
}

#[test]
fn a_form_tells_how_long_each_step_takes_and_is_translated() {
    fn walk(form: &str, component: &Value) {
        let english = &component["properties"]["en"];
        let key = &component["key"];
        assert!(!text(&english["label"]).is_empty(), "{form} {key} has no English label");
        for name in ["help", "example", "why", "notSure"] {
            let own = text(&component["properties"][name]);
            // A name or a number needs no translation.
            let translated = name == "example" || !text(&english[name]).is_empty();
            assert!(own.is_empty() || translated, "{form} {key} has no English {name}");
            assert!(own.chars().count() <= 240, "{form} {key}: {name} is long");
        }
        for inner in texts(component, "components") {
            walk(form, inner);
        }
    }
    for (id, form) in forms() {
        for panel in texts(&form, "components") {
            assert!(panel["properties"]["minutes"].as_u64().is_some_and(|it| it >= 1), "{id} {}", panel["key"]);
            walk(id, panel);
        }
    }
}

/// A dossier of this procedure with its example of complete answers, without papers.
async fn example(client: &mut Client, code: &str, id: &str, case: Case) -> Value {
    let mut body = whole();
    body["procedure"] = json!(code);
    body["form"] = json!({ "id": id, "version": 1 });
    body["case"] = case.iter().copied().collect::<BTreeMap<_, _>>().into_iter().collect();
    body["answers"] = read(format!("forms/answers/{id}.valid.json"));
    let procedure = client.get(&format!("/api/v1/procedures/{code}")).await.json();
    if procedure["collecting"] == json!(["centre"]) {
        body["collecting"] = json!({ "method": "centre", "centre": "city" });
    }
    if procedure["filing"]["kind"] == "namedAgency" {
        body["filing"] = json!("agency");
    }
    body
}

/// A picture that a card could be on, at 200 dpi.
const CARD: &[u8] = include_bytes!("card.png");

/// What a field holds by the end of its key, and the format that says so. One that ends with none of these has none.
const FORMATS: [(&str, &str); 15] = [
    ("citizenid", "citizen-id"),
    ("passportnumber", "passport"),
    ("fullname", "full-name"),
    ("phone", "phone"),
    ("taxcode", "tax-code"),
    ("socialinsurance", "social-insurance"),
    ("parcelnumber", "land-number"),
    ("sheetnumber", "land-number"),
    ("capital", "money"),
    ("hometown", "place"),
    ("receivingplace", "place"),
    ("periodplace", "place"),
    ("marriageplace", "place"),
    ("partnerresidence", "place"),
    ("requesterresidence", "place"),
];

/// Every component with data, by its place in the data without rows.
fn fields(form: &Value) -> BTreeMap<String, &Value> {
    fn walk<'a>(component: &'a Value, around: &str, found: &mut BTreeMap<String, &'a Value>) {
        let (kind, key) = (text(&component["type"]), text(&component["key"]));
        let layout = matches!(kind, "panel" | "fieldset" | "well" | "columns" | "content");
        let place = match (layout, around) {
            (true, around) => around.to_owned(),
            (false, "") => key.to_owned(),
            (false, around) => format!("{around}.{key}"),
        };
        if !layout {
            found.insert(place.clone(), component);
        }
        for inner in texts(component, "components") {
            walk(inner, &place, found);
        }
    }
    let mut found = BTreeMap::new();
    for panel in texts(form, "components") {
        walk(panel, "", &mut found);
    }
    found
}

#[test]
fn what_has_a_way_of_writing_has_its_format_and_a_place_is_an_address() {
    for (id, form) in forms() {
        let mut addresses = 0;
        for (place, field) in fields(&form) {
            let (kind, key) = (text(&field["type"]), text(&field["key"]).to_ascii_lowercase());
            addresses += usize::from(kind == "address");
            assert!(kind != "currency" || field["properties"]["format"] == "money", "{id} {place}: money says so");
            assert!(kind != "phoneNumber" || field["properties"]["format"] == "phone", "{id} {place}: a phone says so");
            if matches!(kind, "textfield" | "phoneNumber" | "currency") {
                let expected = FORMATS.iter().find(|(end, _)| key.ends_with(end)).map(|(_, format)| *format);
                assert_eq!(field["properties"]["format"].as_str(), expected, "{id} {place}");
            }
            // A date is three boxes, day first, as it is written here.
            let date = key.ends_with("date") || key.ends_with("issuedon");
            assert!(!date || (kind == "day" && field["dayFirst"] == true), "{id} {place}: a date");
        }
        assert!(addresses >= 1, "{id} asks for no address");
    }
}

#[test]
fn an_identity_number_is_compared_with_what_is_told_of_the_same_person() {
    for (id, form) in forms() {
        let fields = fields(&form);
        for (place, field) in &fields {
            let Some(person) = place.strip_suffix("itizenId").map(|it| &it[..it.len() - 1]) else { continue };
            for (name, own, joined) in [("besideSex", "sex", "Sex"), ("besideBirthDate", "birthDate", "BirthDate")] {
                // "motherCitizenId" beside "motherSex", "members.citizenId" beside "members.sex", and the papers of a bride beside the bride.
                let alone = person.is_empty() || person.ends_with('.');
                let beside = format!("{person}{}", if alone { own } else { joined });
                let elsewhere = person.strip_suffix("Paper.").map(|it| format!("{it}.{own}"));
                let known = [Some(beside), elsewhere].into_iter().flatten().find(|it| fields.contains_key(it));
                assert_eq!(field["properties"][name].as_str(), known.as_deref(), "{id} {place}");
            }
        }
    }
}

#[tokio::test]
async fn each_form_is_filed_with_its_example_of_complete_answers() {
    for (code, id, case) in FILED {
        let mut client = signed_in().await;
        let mut body = example(&mut client, code, id, case).await;
        // The papers that are missing are asked for by key; they are uploaded then.
        let first = file(&mut client, KEY, &body).await;
        if first.status.as_u16() == 422 {
            let problem = first.json();
            assert!(problem["problems"].is_null(), "{code}: {problem}");
            let mut files = Vec::new();
            for key in problem["papers"].as_array().expect("papers") {
                files.push(client.upload(key.as_str().expect("a key"), "giay.png", "image/png", CARD).await);
            }
            body["files"] = json!(files);
            file(&mut client, OTHER_KEY, &body).await.is(201);
        } else {
            first.is(201);
        }
        client.all_keep_the_contract();
    }
}

#[tokio::test]
async fn a_card_of_too_few_pixels_is_refused_and_a_paper_of_no_format_is_not() {
    let (code, id, case) = FILED[3];
    let mut client = signed_in().await;
    let mut body = example(&mut client, code, id, case).await;
    let asked = file(&mut client, KEY, &body).await.json();
    let mut files = Vec::new();
    for key in asked["papers"].as_array().expect("papers") {
        files.push(client.upload(key.as_str().expect("a key"), "giay.png", "image/png", PNG).await);
    }
    let card = files.iter().position(|it| it["requirement"] == "ownerCard").expect("a card is asked for");
    body["files"] = json!(files);
    let refused = file(&mut client, OTHER_KEY, &body).await.is_problem(422, "invalid");
    assert_eq!(refused["problems"], json!([{ "path": format!("files[{card}]"), "rule": "findings" }]));
    assert_eq!(refused["papers"], json!(["ownerCard"]));
}

/// Every fault of the example of mistakes, in order: `path rule`. `UPDATE_EXPECT=1` writes the list anew.
#[tokio::test]
async fn each_form_finds_the_mistakes_of_its_example() {
    for (code, id, case) in FILED {
        let mut client = signed_in().await;
        let mut body = whole();
        body["procedure"] = json!(code);
        body["form"] = json!({ "id": id, "version": 1 });
        body["case"] = case.iter().copied().collect::<BTreeMap<_, _>>().into_iter().collect();
        body["answers"] = read(format!("forms/answers/{id}.mistakes.json"));
        let problem = file(&mut client, KEY, &body).await.is_problem(422, "invalid");
        let answers = body["answers"].as_object().expect("answers");
        let found = texts(&problem, "problems")
            .iter()
            .filter(|it| !["filing", "collecting"].iter().any(|ours| text(&it["path"]).starts_with(ours)))
            .map(|it| format!("{} {}\n", text(&it["path"]), text(&it["rule"])))
            .collect::<Vec<_>>()
            .concat();
        assert!(!answers.is_empty() && !found.is_empty(), "{id}");
        let path = data(format!("forms/answers/{id}.mistakes.txt"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &found).expect("the list can be written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(found, expected, "{id}: UPDATE_EXPECT=1 writes it anew");
    }
}

#[tokio::test]
async fn what_the_police_decides_is_filed_with_the_police_and_nowhere_else() {
    let mut client = signed_in().await;
    let mut body = whole();
    body["procedure"] = json!("1.004194");
    body["form"] = json!({ "id": "temporary-residence", "version": 1 });
    body["case"] = json!({ "registering": "household", "dwelling": "family" });
    body["answers"] = read("forms/answers/temporary-residence.valid.json");
    let refused = file(&mut client, KEY, &body).await.is_problem(422, "invalid");
    assert_eq!(refused["problems"], json!([{ "path": "filing", "rule": "unknown" }]));
    body["filing"] = json!("agency");
    let receipt = file(&mut client, OTHER_KEY, &body).await.is(201).json();
    assert_eq!(receipt["deciding"], "Công an phường Ninh Kiều");
    assert_eq!(receipt["filing"], "Công an phường Ninh Kiều");
    client.all_keep_the_contract();
}

#[tokio::test]
async fn what_a_centre_takes_is_not_filed_with_an_agency() {
    let mut client = signed_in().await;
    let mut body = whole();
    body["filing"] = json!("agency");
    let refused = file(&mut client, KEY, &body).await.is_problem(422, "invalid");
    assert_eq!(refused["problems"], json!([{ "path": "filing", "rule": "unknown" }]));
}
