//! The names of the answers about a user, in English and Welsh, for corrections. Officers see these
//! names when they correct an answer; applicants see the names in a message and on the status page.

use crate::form::Wording;
use crate::spreadsheet::Column;

/// Returns the name of an answer about a user, for officers and applicants.
pub const fn about_a_user(column: Column) -> Wording {
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
