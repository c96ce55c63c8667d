//! What the policy speaks of: what is looked at, how a person stands to it, and how much of it they see.

/// What of a thing a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Nothing: it does not exist for this person.
    None,
    /// Everything but personal fields.
    Masked,
    /// Everything.
    Full,
}

impl Sight {
    /// As the printed table says it.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "no",
            Self::Masked => "masked",
            Self::Full => "yes",
        }
    }
}

/// How a person, or the unit where they hold a role, stands to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// It belongs to the person.
    Own,
    /// Their unit received the dossier, or the thing is their unit's.
    Unit,
    /// Their unit is competent to decide it.
    Competent,
    /// Their unit opened it as the child of another dossier (L-31).
    Sender,
    /// Their unit was asked for its opinion on it.
    Asked,
    /// Their postal point carries it.
    Point,
    /// None of these; wherever in the province it lies.
    Elsewhere,
}

impl Relation {
    /// All, the nearest first.
    pub const ALL: [Self; 7] =
        [Self::Own, Self::Unit, Self::Competent, Self::Sender, Self::Asked, Self::Point, Self::Elsewhere];

    /// As the printed table says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Own => "it is their own",
            Self::Unit => "receiving unit",
            Self::Competent => "competent unit",
            Self::Sender => "unit that opened it",
            Self::Asked => "unit asked for its opinion",
            Self::Point => "postal point that carries it",
            Self::Elsewhere => "any other place",
        }
    }
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// Number, status, dates, units and sums of a dossier, and the way it went: history, clock, actions, children.
    Dossier,
    /// Applicant, form, look-up secret, words of reasons and notes.
    Person,
    /// The files handed in and issued.
    Files,
    /// Receipts, printed forms and minutes; codes and links by which one proves oneself or pays.
    PrintedForms,
    /// What was told to whom.
    Notices,
    /// What is owed and paid; the page to pay on is a personal field.
    Payments,
    /// What the post carries.
    Shipments,
    /// Numbers and states of issued results.
    Results,
    /// What was said to the national portal and what it answered.
    Exchanges,
    /// The applicant's papers in the e-document store, as far as the dossier needs them.
    StoredDocuments,
    /// Drafts and uploads of a person, their own documents in the store, what was sent to their inbox.
    Shelf,
    /// A question to another unit, its answer and the papers it shares.
    Consultations,
    /// Where papers on their way to the store are, and what hinders them; batches of old papers too.
    Digitisations,
    /// Pages and fields of those papers.
    Pages,
    /// Name, address and telephone for the delivery.
    Deliveries,
    /// Refunds, receipts, statements and takings.
    Money,
    /// Transfers that wait to be confirmed, and receipts that are missing.
    CashDesk,
    /// The desk's queues, flags and warnings.
    Desk,
    /// Questions that people put at the national portal.
    Questions,
    /// What carriers said and could not be taken.
    Sightings,
    /// What is counted over dossiers: reports, forecasts, satisfaction.
    Counts,
    /// Comparisons with the national portal.
    Reconciliations,
    /// Drafting and putting into force of procedures, units, calendars and words.
    Catalogue,
    /// The job ledger and outside parties.
    Jobs,
    /// Roles of officers, and announced downtimes.
    Assignments,
    /// The chronicle of everybody.
    Chronicle,
}

impl Thing {
    /// All, as the printed table orders them.
    pub const ALL: [Self; 26] = [
        Self::Dossier,
        Self::Person,
        Self::Files,
        Self::PrintedForms,
        Self::Notices,
        Self::Payments,
        Self::Shipments,
        Self::Results,
        Self::Exchanges,
        Self::StoredDocuments,
        Self::Shelf,
        Self::Consultations,
        Self::Digitisations,
        Self::Pages,
        Self::Deliveries,
        Self::Money,
        Self::CashDesk,
        Self::Desk,
        Self::Questions,
        Self::Sightings,
        Self::Counts,
        Self::Reconciliations,
        Self::Catalogue,
        Self::Jobs,
        Self::Assignments,
        Self::Chronicle,
    ];

    /// As the printed table says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dossier => "dossier, history, dates",
            Self::Person => "personal fields, words",
            Self::Files => "files",
            Self::PrintedForms => "printed forms, codes, links",
            Self::Notices => "notices",
            Self::Payments => "payments",
            Self::Shipments => "shipments",
            Self::Results => "results",
            Self::Exchanges => "exchanges with the portal",
            Self::StoredDocuments => "documents of the store",
            Self::Shelf => "drafts, uploads, own documents",
            Self::Consultations => "consultations",
            Self::Digitisations => "digitisations, batches",
            Self::Pages => "pages and fields of papers",
            Self::Deliveries => "deliveries of a point",
            Self::Money => "refunds, receipts, statements",
            Self::CashDesk => "transfers and missing receipts",
            Self::Desk => "queues, flags, warnings",
            Self::Questions => "questions",
            Self::Sightings => "refused sightings",
            Self::Counts => "counts and reports",
            Self::Reconciliations => "reconciliations",
            Self::Catalogue => "running the catalogue",
            Self::Jobs => "jobs and outside parties",
            Self::Assignments => "roles of officers",
            Self::Chronicle => "chronicle of everybody",
        }
    }
}
