//! What a pack is made with, for tests of its words.

use std::collections::BTreeMap;

use super::{Setting, Version};
use crate::domain::{Calendar, Council, Edition};

/// Gives a test the setting of a public pack's first revision.
pub(super) fn with_setting<T>(test: impl FnOnce(&Setting<'_>) -> T) -> T {
    let council = Council { name: "C".into(), contact: String::new() };
    test(&Setting {
        council: &council,
        glossary: &BTreeMap::new(),
        sources: &BTreeMap::new(),
        calendar: &Calendar { bank_holidays: Default::default() },
        version: Version { revision: 1, supersedes: None, after_final: false },
        approval: None,
        edition: Edition::Public,
        withheld: &[],
    })
}
