//! Small corrections by an officer, and how the service tells the applicant.

use registration::desk::OfficerRole;

use super::AtTheDesk;

const ACCOUNTABLE: &str = "yusuf@hartwell.example";

const ADDRESS: [(&str, &str); 6] = [
    ("address_line_1", "51 Assize Street"),
    ("address_line_2", ""),
    ("town", "Worcester"),
    ("county", ""),
    ("postcode", "wr1 2ne"),
    ("correction_reason", "A <b>typing</b> mistake"),
];

#[tokio::test]
async fn a_corrected_postcode_is_told_to_the_applicant_and_stays_when_it_is_sent_again() {
    let desk = AtTheDesk::new().await;
    let form = desk.officer.get(&desk.at("correct/address")).await;
    form.assert_page(200);
    assert!(form.has("value=\"WR1 2ND\""));
    let sent = desk
        .send_from(&desk.officer, &form, "correct/address", &ADDRESS)
        .await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("WR1 2NE"));
    assert!(page.has("Postcode: from “WR1 2ND” to “WR1 2NE”"));

    let status = desk.applicant.get("/status").await;
    assert!(
        status.has("we corrected Postcode: from “WR1 2ND” to “WR1 2NE” (why: A &lt;b&gt;typing&lt;/b&gt; mistake)"),
        "{}",
        status.text
    );
    let told = desk.service.mail_to(ACCOUNTABLE).await.remove(0);
    assert!(told.subject.starts_with("We corrected your registration"));
    assert!(told.text.contains("Postcode") && told.text.contains("typing"));
    assert!(
        !told.text.contains("WR1"),
        "what was typed stays out of e-mail"
    );

    // The correction is still there when the applicant submits again.
    let fields = [
        ("topic-1", "name"),
        ("asked-1", "Is it right?"),
        ("do", "send"),
    ];
    desk.send(&desk.officer, "ask", &fields).await;
    assert!(
        desk.applicant
            .get("/organisation/address")
            .await
            .has("WR1 2NE")
    );
    // Nothing about the name has changed, so sending the form again asks for confirmation once.
    desk.applicant
        .post("/api/submit", &[])
        .await
        .assert_leads_to("/check-answers?unanswered=yes");
    let page = desk.applicant.get("/check-answers?unanswered=yes").await;
    assert!(page.has("Nothing was sent.") && page.has("Is it right?"));
    let sure = [("seen", page.hidden("seen")), ("sure", page.hidden("sure"))];
    desk.applicant
        .post("/api/submit", &sure)
        .await
        .assert_leads_to("/submitted");
    let kept = desk
        .service
        .store
        .registrations()
        .registration(&desk.reference)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(kept.registration.organisation.postcode.as_str(), "WR1 2NE");
}

#[tokio::test]
async fn every_part_is_corrected_by_the_rules_of_the_form() {
    let desk = AtTheDesk::new().await;
    let huge = "x".repeat(60_000);
    let hostile = "</textarea><script>alert(1)</script>";
    for (part, field, typed) in [
        ("name", "name", ""),
        ("name", "name", &*huge),
        ("address", "postcode", "N5"),
        ("contact", "email", hostile),
        ("numbers", "sra_number", hostile),
        ("numbers", "laa_account_numbers", hostile),
        ("hearing", "hearing-day", "99"),
        ("accountable-person", "first_name", ""),
        ("accountable-contact", "email", "nobody"),
        ("user-1", "mobile", "01632 960 001"),
        ("user-1", "administrator", "no"),
    ] {
        let fields = [(field, typed), ("correction_reason", "Mistyped")];
        let page = desk
            .send(&desk.officer, &format!("correct/{part}"), &fields)
            .await;
        page.assert_page(200);
        assert!(page.has("<title>Error: "), "{part} {field}");
        assert!(!page.has("<script>alert"), "{part} {field}");
        assert!(page.has("Mistyped"), "{part} {field}: the reason stays");
    }
    let page = desk
        .send(&desk.officer, "correct/address", &ADDRESS[..5])
        .await;
    assert!(page.has("Enter a reason for the correction") && page.has("value=\"wr1 2ne\""));
    assert_eq!(desk.actions().await, ["submitted"]);
}

#[tokio::test]
async fn a_user_is_corrected_in_their_place() {
    let desk = AtTheDesk::new().await;
    let fields = [
        ("first_name", "Wen"),
        ("last_name", "Williams 1"),
        ("email", "wen.one@hartwell.example"),
        ("mobile", "07700 900425"),
        ("role", "defence-lawyer"),
        ("administrator", "yes"),
        ("correction_reason", "They rang us"),
    ];
    let sent = desk.send(&desk.officer, "correct/user-1", &fields).await;
    let page = desk.done(&desk.officer, &sent).await;
    assert!(page.has("wen.one@hartwell.example"));
    let lifecycle = desk.service.lifecycle(&desk.reference).await;
    let users = desk
        .service
        .store
        .draft_users()
        .users(&lifecycle.draft)
        .await
        .unwrap();
    assert_eq!(users[0].user.email, "wen.one@hartwell.example");
}

#[tokio::test]
async fn a_correction_of_a_page_that_is_not_true_any_more_is_refused_with_what_was_done() {
    let desk = AtTheDesk::new().await;
    let other = desk.service.officer(OfficerRole::Officer).await;
    let opened = other.get(&desk.at("correct/address")).await;
    desk.send(
        &desk.officer,
        "correct/name",
        &[
            ("name", "Moss LLP"),
            ("correction_reason", "On the register"),
        ],
    )
    .await;
    let page = desk
        .send_from(&other, &opened, "correct/address", &ADDRESS)
        .await;
    page.assert_page(409);
    assert!(page.has("This registration has changed since you opened this page"));
    assert!(page.has("Name of the organisation: from “Hartwell Crane &amp; Co LLP” to “Moss LLP”"));
    assert!(page.has("value=\"wr1 2ne\""), "what was typed stays");
    let again = desk
        .send_from(&other, &page, "correct/address", &ADDRESS)
        .await;
    assert_eq!(again.status, 303);
}

#[tokio::test]
async fn nothing_is_corrected_while_the_applicant_may_change_it() {
    let desk = AtTheDesk::new().await;
    let fields = [
        ("topic-1", "name"),
        ("asked-1", "Is it right?"),
        ("do", "send"),
    ];
    desk.send(&desk.officer, "ask", &fields).await;
    desk.officer
        .get(&desk.at("correct/address"))
        .await
        .assert_page(409);
    let sent = desk
        .officer
        .post_field(&desk.at("correct/address"), "postcode", "WR1 2NE")
        .await;
    sent.assert_page(409);
    assert!(!desk.page().await.has("/correct/"));
    let auditor = desk.service.officer(OfficerRole::Auditor).await;
    auditor
        .get(&desk.at("correct/address"))
        .await
        .assert_page(403);
}
