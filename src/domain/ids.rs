//! Names that outlive a config: boards, indicators and sources.
//!
//! Each is checked once, where it is parsed; holding one is proof that it is
//! safe in a file name, a URL and a log line.

use std::fmt;

use super::place::Shared;

/// Why a name is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{found:?} is not {expected}")]
pub struct NameError {
    found: String,
    expected: &'static str,
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $first:expr, $rest:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(Shared);

        impl $name {
            /// Parses a name.
            pub fn parse(text: &str) -> Result<Self, NameError> {
                let mut chars = text.chars();
                let good = chars.next().is_some_and($first) && chars.all($rest) && text.len() <= 64;
                if good {
                    Ok(Self(text.into()))
                } else {
                    Err(NameError { found: text.to_owned(), expected: $expected })
                }
            }

            /// The name as written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}

name!(
    /// A board: its file is `boards/<id>.toml`, its packs lie in `<period>/<id>/`.
    BoardId,
    "a board's name: small letters, digits and hyphens, a letter first",
    |c: char| c.is_ascii_lowercase(),
    |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
);

name!(
    /// A source of workbooks.
    SourceId,
    "a source's name: small letters, digits and hyphens, a letter first",
    |c: char| c.is_ascii_lowercase(),
    |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
);

name!(
    /// An indicator's permanent reference, "CLA06": never renumbered, never reused.
    IndicatorRef,
    "an indicator's reference: capitals, digits and hyphens, a capital first",
    |c: char| c.is_ascii_uppercase(),
    |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_paths_or_refused() {
        for good in ["a", "corporate-parenting", "b2"] {
            assert_eq!(BoardId::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "A", "2b", "a b", "a/b", "..", "a.b", "é", &"a".repeat(65)] {
            assert!(BoardId::parse(bad).is_err(), "{bad:?}");
        }
        assert!(IndicatorRef::parse("CLA06").is_ok());
        assert!(IndicatorRef::parse("WF01-AS").is_ok());
        assert!(IndicatorRef::parse("cla06").is_err());
    }

    #[test]
    fn the_error_says_what_was_expected() {
        let error = SourceId::parse("My Source").unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"My Source\" is not a source's name: small letters, digits and hyphens, a letter first"
        );
    }
}
