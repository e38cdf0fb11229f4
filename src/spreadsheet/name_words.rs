//! Words around names in lists: titles, honours, jobs, and placeholders for missing names.

/// Titles that are never names, in lower case.
pub(super) const TITLES: [&str; 39] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "mstr",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "baroness",
    "lady",
    "rev",
    "revd",
    "reverend",
    "hon",
    "rt hon",
    "right hon",
    "the hon",
    "cllr",
    "councillor",
    "capt",
    "hhj",
    "sgt",
    "lieut",
    "lt",
    "brig",
    "cmdr",
    "mme",
    "mlle",
    "herr",
    "frau",
    "madam",
    "fr",
    "barr.",
    "adv",
    "bldr",
];

/// Longer titles of two or more words, in lower case. They are tried before [`TITLES`].
pub(super) const TITLES_OF_TWO: [&str; 21] = [
    "the rt hon",
    "prof. dr",
    "prof dr",
    "dr. med",
    "dr med",
    "dr. phil",
    "dr phil",
    "dr. jur",
    "dr jur",
    "the right honourable",
    "right honourable",
    "lord justice",
    "lady justice",
    "mr justice",
    "mrs justice",
    "ms justice",
    "district judge",
    "high court judge",
    "his honour judge",
    "her honour judge",
    "wing commander",
];

/// Words that may be titles or first names, in lower case. They are titles only before both a first
/// and a last name.
pub(super) const TITLES_BEFORE_TWO: [&str; 9] = [
    "captain",
    "colonel",
    "judge",
    "justice",
    "major",
    "master",
    "recorder",
    "sergeant",
    "honourable",
];

/// Honours and degrees after a name, in their usual capitals. With other capitals, such a word
/// could be a name.
pub(super) const HONOURS: [&str; 60] = [
    "KC", "QC", "OBE", "MBE", "CBE", "KBE", "DBE", "GBE", "BEM", "QPM", "KPM", "Esq", "Esquire",
    "LLB", "LLM", "LLD", "BSc", "MSc", "PhD", "DPhil", "MPhil", "BCL", "Hons", "FCILEX", "CILEX",
    "FCILEx", "CILEx", "ACILEX", "FRSA", "GDL", "BVC", "ESQ", "PHD", "DDS", "DVM", "TEP", "MCIArb",
    "FCIArb", "CPA", "MBA", "FCA", "ACA", "FCCA", "ACCA", "MRICS", "FRICS", "KCB", "KCMG", "GCMG",
    "CMG", "CVO", "LVO", "MVO", "DSO", "DFC", "LLBHons", "BAHons", "PGDip", "BPTC", "FCMI",
];

/// Honours that are also written in small letters or with one capital, in lower case. "Kc" with one
/// capital is a surname, not an honour.
pub(super) const HONOURS_IN_ANY_CASE: [&str; 11] = [
    "kc", "qc", "esq", "esquire", "llb", "llm", "phd", "fca", "fcca", "fcilex", "hons",
];

/// Honours that could also be surnames. In a name that is all in capitals, they are not removed.
pub(super) const HONOURS_OR_NAMES: [&str; 11] = [
    "BA", "MA", "JP", "TD", "DL", "MP", "SC", "Bt", "MD", "JD", "RN",
];

/// Jobs, in lower case and in the singular.
pub(super) const JOBS: [&str; 34] = [
    "accountant",
    "admin",
    "administrator",
    "advocate",
    "apprentice",
    "assistant",
    "associate",
    "barrister",
    "caseworker",
    "chambers",
    "clerk",
    "consultant",
    "counsel",
    "director",
    "executive",
    "head",
    "intern",
    "lawyer",
    "leader",
    "litigator",
    "locum",
    "manager",
    "member",
    "office",
    "owner",
    "paralegal",
    "partner",
    "principal",
    "pupil",
    "receptionist",
    "secretary",
    "solicitor",
    "team",
    "trainee",
];

/// Words before an earlier or another name of a person, in lower case. "nee" and "aka" are not here,
/// because with a capital they are names.
pub(super) const OTHER_NAMES: [&str; 3] = ["née", "formerly", "previously"];

/// Words that begin a remark after a name, in lower case.
pub(super) const REMARKS_BEHIND: [&str; 11] = [
    "a.k.a.",
    "a.k.a",
    "t/a",
    "@",
    "on maternity",
    "on secondment",
    "on leave",
    "maternity cover",
    "head of",
    "director of",
    "member of",
];

/// Placeholders for a missing name, in lower case. The words for people who have left are in
/// `left_words`.
pub(super) const NOBODY: [&str; 57] = [
    "tbc",
    "tba",
    "tbd",
    "t.b.c",
    "t.b.a",
    "to be confirmed",
    "to be advised",
    "n/a",
    "n.a",
    "n/k",
    "not known",
    "not applicable",
    "unknown",
    "vacant",
    "vacancy",
    "vacant post",
    "none",
    "nil",
    "null",
    "nobody",
    "no one",
    "blank",
    "x",
    "xx",
    "xxx",
    "xxxx",
    "reception",
    "enquiries",
    "info",
    "various",
    "as above",
    "team",
    "department",
    "helpdesk",
    "help desk",
    "mailbox",
    "shared mailbox",
    "general office",
    "ditto",
    "to follow",
    "new starter",
    "staff member",
    "deleted",
    "removed",
    "undefined",
    "true",
    "false",
    "empty",
    "test test",
    "test user",
    "dummy",
    "somebody",
    "someone",
    "anybody",
    "not applicable yet",
    "awaiting",
    "pending",
];

/// Words that may be surnames, but in a column of first names stand for nobody, in lower case.
pub(super) const NOBODY_FIRST: [&str; 13] = [
    "accounts",
    "admin",
    "general",
    "iii",
    "ii",
    "office",
    "sales",
    "shared",
    "temp",
    "temporary",
    "true",
    "user",
    "yes",
];

/// Pronouns that people write beside a name, in lower case.
pub(super) const PRONOUNS: [&str; 18] = [
    "he", "him", "his", "she", "her", "hers", "they", "them", "their", "theirs", "ze", "zie",
    "zir", "hir", "xe", "xem", "it", "its",
];

/// Separators between the names of two people, in lower case.
pub(super) const PAIRS: [&str; 3] = [" & ", " and ", " + "];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_in_the_letters_in_which_they_are_compared() {
        let small = [
            &TITLES[..],
            &TITLES_OF_TWO,
            &TITLES_BEFORE_TWO,
            &JOBS,
            &NOBODY,
            &PAIRS,
            &PRONOUNS,
        ];
        for word in small.into_iter().flatten() {
            assert_eq!(word.to_lowercase(), **word);
        }
    }
}
