//! The spelling of an answer as a registration stores it. Pages that show the answers of a draft
//! use this spelling, so that people see the text that will be sent.

use crate::identifiers::{
    AddressLine, BarNumber, Email, JobTitle, LaaAccount, Mobile, OrganisationName, PersonName,
    Postcode, SraNumber, Telephone, Town,
};
use crate::problem::Problem;

use super::{Field, FormAnswers};

impl FormAnswers {
    /// Returns the answers as a registration would store them. An answer with a problem stays as
    /// typed.
    #[must_use]
    pub fn as_stored(&self) -> Self {
        Field::all()
            .map(|field| (field, field.as_stored(self.get(field))))
            .collect()
    }
}

impl Field {
    /// Returns an answer to the field as a registration would store it; as typed if the answer has
    /// a problem.
    #[must_use]
    pub fn as_stored(self, typed: &str) -> String {
        let typed = typed.trim();
        match self {
            Self::OrganisationName => stored(typed, OrganisationName::parse),
            Self::AddressLine1 | Self::AddressLine2 | Self::County | Self::Court => {
                stored(typed, AddressLine::parse)
            }
            Self::Town => stored(typed, Town::parse),
            Self::Postcode => stored(typed, Postcode::parse),
            Self::Telephone | Self::AccountableTelephone => stored(typed, Telephone::parse),
            Self::Email | Self::AccountableEmail => stored(typed, Email::parse),
            Self::SraNumber => stored(typed, SraNumber::parse),
            Self::BarNumber => stored(typed, BarNumber::parse),
            Self::LaaAccountNumbers => match LaaAccount::check_list(typed) {
                Ok(numbers) => {
                    let numbers: Vec<&str> = numbers.iter().map(LaaAccount::as_str).collect();
                    numbers.join("\n")
                }
                Err(_) => typed.to_owned(),
            },
            Self::AccountableFirstName | Self::AccountableLastName => {
                stored(typed, PersonName::parse_part)
            }
            Self::JobTitle | Self::Capacity => stored(typed, JobTitle::parse),
            Self::Mobile => stored(typed, Mobile::parse),
            Self::FullName => stored(typed, PersonName::parse),
            Self::OrganisationKind
            | Self::HearingDay
            | Self::HearingMonth
            | Self::HearingYear
            | Self::NeedsAccount
            | Self::Authority
            | Self::TermsVersion => typed.to_owned(),
        }
    }
}

/// Returns a text in the spelling of its parsed value; as typed if the text cannot be parsed.
pub(crate) fn stored<T: ToString>(
    typed: &str,
    parse: impl FnOnce(&str) -> Result<T, Problem>,
) -> String {
    parse(typed).map_or_else(|_| typed.to_owned(), |parsed| parsed.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::desk::fixtures::{a_barrister, a_firm};
    use crate::draft::{Draft, PageAnswers};
    use crate::form::Topic;
    use crate::language::Language;
    use crate::page::Page;
    use crate::registration::{ListedUser, Registration, complete};
    use crate::users::User;

    /// Returns a draft with these answers, in which every page was sent.
    fn draft_of(answers: &FormAnswers) -> Draft {
        let mut draft = Draft::default();
        for page in Page::ALL {
            draft.keep(
                answers
                    .page(*page)
                    .unwrap_or_else(|| PageAnswers::empty(*page)),
            );
        }
        draft
    }

    fn listed(registration: &Registration) -> Vec<ListedUser> {
        let people = registration.people.iter().enumerate();
        people
            .map(|(number, person)| ListedUser {
                id: number.to_string(),
                user: User {
                    first_name: format!(" {} ", person.first_name),
                    last_name: person.last_name.to_string(),
                    email: format!("{} ", person.email),
                    mobile: person.mobile.to_string().replace(' ', "-"),
                    role: person.role.key().to_owned(),
                    administrator: if person.administrator { "yes" } else { "no" }.to_owned(),
                },
            })
            .collect()
    }

    /// Returns spellings of one answer that the rules accept.
    fn spelt(field: Field, answer: &str) -> Vec<String> {
        if matches!(
            field,
            Field::OrganisationKind | Field::Authority | Field::TermsVersion
        ) {
            return vec![answer.to_owned()];
        }
        let mut spellings = vec![
            answer.to_owned(),
            format!("  {answer}\u{a0}"),
            answer.replace(' ', "  "),
        ];
        match field {
            Field::BarNumber => {
                spellings
                    .extend(["Bar no ", "BSB: ", "bar"].map(|label| format!("{label}{answer}")));
            }
            Field::SraNumber => {
                spellings.extend(
                    ["SRA ", "sra no. ", "SRA ID "].map(|label| format!("{label}{answer}")),
                );
            }
            Field::LaaAccountNumbers => spellings.extend([
                answer.to_lowercase(),
                answer.replace('\n', ", "),
                format!("LAA account {answer}"),
            ]),
            Field::Postcode => {
                spellings.extend([answer.to_lowercase(), answer.replace(' ', "")]);
            }
            Field::Telephone | Field::AccountableTelephone | Field::Mobile => {
                spellings.extend([answer.replace(' ', ""), answer.replace(' ', "-")]);
            }
            _ => {}
        }
        spellings
    }

    proptest! {
        #[test]
        fn what_a_person_checks_is_what_is_sent(
            is_firm: bool,
            choices in prop::collection::vec(any::<prop::sample::Index>(), Field::ALL.len()),
        ) {
            let registration = if is_firm { a_firm() } else { a_barrister() };
            let mut answers: FormAnswers = Field::all()
                .zip(choices)
                .filter_map(|(field, choice)| {
                    let answer = registration.text(field)?;
                    let spellings = spelt(field, &answer);
                    Some((field, spellings[choice.index(spellings.len())].clone()))
                })
                .collect();
            answers.set(Field::NeedsAccount, "no");
            let draft = draft_of(&answers);
            let listed = listed(&registration);
            let sent = complete(&draft, &listed).map_err(|problems| {
                TestCaseError::fail(format!("{problems:?}"))
            })?;
            let checked = FormAnswers::of_draft(&draft).as_stored();
            let copy = FormAnswers::of_registration(&sent);
            for topic in Topic::ALL {
                prop_assert_eq!(
                    checked.lines(topic, Language::English),
                    copy.lines(topic, Language::English),
                    "{:?}", topic
                );
            }
            if is_firm {
                for (listed, person) in listed.iter().zip(&sent.people) {
                    let user = listed.user.as_stored();
                    prop_assert_eq!(user.full_name(), person.full_name());
                    prop_assert_eq!(user.email, person.email.to_string());
                    prop_assert_eq!(user.mobile, person.mobile.to_string());
                }
            }
        }
    }
}
