//! The warning that a draft will be deleted in a few days.

use registration::date::CalendarDate;
use registration::language::Language;

use super::Sender;
use crate::letter::Letter;

pub fn letter(language: Language, sender: &Sender, kept_until: CalendarDate) -> Letter {
    let day = kept_until.in_words_of(language);
    let subject = match language {
        Language::English => format!("Your registration will be deleted after {day}"),
        Language::Welsh => format!("Bydd eich cofrestriad yn cael ei ddileu ar ôl {day}"),
    };
    let letter = Letter::new(language, subject);
    match language {
        Language::English => letter
            .paragraph(
                "You saved a registration for Common Platform with this email address and have not submitted it.",
            )
            .paragraph(format!(
                "We keep your answers until {day}. After that they are deleted and you will need to start again."
            ))
            .paragraph("To go on with your registration, go to this page:"),
        Language::Welsh => letter
            .paragraph(
                "Rydych wedi cadw cofrestriad ar gyfer y Platfform Cyffredin gyda’r cyfeiriad e-bost hwn ac nid ydych wedi ei gyflwyno.",
            )
            .paragraph(format!(
                "Rydym yn cadw eich atebion tan {day}. Ar ôl hynny byddant yn cael eu dileu a bydd angen i chi ddechrau eto."
            ))
            .paragraph("I fynd ymlaen â’ch cofrestriad, ewch i’r dudalen hon:"),
    }
    .link(sender.page("/return"))
}
