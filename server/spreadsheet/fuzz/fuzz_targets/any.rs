//! Reads any bytes as a file; the format is detected from the content.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: fuzzed::let_calamine_panic(), |bytes: &[u8]| fuzzed::read_file(bytes));
