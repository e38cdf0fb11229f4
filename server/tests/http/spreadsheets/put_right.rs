//! Rows with problems: the applicant corrects them on the page, leaves them out, or uploads a
//! corrected file.

use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::TestService;

use super::THREE;

const REVIEW: &str = "/users/upload/review";

/// Sends corrections of the rows on the review page.
async fn put_right(browser: &Browser, fields: &[(&'static str, &str)]) -> Page {
    send_from(browser, REVIEW, fields).await
}

async fn send_from(browser: &Browser, page: &str, fields: &[(&'static str, &str)]) -> Page {
    let page = browser.get(page).await;
    let round = page.text.split("name=\"round\" value=\"").nth(1).unwrap();
    let round = round.split('"').next().unwrap().to_owned();
    let mut all = vec![("round", round)];
    all.extend(
        fields
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    browser.post("/api/users/upload/rows", &all).await
}

#[tokio::test]
async fn what_may_be_wrong_in_the_file_stands_before_what_was_tidied() {
    let service = TestService::new().await;
    let browser = service.browser();
    let rows: Vec<u8> = [
        &b"First name,Last name,Email,Mobile,Role,Administrator\n"[..],
        b"Si\xe2n,Owen,sian@firm.example,07700 900673,Advocate,Yes\n",
        b"Ann,Lee (leaver),ann@firm.example,07700 900674,Advocate,No\n",
    ]
    .concat();
    browser.upload_file("staff.csv", &rows).await;
    let page = browser.get(REVIEW).await;
    let (before, _) = page.text.split_once(" to read it").unwrap();
    for words in [
        "Check before you add these users",
        "Check “Siân”",
        "Row 3: The file says “leaver” beside this name",
    ] {
        assert!(before.contains(words), "{words}: {}", page.text);
    }
}

#[tokio::test]
async fn cells_are_put_right_and_rows_left_out_until_nothing_is_wrong() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    put_right(
        &browser,
        &[
            ("email-1-3", "wen@"),
            ("role-1-3", "chambers-clerk"),
            ("first_name-2-4", "Marek"),
        ],
    )
    .await
    .assert_leads_to(REVIEW);
    let page = browser.get(REVIEW).await;
    assert!(page.has("name=\"email-1-3\"") && !page.has("name=\"role-1-3\""));
    assert!(page.has("value=\"wen@\""), "what was typed is there");
    put_right(
        &browser,
        &[("email-1-3", "wen@firm.example"), ("leave_out-2-4", "yes")],
    )
    .await
    .assert_leads_to(REVIEW);
    let page = browser.get(REVIEW).await;
    assert!(!page.has("error-summary"));
    assert!(page.has("Add 2 users to your list"), "{}", page.text);
    let page = browser.get("/users/upload/left-out").await;
    assert!(page.has("Marek"));
    let fields = [("take_back-2-4", "yes"), ("list", "left-out")];
    send_from(&browser, "/users/upload/left-out", &fields)
        .await
        .assert_leads_to("/users/upload/left-out");
    assert!(browser.get(REVIEW).await.has("name=\"last_name-2-4\""));
}

#[tokio::test]
async fn one_answer_puts_all_cells_with_one_fault_right() {
    let service = TestService::new().await;
    let browser = service.browser();
    let rows: Vec<String> = (1..=30)
        .map(|number| format!("Wen,Williams,wen.{number}@firm.example,07700 900425,Wizard,No\n"))
        .collect();
    let file = format!(
        "First name,Last name,Email,Mobile,Role,Admin\n{}",
        rows.concat()
    );
    browser.upload_file("staff.csv", file.as_bytes()).await;
    let page = browser.get(REVIEW).await;
    assert!(page.has("Fix all 30<") && page.has("30 rows say “Wizard”: rows 2, 3"));
    assert!(
        page.has("role-19-21") && !page.has("role-20-22"),
        "twenty on a page"
    );
    let second = browser.get("/users/upload/review?page=2").await;
    assert!(second.has("role-20-22") && second.has("role-29-31"));
    put_right(
        &browser,
        &[
            ("same-column-0", "role"),
            ("same-text-0", "Wizard"),
            ("same-0", "chambers-clerk"),
            ("role-0-2", "advocate"),
        ],
    )
    .await;
    let page = browser.get(REVIEW).await;
    assert!(page.has("Add 30 users to your list"), "{}", page.text);
    let page = browser.get("/users/upload/ready").await;
    assert!(page.has("Advocate") && page.has("Chambers clerk"));
}

#[tokio::test]
async fn changes_to_rows_of_another_file_change_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    let old_round = |fields: &[(&'static str, &str)]| {
        let mut all = vec![("round", "1".to_owned())];
        all.extend(
            fields
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        all
    };
    browser.upload_file("other.csv", THREE).await;
    browser
        .post(
            "/api/users/upload/rows",
            &old_round(&[("leave_out-0-2", "yes")]),
        )
        .await
        .assert_leads_to("/users/upload/review?changed=yes");
    let page = browser.get("/users/upload/review?changed=yes").await;
    assert!(page.has("Your rows were changed in the meantime"));
    assert!(browser.get("/users/upload/ready").await.has("Priya"));
}

#[tokio::test]
async fn rows_that_were_downloaded_and_put_right_are_brought_back() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    let file = browser.get("/download/rows-to-put-right.csv").await;
    assert!(file.has("wen@") && file.has("Marek") && !file.has("Priya"));
    let right = file
        .text
        .replace("wen@", "wen@firm.example")
        .replace("Wizard", "Advocate")
        .replace(
            "Marek,,,,,",
            "Marek,Lloyd,marek@firm.example,07700 900123,Advocate,No",
        );
    let bring = |content: String| {
        let browser = &browser;
        async move {
            browser
                .upload(&[
                    ("rows", None, b"put-right"),
                    ("file", Some("right.csv"), content.as_bytes()),
                    ("cells", None, b""),
                ])
                .await
        }
    };
    bring(String::new())
        .await
        .assert_leads_to("/users/upload?refused=yes&rows=put-right");
    let page = browser
        .get("/users/upload?refused=yes&rows=put-right")
        .await;
    assert!(page.has("The selected file is empty") && page.has("value=\"put-right\""));
    bring(right).await.assert_leads_to(REVIEW);
    let page = browser.get(REVIEW).await;
    assert!(page.has("Add 3 users to your list"), "{}", page.text);
    let ready = browser.get("/users/upload/ready").await;
    assert!(ready.has("Priya") && ready.has("wen@firm.example") && ready.has("Lloyd"));
}

#[tokio::test]
async fn a_listed_user_is_replaced_by_the_row_where_its_sender_says_so() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    browser
        .post("/api/users/upload/add", &[])
        .await
        .assert_leads_to("/users");
    let changed = String::from_utf8_lossy(THREE).replace("Iyer", "Ivory");
    let one: Vec<String> = changed
        .lines()
        .take(2)
        .map(|line| format!("{line}\n"))
        .collect();
    browser
        .upload_file("again.csv", one.concat().as_bytes())
        .await;
    let page = browser.get(REVIEW).await;
    assert!(
        page.has("is already on your list, for Priya Iyer"),
        "{}",
        page.text
    );
    assert!(page.has("Replace Priya Iyer on your list by row 2"));
    put_right(
        &browser,
        &[("replace-0-2", "yes"), ("email-0-2", "priya@firm.example")],
    )
    .await;
    browser
        .post("/api/users/upload/add", &[])
        .await
        .assert_leads_to("/users");
    let page = browser.get("/users").await;
    assert!(page.has("You have added 1 user"));
    assert!(page.has("Priya Ivory") && !page.has("Priya Iyer"));
}

#[tokio::test]
async fn twenty_rows_of_the_longest_cells_are_sent_whole() {
    let service = TestService::new().await;
    let browser = service.browser();
    let long = "李".repeat(490);
    let row = format!("{long},{long},{long},{long},{long},{long}\n");
    let file = format!(
        "First name,Last name,Email,Mobile,Role,Admin\n{}",
        row.repeat(20)
    );
    browser.upload_file("staff.csv", file.as_bytes()).await;
    let fields: Vec<(&'static str, String)> = (0..20)
        .flat_map(|index| {
            ["first_name", "last_name", "email", "mobile"].map(|column| {
                let name: &'static str = format!("{column}-{index}-{}", index + 2).leak();
                (name, long.clone())
            })
        })
        .chain([("round", "1".to_owned())])
        .collect();
    browser
        .post("/api/users/upload/rows", &fields)
        .await
        .assert_leads_to(REVIEW);
}

#[tokio::test]
async fn hostile_fields_change_nothing() {
    let service = TestService::new().await;
    let browser = service.browser();
    browser.upload_file("staff.csv", THREE).await;
    let before = browser.get(REVIEW).await.text;
    let nonce = |text: &str| text.split("nonce").count();
    put_right(
        &browser,
        &[
            ("email-99999999999999999999-3", "x"),
            ("email-0-99", "x"),
            ("email-1--3", "x"),
            ("same-0", "advocate"),
            ("same-column-0", "nothing"),
            ("leave_out", "yes"),
        ],
    )
    .await
    .assert_leads_to(REVIEW);
    let after = browser.get(REVIEW).await.text;
    assert_eq!(nonce(&before), nonce(&after));
    assert!(after.has_same_rows_as(&before));
}

trait SameRows {
    fn has_same_rows_as(&self, other: &Self) -> bool;
}

impl SameRows for String {
    fn has_same_rows_as(&self, other: &Self) -> bool {
        let main = |text: &str| {
            let main = text.split("<main").nth(1).unwrap();
            main.split("</main>").next().unwrap().to_owned()
        };
        main(self) == main(other)
    }
}

#[tokio::test]
async fn each_field_of_a_row_says_whose_it_is() {
    let service = TestService::new().await;
    let browser = service.browser();
    let file = "First name,Last name,Email,Mobile,Role,Admin\n\
                Wen,Williams,,07700 900425,Wizard,No\n,,,07700 900426,Wizard,No\n";
    browser.upload_file("staff.csv", file.as_bytes()).await;
    let page = browser.get(REVIEW).await;
    for label in [
        "Email address of Wen Williams",
        "Role of Wen Williams",
        "Leave out Wen Williams (row 2)",
        "Role in row 3",
        "Leave out row 3",
    ] {
        assert!(
            page.has(&format!("{label}</label>")),
            "{label}: {}",
            page.main()
        );
    }
}

#[tokio::test]
async fn a_changed_number_stands_before_routine_changes() {
    let service = TestService::new().await;
    let browser = service.browser();
    let mut file = "First name,Last name,Email,Mobile,Role,Admin\n".to_owned();
    for number in 1..=25 {
        let row = format!(
            "Mr Wen,Williams {number},wen.{number}@firm.example,07700 900425,Defence lawyer,No\n"
        );
        file.push_str(&row);
    }
    file += "Marek,Lloyd,marek@firm.example,M 07700 900426 T 01632 960001,Defence lawyer,Yes\n";
    browser.upload_file("staff.csv", file.as_bytes()).await;
    let page = browser.get(REVIEW).await;
    let (open, on_request) = page.main().split_once("<details").unwrap();
    assert!(open.contains("Check these changes") && open.contains("as 07700 900426"));
    assert!(on_request.contains("other changes to read it"));
    assert!(!open.contains("Mr Wen"));
}
