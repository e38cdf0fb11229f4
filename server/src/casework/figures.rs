//! The desk's figures: counts from the store, converted into sentences, charts and tables.

use std::collections::BTreeMap;

use app::components::{Bar, Series, SeriesStyle};
use app::pages::desk::{Chart, FigureView};
use registration::channel::Channel;
use registration::date::CalendarDate;
use registration::desk::audit::Action;
use registration::desk::figures::{
    DaysNeeded, Figure, WorkingCalendar, in_bucket, per_cent, reason_given, topics_asked,
    waiting_by_age,
};
use registration::desk::period::{Bucket, Period};
use registration::form::Topic;
use registration::refusal_reason::RefusalReason;
use tokio::sync::OnceCell;

use crate::store::{ArrivalCount, DecisionCount, Figures, Store, StoreError};

/// The range of days that figures cover.
#[derive(Debug, Clone)]
pub struct Range {
    /// The first and the last day.
    pub period: Period,
    /// The groups of days, such as weeks, that charts and tables show.
    pub buckets: Vec<Bucket>,
    /// The current day.
    pub today: CalendarDate,
    /// The target time for a decision, in working days.
    pub target: u32,
}

/// A builder of the figures of a range. Counts that several figures need are read only once.
#[derive(Debug)]
pub struct FigureBuilder<'a> {
    store: &'a Store,
    range: &'a Range,
    arrivals: OnceCell<Vec<ArrivalCount>>,
    decisions: OnceCell<Vec<DecisionCount>>,
}

/// The parts of a figure: its sentence, its chart, and the headings and rows of its table.
type FigureParts = (String, Chart, Vec<&'static str>, Vec<Vec<String>>);

impl<'a> FigureBuilder<'a> {
    /// Creates the builder for the figures of a range of days.
    #[must_use]
    pub fn new(store: &'a Store, range: &'a Range) -> Self {
        Self {
            store,
            range,
            arrivals: OnceCell::new(),
            decisions: OnceCell::new(),
        }
    }

    /// Makes a figure; `csv` is the address of its CSV file.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn figure(&self, figure: Figure, csv: String) -> Result<FigureView, StoreError> {
        let (said, chart, headings, rows) = match figure {
            Figure::Waiting => {
                waiting(self.store.figures(), self.range.today, self.range.target).await?
            }
            Figure::ArrivalsAndDecisions => {
                let undone = self.store.figures().undoings(self.range.period).await?;
                let (arrivals, decisions) = (self.arrivals().await?, self.decisions().await?);
                arrivals_and_decisions(arrivals, decisions, &undone, self.range)
            }
            Figure::DaysToDecision => days_to_decision(self.decisions().await?, self.range),
            Figure::DaysToAccount => days_to_account(self.store.figures(), self.range).await?,
            Figure::QuestionTopics => question_topics(self.store.figures(), self.range).await?,
            Figure::RefusalReasons => refusal_reasons(self.store.figures(), self.range).await?,
            Figure::Channels => channels(self.arrivals().await?),
        };
        Ok(FigureView {
            figure,
            said,
            chart,
            headings,
            rows,
            csv,
        })
    }

    async fn arrivals(&self) -> Result<&[ArrivalCount], StoreError> {
        let read = || self.store.figures().arrivals(self.range.period);
        Ok(self.arrivals.get_or_try_init(read).await?)
    }

    async fn decisions(&self) -> Result<&[DecisionCount], StoreError> {
        let read = || self.store.figures().decisions(self.range.period);
        Ok(self.decisions.get_or_try_init(read).await?)
    }
}

async fn waiting(
    figures: &Figures,
    today: CalendarDate,
    target: u32,
) -> Result<FigureParts, StoreError> {
    let bands = waiting_by_age(figures.waiting_clocks().await?, today, target);
    let all: u64 = bands.iter().map(|band| band.count).sum();
    let late: u64 = bands
        .iter()
        .filter(|band| band.is_late)
        .map(|band| band.count)
        .sum();
    let asked = figures.waiting_for_answers().await?;
    let said = format!(
        "{} for the desk, {late} of them past the target of {target} working days. {asked} more {} waiting for the applicant to answer.",
        counted(all, "registration is waiting", "registrations are waiting"),
        if asked == 1 { "is" } else { "are" }
    );
    let in_words = |is_late| {
        if is_late {
            "Past the target"
        } else {
            "In time"
        }
    };
    let rows = bands.iter().map(|band| {
        vec![
            band.words.clone(),
            band.count.to_string(),
            in_words(band.is_late).to_owned(),
        ]
    });
    let rows = rows.collect();
    let bars = bands.into_iter().map(|band| Bar {
        words: if band.is_late {
            format!("{} (past the target)", band.words)
        } else {
            band.words
        },
        count: band.count,
        value: band.count.to_string(),
        is_late: band.is_late,
    });
    let chart = Chart::Bars(bars.collect());
    Ok((said, chart, vec!["Age", "Registrations", "Target"], rows))
}

fn arrivals_and_decisions(
    arrivals: &[ArrivalCount],
    decisions: &[DecisionCount],
    undone: &[(i64, i64)],
    range: &Range,
) -> FigureParts {
    let undone: BTreeMap<i64, u64> = undone
        .iter()
        .map(|(day, count)| (*day, count.unsigned_abs()))
        .collect();
    let mut arrived = BTreeMap::new();
    for came in arrivals {
        *arrived.entry(came.day).or_default() += came.count.unsigned_abs();
    }
    let mut decided = BTreeMap::new();
    for made in decisions {
        *decided.entry(made.day).or_default() += made.count.unsigned_abs();
    }
    let (came, made): (u64, u64) = (arrived.values().sum(), decided.values().sum());
    let most = |counted: &BTreeMap<i64, u64>| counted.values().max().copied().unwrap_or_default();
    let undoings = match undone.values().sum::<u64>() {
        0 => String::new(),
        count => format!(
            " {} undone.",
            counted(count, "decision was", "decisions were")
        ),
    };
    let said = format!(
        "{} and {}. The most on one day: {} arrived, {} decided.{undoings}",
        counted(came, "registration arrived", "registrations arrived"),
        counted(made, "was decided", "were decided"),
        most(&arrived),
        most(&decided)
    );
    let counts = |counted: &BTreeMap<i64, u64>| -> Vec<u64> {
        let buckets = range.buckets.iter();
        buckets.map(|bucket| in_bucket(bucket, counted)).collect()
    };
    let (arrived, decided, undone) = (counts(&arrived), counts(&decided), counts(&undone));
    let rows = range
        .buckets
        .iter()
        .zip(arrived.iter().zip(decided.iter().zip(&undone)))
        .map(|(bucket, (arrived, (decided, undone)))| {
            vec![
                bucket.words.clone(),
                arrived.to_string(),
                decided.to_string(),
                undone.to_string(),
            ]
        })
        .collect();
    let chart = if came + made == 0 {
        Chart::Nothing
    } else {
        Chart::OverTime(
            range.steps(),
            vec![
                Series {
                    words: "Arrivals".into(),
                    drawn: SeriesStyle::Columns,
                    values: arrived.into_iter().map(Some).collect(),
                },
                Series {
                    words: "Decisions".into(),
                    drawn: SeriesStyle::Line,
                    values: decided.into_iter().map(Some).collect(),
                },
            ],
            0,
        )
    };
    let headings = vec!["When", "Arrivals", "Decisions", "Decisions undone"];
    (said, chart, headings, rows)
}

fn days_to_decision(decisions: &[DecisionCount], range: &Range) -> FigureParts {
    let needed = decisions.iter().map(|decided| {
        let days = u32::try_from(decided.used).unwrap_or_default();
        (decided.day, days, decided.count.unsigned_abs())
    });
    let headings = vec!["When", "Decisions", "Median", "90th percentile"];
    let made = days_figure(range, needed, ["decision", "decisions"], Some(range.target));
    (made.0, made.1, headings, made.2)
}

async fn days_to_account(figures: &Figures, range: &Range) -> Result<FigureParts, StoreError> {
    let activated = figures.activations(range.period).await?;
    let first = activated.iter().map(|days| days.arrived).min();
    let last = range.period.to.day_number();
    let calendar = WorkingCalendar::new(first.unwrap_or(last), last);
    let needed = activated.into_iter().map(|days| {
        let working = calendar.between(days.arrived, days.day);
        (days.day, working, days.count.unsigned_abs())
    });
    let headings = vec!["When", "Accounts", "Median", "90th percentile"];
    let made = days_figure(range, needed, ["account", "accounts"], None);
    Ok((made.0, made.1, headings, made.2))
}

/// Returns the sentence, the chart and the rows of a figure about durations.
///
/// Each item of `needed` is a day number, a duration in working days, and how many cases ended on
/// that day after that duration. The chart shows `target`, in working days, as a line.
fn days_figure(
    range: &Range,
    needed: impl Iterator<Item = (i64, u32, u64)>,
    [one, many]: [&str; 2],
    target: Option<u32>,
) -> (String, Chart, Vec<Vec<String>>) {
    let mut all = DaysNeeded::default();
    let mut by_bucket = vec![DaysNeeded::default(); range.buckets.len()];
    for (day, days, count) in needed {
        all.add(days, count);
        let at = range.buckets.partition_point(|bucket| bucket.last < day);
        if let Some(bucket) = by_bucket.get_mut(at) {
            bucket.add(days, count);
        }
    }
    let said = match (all.count(), all.median(), all.percentile(90)) {
        (1, Some(days), _) => format!("There was 1 {one}. It took {}.", working_days(days)),
        (count, Some(median), Some(ninetieth)) => format!(
            "There were {count} {many}. Half took {} or less, and 9 in 10 took {} or less.",
            working_days(median),
            working_days(ninetieth)
        ),
        _ => format!("There were no {many}."),
    };
    let words = |days: Option<u32>| days.map_or_else(String::new, |days| days.to_string());
    let rows = range
        .buckets
        .iter()
        .zip(&by_bucket)
        .map(|(bucket, needed)| {
            vec![
                bucket.words.clone(),
                needed.count().to_string(),
                words(needed.median()),
                words(needed.percentile(90)),
            ]
        })
        .collect();
    if all.count() == 0 {
        return (said, Chart::Nothing, rows);
    }
    let series = |words: &'static str, drawn, of_hundred| Series {
        words: words.into(),
        drawn,
        values: by_bucket
            .iter()
            .map(|needed| needed.percentile(of_hundred).map(u64::from))
            .collect(),
    };
    let mut all_series = vec![
        series("Median, working days", SeriesStyle::Line, 50),
        series("90th percentile, working days", SeriesStyle::Dashes, 90),
    ];
    all_series.extend(target.map(|target| Series {
        words: format!("Target: {}", working_days(target)).into(),
        drawn: SeriesStyle::Target,
        values: vec![Some(u64::from(target)); range.buckets.len()],
    }));
    (said, Chart::OverTime(range.steps(), all_series, 0), rows)
}

async fn question_topics(figures: &Figures, range: &Range) -> Result<FigureParts, StoreError> {
    let mut counts = vec![0_u64; Topic::ALL.len()];
    let mut gather = |details: &str| {
        for topic in topics_asked(details) {
            let at = Topic::ALL.iter().position(|known| *known == topic);
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
    };
    figures
        .details_of(Action::Asked, range.period, &mut gather)
        .await?;
    let words = Topic::ALL.iter().map(|topic| topic.words().to_owned());
    let made = by_count(
        words.zip(counts),
        ["question was asked", "questions were asked"],
    );
    Ok((made.0, made.1, vec!["About", "Questions", "Share"], made.2))
}

async fn refusal_reasons(figures: &Figures, range: &Range) -> Result<FigureParts, StoreError> {
    let mut counts = vec![0_u64; RefusalReason::ALL.len()];
    let mut gather = |details: &str| {
        let reason = reason_given(details);
        let at = RefusalReason::ALL
            .iter()
            .position(|known| Some(*known) == reason);
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    };
    figures
        .details_of(Action::NotApproved, range.period, &mut gather)
        .await?;
    let words = RefusalReason::ALL
        .iter()
        .map(|reason| reason.words().to_owned());
    let made = by_count(
        words.zip(counts),
        [
            "registration was not approved",
            "registrations were not approved",
        ],
    );
    Ok((
        made.0,
        made.1,
        vec!["Why", "Registrations", "Share"],
        made.2,
    ))
}

fn channels(arrivals: &[ArrivalCount]) -> FigureParts {
    let mut counts = [0_u64; Channel::ALL.len()];
    for came in arrivals {
        let at = Channel::ALL
            .iter()
            .position(|known| known.key() == came.way);
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += came.count.unsigned_abs();
        }
    }
    let words = Channel::ALL
        .iter()
        .map(|channel| channel.words().to_owned());
    let made = by_count(
        words.zip(counts),
        ["registration arrived", "registrations arrived"],
    );
    (
        made.0,
        made.1,
        vec!["How", "Registrations", "Share"],
        made.2,
    )
}

/// Returns the sentence, the chart and the rows of a figure that counts cases by kind, with the
/// largest count first.
fn by_count(
    kinds: impl Iterator<Item = (String, u64)>,
    [one, many]: [&str; 2],
) -> (String, Chart, Vec<Vec<String>>) {
    let mut kinds: Vec<(String, u64)> = kinds.collect();
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let all: u64 = kinds.iter().map(|(_, count)| count).sum();
    let share =
        |count: u64| per_cent(count, all).map_or_else(String::new, |share| format!("{share}%"));
    let most = kinds.first().filter(|(_, count)| *count > 0);
    let said = match most {
        Some((words, count)) => {
            let all = counted(all, one, many);
            format!("{all}. Most often: {words} ({count}).")
        }
        None => format!("No {many}."),
    };
    let rows = kinds
        .iter()
        .map(|(words, count)| vec![words.clone(), count.to_string(), share(*count)])
        .collect();
    let bars: Vec<Bar> = kinds
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(words, count)| Bar {
            words,
            count,
            value: format!("{count} ({})", share(count)),
            is_late: false,
        })
        .collect();
    let chart = if bars.is_empty() {
        Chart::Nothing
    } else {
        Chart::Bars(bars)
    };
    (said, chart, rows)
}

fn counted(count: u64, one: &str, many: &str) -> String {
    let words = if count == 1 { one } else { many };
    format!("{count} {words}")
}

fn working_days(days: u32) -> String {
    let words = if days == 1 { "day" } else { "days" };
    format!("{days} working {words}")
}

impl Range {
    /// Returns the labels of a chart's steps. The label of a week is its first day.
    fn steps(&self) -> Vec<String> {
        let words = self.buckets.iter().map(|bucket| &*bucket.words);
        words
            .map(|words| words.strip_prefix("Week of ").unwrap_or(words).to_owned())
            .collect()
    }
}
