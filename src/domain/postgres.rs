//! Addresses of a PostgreSQL database, which are secrets.

/// Parameters that mean something to the driver; it would log any other, with its value.
const PARAMETERS: [&str; 19] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "options[search_path]",
];

/// What is wrong with an address; none where it can be used. Nothing of it is in what is said.
///
/// The figures of restricted editions go over this connection, and what is encrypted only
/// where the server offers it is not encrypted for whoever stands between: the address of
/// another machine says what it asks for.
pub fn fault(address: &str) -> Option<&'static str> {
    let rest = ["postgres://", "postgresql://"].iter().find_map(|scheme| address.strip_prefix(scheme));
    let Some(rest) = rest else { return Some("it does not begin with postgres:// or postgresql://") };
    if rest.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Some("there is a space in it (write it as %20)");
    }
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let parameters: Vec<(&str, &str)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    if parameters.iter().any(|(name, _)| !PARAMETERS.contains(name)) {
        return Some("it has a parameter that is not known");
    }
    let has = |names: &[&str]| parameters.iter().rev().find(|(name, _)| names.contains(name)).map(|(_, value)| *value);
    let authority = place.split('/').next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let is_here = |host: &str| {
        let host = host.to_ascii_lowercase();
        let name = host
            .strip_prefix('[')
            .map_or_else(|| host.split(':').next().unwrap_or_default(), |v6| v6.split(']').next().unwrap_or_default());
        name.is_empty()
            || name.starts_with("%2f")
            || name.starts_with('/')
            || matches!(name, "localhost" | "127.0.0.1" | "::1")
    };
    let is_local = is_here(host) && has(&["host"]).is_none_or(is_here) && has(&["hostaddr"]).is_none_or(is_here);
    match has(&["sslmode", "ssl-mode"]) {
        None | Some("allow" | "prefer") if !is_local => Some(
            "it leads to another machine and does not say whether the connection is encrypted (add ?sslmode=verify-full, or require, or disable)",
        ),
        None | Some("disable" | "allow" | "prefer" | "require" | "verify-ca" | "verify-full") => None,
        Some(_) => Some("its sslmode is none of disable, require, verify-ca and verify-full"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_used_or_refused_without_a_word_of_it() {
        for good in [
            "postgres://boardpack:s3cret@db.example/boardpack?sslmode=verify-full",
            "postgresql://db.example:5433/b?sslmode=require&sslrootcert=/etc/ca.pem",
            "postgres://db.example/b?sslmode=disable",
            "postgres://me@127.0.0.1:5432/b",
            "postgres://[::1]:5432/b",
            "postgres://LOCALHOST/b?sslmode=prefer",
            "postgres:///b?host=/var/run/postgresql",
            "postgres://me@%2Fvar%2Frun%2Fpostgresql/b",
            "postgres://db.example/b?options[search_path]=smallshire&sslmode=require",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for (bad, told) in [
            ("s3cret", "begin with"),
            ("mysql://s3cret@127.0.0.1/b", "begin with"),
            (" postgres://127.0.0.1/b", "begin with"),
            ("postgres://me:s3 cret@127.0.0.1/b", "space"),
            ("postgres://127.0.0.1/b?passwrd=s3cret", "parameter"),
            ("postgres://me:s3cret@db.example/b", "another machine"),
            ("postgres://db.example/b?sslmode=prefer", "another machine"),
            ("postgres://127.0.0.1@s3cret.example/b", "another machine"),
            ("postgres://127.0.0.1.s3cret.example/b", "another machine"),
            ("postgres:///b?host=s3cret.example", "another machine"),
            ("postgres://127.0.0.1/b?hostaddr=10.0.0.1", "another machine"),
            ("postgres://127.0.0.1/b?sslmode=s3cret", "sslmode is none"),
        ] {
            let found = fault(bad).unwrap_or_default();
            assert!(found.contains(told) && !found.contains("s3cret"), "{bad}: {found}");
        }
    }
}
