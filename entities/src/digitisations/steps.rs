//! What the workers say of an item between two stages: which job comes next, what it waits for, what went wrong, how far it is.

use super::Item;
use super::moving::{change, waiting};
use crate::error::Error;
use crate::jobs::NewJob;
use crate::tables::digitisations::{Column, Entity};
use chrono::{DateTime, Utc};
use rules::jobs::Job;
use rules::papers::{Origin, Stage, WaitsFor};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter};
use uuid::Uuid;

/// The job of a stage of an item; none for a stage that waits for people, or is the end.
pub fn order(item: &Item, stage: Stage, at: DateTime<Utc>) -> Option<NewJob> {
    let (digitisation, backlog) = (item.id, item.origin == Origin::Backlog.key());
    let job = match stage {
        Stage::Inspect => Job::InspectFile { file: item.file_id? },
        Stage::Normalise => Job::NormalisePaper { digitisation, backlog },
        Stage::Recognise => Job::RecogniseText { digitisation, backlog },
        Stage::Signatures => Job::CheckSignatures { digitisation, backlog },
        Stage::Extract => Job::ExtractFields { digitisation, backlog },
        Stage::File => Job::FilePaper { digitisation, backlog },
        Stage::Scan | Stage::Check | Stage::Filed => return None,
    };
    let cause = Some(format!("digitisation:{digitisation}"));
    Some(NewJob { cause, dossier: item.dossier_id, ..NewJob::new(job, at) })
}

/// Lets an item wait for a program, however often it is looked for.
pub async fn wait_for_tools(
    tx: &DatabaseTransaction,
    id: Uuid,
    words: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    waiting(tx, id, WaitsFor::Tools, Some(words), at).await?;
    change(id, at).col_expr(Column::Attempts, Expr::value(0)).exec(tx).await?;
    Ok(())
}

/// Notes what went wrong with an item that is tried again by itself, unless it says so already; never personal data.
pub async fn troubled(
    tx: &DatabaseTransaction,
    id: Uuid,
    words: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let unsaid = Condition::any().add(Column::Trouble.is_null()).add(Column::Trouble.ne(words));
    change(id, at).filter(unsaid).col_expr(Column::Trouble, Expr::value(words)).exec(tx).await?;
    Ok(())
}

/// Takes the attempt back that was counted at the beginning: somebody heard how it failed, and it was not the paper.
pub async fn uncounted(tx: &DatabaseTransaction, id: Uuid) -> Result<(), Error> {
    let rows = Entity::update_many().filter(Column::Id.eq(id)).filter(Column::Attempts.gt(0));
    rows.col_expr(Column::Attempts, Expr::col(Column::Attempts).sub(1)).exec(tx).await?;
    Ok(())
}

/// Notes how many pages an item has and how many are read; it has got on, so its attempts begin anew.
pub async fn progressed(
    tx: &DatabaseTransaction,
    id: Uuid,
    (done, all): (i32, i32),
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = change(id, at).col_expr(Column::Pages, Expr::value(all));
    let row = row.col_expr(Column::PagesDone, Expr::value(done));
    let row = row.col_expr(Column::Attempts, Expr::value(1));
    row.col_expr(Column::Trouble, Expr::value(Option::<String>::None)).exec(tx).await?;
    Ok(())
}

/// Notes that people did something to an item.
pub async fn touched(tx: &DatabaseTransaction, id: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    change(id, at).exec(tx).await?;
    Ok(())
}

/// Notes of what type a paper is that was handed in as of none.
pub async fn recognised(
    tx: &DatabaseTransaction,
    id: Uuid,
    paper_type: &str,
    at: DateTime<Utc>,
) -> Result<(), Error> {
    let row = change(id, at).filter(Column::PaperType.is_null());
    row.col_expr(Column::PaperType, Expr::value(paper_type)).exec(tx).await?;
    Ok(())
}
