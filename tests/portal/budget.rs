//! Budgets: somebody fills one in, row by row, and sees the same figures wherever they stand.

use portal::budget::draft::Draft;
use portal::budget::model::{Limits, Line, Years};
use portal::budget::pages;
use portal::budget::reckon::reckon;
use portal::budget::rules::check;
use portal::budget::spreadsheet;
use portal::kit::{Form, Lang, Ore};
use portal::web::sheets::Value;

use crate::harness::{Page, TestPortal};

const PATH: &str = "/komponenter/budget";

/// What a browser sends: every field of the page's form, with what is typed in it.
fn fields(page: &Page) -> Vec<(String, String)> {
    page.attributes("form input", "name").into_iter().map(|name| (name.clone(), page.value(&name))).collect()
}

async fn press(browser: &crate::harness::Browser, page: &Page, more: &[(&str, &str)]) -> Page {
    let mut sent = fields(page);
    for (name, value) in more {
        sent.retain(|(known, _)| known != name);
        sent.push(((*name).to_owned(), (*value).to_owned()));
    }
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(PATH, &sent).await
}

on_both! {
    /// Without script: a row is added, filled in wrong, mended, taken away; the sums follow and nothing typed is lost.
    async fn a_budget_is_filled_in_row_by_row(portal: TestPortal) {
        let browser = portal.browser();
        let empty = browser.get(&format!("{PATH}?lage=tom")).await;
        assert_eq!(empty.status, 200);
        let row = press(&browser, &empty, &[("budget.steg", "lagg-till.arbete")]).await;
        let typed = [("budget.arbete.1.funktion", "Ledare"), ("budget.arbete.1.lon", "mycket"), ("budget.arbete.1.andel.2027", "50"), ("budget.arbete.1.manader.2027", "12")];
        let wrong = press(&browser, &row, &[typed.as_slice(), &[("kontrollera", "ja")]].concat()).await;
        assert_eq!((wrong.status, wrong.errors()), (422, vec!["Månadslönen måste vara ett tal, till exempel 45 000 (arbete, rad 1)".to_owned()]));
        assert_eq!(wrong.value("budget.arbete.1.lon"), "mycket", "what was typed is shown again");
        let saved = press(&browser, &wrong, &[("budget.arbete.1.lon", "40 000")]).await;
        let applied = |page: &Page| page.find("[id='budget.summor.applied.2']").join("");
        assert_eq!((saved.status, applied(&saved).as_str()), (200, "240 000 kr"));
        let added = press(&browser, &saved, &[("budget.steg", "lagg-till.egen")]).await;
        let paid = press(&browser, &added, &[("budget.egen.1.vad", "Vår tid"), ("budget.egen.1.belopp.2027", "48000")]).await;
        assert_eq!(applied(&paid), "192 000 kr");
        let right = press(&browser, &paid, &[("kontrollera", "ja")]).await;
        assert_eq!((right.status, right.errors()), (200, Vec::<String>::new()));
        let gone = press(&browser, &right, &[("budget.steg", "ta-bort.egen.1")]).await;
        assert_eq!(applied(&gone), "240 000 kr");
        let refused = press(&browser, &gone, &[("kontrollera", "ja")]).await;
        assert_eq!(refused.errors(), ["Medfinansieringen måste vara minst 20 procent av kostnaderna, alltså 48 000 kr. Ni har angett 0 kr."]);
    }
}

#[tokio::test]
async fn production_has_no_such_page() {
    let change = |config: &mut portal::platform::config::Config| config.production = true;
    let portal = TestPortal::start_with(portal::platform::db::Engine::Sqlite, change).await;
    let browser = portal.browser();
    assert_eq!(browser.get(PATH).await.status, 404);
    assert_eq!(browser.post(PATH, &[("budget.overhead", "1")]).await.status, 404);
}

/// Table, JSON, rows of a file, printed sheet and spreadsheet of one budget say the same of each line.
#[tokio::test]
async fn every_form_has_the_same_figures() {
    let portal = TestPortal::start(portal::platform::db::Engine::Sqlite).await;
    let page = portal.browser().get(PATH).await;
    let limits = Limits::of(Years::new(2027, 2).unwrap());
    let draft = Draft::read(&Form(fields(&page)), "budget");
    let budget = check(&draft, &limits).unwrap();
    let reckoned = reckon(&budget).unwrap();
    assert_eq!(reckoned.total.of(Line::Applied), Ore(67_558_149), "so that it is not nothing everywhere");
    let json = pages::json(&reckoned, &budget);
    let (_, rows) = pages::rows(Lang::Sv, &reckoned, &budget);
    let sheet = pages::sheet(Lang::Sv, "Budget".to_owned(), Vec::new(), &reckoned, &budget);
    let file = spreadsheet::template(Lang::Sv, &draft, &limits).unwrap();
    let back = check(&spreadsheet::read(&file, "budget", limits.years).unwrap(), &limits).unwrap();
    assert_eq!(reckon(&back).unwrap(), reckoned);
    let lines: Vec<_> = pages::entries(Lang::Sv, &reckoned, &budget).into_iter().filter(|entry| entry.is_line).collect();
    assert_eq!(lines.len(), Line::ALL.len());
    for (line, entry) in Line::ALL.into_iter().zip(lines) {
        let amounts = reckoned.line(line);
        let texts: Vec<String> = amounts.iter().map(|amount| amount.text(Lang::Sv)).collect();
        let plain: Vec<String> = texts.iter().map(|text| text.replace('\u{a0}', " ")).collect();
        let money: Vec<Value> = amounts.iter().copied().map(Value::Money).collect();
        let on_page: Vec<String> = (0..3).map(|year| page.find(&format!("[id='budget.summor.{}.{year}']", line.code())).join("")).collect();
        assert_eq!(on_page, plain, "{line:?}");
        let told = &json["lines"][line.code()];
        assert_eq!(
            [&told["years"]["2027"], &told["years"]["2028"], &told["total"]].map(|n| n.as_i64().unwrap()),
            [amounts[0].0, amounts[1].0, amounts[2].0]
        );
        assert!(sheet.rows.iter().any(|row| row[0] == entry.label && row[1..] == texts), "{line:?}");
        assert!(
            rows.iter().any(|row| row[1] == Value::Empty
                && row[0] == Value::from((portal::text::budget(Lang::Sv).line)(line))
                && row[2..] == money)
        );
        assert!(page.words().contains(&plain[2]));
    }
    assert!(sheet.pdf().unwrap().starts_with(b"%PDF"));
}
