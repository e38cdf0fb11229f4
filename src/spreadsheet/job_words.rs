//! Recognises jobs, teams and rooms that stand where a name should be: "Head of Crime", "Duty
//! Solicitor", "Clerks Room".

use std::sync::LazyLock;

use crate::spreadsheet::name_words::JOBS;

/// Jobs of one word that are not also surnames, in the singular and the plural.
pub(super) static JOBS_ALONE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let jobs = JOBS.iter().chain(&MORE_JOBS);
    let alone = jobs.filter(|job| !SURNAMES.contains(*job) && **job != "office");
    alone
        .flat_map(|job| [(*job).to_owned(), [job, "s"].concat()])
        .collect()
});

/// Whether a text names a job, a team or a room, and not a person. Every word must be one that
/// people use for jobs and teams, so "Ann Partner" is a person.
pub(super) fn is_job(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        [] => false,
        [only] => is_job_alone(only),
        [first, second, ..] if HEADS.contains(first) && LINKS.contains(second) => true,
        [first, second] if MAY_BE_NAMES.contains(first) && MAY_BE_NAMES.contains(second) => false,
        words => {
            words
                .iter()
                .any(|word| is_job_word(word) || GROUPS.contains(word))
                && words
                    .iter()
                    .all(|word| is_job_word(word) || GROUPS.contains(word) || BESIDE.contains(word))
        }
    }
}

/// Whether a first and a last name together name a team: "Clerks" and "Room".
pub(super) fn is_team_over_two_columns(first: &str, last: &str) -> bool {
    let is_group = GROUPS.iter().any(|group| group.eq_ignore_ascii_case(last));
    is_group && is_job(&[first, " ", last].concat())
}

/// Whether a remark behind a name begins with a job: "Head of Crime", "Partner in charge",
/// "Barrister-at-Law".
pub(super) fn begins_with_job(remark: &str) -> bool {
    let lower = remark.trim().to_lowercase();
    let mut words = lower.split([' ', '-']);
    let first = words.next().unwrap_or_default();
    let second = words.next();
    (is_job_word(first) || HEADS.contains(&first))
        && second.is_some_and(|second| LINKS.contains(&second))
}

/// Returns the length of a name without the job at its end, in bytes: "Ann Lee Trainee Solicitor".
/// Returns `None` if there is no job or fewer than two words would remain.
pub(super) fn before_job(name: &str) -> Option<usize> {
    let mut kept = name;
    while let Some((rest, last)) = kept.rsplit_once(' ') {
        let last = last.to_lowercase();
        // A rank stands only before a job: "Senior Associate".
        let is_rank = kept.len() < name.len() && RANKS.contains(&last.as_str());
        // A job that is also a surname is a job after a rank: "Senior Clerk".
        let before = rest.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let has_rank = RANKS.contains(&before.as_str()) && is_job_word(&last);
        if !(is_rank || has_rank || is_job_alone(&last)) {
            break;
        }
        kept = rest.trim_end();
    }
    let has_two = kept.split(' ').filter(|word| !word.is_empty()).count() > 1;
    (kept.len() < name.len() && has_two && !is_job(kept)).then_some(kept.len())
}

/// Whether a full name ends with a word that may be the surname or the job of a person with two
/// other names: "Ann Lee Clerk". Initials do not count as names. Capitals show that the word is the
/// surname: "Ann Lee CLERK".
pub(super) fn ends_with_job_or_surname(name: &str) -> bool {
    let Some((before, last)) = name.rsplit_once(' ') else {
        return false;
    };
    let is_name = |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    let has_mark =
        last.chars().skip(1).any(char::is_uppercase) && name.contains(char::is_lowercase);
    SURNAMES.contains(&last.to_lowercase().as_str())
        && !has_mark
        && !name.contains(',')
        && before.split(' ').filter(is_name).count() > 1
}

/// Returns the length of the job before a name, in bytes: "Trainee Ann Lee". Returns `None` if
/// there is no job or fewer than two words would remain.
pub(super) fn job_in_front(name: &str) -> Option<usize> {
    let mut rest = name;
    let mut has_rank = false;
    while let Some((first, behind)) = rest.split_once(' ') {
        let first = first.to_lowercase();
        // A job that is also a surname is a job after a rank: "Senior Clerk Ann Lee".
        let is_job =
            is_job_alone(&first) || first == "counsel" || (has_rank && is_job_word(&first));
        let next = behind.trim_start().split(' ').next().unwrap_or_default();
        let is_rank = RANKS.contains(&first.as_str()) && is_job_word(&next.to_lowercase());
        if !(is_job || is_rank) {
            break;
        }
        has_rank = is_rank;
        rest = behind.trim_start();
    }
    let has_two = rest.split(' ').filter(|word| !word.is_empty()).count() > 1;
    (rest.len() < name.len() && has_two).then(|| name.len() - rest.len())
}

/// Whether the text in the column of first names is a job that may also be a surname: "Clerk".
pub(super) fn is_job_in_first_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    matches!(one, "clerk" | "lawyer" | "pupil")
}

/// Whether a word is a job and not also a surname.
fn is_job_alone(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    is_job_word(word) && !SURNAMES.contains(&word) && !SURNAMES.contains(&one)
}

fn is_job_word(word: &str) -> bool {
    let is_one = |word: &str| JOBS.contains(&word) || MORE_JOBS.contains(&word);
    is_one(word) || word.strip_suffix('s').is_some_and(is_one)
}

/// Jobs that are not in `JOBS`, because beside a name they are not removed as remarks.
const MORE_JOBS: [&str; 7] = [
    "attorney",
    "cashier",
    "judge",
    "magistrate",
    "registrar",
    "typist",
    "usher",
];

/// Jobs that are also surnames, in the singular.
const SURNAMES: [&str; 12] = [
    "chambers",
    "clerk",
    "counsel",
    "head",
    "intern",
    "judge",
    "lawyer",
    "leader",
    "owner",
    "principal",
    "pupil",
    "usher",
];

/// Words for jobs and teams of which two together may be a first and a last name: "Judge Law",
/// "Junior Chambers".
const MAY_BE_NAMES: [&str; 4] = ["chambers", "judge", "junior", "law"];

/// Words that begin the name of a job, before one of `LINKS`.
const HEADS: [&str; 6] = ["head", "director", "chief", "manager", "partner", "member"];

/// Words between a job and its field.
const LINKS: [&str; 6] = ["of", "for", "in", "at", "to", "i/c"];

/// Words for teams, rooms and mailboxes.
const GROUPS: [&str; 17] = [
    "account",
    "accounts",
    "department",
    "dept",
    "desk",
    "enquiries",
    "group",
    "helpdesk",
    "hr",
    "inbox",
    "mailbox",
    "reception",
    "room",
    "support",
    "switchboard",
    "unit",
    "team",
];

/// Words that stand beside a job or a team.
const BESIDE: [&str; 38] = [
    "and",
    "billing",
    "chief",
    "civil",
    "clinical",
    "commercial",
    "conveyancing",
    "crime",
    "criminal",
    "customer",
    "defence",
    "deputy",
    "duty",
    "family",
    "finance",
    "front",
    "general",
    "junior",
    "law",
    "legal",
    "litigation",
    "main",
    "managing",
    "new",
    "of",
    "on",
    "out",
    "hours",
    "pool",
    "practice",
    "private",
    "senior",
    "service",
    "services",
    "shared",
    "the",
    "first",
    "it",
];

/// Ranks before a job: "Senior Associate".
const RANKS: [&str; 8] = [
    "assistant",
    "chief",
    "deputy",
    "duty",
    "junior",
    "managing",
    "senior",
    "trainee",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_and_teams_are_told_from_people() {
        for text in [
            "Head of Crime",
            "Head of Legal Aid",
            "Director of Finance",
            "Duty Solicitor",
            "Clerks Room",
            "Clerks’ Room",
            "Admin Team",
            "Senior Associate",
            "Practice Manager",
            "Front Desk",
            "Partner",
            "Solicitors",
        ] {
            assert!(is_job(text), "{text}");
        }
        for text in [
            "Ann Partner",
            "John Solicitor",
            "Clerk Kent",
            "Chambers",
            "Judge",
            "Clerk",
            "Heads",
            "Junior Chambers",
            "Law Chambers",
            "Judge Law",
            "Ann Chambers",
            "Room",
            "Desk",
            "Crime",
            "Family",
            "Law",
            "Ann Lee",
            "",
        ] {
            assert!(!is_job(text), "{text}");
        }
    }

    #[test]
    fn a_last_word_that_may_be_a_job_or_a_surname_is_doubted() {
        for name in [
            "Ann Lee Clerk",
            "ann lee clerk",
            "ANN LEE CLERK",
            "Ann Mary Lee Judge",
            "Ann Lee Pupil",
        ] {
            assert!(ends_with_job_or_surname(name), "{name}");
        }
        for name in [
            "Ann Clerk",
            "Ann B Clerk",
            "Ann B. Clerk",
            "Ann Lee CLERK",
            "Clerk, Ann Mary",
            "Ann Lee Clark",
            "Ann Mary Baker",
            "Mary Ann Nee",
            "Jing MA",
            "Suma Rao",
            "Clerk",
            "",
        ] {
            assert!(!ends_with_job_or_surname(name), "{name}");
        }
    }

    #[test]
    fn a_job_beside_a_name_is_found() {
        for (name, kept) in [
            ("Ann Lee Trainee Solicitor", Some("Ann Lee")),
            ("Ann Lee Senior Associate", Some("Ann Lee")),
            ("Ann Mary Lee Partner", Some("Ann Mary Lee")),
            ("Ann Lee Chambers", None),
            ("Sarah Jane Clerk", None),
            ("Sarah Jane Lee Senior Clerk", Some("Sarah Jane Lee")),
            ("Ann Mary Heads", None),
            ("Ann Partner", None),
            ("Ann Junior", None),
            ("Ann", None),
        ] {
            let found = before_job(name).and_then(|length| name.get(..length));
            assert_eq!(found, kept, "{name}");
        }
        for (name, kept) in [
            ("Trainee Ann Lee", Some("Ann Lee")),
            ("Trainee Solicitor Ann Lee", Some("Ann Lee")),
            ("Senior Clerk Ann Lee", Some("Ann Lee")),
            ("Clerk Kent", None),
            ("Clerk Mary Ann", None),
            ("Senior Ann Lee", None),
            ("Ann Lee", None),
        ] {
            let found = job_in_front(name).and_then(|length| name.get(length..));
            assert_eq!(found, kept, "{name}");
        }
    }
}
