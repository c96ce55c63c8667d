//! How the story speaks: the demo's people over HTTP, each step printed.

use super::super::people::COMMUNE;
use super::super::twins::Twins;
use crate::commands::tell;
use connectors::way_out::indoors;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

/// A tiny well-formed PDF.
const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Signed-in people and the addresses of the twins.
pub(crate) struct Caller {
    http: Client,
    url: String,
    tokens: BTreeMap<String, String>,
    /// Key of the commune.
    pub unit: String,
    /// Payment platform.
    pub payment: String,
    /// Post.
    pub post: String,
}

impl Caller {
    /// Signs everybody in and finds the commune; waits for the API to answer.
    pub(crate) async fn signed_in(url: &str, twins: &Twins) -> Result<Self, String> {
        let mut caller = Self {
            http: indoors(Duration::from_secs(20)).map_err(|e| e.to_string())?,
            url: url.to_owned(),
            tokens: BTreeMap::new(),
            unit: String::new(),
            payment: twins.payment()?.url.clone(),
            post: twins.post()?.url.clone(),
        };
        caller.until("readyz", |answer| answer.get("ready").is_some()).await?;
        for person in super::super::people::list() {
            let answer =
                caller.send(Method::POST, "/demo/tokens", None, Some(json!({"person": person.key}))).await?;
            let token = answer.get("token").or_else(|| answer.get("access_token")).and_then(Value::as_str);
            caller.tokens.insert(person.key, token.ok_or("no token")?.to_owned());
        }
        let units = caller.get("nguyen-thi-mau", "/v1/units?tier=commune&limit=100").await?;
        let units = units.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let ours = units.iter().find(|u| u.get("code").and_then(Value::as_str) == Some(COMMUNE));
        caller.unit = text(ours.ok_or("the commune is not in the list")?, "id")?;
        Ok(caller)
    }

    /// Reads as somebody.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Result<Value, String> {
        self.send(Method::GET, path, Some(who), None).await
    }

    /// Posts as somebody, under a new key.
    pub(crate) async fn post(&self, who: &str, path: &str, body: Value) -> Result<Value, String> {
        self.send(Method::POST, path, Some(who), Some(body)).await
    }

    /// Does an act to a dossier as it stands and prints the step.
    pub(crate) async fn act(
        &self,
        who: &str,
        dossier: &str,
        act: &str,
        body: Value,
    ) -> Result<Value, String> {
        let done = self.post(who, &format!("/v1/dossiers/{dossier}/{act}"), body).await?;
        let after = done.get("dossier").ok_or("no recorded act")?;
        let (code, name) =
            (after.get("status_code").cloned().unwrap_or_default(), text(after, "status_name")?);
        tell(&format!("  {who:<16} {act:<20} → {code} {name}"));
        Ok(after.clone())
    }

    /// Uploads one paper and gives its key.
    pub(crate) async fn paper(&self, who: &str, name: &str) -> Result<String, String> {
        let boundary = "giay-to-thu-nghiem";
        let body = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/pdf\r\n\r\n{PDF}\r\n--{boundary}--\r\n"
        );
        let request = self.request(Method::POST, "/v1/uploads", Some(who));
        let request = request.header("content-type", format!("multipart/form-data; boundary={boundary}"));
        text(&answer(request.body(body)).await?, "id")
    }

    /// Presses a button at a twin.
    pub(crate) async fn press(&self, address: &str, body: Value) -> Result<(), String> {
        let sent = self.http.post(address).json(&body).send().await.map_err(|e| e.to_string())?;
        if sent.status().is_success() || sent.status().is_redirection() {
            return Ok(());
        }
        Err(format!("{address} answered {}", sent.status()))
    }

    /// Reads anything as JSON.
    pub(crate) async fn read(&self, address: &str) -> Result<Value, String> {
        answer(self.http.get(address)).await
    }

    /// Waits until a dossier stands at a status, as the jobs bring it there.
    pub(crate) async fn stands(&self, who: &str, dossier: &str, status: &str) -> Result<Value, String> {
        let path = format!("/v1/dossiers/{dossier}");
        self.wait(who, &path, |d| d.get("status").and_then(Value::as_str) == Some(status)).await
    }

    /// Waits until what is read at `path` is as wanted; at most 30 seconds.
    pub(crate) async fn wait(
        &self,
        who: &str,
        path: &str,
        as_wanted: impl Fn(&Value) -> bool,
    ) -> Result<Value, String> {
        let mut beat = tokio::time::interval(Duration::from_millis(100));
        for _ in 0..300 {
            beat.tick().await;
            let found = self.get(who, path).await?;
            if as_wanted(&found) {
                return Ok(found);
            }
        }
        Err(format!("{path} did not come to what was expected within 30 s"))
    }

    async fn until(&self, path: &str, good: impl Fn(&Value) -> bool) -> Result<(), String> {
        let mut beat = tokio::time::interval(Duration::from_millis(100));
        for _ in 0..100 {
            beat.tick().await;
            if let Ok(found) = self.send(Method::GET, &format!("/{path}"), None, None).await
                && good(&found)
            {
                return Ok(());
            }
        }
        Err("the API does not answer".into())
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        who: Option<&str>,
        body: Option<Value>,
    ) -> Result<Value, String> {
        let request = self.request(method, path, who);
        answer(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }

    fn request(&self, method: Method, path: &str, who: Option<&str>) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        // The story acts on what it has just read, so any version will do.
        let request = request.header("idempotency-key", Uuid::now_v7().to_string()).header("if-match", "*");
        match who.and_then(|who| self.tokens.get(who)) {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }
}

/// A text member.
pub(crate) fn text(value: &Value, name: &str) -> Result<String, String> {
    value.get(name).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| format!("no {name} in {value}"))
}

async fn answer(request: RequestBuilder) -> Result<Value, String> {
    let response = request.send().await.map_err(|e| e.to_string())?;
    let (status, address) = (response.status(), response.url().path().to_owned());
    let body = response.text().await.map_err(|e| e.to_string())?;
    if !status.is_success() {
        return Err(format!("{address} answered {status}: {body}"));
    }
    if body.is_empty() {
        Ok(Value::Null)
    } else {
        serde_json::from_str(&body).map_err(|e| format!("{address}: {e}"))
    }
}
