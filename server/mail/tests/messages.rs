//! Rules for every message, in both languages and in text, HTML and Markdown.
#![expect(clippy::unwrap_used, reason = "a panic makes the test fail")]

#[path = "fixtures/sender.rs"]
mod sender;

use mail::{
    AccessLink, EnrolmentLink, Letter, MemberSignIn, Message, Part, Purpose, Question, Row,
    SigningLink, as_html, as_markdown, as_text,
};
use registration::date::CalendarDate;
use registration::identifiers::Reference;
use registration::language::Language;
use sender::sender;

/// Hostile input: HTML, Markdown and a line break.
const TYPED: &str = "<b>\"R&D\"</b> # [x](https://else.example)\n1. O’Dowd";

fn day() -> CalendarDate {
    CalendarDate::new(2026, 9, 3).unwrap()
}

fn messages() -> Vec<Message> {
    let reference = Reference::from_random(7);
    vec![
        Message::DraftExpires { kept_until: day() },
        Message::RegistrationReceived { reference },
        Message::CopyOfRegistration {
            reference,
            organisation: TYPED.to_owned(),
            submitted_on: day(),
            users: 12,
            answers: vec![Row {
                asked: "Name".to_owned(),
                answered: TYPED.to_owned(),
            }],
        },
        Message::MoreInformationNeeded {
            reference,
            questions: vec![Question {
                about: "SRA number".to_owned(),
                asked: TYPED.to_owned(),
            }],
        },
        Message::QuestionsReminder {
            reference,
            asked_on: day(),
            questions: vec![Question {
                about: "SRA number".to_owned(),
                asked: TYPED.to_owned(),
            }],
        },
        Message::Corrected {
            reference,
            answers: vec!["Postcode".to_owned(), "Town or city".to_owned()],
            reason: TYPED.to_owned(),
        },
        Message::Approved {
            reference,
            users: 1,
        },
        Message::Approved {
            reference,
            users: 12,
        },
        Message::NotApproved {
            reference,
            reason: TYPED.to_owned(),
        },
        Message::DecisionUndone {
            reference,
            reason: TYPED.to_owned(),
        },
        Message::Withdrawn { reference },
        Message::FormatRequested { working_days: 5 },
        Message::EnrolmentLinkSent {
            name: TYPED.to_owned(),
            by: TYPED.to_owned(),
        },
    ]
}

fn ways_in() -> [AccessLink; 2] {
    [
        Purpose::ConfirmAddress,
        Purpose::OpenDraft { kept_until: day() },
    ]
    .map(|purpose| AccessLink {
        purpose,
        secret: "0123abcd".to_owned(),
        code: "WDJB-MJHT".to_owned(),
        minutes: 30,
    })
}

fn letters(language: Language) -> Vec<Letter> {
    let messages = messages();
    let kept = messages
        .iter()
        .map(|message| message.letter(language, &sender()));
    let ways_in = ways_in();
    let to_sign = SigningLink {
        secret: "0123abcd".to_owned(),
        days: 28,
    };
    let enrolment = EnrolmentLink {
        secret: "0123abcd".to_owned(),
        hours: 24,
    };
    let member = MemberSignIn {
        secret: "0123abcd".to_owned(),
        code: "WDJB-MJHT".to_owned(),
        minutes: 10,
    };
    kept.chain(ways_in.iter().map(|way| way.letter(language, &sender())))
        .chain([to_sign.letter(language, &sender())])
        .chain([enrolment.letter(language, &sender())])
        .chain([member.letter(language, &sender())])
        .collect()
}

#[test]
fn each_language_has_words_of_its_own_for_every_part() {
    for (english, welsh) in letters(Language::English)
        .iter()
        .zip(letters(Language::Welsh))
    {
        assert_ne!(english.subject, welsh.subject);
        assert_eq!(
            english.parts.len(),
            welsh.parts.len(),
            "{}",
            english.subject
        );
        for (one, other) in english.parts.iter().zip(&welsh.parts) {
            assert_eq!(std::mem::discriminant(one), std::mem::discriminant(other));
            let is_words = matches!(one, Part::Heading(_) | Part::Paragraph(_) | Part::Points(_));
            assert!(!is_words || one != other, "not translated: {one:?}");
        }
    }
}

#[test]
fn the_words_are_those_that_the_service_uses() {
    for letter in letters(Language::English) {
        let text = format!("{}\n{}", letter.subject, as_text(&letter)).to_lowercase();
        for never in ["please", "valid", "sorry", "click here"] {
            assert!(!text.contains(never), "{never}: {text}");
        }
        assert!(letter.subject.chars().count() <= 78, "{}", letter.subject);
    }
}

#[test]
fn every_letter_says_how_to_reach_the_desk() {
    for letter in Language::ALL.into_iter().flat_map(letters) {
        let text = as_text(&letter);
        for way in ["desk@justice.example", "01632 960 000"] {
            assert!(text.contains(way), "{text}");
        }
    }
}

#[test]
fn html_has_one_heading_on_top_a_language_and_nothing_to_be_fetched() {
    for language in Language::ALL {
        for letter in letters(language) {
            let html = as_html(&letter, "Register for Common Platform");
            assert!(html.contains(&format!("<html lang=\"{}\">", language.code())));
            assert!(html.contains("<title>"));
            assert_eq!(html.matches("<h1").count(), 1);
            for never in [
                "<img", "src=", "url(", "<script", "<table", "<link", "@import",
            ] {
                assert!(!html.contains(never), "{never}: {html}");
            }
            for address in html.split("href=\"").skip(1) {
                assert!(
                    address.starts_with("https://register.example/"),
                    "{address}"
                );
            }
        }
    }
}

#[test]
fn typed_text_stays_text_in_every_format() {
    for letter in Language::ALL.into_iter().flat_map(letters) {
        let html = as_html(&letter, "Register for Common Platform");
        assert!(!html.contains("<b>"), "{html}");
        assert_eq!(html.contains("else.example"), html.contains("&lt;b&gt;"));
        let markdown = as_markdown(&letter);
        assert!(!markdown.contains("[x]("), "{markdown}");
        for line in markdown.lines() {
            assert!(!line.starts_with("1. "), "{markdown}");
        }
    }
}

#[test]
fn messages_to_unconfirmed_addresses_repeat_no_typed_text() {
    let holds_typed =
        |message: &Message| as_text(&message.letter(Language::English, &sender())).contains("R&D");
    for message in messages() {
        let to_unconfirmed = matches!(
            message,
            Message::RegistrationReceived { .. } | Message::FormatRequested { .. }
        );
        assert!(!to_unconfirmed || !holds_typed(&message), "{message:?}");
    }
    assert!(messages().iter().any(holds_typed));
}

#[test]
fn a_way_in_shows_link_code_and_time() {
    for language in Language::ALL {
        for way in ways_in() {
            let letter = way.letter(language, &sender());
            for form in [as_text(&letter), as_html(&letter, ""), as_markdown(&letter)] {
                for shown in [
                    "https://register.example/return/link/0123abcd",
                    "WDJB-MJHT",
                    "30 ",
                ] {
                    assert!(form.contains(shown), "{shown}: {form}");
                }
            }
        }
    }
}

#[test]
fn a_kept_message_is_read_back_and_names_its_kind() {
    for message in messages() {
        let json = serde_json::to_value(&message).unwrap();
        assert_eq!(json["kind"], message.kind());
        assert_eq!(serde_json::from_value::<Message>(json).unwrap(), message);
    }
}

#[test]
fn a_whole_letter_in_its_three_forms() {
    let letter = Message::Approved {
        reference: Reference::from_random(7),
        users: 12,
    }
    .letter(Language::English, &sender());
    let reference = Reference::from_random(7);
    assert_eq!(
        letter.subject,
        format!("Your registration {reference} is approved")
    );
    assert_eq!(
        as_text(&letter),
        "The Common Platform Desk has approved your registration.\n\n\
         We are now setting up accounts for 12 users.\n\n\
         What each user will receive\n---------------------------\n\n\
         * an email with a link to activate their account, which works for 28 days\n\
         * a code on their mobile phone when they sign in\n\n\
         Tell your users to look for the email, in their junk folder too, and to activate their account soon.\n\n\
         To see how far the accounts have got, go to this page:\n\n\
         https://register.example/return\n\n\
         Get help\n--------\n\n\
         * Email: desk@justice.example\n\
         * Telephone: 01632 960 000 (Monday to Friday, 9am to 5pm)\n\n\
         Common Platform Desk\n"
    );
    assert!(
        as_markdown(&letter).contains("# What each user will receive\n\n* an email with a link")
    );
    assert!(as_html(&letter, "").contains(">What each user will receive</h2>\n<ul"));
}
