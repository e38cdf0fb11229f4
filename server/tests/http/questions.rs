//! Every question page, sent empty, with wrong answers and with valid answers, as plain HTML and as
//! WebAssembly. The tests check the problems at each field and the next page, and that no answer is
//! lost. The questions are in `end2end/data/questions.json`, which the browser tests share.

mod question;
mod shown;

use question::{Answers, Question};
use shown::Shown;

use crate::browser::Browser;
use crate::page::Page;
use crate::test_service::TestService;

/// Answers the pages that this question depends on, then opens the question's page.
async fn opened(browser: &Browser, question: &Question) -> Shown {
    for (page, answers) in &question.before {
        let sent = browser
            .post_body(&format!("/api/{page}"), answers.encoded())
            .await;
        assert_eq!(sent.status, 303, "{page}: {}", sent.text);
    }
    let page = shown(browser, &question.path).await;
    assert_eq!(page.heading(), question.heading);
    page.assert_no_problems();
    page
}

async fn shown(browser: &Browser, address: &str) -> Shown {
    let address = address.split('#').next().unwrap();
    let page = browser.get(address).await;
    page.assert_page(200);
    Shown::of(&page)
}

/// Sends a page's form as HTML does and opens the page that it redirects to.
async fn sent(browser: &Browser, page: &Shown, question: &Question, answers: &Answers) -> Shown {
    let (address, body) = page.filled_in(question, answers);
    let answer = browser.post_body(&address, body).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    shown(browser, answer.leads_to()).await
}

/// Sends a page's form as WebAssembly does.
async fn called(browser: &Browser, page: &Shown, question: &Question, answers: &Answers) -> Page {
    let (address, body) = page.filled_in(question, answers);
    let answer = browser.call_body(&address, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer
}

/// Returns the field and the text of each problem in an answer to WebAssembly.
fn told(answer: &Page) -> Vec<(String, String)> {
    let problems: Vec<serde_json::Value> = serde_json::from_str(&answer.text).unwrap();
    let text = |problem: &serde_json::Value, name: &str| problem[name].as_str().unwrap().to_owned();
    problems
        .iter()
        .map(|problem| (text(problem, "field"), text(problem, "words")))
        .collect()
}

#[tokio::test]
async fn sent_empty_a_page_says_what_is_missing_and_where_or_goes_on() {
    let service = TestService::new().await;
    for question in question::all() {
        let browser = service.browser();
        let page = opened(&browser, &question).await;
        let after = sent(&browser, &page, &question, &Answers::default()).await;
        match &question.empty {
            Some(problems) => after.assert_problems(problems),
            None => assert_eq!(after.heading(), question.next),
        }
    }
}

#[tokio::test]
async fn wrong_answers_are_kept_and_explained_and_are_still_there_when_the_page_is_opened_again() {
    let service = TestService::new().await;
    let mut asked = 0;
    for question in question::all() {
        for wrong in &question.wrong {
            let browser = service.browser();
            let page = opened(&browser, &question).await;
            let after = sent(&browser, &page, &question, &wrong.answers).await;
            for page in [after, shown(&browser, &question.path).await] {
                assert_eq!(page.heading(), question.heading);
                page.assert_problems(&wrong.problems);
                page.assert_answers(&question, &wrong.answers);
            }
            asked += 1;
        }
    }
    assert!(asked > 15, "only {asked} wrong answers");
}

#[tokio::test]
async fn put_right_a_page_goes_on_and_keeps_the_answers() {
    let service = TestService::new().await;
    for question in question::all() {
        let browser = service.browser();
        let mut page = opened(&browser, &question).await;
        let empty = Answers::default();
        let wrong = question.wrong.first().map(|wrong| &wrong.answers);
        if let Some(wrong) = wrong.or(question.empty.is_some().then_some(&empty)) {
            page = sent(&browser, &page, &question, wrong).await;
            assert_eq!(page.heading(), question.heading);
        }
        let after = sent(&browser, &page, &question, &question.right).await;
        assert_eq!(after.heading(), question.next);
        after.assert_no_problems();
        let again = shown(&browser, &question.path).await;
        again.assert_no_problems();
        again.assert_answers(&question, &question.right);
    }
}

#[tokio::test]
async fn webassembly_is_told_the_same_words_of_the_same_fields() {
    let service = TestService::new().await;
    for question in question::all() {
        let browser = service.browser();
        let page = opened(&browser, &question).await;
        if let Some(problems) = &question.empty {
            let answer = called(&browser, &page, &question, &Answers::default()).await;
            assert_eq!(told(&answer), problems.0, "{}", question.path);
        }
        for wrong in &question.wrong {
            let answer = called(&browser, &page, &question, &wrong.answers).await;
            assert_eq!(told(&answer), wrong.problems.0, "{}", question.path);
            assert_eq!(answer.location(), "");
        }
        let answer = called(&browser, &page, &question, &question.right).await;
        assert_eq!(told(&answer), []);
        let next = shown(&browser, answer.leads_to()).await;
        assert_eq!(next.heading(), question.next);
    }
}
