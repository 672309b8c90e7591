//! The sample council, read as an activation reads it.

use std::path::Path;

use boardpack::config::{Config, Loaded};
use boardpack::domain::{Edition, Period, Place};
use boardpack::edition::Material;
use boardpack::pack::{Setting, Version};
use boardpack::source::{Cache, Fetched};
use boardpack::{dataset, source, workbook};

/// Its config.
pub(crate) fn sample() -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Loaded::load(&root.join("config"), &[], boardpack::storage::KINDS).expect("the sample config is whole")
}

/// The month that it pins.
pub(crate) fn period(config: &Config) -> Period {
    config.service.run_period.expect("the sample pins its period")
}

/// A first revision of a public pack.
pub(crate) fn setting(config: &Config) -> Setting<'_> {
    Setting {
        council: &config.service.council,
        glossary: &config.glossary,
        sources: &config.sources,
        calendar: &config.calendar,
        approval: None,
        version: Version { revision: 1, supersedes: None, after_final: false },
        edition: Edition::Public,
        withheld: &[],
    }
}

/// Its datasets, read from its share.
pub(crate) fn material(config: &Config) -> Material {
    let wanted = config.sources.keys().cloned().collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut material = Material::default();
    for (id, fetched) in runtime.block_on(source::fetch(config, &wanted, period(config), &Cache::new())) {
        let Fetched::Workbook(book) = fetched else { continue };
        let bytes = book.bytes().expect("bytes that were fetched");
        let read = workbook::read(&bytes, &Place::default()).value.expect("a workbook");
        let indicators: Vec<_> = config.carried_by(&id).collect();
        let read = dataset::read(&config.sources[&id], &indicators, &read, book.origin(), period(config));
        material.datasets.insert(id, read);
    }
    material
}
