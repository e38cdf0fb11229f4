//! Leaving a draft and coming back to it: what becomes of each wish, whoever has it.
//!
//! What is answered to an address that is known and to one that is not is the same.

use mail::Message;
use registration::coming_back::{Code, DRAFT_DAYS, REMINDER_DAYS};
use registration::identifiers::Email;
use registration::language::Language;

use crate::applicant::{Desk, SESSION_HOURS};
use crate::clock::{Clock, Moment};
use crate::randomness::{Randomness, SessionToken, new_id};
use crate::store::{
    Asked, AskedDraft, Confirms, HeldDraft, NewMessage, NewRequest, NewSession, Opened, Recipient,
    Store, StoreError,
};

/// Who asks for a message: the address that they typed, and where they are.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The address.
    pub email: Email,
    /// Where they ask from, if that is known.
    pub source: Option<String>,
}

/// What is answered to who asked for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A message is on its way, if the address is known: its code is typed under this identifier.
    Posted(String),
    /// Too many were asked for: the next may be from then on.
    TooMany(Moment),
}

impl Desk {
    /// The draft of a cookie.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn draft_of(
        &self,
        token: Option<&SessionToken>,
    ) -> Result<Option<HeldDraft>, StoreError> {
        match token {
            Some(token) => self.store.held_draft(&token.hash(), self.clock.now()).await,
            None => Ok(None),
        }
    }

    /// Posts a message that confirms an address for a draft, for the person whose draft it is: the language is that
    /// of the draft from now on.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn ask_to_save(
        &self,
        asking: Asking,
        draft: &str,
        language: Language,
    ) -> Result<Answer, StoreError> {
        self.store.set_language(draft, language).await?;
        let drafts = vec![(draft.to_owned(), language)];
        self.ask(asking, drafts, Confirms::Address).await
    }

    /// Posts a message that confirms an address for a draft, which has this language of its own once it is confirmed:
    /// a colleague's, or one more.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn ask_to_confirm(
        &self,
        asking: Asking,
        draft: &str,
        language: Language,
    ) -> Result<Answer, StoreError> {
        let drafts = vec![(draft.to_owned(), language)];
        self.ask(asking, drafts, Confirms::AddressWithLanguage)
            .await
    }

    /// Posts a message for each draft of an address, if there is any.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn ask_to_return(&self, asking: Asking) -> Result<Answer, StoreError> {
        let now = self.clock.now();
        let mut drafts = self.store.drafts_of_address(&asking.email, now).await?;
        if drafts.is_empty() {
            // Nobody's draft, for which as much is done as for one that is there.
            drafts.push((new_id(self.randomness.as_ref())?, Language::default()));
        }
        self.ask(asking, drafts, Confirms::Nothing).await
    }

    /// Opens the draft of a link: gives the cookie for it.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn open_by_link(
        &self,
        secret: &SessionToken,
    ) -> Result<(Opened, SessionToken), StoreError> {
        let (token, session, now) = self.new_session()?;
        let opened = self
            .store
            .open_by_link(&secret.hash(), &session, now)
            .await?;
        Ok((opened, token))
    }

    /// Opens the draft of a code: gives the cookie for it.
    ///
    /// # Errors
    /// When the store fails or the machine has no random bytes.
    pub async fn open_by_code(
        &self,
        request: &str,
        code: &Code,
    ) -> Result<(Opened, SessionToken), StoreError> {
        let (token, session, now) = self.new_session()?;
        let opened = self
            .store
            .open_by_code(request, code.as_str(), &session, now)
            .await?;
        Ok((opened, token))
    }

    pub(crate) fn new_session(&self) -> Result<(SessionToken, NewSession, Moment), StoreError> {
        let now = self.clock.now();
        let token = SessionToken::new(self.randomness.as_ref())?;
        let session = NewSession {
            token: token.hash(),
            ends: now.plus_hours(SESSION_HOURS),
            draft_ends: now.plus_hours(DRAFT_DAYS * 24),
        };
        Ok((token, session, now))
    }

    async fn ask(
        &self,
        asking: Asking,
        drafts: Vec<(String, Language)>,
        confirms: Confirms,
    ) -> Result<Answer, StoreError> {
        let random = self.randomness.as_ref();
        let id = new_id(random)?;
        let drafts = drafts
            .into_iter()
            .map(|(draft, language)| {
                Ok(AskedDraft {
                    draft,
                    way_in: new_id(random)?,
                    message: new_id(random)?,
                    language,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        let request = NewRequest {
            id: id.clone(),
            email: asking.email,
            source: asking.source,
            at: self.clock.now(),
            drafts,
            confirms,
        };
        Ok(match self.store.ask_way_in(&request).await? {
            Asked::Posted => Answer::Posted(id),
            Asked::TooMany(again) => Answer::TooMany(again),
        })
    }
}

/// Tells everybody who can open a draft that it will soon be thrown away, once.
///
/// # Errors
/// When the store fails or the machine has no random bytes.
pub async fn remind(
    store: &Store,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
) -> Result<(), StoreError> {
    let now = clock.now();
    let soon = now.plus_hours(REMINDER_DAYS * 24);
    for (draft, ends) in store.drafts_to_remind(now, soon).await? {
        let Some(kept_until) = Moment::from_millis(ends).calendar_date() else {
            continue;
        };
        let mut messages = Vec::new();
        for Recipient { email, language } in store.recipients_of_draft(&draft).await? {
            messages.push(NewMessage {
                id: new_id(randomness)?,
                subject: format!("draft/{draft}"),
                recipient: email,
                language,
                message: Message::DraftExpires { kept_until }.into(),
                at: now,
            });
        }
        store.remind(&draft, &messages, now).await?;
    }
    Ok(())
}
