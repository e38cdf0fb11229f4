//! Assisted digital: officers enter forms for organisations, from a file or from paper.

use leptos::prelude::*;
use registration::desk::ASSISTED;
use registration::problem::Problem;
use registration::spreadsheet::upload_hint;

use super::provisioning::SET_UP;
use crate::components::{
    Button, ButtonKind, Cell, Checkboxes, Choice, FileUpload, InsetText, NotificationBanner,
    SummaryList, SummaryRow, Table, WarningText, text,
};
use crate::form::FormState;
use crate::pages::desk::{DeskPage, MenuEntry};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};
use crate::pages::server_page::form_with;

/// The file types that the file picker offers.
const ACCEPT: &str = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt";

/// A form that an officer entered for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssistedFormView {
    /// The identifier of the draft, which is part of the address of the form.
    pub draft: String,
    /// The name of the organisation; empty while it is unknown.
    pub organisation: String,
    /// The channel by which the organisation sent the form, as display text.
    pub channel: &'static str,
    /// The name of the officer who entered the form.
    pub by: String,
    /// The day on which the form was entered, as display text.
    pub at: String,
    /// The day on which the form expires, as display text.
    pub ends: String,
    /// The time of the request to sign the form, as display text, and the email address that it was
    /// sent to. `None` if the accountable person has not been asked to sign.
    pub sent_for_signature: Option<(String, String)>,
}

/// A form that was entered from the same file before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormTakenInBefore {
    /// The form is open; the identifier of its draft.
    Open(String),
    /// The form was submitted.
    Submitted,
    /// The officer has confirmed that the file is entered again, but sent no file.
    Confirmed,
}

impl AssistedFormView {
    fn name(&self) -> String {
        if self.organisation.trim().is_empty() {
            "Organisation not named yet".to_owned()
        } else {
            self.organisation.clone()
        }
    }
}

/// Renders the list of forms. If `may_enter` is true, also renders the ways to enter a form.
///
/// If the file that was just sent was entered before, `before` is the form that was entered from it then.
pub fn assisted_forms_page(
    forms: &[AssistedFormView],
    may_enter: bool,
    done: Option<&'static str>,
    problem: Option<Problem>,
    before: Option<FormTakenInBefore>,
) -> DeskPage {
    let title = if may_enter {
        "Enter a form"
    } else {
        "Forms entered"
    };
    let form = form_with(problem);
    let mut parts: Vec<AnyView> = Vec::new();
    parts.extend(
        done.map(|heading| view! { <NotificationBanner success=true heading/> }.into_any()),
    );
    parts.push(heading(title));
    if may_enter {
        parts.extend(entry_forms(form, before));
    }
    parts.push(subheading("Forms not submitted yet"));
    parts.push(if forms.is_empty() {
        paragraph("There are no forms.")
    } else {
        table(forms)
    });
    DeskPage::new(title, MenuEntry::SetUp, parts)
        .form(form)
        .back(SET_UP)
        .wide()
}

/// Renders the confirmation that a file that was entered before is entered again, with a link to
/// the earlier form if it is open.
fn again(before: FormTakenInBefore) -> AnyView {
    let values = match before {
        FormTakenInBefore::Confirmed => vec!["yes".into()],
        FormTakenInBefore::Open(_) | FormTakenInBefore::Submitted => Vec::new(),
    };
    let earlier = match before {
        FormTakenInBefore::Open(draft) => {
            let link = outside_link([ASSISTED, "/", &draft].concat(), "Open that form");
            Some(paragraph_of(vec![link]))
        }
        FormTakenInBefore::Submitted | FormTakenInBefore::Confirmed => None,
    };
    let choices = vec![Choice::new("yes", "Enter the file again, as another form")];
    view! {
        {earlier}
        <Checkboxes name="again" choices values small=true/>
    }
    .into_any()
}

/// Renders the two ways to enter a form: from a file and from paper.
fn entry_forms(form: FormState, before: Option<FormTakenInBefore>) -> Vec<AnyView> {
    let mut parts = Vec::new();
    parts.push(paragraph(
        "Fill in a registration for an organisation that sent the form by email or on paper. The accountable person must check, sign and submit it. You cannot sign for them.",
    ));
    parts.push(subheading("Form received as a file"));
    parts.push(paragraph(
        "We read the organisation and its users from the old workbook, or users from any spreadsheet. You can check and correct the data before it is used.",
    ));
    let by_file = [ASSISTED, "/file"].concat();
    let again = before.map(again);
    parts.push(
        view! {
            <form action=by_file method="post" enctype="multipart/form-data" novalidate>
                <FileUpload
                    name="file"
                    label="Upload the file"
                    hint=upload_hint()
                    problem=form.problem("file")
                    accept=ACCEPT
                />
                {again}
                <Button prevent_double_click=true>{text("Read the file")}</Button>
            </form>
        }
        .into_any(),
    );
    parts.push(subheading("Form received on paper"));
    let on_paper = [ASSISTED, "/paper"].concat();
    parts.push(
        view! {
            <form action=on_paper method="post" novalidate>
                <Button kind=ButtonKind::Secondary prevent_double_click=true>
                    {text("Key in a form from paper")}
                </Button>
            </form>
        }
        .into_any(),
    );
    parts
}

fn table(forms: &[AssistedFormView]) -> AnyView {
    let rows = forms
        .iter()
        .map(|form| {
            let link = outside_link([ASSISTED, "/", &form.draft].concat(), form.name());
            let stands = match &form.sent_for_signature {
                Some((when, _)) => format!("Sent for signature on {when}"),
                None => "In progress".to_owned(),
            };
            vec![
                Cell::new(link),
                Cell::from(form.channel),
                Cell::from(form.at.clone()),
                Cell::from(form.by.clone()),
                Cell::from(stands),
            ]
        })
        .collect();
    view! {
        <Table
            head=vec![
                "Organisation".into(),
                "How received".into(),
                "Entered".into(),
                "By".into(),
                "State".into(),
            ]
            reflows=true
            rows
        />
    }
    .into_any()
}

const COMPLETE: &str = "Complete except for the signature.";

fn about(form: &AssistedFormView) -> AnyView {
    let mut rows = vec![
        SummaryRow::new("How received", text(form.channel)),
        SummaryRow::new("Entered", text(format!("{} by {}", form.at, form.by))),
        SummaryRow::new("Kept until", text(form.ends.clone())),
    ];
    if let Some((when, to)) = &form.sent_for_signature {
        rows.push(SummaryRow::new(
            "Sent for signature",
            text(format!("{when}, to {to}")),
        ));
    }
    view! { <SummaryList rows/> }.into_any()
}

/// Renders a form for an officer who may only read it. `missing` is the number of missing or wrong
/// answers.
pub fn form_to_read_page(form: &AssistedFormView, missing: usize) -> DeskPage {
    let title = form.name();
    let parts = vec![
        heading(title.clone()),
        about(form),
        match missing {
            0 => paragraph(COMPLETE),
            1 => paragraph("1 answer is missing or wrong."),
            many => paragraph(format!("{many} answers are missing or wrong.")),
        },
    ];
    DeskPage::new(title, MenuEntry::SetUp, parts).back(ASSISTED)
}

/// Renders the page of a form.
///
/// `problems` are the missing and wrong answers, each as an address and a text. If `tried` is true,
/// the officer has tried to send the form for signature, and the error summary lists the problems.
pub fn form_page(
    form: &AssistedFormView,
    problems: &[(String, String)],
    tried: bool,
    done: Option<String>,
) -> DeskPage {
    let title = form.name();
    let wrong =
        |(_, words): &(String, String)| Problem::new("go-on", "form-incomplete", words.clone());
    let shown = if tried {
        problems.iter().map(wrong).collect()
    } else {
        Vec::new()
    };
    let state = FormState::new(shown, Vec::new());
    let mut parts: Vec<AnyView> = Vec::new();
    parts.extend(
        done.map(|heading| view! { <NotificationBanner success=true heading/> }.into_any()),
    );
    parts.push(heading(title.clone()));
    parts.push(about(form));
    let missing = problems.len();
    parts.push(match missing {
        0 => paragraph(COMPLETE),
        1 => paragraph("1 answer is missing or wrong. It is marked in the form."),
        many => paragraph(format!(
            "{many} answers are missing or wrong. They are marked in the form."
        )),
    });
    let action = [ASSISTED, "/", &form.draft].concat();
    let send = if form.sent_for_signature.is_some() {
        "Send it to the accountable person again"
    } else {
        "Send it to the accountable person to sign"
    };
    let (first, second) = if missing == 0 {
        (ButtonKind::Secondary, ButtonKind::Primary)
    } else {
        (ButtonKind::Primary, ButtonKind::Secondary)
    };
    if missing == 0 {
        parts.push(
            view! {
                <InsetText>
                    {text(
                        "We will email the accountable person a link to check, sign and submit the form.",
                    )}
                </InsetText>
            }
            .into_any(),
        );
    }
    parts.push(
        view! {
            <form action=action method="post" novalidate>
                <div class="govuk-button-group">
                    <Button name="what" value="go-on" id="go-on" kind=first prevent_double_click=true>
                        {text("Go on filling it in")}
                    </Button>
                    <Button name="what" value="send" kind=second prevent_double_click=true>
                        {text(send)}
                    </Button>
                </div>
            </form>
        }
        .into_any(),
    );
    let delete = [ASSISTED, "/", &form.draft, "/throw-away"].concat();
    parts.push(paragraph_of(vec![outside_link(delete, "Delete this form")]));
    DeskPage::new(title, MenuEntry::SetUp, parts)
        .form(state)
        .back(ASSISTED)
}

/// Renders the page that asks for confirmation before a form is deleted.
pub fn delete_form_page(form: &AssistedFormView) -> DeskPage {
    let title = "Delete this form?";
    let action = [ASSISTED, "/", &form.draft, "/throw-away"].concat();
    let entered = format!("{}, entered on {} by {}.", form.name(), form.at, form.by);
    let keep = outside_link([ASSISTED, "/", &form.draft].concat(), "Keep it");
    let parts = vec![
        heading(title),
        paragraph(entered),
        view! {
            <WarningText>
                {text("All the answers will be deleted. Any link that was sent will stop working.")}
            </WarningText>
        }
        .into_any(),
        view! {
            <form action=action method="post" novalidate>
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Delete the form")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![keep]),
    ];
    DeskPage::new(title, MenuEntry::SetUp, parts).back([ASSISTED, "/", &form.draft].concat())
}

/// Renders the page for a form that no longer exists.
pub fn form_gone_page() -> DeskPage {
    const TITLE: &str = "This form is no longer available";
    let parts = vec![
        heading(TITLE),
        paragraph("It was submitted, deleted or not submitted in time."),
        paragraph_of(vec![outside_link(
            ASSISTED,
            "See the forms not submitted yet",
        )]),
    ];
    DeskPage::new(TITLE, MenuEntry::SetUp, parts).back(ASSISTED)
}
