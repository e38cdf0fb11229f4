//! The addresses of the pages on which an organisation manages its people.

use super::MemberId;

/// Path of the list of people.
pub const MEMBERS: &str = "/members";
/// Path of the page that asks for the email address of somebody who signs in.
pub const SIGN_IN: &str = "/members/sign-in";
/// Path of the page that asks for the code in the email.
pub const SIGN_IN_CODE: &str = "/members/sign-in/code";
/// Path below which the links in emails are.
pub const SIGN_IN_LINK: &str = "/members/sign-in/link";
/// Path of the page on which somebody with several organisations chooses one.
pub const ORGANISATIONS: &str = "/members/organisations";
/// Path of the form that signs out.
pub const SIGN_OUT: &str = "/members/sign-out";
/// Path of the page that adds a person.
pub const ADD: &str = "/members/add";
/// Path of the page on which the accountable person hands over.
pub const ACCOUNTABLE: &str = "/members/accountable-person";
/// Path of the form that cancels a planned change.
pub const CANCEL: &str = "/members/planned/cancel";

/// Returns the address of the page on which a member is removed.
#[must_use]
pub fn remove(member: &MemberId) -> String {
    format!("/members/{member}/remove")
}

/// Returns the address of the page on which a member becomes or stops being an administrator.
#[must_use]
pub fn administrator(member: &MemberId) -> String {
    format!("/members/{member}/administrator")
}
