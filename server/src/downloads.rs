//! The files that an applicant can download: their links, their names and their bytes.

use std::sync::LazyLock;

use app::backend::{Applicant, Download, Downloadable, Held, Rows};
use app::fault::Fault;
use registration::draft::Draft;
use registration::spreadsheet::OrganisationPage;
use registration::users::User;
use spreadsheet::write::{self, Format, WriteFault};

/// A file on its way to a person.
#[derive(Debug, Clone)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoFile {
    /// The draft that the cookie named has expired.
    Expired,
    /// The draft was submitted: its registration can be downloaded.
    Submitted,
    /// There is nothing of this kind.
    NotFound,
    /// It cannot be had now.
    Fault(Fault),
}

impl From<Fault> for NoFile {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The templates, which are always the same.
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

/// The links to a file in every format; those to templates with their sizes.
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

/// A file of what the applicant has, in a format.
///
/// # Errors
/// When there is none.
pub async fn file(
    applicant: &dyn Applicant,
    what: Downloadable,
    format: Format,
) -> Result<File, NoFile> {
    let (name, content) = match what {
        Downloadable::Template => (
            "common-platform-template".to_owned(),
            Content::Template(format),
        ),
        Downloadable::Registration => {
            let submitted = applicant.submitted().await?.ok_or(NoFile::NotFound)?;
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
                return Err(NoFile::NotFound);
            };
            let rows = Content::RowsWithProblems(Box::new(intake), listed);
            ("rows-to-put-right".to_owned(), rows)
        }
    };
    // A thousand users are a few hundredths of a second of work.
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
                let kept = TEMPLATES.iter().find(|(written, _)| *written == of);
                kept.map_or_else(|| write::template(of), |(_, bytes)| Ok(bytes.clone()))
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

async fn draft(applicant: &dyn Applicant) -> Result<Draft, NoFile> {
    match applicant.held().await? {
        Held::Nothing(draft) | Held::Open { draft, .. } => Ok(draft),
        Held::Expired => Err(NoFile::Expired),
        Held::Submitted => Err(NoFile::Submitted),
    }
}

/// The users of the list, or the one user of a one-person organisation.
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
