//! What the portal asks: where a dossier stands, and what is to be paid for it.

use super::heard::Heard;
use crate::problems::Problem;
use chrono::TimeDelta;
use connectors::payment::{Account, Order, OrderLine, Payer, reference};
use connectors::portal::{Bill, Reply, Stands};
use entities::Error;
use entities::columns::from_key;
use entities::inbox::finding::by_any_code;
use entities::inbox::messages::Judged;
use entities::payments::Opening;
use entities::payments::accounts::Account as HouseAccount;
use entities::payments::bill::{Bill as Owed, BillLine, bill};
use entities::shipments::brought;
use entities::tables::dossiers::Model;
use rules::procedure::ApplicantKind;
use rules::status::Status;
use uuid::Uuid;

/// Connector key of the platform on whose page the portal has its bills paid (wire.md §2.1.6).
const PLATFORM: &str = "national_platform";

impl Heard<'_> {
    /// Where a dossier stands: what the wire asks and nothing else.
    pub(super) async fn look_up(&self, code: &str) -> Result<Reply, Problem> {
        let Some(dossier) = self.asked(code).await? else { return self.unknown().await };
        let db = self.office.db.reader();
        let revised = self.office.catalogue.revision(db, dossier.revision_id).await?;
        let unit = self.office.catalogue.unit(db, dossier.authority_id, self.at).await?;
        let status = Status::from_key(&dossier.status).map_or(0, Status::code);
        let field = &revised.content.field;
        let stands = Stands {
            code: dossier.code.clone(),
            procedure_code: revised.national_code.clone(),
            procedure_name: revised.content.name.clone(),
            field: (field.code.clone(), field.name.clone()),
            owner_kind: kind(from_key("dossiers.applicant_kind", &dossier.applicant_kind)?),
            status,
            online: dossier.channel == "online",
            unit_name: unit.row.name.clone(),
        };
        self.answered("looked_up", &dossier).await?;
        Ok(Reply::Stands(Box::new(stands)))
    }

    /// What is to be paid for a dossier now (wire.md §2.1.6); what the postman collects is not paid online as well.
    pub(super) async fn bill(&self, code: &str) -> Result<Reply, Problem> {
        let Some(dossier) = self.asked(code).await? else { return self.unknown().await };
        let office = self.office;
        let known = (&office.catalogue, &office.sealer);
        let account = office.settings.account.as_ref();
        let owed = bill(office.db.reader(), known, &dossier, account, self.at).await?;
        let collected = brought(office.db.reader(), &dossier).await?;
        let Some(owed) = owed.filter(|_| !collected) else {
            self.answered("nothing_due", &dossier).await?;
            return Ok(Reply::NothingDue);
        };
        let Some(beneficiary) = one_account(&owed, account) else {
            let words = "Chưa khai tài khoản thụ hưởng / no account to pay to is set up";
            return self.refuse("no_account", "", words).await;
        };
        if !office.wires.platforms.contains_key(PLATFORM) {
            let words = "Chưa nối nền tảng thanh toán quốc gia / the national payment platform is not set up";
            return self.refuse("no_platform", "", words).await;
        }
        self.told_bill(&dossier, order(owed, beneficiary)).await
    }

    /// The bill under the reference of a payment of ours, by which its news is known when it has been paid.
    async fn told_bill(&self, dossier: &Model, order: Order) -> Result<Reply, Problem> {
        let national_id = dossier.national_id.clone();
        self.within(national_id.as_deref().unwrap_or_default(), async |door| {
            let payment = door.tell_bill(dossier.id, self.opening()).await?;
            if payment.amount != order.amount {
                return Err(Error::Stale);
            }
            let order = Order { reference: payment.reference, ..order.clone() };
            let (national_id, dossier) = (national_id.clone(), Some(dossier.id));
            let judged = Judged { verdict: "bill", national_id, dossier, ..Judged::default() };
            Ok((judged, Reply::Bill(Box::new(Bill { order, at: self.at }))))
        })
        .await
    }

    fn opening(&self) -> Opening<'static> {
        let id = Uuid::now_v7();
        Opening {
            id,
            reference: reference(id),
            platform: PLATFORM,
            chosen: true,
            payer: None,
            client_ip: None,
            expires_at: self.at + TimeDelta::hours(i64::from(self.office.settings.payment_hours)),
        }
    }

    async fn asked(&self, code: &str) -> Result<Option<Model>, Problem> {
        if code.trim().is_empty() || code.contains('\0') || code.chars().count() > 100 {
            return Ok(None);
        }
        Ok(by_any_code(self.office.db.reader(), code.trim()).await?)
    }

    async fn unknown(&self) -> Result<Reply, Problem> {
        self.note(&Judged { verdict: "not_found", ..Judged::default() }).await?;
        Ok(Reply::NotFound)
    }

    async fn answered(&self, verdict: &'static str, dossier: &Model) -> Result<(), Problem> {
        let national_id = dossier.national_id.clone();
        self.note(&Judged { verdict, national_id, dossier: Some(dossier.id), ..Judged::default() }).await
    }
}

/// The wire has room for one account: where phí and lệ phí go apart, it is the office's own.
fn one_account(owed: &Owed, office: Option<&HouseAccount>) -> Option<Account> {
    let account = match owed.accounts.as_slice() {
        [(account, _)] => Some(account),
        _ => office,
    }?;
    Some(Account {
        number: account.number.clone(),
        bank_code: account.bank_bin.clone(),
        holder: account.holder.clone(),
    })
}

/// What is told; its reference is that of the payment.
fn order(owed: Owed, beneficiary: Account) -> Order {
    let line =
        |line: BillLine| OrderLine { kind: line.kind, code: line.code, name: line.name, amount: line.amount };
    Order {
        reference: String::new(),
        amount: owed.amount,
        description: format!("Nop phi, le phi ho so {}", owed.dossier_code),
        dossier_code: owed.dossier_code,
        procedure_code: owed.procedure_code,
        procedure_name: owed.procedure_name,
        unit_code: owed.unit_code,
        unit_name: owed.unit_name,
        payer: Payer {
            name: owed.payer.name,
            identity_number: owed.payer.identity_number,
            address: owed.payer.address,
            ..Payer::default()
        },
        fees: owed.lines.into_iter().map(line).collect(),
        beneficiary,
        client_ip: String::new(),
    }
}

fn kind(kind: ApplicantKind) -> u8 {
    match kind {
        ApplicantKind::Citizen => 1,
        ApplicantKind::Enterprise => 2,
        ApplicantKind::StateBody => 3,
        ApplicantKind::Organisation => 4,
    }
}
