//! Whatever can be read as a book, to a dataset of each of the sample's sources.

#![no_main]

#[path = "../../tests/suite/fuzz/cases.rs"]
mod cases;

use std::path::Path;
use std::sync::LazyLock;

use boardpack::config::Config;

static SAMPLE: LazyLock<Config> = LazyLock::new(|| {
    Config::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../config"), &[]).expect("the sample's config is whole")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(book) = cases::bytes_to_grid(bytes) {
        cases::grid_to_dataset(&SAMPLE, &book);
    }
});
