//! Codes of authenticator apps (RFC 6238), with HMAC-SHA-1, six digits and steps of thirty seconds,
//! which every app supports.

use data_encoding::BASE32_NOPAD;
use percent_encoding::{AsciiSet, utf8_percent_encode};
use registration::percent::RESERVED;
use ring::hmac;
use subtle::ConstantTimeEq;

use crate::clock::Moment;
use crate::randomness::{NoRandomness, Randomness};

/// The length of a step, in milliseconds.
const STEP: i64 = 30_000;
/// The largest age of a code, in steps. A code of a future step is refused, because no app has
/// shown it yet.
const MAX_STEPS_BACK: i64 = 1;

/// The characters to encode in a label. An @ stays as it is, so that the email address is readable.
const RESERVED_IN_LABEL: &AsciiSet = &RESERVED.remove(b'@');

/// Makes a new secret of 160 bits, in base32.
///
/// # Errors
/// When the machine has no random bytes.
pub fn new_secret(randomness: &dyn Randomness) -> Result<String, NoRandomness> {
    let mut bytes = [0; 20];
    randomness.fill(&mut bytes)?;
    Ok(BASE32_NOPAD.encode(&bytes))
}

/// Returns the step of a typed code; `None` unless the code belongs to the current or the previous
/// step.
#[must_use]
pub fn step_of(secret: &str, code: &str, now: Moment) -> Option<i64> {
    let current = now.millis().div_euclid(STEP);
    (current - MAX_STEPS_BACK..=current).find(|step| {
        code_of(secret, *step).is_some_and(|right| right.as_bytes().ct_eq(code.as_bytes()).into())
    })
}

/// Returns the current code, for tests only; `None` if the secret is not valid base32.
#[must_use]
pub fn code_at(secret: &str, now: Moment) -> Option<String> {
    code_of(secret, now.millis().div_euclid(STEP))
}

/// Returns the `otpauth:` URL that an app reads from a QR code.
#[must_use]
pub fn address(secret: &str, email: &str) -> String {
    let encoded = utf8_percent_encode(email, RESERVED_IN_LABEL);
    format!(
        "otpauth://totp/Common%20Platform%20Desk:{encoded}?secret={secret}&issuer=Common%20Platform%20Desk"
    )
}

fn code_of(secret: &str, step: i64) -> Option<String> {
    let key = hmac::Key::new(
        hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        &BASE32_NOPAD.decode(secret.as_bytes()).ok()?,
    );
    let tag = hmac::sign(&key, &u64::try_from(step).ok()?.to_be_bytes());
    let bytes = tag.as_ref();
    let offset = usize::from(bytes.last()? & 15);
    let cut: [u8; 4] = bytes.get(offset..offset + 4)?.try_into().ok()?;
    let number = (u32::from_be_bytes(cut) & 0x7fff_ffff) % 1_000_000;
    Some(format!("{number:06}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_rfc_6238() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        // The last six digits of the codes in RFC 6238, appendix B.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let now = Moment::from_millis(seconds * 1_000);
            assert_eq!(code_at(&secret, now).as_deref(), Some(code), "{seconds}");
        }
    }

    #[test]
    fn a_code_works_in_its_step_and_the_next_and_never_before() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        let then = Moment::from_millis(1_788_426_000_000);
        let code = code_at(&secret, then).unwrap();
        let found = |off: i64| step_of(&secret, &code, Moment::from_millis(then.millis() + off));
        let step = Some(then.millis() / STEP);
        assert_eq!(found(0), step);
        assert_eq!(found(STEP), step);
        assert_eq!(found(-1), None);
        assert_eq!(found(-STEP), None);
        assert_eq!(found(2 * STEP), None);
    }

    #[test]
    fn the_authenticator_address_names_service_and_account() {
        assert_eq!(
            address("ABC", "wen+1@context.example"),
            "otpauth://totp/Common%20Platform%20Desk:wen%2B1@context.example?secret=ABC&issuer=Common%20Platform%20Desk"
        );
    }
}
