//! The addresses of the desk's pages of a registration and of a request for another format.

/// Returns the address of the desk's page of a registration.
pub(super) fn registration_address(reference: &str) -> String {
    ["/desk/registrations/", reference].concat()
}

/// Returns the address of the desk's page of a request for another format.
pub(super) fn request_address(id: &str) -> String {
    ["/desk/format-requests/", id].concat()
}
