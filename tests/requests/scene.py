"""Fills a house before it is copied, and settles the people in a copy.

    scene.py URL filled     dossiers at every step of their way
    scene.py URL settled    an officer who holds every role of the commune, and a citizen with dossiers; each copy has an
                            address of its own, and with it people of its own
"""

import pathlib
import sys

import stock

CITIZEN, DESK, CASE = "nguyen-thi-mau", "can-bo-mot-cua", "can-bo-thu-ly"
ROLES = ["desk_officer", "approver", "finance", "postal_clerk", "procedure_controller", "inspector"]
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" \
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

# What is done to a dossier after it was handed in, and how many of the kind there are.
PASSED_ON = [(DESK, "acceptance", {}), (DESK, "forwarding", {}), (DESK, "forwarding", {})]
CLAIMED = [*PASSED_ON, (CASE, "claim", {})]
WAYS = [
    (5, []),
    (2, [(DESK, "acceptance", {})]),
    (2, [(DESK, "supplement-request", {"reason": "Ảnh chụp bị mờ.", "components": ["CC-02"]})]),
    (2, PASSED_ON),
    (3, CLAIMED),
    (2, [*CLAIMED, (CASE, "payment-request", {})]),
    (2, [*CLAIMED, (CASE, "forwarding", {})]),
]


def main(url, wanted):
    document = stock.read(pathlib.Path(__file__).parents[2] / "openapi" / "openapi.json")
    kept = stock.Stock(url, document, 6)
    unit = kept.home()
    if wanted == "settled":
        appoint(kept, unit)
    for times, acts in WAYS if wanted == "filled" else [(2, [])]:
        for _ in range(times):
            dossier = hand_in(kept, unit)
            for person, act, body in acts:
                said(kept.ask("POST", f"/v1/dossiers/{dossier}/{act}", person, json=body, headers={"If-Match": "*"}))


def appoint(kept, unit):
    subject = f"{kept.url}/demo|{CASE}"
    for role in ROLES:
        asked = {"subject": subject, "name": "Triệu Thị Lý", "title": "Công chức xã", "role": role}
        everywhere = role in ("procedure_controller", "inspector")
        said(kept.ask("POST", "/v1/admin/assignments", "quan-tri", json=asked if everywhere else asked | {"unit": unit}))


def hand_in(kept, unit):
    papers = [{"component": component, "file": paper(kept)} for component in ("CC-01", "CC-02")]
    application = {
        "procedure": "2.000815", "unit": unit, "channel": "online", "applicant_kind": "citizen",
        "applicant": {"name": "Nguyễn Thị Mẫu", "id_number": "006199000001", "phone": "0200000001",
            "address": {"line": "Thôn Thử", "commune": "Chợ Đồn", "province": "Thái Nguyên"}},
        "form": {
            "document_name": "Bằng tốt nghiệp", "issuer": "Trường THPT Thử Nghiệm", "issued_on": "2019-06-30",
            "pages": 2, "copies": 3, "electronic": False,
        },
        "papers": papers, "return_method": "post", "quantity": 6,
    }
    return said(kept.ask("POST", "/v1/dossiers", CITIZEN, json=application))["id"]


def paper(kept):
    files = {"file": ("bang.pdf", PAPER, "application/pdf")}
    return said(kept.ask("POST", "/v1/uploads", CITIZEN, files=files))["id"]


def said(answer):
    if answer.status_code >= 300:
        sys.exit(f"{answer.request.method} {answer.request.url} answered {answer.status_code}: {answer.text[:500]}")
    return answer.json()


if __name__ == "__main__":
    main(*sys.argv[1:])
