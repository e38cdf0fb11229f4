//! The pages that find an address by its postcode. A postcode can be that of somebody's home, so it
//! is sent in forms and never in a URL.

use app::pages::find_address::{CHOSEN, LookupForm, choose_address_page, find_address_page};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Form, Router};
use registration::draft::PageAnswers;
use registration::identifiers::Postcode;
use registration::journey::{
    ALREADY_SUBMITTED, AfterSave, DRAFT_EXPIRED, FIND_ADDRESS, PageOrigin,
};
use registration::limited_operation::LimitedOperation;
use registration::organisation::OrganisationAddress;
use registration::page::Page;
use registration::problem::Problem;
use registration::resume::edit_conflict;
use registration::sent::Shown;
use serde::Deserialize;

use super::state::Service;
use super::visit::{PageResult, Visit};
use crate::address_lookup::{AddressLookup, FoundAddress};
use crate::randomness::{SessionToken, new_id};

/// Returns the route of the address pages.
pub fn routes() -> Router<Service> {
    Router::new().route(FIND_ADDRESS, get(ask).post(answer))
}

/// Query: the page to return to.
#[derive(Deserialize)]
struct FindQuery {
    #[serde(default)]
    from: String,
}

/// Form: a postcode, and on the second page the identifier of the chosen address.
#[derive(Deserialize)]
struct FindForm {
    #[serde(default)]
    postcode: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    form_id: String,
    /// `yes` on the page with the addresses.
    #[serde(default)]
    chooses: String,
    #[serde(default)]
    address: String,
}

async fn ask(visit: Visit, Query(asked): Query<FindQuery>) -> PageResult {
    let session_draft = match visit.open_draft().await? {
        Ok(session_draft) => session_draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let origin = PageOrigin::from_key(&asked.from);
    let context = &visit.service.context;
    if context.address_lookup.is_none() {
        return Ok(to_typing(origin));
    }
    let versions = &session_draft.draft.versions;
    let form = LookupForm {
        postcode: String::new(),
        origin,
        version: versions
            .get(&Page::OrganisationAddress)
            .copied()
            .unwrap_or_default(),
        form_id: new_id(context.randomness.as_ref()).unwrap_or_default(),
    };
    Ok(visit.show(|| find_address_page(&form, None)))
}

async fn answer(visit: Visit, Form(sent): Form<FindForm>) -> PageResult {
    if let Err(elsewhere) = visit.open_draft().await? {
        return Ok(elsewhere);
    }
    let mut form = LookupForm {
        postcode: sent.postcode,
        origin: PageOrigin::from_key(&sent.from),
        version: sent.version,
        form_id: sent.form_id,
    };
    let context = &visit.service.context;
    let Some(lookup) = context.address_lookup.as_deref() else {
        return Ok(to_typing(form.origin));
    };
    let postcode = match Postcode::parse(&form.postcode) {
        Ok(postcode) => postcode,
        Err(problem) => return Ok(visit.asks_again(&form, problem.at("postcode"))),
    };
    postcode.as_str().clone_into(&mut form.postcode);
    if !context.may_begin(LimitedOperation::AddressLookup).await? {
        return Ok(visit.asks_again(&form, unavailable()));
    }
    let found = match found_at(lookup, &postcode).await {
        Ok(found) => found,
        Err(problem) => return Ok(visit.asks_again(&form, problem)),
    };
    if let Some(chosen) = found.iter().find(|found| found.id == sent.address) {
        return visit.take(&form, chosen.address.clone()).await;
    }
    let problem = (sent.chooses == "yes").then(not_chosen);
    let found = found.into_iter();
    let found = found.map(|found| (found.id, in_words(&found.address)));
    let found = found.collect();
    Ok(visit.show(|| choose_address_page(&form, found, problem)))
}

impl Visit {
    fn asks_again(&self, form: &LookupForm, problem: Problem) -> Response {
        self.show(|| find_address_page(form, Some(problem)))
    }

    /// Saves the chosen address, and redirects to the page on which the person can change it.
    async fn take(&self, form: &LookupForm, address: OrganisationAddress) -> PageResult {
        let Some(token) = self.token.as_ref().map(SessionToken::hash) else {
            return Ok(to_typing(form.origin));
        };
        let context = &self.service.context;
        let drafts = context.store.drafts();
        let answers = PageAnswers::from(address);
        let shown = Shown::new(Some(form.version), Some(&form.form_id));
        let now = context.clock.now();
        let saved = drafts
            .save_page_of_session(&token, &answers, &shown, now)
            .await?;
        let Some(saved) = saved else {
            return Ok(Redirect::to(DRAFT_EXPIRED).into_response());
        };
        if saved.is_submitted {
            return Ok(Redirect::to(ALREADY_SUBMITTED).into_response());
        }
        if !saved.draft.has(&answers) {
            let after_save = AfterSave {
                origin: form.origin,
                leaves: false,
            };
            drafts.save_conflict(&token, &answers, after_save).await?;
            let conflict = edit_conflict(Page::OrganisationAddress);
            return Ok(Redirect::to(&conflict).into_response());
        }
        Ok(to_typing(form.origin))
    }
}

/// Returns the addresses at a postcode, or the problem to show at the postcode.
async fn found_at(
    lookup: &dyn AddressLookup,
    postcode: &Postcode,
) -> Result<Vec<FoundAddress>, Problem> {
    match lookup.addresses_at(postcode).await {
        Ok(found) if found.is_empty() => Err(Problem::new(
            "postcode",
            "lookup-none",
            "Check the postcode or enter the address yourself: we found no address there",
        )),
        Ok(found) => Ok(found),
        Err(fault) => {
            tracing::warn!(%fault, "addresses could not be looked up");
            Err(unavailable())
        }
    }
}

/// Redirects to the page on which the address is typed.
fn to_typing(origin: PageOrigin) -> Response {
    let address = origin.address_of(Page::OrganisationAddress.path());
    Redirect::to(&address).into_response()
}

fn in_words(address: &OrganisationAddress) -> String {
    let lines = [
        &address.address_line_1,
        &address.address_line_2,
        &address.town,
        &address.postcode,
    ];
    let lines: Vec<&str> = lines
        .into_iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(", ")
}

fn unavailable() -> Problem {
    Problem::new(
        "postcode",
        "lookup-unavailable",
        "Enter the address yourself: we cannot look up addresses now",
    )
}

fn not_chosen() -> Problem {
    Problem::new(CHOSEN, "lookup-empty", "Select your address")
}
