//! The document around every page: head, header, footer, and the script that starts WebAssembly.
//!
//! Only the server writes it. What stands within `#pages` is taken over in the browser; the rest is
//! never touched again, so it costs no WebAssembly.

use std::sync::Arc;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::components::{
    Footer, FooterLink, GenericHeader, Header, PhaseBanner, ServiceNavigation, SkipLink,
};
use crate::pages::Pages;
use crate::pages::content::ContentPage;
use crate::service::{Contact, SERVICE_NAME};

/// What stands in the document for every page: the names of the browser's files and the brand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The address of the stylesheet of the brand.
    pub stylesheet: String,
    /// The address of the script that starts the page.
    pub script: String,
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

/// The document of the pages that are taken over in the browser.
pub fn pages(document: &Arc<Document>) -> impl IntoView + use<> {
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
            <Pages/>
        </div>
    };
    html(document, head.into_any(), body.into_any())
}

/// The document of a page that the server writes alone.
pub fn content(
    document: &Arc<Document>,
    page: ContentPage,
    contact: &Contact,
) -> impl IntoView + use<> {
    let head = view! { <title>{format!("{} - {SERVICE_NAME}", page.title())}</title> };
    let body = view! {
        <div class="govuk-width-container">
            <main class="govuk-main-wrapper" id="main-content">
                {page.view(contact)}
            </main>
        </div>
    };
    html(document, head.into_any(), body.into_any())
}

fn html(document: &Arc<Document>, head: AnyView, body: AnyView) -> impl IntoView + use<> {
    let Document {
        stylesheet,
        script,
        brand,
        ..
    } = document.as_ref().clone();
    let nonce = use_nonce();
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
