//! The receipt (form 01): what it must say, and that nobody can write on it.

use crate::support::commune::{Commune, DESK, MAU, text};
use crate::support::house::problem;
use serde_json::{Value, json as body};

async fn page(commune: &Commune, who: &str, dossier: &Value) -> String {
    let answer = commune.get(who, &format!("/v1/dossiers/{}/receipt", text(dossier, "id"))).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    answer.text().await.unwrap()
}

#[tokio::test]
async fn l_03_the_receipt_holds_what_the_form_asks() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.trial(2), |a| {
        a["applicant"]["phone"] = body!("0900000001");
        a["applicant"]["address"] =
            body!({"line": "Tổ 5", "commune": "phường Đức Xuân", "province": "tỉnh Thử Nghiệm"});
    });
    let dossier = commune.done(DESK, &dossier.await, "acceptance", body!({})).await;
    let secret = commune.now(MAU, &dossier).await["lookup_secret"].as_str().unwrap().to_owned();

    for who in [MAU, DESK] {
        let page = page(&commune, who, &dossier).await;
        for said in [
            "H55.101-260310-0001",
            secret.as_str(),
            "Nguyễn Thị Mẫu",
            "Tổ 5, phường Đức Xuân, tỉnh Thử Nghiệm",
            "0900000001",
            "Thủ tục thử tạm dừng khi bổ sung",
            "Giấy thử thứ nhất",
            "09 giờ 00 phút, ngày 10 tháng 3 năm 2026",
            "17 giờ 00 phút, ngày 24 tháng 3 năm 2026",
            "Nhận tại Bộ phận Một cửa",
            "Hoàng Văn Cửa",
            "phường Đức Xuân",
        ] {
            assert!(page.contains(said), "{said} is not on the receipt:\n{page}");
        }
        assert!(!page.contains("{{"), "a place was left open:\n{page}");
    }
}

#[tokio::test]
async fn there_is_none_before_reception() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.birth(), |_| {}).await;
    let path = format!("/v1/dossiers/{}/receipt", text(&dossier, "id"));
    problem(commune.get(MAU, &path).await, 409, "receipt_not_yet").await;
    let refused = body!({"reason": "Nộp nhầm nơi."});
    commune.done(DESK, &dossier, "refusal", refused).await;
    problem(commune.get(MAU, &path).await, 409, "receipt_not_yet").await;
}

#[tokio::test]
async fn nobody_writes_markup_on_a_receipt() {
    let commune = Commune::open().await;
    let name = "<script>alert(\"1\")</script> & Con {{papers}} {{phone}}";
    let dossier = commune.submit(DESK, commune.brought(name), |a| a["applicant"]["phone"] = body!("0900"));
    let dossier = commune.done(DESK, &dossier.await, "acceptance", body!({})).await;
    let page = page(&commune, DESK, &dossier).await;
    assert!(!page.contains("<script>"), "{page}");
    let shown = page.replace("&#123;", "{");
    assert!(
        shown.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; Con {{papers}} {{phone}}"),
        "{page}"
    );
}
