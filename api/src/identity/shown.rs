//! How a request shows its token: the scheme, the proof beside it, the certificate of the line it came over.

use crate::problems::{Code, Problem};
use crate::settings::ApiSettings;
use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A token as it was shown.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The token itself.
    pub token: String,
    /// It was shown under the scheme `DPoP`.
    pub dpop: bool,
    /// The `DPoP` header.
    pub proof: Option<String>,
    /// SHA-256 of the client's certificate in base64url, told by the proxy.
    pub certificate: Option<String>,
    /// Method of the request.
    pub method: String,
    /// Address of the request as clients write it, without the query.
    pub url: String,
}

impl Shown {
    /// What a request shows; 401 when it shows nothing, or two things of a kind.
    pub(super) fn of(req: &HttpRequest, settings: &ApiSettings) -> Result<Self, Problem> {
        let (dpop, token) = match single(req, AUTHORIZATION.as_str(), Code::TokenInvalid)? {
            Some(told) => token_of(&told).ok_or(Code::TokenMissing)?,
            None => return Err(Code::TokenMissing.into()),
        };
        let certificate = match settings.certificate_header.as_str() {
            "" => None,
            name => single(req, name, Code::ProofInvalid)?,
        };
        Ok(Self {
            token,
            dpop,
            proof: single(req, "dpop", Code::ProofInvalid)?,
            certificate: certificate.as_deref().and_then(thumbprint),
            method: req.method().to_string(),
            url: format!("{}{}", settings.public_url, req.uri().path()),
        })
    }
}

/// The one header of this name, when it is text; two of them are a trick.
fn single(req: &HttpRequest, name: &str, trick: Code) -> Result<Option<String>, Problem> {
    let mut told = req.headers().get_all(name);
    match (told.next(), told.next()) {
        (Some(_), Some(_)) => Err(trick.into()),
        (one, _) => Ok(one.and_then(|value| value.to_str().ok()).map(str::to_owned)),
    }
}

fn token_of(told: &str) -> Option<(bool, String)> {
    let (scheme, token) = told.split_once(' ')?;
    let dpop = scheme.eq_ignore_ascii_case("dpop");
    let known = dpop || scheme.eq_ignore_ascii_case("bearer");
    (known && !token.trim().is_empty()).then(|| (dpop, token.trim().to_owned()))
}

/// SHA-256 of a certificate in base64url, from what proxies tell: that itself, hexadecimal, or the escaped PEM.
fn thumbprint(told: &str) -> Option<String> {
    let hash = match told {
        pem if pem.starts_with("-----BEGIN") => Some(Sha256::digest(certificate(pem)?).to_vec()),
        told => hex::decode(told.replace(':', "")).or_else(|_| URL_SAFE_NO_PAD.decode(told)).ok(),
    };
    hash.filter(|hash| hash.len() == 32).map(|hash| URL_SAFE_NO_PAD.encode(hash))
}

/// The bytes of a certificate in percent-encoded PEM.
fn certificate(pem: &str) -> Option<Vec<u8>> {
    let kept = pem.replace('+', "%2B").replace('=', "%3D").replace('&', "%26");
    let (pem, _) = url::form_urlencoded::parse(kept.as_bytes()).next()?;
    let lines = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    STANDARD.decode(lines.collect::<String>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_known_by_its_hash_however_the_proxy_tells_it() {
        let hash = Sha256::digest(b"certificate");
        let known = URL_SAFE_NO_PAD.encode(hash);
        let (pem, hexed) = (STANDARD.encode(b"certificate"), hex::encode(hash));
        let pairs = hexed.as_bytes().chunks(2).map(|pair| String::from_utf8_lossy(pair).into_owned());
        for told in [
            known.clone(),
            hexed.clone(),
            hexed.to_uppercase(),
            pairs.collect::<Vec<_>>().join(":"),
            format!("-----BEGIN%20CERTIFICATE-----%0A{pem}%0A-----END%20CERTIFICATE-----%0A"),
        ] {
            assert_eq!(thumbprint(&told).as_ref(), Some(&known), "{told}");
        }
        for none in ["", "AAAA", "(null)", "-----BEGIN", "-----BEGIN%20CERTIFICATE-----%0A!%0A"] {
            assert_eq!(thumbprint(none).filter(|hash| *hash == known), None, "{none}");
        }
    }
}
