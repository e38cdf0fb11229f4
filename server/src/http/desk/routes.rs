//! The list of the desk's routes. Each route must be added with the permission that it needs.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};

use super::access::{Guard, Needs, guard};
use crate::http::state::Service;

/// A route of the desk, for the test that requests each route in each role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskRoute {
    /// The method: GET or POST.
    pub method: Method,
    /// The path in axum's syntax, such as `/desk/registrations/{reference}`.
    pub path: &'static str,
    /// The permission that the route needs.
    pub needs: Needs,
}

/// The builder that collects the routes of the desk.
#[derive(Default)]
pub(super) struct DeskRoutes {
    router: Router<Service>,
    needs: HashMap<(Method, &'static str), Needs>,
}

impl DeskRoutes {
    /// Adds the route of a page, for GET.
    pub(super) fn get<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, Service>,
        T: 'static,
    {
        self.on(Method::GET, path, needs, get(handler))
    }

    /// Adds the route to which a form is sent, for POST.
    pub(super) fn post<H, T>(self, path: &'static str, needs: Needs, handler: H) -> Self
    where
        H: Handler<T, Service>,
        T: 'static,
    {
        self.on(Method::POST, path, needs, post(handler))
    }

    /// Returns every route, sorted by path.
    pub(super) fn listed(self) -> Vec<DeskRoute> {
        let mut routes: Vec<DeskRoute> = self
            .needs
            .into_iter()
            .map(|((method, path), needs)| DeskRoute {
                method,
                path,
                needs,
            })
            .collect();
        routes.sort_by(|one, other| {
            (one.path, one.method.as_str()).cmp(&(other.path, other.method.as_str()))
        });
        routes
    }

    /// Returns the router of the routes, behind the guard.
    pub(super) fn guarded(self, service: &Service) -> Router<Service> {
        let guarding = Guard {
            service: service.clone(),
            needs: Arc::new(self.needs),
        };
        self.router.layer(from_fn_with_state(guarding, guard))
    }

    fn on(
        mut self,
        method: Method,
        path: &'static str,
        needs: Needs,
        handler: MethodRouter<Service>,
    ) -> Self {
        self.router = self.router.route(path, handler);
        self.needs.insert((method, path), needs);
        self
    }
}
