//! An officer's text to an applicant keeps its line breaks on every page that shows the text.

use registration::form::Topic;

use super::AtTheDesk;

const TWO_LINES: &str = "First line\r\nSecond line";

/// Returns whether the page shows both lines, as two lines.
fn has_two_lines(text: &str) -> bool {
    let with_style = text.split("app-lines").skip(1);
    let is_styled = |part: &str| {
        let up_to_next = part.split("</div>").next().unwrap_or_default();
        up_to_next.contains("First line\nSecond line")
    };
    text.contains("First line<br>Second line") || with_style.into_iter().any(is_styled)
}

#[tokio::test]
async fn questions_and_the_reason_of_a_correction_keep_their_lines_wherever_they_are_read() {
    let desk = AtTheDesk::new().await;
    let correction = [
        ("address_line_1", "51 Assize Street"),
        ("address_line_2", ""),
        ("town", "Worcester"),
        ("county", ""),
        ("postcode", "wr1 2ne"),
        ("correction_reason", TWO_LINES),
    ];
    let sent = desk
        .send(&desk.officer, "correct/address", &correction)
        .await;
    desk.done(&desk.officer, &sent).await;
    let status = desk.applicant.get("/status").await;
    assert!(has_two_lines(&status.text), "{}", status.text);
    let questions = [
        ("topic-1", Topic::Name.key()),
        ("asked-1", TWO_LINES),
        ("do", "send"),
    ];
    let sent = desk.send(&desk.officer, "ask", &questions).await;
    desk.done(&desk.officer, &sent).await;
    let at_the_field = Topic::Name.address();
    for page in ["/tasks", &*at_the_field, "/status", "/status/questions"] {
        let shown = desk.applicant.get(page).await;
        shown.assert_page(200);
        assert!(has_two_lines(&shown.text), "{page}: {}", shown.text);
    }
}
