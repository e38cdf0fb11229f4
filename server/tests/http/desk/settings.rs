//! The settings page of the desk.

use registration::desk::OfficerRole;

use crate::test_service::TestService;

#[tokio::test]
async fn an_administrator_says_whether_two_officers_decide() {
    let service = TestService::new().await;
    let administrator = service.officer(OfficerRole::Administrator).await;
    let page = administrator.get("/desk/settings").await;
    page.assert_page(200);
    for odd in ["", "perhaps"] {
        let page = administrator
            .post_field("/desk/settings", "two_officers", odd)
            .await;
        page.assert_page(200);
        assert!(page.has("<title>Error: ") && page.has("Select yes if a second officer"));
    }
    for (chosen, two) in [("yes", true), ("no", false)] {
        let saved = administrator
            .post_field("/desk/settings", "two_officers", chosen)
            .await;
        let page = administrator.get(saved.location()).await;
        assert!(page.has("The settings are saved"));
        assert_eq!(service.store.casework().two_officers().await.unwrap(), two);
    }
}
