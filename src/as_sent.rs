//! A copy of a draft as it was last sent. It is kept while the draft is open again at the desk's
//! request, so that the applicant and the desk can see what has changed since.

use serde::{Deserialize, Serialize};

use crate::draft::{Draft, PageAnswers};
use crate::page::Page;
use crate::users::User;

/// The pages and users of a draft when it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsSent {
    /// The path of each page and its answers as JSON.
    pub pages: Vec<(String, String)>,
    /// The users, in the order of the list.
    pub users: Vec<User>,
}

impl AsSent {
    /// Builds the draft with the answers that were sent.
    ///
    /// A page that cannot be read counts as unanswered, so its present answers
    /// are marked as changed.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let mut draft = Draft {
            users: self.users.len(),
            ..Draft::default()
        };
        for (path, answers) in &self.pages {
            if let Some(Ok(answers)) =
                Page::from_path(path).map(|page| PageAnswers::from_json(page, answers))
            {
                draft.keep(answers);
            }
        }
        draft
    }

    /// Whether a user was on the list that was sent, with exactly these answers.
    #[must_use]
    pub fn has(&self, user: &User) -> bool {
        self.users.contains(user)
    }

    /// Counts the users that were sent and have since been changed or removed.
    #[must_use]
    pub fn gone(&self, now: &[&User]) -> usize {
        self.users.iter().filter(|sent| !now.contains(sent)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(email: &str) -> User {
        User {
            email: email.to_owned(),
            ..User::default()
        }
    }

    #[test]
    fn the_draft_has_what_was_sent_and_leaves_out_what_cannot_be_read() {
        let sent = AsSent {
            pages: vec![
                (
                    "/organisation/name".to_owned(),
                    r#"{"name":"Hartwell"}"#.to_owned(),
                ),
                ("/organisation/kind".to_owned(), "broken".to_owned()),
                ("/nowhere".to_owned(), "{}".to_owned()),
            ],
            users: vec![user("a@firm.example")],
        };
        let draft = sent.draft();
        assert_eq!(draft.organisation_name.unwrap().name, "Hartwell");
        assert_eq!(draft.kind_of_organisation, None);
        assert_eq!(draft.users, 1);
    }

    #[test]
    fn users_are_the_same_or_changed_or_gone() {
        let sent = AsSent {
            users: vec![user("a@firm.example"), user("b@firm.example")],
            ..AsSent::default()
        };
        let now = [user("a@firm.example"), user("c@firm.example")];
        assert!(sent.has(&now[0]) && !sent.has(&now[1]));
        assert_eq!(sent.gone(&[&now[0], &now[1]]), 1);
    }
}
