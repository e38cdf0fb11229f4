//! A page as a browser shows it: the tests fill in its form, select choices by their labels, and
//! read the answers and errors.

use scraper::{ElementRef, Html, Selector};

use super::question::{Answers, Field, Kind, Problems, Question};
use crate::page::Page;

pub struct Shown(Html);

impl Shown {
    pub fn of(page: &Page) -> Self {
        Self(Html::parse_document(&page.text))
    }

    pub fn heading(&self) -> String {
        text(self.one("h1"))
    }

    /// Returns the form's address and body: the values of its fields, overwritten by these answers.
    pub fn filled_in(&self, question: &Question, answers: &Answers) -> (String, String) {
        let form = self.one("main form");
        let mut body = form_urlencoded::Serializer::new(String::new());
        for input in form.select(&selector("input[name], textarea[name]")) {
            let name = attribute(input, "name");
            let field = question.fields.iter().find(|field| field.name == name);
            let answer = field.and_then(|field| answers.of(&field.name));
            let value = match (attribute(input, "type"), field, answer) {
                ("radio", Some(field), Some(answer)) => {
                    let chosen = self.labelled(field, answer) == attribute(input, "id");
                    chosen.then(|| attribute(input, "value").to_owned())
                }
                ("checkbox", _, Some(answer)) => {
                    (answer == "yes").then(|| attribute(input, "value").to_owned())
                }
                ("radio" | "checkbox", _, None) => input
                    .attr("checked")
                    .map(|_| attribute(input, "value").to_owned()),
                // A browser ends each line of a text area with CR and LF.
                (_, _, Some(answer)) => Some(answer.replace('\n', "\r\n")),
                _ => Some(value_of(input)),
            };
            if let Some(value) = value {
                body.append_pair(name, &value);
            }
        }
        (attribute(form, "action").to_owned(), body.finish())
    }

    /// Asserts that the page reports exactly these problems: in its title, in the summary and at
    /// each field.
    #[track_caller]
    pub fn assert_problems(&self, Problems(problems): &Problems) {
        let title = text(self.one("title"));
        assert!(title.starts_with("Error: "), "{title}");
        assert_eq!(
            text(self.one(".govuk-error-summary h2")),
            "There is a problem"
        );
        let summary: Vec<_> = self
            .all(".govuk-error-summary a")
            .into_iter()
            .map(|link| (attribute(link, "href").to_owned(), text(link)))
            .collect();
        let expected: Vec<_> = problems
            .iter()
            .map(|(field, words)| (format!("#{field}"), words.clone()))
            .collect();
        assert_eq!(summary, expected);
        for (field, words) in problems {
            // The three parts of a date share one message.
            let about = ["-day", "-month", "-year"]
                .iter()
                .find_map(|part| field.strip_suffix(part))
                .unwrap_or(field);
            let beside = self.one(&format!("#{about}-error"));
            assert_eq!(text(beside), format!("Error: {words}"));
            let input = self.one(&format!("[id='{field}']"));
            assert_eq!(attribute(input, "name"), field);
            // The message describes the field or the group around it.
            let told = selector(&format!("[aria-describedby~='{about}-error']"));
            let mut around = input.ancestors().filter_map(ElementRef::wrap);
            assert!(
                told.matches(&input) || around.any(|element| told.matches(&element)),
                "{field} is not described by its error"
            );
        }
        assert_eq!(self.all(".govuk-error-message").len(), problems.len());
    }

    #[track_caller]
    pub fn assert_no_problems(&self) {
        let title = text(self.one("title"));
        assert!(!title.starts_with("Error: "), "{title}");
        for part in [".govuk-error-summary", ".govuk-error-message"] {
            assert_eq!(self.all(part).len(), 0, "{part}");
        }
    }

    /// Asserts that the fields have these answers.
    #[track_caller]
    pub fn assert_answers(&self, question: &Question, answers: &Answers) {
        for field in &question.fields {
            let expected = answers.of(&field.name).unwrap_or_default();
            let found = match field.kind {
                Kind::Radios => {
                    self.assert_question_of(field);
                    let chosen = self.all(&format!("input[name='{}'][checked]", field.name));
                    let labels: Vec<_> =
                        chosen.into_iter().map(|input| self.label(input)).collect();
                    labels.join(" and ")
                }
                Kind::Checkbox => {
                    let input = self.one(&format!("[id='{}']", field.name));
                    assert_eq!(self.label(input), field.label);
                    let ticked = self.all(&format!("[id='{}'][checked]", field.name));
                    if ticked.is_empty() { "" } else { "yes" }.to_owned()
                }
                Kind::Text => {
                    let input = self.one(&format!("[id='{}']", field.name));
                    assert_eq!(self.label(input), field.label);
                    value_of(input)
                }
            };
            assert_eq!(found, expected, "{} of {}", field.name, question.path);
        }
    }

    /// Asserts that the choices of a field are grouped under its question.
    #[track_caller]
    fn assert_question_of(&self, field: &Field) {
        let input = self.all(&format!("input[name='{}']", field.name))[0];
        let mut around = input.ancestors().filter_map(ElementRef::wrap);
        let group = around.find(|element| element.value().name() == "fieldset");
        let group = group.unwrap();
        let legend = match group.attr("aria-labelledby") {
            Some(heading) => self.one(&format!("h1#{heading}")),
            None => group.select(&selector("legend")).next().unwrap(),
        };
        assert_eq!(text(legend), field.label);
    }

    /// Returns the id of the choice with this label, among the choices of a field.
    #[track_caller]
    fn labelled(&self, field: &Field, label: &str) -> &str {
        let choices = self.all(&format!("input[name='{}']", field.name));
        let found = choices
            .into_iter()
            .find(|input| self.label(*input) == label);
        attribute(
            found.unwrap_or_else(|| panic!("{}: no {label}", field.label)),
            "id",
        )
    }

    fn label(&self, input: ElementRef) -> String {
        text(self.one(&format!("label[for='{}']", attribute(input, "id"))))
    }

    #[track_caller]
    fn one(&self, what: &str) -> ElementRef<'_> {
        let found = self.all(what);
        assert_eq!(found.len(), 1, "{what} in {}", self.0.html());
        found[0]
    }

    fn all(&self, what: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&selector(what)).collect()
    }
}

fn selector(what: &str) -> Selector {
    Selector::parse(what).unwrap()
}

fn attribute<'page>(element: ElementRef<'page>, name: &str) -> &'page str {
    element.value().attr(name).unwrap_or_default()
}

/// Returns the text of an element, with each run of white space as one space.
fn text(element: ElementRef) -> String {
    let whole: String = element.text().collect();
    whole.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the value of a field.
fn value_of(input: ElementRef) -> String {
    if input.value().name() == "textarea" {
        input.text().collect()
    } else {
        attribute(input, "value").to_owned()
    }
}
