//! A message of a party, and how it is bent.

use crate::support::commune::Commune;
use reqwest::Method;
use serde_json::Value;

/// A kind of message at a door, as it would be taken.
pub struct Inbound {
    /// The address as `routes::PUBLIC` has it.
    pub route: &'static str,
    /// Who says it, and of which family.
    pub party: &'static str,
    pub family: &'static str,
    /// What proves the party, for a body.
    pub proof: fn(&[u8]) -> Headers,
    /// What it says.
    pub body: Vec<u8>,
    /// The same from somebody who is not the party.
    pub forged: Vec<(Headers, Vec<u8>)>,
    /// What belongs after it, when it comes before.
    pub early: Vec<Vec<u8>>,
    /// What belongs before it, when it comes after.
    pub late: Vec<Vec<u8>>,
    /// Tables that note what came late, and that nothing is decided by.
    pub noted_in: &'static [&'static str],
    /// One byte more is too large.
    pub limit: usize,
    /// Whether an answer tells the party that it was taken.
    pub taken: Taken,
    /// Whether it does something: a question does not.
    pub effect: bool,
}

pub type Headers = Vec<(&'static str, String)>;

/// How an answer says that a message was taken.
#[derive(Clone, Copy)]
pub enum Taken {
    Status,
    Code,
    Platform(fn(&Value) -> bool),
}

impl Inbound {
    /// For the words of a failure.
    pub fn name(&self) -> String {
        format!("{} {} {}", self.route, self.party, self.family)
    }

    /// Says a body with its proof; whether it was taken.
    pub async fn say(&self, commune: &Commune, body: &[u8]) -> bool {
        self.say_as(commune, (self.proof)(body), body).await
    }

    /// Says a body under other headers.
    pub async fn say_as(&self, commune: &Commune, headers: Headers, body: &[u8]) -> bool {
        let mut path = self.route.to_owned();
        for name in ["{platform}", "{connector}", "{carrier}"] {
            path = path.replace(name, self.party);
        }
        let mut request = commune.ask(Method::POST, &path.replace("{family}", self.family));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answer = request.body(body.to_vec()).send().await.unwrap();
        let status = answer.status().as_u16();
        assert!(status < 500, "{}: {status}", self.name());
        let said: Value = answer.json().await.unwrap_or_default();
        match self.taken {
            Taken::Status => {
                assert!(
                    status == 200 || said["code"].is_string(),
                    "{}: no problem told: {said}",
                    self.name()
                );
                status == 200
            }
            Taken::Code => said["error_code"] != "-1",
            Taken::Platform(good) => status == 200 && good(&said),
        }
    }

    /// Its beginnings.
    pub fn truncated(&self) -> Vec<Vec<u8>> {
        let step = (self.body.len() / 24).max(1);
        (0..self.body.len()).step_by(step).map(|end| self.body[..end].to_vec()).collect()
    }

    /// The same message, which nobody can say is another one, made too large.
    pub fn oversized(&self) -> Vec<u8> {
        let mut body = self.body.clone();
        body.resize(self.limit + 1, b' ');
        body
    }

    /// With bytes before it, in it and after it that are no text.
    pub fn not_utf8(&self) -> Vec<Vec<u8>> {
        let middle = self.body.len() / 2;
        [0, middle, self.body.len()]
            .map(|at| [&self.body[..at], b"\xff\xfe\xc3", &self.body[at..]].concat())
            .into()
    }
}
