//! Procedures: the parts of NĐ 63/2010 Đ8.2 checked one by one (L-54).

use super::located::Node;
use super::typing::typed;
use super::{ProcedureSeed, SeedError, Seeds};
use chrono::NaiveDate;
use rules::actor::Role;
use rules::codes::OrganisationCode;
use rules::deadlines::{TimeLimit, TimeUnit};
use rules::papers::known::bindings;
use rules::procedure::{Channel, Level, PaymentMoment, Revision, Tier};
use serde_json::Value;
use std::collections::BTreeSet;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    national_code: String,
    #[serde(rename = "revision")]
    _revision: Value,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Validity {
    valid_from: NaiveDate,
    valid_to: Option<NaiveDate>,
}

/// Reads a procedure with one revision; faults go to `report`.
pub(super) fn procedure(node: &Node, report: &mut impl FnMut(u64, String)) -> Option<ProcedureSeed> {
    let written = typed::<Written>(node, &mut *report);
    let node_of_revision = node.get("revision")?;
    let mut content = node_of_revision.clone();
    let validity = typed::<Validity>(&content.split_off(&["valid_from", "valid_to"]), &mut *report);
    let revision = typed::<Revision>(&content, &mut *report);
    let (Some(written), Some(validity), Some(revision)) = (written, validity, revision) else { return None };
    if !is_national_code(&written.national_code) {
        let message = format!("national_code: `{}` is not a code such as 1.001193", written.national_code);
        report(node.line_of("national_code"), message);
    }
    if validity.valid_to.is_some_and(|to| to < validity.valid_from) {
        report(node_of_revision.line_of("valid_to"), "valid_to: is before valid_from".into());
    }
    Check { node: node_of_revision, report }.all(&revision);
    Some(ProcedureSeed {
        national_code: written.national_code,
        valid_from: validity.valid_from,
        valid_to: validity.valid_to,
        revision,
    })
}

/// `^\d\.\d{6}$` (law.md §2.3).
pub(super) fn is_national_code(code: &str) -> bool {
    let Some((group, number)) = code.split_once('.') else { return false };
    let digits = |text: &str, length| text.len() == length && text.chars().all(|c| c.is_ascii_digit());
    digits(group, 1) && digits(number, 6)
}

struct Check<'a, F: FnMut(u64, String)> {
    node: &'a Node,
    report: &'a mut F,
}

impl<F: FnMut(u64, String)> Check<'_, F> {
    fn all(&mut self, r: &Revision) {
        self.words(r);
        self.lists(r);
        self.channels(r);
        self.components(r);
        self.steps(r);
        self.form(&r.form_schema);
        let line = self.node.line_of("children");
        for words in super::children::misfits(r) {
            (self.report)(line, words);
        }
    }

    fn demand(&mut self, holds: bool, line: u64, message: &str) {
        if !holds {
            (self.report)(line, message.to_owned());
        }
    }

    fn words(&mut self, r: &Revision) {
        let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= 600;
        self.demand(fits(&r.name), self.node.line_of("name"), "name: must have 1 to 600 characters");
        self.demand(fits(&r.name_en), self.node.line_of("name_en"), "name_en: must have 1 to 600 characters");
        let field = fits(&r.field.code) && r.field.code.len() <= 30 && fits(&r.field.name);
        self.demand(
            field,
            self.node.line_of("field"),
            "field: needs a code of at most 30 characters and a name",
        );
        let said = r.partial_reason.as_ref().is_some_and(|reason| fits(reason));
        match r.level {
            Level::MotPhan => {
                self.demand(said, self.node.line_of("level"), "partial_reason: mot_phan must say why (L-18)");
            }
            Level::ToanTrinh => {
                let line = self.node.line_of("partial_reason");
                self.demand(r.partial_reason.is_none(), line, "partial_reason: toan_trinh has none");
            }
        }
        self.demand(
            r.cutoff_hour.is_none_or(|h| h < 24),
            self.node.line_of("cutoff_hour"),
            "cutoff_hour: 0 to 23",
        );
    }

    fn lists(&mut self, r: &Revision) {
        let lists = [
            ("tiers", r.tiers.is_empty()),
            ("applicants", r.applicants.is_empty()),
            ("sequence", r.sequence.is_empty()),
            ("channels", r.channels.is_empty()),
            ("components", r.components.is_empty()),
            ("results", r.results.is_empty()),
            ("legal_bases", r.legal_bases.is_empty()),
            ("steps", r.steps.is_empty()),
        ];
        for (key, empty) in lists {
            self.demand(!empty, self.node.line_of(key), &format!("{key}: must not be empty"));
        }
    }

    fn channels(&mut self, r: &Revision) {
        let mut seen = BTreeSet::new();
        for (i, terms) in r.channels.iter().enumerate() {
            let line = self.node.line_of_item("channels", i);
            self.demand(seen.insert(terms.channel), line, "channel: has its terms twice");
            self.limit(terms.limit, line);
            let free = r.payment == PaymentMoment::Never;
            self.demand(!free || terms.fees.is_empty(), line, "fees: payment says the procedure is free");
            let by_post = terms.channel != Channel::Post || r.postal_allowed;
            self.demand(by_post, line, "channel: post is not allowed by postal_allowed");
            for words in super::fees::misfits(terms, &r.components) {
                (self.report)(line, words);
            }
        }
        let paid = r.channels.iter().any(|t| !t.fees.is_empty());
        let never = r.payment == PaymentMoment::Never;
        self.demand(
            paid || never || r.channels.is_empty(),
            self.node.line_of("payment"),
            "payment: no channel has a fee",
        );
    }

    fn limit(&mut self, limit: TimeLimit, line: u64) {
        let timeless = matches!(limit.unit, TimeUnit::SameDay | TimeUnit::AtOnce);
        self.demand(
            timeless == (limit.amount == 0),
            line,
            "limit: 0 goes with same_day and at_once and with no other unit",
        );
    }

    fn components(&mut self, r: &Revision) {
        let mut seen = BTreeSet::new();
        for (i, component) in r.components.iter().enumerate() {
            let line = self.node.line_of_item("components", i);
            let twice = !seen.insert(component.code.as_str());
            self.demand(!twice, line, &format!("component `{}` is listed twice", component.code));
            let named = !component.code.trim().is_empty() && !component.name.trim().is_empty();
            self.demand(named, line, "component: needs a code and a name");
            self.demand(
                component.originals.max(component.copies) > 0,
                line,
                "component: neither original nor copy",
            );
            self.demand(component.max_bytes > 0, line, "max_bytes: must not be 0");
            self.demand(!component.media_types.is_empty(), line, "media_types: must not be empty");
        }
    }

    fn steps(&mut self, r: &Revision) {
        let mut seen = BTreeSet::new();
        for (i, step) in r.steps.iter().enumerate() {
            let line = self.node.line_of_item("steps", i);
            self.demand(
                seen.insert(step.key.as_str()),
                line,
                &format!("step `{}` is listed twice", step.key),
            );
            let officer =
                matches!(step.role, Role::DeskOfficer | Role::CaseOfficer | Role::Approver | Role::Finance);
            self.demand(officer, line, "role: must be desk_officer, case_officer, approver or finance");
            self.limit(step.limit, line);
            for (unit, limit) in &step.limits {
                let message = format!("limits: `{unit}` is neither a tier nor the code of an organisation");
                self.demand(is_unit_or_tier(unit), line, &message);
                self.limit(*limit, line);
            }
        }
    }

    fn form(&mut self, schema: &Value) {
        let line = self.node.line_of("form_schema");
        let is_object = schema.get("type").and_then(Value::as_str) == Some("object");
        self.demand(is_object, line, "form_schema: its type must be object");
        let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
        self.demand(closed, line, "form_schema: additionalProperties must be false (L-07)");
        for field in bindings(schema).iter().filter(|field| field.known.is_none()) {
            (self.report)(line, format!("form_schema: x-known of `{}` names nothing known", field.pointer()));
        }
        if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
            (self.report)(line, format!("form_schema: {error}"));
        } else if let Err(error) = jsonschema::draft202012::new(schema) {
            (self.report)(line, format!("form_schema: {error}"));
        }
    }
}

fn is_unit_or_tier(key: &str) -> bool {
    OrganisationCode::parse(key).is_ok() || Tier::from_key(key).is_some()
}

/// Revisions of one procedure that begin on the same day.
pub(super) fn twins(seeds: &Seeds) -> Vec<SeedError> {
    let mut seen = BTreeSet::new();
    let again =
        seeds.procedures.iter().filter(|p| !seen.insert((&p.record.national_code, p.record.valid_from)));
    again
        .map(|p| {
            let (code, day) = (&p.record.national_code, p.record.valid_from);
            p.error(format!("national_code: `{code}` has two revisions from {day}"))
        })
        .collect()
}
