//! A copy of a draft as it was last submitted. If the desk asks for more information, the draft is
//! opened again and this copy shows what has changed since the submission.

use serde::{Deserialize, Serialize};

use crate::draft::{Draft, PageAnswers};
use crate::page::Page;
use crate::users::User;

/// The pages and users of a draft at the time of its last submission.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmittedAnswers {
    /// Each page's path, with its answers as JSON.
    pub pages: Vec<(String, String)>,
    /// The users, in the order of the draft's list.
    pub users: Vec<User>,
}

impl SubmittedAnswers {
    /// Builds a draft from the submitted answers.
    ///
    /// A page that cannot be read counts as unanswered, so its current answers are shown as
    /// changed.
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

    /// Whether a submitted user has exactly the same answers as this user.
    #[must_use]
    pub fn has(&self, user: &User) -> bool {
        self.users.contains(user)
    }

    /// Counts the submitted users that have since been changed or removed.
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
        let sent = SubmittedAnswers {
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
        let sent = SubmittedAnswers {
            users: vec![user("a@firm.example"), user("b@firm.example")],
            ..SubmittedAnswers::default()
        };
        let now = [user("a@firm.example"), user("c@firm.example")];
        assert!(sent.has(&now[0]) && !sent.has(&now[1]));
        assert_eq!(sent.gone(&[&now[0], &now[1]]), 1);
    }
}
