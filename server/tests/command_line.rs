//! The command line: the output and the exit code of each command.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

#[path = "fixtures/databases.rs"]
mod databases;
#[path = "fixtures/registrations.rs"]
mod registrations;
#[path = "../spreadsheet/tests/fixtures/expected.rs"]
mod wanted;

use std::io::{ErrorKind, Write};
use std::process::{Command, Output, Stdio};

use registration::desk::OfficerRole;
use registration::draft::PageAnswers;
use registration::identifiers::{Email, IdentifierKind, Reference};
use registration::language::Language;
use registration::signature::Signature;
use server::clock::Moment;
use server::randomness::SessionToken;
use server::store::{Actor, NewOfficer, NewRegistration, NewSession, OfficerId, Store, Subject};
use tempfile::TempDir;
use wanted::assert_as_wanted;

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_registration"))
        .args(arguments)
        .env_remove("REGISTRATION_DATABASE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses its arguments ends without reading its input.
    if let Err(error) = child.stdin.take().unwrap().write_all(input) {
        assert_eq!(error.kind(), ErrorKind::BrokenPipe);
    }
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The email address of the senior officer in every test database.
const SENIOR: &str = "senior@desk.example";

async fn add_officer(store: &Store, id: &str, role: OfficerRole) {
    let new = NewOfficer {
        id: id.to_owned(),
        name: format!("Wen, {id}"),
        email: Email::parse(&format!("{id}@desk.example")).unwrap(),
        role,
        at: Moment::from_millis(1_788_426_000_000),
    };
    assert!(store.officers().add_officer(&new).await.unwrap());
}

/// Creates a SQLite file with a senior officer and this many registrations, submitted an hour
/// apart.
async fn file_with(registrations: u64) -> (TempDir, String) {
    let folder = databases::folder();
    let address = databases::sqlite_in(&folder);
    let store = Store::open(&address).await.unwrap();
    add_officer(&store, "senior", OfficerRole::SeniorOfficer).await;
    for number in 1..=registrations {
        let (draft, begun) = (
            format!("draft-{number}"),
            Moment::from_millis(1_788_426_000_000),
        );
        let token = SessionToken::parse(&format!("{number:064x}"))
            .unwrap()
            .hash();
        let ends = begun.plus_hours(20);
        store
            .drafts()
            .begin_draft(
                &draft,
                &NewSession {
                    token,
                    ends,
                    draft_ends: ends,
                },
                begun,
            )
            .await
            .unwrap();
        let signature = PageAnswers::Signature(Signature::default());
        store
            .drafts()
            .save_page(&draft, &signature, begun)
            .await
            .unwrap();
        let new = NewRegistration {
            id: format!("registration-{number}"),
            reference: Reference::from_random(number),
            version: store.drafts().draft_version(&draft).await.unwrap(),
            draft,
            message: format!("message-{number}"),
            language: Language::English,
            at: begun.plus_hours(i64::try_from(number).unwrap()),
            copies: Vec::new(),
            previous_submission: None,
            terms_sha256: "5a".repeat(32),
            registration: registrations::firm(2),
        };
        store.registrations().submit(&new).await.unwrap();
    }
    store.close().await;
    (folder, address)
}

#[test]
fn validate_says_of_each_line_what_the_rules_say() {
    for (kind, right, tidied, wrong, code) in [
        (
            "email",
            "Wen <wen@Firm.example>",
            "wen@firm.example",
            "wen@firm..example",
            "email-dots",
        ),
        (
            "telephone",
            "(01632) 960-096",
            "+441632960096",
            "01632 96",
            "telephone-too-short",
        ),
        (
            "mobile",
            "0044 7700 900425",
            "+447700900425",
            "01632 960096",
            "mobile-not-mobile",
        ),
        ("postcode", "n53ef", "N5 3EF", "N5", "postcode-partial"),
        (
            "laa-account",
            "1a 234b",
            "1A234B",
            "1A2O4B",
            "laa-account-confusable",
        ),
        (
            "sra-number",
            "48 3452",
            "483452",
            "48345A",
            "sra-number-characters",
        ),
        (
            "bar-number",
            "ab 12345",
            "AB12345",
            "12£",
            "bar-number-characters",
        ),
        (
            "name",
            "  Ní-Dhomhnaill ",
            "Ní-Dhomhnaill",
            "=1+1",
            "name-start",
        ),
        (
            "reference",
            "cp 0000 0000",
            "CP-0000-0000",
            "CP-0000-0001",
            "reference-mistyped",
        ),
    ] {
        let output = run(
            &["validate", kind],
            format!("{right}\n{wrong}\n").as_bytes(),
        );
        assert!(output.status.success(), "{kind}: {}", err(&output));
        let rule: IdentifierKind = kind.parse().unwrap();
        let problem = rule.check(wrong).unwrap_err();
        assert_eq!(rule.check(right).as_deref(), Ok(tidied), "{kind}");
        assert_eq!(problem.code, code, "{kind}");
        let expected = format!("ok\t{tidied}\nproblem\t{code}\t{}\n", problem.words);
        assert_eq!(out(&output), expected, "{kind}");
    }
}

#[test]
fn validate_answers_every_line_with_one_line() {
    for (input, lines) in [
        (&b""[..], 0),
        (b"\n", 1),
        (b"\n\n\n", 3),
        (b"wen@firm.example", 1),
        (b"wen@firm.example\r\nb@firm.example\r\n", 2),
        (b"\xff\xfe@firm.example\nwen@firm.example\n", 2),
        (b"a\0b\n\x1b[31m@firm.example\n", 2),
    ] {
        for kind in IdentifierKind::ALL {
            let output = run(&["validate", kind.key()], input);
            assert!(output.status.success(), "{kind} {input:?}");
            assert_eq!(
                out(&output).lines().count(),
                lines,
                "{kind} {input:?}: {}",
                out(&output)
            );
        }
    }
    let output = run(
        &["validate", "email"],
        b"\r\nwen@firm.example\r\n\xff@firm.example\nlast@firm.example",
    );
    let text = out(&output);
    let starts: Vec<&str> = text
        .lines()
        .map(|line| line.rsplit_once('\t').unwrap().0)
        .collect();
    assert_eq!(
        starts,
        [
            "problem\temail-empty",
            "ok",
            "problem\temail-characters",
            "ok"
        ]
    );
}

#[test]
fn validate_names_the_kinds_when_asked_for_another() {
    let output = run(&["validate", "fax"], b"1\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("must be one of email, telephone, mobile"),
        "{}",
        err(&output)
    );
    assert_eq!(out(&output), "");
}

#[tokio::test]
async fn list_prints_a_line_for_each_registration_newest_first() {
    let (_folder, address) = file_with(2).await;
    let output = run(&["list", "--database", &address], b"");
    assert!(output.status.success(), "{}", err(&output));
    let line = |number, hour| {
        let reference = Reference::from_random(number);
        format!(
            "{reference}\t2026-09-03T{hour}:00:00Z\tsolicitors-firm\t2\tHartwell Crane & Co LLP\n"
        )
    };
    assert_eq!(out(&output), [line(2, 11), line(1, 10)].concat());
}

#[tokio::test]
async fn list_prints_nothing_when_there_is_nothing() {
    let (_folder, address) = file_with(0).await;
    let output = run(&["list", "--database", &address], b"");
    assert!(output.status.success());
    assert_eq!(out(&output), "");
}

#[test]
fn a_database_that_cannot_be_opened_is_told_in_a_sentence() {
    let folder = databases::folder();
    let address = databases::sqlite_in(&folder);
    std::fs::write(&address, "no database").unwrap();
    let output = run(&["list", "--database", &address], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).starts_with("registration: the database failed: "),
        "{}",
        err(&output)
    );
}

#[test]
fn a_mistyped_path_of_a_database_is_told_and_nothing_is_made() {
    let folder = databases::folder();
    let path = databases::sqlite_in(&folder);
    let reference = Reference::from_random(1);
    for address in [&path, &format!("sqlite:{path}")] {
        for command in [&["list"][..], &["show", reference.as_str()]] {
            let output = run(&[command, &["--database", address]].concat(), b"");
            assert_eq!(output.status.code(), Some(1));
            let words = format!("registration: there is no database at {path}, and none was made");
            assert!(err(&output).starts_with(&words), "{}", err(&output));
            assert_eq!(out(&output), "");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }
}

#[tokio::test]
async fn show_prints_every_answer_for_people() {
    let (_folder, address) = file_with(1).await;
    // `show` accepts the reference in another spelling too.
    let listed = out(&run(&["list", "--database", &address], b""));
    let reference = listed.split('\t').next().unwrap();
    let spelt = reference.to_lowercase().replace('-', " ");
    let shown = run(&["show", &spelt, "--database", &address], b"");
    assert!(shown.status.success(), "{}", err(&shown));
    let text = out(&shown);
    for line in [
        &format!("reference: {reference}"),
        "  name: Hartwell Crane & Co LLP",
        "  county: not provided",
        "  telephone: 01632 960 096",
        "  telephone e164: +441632960096",
        "    1A234B",
        "  first hearing: 2026-12-01",
        "  last name: Ní-Dhomhnaill",
        "    email: wen.2@hartwell.example",
        "    administrator: no",
        "  signed at: 2026-09-03T09:00:00Z",
    ] {
        assert!(text.lines().any(|shown| shown == line), "{line}:\n{text}");
    }
}

#[tokio::test]
async fn show_prints_every_answer_as_json() {
    let (_folder, address) = file_with(1).await;
    let reference = Reference::from_random(1);
    let output = run(
        &["show", reference.as_str(), "--json", "--database", &address],
        b"",
    );
    assert!(output.status.success(), "{}", err(&output));
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(shown["reference"], reference.as_str());
    assert_eq!(shown["submitted_at"], "2026-09-03T10:00:00Z");
    assert_eq!(shown["people"][1]["mobile_e164"], "+447700900425");
    assert_eq!(shown["signature"]["terms_sha256"], "5a".repeat(32));
    let mut answers = shown;
    for added in ["reference", "submitted_at"] {
        answers.as_object_mut().unwrap().remove(added).unwrap();
    }
    let read: registration::registration::Registration = serde_json::from_value(answers).unwrap();
    assert_eq!(read, registrations::firm(2));
}

#[tokio::test]
async fn reading_from_the_command_line_is_audited() {
    let (_folder, address) = file_with(1).await;
    let reference = Reference::from_random(1).to_string();
    let unknown = Reference::from_random(77).to_string();
    for words in [
        &["show", &reference][..],
        &["show", &unknown],
        &["audit", "export", &unknown],
        &["audit", "export", &reference],
    ] {
        run(&[words, &["--database", &address]].concat(), b"");
    }
    let store = Store::open_existing(&address).await.unwrap();
    let looks = store
        .audit()
        .audit_of(&Subject::parse(&format!("seen/registration/{reference}")).unwrap())
        .await
        .unwrap();
    let looks: Vec<(&str, &str)> = looks
        .iter()
        .map(|row| (&*row.actor, &*row.details))
        .collect();
    assert_eq!(
        looks,
        [
            ("command-line", r#"{"what":"answers"}"#),
            ("command-line", r#"{"what":"history"}"#),
        ]
    );
    let of_nobody = store
        .audit()
        .audit_of(&Subject::parse(&format!("seen/registration/{unknown}")).unwrap())
        .await
        .unwrap();
    assert!(of_nobody.is_empty());
}

#[tokio::test]
async fn show_tells_a_mistyped_reference_from_an_unknown_one() {
    let (_folder, address) = file_with(1).await;
    let unknown = Reference::from_random(77);
    let output = run(&["show", unknown.as_str(), "--database", &address], b"");
    assert_eq!(output.status.code(), Some(1));
    let words = format!("There is no registration with the reference {unknown}\n");
    assert_eq!((out(&output).as_str(), err(&output)), ("", words));

    for (typed, words) in [
        (
            "CP-0000-0001",
            "Check the reference: one or more characters are mistyped\n",
        ),
        (
            "CP-1",
            "Reference must be CP and 8 letters and numbers, like CP-7K3M-9QXF\n",
        ),
        ("", "Enter a reference, like CP-7K3M-9QXF\n"),
    ] {
        let output = run(&["show", typed, "--database", &address], b"");
        assert_eq!(output.status.code(), Some(2), "{typed}");
        assert_eq!(
            (out(&output).as_str(), err(&output).as_str()),
            ("", words),
            "{typed}"
        );
    }
}

#[test]
fn serve_without_a_site_says_what_to_run() {
    let folder = databases::folder();
    let site = folder.path().to_str().unwrap();
    let database = databases::sqlite_in(&folder);
    let output = run(
        &[
            "serve",
            "--site",
            site,
            "--database",
            &database,
            "--listen",
            "127.0.0.1:0",
        ],
        b"",
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("run `make build` first"),
        "{}",
        err(&output)
    );
}

/// Returns the path of a file of the spreadsheet tests.
fn spreadsheet(name: &str) -> String {
    format!("{}/spreadsheet/tests/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn check_prints_what_comes_of_every_spreadsheet_and_ends_with_its_code() {
    for folder in ["files", "found"] {
        let expected = std::fs::read(spreadsheet(&format!("{folder}/expected.json"))).unwrap();
        let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
        for (name, wanted) in expected.as_object().unwrap() {
            let path = spreadsheet(&format!("{folder}/{name}"));
            let output = run(&["check", &path, "--json"], b"");
            let found: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
            assert_as_wanted(name, &found, wanted);
            let code = match wanted["problems"].as_array() {
                None => 2,
                Some(problems) => i32::from(!problems.is_empty()),
            };
            assert_eq!(output.status.code(), Some(code), "{name}");
            assert_eq!(err(&output), "", "{name}");
        }
    }
}

#[test]
fn check_prints_json_where_there_is_no_file_too() {
    let folder = databases::folder();
    for path in ["/nowhere/at-all.csv", folder.path().to_str().unwrap()] {
        let output = run(&["check", path, "--json"], b"");
        let found: serde_json::Value = serde_json::from_str(&out(&output)).unwrap();
        assert_eq!(found["outcome"], "refused");
        assert_eq!(found["refusal"], "no-file");
        assert!(found["message"].as_str().unwrap().contains(path), "{found}");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(err(&output), "");
    }
}

#[test]
fn check_says_what_is_wrong_in_words_too() {
    let output = run(&["check", &spreadsheet("files/three-problems.csv")], b"");
    let words = out(&output);
    assert!(words.contains("users without problems\t1"), "{words}");
    assert!(
        words.contains("problem\trow 5\trole\tSelect the role"),
        "{words}"
    );
    let refused = run(&["check", &spreadsheet("files/a-picture.xlsx")], b"");
    assert!(out(&refused).contains("it is a picture"));
    let missing = run(&["check", "/nowhere/at-all.csv"], b"");
    assert_eq!(missing.status.code(), Some(2));
    assert!(err(&missing).contains("/nowhere/at-all.csv"));
}

#[tokio::test]
async fn messages_lists_what_was_refused_for_good_and_sends_it_after_all() {
    let (_folder, address) = file_with(1).await;
    let messages =
        |more: &[&str]| run(&[&["messages", "--database", &address], more].concat(), b"");
    assert_eq!(out(&messages(&[])), "");
    let store = Store::open(&address).await.unwrap();
    let (now, until) = (Moment::from_millis(i64::MAX), Moment::from_millis(i64::MAX));
    let claimed = store
        .outbox()
        .claim_messages(1, now, until)
        .await
        .unwrap()
        .remove(0);
    store
        .outbox()
        .mark_dead(&claimed.id, claimed.until, ("550 No such\nmailbox", true))
        .await
        .unwrap();

    let listed = out(&messages(&[]));
    assert!(
        listed.starts_with(
            "message-1  2026-09-03T10:00:00Z  registration-received  registration/CP-"
        ),
        "{listed}"
    );
    assert!(listed.ends_with("  550 No such mailbox\n"), "{listed}");

    let put_back = messages(&["--put-back", "message-1"]);
    assert_eq!(
        (out(&put_back).as_str(), put_back.status.code()),
        ("message-1 will be sent again\n", Some(0))
    );
    let again = messages(&["--put-back", "message-1"]);
    assert_eq!(err(&again), "No message message-1 was refused for good\n");
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(
        store
            .outbox()
            .claim_messages(1, now, until)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn serve_over_https_without_a_way_for_messages_says_what_to_set() {
    let output = run(&["serve", "--https"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("REGISTRATION_MAIL"),
        "{}",
        err(&output)
    );
}

#[test]
fn serve_starts_with_no_settings_that_expose_it() {
    for (arguments, words) in [
        (&["--listen", "0.0.0.0:0"][..], "--insecure-demo"),
        (&["--listen", "[::]:0"], "REGISTRATION_HTTPS=true"),
        (
            &["--https", "--public-address", "http://register.example"],
            "begins with http://",
        ),
        (
            &["--public-address", "https://register.example"],
            "REGISTRATION_HTTPS=true too",
        ),
        (&["--https", "--insecure-demo"], "without HTTPS"),
    ] {
        let output = run(&[&["serve"], arguments].concat(), b"");
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(err(&output).contains(words), "{}", err(&output));
    }
}

#[test]
fn a_password_is_no_argument() {
    for arguments in [
        &["list", "--database", "postgres://user:secret@db.example/a"][..],
        &[
            "serve",
            "--database=postgres://db.example/a?password=secret",
        ],
    ] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains("REGISTRATION_DATABASE"));
        assert!(!err(&output).contains("secret@"));
    }
    for option in [
        "--smtp-url",
        "--notify-key",
        "--openid-secret",
        "--secrets-key",
    ] {
        let output = run(&["serve", option, "secret"], b"");
        assert_eq!(output.status.code(), Some(2), "{option}");
    }
}

#[tokio::test]
async fn the_database_is_named_by_an_option_a_variable_or_a_file() {
    let (folder, address) = file_with(1).await;
    let named = folder.path().join("database");
    std::fs::write(&named, format!("{address}\n")).unwrap();
    let list = |variables: &[(&str, &str)], arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_registration"))
            .arg("list")
            .args(arguments)
            .env_remove("REGISTRATION_DATABASE")
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        (out(&output).lines().count(), err(&output))
    };
    let file = named.to_str().unwrap();
    assert_eq!(list(&[], &["--database", &address]).0, 1);
    assert_eq!(list(&[("REGISTRATION_DATABASE", &address)], &[]).0, 1);
    assert_eq!(list(&[("REGISTRATION_DATABASE_FILE", file)], &[]).0, 1);
    assert_eq!(list(&[], &["--database-file", file]).0, 1);
    // An option takes precedence over the environment.
    let elsewhere = [("REGISTRATION_DATABASE", "/nowhere/registration.db")];
    assert_eq!(list(&elsewhere, &["--database", &address]).0, 1);
    let both = [
        ("REGISTRATION_DATABASE", address.as_str()),
        ("REGISTRATION_DATABASE_FILE", file),
    ];
    let (lines, words) = list(&both, &[]);
    assert_eq!(lines, 0);
    assert!(words.contains("not both"), "{words}");
}

#[tokio::test]
async fn an_approval_waits_for_its_checks() {
    let (_folder, address) = file_with(1).await;
    let reference = Reference::from_random(1).to_string();
    for (deed, options, code, said) in [
        ("approve", &[][..], 1, "SRA register check not done"),
        (
            "check",
            &["--check", "sra-register", "--outcome", "not-passed"],
            2,
            "Enter why the check did not pass",
        ),
    ] {
        let output = run_desk(&address, &reference, deed, options);
        let words = format!("{}{}", out(&output), err(&output));
        assert_eq!(output.status.code(), Some(code), "{words}");
        assert!(words.contains(said), "{words}");
    }
    pass_checks(&address, &reference);
    let approved = run_desk(&address, &reference, "approve", &[]);
    assert!(out(&approved).contains("Approved"), "{}", err(&approved));
}

/// Runs a desk command on a registration as the senior officer.
fn run_desk(address: &str, reference: &str, deed: &str, options: &[&str]) -> Output {
    run_desk_as(SENIOR, address, reference, deed, options)
}

fn run_desk_as(
    officer: &str,
    address: &str,
    reference: &str,
    deed: &str,
    options: &[&str],
) -> Output {
    let mut arguments = vec!["desk", deed, reference, "--officer", officer];
    arguments.extend(["--database", address]);
    arguments.extend(options);
    run(&arguments, b"")
}

/// Passes every check that a firm's approval needs.
fn pass_checks(address: &str, reference: &str) {
    for check in [
        "sra-register",
        "laa-account",
        "address",
        "authority",
        "email-domain",
        "other-registrations",
    ] {
        let options = ["--check", check, "--outcome", "passed"];
        let output = run_desk(address, reference, "check", &options);
        assert!(out(&output).contains("Passed"), "{}", err(&output));
    }
}

#[tokio::test]
async fn an_officer_takes_asks_and_decides_each_step_where_it_can_be_taken() {
    let (_folder, address) = file_with(1).await;
    let reference = Reference::from_random(1).to_string();
    pass_checks(&address, &reference);
    let desk = |deed: &str, options: &[&str]| run_desk(&address, &reference, deed, options);
    let question = ["--question", "sra-number=Which office is this?"];
    for (deed, options, code, said) in [
        (
            "ask",
            &["--question", "weather=Is it fine?"][..],
            2,
            "must be about one of",
        ),
        (
            "ask",
            &["--question", "name="],
            2,
            "Enter what you want to know",
        ),
        (
            "refuse",
            &["--reason", "other"],
            2,
            "Enter the reason for the applicant",
        ),
        ("refuse", &["--reason", "a-whim"], 2, "a-whim"),
        ("accounts", &["--state", "sent"], 1, "is not approved"),
        ("undo", &["--reason", "A mistake"], 1, "cannot be done"),
        ("take", &[], 0, "Being checked"),
        ("ask", &question, 0, "More information needed"),
        ("approve", &[], 1, "cannot be done"),
        ("refuse", &["--reason", "no-answer"], 0, "Not approved"),
        ("undo", &["--reason", "They wrote"], 0, "Being checked"),
        ("give-back", &[], 0, "Received"),
        ("approve", &[], 0, "Approved"),
        (
            "accounts",
            &["--state", "activated", "--user", "2"],
            0,
            "1 of 2 accounts",
        ),
        (
            "accounts",
            &["--state", "activated", "--user", "3"],
            1,
            "0 of 2 accounts",
        ),
    ] {
        let output = desk(deed, options);
        let words = format!("{}{}", out(&output), err(&output));
        assert_eq!(
            output.status.code(),
            Some(code),
            "{deed} {options:?}: {words}"
        );
        assert!(words.contains(said), "{deed} {options:?}: {words}");
    }
    let shown = run(&["show", &reference, "--json", "--database", &address], b"");
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(shown["state"], "approved");
    let nobody = run(
        &[
            "desk",
            "take",
            "CP-0000-0000",
            "--officer",
            SENIOR,
            "--database",
            &address,
        ],
        b"",
    );
    assert!(!nobody.status.success());
}

#[tokio::test]
async fn only_officers_with_the_permission_act_on_the_command_line() {
    let (_folder, address) = file_with(1).await;
    let reference = Reference::from_random(1).to_string();
    let store = Store::open(&address).await.unwrap();
    for (id, role) in [
        ("officer", OfficerRole::Officer),
        ("auditor", OfficerRole::Auditor),
        ("gone", OfficerRole::SeniorOfficer),
    ] {
        add_officer(&store, id, role).await;
    }
    let gone = OfficerId::named("gone");
    let now = Moment::from_millis(1_788_426_000_000);
    store
        .officers()
        .end_officer(&gone, &Actor::CommandLine, now)
        .await
        .unwrap();
    let desk = |officer: &str, deed: &str, options: &[&str]| {
        run_desk_as(officer, &address, &reference, deed, options)
    };
    let undo = ["--reason", "A mistake"];
    let (nobody, not_allowed) = ("Nobody of the desk has", "which does not allow this");
    for (officer, deed, options, code, said) in [
        ("A. Officer", "take", &[][..], 2, nobody),
        ("gone@desk.example", "take", &[], 2, nobody),
        ("gone", "take", &[], 2, nobody),
        ("auditor@desk.example", "take", &[], 2, not_allowed),
        ("officer@desk.example", "take", &[], 0, "Being checked"),
        (
            "officer",
            "refuse",
            &["--reason", "no-answer"],
            0,
            "Not approved",
        ),
        ("officer", "undo", &undo, 2, "It needs: Senior officer"),
        ("A. Officer", "undo", &undo, 2, nobody),
        (SENIOR, "undo", &undo, 0, "Being checked"),
    ] {
        let output = desk(officer, deed, options);
        let words = format!("{}{}", out(&output), err(&output));
        assert_eq!(
            output.status.code(),
            Some(code),
            "{officer} {deed}: {words}"
        );
        assert!(words.contains(said), "{officer} {deed}: {words}");
    }
    let subject = Subject::parse(&format!("registration/{reference}")).unwrap();
    let rows = store.audit().audit_of(&subject).await.unwrap();
    let done: Vec<(&str, &str)> = rows.iter().map(|row| (&*row.actor, &*row.action)).collect();
    assert_eq!(
        done[1..],
        [
            ("officer/officer", "taken"),
            ("officer/officer", "not-approved"),
            ("officer/senior", "undone"),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn output_stops_quietly_if_its_reader_ends_as_head_does() {
    let (_folder, address) = file_with(2).await;
    let reference = Reference::from_random(1).to_string();
    for words in [
        &["list"][..],
        &["show", &reference],
        &["show", &reference, "--json"],
        &["audit", "verify"],
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = Command::new(env!("CARGO_BIN_EXE_registration"))
            .args(words)
            .args(["--database", &address])
            .stdout(writer)
            .output()
            .unwrap();
        assert_eq!(
            (output.status.code(), &*err(&output)),
            (Some(0), ""),
            "{words:?}"
        );
    }
}

#[test]
fn people_of_the_desk_are_added_listed_given_a_new_link_and_ended() {
    let folder = databases::folder();
    let address = databases::sqlite_in(&folder);
    let officer = |deed: &str, options: &[&str]| {
        let mut arguments = vec!["officer", deed, "--database", &address];
        arguments.extend(options);
        run(&arguments, b"")
    };
    let add = |name: &str, email: &str, role: &str| {
        let options = ["--name", name, "--email", email, "--role", role];
        let public = ["--public-address", "https://register.example/"];
        officer("add", &[&options[..], &public].concat())
    };
    let is_link = |output: &Output| {
        let link = out(output);
        let secret = link.strip_prefix("https://register.example/desk/join/");
        secret.is_some_and(|secret| secret.trim_end().len() == 64)
    };
    let local = [
        "--name",
        "Jo",
        "--email",
        "jo@desk.example",
        "--role",
        "auditor",
    ];
    for (listen, shown) in [
        (&[][..], "http://127.0.0.1:3000/desk/join/"),
        (
            &["--listen", "127.0.0.1:4100"],
            "http://127.0.0.1:4100/desk/join/",
        ),
    ] {
        let folder = databases::folder();
        let address = databases::sqlite_in(&folder);
        let add = [
            &["officer", "add", "--database", &address][..],
            &local,
            listen,
        ]
        .concat();
        let added = run(&add, b"");
        assert!(
            out(&added).starts_with(shown),
            "{} {}",
            out(&added),
            err(&added)
        );
    }
    let first = add("Wen Williams", "wen@desk.example", "administrator");
    assert!(first.status.success() && is_link(&first), "{}", err(&first));
    assert!(err(&first).contains("works once, until"));
    let second = add("Marek Nowak", "marek@desk.example", "officer");
    assert!(is_link(&second) && out(&second) != out(&first));
    for (output, code, words) in [
        (
            add("Wen", "WEN@desk.example", "officer"),
            1,
            "has this email address",
        ),
        (add(" ", "x@desk.example", "officer"), 2, "Enter a name"),
        (add("Wen", "no address", "officer"), 2, "must include an @"),
        (add("Wen", "x@desk.example", "judge"), 2, "judge"),
        (
            officer("link", &["--email", "x@desk.example"]),
            1,
            "Nobody of the desk",
        ),
        (
            officer("end", &["--email", "x@desk.example"]),
            1,
            "Nobody of the desk",
        ),
        (
            officer("end", &["--email", "wen@desk.example"]),
            1,
            "the only desk administrator",
        ),
    ] {
        assert_eq!(
            output.status.code(),
            Some(code),
            "{words}: {}",
            err(&output)
        );
        assert!(err(&output).contains(words), "{words}: {}", err(&output));
        assert_eq!(out(&output), "");
    }
    let public = ["--public-address", "https://register.example"];
    let again = officer(
        "link",
        &[&["--email", "wen@desk.example"], &public[..]].concat(),
    );
    assert!(is_link(&again) && out(&again) != out(&first));
    let ended = officer("end", &["--email", "marek@desk.example"]);
    assert_eq!(out(&ended), "marek@desk.example: access ended\n");
    assert_eq!(
        out(&officer("list", &[])),
        "marek@desk.example\tofficer\tended\tMarek Nowak\n\
         wen@desk.example\tadministrator\tnot-set-up\tWen Williams\n"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_is_verified_sealed_and_exported() {
    let (_folder, address) = file_with(2).await;
    let database = ["--database", address.as_str()];
    let verified = run(&[&["audit", "verify"][..], &database].concat(), b"");
    assert_eq!(verified.status.code(), Some(0), "{}", err(&verified));
    assert_eq!(out(&verified), "2 rows in 2 chains: everything holds\n");
    let sealed = run(&[&["audit", "seal"][..], &database].concat(), b"");
    let line = out(&sealed);
    let fields: Vec<&str> = line.trim_end().split('\t').collect();
    let [number, heads, hash] = fields.as_slice() else {
        panic!("{line}")
    };
    assert_eq!((*number, *heads, hash.len()), ("1", "2", 64));
    let again = run(&[&["audit", "seal"][..], &database].concat(), b"");
    assert_eq!((out(&again).as_str(), again.status.code()), ("", Some(0)));

    let reference = Reference::from_random(1).to_string();
    let exported = run(
        &[&["audit", "export", &reference][..], &database].concat(),
        b"",
    );
    // The rows are the header, the submission and this export. The details of a row may contain
    // line feeds, so only CRLF counts as the end of a row.
    assert_eq!(out(&exported).trim_end().split("\r\n").count(), 3);
    let json = ["audit", "export", &reference, "--format", "json"];
    let exported = run(&[&json[..], &database].concat(), b"");
    let rows: serde_json::Value = serde_json::from_slice(&exported.stdout).unwrap();
    assert_eq!(rows[0]["action"], "submitted");
    for (reference, code) in [
        ("CP-nothing", 2),
        (&*Reference::from_random(9).to_string(), 1),
    ] {
        let exported = run(
            &[&["audit", "export", reference][..], &database].concat(),
            b"",
        );
        assert_eq!(exported.status.code(), Some(code), "{reference}");
    }

    // Somebody with access to the file deletes a whole chain.
    let unknown = Reference::from_random(9).to_string();
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{address}"))
        .await
        .unwrap();
    sqlx::query("drop trigger audit_is_never_deleted")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("delete from audit where subject = $1")
        .bind(format!("registration/{reference}"))
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    for arguments in [
        vec!["audit", "verify"],
        vec!["audit", "verify", "--subject", &reference],
        vec!["audit", "verify", "--seal", hash],
    ] {
        let verified = run(&[&arguments[..], &database].concat(), b"");
        assert_eq!(verified.status.code(), Some(1), "{arguments:?}");
        let told =
            format!("registration/{reference}: the whole chain is gone: it was sealed up to row 1");
        assert!(out(&verified).contains(&told), "{}", out(&verified));
    }
    let verified = run(
        &[&["audit", "verify", "--seal", "noted"][..], &database].concat(),
        b"",
    );
    assert!(out(&verified).contains("the seals: the seal that you gave is not among them"));
    for subject in ["registration/CP-0000-0000", "nothing", &unknown] {
        let asked = ["audit", "verify", "--subject", subject];
        let verified = run(&[&asked[..], &database].concat(), b"");
        assert_eq!(verified.status.code(), Some(1), "{subject}");
        let words =
            format!("The audit has no such chain: neither its rows nor its seals know {subject}\n");
        assert_eq!(
            (out(&verified).as_str(), err(&verified)),
            ("", words),
            "{subject}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn actions_on_the_command_line_are_audited_with_their_source() {
    let (_folder, address) = file_with(1).await;
    let reference = Reference::from_random(1).to_string();
    let arguments = [
        "desk",
        "take",
        &reference,
        "--officer",
        SENIOR,
        "--database",
        &address,
    ];
    assert!(run(&arguments, b"").status.success());
    let store = Store::open(&address).await.unwrap();
    let rows = store
        .audit()
        .audit_of(&Subject::parse(&format!("registration/{reference}")).unwrap())
        .await
        .unwrap();
    assert_eq!(rows[1].source.as_deref(), Some("command line"));
    let (_, breaks) = store
        .audit()
        .verify_chain(&format!("registration/{reference}"))
        .await
        .unwrap();
    assert!(breaks.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_and_a_person_are_erased_with_a_reason() {
    let (folder, address) = file_with(2).await;
    let [first, second] = [1, 2].map(|number| Reference::from_random(number).to_string());
    let database = ["--database", &address];
    let erase = |arguments: &[&str], input: &[u8]| {
        run(&[&["erase"], arguments, &database[..]].concat(), input)
    };
    let refuse = |reference: &str| {
        let refuse = ["desk", "refuse", reference, "--officer", SENIOR];
        let why = ["--reason", "no-answer"];
        let refused = run(&[&refuse[..], &why, &database].concat(), b"");
        assert!(refused.status.success(), "{}", err(&refused));
    };
    let reason = ["--reason", "They asked for it"];
    let one = ["--registration", &first];
    let undecided = erase(&[one, reason].concat(), b"");
    assert_eq!(undecided.status.code(), Some(1));
    assert!(err(&undecided).contains("The desk has yet to decide"));
    refuse(&first);

    let counted = erase(&[&one[..], &reason, &["--dry-run"]].concat(), b"");
    assert_eq!(counted.status.code(), Some(0));
    assert!(
        out(&counted).contains("registrations\t1\n"),
        "{}",
        out(&counted)
    );
    assert!(err(&counted).contains("Nothing was erased"));
    let erased = erase(&[one, reason].concat(), b"");
    assert_eq!(
        (out(&erased), erased.status.code()),
        (out(&counted), Some(0))
    );
    let again = erase(&[one, reason].concat(), b"");
    assert_eq!(again.status.code(), Some(1));
    assert!(err(&again).contains("was erased before"));
    let shown = run(&[&["show", &first][..], &database].concat(), b"");
    assert!(err(&shown).contains("was erased on"), "{}", err(&shown));

    // The email address is read from a file or from standard input, never from the arguments.
    refuse(&second);
    let file = folder.path().join("person.txt");
    std::fs::write(&file, "YUSUF@hartwell.example\n").unwrap();
    let person = ["--person", file.to_str().unwrap()];
    let counted = erase(&[&person[..], &reason, &["--dry-run"]].concat(), b"");
    let erased = erase(
        &[&["--person", "-"], &reason[..]].concat(),
        b"yusuf@hartwell.example\n",
    );
    assert_eq!(
        (out(&erased), erased.status.code()),
        (out(&counted), Some(0))
    );
    let listed = run(&[&["list"][..], &database].concat(), b"");
    assert!(!out(&listed).contains("Hartwell"), "{}", out(&listed));
    let verified = run(&[&["audit", "verify"][..], &database].concat(), b"");
    assert_eq!(verified.status.code(), Some(0), "{}", out(&verified));
    assert!(
        out(&verified).contains("with erased values"),
        "{}",
        out(&verified)
    );

    for (arguments, code) in [
        (vec!["--registration", "CP-nothing", "--reason", "why"], 2),
        (vec!["--registration", &first, "--reason", " "], 2),
        (vec!["--registration", &first], 2),
        (vec!["--reason", "why"], 2),
        (
            vec!["--person", "-", "--registration", &first, "--reason", "why"],
            2,
        ),
        (vec!["--person", "-", "--reason", "why"], 2),
        (vec!["--registration", "CP-0000-0000", "--reason", "why"], 1),
    ] {
        let done = erase(&arguments, b"nobody\n");
        assert_eq!(done.status.code(), Some(code), "{arguments:?}");
    }
    let unknown = erase(
        &["--person", "-", "--reason", "why"],
        b"nobody@firm.example\n",
    );
    assert_eq!(unknown.status.code(), Some(1));
}
