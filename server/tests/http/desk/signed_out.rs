//! A form sent after the session has ended: the page shows what was typed.

use registration::desk::OfficerRole;

use crate::test_service::TestService;

#[tokio::test]
async fn answers_typed_after_the_session_ended_are_shown_as_saved() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    service.clock.move_on(2, 0);
    let fields = vec![
        ("note", "A long <b>note</b>\nof two lines".to_owned()),
        ("note-address", "Rang at nine".to_owned()),
        ("password", "a secret of mine".to_owned()),
        ("version", "7".to_owned()),
    ];
    let page = officer
        .post("/desk/registrations/CP-0000-0000/notes", &fields)
        .await;
    page.assert_page(401);
    assert!(
        page.has("A long &lt;b&gt;note&lt;/b&gt;\nof two lines"),
        "{}",
        page.text
    );
    assert!(page.has("Rang at nine") && !page.has("a secret of mine"));
    let nothing = officer
        .post_field("/desk/registrations/CP-0000-0000/notes", "note", " ")
        .await;
    nothing.assert_page(401);
    assert!(!nothing.has("What you typed"));
    let huge = "x".repeat(3_000_000);
    let page = officer
        .post_field("/desk/registrations/CP-0000-0000/notes", "note", &huge)
        .await;
    page.assert_page(413);
}
