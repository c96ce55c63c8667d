//! A commune with workers and the twins of all outside parties over loopback HTTP, under one standing clock.

use crate::support::clock::opening;
use crate::support::commune::{Commune, MAU, text};
use crate::support::house::json;
use connectors::registry::{Connector, find};
use connectors::sandbox::{Running, StandIn};
use connectors::wire::Wire;
use connectors::wires::Wires;
use entities::clock::Clock;
use entities::jobs::row;
use rules::jobs::Job;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value, json as body};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use uuid::Uuid;
use workers::{Attempt, Deeds, Hands, Outcome};

/// The commune, its hands, and the parties they reach.
pub struct Stage {
    pub commune: Commune,
    hands: Hands,
    client: reqwest::Client,
    payment: Running,
    post: Running,
    portal: Running,
    mail: Running,
    told: Arc<OnceLock<Clock>>,
}

impl Stage {
    pub async fn open() -> Self {
        let told = Arc::new(OnceLock::new());
        let (payment, platform) = twin("national_platform", &told);
        let (post, carrier) = twin("vnpost_hcc", &told);
        let (portal, national) = twin("dvcqg", &told);
        let (mail, mailer) = twin("smtp", &told);
        let wires = Wires::default().with("national_platform", platform).with("vnpost_hcc", carrier);
        let wires = wires.with("dvcqg", national).with("smtp", mailer);
        let commune = Commune::open_with(opening(), wires.clone()).await;
        assert!(told.set(commune.clock.clone()).is_ok());
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let address = body!({"url": format!("{}/v1/callbacks/payments/national_platform", commune.url)});
        client.post(format!("{}/__callback", payment.page_url)).json(&address).send().await.unwrap();
        let hands = Hands {
            database: commune.office.db.clone(),
            clock: commune.clock.clone(),
            wake: commune.office.wake.clone(),
            sealer: commune.office.sealer.clone(),
            catalogue: commune.office.catalogue.clone(),
            files: commune.office.files.clone(),
            wires,
            office: Arc::new(serde_json::from_value(office()).unwrap()),
            digitising: Arc::default(),
        };
        Self { commune, hands, client, payment, post, portal, mail, told }
    }

    /// Does all jobs there are and all that follow from them; each must be done at the first try.
    pub async fn work(&self, done: &mut BTreeSet<Uuid>) {
        loop {
            let rows = row::Entity::find().order_by_asc(row::Column::Id);
            let rows = rows.all(self.hands.database.reader()).await.unwrap();
            // Papers are filed once their files are inspected, whose jobs are written by those of their scans.
            let (early, late): (Vec<_>, Vec<_>) = rows
                .into_iter()
                .filter(|row| !done.contains(&row.id))
                .partition(|row| row.kind != "file_documents");
            let Some(next) = early.into_iter().chain(late).next() else { return };
            let job: Job = serde_json::from_str(&next.payload).unwrap();
            self.does(next.id, job).await;
            done.insert(next.id);
        }
    }

    /// Looks at the carrier's list, as the schedule would have it done.
    pub async fn ask_the_post(&self) {
        self.does(Uuid::now_v7(), Job::TrackPost { carrier: None }).await;
    }

    async fn does(&self, id: Uuid, job: Job) {
        let attempt = Attempt { id, number: 1, last: false, at: self.hands.clock.now(), traceparent: None };
        assert_eq!(self.hands.run(job.clone(), attempt).await, Outcome::Done, "{job:?}");
    }

    /// The applicant opens a payment and presses a button on the platform's page.
    pub async fn pay(&self, dossier: &Value, magic: &str, done: &mut BTreeSet<Uuid>) {
        let path = format!("/v1/dossiers/{}/payments", text(dossier, "id"));
        json(self.commune.post(MAU, &path, &body!({})).await, 201).await;
        self.work(done).await;
        let list = self.commune.read(MAU, &path).await;
        let payment = list.as_array().unwrap().last().unwrap();
        let page = format!("{}/pay/{}", self.payment.page_url, text(payment, "reference"));
        assert_eq!(text(payment, "pay_url"), page);
        let press = self.client.post(format!("{page}/{magic}")).header("accept", "application/json");
        assert_eq!(press.json(&body!({})).send().await.unwrap().status(), 200);
        self.work(done).await;
    }

    /// Moves a parcel and lets the office look at the carrier's list.
    pub async fn carry(&self, dossier: &Value, to: &str, done: &mut BTreeSet<Uuid>) {
        let address = format!("{}/__advance/{}", self.post.page_url, text(dossier, "code"));
        let moved = self.client.post(address).json(&body!({"to": to})).send().await.unwrap();
        assert_eq!(moved.status(), 200);
        self.ask_the_post().await;
        self.work(done).await;
    }

    /// What the national portal was told of a dossier: the statuses of its progress lines in the order in which they were
    /// said, repeated ones too, and the status its record ends with.
    pub async fn told(&self, dossier: &Value) -> (Vec<String>, String) {
        let (code, portal) = (text(dossier, "code"), self.received(&self.portal).await);
        let calls = portal["requests"].as_array().unwrap().iter().map(|request| &request["body"]);
        let calls = calls.filter(|body| body["service"] == "CapNhatTienDoHoSoMC");
        let lines = calls.flat_map(|body| body["data"].as_array().unwrap());
        let lines = lines.filter(|line| line["MaHoSo"] == code);
        let said: Vec<String> = lines.map(|line| text(line, "TrangThai").to_owned()).collect();
        let held = &portal["dossiers"][code];
        let (kept, records) = (held["progress"].as_array(), held["trail"].as_array());
        assert_eq!(kept.map_or(0, Vec::len), said.len(), "no line was said twice: {held}");
        let mut steps = said.iter();
        let in_order = records.into_iter().flatten().all(|status| steps.any(|step| status == step));
        assert!(in_order, "records follow one another as the lines do: {held}");
        (said, held["record"]["TrangThaiHoSo"].as_str().unwrap_or_default().to_owned())
    }

    /// The letters in the mailbox.
    pub async fn letters(&self) -> Vec<Value> {
        self.received(&self.mail).await["letters"].as_array().unwrap().clone()
    }

    /// What the carrier was ordered to carry.
    pub async fn orders(&self) -> Value {
        self.received(&self.post).await["orders"].clone()
    }

    /// The office's answers to the platform's news, payment by payment.
    pub async fn answers(&self) -> Vec<Vec<String>> {
        let held = self.received(&self.payment).await["payments"].clone();
        let code = |news: &Value| text(&news["answer"], "MaLoi").to_owned();
        held.as_array()
            .unwrap()
            .iter()
            .map(|p| p["callbacks"].as_array().unwrap().iter().map(code).collect())
            .collect()
    }

    async fn received(&self, party: &Running) -> Value {
        assert!(self.told.get().is_some());
        json(self.client.get(format!("{}/__received", party.page_url)).send().await.unwrap(), 200).await
    }
}

fn twin(key: &str, told: &Arc<OnceLock<Clock>>) -> (Running, Connector) {
    let (entry, told) = (find(key).unwrap(), told.clone());
    let stand_in = StandIn {
        listener: TcpListener::bind("127.0.0.1:0").unwrap(),
        clock: Arc::new(move || told.get().map_or_else(opening, Clock::now)),
        callback_url: None,
        late: Duration::from_millis(1),
        page: None,
    };
    let running = (entry.sandbox.unwrap())(stand_in).unwrap();
    let connector = (entry.build)((entry.example)(&running.url), Wire::default()).unwrap();
    (running, connector)
}

fn office() -> Value {
    body!({
        "public_url": "https://motcua.example", "mail_from_name": "Bộ phận Một cửa",
        "beneficiary": {"number": "0011000000001", "bank_code": "VCB", "holder": "UBND phường Đức Xuân"},
        "sender": {"name": "Một cửa", "address": "Tổ 1", "phone": "02090000001", "province_code": "06"},
        "link_secret": "một khóa ký đường dẫn chỉ dùng trong thử nghiệm",
    })
}
