//! What is wrong with the config: every fault at once, each with its file,
//! its key and a hint.

use std::fmt;

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
