//! The search of the queue, which finds registrations and requests that contain all words of the
//! search.
//!
//! If the whole search is a code in the index (a postcode, or a number such as an SRA number), the
//! registrations with this code are the candidates. Otherwise, the registrations with each word are
//! counted up to `MAX_CANDIDATES`, and those with the rarest word are the candidates. The
//! candidates are then filtered by the other words. If the search is a reference, the registration
//! with this reference is found too.
//!
//! If every word is too frequent, the words are tried as one phrase. If the phrase is not found or
//! is too frequent as well, only `MAX_CANDIDATES` registrations with the rarest word are examined:
//! the newest, if even the exact word is too frequent. The list is then marked as possibly
//! incomplete.

use registration::desk::queue::{ItemKind, Sort};
use registration::desk::search::SearchQuery;

use super::queue::{
    ListedRow, QueueQuery, REGISTRATION, REQUEST, merged, next_order, officer_asked,
    registration_filters, request_conditions,
};
use super::values::Values;
use crate::store::error::StoreError;
use crate::store::stores::Casework;

/// The maximum number of registrations that a search examines.
const MAX_CANDIDATES: usize = 1_000;
/// The maximum number of requests for another format that a search examines, newest first.
const MAX_REQUESTS: usize = 5_000;

/// How the search index is searched for candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CandidateMatch {
    /// All index entries that begin with the word.
    Beginning,
    /// Only entries with exactly this word, newest registrations first.
    Newest,
}

/// A search for candidates: the word to find in the index, and how to find it.
struct Candidates {
    word: String,
    by: CandidateMatch,
    partly: bool,
    /// The other words, which the candidates' phrases must also contain.
    others: Vec<String>,
}

impl Casework {
    pub(super) async fn searched(
        &self,
        asked: &QueueQuery<'_>,
        most: usize,
    ) -> Result<(Vec<ListedRow>, bool), StoreError> {
        let Some(sought) = SearchQuery::parse(&asked.list.search) else {
            return Ok((Vec::new(), false));
        };
        let mut values = Values::default();
        let mut branches = Vec::new();
        let mut partly = false;
        if let Some(reference) = sought.reference {
            let reference = values.text(reference.as_str());
            let from = format!("registration as r where r.reference = {reference}");
            branches.extend(registrations(asked, &from, &mut values));
        }
        if let Some(candidates) = self.candidates(&sought).await? {
            partly = candidates.partly;
            let from = from_candidates(&candidates, &mut values);
            branches.extend(registrations(asked, &from, &mut values));
        }
        branches.extend(requests(asked, &sought, &mut values));
        let mut rows: Vec<ListedRow> = match merged(&branches, asked.list.descending, most) {
            Some(statement) => {
                values
                    .fetch_all(statement, &mut self.database.read().await?)
                    .await?
            }
            None => Vec::new(),
        };
        // A registration can match both by reference and by search word. It is then returned twice,
        // in adjacent rows.
        rows.dedup_by(|one, other| one.id == other.id);
        Ok((rows, partly))
    }

    async fn candidates(&self, sought: &SearchQuery) -> Result<Option<Candidates>, StoreError> {
        let all = |word: String, partly| Candidates {
            word,
            by: CandidateMatch::Beginning,
            partly,
            others: Vec::new(),
        };
        let mut tried = sought.words.clone();
        tried.push(sought.phrase());
        tried.extend(sought.code.clone());
        let counts = self.counted(&tried).await?;
        let count_of = |at: usize| counts.get(at).copied().unwrap_or_default();
        let words = sought.words.len();
        if let Some(code) = &sought.code
            && count_of(words + 1) > 0
        {
            return Ok(Some(all(
                code.clone(),
                count_of(words + 1) > MAX_CANDIDATES,
            )));
        }
        let Some(rarest) = (0..words).min_by_key(|at| count_of(*at)) else {
            return Ok(None);
        };
        if count_of(rarest) == 0 {
            return Ok(None);
        }
        let partly = count_of(rarest) > MAX_CANDIDATES;
        let phrase = count_of(words);
        if partly && words > 1 && (1..=MAX_CANDIDATES).contains(&phrase) {
            return Ok(Some(all(sought.phrase(), false)));
        }
        let word = sought.words[rarest].clone();
        let is_whole = partly && self.counted_whole(&word).await? > MAX_CANDIDATES;
        let others = sought.words.iter().filter(|other| **other != word);
        Ok(Some(Candidates {
            by: if is_whole {
                CandidateMatch::Newest
            } else {
                CandidateMatch::Beginning
            },
            others: others.cloned().collect(),
            partly,
            word,
        }))
    }

    /// Counts the index entries that begin with each text, at most `MAX_CANDIDATES` + 1.
    async fn counted(&self, prefixes: &[String]) -> Result<Vec<usize>, StoreError> {
        let mut values = Values::default();
        let counts: Vec<String> = prefixes
            .iter()
            .enumerate()
            .map(|(at, beginning)| {
                format!(
                    "select cast({at} as bigint) as place, count(*) as times from (select 1 from \
                     registration_word where {} limit {}) as words_{at}",
                    begins_with(beginning, &mut values),
                    MAX_CANDIDATES + 1
                )
            })
            .collect();
        let statement = format!("{} order by place", counts.join(" union all "));
        let rows: Vec<(i64, i64)> = values
            .fetch_all(statement, &mut self.database.read().await?)
            .await?;
        let times = rows.into_iter().map(|(_, times)| times);
        Ok(times
            .map(|times| usize::try_from(times).unwrap_or_default())
            .collect())
    }

    async fn counted_whole(&self, word: &str) -> Result<usize, StoreError> {
        let mut values = Values::default();
        let statement = format!(
            "select count(*) from (select 1 from registration_word where word = {} limit {}) as \
             words",
            values.text(word),
            MAX_CANDIDATES + 1
        );
        let rows: Vec<(i64,)> = values
            .fetch_all(statement, &mut self.database.read().await?)
            .await?;
        let times = rows.first().map_or(0, |(times,)| *times);
        Ok(usize::try_from(times).unwrap_or_default())
    }
}

fn begins_with(beginning: &str, values: &mut Values) -> String {
    let from = values.text(beginning);
    // No text in the index contains a higher character.
    let to = values.text([beginning, "\u{10FFFF}"].concat());
    format!("word >= {from} and word < {to}")
}

/// Builds the `from` and `where` clauses that select the candidates' registrations.
fn from_candidates(candidates: &Candidates, values: &mut Values) -> String {
    let condition = match candidates.by {
        CandidateMatch::Beginning => begins_with(&candidates.word, values),
        CandidateMatch::Newest => format!("word = {}", values.text(candidates.word.clone())),
    };
    let order = match candidates.by {
        CandidateMatch::Beginning => "",
        CandidateMatch::Newest => " order by search_key desc",
    };
    let mut from = format!(
        "(select distinct search_key from (select search_key from registration_word where {condition}{order} \
         limit {MAX_CANDIDATES}) as words) as found cross join registration_search as s \
         cross join registration as r \
         where s.search_key = found.search_key and r.id = s.registration_id"
    );
    for other in &candidates.others {
        from.push_str(" and ");
        from.push_str(&has_word("s.phrases", other, values));
    }
    from
}

/// Builds the condition that the phrases in a column contain a word that begins with `word`.
fn has_word(column: &str, word: &str, values: &mut Values) -> String {
    let mut pattern = "% ".to_owned();
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    format!("{column} like {} escape '\\'", values.text(pattern))
}

/// Builds the query for the registrations in `from` that match the filters.
///
/// Returns `None` if no registration can match.
fn registrations(asked: &QueueQuery<'_>, from: &str, values: &mut Values) -> Option<String> {
    let list = asked.list;
    let states: Vec<String> = list
        .shown_statuses()
        .iter()
        .filter_map(|status| {
            let filters = registration_filters(asked, *status, values)?;
            let mut conditions = vec![format!("r.state = '{}'", status.key())];
            conditions.extend(filters);
            Some(format!("({})", conditions.join(" and ")))
        })
        .collect();
    if states.is_empty() {
        return None;
    }
    let mut conditions = vec![format!("({})", states.join(" or "))];
    conditions.extend(officer_asked(asked).map(|id| format!("officer_id = {}", values.text(id))));
    let [n1, t, n2] = match list.sort {
        Sort::Next => next_order(asked, values),
        Sort::Organisation => ["0", "sort_name", "0"].map(str::to_owned),
        Sort::Users => ["user_count", "''", "0"].map(str::to_owned),
        Sort::Arrived => ["sent_at", "''", "0"].map(str::to_owned),
        Sort::Due => ["waits_since", "''", "sent_at"].map(str::to_owned),
    };
    Some(format!(
        "select '{REGISTRATION}' as what, r.id as id, {n1} as n1, {t} as t, {n2} as n2 from \
         {from} and {}",
        conditions.join(" and ")
    ))
}

/// Builds the query for requests for another format that contain all words.
///
/// A request is searched by name, email address and telephone number. Returns `None` if no request
/// can match.
fn requests(asked: &QueueQuery<'_>, sought: &SearchQuery, values: &mut Values) -> Option<String> {
    let list = asked.list;
    if !list.shows(ItemKind::FormatRequest) {
        return None;
    }
    let ways: Vec<String> = list
        .shown_statuses()
        .iter()
        .filter_map(|status| request_conditions(asked, *status, values))
        .map(|conditions| format!("({})", conditions.join(" and ")))
        .collect();
    if ways.is_empty() {
        return None;
    }
    let words: Vec<String> = sought
        .words
        .iter()
        .map(|word| has_word("phrases", word, values))
        .collect();
    let (n1, t, n2) = match list.sort {
        Sort::Next => (
            "case when state = 'waiting' then waits_since else 2000000 - asked_at / 86400000 end",
            "''",
            "case when state = 'waiting' then asked_at else -asked_at end",
        ),
        Sort::Organisation => ("0", "lower(name)", "0"),
        Sort::Users => ("0", "''", "0"),
        Sort::Arrived => ("asked_at", "''", "0"),
        Sort::Due => ("waits_since", "''", "asked_at"),
    };
    Some(format!(
        "select '{REQUEST}' as what, id, {n1} as n1, {t} as t, {n2} as n2 from (select * from \
         format_request order by asked_at desc limit {MAX_REQUESTS}) as requests where {} and \
         ({})",
        words.join(" and "),
        ways.join(" or ")
    ))
}
