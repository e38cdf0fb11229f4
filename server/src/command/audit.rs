//! `registration audit`: verifies the chains of the audit, seals them, and exports the history of
//! one registration.

use std::io::{Write, stdout};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use registration::identifiers::Reference;

use super::record_download;
use super::say::{line, say};
use crate::casework::audit_export::{HistoryFormat, history, subjects_of};
use crate::clock::{Clock, Moment, SystemClock};
use crate::settings::Database;
use crate::store::{
    Audit, ChainFault, Chains, FaultKind, SEALS, Store, StoreError, Subject, TableFault,
    VerifiedCounts,
};

/// Options of `registration audit`.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Verifies the chains and prints each row that breaks its chain; exit 1 if a chain is broken
    /// or missing.
    Verify {
        /// Only the chain of this subject, such as registration/CP-7K3M-9QXT; for a reference, the
        /// chain of its changes and the chain of its views
        #[arg(long)]
        subject: Option<String>,
        /// The hash of a seal that you noted; the audit must still have that seal
        #[arg(long, value_name = "HASH")]
        seal: Option<String>,
        /// Also compares the tables with the values that the chains record: states, assignments,
        /// answers, checks, accounts, roles and settings. Slower: it reads every registration
        #[arg(long)]
        deep: bool,
        #[command(flatten)]
        database: Database,
    },
    /// Seals the chains that have grown since the last seal, and prints the hash of the new seal;
    /// note the hash elsewhere.
    Seal(Database),
    /// Prints the history of one registration: every change and every view.
    Export {
        /// The reference, such as CP-7K3M-9QXT
        reference: String,
        /// The format of the file
        #[arg(long, value_enum, default_value_t = HistoryFormat::Csv)]
        format: HistoryFormat,
        #[command(flatten)]
        database: Database,
    },
}

/// Runs the command. The exit code is 1 if a chain is broken or missing or there is nothing to
/// export, and 2 if the reference is mistyped.
pub async fn run(options: Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    match options.action {
        Action::Verify {
            subject,
            seal,
            deep,
            database,
        } => {
            let store = Store::open_existing(&database.address()?).await?;
            let differing = if deep {
                compare(store.audit(), subject.as_deref()).await?
            } else {
                0
            };
            let mut code = verify(store.audit(), subject, seal).await?;
            if differing > 0 {
                code = ExitCode::FAILURE;
            }
            store.close().await;
            Ok(code)
        }
        Action::Seal(database) => {
            let store = Store::open_existing(&database.address()?).await?;
            match store
                .audit()
                .seal_audit(SystemClock.now(), Chains::All)
                .await?
            {
                Some(seal) => say!("{}\t{}\t{}", seal.number, seal.heads, seal.hash),
                None => eprintln!("No chain has grown since the last seal"),
            }
            store.close().await;
            Ok(ExitCode::SUCCESS)
        }
        Action::Export {
            reference,
            format,
            database,
        } => export(&reference, format, &database).await,
    }
}

/// Compares the tables with the chains, prints each difference, and returns their number.
async fn compare(audit: &Audit, subject: Option<&str>) -> Result<u64, StoreError> {
    let mut differing = 0_u64;
    let mut tell = |found: TableFault| {
        differing += 1;
        // Ignore an output that is closed: the exit code still reports the outcome.
        let _somebody_reads = line(format_args!("{found}"));
    };
    let subject = subject.map(|subject| match Reference::parse(subject) {
        Ok(reference) => Subject::Registration(reference).to_string(),
        Err(_) => subject.to_owned(),
    });
    let compared = audit.compare_tables(subject.as_deref(), &mut tell).await?;
    eprintln!("{compared} subjects compared with the tables: {differing} differences");
    Ok(differing)
}

async fn verify(
    audit: &Audit,
    subject: Option<String>,
    seal: Option<String>,
) -> Result<ExitCode, StoreError> {
    let mut breaks = 0_u64;
    let mut tell = |found: ChainFault| {
        breaks += 1;
        // Ignore an output that is closed: the exit code still reports the outcome.
        let _somebody_reads = line(format_args!("{found}"));
    };
    let asked = subject.clone();
    let walked = match subject {
        None => audit.verify_audit(&mut tell).await?,
        Some(subject) => {
            let subjects = match Reference::parse(&subject) {
                Ok(reference) => subjects_of(reference)
                    .map(|subject| subject.to_string())
                    .to_vec(),
                Err(_) => vec![subject],
            };
            let mut all = VerifiedCounts::default();
            for subject in subjects {
                let (walked, found) = audit.verify_chain(&subject).await?;
                found.into_iter().for_each(&mut tell);
                all.rows += walked.rows;
                all.erased += walked.erased;
                all.chains += walked.chains;
            }
            all
        }
    };
    if let Some(hash) = seal
        && !audit.has_seal(&hash).await?
    {
        tell(ChainFault {
            subject: SEALS.to_owned(),
            kind: FaultKind::NotedSealGone,
        });
    }
    let VerifiedCounts {
        rows,
        erased,
        chains,
        seals,
        sealed_at,
    } = walked;
    if let Some(asked) = asked.filter(|_| rows == 0 && breaks == 0) {
        eprintln!("The audit has no such chain: neither its rows nor its seals know {asked}");
        return Ok(ExitCode::FAILURE);
    }
    let sealed = sealed_at.map_or_else(String::new, |at| {
        let at = Moment::from_millis(at).rfc3339();
        format!(" and {seals} seals, the last of {at}")
    });
    let erased = if erased > 0 {
        format!(", {erased} of them with erased values,")
    } else {
        String::new()
    };
    let what = format!("{rows} rows{erased} in {chains} chains{sealed}");
    Ok(if breaks == 0 {
        let _somebody_reads = line(format_args!("{what}: everything holds"));
        ExitCode::SUCCESS
    } else {
        let _somebody_reads = line(format_args!("{what}: {breaks} broken"));
        ExitCode::FAILURE
    })
}

async fn export(
    reference: &str,
    format: HistoryFormat,
    database: &Database,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let reference = match Reference::parse(reference) {
        Ok(reference) => reference,
        Err(problem) => {
            eprintln!("{}", problem.words);
            return Ok(ExitCode::from(2));
        }
    };
    let store = Store::open_existing(&database.address()?).await?;
    let subject = Subject::Registration(reference);
    let found = if store.audit().audit_of(&subject).await?.is_empty() {
        None
    } else {
        // Record the download first, so that the output contains it.
        record_download(store.audit(), &subject, "history").await?;
        history(&store, &reference, format).await?
    };
    store.close().await;
    let Some(bytes) = found else {
        eprintln!("The audit knows nothing of {reference}");
        return Ok(ExitCode::FAILURE);
    };
    stdout().lock().write_all(&bytes)?;
    Ok(ExitCode::SUCCESS)
}
