//! How many records of six fields the rules check in a second on one core, all of them right: what an
//! import of a large spreadsheet spends most of its time on.

use std::hint::black_box;
use std::time::{Duration, Instant};

use registration::identifiers::{Email, Mobile, PersonName};

struct Record {
    first_name: &'static str,
    last_name: &'static str,
    email: &'static str,
    mobile: &'static str,
    role: &'static str,
    administrator: &'static str,
}

const fn record(fields: [&'static str; 6]) -> Record {
    let [first_name, last_name, email, mobile, role, administrator] = fields;
    Record {
        first_name,
        last_name,
        email,
        mobile,
        role,
        administrator,
    }
}

const RECORDS: [Record; 20] = [
    record([
        "Ada",
        "Lovelace",
        "ada.lovelace@firm.example",
        "07700 900123",
        "Solicitor",
        "yes",
    ]),
    record([
        "Grace",
        "Hopper",
        "g.hopper@chambers.example",
        "07700900124",
        "Barrister",
        "no",
    ]),
    record([
        "Sinéad",
        "Ní-Dhomhnaill",
        "sinead@ni-dhomhnaill.example",
        "+447700900125",
        "Solicitor",
        "no",
    ]),
    record([
        "Mary",
        "O'Brien",
        "mary.o'brien@firm.example",
        "+44 7700 900126",
        "Clerk",
        "yes",
    ]),
    record([
        "Seán",
        "O’Casey",
        "sean.ocasey@firm.example",
        "07700 900 127",
        "Advocate",
        "no",
    ]),
    record([
        "Oluwaseun",
        "Adeyemi-Smith",
        "o.adeyemi-smith@solicitors.example",
        "07700-900-128",
        "Solicitor",
        "no",
    ]),
    record(["Jo", "Ng", "jo@ng.example", "7700900129", "Admin", "yes"]),
    record([
        "Priya",
        "Venkataraman",
        "priya.venkataraman@criminal-defence.firm.example",
        "00447700900130",
        "Solicitor",
        "no",
    ]),
    record([
        "Anne Marie",
        "St. John",
        "am.stjohn@firm.example",
        "+44 (0)7700 900131",
        "Clerk",
        "no",
    ]),
    record([
        "Zoë",
        "de la Cruz",
        "zoe+accounts@firm.example",
        "07700 900132",
        "Barrister",
        "no",
    ]),
    record([
        "Mohammed",
        "Al-Rashid",
        "m.al-rashid@firm.example",
        "07700900133",
        "Solicitor",
        "yes",
    ]),
    record([
        "Katarzyna",
        "Wiśniewska",
        "kasia@wisniewska.example",
        "07700 900134",
        "Solicitor",
        "no",
    ]),
    record([
        "William",
        "Smith",
        "william.smith1@firm.example",
        "07700900135",
        "Barrister",
        "no",
    ]),
    record([
        "Elizabeth",
        "Featherstonehaugh",
        "elizabeth.featherstonehaugh@firm.example",
        "07700 900 136",
        "Solicitor",
        "no",
    ]),
    record([
        "Dafydd",
        "ap Gwilym",
        "dafydd@cyfreithwyr.example",
        "07700900137",
        "Advocate",
        "yes",
    ]),
    record([
        "小明",
        "王",
        "xiaoming.wang@firm.example",
        "+447700900138",
        "Admin",
        "no",
    ]),
    record([
        "Ian",
        "Fraser",
        "ian.fraser@chambers.example",
        "(07700) 900139",
        "Clerk",
        "no",
    ]),
    record([
        "Rosalind",
        "Franklin",
        "r.franklin@firm.example",
        "07700900140",
        "Solicitor",
        "no",
    ]),
    record([
        "Peter",
        "Jones",
        "PJones@firm.example",
        "07700 900141",
        "Solicitor",
        "no",
    ]),
    record([
        "Sarah",
        "Taylor",
        "sarah_taylor@duty.firm.example",
        "07700.900.142",
        "Barrister",
        "no",
    ]),
];

const ROLES: [&str; 5] = ["Solicitor", "Barrister", "Advocate", "Clerk", "Admin"];

fn is_right(record: &Record) -> bool {
    PersonName::check_as(record.first_name, "a first name").is_ok()
        && PersonName::check_as(record.last_name, "a last name").is_ok()
        && Email::check(record.email).is_ok()
        && Mobile::check(record.mobile).is_ok()
        && ROLES.contains(&record.role)
        && matches!(record.administrator, "yes" | "no")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the real clock"
)]
fn now() -> Instant {
    Instant::now()
}

/// The time of one round over the records, many times over.
fn round(times: u32) -> Duration {
    let start = now();
    for _ in 0..times {
        for record in &RECORDS {
            assert!(
                is_right(black_box(record)),
                "{} is checked wrongly",
                record.email
            );
        }
    }
    start.elapsed()
}

fn main() {
    const TIMES: u32 = 50_000;
    round(TIMES);
    let best = (0..7).map(|_| round(TIMES)).min().unwrap_or_default();
    let checked = f64::from(TIMES) * 20.0;
    println!(
        "rules native: {:.2} million records a second",
        checked / best.as_secs_f64() / 1e6
    );
}
