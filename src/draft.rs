//! A draft: everything that an organisation has answered so far, as typed, right or wrong.
//!
//! The one list of the form's question pages stands here; the pages of the app, the store and the rules
//! of the journey all read it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::accountable_person::{AccountablePersonContact, AccountablePersonName};
use crate::answers::Answers;
use crate::date::CalendarDate;
use crate::more_information::Question;
use crate::organisation::{
    FirstHearing, KindOfOrganisation, OrganisationAddress, OrganisationContact, OrganisationKind,
    OrganisationTitle, RegistrationNumbers,
};
use crate::problem::Problem;
use crate::sent::Sent;
use crate::signature::Signature;
use crate::users::{FirstUser, OneUser, User};

macro_rules! question_pages {
    ($($(#[$doc:meta])* $page:ident $field:ident $answers:ty, $path:literal;)*) => {
        /// The question pages whose answers the draft keeps.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Page { $($(#[$doc])* $page,)* }

        impl Page {
            /// Every question page, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$page,)*];

            /// Where the page is in the service; also its key in the store.
            #[must_use]
            pub const fn path(self) -> &'static str {
                match self { $(Self::$page => $path,)* }
            }
        }

        /// The answers of one question page.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum PageAnswers { $($(#[$doc])* $page($answers),)* }

        impl PageAnswers {
            /// The page that these answer.
            #[must_use]
            pub const fn page(&self) -> Page {
                match self { $(Self::$page(_) => Page::$page,)* }
            }

            /// The answers as the store keeps them.
            ///
            /// # Errors
            /// None in practice: every type of answers is made of strings.
            pub fn to_json(&self) -> serde_json::Result<String> {
                match self { $(Self::$page(answers) => serde_json::to_string(answers),)* }
            }

            /// The answers of a page, read from the store.
            ///
            /// # Errors
            /// When the text is not what `to_json` wrote.
            pub fn from_json(page: Page, json: &str) -> serde_json::Result<Self> {
                match page { $(Page::$page => serde_json::from_str(json).map(Self::$page),)* }
            }

            /// What is wrong with these answers.
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

        /// Everything answered so far. A page that was never sent is `None`.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Draft {
            $($(#[$doc])* pub $field: Option<$answers>,)*
            /// How many users stand in its list.
            pub users: usize,
            /// Whether submitting was tried: from then on every page shows its problems.
            pub submit_tried: bool,
            /// Whether it was sent before, and the desk has opened it again.
            pub was_sent: bool,
            /// Whether an officer of the desk fills it in, on behalf of its organisation, who alone may sign it.
            pub on_behalf: bool,
            /// What the desk asks about it.
            pub asked: Vec<Question>,
            /// The day on which the draft is looked at, in London; `None` where no day was passed in.
            pub today: Option<CalendarDate>,
            /// How often each page was kept; a page that was never sent is not there.
            pub versions: BTreeMap<Page, i64>,
        }

        impl Draft {
            /// Takes the answers of a page in, in place of those before.
            pub fn keep(&mut self, answers: PageAnswers) {
                match answers { $(PageAnswers::$page(answers) => self.$field = Some(answers),)* }
            }

            /// Whether these are the answers that are kept of their page.
            #[must_use]
            pub fn has(&self, answers: &PageAnswers) -> bool {
                match answers { $(PageAnswers::$page(answers) => self.$field.as_ref() == Some(answers),)* }
            }

            /// What a form sent of a page, with what is kept in place of fields that did not come.
            #[must_use]
            pub fn filled(&self, sent: SentAnswers) -> PageAnswers {
                let SentAnswers { answers, missing, version } = sent;
                match answers {
                    $(PageAnswers::$page(answers) => {
                        Sent { answers, missing, version }.over(self.$field.as_ref()).into()
                    })*
                }
            }

            /// Whether the page was sent at least once.
            #[must_use]
            pub fn is_attempted(&self, page: Page) -> bool {
                match page { $(Page::$page => self.$field.is_some(),)* }
            }

            /// What is wrong with a page as it stands, an unsent one counted as empty.
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

            /// The answers of a page as the store keeps them, if it was sent.
            ///
            /// # Errors
            /// None in practice: every type of answers is made of strings.
            pub fn answers_json(&self, page: Page) -> serde_json::Result<Option<String>> {
                match page {
                    $(Page::$page => self.$field.as_ref().map(serde_json::to_string).transpose(),)*
                }
            }
        }
    };
}

question_pages! {
    /// What kind of organisation it is.
    OrganisationKind kind_of_organisation KindOfOrganisation, "/organisation/kind";
    /// Its name.
    OrganisationName organisation_name OrganisationTitle, "/organisation/name";
    /// The address of its head office.
    OrganisationAddress address OrganisationAddress, "/organisation/address";
    /// Its telephone number and e-mail address.
    OrganisationContact contact OrganisationContact, "/organisation/contact";
    /// Its registration numbers.
    RegistrationNumbers numbers RegistrationNumbers, "/organisation/registration-numbers";
    /// Its first hearing.
    FirstHearing first_hearing FirstHearing, "/organisation/first-hearing";
    /// Who the accountable person is.
    AccountablePersonName accountable_person AccountablePersonName, "/accountable-person/name";
    /// How to reach them.
    AccountablePersonContact accountable_person_contact AccountablePersonContact, "/accountable-person/contact";
    /// Whether the accountable person is the first user.
    FirstUser first_user FirstUser, "/users/first";
    /// The user of a one-person organisation.
    OneUser one_user OneUser, "/users/mobile";
    /// The signature under the Terms and Conditions.
    Signature signature Signature, "/sign";
}

/// What a form sent of a question page.
pub type SentAnswers = Sent<PageAnswers>;

impl<A: AnswersOfPage> From<Sent<A>> for SentAnswers {
    fn from(sent: Sent<A>) -> Self {
        Self {
            answers: sent.answers.into(),
            missing: sent.missing,
            version: sent.version,
        }
    }
}

/// Answers that belong to one question page of a draft.
pub trait AnswersOfPage: Answers + Default + Clone + Into<PageAnswers> {
    /// The page.
    const PAGE: Page;
}

/// What the rules and the words of one page hang on that other pages asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The kind of organisation, once it was chosen.
    pub kind: Option<OrganisationKind>,
    /// The day on which the draft is looked at, in London.
    pub today: Option<CalendarDate>,
    /// The accountable person as a user, with whatever was answered about them.
    pub accountable_person: User,
    /// How many users stand in the list.
    pub users: usize,
    /// Whether the accountable person is to be the first user.
    pub begins_with_accountable_person: bool,
}

impl Context {
    /// Whether the organisation is one person, who is its only user.
    #[must_use]
    pub fn is_one_person(&self) -> bool {
        self.kind.is_some_and(OrganisationKind::is_one_person)
    }
}

impl Page {
    /// The page at this path.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|page| page.path() == path)
    }
}

impl Draft {
    /// The kind of organisation, once it was chosen.
    #[must_use]
    pub fn kind(&self) -> Option<OrganisationKind> {
        self.kind_of_organisation
            .as_ref()
            .and_then(KindOfOrganisation::chosen)
    }

    /// Whether the organisation is one person, who is its only user.
    #[must_use]
    pub fn is_one_person(&self) -> bool {
        self.kind().is_some_and(OrganisationKind::is_one_person)
    }

    /// What the pages need to know of each other.
    #[must_use]
    pub fn context(&self) -> Context {
        let name = self.accountable_person.as_ref();
        let contact = self.accountable_person_contact.as_ref();
        Context {
            kind: self.kind(),
            today: self.today,
            accountable_person: User::from_accountable_person(
                &name.cloned().unwrap_or_default(),
                &contact.cloned().unwrap_or_default(),
            ),
            users: self.users,
            begins_with_accountable_person: self.users == 0
                && self
                    .first_user
                    .as_ref()
                    .is_some_and(|first| first.needs_account == "yes"),
        }
    }

    /// Whether a page shows its problems: not before it was sent or submitting was tried.
    #[must_use]
    pub fn shows_problems(&self, page: Page) -> bool {
        self.submit_tried || self.is_attempted(page)
    }

    /// The problems that a page shows: none before it was sent or submitting was tried.
    #[must_use]
    pub fn problems_shown(&self, page: Page) -> Vec<Problem> {
        if self.shows_problems(page) {
            self.problems_of(page)
        } else {
            Vec::new()
        }
    }

    /// Whether nothing at all was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.users == 0 && !Page::ALL.iter().any(|page| self.is_attempted(*page))
    }
}
