//! The acknowledgement of a request for the form in another format. The address is not confirmed,
//! so the message repeats nothing that was typed.

use registration::language::Language;

use crate::letter::Letter;

pub fn letter(language: Language, working_days: u8) -> Letter {
    match language {
        Language::English => Letter::new(language, "We received your request for another format")
            .paragraph(
                "You asked for the registration form for Common Platform in another format.",
            )
            .paragraph(format!(
                "The Common Platform Desk will get back to you in {working_days} working days."
            )),
        Language::Welsh => Letter::new(
            language,
            "Rydym wedi derbyn eich cais am fformat arall",
        )
        .paragraph(
            "Rydych wedi gofyn am y ffurflen gofrestru ar gyfer y Platfform Cyffredin mewn fformat arall.",
        )
        .paragraph(format!(
            "Bydd Desg y Platfform Cyffredin yn cysylltu â chi o fewn {working_days} diwrnod gwaith."
        )),
    }
}
