//! Bytes to a book of grids, in process.

#![no_main]

#[expect(dead_code, reason = "the other target uses the rest")]
#[path = "../../tests/suite/fuzz/cases.rs"]
mod cases;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    cases::bytes_to_grid(bytes);
});
