//! The addresses of a form that an officer keys in for an organisation.
//!
//! Such a form has the same pages as an applicant's form, below a base address that contains the
//! identifier of its draft: `/desk/forms/{draft}/organisation/name`. Two forms in two tabs
//! therefore never mix. These functions add the base to the addresses of the journey and remove it
//! again; the server and the browser call the same functions.

use std::borrow::Cow;

use crate::desk::{ASSISTED, ASSISTED_FORM};

/// Path below which the forms that officers key in have their pages.
pub const FORMS: &str = "/desk/forms/";

/// The first segments of the paths that belong to one draft: its pages, and the addresses to which
/// they send forms and from which they download files.
const OF_DRAFT: [&str; 16] = [
    "tasks",
    "organisation",
    "accountable-person",
    "users",
    "sign",
    "check-answers",
    "submitted",
    "already-submitted",
    "draft-expired",
    "two-answers",
    "email-language",
    "find-address",
    "save",
    "sign-out",
    "download",
    "api",
];

/// Returns the base of a form's addresses: `/desk/forms/` and the identifier of its draft.
#[must_use]
pub fn base(draft: &str) -> String {
    [FORMS, draft].concat()
}

/// Splits a path below [`FORMS`] into the base of its form and the path of the page, which begins
/// with a slash. Returns `None` for any other path.
#[must_use]
pub fn split(path: &str) -> Option<(&str, &str)> {
    let below = path.strip_prefix(FORMS)?;
    let length = below.find('/')?;
    let draft = below.get(..length)?;
    let is_identifier = !draft.is_empty() && draft.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_identifier.then(|| path.split_at(FORMS.len() + length))
}

/// Returns the path of a page without the base of a form; other paths stay as they are.
#[must_use]
pub fn without_base(path: &str) -> &str {
    split(path).map_or(path, |(_, page)| page)
}

/// Whether an address of the service belongs to one draft, so that it needs the base in a form that
/// is keyed in.
#[must_use]
pub fn is_of_draft(address: &str) -> bool {
    let Some(path) = address.strip_prefix('/') else {
        return false;
    };
    let first = path.split(['/', '?', '#']).next().unwrap_or_default();
    OF_DRAFT.contains(&first)
}

/// Returns an address as it is in the form with this base.
///
/// Addresses of a draft get the base. [`ASSISTED_FORM`] and the address of the start page are
/// replaced by the address of the desk's page about the form. Other addresses stay as they are.
#[must_use]
pub fn within<'a>(base: &str, address: Cow<'a, str>) -> Cow<'a, str> {
    if address == ASSISTED_FORM || address == "/" {
        return match base.strip_prefix(FORMS) {
            Some(draft) => [ASSISTED, "/", draft].concat().into(),
            None => address,
        };
    }
    if is_of_draft(&address) {
        [base, &address].concat().into()
    } else {
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journey;
    use crate::language::EMAIL_LANGUAGE;
    use crate::lifecycle::SIGN_OUT_OF_DEVICE;
    use crate::page::Page;
    use crate::resume::{EDIT_CONFLICT, SAVE, USER_CONFLICT};

    #[test]
    fn every_address_of_a_draft_gets_the_base_once() {
        let base = base("0123abcd");
        let pages = Page::ALL.iter().map(|page| page.path());
        let others = [
            journey::TASKS,
            journey::USERS,
            journey::REVIEW,
            journey::FIND_ADDRESS,
            journey::CHECK_ANSWERS,
            journey::SUBMITTED,
            journey::ALREADY_SUBMITTED,
            journey::DRAFT_EXPIRED,
            EDIT_CONFLICT,
            USER_CONFLICT,
            EMAIL_LANGUAGE,
            SAVE,
            SIGN_OUT_OF_DEVICE,
            "/api/users/upload",
            "/download/users.xlsx",
            "/users?page=2#list",
        ];
        for address in pages.chain(others) {
            let whole = within(&base, address.into());
            assert_eq!(whole, format!("/desk/forms/0123abcd{address}"));
            assert_eq!(within(&base, whole.clone()), whole, "only once");
            assert_eq!(without_base(&whole), address);
        }
    }

    #[test]
    fn other_addresses_stay_or_lead_to_the_desk() {
        let base = base("0123abcd");
        for (address, leads_to) in [
            ("/", "/desk/take-in/0123abcd"),
            (ASSISTED_FORM, "/desk/take-in/0123abcd"),
            ("/help", "/help"),
            ("/desk/queue", "/desk/queue"),
            ("/usersome", "/usersome"),
            ("#name", "#name"),
            ("https://www.gov.uk/", "https://www.gov.uk/"),
            ("//elsewhere.example/tasks", "//elsewhere.example/tasks"),
        ] {
            assert_eq!(within(&base, address.into()), leads_to);
        }
    }

    #[test]
    fn only_a_path_below_an_identifier_is_of_a_form() {
        for (path, expected) in [
            ("/desk/forms/a1/tasks", Some(("/desk/forms/a1", "/tasks"))),
            ("/desk/forms/a1/", Some(("/desk/forms/a1", "/"))),
            ("/desk/forms/a1", None),
            ("/desk/forms//tasks", None),
            ("/desk/forms/%2e/tasks", None),
            ("/desk/take-in/a1/tasks", None),
            ("/tasks", None),
        ] {
            assert_eq!(split(path), expected, "{path}");
        }
    }
}
