//! What the search promises, on the whole national list and on small catalogues.

use catalogue::published::{Additions, NationalList, Tier, compose};
use catalogue::{Index, highlights};
use contract::catalogue::{Catalogue, CatalogueRow};
use contract::procedure::{FeeKind, Level};
use proptest::prelude::*;
use std::sync::OnceLock;

fn additions() -> Additions {
    Additions::parse(
        include_str!("../../../e2e/sandbox/data/catalogue/titles.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/synonyms.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/groups.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/life-events.json"),
        include_str!("../../../e2e/sandbox/data/catalogue/replaced.json"),
    )
    .expect("the files beside the sandbox are of their shape")
}

fn list() -> NationalList {
    serde_json::from_str(include_str!("../../../e2e/sandbox/data/catalogue/procedures.json")).expect("the list reads")
}

fn full() -> &'static Index {
    static FULL: OnceLock<Index> = OnceLock::new();
    FULL.get_or_init(|| Index::build(compose(&list(), &additions(), Tier::Full)))
}

fn codes(index: &Index, query: &str) -> Vec<String> {
    index.search(query, 10).into_iter().map(|hit| hit.code).collect()
}

#[track_caller]
fn check_first(query: &str, code: &str) {
    assert_eq!(codes(full(), query).first().map(String::as_str), Some(code), "{query}");
}

fn of(rows: Vec<CatalogueRow>) -> Catalogue {
    Catalogue { rows, ..Catalogue::default() }
}

fn row(code: &str, name: &str, level: Level) -> CatalogueRow {
    CatalogueRow {
        code: code.to_owned(),
        name: name.to_owned(),
        title: None,
        title_en: None,
        field: 0,
        level: vec![level],
        core: false,
        online: false,
        fee: FeeKind::Unknown,
        time_limit: None,
    }
}

#[test]
fn a_code_is_found_whole_with_a_suffix_half_typed_and_in_a_sentence() {
    for query in ["1.001193", "1.001193.000.00.00.H56", "1.001193.H19", " 1001193 ", "thủ tục 1.001193", "001193"] {
        check_first(query, "1.001193");
    }
    assert!(codes(full(), "1.00489").iter().all(|code| code.starts_with("1.00489")));
    assert!(codes(full(), "1.00487").contains(&"1.004873".to_owned()));
    assert_eq!(codes(full(), "9.999999"), Vec::<String>::new());
}

#[test]
fn a_replaced_code_leads_to_the_new_one() {
    check_first("2.000986", "3.000722");
    check_first("2.000488", "3.000333");
    check_first("2.001417.000.00.00.H13", "3.000333");
    let answers = codes(full(), "liên thông khai sinh thường trú thẻ bảo hiểm y tế");
    assert!(!answers.contains(&"2.000986".to_owned()));
    // A catalogue that still carries the old row leads from its name too.
    let mut catalogue =
        of(vec![row("1.000001", "Cấp phiếu cũ", Level::Province), row("1.000002", "Cấp tờ mới", Level::Province)]);
    catalogue.replaced = vec![("1.000001".to_owned(), "1.000002".to_owned())];
    assert_eq!(codes(&Index::build(catalogue), "phiếu cũ"), ["1.000002"]);
}

#[test]
fn internal_procedures_are_hidden() {
    let internal: Vec<String> =
        list().procedures.into_iter().map(|it| it.code).filter(|code| code.starts_with(['5', '6'])).collect();
    assert!(internal.len() > 100);
    for code in &internal {
        assert_eq!(codes(full(), code), Vec::<String>::new(), "{code}");
    }
    let catalogue = of(vec![row("6.000001", "Bổ nhiệm", Level::Commune), row("1.000002", "Bổ nhiệm", Level::Ministry)]);
    assert_eq!(codes(&Index::build(catalogue), "bổ nhiệm"), ["1.000002"]);
}

#[test]
fn of_equal_names_the_commune_comes_first_and_the_ministry_last() {
    let name = "Cấp giấy xác nhận";
    let catalogue = of(vec![
        row("1.000001", name, Level::Ministry),
        row("1.000002", name, Level::Province),
        row("1.000003", name, Level::Commune),
        CatalogueRow { core: true, ..row("1.000004", name, Level::Commune) },
    ]);
    let index = Index::build(catalogue);
    assert_eq!(codes(&index, "giấy xác nhận"), ["1.000004", "1.000003", "1.000002", "1.000001"]);
    let identity = codes(full(), "cấp lại thẻ căn cước");
    let place = |code: &str| identity.iter().position(|it| it == code);
    assert!(place("1.014064") < place("2.001194") && place("2.001194") < place("1.000757"), "{identity:?}");
}

#[test]
fn marks_tell_words_of_the_same_letters_apart_where_they_are_typed() {
    let catalogue = of(vec![row("1.000001", "Thuế nhà", Level::Commune), row("1.000002", "Thuê nhà", Level::Commune)]);
    let index = Index::build(catalogue);
    assert_eq!(codes(&index, "thuê nhà"), ["1.000002", "1.000001"]);
    assert_eq!(codes(&index, "thuế nhà"), ["1.000001", "1.000002"]);
    assert_eq!(codes(&index, "thue nha").len(), 2);
}

#[test]
fn who_does_not_say_again_means_the_first_time() {
    check_first("đăng ký khai sinh", "1.001193");
    check_first("đăng ký lại khai sinh", "1.004884");
    check_first("dang ky ket hon", "1.000894");
    check_first("giấy phép xây dựng", "1.013225");
    check_first("gia hạn giấy phép xây dựng", "1.013227");
    check_first("tạm trú", "1.004194");
    check_first("gia hạn tạm trú", "1.002755");
}

#[test]
fn words_of_the_house_are_found_from_each_letter_on() {
    let whole = "giấy độc thân";
    for (end, _) in whole.char_indices().skip(6).chain([(whole.len(), ' ')]) {
        let typed = &whole[..end];
        assert!(codes(full(), typed).contains(&"1.004873".to_owned()), "{typed}");
    }
}

#[test]
fn a_query_without_words_finds_nothing() {
    for query in ["", " ", "…?!", "\u{301}", "🙂"] {
        assert_eq!(codes(full(), query), Vec::<String>::new(), "{query:?}");
    }
    assert!(full().search("khai sinh", 0).is_empty());
    assert!(Index::build(Catalogue::default()).is_empty());
    assert_eq!(codes(&Index::build(Catalogue::default()), "khai sinh"), Vec::<String>::new());
}

#[test]
fn the_words_that_answered_are_shown() {
    let shown = |query: &str, text: &str| -> String {
        highlights(query, text).into_iter().map(|(start, end)| &text[start..end]).collect::<Vec<_>>().join("|")
    };
    assert_eq!(shown("giay khai si", "Làm giấy khai sinh"), "giấy|khai|sinh");
    assert_eq!(shown("giaays khai", "Làm giấy khai sinh"), "giấy|khai");
    assert_eq!(shown("giay61", "Làm giấy khai sinh"), "giấy");
    assert_eq!(shown("hon nhana ", "Tình trạng hôn nhân"), "hôn|nhân");
    assert_eq!(shown("thuong chu ", "Đăng ký thường trú"), "thường|trú");
    assert_eq!(shown("xe", "Làm giấy khai sinh"), "");
    assert_eq!(shown("", "Làm giấy"), "");
}

#[test]
fn what_is_written_by_hand_fits_the_list() {
    let (list, additions) = (list(), additions());
    let known = |code: &str| list.procedures.iter().any(|procedure| procedure.code == code);
    for procedure in list.procedures.iter().filter(|procedure| procedure.core) {
        assert!(additions.titles.contains_key(&procedure.code), "no title: {}", procedure.code);
    }
    assert!(additions.titles.keys().all(|code| known(code)));
    for (phrase, codes) in &additions.everyday {
        assert!(!codes.is_empty() && codes.iter().all(|code| known(code)), "{phrase}");
    }
    assert_eq!(additions.groups.len(), 13);
    let full = compose(&list, &additions, Tier::Full);
    for (number, field) in (0_u16..).zip(&full.fields) {
        let groups = full.groups.iter().filter(|group| group.fields.contains(&number)).count();
        assert_eq!(groups, 1, "{field}");
    }
    for event in &additions.life_events {
        assert!(event.codes.iter().all(|code| known(code)), "{}", event.key);
    }
}

#[test]
fn the_commune_tier_is_a_part_of_the_full_one() {
    let (commune, full) = (compose(&list(), &additions(), Tier::Commune), compose(&list(), &additions(), Tier::Full));
    assert!((250..350).contains(&commune.rows.len()), "{}", commune.rows.len());
    let name = |catalogue: &Catalogue, row: &CatalogueRow| catalogue.fields.get(usize::from(row.field)).cloned();
    for row in &commune.rows {
        let same = full.rows.iter().find(|it| it.code == row.code).expect("in the full tier too");
        assert_eq!((name(&commune, row), &row.name, &row.title), (name(&full, same), &same.name, &same.title));
    }
    let index = Index::build(commune);
    for (query, code) in [("giấy khai sinh", "1.001193"), ("giay doc than", "1.004873"), ("so do", "1.013978")] {
        assert_eq!(codes(&index, query).first().map(String::as_str), Some(code), "{query}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_query_makes_the_search_panic(query in prop_oneof![any::<String>(), "[a-z0-9. ]{0,60}", "[a-zđăâêôơư\u{300}\u{301} ]{0,60}"]) {
        let hits = full().search(&query, 10);
        prop_assert!(hits.len() <= 10);
        prop_assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score));
        for (start, end) in highlights(&query, "Thủ tục đăng ký khai sinh ក១") {
            prop_assert!("Thủ tục đăng ký khai sinh ក១".get(start..end).is_some());
        }
    }

    #[test]
    fn no_catalogue_makes_the_index_panic(names in proptest::collection::vec(any::<String>(), 0..12), query: String) {
        let mut catalogue = Catalogue::default();
        for (number, name) in names.iter().enumerate() {
            catalogue.rows.push(row(&format!("1.{number:06}"), name, Level::Commune));
        }
        catalogue.replaced = vec![(query.clone(), "1.000000".to_owned())];
        catalogue.everyday = names.iter().map(|name| (name.clone(), vec!["1.000001".to_owned(), query.clone()])).collect();
        catalogue.fields = names.clone();
        let index = Index::build(catalogue);
        let _ = index.search(&query, 3);
    }
}
