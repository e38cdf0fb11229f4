//! Unknown column headings: the applicant maps them once, and the draft remembers the mapping.

use crate::test_service::TestService;

const STRANGE: &[u8] = b"Wer;Adresse;Handy;Seit\n\
    Priya Iyer;priya@firm.example;07700 900673;2019\n\
    Wen Williams;wen@firm.example;07700 900425;2020\n";

#[tokio::test]
async fn columns_are_named_on_a_page_and_the_next_file_asks_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .upload_file("staff.csv", STRANGE)
        .await
        .assert_leads_to("/users/upload/columns");
    let page = browser.get("/users/upload/columns").await;
    page.assert_page(200);
    assert!(page.has("“Adresse”") && page.has("For example: priya@firm.example; wen@firm.example"));
    assert!(!page.has("error-summary"));

    browser
        .post(
            "/api/users/upload/columns",
            &[("column-0", "full_name".to_owned())],
        )
        .await
        .assert_leads_to("/users/upload/columns");
    let page = browser.get("/users/upload/columns").await;
    assert!(page.has("Select which column holds the email address"));
    assert!(page.has("Select the role of all users, or the column that says it"));
    assert!(
        page.has("<option value=\"full_name\" selected"),
        "{}",
        page.text
    );

    browser
        .post(
            "/api/users/upload/columns",
            &[
                ("column-0", "full_name".to_owned()),
                ("column-1", "email".to_owned()),
                ("column-2", "mobile".to_owned()),
                ("column-3", "nothing".to_owned()),
                ("role", "advocate".to_owned()),
                ("administrator", "no".to_owned()),
            ],
        )
        .await
        .assert_leads_to("/users/upload/review");
    assert!(
        browser
            .get("/users/upload/review")
            .await
            .has("Add 2 users to your list")
    );

    let next = String::from_utf8_lossy(STRANGE).replace("Wen", "Gwen");
    browser
        .upload_file("next.csv", next.as_bytes())
        .await
        .assert_leads_to("/users/upload/review");
    assert!(
        browser
            .get("/users/upload/ready")
            .await
            .has("Gwen Williams")
    );
}

#[tokio::test]
async fn of_two_columns_that_could_be_the_role_the_sender_says_which_is() {
    const TWO: &str = "Name,Email,Mobile,Job title,Access type,Administrator\n\
        Priya Iyer,priya@firm.example,07700 900673,Partner,Advocate,Yes\n\
        Wen Williams,wen@firm.example,07700 900425,Office manager,Defence lawyer,No\n";
    let service = TestService::new().await;
    let browser = service.browser();
    browser
        .upload_file("staff.csv", TWO.as_bytes())
        .await
        .assert_leads_to("/users/upload/columns");
    let page = browser.get("/users/upload/columns").await;
    page.assert_page(200);
    assert!(
        page.has(
            "“Job title” and “Access type” could each be “Role”, and they say different things"
        ),
        "{}",
        page.text
    );
    assert!(!page.has("error-summary"));
    let both = || {
        vec![
            ("column-3", "role".to_owned()),
            ("column-4", "role".to_owned()),
        ]
    };
    browser
        .post("/api/users/upload/columns", &both())
        .await
        .assert_leads_to("/users/upload/columns");
    assert!(
        browser
            .get("/users/upload/columns")
            .await
            .has("Select one column for the role: those that you selected say different things")
    );
    let mut one = both();
    one[0].1 = "nothing".to_owned();
    browser
        .post("/api/users/upload/columns", &one)
        .await
        .assert_leads_to("/users/upload/review");
    let page = browser.get("/users/upload/ready").await;
    assert!(
        page.has("Defence lawyer") && !page.has("Office manager"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn choices_of_another_tab_about_named_columns_change_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", super::THREE).await;
    browser
        .post(
            "/api/users/upload/columns",
            &[("column-0", "email".to_owned())],
        )
        .await
        .assert_leads_to("/users/upload/review");
    assert!(browser.get("/users/upload/ready").await.has("Priya Iyer"));
}
