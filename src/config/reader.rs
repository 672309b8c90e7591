//! Reads a table key by key and notes every fault instead of stopping at the
//! first.
//!
//! Each value is deserialised by serde on its own, so one bad value never
//! hides the next; what was never asked for is an unknown key, and the keys
//! that were asked for are the hint.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use config::builder::{ConfigBuilder, DefaultState};
use config::{Map, Value, ValueKind};
use regex::Regex;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

use super::fault::Faults;
use super::files::Files;
use super::value::{self, DecimalValue, Texts};
use super::{choice, suggest};
use crate::domain::file_name;
use crate::domain::signs::{on_one_line, turned_by};

/// Notes every text, and every key, that a sign turns round: whoever looks at
/// the file, or at a page, reads something else than the program does.
fn turned(file: &str, path: &str, value: &Value, faults: &Faults) {
    let note = |path: &str, text: &str| {
        if let Some(sign) = turned_by(text) {
            let found = format!("holds {sign}, a sign that turns the line round: what is read is not what is shown");
            faults.add(file, &on_one_line(path), found, "type the text anew");
        }
    };
    match &value.kind {
        ValueKind::String(text) => note(path, text),
        ValueKind::Array(values) => {
            values.iter().enumerate().for_each(|(i, value)| turned(file, &format!("{path}[{i}]"), value, faults));
        }
        ValueKind::Table(table) => {
            for (key, value) in table {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                note(&path, key);
                turned(file, &path, value, faults);
            }
        }
        _ => {}
    }
}

/// A table being read.
pub struct TableReader<'a> {
    file: &'a str,
    path: String,
    table: Map<String, Value>,
    asked: Vec<&'static str>,
    faults: &'a Faults,
}

impl<'a> TableReader<'a> {
    /// The root of a file; none where there is no such file, or it is no TOML.
    pub(super) fn open(files: &'a Files, name: &'a str, faults: &'a Faults) -> Option<Self> {
        let text = config::File::from_str(files.text(name)?, config::FileFormat::Toml);
        Self::layered(name, config::Config::builder().add_source(text), faults)
    }

    /// The root of what a file and other layers hold together.
    pub(super) fn layered(file: &'a str, layers: ConfigBuilder<DefaultState>, faults: &'a Faults) -> Option<Self> {
        match layers.build() {
            Ok(merged) => {
                turned(file, "", &merged.cache, faults);
                Some(Self::from_value(file, "", merged.cache, faults))
            }
            Err(error) => {
                // The line shown is where an officer's prose goes wrong as TOML, and
                // mostly nothing is wrong with the prose.
                let hint = if file.starts_with("commentary/") {
                    "mend the TOML at the line shown, or is a closing \"\"\" missing above it?"
                } else {
                    "mend the TOML at the line shown"
                };
                faults.add(file, "", value::syntax(&error), hint);
                None
            }
        }
    }

    /// A reader for a table.
    pub(super) fn new(file: &'a str, path: impl Into<String>, table: Map<String, Value>, faults: &'a Faults) -> Self {
        Self { file, path: path.into(), table, asked: Vec::new(), faults }
    }

    /// Reads a value as a table, noting a fault where it is something else.
    pub(super) fn from_value(file: &'a str, path: impl Into<String>, value: Value, faults: &'a Faults) -> Self {
        let path = path.into();
        let table = match value.kind {
            ValueKind::Table(table) => table,
            other => {
                faults.add(file, &path, format!("found {}; expected a table", value::kind_name(&other)), "");
                Map::new()
            }
        };
        Self::new(file, path, table, faults)
    }

    /// A key with the path of its table in front.
    pub(super) fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Notes a fault at one of this table's keys; the key may be empty for the
    /// table itself.
    pub fn fault(&self, key: &str, message: impl Into<String>, hint: impl Into<String>) {
        let at = if key.is_empty() { self.path.clone() } else { self.key(key) };
        self.faults.add(self.file, &at, message, hint);
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        self.asked.push(key);
        self.table.shift_remove(key)
    }

    /// A value that may be absent.
    pub fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let value = self.take(key)?;
        self.value(key, value)
    }

    /// A value that was taken from a key.
    pub(super) fn value<T: DeserializeOwned>(&self, key: &str, value: Value) -> Option<T> {
        if let Some(wrong) = choice::wrong::<T>(&value) {
            self.fault(&format!("{key}{}", wrong.at), wrong.message, wrong.hint);
            return None;
        }
        let found = value::show(&value);
        match value.try_deserialize::<T>() {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(key, value::explain(&error, &found), "");
                None
            }
        }
    }

    /// Notes a fault where a key is missing.
    pub fn needs(&self, key: &str, hint: &str) {
        if !self.has(key) {
            self.fault(key, "is missing", hint);
        }
    }

    /// A value that must be there; its absence is a fault.
    pub fn required<T: DeserializeOwned>(&mut self, key: &'static str, hint: &str) -> Option<T> {
        self.needs(key, hint);
        self.optional(key)
    }

    /// A text that must be there and not be blank.
    pub fn text(&mut self, key: &'static str, hint: &str) -> String {
        let text: Option<String> = self.required(key, hint);
        if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            self.fault(key, "is blank", hint);
        }
        text.unwrap_or_default()
    }

    /// A value with a default.
    pub fn or<T: DeserializeOwned>(&mut self, key: &'static str, default: T) -> T {
        self.optional(key).unwrap_or(default)
    }

    /// One text or a list of them; absent is none.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        self.or(key, Texts::default()).0
    }

    /// A decimal that may be absent.
    pub(super) fn decimal(&mut self, key: &'static str) -> Option<Decimal> {
        self.optional::<DecimalValue>(key).map(|number| number.0)
    }

    /// A decimal of zero or more that may be absent.
    pub(super) fn not_negative(&mut self, key: &'static str) -> Option<Decimal> {
        let value = self.decimal(key);
        if value.is_some_and(|value| value < Decimal::ZERO) {
            self.fault(key, "is below zero", "");
        }
        value
    }

    /// Two numbers that may be absent.
    pub(super) fn pair(&mut self, key: &'static str) -> Option<(Decimal, Decimal)> {
        let texts: Texts = self.optional(key)?;
        let numbers: Vec<Decimal> = texts.0.iter().filter_map(|text| text.parse().ok()).collect();
        match (numbers.as_slice(), texts.0.len()) {
            ([low, high], 2) => Some((*low, *high)),
            _ => {
                self.fault(key, "expected two numbers", format!("write {key} = [15, 18]"));
                None
            }
        }
    }

    /// A date, written as text or as a TOML date, that may be absent or blank.
    pub fn date(&mut self, key: &'static str) -> Option<NaiveDate> {
        let text: String = self.optional(key)?;
        if text.trim().is_empty() {
            return None;
        }
        let date = text.parse().ok();
        if date.is_none() {
            self.fault(key, format!("found {text:?}; expected a date such as 2026-12-02"), "");
        }
        date
    }

    /// A regular expression that may be absent.
    pub(super) fn regex(&mut self, key: &'static str, hint: &str) -> Option<Regex> {
        let text: String = self.optional(key)?;
        self.compiled(key, &text, hint)
    }

    /// One regular expression or a list of them; absent is none.
    pub(super) fn regexes(&mut self, key: &'static str, hint: &str) -> Vec<Regex> {
        let texts = self.texts(key);
        texts.iter().filter_map(|text| self.compiled(key, text, hint)).collect()
    }

    fn compiled(&self, key: &str, text: &str, hint: &str) -> Option<Regex> {
        Regex::new(text).map_err(|error| self.fault(key, format!("found {text:?}: {error}"), hint)).ok()
    }

    /// A pattern for file names: one that names what is not known, or that does
    /// not tell revisions apart, is a fault.
    pub(super) fn file_name(&self, pattern: &str) {
        if let Some(fault) = file_name::fault(pattern) {
            let places: Vec<String> = file_name::PLACES.iter().map(|place| format!("{{{place}}}")).collect();
            self.fault(
                "file_name",
                format!("found {pattern:?}: {fault}"),
                format!("it may name {}", places.join(", ")),
            );
        }
    }

    /// One of some words, which must be there.
    pub fn word(&mut self, key: &'static str, words: &[&str]) -> Option<String> {
        self.needs(key, &choice::listed(words));
        let value = self.take(key)?;
        if let Some(wrong) = choice::none_of(words, &value) {
            self.fault(key, wrong.message, wrong.hint);
            return None;
        }
        value.into_string().ok()
    }

    /// A value that parses from text, with what was expected in its error.
    pub fn parsed<T: FromStr>(&mut self, key: &'static str) -> Option<T>
    where
        T::Err: fmt::Display,
    {
        let text: String = self.optional(key)?;
        text.parse().map_err(|error: T::Err| self.fault(key, error.to_string(), "")).ok()
    }

    /// A value that parses from text and must be there.
    pub(super) fn wanted<T: FromStr>(&mut self, key: &'static str, hint: &str) -> Option<T>
    where
        T::Err: fmt::Display,
    {
        self.needs(key, hint);
        self.parsed(key)
    }

    /// A table under a key; absent is empty.
    pub fn table(&mut self, key: &'static str) -> TableReader<'a> {
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

    /// A value that is not taken.
    pub(super) fn peek(&self, key: &str) -> Option<&Value> {
        self.table.get(key)
    }

    /// Passes over a key whose meaning hangs on another that could not be read.
    pub(super) fn skip(&mut self, key: &'static str) {
        self.take(key);
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
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
                    format!("found {}; expected a list of tables", value::kind_name(&other)),
                    format!("write [[{path}]]"),
                );
                Vec::new()
            }
        }
    }

    /// Every entry that is left, by name: for tables whose keys are names.
    pub fn entries(&mut self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.table).into_iter().collect()
    }

    /// Every entry that is left, as text by name.
    pub(super) fn text_entries(mut self) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for (key, value) in self.entries() {
            match value.into_string() {
                Ok(text) => drop(texts.insert(key, text)),
                Err(_) => self.fault(&key, "expected text", ""),
            }
        }
        texts
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
    pub fn finish(self) {
        for key in self.table.keys() {
            let hint = match suggest::nearest(key, self.asked.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known keys here: {}", self.asked.join(", ")),
            };
            self.fault(key, "is not a known key", hint);
        }
    }
}
