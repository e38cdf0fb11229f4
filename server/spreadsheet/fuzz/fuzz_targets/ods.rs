//! Reads the parts of an ods: the content, and the manifest, which says whether the parts are
//! encrypted.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: fuzzed::let_calamine_panic(), |input: &[u8]| {
    let [content, manifest] = fuzzed::parts(input, [b"", b"<manifest:manifest/>"]);
    fuzzed::read_file(&fuzzed::packed(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content),
        ("META-INF/manifest.xml", manifest),
    ]));
});
