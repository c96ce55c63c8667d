//! Whatever is not meant well changes nothing but the row that keeps it; table-driven over all families.

use super::scene::{KEY, Scene, dossier, supplement};
use crate::support::commune::{CONTROLLER, text};
use crate::support::house::json;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Method;
use serde_json::{Value, json as body};

pub const ID: &str = "G22.99-260310-0001";
const EVIL: [&str; 5] = [
    "'; DROP TABLE dossiers; --",
    "<script>alert(1)</script>",
    "a\u{0}b",
    "../../../../etc/passwd\u{0}",
    "\u{202e}% OR 1=1",
];

/// A message of each family that would be taken.
pub fn good() -> Vec<(&'static str, String)> {
    let trader = body!({"MaTTHC": "9.000002", "TenThuongNhan": "Công ty Thử", "MaHoSo": "G22.99-260310-0008",
        "DiaChiDoanhNghiep": {"MaXa": "01843"}});
    let mut data = trader.clone();
    data["MaHoSoQG"] = body!("G22.99-260310-0009");
    vec![
        ("mapped", dossier("G22.99-260310-0007").to_string()),
        ("mapped", supplement(ID, body!([])).to_string()),
        ("addtthcKhuyenMai", trader.to_string()),
        ("nhanhsdvcqg", body!({"isUpdating": false, "data": data}).to_string()),
        ("NhanThongBaoThueDat", body!({"data": {"FileThongBaoThue": sheet(ID)}}).to_string()),
        (
            "NhanChungTuThueDat",
            body!({"data": {"MaHoSo": ID, "HoTenNguoiNopTien": "Mẫu", "ThongTinThanhToan":
                {"MaThongBaoThue": "TB-1", "SoTien": "5", "TrangThaiThanhToan": "1"}}})
            .to_string(),
        ),
        ("search_call", format!("masohoso={ID}")),
        ("dptracuuthanhtoanhs", body!({"MaHoSo": ID}).to_string()),
    ]
}

/// What is owed for a dossier, in base64.
pub fn sheet(code: &str) -> String {
    STANDARD.encode(format!(
        "<DATA><BODY><ROW_LIST><MA_HSO>{code}</MA_HSO><LIST><SO_QUYET_DINH>TB-1</SO_QUYET_DINH><SO_TIEN>5</SO_TIEN>\
         </LIST></ROW_LIST></BODY></DATA>"
    ))
}

/// Nothing but messages is new after each of these calls; gives their verdicts.
async fn nothing_changes(scene: &Scene, calls: Vec<(&str, Option<&str>, Vec<u8>)>) -> Vec<String> {
    for (family, key, content) in calls {
        let before = (scene.counts().await, scene.dossiers().await, scene.messages().await.len());
        let what = format!("{family}: {}", String::from_utf8_lossy(&content));

        let answer = scene.call(family, key, content).await;

        let status = answer.status().as_u16();
        assert_eq!(status, 200, "{what}");
        let heard: Value = answer.json().await.unwrap();
        assert_eq!(heard["error_code"], "-1", "{what}: {heard}");
        let after = (scene.counts().await, scene.dossiers().await, scene.messages().await.len() - 1);
        assert_eq!(after, before, "{what}");
    }
    scene.verdicts().await
}

#[tokio::test]
async fn strangers_change_nothing() {
    let scene = Scene::open().await;
    scene.taken(&dossier(ID)).await;
    let calls = good().into_iter().flat_map(|(family, message)| {
        let keys =
            [None, Some(""), Some("khoa-sai"), Some("khoa-chung-cua-con"), Some("khoa-chung-cua-congx")];
        keys.map(|key| (family, key, message.clone().into_bytes()))
    });

    let verdicts = nothing_changes(&scene, calls.collect()).await;

    assert!(verdicts[1..].iter().all(|verdict| verdict == "not_admitted"), "{verdicts:?}");
    let kept = scene.messages().await;
    assert!(kept.iter().all(|row| row.dossier_id.is_none() || row.verdict == "taken"));
}

#[tokio::test]
async fn broken_messages_change_nothing() {
    let scene = Scene::open().await;
    scene.taken(&dossier(ID)).await;
    let mut calls = Vec::new();
    for (family, message) in good() {
        let bytes = message.into_bytes();
        if family != "search_call" {
            calls.push((family, Some(KEY), bytes[..bytes.len() / 2].to_vec()));
        }
        calls.push((family, Some(KEY), [b"\xff\xfe\xc3".as_slice(), &bytes].concat()));
        for wrong in
            ["", "null", "7", "[]", "{}", "\"MaHoSo\"", "{\"data\": 7}", "{\"data\": {\"MaHoSoQG\": {}}}"]
        {
            calls.push((family, Some(KEY), wrong.as_bytes().to_vec()));
        }
        calls.push((family, Some(KEY), "[".repeat(5_000).into_bytes()));
    }
    calls.push(("khong-co", Some(KEY), b"{}".to_vec()));
    calls.push(("..%2f..%2fetc", Some(KEY), b"{}".to_vec()));

    nothing_changes(&scene, calls).await;
}

#[tokio::test]
async fn codes_that_are_no_codes_change_nothing() {
    let scene = Scene::open().await;
    scene.taken(&dossier(ID)).await;
    let mut calls = Vec::new();
    for evil in EVIL {
        for member in ["MaHoSoQG", "MaTTHC", "DonVi"] {
            let mut message = dossier("G22.99-260310-0007");
            message["data"][member] = body!(evil);
            calls.push(("mapped", Some(KEY), message.to_string().into_bytes()));
        }
        calls.push(("mapped", Some(KEY), supplement(evil, body!([])).to_string().into_bytes()));
        let asked = body!({"MaHoSo": evil}).to_string();
        calls.push(("dptracuuthanhtoanhs", Some(KEY), asked.into_bytes()));
        let receipt = body!({"data": {"MaHoSo": evil, "HoTenNguoiNopTien": "Mẫu", "ThongTinThanhToan":
            {"MaThongBaoThue": "TB-1", "SoTien": "5", "TrangThaiThanhToan": "1"}}});
        calls.push(("NhanChungTuThueDat", Some(KEY), receipt.to_string().into_bytes()));
    }

    nothing_changes(&scene, calls).await;
}

#[tokio::test]
async fn a_null_character_in_any_text_changes_nothing() {
    let scene = Scene::open().await;
    scene.taken(&dossier(ID)).await;
    let whole = dossier("G22.99-260310-0007");
    let texts: Vec<String> = whole["data"].as_object().unwrap().keys().cloned().collect();
    let mut calls = Vec::new();
    for member in texts.iter().filter(|name| whole["data"][name.as_str()].is_string()) {
        let mut message = whole.clone();
        message["data"][member] = body!("a\u{0}b");
        // One that says by a word of its own how the result goes back is no text that is kept.
        if member != "HinhThuc" {
            calls.push(("mapped", Some(KEY), message.to_string().into_bytes()));
        }
    }
    let mut form = whole.clone();
    form["data"]["form"] = body!({"note": "a\u{0}b"});
    calls.push(("mapped", Some(KEY), form.to_string().into_bytes()));

    nothing_changes(&scene, calls).await;
}

#[tokio::test]
async fn x_09_words_that_would_be_code_elsewhere_are_only_words() {
    let scene = Scene::open().await;
    let mut message = dossier("G22.99-260310-0007");
    for member in ["ChuHoSo", "TrichYeu", "DiaChi"] {
        message["data"][member] = body!("<script>'; DROP TABLE dossiers; --</script>");
    }

    let taken = scene.taken(&message).await;

    assert_eq!(taken.applicant_name, "<script>'; DROP TABLE dossiers; --</script>");
    assert_eq!(scene.dossiers().await.len(), 1);
}

#[tokio::test]
async fn one_that_is_too_large_is_kept_by_its_beginning() {
    let scene = Scene::open().await;
    let limit = scene.commune.office.settings.portal.message_limit_bytes;
    let huge = format!("{{\"data\": \"{}\"}}", "x".repeat(limit));

    let answer = scene.call("mapped", Some(KEY), huge).await;

    assert_eq!(json(answer, 200).await["error_code"], "-1");
    let kept = scene.messages().await.remove(0);
    assert_eq!((kept.verdict.as_str(), kept.whole), ("too_large", false));
    assert!(kept.body_sealed.len() < 10_000);
}

#[tokio::test]
async fn a_portal_that_is_not_ours_is_not_heard() {
    let scene = Scene::open().await;
    let path = "/v1/callbacks/portals/khac/mapped";
    let request = scene.commune.ask(Method::POST, path).header("x-security-key", KEY);

    let answer = request.body(dossier(ID).to_string()).send().await.unwrap();

    assert_eq!(answer.status().as_u16(), 404);
    assert_eq!(scene.messages().await, []);
}

#[tokio::test]
async fn a_thousand_strangers_an_hour_are_enough_to_keep() {
    let scene = Scene::open().await;
    for _ in 0..1_003 {
        scene.call("mapped", None, "{}").await;
    }

    let kept = scene.messages().await.len();

    assert_eq!(kept, 1_000);
    let page = scene.commune.read(CONTROLLER, "/v1/portal-messages?limit=1").await;
    assert_eq!(text(&page["items"][0], "verdict"), "not_admitted");
    let taken = json(scene.call("mapped", Some(KEY), dossier(ID).to_string()).await, 200).await;
    assert_eq!(taken["error_code"], "0");
}
