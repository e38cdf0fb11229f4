//! A draft: the answers that an organisation has given on the question pages so far, as typed,
//! valid or not. A draft has the number of users, but not the users themselves.
//!
//! `question_pages!` lists the type of answers for each question page, and generates `Draft` and
//! `PageAnswers` from the list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::accountable_person::{AccountablePersonContact, AccountablePersonName};
use crate::answers::Answers;
use crate::context::Context;
use crate::date::CalendarDate;
use crate::identifiers::PersonName;
use crate::more_information::Question;
use crate::organisation::{
    FirstHearing, KindOfOrganisation, OrganisationAddress, OrganisationContact, OrganisationKind,
    OrganisationNameAnswer, RegistrationNumbers,
};
use crate::page::Page;
use crate::problem::Problem;
use crate::sent::Sent;
use crate::signature::Signature;
use crate::users::{FirstUser, OneUser, User};

macro_rules! question_pages {
    ($($(#[$doc:meta])* $page:ident $field:ident $answers:ty;)*) => {
        /// The answers of one question page.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum PageAnswers { $($(#[$doc])* $page($answers),)* }

        impl PageAnswers {
            /// Returns the page that these answers belong to.
            #[must_use]
            pub const fn page(&self) -> Page {
                match self { $(Self::$page(_) => Page::$page,)* }
            }

            /// Serialises the answers as JSON for the store.
            ///
            /// # Errors
            /// Never in practice, because all answers are strings.
            pub fn to_json(&self) -> serde_json::Result<String> {
                match self { $(Self::$page(answers) => serde_json::to_string(answers),)* }
            }

            /// Parses the answers of a page from the store's JSON.
            ///
            /// # Errors
            /// If the text is not JSON of this page's answers.
            pub fn from_json(page: Page, json: &str) -> serde_json::Result<Self> {
                match page { $(Page::$page => serde_json::from_str(json).map(Self::$page),)* }
            }

            /// Returns empty answers for a page.
            #[must_use]
            pub fn empty(page: Page) -> Self {
                match page { $(Page::$page => Self::$page(<$answers>::default()),)* }
            }

            /// Returns warnings about valid answers that may be mistakes.
            #[must_use]
            pub fn warnings(&self, context: &Context) -> Vec<Problem> {
                match self { $(Self::$page(answers) => answers.warnings_in(context),)* }
            }

            /// Returns the problems of these answers, in page order.
            #[must_use]
            pub fn problems(&self, context: &Context) -> Vec<Problem> {
                match self { $(Self::$page(answers) => answers.problems(context),)* }
            }
        }

        $(impl From<$answers> for PageAnswers {
            fn from(answers: $answers) -> Self { Self::$page(answers) }
        })*

        $(impl AnswersOfPage for $answers {
            const PAGE: Page = Page::$page;
        })*

        /// The answers of a draft to all question pages. The answers of a page that was never sent
        /// are `None`.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Draft {
            $($(#[$doc])* pub $field: Option<$answers>,)*
            /// The number of users on the list.
            pub users: usize,
            /// Whether the applicant has tried to submit. If so, every page shows its problems.
            pub submit_tried: bool,
            /// Whether the draft was submitted and is open again, because the desk asked a
            /// question.
            pub is_reopened: bool,
            /// Whether an officer fills in the draft for an organisation. The organisation must
            /// then sign it.
            pub on_behalf: bool,
            /// The desk's questions to the applicant.
            pub asked: Vec<Question>,
            /// Today's date in London. If `None`, dates in the past are not rejected.
            pub today: Option<CalendarDate>,
            /// The version of each page that was sent: the number of times that the page was saved.
            pub versions: BTreeMap<Page, i64>,
        }

        impl Draft {
            /// Replaces the answers of a page.
            pub fn keep(&mut self, answers: PageAnswers) {
                match answers { $(PageAnswers::$page(answers) => self.$field = Some(answers),)* }
            }

            /// Whether the draft already has exactly these answers.
            #[must_use]
            pub fn has(&self, answers: &PageAnswers) -> bool {
                match answers { $(PageAnswers::$page(answers) => self.$field.as_ref() == Some(answers),)* }
            }

            /// Returns the answers that a form sent. Fields that did not arrive keep the draft's
            /// answers.
            #[must_use]
            pub fn filled(&self, sent: SentAnswers) -> PageAnswers {
                let SentAnswers { answers, missing, shown } = sent;
                match answers {
                    $(PageAnswers::$page(answers) => {
                        Sent { answers, missing, shown }.over(self.$field.as_ref()).into()
                    })*
                }
            }

            /// Returns the answers of a page; `None` if the page was never sent.
            #[must_use]
            pub fn answers(&self, page: Page) -> Option<PageAnswers> {
                match page { $(Page::$page => self.$field.clone().map(PageAnswers::$page),)* }
            }

            /// Whether the page was sent at least once.
            #[must_use]
            pub fn is_attempted(&self, page: Page) -> bool {
                match page { $(Page::$page => self.$field.is_some(),)* }
            }

            /// Returns the problems of a page. A page that was never sent counts as empty.
            #[must_use]
            pub fn problems_of(&self, page: Page) -> Vec<Problem> {
                let context = self.context();
                match page {
                    $(Page::$page => match &self.$field {
                        Some(answers) => answers.problems(&context),
                        None => <$answers>::default().problems(&context),
                    },)*
                }
            }

            /// Serialises the answers of a page as JSON for the store; `None` if the page was never
            /// sent.
            ///
            /// # Errors
            /// Never in practice, because all answers are strings.
            pub fn answers_json(&self, page: Page) -> serde_json::Result<Option<String>> {
                match page {
                    $(Page::$page => self.$field.as_ref().map(serde_json::to_string).transpose(),)*
                }
            }
        }
    };
}

question_pages! {
    /// The kind of organisation.
    OrganisationKind kind_of_organisation KindOfOrganisation;
    /// The name of the organisation.
    OrganisationName organisation_name OrganisationNameAnswer;
    /// The address of the head office.
    OrganisationAddress address OrganisationAddress;
    /// The organisation's telephone number and e-mail address.
    OrganisationContact contact OrganisationContact;
    /// The organisation's registration numbers.
    RegistrationNumbers numbers RegistrationNumbers;
    /// The organisation's first hearing.
    FirstHearing first_hearing FirstHearing;
    /// The name of the accountable person.
    AccountablePersonName accountable_person AccountablePersonName;
    /// The contact details of the accountable person.
    AccountablePersonContact accountable_person_contact AccountablePersonContact;
    /// Whether the accountable person needs an account, as the first user.
    FirstUser first_user FirstUser;
    /// A new user for the list, whose answers are not valid yet. Such a user is not on the list.
    NewUser new_user User;
    /// The user of a one-person organisation.
    OneUser one_user OneUser;
    /// The signature under the Terms and Conditions.
    Signature signature Signature;
}

/// The answers that a form sent for one question page.
pub type SentAnswers = Sent<PageAnswers>;

impl<A: AnswersOfPage> From<Sent<A>> for SentAnswers {
    fn from(sent: Sent<A>) -> Self {
        Self {
            answers: sent.answers.into(),
            missing: sent.missing,
            shown: sent.shown,
        }
    }
}

/// The answers of one question page, with the page that they belong to.
pub trait AnswersOfPage: Answers + Default + Clone + Into<PageAnswers> {
    /// The page that these answers belong to.
    const PAGE: Page;
}

/// The data from other pages that a page needs to show its form and validate the answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageContext {
    /// The kind of organisation and today's date, for the page's rules.
    pub rules: Context,
    /// The accountable person as a user, with the answers given so far.
    pub accountable_person: User,
    /// The number of users on the list.
    pub users: usize,
    /// The name of a one-person organisation, with which the page about its accountable person is
    /// prefilled. Empty for other kinds, or if the name is not a first and a last name.
    pub own_name: AccountablePersonName,
    /// The contact details of a one-person organisation, with which the page about its accountable
    /// person is prefilled. Empty for other kinds.
    pub own_contact: OrganisationContact,
    /// Whether to offer the accountable person as the first user: they need an account, and the
    /// list is empty.
    pub begins_with_accountable_person: bool,
    /// Whether the service can find the addresses at a postcode.
    pub finds_addresses: bool,
}

impl Draft {
    /// Returns the kind of organisation; `None` if it is not chosen yet.
    #[must_use]
    pub fn kind(&self) -> Option<OrganisationKind> {
        self.kind_of_organisation
            .as_ref()
            .and_then(KindOfOrganisation::chosen)
    }

    /// Whether the organisation has only one person, who is its only user.
    #[must_use]
    pub fn is_one_person(&self) -> bool {
        self.kind().is_some_and(OrganisationKind::is_one_person)
    }

    /// Returns the kind of organisation and today's date, on which the rules of some pages depend.
    #[must_use]
    pub fn context(&self) -> Context {
        Context {
            kind: self.kind(),
            today: self.today,
        }
    }

    /// Collects the data that pages need from other pages. `finds_addresses` is always false here;
    /// the server sets it.
    #[must_use]
    pub fn page_context(&self) -> PageContext {
        let name = self.accountable_person.as_ref();
        let contact = self.accountable_person_contact.as_ref();
        PageContext {
            rules: self.context(),
            accountable_person: User::from_accountable_person(
                &name.cloned().unwrap_or_default(),
                &contact.cloned().unwrap_or_default(),
            ),
            users: self.users,
            own_name: self.own_name().unwrap_or_default(),
            own_contact: self.own_contact().unwrap_or_default(),
            begins_with_accountable_person: self.users == 0
                && self
                    .first_user
                    .as_ref()
                    .is_some_and(|first| first.needs_account == "yes"),
            finds_addresses: false,
        }
    }

    /// Returns the name of a one-person organisation as a first and a last name; `None` for other
    /// kinds, and if the name does not have exactly two words.
    fn own_name(&self) -> Option<AccountablePersonName> {
        let name = self.organisation_name.as_ref();
        let name = name.filter(|_| self.is_one_person())?.name.trim();
        let (first, last) = name.split_once(' ')?;
        let is_part = |part: &str| PersonName::check_part(part, "a name").is_ok();
        let is_name = !last.contains(' ') && is_part(first) && is_part(last);
        is_name.then(|| AccountablePersonName {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            job_title: String::new(),
        })
    }

    /// Returns the contact details of a one-person organisation; `None` for other kinds.
    fn own_contact(&self) -> Option<OrganisationContact> {
        self.contact.clone().filter(|_| self.is_one_person())
    }

    /// Whether a page shows its problems: after it was sent, or after the applicant tried to
    /// submit.
    #[must_use]
    pub fn shows_problems(&self, page: Page) -> bool {
        self.submit_tried || self.is_attempted(page)
    }

    /// Returns the problems that a page shows; none unless
    /// [`shows_problems`](Self::shows_problems).
    #[must_use]
    pub fn problems_shown(&self, page: Page) -> Vec<Problem> {
        if self.shows_problems(page) {
            self.problems_of(page)
        } else {
            Vec::new()
        }
    }

    /// Whether no page was sent and no user was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.users == 0 && !Page::ALL.iter().any(|page| self.is_attempted(*page))
    }
}
