//! The page of a form: what the desk sees at once, with nothing in it that could run.

use super::desk::{address, asked, form};
use crate::support::commune::{Commune, DESK, MAU, text};
use reqwest::Method;
use serde_json::{Value, json as body};

async fn page(commune: &Commune, who: &str, form: &Value) -> String {
    let accept = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";
    let answer =
        commune.ask_as(who, Method::GET, &address(form)).header("accept", accept).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_page_says_what_the_form_says() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    commune.done(DESK, &dossier, "acceptance", body!({})).await;

    let page = page(&commune, MAU, &form(&commune, MAU, &dossier, "receipt").await).await;

    let said = [
        "GIẤY TIẾP NHẬN HỒ SƠ",
        text(&dossier, "code"),
        "09 giờ 00 phút, ngày 10 tháng 3 năm 2026",
        "Mẫu số 01",
    ];
    for words in said {
        assert!(page.contains(words), "{words} is not on\n{page}");
    }
    assert!(!page.contains("{{"), "a place was left open:\n{page}");
}

#[tokio::test]
async fn shared_headings_stand_over_their_columns() {
    let commune = Commune::open().await;
    let days = body!({"from": "2026-03-01", "to": "2026-03-31"});
    let register = asked(&commune, DESK, &format!("/v1/units/{}/registers", commune.unit), days).await;

    let page = page(&commune, DESK, &register).await;

    assert!(page.contains("<th colspan=\"4\">Ngày, tháng, năm</th>"), "{page}");
    assert!(page.contains("<th rowspan=\"2\">Mã hồ sơ</th>"), "{page}");
}

#[tokio::test]
async fn nobody_writes_markup_on_a_form() {
    let commune = Commune::open().await;
    let name = "<script>alert(\"1\")</script> & Con {{blocks}} #read(\"/etc/passwd\")";
    let dossier = commune.submit(DESK, commune.brought(name), |a| a["applicant"]["phone"] = body!("0900"));
    let dossier = commune.done(DESK, &dossier.await, "acceptance", body!({})).await;

    let page = page(&commune, DESK, &form(&commune, DESK, &dossier, "receipt").await).await;

    assert!(!page.contains("<script>"), "{page}");
    let shown = page.replace("&#123;", "{");
    assert!(
        shown.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Con {{blocks}} #read("),
        "{page}"
    );
}
