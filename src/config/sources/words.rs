//! Values that may be written in more than one way.

use std::collections::BTreeMap;
use std::fmt;

use regex::Regex;
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::config::choice;
use crate::domain::layout::{Heading, Outside, OwnColour, SheetRule};

fn regex<E: de::Error>(text: &str) -> Result<Regex, E> {
    Regex::new(text).map_err(|error| E::custom(format!("{text:?} is no regular expression: {error}")))
}

/// The one entry of a table such as `{ pattern = "…" }`.
fn only<'de, A: MapAccess<'de>>(mut map: A, expected: &'static [&'static str]) -> Result<(String, String), A::Error> {
    let first = map.next_entry::<String, String>()?;
    match (first, map.next_key::<String>()?) {
        (Some((key, value)), None) if expected.contains(&key.as_str()) => Ok((key, value)),
        _ => Err(de::Error::custom(format!("expected a table with {} and nothing else", expected.join(" or ")))),
    }
}

/// One header or several: texts, or `{ pattern = "…" }`.
#[derive(Debug, Default)]
pub(super) struct Headings(pub(super) Vec<Heading>);

impl<'de> Deserialize<'de> for Headings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct HeadingsVisitor;
        impl<'de> Visitor<'de> for HeadingsVisitor {
            type Value = Headings;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a header, { pattern = \"…\" }, or a list of them")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Headings, E> {
                Ok(Headings(vec![Heading::Name(value.to_owned())]))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Headings, E> {
                Ok(Headings(vec![Heading::Name(value.to_string())]))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Headings, A::Error> {
                Ok(Headings(vec![Heading::Pattern(regex(&only(map, &["pattern"])?.1)?)]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Headings, A::Error> {
                let mut headings = Vec::new();
                while let Some(Headings(more)) = seq.next_element()? {
                    headings.extend(more);
                }
                Ok(Headings(headings))
            }
        }
        deserializer.deserialize_any(HeadingsVisitor)
    }
}

/// A sheet's name, `{ match = "…" }` or `{ each = "…" }`.
#[derive(Debug)]
pub(super) struct SheetWord(pub(super) SheetRule);

impl<'de> Deserialize<'de> for SheetWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SheetVisitor;
        impl<'de> Visitor<'de> for SheetVisitor {
            type Value = SheetWord;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sheet's name, { match = \"…\" } or { each = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<SheetWord, E> {
                Ok(SheetWord(SheetRule::Named(value.to_owned())))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<SheetWord, E> {
                Ok(SheetWord(SheetRule::Named(value.to_string())))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SheetWord, A::Error> {
                let (key, pattern) = only(map, &["match", "each"])?;
                let pattern = regex(&pattern)?;
                Ok(SheetWord(if key == "each" { SheetRule::Each(pattern) } else { SheetRule::Match(pattern) }))
            }
        }
        deserializer.deserialize_any(SheetVisitor)
    }
}

/// "2026/27", `{ from = "title", pattern = "…" }`, or `{ from = "header" }`.
#[derive(Debug)]
pub(super) enum YearWord {
    Year(String),
    Said(Outside, String),
    Above,
}

impl<'de> Deserialize<'de> for YearWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct YearVisitor;
        impl<'de> Visitor<'de> for YearVisitor {
            type Value = YearWord;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a year such as \"2026/27\", or a table with from and pattern")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<YearWord, E> {
                Ok(YearWord::Year(value.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<YearWord, A::Error> {
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct TableWords {
                    from: String,
                    pattern: Option<String>,
                }
                let table = TableWords::deserialize(de::value::MapAccessDeserializer::new(map))?;
                match (table.from.as_str(), &table.pattern) {
                    ("header", None) => return Ok(YearWord::Above),
                    ("header", Some(_)) => return Err(de::Error::custom("from = \"header\" takes no pattern")),
                    _ => {}
                }
                let from: Outside =
                    choice::word(&table.from).map_err(|why| de::Error::custom(format!("from: {why}")))?;
                let pattern = table.pattern.ok_or_else(|| de::Error::missing_field("pattern"))?;
                Ok(YearWord::Said(from, pattern))
            }
        }
        deserializer.deserialize_any(YearVisitor)
    }
}

/// Colours or texts of a source, and the rating that each means.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct RagWords(pub(super) BTreeMap<String, OwnColour>);
