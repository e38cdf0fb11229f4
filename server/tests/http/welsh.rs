//! The pages in Welsh: chosen by the links in the header, kept with the draft, and complete. A page
//! keeps its address, its answers and its errors.

use app::pages::content::ContentPage;
use axum::http::header;
use scraper::{Html, Node};

use crate::browser::Browser;
use crate::page::Page;
use crate::pages::OF_THE_FORM;
use crate::test_service::{Options, TestService};

/// Words that only an English text has.
const ENGLISH: [&str; 16] = [
    "the", "your", "you", "with", "this", "that", "have", "has", "are", "from", "must", "which",
    "can", "will", "not", "enter",
];

/// Returns a browser in which somebody has chosen Welsh.
async fn in_welsh(service: &TestService) -> Browser {
    let browser = service.browser();
    browser.get("/?language=cy").await.assert_leads_to("/");
    browser
}

/// Returns the texts of a page that are not marked as English, each with the phrases beside it.
fn welsh_texts(page: &Page) -> Vec<String> {
    let document = Html::parse_document(&page.text);
    let texts = document.tree.root().descendants().filter_map(|node| {
        let Node::Text(text) = node.value() else {
            return None;
        };
        let is_left_out = node.ancestors().any(|ancestor| {
            ancestor.value().as_element().is_some_and(|element| {
                ["script", "style", "textarea"].contains(&element.name())
                    || element.attr("lang") == Some("en")
            })
        });
        (!is_left_out).then(|| text.trim().to_owned())
    });
    texts.filter(|text| !text.is_empty()).collect()
}

/// Returns the texts of a page that contain English words.
fn english_texts(page: &Page) -> Vec<String> {
    let is_english = |text: &String| {
        text.to_lowercase()
            .split(|letter: char| !letter.is_alphabetic() && letter != '’')
            .any(|word| ENGLISH.contains(&word))
    };
    welsh_texts(page).into_iter().filter(is_english).collect()
}

/// Opens pages and lists what is in English on them.
async fn english_on(browser: &Browser, addresses: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for address in addresses {
        let page = browser.get(address).await;
        if page.status.is_redirection() {
            continue;
        }
        assert!(page.has("<html lang=\"cy\""), "{address}");
        assert!(!page.has("registration-wasm"), "{address}");
        let texts = english_texts(&page);
        found.extend(texts.into_iter().map(|text| format!("{address}: {text}")));
    }
    found
}

fn assert_none(mut found: Vec<String>) {
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn the_links_lead_back_to_the_same_page_in_the_other_language() {
    let service = TestService::new().await;
    let browser = service.browser();
    let english = browser.get("/users?page=2&from=check").await;
    assert!(english.has("href=\"?page=2&amp;from=check&amp;language=cy\""));
    let chosen = browser.get("/users?page=2&from=check&language=cy").await;
    chosen.assert_leads_to("/users?page=2&from=check");
    assert_eq!(
        chosen.header(header::SET_COOKIE),
        "language=cy; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"
    );
    let welsh = browser.get("/users?page=2&from=check").await;
    assert!(welsh.has("<html lang=\"cy\""));
    assert!(welsh.has("href=\"?page=2&amp;from=check&amp;language=en\""));
    assert_eq!(welsh.header(header::CONTENT_LANGUAGE), "cy");
    browser
        .get("/help?language=en")
        .await
        .assert_leads_to("/help");
    assert!(browser.get("/help").await.has("<html lang=\"en\""));
}

#[tokio::test]
async fn an_unknown_language_changes_nothing_and_no_link_leads_to_another_host() {
    let service = TestService::new().await;
    let browser = service.browser();
    assert_eq!(browser.get("/help?language=fr").await.status, 200);
    assert_eq!(browser.cookie(), None);
    let elsewhere = browser.get("//evil.example/?language=cy").await;
    assert!(!elsewhere.location().starts_with("//"));
    assert_eq!(browser.cookie(), None);
}

#[tokio::test]
async fn every_page_is_in_welsh_before_anything_was_answered() {
    let service = TestService::new().await;
    let browser = in_welsh(&service).await;
    let mut pages = OF_THE_FORM.to_vec();
    pages.extend([
        "/",
        "/save",
        "/return",
        "/sign-out",
        "/feedback",
        "/feedback/sent",
        "/status",
        "/submitted",
        "/already-submitted",
        "/draft-expired",
        "/performance",
        "/blank-form",
        "/other-formats",
        "/other-formats/request",
        "/nowhere",
        "/status/link/none",
        "/return/link/none",
    ]);
    pages.extend(ContentPage::ALL.map(ContentPage::path));
    assert_none(english_on(&browser, &pages).await);
}

#[tokio::test]
async fn every_page_is_in_welsh_with_answers_and_once_submitted() {
    let service = TestService::new().await;
    let browser = in_welsh(&service).await;
    browser.fill_in_firm().await;
    browser.add_user(1).await;
    browser.add_user(2).await;
    let mut found = english_on(&browser, &OF_THE_FORM).await;
    found.extend(english_on(&browser, &["/email-language", "/sign-out", "/save"]).await);
    browser
        .post("/api/submit", &[])
        .await
        .assert_leads_to("/submitted");
    let after = [
        "/submitted",
        "/submitted/copy",
        "/status",
        "/status/withdraw",
        "/status/address",
    ];
    found.extend(english_on(&browser, &after).await);
    assert_none(found);
}

#[tokio::test]
async fn errors_are_in_welsh_and_what_was_typed_stays() {
    let service = TestService::new().await;
    let browser = in_welsh(&service).await;
    for address in OF_THE_FORM
        .into_iter()
        .filter(|address| address.matches('/').count() == 2)
    {
        browser
            .post_field(&["/api", address].concat(), "none", "")
            .await;
    }
    let typed = [
        ("telephone", "0163".to_owned()),
        ("email", "clerk at hartwell".to_owned()),
    ];
    browser.post("/api/organisation/contact", &typed).await;
    let page = browser.get("/organisation/contact").await;
    assert!(page.has("<title>Gwall: Sut allwn ni gysylltu â’ch sefydliad? - "));
    assert!(page.has("Mae problem"));
    assert!(page.has("value=\"clerk at hartwell\""));
    assert_none(english_on(&browser, &OF_THE_FORM).await);
    browser
        .get("/organisation/contact?language=en")
        .await
        .assert_leads_to("/organisation/contact");
    let english = browser.get("/organisation/contact").await;
    assert!(english.has("There is a problem"));
    assert!(english.has("value=\"clerk at hartwell\""));
}

#[tokio::test]
async fn the_review_of_a_spreadsheet_is_in_welsh() {
    let service = TestService::new().await;
    let browser = in_welsh(&service).await;
    let rows = "First name,Last name,Email,Mobile,Role,Admin\nAmara,,amara,07700,Wizard,perhaps\nWen,Li,wen@firm.example,07700 900426,Clerk,No\n";
    browser.upload_file("users.csv", rows.as_bytes()).await;
    let pages = [
        "/users/upload",
        "/users/upload/review",
        "/users/upload/notes",
        "/users/upload/ready",
        "/users/upload/left-out",
        "/users/upload/add",
        "/users/upload/discard",
    ];
    assert_none(english_on(&browser, &pages).await);
    browser.upload_file("letter.pdf", b"%PDF-1.4").await;
    assert_none(english_on(&browser, &["/users/upload"]).await);
}

#[tokio::test]
async fn the_language_is_kept_with_the_draft_on_both_databases() {
    for postgres in [false, true] {
        let service = TestService::with(Options {
            postgres,
            ..Options::default()
        })
        .await;
        // Chosen before the first answer.
        let before = in_welsh(&service).await;
        before
            .post_field("/api/organisation/name", "name", "Hartwell")
            .await;
        assert!(is_chosen(&before.get("/email-language").await, "cy"));
        // Chosen after the first answer, and back again.
        let after = service.browser();
        after
            .post_field("/api/organisation/name", "name", "Hartwell")
            .await;
        after.get("/tasks?language=cy").await;
        assert!(is_chosen(&after.get("/email-language").await, "cy"));
        after.get("/tasks?language=en").await;
        assert!(is_chosen(&after.get("/email-language").await, "en"));
    }
}

fn is_chosen(page: &Page, code: &str) -> bool {
    page.has(&format!("value=\"{code}\" checked")) || page.has(&format!("checked value=\"{code}\""))
}

#[tokio::test]
async fn the_desk_stays_in_english() {
    let service = TestService::new().await;
    let browser = in_welsh(&service).await;
    let page = browser.get("/desk/sign-in").await;
    assert!(page.has("<html lang=\"en\""));
    assert!(!page.has("app-languages"));
}
