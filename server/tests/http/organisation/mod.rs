//! The question pages about the organisation: what every question page does with right and wrong answers.

mod first_hearing;
mod kind;
mod name;
