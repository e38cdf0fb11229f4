//! A downloaded file can be uploaded again unchanged: any list of users, in every format. If a name
//! has a title or a remark, the reader removes the title or the remark and adds a note, as in any
//! file. In csv, only the spelling of mobile numbers may change.
//!
//! The zipped formats run fewer cases than csv, because they are slower.

use crate::seen::{read, user};
use proptest::prelude::*;
use registration::identifiers::Mobile;
use registration::spreadsheet::{IntakeRow, Refusal};
use registration::text::tidy;
use registration::users::{Role, User};
use spreadsheet::write::{self, Format};

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zÀ-ž’' ,;\"\\-]{1,20}",
        "['=+@\t\r＝＋－＠-]{1,3}[a-z0-9(]{1,5}",
        "\\PC{1,12}",
        "[a-z]{1,4}(\r\n|\n|\u{a0}|\u{200b})[a-z]{1,4}",
        "(_x[0-9A-F]{4}_|<b>&amp;|]]>|#N/A|TRUE|1/2|0123|1E5|[|])",
    ]
}

fn users() -> impl Strategy<Value = Vec<User>> {
    let one = (
        names(),
        names(),
        prop_oneof![
            "07700 ?900[0-9]{3}",
            "\\+447700900[0-9]{3}",
            "\\(07700\\) 900[0-9]{3}",
            "\\+33639981[0-9]{3}",
            "0770",
            ""
        ],
        prop_oneof![
            proptest::sample::select(Role::ALL.map(Role::key).to_vec()),
            Just("")
        ],
        proptest::sample::select(vec!["yes", "no"]),
    );
    proptest::collection::vec(one, 0..12).prop_map(|rows| {
        let user = |(number, (first, last, mobile, role, administrator))| User {
            first_name: first,
            last_name: last,
            email: format!("user{number}@firm.example"),
            mobile,
            role: String::from(role),
            administrator: String::from(administrator),
        };
        (0..).zip(rows).map(user).collect()
    })
}

/// Returns the user with the names tidied, as the writer tidies them.
fn tidied(user: &User) -> User {
    User {
        first_name: tidy(&user.first_name).into_owned(),
        last_name: tidy(&user.last_name).into_owned(),
        ..user.clone()
    }
}

fn read_back(format: Format, users: &[User]) -> Vec<User> {
    let bytes = write::users(format, users).unwrap();
    match read(&bytes) {
        Ok(read) => {
            let rows = read.rows.into_iter().zip(users);
            rows.map(|(row, written)| as_written_where_told(row, written))
                .collect()
        }
        Err(refusal) => {
            assert_eq!((refusal, users), (Refusal::NoRows, &[][..]));
            Vec::new()
        }
    }
}

/// Returns the user of a row. If a note says that the name was changed, or a problem says that it
/// may be wrong, the user has the name as written.
fn as_written_where_told(row: IntakeRow, written: &User) -> User {
    let of_name = ["name-read-as", "quotes-removed"];
    let noted = row
        .notes
        .iter()
        .any(|note| of_name.contains(&note.code.as_ref()));
    let doubted = row
        .faults
        .iter()
        .any(|fault| fault.code.starts_with("name-"));
    if noted || doubted {
        let User {
            first_name,
            last_name,
            ..
        } = tidied(written);
        return User {
            first_name,
            last_name,
            ..row.user
        };
    }
    row.user
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_users_come_back_from_a_workbook_as_they_were(users in users()) {
        let expected: Vec<User> = users.iter().map(tidied).collect();
        for format in [Format::Xlsx, Format::Ods] {
            prop_assert_eq!(&read_back(format, &users), &expected);
        }
    }
}

proptest! {
    #[test]
    fn any_users_come_back_from_csv_with_the_same_numbers(users in users()) {
        let number = |user: &User| Mobile::check(&user.mobile).map_err(|_| user.mobile.clone());
        let without = |user: &User| User { mobile: String::new(), ..user.clone() };
        let read = read_back(Format::Csv, &users);
        prop_assert_eq!(read.len(), users.len());
        for (read, written) in read.iter().zip(&users) {
            prop_assert_eq!(number(read), number(written));
            prop_assert_eq!(without(read), without(&tidied(written)));
        }
    }
}

#[test]
fn as_many_users_as_a_registration_may_have_come_back() {
    let users: Vec<User> = (0..1_000)
        .map(|number| user("Siân", &format!("07700 900{number:03}")))
        .collect();
    for format in Format::ALL {
        assert_eq!(read_back(format, &users), users, "{format:?}");
    }
}

#[test]
fn returned_users_are_on_the_list_already() {
    let users = [user("Siân", "+447700900123"), user("Wen", "07700900124")];
    for format in Format::ALL {
        let bytes = write::users(format, &users).unwrap();
        let mut intake = read(&bytes).unwrap();
        intake.leave_out_listed(&users);
        assert_eq!(intake.problems(&users), [], "{format:?}");
        assert_eq!(intake.without_problems(&[]), Vec::<usize>::new());
    }
}
