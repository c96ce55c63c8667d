//! Seven mistakes that a well-known peer had to own up to, tried here.

use super::scene::{ask, at, hire, ids, machine, read};
use super::things::Things;
use crate::guards::sources::assert_none;
use crate::internal_process::consulting::consulted;
use crate::support::commune::{Commune, DESK, INSPECTOR, MAU, NEIGHBOUR, key, text};
use crate::support::evidence::keep;
use crate::support::house::json;
use crate::support::log::Log;
use actix_web::test::{TestRequest, call_service, init_service};
use futures::TryStreamExt;
use object_store::ObjectStore;
use reqwest::{Method, Response};
use rules::actor::{Assignment, Role};
use rules::fees::sheets::line;
use serde_json::{Value, json as body};

/// What of a person must not be read where the person is not seen.
const PERSONAL: [&str; 5] = ["Nguyễn Thị Mẫu", "006199000001", "0900000001", "mau@vidu.example", "Tổ 5"];

fn told<'w>(words: &str, secrets: &[&'w str]) -> Vec<&'w str> {
    secrets.iter().filter(|secret| words.contains(**secret)).copied().collect()
}

#[tokio::test]
async fn a_search_finds_nothing_that_the_list_would_not_hold() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let code = text(&dossier, "code");
    let (unit, status) = (commune.unit.to_string(), text(&dossier, "status"));
    for wish in [
        format!("q={code}"),
        "q=nguyen".into(),
        "q=%25".into(),
        "q=_".into(),
        format!("unit={unit}"),
        format!("status={status}"),
        format!("status={status}&unit={unit}&q=nguyen%20thi%20mau"),
    ] {
        let path = format!("/v1/dossiers?{wish}");
        assert!(ids(&commune.read(NEIGHBOUR, &path).await.to_string()).is_empty(), "{wish}");
    }
    assert_eq!(ids(&commune.read(DESK, "/v1/dossiers?q=nguyen").await.to_string()).len(), 1);
    let overseen = commune.read(INSPECTOR, "/v1/dossiers?q=nguyen").await;
    assert!(ids(&overseen.to_string()).is_empty(), "nobody is found by a name that the finder may not read");
}

#[tokio::test]
async fn nothing_is_expanded_into_an_answer_that_its_reader_may_not_see() {
    let commune = Commune::open().await;
    let (dossier, _) = consulted(&commune).await;
    let path = format!("/v1/dossiers/{}", text(&dossier, "id"));
    for wish in ["expand=applicant", "include=form", "fields=applicant", "embed=papers", "unmasked=true"] {
        let shown = commune.get(INSPECTOR, &format!("{path}?{wish}")).await.text().await.unwrap();
        assert_eq!(told(&shown, &PERSONAL), Vec::<&str>::new(), "{wish}");
        let listed = commune.get(INSPECTOR, &format!("/v1/dossiers?{wish}")).await;
        assert_eq!(listed.status(), 400, "{wish}");
    }
    let questions = commune.read(NEIGHBOUR, "/v1/consultations").await.to_string();
    assert!(questions.contains(text(&dossier, "code")), "the unit was asked");
    assert_eq!(told(&questions, &PERSONAL), Vec::<&str>::new());
    assert_eq!(commune.get(NEIGHBOUR, &path).await.status(), 404);
}

#[tokio::test]
async fn no_list_of_any_kind_shows_the_dossier_to_who_does_not_see_it() {
    let things = Things::made().await;
    let commune = things.commune();
    let code = commune.read(DESK, "/v1/dossiers").await["items"][0]["code"].as_str().unwrap().to_owned();
    let secrets: Vec<&str> = things.personal().into_iter().chain([code.as_str()]).collect();
    for role in [Role::DeskOfficer, Role::CaseOfficer, Role::Approver, Role::Finance, Role::PostalClerk] {
        hire(commune, "khac", &[at(role, commune.neighbour)]).await;
    }
    hire(commune, "quan-tri", &[Assignment { role: Role::Administrator, unit: None }]).await;
    let client = machine(commune, "may", &[]).await;
    let paths = lists();
    let (mut asked, mut found) = (0_u64, Vec::new());
    for path in &paths {
        let citizen = body!({"LoaiTaiKhoan": 1, "SoDinhDanh": "006099000002"});
        for (who, request) in [
            ("another unit", ask(commune, "khac", &body!({}), (Method::GET, path))),
            ("administrator", ask(commune, "quan-tri", &body!({}), (Method::GET, path))),
            ("stranger", ask(commune, "tran-van-thu", &citizen, (Method::GET, path))),
            ("machine", client.ask(commune, (Method::GET, path))),
        ] {
            let answer = request.send().await.unwrap();
            asked += 1;
            let status = answer.status();
            let leaked = told(&answer.text().await.unwrap(), &secrets).len();
            // Those who run the office see codes of dossiers beside jobs, and no person.
            let codes = usize::from(who == "administrator");
            if status.as_u16() >= 500 || leaked > codes {
                found.push(format!("{who} {path}: {status}, {leaked}"));
            }
        }
    }

    assert_none("a list is filtered by the policy", &found);
    assert!(asked > 150, "the lists were asked: {asked}");
    keep(
        "access_strangers",
        &[("lists", u64::try_from(paths.len()).unwrap()), ("asked", asked), ("leaks", 0)],
    );
}

/// Addresses without a part to fill, for which a token is needed.
fn lists() -> Vec<String> {
    let paths = api::openapi::document().paths.paths;
    let read = paths.into_iter().filter(|(path, item)| {
        let reads = api::openapi::methods_of(item).iter().any(|method| method == "GET");
        reads && !path.contains('{') && !api::routes::PUBLIC.contains(&("GET", path.as_str()))
    });
    read.map(|(path, _)| path).collect()
}

#[tokio::test]
async fn a_name_that_climbs_out_of_its_folder_is_a_name_and_nothing_else() {
    let commune = Commune::open().await;
    for name in [
        "../../../../etc/passwd",
        "..\\..\\boot.ini",
        "/etc/shadow",
        "....//....//x.pdf",
        "%2e%2e%2fx.pdf",
        "~/.ssh/id",
    ] {
        let begun = commune.post(MAU, "/v1/uploads", &body!({"name": name, "size": 3_000})).await;
        let (status, told) = (begun.status().as_u16(), begun.text().await.unwrap());
        assert!(status == 201 || status == 422, "{name}: {status}");
        if status == 201 {
            let kept: Value = serde_json::from_str(&told).unwrap();
            let kept = kept["name"].as_str().unwrap_or_default().to_owned();
            assert!(!kept.contains(['/', '\\']), "{name} is kept as {kept}");
        }
    }
    commune.paper(MAU).await;
    let places: Vec<_> = commune.office.files.list(None).try_collect().await.unwrap();
    assert!(!places.is_empty());
    for place in places {
        let place = place.location.to_string();
        assert!(
            !place.contains("..") && !place.contains("giay-to"),
            "names of people are no places: {place}"
        );
    }
    for path in [
        "/v1/files/..%2f..%2fetc%2fpasswd/content",
        "/v1/files/%2e%2e%2f%2e%2e%2fCargo.toml",
        "/docs/..%2f..%2f..%2fetc%2fpasswd",
        "/docs/%2e%2e/%2e%2e/Cargo.toml",
        "/problems/..%2f..%2fCargo.toml",
    ] {
        let answer = commune.get(MAU, path).await;
        let status = answer.status().as_u16();
        let words = answer.text().await.unwrap();
        assert!((400..500).contains(&status), "{path}: {status}");
        assert!(!words.contains("root:") && !words.contains("[package]"), "{path}");
    }
}

#[tokio::test]
async fn a_seed_file_is_its_text_and_its_name_opens_nothing() {
    let commune = Commune::open().await;
    hire(&commune, "quan-tri", &[Assignment { role: Role::Administrator, unit: None }]).await;
    for (name, content) in [
        ("../../../etc/passwd", "units: [oops"),
        ("units.yaml", "units: !include /etc/passwd"),
        ("units.yaml", "include: ../../../etc/passwd\n"),
    ] {
        let seed = body!({"name": name, "text": content, "dry_run": true});
        let request = ask(&commune, "quan-tri", &body!({}), (Method::POST, "/v1/admin/seeds"));
        let answer = request.json(&seed).send().await.unwrap();
        let status = answer.status().as_u16();
        let words = answer.text().await.unwrap();
        assert!((400..500).contains(&status), "{name}: {status} {words}");
        assert!(!words.contains("root:"), "{words}");
    }
}

#[tokio::test]
async fn no_question_is_too_big_too_deep_or_too_crooked_to_be_refused() {
    let commune = Commune::open().await;
    commune.submit(MAU, commune.copies(), |_| {}).await;
    let mut questions: Vec<String> = ["%25", "_", "%22", "%27", "a", "%C4%91", "%F0%9F%98%80", "%5C"]
        .iter()
        .flat_map(|piece| [piece.repeat(90), piece.repeat(5_000)])
        .map(|words| format!("/v1/dossiers?q={words}"))
        .collect();
    questions
        .extend(["0", "-1", "99999999999999999999", "1e9", "NaN"].map(|n| format!("/v1/dossiers?limit={n}")));
    questions.extend(
        ["A".repeat(20_000), "%00".into(), "null".into(), "eyJhIjo".into()]
            .map(|c| format!("/v1/dossiers?after={c}")),
    );
    questions.push(format!("/v1/dossiers?{}", "status=received&".repeat(2_000)));
    questions.push(format!("/v1/dossiers?q[{}]=1", "[".repeat(2_000)));
    let mut asked = 0_u64;
    for path in questions {
        asked += 1;
        let who = if asked.is_multiple_of(2) { DESK } else { NEIGHBOUR };
        // A request line that is too long is hung up upon, which is an answer too.
        let Ok(answer) = commune.ask_as(who, Method::GET, &path).send().await else { continue };
        let start: String = path.chars().take(60).collect();
        assert!(answer.status().as_u16() < 500, "{start}: {}", answer.status());
        if answer.status() == 200 {
            let shown = ids(&answer.text().await.unwrap()).len();
            assert!(shown <= 100, "{start}");
        }
    }
    for deep in [
        format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)),
        "{\"form\":".repeat(127),
    ] {
        asked += 1;
        let request = commune.ask_as(MAU, Method::POST, "/v1/dossiers").header("idempotency-key", key());
        let answer = request.header("content-type", "application/json").body(deep).send().await.unwrap();
        assert!((400..500).contains(&answer.status().as_u16()), "{}", answer.status());
    }
    assert_eq!(commune.get(DESK, "/v1/dossiers").await.status(), 200, "the office goes on");
    keep("access_questions", &[("asked", asked), ("failures", 0)]);
}

const SCRIPT: &str = "<script>alert(1)</script>";

#[tokio::test]
async fn a_script_that_is_a_name_runs_on_no_page_sheet_or_picture() {
    let commune = Commune::open().await;
    let dossier = commune
        .submit(MAU, commune.copies(), |application| {
            application["applicant"]["name"] = body!(format!("Mẫu {SCRIPT}"));
            application["applicant"]["address"]["line"] = body!("\"><img src=x onerror=alert(1)>");
        })
        .await;
    let dossier = commune.done(DESK, &dossier, "acceptance", body!({})).await;
    let forms = commune.read(DESK, &format!("/v1/dossiers/{}/forms", text(&dossier, "id"))).await;
    let form = format!("/v1/forms/{}", forms[0]["id"].as_str().unwrap());
    let below = super::operations::READS.iter().filter(|(path, _)| path.starts_with("/v1/dossiers/{id}"));
    let paths = below.map(|(path, _)| path.replace("{id}", text(&dossier, "id")));
    let mut pages = 0_u64;
    for path in paths.chain([form, "/v1/lookups".into(), "/v1/verifications".into(), "/v1/forecast".into()]) {
        let request = commune.ask_as(DESK, Method::GET, &path).header("accept", "text/html");
        let answer = request.send().await.unwrap();
        pages += u64::from(is_page(&answer));
        unscripted(&path, answer).await;
    }
    assert!(pages >= 4, "pages were read: {pages}");
    keep("access_scripts", &[("pages", pages), ("scripts", 0)]);
}

fn header<'r>(answer: &'r Response, name: &str) -> &'r str {
    answer.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn is_page(answer: &Response) -> bool {
    header(answer, "content-type").starts_with("text/html")
}

/// The answer cannot run anything: its type is fixed, its policy allows no script, its text holds none.
async fn unscripted(path: &str, answer: Response) {
    let policy = header(&answer, "content-security-policy");
    assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
    assert!(!policy.contains("script-src"), "{path}: {policy}");
    assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{path}");
    assert_eq!(header(&answer, "x-frame-options"), "DENY", "{path}");
    if is_page(&answer) {
        let page = answer.text().await.unwrap();
        assert!(!page.contains(SCRIPT) && !page.contains("<img src=x"), "{path}: {page}");
    }
}

#[tokio::test]
async fn a_formula_in_a_sheet_is_words() {
    for cell in ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "|calc", "%0A"] {
        let told = line([cell]);
        let start = told.trim_start_matches('"').chars().next();
        assert_eq!(start, Some('\''), "{cell}: {told}");
    }
    assert_eq!(line(["-5"]), "-5\r\n", "a sum stays a sum");
}

#[tokio::test]
async fn a_paper_that_is_a_page_is_not_taken() {
    let commune = Commune::open().await;
    for content in [
        "<html><script>alert(1)</script></html>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>",
    ] {
        let form = [
            "--giay\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\
             Content-Type: application/pdf\r\n\r\n",
            content,
            "\r\n--giay--\r\n",
        ];
        let request = commune.ask_as(MAU, Method::POST, "/v1/uploads").header("idempotency-key", key());
        let request = request.header("content-type", "multipart/form-data; boundary=giay");
        let refused = json(request.body(form.concat()).send().await.unwrap(), 422).await;
        assert_eq!(refused["code"], "file_type_refused");
    }
}

#[actix_web::test]
async fn an_error_tells_the_log_neither_tokens_nor_persons() {
    let commune = Commune::open().await;
    let dossier = commune.submit(MAU, commune.copies(), |_| {}).await;
    let token = commune.office.demo.as_ref().unwrap().token(DESK, commune.clock.now()).unwrap();
    let path = format!("/v1/dossiers/{}", text(&dossier, "id"));
    let log = Log::kept();
    let app = init_service(api::app(commune.office.clone())).await;
    let bearer = |token: &str| ("authorization", format!("Bearer {token}"));
    let broken =
        format!("{{\"applicant\": {{\"name\": \"Nguyễn Thị Mẫu\", \"id_number\": \"{}\"", "006199000001");
    for request in [
        TestRequest::get()
            .uri("/v1/dossiers?q=Nguy%E1%BB%85n%20Th%E1%BB%8B%20M%E1%BA%ABu&oops=1")
            .insert_header(bearer(&token)),
        TestRequest::get().uri("/v1/dossiers").insert_header(bearer(&format!("{token}x"))),
        TestRequest::post().uri("/v1/dossiers").insert_header(bearer(&token)).set_payload(broken),
        TestRequest::post()
            .uri("/v1/lookups")
            .set_json(body!({"code": text(&dossier, "code"), "secret": "bi-mat-tra-cuu"})),
    ] {
        assert!(call_service(&app, request.to_request()).await.status().is_client_error());
    }
    let before = log.text().len();
    commune.office.db.close().await.unwrap();
    let failed = TestRequest::get().uri(&path).insert_header(bearer(&token)).to_request();
    assert!(call_service(&app, failed).await.status().is_server_error());

    let words = log.text();
    let signature = token.rsplit('.').next().unwrap();
    let secrets =
        [signature, "bi-mat-tra-cuu", "a master secret", "a cursor secret", "Nguy%E1", text(&dossier, "id")];
    assert!(words.len() > before, "the failure was logged");
    assert_eq!(told(&words, &secrets), Vec::<&str>::new(), "{words}");
    assert_eq!(told(&words, &PERSONAL), Vec::<&str>::new(), "{words}");
}

#[tokio::test]
async fn an_answer_in_error_repeats_no_secret_of_the_question() {
    let commune = Commune::open().await;
    let (_, words) = read(&commune, "nguoi-la", "/v1/dossiers?q=a&bi_mat=006199000001").await;
    assert_eq!(told(&words, &["006199000001"]), Vec::<&str>::new());
}
