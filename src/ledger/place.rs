//! Where a ledger lies.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::domain::secret::Secret;

/// Where a ledger lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerPlace {
    /// Nowhere: what it knows ends with it.
    Memory,
    /// In a file of SQLite, on a disk of this machine.
    File(PathBuf),
    /// In a database of a PostgreSQL server, whose address is a secret.
    Server(Secret),
}

impl LedgerPlace {
    /// Its path as errors name it.
    pub(super) fn path(&self) -> PathBuf {
        PathBuf::from(self.to_string())
    }

    /// Whether several services may use it side by side.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Server(_))
    }
}

/// As it is named to people: nothing of an address is in it.
impl fmt::Display for LedgerPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("in memory"),
            Self::File(path) => path.display().fmt(f),
            Self::Server(_) => f.write_str("in PostgreSQL"),
        }
    }
}

impl From<&Path> for LedgerPlace {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&PathBuf> for LedgerPlace {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&Self> for LedgerPlace {
    fn from(place: &Self) -> Self {
        place.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::secret::SecretText;

    #[test]
    fn an_address_is_named_nowhere() {
        let place = LedgerPlace::Server(Secret::Given(SecretText::new("postgres://me:s3cret@a.example/x")));
        assert_eq!(place.to_string(), "in PostgreSQL");
        assert!(!format!("{place:?} {:?}", place.path()).contains("s3cret"));
    }
}
