//! Names that outlive a config: boards, indicators and sources.
//!
//! Each is checked once, where it is parsed; holding one is proof that it is
//! safe in a URL and a log line, and a board's or a source's in a file name.

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
    ($(#[$doc:meta])* $name:ident, $expected:literal, $is_spelt:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name(Shared);

        impl $name {
            /// Parses a name.
            pub fn parse(text: &str) -> Result<Self, NameError> {
                if text.len() <= 64 && $is_spelt(text) {
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

impl IndicatorRef {
    /// The whole, the breakdown and the category of a part's reference.
    pub fn as_part(&self) -> Option<(&str, &str, &str)> {
        let (whole, rest) = self.0.split_once(':')?;
        let (breakdown, category) = rest.split_once(':')?;
        Some((whole, breakdown, category))
    }
}

fn is_small(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn is_small_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(is_small)
}

fn is_reference(text: &str) -> bool {
    let mut parts = text.split(':');
    let is_whole = |whole: &str| {
        whole.starts_with(|c: char| c.is_ascii_uppercase())
            && whole.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
    };
    let is_part = |part: &str| !part.is_empty() && part.chars().all(is_small);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(whole), None, ..) => is_whole(whole),
        (Some(whole), Some(breakdown), Some(category), None) => {
            is_whole(whole) && is_part(breakdown) && is_part(category)
        }
        _ => false,
    }
}

name!(
    /// A board: its file is `boards/<id>.toml`, its packs lie in `<period>/<id>/`.
    BoardId,
    "a board's name: small letters, digits and hyphens, a letter first",
    is_small_name
);

name!(
    /// A source of workbooks.
    SourceId,
    "a source's name: small letters, digits and hyphens, a letter first",
    is_small_name
);

name!(
    /// An indicator's permanent reference, "CLA06": never renumbered, never
    /// reused. A part of one is "CLA01:age:0-4": the whole, the breakdown and
    /// the category.
    IndicatorRef,
    "an indicator's reference: capitals, digits and hyphens, a capital first (CLA06, not cla06)",
    is_reference
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
    fn a_part_is_named_by_whole_breakdown_and_category() {
        assert!(IndicatorRef::parse("CLA01:age:0-4").is_ok());
        for bad in
            ["CLA01:age", "CLA01:age:", "CLA01::0-4", "CLA01:age:0-4:x", "CLA01:Age:0-4", "cla01:age:0-4", ":a:b"]
        {
            assert!(IndicatorRef::parse(bad).is_err(), "{bad}");
        }
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
