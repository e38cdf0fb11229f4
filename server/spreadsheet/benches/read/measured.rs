//! One measurement: a child process reads one file and reports its time and memory.

use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use calamine::{Data, Reader as _};
use registration::spreadsheet::{Intake, Mapping};
use serde::{Deserialize, Serialize};
use spreadsheet::read::{Limits, Reading, read, unwatched};

use crate::Failure;

/// The argument that makes this program a child process that measures.
pub const FLAG: &str = "--measure";
/// The number of child processes per reader and file.
const RUNS: usize = 7;

/// The code that reads the file.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
    /// The service: reads every row, checks it, and looks for people who are listed twice.
    Service,
    /// The crate `csv` alone, record by record.
    Csv,
    /// The crate `calamine` alone, used as in its documentation: it loads the sheet as a range of
    /// cells.
    Calamine,
    /// The crate `calamine` alone, cell by cell, without storing the cells.
    CalamineCells,
}

/// The result of a measurement.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Measured {
    pub seconds: f64,
    pub megabytes: f64,
    pub rows: usize,
    /// The row number and column of each problem.
    pub problems: Vec<(u32, String)>,
}

impl Measured {
    pub fn per_row(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a row count fits into an f64")]
        let rows = self.rows.max(1) as f64;
        self.seconds / rows
    }
}

impl Reader {
    const ALL: [Self; 4] = [
        Self::Service,
        Self::Csv,
        Self::Calamine,
        Self::CalamineCells,
    ];

    /// Runs several readers on a file in turns, so that other load on the machine affects all of
    /// them. Returns the shortest time and the highest memory of each reader.
    pub fn in_turns<const READERS: usize>(
        readers: [Self; READERS],
        file: &Path,
    ) -> Result<[Measured; READERS], Failure> {
        let mut best: [Option<Measured>; READERS] = [const { None }; READERS];
        for _ in 0..RUNS {
            for (best, reader) in best.iter_mut().zip(readers) {
                let run = reader.once(file)?;
                *best = Some(match best.take() {
                    Some(best) => Measured {
                        seconds: best.seconds.min(run.seconds),
                        megabytes: best.megabytes.max(run.megabytes),
                        ..run
                    },
                    None => run,
                });
            }
        }
        Ok(best.map(Option::unwrap_or_default))
    }

    fn once(self, file: &Path) -> Result<Measured, Failure> {
        let output = Command::new(std::env::current_exe()?)
            .arg(FLAG)
            .arg(format!("{self:?}"))
            .arg(file)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    fn read(self, bytes: &[u8]) -> Result<(usize, Option<Intake>), Failure> {
        match self {
            Self::Service => {
                let limits = Limits {
                    users: None,
                    ..Limits::default()
                };
                match read(bytes, &Mapping::default(), &limits, &mut unwatched) {
                    Ok(Reading::Read(intake)) => Ok((intake.rows.len(), Some(intake))),
                    other => Err(format!("not read: {:?}", other.err()).into()),
                }
            }
            Self::Csv => {
                let mut reader = csv::Reader::from_reader(bytes);
                let mut record = csv::StringRecord::new();
                let mut rows = 0;
                while reader.read_record(&mut record)? {
                    rows += black_box(&record).len().min(1);
                }
                Ok((rows, None))
            }
            Self::Calamine => {
                let mut workbook = calamine::Xlsx::new(Cursor::new(bytes))?;
                let range = workbook
                    .worksheet_range_at(0)
                    .ok_or("no sheet in the workbook")??;
                let filled = |row: &&[Data]| row.iter().any(|cell| *black_box(cell) != Data::Empty);
                Ok((range.rows().filter(filled).count() - 1, None))
            }
            Self::CalamineCells => {
                let mut workbook = calamine::Xlsx::new(Cursor::new(bytes))?;
                let name = workbook.sheet_names().swap_remove(0);
                let mut cells = workbook.worksheet_cells_reader(&name)?;
                let mut rows = 0;
                while let Some(cell) = cells.next_cell()? {
                    rows = rows.max(black_box(&cell).get_position().0);
                }
                Ok((usize::try_from(rows)?, None))
            }
        }
    }
}

/// Measures one reader in this process and prints the result as JSON.
pub fn in_this_process(reader: &str, file: &Path) -> Result<(), Failure> {
    let reader = Reader::ALL
        .into_iter()
        .find(|known| format!("{known:?}") == reader)
        .ok_or("no such reader")?;
    let begun = now();
    let bytes = std::fs::read(file)?;
    let (rows, intake) = reader.read(&bytes)?;
    let problems = intake.as_ref().map(|intake| intake.problems(&[]));
    let seconds = begun.elapsed().as_secs_f64();
    let megabytes = most_memory()?;
    let problems = problems.into_iter().flatten();
    let problems = problems
        .map(|found| (found.row, found.problem.field.into_owned()))
        .collect();
    let measured = Measured {
        seconds,
        megabytes,
        rows,
        problems,
    };
    println!("{}", serde_json::to_string(&measured)?);
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the real clock"
)]
fn now() -> Instant {
    Instant::now()
}

/// Returns the peak memory of this process, in megabytes.
fn most_memory() -> Result<f64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let kilobytes: f64 = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.trim().strip_suffix("kB"))
        .ok_or("Linux does not say how much memory was used")?
        .trim()
        .parse()?;
    Ok(kilobytes * 1024.0 / 1e6)
}
