//! The settings of the address service, which finds the addresses at a postcode.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::address_lookup::{AddressLookup, OsPlaces};
use crate::this_machine::is_encrypted_or_here;

/// The settings of the address service. If its address is not set, people type the addresses of
/// their organisations.
#[derive(Debug, Clone, Default, Args)]
pub struct AddressLookupSettings {
    /// Address of an OS Places API, such as `https://api.os.uk/search/places/v1`, with which people
    /// find their address by its postcode.
    #[arg(long = "address-service", env = "REGISTRATION_ADDRESS_SERVICE")]
    pub address: Option<String>,

    /// File with the key of the address service. The key can also be in the variable
    /// `REGISTRATION_ADDRESS_SERVICE_KEY`.
    #[arg(
        long = "address-service-key-file",
        env = "REGISTRATION_ADDRESS_SERVICE_KEY_FILE",
        value_name = "FILE"
    )]
    pub key_file: Option<PathBuf>,

    /// Key of the address service.
    #[arg(skip)]
    pub key: Option<String>,
}

/// The reason why the settings of the address service cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressLookupSettingsError {
    /// The key is missing.
    #[error("to look up addresses, set REGISTRATION_ADDRESS_SERVICE_KEY")]
    Key,
    /// The service is neither reached by HTTPS nor on this machine.
    #[error(
        "REGISTRATION_ADDRESS_SERVICE must begin with https:// (http:// on this machine alone)"
    )]
    Address,
}

impl AddressLookupSettings {
    /// Returns the address service; `None` if its address is not set.
    ///
    /// # Errors
    /// When the key is missing, or the address is neither HTTPS nor on this machine.
    pub fn service(&self) -> Result<Option<Arc<dyn AddressLookup>>, AddressLookupSettingsError> {
        let given = |setting: &Option<String>| {
            let trimmed = setting.as_deref().map(str::trim);
            trimmed.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let Some(address) = given(&self.address) else {
            return Ok(None);
        };
        if !is_encrypted_or_here(&address) {
            return Err(AddressLookupSettingsError::Address);
        }
        let key = given(&self.key).ok_or(AddressLookupSettingsError::Key)?;
        Ok(Some(Arc::new(OsPlaces::new(&address, key))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_service_needs_an_address_and_a_key() {
        let of = |address: Option<&str>, key: Option<&str>| {
            let settings = AddressLookupSettings {
                address: address.map(str::to_owned),
                key_file: None,
                key: key.map(str::to_owned),
            };
            settings.service().map(|service| service.is_some())
        };
        let places = Some("https://api.os.example/search/places/v1");
        assert_eq!(of(None, None), Ok(false));
        assert_eq!(of(Some(" "), Some("key")), Ok(false));
        assert_eq!(of(places, Some("key")), Ok(true));
        assert_eq!(of(Some("http://127.0.0.1:9/"), Some("key")), Ok(true));
        assert_eq!(of(places, None), Err(AddressLookupSettingsError::Key));
        let plain = Some("http://api.os.example/");
        assert_eq!(
            of(plain, Some("key")),
            Err(AddressLookupSettingsError::Address)
        );
    }
}
