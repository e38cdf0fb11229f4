//! Looks up the addresses at a postcode with the OS Places API of Ordnance Survey, which has the
//! addresses of the Royal Mail.
//!
//! The settings name the service. If they name none, people type their address.

use std::time::Duration;

use async_trait::async_trait;
use registration::answers::Answers;
use registration::context::Context;
use registration::identifiers::Postcode;
use registration::organisation::OrganisationAddress;
use registration::percent::percent_encoded;
use serde::Deserialize;

/// The longest time for a whole request, from connecting to the last byte of the answer. A person
/// waits for it.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The maximum number of bytes of an answer that are read. A postcode has at most 100 addresses.
const MAX_BYTES: u64 = 512 * 1_024;

/// A service that knows the addresses at a postcode.
#[async_trait]
pub trait AddressLookup: Send + Sync {
    /// Returns the addresses at a postcode; an empty list if the service knows none.
    ///
    /// # Errors
    /// When the service cannot be reached or its answer cannot be read.
    async fn addresses_at(&self, postcode: &Postcode) -> Result<Vec<FoundAddress>, LookupFault>;
}

/// An address that the service found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundAddress {
    /// The identifier of the property (UPRN).
    pub id: String,
    /// The address, as the form asks for it.
    pub address: OrganisationAddress,
}

/// The reason why addresses could not be looked up. It contains neither the postcode nor the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the address service did not answer: {0}")]
pub struct LookupFault(pub String);

/// The OS Places API.
pub struct OsPlaces {
    agent: ureq::Agent,
    address: String,
    key: String,
}

impl OsPlaces {
    /// Creates a client for the API at an address such as `https://api.os.uk/search/places/v1`.
    #[must_use]
    pub fn new(address: &str, key: String) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent("registration-for-common-platform");
        Self {
            agent: config.build().into(),
            address: address.trim_end_matches('/').to_owned(),
            key,
        }
    }
}

#[async_trait]
impl AddressLookup for OsPlaces {
    async fn addresses_at(&self, postcode: &Postcode) -> Result<Vec<FoundAddress>, LookupFault> {
        let postcode = percent_encoded(postcode.as_str());
        let url = [&self.address, "/postcode?dataset=DPA&postcode=", &postcode].concat();
        // The key is sent in a header, because proxies may log the URL.
        let request = self.agent.get(&url).header("key", &self.key);
        // `ureq` blocks while it waits for the answer, so it runs on a thread of its own.
        let asked = tokio::task::spawn_blocking(move || {
            let mut response = request.call().map_err(|error| without_address(&error))?;
            let status = response.status().as_u16();
            let body = response.body_mut().with_config().limit(MAX_BYTES);
            let text = body
                .read_to_string()
                .map_err(|error| without_address(&error))?;
            Ok((status, text))
        })
        .await;
        let (status, text) = asked.map_err(|error| LookupFault(error.to_string()))??;
        match status {
            200 => read(&text),
            // A postcode that the service does not know.
            400 | 404 => Ok(Vec::new()),
            status => Err(LookupFault(format!("its status is {status}"))),
        }
    }
}

/// Describes an error without the address of the request, which contains the postcode.
fn without_address(error: &ureq::Error) -> LookupFault {
    LookupFault(match error {
        ureq::Error::Timeout(_) => "no answer in time".to_owned(),
        ureq::Error::HostNotFound => "its host was not found".to_owned(),
        ureq::Error::Io(error) => error.kind().to_string(),
        _ => "the connection failed".to_owned(),
    })
}

/// The answer of the API.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    results: Vec<Found>,
}

#[derive(Deserialize)]
struct Found {
    #[serde(rename = "DPA")]
    address: Option<DeliveryPoint>,
}

/// An address of the Royal Mail (Delivery Point Address), in capitals. Each part may be missing.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "SCREAMING_SNAKE_CASE")]
struct DeliveryPoint {
    uprn: String,
    organisation_name: String,
    po_box_number: String,
    sub_building_name: String,
    building_name: String,
    building_number: String,
    dependent_thoroughfare_name: String,
    thoroughfare_name: String,
    double_dependent_locality: String,
    dependent_locality: String,
    post_town: String,
    postcode: String,
}

/// Reads the answer of the API. Leaves out addresses without an identifier and addresses that the
/// form would refuse.
fn read(text: &str) -> Result<Vec<FoundAddress>, LookupFault> {
    let answer: Answer =
        serde_json::from_str(text).map_err(|_| LookupFault("its JSON is not known".to_owned()))?;
    let found = answer.results.into_iter().filter_map(|found| found.address);
    Ok(found
        .map(DeliveryPoint::into_found)
        .filter(|found| !found.id.is_empty())
        .filter(|found| found.address.problems(&Context::default()).is_empty())
        .collect())
}

impl DeliveryPoint {
    fn into_found(self) -> FoundAddress {
        let mut lines = self.lines().into_iter();
        let first = lines.next().unwrap_or_default();
        let others: Vec<String> = lines.collect();
        FoundAddress {
            id: self.uprn,
            address: OrganisationAddress {
                address_line_1: first,
                address_line_2: others.join(", "),
                town: in_title_case(&self.post_town),
                county: String::new(),
                postcode: self.postcode,
            },
        }
    }

    /// Returns the lines between the name of the organisation and the town. The name itself is a
    /// line only if no other part of the address identifies the building.
    fn lines(&self) -> Vec<String> {
        let box_number = match self.po_box_number.as_str() {
            "" => String::new(),
            number => ["PO Box ", number].concat(),
        };
        let streets = [&self.dependent_thoroughfare_name, &self.thoroughfare_name];
        let mut streets = streets.map(|street| in_title_case(street)).to_vec();
        streets.retain(|street| !street.is_empty());
        let number = in_title_case(&self.building_number);
        let mut premises = vec![
            box_number,
            in_title_case(&self.sub_building_name),
            in_title_case(&self.building_name),
        ];
        premises.retain(|line| !line.is_empty());
        if premises.is_empty() && number.is_empty() {
            premises.push(in_title_case(&self.organisation_name));
        }
        match streets.first_mut() {
            Some(street) if !number.is_empty() => *street = [&number, " ", street].concat(),
            None if !number.is_empty() => premises.push(number),
            _ => {}
        }
        let localities = [&self.double_dependent_locality, &self.dependent_locality];
        let localities = localities.map(|locality| in_title_case(locality));
        let lines = premises.into_iter().chain(streets).chain(localities);
        lines.filter(|line| !line.is_empty()).collect()
    }
}

/// Words that have no capital inside the name of a place, such as `upon` in Stratford-upon-Avon.
const SMALL_WORDS: [&str; 11] = [
    "and", "by", "in", "le", "of", "on", "the", "under", "upon", "with", "y",
];

/// Writes words in capitals as names are written: `NEWCASTLE UPON TYNE` as `Newcastle upon Tyne`. A
/// word with a digit, such as `12A`, stays as it is.
fn in_title_case(capitals: &str) -> String {
    let mut written = String::with_capacity(capitals.len());
    for (place, word) in capitals
        .split_inclusive([' ', '-', '/', '(', '.'])
        .enumerate()
    {
        let lower = word.to_lowercase();
        let bare = lower.trim_end_matches([' ', '-', '/', '(', '.']);
        if word.contains(|letter: char| letter.is_ascii_digit()) {
            written.push_str(word);
        } else if place > 0 && SMALL_WORDS.contains(&bare) {
            written.push_str(&lower);
        } else {
            let mut letters = lower.chars();
            written.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            written.push_str(letters.as_str());
        }
    }
    written.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(results: &serde_json::Value) -> Vec<[String; 4]> {
        let text = json!({ "header": { "totalresults": 1 }, "results": results }).to_string();
        let found = read(&text).unwrap().into_iter();
        found
            .map(|FoundAddress { address, .. }| {
                [
                    address.address_line_1,
                    address.address_line_2,
                    address.town,
                    address.postcode,
                ]
            })
            .collect()
    }

    #[test]
    fn an_address_of_the_royal_mail_becomes_the_lines_of_the_form() {
        let place = |mut parts: serde_json::Value| {
            parts["UPRN"] = "10001".into();
            parts["POST_TOWN"] = "WORCESTER".into();
            parts["POSTCODE"] = "WR1 2ND".into();
            json!([{ "DPA": parts }])
        };
        for (parts, [first, second]) in [
            (
                json!({ "BUILDING_NUMBER": "51", "THOROUGHFARE_NAME": "ASSIZE STREET" }),
                ["51 Assize Street", ""],
            ),
            (
                json!({
                    "ORGANISATION_NAME": "HARTWELL CRANE", "SUB_BUILDING_NAME": "FLOOR 2",
                    "BUILDING_NAME": "ST. MARY'S HOUSE", "BUILDING_NUMBER": "12A",
                    "DEPENDENT_THOROUGHFARE_NAME": "BACK LANE", "THOROUGHFARE_NAME": "HIGH STREET",
                    "DEPENDENT_LOCALITY": "ST JOHN'S",
                }),
                [
                    "Floor 2",
                    "St. Mary's House, 12A Back Lane, High Street, St John's",
                ],
            ),
            (
                json!({ "ORGANISATION_NAME": "SHIREHALL CHAMBERS", "THOROUGHFARE_NAME": "FOREGATE" }),
                ["Shirehall Chambers", "Foregate"],
            ),
            (json!({ "PO_BOX_NUMBER": "451" }), ["PO Box 451", ""]),
        ] {
            let expected = [first, second, "Worcester", "WR1 2ND"].map(str::to_owned);
            assert_eq!(found(&place(parts)), [expected]);
        }
    }

    #[test]
    fn names_of_places_are_written_as_people_write_them() {
        for (capitals, written) in [
            ("NEWCASTLE UPON TYNE", "Newcastle upon Tyne"),
            ("STRATFORD-UPON-AVON", "Stratford-upon-Avon"),
            ("THE OLD COURT", "The Old Court"),
            ("RHYD-Y-FELIN", "Rhyd-y-Felin"),
            ("UNIT 3B", "Unit 3B"),
            ("", ""),
        ] {
            assert_eq!(in_title_case(capitals), written);
        }
    }

    #[test]
    fn what_the_form_would_refuse_is_left_out() {
        let without_town = json!([{ "DPA": {
            "UPRN": "1", "BUILDING_NUMBER": "1", "THOROUGHFARE_NAME": "A", "POSTCODE": "WR1 2ND"
        } }]);
        assert!(found(&without_town).is_empty());
        assert!(found(&json!([{ "LPI": {} }])).is_empty());
        assert_eq!(read("{}"), Ok(Vec::new()));
        assert!(read("<html>").is_err());
    }
}
