//! Handing in: checked whole, coded, and written in one transaction with everything that follows.

use super::applicant::Applicant;
use super::application::{Application, check};
use super::charging::{quoted, unproved};
use super::placing::Placed;
use super::sourcing::Bearer;
use super::{Door, effects, owner_applicant, owner_unit, series};
use crate::catalogue::Revised;
use crate::columns::{json_of, key_of};
use crate::error::Error;
use crate::files;
use crate::places::addresses;
use crate::tables::dossiers;
use crate::writing::Batch;
use rules::actor::Role;
use rules::lifecycle::{ActKind, Effect, Fee};
use rules::local_time::local_date;
use rules::procedure::Channel;
use rules::refusal::{Block, Refusal, Violation};
use rules::status::Status;
use uuid::Uuid;

/// A dossier with its code, and the rows that make it exist.
#[derive(Debug)]
#[must_use = "nothing is handed in until the rows are written"]
pub struct HandedIn {
    /// The dossier as it will stand.
    pub dossier: dossiers::Model,
    /// Dossier, papers, history and jobs, to be written in the transaction of the door.
    pub rows: Batch,
}

impl Door<'_> {
    /// Hands an application in: status 1 with a code, papers, quote, history and jobs.
    ///
    /// The code is taken at once; the rows are handed over, so that the caller writes them with its own in one
    /// statement. Fails with every violation at once, or refused when the person may not use this channel at this unit.
    pub async fn submit(&self, application: &Application) -> Result<HandedIn, Error> {
        self.may_submit(application)?;
        let revised = self.catalogue.in_force(self.tx, &application.procedure, self.at).await?;
        let (placed, misplaced) = self.placed(application, &revised).await?;
        let stored = self.files_of(application).await?;
        let mut wrong = check(application, &revised, &stored, self.at);
        let shelf = application.applicant.number().map(|number| self.sealer.index("id", number));
        let at_a_desk = application.channel != Channel::Online;
        let bearer = Bearer { shelf: shelf.as_deref(), at_a_desk, unit: application.unit };
        let sourced = self.sourced(&application.papers, &revised.content.components, bearer).await?;
        wrong.extend(sourced.wrong.iter().cloned());
        wrong.extend(misplaced);
        wrong.extend(self.address_violations(application).await?);
        wrong.extend(self.mandate_violations(application).await?);
        let asked = quoted(application, &revised.content, &placed.unit, local_date(self.at));
        wrong.extend(unproved(application, &revised.content, &asked));
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let dossier = self.fresh(application, &revised, &placed).await?;
        let mut rows = Batch::default();
        rows.insert(dossier.clone());
        self.add_mandate(&mut rows, dossier.id, application.mandate.as_ref())?;
        let handed_in = (application.papers.as_slice(), &sourced);
        self.add_papers(&mut rows, handed_in, (&dossier, "component", 0), &revised)?;
        let (act, to) = (ActKind::Submit, Status::Submitted);
        let note = self.handed_in_for(application);
        let facts = effects::Facts { act, from: None, to, note: note.as_deref(), before: None };
        effects::record(self, &mut rows, &dossier, facts, &[Effect::Notify, Effect::Push])?;
        Ok(HandedIn { dossier, rows })
    }

    fn may_submit(&self, application: &Application) -> Result<(), Error> {
        let profile = rules::regime::in_force(local_date(self.at));
        let own_way = self.catalogue.law().provincial_submission;
        let blocks: Vec<Block> = profile
            .bars(application.channel, own_way)
            .into_iter()
            .chain(self.wrong_role(application))
            .collect();
        if blocks.is_empty() {
            return Ok(());
        }
        let act = ActKind::Submit.key();
        Err(Refusal { act, status: None, blocked_by: blocks, allowed: Vec::new() }.into())
    }

    fn wrong_role(&self, application: &Application) -> Option<Block> {
        let applicants = [Role::Citizen, Role::OrganisationRepresentative, Role::Helper];
        let may = match application.channel {
            Channel::Online => applicants.iter().any(|role| self.by.is(*role)),
            Channel::Desk => self.by.is_at(Role::DeskOfficer, application.unit),
            Channel::Post => {
                self.by.is_at(Role::DeskOfficer, application.unit)
                    || self.by.is_at(Role::PostalClerk, application.unit)
            }
        };
        (!may).then(|| Block {
            code: "wrong_role",
            vi: "Vai trò của bạn không được nộp hồ sơ theo cách này tại đơn vị này.".into(),
            en: "Your role may not hand in a dossier this way at this unit.".into(),
            legal_basis: Some("NĐ 61/2018 Đ16"),
        })
    }

    pub(super) async fn address_violations(
        &self,
        application: &Application,
    ) -> Result<Vec<Violation>, Error> {
        let Some(address) = &application.applicant.address else { return Ok(Vec::new()) };
        addresses::violations(self.tx, address, "/applicant/address", local_date(self.at)).await
    }

    /// The files an application names, as far as this person uploaded them.
    pub(super) async fn files_of(&self, application: &Application) -> Result<Vec<files::File>, Error> {
        let named: Vec<Uuid> = application.papers.iter().filter_map(|p| p.file).collect();
        self.own_files(&named).await
    }

    /// Those of these files that this person uploaded.
    pub(super) async fn own_files(&self, named: &[Uuid]) -> Result<Vec<files::File>, Error> {
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let found = files::find_all(self.tx, named).await?;
        Ok(found.into_iter().filter(|f| f.owner == self.by.subject).collect())
    }

    /// The dossier of an application that fits, with its code.
    pub(super) async fn fresh(
        &self,
        a: &Application,
        revised: &Revised,
        placed: &Placed,
    ) -> Result<dossiers::Model, Error> {
        let (unit, day) = (&placed.unit, local_date(self.at));
        let profile = rules::regime::in_force(day);
        let asked = quoted(a, &revised.content, unit, day);
        let calendar = self.catalogue.calendar(self.tx, self.at).await?;
        let answer = rules::deadlines::answer_due(self.at, None, &calendar, &unit.hours);
        let prefix = rules::codes::series_prefix(unit.code_on(day), day);
        let number = series::next(self.tx, &prefix).await?;
        let id = Uuid::now_v7();
        let (holder, held_until) = self.holding(a.mandate.as_ref());
        let applicant = &a.applicant;
        let [key_wrapped, applicant_sealed, form_sealed] = self.sealed_alone(id, a)?;
        Ok(dossiers::Model {
            id,
            code: rules::codes::format(&prefix, number),
            procedure_id: revised.procedure_id,
            revision_id: revised.id,
            regime: key_of(&profile.regime)?,
            unit_id: unit.row.id,
            authority_id: placed.authority.row.id,
            support_unit_id: placed.support.as_ref().map(|unit| unit.row.id),
            channel: key_of(&a.channel)?,
            status: Status::Submitted.key().into(),
            turn: "agency".into(),
            waits_for: key_of(&Role::DeskOfficer)?,
            act_by: answer.due,
            owner: self.owner_of(a, id),
            holder,
            held_until,
            applicant_kind: key_of(&a.applicant_kind)?,
            applicant_name: applicant.name.trim().into(),
            applicant_folded: rules::folding::fold(&applicant.name).chars().take(200).collect(),
            applicant_index: applicant.number().map(|n| self.sealer.index("id", n)),
            applicant_sealed,
            identity_verified: self.vouches_for(applicant),
            summary: revised.content.name.chars().take(1000).collect(),
            form_sealed,
            quote: json_of(&asked)?,
            fee_total: asked.total,
            fee_state: key_of(&if asked.total > 0 { Fee::Owed } else { Fee::None })?,
            return_method: key_of(&a.return_method)?,
            system_of_record: profile.system_of_record.into(),
            entries: 1,
            version: 1,
            submitted_at: self.at,
            answer_due_at: (a.channel == Channel::Online).then_some(answer.due),
            updated_at: self.at,
            desk_id: Some(unit.row.id),
            handed_over_at: a.handed_over_at,
            watch_at: Some(self.at),
            key_wrapped: Some(key_wrapped),
            // Nothing has happened to it yet.
            ..dossiers::Model::default()
        })
    }

    /// Whether an issuer vouched that who hands in is the applicant.
    fn vouches_for(&self, applicant: &Applicant) -> bool {
        let same = applicant.id_number.is_some() && applicant.id_number == self.by.national_id;
        same && self.by.assurance > 0
    }

    /// A new own key of the dossier, wrapped, and applicant and form sealed with it.
    fn sealed_alone(&self, id: Uuid, a: &Application) -> Result<[String; 3], Error> {
        let key = self.sealer.new_own_key(id)?;
        let own = self.sealer.own(id, Some(&key))?;
        let applicant = own.seal(&format!("applicant:{id}"), &json_of(&a.applicant)?)?;
        let form = own.seal(&format!("form:{id}"), &json_of(&a.form)?)?;
        Ok([key, applicant, form])
    }

    /// A person online who hands in for themselves; for papers the unit that took them in, so that no officer owns a
    /// citizen's dossier.
    fn owner_of(&self, application: &Application, id: Uuid) -> String {
        match application.channel {
            Channel::Online if application.mandate.is_some() => owner_applicant(id),
            Channel::Online => self.by.subject.clone(),
            Channel::Desk | Channel::Post => owner_unit(application.unit),
        }
    }
}
