//! The document around every page: head, header, footer, and the script that starts WebAssembly.
//!
//! Only the server renders the document. The browser hydrates only the content of `#pages`, so the
//! rest adds nothing to the WebAssembly.

use std::sync::Arc;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos_meta::MetaTags;
use registration::desk::SHORTCUT_PAGE;
use registration::feedback::FEEDBACK;
use registration::language::Language;
use registration::lifecycle::SIGN_OUT_OF_DEVICE;

use crate::components::{
    Footer, FooterLink, GenericHeader, Header, PhaseBanner, ServiceNavigation, SkipLink,
    WarningText, languages, main_landmark,
};
use crate::keyed_form::KeyedForm;
use crate::pages::Pages;
use crate::pages::on_behalf::on_behalf_line;
use crate::pages::server_page::ServerPage;
use crate::service::{GOV_UK, SERVICE_NAME, TitleEnd};

/// Runs `draw` with a reactive owner of its own, which is disposed of when `draw` returns.
///
/// `Owner::new` would create a child of the owner that this thread used last. That parent may
/// belong to another request. If that request ends on another thread, the parent disposes of the
/// values of its children, even while `draw` still uses them.
pub fn with_own_owner<T>(draw: impl FnOnce() -> T) -> T {
    Owner::default().with(draw)
}

/// The data for the document around every page: the addresses of the files that browsers load, and
/// the brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The address of the brand's stylesheet.
    pub stylesheet: String,
    /// The address of the script for all pages.
    pub script: String,
    /// The address of the WebAssembly file.
    pub webassembly: String,
    /// The address of the script that starts the WebAssembly of the desk's pages.
    pub desk_script: String,
    /// The address of the WebAssembly file of the desk's pages.
    pub desk_webassembly: String,
    /// The brand of the service.
    pub brand: Brand,
    /// Whether this is a demonstration without encryption. Every page then shows a warning.
    pub is_insecure_demo: bool,
}

/// The brand in the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brand {
    /// The name of the service without the crown, for any host.
    Generic,
    /// The GOV.UK logotype, for a host that may show the crown.
    GovUk {
        /// The logotype, as an SVG element.
        logotype: String,
    },
}

/// The snippet of govuk-frontend that detects what the browser supports. The snippet must not be
/// changed.
const JS_ENABLED: &str = "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');";

/// The document around the pages that the browser hydrates.
///
/// It is rendered only once, because only the nonce differs between requests.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Around the pages of an applicant.
    applicant: Halves,
    /// Around the pages of a form that an officer keys in.
    keyed: Halves,
}

/// The two halves of a frame.
#[derive(Debug, Clone)]
struct Halves {
    /// The HTML before the pages, split at each place for the nonce.
    before: Arc<[String]>,
    /// The HTML after the pages.
    after: Arc<str>,
}

/// The placeholder for the line that names the form that an officer keys in.
///
/// HTML does not allow the character U+0001, so no other text can be equal to a placeholder.
const KEYED: &str = "\u{1}keyed\u{1}";

impl Document {
    /// Returns the end of every window title.
    #[must_use]
    pub const fn title_end(&self) -> TitleEnd {
        TitleEnd(match self.brand {
            Brand::Generic => "",
            Brand::GovUk { .. } => GOV_UK,
        })
    }
}

impl Frame {
    /// Renders the frame for a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        Self {
            applicant: Halves::new(document, Reader::Applicant),
            keyed: Halves::new(document, Reader::OnBehalf(KEYED.into_any())),
        }
    }

    /// Renders the frame with the pages inside, for the current request.
    pub fn pages(&self) -> impl IntoView + use<> {
        let nonce = use_nonce()
            .map(|nonce| nonce.to_string())
            .unwrap_or_default();
        let (before, after) = match use_context::<KeyedForm>() {
            None => (self.applicant.before.join(&nonce), &self.applicant.after),
            Some(form) => {
                let before = self.keyed.before.join(&nonce);
                let line = on_behalf_line(&form).to_html();
                (before.replacen(KEYED, &line, 1), &self.keyed.after)
            }
        };
        let before = InertElement::new(before);
        let after = InertElement::new(after.to_string());
        (before, view! { <Pages/> }, after)
    }
}

impl Halves {
    fn new(document: &Document, reader: Reader) -> Self {
        const NONCE: &str = "\u{1}nonce\u{1}";
        const PAGES: &str = "\u{1}pages\u{1}";
        let head = view! {
            {webassembly("registration-wasm", &document.webassembly)}
            <MetaTags/>
        };
        let body = view! {
            <div class="app-connection" id="connection" role="status"></div>
            <div class="govuk-width-container" id="pages">
                {PAGES}
            </div>
        };
        let html = with_own_owner(|| {
            html(
                document,
                NONCE.to_owned(),
                head.into_any(),
                reader,
                body.into_any(),
            )
            .to_html()
        });
        let (before, after) = html.split_once(PAGES).unwrap_or((&html, ""));
        Self {
            before: before.split(NONCE).map(str::to_owned).collect(),
            after: after.into(),
        }
    }
}

/// Renders the document of a server-only page without a Back link. `main` is the content of the
/// main landmark.
pub fn content(document: &Document, title: &str, main: AnyView) -> impl IntoView + use<> {
    server_document(
        document,
        ServerPage {
            title: title.to_owned(),
            desk: false,
            navigation: None,
            body: main_landmark(main),
        },
    )
}

/// Renders the document of a server-only page, which the browser does not hydrate.
pub fn server_document(document: &Document, page: ServerPage) -> impl IntoView + use<> {
    let TitleEnd(end) = document.title_end();
    let nonce = use_nonce()
        .map(|nonce| nonce.to_string())
        .unwrap_or_default();
    let scripts = page.desk.then(|| {
        let (src, nonce) = (document.desk_script.clone(), nonce.clone());
        view! {
            {webassembly("desk-wasm", &document.desk_webassembly)}
            <script r#type="module" src=src nonce=nonce></script>
        }
    });
    let head = view! {
        <title>{format!("{} - {SERVICE_NAME}{end}", page.title)}</title>
        {scripts}
    };
    let body = view! { <div class="govuk-width-container">{page.body}</div> };
    let reader = if page.desk {
        Reader::Officer(page.navigation)
    } else if let Some(form) = use_context::<KeyedForm>() {
        Reader::OnBehalf(on_behalf_line(&form))
    } else {
        Reader::Applicant
    };
    html(document, nonce, head.into_any(), reader, body.into_any())
}

/// Preloads a WebAssembly file; the script finds its address by the identifier.
fn webassembly(id: &'static str, address: &str) -> impl IntoView + use<> {
    view! {
        <link
            rel="preload"
            href=address.to_owned()
            r#as="fetch"
            r#type="application/wasm"
            crossorigin="anonymous"
            id=id
        />
    }
}

/// The kind of person who reads a document. It decides the menu, and whether the footer has a link
/// to sign out.
enum Reader {
    Applicant,
    /// An officer who keys in a form, with the line that names the form.
    OnBehalf(AnyView),
    /// An officer of the desk, with their menu; `None` if the page has no menu, such as the page on
    /// which officers sign in.
    Officer(Option<AnyView>),
}

fn html(
    document: &Document,
    nonce: String,
    head: AnyView,
    reader: Reader,
    body: AnyView,
) -> impl IntoView + use<> {
    let Document {
        stylesheet,
        script,
        brand,
        is_insecure_demo,
        ..
    } = document.clone();
    let demo = is_insecure_demo.then(|| {
        view! {
            <div class="govuk-width-container">
                <WarningText>
                    "This is a demonstration. It is not secure, so use invented names, addresses and passwords only."
                </WarningText>
            </div>
        }
    });
    let (header, icon) = match brand {
        Brand::Generic => (
            view! { <GenericHeader name=SERVICE_NAME/> }.into_any(),
            "/favicon.svg",
        ),
        Brand::GovUk { logotype } => (
            view! {
                <Header logotype/>
                <ServiceNavigation name=SERVICE_NAME href="/"/>
            }
            .into_any(),
            "/brand-govuk/images/favicon.svg",
        ),
    };
    let mut links = vec![
        FooterLink::new("/help", "Help and contact").outside(),
        FooterLink::new("/terms-and-conditions", "Terms and Conditions").outside(),
        FooterLink::new("/accessibility-statement", "Accessibility statement").outside(),
        FooterLink::new("/privacy", "Privacy").outside(),
        FooterLink::new("/cookies", "Cookies").outside(),
    ];
    // The menu of officers has their own button to sign out.
    let links_between_languages = matches!(reader, Reader::Applicant).then(|| {
        let links = languages(Language::English, "");
        view! { <div class="govuk-width-container" inner_html=links></div> }
    });
    let (navigation, on_behalf) = match reader {
        Reader::Applicant => {
            links.push(FooterLink::new(SIGN_OUT_OF_DEVICE, "Sign out of this device").outside());
            (None, None)
        }
        Reader::OnBehalf(line) => (None, Some(line)),
        Reader::Officer(menu) => {
            if menu.is_some() {
                links.push(FooterLink::new(SHORTCUT_PAGE, "Keyboard shortcuts").outside());
            }
            (menu, None)
        }
    };
    view! {
        <!DOCTYPE html>
        <html lang="en" class="govuk-template">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="robots" content="noindex"/>
                <meta name="format-detection" content="telephone=no, date=no, address=no, email=no"/>
                <link rel="icon" href=icon r#type="image/svg+xml"/>
                <link rel="stylesheet" href=stylesheet/>
                {head}
                <script r#type="module" src=script nonce=nonce.clone()></script>
            </head>
            <body class="govuk-template__body">
                <script nonce=nonce>{JS_ENABLED}</script>
                <SkipLink/>
                <header class="govuk-template__header">
                    {header}
                    {navigation}
                    <div class="govuk-width-container">
                        <PhaseBanner phase="Beta">
                            "This is a new service. "
                            <a class="govuk-link" href=FEEDBACK rel="external">"Give feedback"</a>
                            "."
                        </PhaseBanner>
                    </div>
                    {links_between_languages}
                    {demo}
                    {on_behalf}
                </header>
                {body}
                <footer class="govuk-template__footer">
                    <Footer links licence=true/>
                </footer>
            </body>
        </html>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_outlives_the_owner_of_another_request_on_its_thread() {
        let other_request = Owner::new();
        other_request.set();
        let value = with_own_owner(|| {
            let value = RwSignal::new(7);
            other_request.cleanup();
            value.try_get_untracked()
        });
        assert_eq!(value, Some(7));
    }
}
