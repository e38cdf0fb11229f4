//! Messages sent to a real SMTP server: unencrypted on one machine, with STARTTLS, with TLS and
//! with a password; and the failure that each kind of broken server causes.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a panic makes the test fail"
)]

#[path = "../fixtures/envelopes.rs"]
mod envelopes;
#[path = "../fixtures/sender.rs"]
mod sender;
mod server;

use std::time::Duration;

use envelopes::{envelope, welsh_envelope};
use mail::{Failure, Mailer, Smtp};
use server::Server;

const FROM: &str = "no-reply@register.example";

fn smtp(url: &str, server: &Server) -> Smtp {
    Smtp::new(url, FROM, Some(server.authority.as_bytes())).unwrap()
}

#[tokio::test]
async fn a_message_arrives_with_both_its_forms_and_its_headers() {
    let mut server = Server::start("plain");
    let smtp = smtp(&format!("smtp://127.0.0.1:{}", server.port), &server);
    let envelope = welsh_envelope("clerc@cwmni.example");
    smtp.send(&envelope).await.unwrap();

    let taken = server.taken();
    let header = |name: &str| taken["headers"][name].as_str().unwrap().to_owned();
    assert_eq!(taken["mail_from"], FROM);
    assert_eq!(taken["to"][0], "clerc@cwmni.example");
    assert_eq!(header("to"), "clerc@cwmni.example");
    assert_eq!(header("subject"), envelope.letter.subject);
    assert_eq!(
        header("from"),
        "Cofrestru ar gyfer y Platfform Cyffredin <no-reply@register.example>"
    );
    assert_eq!(header("content-language"), "cy");
    assert_eq!(header("auto-submitted"), "auto-generated");
    assert_eq!(
        header("message-id"),
        format!("<{}@register.example>", envelope.id)
    );
    assert_eq!(header("date"), "Thu, 03 Sep 2026 09:00:00 +0000");
    let same_lines = |sent: &str, written: String| {
        assert_eq!(
            sent.lines().collect::<Vec<_>>(),
            written.lines().collect::<Vec<_>>()
        );
    };
    same_lines(
        taken["text"].as_str().unwrap(),
        mail::as_text(&envelope.letter),
    );
    same_lines(
        taken["html"].as_str().unwrap(),
        mail::as_html(
            &envelope.letter,
            mail::Sender::name(envelope.letter.language),
        ),
    );
}

#[tokio::test]
async fn a_host_beyond_ascii_is_sent_as_punycode_to_a_server_that_knows_ascii_alone() {
    let mut server = Server::start("plain");
    let smtp = smtp(&format!("smtp://127.0.0.1:{}", server.port), &server);
    for (typed, sent) in [
        ("clerk@b\u{fc}cher.example", "clerk@xn--bcher-kva.example"),
        ("clerk@B\u{dc}CHER.example", "clerk@xn--bcher-kva.example"),
        ("clerk@bu\u{308}cher.example", "clerk@xn--bcher-kva.example"),
        ("clerk@例え.テスト", "clerk@xn--r8jz45g.xn--zckzah"),
    ] {
        smtp.send(&envelope(typed)).await.unwrap();
        assert_eq!(server.taken()["to"][0], sent, "{typed}");
    }
    for typed in ["clerk@\u{5d0}a.example", "clerk@a\u{300}\u{b7}.example"] {
        let failed = smtp.send(&envelope(typed)).await;
        assert!(
            failed.is_ok() || matches!(failed, Err(Failure::Permanent(_))),
            "{typed}: {failed:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_serves_many_messages_and_a_new_one_is_made_when_it_is_gone() {
    let mut server = Server::start("plain");
    let smtp = smtp(&format!("smtp://127.0.0.1:{}", server.port), &server);
    for round in 0..3 {
        smtp.send(&envelope("clerk@firm.example")).await.unwrap();
        assert_eq!(server.taken()["to"][0], "clerk@firm.example");
        if round == 1 {
            // The server answers 421 and closes the connection, so the next message must connect
            // again.
            let failed = smtp.send(&envelope("away@firm.example")).await;
            assert!(matches!(failed, Err(Failure::Unreachable(_))), "{failed:?}");
        }
    }
}

#[tokio::test]
async fn by_starttls_and_by_tls_what_is_sent_is_encrypted() {
    for (mode, scheme, query) in [("starttls", "smtp", "?tls=required"), ("tls", "smtps", "")] {
        let mut server = Server::start(mode);
        let url = format!("{scheme}://localhost:{}{query}", server.port);
        smtp(&url, &server)
            .send(&envelope("clerk@firm.example"))
            .await
            .unwrap();
        assert_eq!(server.taken()["encrypted"], true, "{mode}");
    }
}

#[tokio::test]
async fn a_server_for_which_nobody_vouches_gets_nothing() {
    let other = Server::start("plain");
    for (mode, scheme, query) in [("starttls", "smtp", "?tls=required"), ("tls", "smtps", "")] {
        let server = Server::start(mode);
        let url = format!("{scheme}://localhost:{}{query}", server.port);
        for authority in [None, Some(other.authority.as_bytes())] {
            let smtp = Smtp::new(&url, FROM, authority).unwrap();
            let failed = smtp.send(&envelope("clerk@firm.example")).await;
            assert!(matches!(failed, Err(Failure::Down(_))), "{failed:?}");
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_if_required_starttls_is_not_offered() {
    let server = Server::start("plain");
    let url = format!("smtp://localhost:{}?tls=required", server.port);
    let failed = smtp(&url, &server)
        .send(&envelope("clerk@firm.example"))
        .await;
    assert!(matches!(failed, Err(Failure::Down(_))), "{failed:?}");
}

#[tokio::test]
async fn the_password_opens_and_a_wrong_one_is_no_messages_fault() {
    let mut server = Server::start("password");
    let url = |password: &str| {
        format!(
            "smtp://desk:{password}@localhost:{}?tls=required",
            server.port
        )
    };
    let (right, wrong) = (url("right"), url("wrong"));
    let failed = smtp(&wrong, &server)
        .send(&envelope("clerk@firm.example"))
        .await;
    assert!(matches!(failed, Err(Failure::Down(_))), "{failed:?}");
    smtp(&right, &server)
        .send(&envelope("clerk@firm.example"))
        .await
        .unwrap();
    assert_eq!(server.taken()["user"], "desk");
}

#[tokio::test]
async fn a_refusal_is_for_now_or_for_good_and_keeps_the_words_of_the_server() {
    let mut server = Server::start("plain");
    let smtp = smtp(&format!("smtp://127.0.0.1:{}", server.port), &server);
    let later = smtp.send(&envelope("later@firm.example")).await;
    assert!(
        matches!(&later, Err(Failure::Temporary(words)) if words.contains("Greylisted")),
        "{later:?}"
    );
    let never = smtp.send(&envelope("never@firm.example")).await;
    assert!(
        matches!(&never, Err(Failure::Permanent(words)) if words.contains("No such mailbox")),
        "{never:?}"
    );
    smtp.send(&envelope("clerk@firm.example")).await.unwrap();
    assert_eq!(server.taken()["to"][0], "clerk@firm.example");
}

#[tokio::test]
async fn a_server_that_is_slow_or_dies_is_unreachable_and_one_that_is_not_there_is_down() {
    let mut server = Server::start("plain");
    let url = format!("smtp://127.0.0.1:{}", server.port);
    let smtp = Smtp::waiting(&url, FROM, None, Duration::from_millis(500)).unwrap();
    for recipient in ["slow@firm.example", "dies@firm.example"] {
        let failed = smtp.send(&envelope(recipient)).await;
        assert!(
            matches!(failed, Err(Failure::Unreachable(_))),
            "{recipient}: {failed:?}"
        );
    }
    server.stop();
    let failed = smtp.send(&envelope("clerk@firm.example")).await;
    assert!(matches!(failed, Err(Failure::Down(_))), "{failed:?}");
}
