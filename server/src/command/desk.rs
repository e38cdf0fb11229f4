//! `registration desk`: an officer's actions on a registration, such as claiming it, deciding, or
//! setting the state of its accounts. The officer's role must allow the action, and the audit
//! records it under the officer. The applicant gets the same notifications as for an action on the
//! pages.

use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};
use registration::desk::Permission;
use registration::desk::account::{Account, AccountStep};
use registration::desk::check::{Check, CheckResult, CheckVerdict};
use registration::desk::reason::{FAILED, UNDONE};
use registration::form::Topic;
use registration::identifiers::Reference;
use registration::lifecycle::State;
use registration::more_information::{MAX_QUESTIONS, Question};
use registration::problem::Problem;
use registration::refusal_reason::{Refusal, RefusalReason};

use super::say::say;
use crate::casework::context::CaseContext;
use crate::casework::lifecycle::{ActionOutcome, Blocker, CaseAction, apply_action};
use crate::clock::{Clock, SystemClock};
use crate::randomness::SystemRandomness;
use crate::settings::Database;
use crate::store::{
    AccountChange, CheckOutcome, NewCheck, Officer, OfficerId, Officers, Store, StoreError,
    StoredLifecycle,
};

/// Options of `registration desk`.
#[derive(Debug, Args)]
pub struct Options {
    #[command(subcommand)]
    action: DeskCommand,
}

/// Options that name the registration and the officer.
#[derive(Debug, Args)]
struct TargetOptions {
    /// The reference, such as CP-7K3M-9QXT
    reference: String,

    /// Your email address or identifier at the desk; your role must allow the action
    #[arg(long)]
    officer: String,

    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Subcommand)]
enum DeskCommand {
    /// Claims the registration, to check it.
    Take(TargetOptions),
    /// Returns the registration to the queue.
    GiveBack(TargetOptions),
    /// Asks the applicant for more information, and reopens the answers.
    Ask {
        #[command(flatten)]
        target: TargetOptions,
        /// The topic and the question, such as sra-number="Which office is this?"; may be repeated
        #[arg(long = "question", value_name = "TOPIC=WORDS", required = true)]
        questions: Vec<String>,
    },
    /// Records the outcome of a check.
    Check {
        #[command(flatten)]
        target: TargetOptions,
        /// The check
        #[arg(long, value_parser = PossibleValuesParser::new(Check::ALL.iter().map(|check| check.key())))]
        check: String,
        /// The outcome of the check
        #[arg(long, value_parser = PossibleValuesParser::new(CheckVerdict::ALL.iter().map(|outcome| outcome.key())))]
        outcome: String,
        /// A note about the check
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Approves the registration, once its checks are made.
    Approve(TargetOptions),
    /// Refuses the registration.
    Refuse {
        #[command(flatten)]
        target: TargetOptions,
        /// The reason
        #[arg(long, value_parser = PossibleValuesParser::new(RefusalReason::ALL.iter().map(|reason| reason.key())))]
        reason: String,
        /// A message to the applicant
        #[arg(long, default_value = "")]
        words: String,
    },
    /// Undoes the decision.
    Undo {
        #[command(flatten)]
        target: TargetOptions,
        /// The reason
        #[arg(long)]
        reason: String,
    },
    /// Sets the state of the accounts of the registration's users.
    Accounts {
        #[command(flatten)]
        target: TargetOptions,
        /// The new state
        #[arg(long, value_parser = PossibleValuesParser::new(Account::ALL.iter().map(|state| state.key())))]
        state: String,
        /// The reason, if the accounts failed
        #[arg(long, default_value = "")]
        reason: String,
        /// Only the account of this user: the position in the list, from 1
        #[arg(long)]
        user: Option<i64>,
    },
}

/// The operation that the arguments describe.
enum Operation {
    Claim,
    Case(CaseAction),
    Check(Check, CheckResult),
    Accounts(Account, String, Option<i64>),
}

/// Runs the command. The exit code is 1 if the registration does not exist or does not allow the
/// action, and 2 if an argument is mistyped or the officer is unknown or may not take the action.
pub async fn run(options: Options) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (target, operation) = match read(options.action) {
        Ok(read) => read,
        Err(problem) => {
            eprintln!("{}", problem.words);
            return Ok(ExitCode::from(2));
        }
    };
    let reference = match Reference::parse(&target.reference) {
        Ok(reference) => reference,
        Err(problem) => {
            eprintln!("{}", problem.words);
            return Ok(ExitCode::from(2));
        }
    };
    let store = Store::open_existing(&target.database.address()?).await?;
    let code = match allowed(store.officers(), &target.officer, operation.needs()).await? {
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
        Ok(officer) => {
            if let Some(lifecycle) = store.casework().lifecycle(&reference).await? {
                perform(&store, lifecycle, &officer, &operation).await?
            } else {
                eprintln!("There is no registration with the reference {reference}");
                ExitCode::FAILURE
            }
        }
    };
    store.close().await;
    Ok(code)
}

/// Returns the officer with this email address or identifier. Returns an error message if there is
/// no such officer or their role does not allow the action.
///
/// An officer who has not enrolled may act too: the person at the terminal has access to the whole
/// database anyway.
async fn allowed(
    officers: &Officers,
    named: &str,
    needs: Permission,
) -> Result<Result<Officer, String>, StoreError> {
    let found = match officers.officer_by_email(named.trim()).await? {
        Some(officer) => Some(officer),
        None => officers.officer(&OfficerId::named(named.trim())).await?,
    };
    let Some(officer) = found.filter(|officer| officer.ended_at.is_none()) else {
        return Ok(Err(format!(
            "Nobody of the desk has the email address or identifier “{named}”: `registration officer list` lists everybody"
        )));
    };
    if officer.may(needs) {
        return Ok(Ok(officer));
    }
    let roles: Vec<&str> = needs.roles().iter().map(|role| role.words()).collect();
    Ok(Err(format!(
        "{} has the role “{}”, which does not allow this. It needs: {}",
        officer.name,
        officer.role.words(),
        roles.join(" or ")
    )))
}

impl Operation {
    const fn needs(&self) -> Permission {
        match self {
            Self::Case(CaseAction::Undo(_)) => Permission::UndoDecisions,
            Self::Claim | Self::Case(_) | Self::Check(..) => Permission::WorkOnRegistrations,
            Self::Accounts(..) => Permission::SetUpAccounts,
        }
    }
}

async fn perform(
    store: &Store,
    lifecycle: StoredLifecycle,
    officer: &Officer,
    operation: &Operation,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let reference = lifecycle.reference;
    match operation {
        Operation::Claim => {
            perform_action(
                store,
                lifecycle,
                officer,
                &CaseAction::Claim(officer.id.clone()),
            )
            .await
        }
        Operation::Case(action) => perform_action(store, lifecycle, officer, action).await,
        Operation::Check(..) if lifecycle.state.is_closed() => {
            eprintln!("{reference} was decided or withdrawn: its checks stay as they are");
            Ok(ExitCode::FAILURE)
        }
        Operation::Check(check, result) => {
            record_check(store, lifecycle, officer, *check, result).await
        }
        Operation::Accounts(..) if lifecycle.state != State::Approved => {
            eprintln!("{reference} is not approved: it has no accounts");
            Ok(ExitCode::FAILURE)
        }
        Operation::Accounts(account, reason, place) => {
            let now = SystemClock.now();
            let changed = store
                .provisioning()
                .set_accounts(
                    &lifecycle,
                    AccountChange {
                        place: *place,
                        step: AccountStep::to(*account),
                        reason: Some(reason.as_str()),
                        actor: &officer.actor(),
                        at: now,
                    },
                )
                .await?;
            say!(
                "{reference}: {changed} of {} accounts {}",
                lifecycle.users,
                account.key()
            );
            Ok(if changed == 0 {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            })
        }
    }
}

/// Takes an action on a registration and prints the outcome.
async fn perform_action(
    store: &Store,
    lifecycle: StoredLifecycle,
    officer: &Officer,
    action: &CaseAction,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let reference = lifecycle.reference;
    let actor = officer.actor();
    let (clock, randomness) = (&SystemClock, &SystemRandomness);
    let perform = apply_action(
        &CaseContext {
            store,
            clock,
            randomness,
        },
        lifecycle,
        &actor,
        action,
    )
    .await?;
    Ok(match perform {
        ActionOutcome::Done(state) => {
            say!("{reference}: {}", state.words());
            ExitCode::SUCCESS
        }
        ActionOutcome::NotAllowed(state) => {
            eprintln!(
                "This cannot be done: {reference} is in the state “{}”",
                state.words()
            );
            ExitCode::FAILURE
        }
        ActionOutcome::Blocked(Blocker::Checks(lacking)) => {
            eprintln!("{reference} cannot be approved yet:");
            for lacking in lacking {
                eprintln!("- {}", lacking.words());
            }
            ExitCode::FAILURE
        }
        ActionOutcome::Blocked(Blocker::SecondOfficer) => {
            eprintln!(
                "A second officer confirms each decision: decide on {reference} on the pages of the desk"
            );
            ExitCode::FAILURE
        }
    })
}

/// Records the outcome of a check.
async fn record_check(
    store: &Store,
    lifecycle: StoredLifecycle,
    officer: &Officer,
    check: Check,
    result: &CheckResult,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let reference = lifecycle.reference;
    let Some(stored) = store.registrations().registration(&reference).await? else {
        return Ok(ExitCode::FAILURE);
    };
    let seen = store
        .casework()
        .checks(&lifecycle.id)
        .await?
        .into_iter()
        .find(|stored| stored.made.check == check)
        .map_or(0, |stored| stored.version);
    let new = NewCheck {
        check,
        result: result.clone(),
        about: check.about(&stored.registration),
        officer: officer.id.clone(),
        at: SystemClock.now(),
        seen,
    };
    Ok(match store.casework().make_check(&lifecycle, &new).await? {
        CheckOutcome::Saved => {
            say!("{reference}: {} {}", check.words(), result.outcome.words());
            ExitCode::SUCCESS
        }
        CheckOutcome::Stale => {
            eprintln!("Somebody else has given an outcome at the same moment: look at it first");
            ExitCode::FAILURE
        }
        CheckOutcome::Closed => {
            eprintln!("{reference} has been decided or withdrawn");
            ExitCode::FAILURE
        }
    })
}

fn read(chosen: DeskCommand) -> Result<(TargetOptions, Operation), Problem> {
    Ok(match chosen {
        DeskCommand::Take(target) => (target, Operation::Claim),
        DeskCommand::GiveBack(target) => (target, Operation::Case(CaseAction::Release)),
        DeskCommand::Approve(target) => (target, Operation::Case(CaseAction::Approve)),
        DeskCommand::Check {
            target,
            check,
            outcome,
            note,
        } => {
            let result = CheckResult::parse(&outcome, &note)?;
            let check = Check::from_key(&check).unwrap_or(Check::Address);
            (target, Operation::Check(check, result))
        }
        DeskCommand::Ask { target, questions } => {
            let questions = questions
                .iter()
                .map(|typed| question(typed))
                .collect::<Result<Vec<_>, _>>()?;
            if questions.len() > MAX_QUESTIONS {
                return Err(Problem::new(
                    "question",
                    "questions-many",
                    format!("Ask {MAX_QUESTIONS} questions or fewer at once"),
                ));
            }
            (target, Operation::Case(CaseAction::Ask(questions)))
        }
        DeskCommand::Refuse {
            target,
            reason,
            words,
        } => {
            let refusal = Refusal::parse(&reason, &words)?;
            (target, Operation::Case(CaseAction::Refuse(refusal)))
        }
        DeskCommand::Undo { target, reason } => {
            let reason = UNDONE.parse(&reason)?;
            (target, Operation::Case(CaseAction::Undo(reason)))
        }
        DeskCommand::Accounts {
            target,
            state,
            reason,
            user,
        } => {
            let state = Account::from_key(&state).unwrap_or(Account::ToBeMade);
            let reason = if state == Account::Failed {
                FAILED.parse(&reason)?
            } else {
                String::new()
            };
            (target, Operation::Accounts(state, reason, user))
        }
    })
}

fn question(typed: &str) -> Result<Question, Problem> {
    let (topic, words) = typed.split_once('=').unwrap_or((typed, ""));
    let topic = Topic::from_key(topic.trim()).ok_or_else(|| {
        let keys: Vec<&str> = Topic::ALL.iter().map(|topic| topic.key()).collect();
        Problem::new(
            "question",
            "topic-unknown",
            format!("A question must be about one of: {}", keys.join(", ")),
        )
    })?;
    Question::parse(topic, words)
}
