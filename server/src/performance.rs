//! The published performance figures, by month. The figures are made from counts, never from
//! answers. The figures are cached for ten minutes, because anybody can request them.

use std::collections::BTreeMap;

use app::components::{Series, SeriesStyle};
use app::pages::desk::Chart;
use app::pages::performance::PublishedFigure;
use registration::channel::Channel;
use registration::date::CalendarDate;
use registration::desk::period::{MAX_DAYS, Period};
use registration::feedback::Satisfaction;
use registration::performance::{Cost, Month, Published};
use tokio::sync::Mutex;

use crate::clock::Moment;
use crate::store::{Feedback, Figures, StoreError};

/// The cache lifetime of the published figures, in minutes.
const KEPT_MINUTES: u64 = 10;

/// The cache of the published figures, with the cost that they include.
#[derive(Debug, Default)]
pub struct Performance {
    /// The cost of one registration; `None` if it was not measured.
    pub cost: Option<Cost>,
    made: Mutex<Option<(Moment, PublishedFigures)>>,
}

/// The figures as they were at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedFigures {
    /// The first day that is counted, in words; `None` if nothing was counted yet.
    pub since: Option<String>,
    /// The figures.
    pub figures: Vec<PublishedFigure>,
}

/// The numerator and the denominator of a percentage, for each month.
type Shares = BTreeMap<Month, (u64, u64)>;

impl Performance {
    /// Creates an empty cache, with this cost of one registration.
    #[must_use]
    pub fn with_cost(cost: Option<Cost>) -> Self {
        Self {
            cost,
            made: Mutex::default(),
        }
    }

    /// Returns the figures, which are at most ten minutes old.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn figures(
        &self,
        figures: &Figures,
        feedback: &Feedback,
        now: Moment,
    ) -> Result<PublishedFigures, StoreError> {
        let mut made = self.made.lock().await;
        if let Some((at, made)) = made.as_ref()
            && now < at.plus(std::time::Duration::from_mins(KEPT_MINUTES))
            && *at <= now
        {
            return Ok(made.clone());
        }
        let new = self.make(figures, feedback, now).await?;
        *made = Some((now, new.clone()));
        Ok(new)
    }

    async fn make(
        &self,
        figures: &Figures,
        feedback: &Feedback,
        now: Moment,
    ) -> Result<PublishedFigures, StoreError> {
        let counts = figures.daily_counts().await?;
        let today = now.calendar_date();
        let since = counts
            .first()
            .and_then(|first| CalendarDate::of_day_number(first.day));
        let (Some(since), Some(today)) = (since, today) else {
            return Ok(PublishedFigures {
                since: None,
                figures: vec![self.cost()],
            });
        };
        let since = since.max(Period::last_days(today, MAX_DAYS).from);
        let months = Month::from_to(Month::of(since), Month::of(today));
        let mut completion = Shares::new();
        for day in counts {
            let begun = day.begun.unsigned_abs();
            add(
                &mut completion,
                day.day,
                day.sent.unsigned_abs().min(begun),
                begun,
            );
        }
        let mut satisfaction = Shares::new();
        for (day, score, count) in feedback.scores().await? {
            let count = count.unsigned_abs();
            let satisfied = if Satisfaction::is_satisfied(score) {
                count
            } else {
                0
            };
            add(&mut satisfaction, day, satisfied, count);
        }
        let mut take_up = Shares::new();
        let period = Period {
            from: since,
            to: today,
        };
        for came in figures.arrivals(period).await? {
            let count = came.count.unsigned_abs();
            let digital = if Channel::from_key(&came.way).is_some_and(Channel::is_by_desk) {
                0
            } else {
                count
            };
            add(&mut take_up, came.day, digital, count);
        }
        let published = vec![
            self.cost(),
            share(
                ShareWords {
                    key: "satisfaction",
                    title: "User satisfaction",
                    meaning: "Of those who gave feedback, how many are satisfied or very satisfied.",
                    headings: ["Month", "Answers", "Satisfied"],
                },
                &months,
                &satisfaction,
            ),
            share(
                ShareWords {
                    key: "completion",
                    title: "Completion rate",
                    meaning: "Of the registrations that were begun in a month, how many have been sent by now.",
                    headings: ["Month", "Begun", "Sent"],
                },
                &months,
                &completion,
            ),
            share(
                ShareWords {
                    key: "take-up",
                    title: "Digital take-up",
                    meaning: "Of the registrations that came, how many came by this service and not by email or on paper.",
                    headings: ["Month", "Registrations", "By this service"],
                },
                &months,
                &take_up,
            ),
        ];
        Ok(PublishedFigures {
            since: Some(since.in_words()),
            figures: published,
        })
    }

    fn cost(&self) -> PublishedFigure {
        let said = match &self.cost {
            Some(cost) => cost.in_words(),
            None => "Not yet measured.".to_owned(),
        };
        PublishedFigure {
            key: "cost",
            title: "Cost per transaction",
            meaning: "What one registration costs the service, everything included.",
            said,
            chart: Chart::Nothing,
            headings: Vec::new(),
            rows: Vec::new(),
        }
    }
}

fn add(shares: &mut Shares, day: i64, part: u64, whole: u64) {
    if let Some(month) = Month::of_day_number(day) {
        let share = shares.entry(month).or_default();
        share.0 += part;
        share.1 += whole;
    }
}

/// The texts of a figure that is a percentage.
#[derive(Clone, Copy)]
struct ShareWords {
    key: &'static str,
    title: &'static str,
    meaning: &'static str,
    headings: [&'static str; 3],
}

fn share(words: ShareWords, months: &[Month], shares: &Shares) -> PublishedFigure {
    let ShareWords {
        key,
        title,
        meaning,
        headings,
    } = words;
    let of = |month: &Month| shares.get(month).copied().unwrap_or_default();
    let (part, whole) = months
        .iter()
        .map(of)
        .fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    let said = match Published::share(part, whole) {
        Published::Exactly(share) => format!("{share}% since counting began."),
        Published::Few => "Too few to be shown.".to_owned(),
        Published::Nothing => "None yet.".to_owned(),
    };
    let rows = months
        .iter()
        .map(|month| {
            let (part, whole) = of(month);
            vec![
                month.in_words(),
                Published::count(whole).words(""),
                Published::share(part, whole).words("%"),
            ]
        })
        .collect();
    let values: Vec<Option<u64>> = months
        .iter()
        .map(|month| {
            let (part, whole) = of(month);
            Published::share(part, whole).number()
        })
        .collect();
    let chart = if values.iter().any(Option::is_some) {
        let series = Series {
            words: "Share in per cent".into(),
            drawn: SeriesStyle::Columns,
            values,
        };
        Chart::OverTime(
            months.iter().copied().map(Month::in_words).collect(),
            vec![series],
            100,
        )
    } else {
        Chart::Nothing
    };
    PublishedFigure {
        key,
        title,
        meaning,
        said,
        chart,
        headings: headings.to_vec(),
        rows,
    }
}
