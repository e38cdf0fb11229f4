//! The rules for the list of users as a whole: its size, its administrators, and no mailbox twice.

use std::collections::HashMap;

use crate::answers::Answers;
use crate::problem::Problem;
use crate::text::with_commas;
use crate::users::User;

/// The maximum number of users of a registration.
pub const MAX_USERS: usize = 1_000;

/// A problem with one user of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserProblem {
    /// The index of the user in the list, from 0.
    pub index: usize,
    /// The problem with the user.
    pub problem: Problem,
}

/// Returns the problems of the list as a whole, at the field `users`, and the problems of each
/// user.
///
/// If several users have the same mailbox, each of them except the first gets a problem that names
/// the first.
#[must_use]
pub fn list_problems(users: &[User]) -> (Vec<Problem>, Vec<UserProblem>) {
    let mut of_list = Vec::new();
    if users.is_empty() {
        of_list.push(Problem::new("users", "users-none", "Add at least one user"));
    } else if !users.iter().any(User::is_administrator) {
        of_list.push(Problem::new(
            "users",
            "users-no-administrator",
            "At least one user must be an organisation administrator",
        ));
    }
    if users.len() > MAX_USERS {
        of_list.push(Problem::new(
            "users",
            "users-too-many",
            format!(
                "A registration must have {} users or fewer",
                with_commas(MAX_USERS)
            ),
        ));
    }
    let mut first_with: HashMap<String, usize> = HashMap::new();
    let mut of_users = Vec::new();
    for (index, user) in users.iter().enumerate() {
        let earlier = user
            .mailbox()
            .map(|mailbox| *first_with.entry(mailbox).or_insert(index))
            .filter(|earlier| *earlier != index)
            .and_then(|earlier| users.get(earlier));
        let found = problems_beside(user, earlier).into_iter();
        of_users.extend(found.map(|problem| UserProblem { index, problem }));
    }
    (of_list, of_users)
}

/// Returns the problems of a user, in page order. `earlier` is the user on the list who already has
/// the mailbox.
fn problems_beside(user: &User, earlier: Option<&User>) -> Vec<Problem> {
    let mut problems = user.problems_of_row();
    problems.extend(earlier.map(repeated_mailbox));
    problems.sort_by_key(|problem| {
        User::FIELDS
            .iter()
            .position(|field| *field == problem.field)
    });
    problems
}

/// Returns the problems of a user who is to be added to a list.
#[must_use]
pub fn problems_of_new_user(listed: &[User], new: &User) -> Vec<Problem> {
    let mailbox = new.mailbox();
    let earlier = listed
        .iter()
        .find(|listed| mailbox.is_some() && listed.mailbox() == mailbox);
    problems_beside(new, earlier)
}

/// Returns the problem for a user who has the same mailbox as an earlier user.
#[must_use]
pub fn repeated_mailbox(earlier: &User) -> Problem {
    Problem::new(
        "email",
        "email-repeated",
        format!(
            "Enter a different email address: {} is already used for {}",
            earlier.email.trim(),
            earlier.full_name()
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(number: usize, email: &str, administrator: &str) -> User {
        User {
            first_name: "Wen".to_owned(),
            last_name: format!("Williams {number}"),
            email: email.to_owned(),
            mobile: "07700 900425".to_owned(),
            role: "advocate".to_owned(),
            administrator: administrator.to_owned(),
        }
    }

    fn codes_of_list(users: &[User]) -> Vec<String> {
        list_problems(users)
            .0
            .iter()
            .map(|problem| problem.code.to_string())
            .collect()
    }

    #[test]
    fn a_list_needs_a_user_and_an_administrator() {
        assert_eq!(codes_of_list(&[]), ["users-none"]);
        assert_eq!(
            codes_of_list(&[user(1, "a@firm.example", "no")]),
            ["users-no-administrator"]
        );
        assert!(codes_of_list(&[user(1, "a@firm.example", "yes")]).is_empty());
    }

    #[test]
    fn a_thousand_users_are_taken_and_one_more_is_not() {
        let users: Vec<User> = (0..=MAX_USERS)
            .map(|n| user(n, &format!("u{n}@firm.example"), "yes"))
            .collect();
        let most = users.get(..MAX_USERS).unwrap();
        assert_eq!(list_problems(most), (Vec::new(), Vec::new()));
        assert_eq!(codes_of_list(&users), ["users-too-many"]);
    }

    #[test]
    fn of_two_users_with_one_mailbox_the_later_has_the_problem_and_names_the_earlier() {
        let users = [
            user(1, "Wen.Williams@firm.example", "yes"),
            user(2, "other@firm.example", "no"),
            user(3, "wen.williams@firm.example.cjsm.net", "no"),
        ];
        let (of_list, of_users) = list_problems(&users);
        assert!(of_list.is_empty());
        let [found] = of_users.as_slice() else {
            panic!("{of_users:?}")
        };
        assert_eq!(
            (found.index, found.problem.code.as_ref()),
            (2, "email-repeated")
        );
        assert!(
            found.problem.words.contains("Wen Williams 1"),
            "{}",
            found.problem.words
        );
    }
}
