//! People who do not exist: two citizens, the officers of one commune, and a program that asks for others.

use crate::assembly::House;
use api::identity::demo::{DemoAccount, DemoIssuer, DemoPerson};
use api::machine_routes::GRANTS;
use entities::catalogue::units;
use entities::people::{Held, assign as hold, assignments_of};
use rules::actor::{Assignment, Role};

/// Code of the commune where the demo's officers sit.
pub(crate) const COMMUNE: &str = "H55.121";

const OFFICERS: [(&str, &str, &str, Role, bool); 8] = [
    ("can-bo-mot-cua", "Hoàng Văn Cửa", "Cán bộ một cửa", Role::DeskOfficer, true),
    ("can-bo-thu-ly", "Triệu Thị Lý", "Công chức thụ lý", Role::CaseOfficer, true),
    ("lanh-dao", "Nông Văn Duyệt", "Phó Chủ tịch UBND xã", Role::Approver, true),
    ("ke-toan", "Lò Thị Thu", "Kế toán", Role::Finance, true),
    ("buu-ta", "Mã Văn Thư", "Nhân viên bưu chính", Role::PostalClerk, true),
    ("kiem-soat", "Đàm Thị Soát", "Kiểm soát thủ tục hành chính", Role::ProcedureController, false),
    ("thanh-tra", "Bế Văn Tra", "Thanh tra viên", Role::Inspector, false),
    ("quan-tri", "Hà Thị Máy", "Quản trị hệ thống", Role::Administrator, false),
];

/// A program that works at the desk's side: scopes open addresses, this role lets it see.
const MACHINE: (&str, &str, &str, Role, bool) =
    ("phan-mem-tich-hop", "Phần mềm tích hợp", "Phần mềm một cửa của xã", Role::DeskOfficer, true);

/// Everybody the demo can sign in.
pub(crate) fn list() -> Vec<DemoPerson> {
    let citizen = |key: &str, name: &str, id: &str| DemoPerson {
        key: key.into(),
        name: name.into(),
        account: DemoAccount::Citizen { personal_id: id.into() },
    };
    let officers = OFFICERS.iter().map(|(key, name, ..)| DemoPerson {
        key: (*key).into(),
        name: (*name).into(),
        account: DemoAccount::Officer,
    });
    let citizens = [
        citizen("nguyen-thi-mau", "Nguyễn Thị Mẫu", "006199000001"),
        citizen("tran-van-thu", "Trần Văn Thử", "006099000002"),
    ];
    citizens.into_iter().chain(officers).chain([machine()]).collect()
}

/// A machine client with every scope there is.
fn machine() -> DemoPerson {
    let scopes: Vec<&str> = GRANTS.iter().map(|grant| grant.scope).collect();
    DemoPerson {
        key: MACHINE.0.into(),
        name: MACHINE.1.into(),
        account: DemoAccount::Machine { scope: scopes.join(" ") },
    }
}

/// Gives the officers and the machine client their roles at the commune, once.
pub(crate) async fn assign(house: &House, issuer: &DemoIssuer) -> Result<(), String> {
    let (db, at) = (house.db.writer(), house.clock.now());
    let commune = units::by_code(db, COMMUNE).await.map_err(|e| e.to_string())?;
    for (key, name, title, role, at_unit) in OFFICERS.into_iter().chain([MACHINE]) {
        let subject = issuer.subject_of(key);
        if !assignments_of(db, &subject, at).await.map_err(|e| e.to_string())?.is_empty() {
            continue;
        }
        let unit = at_unit.then_some(commune.row.id);
        let held = Held { assignment: Assignment { role, unit }, name: name.into(), title: title.into() };
        hold(db, &subject, &held, at).await.map_err(|e| e.to_string())?;
    }
    Ok(())
}

/// The one command line that submits a dossier: two papers uploaded, then the application.
pub(crate) async fn curl(house: &House, issuer: &DemoIssuer, url: &str) -> Result<String, String> {
    let commune = units::by_code(house.db.reader(), COMMUNE).await.map_err(|e| e.to_string())?;
    let token = issuer.token("nguyen-thi-mau", house.clock.now()).map_err(|_| "no token".to_owned())?;
    Ok(CURL.replace("{url}", url).replace("{token}", &token).replace("{unit}", &commune.row.id.to_string()))
}

const CURL: &str = r#"T={token}; U={url}; P='%PDF-1.4 1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>'
up() { printf '%s' "$P" | curl -s $U/v1/uploads -H "Authorization: Bearer $T" -H "Idempotency-Key: $RANDOM$RANDOM" \
  -F "file=@-;filename=giay.pdf;type=application/pdf" | sed 's/.*"id":"\([^"]*\)".*/\1/'; }
curl -s $U/v1/dossiers -H "Authorization: Bearer $T" -H "Idempotency-Key: $RANDOM$RANDOM" -H 'Content-Type: application/json' -d '{
 "procedure":"2.000815","unit":"{unit}","channel":"online","applicant_kind":"citizen",
 "applicant":{"name":"Nguyễn Thị Mẫu","id_number":"006199000001","phone":"0200000001","email":"mau@vidu.example"},
 "form":{"document_name":"Bằng tốt nghiệp","issuer":"Trường THPT Thử Nghiệm","issued_on":"2019-06-30","pages":2,"copies":3,"electronic":false},
 "papers":[{"component":"CC-01","file":"'$(up)'"},{"component":"CC-02","file":"'$(up)'"}],
 "return_method":"desk","quantity":6}'"#;
