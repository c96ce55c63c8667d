//! Every connector there is, one entry each; the contract suite, the demo and `motcua doctor` read this list.

use crate::{
    failure::Failure,
    line::{Line, LineSettings},
    mail::{self, Mailer, folder::Folder, smtp::Smtp},
    monitor::{self, UsageMonitor, emc::Emc},
    payment::{
        PaymentPlatform,
        keypay_v3::{self, KeypayV3},
        national_platform::{self, NationalPlatform},
        paygov::{self, Paygov},
        viettelpay_qr::{self, ViettelpayQr},
    },
    portal::{self, NationalPortal, dvcqg::Dvcqg},
    post::{
        self, PostCarrier, viettel_post::ViettelPost, viettel_sandbox, vnpost_hcc::VnpostHcc, vnpost_lgsp,
    },
    sandbox::{Running, StandIn},
    scanner::{self, Clamd, VirusScanner},
    text::{self, TextCarrier, sms_gateway::SmsGateway, zalo_zns::ZaloZns},
    wire::Wire,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{fmt, io, sync::Arc};

/// All connectors.
pub const REGISTRY: &[Entry] = &[
    Entry {
        key: "national_platform",
        kind: Kind::Payment,
        about: "The payment platform of the national portal, message version 1.0.6",
        build: |settings, wire| {
            Ok(Connector::Payment(Arc::new(NationalPlatform::new(read(settings)?, wire)?)))
        },
        sandbox: Some(national_platform::sandbox::start),
        example: |url| here(national_platform::sandbox::example(url)),
    },
    Entry {
        key: "paygov",
        kind: Kind::Payment,
        about: "PayGov, the payment gateway behind a province's integration axis",
        build: |settings, wire| Ok(Connector::Payment(Arc::new(Paygov::new(read(settings)?, wire)?))),
        sandbox: Some(paygov::sandbox::start),
        example: |url| here(paygov::sandbox::example(url)),
    },
    Entry {
        key: "keypay_v3",
        kind: Kind::Payment,
        about: "KeyPay, message version 3.0",
        build: |settings, wire| Ok(Connector::Payment(Arc::new(KeypayV3::new(read(settings)?, wire)?))),
        sandbox: Some(keypay_v3::sandbox::start),
        example: |url| here(keypay_v3::sandbox::example(url)),
    },
    Entry {
        key: "viettelpay_qr",
        kind: Kind::Payment,
        about: "ViettelPay by a code to be scanned",
        build: |settings, wire| Ok(Connector::Payment(Arc::new(ViettelpayQr::new(read(settings)?, wire)?))),
        sandbox: Some(viettelpay_qr::sandbox::start),
        example: |url| here(viettelpay_qr::sandbox::example(url)),
    },
    Entry {
        key: "vnpost_hcc",
        kind: Kind::Post,
        about: "VNPost's public post through the national integration platform",
        build: |settings, wire| Ok(Connector::Post(Arc::new(VnpostHcc::new(read(settings)?, wire)?))),
        sandbox: Some(post::sandbox::start),
        example: |url| here(post_example(url)),
    },
    Entry {
        key: "vnpost_lgsp",
        kind: Kind::Post,
        about: "VNPost's public post through a province's own integration platform",
        build: |settings, wire| Ok(Connector::Post(Arc::new(vnpost_lgsp::open(read(settings)?, wire)?))),
        sandbox: Some(post::sandbox::start),
        example: |url| {
            let mut example = here(post_example(url));
            if let Some(section) = example.as_object_mut() {
                section.insert("url".to_owned(), Value::from(format!("{url}/lgsp")));
            }
            example
        },
    },
    Entry {
        key: "viettel_post",
        kind: Kind::Post,
        about: "Viettel Post",
        build: |settings, wire| Ok(Connector::Post(Arc::new(ViettelPost::new(read(settings)?, wire)?))),
        sandbox: Some(viettel_sandbox::start),
        example: |url| here(viettel_example(url)),
    },
    Entry {
        key: "dvcqg",
        kind: Kind::Portal,
        about: "The national public service portal through the province's adapter",
        build: |settings, wire| Ok(Connector::Portal(Arc::new(Dvcqg::new(read(settings)?, wire)?))),
        sandbox: Some(portal::sandbox::start),
        example: |url| here(portal::sandbox::example(url)),
    },
    Entry {
        key: "dvcqg_lgsp",
        kind: Kind::Portal,
        about: "The national public service portal through the REST façade of an integration platform",
        build: |settings, wire| Ok(Connector::Portal(Arc::new(Dvcqg::over_lgsp(read(settings)?, wire)?))),
        sandbox: Some(portal::sandbox::start),
        example: |url| here(portal::sandbox::facade_example(url)),
    },
    Entry {
        key: "dvcqg_array",
        kind: Kind::Portal,
        about: "The national public service portal through an integration platform that takes bare lists",
        build: |settings, wire| Ok(Connector::Portal(Arc::new(Dvcqg::over_array(read(settings)?, wire)?))),
        sandbox: Some(portal::sandbox::start),
        example: |url| here(portal::sandbox::array_example(url)),
    },
    Entry {
        key: "emc",
        kind: Kind::Monitor,
        about: "EMC, which measures how much the online services are used",
        build: |settings, wire| Ok(Connector::Monitor(Arc::new(Emc::new(read(settings)?, wire)?))),
        sandbox: Some(monitor::sandbox::start),
        example: |url| here(monitor::sandbox::example(url)),
    },
    Entry {
        key: "smtp",
        kind: Kind::Mail,
        about: "A mail server, with STARTTLS, TLS or neither",
        build: |settings, wire| Ok(Connector::Mail(Arc::new(Smtp::new(&read(settings)?, wire)?))),
        sandbox: Some(|stand_in| mail::sandbox::start(stand_in).map(|(running, _)| running)),
        example: smtp_example,
    },
    Entry {
        key: "sms_gateway",
        kind: Kind::Text,
        about: "A gateway for short messages over HTTP, in the form that its settings describe",
        build: |settings, wire| Ok(Connector::Text(Arc::new(SmsGateway::new(read(settings)?, wire)?))),
        sandbox: Some(text::sandbox::start_gateway),
        example: |url| here(text::sandbox::gateway_example(url)),
    },
    Entry {
        key: "zalo_zns",
        kind: Kind::Text,
        about: "Zalo's notification service: approved templates to a telephone number",
        build: |settings, wire| Ok(Connector::Text(Arc::new(ZaloZns::new(read(settings)?, wire)?))),
        sandbox: Some(text::sandbox::start_zalo),
        example: |url| here(text::sandbox::zalo_example(url)),
    },
    Entry {
        key: "clamd",
        kind: Kind::Scanner,
        about: "ClamAV's daemon, which looks for viruses in what is handed in",
        build: |settings, wire| Ok(Connector::Scanner(Arc::new(Clamd::new(&read(settings)?, wire)?))),
        sandbox: Some(scanner::sandbox::start),
        example: scanner::sandbox::example,
    },
    Entry {
        key: "folder",
        kind: Kind::Mail,
        about: "A folder with one file for each letter",
        build: |settings, wire| Ok(Connector::Mail(Arc::new(Folder::new(read(settings)?, wire)?))),
        sandbox: None,
        example: |folder| json!({"folder": folder, "from": "Một cửa <motcua@tinh.example>"}),
    },
];

/// The entry of a key.
pub fn find(key: &str) -> Option<&'static Entry> {
    REGISTRY.iter().find(|entry| entry.key == key)
}

/// One connector.
pub struct Entry {
    /// Its name in settings.
    pub key: &'static str,
    /// What kind of party it speaks to.
    pub kind: Kind,
    /// What it is, for administrators.
    pub about: &'static str,
    /// Makes it from its settings, on the wire it is given.
    pub build: fn(Value, Wire) -> Result<Connector, Failure>,
    /// Starts its twin; none where there is no party.
    pub sandbox: Option<fn(StandIn) -> io::Result<Running>>,
    /// Settings that fit its twin at an address, or a folder where there is no twin.
    pub example: fn(&str) -> Value,
}

impl Entry {
    /// Sets the connector up from its section, whose table `line` says how carefully it is called. Fails in words.
    pub fn set_up(&self, section: &Value) -> Result<(Connector, Line), Failure> {
        let mut section = section.clone();
        let careful = section.as_object_mut().and_then(|section| section.remove("line"));
        let settings = careful.map_or(Ok(LineSettings::default()), read)?;
        let line = Line::of(self.key, settings);
        Ok(((self.build)(section, Wire::on(line.clone()))?, line))
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry").field("key", &self.key).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The kinds of parties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Where applicants pay.
    Payment,
    /// Who carries papers.
    Post,
    /// The national portal.
    Portal,
    /// Who measures how services are used.
    Monitor,
    /// Who carries letters.
    Mail,
    /// Who carries texts to telephones.
    Text,
    /// Who looks for viruses.
    Scanner,
}

impl Kind {
    /// What such a party is, in Vietnamese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Payment => ("Thanh toán", "Payment"),
            Self::Post => ("Bưu chính", "Post"),
            Self::Portal => ("Cổng Dịch vụ công quốc gia", "National portal"),
            Self::Monitor => ("Giám sát mức độ sử dụng", "Measuring of use"),
            Self::Mail => ("Thư điện tử", "Mail"),
            Self::Text => ("Tin nhắn", "Texts"),
            Self::Scanner => ("Quét mã độc", "Virus scanner"),
        }
    }

    /// Its name, as in words for administrators.
    pub fn key(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Post => "post",
            Self::Portal => "portal",
            Self::Monitor => "monitor",
            Self::Mail => "mail",
            Self::Text => "text",
            Self::Scanner => "scanner",
        }
    }
}

/// A connector behind the port of its kind.
#[derive(Clone)]
pub enum Connector {
    /// A payment platform.
    Payment(Arc<dyn PaymentPlatform>),
    /// A postal carrier.
    Post(Arc<dyn PostCarrier>),
    /// A national portal.
    Portal(Arc<dyn NationalPortal>),
    /// A usage monitor.
    Monitor(Arc<dyn UsageMonitor>),
    /// A mailer.
    Mail(Arc<dyn Mailer>),
    /// Who carries texts.
    Text(Arc<dyn TextCarrier>),
    /// Who looks for viruses.
    Scanner(Arc<dyn VirusScanner>),
}

impl Connector {
    /// The kind of party it speaks to.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Payment(_) => Kind::Payment,
            Self::Post(_) => Kind::Post,
            Self::Portal(_) => Kind::Portal,
            Self::Monitor(_) => Kind::Monitor,
            Self::Mail(_) => Kind::Mail,
            Self::Text(_) => Kind::Text,
            Self::Scanner(_) => Kind::Scanner,
        }
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Payment(_) => "Payment",
            Self::Post(_) => "Post",
            Self::Portal(_) => "Portal",
            Self::Monitor(_) => "Monitor",
            Self::Mail(_) => "Mail",
            Self::Text(_) => "Text",
            Self::Scanner(_) => "Scanner",
        })
    }
}

// A wrong type is told without its value, which may be a secret put into the wrong place.
fn read<T: DeserializeOwned>(settings: Value) -> Result<T, Failure> {
    serde_json::from_value(settings).map_err(|error| {
        let words = error.to_string();
        let named = words.starts_with("unknown field") || words.starts_with("missing field");
        Failure::fail(if named { words } else { "a setting has the wrong type".to_owned() })
    })
}

/// Sandboxes stand on this machine.
fn here(mut example: Value) -> Value {
    if let Some(section) = example.as_object_mut() {
        section.insert("limits".to_owned(), json!({"allow_private": true}));
    }
    example
}

fn post_example(url: &str) -> Value {
    let states: serde_json::Map<_, _> = post::sandbox::STATES
        .iter()
        .map(|(code, name, _)| ((*code).to_owned(), Value::from(*name)))
        .collect();
    json!({
        "url": url, "token_url": format!("{url}/token"), "key": post::sandbox::KEY,
        "secret": post::sandbox::SECRET, "customer_code": "H99", "provinces": {"06": 26}, "states": states,
    })
}

fn viettel_example(url: &str) -> Value {
    let states = viettel_sandbox::STATES.iter();
    let states: serde_json::Map<_, _> =
        states.map(|(code, name, _)| ((*code).to_owned(), Value::from(*name))).collect();
    json!({
        "url": url, "username": viettel_sandbox::USERNAME, "password": viettel_sandbox::PASSWORD,
        "group_address_id": 5_818_802, "customer_id": 722, "parcel_grams": 100, "service": "VCN",
        "paths": {"tracking": "/order/tracking"}, "provinces": {"06": 26}, "states": states,
        "webhook_token": viettel_sandbox::WEBHOOK_TOKEN,
    })
}

fn smtp_example(url: &str) -> Value {
    let (host, port) = url.trim_start_matches("smtp://").split_once(':').unwrap_or_default();
    json!({
        "host": host, "port": port.parse::<u16>().unwrap_or(25), "tls": "none",
        "from": "Một cửa <motcua@tinh.example>",
    })
}
