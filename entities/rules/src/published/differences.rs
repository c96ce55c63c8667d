//! What a draft of a revision changes, line by line, so that a person reads it like a corrected page.

use crate::procedure::{ChannelTerms, Component, Revision};
use serde::{Deserialize, Serialize};

/// One thing that is said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Where in the revision, as a JSON pointer; parts of a list by their code.
    pub pointer: String,
    /// What it is, in Vietnamese.
    pub vi: String,
    /// What it is, in English.
    pub en: String,
    /// What is said now; absent for what is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What the draft says; absent for what is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// All differences in the order of the revision; none means that both say the same.
pub fn differences(before: &Revision, after: &Revision) -> Vec<Difference> {
    let mut found = Found(Vec::new());
    found.subject(before, after);
    found.channels(before, after);
    found.parts("/components", ("Giấy tờ", "Paper"), &papers(before), &papers(after));
    let results =
        |r: &Revision| r.results.iter().map(|r| (r.code.clone(), r.name.clone())).collect::<Vec<_>>();
    found.parts("/results", ("Kết quả", "Result"), &results(before), &results(after));
    found.rest(before, after);
    found.0
}

/// A part of a list: its code and what is said of it.
type Part = (String, String);

struct Found(Vec<Difference>);

impl Found {
    fn say(&mut self, pointer: &str, name: (&str, &str), before: Option<String>, after: Option<String>) {
        if before != after {
            let (vi, en) = (name.0.to_owned(), name.1.to_owned());
            self.0.push(Difference { pointer: pointer.to_owned(), vi, en, before, after });
        }
    }

    fn words(&mut self, pointer: &str, name: (&str, &str), before: String, after: String) {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        self.say(pointer, name, some(before), some(after));
    }

    fn subject(&mut self, before: &Revision, after: &Revision) {
        let each = |get: fn(&Revision) -> String| (get(before), get(after));
        let (b, a) = each(|r| r.name.clone());
        self.words("/name", ("Tên thủ tục", "Name"), b, a);
        let (b, a) = each(|r| format!("{} {}", r.field.code, r.field.name));
        self.words("/field", ("Lĩnh vực", "Field"), b, a);
        let (b, a) = each(|r| json(&r.tiers));
        self.words("/tiers", ("Cấp thực hiện", "Tiers"), b, a);
        let (b, a) = each(|r| json(&r.applicants));
        self.words("/applicants", ("Đối tượng thực hiện", "Applicants"), b, a);
        let (b, a) = each(|r| r.sequence.join("\n"));
        self.words("/sequence", ("Trình tự thực hiện", "Order of carrying out"), b, a);
        let (b, a) = each(|r| r.conditions.join("\n"));
        self.words("/conditions", ("Yêu cầu, điều kiện", "Conditions"), b, a);
        let (b, a) = each(|r| r.legal_bases.join("\n"));
        self.words("/legal_bases", ("Căn cứ pháp lý", "Legal bases"), b, a);
    }

    fn channels(&mut self, before: &Revision, after: &Revision) {
        let of =
            |r: &Revision| r.channels.iter().map(|t| (json(&t.channel), json(&t.limit))).collect::<Vec<_>>();
        self.parts("/channels", ("Thời hạn", "Limit"), &of(before), &of(after));
        for terms in &after.channels {
            let earlier = before.channels.iter().find(|t| t.channel == terms.channel);
            let pointer = format!("/channels/{}/fees", json(&terms.channel));
            self.parts(
                &pointer,
                ("Khoản thu", "Charge"),
                &earlier.map(fees).unwrap_or_default(),
                &fees(terms),
            );
        }
    }

    fn parts(&mut self, pointer: &str, name: (&str, &str), before: &[Part], after: &[Part]) {
        let find = |list: &[Part], code: &str| {
            list.iter().find(|(known, _)| known == code).map(|(_, words)| words.clone())
        };
        let gone = before.iter().filter(|(code, _)| find(after, code).is_none());
        for (code, _) in after.iter().chain(gone) {
            let (vi, en) = (format!("{} {code}", name.0), format!("{} {code}", name.1));
            let place = format!("{pointer}/{code}");
            self.say(&place, (&vi, &en), find(before, code), find(after, code));
        }
    }

    // What only a person changes in a draft: told as well, so that nobody adopts it unseen.
    fn rest(&mut self, before: &Revision, after: &Revision) {
        let members = |r: &Revision| match serde_json::to_value(r) {
            Ok(serde_json::Value::Object(members)) => members,
            _ => serde_json::Map::new(),
        };
        const TOLD: [&str; 10] = [
            "name",
            "field",
            "tiers",
            "applicants",
            "sequence",
            "conditions",
            "legal_bases",
            "channels",
            "components",
            "results",
        ];
        let (before, after) = (members(before), members(after));
        let mut keys: Vec<&String> = before.keys().chain(after.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys.into_iter().filter(|key| !TOLD.contains(&key.as_str())) {
            let said = |of: &serde_json::Map<String, serde_json::Value>| of.get(key).map(ToString::to_string);
            self.say(&format!("/{key}"), (key, key), said(&before), said(&after));
        }
    }
}

fn papers(revision: &Revision) -> Vec<Part> {
    let said = |c: &Component| {
        let must = if c.required { "bắt buộc / required" } else { "khi có / where applicable" };
        format!("{} ({} bản chính, {} bản sao; {must})", c.name, c.originals, c.copies)
    };
    revision.components.iter().map(|c| (c.code.clone(), said(c))).collect()
}

fn fees(terms: &ChannelTerms) -> Vec<Part> {
    let said = |fee: &crate::fees::Tariff| format!("{}: {} đồng / {}", fee.name, fee.amount, fee.unit);
    terms.fees.iter().map(|fee| (fee.code.clone(), said(fee))).collect()
}

// Keys of the catalogue as they are written in it, without quotation marks.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default().replace('"', "")
}
