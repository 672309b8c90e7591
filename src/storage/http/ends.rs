//! Until when certificates hold.

use std::path::Path;

use chrono::DateTime;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;

use crate::storage::CredentialEnd;

/// The end of the certificate in some PEM that ends first; none where there is none.
pub(in crate::storage) fn of_pem(pem: &[u8], what: &str) -> Option<CredentialEnd> {
    let ends = CertificateDer::pem_slice_iter(pem).flatten().filter_map(|der| {
        let certificate = Certificate::from_der(&der).ok()?;
        let seconds = certificate.tbs_certificate().validity().not_after.to_unix_duration().as_secs();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)
    });
    ends.min().map(|at| CredentialEnd { at, what: what.to_owned() })
}

/// The end of a council's own authority, which is a file beside the config.
pub(in crate::storage) async fn of_authority(dir: &Path, ca_file: Option<&str>) -> Option<CredentialEnd> {
    let file = ca_file?;
    let pem = tokio::fs::read(dir.join(file)).await.ok()?;
    of_pem(&pem, &format!("the certificate in {file}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_certificate_to_end_counts() {
        let pem = |year: i32| {
            let key = rcgen::KeyPair::generate().unwrap();
            let mut params = rcgen::CertificateParams::new(vec![]).unwrap();
            params.not_after = rcgen::date_time_ymd(year, 3, 1);
            params.self_signed(&key).unwrap().pem()
        };
        let both = format!("{}{}", pem(2031), pem(2027));
        let end = of_pem(both.as_bytes(), "the certificate").unwrap();
        assert_eq!((end.at.to_rfc3339().as_str(), end.what.as_str()), ("2027-03-01T00:00:00+00:00", "the certificate"));
        assert_eq!(of_pem(b"no certificate", ""), None);
    }
}
