//! Files that an applicant can download: their links, names and contents.

use std::sync::LazyLock;

use app::backend::{Applicant, Download, Downloadable, DraftState, Rows};
use app::fault::Fault;
use registration::draft::Draft;
use registration::spreadsheet::OrganisationPage;
use registration::users::User;
use spreadsheet::write::{self, Format, WriteFault};

/// A file for the applicant to download.
#[derive(Debug, Clone)]
pub struct File {
    /// The file name, with its extension.
    pub name: String,
    /// The media type, for the `Content-Type` header.
    pub media_type: &'static str,
    /// The content of the file.
    pub bytes: Vec<u8>,
}

/// The reason why a file cannot be downloaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadError {
    /// The draft of the applicant's cookie has expired.
    Expired,
    /// The draft was submitted; the registration can be downloaded instead.
    Submitted,
    /// There is no data for this file, for example because no registration was submitted.
    NotFound,
    /// The store failed, or the file could not be written.
    Fault(Fault),
}

impl From<Fault> for DownloadError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The spreadsheet template in each format, written once because it never changes. A template that
/// could not be written is left out.
static TEMPLATES: LazyLock<Vec<(Format, Vec<u8>)>> = LazyLock::new(|| {
    let written = |format| match write::template(format) {
        Ok(bytes) => Some((format, bytes)),
        Err(error) => {
            tracing::error!(%error, "a template could not be written");
            None
        }
    };
    Format::ALL.into_iter().filter_map(written).collect()
});

/// Returns the links to a file, one per format. A link to the template also states the size of the
/// file, if the template could be written in advance.
#[must_use]
pub fn links(what: Downloadable) -> Vec<Download> {
    let size = |format| {
        let (_, bytes) = TEMPLATES.iter().find(|(written, _)| *written == format)?;
        Some(format!(", {}KB", bytes.len().div_ceil(1_000)))
    };
    Format::ALL
        .into_iter()
        .map(|format| {
            let size = match what {
                Downloadable::Template => size(format),
                _ => None,
            };
            Download {
                address: what.address(format.extension()),
                words: [words(format), &size.unwrap_or_default()].concat(),
            }
        })
        .collect()
}

/// Writes the template, or a file of the applicant's data, in a format.
///
/// # Errors
/// When the draft has expired or was submitted, except for the template and the registration. When
/// there is no data for the file, the store fails or the file cannot be written.
pub async fn file(
    applicant: &dyn Applicant,
    what: Downloadable,
    format: Format,
) -> Result<File, DownloadError> {
    let (name, content) = match what {
        Downloadable::Template => (
            "common-platform-template".to_owned(),
            Content::Template(format),
        ),
        Downloadable::Registration => {
            let submitted = applicant
                .submitted()
                .await?
                .ok_or(DownloadError::NotFound)?;
            let registration = Content::Registration(Box::new(submitted.registration));
            (submitted.reference, registration)
        }
        Downloadable::Users => {
            let draft = draft(applicant).await?;
            let users = users(applicant, &draft).await?;
            ("common-platform-users".to_owned(), Content::Users(users))
        }
        Downloadable::Draft => {
            let draft = draft(applicant).await?;
            let users = users(applicant, &draft).await?;
            let page = OrganisationPage::of_draft(&draft);
            (
                "common-platform-registration".to_owned(),
                Content::Draft(Box::new(page), users),
            )
        }
        Downloadable::RowsWithProblems => {
            let draft = draft(applicant).await?;
            let listed = users(applicant, &draft).await?;
            let waiting = applicant.spreadsheets().await?.waiting;
            let Some(Rows::Intake(intake)) = waiting.map(|waiting| waiting.rows) else {
                return Err(DownloadError::NotFound);
            };
            let rows = Content::RowsWithProblems(Box::new(intake), listed);
            ("rows-to-put-right".to_owned(), rows)
        }
    };
    // Writing a thousand users takes a few hundredths of a second, too long for an async thread.
    let written = tokio::task::spawn_blocking(move || content.write(format)).await;
    let bytes = match written {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => {
            tracing::error!(%error, "a download could not be written");
            return Err(Fault::Unavailable.into());
        }
        Err(error) => {
            tracing::error!(%error, "a download was not finished");
            return Err(Fault::Unavailable.into());
        }
    };
    Ok(File {
        name: [&name, ".", format.extension()].concat(),
        media_type: format.media_type(),
        bytes,
    })
}

enum Content {
    Template(Format),
    Users(Vec<User>),
    Draft(Box<OrganisationPage>, Vec<User>),
    RowsWithProblems(Box<registration::spreadsheet::Intake>, Vec<User>),
    Registration(Box<registration::registration::Registration>),
}

impl Content {
    fn write(self, format: Format) -> Result<Vec<u8>, WriteFault> {
        match self {
            Self::Template(of) => {
                let cached = TEMPLATES.iter().find(|(written, _)| *written == of);
                cached.map_or_else(|| write::template(of), |(_, bytes)| Ok(bytes.clone()))
            }
            Self::Users(users) => write::users(format, &users),
            Self::Draft(page, users) => write::draft(format, Some(&page), &users),
            Self::RowsWithProblems(intake, listed) => {
                write::rows_with_problems(format, &intake, &intake.problems(&listed))
            }
            Self::Registration(registration) => write::registration(format, &registration),
        }
    }
}

const fn words(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "Excel (xlsx)",
        Format::Ods => "OpenDocument (ods)",
        Format::Csv => "CSV",
    }
}

async fn draft(applicant: &dyn Applicant) -> Result<Draft, DownloadError> {
    match applicant.draft_state().await? {
        DraftState::Nothing(draft) | DraftState::Open { draft, .. } => Ok(draft),
        DraftState::Expired => Err(DownloadError::Expired),
        DraftState::Submitted => Err(DownloadError::Submitted),
    }
}

/// Returns the listed users, or the single user of a one-person organisation.
async fn users(applicant: &dyn Applicant, draft: &Draft) -> Result<Vec<User>, Fault> {
    if draft.is_one_person() {
        let user = draft.one_user.clone().unwrap_or_default().user(
            &draft.accountable_person.clone().unwrap_or_default(),
            &draft.accountable_person_contact.clone().unwrap_or_default(),
        );
        return Ok(vec![user]);
    }
    let listed = applicant.users().await?;
    Ok(listed.into_iter().map(|listed| listed.user).collect())
}
