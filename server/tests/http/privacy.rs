//! `/privacy`: its table of personal data states the retention periods of this service's settings.

use registration::retention::{Periods, PersonalData};
use scraper::{Html, Selector};

use crate::test_service::{Options, TestService};

#[tokio::test]
async fn the_notice_says_how_long_each_kind_is_kept_here() {
    let mut retention = Periods::default();
    retention.set(PersonalData::FormatRequests, 45).unwrap();
    let service = TestService::with(Options {
        retention: retention.clone(),
        ..Options::default()
    })
    .await;
    let page = service.browser().get("/privacy").await;
    page.assert_page(200);
    let html = Html::parse_document(&page.text);
    let rows = Selector::parse("main tbody tr").unwrap();
    let rows: Vec<String> = html
        .select(&rows)
        .map(|row| row.text().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(rows.len(), PersonalData::ALL.len());
    for (row, kind) in rows.iter().zip(PersonalData::ALL) {
        for said in [kind.what(), kind.why(), &retention.sentence(kind)] {
            assert!(row.contains(said), "{row}: {said}");
        }
    }
    assert!(page.has("45 days after we got the request"));
}
