//! Test data for the benchmarks of the rules: twenty valid users, as people type them.

use registration::users::User;

/// The records. Each has a first name, a last name, an e-mail address, a mobile number, a role, and
/// whether the user is an administrator.
const RECORDS: [[&str; 6]; 20] = [
    [
        "Ada",
        "Lovelace",
        "ada.lovelace@firm.example",
        "07700 900123",
        "defence-lawyer",
        "yes",
    ],
    [
        "Grace",
        "Hopper",
        "g.hopper@chambers.example",
        "07700900124",
        "advocate",
        "no",
    ],
    [
        "Sinéad",
        "Ní-Dhomhnaill",
        "sinead@ni-dhomhnaill.example",
        "+447700900125",
        "defence-lawyer",
        "no",
    ],
    [
        "Mary",
        "O'Brien",
        "mary.o'brien@firm.example",
        "+44 7700 900126",
        "chambers-clerk",
        "yes",
    ],
    [
        "Seán",
        "O’Casey",
        "sean.ocasey@firm.example",
        "07700 900 127",
        "advocate",
        "no",
    ],
    [
        "Oluwaseun",
        "Adeyemi-Smith",
        "o.adeyemi-smith@solicitors.example",
        "07700-900-128",
        "defence-lawyer",
        "no",
    ],
    [
        "Jo",
        "Ng",
        "jo@ng.example",
        "7700900129",
        "chambers-admin",
        "yes",
    ],
    [
        "Priya",
        "Venkataraman",
        "priya.venkataraman@criminal-defence.firm.example",
        "00447700900130",
        "defence-lawyer",
        "no",
    ],
    [
        "Anne Marie",
        "St. John",
        "am.stjohn@firm.example",
        "+44 (0)7700 900131",
        "chambers-clerk",
        "no",
    ],
    [
        "Zoë",
        "de la Cruz",
        "zoe+accounts@firm.example",
        "07700 900132",
        "advocate",
        "no",
    ],
    [
        "Mohammed",
        "Al-Rashid",
        "m.al-rashid@firm.example",
        "07700900133",
        "defence-lawyer",
        "yes",
    ],
    [
        "Katarzyna",
        "Wiśniewska",
        "kasia@wisniewska.example",
        "07700 900134",
        "defence-lawyer",
        "no",
    ],
    [
        "William",
        "Smith",
        "william.smith1@firm.example",
        "07700900135",
        "advocate",
        "no",
    ],
    [
        "Elizabeth",
        "Featherstonehaugh",
        "elizabeth.featherstonehaugh@firm.example",
        "07700 900 136",
        "defence-lawyer",
        "no",
    ],
    [
        "Dafydd",
        "ap Gwilym",
        "dafydd@cyfreithwyr.example",
        "07700900137",
        "advocate",
        "yes",
    ],
    [
        "小明",
        "王",
        "xiaoming.wang@firm.example",
        "+447700900138",
        "chambers-admin",
        "no",
    ],
    [
        "Ian",
        "Fraser",
        "ian.fraser@chambers.example",
        "(07700) 900139",
        "chambers-clerk",
        "no",
    ],
    [
        "Rosalind",
        "Franklin",
        "r.franklin@firm.example",
        "07700900140",
        "defence-lawyer",
        "no",
    ],
    [
        "Peter",
        "Jones",
        "PJones@firm.example",
        "07700 900141",
        "defence-lawyer",
        "no",
    ],
    [
        "Sarah",
        "Taylor",
        "sarah_taylor@duty.firm.example",
        "07700.900.142",
        "advocate",
        "no",
    ],
];

/// Returns the records as users.
pub fn users() -> Vec<User> {
    RECORDS
        .iter()
        .map(
            |[first_name, last_name, email, mobile, role, administrator]| User {
                first_name: (*first_name).to_owned(),
                last_name: (*last_name).to_owned(),
                email: (*email).to_owned(),
                mobile: (*mobile).to_owned(),
                role: (*role).to_owned(),
                administrator: (*administrator).to_owned(),
            },
        )
        .collect()
}

/// Checks every record `times` times, with the rules that the pages and the importer use.
///
/// Returns the number of checks that found no problem.
pub fn check(users: &[User], times: u32) -> u32 {
    let mut right = 0;
    for _ in 0..times {
        for user in users {
            right += u32::from(std::hint::black_box(user).problems_of_row().is_empty());
        }
    }
    right
}
