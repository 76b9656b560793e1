//! Records of the national data, and what may be told from them.
//!
//! The portal's data has traps, each answered here: "miễn phí" that is not free, limits without a unit, fees that another
//! province set, papers in one list that are alternatives.

use contract::procedure::{
    Amount, Channel, ChannelKind, Fee, FeeKind, Filing, Level, Localised, Paper, PaperRole, Procedure, TimeLimit,
    TimeUnit, Trust,
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file `catalogue/procedures.json`.
#[derive(Debug, Deserialize)]
pub(crate) struct NationalData {
    /// Its records.
    pub(crate) procedures: Vec<NationalRecord>,
}

/// One record, as it was read from the national portal or another source; only what is used here.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NationalRecord {
    /// National code.
    pub(crate) code: String,
    /// Official name.
    pub(crate) name: String,
    /// Field.
    pub(crate) field: String,
    /// Ministry in charge.
    #[serde(default)]
    pub(crate) ministry: String,
    /// Who serves it.
    #[serde(default)]
    pub(crate) level: Vec<Level>,
    #[serde(default)]
    agency: Vec<String>,
    #[serde(default)]
    audience: Vec<String>,
    time_limit: Option<NationalLimit>,
    time_note: Option<String>,
    #[serde(default)]
    fee: NationalFee,
    #[serde(default)]
    channels: Vec<NationalChannel>,
    #[serde(default)]
    documents: Vec<NationalPaper>,
    #[serde(default)]
    results: Vec<NationalResult>,
    #[serde(default)]
    laws: Vec<String>,
    portal_url: Option<String>,
    #[serde(default)]
    trust: Trust,
}

#[derive(Clone, Debug, Deserialize)]
struct NationalLimit {
    value: f64,
    unit: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct NationalFee {
    #[serde(default)]
    kind: FeeKind,
    #[serde(default)]
    amounts: Vec<NationalAmount>,
}

#[derive(Clone, Debug, Deserialize)]
struct NationalAmount {
    amount: f64,
    currency: String,
    per: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct NationalChannel {
    channel: ChannelKind,
    time_value: Option<f64>,
    time_unit: Option<String>,
    #[serde(default)]
    fees: Vec<NationalAmount>,
    #[serde(default)]
    fee_free: bool,
    #[serde(default)]
    fee_local: bool,
    #[serde(default)]
    fee_conditional: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct NationalPaper {
    name: String,
    group: Option<String>,
    original: Option<u32>,
    copy: Option<u32>,
    #[serde(default)]
    present: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct NationalResult {
    name: String,
}

/// Codes whose amounts in the national data are another province's, or whose fee the city's council sets.
const SET_LOCALLY: [&str; 4] = ["1.001612", "2.000815", "1.013225", "1.004873"];

/// Ministries whose offices are no departments of the city: QĐ 3203/QĐ-UBND says nothing of them.
const NOT_THE_CITYS: [&str; 6] =
    ["Bộ Công an", "Bộ Quốc phòng", "Ban Cơ yếu", "Ngân hàng Nhà nước", "Tòa án", "Viện kiểm sát"];

/// Agencies of the ministry of finance that are no departments of the city.
const NOT_THE_CITYS_AGENCIES: [&str; 6] =
    ["Hải quan", "Thuế", "Kho bạc", "Bảo hiểm xã hội", "Công an", "Ủy ban Chứng khoán"];

impl NationalRecord {
    /// The kind of fee that may be told.
    #[must_use]
    pub(crate) fn fee_kind(&self) -> FeeKind {
        self.fee().kind
    }

    /// The limit, where its unit is known and it is a whole number.
    #[must_use]
    pub(crate) fn limit(&self) -> Option<TimeLimit> {
        let limit = self.time_limit.as_ref()?;
        time_limit(limit.value, limit.unit.as_deref()?)
    }

    fn fee(&self) -> Fee {
        if SET_LOCALLY.contains(&self.code.as_str()) {
            return Fee { kind: FeeKind::Local, ..Fee::default() };
        }
        match self.fee.kind {
            FeeKind::Amounts => amounts(&self.fee.amounts),
            kind @ (FeeKind::Free | FeeKind::Local | FeeKind::Conditional | FeeKind::Unknown) => {
                Fee { kind, ..Fee::default() }
            }
        }
    }

    fn channel(&self, channel: &NationalChannel) -> Channel {
        let whole = self.fee();
        let fee = if !matches!(whole.kind, FeeKind::Amounts | FeeKind::Free) {
            // What holds for the whole ("may cost") is never softened by one channel's "free".
            whole
        } else if channel.fee_local {
            Fee { kind: FeeKind::Local, ..Fee::default() }
        } else if channel.fee_conditional {
            Fee { kind: FeeKind::Conditional, ..Fee::default() }
        } else if !channel.fees.is_empty() {
            amounts(&channel.fees)
        } else if channel.fee_free {
            Fee { kind: FeeKind::Free, ..Fee::default() }
        } else {
            Fee::default()
        };
        let time_limit =
            channel.time_value.zip(channel.time_unit.as_deref()).and_then(|(it, unit)| time_limit(it, unit));
        Channel { kind: channel.channel, fee, time_limit }
    }

    fn filing(&self) -> Filing {
        let other = NOT_THE_CITYS.iter().any(|it| self.ministry.contains(it))
            || self.agency.iter().any(|agency| NOT_THE_CITYS_AGENCIES.iter().any(|it| agency.contains(it)))
            || NOT_THE_CITYS_AGENCIES.iter().any(|it| self.field.contains(it));
        let citys = self.level.iter().any(|level| matches!(level, Level::Commune | Level::Province));
        if citys && !other {
            Filing::AnyCentre
        } else if self.agency.is_empty() {
            Filing::NotKnown
        } else {
            Filing::NamedAgency { name: self.agency.join(" · ") }
        }
    }

    /// What the national data says, and no more: papers as one list, no form.
    #[must_use]
    pub(crate) fn procedure(&self, title: Option<&Localised>) -> Procedure {
        let plain = |text: &String| Localised { vi: text.clone(), en: None };
        Procedure {
            code: self.code.clone(),
            name: self.name.clone(),
            title: title.cloned().unwrap_or_else(|| plain(&self.name)),
            field: self.field.clone(),
            level: self.level.clone(),
            complete: false,
            audience: self.audience.clone(),
            questions: Vec::new(),
            papers: self.documents.iter().enumerate().map(|(index, paper)| paper.paper(index)).collect(),
            steps: Vec::new(),
            channels: self.channels.iter().map(|it| self.channel(it)).collect(),
            fee: self.fee(),
            time_limit: self.limit(),
            time_note: self.time_note.as_ref().map(plain),
            legal_basis: self.laws.clone(),
            form: None,
            authority: None,
            filing: self.filing(),
            visit: Vec::new(),
            collecting: Vec::new(),
            interlinked: Vec::new(),
            results: self.results.iter().map(|it| it.name.clone()).collect(),
            template: None,
            portal_url: self.portal_url.clone(),
            trust: self.trust,
        }
    }
}

impl NationalPaper {
    fn paper(&self, index: usize) -> Paper {
        let count = |number: Option<u32>, usual: u8| number.map_or(usual, |it| u8::try_from(it).unwrap_or(u8::MAX));
        let shown = self.present || self.group.as_ref().is_some_and(|it| it.to_lowercase().contains("xuất trình"));
        Paper {
            key: format!("paper{}", index + 1),
            name: self.name.clone(),
            title: None,
            how: if shown { PaperRole::Show } else { PaperRole::Upload },
            when: BTreeMap::new(),
            originals: count(self.original, 1),
            copies: count(self.copy, 0),
            optional: false,
            accepts: Vec::new(),
            max_bytes: 6_000_000,
            max_files: 10,
            format: None,
            valid_months: None,
            note: self.group.clone().map(|vi| Localised { vi, en: None }),
        }
    }
}

/// Amounts in đồng; none in đồng means that it depends, all nought means free.
fn amounts(list: &[NationalAmount]) -> Fee {
    let amounts: Vec<Amount> = list
        .iter()
        .filter(|it| it.currency == "VND")
        .filter_map(|it| {
            let dong = whole(it.amount)?;
            Some(Amount { dong, per: it.per.clone().map(|vi| Localised { vi, en: None }) })
        })
        .collect();
    if amounts.is_empty() {
        Fee { kind: FeeKind::Conditional, ..Fee::default() }
    } else if amounts.iter().all(|it| it.dong == 0) && amounts.len() == list.len() {
        Fee { kind: FeeKind::Free, ..Fee::default() }
    } else {
        Fee { kind: FeeKind::Amounts, amounts, ..Fee::default() }
    }
}

fn time_limit(value: f64, unit: &str) -> Option<TimeLimit> {
    let unit = match unit {
        "phut" => TimeUnit::Minute,
        "gio" => TimeUnit::Hour,
        "gio_lam_viec" => TimeUnit::WorkingHour,
        "ngay" => TimeUnit::Day,
        "ngay_lam_viec" => TimeUnit::WorkingDay,
        "tuan" => TimeUnit::Week,
        "thang" => TimeUnit::Month,
        "nam" => TimeUnit::Year,
        _ => return None,
    };
    Some(TimeLimit { value: u16::try_from(whole(value)?).ok()?, unit })
}

/// A whole number that is no larger than what a number of JSON holds exactly.
fn whole(value: f64) -> Option<u64> {
    let fits = value.fract() == 0.0 && (0.0..=9_007_199_254_740_991.0).contains(&value);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked on the line before")]
    fits.then_some(value as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[track_caller]
    fn derived(record: &Value) -> Procedure {
        let mut whole =
            json!({ "code": "1.000001", "name": "Thủ tục", "field": "Hộ tịch", "level": ["xa"], "timeLimit": null });
        whole.as_object_mut().expect("an object").extend(record.as_object().expect("an object").clone());
        serde_json::from_value::<NationalRecord>(whole).expect("a record").procedure(None)
    }

    #[test]
    fn what_the_council_sets_is_never_an_amount_nor_free() {
        let fee = json!({ "kind": "amounts", "amounts": [{ "amount": 150_000, "currency": "VND" }] });
        let channels = json!([{ "channel": "online", "fees": [{ "amount": 150_000, "currency": "VND" }] }]);
        let procedure = derived(&json!({ "code": "1.001612", "fee": fee, "channels": channels }));
        assert_eq!(procedure.fee, Fee { kind: FeeKind::Local, ..Fee::default() });
        assert_eq!(procedure.channels[0].fee.kind, FeeKind::Local);
        let channels = json!([{ "channel": "online", "feeFree": true }]);
        let procedure = derived(&json!({ "fee": { "kind": "conditional" }, "channels": channels }));
        assert_eq!(procedure.channels[0].fee.kind, FeeKind::Conditional);
    }

    #[test]
    fn amounts_are_told_in_dong_only() {
        let fee = |amounts: Value| derived(&json!({ "fee": { "kind": "amounts", "amounts": amounts } })).fee;
        assert_eq!(fee(json!([{ "amount": 8000, "currency": "VND" }])).amounts, [Amount { dong: 8000, per: None }]);
        assert_eq!(fee(json!([{ "amount": 0, "currency": "VND" }])).kind, FeeKind::Free);
        assert_eq!(fee(json!([{ "amount": 5, "currency": "USD" }])).kind, FeeKind::Conditional);
    }

    #[test]
    fn a_limit_without_a_unit_or_with_half_days_is_not_told() {
        assert_eq!(derived(&json!({ "timeBare": 5, "timeLimit": null })).time_limit, None);
        assert_eq!(derived(&json!({ "timeLimit": { "value": 1.5, "unit": "ngay_lam_viec" } })).time_limit, None);
        let limit = derived(&json!({ "timeLimit": { "value": 3, "unit": "ngay_lam_viec" } })).time_limit;
        assert_eq!(limit, Some(TimeLimit { value: 3, unit: TimeUnit::WorkingDay }));
    }

    #[test]
    fn what_is_only_shown_is_never_uploaded() {
        let papers = derived(&json!({ "documents": [
            { "name": "Thẻ căn cước", "present": true },
            { "name": "Hộ chiếu", "group": "Giấy tờ phải xuất trình" },
            { "name": "Bản sao", "original": 0, "copy": 1, "group": "Giấy tờ phải nộp" } ] }))
        .papers;
        assert_eq!(
            papers.iter().map(|it| it.how).collect::<Vec<_>>(),
            [PaperRole::Show, PaperRole::Show, PaperRole::Upload]
        );
        assert_eq!((papers[2].originals, papers[2].copies), (0, 1));
    }

    #[test]
    fn only_what_belongs_to_the_city_is_filed_at_any_centre() {
        assert_eq!(derived(&json!({ "ministry": "Bộ Tư pháp" })).filing, Filing::AnyCentre);
        assert_eq!(derived(&json!({ "ministry": "Bộ Công an" })).filing, Filing::NotKnown);
        let named = derived(&json!({ "ministry": "Bộ Công an", "agency": ["Công an Xã"] })).filing;
        assert_eq!(named, Filing::NamedAgency { name: "Công an Xã".to_owned() });
        assert_eq!(derived(&json!({ "level": ["bo"] })).filing, Filing::NotKnown);
    }
}
