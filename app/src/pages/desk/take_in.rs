//! Taking in forms on behalf of organisations: those that were begun, and a new one from a file or from paper.

use leptos::prelude::*;
use registration::desk::TAKE_IN;
use registration::problem::Problem;

use super::set_up::SET_UP;
use crate::components::{
    Button, ButtonKind, Cell, FileUpload, InsetText, NotificationBanner, SummaryList, SummaryRow,
    Table, WarningText, text,
};
use crate::form::FormState;
use crate::pages::coming_back::with;
use crate::pages::desk::{DeskPage, Place};
use crate::pages::prose::{heading, outside_link, paragraph, paragraph_of, subheading};

/// What browsers offer to choose.
const ACCEPT: &str = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt";

/// A form that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownForm {
    /// Its draft, by which the address names it.
    pub draft: String,
    /// The organisation; empty as long as it is not known.
    pub organisation: String,
    /// How it came, in words.
    pub came_by: &'static str,
    /// Who took it in.
    pub by: String,
    /// When, in words.
    pub at: String,
    /// Until which day it is kept, in words.
    pub ends: String,
    /// When its accountable person was asked to sign, and at which address, in words.
    pub sent_to_sign: Option<(String, String)>,
}

impl ShownForm {
    fn name(&self) -> String {
        if self.organisation.trim().is_empty() {
            "Organisation not named yet".to_owned()
        } else {
            self.organisation.clone()
        }
    }
}

/// The page of all of them; who may not take in another sees the list alone.
pub fn take_in_page(
    forms: &[ShownForm],
    may_take_in: bool,
    done: Option<&'static str>,
    problem: Option<Problem>,
) -> DeskPage {
    let title = if may_take_in {
        "Take in a form"
    } else {
        "Forms taken in"
    };
    let form = with(problem);
    let mut parts: Vec<AnyView> = Vec::new();
    parts.extend(
        done.map(|heading| view! { <NotificationBanner success=true heading/> }.into_any()),
    );
    parts.push(heading(title));
    if may_take_in {
        parts.extend(ways_to_take_in(form));
    }
    parts.push(subheading("Forms that are not submitted yet"));
    parts.push(if forms.is_empty() {
        paragraph("There are none.")
    } else {
        table(forms)
    });
    DeskPage::new(title, Place::SetUp, parts)
        .form(form)
        .back(SET_UP)
        .wide()
}

/// The forms by which one is taken in.
fn ways_to_take_in(form: FormState) -> Vec<AnyView> {
    let mut parts = Vec::new();
    parts.push(paragraph(
        "Fill in a registration on behalf of an organisation that has sent the form by email or on paper. The accountable person checks it, signs it and submits it: you cannot sign for them.",
    ));
    parts.push(subheading("A form that came as a file"));
    parts.push(paragraph(
        "We read the organisation and its users from the old workbook, or users from any spreadsheet. You see what was read and put it right before it is used.",
    ));
    let by_file = [TAKE_IN, "/file"].concat();
    parts.push(
        view! {
            <form action=by_file method="post" enctype="multipart/form-data" novalidate>
                <FileUpload
                    name="file"
                    label="Upload the file"
                    hint="Excel, OpenDocument, CSV or TSV, smaller than 10MB"
                    problem=form.problem("file")
                    accept=ACCEPT
                />
                <Button prevent_double_click=true>{text("Read the file")}</Button>
            </form>
        }
        .into_any(),
    );
    parts.push(subheading("A form that came on paper"));
    let on_paper = [TAKE_IN, "/paper"].concat();
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

fn table(forms: &[ShownForm]) -> AnyView {
    let rows = forms
        .iter()
        .map(|form| {
            let link = outside_link([TAKE_IN, "/", &form.draft].concat(), form.name());
            let stands = match &form.sent_to_sign {
                Some((when, _)) => format!("Sent to be signed on {when}"),
                None => "Being filled in".to_owned(),
            };
            vec![
                Cell::new(link),
                Cell::from(form.came_by),
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
                "How it came".into(),
                "Taken in".into(),
                "By".into(),
                "State".into(),
            ]
            reflows=true
            rows
        />
    }
    .into_any()
}

const COMPLETE: &str = "Everything but the signature is there.";

fn about(form: &ShownForm) -> AnyView {
    let mut rows = vec![
        SummaryRow::new("How it came", text(form.came_by)),
        SummaryRow::new("Taken in", text(format!("{} by {}", form.at, form.by))),
        SummaryRow::new("Kept until", text(form.ends.clone())),
    ];
    if let Some((when, to)) = &form.sent_to_sign {
        rows.push(SummaryRow::new(
            "Sent to be signed",
            text(format!("{when}, to {to}")),
        ));
    }
    view! { <SummaryList rows/> }.into_any()
}

/// The page of one for who does not work on it, with how many answers are missing.
pub fn form_to_read_page(form: &ShownForm, missing: usize) -> DeskPage {
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
    DeskPage::new(title, Place::SetUp, parts).back(TAKE_IN)
}

/// The page of one.
pub fn form_page(
    form: &ShownForm,
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
        1 => paragraph("1 answer is missing or wrong. You see it in the form."),
        many => paragraph(format!(
            "{many} answers are missing or wrong. You see them in the form."
        )),
    });
    let action = [TAKE_IN, "/", &form.draft].concat();
    let send = if form.sent_to_sign.is_some() {
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
                        "The accountable person gets an email with a link. They check the answers, sign and submit.",
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
    let throw_away = [TAKE_IN, "/", &form.draft, "/throw-away"].concat();
    parts.push(paragraph_of(vec![outside_link(
        throw_away,
        "Throw this form away",
    )]));
    DeskPage::new(title, Place::SetUp, parts)
        .form(state)
        .back(TAKE_IN)
}

/// Asks before a form is thrown away.
pub fn throw_form_away_page(form: &ShownForm) -> DeskPage {
    let title = "Throw this form away?";
    let action = [TAKE_IN, "/", &form.draft, "/throw-away"].concat();
    let parts = vec![
        heading(title),
        paragraph(format!("{}, taken in on {} by {}.", form.name(), form.at, form.by)),
        view! {
            <WarningText>
                {text("Everything that was filled in is deleted. A link that was sent does not work any more.")}
            </WarningText>
        }
        .into_any(),
        view! {
            <form action=action method="post" novalidate>
                <Button kind=ButtonKind::Warning prevent_double_click=true>
                    {text("Throw it away")}
                </Button>
            </form>
        }
        .into_any(),
        paragraph_of(vec![outside_link([TAKE_IN, "/", &form.draft].concat(), "Keep it")]),
    ];
    DeskPage::new(title, Place::SetUp, parts).back([TAKE_IN, "/", &form.draft].concat())
}

/// What is said of a form that is not there.
pub fn form_gone_page() -> DeskPage {
    const TITLE: &str = "This form is not here any more";
    let parts = vec![
        heading(TITLE),
        paragraph(
            "It was submitted by its accountable person, thrown away, or not submitted in time.",
        ),
        paragraph_of(vec![outside_link(
            TAKE_IN,
            "See the forms that are not submitted yet",
        )]),
    ];
    DeskPage::new(TITLE, Place::SetUp, parts).back(TAKE_IN)
}
