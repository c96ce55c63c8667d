//! Checks an access token: issuer, key, signature, kind, audience, times, assurance, session, what it is bound to.

use super::binding;
use super::claims::Claims;
use super::issuers::{IssuerKind, IssuerSettings};
use super::logout_token::{self, LogoutToken};
use super::remembered::Remembered;
use super::roles::Roles;
use super::sessions::Sessions;
use super::shown::Shown;
use super::trusted::Trusted;
use super::used_proofs::{Proofs, Used};
use crate::problems::{Code, Problem};
use crate::settings::{ApiSettings, UnsafeSettings};
use chrono::{DateTime, TimeDelta, Utc};
use entities::database::Database;
use entities::sessions::Ending;
use redis::Client;
use rules::actor::Actor;
use sha2::{Digest, Sha256};

/// What an access token may call itself (RFC 9068 §4); the others of an issuer are ID tokens and logout tokens.
const TYPES: &[&str] = &["JWT", "at+jwt", "application/at+jwt"];

/// Knows the issuers of this office.
#[derive(Debug)]
pub struct Verifier {
    trusted: Trusted,
    leeway: i64,
    longest: TimeDelta,
    machines_prove: bool,
    proofs: Proofs,
    roles: Roles,
    sessions: Sessions,
    signed: Remembered<Claims>,
}

/// Who speaks, for those who count.
pub(crate) struct Speaker {
    /// SHA-256 of `issuer|subject`.
    pub(crate) person: [u8; 32],
    /// SHA-256 of `issuer|client`.
    pub(crate) client: Option<[u8; 32]>,
}

impl Verifier {
    /// Fails in words on an issuer without keys, with a symmetric algorithm, or of the demo outside the demo, and on
    /// an administrator whom no issuer can sign in.
    pub fn new(issuers: Vec<IssuerSettings>, settings: &ApiSettings) -> Result<Self, UnsafeSettings> {
        Ok(Self {
            trusted: Trusted::new(issuers, settings)?,
            leeway: settings.leeway_seconds,
            machines_prove: settings.machines_prove,
            proofs: Proofs::default(),
            longest: TimeDelta::hours(settings.token_hours.into()),
            sessions: Sessions::remembered_for(settings.roles_seconds),
            roles: Roles::remembered_for(settings.roles_seconds, settings.administrators.clone()),
            signed: Remembered::for_seconds(settings.signatures_seconds),
        })
    }

    /// Who a token speaks for that is shown by itself, with the roles held now; a 401 problem when it is not good.
    pub async fn verify(&self, db: &Database, token: &str, at: DateTime<Utc>) -> Result<Actor, Problem> {
        let shown = Shown { token: token.to_owned(), ..Shown::default() };
        self.verify_shown(db, None, &shown, at).await
    }

    /// Who a token speaks for as a request shows it: what it is bound to is proven too, and `redis` remembers proofs.
    pub async fn verify_shown(
        &self,
        db: &Database,
        redis: Option<&Client>,
        shown: &Shown,
        at: DateTime<Utc>,
    ) -> Result<Actor, Problem> {
        let (claims, kind) = self.claims(&shown.token, at).await?;
        self.sessions.check(db, &claims).await?;
        let used = Used { proofs: &self.proofs, redis, now: at.timestamp(), leeway: self.leeway };
        let must = self.machines_prove && claims.is_machine(kind);
        binding::check(claims.cnf.as_ref(), shown, must, &used).await?;
        Ok(self.roles.complete(db, claims.actor(kind), at).await?)
    }

    /// Whose budgets a request with this token spends; none when it is not good. What it is bound to, and whether its
    /// session has ended, is not asked here.
    pub(crate) async fn speaker(&self, token: &str, at: DateTime<Utc>) -> Option<Speaker> {
        let (claims, _) = self.claims(token, at).await.ok()?;
        let hash = |name: &str| Sha256::digest(format!("{}|{name}", claims.iss)).into();
        Some(Speaker { person: hash(&claims.sub), client: claims.client().map(hash) })
    }

    /// Whether `subject` is `issuer|subject` of an issuer set up here.
    pub(crate) fn could_sign_in(&self, subject: &str) -> bool {
        self.trusted.could_sign_in(subject)
    }

    /// What a logout token ends; 400 `logout_token_invalid` when it is not good.
    pub(crate) async fn ending(&self, token: &str, at: DateTime<Utc>) -> Result<Ending, Problem> {
        let told: LogoutToken = match self.trusted.signed(token, logout_token::TYPES).await {
            Err(problem) if problem.code() != Code::TemporarilyUnavailable => Err(Code::LogoutInvalid.into()),
            told => told,
        }?;
        let issuer = self.trusted.issuer(&told.iss)?;
        let good = told.is_good(issuer, at.timestamp(), self.leeway);
        let kept_for = self.longest + TimeDelta::seconds(self.leeway) * 2;
        Ok(told.ending(kept_for, at).filter(|_| good).ok_or(Code::LogoutInvalid)?)
    }

    /// What is remembered of these parties is old: their sessions may have ended.
    pub(super) fn forget(&self, parties: &[String]) {
        self.sessions.forget(parties);
    }

    /// Any session may have ended without a word here.
    pub(super) fn forget_all(&self) {
        self.sessions.forget_all();
    }

    async fn claims(&self, token: &str, at: DateTime<Utc>) -> Result<(Claims, IssuerKind), Problem> {
        let name = hex::encode(Sha256::digest(token));
        let claims = match self.signed.get(&name) {
            Some(claims) => claims,
            None => self.signed.keep(&name, self.trusted.signed(token, TYPES).await?),
        };
        let issuer = self.trusted.issuer(&claims.iss)?;
        self.believed(&claims, issuer, at)?;
        Ok((Claims::clone(&claims), issuer.kind))
    }

    /// Everything of the claims that time or settings can change.
    fn believed(&self, claims: &Claims, issuer: &IssuerSettings, at: DateTime<Utc>) -> Result<(), Problem> {
        let now = at.timestamp();
        let from = [claims.nbf, claims.iat].into_iter().flatten().max();
        if claims.motcua_demo && issuer.kind != IssuerKind::Demo {
            return Err(Code::IssuerUnknown.into());
        }
        if !claims.is_access() || !claims.is_writable() || !claims.meant_for(&issuer.audiences) {
            return Err(Code::TokenInvalid.into());
        }
        if claims.exp.saturating_add(self.leeway) <= now {
            return Err(Code::TokenExpired.into());
        }
        let longest = now.saturating_add(self.longest.num_seconds()).saturating_add(self.leeway);
        if claims.exp > longest || from.is_some_and(|from| from.saturating_sub(self.leeway) > now) {
            return Err(Code::TokenInvalid.into());
        }
        if !claims.is_machine(issuer.kind) && claims.assurance() < issuer.min_assurance {
            return Err(Code::AssuranceTooLow.into());
        }
        Ok(())
    }
}
