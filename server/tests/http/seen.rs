//! Actions from a stale page: if somebody else has changed what the page showed, nothing is done
//! and the page says so.

use crate::edit_conflict::two;
use crate::page::Page;
use crate::test_service::TestService;

/// Returns the fingerprint of a page, as its form sends it.
fn seen(page: &Page) -> (&'static str, String) {
    page.assert_page(200);
    let mark = page.hidden("seen");
    assert!(!mark.is_empty());
    ("seen", mark)
}

fn rows(name: &str) -> String {
    format!(
        "First name,Last name,Email,Mobile,Role,Admin\n{name},Williams,{name}@firm.example,07700 900425,Advocate,Yes\n"
    )
}

#[tokio::test]
async fn answers_that_were_not_shown_are_not_submitted() {
    let service = TestService::new().await;
    let (first, second) = two(&service).await;
    second.fill_in_firm().await;
    second.add_user(1).await;
    let shown = seen(&second.get("/check-answers").await);
    first
        .post_field("/api/organisation/name", "name", "Changed behind")
        .await;
    let told = second
        .post("/api/submit", std::slice::from_ref(&shown))
        .await;
    told.assert_leads_to("/check-answers?changed=yes");
    assert_eq!(service.store.registrations().list().await.unwrap(), []);
    let page = second.get(told.location()).await;
    assert!(
        page.has("Answers were changed after you opened this page, so we have not sent anything.")
    );
    assert!(page.has("Changed behind"));
    let again = second.post("/api/submit", &[seen(&page)]).await;
    again.assert_leads_to("/submitted");
    // Sending the first page's form again leads to the submitted registration.
    second
        .post("/api/submit", &[shown])
        .await
        .assert_leads_to("/submitted");
    assert_eq!(service.store.registrations().list().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_user_whom_somebody_else_corrected_is_not_removed() {
    let service = TestService::new().await;
    let (first, second) = two(&service).await;
    first.add_user(1).await;
    let list = first.get("/users").await;
    let link = list.text.split("/change\"").next().unwrap();
    let id = link.rsplit("/users/").next().unwrap().to_owned();
    let page = format!("/users/{id}/remove");
    let shown = seen(&second.get(&page).await);
    let corrected = [
        ("id", id.clone()),
        ("first_name", "Wen".to_owned()),
        ("last_name", "Corrected".to_owned()),
        ("email", "wen@hartwell.example".to_owned()),
        ("mobile", "07700 900425".to_owned()),
        ("role", "advocate".to_owned()),
        ("administrator", "yes".to_owned()),
    ];
    first
        .post("/api/users/change", &corrected)
        .await
        .assert_leads_to("/users");
    let remove = |seen| [("id", id.clone()), ("remove", "yes".to_owned()), seen];
    let told = second.post("/api/users/remove", &remove(shown)).await;
    told.assert_leads_to(&format!("{page}?changed=yes"));
    let asked = second.get(told.location()).await;
    assert!(asked.has("This user was changed after you opened the page"));
    assert!(asked.has("remove Wen Corrected?"));
    second
        .post("/api/users/remove", &remove(seen(&asked)))
        .await
        .assert_leads_to("/users");
    assert!(
        first
            .get("/users")
            .await
            .has("You have not added any users")
    );
}

#[tokio::test]
async fn rows_of_another_file_are_neither_added_nor_discarded() {
    let service = TestService::new().await;
    let (first, second) = two(&service).await;
    first.upload_file("a.csv", rows("ann").as_bytes()).await;
    let add = seen(&first.get("/users/upload/review").await);
    let discard = seen(&first.get("/users/upload/discard").await);
    second.post("/api/users/upload/discard", &[]).await;
    second.upload_file("b.csv", rows("zed").as_bytes()).await;
    for (address, shown) in [("add", add), ("discard", discard)] {
        let told = first
            .post(&format!("/api/users/upload/{address}"), &[shown])
            .await;
        told.assert_leads_to("/users/upload/review?changed=yes");
    }
    let page = first.get("/users/upload/review?changed=yes").await;
    assert!(page.has("Your rows were changed in the meantime") && page.has("Check b.csv"));
    assert!(
        first
            .get("/users")
            .await
            .has("You have not added any users")
    );
    first
        .post("/api/users/upload/add", &[seen(&page)])
        .await
        .assert_leads_to("/users");
    assert!(first.get("/users").await.has("You have added 1 user"));
}
