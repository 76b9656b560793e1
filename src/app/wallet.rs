//! The wallet: papers of filed dossiers that rest on this phone, for the next dossier of the same citizen.
//!
//! They are kept where the citizen asked for it when filing, and offered only to the citizen who is signed in and files:
//! what somebody types never opens another's wallet.

use crate::app::App;
use crate::browser::drafts::{self, Kept};
use crate::browser::{clock, random, wallet};
use crate::comparing::cards;
use crate::filling::{Filling, submitter};
use crate::words::{errand, put};
use contract::procedure::Paper;
use contract::session::Role;
use contract::stored::{StoredFile, StoredPaper};
use leptos::prelude::*;
use vietnam::citizen_id::CitizenId;
use vietnam::date::Date;

/// The citizen id of the citizen who is signed in, if their session tells it; changes with the session.
pub(crate) fn citizen(app: App) -> Option<String> {
    app.signed_in.with(|it| {
        let session = it.session().filter(|it| it.role == Role::Citizen)?;
        digits(session.person.as_ref()?.citizen_id.as_deref()?)
    })
}

/// The same where it is they who file this.
pub(crate) fn citizen_who_files(app: App, filling: Filling) -> Option<String> {
    let citizen = citizen(app)?;
    let filer = filling.draft.with(|it| submitter(it).person.citizen_id).and_then(|it| digits(&it))?;
    (filer == citizen).then_some(citizen)
}

fn digits(text: &str) -> Option<String> {
    CitizenId::parse(text).ok().map(|it| it.as_str().to_owned())
}

/// Keeps the papers of a dossier that was just filed, where the citizen asked for it. One that the device cannot keep is
/// not offered later, that is all.
pub(crate) async fn keep(app: App, filling: Filling) {
    let Some(citizen) = untrack(|| citizen_who_files(app, filling)) else { return };
    let draft = filling.draft.get_untracked();
    if !draft.keep_papers {
        return;
    }
    let known = of(&citizen).await;
    let asked = untrack(|| filling.uploads_asked());
    for file in draft.files {
        let Some(paper) = asked.iter().find(|it| it.key == file.requirement) else { continue };
        let same = |it: &StoredPaper| it.file.sha256 == file.sha256 && it.file.requirement == file.requirement;
        if known.iter().any(same) {
            continue;
        }
        let Ok(Some(bytes)) = drafts::load_file(&draft.id, &file.id).await else { continue };
        let kept = StoredPaper {
            v: drafts::VERSION,
            id: random::random_id(),
            citizen: citizen.clone(),
            title: name(paper).to_owned(),
            procedure: draft.title.clone(),
            owner: draft.owner.as_ref().map(|it| it.full_name.clone()).unwrap_or_default(),
            valid_months: paper.valid_months,
            kept_at: clock::now_ms(),
            file: alone(file),
        };
        let _ = wallet::keep(&kept, &bytes).await;
    }
}

/// A file without what it was made from: the wallet keeps what was sent.
fn alone(mut file: StoredFile) -> StoredFile {
    for page in std::mem::take(&mut file.pages) {
        file.report.qr.extend(page.report.qr);
    }
    StoredFile { upload: None, uploaded: false, overridden: false, original: None, ..file }
}

/// The papers of a citizen on this device, the latest first.
pub(crate) async fn of(citizen: &str) -> Vec<StoredPaper> {
    let all = wallet::all().await.unwrap_or_default();
    let whole = all.into_iter().filter_map(|it| match it {
        Kept::Whole(paper) => Some(paper),
        Kept::Broken { .. } => None,
    });
    let mut own: Vec<StoredPaper> = whole.filter(|it| it.citizen == citizen).collect();
    own.sort_by_key(|it| u64::MAX - it.kept_at);
    own
}

/// The Vietnamese name of a paper, the same in every language of the page.
fn name(paper: &Paper) -> &str {
    paper.title.as_ref().map_or(&paper.name, |it| &it.vi)
}

/// May this paper be what is asked for, and be sent for it?
pub(crate) fn fits(kept: &StoredPaper, paper: &Paper) -> bool {
    let media_type = kept.file.report.kind.media_type();
    (kept.file.requirement == paper.key || kept.title == name(paper))
        && (paper.accepts.is_empty() || paper.accepts.iter().any(|it| it == media_type))
        && kept.file.report.bytes <= paper.max_bytes
}

/// How long a paper is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Validity {
    /// Nothing is known.
    NotKnown,
    /// So many months from its issue, which may be over.
    Months(u16),
    /// Until this day.
    Until(Date),
    /// So many months from its issue, which are over.
    MonthsPast(u16),
    /// Until this day, which is over.
    Past(Date),
}

impl Validity {
    /// How long a paper is good, as far as can be told today.
    pub(crate) fn of(kept: &StoredPaper, today: Date) -> Self {
        if let Some(end) = cards(&kept.file).iter().find_map(vietnam::card_qr::CardQr::good_until) {
            return if end.days_until(today) >= 0 { Self::Past(end) } else { Self::Until(end) };
        }
        let Some(months) = kept.valid_months else { return Self::NotKnown };
        // It was issued before it was kept: what is over from then on is over for certain.
        let last = day_of(kept.kept_at).and_then(|it| months_after(it, months));
        if last.is_some_and(|it| it.days_until(today) > 0) { Self::MonthsPast(months) } else { Self::Months(months) }
    }

    /// Is it over?
    pub(crate) fn is_past(self) -> bool {
        matches!(self, Self::MonthsPast(_) | Self::Past(_))
    }

    /// What there is to say of it.
    pub(crate) fn sentence(self) -> Option<String> {
        let words = errand();
        Some(match self {
            Self::NotKnown => return None,
            Self::Months(months) => put(words.wallet_months(), &[&months.to_string()]),
            Self::Until(day) => put(words.wallet_until(), &[&day.to_string()]),
            Self::MonthsPast(months) => put(words.wallet_past_months(), &[&months.to_string()]),
            Self::Past(day) => put(words.wallet_past(), &[&day.to_string()]),
        })
    }
}

/// The day in Vietnam at a moment, milliseconds since 1970 UTC.
pub(crate) fn day_of(moment: u64) -> Option<Date> {
    let days = (moment / 1_000).saturating_add(7 * 3_600) / 86_400;
    i32::try_from(days).ok().and_then(Date::from_days_since_1970)
}

/// The same day so many months later, or the last of a month that has no such day.
///
/// Source: Bộ luật Dân sự 2015 Art. 148.
fn months_after(day: Date, months: u16) -> Option<Date> {
    let count = u32::from(day.year()) * 12 + u32::from(day.month()) - 1 + u32::from(months);
    let (year, month) = (count / 12, count % 12 + 1);
    (28..=u32::from(day.day()).max(28)).rev().find_map(|last| Date::new(year, month, last.min(day.day().into())).ok())
}

#[cfg(test)]
mod tests {
    use super::{Validity, day_of, fits, months_after};
    use contract::procedure::Paper;
    use contract::stored::StoredPaper;
    use serde_json::json;
    use vietnam::date::Date;

    /// 25/11/2026, 08:00 in Vietnam.
    const KEPT_AT: u64 = 1_795_568_400_000;

    fn kept(months: Option<u16>, codes: &[&str]) -> StoredPaper {
        serde_json::from_value(json!({
            "v": 1, "id": "a", "citizen": "092190001234", "title": "Văn bản ủy quyền", "procedure": "Đăng ký khai sinh",
            "owner": "Bé Na", "validMonths": months, "keptAt": KEPT_AT,
            "file": {
                "id": "x", "requirement": "authorisation", "name": "a.jpg", "sha256": "a",
                "report": { "kind": "image/jpeg", "bytes": 1_000, "findings": [], "qr": codes },
            },
        }))
        .expect("a paper as it is stored")
    }

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[track_caller]
    fn check(kept: &StoredPaper, today: &str, expected: Validity) {
        assert_eq!(Validity::of(kept, date(today)), expected, "{today}");
    }

    #[test]
    fn a_paper_is_past_only_when_that_is_certain() {
        assert_eq!(day_of(KEPT_AT), Some(date("25/11/2026")));
        check(&kept(None, &[]), "01/01/2099", Validity::NotKnown);
        check(&kept(Some(6), &[]), "25/11/2026", Validity::Months(6));
        check(&kept(Some(6), &[]), "25/05/2027", Validity::Months(6));
        check(&kept(Some(6), &[]), "26/05/2027", Validity::MonthsPast(6));
    }

    #[test]
    fn a_card_tells_itself_until_when_it_is_good() {
        let card = kept(Some(6), &["092190001234||Lan Anh|15031990|Nữ|Cần Thơ|03042021"]);
        check(&card, "14/03/2030", Validity::Until(date("15/03/2030")));
        check(&card, "15/03/2030", Validity::Past(date("15/03/2030")));
        check(&kept(None, &["https://example.vn"]), "15/03/2030", Validity::NotKnown);
    }

    #[test]
    fn months_end_on_the_same_day_or_on_the_last_of_a_shorter_month() {
        for (from, months, to) in [
            ("25/11/2026", 6, "25/05/2027"),
            ("31/08/2026", 6, "28/02/2027"),
            ("31/08/2027", 6, "29/02/2028"),
            ("31/12/2026", 12, "31/12/2027"),
            ("30/04/2026", 1, "30/05/2026"),
            ("31/03/2026", 1, "30/04/2026"),
            ("05/01/2026", 0, "05/01/2026"),
        ] {
            assert_eq!(months_after(date(from), months), Some(date(to)), "{from} + {months}");
        }
        assert_eq!(months_after(date("31/12/9999"), u16::MAX), None);
    }

    #[test]
    fn a_paper_is_offered_for_what_it_is_and_where_it_may_be_sent() {
        let paper = |change: serde_json::Value| -> Paper {
            let mut paper =
                json!({ "key": "authorisation", "name": "Ủy quyền", "how": "upload", "accepts": ["image/jpeg"] });
            paper.as_object_mut().expect("a map").extend(change.as_object().expect("a map").clone());
            serde_json::from_value(paper).expect("a paper")
        };
        let kept = kept(None, &[]);
        assert!(fits(&kept, &paper(json!({}))));
        assert!(fits(&kept, &paper(json!({ "key": "x", "title": { "vi": "Văn bản ủy quyền" } }))));
        assert!(fits(&kept, &paper(json!({ "accepts": [] }))));
        assert!(!fits(&kept, &paper(json!({ "key": "x" }))));
        assert!(!fits(&kept, &paper(json!({ "accepts": ["application/pdf"] }))));
        assert!(!fits(&kept, &paper(json!({ "maxBytes": 999 }))));
    }
}
