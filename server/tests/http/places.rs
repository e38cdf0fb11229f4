//! The source of a request: which client address the audit records, and which hosts and origins the
//! service accepts.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use server::store::Subject;

use crate::browser::Browser;
use crate::test_service::TestService;

/// Submits a registration through a connection from `peer`, with these lines of the proxy's header;
/// returns the source that the audit records.
async fn client_key(peer: &str, lines: &[&str]) -> String {
    let service = TestService::new().await;
    let applicant = service.browser();
    applicant.fill_in_firm().await;
    applicant.add_user(1).await;
    let mut request = Request::post("/api/submit")
        .header(header::HOST, "register.example")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, applicant.cookie().unwrap());
    for line in lines {
        request = request.header("x-client", *line);
    }
    let mut request = request.body(Body::empty()).unwrap();
    let peer: SocketAddr = peer.parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    let page = applicant.send_as_is(request).await;
    page.assert_leads_to("/submitted");
    let subject = Subject::Registration(service.only_registration().await);
    let rows = service.store.audit().audit_of(&subject).await.unwrap();
    rows[0].source.clone().unwrap()
}

#[tokio::test]
async fn a_client_cannot_choose_the_place_that_the_audit_records() {
    const PROXY: &str = "10.0.0.7:40000";
    for (peer, lines, place) in [
        (PROXY, &["192.0.2.5"][..], "192.0.2.5"),
        (PROXY, &["203.0.113.4, 192.0.2.5"], "192.0.2.5"),
        // A client’s own line comes before the proxy’s.
        (PROXY, &["203.0.113.4", "192.0.2.5"], "192.0.2.5"),
        (PROXY, &["192.0.2.5:5555"], "192.0.2.5"),
        (PROXY, &["::ffff:192.0.2.5"], "192.0.2.5"),
        (PROXY, &["[2001:db8:1:2::9]:5555"], "2001:db8:1:2"),
        // If the header has no valid address, the address of the connection counts.
        (PROXY, &[], "10.0.0.7"),
        (PROXY, &["unknown"], "10.0.0.7"),
        (PROXY, &["192.0.2.5", ""], "10.0.0.7"),
        ("[::ffff:10.0.0.7]:40000", &["192.0.2.5"], "192.0.2.5"),
        // The peer is not a trusted proxy.
        ("203.0.113.9:40000", &["192.0.2.5"], "203.0.113.9"),
        ("[::ffff:203.0.113.9]:40000", &[], "203.0.113.9"),
        ("[2001:db8:1:2::9]:40000", &["192.0.2.5"], "2001:db8:1:2"),
    ] {
        assert_eq!(client_key(peer, lines).await, place, "{peer} {lines:?}");
    }
}

/// Sends a form with these headers and nothing else; returns the status.
async fn status_with(browser: &Browser, headers: &[(&str, &str)]) -> u16 {
    let mut request = Request::post("/api/organisation/name")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from("name=Hartwell")).unwrap();
    let page = browser.send_as_is(request).await;
    if page.status.is_client_error() {
        page.assert_page(page.status.as_u16());
    }
    page.status.as_u16()
}

#[tokio::test]
async fn a_request_names_one_host_and_a_form_comes_from_the_public_address() {
    const PUBLIC: (&str, &str) = ("origin", "http://register.example");
    const HOST: (&str, &str) = ("host", "register.example");
    let service = TestService::new().await;
    let browser = service.browser();
    for (headers, status) in [
        (&[HOST, PUBLIC][..], 303),
        (&[HOST], 303),
        // A proxy may replace the host.
        (&[("host", "10.0.0.1:3000"), PUBLIC], 303),
        (&[], 400),
        (&[PUBLIC], 400),
        (&[HOST, HOST], 400),
        (&[HOST, ("host", "evil.example")], 400),
        (&[("host", "a b"), PUBLIC], 400),
        (&[("host", "user@register.example"), PUBLIC], 400),
        // Host and origin are forged with the same name.
        (
            &[("host", "evil.example"), ("origin", "http://evil.example")],
            403,
        ),
        (
            &[
                ("host", "evil.example"),
                ("origin", "http://evil.example"),
                ("sec-fetch-site", "same-origin"),
            ],
            403,
        ),
        (&[HOST, ("origin", "https://register.example")], 403),
        (&[HOST, ("origin", "http://register.example:8080")], 403),
        (&[HOST, ("origin", "null")], 403),
        (&[HOST, PUBLIC, ("origin", "http://evil.example")], 403),
    ] {
        assert_eq!(status_with(&browser, headers).await, status, "{headers:?}");
    }
    for path in ["/", "/healthz", "/desk", "/assets/start.0a1b2c3d.js"] {
        let request = Request::get(path).body(Body::empty()).unwrap();
        assert_eq!(browser.send_as_is(request).await.status, 400, "{path}");
        let proxied = Request::get(format!("http://evil.example{path}"));
        let proxied = proxied.header(header::HOST, "register.example");
        let page = browser
            .send_as_is(proxied.body(Body::empty()).unwrap())
            .await;
        assert_eq!(page.status, 400, "{path}");
    }
}
