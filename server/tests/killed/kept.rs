//! Compares the database with what the service acknowledged to the applicants.

use std::collections::BTreeSet;

use registration::draft::PageAnswers;
use registration::page::Page;
use registration::registration::complete;
use server::clock::{Clock, SystemClock};
use server::randomness::SessionToken;
use server::store::{Store, Subject};

use crate::applicant::{Applicant, Known};

/// Asserts that every registration is complete and stored once, and that no acknowledged
/// registration is missing.
pub async fn assert_registrations(store: &Store, applicants: &[Applicant]) {
    let listed = store.registrations().list().await.unwrap();
    let names: BTreeSet<&str> = listed.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(
        names.len(),
        listed.len(),
        "an organisation is registered twice"
    );

    let messages = store.outbox().rows(i64::MAX).await.unwrap();
    let subjects: BTreeSet<&str> = messages.iter().map(|row| row.subject.as_str()).collect();
    assert_eq!(
        (subjects.len(), messages.len()),
        (listed.len(), listed.len())
    );
    for row in &listed {
        let subject = Subject::parse(&format!("registration/{}", row.reference)).unwrap();
        let kept = store
            .registrations()
            .registration(&row.reference.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            kept.registration.people.len(),
            usize::try_from(row.users).unwrap()
        );
        let trail = store.audit().audit_of(&subject).await.unwrap();
        let [first] = trail.as_slice() else {
            panic!("{subject}: {trail:?}")
        };
        let details: serde_json::Value = serde_json::from_str(&first.details).unwrap();
        assert_eq!(details["users"], row.users, "{subject}");
        assert!(
            subjects.contains(&*subject.to_string()),
            "{subject} has no message"
        );
    }

    let mut told = 0;
    for known in applicants.iter().flat_map(|applicant| &applicant.submitted) {
        let name = known.name.as_deref().unwrap();
        assert!(
            names.contains(name),
            "{name} was acknowledged and is not there"
        );
        told += 1;
    }
    let unsure = applicants
        .iter()
        .filter(|applicant| applicant.now.submit_sent)
        .count();
    assert!(
        (told..=told + unsure).contains(&listed.len()),
        "{told} {unsure} {}",
        listed.len()
    );

    for known in applicants.iter().flat_map(|applicant| &applicant.submitted) {
        let row = listed
            .iter()
            .find(|row| Some(&row.name) == known.name.as_ref())
            .unwrap();
        let kept = store
            .registrations()
            .registration(&row.reference.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let people = kept
            .registration
            .people
            .iter()
            .map(|person| person.last_name.to_string());
        assert_users(known, &people.collect::<Vec<_>>());
    }
}

/// Asserts that each applicant's current draft has its acknowledged answers and users. If the draft
/// was submitted, it must also be complete.
pub async fn assert_drafts(store: &Store, applicants: &[Applicant]) {
    for Applicant { now: known, .. } in applicants {
        let Some(cookie) = &known.cookie else {
            continue;
        };
        let token = SessionToken::parse(cookie.split_once('=').unwrap().1)
            .unwrap()
            .hash();
        let held = store
            .drafts()
            .session_draft(&token, SystemClock.now())
            .await
            .unwrap()
            .unwrap();
        let name = held
            .draft
            .organisation_name
            .clone()
            .map(|answers| answers.name);
        assert!(
            name == known.name || name == known.unsure_name,
            "{name:?}, acknowledged {:?}, unsure {:?}",
            known.name,
            known.unsure_name
        );
        for (address, fields) in &known.pages {
            let page = Page::from_path(address.strip_prefix("/api").unwrap()).unwrap();
            let json: serde_json::Map<_, _> = fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
                .collect();
            let sent =
                PageAnswers::from_json(page, &serde_json::to_string(&json).unwrap()).unwrap();
            let mut with_sent = held.draft.clone();
            with_sent.keep(sent);
            assert_eq!(with_sent, held.draft, "{address}");
        }
        let users = store.draft_users().users(&held.id).await.unwrap();
        assert_eq!(users.len(), held.draft.users);
        let names: Vec<String> = users
            .iter()
            .map(|listed| listed.user.last_name.clone())
            .collect();
        assert_users(known, &names);
        if held.is_submitted {
            assert!(known.submit_sent);
            assert!(complete(&held.draft, &users).is_ok());
        }
    }
}

/// Asserts that every acknowledged user is stored once and in order, and that every other stored
/// user was sent.
pub fn assert_users(known: &Known, kept: &[String]) {
    let acknowledged: Vec<&String> = kept
        .iter()
        .filter(|name| known.users.contains(name))
        .collect();
    assert_eq!(acknowledged, known.users.iter().collect::<Vec<_>>());
    for name in kept {
        assert!(
            known.users.contains(name) || known.unsure_users.contains(name),
            "{name}"
        );
    }
    assert_eq!(
        kept.iter().collect::<BTreeSet<_>>().len(),
        kept.len(),
        "a user is there twice"
    );
}
