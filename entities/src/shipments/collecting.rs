//! The first leg: the post fetches papers from home, where a decision allows the procedure to go by post (QĐ 45/2016 Đ5).

use super::{NewShipment, of_dossier, refused};
use crate::columns::json_of;
use crate::dossiers::{Door, reading};
use crate::error::Error;
use crate::tables::shipments::Model;
use rules::openness::Decided;
use rules::refusal::Violation;
use rules::status::Status;
use uuid::Uuid;

/// Statuses in which papers may still come in.
const PAPERS_COME: [Status; 4] =
    [Status::Submitted, Status::Received, Status::Processing, Status::AwaitingSupplement];

/// Longest list of papers, and longest name of one, in characters.
const MOST_PAPERS: usize = 50;
const LONGEST_NAME: usize = 200;

impl Door<'_> {
    /// Asks the post to fetch papers from the applicant's home; asked by the person or by the desk.
    ///
    /// Invalid where no decision allows the procedure by post, where no address is known, or where no paper is named.
    /// Refused once papers cannot come in any more, and while one collection is under way.
    pub async fn ask_collection(&self, dossier: Uuid, papers: &[String]) -> Result<Model, Error> {
        let dossier = self.postal(dossier).await?;
        let revised = self.catalogue.revision(self.tx, dossier.revision_id).await?;
        let (allowed, decision) = (revised.content.postal_allowed, &revised.content.postal_decision);
        let mut wrong = named(papers);
        wrong.extend(undecided(allowed, decision.as_ref()));
        let applicant = reading::applicant(self.sealer, &dossier)?;
        if applicant.address.is_none() || applicant.phone.is_none() {
            wrong.push(violation(
                "/papers",
                "address_missing",
                "Hồ sơ chưa có địa chỉ và số điện thoại để bưu điện đến thu gom.",
                "The dossier has no address and telephone for the post to come to.",
            ));
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        if !Status::from_key(&dossier.status).is_some_and(|status| PAPERS_COME.contains(&status)) {
            return Err(refused("collect", &dossier, TOO_LATE, None));
        }
        let rows = of_dossier(self.tx, dossier.id).await?;
        let before = rows.iter().filter(|row| row.leg.starts_with("fetched-")).count();
        if let Some(last) = rows.iter().find(|row| row.leg == "collection") {
            if last.closed_at.is_none() {
                return Err(refused("collect", &dossier, UNDER_WAY, None));
            }
            self.set_aside(last, format!("fetched-{}", before + 1)).await?;
        }
        let earlier = rows.iter().filter(|row| row.leg == "collection" || row.leg.starts_with("fetched-"));
        let order_number = match earlier.count() {
            0 => format!("{}-C", dossier.code),
            times => format!("{}-C{}", dossier.code, times + 1),
        };
        let contents = Some(json_of(&papers)?);
        self.open_shipment(&dossier, NewShipment { leg: "collection", order_number, contents }).await
    }
}

const TOO_LATE: (&str, &str, &str) =
    ("papers_not_awaited", "Hồ sơ không còn nhận giấy tờ.", "No papers can come in any more.");
const UNDER_WAY: (&str, &str, &str) =
    ("already_collecting", "Bưu điện đang đến thu gom.", "The post is fetching papers already.");

/// Without a decision that names the procedure, the post is not offered.
fn undecided(allowed: bool, decision: Option<&Decided>) -> Option<Violation> {
    (!allowed || decision.is_none()).then(|| {
        violation(
            "/papers",
            "post_not_allowed",
            "Thủ tục này chưa có quyết định cho phép thực hiện qua dịch vụ bưu chính công ích.",
            "No decision allows this procedure by public post.",
        )
    })
}

fn named(papers: &[String]) -> Vec<Violation> {
    if papers.is_empty() || papers.len() > MOST_PAPERS {
        let (vi, en) = ("Phải ghi từ 1 đến 50 giấy tờ.", "Name 1 to 50 papers.");
        return vec![violation("/papers", "papers_unnamed", vi, en)];
    }
    let unfit = |name: &String| name.trim().is_empty() || name.chars().count() > LONGEST_NAME;
    let wrong = papers.iter().enumerate().filter(|(_, name)| unfit(name));
    let said = wrong.map(|(n, _)| {
        let (vi, en) = ("Tên giấy tờ từ 1 đến 200 ký tự.", "A paper has a name of 1 to 200 characters.");
        violation(&format!("/papers/{n}"), "paper_unnamed", vi, en)
    });
    said.collect()
}

fn violation(pointer: &str, code: &'static str, vi: &str, en: &str) -> Violation {
    Violation { pointer: pointer.into(), code, vi: vi.into(), en: en.into() }
}
