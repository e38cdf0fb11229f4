//! The pages of the Common Platform Desk.
//!
//! Only the server renders these pages, so they add nothing to the download of applicants. They
//! also work without scripts, except for passkeys and the dialog at the end of a session.

mod access;
mod account;
mod assignment;
pub mod assisted;
mod audit;
mod bulk;
mod checkbox;
mod confirmation;
mod enrolment;
mod figures;
mod format_request;
mod frame;
mod list_export;
mod messages;
mod notice;
mod passkey_address;
mod people;
pub mod provisioning;
mod queue;
mod queue_filters;
pub mod registration;
mod session_end;
mod shortcuts;
mod sign_in;
mod take_over;

pub use access::{desk_fault_page, desk_unavailable_page, not_allowed_page, signed_out_page};

pub use account::{
    ACCOUNT_APP, ACCOUNT_CODES, ACCOUNT_PASSKEYS, ACCOUNT_PASSKEYS_REMOVE, ACCOUNT_PASSWORD,
    ACCOUNT_SESSIONS, AccountNotice, OwnAccountView, PasskeyRow, SessionRow, account_page,
    add_passkey_page, ask_recovery_codes_page, change_app_page, change_password_page,
    new_recovery_codes_page,
};
pub use assignment::{
    AssigneeOption, AssigneeView, AssignmentView, assign_page, assignee_panel, viewing_notice,
};
pub use audit::{
    AuditFilters, AuditLine, AuditView, ChainView, audit_page, chain_page, no_chain_page,
};
pub use bulk::{
    BulkNoun, BulkQuestion, BulkRow, BulkRows, BulkView, SELECTED, bulk_progress_page,
    bulk_question_page, bulk_result_page,
};
pub use confirmation::{
    ACCOUNT_CONFIRM, ACCOUNT_CONFIRM_BEGIN, ACCOUNT_CONFIRM_DEPARTMENT, Confirmation,
    ConfirmedChange, ConfirmedFor, confirm_change_page,
};
pub use enrolment::{
    AppSecret, JOIN_FACTOR, JOIN_PASSWORD, QrPicture, join_expired_page, join_factor_page,
    join_page, join_password_page, joined_page,
};
pub use figures::{Chart, FigureView, FiguresView, chart_table, chart_view, figures_page};
pub use format_request::{FormatRequestView, format_request_page};
pub use frame::{CurrentOfficer, DeskPage, MenuEntry, desk_page, first_page_of};
pub use list_export::{DOWNLOAD_LIST, list_too_long_page};
pub use messages::{DeadMessage, LateMessages, RequeueNotice, messages_page};
pub use notice::{DecidedView, QueueNotice};
pub use passkey_address::PasskeyAddress;
pub use people::{
    Access, OWN_ROLE, PEOPLE_ADD, Person, PersonNotice, PersonView, TypedPerson, add_person_page,
    ask_end_page, ask_link_page, people_page, person_page,
};
pub use queue::{
    MissingReferenceView, QueueMark, QueueRow, QueueView, ResultsGap, SelectedRows,
    SelectionProblem, age_view, queue_page, status_tag,
};
pub use queue_filters::QueueCountsView;
pub use session_end::{SessionEnd, still_signed_in};
pub use shortcuts::shortcuts_page;
pub use sign_in::{
    DEPARTMENT, SignIn, begin_again_page, code_page, no_second_factor_page, passkey_refused_page,
    sign_in_page, single_sign_on_refused_page, to_department_page, too_many_tries_page,
    you_have_signed_out_page,
};
pub use take_over::{TakeOverView, take_over_page};
