//! The pages of the Common Platform Desk: written by the server alone, so they are the same with and without
//! scripts, and the public journey carries nothing of them.

mod access;
mod format_request;
mod frame;
mod holder;
mod messages;
mod notice;
mod queue;
mod queue_filters;

pub use access::{not_allowed_page, signed_out_page};
pub use format_request::{ShownFormatRequest, format_request_page};
pub use frame::{DeskPage, Place, Who, desk_page, first_place};
pub use holder::{
    ShownAssignment, ShownColleague, ShownHolder, assign_page, holder_panel, on_it_notice,
};
pub use messages::{DeadMessage, PutBack, messages_page};
pub use notice::QueueNotice;
pub use queue::{ShownItem, ShownQueue, age_view, queue_page, status_tag};
pub use queue_filters::ShownCounts;
