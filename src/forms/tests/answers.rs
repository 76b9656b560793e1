//! Data paths and answers.

use forms::{Answers, AnswersError, DataPath, DataPathError, MAX_ROWS};
use serde_json::json;

fn path(text: &str) -> DataPath {
    DataPath::parse(text).expect("a path")
}

#[test]
fn a_path_prints_as_it_was_read() {
    for text in ["a", "children[0].name", "a.b.c", "a[10][2].b", "_x-y"] {
        assert_eq!(path(text).to_string(), text);
    }
    assert_eq!(path("children[12].name").without_rows(), "children.name");
    assert_eq!(path("a").child("b").row(3).child("c").as_str(), "a.b[3].c");
    for (from, named, place) in [
        ("motherId", "motherSex", "motherSex"),
        ("paper.id", "person.sex", "person.sex"),
        ("members[2].id", "members.sex", "members[2].sex"),
        ("members[2].id", "sex", "sex"),
        ("homes[1].members[2].paper.id", "homes.members.sex", "homes[1].members[2].sex"),
        ("homes[1].members[2].id", "homes.pets.sex", "homes[1].pets.sex"),
        ("homes[1].id", "members.sex", "members.sex"),
    ] {
        assert_eq!(path(from).beside(&path(named)), path(place), "{named} from {from}");
    }
    assert!(path("a[0].b").is_within(&path("a")));
    assert!(!path("ab").is_within(&path("a")));
}

#[test]
fn what_is_no_path_is_refused() {
    for (text, error) in [
        ("", DataPathError::Empty),
        (".a", DataPathError::MissingKey),
        ("a..b", DataPathError::MissingKey),
        ("[0]", DataPathError::MissingKey),
        ("a[", DataPathError::Row),
        ("a[]x", DataPathError::Row),
        ("a[-1]", DataPathError::Row),
        ("a[01]", DataPathError::Row),
        ("a[0]b", DataPathError::Row),
        ("a]", DataPathError::Row),
        ("a[99999999999999999999999]", DataPathError::Row),
    ] {
        assert_eq!(DataPath::parse(text), Err(error), "{text}");
    }
    assert_eq!(DataPath::parse(&"a".repeat(2_000)), Err(DataPathError::TooLong));
}

#[test]
fn answers_are_kept_where_their_path_says() {
    let mut answers = Answers::new();
    answers.set(&path("a.b"), json!("x")).expect("kept");
    answers.set(&path("rows[0].name"), json!("Lan")).expect("kept");
    answers.set(&path("rows[1].name"), json!("Mai")).expect("the next row");
    assert_eq!(answers.data(), &json!({ "a": { "b": "x" }, "rows": [{ "name": "Lan" }, { "name": "Mai" }] }));
    assert_eq!(answers.get(&path("rows[1].name")), Some(&json!("Mai")));
    assert_eq!(answers.get(&path("rows[7].name")), None);
    assert_eq!(answers.remove(&path("a.b")), Some(json!("x")));
    assert_eq!(Answers::from_json(&answers.to_json()), Ok(answers));
}

#[test]
fn rows_are_added_at_the_end_and_taken_away_anywhere() {
    let mut answers = Answers::new();
    let rows = path("rows");
    assert_eq!(answers.add_row(&rows), Ok(0));
    assert_eq!(answers.add_row(&rows), Ok(1));
    answers.set(&path("rows[1].a"), json!(1)).expect("kept");
    assert_eq!(answers.remove_row(&rows, 0), Some(json!({})));
    assert_eq!(answers.data(), &json!({ "rows": [{ "a": 1 }] }));
    assert_eq!(answers.remove_row(&rows, 5), None);
    assert_eq!(answers.rows(&rows), 1);
}

#[test]
fn a_place_that_cannot_be_is_refused_and_nothing_is_lost() {
    let mut answers = Answers::parse(json!({ "a": "text", "rows": [] })).expect("answers");
    let before = answers.clone();
    assert_eq!(answers.set(&path("a.b"), json!(1)), Err(AnswersError::NoSuchPlace));
    assert_eq!(answers.set(&path("a[0]"), json!(1)), Err(AnswersError::NoSuchPlace));
    assert_eq!(answers.set(&path("rows[1].x"), json!(1)), Err(AnswersError::NoSuchRow));
    assert_eq!(answers.set(&path("rows[4000000000].x"), json!(1)), Err(AnswersError::NoSuchRow));
    assert_eq!(answers, before);
    let full = Answers::parse(json!({ "rows": vec![json!({}); MAX_ROWS] }));
    assert_eq!(full.expect("answers").add_row(&path("rows")), Err(AnswersError::NoSuchRow));
}

#[test]
fn only_an_object_of_bounded_depth_is_answers() {
    assert_eq!(Answers::parse(json!([])), Err(AnswersError::NotAnObject));
    assert_eq!(Answers::from_json("{"), Err(AnswersError::NotJson));
    let mut deep = json!(1);
    for _ in 0..80 {
        deep = json!([deep]);
    }
    assert_eq!(Answers::parse(json!({ "a": deep })), Err(AnswersError::TooDeep));
}
