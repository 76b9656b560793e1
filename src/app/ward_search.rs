//! Finding a ward by a few letters of its present or former name, without marks.

use contract::place::Ward;
use vietnam::fold::fold;

/// A ward that fits what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Position in the list that was searched.
    pub(crate) ward: usize,
    /// The former unit it was found by, with its district; none where it was found by its present name.
    pub(crate) former: Option<String>,
    /// The former unit was divided: the street decides.
    pub(crate) divided: bool,
}

/// Words that say what kind of unit it is; people type them or leave them out.
const KINDS: [&str; 11] = ["phuong", "xa", "thi", "tran", "dac", "khu", "p", "x", "tt", "huyen", "quan"];

/// The wards that fit, best first, at most `limit`. A blank text fits none.
pub(crate) fn search(wards: &[Ward], text: &str, limit: usize) -> Vec<Found> {
    let folded = fold(text);
    let mut asked: Vec<&str> = folded.split(' ').filter(|it| !it.is_empty()).collect();
    if asked.iter().any(|it| !KINDS.contains(it)) {
        asked.retain(|it| !KINDS.contains(it));
    }
    if asked.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u8, usize, Found)> = Vec::new();
    for (index, ward) in wards.iter().enumerate() {
        if let Some(rank) = rank(&asked, &fold(&ward.name), "") {
            found.push((rank, index, Found { ward: index, former: None, divided: false }));
        }
        for former in &ward.former {
            let around = fold(&[former.district.as_str(), former.province.as_str()].join(" "));
            // A unit that kept its name is shown once, under its present name.
            if fold(&former.name) == fold(&ward.name) && found.last().is_some_and(|it| it.1 == index) {
                continue;
            }
            if let Some(rank) = rank(&asked, &fold(&former.name), &around) {
                let name = [former.name.as_str(), ", ", former.district.as_str()].concat();
                found.push((rank + 1, index, Found { ward: index, former: Some(name), divided: former.divided }));
            }
        }
    }
    found.sort_by_key(|it| (it.0, it.1));
    found.into_iter().map(|it| it.2).take(limit).collect()
}

/// How well a name fits: 0 whole, 2 from its start, 4 somewhere; none where a word fits nothing. At least one word must
/// fit the name itself, the others may fit what is around it.
fn rank(asked: &[&str], name: &str, around: &str) -> Option<u8> {
    let words: Vec<&str> = name.split(' ').filter(|it| !KINDS.contains(it)).collect();
    let fits = |word: &&str, list: &str| list.split(' ').any(|it| it.starts_with(*word));
    let own = asked.iter().filter(|word| words.iter().any(|it| it.starts_with(**word))).count();
    let all = asked.iter().all(|word| words.iter().any(|it| it.starts_with(*word)) || fits(word, around));
    if own == 0 || !all {
        return None;
    }
    if words == asked {
        return Some(0);
    }
    let from_start = words.iter().zip(asked).all(|(word, asked)| word.starts_with(asked));
    Some(if from_start { 2 } else { 4 })
}

#[cfg(test)]
mod tests {
    use super::search;
    use contract::place::{FormerWard, Ward};

    fn former(name: &str, district: &str, divided: bool) -> FormerWard {
        FormerWard { name: name.into(), district: district.into(), province: "Tỉnh Hậu Giang".into(), divided }
    }

    fn wards() -> Vec<Ward> {
        let ward = |code: &str, name: &str, former: Vec<FormerWard>| Ward {
            code: code.into(),
            name: name.into(),
            province: "92".into(),
            former,
        };
        vec![
            ward("31120", "Phường Cái Khế", vec![former("Phường Bùi Hữu Nghĩa", "Quận Bình Thủy", true)]),
            ward("31338", "Xã Hỏa Lựu", vec![former("Xã Hỏa Tiến", "Thành phố Vị Thanh", false)]),
            ward("1", "Xã Tân Long", vec![former("Xã Tân Long", "Thị xã Ngã Năm", false)]),
            ward("2", "Xã Phụng Hiệp", vec![former("Xã Tân Long", "Huyện Phụng Hiệp", false)]),
        ]
    }

    #[track_caller]
    fn check(text: &str, expected: &[(usize, Option<&str>)]) {
        let wards = wards();
        let found = search(&wards, text, 8);
        let found: Vec<_> = found.iter().map(|it| (it.ward, it.former.as_deref())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_few_letters_without_marks_find_a_ward() {
        check("cai khe", &[(0, None)]);
        check("P. Cái Kh", &[(0, None)]);
        check("hoa luu", &[(1, None)]);
        check("Phường Cái Khế", &[(0, None)]);
        check("xã Hỏa Lựu", &[(1, None)]);
        check("", &[]);
        check("xã", &[]);
        check("paris", &[]);
    }

    #[test]
    fn a_former_name_leads_to_the_present_ward_and_namesakes_show_their_district() {
        check("hoa tien", &[(1, Some("Xã Hỏa Tiến, Thành phố Vị Thanh"))]);
        check("xã hỏa tiến vị thanh", &[(1, Some("Xã Hỏa Tiến, Thành phố Vị Thanh"))]);
        check("tân long", &[(2, None), (3, Some("Xã Tân Long, Huyện Phụng Hiệp"))]);
        check("tan long phung hiep", &[(3, Some("Xã Tân Long, Huyện Phụng Hiệp"))]);
        assert!(search(&wards(), "bui huu nghia", 8)[0].divided);
    }
}
