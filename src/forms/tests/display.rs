//! What "check your answers" shows for each kind.

use forms::{Display, Form, NoPatterns, display};
use serde_json::{Value, json};

#[track_caller]
#[allow(clippy::needless_pass_by_value)] // So that each case is one line.
fn check(component: &Value, answer: &Value, expected: Display) {
    let mut component = component.clone();
    component["key"] = json!("a");
    let form = Form::parse(&json!({ "components": [component] }), &NoPatterns).expect("a definition");
    assert_eq!(display(&form.steps[0].components[0], answer), expected, "{component} {answer}");
}

fn text(text: &str) -> Display {
    Display::Text(text.to_owned())
}

#[test]
fn text_is_shown_as_typed_and_blank_as_blank() {
    let field = json!({ "type": "textfield" });
    check(&field, &json!("Nguyễn Thị Lan"), text("Nguyễn Thị Lan"));
    check(&field, &json!(""), Display::Blank);
    check(&field, &json!("  "), Display::Blank);
    check(&field, &json!(null), Display::Blank);
    check(&field, &json!(["a", "b"]), Display::Texts(vec!["a".into(), "b".into()]));
}

#[test]
fn a_password_is_shown_to_be_there_and_no_more() {
    let field = json!({ "type": "password" });
    check(&field, &json!("mat khau"), text("••••••••"));
    check(&field, &json!("x"), text("••••••••"));
    check(&field, &json!(""), Display::Blank);
}

#[test]
fn kinds_of_another_name_are_shown_as_what_they_are_drawn_as() {
    check(&json!({ "type": "date" }), &json!("2026-11-26"), Display::Date { day: 26, month: 11, year: 2026 });
    let select = json!({ "type": "navSelect", "data": { "values": [{ "label": "Norge", "value": "NO" }] } });
    check(&select, &json!({ "label": "Norge", "value": "NO" }), Display::Choices(vec!["Norge".into()]));
    check(&json!({ "type": "addressNL" }), &json!({ "postcode": "9411" }), Display::Group);
}

#[test]
fn choices_are_shown_by_their_label() {
    let values = json!([{ "label": "Nam", "value": "male" }, { "label": "Hai", "value": "2" }]);
    let radio = json!({ "type": "radio", "values": values });
    check(&radio, &json!("male"), Display::Choices(vec!["Nam".into()]));
    check(&radio, &json!(2), Display::Choices(vec!["Hai".into()]));
    check(&radio, &json!("gone"), Display::Choices(vec!["gone".into()]));
    check(
        &json!({ "type": "selectboxes", "values": values }),
        &json!({ "male": true, "2": false }),
        Display::Choices(vec!["Nam".into()]),
    );
    check(&json!({ "type": "selectboxes", "values": values }), &json!({}), Display::Blank);
    let select = json!({ "type": "select", "multiple": true, "data": { "values": values } });
    check(&select, &json!(["male", "2"]), Display::Choices(vec!["Nam".into(), "Hai".into()]));
    let backend = json!({ "type": "select", "dataSrc": "resource", "data": { "resource": "wards" } });
    check(&backend, &json!({ "value": "31117", "label": "Ninh Kiều" }), Display::Choices(vec!["Ninh Kiều".into()]));
    check(&json!({ "type": "checkbox" }), &json!(true), Display::Yes);
    check(&json!({ "type": "checkbox" }), &json!(null), Display::No);
}

#[test]
fn days_may_be_a_year_only() {
    let day = json!({ "type": "day", "dayFirst": true });
    check(&day, &json!("05/09/1990"), Display::Date { day: 5, month: 9, year: 1990 });
    check(&day, &json!("00/00/1990"), Display::YearOnly(1990));
    check(&day, &json!("00/09/1990"), Display::MonthAndYear { month: 9, year: 1990 });
    check(&day, &json!("00/00/0000"), Display::Blank);
    check(&day, &json!("hôm qua"), text("hôm qua"));
    check(&json!({ "type": "day" }), &json!("09/05/1990"), Display::Date { day: 5, month: 9, year: 1990 });
    check(
        &json!({ "type": "datetime" }),
        &json!("2026-11-22T00:00:00+07:00"),
        Display::Date { day: 22, month: 11, year: 2026 },
    );
    check(
        &json!({ "type": "datetime", "enableTime": true }),
        &json!("2026-11-22T08:30:00+07:00"),
        Display::DateTime("2026-11-22T08:30:00+07:00".into()),
    );
}

#[test]
fn amounts_files_places_and_groups_have_their_own_shape() {
    check(&json!({ "type": "number" }), &json!("7.5"), Display::Number(7.5));
    check(&json!({ "type": "number" }), &json!("x"), text("x"));
    check(&json!({ "type": "currency" }), &json!(8000), Display::Money(8000.0, "VND".into()));
    check(
        &json!({ "type": "file" }),
        &json!([{ "name": "x-1.jpg", "originalName": "ảnh.jpg" }, { "name": "b.pdf" }]),
        Display::Files(vec!["ảnh.jpg".into(), "b.pdf".into()]),
    );
    check(&json!({ "type": "file" }), &json!([]), Display::Blank);
    check(
        &json!({ "type": "address" }),
        &json!({ "province": { "code": "92", "name": "Cần Thơ" }, "ward": { "code": "31117", "name": "Ninh Kiều" }, "street": "12 Hòa Bình", "former": "phường Tân An" }),
        Display::Address {
            street: "12 Hòa Bình".into(),
            ward: "Ninh Kiều".into(),
            province: "Cần Thơ".into(),
            former: Some("phường Tân An".into()),
        },
    );
    check(&json!({ "type": "address" }), &json!({}), Display::Blank);
    check(&json!({ "type": "datagrid", "components": [] }), &json!([{}, {}]), Display::Rows(2));
    check(&json!({ "type": "container", "components": [] }), &json!({}), Display::Group);
}
