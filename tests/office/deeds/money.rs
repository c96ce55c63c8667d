//! Money that moves at a platform without a payer: refunds sent back, and the list of the day.

use super::fixture::Scene;
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use connectors::failure::Failure;
use connectors::payment::{
    Heard, Offers, Opened, Order, PaymentPlatform, RefundOrder, RefundStanding, RefundTaken, Rejected,
    Standing, StatementLine, reference,
};
use connectors::trip::Trip;
use entities::payments::{News, Opening};
use entities::refunds::{Proposal, sending};
use entities::tables::{payments, refunds, statements};
use rules::fees::FeeKind;
use rules::fees::refunds::{Ground, RefundAct};
use rules::jobs::Job;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use uuid::Uuid;
use workers::Outcome;

const KEY: &str = "generous";

/// A platform that sends back and lists; it keeps the keys it was given and answers as it was told to.
#[derive(Default)]
pub(super) struct Generous {
    keys: Mutex<Vec<String>>,
    trouble: Mutex<Option<Failure>>,
    lines: Mutex<Vec<StatementLine>>,
    /// Its wire has no key for refunds.
    keyless: AtomicBool,
    /// It says that what it took has gone.
    pub(super) gone: AtomicBool,
    /// It does not answer questions now.
    silent: AtomicBool,
}

#[async_trait]
impl PaymentPlatform for Generous {
    async fn open(&self, _: &Trip, _: &Order) -> Result<Opened, Failure> {
        Ok(Opened { pay_url: None, qr_content: Some("000201".into()) })
    }

    fn verify(&self, _: &[u8]) -> Result<Heard, Rejected> {
        Err(Rejected::Malformed)
    }

    fn acknowledge(&self, _: DateTime<Utc>, _: &[u8], _: bool, _: &str) -> Value {
        json!({})
    }

    fn offers(&self) -> Offers {
        let refund_key = !self.keyless.load(Ordering::Relaxed);
        Offers { refund: true, refund_key, statement: true, query: true, ..Offers::default() }
    }

    async fn query(&self, _: &Trip, _: &str) -> Result<Standing, Failure> {
        if self.silent.load(Ordering::Relaxed) {
            return Err(Failure::retry("busy"));
        }
        Ok(Standing::Pending)
    }

    async fn receipt(&self, _: &Trip, _: &str) -> Result<Vec<u8>, Failure> {
        Ok(Vec::new())
    }

    async fn refund(&self, _: &Trip, order: &RefundOrder) -> Result<RefundTaken, Failure> {
        self.keys.lock().unwrap().push(order.key.clone());
        match self.trouble.lock().unwrap().take() {
            Some(trouble) => Err(trouble),
            None => Ok(RefundTaken { refund_id: "HT1".into() }),
        }
    }

    async fn refund_standing(&self, _: &Trip, refund: &str) -> Result<RefundStanding, Failure> {
        assert_eq!(refund, "HT1");
        let gone = self.gone.load(Ordering::Relaxed);
        Ok(if gone { RefundStanding::Done } else { RefundStanding::Pending })
    }

    async fn statement(&self, _: &Trip, _: NaiveDate) -> Result<Vec<StatementLine>, Failure> {
        Ok(self.lines.lock().unwrap().clone())
    }
}

pub(super) async fn generous() -> (Scene, Arc<Generous>) {
    let mut scene = Scene::open().await;
    let platform = Arc::new(Generous::default());
    scene.hands.wires.platforms.insert(KEY.into(), platform.clone());
    (scene, platform)
}

/// A payment opened and paid there.
pub(super) async fn paid(scene: &Scene) -> Uuid {
    let (dossier, by, id) = (scene.submit().await, scene.citizen(), Uuid::now_v7());
    let tx = scene.hands.database.begin().await.unwrap();
    let opening = Opening {
        id,
        reference: reference(id),
        platform: KEY,
        chosen: true,
        payer: None,
        client_ip: None,
        expires_at: scene.clock.now() + TimeDelta::hours(24),
    };
    let payment = scene.door(&tx, &by).open_payment(&dossier, opening).await.unwrap();
    tx.commit().await.unwrap();
    scene.run(scene.jobs("open_payment").await.pop().unwrap()).await;
    let tx = scene.hands.database.begin().await.unwrap();
    let news = News {
        reference: &payment.reference,
        platform: KEY,
        amount: payment.amount,
        transaction_id: "GD1",
        paid: true,
        proven: true,
        raw: "{}",
    };
    scene.door(&tx, &rules::actor::Actor::office()).settle(&news).await.unwrap();
    tx.commit().await.unwrap();
    id
}

#[tokio::test]
async fn f_18_no_voucher_is_fetched_where_the_platform_offers_none() {
    let (scene, _) = generous().await;
    let id = paid(&scene).await;
    let job = scene.jobs("fetch_voucher").await.pop().unwrap();

    assert_eq!(scene.run(job).await, Outcome::Done);

    let row = entities::payments::by_id(scene.hands.database.reader(), id).await.unwrap();
    assert_eq!((row.state.as_str(), row.voucher_file_id), ("paid", None));
}

/// A refund of it, approved and given to the platform.
pub(super) async fn ordered(scene: &Scene, payment: Uuid) -> (Uuid, Job) {
    let tx = scene.hands.database.begin().await.unwrap();
    let (mut by, second) = (scene.officer(), scene.officer());
    by.subject = "tests|kế toán".into();
    let proposal =
        Proposal {
            ground: Ground::Mistaken, kind: FeeKind::Phi, amount: 1_000, reason: "Thu nhầm.".into()
        };
    let refund = scene.door(&tx, &by).propose_refund(payment, &proposal).await.unwrap();
    let door = scene.door(&tx, &second);
    let approved = door.follow_refund(refund.id, None, RefundAct::Approve, "").await.unwrap();
    let told = door.order_refund(approved, KEY).await.unwrap();
    let by_hand = scene.door(&tx, &by).follow_refund(refund.id, None, RefundAct::PayOut, "UNC 1").await;
    assert!(by_hand.is_err(), "it would go twice");
    tx.commit().await.unwrap();
    (told.id, scene.jobs("send_refund").await.pop().unwrap())
}

async fn refund(scene: &Scene, id: Uuid) -> refunds::Model {
    sending::by_id(scene.hands.database.reader(), id).await.unwrap()
}

#[tokio::test]
async fn a_platform_may_give_a_code_instead_of_a_page() {
    let (scene, _) = generous().await;
    let id = paid(&scene).await;

    let row = entities::payments::by_id(scene.hands.database.reader(), id).await.unwrap();

    assert_eq!((row.qr_content.as_deref(), row.pay_url, row.state.as_str()), (Some("000201"), None, "paid"));
}

#[tokio::test]
async fn f_06_an_approved_refund_is_sent_by_the_platform_once_under_one_key() {
    let (scene, platform) = generous().await;
    let payment = paid(&scene).await;
    let (id, job) = ordered(&scene, payment).await;
    *platform.trouble.lock().unwrap() = Some(Failure::retry("busy"));

    let first = scene.run(job.clone()).await;
    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!(scene.run(job.clone()).await, Outcome::Done);
    assert_eq!(scene.run(job).await, Outcome::Done);

    let row = refund(&scene, id).await;
    assert_eq!((row.state.as_str(), row.platform_refund.as_deref()), ("sent", Some("HT1")));
    let keys = platform.keys.lock().unwrap().clone();
    assert_eq!(keys, [reference(id), reference(id)], "the third attempt found it done");
}

#[tokio::test]
async fn f_06_a_refund_is_told_when_the_money_went_and_not_when_the_platform_took_it() {
    let (scene, platform) = generous().await;
    let payment = paid(&scene).await;
    let (id, job) = ordered(&scene, payment).await;
    scene.run(job).await;
    scene.run(Job::SweepPayments {}).await;
    let question = scene.jobs("send_refund").await.pop().unwrap();

    assert_eq!(scene.run(question.clone()).await, Outcome::Done);
    let waiting = (refund(&scene, id).await.state, scene.jobs("tell_refund").await.len());
    platform.gone.store(true, Ordering::Relaxed);
    assert_eq!(scene.run(question.clone()).await, Outcome::Done);
    assert_eq!(scene.run(question).await, Outcome::Done);

    assert_eq!(waiting, ("sent".to_owned(), 0));
    let row = refund(&scene, id).await;
    assert_eq!((row.state.as_str(), row.paid_out_at), ("paid_out", Some(scene.clock.now())));
    assert_eq!(scene.jobs("tell_refund").await.len(), 1);
    assert_eq!(platform.keys.lock().unwrap().len(), 1, "it was asked for once");
}

#[tokio::test]
async fn f_06_finance_confirms_a_sent_refund_by_hand_where_the_platform_does_not_say() {
    let (scene, _) = generous().await;
    let payment = paid(&scene).await;
    let (id, job) = ordered(&scene, payment).await;
    scene.run(job).await;

    let tx = scene.hands.database.begin().await.unwrap();
    let mut by = scene.officer();
    by.subject = "tests|kế toán".into();
    let out = scene.door(&tx, &by).follow_refund(id, None, RefundAct::PayOut, "Đã xem tại nền tảng").await;
    tx.commit().await.unwrap();

    assert_eq!(out.unwrap().state, "paid_out");
    assert_eq!(scene.jobs("tell_refund").await.len(), 1);
}

#[tokio::test]
async fn f_06_a_refund_without_a_key_is_not_asked_for_twice_when_an_attempt_was_cut_off() {
    let (scene, platform) = generous().await;
    platform.keyless.store(true, Ordering::Relaxed);
    let payment = paid(&scene).await;
    let (id, job) = ordered(&scene, payment).await;
    let at = scene.clock.now();
    assert!(sending::mark_asked(scene.hands.database.writer(), id, at).await.unwrap(), "then it was killed");

    let ended = scene.run(job).await;

    let Outcome::Fail { reason } = ended else { panic!("{ended:?}") };
    assert!(reason.contains("look there first"), "{reason}");
    assert!(platform.keys.lock().unwrap().is_empty());
    let row = refund(&scene, id).await;
    assert_eq!((row.state.as_str(), row.via, row.trouble), ("approved", None, Some(reason)));
}

#[tokio::test]
async fn f_06_a_refund_that_waited_for_its_platform_was_not_asked_for() {
    let (scene, platform) = generous().await;
    platform.keyless.store(true, Ordering::Relaxed);
    let payment = paid(&scene).await;
    let (id, job) = ordered(&scene, payment).await;
    let resting = Failure::wait(KEY, std::time::Duration::from_secs(60), "resting");
    *platform.trouble.lock().unwrap() = Some(resting);

    let first = scene.run(job.clone()).await;

    assert!(matches!(first, Outcome::Wait { .. }), "{first:?}");
    assert_eq!(scene.run(job).await, Outcome::Done);
    assert_eq!(refund(&scene, id).await.state, "sent");
}

#[tokio::test]
async fn f_06_a_refund_that_its_platform_certainly_did_not_take_is_simply_asked_for_again() {
    let (scene, platform) = generous().await;
    platform.keyless.store(true, Ordering::Relaxed);
    let payment = paid(&scene).await;
    let (id, job) = ordered(&scene, payment).await;
    *platform.trouble.lock().unwrap() = Some(Failure::undone(None, "cannot be reached"));

    let first = scene.run(job.clone()).await;

    assert!(matches!(first, Outcome::Retry { .. }), "{first:?}");
    assert_eq!(scene.run(job).await, Outcome::Done);
    assert_eq!(refund(&scene, id).await.state, "sent");
}

#[tokio::test]
async fn a_question_that_no_later_sweep_asks_again_is_tried_again() {
    let (scene, platform) = generous().await;
    let id = paid(&scene).await;
    let row = entities::payments::by_id(scene.hands.database.reader(), id).await.unwrap();
    let mut row = sea_orm::IntoActiveModel::into_active_model(row);
    (row.state, row.paid_at) = (sea_orm::Set("failed".into()), sea_orm::Set(None));
    sea_orm::ActiveModelTrait::update(row, scene.hands.database.writer()).await.unwrap();
    platform.silent.store(true, Ordering::Relaxed);
    let question = Job::QueryPayment { payment: id };

    scene.pass(TimeDelta::hours(1));
    let swept = scene.run(question.clone()).await;
    scene.run(Job::SweepPayments {}).await;
    let asked = scene.jobs("query_payment").await.len();
    scene.pass(TimeDelta::days(3));
    let late = scene.run(question).await;

    assert_eq!((swept, asked), (Outcome::Done, 1), "a first card was refused: the sweep asks");
    assert!(matches!(late, Outcome::Retry { .. }), "{late:?}");
}

#[tokio::test]
async fn f_06_what_the_platform_refuses_is_paid_out_by_hand() {
    let (scene, platform) = generous().await;
    let payment = paid(&scene).await;
    let (id, job) = ordered(&scene, payment).await;
    *platform.trouble.lock().unwrap() = Some(Failure::fail("too old"));

    let ended = scene.run(job).await;

    assert!(matches!(ended, Outcome::Fail { .. }), "{ended:?}");
    let row = refund(&scene, id).await;
    assert_eq!((row.state.as_str(), row.via, row.trouble.is_some()), ("approved", None, true));
    let tx = scene.hands.database.begin().await.unwrap();
    let mut by = scene.officer();
    by.subject = "tests|kế toán".into();
    let paid = scene.door(&tx, &by).follow_refund(id, None, RefundAct::PayOut, "UNC 1").await.unwrap();
    assert_eq!(paid.state, "paid_out");
}

#[tokio::test]
async fn f_03_the_list_of_yesterday_is_fetched_once_and_compared() {
    let (scene, platform) = generous().await;
    let payment = paid(&scene).await;
    let row = entities::payments::by_id(scene.hands.database.reader(), payment).await.unwrap();
    *platform.lines.lock().unwrap() = vec![StatementLine {
        reference: row.reference,
        transaction_id: "GD1".into(),
        amount: row.amount,
        occurred_at: scene.clock.now(),
    }];
    scene.pass(TimeDelta::days(1));

    scene.run(Job::FetchStatement { platform: None, day: None }).await;
    let jobs = scene.jobs("fetch_statement").await;
    for _ in 0..2 {
        assert_eq!(scene.run(jobs[0].clone()).await, Outcome::Done);
    }

    assert_eq!(jobs.len(), 1, "only platforms that give a list are asked");
    let kept = statements::Entity::find().all(scene.hands.database.reader()).await.unwrap();
    let told: Vec<_> = kept.iter().map(|row| (row.ours_count, row.theirs_count, row.differences)).collect();
    assert_eq!(told, [(1, 1, 0)]);
    let payments = payments::Entity::find().all(scene.hands.database.reader()).await.unwrap();
    assert_eq!(payments.len(), 1);
}
