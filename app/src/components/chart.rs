//! Charts that the server draws as SVG: horizontal bars, and columns and lines over time.
//!
//! Horizontal positions are percentages and the text has a fixed size, so a chart fits any page of
//! 320 pixels or more. Colour is never the only sign: a shape, a dash or text shows the same. A
//! page with a chart must also show the figures in a table.

use std::borrow::Cow;
use std::fmt::Write;

use leptos::prelude::*;

use super::element::{element, text};

const BLUE: &str = "#1d70b8";
const RED: &str = "#ca3535";
/// The colour of the text around the chart, which stays legible if a person sets their own colours.
const INK: &str = "currentColor";
const BLACK: &str = "#0b0c0c";
const GREY: &str = "#b1b4b6";

/// A bar of a bar chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The label, which says what the bar counts.
    pub words: String,
    /// The number that decides the length of the bar.
    pub count: u64,
    /// The number as text for the label, such as `12` or `40%`.
    pub value: String,
    /// Whether the bar counts something overdue. Such a bar is hatched, and its label should say
    /// "overdue".
    pub is_late: bool,
}

/// The drawing style of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesStyle {
    /// Filled columns.
    Columns,
    /// A solid line with dots.
    Line,
    /// A dashed line with squares.
    Dashes,
    /// A target: a dotted line across the chart, at the highest value of the series.
    Target,
}

/// A series of numbers, one for each step of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// The name of the series, which says what the numbers count.
    pub words: Cow<'static, str>,
    /// The drawing style of the series.
    pub drawn: SeriesStyle,
    /// The number for each step. `None` draws a gap: no column, no mark and no line.
    pub values: Vec<Option<u64>>,
}

/// The id prefix of a chart, and the title and description that screen readers announce.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartWords {
    /// The prefix of the element ids of the chart.
    pub id: &'static str,
    /// The title of the chart.
    pub title: String,
    /// A description of the shape of the chart, such as its highest value, its lowest value and the
    /// total.
    pub description: String,
}

/// Draws a horizontal bar chart: a list in which each bar is below its label. The label is HTML text, not part of the
/// drawing, so a long label wraps.
pub fn bar_chart(words: &ChartWords, bars: &[Bar]) -> AnyView {
    let longest = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let items = bars.iter().enumerate().map(|(place, bar)| {
        let (pattern, fill) = if bar.is_late {
            // Each bar is a separate drawing, so its pattern needs an id of its own.
            let hatched = format!("{}-hatched-{place}", words.id);
            let pattern = format!(
                "<defs><pattern id=\"{hatched}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate(45)\"><rect width=\"8\" height=\"8\" fill=\"{RED}\"/>\
                 <rect width=\"3\" height=\"8\" fill=\"{BLACK}\"/></pattern></defs>"
            );
            (pattern, format!("url(#{hatched})"))
        } else {
            (String::new(), BLUE.to_owned())
        };
        let drawn = format!(
            "<svg class=\"app-chart\" aria-hidden=\"true\" focusable=\"false\" width=\"100%\" height=\"22\">{pattern}\
             <rect x=\"0\" y=\"1\" width=\"{}%\" height=\"20\" fill=\"{fill}\"/>\
             <line x1=\"0\" x2=\"0\" y1=\"0\" y2=\"22\" stroke=\"currentColor\" stroke-width=\"2\"/></svg>",
            tenths(bar.count * 1_000 / longest),
        );
        element("li")
            .words([&bar.words, ": ", &*bar.value].concat())
            .child(element("div").written(drawn).view())
            .view()
    });
    element("ul")
        .class("govuk-list")
        .attr("aria-label", words.title.clone())
        .children(items)
        .view()
}

/// Draws columns and lines over time.
///
/// `steps` are the labels of the steps. The chart shows the first and the last label. If there are more than four steps
/// and a page of 320 pixels has room, it also shows the middle label. The scale ends at `at_least` or above; use 100
/// for percentages.
pub fn time_chart(
    words: &ChartWords,
    steps: &[String],
    series: &[Series],
    at_least: u64,
) -> AnyView {
    const TOP: u64 = 24;
    const HEIGHT: u64 = 180;
    let bottom = TOP + HEIGHT;
    let highest = series
        .iter()
        .flat_map(|series| series.values.iter().flatten());
    let scale = round_up(highest.copied().max().unwrap_or(0).max(at_least));
    let mut svg = begin(words, usize::try_from(bottom + 28).unwrap_or_default());
    let y_of = |value: u64| bottom - HEIGHT * value.min(scale) / scale;
    for series in series {
        draw(&mut svg, series, steps.len(), bottom, &y_of);
    }
    // Draw the scale after the series, so that columns do not hide its lines and numbers.
    for value in [scale, scale / 2] {
        if value == 0 {
            continue;
        }
        let y = y_of(value);
        put(
            &mut svg,
            format_args!(
                "<line x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\" stroke=\"{GREY}\" stroke-width=\"1\"/>\
                 <text x=\"0\" y=\"{}\" fill=\"{INK}\" stroke=\"#ffffff\" stroke-width=\"4\" paint-order=\"stroke\">{value}</text>",
                y - 5
            ),
        );
    }
    put(
        &mut svg,
        format_args!(
            "<line x1=\"0\" x2=\"100%\" y1=\"{bottom}\" y2=\"{bottom}\" stroke=\"currentColor\" stroke-width=\"2\"/>"
        ),
    );
    for (at, anchor, x) in written_steps(steps) {
        let step = escaped(steps.get(at).map_or("", String::as_str));
        put(
            &mut svg,
            format_args!(
                "<text x=\"{x}%\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"currentColor\">{step}</text>",
                bottom + 22
            ),
        );
    }
    let legend = series.iter().map(legend);
    let legend = element("ul").class("govuk-list").children(legend).view();
    vec![legend, finish(svg)].into_any()
}

fn draw(svg: &mut String, series: &Series, steps: usize, bottom: u64, y_of: &dyn Fn(u64) -> u64) {
    // Positions are in thousandths of the width.
    let wide = steps.max(1);
    let middle = |at: usize| tenths(((2 * at + 1) * 500 / wide) as u64);
    if series.drawn == SeriesStyle::Columns {
        for (at, value) in series.values.iter().enumerate() {
            let Some(y) = value.map(y_of) else {
                continue;
            };
            put(
                svg,
                format_args!(
                    "<rect x=\"{}%\" y=\"{y}\" width=\"{}%\" height=\"{}\" fill=\"{BLUE}\"/>",
                    tenths(((10 * at + 1) * 100 / wide) as u64),
                    tenths((800 / wide).max(1) as u64),
                    bottom - y
                ),
            );
        }
        return;
    }
    if series.drawn == SeriesStyle::Target {
        if let Some(y) = series.values.iter().flatten().max().copied().map(y_of) {
            put(
                svg,
                format_args!(
                    "<line x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\" stroke=\"{BLUE}\" stroke-width=\"3\" stroke-dasharray=\"2 5\"/>"
                ),
            );
        }
        return;
    }
    let (colour, dashes) = match series.drawn {
        SeriesStyle::Dashes => (RED, " stroke-dasharray=\"7 4\""),
        SeriesStyle::Columns | SeriesStyle::Line | SeriesStyle::Target => (INK, ""),
    };
    let points: Vec<(usize, u64)> = (0..)
        .zip(&series.values)
        .filter_map(|(at, value)| Some((at, (*value)?)))
        .collect();
    for pair in points.windows(2) {
        let [(at, value), (next, after)] = pair else {
            continue;
        };
        if *next != at + 1 {
            continue;
        }
        put(
            svg,
            format_args!(
                "<line x1=\"{}%\" y1=\"{}\" x2=\"{}%\" y2=\"{}\" stroke=\"{colour}\" stroke-width=\"3\"{dashes}/>",
                middle(*at),
                y_of(*value),
                middle(*next),
                y_of(*after)
            ),
        );
    }
    // Draw smaller marks if there are many steps, because larger marks would overlap.
    let half = if steps > 35 { 2 } else { 4 };
    for (at, value) in points {
        let (x, y) = (middle(at), y_of(value));
        if series.drawn == SeriesStyle::Dashes {
            // A `rect` cannot be centred at a percentage, but a short thick line can.
            put(
                svg,
                format_args!(
                    "<line x1=\"{x}%\" x2=\"{x}%\" y1=\"{}\" y2=\"{}\" stroke=\"{colour}\" stroke-width=\"{}\"/>",
                    y.saturating_sub(half),
                    y + half,
                    2 * half
                ),
            );
        } else {
            put(
                svg,
                format_args!("<circle cx=\"{x}%\" cy=\"{y}\" r=\"{half}\" fill=\"{colour}\"/>"),
            );
        }
    }
}

/// Renders one entry of the legend: a sample of the drawing style, and the name of the series.
fn legend(series: &Series) -> AnyView {
    let sample = match series.drawn {
        SeriesStyle::Target => format!(
            "<line x1=\"0\" x2=\"32\" y1=\"8\" y2=\"8\" stroke=\"{BLUE}\" stroke-width=\"3\" stroke-dasharray=\"2 5\"/>"
        ),
        SeriesStyle::Columns => {
            format!("<rect x=\"8\" y=\"1\" width=\"16\" height=\"14\" fill=\"{BLUE}\"/>")
        }
        SeriesStyle::Line => format!(
            "<line x1=\"0\" x2=\"32\" y1=\"8\" y2=\"8\" stroke=\"{INK}\" stroke-width=\"3\"/><circle cx=\"16\" cy=\"8\" r=\"5\" fill=\"{INK}\"/>"
        ),
        SeriesStyle::Dashes => format!(
            "<line x1=\"0\" x2=\"32\" y1=\"8\" y2=\"8\" stroke=\"{RED}\" stroke-width=\"3\" stroke-dasharray=\"7 4\"/><rect x=\"12\" y=\"4\" width=\"8\" height=\"8\" fill=\"{RED}\"/>"
        ),
    };
    let drawn = match series.drawn {
        SeriesStyle::Target => " (dotted line)",
        SeriesStyle::Columns => " (columns)",
        SeriesStyle::Line => " (line)",
        SeriesStyle::Dashes => " (dashed line)",
    };
    let sample = format!(
        "<svg width=\"32\" height=\"16\" aria-hidden=\"true\" focusable=\"false\">{sample}</svg>"
    );
    element("li")
        .child(element("span").written(sample).view())
        .child(text([" ", &*series.words, drawn].concat()))
        .view()
}

fn begin(words: &ChartWords, height: usize) -> String {
    let id = words.id;
    let (title, description) = (escaped(&words.title), escaped(&words.description));
    format!(
        "<svg class=\"app-chart\" role=\"img\" aria-labelledby=\"{id}-title {id}-description\" width=\"100%\" height=\"{height}\" \
         font-size=\"16\" focusable=\"false\"><title id=\"{id}-title\">{title}</title>\
         <desc id=\"{id}-description\">{description}</desc>"
    )
}

fn finish(mut svg: String) -> AnyView {
    svg.push_str("</svg>");
    element("div").class("govuk-body").written(svg).view()
}

fn put(svg: &mut String, part: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _written = svg.write_fmt(part);
}

/// Formats thousandths as a percentage: `435` becomes `43.5`.
fn tenths(thousandths: u64) -> String {
    format!("{}.{}", thousandths / 10, thousandths % 10)
}

/// Rounds the highest value up to a round number of at least 1, for the end of the scale.
fn round_up(highest: u64) -> u64 {
    let mut unit = 1_u64;
    loop {
        for step in [1, 2, 4, 5, 6, 8] {
            if highest <= unit.saturating_mul(step) {
                return unit.saturating_mul(step);
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// Chooses the steps to label: the first, the last and, for more than four steps, the middle one if
/// there is room. Returns for each step its index, the SVG text anchor of its label, and its
/// position as a percentage of the width.
fn written_steps(steps: &[String]) -> Vec<(usize, &'static str, u8)> {
    const ROOM: usize = 26;
    let Some(last) = steps.len().checked_sub(1) else {
        return Vec::new();
    };
    let middle = steps.len() / 2;
    let ends = [(0, "start", 0), (last, "end", 100)];
    let length: usize = [0, middle, last]
        .iter()
        .filter_map(|at| steps.get(*at))
        .map(String::len)
        .sum();
    match last {
        0 => vec![(0, "middle", 50)],
        1..=3 => ends.to_vec(),
        _ if length > ROOM => ends.to_vec(),
        _ => vec![ends[0], (middle, "middle", 50), ends[1]],
    }
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> ChartWords {
        ChartWords {
            id: "waiting",
            title: "Waiting <now>".to_owned(),
            description: "3 & more".to_owned(),
        }
    }

    #[test]
    fn a_scale_ends_at_a_number_by_which_people_count() {
        for (highest, end) in [
            (0, 1),
            (1, 1),
            (3, 4),
            (7, 8),
            (9, 10),
            (11, 20),
            (41, 50),
            (1_000_001, 2_000_000),
        ] {
            assert_eq!(round_up(highest), end, "{highest}");
        }
        assert_eq!(round_up(u64::MAX), u64::MAX);
    }

    #[test]
    fn a_bar_chart_is_a_list_with_a_name_and_no_markup_of_its_words() {
        let bars = [Bar {
            words: "<b>".to_owned(),
            count: 3,
            value: "3".to_owned(),
            is_late: true,
        }];
        let html = Owner::new().with(|| bar_chart(&words(), &bars).to_html());
        assert!(
            html.contains("aria-label=\"Waiting &lt;now&gt;\""),
            "{html}"
        );
        assert!(html.contains("&lt;b&gt;: 3") && !html.contains("<b>"));
        assert!(html.contains("width=\"100.0%\"") && !html.contains("style="));
    }

    #[test]
    fn as_many_dates_are_below_the_axis_as_fit_into_320_pixels() {
        for (step, count, written) in [
            ("25 Sep 2026", 62, 2),
            ("Sep 2026", 12, 3),
            ("September 2026", 12, 2),
            ("Sep 2026", 4, 2),
            ("Sep 2026", 1, 1),
            ("", 0, 0),
        ] {
            let steps = vec![step.to_owned(); count];
            assert_eq!(written_steps(&steps).len(), written, "{step} {count}");
        }
    }

    #[test]
    fn a_target_is_one_line_across_the_chart() {
        let steps: Vec<String> = (1..=3).map(|month| format!("{month} Sep")).collect();
        let target = [Series {
            words: "Target: 5 working days".into(),
            drawn: SeriesStyle::Target,
            values: vec![Some(5); 3],
        }];
        let html = Owner::new().with(|| time_chart(&words(), &steps, &target, 10).to_html());
        let drawn = "x1=\"0\" x2=\"100%\" y1=\"114\" y2=\"114\" stroke=\"#1d70b8\"";
        assert_eq!(html.matches(drawn).count(), 1, "{html}");
        assert!(html.contains("Target: 5 working days (dotted line)"));
    }

    #[test]
    fn a_step_without_a_number_is_a_gap_and_not_a_zero() {
        let steps: Vec<String> = (1..=5).map(|month| format!("{month} Sep")).collect();
        let drawn = |style| {
            let series = [Series {
                words: "Arrivals".into(),
                drawn: style,
                values: vec![Some(3), Some(0), None, Some(4), Some(5)],
            }];
            Owner::new().with(|| time_chart(&words(), &steps, &series, 0).to_html())
        };
        // The legend adds one sample to the marks of the chart.
        assert_eq!(drawn(SeriesStyle::Columns).matches("<rect").count(), 4 + 1);
        let line = drawn(SeriesStyle::Line);
        assert_eq!(line.matches("<circle").count(), 4 + 1);
        assert_eq!(line.matches("stroke-width=\"3\"").count(), 2 + 1);
    }

    #[test]
    fn nothing_at_all_is_drawn_as_well() {
        let html = Owner::new().with(|| {
            let empty = [Series {
                words: "Arrivals".into(),
                drawn: SeriesStyle::Line,
                values: vec![None],
            }];
            let charts = vec![
                bar_chart(&words(), &[]),
                time_chart(&words(), &[], &[], 0),
                time_chart(&words(), &["1 Sep".to_owned()], &empty, 100),
            ];
            charts.into_any().to_html()
        });
        assert_eq!(html.matches("</svg>").count(), 3);
    }
}
