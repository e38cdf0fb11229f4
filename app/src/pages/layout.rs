//! What every page has around its own content: the window's title, the way back, the main landmark.

use leptos::prelude::*;
use leptos_meta::Title;
use registration::draft::Draft;

use crate::components::BackLink;
use crate::fault::Fault;
use crate::focus;
use crate::form::FormState;
use crate::service::SERVICE_NAME;

/// A page: title, way back, and content in two thirds of the width.
#[component]
pub fn PageLayout(
    /// What the window's title says before the name of the service; the same as the h1.
    #[prop(into)]
    title: Signal<String>,
    /// Where Back leads, on pages that have it.
    #[prop(optional, into)]
    back: Option<String>,
    /// The form of the page, on pages that have one: the title says when it has problems.
    #[prop(optional)]
    form: Option<FormState>,
    /// Whether the content needs the whole width.
    #[prop(optional)]
    wide: bool,
    /// The content of the main landmark.
    children: Children,
) -> impl IntoView {
    let window_title = move || {
        let failed = form.is_some_and(|form| form.summary.with(|all| !all.is_empty()));
        let error = if failed { "Error: " } else { "" };
        format!("{error}{} - {SERVICE_NAME}", title.get())
    };
    Effect::new(|_| focus::new_page());
    view! {
        <Title text=window_title/>
        {back.map(|href| view! { <BackLink href/> })}
        <main class="govuk-main-wrapper" id="main-content">
            <div class="govuk-grid-row">
                <div class=if wide { "govuk-grid-column-full" } else { "govuk-grid-column-two-thirds" }>
                    {children()}
                </div>
            </div>
        </main>
    }
}

/// A page that is drawn from the draft.
#[component]
pub fn DraftPage(
    /// The page, once the draft is there.
    view: impl Fn(Draft) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let draft = Resource::new(|| (), |()| load_draft());
    view! { <Loaded resource=draft view/> }
}

/// A page that is drawn from something that the server has: shown when it is there, and a way out when
/// it cannot be had. What is `None` has led the person to another page already.
#[component]
pub fn Loaded<T>(
    /// What the page waits for.
    resource: Resource<Result<Option<T>, Fault>>,
    /// The page, once it is there.
    view: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <Suspense>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match resource.await {
                        Ok(Some(loaded)) => view(loaded),
                        Ok(None) => ().into_any(),
                        Err(_) => view! { <FaultPage/> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// What stands in place of a page that cannot be shown.
#[component]
fn FaultPage() -> impl IntoView {
    set_status(500);
    view! {
        <PageLayout title="Sorry, there is a problem with the service">
            <h1 class="govuk-heading-l">"Sorry, there is a problem with the service"</h1>
            <p class="govuk-body">"Try again later. Answers that you saved are kept."</p>
            <p class="govuk-body">
                <a class="govuk-link" href="/tasks" rel="external">"Go to your registration"</a>
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href="/help" rel="external">"Get help"</a>
            </p>
        </PageLayout>
    }
}

/// Gives the response a status; does nothing in the browser.
#[cfg_attr(not(feature = "ssr"), expect(unused_variables, reason = "a browser sends no status"))]
pub fn set_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        http::StatusCode::from_u16(status),
    ) {
        response.set_status(status);
    }
}

/// The draft, without its users.
#[server(endpoint = "draft")]
async fn load_draft() -> Result<Option<Draft>, Fault> {
    crate::answering::draft().await
}

/// What stands in place of something that is not, or no longer, in the draft.
#[component]
pub fn WayOut() -> impl IntoView {
    set_status(404);
    view! {
        <PageLayout title="Page not found">
            <h1 class="govuk-heading-l">"Page not found"</h1>
            <p class="govuk-body">"If you typed or pasted the address of the page, check that it is complete."</p>
            <p class="govuk-body">"A user who was removed from your registration has no page any more."</p>
            <p class="govuk-body">
                <a class="govuk-link" href="/tasks">"Go to your registration"</a>
            </p>
            <p class="govuk-body">
                <a class="govuk-link" href="/help" rel="external">"Get help"</a>
            </p>
        </PageLayout>
    }
}
