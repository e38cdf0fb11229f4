//! The desk's forms, sent with a problem and then corrected. If somebody else changed the
//! registration after the page was opened, the officer is still told of the change.

use registration::desk::OfficerRole;

use super::{AtTheDesk, hidden};

/// A form: where it is sent, fields with a problem, and valid fields.
type Form = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str)],
);

const FORMS: [Form; 3] = [
    (
        "correct/address",
        &[
            ("address_line_1", "51 Assize Street"),
            ("town", "Worcester"),
            ("postcode", "WR1 2NE"),
            ("correction_reason", ""),
        ],
        &[
            ("address_line_1", "51 Assize Street"),
            ("town", "Worcester"),
            ("postcode", "WR1 2NE"),
            ("correction_reason", "Mistyped"),
        ],
    ),
    (
        "ask",
        &[("topic-1", ""), ("asked-1", ""), ("do", "preview")],
        &[
            ("topic-1", "name"),
            ("asked-1", "A partnership?"),
            ("do", "send"),
        ],
    ),
    (
        "decide",
        &[("decision", "refuse"), ("reason", ""), ("do", "preview")],
        &[
            ("decision", "refuse"),
            ("reason", "other"),
            ("words", "Not yet"),
            ("do", "decide"),
        ],
    ),
];

#[tokio::test]
async fn changes_by_others_are_shown_once_the_form_is_valid() {
    for (below, wrong, right) in FORMS {
        let desk = AtTheDesk::new().await;
        let other = desk.service.officer(OfficerRole::SeniorOfficer).await;
        let opened = other.get(&desk.at(below)).await;
        let name = [
            ("name", "Hartwell Crane LLP"),
            ("correction_reason", "As registered"),
        ];
        let sent = desk.send(&desk.officer, "correct/name", &name).await;
        assert_eq!(sent.status, 303, "{below}");
        let put_right = desk.send_from(&other, &opened, below, wrong).await;
        put_right.assert_page(200);
        assert!(put_right.has("<title>Error: "), "{below}");
        let stale = desk.send_from(&other, &put_right, below, right).await;
        stale.assert_page(409);
        assert!(stale.has("Hartwell Crane LLP"), "{below}: {}", stale.text);
        assert_eq!(desk.actions().await, ["submitted", "corrected"], "{below}");
        // Sent from the current page, the change is saved.
        let done = desk.send_from(&other, &stale, below, right).await;
        assert_eq!(done.status, 303, "{below}");
    }
}

#[tokio::test]
async fn an_outcome_that_was_given_meanwhile_is_told_while_the_form_is_put_right() {
    let desk = AtTheDesk::new().await;
    let other = desk.service.officer(OfficerRole::SeniorOfficer).await;
    let opened = other.get(&desk.at("")).await;
    let passed = [("outcome-address", "passed")];
    desk.send(&desk.officer, "checks", &passed).await;
    let seen = hidden(&opened, "seen-address");
    let wrong = [("seen-address", &*seen), ("outcome-address", "not-passed")];
    desk.send_from(&other, &opened, "checks", &wrong).await;
    let put_right = other.get(&desk.at("")).await;
    assert!(put_right.has(" saved “Passed” since you opened this page"));
    // The officer has seen that outcome now, and may replace it once the note is there.
    let seen = hidden(&put_right, "seen-address");
    let right = [
        ("seen-address", &*seen),
        ("outcome-address", "not-passed"),
        ("note-address", "It is a flat"),
    ];
    let sent = desk.send_from(&other, &put_right, "checks", &right).await;
    let page = desk.done(&other, &sent).await;
    assert!(page.has("Did not pass") && page.has("It is a flat"));
}
