//! Compares our components with govuk-frontend's own fixtures.
//!
//! Each component of govuk-frontend comes with a file of fixtures: options, and the HTML that a component must render
//! from them. These tests render each of our components from the same options and compare the result with that HTML,
//! tag by tag (`every_fixture`). Components and options that we do not offer are listed with a reason (`not_ours`).
//! `make setup` installs the fixtures; a component without its fixtures fails the test and is never skipped.
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
