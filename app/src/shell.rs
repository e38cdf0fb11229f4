//! The document around every page: head, header, footer, and the script that starts WebAssembly.
//!
//! Only the server writes it. What stands within `#pages` is taken over in the browser; the rest is
//! never touched again, so it costs no WebAssembly.

use std::sync::Arc;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos_meta::MetaTags;

use crate::components::{
    Footer, FooterLink, GenericHeader, Header, PhaseBanner, ServiceNavigation, SkipLink,
};
use crate::pages::Pages;
use crate::pages::coming_back::Written;
use crate::service::{GOV_UK, SERVICE_NAME, TitleEnd};

/// What stands in the document for every page: the names of the browser's files and the brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The address of the stylesheet of the brand.
    pub stylesheet: String,
    /// The address of the script that starts the page.
    pub script: String,
    /// The address of the script of the desk's pages.
    pub desk_script: String,
    /// The address of the WebAssembly.
    pub webassembly: String,
    /// The brand.
    pub brand: Brand,
}

/// Whose header the pages carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brand {
    /// Any host: the name of the service, no crown.
    Generic,
    /// A host that may show the crown: its logotype, as SVG.
    GovUk {
        /// The SVG element.
        logotype: String,
    },
}

/// The snippet by which govuk-frontend knows what the browser can do; its words may not change.
const JS_ENABLED: &str = "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');";

/// What stands around the pages that are taken over in the browser: the same for every request but for
/// the nonce, so it is written once.
#[derive(Debug, Clone)]
pub struct Frame {
    /// What comes before the pages, cut where a nonce belongs.
    before: Arc<[String]>,
    /// What comes after them.
    after: Arc<str>,
}

impl Document {
    /// What ends the title of every page.
    #[must_use]
    pub const fn title_end(&self) -> TitleEnd {
        TitleEnd(match self.brand {
            Brand::Generic => "",
            Brand::GovUk { .. } => GOV_UK,
        })
    }
}

impl Frame {
    /// Writes the frame of a document.
    #[must_use]
    pub fn new(document: &Document) -> Self {
        // No text of a document can be the same as these: HTML has no such characters.
        const NONCE: &str = "\u{1}nonce\u{1}";
        const PAGES: &str = "\u{1}pages\u{1}";
        let head = view! {
            <link
                rel="preload"
                href=document.webassembly.clone()
                r#as="fetch"
                r#type="application/wasm"
                crossorigin="anonymous"
                id="registration-wasm"
            />
            <MetaTags/>
        };
        let body = view! {
            <div class="govuk-width-container" id="pages">
                {PAGES}
            </div>
        };
        let html = Owner::new().with(|| {
            html(
                document,
                NONCE.to_owned(),
                head.into_any(),
                None,
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

    /// The frame with the pages in it, for this request.
    pub fn pages(&self) -> impl IntoView + use<> {
        let nonce = use_nonce()
            .map(|nonce| nonce.to_string())
            .unwrap_or_default();
        let before = InertElement::new(self.before.join(&nonce));
        let after = InertElement::new(self.after.to_string());
        (before, view! { <Pages/> }, after)
    }
}

/// The document of a page of the server's own that has no way back: what stands within its main landmark.
pub fn content(document: &Document, title: &str, main: AnyView) -> impl IntoView + use<> {
    let body = view! {
        <main class="govuk-main-wrapper" id="main-content">
            {main}
        </main>
    };
    written(
        document,
        Written {
            title: title.to_owned(),
            desk: false,
            navigation: None,
            body: body.into_any(),
        },
    )
}

/// The document of a page that the server writes alone.
pub fn written(document: &Document, page: Written) -> impl IntoView + use<> {
    let TitleEnd(end) = document.title_end();
    let nonce = use_nonce()
        .map(|nonce| nonce.to_string())
        .unwrap_or_default();
    let script = page.desk.then(|| {
        let (src, nonce) = (document.desk_script.clone(), nonce.clone());
        view! { <script r#type="module" src=src nonce=nonce></script> }
    });
    let head = view! {
        <title>{format!("{} - {SERVICE_NAME}{end}", page.title)}</title>
        {script}
    };
    let body = view! { <div class="govuk-width-container">{page.body}</div> };
    html(
        document,
        nonce,
        head.into_any(),
        page.navigation,
        body.into_any(),
    )
}

fn html(
    document: &Document,
    nonce: String,
    head: AnyView,
    navigation: Option<AnyView>,
    body: AnyView,
) -> impl IntoView + use<> {
    let Document {
        stylesheet,
        script,
        brand,
        ..
    } = document.clone();
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
    let links = vec![
        FooterLink::new("/help", "Help and contact").outside(),
        FooterLink::new("/terms-and-conditions", "Terms and Conditions").outside(),
        FooterLink::new("/accessibility-statement", "Accessibility statement").outside(),
        FooterLink::new("/privacy", "Privacy").outside(),
        FooterLink::new("/cookies", "Cookies").outside(),
    ];
    view! {
        <!DOCTYPE html>
        <html lang="en" class="govuk-template">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="robots" content="noindex"/>
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
                            <a class="govuk-link" href="/help" rel="external">"Tell us what could be better"</a>
                            "."
                        </PhaseBanner>
                    </div>
                </header>
                {body}
                <footer class="govuk-template__footer">
                    <Footer links licence=true/>
                </footer>
            </body>
        </html>
    }
}
