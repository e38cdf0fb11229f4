//! Our components against govuk-frontend's own fixtures.
//!
//! Every component of govuk-frontend ships a file of options and of the HTML that they must give.
//! Here each of ours is rendered from the same options and compared with that HTML, tag by tag
//! (`every_fixture`); what is not ours stands in a list with the reason (`not_ours`). The files
//! come with `make setup`; a component without its file is a failure, never a skip.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of a test fail as a test does"
)]

mod every_fixture;
mod fixtures;
mod not_ours;

mod confirmations;
mod escaping;
mod frame;
mod inputs;
mod lists;
mod words;
