//! Reads a table key by key and notes every fault instead of stopping at the
//! first.
//!
//! Each value is deserialised by serde on its own, so one bad value never
//! hides the next; what was never asked for is an unknown key, and the keys
//! that were asked for are the hint.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use config::{Map, Value, ValueKind};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::{self, DeserializeOwned, Visitor};

use super::choice;
use super::fault::Fault;

/// Where faults are gathered.
#[derive(Debug, Default)]
pub(super) struct Faults {
    faults: RefCell<Vec<Fault>>,
    /// Names that are declared, soundly or not: a fault in a declaration is
    /// told where it is, not again wherever the name is used.
    declared: RefCell<BTreeSet<String>>,
}

impl Faults {
    pub(super) fn add(&self, file: &str, key: &str, message: impl Into<String>, hint: impl Into<String>) {
        self.faults.borrow_mut().push(Fault {
            file: file.to_owned(),
            key: key.to_owned(),
            message: message.into(),
            hint: hint.into(),
        });
    }

    /// Faults of their own, beside these: what is declared is declared there too.
    pub(super) fn apart(&self) -> Self {
        Self { faults: RefCell::default(), declared: self.declared.clone() }
    }

    /// Notes that a name is declared.
    pub(super) fn declare(&self, name: &str) {
        self.declared.borrow_mut().insert(name.to_owned());
    }

    /// Whether a name is declared, soundly or not.
    pub(super) fn is_declared(&self, name: &str) -> bool {
        self.declared.borrow().contains(name)
    }

    pub(super) fn into_sorted(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}

/// A table being read.
pub(super) struct TableReader<'a> {
    file: &'a str,
    path: String,
    table: Map<String, Value>,
    asked: Vec<&'static str>,
    faults: &'a Faults,
}

impl<'a> TableReader<'a> {
    pub(super) fn new(file: &'a str, path: impl Into<String>, table: Map<String, Value>, faults: &'a Faults) -> Self {
        Self { file, path: path.into(), table, asked: Vec::new(), faults }
    }

    /// Reads a value as a table, noting a fault where it is something else.
    pub(super) fn from_value(file: &'a str, path: impl Into<String>, value: Value, faults: &'a Faults) -> Self {
        let path = path.into();
        let table = match value.kind {
            ValueKind::Table(table) => table,
            other => {
                faults.add(file, &path, format!("found {}; expected a table", kind_name(&other)), "");
                Map::new()
            }
        };
        Self::new(file, path, table, faults)
    }

    pub(super) fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Notes a fault at one of this table's keys; the key may be empty for the
    /// table itself.
    pub(super) fn fault(&self, key: &str, message: impl Into<String>, hint: impl Into<String>) {
        let at = if key.is_empty() { self.path.clone() } else { self.key(key) };
        self.faults.add(self.file, &at, message, hint);
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.asked.push(key);
        self.table.shift_remove(key)
    }

    /// A value that may be absent.
    pub(super) fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let value = self.take(key)?;
        self.value(key, value)
    }

    /// A value that was taken from a key.
    pub(super) fn value<T: DeserializeOwned>(&self, key: &str, value: Value) -> Option<T> {
        if let Some(wrong) = choice::wrong::<T>(&value) {
            self.fault(&format!("{key}{}", wrong.at), wrong.message, wrong.hint);
            return None;
        }
        let found = show(&value);
        match value.try_deserialize::<T>() {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(key, explain(&error, &found), "");
                None
            }
        }
    }

    /// A value that must be there; its absence is a fault.
    pub(super) fn required<T: DeserializeOwned>(&mut self, key: &'static str, hint: &str) -> Option<T> {
        if self.table.contains_key(key) {
            return self.optional(key);
        }
        self.asked.push(key);
        self.fault(key, "is missing", hint);
        None
    }

    /// A text that must be there and not be blank.
    pub(super) fn text(&mut self, key: &'static str, hint: &str) -> String {
        let text: Option<String> = self.required(key, hint);
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            self.fault(key, "is blank", hint);
        }
        text.unwrap_or_default()
    }

    /// A value with a default.
    pub(super) fn or<T: DeserializeOwned>(&mut self, key: &'static str, default: T) -> T {
        self.optional(key).unwrap_or(default)
    }

    /// A decimal that may be absent.
    pub(super) fn decimal(&mut self, key: &'static str) -> Option<Decimal> {
        self.optional::<DecimalValue>(key).map(|number| number.0)
    }

    /// A value that parses from text, with what was expected in its error.
    pub(super) fn parsed<T: std::str::FromStr>(&mut self, key: &'static str) -> Option<T>
    where
        T::Err: fmt::Display,
    {
        let text: String = self.optional(key)?;
        text.parse().map_err(|error: T::Err| self.fault(key, error.to_string(), "")).ok()
    }

    /// A value that parses from text and must be there.
    pub(super) fn wanted<T: std::str::FromStr>(&mut self, key: &'static str, hint: &str) -> Option<T>
    where
        T::Err: fmt::Display,
    {
        if !self.has(key) {
            self.fault(key, "is missing", hint);
        }
        self.parsed(key)
    }

    /// A table under a key; absent is empty.
    pub(super) fn table(&mut self, key: &'static str) -> TableReader<'a> {
        let path = self.key(key);
        match self.take(key) {
            Some(value) => TableReader::from_value(self.file, path, value, self.faults),
            None => TableReader::new(self.file, path, Map::new(), self.faults),
        }
    }

    /// Whether a key is there and holds a text.
    pub(super) fn holds_text(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| matches!(value.kind, ValueKind::String(_)))
    }

    /// Passes over a key whose meaning hangs on another that could not be read.
    pub(super) fn skip(&mut self, key: &'static str) {
        self.take(key);
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// A list of tables under a key; absent is empty.
    pub(super) fn tables(&mut self, key: &'static str) -> Vec<TableReader<'a>> {
        let path = self.key(key);
        match self.take(key).map(|value| value.kind) {
            None => Vec::new(),
            Some(ValueKind::Array(values)) => values
                .into_iter()
                .enumerate()
                .map(|(i, value)| TableReader::from_value(self.file, format!("{path}[{i}]"), value, self.faults))
                .collect(),
            Some(other) => {
                self.fault(
                    key,
                    format!("found {}; expected a list of tables", kind_name(&other)),
                    format!("write [[{path}]]"),
                );
                Vec::new()
            }
        }
    }

    /// Every entry that is left, by name: for tables whose keys are names.
    pub(super) fn entries(&mut self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.table).into_iter().collect()
    }

    /// A reader for one of [`entries`](Self::entries).
    pub(super) fn entry(&self, name: &str, value: Value) -> TableReader<'a> {
        TableReader::from_value(self.file, self.key(name), value, self.faults)
    }

    /// Where this reader's faults go.
    pub(super) fn faults(&self) -> &'a Faults {
        self.faults
    }

    /// Notes every key that nobody asked for.
    pub(super) fn finish(self) {
        for key in self.table.keys() {
            let near = nearest(key, self.asked.iter().copied());
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys here: {}", self.asked.join(", ")),
            };
            self.fault(key, "is not a known key", hint);
        }
    }
}

/// The nearest of some names, if one is near enough to be meant.
pub(super) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    known
        .map(|candidate| (strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// The hint beside a name that is not known: the nearest that is, or else what
/// to do about it.
pub(super) fn near<'n>(name: &str, known: impl Iterator<Item = &'n str>, otherwise: &str) -> String {
    nearest(name, known).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean {near}?"))
}

fn kind_name(kind: &ValueKind) -> &'static str {
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

/// serde's reason, with what was found in front and without the library's own prefixes.
fn explain(error: &config::ConfigError, found: &str) -> String {
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

/// A decimal written as a number or as text.
struct DecimalValue(Decimal);

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
