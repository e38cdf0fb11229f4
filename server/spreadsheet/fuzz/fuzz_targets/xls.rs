//! Reads the records of an xls. The input is the stream of records; the target puts it into a
//! compound file.

#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: fuzzed::let_calamine_panic(), |records: &[u8]| {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    let mut stream = file.create_stream("/Workbook").expect("memory");
    stream.write_all(records).expect("memory");
    drop(stream);
    fuzzed::read_file(file.into_inner().get_ref());
});
