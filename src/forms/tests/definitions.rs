//! What is refused in a definition, and where it is said to be.

use forms::{DateKept, Form, Kind, MAX_DEFINITION_BYTES, NativePatterns, NoPatterns, SelectSource, set_scripts_here};
use serde_json::{Value, json};

#[track_caller]
fn check(definition: &Value, expected: &[(&str, &str)]) {
    let found = match Form::parse(definition, &NativePatterns::new()) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.into_iter().map(|error| (error.path, error.error.to_string())).collect(),
    };
    let expected: Vec<_> = expected.iter().map(|(path, error)| ((*path).to_owned(), (*error).to_owned())).collect();
    assert_eq!(found, expected, "{definition}");
}

#[track_caller]
fn check_component(component: &Value, expected: &[(&str, &str)]) {
    check(&json!({ "components": [component] }), expected);
}

#[test]
fn what_is_no_form_is_refused_whole() {
    check(&json!(null), &[("", "notAForm")]);
    check(&json!([]), &[("", "notAForm")]);
    check(&json!({}), &[("", "notAForm")]);
    check(&json!({ "components": {} }), &[("", "notAForm")]);
    check(&json!({ "form": { "title": "A" } }), &[("", "notAForm")]);
    check(&json!({ "form": { "components": [] }, "_id": "1" }), &[]);
    check(&json!({ "schema": { "display": "wizard", "components": [] }, "version": 3 }), &[]);
    check(
        &json!({ "slug": "a", "configuration": { "components": [{ "type": "tree" }] } }),
        &[("components[0]", "missingKey"), ("components[0].type", "unknownKind")],
    );
    check(
        &json!({ "forms": [{ "title": "a", "versions": [{ "schema": { "components": [{ "type": "tree" }] } }] }] }),
        &[("components[0]", "missingKey"), ("components[0].type", "unknownKind")],
    );
    check(&json!({ "components": [] }), &[]);
    check(
        &json!({ "components": ["x", null] }),
        &[("components[0]", "notAComponent"), ("components[1]", "notAComponent")],
    );
    check(&json!({ "display": "book", "components": [] }), &[("display", "unknownDisplay")]);
    check(&json!({ "display": "pdf", "components": [] }), &[]);
}

#[test]
fn unknown_kinds_are_refused_with_their_path_and_all_at_once() {
    check(
        &json!({ "components": [
            { "type": "textfield", "key": "a" },
            { "type": "columns", "key": "c", "columns": [
                { "components": [] },
                { "components": [{ "type": "tree", "key": "s" }, { "key": "none" }] } ] },
            { "type": "datagrid", "key": "d", "components": [{ "type": "panel", "key": "p", "components": [{ "type": "hologram", "key": "s2" }] }] }
        ] }),
        &[
            ("components[1].columns[1].components[0].type", "unknownKind"),
            ("components[1].columns[1].components[1].type", "unknownKind"),
            ("components[2].components[0].components[0].type", "unknownKind"),
        ],
    );
    check(
        &json!({ "display": "wizard", "components": [{ "type": "panel", "key": "p", "components": [{ "type": "form", "key": "r" }] }] }),
        &[("components[0].components[0].type", "unknownKind")],
    );
}

#[track_caller]
fn check_kind(component: &Value, expected: &str) {
    let form = Form::parse(&json!({ "components": [component] }), &NoPatterns).expect("read");
    assert_eq!(form.steps[0].components[0].kind.name(), expected, "{component}");
}

#[test]
fn kinds_that_governments_add_are_drawn_as_the_nearest_one() {
    let option = json!([{ "label": "A", "value": "a" }]);
    for (type_name, name) in [
        ("simpletextfieldadvanced", "textfield"),
        ("simpletextarea", "textarea"),
        ("simplenumber", "number"),
        ("simpleemail", "email"),
        ("simplephonenumberadvanced", "phoneNumber"),
        ("simpleradios", "radio"),
        ("simplecheckbox", "checkbox"),
        ("simplecheckboxes", "selectboxes"),
        ("simpleselectboxesadvanced", "selectboxes"),
        ("simpleselectadvanced", "select"),
        ("simpledatetimeadvanced", "datetime"),
        ("simpleday", "day"),
        ("simplefile", "file"),
        ("simplesignatureadvanced", "signature"),
        ("simplebuttonsubmit", "button"),
        ("orgbook", "select"),
        ("radiopanel", "radio"),
        ("navCheckbox", "checkbox"),
        ("navDatepicker", "datetime"),
        ("fnrfield", "textfield"),
        ("alertstripe", "content"),
        ("postcode", "textfield"),
        ("iban", "textfield"),
        ("date", "datetime"),
        ("cosign", "email"),
        ("password", "textfield"),
        ("simpleurladvanced", "url"),
        ("simpletagsadvanced", "tags"),
        ("fileUpload", "file"),
        ("toggle", "checkbox"),
    ] {
        check_kind(&json!({ "type": type_name, "key": "a", "input": true }), name);
    }
    // A setting may say what the name does not.
    check_kind(&json!({ "type": "eligibility", "key": "a", "inputType": "radio", "values": option }), "radio");
    check_kind(&json!({ "type": "eligibility", "key": "a", "inputType": "checkbox", "values": option }), "selectboxes");
    check_kind(&json!({ "type": "eligibility", "key": "a", "inputType": "text" }), "textfield");
    check_kind(&json!({ "type": "eligibility", "key": "a", "values": option }), "radio");
    check_kind(&json!({ "type": "eligibility", "key": "a", "data": { "values": option } }), "select");
}

#[test]
fn groups_of_another_name_are_groups() {
    let field = json!([{ "type": "textfield", "key": "b" }]);
    check_kind(&json!({ "type": "simplepanel", "key": "a", "input": false, "components": field }), "fieldset");
    check_kind(
        &json!({ "type": "simplecols2", "key": "a", "input": false, "columns": [{ "components": field }] }),
        "columns",
    );
    check_kind(&json!({ "type": "whatever", "key": "a", "components": field }), "fieldset");
    check_kind(&json!({ "type": "navSkjemagruppe", "key": "a", "input": true, "components": field }), "container");
    check_kind(&json!({ "type": "simpleheading", "key": "a", "input": false }), "content");
}

#[test]
fn kinds_that_nothing_of_ours_is_like_are_refused() {
    for type_name in ["tree", "simpletreeadvanced", "map", "datamap", "datatable", "dynamicWizard", "form", "custom"] {
        check_component(&json!({ "type": type_name, "key": "a" }), &[("components[0].type", "unknownKind")]);
        check_component(
            &json!({ "type": type_name, "key": "a", "input": true }),
            &[("components[0].type", "unknownKind")],
        );
    }
}

#[test]
fn kinds_whose_answer_cannot_be_given_here_are_refused_rather_than_typed() {
    let answers = json!([{ "value": "leggerVedNaa", "label": "A" }, { "value": "nei", "label": "B" }]);
    let inside = json!([{ "type": "textfield", "key": "city" }]);
    for component in [
        json!({ "type": "attachment", "key": "a", "attachmentValues": { "nei": { "enabled": true } } }),
        json!({ "type": "attachment", "key": "a", "values": answers }),
        json!({ "type": "vedlegg", "key": "a" }),
        json!({ "type": "bcaddress", "key": "a", "provider": "custom", "components": inside }),
        json!({ "type": "simplebcaddress", "key": "a" }),
        json!({ "type": "plsPlusAddress", "key": "a", "components": inside }),
        json!({ "type": "navAddress", "key": "a", "addressType": "FOREIGN_ADDRESS" }),
        json!({ "type": "navAddress", "key": "a", "addressType": "NORWEGIAN_ADDRESS", "prefillKey": "sokerAdresser" }),
        json!({ "type": "location", "key": "a" }),
        json!({ "type": "resource", "key": "a", "resource": "5a" }),
        json!({ "type": "landvelger", "key": "a" }),
        json!({ "type": "npFamilyMembers", "key": "a", "values": [{ "label": "", "value": "" }] }),
        json!({ "type": "coSign", "key": "a", "authPlugin": "digid" }),
        json!({ "type": "navSelect", "key": "a", "dataSrc": "url", "data": { "url": "https://example.org/list" } }),
        json!({ "type": "monthPicker", "key": "a" }),
    ] {
        let mut component = component;
        component["input"] = json!(true);
        check_component(&component, &[("components[0].type", "kindNotHere")]);
        // Compared with the reference it is judged as that judges it.
        let form = Form::parse_to_compare(&json!({ "components": [component] }), &NoPatterns).expect("read");
        assert!(matches!(form.steps[0].components[0].kind.name(), "hidden" | "container"), "{component}");
    }
}

#[test]
fn what_is_hidden_whatever_is_answered_may_be_of_any_kind() {
    for type_name in ["maalgruppe", "resource", "tree"] {
        let hidden = json!({ "type": type_name, "key": "a", "input": true, "hidden": true, "logic": [] });
        check_kind(&hidden, "hidden");
        let mut shown = hidden;
        shown["logic"] = json!([{ "trigger": { "type": "event" }, "actions": [] }]);
        assert!(Form::parse(&json!({ "components": [shown] }), &NoPatterns).is_err());
    }
}

#[test]
fn an_attachment_that_is_kept_as_files_are_is_a_file() {
    check_kind(
        &json!({ "type": "attachment", "key": "a", "input": true, "storage": "url", "filePattern": "*.pdf" }),
        "file",
    );
    check_kind(&json!({ "type": "vedlegg", "key": "a", "input": true, "fileMaxSize": "5MB" }), "file");
}

#[test]
fn no_kind_is_refused_that_is_compared() {
    for type_name in ["tree", "hologram", "map", "", "datamap", "datatable", "dynamicWizard", "tagpad", "form"] {
        let definition = json!({ "components": [{ "type": type_name, "key": "a", "input": true }] });
        assert!(Form::parse_to_compare(&definition, &NoPatterns).is_ok(), "{type_name}");
        assert!(Form::parse(&definition, &NoPatterns).is_err(), "{type_name}");
    }
}

#[test]
fn what_a_screen_alone_asks_for_does_not_keep_a_form_from_being_compared() {
    for component in [
        json!({ "type": "textfield", "key": "a", "properties": { "format": "dd-MM", "prefill": "true" } }),
        json!({ "type": "select", "key": "a", "dataSrc": "boundary" }),
    ] {
        let definition = json!({ "components": [component] });
        assert!(Form::parse(&definition, &NoPatterns).is_err(), "{component}");
        assert!(Form::parse_to_compare(&definition, &NoPatterns).is_ok(), "{component}");
    }
    let kept = json!({ "components": [{ "type": "select", "key": "a", "dataSrc": "indexeddb" }] });
    let form = Form::parse(&kept, &NoPatterns).expect("read");
    assert!(matches!(form.steps[0].components[0].kind, Kind::Select { source: SelectSource::Elsewhere, .. }));
}

#[test]
fn what_is_outside_the_language_stops_where_a_form_is_compared_and_is_told() {
    for (component, path) in [
        (json!({ "customConditional": "class A {} show = false" }), "components[0].customConditional"),
        (json!({ "conditional": { "json": { "var": "submission.owner" } } }), "components[0].conditional.json"),
        (
            json!({ "logic": [{ "trigger": { "type": "javascript", "javascript": "result = true" },
                "actions": [{ "type": "property", "property": { "value": "type", "type": "string" }, "text": "number" }] }] }),
            "components[0].logic[0].actions[0].property",
        ),
    ] {
        let mut field = json!({ "type": "textfield", "key": "a" });
        field.as_object_mut().expect("an object").extend(component.as_object().expect("settings").clone());
        let definition = json!({ "components": [field] });
        let errors = Form::parse(&definition, &NoPatterns).expect_err("outside");
        let form = Form::parse_to_compare(&definition, &NoPatterns).expect("read");
        assert_eq!(form.outside(), errors);
        assert_eq!(errors[0].path, path);
    }
}

#[test]
fn a_widget_of_several_parts_has_the_parts_of_its_answer() {
    let keys = |component: &Value| {
        let form = Form::parse(&json!({ "components": [component, { "type": "textfield", "key": "z" }] }), &NoPatterns)
            .expect("read");
        let widget = &form.steps[0].components[0];
        assert_eq!(widget.kind.name(), "container", "{component}");
        let children = widget.kind.children();
        children.map(|it| [if it.required { "*" } else { "" }, &it.key].concat()).collect::<Vec<_>>().join(" ")
    };
    let dutch = json!({ "type": "addressNL", "key": "a", "validate": { "required": true } });
    assert_eq!(keys(&dutch), "*postcode *houseNumber houseLetter houseNumberAddition streetName city");
    assert_eq!(
        keys(&json!({ "type": "addressNL", "key": "a" })),
        "postcode houseNumber houseLetter houseNumberAddition streetName city"
    );
    let norwegian = |kind: &str| json!({ "type": "navAddress", "key": "a", "input": true, "addressType": kind });
    assert_eq!(keys(&norwegian("NORWEGIAN_ADDRESS")), "co adresse postnummer bySted");
    assert_eq!(keys(&norwegian("POST_OFFICE_BOX")), "co postboks postnummer bySted");
    assert_eq!(keys(&json!({ "type": "addressValidity", "key": "a" })), "gyldigFraOgMed gyldigTilOgMed");
    assert_eq!(
        keys(&json!({ "type": "sender", "key": "a" })),
        "person.nationalIdentityNumber person.firstName person.surname"
    );
    let sender =
        json!({ "type": "sender", "key": "a", "senderRole": "organization", "validate": { "required": true } });
    assert_eq!(keys(&sender), "*organization.number *organization.name");
    let identity = json!({ "type": "identity", "key": "a", "validate": { "required": true } });
    assert_eq!(keys(&identity), "*harDuFodselsnummer *identitetsnummer *fodselsdato");
}

#[test]
fn a_select_that_keeps_whole_options_answers_with_them() {
    let select =
        json!({ "type": "navSelect", "key": "a", "data": { "values": [{ "label": "Norge", "value": "NO" }] } });
    let form = Form::parse(&json!({ "components": [select] }), &NoPatterns).expect("read");
    let option = &form.steps[0].components[0].kind.options()[0];
    assert_eq!(option.value, json!({ "label": "Norge", "value": "NO" }));
    assert_eq!(option.label, "Norge");
}

#[test]
fn a_date_of_another_name_is_kept_as_a_day_alone() {
    for (component, expected) in [
        (json!({ "type": "date", "key": "a" }), DateKept::Day),
        (json!({ "type": "navDatepicker", "key": "a", "input": true }), DateKept::Day),
        (json!({ "type": "simpledatetimeadvanced", "key": "a" }), DateKept::Midnight),
        (json!({ "type": "datetime", "key": "a" }), DateKept::Midnight),
        (json!({ "type": "datetime", "key": "a", "enableTime": true }), DateKept::Time),
    ] {
        let form = Form::parse(&json!({ "components": [component] }), &NoPatterns).expect("read");
        let kind = &form.steps[0].components[0].kind;
        assert!(matches!(kind, Kind::DateTime { kept } if *kept == expected), "{component}: {kind:?}");
    }
}

#[test]
fn what_is_typed_into_a_password_is_secret() {
    for (component, expected) in [
        (json!({ "type": "password", "key": "a" }), true),
        (json!({ "type": "textfield", "key": "a", "inputType": "password" }), true),
        (json!({ "type": "textfield", "key": "a", "inputType": "text" }), false),
        (json!({ "type": "bsn", "key": "a" }), false),
    ] {
        let form = Form::parse(&json!({ "components": [component] }), &NoPatterns).expect("read");
        let kind = &form.steps[0].components[0].kind;
        assert!(matches!(kind, Kind::TextField { secret, .. } if *secret == expected), "{component}: {kind:?}");
    }
}

#[test]
fn text_of_another_name_is_read_from_where_its_service_writes_it() {
    for component in [
        json!({ "type": "alertstripe", "key": "a", "input": true, "content": "<p>Xin đọc</p>" }),
        json!({ "type": "simplecontent", "key": "a", "input": false, "html": "<p>Xin đọc</p>" }),
        json!({ "type": "simpleheading", "key": "a", "input": false, "tag": "h2", "content": "Xin đọc" }),
    ] {
        let form = Form::parse(&json!({ "components": [component] }), &NoPatterns).expect("read");
        let Kind::Content { text } = &form.steps[0].components[0].kind else { panic!("{component}") };
        assert_eq!(text.plain(), "Xin đọc", "{component}");
    }
}

#[test]
fn a_list_that_stands_in_the_program_of_a_service_is_typed() {
    let state = json!({ "components": [{ "type": "state", "key": "a", "input": true }] });
    let form = Form::parse(&state, &NoPatterns).expect("read");
    assert!(matches!(form.steps[0].components[0].kind, Kind::Select { source: SelectSource::Elsewhere, .. }));
}

#[test]
fn buttons_are_taken_and_what_pressing_one_would_run_is_not() {
    check_component(&json!({ "type": "button", "key": "submit", "action": "submit" }), &[]);
    check_component(&json!({ "type": "button", "label": "Tiếp", "action": "event", "event": "next" }), &[]);
    check_component(&json!({ "type": "recaptcha", "key": "robot" }), &[]);
    // No button of a definition is ever shown.
    check_component(&json!({ "type": "button", "key": "b", "action": "custom", "custom": "alert(1)" }), &[]);
}

#[test]
fn every_kind_is_read() {
    for (type_name, name) in [
        ("well", "well"),
        ("fieldset", "fieldset"),
        ("panel", "fieldset"),
        ("htmlelement", "content"),
        ("time", "time"),
        ("url", "url"),
        ("tags", "tags"),
        ("survey", "survey"),
        ("signature", "signature"),
        ("editgrid", "editgrid"),
        ("datagrid", "datagrid"),
        ("address", "address"),
        ("hidden", "hidden"),
    ] {
        let form =
            Form::parse(&json!({ "components": [{ "type": type_name, "key": "a" }] }), &NoPatterns).expect("read");
        assert_eq!(form.steps[0].components[0].kind.name(), name);
    }
}

#[test]
fn groups_of_a_table_and_of_tabs_are_read() {
    let form = Form::parse(
        &json!({ "components": [
            { "type": "table", "key": "t", "header": ["Họ tên"], "numRows": 2, "numCols": 2, "rows": [
                [{ "components": [{ "type": "textfield", "key": "a" }] }, { "components": [] }],
                [{ "components": [{ "type": "textfield", "key": "b" }] }] ] },
            { "type": "tabs", "key": "u", "components": [
                { "label": "Một", "key": "one", "components": [{ "type": "textfield", "key": "c" }] },
                { "label": "Hai", "key": "two", "components": [{ "type": "textfield", "key": "d" }] }] } ] }),
        &NoPatterns,
    )
    .expect("read");
    let forms::Kind::Table { header, cells } = &form.steps[0].components[0].kind else { panic!("a table") };
    assert_eq!((header.len(), cells.len()), (2, 4));
    assert_eq!((header[0].as_str(), cells[2].components[0].key.as_str()), ("Họ tên", "b"));
    let forms::Kind::Tabs { tabs } = &form.steps[0].components[1].kind else { panic!("tabs") };
    assert_eq!(tabs.iter().map(|tab| tab.label.as_str()).collect::<Vec<_>>(), ["Một", "Hai"]);
    assert_eq!(form.components().map(|it| it.key.as_str()).collect::<Vec<_>>(), ["t", "a", "b", "u", "c", "d"]);
}

#[track_caller]
fn check_rows(component: &Value, initial: u32, most: Option<u32>) {
    let form = Form::parse(&json!({ "components": [component] }), &NoPatterns).expect("read");
    let (forms::Kind::DataGrid { rows, .. } | forms::Kind::EditGrid { rows, .. }) = form.steps[0].components[0].kind
    else {
        panic!("a list")
    };
    assert_eq!((rows.initial, rows.most), (initial, most), "{component}");
}

#[test]
fn a_list_starts_with_the_rows_its_definition_wants() {
    check_rows(&json!({ "type": "datagrid", "key": "a" }), 1, None);
    check_rows(&json!({ "type": "datagrid", "key": "a", "initEmpty": true }), 0, None);
    check_rows(&json!({ "type": "datagrid", "key": "a", "defaultValue": [{}, {}] }), 2, None);
    check_rows(
        &json!({ "type": "datagrid", "key": "a", "validate": { "minLength": 3, "maxLength": "5" } }),
        3,
        Some(5),
    );
    check_rows(&json!({ "type": "editgrid", "key": "a" }), 0, None);
    check_rows(&json!({ "type": "editgrid", "key": "a", "openWhenEmpty": true }), 1, None);
}

#[test]
fn a_fresh_form_has_no_more_on_screen_than_a_definition_may_have() {
    let list = |kind: &str, key: &str, rows: u32, inside: Value| json!({ "type": kind, "key": key, "openWhenEmpty": true, "validate": { "minLength": rows }, "components": inside });
    let fields = |count: usize| -> Value {
        (0..count).map(|at| json!({ "type": "checkbox", "key": format!("k{at}") })).collect()
    };
    for kind in ["datagrid", "editgrid"] {
        check_component(&list(kind, "a", 200, fields(20)), &[]);
        check_component(&list(kind, "a", 500, fields(9)), &[]);
        // Answers keep no more rows than these.
        check_component(&list(kind, "a", 501, fields(1)), &[("components[0]", "tooManyRows")]);
        check_component(&list(kind, "a", 1_000_000, fields(1)), &[("components[0]", "tooManyRows")]);
        check_component(&list(kind, "a", 500, fields(10)), &[("components[0]", "tooManyRows")]);
    }
    let defaults: Vec<Value> = (0..501).map(|_| json!({})).collect();
    check_component(
        &json!({ "type": "datagrid", "key": "a", "defaultValue": defaults, "components": fields(1) }),
        &[("components[0]", "tooManyRows")],
    );
    // A list in a list begins anew in each of its rows; the one that is too many is told.
    let nested = list("datagrid", "a", 100, json!([list("datagrid", "b", 100, fields(1))]));
    check_component(&nested, &[("components[0].components[0]", "tooManyRows")]);
    let endless = (0..20).fold(fields(1), |inside, at| json!([list("datagrid", &format!("l{at}"), 500, inside)]));
    let found = Form::parse(&json!({ "components": endless }), &NoPatterns).expect_err("too many rows");
    assert_eq!(found.len(), 1);
    // However many may be added later.
    let most =
        json!({ "type": "datagrid", "key": "a", "validate": { "maxLength": 1_000_000 }, "components": fields(1) });
    check_component(&most, &[]);
    let form = Form::parse(&json!({ "components": [most] }), &NoPatterns).expect("a form");
    let forms::Kind::DataGrid { rows, .. } = form.steps[0].components[0].kind else { panic!("a list") };
    assert_eq!([0, 1, 2, 499, 500].map(|count| rows.may_grow(count)), [true, true, true, true, false]);
    assert_eq!([0, 1].map(|count| rows.may_shrink(count)), [false, true]);
}

#[test]
fn a_list_written_in_a_script_is_read_and_one_that_depends_is_typed() {
    let choice = |value: &str, label: &str| forms::Choice { value: json!(value), label: label.to_owned() };
    let select = |source: &str| {
        json!({ "dataSrc": "custom", "valueProperty": "value", "template": "<span>{{ item.label }}</span>",
            "data": { "custom": source } })
    };
    check_source(
        select("values = [{ label: 'Một', value: 'a' }, { label: 'Hai', value: 'b' }];"),
        &forms::SelectSource::Values(vec![choice("a", "Một"), choice("b", "Hai")]),
    );
    for source in ["values = data.list", "fetch('/x')", "values = [new Date().getFullYear()]", "values = 'a'", ""] {
        check_source(select(source), &forms::SelectSource::Elsewhere);
    }
}

#[track_caller]
fn check_source(select: Value, expected: &forms::SelectSource) {
    let mut component = select;
    component["type"] = json!("select");
    component["key"] = json!("a");
    let form = Form::parse(&json!({ "components": [component] }), &NoPatterns).expect("read");
    let forms::Kind::Select { source, .. } = &form.steps[0].components[0].kind else { panic!("a select") };
    assert_eq!(source, expected, "{component}");
}

#[test]
fn a_list_may_depend_on_another_answer() {
    let backend = |address: &str, value: &str, label: &str| forms::SelectSource::Backend {
        address: forms::Template::parse(address).expect("a template"),
        value: value.to_owned(),
        label: label.to_owned(),
    };
    check_source(
        json!({ "dataSrc": "url", "data": { "url": "/api/v1/places" }, "filter": "province={{data.province}}",
            "valueProperty": "code", "template": "<span>{{ item.name }}</span>" }),
        &backend("/api/v1/places?province={{data.province}}", "code", "name"),
    );
    check_source(
        json!({ "dataSrc": "resource", "data": { "resource": "wards?country=VN" }, "filter": "of={{ row.province }}" }),
        &backend("wards?country=VN&of={{row.province}}", "", ""),
    );
    check_source(
        json!({ "dataSrc": "url", "data": { "url": "https://elsewhere.example/list" } }),
        &forms::SelectSource::Elsewhere,
    );
    let choice = |value: Value, label: &str| forms::Choice { value, label: label.to_owned() };
    check_source(
        json!({ "dataSrc": "json", "data": { "json": "[{\"code\":\"92\",\"name\":\"Cần Thơ\"}]" }, "valueProperty": "code",
            "template": "<span>{{ item.name }}</span>" }),
        &forms::SelectSource::Values(vec![choice(json!("92"), "Cần Thơ")]),
    );
}

#[test]
fn javascript_outside_the_language_is_refused_wherever_it_stands() {
    let script = "class A {}";
    for (extra, path) in [
        (json!({ "customConditional": script }), "customConditional"),
        (json!({ "calculateValue": script }), "calculateValue"),
        (json!({ "customDefaultValue": script }), "customDefaultValue"),
        (json!({ "validate": { "custom": script } }), "validate.custom"),
        (
            json!({ "logic": [{ "trigger": { "type": "javascript", "javascript": script }, "actions": [] }] }),
            "logic[0].trigger.javascript",
        ),
        (
            json!({ "logic": [{ "trigger": { "type": "event" }, "actions": [{ "type": "value", "value": script }] }] }),
            "logic[0].actions[0].value",
        ),
    ] {
        let mut component = json!({ "type": "textfield", "key": "a" });
        for (name, value) in extra.as_object().expect("an object") {
            component[name] = value.clone();
        }
        check_component(&component, &[(&format!("components[0].{path}"), "javaScript")]);
    }
    check_component(
        &json!({ "type": "editgrid", "key": "a", "validate": { "row": script } }),
        &[("components[0].validate.row", "javaScript")],
    );
    check_component(
        &json!({ "type": "panel", "key": "p", "customConditional": "fetch('/x')", "components": [] }),
        &[("components[0].customConditional", "javaScript")],
    );
}

#[test]
fn a_refused_script_is_told_with_its_column_and_token() {
    let definition =
        json!({ "components": [{ "type": "textfield", "key": "a", "customConditional": "show = window.a" }] });
    let errors = Form::parse(&definition, &NoPatterns).expect_err("refused");
    let script = errors[0].script.as_ref().expect("where in the script");
    assert_eq!((script.column, script.token.as_str()), (8, "window"));
}

#[test]
fn javascript_within_the_language_is_read() {
    check_component(
        &json!({ "type": "textfield", "key": "a", "customConditional": "show = data.b === 'x' && !row.c",
            "calculateValue": "value = data.b * 2", "customDefaultValue": "value = 'x'",
            "validate": { "custom": "valid = input.length > 3 ? true : 'Ngắn quá'", "json": { "==": [{ "var": "input" }, 1] } },
            "logic": [{ "trigger": { "type": "javascript", "javascript": "result = data.b > 1" },
                "actions": [{ "type": "property", "property": { "value": "validate.required", "type": "boolean" }, "state": true },
                    { "type": "value", "value": "value = 1" }] }] }),
        &[],
    );
}

#[test]
fn what_the_builder_leaves_empty_is_not_refused() {
    check_component(
        &json!({ "type": "textfield", "key": "a", "customConditional": "", "calculateValue": " ", "customDefaultValue": null, "logic": [], "inputMask": "",
            "conditional": { "show": null, "when": null, "eq": "", "json": "" },
            "validate": { "custom": "", "json": "", "pattern": "", "minLength": "", "maxLength": null, "required": false }, "properties": { "format": "", "prefill": "" } }),
        &[],
    );
}

#[test]
fn logic_that_is_not_supported_is_refused() {
    let logic = |action: Value| json!({ "type": "textfield", "key": "a", "logic": [{ "trigger": { "type": "event" }, "actions": [action] }] });
    check_component(&logic(json!({ "type": "mergeComponentSchema", "schemaDefinition": "schema = {}" })), &[]);
    check_component(
        &logic(json!({ "type": "mergeComponentSchema", "schemaDefinition": "schema = zaak" })),
        &[("components[0].logic[0].actions[0].schemaDefinition", "javaScript")],
    );
    check_component(
        &logic(json!({ "type": "magic" })),
        &[("components[0].logic[0].actions[0].type", "unsupportedLogic")],
    );
    check_component(
        &logic(json!({ "type": "customAction", "customAction": "component.hidden = true" })),
        &[("components[0].logic[0].actions[0].customAction", "javaScript")],
    );
    check_component(
        &logic(json!({ "type": "property", "property": { "value": "clearOnHide", "type": "boolean" }, "state": true })),
        &[],
    );
    check_component(
        &logic(json!({ "type": "property", "property": { "value": "key", "type": "string" }, "text": "b" })),
        &[("components[0].logic[0].actions[0].property", "unsupportedLogic")],
    );
    check_component(
        &json!({ "type": "textfield", "key": "a", "logic": [{ "trigger": { "type": "magic" }, "actions": [] }] }),
        &[("components[0].logic[0].trigger.type", "unsupportedLogic")],
    );
    check_component(
        &json!({ "type": "number", "key": "a", "calculateValue": { "method": [1, 2] } }),
        &[("components[0].calculateValue", "unknownOperation")],
    );
    check_component(
        &json!({ "type": "number", "key": "a", "validate": { "json": { "method": [1, 1] } } }),
        &[("components[0].validate.json", "unknownOperation")],
    );
}

#[test]
fn boxes_that_share_one_answer_are_drawn_as_radios() {
    let boxes = json!({ "components": [
        { "type": "checkbox", "inputType": "radio", "key": "a", "name": "status", "value": "x", "label": "Độc thân" },
        { "type": "checkbox", "inputType": "radio", "key": "b", "name": "status", "value": "y" } ] });
    let form = Form::parse(&boxes, &NoPatterns).expect("read");
    let first = &form.steps[0].components[0];
    assert_eq!(
        (first.key.as_str(), first.kind.name(), first.kind.options()[0].value.clone()),
        ("status", "radio", json!("x"))
    );
}

#[test]
fn a_limit_that_is_null_is_none_but_to_compare() {
    let definition =
        json!({ "components": [{ "type": "number", "key": "n", "validate": { "min": null, "max": null } }] });
    let patterns = NativePatterns::new();
    let limits = |form: Result<Form, _>| {
        form.map(|form| (form.steps[0].components[0].rules.min, form.steps[0].components[0].rules.max))
    };
    assert_eq!(limits(Form::parse(&definition, &patterns)), Ok((None, None)));
    assert_eq!(limits(Form::parse_to_compare(&definition, &patterns)), Ok((Some(0.0), Some(0.0))));
}

#[test]
fn conditions_that_cannot_be_read_are_refused() {
    let conditional = |conditional: Value| json!({ "type": "textfield", "key": "a", "conditional": conditional });
    check_component(&conditional(json!("x")), &[("components[0].conditional", "invalidCondition")]);
    check_component(&conditional(json!({ "when": 5 })), &[("components[0].conditional.when", "invalidCondition")]);
    check_component(&conditional(json!({ "json": "\"\"" })), &[]);
    // Form.io takes no rule that is text.
    check_component(&conditional(json!({ "json": "{}" })), &[]);
    check_component(&conditional(json!({ "conjunction": "all", "conditions": [{ "component": "b" }] })), &[]);
    check_component(
        &conditional(json!({ "json": { "method": [1] } })),
        &[("components[0].conditional.json", "unknownOperation")],
    );
    check_component(
        &conditional(json!({ "json": { "_sample": [1] } })),
        &[("components[0].conditional.json", "unknownOperation")],
    );
    check_component(
        &conditional(json!({ "json": { "var": "form.title" } })),
        &[("components[0].conditional.json", "unsupportedVariable")],
    );
    check_component(
        &conditional(json!({ "conjunction": "all", "conditions": [{ "component": "b", "operator": "isLike" }, "x"] })),
        &[
            ("components[0].conditional.conditions[0].operator", "unknownOperator"),
            ("components[0].conditional.conditions[1]", "invalidCondition"),
        ],
    );
}

#[test]
fn keys_are_there_and_well_written() {
    check_component(&json!({ "type": "textfield" }), &[("components[0]", "missingKey")]);
    check_component(&json!({ "type": "textfield", "key": "a b" }), &[("components[0].key", "invalidKey")]);
    check_component(&json!({ "type": "textfield", "key": "__proto__[0]" }), &[("components[0].key", "invalidKey")]);
    check(
        &json!({ "components": [{ "type": "textfield", "key": "a" }, { "type": "fieldset", "key": "f", "components": [{ "type": "email", "key": "a" }] }] }),
        &[],
    );
    for key in ["1stName", "a:b", "_a-b.c", "địaChỉ", "ключ", "2.a"] {
        let refused = [("components[0].key", "invalidKey")];
        let expected: &[(&str, &str)] = if key == "2.a" { &refused } else { &[] };
        check_component(&json!({ "type": "textfield", "key": key }), expected);
    }
    check(
        &json!({ "components": [{ "type": "textfield", "key": "a" }, { "type": "container", "key": "c", "components": [{ "type": "email", "key": "a" }] }] }),
        &[],
    );
    check(
        &json!({ "display": "wizard", "components": [{ "type": "panel", "key": "p", "components": [] }, { "type": "panel", "key": "p", "components": [] }, { "type": "panel", "components": [] }] }),
        &[("components[1].key", "duplicateKey"), ("components[2]", "missingKey")],
    );
}

#[test]
fn settings_of_the_wrong_type_are_refused() {
    check_component(
        &json!({ "type": "textfield", "key": "a", "validate": { "pattern": "(" } }),
        &[("components[0].validate.pattern", "invalidPattern")],
    );
    check_component(
        &json!({ "type": "textfield", "key": "a", "validate": { "minLength": {} } }),
        &[("components[0].validate.minLength", "invalidLimit")],
    );
    check_component(
        &json!({ "type": "textfield", "key": "a", "allowMultipleMasks": true, "inputMasks": [{ "label": "m", "mask": "9" }] }),
        &[("components[0].allowMultipleMasks", "unsupportedMask")],
    );
    check_component(
        &json!({ "type": "radio", "key": "a", "values": "x" }),
        &[("components[0].values", "invalidOptions")],
    );
    check_component(
        &json!({ "type": "select", "key": "a", "dataSrc": "url", "data": { "url": "/list?of={{form.title}}" } }),
        &[("components[0].data.url", "unsupportedDataSource")],
    );
    check_component(
        &json!({ "type": "select", "key": "a", "dataSrc": "url", "data": { "url": "/api/v1/places" } }),
        &[],
    );
    check_component(
        &json!({ "type": "select", "key": "a", "dataSrc": "boundary" }),
        &[("components[0].dataSrc", "unsupportedDataSource")],
    );
    check_component(&json!({ "type": "columns", "key": "a" }), &[("components[0].columns", "invalidSetting")]);
    check_component(
        &json!({ "type": "container", "key": "a", "components": "x" }),
        &[("components[0].components", "invalidSetting")],
    );
    check_component(
        &json!({ "type": "textfield", "key": "a", "properties": { "format": "iban" } }),
        &[("components[0].properties.format", "unknownFormat")],
    );
    check_component(
        &json!({ "type": "textfield", "key": "a", "properties": { "prefill": "volunteer.fullName" } }),
        &[("components[0].properties.prefill", "unknownPrefill")],
    );
    check_component(
        &json!({ "type": "datetime", "key": "a", "widget": { "minDate": "moment('2020-01-01')", "maxDate": "moment().endOf('day')" } }),
        &[],
    );
    check_component(
        &json!({ "type": "datetime", "key": "a", "widget": { "minDate": "moment('soon')" } }),
        &[("components[0].widget.minDate", "invalidDate")],
    );
    check_component(
        &json!({ "type": "datetime", "key": "a", "widget": { "minDate": "soon" } }),
        &[("components[0].widget.minDate", "invalidDate")],
    );
}

#[test]
fn a_definition_too_large_too_deep_or_too_long_ends_in_one_error() {
    let errors = |text: &str| {
        let errors = Form::parse_text(text, &NoPatterns).expect_err("refused");
        errors.into_iter().map(|error| error.error.to_string()).collect::<Vec<_>>()
    };
    let title = "x".repeat(2 * MAX_DEFINITION_BYTES);
    assert_eq!(errors(&format!(r#"{{"title":"{title}","components":[]}}"#)), ["tooLarge"]);
    assert_eq!(errors("{"), ["notJson"]);
    assert_eq!(errors("<html>"), ["notJson"]);
    assert_eq!(errors(&"[".repeat(100_000)), ["notJson"]);
    let many: Vec<Value> = (0..6_000).map(|at| json!({ "type": "checkbox", "key": format!("k{at}") })).collect();
    assert_eq!(errors(&json!({ "components": many }).to_string()), ["tooManyComponents"]);
    let mut deep = json!({ "type": "textfield", "key": "a" });
    for at in 0..30 {
        deep = json!({ "type": "fieldset", "key": format!("f{at}"), "components": [deep] });
    }
    assert_eq!(errors(&json!({ "components": [deep] }).to_string()), ["tooDeep"]);
    for _ in 0..60 {
        deep = json!({ "x": [deep] });
    }
    assert_eq!(Form::parse(&deep, &NoPatterns).expect_err("refused").len(), 1);
}

#[test]
fn properties_are_read_into_closed_names() {
    let form = Form::parse(
        &json!({ "components": [{ "type": "file", "key": "a", "fileMaxSize": "5MB", "properties": { "prefill": "owner.birthDate", "document": "birth-certificate", "why": "Vì sao" } }] }),
        &NoPatterns,
    )
    .expect("a good definition");
    let properties = &form.steps[0].components[0].properties;
    let prefill = properties.prefill.expect("a prefill");
    assert_eq!((prefill.person, prefill.detail), (forms::Person::Owner, forms::PersonDetail::BirthDate));
    assert_eq!(properties.document.as_deref(), Some("birth-certificate"));
    assert!(matches!(form.steps[0].components[0].kind, forms::Kind::File { max_bytes: Some(5_242_880), .. }));
}

#[test]
fn an_identity_number_names_what_it_is_compared_with() {
    let field = |properties: Value| json!({ "type": "textfield", "key": "motherId", "properties": properties });
    let form = Form::parse(
        &json!({ "components": [field(json!({ "besideSex": "", "besideBirthDate": "mother.birthDate" }))] }),
        &NoPatterns,
    )
    .expect("a form");
    let beside = &form.steps[0].components[0].properties.beside;
    assert_eq!(beside.birth_date.as_ref().map(forms::DataPath::as_str), Some("mother.birthDate"));
    assert_eq!(beside.sex, None);
    check_component(
        &field(json!({ "besideSex": "a..b" })),
        &[("components[0].properties.besideSex", "invalidSetting")],
    );
}

#[test]
fn a_form_can_be_cloned_and_sent() {
    fn sendable<T: Clone + Send + Sync + 'static>() {}
    sendable::<Form>();
}

/// What the page is told while it has not fetched what reads scripts.
#[track_caller]
fn check_without_scripts(settings: &Value, place: Option<&str>) {
    let mut component = json!({ "type": "textfield", "key": "a", "label": "A" });
    for (name, value) in settings.as_object().expect("settings") {
        component[name] = value.clone();
    }
    let definition = json!({ "components": [component] });
    set_scripts_here(false);
    let found = Form::parse(&definition, &NativePatterns::new()).err().into_iter().flatten();
    let found: Vec<_> = found.map(|it| format!("{} {}", it.path, it.error)).collect();
    set_scripts_here(true);
    let expected: Vec<_> = place.map(|it| format!("components[0].{it} scriptsNotHere")).into_iter().collect();
    assert_eq!(found, expected, "{settings}");
    assert!(Form::parse(&definition, &NativePatterns::new()).is_ok(), "{settings}");
}

#[test]
fn a_form_with_scripts_is_read_once_scripts_can_be() {
    let logic = |trigger: Value, action: Value| json!({ "logic": [{ "trigger": trigger, "actions": [action] }] });
    let simple = json!({ "type": "simple", "simple": { "when": "b", "eq": "1", "show": true } });
    let hides = json!({ "type": "property", "property": { "value": "hidden", "type": "boolean" }, "state": true });
    let sets = |name: &str| json!({ "type": "property", "property": { "value": name, "type": "string" }, "text": "valid = true" });
    for (settings, place) in [
        (json!({ "customConditional": "show = true" }), "customConditional"),
        (json!({ "calculateValue": "value = 1" }), "calculateValue"),
        (json!({ "customDefaultValue": "value = 1" }), "customDefaultValue"),
        (json!({ "validate": { "custom": "valid = true" } }), "validate.custom"),
        (json!({ "validate": { "json": { "_sum": [1, 2] } } }), "validate.json"),
        (json!({ "type": "select", "dataSrc": "custom", "data": { "custom": "values = ['a']" } }), "data.custom"),
        (
            logic(json!({ "type": "javascript", "javascript": "result = true" }), hides.clone()),
            "logic[0].trigger.javascript",
        ),
        (logic(simple.clone(), json!({ "type": "value", "value": "value = 1" })), "logic[0].actions[0].value"),
        (
            logic(simple.clone(), json!({ "type": "mergeComponentSchema", "schemaDefinition": "schema = {}" })),
            "logic[0].actions[0].schemaDefinition",
        ),
        (logic(simple.clone(), sets("validate.custom")), "logic[0].actions[0].text"),
    ] {
        check_without_scripts(&settings, Some(place));
    }
    for settings in [
        json!({ "customConditional": "", "calculateValue": " ", "validate": { "custom": "" }, "data": { "custom": "" } }),
        json!({ "validate": { "json": { "!!": [{ "var": "data.b" }] } } }),
        logic(simple.clone(), hides),
        logic(simple, sets("label")),
    ] {
        check_without_scripts(&settings, None);
    }
}

#[test]
fn that_scripts_cannot_be_read_yet_is_told_first() {
    let mut list = vec![json!({ "type": "tree", "key": "a" }); 200];
    list.extend(vec![json!({ "type": "textfield", "key": "b", "calculateValue": "value = 1" }); 2]);
    set_scripts_here(false);
    let errors = Form::parse(&json!({ "components": list }), &NativePatterns::new()).expect_err("trees");
    set_scripts_here(true);
    assert_eq!(errors[0].error.to_string(), "scriptsNotHere");
    assert_eq!(errors[0].path, "components[200].calculateValue");
    assert_eq!(errors.iter().filter(|it| it.error == errors[0].error).count(), 1);
}
