//! Any bytes as a file: told by its content, then read by whatever reader that leads to.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: fuzzed::let_calamine_panic(), |bytes: &[u8]| fuzzed::read_file(bytes));
