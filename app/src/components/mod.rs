//! The components of the GOV.UK Design System, one in each file, with the markup of govuk-frontend
//! 6.6.0; the parts that they share; and charts.
//!
//! `tests/components` compares the HTML of the components with the fixtures of govuk-frontend, and
//! so detects a change of markup. Every input is uncontrolled (`value=`, `checked=`), so text that
//! a person typed before hydration stays in the page. Components that the browser hydrates are
//! built with `element`, which keeps the WebAssembly small. Components that only the server renders
//! may use `view!`.
#![expect(
    clippy::needless_pass_by_value,
    reason = "a Leptos component owns its props"
)]

mod back_link;
mod button;
#[cfg(feature = "ssr")]
mod chart;
mod checkboxes;
mod choice;
mod date_input;
mod details;
mod element;
mod error_message;
mod error_summary;
mod field;
mod fieldset;
mod file_upload;
mod focus;
mod footer;
mod generic_header;
mod header;
mod hint;
mod inset_text;
mod label;
mod languages;
mod main_landmark;
mod notification_banner;
mod pagination;
mod panel;
mod phase_banner;
mod radios;
mod select;
mod service_navigation;
mod skip_link;
mod summary_card;
mod summary_list;
mod table;
mod table_action;
mod tag;
mod task_list;
mod text_input;
mod textarea;
mod warning_text;
mod welsh;
mod words;

pub use back_link::BackLink;
pub use button::{Button, ButtonKind, LinkButton};
#[cfg(feature = "ssr")]
pub use chart::{Bar, ChartWords, Series, SeriesStyle, bar_chart, time_chart};
pub use checkboxes::Checkboxes;
pub use choice::Choice;
pub use date_input::{DateInput, WrongParts};
pub use details::Details;
pub use element::{Element, element, following, text};
pub use error_message::ErrorMessage;
pub use error_summary::{ErrorSummary, SummaryLink};
pub use field::{ALL_QUESTIONS, QuestionsAtFields};
pub use fieldset::Fieldset;
pub use file_upload::FileUpload;
pub use footer::{Footer, FooterLink};
pub use generic_header::GenericHeader;
pub use header::Header;
pub use hint::Hint;
pub use inset_text::InsetText;
pub use label::{Label, LabelSize};
pub use languages::languages;
pub use main_landmark::{main_landmark, page_body};
pub use notification_banner::NotificationBanner;
pub use pagination::{PageItem, Pagination};
pub use panel::Panel;
pub use phase_banner::PhaseBanner;
pub use radios::Radios;
pub use select::Select;
pub use service_navigation::{NavigationItem, ServiceNavigation};
pub use skip_link::SkipLink;
pub use summary_card::{SummaryCard, card};
pub use summary_list::{SummaryAction, SummaryList, SummaryRow};
pub use table::{Cell, Table};
pub use table_action::table_action;
pub use tag::{Tag, TagColour};
pub use task_list::{Task, TaskList, TaskStatus};
pub use text_input::{InputWidth, TextInput};
pub use textarea::Textarea;
pub use warning_text::WarningText;
pub use welsh::with_welsh;
pub use words::Words;
