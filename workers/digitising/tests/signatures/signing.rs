//! A certification authority on paper: keys, certificates and signatures made by openssl, which knows nothing of ours.

use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder with everything that openssl makes.
pub(crate) struct Authority {
    folder: tempfile::TempDir,
    turns: AtomicUsize,
}

impl Authority {
    /// A root named “Gốc Thử Nghiệm”, in force for ten years.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let authority = Self { folder, turns: AtomicUsize::new(0) };
        authority.write("ca.cnf", CONFIG);
        authority.write("index.txt", "");
        authority.write("serial", "1000\n");
        authority.write("crlnumber", "01\n");
        authority.key("root", "rsa:2048");
        authority.openssl(&format!(
            "req -new -x509 -utf8 -config ca.cnf -extensions v3_ca -key root.key -out root.pem -days 3650 -subj {}",
            "/C=VN/O=Cơ_quan_Thử_Nghiệm/CN=Gốc_Thử_Nghiệm"
        ));
        authority
    }

    /// A certificate for `name`, in force between two times (`YYMMDDhhmmssZ`), issued by `issuer`.
    pub(crate) fn certificate(
        &self,
        name: &str,
        key: &str,
        issuer: &str,
        (from, until): (&str, &str),
        kind: &str,
    ) {
        self.key(name, key);
        let subject = format!("/C=VN/O=UBND_xã_Thử_Nghiệm/CN={name}");
        self.openssl(&format!(
            "req -new -utf8 -config ca.cnf -key {name}.key -out {name}.csr -subj {subject}"
        ));
        self.openssl(&format!(
            "ca -batch -notext -utf8 -config ca.cnf -keyfile {issuer}.key -cert {issuer}.pem -in {name}.csr \
             -out {name}.pem -startdate {from} -enddate {until} -extensions {kind} -outdir ."
        ));
    }

    /// The list of what was revoked so far.
    pub(crate) fn revoke(&self, name: &str) -> Vec<u8> {
        self.openssl(&format!("ca -config ca.cnf -keyfile root.key -cert root.pem -revoke {name}.pem"));
        self.openssl("ca -config ca.cnf -keyfile root.key -cert root.pem -gencrl -out crl.pem");
        self.read("crl.pem")
    }

    /// A detached signature over bytes.
    pub(crate) fn sign(&self, bytes: &[u8], name: &str, more: &str) -> Vec<u8> {
        let n = self.turn();
        std::fs::write(self.at(&format!("signed{n}")), bytes).unwrap();
        self.openssl(&format!(
            "cms -sign -binary -in signed{n} -outform DER -out message{n} -signer {name}.pem -inkey {name}.key {more}"
        ));
        self.read(&format!("message{n}"))
    }

    /// A stamp over bytes.
    pub(crate) fn stamp(&self, bytes: &[u8]) -> Vec<u8> {
        let n = self.turn();
        std::fs::write(self.at(&format!("signed{n}")), bytes).unwrap();
        self.write("tsaserial", "01\n");
        self.openssl(&format!("ts -query -config ca.cnf -data signed{n} -sha256 -cert -out query{n}"));
        self.openssl(&format!(
            "ts -reply -config ca.cnf -section tsa -queryfile query{n} -signer stamper.pem -inkey stamper.key \
             -token_out -out message{n}"
        ));
        self.read(&format!("message{n}"))
    }

    /// A number for the files of one signature: tests run side by side.
    fn turn(&self) -> usize {
        self.turns.fetch_add(1, Ordering::Relaxed)
    }

    /// A file of the folder.
    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.at(name)).unwrap()
    }

    /// When it was made, by the clock that openssl signs by.
    pub(crate) fn made(&self) -> DateTime<Utc> {
        std::fs::metadata(self.at("ca.cnf")).unwrap().modified().unwrap().into()
    }

    fn key(&self, name: &str, kind: &str) {
        match kind.split_once(':') {
            Some(("ec", curve)) => {
                self.openssl(&format!("ecparam -name {curve} -genkey -noout -out {name}.key"));
            }
            _ => self.openssl(&format!("genrsa -out {name}.key 2048")),
        }
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.at(name), text).unwrap();
    }

    fn at(&self, name: &str) -> PathBuf {
        Path::new(self.folder.path()).join(name)
    }

    /// Words are parted at blanks; `_` in a subject stands for a blank.
    fn openssl(&self, words: &str) {
        let words = words.split_whitespace().map(|word| match word.starts_with("/C=") {
            true => word.replace('_', " "),
            false => word.to_owned(),
        });
        let done = Command::new("openssl").args(words).current_dir(self.folder.path()).output().unwrap();
        assert!(done.status.success(), "openssl: {}", String::from_utf8_lossy(&done.stderr));
    }
}

const CONFIG: &str = "
[req]
distinguished_name = dn
prompt = no
[dn]
CN = unused
[ca]
default_ca = own
[own]
dir = .
database = index.txt
serial = serial
crlnumber = crlnumber
default_md = sha256
default_crl_days = 30
policy = any
unique_subject = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
[v3_ca]
basicConstraints = critical,CA:TRUE
subjectKeyIdentifier = hash
keyUsage = critical,keyCertSign,cRLSign
[signer]
basicConstraints = CA:FALSE
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
keyUsage = critical,digitalSignature,nonRepudiation
[sealer]
keyUsage = critical,keyEncipherment
[stamper]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
serial = ./tsaserial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = no
tsa_name = no
ess_cert_id_chain = no
";
