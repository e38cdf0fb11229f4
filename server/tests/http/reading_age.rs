//! Plain words: a person with a reading age of 9 to 11 understands every page of the journey, as
//! the GOV.UK content guidance asks. The Terms and the accessibility statement are left out,
//! because their words are fixed by others.

use app::pages::content::ContentPage;
use scraper::{ElementRef, Html, Selector};

use crate::pages::OF_THE_FORM;
use crate::test_service::TestService;

/// The highest reading age, in years.
const OLDEST: f64 = 11.0;
/// The maximum number of words in a sentence, as the GOV.UK content guidance asks.
const LONGEST: usize = 25;
/// The number of words below which the measure says nothing about a page.
const FEWEST: usize = 40;

/// Long words that every reader knows: from their work, from the headings of this service, or as
/// the name of a body or a law. Each counts as two syllables.
const KNOWN: &[&str] = &[
    "accountable",
    "activate",
    "activation",
    "administrator",
    "agency",
    "authority",
    "barrister",
    "commissioner",
    "justice",
    "magistrates",
    "ministry",
    "opendocument",
    "organisation",
    "protection",
    "registration",
    "registered",
    "regulation",
    "regulator",
    "self-employed",
    "signature",
    "solicitor",
    "telephone",
    "tribunals",
];

/// The prose of a page: its paragraphs, list items and hints.
struct Prose(Vec<String>);

impl Prose {
    fn of(html: &str) -> Self {
        let page = Html::parse_document(html);
        let blocks = Selector::parse("main p, main li, main .govuk-hint").unwrap();
        // Lists that are not prose: the clauses of the Terms, and the tasks with their status.
        let others = Selector::parse("main ol.govuk-list--number, main .govuk-task-list").unwrap();
        let others: Vec<_> = page.select(&others).map(|list| list.id()).collect();
        let is_leaf = |block: &ElementRef<'_>| block.select(&blocks).next().is_none();
        let is_other =
            |block: &ElementRef<'_>| block.ancestors().any(|node| others.contains(&node.id()));
        let prose = page
            .select(&blocks)
            .filter(|block| is_leaf(block) && !is_other(block))
            .map(|block| {
                let text: String = block.text().collect();
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            });
        Self(prose.filter(|text| !text.is_empty()).collect())
    }

    fn sentences(&self) -> Vec<Vec<&str>> {
        let ends = |word: &str| word.ends_with(['.', '?', '!', ':']);
        let is_word =
            |word: &&str| word.contains(char::is_alphabetic) && !word.contains(['@', '/']);
        self.0
            .iter()
            .flat_map(|block| {
                let words: Vec<&str> = block.split(' ').collect();
                words
                    .split_inclusive(|word| ends(word))
                    .map(|sentence| {
                        sentence
                            .iter()
                            .copied()
                            .filter(|word| is_word(word))
                            .collect()
                    })
                    .collect::<Vec<Vec<&str>>>()
            })
            .filter(|sentence| !sentence.is_empty())
            .collect()
    }

    fn words(&self) -> usize {
        self.sentences().iter().map(Vec::len).sum()
    }

    /// Returns the reading age in years: the Flesch-Kincaid grade, as the age of the pupils of that
    /// grade.
    #[expect(clippy::cast_precision_loss, reason = "a page has few words")]
    fn reading_age(&self) -> f64 {
        let sentences = self.sentences();
        let words: Vec<&str> = sentences.concat();
        let syllables: usize = words.iter().copied().map(syllables).sum();
        let (sentences, count) = (sentences.len() as f64, words.len() as f64);
        let grade = 0.39 * (count / sentences) + 11.8 * (syllables as f64 / count) - 15.59;
        grade + 5.0
    }
}

/// Counts the syllables of a word by its groups of vowels.
fn syllables(word: &str) -> usize {
    let word: String = word
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphabetic() || *letter == '-')
        .collect();
    let singular = word.strip_suffix('s').unwrap_or(&word);
    if KNOWN.contains(&word.as_str()) || KNOWN.contains(&singular) {
        return 2;
    }
    let is_vowel = |letter: char| "aeiouyâêîôûŵŷ".contains(letter);
    let mut groups = 0;
    let mut in_group = false;
    for letter in word.chars() {
        groups += usize::from(is_vowel(letter) && !in_group);
        in_group = is_vowel(letter);
    }
    let silent = (singular.ends_with('e') && !singular.ends_with("le"))
        || (word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded"));
    groups.saturating_sub(usize::from(silent)).max(1)
}

/// Returns the prose of each page of the journey, with its address.
async fn pages() -> Vec<(String, Prose)> {
    let service = TestService::new().await;
    let alone = service.browser();
    alone
        .post_field("/api/organisation/kind", "kind", "self-employed-barrister")
        .await;
    let firm = service.browser();
    firm.fill_in_firm().await;
    firm.add_user(1).await;
    let sent = service.browser();
    sent.register().await;
    let nobody = service.browser();
    let mut pages = Vec::new();
    for address in OF_THE_FORM.into_iter().chain(["/"]) {
        for (who, browser) in [("alone", &alone), ("firm", &firm)] {
            let page = browser.get(address).await;
            pages.push((format!("{address} ({who})"), Prose::of(&page.text)));
        }
    }
    for (browser, addresses) in [
        (
            &firm,
            &["/save", "/return", "/sign-out", "/feedback"] as &[&str],
        ),
        (&sent, &["/submitted", "/status", "/already-submitted"]),
        (&nobody, &["/status", "/draft-expired", "/performance"]),
    ] {
        for address in addresses {
            let page = browser.get(address).await;
            pages.push(((*address).to_owned(), Prose::of(&page.text)));
        }
    }
    for page in ContentPage::ALL {
        let is_fixed = matches!(
            page,
            ContentPage::AccessibilityStatement | ContentPage::TermsAndConditions
        );
        if !is_fixed {
            let answer = nobody.get(page.path()).await;
            pages.push((page.path().to_owned(), Prose::of(&answer.text)));
        }
    }
    pages
}

#[tokio::test]
async fn every_page_has_a_reading_age_of_at_most_eleven() {
    let mut short = Prose(Vec::new());
    let mut hard = Vec::new();
    let mut measured = 0;
    for (address, prose) in pages().await {
        if prose.words() < FEWEST {
            short.0.extend(prose.0);
            continue;
        }
        measured += 1;
        let age = prose.reading_age();
        if age > OLDEST {
            hard.push(format!("{address}: {age:.1}"));
        }
    }
    let age = short.reading_age();
    if age > OLDEST {
        hard.push(format!("all short pages: {age:.1}"));
    }
    assert!(measured > 10, "{measured}");
    assert!(hard.is_empty(), "{}", hard.join("\n"));
}

#[tokio::test]
async fn no_sentence_is_longer_than_twenty_five_words() {
    let mut long = Vec::new();
    for (address, prose) in pages().await {
        for sentence in prose.sentences() {
            if sentence.len() > LONGEST {
                long.push(format!(
                    "{address}, {} words: {}",
                    sentence.len(),
                    sentence.join(" ")
                ));
            }
        }
    }
    long.sort();
    long.dedup();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_measure_tells_plain_words_from_others() {
    let age = |text: &str| Prose(vec![text.to_owned()]).reading_age();
    assert!(age("Tell us your name. We will send you a link. You can use it once.") < 8.0);
    assert!(
        age(
            "Notwithstanding the aforementioned provisions, applicants demonstrating insufficient documentary substantiation may subsequently encounter administrative complications."
        ) > 20.0
    );
    for (word, count) in [
        ("name", 1),
        ("table", 2),
        ("asked", 1),
        ("added", 2),
        ("people", 2),
    ] {
        assert_eq!(syllables(word), count, "{word}");
    }
}
