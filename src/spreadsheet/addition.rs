//! Adding the rows of a file to the list of users: which users are new, which are replaced, and
//! which rows remain.

use std::collections::HashSet;

use crate::draft::{Draft, PageAnswers};
use crate::spreadsheet::{Intake, OrganisationPage, RowDecision};
use crate::users::{MAX_USERS, User};

/// The result of adding the rows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addition {
    /// The new users, in the order of the file.
    pub new: Vec<User>,
    /// The replacements: the index of the replaced user in the list, from 0, and the new user.
    pub replaced: Vec<(usize, User)>,
    /// The rows that have a problem or are left out; `None` if no row has a problem.
    pub rest: Option<Intake>,
}

/// The error for a list that would exceed the maximum number of users of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany {
    /// The number of users that the file would add.
    pub new: usize,
    /// The number of users for whom the list has room.
    pub room: usize,
}

impl Intake {
    /// Determines the result of adding the rows without problems to a list.
    ///
    /// # Errors
    /// [`TooMany`] if the list would have more users than a registration may have. Then nobody is
    /// added.
    pub fn addition(&self, listed: &[User]) -> Result<Addition, TooMany> {
        let problems = self.problems(listed);
        let ready = self.without_problems(&problems);
        let replaced: Vec<(usize, usize)> = self
            .replaced(listed)
            .into_iter()
            .filter(|replaced| ready.binary_search(&replaced.index).is_ok())
            .map(|replaced| (replaced.index, replaced.listed))
            .collect();
        let replacing: HashSet<usize> = replaced.iter().map(|(index, _)| *index).collect();
        let user = |index: &usize| self.rows.get(*index).map(|read| read.user.clone());
        let new: Vec<User> = ready
            .iter()
            .filter(|index| !replacing.contains(index))
            .filter_map(user)
            .collect();
        let room = MAX_USERS.saturating_sub(listed.len());
        if new.len() > room {
            return Err(TooMany {
                new: new.len(),
                room,
            });
        }
        let rest = (!problems.is_empty()).then(|| {
            let mut rest = self.clone();
            let mut index = 0;
            rest.rows.retain(|_| {
                index += 1;
                ready.binary_search(&(index - 1)).is_err()
            });
            rest.organisation = None;
            rest
        });
        Ok(Addition {
            new,
            replaced: replaced
                .into_iter()
                .filter_map(|(index, place)| Some((place, user(&index)?)))
                .collect(),
            rest,
        })
    }

    /// Counts the rows that are left out.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.rows
            .iter()
            .filter(|read| read.decision == RowDecision::LeaveOut)
            .count()
    }
}

impl OrganisationPage {
    /// Splits the answers of a file into two lists.
    ///
    /// The first list is for pages that the draft has not answered. The second is for pages that
    /// the draft has answered; the caller keeps the draft's own answers there.
    #[must_use]
    pub fn split_answered(&self, draft: &Draft) -> (Vec<PageAnswers>, Vec<PageAnswers>) {
        self.answers()
            .into_iter()
            .partition(|answers| !draft.is_attempted(answers.page()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Field, FormAnswers};
    use crate::organisation::OrganisationNameAnswer;
    use crate::spreadsheet::IntakeRow;

    fn user(number: usize) -> User {
        User {
            first_name: "Wen".to_owned(),
            last_name: "Williams".to_owned(),
            email: format!("wen.{number}@firm.example"),
            mobile: "07700 900425".to_owned(),
            role: "advocate".to_owned(),
            administrator: "no".to_owned(),
        }
    }

    fn row(number: usize) -> IntakeRow {
        let mut read = IntakeRow::new(u32::try_from(number).unwrap());
        read.user = user(number);
        read
    }

    fn intake(rows: impl IntoIterator<Item = IntakeRow>) -> Intake {
        let mut intake = Intake::default();
        rows.into_iter().for_each(|read| intake.push(read));
        intake
    }

    #[test]
    fn rows_with_problems_and_rows_left_out_stay_behind() {
        let mut rows = intake((1..=4).map(row));
        rows.rows[1].user.email = "wrong".to_owned();
        rows.rows[2].decision = RowDecision::LeaveOut;
        let addition = rows.addition(&[]).unwrap();
        assert_eq!(addition.new, [user(1), user(4)]);
        let rest = addition.rest.unwrap();
        assert_eq!(
            rest.rows.iter().map(|read| read.row).collect::<Vec<_>>(),
            [2, 3]
        );
        rows.rows[1].user.email = "right@firm.example".to_owned();
        assert_eq!(rows.addition(&[]).unwrap().rest, None);
    }

    #[test]
    fn a_row_that_replaces_a_user_takes_their_place_and_no_room() {
        let mut rows = intake([row(1), row(2)]);
        rows.rows[0].user.last_name = "Wilkins".to_owned();
        rows.rows[0].decision = RowDecision::Replace;
        let mut listed: Vec<User> = (10..MAX_USERS + 8).map(user).collect();
        listed.push(user(1));
        let addition = rows.addition(&listed).unwrap();
        assert_eq!(addition.new, [user(2)]);
        let [(place, taker)] = addition.replaced.as_slice() else {
            panic!("one is replaced")
        };
        assert_eq!((*place, taker.last_name.as_str()), (998, "Wilkins"));
    }

    #[test]
    fn beyond_a_thousand_nobody_is_added() {
        let listed: Vec<User> = (10..1_008).map(user).collect();
        let three = intake((1..=3).map(row));
        assert_eq!(three.addition(&listed), Err(TooMany { new: 3, room: 2 }));
        assert!(intake((1..=2).map(row)).addition(&listed).is_ok());
    }

    #[test]
    fn pages_that_were_answered_keep_their_answers() {
        let answers: FormAnswers = [
            (Field::OrganisationName, "Hartwell"),
            (Field::Postcode, "LS1 4AP"),
        ]
        .into_iter()
        .collect();
        let page = OrganisationPage::from(answers);
        let mut draft = Draft::default();
        assert_eq!(page.split_answered(&draft).0.len(), 2);
        draft.keep(OrganisationNameAnswer::default().into());
        let (fills, kept) = page.split_answered(&draft);
        assert_eq!([fills.len(), kept.len()], [1, 1]);
    }
}
