//! Finds the desk's questions that an applicant has not answered yet, in words or in the form.

use crate::draft::Draft;
use crate::form::{FormAnswers, Topic};
use crate::language::Language;
use crate::more_information::{Question, without_answer};
use crate::submitted_answers::SubmittedAnswers;
use crate::users::User;

/// Returns the questions that have no answer in words and whose answers in the form have not
/// changed since the registration was last submitted.
///
/// A question that is not about an answer of the form is unanswered until anything in the form
/// changes.
#[must_use]
pub fn unanswered(draft: &Draft, users: &[User], sent: &SubmittedAnswers) -> Vec<Question> {
    let (now, before) = (
        FormAnswers::of_draft(draft),
        FormAnswers::of_draft(&sent.draft()),
    );
    let has_changed = |topic: Topic| match topic {
        Topic::Users => users != sent.users,
        Topic::Other => now != before || users != sent.users,
        topic => now.lines(topic, Language::English) != before.lines(topic, Language::English),
    };
    without_answer(&draft.asked)
        .filter(|question| !has_changed(question.topic))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_open_until_its_own_answer_changes() {
        let asked = |topic| Question {
            topic,
            asked: "Which?".to_owned(),
            answer: String::new(),
        };
        let name = |name: &str| {
            crate::draft::PageAnswers::from(crate::organisation::OrganisationNameAnswer {
                name: name.to_owned(),
            })
        };
        let mut draft = Draft {
            asked: vec![asked(Topic::Name), asked(Topic::Users), asked(Topic::Other)],
            ..Draft::default()
        };
        draft.keep(name("Hartwell"));
        let sent = SubmittedAnswers {
            pages: vec![(
                "/organisation/name".to_owned(),
                r#"{"name":"Hartwell"}"#.to_owned(),
            )],
            users: Vec::new(),
        };
        let open = |draft: &Draft, users: &[User]| {
            let open = unanswered(draft, users, &sent).into_iter();
            open.map(|question| question.topic).collect::<Vec<_>>()
        };
        assert_eq!(open(&draft, &[]), [Topic::Name, Topic::Users, Topic::Other]);
        assert_eq!(open(&draft, &[User::default()]), [Topic::Name]);
        draft.keep(name("Crane"));
        assert_eq!(open(&draft, &[]), [Topic::Users]);
        draft.asked[1].answer = "Wen is".to_owned();
        assert!(open(&draft, &[]).is_empty());
    }
}
