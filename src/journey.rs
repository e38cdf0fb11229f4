//! The journey through the form: its tasks, how far each has got, and which page comes next.

use serde::{Deserialize, Serialize};

use crate::coming_back::SAVE;
use crate::draft::{Draft, Page};
use crate::users::MOST_USERS;

/// The task list, to which every task comes back.
pub const TASKS: &str = "/tasks";
/// The list of users.
pub const USERS: &str = "/users";
/// Where a user is added.
pub const ADD_USER: &str = "/users/add";
/// Where a spreadsheet of users is uploaded.
pub const UPLOAD: &str = "/users/upload";
/// How far the reading of a spreadsheet has got.
pub const READING: &str = "/users/upload/reading";
/// Where the columns of a spreadsheet get their names.
pub const COLUMNS: &str = "/users/upload/columns";
/// Where the rows of a spreadsheet are looked through and put right.
pub const REVIEW: &str = "/users/upload/review";
/// The rows of a spreadsheet that can be added as they are.
pub const READY: &str = "/users/upload/ready";
/// The rows of a spreadsheet that are left out.
pub const LEFT_OUT: &str = "/users/upload/left-out";
/// What was tidied in a spreadsheet.
pub const NOTES: &str = "/users/upload/notes";
/// Where it is decided to add the rows without problems alone.
pub const ADD_READY: &str = "/users/upload/add";
/// Where it is decided to throw a spreadsheet's rows away.
pub const DISCARD: &str = "/users/upload/discard";
/// Where all answers are checked before they are submitted.
pub const CHECK_ANSWERS: &str = "/check-answers";
/// The confirmation, after submitting.
pub const SUBMITTED: &str = "/submitted";
/// The copy of what was submitted, to print or save.
pub const COPY: &str = "/submitted/copy";
/// What a page of the form says once the registration was submitted.
pub const ALREADY_SUBMITTED: &str = "/already-submitted";
/// What is said when the cookie belongs to a draft that has gone.
pub const DRAFT_EXPIRED: &str = "/draft-expired";

/// The mark in the address to which somebody is led whose draft has just begun: the page that it leads to
/// should come with the draft's cookie.
pub const BEGUN: &str = "begun=yes";

/// An address with the mark of a draft that has just begun.
#[must_use]
pub fn marked_begun(address: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{BEGUN}")
}

/// Where a page was opened from, and so where it goes back to when it was answered well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The task list or the page before: go on with the task.
    #[default]
    Task,
    /// A Change link of the check answers page: go straight back there.
    Check,
}

impl Origin {
    /// The origin that a page's address or form names; anything unknown is the task.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        if key == Self::Check.key() {
            Self::Check
        } else {
            Self::Task
        }
    }

    /// The word in addresses and forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Check => "check",
        }
    }

    /// The address of a page that remembers this origin.
    #[must_use]
    pub fn address_of(self, path: &str) -> String {
        match self {
            Self::Task => path.to_owned(),
            Self::Check => format!("{path}?from=check"),
        }
    }
}

/// Where somebody goes on whose answers are kept: by which page they came, and by which button they sent them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WayOn {
    /// Where the page was opened from.
    pub origin: Origin,
    /// Whether they save it to come back later.
    pub leaves: bool,
}

impl WayOn {
    /// The address after a page: where drafts are saved for who leaves, the page itself while something is wrong with
    /// it, and else the page that comes next.
    #[must_use]
    pub fn after(self, page: Page, draft: &Draft) -> String {
        if self.leaves {
            return SAVE.to_owned();
        }
        if !draft.problems_of(page).is_empty() {
            return self.origin.address_of(page.path());
        }
        match next(page, draft, self.origin) {
            CHECK_ANSWERS => CHECK_ANSWERS.to_owned(),
            next => self.origin.address_of(next),
        }
    }

    /// The address after a user of the list with whom nothing is wrong.
    #[must_use]
    pub fn after_user(self) -> String {
        if self.leaves {
            SAVE.to_owned()
        } else {
            self.origin.address_of(USERS)
        }
    }
}

/// A task of the task list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Everything about the organisation but its first hearing.
    Organisation,
    /// The first hearing, which may be left out.
    FirstHearing,
    /// The accountable person.
    AccountablePerson,
    /// The people who get accounts.
    Users,
    /// The Terms and Conditions and the signature.
    Terms,
    /// Checking and submitting.
    CheckAnswers,
}

/// How far a task has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// No page of it was sent.
    NotStarted,
    /// Some pages of it were not sent.
    Incomplete,
    /// An answer in it has a problem.
    Problem,
    /// Every page of it was answered well.
    Completed,
    /// Others come first.
    CannotStartYet,
}

impl Status {
    /// The words of the task list.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::Incomplete => "Incomplete",
            Self::Problem => "There is a problem",
            Self::Completed => "Completed",
            Self::CannotStartYet => "Cannot start yet",
        }
    }
}

impl Task {
    /// Every task, in the order of the task list.
    pub const ALL: [Self; 6] = [
        Self::Organisation,
        Self::FirstHearing,
        Self::AccountablePerson,
        Self::Users,
        Self::Terms,
        Self::CheckAnswers,
    ];

    /// What the task list calls it.
    #[must_use]
    pub const fn words(self, one_person: bool) -> &'static str {
        match self {
            Self::Organisation => "Organisation details",
            Self::FirstHearing => "First hearing (optional)",
            Self::AccountablePerson => "Accountable person",
            Self::Users if one_person => "Your account",
            Self::Users => "Users who need accounts",
            Self::Terms => "Terms and Conditions",
            Self::CheckAnswers => "Check your answers and submit",
        }
    }

    /// The question pages of the task that an organisation is asked; the list of users is none.
    #[must_use]
    pub const fn pages(self, one_person: bool) -> &'static [Page] {
        match self {
            Self::Organisation => &[
                Page::OrganisationKind,
                Page::OrganisationName,
                Page::OrganisationAddress,
                Page::OrganisationContact,
                Page::RegistrationNumbers,
            ],
            Self::FirstHearing => &[Page::FirstHearing],
            Self::AccountablePerson => {
                &[Page::AccountablePersonName, Page::AccountablePersonContact]
            }
            Self::Users if one_person => &[Page::OneUser],
            Self::Terms => &[Page::Signature],
            Self::Users | Self::CheckAnswers => &[],
        }
    }

    /// Where the task is begun, or gone on with: its first page that needs the person.
    #[must_use]
    pub fn start(self, draft: &Draft) -> &'static str {
        let one_person = draft.is_one_person();
        let pages = self.pages(one_person);
        let waiting = pages
            .iter()
            .find(|page| !draft.is_attempted(**page) || !draft.problems_of(**page).is_empty());
        match (self, waiting.or(pages.first())) {
            (Self::CheckAnswers, _) => CHECK_ANSWERS,
            (_, Some(page)) => page.path(),
            (_, None) => users_start(draft),
        }
    }

    /// How far the task has got.
    ///
    /// `users_well` tells whether the list of users as a whole is right, which a draft cannot know.
    #[must_use]
    pub fn status(self, draft: &Draft, users_well: bool) -> Status {
        let one_person = draft.is_one_person();
        match self {
            Self::Users if !one_person => match (draft.users, users_well) {
                (0, _) => Status::NotStarted,
                (_, true) => Status::Completed,
                (_, false) => Status::Problem,
            },
            Self::CheckAnswers => {
                let begun = Self::ALL
                    .into_iter()
                    .filter(|task| !matches!(task, Self::CheckAnswers | Self::FirstHearing))
                    .all(|task| {
                        matches!(
                            task.status(draft, users_well),
                            Status::Completed | Status::Problem
                        )
                    });
                if begun {
                    Status::NotStarted
                } else {
                    Status::CannotStartYet
                }
            }
            _ => status_of_pages(self.pages(one_person), draft),
        }
    }
}

/// The page that comes after a page that was answered well.
#[must_use]
pub fn next(page: Page, draft: &Draft, origin: Origin) -> &'static str {
    if origin == Origin::Check {
        // The numbers hang on the kind: another kind of organisation has other numbers to give.
        let numbers_now_wrong = page == Page::OrganisationKind
            && draft.is_attempted(Page::RegistrationNumbers)
            && !draft.problems_of(Page::RegistrationNumbers).is_empty();
        return if numbers_now_wrong {
            Page::RegistrationNumbers.path()
        } else {
            CHECK_ANSWERS
        };
    }
    match page {
        Page::OrganisationKind => Page::OrganisationName.path(),
        Page::OrganisationName => Page::OrganisationAddress.path(),
        Page::OrganisationAddress => Page::OrganisationContact.path(),
        Page::OrganisationContact => Page::RegistrationNumbers.path(),
        Page::AccountablePersonName => Page::AccountablePersonContact.path(),
        Page::FirstUser => ADD_USER,
        Page::RegistrationNumbers
        | Page::FirstHearing
        | Page::AccountablePersonContact
        | Page::OneUser
        | Page::Signature => TASKS,
    }
}

/// Where a link Back on a page leads: the page before it in its task, or where it was opened from.
#[must_use]
pub fn back(page: Page, origin: Origin) -> &'static str {
    if origin == Origin::Check {
        return CHECK_ANSWERS;
    }
    match page {
        Page::OrganisationName => Page::OrganisationKind.path(),
        Page::OrganisationAddress => Page::OrganisationName.path(),
        Page::OrganisationContact => Page::OrganisationAddress.path(),
        Page::RegistrationNumbers => Page::OrganisationContact.path(),
        Page::AccountablePersonContact => Page::AccountablePersonName.path(),
        _ => TASKS,
    }
}

/// Whether one more user may be added.
#[must_use]
pub const fn may_add_user(users: usize) -> bool {
    users < MOST_USERS
}

fn users_start(draft: &Draft) -> &'static str {
    let person_known = draft.is_attempted(Page::AccountablePersonName)
        && draft.is_attempted(Page::AccountablePersonContact);
    match draft.users {
        0 if person_known => Page::FirstUser.path(),
        0 => ADD_USER,
        _ => USERS,
    }
}

fn status_of_pages(pages: &[Page], draft: &Draft) -> Status {
    let attempted = pages
        .iter()
        .filter(|page| draft.is_attempted(**page))
        .count();
    let problem =
        |page: &&Page| draft.is_attempted(**page) && !draft.problems_of(**page).is_empty();
    if pages.iter().any(|page| problem(&page)) {
        Status::Problem
    } else if attempted == 0 {
        Status::NotStarted
    } else if attempted < pages.len() {
        Status::Incomplete
    } else {
        Status::Completed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::PageAnswers;
    use crate::organisation::{KindOfOrganisation, OrganisationTitle};

    fn draft_of(kind: &str) -> Draft {
        let mut draft = Draft::default();
        draft.keep(PageAnswers::from(KindOfOrganisation {
            kind: kind.to_owned(),
        }));
        draft
    }

    #[test]
    fn who_leaves_comes_to_where_drafts_are_saved_and_others_go_on_or_put_it_right() {
        let right = draft_of("other");
        let wrong = draft_of("");
        let page = Page::OrganisationKind;
        for (origin, leaves, draft, address) in [
            (Origin::Task, false, &right, "/organisation/name"),
            (Origin::Task, false, &wrong, "/organisation/kind"),
            (Origin::Check, false, &right, "/check-answers"),
            (
                Origin::Check,
                false,
                &wrong,
                "/organisation/kind?from=check",
            ),
            (Origin::Check, true, &wrong, "/save"),
            (Origin::Task, true, &right, "/save"),
        ] {
            assert_eq!(WayOn { origin, leaves }.after(page, draft), address);
        }
        let check = |leaves| {
            WayOn {
                origin: Origin::Check,
                leaves,
            }
            .after_user()
        };
        assert_eq!(
            (check(false), check(true)),
            ("/users?from=check".to_owned(), SAVE.to_owned())
        );
    }

    #[test]
    fn a_task_says_how_far_it_has_got() {
        let mut draft = Draft::default();
        assert_eq!(Task::Organisation.status(&draft, true), Status::NotStarted);
        draft = draft_of("other");
        assert_eq!(Task::Organisation.status(&draft, true), Status::Incomplete);
        draft.keep(
            OrganisationTitle {
                name: String::new(),
            }
            .into(),
        );
        assert_eq!(Task::Organisation.status(&draft, true), Status::Problem);
        assert_eq!(
            Task::CheckAnswers.status(&draft, true),
            Status::CannotStartYet
        );
    }

    #[test]
    fn a_task_is_gone_on_with_where_it_was_left() {
        let draft = draft_of("solicitors-firm");
        assert_eq!(Task::Organisation.start(&draft), "/organisation/name");
        assert_eq!(Task::Users.start(&draft), ADD_USER);
    }

    #[test]
    fn one_person_is_asked_for_a_mobile_number_in_place_of_a_list() {
        let draft = draft_of("self-employed-barrister");
        assert_eq!(Task::Users.start(&draft), Page::OneUser.path());
        assert_eq!(Task::Users.status(&draft, true), Status::NotStarted);
    }

    #[test]
    fn a_change_link_comes_straight_back() {
        let draft = draft_of("other");
        for page in Page::ALL {
            assert_eq!(
                next(*page, &draft, Origin::Check),
                CHECK_ANSWERS,
                "{page:?}"
            );
            assert_eq!(back(*page, Origin::Check), CHECK_ANSWERS, "{page:?}");
        }
    }

    #[test]
    fn every_page_leads_on_and_never_to_itself() {
        let draft = draft_of("other");
        for page in Page::ALL {
            assert_ne!(next(*page, &draft, Origin::Task), page.path());
            assert_ne!(back(*page, Origin::Task), page.path());
        }
    }
}
