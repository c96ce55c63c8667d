//! What each paper is satisfied by (L-09): a new one, a document of the store, a database, VNeID.

use super::application::{PaperIn, Source};
use super::{Door, vouched_id};
use crate::catalogue::Revised;
use crate::columns::key_of;
use crate::documents::using::{self, Use};
use crate::documents::{self, Model as Document};
use crate::error::Error;
use crate::tables::documents::{Column, Entity};
use crate::tables::{dossiers::Model, paper_sources, papers};
use crate::writing::Batch;
use rules::actor::Role;
use rules::local_time::local_date;
use rules::procedure::Component;
use rules::refusal::Violation;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryTrait};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Whose papers are handed in, and by whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bearer<'a> {
    /// Shelf of the applicant; none without a number.
    pub(super) shelf: Option<&'a str>,
    /// Papers came over a desk, where an officer looked at the person.
    pub(super) at_a_desk: bool,
    /// Receiving unit.
    pub(super) unit: Uuid,
}

/// Documents that papers name, and everything wrong with where papers come from.
#[derive(Debug, Default)]
pub(super) struct Sourced {
    documents: Vec<Document>,
    pub(super) wrong: Vec<Violation>,
}

/// Longest key of a query at a database, and longest code of one, in characters.
const LONGEST: (usize, usize) = (200, 60);

impl Door<'_> {
    /// Looks at the source of every paper: a document must be the applicant's, of the type of its component, in force
    /// and valid today; what a database or VNeID said is told by an officer alone, for nobody else has seen it.
    pub(super) async fn sourced(
        &self,
        papers: &[PaperIn],
        components: &[Component],
        bearer: Bearer<'_>,
    ) -> Result<Sourced, Error> {
        let named: Vec<Uuid> = papers.iter().filter_map(|paper| paper.document).collect();
        let mut sourced = Sourced::default();
        if !named.is_empty() {
            sourced.documents = Entity::find().filter(Column::Id.is_in(named)).all(self.tx).await?;
            sourced.documents.retain(|document| self.may_use(document, bearer));
        }
        let officer = self.by.is(Role::Office) || self.by.is_at(Role::DeskOfficer, bearer.unit);
        for (n, paper) in papers.iter().enumerate() {
            let component = components.iter().find(|c| c.code == paper.component);
            let document = sourced.documents.iter().find(|d| Some(d.id) == paper.document);
            let fault = match paper.source {
                Source::New => (paper.document.is_some() || paper.taken.is_some()).then_some(UNEXPLAINED),
                Source::Reused => self.misused(paper, component, document),
                Source::Database | Source::Vneid => self.untold(paper, bearer.at_a_desk && officer),
            };
            sourced.wrong.extend(fault.map(|fault| fault.at(n)));
        }
        Ok(sourced)
    }

    /// A document of somebody else does not exist for who hands papers in.
    fn may_use(&self, document: &Document, bearer: Bearer<'_>) -> bool {
        let own = vouched_id(self.by).map(|id| self.sealer.index("id", id));
        documents::is_shelved(document)
            && bearer.shelf == Some(document.owner_index.as_str())
            && (bearer.at_a_desk || own.as_ref() == Some(&document.owner_index))
    }

    fn misused(
        &self,
        paper: &PaperIn,
        component: Option<&Component>,
        document: Option<&Document>,
    ) -> Option<Fault> {
        let Some(document) = document else { return Some(UNKNOWN) };
        if paper.file.is_some() || paper.taken.is_some() {
            return Some(UNEXPLAINED);
        }
        let wanted = component.and_then(|component| component.paper_type.as_ref());
        if component.is_some() && wanted != Some(&document.paper_type) {
            return Some(ANOTHER_TYPE);
        }
        (!documents::is_valid(document, local_date(self.at))).then_some(NOT_VALID)
    }

    fn untold(&self, paper: &PaperIn, by_an_officer: bool) -> Option<Fault> {
        if !by_an_officer {
            return Some(NOT_AN_OFFICER);
        }
        let Some(taken) = paper.taken.as_ref().filter(|_| paper.document.is_none()) else {
            return Some(NOT_TOLD);
        };
        let code = taken.database.as_deref().unwrap_or_default().trim();
        let named = !code.is_empty() || paper.source == Source::Vneid;
        let short = taken.query.chars().count() <= LONGEST.0 && code.chars().count() <= LONGEST.1;
        let told = named && short && !taken.query.trim().is_empty() && taken.at <= self.at;
        (!told).then_some(NOT_TOLD)
    }

    /// Adds the rows of papers with where each came from and the use of every document that stands for one; gives them.
    pub(super) fn add_papers(
        &self,
        batch: &mut Batch,
        (handed_in, sourced): (&[PaperIn], &Sourced),
        (dossier, part, round): (&Model, &str, i32),
        revised: &Revised,
    ) -> Result<Vec<papers::Model>, Error> {
        let mut rows = Vec::with_capacity(handed_in.len());
        let (mut sources, mut uses) = (Vec::new(), Vec::new());
        for paper in handed_in {
            let name =
                revised.content.component(&paper.component).map_or(paper.component.as_str(), |c| &c.name);
            let document = sourced.documents.iter().find(|d| Some(d.id) == paper.document);
            let row = papers::Model {
                id: Uuid::now_v7(),
                dossier_id: dossier.id,
                file_id: document.map(|document| document.file_id).or(paper.file),
                part: part.into(),
                component: Some(paper.component.clone()),
                source: key_of(&paper.source)?,
                round,
                name: name.chars().take(400).collect(),
                document_id: document.map(|document| document.id),
                created_at: self.at,
            };
            sources.extend(self.taken(paper, row.id));
            uses.extend(document.map(|document| self.used(document, dossier, name)));
            rows.push(row);
        }
        batch.insert_all(rows.clone());
        batch.insert_all(sources);
        let used: BTreeSet<Uuid> = uses.iter().map(|row| row.document_id).collect();
        batch.insert_all(uses);
        if !used.is_empty() {
            let counted = Entity::update_many().filter(Column::Id.is_in(used));
            batch.update(counted.col_expr(Column::Reused, Expr::col(Column::Reused).add(1)).into_query());
        }
        Ok(rows)
    }

    fn taken(&self, paper: &PaperIn, row: Uuid) -> Option<paper_sources::Model> {
        let taken = paper.taken.as_ref().filter(|_| paper.source != Source::New)?;
        let code = taken.database.as_deref().map(str::trim).filter(|_| paper.source == Source::Database);
        Some(paper_sources::Model {
            paper_id: row,
            database_code: code.unwrap_or("vneid").into(),
            query_id: taken.query.trim().into(),
            taken_at: taken.at,
            by_subject: self.by.subject.clone(),
            by_name: self.by.name.chars().take(200).collect(),
        })
    }

    fn used(&self, document: &Document, dossier: &Model, name: &str) -> crate::tables::document_uses::Model {
        let purpose = format!("Dùng làm “{name}” trong hồ sơ {}", dossier.code);
        let (dossier, unit) = (Some(dossier.id), Some(dossier.unit_id));
        using::row(self.by, document.id, Use { kind: "reused", dossier, unit, purpose: &purpose }, self.at)
    }
}

/// What is wrong with the source of a paper: where, key, and words.
struct Fault(&'static str, &'static str, &'static str, &'static str);

impl Fault {
    fn at(self, n: usize) -> Violation {
        let Self(member, code, vi, en) = self;
        Violation { pointer: format!("/papers/{n}/{member}"), code, vi: vi.into(), en: en.into() }
    }
}

const UNEXPLAINED: Fault = Fault(
    "source",
    "source_mixed",
    "Một giấy tờ chỉ có một nguồn: tệp mới, giấy tờ trong kho, hoặc cơ sở dữ liệu.",
    "A paper has one source: a new file, a document of the store, or a database.",
);

const UNKNOWN: Fault = Fault(
    "document",
    "document_unknown",
    "Không tìm thấy giấy tờ này trong kho của người đề nghị; hãy chọn trong danh sách gợi ý hoặc nộp mới.",
    "The applicant's store has no such document; choose from the offers or hand the paper in.",
);

const ANOTHER_TYPE: Fault = Fault(
    "document",
    "document_of_another_type",
    "Giấy tờ này không phải loại mà thành phần hồ sơ yêu cầu; hãy chọn giấy tờ khác hoặc nộp mới.",
    "The document is not of the type the component asks for; choose another or hand the paper in.",
);

const NOT_VALID: Fault = Fault(
    "document",
    "document_not_valid",
    "Giấy tờ này đã hết hạn, đã được thay thế hoặc thu hồi; hãy chọn bản còn hiệu lực hoặc nộp mới.",
    "The document has expired or was replaced or revoked; choose one in force or hand the paper in.",
);

const NOT_AN_OFFICER: Fault = Fault(
    "source",
    "source_of_officers",
    "Chỉ cán bộ tiếp nhận mới ghi nguồn cơ sở dữ liệu hoặc VNeID sau khi đã tra cứu; hãy nộp tệp hoặc chọn trong kho.",
    "Only the receiving officer records a database or VNeID after looking there; send a file or choose from the store.",
);

const NOT_TOLD: Fault = Fault(
    "taken",
    "query_missing",
    "Hãy ghi cơ sở dữ liệu đã tra cứu, mã tra cứu và thời điểm (không sau lúc này).",
    "Say which database was asked, the key of the query, and when (not later than now).",
);
