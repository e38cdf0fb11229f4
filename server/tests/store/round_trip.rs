//! Every field of a registration is read back unchanged, for any valid answers.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use registration::date::CalendarDate;
use registration::identifiers::{
    AddressLine, BarNumber, Email, JobTitle, LaaAccount, Mobile, OrganisationName, PersonName,
    Postcode, SraNumber, Telephone, Town,
};
use registration::organisation::OrganisationKind;
use registration::registration::{
    AccountablePerson, Organisation, Person, Registration, Signature,
};
use registration::terms;
use registration::users::Role;

/// The number of registrations tried on each database.
const CASES: usize = 24;

/// Text that often breaks databases.
const UNUSUAL: [&str; 9] = [
    "O’Dowd",
    "'; drop table registration; --",
    "100% \\ _ $1 ?",
    "李 小龙",
    "محمد بن سلمان",
    "Ní-Dhomhnaill e\u{301}",
    "👩‍⚖️ Wen",
    "\"quoted\", comma; null",
    "NULL",
];

fn line<T: std::fmt::Debug>(parse: fn(&str) -> Option<T>) -> impl Strategy<Value = T> {
    prop_oneof![select(&UNUSUAL[..]).prop_map(str::to_owned), "\\PC{1,60}"]
        .prop_filter_map("not a right answer", move |typed| parse(&typed))
}

fn maybe<T: std::fmt::Debug + Clone>(
    some: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    prop_oneof![Just(None), some.prop_map(Some)]
}

fn email() -> impl Strategy<Value = Email> {
    prop_oneof![
        "[a-z!#$%&'*+/=?^_`{|}~-]{1,40}@[a-z]{2,20}\\.example".prop_map(|typed| typed),
        Just("wen@bücher.example".to_owned()),
    ]
    .prop_filter_map("not an address", |typed| Email::parse(&typed).ok())
}

fn telephone() -> impl Strategy<Value = Telephone> {
    select(
        &[
            "01632 960 096",
            "+44 (0)1632 960096",
            "07700 900685",
            "+353 1 200 0000",
        ][..],
    )
    .prop_filter_map("not a number", |typed| Telephone::parse(typed).ok())
}

fn person() -> impl Strategy<Value = Person> {
    let mobile = select(&["07700 900425", "+447700900425", "0044 7700 900 425"][..]);
    (
        line(|typed| PersonName::parse(typed).ok()),
        line(|typed| PersonName::parse(typed).ok()),
        email(),
        mobile.prop_filter_map("not a number", |typed| Mobile::parse(typed).ok()),
        select(&Role::ALL[..]),
        any::<bool>(),
    )
        .prop_map(
            |(first_name, last_name, email, mobile, role, administrator)| Person {
                first_name,
                last_name,
                email,
                mobile,
                role,
                administrator,
            },
        )
}

fn organisation() -> impl Strategy<Value = Organisation> {
    let address = (
        line(|typed| AddressLine::parse(typed).ok()),
        maybe(line(|typed| AddressLine::parse(typed).ok())),
        line(|typed| Town::parse(typed).ok()),
        maybe(line(|typed| AddressLine::parse(typed).ok())),
        select(&["WR1 2ND", "N5 3EF", "GIR 0AA"][..])
            .prop_filter_map("not a postcode", |typed| Postcode::parse(typed).ok()),
    );
    let numbers = (
        vec("[0-9][A-Z][0-9]{3}[A-Z]", 0..=20),
        maybe("[0-9]{4,8}".prop_filter_map("not a number", |typed| SraNumber::parse(&typed).ok())),
        maybe(
            "[A-Z0-9]{1,15}".prop_filter_map("not a number", |typed| BarNumber::parse(&typed).ok()),
        ),
    );
    let hearing = (
        maybe(line(|typed| AddressLine::parse(typed).ok())),
        (2026..2100_u16, 1..=12_u8, 1..=31_u8)
            .prop_map(|(year, month, day)| CalendarDate::new(year, month, day)),
    );
    (
        select(&OrganisationKind::ALL[..]),
        line(|typed| OrganisationName::parse(typed).ok()),
        address,
        (telephone(), email()),
        numbers,
        hearing,
    )
        .prop_map(
            |(kind, name, address, (telephone, email), numbers, hearing)| Organisation {
                kind,
                name,
                address_line_1: address.0,
                address_line_2: address.1,
                town: address.2,
                county: address.3,
                postcode: address.4,
                telephone,
                email,
                laa_account_numbers: numbers
                    .0
                    .iter()
                    .filter_map(|number| LaaAccount::parse(number).ok())
                    .collect(),
                sra_number: numbers.1,
                bar_number: numbers.2,
                first_court: hearing.0,
                first_hearing: hearing.1,
            },
        )
}

fn registration() -> impl Strategy<Value = Registration> {
    let accountable = (
        line(|typed| PersonName::parse(typed).ok()),
        line(|typed| PersonName::parse(typed).ok()),
        line(|typed| JobTitle::parse(typed).ok()),
        email(),
        telephone(),
    )
        .prop_map(
            |(first_name, last_name, job_title, email, telephone)| AccountablePerson {
                first_name,
                last_name,
                job_title,
                email,
                telephone,
            },
        );
    let signature = (
        line(|typed| PersonName::parse(typed).ok()),
        line(|typed| JobTitle::parse(typed).ok()),
    )
        .prop_map(|(full_name, capacity)| Signature {
            full_name,
            capacity,
            terms_version: terms::CURRENT.version.to_owned(),
        });
    (organisation(), accountable, vec(person(), 1..12), signature).prop_map(
        |(organisation, accountable_person, people, signature)| Registration {
            organisation,
            accountable_person,
            people,
            signature,
        },
    )
}

contract! {
    async fn every_field_is_read_back(store: &TestStore) {
        let mut runner = TestRunner::deterministic();
        for number in 1..=u64::try_from(CASES).unwrap() {
            let draft = store.begin_signed(number).await;
            let mut new = store.submission(&draft, number).await;
            new.registration = registration().new_tree(&mut runner).unwrap().current();
            store.registrations().submit(&new).await.unwrap();
            let kept = store.registrations().registration(&new.reference).await.unwrap().unwrap();
            assert_eq!(kept.registration, new.registration);
        }
        assert_eq!(store.registrations().list().await.unwrap().len(), CASES);
    }
}
