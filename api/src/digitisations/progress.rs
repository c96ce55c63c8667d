//! `GET /v1/digitisations/{id}/progress`: how far the machine is with a paper, once or as a stream of events.
//!
//! A stream sends an event at every change, a comment when nothing changes for a while, and ends when the paper is filed,
//! left out, stuck or waiting for people, or after ten minutes. It looks every second, and at once when a worker of this house rings.

use super::view::words;
use crate::identity::Asker;
use crate::manners::etag::IfNoneMatch;
use crate::manners::language::Language;
use crate::office::Office;
use crate::problems::{Code, Problem};
use actix_web::http::header::{ACCEPT, HeaderMap, RETRY_AFTER};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use entities::digitisations::reading::of_document;
use entities::digitisations::sight::find_for;
use entities::digitisations::{self, Item};
use futures::stream;
use rules::jobs::Queue;
use rules::lang::Lang;
use rules::papers::WaitsFor;
use serde::Serialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::Instant;
use utoipa::ToSchema;
use uuid::Uuid;

/// How far a paper is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DigitisationProgress)]
pub(crate) struct ProgressView {
    /// Where it is.
    #[schema(example = "recognise")]
    stage: String,
    /// How it stands.
    #[schema(example = "working")]
    state: String,
    /// What it waits for.
    waits_for: Option<String>,
    /// Pages; null while nobody has counted.
    pages: Option<i32>,
    /// Pages whose text is read.
    pages_done: i32,
    /// The same in words.
    words: String,
    /// Last trouble, in words.
    trouble: Option<String>,
    /// The document of the store it became.
    document: Option<Uuid>,
}

impl ProgressView {
    fn of(item: &Item, lang: Lang) -> Result<Self, entities::Error> {
        Ok(Self {
            words: words(item, lang)?,
            stage: item.stage.clone(),
            state: item.state.clone(),
            waits_for: item.waits_for.clone(),
            pages: item.pages,
            pages_done: item.pages_done,
            trouble: item.trouble.clone(),
            document: item.document_id,
        })
    }
}

/// How far a paper is
///
/// With `Accept: text/event-stream` a stream of `progress` events until the machine has nothing more to do; otherwise
/// the state of now, 304 while it is the one you know. For officers of its units.
#[utoipa::path(tag = "digitisations", params(("id" = Uuid, Path, description = "Key of the item")),
    responses((status = 200, content((ProgressView = "application/json", example = json!({"stage": "recognise",
        "state": "working", "waits_for": null, "pages": 12, "pages_done": 5, "words": "đang xử lý: nhận dạng chữ",
        "trouble": null, "document": null})), (String = "text/event-stream"))), (status = 304, description = "Not changed since")))]
#[get("/v1/digitisations/{id}/progress")]
pub(crate) async fn show_digitisation_progress(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    known: IfNoneMatch,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (placed, _) = find_for(office.db.reader(), &asker, *id).await?;
    if wants_stream(req.headers()) {
        return streamed(office, (*id, lang));
    }
    Ok(known.answer(placed.item.version, &ProgressView::of(&placed.item, lang)?))
}

/// How far the machine is with a document
///
/// The same by the key of a document of the store, or of a file that was handed in for a paper.
#[utoipa::path(tag = "digitisations", params(("id" = Uuid, Path, description = "Key of the document or of the file")),
    responses((status = 200, content((ProgressView = "application/json", example = json!({"stage": "filed",
        "state": "filed", "waits_for": null, "pages": 12, "pages_done": 12, "words": "đã số hóa", "trouble": null,
        "document": "0194f3c0-0000-7000-8000-00000000002d"})), (String = "text/event-stream"))), (status = 304, description = "Not changed since")))]
#[get("/v1/documents/{id}/progress")]
pub(crate) async fn show_document_progress(
    office: web::Data<Office>,
    asker: Asker,
    id: web::Path<Uuid>,
    known: IfNoneMatch,
    Language(lang): Language,
    req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let item = of_document(office.db.reader(), *id).await?.id;
    let (placed, _) = find_for(office.db.reader(), &asker, item).await?;
    if wants_stream(req.headers()) {
        return streamed(office, (item, lang));
    }
    Ok(known.answer(placed.item.version, &ProgressView::of(&placed.item, lang)?))
}

fn streamed(office: web::Data<Office>, followed: (Uuid, Lang)) -> Result<HttpResponse, Problem> {
    let Ok(place) = office.streams.clone().try_acquire_owned() else {
        return Err(Problem::new(Code::TooManyRequests)
            .because(FULL.0, FULL.1)
            .with_header(RETRY_AFTER, "5"));
    };
    let events = Events::open(office, followed, place);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        // Compressed events would wait in a buffer.
        .insert_header(("content-encoding", "identity"))
        .streaming(stream::unfold(events, Events::next)))
}

fn wants_stream(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.contains("text/event-stream"))
}

const FULL: (&str, &str) = (
    "Đang có quá nhiều người theo dõi tiến độ cùng lúc; hãy hỏi lại bằng JSON.",
    "Too many people follow the progress of papers at once; ask with JSON instead.",
);

/// Between two looks when nobody rings.
const LOOK: Duration = Duration::from_secs(1);

/// A comment is sent after so long without an event, so that nobody between takes the line for dead.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How long a stream lasts: who follows on asks again, and is looked at again.
const LONGEST: Duration = Duration::from_secs(600);

/// One stream; it holds its place among the allowed ones until it ends.
struct Events {
    office: web::Data<Office>,
    item: Uuid,
    lang: Lang,
    bell: watch::Receiver<u64>,
    sent: Option<i32>,
    said: Instant,
    opened: Instant,
    over: bool,
    _place: OwnedSemaphorePermit,
}

impl Events {
    fn open(office: web::Data<Office>, (item, lang): (Uuid, Lang), place: OwnedSemaphorePermit) -> Self {
        let bell = office.wake.listen(Queue::Heavy);
        let now = Instant::now();
        Self { office, item, lang, bell, sent: None, said: now, opened: now, over: false, _place: place }
    }

    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        if self.over || self.opened.elapsed() >= LONGEST {
            return None;
        }
        loop {
            // Marked before the look, so that a ring during it is not lost.
            self.bell.mark_unchanged();
            // A database that is silent for a moment is asked again: the line stays.
            let item = digitisations::find(self.office.db.reader(), self.item).await.ok();
            if let Some(item) = item.filter(|item| self.sent != Some(item.version)) {
                let text = self.event(&item)?;
                return Some((Ok(text), self));
            }
            if self.said.elapsed() >= HEARTBEAT {
                self.said = Instant::now();
                return Some((Ok(Bytes::from_static(b": \n\n")), self));
            }
            tokio::select! {
                _ = self.bell.changed() => {}
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    fn event(&mut self, item: &Item) -> Option<Bytes> {
        let view = ProgressView::of(item, self.lang).ok()?;
        let data = serde_json::to_string(&view).ok()?;
        (self.sent, self.said) = (Some(item.version), Instant::now());
        self.over = is_over(item);
        Some(Bytes::from(format!("id: {}\nevent: progress\ndata: {data}\n\n", item.version)))
    }
}

/// The machine has nothing more to do: the paper has ended, or people have to do something first.
fn is_over(item: &Item) -> bool {
    let machine = [WaitsFor::Inspection.key(), WaitsFor::Tools.key()];
    item.ended_at.is_some() || item.waits_for.as_deref().is_some_and(|waits| !machine.contains(&waits))
}
