//! Any bytes as a file: the format is detected from the content, and the reader for it parses them.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: fuzzed::let_calamine_panic(), |bytes: &[u8]| fuzzed::read_file(bytes));
