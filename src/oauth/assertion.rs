//! A certificate in place of a client secret: a statement of who asks, signed with its key
//! (RFC 7523), as Microsoft Entra takes it: PS256, with the certificate's SHA-256 thumbprint.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use rustls::SignatureScheme;
use rustls::crypto::ring::{default_provider, sign};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest as _, Sha256};

use super::TokenError;
use crate::domain::secret::SecretText;

/// How long a statement holds: it is used at once.
const MINUTES: i64 = 5;

/// A statement that `client_id` asks `audience` for a token at this instant.
pub(super) fn assertion(
    pem: &SecretText,
    audience: &str,
    client_id: &str,
    now: DateTime<Utc>,
) -> Result<SecretText, TokenError> {
    let fail = |why| TokenError::Unfit { what: "the certificate", why };
    let pem = pem.secret().as_bytes();
    let Some(Ok(certificate)) = CertificateDer::pem_slice_iter(pem).next() else {
        return Err(fail("its PEM holds no certificate (BEGIN CERTIFICATE)"));
    };
    let key = PrivateKeyDer::from_pem_slice(pem)
        .map_err(|_| fail("its PEM holds no private key without a passphrase (BEGIN PRIVATE KEY)"))?;
    let key = sign::any_supported_type(&key).map_err(|_| fail("its private key is none that can sign"))?;
    let signer = key
        .choose_scheme(&[SignatureScheme::RSA_PSS_SHA256])
        .ok_or(fail("its key is not RSA, which Microsoft Entra wants"))?;
    let is_of_key = key.public_key().is_none_or(|public| contains(&certificate, &public));
    if !is_of_key {
        return Err(fail("the key is not that of the first certificate in its PEM"));
    }
    let mut id = [0; 16];
    default_provider().secure_random.fill(&mut id).map_err(|_| fail("this machine gives no random numbers"))?;
    let header = serde_json::json!({
        "alg": "PS256",
        "typ": "JWT",
        "x5t#S256": URL_SAFE_NO_PAD.encode(Sha256::digest(&certificate)),
    });
    let claims = serde_json::json!({
        "aud": audience,
        "iss": client_id,
        "sub": client_id,
        "jti": URL_SAFE_NO_PAD.encode(id),
        "iat": now.timestamp(),
        "nbf": now.timestamp(),
        "exp": (now + Duration::minutes(MINUTES)).timestamp(),
    });
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", part(&header), part(&claims));
    let signature = signer.sign(text.as_bytes()).map_err(|_| fail("its key does not sign"))?;
    Ok(SecretText::new(&format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))))
}

/// Whether a certificate carries this public key, which stands in it as it is.
fn contains(certificate: &[u8], public: &[u8]) -> bool {
    !public.is_empty() && certificate.windows(public.len()).any(|part| part == public)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What signing with this PEM fails with.
    fn why(pem: &str) -> String {
        let now = "2026-11-05T06:00:00Z".parse().unwrap();
        assertion(&SecretText::new(pem), "https://login.example", "app", now).unwrap_err().to_string()
    }

    #[test]
    fn a_pem_that_cannot_sign_says_why() {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = rcgen::CertificateParams::new(vec![]).unwrap().self_signed(&key).unwrap().pem();
        let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n";
        for (pem, words) in [
            (String::new(), "holds no certificate"),
            (key.serialize_pem(), "holds no certificate"),
            (certificate.clone(), "no private key"),
            (format!("{certificate}{encrypted}"), "without a passphrase"),
            (format!("{certificate}{}", key.serialize_pem()), "is not RSA"),
        ] {
            let found = why(&pem);
            assert!(found.starts_with("the certificate cannot be used") && found.contains(words), "{words}: {found}");
        }
    }
}
