//! What the portal sends to the office: who is let in, which families are read, how they are answered (wire.md §1.9).

mod admission;
mod dossiers;
mod land_tax;
mod look_ups;
mod mapped;
mod reading;
mod replies;
mod tax_sheet;

use crate::{
    failure::Failure,
    portal::{Caller, Inbound, Misread, PortalInbox, Reply},
};
use admission::Admission;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;

pub use mapped::{Among, Mapped, MappedPaper};

/// Settings of the other direction. Example: `{"key": "…", "addresses": ["10.0.0.0/24"],
/// "subject_header": "x-client-subject", "subjects": ["CN=vxp.dichvucong.example"]}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Key shared with the portal's side; without one nobody is let in.
    pub key: Option<SecretString>,
    /// Header that carries the key, in lower case; a body may carry it as `SecurityKey` instead.
    pub header: String,
    /// Addresses and networks that may call, such as `10.0.0.5` or `10.0.0.0/24`; empty lets any address ask.
    pub addresses: Vec<String>,
    /// Header, in lower case, in which the province's own proxy hands on the subject of the caller's certificate.
    pub subject_header: Option<String>,
    /// Subjects that may call; used with `subject_header` alone.
    pub subjects: Vec<String>,
    /// Largest message in bytes.
    pub largest_bytes: usize,
    /// Where the members of a message are whose form is not published (the family `mapped`).
    pub mapped: Option<Mapped>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            key: None,
            header: "x-security-key".to_owned(),
            addresses: Vec::new(),
            subject_header: None,
            subjects: Vec::new(),
            largest_bytes: 16 << 20,
            mapped: None,
        }
    }
}

/// The families that are read, by the name in their address.
pub const FAMILIES: [&str; 7] = [
    "addtthcKhuyenMai",
    "nhanhsdvcqg",
    "search_call",
    "NhanThongBaoThueDat",
    "NhanChungTuThueDat",
    "dptracuuthanhtoanhs",
    "mapped",
];

/// The inbox.
#[derive(Debug)]
pub struct Inbox {
    admission: Admission,
    largest: usize,
    mapped: Option<Mapped>,
}

impl Inbox {
    /// An inbox with these settings. Fails when an address, the subjects or a pointer cannot be used.
    pub fn new(settings: Settings) -> Result<Self, Failure> {
        if let Some(mapped) = &settings.mapped {
            mapped.check()?;
        }
        let (largest, mapped) = (settings.largest_bytes, settings.mapped.clone());
        Ok(Self { admission: Admission::new(settings)?, largest, mapped })
    }
}

impl PortalInbox for Inbox {
    fn admits(&self, caller: &Caller<'_>, body: &[u8]) -> bool {
        self.admission.admits(caller, body)
    }

    fn read(&self, family: &str, body: &[u8]) -> Result<Inbound, Misread> {
        if body.len() > self.largest {
            return Err(Misread {
                code: "too_large",
                words: "the message is larger than allowed".to_owned(),
            });
        }
        match family {
            "search_call" => look_ups::standing(body),
            "dptracuuthanhtoanhs" => look_ups::bill(&reading::parsed(body)?),
            "addtthcKhuyenMai" => dossiers::promotion(&reading::parsed(body)?),
            "nhanhsdvcqg" => dossiers::amendment(&reading::parsed(body)?),
            "NhanThongBaoThueDat" => land_tax::notices(&reading::parsed(body)?),
            "NhanChungTuThueDat" => land_tax::receipt(&reading::parsed(body)?),
            "mapped" => {
                let mapped = self.mapped.as_ref().ok_or_else(unknown)?;
                mapped::read(mapped, &reading::parsed(body)?)
            }
            _ => Err(unknown()),
        }
    }

    fn answer(&self, family: &str, reply: &Reply) -> Value {
        replies::answer(family, reply)
    }
}

fn unknown() -> Misread {
    Misread { code: "unknown_family", words: "messages of this family are not read here".to_owned() }
}

#[cfg(test)]
mod tests;
