//! Making a draft of a revision out of what is published: what the national database says replaces what we said, what
//! it does not speak of stays, and what cannot be read is left to the person who checks the draft.

use super::{PublishedCase, PublishedFee, PublishedPaper, PublishedProcedure, PublishedWay};
use crate::deadlines::{TimeLimit, TimeUnit};
use crate::fees::Tariff;
use crate::folding::fold;
use crate::papers::Ground;
use crate::procedure::{ChannelTerms, Component, Field, Level, PaymentMoment, ResultKind, Revision, Tier};
use crate::warnings::WarningTerms;
use serde::{Deserialize, Serialize};

/// A draft and what a person must look at before publishing it.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The draft.
    pub revision: Revision,
    /// What could not be taken over.
    pub remarks: Vec<Remark>,
}

/// Something that the machine did not decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// Where in the revision, as a JSON pointer.
    pub pointer: String,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// The draft of `published` on the ground of what is in force here.
///
/// Amounts, limits and papers that the portal does not write as a number stay as they are, with a remark; a fee whose
/// code is not known here is not taken over, because nothing published says whether it is phí or lệ phí (F-01).
/// Without anything in force the draft holds what is published alone; what it lacks for being adopted a person adds.
pub fn merge(published: &PublishedProcedure, current: Option<&Revision>) -> Merged {
    let mut merged = Merged { revision: current.cloned().unwrap_or_else(bare), remarks: Vec::new() };
    merged.subject(published);
    merged.bases(published);
    merged.tiers(&published.levels);
    merged.ways(&published.ways);
    merged.papers(&published.cases);
    merged
}

impl Merged {
    fn remark(&mut self, pointer: impl Into<String>, vi: impl Into<String>, en: impl Into<String>) {
        self.remarks.push(Remark { pointer: pointer.into(), vi: vi.into(), en: en.into() });
    }

    fn subject(&mut self, published: &PublishedProcedure) {
        replace(&mut self.revision.name, &published.name);
        if let Some((code, name)) = published.fields.first() {
            self.revision.field = Field { code: code.clone(), name: name.clone() };
        }
        if !published.in_force {
            self.remark(
                "",
                "Cơ sở dữ liệu quốc gia không còn công khai thủ tục này.",
                "The national database no longer publishes this procedure.",
            );
        }
        if published.applicants.is_empty() && !published.applicants_in_words.is_empty() {
            let words = published.applicants_in_words.join("; ");
            let (vi, en) = (
                format!("Đối tượng thực hiện chưa nhận ra: {words}"),
                format!("Applicants not recognised: {words}"),
            );
            self.remark("/applicants", vi, en);
        }
        take(&mut self.revision.applicants, &published.applicants);
        take(&mut self.revision.sequence, &published.steps);
        let results = published.results.iter();
        let ours = self.revision.results.clone();
        let results = results.map(|r| {
            // How long it is valid and what paper it is are the office's own words.
            let known = ours.iter().find(|kind| kind.code == r.code);
            ResultKind {
                code: r.code.clone(),
                name: r.name.clone(),
                paper_type: known.and_then(|kind| kind.paper_type.clone()),
                valid_months: known.and_then(|kind| kind.valid_months),
            }
        });
        take(&mut self.revision.results, &results.collect::<Vec<_>>());
    }

    fn bases(&mut self, published: &PublishedProcedure) {
        let texts = published.legal_basis.iter().map(|text| match (&*text.number, &*text.title) {
            (number, "") => number.to_owned(),
            ("", title) => title.to_owned(),
            (number, title) => format!("{number} {title}"),
        });
        take(&mut self.revision.legal_bases, &texts.filter(|text| !text.is_empty()).collect::<Vec<_>>());
        let conditions = published.conditions.lines().map(str::trim).filter(|line| !line.is_empty());
        take(&mut self.revision.conditions, &conditions.map(String::from).collect::<Vec<_>>());
    }

    fn tiers(&mut self, levels: &[u8]) {
        let known = levels.iter().filter_map(|level| match level {
            1 => Some(Tier::Province),
            2 => Some(Tier::District),
            3 => Some(Tier::Commune),
            _ => None,
        });
        take(&mut self.revision.tiers, &known.collect::<Vec<_>>());
    }

    fn ways(&mut self, ways: &[PublishedWay]) {
        for (n, way) in ways.iter().enumerate() {
            let Some(channel) = way.channel else {
                let (vi, en) =
                    ("Cách thức thực hiện chưa nhận ra.", "A way of handing in is not recognised.");
                self.remark("/channels", vi, en);
                continue;
            };
            if ways.iter().take(n).any(|earlier| earlier.channel == Some(channel)) {
                let vi =
                    format!("Có nhiều thời hạn cho một cách thức, chỉ lấy thời hạn đầu: {}", way.description);
                let en = format!("Several limits for one way; the first is taken: {}", way.description);
                self.remark("/channels", vi, en);
                continue;
            }
            let place = self.revision.channels.iter().position(|terms| terms.channel == channel);
            let limit = self.limit(way, place.is_some());
            match (place, limit) {
                (Some(place), limit) => self.terms(place, limit, &way.fees),
                (None, Some(limit)) => {
                    self.revision.channels.push(ChannelTerms { channel, limit, fees: Vec::new() });
                    self.terms(self.revision.channels.len().saturating_sub(1), None, &way.fees);
                }
                (None, None) => {}
            }
        }
    }

    fn limit(&mut self, way: &PublishedWay, known: bool) -> Option<TimeLimit> {
        let read = limit(&way.time, &way.time_unit);
        if read.is_none() {
            let words = format!("{} {}", way.time, way.time_unit);
            let kept = if known {
                ("giữ thời hạn cũ", "the old limit stays")
            } else {
                ("chưa thêm", "not added")
            };
            let vi = format!("Thời hạn “{}” chưa đọc được, {}.", words.trim(), kept.0);
            let en = format!("The limit “{}” cannot be read; {}.", words.trim(), kept.1);
            self.remark("/channels", vi, en);
        }
        read
    }

    fn terms(&mut self, place: usize, limit: Option<TimeLimit>, fees: &[PublishedFee]) {
        let Some(mut terms) = self.revision.channels.get(place).cloned() else { return };
        if let Some(limit) = limit {
            terms.limit = limit;
        }
        for fee in fees {
            self.fee(&mut terms.fees, fee);
        }
        if let Some(there) = self.revision.channels.get_mut(place) {
            *there = terms;
        }
    }

    fn fee(&mut self, tariffs: &mut [Tariff], fee: &PublishedFee) {
        let amount = fee.amount.and_then(|amount| u32::try_from(amount).ok());
        let known = tariffs.iter_mut().find(|tariff| !fee.code.is_empty() && tariff.code == fee.code);
        match (known, amount) {
            (Some(tariff), Some(amount)) => tariff.amount = amount,
            (Some(_), None) => {
                let vi =
                    format!("Mức thu của {} không phải là số, giữ mức cũ: {}", fee.code, fee.description);
                let en =
                    format!("The sum of {} is no number and stays as it was: {}", fee.code, fee.description);
                self.remark("/channels", vi, en);
            }
            (None, Some(0)) => {}
            (None, amount) => {
                let sum = amount.map_or_else(|| fee.description.clone(), |amount| format!("{amount} đồng"));
                let vi =
                    format!("Khoản thu {} ({sum}) chưa có ở đây: cần xác định phí hay lệ phí.", fee.code);
                let en = format!("The charge {} ({sum}) is new here: is it phí or lệ phí?", fee.code);
                self.remark("/channels", vi, en);
            }
        }
    }

    fn papers(&mut self, cases: &[PublishedCase]) {
        if cases.iter().all(|case| case.papers.is_empty()) {
            return;
        }
        let mut components: Vec<Component> = Vec::new();
        for paper in cases.iter().flat_map(|case| &case.papers) {
            if components.iter().any(|component| component.code == paper.code) {
                continue;
            }
            if paper.code.is_empty() {
                let vi = format!("Giấy tờ “{}” không có mã, chưa thêm.", paper.name);
                let en = format!("The paper “{}” has no code and is not added.", paper.name);
                self.remark("/components", vi, en);
                continue;
            }
            let component = self.component(paper, cases.len() > 1);
            components.push(component);
        }
        take(&mut self.revision.components, &components);
    }

    fn component(&mut self, paper: &PublishedPaper, of_several_cases: bool) -> Component {
        let count = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        if let Some(known) = self.revision.component(&paper.code) {
            let known = known.clone();
            let (originals, copies) = (count(paper.originals), count(paper.copies));
            return Component { name: paper.name.clone(), originals, copies, ..known };
        }
        let vi = format!("Giấy tờ mới {}: cần xác định có bắt buộc không và loại tệp.", paper.code);
        let en =
            format!("New paper {}: decide whether it is required and which files are taken.", paper.code);
        self.remark("/components", vi, en);
        Component {
            code: paper.code.clone(),
            name: paper.name.clone(),
            originals: count(paper.originals),
            copies: count(paper.copies),
            required: !of_several_cases,
            media_types: Component::usual_media_types(),
            max_bytes: Component::usual_max_bytes(),
            paper_type: None,
            digitise: Ground::default(),
        }
    }
}

// Says nothing yet; the checks of the catalogue refuse it until it does.
fn bare() -> Revision {
    Revision {
        name: String::new(),
        name_en: String::new(),
        field: Field { code: String::new(), name: String::new() },
        tiers: Vec::new(),
        level: Level::ToanTrinh,
        partial_reason: None,
        applicants: Vec::new(),
        sequence: Vec::new(),
        channels: Vec::new(),
        components: Vec::new(),
        results: Vec::new(),
        conditions: Vec::new(),
        legal_bases: Vec::new(),
        form_schema: serde_json::Value::Null,
        steps: Vec::new(),
        process_decision: None,
        payment: PaymentMoment::default(),
        postal_allowed: false,
        postal_decision: None,
        supplement: None,
        cutoff_hour: None,
        boundless: false,
        children: Vec::new(),
        decision: None,
        retention_years: None,
        warnings: WarningTerms::default(),
    }
}

// What the portal leaves out is not taken away here: an empty list there says that nothing was published.
fn take<T: Clone>(ours: &mut Vec<T>, theirs: &[T]) {
    if !theirs.is_empty() {
        *ours = theirs.to_vec();
    }
}

fn replace(ours: &mut String, theirs: &str) {
    if !theirs.trim().is_empty() {
        theirs.trim().clone_into(ours);
    }
}

/// A limit as the portal writes it, such as `10` and `Ngày làm việc`; none for words that are no single limit.
fn limit(time: &str, unit: &str) -> Option<TimeLimit> {
    let unit = match fold(unit).trim() {
        "ngay lam viec" => TimeUnit::WorkingDays,
        "ngay" => TimeUnit::CalendarDays,
        "gio" | "gio lam viec" => TimeUnit::WorkingHours,
        "thang" => TimeUnit::Months,
        _ => return None,
    };
    let limit = TimeLimit { amount: time.trim().parse().ok()?, unit };
    limit.is_sound().then_some(limit)
}
