//! The lookup of an address by its postcode: if the settings name an address service, people can
//! choose their address from a list. They can always type it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use registration::identifiers::Postcode;
use registration::limited_operation::LimitedOperation;
use registration::organisation::OrganisationAddress;
use server::address_lookup::{AddressLookup, FoundAddress, LookupFault};

use crate::browser::Browser;
use crate::forms::Fields;
use crate::test_service::{Options, TestService};

const FIND: &str = "/find-address";
const TYPING: &str = "/organisation/address";

/// An address service that knows two addresses at one postcode.
#[derive(Default)]
struct StandIn {
    is_down: AtomicBool,
}

#[async_trait]
impl AddressLookup for StandIn {
    async fn addresses_at(&self, postcode: &Postcode) -> Result<Vec<FoundAddress>, LookupFault> {
        if self.is_down.load(Ordering::SeqCst) {
            return Err(LookupFault("it is down".to_owned()));
        }
        let house = |number: &str| FoundAddress {
            id: format!("1000{number}"),
            address: OrganisationAddress {
                address_line_1: format!("{number} Assize Street"),
                town: "Worcester".to_owned(),
                postcode: "WR1 2ND".to_owned(),
                ..OrganisationAddress::default()
            },
        };
        Ok(match postcode.as_str() {
            "WR1 2ND" => vec![house("51"), house("53")],
            _ => Vec::new(),
        })
    }
}

async fn with_lookup() -> (TestService, Arc<StandIn>) {
    let stand_in = Arc::new(StandIn::default());
    let options = Options {
        address_lookup: Some(Arc::clone(&stand_in) as Arc<dyn AddressLookup>),
        ..Options::default()
    };
    (TestService::with(options).await, stand_in)
}

async fn begun(service: &TestService) -> Browser {
    let browser = service.browser();
    browser
        .post_field("/api/organisation/kind", "kind", "other")
        .await;
    browser
}

/// Returns the hidden fields of a form, followed by the fields `more`.
fn form(page: &str, more: &[(&'static str, &str)]) -> Fields {
    let hidden = ["from", "version", "form_id", "postcode", "chooses"];
    let value = |name: &'static str| {
        let (_, after) = page.split_once(&format!("type=\"hidden\" name=\"{name}\" value=\""))?;
        Some((name, after.split('"').next()?.to_owned()))
    };
    let more = more
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    hidden.into_iter().filter_map(value).chain(more).collect()
}

#[tokio::test]
async fn an_address_is_chosen_from_those_at_its_postcode_and_can_be_changed() {
    let (service, _) = with_lookup().await;
    let browser = begun(&service).await;
    assert!(
        browser
            .get(TYPING)
            .await
            .has("Find your address by its postcode")
    );
    let page = browser.get("/find-address?from=check").await;
    page.assert_page(200);
    let fields = form(&page.text, &[("postcode", "wr12nd")]);
    let found = browser.post(FIND, &fields).await;
    found.assert_page(200);
    assert!(found.has("2 addresses found") && found.has("53 Assize Street, Worcester, WR1 2ND"));
    assert!(found.has("Enter the address yourself"));

    let nothing = browser
        .post(FIND, &form(&found.text, &[("address", "")]))
        .await;
    assert!(nothing.has("Select your address") && nothing.has("Error: "));
    browser
        .post(FIND, &form(&found.text, &[("address", "100053")]))
        .await
        .assert_leads_to("/organisation/address?from=check");
    let page = browser.get(TYPING).await;
    assert!(page.has("value=\"53 Assize Street\"") && page.has("value=\"WR1 2ND\""));
}

#[tokio::test]
async fn a_postcode_without_addresses_and_a_service_that_is_down_lead_to_typing() {
    let (service, stand_in) = with_lookup().await;
    let browser = begun(&service).await;
    let send = async |postcode: &str| {
        let page = browser.get(FIND).await;
        let fields = form(&page.text, &[("postcode", postcode)]);
        let page = browser.post(FIND, &fields).await;
        assert!(page.has("href=\"/organisation/address\"") && page.has("Error: "));
        page
    };
    assert!(
        send("WR1")
            .await
            .has("Enter a full UK postcode, like SW1A 1AA")
    );
    assert!(send("WR1 2NE").await.has("we found no address there"));
    stand_in.is_down.store(true, Ordering::SeqCst);
    assert!(send("WR1 2ND").await.has("we cannot look up addresses now"));
}

#[tokio::test]
async fn an_address_that_was_saved_meanwhile_is_not_overwritten_unasked() {
    let (service, _) = with_lookup().await;
    let browser = begun(&service).await;
    let page = browser.get(FIND).await;
    let typed = vec![
        ("address_line_1", "1 Own Street".to_owned()),
        ("town", "Leeds".to_owned()),
        ("postcode", "LS1 1BA".to_owned()),
    ];
    browser.post("/api/organisation/address", &typed).await;
    let fields = form(
        &page.text,
        &[("postcode", "WR1 2ND"), ("address", "100051")],
    );
    browser
        .post(FIND, &fields)
        .await
        .assert_leads_to("/two-answers?page=/organisation/address");
}

#[tokio::test]
async fn without_an_address_service_people_type_their_address() {
    let service = TestService::new().await;
    let browser = begun(&service).await;
    assert!(!browser.get(TYPING).await.has(FIND));
    browser.get(FIND).await.assert_leads_to(TYPING);
    let fields = vec![("postcode", "WR1 2ND".to_owned())];
    browser.post(FIND, &fields).await.assert_leads_to(TYPING);
}

#[tokio::test]
async fn one_place_cannot_look_up_addresses_without_end() {
    let (service, _) = with_lookup().await;
    let browser = begun(&service).await;
    let fields = vec![("postcode", "WR1 2ND".to_owned())];
    for _ in 0..LimitedOperation::AddressLookup.most() {
        assert!(browser.post(FIND, &fields).await.has("2 addresses found"));
    }
    let page = browser.post(FIND, &fields).await;
    assert!(page.has("we cannot look up addresses now"));
}
