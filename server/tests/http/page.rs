//! What came back: status, headers and text.

use axum::http::{HeaderMap, HeaderName, StatusCode, header};

pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Page {
    /// A header's value, empty when there is none.
    pub fn header(&self, name: HeaderName) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// Where the person is led.
    pub fn location(&self) -> &str {
        self.header(header::LOCATION)
    }

    /// Whether the text is there.
    pub fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }

    /// What a hidden field holds; empty where there is none.
    pub fn hidden(&self, name: &str) -> String {
        let before = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.text.split(&before).nth(1).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// What stands in its main landmark: without the menu, the footer, and what every page of the desk has.
    pub fn main(&self) -> &str {
        let from = self.text.split("<main").nth(1).unwrap_or_default();
        from.split("</main>").next().unwrap_or_default()
    }

    /// Where the person is led, without the mark of a draft that has just begun: `cookies_refused` tells
    /// of that.
    pub fn leads_to(&self) -> &str {
        let address = self.location();
        let unmarked = address.strip_suffix("begun=yes");
        unmarked.map_or(address, |before| &before[..before.len() - 1])
    }

    /// Led to another page, as a form is.
    #[track_caller]
    pub fn assert_leads_to(&self, address: &str) {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        assert_eq!(self.leads_to(), address);
    }

    /// A page of this status that leads somewhere.
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
