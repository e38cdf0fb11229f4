//! Compares a copy of the database with a ledger of what was acknowledged before the copy was made.

use server::clock::{Clock, SystemClock};
use server::randomness::SessionToken;
use server::store::Store;

use crate::applicant::Ledger;
use crate::kept::assert_users;

/// Asserts that a copy of the database has everything in a ledger. The copy may have more, because
/// the applicants sent further forms while it was made.
pub async fn assert_at_least(store: &Store, ledger: &Ledger) {
    let listed = store.registrations().list().await.unwrap();
    for known in &ledger.submitted {
        let row = listed
            .iter()
            .find(|row| Some(&row.name) == known.name.as_ref());
        let row = row.unwrap_or_else(|| panic!("{:?} is not in the copy", known.name));
        let reference = row.reference.parse().unwrap();
        let kept = store
            .registrations()
            .registration(&reference)
            .await
            .unwrap()
            .unwrap();
        let people = kept.registration.people.iter();
        let people: Vec<String> = people.map(|person| person.last_name.to_string()).collect();
        assert_users(known, &people);
    }
    let Some(cookie) = &ledger.now.cookie else {
        return;
    };
    let token = SessionToken::parse(cookie.split_once('=').unwrap().1).unwrap();
    let now = SystemClock.now();
    let held = store
        .drafts()
        .session_draft(&token.hash(), now)
        .await
        .unwrap()
        .unwrap();
    let users = store.draft_users().users(&held.id).await.unwrap();
    let names: Vec<&str> = users
        .iter()
        .map(|listed| listed.user.last_name.as_str())
        .collect();
    for user in &ledger.now.users {
        assert!(names.contains(&user.as_str()), "{user} is not in the copy");
    }
    let name = held
        .draft
        .organisation_name
        .map_or_else(String::new, |answers| answers.name);
    let known = ledger.now.name.as_deref().unwrap_or_default();
    assert!(
        number_of(&name) >= number_of(known),
        "{name:?} is older than {known:?}"
    );
}

/// Returns the number at the end of an organisation's name, which grows with each change; 0 if
/// there is none.
fn number_of(name: &str) -> usize {
    let number = name.rsplit(' ').next().unwrap_or_default();
    number.parse().unwrap_or_default()
}
