//! The settings of the retention periods of personal data: one option and variable for each row of
//! `registration::retention` whose period is not fixed.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};
use registration::retention::{Limit, Periods, PersonalData};

/// The retention periods of personal data, as the settings state them.
#[derive(Debug, Clone, Default)]
pub struct RetentionSettings {
    /// The period of each kind of personal data.
    pub periods: Periods,
}

impl Args for RetentionSettings {
    fn augment_args(command: Command) -> Command {
        let options = PersonalData::ALL.into_iter().filter_map(option);
        command.args(options)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for RetentionSettings {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut settings = Self::default();
        settings.update_from_arg_matches(matches)?;
        Ok(settings)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        for kind in PersonalData::ALL {
            let Limit::Setting { option, .. } = kind.limit() else {
                continue;
            };
            if let Some(days) = matches.get_one::<i64>(option) {
                let set = self.periods.set(kind, *days);
                set.map_err(|error| Error::raw(clap::error::ErrorKind::ValueValidation, error))?;
            }
        }
        Ok(())
    }
}

/// Returns the command-line option for the period of a kind of personal data; `None` if the period
/// is fixed.
fn option(kind: PersonalData) -> Option<Arg> {
    let Limit::Setting {
        variable, option, ..
    } = kind.limit()
    else {
        return None;
    };
    let range = Periods::accepted(kind)?;
    let (what, event, days) = (kind.what(), kind.event(), kind.limit().days());
    let help = format!("Days after {event} for which this is kept: {what} [default: {days}]");
    Some(
        Arg::new(option)
            .long(option)
            .env(variable)
            .value_name("DAYS")
            .action(ArgAction::Set)
            .value_parser(value_parser!(i64).range(range))
            .help(help),
    )
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        retention: RetentionSettings,
    }

    fn days(kind: PersonalData, arguments: &[&str]) -> Option<i64> {
        let arguments = ["registration"].iter().chain(arguments);
        let program = Program::try_parse_from(arguments).ok()?;
        Some(program.retention.periods.days(kind))
    }

    #[test]
    fn an_option_sets_the_period_of_its_row() {
        let requests = PersonalData::FormatRequests;
        assert_eq!(days(requests, &[]), Some(180));
        let set = ["--keep-format-requests", "60"];
        assert_eq!(days(requests, &set), Some(60));
        assert_eq!(days(requests, &["--keep-format-requests", "2"]), None);
        assert_eq!(days(PersonalData::Drafts, &["--keep-drafts", "60"]), None);
    }

    #[test]
    fn the_readme_has_each_setting_with_its_default_and_reason() {
        const README: &str = include_str!("../../../README.md");
        for kind in PersonalData::ALL {
            let Limit::Setting { variable, days, .. } = kind.limit() else {
                continue;
            };
            let reason = kind.reason();
            let line = README.lines().find(|line| line.contains(variable));
            let line = line.unwrap_or_else(|| panic!("{variable} is not there"));
            let default = format!("| {days} |");
            assert!(line.contains(&default) && line.contains(reason), "{line}");
        }
    }
}
