//! Operations that save a draft under an email address, resume it by a link or a code, and remind
//! people before it is deleted.
//!
//! A request for an access message gets the same answer for known and unknown addresses, so nobody
//! can find out who has a draft.

use mail::Message;
use registration::identifiers::Email;
use registration::language::Language;
use registration::lifetimes::{APPLICANT_SESSION_HOURS, DRAFT_DAYS, REMINDER_DAYS};
use registration::resume::Code;

use crate::clock::{Clock, Moment};
use crate::context::AppContext;
use crate::randomness::{Randomness, SessionToken, new_id};
use crate::store::{
    AccessRequestOutcome, AddressConfirmation, Drafts, NewAccessRequest, NewMessage, NewSession,
    Recipient, RedeemOutcome, RequestedDraft, SessionDraft, StoreError, Subject,
};

/// A request for an access message.
#[derive(Debug, Clone)]
pub struct AccessRequest {
    /// The address that was typed.
    pub email: Email,
    /// The network address from which the request came, if it is known.
    pub source: Option<String>,
}

/// Answer to a request for an access message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessRequestAnswer {
    /// The request was accepted; contains its identifier, which must be sent with the code. If
    /// somebody asked to return to a draft, a message is in the outbox only if the address is
    /// known.
    Posted(String),
    /// There were too many requests; contains the moment from which the next request is allowed.
    TooMany(Moment),
}

/// A link or a code that opens a draft or a registration.
#[derive(Clone, Copy)]
pub enum LinkOrCode<'a> {
    /// The secret of an access link.
    Link(&'a SessionToken),
    /// An access code, with the identifier of its request.
    Code {
        /// The identifier of the request.
        request: &'a str,
        /// The access code that the person typed.
        code: &'a Code,
    },
    /// The secret of a link in a message about a registration.
    RegistrationLink(&'a SessionToken),
    /// The secret of a link to a form that the accountable person is to sign.
    SigningLink(&'a SessionToken),
}

impl AppContext {
    /// Returns the draft of a session; `None` without a token, or if the session is unknown or has
    /// expired.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn draft_of(
        &self,
        token: Option<&SessionToken>,
    ) -> Result<Option<SessionDraft>, StoreError> {
        match token {
            Some(token) => {
                self.store
                    .drafts()
                    .session_draft(&token.hash(), self.clock.now())
                    .await
            }
            None => Ok(None),
        }
    }

    /// Queues a message with which the person who fills in a draft confirms their address.
    ///
    /// `language` becomes the language of the draft.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn request_saving(
        &self,
        access_request: AccessRequest,
        draft: &str,
        language: Language,
    ) -> Result<AccessRequestAnswer, StoreError> {
        self.store.drafts().set_language(draft, language).await?;
        let drafts = vec![(draft.to_owned(), language)];
        self.request_access(access_request, drafts, AddressConfirmation::Address)
            .await
    }

    /// Queues a message to confirm another address for a draft, such as a colleague's.
    ///
    /// `language` becomes the language of later messages to this address, once the address is
    /// confirmed.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn request_confirmation(
        &self,
        access_request: AccessRequest,
        draft: &str,
        language: Language,
    ) -> Result<AccessRequestAnswer, StoreError> {
        let drafts = vec![(draft.to_owned(), language)];
        self.request_access(
            access_request,
            drafts,
            AddressConfirmation::AddressWithLanguage,
        )
        .await
    }

    /// Queues an access message for each draft of an address. An unknown address gets the same
    /// answer, but no message.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn request_return(
        &self,
        access_request: AccessRequest,
    ) -> Result<AccessRequestAnswer, StoreError> {
        let now = self.clock.now();
        let mut drafts = self
            .store
            .access_links()
            .drafts_of_address(&access_request.email, now)
            .await?;
        if drafts.is_empty() {
            // Use a draft that does not exist, so that a request for an unknown address takes as
            // much time as a request for a known address.
            drafts.push((new_id(self.randomness.as_ref())?, Language::default()));
        }
        self.request_access(access_request, drafts, AddressConfirmation::Nothing)
            .await
    }

    /// Redeems a link or a code. Also returns a session token for the cookie. The token opens the
    /// draft or the registration only if the link or the code was valid.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn open(
        &self,
        entry: LinkOrCode<'_>,
    ) -> Result<(RedeemOutcome, SessionToken), StoreError> {
        let (token, session, now) = self.new_session()?;
        let links = self.store.access_links();
        let opened = match entry {
            LinkOrCode::Link(secret) => links.redeem_link(&secret.hash(), &session, now).await?,
            LinkOrCode::Code { request, code } => {
                links
                    .redeem_code(request, code.as_str(), &session, now)
                    .await?
            }
            LinkOrCode::RegistrationLink(secret) => {
                links
                    .redeem_registration_link(&secret.hash(), &session, now)
                    .await?
            }
            LinkOrCode::SigningLink(secret) => {
                self.store
                    .assisted()
                    .redeem_signing_link(&secret.hash(), &session, now)
                    .await?
            }
        };
        Ok((opened, token))
    }

    pub(crate) fn new_session(&self) -> Result<(SessionToken, NewSession, Moment), StoreError> {
        let now = self.clock.now();
        let token = SessionToken::new(self.randomness.as_ref())?;
        let session = Self::session_of(&token, now);
        Ok((token, session, now))
    }

    /// Returns a session with this token that begins at `now`.
    pub(crate) fn session_of(token: &SessionToken, now: Moment) -> NewSession {
        NewSession {
            token: token.hash(),
            ends: now.plus_hours(APPLICANT_SESSION_HOURS),
            draft_ends: now.plus_hours(DRAFT_DAYS * 24),
        }
    }

    async fn request_access(
        &self,
        access_request: AccessRequest,
        drafts: Vec<(String, Language)>,
        confirms: AddressConfirmation,
    ) -> Result<AccessRequestAnswer, StoreError> {
        let random = self.randomness.as_ref();
        let id = new_id(random)?;
        let drafts = drafts
            .into_iter()
            .map(|(draft, language)| {
                Ok(RequestedDraft {
                    draft,
                    access_link: new_id(random)?,
                    message: new_id(random)?,
                    language,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        let request = NewAccessRequest {
            id: id.clone(),
            email: access_request.email,
            source: access_request.source,
            at: self.clock.now(),
            drafts,
            confirms,
        };
        Ok(
            match self
                .store
                .access_links()
                .request_access_links(&request)
                .await?
            {
                AccessRequestOutcome::Posted => AccessRequestAnswer::Posted(id),
                AccessRequestOutcome::TooMany(again) => AccessRequestAnswer::TooMany(again),
            },
        )
    }
}

/// Queues reminders about each draft that will be deleted within `REMINDER_DAYS`: one message to
/// each confirmed address of the draft. Only an extension of the draft makes another reminder
/// possible.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn remind(
    drafts: &Drafts,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
) -> Result<(), StoreError> {
    let now = clock.now();
    let soon = now.plus_hours(REMINDER_DAYS * 24);
    for (draft, ends) in drafts.drafts_to_remind(now, soon).await? {
        let Some(kept_until) = Moment::from_millis(ends).calendar_date() else {
            continue;
        };
        let mut messages = Vec::new();
        for Recipient { email, language } in drafts.recipients_of_draft(&draft).await? {
            messages.push(NewMessage {
                id: new_id(randomness)?,
                subject: Subject::Draft(draft.clone()),
                recipient: email,
                language,
                message: Message::DraftExpires { kept_until }.into(),
                at: now,
            });
        }
        drafts.remind(&draft, &messages, now).await?;
    }
    Ok(())
}
