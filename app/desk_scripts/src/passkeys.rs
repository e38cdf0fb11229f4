//! Forms that create or use a passkey. Only a script can ask for a passkey, so the server renders these forms hidden.
//! Without a script, officers sign in with a password and a code.

use data_encoding::{BASE64URL_NOPAD, DecodeError};
use gloo::events::{EventListener, EventListenerOptions};
use js_sys::{Array, ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AttestationConveyancePreference, AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse, AuthenticatorSelectionCriteria, CredentialCreationOptions,
    CredentialRequestOptions, CredentialsContainer, Element, HtmlFormElement, HtmlInputElement,
    PublicKeyCredential, PublicKeyCredentialCreationOptions, PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters, PublicKeyCredentialRequestOptions, PublicKeyCredentialRpEntity,
    PublicKeyCredentialType, PublicKeyCredentialUserEntity, RequestInit,
    UserVerificationRequirement,
};

use crate::dom;

/// The signature algorithms that the server verifies: ES256 and RS256.
const ALGORITHMS: [i32; 2] = [-7, -257];
/// The name of the service that a device shows with the passkey.
const SHOWN_NAME: &str = "Common Platform Desk";
/// The message if the device has no passkey or the officer has cancelled.
const NOT_USED: &str = "The passkey was not used. Try again, or choose another way.";

#[wasm_bindgen]
extern "C" {
    /// The server's answer to the beginning of the creation or use of a passkey, as JSON.
    type Asked;
    #[wasm_bindgen(method, getter)]
    fn challenge(this: &Asked) -> String;
    #[wasm_bindgen(method, getter, js_name = rpId)]
    fn rp_id(this: &Asked) -> String;
    /// The identifiers of the passkeys that may be used.
    #[wasm_bindgen(method, getter)]
    fn allow(this: &Asked) -> Array;
    /// The identifiers of the passkeys that the officer already has.
    #[wasm_bindgen(method, getter)]
    fn exclude(this: &Asked) -> Array;
    #[wasm_bindgen(method, getter)]
    fn user(this: &Asked) -> AskedUser;

    /// The officer for whom a passkey is created.
    type AskedUser;
    #[wasm_bindgen(method, getter)]
    fn id(this: &AskedUser) -> String;
    #[wasm_bindgen(method, getter)]
    fn name(this: &AskedUser) -> String;
    #[wasm_bindgen(method, getter, js_name = displayName)]
    fn display_name(this: &AskedUser) -> String;
}

/// The names and values of the fields to add to the form.
type Fields = Vec<(&'static str, String)>;

/// Shows the forms if the browser supports passkeys. When a form is sent, asks for a passkey first.
pub fn watch() {
    let supported = dom::window()
        .is_some_and(|window| Reflect::has(&window, &"PublicKeyCredential".into()) == Ok(true));
    if !supported {
        return;
    }
    for form in dom::all::<HtmlFormElement>("form[data-passkey]") {
        let options = EventListenerOptions::enable_prevent_default();
        let sent = form.clone();
        EventListener::new_with_options(&form, "submit", options, move |event| {
            event.prevent_default();
            spawn_local(send(sent.clone()));
        })
        .forget();
        form.set_hidden(false);
    }
}

async fn send(form: HtmlFormElement) {
    let problem = dom::first_in::<Element>(&form, "[data-passkey-problem]");
    let say = |words| {
        if let Some(problem) = &problem {
            problem.set_text_content(Some(words));
        }
    };
    say("");
    if ask_and_submit(&form).await.is_err() {
        say(NOT_USED);
    }
}

async fn ask_and_submit(form: &HtmlFormElement) -> Result<(), JsValue> {
    let request = RequestInit::new();
    request.set_body_opt_url_search_params(Some(&dom::fields(form)?));
    let answer = dom::post(&dom::data(form, "begin"), &request).await?;
    if !answer.ok() {
        return Err(JsValue::NULL);
    }
    let asked: Asked = JsFuture::from(answer.json()?).await?.unchecked_into();
    let window = dom::window().ok_or(JsValue::NULL)?;
    let credentials = window.navigator().credentials();
    let fields = if dom::data(form, "passkey") == "use" {
        signed(&credentials, &asked).await?
    } else {
        created(&credentials, &asked).await?
    };
    let document = dom::document().ok_or(JsValue::NULL)?;
    for (name, value) in fields {
        let field: HtmlInputElement = document.create_element("input")?.unchecked_into();
        field.set_type("hidden");
        field.set_name(name);
        field.set_value(&value);
        form.append_child(&field)?;
    }
    form.submit()
}

/// Signs the server's challenge with a passkey. Returns the fields with the signature.
async fn signed(credentials: &CredentialsContainer, asked: &Asked) -> Result<Fields, JsValue> {
    let key = PublicKeyCredentialRequestOptions::new_with_u8_array(&bytes(&asked.challenge())?);
    key.set_rp_id(&asked.rp_id());
    key.set_allow_credentials(&known(&asked.allow())?);
    key.set_user_verification(UserVerificationRequirement::Required);
    let options = CredentialRequestOptions::new();
    options.set_public_key(&key);
    let used = JsFuture::from(credentials.get_with_options(&options)?).await?;
    let used: PublicKeyCredential = used.dyn_into()?;
    let response: AuthenticatorAssertionResponse = used.response().unchecked_into();
    Ok(vec![
        ("id", text(&used.raw_id())),
        ("client_data", text(&response.client_data_json())),
        ("authenticator_data", text(&response.authenticator_data())),
        ("signature", text(&response.signature())),
    ])
}

/// Creates a passkey, which the device stores under the name of the officer's account. Returns the fields with the
/// passkey.
async fn created(credentials: &CredentialsContainer, asked: &Asked) -> Result<Fields, JsValue> {
    let party = PublicKeyCredentialRpEntity::new(SHOWN_NAME);
    party.set_id(&asked.rp_id());
    let user = asked.user();
    let account = PublicKeyCredentialUserEntity::new_with_u8_array(
        &user.name(),
        &user.display_name(),
        &bytes(&user.id())?,
    );
    let algorithms: Array = ALGORITHMS
        .iter()
        .map(|id| PublicKeyCredentialParameters::new(*id, PublicKeyCredentialType::PublicKey))
        .collect();
    let key = PublicKeyCredentialCreationOptions::new_with_u8_array(
        &bytes(&asked.challenge())?,
        &algorithms,
        &party,
        &account,
    );
    key.set_exclude_credentials(&known(&asked.exclude())?);
    let device = AuthenticatorSelectionCriteria::new();
    device.set_resident_key("required");
    device.set_require_resident_key(true);
    device.set_user_verification(UserVerificationRequirement::Required);
    key.set_authenticator_selection(&device);
    key.set_attestation(AttestationConveyancePreference::None);
    let options = CredentialCreationOptions::new();
    options.set_public_key(&key);
    let made = JsFuture::from(credentials.create_with_options(&options)?).await?;
    let made: PublicKeyCredential = made.dyn_into()?;
    let response: AuthenticatorAttestationResponse = made.response().unchecked_into();
    let public_key = response.get_public_key()?.ok_or(JsValue::NULL)?;
    Ok(vec![
        ("client_data", text(&response.client_data_json())),
        (
            "authenticator_data",
            text(&response.get_authenticator_data()?),
        ),
        ("public_key", text(&public_key)),
    ])
}

fn known(ids: &Array) -> Result<JsValue, JsValue> {
    let kind = PublicKeyCredentialType::PublicKey;
    let known: Result<Array, JsValue> = ids
        .iter()
        .filter_map(|id| id.as_string())
        .map(|id| {
            Ok(PublicKeyCredentialDescriptor::new_with_u8_array(
                &bytes(&id)?,
                kind,
            ))
        })
        .collect();
    known.map(Into::into)
}

fn bytes(text: &str) -> Result<Uint8Array, JsValue> {
    let decoded = BASE64URL_NOPAD.decode(text.as_bytes());
    let decoded = decoded.map_err(|_: DecodeError| JsValue::NULL)?;
    Ok(Uint8Array::from(&*decoded))
}

fn text(bytes: &ArrayBuffer) -> String {
    BASE64URL_NOPAD.encode(&Uint8Array::new(bytes).to_vec())
}
