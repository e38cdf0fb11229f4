//! Hostile files are refused with the right kind of refusal, within one second and 200 MB of
//! memory, and good files are still read meanwhile.
//!
//! To measure one file, the test reads it in a child process, which is this program again and
//! reports its peak memory. For the hostile files, the time limit counts only in an optimised
//! build, as in production.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic makes the test fail"
)]

mod files;

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Instant;

use registration::spreadsheet::{Mapping, ReadOutcome};
use spreadsheet::read::{Limits, outcome, unwatched};

/// The environment variable that tells a child process which file to read.
const FILE: &str = "REFUSED_FILE";
const MAX_MEGABYTES: f64 = 200.0;
const MAX_SECONDS: f64 = 1.0;

fn kind(bytes: &[u8]) -> &'static str {
    let most = Limits::default();
    let limits = Limits {
        inflated: most.inflated / files::FEWER as u64,
        cells: most.cells / files::FEWER,
        rows: most.rows / u32::try_from(files::FEWER).unwrap(),
        ..most
    };
    let outcome = outcome(bytes, &Mapping::default(), &limits, &mut unwatched);
    match outcome.unwrap() {
        ReadOutcome::Read { .. } => "read",
        ReadOutcome::Refused { refusal, .. } => refusal,
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this test measures real elapsed time"
)]
fn now() -> Instant {
    Instant::now()
}

/// Runs in the child process. In a normal run the variable is not set, and this test does nothing.
#[test]
fn one_file() {
    let Some(file) = std::env::var_os(FILE) else {
        return;
    };
    let bytes = std::fs::read(file).unwrap();
    let begun = now();
    let kind = kind(&bytes);
    let seconds = begun.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let most = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.strip_suffix("kB"));
    let kilobytes: f64 = most.unwrap().trim().parse().unwrap();
    println!("\nmeasured {kind} {seconds} {}", kilobytes * 1024.0 / 1e6);
}

/// Reads a file in a child process; returns the kind, the seconds and the megabytes.
fn measured(file: &Path) -> (String, f64, f64) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "one_file", "--nocapture", "--test-threads=1"])
        .env(FILE, file)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("measured "));
    let line = line.unwrap_or_else(|| panic!("{}: {text}", output.status));
    let [kind, seconds, megabytes] = line.split(' ').collect::<Vec<_>>()[..] else {
        panic!("{line}");
    };
    (
        kind.to_owned(),
        seconds.parse().unwrap(),
        megabytes.parse().unwrap(),
    )
}

#[test]
fn each_is_refused_by_kind_within_a_second_and_200_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    let mut failed = Vec::new();
    for (name, kinds, bytes) in files::all() {
        std::fs::write(&file, bytes).unwrap();
        let (kind, seconds, megabytes) = measured(&file);
        println!("{name:<40} {kind:<20} {seconds:>7.3} s {megabytes:>7.1} MB");
        let in_time = cfg!(debug_assertions) || seconds <= MAX_SECONDS;
        if !kinds.contains(&kind.as_str()) || megabytes > MAX_MEGABYTES || !in_time {
            failed.push(format!("{name}: {kind}, {seconds} s, {megabytes} MB"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// The files are `plain.csv` and `excel-numbers.xlsx`, encrypted with the password “a password”:
/// the xlsx as Excel does it (by msoffcrypto-tool 6.1), the other files by LibreOffice 7.4.
#[test]
fn files_with_a_password_are_refused_as_locked_within_a_second() {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    for name in [
        "locked-by-office.xlsx",
        "locked-by-libreoffice.ods",
        "locked-by-libreoffice.xls",
    ] {
        let (kind, seconds, megabytes) = measured(&files.join(name));
        assert_eq!(kind, "password-protected", "{name}");
        assert!(seconds <= MAX_SECONDS, "{name}: {seconds} s");
        assert!(megabytes <= MAX_MEGABYTES, "{name}: {megabytes} MB");
    }
}

#[test]
fn a_good_file_is_read_while_others_are_refused() {
    let good = include_bytes!("../files/plain.csv");
    let hostile = files::all();
    thread::scope(|scope| {
        let refused = scope.spawn(|| {
            for (name, kinds, bytes) in &hostile {
                assert!(kinds.contains(&kind(bytes)), "{name}");
            }
        });
        let mut read = 0;
        while !refused.is_finished() || read == 0 {
            assert_eq!(kind(good), "read");
            read += 1;
        }
        refused.join().unwrap();
    });
}
