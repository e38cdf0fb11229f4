//! The answers of the form as text, by field. Drafts, registrations, spreadsheets and all pages
//! that show answers use `FormAnswers`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::date::{CalendarDate, parts_of};
use crate::draft::{Draft, PageAnswers};
use crate::identifiers::{Postcode, full_name};
use crate::language::Language;
use crate::organisation::{FirstHearing, OrganisationKind};
use crate::page::Page;
use crate::text::tidy;

use super::{Field, Topic};

/// The answers of the form as text. Fields with an empty answer are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormAnswers(BTreeMap<Field, String>);

impl FormAnswers {
    /// Returns the answers of a draft, as typed.
    #[must_use]
    pub fn of_draft(draft: &Draft) -> Self {
        let mut answers = Self::default();
        for page in Page::ALL {
            if let Some(typed) = draft.answers(*page) {
                answers.take_page(&typed);
            }
        }
        answers
    }

    /// Returns the answers of one page, as typed.
    #[must_use]
    pub fn of_page(typed: &PageAnswers) -> Self {
        let mut answers = Self::default();
        answers.take_page(typed);
        answers
    }

    /// Returns the answer to a field; empty if the field is not answered.
    #[must_use]
    pub fn get(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }

    /// Sets the answer to a field; an empty text removes the answer.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, text);
        }
    }

    /// Sets the date of the first hearing.
    ///
    /// A text that is not a date is stored as the day, so that the page shows the text with its
    /// problem.
    pub fn set_hearing_date(&mut self, text: &str) {
        let [day, month, year] =
            parts_of(text).unwrap_or_else(|| [text.to_owned(), String::new(), String::new()]);
        self.set(Field::HearingDay, day);
        self.set(Field::HearingMonth, month);
        self.set(Field::HearingYear, year);
    }

    /// Returns the date of the first hearing in words; as typed if the answer is not a date.
    #[must_use]
    pub fn hearing_date(&self, language: Language) -> String {
        let [day, month, year] =
            [Field::HearingDay, Field::HearingMonth, Field::HearingYear].map(|part| self.get(part));
        let hearing = FirstHearing {
            day: day.to_owned(),
            month: month.to_owned(),
            year: year.to_owned(),
            ..FirstHearing::default()
        };
        hearing.date().map_or_else(
            || tidy(&[day, month, year].join(" ")).into_owned(),
            |date| CalendarDate::in_words_of(date, language),
        )
    }

    /// Returns the answers of a page, as its form sends them; `None` if no field of the page is
    /// answered.
    #[must_use]
    pub fn page(&self, page: Page) -> Option<PageAnswers> {
        let fields: Map<String, Value> = Field::of_page(page)
            .filter_map(|field| {
                let text = self.0.get(&field)?;
                Some((field.name().to_owned(), Value::String(text.clone())))
            })
            .collect();
        if fields.is_empty() {
            return None;
        }
        PageAnswers::from_json(page, &Value::Object(fields).to_string()).ok()
    }

    /// Returns the lines of text that show the answers of a topic; empty if nothing was answered.
    #[must_use]
    pub fn lines(&self, topic: Topic, language: Language) -> Vec<String> {
        let lines: Vec<String> = match topic {
            Topic::Kind => {
                let kind = OrganisationKind::from_key(self.get(Field::OrganisationKind));
                kind.map(|kind| kind.words_in(language).to_owned())
                    .into_iter()
                    .collect()
            }
            Topic::AccountablePerson => {
                vec![full_name(
                    self.get(Field::AccountableFirstName),
                    self.get(Field::AccountableLastName),
                )]
            }
            Topic::FirstHearing => vec![
                self.get(Field::Court).to_owned(),
                self.hearing_date(language),
            ],
            _ => topic.fields().flat_map(|field| self.shown(field)).collect(),
        };
        lines
            .into_iter()
            .filter(|line| !line.trim().is_empty())
            .collect()
    }

    fn shown(&self, field: Field) -> Vec<String> {
        let text = self.get(field);
        match field {
            Field::LaaAccountNumbers => text.lines().map(str::to_owned).collect(),
            Field::Postcode => {
                vec![Postcode::check(text).map_or_else(|_| text.to_owned(), Cow::into_owned)]
            }
            _ => vec![text.to_owned()],
        }
    }

    fn take_page(&mut self, answers: &PageAnswers) {
        let json = answers.to_json().ok();
        let fields: Option<Map<String, Value>> =
            json.and_then(|json| serde_json::from_str(&json).ok());
        for (name, value) in fields.unwrap_or_default() {
            if let (Some(field), Value::String(text)) = (Field::find(answers.page(), &name), value)
            {
                self.set(field, text);
            }
        }
    }
}

impl<T: Into<String>> FromIterator<(Field, T)> for FormAnswers {
    fn from_iter<I: IntoIterator<Item = (Field, T)>>(given: I) -> Self {
        let mut answers = Self::default();
        for (field, text) in given {
            answers.set(field, text);
        }
        answers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::fixtures::{a_barrister, a_firm};

    /// Returns the field names of a page's answers, as stored.
    fn names(page: Page) -> Vec<String> {
        let empty = PageAnswers::from_json(page, "{}").unwrap().to_json();
        let fields: Map<String, Value> = serde_json::from_str(&empty.unwrap()).unwrap();
        fields.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn every_answer_of_every_page_is_described_once() {
        // `NewUser` has no fields here: its answers are the columns of page 2.
        for page in Page::ALL.iter().filter(|page| **page != Page::NewUser) {
            let mut described: Vec<&str> = Field::of_page(*page).map(Field::name).collect();
            described.sort_unstable();
            let mut kept = names(*page);
            kept.sort_unstable();
            assert_eq!(described, kept, "{page:?}");
        }
    }

    #[test]
    fn the_list_of_fields_is_in_order_and_complete() {
        assert!(Field::ALL.is_sorted());
        let last = Field::ALL.len() - 1;
        assert_eq!(Field::ALL[last] as usize, last);
    }

    #[test]
    fn every_field_has_a_name_away_from_its_page() {
        for field in Field::all() {
            let description = field.describe();
            assert!(!description.words.english.is_empty(), "{field:?}");
            assert!(!description.label.english.is_empty(), "{field:?}");
        }
    }

    #[test]
    fn a_registration_becomes_the_same_draft_again() {
        for registration in [a_firm(), a_barrister()] {
            let answers = FormAnswers::of_registration(&registration);
            let mut draft = Draft::default();
            for page in Page::ALL {
                if let Some(typed) = answers.page(*page) {
                    draft.keep(typed);
                }
            }
            assert_eq!(FormAnswers::of_draft(&draft), answers);
        }
    }

    #[test]
    fn a_hearing_date_is_shown_in_words_or_as_typed() {
        let mut answers = FormAnswers::default();
        for (typed, shown) in [
            ("27 3 2027", "27 March 2027"),
            ("1 December 2026", "1 December 2026"),
            ("next Tuesday", "next Tuesday"),
            ("", ""),
        ] {
            answers.set_hearing_date(typed);
            assert_eq!(answers.hearing_date(Language::English), shown);
        }
    }
}
