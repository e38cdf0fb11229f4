//! The stored fields of forms that an officer has filled in but not confirmed or saved, such as a
//! half-typed note. Because the fields are stored, nothing typed is lost if the officer goes back
//! or reloads the page.

use registration::lifetimes::DESK_SESSION_HOURS;

use super::fields::Fields;
use super::visit::DeskVisit;
use crate::store::{FormPlace, StoreError, Subject};

impl DeskVisit {
    /// Stores the fields of this officer's unsent form about a subject; `page` is the key of the
    /// form.
    pub(super) async fn save_unsent_form(
        &self,
        subject: &Subject,
        page: &'static str,
        fields: &Fields,
    ) -> Result<(), StoreError> {
        let until = self.now().plus_hours(DESK_SESSION_HOURS);
        let place = self.form_place(subject, page);
        let officers = self.store().officers();
        officers
            .save_unsent_form(place, fields.pairs(), until)
            .await
    }

    /// Returns the fields of this officer's unsent form; `None` if there is none or it has expired.
    pub(super) async fn unsent_form(
        &self,
        subject: &Subject,
        page: &'static str,
    ) -> Result<Option<Fields>, StoreError> {
        let place = self.form_place(subject, page);
        let fields = self
            .store()
            .officers()
            .unsent_form(place, self.now())
            .await?;
        Ok(fields.map(Fields::of))
    }

    /// Deletes this officer's unsent form, once its change was made or nothing is left to send.
    pub(super) async fn delete_unsent_form(
        &self,
        subject: &Subject,
        page: &'static str,
    ) -> Result<(), StoreError> {
        let place = self.form_place(subject, page);
        self.store().officers().delete_unsent_form(place).await
    }

    const fn form_place<'a>(&'a self, subject: &'a Subject, page: &'static str) -> FormPlace<'a> {
        FormPlace {
            officer: &self.officer.id,
            subject,
            page,
        }
    }
}
