//! The issuers an office trusts, as settings.

use jsonwebtoken::Algorithm;
use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;

/// One issuer of access tokens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerSettings {
    /// Exactly the `iss` of its tokens.
    pub issuer: String,
    /// Whose claim names it speaks (wire.md §4).
    pub kind: IssuerKind,
    /// Where its keys are published; absent when `jwks` holds them.
    #[serde(default)]
    pub jwks_uri: Option<String>,
    /// Whether that address may lie in a private network, or on this machine; then plain HTTP is taken too.
    #[serde(default)]
    pub allow_private: bool,
    /// Its keys, for issuers without a published set.
    #[serde(default)]
    pub jwks: Option<JwkSet>,
    /// One of these must be among the `aud` of its tokens.
    pub audiences: Vec<String>,
    /// One of these must be among the `aud` of its logout tokens; those of `audiences` when empty.
    #[serde(default)]
    pub logout_audiences: Vec<String>,
    /// Algorithms it signs with: `RS256`, `ES256`, `EdDSA`; symmetric ones are refused.
    pub algorithms: Vec<Algorithm>,
    /// Least level of assurance (`loAs`, `IAL`, numeric `acr`) of a person's sign-in.
    #[serde(default)]
    pub min_assurance: u8,
}

/// Kinds of issuers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerKind {
    /// Sign-on of the national portal (wire.md §4.1).
    NationalSso,
    /// VNeID (wire.md §4.2).
    Vneid,
    /// The province's own Keycloak, for officers and machine clients.
    Keycloak,
    /// The demo's issuer; refused outside the demo.
    Demo,
}

/// Algorithms a public key can verify.
pub(super) const PINNABLE: [Algorithm; 3] = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];
