//! Tests that the components show typed text in full and never run it.

use app::components::{SummaryList, SummaryRow, TextInput, Textarea};
use leptos::prelude::*;
use scraper::{Html, Selector};

use crate::fixtures::to_html;

/// An answer that would break out of an attribute, a text or a textarea if it were not escaped.
const NASTY: &str = "O’Dowd <b>&\"' </textarea><script>alert(1)</script>";

/// Reads the first element that the selector finds. Also returns whether the page contains a
/// script.
fn found<T>(html: &str, selector: &str, read: impl Fn(scraper::ElementRef) -> T) -> (T, bool) {
    let page = Html::parse_document(html);
    let select = |selector| Selector::parse(selector).expect("a selector");
    let has_script = page.select(&select("script")).next().is_some();
    (
        read(
            page.select(&select(selector))
                .next()
                .expect("such an element"),
        ),
        has_script,
    )
}

#[test]
fn a_text_input_shows_what_was_typed() {
    let html = to_html(|| view! { <TextInput name="name" label="Name" value=NASTY/> }.into_any());
    let (value, has_script) = found(&html, "input", |input| {
        input.attr("value").map(ToOwned::to_owned)
    });
    assert_eq!(value.as_deref(), Some(NASTY));
    assert!(!has_script, "{html}");
}

#[test]
fn a_textarea_shows_what_was_typed() {
    for typed in [
        NASTY,
        "",
        "one\ntwo\n",
        "\r\nafter a break",
        "\nafter a break",
        "&lt;",
    ] {
        let html =
            to_html(|| view! { <Textarea name="note" label="Note" value=typed/> }.into_any());
        let (text, has_script) = found(&html, "textarea", |area| area.text().collect::<String>());
        let as_the_browser_reads_it = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
        assert_eq!(
            as_the_browser_reads_it(&text),
            as_the_browser_reads_it(typed)
        );
        assert!(!has_script, "{html}");
    }
}

#[test]
fn a_summary_shows_what_was_typed() {
    let html =
        to_html(|| view! { <SummaryList rows=vec![SummaryRow::new("Name", NASTY)]/> }.into_any());
    let (text, has_script) = found(&html, "dd", |value| value.text().collect::<String>());
    assert_eq!(text, NASTY);
    assert!(!has_script, "{html}");
}
