//! Tests of the content pages: their headings, their wording and their links, and that every error
//! page links to the registration and to the contact details of the desk.
#![cfg(feature = "ssr")]

use app::pages::content::ContentPage;
use app::service::Contact;
use leptos::prelude::*;
use registration::retention::{Periods, PersonalData};

/// Words that no page may use, except in headings that the Design System prescribes and in the Terms and Conditions.
const FORBIDDEN: [&str; 9] = [
    "please",
    "valid",
    "invalid",
    "sorry",
    "apologise",
    "apologies",
    "apology",
    "unfortunately",
    "oops",
];

/// Addresses other than content pages that a page may link to.
const ELSEWHERE: [&str; 8] = [
    "/feedback",
    "/performance",
    "/tasks",
    "/other-formats/request",
    "/return",
    "/status",
    "/blank-form",
    "/blank-form.odt",
];

fn desk() -> Contact {
    Contact {
        email: "desk@example.gov.uk".into(),
        telephone: "01632 960 001".into(),
        hours: "Monday to Friday, 9am to 5pm".into(),
    }
}

fn html(view: impl FnOnce() -> AnyView) -> String {
    Owner::new().with(|| view().to_html())
}

fn page_html(page: ContentPage) -> String {
    html(|| page.view(&desk(), &Periods::default()))
}

/// Returns the text between the tags of HTML, with single spaces.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        // Leptos puts `<!>` between two adjacent texts, where no space belongs.
        if !tag.starts_with('!') {
            out.push(' ');
        }
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the level and the text of every heading.
fn headings(html: &str) -> Vec<(u32, String)> {
    let opens = html.match_indices("<h").filter_map(|(at, _)| {
        let level = html[at + 2..].chars().next()?.to_digit(10)?;
        let end = html[at..].find(&format!("</h{level}>"))?;
        Some((level, words(&html[at..at + end])))
    });
    opens.collect()
}

fn hrefs(html: &str) -> impl Iterator<Item = &str> {
    html.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
}

#[test]
fn each_page_has_one_h1_that_is_its_title() {
    for page in ContentPage::ALL {
        let html = page_html(page);
        let tops: Vec<String> = headings(&html)
            .into_iter()
            .filter_map(|(level, words)| (level == 1).then_some(words))
            .collect();
        assert_eq!(tops, [page.title()], "{page:?}");
    }
}

#[test]
fn no_heading_level_is_skipped() {
    for page in ContentPage::ALL {
        let mut before = 0;
        for (level, words) in headings(&page_html(page)) {
            assert!(level <= before + 1, "{page:?}: h{level} “{words}”");
            before = level;
        }
    }
}

#[test]
fn no_heading_ends_with_a_full_stop_and_all_begin_with_a_capital() {
    for page in ContentPage::ALL {
        for (_, words) in headings(&page_html(page)) {
            assert!(!words.ends_with('.'), "{page:?}: {words}");
            assert!(words.starts_with(char::is_uppercase), "{page:?}: {words}");
        }
    }
}

#[test]
fn the_words_are_those_of_the_house() {
    for page in ContentPage::ALL {
        let text = words(&page_html(page)).to_lowercase();
        for word in text.split(|c: char| !c.is_alphabetic()) {
            // Clause 10 of the Terms and Conditions mentions invalid security certificates.
            let given = match page {
                ContentPage::TermsAndConditions => word == "invalid",
                ContentPage::Fault | ContentPage::Closed | ContentPage::Busy => word == "sorry",
                _ => false,
            };
            assert!(given || !FORBIDDEN.contains(&word), "{page:?}: {word}");
        }
    }
}

#[test]
fn only_the_two_official_headings_apologise_and_once() {
    for page in [ContentPage::Fault, ContentPage::Closed] {
        let text = words(&page_html(page)).to_lowercase();
        assert_eq!(text.matches("sorry").count(), 1, "{page:?}");
        assert!(page.title().starts_with("Sorry, "), "{page:?}");
    }
}

#[test]
fn no_space_stands_before_a_full_stop_and_none_is_missing_around_a_link() {
    for page in ContentPage::ALL {
        let html = page_html(page).replace("<!>", "");
        assert!(
            !html.contains("</a> .") && !html.contains("</a> ,"),
            "{page:?}"
        );
        for (at, _) in html.match_indices("</a>") {
            let next = html[at + 4..].chars().next();
            assert!(!next.is_some_and(char::is_alphanumeric), "{page:?} at {at}");
        }
        for (at, _) in html.match_indices("<a ") {
            let before = html[..at].chars().next_back();
            assert!(
                !before.is_some_and(char::is_alphanumeric),
                "{page:?} at {at}"
            );
        }
    }
}

#[test]
fn links_lead_to_pages_that_exist() {
    for page in ContentPage::ALL {
        let html = page_html(page);
        for href in hrefs(&html).filter(|href| href.starts_with('/')) {
            let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
            let target = ContentPage::at(path);
            assert!(
                target.is_some() || ELSEWHERE.contains(&path),
                "{page:?}: {href}"
            );
            if let (Some(target), false) = (target, fragment.is_empty()) {
                let id = format!("id=\"{fragment}\"");
                assert!(page_html(target).contains(&id), "{page:?}: {href}");
            }
        }
    }
}

#[test]
fn every_error_page_offers_a_way_out() {
    for page in ContentPage::ALL {
        if page.status() == 200 {
            continue;
        }
        let html = page_html(page);
        for way in ["/tasks", "mailto:desk@example.gov.uk", "tel:01632960001"] {
            assert!(hrefs(&html).any(|href| href == way), "{page:?}: {way}");
        }
        // While the service is closed, the help page is closed too.
        let helps = hrefs(&html).any(|href| href == "/help");
        assert_eq!(helps, page != ContentPage::Closed, "{page:?}");
    }
}

#[test]
fn paths_and_titles_are_each_used_once() {
    for (index, page) in ContentPage::ALL.into_iter().enumerate() {
        assert_eq!(ContentPage::at(page.path()), Some(page));
        assert!(
            ContentPage::ALL[index + 1..]
                .iter()
                .all(|other| other.title() != page.title()),
            "{page:?}"
        );
        let internal = page.path().starts_with("/errors/");
        assert_eq!(internal, page.status() != 200, "{page:?}");
    }
    assert_eq!(ContentPage::at("/nowhere"), None);
}

#[test]
fn the_closed_page_says_until_when_if_it_knows() {
    let unknown = words(&page_html(ContentPage::Closed));
    assert!(unknown.contains("You will be able to use the service later."));
    let until = "9am on Monday 30 November 2026";
    let known = words(&html(|| ContentPage::closed_until(&desk(), until)));
    assert!(known.contains(&format!(
        "You will be able to use the service from {until}."
    )));
}

#[test]
fn the_terms_are_shown_word_for_word() {
    let html = page_html(ContentPage::TermsAndConditions);
    let shown = words(&html).replace("&amp;", "&");
    let terms = registration::terms::CURRENT;
    assert!(shown.contains(terms.title) && shown.contains(terms.preamble));
    assert!(shown.contains(terms.version));
    for clause in terms.clauses {
        assert!(shown.contains(clause.text), "clause {}", clause.number);
        assert!(clause.points.iter().all(|point| shown.contains(point)));
    }
    assert_eq!(html.matches("id=\"clause-").count(), 17);
}

#[test]
fn the_privacy_notice_has_a_row_for_each_kind_of_personal_data() {
    let text = words(&page_html(ContentPage::Privacy));
    for kind in PersonalData::ALL {
        for said in [kind.what(), kind.why(), &Periods::default().sentence(kind)] {
            assert!(text.contains(said), "{said}");
        }
    }
}

/// Regulation 8 of the accessibility regulations and the government's model statement prescribe
/// these words.
#[test]
fn the_accessibility_statement_has_its_fixed_words() {
    let text = words(&page_html(ContentPage::AccessibilityStatement));
    for fixed in [
        "This accessibility statement applies to",
        "is responsible for enforcing the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (the ‘accessibility regulations’).",
        "contact the Equality Advisory and Support Service (EASS)",
        "is committed to making its website accessible, in accordance with the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018.",
        "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, due to the non-compliances listed below.",
        "The content listed below is non-accessible for the following reasons.",
        "This statement was prepared on 22 November 2026. It was last reviewed on 22 November 2026.",
        "This website was last tested on 22 November 2026. The test was carried out by",
    ] {
        assert!(text.contains(fixed), "{fixed}");
    }
}

#[test]
fn every_sheet_of_ours_is_part_of_the_stylesheet() {
    let style = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    let sheet = |name: &str| std::fs::read_to_string(style.join(name)).unwrap();
    let used = ["_service.scss", "generic.scss", "govuk.scss"]
        .map(sheet)
        .concat();
    for file in std::fs::read_dir(&style).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if let Some(part) = name
            .strip_prefix('_')
            .and_then(|name| name.strip_suffix(".scss"))
        {
            assert!(used.contains(&format!("@use \"{part}\"")), "{part}");
        }
    }
}
