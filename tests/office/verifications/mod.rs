//! Anybody checks a result by its code and learns nothing about anybody.

use crate::results::scene::{forged, granted, handed_over, results, revoke, verified};
use crate::support::commune::{Commune, HEAD, MAU, MAU_ID, text};
use crate::support::house::{json as told, problem};
use reqwest::Method;
use serde_json::{Value, json};

const NOBODYS: &str = "7K3M-9QXA-40TZ-C2WB-DN8Q";

#[tokio::test]
async fn a_code_tells_what_it_is_who_issued_it_and_how_it_stands() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let one = results(&commune, MAU, &dossier).await.remove(0);

    let checked = verified(&commune, text(&one, "verification_code")).await;

    assert_eq!((&checked["code"], &checked["sha256"]), (&one["verification_code"], &one["sha256"]));
    assert_eq!((text(&checked, "verdict"), text(&checked, "name")), ("in_force", "Kết quả thử"));
    assert_eq!(text(&checked, "unit"), "Ủy ban nhân dân phường Đức Xuân");
    assert_eq!((text(&checked, "issued_on"), &checked["valid_until"]), ("2026-03-10", &Value::Null));
    assert!(text(&checked, "message").contains("đang có hiệu lực"), "{checked}");
    let english = commune.ask(Method::GET, &format!("/v1/verifications/{}", text(&one, "verification_code")));
    let english = told(english.header("accept-language", "en").send().await.unwrap(), 200).await;
    assert!(text(&english, "message").contains("is in force"), "{english}");
}

#[tokio::test]
async fn every_answer_has_one_shape_and_none_holds_a_person_a_number_or_a_dossier() {
    let commune = Commune::open().await;
    let (dossier, one) = handed_over(&commune).await;
    let code = text(&one, "verification_code").to_owned();
    let stands = verified(&commune, &code).await;
    told(revoke(&commune, HEAD, &one, &forged()).await, 201).await;
    let revoked = verified(&commune, &code).await;
    let (unknown, mistyped) = (verified(&commune, NOBODYS).await, verified(&commune, "ABCD").await);

    let members = |told: &Value| told.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for told in [&revoked, &unknown, &mistyped] {
        assert_eq!(members(told), members(&stands));
    }
    assert_eq!(
        [&stands, &revoked, &unknown, &mistyped].map(|told| text(told, "verdict")),
        ["in_force", "revoked", "unknown", "mistyped"]
    );
    let page = commune.ask(Method::GET, &format!("/v1/verifications/{code}")).header("accept", "text/html");
    let page = page.send().await.unwrap().text().await.unwrap();
    let secrets = [
        "Mẫu",
        MAU_ID,
        text(&dossier, "code"),
        text(&dossier, "id"),
        text(&one, "id"),
        text(&one, "file"),
        "12/CT",
        "45/QĐ-UBND",
        "Nông Văn Duyệt",
    ];
    for said in [stands.to_string(), revoked.to_string(), page] {
        for secret in secrets {
            assert!(!said.contains(secret), "{secret} is told in {said}");
        }
    }
}

#[tokio::test]
async fn a_code_is_taken_as_people_type_it_and_a_slip_is_told_from_a_forgery() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let one = results(&commune, MAU, &dossier).await.remove(0);
    let code = text(&one, "verification_code");
    for typed in [
        code.to_lowercase(),
        code.replace('-', ""),
        code.replace('-', "%20"),
        code.replace('0', "o").replace('1', "I"),
        code.replace('1', "l"),
    ] {
        assert_eq!(verified(&commune, &typed).await["code"], code, "{typed}");
    }

    let other = if code.starts_with('2') { "3" } else { "2" };
    let slip = verified(&commune, &format!("{other}{}", &code[1..])).await;
    let short = verified(&commune, &code[..20]).await;
    let forgery = verified(&commune, NOBODYS).await;

    assert_eq!((text(&slip, "verdict"), &slip["code"]), ("mistyped", &Value::Null));
    assert!(text(&slip, "message").contains("gõ nhầm") && text(&short, "message").contains("năm nhóm"));
    assert_eq!((text(&forgery, "verdict"), text(&forgery, "code")), ("unknown", NOBODYS));
    assert!(text(&forgery, "message").contains("Hãy hỏi cơ quan"), "{forgery}");
}

#[tokio::test]
async fn codes_of_neighbours_have_nothing_in_common() {
    let commune = Commune::open().await;
    let mut codes = Vec::new();
    for _ in 0..3 {
        let dossier = granted(&commune, |_| {}).await;
        codes.push(text(&results(&commune, MAU, &dossier).await[0], "verification_code").replace('-', ""));
    }

    for (one, other) in [(0, 1), (1, 2), (0, 2)] {
        let alike = codes[one].chars().zip(codes[other].chars()).filter(|(a, b)| a == b).count();
        assert!(alike < 10, "{codes:?}");
    }
}

#[tokio::test]
async fn a_file_in_hand_is_compared_by_its_hash_alone() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let one = results(&commune, MAU, &dossier).await.remove(0);
    let compared = async |code: &str, hash: &str| {
        let path = format!("/v1/verifications/{code}/comparison");
        commune.ask(Method::POST, &path).json(&json!({"sha256": hash})).send().await.unwrap()
    };
    let (code, hash) = (text(&one, "verification_code"), text(&one, "sha256"));

    let same = told(compared(code, &hash.to_uppercase()).await, 200).await;
    let other = told(compared(code, &"0".repeat(64)).await, 200).await;
    let nobodys = told(compared(NOBODYS, hash).await, 200).await;
    let none = problem(compared(code, "giấy").await, 422, "body_invalid").await;

    assert_eq!((&same["same_file"], &other["same_file"]), (&json!(true), &json!(false)));
    assert!(text(&other, "comparison").contains("KHÔNG phải"), "{other}");
    assert_eq!((text(&nobodys, "verdict"), &nobodys["same_file"]), ("unknown", &Value::Null));
    assert_eq!(none["errors"][0]["code"], "sha256_invalid");
}

#[tokio::test]
async fn the_square_code_leads_to_a_page_without_scripts() {
    let commune = Commune::open().await;
    let dossier = granted(&commune, |_| {}).await;
    let one = results(&commune, MAU, &dossier).await.remove(0);
    let page = async |path: &str| {
        let asked = commune.ask(Method::GET, path).header("accept", "text/html,*/*;q=0.8");
        let answer = asked.send().await.unwrap();
        assert!(
            answer.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'")
        );
        answer.text().await.unwrap()
    };
    let (code, hash) = (text(&one, "verification_code"), text(&one, "sha256"));

    let shown = page(&format!("/v1/verifications/{code}")).await;
    let compared = page(&format!("/v1/verifications?code={code}&sha256={hash}")).await;
    let misread = page(&format!("/v1/verifications?code={code}&sha256=123")).await;
    let empty = page("/v1/verifications").await;
    let hostile = page("/v1/verifications?code=%22%3E%3Cscript%3E%7B%7Bsha256%7D%7D&sha256=%3Cb%3E").await;

    assert!(shown.contains("đang có hiệu lực") && shown.contains(hash) && shown.contains("10/03/2026"));
    assert!(compared.contains("đúng là tệp đã cấp"), "{compared}");
    assert!(misread.contains("64 chữ số"), "{misread}");
    for page in [&shown, &compared, &empty, &hostile] {
        assert!(!page.contains("<script") && !page.contains("{{") && !page.contains("<b>"), "{page}");
    }
}
