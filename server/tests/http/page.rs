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

    /// Returns the address of the page's first POST form, and the body that a browser sends if no
    /// field is changed. The body does not name a button.
    pub fn first_form(&self) -> (String, String) {
        let form = self
            .main()
            .split("<form ")
            .find(|form| form.starts_with("action=\"") && form.contains("method=\"post\""))
            .unwrap_or_else(|| panic!("no form: {}", self.text));
        let form = form.split("</form>").next().unwrap_or_default();
        let value = |tag: &str, name: &str| {
            let after = tag.split(&format!(" {name}=\"")).nth(1)?;
            Some(plain(after.split('"').next()?))
        };
        let mut body = form_urlencoded::Serializer::new(String::new());
        for tag in form.split('<') {
            let kind = value(tag, "type").unwrap_or_default();
            let is_chosen = tag.contains(" checked") || !["checkbox", "radio"].contains(&&*kind);
            let is_field = tag.starts_with("input ") && is_chosen;
            let content = if tag.starts_with("textarea ") {
                tag.split_once('>').map(|(_, text)| plain(text))
            } else {
                is_field.then(|| value(tag, "value").unwrap_or_default())
            };
            if let (Some(name), Some(content)) = (value(tag, "name"), content) {
                body.append_pair(&name, &content);
            }
        }
        let action = form["action=\"".len()..].split('"').next();
        (action.unwrap_or_default().to_owned(), body.finish())
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

/// Decodes the character references in a text of a page, such as `&lt;`.
fn plain(html: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}
