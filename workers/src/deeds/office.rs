//! What the office says of itself in letters, orders and records that leave the house.

use entities::payments::accounts::Account;
use rules::notices::QuietHours;
use secrecy::SecretString;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Section `[office]` of the settings file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OfficeSettings {
    /// Address under which people and the national portal reach the office, without a slash at the end.
    pub public_url: String,
    /// Name that letters are signed with, such as `Bộ phận Một cửa tỉnh Thái Nguyên`.
    pub mail_from_name: String,
    /// Hours for which an opened payment may be paid, 1 to 72: so long the office asks about it.
    pub payment_hours: u16,
    /// Account that fees go to.
    pub beneficiary: Beneficiary,
    /// Where results are sent from.
    pub sender: Sender,
    /// Secret that signs links to files; at least 32 characters, the same on every instance.
    pub link_secret: SecretString,
    /// Days for which a link to a file is good; the portal fetches files on its own time.
    pub link_days: u16,
    /// Local hours in which no telephone rings for what can wait, such as `21:00-07:00`; equal ends mean none.
    pub quiet_hours: QuietHours,
    /// Minutes for which a notice waits for a provider that does not answer, before the next channel gets it.
    pub notice_patience_minutes: u32,
    /// Issuers of sign-ins (`iss`) that vouch for nobody but through VNeID; of others the portal is not told so (law.md X-02).
    pub vneid_issuers: Vec<String>,
    /// Years for which dossiers of procedures that name no term are kept; none keeps them for ever (law.md L-58).
    pub usual_retention_years: Option<u16>,
    /// Codes of the national portal that no public document lists.
    pub portal_codes: PortalCodes,
    /// Key that signs the chronicle; the process takes it from `[chronicle]`.
    #[serde(skip)]
    pub signing_key: SecretString,
}

/// A bank account of the office.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Beneficiary {
    /// Account number.
    pub number: String,
    /// Code of the bank.
    pub bank_code: String,
    /// Name of the holder.
    pub holder: String,
}

/// Codes of the national portal by our own keys; what has none is not told (wire.md §1.6).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PortalCodes {
    /// National databases (`MaCSDL`) by the code an officer recorded, or by how a paper was satisfied: `database`, `vneid`.
    pub databases: BTreeMap<String, String>,
    /// Ways of collecting a fee (`HinhThucThu`) by the way the money came: `platform`, `cash`, `pos`,
    /// `transfer`, `post`.
    pub collected: BTreeMap<String, String>,
}

/// The sending end of a carriage; a unit's own name and address come before these.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sender {
    /// Name of the office.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Telephone that the postman may call.
    pub phone: String,
    /// Official code of the province, such as `19`.
    pub province_code: String,
    /// Official code of the district, where there still is one.
    pub district_code: Option<String>,
}

impl Default for OfficeSettings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8080".into(),
            mail_from_name: "Bộ phận Một cửa".into(),
            payment_hours: 24,
            beneficiary: Beneficiary::default(),
            sender: Sender::default(),
            link_secret: SecretString::default(),
            signing_key: SecretString::default(),
            link_days: 30,
            quiet_hours: QuietHours::default(),
            notice_patience_minutes: 240,
            vneid_issuers: Vec::new(),
            usual_retention_years: None,
            portal_codes: PortalCodes::default(),
        }
    }
}

impl OfficeSettings {
    /// The account as transfers need it; none where the bank is not named by its six digits.
    pub fn account(&self) -> Option<Account> {
        let Beneficiary { number, bank_code, holder } = self.beneficiary.clone();
        let plain = bank_code.len() == 6 && bank_code.bytes().all(|byte| byte.is_ascii_digit());
        (plain && !number.is_empty()).then(|| Account {
            bank_bin: bank_code,
            number,
            holder,
            ..Account::default()
        })
    }

    /// Whether a person of this key (`issuer|subject`) has signed in through VNeID.
    pub fn by_vneid(&self, subject: &str) -> bool {
        self.vneid_issuers
            .iter()
            .any(|issuer| subject.strip_prefix(issuer.as_str()).is_some_and(|rest| rest.starts_with('|')))
    }

    /// Host of the public address, for Message-IDs; `motcua.invalid` when there is none.
    pub fn host(&self) -> &str {
        let address = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        let host = address.split(['/', ':']).next().unwrap_or_default();
        if host.is_empty() { "motcua.invalid" } else { host }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_what_stands_between_scheme_and_path() {
        let host = |url: &str| {
            OfficeSettings { public_url: url.into(), ..OfficeSettings::default() }.host().to_owned()
        };

        assert_eq!(host("https://motcua.example/vi"), "motcua.example");
        assert_eq!(host("http://127.0.0.1:8080"), "127.0.0.1");
        assert_eq!(host(""), "motcua.invalid");
    }

    #[test]
    fn the_secret_is_not_shown() {
        let office = OfficeSettings { link_secret: "rất bí mật".into(), ..OfficeSettings::default() };

        assert!(!format!("{office:?}").contains("bí mật"));
    }
}
