//! The parts of govuk-frontend that our components do not offer, each with the reason: whole
//! components, and fixtures with certain options.

/// Fixtures that our components do not match, for one reason.
pub struct NotOurs {
    pub because: &'static str,
    /// The names of the fixtures, by component.
    pub fixtures: &'static [(&'static str, &'static [&'static str])],
}

/// Components that we do not have, each with the reason.
pub const COMPONENTS: &[(&str, &str)] = &[
    (
        "accordion",
        "content is short enough to be read as it stands",
    ),
    ("breadcrumbs", "a journey of questions has a back link"),
    (
        "character-count",
        "no answer is so long that its letters have to be counted",
    ),
    (
        "cookie-banner",
        "the service sets no cookie that anybody could refuse",
    ),
    (
        "exit-this-page",
        "nobody is in danger who is seen with this page",
    ),
    (
        "feedback",
        "the phase banner and the help page lead to the desk",
    ),
    ("language-navigation", "the pages are in English"),
    ("password-input", "nobody has a password"),
    ("tabs", "each page asks one thing"),
];

/// The fixtures that our components do not match, by reason.
pub const FIXTURES: &[NotOurs] = &[
    NotOurs {
        because: "A question that is the heading of the page is before its fieldset, not in the legend: screen readers announce it twice there",
        fixtures: &[
            (
                "fieldset",
                &[
                    "as page heading xl",
                    "as page heading l",
                    "as page heading m",
                    "as page heading s",
                    "as page heading without class",
                ],
            ),
            ("radios", &["with hints on items"]),
            ("checkboxes", &["with legend as a page heading"]),
        ],
    },
    NotOurs {
        because: "Ours take no attributes, ids or classes beside their own: what a page may say of a component is a property with a name",
        fixtures: &[
            ("back-link", &["classes", "attributes"]),
            (
                "button",
                &["attributes", "link attributes", "classes", "link classes"],
            ),
            (
                "checkboxes",
                &[
                    "with optional form-group classes showing group error",
                    "classes",
                    "attributes",
                    "items with attributes",
                    "with label classes",
                    "label with attributes",
                    "fieldset params",
                ],
            ),
            (
                "date-input",
                &[
                    "with errors only (using classes)",
                    "with errors only (using items and classes)",
                    "classes",
                    "attributes",
                    "items with classes",
                    "items without classes",
                    "with optional form-group classes",
                    "with input attributes",
                ],
            ),
            ("details", &["classes", "attributes"]),
            ("error-message", &["classes", "attributes"]),
            (
                "error-summary",
                &["classes", "attributes", "error list with attributes"],
            ),
            ("fieldset", &["legend classes", "classes", "attributes"]),
            (
                "file-upload",
                &[
                    "enhanced, custom wrapper classes and attributes",
                    "attributes",
                    "classes",
                    "with optional form-group classes",
                ],
            ),
            (
                "footer",
                &[
                    "attributes",
                    "classes",
                    "with container classes",
                    "with meta item attributes",
                    "with navigation item attributes",
                ],
            ),
            ("generic-header", &["attributes", "classes"]),
            ("header", &["attributes", "classes"]),
            ("hint", &["classes", "attributes"]),
            (
                "input",
                &[
                    "classes",
                    "attributes",
                    "with prefix with classes",
                    "with prefix with attributes",
                    "with suffix with classes",
                    "with suffix with attributes",
                    "with customised input wrapper",
                    "with optional form-group classes",
                ],
            ),
            ("inset-text", &["classes", "attributes"]),
            ("label", &["classes", "attributes"]),
            ("notification-banner", &["classes", "attributes"]),
            (
                "pagination",
                &["with custom classes", "with custom attributes"],
            ),
            (
                "panel",
                &[
                    "classes",
                    "attributes",
                    "interruption with custom classes",
                    "interruption, with actions classes and attributes",
                ],
            ),
            ("phase-banner", &["classes", "attributes", "tag classes"]),
            (
                "radios",
                &[
                    "with optional form-group classes showing group error",
                    "small",
                    "small with error",
                    "small with hint",
                    "attributes",
                    "items with attributes",
                    "label with classes",
                    "label with attributes",
                    "fieldset params",
                ],
            ),
            (
                "select",
                &[
                    "with full width override",
                    "attributes",
                    "attributes on items",
                    "with optional form-group classes",
                ],
            ),
            (
                "service-navigation",
                &["attributes", "classes", "with custom navigation classes"],
            ),
            ("skip-link", &["classes", "attributes"]),
            (
                "summary-list",
                &[
                    "attributes",
                    "key with classes",
                    "actions with classes",
                    "actions with attributes",
                    "classes on items",
                    "rows with classes",
                    "summary card with custom classes",
                    "summary card with custom attributes",
                    "overridden-widths",
                ],
            ),
            (
                "table",
                &[
                    "classes",
                    "attributes",
                    "head with classes",
                    "head with attributes",
                    "firstCellIsHeader with classes",
                    "firstCellIsHeader with attributes",
                    "rows with classes",
                    "rows with attributes",
                ],
            ),
            ("tag", &["attributes"]),
            ("task-list", &["custom classes", "custom attributes"]),
            (
                "textarea",
                &["classes", "attributes", "with optional form-group classes"],
            ),
            ("warning-text", &["attributes", "classes"]),
        ],
    },
    NotOurs {
        because: "Words are words: HTML comes in only where a component takes children",
        fixtures: &[
            ("back-link", &["html"]),
            ("button", &["start link with html"]),
            ("checkboxes", &["fieldset html params"]),
            ("date-input", &["fieldset html"]),
            ("details", &["summary html"]),
            ("error-message", &["html"]),
            (
                "error-summary",
                &[
                    "title html",
                    "description html",
                    "error list with html",
                    "error list with html link",
                ],
            ),
            ("fieldset", &["html"]),
            ("input", &["with prefix with html", "with suffix with html"]),
            ("label", &["html"]),
            ("notification-banner", &["title as html"]),
            ("panel", &["title html"]),
            ("phase-banner", &["tag html"]),
            (
                "radios",
                &["with legend as page heading", "fieldset with html"],
            ),
            ("skip-link", &["html"]),
            (
                "summary-list",
                &[
                    "as a summary card with a html header",
                    "key with html",
                    "actions with html",
                ],
            ),
            ("table", &["html"]),
            ("tag", &["html"]),
            ("task-list", &["html"]),
            ("warning-text", &["html"]),
        ],
    },
    NotOurs {
        because: "Nothing describes a field but its own hint and error message",
        fixtures: &[
            (
                "checkboxes",
                &[
                    "with fieldset describedBy",
                    "with error, hint and fieldset describedBy",
                    "with single option set 'aria-describedby' on input, and describedBy",
                    "with single option (and hint) set 'aria-describedby' on input, and describedBy",
                    "with error message and fieldset describedBy",
                ],
            ),
            (
                "date-input",
                &[
                    "with hint and described by",
                    "with error message and described by",
                ],
            ),
            (
                "file-upload",
                &[
                    "with describedBy",
                    "with hint and describedBy",
                    "with error and describedBy",
                    "with error, describedBy and hint",
                ],
            ),
            (
                "input",
                &[
                    "with describedBy",
                    "hint with describedBy",
                    "error with describedBy",
                    "with error, hint and describedBy",
                ],
            ),
            (
                "radios",
                &[
                    "fieldset with describedBy",
                    "with describedBy and hint",
                    "with hint, error message and describedBy",
                    "with fieldset, error message and describedBy",
                ],
            ),
            (
                "select",
                &[
                    "with describedBy",
                    "hint and describedBy",
                    "error and describedBy",
                ],
            ),
            (
                "textarea",
                &[
                    "with describedBy",
                    "with hint and described by",
                    "with error message and described by",
                    "with hint, error message and described by",
                ],
            ),
        ],
    },
    NotOurs {
        because: "No answer reveals another question: each page asks one thing",
        fixtures: &[
            (
                "checkboxes",
                &[
                    "with pre-checked values",
                    "with divider, None and conditional items",
                    "with conditional items",
                    "small with conditional reveal",
                    "with conditional items with special characters",
                    "with conditional item checked",
                    "textarea in conditional",
                ],
            ),
            (
                "radios",
                &[
                    "with conditional items",
                    "with conditional item checked",
                    "small with conditional reveal",
                    "textarea in conditional",
                    "with conditional items with special characters",
                    "with conditional items and pre-checked value",
                ],
            ),
        ],
    },
    NotOurs {
        because: "No question has an answer that excludes the others",
        fixtures: &[(
            "checkboxes",
            &["with divider and None", "small with divider and None"],
        )],
    },
    NotOurs {
        because: "Nothing is disabled: the Design System advises against it, and a button that does nothing tells nobody why",
        fixtures: &[
            (
                "button",
                &[
                    "disabled",
                    "secondary disabled",
                    "warning disabled",
                    "inverse disabled",
                ],
            ),
            ("checkboxes", &["with disabled item"]),
            ("file-upload", &["disabled"]),
            ("input", &["disabled"]),
            ("radios", &["with disabled"]),
        ],
    },
    NotOurs {
        because: "A state that the mouse and the keyboard bring about, painted for a picture",
        fixtures: &[
            (
                "button",
                &[
                    "default hover state",
                    "default active state",
                    "default focus state",
                    "secondary hover state",
                    "secondary active state",
                    "secondary focus state",
                    "warning hover state",
                    "warning active state",
                    "warning focus state",
                    "inverse hover state",
                    "inverse active state",
                    "inverse focus state",
                ],
            ),
            ("skip-link", &["with focus"]),
            ("task-list", &["forced hover state"]),
        ],
    },
    NotOurs {
        because: "The pages are in English, so the hidden words of a component are fixed",
        fixtures: &[
            ("date-input", &["with translations"]),
            (
                "error-message",
                &[
                    "translated",
                    "with visually hidden text",
                    "visually hidden text removed",
                ],
            ),
            (
                "file-upload",
                &["translated, no javascript enhancement", "translated"],
            ),
            (
                "footer",
                &[
                    "with custom HTML content licence and copyright notice",
                    "with custom text content licence and copyright notice",
                    "with HTML passed as text content",
                    "with meta",
                ],
            ),
            (
                "pagination",
                &[
                    "with custom link and item text",
                    "with custom navigation landmark",
                    "with custom accessible labels on item links",
                ],
            ),
            ("service-navigation", &["with custom aria-label"]),
            ("summary-list", &["translated"]),
            ("warning-text", &["icon fallback text only"]),
        ],
    },
    NotOurs {
        because: "govuk-frontend’s scripts are not used, so nothing is there to enhance or to set up",
        fixtures: &[
            (
                "error-summary",
                &["autofocus disabled", "autofocus explicitly enabled"],
            ),
            (
                "file-upload",
                &[
                    "enhanced",
                    "enhanced, with error message and hint",
                    "enhanced, multiple files",
                ],
            ),
            (
                "notification-banner",
                &[
                    "auto-focus disabled, with type as success",
                    "auto-focus explicitly enabled, with type as success",
                ],
            ),
        ],
    },
    NotOurs {
        because: "A date has a question and three parts, which are named and judged by their places",
        fixtures: &[(
            "date-input",
            &[
                "with values, name prefix and custom names",
                "day and month",
                "day and month (using items)",
                "month and year",
                "month and year (using items)",
                "with errors only",
                "with errors only (using items)",
                "with empty items",
                "custom pattern",
                "custom inputmode",
                "with nested name",
                "with id on items",
                "suffixed id",
                "with item value",
                "with field value",
                "with field value and items",
                "with field value and item value",
                "with field value, item value and values",
                "with field value overriding values",
                "with autocomplete values",
            ],
        )],
    },
    NotOurs {
        because: "The desk’s menu has its usual words, links alone, and a current part rather than a current page; the service always says its name or has a menu",
        fixtures: &[(
            "service-navigation",
            &[
                "with navigation with a current item",
                "with HTML navigation items",
                "with non-link navigation items",
                "inverse",
                "with collapseNavigationOnMobile set to false",
                "with a single navigation item and collapseNavigationOnMobile set to true",
                "with custom navigation toggle text",
                "with custom navigation toggle label",
                "with identical navigation toggle text and label",
                "with custom navigation label",
                "with custom navigation toggle text and navigation label",
                "with custom navigation ID",
                "with language navigation",
                "with right-aligned language navigation",
                "inverse with language navigation",
                "with slotted content",
                "with `inline` end slot",
            ],
        )],
    },
    NotOurs {
        because: "The footer has one row of links and no columns of them",
        fixtures: &[(
            "footer",
            &[
                "with default width navigation (one column)",
                "with default width navigation (two columns)",
                "with navigation",
                "Full GDS example",
                "Three equal columns",
                "with empty meta",
                "with empty meta items",
            ],
        )],
    },
    NotOurs {
        because: "The header is as wide as the page, and its logotype is the operator’s file or words",
        fixtures: &[
            (
                "generic-header",
                &["with image logo", "with text and image logo", "full width"],
            ),
            ("header", &["full width"]),
        ],
    },
    NotOurs {
        because: "No page interrupts",
        fixtures: &[(
            "panel",
            &[
                "interruption",
                "interruption-with-content-with-long-line-length",
                "interruption-with-headings-content-and-lists",
                "interruption, submit action",
                "interruption, button link",
                "interruption, no actions",
                "interruption, no actions items",
            ],
        )],
    },
    NotOurs {
        because: "Headings have one level, which the pages’ own headings count on, and banners one role",
        fixtures: &[
            (
                "notification-banner",
                &[
                    "custom title heading level",
                    "custom role",
                    "role=alert overridden to role=region, with type as success",
                    "custom tabindex",
                ],
            ),
            ("panel", &["custom heading level"]),
        ],
    },
    NotOurs {
        because: "Nothing stands on a dark ground",
        fixtures: &[("back-link", &["inverse"])],
    },
    NotOurs {
        because: "Pages of a list have numbers and no names",
        fixtures: &[(
            "pagination",
            &[
                "with prev and next only and labels",
                "with prev and next only and very long labels",
            ],
        )],
    },
    NotOurs {
        because: "A template passes over items that are nothing but counts them; ours are never nothing",
        fixtures: &[
            ("checkboxes", &["with falsy values"]),
            ("radios", &["with falsy items"]),
            ("task-list", &["with empty values"]),
        ],
    },
    NotOurs {
        because: "Each answer says what is sent, which is words",
        fixtures: &[(
            "select",
            &[
                "without values",
                "without values with selected value",
                "with falsy values",
            ],
        )],
    },
    NotOurs {
        because: "Cells stand one by one, and a table that is too wide for a phone folds up (`reflows`) and is not written small",
        fixtures: &[(
            "table",
            &[
                "head with rowspan and colspan",
                "firstCellIsHeader with rowspan and colspan",
                "rows with rowspan and colspan",
                "with small text modifier for tables with a lot of data",
            ],
        )],
    },
    NotOurs {
        because: "A task has one of a few statuses, in words of the Design System",
        fixtures: &[(
            "task-list",
            &["with all possible colours", "html passed as text"],
        )],
    },
    NotOurs {
        because: "What has no words is not drawn by the page that has none",
        fixtures: &[
            ("label", &["empty"]),
            ("phase-banner", &["text", "html as text"]),
        ],
    },
    NotOurs {
        because: "Not asked for: one spreadsheet at a time, numbers by `inputmode`, borders all or none, the start button a link, double clicks prevented or not mentioned",
        fixtures: &[
            ("button", &["start", "don't prevent double click"]),
            ("file-upload", &["allows multiple files"]),
            ("input", &["with pattern attribute"]),
            ("summary-list", &["no-border on last row"]),
        ],
    },
];
