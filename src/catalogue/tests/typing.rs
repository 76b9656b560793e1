//! Every everyday phrase and plain title, typed the ways people type, still finds its procedure.
#![allow(clippy::print_stdout, reason = "the rates are what the test reports")]

use catalogue::Index;
use catalogue::published::{Additions, NationalList, Tier, compose};
use contract::catalogue::Catalogue;

/// A way of typing: its name, what it makes of a phrase, and the least percents found first and in five.
type Way = (&'static str, fn(&str) -> String, usize, usize);

/// Each vowel with its tones: none, huyền, sắc, hỏi, ngã, nặng; then the letters Telex and VNI write for its shape.
const VOWELS: [(&str, &str, &str); 12] = [
    ("aàáảãạ", "a", "a"),
    ("ăằắẳẵặ", "aw", "a8"),
    ("âầấẩẫậ", "aa", "a6"),
    ("eèéẻẽẹ", "e", "e"),
    ("êềếểễệ", "ee", "e6"),
    ("iìíỉĩị", "i", "i"),
    ("oòóỏõọ", "o", "o"),
    ("ôồốổỗộ", "oo", "o6"),
    ("ơờớởỡợ", "ow", "o7"),
    ("uùúủũụ", "u", "u"),
    ("ưừứửữự", "uw", "u7"),
    ("yỳýỷỹỵ", "y", "y"),
];

/// The keys of an input method for a phrase, each tone after its word.
fn keys(phrase: &str, tones: [&str; 6], telex: bool) -> String {
    let words: Vec<String> = phrase
        .to_lowercase()
        .split(' ')
        .map(|word| {
            let (mut typed, mut tone) = (String::new(), "");
            for letter in word.chars() {
                let vowel = VOWELS.iter().find_map(|(row, by_telex, by_vni)| {
                    let at = row.chars().position(|it| it == letter)?;
                    Some((if telex { *by_telex } else { *by_vni }, tones[at]))
                });
                match (vowel, letter) {
                    (Some((shape, mark)), _) => {
                        typed.push_str(shape);
                        if !mark.is_empty() {
                            tone = mark;
                        }
                    }
                    (None, 'đ') => typed.push_str(if telex { "dd" } else { "d9" }),
                    (None, other) => typed.push(other),
                }
            }
            typed + tone
        })
        .collect();
    words.join(" ")
}

fn telex(phrase: &str) -> String {
    keys(phrase, ["", "f", "s", "r", "x", "j"], true)
}

fn vni(phrase: &str) -> String {
    keys(phrase, ["", "2", "1", "3", "4", "5"], false)
}

/// The longest word of a phrase with two neighbours swapped in its middle, or one letter left out.
fn slip(phrase: &str, swap: bool) -> String {
    let plain = vietnam::fold::fold(phrase);
    let longest = plain.split(' ').max_by_key(|word| word.len()).unwrap_or_default();
    if longest.len() < 5 || !longest.is_ascii() {
        return plain;
    }
    let middle = longest.len() / 2;
    let (head, tail) = longest.split_at(middle);
    let mut rest = tail.chars();
    let (one, two) = (rest.next().unwrap_or_default(), rest.next().unwrap_or_default());
    let wrong =
        if swap { format!("{head}{two}{one}{}", rest.as_str()) } else { format!("{head}{two}{}", rest.as_str()) };
    plain.replacen(longest, &wrong, 1)
}

/// A phrase whose last word is half typed.
fn half(phrase: &str) -> String {
    let plain = vietnam::fold::fold(phrase);
    let last = plain.rsplit(' ').next().unwrap_or_default().len();
    plain.get(..plain.len() - last / 2).unwrap_or_default().to_owned()
}

fn full() -> Catalogue {
    let additions = Additions::parse(
        include_str!("../../../e2e/sandbox/data/catalogue/titles.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/synonyms.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/groups.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/life-events.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/replaced.json"),
    )
    .expect("the files beside the sandbox are of their shape");
    let list: NationalList = serde_json::from_str(include_str!("../../../e2e/sandbox/data/catalogue/procedures.json"))
        .expect("the list reads");
    compose(&list, &additions, Tier::Full)
}

#[test]
fn phrases_are_found_however_they_are_typed() {
    let catalogue = full();
    let index = Index::build(catalogue.clone());
    let titles = catalogue.rows.iter().filter_map(|row| Some((row.title.clone()?, vec![row.code.clone()])));
    let phrases: Vec<(String, Vec<String>)> = catalogue.everyday.iter().cloned().chain(titles).collect();
    let ways: [Way; 9] = [
        ("as written", str::to_owned, 99, 99),
        ("without marks", vietnam::fold::fold, 95, 99),
        ("in capitals", str::to_uppercase, 99, 99),
        ("Telex left over", telex, 95, 99),
        ("VNI left over", vni, 95, 99),
        ("half typed", half, 80, 95),
        ("two letters swapped", |phrase| slip(phrase, true), 90, 97),
        ("a letter missing", |phrase| slip(phrase, false), 85, 95),
        ("run together", |phrase| vietnam::fold::fold(phrase).replace(' ', ""), 80, 90),
    ];
    let mut failed = Vec::new();
    for (way, typed, first_floor, five_floor) in ways {
        let (mut first, mut five) = (0, 0);
        for (phrase, codes) in &phrases {
            let typed = typed(phrase);
            let hits = index.search(&typed, 10);
            let place = hits.iter().position(|hit| codes.contains(&hit.code));
            first += usize::from(place == Some(0));
            five += usize::from(place.is_some_and(|place| place < 5));
        }
        let percent = |part: usize| 100 * part / phrases.len();
        println!("{way}: of {} first {} %, in five {} %", phrases.len(), percent(first), percent(five));
        if percent(first) < first_floor || percent(five) < five_floor {
            failed.push(way);
        }
    }
    assert_eq!(failed, Vec::<&str>::new());
}
