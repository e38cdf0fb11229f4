//! The desk's figures: for the last 30 days or any other period, as charts with tables, and as
//! files.

use axum::http::header;
use registration::desk::OfficerRole;
use registration::desk::account::AccountStep;
use registration::form::Topic;
use registration::more_information::Question;
use registration::refusal_reason::{Refusal, RefusalReason};
use server::casework::lifecycle::CaseAction;
use server::store::{AccountChange, Actor, OfficerId};

use crate::page::Page;
use crate::test_service::TestService;

/// Registers a firm; the desk then takes the action, if there is one.
async fn registered(service: &TestService, action: Option<CaseAction>) {
    let known = service.store.registrations().list().await.unwrap();
    service.browser().register().await;
    let all = service.store.registrations().list().await.unwrap();
    let new = all
        .iter()
        .find(|listed| {
            known
                .iter()
                .all(|known| known.reference != listed.reference)
        })
        .unwrap();
    let reference = new.reference.parse().unwrap();
    if let Some(action) = action {
        service.act(&reference, &action).await;
    }
}

async fn some(service: &TestService) {
    registered(service, None).await;
    registered(service, Some(CaseAction::Approve)).await;
    let refusal = Refusal {
        reason: RefusalReason::NoAuthority,
        words: String::new(),
    };
    registered(service, Some(CaseAction::Refuse(refusal))).await;
    let questions = [Topic::SraNumber, Topic::Name]
        .map(|topic| Question::parse(topic, "Which one?").unwrap())
        .to_vec();
    registered(service, Some(CaseAction::Ask(questions))).await;
}

/// Returns the cells of the table row with this heading.
fn row(page: &Page, first: &str) -> Vec<String> {
    let row = page
        .text
        .split("<tr")
        .find(|row| row.contains("<th scope=\"row\"") && row.contains(&format!("{first}</th>")));
    let Some(row) = row else {
        panic!("no row {first}: {}", page.text)
    };
    row.split("</tr>")
        .next()
        .unwrap()
        .split("</span>")
        .skip(2)
        .map(|cell| cell.split('<').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_last_30_days_are_shown_with_what_waits_now() {
    let service = TestService::new().await;
    some(&service).await;
    let page = service
        .officer(OfficerRole::Officer)
        .await
        .get("/desk/figures")
        .await;
    page.assert_page(200);
    for words in [
        "5 August 2026 to 3 September 2026",
        "1 registration is waiting for the desk, 0 of them past the target of 5 working days. 1 more is waiting for the applicant",
        "4 registrations arrived and 2 were decided.",
        "There were 2 decisions. Half took 0 working days or less, and 9 in 10 took 0 working days or less.",
        "There were no accounts.",
        "2 questions were asked.",
        "1 registration was not approved. Most often: We could not confirm that the accountable person can act for the organisation (1).",
        "aria-label=\"Waiting now, by age\"",
    ] {
        assert!(page.has(words), "{words}: {}", page.text);
    }
    assert_eq!(row(&page, "3 Sep 2026"), ["4", "2", "0"]);
    assert_eq!(row(&page, "2 Sep 2026"), ["0", "0", "0"]);
    assert_eq!(
        row(&page, "SRA number").first().map(String::as_str),
        Some("1")
    );
    // The content security policy forbids style attributes.
    assert!(!page.has(" style=\""));
}

#[tokio::test]
async fn working_days_are_counted_while_time_passes() {
    let service = TestService::new().await;
    registered(&service, None).await;
    // Thursday 3 September 2026 to Friday 18 September is eleven working days.
    service.clock.move_on(15 * 24, 0);
    registered(&service, None).await;
    let officer = service.officer(OfficerRole::SeniorOfficer).await;
    let page = officer.get("/desk/figures").await;
    assert!(page.has("2 registrations are waiting for the desk, 1 of them past the target"));
    assert_eq!(
        row(&page, "More than 10 working days"),
        ["1", "Past the target"]
    );
    let old = service.store.registrations().list().await.unwrap();
    let reference = old.last().unwrap().reference.parse().unwrap();
    service.act(&reference, &CaseAction::Approve).await;
    let lifecycle = service.lifecycle(&reference).await;
    service
        .store
        .provisioning()
        .set_accounts(
            &lifecycle,
            AccountChange {
                place: None,
                step: AccountStep::Activate,
                reason: None,
                actor: &Actor::Officer(OfficerId::named("A")),
                at: service.now(),
            },
        )
        .await
        .unwrap();
    let page = officer.get("/desk/figures").await;
    assert!(page.has("There was 1 decision. It took 11 working days."));
    let target = "Target: 5 working days (dotted line)";
    assert_eq!(page.text.matches(target).count(), 1);
    assert!(page.has("There was 1 account. It took 11 working days."));
    assert_eq!(row(&page, "18 Sep 2026"), ["1", "1", "0"]);
}

#[tokio::test]
async fn any_range_of_days_up_to_five_years_is_shown() {
    let service = TestService::new().await;
    some(&service).await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    for (query, words) in [
        ("from=1/9/2026&to=3/9/2026", "4 registrations arrived"),
        ("from=1/8/2026&to=2/9/2026", "0 registrations arrived"),
        (
            "from=4+September+2021&to=3+September+2026",
            "4 registrations arrived",
        ),
        ("from=2026-01-01&to=2026-12-31", "4 registrations arrived"),
        ("to=3/9/2026", "4 registrations arrived"),
    ] {
        let page = auditor.get(&format!("/desk/figures?{query}")).await;
        page.assert_page(200);
        assert!(page.has(words), "{query}: {}", page.text);
    }
    for (query, words, kept) in [
        (
            "from=yesterday",
            "From must be a real date, like 27/3/2026",
            "yesterday",
        ),
        (
            "from=1/9/2026&to=31/2/2026",
            "To must be a real date, like 27/3/2026",
            "31/2/2026",
        ),
        (
            "from=4/9/2026&to=3/9/2026",
            "To must be the same as or after From",
            "4/9/2026",
        ),
        (
            "from=1/1/2020&to=3/9/2026",
            "There must be 5 years or less",
            "1/1/2020",
        ),
    ] {
        let page = auditor.get(&format!("/desk/figures?{query}")).await;
        page.assert_page(200);
        assert!(
            page.has("<title>Error: Figures") && page.has(words),
            "{query}"
        );
        assert!(
            page.has(&format!("value=\"{kept}\"")),
            "{query}: {}",
            page.text
        );
        assert!(!page.has("class=\"app-chart\""), "{query}");
    }
}

#[tokio::test]
async fn each_figure_is_a_file_of_its_days() {
    let service = TestService::new().await;
    some(&service).await;
    let officer = service.officer(OfficerRole::Officer).await;
    let range = "from=1/9/2026&to=3/9/2026";
    for (figure, text) in [
        (
            "arrivals-and-decisions",
            "When,Arrivals,Decisions,Decisions undone\r\n2026-09-01,0,0,0\r\n2026-09-02,0,0,0\r\n2026-09-03,4,2,0\r\n",
        ),
        (
            "days-to-decision",
            "When,Decisions,Median,90th percentile\r\n2026-09-01,0,,\r\n2026-09-02,0,,\r\n2026-09-03,2,0,0\r\n",
        ),
    ] {
        let file = officer
            .get(&format!("/desk/figures/{figure}.csv?{range}"))
            .await;
        assert_eq!(file.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
        assert_eq!(file.text, format!("\u{feff}{text}"));
        assert!(
            file.header(header::CONTENT_DISPOSITION)
                .contains("2026-09-01-2026-09-03.csv")
        );
    }
    let page = officer.get(&format!("/desk/figures?{range}")).await;
    for figure in registration::desk::figures::Figure::ALL {
        let address = format!(
            "/desk/figures/{}.csv?from=1%20September%202026&amp;to=3%20September%202026",
            figure.key()
        );
        assert!(page.has(&address), "{address}");
        let file = officer.get(&address.replace("&amp;", "&")).await;
        assert_eq!(file.status, 200, "{address}");
        assert!(file.text.starts_with('\u{feff}'), "{address}");
    }
    for address in ["luck.csv", "waiting", "luck.csv?from=soon"] {
        let file = officer.get(&format!("/desk/figures/{address}")).await;
        assert_eq!(file.status, 404, "{address}");
    }
    let led = officer.get("/desk/figures/waiting.csv?from=soon").await;
    assert_eq!(led.status, 303);
    let page = officer.get(led.leads_to()).await;
    page.assert_page(200);
    assert!(page.has("value=\"soon\""));
    assert!(page.has("govuk-error-summary"));
}

#[tokio::test]
async fn figures_of_nothing_are_shown_as_well_and_name_nobody() {
    let service = TestService::new().await;
    let administrator = service.officer(OfficerRole::Administrator).await;
    let page = administrator.get("/desk/figures").await;
    page.assert_page(200);
    assert!(page.has("0 registrations arrived and 0 were decided."));
    some(&service).await;
    let page = administrator.get("/desk/figures").await;
    for personal in ["Hartwell", "hartwell", "07700", "Which one?"] {
        assert!(!page.has(personal), "{personal}");
    }
}
