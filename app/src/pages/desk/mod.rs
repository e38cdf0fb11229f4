//! The pages of the Common Platform Desk.
//!
//! The server renders them alone, so they work the same without scripts, and applicants load
//! nothing of them.

mod access;
mod account;
mod assignment;
pub mod assisted;
mod audit;
mod enrolment;
mod figures;
mod format_request;
mod frame;
mod messages;
mod notice;
mod people;
pub mod provisioning;
mod queue;
mod queue_filters;
pub mod registration;
mod session_end;
mod sign_in;

pub use access::{desk_fault_page, not_allowed_page, signed_out_page};

pub use account::{
    ACCOUNT_APP, ACCOUNT_CODES, ACCOUNT_PASSKEYS, ACCOUNT_PASSWORD, ACCOUNT_SESSIONS, AccountNews,
    ShownAccount, ShownPasskey, ShownSession, account_page, add_passkey_page,
    ask_recovery_codes_page, change_app_page, change_password_page, new_recovery_codes_page,
};
pub use assignment::{
    ShownAssignment, ShownColleague, ShownHolder, assign_page, holder_panel, viewing_notice,
};
pub use audit::{
    AuditFilters, AuditFound, AuditLine, ChainShown, audit_page, chain_page, no_chain_page,
};
pub use enrolment::{
    AppSecret, JOIN_FACTOR, JOIN_PASSWORD, QrPicture, join_factor_page, join_over_page, join_page,
    join_password_page, joined_page,
};
pub use figures::{Chart, FigureShown, FiguresShown, behind, drawn, figures_page};
pub use format_request::{ShownFormatRequest, format_request_page};
pub use frame::{DeskPage, Place, Who, desk_page, first_place};
pub use messages::{DeadMessage, PutBack, messages_page};
pub use notice::QueueNotice;
pub use people::{
    Access, OWN_ROLE, PEOPLE_ADD, Person, PersonNews, ShownPerson, TypedPerson, add_person_page,
    ask_end_page, ask_link_page, new_link_page, people_page, person_page,
};
pub use queue::{ShownItem, ShownQueue, age_view, queue_page, status_tag};
pub use queue_filters::ShownCounts;
pub use session_end::{SessionEnd, still_signed_in};
pub use sign_in::{
    SignIn, begin_again_page, code_page, department_refused_page, passkey_not_taken_page,
    sign_in_page, too_many_tries_page, you_have_signed_out_page,
};
