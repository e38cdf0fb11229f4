//! Measures the desk's lists, searches and registrations in the database, for several numbers of
//! registrations: the time, the rows read (on PostgreSQL), and whether the time grows.
//!
//! `DESK_REGISTRATIONS` lists the numbers, such as `1000,100000,1000000`; the default is 1,000 and
//! 20,000. `TEST_POSTGRES_URL` is the address of a PostgreSQL server; `make bench` provides one.

use std::future::Future;
use std::time::{Duration, Instant};

use registration::date::CalendarDate;
use registration::desk::queue::QueueList;
use registration::identifiers::Reference;
use server::clock::Moment;
use server::command::demo::fill;
use server::demo::Demo;
use server::store::Subject;
use server::store::{OfficerId, QueueQuery, Store};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Target for the 95th percentile of a list or search, in milliseconds.
const TARGET_MS: f64 = 50.0;
/// The number of times that each query is measured.
const TIMES: usize = 60;
/// The number of times that each query runs first, to warm up.
const WARM: usize = 5;
/// The largest factor by which a query's time may rise, from the fewest registrations to the most,
/// and still count as flat. A larger rise is also flat if it is at most `FLAT_MS`.
const FLAT_TIMES: f64 = 3.0;
/// The largest rise of a query's time, in milliseconds, that always counts as flat.
const FLAT_MS: f64 = 5.0;

/// The measurement of a query among one number of registrations. `high` is the 95th percentile, in
/// milliseconds; `rows` is `None` on SQLite.
struct Measured {
    what: String,
    registrations: u64,
    median: f64,
    high: f64,
    rows: Option<i64>,
}

/// The values that the queries search for.
struct Known {
    references: Vec<Reference>,
    names: Vec<String>,
    emails: Vec<String>,
    telephones: Vec<String>,
    domains: Vec<String>,
    halves: Vec<String>,
    mistyped_names: Vec<String>,
    mistyped_emails: Vec<String>,
    mistyped_references: Vec<String>,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let sizes = std::env::var("DESK_REGISTRATIONS").unwrap_or_else(|_| "1000,20000".to_owned());
    let sizes: Vec<u64> = sizes
        .split(',')
        .map(|size| size.trim().parse())
        .collect::<Result<_, _>>()?;
    let mut sqlite = Vec::new();
    for size in &sizes {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("desk.db");
        sqlite.extend(measure("SQLite", &file.to_string_lossy(), *size, None).await?);
    }
    report("SQLite", &sqlite);
    let Ok(url) = std::env::var("TEST_POSTGRES_URL") else {
        println!("PostgreSQL is not measured: TEST_POSTGRES_URL is not set");
        return Ok(());
    };
    let mut postgres = Vec::new();
    for size in &sizes {
        let schema = format!("desk_{size}");
        let mut connection = PgConnection::connect(&url).await?;
        connection
            .execute(AssertSqlSafe(format!("create schema {schema}")))
            .await?;
        let mark = if url.contains('?') { '&' } else { '?' };
        let address = format!("{url}{mark}options=-c%20search_path%3D{schema}");
        postgres.extend(measure("PostgreSQL", &address, *size, Some(&mut connection)).await?);
        connection
            .execute(AssertSqlSafe(format!("drop schema {schema} cascade")))
            .await?;
    }
    report("PostgreSQL", &postgres);
    Ok(())
}

async fn measure(
    engine: &str,
    address: &str,
    registrations: u64,
    mut statistics: Option<&mut PgConnection>,
) -> Outcome<Vec<Measured>> {
    let store = Store::open(address).await?;
    let today = CalendarDate::new(2026, 11, 25).ok_or("no such day")?;
    let demo = Demo {
        registrations,
        seed: 1,
        today,
    };
    let begun = now();
    fill(store.demo(), demo, false, |_| {}).await?;
    if let Some(connection) = statistics.as_deref_mut() {
        // A database that has been in use for a while is vacuumed and analysed too.
        connection.execute("vacuum analyze").await?;
    }
    println!(
        "{engine}: {registrations} registrations made in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    let known = known(demo)?;
    let mut measured = Vec::new();
    for (what, queries) in lists(&known) {
        let run = |at: usize| {
            let query = queries[at % queries.len()].clone();
            let store = &store;
            async move { list(store, &query, today).await }
        };
        measured.push(timed(what, registrations, run, &mut statistics).await?);
    }
    let counts = |_at: usize| {
        let store = &store;
        async move {
            let list = QueueList::default();
            store
                .casework()
                .queue_counts(&asked(&list, &officer(), today))
                .await?;
            Ok(())
        }
    };
    measured.push(
        timed(
            "the counts beside the queue",
            registrations,
            counts,
            &mut statistics,
        )
        .await?,
    );
    let page = |at: usize| {
        let (store, reference) = (&store, known.references[at % known.references.len()]);
        async move {
            let kept = store.registrations().registration(&reference).await?;
            let lifecycle = store.casework().lifecycle(&reference).await?;
            let audit = store
                .audit()
                .audit_of(&Subject::Registration(reference))
                .await?;
            if kept.is_none() || lifecycle.is_none() || audit.is_empty() {
                return Err("a registration is not whole".into());
            }
            Ok(())
        }
    };
    measured.push(
        timed(
            "a registration: answers, standing, audit",
            registrations,
            page,
            &mut statistics,
        )
        .await?,
    );
    store.close().await;
    Ok(measured)
}

/// Returns the values to search for, taken from the first registrations.
fn known(demo: Demo) -> Outcome<Known> {
    let mut known = Known {
        references: Vec::new(),
        names: Vec::new(),
        emails: Vec::new(),
        telephones: Vec::new(),
        domains: Vec::new(),
        halves: Vec::new(),
        mistyped_names: Vec::new(),
        mistyped_emails: Vec::new(),
        mistyped_references: Vec::new(),
    };
    let generator = demo.generator();
    // The generator must make registrations in order. The first registrations can represent all,
    // because their position in the tables does not matter.
    for at in 0..200.min(demo.registrations) {
        let made = generator.registration(at)?;
        let random = made.random_reference & ((1 << Reference::BITS) - 1);
        let reference = Reference::from_random(random);
        known.references.push(reference);
        known.halves.push(reference.as_str()[..7].to_owned());
        known
            .mistyped_references
            .push(swapped(reference.as_str(), 4));
        let organisation = &made.registration.organisation;
        known.names.push(organisation.name.to_string());
        known
            .mistyped_names
            .push(swapped(organisation.name.as_str(), 2));
        known
            .telephones
            .push(organisation.telephone.e164().to_string());
        if let Some(user) = made.registration.people.last() {
            let email = user.email.as_str();
            known.emails.push(email.to_owned());
            known.mistyped_emails.push(swapped(email, 2));
            let domain = email.rfind('@').map_or("", |at| &email[at..]);
            known.domains.push(domain.to_owned());
        }
    }
    Ok(known)
}

/// Returns a text with two neighbouring characters swapped.
fn swapped(text: &str, at: usize) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if at + 1 < letters.len() {
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn lists(known: &Known) -> Vec<(&'static str, Vec<String>)> {
    let one = |query: &str| vec![query.to_owned()];
    let search = |typed: &str| {
        let list = QueueList {
            search: typed.to_owned(),
            ..QueueList::default()
        };
        let address = list.address();
        address
            .split_once('?')
            .map_or("", |(_, query)| query)
            .to_owned()
    };
    let all = |typed: &[String]| typed.iter().map(String::as_str).map(search).collect();
    let references: Vec<String> = known.references.iter().map(Reference::to_string).collect();
    vec![
        ("the queue, first page", one("")),
        ("the queue, page 40", one("page=40")),
        ("the queue by organisation", one("sort=organisation")),
        (
            "the queue, overdue, of one officer",
            one("overdue=yes&whose=demo-officer-2"),
        ),
        (
            "approved by organisation",
            one("status=approved&sort=organisation"),
        ),
        (
            "approved by users, most first",
            one("status=approved&sort=users&order=descending"),
        ),
        (
            "approved chambers by arrival",
            one("status=approved&organisation=barristers-chambers&sort=arrived"),
        ),
        (
            "every status by arrival",
            one(
                "status=received&status=being-checked&status=more-information-needed&status=approved&status=not-approved&status=withdrawn&sort=arrived&order=descending",
            ),
        ),
        ("search: a name of an organisation", all(&known.names)),
        ("search: an e-mail address", all(&known.emails)),
        ("search: a reference", all(&references)),
        ("search: a common first name", one("search=yusuf")),
        ("search: a very common word", one("search=solicitors")),
        ("search: two common words", one("search=solicitors+yusuf")),
        ("search: the beginning of a word", one("search=har")),
        ("search: a postcode's first half", one("search=WR1")),
        ("search: a telephone number", all(&known.telephones)),
        ("search: a domain", all(&known.domains)),
        ("search: half a reference", all(&known.halves)),
        ("search: the middle of a word", one("search=icitor")),
        ("search: the middle of a first name", one("search=usu")),
        (
            "search: a name with one mistake",
            all(&known.mistyped_names),
        ),
        (
            "search: an address with one mistake",
            all(&known.mistyped_emails),
        ),
        (
            "search: a reference with one mistake",
            all(&known.mistyped_references),
        ),
        (
            "search: six words with mistakes",
            one("search=solictors+yusfu+hartwlel+chmabers+xandrew+zzyzxz"),
        ),
        ("search: nothing like it", one("search=zzyzx+nobody")),
    ]
}

async fn list(store: &Store, query: &str, today: CalendarDate) -> Outcome<()> {
    let list = QueueList::of_form(query);
    store
        .casework()
        .queue(&asked(&list, &officer(), today))
        .await?;
    Ok(())
}

fn officer() -> OfficerId {
    OfficerId::named("demo-officer-1")
}

fn asked<'a>(list: &'a QueueList, officer: &'a OfficerId, today: CalendarDate) -> QueueQuery<'a> {
    QueueQuery {
        list,
        officer,
        now: Moment::from_millis(today.day_number() * 86_400_000 + 43_200_000),
        today,
        target: 5,
    }
}

async fn timed<Done: Future<Output = Outcome<()>>>(
    what: &str,
    registrations: u64,
    run: impl Fn(usize) -> Done,
    statistics: &mut Option<&mut PgConnection>,
) -> Outcome<Measured> {
    for at in 0..WARM {
        run(at).await?;
    }
    let before = rows_read(statistics).await?;
    let mut times = Vec::with_capacity(TIMES);
    for at in 0..TIMES {
        let begun = now();
        run(at).await?;
        times.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    let after = rows_read(statistics).await?;
    times.sort_by(f64::total_cmp);
    let rows = before
        .zip(after)
        .map(|(before, after)| (after - before) / i64::try_from(TIMES).unwrap_or(1));
    Ok(Measured {
        what: what.to_owned(),
        registrations,
        median: times[TIMES / 2],
        high: times[TIMES * 95 / 100],
        rows,
    })
}

/// Returns how many rows of tables and entries of indexes PostgreSQL has read so far; `None` for
/// SQLite.
async fn rows_read(statistics: &mut Option<&mut PgConnection>) -> Outcome<Option<i64>> {
    let Some(connection) = statistics else {
        return Ok(None);
    };
    // PostgreSQL reports the reads of a connection only after the connection has been idle for a
    // second.
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    let read = sqlx::query_scalar(
        "select (coalesce((select sum(seq_tup_read) from pg_stat_user_tables), 0) \
         + coalesce((select sum(idx_tup_read) from pg_stat_user_indexes), 0))::bigint",
    )
    .fetch_one(&mut **connection)
    .await?;
    Ok(Some(read))
}

fn report(engine: &str, measured: &[Measured]) {
    println!(
        "\n{:<46} {:>13} {:>9} {:>9} {:>9}",
        format!("{engine} (target {TARGET_MS:.0} ms)"),
        "registrations",
        "median",
        "95th",
        "rows"
    );
    let mut whats: Vec<&str> = Vec::new();
    for one in measured {
        if !whats.contains(&&*one.what) {
            whats.push(&one.what);
        }
    }
    for what in whats {
        let all: Vec<&Measured> = measured.iter().filter(|one| one.what == what).collect();
        for one in &all {
            let rows = one
                .rows
                .map_or_else(|| "-".to_owned(), |rows| rows.to_string());
            let missed = if one.high > TARGET_MS { "  missed" } else { "" };
            println!(
                "{:<46} {:>13} {:>6.2} ms {:>6.2} ms {rows:>9}{missed}",
                one.what, one.registrations, one.median, one.high
            );
        }
        if let [first, .., last] = &all[..] {
            let grown =
                last.median > first.median * FLAT_TIMES && last.median - first.median > FLAT_MS;
            let word = if grown { "grows" } else { "flat" };
            println!("{:<46} {word:>13}", "");
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the real clock"
)]
fn now() -> Instant {
    Instant::now()
}
