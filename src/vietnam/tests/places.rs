//! Old addresses and what became of them, on the published list of the whole country.

use vietnam::place::{Era, Fate, Found, Gazetteer, Lookup, PlaceList, ReadAddress};

fn gazetteer() -> Gazetteer {
    let list: PlaceList = serde_json::from_str(include_str!("../../../e2e/sandbox/data/places/vietnam-places.json"))
        .expect("the published list is of its shape");
    Gazetteer::new(list)
}

/// A former unit found, and what became of it, in words.
fn told(gazetteer: &Gazetteer, lookup: &Lookup<'_>) -> String {
    match lookup {
        Lookup::None => "none".to_owned(),
        Lookup::Namesakes(same) => format!("{} namesakes", same.len()),
        Lookup::One(former) => match gazetteer.fate(former) {
            Fate::One(ward) => ward.full_name(),
            Fate::Divided(wards) => wards.iter().map(|ward| ward.full_name()).collect::<Vec<_>>().join(" or "),
            Fate::Unknown => "unknown".to_owned(),
        },
    }
}

#[test]
fn the_list_has_the_published_counts() {
    let gazetteer = gazetteer();
    let list = gazetteer.list();
    assert_eq!((list.provinces.len(), list.wards.len(), list.former.len()), (34, 3321, 10_040));
    assert_eq!(gazetteer.wards_of("92").count(), 103);
}

#[test]
fn every_former_unit_became_something() {
    let gazetteer = gazetteer();
    let lost: Vec<&str> = gazetteer
        .list()
        .former
        .iter()
        .filter(|former| gazetteer.fate(former) == Fate::Unknown)
        .map(|former| former.name.as_str())
        .collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn a_former_name_leads_to_the_present_unit_by_its_district() {
    let gazetteer = gazetteer();
    let cases = [
        ("Tân Tiến", Some("Vị Thanh"), Some("Hậu Giang"), "Xã Hỏa Lựu"),
        ("xã Hoả Tiến", Some("TP. Vị Thanh"), None, "Xã Hỏa Lựu"),
        ("X. Hỏa Lựu", None, Some("tỉnh Hậu Giang"), "Xã Hỏa Lựu"),
        ("Bùi Hữu Nghĩa", Some("Quận Bình Thủy"), Some("Cần Thơ"), "Phường Cái Khế or Phường Bình Thủy"),
        ("Long Tuyền", Some("Bình Thủy"), Some("Cần Thơ"), "Phường An Bình or Phường Long Tuyền"),
        ("Thốt Nốt", Some("Thốt Nốt"), Some("Cần Thơ"), "Phường Thốt Nốt or Phường Thuận Hưng"),
        ("Long Phú", None, Some("Sóc Trăng"), "2 namesakes"),
    ];
    for (name, district, province, expected) in cases {
        assert_eq!(told(&gazetteer, &gazetteer.former(name, district, province)), expected, "{name}");
    }
    assert_eq!(gazetteer.former("Không Có", None, None), Lookup::None);
}

#[test]
fn namesakes_are_asked_for_their_district_never_guessed() {
    let gazetteer = gazetteer();
    for name in ["Tân Long", "Phú Tân", "Thạnh Quới", "Tân Thạnh", "Phú Hữu"] {
        assert!(matches!(gazetteer.former(name, None, None), Lookup::Namesakes(_)), "{name}");
    }
    let (one, other) = (
        gazetteer.former("Phú Hữu", Some("Châu Thành"), Some("Hậu Giang")),
        gazetteer.former("Phú Hữu", Some("Long Phú"), Some("Sóc Trăng")),
    );
    let (one, other) = (told(&gazetteer, &one), told(&gazetteer, &other));
    assert_ne!(one, other);
}

#[test]
fn the_word_before_the_name_tells_a_township_from_a_commune() {
    let gazetteer = gazetteer();
    assert!(matches!(gazetteer.former("Long Phú", Some("Long Phú"), Some("Sóc Trăng")), Lookup::Namesakes(_)));
    for (name, kind) in [("Thị trấn Long Phú", "Thị trấn Long Phú"), ("xã Long Phú", "Xã Long Phú")] {
        match gazetteer.former(name, Some("Long Phú"), Some("Sóc Trăng")) {
            Lookup::One(former) => assert_eq!(former.full_name(), kind),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn one_code_in_two_eras_is_two_places() {
    let gazetteer = gazetteer();
    let present = gazetteer.ward("31338").expect("a ward in force").clone();
    let former =
        gazetteer.list().former.iter().find(|former| former.code.as_deref() == Some("31338")).expect("a former one");
    assert_eq!((present.full_name().as_str(), former.full_name().as_str()), ("Xã Hỏa Lựu", "Xã Tân Tiến"));
    let (present, former) = (present.key(), former.key().expect("it had a code"));
    assert_eq!((present.era, former.era), (Era::Present, Era::Former));
    assert_eq!(present.code, former.code);
    assert_ne!(present, former);
}

#[track_caller]
fn check_search(gazetteer: &Gazetteer, text: &str, first: &str) {
    let found = gazetteer.search(text, "92", 8);
    let told = found.first().map(|found| match found {
        Found::Present(ward) => ward.full_name(),
        Found::Former(former) => format!("{} ({})", former.full_name(), former.district),
    });
    assert_eq!(told.as_deref(), Some(first), "{text}: {found:?}");
}

#[test]
fn a_search_forgives_marks_tones_and_the_word_before() {
    let gazetteer = gazetteer();
    for text in ["Hỏa Lựu", "hoả lựu", "hoa luu", "HOA LUU", "xã hỏa lựu", "x. hoa luu", "hoa lu"] {
        check_search(&gazetteer, text, "Xã Hỏa Lựu");
    }
    check_search(&gazetteer, "ninh kieu", "Phường Ninh Kiều");
    check_search(&gazetteer, "P. Cái Khế", "Phường Cái Khế");
    check_search(&gazetteer, "tan tien vi thanh", "Xã Tân Tiến (Thành phố Vị Thanh)");
    check_search(&gazetteer, "bui huu nghia", "Phường Bùi Hữu Nghĩa (Quận Bình Thuỷ)");
    assert_eq!(gazetteer.search("", "92", 8), []);
    assert_eq!(gazetteer.search("khong co xa nao nhu vay", "92", 8), []);
}

#[test]
fn an_address_is_read_in_both_eras_and_never_guessed() {
    let gazetteer = gazetteer();
    match gazetteer.read_address("Ấp 5, xã Tân Tiến, thành phố Vị Thanh, tỉnh Hậu Giang") {
        ReadAddress::Former { street, former, fate: Fate::One(ward) } => {
            assert_eq!((street.as_str(), former.full_name().as_str()), ("Ấp 5", "Xã Tân Tiến"));
            assert_eq!(ward.full_name(), "Xã Hỏa Lựu");
        }
        other => panic!("{other:?}"),
    }
    match gazetteer.read_address("109 Nguyễn Trãi, phường Ninh Kiều, Cần Thơ") {
        ReadAddress::Present { street, ward } => {
            assert_eq!((street.as_str(), ward.full_name().as_str()), ("109 Nguyễn Trãi", "Phường Ninh Kiều"));
        }
        other => panic!("{other:?}"),
    }
    match gazetteer.read_address("Đường 30/4, Bùi Hữu Nghĩa, Bình Thủy, Cần Thơ") {
        ReadAddress::Former { fate: Fate::Divided(wards), .. } => assert_eq!(wards.len(), 2),
        other => panic!("{other:?}"),
    }
    for text in ["", ",,,", "Cần Thơ", "Ấp Đại Ân, Long Phú, Long Phú, Sóc Trăng", "x, y, z"] {
        assert_eq!(gazetteer.read_address(text), ReadAddress::Unclear, "{text}");
    }
}
