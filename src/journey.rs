//! The journey through the form: its tasks, their status, and the page that comes next.

use serde::{Deserialize, Serialize};

use crate::draft::Draft;
use crate::form::Topic;
use crate::page::Page;
use crate::resume::SAVE;
use crate::users::MAX_USERS;

/// Path of the task list, to which every task returns.
pub const TASKS: &str = "/tasks";
/// Path of the list of users.
pub const USERS: &str = "/users";
/// Path of the page that finds the address of an organisation by its postcode.
pub const FIND_ADDRESS: &str = "/find-address";
/// Path of the page that adds a user.
pub const ADD_USER: &str = Page::NewUser.path();
/// Path of the page that uploads a spreadsheet of users.
pub const UPLOAD: &str = "/users/upload";
/// Path of the page that shows the progress of an import.
pub const READING: &str = "/users/upload/reading";
/// Path of the page on which a person chooses the meaning of each column of a spreadsheet.
pub const COLUMNS: &str = "/users/upload/columns";
/// Path of the page on which a person reviews and corrects the rows of a spreadsheet.
pub const REVIEW: &str = "/users/upload/review";
/// Path of the page with the rows of a spreadsheet that have no problems.
pub const READY: &str = "/users/upload/ready";
/// Path of the page with the rows of a spreadsheet that are left out.
pub const LEFT_OUT: &str = "/users/upload/left-out";
/// Path of the page with the changes that were made to read a spreadsheet.
pub const NOTES: &str = "/users/upload/notes";
/// Path of the page that confirms adding only the rows without problems.
pub const ADD_READY: &str = "/users/upload/add";
/// Path of the page that confirms discarding the rows of a spreadsheet.
pub const DISCARD: &str = "/users/upload/discard";
/// Path of the page on which a person checks all answers before submitting them.
pub const CHECK_ANSWERS: &str = "/check-answers";
/// Path of the confirmation page after submitting.
pub const SUBMITTED: &str = "/submitted";
/// Path of the copy of the submitted answers, to print or save.
pub const COPY: &str = "/submitted/copy";
/// Path of the page shown instead of a form page if the registration was submitted.
pub const ALREADY_SUBMITTED: &str = "/already-submitted";
/// Path of the page shown if the cookie belongs to a draft that no longer exists.
pub const DRAFT_EXPIRED: &str = "/draft-expired";

/// The query parameter in the address of the first page after a draft is created.
///
/// If a browser requests that page without the draft's cookie, it blocks cookies.
pub const BEGUN: &str = "begun=yes";

/// Adds [`BEGUN`] to an address.
#[must_use]
pub fn with_begun(address: &str) -> String {
    with_query(address, BEGUN)
}

fn with_query(address: &str, parameter: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{parameter}")
}

/// The place from which a page was opened. It decides which page follows after saving.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageOrigin {
    /// The task list or the previous page of the task; the next page of the task follows.
    #[default]
    Task,
    /// A Change link on the check answers page; the check answers page follows.
    Check,
    /// The list of users, which was opened from the check answers page; the list follows.
    CheckedList,
}

impl PageOrigin {
    /// Returns the origin with this key; [`Task`](Self::Task) for an unknown key.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        [Self::Check, Self::CheckedList]
            .into_iter()
            .find(|origin| origin.key() == key)
            .unwrap_or_default()
    }

    /// Returns the key for addresses and forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Check => "check",
            Self::CheckedList => "checked-list",
        }
    }

    /// Returns the address of a page, with this origin in the query string unless it is
    /// [`Task`](Self::Task).
    #[must_use]
    pub fn address_of(self, path: &str) -> String {
        match self {
            Self::Task => path.to_owned(),
            Self::Check | Self::CheckedList => with_query(path, &format!("from={}", self.key())),
        }
    }

    /// Returns the origin of the pages that the list of users links to, if the list itself has this
    /// origin.
    #[must_use]
    pub const fn in_list(self) -> Self {
        match self {
            Self::Task => Self::Task,
            Self::Check | Self::CheckedList => Self::CheckedList,
        }
    }

    /// Returns the address that follows a page about one user: the list of users or the check
    /// answers page, whichever linked to that page.
    #[must_use]
    pub fn after_one_user(self) -> String {
        match self {
            Self::Task => USERS.to_owned(),
            Self::Check => CHECK_ANSWERS.to_owned(),
            Self::CheckedList => Self::Check.address_of(USERS),
        }
    }
}

/// The facts that decide which page follows after answers are saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AfterSave {
    /// The place from which the page was opened.
    pub origin: PageOrigin,
    /// Whether the person chose to save the draft and resume it later.
    pub leaves: bool,
}

impl AfterSave {
    /// Returns the address of the page that follows a saved page.
    ///
    /// If the person leaves, this is the page that saves the draft. Otherwise it is the saved page
    /// itself if that page has a problem, and the next page if it has none.
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

    /// Returns the address of the page that follows after a valid user of the list was saved.
    #[must_use]
    pub fn after_user(self) -> String {
        if self.leaves {
            SAVE.to_owned()
        } else {
            self.origin.after_one_user()
        }
    }
}

/// A task of the task list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Everything about the organisation except its first hearing.
    Organisation,
    /// The first hearing, which is optional.
    FirstHearing,
    /// The accountable person.
    AccountablePerson,
    /// The users who get accounts.
    Users,
    /// The Terms and Conditions and the signature.
    Terms,
    /// Checking the answers and submitting them.
    CheckAnswers,
}

/// The status of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// The task can be started, but none of its pages has been sent; for the list of users, no user
    /// has been added or begun.
    NotStarted,
    /// Some of the task's pages have been sent, but not all, and no sent page has a problem; for
    /// the list of users, the first user is not finished.
    Incomplete,
    /// At least one answer of the task has a problem.
    Problem,
    /// The task is complete, and all its answers are valid.
    Completed,
    /// The task is complete, but a question from the desk about it is unanswered.
    ActionNeeded,
    /// At least one other required task is not started or incomplete.
    CannotStartYet,
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

    /// Returns the name shown in the task list.
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

    /// Returns the question pages of the task. The list of users is not a question page.
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

    /// Whether the task asks about a topic.
    #[must_use]
    pub fn is_about(self, topic: Topic, one_person: bool) -> bool {
        match topic.page() {
            Some(page) => self.pages(one_person).contains(&page),
            None => topic == Topic::Users && self == Self::Users,
        }
    }

    /// Returns the path that opens the task.
    ///
    /// The path is that of the task's first question page that is unanswered or has a problem. If
    /// all question pages are valid, the path is that of the first question page. A task without
    /// question pages opens the check answers page or the list of users; while the list is empty,
    /// it opens a page that begins the list.
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

    /// Returns the status of the task. Never returns [`ActionNeeded`](Status::ActionNeeded),
    /// because the draft alone does not show which questions are unanswered.
    ///
    /// `users_valid` says whether the list of users is valid. The draft has only the number of
    /// users, so the caller must pass `users_valid`.
    #[must_use]
    pub fn status(self, draft: &Draft, users_valid: bool) -> Status {
        let one_person = draft.is_one_person();
        match self {
            Self::Users if !one_person => match (draft.users, users_valid) {
                (0, _) if draft.is_attempted(Page::NewUser) => Status::Incomplete,
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
                            task.status(draft, users_valid),
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

/// Returns the path of the page that follows a page with valid answers.
#[must_use]
pub fn next(page: Page, draft: &Draft, origin: PageOrigin) -> &'static str {
    if origin == PageOrigin::Check {
        // The required numbers depend on the kind of organisation, so the numbers may be invalid
        // for a new kind.
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
        Page::NewUser => USERS,
        Page::RegistrationNumbers
        | Page::FirstHearing
        | Page::AccountablePersonContact
        | Page::OneUser
        | Page::Signature => TASKS,
    }
}

/// Returns the path for a page's Back link: the check answers page if the page was opened from
/// there, otherwise the previous page of the task or the task list.
#[must_use]
pub fn back(page: Page, origin: PageOrigin) -> &'static str {
    if origin == PageOrigin::Check {
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

/// Whether a user may be added to a list of this many users.
#[must_use]
pub const fn may_add_user(users: usize) -> bool {
    users < MAX_USERS
}

fn users_start(draft: &Draft) -> &'static str {
    let person_known = draft.is_attempted(Page::AccountablePersonName)
        && draft.is_attempted(Page::AccountablePersonContact);
    match draft.users {
        0 if draft.is_attempted(Page::NewUser) => ADD_USER,
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

impl Topic {
    /// Returns the path of the page that asks about the topic: a question page, or the list of
    /// users. If no page asks about the topic, returns the path of the task list.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self.page() {
            Some(page) => page.path(),
            None if self == Self::Users => USERS,
            None => TASKS,
        }
    }

    /// Returns the address of the topic's first field. If the topic has no field, returns its
    /// [`path`](Self::path).
    #[must_use]
    pub fn address(self) -> String {
        match self.field() {
            "" => self.path().to_owned(),
            field => format!("{}#{field}", self.path()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::PageAnswers;
    use crate::organisation::{KindOfOrganisation, OrganisationNameAnswer};

    fn draft_of(kind: &str) -> Draft {
        let mut draft = Draft::default();
        draft.keep(PageAnswers::from(KindOfOrganisation {
            kind: kind.to_owned(),
        }));
        draft
    }

    #[test]
    fn saving_for_later_leads_to_the_save_page_and_continue_leads_on() {
        let right = draft_of("other");
        let wrong = draft_of("");
        let page = Page::OrganisationKind;
        for (origin, leaves, draft, address) in [
            (PageOrigin::Task, false, &right, "/organisation/name"),
            (PageOrigin::Task, false, &wrong, "/organisation/kind"),
            (PageOrigin::Check, false, &right, "/check-answers"),
            (
                PageOrigin::Check,
                false,
                &wrong,
                "/organisation/kind?from=check",
            ),
            (PageOrigin::Check, true, &wrong, "/save"),
            (PageOrigin::Task, true, &right, "/save"),
        ] {
            assert_eq!(AfterSave { origin, leaves }.after(page, draft), address);
        }
        let check = |leaves| {
            AfterSave {
                origin: PageOrigin::Check,
                leaves,
            }
            .after_user()
        };
        assert_eq!(
            (check(false), check(true)),
            ("/check-answers".to_owned(), SAVE.to_owned())
        );
    }

    #[test]
    fn a_task_says_how_far_it_has_got() {
        let mut draft = Draft::default();
        assert_eq!(Task::Organisation.status(&draft, true), Status::NotStarted);
        draft = draft_of("other");
        assert_eq!(Task::Organisation.status(&draft, true), Status::Incomplete);
        draft.keep(
            OrganisationNameAnswer {
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
    fn a_user_who_is_not_finished_is_no_user_but_the_task_has_begun() {
        let mut draft = draft_of("solicitors-firm");
        draft.keep(PageAnswers::from(crate::users::User::default()));
        assert_eq!(Task::Users.status(&draft, true), Status::Incomplete);
        assert_eq!(Task::Users.start(&draft), ADD_USER);
        assert_eq!(
            Task::CheckAnswers.status(&draft, true),
            Status::CannotStartYet
        );
        draft.users = 1;
        assert_eq!(Task::Users.status(&draft, true), Status::Completed);
        assert_eq!(Task::Users.start(&draft), USERS);
    }

    #[test]
    fn a_page_about_one_user_leads_back_to_where_it_was_opened() {
        for (origin, back) in [
            (PageOrigin::Task, "/users"),
            (PageOrigin::Check, "/check-answers"),
            (PageOrigin::Task.in_list(), "/users"),
            (PageOrigin::Check.in_list(), "/users?from=check"),
        ] {
            assert_eq!(origin.after_one_user(), back);
            assert_eq!(PageOrigin::from_key(origin.key()), origin);
        }
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
                next(*page, &draft, PageOrigin::Check),
                CHECK_ANSWERS,
                "{page:?}"
            );
            assert_eq!(back(*page, PageOrigin::Check), CHECK_ANSWERS, "{page:?}");
        }
    }

    #[test]
    fn every_page_leads_on_and_never_to_itself() {
        let draft = draft_of("other");
        for page in Page::ALL {
            assert_ne!(next(*page, &draft, PageOrigin::Task), page.path());
            assert_ne!(back(*page, PageOrigin::Task), page.path());
        }
    }

    #[test]
    fn every_topic_leads_to_a_page() {
        for topic in Topic::ALL {
            assert!(topic.address().starts_with('/'), "{topic:?}");
            if !topic.field().is_empty() {
                assert!(Page::from_path(topic.path()).is_some(), "{topic:?}");
            }
        }
    }
}
