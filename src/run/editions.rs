//! What was read, as each edition may tell it.

use std::collections::BTreeMap;

use super::reading::Read;
use crate::config::Config;
use crate::dataset::Dataset;
use crate::disclosure::council::{self, Withheld};
use crate::disclosure::public;
use crate::domain::{Checked, Edition, SourceId};

/// The datasets of a period by edition.
pub(super) struct Editions {
    /// What was read: the restricted edition's.
    pub(super) read: Read,
    /// The same without what is withheld.
    public: BTreeMap<SourceId, Checked<Dataset>>,
    /// What is withheld.
    pub(super) withheld: Withheld,
}

impl Editions {
    /// Weighs what was read.
    pub(super) fn of(config: &Config, read: Read) -> Self {
        let withheld = council::weigh(&config.register, &config.boards, &read.datasets);
        let public = public::public(&config.register, &read.datasets, &withheld);
        Self { read, public, withheld }
    }

    /// What an edition may be made from.
    pub(super) fn datasets(&self, edition: Edition) -> &BTreeMap<SourceId, Checked<Dataset>> {
        match edition {
            Edition::Public => &self.public,
            Edition::Restricted => &self.read.datasets,
        }
    }
}
