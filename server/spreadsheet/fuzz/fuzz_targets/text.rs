//! Reads text files: encodings, separators, quotes, headings, and any text in cells.
//!
//! Half of the inputs are placed below a row of headings, so that they reach the code that reads
//! cells.

#![no_main]

use libfuzzer_sys::fuzz_target;

const HEADINGS: &[u8] =
    b"First name,Last name,Email address,Mobile number,Role,Organisation administrator\n";

fuzz_target!(init: fuzzed::let_calamine_panic(), |bytes: &[u8]| match bytes.split_first() {
    Some((0..=127, cells)) => fuzzed::read_file(&[HEADINGS, cells].concat()),
    Some((_, whole)) => fuzzed::read_file(whole),
    None => fuzzed::read_file(b""),
});
