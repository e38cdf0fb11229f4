//! The search index and sort keys of registrations.
//!
//! The index and the keys are updated in the transaction that changes a registration. Code that
//! changes the name, numbers, addresses, users or clock of a registration with its own SQL must
//! call `reindex` in the same transaction.

use std::collections::HashSet;

use registration::date::CalendarDate;
use registration::desk::TargetClock;
use registration::desk::search::{Phrases, dialled, ends_of_word, parts_of_address, sorted_as};
use registration::identifiers::full_name;
use registration::identifiers::{BarNumber, LaaAccount, SraNumber, Telephone};
use registration::registration::Registration;
use sqlx::AssertSqlSafe;

use crate::randomness::sha256;
use crate::store::answers_document::read_document;
use crate::store::connection::Connection;
use crate::store::error::StoreError;
use crate::store::statement::{query, query_as};

/// The version of the tokeniser.
///
/// Increment the version when the tokeniser changes; older rows are then re-indexed while the new
/// version runs (`indexing.rs`).
pub(in crate::store) const WORDS_VERSION: i64 = 4;
/// The maximum number of words that one statement inserts.
pub(in crate::store) const WORDS_A_STATEMENT: usize = 400;
/// The number of low bits in a search key that are not part of the timestamp.
const BITS_BESIDE_THE_MOMENT: u32 = 20;

/// The columns of a registration from which the search index and sort keys are made.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::store) struct FoundRow {
    pub(in crate::store) reference: String,
    pub(in crate::store) submitted_at: i64,
    pub(in crate::store) answers: String,
    pub(in crate::store) clock_days: i64,
    pub(in crate::store) clock_since: Option<i64>,
}

/// The columns of a user from which the search index is made.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::store) struct IndexedUser {
    pub(in crate::store) first_name: String,
    pub(in crate::store) last_name: String,
    pub(in crate::store) email: String,
    pub(in crate::store) mobile: String,
}

/// Updates the search index and sort keys of a registration.
///
/// Words that did not change are not rewritten.
pub(in crate::store) async fn reindex(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<(), StoreError> {
    let row: FoundRow = query_as(
        "select reference, submitted_at, answers, clock_days, clock_since from registration where \
         id = $1",
    )
    .bind(registration)
    .fetch_one(connection)
    .await?;
    let answers = read_document(&row.answers, Vec::new())?;
    let users: Vec<IndexedUser> = query_as(
        "select first_name, last_name, email, mobile from registration_user where registration_id \
         = $1 order by position",
    )
    .bind(registration)
    .fetch_all(connection)
    .await?;
    query(
        "update registration set waits_since = $2, user_count = $3, sort_name = $4, words_version \
         = $5 where id = $1",
    )
    .bind(registration)
    .bind(row.waits_since())
    .bind(i64::try_from(users.len()).unwrap_or(i64::MAX))
    .bind(sorted_as(answers.organisation.name.as_str()))
    .bind(WORDS_VERSION)
    .execute(connection)
    .await?;
    let phrases = phrases_of(&row.reference, &answers, &users);
    let before: Option<(i64, String)> =
        query_as("select search_key, phrases from registration_search where registration_id = $1")
            .bind(registration)
            .fetch_optional(connection)
            .await?;
    let (key, before) = if let Some((key, text)) = before {
        query("update registration_search set phrases = $2 where search_key = $1")
            .bind(key)
            .bind(phrases.text())
            .execute(connection)
            .await?;
        (key, Phrases::of_text(&text))
    } else {
        let mut key = row.search_key();
        while query(
            "insert into registration_search (search_key, registration_id, phrases) values \
             ($1, $2, $3) on conflict (search_key) do nothing",
        )
        .bind(key)
        .bind(registration)
        .bind(phrases.text())
        .execute(connection)
        .await?
            == 0
        {
            key += 1;
        }
        (key, Phrases::default())
    };
    let long_words = phrases.long_words();
    let gone: Vec<String> = before
        .long_words()
        .difference(&long_words)
        .cloned()
        .collect();
    let before = before.entries();
    let entries = phrases.entries();
    let new: Vec<&String> = entries.difference(&before).collect();
    for words in new.chunks(WORDS_A_STATEMENT) {
        let mut insert = query(AssertSqlSafe(insert_words(words.len()))).bind(key);
        for word in words {
            insert = insert.bind(word.as_str());
        }
        insert.execute(connection).await?;
    }
    for word in before.difference(&entries) {
        query("delete from registration_word where word = $1 and search_key = $2")
            .bind(word.as_str())
            .bind(key)
            .execute(connection)
            .await?;
    }
    // Take the stronger lock first: two transactions that both exchange the weaker lock for the
    // stronger would wait for each other.
    if !gone.is_empty() {
        lock_ends(connection, EndsChange::Remove).await?;
    }
    add_ends(connection, long_words.iter()).await?;
    remove_ends(connection, &gone).await
}

/// How a transaction changes the table `word_end`. An end is the rest of a word from its second or
/// a later letter on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum EndsChange {
    /// Adds the ends of words, and relies on the ends that are already stored.
    Add,
    /// Removes the ends of words that no registration has.
    Remove,
}

/// Locks the table `word_end` until the commit, so that no transaction removes ends while another
/// adds some.
///
/// Otherwise, a transaction could remove the ends of a word that another transaction has added to a
/// registration but not yet committed. Does nothing on SQLite, which has one writer at a time.
pub(in crate::store) async fn lock_ends(
    connection: &mut Connection<'_>,
    change: EndsChange,
) -> Result<(), StoreError> {
    if connection.is_postgres() {
        query(match change {
            EndsChange::Add => "lock table word_end in row exclusive mode",
            EndsChange::Remove => "lock table word_end in share row exclusive mode",
        })
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// Adds the ends of words that have none yet, so that a search finds the words by a part in their
/// middle.
pub(in crate::store) async fn add_ends(
    connection: &mut Connection<'_>,
    words: impl Iterator<Item = &String>,
) -> Result<(), StoreError> {
    lock_ends(connection, EndsChange::Add).await?;
    let words: Vec<&String> = words.collect();
    for words in words.chunks(WORDS_A_STATEMENT) {
        let places: Vec<String> = (1..=words.len()).map(|at| format!("${at}")).collect();
        let there: Vec<(String,)> = query_as(AssertSqlSafe(format!(
            "select distinct word from word_end where word in ({})",
            places.join(", ")
        )))
        .bind_all(words.iter().map(|word| word.as_str().into()))
        .fetch_all(connection)
        .await?;
        let there: HashSet<String> = there.into_iter().map(|(word,)| word).collect();
        let new = words.iter().filter(|word| !there.contains(**word));
        let ends: Vec<(&str, &str)> = new
            .flat_map(|word| {
                ends_of_word(word)
                    .into_iter()
                    .map(|end| (end, word.as_str()))
            })
            .collect();
        for ends in ends.chunks(WORDS_A_STATEMENT) {
            let rows: Vec<String> = (0..ends.len())
                .map(|at| format!("(${}, ${})", 2 * at + 1, 2 * at + 2))
                .collect();
            query(AssertSqlSafe(format!(
                "insert into word_end (part, word) values {} on conflict do nothing",
                rows.join(", ")
            )))
            .bind_all(
                ends.iter()
                    .flat_map(|(end, word)| [(*end).into(), (*word).into()]),
            )
            .execute(connection)
            .await?;
        }
    }
    Ok(())
}

/// Removes the ends of the words that no registration has any more.
async fn remove_ends(connection: &mut Connection<'_>, words: &[String]) -> Result<(), StoreError> {
    if !words.is_empty() {
        lock_ends(connection, EndsChange::Remove).await?;
    }
    for word in words {
        query(
            "delete from word_end where word = $1 and not exists (select 1 from registration_word \
             where registration_word.word >= $1 and registration_word.word < $2)",
        )
        .bind(word.as_str())
        .bind(whole_word_until(word))
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// Returns an upper limit for the index entries that begin with exactly this word: all of them sort
/// before this text.
///
/// In an entry, a word is followed by a space or nothing, and a space sorts before `!`.
pub(super) fn whole_word_until(word: &str) -> String {
    [word, "!"].concat()
}

/// Removes a registration from the search index.
pub(in crate::store) async fn unindex(
    connection: &mut Connection<'_>,
    registration: &str,
) -> Result<(), StoreError> {
    let found: Option<(i64, String)> =
        query_as("select search_key, phrases from registration_search where registration_id = $1")
            .bind(registration)
            .fetch_optional(connection)
            .await?;
    let Some((key, text)) = found else {
        return Ok(());
    };
    let phrases = Phrases::of_text(&text);
    for word in phrases.entries() {
        query("delete from registration_word where word = $1 and search_key = $2")
            .bind(word)
            .bind(key)
            .execute(connection)
            .await?;
    }
    query("delete from registration_search where search_key = $1")
        .bind(key)
        .execute(connection)
        .await?;
    let words: Vec<String> = phrases.long_words().into_iter().collect();
    remove_ends(connection, &words).await
}

/// Builds the statement that inserts `count` words for one key.
pub(in crate::store) fn insert_words(count: usize) -> String {
    let rows: Vec<String> = (2..count + 2).map(|at| format!("(${at}, $1)")).collect();
    format!(
        "insert into registration_word (word, search_key) values {} on conflict do nothing",
        rows.join(", ")
    )
}

/// Returns the key of a registration in the search index; newer registrations have higher keys.
pub(in crate::store) fn search_key(submitted_at: i64, reference: &str) -> i64 {
    let hash = sha256(reference.as_bytes());
    let beside = i64::from_str_radix(&hash[..5], 16).unwrap_or_default();
    (submitted_at << BITS_BESIDE_THE_MOMENT) | beside
}

impl FoundRow {
    pub(in crate::store) fn waits_since(&self) -> i64 {
        let clock = TargetClock {
            used: u32::try_from(self.clock_days).unwrap_or_default(),
            runs_since: self.clock_since.and_then(CalendarDate::of_day_number),
        };
        waits_since(clock)
    }

    pub(in crate::store) fn search_key(&self) -> i64 {
        search_key(self.submitted_at, &self.reference)
    }
}

/// Returns the search phrases of a registration and its users.
pub(in crate::store) fn phrases_of(
    reference: &str,
    registration: &Registration,
    users: &[IndexedUser],
) -> Phrases {
    let organisation = &registration.organisation;
    let person = &registration.accountable_person;
    let accountable = person.full_name();
    let emails: Vec<&str> = [organisation.email.as_str(), person.email.as_str()]
        .into_iter()
        .chain(users.iter().map(|user| user.email.as_str()))
        .collect();
    let parts: Vec<String> = emails
        .iter()
        .flat_map(|email| parts_of_address(email))
        .collect();
    let telephones: Vec<Telephones> = [organisation.telephone.as_str(), person.telephone.as_str()]
        .into_iter()
        .chain(users.iter().map(|user| user.mobile.as_str()))
        .filter_map(Telephones::of)
        .collect();
    let users: Vec<String> = users
        .iter()
        .map(|user| full_name(&user.first_name, &user.last_name))
        .collect();
    let halves = reference.replace('-', " ");
    let halves = halves.strip_prefix("CP ").unwrap_or_default();
    // A code is found only if it is the whole search. As names, the postcode and the halves of the
    // reference are also found together with other words.
    let names = [
        organisation.name.as_str(),
        &accountable,
        halves,
        organisation.postcode.as_str(),
    ]
    .into_iter()
    .chain(emails)
    .chain(users.iter().map(String::as_str))
    .chain(parts.iter().map(String::as_str))
    .chain(telephones.iter().map(|telephone| &*telephone.spaced));
    let accounts = organisation.laa_account_numbers.iter();
    let codes = [organisation.postcode.as_str(), halves]
        .into_iter()
        .chain(telephones.iter().map(|telephone| &*telephone.dialled))
        .chain(organisation.sra_number.as_ref().map(SraNumber::as_str))
        .chain(organisation.bar_number.as_ref().map(BarNumber::as_str))
        .chain(accounts.map(LaaAccount::as_str));
    Phrases::of(names, codes)
}

/// The spellings of a telephone number in the index.
struct Telephones {
    /// The number in groups, so that each group can be searched for.
    spaced: String,
    /// The digits as they are dialled.
    dialled: String,
}

impl Telephones {
    fn of(typed: &str) -> Option<Self> {
        Some(Self {
            spaced: Telephone::check(typed).ok()?.national(),
            dialled: dialled(typed)?,
        })
    }
}

/// Returns the effective day since which a registration has been waiting, in days since 1970.
///
/// The desk's clock is stopped at times. The effective day is the day on which an uninterrupted
/// clock would have started. The result is 0 while the clock is stopped.
pub(in crate::store) fn waits_since(clock: TargetClock) -> i64 {
    clock.equivalent_start().map_or(0, CalendarDate::day_number)
}

/// Returns the search phrases of a request for another format.
pub(in crate::store) fn phrases_of_request(
    name: &str,
    email: Option<&str>,
    telephone: Option<&str>,
) -> Phrases {
    // A telephone number is indexed as it was typed, in groups and as it is dialled.
    let known = telephone.and_then(Telephones::of);
    let parts = email.map(parts_of_address).unwrap_or_default();
    let names = std::iter::once(name)
        .chain(email)
        .chain(telephone)
        .chain(parts.iter().map(String::as_str))
        .chain(known.as_ref().map(|telephone| &*telephone.spaced));
    let codes = telephone
        .into_iter()
        .chain(known.as_ref().map(|telephone| &*telephone.dialled));
    Phrases::of(names, codes)
}
