//! Erases a person, found by email address, from drafts, registrations, requests for another
//! format, messages and the audit.
//!
//! A registration is erased completely if the address belongs to its accountable person, its
//! organisation or its only user. From any other registration, only the person is removed. A
//! registration that is neither decided nor withdrawn is not changed.

use std::collections::BTreeSet;

use registration::identifiers::{Email, Reference};
use registration::lifecycle::State;
use registration::membership::Change;
use registration::registration::Registration;

use super::batches::erase_user;
use super::chains::{erase_chains, erase_rows_with, say_erased};
use super::registrations::{erase, target};
use super::{Erased, ErasureRequest, Told, take_turn};
use crate::randomness::sha256;
use crate::store::audit::Subject;
use crate::store::connection::Connection;
use crate::store::desk::keys::save_keys;
use crate::store::desk::{EndsChange, lock_ends, reindex};
use crate::store::error::StoreError;
use crate::store::organisations::{erase_member, organisations_of_mailbox};
use crate::store::registrations::registration_of;
use crate::store::statement::{query, query_as, query_scalar};
use crate::store::stores::Retention;

/// The result of erasing a person by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonErased {
    /// The rows that were erased or, in a dry run, would be erased.
    pub erased: Erased,
    /// The registrations from which the person was not erased, because they must be decided or
    /// withdrawn first, or because the person is the last administrator of the organisation.
    pub undecided: Vec<Reference>,
}

/// The texts that identify a person: names, email addresses and telephone numbers, in lower case.
struct Needles(Vec<String>);

impl Needles {
    fn of(mailbox: &str) -> Self {
        Self(vec![mailbox.to_lowercase()])
    }

    /// Adds the person's names, email addresses and telephone numbers in the answers of a
    /// registration.
    fn add_answers(&mut self, mailbox: &str, registration: &Registration) {
        for person in &registration.people {
            if Email::mailbox(person.email.as_str()) == mailbox {
                self.add([person.first_name.as_str(), person.last_name.as_str()].join(" "));
                self.add(person.email.as_str());
                self.add(person.mobile.as_str());
                self.add(person.mobile.e164());
            }
        }
        let accountable = &registration.accountable_person;
        if Email::mailbox(accountable.email.as_str()) == mailbox {
            self.add(accountable.full_name());
            self.add(accountable.email.as_str());
            self.add(accountable.telephone.as_str());
        }
    }

    fn add(&mut self, needle: impl AsRef<str>) {
        let needle = needle.as_ref().to_lowercase();
        if !needle.trim().is_empty() && !self.0.contains(&needle) {
            self.0.push(needle);
        }
    }

    fn are_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().any(|needle| text.contains(needle.as_str()))
    }
}

impl Retention {
    /// Erases the person with this email address.
    ///
    /// # Errors
    /// When the database fails or a row cannot be read.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn erase_person(
        &self,
        email: &Email,
        request: &ErasureRequest<'_>,
    ) -> Result<PersonErased, StoreError> {
        let mailbox = Email::mailbox(email.as_str());
        let told = request.told();
        let mut done = PersonErased::default();
        let mut connection = self.database.write().await?;
        let mut transaction = connection.begin().await?;
        take_turn(&mut transaction, request.at).await?;
        for reference in references(&mut transaction, &mailbox).await? {
            out_of_registration(&mut transaction, &reference, &mailbox, (&told, &mut done)).await?;
        }
        out_of_drafts(&mut transaction, &mailbox, &mut done.erased).await?;
        let requests: Vec<(String, Option<String>)> =
            query_as("select id, email from format_request where email is not null")
                .fetch_all(&mut transaction)
                .await?;
        for (id, email) in requests {
            if email.is_some_and(|email| Email::mailbox(&email) == mailbox) {
                let rows = query("delete from format_request where id = $1")
                    .bind(&id)
                    .execute(&mut transaction)
                    .await?;
                done.erased.add("requests for another format", rows);
                let subject = Subject::FormatRequest(id);
                let rows = erase_chains(&mut transaction, &subject, &told).await?;
                done.erased.add("audit rows", rows);
            }
        }
        query("delete from message_address where lower(email) in ($1, $2) or mailbox in ($1, $2)")
            .bind(&mailbox)
            .bind(email.as_str().to_lowercase())
            .execute(&mut transaction)
            .await?;
        let messages = query("delete from outbox where lower(recipient) in ($1, $2)")
            .bind(&mailbox)
            .bind(email.as_str().to_lowercase())
            .execute(&mut transaction)
            .await?;
        done.erased.add("messages", messages);
        if !done.erased.is_empty() {
            request.tell(&mut transaction, &done.erased).await?;
        }
        if request.dry_run {
            transaction.rollback().await?;
        } else {
            transaction.commit().await?;
            drop(connection);
            self.database.remove_remains().await?;
        }
        Ok(done)
    }
}

/// Returns the references of the registrations that contain a mailbox: in their answers, in earlier
/// answers, in the accounts to end, or in the audit of a correction. The last three may name a
/// person whom the answers no longer name.
async fn references(
    connection: &mut Connection<'_>,
    mailbox: &str,
) -> Result<Vec<Reference>, StoreError> {
    let mut references: BTreeSet<String> = of_answers(connection, mailbox).await?;
    references.extend(organisations_of_mailbox(connection, mailbox).await?);
    let to_end: Vec<(String, String)> = query_as(
        "select reference, account_to_end.email from account_to_end join registration on \
         registration.id = account_to_end.registration_id where erased_at is null",
    )
    .fetch_all(connection)
    .await?;
    references.extend(
        to_end
            .into_iter()
            .filter(|(_, email)| Email::mailbox(email) == mailbox)
            .map(|(reference, _)| reference),
    );
    // The host of an address can be spelt in two ways, so the query searches for the part before
    // the host.
    let local = mailbox.rsplit_once('@').map_or(mailbox, |(local, _)| local);
    let earlier: Vec<(String, String)> = query_as(
        "select reference, registration_revision.answers from registration_revision join \
         registration on registration.id = registration_revision.registration_id where erased_at \
         is null and lower(registration_revision.answers) like $1",
    )
    .bind(pattern(&[local, "@"].concat()))
    .fetch_all(connection)
    .await?;
    for (reference, answers) in earlier {
        if is_named(&read_revision(&answers)?, mailbox) {
            references.insert(reference);
        }
    }
    let corrected: Vec<String> = query_scalar(
        "select distinct audit.subject from audit join audit_value on audit_value.subject = \
         audit.subject and audit_value.sequence = audit.sequence where audit.action = 'corrected' \
         and lower(audit_value.details) like $1",
    )
    .bind(pattern(mailbox))
    .fetch_all(connection)
    .await?;
    for subject in corrected {
        if let Ok(Subject::Registration(reference)) = Subject::parse(&subject)
            && target(connection, reference.as_str())
                .await?
                .is_some_and(|target| !target.is_erased())
        {
            references.insert(reference.to_string());
        }
    }
    references
        .iter()
        .map(|reference| Reference::parse(reference).map_err(unread_reference))
        .collect()
}

/// Returns the references of the registrations whose current answers contain a mailbox.
async fn of_answers(
    connection: &mut Connection<'_>,
    mailbox: &str,
) -> Result<BTreeSet<String>, StoreError> {
    let references: Vec<String> = query_scalar(
        "select reference from registration join registration_key on registration_key.registration_id \
         = registration.id where registration_key.kind = 'mailbox' and registration_key.value = $1 \
         and erased_at is null order by reference",
    )
    .bind(mailbox)
    .fetch_all(connection)
    .await?;
    Ok(references.into_iter().collect())
}

/// Returns whether a mailbox is that of the registration's accountable person or of its
/// organisation.
fn is_about(registration: &Registration, mailbox: &str) -> bool {
    [
        &registration.accountable_person.email,
        &registration.organisation.email,
    ]
    .iter()
    .any(|email| Email::mailbox(email.as_str()) == mailbox)
}

/// Returns whether a mailbox is that of the accountable person, the organisation or a user.
fn is_named(registration: &Registration, mailbox: &str) -> bool {
    let is_of_user = |email: &Email| Email::mailbox(email.as_str()) == mailbox;
    is_about(registration, mailbox)
        || registration
            .people
            .iter()
            .any(|person| is_of_user(&person.email))
}

fn read_revision(answers: &str) -> Result<Registration, StoreError> {
    serde_json::from_str(answers).map_err(unread_revision)
}

fn unread_revision(_: serde_json::Error) -> StoreError {
    StoreError::Row {
        table: "registration_revision",
        column: "answers",
    }
}

/// Whether an organisation is open and somebody joined it, or took over as the accountable person,
/// after its registration was approved, so that it may be about other people now.
async fn has_changed_people(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<bool, StoreError> {
    let changes: i64 = query_scalar(
        "select count(*) from organisation join member_event on member_event.organisation_id = \
         organisation.id where registration_id = $1 and opened_on is not null and closed_on is \
         null and step > 0 and cancelled_at is null and change in ($2, $3)",
    )
    .bind(registration)
    .bind(Change::Join.key())
    .bind(Change::TakeOver.key())
    .fetch_one(connection)
    .await?;
    Ok(changes > 0)
}

/// Erases a registration that is about this person, or removes the person from the registration.
///
/// A registration that is neither decided nor withdrawn is only added to `done.undecided`, and so is
/// one about this person whose organisation has changed its people since: it is erased with all its
/// members only when it is closed.
async fn out_of_registration(
    connection: &mut Connection<'_>,
    reference: &Reference,
    mailbox: &str,
    (told, done): (&Told, &mut PersonErased),
) -> Result<(), StoreError> {
    let found = target(connection, reference.as_str()).await?;
    let kept = registration_of(connection, reference).await?;
    let Some((target, kept)) = found.zip(kept) else {
        return Ok(());
    };
    let registration = kept.registration;
    let is_closed = State::from_key(&target.state).is_some_and(State::is_closed);
    let others = registration
        .people
        .iter()
        .filter(|person| Email::mailbox(person.email.as_str()) != mailbox)
        .count();
    let is_about_them = others == 0 || is_about(&registration, mailbox);
    let is_live = is_about_them && has_changed_people(connection, &target.id).await?;
    if !is_closed || is_live {
        done.undecided.push(*reference);
    } else if is_about_them {
        let erased = erase(connection, &target, told).await?;
        for (what, rows) in erased.0 {
            done.erased.add(what, rows);
        }
    } else {
        let mut needles = Needles::of(mailbox);
        needles.add_answers(mailbox, &registration);
        let of_member = (target.id.as_str(), mailbox);
        let Some(member) = erase_member(connection, of_member, told.at).await? else {
            done.undecided.push(*reference);
            return Ok(());
        };
        done.erased.add("members", member.members);
        member.texts.iter().for_each(|text| needles.add(text));
        if member.members > 0 {
            let subject = Subject::Organisation(member.organisation);
            say_erased(connection, &subject, told).await?;
            let contains = |text: &str| needles.are_in(text);
            let rows = erase_rows_with(connection, &subject, &contains, told).await?;
            done.erased.add("audit rows", rows);
        }
        out_of_accounts_to_end(connection, (&target.id, mailbox), &mut needles, done).await?;
        out_of_revisions(connection, (&target.id, mailbox), &mut needles, done).await?;
        let subject = Subject::Registration(*reference);
        // The chain must record the erasure first: database triggers reject the deletion of notes
        // before.
        say_erased(connection, &subject, told).await?;
        for subject in [subject, Subject::Draft(target.draft_id.clone())] {
            let contains = |text: &str| needles.are_in(text);
            let rows = erase_rows_with(connection, &subject, &contains, told).await?;
            done.erased.add("audit rows", rows);
        }
        let of_registration = (target.id.as_str(), reference.as_str());
        out_of_users(connection, of_registration, mailbox, done).await?;
        out_of_texts(connection, &target.id, &needles, done).await?;
    }
    Ok(())
}

/// Removes the person from the accounts to end of a registration, and adds their names to
/// `needles`.
async fn out_of_accounts_to_end(
    connection: &mut Connection<'_>,
    (id, mailbox): (&str, &str),
    needles: &mut Needles,
    done: &mut PersonErased,
) -> Result<(), StoreError> {
    let to_end: Vec<(String, String, String)> = query_as(
        "select email, first_name, last_name from account_to_end where registration_id = $1",
    )
    .bind(id)
    .fetch_all(connection)
    .await?;
    for (email, first_name, last_name) in to_end {
        if Email::mailbox(&email) == mailbox {
            needles.add(&email);
            needles.add([first_name, last_name].join(" "));
            let rows =
                query("delete from account_to_end where registration_id = $1 and email = $2")
                    .bind(id)
                    .bind(&email)
                    .execute(connection)
                    .await?;
            done.erased.add("accounts to end", rows);
        }
    }
    Ok(())
}

/// Removes the person from the earlier answers of a registration, and adds the person's names,
/// addresses and numbers in these answers to `needles`. Earlier answers in which the person's
/// address is that of the accountable person or the organisation are deleted.
async fn out_of_revisions(
    connection: &mut Connection<'_>,
    (id, mailbox): (&str, &str),
    needles: &mut Needles,
    done: &mut PersonErased,
) -> Result<(), StoreError> {
    let revisions: Vec<(i64, String)> =
        query_as("select revision, answers from registration_revision where registration_id = $1")
            .bind(id)
            .fetch_all(connection)
            .await?;
    for (revision, answers) in revisions {
        let mut answers = read_revision(&answers)?;
        if !is_named(&answers, mailbox) {
            continue;
        }
        needles.add_answers(mailbox, &answers);
        let rows = if is_about(&answers, mailbox) {
            query("delete from registration_revision where registration_id = $1 and revision = $2")
                .bind(id)
                .bind(revision)
                .execute(connection)
                .await?
        } else {
            answers
                .people
                .retain(|person| Email::mailbox(person.email.as_str()) != mailbox);
            query(
                "update registration_revision set answers = $3 where registration_id = $1 and \
                 revision = $2",
            )
            .bind(id)
            .bind(revision)
            .bind(serde_json::to_string(&answers).map_err(unread_revision)?)
            .execute(connection)
            .await?
        };
        done.erased.add("earlier answers", rows);
    }
    Ok(())
}

/// Removes the person from the users and the batches of a registration.
async fn out_of_users(
    connection: &mut Connection<'_>,
    (id, reference): (&str, &str),
    mailbox: &str,
    done: &mut PersonErased,
) -> Result<(), StoreError> {
    let users: Vec<(i64, String)> =
        query_as("select position, email from registration_user where registration_id = $1")
            .bind(id)
            .fetch_all(connection)
            .await?;
    for (position, email) in users {
        if Email::mailbox(&email) == mailbox {
            let rows =
                query("delete from registration_user where registration_id = $1 and position = $2")
                    .bind(id)
                    .bind(position)
                    .execute(connection)
                    .await?;
            done.erased.add("users", rows);
        }
    }
    let batches = erase_user(connection, reference, mailbox).await?;
    done.erased.add("batches", batches);
    let reference = Reference::parse(reference).map_err(unread_reference)?;
    if let Some(kept) = registration_of(connection, &reference).await? {
        save_keys(connection, id, &kept.registration).await?;
        lock_ends(connection, EndsChange::Remove).await?;
        reindex(connection, id).await?;
    }
    Ok(())
}

fn unread_reference(_: registration::problem::Problem) -> StoreError {
    StoreError::Row {
        table: "registration",
        column: "reference",
    }
}

/// Deletes the notes about a registration that name the person, and empties the answers and notes
/// of its checks that name the person.
async fn out_of_texts(
    connection: &mut Connection<'_>,
    id: &str,
    needles: &Needles,
    done: &mut PersonErased,
) -> Result<(), StoreError> {
    let notes: Vec<(String, String)> =
        query_as("select id, words from registration_note where registration_id = $1")
            .bind(id)
            .fetch_all(connection)
            .await?;
    for (note, words) in notes {
        if needles.are_in(&words) {
            let rows = query("delete from registration_note where id = $1")
                .bind(note)
                .execute(connection)
                .await?;
            done.erased.add("notes", rows);
        }
    }
    let checks: Vec<(String, String, String)> =
        query_as("select name, about, note from registration_check where registration_id = $1")
            .bind(id)
            .fetch_all(connection)
            .await?;
    for (name, about, note) in checks {
        if needles.are_in(&about) || needles.are_in(&note) {
            let rows = query(
                "update registration_check set about = '', note = '' where registration_id = $1 \
                 and name = $2",
            )
            .bind(id)
            .bind(name)
            .execute(connection)
            .await?;
            done.erased.add("checks", rows);
        }
    }
    Ok(())
}

/// Removes the person from every draft: from its users, links and addresses, pages and uploads.
async fn out_of_drafts(
    connection: &mut Connection<'_>,
    mailbox: &str,
    erased: &mut Erased,
) -> Result<(), StoreError> {
    let users: Vec<(String, String, String)> =
        query_as("select id, draft_id, email from draft_user where lower(email) like $1")
            .bind(pattern(mailbox))
            .fetch_all(connection)
            .await?;
    for (id, draft, email) in users {
        if Email::mailbox(email.trim()) != mailbox {
            continue;
        }
        let rows = query("delete from draft_user where id = $1")
            .bind(id)
            .execute(connection)
            .await?;
        query("update draft set users = users - 1 where id = $1")
            .bind(draft)
            .execute(connection)
            .await?;
        erased.add("users of drafts", rows);
    }
    for (what, statement) in [
        (
            "addresses of drafts",
            "delete from draft_address where mailbox = $1",
        ),
        ("links", "delete from way_in where mailbox = $1"),
        ("links", "delete from signing_link where mailbox = $1"),
        ("links", "delete from registration_link where mailbox = $1"),
    ] {
        let rows = query(statement).bind(mailbox).execute(connection).await?;
        erased.add(what, rows);
    }
    let asked_for = "delete from way_in_request where mailbox_hash = $1";
    let rows = query(asked_for)
        .bind(sha256(mailbox.as_bytes()))
        .execute(connection)
        .await?;
    erased.add("links", rows);
    for (what, statement) in [
        (
            "pages of drafts",
            "delete from draft_page where lower(answers) like $1",
        ),
        (
            "answers that were not kept",
            "delete from two_answers where lower(answers) like $1",
        ),
        (
            "uploaded lists",
            "delete from spreadsheet_waiting where lower(content) like $1",
        ),
        (
            "uploaded lists",
            "delete from spreadsheet_reading where lower(pasted) like $1",
        ),
        (
            "copies of drafts",
            "update draft set as_sent = '' where lower(as_sent) like $1",
        ),
    ] {
        let rows = query(statement)
            .bind(pattern(mailbox))
            .execute(connection)
            .await?;
        erased.add(what, rows);
    }
    Ok(())
}

/// Returns the `like` pattern for texts that contain a mailbox.
///
/// A wildcard character in the mailbox can only make the pattern match more texts.
fn pattern(mailbox: &str) -> String {
    format!("%{mailbox}%")
}
