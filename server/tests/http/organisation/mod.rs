//! The question pages about the organisation, with valid and wrong answers.

mod first_hearing;
mod kind;
mod name;
