//! What a server function must be for a form to be sent to it, in one name for many bounds.

use leptos::server_fn::client::Client;
use leptos::server_fn::codec::{Json, PostUrl};
use leptos::server_fn::request::ClientReq;
use leptos::server_fn::{Http, ServerFn};
use leptos::web_sys::FormData;
use registration::problem::Problem;
use serde::de::DeserializeOwned;

use crate::fault::Fault;

/// A server function that takes a form and answers with the problems in it.
pub trait SentForm:
    ServerFn<
        Protocol = Http<PostUrl, Json>,
        Output = Vec<Problem>,
        Error = Fault,
        Client: Client<Fault, Request: ClientReq<Fault, FormData: From<FormData>>>,
    > + DeserializeOwned
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<S> SentForm for S where
    S: ServerFn<
            Protocol = Http<PostUrl, Json>,
            Output = Vec<Problem>,
            Error = Fault,
            Client: Client<Fault, Request: ClientReq<Fault, FormData: From<FormData>>>,
        > + DeserializeOwned
        + Clone
        + Send
        + Sync
        + 'static
{
}
