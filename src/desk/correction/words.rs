//! The names of corrected answers, in both languages. Officers read them before they correct;
//! applicants read them in a message and on the status page.

use super::Part;
use crate::language::Language;
use crate::page::Page;

/// Returns the name of a field, in words that also suit the applicant.
pub fn words_of_field(part: Part, field: &str, language: Language) -> &'static str {
    let of_person = matches!(
        part,
        Part::Page(Page::AccountablePersonName | Page::AccountablePersonContact)
    );
    let (english, welsh) = match field {
        "name" => ("Name of the organisation", "Enw’r sefydliad"),
        "address_line_1" => ("Address line 1", "Llinell gyfeiriad 1"),
        "address_line_2" => ("Address line 2", "Llinell gyfeiriad 2"),
        "town" => ("Town or city", "Tref neu ddinas"),
        "county" => ("County", "Sir"),
        "postcode" => ("Postcode", "Cod post"),
        "telephone" if of_person => (
            "Telephone number of the accountable person",
            "Rhif ffôn y person atebol",
        ),
        "telephone" => (
            "Telephone number of the organisation",
            "Rhif ffôn y sefydliad",
        ),
        "email" if of_person => (
            "Email address of the accountable person",
            "Cyfeiriad e-bost y person atebol",
        ),
        "email" if matches!(part, Part::User(_)) => {
            ("Email address of a user", "Cyfeiriad e-bost defnyddiwr")
        }
        "email" => (
            "Email address of the organisation",
            "Cyfeiriad e-bost y sefydliad",
        ),
        "sra_number" => ("SRA number", "Rhif SRA"),
        "bar_number" => ("Bar number", "Rhif Bar"),
        "laa_account_numbers" => ("LAA account numbers", "Rhifau cyfrif LAA"),
        "court" => ("Court of the first hearing", "Llys y gwrandawiad cyntaf"),
        "hearing-day" => ("Day of the first hearing", "Diwrnod y gwrandawiad cyntaf"),
        "hearing-month" => ("Month of the first hearing", "Mis y gwrandawiad cyntaf"),
        "hearing-year" => ("Year of the first hearing", "Blwyddyn y gwrandawiad cyntaf"),
        "first_name" if of_person => (
            "First name of the accountable person",
            "Enw cyntaf y person atebol",
        ),
        "last_name" if of_person => (
            "Last name of the accountable person",
            "Cyfenw’r person atebol",
        ),
        "job_title" => (
            "Job title of the accountable person",
            "Teitl swydd y person atebol",
        ),
        "first_name" => ("First name of a user", "Enw cyntaf defnyddiwr"),
        "last_name" => ("Last name of a user", "Cyfenw defnyddiwr"),
        "mobile" => ("Mobile number of a user", "Rhif ffôn symudol defnyddiwr"),
        "role" => ("Role of a user", "Rôl defnyddiwr"),
        "administrator" => (
            "Whether a user is an administrator",
            "A yw defnyddiwr yn weinyddwr",
        ),
        _ => ("Answer", "Ateb"),
    };
    language.of(english, welsh)
}
