//! The server side of the form: every operation of an applicant. A cookie identifies the one draft
//! that the applicant can reach.

pub mod downloads;
pub mod import_job;
pub mod resume;
mod spreadsheets;

use std::sync::{Arc, OnceLock};

use app::backend::{Applicant, ChangeOutcome, DraftState, SubmitOutcome, SubmittedRegistration};
use app::fault::Fault;
use app::pages::answers_of_registration::answers_of_section;
use async_trait::async_trait;
use leptos_axum::ResponseOptions;
use mail::{Message, Row};
use registration::draft::{Draft, SentAnswers};
use registration::form::FormSection;
use registration::identifiers::Reference;
use registration::journey::{self, AfterSave, PageOrigin};
use registration::language::Language;
use registration::lifetimes::{APPLICANT_SESSION_HOURS, DRAFT_DAYS};
use registration::limited_operation::LimitedOperation;
use registration::page::Page;
use registration::problem::Problem;
use registration::registration::{ListedUser, Registration, complete, problems};
use registration::sent::Sent;
use registration::submitted_answers::SubmittedAnswers;
use registration::terms;
use registration::users::{User, problems_of_new_user};

use crate::casework::assisted::without_signature_problems;
use crate::clock::Moment;
use crate::context::AppContext;
use crate::current_request;
use crate::randomness::{SessionToken, new_id, new_reference, sha256};
use crate::store::{
    FinishedUser, NewMessage, NewRegistration, NewSession, PreviousSubmission, Recipient,
    SaveOutcome, SessionDraft, StoreError, Subject, Submission, UserChange, saved_by,
};

pub use spreadsheets::{SentSpreadsheet, UploadOutcome};

/// The shortest time between two extensions of a session, in hours, so that most page views write
/// nothing to the database.
const EXTEND_AFTER_HOURS: i64 = 1;
/// The maximum number of attempts at an operation, in case another registration has the new
/// reference or another tab saves at the same time.
const MAX_ATTEMPTS: usize = 5;

/// The applicant who sent the current request.
pub struct RequestApplicant {
    context: Arc<AppContext>,
    token: Option<SessionToken>,
    /// The session secret of the draft that this request began; empty if the request began no
    /// draft.
    begun: OnceLock<SessionToken>,
    form: FormOfRequest,
    response: ResponseOptions,
}

/// The way in which a form was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormOfRequest {
    /// Whether the form was sent as plain HTML, without WebAssembly.
    pub is_plain: bool,
    /// Whether the button "Save and come back later" sent the form.
    pub leaves: bool,
}

impl FormOfRequest {
    /// A plain HTML form, sent with any button but "Save and come back later".
    pub const PLAIN: Self = Self {
        is_plain: true,
        leaves: false,
    };
}

impl RequestApplicant {
    /// Creates the applicant of a request; `token` is the session secret from its cookie.
    #[must_use]
    pub fn new(
        context: Arc<AppContext>,
        token: Option<SessionToken>,
        form: FormOfRequest,
        response: ResponseOptions,
    ) -> Self {
        Self {
            context,
            token,
            begun: OnceLock::new(),
            form,
            response,
        }
    }

    /// Returns the session secret of the draft that this request began, or else the secret in the
    /// cookie; `None` if there is neither.
    fn cookie(&self) -> Option<&SessionToken> {
        self.begun.get().or(self.token.as_ref())
    }

    async fn find(&self) -> Result<Option<SessionDraft>, Fault> {
        let Some(token) = self.cookie() else {
            return Ok(None);
        };
        let now = self.context.clock.now();
        let found = self
            .context
            .store
            .drafts()
            .session_draft(&token.hash(), now)
            .await
            .map_err(fault)?;
        if let Some(session_draft) = &found {
            current_request::identify("draft", &session_draft.id);
            self.extend(token, session_draft).await?;
        }
        Ok(found)
    }

    /// Stores the name of a user who was removed, for the list of users; an empty name clears it.
    async fn remember_removed_user(&self, name: &str) -> Result<(), Fault> {
        if let Some(token) = &self.token {
            self.context
                .store
                .drafts()
                .remember_removed_user(&token.hash(), name)
                .await
                .map_err(fault)?;
        }
        Ok(())
    }

    /// Returns whether an officer is filling in the draft on behalf of an organisation.
    async fn is_on_behalf(&self) -> Result<bool, Fault> {
        let session_draft = self.find().await?;
        Ok(session_draft.is_some_and(|session_draft| session_draft.on_behalf.is_some()))
    }

    /// Extends the applicant's session, at most once in `EXTEND_AFTER_HOURS`. Only a session that
    /// an earlier version of the service began can be extended: a new session already has its
    /// latest possible end.
    ///
    /// If an officer fills in the draft, records a use of the officer's session instead, unless one
    /// was recorded a short time before.
    async fn extend(
        &self,
        token: &SessionToken,
        session_draft: &SessionDraft,
    ) -> Result<(), Fault> {
        let now = self.context.clock.now();
        if session_draft.on_behalf.is_some() {
            let assisted = self.context.store.assisted();
            return assisted
                .extend_work(&token.hash(), now)
                .await
                .map_err(fault);
        }
        if session_draft.session_ends < now.plus_hours(APPLICANT_SESSION_HOURS - EXTEND_AFTER_HOURS)
            && session_draft.session_ends < session_draft.last_end
        {
            let ends = now.plus_hours(APPLICANT_SESSION_HOURS);
            let extended = self
                .context
                .store
                .drafts()
                .extend_session(&token.hash(), ends)
                .await;
            extended.map_err(fault)?;
            self.set_cookie(token);
        }
        Ok(())
    }

    /// Returns the draft to write to: the draft of the cookie, or a new draft if the cookie opens
    /// none. Returns `None` if the draft of the cookie was submitted.
    async fn draft_to_change(&self) -> Result<Option<Writable>, Fault> {
        match self.find().await? {
            Some(session_draft) if session_draft.is_submitted => Ok(None),
            Some(session_draft) => Ok(Some(Writable {
                id: session_draft.id,
                draft: session_draft.draft,
                had_expired: false,
            })),
            None => self.begin().await.map(Some),
        }
    }

    async fn begin(&self) -> Result<Writable, Fault> {
        // The form was submitted or deleted a moment ago. Do not begin a draft in its place:
        // `keyed_form.rs` removes its cookie, so nobody could open it.
        if current_request::keyed_form().is_some() {
            self.response.set_status(http::StatusCode::NOT_FOUND);
            return Err(Fault::Unreadable);
        }
        let AppContext {
            store,
            clock,
            randomness,
            ..
        } = &*self.context;
        let may_begin = self.context.may_begin(LimitedOperation::Draft).await;
        if !may_begin.map_err(fault)? {
            let status = http::StatusCode::TOO_MANY_REQUESTS;
            self.response.set_status(status);
            return Err(Fault::TooMany);
        }
        let now = clock.now();
        let token = SessionToken::new(randomness.as_ref()).map_err(|error| fault(error.into()))?;
        let id = new_id(randomness.as_ref()).map_err(|error| fault(error.into()))?;
        let ends = (
            now.plus_hours(DRAFT_DAYS * 24),
            now.plus_hours(APPLICANT_SESSION_HOURS),
        );
        store
            .drafts()
            .begin_draft(
                &id,
                &NewSession {
                    token: token.hash(),
                    ends: ends.1,
                    draft_ends: ends.0,
                },
                now,
            )
            .await
            .map_err(fault)?;
        self.set_cookie(&token);
        // A request begins at most one draft: from now on `find` returns this draft.
        let _ = self.begun.set(token);
        Ok(Writable {
            id,
            draft: empty(now),
            had_expired: self.token.is_some(),
        })
    }

    fn set_cookie(&self, token: &SessionToken) {
        self.response.append_header(
            http::header::SET_COOKIE,
            self.context
                .cookie
                .set(token, APPLICANT_SESSION_HOURS * 3_600),
        );
    }

    fn clear_cookie(&self) {
        self.response
            .append_header(http::header::SET_COOKIE, self.context.cookie.clear());
    }

    /// Returns the latest submission of a draft, for a draft that is being submitted again; `None`
    /// if the draft was never submitted.
    async fn previous_submission(
        &self,
        session_draft: &SessionDraft,
    ) -> Result<Option<PreviousSubmission>, Fault> {
        if !session_draft.draft.is_reopened {
            return Ok(None);
        }
        let store = &self.context.store;
        let lifecycle = store
            .casework()
            .lifecycle_of_draft(&session_draft.id)
            .await
            .map_err(fault)?;
        let kept = store
            .registrations()
            .registration_of_draft(&session_draft.id)
            .await
            .map_err(fault)?;
        Ok(lifecycle
            .zip(kept)
            .map(|(lifecycle, kept)| PreviousSubmission {
                id: lifecycle.id,
                reference: lifecycle.reference,
                revision: lifecycle.revision,
                sent_at: lifecycle.sent_at,
                registration: kept.registration,
            }))
    }

    /// Makes one message with a copy of the registration for each confirmed address of the draft.
    async fn copies(
        &self,
        draft: &str,
        registration: &Registration,
        reference: Reference,
        at: Moment,
    ) -> Result<Vec<NewMessage>, Fault> {
        let AppContext {
            store, randomness, ..
        } = &*self.context;
        let Some(submitted_on) = at.calendar_date() else {
            return Ok(Vec::new());
        };
        let organisation = &registration.organisation;
        let recipients = store
            .drafts()
            .recipients_of_draft(draft)
            .await
            .map_err(fault)?;
        recipients
            .into_iter()
            .map(|Recipient { email, language }| {
                let id = new_id(randomness.as_ref()).map_err(|error| fault(error.into()))?;
                let message = Message::CopyOfRegistration {
                    reference,
                    organisation: organisation.name.to_string(),
                    submitted_on,
                    users: registration.people.len(),
                    answers: answers_of_section(registration, FormSection::Organisation, language)
                        .into_iter()
                        .map(|(asked, answered)| Row {
                            asked: asked.to_owned(),
                            answered,
                        })
                        .collect(),
                };
                Ok(NewMessage {
                    id,
                    subject: Subject::Registration(reference),
                    recipient: email,
                    language,
                    message: message.into(),
                    at,
                })
            })
            .collect()
    }

    const fn after_save(&self, origin: PageOrigin) -> AfterSave {
        AfterSave {
            origin,
            leaves: self.form.leaves,
        }
    }

    /// Converts the outcome of a save into the answer for the page.
    ///
    /// `keep` applies the change to the draft in memory. `refused` is the answer if nothing was
    /// saved. `shown_at` is the page that shows a change that was saved in a new draft.
    fn changed(
        outcome: SaveOutcome,
        writable: Writable,
        keep: impl FnOnce(&mut Draft),
        refused: ChangeOutcome,
        shown_at: &'static str,
    ) -> ChangeOutcome {
        match outcome {
            SaveOutcome::Refused | SaveOutcome::EditConflict => refused,
            SaveOutcome::Saved if writable.had_expired => ChangeOutcome::SavedInNewDraft(shown_at),
            SaveOutcome::Saved => {
                let mut draft = writable.draft;
                keep(&mut draft);
                ChangeOutcome::Saved(Box::new(draft))
            }
        }
    }
}

/// A draft that the request may change.
struct Writable {
    id: String,
    draft: Draft,
    had_expired: bool,
}

#[async_trait]
impl Applicant for RequestApplicant {
    fn is_plain_form(&self) -> bool {
        self.form.is_plain
    }

    fn finds_addresses(&self) -> bool {
        self.context.address_lookup.is_some()
    }

    fn new_form_id(&self) -> String {
        // If the machine has no random bytes, the form gets no identifier. Its answers are then
        // stored under the session alone.
        new_id(self.context.randomness.as_ref()).unwrap_or_default()
    }

    fn leaves(&self) -> bool {
        self.form.leaves
    }

    fn has_begun(&self) -> bool {
        self.begun.get().is_some()
    }

    async fn draft_state(&self) -> Result<DraftState, Fault> {
        if self.token.is_none() {
            return Ok(DraftState::Nothing(empty(self.context.clock.now())));
        }
        Ok(match self.find().await? {
            Some(session_draft) if session_draft.is_submitted => DraftState::Submitted,
            Some(session_draft) => DraftState::Open {
                draft: session_draft.draft,
                kept_until: session_draft.draft_ends.day_in_words(),
            },
            None => {
                // Clear the cookie so that the person can begin a new draft. Otherwise every page
                // would say that the draft has expired.
                self.clear_cookie();
                DraftState::Expired
            }
        })
    }

    async fn save(&self, sent: SentAnswers, origin: PageOrigin) -> Result<ChangeOutcome, Fault> {
        if sent.answers.page() == Page::Signature && self.is_on_behalf().await? {
            return Ok(ChangeOutcome::OnBehalf);
        }
        let AppContext { store, clock, .. } = &*self.context;
        let now = clock.now();
        let shown = sent.shown.clone();
        let answers = if sent.missing.is_empty() {
            sent.answers
        } else {
            let session_draft = self.find().await?;
            session_draft
                .map(|session_draft| session_draft.draft)
                .unwrap_or_default()
                .filled(sent)
        };
        if let Some(token) = &self.token
            && let Some(session_draft) = store
                .drafts()
                .save_page_of_session(&token.hash(), &answers, &shown, now)
                .await
                .map_err(fault)?
        {
            self.extend(token, &session_draft).await?;
            return Ok(if session_draft.is_submitted {
                ChangeOutcome::Submitted
            } else if shown.compared().is_some() && !session_draft.draft.has(&answers) {
                let token = token.hash();
                let session_draft = store
                    .drafts()
                    .save_conflict(&token, &answers, self.after_save(origin))
                    .await;
                session_draft.map_err(fault)?;
                ChangeOutcome::PageConflict(answers.page())
            } else {
                ChangeOutcome::Saved(Box::new(session_draft.draft))
            });
        }
        let mut writable = self.begin().await?;
        // A form with a version comes from a page that showed a draft. This browser no longer opens
        // that draft, so the person is told that a new draft has the answers, as if the old draft
        // had expired.
        writable.had_expired |= shown.version.is_some();
        let outcome = match self.begun.get() {
            // Save under this form: only a save by another form counts as an edit conflict.
            Some(token) => {
                let token = token.hash();
                let kept = store
                    .drafts()
                    .save_page_of_session(&token, &answers, &shown, now);
                kept.await.map(|_| SaveOutcome::Saved)
            }
            None => store.drafts().save_page(&writable.id, &answers, now).await,
        }
        .map_err(fault)?;
        let shown_at = answers.page().path();
        Ok(Self::changed(
            outcome,
            writable,
            |draft| draft.keep(answers),
            ChangeOutcome::Submitted,
            shown_at,
        ))
    }

    async fn mark_submit_tried(&self) -> Result<(), Fault> {
        if let Some(writable) = self.draft_to_change().await? {
            self.context
                .store
                .drafts()
                .mark_submit_tried(&writable.id)
                .await
                .map_err(fault)?;
        }
        Ok(())
    }

    async fn users(&self) -> Result<Vec<ListedUser>, Fault> {
        match self.find().await? {
            Some(session_draft) => self
                .context
                .store
                .draft_users()
                .users(&session_draft.id)
                .await
                .map_err(fault),
            None => Ok(Vec::new()),
        }
    }

    async fn add_user(
        &self,
        sent: Sent<User>,
        origin: PageOrigin,
    ) -> Result<(ChangeOutcome, Vec<Problem>), Fault> {
        let found = self.find().await?;
        let draft = found.map(|session_draft| session_draft.draft);
        let draft = draft.unwrap_or_default();
        let (unfinished, users) = (draft.new_user.clone(), draft.users);
        let shown = sent.shown.clone();
        let user = sent.over(unfinished.as_ref());
        let listed = self.users().await?;
        let listed: Vec<User> = listed.into_iter().map(|listed| listed.user).collect();
        if listed.contains(&user) {
            // The same form was sent twice, so the user is on the list already.
            self.clear_user_search().await?;
            return Ok((ChangeOutcome::Saved(Box::new(draft)), Vec::new()));
        }
        let problems = problems_of_new_user(&listed, &user);
        if !problems.is_empty() && journey::may_add_user(users) {
            let sent = Sent {
                answers: user,
                missing: Vec::new(),
                shown,
            };
            return Ok((self.save(sent.into(), origin).await?, problems));
        }
        let Some(mut writable) = self.draft_to_change().await? else {
            return Ok((ChangeOutcome::Submitted, Vec::new()));
        };
        writable.had_expired |= self.begun.get().is_some() && shown.version.is_some();
        let id = new_id(self.context.randomness.as_ref())
            .map_err(|error| fault(StoreError::from(error)))?;
        let token = self.cookie().map(SessionToken::hash);
        let finished = FinishedUser {
            id: &id,
            user: &user,
            by: token.as_ref().map(|token| saved_by(&shown, token)),
            version: shown.compared().unwrap_or_default(),
        };
        let outcome = self
            .context
            .store
            .draft_users()
            .add_finished_user(&writable.id, &finished, self.context.clock.now())
            .await
            .map_err(fault)?;
        if outcome == SaveOutcome::Saved {
            self.clear_user_search().await?;
        }
        let change = Self::changed(
            outcome,
            writable,
            |draft| draft.users += 1,
            ChangeOutcome::NotFound,
            journey::USERS,
        );
        Ok((change, Vec::new()))
    }

    async fn discard_unfinished_user(&self, version: i64) -> Result<(), Fault> {
        let Some(session_draft) = self.find().await? else {
            return Ok(());
        };
        self.context
            .store
            .draft_users()
            .discard_unfinished_user(&session_draft.id, version, self.context.clock.now())
            .await
            .map_err(fault)
    }

    async fn change_user(
        &self,
        id: &str,
        sent: Sent<User>,
        seen: &str,
        origin: PageOrigin,
    ) -> Result<ChangeOutcome, Fault> {
        let Some(writable) = self.draft_to_change().await? else {
            return Ok(ChangeOutcome::Submitted);
        };
        let kept = if sent.missing.is_empty() {
            None
        } else {
            let listed = self.users().await?;
            listed.into_iter().find(|listed| listed.id == id)
        };
        let shown = sent.shown.clone();
        let user = sent.over(kept.map(|kept| kept.user).as_ref());
        let now = self.context.clock.now();
        if self.begun.get().is_some() {
            // The user belonged to the expired draft. Keep the typed answers as the first user of
            // the new draft.
            let id = new_id(self.context.randomness.as_ref())
                .map_err(|error| fault(StoreError::from(error)))?;
            self.context
                .store
                .draft_users()
                .add_user(&writable.id, &id, &user, now)
                .await
                .map_err(fault)?;
            return Ok(ChangeOutcome::SavedInNewDraft(journey::USERS));
        }
        // There is always a cookie here, because a draft was found.
        let Some(token) = self.token.as_ref().map(SessionToken::hash) else {
            return Ok(ChangeOutcome::NotFound);
        };
        let store = &self.context.store;
        let seen = (!seen.is_empty()).then_some(seen);
        let outcome = store
            .draft_users()
            .change_user(
                &writable.id,
                &UserChange {
                    id,
                    user: &user,
                    by: saved_by(&shown, &token),
                    seen,
                },
                now,
            )
            .await
            .map_err(fault)?;
        if outcome == SaveOutcome::Saved || seen.is_none() {
            return Ok(Self::changed(
                outcome,
                writable,
                |_| (),
                ChangeOutcome::NotFound,
                journey::USERS,
            ));
        }
        // The user was changed or removed meanwhile. Keep the typed answers for the edit-conflict
        // page.
        store
            .drafts()
            .save_user_conflict(&token, id, &user, self.after_save(origin))
            .await
            .map_err(fault)?;
        Ok(ChangeOutcome::UserConflict(id.to_owned()))
    }

    async fn remove_user(&self, id: &str, seen: &str) -> Result<ChangeOutcome, Fault> {
        // A removal has no answers to save, so it does not begin a draft.
        let SessionDraft {
            id: session_draft,
            draft,
            ..
        } = match self.find().await? {
            Some(session_draft) if session_draft.is_submitted => {
                return Ok(ChangeOutcome::Submitted);
            }
            Some(session_draft) => session_draft,
            None if self.token.is_some() => {
                self.clear_cookie();
                return Ok(ChangeOutcome::Expired);
            }
            None => return Ok(ChangeOutcome::NotFound),
        };
        let now = self.context.clock.now();
        let listed = self.users().await?;
        let removed = listed.iter().find(|listed| listed.id == id);
        let seen = (!seen.is_empty()).then_some(seen);
        let outcome = self
            .context
            .store
            .draft_users()
            .remove_user(&session_draft, id, seen, now)
            .await
            .map_err(fault)?;
        if outcome == SaveOutcome::EditConflict {
            return Ok(ChangeOutcome::UserChanged(id.to_owned()));
        }
        if let (SaveOutcome::Saved, Some(removed)) = (outcome, removed) {
            self.remember_removed_user(&removed.user.full_name())
                .await?;
        }
        let writable = Writable {
            id: session_draft,
            draft,
            had_expired: false,
        };
        let one_less = |draft: &mut Draft| draft.users = draft.users.saturating_sub(1);
        Ok(Self::changed(
            outcome,
            writable,
            one_less,
            ChangeOutcome::NotFound,
            journey::USERS,
        ))
    }

    async fn take_removed_user(&self) -> Result<String, Fault> {
        let found = self.find().await?;
        let name = found.map_or_else(String::new, |found| found.removed_user);
        if !name.is_empty() {
            self.remember_removed_user("").await?;
        }
        Ok(name)
    }

    async fn user_search(&self) -> Result<String, Fault> {
        Ok(self
            .find()
            .await?
            .map(|session_draft| session_draft.user_search)
            .unwrap_or_default())
    }

    async fn clear_user_search(&self) -> Result<(), Fault> {
        if self.user_search().await?.is_empty() {
            return Ok(());
        }
        self.search_users(String::new()).await
    }

    async fn search_users(&self, words: String) -> Result<(), Fault> {
        if let Some(token) = &self.token {
            self.context
                .store
                .drafts()
                .remember_search(&token.hash(), &words)
                .await
                .map_err(fault)?;
        }
        Ok(())
    }

    async fn fingerprint(&self) -> Result<String, Fault> {
        let Some(id) = self.find().await?.map(|session_draft| session_draft.id) else {
            return Ok(String::new());
        };
        let version = self.context.store.drafts().draft_version(&id).await;
        Ok(version.map_err(fault)?.fingerprint())
    }

    async fn submit(&self, seen: &str) -> Result<SubmitOutcome, Fault> {
        let AppContext {
            store,
            clock,
            randomness,
            ..
        } = &*self.context;
        let random = randomness.as_ref();
        let no_randomness = |error| fault(StoreError::from(error));
        for _ in 0..MAX_ATTEMPTS {
            let Some(id) = self.find().await?.map(|session_draft| session_draft.id) else {
                let problems = problems(&empty(clock.now()), &[]);
                return Ok(SubmitOutcome::Blocked(problems));
            };
            let version = store.drafts().draft_version(&id).await.map_err(fault)?;
            let (session_draft, listed) = (self.find().await?, self.users().await?);
            let Some(session_draft) =
                session_draft.filter(|session_draft| !session_draft.is_submitted)
            else {
                return Ok(SubmitOutcome::Submitted);
            };
            if !seen.is_empty() && version.fingerprint() != seen {
                return Ok(SubmitOutcome::Changed);
            }
            if session_draft.on_behalf.is_some() {
                let problems = without_signature_problems(problems(&session_draft.draft, &listed));
                return Ok(SubmitOutcome::Blocked(problems));
            }
            let registration = match complete(&session_draft.draft, &listed) {
                Ok(registration) => registration,
                Err(problems) => return Ok(SubmitOutcome::Blocked(problems)),
            };
            let signed = terms::by_version(&registration.signature.terms_version)
                .ok_or(Fault::Unavailable)?;
            let (reference, at) = (new_reference(random).map_err(no_randomness)?, clock.now());
            let previous_submission = self.previous_submission(&session_draft).await?;
            let reference_kept = previous_submission
                .as_ref()
                .map_or(reference, |sent| sent.reference);
            let organisation = &registration.organisation.email;
            let language = store
                .drafts()
                .language_to(&session_draft.id, organisation)
                .await
                .map_err(fault)?;
            let copies = self
                .copies(&session_draft.id, &registration, reference_kept, at)
                .await?;
            let new = NewRegistration {
                id: new_id(random).map_err(no_randomness)?,
                reference,
                previous_submission,
                draft: session_draft.id,
                version,
                message: new_id(random).map_err(no_randomness)?,
                language,
                at,
                copies,
                terms_sha256: sha256(signed.text().as_bytes()),
                registration,
            };
            match store.registrations().submit(&new).await {
                Ok(Submission::Saved | Submission::AlreadySubmitted) => {
                    return Ok(SubmitOutcome::Submitted);
                }
                // Another tab saved meanwhile: the next attempt checks whether this page showed the
                // new answers.
                Ok(Submission::Changed) => {}
                // Another registration has the reference: the next attempt draws a new reference.
                Err(StoreError::Database(error))
                    if error
                        .as_database_error()
                        .is_some_and(sqlx::error::DatabaseError::is_unique_violation) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        Err(Fault::Unavailable)
    }

    async fn submitted_answers(&self) -> Result<Option<SubmittedAnswers>, Fault> {
        match self.find().await? {
            Some(session_draft) if session_draft.draft.is_reopened => self
                .context
                .store
                .drafts()
                .submitted_answers(&session_draft.id)
                .await
                .map_err(fault),
            _ => Ok(None),
        }
    }

    async fn submitted(&self) -> Result<Option<SubmittedRegistration>, Fault> {
        let Some(session_draft) = self
            .find()
            .await?
            .filter(|session_draft| session_draft.is_submitted)
        else {
            return Ok(None);
        };
        let kept = self
            .context
            .store
            .registrations()
            .registration_of_draft(&session_draft.id)
            .await
            .map_err(fault)?;
        let Some(kept) = kept else {
            return Ok(None);
        };
        let copied_to = self
            .context
            .store
            .drafts()
            .addresses_confirmed_by(
                &session_draft.id,
                kept.sent_again_at.unwrap_or(kept.submitted_at),
            )
            .await
            .map_err(fault)?;
        Ok(Some(SubmittedRegistration {
            copied_to,
            reference: kept.reference.to_string(),
            submitted_at: kept.submitted_at.in_words(),
            sent_again_at: kept.sent_again_at.map(Moment::in_words),
            signed_at: kept.signed_at.in_words(),
            terms_sha256: kept.terms_sha256,
            registration: kept.registration,
        }))
    }

    async fn language_of_messages(&self) -> Result<Option<Language>, Fault> {
        let Some(token) = self.cookie() else {
            return Ok(None);
        };
        let AppContext { store, clock, .. } = &*self.context;
        store
            .drafts()
            .language_of_session(&token.hash(), clock.now())
            .await
            .map_err(fault)
    }

    async fn is_saved(&self) -> Result<bool, Fault> {
        let Some(session_draft) = self.find().await? else {
            return Ok(false);
        };
        let addresses = self
            .context
            .store
            .access_links()
            .addresses_of_draft(&session_draft.id)
            .await;
        Ok(!addresses.map_err(fault)?.is_empty())
    }

    async fn begin_another(&self) -> Result<(), Fault> {
        if let Some(token) = &self.token {
            self.context
                .store
                .drafts()
                .end_session(&token.hash())
                .await
                .map_err(fault)?;
        }
        self.clear_cookie();
        Ok(())
    }
}

/// Returns a draft without answers.
fn empty(now: Moment) -> Draft {
    Draft {
        today: now.calendar_date(),
        ..Draft::default()
    }
}

/// Logs an error of the store and returns the fault to show. The log entry contains no answers of
/// the form.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn fault(error: StoreError) -> Fault {
    tracing::error!(%error, "the store could not do what an applicant asked");
    Fault::Unavailable
}
