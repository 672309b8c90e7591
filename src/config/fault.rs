//! What is wrong with the config: every fault at once, each with its file,
//! its key and a hint.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use crate::domain::address::without_secrets;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// File below the config directory, or "the environment".
    pub file: String,
    /// Dotted key; empty where the whole file is at fault.
    pub key: String,
    /// What was found and what was expected.
    pub message: String,
    /// What to do; empty where the message says it.
    pub hint: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if !self.key.is_empty() {
            write!(f, ": {}", self.key)?;
        }
        write!(f, ": {}", self.message)?;
        if !self.hint.is_empty() {
            write!(f, "\n    hint: {}", self.hint)?;
        }
        Ok(())
    }
}

/// The config cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has {}:{}", count(.0.len()), list(.0))]
pub struct ConfigError(
    /// Every fault found, in order of file and key.
    pub Vec<Fault>,
);

fn count(n: usize) -> String {
    if n == 1 { "1 fault".to_owned() } else { format!("{n} faults") }
}

fn list(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("\n  {fault}")).collect()
}

/// The faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    faults: RefCell<Vec<Fault>>,
    /// Names that are declared, soundly or not: a fault in a declaration is
    /// reported where it is, not again wherever the name is used.
    declared: RefCell<BTreeSet<String>>,
}

impl Faults {
    /// Notes a fault.
    pub(super) fn add(&self, file: &str, key: &str, message: impl Into<String>, hint: impl Into<String>) {
        // What was found is quoted, and may be an address with its password.
        let shown = |text: &str| without_secrets(text).into_owned();
        self.faults.borrow_mut().push(Fault {
            file: file.to_owned(),
            key: shown(key),
            message: shown(&message.into()),
            hint: shown(&hint.into()),
        });
    }

    /// An empty collection that knows what is declared here.
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

    /// Whether none was noted so far.
    pub(super) fn is_empty(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    /// All of them, each once, in order of file and key.
    pub(super) fn into_sorted(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}
