//! A response: its status, headers and text.

use axum::http::{HeaderMap, HeaderName, StatusCode, header};

pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    /// Returns the value of a header, or an empty string if there is none.
    pub fn header(&self, name: HeaderName) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// Returns the address of a redirect.
    pub fn location(&self) -> &str {
        self.header(header::LOCATION)
    }

    /// Returns whether the page contains this text.
    pub fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// Returns the value of a hidden field, or an empty string if the page has none.
    pub fn hidden(&self, name: &str) -> String {
        let before = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.text.split(&before).nth(1).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// Returns the main part of the page, without the menu, the footer and the desk's frame.
    pub fn main(&self) -> &str {
        let from = self.text.split("<main").nth(1).unwrap_or_default();
        from.split("</main>").next().unwrap_or_default()
    }

    /// Returns the address of a redirect, without the `begun=yes` of a draft that has just begun
    /// (see `cookies_refused`).
    pub fn leads_to(&self) -> &str {
        let address = self.location();
        let unmarked = address.strip_suffix("begun=yes");
        unmarked.map_or(address, |before| &before[..before.len() - 1])
    }

    /// Asserts that the answer redirects to this address, as after a form.
    #[track_caller]
    pub fn assert_leads_to(&self, address: &str) {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        assert_eq!(self.leads_to(), address);
    }

    /// Asserts that this is a page with this status, a heading and a way out.
    #[track_caller]
    pub fn assert_page(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(
            self.header(header::CONTENT_TYPE),
            "text/html; charset=utf-8"
        );
        assert!(self.has("<h1"), "no heading: {}", self.text);
        assert!(
            self.has("id=\"main-content\""),
            "no main landmark: {}",
            self.text
        );
        let page = self.text.split("</header>").last().unwrap();
        let page = page.split("<footer").next().unwrap();
        assert!(
            page.contains("<a ") || page.contains("<button"),
            "no way out: {page}"
        );
    }
}
