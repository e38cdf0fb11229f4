//! Suggestions for a search of the queue that finds nothing: searches with other spellings of the
//! words, and the references that are most similar to a mistyped reference.
//!
//! The spellings that differ by one mistake are all looked up in the index of words, so no other
//! index is needed.

use std::collections::{BTreeSet, HashSet};

use registration::desk::search::{SearchQuery, other_spellings};
use registration::identifiers::Reference;
use sqlx::AssertSqlSafe;

use super::search::{MAX_REQUESTS, MissingReference, SoughtWord, WordMatch};
use super::values::Values;
use crate::store::database::Engine;
use crate::store::error::StoreError;
use crate::store::statement::{query_as, query_scalar};
use crate::store::stores::Casework;

/// The maximum number of other spellings of one word that are searched for.
const MAX_SPELLINGS: usize = 20;
/// The maximum number of references that are offered in place of a mistyped one.
const MAX_NEAREST: usize = 5;
/// The number of characters in half a reference.
const HALF: usize = 4;

/// A search in which mistyped words are replaced.
pub(super) struct Respelt {
    pub(super) query: SearchQuery,
    pub(super) words: Vec<SoughtWord>,
    /// The words in place of the mistyped ones.
    pub(super) instead: Vec<String>,
}

fn begins_as_reference(typed: &str) -> bool {
    let mut letters = typed.chars().filter(char::is_ascii_alphanumeric);
    let start = [letters.next(), letters.next()];
    start.map(|letter| letter.map(|letter| letter.to_ascii_uppercase())) == [Some('C'), Some('P')]
}

impl Casework {
    /// Returns the searches to try in place of one that finds nothing; the likeliest first.
    ///
    /// In this order, the searches:
    ///
    /// - have another spelling of a code;
    /// - split email addresses into parts;
    /// - replace the words that neither registrations nor requests contain;
    /// - replace the words that no registration contains, then those that no request contains;
    /// - replace each word alone, because a mistyped word can be another known word.
    pub(super) async fn respelt(&self, sought: &SearchQuery) -> Result<Vec<Respelt>, StoreError> {
        let query = sought.with_addresses_in_parts();
        let typed: Vec<WordMatch> = query
            .words
            .iter()
            .map(|word| WordMatch::Beginning(word.clone()))
            .collect();
        let counts = self.counted(&typed).await?;
        let of_requests = self.words_of_requests().await?;
        let mut spellings = Vec::new();
        for word in &query.words {
            spellings.push(self.known_spellings(word, &of_requests).await?);
        }
        let in_requests = |word: &String| of_requests.iter().any(|one| one.starts_with(word));
        let (of_nothing, of_no_registration, of_no_request) = {
            let places = 0..typed.len();
            let registrations: Vec<usize> = places.clone().filter(|at| counts[*at] == 0).collect();
            let requests: Vec<usize> = places
                .filter(|at| !in_requests(&query.words[*at]))
                .collect();
            let both: Vec<usize> = registrations
                .iter()
                .copied()
                .filter(|at| requests.contains(at))
                .collect();
            (both, registrations, requests)
        };
        let replaced = |places: &[usize]| -> Option<Respelt> {
            let mut words = Vec::new();
            let mut instead = Vec::new();
            for (at, word) in typed.iter().enumerate() {
                if !places.contains(&at) {
                    words.push(vec![word.clone()]);
                    continue;
                }
                if spellings[at].is_empty() {
                    return None;
                }
                instead.extend(spellings[at].iter().cloned());
                words.push(
                    spellings[at]
                        .iter()
                        .cloned()
                        .map(WordMatch::Whole)
                        .collect(),
                );
            }
            Some(Respelt {
                query: query.clone(),
                words,
                instead,
            })
        };
        let mut searches = Vec::new();
        for code in &sought.codes {
            let known = self.known_spellings(code, &of_requests).await?;
            if !known.is_empty() {
                searches.push(Respelt {
                    query: query.clone(),
                    words: vec![known.iter().cloned().map(WordMatch::Whole).collect()],
                    instead: known,
                });
            }
        }
        if query.words != sought.words && of_nothing.is_empty() {
            searches.extend(replaced(&[]));
        }
        let mut tried: Vec<Vec<usize>> = vec![Vec::new()];
        let each = (0..typed.len()).map(|at| vec![at]);
        for places in [of_nothing, of_no_registration, of_no_request]
            .into_iter()
            .chain(each)
        {
            if !tried.contains(&places) {
                searches.extend(replaced(&places));
                tried.push(places);
            }
        }
        Ok(searches)
    }

    /// Describes the reference in a search that finds nothing. Returns `None` if a registration has
    /// the reference, or the search contains none.
    pub(super) async fn missing_reference(
        &self,
        sought: &SearchQuery,
    ) -> Result<Option<MissingReference>, StoreError> {
        if let Some(mistyped) = &sought.mistyped {
            let candidates = Reference::nearest(mistyped);
            let mut nearest = self.those_that_exist(&candidates).await?;
            if nearest.is_empty() {
                nearest = self.with_the_same_half(mistyped).await?;
            }
            // A word with digits, such as `hartwel9`, can look like a reference. It counts as one
            // only if it begins with `CP` or similar references exist.
            if nearest.is_empty() && !begins_as_reference(mistyped) {
                return Ok(None);
            }
            return Ok(Some(MissingReference {
                mistyped: true,
                nearest,
            }));
        }
        let Some(reference) = sought.reference else {
            return Ok(None);
        };
        if !self.those_that_exist(&[reference]).await?.is_empty() {
            return Ok(None);
        }
        Ok(Some(MissingReference {
            mistyped: false,
            nearest: self.with_the_same_half(reference.as_str()).await?,
        }))
    }

    async fn those_that_exist(
        &self,
        references: &[Reference],
    ) -> Result<Vec<Reference>, StoreError> {
        if references.is_empty() {
            return Ok(Vec::new());
        }
        let mut values = Values::default();
        let places: Vec<String> = references
            .iter()
            .map(|reference| values.text(reference.as_str()))
            .collect();
        let statement = format!(
            "select reference from registration where reference in ({}) order by reference limit \
             {MAX_NEAREST}",
            places.join(", ")
        );
        self.references(statement, values).await
    }

    /// Returns existing references that contain the first or the last half of a typed one.
    async fn with_the_same_half(&self, typed: &str) -> Result<Vec<Reference>, StoreError> {
        let letters: String = typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        let bare = letters.strip_prefix("cp").unwrap_or(&letters);
        if bare.len() < 2 * HALF - 1 {
            return Ok(Vec::new());
        }
        let mut values = Values::default();
        let ways: Vec<String> = [&bare[..HALF], &bare[bare.len() - HALF..]]
            .into_iter()
            .map(|half| {
                let from = values.text(half);
                let to = values.text([half, "\u{10FFFF}"].concat());
                format!("word >= {from} and word < {to}")
            })
            .collect();
        let keys: Vec<String> = ways
            .iter()
            .enumerate()
            .map(|(at, way)| {
                format!(
                    "select search_key from (select search_key from registration_word where {way} \
                     limit {MAX_NEAREST}) as half_{at}"
                )
            })
            .collect();
        let statement = format!(
            "select reference from registration where id in (select registration_id from \
             registration_search where search_key in ({})) order by reference",
            keys.join(" union all ")
        );
        let mut found = self.references(statement, values).await?;
        // The index also finds registrations with a name that begins with these letters. Leave
        // those out.
        let halves = [&bare[..HALF], &bare[bare.len() - HALF..]].map(str::to_ascii_uppercase);
        found.retain(|reference| {
            halves
                .iter()
                .any(|half| reference.as_str().contains(half.as_str()))
        });
        found.truncate(MAX_NEAREST);
        Ok(found)
    }

    async fn references(
        &self,
        statement: String,
        values: Values,
    ) -> Result<Vec<Reference>, StoreError> {
        let found: Vec<(String,)> = values
            .fetch_all(statement, &mut self.database.read().await?)
            .await?;
        Ok(found
            .iter()
            .filter_map(|(reference,)| Reference::parse(reference).ok())
            .collect())
    }

    /// Returns the words of registrations and requests that differ from a word by one mistake.
    async fn known_spellings(
        &self,
        word: &str,
        of_requests: &HashSet<String>,
    ) -> Result<Vec<String>, StoreError> {
        let spellings = other_spellings(word);
        if spellings.is_empty() {
            return Ok(Vec::new());
        }
        // The spellings have no space, quotation mark or backslash, so they need no escape.
        let (list, from) = match self.database.engine() {
            Engine::Sqlite { .. } => {
                let quoted: Vec<String> =
                    spellings.iter().map(|one| format!("\"{one}\"")).collect();
                (
                    format!("[{}]", quoted.join(",")),
                    "(select value as spelling from json_each($1))",
                )
            }
            Engine::Postgres(..) => (
                spellings.iter().cloned().collect::<Vec<_>>().join(" "),
                "(select unnest(string_to_array($1, ' ')) collate \"C\" as spelling)",
            ),
        };
        let statement = format!(
            "select spelling from {from} as spellings where (select 1 from registration_word where \
             word >= spelling and word < spelling || '!' limit 1) is not null order by spelling \
             limit {MAX_SPELLINGS}"
        );
        let known: Vec<(String,)> = query_as(AssertSqlSafe(statement))
            .bind(list)
            .fetch_all(&mut self.database.read().await?)
            .await?;
        let mut known: BTreeSet<String> = known.into_iter().map(|(spelling,)| spelling).collect();
        known.extend(
            spellings
                .into_iter()
                .filter(|one| of_requests.contains(one)),
        );
        Ok(known.into_iter().take(MAX_SPELLINGS).collect())
    }

    async fn words_of_requests(&self) -> Result<HashSet<String>, StoreError> {
        let phrases: Vec<String> =
            query_scalar("select phrases from format_request order by asked_at desc limit $1")
                .bind(i64::try_from(MAX_REQUESTS).unwrap_or(i64::MAX))
                .fetch_all(&mut self.database.read().await?)
                .await?;
        let words = phrases.iter().flat_map(|text| text.split(' '));
        Ok(words.map(str::to_owned).collect())
    }
}
