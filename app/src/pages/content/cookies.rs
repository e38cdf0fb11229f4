//! The page that lists the cookies of the service. All are essential, so there is no banner that
//! asks for consent.

use leptos::prelude::*;
use registration::lifetimes::{
    APPLICANT_SESSION_HOURS, DESK_SESSION_HOURS, KNOWN_BROWSER_DAYS, MEMBER_SESSION_HOURS,
};

use super::layout::Column;

/// The heading of the page about cookies.
pub const TITLE: &str = "Cookies";

/// The page that lists the cookies of the service.
#[component]
pub fn Cookies() -> impl IntoView {
    view! {
        <Column title=TITLE>
            <p class="govuk-body">
                "Cookies are small files saved on your phone, tablet or computer when you visit a website."
            </p>
            <p class="govuk-body">
                "This service only uses cookies that it needs to work. It does not use cookies to measure how you use it. It has no adverts. That is why we do not ask you to accept cookies."
            </p>
            <h2 class="govuk-heading-m">"Essential cookies"</h2>
            <table class="govuk-table">
                <caption class="govuk-table__caption govuk-table__caption--s">
                    "Cookies that the service needs to work"
                </caption>
                <thead class="govuk-table__head">
                    <tr class="govuk-table__row">
                        <th scope="col" class="govuk-table__header">"Name"</th>
                        <th scope="col" class="govuk-table__header">"Purpose"</th>
                        <th scope="col" class="govuk-table__header">"Expires"</th>
                    </tr>
                </thead>
                <tbody class="govuk-table__body">
                    <tr class="govuk-table__row">
                        <th scope="row" class="govuk-table__header">"__Host-registration"</th>
                        <td class="govuk-table__cell">
                            "Keeps your answers while you fill in the form, and your copy after you submit it"
                        </td>
                        <td class="govuk-table__cell">
                            {APPLICANT_SESSION_HOURS} " hours after you start or return to a registration"
                        </td>
                    </tr>
                    <tr class="govuk-table__row">
                        <th scope="row" class="govuk-table__header">"__Host-members"</th>
                        <td class="govuk-table__cell">
                            "Keeps people who manage their organisation’s list of people signed in"
                        </td>
                        <td class="govuk-table__cell">
                            "When you close the browser, or "{MEMBER_SESSION_HOURS}
                            " hours after you sign in on a device of your own"
                        </td>
                    </tr>
                    <tr class="govuk-table__row">
                        <th scope="row" class="govuk-table__header">"language"</th>
                        <td class="govuk-table__cell">
                            "Remembers whether you chose English or Welsh"
                        </td>
                        <td class="govuk-table__cell">"1 year after you chose"</td>
                    </tr>
                    <tr class="govuk-table__row">
                        <th scope="row" class="govuk-table__header">"__Host-desk"</th>
                        <td class="govuk-table__cell">
                            "Keeps people who work at the Common Platform Desk signed in. Nobody else gets it. Their browser also remembers when they will be signed out"
                        </td>
                        <td class="govuk-table__cell">
                            {DESK_SESSION_HOURS} " hours after they signed in"
                        </td>
                    </tr>
                    <tr class="govuk-table__row">
                        <th scope="row" class="govuk-table__header">"__Host-desk-sign-in"</th>
                        <td class="govuk-table__cell">
                            "Remembers the first step while people of the Common Platform Desk sign in"
                        </td>
                        <td class="govuk-table__cell">"1 hour after the first step"</td>
                    </tr>
                    <tr class="govuk-table__row">
                        <th scope="row" class="govuk-table__header">"__Host-desk-browser"</th>
                        <td class="govuk-table__cell">
                            "Recognises a browser in which people of the Common Platform Desk have signed in, so that nobody else’s failed attempts lock them out"
                        </td>
                        <td class="govuk-table__cell">
                            {KNOWN_BROWSER_DAYS} " days after they last signed in"
                        </td>
                    </tr>
                </tbody>
            </table>
            <p class="govuk-body">
                "If the connection is not secure (HTTPS), such as in a test, the cookie is called ‘registration’."
            </p>
            <h2 class="govuk-heading-m">"If you delete or block the cookie"</h2>
            <p class="govuk-body">
                "You can delete cookies in the settings of your browser. If you do this before you submit, this browser no longer finds your answers. You can return to them if you saved them with an email address. If you did not, you have to start again. If you do it after you submit, you can no longer see your copy on this device. We still have your registration. If your browser blocks the cookie, you cannot use the service. You can still "
                <a class="govuk-link" href="/other-formats">
                    "ask for the form in another format"
                </a> "."
            </p>
        </Column>
    }
}
