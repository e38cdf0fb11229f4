//! The language of messages: an address uses the draft's language unless it has a language of its
//! own.

use std::time::Duration;

use registration::identifiers::Email;
use registration::language::Language;
use registration::lifetimes::ACCESS_CODE_MINUTES;
use server::store::{
    AccessSecrets, AddressConfirmation, NewAccessRequest, NewSession, Recipient, RedeemOutcome,
    RequestedDraft, code_hash,
};

use crate::test_store::{DRAFT_HOURS, SESSION_HOURS, TestStore, at_hour, token};

use Language::{English, Welsh};

/// Confirms an address for a draft by redeeming an access link.
async fn confirm(
    store: &TestStore,
    draft: &str,
    number: u64,
    (address, language): (&str, Language),
    confirms: AddressConfirmation,
) {
    let access_link = format!("way-in-{number}");
    let request = NewAccessRequest {
        id: format!("request-{number}"),
        email: Email::parse(address).unwrap(),
        source: None,
        at: at_hour(0),
        drafts: vec![RequestedDraft {
            draft: draft.to_owned(),
            access_link: access_link.clone(),
            message: format!("message-{number}"),
            language,
        }],
        confirms,
    };
    store
        .access_links()
        .request_access_links(&request)
        .await
        .unwrap();
    let secrets = AccessSecrets {
        link: token(900 + number),
        code: code_hash(&access_link, "WDJB-MJHT"),
        until: at_hour(0).plus(Duration::from_mins(ACCESS_CODE_MINUTES.into())),
    };
    store
        .access_links()
        .issue_access_link(&access_link, &secrets, at_hour(0))
        .await
        .unwrap();
    let session = NewSession {
        token: token(number),
        ends: at_hour(SESSION_HOURS),
        draft_ends: at_hour(DRAFT_HOURS),
    };
    let opened = store
        .access_links()
        .redeem_link(&secrets.link, &session, at_hour(0))
        .await;
    assert_eq!(opened.unwrap(), RedeemOutcome::Redeemed);
}

async fn languages(store: &TestStore, draft: &str) -> Vec<Language> {
    let recipients = store.drafts().recipients_of_draft(draft).await.unwrap();
    recipients
        .into_iter()
        .map(|Recipient { language, .. }| language)
        .collect()
}

async fn of_session(store: &TestStore, applicant: u64) -> Option<Language> {
    let token = token(applicant);
    let found = store.drafts().language_of_session(&token, at_hour(1)).await;
    found.unwrap()
}

contract! {
    async fn a_draft_is_english_until_another_language_is_chosen(store: &TestStore) {
        let draft = store.begin(1).await;
        assert_eq!(of_session(store, 1).await, Some(English));
        store.drafts().choose_language(&token(1), Welsh).await.unwrap();
        assert_eq!(of_session(store, 1).await, Some(Welsh));
        let organisation = Email::parse("clerk@firm.example").unwrap();
        assert_eq!(store.drafts().language_to(&draft, &organisation).await.unwrap(), Welsh);
        assert_eq!(of_session(store, 2).await, None);
        let late = store.drafts().language_of_session(&token(1), at_hour(SESSION_HOURS)).await;
        assert_eq!(late.unwrap(), None);
        store.drafts().choose_language(&token(2), English).await.unwrap();
        assert_eq!(of_session(store, 1).await, Some(Welsh));
    }

    async fn who_saved_follows_the_draft_and_a_colleague_keeps_theirs(store: &TestStore) {
        let draft = store.begin(1).await;
        confirm(store, &draft, 2, ("owner@firm.example", English), AddressConfirmation::Address).await;
        confirm(store, &draft, 3, ("wen@firm.example", Welsh), AddressConfirmation::AddressWithLanguage).await;
        assert_eq!(languages(store, &draft).await, [English, Welsh]);
        store.drafts().choose_language(&token(2), Welsh).await.unwrap();
        store.drafts().choose_language(&token(3), English).await.unwrap();
        assert_eq!(languages(store, &draft).await, [Welsh, English]);
        assert_eq!((of_session(store, 1).await, of_session(store, 3).await), (Some(Welsh), Some(English)));
        let wen = Email::parse("WEN@firm.example").unwrap();
        assert_eq!(store.drafts().language_to(&draft, &wen).await.unwrap(), English);
        let found = store.access_links().drafts_of_address(&wen, at_hour(1)).await.unwrap();
        assert_eq!(found, [(draft, English)]);
    }

    async fn an_address_that_is_confirmed_again_has_the_newer_language_and_no_second_row(store: &TestStore) {
        let draft = store.begin(1).await;
        let address = "owner@firm.example";
        confirm(store, &draft, 2, (address, Welsh), AddressConfirmation::AddressWithLanguage).await;
        assert_eq!(languages(store, &draft).await, [Welsh]);
        // Resuming a draft does not change the language of the address.
        confirm(store, &draft, 3, (address, English), AddressConfirmation::Nothing).await;
        assert_eq!(languages(store, &draft).await, [Welsh]);
        confirm(store, &draft, 4, (address, English), AddressConfirmation::AddressWithLanguage).await;
        assert_eq!(languages(store, &draft).await, [English]);
    }

    async fn a_language_of_one_draft_is_not_anothers(store: &TestStore) {
        let (one, other) = (store.begin(1).await, store.begin(2).await);
        let address = "owner@firm.example";
        confirm(store, &one, 3, (address, Welsh), AddressConfirmation::AddressWithLanguage).await;
        confirm(store, &other, 4, (address, English), AddressConfirmation::AddressWithLanguage).await;
        store.drafts().choose_language(&token(4), Welsh).await.unwrap();
        store.drafts().choose_language(&token(3), English).await.unwrap();
        assert_eq!((languages(store, &one).await, languages(store, &other).await), (vec![English], vec![Welsh]));
    }

    async fn starting_again_keeps_the_languages(store: &TestStore) {
        let draft = store.begin(1).await;
        store.drafts().set_language(&draft, Welsh).await.unwrap();
        confirm(store, &draft, 2, ("wen@firm.example", English), AddressConfirmation::AddressWithLanguage).await;
        let session = NewSession {
            token: token(3),
            ends: at_hour(SESSION_HOURS),
            draft_ends: at_hour(DRAFT_HOURS),
        };
        store.drafts().start_again(&server::store::RestartedDraft { earlier_draft: &draft, draft: "again", users: &[], from: &token(2), session: &session }, at_hour(1)).await.unwrap();
        assert_eq!(languages(store, "again").await, [English]);
        assert_eq!(of_session(store, 3).await, Some(English));
        let other = Email::parse("clerk@firm.example").unwrap();
        assert_eq!(store.drafts().language_to("again", &other).await.unwrap(), Welsh);
    }
}
