//! Measures the time and memory to read and check many users, next to bare `csv` and `calamine`.
//!
//! Each run is a process with the service's allocator, and the readers take turns. The shortest
//! time and the highest memory of several runs count. The files contain seeded faults: the
//! benchmark fails if the service misses one of these faults or reports another fault.

mod files;
mod measured;

use std::error::Error;
use std::path::Path;

use mimalloc::MiMalloc;

use files::Files;
use measured::{Measured, Reader};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

type Failure = Box<dyn Error>;

const ROWS: [usize; 3] = [1_000, 10_000, 100_000];
/// The largest time to read 100,000 rows of csv, in seconds.
const MAX_SECONDS: f64 = 0.25;
/// The largest time to read 100,000 rows of xlsx, as a multiple of the time of bare calamine.
const MAX_TIMES_CALAMINE: f64 = 1.3;
/// The largest peak memory for 100,000 rows of either format, in megabytes.
const MAX_MEMORY: f64 = 100.0;
/// The maximum ratio between the time for a row among 100,000 rows and among 10,000 rows. The ratio is 1 if the time
/// grows linearly.
const MAX_GROWTH_A_ROW: f64 = 1.5;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, reader, file] = arguments.as_slice()
        && flag == measured::FLAG
    {
        return measured::in_this_process(reader, Path::new(file));
    }
    let Some(script) = files::script() else {
        println!("reading spreadsheets: not measured, MANY_USERS does not name many_users.py");
        return Ok(());
    };
    let folder = tempfile::tempdir()?;
    let mut before: Option<[Measured; 2]> = None;
    for rows in ROWS {
        let files = Files::made_by(&script, rows, folder.path())?;
        let [csv, bare_csv] = Reader::in_turns([Reader::Service, Reader::Csv], &files.csv)?;
        let [xlsx, bare, cells] = Reader::in_turns(
            [Reader::Service, Reader::Calamine, Reader::CalamineCells],
            &files.xlsx,
        )?;
        files.are_judged_rightly(&csv)?;
        files.are_judged_rightly(&xlsx)?;
        let last = ROWS.last() == Some(&rows);
        let limit = |most: f64, unit: &str| {
            if last {
                format!("at most {most}{unit}")
            } else {
                String::new()
            }
        };
        let name = |what: &str| format!("{what}, {rows} rows");
        line(
            &name("read and check csv"),
            csv.seconds,
            "s",
            &limit(MAX_SECONDS, ""),
        );
        line("  bare csv", bare_csv.seconds, "s", "");
        line("  memory, csv", csv.megabytes, "MB", &limit(MAX_MEMORY, ""));
        line(&name("read and check xlsx"), xlsx.seconds, "s", "");
        line("  bare calamine", bare.seconds, "s", "");
        let times = xlsx.seconds / bare.seconds;
        line(
            "  times bare calamine",
            times,
            "",
            &limit(MAX_TIMES_CALAMINE, ""),
        );
        line("  bare calamine, cell by cell", cells.seconds, "s", "");
        line(
            "  memory, xlsx",
            xlsx.megabytes,
            "MB",
            &limit(MAX_MEMORY, ""),
        );
        line("  memory, bare calamine", bare.megabytes, "MB", "");
        if last && let Some([fewer_csv, fewer_xlsx]) = &before {
            line(
                "a row's time against 10,000 rows, csv",
                csv.per_row() / fewer_csv.per_row(),
                "times",
                &limit(MAX_GROWTH_A_ROW, ""),
            );
            line(
                "a row's time against 10,000 rows, xlsx",
                xlsx.per_row() / fewer_xlsx.per_row(),
                "times",
                &limit(MAX_GROWTH_A_ROW, ""),
            );
        }
        if !files.by_excel_writer {
            println!("  (XlsxWriter is not installed: the service's own crate wrote the xlsx)");
        }
        before = Some([csv, xlsx]);
    }
    println!("every seeded fault was found, and none besides");
    Ok(())
}

fn line(what: &str, figure: f64, unit: &str, target: &str) {
    println!("{what:<44} {figure:>8.3} {unit:<5} {target}");
}
