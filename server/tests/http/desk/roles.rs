//! Permissions: the tests request every route of the desk with every role, and signed out.

use axum::http::{Method, Request};
use registration::desk::OfficerRole;
use server::http::desk::{DeskRoute, Needs, all};
use server::settings::LogFormat;

use crate::browser::Browser;
use crate::logged::Log;
use crate::page::Page;
use crate::test_service::TestService;

/// Returns the address of a route, with a value for each parameter.
fn address(route: &DeskRoute) -> String {
    route
        .path
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                "CP-0000-0000"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn ask(browser: &Browser, route: &DeskRoute) -> Page {
    if route.method == Method::GET {
        browser.get(&address(route)).await
    } else {
        browser.post(&address(route), &[]).await
    }
}

#[tokio::test]
async fn nobody_is_let_in_who_is_not_signed_in() {
    let service = TestService::new().await;
    for route in all() {
        let page = ask(&service.browser(), &route).await;
        let label = format!("{} {}", route.method, route.path);
        match (route.needs, &route.method) {
            (Needs::Nothing, _) => {
                assert!(!page.status.is_server_error(), "{label}: {}", page.status);
            }
            (Needs::May(_), &Method::GET) => {
                assert_eq!(page.status, 303, "{label}");
                assert!(page.location().starts_with("/desk/sign-in"), "{label}");
            }
            (Needs::May(_), _) => {
                assert_eq!(page.status, 401, "{label}");
                assert!(page.has("You are signed out"), "{label}");
            }
        }
    }
}

#[tokio::test]
async fn each_role_is_let_in_exactly_where_the_table_says() {
    let service = TestService::new().await;
    for role in OfficerRole::ALL {
        for route in all() {
            let Needs::May(permission) = route.needs else {
                continue;
            };
            // A route may sign its officer out, so each request gets a new session.
            let page = ask(&service.officer(role).await, &route).await;
            let label = format!(
                "{} {} as {role:?}: {}",
                route.method, route.path, page.status
            );
            if role.may(permission) {
                assert!(![401, 403].contains(&page.status.as_u16()), "{label}");
                assert!(!page.status.is_server_error(), "{label}");
            } else {
                assert_eq!(page.status, 403, "{label}");
                assert!(page.has("Your role does not allow this"), "{label}");
            }
        }
    }
}

/// Returns the security events of a log, each with its kind, actor, source, method and route.
fn events(log: &Log) -> Vec<[String; 5]> {
    let lines = log.take_lines().into_iter();
    let events = lines.filter(|line| line["target"] == "security");
    events
        .map(|line| {
            ["event", "who", "source", "method", "route"].map(|field| {
                let value = line["fields"][field].as_str();
                value.unwrap_or_default().to_owned()
            })
        })
        .collect()
}

#[tokio::test]
async fn each_refusal_of_each_route_is_one_event_with_who_from_where_and_which_route() {
    const PLACE: &str = "192.0.2.33";
    let service = TestService::new().await;
    let log = Log::begin(LogFormat::Json, "error");
    let ask = async |browser: &Browser, route: &DeskRoute| {
        let request = Request::builder()
            .method(&route.method)
            .uri(address(route))
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("x-client", PLACE);
        browser.send(request, "").await
    };
    let expected = |kind: &str, who: &str, route: &DeskRoute| {
        [kind, who, PLACE, route.method.as_str(), route.path].map(str::to_owned)
    };
    let mut refused = 0;
    for role in OfficerRole::ALL {
        let (officer, id) = service.officer_and_id(role).await;
        let who = format!("officer/{id}");
        for route in all() {
            let Needs::May(permission) = route.needs else {
                continue;
            };
            if role.may(permission) {
                continue;
            }
            assert_eq!(ask(&officer, &route).await.status, 403);
            assert_eq!(events(&log), [expected("forbidden", &who, &route)]);
            refused += 1;
        }
    }
    assert!(refused > 50, "{refused}");
    for route in all() {
        if route.method == Method::GET || route.needs == Needs::Nothing {
            continue;
        }
        assert_eq!(ask(&service.browser(), &route).await.status, 401);
        assert_eq!(events(&log), [expected("not-signed-in", "", &route)]);
    }
}

/// Returns the address that an answer redirects to, with the identifier of a new user masked.
fn shape(page: &Page) -> String {
    let is_identifier =
        |part: &&str| part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts = page.location().split('/');
    parts
        .map(|part| if is_identifier(&part) { "…" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn every_server_function_answers_an_officer_as_it_answers_nobody() {
    let service = TestService::new().await;
    // leptos registers its server functions at the router's first request.
    service.browser().get("/healthz").await;
    let functions: Vec<(&str, Method)> = leptos::server_fn::axum::server_fn_paths().collect();
    assert!(functions.len() > 20, "{functions:?}");
    let ask = async |browser: &Browser, path: &str, method: &Method| {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded");
        browser.send(request, "name=Hartwell").await
    };
    for role in OfficerRole::ALL {
        let officer = service.officer(role).await;
        let cookie = officer.cookie();
        for (path, method) in &functions {
            officer.take_cookie(cookie.clone());
            let told = ask(&officer, path, method).await;
            let nobody = ask(&service.browser(), path, method).await;
            let label = format!("{method} {path} as {role:?}");
            assert_eq!(told.status, nobody.status, "{label}");
            assert_eq!(shape(&told), shape(&nobody), "{label}");
        }
    }
}

#[tokio::test]
async fn unknown_desk_addresses_open_nothing() {
    let service = TestService::new().await;
    let officer = service.officer(OfficerRole::Officer).await;
    officer.get("/desk/nowhere").await.assert_page(404);
    let put = axum::http::Request::put("/desk").header("accept", "text/html");
    assert_eq!(officer.send(put, "").await.status, 405);
}
