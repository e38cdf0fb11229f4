//! The routes of the pages that both the server and the browser can render.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use super::accountable_person::{AccountableContactPage, AccountableNamePage};
use super::check_answers::CheckAnswersPage;
use super::expired::ExpiredPage;
use super::layout::not_found_page;
use super::organisation::{
    AddressPage, ContactPage, FirstHearingPage, KindPage, NamePage, RegistrationNumbersPage,
};
use super::sign::SignPage;
use super::spreadsheets::SpreadsheetPage;
use super::start::StartPage;
use super::submitted::{AlreadySubmittedPage, CopyPage, SubmittedPage};
use super::tasks::TasksPage;
use super::users::{
    AddUserPage, ChangeUserPage, FirstUserPage, OneUserPage, RemoveUserPage, UsersPage,
};
use crate::keyed_form;

/// The router of all pages that the browser hydrates.
#[component]
pub fn Pages() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    view! {
        <Router base=keyed_form::router_base()>
            <FlatRoutes fallback=not_found_page>
                <Route path=path!("/") view=StartPage ssr=SsrMode::Async/>
                <Route path=path!("/tasks") view=TasksPage ssr=SsrMode::Async/>
                <Route path=path!("/organisation/kind") view=KindPage ssr=SsrMode::Async/>
                <Route path=path!("/organisation/name") view=NamePage ssr=SsrMode::Async/>
                <Route path=path!("/organisation/address") view=AddressPage ssr=SsrMode::Async/>
                <Route path=path!("/organisation/contact") view=ContactPage ssr=SsrMode::Async/>
                <Route path=path!("/organisation/registration-numbers") view=RegistrationNumbersPage ssr=SsrMode::Async/>
                <Route path=path!("/organisation/first-hearing") view=FirstHearingPage ssr=SsrMode::Async/>
                <Route path=path!("/accountable-person/name") view=AccountableNamePage ssr=SsrMode::Async/>
                <Route path=path!("/accountable-person/contact") view=AccountableContactPage ssr=SsrMode::Async/>
                <Route path=path!("/users") view=UsersPage ssr=SsrMode::Async/>
                <Route path=path!("/users/first") view=FirstUserPage ssr=SsrMode::Async/>
                <Route path=path!("/users/mobile") view=OneUserPage ssr=SsrMode::Async/>
                <Route path=path!("/users/add") view=AddUserPage ssr=SsrMode::Async/>
                <Route path=path!("/users/:id/change") view=ChangeUserPage ssr=SsrMode::Async/>
                <Route path=path!("/users/:id/remove") view=RemoveUserPage ssr=SsrMode::Async/>
                <Route path=path!("/users/upload") view=SpreadsheetPage ssr=SsrMode::Async/>
                <Route path=path!("/users/upload/:what") view=SpreadsheetPage ssr=SsrMode::Async/>
                <Route path=path!("/sign") view=SignPage ssr=SsrMode::Async/>
                <Route path=path!("/check-answers") view=CheckAnswersPage ssr=SsrMode::Async/>
                <Route path=path!("/submitted") view=SubmittedPage ssr=SsrMode::Async/>
                <Route path=path!("/submitted/copy") view=CopyPage ssr=SsrMode::Async/>
                <Route path=path!("/already-submitted") view=AlreadySubmittedPage ssr=SsrMode::Async/>
                <Route path=path!("/draft-expired") view=ExpiredPage ssr=SsrMode::Async/>
            </FlatRoutes>
        </Router>
    }
}
