//! A list of the queue and the whole register are downloaded, with every entry and a row in the audit.

use registration::desk::OfficerRole;

use crate::page::Page;
use crate::test_service::TestService;

/// Returns the lines of a CSV file, without its byte order mark.
fn lines(file: &Page) -> Vec<&str> {
    assert_eq!(file.status, 200, "{}", file.text);
    let text = file.text.strip_prefix('\u{feff}').unwrap();
    text.lines().collect()
}

#[tokio::test]
async fn a_list_is_downloaded_with_the_entries_of_every_page() {
    let service = TestService::new().await;
    for _ in 0..27 {
        service.browser().register().await;
    }
    let applicant = service.browser();
    applicant.register().await;
    applicant.post("/status/withdraw", &[]).await;
    let (senior, id) = service.officer_and_id(OfficerRole::SeniorOfficer).await;
    let queue = senior.get("/desk/queue?status=received").await;
    assert!(queue.has("href=\"/desk/queue/download/list.csv?status=received\""));
    let file = senior
        .get("/desk/queue/download/list.csv?status=received")
        .await;
    let list = lines(&file);
    assert_eq!(list.len(), 28, "{list:?}");
    assert!(list[0].starts_with("Reference,Organisation,Kind,"));
    assert!(list[1].contains(",Hartwell Crane & Co LLP,Solicitors’ firm,Registration,1,"));
    let mut references: Vec<&str> = list[1..].iter().map(|line| &line[..12]).collect();
    references.sort_unstable();
    references.dedup();
    assert_eq!(references.len(), 27, "each once");
    let register = senior.get("/desk/queue/download/register.csv").await;
    let register = lines(&register);
    assert_eq!(register.len(), 29);
    assert!(register.iter().any(|line| line.contains(",Withdrawn,")));
    let rows = service
        .store
        .audit()
        .audit_of(&id.subject().views())
        .await
        .unwrap();
    for what in ["queue", "register"] {
        let details = format!("\"what\":\"{what}\"");
        let mut downloads = rows.iter().filter(|row| row.details.contains(&details));
        assert!(downloads.next().is_some(), "{what}: {rows:?}");
    }
}

#[tokio::test]
async fn a_list_is_downloaded_for_excel() {
    let service = TestService::new().await;
    service.browser().register().await;
    let auditor = service.officer(OfficerRole::Auditor).await;
    let file = auditor.get("/desk/queue/download/list.xlsx").await;
    assert_eq!(file.status, 200);
    assert!(file.text.starts_with("PK"));
    for unknown in ["list.pdf", "people.csv", "list"] {
        let file = auditor
            .get(&format!("/desk/queue/download/{unknown}"))
            .await;
        file.assert_page(404);
    }
}

#[tokio::test]
async fn only_who_may_download_lists_is_offered_the_files() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    assert!(
        !officer
            .get("/desk/queue")
            .await
            .has("/desk/queue/download/")
    );
    let file = officer.get("/desk/queue/download/list.csv").await;
    file.assert_page(403);
}
