//! Addresses that look like mailboxes which several people read. Each account needs an address of
//! its own, so pages warn of such an address and officers see it as a concern.

use crate::problem::Problem;

use super::Email;

/// Texts before the @ that are typical of mailboxes that several people read.
const SHARED: [&str; 28] = [
    "accounts",
    "admin",
    "advocacy",
    "chambers",
    "clerk",
    "clerking",
    "clerks",
    "contact",
    "contactus",
    "court",
    "courts",
    "crime",
    "criminal",
    "defence",
    "enquiries",
    "enquiry",
    "hello",
    "info",
    "inbox",
    "law",
    "legal",
    "legalaid",
    "mail",
    "office",
    "post",
    "reception",
    "solicitors",
    "team",
];

/// Whether an address looks like a mailbox that several people read.
#[must_use]
pub fn is_shared_mailbox(email: &str) -> bool {
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    let bare: String = local.chars().filter(char::is_ascii_alphabetic).collect();
    SHARED.contains(&bare.as_str())
}

/// Returns the warning `email-shared` if a person's address looks like a shared mailbox, and
/// otherwise the warning of [`Email::warning`].
#[must_use]
pub fn warning_of_person(typed: &str) -> Option<Problem> {
    let tidied = Email::check(typed).ok()?;
    if !is_shared_mailbox(&tidied) {
        return Email::warning(typed);
    }
    Some(Problem::new(
        "email",
        "email-shared",
        "Check the email address: it looks like one that several people share. Each person needs their own",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_mailbox_gets_a_warning_and_a_persons_own_does_not() {
        for typed in [
            "clerks@chambers.example",
            " Crime@Firm.example ",
            "clerks.2@chambers.example",
            "legal-aid@firm.example",
        ] {
            let warning = warning_of_person(typed).expect("a warning");
            assert_eq!(warning.code, "email-shared", "{typed}");
        }
        for typed in [
            "amara.adeyemi@firm.example",
            "adeyemi@law.example",
            "info",
            "",
        ] {
            assert_eq!(warning_of_person(typed), None, "{typed}");
        }
    }

    #[test]
    fn other_warnings_about_an_address_stay() {
        let warning = warning_of_person("amara@gmial.com").expect("a warning");
        assert_eq!(warning.code, "email-misspelt");
    }
}
