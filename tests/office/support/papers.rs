//! Applications as people fill them in, and a paper to go with them.

use super::commune::{Commune, MAU_ID};
use serde_json::{Value, json};

/// The JSON of a submission.
pub type Application = Value;

/// A small well-formed PDF.
pub const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

impl Commune {
    /// Certified copies of a diploma, six pages at 2,000 đồng, fetched at the desk.
    pub fn copies(&self) -> Application {
        json!({
            "procedure": "2.000815", "unit": self.unit, "channel": "online", "applicant_kind": "citizen",
            "applicant": {
                "name": "Nguyễn Thị Mẫu", "id_number": MAU_ID, "phone": "0900000001", "email": "mau@vidu.example",
                "address": {"line": "Tổ 5", "commune": "phường Đức Xuân", "province": "tỉnh Thử Nghiệm"},
            },
            "form": {
                "document_name": "Bằng tốt nghiệp", "issuer": "Trường THPT Thử Nghiệm", "issued_on": "2019-06-30",
                "pages": 2, "copies": 3, "electronic": false,
            },
            "papers": [{"component": "CC-01"}, {"component": "CC-02"}],
            "return_method": "desk", "quantity": 6,
        })
    }

    /// The registration of a birth, free of charge.
    pub fn birth(&self) -> Application {
        json!({
            "procedure": "1.001193", "unit": self.unit, "channel": "online", "applicant_kind": "citizen",
            "applicant": {"name": "Nguyễn Thị Mẫu", "id_number": MAU_ID, "email": "mau@vidu.example"},
            "form": {
                "child_name": "Nguyễn Văn Bé", "date_of_birth": "2026-03-01", "sex": "male",
                "place_of_birth": "Trạm y tế", "ethnicity": "Tày", "nationality": "Việt Nam",
                "home_town": "Thử Nghiệm", "mother_name": "Nguyễn Thị Mẫu", "mother_id": MAU_ID,
                "requester_relation": "mother", "copies": 1,
            },
            "papers": [{"component": "KS-01"}, {"component": "KS-02"}],
            "return_method": "desk",
        })
    }

    /// One of the procedures made up for the tests: `9.00000{number}`.
    pub fn trial(&self, number: u8) -> Application {
        json!({
            "procedure": format!("9.00000{number}"), "unit": self.unit, "channel": "online",
            "applicant_kind": "citizen", "applicant": {"name": "Nguyễn Thị Mẫu", "id_number": MAU_ID},
            "form": {"note": "thử"}, "papers": [{"component": format!("T{number}-01")}],
            "return_method": "desk",
        })
    }

    /// A paper application brought to the desk in somebody's name.
    pub fn brought(&self, name: &str) -> Application {
        let mut application = self.copies();
        application["channel"] = json!("desk");
        application["applicant"] = json!({"name": name});
        application
    }
}
