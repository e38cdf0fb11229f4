//! The rules as the browser has them, for measuring: one function that checks records. The program that
//! calls it in a browser is end2end/bench/rules.mjs.

#[path = "../../benches/records.rs"]
mod records;

/// Checks twenty records so many times over; gives how many checks found nothing wrong.
#[wasm_bindgen::prelude::wasm_bindgen]
#[must_use]
pub fn check_records(times: u32) -> u32 {
    records::check(&records::users(), times)
}
