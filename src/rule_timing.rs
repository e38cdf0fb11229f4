//! Tests that every rule is fast even for a very long text. Anybody can send a form with 64 kB in
//! one field. Each rule must therefore reject a text far beyond its limit after reading it at most
//! once.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests measure the time that the rules take"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use crate::answers::Answers;
use crate::context::Context;
use crate::date::{month_number, parts_of};
use crate::desk::AuthenticatorCode;
use crate::desk::check::CheckResult;
use crate::desk::password;
use crate::desk::period::day_of;
use crate::desk::queue::QueueList;
use crate::desk::reason;
use crate::desk::results::status_of;
use crate::desk::search::{Phrases, SearchQuery, sorted_as};
use crate::desk::{Note, nearly_same};
use crate::draft::PageAnswers;
use crate::feedback::Feedback;
use crate::form::{Field, FormAnswers, Topic};
use crate::format_request::FormatRequest;
use crate::identifiers::{
    AddressLine, Email, IdentifierKind, JobTitle, LaaAccount, OrganisationName, Town,
};
use crate::language::Language;
use crate::more_information::Question;
use crate::page::Page;
use crate::performance::Cost;
use crate::refusal_reason::Refusal;
use crate::resume::Code;
use crate::spreadsheet::{normalised, role_of_words, yes_or_no};
use crate::terms::by_version;
use crate::text::{squeezed, tidy};
use crate::users::{User, list_problems};

/// The size of the longest field that a form can send, in bytes.
const LONG: usize = 64 * 1024;
/// The maximum time for one rule. A build without optimisation is about twenty times slower.
const MOST: Duration = Duration::from_millis(if cfg!(debug_assertions) { 30 } else { 1 });
/// The maximum number of attempts to meet the time limit. Other programs may slow an attempt down.
const TRIES: usize = 20;

/// The name of a rule, and the rule as a function of one field's text.
type Rule = (&'static str, fn(&str));

/// Every rule and parser for text that a person sends.
const RULES: [Rule; 46] = [
    ("tidy", |typed| work(tidy(typed))),
    ("squeezed", |typed| work(squeezed(typed))),
    ("email", |typed| work(IdentifierKind::Email.check(typed))),
    ("email warning", |typed| work(Email::warning(typed))),
    ("mailbox", |typed| work(Email::mailbox(typed))),
    ("telephone", |typed| {
        work(IdentifierKind::Telephone.check(typed));
    }),
    ("mobile", |typed| work(IdentifierKind::Mobile.check(typed))),
    ("mobile warning", |typed| {
        work(IdentifierKind::Mobile.warning(typed));
    }),
    ("postcode", |typed| {
        work(IdentifierKind::Postcode.check(typed));
    }),
    ("LAA account", |typed| {
        work(IdentifierKind::LaaAccount.check(typed));
    }),
    ("LAA accounts", |typed| work(LaaAccount::check_list(typed))),
    ("SRA number", |typed| {
        work(IdentifierKind::SraNumber.check(typed));
    }),
    ("SRA warning", |typed| {
        work(IdentifierKind::SraNumber.warning(typed));
    }),
    ("Bar number", |typed| {
        work(IdentifierKind::BarNumber.check(typed));
    }),
    ("name", |typed| work(IdentifierKind::Name.check(typed))),
    ("reference", |typed| {
        work(IdentifierKind::Reference.check(typed));
    }),
    ("organisation name", |typed| {
        work(OrganisationName::check(typed));
    }),
    ("job title", |typed| work(JobTitle::check(typed))),
    ("address line", |typed| work(AddressLine::check(typed))),
    ("county", |typed| {
        work(AddressLine::check_optional(typed, "the county"));
    }),
    ("town", |typed| work(Town::check(typed))),
    ("month", |typed| work(month_number(typed))),
    ("date", |typed| work(parts_of(typed))),
    ("day", |typed| work(day_of(typed))),
    ("hearing date", |typed| {
        FormAnswers::default().set_hearing_date(typed);
    }),
    ("code", |typed| work(Code::parse(typed))),
    ("authenticator code", |typed| {
        work(AuthenticatorCode::parse(typed));
    }),
    ("language", |typed| work(Language::parse(typed))),
    ("terms", |typed| work(by_version(typed))),
    ("refusal", |typed| work(Refusal::parse("other", typed))),
    ("question", |typed| {
        work(Question::parse(Topic::Address, typed));
    }),
    ("check", |typed| {
        work(CheckResult::parse("not-passed", typed));
    }),
    ("note", |typed| work(Note::parse(typed))),
    ("reason", |typed| work(reason::UNDONE.parse(typed))),
    ("feedback", |typed| {
        let words = typed.to_owned();
        let satisfaction = "satisfied".to_owned();
        let feedback = Feedback {
            satisfaction,
            words,
        };
        work(feedback.complete());
    }),
    ("cost", |typed| work(typed.parse::<Cost>())),
    ("search", |typed| work(SearchQuery::parse(typed))),
    ("sort key", |typed| work(sorted_as(typed))),
    ("index", |typed| {
        work(Phrases::of([typed], [typed]).entries());
    }),
    ("queue", |typed| work(QueueList::of_query(typed))),
    ("queue search", |typed| {
        work(QueueList::of_query(&["search=", typed].concat()));
    }),
    ("similar name", |typed| {
        work(nearly_same(typed, &["x", typed].concat()));
    }),
    ("password", |typed| {
        work(password::check(typed, typed, typed));
    }),
    ("heading", |typed| work(normalised(typed))),
    ("role", |typed| {
        work((role_of_words(typed), yes_or_no(typed)));
    }),
    ("status", |typed| work(status_of(typed))),
];

/// Uses the result of a rule, so that the compiler does not remove the call.
fn work<T>(outcome: T) {
    black_box(outcome);
}

/// Repeats a piece of text up to 64 kB.
fn repeated(piece: &str) -> String {
    piece.repeat(LONG / piece.len().max(1))
}

/// Returns texts for which a careless rule takes quadratic time.
fn hostile() -> Vec<String> {
    let letters: String = ('\u{4e00}'..).take(LONG / 3).collect();
    let mut texts = vec![
        ["a@", &letters].concat(),
        ["a@", &letters, ".example"].concat(),
        ["Clerk <mailto:a@", &letters, ".example>"].concat(),
        letters,
    ];
    for piece in [
        " ",
        "\u{a0}",
        "\u{200b}",
        "\u{200d}",
        "\u{301}",
        "a",
        "A",
        "0",
        "1",
        "7",
        "-",
        ".",
        "/",
        ":",
        "?",
        "@",
        "<",
        ">",
        "'",
        "=",
        "+",
        "e",
        "é",
        "ß",
        "\u{fdfa}",
        "王",
        "🙂",
        "- ",
        "a ",
        "A1 ",
        "a.",
        "a@",
        "@a.",
        "/.",
        "a/",
        "a:",
        ",",
        ";",
        "\n",
        "x1",
        "ext",
        "1e",
        "st",
        "mon ",
        "1 jan ",
        "CP",
        "mailto:",
        "www",
        "Co ",
        "Mr ",
        "KC ",
        "%",
        "&a=",
        "search=a&",
        "ab ",
        "xn--",
    ] {
        texts.push(repeated(piece));
        texts.push(["a.", &repeated(piece)].concat());
        texts.push(["07700 900123", &repeated(piece)].concat());
        texts.push(["a@b.example", &repeated(piece)].concat());
    }
    texts
}

/// Asserts that every rule handles a text within the time limit.
fn assert_quick(typed: &str) {
    let slow: Vec<(&str, Duration)> = RULES
        .into_iter()
        .filter_map(|(name, rule)| {
            let mut best = Duration::MAX;
            for tried in 1..=TRIES {
                let begun = Instant::now();
                rule(typed);
                best = best.min(begun.elapsed());
                if best <= MOST || (tried > 4 && best > 20 * MOST) {
                    break;
                }
            }
            (best > MOST).then_some((name, best))
        })
        .collect();
    let beginning: String = typed.chars().take(20).collect();
    assert!(slow.is_empty(), "{beginning:?}…: {slow:?}");
}

#[test]
fn no_rule_works_long_on_a_hostile_text() {
    for typed in hostile() {
        assert_quick(&typed);
    }
}

#[test]
fn no_page_works_long_on_hostile_answers() {
    let typed = ["a@", &('\u{4e00}'..).take(LONG / 3).collect::<String>()].concat();
    let best = |work: &dyn Fn()| {
        (0..TRIES)
            .map(|_| {
                let begun = Instant::now();
                work();
                begun.elapsed()
            })
            .min()
    };
    for page in Page::ALL {
        let fields = Field::of_page(*page).map(|field| (field, typed.clone()));
        let Some(answers) = fields.collect::<FormAnswers>().page(*page) else {
            continue;
        };
        let took = best(&|| {
            work((
                PageAnswers::problems(&answers, &Context::default()),
                answers.warnings(&Context::default()),
            ));
        });
        assert!(took < Some(10 * MOST), "{page:?}: {took:?}");
    }
    let user = User {
        first_name: typed.clone(),
        last_name: typed.clone(),
        email: typed.clone(),
        mobile: typed.clone(),
        role: typed.clone(),
        administrator: typed.clone(),
    };
    let took = best(&|| {
        work((
            list_problems(std::slice::from_ref(&user)),
            user.warnings(),
            user.fingerprint(),
        ));
    });
    assert!(took < Some(10 * MOST), "user: {took:?}");
    let request = FormatRequest {
        email: typed.clone(),
        name: typed.clone(),
        details: typed.clone(),
        telephone: typed,
        ..FormatRequest::default()
    };
    let took = best(&|| work(request.complete()));
    assert!(took < Some(10 * MOST), "request: {took:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_rule_works_long_on_any_text(beginning in "\\PC{0,12}", piece in "(\\PC|[ .@/:,;\n0-9e-]){1,8}", letters in any::<bool>(), end in "\\PC{0,12}") {
        let middle = if letters { piece.chars().cycle().zip('\u{4e00}'..).flat_map(|(one, other)| [one, other]).take(LONG / 4).collect() } else { repeated(&piece) };
        assert_quick(&[&*beginning, &middle, &end].concat());
    }
}
