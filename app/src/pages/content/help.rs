//! The help page: how to contact the Common Platform Desk, and answers to common questions.

use leptos::prelude::*;
use registration::feedback::FEEDBACK;
use registration::lifecycle::STATUS;
use registration::lifetimes::{ACTIVATION_LINK_DAYS, APPLICANT_SESSION_HOURS, DRAFT_DAYS};
use registration::performance::PERFORMANCE;
use registration::resume::RETURN;

use super::layout::{Column, ContactDetails};
use crate::service::Contact;

/// The heading of the help page.
pub const TITLE: &str = "Help and contact";

/// The help page.
#[component]
pub fn Help(
    /// The contact details of the Common Platform Desk.
    contact: Contact,
) -> impl IntoView {
    view! {
        <Column title=TITLE>
            <ContactDetails contact />
            <p class="govuk-body">
                "Tell the Common Platform Desk at once if you think that somebody else knows the user ID or password of a Common Platform account. Telephone if you can."
            </p>
            {before_you_start()}
            {numbers()}
            {saving()}
            {accounts()}
            <h2 class="govuk-heading-m">"Getting the form in another format"</h2>
            <p class="govuk-body">
                "You can "
                <a class="govuk-link" href="/other-formats">
                    "ask for another format"
                </a> " if you cannot use this service."
            </p>
            {service()}
        </Column>
    }
}

fn before_you_start() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"Who registers"</h2>
        <h3 class="govuk-heading-s">"Who should fill in the registration"</h3>
        <p class="govuk-body">
            "One person for the whole organisation. This is usually the person who will manage its Common Platform accounts. You need the names, email addresses and mobile phone numbers of everybody who needs an account. You can type them one by one, or upload a spreadsheet."
        </p>
        <h3 class="govuk-heading-s">"Who the accountable person is"</h3>
        <p class="govuk-body">
            "The person who answers for how your organisation uses Common Platform. An organisation must have an accountable person, and at least one administrator, at all times. One person can be both."
        </p>
        <h3 class="govuk-heading-s">"If your barrister is self-employed"</h3>
        <p class="govuk-body">
            "A self-employed, freelance or direct access barrister registers as an organisation of one person. They are the accountable person, the administrator and the only user."
        </p>
        <p class="govuk-body">
            "If a barrister works through your chambers, add them to the users of your chambers instead."
        </p>
    }
}

fn numbers() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"Where to find your numbers"</h2>
        <h3 class="govuk-heading-s">"LAA account number"</h3>
        <p class="govuk-body">
            "This is on the schedule to your Legal Aid Agency contract. Each office has its own. It is 6 characters long, like 1A234B: a number, a letter, 3 numbers and a letter."
        </p>
        <h3 class="govuk-heading-s">"SRA number"</h3>
        <p class="govuk-body">
            "This is on your firm’s letterhead and website. You can also look it up in the "
            <a class="govuk-link" href="https://www.sra.org.uk/consumers/register/">
                "Solicitors Register"
            </a>
            ". Give the number of the firm, not of a solicitor."
        </p>
        <h3 class="govuk-heading-s">"Bar number"</h3>
        <p class="govuk-body">
            "This is the membership number that the Bar Council gave the barrister. Barristers can find it in their MyBar account."
        </p>
    }
}

fn saving() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"Saving your answers and coming back"</h2>
        <p class="govuk-body">
            "Your answers are saved each time you continue to the next page. You can leave and come back on the same device and in the same browser. Your answers are kept on this device for "
            {APPLICANT_SESSION_HOURS} " hours after you start or return to it."
        </p>
        <p class="govuk-body">
            "To keep your answers for longer, select ‘Save and come back later’ on any page and give an email address. You can then go on with them on any device. To come back, "
            <a class="govuk-link" href=RETURN>
                "return to a saved registration"
            </a>
            ". You can also share a saved registration with a colleague."
        </p>
        <p class="govuk-body">
            "We delete a registration that has not been submitted after " {DRAFT_DAYS}
            " days at most."
        </p>
        <p class="govuk-body">
            "If you share the device, other people who use the same browser may see your answers until then. To prevent that, use ‘Sign out of this device’ at the end of any page."
        </p>
    }
}

fn accounts() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"After you submit your registration"</h2>
        <h3 class="govuk-heading-s">"When accounts arrive"</h3>
        <p class="govuk-body">
            "We check your organisation first. Then we set up the accounts, and Common Platform sends each user an email with a link to activate their account. The link works for "
            {ACTIVATION_LINK_DAYS} " days."
        </p>
        <p class="govuk-body">
            "Each user also needs the mobile phone whose number you gave, to get a security code."
        </p>
        <h3 class="govuk-heading-s">"If the email with the link has not come"</h3>
        <ol class="govuk-list govuk-list--number">
            <li>"Look in your junk or spam folder."</li>
            <li>
                "Ask your administrator to check that your email address is spelt correctly."
            </li>
            <li>
                "If the link is older than " {ACTIVATION_LINK_DAYS}
                " days, ask your administrator to send it again."
            </li>
        </ol>
        <h3 class="govuk-heading-s">"If we need to know more"</h3>
        <p class="govuk-body">
            "We send an email with a link. The link shows our questions and opens your answers, so that you can change them and send them again."
        </p>
        <h3 class="govuk-heading-s">"How far your registration has got"</h3>
        <p class="govuk-body">
            "You can "
            <a class="govuk-link" href=STATUS>
                "check the progress of your registration"
            </a>
            ", get emails about it at another address, or withdraw it."
        </p>
        <h3 class="govuk-heading-s">"If you have a hearing soon and no account"</h3>
        <p class="govuk-body">
            "The registration asks for the court and date of your first hearing. If the hearing was fixed after you submitted, email or telephone the Common Platform Desk with your reference, the court and the date."
        </p>
        <h3 class="govuk-heading-s">"If you made a mistake in your registration"</h3>
        <p class="govuk-body">
            "Email or telephone the Common Platform Desk with your reference, and say what must change."
        </p>
        <h3 class="govuk-heading-s">"If your organisation closes or merges"</h3>
        <p class="govuk-body">
            "Tell the Common Platform Desk as soon as possible. The "
            <a class="govuk-link" href="/terms-and-conditions#clause-15">
                "terms and conditions"
            </a>
            " ask you to do this."
        </p>
    }
}

fn service() -> impl IntoView {
    view! {
        <h2 class="govuk-heading-m">"About this service"</h2>
        <p class="govuk-body">
            <a class="govuk-link" href=FEEDBACK>
                "Give feedback on this service"
            </a>
        </p>
        <p class="govuk-body">
            <a class="govuk-link" href=PERFORMANCE>
                "See how this service performs"
            </a>
        </p>
    }
}
