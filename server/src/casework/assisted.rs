//! Assisted digital: an officer fills in a draft on behalf of an organisation, on the same pages as
//! an applicant, but never signs. The accountable person gets a link, signs and submits.

use mail::SigningLink;
use registration::desk::ASSISTED_FORM;
use registration::draft::{Draft, PageAnswers};
use registration::identifiers::Email;
use registration::lifetimes::{DRAFT_DAYS, SIGNING_LINK_DAYS};
use registration::page::Page;
use registration::problem::Problem;
use registration::registration::{PlacedProblem, problems};
use registration::submitted_answers::SubmittedAnswers;

use crate::context::AppContext;
use crate::randomness::{SessionToken, new_id};
use crate::store::{
    FormOrigin, MessageContent, NewMessage, Officer, OfficerSession, SignatureRequest, StoreError,
    Subject, WorkOnBehalf,
};

/// Outcome of sending a form to its accountable person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureRequestOutcome {
    /// The message is in the outbox; contains the address of its recipient.
    Sent(Email),
    /// The form is incomplete; contains the problems, each with the page that can fix it.
    Incomplete(Vec<PlacedProblem>),
    /// No form has this identifier, or the form was submitted.
    Gone,
}

impl AppContext {
    /// Begins a form on behalf of an organisation. Returns the identifier of its draft, and the
    /// token with which the officer of the session `desk` fills it in.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn begin_assisted_form(
        &self,
        officer: &Officer,
        session: &OfficerSession,
        desk: &SessionToken,
        origin: &FormOrigin,
    ) -> Result<(String, SessionToken), StoreError> {
        let draft = new_id(self.randomness.as_ref())?;
        let token = desk.for_form(&draft);
        let work = self.work(draft.clone(), officer, session, &token);
        self.store.assisted().begin_form(&work, origin).await?;
        Ok((draft, token))
    }

    /// Lets an officer continue a form that the desk keys in.
    ///
    /// `token` is the token with which the officer works on the form. Returns `false` if the desk
    /// has no open form with this identifier.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn resume_assisted_form(
        &self,
        draft: &str,
        officer: &Officer,
        session: &OfficerSession,
        token: &SessionToken,
    ) -> Result<bool, StoreError> {
        let work = self.work(draft.to_owned(), officer, session, token);
        self.store.assisted().work_on_behalf(&work).await
    }

    /// Sends a form to its accountable person, if only the signature is missing.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn send_for_signature(
        &self,
        draft: &str,
        officer: &Officer,
    ) -> Result<SignatureRequestOutcome, StoreError> {
        let now = self.clock.now();
        if self.store.assisted().form(draft, now).await?.is_none() {
            return Ok(SignatureRequestOutcome::Gone);
        }
        let (stored, mut missing) = self.draft_and_its_problems(draft).await?;
        let contact = stored.accountable_person_contact.unwrap_or_default();
        let to = match Email::parse(&contact.email) {
            Ok(to) if missing.is_empty() => to,
            Ok(_) => return Ok(SignatureRequestOutcome::Incomplete(missing)),
            Err(problem) => {
                if missing.is_empty() {
                    missing.push(PlacedProblem {
                        address: "/accountable-person/contact".to_owned(),
                        problem,
                    });
                }
                return Ok(SignatureRequestOutcome::Incomplete(missing));
            }
        };
        let random = self.randomness.as_ref();
        let link = new_id(random)?;
        let send = SignatureRequest {
            draft: draft.to_owned(),
            officer: officer.id.clone(),
            link: link.clone(),
            message: NewMessage {
                id: new_id(random)?,
                subject: Subject::Draft(draft.to_owned()),
                recipient: to.clone(),
                language: self.store.drafts().language_to(draft, &to).await?,
                message: MessageContent::ToSign { link },
                at: now,
            },
            at: now,
            draft_ends: now.plus_hours(DRAFT_DAYS.max(SIGNING_LINK_DAYS) * 24),
            to: to.clone(),
        };
        Ok(if self.store.assisted().send_for_signature(&send).await? {
            SignatureRequestOutcome::Sent(to)
        } else {
            SignatureRequestOutcome::Gone
        })
    }

    /// Returns the draft of a form, and the problems that must be fixed before the form can be
    /// signed.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn draft_and_its_problems(
        &self,
        id: &str,
    ) -> Result<(Draft, Vec<PlacedProblem>), StoreError> {
        let SubmittedAnswers { pages, .. } = self.store.drafts().pages_and_users(id).await?;
        let listed = self.store.draft_users().users(id).await?;
        let mut draft = Draft {
            users: listed.len(),
            today: self.clock.now().calendar_date(),
            ..Draft::default()
        };
        let unread = |column| StoreError::Row {
            table: "draft_page",
            column,
        };
        for (path, answers) in pages {
            let page = Page::from_path(&path).ok_or_else(|| unread("page"))?;
            draft.keep(PageAnswers::from_json(page, &answers).map_err(|_| unread("answers"))?);
        }
        let mut problems = problems(&draft, &listed);
        problems.retain(|placed| !is_of_signature(placed));
        Ok((draft, problems))
    }

    fn work(
        &self,
        draft: String,
        officer: &Officer,
        session: &OfficerSession,
        token: &SessionToken,
    ) -> WorkOnBehalf {
        let now = self.clock.now();
        WorkOnBehalf {
            draft,
            officer: officer.id.clone(),
            officer_session: session.id.clone(),
            session: Self::session_of(token, now),
            at: now,
        }
    }
}

/// Returns the problems to show to an officer who tries to submit: the problems with the answers
/// or, if there are none, the problem that only the accountable person can sign.
#[must_use]
pub fn without_signature_problems(mut problems: Vec<PlacedProblem>) -> Vec<PlacedProblem> {
    problems.retain(|placed| !is_of_signature(placed));
    if problems.is_empty() {
        problems.push(PlacedProblem {
            address: ASSISTED_FORM.to_owned(),
            problem: Problem::new(
                "submit",
                "submit-on-behalf",
                "Send the form to the accountable person. Only they can sign and submit it",
            ),
        });
    }
    problems
}

fn is_of_signature(placed: &PlacedProblem) -> bool {
    placed.address.starts_with("/sign")
}

/// Makes the signing link of a message, from the link's secret.
#[must_use]
pub fn signing_link_message(secret: &SessionToken) -> SigningLink {
    SigningLink {
        secret: secret.secret().to_owned(),
        days: SIGNING_LINK_DAYS,
    }
}
