//! The validation rules compiled for the browser, for the benchmark end2end/bench/rules.mjs.

#[path = "../../benches/records.rs"]
mod records;

/// Checks the twenty sample records `times` times. Returns how many checks found no problem.
#[wasm_bindgen::prelude::wasm_bindgen]
#[must_use]
pub fn check_records(times: u32) -> u32 {
    records::check(&records::users(), times)
}
