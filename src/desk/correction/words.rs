//! The names of corrected answers, in both languages. Officers read them before they correct;
//! applicants read them in a message and on the status page.

use super::Part;
use crate::form::{Field, Wording};
use crate::language::Language;
use crate::spreadsheet::Column;

/// Returns the name of a field, in words that also suit the applicant.
pub fn words_of_field(part: Part, field: &str, language: Language) -> &'static str {
    let words = match part {
        Part::Page(page) => Field::find(page, field).map(|field| field.describe().words),
        Part::User(_) => Column::from_key(field).map(about_a_user),
    };
    words
        .unwrap_or(Wording::both("Answer", "Ateb"))
        .of(language)
}

const fn about_a_user(column: Column) -> Wording {
    match column {
        Column::FirstName => Wording::both("First name of a user", "Enw cyntaf defnyddiwr"),
        Column::LastName => Wording::both("Last name of a user", "Cyfenw defnyddiwr"),
        Column::Email => Wording::both("Email address of a user", "Cyfeiriad e-bost defnyddiwr"),
        Column::Mobile => Wording::both("Mobile number of a user", "Rhif ffôn symudol defnyddiwr"),
        Column::Role => Wording::both("Role of a user", "Rôl defnyddiwr"),
        Column::Administrator => Wording::both(
            "Whether a user is an administrator",
            "A yw defnyddiwr yn weinyddwr",
        ),
    }
}
