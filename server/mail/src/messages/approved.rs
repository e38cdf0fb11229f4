//! The message to the applicant after a registration was approved. It says what each user will
//! receive.

use const_format::concatcp;
use registration::identifiers::Reference;
use registration::language::Language;
use registration::lifetimes::ACTIVATION_LINK_DAYS;

use crate::letter::Letter;

pub fn letter(language: Language, link: &str, reference: &Reference, users: usize) -> Letter {
    match language {
        Language::English => Letter::new(
            language,
            format!("Your registration {reference} is approved"),
        )
        .paragraph("The Common Platform Desk has approved your registration.")
        .paragraph(match users {
            1 => "We are now setting up an account for 1 user.".to_owned(),
            users => format!("We are now setting up accounts for {users} users."),
        })
        .heading("What each user will receive")
        .points([
            concatcp!(
                "an email with a link to activate their account, which works for ",
                ACTIVATION_LINK_DAYS,
                " days",
            ),
            "a code on their mobile phone when they sign in",
        ])
        .paragraph(
            "Tell your users to look for the email, in their junk folder too, and to activate their account soon.",
        ),
        Language::Welsh => Letter::new(
            language,
            format!("Mae eich cofrestriad {reference} wedi’i gymeradwyo"),
        )
        .paragraph("Mae Desg y Platfform Cyffredin wedi cymeradwyo eich cofrestriad.")
        .paragraph(format!(
            "Rydym nawr yn creu cyfrifon. Nifer y defnyddwyr: {users}."
        ))
        .heading("Beth fydd pob defnyddiwr yn ei dderbyn")
        .points([
            concatcp!(
                "e-bost gyda dolen i actifadu ei gyfrif, sy’n gweithio am ",
                ACTIVATION_LINK_DAYS,
                " diwrnod",
            ),
            "cod ar ei ffôn symudol pan fydd yn mewngofnodi",
        ])
        .paragraph(
            "Dywedwch wrth eich defnyddwyr am chwilio am yr e-bost, yn eu ffolder sothach hefyd, ac am actifadu eu cyfrif yn fuan.",
        ),
    }
    .paragraph(language.of(
        "To see how far the accounts have got, go to this page:",
        "I weld pa mor bell y mae’r cyfrifon wedi cyrraedd, ewch i’r dudalen hon:",
    ))
    .link(link)
}
