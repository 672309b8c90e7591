//! Values as their author wrote them: the message about one that is wrong, and
//! those that may be written in more than one way.

use std::fmt;

use config::{Value, ValueKind};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{self, Visitor};

/// What a value is, for people.
pub(super) fn kind_name(kind: &ValueKind) -> &'static str {
    match kind {
        ValueKind::Nil => "nothing",
        ValueKind::Boolean(_) => "true or false",
        ValueKind::I64(_) | ValueKind::I128(_) | ValueKind::U64(_) | ValueKind::U128(_) | ValueKind::Float(_) => {
            "a number"
        }
        ValueKind::String(_) => "text",
        ValueKind::Table(_) => "a table",
        ValueKind::Array(_) => "a list",
    }
}

/// A value as its author wrote it, or what it is.
pub(super) fn show(value: &Value) -> String {
    match &value.kind {
        ValueKind::String(text) => format!("{text:?}"),
        ValueKind::Table(_) | ValueKind::Array(_) | ValueKind::Nil => kind_name(&value.kind).to_owned(),
        other => other.to_string(),
    }
}

/// A value as TOML has it, on one line.
pub(super) fn toml(value: &Value) -> String {
    match &value.kind {
        ValueKind::Nil => quoted(""),
        ValueKind::String(text) => quoted(text),
        ValueKind::Array(values) => format!("[{}]", values.iter().map(toml).collect::<Vec<_>>().join(", ")),
        ValueKind::Table(table) => {
            let entries: Vec<String> =
                table.iter().map(|(key, value)| format!("{} = {}", quoted(key), toml(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        // The shortest text of a float that is whole is that of an integer, and is read as one.
        other => other.to_string(),
    }
}

/// A text in quotation marks. What JSON writes of a text TOML reads.
pub(super) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The entries of a table; none of anything else.
pub(super) fn entries(value: &Value) -> Option<config::Map<String, Value>> {
    match &value.kind {
        ValueKind::Table(table) => Some(table.clone()),
        _ => None,
    }
}

/// What is wrong with a value: serde's reason, with what was found in front and without the library's own prefixes.
pub(super) fn explain(error: &config::ConfigError, found: &str) -> String {
    match error {
        config::ConfigError::Message(message) => format!("found {found}: {message}"),
        config::ConfigError::Type { expected, .. } => format!("found {found}; expected {}", plain(expected)),
        other => format!("found {found}: {other}"),
    }
}

/// What the library expects, without its words for how a number is stored.
fn plain(expected: &str) -> &str {
    match expected {
        "a boolean" => "true or false",
        "a string" => "text",
        "an array" => "a list",
        "a map" => "a table",
        "a floating point" => "a number",
        unsigned if unsigned.starts_with("an unsigned") => "a whole number of 0 or more",
        integer if integer.ends_with("integer") => "a whole number",
        other => other,
    }
}

/// A TOML syntax error with its line, without the config crate's own words.
pub(super) fn syntax(error: &config::ConfigError) -> String {
    let text = match error {
        config::ConfigError::FileParse { cause, .. } => cause.to_string(),
        other => other.to_string(),
    };
    let lines: Vec<String> = text.trim_end().lines().map(without_value).collect();
    format!("is not valid TOML: {}", lines.join("\n    "))
}

/// A line of a syntax error: of one that quotes the file, and sets what may be a
/// secret, the key alone. What it holds cannot be told from what is wrong with it.
fn without_value(line: &str) -> String {
    const SECRET: [&str; 8] = ["url", "path", "token", "password", "secret", "key", "user", "sig"];
    let Some((before, _)) = line.split_once('=').filter(|_| line.contains(" | ")) else { return line.to_owned() };
    let key = before.rsplit('|').next().unwrap_or_default().trim().to_lowercase();
    if SECRET.iter().any(|word| key.contains(word)) { format!("{before}= …") } else { line.to_owned() }
}

/// A decimal written as a number or as text.
pub(super) struct DecimalValue(pub(super) Decimal);

impl<'de> Deserialize<'de> for DecimalValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;
        impl Visitor<'_> for NumberVisitor {
            type Value = DecimalValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number such as 85 or 0.5")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<DecimalValue, E> {
                Ok(DecimalValue(value.into()))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<DecimalValue, E> {
                Ok(DecimalValue(value.into()))
            }

            fn visit_f64<E: de::Error>(self, value: f64) -> Result<DecimalValue, E> {
                // The shortest text of a float is what its author typed.
                self.visit_str(&value.to_string())
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<DecimalValue, E> {
                value.parse().map(DecimalValue).map_err(|_| E::custom("expected a number such as 85 or 0.5"))
            }
        }
        deserializer.deserialize_any(NumberVisitor)
    }
}

/// One text or a list of texts: synonyms.
#[derive(Debug, Default)]
pub(super) struct Texts(pub(super) Vec<String>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextsVisitor;
        impl<'de> Visitor<'de> for TextsVisitor {
            type Value = Texts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Texts, E> {
                Ok(Texts(vec![value.to_owned()]))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Texts, E> {
                Ok(Texts(vec![value.to_string()]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Texts, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = seq.next_element()? {
                    texts.push(text);
                }
                Ok(Texts(texts))
            }
        }
        deserializer.deserialize_any(TextsVisitor)
    }
}
