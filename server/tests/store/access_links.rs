//! Access links and codes: each opens a draft once, a new link replaces the earlier link, and
//! requests for links are limited.

use std::time::Duration;

use registration::identifiers::Email;
use registration::journey::AfterSave;
use registration::language::Language;
use registration::lifetimes::ACCESS_CODE_MINUTES;
use registration::resume::{MAX_ACCESS_MESSAGES_FROM_CLIENT, MAX_TO_ADDRESS};
use server::clock::Moment;
use server::randomness::{SessionToken, TokenHash};
use server::store::{
    AccessRequestOutcome, AccessSecrets, AddressConfirmation, MessageContent, NewAccessRequest,
    NewSession, RedeemOutcome, RequestedDraft, Subject, code_hash,
};

use crate::outbox::message;
use crate::spreadsheets::reading;
use crate::test_store::{
    DRAFT_HOURS, SESSION_HOURS, TestStore, at_hour, name_in, named, token, user,
};

const CODE: &str = "WDJB-MJHT";

fn email(typed: &str) -> Email {
    Email::parse(typed).unwrap()
}

fn request(number: u64, draft: Option<&str>) -> NewAccessRequest {
    NewAccessRequest {
        id: format!("request-{number}"),
        email: email("Clerk@firm.example"),
        source: Some("192.0.2.7".to_owned()),
        at: at_hour(0),
        drafts: draft
            .map(|draft| RequestedDraft {
                draft: draft.to_owned(),
                access_link: format!("way-in-{number}"),
                message: format!("message-{number}"),
                language: Language::English,
            })
            .into_iter()
            .collect(),
        confirms: AddressConfirmation::Address,
    }
}

/// Returns the hash of an access link's secret.
fn secret(number: u64) -> TokenHash {
    SessionToken::parse(&format!("{:064x}", 900 + number))
        .unwrap()
        .hash()
}

/// Creates a session for the browser that opens an access link.
fn session(applicant: u64) -> NewSession {
    NewSession {
        token: token(applicant),
        ends: at_hour(SESSION_HOURS),
        draft_ends: at_hour(2 * DRAFT_HOURS),
    }
}

/// Returns the time at which an access link that was sent at this hour expires.
fn link_end(hour: i64) -> Moment {
    at_hour(hour).plus(Duration::from_mins(ACCESS_CODE_MINUTES.into()))
}

async fn arm(store: &TestStore, number: u64) -> bool {
    let id = format!("way-in-{number}");
    let secrets = AccessSecrets {
        link: secret(number),
        code: code_hash(&id, CODE),
        until: link_end(0),
    };
    store
        .access_links()
        .issue_access_link(&id, &secrets, at_hour(0))
        .await
        .unwrap()
        .is_some()
}

/// Begins a draft with a name and issues its link and code; returns the draft's identifier.
async fn asked_and_sent(store: &TestStore) -> String {
    let draft = store.begin(1).await;
    store
        .drafts()
        .save_page(&draft, &named("Kept"), at_hour(0))
        .await
        .unwrap();
    assert_eq!(
        store
            .access_links()
            .request_access_links(&request(1, Some(&draft)))
            .await
            .unwrap(),
        AccessRequestOutcome::Posted
    );
    assert!(arm(store, 1).await);
    draft
}

async fn by_code(store: &TestStore, number: u64, code: &str, applicant: u64) -> RedeemOutcome {
    let id = format!("request-{number}");
    store
        .access_links()
        .redeem_code(&id, code, &session(applicant), at_hour(0))
        .await
        .unwrap()
}

async fn by_link(store: &TestStore, number: u64, applicant: u64) -> RedeemOutcome {
    store
        .access_links()
        .redeem_link(&secret(number), &session(applicant), at_hour(0))
        .await
        .unwrap()
}

contract! {
    async fn a_request_posts_one_message_that_holds_no_secret(store: &TestStore) {
        asked_and_sent(store).await;
        let claimed = store.outbox().claim_messages(9, at_hour(0), at_hour(1)).await.unwrap();
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].message, MessageContent::AccessLink { id: "way-in-1".to_owned() });
        assert_eq!(claimed[0].recipient, email("Clerk@firm.example"));
        assert_eq!(
            store.number("select count(*) from way_in where secret_hash like '%385%' or code_hash = 'WDJB-MJHT'").await,
            0
        );
    }

    async fn the_code_opens_the_draft_once_and_ends_the_link(store: &TestStore) {
        let draft = asked_and_sent(store).await;
        assert_eq!(by_code(store, 1, CODE, 2).await, RedeemOutcome::Redeemed);
        let session_draft = store.session_draft(2, 1).await;
        assert_eq!((session_draft.id.as_str(), name_in(&session_draft)), (draft.as_str(), "Kept"));
        assert_eq!(by_code(store, 1, CODE, 3).await, RedeemOutcome::Invalid);
        assert_eq!(by_link(store, 1, 4).await, RedeemOutcome::Invalid);
        assert!(store.drafts().session_draft(&token(3), at_hour(1)).await.unwrap().is_none());
    }

    async fn the_link_opens_the_draft_once_and_ends_the_code(store: &TestStore) {
        asked_and_sent(store).await;
        assert_eq!(by_link(store, 1, 2).await, RedeemOutcome::Redeemed);
        assert_eq!(name_in(&store.session_draft(2, 1).await), "Kept");
        assert_eq!(by_link(store, 1, 3).await, RedeemOutcome::Invalid);
        assert_eq!(by_code(store, 1, CODE, 4).await, RedeemOutcome::Invalid);
    }

    async fn of_ten_that_open_at_once_one_does(store: &TestStore) {
        asked_and_sent(store).await;
        let mut opening = tokio::task::JoinSet::new();
        for applicant in 2..12 {
            let store = store.shared();
            opening.spawn(async move {
                store.access_links().redeem_link(&secret(1), &session(applicant), at_hour(0)).await.unwrap()
            });
        }
        let outcomes = opening.join_all().await;
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == RedeemOutcome::Redeemed).count(), 1);
    }

    async fn neither_works_before_it_was_sent_nor_when_its_time_is_over(store: &TestStore) {
        let draft = store.begin(1).await;
        store.access_links().request_access_links(&request(1, Some(&draft))).await.unwrap();
        assert_eq!(by_code(store, 1, CODE, 2).await, RedeemOutcome::Invalid);
        assert_eq!(by_code(store, 1, "", 2).await, RedeemOutcome::Invalid);
        assert!(arm(store, 1).await);
        let late = link_end(0);
        let code = store.access_links().redeem_code("request-1", CODE, &session(2), late).await.unwrap();
        let link = store.access_links().redeem_link(&secret(1), &session(3), late).await.unwrap();
        assert_eq!((code, link), (RedeemOutcome::Invalid, RedeemOutcome::Invalid));
    }

    async fn after_ten_tries_the_right_code_is_too_late(store: &TestStore) {
        asked_and_sent(store).await;
        for _ in 0..10 {
            assert_eq!(by_code(store, 1, "000000", 2).await, RedeemOutcome::Invalid);
        }
        assert_eq!(by_code(store, 1, CODE, 2).await, RedeemOutcome::TooManyAttempts);
        assert_eq!(by_link(store, 1, 3).await, RedeemOutcome::Redeemed);
    }

    async fn a_newer_link_and_code_end_the_older(store: &TestStore) {
        let draft = asked_and_sent(store).await;
        store.access_links().request_access_links(&request(2, Some(&draft))).await.unwrap();
        assert!(!arm(store, 1).await, "nobody waits for the older message any more");
        assert_eq!(by_link(store, 1, 2).await, RedeemOutcome::Invalid);
        assert_eq!(by_code(store, 1, CODE, 2).await, RedeemOutcome::Invalid);
        assert!(arm(store, 2).await);
        assert_eq!(by_code(store, 2, CODE, 2).await, RedeemOutcome::Redeemed);
    }

    async fn a_message_that_is_sent_again_ends_what_it_said_before(store: &TestStore) {
        asked_and_sent(store).await;
        let again = AccessSecrets { link: secret(5), code: code_hash("way-in-1", "111111"), until: link_end(0) };
        store.access_links().issue_access_link("way-in-1", &again, at_hour(0)).await.unwrap();
        assert_eq!(by_link(store, 1, 2).await, RedeemOutcome::Invalid);
        assert_eq!(by_code(store, 1, CODE, 2).await, RedeemOutcome::Invalid);
        assert_eq!(by_link(store, 5, 2).await, RedeemOutcome::Redeemed);
    }

    async fn a_code_belongs_to_its_request(store: &TestStore) {
        asked_and_sent(store).await;
        let other = store.begin(5).await;
        let mut second = request(2, Some(&other));
        second.email = email("other@firm.example");
        store.access_links().request_access_links(&second).await.unwrap();
        assert!(arm(store, 2).await);
        assert_eq!(by_code(store, 2, CODE, 6).await, RedeemOutcome::Redeemed);
        assert_eq!(store.session_draft(6, 1).await.id, other);
        assert_eq!(by_code(store, 7, CODE, 8).await, RedeemOutcome::TooManyAttempts);
    }

    async fn a_confirmed_address_finds_its_drafts_in_whatever_case(store: &TestStore) {
        let draft = asked_and_sent(store).await;
        let clerk = email("clerk@FIRM.example");
        assert!(store.access_links().drafts_of_address(&clerk, at_hour(0)).await.unwrap().is_empty());
        assert!(store.access_links().addresses_of_draft(&draft).await.unwrap().is_empty());
        by_link(store, 1, 2).await;
        assert_eq!(
            store.access_links().drafts_of_address(&clerk, at_hour(0)).await.unwrap(),
            [(draft.clone(), Language::English)]
        );
        assert_eq!(store.access_links().addresses_of_draft(&draft).await.unwrap(), ["Clerk@firm.example"]);
        let other = email("other@firm.example");
        assert!(store.access_links().drafts_of_address(&other, at_hour(0)).await.unwrap().is_empty());
        let ended = at_hour(2 * DRAFT_HOURS);
        assert!(store.access_links().drafts_of_address(&clerk, ended).await.unwrap().is_empty());
    }

    async fn a_draft_with_a_confirmed_address_lives_without_a_cookie_until_its_end(store: &TestStore) {
        let draft = asked_and_sent(store).await;
        by_link(store, 1, 2).await;
        let long_after = at_hour(2 * DRAFT_HOURS - 1);
        assert_eq!(store.drafts().delete_expired(long_after).await.unwrap(), 0);
        assert_eq!(store.number("select count(*) from session").await, 0);
        assert_eq!(store.access_links().addresses_of_draft(&draft).await.unwrap().len(), 1);
        assert_eq!(store.drafts().delete_expired(at_hour(2 * DRAFT_HOURS)).await.unwrap(), 1);
        assert_eq!(store.number("select count(*) from draft_address").await, 0);
    }

    async fn for_a_draft_that_is_not_there_nothing_is_posted_and_no_code_is_right(store: &TestStore) {
        let gone = store.begin(1).await;
        assert!(store.access_links().delete_draft(&gone).await.unwrap());
        for (number, draft) in [(1, gone.as_str()), (2, "never-was")] {
            assert_eq!(store.access_links().request_access_links(&request(number, Some(draft))).await.unwrap(), AccessRequestOutcome::Posted);
            assert!(!arm(store, number).await);
            assert_eq!(by_code(store, number, CODE, 5).await, RedeemOutcome::Invalid);
        }
        assert!(store.outbox().rows(9).await.unwrap().is_empty());
        assert_eq!(store.number("select count(*) from way_in").await, 0);
    }

    async fn five_messages_an_hour_go_to_an_address_known_or_not(store: &TestStore) {
        let draft = store.begin(1).await;
        for number in 1..=5 {
            let known = (number % 2 == 0).then_some(draft.as_str());
            let mut request = request(number, known);
            request.source = None;
            assert_eq!(store.access_links().request_access_links(&request).await.unwrap(), AccessRequestOutcome::Posted);
        }
        let mut sixth = request(6, Some(&draft));
        sixth.source = None;
        assert_eq!(store.access_links().request_access_links(&sixth).await.unwrap(), AccessRequestOutcome::TooMany(at_hour(1)));
        assert_eq!(store.outbox().rows(99).await.unwrap().len(), 2);
        sixth.email = email("other@firm.example");
        assert_eq!(store.access_links().request_access_links(&sixth).await.unwrap(), AccessRequestOutcome::Posted);
        let mut later = request(7, Some(&draft));
        later.at = at_hour(1);
        assert_eq!(store.access_links().request_access_links(&later).await.unwrap(), AccessRequestOutcome::Posted);
    }

    async fn those_who_ask_for_messages_at_once_are_counted_exactly(store: &TestStore) {
        for (same_address, most) in [(true, MAX_TO_ADDRESS), (false, MAX_ACCESS_MESSAGES_FROM_CLIENT)] {
            let mut asking = tokio::task::JoinSet::new();
            for number in 0..40 {
                let number = number + if same_address { 0 } else { 100 };
                let mut request = request(number, None);
                if same_address {
                    request.source = Some(format!("192.0.2.{number}"));
                } else {
                    request.email = email(&format!("clerk.{number}@firm.example"));
                    request.source = Some("198.51.100.1".to_owned());
                }
                let store = store.shared();
                asking.spawn(async move { store.access_links().request_access_links(&request).await.unwrap() });
            }
            let outcomes = asking.join_all().await;
            let posted = outcomes.iter().filter(|outcome| **outcome == AccessRequestOutcome::Posted).count();
            assert_eq!(posted, most);
        }
    }

    async fn thirty_messages_an_hour_are_asked_for_from_one_place(store: &TestStore) {
        let ask = async |number: u64, source: &str| {
            let mut request = request(number, None);
            request.email = email(&format!("clerk.{number}@firm.example"));
            request.source = Some(source.to_owned());
            store.access_links().request_access_links(&request).await.unwrap()
        };
        for number in 0..30 {
            assert_eq!(ask(number, "192.0.2.7").await, AccessRequestOutcome::Posted);
        }
        assert_eq!(ask(30, "192.0.2.7").await, AccessRequestOutcome::TooMany(at_hour(1)));
        assert_eq!(ask(31, "192.0.2.8").await, AccessRequestOutcome::Posted);
        assert_eq!(store.access_links().forget_requests(at_hour(24)).await.unwrap(), 0);
        let later = Moment::from_millis(at_hour(24).millis() + 1);
        assert_eq!(store.access_links().forget_requests(later).await.unwrap(), 31);
    }

    async fn a_clock_that_is_put_back_lets_no_code_and_no_link_live_longer(store: &TestStore) {
        asked_and_sent(store).await;
        let open = async |before: i64| {
            let now = Moment::from_millis(at_hour(0).millis() - before * 60_000);
            let link = store.access_links().redeem_link(&secret(1), &session(2), now).await.unwrap();
            let code = store.access_links().redeem_code("request-1", CODE, &session(3), now).await.unwrap();
            (link, code)
        };
        assert_eq!(open(24 * 60).await, (RedeemOutcome::Invalid, RedeemOutcome::Invalid));
        assert_eq!(open(6).await, (RedeemOutcome::Invalid, RedeemOutcome::Invalid));
        // A difference of up to five minutes between two servers' clocks is tolerated.
        assert_eq!(open(4).await, (RedeemOutcome::Redeemed, RedeemOutcome::Invalid));
    }

    async fn a_clock_that_was_ahead_shuts_nobody_out(store: &TestStore) {
        for number in 1..=5 {
            let mut ahead = request(number, None);
            ahead.at = at_hour(9_000);
            assert_eq!(store.access_links().request_access_links(&ahead).await.unwrap(), AccessRequestOutcome::Posted);
        }
        assert_eq!(store.access_links().request_access_links(&request(6, None)).await.unwrap(), AccessRequestOutcome::Posted);
    }

    async fn what_is_thrown_away_is_gone_at_once_for_everybody(store: &TestStore) {
        let draft = asked_and_sent(store).await;
        by_link(store, 1, 2).await;
        store.draft_users().add_user(&draft, "user-1", &user(1), at_hour(0)).await.unwrap();
        let after_save = AfterSave::default();
        store.drafts().save_conflict(&token(2), &named("Waiting"), after_save).await.unwrap();
        store.drafts().save_user_conflict(&token(2), "user-1", &user(2), after_save).await.unwrap();
        store.spreadsheets().begin_import(&draft, &reading("reading-1"), at_hour(0)).await.unwrap();
        let other = store.begin(9).await;
        store.access_links().request_access_links(&request(9, Some(&other))).await.unwrap();
        store.access_links().request_access_links(&request(2, Some(&draft))).await.unwrap();
        assert!(arm(store, 2).await);
        assert!(store.access_links().delete_draft(&draft).await.unwrap());
        assert!(!store.access_links().delete_draft(&draft).await.unwrap());
        for applicant in [1, 2] {
            assert!(store.drafts().session_draft(&token(applicant), at_hour(0)).await.unwrap().is_none());
        }
        assert_eq!(by_link(store, 2, 3).await, RedeemOutcome::Invalid);
        assert!(!arm(store, 2).await);
        for (rows, left) in [
            ("select count(*) from draft where id = 'draft-1'", 0),
            ("select count(*) from draft_page", 0),
            ("select count(*) from draft_user", 0),
            ("select count(*) from draft_address", 0),
            ("select count(*) from session where draft_id = 'draft-1'", 0),
            ("select count(*) from two_answers", 0),
            ("select count(*) from spreadsheet_reading", 0),
            ("select count(*) from way_in where draft_id = 'draft-1'", 0),
            // The draft's messages are deleted with their recipients; another draft's message
            // stays.
            ("select count(*) from outbox where subject = 'draft/draft-1'", 0),
            ("select count(*) from outbox", 1),
            ("select count(*) from draft", 1),
        ] {
            assert_eq!(store.number(rows).await, left, "{rows}");
        }
    }

    async fn of_servers_that_remind_at_once_one_does(store: &TestStore) {
        let draft = asked_and_sent(store).await;
        by_link(store, 1, 2).await;
        let (from, to) = (at_hour(2 * DRAFT_HOURS - 60), at_hour(2 * DRAFT_HOURS));
        let due = store.drafts().drafts_to_remind(from, to).await.unwrap();
        assert_eq!(due, [(draft.clone(), at_hour(2 * DRAFT_HOURS).millis())]);
        let mut reminding = tokio::task::JoinSet::new();
        for number in 0..8 {
            let (store, draft) = (store.shared(), draft.clone());
            reminding.spawn(async move {
                let mut reminder = message(700 + number, 0);
                reminder.subject = Subject::Draft(draft.clone());
                store.drafts().remind(&draft, &[reminder], from).await.unwrap();
            });
        }
        reminding.join_all().await;
        assert_eq!(store.number("select count(*) from outbox where id like 'message-07%'").await, 1);
        // The draft is not due again, even if the clock is set back.
        let before = at_hour(2 * DRAFT_HOURS - 70);
        assert!(store.drafts().drafts_to_remind(before, to).await.unwrap().is_empty());
    }

    async fn what_was_submitted_cannot_be_thrown_away(store: &TestStore) {
        let draft = store.begin_signed(1).await;
        store.registrations().submit(&store.submission(&draft, 1).await).await.unwrap();
        assert!(!store.access_links().delete_draft(&draft).await.unwrap());
        assert!(store.session_draft(1, 2).await.is_submitted);
    }
}
