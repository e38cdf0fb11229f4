//! Small corrections by an officer, such as a mistyped postcode or a wrong digit.
//!
//! A correction follows the rules of the applicant's pages, needs a reason, and records the value
//! of each changed answer before and after the correction.

mod as_typed;
mod words;

use as_typed::{listed_of, user_of};
use serde_json::{Map, Value};
use words::about_a_user;

use super::reason::CORRECTED;
use crate::draft::PageAnswers;
use crate::form::{Field, Wording};
use crate::language::Language;
use crate::lifecycle::State;
use crate::page::Page;
use crate::problem::Problem;
use crate::registration::{ListedUser, Person, Registration, built, users_of};
use crate::spreadsheet::Column;
use crate::users::{User, UserProblem, list_problems, repeated_mailbox};

/// A set of answers that are corrected together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The answers of a page of the form.
    Page(Page),
    /// The answers about a user, by the user's position in the list, from 1.
    User(usize),
}

/// Answers as an officer typed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// The answers of a page.
    Page(PageAnswers),
    /// The answers about a user.
    User(User),
}

/// An answer that a correction changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The name of the form field.
    pub field: String,
    /// The name of the answer that people see.
    pub words: String,
    /// The answer before the correction.
    pub before: String,
    /// The answer after the correction.
    pub after: String,
}

/// A correction: the corrected registration and the changed answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The part that was corrected.
    pub part: Part,
    /// The registration after the correction.
    pub registration: Registration,
    /// The changed answers; never empty.
    pub changes: Vec<Change>,
    /// The officer's reason.
    pub reason: String,
}

/// The pages that can be corrected, each with its key in URLs and its title.
const PAGES: [(Page, &str, &str); 8] = [
    (Page::OrganisationName, "name", "Name of the organisation"),
    (Page::OrganisationAddress, "address", "Head office address"),
    (
        Page::OrganisationContact,
        "contact",
        "Contact details of the organisation",
    ),
    (Page::RegistrationNumbers, "numbers", "Registration numbers"),
    (Page::FirstHearing, "hearing", "First hearing"),
    (
        Page::AccountablePersonName,
        "accountable-person",
        "Accountable person",
    ),
    (
        Page::AccountablePersonContact,
        "accountable-contact",
        "Contact details of the accountable person",
    ),
    (Page::OneUser, "mobile", "Mobile number"),
];

/// Whether officers may correct answers in a state.
///
/// They may do so while the desk is deciding and after approval. They may not do so while the
/// applicant is asked for more information, or after a refusal or withdrawal.
#[must_use]
pub const fn may_be_corrected(state: State) -> bool {
    matches!(
        state,
        State::Received | State::BeingChecked | State::Approved
    )
}

impl Part {
    /// Returns the pages of a registration that can be corrected; users are not included.
    #[must_use]
    pub fn pages(registration: &Registration) -> Vec<Self> {
        let one_person = registration.organisation.kind.is_one_person();
        PAGES
            .iter()
            .map(|(page, ..)| *page)
            .filter(|page| one_person || *page != Page::OneUser)
            .map(Self::Page)
            .collect()
    }

    /// Returns the part for a page; `None` if the answers of the page cannot be corrected.
    #[must_use]
    pub fn of_page(page: Page) -> Option<Self> {
        self::page(page).map(|_| Self::Page(page))
    }

    /// Returns the part with this key; `None` if the registration has no such part.
    #[must_use]
    pub fn from_key(key: &str, registration: &Registration) -> Option<Self> {
        let one_person = registration.organisation.kind.is_one_person();
        if let Some(number) = key.strip_prefix("user-") {
            let number: usize = number.parse().ok()?;
            let is_listed = (1..=registration.people.len()).contains(&number);
            return (is_listed && !one_person).then_some(Self::User(number));
        }
        Self::pages(registration)
            .into_iter()
            .find(|part| part.key() == key)
    }

    /// Returns the part's key in URLs, such as `address` or `user-3`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::User(number) => format!("user-{number}"),
            Self::Page(page) => self::page(page).map_or("", |(key, _)| key).to_owned(),
        }
    }

    /// Returns the name that people see: the title of the page, or the name of the user.
    #[must_use]
    pub fn words(self, registration: &Registration) -> String {
        match self {
            Self::Page(page) => self::page(page).map_or("", |(_, words)| words).to_owned(),
            Self::User(number) => registration
                .people
                .get(number - 1)
                .map(Person::full_name)
                .unwrap_or_default(),
        }
    }

    /// Returns the current answers of the part; `None` if the registration does not have the part.
    #[must_use]
    pub fn answers(self, registration: &Registration) -> Option<Typed> {
        match self {
            Self::User(number) => registration
                .people
                .get(number - 1)
                .map(|person| Typed::User(user_of(person))),
            Self::Page(page) => registration.draft().answers(page).map(Typed::Page),
        }
    }

    /// Parses the part's answers from the names and values of form fields; `None` if the fields do
    /// not fit the part.
    #[must_use]
    pub fn typed(self, fields: Vec<(String, String)>) -> Option<Typed> {
        let fields: Map<String, Value> = fields
            .into_iter()
            .map(|(name, value)| (name, Value::String(value)))
            .collect();
        let json = Value::Object(fields).to_string();
        match self {
            Self::User(_) => serde_json::from_str(&json).ok().map(Typed::User),
            Self::Page(page) => PageAnswers::from_json(page, &json).ok().map(Typed::Page),
        }
    }
}

impl Correction {
    /// Corrects a part of a registration.
    ///
    /// # Errors
    /// The problems that the form's own rules find, `correction-other` if the answers belong to
    /// another part, `unchanged` if no answer differs, and `reason-empty` or `reason-long` at the
    /// field `correction_reason`.
    pub fn of(
        registration: &Registration,
        part: Part,
        typed: &Typed,
        reason: &str,
    ) -> Result<Self, Vec<Problem>> {
        let mut draft = registration.draft();
        let mut listed = listed_of(registration);
        let mut problems = match (part, typed) {
            (Part::Page(page), Typed::Page(answers)) if answers.page() == page => {
                draft.keep(answers.clone());
                draft.problems_of(page)
            }
            (Part::User(number), Typed::User(user)) => {
                if let Some(place) = listed.get_mut(number - 1) {
                    place.user = user.clone();
                }
                problems_of_user(&listed, number - 1)
            }
            _ => vec![Problem::new(
                "",
                "correction-other",
                "Correct the answers of this page",
            )],
        };
        let reason = CORRECTED
            .parse(reason)
            .map_err(|problem| problems.push(problem));
        let corrected = built(&draft, &users_of(&draft, &listed));
        let (Ok(reason), Ok(corrected), true) = (reason, corrected, problems.is_empty()) else {
            return Err(problems);
        };
        let changes = changes(part, registration, &corrected);
        if changes.is_empty() {
            let field = first_field(part, registration);
            return Err(vec![Problem::new(
                field,
                "unchanged",
                "Change at least one answer",
            )]);
        }
        Ok(Self {
            part,
            registration: corrected,
            changes,
            reason,
        })
    }

    /// Returns the names of the changed answers in a language.
    pub fn words_in(&self, language: Language) -> impl Iterator<Item = &'static str> {
        self.changes
            .iter()
            .map(move |change| words_of_field(self.part, &change.field, language))
    }
}

/// Returns the name of a field in a language, for officers and applicants.
fn words_of_field(part: Part, field: &str, language: Language) -> &'static str {
    let words = match part {
        Part::Page(page) => Field::find(page, field).map(|field| field.describe().words),
        Part::User(_) => Column::from_key(field).map(about_a_user),
    };
    words
        .unwrap_or(Wording::both("Answer", "Ateb"))
        .of(language)
}

fn page(page: Page) -> Option<(&'static str, &'static str)> {
    PAGES
        .iter()
        .find(|(listed, ..)| *listed == page)
        .map(|(_, key, words)| (*key, *words))
}

fn problems_of_user(listed: &[ListedUser], place: usize) -> Vec<Problem> {
    let users: Vec<User> = listed.iter().map(|listed| listed.user.clone()).collect();
    let (of_list, of_users) = list_problems(&users);
    let own = of_users
        .into_iter()
        .filter(|UserProblem { index, problem }| {
            *index == place && problem.code != "email-repeated"
        })
        .map(|found| found.problem);
    // `list_problems` reports a repeated address at the later of two users. Here the repeated
    // address is reported at the corrected user, whatever that user's position.
    let mailbox = users.get(place).and_then(User::mailbox);
    let other = mailbox.and_then(|mailbox| {
        users
            .iter()
            .enumerate()
            .find(|(index, user)| *index != place && user.mailbox().as_ref() == Some(&mailbox))
    });
    own.chain(other.map(|(_, other)| repeated_mailbox(other)))
        .chain(
            of_list
                .into_iter()
                .map(|problem| problem.at("administrator")),
        )
        .collect()
}

fn first_field(part: Part, registration: &Registration) -> &'static str {
    match part {
        Part::User(_) => Column::FirstName.key(),
        Part::Page(page) => Field::of_page(page)
            .find(|field| field.is_asked_of(registration.organisation.kind))
            .map_or("", Field::name),
    }
}

/// Returns the answers of a part that differ between two registrations.
fn changes(part: Part, before: &Registration, after: &Registration) -> Vec<Change> {
    let fields =
        |registration: &Registration| part.answers(registration).map(|typed| typed.fields());
    let (Some(before), Some(after)) = (fields(before), fields(after)) else {
        return Vec::new();
    };
    let mut changes: Vec<Change> = Vec::new();
    for ((field, before), (_, after)) in before.into_iter().zip(after) {
        if before != after {
            changes.push(Change {
                words: words_of_field(part, &field, Language::English).to_owned(),
                field,
                before,
                after,
            });
        }
    }
    changes
}

impl Typed {
    /// Returns the names and values of the fields, sorted by name.
    #[must_use]
    pub fn fields(&self) -> Vec<(String, String)> {
        let json = match self {
            Self::Page(answers) => answers.to_json(),
            Self::User(user) => serde_json::to_string(user),
        };
        let fields: Option<Map<String, Value>> =
            json.ok().and_then(|json| serde_json::from_str(&json).ok());
        let text = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        fields
            .unwrap_or_default()
            .into_iter()
            .map(|(name, value)| (name, text(value)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{a_barrister, a_firm};

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    /// Returns the answers of a part with some of them replaced.
    fn retyped(registration: &Registration, part: Part, pairs: &[(&str, &str)]) -> Typed {
        let mut all = part.answers(registration).unwrap().fields();
        for (name, value) in pairs {
            all.iter_mut().find(|(field, _)| field == name).unwrap().1 = (*value).to_owned();
        }
        part.typed(all).unwrap()
    }

    fn corrected(
        registration: &Registration,
        key: &str,
        pairs: &[(&str, &str)],
    ) -> Result<Correction, Vec<String>> {
        let part = Part::from_key(key, registration).unwrap();
        let typed = retyped(registration, part, pairs);
        Correction::of(registration, part, &typed, "Mistyped").map_err(|problems| {
            problems
                .into_iter()
                .map(|problem| format!("{} {}", problem.field, problem.code))
                .collect()
        })
    }

    #[test]
    fn every_answer_that_can_be_corrected_has_a_name_in_both_languages() {
        for registration in [a_firm(), a_barrister()] {
            let parts = Part::pages(&registration).into_iter();
            for part in parts.chain([Part::User(1)]) {
                for (field, _) in part.answers(&registration).unwrap().fields() {
                    let [english, welsh] =
                        Language::ALL.map(|language| words_of_field(part, &field, language));
                    assert_ne!(english, "Answer", "{part:?} {field}");
                    assert_ne!(english, welsh, "{part:?} {field}");
                }
            }
        }
    }

    #[test]
    fn every_part_is_found_by_its_key() {
        for registration in [a_firm(), a_barrister()] {
            for part in Part::pages(&registration) {
                assert_eq!(Part::from_key(&part.key(), &registration), Some(part));
                assert!(part.answers(&registration).is_some(), "{part:?}");
            }
        }
        assert_eq!(Part::from_key("user-2", &a_firm()), Some(Part::User(2)));
        for unknown in ["user-0", "user-3", "user-", "kind", "mobile", ""] {
            assert_eq!(Part::from_key(unknown, &a_firm()), None, "{unknown}");
        }
        assert_eq!(Part::from_key("user-1", &a_barrister()), None);
        assert!(Part::from_key("mobile", &a_barrister()).is_some());
    }

    #[test]
    fn a_correction_says_what_was_and_what_is() {
        let firm = a_firm();
        let correction = corrected(
            &firm,
            "address",
            &[("postcode", "wr12ne"), ("county", "Worcs")],
        )
        .unwrap();
        let told: Vec<[&str; 3]> = correction
            .changes
            .iter()
            .map(|change| [&*change.words, &*change.before, &*change.after])
            .collect();
        assert_eq!(
            told,
            [["County", "", "Worcs"], ["Postcode", "WR1 2ND", "WR1 2NE"]]
        );
        assert_eq!(
            correction.registration.organisation.postcode.as_str(),
            "WR1 2NE"
        );
        assert_eq!(correction.registration.people, firm.people);
    }

    #[test]
    fn the_rules_of_the_form_hold_for_officers() {
        type Typing = &'static [(&'static str, &'static str)];
        let cases: [(&str, Typing, &[&str]); 9] = [
            (
                "address",
                &[("postcode", "N5")],
                &["postcode postcode-partial"],
            ),
            ("address", &[], &["address_line_1 unchanged"]),
            (
                "address",
                &[("postcode", " wr1 2nd ")],
                &["address_line_1 unchanged"],
            ),
            ("name", &[("name", "")], &["name name-empty"]),
            (
                "numbers",
                &[("sra_number", "")],
                &["sra_number sra-number-empty"],
            ),
            (
                "hearing",
                &[("hearing-day", "3")],
                &["hearing-month hearing-date-incomplete"],
            ),
            (
                "user-1",
                &[("administrator", "no")],
                &["administrator users-no-administrator"],
            ),
            (
                "user-2",
                &[("email", "wen.1@hartwell-crane.example")],
                &["email email-repeated"],
            ),
            (
                "user-1",
                &[("email", "wen.2@hartwell-crane.example")],
                &["email email-repeated"],
            ),
        ];
        for (key, pairs, problems) in cases {
            let found = corrected(&a_firm(), key, pairs).unwrap_err();
            let expected: Vec<String> =
                problems.iter().map(|&problem| problem.to_owned()).collect();
            if key == "name" {
                assert_eq!(found.len(), 1, "{found:?}");
            } else {
                assert_eq!(found, expected, "{key} {pairs:?}");
            }
        }
    }

    #[test]
    fn an_address_that_is_taken_is_said_to_be_the_other_users_whichever_comes_first() {
        let firm = a_firm();
        for (corrected, other) in [(1, 2), (2, 1)] {
            let part = Part::User(corrected);
            let email = format!("Wen.{other}@hartwell-crane.example");
            let typed = retyped(&firm, part, &[("email", &email)]);
            let problems = Correction::of(&firm, part, &typed, "Mistyped").unwrap_err();
            assert_eq!(problems.len(), 1, "{problems:?}");
            let named = format!("is already used for Wen Williams {other}");
            assert!(problems[0].words.contains(&named), "{problems:?}");
        }
    }

    #[test]
    fn a_reason_is_given() {
        let firm = a_firm();
        let part = Part::Page(Page::OrganisationName);
        let typed = retyped(&firm, part, &[("name", "Hartwell")]);
        for (reason, code) in [("", "reason-empty"), (&*"a".repeat(501), "reason-long")] {
            let problems = Correction::of(&firm, part, &typed, reason).unwrap_err();
            assert_eq!(problems[0].code, code);
        }
        let other = part.typed(fields(&[("name", "Hartwell")])).unwrap();
        assert!(Correction::of(&firm, Part::User(1), &other, "Why").is_err());
    }

    #[test]
    fn a_barristers_account_follows_the_accountable_person() {
        let barrister = a_barrister();
        let correction = corrected(
            &barrister,
            "accountable-contact",
            &[("email", "yusuf.n@hartwell-crane.example")],
        )
        .unwrap();
        assert_eq!(
            correction.registration.people[0].email.as_str(),
            "yusuf.n@hartwell-crane.example"
        );
        let correction = corrected(&barrister, "mobile", &[("mobile", "07700 900123")]).unwrap();
        assert_eq!(
            correction.registration.people[0].mobile.as_str(),
            "07700 900123"
        );
        assert_eq!(correction.changes[0].words, "Mobile number of a user");
    }
}
