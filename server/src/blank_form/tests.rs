//! Tests that the paper form asks every question of the pages, and that its file is a valid
//! OpenDocument text.

use std::io::{Cursor, Read};

use super::*;

fn contact() -> Contact {
    Contact {
        email: "desk@justice.example".to_owned(),
        telephone: "01632 960 000".to_owned(),
        hours: "Monday to Friday".to_owned(),
    }
}

fn count(part: impl Fn(&Part) -> bool) -> usize {
    form().iter().filter(|found| part(found)).count()
}

#[test]
fn every_question_of_the_pages_is_in_it_with_room_for_its_answer() {
    let html: String = app::pages::blank::parts(USERS)
        .iter()
        .map(|part| part.html.as_str())
        .collect();
    let typed = [
        r#"type="text""#,
        r#"type="email""#,
        r#"type="tel""#,
        "<textarea",
    ]
    .map(|mark| html.matches(mark).count())
    .iter()
    .sum::<usize>();
    assert!(typed > 40, "{typed}");
    // Only the paper form has room for a signature and its date.
    assert_eq!(count(|part| matches!(part, Part::Answer(_))), typed + 2);
    let ticked =
        html.matches(r#"type="radio""#).count() + html.matches(r#"type="checkbox""#).count();
    assert_eq!(count(|part| matches!(part, Part::Choice(_))), ticked);
    let hints = html.matches("govuk-hint").count();
    assert_eq!(count(|part| matches!(part, Part::Hint(_))), hints + 1);
}

#[test]
fn it_ends_with_a_line_to_sign_and_a_date() {
    let asked = form().iter().filter_map(|part| match part {
        Part::Question(words) => Some(words.as_str()),
        _ => None,
    });
    let last: Vec<&str> = asked.collect();
    assert_eq!(last[last.len() - 2..], ["Signature", "Date"]);
    let typing = |part: &&Part| matches!(part, Part::Hint(words) if words.contains("Typing"));
    assert_eq!(form().iter().find(typing), None);
}

#[test]
fn no_page_end_comes_between_a_question_and_its_answer() {
    let page = leptos::prelude::Owner::new().with(|| {
        use leptos::prelude::RenderHtml;
        page(&contact()).to_html()
    });
    let mut rest = page.as_str();
    let mut answers = 0;
    while let Some((before, after)) = rest.split_once("<div class=\"app-blank-form__answer") {
        assert!(before.contains("app-blank-form__block"), "{before}");
        answers += 1;
        rest = after;
    }
    assert_eq!(answers, count(|part| matches!(part, Part::Answer(_))));
}

#[test]
fn every_answer_stands_under_what_asks_for_it() {
    let mut asked = false;
    for part in form() {
        match part {
            Part::Question(_) | Part::Heading { .. } => asked = true,
            Part::Hint(_) => {}
            Part::Answer(_) => assert!(std::mem::take(&mut asked), "{part:?}"),
            Part::Choice(_) => assert!(asked, "{part:?}"),
            Part::Paragraph(_) | Part::Item { .. } => asked = false,
        }
    }
}

#[test]
fn all_seventeen_clauses_are_in_it_word_for_word() {
    let clauses: Vec<_> = form()
        .iter()
        .filter_map(|part| match part {
            Part::Item {
                number: Some(number),
                words,
                nested: false,
            } => Some((*number, words.clone())),
            _ => None,
        })
        .collect();
    let terms = registration::terms::CURRENT;
    let expected: Vec<_> = terms
        .clauses
        .iter()
        .zip(1..)
        .map(|(clause, number)| {
            let words: Vec<_> = clause.text.split_whitespace().collect();
            (number, words.join(" "))
        })
        .collect();
    assert_eq!(clauses, expected);
}

#[test]
fn the_file_is_an_opendocument_text_with_every_word_of_the_form() {
    let bytes = odt(&contact()).unwrap();
    assert_eq!(bytes, odt(&contact()).unwrap());
    assert_eq!(&bytes[30..38], b"mimetype");
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut content = String::new();
    let mut part = package.by_name("content.xml").unwrap();
    part.read_to_string(&mut content).unwrap();
    drop(part);
    let mut reader = quick_xml::Reader::from_str(&content);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    let escaped = |words: &str| quick_xml::escape::escape(words).into_owned();
    for part in form() {
        let words = match part {
            Part::Answer(_) => continue,
            Part::Heading { words, .. }
            | Part::Item { words, .. }
            | Part::Paragraph(words)
            | Part::Question(words)
            | Part::Hint(words)
            | Part::Choice(words) => words,
        };
        assert!(content.contains(&escaped(words)), "{words}");
    }
    assert!(content.contains("desk@justice.example"));
}
