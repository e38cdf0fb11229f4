//! The search of the queue, which finds registrations and requests that contain all words of the
//! search. If nothing is found, words with one mistake are tried (`search_spelling`).

use registration::desk::queue::{ItemKind, Sort};
use registration::desk::search::{MIN_END, SearchQuery};
use registration::identifiers::Reference;

use super::queue_conditions::{
    ListedRow, QueueQuery, REGISTRATION, REQUEST, merged, next_order, officer_asked,
    registration_filters, request_conditions,
};
use super::search_index::whole_word_until;
use super::values::Values;
use crate::store::error::StoreError;
use crate::store::statement::query_scalar;
use crate::store::stores::Casework;

/// The maximum number of registrations that a search examines.
const MAX_CANDIDATES: usize = 1_000;
/// The maximum number of requests for another format that a search examines, newest first.
pub(super) const MAX_REQUESTS: usize = 5_000;
/// The maximum number of longer words that a search for a word finds because they contain it in
/// their middle.
const MAX_LONGER_WORDS: usize = 20;
/// The minimum length, in letters, of a word that always finds longer words that contain it. A word
/// of `MIN_END` letters finds them only if no word begins with it; a shorter word never finds them.
const MIN_MIDDLE: usize = 4;

/// Notes on a search, which the page shows beside the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchNotes {
    /// The words that were found in place of mistyped ones.
    pub similar: Vec<String>,
    /// The reference in the search, if no registration has it.
    pub missing: Option<MissingReference>,
    /// Whether registrations are being indexed after an upgrade, so that some may not be found.
    pub is_indexing: bool,
}

/// A reference in a search that no registration has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingReference {
    /// Whether the reference is certainly mistyped, because its check character is wrong.
    pub mistyped: bool,
    /// The existing references that are most similar.
    pub nearest: Vec<Reference>,
}

/// The entries that a search found, in the order of the list. `partly` is true if some entries may
/// be missing.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) rows: Vec<ListedRow>,
    pub(super) partly: bool,
    pub(super) notes: SearchNotes,
}

/// How a word of a search is compared with the words of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WordMatch {
    /// Words that begin with the text.
    Beginning(String),
    /// Exactly this word.
    Whole(String),
}

/// One word of a search, as the index entries that it may match.
pub(super) type SoughtWord = Vec<WordMatch>;

/// How the search index is searched for candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CandidateMatch {
    /// All matching index entries.
    Any,
    /// Only entries with exactly the first word, newest registrations first.
    Newest,
}

/// A search of the index for candidates.
struct Candidates {
    word: SoughtWord,
    by: CandidateMatch,
    partly: bool,
    /// The other words, which the candidates' phrases must also contain.
    others: Vec<SoughtWord>,
}

impl WordMatch {
    fn text(&self) -> &str {
        let (Self::Beginning(text) | Self::Whole(text)) = self;
        text
    }

    /// Builds the condition on an entry of the index.
    fn of_entry(&self, values: &mut Values) -> String {
        let from = values.text(self.text());
        let to = values.text(match self {
            // No text in the index contains a higher character.
            Self::Beginning(text) => [text, "\u{10FFFF}"].concat(),
            Self::Whole(word) => whole_word_until(word),
        });
        format!("word >= {from} and word < {to}")
    }

    /// Builds the condition that the phrases in a column contain the word.
    fn in_phrases(&self, column: &str, values: &mut Values) -> String {
        let text = escaped(self.text());
        match self {
            Self::Beginning(_) => {
                let pattern = values.text(format!("% {text}%"));
                format!("{column} like {pattern} escape '\\'")
            }
            Self::Whole(_) => {
                let pattern = values.text(format!("% {text} %"));
                format!("{column} || ' ' like {pattern} escape '\\'")
            }
        }
    }
}

impl Casework {
    pub(super) async fn searched(
        &self,
        asked: &QueueQuery<'_>,
        most: usize,
    ) -> Result<Found, StoreError> {
        let is_indexing = self.is_index_old().await?;
        let mut found = self.matched(asked, most).await?;
        found.notes.is_indexing = is_indexing;
        Ok(found)
    }

    async fn matched(&self, asked: &QueueQuery<'_>, most: usize) -> Result<Found, StoreError> {
        let Some(sought) = SearchQuery::parse(&asked.list.search) else {
            return Ok(Found::default());
        };
        let mut found = Found::default();
        let without_labels = sought.without_labels();
        let also_domains = |sought: &SearchQuery| (sought.clone(), true);
        let tried = std::iter::once((sought.clone(), false))
            .chain(without_labels.clone().map(|sought| (sought, false)))
            .chain([also_domains(without_labels.as_ref().unwrap_or(&sought))]);
        for (sought, also_domains) in tried {
            found = self
                .found_with_longer(asked, &sought, also_domains, most)
                .await?;
            if !found.rows.is_empty() {
                return Ok(found);
            }
        }
        found.notes.missing = self.missing_reference(&sought).await?;
        // A word with a digit, such as `hartwel1`, can look like a mistyped reference. It counts as
        // one only if similar references exist.
        let is_reference = asked.list.search.to_ascii_uppercase().contains("CP-")
            || found
                .notes
                .missing
                .as_ref()
                .is_some_and(|missing| !missing.nearest.is_empty());
        if is_reference || sought.reference.is_some() {
            return Ok(found);
        }
        for respelt in self.respelt(&sought).await? {
            let mut similar = self
                .found(asked, &respelt.query, respelt.words, most)
                .await?;
            if !similar.rows.is_empty() {
                similar.notes.similar = respelt.instead;
                return Ok(similar);
            }
        }
        Ok(found)
    }

    /// Returns the entries that match a search. Each word also matches longer words that contain it
    /// and, if `also_domains`, domains that begin with it.
    async fn found_with_longer(
        &self,
        asked: &QueueQuery<'_>,
        sought: &SearchQuery,
        also_domains: bool,
        most: usize,
    ) -> Result<Found, StoreError> {
        let mut words = Vec::new();
        let mut partly = false;
        for word in &sought.words {
            let (longer, more) = self.longer_words(word).await?;
            partly |= more;
            let domain = also_domains.then(|| WordMatch::Beginning(["@", word].concat()));
            words.push(
                std::iter::once(WordMatch::Beginning(word.clone()))
                    .chain(domain)
                    .chain(longer)
                    .collect(),
            );
        }
        let mut found = self.found(asked, sought, words, most).await?;
        found.partly |= partly && !found.rows.is_empty();
        Ok(found)
    }

    /// Returns the entries that match all words, or the reference or code, of a search.
    async fn found(
        &self,
        asked: &QueueQuery<'_>,
        sought: &SearchQuery,
        words: Vec<SoughtWord>,
        most: usize,
    ) -> Result<Found, StoreError> {
        let mut values = Values::default();
        let mut branches = Vec::new();
        let mut partly = false;
        if let Some(reference) = sought.reference {
            let reference = values.text(reference.as_str());
            let from = format!("registration as r where r.reference = {reference}");
            branches.extend(registrations(asked, &from, &mut values));
        }
        if let Some(candidates) = self.candidates(sought, words.clone()).await? {
            partly = candidates.partly;
            let from = from_candidates(&candidates, &mut values);
            branches.extend(registrations(asked, &from, &mut values));
        }
        // PostgreSQL rejects a bound value that the statement does not use, so `requests` binds
        // values only if it returns a query.
        if let Some(of_requests) = requests(asked, &words, &mut values) {
            branches.push(of_requests);
            partly |= self.has_more_requests().await?;
        }
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
        Ok(Found {
            rows,
            partly,
            notes: SearchNotes::default(),
        })
    }

    /// Chooses the registrations that a search examines, its candidates; `None` if there are none.
    ///
    /// If the whole search is a code in the index (a postcode, a number such as an SRA number, a
    /// domain or a part of a reference), the registrations with this code are the candidates.
    /// Otherwise, the registrations with each word are counted up to `MAX_CANDIDATES`, and those
    /// with the rarest word are the candidates, which must also contain the other words. A word
    /// also finds longer words that contain it in the middle, unless it has one or two letters.
    ///
    /// If every word is too frequent, the words are tried as one phrase. If the phrase is not found
    /// or is too frequent as well, only `MAX_CANDIDATES` registrations with the rarest word are
    /// examined: the newest, if even the exact word is too frequent. The list is then marked as
    /// possibly incomplete. It is also marked if the longer words that contain the rarest word are
    /// left out, because too many registrations have them.
    async fn candidates(
        &self,
        sought: &SearchQuery,
        mut words: Vec<SoughtWord>,
    ) -> Result<Option<Candidates>, StoreError> {
        let all = |word: String, partly| Candidates {
            word: vec![WordMatch::Beginning(word)],
            by: CandidateMatch::Any,
            partly,
            others: Vec::new(),
        };
        let beginning = |text: &String| WordMatch::Beginning(text.clone());
        let others = std::iter::once(WordMatch::Beginning(sought.phrase()))
            .chain(sought.codes.iter().map(beginning));
        let tried: Vec<WordMatch> = words.iter().flatten().cloned().chain(others).collect();
        let mut counts = self.counted(&tried).await?.into_iter();
        let mut totals = Vec::new();
        // Whether the middles of words are left out if this word is looked up.
        let mut is_cut = Vec::new();
        for word in &words {
            let of_word: Vec<usize> = counts.by_ref().take(word.len()).collect();
            let first = of_word.first().copied().unwrap_or_default();
            let total: usize = of_word.iter().sum();
            let cut = first > 0 && total > MAX_CANDIDATES && word.len() > 1;
            totals.push(if cut { first } else { total });
            is_cut.push(cut);
        }
        let phrase = counts.next().unwrap_or_default();
        for (code, count) in sought.codes.iter().zip(counts) {
            if count > 0 {
                return Ok(Some(all(code.clone(), count > MAX_CANDIDATES)));
            }
        }
        let Some(rarest) = (0..words.len()).min_by_key(|at| totals[*at]) else {
            return Ok(None);
        };
        if totals[rarest] == 0 {
            return Ok(None);
        }
        let is_frequent = totals[rarest] > MAX_CANDIDATES;
        if is_frequent && words.len() > 1 && (1..=MAX_CANDIDATES).contains(&phrase) {
            return Ok(Some(all(sought.phrase(), false)));
        }
        let mut word = words.remove(rarest);
        let others = words.into_iter().filter(|other| *other != word).collect();
        if is_cut[rarest] {
            word.truncate(1);
        }
        let is_whole = is_frequent && self.counted_whole(word[0].text()).await? > MAX_CANDIDATES;
        Ok(Some(Candidates {
            by: if is_whole {
                CandidateMatch::Newest
            } else {
                CandidateMatch::Any
            },
            others,
            partly: is_frequent || is_cut[rarest],
            word,
        }))
    }

    /// Returns the longer words that contain a word in their middle, and whether there are more.
    ///
    /// Returns an empty list for a word of fewer than `MIN_END` letters, and for a word of fewer
    /// than `MIN_MIDDLE` letters if any word begins with it, because reading and sorting all words
    /// with a few letters in their middle can take too long.
    async fn longer_words(&self, word: &str) -> Result<(Vec<WordMatch>, bool), StoreError> {
        let letters = word.chars().count();
        if letters < MIN_END {
            return Ok((Vec::new(), false));
        }
        if letters < MIN_MIDDLE {
            let beginning = WordMatch::Beginning(word.to_owned());
            if self.counted(&[beginning]).await? != [0] {
                return Ok((Vec::new(), false));
            }
        }
        let longer: Vec<String> = query_scalar(
            "select distinct word from word_end where part >= $1 and part < $2 order by word limit \
             $3",
        )
        .bind(word)
        .bind([word, "\u{10FFFF}"].concat())
        .bind(i64::try_from(MAX_LONGER_WORDS + 1).unwrap_or(i64::MAX))
        .fetch_all(&mut self.database.read().await?)
        .await?;
        let more = longer.len() > MAX_LONGER_WORDS;
        // The search by beginnings already finds the words that begin with `word`.
        let longer = longer.into_iter().take(MAX_LONGER_WORDS);
        let longer = longer.filter(|longer| !longer.starts_with(word));
        Ok((longer.map(WordMatch::Whole).collect(), more))
    }

    /// Returns whether there are more requests for another format than a search examines.
    async fn has_more_requests(&self) -> Result<bool, StoreError> {
        let counted: i64 = query_scalar(
            "select count(*) from (select 1 as one from format_request limit $1) as counted",
        )
        .bind(i64::try_from(MAX_REQUESTS + 1).unwrap_or(i64::MAX))
        .fetch_one(&mut self.database.read().await?)
        .await?;
        Ok(usize::try_from(counted).unwrap_or_default() > MAX_REQUESTS)
    }

    /// Counts the index entries that match, at most `MAX_CANDIDATES` + 1 for each match.
    pub(super) async fn counted(&self, matches: &[WordMatch]) -> Result<Vec<usize>, StoreError> {
        let mut values = Values::default();
        let counts: Vec<String> = matches
            .iter()
            .enumerate()
            .map(|(at, one)| {
                format!(
                    "select cast({at} as bigint) as place, count(*) as times from (select 1 from \
                     registration_word where {} limit {}) as words_{at}",
                    one.of_entry(&mut values),
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

/// Builds the `from` and `where` clauses that select the candidates' registrations.
fn from_candidates(candidates: &Candidates, values: &mut Values) -> String {
    let entries: Vec<String> = match candidates.by {
        CandidateMatch::Any => {
            let ways = candidates.word.iter().enumerate();
            ways.map(|(at, way)| {
                format!(
                    "select search_key from (select search_key from registration_word where {} \
                     limit {MAX_CANDIDATES}) as way_{at}",
                    way.of_entry(values)
                )
            })
            .collect()
        }
        CandidateMatch::Newest => vec![format!(
            "select search_key from (select search_key from registration_word where word = {} \
             order by search_key desc limit {MAX_CANDIDATES}) as newest",
            values.text(candidates.word[0].text())
        )],
    };
    let mut from = format!(
        "(select distinct search_key from (select search_key from ({}) as ways limit \
         {MAX_CANDIDATES}) as words) as found cross join registration_search as s cross join \
         registration as r where s.search_key = found.search_key and r.id = s.registration_id",
        entries.join(" union all ")
    );
    for other in &candidates.others {
        from.push_str(" and ");
        from.push_str(&any_of(other, "s.phrases", values));
    }
    from
}

/// Builds the condition that the phrases in a column match a word of the search.
fn any_of(word: &[WordMatch], column: &str, values: &mut Values) -> String {
    let ways: Vec<String> = word
        .iter()
        .map(|way| format!("({})", way.in_phrases(column, values)))
        .collect();
    format!("({})", ways.join(" or "))
}

/// Escapes a text for the pattern of `like`.
fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern
}

/// Builds the condition that a request's phrases match a word of the search, or have it in the
/// middle of a word.
fn of_request(word: &[WordMatch], values: &mut Values) -> String {
    let mut ways = vec![any_of(word, "phrases", values)];
    for way in word {
        if let WordMatch::Beginning(text) = way
            && text.chars().count() >= MIN_MIDDLE
        {
            let pattern = values.text(format!("%{}%", escaped(text)));
            ways.push(format!("phrases like {pattern} escape '\\'"));
        }
    }
    format!("({})", ways.join(" or "))
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
        Sort::Arrived | Sort::Status | Sort::Kind | Sort::Assignee => {
            ["sent_at", "''", "0"].map(str::to_owned)
        }
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
fn requests(asked: &QueueQuery<'_>, sought: &[SoughtWord], values: &mut Values) -> Option<String> {
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
    let words: Vec<String> = sought.iter().map(|word| of_request(word, values)).collect();
    let (n1, t, n2) = match list.sort {
        Sort::Next => (
            "case when state = 'waiting' then waits_since else 2000000 - asked_at / 86400000 end",
            "''",
            "case when state = 'waiting' then asked_at else -asked_at end",
        ),
        Sort::Organisation => ("0", "lower(name)", "0"),
        Sort::Users => ("0", "''", "0"),
        Sort::Arrived | Sort::Status | Sort::Kind | Sort::Assignee => ("asked_at", "''", "0"),
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
