//! The message that a registration was received. It goes to the organisation's address, which is
//! not confirmed, so it gives the reference and repeats nothing that was typed.

use registration::identifiers::Reference;
use registration::language::Language;

use crate::letter::Letter;

pub fn letter(language: Language, reference: &Reference) -> Letter {
    match language {
        Language::English => Letter::new(
            language,
            format!("We received your registration {reference}"),
        )
        .paragraph(
            "We received a registration for Common Platform that gives this email address as its organisation’s.",
        )
        .paragraph(format!("Its reference is {reference}."))
        .heading("What happens next")
        .paragraph(
            "The Common Platform Desk checks your organisation. If it needs to know more, it writes to those who saved the registration with an email address, or to your accountable person.",
        )
        .paragraph(
            "Once your organisation is checked, each user gets an email with a link to activate their account.",
        )
        .paragraph(
            "If your organisation did not send a registration, tell the Common Platform Desk and give the reference.",
        ),
        Language::Welsh => Letter::new(
            language,
            format!("Rydym wedi derbyn eich cofrestriad {reference}"),
        )
        .paragraph(
            "Rydym wedi derbyn cofrestriad ar gyfer y Platfform Cyffredin sy’n rhoi’r cyfeiriad e-bost hwn fel cyfeiriad y sefydliad.",
        )
        .paragraph(format!("Ei gyfeirnod yw {reference}."))
        .heading("Beth fydd yn digwydd nesaf")
        .paragraph(
            "Mae Desg y Platfform Cyffredin yn gwirio eich sefydliad. Os bydd angen gwybod mwy, bydd yn ysgrifennu at y rhai a gadwodd y cofrestriad gyda chyfeiriad e-bost, neu at eich unigolyn atebol.",
        )
        .paragraph(
            "Unwaith y bydd eich sefydliad wedi’i wirio, bydd pob defnyddiwr yn cael e-bost gyda dolen i actifadu ei gyfrif.",
        )
        .paragraph(
            "Os na wnaeth eich sefydliad anfon cofrestriad, dywedwch wrth Ddesg y Platfform Cyffredin a rhowch y cyfeirnod.",
        ),
    }
}
