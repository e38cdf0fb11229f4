//! A user: the answers of one row of page 2, either typed on a page or read from a file.

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::accountable_person::{
    AccountablePersonContact, AccountablePersonName, first_name, last_name, no_name_at_all,
};
use crate::answers::Answers;
use crate::context::Context;
use crate::form::stored;
use crate::identifiers::shared_mailbox::warning_of_person;
use crate::identifiers::{Email, Mobile, PersonName, full_name};
use crate::problem::Problem;
use crate::users::Role;

/// The answers about one user, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct User {
    /// First name.
    #[validate(custom(function = "first_name"))]
    pub first_name: String,
    /// Last name.
    #[validate(custom(function = "last_name"))]
    pub last_name: String,
    /// The e-mail address to which Common Platform sends the activation link.
    #[validate(custom(function = "email"))]
    pub email: String,
    /// The mobile number to which Common Platform sends its codes by text.
    #[validate(custom(function = "mobile"))]
    pub mobile: String,
    /// The key of the role; empty if none was chosen.
    #[validate(custom(function = "role"))]
    pub role: String,
    /// `yes` or `no`: whether the user is an organisation administrator.
    #[validate(custom(function = "administrator"))]
    pub administrator: String,
}

impl User {
    /// Returns a fingerprint of these answers: a 64-bit FNV-1a hash, in hexadecimal.
    ///
    /// A form sends the fingerprint of the answers that its page showed. The hash detects changes,
    /// but does not keep the answers secret.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let fields = [
            &self.first_name,
            &self.last_name,
            &self.email,
            &self.mobile,
            &self.role,
            &self.administrator,
        ];
        let bytes = fields.iter().flat_map(|field| {
            let end = std::iter::once(0xFF);
            field.bytes().chain(end)
        });
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }

    /// Returns the first and last name, or the only name, for lists and messages.
    #[must_use]
    pub fn full_name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }

    /// Returns the answers as a registration would store them. An answer with a problem stays as
    /// typed.
    #[must_use]
    pub fn as_stored(&self) -> Self {
        Self {
            first_name: stored(&self.first_name, PersonName::parse_part),
            last_name: stored(&self.last_name, PersonName::parse_part),
            email: stored(&self.email, Email::parse),
            mobile: stored(&self.mobile, Mobile::parse),
            ..self.clone()
        }
    }

    /// Whether the user is an organisation administrator.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        self.administrator == "yes"
    }

    /// Returns `Yes` if the user is an organisation administrator and `No` if not; `None` if the
    /// question was not answered.
    #[must_use]
    pub fn administrator_words(&self) -> Option<&'static str> {
        match self.administrator.as_str() {
            "yes" => Some("Yes"),
            "no" => Some("No"),
            _ => None,
        }
    }

    /// Returns the role; `None` if none was chosen.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        Role::from_key(&self.role)
    }

    /// Returns the mailbox of the e-mail address; `None` if the address is invalid. No two users
    /// may share a mailbox.
    #[must_use]
    pub fn mailbox(&self) -> Option<String> {
        Email::check(&self.email)
            .ok()
            .map(|email| Email::mailbox(&email))
    }

    /// Creates a user from the answers about the accountable person.
    ///
    /// The telephone number is copied only if it is a mobile number.
    #[must_use]
    pub fn from_accountable_person(
        name: &AccountablePersonName,
        contact: &AccountablePersonContact,
    ) -> Self {
        let mobile = Mobile::check(&contact.telephone).is_ok();
        Self {
            first_name: name.first_name.clone(),
            last_name: name.last_name.clone(),
            email: contact.email.clone(),
            mobile: if mobile {
                contact.telephone.clone()
            } else {
                String::new()
            },
            role: String::new(),
            administrator: String::new(),
        }
    }

    /// Returns the problems of this user alone, in page order.
    #[must_use]
    pub fn problems_of_row(&self) -> Vec<Problem> {
        let own = crate::answers::ordered(self.validate(), Self::FIELDS);
        no_name_at_all(&self.first_name, &self.last_name)
            .into_iter()
            .chain(own)
            .collect()
    }
}

impl Answers for User {
    const FIELDS: &'static [&'static str] = &[
        "first_name",
        "last_name",
        "email",
        "mobile",
        "role",
        "administrator",
    ];

    fn problems(&self, _context: &Context) -> Vec<Problem> {
        self.problems_of_row()
    }

    fn warnings(&self) -> Vec<Problem> {
        warning_of_person(&self.email)
            .into_iter()
            .chain(Mobile::warning(&self.mobile))
            .collect()
    }
}

/// Adds the name of a user to the text of a warning: “Sam Ashworth’s email address: did you mean
/// …”.
#[must_use]
pub fn warning_of(name: &str, warning: &Problem) -> String {
    let about = warning.words.strip_prefix("Check the ");
    about.map_or_else(
        || format!("{name}: {}", warning.words),
        |about| format!("{name}’s {about}"),
    )
}

/// The answer to "Does the accountable person need an account?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[serde(default)]
pub struct FirstUser {
    /// Whether the accountable person needs an account: `yes`, `no`, or empty if not answered.
    #[validate(custom(function = "needs_account"))]
    pub needs_account: String,
}

impl Answers for FirstUser {
    const FIELDS: &'static [&'static str] = &["needs_account"];
}

fn needs_account(typed: &str) -> Result<(), ValidationError> {
    yes_or_no(
        typed,
        Problem::new(
            "needs_account",
            "first-user-empty",
            "Select yes if the accountable person needs an account",
        ),
    )
}

fn email(typed: &str) -> Result<(), ValidationError> {
    Email::check(typed)?;
    Ok(())
}

fn mobile(typed: &str) -> Result<(), ValidationError> {
    Mobile::check(typed)?;
    Ok(())
}

fn role(key: &str) -> Result<(), ValidationError> {
    if Role::from_key(key).is_some() {
        return Ok(());
    }
    Err(Problem::new("role", "role-empty", "Select the role of this user").into())
}

fn administrator(typed: &str) -> Result<(), ValidationError> {
    yes_or_no(
        typed,
        Problem::new(
            "administrator",
            "administrator-empty",
            "Select yes if this user is an organisation administrator",
        ),
    )
}

fn yes_or_no(typed: &str, otherwise: Problem) -> Result<(), ValidationError> {
    if matches!(typed, "yes" | "no") {
        Ok(())
    } else {
        Err(otherwise.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_tells_every_other_answer() {
        let user = |first: &str, last: &str| User {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            ..User::default()
        };
        assert_eq!(
            user("Wen", "Williams").fingerprint(),
            user("Wen", "Williams").fingerprint()
        );
        for other in [
            user("Wen", "William"),
            user("WenW", "illiams"),
            user("", "WenWilliams"),
        ] {
            assert_ne!(
                user("Wen", "Williams").fingerprint(),
                other.fingerprint(),
                "{other:?}"
            );
        }
    }
}
