//! How words are mistyped: one slip, words that sound alike, abbreviations, words that say nothing.

use vietnam::fold::marks;

/// The letters of a folded word as bits, so that most pairs of words are told apart at once: two words one slip apart
/// differ in at most two bits.
pub(crate) fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |bits, byte| {
        bits | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << 26,
            _ => 1 << 27,
        }
    })
}

/// Is `other` the word with one letter missing, added, changed, or two neighbours swapped? Equal words are not.
pub(crate) fn one_slip(word: &str, other: &str) -> bool {
    let (word, other) = (word.as_bytes(), other.as_bytes());
    let (short, long) = if word.len() <= other.len() { (word, other) } else { (other, word) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let Some(at) = short
        .iter()
        .zip(long)
        .position(|(one, two)| one != two)
        .or_else(|| (short.len() < long.len()).then_some(short.len()))
    else {
        return false;
    };
    if long.len() > short.len() {
        return short.get(at..) == long.get(at + 1..);
    }
    if short.get(at + 1..) == long.get(at + 1..) {
        return true;
    }
    let swapped = short.get(at) == long.get(at + 1) && short.get(at + 1) == long.get(at);
    swapped && short.get(at + 2..) == long.get(at + 2..)
}

/// A number that is equal for words that sound alike in the Mekong delta: tr and ch, s and x, d, gi and v, final c and t,
/// n and ng and nh, i and y at the end; 0 for a word that is no syllable.
pub(crate) fn sound(word: &str) -> u32 {
    let bytes = word.as_bytes();
    let Some(&first) = bytes.first() else { return 0 };
    if !bytes.iter().all(u8::is_ascii_lowercase) || bytes.len() < 2 {
        return 0;
    }
    let second = bytes.get(1).copied().unwrap_or(0);
    let (head, skip) = match (first, second) {
        (b't', b'r') | (b'c', b'h') => (b'c', 2),
        (b'g', b'i') if bytes.get(2).is_some_and(|letter| is_vowel(*letter)) => (b'd', 2),
        (b'v' | b'd', _) => (b'd', 1),
        (b's' | b'x', _) => (b's', 1),
        (b'k', b'h') => (b'x', 2),
        (b'c' | b'k', _) => (b'k', 1),
        (b'n', b'g') => (b'q', if bytes.get(2) == Some(&b'h') { 3 } else { 2 }),
        (b'g', b'h') => (b'g', 2),
        (b't', b'h') => (b'z', 2),
        (b'p', b'h') => (b'f', 2),
        (b'n', b'h') => (b'j', 2),
        _ => (first, 1),
    };
    let rest = bytes.get(skip..).unwrap_or_default();
    let (middle, end) = match rest {
        [middle @ .., b'n', b'g' | b'h'] => (middle, b'n'),
        [middle @ .., b'c', b'h'] | [middle @ .., b'c'] => (middle, b't'),
        [middle @ .., b'y'] if middle.last().is_none_or(|letter| *letter == b'u') => (middle, b'i'),
        [middle @ .., last] => (middle, *last),
        [] => (rest, 0),
    };
    let mut hash = u32::from(head);
    for byte in middle.iter().chain([&end]) {
        hash = hash.wrapping_mul(31).wrapping_add(u32::from(*byte));
    }
    hash | 1 << 31
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// What an abbreviation of public papers stands for, folded.
pub(crate) fn unabbreviated(word: &str) -> Option<&'static str> {
    Some(match word {
        "cccd" | "cc" => "can cuoc",
        "cmnd" | "cmt" | "cmtnd" => "chung minh nhan dan",
        "bhyt" => "bao hiem y te",
        "bhxh" => "bao hiem xa hoi",
        "bhtn" => "bao hiem that nghiep",
        "gplx" | "blx" => "giay phep lai xe",
        "gpxd" => "giay phep xay dung",
        "gpkd" | "dkkd" => "giay phep kinh doanh",
        "gcn" | "gcnqsdd" => "giay chung nhan",
        "qsdd" => "quyen su dung dat",
        "hkd" => "ho kinh doanh",
        "htx" => "hop tac xa",
        "tncn" => "thu nhap ca nhan",
        "gtgt" => "gia tri gia tang",
        "mst" => "ma so thue",
        "nvqs" => "nghia vu quan su",
        "lltp" => "ly lich tu phap",
        "hk" | "shk" => "ho khau",
        "dk" | "dki" | "dky" => "dang ky",
        "ks" => "khai sinh",
        "gks" | "gcks" => "giay khai sinh",
        "kh" => "ket hon",
        "kt" => "khai tu",
        "nkt" => "nguoi khuyet tat",
        "nct" => "nguoi cao tuoi",
        "atvstp" | "attp" | "vsattp" => "an toan thuc pham",
        "antt" => "an ninh trat tu",
        "pccc" => "phong chay chua chay",
        "ubnd" => "uy ban nhan dan",
        "hc" => "ho chieu",
        _ => return None,
    })
}

/// Does the word say nothing about the errand? `written_marks` are those of the word as typed: `về` and `thì` are told
/// from `vé` and `thi` by them, and a word typed without marks is only a filler where nothing else is spelled so.
pub(crate) fn is_filler(folded: &str, written_marks: u16) -> bool {
    let only = |filler: &str| written_marks == marks(filler);
    match folded {
        "toi" | "muon" | "gi" | "nhu" | "nao" | "minh" | "xin" | "va" | "duoc" | "em" | "oi" | "giup" | "nhieu"
        | "phai" | "cua" | "nhung" => true,
        "can" => only("cần"),
        "dau" => only("đâu"),
        "the" => only("thế"),
        "de" => only("để"),
        "la" => only("là"),
        "ve" => only("về"),
        "thi" => only("thì"),
        "o" => only("ở"),
        "thu" => only("thủ"),
        "tuc" => only("tục"),
        _ => false,
    }
}

/// Words that make another errand of the same matter, and whether the word without marks may be another word.
///
/// "Cấp lại", "đổi", "mất", "gia hạn" … : who does not say them wants the plain errand, who says them does not.
const TURNS: [(&str, bool); 13] = [
    ("lại", false),
    ("đổi", false),
    ("xóa", false),
    ("hủy", false),
    ("hạn", true),
    ("dứt", false),
    ("ngừng", false),
    ("hồi", true),
    ("chỉnh", true),
    ("sung", true),
    ("mất", true),
    ("ngoài", false),
    ("giới", true),
];

/// The turns a word of a text makes, as bits.
pub(crate) fn turn(folded: &str, written_marks: u16) -> u16 {
    turns(folded, |turn, _| marks(turn) == written_marks)
}

/// The turns a word of a query makes for sure, and those it may make because it was typed without marks.
pub(crate) fn asked_turns(folded: &str, written_marks: u16) -> (u16, u16) {
    let sure = turns(folded, |turn, ambiguous| marks(turn) == written_marks || (written_marks == 0 && !ambiguous));
    let may_be = turns(folded, |_, ambiguous| written_marks == 0 && ambiguous);
    (sure, may_be)
}

fn turns(folded: &str, made: impl Fn(&str, bool) -> bool) -> u16 {
    // Most words are ruled out by their letters alone.
    const FOLDED: [&str; 13] =
        ["lai", "doi", "xoa", "huy", "han", "dut", "ngung", "hoi", "chinh", "sung", "mat", "ngoai", "gioi"];
    let at = FOLDED.iter().position(|turn| *turn == folded);
    at.and_then(|at| TURNS.get(at).filter(|(turn, ambiguous)| made(turn, *ambiguous)).map(|_| 1 << at)).unwrap_or(0)
}
